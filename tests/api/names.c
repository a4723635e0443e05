/* SPDX-License-Identifier: MIT */
/*
 * WsXmlStringEquals, WsGetDictionary, WsVerifyXmlNCName, WsTrimXmlWhitespace: documented, or observed on Windows.
 *
 * Source: the pages of the functions; [MC-NBFS]; Namespaces in XML 1.0.
 */
#include "support/errors.h"

#include <stdlib.h>

#define UNTOUCHED_POINTER ((void *)(uintptr_t)0x5a5a5a50)

/* --- WsXmlStringEquals --- */

TEST(strings_are_compared_by_their_bytes)
{
    BYTE other[] = {'n', 'a', 'm', 'e'};
    WS_XML_STRING name = WS_XML_STRING_VALUE("name"), copy = {4, other, NULL, 7}, shorter = WS_XML_STRING_VALUE("nam"),
                  upper = WS_XML_STRING_VALUE("NAME"), zero1 = {2, (BYTE *)"\0a", NULL, 0},
                  zero2 = {2, (BYTE *)"\0b", NULL, 0};

    expect_hr(S_OK, WsXmlStringEquals(&name, &name, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&name, &copy, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&name, &shorter, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&shorter, &name, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&name, &upper, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&zero1, &zero2, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&zero1, &zero1, NULL));
}

/* Observed on Windows. */
TEST(empty_strings_are_equal)
{
    WS_XML_STRING null = WS_XML_STRING_NULL, empty = WS_XML_STRING_VALUE(""), name = WS_XML_STRING_VALUE("name");

    expect_hr(S_OK, WsXmlStringEquals(&null, &null, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&null, &empty, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&empty, &null, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&null, &name, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&name, &empty, NULL));
}

TEST(strings_of_dictionaries)
{
    WS_XML_STRING strings[2] = {{0}}, others[2] = {{0}}, plain = WS_XML_STRING_VALUE("red");
    WS_XML_DICTIONARY dictionary = {{1, 0, 0, {0}}, strings, 2, TRUE}, other = {{2, 0, 0, {0}}, others, 2, FALSE};
    WS_XML_STRING red = WS_XML_STRING_DICTIONARY_VALUE("red", &dictionary, 0),
                  blue = WS_XML_STRING_DICTIONARY_VALUE("blue", &dictionary, 1),
                  red2 = WS_XML_STRING_DICTIONARY_VALUE("red", &other, 1),
                  blue2 = WS_XML_STRING_DICTIONARY_VALUE("blue", &other, 0);

    strings[0] = red, strings[1] = blue, others[0] = blue2, others[1] = red2;
    expect_hr(S_OK, WsXmlStringEquals(&red, &red, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&red, &blue, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&red, &red2, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&red, &blue2, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&red, &plain, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&plain, &red2, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&plain, &blue, NULL));
}

/* So it is in samples that Microsoft publishes; the page of WS_XML_DICTIONARY has it that strings are unique. */
TEST(a_dictionary_can_have_a_string_twice)
{
    WS_XML_DICTIONARY dictionary = {{1, 0, 0, {0}}, NULL, 2, TRUE};
    WS_XML_STRING one = WS_XML_STRING_DICTIONARY_VALUE("red", &dictionary, 2), same = one,
                  other = WS_XML_STRING_DICTIONARY_VALUE("red", &dictionary, 4),
                  green = WS_XML_STRING_DICTIONARY_VALUE("grn", &dictionary, 6);

    /* The bytes of one that is the same are not looked at. */
    same.bytes = (BYTE *)"xyz";
    expect_hr(S_OK, WsXmlStringEquals(&one, &same, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&one, &other, NULL));
    expect_hr(S_FALSE, WsXmlStringEquals(&one, &green, NULL));
}

