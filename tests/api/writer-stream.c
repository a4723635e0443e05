/* SPDX-License-Identifier: MIT */
/*
 * Writers: streams, and when they get what.
 *
 * Source: the pages of WsFlushWriter and of WS_WRITE_CALLBACK.
 */
#include "support/writer.h"

/* --- Streams --- */

struct sink
{
    BYTE bytes[400000];
    size_t count, calls;
    HRESULT answer;
    const WS_ASYNC_CONTEXT *async;
    WS_ASYNC_CONTEXT context;
    WS_XML_WRITER *writer;
    HRESULT inside;
    bool free_inside;
};

static struct sink sink;

static HRESULT CALLBACK take(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    struct sink *to = state;
    ULONG i;

    (void)error;
    to->calls++;
    to->async = async;
    if (async)
        to->context = *async;
    for (i = 0; i < count; i++)
    {
        expect(buffers[i].length <= sizeof(to->bytes) - to->count);
        memcpy(to->bytes + to->count, buffers[i].bytes, buffers[i].length);
        to->count += buffers[i].length;
    }
    if (to->writer && to->free_inside)
        WsFreeWriter(to->writer);
    else if (to->writer)
        to->inside = WsWriteStartElement(to->writer, NULL, X("x"), X(""), NULL);
    return to->answer;
}

static void set_stream(WS_XML_WRITER *writer, const WS_XML_WRITER_PROPERTY *properties, ULONG count)
{
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, &sink};

    memset(&sink, 0, sizeof(sink));
    ok(WsSetOutput(writer, &utf8.encoding, &stream.output, properties, count, NULL));
}

/* The page of WsFlushWriter: it guarantees that all data is emitted. Outside of all elements nothing else ends bytes.
 */
TEST(a_flush_hands_out_all_bytes_of_a_fragment)
{
    static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, &sink};
    WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY fragment = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BUFFERS buffers;

    set_stream(writer, &fragment, 1);
    ok(WsWriteBytes(writer, "abcd", 4, NULL));
    ok(WsFlushWriter(writer, 1000, NULL, NULL)); /* nothing yet: what follows belongs to the same value */
    ok(WsWriteBytes(writer, "ef", 2, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect(sink.count == 8 && !memcmp(sink.bytes, "YWJjZGVm", 8));
    ok(WsWriteBytes(writer, "g", 1, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect(sink.count == 12 && !memcmp(sink.bytes + 8, "Zw==", 4));

    memset(&sink, 0, sizeof(sink));
    ok(WsSetOutput(writer, &binary.encoding, &stream.output, &fragment, 1, NULL));
    ok(WsWriteBytes(writer, "abcd", 4, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect(sink.count == 8 && !memcmp(sink.bytes,
                                      "\x9e\x03"
                                      "abc"
                                      "\x9e\x01"
                                      "d",
                                      8));

    set_output(writer, &fragment, 1);
    ok(WsWriteBytes(writer, "abcd", 4, NULL));
    expect_output(writer, "YWJjZA==");
    ok(WsWriteBytes(writer, "e", 1, NULL));
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL));
    expect(buffers.bufferCount == 1 && buffers.buffers[0].length == 12);
    ok(WsSetOutput(writer, &utf8.encoding, &memory.output, NULL, 0, NULL));
    WsFreeWriter(writer);
}

TEST(a_flush_hands_out_what_is_committed)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BYTES bytes;
    WS_BUFFERS buffers;

    set_stream(writer, NULL, 0);
    start(writer, "a");
    ok(WsFlushWriter(writer, 0, NULL, NULL)); /* in any case */
    expect(sink.calls == 1 && !sink.count && !sink.async);
    start(writer, "b");
    expect_size(1, sink.calls);
    ok(WsFlushWriter(writer, 4, NULL, NULL)); /* there are only 3 */
    expect_size(1, sink.calls);
    ok(WsFlushWriter(writer, 3, NULL, NULL));
    expect(sink.calls == 2 && sink.count == 3);
    expect_size(0, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    chars8(writer, "x");
    end(writer);
    end(writer);
    expect_size(12, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    expect_hr(E_INVALIDARG,
              WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect(sink.count == 15 && !memcmp(sink.bytes, "<a><b>x</b></a>", 15));
    WsFreeWriter(writer);
}

TEST(a_flush_does_nothing_for_memory)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    start(writer, "a");
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    end(writer);
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect_output(writer, "<a/>");
    WsFreeWriter(writer);
}

TEST(a_stream_gets_the_same_bytes_as_memory)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0), *other = create_writer(NULL, 0);
    unsigned i, step;

    write_much(other, 2000);
    for (step = 1; step < 300; step = step * 3 + 1)
    {
        ULONG limit = 100 + step * 200;
        WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};

        set_stream(writer, &property, 1);
        start(writer, "much");
        for (i = 0; i < 2000; i++)
        {
            char name[24];
            unsigned j;

            snprintf(name, sizeof(name), "e%u", i * 7919 % 100003);
            start(writer, name);
            attribute(writer, "n", "<&>");
            for (j = 0; j < i % 5; j++)
                chars8(writer, "some text & more");
            end(writer);
            if (i % step == 0)
                ok(WsFlushWriter(writer, i % 3, NULL, NULL));
        }
        end(writer);
        ok(WsFlushWriter(writer, 0, NULL, NULL));
        expect_bytes(other, sink.bytes, sink.count);
    }
    WsFreeWriter(writer);
    WsFreeWriter(other);
}

TEST(a_stream_is_limited_between_flushes)
{
    ULONG limit = 1000;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    char text[400];
    int i;

    memset(text, 'x', sizeof(text));
    set_stream(writer, &property, 1);
    start(writer, "a");
    for (i = 0; i < 100; i++)
    {
        ok(WsWriteCharsUtf8(writer, (BYTE *)text, sizeof(text), NULL));
        ok(WsFlushWriter(writer, 100, NULL, NULL));
    }
    ok(WsWriteCharsUtf8(writer, (BYTE *)text, sizeof(text), NULL));
    ok(WsWriteCharsUtf8(writer, (BYTE *)text, sizeof(text), NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteCharsUtf8(writer, (BYTE *)text, sizeof(text), error), "1000");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(a_callback_that_fails_faults_the_writer)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    set_stream(writer, NULL, 0);
    sink.answer = E_FAIL;
    start(writer, "a");
    expect_hr(E_FAIL, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));

    set_stream(writer, NULL, 0);
    sink.answer = WS_S_ASYNC;
    start(writer, "a");
    expect_refused(error, WS_E_INVALID_OPERATION, WsFlushWriter(writer, 0, NULL, error), "WS_S_ASYNC");
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(a_callback_cannot_use_the_writer)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    set_stream(writer, NULL, 0);
    sink.writer = writer;
    start(writer, "a");
    end(writer);
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, sink.inside);
    expect(sink.count == 4 && !memcmp(sink.bytes, "<a/>", 4));

    /* But free it: then it goes when the callback is through. */
    sink.free_inside = true;
    chars8(writer, " ");
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(E_INVALIDARG, WsFlushWriter(writer, 0, NULL, NULL));
}

