/* SPDX-License-Identifier: MIT */
/* Values of every type as UTF-8, and texts of every type as UTF-8 and as values. */
#include "support/errors.h"

#include "base/memory.h"
#include "xml/value.h"

static struct arena arena;

/* Tests may share a process: each begins with an empty arena of its own. */
static void start(size_t quota)
{
    memory_init_arena(&arena, quota, 0);
}

static bool text_is(const WS_XML_TEXT *text, const char *wanted)
{
    const BYTE *bytes = NULL;
    size_t length = 0;
    WS_ERROR *error = NULL;
    HRESULT hr;
    bool equal;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    hr = text_to_utf8(text, &arena, &bytes, &length, error);
    WsFreeError(error);
    equal = hr == S_OK && length == strlen(wanted) && (!length || !memcmp(bytes, wanted, length));
    if (hr == S_OK && !equal)
        printf("# %.*s, not %s\n", (int)length, (const char *)bytes, wanted);
    return equal;
}

static WS_ERROR *error;

static const union everything
{
    BOOL boolean;
    int8_t int8;
    int16_t int16;
    int32_t int32;
    int64_t int64;
    uint8_t uint8;
    uint16_t uint16;
    uint32_t uint32;
    uint64_t uint64;
    float small;
    double number;
    DECIMAL decimal;
    WS_DATETIME date;
    WS_TIMESPAN span;
    GUID guid;
    WS_DURATION duration;
} values[] = {
    [WS_BOOL_VALUE_TYPE] = {.boolean = TRUE},
    [WS_INT8_VALUE_TYPE] = {.int8 = -128},
    [WS_INT16_VALUE_TYPE] = {.int16 = -32768},
    [WS_INT32_VALUE_TYPE] = {.int32 = INT32_MIN},
    [WS_INT64_VALUE_TYPE] = {.int64 = INT64_MIN},
    [WS_UINT8_VALUE_TYPE] = {.uint8 = 255},
    [WS_UINT16_VALUE_TYPE] = {.uint16 = 65535},
    [WS_UINT32_VALUE_TYPE] = {.uint32 = UINT32_MAX},
    [WS_UINT64_VALUE_TYPE] = {.uint64 = UINT64_MAX},
    [WS_FLOAT_VALUE_TYPE] = {.small = 0.1f},
    [WS_DOUBLE_VALUE_TYPE] = {.number = -0.1},
    [WS_DECIMAL_VALUE_TYPE] = {.decimal = {.scale = 2, .Lo32 = 150}},
    [WS_DATETIME_VALUE_TYPE] = {.date = {633262806000000000, WS_DATETIME_FORMAT_UTC}},
    [WS_TIMESPAN_VALUE_TYPE] = {.span = {-864000000001}},
    [WS_GUID_VALUE_TYPE] = {.guid = {0x33221100, 0x5544, 0x7766, {0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}}},
    [WS_DURATION_VALUE_TYPE] = {.duration = {TRUE, 1, 0, 0, 0, 0, 2, 0, 0}},
};

static const char *const texts[] = {"true",
                                    "-128",
                                    "-32768",
                                    "-2147483648",
                                    "-9223372036854775808",
                                    "255",
                                    "65535",
                                    "4294967295",
                                    "18446744073709551615",
                                    "0.1",
                                    "-0.1",
                                    "1.50",
                                    "2007-09-25T01:30:00Z",
                                    "-1.00:00:00.0000001",
                                    "33221100-5544-7766-8899-aabbccddeeff",
                                    "-P1YT2S"};

/* Without the padding that a date may end in. */
static size_t used(int type)
{
    return type == WS_DATETIME_VALUE_TYPE ? 12 : value_size((WS_VALUE_TYPE)type);
}

static const ULONG sizes[] = {4, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 16, 16, 8, 16, 36};

