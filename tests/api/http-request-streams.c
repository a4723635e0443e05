/* SPDX-License-Identifier: MIT */
/*
 * HTTP of clients: messages that are streamed, and calls that are asynchronous.
 *
 * Source: the pages of WS_TRANSFER_MODE, WS_CHANNEL_PROPERTY_ID, WsFlushBody and WsFillBody; asynchronous-model.md.
 */
#include "support/answerer.h"
#include "support/errors.h"

#include <stdlib.h>

static struct answerer answerer;

#define ITEMS 2000

static const WS_XML_STRING ns = WS_XML_STRING_VALUE("urn:x"), items = WS_XML_STRING_VALUE("items"),
                           item = WS_XML_STRING_VALUE("i"), action = WS_XML_STRING_VALUE("act");

static WS_CHANNEL *streaming_channel(WS_TRANSFER_MODE mode, const WS_CHANNEL_PROPERTY *more, ULONG count)
{
    WS_CHANNEL_PROPERTY properties[4] = {{WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode)}};

    if (count)
        memcpy(properties + 1, more, count * sizeof(*more));
    return request_channel(answerer.port, properties, count + 1);
}

static void start_message(WS_CHANNEL *channel, WS_MESSAGE *message, WS_XML_WRITER **writer)
{
    ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
    ok(WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action),
                   NULL));
    ok(WsWriteMessageStart(channel, message, NULL, NULL));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_BODY_WRITER, writer, sizeof(*writer), NULL));
}

/* Writes items, and lets them go now and then. */
static void write_items(WS_MESSAGE *message, WS_XML_WRITER *writer, int count)
{
    int i;

    ok(WsWriteStartElement(writer, NULL, &items, &ns, NULL));
    for (i = 0; i < count; i++)
    {
        ok(WsWriteStartElement(writer, NULL, &item, &ns, NULL));
        ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &i, sizeof(i), NULL));
        ok(WsWriteEndElement(writer, NULL));
        if (i % 100 == 7)
            ok(WsFlushBody(message, 0, NULL, NULL));
    }
    ok(WsWriteEndElement(writer, NULL));
}

static void read_items(WS_MESSAGE *message, WS_XML_READER *reader, int count)
{
    int i, value;
    BOOL found;

    ok(WsFillBody(message, 100, NULL, NULL));
    ok(WsReadToStartElement(reader, &items, &ns, NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    for (i = 0;; i++)
    {
        ok(WsFillBody(message, 100, NULL, NULL));
        ok(WsReadToStartElement(reader, &item, &ns, &found, NULL));
        if (!found)
            break;
        ok(WsReadStartElement(reader, NULL));
        ok(WsFillBody(message, 100, NULL, NULL));
        ok(WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
        expect(value == i);
        ok(WsFillBody(message, 100, NULL, NULL));
        ok(WsReadEndElement(reader, NULL));
    }
    expect_size((size_t)count, (size_t)i);
    ok(WsReadEndElement(reader, NULL));
}

static char *make_items(int count)
{
    char *text = malloc((size_t)count * 30 + 400);
    size_t length = (size_t)sprintf(text, "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                                          "<items xmlns=\"urn:x\">");
    int i;

    for (i = 0; i < count; i++)
        length += (size_t)sprintf(text + length, "<i>%d</i>", i);
    sprintf(text + length, "</items></s:Body></s:Envelope>");
    return text;
}

TEST(messages_are_streamed_both_ways)
{
    static struct answer answers[4];
    char *text = make_items(ITEMS);
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    WS_MESSAGE *message;
    WS_CHANNEL *channel;
    int i;

    for (i = 0; i < 4; i++)
        answers[i].body = text;
    answers[1].flags = ANSWER_CHUNKED;
    answers[2].flags = ANSWER_NO_SIZE;
    answerer_start(&answerer, answers, 4);
    channel = streaming_channel(WS_STREAMED_TRANSFER_MODE, NULL, 0);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    for (i = 0; i < 4; i++)
    {
        start_message(channel, message, &writer);
        write_items(message, writer, i == 3 ? 1 : ITEMS);
        ok(WsWriteMessageEnd(channel, message, NULL, NULL));
        ok(WsResetMessage(message, NULL));
        ok(WsReadMessageStart(channel, message, NULL, NULL));
        ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), NULL));
        read_items(message, reader, ITEMS);
        ok(WsReadMessageEnd(channel, message, NULL, NULL));
        ok(WsResetMessage(message, NULL));
    }
    WsFreeMessage(message);
    end_request_channel(channel);
    answerer_end(&answerer);
    for (i = 0; i < 3; i++)
        if (strcmp(answerer.requests[i].body, text))
            test_fail(__FILE__, __LINE__, "request %d: %s", i, answerer.requests[i].body);
    expect(!strcmp(request_field(&answerer.requests[0], "Transfer-Encoding"), "chunked"));
    expect(!request_field(&answerer.requests[0], "Content-Length"));
    expect_size(2, answerer.connection_count);
    answerer_free(&answerer);
    free(text);
}

