/* SPDX-License-Identifier: MIT */
/*
 * writer-observed - what writers do on Windows, in the order of the functions; what has a file of its own is there:
 * writer-order, writer-declarations, writer-qname, writer-dictionary, binary-writer.
 *
 * Source: observed on Windows.
 */
#include "support/writer.h"

static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};

static void open_ns(WS_XML_WRITER *writer, const char *prefix, const char *name, const char *ns)
{
    ok(WsWriteStartElement(writer, prefix ? X(prefix) : NULL, X(name), X(ns), NULL));
}

/* --- Start tags --- */

TEST(a_start_tag_goes_out_when_it_is_committed)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    start(writer, "r");
    expect_output(writer, "");
    ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
    expect_output(writer, "");
    chars8(writer, "value");
    ok(WsWriteEndAttribute(writer, NULL));
    expect_output(writer, "");
    ok(WsWriteEndStartElement(writer, NULL));
    expect_output(writer, "<r a=\"value\">");
    end(writer);
    expect_output(writer, "<r a=\"value\"></r>");
    set_output(writer, NULL, 0);
    start(writer, "r");
    end(writer);
    expect_output(writer, "<r/>");
    set_output(writer, NULL, 0);
    start(writer, "r");
    ok(WsWriteStartCData(writer, NULL));
    expect_output(writer, "<r><![CDATA[");
    WsFreeWriter(writer);
}

TEST(prefixes_that_the_writer_chooses)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    int i;

    open_ns(writer, "x", "r", "u1");
    open_ns(writer, NULL, "s", "u1");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X("u1"), FALSE, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    open_ns(writer, NULL, "s", "u2");
    end(writer);
    for (i = 0; i < 2; i++)
    {
        open_ns(writer, "", "t", "");
        ok(WsWriteStartAttribute(writer, NULL, X("b"), X("u2"), FALSE, NULL));
        ok(WsWriteEndAttribute(writer, NULL));
        end(writer);
    }
    end(writer);
    expect_output(writer, "<x:r xmlns:x=\"u1\"><x:s x:b=\"\"/><s xmlns=\"u2\"/><t a:b=\"\" xmlns:a=\"u2\"/>"
                          "<t a:b=\"\" xmlns:a=\"u2\"/></x:r>");
    WsFreeWriter(writer);
}

TEST(prefixes_that_can_be_asked_for)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    const WS_XML_STRING *untouched = X("x"), *prefix = untouched;

    open_ns(writer, "x", "r", "u1");
    expect_hr(WS_E_INVALID_FORMAT, WsGetPrefixFromNamespace(writer, X("u1"), TRUE, &prefix, NULL));
    expect(prefix == untouched);
    expect_hr(S_FALSE, WsGetPrefixFromNamespace(writer, X("u1"), FALSE, &prefix, NULL));
    expect(!prefix);
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsGetPrefixFromNamespace(writer, X("u1"), TRUE, &prefix, NULL));
    expect(prefix && prefix->length == 1 && prefix->bytes[0] == 'x');
    end(writer);
    prefix = untouched;
    expect_hr(WS_E_INVALID_FORMAT, WsGetPrefixFromNamespace(writer, X("u1"), TRUE, &prefix, NULL));
    expect(prefix == untouched);
    WsFreeWriter(writer);
}

/* --- Content --- */

TEST(what_is_escaped)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    int quote;

    start(writer, "r");
    for (quote = 0; quote < 2; quote++)
    {
        ok(WsWriteStartAttribute(writer, NULL, quote ? X("b") : X("a"), X(""), quote, NULL));
        chars8(writer, "<>&\"'");
        ok(WsWriteEndAttribute(writer, NULL));
    }
    chars8(writer, "<>&\"'");
    ok(WsWriteStartCData(writer, NULL));
    chars8(writer, "<>&\"'");
    ok(WsWriteEndCData(writer, NULL));
    comment(writer, "<>&\"'");
    end(writer);
    expect_output(writer, "<r a=\"&lt;>&amp;&quot;'\" b='&lt;>&amp;\"&apos;'>&lt;&gt;&amp;\"'<![CDATA[<>&\"']]>"
                          "<!--<>&\"'--></r>");
    WsFreeWriter(writer);
}

