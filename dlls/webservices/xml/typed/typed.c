/* SPDX-License-Identifier: MIT */
/* typed.c - see typed.h. */
#include "xml/typed/typed.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/text.h"
#include "xml/buffer/buffer.h"
#include "xml/value.h"
#include "xml/writer/check.h"

static const WS_XML_STRING xsi_namespace = WS_XML_STRING_VALUE("http://www.w3.org/2001/XMLSchema-instance");
static const WS_XML_STRING xsi_prefix = WS_XML_STRING_VALUE("xsi");
static const WS_XML_STRING nil_name = WS_XML_STRING_VALUE("nil");

/* What a type needs and allows. */
#define VALUE_IS_POINTER 1u /* it is passed by the options for pointers only, and NULL is nil */
#define VALUE_HAS_NIL    2u /* a NULL pointer with a length of 0 is nil */
#define VALUE_ON_HEAP    4u /* it refers to memory */
#define VALUE_IS_ELEMENT 8u /* it holds the element itself, and so the functions below see to that */

struct typed;

/* Where a value is being read from or written to. */
struct read_context
{
    WS_XML_READER *reader;
    WS_HEAP *heap;
    const struct typed *type;
    const void *description; /* the type's own; may be NULL */
    struct reader_place place;
};

struct write_context
{
    WS_XML_WRITER *writer;
    const struct typed *type;
    const WS_ELEMENT_DESCRIPTION *element;
};

struct typed
{
    const char *name;
    size_t size; /* of the value; 0: not there yet */
    unsigned flags;
    HRESULT (*read)(const struct read_context *context, void *value, WS_ERROR *error);
    HRESULT (*write)(const struct write_context *context, const void *value, WS_ERROR *error);
    WS_VALUE_TYPE value_type; /* of primitive values */
};

/* A value of any type but structures. */
union any_value
{
    BYTE bytes[1];
    void *pointer;
    uint64_t number;
    WS_STRING string;
    WS_BYTES array;
    WS_XML_STRING xml_string;
    WS_XML_QNAME qname;
    WS_UNIQUE_ID unique_id;
    DECIMAL decimal;
    WS_DURATION duration;
};

/* Adds the place to the sentence about a value that the type or its description does not allow. */
static HRESULT checked(const struct read_context *context, HRESULT hr, WS_ERROR *error)
{
    if (LIKELY(hr == S_OK) || hr == E_INVALIDARG)
        return hr;
    return reader_not_a_value(context->reader, &context->place, hr, error);
}

static HRESULT check_length(const struct read_context *context, ULONG length, const char *what, WS_ERROR *error)
{
    return checked(context, typed_check_length(context->description, length, what, error), error);
}

/* --- Primitive values --- */

static HRESULT read_primitive(const struct read_context *context, void *value, WS_ERROR *error)
{
    HRESULT hr = reader_read_value(context->reader, context->type->value_type, value, error);

    if (hr != S_OK)
        return hr;
    return checked(context, typed_check_value(context->type->value_type, context->description, value, error), error);
}

static HRESULT write_primitive(const struct write_context *context, const void *value, WS_ERROR *error)
{
    return writer_value(context->writer, context->type->value_type, value, error);
}

/* --- Strings and bytes --- */

enum unit
{
    UNIT_CHARS,
    UNIT_UTF8,
    UNIT_BYTES
};

static HRESULT read_piece(WS_XML_READER *reader, enum unit unit, BYTE *place, ULONG room, ULONG *actual,
                          WS_ERROR *error)
{
    switch (unit)
    {
    case UNIT_CHARS: return reader_read_chars(reader, (WCHAR *)(void *)place, room, actual, error);
    case UNIT_UTF8: return reader_read_utf8(reader, place, room, actual, error);
    default: return reader_read_bytes(reader, place, room, actual, error);
    }
}

