/* SPDX-License-Identifier: MIT */
/* Operations: both ways to run them, waits, wakes, timeouts, cancelling, callbacks of the program. */
#include "support/io.h"

#include "base/error.h"

#include <stdlib.h>

/* An operation that waits until it is told that it is enough, and counts its steps. */
struct waiter
{
    struct operation operation;
    struct mutex lock;
    struct counter steps, finished;
    ULONG timeout;
    bool begun, enough;
    HRESULT result, finished_with;
};

static void on_finished(struct operation *operation, HRESULT result)
{
    struct waiter *waiter = offset_to(struct waiter, operation, operation);

    /* What an owner does, so that whoever wakes or cancels under its lock finds a live operation or none. */
    mutex_lock(&waiter->lock);
    waiter->finished_with = result;
    mutex_unlock(&waiter->lock);
    counter_add(&waiter->finished);
}

static void init(struct waiter *waiter)
{
    memset(waiter, 0, sizeof(*waiter));
    mutex_init(&waiter->lock);
    mutex_init(&waiter->steps.lock);
    condition_init(&waiter->steps.changed);
    mutex_init(&waiter->finished.lock);
    condition_init(&waiter->finished.changed);
    waiter->timeout = INFINITE;
    operation_init(&waiter->operation, on_finished);
}

static HRESULT wait_step(struct operation *operation, WS_ERROR *error)
{
    struct waiter *waiter = offset_to(struct waiter, operation, operation);
    bool enough;

    if (!waiter->begun)
    {
        operation_set_timeout(operation, waiter->timeout, "TEST_TIMEOUT");
        waiter->begun = true;
    }
    counter_add(&waiter->steps);
    mutex_lock(&waiter->lock);
    enough = waiter->enough;
    mutex_unlock(&waiter->lock);
    return enough ? waiter->result : operation_wait(operation, error);
}

/* Runs it on a thread of its own, blocking. */
struct blocked
{
    struct waiter waiter;
    WS_ERROR *error;
    struct done done;
};

static void run_blocked(void *argument)
{
    struct blocked *blocked = argument;

    on_done(operation_run(&blocked->waiter.operation, wait_step, NULL, blocked->error), WS_LONG_CALLBACK,
            &blocked->done);
}

static void start_blocked(struct blocked *blocked)
{
    init(&blocked->waiter);
    blocked->error = NULL;
    blocked->done = (struct done)DONE_INIT;
    expect(thread_start(run_blocked, blocked));
    expect(counter_wait(&blocked->waiter.steps, 1));
}

static void tell_enough(struct waiter *waiter)
{
    mutex_lock(&waiter->lock);
    waiter->enough = true;
    operation_wake(&waiter->operation);
    mutex_unlock(&waiter->lock);
}

static void cancel(struct waiter *waiter)
{
    mutex_lock(&waiter->lock);
    operation_cancel(&waiter->operation);
    mutex_unlock(&waiter->lock);
}

TEST(ends_at_once_without_callback)
{
    struct done done = DONE_INIT;
    struct waiter waiter;

    init(&waiter);
    waiter.enough = true;
    waiter.result = S_FALSE;
    expect_hr(S_FALSE, operation_run(&waiter.operation, wait_step, NULL, NULL));
    expect_size(1, counter_get(&waiter.finished));
    expect_hr(S_FALSE, waiter.finished_with);

    operation_init(&waiter.operation, on_finished);
    waiter.result = E_FAIL;
    expect_hr(E_FAIL, operation_run(&waiter.operation, wait_step, &(WS_ASYNC_CONTEXT){on_done, &done}, NULL));
    expect_size(2, counter_get(&waiter.finished));
    operation_release_threads();
    expect_size(0, counter_get(&done.counter));
}

TEST(blocks_until_woken)
{
    struct blocked blocked;

    start_blocked(&blocked);
    tell_enough(&blocked.waiter);
    expect(counter_wait(&blocked.done.counter, 1));
    ok(blocked.done.result);
    operation_release_threads();
}

