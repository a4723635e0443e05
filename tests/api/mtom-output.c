/* SPDX-License-Identifier: MIT */
/*
 * Writers of the MTOM encoding: the end of the document, streams, limits; and what is written read back.
 *
 * Source: the pages of WS_XML_WRITER_MTOM_ENCODING and of the functions that write; MTOM.
 */
#include "support/mtom-writer.h"

#include <stdlib.h>

/* --- The end of the document --- */

TEST(asking_for_the_bytes_ends_the_document)
{
    WS_XML_WRITER *writer = create_mtom();
    WS_ERROR *error = create_error();
    WS_BYTES got;
    WS_BUFFERS buffers;

    /* Nothing has been written. */
    expect_output(writer, "");
    start(writer, "a");
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), error),
                   "open elements: 1");
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), error),
                   "when all elements have ended");
    end(writer);
    chars8(writer, "\n");
    expect_output(writer, ROOT "<a/>\n" END);
    expect_output(writer, ROOT "<a/>\n" END);
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL));
    expect_size(1, buffers.bufferCount);
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteCharsUtf8(writer, (const BYTE *)"\n", 1, error), "complete");
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("a"), X(""), NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsPushBytes(writer, push_pieces, NULL, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    end(writer);
    expect_output(writer, "<a/>");
    WsFreeError(error);
    WsFreeWriter(writer);
}

struct sink
{
    BYTE *bytes;
    size_t length, room, largest;
    unsigned calls, fail_at;
};

static HRESULT CALLBACK write_sink(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                                   WS_ERROR *error)
{
    struct sink *sink = state;
    size_t size = 0;
    ULONG i;

    (void)async, (void)error;
    if (++sink->calls == sink->fail_at)
        return E_ABORT;
    for (i = 0; i < count; i++)
    {
        expect(buffers[i].length <= sink->room - sink->length);
        memcpy(sink->bytes + sink->length, buffers[i].bytes, buffers[i].length);
        sink->length += buffers[i].length;
        size += buffers[i].length;
    }
    if (size > sink->largest)
        sink->largest = size;
    return S_OK;
}

static void set_sink(WS_XML_WRITER *writer, struct sink *sink, const WS_XML_WRITER_PROPERTY *properties, ULONG count)
{
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_sink, sink};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 4);

    ok(WsSetOutput(writer, &encoding.encoding, &stream.output, properties, count, NULL));
}

static bool sink_is(const struct sink *sink, const char *text)
{
    return sink->length == strlen(text) && !memcmp(sink->bytes, text, sink->length);
}

TEST(a_stream_gets_the_parts_with_the_last_flush)
{
    BYTE memory[2000];
    struct sink sink = {memory, 0, sizeof(memory), 0, 0, 0};
    struct delivery pulled = {{"three", "four"}, 2, 0, 0, S_OK};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BYTES got;

    set_sink(writer, &sink, NULL, 0);
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect_size(0, sink.length);
    start(writer, "a");
    start(writer, "b");
    bytes(writer, "abcdef");
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect(sink_is(&sink, ROOT "<a><b>"));
    bytes(writer, "g");
    end(writer);
    start(writer, "c");
    ok(WsPullBytes(writer, pull_pieces, &pulled, NULL));
    end(writer);
    ok(WsFlushWriter(writer, 100000, NULL, NULL));
    expect(sink_is(&sink, ROOT "<a><b>"));
    end(writer);
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    /* clang-format off */
    expect(sink_is(&sink, ROOT "<a><b>" WRITTEN_INCLUDE("1") "</b><c>" WRITTEN_INCLUDE("2") "</c></a>"
                          WRITTEN_PART("1") "abcdefg" WRITTEN_PART("2") "threefour" END));
    /* clang-format on */
    expect_hr(WS_E_INVALID_OPERATION, WsWriteCharsUtf8(writer, (const BYTE *)"\n", 1, NULL));
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL));
    WsFreeWriter(writer);
}