/* Observed on Windows for NULL. */
TEST(WsXmlStringEquals_refuses)
{
    WS_XML_STRING name = WS_XML_STRING_VALUE("name"), missing = {4, NULL, NULL, 0};
    WS_ERROR *error = create_error();

    expect_hr(E_INVALIDARG, WsXmlStringEquals(NULL, &name, error));
    expect_size(1, sentence_count(error));
    expect_hr(E_INVALIDARG, WsXmlStringEquals(&name, NULL, error));
    expect_hr(E_INVALIDARG, WsXmlStringEquals(NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsXmlStringEquals(&missing, &name, error));
    expect_hr(E_INVALIDARG, WsXmlStringEquals(&name, &missing, error));
    expect_size(4, sentence_count(error));
    expect_hr(S_FALSE, WsXmlStringEquals(&name, &(WS_XML_STRING)WS_XML_STRING_NULL, error)); /* no failure */
    expect_size(4, sentence_count(error));
    WsFreeError(error);
}

/* --- WsGetDictionary --- */

static WS_XML_DICTIONARY *dictionary_of(WS_ENCODING encoding)
{
    WS_XML_DICTIONARY *dictionary = UNTOUCHED_POINTER;

    expect_hr(S_OK, WsGetDictionary(encoding, &dictionary, NULL));
    return dictionary;
}

/* Observed on Windows: the GUID, and how many strings there are (before Windows 10, which has one more). */
TEST(the_binary_encodings_have_a_dictionary)
{
    static const GUID guid = {0xf93578f8, 0x5852, 0x4eb7, {0xa6, 0xfc, 0xe7, 0x2b, 0xb7, 0x1d, 0xb6, 0x22}};
    WS_XML_DICTIONARY *dictionary = dictionary_of(WS_ENCODING_XML_BINARY_1);

    expect(dictionary != NULL);
    expect(dictionary == dictionary_of(WS_ENCODING_XML_BINARY_SESSION_1));
    expect(dictionary->isConst);
    expect_size(487, dictionary->stringCount);
    expect(!memcmp(&dictionary->guid, &guid, sizeof(guid)));
}

/* Observed on Windows for UTF-8. */
TEST(the_other_encodings_have_none)
{
    ULONG encoding;

    for (encoding = WS_ENCODING_XML_MTOM_UTF8; encoding <= WS_ENCODING_RAW; encoding++)
        expect(dictionary_of((WS_ENCODING)encoding) == NULL);
}

/* Observed on Windows. */
TEST(WsGetDictionary_refuses)
{
    WS_XML_DICTIONARY *dictionary = UNTOUCHED_POINTER;
    WS_ERROR *error = create_error();

    expect_hr(E_INVALIDARG, WsGetDictionary((WS_ENCODING)9, &dictionary, error));
    expect_hr(E_INVALIDARG, WsGetDictionary((WS_ENCODING)-1, &dictionary, error));
    expect_hr(E_INVALIDARG, WsGetDictionary(WS_ENCODING_XML_BINARY_1, NULL, error));
    expect_hr(E_INVALIDARG, WsGetDictionary(WS_ENCODING_XML_UTF8, NULL, error));
    expect(dictionary == UNTOUCHED_POINTER);
    expect_size(4, sentence_count(error));
    WsFreeError(error);
}

/* Strings that are far apart, with their ids on the wire from [MC-NBFS]: one that is missing would shift the rest. */
TEST(the_strings_of_the_dictionary)
{
    static const struct
    {
        ULONG wire_id;
        const char *text;
    } known[] = {
        {0x00, "mustUnderstand"},
        {0x02, "Envelope"},
        {0x04, "http://www.w3.org/2003/05/soap-envelope"},
        {0x06, "http://www.w3.org/2005/08/addressing"},
        {0x0e, "Body"},
        {0x2a8, "http://schemas.xmlsoap.org/ws/2005/02/rm/LastMessage"},
        {0x2ba, "TerminateSequence"},
        {0x2c8, "http://schemas.xmlsoap.org/ws/2004/10/wscoor"},
        {0x1a8, " http://schemas.xmlsoap.org/ws/2005/02/trust/tlsnego"},
    };
    WS_XML_DICTIONARY *dictionary = dictionary_of(WS_ENCODING_XML_BINARY_1);
    size_t i;

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
    {
        const WS_XML_STRING *string = &dictionary->strings[known[i].wire_id / 2];

        expect_size(strlen(known[i].text), string->length);
        expect(!memcmp(string->bytes, known[i].text, string->length));
    }
}

/* The FNV-1a hash of all strings, each with a zero after it; computed from .NET's ServiceModelStringsVersion1. */
TEST(all_strings_of_the_dictionary)
{
    WS_XML_DICTIONARY *dictionary = dictionary_of(WS_ENCODING_XML_BINARY_1);
    uint64_t hash = 0xcbf29ce484222325;
    ULONG i, j;

    for (i = 0; i < dictionary->stringCount; i++)
        for (j = 0; j <= dictionary->strings[i].length; j++)
        {
            hash ^= j < dictionary->strings[i].length ? dictionary->strings[i].bytes[j] : 0;
            hash *= 0x100000001b3;
        }
    expect(hash == 0x60da21cb21025725);
}

static int compare(const void *a, const void *b)
{
    const WS_XML_STRING *left = *(const WS_XML_STRING *const *)a, *right = *(const WS_XML_STRING *const *)b;

    if (left->length != right->length)
        return left->length < right->length ? -1 : 1;
    return memcmp(left->bytes, right->bytes, left->length);
}

TEST(the_strings_know_their_place_and_are_distinct)
{
    WS_XML_DICTIONARY *dictionary = dictionary_of(WS_ENCODING_XML_BINARY_1);
    const WS_XML_STRING *sorted[487];
    ULONG i;

    for (i = 0; i < dictionary->stringCount; i++)
    {
        sorted[i] = &dictionary->strings[i];
        expect(sorted[i]->dictionary == dictionary && sorted[i]->bytes); /* one is empty */
        expect_size(i, sorted[i]->id);
    }
    qsort(sorted, dictionary->stringCount, sizeof(sorted[0]), compare);
    for (i = 1; i < dictionary->stringCount; i++)
        expect(compare(&sorted[i - 1], &sorted[i]) < 0);
}

/* --- WsVerifyXmlNCName --- */

#define NAME(literal) literal, (ULONG)(sizeof(literal) / sizeof(WCHAR) - 1)

static HRESULT verify(const void *chars, ULONG length)
{
    return WsVerifyXmlNCName(chars, length, NULL);
}

TEST(names)
{
    expect_hr(S_OK, verify(NAME(u"a")));
    expect_hr(S_OK, verify(NAME(u"_")));
    expect_hr(S_OK, verify(NAME(u"Envelope")));
    expect_hr(S_OK, verify(NAME(u"a-b.c_d9")));
    expect_hr(S_OK, verify(NAME(u"xml")));
    expect_hr(S_OK, verify(NAME(u"\u00e4\u4e2d\u0915"))); /* letters of other scripts */
    expect_hr(S_OK, verify(NAME(u"a\u00b7\u0300\u203f")));
    expect_hr(S_OK, verify(NAME(u"\U00010000")));
    expect_hr(S_OK, verify(NAME(u"a\U000effff")));
}

TEST(no_names)
{
    static const WCHAR lone_high[] = {'a', 0xd800}, lone_low[] = {0xdc00, 'a'}, swapped[] = {0xdc00, 0xd800},
                       high_high[] = {0xd800, 0xd800, 0xdc00}, zero[] = {'a', 0, 'b'}, fffe[] = {'a', 0xfffe};

    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NULL, 0));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"a:b")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u":a")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"1a")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"-a")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u".a")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"a b")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u" a")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"a\n")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"a/b")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"\u00d7")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"a\u00f7")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"\u00b7a"))); /* may not come first */
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"\u0300a")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"a\u037e")));
    expect_hr(WS_E_INVALID_FORMAT, verify(NAME(u"a\U000f0000")));
    expect_hr(WS_E_INVALID_FORMAT, verify(lone_high, 2));
    expect_hr(WS_E_INVALID_FORMAT, verify(lone_low, 2));
    expect_hr(WS_E_INVALID_FORMAT, verify(swapped, 2));
    expect_hr(WS_E_INVALID_FORMAT, verify(high_high, 3));
    expect_hr(WS_E_INVALID_FORMAT, verify(zero, 3));
    expect_hr(WS_E_INVALID_FORMAT, verify(fffe, 2));
}