TEST(texts_in_attributes_and_in_content)
{
    static const GUID zero = {0, 0, 0, {0}};
    WS_XML_UTF8_TEXT utf8_text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("8")};
    WS_XML_UTF16_TEXT utf16_text = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u"16", 4};
    WS_XML_GUID_TEXT guid = {{WS_XML_TEXT_TYPE_GUID}, zero};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    int in_cdata;

    start(writer, "r");
    ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
    ok(WsWriteText(writer, &utf8_text.text, NULL));
    ok(WsWriteText(writer, &utf8_text.text, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteText(writer, &utf16_text.text, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    ok(WsWriteText(writer, &utf16_text.text, NULL));
    ok(WsWriteText(writer, &utf16_text.text, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, NULL));
    ok(WsWriteText(writer, &guid.text, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteText(writer, &guid.text, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("d"), X(""), FALSE, NULL));
    ok(WsWriteChars(writer, u"x", 1, NULL));
    ok(WsWriteChars(writer, u"y", 1, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    attribute(writer, "e", "z");
    for (in_cdata = 0; in_cdata < 2; in_cdata++)
    {
        if (in_cdata)
            ok(WsWriteStartCData(writer, NULL));
        ok(WsWriteText(writer, &utf8_text.text, NULL));
        ok(WsWriteText(writer, &utf16_text.text, NULL));
        ok(WsWriteText(writer, &guid.text, NULL));
        ok(WsWriteText(writer, &guid.text, NULL));
        ok(WsWriteChars(writer, u"x", 1, NULL));
        chars8(writer, "y");
    }
    ok(WsWriteEndCData(writer, NULL));
    end(writer);
#define ZERO "00000000-0000-0000-0000-000000000000"
    expect_output(writer, "<r a=\"88\" b=\"1616\" c=\"" ZERO "\" d=\"xy\" e=\"z\">816" ZERO ZERO
                          "xy<![CDATA[816" ZERO ZERO "xy]]></r>");
    WsFreeWriter(writer);
}

/* A value of every type, in content and in an attribute. */
static void expect_value(WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, ULONG size, const char *text)
{
    char wanted[200];

    set_output(writer, NULL, 0);
    start(writer, "r");
    ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
    expect_hr(E_INVALIDARG, WsWriteValue(writer, type, NULL, size, NULL));
    expect_hr(E_INVALIDARG, WsWriteValue(writer, type, value, 0, NULL));
    ok(WsWriteValue(writer, type, value, size, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    expect_hr(E_INVALIDARG, WsWriteValue(writer, type, NULL, size, NULL));
    expect_hr(E_INVALIDARG, WsWriteValue(writer, type, value, 0, NULL));
    ok(WsWriteValue(writer, type, value, size, NULL));
    end(writer);
    snprintf(wanted, sizeof(wanted), "<r a=\"%s\">%s</r>", text, text);
    expect_output(writer, wanted);
    set_output(writer, NULL, 0);
    expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, type, value, size, NULL));
}

TEST(values_of_booleans_and_integers)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    BOOL yes = TRUE, no = FALSE, all = (BOOL)0xffffffff;
    int8_t i8 = INT8_MIN;
    int16_t i16 = INT16_MIN;
    int32_t i32 = INT32_MIN;
    int64_t i64 = INT64_MIN;
    uint8_t u8 = UINT8_MAX;
    uint16_t u16 = UINT16_MAX;
    uint32_t u32 = UINT32_MAX;
    uint64_t u64 = UINT64_MAX;

    expect_value(writer, WS_BOOL_VALUE_TYPE, &yes, sizeof(yes), "true");
    expect_value(writer, WS_BOOL_VALUE_TYPE, &no, sizeof(no), "false");
    expect_value(writer, WS_BOOL_VALUE_TYPE, &all, sizeof(all), "true");
    expect_value(writer, WS_INT8_VALUE_TYPE, &i8, sizeof(i8), "-128");
    expect_value(writer, WS_INT16_VALUE_TYPE, &i16, sizeof(i16), "-32768");
    expect_value(writer, WS_INT32_VALUE_TYPE, &i32, sizeof(i32), "-2147483648");
    expect_value(writer, WS_INT64_VALUE_TYPE, &i64, sizeof(i64), "-9223372036854775808");
    expect_value(writer, WS_UINT8_VALUE_TYPE, &u8, sizeof(u8), "255");
    expect_value(writer, WS_UINT16_VALUE_TYPE, &u16, sizeof(u16), "65535");
    expect_value(writer, WS_UINT32_VALUE_TYPE, &u32, sizeof(u32), "4294967295");
    expect_value(writer, WS_UINT64_VALUE_TYPE, &u64, sizeof(u64), "18446744073709551615");
    WsFreeWriter(writer);
}

/* Seen of typed values, which are written as these are. */
TEST(dates)
{
    static const struct
    {
        uint64_t ticks;
        WS_DATETIME_FORMAT format;
        const char *text;
    } cases[] = {
        {0, WS_DATETIME_FORMAT_UTC, "0001-01-01T00:00:00Z"},
        {1, WS_DATETIME_FORMAT_UTC, "0001-01-01T00:00:00.0000001Z"},
        {20, WS_DATETIME_FORMAT_NONE, "0001-01-01T00:00:00.000002"},
        {2000000, WS_DATETIME_FORMAT_UTC, "0001-01-01T00:00:00.2Z"},
        {0, WS_DATETIME_FORMAT_LOCAL, "0001-01-01T00:00:00+00:00"},
        {0x2bca2875f4373fff, WS_DATETIME_FORMAT_UTC, "9999-12-31T23:59:59.9999999Z"},
        {0x2bca2875f4373fff, WS_DATETIME_FORMAT_NONE, "9999-12-31T23:59:59.9999999"},
    };
    WS_DATETIME bad[] = {{0x2bca2875f4374000, WS_DATETIME_FORMAT_UTC},
                         {0x2bca2875f4374000, WS_DATETIME_FORMAT_LOCAL},
                         {0x2bca2875f4374000, WS_DATETIME_FORMAT_NONE},
                         {UINT64_MAX, WS_DATETIME_FORMAT_UTC},
                         {0, (WS_DATETIME_FORMAT)3}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    size_t i;

    for (i = 0; i < WsCountOf(cases); i++)
    {
        WS_DATETIME date = {cases[i].ticks, cases[i].format};

        expect_value(writer, WS_DATETIME_VALUE_TYPE, &date, sizeof(date), cases[i].text);
    }
    for (i = 0; i < WsCountOf(bad); i++)
    {
        set_output(writer, NULL, 0);
        start(writer, "r");
        expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, WS_DATETIME_VALUE_TYPE, &bad[i], sizeof(bad[i]), NULL));
    }
    WsFreeWriter(writer);
}

/* The records of binary; seen of typed values, which are written as these are. */
TEST(records_of_values)
{
    static const GUID zero = {0, 0, 0, {0}};
    WS_XML_UTF8_TEXT utf8_text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("abcd")};
    WS_XML_UTF16_TEXT utf16_text = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u"abcd", 8};
    WS_XML_BOOL_TEXT yes = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
    WS_XML_INT32_TEXT int32 = {{WS_XML_TEXT_TYPE_INT32}, -1};
    WS_XML_INT64_TEXT int64 = {{WS_XML_TEXT_TYPE_INT64}, -1};
    WS_XML_UINT64_TEXT one = {{WS_XML_TEXT_TYPE_UINT64}, 1}, two = {{WS_XML_TEXT_TYPE_UINT64}, 2};
    WS_XML_DOUBLE_TEXT zero_double = {{WS_XML_TEXT_TYPE_DOUBLE}, 0}, two_double = {{WS_XML_TEXT_TYPE_DOUBLE}, 2};
    WS_XML_DOUBLE_TEXT real = {{WS_XML_TEXT_TYPE_DOUBLE}, 2.1}, nan = {{WS_XML_TEXT_TYPE_DOUBLE}, __builtin_nan("")};
    WS_XML_DOUBLE_TEXT inf = {{WS_XML_TEXT_TYPE_DOUBLE}, __builtin_inf()};
    WS_XML_DOUBLE_TEXT minus_inf = {{WS_XML_TEXT_TYPE_DOUBLE}, -__builtin_inf()};
    WS_XML_GUID_TEXT guid = {{WS_XML_TEXT_TYPE_GUID}, zero};
    WS_XML_UNIQUE_ID_TEXT id = {{WS_XML_TEXT_TYPE_UNIQUE_ID}, zero};
    WS_XML_DATETIME_TEXT utc = {{WS_XML_TEXT_TYPE_DATETIME}, {0, WS_DATETIME_FORMAT_UTC}};
    WS_XML_DATETIME_TEXT local = {{WS_XML_TEXT_TYPE_DATETIME}, {0, WS_DATETIME_FORMAT_LOCAL}};
    WS_XML_DATETIME_TEXT none = {{WS_XML_TEXT_TYPE_DATETIME}, {0, WS_DATETIME_FORMAT_NONE}};
    WS_XML_DATETIME_TEXT tick = {{WS_XML_TEXT_TYPE_DATETIME}, {1, WS_DATETIME_FORMAT_UTC}};
    const struct
    {
        const WS_XML_TEXT *text;
        const char *record;
        size_t length;
    } cases[] = {
#define RECORD(bytes) bytes, sizeof(bytes) - 1
#define SIXTEEN       "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        {&utf8_text.text, RECORD("\x99\x04"
                                 "abcd")},
        {&utf16_text.text, RECORD("\x99\x04"
                                  "abcd")},
        {&yes.text, RECORD("\x87")},
        {&int32.text, RECORD("\x89\xff")},
        {&int64.text, RECORD("\x89\xff")},
        {&one.text, RECORD("\x83")},
        {&two.text, RECORD("\x89\x02")},
        {&zero_double.text, RECORD("\x81")},
        {&two_double.text, RECORD("\x89\x02")},
        {&real.text, RECORD("\x93\xcd\xcc\xcc\xcc\xcc\xcc\x00\x40")},
        {&inf.text, RECORD("\x93\0\0\0\0\0\0\xf0\x7f")},
        {&minus_inf.text, RECORD("\x93\0\0\0\0\0\0\xf0\xff")},
        {&nan.text, RECORD("\x93\0\0\0\0\0\0\xf8\x7f")},
        {&guid.text, RECORD("\xb1" SIXTEEN)},
        {&id.text, RECORD("\xad" SIXTEEN)},
        {&utc.text, RECORD("\x97\0\0\0\0\0\0\0\x40")},
        {&local.text, RECORD("\x97\0\0\0\0\0\0\0\x80")},
        {&none.text, RECORD("\x97\0\0\0\0\0\0\0\0")},
        {&tick.text, RECORD("\x97\x01\0\0\0\0\0\0\x40")},
    };
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char wanted[40] = "\x40\x01r\x40\x01k";
    size_t i;

    for (i = 0; i < WsCountOf(cases); i++)
    {
        ok(WsSetOutput(writer, &binary.encoding, &memory_output.output, NULL, 0, NULL));
        start(writer, "r");
        start(writer, "k");
        ok(WsWriteText(writer, cases[i].text, NULL));
        end(writer);
        end(writer);
        memcpy(wanted + 6, cases[i].record, cases[i].length);
        wanted[6 + cases[i].length] = 1;
        expect_bytes(writer, wanted, 7 + cases[i].length);
    }
    /* No bytes have no record. */
    ok(WsSetOutput(writer, &binary.encoding, &memory_output.output, NULL, 0, NULL));
    start(writer, "r");
    start(writer, "k");
    ok(WsWriteBytes(writer, NULL, 0, NULL));
    end(writer);
    end(writer);
    expect_bytes(writer, "\x40\x01r\x40\x01k\x01\x01", 8);
    WsFreeWriter(writer);
}