TEST(values_of_every_type)
{
    BYTE text[VALUE_ROOM];
    char spaced[VALUE_ROOM];
    union everything value;
    size_t length;
    int type;

    for (type = 0; type <= WS_DURATION_VALUE_TYPE; type++)
    {
        expect_size(sizes[type], value_size((WS_VALUE_TYPE)type));
        expect_hr(S_OK, value_write((WS_VALUE_TYPE)type, &values[type], text, &length, NULL));
        if (length != strlen(texts[type]) || memcmp(text, texts[type], length))
            test_fail(__FILE__, __LINE__, "type %d is %.*s", type, (int)length, (char *)text);
        memset(&value, 0x5a, sizeof(value));
        expect_hr(S_OK, value_parse((WS_VALUE_TYPE)type, text, length, &value, NULL));
        expect(!memcmp(&value, &values[type], used(type)));
        /* Nothing is written after the value. */
        expect(sizes[type] == sizeof(value) || ((BYTE *)&value)[sizes[type]] == 0x5a);

        snprintf(spaced, sizeof(spaced), " \t\r\n%s\n\r\t ", texts[type]);
        memset(&value, 0x5a, sizeof(value));
        expect_hr(S_OK, value_parse((WS_VALUE_TYPE)type, (BYTE *)spaced, strlen(spaced), &value, NULL));
        expect(!memcmp(&value, &values[type], used(type)));
    }
}

TEST(unknown_types)
{
    BYTE text[VALUE_ROOM];
    uint64_t value = 77;
    size_t length = 77;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    expect_size(0, value_size((WS_VALUE_TYPE)16));
    expect_size(0, value_size((WS_VALUE_TYPE)-1));
    expect_hr(E_INVALIDARG, value_write((WS_VALUE_TYPE)16, &value, text, &length, error));
    expect(says_exactly(error, "There is no value type 16."));
    expect_hr(E_INVALIDARG, value_parse((WS_VALUE_TYPE)-1, (const BYTE *)"1", 1, &value, error));
    expect_size(2, sentence_count(error));
    expect(length == 77 && value == 77);
    WsFreeError(error);
}

TEST(values_that_cannot_be_parsed)
{
    /* Which wider integer each type is read as. */
    static const struct
    {
        WS_VALUE_TYPE type;
        const char *text;
        HRESULT hr;
    } integers[] = {
        {WS_INT8_VALUE_TYPE, "2147483647", WS_E_NUMERIC_OVERFLOW},
        {WS_INT8_VALUE_TYPE, "2147483648", WS_E_INVALID_FORMAT},
        {WS_INT16_VALUE_TYPE, "-2147483648", WS_E_NUMERIC_OVERFLOW},
        {WS_INT16_VALUE_TYPE, "-2147483649", WS_E_INVALID_FORMAT},
        {WS_UINT8_VALUE_TYPE, "-2147483648", WS_E_NUMERIC_OVERFLOW},
        {WS_UINT8_VALUE_TYPE, "2147483648", WS_E_INVALID_FORMAT},
        {WS_UINT16_VALUE_TYPE, "-1", WS_E_NUMERIC_OVERFLOW},
        {WS_UINT16_VALUE_TYPE, "65536", WS_E_NUMERIC_OVERFLOW},
        {WS_UINT16_VALUE_TYPE, "+1", WS_E_INVALID_FORMAT},
        {WS_UINT16_VALUE_TYPE, "2147483648", WS_E_INVALID_FORMAT},
        {WS_INT32_VALUE_TYPE, "2147483648", WS_E_INVALID_FORMAT},
        {WS_UINT32_VALUE_TYPE, "4294967296", WS_E_NUMERIC_OVERFLOW},
        {WS_UINT32_VALUE_TYPE, "18446744073709551615", WS_E_NUMERIC_OVERFLOW},
        {WS_UINT32_VALUE_TYPE, "18446744073709551616", WS_E_INVALID_FORMAT},
        {WS_UINT32_VALUE_TYPE, "-1", WS_E_INVALID_FORMAT},
        {WS_INT64_VALUE_TYPE, "9223372036854775808", WS_E_INVALID_FORMAT},
        {WS_UINT64_VALUE_TYPE, "18446744073709551616", WS_E_INVALID_FORMAT},
        {WS_UINT64_VALUE_TYPE, "-1", WS_E_INVALID_FORMAT},
        {WS_DECIMAL_VALUE_TYPE, "79228162514264337593543950336", WS_E_NUMERIC_OVERFLOW},
    };
    union everything value, before;
    size_t i;
    int type;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    memset(&value, 0x5a, sizeof(value));
    before = value;
    for (type = 0; type <= WS_DURATION_VALUE_TYPE; type++)
    {
        expect_hr(WS_E_INVALID_FORMAT, value_parse((WS_VALUE_TYPE)type, (const BYTE *)"", 0, &value, error));
        expect_hr(WS_E_INVALID_FORMAT, value_parse((WS_VALUE_TYPE)type, (const BYTE *)" \n ", 3, &value, error));
        expect(says(error, "The text is empty; a"));
        expect_hr(WS_E_INVALID_FORMAT, value_parse((WS_VALUE_TYPE)type, (const BYTE *)"a b", 3, &value, error));
        expect_size((size_t)(3 * type + 3), sentence_count(error));
    }
    expect(says_exactly(error, "\"a b\" is not a duration."));
    for (i = 0; i < sizeof(integers) / sizeof(integers[0]); i++)
    {
        const char *text = integers[i].text;

        if (value_parse(integers[i].type, (const BYTE *)text, strlen(text), &value, NULL) != integers[i].hr)
            test_fail(__FILE__, __LINE__, "'%s' for type %d", text, (int)integers[i].type);
    }
    expect_hr(WS_E_NUMERIC_OVERFLOW, value_parse(WS_UINT8_VALUE_TYPE, (const BYTE *)" 256", 4, &value, error));
    expect(says_exactly(error, "\"256\" is outside the range of an unsigned 8-bit integer."));
    expect_hr(WS_E_INVALID_FORMAT, value_parse(WS_INT32_VALUE_TYPE, (const BYTE *)"2147483648", 10, &value, error));
    expect(says_exactly(error, "\"2147483648\" is not a signed 32-bit integer."));
    expect(!memcmp(&value, &before, sizeof(value)));
    WsFreeError(error);
}

