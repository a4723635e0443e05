/* SPDX-License-Identifier: MIT */
/*
 * channel-message.c - WsSendMessage, WsReceiveMessage, WsRequestReply, WsSendReplyMessage, WsSendFaultMessageForError,
 * and the same in parts, over a custom channel.
 *
 * Source: the pages of these functions and channel-layer-overview.md; a reply without RelatesTo observed on Windows;
 * which code a failure has where no page says it, our choice.
 */
#include "support/channel.h"

#define SESSION WS_CHANNEL_TYPE_DUPLEX_SESSION

/* Receives the start of a message, and its action. */
static WS_MESSAGE *start_of(WS_CHANNEL *channel, const char *action)
{
    WS_MESSAGE *message = message_for(channel);
    WS_XML_STRING text;

    ok(WsReadMessageStart(channel, message, NULL, NULL));
    ok(WsGetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &text, sizeof(text),
                   NULL));
    expect(string_is(&text, action));
    return message;
}

static WS_XML_STRING header_text(WS_MESSAGE *message, WS_HEADER_TYPE type)
{
    WS_XML_STRING text = STRING("");

    WsGetHeader(message, type, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &text, sizeof(text), NULL);
    return text;
}

TEST(messages_go_in_parts)
{
    struct pair pair;
    WS_MESSAGE *sent, *received;
    int32_t value = 11, got = 0;
    WS_XML_READER *reader;
    int i;

    pair_open(&pair, SESSION, SESSION);
    sent = message_for(pair.client);
    received = message_for(pair.service);
    for (i = 0; i < 3; i++)
    {
        ok(WsInitializeMessage(sent, WS_REQUEST_MESSAGE, NULL, NULL));
        ok(WsWriteMessageStart(pair.client, sent, NULL, NULL));
        expect(state_of(sent) == WS_MESSAGE_STATE_WRITING);
        ok(WsWriteBody(sent, &channel_elements[0], WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
        ok(WsWriteMessageEnd(pair.client, sent, NULL, NULL));
        ok(WsReadMessageStart(pair.service, received, NULL, NULL));
        expect(state_of(received) == WS_MESSAGE_STATE_READING);
        ok(WsGetMessageProperty(received, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), NULL));
        ok(WsReadBody(received, &channel_elements[0], WS_READ_REQUIRED_VALUE, NULL, &got, sizeof(got), NULL));
        expect(got == 11);
        ok(WsReadMessageEnd(pair.service, received, NULL, NULL));
        ok(WsResetMessage(sent, NULL));
        ok(WsResetMessage(received, NULL));
    }
    WsFreeMessage(sent);
    WsFreeMessage(received);
    pair_close(&pair);
}

TEST(the_first_description_with_the_action_is_taken)
{
    static const WS_MESSAGE_DESCRIPTION any = {NULL, &channel_elements[0]}, other = {&channel_names[1], NULL};
    struct pair pair;
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&other, &tell, &ask, &any};
    const WS_MESSAGE_DESCRIPTION *last[] = {&other, &any, &ask};
    WS_MESSAGE *sent, *received;
    int32_t got = 0;
    ULONG index = 9;

    pair_open(&pair, SESSION, SESSION);
    sent = message_for(pair.client);
    received = message_for(pair.service);
    ok(send_int(pair.client, sent, 4));
    ok(WsReceiveMessage(pair.service, received, descriptions, 4, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                        NULL, &got, sizeof(got), &index, NULL, NULL));
    expect(index == 2 && got == 4);
    ok(WsResetMessage(sent, NULL));
    ok(WsResetMessage(received, NULL));
    ok(send_int(pair.client, sent, 5));
    ok(WsReceiveMessage(pair.service, received, last, 3, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, NULL,
                        &got, sizeof(got), &index, NULL, NULL));
    expect(index == 1 && got == 5);
    ok(WsResetMessage(sent, NULL));
    ok(WsResetMessage(received, NULL));

    /* None: the service says so with the fault for that, and goes on. */
    ok(send_int(pair.client, sent, 6));
    expect_hr(WS_E_ENDPOINT_ACTION_NOT_SUPPORTED,
              WsReceiveMessage(pair.service, received, descriptions, 2, WS_RECEIVE_REQUIRED_MESSAGE,
                               WS_READ_REQUIRED_VALUE, NULL, &got, sizeof(got), &index, NULL, pair.error));
    expect(says(pair.error, "\"ask\"") && index == 1 && got == 5);
    expect(state_of(received) == WS_MESSAGE_STATE_READING || state_of(received) == WS_MESSAGE_STATE_DONE);
    expect_size(1, loop_calls(&pair.loop, LOOP_ABANDON));
    ok(WsResetMessage(sent, NULL));
    ok(WsResetMessage(received, NULL));
    ok(send_int(pair.client, sent, 7));
    ok(receive_int(pair.service, received, &got, NULL));
    expect(got == 7);
    WsFreeMessage(sent);
    WsFreeMessage(received);
    pair_close(&pair);
}