TEST(needless_wakes_are_harmless)
{
    struct blocked blocked;
    int i;

    start_blocked(&blocked);
    for (i = 0; i < 1000; i++)
        operation_wake(&blocked.waiter.operation);
    expect(!counter_get(&blocked.done.counter));
    tell_enough(&blocked.waiter);
    expect(counter_wait(&blocked.done.counter, 1));
    ok(blocked.done.result);
    operation_release_threads();
}

TEST(is_cancelled_while_blocked)
{
    struct blocked blocked;

    start_blocked(&blocked);
    cancel(&blocked.waiter);
    expect(counter_wait(&blocked.done.counter, 1));
    expect_hr(WS_E_OPERATION_ABORTED, blocked.done.result);
    operation_release_threads();
}

TEST(is_cancelled_before_it_runs)
{
    struct waiter waiter;

    init(&waiter);
    cancel(&waiter);
    expect(operation_is_cancelled(&waiter.operation));
    expect_hr(WS_E_OPERATION_ABORTED, operation_run(&waiter.operation, wait_step, NULL, NULL));
    operation_init(&waiter.operation, on_finished);
    waiter.enough = true;
    ok(operation_run(&waiter.operation, wait_step, NULL, NULL));
    operation_release_threads();
}

static bool says(WS_ERROR *error, const char *words)
{
    WS_STRING sentence;
    size_t i, j;

    if (!error_newest(error, &sentence))
        return false;
    for (i = 0; i + strlen(words) <= sentence.length; i++)
    {
        for (j = 0; words[j] && sentence.chars[i + j] == (WCHAR)words[j];)
            j++;
        if (!words[j])
            return true;
    }
    return false;
}

TEST(times_out)
{
    uint64_t begin = clock_now();
    struct done done = DONE_INIT;
    struct waiter waiter;
    WS_ERROR *error;

    ok(WsCreateError(NULL, 0, &error));
    init(&waiter);
    waiter.timeout = 50;
    expect_hr(WS_E_OPERATION_TIMED_OUT, operation_run(&waiter.operation, wait_step, NULL, error));
    expect(clock_now() - begin >= 50 && clock_now() - begin < 5000);
    expect(says(error, "50 milliseconds of TEST_TIMEOUT"));

    WsResetError(error);
    init(&waiter);
    waiter.timeout = 60;
    expect_hr(WS_S_ASYNC, operation_run(&waiter.operation, wait_step, &(WS_ASYNC_CONTEXT){on_done, &done}, error));
    expect(counter_wait(&done.counter, 1));
    expect_hr(WS_E_OPERATION_TIMED_OUT, done.result);
    expect(says(error, "60 milliseconds of TEST_TIMEOUT"));

    init(&waiter);
    waiter.timeout = 0;
    expect_hr(WS_E_OPERATION_TIMED_OUT,
              operation_run(&waiter.operation, wait_step, &(WS_ASYNC_CONTEXT){on_done, &done}, NULL));
    operation_release_threads();
    expect_size(1, counter_get(&done.counter));
    WsFreeError(error);
}

static HRESULT until_step(struct operation *operation, WS_ERROR *error)
{
    struct waiter *waiter = offset_to(struct waiter, operation, operation);

    if (!waiter->begun)
    {
        operation_set_timeout(operation, waiter->timeout, "TEST_TIMEOUT");
        waiter->begun = true;
    }
    return operation_wait_until(operation,
                                waiter->operation.timeout == INFINITE ? waiter->result + 0ull : CLOCK_NEVER - 1, error);
}

