/* SPDX-License-Identifier: MIT */
/* descriptions.c - makes descriptions and values; see descriptions.h. */
#include "support/descriptions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/random.h"
#include "support/strings.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- Choices and memory --- */

void maker_init(struct maker *maker, WS_HEAP *heap, WS_XML_WRITER *writer, uint32_t seed, const uint8_t *bytes,
                size_t count)
{
    memset(maker, 0, sizeof(*maker));
    maker->bytes = bytes;
    maker->left = count;
    maker->heap = heap;
    maker->writer = writer;
    maker->state = seed * 2654435761u + 1;
    maker->fields_left = 40;
    maker->values_left = 150;
}

unsigned choose(struct maker *maker, unsigned count)
{
    unsigned number = 0, most;

    if (count < 2)
        return 0;
    if (!maker->bytes)
        return random_below(&maker->state, count);
    for (most = count - 1; most && maker->left; most >>= 8, maker->left--)
        number = number << 8 | *maker->bytes++;
    return number % count;
}

static bool one_in(struct maker *maker, unsigned count)
{
    return choose(maker, count) == count - 1;
}

void *take(struct maker *maker, size_t size)
{
    void *memory = NULL;

    if (WsAlloc(maker->heap, size, &memory, NULL) != S_OK)
        abort();
    memset(memory, 0, size);
    return memory;
}

static void must(HRESULT hr)
{
    if (hr != S_OK)
        abort();
}

/* --- Names and characters --- */

static WS_XML_STRING *make_name(struct maker *maker)
{
    WS_XML_STRING *name = take(maker, sizeof(*name));
    unsigned number = maker->names++;

    name->bytes = take(maker, 8);
    do
        name->bytes[name->length++] = (BYTE)('a' + number % 26);
    while (number /= 26);
    return name;
}

static WS_XML_STRING no_namespace = STRING(""), u_namespace = STRING("u");
static WS_XML_STRING any_namespace = STRING("urn:any"), any_name = STRING("any");

static WS_XML_STRING *make_namespace(struct maker *maker)
{
    static WS_XML_STRING namespaces[] = {STRING("u"), STRING("urn:x?a&b"), STRING("")};

    if (maker->for_schema)
        return &namespaces[2 * choose(maker, 2)];
    return &namespaces[choose(maker, COUNT(namespaces))];
}

/* XML Schema has the types of one namespace only in one document. */
static WS_XML_STRING *make_type_namespace(struct maker *maker)
{
    return maker->for_schema ? &u_namespace : make_namespace(maker);
}

/* Any character that XML has can be in a text. */
static uint32_t choose_character(struct maker *maker)
{
    static const uint32_t characters[] = {'a', ' ', '<',  '&',  '\t',   '\n',   '\r',   '>',     '"',     '\'',
                                          ']', '=', 0x85, 0xe9, 0x2028, 0x20ac, 0xfffd, 0x10000, 0x1f600, 0x10ffff};

    return characters[choose(maker, COUNT(characters))];
}

static ULONG choose_length(struct maker *maker)
{
    switch (choose(maker, 8))
    {
    case 0: return 0;
    case 1: return choose(maker, 300);
    default: return choose(maker, 8);
    }
}

/* At a pointer that is not NULL, also if there are none. */
static WS_STRING make_chars(struct maker *maker, ULONG least)
{
    ULONG count = choose_length(maker), i;
    WS_STRING string = {0, NULL};
    uint32_t character;

    if (count < least)
        count = least;
    string.chars = take(maker, (count * 2 + 1) * sizeof(WCHAR));
    for (i = 0; i < count; i++)
        if ((character = choose_character(maker)) < 0x10000)
            string.chars[string.length++] = (WCHAR)character;
        else
        {
            string.chars[string.length++] = (WCHAR)(0xd7c0 + (character >> 10));
            string.chars[string.length++] = (WCHAR)(0xdc00 + (character & 0x3ff));
        }
    return string;
}

static WS_XML_STRING make_utf8(struct maker *maker)
{
    ULONG count = choose_length(maker), i;
    WS_XML_STRING string = {0, NULL, NULL, 0};

    string.bytes = take(maker, count * 4 + 1);
    for (i = 0; i < count; i++)
    {
        uint32_t character = choose_character(maker);
        unsigned more = character < 0x80 ? 0 : character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
        static const BYTE first[] = {0, 0xc0, 0xe0, 0xf0};

        string.bytes[string.length++] = (BYTE)(first[more] | character >> (6 * more));
        while (more--)
            string.bytes[string.length++] = (BYTE)(0x80 | (character >> (6 * more) & 0x3f));
    }
    return string;
}

/* --- XML buffers --- */

static void write_text(struct maker *maker, bool visible)
{
    WS_XML_STRING text = make_utf8(maker);

    if (visible)
        must(WsWriteCharsUtf8(maker->writer, (const BYTE *)"x", 1, NULL));
    must(WsWriteCharsUtf8(maker->writer, text.bytes, text.length, NULL));
}

static void write_any(struct maker *maker, unsigned depth)
{
    static const WS_XML_STRING prefix = STRING("q");
    unsigned left;

    must(WsWriteStartElement(maker->writer, &prefix, choose(maker, 2) ? &any_name : make_name(maker), &any_namespace,
                             NULL));
    for (left = choose(maker, 3); left; left--)
    {
        bool in_namespace = choose(maker, 2);

        must(WsWriteStartAttribute(maker->writer, in_namespace ? &prefix : NULL, make_name(maker),
                                   in_namespace ? &any_namespace : &no_namespace, FALSE, NULL));
        write_text(maker, false);
        must(WsWriteEndAttribute(maker->writer, NULL));
    }
    for (left = depth < 2 ? choose(maker, 4) : 0; left; left--)
        switch (choose(maker, 3))
        {
        case 0: write_any(maker, depth + 1); break;
        case 1: write_text(maker, false); break;
        default:
        {
            static const WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, STRING("c")};

            must(WsWriteNode(maker->writer, &comment.node, NULL));
        }
        }
    must(WsWriteEndElement(maker->writer, NULL));
}

/* With one element; or `content`, anything that does not begin with white space, which would be between fields. */
static WS_XML_BUFFER *make_buffer(struct maker *maker, bool content)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY fragment = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_BUFFER *buffer = NULL;
    unsigned left;

    must(WsCreateXmlBuffer(maker->heap, NULL, 0, &buffer, NULL));
    must(WsSetOutputToBuffer(maker->writer, buffer, &fragment, content, NULL));
    if (!content)
        write_any(maker, 0);
    else
        for (left = choose(maker, 4); left; left--)
            if (choose(maker, 2))
                write_any(maker, 1);
            else
                write_text(maker, true);
    return buffer;
}

