/* SPDX-License-Identifier: MIT */
/*
 * Reading text in pieces: as UTF-16, as UTF-8, as base64; from elements and attributes.
 *
 * Source: the pages of the functions.
 */
#include "support/reader.h"

/* A text in several nodes: "one <two> three äé€😀 four". */
static const char mixed[] =
    "<a>one <!--c-->&lt;two&gt;<![CDATA[ three]]> \xc3\xa4\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 four"
    "<b>not this</b></a>";
static const WCHAR mixed_chars[] = u"one <two> three \u00e4\u00e9\u20ac\U0001f600 four";
static const char mixed_utf8[] = "one <two> three \xc3\xa4\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 four";
#define MIXED_COUNT (sizeof(mixed_chars) / sizeof(WCHAR) - 1)

TEST(WsReadChars_in_pieces)
{
    WS_XML_READER *reader = create_reader();
    WCHAR chars[100];
    ULONG piece, count, length;

    for (piece = 1; piece < 40; piece++)
    {
        set_text_string(reader, mixed);
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        for (length = 0;; length += count)
        {
            expect_hr(S_OK, WsReadChars(reader, chars + length, piece, &count, NULL));
            expect(count <= piece);
            if (!count)
                break;
        }
        expect_size(MIXED_COUNT, length);
        expect(!memcmp(chars, mixed_chars, sizeof(mixed_chars) - sizeof(WCHAR)));
        /* Then the reader is at the next element; there is no more. */
        expect_size(WS_XML_NODE_TYPE_ELEMENT, current_type(reader));
        expect_hr(S_OK, WsReadChars(reader, chars, piece, &count, NULL));
        expect_size(0, count);
    }
    WsFreeReader(reader);
}

TEST(WsReadCharsUtf8_in_pieces)
{
    WS_XML_READER *reader = create_reader();
    BYTE bytes[100];
    ULONG piece, count, length;

    for (piece = 1; piece < 50; piece++)
    {
        set_text_string(reader, mixed);
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        for (length = 0;; length += count)
        {
            expect_hr(S_OK, WsReadCharsUtf8(reader, bytes + length, piece, &count, NULL));
            expect(count <= piece);
            if (!count)
                break;
            /* Characters are whole where one fits. */
            if (piece >= 4)
                expect((bytes[length] & 0xc0) != 0x80);
        }
        expect_size(sizeof(mixed_utf8) - 1, length);
        expect(!memcmp(bytes, mixed_utf8, length));
    }
    WsFreeReader(reader);
}

