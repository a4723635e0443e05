/* SPDX-License-Identifier: MIT */
/*
 * simple-types.h - the types whose values are a text: a value of each, and what the page of WS_TYPE lets be done with
 * it, written down from that page; readers and writers for tests of them.
 */
#ifndef WS_SUPPORT_SIMPLE_TYPES_H
#define WS_SUPPORT_SIMPLE_TYPES_H

#include "support/reader.h"
#include "support/writer.h"

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

#define P WS_FIELD_POINTER
#define O WS_FIELD_OPTIONAL
#define N WS_FIELD_NILLABLE
#define I WS_FIELD_NILLABLE_ITEM

#define BIT(n)       (1u << (n))
#define IS(mappings) BIT(WS_##mappings##_FIELD_MAPPING)

struct simple_type
{
    WS_TYPE type;
    const char *name;
    const void *description; /* which only enumerations must have */
    const void *value;
    size_t size; /* of an array, which a structure has in two fields: that of the string which is like it */
    const char *text;
    unsigned mappings; /* of fields */
    unsigned options;  /* of fields: of the combinations of the flags above */
};

static const BOOL bool_value = TRUE;
static const CHAR int8_value = -128;
static const SHORT int16_value = -32768;
static const int int32_value = -70000;
static const INT64 int64_value = -5000000000;
static const BYTE uint8_value = 255;
static const USHORT uint16_value = 65535;
static const ULONG uint32_value = 4294967295u;
static const UINT64 uint64_value = 18446744073709551615u;
static const float float_value = 0.25f;
static const double double_value = -2.5;
static const DECIMAL decimal_value = {.scale = 2, .sign = DECIMAL_NEG, .Lo64 = 1250};
static const WS_DATETIME date_value = {864000000000, WS_DATETIME_FORMAT_UTC};
static const WS_TIMESPAN span_value = {36000000000};
static const WS_DURATION duration_value = {TRUE, 1, 2, 3, 4, 5, 6, 7, 0};
static const GUID guid_value = {0x01020304, 0x0506, 0x0708, {9, 10, 11, 12, 13, 14, 15, 16}};
static const int enum_value = 7;
static const WCHAR wide_value[] = {'u', ':', 0xe9, '<', 0};
static const WS_UNIQUE_ID id_value = {{4, (WCHAR *)wide_value}, {0, 0, 0, {0}}};
static const WS_STRING string_value = {4, (WCHAR *)wide_value};
static const WCHAR *const wsz_value = wide_value;
static const WS_XML_STRING xml_string_value = STRING("u:\xc3\xa9<");
static const WS_BYTES bytes_value = {4, (BYTE *)"\0ab\xff"};
static const WS_XML_QNAME qname_value = {STRING("n"), STRING("")};

static WS_XML_STRING enum_names[] = {STRING("one"), STRING("seven"), STRING("least")};
static WS_ENUM_VALUE enum_values[] = {{1, &enum_names[0]}, {7, &enum_names[1]}, {-2147483647 - 1, &enum_names[2]}};
static WS_ENUM_DESCRIPTION enum_description = {enum_values, 3, 5, NULL};

/* clang-format off */
#define IN_TEXT (IS(ELEMENT) | IS(REPEATING_ELEMENT) | IS(ATTRIBUTE) | IS(TEXT) | IS(NO))
#define VALUES  (BIT(0) | BIT(O) | BIT(P | N) | BIT(P | N | O) | BIT(P | I) | BIT(P | N | I) | BIT(P | O | I) | \
                 BIT(P | N | O | I))
