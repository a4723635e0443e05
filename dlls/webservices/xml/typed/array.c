/* SPDX-License-Identifier: MIT */
/*
 * array.c - fields that repeat: WS_REPEATING_ELEMENT_FIELD_MAPPING, WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING and
 * WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING; see types.h.
 *
 * How many items there are is known when all have been read. Until then they are in pieces of scratch memory that do
 * not move; then all go to the caller's heap, which so needs no more room than the array has.
 */
#include "xml/typed/types.h"

#include "base/text.h"

/* --- Items --- */

/* Of a counted type an item is a string. */
static size_t item_size(const struct type *type, const WS_FIELD_DESCRIPTION *field)
{
    return field->options & WS_FIELD_POINTER ? sizeof(void *)
           : type->flags & TYPE_IS_COUNTED   ? sizeof(WS_STRING)
                                             : type_size(type, field->typeDescription);
}

struct items
{
    struct reader_piece *first, *last;
    size_t size; /* of an item */
    ULONG count, last_room;
};

/* Another piece, twice as large as the last one; the first one has room for one item at least. */
static NOINLINE HRESULT add_piece(struct typed_reader *typed, struct items *items, WS_ERROR *error)
{
    ULONG size_class = items->last ? items->last->size_class + 1 : READER_FIRST_PIECE_CLASS;
    struct reader_piece *piece;

    /* No more than the heap could hold. */
    if (items->count > UINT32_MAX / 4 || (items->count + (uint64_t)1) * items->size > typed->heap->arena.quota)
        return heap_alloc_failed(typed->heap, (items->count + (size_t)1) * items->size, error);
    if (!(piece = reader_take_piece(typed->reader, items->size, size_class)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for an array of more than %u items.",
                            (unsigned)items->count);
    *(items->last ? &items->last->next : &items->first) = piece;
    items->last = piece;
    items->last_room = items->size ? (ULONG)(reader_piece_room(piece) / items->size) : UINT32_MAX;
    return S_OK;
}

/* Memory for another item, all zeros. */
static HRESULT add_item(struct typed_reader *typed, struct items *items, void **item, WS_ERROR *error)
{
    HRESULT hr;

    if (UNLIKELY(!items->last || items->last->count == items->last_room) &&
        (hr = add_piece(typed, items, error)) != S_OK)
        return hr;
    *item = (BYTE *)items->last->memory + items->last->count++ * items->size;
    memset(*item, 0, items->size);
    items->count++;
    return S_OK;
}

/* Moves all to the heap. No items are at a pointer, too, since NULL would be nil. */
static HRESULT store_items(struct typed_reader *typed, const struct items *items, const WS_FIELD_DESCRIPTION *field,
                           BYTE *structure, WS_ERROR *error)
{
    struct reader_piece *piece, *next;
    void *array;
    BYTE *place;
    HRESULT hr;

    if ((hr = heap_alloc(typed->heap, items->count * items->size, &array, error)) != S_OK)
        return hr;
    for (piece = items->first, place = array; piece; piece = next)
    {
        memcpy(place, piece->memory, piece->count * items->size);
        place += piece->count * items->size;
        next = piece->next;
        reader_give_piece(typed->reader, piece);
    }
    memcpy(structure + field->offset, &array, sizeof(array));
    memcpy(structure + field->countOffset, &items->count, sizeof(items->count));
    return S_OK;
}

static HRESULT check_range(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, ULONG count, bool at_end,
                           WS_ERROR *error)
{
    const WS_ITEM_RANGE *range = field->itemRange;
    char shown[FIELD_NAME_ROOM];

    if (!range || (count <= range->maxItemCount && (!at_end || count >= range->minItemCount)))
        return S_OK;
    if (range->maxItemCount == 0xffffffff)
        return reader_report(typed->reader, WS_E_INVALID_FORMAT, error,
                             "The %s has %u items; its range allows %u or more.", field_show(field, shown),
                             (unsigned)count, (unsigned)range->minItemCount);
    return reader_report(typed->reader, WS_E_INVALID_FORMAT, error, "The %s has %u items%s; its range allows %u to %u.",
                         field_show(field, shown), (unsigned)count, at_end ? "" : " or more",
                         (unsigned)range->minItemCount, (unsigned)range->maxItemCount);
}

/* --- Reading --- */

static bool is_item(const WS_FIELD_DESCRIPTION *field, const WS_XML_ELEMENT_NODE *element)
{
    switch (field->mapping)
    {
    case WS_REPEATING_ELEMENT_FIELD_MAPPING: return element_is_named(element, field->itemLocalName, field->itemNs);
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING: return field_find_choice(field->typeDescription, element) != NULL;
    default: return field_matches(field, element);
    }
}

static HRESULT read_item(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, void *item, WS_ERROR *error)
{
    const struct type *type = &typed->types[field->type];
    ULONG options = field->options & WS_FIELD_POINTER;

    if (field->mapping == WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING)
        return type->read(typed, type, WS_ELEMENT_CONTENT_TYPE_MAPPING, field->typeDescription, item, error);
    if (field->options & WS_FIELD_NILLABLE_ITEM)
        options |= WS_FIELD_NILLABLE;
    return typed_read_element_value(typed, WS_ELEMENT_TYPE_MAPPING, field->type, field->typeDescription, options, item,
                                    error);
}

/* Elements that are not kept are counted. */
static HRESULT read_items(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, struct items *items,
                          WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element;
    void *item = NULL;
    HRESULT hr;

    for (;;)
    {
        if ((hr = typed_to_next(typed, error)) != S_OK)
            return hr;
        if (!(element = typed_element(typed)) || !is_item(field, element))
            return S_OK;
        if (field->type == WS_VOID_TYPE)
        {
            items->count++;
            hr = reader_skip(typed->reader, error);
        }
        else if ((hr = add_item(typed, items, &item, error)) == S_OK)
            hr = read_item(typed, field, item, error);
        if (hr != S_OK || (hr = check_range(typed, field, items->count, false, error)) != S_OK)
            return hr;
    }
}

/* Enters the element around the items if it is there, and goes past it if it is nil. */
static HRESULT enter_wrapper(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, bool *there, bool *nil,
                             WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element;
    char name[READER_NAME_ROOM];
    HRESULT hr;

    *there = *nil = false;
    if ((hr = typed_to_next(typed, error)) != S_OK)
        return hr;
    if (!(element = typed_element(typed)) || !element_is_named(element, field->localName, field->ns))
        return S_OK;
    if (element->attributeCount && (hr = xsi_is_nil(typed->reader, nil, error)) != S_OK)
        return hr;
    if (*nil && !(field->options & WS_FIELD_NILLABLE))
        return reader_report(
            typed->reader, WS_E_INVALID_FORMAT, error,
            "The element \"%s\" around items is nil, which the description of the field does not allow.",
            reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, name));
    *there = true;
    if ((hr = reader_next_markup(typed->reader, error)) != S_OK || !*nil)
        return hr;
    return reader_read_end_element(typed->reader, error);
}