/* Reads all text into memory that the arena gives. No more than the heap could hold is read. */
static HRESULT read_all(const struct read_context *context, enum unit unit, struct arena *arena, BYTE **ret,
                        ULONG *length, WS_ERROR *error)
{
    size_t size = unit == UNIT_CHARS ? sizeof(WCHAR) : 1;
    ULONG room = 512, count = 0, actual;
    BYTE *memory = arena_alloc(arena, room * size), *bigger;
    HRESULT hr;

    for (;;)
    {
        if (!memory)
            return error_report(error, E_OUTOFMEMORY, "There is no memory for a text of %u units.", (unsigned)room);
        actual = 0;
        if ((hr = read_piece(context->reader, unit, memory + count * size, room - count, &actual, error)) != S_OK)
            return hr;
        if (!actual)
            break;
        count += actual;
        if (room - count >= 4) /* enough for a character */
            continue;
        if ((uint64_t)count * size > context->heap->arena.quota || room > 0x3fffffff)
            return heap_alloc_failed(context->heap, count * size, error);
        if ((bigger = arena_alloc(arena, (size_t)room * 2 * size)))
            memcpy(bigger, memory, count * size);
        memory = bigger;
        room *= 2;
    }
    *ret = memory;
    *length = count;
    return S_OK;
}

/* The same, into the heap: `extra` more zero units after them. The memory is never NULL, since that would be nil. */
static HRESULT read_to_heap(const struct read_context *context, enum unit unit, ULONG extra, void **ret, ULONG *length,
                            WS_ERROR *error)
{
    size_t size = unit == UNIT_CHARS ? sizeof(WCHAR) : 1, wanted;
    struct arena arena;
    BYTE *memory = NULL;
    ULONG count = 0;
    void *copy;
    HRESULT hr;

    memory_init_arena(&arena, SIZE_MAX, 0);
    if ((hr = read_all(context, unit, &arena, &memory, &count, error)) == S_OK)
    {
        wanted = ((size_t)count + extra) * size;
        if ((hr = heap_alloc(context->heap, wanted ? wanted : 1, &copy, error)) == S_OK)
        {
            memset(copy, 0, wanted ? wanted : 1);
            memcpy(copy, memory, count * size);
            *ret = copy;
            *length = count;
        }
    }
    arena_release(&arena);
    return hr;
}

static HRESULT read_string(const struct read_context *context, void *value, WS_ERROR *error)
{
    WS_STRING *string = value;
    void *chars = NULL;
    HRESULT hr = read_to_heap(context, UNIT_CHARS, 0, &chars, &string->length, error);

    string->chars = chars;
    return hr == S_OK ? check_length(context, string->length, "characters", error) : hr;
}

static HRESULT write_string(const struct write_context *context, const void *value, WS_ERROR *error)
{
    const WS_STRING *string = value;

    if (string->length && !string->chars)
        return error_report(error, E_INVALIDARG, "The characters of a string are NULL, and its length is %u.",
                            (unsigned)string->length);
    return writer_chars(context->writer, string->chars, string->length, error);
}

static HRESULT read_wsz(const struct read_context *context, void *value, WS_ERROR *error)
{
    ULONG length = 0, i;
    void *chars = NULL;
    HRESULT hr = read_to_heap(context, UNIT_CHARS, 1, &chars, &length, error);

    if (hr != S_OK)
        return hr;
    for (i = 0; i < length; i++)
        if (!((const WCHAR *)chars)[i])
        {
            hr = error_report(error, WS_E_INVALID_FORMAT,
                              "A zero-terminated string cannot contain U+0000; this one does at position %u.",
                              (unsigned)i);
            return checked(context, hr, error);
        }
    *(WCHAR **)value = chars;
    return check_length(context, length, "characters", error);
}

static HRESULT write_wsz(const struct write_context *context, const void *value, WS_ERROR *error)
{
    const WCHAR *chars = *(WCHAR *const *)value;
    size_t length = 0;

    while (chars[length])
        length++;
    return writer_chars(context->writer, chars, length, error);
}

static HRESULT read_bytes(const struct read_context *context, void *value, WS_ERROR *error)
{
    WS_BYTES *bytes = value;
    void *memory = NULL;
    HRESULT hr = read_to_heap(context, UNIT_BYTES, 0, &memory, &bytes->length, error);

    bytes->bytes = memory;
    return hr == S_OK ? check_length(context, bytes->length, "bytes", error) : hr;
}

static HRESULT write_bytes(const struct write_context *context, const void *value, WS_ERROR *error)
{
    const WS_BYTES *bytes = value;

    if (bytes->length && !bytes->bytes)
        return error_report(error, E_INVALIDARG,
                            "The bytes of a value of WS_BYTES_TYPE are NULL, and its length is %u.",
                            (unsigned)bytes->length);
    return writer_bytes(context->writer, bytes->bytes, bytes->length, error);
}