/* --- A custom type: an int, which is read and written as one --- */

static HRESULT CALLBACK read_custom(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                    void *value, ULONG size, WS_ERROR *error)
{
    (void)data;
    return WsReadType(reader, mapping == WS_ANY_ELEMENT_TYPE_MAPPING ? WS_ELEMENT_TYPE_MAPPING : mapping, WS_INT32_TYPE,
                      NULL, WS_READ_REQUIRED_VALUE, heap, value, size, error);
}

static HRESULT CALLBACK write_custom(WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, const void *data,
                                     const void *value, ULONG size, WS_ERROR *error)
{
    static const WS_ELEMENT_DESCRIPTION element = {&any_name, &any_namespace, WS_INT32_TYPE, NULL};

    (void)data;
    if (mapping == WS_ANY_ELEMENT_TYPE_MAPPING)
        return WsWriteElement(writer, &element, WS_WRITE_REQUIRED_VALUE, value, size, error);
    return WsWriteType(writer, mapping, WS_INT32_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, value, size, error);
}

static HRESULT CALLBACK is_default_custom(const void *data, const void *value, const void *default_value, ULONG size,
                                          BOOL *is_default, WS_ERROR *error)
{
    static const int zero;

    (void)data, (void)error;
    *is_default = !memcmp(value, default_value ? default_value : &zero, size);
    return S_OK;
}

static WS_CUSTOM_TYPE_DESCRIPTION custom_description = {sizeof(int),  sizeof(int), read_custom,
                                                        write_custom, NULL,        is_default_custom};

/* --- Simple types: descriptions --- */

static HRESULT CALLBACK compare_durations(const WS_DURATION *one, const WS_DURATION *other, int *result,
                                          WS_ERROR *error)
{
    (void)error;
    *result = (one->years > other->years) - (one->years < other->years);
    return S_OK;
}

static void *make_enum(struct maker *maker)
{
    WS_ENUM_DESCRIPTION *description = take(maker, sizeof(*description));
    ULONG i;

    description->valueCount = 1 + choose(maker, 4);
    description->values = take(maker, description->valueCount * sizeof(*description->values));
    for (i = 0; i < description->valueCount; i++)
    {
        description->values[i].value = (int)i * 7 - 7;
        description->values[i].name = make_name(maker);
    }
    description->maxByteCount = 8;
    return description;
}

/* Limits that all values are within, but for those of a type with one value. */
static void *make_limits(struct maker *maker, WS_TYPE type)
{
    static const WS_INT8_DESCRIPTION int8 = {(CHAR)-128, 127};
    static const WS_INT16_DESCRIPTION int16 = {-32768, 32767};
    static const WS_INT32_DESCRIPTION int32 = {INT32_MIN, INT32_MAX};
    static const WS_INT64_DESCRIPTION int64 = {INT64_MIN, INT64_MAX};
    static const WS_UINT8_DESCRIPTION uint8 = {0, 255};
    static const WS_UINT16_DESCRIPTION uint16 = {0, 65535};
    static const WS_UINT32_DESCRIPTION uint32 = {0, UINT32_MAX};
    static const WS_UINT64_DESCRIPTION uint64 = {0, UINT64_MAX};
    static const WS_FLOAT_DESCRIPTION floats = {-INFINITY, INFINITY};
    static const WS_DOUBLE_DESCRIPTION doubles = {-INFINITY, INFINITY};
    static const WS_DECIMAL_DESCRIPTION decimals = {{.sign = DECIMAL_NEG, .Hi32 = UINT32_MAX, .Lo64 = UINT64_MAX},
                                                    {.Hi32 = UINT32_MAX, .Lo64 = UINT64_MAX}};
    static const WS_DATETIME_DESCRIPTION dates = {{0, WS_DATETIME_FORMAT_UTC}, {UINT64_MAX, WS_DATETIME_FORMAT_UTC}};
    static const WS_TIMESPAN_DESCRIPTION spans = {{INT64_MIN}, {INT64_MAX}};
    static const WS_DURATION_DESCRIPTION durations = {
        {FALSE, 0, 0, 0, 0, 0, 0, 0, 0}, {FALSE, UINT32_MAX, 0, 0, 0, 0, 0, 0, 0}, compare_durations};
    static const ULONG lengths[] = {0, UINT32_MAX, 0, UINT32_MAX};
    WS_GUID_DESCRIPTION *guid;
    WS_BOOL_DESCRIPTION *boolean;

    if (type == WS_ENUM_TYPE)
        return make_enum(maker);
    if (type == WS_CUSTOM_TYPE)
        return &custom_description;
    if (maker->for_schema && choose(maker, 2) && type != WS_BOOL_TYPE && type != WS_GUID_TYPE)
        return make_facets(maker, type);
    if (choose(maker, 4))
        return NULL;
    switch (type)
    {
    case WS_BOOL_TYPE:
        boolean = take(maker, sizeof(*boolean));
        boolean->value = (BOOL)choose(maker, 2);
        return boolean;
    case WS_GUID_TYPE:
        guid = take(maker, sizeof(*guid));
        guid->value.Data1 = choose(maker, 256);
        return guid;
    case WS_INT8_TYPE: return (void *)&int8;
    case WS_INT16_TYPE: return (void *)&int16;
    case WS_INT32_TYPE: return (void *)&int32;
    case WS_INT64_TYPE: return (void *)&int64;
    case WS_UINT8_TYPE: return (void *)&uint8;
    case WS_UINT16_TYPE: return (void *)&uint16;
    case WS_UINT32_TYPE: return (void *)&uint32;
    case WS_UINT64_TYPE: return (void *)&uint64;
    case WS_FLOAT_TYPE: return (void *)&floats;
    case WS_DOUBLE_TYPE: return (void *)&doubles;
    case WS_DECIMAL_TYPE: return (void *)&decimals;
    case WS_DATETIME_TYPE: return (void *)&dates;
    case WS_TIMESPAN_TYPE: return (void *)&spans;
    case WS_DURATION_TYPE: return maker->for_schema ? NULL : (void *)&durations;
    case WS_UNIQUE_ID_TYPE:
    case WS_STRING_TYPE:
    case WS_WSZ_TYPE:
    case WS_BYTES_TYPE:
    case WS_XML_STRING_TYPE:
    case WS_XML_QNAME_TYPE:
    case WS_CHAR_ARRAY_TYPE:
    case WS_UTF8_ARRAY_TYPE:
    case WS_BYTE_ARRAY_TYPE: return (void *)lengths;
    default: return NULL;
    }
}