TEST(waits_until_a_moment)
{
    uint64_t begin = clock_now();
    struct done done = DONE_INIT;
    struct waiter waiter;

    init(&waiter);
    waiter.result = (HRESULT)(begin + 30);
    if ((uint64_t)waiter.result != begin + 30)
        return; /* a computer that has run for long */
    ok(operation_run(&waiter.operation, until_step, NULL, NULL));
    expect(clock_now() >= begin + 30);
    init(&waiter);
    waiter.result = (HRESULT)(clock_now() + 30);
    expect_hr(WS_S_ASYNC, operation_run(&waiter.operation, until_step, &(WS_ASYNC_CONTEXT){on_done, &done}, NULL));
    expect(counter_wait(&done.counter, 1));
    ok(done.result);
    init(&waiter);
    waiter.timeout = 20;
    expect_hr(WS_E_OPERATION_TIMED_OUT, operation_run(&waiter.operation, until_step, NULL, NULL));
    operation_release_threads();
}

TEST(calls_back_once_from_another_thread)
{
    struct done done = DONE_INIT;
    struct waiter waiter;

    init(&waiter);
    expect_hr(WS_S_ASYNC, operation_run(&waiter.operation, wait_step, &(WS_ASYNC_CONTEXT){on_done, &done}, NULL));
    expect_size(0, counter_get(&done.counter));
    tell_enough(&waiter);
    expect(counter_wait(&done.counter, 1));
    expect_size(1, counter_get(&waiter.finished));
    ok(done.result);
    expect(done.model == WS_LONG_CALLBACK && done.thread != thread_self());
    operation_release_threads();
    expect_size(1, counter_get(&done.counter));
}

TEST(is_cancelled_while_parked)
{
    struct done done = DONE_INIT;
    struct waiter waiter;

    init(&waiter);
    expect_hr(WS_S_ASYNC, operation_run(&waiter.operation, wait_step, &(WS_ASYNC_CONTEXT){on_done, &done}, NULL));
    cancel(&waiter);
    expect(counter_wait(&done.counter, 1));
    expect_hr(WS_E_OPERATION_ABORTED, done.result);
    operation_release_threads();
    expect_size(1, counter_get(&done.counter));
}

/* Its step is woken while it runs: the wait that follows must end at once. */
static HRESULT woken_step(struct operation *operation, WS_ERROR *error)
{
    struct waiter *waiter = offset_to(struct waiter, operation, operation);

    if (waiter->begun)
        return S_OK;
    waiter->begun = true;
    operation_wake(operation);
    return operation_wait(operation, error);
}

TEST(a_wake_is_remembered)
{
    struct done done = DONE_INIT;
    struct waiter waiter;

    init(&waiter);
    ok(operation_run(&waiter.operation, woken_step, NULL, NULL));
    init(&waiter);
    ok(operation_run(&waiter.operation, woken_step, &(WS_ASYNC_CONTEXT){on_done, &done}, NULL));
    operation_release_threads();
    expect_size(0, counter_get(&done.counter));
}

/* --- Two that race --- */

/* Wakes and cancels come from another thread at the same time as the operation parks, resumes and ends. */
struct race
{
    struct waiter waiter;
    struct done done;
    struct counter ended;
};

static void wake_often(void *argument)
{
    struct race *race = argument;
    int i;

    for (i = 0; i < 100; i++)
        operation_wake(&race->waiter.operation);
    tell_enough(&race->waiter);
    for (i = 0; i < 3; i++)
        cancel(&race->waiter);
    counter_add(&race->ended);
}

TEST(completes_once_whoever_is_first)
{
    static struct race race;
    HRESULT hr;
    int i;

    for (i = 0; i < 300; i++)
    {
        init(&race.waiter);
        race.done = (struct done)DONE_INIT;
        race.ended = (struct counter)COUNTER_INIT;
        if (i % 2)
            race.waiter.timeout = 1;
        expect(thread_start(wake_often, &race));
        hr = operation_run(&race.waiter.operation, wait_step, &(WS_ASYNC_CONTEXT){on_done, &race.done}, NULL);
        if (hr == WS_S_ASYNC)
            expect(counter_wait(&race.done.counter, 1));
        expect(counter_wait(&race.ended, 1));
        expect_size(hr == WS_S_ASYNC, counter_get(&race.done.counter));
        expect_size(1, counter_get(&race.waiter.finished));
    }
    operation_release_threads();
}

