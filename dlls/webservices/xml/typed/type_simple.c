/* SPDX-License-Identifier: MIT */
/*
 * type_simple.c - the types whose values are a text; see types.h.
 *
 * WS_CHAR_ARRAY_TYPE, WS_UTF8_ARRAY_TYPE and WS_BYTE_ARRAY_TYPE are the same as WS_STRING_TYPE, WS_XML_STRING_TYPE and
 * WS_BYTES_TYPE here: only fields know that they are in two places.
 */
#include "xml/typed/types.h"

#include "base/text.h"
#include "xml/value.h"

/* --- Reading: all but names and bytes is made of one text in UTF-8 --- */

/* What has been read is not what the type or its description allows, and a sentence says so: adds where it is. */
static HRESULT checked(struct typed_reader *typed, const struct reader_place *place, HRESULT hr, WS_ERROR *error)
{
    if (LIKELY(hr == S_OK) || hr == E_OUTOFMEMORY || hr == WS_E_QUOTA_EXCEEDED)
        return hr;
    return reader_not_a_value(typed->reader, place, hr, error);
}

HRESULT simple_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                    const void *description, void *value, WS_ERROR *error)
{
    struct reader_place place = reader_note_place(typed->reader, error);
    const BYTE *text;
    size_t length;
    HRESULT hr;

    (void)mapping;
    hr = type->flags & TYPE_ON_HEAP ? reader_gather_text(typed->reader, typed->heap, &text, &length, error)
                                    : reader_gather(typed->reader, &text, &length, error);
    if (hr != S_OK)
        return hr;
    return checked(typed, &place, type->parse(typed, type, description, text, length, value, error), error);
}

/* --- Primitive values --- */

/* A record of the binary encoding becomes a value without becoming characters. */
HRESULT primitive_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                       const void *description, void *value, WS_ERROR *error)
{
    struct reader_place place;
    HRESULT hr;

    (void)mapping;
    if (LIKELY(!description))
        return reader_read_value(typed->reader, type->value_type, value, error);
    place = reader_note_place(typed->reader, error);
    if ((hr = reader_read_value(typed->reader, type->value_type, value, error)) != S_OK)
        return hr;
    return checked(typed, &place, typed_check_value(typed, type->value_type, description, value, error), error);
}

HRESULT primitive_parse(struct typed_reader *typed, const struct type *type, const void *description, const BYTE *text,
                        size_t length, void *value, WS_ERROR *error)
{
    HRESULT hr = value_parse(type->value_type, text, length, value, error);

    return hr == S_OK && description ? typed_check_value(typed, type->value_type, description, value, error) : hr;
}

HRESULT primitive_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                        const void *description, const void *value, WS_ERROR *error)
{
    (void)mapping, (void)description;
    return writer_put_value(typed->writer, type->value_type, value, error);
}

/* --- Strings and bytes: what is empty is at a pointer that is not NULL, since that would be nil --- */

HRESULT string_parse(struct typed_reader *typed, const struct type *type, const void *description, const BYTE *text,
                     size_t length, void *value, WS_ERROR *error)
{
    WS_STRING *string = value;
    HRESULT hr = typed_make_chars(typed, text, length, 0, &string->chars, &string->length, error);

    (void)type;
    return hr == S_OK ? typed_check_text_length(description, string->length, "characters", text, length, error) : hr;
}

HRESULT string_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                     const void *description, const void *value, WS_ERROR *error)
{
    const WS_STRING *string = value;

    (void)mapping, (void)description;
    if (string->length && !string->chars)
        return error_report(error, E_INVALIDARG, "The characters of a value of %s are NULL, and its length is %u.",
                            type->name, (unsigned)string->length);
    return writer_put_chars(typed->writer, string->chars, string->length, error);
}

HRESULT wsz_parse(struct typed_reader *typed, const struct type *type, const void *description, const BYTE *text,
                  size_t length, void *value, WS_ERROR *error)
{
    const BYTE *zero = memchr(text, 0, length);
    ULONG count;
    HRESULT hr;

    (void)type;
    if (zero)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "A zero-terminated string cannot contain U+0000, as this one does after %zu bytes.",
                            (size_t)(zero - text));
    hr = typed_make_chars(typed, text, length, 1, value, &count, error);
    return hr == S_OK ? typed_check_text_length(description, count, "characters", text, length, error) : hr;
}

HRESULT wsz_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping, const void *description,
                  const void *value, WS_ERROR *error)
{
    const WCHAR *chars = *(WCHAR *const *)value;
    size_t length = 0;

    (void)type, (void)mapping, (void)description;
    while (chars[length])
        length++;
    return writer_put_chars(typed->writer, chars, length, error);
}

/* Bytes in the heap. */
static HRESULT make_bytes(struct typed_reader *typed, const BYTE *bytes, size_t length, BYTE **ret, ULONG *ret_length,
                          WS_ERROR *error)
{
    void *copy;
    HRESULT hr;

    if (length > UINT32_MAX)
        return heap_alloc_failed(typed->heap, length, error);
    if ((hr = heap_alloc(typed->heap, length, &copy, error)) != S_OK)
        return hr;
    *ret = memcpy(copy, bytes, length);
    *ret_length = (ULONG)length;
    return S_OK;
}

