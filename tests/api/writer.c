/* SPDX-License-Identifier: MIT */
/*
 * Writers as objects: creation, properties, outputs in memory, states. Streams, and what is written, are in the other
 * tests of writers.
 *
 * Source: the pages of the functions and of WS_XML_WRITER_PROPERTY_ID.
 */
#include "support/writer.h"

#define UNTOUCHED ((void *)(uintptr_t)0x5a5a5a50)

/* --- Creation and outputs --- */

TEST(WsCreateWriter_without_a_place_for_the_writer)
{
    WS_ERROR *error = create_error();

    expect_refused(error, E_INVALIDARG, WsCreateWriter(NULL, 0, NULL, error), "NULL");
    WsFreeError(error);
}

TEST(WsCreateWriter_refuses_bad_properties)
{
    static const ULONG ids[] = {WS_XML_WRITER_PROPERTY_CHARSET,
                                WS_XML_WRITER_PROPERTY_BUFFERS,
                                WS_XML_WRITER_PROPERTY_BYTES,
                                WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE,
                                WS_XML_WRITER_PROPERTY_BYTES_WRITTEN,
                                WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE,
                                19,
                                0xffffffff};
    WS_ERROR *error = create_error();
    WS_XML_WRITER *writer = UNTOUCHED;
    WS_BYTES nothing = {5, NULL};
    ULONG value[4] = {0};
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, value, sizeof(ULONG)};
    size_t i;

    expect_refused(error, E_INVALIDARG, WsCreateWriter(NULL, 1, &writer, error), "NULL");
    property.valueSize = 3;
    expect_refused(error, E_INVALIDARG, WsCreateWriter(&property, 1, &writer, error), "3");
    property.valueSize = 8;
    expect_refused(error, E_INVALIDARG, WsCreateWriter(&property, 1, &writer, error), "8");
    property.value = NULL;
    expect_refused(error, E_INVALIDARG, WsCreateWriter(&property, 1, &writer, error), "NULL");
    property.value = value;
    for (i = 0; i < WsCountOf(ids); i++)
    {
        property.id = (WS_XML_WRITER_PROPERTY_ID)ids[i];
        property.valueSize = sizeof(ULONG);
        expect_hr(E_INVALIDARG, WsCreateWriter(&property, 1, &writer, error));
    }
    property.id = WS_XML_WRITER_PROPERTY_INITIAL_BUFFER;
    expect_hr(E_INVALIDARG, WsCreateWriter(&property, 1, &writer, error));
    property.value = &nothing;
    property.valueSize = sizeof(nothing);
    expect_refused(error, E_INVALIDARG, WsCreateWriter(&property, 1, &writer, error), "NULL");
    expect(writer == UNTOUCHED);
    WsFreeError(error);
}

TEST(properties_have_their_documented_defaults)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BYTES initial = {7, UNTOUCHED};

    expect_size(32, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH));
    expect_size(FALSE, get_ulong(writer, WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT));
    expect_size(128, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES));
    expect_size(FALSE, get_ulong(writer, WS_XML_WRITER_PROPERTY_WRITE_DECLARATION));
    expect_size(0, get_ulong(writer, WS_XML_WRITER_PROPERTY_INDENT));
    expect_size(4096, get_ulong(writer, WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE));
    expect_size(WS_CHARSET_UTF8, get_ulong(writer, WS_XML_WRITER_PROPERTY_CHARSET));
    expect_size(65536, get_ulong(writer, WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE)); /* observed on Windows */
    expect_size(FALSE, get_ulong(writer, WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE));
    expect_size(65536, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE));
    expect_size(FALSE, get_ulong(writer, WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES));
    expect_size(32, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_NAMESPACES));
    expect_size(0, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    expect_size(0, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE));
    expect_size(FALSE, get_ulong(writer, WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS));
    expect_size(FALSE, get_ulong(writer, WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS));
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_INITIAL_BUFFER, &initial, sizeof(initial), NULL));
    expect(!initial.length && !initial.bytes);
    WsFreeWriter(writer);
}