size_t described_size(WS_TYPE type, const void *description)
{
    switch (type)
    {
    case WS_INT8_TYPE:
    case WS_UINT8_TYPE: return 1;
    case WS_INT16_TYPE:
    case WS_UINT16_TYPE: return 2;
    case WS_BOOL_TYPE:
    case WS_INT32_TYPE:
    case WS_UINT32_TYPE:
    case WS_FLOAT_TYPE:
    case WS_ENUM_TYPE: return 4;
    case WS_INT64_TYPE:
    case WS_UINT64_TYPE:
    case WS_DOUBLE_TYPE: return 8;
    case WS_DECIMAL_TYPE: return sizeof(DECIMAL);
    case WS_DATETIME_TYPE: return sizeof(WS_DATETIME);
    case WS_TIMESPAN_TYPE: return sizeof(WS_TIMESPAN);
    case WS_GUID_TYPE: return sizeof(GUID);
    case WS_UNIQUE_ID_TYPE: return sizeof(WS_UNIQUE_ID);
    case WS_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE: return sizeof(WS_STRING);
    case WS_BYTES_TYPE:
    case WS_BYTE_ARRAY_TYPE: return sizeof(WS_BYTES);
    case WS_XML_STRING_TYPE: return sizeof(WS_XML_STRING);
    case WS_UTF8_ARRAY_TYPE: return sizeof(WS_BYTES);
    case WS_XML_QNAME_TYPE: return sizeof(WS_XML_QNAME);
    case WS_FAULT_TYPE: return sizeof(WS_FAULT);
    case WS_DURATION_TYPE: return sizeof(WS_DURATION);
    case WS_ANY_ATTRIBUTES_TYPE: return sizeof(WS_ANY_ATTRIBUTES);
    case WS_STRUCT_TYPE: return ((const WS_STRUCT_DESCRIPTION *)description)->size;
    case WS_UNION_TYPE: return ((const WS_UNION_DESCRIPTION *)description)->size;
    case WS_CUSTOM_TYPE: return ((const WS_CUSTOM_TYPE_DESCRIPTION *)description)->size;
    case WS_VOID_TYPE: return description ? ((const WS_VOID_DESCRIPTION *)description)->size : 0;
    default: return sizeof(void *);
    }
}

/* --- Simple types: values --- */

uint64_t choose_number(struct maker *maker)
{
    uint64_t number = 0;
    unsigned i;

    switch (choose(maker, 6))
    {
    case 0: return 0;
    case 1: return choose(maker, 256);
    case 2: return ~(uint64_t)choose(maker, 256);
    case 3: return (uint64_t)1 << choose(maker, 64);
    case 4: return ((uint64_t)1 << choose(maker, 64)) - 1;
    default:
        for (i = 0; i < 8; i++)
            number = number << 8 | choose(maker, 256);
        return number;
    }
}

/*
 * Two names beside one start tag can need the default namespace, for that of the element and for none: of the latter
 * there are none.
 */
static WS_XML_QNAME make_qname(struct maker *maker)
{
    WS_XML_QNAME qname = {*make_name(maker), *make_namespace(maker)};

    if (maker->beside_tag && !qname.ns.length)
        qname.ns = any_namespace;
    return qname;
}

/* Neither NULL nor nil. */
static void set_simple(struct maker *maker, WS_TYPE type, const void *description, void *value)
{
    const WS_ENUM_DESCRIPTION *names = description;
    WS_UNIQUE_ID *id = value;
    WS_DATETIME *date = value;
    WS_DURATION *duration = value;
    DECIMAL *decimal = value;
    uint64_t number;
    WS_STRING chars;
    WS_BYTES *bytes;
    ULONG i;

    switch (type)
    {
    case WS_BOOL_TYPE:
        *(BOOL *)value = description ? ((const WS_BOOL_DESCRIPTION *)description)->value : (BOOL)choose(maker, 2);
        break;
    case WS_ENUM_TYPE: *(int *)value = names->values[choose(maker, names->valueCount)].value; break;
    case WS_GUID_TYPE:
        if (description)
            *(GUID *)value = ((const WS_GUID_DESCRIPTION *)description)->value;
        else
            for (i = 0; i < sizeof(GUID); i++)
                ((BYTE *)value)[i] = (BYTE)choose(maker, 256);
        break;
    case WS_DECIMAL_TYPE:
        decimal->Lo64 = choose_number(maker);
        decimal->Hi32 = (ULONG)choose_number(maker);
        decimal->scale = (BYTE)choose(maker, 29);
        if (maker->for_schema)
        {
            /* A validator need not know more digits than 18, and that of libxml2 knows 24. */
            decimal->Hi32 = 0;
            decimal->scale %= 20;
        }
        decimal->sign = choose(maker, 2) && (decimal->Lo64 || decimal->Hi32) ? DECIMAL_NEG : 0;
        break;
    case WS_DATETIME_TYPE:
        date->ticks = choose_number(maker) % 3155378976000000000u;
        date->format = (WS_DATETIME_FORMAT)choose(maker, 3);
        break;
    case WS_DURATION_TYPE:
        duration->years = (ULONG)choose_number(maker);
        duration->months = choose(maker, 20);
        duration->days = choose(maker, 2) ? (ULONG)choose_number(maker) : 0;
        duration->hours = choose(maker, 30);
        duration->minutes = choose(maker, 70);
        duration->seconds = choose(maker, 70);
        duration->milliseconds = choose(maker, 1000);
        duration->ticks = choose(maker, 10000);
        duration->negative = choose(maker, 2) && duration->years;
        break;
    case WS_UNIQUE_ID_TYPE:
        if (choose(maker, 2))
            id->uri = make_chars(maker, 1);
        else
            set_simple(maker, WS_GUID_TYPE, NULL, &id->guid);
        break;
    case WS_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE: *(WS_STRING *)value = make_chars(maker, 0); break;
    case WS_WSZ_TYPE:
        chars = make_chars(maker, 0);
        *(WCHAR **)value = chars.chars;
        break;
    case WS_XML_STRING_TYPE: *(WS_XML_STRING *)value = make_utf8(maker); break;
    case WS_UTF8_ARRAY_TYPE:
    {
        WS_XML_STRING utf8 = make_utf8(maker);

        bytes = value;
        bytes->bytes = utf8.bytes;
        bytes->length = utf8.length;
        break;
    }
    case WS_BYTES_TYPE:
    case WS_BYTE_ARRAY_TYPE:
        bytes = value;
        bytes->length = choose_length(maker);
        bytes->bytes = take(maker, bytes->length);
        for (i = 0; i < bytes->length; i++)
            bytes->bytes[i] = (BYTE)choose(maker, 256);
        break;
    case WS_XML_QNAME_TYPE: *(WS_XML_QNAME *)value = make_qname(maker); break;
    default:
        number = choose_number(maker);
        memcpy(value, &number, described_size(type, description));
        /* NaN is within no limits. */
        if (description &&
            ((type == WS_FLOAT_TYPE && isnan(*(float *)value)) || (type == WS_DOUBLE_TYPE && isnan(*(double *)value))))
            memset(value, 0, described_size(type, description));
        break;
    }
    if (maker->for_schema && description)
        fit_value(maker, type, description, value);
}