TEST(composite_calls_can_be_streamed)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY},
                                            {.body = ANSWER_BODY, .flags = ANSWER_CHUNKED},
                                            {.body = ANSWER_BODY, .flags = ANSWER_SLOW}};
    WS_CHANNEL *channel;
    int i;

    answerer_start(&answerer, answers, 3);
    channel = streaming_channel(WS_STREAMED_TRANSFER_MODE, NULL, 0);
    for (i = 0; i < 3; i++)
        exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect(strstr(answerer.requests[0].body, "<op xmlns=\"urn:x\">-1</op>"));
    expect_size(1, answerer.connection_count);
    answerer_free(&answerer);
}

/* The server has closed a connection that is to be used for what cannot be sent again. */
TEST(a_stale_connection_is_seen_before_a_stream)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY, .flags = ANSWER_CLOSE}, {.body = ANSWER_BODY}};
    WS_CHANNEL *channel;

    answerer_start(&answerer, answers, 2);
    channel = streaming_channel(WS_STREAMED_TRANSFER_MODE, NULL, 0);
    exchange(channel);
    wire_sleep(50);
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(2, answerer.connection_count);
    answerer_free(&answerer);
}

TEST(streams_have_limits)
{
    char *text = make_items(ITEMS);
    struct answer answers[] = {{.body = text}, {.body = text}, {.body = text}};
    ULONGLONG size = 5000;
    ULONG start = 60, flush = 1000;
    WS_CHANNEL_PROPERTY most = {WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, &size, sizeof(size)};
    WS_CHANNEL_PROPERTY most_start = {WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE, &start, sizeof(start)};
    WS_CHANNEL_PROPERTY most_flush = {WS_CHANNEL_PROPERTY_MAX_STREAMED_FLUSH_SIZE, &flush, sizeof(flush)};
    WS_ERROR *error = create_error();
    WS_XML_WRITER *writer;
    WS_MESSAGE *message;
    WS_CHANNEL *channel;
    HRESULT hr;
    int i;

    answerer_start(&answerer, answers, 3);
    channel = streaming_channel(WS_STREAMED_INPUT_TRANSFER_MODE, &most, 1);
    ok(send_op(channel, 1, NULL));
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    ok(WsReadMessageStart(channel, message, NULL, NULL));
    ok(WsFillBody(message, 1000, NULL, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsFillBody(message, 100000, NULL, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE"));
    ok(WsAbandonMessage(channel, message, NULL));
    WsFreeMessage(message);
    end_request_channel(channel);

    channel = streaming_channel(WS_STREAMED_INPUT_TRANSFER_MODE, &most_start, 1);
    ok(send_op(channel, 1, NULL));
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadMessageStart(channel, message, NULL, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE"));
    WsFreeMessage(message);
    end_request_channel(channel);

    channel = streaming_channel(WS_STREAMED_OUTPUT_TRANSFER_MODE, &most_flush, 1);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    start_message(channel, message, &writer);
    for (i = 0, hr = S_OK; hr == S_OK && i < 10000; i++)
        hr = WsWriteStartElement(writer, NULL, &item, &ns, NULL);
    expect_hr(WS_E_QUOTA_EXCEEDED, hr);
    ok(WsAbandonMessage(channel, message, NULL));
    WsFreeMessage(message);
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
    WsFreeError(error);
    free(text);
}

/* Of just the limit, with its end in another piece. */
TEST(a_stream_may_be_as_large_as_its_limit)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY, .flags = ANSWER_CHUNKED | ANSWER_SLOW},
                                            {.body = ANSWER_BODY, .flags = ANSWER_CHUNKED}};
    ULONGLONG size = sizeof(ANSWER_BODY) - 1;
    WS_CHANNEL_PROPERTY most = {WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, &size, sizeof(size)};
    WS_CHANNEL *channel;
    int value;

    answerer_start(&answerer, answers, 2);
    channel = streaming_channel(WS_STREAMED_TRANSFER_MODE, &most, 1);
    exchange(channel);
    end_request_channel(channel);
    size--;
    channel = streaming_channel(WS_STREAMED_TRANSFER_MODE, &most, 1);
    ok(send_op(channel, 1, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, receive_opr(channel, &value, NULL));
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
}

TEST(a_stream_may_be_abandoned)
{
    int value;
    char *text = make_items(ITEMS);
    struct answer answers[] = {{.body = text, .flags = ANSWER_CHUNKED}, {.body = ANSWER_BODY}};
    WS_XML_WRITER *writer;
    WS_MESSAGE *message;
    WS_CHANNEL *channel;

    answerer_start(&answerer, answers, 2);
    channel = streaming_channel(WS_STREAMED_TRANSFER_MODE, NULL, 0);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    /* Half a request: the server never gets the rest. */
    start_message(channel, message, &writer);
    ok(WsWriteStartElement(writer, NULL, &items, &ns, NULL));
    ok(WsFlushBody(message, 0, NULL, NULL));
    ok(WsAbandonMessage(channel, message, NULL));
    ok(WsResetMessage(message, NULL));
    /* Half an answer. */
    ok(send_op(channel, 1, NULL));
    ok(WsReadMessageStart(channel, message, NULL, NULL));
    WsFreeMessage(message);
    expect_hr(WS_E_INVALID_OPERATION, receive_opr(channel, &value, NULL));
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(2, answerer.request_count);
    expect_size(3, answerer.connection_count);
    answerer_free(&answerer);
    free(text);
}

/* --- Asynchronous calls --- */

struct done
{
    volatile LONG count;
    volatile HRESULT hr;
};

static void CALLBACK on_done(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct done *done = state;

    (void)model;
    done->hr = hr;
    __atomic_add_fetch(&done->count, 1, __ATOMIC_SEQ_CST);
}

/* The result of a call that may be asynchronous. */
static HRESULT finish(struct done *done, HRESULT hr)
{
    unsigned i;

    if (hr != WS_S_ASYNC)
    {
        expect(!__atomic_load_n(&done->count, __ATOMIC_SEQ_CST));
        return hr;
    }
    for (i = 0; i < 4000 && !__atomic_load_n(&done->count, __ATOMIC_SEQ_CST); i++)
        wire_sleep(5);
    expect(__atomic_load_n(&done->count, __ATOMIC_SEQ_CST) == 1);
    hr = done->hr;
    __atomic_store_n(&done->count, 0, __ATOMIC_SEQ_CST);
    return hr;
}

TEST(calls_can_be_asynchronous)
{
    char *text = make_items(ITEMS);
    struct answer answers[] = {{.body = ANSWER_BODY, .flags = ANSWER_SLOW},
                               {.body = ANSWER_BODY, .flags = ANSWER_CLOSE},
                               {.body = ANSWER_BODY, .flags = ANSWER_CHUNKED},
                               {.status = 404}};
    struct done done = {0, 0};
    WS_ASYNC_CONTEXT context = {on_done, &done};
    WS_MESSAGE *request, *reply;
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    int value = -1, got, i;

    answerer_start(&answerer, answers, 4);
    channel = request_channel(answerer.port, NULL, 0);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &request, NULL));
    ok(WsCreateMessageForChannel(channel, NULL, 0, &reply, NULL));
    for (i = 0; i < 4; i++)
    {
        HRESULT hr;

        got = 0;
        hr = finish(&done, WsRequestReply(channel, request, &description_op, WS_WRITE_REQUIRED_VALUE, &value,
                                          sizeof(value), reply, &description_opr, WS_READ_REQUIRED_VALUE, NULL, &got,
                                          sizeof(got), &context, error));
        expect_hr(i == 3 ? WS_E_ENDPOINT_NOT_FOUND : S_OK, hr);
        expect(got == (i == 3 ? 0 : 7));
        ok(WsResetMessage(request, NULL));
        ok(WsResetMessage(reply, NULL));
    }
    expect(says(error, "404"));
    WsFreeMessage(request);
    WsFreeMessage(reply);
    ok(finish(&done, WsCloseChannel(channel, &context, NULL)));
    WsFreeChannel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
    WsFreeError(error);
    free(text);
}