TEST(values_that_cannot_be_written)
{
    static const WS_DATETIME date = {UINT64_MAX, WS_DATETIME_FORMAT_UTC};
    static const DECIMAL decimal = {.scale = 29};
    static const WS_DURATION duration = {.milliseconds = 1000};
    BYTE text[VALUE_ROOM];
    size_t length = 77;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    expect_hr(WS_E_INVALID_FORMAT, value_write(WS_DATETIME_VALUE_TYPE, &date, text, &length, error));
    expect(says(error, "18446744073709551615 ticks"));
    expect_hr(WS_E_INVALID_FORMAT, value_write(WS_DECIMAL_VALUE_TYPE, &decimal, text, &length, error));
    expect(says(error, "scale 29"));
    expect_hr(WS_E_INVALID_FORMAT, value_write(WS_DURATION_VALUE_TYPE, &duration, text, &length, error));
    expect(says(error, "1000 milliseconds"));
    expect_size(3, sentence_count(error));
    expect_size(77, length);
    WsFreeError(error);
}

/* One text of each type. */
static BYTE prefix_bytes[] = "p", name_bytes[] = "name", utf8_bytes[] = "a\xc3\xa4<&";
static WS_XML_STRING prefix = {1, prefix_bytes, NULL, 0}, no_prefix = {0, NULL, NULL, 0},
                     name = {4, name_bytes, NULL, 0};
