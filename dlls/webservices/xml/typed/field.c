/* SPDX-License-Identifier: MIT */
/*
 * field.c - a field of a structure or union that is one element, one attribute or text; see types.h.
 */
#include "xml/typed/types.h"

#include "base/text.h"
#include "xml/value.h"
#include "xml/writer/state.h"

#include <stdio.h>

const char *field_show(const WS_FIELD_DESCRIPTION *field, char shown[FIELD_NAME_ROOM])
{
    const WS_XML_STRING *name = field->localName ? field->localName : field->itemLocalName;
    char excerpt[TEXT_EXCERPT_ROOM];

    if (name && name->length && !xml_string_is_broken(name))
        snprintf(shown, FIELD_NAME_ROOM, "field \"%s\"", text_excerpt(name->bytes, name->length, excerpt));
    else
        snprintf(shown, FIELD_NAME_ROOM, "field of %.60s at offset %u",
                 constant_name(CONSTANT_FIELD_MAPPING, (uint32_t)field->mapping).text, (unsigned)field->offset);
    return shown;
}

bool field_matches(const WS_FIELD_DESCRIPTION *field, const WS_XML_ELEMENT_NODE *element)
{
    if (LIKELY(field->mapping == WS_ELEMENT_FIELD_MAPPING) || field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING)
        return element_is_named(element, field->localName, field->ns);
    /* Any element: of one namespace, or of all but that one, if the field has one. */
    return !field->ns || xml_string_equals(element->ns, field->ns) == !(field->options & WS_FIELD_OTHER_NAMESPACE);
}

/*
 * One by one: `valueIndices`, which says that they are in the order of their names, only helps where a union has very
 * many choices.
 */
const WS_UNION_FIELD_DESCRIPTION *field_find_choice(const WS_UNION_DESCRIPTION *description,
                                                    const WS_XML_ELEMENT_NODE *element)
{
    ULONG i;

    for (i = 0; i < description->fieldCount; i++)
        if (field_matches(&description->fields[i]->field, element))
            return description->fields[i];
    return NULL;
}

HRESULT field_read_failed(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, HRESULT hr, WS_ERROR *error)
{
    char shown[FIELD_NAME_ROOM];

    if (!typed->named && (field->type == WS_CUSTOM_TYPE || hr == WS_E_QUOTA_EXCEEDED || hr == E_OUTOFMEMORY))
        error_precede(error, typed->mark, "In the %s: ", field_show(field, shown));
    typed->named = true;
    return hr;
}

/* --- Counted values: in the structure a pointer and a count, elsewhere a string of its type --- */

/* WS_STRING, WS_XML_STRING and WS_BYTES all begin with a length and a pointer. */
union counted
{
    WS_STRING chars;
    WS_XML_STRING utf8;
    WS_BYTES bytes;
};

static void store_counted(const WS_FIELD_DESCRIPTION *field, const union counted *counted, BYTE *structure)
{
    memcpy(structure + field->offset, &counted->bytes.bytes, sizeof(void *));
    memcpy(structure + field->countOffset, &counted->bytes.length, sizeof(ULONG));
}

static void load_counted(const WS_FIELD_DESCRIPTION *field, const BYTE *structure, union counted *counted)
{
    memset(counted, 0, sizeof(*counted));
    memcpy(&counted->bytes.bytes, structure + field->offset, sizeof(void *));
    memcpy(&counted->bytes.length, structure + field->countOffset, sizeof(ULONG));
}

/* --- Reading --- */

/* Longer texts are left to those that say what is too long. */
#define LONGEST_PLAIN 65536u

/* Goes past an element that has no value. */
static HRESULT read_nil(struct typed_reader *typed, ULONG options, WS_ERROR *error)
{
    HRESULT hr;

    const WS_XML_ELEMENT_NODE *element = typed_element(typed);
    char name[READER_NAME_ROOM];

    if (!(options & WS_FIELD_NILLABLE))
        return reader_report(
            typed->reader, WS_E_INVALID_FORMAT, error,
            "The element \"%s\" is nil, and its description requires a value.",
            reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, name));
    if ((hr = reader_next(typed->reader, error)) != S_OK)
        return hr;
    return reader_read_end_element(typed->reader, error);
}