TEST(what_is_wrong_with_a_name)
{
    WS_ERROR *error = create_error();

    expect_hr(WS_E_INVALID_FORMAT, WsVerifyXmlNCName((const WCHAR *)u"ab:c", 4, error));
    expect(says_exactly(error, "The name \"ab:c\" cannot have the character U+003A at position 2."));
    expect_hr(WS_E_INVALID_FORMAT, WsVerifyXmlNCName((const WCHAR *)u"", 0, error));
    expect(says_exactly(error, "The name is empty."));
    expect_hr(E_INVALIDARG, WsVerifyXmlNCName(NULL, 3, error));
    expect(says_exactly(error, "The characters of the name are NULL, and their count is 3."));
    expect_size(3, sentence_count(error));
    expect_hr(S_OK, WsVerifyXmlNCName((const WCHAR *)u"a", 1, error));
    expect_size(3, sentence_count(error));
    WsFreeError(error);
}

/* Only as many characters as stated are looked at. */
TEST(a_name_is_not_zero_terminated)
{
    WCHAR *chars = malloc(3 * sizeof(*chars));

    chars[0] = 'a', chars[1] = 'b', chars[2] = 'c';
    expect_hr(S_OK, WsVerifyXmlNCName(chars, 3, NULL));
    chars[2] = 0xd800; /* nothing may be read after it */
    expect_hr(WS_E_INVALID_FORMAT, WsVerifyXmlNCName(chars, 3, NULL));
    expect_hr(S_OK, WsVerifyXmlNCName(chars, 2, NULL));
    free(chars);
}

