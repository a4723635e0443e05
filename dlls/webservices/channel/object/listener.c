/* SPDX-License-Identifier: MIT */
/*
 * listener.c - the object: its life, and WsOpenListener, WsCloseListener, WsAbortListener, WsResetListener,
 * WsFreeListener; see listener.h.
 */
#include "listener.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/trace.h"
#include "channel.h"
#include "endpoint_copy.h"

#include <string.h>

static struct handle_pool listener_pool = {
    .tag = HANDLE_LISTENER, .size = sizeof(struct _WS_LISTENER), .what = "listener objects"};

/* --- Life --- */

HRESULT listener_create(const struct transport *transport, WS_CHANNEL_TYPE type,
                        const struct listener_settings *settings, struct _WS_HEAP *heap, WS_LISTENER **ret,
                        WS_ERROR *error)
{
    void *part = memory_alloc(transport->listener_size, "listeners of a transport");
    WS_LISTENER *listener = part ? handle_take(&listener_pool) : NULL;
    HRESULT hr;

    if (!listener)
    {
        memory_free(part);
        arena_release(&heap->arena);
        return error_report(error, E_OUTOFMEMORY, "There is no memory for another listener.");
    }
    memset((char *)listener + sizeof(listener->handle), 0, sizeof(*listener) - sizeof(listener->handle));
    memset(part, 0, transport->listener_size);
    mutex_init(&listener->lock);
    listener->type = type;
    listener->state = WS_LISTENER_STATE_CREATED;
    listener->transport = transport;
    listener->part = part;
    listener->settings = *settings;
    listener->settings_heap = *heap;
    heap_init_member(&listener->url_heap, SIZE_MAX);
    listener->references = 1;
    if ((hr = transport->listener_create(listener, error)) != S_OK)
    {
        arena_release(&listener->settings_heap.arena);
        mutex_release(&listener->lock);
        handle_put_back(&listener_pool, listener);
        memory_free(part);
        return hr;
    }
    handle_publish(&listener_pool, listener);
    *ret = listener;
    return S_OK;
}

void listener_refer(WS_LISTENER *listener)
{
    mutex_lock(&listener->lock);
    listener->references++;
    mutex_unlock(&listener->lock);
}

void listener_unrefer(WS_LISTENER *listener)
{
    bool is_last;

    mutex_lock(&listener->lock);
    is_last = !--listener->references;
    mutex_unlock(&listener->lock);
    if (!is_last)
        return;
    arena_release(&listener->settings_heap.arena);
    arena_release(&listener->url_heap.arena);
    mutex_release(&listener->lock);
    handle_put_back(&listener_pool, listener);
}

HRESULT listener_enter(WS_LISTENER *listener, WS_ERROR *error)
{
    if (!handle_is(listener, HANDLE_LISTENER))
        return handle_refuse(listener, HANDLE_LISTENER, error);
    mutex_lock(&listener->lock);
    return S_OK;
}

void listener_end_use(WS_LISTENER *listener)
{
    bool is_last;

    mutex_lock(&listener->lock);
    listener->uses--;
    is_last = listener->is_freed && !listener->uses;
    mutex_unlock(&listener->lock);
    if (!is_last)
        return;
    listener->transport->listener_free(listener);
    memory_free(listener->part);
    listener->part = NULL;
    listener_unrefer(listener);
}

/* --- States --- */

HRESULT listener_wrong_state(const WS_LISTENER *listener, WS_ERROR *error)
{
    if (listener->state == WS_LISTENER_STATE_FAULTED)
        return error_report(error, WS_E_OBJECT_FAULTED,
                            "The listener has been aborted. It can be closed, reset and opened again.");
    return error_report(error, WS_E_INVALID_OPERATION, "The listener is in %s, where this cannot be done.",
                        TRACE_NAME(LISTENER_STATE, listener->state));
}

void listener_fault(WS_LISTENER *listener)
{
    mutex_lock(&listener->lock);
    if (listener->state == WS_LISTENER_STATE_OPEN)
        listener->state = WS_LISTENER_STATE_FAULTED;
    mutex_unlock(&listener->lock);
}

WS_LISTENER_STATE listener_state(WS_LISTENER *listener)
{
    WS_LISTENER_STATE state;

    mutex_lock(&listener->lock);
    state = listener->state;
    mutex_unlock(&listener->lock);
    return state;
}

static void set_state(WS_LISTENER *listener, WS_LISTENER_STATE state)
{
    mutex_lock(&listener->lock);
    listener->state = state;
    mutex_unlock(&listener->lock);
}

