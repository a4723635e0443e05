/* SPDX-License-Identifier: MIT */
/* receive_fault.c - bodies as a whole, and faults; see receive_fault.h. */
#include "receive_fault.h"

#include "message/message.h"
#include "xml/reader/reader.h"

/* More than any message has that a transport lets through. */
#define EVERYTHING 0xffffffffu

/* Whether it is streamed, only the reader knows: WsFillReader() does nothing for those that are not. */
HRESULT receive_rest(struct call *call, WS_MESSAGE *message, WS_ERROR *error)
{
    const WS_CHANNEL *channel = call->owner;
    HRESULT hr;

    if (!channel->transport->is_custom && !(channel->settings.transfer_mode & WS_STREAMED_INPUT_TRANSFER_MODE))
        return S_OK;
    if (call->is_called)
        hr = operation_take_result(&call->op);
    else
    {
        hr = reader_fill(message_body_reader(message), EVERYTHING, operation_context(&call->op), error);
        hr = operation_called(&call->op, hr, error);
    }
    call->is_called = hr == OPERATION_WAITS;
    return hr == OPERATION_WAITS || FAILED(hr) ? hr : S_OK;
}

bool receive_fault_is_error(WS_CHANNEL *channel, WS_MESSAGE *message)
{
    return message_is_fault(message) && !channel->listener && !channel->transport->is_custom &&
           setting_is_set(&channel->settings.faults_as_errors);
}

HRESULT receive_fault(struct call *call, WS_MESSAGE *message, WS_ERROR *error)
{
    HRESULT hr = receive_rest(call, message, error);

    if (hr == OPERATION_WAITS)
        return hr;
    if (hr == S_OK)
        hr = message_receive_fault(message, error);
    transfer_abandon(call, false, NULL);
    return hr;
}