static HRESULT read_xml_string(const struct read_context *context, void *value, WS_ERROR *error)
{
    WS_XML_STRING *string = value;
    void *bytes = NULL;
    HRESULT hr;

    memset(string, 0, sizeof(*string));
    hr = read_to_heap(context, UNIT_UTF8, 0, &bytes, &string->length, error);
    string->bytes = bytes;
    return hr == S_OK ? check_length(context, string->length, "bytes", error) : hr;
}

static HRESULT write_xml_string(const struct write_context *context, const void *value, WS_ERROR *error)
{
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, *(const WS_XML_STRING *)value};
    HRESULT hr = writer_check_string(&text.value, "string", false, error);

    return hr == S_OK ? writer_text(context->writer, &text.text, error) : hr;
}

/* --- Identifiers and names --- */

/* "urn:uuid:" and a GUID is a GUID; anything else a URI. */
static HRESULT read_unique_id(const struct read_context *context, void *value, WS_ERROR *error)
{
    static const char scheme[] = "urn:uuid:";
    const size_t prefix = sizeof(scheme) - 1;
    WS_UNIQUE_ID *id = value;
    const BYTE *text;
    size_t length, count;
    void *chars;
    HRESULT hr;

    memset(id, 0, sizeof(*id));
    if ((hr = reader_gather(context->reader, &text, &length, error)) != S_OK)
        return hr;
    if (length > prefix && !memcmp(text, scheme, prefix) &&
        value_parse(WS_GUID_VALUE_TYPE, text + prefix, length - prefix, &id->guid, NULL) == S_OK)
        return S_OK;
    if (!length)
        return checked(context,
                       error_report(error, WS_E_INVALID_FORMAT, "The text is empty; a unique identifier is expected."),
                       error);
    if (!utf8_to_utf16_length(text, length, &count))
        return checked(context, error_report(error, WS_E_INVALID_FORMAT, "The unique identifier is not valid UTF-8."),
                       error);
    if ((hr = heap_alloc(context->heap, count * sizeof(WCHAR), &chars, error)) != S_OK)
        return hr;
    utf8_to_utf16(text, length, chars);
    id->uri.chars = chars;
    id->uri.length = (ULONG)count;
    return check_length(context, id->uri.length, "characters", error);
}

static HRESULT write_unique_id(const struct write_context *context, const void *value, WS_ERROR *error)
{
    const WS_UNIQUE_ID *id = value;
    WS_XML_UNIQUE_ID_TEXT text = {{WS_XML_TEXT_TYPE_UNIQUE_ID}, id->guid};

    return id->uri.length ? write_string(context, &id->uri, error) : writer_text(context->writer, &text.text, error);
}

static HRESULT read_qname(const struct read_context *context, void *value, WS_ERROR *error)
{
    const ULONG *limits = context->description;
    WS_XML_QNAME *qname = value;
    HRESULT hr = reader_read_qualified_name(context->reader, context->heap, NULL, &qname->localName, &qname->ns, error);

    if (hr != S_OK || !limits)
        return hr;
    if ((hr = typed_check_length(limits, qname->localName.length, "bytes in the local name", error)) == S_OK)
        hr = typed_check_length(limits + 2, qname->ns.length, "bytes in the namespace", error);
    return checked(context, hr, error);
}

static HRESULT write_qname(const struct write_context *context, const void *value, WS_ERROR *error)
{
    const WS_XML_QNAME *qname = value;
    HRESULT hr;

    if ((hr = writer_check_local_name(&qname->localName, error)) != S_OK ||
        (hr = writer_check_string(&qname->ns, "namespace", false, error)) != S_OK)
        return hr;
    /* It comes without a prefix, and the writer does not generate one for a qualified name: this asks for one. */
    if ((hr = writer_note(context->writer, ROLE_REACHES, NULL, &qname->ns, error)) != S_OK)
        return hr;
    return writer_qualified_name(context->writer, NULL, &qname->localName, &qname->ns, error);
}

/* --- XML buffers --- */

static HRESULT read_xml_buffer(const struct read_context *context, void *value, WS_ERROR *error)
{
    return reader_read_buffer(context->reader, context->heap, value, error);
}

