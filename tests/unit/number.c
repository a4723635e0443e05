/* SPDX-License-Identifier: MIT */
/* Integers, decimals and booleans as text. */
#include "support/number.h"

#include "values/number.h"

static const char *of_int64(int64_t value)
{
    BYTE text[NUMBER_INT64_ROOM];

    return finish(text, number_write_int64(value, text));
}

static const char *of_uint64(uint64_t value)
{
    BYTE text[NUMBER_INT64_ROOM];

    return finish(text, number_write_uint64(value, text));
}

/* --- Integers --- */

TEST(integers_as_they_are_written)
{
    char wanted[32];
    int i;

    expect(!strcmp(of_int64(0), "0") && !strcmp(of_int64(-1), "-1"));
    expect(!strcmp(of_int64(INT64_MIN), "-9223372036854775808") && !strcmp(of_int64(INT64_MAX), "9223372036854775807"));
    expect(!strcmp(of_uint64(UINT64_MAX), "18446744073709551615") && !strcmp(of_uint64(0), "0"));
    expect(!strcmp(of_uint64(4294967296), "4294967296") &&
           !strcmp(of_uint64(1000000000000000000), "1000000000000000000"));
    for (i = 0; i < 100000; i++)
    {
        int64_t value = (int64_t)next_random() >> i % 64;

        snprintf(wanted, sizeof(wanted), "%lld", (long long)value);
        expect(!strcmp(of_int64(value), wanted));
        snprintf(wanted, sizeof(wanted), "%llu", (unsigned long long)value);
        expect(!strcmp(of_uint64((uint64_t)value), wanted));
    }
}

static HRESULT parse_int(const char *text, int64_t min, int64_t max, int64_t *value)
{
    size_t length = strlen(text);
    BYTE *copy = exactly(text, length);
    HRESULT hr = number_parse_int64(copy, length, min, max, value);

    free(copy);
    return hr;
}

static HRESULT parse_uint(const char *text, uint64_t max, uint64_t *value)
{
    size_t length = strlen(text);
    BYTE *copy = exactly(text, length);
    HRESULT hr = number_parse_uint64(copy, length, max, value);

    free(copy);
    return hr;
}

TEST(integers_as_they_are_read)
{
    int64_t value = 77;
    uint64_t positive = 77;
    int bits;

    expect(parse_int("0", -1, 1, &value) == S_OK && value == 0);
    expect(parse_int("-0", 0, 1, &value) == S_OK && value == 0);
    expect(parse_int("+0012", -1, 12, &value) == S_OK && value == 12);
    expect(parse_int("00000000000000000000000000000000000000012", 0, 12, &value) == S_OK && value == 12);
    for (bits = 8; bits <= 64; bits *= 2)
    {
        int64_t max = INT64_MAX >> (64 - bits), min = -max - 1;
        uint64_t umax = UINT64_MAX >> (64 - bits);
        char text[32];

        expect(parse_int(of_int64(max), min, max, &value) == S_OK && value == max);
        expect(parse_int(of_int64(min), min, max, &value) == S_OK && value == min);
        expect(parse_uint(of_uint64(umax), umax, &positive) == S_OK && positive == umax);
        value = positive = 77;
        expect_hr(bits < 32 ? WS_E_NUMERIC_OVERFLOW : WS_E_INVALID_FORMAT,
                  parse_int(of_uint64((uint64_t)max + 1), min, max, &value));
        snprintf(text, sizeof(text), "-%s", of_uint64((uint64_t)max + 2));
        expect_hr(bits < 32 ? WS_E_NUMERIC_OVERFLOW : WS_E_INVALID_FORMAT, parse_int(text, min, max, &value));
        if (bits < 64)
            expect_hr(WS_E_NUMERIC_OVERFLOW, parse_uint(of_uint64(umax + 1), umax, &positive));
        expect(value == 77 && positive == 77);
    }
}

