/* SPDX-License-Identifier: MIT */
/* operation.c - see operation.h. */
#include "operation.h"

#include "poller.h"
#include "reactor.h"
#include "socket.h"
#include "thread.h"
#include "waker.h"

#include "base/compiler.h"
#include "base/error.h"

void operation_init(struct operation *operation, operation_finished finished)
{
    operation->finished = finished;
    operation->context.callback = NULL;
    operation->flags = 0;
    operation->waits = OPERATION_WAITS_NOT;
    operation->held = operation->wait_failed = false;
    operation->deadline = operation->moment = CLOCK_NEVER;
    operation->waker = NULL;
    operation->timer.link = NULL;
}

/* --- Waiting: what steps say --- */

static bool is_async(const struct operation *operation)
{
    return operation->context.callback != NULL;
}

static uint32_t flags_of(const struct operation *operation)
{
    return __atomic_load_n(&operation->flags, __ATOMIC_ACQUIRE);
}

bool operation_is_cancelled(const struct operation *operation)
{
    return flags_of(operation) & OPERATION_CANCELLED;
}

static COLD HRESULT aborted(WS_ERROR *error)
{
    return error_report(error, WS_E_OPERATION_ABORTED, "The operation was aborted.");
}

static COLD HRESULT timed_out(const struct operation *operation, WS_ERROR *error)
{
    return error_report(error, WS_E_OPERATION_TIMED_OUT,
                        "The operation did not complete within the %u milliseconds of %s.",
                        (unsigned)operation->timeout, operation->timeout_name);
}

HRESULT operation_check(struct operation *operation, WS_ERROR *error)
{
    if (UNLIKELY(operation_is_cancelled(operation)))
        return aborted(error);
    if (operation->deadline != CLOCK_NEVER && clock_now() >= operation->deadline)
        return timed_out(operation, error);
    return S_OK;
}

static COLD HRESULT cannot_wait(WS_ERROR *error)
{
    return error_report(error, E_OUTOFMEMORY, "There is not enough memory, or there can be no more threads, to wait.");
}

/* Before each wait: what is needed to wait with. */
static HRESULT prepare(struct operation *operation, WS_ERROR *error)
{
    HRESULT hr = operation_check(operation, error);

    if (hr != S_OK)
        return hr;
    operation->moment = CLOCK_NEVER;
    if (operation->held || operation->waker)
        return S_OK;
    if (is_async(operation) ? (operation->held = scheduler_hold()) : (operation->waker = waker_take()) != NULL)
        return S_OK;
    return cannot_wait(error);
}

HRESULT operation_wait_socket(struct operation *operation, struct socket *socket, enum socket_direction direction,
                              WS_ERROR *error)
{
    HRESULT hr = prepare(operation, error);

    if (hr != S_OK)
        return hr;
    if (UNLIKELY(operation->wait_failed))
        return cannot_wait(error);
    if (is_async(operation) ? !reactor_prepare(socket) : !waker_open(operation->waker))
        return cannot_wait(error);
    operation->waits = OPERATION_WAITS_SOCKET;
    operation->socket = socket;
    operation->direction = (uint8_t)direction;
    return OPERATION_WAITS;
}

HRESULT operation_wait_socket_until(struct operation *operation, struct socket *socket, enum socket_direction direction,
                                    uint64_t moment, WS_ERROR *error)
{
    HRESULT hr;

    if (clock_now() >= moment)
        return operation_is_cancelled(operation) ? aborted(error) : S_OK;
    if ((hr = operation_wait_socket(operation, socket, direction, error)) == OPERATION_WAITS)
        operation->moment = moment;
    return hr;
}

HRESULT operation_wait(struct operation *operation, WS_ERROR *error)
{
    HRESULT hr = prepare(operation, error);

    if (hr != S_OK)
        return hr;
    operation->waits = OPERATION_WAITS_WAKE;
    return OPERATION_WAITS;
}

HRESULT operation_wait_until(struct operation *operation, uint64_t moment, WS_ERROR *error)
{
    HRESULT hr;

    if (clock_now() >= moment)
        return operation_is_cancelled(operation) ? aborted(error) : S_OK;
    if ((hr = prepare(operation, error)) != S_OK)
        return hr;
    operation->moment = moment;
    operation->waits = OPERATION_WAITS_WAKE;
    return OPERATION_WAITS;
}

void operation_set_timeout(struct operation *operation, ULONG milliseconds, const char *name)
{
    operation->timeout = milliseconds;
    operation->timeout_name = name;
    operation->deadline = clock_after(milliseconds);
}

/* --- Running --- */

/* What it did not do itself its owner has to be told, while nobody else can reach it. */
static void end(struct operation *operation, HRESULT hr)
{
    struct waker *waker = operation->waker;
    bool held = operation->held;

    if (operation->finished)
        operation->finished(operation, hr);
    /* From here on the operation may be anything. */
    if (waker)
        waker_give(waker);
    if (held)
        scheduler_drop();
}

static unsigned poll_events(const struct operation *operation)
{
    return operation->direction == SOCKET_IN ? POLL_IN : operation->direction == SOCKET_OUT ? POLL_OUT : POLL_CONNECT;
}

