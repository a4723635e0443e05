/* SPDX-License-Identifier: MIT */
/*
 * model.c - what must be read of a value that was written; see descriptions.h. The rules are those of the pages of
 * WS_TYPE, WS_FIELD_MAPPING and WS_FIELD_OPTIONS:
 *
 *   - OPTIONAL fields that have their default are not in the XML, and come back as it;
 *   - nothing at NULL is nil where the field is NILLABLE, missing where it is OPTIONAL, and else empty, at a pointer
 *     that is not NULL;
 *   - what has no mapping comes back as its default, and what is of WS_VOID_TYPE does not come back.
 */
#include "support/descriptions.h"

#include <math.h>
#include <string.h>

#include "support/node-digest.h"

#define P WS_FIELD_POINTER
#define O WS_FIELD_OPTIONAL
#define N WS_FIELD_NILLABLE
#define I WS_FIELD_NILLABLE_ITEM

static bool same_bytes(const void *one, size_t length, const void *other, size_t other_length)
{
    return length == other_length && (!length || !memcmp(one, other, length));
}

static bool same_utf8(const WS_XML_STRING *one, const WS_XML_STRING *other)
{
    return same_bytes(one->bytes, one->length, other->bytes, other->length);
}

static bool same_utf16(const WS_STRING *one, const WS_STRING *other)
{
    return same_bytes(one->chars, one->length * sizeof(WCHAR), other->chars, other->length * sizeof(WCHAR));
}

static bool same_qname(const WS_XML_QNAME *one, const WS_XML_QNAME *other)
{
    return same_utf8(&one->localName, &other->localName) && same_utf8(&one->ns, &other->ns);
}

/* --- XML buffers --- */

struct digest
{
    uint64_t value;
    size_t text;   /* the length of the text that has been added last */
    bool is_typed; /* there are values that are not characters */
};

#define TYPED UINT64_MAX

static void end_text(struct digest *digest)
{
    if (digest->text)
        digest->value = digest_bytes(digest->value, &digest->text, sizeof(digest->text));
    digest->text = 0;
}

static void add_text(struct digest *digest, const WS_XML_TEXT *text)
{
    const WS_XML_STRING *utf8 = &((const WS_XML_UTF8_TEXT *)text)->value;
    ULONG i;

    if (text->textType != WS_XML_TEXT_TYPE_UTF8)
    {
        digest->is_typed = true;
        return;
    }
    /* Byte by byte, since texts can be in pieces. */
    for (i = 0; i < utf8->length; i++)
        digest->value = digest_bytes(digest->value, utf8->bytes + i, 1);
    digest->text += utf8->length;
}

/* Names, without prefixes and declarations, which are the writer's choice. `root`: the name does not count either. */
static void add_element(struct digest *digest, const WS_XML_ELEMENT_NODE *element, bool root)
{
    ULONG i;

    digest->value = digest_bytes(digest->value, "<", 1);
    if (!root)
        digest->value = digest_string(digest_string(digest->value, element->localName), element->ns);
    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        if (attribute->isXmlNs)
            continue;
        digest->value = digest_string(digest_string(digest->value, attribute->localName), attribute->ns);
        add_text(digest, attribute->value);
        end_text(digest);
    }
}

static uint64_t digest_buffer(WS_XML_READER *reader, WS_XML_BUFFER *buffer, bool named)
{
    BOOL yes = TRUE;
    WS_XML_READER_PROPERTY fragment = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    struct digest digest = {1, 0, false};
    const WS_XML_NODE *node = NULL;
    bool root = !named;

    if (!buffer)
        return 0;
    if (WsSetInputToBuffer(reader, buffer, &fragment, 1, NULL) != S_OK)
        return 0;
    while (WsReadNode(reader, NULL) == S_OK && WsGetReaderNode(reader, &node, NULL) == S_OK)
    {
        if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
        {
            add_text(&digest, ((const WS_XML_TEXT_NODE *)node)->text);
            continue;
        }
        if (node->nodeType == WS_XML_NODE_TYPE_CDATA || node->nodeType == WS_XML_NODE_TYPE_END_CDATA)
            continue;
        end_text(&digest);
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            return digest.is_typed ? TYPED : digest.value;
        if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        {
            add_element(&digest, (const WS_XML_ELEMENT_NODE *)node, root);
            root = false;
        }
        else if (node->nodeType == WS_XML_NODE_TYPE_COMMENT)
            digest.value = digest_string(digest.value, &((const WS_XML_COMMENT_NODE *)node)->value);
        else
            digest.value = digest_bytes(digest.value, ">", 1);
    }
    return 0;
}