/* What is an overflow depends on the wider integer that a text is read as. */
TEST(integers_beyond_their_range)
{
    static const struct
    {
        const char *text;
        int64_t min, max;
        HRESULT hr;
    } cases[] = {
        {"2147483647", -128, 127, WS_E_NUMERIC_OVERFLOW},
        {"2147483648", -128, 127, WS_E_INVALID_FORMAT},
        {"-2147483648", 0, 255, WS_E_NUMERIC_OVERFLOW},
        {"-2147483649", 0, 255, WS_E_INVALID_FORMAT},
        {"-1", 0, 65535, WS_E_NUMERIC_OVERFLOW},
        {"9223372036854775807", 0, UINT32_MAX, WS_E_NUMERIC_OVERFLOW},
        {"9223372036854775808", 0, UINT32_MAX, WS_E_INVALID_FORMAT},
        {"18446744073709551615", INT64_MIN, INT64_MAX, WS_E_INVALID_FORMAT},
        {"18446744073709551616", INT64_MIN, INT64_MAX, WS_E_INVALID_FORMAT},
        {"-18446744073709551616", INT64_MIN, INT64_MAX, WS_E_INVALID_FORMAT},
        {"+1", 0, 127, WS_E_INVALID_FORMAT},
    };
    static const char *const wrong[] = {"+7",
                                        "-7",
                                        "-0",
                                        "18446744073709551616",
                                        "18446744073709551620",
                                        "99999999999999999999",
                                        "184467440737095516150"};
    int64_t value = 77;
    uint64_t positive = 77;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (parse_int(cases[i].text, cases[i].min, cases[i].max, &value) != cases[i].hr)
            test_fail(__FILE__, __LINE__, "'%s'", cases[i].text);
    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
    {
        expect_hr(WS_E_INVALID_FORMAT, parse_uint(wrong[i], UINT32_MAX, &positive));
        expect_hr(WS_E_INVALID_FORMAT, parse_uint(wrong[i], UINT64_MAX, &positive));
    }
    expect_hr(WS_E_NUMERIC_OVERFLOW, parse_uint("18446744073709551615", UINT32_MAX, &positive));
    expect(value == 77 && positive == 77);
}

TEST(texts_that_are_no_integers)
{
    static const char *const wrong[] = {"",
                                        "+",
                                        "-",
                                        "1.",
                                        "1.0",
                                        "a",
                                        "1a",
                                        "1:",
                                        "1/",
                                        "0x1",
                                        " 1",
                                        "1 ",
                                        "+-1",
                                        "--1",
                                        "1e2",
                                        "999999999999999999999999999999a",
                                        "\xef\xbc\x91",
                                        "1-"};
    int64_t value = 77;
    uint64_t positive = 77;
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
    {
        expect_hr(WS_E_INVALID_FORMAT, parse_int(wrong[i], INT64_MIN, INT64_MAX, &value));
        expect_hr(WS_E_INVALID_FORMAT, parse_uint(wrong[i], UINT64_MAX, &positive));
    }
    expect(value == 77 && positive == 77);
}

TEST(booleans)
{
    static const char *const wrong[] = {"", "True", "FALSE", "2", "00", "truee", "fals", "t", " true"};
    BOOL value = 77;
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        expect_hr(WS_E_INVALID_FORMAT, number_parse_bool((const BYTE *)wrong[i], strlen(wrong[i]), &value));
    expect(value == 77);
    expect(number_parse_bool((const BYTE *)"true", 4, &value) == S_OK && value == TRUE);
    expect(number_parse_bool((const BYTE *)"false", 5, &value) == S_OK && value == FALSE);
    expect(number_parse_bool((const BYTE *)"1", 1, &value) == S_OK && value == TRUE);
    expect(number_parse_bool((const BYTE *)"0", 1, &value) == S_OK && value == FALSE);
}

/* --- Decimals --- */

static HRESULT parse_decimal(const char *text, DECIMAL *value)
{
    size_t length = strlen(text);
    BYTE *copy = exactly(text, length);
    HRESULT hr = number_parse_decimal(copy, length, value);

    free(copy);
    return hr;
}

static const char *of_decimal(const DECIMAL *value)
{
    BYTE text[NUMBER_DECIMAL_ROOM];
    size_t length = 0;

    expect_hr(S_OK, number_write_decimal(value, text, &length, NULL));
    return finish(text, length);
}

