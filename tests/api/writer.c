/* SPDX-License-Identifier: MIT */
/*
 * Writers as objects: creation, properties, outputs, flushing, states. What is written is in the other tests of
 * writers.
 */
#include "writer.h"

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
    expect_size(0xffffffff, get_ulong(writer, WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE)); /* our choice */
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
                   "charset 0");
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
        expect_refused(error, E_INVALIDARG,
                       WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error),
                       "output");
        expect_hr(E_INVALIDARG,
                  WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_CHARSET, &value, sizeof(value), NULL));
        expect_size(32, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH));
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

    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndStartElement(writer, error), "no start tag");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndAttribute(writer, error), "no attribute");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndCData(writer, error), "no CDATA");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, error),
                   "start element");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteXmlnsAttribute(writer, X("p"), X("urn:x"), FALSE, error),
                   "start element");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteChars(writer, u"text", 4, error), "white space");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartCData(writer, error), "outside");
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
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteChars(writer, u"y", 1, error), "same function");
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
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("c"), X(""), error), "one root");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteBytes(writer, "b", 1, error), "white space");
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

/* Bytes that do not repeat with any period that sizes of memory have. */
static void write_much(WS_XML_WRITER *writer, unsigned items)
{
    unsigned i, j;

    start(writer, "much");
    for (i = 0; i < items; i++)
    {
        char name[24];

        snprintf(name, sizeof(name), "e%u", i * 7919 % 100003);
        start(writer, name);
        attribute(writer, "n", "<&>");
        for (j = 0; j < i % 5; j++)
            chars8(writer, "some text & more");
        end(writer);
    }
    end(writer);
}

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
                   "BUFFER_MAX_SIZE of 64");

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

/* --- Charsets, declarations, indentation --- */

static const WS_CHARSET charsets[] = {WS_CHARSET_UTF8, WS_CHARSET_UTF16LE, WS_CHARSET_UTF16BE};

TEST(utf16_is_utf8_in_other_units)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0), *other = create_writer(NULL, 0);
    static const char text[] = "a \xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 z";
    unsigned i, j;
    WS_BYTES a, b;

    write_much(other, 1);
    set_output(other, NULL, 0);
    start(other, "root");
    for (i = 0; i < 3000; i++)
    {
        chars8(other, text);
        chars8(other, &"xyz"[i % 4]);
    }
    end(other);
    a = get_bytes(other);
    for (j = 1; j < 3; j++)
    {
        WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, charsets[j]};
        size_t at = 0, k;

        ok(WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, NULL));
        expect_size(charsets[j], get_ulong(writer, WS_XML_WRITER_PROPERTY_CHARSET));
        start(writer, "root");
        for (i = 0; i < 3000; i++)
        {
            chars8(writer, text);
            chars8(writer, &"xyz"[i % 4]);
        }
        end(writer);
        b = get_bytes(writer);
        expect_size(get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN), b.length);
        /* Back to UTF-8, by another way than the library's. */
        for (k = 0; k < b.length; k += 2)
        {
            uint32_t c = j == 1 ? b.bytes[k] | b.bytes[k + 1] << 8 : b.bytes[k] << 8 | b.bytes[k + 1];

            if (!k)
            {
                expect_size(0xfeff, c);
                continue;
            }
            if (c >= 0xd800 && c < 0xdc00)
            {
                k += 2;
                c = 0x10000 + ((c & 0x3ff) << 10) +
                    ((j == 1 ? b.bytes[k] | b.bytes[k + 1] << 8 : b.bytes[k] << 8 | b.bytes[k + 1]) & 0x3ff);
            }
            if (c >= 0x10000)
            {
                expect(at + 4 <= a.length && a.bytes[at++] == (0xf0 | c >> 18));
                expect(a.bytes[at++] == (0x80 | (c >> 12 & 0x3f)));
                expect(a.bytes[at++] == (0x80 | (c >> 6 & 0x3f)));
                expect(a.bytes[at++] == (0x80 | (c & 0x3f)));
            }
            else if (c >= 0x800)
            {
                expect(at + 3 <= a.length && a.bytes[at++] == (0xe0 | c >> 12));
                expect(a.bytes[at++] == (0x80 | (c >> 6 & 0x3f)));
                expect(a.bytes[at++] == (0x80 | (c & 0x3f)));
            }
            else if (c >= 0x80)
            {
                expect(at + 2 <= a.length && a.bytes[at++] == (0xc0 | c >> 6));
                expect(a.bytes[at++] == (0x80 | (c & 0x3f)));
            }
            else
                expect(at < a.length && a.bytes[at++] == c);
        }
        expect_size(a.length, at);
    }
    WsFreeWriter(writer);
    WsFreeWriter(other);
}

