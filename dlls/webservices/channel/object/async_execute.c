/* SPDX-License-Identifier: MIT */
/*
 * async_execute.c - WsAsyncExecute: a chain of functions, each of which may complete asynchronously.
 *
 * What has to be remembered is in the five pointers of the program's WS_ASYNC_STATE. A function that completes
 * asynchronously may do so, on another thread, before it has returned WS_S_ASYNC: after that the state is not looked at
 * here any more. Synchronous steps are a loop, so that any number of them takes no stack.
 */
#include "base/error.h"
#include "base/trace.h"

#include <string.h>

/* What is in a WS_ASYNC_STATE. */
struct chain
{
    WS_ASYNC_OPERATION next; /* the function that runs next */
    void *state;             /* what it is given */
    WS_ASYNC_CONTEXT done;   /* the program's; callback NULL: there is none */
    WS_ERROR *error;
};
_Static_assert(sizeof(struct chain) <= sizeof(WS_ASYNC_STATE), "it fits into five pointers");

static void CALLBACK completed(HRESULT hr, WS_CALLBACK_MODEL model, void *state);

/* Runs functions until one completes asynchronously, or there is no other. */
static HRESULT run(struct chain *chain, HRESULT hr, WS_CALLBACK_MODEL model)
{
    const WS_ASYNC_CONTEXT context = {completed, chain};
    const bool is_asynchronous = chain->done.callback;
    WS_ERROR *error = chain->error;
    WS_ASYNC_FUNCTION function;

    while ((function = chain->next.function))
    {
        chain->next.function = NULL;
        hr = function(hr, model, chain->state, &chain->next, is_asynchronous ? &context : NULL, error);
        if (hr == WS_S_ASYNC && is_asynchronous)
            return hr;
        if (hr == WS_S_ASYNC)
            return error_report(error, WS_E_INVALID_OPERATION,
                                "A function answered WS_S_ASYNC though it had no asynchronous context.");
    }
    return hr;
}

/* The state may be reused by the program's callback. */
static void CALLBACK completed(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct chain *chain = state;
    const WS_ASYNC_CONTEXT done = chain->done;

    hr = run(chain, hr, model);
    if (hr != WS_S_ASYNC)
        done.callback(hr, model, done.callbackState);
}

static HRESULT execute(WS_ASYNC_STATE *state, WS_ASYNC_FUNCTION function, WS_CALLBACK_MODEL model, void *callback_state,
                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct chain *chain = (struct chain *)state;

    if (!state)
        return error_report(error, E_INVALIDARG, "The asynchronous state is NULL.");
    if (context && !context->callback)
        return error_report(error, E_INVALIDARG, "The asynchronous context has no callback.");
    memset(chain, 0, sizeof(*chain));
    chain->next.function = function;
    chain->state = callback_state;
    if (context)
        chain->done = *context;
    chain->error = error;
    return run(chain, S_OK, model);
}

/*
 * Calls a function, then the one that it names as the next, and so on, with the result of the one before, whether that
 * is a success or not, until one names none: its result is that of all.
 *
 * asyncState: the caller's, which must last until all is done. operation: the first function; NULL: nothing is done.
 * callbackModel: what the first functions get, up to the first that completes asynchronously; the next get what that
 *      completed with.
 * callbackState: what all functions get. asyncContext: is copied; NULL: none, and no function may return WS_S_ASYNC.
 * Returns the last result; WS_S_ASYNC: the context's callback gets it. E_INVALIDARG (asyncState or the context's
 * callback is NULL), WS_E_INVALID_OPERATION (WS_S_ASYNC without a context).
 * Source: the pages of WsAsyncExecute and WS_ASYNC_FUNCTION; that successes are handed on, Microsoft's samples.
 */
HRESULT WINAPI WsAsyncExecute(WS_ASYNC_STATE *asyncState, WS_ASYNC_FUNCTION operation, WS_CALLBACK_MODEL callbackModel,
                              void *callbackState, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    HRESULT hr = execute(asyncState, operation, callbackModel, callbackState, asyncContext, error);

    TRACE_RESULT(hr, error,
                 "WsAsyncExecute(asyncState=%p, operation=%p, callbackModel=%s, callbackState=%p, asyncContext=%p, "
                 "error=%p) = 0x%08x",
                 (void *)asyncState, (void *)(uintptr_t)operation, TRACE_NAME(CALLBACK_MODEL, callbackModel),
                 callbackState, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}
