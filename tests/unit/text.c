/* SPDX-License-Identifier: MIT */
/* UTF-8 and UTF-16, and the characters of XML: every code point, every wrong form, at every place in a block. */
#include "support/number.h"

#include "base/text.h"

static size_t valid_length(const void *text, size_t length)
{
    BYTE *copy = exactly(text, length);
    size_t valid = (size_t)(utf8_find_invalid(copy, copy + length) - copy);

    free(copy);
    return valid;
}

TEST(each_code_point)
{
    uint32_t c, decoded;
    BYTE bytes[4];
    WCHAR chars[2], wide[2];
    size_t size, length;

    for (c = 0; c <= 0x10ffff; c++)
    {
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        size = utf8_encode(c, bytes);
        expect_size(c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, size);
        expect_size(size, utf8_decode(bytes, bytes + size, &decoded));
        expect_size(c, decoded);
        expect(utf8_find_invalid(bytes, bytes + size) == bytes + size);
        expect(utf8_to_utf16_length(bytes, size, &length) && length == (c < 0x10000 ? 1u : 2u));
        utf8_to_utf16(bytes, size, chars);
        if (c < 0x10000)
            wide[0] = (WCHAR)c;
        else
        {
            wide[0] = (WCHAR)(0xd800 + ((c - 0x10000) >> 10));
            wide[1] = (WCHAR)(0xdc00 + ((c - 0x10000) & 0x3ff));
        }
        expect(!memcmp(chars, wide, length * sizeof(WCHAR)));
        expect_size(length, utf16_decode(wide, wide + length, &decoded));
        expect_size(c, decoded);
        expect(utf16_to_utf8_length(wide, length, &length) && length == size);
        memset(bytes, 0, sizeof(bytes));
        utf16_to_utf8(wide, c < 0x10000 ? 1 : 2, bytes);
        expect_size(size, utf8_decode(bytes, bytes + size, &decoded));
        expect_size(c, decoded);
    }
}

/* All sequences of up to three bytes, and the interesting ones of four, against the table of the Unicode standard. */
static size_t well_formed(const BYTE *b, size_t left)
{
#define BETWEEN(byte, low, high) ((byte) >= (low) && (byte) <= (high))
    if (left >= 1 && b[0] <= 0x7f)
        return 1;
    if (left >= 2 && BETWEEN(b[0], 0xc2, 0xdf) && BETWEEN(b[1], 0x80, 0xbf))
        return 2;
    if (left >= 3 && BETWEEN(b[2], 0x80, 0xbf) &&
        ((b[0] == 0xe0 && BETWEEN(b[1], 0xa0, 0xbf)) || (BETWEEN(b[0], 0xe1, 0xec) && BETWEEN(b[1], 0x80, 0xbf)) ||
         (b[0] == 0xed && BETWEEN(b[1], 0x80, 0x9f)) || (BETWEEN(b[0], 0xee, 0xef) && BETWEEN(b[1], 0x80, 0xbf))))
        return 3;
    if (left >= 4 && BETWEEN(b[2], 0x80, 0xbf) && BETWEEN(b[3], 0x80, 0xbf) &&
        ((b[0] == 0xf0 && BETWEEN(b[1], 0x90, 0xbf)) || (BETWEEN(b[0], 0xf1, 0xf3) && BETWEEN(b[1], 0x80, 0xbf)) ||
         (b[0] == 0xf4 && BETWEEN(b[1], 0x80, 0x8f))))
        return 4;
    return 0;
#undef BETWEEN
}

TEST(well_formed_utf8_is_what_the_unicode_standard_says)
{
    static const BYTE third[] = {0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xff};
    BYTE bytes[4];
    uint32_t c;
    size_t left, i, j;
    unsigned pair;

    for (pair = 0; pair < 0x10000; pair++)
        for (i = 0; i < sizeof(third); i++)
            for (j = 0; j < sizeof(third); j++)
            {
                bytes[0] = (BYTE)(pair >> 8);
                bytes[1] = (BYTE)pair;
                bytes[2] = third[i];
                bytes[3] = third[j];
                for (left = 0; left <= 4; left++)
                    expect_size(well_formed(bytes, left), utf8_decode(bytes, bytes + left, &c));
            }
}

