/* SPDX-License-Identifier: MIT */
/*
 * string-helpers.c - webservices-strings.h, a header of this project's own: UTF-8 to WS_STRING on a heap, and back.
 *
 * Source: our choice. UTF-8 and UTF-16 are RFC 3629 and RFC 2781.
 */
#include "webservices-strings.h"

#include "support/errors.h"
#include "support/heap.h"

#include <stdlib.h>

static WS_STRING from(WS_HEAP *heap, const char *utf8)
{
    WS_STRING string = {99, NULL};

    ok(ws_string_from_utf8(utf8, heap, &string, NULL));
    return string;
}

#define expect_chars(string, expected) \
    do \
    { \
        WS_STRING string_is = (string); \
        expect_size(WsCountOf(expected) - 1, string_is.length); \
        expect(memcmp(string_is.chars, expected, sizeof(expected)) == 0); \
    } while (0)

TEST(utf8_becomes_a_string)
{
    WS_HEAP *heap = create_heap(1000);

    expect_chars(from(heap, ""), u"");
    expect_chars(from(heap, "a"), u"a");
    expect_chars(from(heap, "soap.udp://localhost:809"), u"soap.udp://localhost:809");
    expect_chars(from(heap, "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80"), u"\x7f\x80\x7ff\x800");
    expect_chars(from(heap, "\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"), u"\xd7ff\xe000\xffff");
    expect_chars(from(heap, "\xf0\x90\x80\x80z\xf4\x8f\xbf\xbf"), u"\xd800\xdc00z\xdbff\xdfff");
    WsFreeHeap(heap);
}

TEST(a_string_becomes_utf8)
{
    static const struct
    {
        const WCHAR *chars;
        ULONG length;
        const char *utf8;
    } rows[] = {
        {NULL, 0, ""},
        {u"", 0, ""},
        {u"ab", 1, "a"},
        {u"\x7f\x80\x7ff\x800", 4, "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80"},
        {u"\xd7ff\xe000\xffff", 3, "\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"},
        {u"\xd800\xdc00z\xdbff\xdfff", 5, "\xf0\x90\x80\x80z\xf4\x8f\xbf\xbf"},
    };
    WS_HEAP *heap = create_heap(1000);
    size_t i;

    for (i = 0; i < WsCountOf(rows); i++)
    {
        WS_STRING string = {rows[i].length, (WCHAR *)rows[i].chars};
        char *utf8 = NULL;

        ok(ws_string_to_utf8(&string, heap, &utf8, NULL));
        expect(strcmp(utf8, rows[i].utf8) == 0);
    }
    WsFreeHeap(heap);
}

TEST(every_character_comes_back)
{
    WS_HEAP *heap = create_heap(1000);
    ULONG c;

    for (c = 1; c <= 0x10ffff; c += c < 0x900 || (c > 0xd700 && c < 0x10100) ? 1 : 37)
    {
        WCHAR chars[2] = {(WCHAR)c, 0};
        WS_STRING string = {1, chars}, back;
        char *utf8;

        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        if (c >= 0x10000)
        {
            chars[0] = (WCHAR)(0xd800 + ((c - 0x10000) >> 10));
            chars[1] = (WCHAR)(0xdc00 + ((c - 0x10000) & 0x3ff));
            string.length = 2;
        }
        ok(ws_string_to_utf8(&string, heap, &utf8, NULL));
        ok(ws_string_from_utf8(utf8, heap, &back, NULL));
        expect(back.length == string.length && memcmp(back.chars, chars, back.length * sizeof(WCHAR)) == 0);
        ok(WsResetHeap(heap, NULL));
    }
    WsFreeHeap(heap);
}

TEST(what_is_not_utf8_fails)
{
    static const char *const rows[] = {
        "\x80",             /* begins in the middle */
        "a\xbf",            /* the same */
        "\xc2",             /* cut off */
        "\xe0\xa0",         /* cut off */
        "\xf0\x90\x80",     /* cut off */
        "\xc2z",            /* another character in the middle */
        "\xc0\x80",         /* too long: U+0000 */
        "\xc1\xbf",         /* too long: U+007F */
        "\xe0\x9f\xbf",     /* too long: U+07FF */
        "\xf0\x8f\xbf\xbf", /* too long: U+FFFF */
        "\xed\xa0\x80",     /* a surrogate */
        "\xed\xbf\xbf",     /* a surrogate */
        "\xf4\x90\x80\x80", /* beyond U+10FFFF */
        "\xf8\x88\x80\x80\x80",
        "\xff",
    };
    WS_HEAP *heap = create_heap(1000);
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < WsCountOf(rows); i++)
    {
        WS_STRING string = {99, NULL};

        expect_hr(WS_E_INVALID_FORMAT, ws_string_from_utf8(rows[i], heap, &string, error));
        expect(string.length == 99 && string.chars == NULL);
        expect(says(error, "not valid UTF-8"));
        ok(WsResetError(error));
    }
    expect_size(0, requested(heap));
    WsFreeError(error);
    WsFreeHeap(heap);
}

TEST(what_is_not_utf16_fails)
{
    static const WCHAR *const rows[] = {u"\xd800", u"\xd800z", u"\xdc00", u"a\xdbff", u"\xdfff\xd800"};
    WCHAR zero[] = {'a', 0, 'b'};
    WS_STRING with_zero = {3, zero};
    WS_HEAP *heap = create_heap(1000);
    char *utf8 = NULL;
    size_t i;

    for (i = 0; i < WsCountOf(rows); i++)
    {
        WS_STRING string = {rows[i][1] ? 2 : 1, (WCHAR *)rows[i]};

        expect_hr(WS_E_INVALID_FORMAT, ws_string_to_utf8(&string, heap, &utf8, NULL));
    }
    expect_hr(WS_E_INVALID_FORMAT, ws_string_to_utf8(&with_zero, heap, &utf8, NULL));
    expect(utf8 == NULL);
    expect_size(0, requested(heap));
    WsFreeHeap(heap);
}

TEST(arguments_and_quotas)
{
    WS_STRING string = {5, u"12345"}, without_chars = {1, NULL};
    WS_HEAP *heap = create_heap(1000), *small = create_heap(4);
    char *utf8 = NULL;

    expect_hr(E_INVALIDARG, ws_string_from_utf8(NULL, heap, &string, NULL));
    expect_hr(E_INVALIDARG, ws_string_from_utf8("", NULL, &string, NULL));
    expect_hr(E_INVALIDARG, ws_string_from_utf8("", heap, NULL, NULL));
    expect_hr(E_INVALIDARG, ws_string_to_utf8(NULL, heap, &utf8, NULL));
    expect_hr(E_INVALIDARG, ws_string_to_utf8(&string, NULL, &utf8, NULL));
    expect_hr(E_INVALIDARG, ws_string_to_utf8(&string, heap, NULL, NULL));
    expect_hr(E_INVALIDARG, ws_string_to_utf8(&without_chars, heap, &utf8, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, ws_string_from_utf8("12345", small, &string, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, ws_string_to_utf8(&string, small, &utf8, NULL));
    expect(string.length == 5 && utf8 == NULL);
    WsFreeHeap(small);
    WsFreeHeap(heap);
}