TEST(decimals_read_and_written)
{
    static const char *const cases[][2] = {
        {"0", "0"},
        {"-0", "0"},
        {"1", "1"},
        {"-1", "-1"},
        {"+1.50", "1.50"},
        {"0.00", "0.00"},
        {".5", "0.5"},
        {"5.", "5"},
        {"-.05", "-0.05"},
        {"000123.4500", "123.4500"},
        {"1.23", "1.23"},
        {"5.123456", "5.123456"},
        {"79228162514264337593543950335", "79228162514264337593543950335"},
        {"-79228162514264337593543950335", "-79228162514264337593543950335"},
        {"7.9228162514264337593543950335", "7.9228162514264337593543950335"},
        {"0.0000000000000000000000000001", "0.0000000000000000000000000001"},
        {"-0.0000000000000000000000000001", "-0.0000000000000000000000000001"},
        {"4294967296", "4294967296"},
        {"18446744073709551616", "18446744073709551616"},
        {"1000000000000000000000000000", "1000000000000000000000000000"},
        /* more digits than there is room for: to nearest, to even */
        {"0.00000000000000000000000000005", "0.0000000000000000000000000000"},
        {"-0.00000000000000000000000000005", "0.0000000000000000000000000000"},
        {"0.00000000000000000000000000015", "0.0000000000000000000000000002"},
        {"0.000000000000000000000000000050000000001", "0.0000000000000000000000000001"},
        {"0.00000000000000000000000000006", "0.0000000000000000000000000001"},
        {"7.9228162514264337593543950336", "7.922816251426433759354395034"},
        {"7.92281625142643375935439503350", "7.9228162514264337593543950335"},
        {"7.92281625142643375935439503351", "7.9228162514264337593543950335"},
        {"7.92281625142643375935439503355", "7.922816251426433759354395034"},
        {"7922816251426433759354395033.55", "7922816251426433759354395034"},
        {"79228162514264337593543950334.5", "79228162514264337593543950334"},
        {"79228162514264337593543950333.5", "79228162514264337593543950334"},
        {"79228162514264337593543950335.4999", "79228162514264337593543950335"},
        {"1.00000000000000000000000000000000000000000", "1.0000000000000000000000000000"},
        {"0.99999999999999999999999999999", "1.0000000000000000000000000000"},
    };
    DECIMAL value;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        expect_hr(S_OK, parse_decimal(cases[i][0], &value));
        if (strcmp(of_decimal(&value), cases[i][1]))
            test_fail(__FILE__, __LINE__, "%s is read as %s", cases[i][0], of_decimal(&value));
        expect(value.wReserved == 0);
    }
    /* The parts, and not only their round trip. */
    expect_hr(S_OK, parse_decimal("-5.123456", &value));
    expect(value.scale == 6 && value.sign == DECIMAL_NEG && value.Hi32 == 0 && value.Lo64 == 5123456);
    expect_hr(S_OK, parse_decimal("79228162514264337593543950335", &value));
    expect(value.scale == 0 && value.sign == 0 && value.Hi32 == 0xffffffff && value.Lo64 == UINT64_MAX);
}

TEST(decimals_refused)
{
    static const char *const wrong[] = {"",
                                        "+",
                                        "-",
                                        ".",
                                        "1e5",
                                        "1.2.3",
                                        "INF",
                                        "NaN",
                                        "1,5",
                                        "1:",
                                        "1/",
                                        " 1",
                                        "1 ",
                                        "--1",
                                        "79228162514264337593543950336x",
                                        "1.0000000000000000000000000000000000x"};
    static const char *const large[] = {"79228162514264337593543950336",   "-79228162514264337593543950336",
                                        "79228162514264337593543950335.5", "100000000000000000000000000000",
                                        "79228162514264337593543950336.0", "792281625142643375935439503350"};
    DECIMAL value, before;
    BYTE text[NUMBER_DECIMAL_ROOM];
    size_t i, length = 77;

    memset(&value, 0x5a, sizeof(value));
    before = value;
    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        expect_hr(WS_E_INVALID_FORMAT, parse_decimal(wrong[i], &value));
    for (i = 0; i < sizeof(large) / sizeof(large[0]); i++)
        expect_hr(WS_E_NUMERIC_OVERFLOW, parse_decimal(large[i], &value));
    expect(!memcmp(&value, &before, sizeof(value)));

    memset(&value, 0, sizeof(value));
    value.scale = 29;
    expect_hr(WS_E_INVALID_FORMAT, number_write_decimal(&value, text, &length, NULL));
    value.scale = 255;
    expect_hr(WS_E_INVALID_FORMAT, number_write_decimal(&value, text, &length, NULL));
    value.scale = 28;
    value.sign = 1;
    expect_hr(WS_E_INVALID_FORMAT, number_write_decimal(&value, text, &length, NULL));
    expect_size(77, length);
    value.sign = DECIMAL_NEG;
    expect(!strcmp(of_decimal(&value), "0.0000000000000000000000000000"));
}

TEST(random_decimals_survive)
{
    int i;

    for (i = 0; i < 100000; i++)
    {
        DECIMAL value, back;

        memset(&value, 0, sizeof(value));
        value.Lo64 = next_random() >> i % 64;
        value.Hi32 = i & 1 ? (ULONG)(next_random() >> i % 64) : 0;
        value.scale = (BYTE)(next_random() % 29);
        value.sign = i & 2 && (value.Lo64 || value.Hi32) ? DECIMAL_NEG : 0;
        expect_hr(S_OK, parse_decimal(of_decimal(&value), &back));
        expect(!memcmp(&value, &back, sizeof(value)));
    }
}
