/* SPDX-License-Identifier: MIT */
/*
 * type_struct.c - WS_STRUCT_TYPE: fields, each with its place in the XML and in memory; see types.h.
 *
 * The fields are gone through in the order of the description, which is that of the XML: attributes, then content. Each
 * takes all that it can: the next field gets what is left. So an element is compared with one field nearly always, and
 * nothing is searched for.
 */
#include "xml/typed/typed.h"
#include "xml/typed/types.h"

#include "base/text.h"

/* --- Attributes --- */

static bool is_attribute(const WS_FIELD_DESCRIPTION *field, const WS_XML_ATTRIBUTE *attribute)
{
    switch (field->mapping)
    {
    case WS_ATTRIBUTE_FIELD_MAPPING:
        return typed_same(attribute->localName, field->localName) && typed_same(attribute->ns, field->ns);
    case WS_XML_ATTRIBUTE_FIELD_MAPPING:
        return typed_same(attribute->localName, field->localName) && typed_same(attribute->ns, &xml_namespace_xml);
    default: return false;
    }
}

static NOINLINE bool search_attribute(const WS_XML_ELEMENT_NODE *element, const WS_FIELD_DESCRIPTION *field,
                                      ULONG *index)
{
    for (*index = 0; *index < element->attributeCount; ++*index)
        if (!element->attributes[*index]->isXmlNs && is_attribute(field, element->attributes[*index]))
            return true;
    return false;
}

/* *next: the index of the one after the last found, where this one mostly is. False: the element does not have it. */
static inline bool find_attribute(const WS_XML_ELEMENT_NODE *element, const WS_FIELD_DESCRIPTION *field, ULONG *next,
                                  ULONG *index)
{
    ULONG guess = *next;

    while (guess < element->attributeCount && UNLIKELY(element->attributes[guess]->isXmlNs))
        guess++;
    *index = guess;
    if (UNLIKELY(guess >= element->attributeCount || !is_attribute(field, element->attributes[guess])) &&
        !search_attribute(element, field, index))
        return false;
    *next = *index + 1;
    return true;
}

/* Declarations, and what XML Schema allows on every element, are for no field. */
static bool is_for_no_field(const WS_XML_ATTRIBUTE *attribute)
{
    return attribute->isXmlNs || xml_string_equals(attribute->ns, &xsi_namespace);
}

/* Nor is what whoever reads the element knows. */
static bool is_foreign(const struct typed_reader *typed, const WS_XML_ELEMENT_NODE *element,
                       const WS_XML_ATTRIBUTE *attribute)
{
    return UNLIKELY(typed->foreign != NULL) && &element->node == typed->outermost &&
           typed->foreign->is(attribute, typed->foreign->context);
}

static bool is_described(const WS_STRUCT_DESCRIPTION *description, const WS_XML_ATTRIBUTE *attribute)
{
    ULONG i;

    for (i = 0; i < description->fieldCount; i++)
        if (is_attribute(description->fields[i], attribute))
            return true;
    return false;
}

/* Whether a field for any attributes takes one. */
static bool takes(const WS_FIELD_DESCRIPTION *any, const WS_XML_ATTRIBUTE *attribute)
{
    return !any->ns || xml_string_equals(attribute->ns, any->ns) == !(any->options & WS_FIELD_OTHER_NAMESPACE);
}

static HRESULT copy_attribute(struct typed_reader *typed, const WS_XML_ATTRIBUTE *attribute, WS_ANY_ATTRIBUTE *copy,
                              WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = xml_string_copy(typed->heap, attribute->localName, &copy->localName, error)) != S_OK ||
        (hr = xml_string_copy(typed->heap, attribute->ns, &copy->ns, error)) != S_OK)
        return hr;
    return xml_text_copy(typed->heap, attribute->value, &copy->value, error);
}

/*
 * What becomes of the attributes that no other field is for: they go to the field for any of them, or to nobody, if the
 * structure says so.
 */
