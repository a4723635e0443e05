/* SPDX-License-Identifier: MIT */
/* Names in UTF-8. */
#include "support/test.h"

#include "xml/names.h"

static HRESULT check(const char *bytes, size_t length)
{
    return xml_check_ncname((const BYTE *)bytes, length, "name", NULL);
}

#define NAME(literal) literal, sizeof(literal) - 1

TEST(names_in_utf8)
{
    expect_hr(S_OK, check(NAME("a")));
    expect_hr(S_OK, check(NAME("_a-b.c9")));
    expect_hr(S_OK, check(NAME("\xc3\xa4\xe4\xb8\xad")));
    expect_hr(S_OK, check(NAME("\xf0\x90\x80\x80")));
    expect_hr(S_OK, check(NAME("a\xc2\xb7")));
    expect_hr(S_OK, check("ab:", 2));
}

TEST(no_names_in_utf8)
{
    static const char *const bad[] = {
        "",
        ":",
        "a:b",
        "1",
        "-",
        "a b",
        "\xc2\xb7",
        "\xc3\x97",
        "a\x80",
        "\xc3",
        "a\xc0\x80",
        "a\xed\xa0\x80",
        "a\xf4\x90\x80\x80",
        "a\xe4\xb8",
        "\xff",
        "a\xef\xbf\xbe",
    };
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        expect_hr(WS_E_INVALID_FORMAT, check(bad[i], strlen(bad[i])));
    expect_hr(WS_E_INVALID_FORMAT, check("a\0b", 3));
    expect_hr(WS_E_INVALID_FORMAT, check("a\xc3\xa4", 2)); /* what is after it does not count */
    expect_hr(WS_E_INVALID_FORMAT, check(NULL, 0));
}

TEST(every_code_point_in_either_place)
{
    /* NameStartChar and, from `other` on, what NameChar adds; from the recommendation. */
    static const struct
    {
        uint32_t from, to;
    } start[] = {{'A', 'Z'},       {'_', '_'},       {'a', 'z'},       {0xc0, 0xd6},     {0xd8, 0xf6},
                 {0xf8, 0x2ff},    {0x370, 0x37d},   {0x37f, 0x1fff},  {0x200c, 0x200d}, {0x2070, 0x218f},
                 {0x2c00, 0x2fef}, {0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff}},
      other[] = {{'-', '.'}, {'0', '9'}, {0xb7, 0xb7}, {0x300, 0x36f}, {0x203f, 0x2040}};
    uint32_t c;
    size_t i;

    for (c = 0; c <= 0x10ffff; c++)
    {
        bool is_start = false, is_other = false;
        char bytes[6] = "a";
        size_t length;

        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        for (i = 0; i < sizeof(start) / sizeof(start[0]); i++)
            is_start |= c >= start[i].from && c <= start[i].to;
        for (i = 0; i < sizeof(other) / sizeof(other[0]); i++)
            is_other |= c >= other[i].from && c <= other[i].to;
        if (c < 0x80)
            bytes[1] = (char)c, length = 1;
        else if (c < 0x800)
            bytes[1] = (char)(0xc0 | c >> 6), bytes[2] = (char)(0x80 | (c & 0x3f)), length = 2;
        else if (c < 0x10000)
            bytes[1] = (char)(0xe0 | c >> 12), bytes[2] = (char)(0x80 | (c >> 6 & 0x3f)),
            bytes[3] = (char)(0x80 | (c & 0x3f)), length = 3;
        else
            bytes[1] = (char)(0xf0 | c >> 18), bytes[2] = (char)(0x80 | (c >> 12 & 0x3f)),
            bytes[3] = (char)(0x80 | (c >> 6 & 0x3f)), bytes[4] = (char)(0x80 | (c & 0x3f)), length = 4;
        expect_hr(is_start ? S_OK : WS_E_INVALID_FORMAT, check(bytes + 1, length));
        expect_hr(is_start || is_other ? S_OK : WS_E_INVALID_FORMAT, check(bytes, length + 1));
    }
}