TEST(a_declaration_names_the_charset)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &yes, sizeof(yes)};
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16BE};
    WS_XML_WRITER *writer = create_writer(&property, 1);
    static const char big[] = "\xfe\xff\0<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0\"\0"
                              "1\0.\0"
                              "0\0\"\0 "
                              "\0e\0n\0c\0o\0d\0i\0n\0g\0=\0\"\0u\0t\0f\0-\0"
                              "1\0"
                              "6\0\"\0?\0>\0<\0a\0/\0>";

    expect_output(writer, ""); /* not before there is something to declare */
    start(writer, "a");
    end(writer);
    expect_output(writer, "<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>");
    ok(WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, NULL));
    start(writer, "a");
    end(writer);
    expect_bytes(writer, big, sizeof(big) - 1);
    WsFreeWriter(writer);
}

TEST(indentation_stays_out_of_text)
{
    ULONG indent = 2;
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(indent)},
                                           {WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &yes, sizeof(yes)}};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, WS_XML_STRING_VALUE("c")};
    WS_XML_WRITER *writer = create_writer(properties, 2);

    ok(WsWriteNode(writer, &comment.node, NULL));
    start(writer, "a");
    start(writer, "b");
    end(writer);
    start(writer, "c");
    chars8(writer, "text");
    start(writer, "d");
    start(writer, "e");
    end(writer);
    end(writer);
    end(writer);
    ok(WsWriteNode(writer, &comment.node, NULL));
    start(writer, "f");
    start(writer, "g");
    end(writer);
    end(writer);
    ok(WsWriteStartElement(writer, NULL, X("h"), X(""), NULL));
    ok(WsWriteStartAttribute(writer, X("xml"), X("space"), X("http://www.w3.org/XML/1998/namespace"), FALSE, NULL));
    ok(WsWriteChars(writer, u"preserve", 8, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    start(writer, "i");
    ok(WsWriteStartElement(writer, NULL, X("j"), X(""), NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("space"), X("http://www.w3.org/XML/1998/namespace"), FALSE, NULL));
    chars8(writer, "default");
    ok(WsWriteEndAttribute(writer, NULL));
    start(writer, "k");
    end(writer);
    end(writer);
    end(writer);
    end(writer);
    end(writer);
    expect_output(writer, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                          "<!--c-->\n"
                          "<a>\n"
                          "  <b/>\n"
                          "  <c>text<d>\n"
                          "      <e/>\n"
                          "    </d></c>\n"
                          "  <!--c-->\n"
                          "  <f>\n"
                          "    <g/>\n"
                          "  </f>\n"
                          "  <h xml:space=\"preserve\"><i><j xml:space=\"default\">\n"
                          "        <k/>\n"
                          "      </j></i></h>\n"
                          "</a>");
    WsFreeWriter(writer);
}

TEST(indentation_can_be_wide)
{
    ULONG indent = 100;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(indent)};
    WS_XML_WRITER *writer = create_writer(&property, 1);
    char wanted[400];

    start(writer, "a");
    start(writer, "b");
    end(writer);
    end(writer);
    snprintf(wanted, sizeof(wanted), "<a>\n%100s<b/>\n</a>", "");
    expect_output(writer, wanted);
    WsFreeWriter(writer);
}

/* --- The raw encoding --- */

TEST(raw_is_bytes)
{
    static const WS_XML_WRITER_RAW_ENCODING raw = {{WS_XML_WRITER_ENCODING_TYPE_RAW}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    ULONG charset;

    ok(WsSetOutput(writer, &raw.encoding, &memory_output.output, NULL, 0, NULL));
    ok(WsWriteBytes(writer, "\0\1<&", 4, NULL));
    chars8(writer, "eyAx");
    ok(WsWriteChars(writer, u"LCA", 3, NULL));
    ok(WsWriteChars(writer, u"\r\n yLCAzIH0=", 12, NULL));
    expect_bytes(writer, "\0\1<&{ 1, 2, 3 }", 15);
    expect_size(15, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    expect_size(0, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE));
    expect_hr(E_INVALIDARG,
              WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("a"), X(""), error), "raw");
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartCData(writer, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteCharsUtf8(writer, (const BYTE *)"{}{}", 4, error), "base64");
    WsFreeWriter(writer);
    WsFreeError(error);
}