/* Whether there is room for a derived structure that is not pointed to: only the whole value can have more. */
static HRESULT check_room(struct typed_reader *typed, const WS_STRUCT_DESCRIPTION *declared,
                          const WS_STRUCT_DESCRIPTION *actual, WS_ERROR *error)
{
    ULONG room = declared->size;
    char name[TEXT_EXCERPT_ROOM];

    if (UNLIKELY(actual->size > room) && typed->depth == typed->reader->value_depth)
        room = typed->size;
    if (LIKELY(actual->size <= room))
        return S_OK;
    return reader_report(
        typed->reader, WS_E_INVALID_FORMAT, error,
        "The element is of the type \"%s\", whose size is %u, and where its value goes is room for %u: "
        "only a pointer could refer to it.",
        xsi_show_type(actual, name), (unsigned)actual->size, (unsigned)room);
}

/* Makes a value, of a type that has parse(), of a text that is whole. S_FALSE, or a failure: not in this way. */
INLINE HRESULT parse_text(struct typed_reader *typed, const struct type *type, const void *description,
                          const WS_XML_TEXT *text, void *value)
{
    const WS_XML_STRING *utf8 = &((const WS_XML_UTF8_TEXT *)text)->value;
    HRESULT hr;

    if (LIKELY(text->textType == WS_XML_TEXT_TYPE_UTF8))
    {
        if (utf8->length > LONGEST_PLAIN)
            return S_FALSE;
        return type->parse(typed, type, description, utf8->length ? utf8->bytes : (const BYTE *)"", utf8->length, value,
                           NULL);
    }
    if (!(type->flags & TYPE_IS_PRIMITIVE) || (hr = value_of_text(text, type->value_type, value, NULL)) != S_OK)
        return S_FALSE;
    return description ? typed_check_value(typed, type->value_type, description, value, NULL) : S_OK;
}

HRESULT typed_read_plain(struct typed_reader *typed, const struct type *type, const void *description, void *value,
                         WS_ERROR *error)
{
    union xml_text text;
    const BYTE *end;

    if (!type->parse || !reader_plain_content(typed->reader, &text, &end) ||
        parse_text(typed, type, description, &text.text, value) != S_OK)
        return S_FALSE;
    reader_pass_content(typed->reader, end);
    return typed_past_end(typed, error);
}

static COLD HRESULT report_element_in(struct typed_reader *typed, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error,
                                      const char *format)
{
    char shown[READER_WANTED_ROOM], sentence[READER_WANTED_ROOM + 80];

    snprintf(sentence, sizeof(sentence), format,
             reader_show_wanted("the element", element->localName, element->ns, shown));
    return reader_report_text(typed->reader, WS_E_INVALID_FORMAT, error, sentence);
}

HRESULT field_report_element(struct typed_reader *typed, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    return report_element_in(typed, element, error, "A text is expected, and %s is there.");
}

HRESULT field_report_extra(struct typed_reader *typed, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    return report_element_in(typed, element, error, "No field is for %s at this place.");
}

HRESULT typed_read_element_value(struct typed_reader *typed, WS_TYPE_MAPPING mapping, WS_TYPE id,
                                 const void *description, ULONG options, void *value, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element;
    const WS_STRUCT_DESCRIPTION *declared = description, *actual;
    const struct type *type = &typed->types[id];
    bool has_xsi = xsi_may_be_on(typed_element(typed)), nil;
    void *place = value;
    HRESULT hr;

    if (UNLIKELY(has_xsi))
    {
        if ((hr = xsi_is_nil(typed->reader, &nil, error)) != S_OK)
            return hr;
        /* An XML buffer can hold an element that is nil. */
        if (nil && (id != WS_XML_BUFFER_TYPE || options & WS_FIELD_NILLABLE))
            return read_nil(typed, options, error);
    }
    if (id == WS_STRUCT_TYPE && UNLIKELY(has_xsi || declared->structOptions & WS_STRUCT_ABSTRACT))
    {
        if ((hr = xsi_find_type(typed, declared, &actual, error)) != S_OK)
            return hr;
        if (!(options & WS_FIELD_POINTER) && (hr = check_room(typed, declared, actual, error)) != S_OK)
            return hr;
        description = actual;
    }
    if (options & WS_FIELD_POINTER)
    {
        if ((hr = heap_alloc(typed->heap, type_size(type, description), &place, error)) != S_OK)
            return hr;
        memset(place, 0, type_size(type, description));
        memcpy(value, &place, sizeof(place));
    }
    if (type->flags & TYPE_IS_ELEMENT)
        return type->read(typed, type, mapping, description, place, error);
    if (LIKELY((hr = typed_read_plain(typed, type, description, place, error)) != S_FALSE))
        return hr;
    if ((hr = reader_next(typed->reader, error)) != S_OK)
        return hr;
    if (UNLIKELY((element = typed_element(typed)) != NULL))
        return field_report_element(typed, element, error);
    if ((hr = type->read(typed, type, mapping, description, place, error)) != S_OK)
        return hr;
    return typed_end_element(typed, error);
}