TEST(bytes_are_base64)
{
    static const WS_XML_BASE64_TEXT text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)"\xff", 1};
    static const WS_XML_BASE64_TEXT no_text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)"\xff", 0};
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    start(writer, "r");
    ok(WsWriteText(writer, &text.text, NULL));
    end(writer);
    expect_output(writer, "<r>/w==</r>");
    set_output(writer, NULL, 0);
    start(writer, "r");
    ok(WsWriteText(writer, &no_text.text, NULL));
    ok(WsWriteBytes(writer, "\xff", 0, NULL));
    end(writer);
    expect_output(writer, "<r/>");
    WsFreeWriter(writer);
}

/* --- Copies --- */

static void set_input(WS_XML_READER *reader, const char *text)
{
    static const WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)text, (ULONG)strlen(text)};
    BOOL yes = TRUE;
    WS_XML_READER_PROPERTY fragment = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};

    ok(WsSetInput(reader, &encoding.encoding, &input.input, &fragment, 1, NULL));
}

TEST(copies)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_NODE_POSITION before, after;
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_READER *reader = NULL;
    const WS_XML_NODE *node;
    WS_BUFFERS buffers;

    ok(WsCreateReader(NULL, 0, &reader, NULL));
    set_input(reader, "<r>x<s/></r>");
    ok(WsCopyNode(writer, reader, NULL));
    ok(WsGetReaderNode(reader, &node, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, node->nodeType);
    expect_hr(WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, NULL));
    expect_output(writer, "<r>x<s/></r>");
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL));
    expect_size(1, buffers.bufferCount);
    set_output(writer, NULL, 0);
    set_input(reader, "text");
    expect_hr(WS_E_INVALID_FORMAT, WsCopyNode(writer, reader, NULL));

    /* Into the middle of an XML buffer. */
    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    start(writer, "r");
    start(writer, "a");
    end(writer);
    start(writer, "b");
    end(writer);
    end(writer);
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_NEXT_ELEMENT, NULL, NULL));
    ok(WsGetWriterPosition(writer, &before, NULL));
    set_input(reader, "<c>x</c>");
    ok(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    ok(WsCopyNode(writer, reader, NULL));
    ok(WsGetWriterPosition(writer, &after, NULL));
    expect(before.buffer == after.buffer && before.node == after.node);
    set_output(writer, NULL, 0);
    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    expect_output(writer, "<r><a/><c>x</c><b/></r>");
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* --- Outputs --- */

struct flushed
{
    unsigned calls;
    ULONG count, length;
};

static HRESULT CALLBACK take(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    struct flushed *flushed = state;

    (void)async, (void)error;
    flushed->calls++;
    flushed->count = count;
    flushed->length = count ? buffers[0].length : 0;
    return S_OK;
}

TEST(a_flush_hands_out_one_buffer)
{
    struct flushed flushed = {0, 0, 0};
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, &flushed};
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    ok(WsSetOutput(writer, &utf8.encoding, &stream.output, NULL, 0, NULL));
    start(writer, "r");
    chars8(writer, "text");
    ok(WsFlushWriter(writer, 1000, NULL, NULL));
    expect_size(0, flushed.calls);
    ok(WsFlushWriter(writer, 7, NULL, NULL));
    expect_size(1, flushed.calls);
    expect_size(1, flushed.count);
    expect_size(7, flushed.length);
    WsFreeWriter(writer);
}

TEST(an_output_can_be_set_at_any_time)
{
    ULONG one = 1;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &one, sizeof(one)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = NULL;

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    start(writer, "r");
    ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
    set_output(writer, &property, 1);
    expect_size(1, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH));
    start(writer, "r");
    ok(WsWriteStartCData(writer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    expect_size(32, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH));
    start(writer, "r");
    set_output(writer, NULL, 0);
    start(writer, "s");
    end(writer);
    expect_output(writer, "<s/>");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(properties_that_can_only_be_asked_for)
{
    static const WS_XML_WRITER_PROPERTY_ID ids[] = {WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE,
                                                    WS_XML_WRITER_PROPERTY_BYTES_WRITTEN,
                                                    WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE};
    WS_XML_WRITER *writer = NULL;
    ULONG value = 0;
    size_t i;

    for (i = 0; i < WsCountOf(ids); i++)
    {
        WS_XML_WRITER_PROPERTY property = {ids[i], &value, sizeof(value)};

        expect_hr(E_INVALIDARG, WsCreateWriter(&property, 1, &writer, NULL));
        expect(!writer);
    }
}