TEST(properties_of_an_output_override_those_of_the_writer_for_that_output)
{
    ULONG depth = 5, other = 7;
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY created[] = {{WS_XML_WRITER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)},
                                        {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)}};
    WS_XML_WRITER_PROPERTY given = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &other, sizeof(other)};
    WS_XML_WRITER *writer = create_writer(created, 2);

    expect_size(5, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH));
    set_output(writer, &given, 1);
    expect_size(7, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH));
    expect_size(TRUE, get_ulong(writer, WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT));
    set_output(writer, NULL, 0);
    expect_size(5, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH));
    WsFreeWriter(writer);
}

TEST(WsSetOutput_refuses_what_is_none)
{
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, NULL, NULL};
    WS_XML_WRITER_PROPERTY property = {(WS_XML_WRITER_PROPERTY_ID)99, &stream, sizeof(ULONG)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    start(writer, "a");
    expect_refused(error, E_INVALIDARG, WsSetOutput(NULL, &utf8.encoding, &memory_output.output, NULL, 0, error),
                   "NULL");
    expect_refused(error, E_INVALIDARG,
                   WsSetOutput((WS_XML_WRITER *)error, &utf8.encoding, &memory_output.output, NULL, 0, error),
                   "error object");
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, error),
                   "WS_CHARSET_AUTO");
    encoding.charSet = (WS_CHARSET)4;
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, error),
                   "charset 4");
    encoding.encoding.encodingType = (WS_XML_WRITER_ENCODING_TYPE)5;
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, error),
                   "encoding 5");
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &utf8.encoding, NULL, NULL, 0, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &utf8.encoding, &stream.output, NULL, 0, error), "NULL");
    stream.output.outputType = (WS_XML_WRITER_OUTPUT_TYPE)3;
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &utf8.encoding, &stream.output, NULL, 0, error),
                   "output 3");
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &utf8.encoding, &memory_output.output, &property, 1, error),
                   "99");
    /* All of which has changed nothing. */
    end(writer);
    expect_output(writer, "<a/>");
    WsFreeWriter(writer);
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &utf8.encoding, &memory_output.output, NULL, 0, error),
                   "freed");
    WsFreeError(error);
}

