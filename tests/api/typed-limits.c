/* SPDX-License-Identifier: MIT */
/*
 * What the descriptions of simple types allow.
 *
 * Source: the pages of the descriptions.
 */
#include "support/simple-types.h"

static HRESULT CALLBACK compare_days(const WS_DURATION *one, const WS_DURATION *other, int *result, WS_ERROR *error)
{
    (void)error;
    *result = one->days < other->days ? -1 : one->days > other->days;
    return one->years ? WS_E_INVALID_FORMAT : one->hours ? E_FAIL : S_OK;
}

static const WS_DURATION_DESCRIPTION days = {{.days = 1}, {.days = 9}, compare_days},
                                     default_days = {{TRUE, .days = 1}, {.hours = 25}, NULL},
                                     months = {{.months = 11}, {.years = 1, .months = 1}, NULL};
static const WS_DECIMAL_DESCRIPTION decimals = {{.scale = 1, .sign = DECIMAL_NEG, .Lo64 = 15},
                                                {.scale = 2, .Lo64 = 150}};

/* The limits belong to what they allow. A value that they do not allow is WS_E_INVALID_FORMAT. */
TEST(descriptions_limit_what_is_read)
{
    static const WS_BOOL_DESCRIPTION yes = {TRUE}, no = {FALSE};
    static const WS_INT8_DESCRIPTION int8 = {-2, 3};
    static const WS_INT16_DESCRIPTION int16 = {-200, -100};
    static const WS_INT32_DESCRIPTION int32 = {-2147483647 - 1, 70000};
    static const WS_INT64_DESCRIPTION int64 = {-5000000000, 5000000000};
    static const WS_UINT8_DESCRIPTION uint8 = {128, 254};
    static const WS_UINT16_DESCRIPTION uint16 = {1, 40000};
    static const WS_UINT32_DESCRIPTION uint32 = {3000000000u, 4000000000u};
    static const WS_UINT64_DESCRIPTION uint64 = {3, 18446744073709551614u};
    static const WS_FLOAT_DESCRIPTION single = {-1, 0.5f};
    static const WS_DOUBLE_DESCRIPTION number = {-0.5, 1e300};
    static const WS_DATETIME_DESCRIPTION date = {{0, WS_DATETIME_FORMAT_UTC}, {864000000000, WS_DATETIME_FORMAT_UTC}};
    static const WS_TIMESPAN_DESCRIPTION span = {{-10000000}, {10000000}};
    static const WS_GUID_DESCRIPTION guid = {{1, 2, 3, {4}}};
    static const WS_UNIQUE_ID_DESCRIPTION id = {5, 6};
    static const WS_STRING_DESCRIPTION string = {2, 3};
    static const WS_WSZ_DESCRIPTION wsz = {2, 3};
    static const WS_BYTES_DESCRIPTION bytes = {2, 3};
    static const WS_XML_STRING_DESCRIPTION xml_string = {2, 3};
    static const WS_XML_QNAME_DESCRIPTION qname = {1, 2, 0, 4};
    static const WS_STRING_DESCRIPTION none = {3, 2};
    static const struct
    {
        WS_TYPE type;
        const void *description;
        size_t size;
        const char *good[2], *bad[2], *sentence; /* about the last one */
    } cases[] = {
        {WS_BOOL_TYPE, &yes, sizeof(BOOL), {"true", "1"}, {"0", "false"}, "is false; its description allows only true"},
        {WS_BOOL_TYPE, &no, sizeof(BOOL), {"false", "0"}, {"1", "true"}, "is true; its description allows only false"},
        {WS_INT8_TYPE, &int8, 1, {"-2", "3"}, {"-3", "4"}, "The value is 4; its description allows -2 to 3."},
        {WS_INT16_TYPE, &int16, 2, {"-200", "-100"}, {"-201", "-99"}, "is -99; its description allows -200 to -100"},
        {WS_INT32_TYPE, &int32, 4, {"-2147483648", "70000"}, {"70001", "2147483647"}, "allows -2147483648 to 70000"},
        {WS_INT64_TYPE, &int64, 8, {"-5000000000", "5000000000"}, {"-5000000001", "5000000001"}, "is 5000000001; "},
        {WS_UINT8_TYPE,
         &uint8,
         1,
         {"128", "254"},
         {"255", "127"},
         "The value is 127; its description allows 128 to 254"},
        {WS_UINT16_TYPE, &uint16, 2, {"1", "40000"}, {"0", "40001"}, "is 40001; its description allows 1 to 40000"},
        {WS_UINT32_TYPE,
         &uint32,
         4,
         {"3000000000", "4000000000"},
         {"1", "4000000001"},
         "allows 3000000000 to 4000000000"},
        {WS_UINT64_TYPE, &uint64, 8, {"3", "18446744073709551614"}, {"2", "18446744073709551615"}, "allows 3 to "},
        {WS_FLOAT_TYPE, &single, 4, {"-1", "0.5"}, {"-1.0001", "NaN"}, "is NaN; its description allows -1 to 0.5"},
        {WS_DOUBLE_TYPE,
         &number,
         8,
         {"-0.5", "1e300"},
         {"INF", "-0.51"},
         "is -0.51; its description allows -0.5 to 1E+300"},
        {WS_DECIMAL_TYPE,
         &decimals,
         sizeof(DECIMAL),
         {"-1.5", "1.50"},
         {"-1.51", "1.5000000000000000000000000001"},
         "is 1.5000000000000000000000000001; its description allows -1.5 to 1.50"},
        {WS_DATETIME_TYPE,
         &date,
         sizeof(WS_DATETIME),
         {"0001-01-01T00:00:00Z", "0001-01-02T02:00:00+02:00"},
         {"0001-01-03T00:00:00Z", "0001-01-02T00:00:01Z"},
         "allows 0001-01-01T00:00:00Z to 0001-01-02T00:00:00Z"},
        {WS_TIMESPAN_TYPE,
         &span,
         8,
         {"-00:00:01", "00:00:01"},
         {"-00:00:01.1", "1.00:00:00"},
         "The value is 1.00:00:00; its description allows -00:00:01 to 00:00:01."},
        {WS_DURATION_TYPE,
         &days,
         sizeof(WS_DURATION),
         {"P1D", "P9DT1M"},
         {"P10D", "PT5M"},
         "The value is PT5M; its description allows P1D to P9D."},
        {WS_DURATION_TYPE,
         &default_days,
         sizeof(WS_DURATION),
         {"-P1D", "P1DT59M59.9S"},
         {"-PT24H0.001S", "P1DT1H0.5S"},
         "The value is P1DT1H0.5S; its description allows -P1D to PT25H."},
        {WS_DURATION_TYPE,
         &months,
         sizeof(WS_DURATION),
         {"P11M", "P13M"},
         {"P10M", "P1Y2M"},
         "The value is P1Y2M; its description allows P11M to P1Y1M."},
        {WS_GUID_TYPE,
         &guid,
         sizeof(GUID),
         {"00000001-0002-0003-0400-000000000000", "00000001-0002-0003-0400-000000000000"},
         {"10000001-0002-0003-0400-000000000000", "00000001-0002-0003-0400-000000000001"},
         "allows only 00000001-0002-0003-0400-000000000000"},
        {WS_UNIQUE_ID_TYPE,
         &id,
         sizeof(WS_UNIQUE_ID),
         {"urn:a", "urn:ab"},
         {"u:ab", "urn:abc"},
         "is 7; its description allows 5 to 6"},
        {WS_STRING_TYPE,
         &string,
         sizeof(WS_STRING),
         {"\xc3\xa9\xc3\xa9", "abc"},
         {"", "abcd"},
         "The length of \"abcd\" in characters is 4; its description allows 2 to 3."},
        {WS_WSZ_TYPE,
         &wsz,
         sizeof(WCHAR *),
         {"  ", "abc"},
         {"abcd", ""},
         "The length of \"\" in characters is 0; its description allows 2 to 3."},
        {WS_BYTES_TYPE, &bytes, sizeof(WS_BYTES), {"YWI=", "YWJj"}, {"YQ==", "YWJjZA=="}, "the value in bytes is 4; "},
        {WS_XML_STRING_TYPE,
         &xml_string,
         sizeof(WS_XML_STRING),
         {"\xc3\xa9", "abc"},
         {"a", "\xc3\xa9\xc3\xa9"},
         "The length of \"????\" in bytes is 4; its description allows 2 to 3."},
        {WS_XML_QNAME_TYPE,
         &qname,
         sizeof(WS_XML_QNAME),
         {"a", "p:bc"},
         {"abc", "qq:a"},
         "The length of the namespace in bytes is 5; its description allows 0 to 4."},
        {WS_STRING_TYPE, &none, sizeof(WS_STRING), {NULL, NULL}, {"ab", "abc"}, "is 3; its description allows 3 to 2."},
    };
    struct typed f;
    unsigned i, j, in_attribute;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
        for (j = 0; j < 4; j++)
            for (in_attribute = 0; in_attribute < 2; in_attribute++)
            {
                const char *text = j < 2 ? cases[i].good[j] : cases[i].bad[j - 2];
                WS_READ_OPTION option =
                    cases[i].type == WS_WSZ_TYPE ? WS_READ_REQUIRED_POINTER : WS_READ_REQUIRED_VALUE;
                char document[200];
                BYTE value[64];

                if (!text)
                    continue;
                snprintf(document, sizeof(document),
                         in_attribute ? "<r xmlns:p='1234' xmlns:qq='12345' a='%s'/>"
                                      : "<r xmlns:p='1234' xmlns:qq='12345'>%s</r>",
                         text);
                set_text_string(f.reader, document);
                if (in_attribute)
                {
                    next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
                    ok(WsReadStartAttribute(f.reader, 2, NULL));
                }
                memset(value, UNTOUCHED, sizeof(value));
                expect_case(&f, j < 2 ? S_OK : WS_E_INVALID_FORMAT,
                            WsReadType(f.reader, in_attribute ? WS_ATTRIBUTE_TYPE_MAPPING : WS_ELEMENT_TYPE_MAPPING,
                                       cases[i].type, cases[i].description, option, f.heap, value, (ULONG)cases[i].size,
                                       f.error),
                            text);
                if (j >= 2 && !is_untouched(value, sizeof(value)))
                    test_fail(__FILE__, __LINE__, "%s: a value has been written", text);
                if (j == 3 && (!says(f.error, cases[i].sentence) ||
                               !says(f.error, in_attribute ? "of the element \"r\": " : "in the element \"r\": ")))
                    test_fail(__FILE__, __LINE__, "\"%s\" is not \"%s\"", sentence(f.error), cases[i].sentence);
            }
    finish(&f);
}