TEST(wrong_bytes_are_found_wherever_they_are)
{
    static const char *const wrong[] = {
        "\x80",         "\xbf",     "\xc0\x80",     "\xc1\xbf",         "\xc3",
        "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5",         "\xff",     "\xc3("};
    static const char *const around[] = {"a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
    BYTE text[300];
    size_t before, after, i, j, length, valid;
    size_t utf16;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        for (j = 0; j < sizeof(around) / sizeof(around[0]); j++)
            for (before = 0; before < 35; before++)
                for (after = 0; after < 35; after += 17)
                {
                    size_t k, unit = strlen(around[j]);

                    for (length = k = 0; k < before; k++, length += unit)
                        memcpy(text + length, around[j], unit);
                    valid = length;
                    memcpy(text + length, wrong[i], strlen(wrong[i]));
                    length += strlen(wrong[i]);
                    for (k = 0; k < after; k++, length += unit)
                        memcpy(text + length, around[j], unit);
                    expect_size(valid, valid_length(text, length));
                    expect(!utf8_to_utf16_length(text, length, &utf16));
                }
}

TEST(lengths_that_are_refused_are_not_written)
{
    static const WCHAR lone[] = {'a', 0xd800};
    size_t length = 77;

    expect(!utf16_to_utf8_length(lone, 2, &length));
    expect(!utf8_to_utf16_length((const BYTE *)"a\xff", 2, &length));
    expect_size(77, length);
}

TEST(ascii_ends_where_it_ends)
{
    BYTE text[100];
    size_t length, place;

    for (length = 0; length < sizeof(text); length++)
        for (place = 0; place <= length; place++)
        {
            BYTE *copy;

            memset(text, 0x7f, sizeof(text));
            if (place < length)
                text[place] = 0x80;
            copy = exactly(text, length);
            expect_size(place, (size_t)(ascii_find_end(copy, copy + length) - copy));
            expect(ascii_is_all(copy, length) == (place == length));
            free(copy);
        }
}

TEST(ascii_becomes_utf16)
{
    BYTE text[100];
    WCHAR *chars;
    size_t length, i;

    for (i = 0; i < sizeof(text); i++)
        text[i] = (BYTE)(i + 27);
    for (length = 0; length < sizeof(text); length++)
    {
        chars = malloc(length * sizeof(*chars) + 1);
        ascii_to_utf16(text, length, chars);
        for (i = 0; i < length; i++)
            expect_size(text[i], chars[i]);
        free(chars);
    }
}

TEST(conversions_of_mixed_text)
{
    static const uint32_t kinds[] = {'a', 0xe4, 0x20ac, 0x1f600};
    uint32_t state = 1;
    int round;

    for (round = 0; round < 3000; round++)
    {
        WCHAR wide[256], *chars, *back;
        BYTE narrow[512], *bytes;
        size_t units = 0, size = 0, count = round % 100, length, i;

        for (i = 0; i < count; i++)
        {
            uint32_t c;

            random_step(&state);
            /* Mostly ASCII, in some rounds only that. */
            c = round % 3 && state >> 29 == 7 ? kinds[state >> 20 & 3] : 'a' + (state >> 16 & 15);
            size += utf8_encode(c, narrow + size);
            if (c >= 0x10000)
            {
                wide[units++] = (WCHAR)(0xd7c0 + (c >> 10));
                c = 0xdc00 + (c & 0x3ff);
            }
            wide[units++] = (WCHAR)c;
        }
        chars = exactly(wide, units * sizeof(WCHAR));
        bytes = exactly(narrow, size);
        expect(utf16_to_utf8_length(chars, units, &length));
        expect_size(size, length);
        expect(utf8_to_utf16_length(bytes, size, &length));
        expect_size(units, length);
        expect_size(size, valid_length(narrow, size));

        memset(bytes, 0, size);
        utf16_to_utf8(chars, units, bytes);
        expect(!memcmp(bytes, narrow, size));
        back = exactly(wide, units * sizeof(WCHAR));
        memset(back, 0, units * sizeof(WCHAR));
        utf8_to_utf16(bytes, size, back);
        expect(!memcmp(back, wide, units * sizeof(WCHAR)));
        free(chars);
        free(bytes);
        free(back);
    }
}

TEST(lone_surrogates_are_refused)
{
    static const WCHAR pair[] = {0xd83d, 0xde00, 'a'};
    WCHAR text[40];
    size_t length, place, i;
    uint32_t c;

    expect_size(0, utf16_decode(pair, pair + 1, &c));
    expect_size(0xd83d, c);
    expect_size(2, utf16_decode(pair, pair + 3, &c));
    expect_size(0, utf16_decode(pair + 1, pair + 3, &c));
    expect_size(0xde00, c);

    for (place = 0; place < 39; place++)
    {
        for (i = 0; i < 40; i++)
            text[i] = 'a';
        text[place] = 0xdc00;
        expect(!utf16_to_utf8_length(text, 40, &length));
        text[place] = 0xdbff;
        expect(!utf16_to_utf8_length(text, 40, &length));
        expect(!utf16_to_utf8_length(text, place + 1, &length));
        text[place + 1] = 0xd800;
        expect(!utf16_to_utf8_length(text, 40, &length));
        text[place + 1] = 0xdfff;
        expect(utf16_to_utf8_length(text, 40, &length));
        expect_size(42, length);
    }
}

/* The productions [4], [4a] and [2] of XML 1.0, fifth edition, as they stand there. */
static bool name_start(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || c == '_' || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0xD6) ||
           (c >= 0xD8 && c <= 0xF6) || (c >= 0xF8 && c <= 0x2FF) || (c >= 0x370 && c <= 0x37D) ||
           (c >= 0x37F && c <= 0x1FFF) || (c >= 0x200C && c <= 0x200D) || (c >= 0x2070 && c <= 0x218F) ||
           (c >= 0x2C00 && c <= 0x2FEF) || (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
           (c >= 0xFDF0 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0xEFFFF);
}

static bool name_char(uint32_t c)
{
    return name_start(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xB7 ||
           (c >= 0x0300 && c <= 0x036F) || (c >= 0x203F && c <= 0x2040);
}

TEST(classes_of_characters)
{
    uint32_t c;

    for (c = 0; c <= 0x110000; c++)
    {
        expect(xml_is_name_start(c) == name_start(c));
        expect(xml_is_name(c) == name_char(c));
        expect(xml_is_space(c) == (c == ' ' || c == '\t' || c == '\r' || c == '\n'));
        expect(xml_is_char(c) == (c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xD7FF) ||
                                  (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF)));
    }
    expect(!xml_is_name(0xffffffff) && !xml_is_char(0xffffffff));
}

TEST(excerpts)
{
    char excerpt[TEXT_EXCERPT_ROOM];
    BYTE long_text[41];

    expect(!strcmp(text_excerpt(NULL, 0, excerpt), ""));
    expect(!strcmp(text_excerpt((const BYTE *)"a b\n\xc3\xa4~\x7f", 8, excerpt), "a b???~?"));
    memset(long_text, 'x', sizeof(long_text));
    expect_size(40, strlen(text_excerpt(long_text, 40, excerpt)));
    expect_size(43, strlen(text_excerpt(long_text, 41, excerpt)));
    expect(!strcmp(excerpt + 38, "xx..."));
    text_excerpt(long_text, sizeof(long_text), excerpt);
}