/* In a CDATA section a CR is not escaped, and in UTF-16 other characters look like the boundary. */
TEST(a_root_part_that_contains_the_boundary_is_refused)
{
    static const WCHAR chars[] = {0x0a0d, 0x2d2d, 0x6261};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "ab", 0);
    BYTE memory[2000];
    struct sink sink = {memory, 0, sizeof(memory), 0, 0, 0};
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_sink, &sink};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_BYTES got;
    size_t before;
    int i;

    encoding.textEncoding = &text.encoding;
    for (i = 0; i < 2; i++)
    {
        set_mtom_with(writer, &encoding, NULL, 0);
        start(writer, "a");
        ok(WsWriteChars(writer, chars, 3 - (ULONG)i, NULL));
        end(writer);
        if (i)
            ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL));
        else
            expect_refused(error, WS_E_INVALID_FORMAT,
                           WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), error),
                           "XML contains the MIME boundary");
    }
    /* Over a flush. */
    ok(WsSetOutput(writer, &encoding.encoding, &stream.output, NULL, 0, NULL));
    start(writer, "a");
    ok(WsWriteChars(writer, chars, 1, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    ok(WsWriteChars(writer, chars + 1, 1, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    before = sink.length;
    ok(WsWriteChars(writer, chars + 2, 1, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsFlushWriter(writer, 0, NULL, error), "XML contains the MIME boundary");
    expect_size(before, sink.length);
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));

    text.charSet = WS_CHARSET_UTF8;
    for (i = 0; i < 2; i++)
    {
        set_mtom_with(writer, &encoding, NULL, 0);
        start(writer, "a");
        chars8(writer, "\r\n--ab");
        if (i)
        {
            ok(WsWriteStartCData(writer, NULL));
            chars8(writer, "\r\n--ab");
            ok(WsWriteEndCData(writer, NULL));
        }
        end(writer);
        expect_hr(i ? WS_E_INVALID_FORMAT : S_OK,
                  WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL));
    }
    WsFreeError(error);
    WsFreeWriter(writer);
}

static const BYTE *large;

static HRESULT CALLBACK push_large(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                   const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    WS_BYTES buffer = {10000, (BYTE *)large};
    HRESULT hr = S_OK;
    int i;

    (void)state, (void)async;
    for (i = 0; i < 100 && hr == S_OK; i++)
        hr = write(write_state, &buffer, 1, NULL, error);
    return hr;
}

static HRESULT CALLBACK pull_large(void *state, void *buffer, ULONG most, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                                   WS_ERROR *error)
{
    size_t *left = state;

    (void)async, (void)error;
    *actual = *left < most ? (ULONG)*left : most;
    memset(buffer, 'x', *actual);
    *left -= *actual;
    return S_OK;
}

TEST(what_callbacks_deliver_is_not_buffered_for_a_stream)
{
    struct sink sink = {malloc(4000000), 0, 4000000, 0, 0, 0};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    size_t size = 1000000;

    large = calloc(1, 10000);
    expect(sink.bytes && large);
    set_sink(writer, &sink, NULL, 0);
    start(writer, "a");
    start(writer, "b");
    ok(WsPushBytes(writer, push_large, NULL, NULL));
    end(writer);
    start(writer, "c");
    ok(WsPullBytes(writer, pull_large, &size, NULL));
    end(writer);
    end(writer);
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect(sink.length > 2000000 && sink.length < 2001000);
    expect(sink.largest < 100000);
    WsFreeWriter(writer);
    free(sink.bytes);
    free((void *)large);
}

TEST(a_stream_that_fails_faults_the_writer)
{
    struct sink sink = {malloc(4000000), 0, 4000000, 0, 0, 0};
    WS_XML_WRITER *writer;
    unsigned i;

    large = calloc(1, 10000);
    expect(sink.bytes && large);
    for (i = 1; i < 5; i++)
    {
        writer = create_writer(NULL, 0);
        sink.calls = 0;
        sink.length = 0;
        sink.fail_at = i;
        set_sink(writer, &sink, NULL, 0);
        start(writer, "a");
        ok(WsPushBytes(writer, push_large, NULL, NULL));
        end(writer);
        expect_hr(E_ABORT, WsFlushWriter(writer, 0, NULL, NULL));
        expect_size(i, sink.calls);
        expect_hr(WS_E_OBJECT_FAULTED, WsFlushWriter(writer, 0, NULL, NULL));
        WsFreeWriter(writer);
    }
    free(sink.bytes);
    free((void *)large);
}

/* --- Limits --- */

TEST(MAX_MIME_PARTS_BUFFER_SIZE_limits_what_is_kept)
{
    ULONG limit = 10, most = 1000;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, &limit, sizeof(limit)};
    struct delivery pushed = {{"more than ten bytes"}, 1, 0, 0, S_OK};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 4);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    static BYTE large_bytes[65537];
    int i;

    expect_size(65536, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE));
    set_mtom_with(writer, &encoding, &property, 1);
    expect_size(10, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE));
    start(writer, "a");
    for (i = 0; i < 2; i++)
    {
        start(writer, "b");
        bytes(writer, "12345");
        end(writer);
    }
    /* What is inline does not count, nor what a callback will deliver. */
    start(writer, "b");
    bytes(writer, "1234");
    end(writer);
    start(writer, "b");
    ok(WsPushBytes(writer, push_pieces, &pushed, NULL));
    end(writer);
    start(writer, "b");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteBytes(writer, "12345", 5, error),
                   "MAX_MIME_PARTS_BUFFER_SIZE is 10 bytes");
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));

    set_mtom_with(writer, &encoding, &property, 1);
    start(writer, "a");
    bytes(writer, "1234567890");
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteBytes(writer, "1", 1, NULL));

    set_mtom_with(writer, &encoding, NULL, 0);
    start(writer, "a");
    ok(WsWriteBytes(writer, large_bytes, 65536, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteBytes(writer, "1", 1, NULL));

    encoding.maxInlineByteCount = most;
    set_mtom_with(writer, &encoding, &property, 1);
    start(writer, "a");
    ok(WsWriteBytes(writer, large_bytes, 1000, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteBytes(writer, "1", 1, NULL));
    WsFreeError(error);
    WsFreeWriter(writer);
}

TEST(BUFFER_MAX_SIZE_limits_the_whole_package)
{
    ULONG limit = sizeof(ROOT "<a>" WRITTEN_INCLUDE("1") "</a>" WRITTEN_PART("1") "12345" END) - 1;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 4);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BYTES got;
    int i;

    for (i = 0; i < 2; i++, limit--)
    {
        set_mtom_with(writer, &encoding, &property, 1);
        start(writer, "a");
        bytes(writer, "12345");
        end(writer);
        expect_hr(i ? WS_E_QUOTA_EXCEEDED : S_OK,
                  WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL));
    }
    WsFreeWriter(writer);
}