/* --- WsTrimXmlWhitespace --- */

static bool trims_to(const void *text, ULONG length, ULONG start, ULONG left)
{
    WCHAR *chars = (WCHAR *)(uintptr_t)text, *trimmed = UNTOUCHED_POINTER;
    ULONG trimmed_count = 99;

    expect_hr(S_OK, WsTrimXmlWhitespace(chars, length, &trimmed, &trimmed_count, NULL));
    return trimmed == chars + start && trimmed_count == left;
}

TEST(white_space_is_trimmed)
{
    expect(trims_to(NAME(u"abc"), 0, 3));
    expect(trims_to(NAME(u" abc"), 1, 3));
    expect(trims_to(NAME(u"abc "), 0, 3));
    expect(trims_to(NAME(u"\t\n\r abc \r\n\t"), 4, 3));
    expect(trims_to(NAME(u" a b "), 1, 3));
    expect(trims_to(NAME(u"a"), 0, 1));
}

TEST(nothing_but_white_space)
{
    expect(trims_to(NAME(u""), 0, 0));
    expect(trims_to(NAME(u" "), 1, 0));
    expect(trims_to(NAME(u" \t\r\n"), 4, 0));
}

TEST(trimming_nothing_at_NULL)
{
    WCHAR *trimmed = UNTOUCHED_POINTER;
    ULONG left = 99;

    expect_hr(S_OK, WsTrimXmlWhitespace(NULL, 0, &trimmed, &left, NULL));
    expect(!trimmed && !left);
}

/* What only looks like white space, or is some elsewhere. */
TEST(other_white_space_stays)
{
    static const WCHAR others[] = {0, 0xb, 0xc, 0x85, 0xa0, 0x2028, 0x3000, 0xfeff, 0x2020, 0x0920};
    size_t i;

    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        expect(trims_to(&others[i], 1, 0, 1));
}

TEST(WsTrimXmlWhitespace_refuses)
{
    WS_ERROR *error = create_error();
    WCHAR chars[] = {' '}, *trimmed = UNTOUCHED_POINTER;
    ULONG left = 99;

    expect_hr(E_INVALIDARG, WsTrimXmlWhitespace(NULL, 1, &trimmed, &left, error));
    expect_hr(E_INVALIDARG, WsTrimXmlWhitespace(chars, 1, NULL, &left, error));
    expect_hr(E_INVALIDARG, WsTrimXmlWhitespace(chars, 1, &trimmed, NULL, error));
    expect(trimmed == UNTOUCHED_POINTER && left == 99 && chars[0] == ' ');
    expect_size(3, sentence_count(error));
    WsFreeError(error);
}
