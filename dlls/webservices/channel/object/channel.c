/* SPDX-License-Identifier: MIT */
/*
 * channel.c - the object: its life, its slots, and what can be done to it from any thread: WsAbortChannel,
 * WsResetChannel, WsFreeChannel; see channel.h.
 */
#include "channel.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/trace.h"
#include "listener.h"
#include "message/message.h"

#include <string.h>

static struct handle_pool channel_pool = {
    .tag = HANDLE_CHANNEL, .size = sizeof(struct _WS_CHANNEL), .what = "channel objects"};

/* --- Life --- */

HRESULT channel_create(const struct transport *transport, WS_CHANNEL_TYPE type, WS_LISTENER *listener,
                       const struct channel_settings *settings, struct _WS_HEAP *heap, WS_CHANNEL **ret,
                       WS_ERROR *error)
{
    void *part = memory_alloc(transport->channel_size, "channels of a transport");
    WS_CHANNEL *channel = part ? handle_take(&channel_pool) : NULL;
    HRESULT hr;

    if (!channel)
    {
        memory_free(part);
        arena_release(&heap->arena);
        return error_report(error, E_OUTOFMEMORY, "There is no memory for another channel.");
    }
    memset((char *)channel + sizeof(channel->handle), 0, sizeof(*channel) - sizeof(channel->handle));
    memset(part, 0, transport->channel_size);
    mutex_init(&channel->lock);
    channel->type = type;
    channel->state = WS_CHANNEL_STATE_CREATED;
    channel->transport = transport;
    channel->part = part;
    channel->settings = *settings;
    channel->settings_heap = *heap;
    heap_init_member(&channel->address_heap, SIZE_MAX);
    channel->listener = listener;
    if ((hr = transport->channel_create(channel, error)) != S_OK)
    {
        arena_release(&channel->settings_heap.arena);
        mutex_release(&channel->lock);
        handle_put_back(&channel_pool, channel);
        memory_free(part);
        return hr;
    }
    if (listener)
        listener_refer(listener);
    handle_publish(&channel_pool, channel);
    *ret = channel;
    return S_OK;
}

/* Nothing uses it any more, and its handle is not valid. */
static void destroy(WS_CHANNEL *channel)
{
    WS_LISTENER *listener = channel->listener;

    channel_detach(channel);
    channel->transport->channel_free(channel);
    memory_free(channel->part);
    arena_release(&channel->settings_heap.arena);
    arena_release(&channel->address_heap.arena);
    mutex_release(&channel->lock);
    handle_put_back(&channel_pool, channel);
    if (listener)
        listener_unrefer(listener);
}

HRESULT channel_enter(WS_CHANNEL *channel, WS_ERROR *error)
{
    if (!handle_is(channel, HANDLE_CHANNEL))
        return handle_refuse(channel, HANDLE_CHANNEL, error);
    mutex_lock(&channel->lock);
    return S_OK;
}

void channel_hold(WS_CHANNEL *channel)
{
    mutex_lock(&channel->lock);
    channel->uses++;
    mutex_unlock(&channel->lock);
}

/* Ends a use, with what slots it had; call: that is over, or NULL. A close that waits for the others looks again. */
static void end_use(WS_CHANNEL *channel, unsigned slots, struct call *call)
{
    bool is_last;

    mutex_lock(&channel->lock);
    channel->busy &= ~slots;
    channel->finishing &= ~slots;
    channel->uses--;
    if (call)
        call->slots = 0;
    is_last = channel->is_freed && !channel->uses;
    if (channel->state == WS_CHANNEL_STATE_CLOSING && channel->busy & CHANNEL_SLOT(CHANNEL_CONTROL))
        operation_wake(&channel->calls[CHANNEL_CONTROL].op);
    mutex_unlock(&channel->lock);
    if (is_last)
        destroy(channel);
}

void channel_release(WS_CHANNEL *channel)
{
    end_use(channel, 0, NULL);
}

/* --- States --- */

HRESULT channel_wrong_state(const WS_CHANNEL *channel, WS_ERROR *error)
{
    if (channel->state == WS_CHANNEL_STATE_FAULTED)
        return error_report(error, WS_E_OBJECT_FAULTED,
                            "The channel has faulted: it has been aborted, or an earlier call has failed in such a way "
                            "that it cannot go on. It can be closed, reset and opened again.");
    return error_report(error, WS_E_INVALID_OPERATION, "The channel is in %s, where this cannot be done.",
                        TRACE_NAME(CHANNEL_STATE, channel->state));
}

HRESULT channel_check_open(const WS_CHANNEL *channel, WS_ERROR *error)
{
    return LIKELY(channel->state == WS_CHANNEL_STATE_OPEN) ? S_OK : channel_wrong_state(channel, error);
}

void channel_fault(WS_CHANNEL *channel)
{
    mutex_lock(&channel->lock);
    if (channel->state == WS_CHANNEL_STATE_OPEN)
        channel->state = WS_CHANNEL_STATE_FAULTED;
    mutex_unlock(&channel->lock);
}