HRESULT field_read_element(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *structure, bool *found,
                           WS_ERROR *error)
{
    WS_TYPE_MAPPING mapping =
        field->mapping == WS_ANY_ELEMENT_FIELD_MAPPING ? WS_ANY_ELEMENT_TYPE_MAPPING : WS_ELEMENT_TYPE_MAPPING;
    const WS_XML_ELEMENT_NODE *element;
    union counted counted;
    HRESULT hr;

    *found = false;
    if ((hr = typed_to_next(typed, error)) != S_OK)
        return hr;
    if (!(element = typed_element(typed)) || !field_matches(field, element))
        return S_OK;
    *found = true;
    if (UNLIKELY(field->type == WS_VOID_TYPE))
        return reader_skip(typed->reader, error);
    if (UNLIKELY(typed->types[field->type].flags & TYPE_IS_COUNTED))
    {
        memset(&counted, 0, sizeof(counted));
        if ((hr = typed_read_element_value(typed, mapping, field->type, field->typeDescription, field->options,
                                           &counted, error)) == S_OK)
            store_counted(field, &counted, structure);
        return hr;
    }
    return typed_read_element_value(typed, mapping, field->type, field->typeDescription, field->options,
                                    structure + field->offset, error);
}

HRESULT field_read_text(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, WS_TYPE_MAPPING mapping,
                        BYTE *structure, WS_ERROR *error)
{
    const struct type *type = &typed->types[field->type];
    union counted counted;
    HRESULT hr;

    if (!(type->flags & TYPE_IS_COUNTED))
        return type->read(typed, type, mapping, field->typeDescription, structure + field->offset, error);
    memset(&counted, 0, sizeof(counted));
    if ((hr = type->read(typed, type, mapping, field->typeDescription, &counted, error)) == S_OK)
        store_counted(field, &counted, structure);
    return hr;
}

/* Of a text that is whole, as those of attributes are in the common case; S_FALSE: it is another one. */
static HRESULT parse_attribute(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field,
                               const WS_XML_ATTRIBUTE *attribute, BYTE *structure)
{
    const struct type *type = &typed->types[field->type];
    union counted counted;
    HRESULT hr;

    if (!type->parse)
        return S_FALSE;
    if (LIKELY(!(type->flags & TYPE_IS_COUNTED)))
        return parse_text(typed, type, field->typeDescription, attribute->value, structure + field->offset);
    memset(&counted, 0, sizeof(counted));
    if ((hr = parse_text(typed, type, field->typeDescription, attribute->value, &counted)) == S_OK)
        store_counted(field, &counted, structure);
    return hr;
}

HRESULT field_read_attribute(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, ULONG index,
                             BYTE *structure, WS_ERROR *error)
{
    HRESULT hr;

    if (field->type == WS_VOID_TYPE ||
        LIKELY(parse_attribute(typed, field, typed_element(typed)->attributes[index], structure) == S_OK))
        return S_OK;
    /* In full; if it fails again, with a sentence that says where. */
    if ((hr = reader_start_attribute(typed->reader, index, error)) != S_OK ||
        (hr = field_read_text(typed, field, WS_ATTRIBUTE_TYPE_MAPPING, structure, error)) != S_OK)
        return hr;
    return reader_end_attribute(typed->reader, error);
}