TEST(without_an_output_nothing_can_be_written)
{
    WS_ERROR *error = create_error();
    WS_XML_WRITER *writer = NULL;
    const WS_XML_STRING *prefix = UNTOUCHED;
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("x")};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, WS_XML_STRING_VALUE("x")};
    ULONG value = 5, round;
    WS_BYTES bytes = {7, NULL};

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    for (round = 0; round < 2; round++)
    {
        expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("a"), X(""), error),
                       "output");
        expect_hr(WS_E_INVALID_OPERATION, WsWriteEndStartElement(writer, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteEndAttribute(writer, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteXmlnsAttribute(writer, NULL, X("a"), FALSE, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteChars(writer, u" ", 1, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteCharsUtf8(writer, (const BYTE *)" ", 1, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteBytes(writer, " ", 1, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteText(writer, &text.text, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteValue(writer, WS_UINT32_VALUE_TYPE, &value, sizeof(value), NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteNode(writer, &comment.node, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteStartCData(writer, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteEndCData(writer, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteQualifiedName(writer, NULL, X("a"), X("b"), NULL));
        expect_hr(WS_E_INVALID_OPERATION,
                  WsWriteArray(writer, X("a"), X(""), WS_UINT32_VALUE_TYPE, &value, 4, 0, 1, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsFlushWriter(writer, 0, NULL, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsGetPrefixFromNamespace(writer, X("a"), FALSE, &prefix, NULL));
        expect_refused(error, WS_E_INVALID_OPERATION,
                       WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error),
                       "output");
        expect_hr(WS_E_INVALID_OPERATION,
                  WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_CHARSET, &value, sizeof(value), NULL));
        /* The same after an output of none, which is documented. */
        ok(WsSetOutput(writer, NULL, UNTOUCHED, NULL, 0, NULL));
    }
    expect(prefix == UNTOUCHED && bytes.length == 7);
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(a_writer_that_failed_is_faulted_until_it_gets_an_output)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    const WS_XML_STRING *prefix;
    WS_BYTES bytes;

    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, u"\x1", 1, NULL));
    expect_refused(error, WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, error), "faulted");
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteStartElement(writer, NULL, X("b"), X(""), NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsGetPrefixFromNamespace(writer, X(""), FALSE, &prefix, NULL));
    expect_hr(WS_E_OBJECT_FAULTED,
              WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    set_output(writer, NULL, 0);
    start(writer, "b");
    end(writer);
    expect_output(writer, "<b/>");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(a_refused_call_changes_nothing)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndStartElement(writer, error), "no open start tag");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndAttribute(writer, error), "no attribute");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndCData(writer, error), "no CDATA");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, error),
                   "start element");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteXmlnsAttribute(writer, X("p"), X("urn:x"), FALSE, error),
                   "start element");
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    expect_size(TRUE, get_ulong(writer, WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("c"), X(""), error), "attribute");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndElement(writer, error), "attribute");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndStartElement(writer, error), "attribute");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, error),
                   "attribute");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteXmlnsAttribute(writer, X("p"), X("urn:x"), FALSE, error),
                   "attribute");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartCData(writer, error), "attribute");
    chars8(writer, "x");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteChars(writer, u"y", 1, error), "begun with WsWriteCharsUtf8");
    ok(WsWriteEndAttribute(writer, NULL));
    expect_size(FALSE, get_ulong(writer, WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE));
    ok(WsWriteStartCData(writer, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartCData(writer, error), "another");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("c"), X(""), error), "CDATA");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndElement(writer, error), "CDATA");
    ok(WsWriteEndCData(writer, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, error),
                   "start element");
    end(writer);
    expect_output(writer, "<a b=\"x\"><![CDATA[]]></a>");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(handles_are_checked_first)
{
    WS_XML_WRITER *freed = create_writer(NULL, 0), *none = NULL, *wrong;
    WS_ERROR *error = create_error();
    WS_XML_WRITER *bad[3];
    WS_XML_NODE node = {WS_XML_NODE_TYPE_END_ELEMENT};
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("x")};
    WS_XML_NODE_POSITION position = {NULL, NULL};
    const WS_XML_STRING *prefix;
    WS_HEAP *heap = create_heap(1 << 16);
    ULONG value = 0, count;
    void *bytes;
    BOOL found;
    int i;

    WsFreeWriter(freed);
    WsFreeWriter(freed);
    WsFreeWriter(NULL);
    wrong = (WS_XML_WRITER *)error;
    WsFreeWriter(wrong);
    bad[0] = none, bad[1] = freed, bad[2] = wrong;
    for (i = 0; i < 3; i++)
    {
        WS_XML_WRITER *w = bad[i];

        expect_hr(E_INVALIDARG, WsSetOutput(w, NULL, NULL, NULL, 0, error));
        expect_hr(E_INVALIDARG, WsSetOutputToBuffer(w, NULL, NULL, 0, error));
        expect_hr(E_INVALIDARG, WsFlushWriter(w, 0, NULL, error));
        expect_hr(E_INVALIDARG, WsGetWriterProperty(w, WS_XML_WRITER_PROPERTY_INDENT, &value, sizeof(value), error));
        expect_hr(E_INVALIDARG, WsGetWriterPosition(w, &position, error));
        expect_hr(E_INVALIDARG, WsSetWriterPosition(w, &position, error));
        expect_hr(E_INVALIDARG, WsMoveWriter(w, WS_MOVE_TO_BOF, &found, error));
        expect_hr(E_INVALIDARG, WsWriteStartElement(w, NULL, X("a"), X(""), error));
        expect_hr(E_INVALIDARG, WsWriteEndStartElement(w, error));
        expect_hr(E_INVALIDARG, WsWriteEndElement(w, error));
        expect_hr(E_INVALIDARG, WsWriteStartAttribute(w, NULL, X("a"), X(""), FALSE, error));
        expect_hr(E_INVALIDARG, WsWriteEndAttribute(w, error));
        expect_hr(E_INVALIDARG, WsWriteXmlnsAttribute(w, NULL, X("a"), FALSE, error));
        expect_hr(E_INVALIDARG, WsWriteStartCData(w, error));
        expect_hr(E_INVALIDARG, WsWriteEndCData(w, error));
        expect_hr(E_INVALIDARG, WsWriteText(w, &text.text, error));
        expect_hr(E_INVALIDARG, WsWriteChars(w, u"a", 1, error));
        expect_hr(E_INVALIDARG, WsWriteCharsUtf8(w, (const BYTE *)"a", 1, error));
        expect_hr(E_INVALIDARG, WsWriteBytes(w, "a", 1, error));
        expect_hr(E_INVALIDARG, WsPushBytes(w, (WS_PUSH_BYTES_CALLBACK)(uintptr_t)1, NULL, error));
        expect_hr(E_INVALIDARG, WsPullBytes(w, (WS_PULL_BYTES_CALLBACK)(uintptr_t)1, NULL, error));
        expect_hr(E_INVALIDARG, WsWriteValue(w, WS_UINT32_VALUE_TYPE, &value, sizeof(value), error));
        expect_hr(E_INVALIDARG, WsWriteArray(w, X("a"), X(""), WS_UINT32_VALUE_TYPE, &value, 4, 0, 1, error));
        expect_hr(E_INVALIDARG, WsWriteQualifiedName(w, NULL, X("a"), X("b"), error));
        expect_hr(E_INVALIDARG, WsWriteNode(w, &node, error));
        expect_hr(E_INVALIDARG, WsGetPrefixFromNamespace(w, X("a"), FALSE, &prefix, error));
        expect_hr(E_INVALIDARG, WsWriteXmlBuffer(w, NULL, error));
        expect_hr(E_INVALIDARG, WsWriteXmlBufferToBytes(w, NULL, NULL, NULL, 0, heap, &bytes, &count, error));
    }
    WsFreeHeap(heap);
    WsFreeError(error);
}

