/* SPDX-License-Identifier: MIT */
/*
 * Writers: text in every form, escaping, pieces, CDATA, comments.
 *
 * Source: the pages of the functions; XML 1.0.
 */
#include "support/writer.h"

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

/* Our choice of what is escaped beyond what XML 1.0 asks for. */
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
                                ("0123456789abcdef0123456789\xff"
                                 "0123456789abcdef")};
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
        expect(says(error, "inside a character"));
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
    expect(says(error, "BUFFER_MAX_SIZE is 5000 bytes"));
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