WS_CHANNEL_STATE channel_state(WS_CHANNEL *channel)
{
    WS_CHANNEL_STATE state;

    mutex_lock(&channel->lock);
    state = channel->state;
    mutex_unlock(&channel->lock);
    return state;
}

void channel_detach(WS_CHANNEL *channel)
{
    message_detach(channel->writing, channel);
    message_detach(channel->reading, channel);
    channel->writing = channel->reading = NULL;
}

/* A message has been reset or freed. Whoever is at work with it finds out; otherwise the channel is ready for others.
 */
static void gone(WS_CHANNEL *channel, WS_MESSAGE **message, unsigned slots)
{
    unsigned taken;
    bool is_free;

    mutex_lock(&channel->lock);
    is_free = *message && !(channel->busy & slots & ~channel->finishing);
    *message = NULL;
    taken = is_free ? slots & ~channel->busy : 0;
    channel->busy |= taken;
    channel->uses += is_free;
    mutex_unlock(&channel->lock);
    if (!is_free)
        return;
    channel->transport->abandon(channel, NULL, message == &channel->writing, NULL);
    end_use(channel, taken, NULL);
}

void CALLBACK channel_written_gone(void *state)
{
    WS_CHANNEL *channel = state;

    gone(channel, &channel->writing, CHANNEL_SLOT(CHANNEL_SENDING) | CHANNEL_SLOT(CHANNEL_SENDING_BODY));
}

void CALLBACK channel_read_gone(void *state)
{
    WS_CHANNEL *channel = state;

    gone(channel, &channel->reading, CHANNEL_SLOT(CHANNEL_RECEIVING) | CHANNEL_SLOT(CHANNEL_RECEIVING_BODY));
}

void channel_forget_address(WS_CHANNEL *channel)
{
    memset(&channel->address, 0, sizeof(channel->address));
    arena_reset(&channel->address_heap.arena);
}

/* --- Slots --- */

static COLD HRESULT slot_taken(unsigned slots, WS_ERROR *error)
{
    const char *what = "another call is opening, accepting or closing it";

    if (slots & CHANNEL_SLOT(CHANNEL_SENDING))
        what = "another call is sending or shutting it down";
    else if (slots & CHANNEL_SLOT(CHANNEL_RECEIVING))
        what = "another call is receiving";
    else if (slots & (CHANNEL_SLOT(CHANNEL_SENDING_BODY) | CHANNEL_SLOT(CHANNEL_RECEIVING_BODY)))
        what = "the body of a streamed message is being flushed or filled by another call";
    return error_report(error, WS_E_INVALID_OPERATION, "The channel is busy: %s.", what);
}

/*
 * The step may have been prevented from ending: there was no memory to wait with. Nobody knows then how far the
 * transport has come.
 */
static void conclude(WS_CHANNEL *channel, struct call *call)
{
    mutex_lock(&channel->lock);
    switch (channel->state)
    {
    case WS_CHANNEL_STATE_OPENING:
    case WS_CHANNEL_STATE_ACCEPTING:
        channel->state = WS_CHANNEL_STATE_FAULTED;
        channel->is_connected = true;
        break;
    case WS_CHANNEL_STATE_CLOSING:
        if (call->slots & CHANNEL_SLOT(CHANNEL_CONTROL))
            channel->state = WS_CHANNEL_STATE_CLOSED;
        break;
    case WS_CHANNEL_STATE_OPEN: channel->state = WS_CHANNEL_STATE_FAULTED; break;
    default: break;
    }
    mutex_unlock(&channel->lock);
}

/* What has been freed meanwhile is gone then: the slots are still taken, but nobody is at work in them. */
static void let_go(WS_CHANNEL *channel, struct call *call)
{
    mutex_lock(&channel->lock);
    channel->finishing |= call->slots;
    mutex_unlock(&channel->lock);
    message_let_go(call->message);
    if (call->reply)
        message_let_go(call->reply);
}

static void finished(struct call *call, HRESULT result)
{
    WS_CHANNEL *channel = call->owner;

    (void)result;
    if (!call->is_concluded)
        conclude(channel, call);
    if (call->is_held)
        let_go(channel, call);
    if (call->is_accept)
        listener_end_accept(channel->listener, channel);
    end_use(channel, call->slots, call);
}

HRESULT channel_take(WS_CHANNEL *channel, enum channel_slot slot, unsigned others, struct call **call, WS_ERROR *error)
{
    unsigned slots = CHANNEL_SLOT(slot) | others;

    if (UNLIKELY(channel->busy & slots))
        return slot_taken(channel->busy & slots, error);
    channel->busy |= slots;
    channel->uses++;
    *call = &channel->calls[slot];
    call_init(*call, channel, slots, finished);
    return S_OK;
}

void channel_give_back(WS_CHANNEL *channel, struct call *call)
{
    channel->busy &= ~call->slots;
    channel->uses--;
    call->slots = 0;
}

/* A call that takes several slots is in the lowest of them only. */
void channel_cancel(WS_CHANNEL *channel, unsigned slots)
{
    unsigned slot, running = channel->busy & slots;

    for (slot = 0; slot < CHANNEL_SLOTS; slot++)
        if (running & CHANNEL_SLOT(slot) && channel->calls[slot].slots)
            operation_cancel(&channel->calls[slot].op);
}

