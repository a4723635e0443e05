/* SPDX-License-Identifier: MIT */
/*
 * Flushes of writers that complete asynchronously: early, late, one out of the other, and when the writer is gone.
 *
 * Source: the documentation of the asynchronous model.
 */
#include "support/writer.h"

/* A stream that takes what it is given, and completes when the test wants it to. */
struct channel
{
    WS_ASYNC_CONTEXT context;
    bool complete_inside; /* before the callback of the stream has returned, as another thread may */
    HRESULT result;
    char bytes[100];
    size_t count;
};

/* What the caller of WsFlushWriter knows. */
struct caller
{
    WS_XML_WRITER *writer;
    struct channel channel;
    WS_ASYNC_CONTEXT async;
    int calls, flushes_to_go;
    bool free_when_done;
    HRESULT hr;
};

static HRESULT CALLBACK take(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    struct channel *channel = state;
    ULONG i;

    (void)error;
    expect(async && async->callback);
    for (i = 0; i < count; i++)
    {
        expect(buffers[i].length <= sizeof(channel->bytes) - channel->count);
        memcpy(channel->bytes + channel->count, buffers[i].bytes, buffers[i].length);
        channel->count += buffers[i].length;
    }
    channel->context = *async;
    if (channel->complete_inside)
        async->callback(channel->result, WS_SHORT_CALLBACK, async->callbackState);
    return WS_S_ASYNC;
}

static void CALLBACK done(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct caller *caller = state;

    (void)model;
    caller->calls++;
    caller->hr = hr;
    if (caller->free_when_done)
        WsFreeWriter(caller->writer);
    else if (SUCCEEDED(hr) && caller->flushes_to_go && caller->flushes_to_go--)
    {
        start(caller->writer, "b");
        ok(WsWriteEndStartElement(caller->writer, NULL));
        expect_hr(WS_S_ASYNC, WsFlushWriter(caller->writer, 0, &caller->async, NULL));
    }
}

static void begin(struct caller *caller)
{
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, &caller->channel};

    memset(caller, 0, sizeof(*caller));
    caller->async.callback = done;
    caller->async.callbackState = caller;
    caller->writer = create_writer(NULL, 0);
    ok(WsSetOutput(caller->writer, &utf8.encoding, &stream.output, NULL, 0, NULL));
    start(caller->writer, "a");
    ok(WsWriteEndStartElement(caller->writer, NULL));
}

static void complete(struct caller *caller, HRESULT hr)
{
    caller->channel.context.callback(hr, WS_LONG_CALLBACK, caller->channel.context.callbackState);
}

TEST(it_completes_before_the_stream_has_answered)
{
    struct caller caller;

    begin(&caller);
    caller.channel.complete_inside = true;
    expect_hr(WS_S_ASYNC, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
    expect(caller.calls == 1 && caller.hr == S_OK);
    end(caller.writer);
    expect_hr(WS_S_ASYNC, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
    expect(caller.calls == 2 && caller.channel.count == 7 && !memcmp(caller.channel.bytes, "<a></a>", 7));

    caller.channel.result = E_FAIL;
    chars8(caller.writer, " ");
    expect_hr(WS_S_ASYNC, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
    expect(caller.calls == 3 && caller.hr == E_FAIL);
    expect_hr(WS_E_OBJECT_FAULTED, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
    WsFreeWriter(caller.writer);
}

TEST(one_flush_begins_the_next)
{
    struct caller caller;
    int i;

    begin(&caller);
    caller.flushes_to_go = 3;
    expect_hr(WS_S_ASYNC, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
    for (i = 0; i < 4; i++)
        complete(&caller, S_OK);
    expect(caller.calls == 4 && caller.channel.count == 12 && !memcmp(caller.channel.bytes, "<a><b><b><b>", 12));
    WsFreeWriter(caller.writer);

    begin(&caller);
    caller.flushes_to_go = 3;
    caller.channel.complete_inside = true;
    expect_hr(WS_S_ASYNC, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
    expect(caller.calls == 4 && caller.channel.count == 12);
    WsFreeWriter(caller.writer);
}

TEST(the_writer_is_freed_meanwhile)
{
    static const HRESULT results[] = {S_OK, E_FAIL};
    struct caller caller;
    int i;

    for (i = 0; i < 2; i++)
    {
        begin(&caller);
        expect_hr(WS_S_ASYNC, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
        WsFreeWriter(caller.writer);
        complete(&caller, results[i]);
        expect(caller.calls == 1 && caller.hr == results[i]);
        expect_hr(E_INVALIDARG, WsFlushWriter(caller.writer, 0, NULL, NULL));
    }
}

TEST(the_writer_is_freed_when_it_is_done)
{
    struct caller caller;
    int i;

    for (i = 0; i < 2; i++)
    {
        begin(&caller);
        caller.free_when_done = true;
        caller.channel.complete_inside = i;
        expect_hr(WS_S_ASYNC, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
        if (!i)
            complete(&caller, S_OK);
        expect(caller.calls == 1);
        expect_hr(E_INVALIDARG, WsFlushWriter(caller.writer, 0, NULL, NULL));
    }
}

TEST(nothing_can_be_done_until_it_has_completed)
{
    WS_ERROR *error = create_error();
    struct caller caller;
    WS_BYTES bytes;
    ULONG value;

    begin(&caller);
    expect_hr(WS_S_ASYNC, WsFlushWriter(caller.writer, 0, &caller.async, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsFlushWriter(caller.writer, 0, &caller.async, error),
                   "cannot be used while");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteCharsUtf8(caller.writer, (const BYTE *)"x", 1, error),
                   "cannot be used while");
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsGetWriterProperty(caller.writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error),
                   "cannot be used while");
    expect_refused(
        error, WS_E_INVALID_OPERATION,
        WsGetWriterProperty(caller.writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN, &value, sizeof(value), error),
        "cannot be used while");
    complete(&caller, S_OK);
    end(caller.writer);
    WsFreeWriter(caller.writer);
    WsFreeError(error);
}