static WCHAR wide_chars[] = {'a', 0xe4, 0x20ac, 0xd83d, 0xde00};
static BYTE three[] = {0, 0, 0, 0xff};
static WS_XML_UTF8_TEXT utf8_text = {{WS_XML_TEXT_TYPE_UTF8}, {5, utf8_bytes, NULL, 0}};
static WS_XML_UTF16_TEXT utf16_text = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)wide_chars, sizeof(wide_chars)};
static WS_XML_BASE64_TEXT base64_text = {{WS_XML_TEXT_TYPE_BASE64}, three, 3};
static WS_XML_BOOL_TEXT bool_text = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
static WS_XML_INT32_TEXT int32_text = {{WS_XML_TEXT_TYPE_INT32}, 123};
static WS_XML_INT64_TEXT int64_text = {{WS_XML_TEXT_TYPE_INT64}, -5000000000};
static WS_XML_UINT64_TEXT uint64_text = {{WS_XML_TEXT_TYPE_UINT64}, UINT64_MAX};
static WS_XML_FLOAT_TEXT float_text = {{WS_XML_TEXT_TYPE_FLOAT}, 1.1f};
static WS_XML_DOUBLE_TEXT double_text = {{WS_XML_TEXT_TYPE_DOUBLE}, 0.0};
static WS_XML_DECIMAL_TEXT decimal_text = {{WS_XML_TEXT_TYPE_DECIMAL}, {.scale = 2, .Lo32 = 123}};
static WS_XML_GUID_TEXT guid_text = {{WS_XML_TEXT_TYPE_GUID},
                                     {0x33221100, 0x5544, 0x7766, {0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}}};
static WS_XML_UNIQUE_ID_TEXT unique_id_text = {
    {WS_XML_TEXT_TYPE_UNIQUE_ID}, {0x33221100, 0x5544, 0x7766, {0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}}};
static WS_XML_DATETIME_TEXT datetime_text = {{WS_XML_TEXT_TYPE_DATETIME},
                                             {633264858000000000, WS_DATETIME_FORMAT_NONE}};
static WS_XML_TIMESPAN_TEXT timespan_text = {{WS_XML_TEXT_TYPE_TIMESPAN}, {864000000000}};
static WS_XML_QNAME_TEXT qname_text = {{WS_XML_TEXT_TYPE_QNAME}, &prefix, &name, NULL};

static struct
{
    WS_XML_TEXT *text;
    const char *utf8;
} all[] = {
    {&utf8_text.text, "a\xc3\xa4<&"},
    {&utf16_text.text, "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"},
    {&base64_text.text, "AAAA"}, /* WS_XML_BASE64_TEXT's example */
    {&bool_text.text, "true"},
    {&int32_text.text, "123"},
    {&int64_text.text, "-5000000000"},
    {&uint64_text.text, "18446744073709551615"},
    {&float_text.text, "1.1"},
    {&double_text.text, "0"},
    {&decimal_text.text, "1.23"},
    {&guid_text.text, "33221100-5544-7766-8899-aabbccddeeff"},
    {&unique_id_text.text, "urn:uuid:33221100-5544-7766-8899-aabbccddeeff"},
    {&datetime_text.text, "2007-09-27T10:30:00"},
    {&timespan_text.text, "1.00:00:00"},
    {&qname_text.text, "p:name"},
};

TEST(texts_of_every_type)
{
    size_t i;

    start(SIZE_MAX);
    for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
    {
        expect_size(i + 1, all[i].text->textType);
        expect(text_is(all[i].text, all[i].utf8));
    }
    arena_release(&arena);
}

TEST(utf8_is_not_copied)
{
    const BYTE *bytes = NULL;
    size_t length = 0;

    start(0);
    expect_hr(S_OK, text_to_utf8(&utf8_text.text, &arena, &bytes, &length, NULL));
    expect(bytes == utf8_bytes && length == 5);
    arena_release(&arena);
}

TEST(qualified_names_without_a_prefix)
{
    WS_XML_QNAME_TEXT text = {{WS_XML_TEXT_TYPE_QNAME}, NULL, &name, NULL};

    start(SIZE_MAX);
    expect(text_is(&text.text, "name"));
    text.prefix = &no_prefix;
    expect(text_is(&text.text, "name"));
    arena_release(&arena);
}

TEST(lists_have_a_space_between_their_items)
{
    WS_XML_TEXT *items[16], *example[] = {&int32_text.text, &bool_text.text};
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 2, example};
    WS_XML_UTF8_TEXT empty = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    char wanted[512] = "";
    size_t i;

    start(SIZE_MAX);
    expect(text_is(&list.text, "123 true")); /* WS_XML_LIST_TEXT's example */
    list.itemCount = 1;
    expect(text_is(&list.text, "123"));
    list.itemCount = 0;
    expect(text_is(&list.text, ""));
    list.items = NULL;
    expect(text_is(&list.text, ""));
    for (i = 0; i < 15; i++)
    {
        items[i] = all[i].text;
        strcat(wanted, all[i].utf8);
        strcat(wanted, i < 14 ? " " : "");
    }
    list.items = items;
    list.itemCount = 15;
    expect(text_is(&list.text, wanted));
    items[0] = items[2] = &empty.text;
    list.itemCount = 3;
    expect(text_is(&list.text, " a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 "));
    arena_release(&arena);
}