/* --- Faults --- */

static WS_FAULT_DESCRIPTION soap11 = {WS_ENVELOPE_VERSION_SOAP_1_1}, soap12 = {WS_ENVELOPE_VERSION_SOAP_1_2};

static void set_fault(struct maker *maker, const WS_FAULT_DESCRIPTION *description, WS_FAULT *fault)
{
    bool old = description->envelopeVersion == WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_FAULT_CODE **code = &fault->code;
    unsigned left;
    ULONG i;

    for (left = old ? 1 : 1 + choose(maker, 3); left; left--, code = &(*code)->subCode)
    {
        *code = take(maker, sizeof(**code));
        (*code)->value = make_qname(maker);
    }
    /* Without a namespace it would be one of SOAP's own. */
    if (!fault->code->value.ns.length)
        fault->code->value.ns = (WS_XML_STRING)STRING("urn:code");
    fault->reasonCount = old ? 1 : 1 + choose(maker, 3);
    fault->reasons = take(maker, fault->reasonCount * sizeof(*fault->reasons));
    for (i = 0; i < fault->reasonCount; i++)
    {
        fault->reasons[i].text = make_chars(maker, 0);
        if (choose(maker, 2))
            fault->reasons[i].lang = make_chars(maker, 0);
    }
    if (choose(maker, 2))
        fault->actor = make_chars(maker, 0);
    if (!old && choose(maker, 2))
        fault->node = make_chars(maker, 0);
    if (choose(maker, 2))
        fault->detail = make_buffer(maker, false);
}

/* --- Fields --- */

/* A structure that is being made. */
struct builder
{
    struct maker *maker;
    WS_FIELD_DESCRIPTION *attributes[12], *content[12];
    ULONG attribute_count, content_count, size;
    WS_FIELD_DESCRIPTION *any_attributes; /* of a structure and all derived from it */
    bool ignores_attributes;              /* the same */
    bool has_any;                         /* there is a field for any element */
    bool is_full;                         /* nothing can come after its content */
    bool derives;                         /* there are types derived from it, or it is one */
    unsigned xml_names, depth;
};

static WS_STRUCT_DESCRIPTION *build_struct(struct maker *maker, unsigned depth);

/* Room in a structure, aligned. */
static ULONG place(ULONG *size, size_t bytes)
{
    ULONG alignment = bytes == 1 || bytes == 2 || bytes == 4 ? (ULONG)bytes : 8, offset;

    offset = (*size + alignment - 1) & ~(alignment - 1);
    *size = offset + (ULONG)bytes;
    return offset;
}

static bool is_counted(WS_TYPE type)
{
    return type == WS_CHAR_ARRAY_TYPE || type == WS_UTF8_ARRAY_TYPE || type == WS_BYTE_ARRAY_TYPE;
}

/* Nil by themselves. */
static bool has_nil(WS_TYPE type)
{
    return (type >= WS_STRING_TYPE && type <= WS_XML_STRING_TYPE) || type == WS_XML_BUFFER_TYPE || is_counted(type);
}

static bool is_large(WS_TYPE type)
{
    return type == WS_STRUCT_TYPE || type == WS_CUSTOM_TYPE || type == WS_FAULT_TYPE;
}

static bool has_default(WS_TYPE type)
{
    return type <= WS_XML_QNAME_TYPE || type == WS_ENUM_TYPE || type == WS_DURATION_TYPE || type == WS_CUSTOM_TYPE;
}

static bool is_repeating(WS_FIELD_MAPPING mapping)
{
    return mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING || mapping == WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING ||
           mapping == WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING;
}

#define P WS_FIELD_POINTER
#define O WS_FIELD_OPTIONAL
#define N WS_FIELD_NILLABLE
#define I WS_FIELD_NILLABLE_ITEM

/* Options that the page of WS_TYPE has. `endless`: a value can be in itself, so it must be possible to have none. */
static ULONG choose_options(struct maker *maker, WS_FIELD_MAPPING mapping, WS_TYPE type, bool by_pointer, bool endless)
{
    static const ULONG values[] = {0, O, P | N, P | N | O}, strings[] = {0, O, N, N | O};
    static const ULONG large[] = {P | O, P | N, P | N | O, P, 0}, of_array[] = {0, O, N, N | O};

    if (mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING)
        return of_array[choose(maker, 4)] | (is_large(type)     ? (endless || choose(maker, 2) ? P | I
                                                                   : by_pointer                ? P
                                                                                               : 0)
                                             : choose(maker, 2) ? 0
                                             : has_nil(type)    ? I
                                                                : P | I);
    if (mapping != WS_ELEMENT_FIELD_MAPPING)
        return choose(maker, 2) ? O : 0;
    if (is_large(type))
        return large[choose(maker, endless ? 3 : by_pointer ? 4 : 5)];
    return has_nil(type) ? strings[choose(maker, 4)] : values[choose(maker, 4)];
}

/* The type of a field that has a text. */
static WS_TYPE choose_simple(struct maker *maker)
{
    unsigned number = choose(maker, 27);

    return number <= WS_XML_QNAME_TYPE ? (WS_TYPE)number
           : number == 21              ? WS_CHAR_ARRAY_TYPE
           : number == 22              ? WS_UTF8_ARRAY_TYPE
           : number == 23              ? WS_BYTE_ARRAY_TYPE
           : number == 24              ? WS_ENUM_TYPE
           : number == 25              ? WS_DURATION_TYPE
                                       : WS_CUSTOM_TYPE;
}