/* `named`: the names of the elements in them matter, since no field has one. */
static bool same_buffers(WS_XML_READER *reader, WS_XML_BUFFER *one, WS_XML_BUFFER *other, bool named)
{
    uint64_t digest = digest_buffer(reader, one, named), read = digest_buffer(reader, other, named);

    return digest && read && (digest == read || digest == TYPED || read == TYPED);
}

/* --- Values --- */

static bool same_wsz(const WCHAR *one, const WCHAR *other)
{
    for (; *one == *other; one++, other++)
        if (!*one)
            return true;
    return false;
}

/* Of what is not there, or empty, nothing is written. */
static bool same_place(const WS_STRING *one, const WS_STRING *other)
{
    return same_utf16(one, other) && !one->length == !other->chars;
}

static bool same_faults(WS_XML_READER *reader, const WS_FAULT *one, const WS_FAULT *other, bool has_node)
{
    const WS_FAULT_CODE *code = one->code, *read = other->code;
    ULONG i;

    /* One without a namespace is SOAP's, where it may have another name. */
    if (!code->value.ns.length && read->value.ns.length)
    {
        code = code->subCode;
        read = read->subCode;
    }
    for (; code && read && same_qname(&code->value, &read->value); code = code->subCode, read = read->subCode)
        ;
    if (code || read || one->reasonCount != other->reasonCount || !same_place(&one->actor, &other->actor))
        return false;
    for (i = 0; i < one->reasonCount; i++)
        if (!same_utf16(&one->reasons[i].text, &other->reasons[i].text) ||
            !same_utf16(&one->reasons[i].lang, &other->reasons[i].lang) ||
            !one->reasons[i].lang.chars != !other->reasons[i].lang.chars)
            return false;
    if (has_node && !same_place(&one->node, &other->node))
        return false;
    return one->detail ? other->detail && same_buffers(reader, one->detail, other->detail, false) : !other->detail;
}

static bool same_union(WS_XML_READER *reader, const WS_UNION_DESCRIPTION *description, const BYTE *written,
                       const BYTE *read)
{
    int selector = *(const int *)(written + description->enumOffset);
    ULONG i;

    if (selector != *(const int *)(read + description->enumOffset))
        return false;
    for (i = 0; i < description->fieldCount; i++)
        if (description->fields[i]->value == selector)
            return field_is_as_written(reader, &description->fields[i]->field, written, read);
    return selector == description->noneEnumValue;
}

