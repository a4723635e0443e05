/* SPDX-License-Identifier: MIT */
/* Writers: text in every form, escaping, pieces, bytes, values, arrays, CDATA, comments. */
#include "writer.h"

static void comment(WS_XML_WRITER *writer, const char *text)
{
    WS_XML_COMMENT_NODE node = {{WS_XML_NODE_TYPE_COMMENT}, {(ULONG)strlen(text), (BYTE *)text, NULL, 0}};

    ok(WsWriteNode(writer, &node.node, NULL));
}

static ULONG wide_length(const WCHAR *text)
{
    ULONG length = 0;

    while (text[length])
        length++;
    return length;
}

static void chars16(WS_XML_WRITER *writer, const WCHAR *text)
{
    ok(WsWriteChars(writer, text, wide_length(text), NULL));
}

#define W(text) ((const WCHAR *)(text))

/* --- Escaping --- */

TEST(what_a_reader_would_take_for_something_else_is_escaped)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    start(writer, "a");
    attribute(writer, "b", "\"'&<>\t\n\r ]]>");
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), TRUE, NULL));
    chars16(writer, W(u"\"'&<>\t\n\r ]]>"));
    ok(WsWriteEndAttribute(writer, NULL));
    chars8(writer, "\"'&<>\t\n\r ]]>");
    chars16(writer, W(u"\"'&<>\t\n\r ]]>"));
    end(writer);
    expect_output(writer, "<a b=\"&quot;'&amp;&lt;>&#x9;&#xA;&#xD; ]]>\" c='\"&apos;&amp;&lt;>&#x9;&#xA;&#xD; ]]>'>"
                          "\"'&amp;&lt;&gt;\t\n&#xD; ]]&gt;\"'&amp;&lt;&gt;\t\n&#xD; ]]&gt;</a>");
    WsFreeWriter(writer);
}

/* Every ASCII character at every place of texts of every length, in both forms, against a simple model. */
static size_t model(char *to, const char *text, size_t length, int mode)
{
    char *begin = to;
    size_t i;

    for (i = 0; i < length; i++)
        switch (text[i])
        {
        case '&': to += sprintf(to, "&amp;"); break;
        case '<': to += sprintf(to, "&lt;"); break;
        case '>': to += sprintf(to, mode ? ">" : "&gt;"); break;
        case '"': to += sprintf(to, mode == 1 ? "&quot;" : "\""); break;
        case '\'': to += sprintf(to, mode == 2 ? "&apos;" : "'"); break;
        case '\r': to += sprintf(to, "&#xD;"); break;
        case '\t': to += sprintf(to, mode ? "&#x9;" : "\t"); break;
        case '\n': to += sprintf(to, mode ? "&#xA;" : "\n"); break;
        default: *to++ = text[i]; break;
        }
    return (size_t)(to - begin);
}

TEST(every_character_at_every_place)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char text[40], wanted[400];
    WCHAR wide[40];
    size_t length, at, size, i;
    int c, mode;
    HRESULT hr;

    for (length = 1; length < 36; length += 1 + length / 5)
        for (at = 0; at < length; at += 1 + at / 9)
            for (c = 0; c < 0x80; c++)
            {
                bool valid = c >= 0x20 || c == '\t' || c == '\n' || c == '\r';

                for (i = 0; i < length; i++)
                    wide[i] = (WCHAR)(text[i] = (char)('a' + i % 26));
                wide[at] = (WCHAR)(text[at] = (char)c);
                set_output(writer, NULL, 0);
                start(writer, "a");
                for (mode = 1; mode <= 2 && valid; mode++)
                {
                    ok(WsWriteStartAttribute(writer, NULL, mode == 1 ? X("b") : X("c"), X(""), mode == 2, NULL));
                    if (c & 1)
                        ok(WsWriteChars(writer, wide, (ULONG)length, NULL));
                    else
                        ok(WsWriteCharsUtf8(writer, (BYTE *)text, (ULONG)length, NULL));
                    ok(WsWriteEndAttribute(writer, NULL));
                }
                if (!valid)
                {
                    hr = c & 1 ? WsWriteChars(writer, wide, (ULONG)length, NULL)
                               : WsWriteCharsUtf8(writer, (BYTE *)text, (ULONG)length, NULL);
                    expect_hr(WS_E_INVALID_FORMAT, hr);
                    continue;
                }
                ok(WsWriteChars(writer, wide, (ULONG)length, NULL));
                ok(WsWriteCharsUtf8(writer, (BYTE *)text, (ULONG)length, NULL));
                end(writer);
                size = (size_t)sprintf(wanted, "<a b=\"");
                size += model(wanted + size, text, length, 1);
                size += (size_t)sprintf(wanted + size, "\" c='");
                size += model(wanted + size, text, length, 2);
                size += (size_t)sprintf(wanted + size, "'>");
                size += model(wanted + size, text, length, 0);
                size += model(wanted + size, text, length, 0);
                size += (size_t)sprintf(wanted + size, "</a>");
                expect_bytes(writer, wanted, size);
            }
    WsFreeWriter(writer);
}