TEST(the_end_of_a_session)
{
    struct pair pair;
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    WS_MESSAGE *received;
    int32_t got = 3;
    ULONG index = 9;
    int i;

    pair_open(&pair, SESSION, SESSION);
    received = message_for(pair.service);
    ok(WsShutdownSessionChannel(pair.client, NULL, NULL));
    for (i = 0; i < 2; i++)
    {
        expect_hr(WS_S_END, WsReadMessageStart(pair.service, received, NULL, NULL));
        expect_hr(WS_S_END, WsReceiveMessage(pair.service, received, descriptions, 1, WS_RECEIVE_OPTIONAL_MESSAGE,
                                             WS_READ_REQUIRED_VALUE, NULL, &got, sizeof(got), &index, NULL, NULL));
        expect(got == 3 && index == 9 && state_of(received) == WS_MESSAGE_STATE_EMPTY);
        expect_refused(pair.error, WS_E_INVALID_FORMAT, receive_int(pair.service, received, &got, pair.error),
                       "A message is required, and there is none");
    }
    expect(channel_state_of(pair.service) == WS_CHANNEL_STATE_OPEN);
    WsFreeMessage(received);
    pair_close(&pair);
}

/* --- Request and reply --- */

struct service
{
    struct pair *pair;
    enum
    {
        REPLIES,
        SENDS,
        REPLIES_TO_OTHER,
        OTHER_ACTION,
        FAULTS,
        ENDS
    } what;
};

static void serve(void *argument)
{
    struct service *service = argument;
    WS_CHANNEL *channel = service->pair->service;
    WS_MESSAGE *request = message_for(channel), *reply = message_for(channel), *other = message_for(channel);
    WS_ERROR *error = create_error();
    const WS_STRING sentence = wide("It did not work.");
    int32_t value = 0;

    ok(receive_int(channel, request, &value, NULL));
    value *= 2;
    switch (service->what)
    {
    case REPLIES:
        ok(WsSendReplyMessage(channel, reply, &tell, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), request, NULL,
                              NULL));
        break;
    case SENDS:
        ok(WsSendMessage(channel, reply, &tell, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, NULL));
        break;
    case REPLIES_TO_OTHER:
        ok(WsInitializeMessage(other, WS_REQUEST_MESSAGE, NULL, NULL));
        ok(WsSendReplyMessage(channel, reply, &tell, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), other, NULL,
                              NULL));
        break;
    case OTHER_ACTION:
        ok(WsSendReplyMessage(channel, reply, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), request, NULL,
                              NULL));
        break;
    case FAULTS:
        ok(WsAddErrorString(error, &sentence));
        ok(WsSendFaultMessageForError(channel, reply, error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, request, NULL, error));
        break;
    default: ok(WsShutdownSessionChannel(channel, NULL, NULL)); break;
    }
    WsFreeError(error);
    WsFreeMessage(request);
    WsFreeMessage(reply);
    WsFreeMessage(other);
}

TEST(a_reply_belongs_to_its_request)
{
    static const HRESULT results[] = {
        S_OK, S_OK, WS_E_INVALID_FORMAT, WS_E_INVALID_FORMAT, WS_E_ENDPOINT_FAULT_RECEIVED, WS_E_INVALID_FORMAT};
    struct service service;
    struct test_thread thread;
    struct pair pair;
    struct async_result result;
    const struct async_result init = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    WS_MESSAGE *request, *reply;
    WS_XML_STRING id, relates;
    int32_t value, got;
    WS_FAULT *fault;
    int what, way;

    /* With a request that is EMPTY, with one that is INITIALIZED, and asynchronously. */
    for (what = REPLIES; what <= ENDS; what++)
        for (way = 0; way < 3; way++)
        {
            pair_open(&pair, SESSION, SESSION);
            request = message_for(pair.client);
            reply = message_for(pair.client);
            service.pair = &pair;
            service.what = what;
            start_thread(&thread, serve, &service);
            if (way == 1)
                ok(WsInitializeMessage(request, WS_BLANK_MESSAGE, NULL, NULL));
            value = 21;
            got = 0;
            result = init;
            expect_hr(results[what],
                      async_end(&result, WsRequestReply(pair.client, request, &ask, WS_WRITE_REQUIRED_VALUE, &value,
                                                        sizeof(value), reply, &tell, WS_READ_REQUIRED_VALUE, NULL, &got,
                                                        sizeof(got), way == 2 ? &context : NULL, pair.error)));
            join_thread(&thread);
            expect(got == (what <= SENDS ? 42 : 0));
            id = header_text(request, WS_MESSAGE_ID_HEADER);
            expect(id.length == 45);
            if (what == REPLIES)
            {
                relates = header_text(reply, WS_RELATES_TO_HEADER);
                expect(relates.length == id.length && !memcmp(relates.bytes, id.bytes, id.length));
            }
            if (what == FAULTS)
            {
                ok(WsGetFaultErrorProperty(pair.error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
                expect(fault && fault->reasonCount == 1 && wide_is(&fault->reasons[0].text, "It did not work."));
            }
            expect(channel_state_of(pair.client) == WS_CHANNEL_STATE_OPEN);
            WsFreeMessage(request);
            WsFreeMessage(reply);
            pair_close(&pair);
        }
}

/* --- Faults --- */

TEST(a_fault_has_the_action_and_header_of_the_error_object)
{
    static const WS_XML_STRING action = STRING("urn:bad");
    struct pair pair;
    WS_MESSAGE *sent, *request, *fault;
    WS_ERROR *error = create_error(), *none = NULL;
    int round;

    pair_open(&pair, SESSION, SESSION);
    for (round = 0; round < 2; round++)
    {
        sent = message_for(pair.client);
        request = message_for(pair.service);
        fault = message_for(pair.service);
        ok(send_int(pair.client, sent, 1));
        ok(WsReadMessageStart(pair.service, request, NULL, NULL));
        if (round)
            ok(WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action)));
        expect_hr(E_INVALIDARG, WsSendFaultMessageForError(pair.service, fault, none, E_FAIL, WS_FULL_FAULT_DISCLOSURE,
                                                           request, NULL, NULL));
        expect_hr(E_INVALIDARG, WsSendFaultMessageForError(pair.service, fault, error, S_OK, WS_FULL_FAULT_DISCLOSURE,
                                                           request, NULL, NULL));
        expect_hr(E_INVALIDARG, WsSendFaultMessageForError(pair.service, fault, error, E_FAIL, WS_FULL_FAULT_DISCLOSURE,
                                                           NULL, NULL, NULL));
        ok(WsSendFaultMessageForError(pair.service, fault, error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, request, NULL,
                                      error));
        expect(state_of(fault) == WS_MESSAGE_STATE_DONE);
        WsFreeMessage(fault);
        ok(WsAbandonMessage(pair.service, request, NULL));
        WsFreeMessage(request);
        WsFreeMessage(sent);
        fault = start_of(pair.client, round ? "urn:bad" : A10 "/soap/fault");
        expect(is_fault(fault));
        ok(WsAbandonMessage(pair.client, fault, NULL));
        WsFreeMessage(fault);
    }
    WsFreeError(error);
    pair_close(&pair);
}

