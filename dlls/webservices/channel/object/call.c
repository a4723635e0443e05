/* SPDX-License-Identifier: MIT */
/* call.c - calls that may wait; see call.h. */
#include "call.h"

#include "base/error.h"
#include "channel/io/thread.h"

#include <string.h>

static void end(struct operation *op, HRESULT result)
{
    struct call *call = call_of(op);

    call->finished(call, result);
}

void call_init(struct call *call, void *owner, unsigned slots, call_finished finished)
{
    memset((char *)call + sizeof(call->op), 0, sizeof(*call) - sizeof(call->op));
    call->owner = owner;
    call->slots = slots;
    call->finished = finished;
    operation_init(&call->op, end);
}

HRESULT call_check_context(const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    if (!context || context->callback)
        return S_OK;
    return error_report(error, E_INVALIDARG, "The asynchronous context has no callback.");
}

static HRESULT run_step(struct operation *op, WS_ERROR *error)
{
    struct call *call = call_of(op);
    HRESULT hr;

    __atomic_store_n(&call->thread, thread_self(), __ATOMIC_RELAXED);
    hr = call->step(call, error);
    __atomic_store_n(&call->thread, 0, __ATOMIC_RELAXED);
    if (hr != OPERATION_WAITS)
        call->is_concluded = true;
    return hr;
}

HRESULT call_run(struct call *call, call_step step, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    call->step = step;
    return operation_run(&call->op, run_step, context, error);
}

bool call_is_on_this_thread(const struct call *call)
{
    return __atomic_load_n(&call->thread, __ATOMIC_RELAXED) == thread_self();
}