TEST(an_initial_buffer_is_used)
{
    BYTE memory[2000];
    WS_BYTES initial = {sizeof(memory), memory};
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_INITIAL_BUFFER, &initial, sizeof(initial)};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 4);
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    set_mtom_with(writer, &encoding, &property, 1);
    start(writer, "a");
    bytes(writer, "12345");
    end(writer);
    expect_output(writer, ROOT "<a>" WRITTEN_INCLUDE("1") "</a>" WRITTEN_PART("1") "12345" END);
    expect(get_bytes(writer).bytes == memory);
    WsFreeWriter(writer);
}

TEST(BYTES_TO_CLOSE_is_enough)
{
    WS_XML_WRITER *writer = create_mtom();
    ULONG before, to_close;

    start(writer, "a");
    start(writer, "b");
    bytes(writer, "12345");
    before = get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN);
    expect_size(sizeof(ROOT "<a><b>") - 1, before);
    to_close = get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE);
    end(writer);
    end(writer);
    expect(get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN) - before <= to_close);
    WsFreeWriter(writer);
}

/* --- Read back --- */

/* The documentation's example ReadWriteBytesXmlExample: each way to write bytes, and reading them. */
TEST(what_is_written_can_be_read)
{
    static const WS_XML_STRING data = {4, (BYTE *)"data", NULL, 0}, one = {5, (BYTE *)"bytes", NULL, 0},
                               none = {0, NULL, NULL, 0};
    static const char *const wanted[] = {"inline", "in a part, buffered", "in a part, pushed", "in a part, pulled"};
    struct delivery pushed = {{"in a part, ", "pushed"}, 2, 0, 0, S_OK},
                    pulled = {{"in a part, ", "pulled"}, 2, 0, 0, S_OK};
    static const WS_CHARSET charsets[] = {WS_CHARSET_UTF8, WS_CHARSET_UTF16LE, WS_CHARSET_UTF16BE};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_TEXT_ENCODING any = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_MTOM_ENCODING reading = {
        {WS_XML_READER_ENCODING_TYPE_MTOM}, &any.encoding, TRUE, {0, NULL}, {0, NULL}, {0, NULL}};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(TRUE, "boundaryString", 6);
    WS_STRING start_info = W("startInfo"), uri = W("http://tempuri.org");
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = NULL;
    WS_BYTES got;
    BYTE buffer[64];
    ULONG count;
    int i, j;

    ok(WsCreateReader(NULL, 0, &reader, NULL));
    encoding.startInfo = start_info;
    encoding.startUri = uri;
    encoding.textEncoding = &text.encoding;
    for (j = 0; j < 3; j++)
    {
        text.charSet = charsets[j];
        pushed.next = pulled.next = 0;
        set_mtom_with(writer, &encoding, NULL, 0);
        start(writer, "data");
        for (i = 0; i < 4; i++)
        {
            start(writer, "bytes");
            switch (i)
            {
            case 0:
            case 1: bytes(writer, wanted[i]); break;
            case 2: ok(WsPushBytes(writer, push_pieces, &pushed, NULL)); break;
            default: ok(WsPullBytes(writer, pull_pieces, &pulled, NULL)); break;
            }
            end(writer);
        }
        end(writer);
        got = get_bytes(writer);
        input.encodedData = got.bytes;
        input.encodedDataSize = got.length;
        ok(WsSetInput(reader, &reading.encoding, &input.input, NULL, 0, NULL));
        ok(WsReadToStartElement(reader, &data, &none, NULL, NULL));
        ok(WsReadStartElement(reader, NULL));
        for (i = 0; i < 4; i++)
        {
            ok(WsReadToStartElement(reader, &one, &none, NULL, NULL));
            ok(WsReadStartElement(reader, NULL));
            ok(WsReadBytes(reader, buffer, sizeof(buffer), &count, NULL));
            expect(count == strlen(wanted[i]) && !memcmp(buffer, wanted[i], count));
            ok(WsReadBytes(reader, buffer, sizeof(buffer), &count, NULL));
            expect_size(0, count);
            ok(WsReadEndElement(reader, NULL));
        }
        ok(WsReadEndElement(reader, NULL));
    }
    WsFreeReader(reader);
    WsFreeWriter(writer);
}