/* Where the field is in its structure, and what is there if it is missing. */
static void place_field(struct maker *maker, WS_FIELD_DESCRIPTION *field, ULONG *size)
{
    bool repeats = is_repeating(field->mapping);

    if (field->type == WS_VOID_TYPE && field->mapping != WS_NO_FIELD_MAPPING)
        return;
    if (repeats || is_counted(field->type))
        field->countOffset = place(size, sizeof(ULONG));
    field->offset = place(size, repeats || is_counted(field->type) || field->options & P
                                    ? sizeof(void *)
                                    : described_size(field->type, field->typeDescription));
    if ((field->options & O || field->mapping == WS_NO_FIELD_MAPPING) && has_default(field->type) &&
        (field->mapping <= WS_ELEMENT_FIELD_MAPPING || field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING ||
         field->mapping == WS_NO_FIELD_MAPPING) &&
        !(field->type == WS_CUSTOM_TYPE && field->options & P) && choose(maker, 2))
    {
        WS_DEFAULT_VALUE *default_value = take(maker, sizeof(*default_value));

        maker->beside_tag = field->mapping == WS_ATTRIBUTE_FIELD_MAPPING || field->mapping == WS_TEXT_FIELD_MAPPING;
        default_value->valueSize = (ULONG)described_size(field->type, field->typeDescription);
        default_value->value = make_value(maker, field->type, field->typeDescription);
        field->defaultValue = default_value;
    }
}

static void make_range(struct maker *maker, WS_FIELD_DESCRIPTION *field)
{
    if (choose(maker, 3))
        return;
    field->itemRange = take(maker, sizeof(*field->itemRange));
    field->itemRange->minItemCount = choose(maker, 3);
    field->itemRange->maxItemCount = field->itemRange->minItemCount + choose(maker, 4);
    if (one_in(maker, 4))
        field->itemRange->maxItemCount = UINT32_MAX;
}

static WS_STRUCT_DESCRIPTION *choose_struct(struct maker *maker, unsigned depth, bool complete)
{
    WS_STRUCT_DESCRIPTION *description;

    if (maker->struct_count && (depth > 3 || choose(maker, 2)))
    {
        description = maker->structs[choose(maker, maker->struct_count)];
        if (!complete || description->size)
            return description;
    }
    return build_struct(maker, depth + 1);
}

/* A structure that is all text, for a field of it or for an attribute. */
static WS_STRUCT_DESCRIPTION *make_text_struct(struct maker *maker)
{
    WS_STRUCT_DESCRIPTION *description = take(maker, sizeof(*description));
    WS_FIELD_DESCRIPTION *field = take(maker, sizeof(*field));

    field->mapping = WS_TEXT_FIELD_MAPPING;
    field->type = choose_simple(maker);
    field->typeDescription = make_limits(maker, field->type);
    place_field(maker, field, &description->size);
    description->size = (description->size + 7) & ~7u;
    description->alignment = 8;
    description->fields = take(maker, sizeof(*description->fields));
    description->fields[0] = field;
    description->fieldCount = 1;
    return description;
}

/* What is in an element of its own; not a choice. */
static void describe_element(struct maker *maker, WS_FIELD_DESCRIPTION *field, unsigned depth, bool in_union)
{
    bool repeats = field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING;
    const WS_STRUCT_DESCRIPTION *structure = NULL;

    switch (choose(maker, 8))
    {
    case 0: field->type = WS_XML_BUFFER_TYPE; break;
    case 1:
        field->type = WS_FAULT_TYPE;
        field->typeDescription = choose(maker, 2) ? &soap12 : &soap11;
        break;
    case 2:
    case 3:
        if (depth < 6 && maker->fields_left)
        {
            structure = choose_struct(maker, depth, in_union);
            field->type = WS_STRUCT_TYPE;
            field->typeDescription = (void *)structure;
            break;
        }
        /* fall through */
    default:
        field->type = choose_simple(maker);
        if (repeats && (field->type == WS_UTF8_ARRAY_TYPE || field->type == WS_BYTE_ARRAY_TYPE))
            field->type = WS_CHAR_ARRAY_TYPE;
        field->typeDescription = make_limits(maker, field->type);
        break;
    }
    field->options = choose_options(maker, field->mapping, field->type,
                                    structure && (!structure->size || structure->structOptions & WS_STRUCT_ABSTRACT),
                                    structure && !structure->size);
}

static WS_UNION_DESCRIPTION *make_union(struct maker *maker, unsigned depth, bool *has_any)
{
    WS_UNION_DESCRIPTION *description = take(maker, sizeof(*description));
    ULONG i;

    description->alignment = 8;
    description->noneEnumValue = (int)choose(maker, 3) - 1;
    description->fieldCount = 1 + choose(maker, 4);
    description->fields = take(maker, description->fieldCount * sizeof(*description->fields));
    description->size = 8;
    for (i = 0; i < description->fieldCount; i++)
    {
        WS_UNION_FIELD_DESCRIPTION *choice = take(maker, sizeof(*choice));
        ULONG size = 8;

        choice->value = (int)(i + 2) * 3;
        if (i == description->fieldCount - 1 && i && !*has_any && choose(maker, 2))
        {
            *has_any = true;
            choice->field.mapping = WS_ANY_ELEMENT_FIELD_MAPPING;
            choice->field.ns = &any_namespace;
            choice->field.type = WS_XML_BUFFER_TYPE;
        }
        else
        {
            choice->field.mapping =
                !maker->for_schema && one_in(maker, 6) ? WS_REPEATING_ELEMENT_FIELD_MAPPING : WS_ELEMENT_FIELD_MAPPING;
            choice->field.localName = make_name(maker);
            choice->field.ns = make_namespace(maker);
            if (choice->field.mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING)
            {
                choice->field.itemLocalName = make_name(maker);
                choice->field.itemNs = make_namespace(maker);
                make_range(maker, &choice->field);
            }
            describe_element(maker, &choice->field, depth, true);
            choice->field.options &= ~(ULONG)O;
        }
        place_field(maker, &choice->field, &size);
        if (size > description->size)
            description->size = size;
        description->fields[i] = choice;
    }
    description->size = (description->size + 7) & ~7u;
    return description;
}

static void add_attribute(struct builder *builder)
{
    static WS_XML_STRING xml_names[] = {STRING("lang"), STRING("base")};
    struct maker *maker = builder->maker;
    WS_FIELD_DESCRIPTION *field = take(maker, sizeof(*field));

    /* Of the last one, there may be a field for any attributes. */
    if (builder->attribute_count >= COUNT(builder->attributes) - 1)
        return;
    if (builder->xml_names < COUNT(xml_names) && one_in(maker, 4))
    {
        static const WS_TYPE types[] = {WS_STRING_TYPE, WS_WSZ_TYPE, WS_CHAR_ARRAY_TYPE};

        field->mapping = WS_XML_ATTRIBUTE_FIELD_MAPPING;
        field->localName = &xml_names[builder->xml_names++];
        field->type = types[choose(maker, COUNT(types))];
    }
    else
    {
        field->mapping = WS_ATTRIBUTE_FIELD_MAPPING;
        field->localName = make_name(maker);
        field->ns = make_namespace(maker);
        field->type = one_in(maker, 10) ? WS_VOID_TYPE : choose_simple(maker);
    }
    /* In XML Schema, all attributes xml:lang are the same. */
    field->typeDescription =
        field->type == WS_VOID_TYPE || (maker->for_schema && field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING)
            ? NULL
            : make_limits(maker, field->type);
    field->options = field->type == WS_VOID_TYPE ? O : choose_options(maker, field->mapping, field->type, false, false);
    place_field(maker, field, &builder->size);
    builder->attributes[builder->attribute_count++] = field;
}

