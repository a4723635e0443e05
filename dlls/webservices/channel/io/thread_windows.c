/* SPDX-License-Identifier: MIT */
/* thread_windows.c - see thread.h. */
#include "thread.h"

#include "base/memory.h"
#include "base/ticks.h"

void mutex_init(struct mutex *mutex)
{
    InitializeSRWLock(&mutex->lock);
}

void mutex_release(struct mutex *mutex)
{
    (void)mutex;
}

void mutex_lock(struct mutex *mutex)
{
    AcquireSRWLockExclusive(&mutex->lock);
}

void mutex_unlock(struct mutex *mutex)
{
    ReleaseSRWLockExclusive(&mutex->lock);
}

void condition_init(struct condition *condition)
{
    InitializeConditionVariable(&condition->variable);
}

void condition_release(struct condition *condition)
{
    (void)condition;
}

void condition_signal(struct condition *condition)
{
    WakeConditionVariable(&condition->variable);
}

void condition_broadcast(struct condition *condition)
{
    WakeAllConditionVariable(&condition->variable);
}

bool condition_wait(struct condition *condition, struct mutex *mutex, uint64_t deadline)
{
    DWORD timeout = INFINITE;

    if (deadline != CLOCK_NEVER)
    {
        uint64_t now = clock_now(), left = now < deadline ? deadline - now : 0;

        timeout = left < INFINITE - 1 ? (DWORD)left : INFINITE - 1;
    }
    /* It may end sooner than the clock says: that goes on in steps of up to 16 ms. */
    return SleepConditionVariableSRW(&condition->variable, &mutex->lock, timeout, 0) || clock_now() < deadline;
}

uint64_t clock_now(void)
{
    return GetTickCount64();
}

uint64_t clock_utc_seconds(void)
{
    const uint64_t epoch = 11644473600; /* from 1601 to 1970 */
    ULARGE_INTEGER ticks;
    FILETIME now;

    GetSystemTimeAsFileTime(&now);
    ticks.LowPart = now.dwLowDateTime;
    ticks.HighPart = now.dwHighDateTime;
    return ticks.QuadPart / TICKS_PER_SECOND - epoch;
}

struct start
{
    void (*function)(void *argument);
    void *argument;
    HMODULE module;
};

static DWORD WINAPI run(void *argument)
{
    struct start start = *(struct start *)argument;

    memory_free(argument);
    start.function(start.argument);
    /* The code that would return from here may be unloaded by then. */
    FreeLibraryAndExitThread(start.module, 0);
}

bool thread_start(void (*function)(void *argument), void *argument)
{
    struct start *start;
    HANDLE thread;

    if (!(start = memory_alloc(sizeof(*start), "start of a thread")))
        return false;
    *start = (struct start){function, argument, NULL};
    if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)(uintptr_t)run, &start->module))
    {
        if ((thread = CreateThread(NULL, 0, run, start, 0, NULL)))
        {
            CloseHandle(thread);
            return true;
        }
        FreeLibrary(start->module);
    }
    memory_free(start);
    return false;
}

uintptr_t thread_self(void)
{
    return GetCurrentThreadId();
}

unsigned thread_processors(void)
{
    SYSTEM_INFO info;

    GetSystemInfo(&info);
    return info.dwNumberOfProcessors ? info.dwNumberOfProcessors : 1;
}