TEST(texts_refused)
{
    WS_XML_TEXT unknown = {(WS_XML_TEXT_TYPE)17}, zero = {(WS_XML_TEXT_TYPE)0};
    WS_XML_LIST_TEXT inner = {{WS_XML_TEXT_TYPE_LIST}, 0, NULL}, list = {{WS_XML_TEXT_TYPE_LIST}, 1, NULL};
    WS_XML_UTF16_TEXT odd = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)wide_chars, 3}, lone = odd, null16 = odd;
    WS_XML_BASE64_TEXT null64 = {{WS_XML_TEXT_TYPE_BASE64}, NULL, 1};
    WS_XML_UTF8_TEXT null8 = {{WS_XML_TEXT_TYPE_UTF8}, {1, NULL, NULL, 0}};
    WS_XML_UTF8_TEXT cut8 = {{WS_XML_TEXT_TYPE_UTF8}, {3, (BYTE *)"a\xe2\x82", NULL, 0}};
    WS_XML_STRING cut = {2, (BYTE *)"a\xc3", NULL, 0};
    WS_XML_QNAME_TEXT cut_prefix = {{WS_XML_TEXT_TYPE_QNAME}, &cut, &prefix, NULL};
    WS_XML_QNAME_TEXT cut_name = {{WS_XML_TEXT_TYPE_QNAME}, NULL, &cut, NULL};
    WS_XML_STRING null_string = {1, NULL, NULL, 0};
    WS_XML_QNAME_TEXT nameless = {{WS_XML_TEXT_TYPE_QNAME}, &prefix, NULL, NULL},
                      null_name = {{WS_XML_TEXT_TYPE_QNAME}, NULL, &null_string, NULL},
                      null_prefix = {{WS_XML_TEXT_TYPE_QNAME}, &null_string, &name, NULL};
    WS_XML_DATETIME_TEXT late = {{WS_XML_TEXT_TYPE_DATETIME}, {UINT64_MAX, WS_DATETIME_FORMAT_UTC}};
    WS_XML_TEXT *list_in_list[] = {&inner.text}, *null_item[] = {NULL}, *bad_item[] = {&late.text},
                *cut_item[] = {&cut8.text};
    const BYTE *bytes = prefix_bytes;
    size_t length = 77;
    ULONG count = 0;

    lone.byteCount = 8;
    null16.bytes = NULL;
    start(SIZE_MAX);
    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
#define refused(code, text) \
    do \
    { \
        expect_hr(code, text_to_utf8(text, &arena, &bytes, &length, error)); \
        expect_size(++count, sentence_count(error)); \
        expect(bytes == prefix_bytes && length == 77); \
    } while (0)
    refused(E_INVALIDARG, &unknown);
    refused(E_INVALIDARG, &zero);
    refused(E_INVALIDARG, NULL);
    refused(WS_E_INVALID_FORMAT, &odd.text);
    refused(WS_E_INVALID_FORMAT, &lone.text);
    refused(WS_E_INVALID_FORMAT, &late.text);
    refused(E_INVALIDARG, &null16.text);
    refused(E_INVALIDARG, &null64.text);
    refused(E_INVALIDARG, &null8.text);
    refused(E_INVALIDARG, &nameless.text);
    refused(WS_E_INVALID_FORMAT, &cut8.text);
    refused(WS_E_INVALID_FORMAT, &cut_prefix.text);
    refused(WS_E_INVALID_FORMAT, &cut_name.text);
    refused(E_INVALIDARG, &null_name.text);
    refused(E_INVALIDARG, &null_prefix.text);
    refused(E_INVALIDARG, &list.text);
    list.items = list_in_list;
    refused(E_INVALIDARG, &list.text);
    list.items = null_item;
    refused(E_INVALIDARG, &list.text);
    list.items = bad_item;
    refused(WS_E_INVALID_FORMAT, &list.text);
    list.items = cut_item;
    refused(WS_E_INVALID_FORMAT, &list.text);
