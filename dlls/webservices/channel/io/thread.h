/* SPDX-License-Identifier: MIT */
/*
 * thread.h - threads, locks and a clock, as far as channels need them.
 *
 * thread_posix.c and thread_windows.c implement it. Nothing here fails but the start of a thread.
 */
#ifndef WS_CHANNEL_IO_THREAD_H
#define WS_CHANNEL_IO_THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

#ifdef _WIN32

struct mutex
{
    SRWLOCK lock;
};

struct condition
{
    CONDITION_VARIABLE variable;
};

#define MUTEX_INIT \
    { \
        SRWLOCK_INIT \
    }
#define CONDITION_INIT \
    { \
        CONDITION_VARIABLE_INIT \
    }

#else

#include <pthread.h>

struct mutex
{
    pthread_mutex_t lock;
};

struct condition
{
    pthread_cond_t variable;
};

/* clang-format off: one pair of braces is ours, those within are the macros' */
#define MUTEX_INIT \
    { \
        PTHREAD_MUTEX_INITIALIZER \
    }
#define CONDITION_INIT \
    { \
        PTHREAD_COND_INITIALIZER \
    }
/* clang-format on */

#endif

/*
 * A lock that is not recursive. One with static storage begins as MUTEX_INIT; others are initialized, and released when
 * nobody holds them or waits for them any more. Zeroed memory is not a mutex.
 */
void mutex_init(struct mutex *mutex);
void mutex_release(struct mutex *mutex);
void mutex_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);

/*
 * Waits for what another thread announces. The mutex is held when waiting begins, and again afterwards. Waiting may end
 * without a reason: look at what you are waiting for, in a loop.
 */
void condition_init(struct condition *condition);
void condition_release(struct condition *condition);
void condition_signal(struct condition *condition);    /* one of those who wait */
void condition_broadcast(struct condition *condition); /* all of them */

/* `deadline`: of clock_now(), or CLOCK_NEVER. False: it has come (which may be after a signal, too). */
bool condition_wait(struct condition *condition, struct mutex *mutex, uint64_t deadline);

/* --- Time --- */

#define CLOCK_NEVER UINT64_MAX

/* Milliseconds since some moment. They never go backwards, whatever is done to the computer's clock. */
uint64_t clock_now(void);

/* Seconds since 1970, by the computer's clock. */
uint64_t clock_utc_seconds(void);

/* The moment so many milliseconds from now; of INFINITE, CLOCK_NEVER. */
static inline uint64_t clock_after(ULONG milliseconds)
{
    return milliseconds == INFINITE ? CLOCK_NEVER : clock_now() + milliseconds;
}

/* --- Threads --- */

/*
 * Runs function(argument) on a thread of its own, which ends with it and leaves nothing behind; false if there can be
 * no more threads. On Windows the DLL stays loaded until the thread has ended.
 */
bool thread_start(void (*function)(void *argument), void *argument);

/* Which thread is calling: another number for each that runs. */
uintptr_t thread_self(void);

/* How many processors there are. At least 1. */
unsigned thread_processors(void);

#endif