/* The attributes and declarations of the element in the buffer go to the element of the description. */
static HRESULT write_element_of(const struct write_context *context, const WS_XML_ELEMENT_NODE *element,
                                WS_ERROR *error)
{
    HRESULT hr = writer_open_element(context->writer, NULL, context->element->elementLocalName,
                                     context->element->elementNs, error);
    ULONG i;

    if (hr != S_OK)
        return hr;
    writer_keep_open(context->writer, element);
    for (i = 0; i < element->attributeCount && hr == S_OK; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        hr = attribute->isXmlNs
                 ? writer_xmlns(context->writer, attribute->prefix, attribute->ns, attribute->singleQuote, error)
                 : writer_attribute(context->writer, attribute, error);
    }
    return hr;
}

static HRESULT write_xml_buffer(const struct write_context *context, const void *value, WS_ERROR *error)
{
    const WS_XML_BUFFER *buffer = *(WS_XML_BUFFER *const *)value;
    const struct xml_node *root, *node;
    HRESULT hr;

    if (!handle_is(buffer, HANDLE_XML_BUFFER))
        return handle_refuse(buffer, HANDLE_XML_BUFFER, error);
    if (writer_is_into(context->writer, buffer))
        return error_report(error, WS_E_INVALID_OPERATION, "An XML buffer cannot be written into itself.");
    for (root = buffer->document->first_child; root; root = root->next)
        if (root->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
            break;
    if (!root)
        return error_report(error, E_INVALIDARG, "There is no element in the XML buffer.");
    if ((hr = write_element_of(context, &root->shown.element, error)) != S_OK)
        return hr;
    for (node = root->first_child; node != root->last_child; node = xml_node_following(node))
        if ((hr = writer_node(context->writer, &node->shown.node, error)) != S_OK)
            return hr;
    return writer_end_element(context->writer, error);
}

/* --- The types --- */

#define PRIMITIVE(type, size) \
    { \
#type "_TYPE", size, 0, read_primitive, write_primitive, type##_VALUE_TYPE \
    }
#define OTHER(type, size, flags, function) \
    { \
#type "_TYPE", size, flags, read_##function, write_##function, 0 \
    }
#define NOT_YET(type) \
    { \
#type "_TYPE", 0, 0, NULL, NULL, 0 \
    }

static const struct typed types[] = {
    [WS_BOOL_TYPE] = PRIMITIVE(WS_BOOL, sizeof(BOOL)),
    [WS_INT8_TYPE] = PRIMITIVE(WS_INT8, 1),
    [WS_INT16_TYPE] = PRIMITIVE(WS_INT16, 2),
    [WS_INT32_TYPE] = PRIMITIVE(WS_INT32, 4),
    [WS_INT64_TYPE] = PRIMITIVE(WS_INT64, 8),
    [WS_UINT8_TYPE] = PRIMITIVE(WS_UINT8, 1),
    [WS_UINT16_TYPE] = PRIMITIVE(WS_UINT16, 2),
    [WS_UINT32_TYPE] = PRIMITIVE(WS_UINT32, 4),
    [WS_UINT64_TYPE] = PRIMITIVE(WS_UINT64, 8),
    [WS_FLOAT_TYPE] = PRIMITIVE(WS_FLOAT, sizeof(float)),
    [WS_DOUBLE_TYPE] = PRIMITIVE(WS_DOUBLE, sizeof(double)),
    [WS_DECIMAL_TYPE] = PRIMITIVE(WS_DECIMAL, sizeof(DECIMAL)),
    [WS_DATETIME_TYPE] = PRIMITIVE(WS_DATETIME, sizeof(WS_DATETIME)),
    [WS_TIMESPAN_TYPE] = PRIMITIVE(WS_TIMESPAN, sizeof(WS_TIMESPAN)),
    [WS_GUID_TYPE] = PRIMITIVE(WS_GUID, sizeof(GUID)),
    [WS_DURATION_TYPE] = PRIMITIVE(WS_DURATION, sizeof(WS_DURATION)),
    [WS_UNIQUE_ID_TYPE] = OTHER(WS_UNIQUE_ID, sizeof(WS_UNIQUE_ID), VALUE_ON_HEAP, unique_id),
    [WS_STRING_TYPE] = OTHER(WS_STRING, sizeof(WS_STRING), VALUE_ON_HEAP | VALUE_HAS_NIL, string),
    [WS_WSZ_TYPE] = OTHER(WS_WSZ, sizeof(WCHAR *), VALUE_ON_HEAP | VALUE_IS_POINTER, wsz),
    [WS_BYTES_TYPE] = OTHER(WS_BYTES, sizeof(WS_BYTES), VALUE_ON_HEAP | VALUE_HAS_NIL, bytes),
    [WS_XML_STRING_TYPE] = OTHER(WS_XML_STRING, sizeof(WS_XML_STRING), VALUE_ON_HEAP | VALUE_HAS_NIL, xml_string),
    [WS_XML_QNAME_TYPE] = OTHER(WS_XML_QNAME, sizeof(WS_XML_QNAME), VALUE_ON_HEAP, qname),
    [WS_XML_BUFFER_TYPE] =
        OTHER(WS_XML_BUFFER, sizeof(WS_XML_BUFFER *), VALUE_ON_HEAP | VALUE_IS_POINTER | VALUE_IS_ELEMENT, xml_buffer),
    [WS_CHAR_ARRAY_TYPE] = NOT_YET(WS_CHAR_ARRAY),
    [WS_UTF8_ARRAY_TYPE] = NOT_YET(WS_UTF8_ARRAY),
    [WS_BYTE_ARRAY_TYPE] = NOT_YET(WS_BYTE_ARRAY),
    [WS_DESCRIPTION_TYPE] = NOT_YET(WS_DESCRIPTION),
    [WS_STRUCT_TYPE] = NOT_YET(WS_STRUCT),
    [WS_CUSTOM_TYPE] = NOT_YET(WS_CUSTOM),
    [WS_ENDPOINT_ADDRESS_TYPE] = NOT_YET(WS_ENDPOINT_ADDRESS),
    [WS_FAULT_TYPE] = NOT_YET(WS_FAULT),
    [WS_VOID_TYPE] = NOT_YET(WS_VOID),
    [WS_ENUM_TYPE] = NOT_YET(WS_ENUM),
    [WS_UNION_TYPE] = NOT_YET(WS_UNION),
    [WS_ANY_ATTRIBUTES_TYPE] = NOT_YET(WS_ANY_ATTRIBUTES),
};

/* The type of an element, whose description is checked. */
static HRESULT find_type(const WS_ELEMENT_DESCRIPTION *element, const struct typed **ret, WS_ERROR *error)
{
    HRESULT hr;

    if (!element)
        return error_report(error, E_INVALIDARG, "The description of the element is NULL.");
    if ((unsigned)element->type >= sizeof(types) / sizeof(types[0]))
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_TYPE, (uint32_t)element->type).text);
    if (!types[element->type].size)
        return error_report(error, WS_E_NOT_SUPPORTED, "Values of the type %s are not supported yet.",
                            types[element->type].name);
    /* Without a name, a structure would be the elements that its fields are. */
    if ((hr = writer_check_local_name(element->elementLocalName, error)) != S_OK ||
        (hr = writer_check_string(element->elementNs, "namespace of the element", false, error)) != S_OK)
        return hr;
    *ret = &types[element->type];
    return S_OK;
}