#undef refused
    WsFreeError(error);
    arena_release(&arena);
}

/* With every quota that is too small. */
TEST(texts_without_memory)
{
    WS_XML_TEXT *items[15];
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 15, items};
    WS_XML_LIST_TEXT huge = {{WS_XML_TEXT_TYPE_LIST}, 0xffffffff, items};
    WS_XML_BASE64_TEXT huge64 = {{WS_XML_TEXT_TYPE_BASE64}, three, 0xffffffff};
    WS_XML_UTF16_TEXT huge16 = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)wide_chars + 1, 0xfffffffe};
    const BYTE *bytes = NULL;
    size_t i, quota, length = 0;

    for (i = 0; i < 15; i++)
        items[i] = all[i].text;
    for (quota = 0;; quota += 7)
    {
        HRESULT hr;

        start(quota);
        hr = text_to_utf8(&list.text, &arena, &bytes, &length, NULL);
        arena_release(&arena);
        if (hr == S_OK)
            break;
        expect_hr(WS_E_QUOTA_EXCEEDED, hr);
        expect(bytes == NULL && length == 0);
    }
    expect(quota > 300);
    start(1000);
    bytes = NULL;
    expect(FAILED(text_to_utf8(&huge.text, &arena, &bytes, &length, NULL)));
    expect_hr(WS_E_QUOTA_EXCEEDED, text_to_utf8(&huge64.text, &arena, &bytes, &length, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, text_to_utf8(&huge16.text, &arena, &bytes, &length, NULL));
    expect(bytes == NULL);
    arena_release(&arena);
}

TEST(utf16_at_an_odd_address)
{
    BYTE bytes[9];
    WS_XML_UTF16_TEXT text = {{WS_XML_TEXT_TYPE_UTF16}, bytes + 1, 8};

    memcpy(bytes + 1, u"true", 8);
    start(SIZE_MAX);
    expect(text_is(&text.text, "true"));
    text.bytes = bytes;
    memcpy(bytes, u"text", 8);
    expect(text_is(&text.text, "text"));
    arena_release(&arena);
}

/* Every type of text that has a value is the value of its own type, and of any other that its text is one of. */
TEST(values_of_texts)
{
    static const struct
    {
        WS_XML_TEXT *text;
        WS_VALUE_TYPE type;
        HRESULT hr;
        int64_t value;
    } cases[] = {
        {&int32_text.text, WS_INT32_VALUE_TYPE, S_OK, 123},
        {&int32_text.text, WS_INT8_VALUE_TYPE, S_OK, 123},
        {&int32_text.text, WS_UINT64_VALUE_TYPE, S_OK, 123},
        {&int32_text.text, WS_BOOL_VALUE_TYPE, WS_E_INVALID_FORMAT, 0},
        {&int64_text.text, WS_INT64_VALUE_TYPE, S_OK, -5000000000},
        {&int64_text.text, WS_INT32_VALUE_TYPE, WS_E_NUMERIC_OVERFLOW, 0},
        {&uint64_text.text, WS_INT64_VALUE_TYPE, WS_E_NUMERIC_OVERFLOW, 0},
        {&uint64_text.text, WS_UINT64_VALUE_TYPE, S_OK, -1},
        {&double_text.text, WS_INT8_VALUE_TYPE, S_OK, 0},
        {&float_text.text, WS_INT32_VALUE_TYPE, WS_E_INVALID_FORMAT, 0},
        {&bool_text.text, WS_INT32_VALUE_TYPE, WS_E_INVALID_FORMAT, 0},
        {&bool_text.text, WS_BOOL_VALUE_TYPE, S_OK, 1},
        {&timespan_text.text, WS_TIMESPAN_VALUE_TYPE, S_OK, 864000000000},
        {&unique_id_text.text, WS_GUID_VALUE_TYPE, WS_E_INVALID_FORMAT, 0},
        {&utf8_text.text, WS_INT32_VALUE_TYPE, WS_E_INVALID_FORMAT, 0},
    };
    WS_XML_UTF16_TEXT wide = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u" -7 ", 8};
    WS_XML_TEXT *one[] = {&int32_text.text};
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 1, one};
    WS_XML_DATETIME_TEXT late = {{WS_XML_TEXT_TYPE_DATETIME}, {UINT64_MAX, WS_DATETIME_FORMAT_UTC}};
    int64_t value;
    size_t i;

    start(SIZE_MAX);
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        value = cases[i].value < 0 && cases[i].type < WS_INT64_VALUE_TYPE ? -1 : 0;
        if (text_to_value(cases[i].text, &arena, cases[i].type, &value, NULL) != cases[i].hr || value != cases[i].value)
            test_fail(__FILE__, __LINE__, "case %zu gives %lld", i, (long long)value);
    }
    value = -1;
    expect(text_to_value(&wide.text, &arena, WS_INT8_VALUE_TYPE, &value, NULL) == S_OK && value == -7);
    expect(text_to_value(&list.text, &arena, WS_INT64_VALUE_TYPE, &value, NULL) == S_OK && value == 123);
    expect_hr(E_INVALIDARG, text_to_value(NULL, &arena, WS_INT8_VALUE_TYPE, &value, NULL));
    expect_hr(E_INVALIDARG, text_to_value(&int32_text.text, &arena, (WS_VALUE_TYPE)16, &value, NULL));
    expect_hr(WS_E_INVALID_FORMAT, text_to_value(&late.text, &arena, WS_INT8_VALUE_TYPE, &value, NULL));
    expect(value == 123);
    arena_release(&arena);
}