TEST(characters_that_are_not_ascii)
{
    /* At the edges of what takes 2, 3 and 4 bytes. */
    static const char text[] =
        "\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbd\xf0\x90\x80\x80\xf4\x8f\xbf\xbf";
    static const WCHAR wide[] = {0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xd800, 0xdc00, 0xdbff, 0xdfff, 0};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char wanted[200];

    start(writer, "a");
    attribute(writer, "b", text);
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, NULL));
    chars16(writer, wide);
    ok(WsWriteEndAttribute(writer, NULL));
    chars8(writer, text);
    chars16(writer, wide);
    end(writer);
    sprintf(wanted, "<a b=\"%s\" c=\"%s\">%s%s</a>", text, text, text, text);
    expect_output(writer, wanted);
    WsFreeWriter(writer);
}

TEST(what_is_no_character_is_refused)
{
    static const char *bad[] = {"\x01",
                                "\x1f",
                                "\xc0\x80",
                                "\xc1\xbf",
                                "\xff",
                                "\xed\xa0\x80",
                                "\xed\xbf\xbf",
                                "\xf4\x90\x80\x80",
                                "\xf0\x8f\xbf\xbf",
                                "\xe0\x9f\xbf",
                                "\x80",
                                "a\xbfz",
                                "\xef\xbf\xbe",
                                "\xef\xbf\xbf",
                                "\xc3(",
                                "\xe2\x82(",
                                "\xf0\x9f\x98(",
                                "0123456789abcdef0123\x02",
                                "0123456789abcdef0123456789\xff"
                                "0123456789abcdef"};
    static const WCHAR *wide_bad[] = {W(u"\x1"),
                                      W(u"\xdc00"),
                                      W(u"\xd800z"),
                                      W(u"\xfffe"),
                                      W(u"\xffff"),
                                      W(u"0123456789abcdef0123456789\xdfff"
                                        "0123456789abcdef"),
                                      W(u"\xd800\xd800")};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_NULL};
    WS_XML_UTF16_TEXT wide = {{WS_XML_TEXT_TYPE_UTF16}, NULL, 0};
    WS_XML_COMMENT_NODE node = {{WS_XML_NODE_TYPE_COMMENT}, WS_XML_STRING_NULL};
    size_t i;

    for (i = 0; i < WsCountOf(bad); i++)
    {
        ULONG length = (ULONG)strlen(bad[i]);

        set_output(writer, NULL, 0);
        start(writer, "a");
        expect_hr(WS_E_INVALID_FORMAT, WsWriteCharsUtf8(writer, (const BYTE *)bad[i], length, NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        text.value.bytes = (BYTE *)bad[i];
        text.value.length = length;
        expect_hr(WS_E_INVALID_FORMAT, WsWriteText(writer, &text.text, NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
        ok(WsWriteCharsUtf8(writer, (const BYTE *)bad[i], length, NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsWriteEndAttribute(writer, NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        ok(WsWriteStartCData(writer, NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsWriteCharsUtf8(writer, (const BYTE *)bad[i], length, NULL));
        set_output(writer, NULL, 0);
        node.value = text.value;
        expect_hr(WS_E_INVALID_FORMAT, WsWriteNode(writer, &node.node, NULL));
    }
    for (i = 0; i < WsCountOf(wide_bad); i++)
    {
        ULONG length = wide_length(wide_bad[i]);

        set_output(writer, NULL, 0);
        start(writer, "a");
        expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, wide_bad[i], length, NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        wide.bytes = (BYTE *)wide_bad[i];
        wide.byteCount = length * 2;
        expect_hr(WS_E_INVALID_FORMAT, WsWriteText(writer, &wide.text, NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
        ok(WsWriteChars(writer, wide_bad[i], length, NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsWriteEndAttribute(writer, NULL));
    }
    WsFreeWriter(writer);
}

TEST(the_sentence_names_the_character)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    start(writer, "a");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteChars(writer, W(u"\x1b"), 1, error), "U+001B");
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteChars(writer, W(u"\xdc12"), 1, error), "0xDC12");
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteCharsUtf8(writer, (const BYTE *)"\xfe", 1, error), "0xFE");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(invalid_characters_can_be_allowed_as_references)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &yes, sizeof(yes)};
    WS_XML_WRITER *writer = create_writer(&property, 1);
    WS_ERROR *error = create_error();

    start(writer, "a");
    attribute(writer, "b", "\x01z\xef\xbf\xbe");
    ok(WsWriteChars(writer, W(u"\0\x1f\xffff"), 3, NULL));
    chars8(writer, "a\x02z\xef\xbf\xbfz");
    ok(WsWriteStartCData(writer, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteCharsUtf8(writer, (const BYTE *)"\x01", 1, error), "U+0001");
    set_output(writer, NULL, 0);
    start(writer, "a");
    attribute(writer, "b", "\x01z\xef\xbf\xbe");
    ok(WsWriteChars(writer, W(u"\0\x1f\xffff"), 3, NULL));
    chars8(writer, "a\x02z\xef\xbf\xbfz");
    end(writer);
    expect_output(writer, "<a b=\"&#x1;z&#xFFFE;\">&#x0;&#x1F;&#xFFFF;a&#x2;z&#xFFFF;z</a>");
    /* A surrogate is no character at all. */
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, W(u"\xdc00"), 1, NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* --- Pieces --- */

TEST(a_character_can_come_in_pieces)
{
    static const char text[] = "x\xc3\xa9y\xe2\x82\xacz\xf0\x9f\x98\x80\xf0\x9f\x98\x81!";
    static const WCHAR wide[] = {'x', 0xe9, 0xd83d, 0xde00, 0xd83d, 0xde01, '!', 0};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    ULONG size, i, length = sizeof(text) - 1;

    for (size = 1; size < length; size++)
    {
        set_output(writer, NULL, 0);
        start(writer, "a");
        for (i = 0; i < length; i += size)
            ok(WsWriteCharsUtf8(writer, (const BYTE *)text + i, i + size < length ? size : length - i, NULL));
        ok(WsWriteStartCData(writer, NULL));
        for (i = 0; i < length; i += size)
            ok(WsWriteCharsUtf8(writer, (const BYTE *)text + i, i + size < length ? size : length - i, NULL));
        ok(WsWriteEndCData(writer, NULL));
        end(writer);
        expect_output(writer,
                      "<a>x\xc3\xa9y\xe2\x82\xacz\xf0\x9f\x98\x80\xf0\x9f\x98\x81!<![CDATA[x\xc3\xa9y\xe2\x82\xacz"
                      "\xf0\x9f\x98\x80\xf0\x9f\x98\x81!]]></a>");
    }
    for (size = 1; size < 7; size++)
    {
        set_output(writer, NULL, 0);
        start(writer, "a");
        for (i = 0; i < 7; i += size)
            ok(WsWriteChars(writer, wide + i, i + size < 7 ? size : 7 - i, NULL));
        end(writer);
        expect_output(writer, "<a>x\xc3\xa9\xf0\x9f\x98\x80\xf0\x9f\x98\x81!</a>");
    }
    WsFreeWriter(writer);
}

TEST(a_character_must_not_remain_in_pieces)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    int what;

    for (what = 0; what < 14; what++)
    {
        HRESULT hr = S_OK;

        set_output(writer, NULL, 0);
        start(writer, "a");
        if (what == 3 || what == 10)
            ok(WsWriteStartCData(writer, NULL));
        if (what < 7)
            ok(WsWriteChars(writer, W(u"x\xd83d"), 2, NULL));
        else
            ok(WsWriteCharsUtf8(writer, (const BYTE *)"x\xe2\x82", 3, NULL));
        ok(WsResetError(error));
        switch (what % 7)
        {
        case 0: hr = WsWriteEndElement(writer, error); break;
        case 1: hr = WsWriteStartElement(writer, NULL, X("b"), X(""), error); break;
        case 2: hr = WsWriteStartCData(writer, error); break;
        case 3: hr = WsWriteEndCData(writer, error); break;
        case 4: hr = WsWriteBytes(writer, "x", 1, error); break;
        case 5:
            hr = what < 7 ? WsWriteCharsUtf8(writer, (const BYTE *)"x", 1, error)
                          : WsWriteChars(writer, W(u"x"), 1, error);
            break;
        case 6: hr = WsWriteQualifiedName(writer, X("p"), X("n"), NULL, error); break;
        }
        expect_hr(WS_E_INVALID_FORMAT, hr);
        expect(says(error, "within a character"));
    }
    /* Continued by what does not. */
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteChars(writer, W(u"\xd83d"), 1, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, W(u"x"), 1, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteCharsUtf8(writer, (const BYTE *)"\xe2", 1, NULL));
    ok(WsWriteCharsUtf8(writer, (const BYTE *)"\x82", 1, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteCharsUtf8(writer, (const BYTE *)"x", 1, NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(an_attribute_is_pieces_of_one_kind_or_one_value)
{
    WS_XML_UTF8_TEXT utf8_text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("8")};
    WS_XML_UTF16_TEXT utf16_text = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u"16", 4};
    WS_XML_BASE64_TEXT base64_text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)"b", 1};
    WS_XML_INT32_TEXT int32_text = {{WS_XML_TEXT_TYPE_INT32}, 32};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    int first, second, value = 5;
    WS_DURATION duration = {FALSE, 1, 0, 0, 0, 0, 0, 0, 0};
    static const char *wanted[] = {"cc", "uu", "eHg=", "88", "1616", "YmI="};

    for (first = 0; first < 10; first++)
        for (second = 0; second < 10; second++)
        {
            HRESULT hr = S_OK;
            int i;

            set_output(writer, NULL, 0);
            start(writer, "a");
            ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
            for (i = 0; i < 2; i++)
            {
                expect_hr(S_OK, hr);
                switch (i ? second : first)
                {
                case 0: hr = WsWriteChars(writer, W(u"c"), 1, NULL); break;
                case 1: hr = WsWriteCharsUtf8(writer, (const BYTE *)"u", 1, NULL); break;
                case 2: hr = WsWriteBytes(writer, "x", 1, NULL); break;
                case 3: hr = WsWriteText(writer, &utf8_text.text, NULL); break;
                case 4: hr = WsWriteText(writer, &utf16_text.text, NULL); break;
                case 5: hr = WsWriteText(writer, &base64_text.text, NULL); break;
                case 6: hr = WsWriteText(writer, &int32_text.text, NULL); break;
                case 7: hr = WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL); break;
                case 8: hr = WsWriteQualifiedName(writer, X("p"), X("n"), NULL, NULL); break;
                case 9: hr = WsWriteValue(writer, WS_DURATION_VALUE_TYPE, &duration, sizeof(duration), NULL); break;
                }
            }
            expect_hr(first == second && first < 6 ? S_OK : WS_E_INVALID_OPERATION, hr);
            ok(WsWriteEndAttribute(writer, NULL));
            end(writer);
            if (first == second && first < 6)
            {
                char text[50];

                snprintf(text, sizeof(text), "<a b=\"%s\"/>", wanted[first]);
                expect_output(writer, text);
            }
        }
    WsFreeWriter(writer);
}

TEST(an_attribute_of_many_pieces)
{
    ULONG limit = 5000, i;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    HRESULT hr;

    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    for (i = 0; i < 10000; i++)
        ok(WsWriteChars(writer, W(u"xyz"), 1 + i % 3, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    expect_size(19999 + 9, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    set_output(writer, &property, 1);
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    do
    {
        ok(WsResetError(error));
        hr = WsWriteCharsUtf8(writer, (const BYTE *)"0123456789", 10, error);
    } while (hr == S_OK);
    expect_hr(WS_E_QUOTA_EXCEEDED, hr);
    expect(says(error, "BUFFER_MAX_SIZE of 5000"));
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(arguments_of_text_are_checked)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_XML_UTF8_TEXT utf8_text = {{WS_XML_TEXT_TYPE_UTF8}, {3, NULL, NULL, 0}};
    WS_XML_UTF16_TEXT utf16_text = {{WS_XML_TEXT_TYPE_UTF16}, NULL, 4},
                      odd = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)"abc", 3};
    WS_XML_BASE64_TEXT base64_text = {{WS_XML_TEXT_TYPE_BASE64}, NULL, 1};
    WS_XML_TEXT unknown = {(WS_XML_TEXT_TYPE)17}, zero = {(WS_XML_TEXT_TYPE)0}, *items[] = {NULL};
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 1, items}, no_items = {{WS_XML_TEXT_TYPE_LIST}, 1, NULL};
    ULONG value = 0;

    start(writer, "a");
    expect_refused(error, E_INVALIDARG, WsWriteChars(writer, NULL, 1, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteChars(writer, NULL, 0xffffffff, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteCharsUtf8(writer, NULL, 1, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteBytes(writer, NULL, 1, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsPushBytes(writer, NULL, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsPullBytes(writer, NULL, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &utf8_text.text, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &utf16_text.text, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &odd.text, error), "odd");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &base64_text.text, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &unknown, error), "17");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &zero, error), "0");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &list.text, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &no_items.text, error), "NULL");
    items[0] = &list.text; /* itself */
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &list.text, error), "list");
    expect_refused(error, E_INVALIDARG, WsWriteValue(writer, (WS_VALUE_TYPE)16, &value, 4, error), "16");
    expect_refused(error, E_INVALIDARG, WsWriteValue(writer, WS_UINT32_VALUE_TYPE, NULL, 4, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteValue(writer, WS_UINT32_VALUE_TYPE, &value, 8, error), "8");
    end(writer);
    expect_output(writer, "<a/>");
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* --- Bytes --- */

TEST(bytes_in_pieces_are_one_value)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    BYTE data[100], i, size, at;

    for (i = 0; i < sizeof(data); i++)
        data[i] = (BYTE)(i * 37);
    for (size = 1; size < 20; size++)
    {
        set_output(writer, NULL, 0);
        start(writer, "a");
        for (at = 0; at < 20; at = (BYTE)(at + size))
            ok(WsWriteBytes(writer, data + at, at + size < 20 ? size : 20U - at, NULL));
        end(writer);
        expect_output(writer, "<a>ACVKb5S53gMoTXKXvOEGK1B1mr8=</a>");
    }
    /* What is something else ends it. */
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteBytes(writer, "x", 1, NULL));
    start(writer, "b");
    ok(WsWriteBytes(writer, "xy", 2, NULL));
    chars8(writer, " ");
    ok(WsWriteBytes(writer, "x", 1, NULL));
    comment(writer, "");
    ok(WsWriteBytes(writer, "x", 1, NULL));
    ok(WsWriteBytes(writer, NULL, 0, NULL));
    ok(WsWriteBytes(writer, "y", 1, NULL));
    ok(WsWriteStartCData(writer, NULL));
    ok(WsWriteBytes(writer, "x", 1, NULL));
    ok(WsWriteEndCData(writer, NULL));
    end(writer);
    end(writer);
    expect_output(writer, "<a>eA==<b>eHk= eA==<!---->eHk=<![CDATA[eA==]]></b></a>");
    WsFreeWriter(writer);
}

struct pushed
{
    WS_XML_WRITER *writer;
    HRESULT answer, inside;
    bool keep_going;
    WS_WRITE_CALLBACK write;
    void *write_state;
    int mode;
};

static HRESULT CALLBACK push(void *state, WS_WRITE_CALLBACK write, void *write_state, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    static const WS_BYTES buffers[] = {{1, (BYTE *)"x"}, {0, NULL}, {4, (BYTE *)"yzab"}}, bad = {3, NULL};
    struct pushed *pushed = state;

    expect(!async);
    pushed->write = write;
    pushed->write_state = write_state;
    if (pushed->mode == 1)
        expect_hr(E_INVALIDARG, write(write_state, &bad, 1, NULL, error));
    if (pushed->mode == 2)
        expect_hr(E_INVALIDARG, write(write_state, NULL, 1, NULL, error));
    if (pushed->mode == 3)
        pushed->inside = WsWriteEndElement(pushed->writer, NULL);
    if (pushed->mode == 4)
        return WS_S_ASYNC;
    if (pushed->mode == 5)
        WsFreeWriter(pushed->writer);
    ok(write(write_state, buffers, 3, NULL, error));
    ok(write(write_state, buffers, 1, NULL, error));
    return pushed->answer;
}

TEST(bytes_can_be_pushed)
{
    struct pushed pushed = {NULL, S_OK, S_OK, false, NULL, NULL, 0};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_BYTES more = {1, (BYTE *)"!"};

    pushed.writer = writer;
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    ok(WsPushBytes(writer, push, &pushed, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsPushBytes(writer, push, &pushed, NULL));
    pushed.mode = 1;
    ok(WsPushBytes(writer, push, &pushed, NULL));
    pushed.mode = 2;
    ok(WsPushBytes(writer, push, &pushed, NULL));
    pushed.mode = 3;
    ok(WsPushBytes(writer, push, &pushed, NULL));
    expect_hr(WS_E_INVALID_OPERATION, pushed.inside);
    expect_refused(error, WS_E_INVALID_OPERATION, pushed.write(pushed.write_state, &more, 1, NULL, error),
                   "only while");
    end(writer);
    expect_output(writer, "<a b=\"eHl6YWJ4\">eHl6YWJ4eHl6YWJ4eHl6YWJ4eHl6YWJ4</a>");

    pushed.mode = 0;
    pushed.answer = E_FAIL;
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_hr(E_FAIL, WsPushBytes(writer, push, &pushed, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    pushed.mode = 4;
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_refused(error, WS_E_INVALID_OPERATION, WsPushBytes(writer, push, &pushed, error), "WS_S_ASYNC");
    pushed.mode = 5;
    pushed.answer = S_OK;
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsPushBytes(writer, push, &pushed, NULL));
    expect_hr(E_INVALIDARG, WsWriteEndElement(writer, NULL)); /* it has been freed */
    WsFreeError(error);
}

static HRESULT CALLBACK push_too_much(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                      const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    static const WS_BYTES more = {30, (BYTE *)"012345678901234567890123456789"};

    (void)state, (void)async;
    expect_hr(WS_E_QUOTA_EXCEEDED, write(write_state, &more, 1, NULL, error));
    expect_hr(WS_E_OBJECT_FAULTED, write(write_state, &more, 1, NULL, NULL));
    return S_OK; /* as if nothing had happened */
}

TEST(a_failure_of_pushing_is_not_forgotten)
{
    ULONG limit = 20;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};
    WS_XML_WRITER *writer = create_writer(&property, 1);

    start(writer, "a");
    expect_hr(WS_E_QUOTA_EXCEEDED, WsPushBytes(writer, push_too_much, NULL, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
}

struct pulled
{
    ULONG left, step;
    HRESULT answer;
    ULONG lie;
};

static HRESULT CALLBACK pull(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    struct pulled *pulled = state;
    ULONG count = pulled->step < max ? pulled->step : max;

    (void)error;
    expect(!async && max > 0);
    if (count > pulled->left)
        count = pulled->left;
    memset(bytes, 'x', count);
    pulled->left -= count;
    *actual = pulled->lie && !pulled->left ? pulled->lie : count;
    return pulled->left ? S_OK : pulled->answer;
}

TEST(bytes_can_be_pulled)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    struct pulled pulled;
    ULONG total, step, i;

    for (total = 0; total < 10000; total = total * 3 + 1)
        for (step = 1; step < 20000; step = step * 7 + 1)
        {
            pulled.left = total, pulled.step = step, pulled.answer = S_OK, pulled.lie = 0;
            set_output(writer, NULL, 0);
            start(writer, "a");
            ok(WsPullBytes(writer, pull, &pulled, NULL));
            end(writer);
            expect_size(total ? 7 + (total + 2) / 3 * 4 : 4, get_bytes(writer).length);
            for (i = 0; i < total / 3; i++)
                expect(!memcmp(get_bytes(writer).bytes + 3 + i * 4, "eHh4", 4));
        }
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    pulled.left = 4, pulled.step = 1;
    ok(WsPullBytes(writer, pull, &pulled, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    expect_output(writer, "<a b=\"eHh4eA==\"/>");

    set_output(writer, NULL, 0);
    start(writer, "a");
    pulled.left = 4, pulled.answer = E_FAIL;
    expect_hr(E_FAIL, WsPullBytes(writer, pull, &pulled, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    pulled.left = 4, pulled.answer = S_OK, pulled.lie = 0xffffffff;
    expect_refused(error, WS_E_INVALID_OPERATION, WsPullBytes(writer, pull, &pulled, error), "4294967295");
    set_output(writer, NULL, 0);
    start(writer, "a");
    pulled.left = 4, pulled.answer = WS_S_ASYNC, pulled.lie = 0;
    expect_refused(error, WS_E_INVALID_OPERATION, WsPullBytes(writer, pull, &pulled, error), "WS_S_ASYNC");
    set_output(writer, NULL, 0);
    pulled.left = 4, pulled.answer = S_OK;
    expect_refused(error, WS_E_INVALID_OPERATION, WsPullBytes(writer, pull, &pulled, error), "white space");
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* --- Values and texts --- */

#define value_of(type, value) \
    do \
    { \
        ok(WsWriteValue(writer, type, &(value), sizeof(value), NULL)); \
        chars8(writer, "|"); \
    } while (0)

TEST(values_are_written_as_xml_schema_says)
{
    static const GUID guid = {0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    BOOL yes = TRUE, no = FALSE;
    int8_t i8 = -128;
    int16_t i16 = -32768;
    int32_t i32 = -2147483647 - 1;
    INT64 i64 = -9223372036854775807 - 1;
    uint8_t u8 = 255;
    uint16_t u16 = 65535;
    uint32_t u32 = 4294967295u;
    UINT64 u64 = 18446744073709551615u;
    float f = 0.1f;
    double d = -1.5;
    DECIMAL decimal;
    WS_DATETIME datetime = {0, WS_DATETIME_FORMAT_UTC};
    WS_DURATION duration = {TRUE, 1, 2, 3, 4, 5, 6, 0, 0};
    WS_TIMESPAN timespan = {0};

    memset(&decimal, 0, sizeof(decimal));
    decimal.Lo64 = 150;
    decimal.scale = 2;
    start(writer, "a");
    value_of(WS_BOOL_VALUE_TYPE, yes);
    value_of(WS_BOOL_VALUE_TYPE, no);
    value_of(WS_INT8_VALUE_TYPE, i8);
    value_of(WS_INT16_VALUE_TYPE, i16);
    value_of(WS_INT32_VALUE_TYPE, i32);
    value_of(WS_INT64_VALUE_TYPE, i64);
    value_of(WS_UINT8_VALUE_TYPE, u8);
    value_of(WS_UINT16_VALUE_TYPE, u16);
    value_of(WS_UINT32_VALUE_TYPE, u32);
    value_of(WS_UINT64_VALUE_TYPE, u64);
    value_of(WS_FLOAT_VALUE_TYPE, f);
    value_of(WS_DOUBLE_VALUE_TYPE, d);
    value_of(WS_DECIMAL_VALUE_TYPE, decimal);
    value_of(WS_GUID_VALUE_TYPE, guid);
    value_of(WS_DATETIME_VALUE_TYPE, datetime);
    value_of(WS_DURATION_VALUE_TYPE, duration);
    value_of(WS_TIMESPAN_VALUE_TYPE, timespan);
    end(writer);
    expect_output(writer, "<a>true|false|-128|-32768|-2147483648|-9223372036854775808|255|65535|4294967295|"
                          "18446744073709551615|0.1|-1.5|1.50|12345678-9abc-def0-0102-030405060708|"
                          "0001-01-01T00:00:00Z|-P1Y2M3DT4H5M6S|00:00:00|</a>");
    datetime.ticks = 0xffffffffffffffffu;
    expect_hr(WS_E_INVALID_OPERATION, WsWriteValue(writer, WS_BOOL_VALUE_TYPE, &yes, sizeof(yes), NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, WS_DATETIME_VALUE_TYPE, &datetime, sizeof(datetime), NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, WS_DATETIME_VALUE_TYPE, &datetime, sizeof(datetime), NULL));
    WsFreeWriter(writer);
}

TEST(values_in_attributes)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_DURATION duration = {FALSE, 1, 0, 0, 0, 0, 0, 0, 0};
    double d = 0.125;
    int32_t i = 7;

    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    ok(WsWriteValue(writer, WS_DOUBLE_VALUE_TYPE, &d, sizeof(d), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), TRUE, NULL));
    ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &i, sizeof(i), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("d"), X(""), TRUE, NULL));
    ok(WsWriteValue(writer, WS_DURATION_VALUE_TYPE, &duration, sizeof(duration), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    expect_output(writer, "<a b=\"0.125\" c='7' d='P1Y'/>");
    WsFreeWriter(writer);
}

TEST(texts_of_every_type)
{
    static const GUID guid = {0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}};
    WS_XML_UTF8_TEXT utf8_text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("<8>")};
    WS_XML_UTF16_TEXT utf16_text = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u"&16", 6};
    WS_XML_BASE64_TEXT base64_text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)"\xff", 1};
    WS_XML_BOOL_TEXT bool_text = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
    WS_XML_INT32_TEXT int32_text = {{WS_XML_TEXT_TYPE_INT32}, -32};
    WS_XML_INT64_TEXT int64_text = {{WS_XML_TEXT_TYPE_INT64}, -64};
    WS_XML_UINT64_TEXT uint64_text = {{WS_XML_TEXT_TYPE_UINT64}, 64};
    WS_XML_FLOAT_TEXT float_text = {{WS_XML_TEXT_TYPE_FLOAT}, 0.5f};
    WS_XML_DOUBLE_TEXT double_text = {{WS_XML_TEXT_TYPE_DOUBLE}, 0.25};
    WS_XML_GUID_TEXT guid_text = {{WS_XML_TEXT_TYPE_GUID}, guid};
    WS_XML_UNIQUE_ID_TEXT id_text = {{WS_XML_TEXT_TYPE_UNIQUE_ID}, guid};
    WS_XML_DATETIME_TEXT datetime_text = {{WS_XML_TEXT_TYPE_DATETIME}, {0, WS_DATETIME_FORMAT_NONE}};
    WS_XML_QNAME_TEXT qname_text = {{WS_XML_TEXT_TYPE_QNAME}, X("p"), X("n"), X("urn:x")};
    WS_XML_TEXT *items[] = {&int32_text.text, &utf8_text.text, &bool_text.text};
    WS_XML_LIST_TEXT list_text = {{WS_XML_TEXT_TYPE_LIST}, 3, items};
    WS_XML_TEXT *texts[] = {&utf8_text.text,   &utf16_text.text, &base64_text.text, &bool_text.text,
                            &int32_text.text,  &int64_text.text, &uint64_text.text, &float_text.text,
                            &double_text.text, &guid_text.text,  &id_text.text,     &datetime_text.text,
                            &qname_text.text,  &list_text.text};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char name[4] = "a", text[60];
    size_t i;

    ok(WsWriteStartElement(writer, X("p"), X("t"), X("urn:x"), NULL));
    for (i = 0; i < WsCountOf(texts); i++)
    {
        name[0] = (char)('a' + i);
        ok(WsWriteStartAttribute(writer, NULL, X(name), X(""), FALSE, NULL));
        ok(WsWriteText(writer, texts[i], NULL));
        ok(WsWriteEndAttribute(writer, NULL));
    }
    for (i = 0; i < WsCountOf(texts); i++)
    {
        snprintf(text, sizeof(text), "|");
        ok(WsWriteText(writer, texts[i], NULL));
        chars8(writer, text);
    }
    end(writer);
    expect_output(
        writer,
        "<p:t a=\"&lt;8>\" b=\"&amp;16\" c=\"/w==\" d=\"true\" e=\"-32\" f=\"-64\" g=\"64\" h=\"0.5\" i=\"0.25\" "
        "j=\"12345678-9abc-def0-0102-030405060708\" k=\"urn:uuid:12345678-9abc-def0-0102-030405060708\" "
        "l=\"0001-01-01T00:00:00\" m=\"p:n\" n=\"-32 &lt;8> true\" xmlns:p=\"urn:x\">"
        "&lt;8&gt;|&amp;16|/w==|true|-32|-64|64|0.5|0.25|12345678-9abc-def0-0102-030405060708|"
        "urn:uuid:12345678-9abc-def0-0102-030405060708|0001-01-01T00:00:00|p:n|-32 &lt;8&gt; true|</p:t>");
    WsFreeWriter(writer);
}

TEST(arrays_are_elements)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    uint16_t items[] = {1, 2, 3, 4};
    double reals[] = {0.1, -2};

    start(writer, "a");
    ok(WsWriteArray(writer, X("i"), X(""), WS_UINT16_VALUE_TYPE, items, sizeof(items), 1, 2, NULL));
    ok(WsWriteArray(writer, X("j"), X("urn:x"), WS_DOUBLE_VALUE_TYPE, reals, sizeof(reals), 0, 2, NULL));
    ok(WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, sizeof(items), 4, 0, NULL));
    ok(WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, NULL, 0, 0, 0, NULL));
    ok(WsWriteArray(writer, X("l"), X(""), WS_UINT16_VALUE_TYPE, items, 7, 2, 1, NULL));
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 7, 3, 1, error), "3");
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 8, 0, 5, error), "5");
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 8, 5, 0, error), "5");
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 8, 1, 0xffffffff, error), "within");
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 8, 0xffffffff, 1, error), "within");
    expect_refused(error, E_INVALIDARG, WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, NULL, 8, 0, 1, error),
                   "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteArray(writer, X("k"), X(""), (WS_VALUE_TYPE)99, items, 8, 0, 1, error),
                   "99");
    expect_refused(error, E_INVALIDARG, WsWriteArray(writer, X(""), X(""), WS_UINT16_VALUE_TYPE, items, 8, 0, 1, error),
                   "empty");
    expect_refused(error, E_INVALIDARG, WsWriteArray(writer, X("k"), NULL, WS_UINT16_VALUE_TYPE, items, 8, 0, 1, error),
                   "NULL");
    end(writer);
    expect_output(writer, "<a><i>2</i><i>3</i><j xmlns=\"urn:x\">0.1</j><j xmlns=\"urn:x\">-2</j><l>3</l></a>");
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* --- CDATA and comments --- */