/* --- Properties that are asked --- */

TEST(WsGetWriterProperty_refuses_what_is_wrong)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    ULONG value = 0x5a;
    WS_BYTES bytes = {9, NULL};

    expect_refused(error, E_INVALIDARG,
                   WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_INDENT, NULL, sizeof(value), error), "NULL");
    expect_refused(error, E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_INDENT, &value, 2, error),
                   "2");
    expect_refused(error, E_INVALIDARG,
                   WsGetWriterProperty(writer, (WS_XML_WRITER_PROPERTY_ID)19, &value, sizeof(value), error), "19");
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes) - 1, NULL));
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, NULL, sizeof(bytes), NULL));
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &bytes, 3, NULL));
    expect(value == 0x5a && bytes.length == 9);
    /* None of it has faulted the writer. */
    start(writer, "a");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(bytes_written_leave_out_the_open_start_tag)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    start(writer, "a");
    expect_size(0, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    expect_size(4, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE));
    expect_output(writer, "");
    start(writer, "bcd");
    expect_size(3, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    expect_size(10, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE));
    chars8(writer, "x");
    expect_size(9, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    end(writer);
    end(writer);
    expect_size(19, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    expect_size(0, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE));
    expect_output(writer, "<a><bcd>x</bcd></a>");
    WsFreeWriter(writer);
}

TEST(bytes_to_close_are_enough)
{
    ULONG indent = 3;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(indent)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    ULONG written, close;

    set_output(writer, &property, 1);
    ok(WsWriteStartElement(writer, X("p"), X("one"), X("urn:x"), NULL));
    start(writer, "two");
    start(writer, "three");
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsWriteBytes(writer, "x", 1, NULL));
    written = get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN);
    close = get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE);
    end(writer);
    end(writer);
    end(writer);
    expect(get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN) <= written + close);
    WsFreeWriter(writer);
}