/* --- Channels that are being accepted --- */

void listener_begin_accept(WS_LISTENER *listener, WS_CHANNEL *channel)
{
    listener->uses++;
    channel->next_accepting = listener->accepting;
    listener->accepting = channel;
}

void listener_end_accept(WS_LISTENER *listener, WS_CHANNEL *channel)
{
    WS_CHANNEL **link;

    mutex_lock(&listener->lock);
    for (link = &listener->accepting; *link != channel;)
        link = &(*link)->next_accepting;
    *link = channel->next_accepting;
    if (!listener->accepting && listener->state == WS_LISTENER_STATE_CLOSING && listener->is_busy)
        operation_wake(&listener->call.op);
    mutex_unlock(&listener->lock);
    listener_end_use(listener);
}

/* The lock is held: they cannot end meanwhile. */
static void cancel_accepts(WS_LISTENER *listener)
{
    WS_CHANNEL *channel;

    for (channel = listener->accepting; channel; channel = channel->next_accepting)
        operation_cancel(&channel->calls[CHANNEL_CONTROL].op);
}

/* --- Calls --- */

/* See the same of channels. */
static void finished(struct call *call, HRESULT result)
{
    WS_LISTENER *listener = call->owner;

    (void)result;
    mutex_lock(&listener->lock);
    if (!call->is_concluded && listener->state == WS_LISTENER_STATE_OPENING)
    {
        listener->state = WS_LISTENER_STATE_FAULTED;
        listener->is_listening = true;
    }
    else if (!call->is_concluded)
        listener->state = WS_LISTENER_STATE_CLOSED;
    listener->is_busy = false;
    mutex_unlock(&listener->lock);
    listener_end_use(listener);
}

static void take(WS_LISTENER *listener)
{
    listener->is_busy = true;
    listener->uses++;
    call_init(&listener->call, listener, 1, finished);
}

/* --- Opening --- */

enum
{
    OPEN_LISTENS,
    OPEN_UNDOES
};

static void not_opened(WS_LISTENER *listener)
{
    listener->state = WS_LISTENER_STATE_CREATED;
    memset(&listener->url, 0, sizeof(listener->url));
    arena_reset(&listener->url_heap.arena);
}

static HRESULT open_step(struct call *call, WS_ERROR *error)
{
    WS_LISTENER *listener = call->owner;
    HRESULT hr;

    if (call->place == OPEN_LISTENS)
    {
        if ((hr = listener->transport->listener_open(listener, &call->op, error)) == OPERATION_WAITS)
            return hr;
        mutex_lock(&listener->lock);
        if (FAILED(hr))
            not_opened(listener);
        else if (operation_is_cancelled(&call->op))
            call->place = OPEN_UNDOES;
        else
        {
            listener->state = WS_LISTENER_STATE_OPEN;
            listener->is_listening = true;
            hr = S_OK;
        }
        mutex_unlock(&listener->lock);
        if (call->place == OPEN_LISTENS)
            return hr;
    }
    if (listener->transport->listener_close(listener, &call->op, NULL) == OPERATION_WAITS)
        return OPERATION_WAITS;
    if (listener->transport->listener_reset)
        listener->transport->listener_reset(listener, NULL);
    mutex_lock(&listener->lock);
    not_opened(listener);
    mutex_unlock(&listener->lock);
    return error_report(error, WS_E_OPERATION_ABORTED, "The call was aborted.");
}

static HRESULT open_listener(WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error)
{
    HRESULT hr = listener_enter(listener, error);

    if (hr != S_OK)
        return hr;
    if (!url)
        hr = error_report(error, E_INVALIDARG, "The URL is NULL.");
    else if ((hr = call_check_context(context, error)) == S_OK &&
             (listener->state != WS_LISTENER_STATE_CREATED || listener->is_busy))
        hr = listener_wrong_state(listener, error);
    else if (hr == S_OK && (hr = string_copy(&listener->url_heap, url, &listener->url, "The URL", error)) == S_OK)
    {
        listener->state = WS_LISTENER_STATE_OPENING;
        take(listener);
    }
    mutex_unlock(&listener->lock);
    return hr == S_OK ? call_run(&listener->call, open_step, context, error) : hr;
}

/* --- Closing --- */

enum
{
    CLOSE_WAITS, /* for accepts */
    CLOSE_CLOSES
};

static HRESULT closed(WS_LISTENER *listener, HRESULT hr)
{
    set_state(listener, WS_LISTENER_STATE_CLOSED);
    return SUCCEEDED(hr) ? S_OK : hr;
}