TEST(both_are_refused_without_a_place)
{
    WS_XML_READER *reader = create_reader();
    WCHAR chars[4];
    ULONG count = 77;

    set_text_string(reader, "<a>text</a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(E_INVALIDARG, WsReadChars(reader, NULL, 1, &count, NULL));
    expect_hr(E_INVALIDARG, WsReadChars(reader, chars, 1, NULL, NULL));
    expect_hr(E_INVALIDARG, WsReadChars(NULL, chars, 1, &count, NULL));
    expect_hr(E_INVALIDARG, WsReadCharsUtf8(reader, NULL, 1, &count, NULL));
    expect_hr(E_INVALIDARG, WsReadCharsUtf8(reader, (BYTE *)chars, 1, NULL, NULL));
    expect_hr(E_INVALIDARG, WsReadCharsUtf8(NULL, (BYTE *)chars, 1, &count, NULL));
    expect_hr(E_INVALIDARG, WsReadBytes(reader, NULL, 1, &count, NULL));
    expect_hr(E_INVALIDARG, WsReadBytes(reader, chars, 1, NULL, NULL));
    expect_hr(E_INVALIDARG, WsReadBytes(NULL, chars, 1, &count, NULL));
    expect_size(77, count);
    /* No room is allowed, and reads nothing. */
    expect_hr(S_OK, WsReadChars(reader, NULL, 0, &count, NULL));
    expect_size(0, count);
    expect_hr(S_OK, WsReadCharsUtf8(reader, NULL, 0, &count, NULL));
    expect_hr(S_OK, WsReadBytes(reader, NULL, 0, &count, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 4, &count, NULL));
    expect_size(4, count);
    WsFreeReader(reader);
}

TEST(where_there_is_no_text)
{
    WS_XML_READER *reader = create_reader();
    WCHAR chars[4];
    ULONG count = 77;

    set_text_string(reader, "<a><b/><!--c--></a>");
    expect_hr(S_OK, WsReadChars(reader, chars, 4, &count, NULL)); /* from BOF to the element */
    expect_size(0, count);
    expect_size(WS_XML_NODE_TYPE_ELEMENT, current_type(reader));
    expect_hr(S_OK, WsReadChars(reader, chars, 4, &count, NULL));
    expect_size(0, count);
    expect_size(WS_XML_NODE_TYPE_ELEMENT, current_type(reader));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    expect_hr(S_OK, WsReadChars(reader, chars, 4, &count, NULL));
    expect_size(0, count);
    next_node(reader, WS_XML_NODE_TYPE_COMMENT);
    expect_hr(S_OK, WsReadCharsUtf8(reader, (BYTE *)chars, 4, &count, NULL));
    expect_size(0, count);
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    expect_hr(S_OK, WsReadBytes(reader, chars, 4, &count, NULL));
    expect_size(0, count);
    WsFreeReader(reader);
}

TEST(reading_text_can_fail)
{
    WS_XML_READER *reader = create_reader();
    WCHAR chars[20];
    ULONG count = 77;

    set_text_string(reader, "<a>text<!--c-->&x;</a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 4, &count, NULL));
    count = 77;
    expect_hr(WS_E_INVALID_FORMAT, WsReadChars(reader, chars, 4, &count, NULL));
    expect_size(77, count);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadChars(reader, chars, 4, &count, NULL));
    WsFreeReader(reader);
}

TEST(half_a_character_is_dropped_when_the_reader_moves)
{
    WS_XML_READER *reader = create_reader();
    WCHAR chars[4];
    ULONG count;

    set_text_string(reader, "<a>\xf0\x9f\x98\x80<b>x</b></a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 1, &count, NULL));
    expect(count == 1 && chars[0] == 0xd83d);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect_hr(S_OK, WsReadChars(reader, chars, 4, &count, NULL));
    expect(count == 1 && chars[0] == 'x');
    WsFreeReader(reader);
}

static const char base64[] = "<a> eyAx\nLCA<!--c-->y<![CDATA[LC]]>Az\t IH0 =  <b/></a>", decoded[] = "{ 1, 2, 3 }";

TEST(WsReadBytes_in_pieces)
{
    WS_XML_READER *reader = create_reader();
    BYTE bytes[40];
    ULONG piece, count, length;

    for (piece = 1; piece < 20; piece++)
    {
        set_text_string(reader, base64);
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        for (length = 0;; length += count)
        {
            memset(bytes + length, 0xa5, sizeof(bytes) - length);
            expect_hr(S_OK, WsReadBytes(reader, bytes + length, piece, &count, NULL));
            expect(count <= piece);
            expect(bytes[length + count] == 0xa5);
            if (!count)
                break;
        }
        expect_size(sizeof(decoded) - 1, length);
        expect(!memcmp(bytes, decoded, length));
        expect_size(WS_XML_NODE_TYPE_ELEMENT, current_type(reader));
    }
    WsFreeReader(reader);
}

/* What was not read of a text stands before the end of the element, however little it is. */
TEST(a_text_that_was_not_read_to_its_end_is_not_passed)
{
    WS_XML_READER *reader = create_reader();
    WCHAR chars[4];
    BYTE bytes[4];
    ULONG count, room;

    for (room = 1; room < 4; room++)
    {
        set_text_string(reader, "<a>AAEC</a>");
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        expect_hr(S_OK, WsReadBytes(reader, bytes, room, &count, NULL));
        expect_size(room, count);
        expect_hr(room < 3 ? WS_E_INVALID_FORMAT : S_OK, WsReadEndElement(reader, NULL));
    }
    for (room = 1; room < 3; room++)
    {
        set_text_string(reader, "<a>\xf0\x9f\x98\x80</a>");
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        expect_hr(S_OK, WsReadChars(reader, chars, room, &count, NULL));
        expect_size(room, count);
        expect_hr(room < 2 ? WS_E_INVALID_FORMAT : S_OK, WsReadEndElement(reader, NULL));
    }
    WsFreeReader(reader);
}

TEST(WsReadBytes_wants_base64)
{
    static const char *const bad[] = {"<a>abc</a>",
                                      "<a>a</a>",
                                      "<a>ab=c</a>",
                                      "<a>=abc</a>",
                                      "<a>ab!d</a>",
                                      "<a>abc=d</a>",
                                      "<a>abc=abcd</a>",
                                      "<a>====</a>",
                                      "<a>a===</a>",
                                      ("<a>\xc3\xa4"
                                       "bc</a>"),
                                      "<a>YQ==YQ==</a>",
                                      "<a>ab<!--c-->c</a>",
                                      "<a>abcd\xc2\xa0</a>"};
    static const struct
    {
        const char *text, *bytes;
    } good[] = {{"<a></a>", ""},
                {"<a>  </a>", ""},
                {"<a>YQ==</a>", "a"},
                {"<a>YWI=</a>", "ab"},
                {"<a>YWJj</a>", "abc"},
                {"<a>Y W J j Y Q = = </a>", "abca"},
                {"<a>YW<!--x-->Jj</a>", "abc"}};
    WS_XML_READER *reader = create_reader();
    BYTE bytes[40];
    ULONG count = 0, length;
    HRESULT hr;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
    {
        set_text_string(reader, bad[i]);
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        while ((hr = WsReadBytes(reader, bytes, 40, &count, NULL)) == S_OK && count)
            ;
        if (hr != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "%s: 0x%08x", bad[i], (unsigned)hr);
        expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    }
    for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
    {
        set_text_string(reader, good[i].text);
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        length = 0;
        do
        {
            expect_hr(S_OK, WsReadBytes(reader, bytes + length, 40 - length, &count, NULL));
            length += count;
        } while (count);
        expect_size(strlen(good[i].bytes), length);
        expect(!memcmp(bytes, good[i].bytes, length));
        expect_hr(S_OK, WsReadEndElement(reader, NULL));
    }
    WsFreeReader(reader);
}

TEST(base64_in_attributes)
{
    WS_XML_READER *reader = create_reader();
    BYTE bytes[40];
    ULONG count;

    set_text_string(reader, "<a b='YWJj'>ZA==</a>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsReadStartAttribute(reader, 0, NULL));
    expect_hr(S_OK, WsReadBytes(reader, bytes, 2, &count, NULL));
    expect_size(2, count);
    expect_hr(S_OK, WsReadEndAttribute(reader, NULL)); /* one byte is not read */
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadBytes(reader, bytes, 40, &count, NULL));
    expect_size(1, count);
    expect(bytes[0] == 'd');
    WsFreeReader(reader);
}

TEST(content_of_a_stream)
{
    WS_XML_READER *reader = create_reader();
    struct stream stream = {(const BYTE *)mixed, sizeof(mixed) - 1, 0, 1, 0};
    WCHAR chars[100];
    ULONG count, length = 0;
    HRESULT hr;

    set_stream(reader, &stream, 16, WS_CHARSET_AUTO);
    expect_hr(S_OK, WsFillReader(reader, 12, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    for (;; length += count)
    {
        expect_hr(S_OK, WsFillReader(reader, 12, NULL, NULL));
        hr = WsReadChars(reader, chars + length, 100 - length, &count, NULL);
        expect_hr(S_OK, hr);
        if (!count)
            break;
    }
    expect_size(MIXED_COUNT, length);
    expect(!memcmp(chars, mixed_chars, sizeof(mixed_chars) - sizeof(WCHAR)));

    /* With nothing there it fails, as documented. */
    stream.pos = 0;
    set_stream(reader, &stream, 16, WS_CHARSET_AUTO);
    expect_hr(S_OK, WsFillReader(reader, 7, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 100, &count, NULL));
    expect_size(4, count);
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadChars(reader, chars, 100, &count, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadChars(reader, chars, 100, &count, NULL));
    WsFreeReader(reader);
}

TEST(raw_bytes)
{
    WS_XML_READER_RAW_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_RAW}};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)decoded, sizeof(decoded) - 1};
    WS_XML_READER *reader = create_reader();
    BYTE bytes[40];
    ULONG piece, count, length;

    for (piece = 1; piece < 14; piece++)
    {
        expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
        for (length = 0;; length += count)
        {
            expect_hr(S_OK, WsReadBytes(reader, bytes + length, piece, &count, NULL));
            if (!count)
                break;
            if (piece < sizeof(decoded) - 1)
                expect(count <= piece);
        }
        expect_size(sizeof(decoded) - 1, length);
        expect(!memcmp(bytes, decoded, length));
    }
    WsFreeReader(reader);
}