/* Our choice. */
TEST(bytes_and_buffers_stay_good_while_more_is_written)
{
    WS_XML_WRITER *writer = create_fragment_writer();
    WS_BUFFERS buffers[40], now;
    WS_BYTES bytes[40];
    ULONG sizes[40];
    unsigned i, j, k;

    for (i = 0; i < 40; i++)
    {
        write_much(writer, 50 + i * 10);
        ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers[i], sizeof(now), NULL));
        sizes[i] = get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN);
        if (i % 3 == 2)
            bytes[i] = get_bytes(writer);
        for (j = 0, k = 0; j < buffers[i].bufferCount; j++)
            k += buffers[i].buffers[j].length;
        expect_size(sizes[i], k);
    }
    for (i = 2; i < 40; i += 3)
    {
        expect_size(sizes[i], bytes[i].length);
        expect(!memcmp(bytes[i].bytes, get_bytes(writer).bytes, bytes[i].length));
    }
    for (i = 0; i < 40; i++)
        for (j = 0, k = 0; j < buffers[i].bufferCount && k < sizes[i]; j++)
        {
            ULONG length = buffers[i].buffers[j].length;

            expect(!memcmp(buffers[i].buffers[j].bytes, get_bytes(writer).bytes + k,
                           length < sizes[i] - k ? length : sizes[i] - k));
            k += length;
        }
    WsFreeWriter(writer);
}

TEST(the_initial_buffer_is_used_first)
{
    BYTE memory[64];
    WS_BYTES initial = {sizeof(memory), memory};
    ULONG limit = sizeof(memory);
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_INITIAL_BUFFER, &initial, sizeof(initial)},
                                           {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)}};
    WS_XML_WRITER *writer = NULL;
    WS_ERROR *error = create_error();
    WS_BUFFERS buffers;

    ok(WsCreateWriter(properties, 2, &writer, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    chars8(writer, "0123456789012345678901234567890123456789012345678901234"); /* 55 + 7 + ... */
    end(writer);
    expect(get_bytes(writer).bytes == memory);
    expect_size(62, get_bytes(writer).length);
    chars8(writer, "  "); /* all of it can be used */
    expect_size(64, get_bytes(writer).length);
    expect(!memcmp(memory + 50, "78901234</a>  ", 14));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteCharsUtf8(writer, (const BYTE *)" ", 1, error),
                   "BUFFER_MAX_SIZE is 64 bytes");

    /* Without the limit the writer goes on in memory of its own. */
    ok(WsSetOutput(writer, &utf8.encoding, &memory_output.output, properties, 0, NULL));
    WsFreeWriter(writer);
    ok(WsCreateWriter(properties, 1, &writer, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    chars8(writer, "01234567890123456789012345678901234567890123456789012345678901234567890123456789");
    end(writer);
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL));
    expect_size(2, buffers.bufferCount);
    expect(buffers.buffers[0].bytes == memory);
    expect_size(64, buffers.buffers[0].length);
    expect_size(23, buffers.buffers[1].length);
    expect_output(writer, "<a>01234567890123456789012345678901234567890123456789012345678901234567890123456789</a>");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(the_size_of_the_buffer_is_limited_to_the_byte)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    ULONG limit;

    for (limit = 0; limit <= 12; limit++)
    {
        WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};
        HRESULT hr;

        set_output(writer, &property, 1);
        start(writer, "a");
        hr = WsWriteCharsUtf8(writer, (const BYTE *)"&&", 2, error);
        if (SUCCEEDED(hr))
            hr = WsWriteEndElement(writer, error);
        expect_hr(limit < 12 + 5 ? WS_E_QUOTA_EXCEEDED : S_OK, hr);
    }
    limit = 17;
    {
        WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};

        set_output(writer, &property, 1);
        start(writer, "a");
        chars8(writer, "&&");
        end(writer);
        expect_output(writer, "<a>&amp;&amp;</a>");
    }
    WsFreeWriter(writer);
    WsFreeError(error);
}