static WS_FIELD_DESCRIPTION *make_any_attributes(struct builder *builder)
{
    struct maker *maker = builder->maker;
    WS_FIELD_DESCRIPTION *field = take(maker, sizeof(*field));

    field->mapping = WS_ANY_ATTRIBUTES_FIELD_MAPPING;
    field->type = one_in(maker, 4) ? WS_VOID_TYPE : WS_ANY_ATTRIBUTES_TYPE;
    switch (choose(maker, 3))
    {
    case 0: break;
    case 1: field->ns = &any_namespace; break;
    default: field->ns = &u_namespace; field->options = WS_FIELD_OTHER_NAMESPACE;
    }
    place_field(maker, field, &builder->size);
    return field;
}

static void add_unmapped(struct builder *builder, WS_FIELD_DESCRIPTION *field)
{
    struct maker *maker = builder->maker;

    field->mapping = WS_NO_FIELD_MAPPING;
    if (choose(maker, 2))
    {
        WS_VOID_DESCRIPTION *description = take(maker, sizeof(*description));

        field->type = WS_VOID_TYPE;
        description->size = 1 + choose(maker, 40);
        field->typeDescription = description;
        return;
    }
    field->type = choose_simple(maker);
    field->typeDescription = make_limits(maker, field->type);
}

/* A field for one element of any name; where it is the only one, of any namespace. */
static void describe_any(struct builder *builder, WS_FIELD_DESCRIPTION *field)
{
    struct maker *maker = builder->maker;

    builder->has_any = true;
    field->ns = &any_namespace;
    if (choose(maker, 3) == 0)
    {
        builder->is_full = true;
        field->ns = maker->for_schema ? &u_namespace : choose(maker, 2) ? &no_namespace : NULL;
        field->options = field->ns ? WS_FIELD_OTHER_NAMESPACE : 0;
    }
    if (one_in(maker, 2))
    {
        field->mapping = WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING;
        field->type = one_in(maker, 6) ? WS_VOID_TYPE : WS_XML_BUFFER_TYPE;
        if (field->type != WS_VOID_TYPE)
            make_range(maker, field);
        return;
    }
    field->mapping = WS_ANY_ELEMENT_FIELD_MAPPING;
    field->type = one_in(maker, 6)                         ? WS_VOID_TYPE
                  : one_in(maker, 3) && !maker->for_schema ? WS_CUSTOM_TYPE
                                                           : WS_XML_BUFFER_TYPE;
    field->typeDescription = field->type == WS_CUSTOM_TYPE ? &custom_description : NULL;
    field->options |=
        field->type == WS_VOID_TYPE ? O : choose_options(maker, field->mapping, field->type, false, false);
}

static void add_content(struct builder *builder)
{
    struct maker *maker = builder->maker;
    WS_FIELD_DESCRIPTION *field = take(maker, sizeof(*field));
    bool has_any = builder->has_any;

    if (builder->content_count == COUNT(builder->content) || !maker->fields_left)
        return;
    maker->fields_left--;
    switch (choose(maker, 12))
    {
    case 0: add_unmapped(builder, field); break;
    case 1:
        if (!builder->has_any)
        {
            describe_any(builder, field);
            break;
        }
        /* fall through */
    case 2:
    case 3:
    case 4:
        field->mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING;
        if (choose(maker, 2))
        {
            field->localName = make_name(maker);
            field->ns = make_namespace(maker);
        }
        field->itemLocalName = make_name(maker);
        field->itemNs = make_namespace(maker);
        describe_element(maker, field, builder->depth, false);
        make_range(maker, field);
        break;
    case 5:
        field->mapping = WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING;
        if (choose(maker, 2))
        {
            field->localName = make_name(maker);
            field->ns = make_namespace(maker);
            has_any = false;
        }
        field->type = WS_UNION_TYPE;
        field->typeDescription = make_union(maker, builder->depth, &has_any);
        field->options = choose(maker, 2) ? O : 0;
        if (!field->localName)
            builder->has_any = has_any;
        make_range(maker, field);
        break;
    case 6:
        field->mapping = WS_ELEMENT_CHOICE_FIELD_MAPPING;
        field->type = WS_UNION_TYPE;
        field->typeDescription = make_union(maker, builder->depth, &builder->has_any);
        field->options = choose(maker, 2) ? O : 0;
        break;
    default:
        field->mapping = WS_ELEMENT_FIELD_MAPPING;
        field->localName = make_name(maker);
        field->ns = make_namespace(maker);
        if (one_in(maker, 20))
        {
            field->type = WS_VOID_TYPE;
            field->options = O;
        }
        else
            describe_element(maker, field, builder->depth, false);
    }
    place_field(maker, field, &builder->size);
    builder->content[builder->content_count++] = field;
}

static void add_text(struct builder *builder)
{
    WS_FIELD_DESCRIPTION *field = take(builder->maker, sizeof(*field));

    field->mapping = WS_TEXT_FIELD_MAPPING;
    if (one_in(builder->maker, 6))
    {
        field->type = WS_STRUCT_TYPE;
        field->typeDescription = make_text_struct(builder->maker);
    }
    else
    {
        field->type = choose_simple(builder->maker);
        field->typeDescription = make_limits(builder->maker, field->type);
    }
    place_field(builder->maker, field, &builder->size);
    builder->content[builder->content_count++] = field;
    builder->is_full = true;
}

static void add_any_content(struct builder *builder)
{
    WS_FIELD_DESCRIPTION *field = take(builder->maker, sizeof(*field));

    field->mapping = WS_ANY_CONTENT_FIELD_MAPPING;
    field->type = one_in(builder->maker, 4) ? WS_VOID_TYPE : WS_XML_BUFFER_TYPE;
    place_field(builder->maker, field, &builder->size);
    builder->content[builder->content_count++] = field;
    builder->is_full = true;
}

/* --- Structures --- */

/* In XML Schema, a choice between any content and an element that may be missing is ambiguous. */
static bool ends_with_required(const struct builder *builder)
{
    if (builder->derives)
        return false;
    return !builder->content_count || is_always_there(builder->content[builder->content_count - 1]);
}