static struct
{
    int calls;
    HRESULT hr;
    WS_CALLBACK_MODEL model;
    void *state;
} done;

static void CALLBACK on_done(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    done.calls++;
    done.hr = hr;
    done.model = model;
    done.state = state;
}

TEST(a_flush_can_complete_later)
{
    WS_ASYNC_CONTEXT async = {on_done, &sink}, none = {NULL, NULL};
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    memset(&done, 0, sizeof(done));
    set_stream(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteEndStartElement(writer, NULL));
    expect_hr(E_INVALIDARG, WsFlushWriter(writer, 0, &none, NULL));

    /* At once: the callback of the context is not called. */
    ok(WsFlushWriter(writer, 0, &async, NULL));
    expect(sink.async && !done.calls);

    sink.answer = WS_S_ASYNC;
    chars8(writer, "x");
    expect_hr(WS_S_ASYNC, WsFlushWriter(writer, 0, &async, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetOutput(writer, NULL, NULL, NULL, 0, NULL));
    expect_size(0, (size_t)done.calls);
    sink.context.callback(S_OK, WS_LONG_CALLBACK, sink.context.callbackState);
    expect(done.calls == 1 && done.hr == S_OK && done.model == WS_LONG_CALLBACK && done.state == &sink);
    end(writer);
    expect_hr(WS_S_ASYNC, WsFlushWriter(writer, 0, &async, NULL));
    sink.context.callback(E_FAIL, WS_SHORT_CALLBACK, sink.context.callbackState);
    expect(done.calls == 2 && done.hr == E_FAIL && done.model == WS_SHORT_CALLBACK);
    expect_hr(WS_E_OBJECT_FAULTED, WsFlushWriter(writer, 0, NULL, NULL));
    expect(sink.count == 8 && !memcmp(sink.bytes, "<a>x</a>", 8));
    WsFreeWriter(writer);
}