/* --- Callbacks that start the next operation --- */

static struct
{
    struct waiter waiter;
    struct done done;
    unsigned left;
    uintptr_t lowest, highest; /* of the stack; it may be more than one thread's */
    struct mutex lock;
} chain = {.lock = MUTEX_INIT};

static HRESULT chain_step(struct operation *operation, WS_ERROR *error)
{
    struct waiter *waiter = offset_to(struct waiter, operation, operation);

    if (waiter->begun)
        return S_OK;
    waiter->begun = true;
    return operation_wait_until(operation, clock_now() + 1, error);
}

static void CALLBACK on_chain(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    WS_ASYNC_CONTEXT context = {on_chain, NULL};

    (void)model, (void)state;
    while (hr == S_OK && chain.left)
    {
        chain.left--;
        init(&chain.waiter);
        /* Every third ends at once. */
        chain.waiter.begun = chain.left % 3 != 0;
        if ((hr = operation_run(&chain.waiter.operation, chain_step, &context, NULL)) == WS_S_ASYNC)
            return;
    }
    on_done(hr, WS_LONG_CALLBACK, &chain.done);
}

TEST(callbacks_start_the_next)
{
    chain.done = (struct done)DONE_INIT;
    chain.left = 600;
    on_chain(S_OK, WS_LONG_CALLBACK, NULL);
    expect(counter_wait(&chain.done.counter, 1));
    ok(chain.done.result);
    expect_size(0, chain.left);
    operation_release_threads();
}

/* --- Callbacks that block --- */

static struct counter blocking = COUNTER_INIT, released = COUNTER_INIT, all_done = COUNTER_INIT;

static void CALLBACK on_blocking(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    (void)hr, (void)model, (void)state;
    counter_add(&blocking);
    counter_wait(&released, 1);
    counter_add(&all_done);
}

TEST(callbacks_that_block_get_more_threads)
{
    enum
    {
        COUNT = 40
    };
    static struct waiter waiters[COUNT];
    int i;

    for (i = 0; i < COUNT; i++)
    {
        init(&waiters[i]);
        expect_hr(WS_S_ASYNC,
                  operation_run(&waiters[i].operation, wait_step, &(WS_ASYNC_CONTEXT){on_blocking, NULL}, NULL));
    }
    for (i = 0; i < COUNT; i++)
        tell_enough(&waiters[i]);
    expect(counter_wait(&blocking, COUNT));
    counter_add(&released);
    expect(counter_wait(&all_done, COUNT));
    operation_release_threads();
}

/* --- Asynchronous callbacks of the program --- */

struct caller
{
    struct operation operation;
    struct done done;
    WS_ASYNC_CONTEXT given;
    struct counter called;
    enum
    {
        SYNCHRONOUS,
        BEFORE_IT_RETURNS,
        LATER
    } way;
    bool is_called;
    unsigned left;
    WS_CALLBACK_MODEL model;
    bool got_context;
};

static HRESULT program(struct caller *caller, const WS_ASYNC_CONTEXT *context)
{
    caller->got_context = context != NULL;
    if (!context || caller->way == SYNCHRONOUS)
        return S_FALSE;
    caller->given = *context;
    if (caller->way == BEFORE_IT_RETURNS)
        context->callback(S_FALSE, WS_LONG_CALLBACK, context->callbackState);
    else
        counter_add(&caller->called);
    return WS_S_ASYNC;
}