/* Of a value of a type that is passed by an option; `by_pointer` says which kind of option that is. */
static HRESULT check_storage(const struct typed *type, enum constant_kind options, int option, bool by_pointer,
                             bool nil_value, const void *value, ULONG size, WS_ERROR *error)
{
    size_t wanted = by_pointer ? sizeof(void *) : type->size;

    if ((type->flags & VALUE_IS_POINTER && !by_pointer) || (nil_value && !(type->flags & VALUE_HAS_NIL)))
        return error_report(error, E_INVALIDARG, "%s cannot be used with %s.",
                            constant_name(options, (uint32_t)option).text, type->name);
    if (!value || size != wanted)
        return error_report(error, E_INVALIDARG, "With %s, the size for %s is %zu; %u was passed, with a value at %p.",
                            constant_name(options, (uint32_t)option).text, type->name, wanted, (unsigned)size, value);
    return S_OK;
}

/* --- Reading --- */

static HRESULT check_read(const struct typed *type, WS_READ_OPTION option, const WS_HEAP *heap, const void *value,
                          ULONG size, bool *by_pointer, WS_ERROR *error)
{
    HRESULT hr;

    if (option < WS_READ_REQUIRED_VALUE || option > WS_READ_NILLABLE_VALUE)
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_READ_OPTION, (uint32_t)option).text);
    *by_pointer = option != WS_READ_REQUIRED_VALUE && option != WS_READ_NILLABLE_VALUE;
    if ((hr = check_storage(type, CONSTANT_READ_OPTION, (int)option, *by_pointer, option == WS_READ_NILLABLE_VALUE,
                            value, size, error)) != S_OK)
        return hr;
    if ((heap || *by_pointer || type->flags & VALUE_ON_HEAP) && !handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, error);
    return S_OK;
}

