/* SPDX-License-Identifier: MIT */
/*
 * type_union.c - WS_UNION_TYPE: a structure with a selector, which says which of its fields is set; see types.h.
 */
#include "xml/typed/types.h"

/* Of the element that the reader is at. */
static HRESULT read_choice(struct typed_reader *typed, const WS_UNION_DESCRIPTION *description, BYTE *value,
                           WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element;
    const WS_UNION_FIELD_DESCRIPTION *choice = NULL;
    char name[READER_NAME_ROOM];
    bool found;
    HRESULT hr;

    if ((hr = typed_to_next(typed, error)) != S_OK)
        return hr;
    if (!(element = typed_element(typed)))
        return reader_to_start_element(typed->reader, NULL, NULL, NULL, error);
    if (!(choice = field_find_choice(description, element)))
        return reader_report(typed->reader, WS_E_INVALID_FORMAT, error, "The element \"%s\" is none of the %u choices.",
                             reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, name),
                             (unsigned)description->fieldCount);
    memcpy(value + description->enumOffset, &choice->value, sizeof(choice->value));
    return choice->field.mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING
               ? array_read(typed, &choice->field, value, error)
               : field_read_element(typed, &choice->field, value, &found, error);
}

HRESULT union_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                   const void *description, void *value, WS_ERROR *error)
{
    HRESULT hr;

    (void)type;
    if ((hr = typed_enter(&typed->depth, error)) != S_OK)
        return hr;
    if (mapping != WS_ELEMENT_TYPE_MAPPING)
        hr = read_choice(typed, description, value, error);
    else if ((hr = reader_next(typed->reader, error)) == S_OK &&
             (hr = read_choice(typed, description, value, error)) == S_OK && (hr = typed_to_next(typed, error)) == S_OK)
        hr = reader_read_end_element(typed->reader, error);
    typed->depth--;
    return hr;
}

HRESULT union_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                    const void *description, const void *value, WS_ERROR *error)
{
    const WS_UNION_DESCRIPTION *choices = description;
    const WS_FIELD_DESCRIPTION *choice;
    int selector;
    HRESULT hr;
    ULONG i;

    (void)type, (void)mapping;
    memcpy(&selector, (const BYTE *)value + choices->enumOffset, sizeof(selector));
    for (i = 0; i < choices->fieldCount && choices->fields[i]->value != selector; i++)
        ;
    if (i == choices->fieldCount)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The selector of a union is %d, which is none of its %u choices.", selector,
                            (unsigned)choices->fieldCount);
    if ((hr = typed_enter(&typed->depth, error)) != S_OK)
        return hr;
    choice = &choices->fields[i]->field;
    hr = choice->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING ? array_write(typed, choice, value, error)
                                                               : field_write_element(typed, choice, value, error);
    typed->depth--;
    return hr;
}