static bool same_struct(WS_XML_READER *reader, const WS_STRUCT_DESCRIPTION *declared, const BYTE *written,
                        const BYTE *read)
{
    const WS_STRUCT_DESCRIPTION *actual = declared;
    ULONG i;

    if (declared->fieldCount && declared->fields[0]->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
        actual = *(const WS_STRUCT_DESCRIPTION *const *)(written + declared->fields[0]->offset);
    for (i = 0; i < actual->fieldCount; i++)
        if (!field_is_as_written(reader, actual->fields[i], written, read))
            return false;
    return true;
}

/* Of those that have a nil form, and are not nil. */
static bool same_string(WS_TYPE type, const void *written, const void *read)
{
    const WS_XML_STRING *utf8 = read;
    const WS_STRING *chars = read;
    const WS_BYTES *bytes = read, *other = written;

    switch (type)
    {
    case WS_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE: return chars->chars && same_utf16(written, chars);
    case WS_XML_STRING_TYPE: return utf8->bytes && same_utf8(written, utf8);
    default: return bytes->bytes && same_bytes(other->bytes, other->length, bytes->bytes, bytes->length);
    }
}

/* Neither is nil. */
static bool same_value(WS_XML_READER *reader, WS_TYPE type, const void *description, const void *written,
                       const void *read, bool named)
{
    const WS_UNIQUE_ID *id = written, *read_id = read;
    const WS_DATETIME *date = written, *read_date = read;
    const WS_DURATION *one = written, *other = read;
    const DECIMAL *decimal = written, *read_decimal = read;
    float f, g;
    double d, e;

    switch (type)
    {
    case WS_BOOL_TYPE: return !*(const BOOL *)written == !*(const BOOL *)read;
    case WS_FLOAT_TYPE:
        memcpy(&f, written, sizeof(f));
        memcpy(&g, read, sizeof(g));
        return isnan(f) ? isnan(g) : !memcmp(&f, &g, sizeof(f));
    case WS_DOUBLE_TYPE:
        memcpy(&d, written, sizeof(d));
        memcpy(&e, read, sizeof(e));
        return isnan(d) ? isnan(e) : !memcmp(&d, &e, sizeof(d));
    case WS_DECIMAL_TYPE:
        return decimal->Lo64 == read_decimal->Lo64 && decimal->Hi32 == read_decimal->Hi32 &&
               decimal->scale == read_decimal->scale && decimal->sign == read_decimal->sign;
    case WS_DATETIME_TYPE: return date->ticks == read_date->ticks && date->format == read_date->format;
    case WS_DURATION_TYPE:
        return !one->negative == !other->negative && one->years == other->years && one->months == other->months &&
               one->days == other->days && one->hours == other->hours && one->minutes == other->minutes &&
               one->seconds == other->seconds && one->milliseconds == other->milliseconds && one->ticks == other->ticks;
    case WS_UNIQUE_ID_TYPE:
        return same_utf16(&id->uri, &read_id->uri) &&
               (id->uri.length || !memcmp(&id->guid, &read_id->guid, sizeof(GUID)));
    case WS_WSZ_TYPE: return same_wsz(*(WCHAR *const *)written, *(WCHAR *const *)read);
    case WS_XML_QNAME_TYPE: return same_qname(written, read);
    case WS_XML_BUFFER_TYPE:
        return same_buffers(reader, *(WS_XML_BUFFER *const *)written, *(WS_XML_BUFFER *const *)read, named);
    case WS_STRING_TYPE:
    case WS_BYTES_TYPE:
    case WS_XML_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE:
    case WS_UTF8_ARRAY_TYPE:
    case WS_BYTE_ARRAY_TYPE: return same_string(type, written, read);
    case WS_FAULT_TYPE:
        return same_faults(reader, written, read,
                           ((const WS_FAULT_DESCRIPTION *)description)->envelopeVersion ==
                               WS_ENVELOPE_VERSION_SOAP_1_2);
    case WS_STRUCT_TYPE: return same_struct(reader, description, written, read);
    case WS_UNION_TYPE: return same_union(reader, description, written, read);
    default: return !memcmp(written, read, described_size(type, description));
    }
}

static bool is_counted(WS_TYPE type)
{
    return type == WS_CHAR_ARRAY_TYPE || type == WS_UTF8_ARRAY_TYPE || type == WS_BYTE_ARRAY_TYPE;
}

/* Whether a value that has a nil form by itself is nil: NULL, or nothing at NULL. */
static bool is_nil(WS_TYPE type, const void *value)
{
    const WS_BYTES *bytes = value; /* WS_STRING and WS_XML_STRING begin as it does */

    switch (type)
    {
    case WS_WSZ_TYPE:
    case WS_XML_BUFFER_TYPE: return !*(void *const *)value;
    case WS_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE:
    case WS_UTF8_ARRAY_TYPE:
    case WS_BYTES_TYPE:
    case WS_BYTE_ARRAY_TYPE:
    case WS_XML_STRING_TYPE: return !bytes->length && !bytes->bytes;
    default: return false;
    }
}

bool is_as_written(WS_XML_READER *reader, WS_TYPE type, const void *description, const void *written, const void *read)
{
    return same_value(reader, type, description, written, read, false);
}

/* --- Fields --- */

/* A value of a field or an item; `missing`: what comes back where there was none, or NULL for nothing. */
static bool same_item(WS_XML_READER *reader, WS_TYPE type, const void *description, bool by_pointer, bool named,
                      const void *written, const void *read, bool nillable, bool optional, const void *missing)
{
    if (by_pointer)
    {
        written = *(void *const *)written;
        read = *(void *const *)read;
        if (!written && optional && missing && !nillable)
            written = missing;
        if (!written || !read)
            return !written && !read;
    }
    if (is_nil(type, written) && (nillable || (optional && (!missing || is_nil(type, missing)))))
        return is_nil(type, read);
    if (is_nil(type, read))
        return false;
    return same_value(reader, type, description, written, read, named);
}

static bool same_array(WS_XML_READER *reader, const WS_FIELD_DESCRIPTION *field, const BYTE *written, const BYTE *read)
{
    bool by_pointer = field->options & P, named = field->mapping != WS_REPEATING_ELEMENT_FIELD_MAPPING;
    size_t size = by_pointer ? sizeof(void *) : described_size(field->type, field->typeDescription);
    const BYTE *items = *(BYTE *const *)(written + field->offset), *read_items = *(BYTE *const *)(read + field->offset);
    ULONG count = *(const ULONG *)(written + field->countOffset), i;

    if (count != *(const ULONG *)(read + field->countOffset))
        return false;
    if (!read_items != (!items && field->localName && field->options & (O | N)))
        return false;
    for (i = 0; i < count; i++)
        if (!same_item(reader, field->type, field->typeDescription, by_pointer, named, items + i * size,
                       read_items + i * size, field->options & I, false, NULL))
            return false;
    return true;
}

/* Of values that are not characters, what they look like is not for the model. */
static bool same_texts(const WS_XML_TEXT *one, const WS_XML_TEXT *other)
{
    return one->textType != WS_XML_TEXT_TYPE_UTF8 || other->textType != WS_XML_TEXT_TYPE_UTF8 ||
           same_utf8(&((const WS_XML_UTF8_TEXT *)one)->value, &((const WS_XML_UTF8_TEXT *)other)->value);
}

static bool same_attributes(const WS_ANY_ATTRIBUTES *written, const WS_ANY_ATTRIBUTES *read)
{
    ULONG i;

    if (written->attributeCount != read->attributeCount)
        return false;
    for (i = 0; i < written->attributeCount; i++)
    {
        const WS_ANY_ATTRIBUTE *one = &written->attributes[i], *other = &read->attributes[i];

        if (!same_utf8(&one->localName, &other->localName) || !same_utf8(&one->ns, &other->ns) ||
            !same_texts(one->value, other->value))
            return false;
    }
    return true;
}

/* Of content, nothing is the same as nothing in a buffer. */
static bool same_content(WS_XML_READER *reader, WS_XML_BUFFER *written, WS_XML_BUFFER *read)
{
    return read && (written ? same_buffers(reader, written, read, true)
                            : digest_buffer(reader, read, true) == 1 /* with which it begins */);
}

static bool is_all(const BYTE *bytes, BYTE value, size_t count)
{
    while (count && bytes[count - 1] == value)
        count--;
    return !count;
}

static size_t place_size(const WS_FIELD_DESCRIPTION *field)
{
    return field->options & P || is_counted(field->type) ? sizeof(void *)
                                                         : described_size(field->type, field->typeDescription);
}

bool field_is_missing(const WS_FIELD_DESCRIPTION *field, const void *structure)
{
    const BYTE *place = (const BYTE *)structure + field->offset;

    if (!field->defaultValue)
        return is_all(place, 0, place_size(field)) &&
               (!is_counted(field->type) || !*(const ULONG *)((const BYTE *)structure + field->countOffset));
    if (field->options & P && field->mapping != WS_NO_FIELD_MAPPING && !(place = *(BYTE *const *)place))
        return false;
    return same_value(NULL, field->type, field->typeDescription, field->defaultValue->value, place, false);
}

static bool same_field(WS_XML_READER *reader, const WS_FIELD_DESCRIPTION *field, const void *written, const void *read)
{
    const BYTE *place = (const BYTE *)written + field->offset, *read_place = (const BYTE *)read + field->offset;
    bool named = field->mapping == WS_ANY_ELEMENT_FIELD_MAPPING;
    WS_BYTES counted = {0, NULL}, read_counted = {0, NULL};
    const WS_UNION_DESCRIPTION *choices = field->typeDescription;

    switch (field->mapping)
    {
    case WS_NO_FIELD_MAPPING: return field_is_missing(field, read);
    case WS_TYPE_ATTRIBUTE_FIELD_MAPPING: return *(void *const *)place == *(void *const *)read_place;
    default: break;
    }
    if (field->type == WS_VOID_TYPE)
        return true;
    switch (field->mapping)
    {
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
    case WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING: return same_array(reader, field, written, read);
    case WS_ELEMENT_CHOICE_FIELD_MAPPING: return same_union(reader, choices, place, read_place);
    case WS_ANY_ATTRIBUTES_FIELD_MAPPING:
        return same_attributes((const WS_ANY_ATTRIBUTES *)place, (const WS_ANY_ATTRIBUTES *)read_place);
    case WS_ANY_CONTENT_FIELD_MAPPING:
        return same_content(reader, *(WS_XML_BUFFER *const *)place, *(WS_XML_BUFFER *const *)read_place);
    default: break;
    }
    if (is_counted(field->type))
    {
        memcpy(&counted.bytes, place, sizeof(counted.bytes));
        memcpy(&counted.length, (const BYTE *)written + field->countOffset, sizeof(ULONG));
        memcpy(&read_counted.bytes, read_place, sizeof(read_counted.bytes));
        memcpy(&read_counted.length, (const BYTE *)read + field->countOffset, sizeof(ULONG));
        place = (const BYTE *)&counted;
        read_place = (const BYTE *)&read_counted;
    }
    return same_item(reader, field->type, field->typeDescription, field->options & P, named, place, read_place,
                     field->options & N, field->options & O, field->defaultValue ? field->defaultValue->value : NULL);
}

const WS_FIELD_DESCRIPTION *differing_field;

bool field_is_as_written(WS_XML_READER *reader, const WS_FIELD_DESCRIPTION *field, const void *written,
                         const void *read)
{
    differing_field = NULL;
    if (same_field(reader, field, written, read))
        return true;
    if (!differing_field)
        differing_field = field;
    return false;
}

bool is_always_there(const WS_FIELD_DESCRIPTION *field)
{
    return (field->mapping == WS_ELEMENT_FIELD_MAPPING || field->mapping == WS_ATTRIBUTE_FIELD_MAPPING) &&
           !(field->options & O);
}
