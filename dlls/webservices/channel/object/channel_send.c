/* SPDX-License-Identifier: MIT */
/*
 * channel_send.c - the calls that do several things at once: WsSendMessage, WsReceiveMessage, WsRequestReply,
 * WsSendReplyMessage, WsSendFaultMessageForError; see send_value.h and receive_value.h.
 */
#include "base/error.h"
#include "base/trace.h"
#include "receive_value.h"
#include "send_value.h"

static const struct transfer sends = {.sends = true}, receives = {.receives = true},
                             sends_and_receives = {.sends = true, .receives = true};

static COLD HRESULT no_description(const char *what, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "The description of the %s is NULL.", what);
}

/* --- Sending --- */

static HRESULT send_message(WS_CHANNEL *channel, WS_MESSAGE *message, const struct call_value *value,
                            const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct call *call;
    HRESULT hr;

    if (handle_is(channel, HANDLE_CHANNEL) && message && !value->description)
        return no_description("message", error);
    if ((hr = transfer_begin(channel, &sends, message, NULL, false, context, &call, error)) != S_OK)
        return hr;
    call->initialization = WS_BLANK_MESSAGE;
    call->value = *value;
    return call_run(call, send_value, context, error);
}

/* The original is only looked at before the first wait. */
static HRESULT send_reply(WS_CHANNEL *channel, WS_MESSAGE *reply, const struct call_value *value, WS_MESSAGE *original,
                          const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct call *call;
    HRESULT hr;

    if (handle_is(channel, HANDLE_CHANNEL) && reply && !value->description)
        return no_description("reply", error);
    if (handle_is(channel, HANDLE_CHANNEL) && reply && !original)
        return error_report(error, E_INVALIDARG, "The message that is to be answered is NULL.");
    if ((hr = transfer_begin(channel, &sends, reply, NULL, false, context, &call, error)) != S_OK)
        return hr;
    call->initialization = WS_REPLY_MESSAGE;
    call->original = original;
    call->value = *value;
    return call_run(call, send_value, context, error);
}

static HRESULT check_fault(const WS_ERROR *from, HRESULT code, WS_FAULT_DISCLOSURE disclosure,
                           const WS_MESSAGE *original, WS_ERROR *error)
{
    if (!handle_is(from, HANDLE_ERROR))
        return handle_refuse(from, HANDLE_ERROR, error);
    if (SUCCEEDED(code))
        return error_report(error, E_INVALIDARG, "The code 0x%08x is no failure, and there is no fault for it.",
                            (unsigned)code);
    if (disclosure != WS_MINIMAL_FAULT_DISCLOSURE && disclosure != WS_FULL_FAULT_DISCLOSURE)
        return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(FAULT_DISCLOSURE, disclosure));
    if (!original)
        return error_report(error, E_INVALIDARG, "The message that is to be answered is NULL.");
    return S_OK;
}

static HRESULT send_fault(WS_CHANNEL *channel, WS_MESSAGE *reply, WS_ERROR *from, HRESULT code,
                          WS_FAULT_DISCLOSURE disclosure, WS_MESSAGE *original, const WS_ASYNC_CONTEXT *context,
                          WS_ERROR *error)
{
    struct call *call;
    HRESULT hr;

    if (handle_is(channel, HANDLE_CHANNEL) && reply &&
        (hr = check_fault(from, code, disclosure, original, error)) != S_OK)
        return hr;
    if ((hr = transfer_begin(channel, &sends, reply, NULL, false, context, &call, error)) != S_OK)
        return hr;
    call->initialization = WS_FAULT_MESSAGE;
    call->original = original;
    call->fault_error = from;
    call->fault_code = code;
    call->disclosure = disclosure;
    return call_run(call, send_value, context, error);
}

/* --- Receiving --- */

static HRESULT receive_first(struct call *call, WS_ERROR *error)
{
    if (call->place < RECEIVE_FIRST)
        call->place = RECEIVE_FIRST;
    return receive_value(call, error);
}

