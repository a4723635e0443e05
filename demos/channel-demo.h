/* SPDX-License-Identifier: MIT */
/*
 * channel-demo.h - what the demos of channels share: how they report failures, and threads.
 *
 * Builds on Windows and, with the library's portable half, elsewhere.
 */
#ifndef CHANNEL_DEMO_H
#define CHANNEL_DEMO_H

/* For what POSIX and others have beyond the language: this header comes first. */
#if !defined(_WIN32) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include <webservices-strings.h>
#include <webservices.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef _WIN32
#include <pthread.h>
#include <time.h>
#endif

/* Prints the error's sentences, the most recent first, as far as they are ASCII. */
static inline void print_error(const char *program, HRESULT hr, WS_ERROR *error)
{
    ULONG count = 0;
    ULONG i, j;
    WS_STRING string;

    fflush(stdout);
    if (error != NULL)
        WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    for (i = 0; i < count; i++)
    {
        if (FAILED(WsGetErrorString(error, i, &string)))
            continue;
        fprintf(stderr, "%s: ", program);
        for (j = 0; j < string.length; j++)
            fputc(string.chars[j] < 0x80 ? (int)string.chars[j] : '?', stderr);
        fputc('\n', stderr);
    }
    fprintf(stderr, "%s: failed with 0x%08lX\n", program, (unsigned long)(ULONG)hr);
}

/* A number from 1 to some limit, or 0 if the text is none. */
static inline unsigned parse_number(const char *text, unsigned limit)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    return *text < '0' || *text > '9' || *end != 0 || number > limit ? 0 : (unsigned)number;
}

/* ---- Threads --------------------------------------------------------------------------------------------------- */

typedef struct Thread
{
    void (*run)(void *state);
    void *state;
#ifdef _WIN32
    HANDLE handle;
#else
    pthread_t handle;
#endif
} Thread;

#ifdef _WIN32

static DWORD WINAPI run_thread(void *argument)
{
    Thread *thread = (Thread *)argument;

    thread->run(thread->state);
    return 0;
}

static inline BOOL start_thread(Thread *thread, void (*run)(void *state), void *state)
{
    thread->run = run;
    thread->state = state;
    thread->handle = CreateThread(NULL, 0, run_thread, thread, 0, NULL);
    return thread->handle != NULL;
}

static inline void join_thread(Thread *thread)
{
    WaitForSingleObject(thread->handle, INFINITE);
    CloseHandle(thread->handle);
}

static inline void wait_milliseconds(unsigned milliseconds)
{
    Sleep(milliseconds);
}

#else

static inline void *run_thread(void *argument)
{
    Thread *thread = (Thread *)argument;

    thread->run(thread->state);
    return NULL;
}

static inline BOOL start_thread(Thread *thread, void (*run)(void *state), void *state)
{
    thread->run = run;
    thread->state = state;
    return pthread_create(&thread->handle, NULL, run_thread, thread) == 0;
}

static inline void join_thread(Thread *thread)
{
    pthread_join(thread->handle, NULL);
}

static inline void wait_milliseconds(unsigned milliseconds)
{
    struct timespec time;

    time.tv_sec = (time_t)(milliseconds / 1000);
    time.tv_nsec = (long)(milliseconds % 1000) * 1000000;
    nanosleep(&time, NULL);
}

#endif

#endif