/* --- States of messages --- */

TEST(messages_are_in_the_state_that_the_call_needs)
{
    struct pair pair;
    WS_MESSAGE *message, *request;
    int32_t value = 1;

    pair_open(&pair, SESSION, SESSION);
    message = message_for(pair.client);
    request = message_for(pair.client);
    ok(send_int(pair.client, message, 1));
    expect_refused(
        pair.error, WS_E_INVALID_OPERATION,
        WsSendMessage(pair.client, message, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, pair.error),
        "WS_MESSAGE_STATE_DONE");
    expect_refused(pair.error, WS_E_INVALID_OPERATION, WsWriteMessageStart(pair.client, message, NULL, pair.error),
                   "WS_MESSAGE_STATE_DONE");
    expect_refused(pair.error, WS_E_INVALID_OPERATION, receive_int(pair.client, message, &value, pair.error),
                   "WS_MESSAGE_STATE_DONE");
    expect_hr(WS_E_INVALID_OPERATION, WsSendReplyMessage(pair.client, request, &tell, WS_WRITE_REQUIRED_VALUE, &value,
                                                         sizeof(value), request, NULL, NULL));
    expect_hr(E_INVALIDARG, WsSendReplyMessage(pair.client, request, &tell, WS_WRITE_REQUIRED_VALUE, &value,
                                               sizeof(value), NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsSendReplyMessage(pair.client, request, NULL, WS_WRITE_REQUIRED_VALUE, &value,
                                               sizeof(value), message, NULL, NULL));

    expect_refused(pair.error, WS_E_INVALID_OPERATION,
                   WsRequestReply(pair.client, request, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), message,
                                  &tell, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, pair.error),
                   "WS_MESSAGE_STATE_DONE");
    expect(state_of(request) == WS_MESSAGE_STATE_EMPTY);

    /* A body that cannot be written: nothing is sent, and the channel goes on. */
    ok(WsResetMessage(message, NULL));
    expect_hr(E_INVALIDARG, WsSendMessage(pair.client, message, &ask, WS_WRITE_REQUIRED_VALUE, NULL, 3, NULL, NULL));
    ok(WsResetMessage(message, NULL));
    ok(send_int(pair.client, message, 2));
    WsFreeMessage(message);
    WsFreeMessage(request);
    pair_close(&pair);
}

/* --- Types --- */

TEST(descriptions_may_lack_action_and_body)
{
    static const WS_MESSAGE_DESCRIPTION nothing = {NULL, NULL};
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&nothing};
    struct pair pair;
    WS_MESSAGE *sent, *received;

    pair_open(&pair, SESSION, SESSION);
    sent = message_for(pair.client);
    received = message_for(pair.service);
    ok(WsSendMessage(pair.client, sent, &nothing, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL, NULL));
    expect(header_text(sent, WS_ACTION_HEADER).length == 0);
    ok(WsReceiveMessage(pair.service, received, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                        NULL, NULL, 0, NULL, NULL, NULL));
    WsFreeMessage(sent);
    WsFreeMessage(received);
    pair_close(&pair);
}