HRESULT xml_string_parse(struct typed_reader *typed, const struct type *type, const void *description, const BYTE *text,
                         size_t length, void *value, WS_ERROR *error)
{
    WS_XML_STRING *string = value;
    HRESULT hr = make_bytes(typed, text, length, &string->bytes, &string->length, error);

    (void)type;
    return hr == S_OK ? typed_check_text_length(description, string->length, "bytes", text, length, error) : hr;
}

HRESULT xml_string_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                         const void *description, const void *value, WS_ERROR *error)
{
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, *(const WS_XML_STRING *)value};
    HRESULT hr = writer_check_string(&text.value, "string", false, error);

    (void)type, (void)mapping, (void)description;
    return hr == S_OK ? writer_put_text(typed->writer, &text.text, error) : hr;
}

HRESULT bytes_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                   const void *description, void *value, WS_ERROR *error)
{
    struct reader_place place = reader_note_place(typed->reader, error);
    WS_BYTES *ret = value;
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    (void)type, (void)mapping;
    if ((hr = reader_gather_bytes(typed->reader, typed->heap, &bytes, &length, error)) != S_OK ||
        (hr = make_bytes(typed, bytes, length, &ret->bytes, &ret->length, error)) != S_OK)
        return hr;
    return checked(typed, &place, typed_check_length(description, ret->length, "the value in bytes", error), error);
}

HRESULT bytes_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                    const void *description, const void *value, WS_ERROR *error)
{
    const WS_BYTES *bytes = value;

    (void)mapping, (void)description;
    if (bytes->length && !bytes->bytes)
        return error_report(error, E_INVALIDARG, "The bytes of a value of %s are NULL, and its length is %u.",
                            type->name, (unsigned)bytes->length);
    return writer_bytes(typed->writer, bytes->bytes, bytes->length, error);
}

/* --- Identifiers and names --- */

/*
 * "urn:uuid:" and a GUID is a GUID; anything else that is not empty a URI, with the white space around it. Observed on
 * Windows: the pointer to the characters of a GUID is NULL, and the GUID of a URI all zeros.
 */
HRESULT unique_id_parse(struct typed_reader *typed, const struct type *type, const void *description, const BYTE *text,
                        size_t length, void *value, WS_ERROR *error)
{
    static const char scheme[] = "urn:uuid:";
    const size_t prefix = sizeof(scheme) - 1;
    WS_UNIQUE_ID *id = value;
    HRESULT hr;

    (void)type;
    if (!length)
        return error_report(error, WS_E_INVALID_FORMAT, "The text is empty; a unique identifier is expected.");
    if (length > prefix && !memcmp(text, scheme, prefix) &&
        value_parse(WS_GUID_VALUE_TYPE, text + prefix, length - prefix, &id->guid, NULL) == S_OK)
        return S_OK;
    hr = typed_make_chars(typed, text, length, 0, &id->uri.chars, &id->uri.length, error);
    return hr == S_OK ? typed_check_text_length(description, id->uri.length, "characters", text, length, error) : hr;
}

HRESULT unique_id_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                        const void *description, const void *value, WS_ERROR *error)
{
    const WS_UNIQUE_ID *id = value;
    WS_XML_UNIQUE_ID_TEXT text = {{WS_XML_TEXT_TYPE_UNIQUE_ID}, id->guid};

    if (id->uri.length)
        return string_write(typed, type, mapping, description, &id->uri, error);
    return writer_put_text(typed->writer, &text.text, error);
}

HRESULT qname_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                   const void *description, void *value, WS_ERROR *error)
{
    struct reader_place place = reader_note_place(typed->reader, error);
    const ULONG *limits = description;
    WS_XML_QNAME *qname = value;
    HRESULT hr;

    (void)type, (void)mapping;
    hr = reader_read_qualified_name(typed->reader, typed->heap, NULL, &qname->localName, &qname->ns, error);
    if (hr != S_OK || !limits)
        return hr;
    if ((hr = typed_check_length(limits, qname->localName.length, "the local name in bytes", error)) == S_OK)
        hr = typed_check_length(limits + 2, qname->ns.length, "the namespace in bytes", error);
    return checked(typed, &place, hr, error);
}

HRESULT qname_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                    const void *description, const void *value, WS_ERROR *error)
{
    const WS_XML_QNAME *qname = value;
    HRESULT hr;

    (void)type, (void)mapping, (void)description;
    if ((hr = writer_check_local_name(&qname->localName, error)) != S_OK ||
        (hr = writer_check_string(&qname->ns, "namespace", false, error)) != S_OK)
        return hr;
    return writer_needed_name(typed->writer, &qname->localName, &qname->ns, error);
}

/* --- Enumerations --- */