/* Whether the element that the reader is at says that it is nil. */
static HRESULT is_nil(WS_XML_READER *reader, BOOL *nil, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)reader_node(reader);
    ULONG i;

    *nil = FALSE;
    for (i = 0; i < element->attributeCount; i++)
        if (!element->attributes[i]->isXmlNs && xml_string_equals(element->attributes[i]->localName, &nil_name) &&
            xml_string_equals(element->attributes[i]->ns, &xsi_namespace))
        {
            ULONG mark = error_mark(error);
            HRESULT hr = reader_attribute_value(reader, element->attributes[i], WS_BOOL_VALUE_TYPE, nil, error);

            return hr == S_OK ? hr : reader_locate(reader, mark, "in the attribute \"xsi:nil\"", hr, error);
        }
    return S_OK;
}

/* Goes to the element. *present: it is there and has a value; else it has been passed, if it was there. */
static HRESULT find_value(const struct read_context *context, const WS_ELEMENT_DESCRIPTION *element,
                          WS_READ_OPTION option, bool *present, WS_ERROR *error)
{
    bool optional = option >= WS_READ_OPTIONAL_POINTER, nillable = option >= WS_READ_NILLABLE_POINTER;
    WS_XML_READER *reader = context->reader;
    BOOL found = TRUE, nil;
    HRESULT hr;

    *present = false;
    if (!reader)
        return optional ? S_OK
                        : error_report(error, WS_E_INVALID_FORMAT, "There is nothing to read a value of %s from.",
                                       context->type->name);
    if ((hr = reader_to_start_element(reader, element->elementLocalName, element->elementNs, optional ? &found : NULL,
                                      error)) != S_OK)
        return hr;
    if (!found)
        return S_OK;
    if ((hr = is_nil(reader, &nil, error)) != S_OK)
        return hr;
    if (nil && !nillable && !(context->type->flags & VALUE_IS_ELEMENT))
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "The element is nil, and a value is required.");
    if (!nil || !nillable)
    {
        *present = true;
        return S_OK;
    }
    if ((hr = reader_next(reader, error)) != S_OK)
        return hr;
    return reader_read_end_element(reader, error);
}

static HRESULT read_content(struct read_context *context, void *value, WS_ERROR *error)
{
    HRESULT hr;

    if (context->type->flags & VALUE_IS_ELEMENT)
        return context->type->read(context, value, error);
    if ((hr = reader_next(context->reader, error)) != S_OK)
        return hr;
    context->place = reader_note_place(context->reader, error);
    if ((hr = context->type->read(context, value, error)) != S_OK)
        return hr;
    return reader_read_end_element(context->reader, error);
}

HRESULT typed_check_read(const WS_ELEMENT_DESCRIPTION *description, WS_READ_OPTION option, const WS_HEAP *heap,
                         const void *value, ULONG size, WS_ERROR *error)
{
    const struct typed *type;
    bool by_pointer;
    HRESULT hr = find_type(description, &type, error);

    return hr == S_OK ? check_read(type, option, heap, value, size, &by_pointer, error) : hr;
}