static COLD HRESULT report_missing(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, WS_ERROR *error)
{
    char wanted[READER_WANTED_ROOM], name[READER_NAME_ROOM], excerpt[TEXT_EXCERPT_ROOM];
    const WS_XML_ELEMENT_NODE *element;

    if (field->options & WS_FIELD_OTHER_NAMESPACE)
        return reader_report(typed->reader, WS_E_INVALID_FORMAT, error,
                             "There is no element of another namespace than \"%s\".",
                             text_excerpt(field->ns->bytes, field->ns->length, excerpt));
    if (field->mapping != WS_ATTRIBUTE_FIELD_MAPPING && field->mapping != WS_XML_ATTRIBUTE_FIELD_MAPPING)
        return reader_to_start_element(typed->reader,
                                       field->mapping == WS_ELEMENT_FIELD_MAPPING ? field->localName : NULL, field->ns,
                                       NULL, error);
    element = typed_element(typed);
    return reader_report(
        typed->reader, WS_E_INVALID_FORMAT, error, "The element \"%s\" has no %s.",
        reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, name),
        reader_show_wanted("attribute", field->localName,
                           field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING ? &xml_namespace_xml : field->ns, wanted));
}

HRESULT field_missing(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *structure, WS_ERROR *error)
{
    BYTE *place = structure + field->offset;
    void *copy;
    HRESULT hr;

    if (!(field->options & WS_FIELD_OPTIONAL))
        return report_missing(typed, field, error);
    /* What is discarded has no place, which has not been checked. */
    if (!field->defaultValue || field->type == WS_VOID_TYPE)
        return S_OK;
    if (!(field->options & WS_FIELD_POINTER))
    {
        memcpy(place, field->defaultValue->value, field->defaultValue->valueSize);
        return S_OK;
    }
    if ((hr = heap_alloc(typed->heap, field->defaultValue->valueSize, &copy, error)) != S_OK)
        return hr;
    memcpy(copy, field->defaultValue->value, field->defaultValue->valueSize);
    memcpy(place, &copy, sizeof(copy));
    return S_OK;
}

/* --- Writing --- */

HRESULT field_failed(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, HRESULT hr, WS_ERROR *error)
{
    char shown[FIELD_NAME_ROOM];

    if (typed_names_more(typed))
        error_precede(error, typed->mark, "In the %s: ", field_show(field, shown));
    return hr;
}

static COLD HRESULT value_is_null(const struct type *type, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "The value, of %s, is NULL, which its description does not allow.",
                        type->name);
}

/* What is in a structure or an array has its place there, and is no larger. */
static HRESULT check_embedded(struct typed_writer *typed, const WS_STRUCT_DESCRIPTION *declared, const void *value,
                              WS_ERROR *error)
{
    const WS_STRUCT_DESCRIPTION *actual;
    char name[TEXT_EXCERPT_ROOM];
    HRESULT hr = xsi_value_type(typed, declared, value, &actual, error);

    if (LIKELY(hr != S_OK || actual->size <= declared->size))
        return hr;
    return error_report(error, E_INVALIDARG,
                        "The value says that its type is \"%s\", whose size is %u, and is where there is room for %u: "
                        "only a pointer could refer to it.",
                        xsi_show_type(actual, name), (unsigned)actual->size, (unsigned)declared->size);
}

HRESULT typed_write_element_value(struct typed_writer *typed, const WS_XML_STRING *local, const WS_XML_STRING *ns,
                                  WS_TYPE id, const void *description, ULONG options, const void *value,
                                  WS_ERROR *error)
{
    const struct type *type = &typed->types[id];
    bool nil;
    HRESULT hr;

    if (options & WS_FIELD_POINTER)
        memcpy(&value, value, sizeof(value));
    nil = !value || value_is_nil(type, value);
    if (nil && !(options & WS_FIELD_NILLABLE))
    {
        if (!value || type->flags & TYPE_IS_POINTER)
            return value_is_null(type, error);
        nil = false;
    }
    if (id == WS_STRUCT_TYPE && !(options & WS_FIELD_POINTER) &&
        (hr = check_embedded(typed, description, value, error)) != S_OK)
        return hr;
    if ((hr = writer_open_element(typed->writer, NULL, local, ns, error)) != S_OK)
        return hr;
    typed->begun = true;
    if ((hr = nil ? xsi_write_nil(typed->writer, error)
                  : type->write(typed, type, WS_ELEMENT_TYPE_MAPPING, description, value, error)) != S_OK)
        return hr;
    return writer_close_element(typed->writer, error);
}