/* What does not fit into an integer is an overflow, where its characters would be no number at all. */
TEST(integers_of_texts_of_integers)
{
    static const struct
    {
        WS_VALUE_TYPE type;
        int64_t min;
        uint64_t max;
    } types[] = {
        {WS_INT8_VALUE_TYPE, INT8_MIN, INT8_MAX},    {WS_INT16_VALUE_TYPE, INT16_MIN, INT16_MAX},
        {WS_INT32_VALUE_TYPE, INT32_MIN, INT32_MAX}, {WS_INT64_VALUE_TYPE, INT64_MIN, INT64_MAX},
        {WS_UINT8_VALUE_TYPE, 0, UINT8_MAX},         {WS_UINT16_VALUE_TYPE, 0, UINT16_MAX},
        {WS_UINT32_VALUE_TYPE, 0, UINT32_MAX},       {WS_UINT64_VALUE_TYPE, 0, UINT64_MAX},
    };
    WS_XML_INT32_TEXT small = {{WS_XML_TEXT_TYPE_INT32}, 0};
    WS_XML_INT64_TEXT number = {{WS_XML_TEXT_TYPE_INT64}, 0};
    WS_XML_UINT64_TEXT positive = {{WS_XML_TEXT_TYPE_UINT64}, 0};
    size_t i, j;
    int k;

#define check(of, is_negative) \
    do \
    { \
        bool fits = (is_negative) ? (int64_t)(of)->value >= types[i].min : (uint64_t)(of)->value <= types[i].max; \
        uint64_t value = 0, wanted = fits ? (uint64_t)(of)->value << (64 - 8 * value_size(types[i].type)) : 0; \
        expect_hr(fits ? S_OK : WS_E_NUMERIC_OVERFLOW, \
                  text_to_value(&(of)->text, &arena, types[i].type, &value, NULL)); \
        expect(value << (64 - 8 * value_size(types[i].type)) == wanted); \
    } while (0)
    start(0);
    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        for (j = 0; j < sizeof(types) / sizeof(types[0]); j++)
            for (k = -2; k <= 2; k++)
            {
                number.value = (int64_t)((uint64_t)types[j].min + (uint64_t)(int64_t)k);
                small.value = (int)number.value;
                positive.value = types[j].max + (uint64_t)(int64_t)k;
                check(&number, number.value < 0);
                check(&small, small.value < 0);
                check(&positive, false);
                number.value = (int64_t)positive.value;
                check(&number, number.value < 0);
            }
#undef check
    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    number.value = INT64_MIN;
    expect_hr(WS_E_NUMERIC_OVERFLOW, text_to_value(&number.text, &arena, WS_INT32_VALUE_TYPE, &i, error));
    expect(says_exactly(error, "\"-9223372036854775808\" is outside the range of a signed 32-bit integer."));
    WsFreeError(error);
    arena_release(&arena);
}