static HRESULT read_other_attributes(struct typed_reader *typed, const WS_STRUCT_DESCRIPTION *description,
                                     const WS_FIELD_DESCRIPTION *any, BYTE *value, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = typed_element(typed);
    char name[READER_NAME_ROOM], element_name[READER_NAME_ROOM];
    WS_ANY_ATTRIBUTES attributes = {NULL, 0};
    void *memory;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        if (is_for_no_field(attribute) || is_described(description, attribute))
            continue;
        if (!any || !takes(any, attribute))
        {
            if (description->structOptions & WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES ||
                is_foreign(typed, element, attribute))
                continue;
            return reader_report(
                typed->reader, WS_E_INVALID_FORMAT, error,
                "The element \"%s\" has the attribute \"%s\", which is not described.",
                reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, element_name),
                reader_show_name(attribute->prefix ? attribute->prefix : &xml_empty, attribute->localName, name));
        }
        if (any->type == WS_VOID_TYPE)
            continue;
        if (!attributes.attributes)
        {
            if ((hr = heap_alloc(typed->heap, (element->attributeCount - i) * sizeof(WS_ANY_ATTRIBUTE), &memory,
                                 error)) != S_OK)
                return hr;
            attributes.attributes = memory;
        }
        if ((hr = copy_attribute(typed, attribute, &attributes.attributes[attributes.attributeCount++], error)) != S_OK)
            return hr;
    }
    if (attributes.attributeCount)
        memcpy(value + any->offset, &attributes, sizeof(attributes));
    return S_OK;
}

static void set_default(const WS_FIELD_DESCRIPTION *field, BYTE *value)
{
    if (field->defaultValue && !(field->options & WS_FIELD_POINTER))
        memcpy(value + field->offset, field->defaultValue->value, field->defaultValue->valueSize);
}