static HRESULT receive_message(WS_CHANNEL *channel, WS_MESSAGE *message, const struct call_target *target,
                               const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct call *call;
    HRESULT hr;

    if (handle_is(channel, HANDLE_CHANNEL) && message && (hr = receive_check(target, error)) != S_OK)
        return hr;
    if ((hr = transfer_begin(channel, &receives, message, NULL, false, context, &call, error)) != S_OK)
        return hr;
    call->target = *target;
    return call_run(call, receive_first, context, error);
}

static HRESULT request_step(struct call *call, WS_ERROR *error)
{
    HRESULT hr;

    if (call->place <= SEND_DONE)
    {
        /* Before anything is sent. */
        if ((hr = transfer_check_state(call, call->reply, WS_MESSAGE_STATE_EMPTY, error)) != S_OK)
            return hr;
        if ((hr = send_value(call, error)) != S_OK)
            return hr;
        call->place = RECEIVE_FIRST;
    }
    return receive_value(call, error);
}

static HRESULT request_reply(WS_CHANNEL *channel, WS_MESSAGE *request, const struct call_value *value,
                             WS_MESSAGE *reply, const struct call_target *target, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error)
{
    struct call *call;
    HRESULT hr;

    if (handle_is(channel, HANDLE_CHANNEL) && request && reply && (!value->description || !target->description))
        return no_description(value->description ? "reply" : "request", error);
    if ((hr = transfer_begin(channel, &sends_and_receives, request, reply, true, context, &call, error)) != S_OK)
        return hr;
    call->initialization = WS_REQUEST_MESSAGE;
    call->value = *value;
    call->target = *target;
    call->target.descriptions = &call->target.description;
    call->target.count = 1;
    call->target.receive_option = WS_RECEIVE_REQUIRED_MESSAGE;
    return call_run(call, request_step, context, error);
}

/* --- The exported functions --- */

/*
 * Sends a message with a value as its body.
 *
 * message: EMPTY (it becomes a WS_BLANK_MESSAGE) or INITIALIZED. It is DONE then; after a failure its state says how
 * far it has come. messageDescription: its action, unless that is NULL, becomes the Action; its element, unless that is
 * NULL, describes the body. writeOption, bodyValue, bodyValueSize: as for WsWriteBody(). They must stay until the
 * callback, if this returns WS_S_ASYNC. Returns E_INVALIDARG (not a live channel or message; messageDescription is
 * NULL; as WsWriteBody()), and as WsWriteMessageStart(), WsWriteBody() and WsWriteMessageEnd(). Source: the page of
 * WsSendMessage; NULL, and the EMPTY message, observed on Windows.
 */