TEST(values_of_texts_of_their_own_type)
{
    static const WS_VALUE_TYPE types[] = {WS_BOOL_VALUE_TYPE,    WS_INT32_VALUE_TYPE, WS_INT64_VALUE_TYPE,
                                          WS_UINT64_VALUE_TYPE,  WS_FLOAT_VALUE_TYPE, WS_DOUBLE_VALUE_TYPE,
                                          WS_DECIMAL_VALUE_TYPE, WS_GUID_VALUE_TYPE,  WS_DATETIME_VALUE_TYPE,
                                          WS_TIMESPAN_VALUE_TYPE};
    static const int text_types[] = {WS_XML_TEXT_TYPE_BOOL,    WS_XML_TEXT_TYPE_INT32, WS_XML_TEXT_TYPE_INT64,
                                     WS_XML_TEXT_TYPE_UINT64,  WS_XML_TEXT_TYPE_FLOAT, WS_XML_TEXT_TYPE_DOUBLE,
                                     WS_XML_TEXT_TYPE_DECIMAL, WS_XML_TEXT_TYPE_GUID,  WS_XML_TEXT_TYPE_DATETIME,
                                     WS_XML_TEXT_TYPE_TIMESPAN};
    union everything value, parsed;
    size_t i;

    start(0);
    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
    {
        const char *utf8 = all[text_types[i] - 1].utf8;

        memset(&value, 0x5a, sizeof(value));
        parsed = value;
        expect_hr(S_OK, text_to_value(all[text_types[i] - 1].text, &arena, types[i], &value, NULL));
        expect_hr(S_OK, value_parse(types[i], (const BYTE *)utf8, strlen(utf8), &parsed, NULL));
        expect(!memcmp(&value, &parsed, used((int)types[i])));
    }
    arena_release(&arena);
}

/* A value straight from a text is checked as one that goes through characters. */
TEST(values_of_texts_that_are_none)
{
    WS_XML_DATETIME_TEXT late = {{WS_XML_TEXT_TYPE_DATETIME}, {UINT64_MAX, WS_DATETIME_FORMAT_UTC}};
    WS_XML_DATETIME_TEXT formless = {{WS_XML_TEXT_TYPE_DATETIME}, {0, (WS_DATETIME_FORMAT)3}};
    WS_XML_DECIMAL_TEXT decimal = {{WS_XML_TEXT_TYPE_DECIMAL}, {0}};
    WS_XML_BOOL_TEXT boolean = {{WS_XML_TEXT_TYPE_BOOL}, 0x100};
    WS_DATETIME date = {77, WS_DATETIME_FORMAT_NONE};
    DECIMAL number;
    BOOL truth = 77;

    start(SIZE_MAX);
    memset(&number, 0x77, sizeof(number));
    expect_hr(WS_E_INVALID_FORMAT, text_to_value(&late.text, &arena, WS_DATETIME_VALUE_TYPE, &date, NULL));
    expect_hr(WS_E_INVALID_FORMAT, text_to_value(&formless.text, &arena, WS_DATETIME_VALUE_TYPE, &date, NULL));
    expect(date.ticks == 77 && date.format == WS_DATETIME_FORMAT_NONE);
    decimal.value.scale = 29;
    expect_hr(WS_E_INVALID_FORMAT, text_to_value(&decimal.text, &arena, WS_DECIMAL_VALUE_TYPE, &number, NULL));
    expect(number.scale == 0x77);
    expect_hr(S_OK, text_to_value(&boolean.text, &arena, WS_BOOL_VALUE_TYPE, &truth, NULL));
    expect(truth == TRUE);
    arena_release(&arena);
}