TEST(cdata_is_not_escaped)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    int32_t value = 5;

    start(writer, "a");
    ok(WsWriteStartCData(writer, NULL));
    chars8(writer, "<b>&amp;</b>\r\n\t\"'");
    chars16(writer, W(u"<c>&lt;</c> \x20ac"));
    ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    ok(WsWriteEndCData(writer, NULL));
    ok(WsWriteStartCData(writer, NULL));
    ok(WsWriteEndCData(writer, NULL));
    end(writer);
    expect_output(writer, "<a><![CDATA[<b>&amp;</b>\r\n\t\"'<c>&lt;</c> \xe2\x82\xac"
                          "5]]><![CDATA[]]></a>");
    WsFreeWriter(writer);
}

TEST(cdata_cannot_contain_its_end)
{
    static const char *bad[] = {"]]>", "x]]>", "]]]>", "0123456789abcdef]]>", "]]>0123456789abcdef", "]]]]]>"};
    static const char *good[] = {"]]", "]>", "] ]>", "]]x>", "]>]>", "]]\xc3\xa9>", "]]0123456789abcdef>", ">]]"};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WCHAR wide[40];
    size_t i, j, step, length;
    HRESULT hr;

    for (i = 0; i < WsCountOf(bad) + WsCountOf(good); i++)
    {
        const char *text = i < WsCountOf(bad) ? bad[i] : good[i - WsCountOf(bad)];

        length = strlen(text);
        for (step = 1; step <= length; step++)
        {
            set_output(writer, NULL, 0);
            start(writer, "a");
            ok(WsWriteStartCData(writer, NULL));
            for (j = 0, hr = S_OK; j < length && hr == S_OK; j += step)
                hr = WsWriteCharsUtf8(writer, (const BYTE *)text + j, (ULONG)(j + step < length ? step : length - j),
                                      NULL);
            expect_hr(i < WsCountOf(bad) ? WS_E_INVALID_FORMAT : S_OK, hr);
            for (j = 0; j < length; j++)
                wide[j] = (BYTE)text[j];
            set_output(writer, NULL, 0);
            start(writer, "a");
            ok(WsWriteStartCData(writer, NULL));
            for (j = 0, hr = S_OK; j < length && hr == S_OK; j += step)
                hr = WsWriteChars(writer, wide + j, (ULONG)(j + step < length ? step : length - j), NULL);
            expect_hr(i < WsCountOf(bad) ? WS_E_INVALID_FORMAT : S_OK, hr);
        }
    }
    WsFreeWriter(writer);
}

TEST(comments)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_COMMENT_NODE bad = {{WS_XML_NODE_TYPE_COMMENT}, WS_XML_STRING_VALUE("a--b")};
    WS_ERROR *error = create_error();

    comment(writer, "before");
    start(writer, "a");
    comment(writer, " <b>&amp; - ]]> \r\n");
    comment(writer, "\xe2\x82\xac");
    end(writer);
    comment(writer, "");
    expect_output(writer, "<!--before--><a><!-- <b>&amp; - ]]> \r\n--><!--\xe2\x82\xac--></a><!---->");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteNode(writer, &bad.node, error), "--");
    bad.value.bytes = (BYTE *)"a-";
    bad.value.length = 2;
    set_output(writer, NULL, 0);
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteNode(writer, &bad.node, error), "-");
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteStartCData(writer, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteNode(writer, &bad.node, error), "CDATA");
    WsFreeWriter(writer);
    WsFreeError(error);
}