static HRESULT body_step(struct call *call, WS_ERROR *error)
{
    return call->body_step(call->owner, &call->op, error);
}

HRESULT channel_run_body(WS_CHANNEL *channel, enum channel_slot slot, channel_step step,
                         const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct call *call = NULL;
    HRESULT hr;

    mutex_lock(&channel->lock);
    if ((hr = channel_check_open(channel, error)) == S_OK &&
        (hr = channel_take(channel, slot, 0, &call, error)) == S_OK)
        call->body_step = step;
    mutex_unlock(&channel->lock);
    return hr == S_OK ? call_run(call, body_step, context, error) : hr;
}

/* --- Abort, reset, free --- */

/* Cancels what runs. True if the transport is to be told, which is done without the lock. The lock is held. */
static bool cancel_all(WS_CHANNEL *channel)
{
    bool is_in_use = channel->busy || channel->is_connected;

    if (channel->state == WS_CHANNEL_STATE_OPEN)
        channel->state = WS_CHANNEL_STATE_FAULTED;
    channel_cancel(channel, ~0u);
    return is_in_use && channel->transport->abort;
}

static HRESULT abort_channel(WS_CHANNEL *channel, WS_ERROR *error)
{
    bool tell;
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    tell = cancel_all(channel);
    channel->uses++;
    mutex_unlock(&channel->lock);
    if (tell)
        hr = channel->transport->abort(channel, error);
    end_use(channel, 0, NULL);
    return hr;
}

static HRESULT reset_channel(WS_CHANNEL *channel, WS_ERROR *error)
{
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    if (channel->state != WS_CHANNEL_STATE_CREATED && channel->state != WS_CHANNEL_STATE_CLOSED)
        hr = error_report(error, WS_E_INVALID_OPERATION, "The channel is in %s, and must be closed before it is reset.",
                          TRACE_NAME(CHANNEL_STATE, channel->state));
    else if (channel->busy)
        hr = slot_taken(channel->busy, error);
    if (hr != S_OK)
    {
        mutex_unlock(&channel->lock);
        return hr;
    }
    channel->busy |= CHANNEL_SLOT(CHANNEL_CONTROL);
    channel->uses++;
    mutex_unlock(&channel->lock);
    if ((hr = channel->transport->channel_reset(channel, error)) == S_OK)
    {
        mutex_lock(&channel->lock);
        channel_detach(channel);
        channel_forget_address(channel);
        channel->is_connected = channel->is_shut_down = false;
        channel->state = WS_CHANNEL_STATE_CREATED;
        mutex_unlock(&channel->lock);
    }
    end_use(channel, CHANNEL_SLOT(CHANNEL_CONTROL), NULL);
    return hr;
}

static void free_channel(WS_CHANNEL *channel)
{
    bool tell;

    if (channel_enter(channel, NULL) != S_OK)
        return;
    handle_wipe(channel);
    channel->is_freed = true;
    tell = cancel_all(channel) && channel->busy;
    channel->uses++;
    mutex_unlock(&channel->lock);
    if (tell)
        channel->transport->abort(channel, NULL);
    end_use(channel, 0, NULL);
}

/*
 * Cancels all that is running on a channel, from any thread, and does not wait for it to end: those calls fail with
 * WS_E_OPERATION_ABORTED. A channel that is open is FAULTED then; one that is being opened or accepted becomes CREATED,
 * one that is being closed, CLOSED. In other states nothing happens.
 *
 * Returns E_INVALIDARG (not a live channel); of a custom channel, what its callback does.
 * Source: the pages of WsAbortChannel, WS_CHANNEL_STATE with its diagram, and cancellation.md.
 */
HRESULT WINAPI WsAbortChannel(WS_CHANNEL *channel, WS_ERROR *error)
{
    HRESULT hr = abort_channel(channel, error);

    TRACE_RESULT(hr, error, "WsAbortChannel(channel=%p, error=%p) = 0x%08x", (void *)channel, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Makes a channel that is CREATED or CLOSED as new, with the properties that it has: CREATED.
 *
 * Returns E_INVALIDARG (not a live channel), WS_E_INVALID_OPERATION (another state, or a call has not ended yet); of a
 * custom channel, what its callback does.
 * Source: the page of WsResetChannel; that properties stay, observed on Windows.
 */
HRESULT WINAPI WsResetChannel(WS_CHANNEL *channel, WS_ERROR *error)
{
    HRESULT hr = reset_channel(channel, error);

    TRACE_RESULT(hr, error, "WsResetChannel(channel=%p, error=%p) = 0x%08x", (void *)channel, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Frees a channel. NULL, or what is not a live channel, is ignored. Unlike documented it may be in any state: what runs
 * is cancelled as by WsAbortChannel(), a connection is dropped, and the memory lasts until the last call has ended.
 * Source: the page of WsFreeChannel.
 */
void WINAPI WsFreeChannel(WS_CHANNEL *channel)
{
    free_channel(channel);
    TRACE("WsFreeChannel(channel=%p)", (void *)channel);
}