HRESULT WINAPI WsSendMessage(WS_CHANNEL *channel, WS_MESSAGE *message, const WS_MESSAGE_DESCRIPTION *messageDescription,
                             WS_WRITE_OPTION writeOption, const void *bodyValue, ULONG bodyValueSize,
                             const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    const struct call_value value = {messageDescription, writeOption, bodyValue, bodyValueSize};
    HRESULT hr = send_message(channel, message, &value, asyncContext, error);

    TRACE_RESULT(hr, error,
                 "WsSendMessage(channel=%p, message=%p, messageDescription=%p, writeOption=%s, bodyValue=%p, "
                 "bodyValueSize=%u, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (void *)message, (const void *)messageDescription,
                 TRACE_NAME(WRITE_OPTION, writeOption), bodyValue, (unsigned)bodyValueSize, (const void *)asyncContext,
                 (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Receives a message and reads its body as the first description says whose action is that of the message.
 *
 * message: EMPTY. It is DONE then, and after a failure if it had been received.
 * messageDescriptions: one without an action matches any message. With WS_ADDRESSING_VERSION_TRANSPORT actions are not
 *      compared by a client's channel. One without an element is for an empty body.
 * receiveOption: WS_RECEIVE_OPTIONAL_MESSAGE: WS_S_END if there are no more messages, and nothing else happens.
 * readBodyOption, heap, value, valueSize: as for WsReadBody(); index: receives which description it was, unless NULL.
 * Returns S_OK or WS_S_END; E_INVALIDARG (not a live channel or message; no descriptions or one that is NULL; as
 * WsReadBody()), WS_E_ENDPOINT_FAULT_RECEIVED (the error object has the fault), WS_E_ENDPOINT_ACTION_NOT_SUPPORTED (no
 * description matches; of a client's channel, WS_E_INVALID_FORMAT), WS_E_INVALID_FORMAT (a required message is missing;
 * a header that must be understood is not known), and as WsReadMessageStart(), WsReadBody() and WsReadMessageEnd().
 * Source: the page of WsReceiveMessage; NULL, and where actions are not compared, observed on Windows. Codes where the
 * page names none, and the check of headers, which the message is too far for afterwards: our choice.
 */
HRESULT WINAPI WsReceiveMessage(WS_CHANNEL *channel, WS_MESSAGE *message,
                                const WS_MESSAGE_DESCRIPTION **messageDescriptions, ULONG messageDescriptionCount,
                                WS_RECEIVE_OPTION receiveOption, WS_READ_OPTION readBodyOption, WS_HEAP *heap,
                                void *value, ULONG valueSize, ULONG *index, const WS_ASYNC_CONTEXT *asyncContext,
                                WS_ERROR *error)
{
    const struct call_target target = {.descriptions = messageDescriptions,
                                       .count = messageDescriptionCount,
                                       .receive_option = receiveOption,
                                       .option = readBodyOption,
                                       .heap = heap,
                                       .value = value,
                                       .size = valueSize,
                                       .index = index};
    HRESULT hr = receive_message(channel, message, &target, asyncContext, error);

    TRACE_RESULT(hr, error,
                 "WsReceiveMessage(channel=%p, message=%p, messageDescriptions=%p, messageDescriptionCount=%u, "
                 "receiveOption=%s, readBodyOption=%s, heap=%p, value=%p, valueSize=%u, index=%p, asyncContext=%p, "
                 "error=%p) = 0x%08x%s",
                 (void *)channel, (void *)message, (const void *)messageDescriptions, (unsigned)messageDescriptionCount,
                 TRACE_NAME(RECEIVE_OPTION, receiveOption), TRACE_NAME(READ_OPTION, readBodyOption), (void *)heap,
                 value, (unsigned)valueSize, (void *)index, (const void *)asyncContext, (void *)error, (unsigned)hr,
                 trace_ulong(hr == WS_S_ASYNC || hr == WS_S_END ? E_FAIL : hr, "index", index).text);
    return hr;
}

/*
 * Sends a request with a value, and receives the reply to it with another.
 *
 * requestMessage: EMPTY (it becomes a WS_REQUEST_MESSAGE) or INITIALIZED; it gets a MessageID if it has none, unless
 *      the addressing is that of the transport. replyMessage: EMPTY. Else as for WsSendMessage() and
 * WsReceiveMessage(). Returns as those; E_INVALIDARG also if both messages are the same; WS_E_INVALID_FORMAT (there is
 * no reply; it is related to another message: no RelatesTo is accepted; it has another action). Source: the pages of
 * WsRequestReply and channel-layer-overview.md; a request that has been initialized, and a reply without RelatesTo,
 * observed on Windows.
 */
HRESULT WINAPI WsRequestReply(WS_CHANNEL *channel, WS_MESSAGE *requestMessage,
                              const WS_MESSAGE_DESCRIPTION *requestMessageDescription, WS_WRITE_OPTION writeOption,
                              const void *requestBodyValue, ULONG requestBodyValueSize, WS_MESSAGE *replyMessage,
                              const WS_MESSAGE_DESCRIPTION *replyMessageDescription, WS_READ_OPTION readOption,
                              WS_HEAP *heap, void *value, ULONG valueSize, const WS_ASYNC_CONTEXT *asyncContext,
                              WS_ERROR *error)
{
    const struct call_value given = {requestMessageDescription, writeOption, requestBodyValue, requestBodyValueSize};
    const struct call_target target = {
        .description = replyMessageDescription, .option = readOption, .heap = heap, .value = value, .size = valueSize};
    HRESULT hr = request_reply(channel, requestMessage, &given, replyMessage, &target, asyncContext, error);

    TRACE_RESULT(hr, error,
                 "WsRequestReply(channel=%p, requestMessage=%p, requestMessageDescription=%p, writeOption=%s, "
                 "requestBodyValue=%p, requestBodyValueSize=%u, replyMessage=%p, replyMessageDescription=%p, "
                 "readOption=%s, heap=%p, value=%p, valueSize=%u, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (void *)requestMessage, (const void *)requestMessageDescription,
                 TRACE_NAME(WRITE_OPTION, writeOption), requestBodyValue, (unsigned)requestBodyValueSize,
                 (void *)replyMessage, (const void *)replyMessageDescription, TRACE_NAME(READ_OPTION, readOption),
                 (void *)heap, value, (unsigned)valueSize, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Sends a message with a value as the reply to one that has been received.
 *
 * replyMessage: EMPTY (it becomes a WS_REPLY_MESSAGE of the request) or INITIALIZED as such. requestMessage: in any
 *      state but EMPTY. Else as for WsSendMessage().
 * Returns as WsSendMessage(); E_INVALIDARG also if requestMessage is not live, WS_E_INVALID_OPERATION if it is EMPTY,
 * and as WsInitializeMessage(). Source: the page of WsSendReplyMessage.
 */
HRESULT WINAPI WsSendReplyMessage(WS_CHANNEL *channel, WS_MESSAGE *replyMessage,
                                  const WS_MESSAGE_DESCRIPTION *replyMessageDescription, WS_WRITE_OPTION writeOption,
                                  const void *replyBodyValue, ULONG replyBodyValueSize, WS_MESSAGE *requestMessage,
                                  const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    const struct call_value value = {replyMessageDescription, writeOption, replyBodyValue, replyBodyValueSize};
    HRESULT hr = send_reply(channel, replyMessage, &value, requestMessage, asyncContext, error);

    TRACE_RESULT(hr, error,
                 "WsSendReplyMessage(channel=%p, replyMessage=%p, replyMessageDescription=%p, writeOption=%s, "
                 "replyBodyValue=%p, replyBodyValueSize=%u, requestMessage=%p, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (void *)replyMessage, (const void *)replyMessageDescription,
                 TRACE_NAME(WRITE_OPTION, writeOption), replyBodyValue, (unsigned)replyBodyValueSize,
                 (void *)requestMessage, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Sends a fault made of an error object, as WsCreateFaultFromError() makes it, as the reply to a message that has been
 * received. Its Action and header are those of the error object; without an Action, that of WS-Addressing for faults.
 *
 * replyMessage: EMPTY (it becomes a WS_FAULT_MESSAGE of the request) or INITIALIZED as such. faultError may be the same
 *      object as error. faultErrorCode: a failure, whose text is the reason if the error object has no strings.
 * Returns as WsSendReplyMessage(); E_INVALIDARG also if faultError is not live, faultErrorCode no failure, or
 * faultDisclosure does not exist.
 * Source: the page of WsSendFaultMessageForError; the Action without one, WS-Addressing.
 */
HRESULT WINAPI WsSendFaultMessageForError(WS_CHANNEL *channel, WS_MESSAGE *replyMessage, WS_ERROR *faultError,
                                          HRESULT faultErrorCode, WS_FAULT_DISCLOSURE faultDisclosure,
                                          WS_MESSAGE *requestMessage, const WS_ASYNC_CONTEXT *asyncContext,
                                          WS_ERROR *error)
{
    HRESULT hr = send_fault(channel, replyMessage, faultError, faultErrorCode, faultDisclosure, requestMessage,
                            asyncContext, error);

    TRACE_RESULT(hr, error,
                 "WsSendFaultMessageForError(channel=%p, replyMessage=%p, faultError=%p, faultErrorCode=0x%08x, "
                 "faultDisclosure=%s, requestMessage=%p, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (void *)replyMessage, (void *)faultError, (unsigned)faultErrorCode,
                 TRACE_NAME(FAULT_DISCLOSURE, faultDisclosure), (void *)requestMessage, (const void *)asyncContext,
                 (void *)error, (unsigned)hr);
    return hr;
}
