/* SPDX-License-Identifier: MIT */
/* transfer.c - the parts of which transfers of messages consist; see transfer.h. */
#include "transfer.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "message/message.h"
#include "to_header.h"

/* --- What is looked at first --- */

static HRESULT check_direction(const WS_CHANNEL *channel, const struct transfer *what, WS_ERROR *error)
{
    const WS_CHANNEL_TYPE both = WS_CHANNEL_TYPE_REQUEST | WS_CHANNEL_TYPE_REPLY;

    if (what->sends && !(channel->type & (WS_CHANNEL_TYPE_OUTPUT | both)))
        return error_report(error, WS_E_INVALID_OPERATION, "A channel of %s sends no messages.",
                            TRACE_NAME(CHANNEL_TYPE, channel->type));
    if (what->receives && !(channel->type & (WS_CHANNEL_TYPE_INPUT | both)))
        return error_report(error, WS_E_INVALID_OPERATION, "A channel of %s receives no messages.",
                            TRACE_NAME(CHANNEL_TYPE, channel->type));
    if (what->sends && channel->is_shut_down)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The channel has been shut down, and sends no more messages.");
    return S_OK;
}

/* Whether a message may be begun, or ended. */
static HRESULT check_place(const WS_CHANNEL *channel, const struct transfer *what, const WS_MESSAGE *message,
                           WS_ERROR *error)
{
    if (what->is_end)
    {
        if ((what->sends ? channel->writing : channel->reading) != message)
            return error_report(error, WS_E_INVALID_OPERATION, "This message is not being %s on the channel.",
                                what->sends ? "written" : "read");
        return S_OK;
    }
    if (what->sends && channel->writing)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "Another message is being written; it must be ended or abandoned first.");
    if (what->receives && channel->reading)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "Another message is being read; it must be ended or abandoned first.");
    return S_OK;
}

/* Those of custom channels are for their callbacks to look at. */
static HRESULT check_message(const WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    const struct channel_settings *settings = &channel->settings;
    struct message_facts facts;
    HRESULT hr = message_get_facts(message, &facts, error);

    if (hr != S_OK || channel->transport->is_custom)
        return hr;
    if (facts.envelope_version != settings->envelope_version)
        return error_report(error, E_INVALIDARG, "The message is one of %s, and the channel of %s.",
                            TRACE_NAME(ENVELOPE_VERSION, facts.envelope_version),
                            TRACE_NAME(ENVELOPE_VERSION, settings->envelope_version));
    if (facts.addressing_version != settings->addressing_version)
        return error_report(error, E_INVALIDARG, "The message is one of %s, and the channel of %s.",
                            TRACE_NAME(ADDRESSING_VERSION, facts.addressing_version),
                            TRACE_NAME(ADDRESSING_VERSION, settings->addressing_version));
    return S_OK;
}

static HRESULT check(WS_CHANNEL *channel, const struct transfer *what, WS_MESSAGE *first, WS_MESSAGE *second,
                     WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = channel_check_open(channel, error)) != S_OK || (hr = check_direction(channel, what, error)) != S_OK ||
        (hr = check_message(channel, first, error)) != S_OK)
        return hr;
    if (second && (hr = check_message(channel, second, error)) != S_OK)
        return hr;
    if (first == second)
        return error_report(error, E_INVALIDARG, "The request and the reply are the same message.");
    return S_OK;
}

HRESULT transfer_begin(WS_CHANNEL *channel, const struct transfer *what, WS_MESSAGE *first, WS_MESSAGE *second,
                       bool has_second, const WS_ASYNC_CONTEXT *context, struct call **call, WS_ERROR *error)
{
    const enum channel_slot slot = what->sends ? CHANNEL_SENDING : CHANNEL_RECEIVING;
    const unsigned others = what->sends && what->receives ? CHANNEL_SLOT(CHANNEL_RECEIVING) : 0;
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    if (!first || (has_second && !second))
        hr = error_report(error, E_INVALIDARG, "The message is NULL.");
    else if ((hr = call_check_context(context, error)) == S_OK &&
             (hr = check(channel, what, first, second, error)) == S_OK &&
             (hr = channel_take(channel, slot, others, call, error)) == S_OK &&
             (hr = check_place(channel, what, first, error)) != S_OK)
        channel_give_back(channel, *call);
    if (hr == S_OK)
    {
        (*call)->message = first;
        (*call)->reply = second;
        if (!channel->transport->is_custom)
        {
            message_hold(first);
            if (second)
                message_hold(second);
            (*call)->is_held = true;
        }
    }
    mutex_unlock(&channel->lock);
    return hr;
}

/* --- The parts --- */

/* One that is held is live. */
HRESULT transfer_check_live(const struct call *call, WS_MESSAGE *message, WS_ERROR *error)
{
    struct message_facts facts;

    return call->is_held ? S_OK : message_get_facts(message, &facts, error);
}

HRESULT transfer_check_state(const struct call *call, WS_MESSAGE *message, WS_MESSAGE_STATE wanted, WS_ERROR *error)
{
    WS_MESSAGE_STATE state;
    HRESULT hr;

    if ((hr = transfer_check_live(call, message, error)) != S_OK)
        return hr;
    state = message_state(message);
    if (state == wanted)
        return S_OK;
    return error_report(error, WS_E_INVALID_OPERATION, "The message is in %s, and must be in %s.",
                        TRACE_NAME(MESSAGE_STATE, state), TRACE_NAME(MESSAGE_STATE, wanted));
}