HRESULT array_read(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *structure, WS_ERROR *error)
{
    struct items items = {NULL, NULL, 0, 0, 0};
    bool wrapped = field->localName != NULL && field->mapping != WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING, there, nil;
    const WS_XML_ELEMENT_NODE *extra;
    HRESULT hr;

    items.size = item_size(&typed->types[field->type], field);
    if (wrapped)
    {
        if ((hr = enter_wrapper(typed, field, &there, &nil, error)) != S_OK)
            return hr;
        /* No array, which is not one of no items: NULL. */
        if (nil || (!there && field->options & WS_FIELD_OPTIONAL))
            return S_OK;
        wrapped = there;
    }
    if (!field->localName || wrapped || field->mapping == WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING)
        if ((hr = read_items(typed, field, &items, error)) != S_OK)
            return hr;
    if (wrapped && (extra = typed_element(typed)))
        return field_report_extra(typed, extra, error);
    if ((hr = check_range(typed, field, items.count, true, error)) != S_OK ||
        (wrapped && (hr = typed_end_element(typed, error)) != S_OK) || field->type == WS_VOID_TYPE)
        return hr;
    return store_items(typed, &items, field, structure, error);
}

/* --- Writing --- */

static HRESULT write_item(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const void *item,
                          WS_ERROR *error)
{
    const struct type *type = &typed->types[field->type];
    ULONG options = field->options & WS_FIELD_POINTER;

    switch (field->mapping)
    {
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
        if (field->options & WS_FIELD_NILLABLE_ITEM)
            options |= WS_FIELD_NILLABLE;
        return typed_write_element_value(typed, field->itemLocalName, field->itemNs, field->type,
                                         field->typeDescription, options, item, error);
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
        return type->write(typed, type, WS_ELEMENT_CONTENT_TYPE_MAPPING, field->typeDescription, item, error);
    default:
        if (!*(void *const *)item)
            return error_report(error, E_INVALIDARG, "The XML buffer is NULL.");
        return type->write(typed, type, WS_ANY_ELEMENT_TYPE_MAPPING, field->typeDescription, item, error);
    }
}

/* Says of a failure which item it is of. */
static COLD HRESULT item_failed(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, ULONG index, HRESULT hr,
                                WS_ERROR *error)
{
    const WS_XML_STRING *name = field->itemLocalName;
    char excerpt[TEXT_EXCERPT_ROOM];

    if (!typed_names_more(typed))
        return hr;
    if (field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING)
        error_precede(error, typed->mark,
                      "In the item \"%s\" of index %u: ", text_excerpt(name->bytes, name->length, excerpt),
                      (unsigned)index);
    else
        error_precede(error, typed->mark, "In the item of index %u: ", (unsigned)index);
    return hr;
}

static HRESULT write_items(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *array,
                           ULONG count, WS_ERROR *error)
{
    size_t size = item_size(&typed->types[field->type], field);
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; i++, array += size)
        if (UNLIKELY((hr = write_item(typed, field, array, error)) != S_OK))
            return item_failed(typed, field, i, hr, error);
    return S_OK;
}

HRESULT array_write(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                    WS_ERROR *error)
{
    const BYTE *array;
    ULONG count;
    HRESULT hr;

    if (field->type == WS_VOID_TYPE)
        return S_OK;
    memcpy(&array, structure + field->offset, sizeof(array));
    memcpy(&count, structure + field->countOffset, sizeof(count));
    if (count && !array)
        return error_report(error, E_INVALIDARG, "The array is NULL, and its count is %u.", (unsigned)count);
    if (!field->localName || field->mapping == WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING)
        return write_items(typed, field, array, count, error);
    if (!array && field->options & WS_FIELD_OPTIONAL)
        return S_OK;
    if ((hr = writer_open_element(typed->writer, NULL, field->localName, field->ns, error)) != S_OK)
        return hr;
    typed->begun = true;
    if ((hr = !array && field->options & WS_FIELD_NILLABLE ? xsi_write_nil(typed->writer, error)
                                                           : write_items(typed, field, array, count, error)) != S_OK)
        return hr;
    return writer_close_element(typed->writer, error);
}
