/* SPDX-License-Identifier: MIT */
/* threads.h - threads, and waiting for them, for tests that run natively and on Windows. */
#ifndef WS_SUPPORT_THREADS_H
#define WS_SUPPORT_THREADS_H

#include "support/test.h"

/* How long a test waits for what must come. */
#define PATIENCE 20000

#ifdef _WIN32

typedef SRWLOCK test_lock;
typedef CONDITION_VARIABLE test_condition;
#define TEST_LOCK_INIT      SRWLOCK_INIT
#define TEST_CONDITION_INIT CONDITION_VARIABLE_INIT

static inline void test_lock_take(test_lock *lock)
{
    AcquireSRWLockExclusive(lock);
}
static inline void test_lock_leave(test_lock *lock)
{
    ReleaseSRWLockExclusive(lock);
}
static inline void test_announce(test_condition *condition)
{
    WakeAllConditionVariable(condition);
}
static inline bool test_await(test_condition *condition, test_lock *lock, unsigned milliseconds)
{
    return SleepConditionVariableSRW(condition, lock, milliseconds, 0);
}
static inline uintptr_t this_thread(void)
{
    return GetCurrentThreadId();
}

#else

#include <errno.h>
#include <pthread.h>
#include <time.h>

typedef pthread_mutex_t test_lock;
typedef pthread_cond_t test_condition;
#define TEST_LOCK_INIT      PTHREAD_MUTEX_INITIALIZER
#define TEST_CONDITION_INIT PTHREAD_COND_INITIALIZER

static inline void test_lock_take(test_lock *lock)
{
    pthread_mutex_lock(lock);
}
static inline void test_lock_leave(test_lock *lock)
{
    pthread_mutex_unlock(lock);
}
static inline void test_announce(test_condition *condition)
{
    pthread_cond_broadcast(condition);
}
static inline bool test_await(test_condition *condition, test_lock *lock, unsigned milliseconds)
{
    struct timespec end;

    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += milliseconds / 1000;
    end.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (end.tv_nsec >= 1000000000)
    {
        end.tv_sec++;
        end.tv_nsec -= 1000000000;
    }
    return pthread_cond_timedwait(condition, lock, &end) != ETIMEDOUT;
}
static inline uintptr_t this_thread(void)
{
    return (uintptr_t)pthread_self();
}

#endif

/* --- Threads --- */

struct test_thread
{
    void (*run)(void *argument);
    void *argument;
#ifdef _WIN32
    HANDLE handle;
#else
    pthread_t handle;
#endif
};

#ifdef _WIN32
static inline DWORD WINAPI test_thread_main(void *thread)
#else
static inline void *test_thread_main(void *thread)
#endif
{
    ((struct test_thread *)thread)->run(((struct test_thread *)thread)->argument);
    return 0;
}

/* Starts a thread, which is to be joined. */
static inline void start_thread(struct test_thread *thread, void (*run)(void *argument), void *argument)
{
    thread->run = run;
    thread->argument = argument;
#ifdef _WIN32
    expect((thread->handle = CreateThread(NULL, 0, test_thread_main, thread, 0, NULL)) != NULL);
#else
    expect(!pthread_create(&thread->handle, NULL, test_thread_main, thread));
#endif
}

static inline void join_thread(struct test_thread *thread)
{
#ifdef _WIN32
    WaitForSingleObject(thread->handle, INFINITE);
    CloseHandle(thread->handle);
#else
    pthread_join(thread->handle, NULL);
#endif
}

/* --- A number that is waited for --- */

struct test_count
{
    test_lock lock;
    test_condition changed;
    unsigned count;
};
#define TEST_COUNT_INIT \
    { \
        TEST_LOCK_INIT, TEST_CONDITION_INIT, 0 \
    }

static inline void count_up(struct test_count *count)
{
    test_lock_take(&count->lock);
    count->count++;
    test_announce(&count->changed);
    test_lock_leave(&count->lock);
}

static inline unsigned counted(struct test_count *count)
{
    unsigned ret;

    test_lock_take(&count->lock);
    ret = count->count;
    test_lock_leave(&count->lock);
    return ret;
}

/* Waits until it is that much. False: it has not come to that. */
static inline bool await_count(struct test_count *count, unsigned wanted)
{
    bool in_time = true;
    unsigned ret;

    test_lock_take(&count->lock);
    while (count->count < wanted && in_time)
        in_time = test_await(&count->changed, &count->lock, PATIENCE);
    ret = count->count;
    test_lock_leave(&count->lock);
    return ret >= wanted;
}

/* --- Asynchronous calls --- */

/* How an asynchronous call has ended; `times`: how often its callback came. */
struct async_result
{
    struct test_count times;
    HRESULT hr;
    WS_CALLBACK_MODEL model;
    uintptr_t thread;
};
#define ASYNC_RESULT_INIT \
    { \
        TEST_COUNT_INIT, E_FAIL, WS_SHORT_CALLBACK, 0 \
    }

static inline void CALLBACK async_done(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct async_result *result = (struct async_result *)state;

    result->hr = hr;
    result->model = model;
    result->thread = this_thread();
    count_up(&result->times);
}

static inline WS_ASYNC_CONTEXT async_context(struct async_result *result)
{
    const WS_ASYNC_CONTEXT context = {async_done, result};

    return context;
}

/* The result of a call that has answered `hr`; the callback must come if that is WS_S_ASYNC, once. */
static inline HRESULT async_end(struct async_result *result, HRESULT hr)
{
    if (hr != WS_S_ASYNC)
        return hr;
    if (!await_count(&result->times, 1))
        test_fail(__FILE__, __LINE__, "an asynchronous call has not ended");
    return result->hr;
}

#endif