static HRESULT close_step(struct call *call, WS_ERROR *error)
{
    WS_LISTENER *listener = call->owner;
    bool is_alone;
    HRESULT hr;

    if (call->place == CLOSE_WAITS)
    {
        mutex_lock(&listener->lock);
        is_alone = !listener->accepting;
        if (is_alone)
        {
            listener->is_listening = false;
            call->place = CLOSE_CLOSES;
        }
        mutex_unlock(&listener->lock);
        if (!is_alone)
        {
            hr = operation_wait(&call->op, error);
            return hr == OPERATION_WAITS ? hr : closed(listener, hr);
        }
    }
    hr = listener->transport->listener_close(listener, &call->op, error);
    return hr == OPERATION_WAITS ? hr : closed(listener, hr);
}

static bool is_in_callback(const WS_LISTENER *listener)
{
    const WS_CHANNEL *channel;

    for (channel = listener->accepting; channel; channel = channel->next_accepting)
        if (call_is_on_this_thread(&channel->calls[CHANNEL_CONTROL]))
            return true;
    return false;
}

static HRESULT begin_close(WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    if ((listener->state != WS_LISTENER_STATE_OPEN && listener->state != WS_LISTENER_STATE_FAULTED) ||
        listener->is_busy)
        return listener_wrong_state(listener, error);
    if (!context && is_in_callback(listener))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The listener cannot be closed, without an asynchronous context, by a callback that it is "
                            "running: closing waits for that.");
    listener->state = WS_LISTENER_STATE_CLOSING;
    take(listener);
    cancel_accepts(listener);
    return S_OK;
}

/* In CREATED and CLOSED nothing has to be done: observed, and in the diagram of the states. */
static HRESULT close_listener(WS_LISTENER *listener, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    bool runs = false, tell;
    HRESULT hr = listener_enter(listener, error);

    if (hr != S_OK)
        return hr;
    if ((hr = call_check_context(context, error)) == S_OK &&
        (listener->state == WS_LISTENER_STATE_CREATED || listener->state == WS_LISTENER_STATE_CLOSED))
        listener->state = WS_LISTENER_STATE_CLOSED;
    else if (hr == S_OK)
        runs = (hr = begin_close(listener, context, error)) == S_OK;
    tell = runs && listener->accepting && listener->transport->listener_abort;
    mutex_unlock(&listener->lock);
    if (tell)
        listener->transport->listener_abort(listener, NULL);
    return runs ? call_run(&listener->call, close_step, context, error) : hr;
}

/* --- Abort, reset, free --- */

/* True if the transport is to be told, without the lock. The lock is held. */
static bool cancel_all(WS_LISTENER *listener)
{
    bool is_in_use = listener->is_busy || listener->is_listening;

    if (listener->state == WS_LISTENER_STATE_OPEN)
        listener->state = WS_LISTENER_STATE_FAULTED;
    if (listener->is_busy)
        operation_cancel(&listener->call.op);
    cancel_accepts(listener);
    return is_in_use && listener->transport->listener_abort;
}

static HRESULT abort_listener(WS_LISTENER *listener, WS_ERROR *error)
{
    bool tell;
    HRESULT hr = listener_enter(listener, error);

    if (hr != S_OK)
        return hr;
    tell = cancel_all(listener);
    listener->uses++;
    mutex_unlock(&listener->lock);
    if (tell)
        hr = listener->transport->listener_abort(listener, error);
    listener_end_use(listener);
    return hr;
}

static HRESULT reset_listener(WS_LISTENER *listener, WS_ERROR *error)
{
    HRESULT hr = listener_enter(listener, error);

    if (hr != S_OK)
        return hr;
    if (listener->state != WS_LISTENER_STATE_CREATED && listener->state != WS_LISTENER_STATE_CLOSED)
        hr =
            error_report(error, WS_E_INVALID_OPERATION, "The listener is in %s, and must be closed before it is reset.",
                         TRACE_NAME(LISTENER_STATE, listener->state));
    else if (listener->is_busy || listener->accepting)
        hr = error_report(error, WS_E_INVALID_OPERATION, "The listener is busy: calls have not ended yet.");
    if (hr != S_OK)
    {
        mutex_unlock(&listener->lock);
        return hr;
    }
    listener->state = WS_LISTENER_STATE_CLOSED; /* until it has been reset, nothing can be done with it but closing */
    listener->uses++;
    mutex_unlock(&listener->lock);
    if (listener->transport->listener_reset)
        hr = listener->transport->listener_reset(listener, error);
    if (hr == S_OK)
    {
        mutex_lock(&listener->lock);
        listener->is_listening = false;
        not_opened(listener);
        mutex_unlock(&listener->lock);
    }
    listener_end_use(listener);
    return hr;
}