static void add_fields(struct builder *builder)
{
    struct maker *maker = builder->maker;
    bool is_first = !builder->content_count;
    unsigned left;

    for (left = choose(maker, 4); left; left--)
        add_attribute(builder);
    if (builder->is_full)
        return;
    if (is_first && choose(maker, 5) == 0 && !(builder->derives && maker->for_schema))
        add_text(builder);
    for (left = choose(maker, 6); left && !builder->is_full; left--)
        add_content(builder);
    if (!builder->is_full && !builder->has_any && builder->content_count < COUNT(builder->content) &&
        one_in(maker, 6) && (!maker->for_schema || ends_with_required(builder)))
        add_any_content(builder);
}

static void finish_struct(struct builder *builder, WS_STRUCT_DESCRIPTION *description, bool any_attributes)
{
    struct maker *maker = builder->maker;

    if (maker->for_schema)
        any_attributes = builder->any_attributes != NULL;
    if (any_attributes && builder->attribute_count < COUNT(builder->attributes))
        builder->attributes[builder->attribute_count++] =
            builder->any_attributes ? builder->any_attributes : make_any_attributes(builder);
    description->fieldCount = builder->attribute_count + builder->content_count;
    description->fields = take(maker, (description->fieldCount + 1) * sizeof(*description->fields));
    memcpy(description->fields, builder->attributes, builder->attribute_count * sizeof(*description->fields));
    memcpy(description->fields + builder->attribute_count, builder->content,
           builder->content_count * sizeof(*description->fields));
    description->alignment = 8;
    if (one_in(maker, 8) && !maker->for_schema)
        description->structOptions |= WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT;
    if (maker->for_schema ? builder->ignores_attributes : one_in(maker, 8))
        description->structOptions |= WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES;
    description->size = (builder->size + 7) & ~7u;
    if (!description->size)
        description->size = 8;
}

/* Types derived from one, with all its fields and maybe more. */
static void derive(const struct builder *base, WS_STRUCT_DESCRIPTION *description, unsigned generation)
{
    struct maker *maker = base->maker;
    struct builder builder;
    ULONG i;

    description->subTypeCount = 1 + choose(maker, 2);
    description->subTypes = take(maker, description->subTypeCount * sizeof(*description->subTypes));
    for (i = 0; i < description->subTypeCount; i++)
    {
        WS_STRUCT_DESCRIPTION *derived = take(maker, sizeof(*derived));

        derived->typeLocalName = make_name(maker);
        derived->typeNs = make_type_namespace(maker);
        derived->parentType = description;
        description->subTypes[i] = derived;
        builder = *base;
        if (choose(maker, 4))
            add_fields(&builder);
        if (generation < 2 && one_in(maker, 3))
            derive(&builder, derived, generation + 1);
        finish_struct(&builder, derived, one_in(maker, 4));
    }
}

static WS_STRUCT_DESCRIPTION *build_struct(struct maker *maker, unsigned depth)
{
    WS_STRUCT_DESCRIPTION *description = take(maker, sizeof(*description));
    bool derives = depth < 3 && one_in(maker, 4);
    WS_FIELD_DESCRIPTION *field;
    struct builder builder;

    memset(&builder, 0, sizeof(builder));
    builder.maker = maker;
    builder.depth = depth;
    builder.derives = derives;
    if (maker->for_schema)
    {
        builder.ignores_attributes = one_in(maker, 8);
        if (one_in(maker, 4))
            builder.any_attributes = make_any_attributes(&builder);
    }
    if (maker->struct_count < MAKER_STRUCTS)
        maker->structs[maker->struct_count++] = description;
    if (derives)
    {
        description->typeLocalName = make_name(maker);
        description->typeNs = make_type_namespace(maker);
    }
    if ((derives && choose(maker, 6)) || one_in(maker, 10))
    {
        field = take(maker, sizeof(*field));
        field->mapping = WS_TYPE_ATTRIBUTE_FIELD_MAPPING;
        field->type = WS_DESCRIPTION_TYPE;
        place_field(maker, field, &builder.size);
        builder.attributes[builder.attribute_count++] = field;
    }
    add_fields(&builder);
    if (derives)
    {
        if (builder.attribute_count && builder.attributes[0]->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING &&
            one_in(maker, 4))
            description->structOptions |= WS_STRUCT_ABSTRACT;
        derive(&builder, description, 0);
    }
    finish_struct(&builder, description, one_in(maker, 4));
    return description;
}

WS_STRUCT_DESCRIPTION *make_struct(struct maker *maker)
{
    return build_struct(maker, 0);
}

WS_TYPE make_type(struct maker *maker, void **description)
{
    WS_FIELD_DESCRIPTION field;
    bool has_any = false;

    memset(&field, 0, sizeof(field));
    field.mapping = WS_ELEMENT_FIELD_MAPPING;
    switch (choose(maker, 8))
    {
    case 0:
        do
            describe_element(maker, &field, 0, true);
        while (is_counted(field.type));
        *description = field.typeDescription;
        return field.type;
    case 1: *description = make_union(maker, 0, &has_any); return WS_UNION_TYPE;
    default: *description = make_struct(maker); return WS_STRUCT_TYPE;
    }
}

/* --- Values --- */

static void set_value(struct maker *maker, WS_TYPE type, const void *description, void *value, unsigned depth);