#define STRINGS (BIT(0) | BIT(O) | BIT(N) | BIT(N | O) | BIT(I) | BIT(N | I) | BIT(O | I) | BIT(N | O | I))
#define TYPE(type, description, value, text, mappings, options) \
    {type, #type, description, &(value), sizeof(value), text, mappings, options}

static const struct simple_type simple_types[] = {
    TYPE(WS_BOOL_TYPE, NULL, bool_value, "true", IN_TEXT, VALUES),
    TYPE(WS_INT8_TYPE, NULL, int8_value, "-128", IN_TEXT, VALUES),
    TYPE(WS_INT16_TYPE, NULL, int16_value, "-32768", IN_TEXT, VALUES),
    TYPE(WS_INT32_TYPE, NULL, int32_value, "-70000", IN_TEXT, VALUES),
    TYPE(WS_INT64_TYPE, NULL, int64_value, "-5000000000", IN_TEXT, VALUES),
    TYPE(WS_UINT8_TYPE, NULL, uint8_value, "255", IN_TEXT, VALUES),
    TYPE(WS_UINT16_TYPE, NULL, uint16_value, "65535", IN_TEXT, VALUES),
    TYPE(WS_UINT32_TYPE, NULL, uint32_value, "4294967295", IN_TEXT, VALUES),
    TYPE(WS_UINT64_TYPE, NULL, uint64_value, "18446744073709551615", IN_TEXT, VALUES),
    TYPE(WS_FLOAT_TYPE, NULL, float_value, "0.25", IN_TEXT, VALUES),
    TYPE(WS_DOUBLE_TYPE, NULL, double_value, "-2.5", IN_TEXT, VALUES),
    TYPE(WS_DECIMAL_TYPE, NULL, decimal_value, "-12.50", IN_TEXT, VALUES),
    TYPE(WS_DATETIME_TYPE, NULL, date_value, "0001-01-02T00:00:00Z", IN_TEXT, VALUES),
    TYPE(WS_TIMESPAN_TYPE, NULL, span_value, "01:00:00", IN_TEXT, VALUES),
    TYPE(WS_DURATION_TYPE, NULL, duration_value, "-P1Y2M3DT4H5M6.007S", IN_TEXT, VALUES),
    TYPE(WS_GUID_TYPE, NULL, guid_value, "01020304-0506-0708-090a-0b0c0d0e0f10", IN_TEXT, VALUES),
    TYPE(WS_ENUM_TYPE, &enum_description, enum_value, "seven", IN_TEXT, VALUES),
    TYPE(WS_UNIQUE_ID_TYPE, NULL, id_value, "u:\xc3\xa9&lt;", IN_TEXT, VALUES),
    TYPE(WS_XML_QNAME_TYPE, NULL, qname_value, "n", IN_TEXT, VALUES),
    TYPE(WS_STRING_TYPE, NULL, string_value, "u:\xc3\xa9&lt;", IN_TEXT | IS(XML_ATTRIBUTE), STRINGS),
    TYPE(WS_WSZ_TYPE, NULL, wsz_value, "u:\xc3\xa9&lt;", IN_TEXT | IS(XML_ATTRIBUTE), STRINGS),
    TYPE(WS_BYTES_TYPE, NULL, bytes_value, "AGFi/w==", IN_TEXT, STRINGS),
    TYPE(WS_XML_STRING_TYPE, NULL, xml_string_value, "u:\xc3\xa9&lt;", IN_TEXT, STRINGS),
    /* For fields only. */
    TYPE(WS_CHAR_ARRAY_TYPE, NULL, string_value, "u:\xc3\xa9&lt;", IN_TEXT | IS(XML_ATTRIBUTE), STRINGS),
    TYPE(WS_UTF8_ARRAY_TYPE, NULL, xml_string_value, "u:\xc3\xa9&lt;", IN_TEXT & ~IS(REPEATING_ELEMENT), STRINGS),
    TYPE(WS_BYTE_ARRAY_TYPE, NULL, bytes_value, "AGFi/w==", IN_TEXT & ~IS(REPEATING_ELEMENT), STRINGS),
};
/* clang-format on */
#undef TYPE

#define COUNT(array)            (sizeof(array) / sizeof((array)[0]))
#define SIMPLE_TYPES            COUNT(simple_types)
#define for_each_simple_type(t) for (t = simple_types; t < simple_types + SIMPLE_TYPES; t++)

/* In a structure its pointer and its length are two fields; it cannot be passed by itself. */
static inline bool is_array(const struct simple_type *t)
{
    return t->type == WS_CHAR_ARRAY_TYPE || t->type == WS_UTF8_ARRAY_TYPE || t->type == WS_BYTE_ARRAY_TYPE;
}

/* Its values are pointers. */
static inline bool is_pointer(const struct simple_type *t)
{
    return t->type == WS_WSZ_TYPE;
}

/* A value of it can be nil by itself: no bytes at NULL. */
static inline bool has_nil(const struct simple_type *t)
{
    return t->type == WS_STRING_TYPE || t->type == WS_BYTES_TYPE || t->type == WS_XML_STRING_TYPE;
}

/* Whether a value is that of the table. */
static inline bool is_value(const struct simple_type *t, const void *value)
{
    switch (t->type)
    {
    case WS_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE:
    case WS_UNIQUE_ID_TYPE: /* whose URI comes first */
    {
        const WS_STRING *string = value;

        if (t->type == WS_UNIQUE_ID_TYPE && memcmp(&((const WS_UNIQUE_ID *)value)->guid, &id_value.guid, sizeof(GUID)))
            return false;
        return string->length == 4 && !memcmp(string->chars, wide_value, 4 * sizeof(WCHAR));
    }
    case WS_WSZ_TYPE: return !memcmp(*(WCHAR *const *)value, wide_value, sizeof(wide_value));
    case WS_BYTES_TYPE:
    case WS_BYTE_ARRAY_TYPE:
        return ((const WS_BYTES *)value)->length == 4 && !memcmp(((const WS_BYTES *)value)->bytes, "\0ab\xff", 4);
    case WS_XML_STRING_TYPE: return string_is(value, "u:\xc3\xa9<") && !((const WS_XML_STRING *)value)->dictionary;
    case WS_UTF8_ARRAY_TYPE: return string_is(value, "u:\xc3\xa9<");
    case WS_XML_QNAME_TYPE:
        return string_is(&((const WS_XML_QNAME *)value)->localName, "n") &&
               string_is(&((const WS_XML_QNAME *)value)->ns, "") && ((const WS_XML_QNAME *)value)->ns.bytes;
    default: return !memcmp(value, t->value, t->size);
    }
}

static inline bool is_filled(const void *memory, BYTE with, size_t size)
{
    const BYTE *bytes = memory;
    size_t i;

    for (i = 0; i < size && bytes[i] == with; i++)
        ;
    return i == size;
}

#define is_zero(memory, size)      is_filled(memory, 0, size)
#define UNTOUCHED                  0x5a
#define is_untouched(memory, size) is_filled(memory, UNTOUCHED, size)

/* --- A reader and a writer --- */

struct typed
{
    WS_ERROR *error;
    WS_HEAP *heap;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
};

static inline void begin(struct typed *typed)
{
    typed->error = create_error();
    typed->heap = create_heap(1 << 16);
    typed->reader = create_reader();
    typed->writer = create_writer(NULL, 0);
}

static inline void finish(struct typed *typed)
{
    WsFreeWriter(typed->writer);
    WsFreeReader(typed->reader);
    WsFreeHeap(typed->heap);
    WsFreeError(typed->error);
}

static inline const char *output_of(const struct typed *typed)
{
    static char text[4096];
    WS_BYTES bytes = get_bytes(typed->writer);

    expect(bytes.length < sizeof(text));
    memcpy(text, bytes.bytes, bytes.length);
    text[bytes.length] = 0;
    return text;
}

/* What has been written is this; `what` says of which case. */
#define expect_written(typed, text, what) \
    do \
    { \
        if (strcmp(output_of(typed), text)) \
            test_fail(__FILE__, __LINE__, "%s: %s, not %s", what, output_of(typed), text); \
    } while (0)

/* Of the case `what` a call must have this result; of a failure, one sentence. */
#define expect_case(typed, wanted, call, what) \
    do \
    { \
        HRESULT hr_wanted_ = (wanted), hr_got_; \
        ok(WsResetError((typed)->error)); \
        hr_got_ = (call); \
        if (hr_got_ != hr_wanted_ || sentence_count((typed)->error) != (hr_wanted_ != S_OK)) \
            test_fail(__FILE__, __LINE__, "%s: 0x%08x, not 0x%08x: %s", what, (unsigned)hr_got_, (unsigned)hr_wanted_, \
                      sentence((typed)->error)); \
    } while (0)

#endif