static void free_listener(WS_LISTENER *listener)
{
    bool tell;

    if (listener_enter(listener, NULL) != S_OK)
        return;
    handle_wipe(listener);
    listener->is_freed = true;
    tell = cancel_all(listener) && (listener->is_busy || listener->accepting);
    listener->uses++;
    mutex_unlock(&listener->lock);
    if (tell)
        listener->transport->listener_abort(listener, NULL);
    listener_end_use(listener);
}

/* --- The exported functions --- */

/*
 * Begins to listen at a URL: the listener, which is CREATED, is OPEN then.
 *
 * url: is copied. asyncContext: as for WsOpenChannel().
 * Returns E_INVALIDARG (not a live listener; url or its characters are NULL), WS_E_INVALID_OPERATION (another state),
 * WS_E_INVALID_ENDPOINT_URL, WS_E_ADDRESS_IN_USE, WS_E_ADDRESS_NOT_AVAILABLE, WS_E_OPERATION_ABORTED, E_OUTOFMEMORY,
 * and failures of the transport. It is CREATED then. Source: the pages of WsOpenListener, WS_LISTENER_STATE with its
 * diagram; NULL observed on Windows.
 */
HRESULT WINAPI WsOpenListener(WS_LISTENER *listener, const WS_STRING *url, const WS_ASYNC_CONTEXT *asyncContext,
                              WS_ERROR *error)
{
    HRESULT hr = open_listener(listener, url, asyncContext, error);

    TRACE_RESULT(hr, error, "WsOpenListener(listener=%p, url=%s, asyncContext=%p, error=%p) = 0x%08x", (void *)listener,
                 trace_string(url).text, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Stops listening; the port is free afterwards. Channels that have been accepted go on, calls that accept fail with
 * WS_E_OPERATION_ABORTED: they are waited for. The listener is CLOSED then, whatever this returns but the first two
 * failures.
 *
 * Returns E_INVALIDARG (not a live listener), WS_E_INVALID_OPERATION (it is being opened or closed; a callback that it
 * is running closes it without an asynchronous context), WS_E_OPERATION_ABORTED, and failures of the transport.
 * Source: the page of WsCloseListener; that CREATED and CLOSED are no failures, observed on Windows.
 */
HRESULT WINAPI WsCloseListener(WS_LISTENER *listener, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    HRESULT hr = close_listener(listener, asyncContext, error);

    TRACE_RESULT(hr, error, "WsCloseListener(listener=%p, asyncContext=%p, error=%p) = 0x%08x", (void *)listener,
                 (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Cancels all that is running on a listener, from any thread, and does not wait for it to end: calls that open, close
 * or accept fail with WS_E_OPERATION_ABORTED. A listener that is OPEN is FAULTED then.
 *
 * Returns E_INVALIDARG (not a live listener); of a custom one, what its callback does.
 * Source: the pages of WsAbortListener, WS_LISTENER_STATE with its diagram.
 */
HRESULT WINAPI WsAbortListener(WS_LISTENER *listener, WS_ERROR *error)
{
    HRESULT hr = abort_listener(listener, error);

    TRACE_RESULT(hr, error, "WsAbortListener(listener=%p, error=%p) = 0x%08x", (void *)listener, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Makes a listener that is CREATED or CLOSED as new, with the properties that it has: CREATED.
 *
 * Returns E_INVALIDARG (not a live listener), WS_E_INVALID_OPERATION (another state, or a call has not ended yet); of a
 * custom one, what its callback does.
 * Source: the page of WsResetListener; that properties stay, observed on Windows.
 */
HRESULT WINAPI WsResetListener(WS_LISTENER *listener, WS_ERROR *error)
{
    HRESULT hr = reset_listener(listener, error);

    TRACE_RESULT(hr, error, "WsResetListener(listener=%p, error=%p) = 0x%08x", (void *)listener, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Frees a listener. NULL, or what is not a live listener, is ignored. Unlike documented it may be in any state: what
 * runs is cancelled as by WsAbortListener(). Channels that were created for it stay, and can be freed before or after.
 * Source: the page of WsFreeListener.
 */
void WINAPI WsFreeListener(WS_LISTENER *listener)
{
    free_listener(listener);
    TRACE("WsFreeListener(listener=%p)", (void *)listener);
}