/* Reads those of the element that the reader is at. *content: the index of the first field for content. */
static HRESULT read_attributes(struct typed_reader *typed, const WS_STRUCT_DESCRIPTION *description, BYTE *value,
                               ULONG *content, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = typed_element(typed);
    const WS_FIELD_DESCRIPTION *any = NULL;
    ULONG next = 0, taken = 0, index, i;
    HRESULT hr;

    for (i = 0; i < description->fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *field = description->fields[i];

        if (LIKELY(field->mapping == WS_ATTRIBUTE_FIELD_MAPPING) || field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING)
        {
            if (LIKELY(find_attribute(element, field, &next, &index)))
            {
                taken++;
                hr = field_read_attribute(typed, field, index, value, error);
            }
            else
                hr = field_missing(typed, field, value, error);
            if (UNLIKELY(hr != S_OK))
                return field_read_failed(typed, field, hr, error);
            if (UNLIKELY(!(element = typed_element(typed))))
                return error_report(error, WS_E_INVALID_OPERATION,
                                    "A callback for an attribute has moved the reader away from its element.");
        }
        else if (field->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
            memcpy(value + field->offset, &description, sizeof(description));
        else if (field->mapping == WS_ANY_ATTRIBUTES_FIELD_MAPPING)
            any = field;
        else if (field->mapping == WS_NO_FIELD_MAPPING)
            set_default(field, value);
        else
            break;
    }
    *content = i;
    if (LIKELY(element->attributeCount == taken))
        return S_OK;
    return read_other_attributes(typed, description, any, value, error);
}

/* --- Content --- */

static HRESULT read_choice(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *value, WS_ERROR *error)
{
    const WS_UNION_DESCRIPTION *choices = field->typeDescription;
    const struct type *type = &typed->types[WS_UNION_TYPE];
    const WS_XML_ELEMENT_NODE *element;
    HRESULT hr;

    if ((hr = typed_to_next(typed, error)) != S_OK)
        return hr;
    element = typed_element(typed);
    if (field->options & WS_FIELD_OPTIONAL && (!element || !field_find_choice(choices, element)))
    {
        memcpy(value + field->offset + choices->enumOffset, &choices->noneEnumValue, sizeof(choices->noneEnumValue));
        return S_OK;
    }
    return type->read(typed, type, WS_ELEMENT_CONTENT_TYPE_MAPPING, choices, value + field->offset, error);
}

static HRESULT read_content(struct typed_reader *typed, const WS_STRUCT_DESCRIPTION *description, ULONG first,
                            WS_TYPE_MAPPING mapping, BYTE *value, WS_ERROR *error)
{
    HRESULT hr = S_OK;
    bool found;
    ULONG i;

    for (i = first; i < description->fieldCount && hr == S_OK; i++)
    {
        const WS_FIELD_DESCRIPTION *field = description->fields[i];

        /* Most are; and a jump by the mapping cannot be predicted. */
        if (LIKELY(field->mapping == WS_ELEMENT_FIELD_MAPPING) || field->mapping == WS_ANY_ELEMENT_FIELD_MAPPING)
        {
            hr = field_read_element(typed, field, value, &found, error);
            if (hr == S_OK && UNLIKELY(!found))
                hr = field_missing(typed, field, value, error);
            continue;
        }
        switch (field->mapping)
        {
        case WS_REPEATING_ELEMENT_FIELD_MAPPING:
        case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
        case WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING: hr = array_read(typed, field, value, error); break;
        case WS_ELEMENT_CHOICE_FIELD_MAPPING: hr = read_choice(typed, field, value, error); break;
        case WS_TEXT_FIELD_MAPPING:
            hr = field_read_text(typed, field,
                                 mapping == WS_ATTRIBUTE_TYPE_MAPPING ? mapping : WS_ELEMENT_CONTENT_TYPE_MAPPING,
                                 value, error);
            break;
        case WS_ANY_CONTENT_FIELD_MAPPING: hr = any_content_read(typed, field, value, error); break;
        default: set_default(field, value); break;
        }
    }
    return LIKELY(hr == S_OK) ? hr : field_read_failed(typed, description->fields[i - 1], hr, error);
}

/* Goes past the end element, and what no field has taken before it if the structure says so. */
static HRESULT read_end(struct typed_reader *typed, const WS_STRUCT_DESCRIPTION *description, WS_ERROR *error)
{
    HRESULT hr = description->structOptions & WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT ? any_content_skip(typed, error)
                                                                                        : typed_to_next(typed, error);
    const WS_XML_ELEMENT_NODE *element;

    if (hr != S_OK)
        return hr;
    if (UNLIKELY((element = typed_element(typed)) != NULL))
        return field_report_extra(typed, element, error);
    return typed_end_element(typed, error);
}

/* Whether the content of a structure is elements only: what is not comes last, but for fields without mapping. */
static bool has_elements(const WS_STRUCT_DESCRIPTION *description, ULONG content)
{
    ULONG last = description->fieldCount;

    while (last > content && description->fields[last - 1]->mapping == WS_NO_FIELD_MAPPING)
        last--;
    return last > content && description->fields[last - 1]->mapping != WS_TEXT_FIELD_MAPPING &&
           description->fields[last - 1]->mapping != WS_ANY_CONTENT_FIELD_MAPPING;
}

/* All of the element that the reader is at. */
static HRESULT read_element(struct typed_reader *typed, const WS_STRUCT_DESCRIPTION *description, BYTE *value,
                            WS_ERROR *error)
{
    bool skipped_space = typed->skips_space;
    const WS_FIELD_DESCRIPTION *text;
    ULONG content = 0;
    HRESULT hr = read_attributes(typed, description, value, &content, error);

    if (hr != S_OK)
        return hr;
    text = content + 1 == description->fieldCount ? description->fields[content] : NULL;
    if (text && text->mapping == WS_TEXT_FIELD_MAPPING && !(typed->types[text->type].flags & TYPE_IS_COUNTED) &&
        LIKELY((hr = typed_read_plain(typed, &typed->types[text->type], text->typeDescription, value + text->offset,
                                      error)) != S_FALSE))
        return hr;
    typed->skips_space = has_elements(description, content);
    hr = typed->skips_space ? reader_next_markup(typed->reader, error) : reader_next(typed->reader, error);
    if (hr == S_OK && text && text->mapping == WS_TEXT_FIELD_MAPPING &&
        !(typed->types[text->type].flags & TYPE_IS_ELEMENT) && UNLIKELY(typed_element(typed) != NULL))
        return field_report_element(typed, typed_element(typed), error);
    if (hr == S_OK)
        hr = read_content(typed, description, content, WS_ELEMENT_TYPE_MAPPING, value, error);
    typed->skips_space = skipped_space;
    return hr == S_OK ? read_end(typed, description, error) : hr;
}

HRESULT struct_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                    const void *description, void *value, WS_ERROR *error)
{
    HRESULT hr;

    (void)type;
    if ((hr = typed_enter(&typed->depth, error)) != S_OK)
        return hr;
    hr = mapping == WS_ELEMENT_TYPE_MAPPING ? read_element(typed, description, value, error)
                                            : read_content(typed, description, 0, mapping, value, error);
    typed->depth--;
    return hr;
}

/* --- Writing --- */

