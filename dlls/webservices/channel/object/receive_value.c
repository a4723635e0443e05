/* SPDX-License-Identifier: MIT */
/* receive_value.c - receiving a message with a value; see receive_value.h. */
#include "receive_value.h"

#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"
#include "message/fault.h"
#include "message/message.h"
#include "receive_fault.h"
#include "xml/names.h"

enum
{
    RECEIVE_STARTS = RECEIVE_FIRST,
    RECEIVE_FAULT,
    RECEIVE_REST,
    RECEIVE_ENDS
};

HRESULT receive_check(const struct call_target *target, WS_ERROR *error)
{
    ULONG i;

    if (!target->descriptions || !target->count)
        return error_report(error, E_INVALIDARG, "There are no message descriptions.");
    for (i = 0; i < target->count; i++)
        if (!target->descriptions[i])
            return error_report(error, E_INVALIDARG, "The message description %u is NULL.", (unsigned)i);
    if (target->receive_option != WS_RECEIVE_REQUIRED_MESSAGE && target->receive_option != WS_RECEIVE_OPTIONAL_MESSAGE)
        return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(RECEIVE_OPTION, target->receive_option));
    return S_OK;
}

/* --- The action --- */

/*
 * Over HTTP a response has no Action with WS_ADDRESSING_VERSION_TRANSPORT: observed on Windows that the description's
 * is not compared then.
 */
static bool matches(const WS_CHANNEL *channel, const WS_MESSAGE *message, const WS_XML_STRING *action,
                    const WS_MESSAGE_DESCRIPTION *description)
{
    if (!description->action ||
        (!channel->listener && message_addressing_version(message) == WS_ADDRESSING_VERSION_TRANSPORT))
        return true;
    return xml_string_equals(description->action, action);
}

static HRESULT no_match(const WS_CHANNEL *channel, const WS_MESSAGE *message, const WS_XML_STRING *action,
                        const struct call_target *target, WS_ERROR *error)
{
    const WS_XML_STRING *expected = target->descriptions[0]->action;
    char excerpt[TEXT_EXCERPT_ROOM], expected_excerpt[TEXT_EXCERPT_ROOM];

    if (channel->listener)
        return fault_report_addressing(error, ADDRESSING_ACTION_NOT_SUPPORTED, channel->settings.envelope_version,
                                       message_addressing_version(message), action);
    return error_report(error, WS_E_INVALID_FORMAT, "The message has the action \"%s\", and \"%s\" was expected%s.",
                        text_excerpt(action->bytes, action->length, excerpt),
                        text_excerpt(expected->bytes, expected->length, expected_excerpt),
                        target->count > 1 ? ", or another one of the descriptions" : "");
}

static HRESULT find_description(struct call *call, WS_MESSAGE *message, ULONG *index, WS_ERROR *error)
{
    const struct call_target *target = &call->target;
    WS_XML_STRING action;
    HRESULT hr;
    ULONG i;

    if ((hr = message_get_action(message, &action, error)) != S_OK)
        return hr;
    for (i = 0; i < target->count; i++)
        if (matches(call->owner, message, &action, target->descriptions[i]))
        {
            *index = i;
            return S_OK;
        }
    return no_match(call->owner, message, &action, target, error);
}

/* --- Correlation --- */

/* Observed on Windows: a reply that is related to nothing is accepted. */
static HRESULT check_relation(struct call *call, WS_MESSAGE *reply, WS_ERROR *error)
{
    char id_excerpt[TEXT_EXCERPT_ROOM], excerpt[TEXT_EXCERPT_ROOM];
    WS_XML_STRING id, relates_to;
    HRESULT hr;

    if ((hr = transfer_check_live(call, call->message, error)) != S_OK ||
        (hr = message_get_uri(call->message, WS_MESSAGE_ID_HEADER, &id, error)) != S_OK ||
        (hr = message_get_uri(reply, WS_RELATES_TO_HEADER, &relates_to, error)) != S_OK)
        return hr;
    if (!id.length || !relates_to.length || xml_string_equals(&id, &relates_to))
        return S_OK;
    return error_report(error, WS_E_INVALID_FORMAT,
                        "The message that was received answers the message \"%s\", and the request is \"%s\".",
                        text_excerpt(relates_to.bytes, relates_to.length, excerpt),
                        text_excerpt(id.bytes, id.length, id_excerpt));
}

/* --- All of it --- */

static HRESULT read_body(struct call *call, WS_MESSAGE *message, ULONG *index, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = transfer_check_live(call, message, error)) != S_OK ||
        (call->reply && (hr = check_relation(call, message, error)) != S_OK) ||
        (hr = message_check_understood(message, error)) != S_OK ||
        (hr = find_description(call, message, index, error)) != S_OK)
        return hr;
    return transfer_read_body(call, message, call->target.descriptions[*index]->bodyElementDescription, &call->target,
                              error);
}

static HRESULT no_message(const struct call *call, WS_ERROR *error)
{
    if (call->target.receive_option == WS_RECEIVE_OPTIONAL_MESSAGE)
        return WS_S_END;
    return error_report(error, WS_E_INVALID_FORMAT, "A message is required, and there is none%s.",
                        call->reply ? ": the request has been answered without one, or the peer has ended the session"
                                    : ": the peer sends no more");
}

static HRESULT give_up(struct call *call, HRESULT hr)
{
    transfer_abandon(call, false, NULL);
    return hr;
}

HRESULT receive_value(struct call *call, WS_ERROR *error)
{
    WS_MESSAGE *message = call->reply ? call->reply : call->message;
    ULONG index = 0;
    HRESULT hr;

    switch (call->place)
    {
    case RECEIVE_STARTS:
        if ((hr = transfer_read_start(call, message, error)) != S_OK)
            return hr == WS_S_END ? no_message(call, error) : hr;
        call->place = message_is_fault(message) ? RECEIVE_FAULT : RECEIVE_REST;
        /* fall through */
    case RECEIVE_FAULT:
    case RECEIVE_REST:
        if (call->place == RECEIVE_FAULT)
            return receive_fault(call, message, error);
        if ((hr = receive_rest(call, message, error)) != S_OK)
            return hr == OPERATION_WAITS ? hr : give_up(call, hr);
        if ((hr = read_body(call, message, &index, error)) != S_OK)
            return give_up(call, hr);
        call->result = (HRESULT)index;
        call->place = RECEIVE_ENDS;
        /* fall through */
    default:
        if ((hr = transfer_read_end(call, message, error)) == S_OK && call->target.index)
            *call->target.index = (ULONG)call->result;
        return hr;
    }
}