/* One of a structure and the types derived from it that fits into `room`. */
static const WS_STRUCT_DESCRIPTION *choose_actual(struct maker *maker, const WS_STRUCT_DESCRIPTION *declared,
                                                  size_t room)
{
    const WS_STRUCT_DESCRIPTION *chosen = declared, *next;
    ULONG first, i;

    if (!declared->fieldCount || declared->fields[0]->mapping != WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
        return declared;
    while (chosen->subTypeCount && (chosen->structOptions & WS_STRUCT_ABSTRACT || choose(maker, 3)))
    {
        first = choose(maker, chosen->subTypeCount);
        for (i = 0, next = NULL; i < chosen->subTypeCount && !next; i++)
            if (chosen->subTypes[(first + i) % chosen->subTypeCount]->size <= room)
                next = chosen->subTypes[(first + i) % chosen->subTypeCount];
        if (!next)
            break;
        chosen = next;
    }
    return chosen;
}

/* A value on the heap, of a derived type maybe. */
static void *make_pointed(struct maker *maker, WS_TYPE type, const void *description, unsigned depth)
{
    void *value;

    if (type == WS_STRUCT_TYPE)
        description = choose_actual(maker, description, SIZE_MAX);
    value = take(maker, described_size(type, description));
    set_value(maker, type, description, value, depth);
    return value;
}

/* A value, of a field or an item, which may be nil if `nil` says so. */
static void set_item(struct maker *maker, WS_TYPE type, const void *description, bool by_pointer, bool nil, void *item,
                     unsigned depth)
{
    bool none = depth > 6 || !maker->values_left;

    if (nil && (none || one_in(maker, 4)))
        return;
    if (maker->values_left)
        maker->values_left--;
    if (!by_pointer)
        set_value(maker, type, description, item, depth);
    else
        *(void **)item = make_pointed(maker, type, description, depth);
}

static void set_array(struct maker *maker, const WS_FIELD_DESCRIPTION *field, BYTE *structure, unsigned depth)
{
    const WS_ITEM_RANGE *range = field->itemRange;
    size_t size = field->options & P ? sizeof(void *) : described_size(field->type, field->typeDescription);
    bool can_be_null = !range || !range->minItemCount || (field->localName && field->options & O);
    bool none = depth > 6 || !maker->values_left;
    ULONG least = range ? range->minItemCount : 0, count = least, i;
    BYTE *items;

    if (!none)
        count += one_in(maker, 20) ? 20 + choose(maker, 20) : choose(maker, 4);
    if (range && count > range->maxItemCount)
        count = range->maxItemCount;
    if (can_be_null && (count == least || none) && choose(maker, 2))
        return;
    items = take(maker, count * size);
    for (i = 0; i < count; i++)
        if (field->type == WS_XML_BUFFER_TYPE && field->mapping == WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING)
            ((WS_XML_BUFFER **)items)[i] = make_buffer(maker, false);
        else
            set_item(maker, field->type, field->typeDescription, field->options & P, field->options & I,
                     items + i * size, depth + 1);
    memcpy(structure + field->offset, &items, sizeof(items));
    memcpy(structure + field->countOffset, &count, sizeof(count));
}

static void set_any_attributes(struct maker *maker, const WS_FIELD_DESCRIPTION *field, WS_ANY_ATTRIBUTES *attributes)
{
    static WS_XML_STRING other = STRING("urn:other");
    ULONG i;

    attributes->attributeCount = choose(maker, 4);
    attributes->attributes = take(maker, attributes->attributeCount * sizeof(*attributes->attributes));
    for (i = 0; i < attributes->attributeCount; i++)
    {
        WS_XML_UTF8_TEXT *text = take(maker, sizeof(*text));

        text->text.textType = WS_XML_TEXT_TYPE_UTF8;
        text->value = make_utf8(maker);
        attributes->attributes[i].localName = *make_name(maker);
        attributes->attributes[i].ns = field->ns && !(field->options & WS_FIELD_OTHER_NAMESPACE) ? *field->ns
                                       : choose(maker, 2) || (maker->for_schema && field->ns)    ? other
                                                                                                 : no_namespace;
        attributes->attributes[i].value = &text->text;
    }
}

/* Whether NULL, or no bytes at NULL, can be written, and is no longer there when it has been read. */
static bool can_be_nil(const WS_FIELD_DESCRIPTION *field)
{
    return field->options & N ||
           (field->options & O && (field->options & P || has_nil(field->type)) && !field->defaultValue);
}

static void set_field(struct maker *maker, const WS_FIELD_DESCRIPTION *field, BYTE *structure, unsigned depth)
{
    BYTE *place = structure + field->offset;
    WS_BYTES counted = {0, NULL};

    maker->beside_tag = field->mapping == WS_ATTRIBUTE_FIELD_MAPPING || field->mapping == WS_TEXT_FIELD_MAPPING;
    if (field->mapping == WS_NO_FIELD_MAPPING)
        memset(place, 0x5a,
               is_counted(field->type) ? sizeof(void *) : described_size(field->type, field->typeDescription));
    else if (field->type == WS_VOID_TYPE || field->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
        return;
    else if (field->mapping == WS_ANY_ATTRIBUTES_FIELD_MAPPING)
        set_any_attributes(maker, field, (WS_ANY_ATTRIBUTES *)place);
    else if (field->mapping == WS_ANY_CONTENT_FIELD_MAPPING)
        *(WS_XML_BUFFER **)place = choose(maker, 3) ? make_buffer(maker, true) : NULL;
    else if (is_repeating(field->mapping))
        set_array(maker, field, structure, depth);
    else if (field->mapping == WS_ELEMENT_CHOICE_FIELD_MAPPING && field->options & O &&
             (depth > 6 || !maker->values_left || one_in(maker, 3)))
        *(int *)(place + ((const WS_UNION_DESCRIPTION *)field->typeDescription)->enumOffset) =
            ((const WS_UNION_DESCRIPTION *)field->typeDescription)->noneEnumValue;
    else if (field->defaultValue && !(field->options & P) && !is_counted(field->type) && one_in(maker, 4))
        memcpy(place, field->defaultValue->value, field->defaultValue->valueSize);
    else if (is_counted(field->type))
    {
        /* Nothing at NULL is written as an empty text, of whatever length texts must be. */
        set_item(maker, field->type, field->typeDescription, false,
                 can_be_nil(field) || (one_in(maker, 8) && !maker->for_schema), &counted, depth);
        memcpy(place, &counted.bytes, sizeof(counted.bytes));
        memcpy(structure + field->countOffset, &counted.length, sizeof(counted.length));
    }
    else
        set_item(maker, field->type, field->typeDescription, field->options & P, can_be_nil(field), place, depth + 1);
}

static void set_struct(struct maker *maker, const WS_STRUCT_DESCRIPTION *actual, BYTE *value, unsigned depth)
{
    ULONG i;

    for (i = 0; i < actual->fieldCount; i++)
        if (actual->fields[i]->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
            *(const WS_STRUCT_DESCRIPTION **)(value + actual->fields[i]->offset) = actual;
        else
            set_field(maker, actual->fields[i], value, depth);
}

static void set_value(struct maker *maker, WS_TYPE type, const void *description, void *value, unsigned depth)
{
    const WS_UNION_DESCRIPTION *choices = description;
    const WS_UNION_FIELD_DESCRIPTION *choice;

    switch (type)
    {
    case WS_STRUCT_TYPE:
        set_struct(maker, choose_actual(maker, description, described_size(type, description)), value, depth);
        break;
    case WS_UNION_TYPE:
        choice = choices->fields[choose(maker, choices->fieldCount)];
        *(int *)((BYTE *)value + choices->enumOffset) = choice->value;
        set_field(maker, &choice->field, value, depth);
        break;
    case WS_FAULT_TYPE: set_fault(maker, description, value); break;
    case WS_XML_BUFFER_TYPE: *(WS_XML_BUFFER **)value = make_buffer(maker, false); break;
    default: set_simple(maker, type, description, value); break;
    }
}

void *make_value(struct maker *maker, WS_TYPE type, const void *description)
{
    return make_pointed(maker, type, description, 0);
}