/* The page has the default comparer; what it answers of others, and that a failure is handed on, is our choice. */
TEST(durations_that_have_no_order)
{
    static const struct
    {
        const WS_DURATION_DESCRIPTION *limits;
        const char *text;
        HRESULT hr;
        const char *sentence;
    } cases[] = {
        {&default_days, "P1M", WS_E_INVALID_FORMAT, "in the element \"r\": The duration cannot be compared"},
        {&months, "P1YT1S", WS_E_INVALID_FORMAT, "The duration cannot be compared with its limits, since years"},
        {&default_days, "-P0Y", S_OK, ""},
        {&days, "P1Y", WS_E_INVALID_FORMAT, "The callback that compares durations failed with 0x803d0000."},
        {&days, "PT1H", E_FAIL, "The callback that compares durations failed with 0x80004005."},
    };
    WS_DURATION value;
    struct typed f;
    unsigned i;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
    {
        char document[100];

        snprintf(document, sizeof(document), "<r>%s</r>", cases[i].text);
        set_text_string(f.reader, document);
        expect_case(&f, cases[i].hr,
                    WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, WS_DURATION_TYPE, cases[i].limits,
                               WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), f.error),
                    cases[i].text);
        if (!says(f.error, cases[i].sentence))
            test_fail(__FILE__, __LINE__, "%s: %s", cases[i].text, sentence(f.error));
    }
    finish(&f);
}

/* The same descriptions do not limit what is written. */
TEST(descriptions_do_not_limit_what_is_written)
{
    static const WS_INT32_DESCRIPTION numbers = {1, 2};
    static const WS_BYTES_DESCRIPTION bytes = {100, 200};
    const int number = 7;
    struct typed f;

    begin(&f);
    start(f.writer, "r");
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_INT32_TYPE, &numbers, WS_WRITE_REQUIRED_VALUE, &number,
                   sizeof(number), f.error));
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_BYTES_TYPE, &bytes, WS_WRITE_REQUIRED_VALUE, &bytes_value,
                   sizeof(bytes_value), f.error));
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_DURATION_TYPE, &days, WS_WRITE_REQUIRED_VALUE, &duration_value,
                   sizeof(duration_value), f.error));
    end(f.writer);
    expect_written(&f, "<r>7AGFi/w==-P1Y2M3DT4H5M6.007S</r>", "all");
    finish(&f);
}
