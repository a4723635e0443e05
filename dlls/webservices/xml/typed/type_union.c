/* SPDX-License-Identifier: MIT */
/*
 * type_union.c - WS_UNION_TYPE: a structure with a selector, which says which of its fields is set; see types.h.
 */
#include "xml/typed/types.h"

static const char *show_choices(const WS_UNION_DESCRIPTION *description, struct name_list *names)
{
    ULONG i;

    name_list_init(names);
    for (i = 0; i < description->fieldCount; i++)
        name_list_add(names, description->fields[i]->field.localName);
    return description->fieldCount ? name_list_show(names) : "none";
}

/* Whether only the namespace keeps an element from being one of the choices. */
static bool same_local_name(const WS_UNION_DESCRIPTION *description, const WS_XML_STRING *local)
{
    ULONG i;

    for (i = 0; i < description->fieldCount; i++)
        if (description->fields[i]->field.localName &&
            xml_string_equals(description->fields[i]->field.localName, local))
            return true;
    return false;
}

/* There is no element. */
static COLD HRESULT no_choice(struct typed_reader *typed, const WS_UNION_DESCRIPTION *description, WS_ERROR *error)
{
    ULONG mark = error_mark(error);
    struct name_list choices;
    HRESULT hr = reader_to_start_element(typed->reader, NULL, NULL, NULL, error);

    error_precede(error, mark, "One of the choices %s is missing: ", show_choices(description, &choices));
    return hr;
}

/* Of the element that the reader is at. */
static HRESULT read_choice(struct typed_reader *typed, const WS_UNION_DESCRIPTION *description, BYTE *value,
                           WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element;
    const WS_UNION_FIELD_DESCRIPTION *choice = NULL;
    struct name_list choices;
    char name[READER_NAME_ROOM];
    bool found;
    HRESULT hr;

    if ((hr = typed_to_next(typed, error)) != S_OK)
        return hr;
    if (!(element = typed_element(typed)))
        return no_choice(typed, description, error);
    if (!(choice = field_find_choice(description, element)))
        return reader_report(typed->reader, WS_E_INVALID_FORMAT, error,
                             "The element \"%s\"%s is none of the choices, which are %s.",
                             reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, name),
                             same_local_name(description, element->localName) ? ", of its namespace," : "",
                             show_choices(description, &choices));
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
    struct name_list names;
    int selector;
    HRESULT hr;
    ULONG i;

    (void)type, (void)mapping;
    memcpy(&selector, (const BYTE *)value + choices->enumOffset, sizeof(selector));
    for (i = 0; i < choices->fieldCount && choices->fields[i]->value != selector; i++)
        ;
    if (i == choices->fieldCount)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The selector of a union is %d, which is that of none of its choices: %s.", selector,
                            show_choices(choices, &names));
    if ((hr = typed_enter(&typed->depth, error)) != S_OK)
        return hr;
    choice = &choices->fields[i]->field;
    hr = choice->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING ? array_write(typed, choice, value, error)
                                                               : field_write_element(typed, choice, value, error);
    typed->depth--;
    return LIKELY(hr == S_OK) ? hr : field_failed(typed, choice, hr, error);
}