static const char *show_names(const WS_ENUM_DESCRIPTION *description, struct name_list *names)
{
    ULONG i;

    name_list_init(names);
    for (i = 0; i < description->valueCount; i++)
        name_list_add(names, description->values[i].name);
    return description->valueCount ? name_list_show(names) : "none";
}

/*
 * Goes through the values one by one: `nameIndices`, which would tell the order of the names, only says what the
 * comparison of lengths tells nearly as fast.
 */
static HRESULT find_value(const WS_ENUM_DESCRIPTION *description, const BYTE *text, size_t length, int *value,
                          WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];
    struct name_list names;
    ULONG i;

    for (i = 0; i < description->valueCount; i++)
    {
        const WS_XML_STRING *name = description->values[i].name;

        if (name->length == length && !memcmp(name->bytes, text, length))
        {
            *value = description->values[i].value;
            return S_OK;
        }
    }
    return error_report(error, WS_E_INVALID_FORMAT, "\"%s\" is none of the names of the enumeration, which are %s.",
                        text_excerpt(text, length, excerpt), show_names(description, &names));
}

HRESULT enum_parse(struct typed_reader *typed, const struct type *type, const void *description, const BYTE *text,
                   size_t length, void *value, WS_ERROR *error)
{
    (void)typed, (void)type;
    text_trim(&text, &length);
    return find_value(description, text, length, value, error);
}

HRESULT enum_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                   const void *description, const void *value, WS_ERROR *error)
{
    const WS_ENUM_DESCRIPTION *names = description;
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    struct name_list list;
    int wanted;
    ULONG i;

    (void)type, (void)mapping;
    memcpy(&wanted, value, sizeof(wanted));
    for (i = 0; i < names->valueCount; i++)
        if (names->values[i].value == wanted)
        {
            text.value = *names->values[i].name;
            return writer_put_text(typed->writer, &text.text, error);
        }
    return error_report(error, E_INVALIDARG, "%d is none of the values of the enumeration, whose names are %s.", wanted,
                        show_names(names, &list));
}

/* --- Defaults --- */

static bool strings_equal(const void *one, size_t length, const void *other, size_t other_length, size_t size)
{
    if (length != other_length || !one != !other)
        return false;
    return !length || (one && !memcmp(one, other, length * size));
}

static bool wsz_equal(const WCHAR *one, const WCHAR *other)
{
    size_t i;

    if (!one || !other)
        return one == other;
    for (i = 0; one[i] == other[i]; i++)
        if (!one[i])
            return true;
    return false;
}

bool simple_equals(WS_TYPE type, const void *one, const void *other, size_t size)
{
    switch (type)
    {
    case WS_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE:
    {
        const WS_STRING *a = one, *b = other;

        return strings_equal(a->chars, a->length, b->chars, b->length, sizeof(WCHAR));
    }
    case WS_BYTES_TYPE:
    case WS_BYTE_ARRAY_TYPE:
    {
        const WS_BYTES *a = one, *b = other;

        return strings_equal(a->bytes, a->length, b->bytes, b->length, 1);
    }
    case WS_XML_STRING_TYPE:
    case WS_UTF8_ARRAY_TYPE:
    {
        const WS_XML_STRING *a = one, *b = other;

        return strings_equal(a->bytes, a->length, b->bytes, b->length, 1);
    }
    case WS_WSZ_TYPE: return wsz_equal(*(WCHAR *const *)one, *(WCHAR *const *)other);
    case WS_XML_QNAME_TYPE:
    {
        const WS_XML_QNAME *a = one, *b = other;

        return strings_equal(a->localName.bytes, a->localName.length, b->localName.bytes, b->localName.length, 1) &&
               strings_equal(a->ns.bytes, a->ns.length, b->ns.bytes, b->ns.length, 1);
    }
    case WS_UNIQUE_ID_TYPE:
    {
        const WS_UNIQUE_ID *a = one, *b = other;

        return strings_equal(a->uri.chars, a->uri.length, b->uri.chars, b->uri.length, sizeof(WCHAR)) &&
               !memcmp(&a->guid, &b->guid, sizeof(a->guid));
    }
    case WS_DATETIME_TYPE:
    {
        const WS_DATETIME *a = one, *b = other;

        return a->ticks == b->ticks && a->format == b->format;
    }
    case WS_DURATION_TYPE:
    {
        const WS_DURATION *a = one, *b = other;

        return !a->negative == !b->negative && a->years == b->years && a->months == b->months && a->days == b->days &&
               a->hours == b->hours && a->minutes == b->minutes && a->seconds == b->seconds &&
               a->milliseconds == b->milliseconds && a->ticks == b->ticks;
    }
    case WS_DECIMAL_TYPE:
    {
        const DECIMAL *a = one, *b = other;

        return a->scale == b->scale && a->sign == b->sign && a->Hi32 == b->Hi32 && a->Lo64 == b->Lo64;
    }
    /* Numbers, GUIDs and enumerations, which have no gaps; and pointers. */
    default: return !memcmp(one, other, size);
    }
}