/* Waits on this thread. */
static void block(struct operation *operation)
{
    bool polls = operation->waits == OPERATION_WAITS_SOCKET;
    uint32_t flag = polls ? OPERATION_POLLS : OPERATION_BLOCKED;
    uint64_t moment = operation->moment < operation->deadline ? operation->moment : operation->deadline;

    if (!(__atomic_fetch_or(&operation->flags, flag, __ATOMIC_ACQ_REL) & OPERATION_WOKEN))
    {
        if (polls)
            waker_poll(operation->waker, operation->socket->handle, poll_events(operation), moment);
        else
            waker_wait(operation->waker, moment);
    }
    /* Whoever has seen the flag may still be about to wake: that ends a wait later on, which does no harm. */
    __atomic_fetch_and(&operation->flags, ~flag, __ATOMIC_ACQ_REL);
}

/* Lets it wait without a thread. False: it need not. Otherwise it may be running elsewhere already. */
static bool park(struct operation *operation)
{
    if (operation->waits != OPERATION_WAITS_CALL)
        return reactor_park(operation);
    if (!(__atomic_fetch_or(&operation->flags, OPERATION_CALLING, __ATOMIC_ACQ_REL) & OPERATION_COMPLETED))
        return true;
    __atomic_fetch_and(&operation->flags, ~(uint32_t)(OPERATION_CALLING | OPERATION_COMPLETED), __ATOMIC_ACQ_REL);
    return false;
}

/* Calls the step until its result is there, which is returned, or the operation is left to wait: OPERATION_WAITS. */
static HRESULT advance(struct operation *operation)
{
    HRESULT hr;

    for (;;)
    {
        __atomic_fetch_and(&operation->flags, ~(uint32_t)OPERATION_WOKEN, __ATOMIC_ACQ_REL);
        operation->waits = OPERATION_WAITS_NOT;
        if ((hr = operation->step(operation, operation->error)) != OPERATION_WAITS)
            return hr;
        if (!is_async(operation))
            block(operation);
        else if (park(operation))
            return OPERATION_WAITS;
    }
}

/* Goes on with one that has waited without a thread. */
static void resume(struct operation *operation)
{
    WS_ASYNC_CONTEXT context;
    HRESULT hr = advance(operation);

    if (hr == OPERATION_WAITS)
        return;
    context = operation->context;
    end(operation, hr);
    scheduler_blocks();
    context.callback(hr, WS_LONG_CALLBACK, context.callbackState);
}

static void run_work(struct work *work)
{
    resume((struct operation *)((char *)work - offsetof(struct operation, work)));
}

HRESULT operation_run(struct operation *operation, operation_step step, const WS_ASYNC_CONTEXT *context,
                      WS_ERROR *error)
{
    HRESULT hr;

    operation->step = step;
    operation->error = error;
    operation->work.run = run_work;
    if (context)
        operation->context = *context;
    hr = advance(operation);
    if (hr == OPERATION_WAITS)
        return WS_S_ASYNC;
    end(operation, hr);
    return hr;
}

/* --- From other threads --- */

static void wake(struct operation *operation, uint32_t with)
{
    uint32_t flags = __atomic_fetch_or(&operation->flags, with | OPERATION_WOKEN, __ATOMIC_ACQ_REL);

    if (flags & OPERATION_WOKEN)
        return;
    if (flags & OPERATION_BLOCKED)
        waker_wake(operation->waker);
    else if (flags & OPERATION_POLLS)
        waker_signal(operation->waker);
    else if (flags & OPERATION_PARKED && reactor_unpark(operation))
        scheduler_push(&operation->work);
}

void operation_wake(struct operation *operation)
{
    wake(operation, 0);
}

void operation_cancel(struct operation *operation)
{
    wake(operation, OPERATION_CANCELLED);
}

/* --- Callbacks of the program --- */

static void CALLBACK on_completed(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct operation *operation = state;

    operation->call_result = hr;
    if (!(__atomic_fetch_or(&operation->flags, OPERATION_COMPLETED, __ATOMIC_ACQ_REL) & OPERATION_CALLING))
        return; /* its step is still running, or about to wait */
    __atomic_fetch_and(&operation->flags, ~(uint32_t)(OPERATION_CALLING | OPERATION_COMPLETED), __ATOMIC_ACQ_REL);
    /* Who completes with a short callback is not to be held up, if there is another thread. */
    if (model == WS_LONG_CALLBACK || !operation->held)
        resume(operation);
    else
        scheduler_push(&operation->work);
}

void operation_blocks(struct operation *operation)
{
    /* A thread of the scheduler that blocks in one of the other kind has said so when it called the program. */
    if (is_async(operation))
        scheduler_blocks();
}

const WS_ASYNC_CONTEXT *operation_context(struct operation *operation)
{
    if (!is_async(operation))
        return NULL;
    scheduler_blocks();
    if (!operation->held)
        operation->held = scheduler_hold();
    operation->calls = (WS_ASYNC_CONTEXT){on_completed, operation};
    return &operation->calls;
}

HRESULT operation_called(struct operation *operation, HRESULT hr, WS_ERROR *error)
{
    if (hr != WS_S_ASYNC)
        return hr;
    if (!is_async(operation))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "A callback answered WS_S_ASYNC where it was to complete synchronously.");
    operation->waits = OPERATION_WAITS_CALL;
    return OPERATION_WAITS;
}

HRESULT operation_take_result(struct operation *operation)
{
    return operation->call_result;
}

void operation_release_threads(void)
{
    scheduler_release();
    waker_release_all();
}