static HRESULT call_step(struct operation *operation, WS_ERROR *error)
{
    struct caller *caller = offset_to(struct caller, operation, operation);
    HRESULT hr;

    for (;;)
    {
        if (caller->is_called)
        {
            hr = operation_take_result(operation);
            caller->is_called = false;
        }
        else if ((hr = operation_called(operation, program(caller, operation_context(operation)), error)) ==
                 OPERATION_WAITS)
        {
            caller->is_called = true;
            return hr;
        }
        if (hr != S_FALSE || !--caller->left)
            return hr;
    }
}

static HRESULT call(struct caller *caller, unsigned count, bool async)
{
    WS_ASYNC_CONTEXT context = {on_done, &caller->done};

    caller->done = (struct done)DONE_INIT;
    caller->called = (struct counter)COUNTER_INIT;
    caller->left = count;
    caller->is_called = false;
    operation_init(&caller->operation, NULL);
    return operation_run(&caller->operation, call_step, async ? &context : NULL, NULL);
}

TEST(program_completes_at_once)
{
    struct caller caller = {.way = SYNCHRONOUS};

    expect_hr(S_FALSE, call(&caller, 10000, false));
    expect(!caller.got_context);
    expect_hr(S_FALSE, call(&caller, 10000, true));
    expect(caller.got_context);
    /* Without growth of the stack. */
    caller.way = BEFORE_IT_RETURNS;
    expect_hr(S_FALSE, call(&caller, 100000, true));
    operation_release_threads();
}

TEST(program_completes_later)
{
    static struct caller caller;
    unsigned i;

    memset(&caller, 0, sizeof(caller));
    caller.way = LATER;
    expect_hr(WS_S_ASYNC, call(&caller, 3, true));
    for (i = 1; i <= 3; i++)
    {
        expect(counter_wait(&caller.called, i));
        /* Nothing else resumes it. */
        operation_cancel(&caller.operation);
        expect_size(0, counter_get(&caller.done.counter));
        caller.given.callback(i < 3 ? S_FALSE : E_FAIL, i == 2 ? WS_SHORT_CALLBACK : WS_LONG_CALLBACK,
                              caller.given.callbackState);
    }
    expect(counter_wait(&caller.done.counter, 1));
    expect_hr(E_FAIL, caller.done.result);
    operation_release_threads();
    expect_size(1, counter_get(&caller.done.counter));
}

static HRESULT wrong_step(struct operation *operation, WS_ERROR *error)
{
    return operation_called(operation, WS_S_ASYNC, error);
}

TEST(program_must_not_be_async_without_context)
{
    struct operation operation;

    operation_init(&operation, NULL);
    expect_hr(WS_E_INVALID_OPERATION, operation_run(&operation, wrong_step, NULL, NULL));
}

/* --- Timers --- */

TEST(timers_come_in_order)
{
    static struct timer timers[500];
    struct timer *heap = NULL;
    uint64_t last = 0, seed = 1;
    size_t i, count = 0;

    for (i = 0; i < 500; i++)
    {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        timer_add(&heap, &timers[i], seed >> 54);
    }
    for (i = 0; i < 500; i += 3)
    {
        timer_remove(&heap, &timers[i]);
        expect(!timers[i].link);
    }
    for (i = 0; i < 500; i += 6)
        timer_add(&heap, &timers[i], 5);
    while (heap)
    {
        struct timer *first = heap;

        expect(first->moment >= last);
        last = first->moment;
        timer_remove(&heap, first);
        expect(!first->link);
        count++;
    }
    expect_size(500 - 167 + 84, count);
}

/* --- Locks and the clock --- */

TEST(condition_times_out)
{
    struct condition condition = CONDITION_INIT;
    struct mutex mutex = MUTEX_INIT;
    uint64_t begin = clock_now();

    mutex_lock(&mutex);
    while (condition_wait(&condition, &mutex, begin + 20))
        continue;
    mutex_unlock(&mutex);
    expect(clock_now() >= begin + 20);
    expect(clock_after(INFINITE) == CLOCK_NEVER);
    expect(thread_processors() >= 1);
}
