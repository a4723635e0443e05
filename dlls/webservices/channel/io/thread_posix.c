/* SPDX-License-Identifier: MIT */
/* thread_posix.c - see thread.h. */
#define _GNU_SOURCE
#include "thread.h"

#include "base/memory.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

void mutex_init(struct mutex *mutex)
{
    pthread_mutex_init(&mutex->lock, NULL);
}

void mutex_release(struct mutex *mutex)
{
    pthread_mutex_destroy(&mutex->lock);
}

void mutex_lock(struct mutex *mutex)
{
    pthread_mutex_lock(&mutex->lock);
}

void mutex_unlock(struct mutex *mutex)
{
    pthread_mutex_unlock(&mutex->lock);
}

void condition_init(struct condition *condition)
{
    pthread_cond_init(&condition->variable, NULL);
}

void condition_release(struct condition *condition)
{
    pthread_cond_destroy(&condition->variable);
}

void condition_signal(struct condition *condition)
{
    pthread_cond_signal(&condition->variable);
}

void condition_broadcast(struct condition *condition)
{
    pthread_cond_broadcast(&condition->variable);
}

bool condition_wait(struct condition *condition, struct mutex *mutex, uint64_t deadline)
{
    struct timespec until;

    if (deadline == CLOCK_NEVER)
        return pthread_cond_wait(&condition->variable, &mutex->lock) == 0;
    until.tv_sec = (time_t)(deadline / 1000);
    until.tv_nsec = (long)(deadline % 1000) * 1000000;
    /* By the clock of clock_now(), for variables that were initialized without asking for it. */
    return pthread_cond_clockwait(&condition->variable, &mutex->lock, CLOCK_MONOTONIC, &until) == 0;
}

uint64_t clock_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t clock_utc_seconds(void)
{
    return (uint64_t)time(NULL);
}

struct start
{
    void (*function)(void *argument);
    void *argument;
};

static void *run(void *argument)
{
    struct start start = *(struct start *)argument;

    memory_free(argument);
    start.function(start.argument);
    return NULL;
}

bool thread_start(void (*function)(void *argument), void *argument)
{
    struct start *start;
    pthread_t thread;
    sigset_t all, old;
    int failed;

    if (!(start = memory_alloc(sizeof(*start), "start of a thread")))
        return false;
    *start = (struct start){function, argument};
    /* Signals are for the threads of the program. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    failed = pthread_create(&thread, NULL, run, start);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (failed)
    {
        memory_free(start);
        return false;
    }
    pthread_detach(thread);
    return true;
}

uintptr_t thread_self(void)
{
    return (uintptr_t)pthread_self();
}

unsigned thread_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count > 0 ? (unsigned)count : 1;
}