/* A custom channel lets the one below it be told, or the program: WsReadEnvelopeStart(). */
static void attach(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing)
{
    mutex_lock(&channel->lock);
    *(writing ? &channel->writing : &channel->reading) = message;
    mutex_unlock(&channel->lock);
    if (!channel->transport->is_custom)
        message_attach(message, writing ? channel_written_gone : channel_read_gone, channel);
}

static void detach(WS_CHANNEL *channel, bool writing)
{
    WS_MESSAGE **place = writing ? &channel->writing : &channel->reading;

    mutex_lock(&channel->lock);
    message_detach(*place, channel);
    *place = NULL;
    mutex_unlock(&channel->lock);
}

static HRESULT call_result(HRESULT hr)
{
    return hr == OPERATION_WAITS || FAILED(hr) ? hr : S_OK;
}

HRESULT transfer_write_start(struct call *call, WS_MESSAGE *message, WS_ERROR *error)
{
    WS_CHANNEL *channel = call->owner;
    HRESULT hr;

    if (!call->is_called)
    {
        if ((hr = transfer_check_state(call, message, WS_MESSAGE_STATE_INITIALIZED, error)) != S_OK)
            return hr;
        if (!channel->transport->is_custom &&
            (hr = message_address(message, channel->listener ? NULL : &channel->address, error)) != S_OK)
            return hr;
    }
    call->is_called = true;
    hr = channel->transport->write_start(channel, message, &call->op, error);
    if (hr == OPERATION_WAITS)
        return hr;
    call->is_called = false;
    if (SUCCEEDED(hr) && (hr = transfer_check_live(call, message, error)) == S_OK)
        attach(channel, message, true);
    return hr;
}

HRESULT transfer_write_end(struct call *call, WS_MESSAGE *message, WS_ERROR *error)
{
    WS_CHANNEL *channel = call->owner;
    HRESULT hr;

    if (!call->is_called && (hr = transfer_check_state(call, message, WS_MESSAGE_STATE_WRITING, error)) != S_OK)
        return hr;
    call->is_called = true;
    hr = channel->transport->write_end(channel, message, &call->op, error);
    if (hr == OPERATION_WAITS)
        return hr;
    call->is_called = false;
    detach(channel, true);
    return call_result(hr);
}

HRESULT transfer_read_start(struct call *call, WS_MESSAGE *message, WS_ERROR *error)
{
    WS_CHANNEL *channel = call->owner;
    HRESULT hr;

    if (!call->is_called && (hr = transfer_check_state(call, message, WS_MESSAGE_STATE_EMPTY, error)) != S_OK)
        return hr;
    call->is_called = true;
    hr = channel->transport->read_start(channel, message, &call->op, error);
    if (hr == OPERATION_WAITS)
        return hr;
    call->is_called = false;
    if (hr == WS_S_END || FAILED(hr) || (hr = transfer_check_live(call, message, error)) != S_OK)
        return hr;
    attach(channel, message, false);
    if ((hr = to_header_check(channel, message, error)) != S_OK)
        transfer_abandon(call, false, NULL);
    return hr;
}

HRESULT transfer_read_end(struct call *call, WS_MESSAGE *message, WS_ERROR *error)
{
    WS_CHANNEL *channel = call->owner;
    HRESULT hr;

    if (!call->is_called && (hr = transfer_check_state(call, message, WS_MESSAGE_STATE_READING, error)) != S_OK)
        return hr;
    call->is_called = true;
    hr = channel->transport->read_end(channel, message, &call->op, error);
    if (hr == OPERATION_WAITS)
        return hr;
    call->is_called = false;
    detach(channel, false);
    return call_result(hr);
}

HRESULT transfer_abandon(struct call *call, bool writing, WS_ERROR *error)
{
    WS_CHANNEL *channel = call->owner;
    WS_MESSAGE *message;
    HRESULT hr;

    mutex_lock(&channel->lock);
    message = writing ? channel->writing : channel->reading;
    mutex_unlock(&channel->lock);
    if (!message)
        return S_OK;
    detach(channel, writing);
    if (channel->transport->is_custom && (hr = transfer_check_live(call, message, error)) != S_OK)
        return hr;
    return channel->transport->abandon(channel, message, writing, error);
}

/* --- Bodies --- */

static void hold(const struct call *call, WS_MESSAGE *message)
{
    if (!call->is_held)
        message_hold(message);
}

static void let_go(const struct call *call, WS_MESSAGE *message)
{
    if (!call->is_held)
        message_let_go(message);
}

HRESULT transfer_write_body(struct call *call, WS_MESSAGE *message, const struct call_value *value, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = transfer_check_state(call, message, WS_MESSAGE_STATE_WRITING, error)) != S_OK ||
        !value->description->bodyElementDescription)
        return hr;
    hold(call, message);
    hr = message_write_body(message, value->description->bodyElementDescription, value->option, value->value,
                            value->size, error);
    let_go(call, message);
    return hr;
}

HRESULT transfer_read_body(struct call *call, WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *description,
                           const struct call_target *target, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = transfer_check_state(call, message, WS_MESSAGE_STATE_READING, error)) != S_OK || !description)
        return hr;
    hold(call, message);
    hr = message_read_body(message, description, target->option, target->heap, target->value, target->size, error);
    let_go(call, message);
    return hr;
}