TEST(streams_can_be_asynchronous)
{
    char *text = make_items(ITEMS);
    struct answer answers[] = {{.body = text, .flags = ANSWER_CHUNKED}};
    struct done done = {0, 0};
    WS_ASYNC_CONTEXT context = {on_done, &done};
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    WS_MESSAGE *message;
    WS_CHANNEL *channel;
    int i;

    answerer_start(&answerer, answers, 1);
    channel = streaming_channel(WS_STREAMED_TRANSFER_MODE, NULL, 0);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
    ok(WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action),
                   NULL));
    ok(finish(&done, WsWriteMessageStart(channel, message, &context, NULL)));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), NULL));
    ok(WsWriteStartElement(writer, NULL, &items, &ns, NULL));
    for (i = 0; i < ITEMS; i++)
    {
        ok(WsWriteStartElement(writer, NULL, &item, &ns, NULL));
        ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &i, sizeof(i), NULL));
        ok(WsWriteEndElement(writer, NULL));
        if (i % 100 == 7)
            ok(finish(&done, WsFlushBody(message, 0, &context, NULL)));
    }
    ok(WsWriteEndElement(writer, NULL));
    ok(finish(&done, WsWriteMessageEnd(channel, message, &context, NULL)));
    ok(WsResetMessage(message, NULL));
    ok(finish(&done, WsReadMessageStart(channel, message, &context, NULL)));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), NULL));
    for (i = 100; i < 100000; i += i)
        ok(finish(&done, WsFillBody(message, (ULONG)i, &context, NULL)));
    read_items(message, reader, ITEMS);
    ok(finish(&done, WsReadMessageEnd(channel, message, &context, NULL)));
    WsFreeMessage(message);
    ok(finish(&done, WsCloseChannel(channel, &context, NULL)));
    WsFreeChannel(channel);
    answerer_end(&answerer);
    expect(!strcmp(answerer.requests[0].body, text));
    answerer_free(&answerer);
    free(text);
}