static HRESULT write_any_attributes(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *value,
                                    WS_ERROR *error)
{
    WS_ANY_ATTRIBUTES attributes;
    HRESULT hr;
    ULONG i;

    if (field->type == WS_VOID_TYPE)
        return S_OK;
    memcpy(&attributes, value + field->offset, sizeof(attributes));
    if (attributes.attributeCount && !attributes.attributes)
        return error_report(error, E_INVALIDARG, "The array of any attributes is NULL, and its count is %u.",
                            (unsigned)attributes.attributeCount);
    for (i = 0; i < attributes.attributeCount; i++)
    {
        const WS_ANY_ATTRIBUTE *attribute = &attributes.attributes[i];

        if ((hr = writer_check_local_name(&attribute->localName, error)) != S_OK ||
            (hr = writer_check_string(&attribute->ns, "namespace", false, error)) != S_OK ||
            (hr = writer_check_text_argument(attribute->value, error)) != S_OK ||
            (hr = writer_open_attribute(typed->writer, NULL, &attribute->localName, &attribute->ns, error)) != S_OK)
            return hr;
        typed->begun = true;
        if ((hr = writer_put_text(typed->writer, attribute->value, error)) != S_OK ||
            (hr = writer_close_attribute(typed->writer, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT write_choice(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *value,
                            WS_ERROR *error)
{
    const WS_UNION_DESCRIPTION *choices = field->typeDescription;
    const struct type *type = &typed->types[WS_UNION_TYPE];
    int selector;

    memcpy(&selector, value + field->offset + choices->enumOffset, sizeof(selector));
    /* Observed on Windows: even if one of the choices has that value, too. */
    if (field->options & WS_FIELD_OPTIONAL && selector == choices->noneEnumValue)
        return S_OK;
    return type->write(typed, type, WS_ELEMENT_CONTENT_TYPE_MAPPING, choices, value + field->offset, error);
}

static HRESULT write_field(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, WS_TYPE_MAPPING mapping,
                           const BYTE *value, WS_ERROR *error)
{
    bool is_default = false;
    HRESULT hr;

    switch (field->mapping)
    {
    case WS_ELEMENT_FIELD_MAPPING:
    case WS_ANY_ELEMENT_FIELD_MAPPING:
    case WS_ATTRIBUTE_FIELD_MAPPING:
    case WS_XML_ATTRIBUTE_FIELD_MAPPING:
        if (field->options & WS_FIELD_OPTIONAL &&
            ((hr = field_is_default(typed, field, value, &is_default, error)) != S_OK || is_default))
            return hr;
        return field->mapping == WS_ELEMENT_FIELD_MAPPING || field->mapping == WS_ANY_ELEMENT_FIELD_MAPPING
                   ? field_write_element(typed, field, value, error)
                   : field_write_attribute(typed, field, value, error);
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
    case WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING: return array_write(typed, field, value, error);
    case WS_ELEMENT_CHOICE_FIELD_MAPPING: return write_choice(typed, field, value, error);
    case WS_TEXT_FIELD_MAPPING:
        return field_write_text(typed, field,
                                mapping == WS_ATTRIBUTE_TYPE_MAPPING ? mapping : WS_ELEMENT_CONTENT_TYPE_MAPPING, value,
                                error);
    case WS_ANY_CONTENT_FIELD_MAPPING: return any_content_write(typed, field, value, error);
    case WS_ANY_ATTRIBUTES_FIELD_MAPPING: return write_any_attributes(typed, field, value, error);
    default: return S_OK;
    }
}

HRESULT struct_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                     const void *description, const void *value, WS_ERROR *error)
{
    const WS_STRUCT_DESCRIPTION *actual = description;
    HRESULT hr;
    ULONG i;

    (void)type;
    if ((hr = xsi_value_type(typed, description, value, &actual, error)) != S_OK ||
        (hr = typed_enter(&typed->depth, error)) != S_OK)
        return hr;
    if (UNLIKELY(actual != description || xsi_has_derived(description)))
        hr = xsi_write_type(typed, description, actual, error);
    for (i = 0; i < actual->fieldCount && hr == S_OK; i++)
        if (UNLIKELY((hr = write_field(typed, actual->fields[i], mapping, value, error)) != S_OK))
            field_failed(typed, actual->fields[i], hr, error);
    typed->depth--;
    return hr;
}