/* The value of a field; of a counted one, a copy in `counted`. */
static const void *field_value(const struct type *type, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                               union counted *counted)
{
    if (LIKELY(!(type->flags & TYPE_IS_COUNTED)))
        return structure + field->offset;
    load_counted(field, structure, counted);
    return counted;
}

/* The callback is not given the writer, and is not to use it. */
static HRESULT call_is_default(struct typed_writer *typed, const WS_CUSTOM_TYPE_DESCRIPTION *custom, const void *value,
                               const void *other, bool *is_default, WS_ERROR *error)
{
    WS_XML_WRITER *writer = typed->writer;
    ULONG mark = error_mark(error);
    enum writer_state before = writer_enter_callback(writer);
    BOOL same = FALSE;
    HRESULT hr = custom->isDefaultValueCallback(custom->descriptionData, value, other, custom->size, &same, error);

    hr =
        writer_leave_callback(writer, before, hr, "callback that compares a custom type with its default", mark, error);
    *is_default = same;
    typed->begun |= hr != S_OK; /* to fault the writer whatever the code */
    return hr;
}

HRESULT field_is_default(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                         bool *is_default, WS_ERROR *error)
{
    static const uint64_t zeros[TYPED_LARGEST_SIMPLE / sizeof(uint64_t)];
    const struct type *type = &typed->types[field->type];
    const WS_CUSTOM_TYPE_DESCRIPTION *custom = field->typeDescription;
    union counted counted;
    const void *value = field_value(type, field, structure, &counted),
               *other = field->defaultValue ? field->defaultValue->value : NULL;

    *is_default = false;
    if (field->options & WS_FIELD_POINTER)
    {
        memcpy(&value, value, sizeof(value));
        /* With another default NULL is nil, if it can be. */
        *is_default = !value && !(other && field->options & WS_FIELD_NILLABLE);
        if (!value || !other)
            return S_OK;
    }
    if (field->type == WS_CUSTOM_TYPE)
        return custom->isDefaultValueCallback ? call_is_default(typed, custom, value, other, is_default, error) : S_OK;
    /* Only simple types can be left out by their value. */
    if (type->size && type->size <= TYPED_LARGEST_SIMPLE)
        *is_default = simple_equals(field->type, value, other ? other : zeros, type->size);
    return S_OK;
}

HRESULT field_write_element(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                            WS_ERROR *error)
{
    const struct type *type = &typed->types[field->type];
    union counted counted;
    const void *value;

    if (UNLIKELY(field->type == WS_VOID_TYPE))
        return S_OK;
    value = field_value(type, field, structure, &counted);
    if (LIKELY(field->mapping == WS_ELEMENT_FIELD_MAPPING))
        return typed_write_element_value(typed, field->localName, field->ns, field->type, field->typeDescription,
                                         field->options, value, error);
    if (field->options & WS_FIELD_POINTER)
        memcpy(&value, value, sizeof(value));
    if (!value || (type->flags & TYPE_IS_POINTER && value_is_nil(type, value)))
        return value_is_null(type, error);
    return type->write(typed, type, WS_ANY_ELEMENT_TYPE_MAPPING, field->typeDescription, value, error);
}

HRESULT field_write_text(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, WS_TYPE_MAPPING mapping,
                         const BYTE *structure, WS_ERROR *error)
{
    const struct type *type = &typed->types[field->type];
    union counted counted;
    const void *value = field_value(type, field, structure, &counted);

    if (type->flags & TYPE_IS_POINTER && value_is_nil(type, value))
        return field->mapping == WS_TEXT_FIELD_MAPPING && field->options & WS_FIELD_OPTIONAL
                   ? S_OK
                   : value_is_null(type, error);
    return type->write(typed, type, mapping, field->typeDescription, value, error);
}

HRESULT field_write_attribute(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                              WS_ERROR *error)
{
    bool is_xml = field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING;
    HRESULT hr;

    if (field->type == WS_VOID_TYPE)
        return S_OK;
    if ((hr = writer_open_attribute(typed->writer, is_xml ? &xml_prefix_xml : NULL, field->localName,
                                    is_xml ? &xml_namespace_xml : field->ns, error)) != S_OK)
        return hr;
    typed->begun = true;
    if ((hr = field_write_text(typed, field, WS_ATTRIBUTE_TYPE_MAPPING, structure, error)) != S_OK)
        return hr;
    return writer_close_attribute(typed->writer, error);
}