HRESULT typed_read_element(WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *description, WS_READ_OPTION option,
                           WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error)
{
    struct read_context context = {.reader = reader, .heap = heap};
    bool by_pointer = false, present;
    union any_value read;
    void *place = &read;
    HRESULT hr;

    if ((hr = find_type(description, &context.type, error)) != S_OK ||
        (hr = check_read(context.type, option, heap, value, size, &by_pointer, error)) != S_OK)
        return hr;
    context.description = description->typeDescription;
    if ((hr = find_value(&context, description, option, &present, error)) != S_OK)
        return hr;
    if (!present)
    {
        memset(value, 0, size);
        return S_OK;
    }
    /* A value that is a pointer itself is not pointed to. */
    by_pointer = by_pointer && !(context.type->flags & VALUE_IS_POINTER);
    if (by_pointer && (hr = heap_alloc(heap, context.type->size, &place, error)) != S_OK)
        return hr;
    /* What lies between the fields is zero, too. */
    memset(place, 0, context.type->size);
    if ((hr = read_content(&context, place, error)) != S_OK)
        return hr;
    memcpy(value, by_pointer ? (const void *)&place : place, size);
    return S_OK;
}

/* --- Writing --- */

/* The value after an option; *ret is NULL if it is nil. */
static HRESULT check_write(const struct typed *type, WS_WRITE_OPTION option, const void *value, ULONG size,
                           const void **ret, WS_ERROR *error)
{
    bool by_pointer = option == WS_WRITE_REQUIRED_POINTER || option == WS_WRITE_NILLABLE_POINTER;
    bool nillable = option == WS_WRITE_NILLABLE_VALUE || option == WS_WRITE_NILLABLE_POINTER;
    static const WS_STRING nothing;
    const void *pointer;
    HRESULT hr;

    if (option < WS_WRITE_REQUIRED_VALUE || option > WS_WRITE_NILLABLE_POINTER)
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_WRITE_OPTION, (uint32_t)option).text);
    if (!value && !size && nillable)
    {
        /* Checks the option. */
        *ret = NULL;
        return check_storage(type, CONSTANT_WRITE_OPTION, (int)option, by_pointer, !by_pointer, &nothing,
                             (ULONG)(by_pointer ? sizeof(void *) : type->size), error);
    }
    if ((hr = check_storage(type, CONSTANT_WRITE_OPTION, (int)option, by_pointer, option == WS_WRITE_NILLABLE_VALUE,
                            value, size, error)) != S_OK)
        return hr;
    *ret = value;
    if (by_pointer)
    {
        memcpy(&pointer, value, sizeof(pointer));
        if (!pointer && !nillable)
            return error_report(error, E_INVALIDARG, "The pointer to a value of %s is NULL.", type->name);
        *ret = !pointer ? NULL : type->flags & VALUE_IS_POINTER ? value : pointer;
    }
    else if (nillable)
    {
        /* Each of these begins with a length, and is empty if that is 0. */
        const WS_STRING *string = value;
        const WS_BYTES *bytes = value;
        const WS_XML_STRING *xml_string = value;
        const void *memory = type == &types[WS_STRING_TYPE]  ? (const void *)string->chars
                             : type == &types[WS_BYTES_TYPE] ? (const void *)bytes->bytes
                                                             : (const void *)xml_string->bytes;

        if (!memory && !string->length)
            *ret = NULL;
    }
    return S_OK;
}

static HRESULT write_nil(WS_XML_WRITER *writer, WS_ERROR *error)
{
    static const WS_XML_BOOL_TEXT text = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
    HRESULT hr;

    if ((hr = writer_start_attribute(writer, &xsi_prefix, &nil_name, &xsi_namespace, FALSE, error)) != S_OK ||
        (hr = writer_text(writer, &text.text, error)) != S_OK)
        return hr;
    return writer_end_attribute(writer, error);
}

HRESULT typed_write_element(WS_XML_WRITER *writer, const WS_ELEMENT_DESCRIPTION *description, WS_WRITE_OPTION option,
                            const void *value, ULONG size, WS_ERROR *error)
{
    struct write_context context = {writer, NULL, description};
    const void *written = NULL;
    HRESULT hr;

    if ((hr = find_type(description, &context.type, error)) != S_OK ||
        (hr = check_write(context.type, option, value, size, &written, error)) != S_OK)
        return hr;
    if (written && context.type->flags & VALUE_IS_ELEMENT)
        return context.type->write(&context, written, error);
    if ((hr = writer_open_element(writer, NULL, description->elementLocalName, description->elementNs, error)) !=
            S_OK ||
        (hr = written ? context.type->write(&context, written, error) : write_nil(writer, error)) != S_OK)
        return hr;
    return writer_end_element(writer, error);
}
