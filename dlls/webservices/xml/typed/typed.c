/* SPDX-License-Identifier: MIT */
/* typed.c - values as they are passed to functions; see typed.h. */
#include "xml/typed/typed.h"

#include "base/text.h"
#include "xml/typed/types.h"
#include "xml/writer/state.h"

HRESULT typed_check_names(const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr = writer_check_local_name(name, error);

    return hr == S_OK ? writer_check_string(ns, "namespace", false, error) : hr;
}

/* Whether a value of a type can be passed as it is. `extensible`: it may be of a type that is derived, and so larger.
 */
static HRESULT check_storage(enum constant_kind kind, int option, ULONG options, const struct type *type,
                             const void *description, bool extensible, const void *value, ULONG size, WS_ERROR *error)
{
    bool by_pointer = options & WS_FIELD_POINTER, may_be_larger = extensible && !by_pointer;
    size_t wanted = by_pointer ? sizeof(void *) : type_size(type, description);

    if (!by_pointer && type->flags & TYPE_IS_POINTER)
        return error_report(error, E_INVALIDARG,
                            "%s cannot be used with %s, which is a pointer: an option for pointers takes its address.",
                            constant_name(kind, (uint32_t)option).text, type->name);
    if (!by_pointer && options & WS_FIELD_NILLABLE && !(type->flags & TYPE_HAS_NIL))
        return error_report(error, E_INVALIDARG,
                            "%s cannot be used with %s, no value of which is nil: only a pointer to it can be NULL.",
                            constant_name(kind, (uint32_t)option).text, type->name);
    if (!value || (may_be_larger ? size < wanted : size != wanted))
        return error_report(error, E_INVALIDARG,
                            "With %s, the size for %s is %s%zu; that passed is %u, of a value at %p.",
                            constant_name(kind, (uint32_t)option).text, type->name, may_be_larger ? "at least " : "",
                            wanted, (unsigned)size, value);
    return S_OK;
}

/* --- Reading --- */

static ULONG read_options(WS_READ_OPTION option)
{
    switch (option)
    {
    case WS_READ_REQUIRED_POINTER: return WS_FIELD_POINTER;
    case WS_READ_OPTIONAL_POINTER: return WS_FIELD_POINTER | WS_FIELD_OPTIONAL;
    case WS_READ_NILLABLE_POINTER: return WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE;
    case WS_READ_NILLABLE_VALUE: return WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE;
    default: return 0;
    }
}

HRESULT typed_check_target(struct typed_target *target, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *description,
                           WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error)
{
    struct typed_use use = {mapping, true, false};
    const struct type *known;
    HRESULT hr;

    if (option < WS_READ_REQUIRED_VALUE || option > WS_READ_NILLABLE_VALUE)
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_READ_OPTION, (uint32_t)option).text);
    if ((hr = typed_check(&use, type, description, error)) != S_OK)
        return hr;
    known = &typed_types[type];
    target->options = read_options(option);
    if ((hr = check_storage(CONSTANT_READ_OPTION, (int)option, target->options, known, description,
                            type == WS_STRUCT_TYPE && xsi_has_derived(description), value, size, error)) != S_OK)
        return hr;
    if ((heap || target->options & WS_FIELD_POINTER || use.needs_heap) && !handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, error);
    if (known->flags & TYPE_IS_POINTER)
        target->options &= ~(ULONG)WS_FIELD_POINTER;
    target->mapping = mapping;
    target->type = type;
    target->description = description;
    target->heap = heap;
    target->value = value;
    target->size = size;
    return S_OK;
}

HRESULT typed_missing(const struct typed_target *target, WS_ERROR *error)
{
    if (!(target->options & WS_FIELD_OPTIONAL))
        return error_report(error, WS_E_INVALID_FORMAT, "There is nothing to read a value of %s from.",
                            typed_types[target->type].name);
    memset(target->value, 0, target->size);
    return S_OK;
}

/* A value that is not an element: where it goes is known. */
static HRESULT read_inside(struct typed_reader *typed, const struct typed_target *target, void *place, WS_ERROR *error)
{
    const struct type *type = &typed_types[target->type];
    void *memory = place;
    HRESULT hr;

    if (target->mapping == WS_ATTRIBUTE_TYPE_MAPPING && !typed->reader->in_attribute)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "WS_ATTRIBUTE_TYPE_MAPPING is for a value in an attribute, and the reader is not in one.");
    typed->begun = true;
    if (target->options & WS_FIELD_POINTER)
    {
        if ((hr = heap_alloc(typed->heap, type_size(type, target->description), &memory, error)) != S_OK)
            return hr;
        memset(memory, 0, type_size(type, target->description));
        memcpy(place, &memory, sizeof(memory));
    }
    return type->read(typed, type, target->mapping, target->description, memory, error);
}

static HRESULT read_value(struct typed_reader *typed, const struct typed_target *target, void *place, WS_ERROR *error)
{
    HRESULT hr;

    if (target->mapping != WS_ELEMENT_TYPE_MAPPING && target->mapping != WS_ANY_ELEMENT_TYPE_MAPPING)
        return read_inside(typed, target, place, error);
    if (!typed_element(typed) && (hr = reader_to_start_element(typed->reader, NULL, NULL, NULL, error)) != S_OK)
        return hr;
    typed->begun = true;
    return typed_read_element_value(typed, target->mapping, target->type, target->description, target->options, place,
                                    error);
}

HRESULT typed_read(WS_XML_READER *reader, const struct typed_target *target, WS_ERROR *error)
{
    return typed_read_despite(reader, target, NULL, error);
}

HRESULT typed_read_despite(WS_XML_READER *reader, const struct typed_target *target,
                           const struct typed_foreign *foreign, WS_ERROR *error)
{
    struct typed_reader typed = {.reader = reader,
                                 .heap = target->heap,
                                 .types = typed_types,
                                 .depth = reader->value_depth,
                                 .mark = error_mark(error),
                                 .named = reader->value_depth >= TYPED_MOST_NAMED,
                                 .size = target->size,
                                 .foreign = foreign,
                                 .outermost = reader->node};
    uint64_t small[TYPED_LARGEST_SIMPLE / sizeof(uint64_t)];
    struct reader_piece *piece = NULL;
    struct reader_heap before;
    void *place = small;
    HRESULT hr;

    /* The caller's memory gets a value that is complete, or none. */
    if (target->size > sizeof(small))
    {
        if (!(piece = reader_take_piece(reader, target->size, READER_FIRST_PIECE_CLASS)))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for a value of %u bytes.",
                                (unsigned)target->size);
        place = piece->memory;
    }
    memset(place, 0, target->size);
    before = reader_use_heap(reader, target->heap);
    hr = read_value(&typed, target, place, error);
    reader->heap = before;
    if (hr == S_OK)
        memcpy(target->value, place, target->size);
    else if (typed.begun && FAILED(hr))
        reader_fault(reader);
    if (piece)
        reader_give_piece(reader, piece);
    return hr;
}

HRESULT typed_read_named(WS_XML_READER *reader, const struct typed_target *target, const WS_XML_STRING *name,
                         const WS_XML_STRING *ns, WS_ERROR *error)
{
    bool optional = target->options & WS_FIELD_OPTIONAL;
    BOOL found = TRUE;
    HRESULT hr;

    if ((hr = reader_to_start_element(reader, name, ns, optional ? &found : NULL, error)) != S_OK)
        return hr;
    return found ? typed_read(reader, target, error) : typed_missing(target, error);
}

/* --- Writing --- */

/* Whether a structure that is passed itself has the size of the type which it says it has. */
static HRESULT check_value_size(const WS_STRUCT_DESCRIPTION *declared, const void *value, ULONG size, WS_ERROR *error)
{
    struct typed_writer typed = {.check = typed_check};
    const WS_STRUCT_DESCRIPTION *actual;
    char name[TEXT_EXCERPT_ROOM];
    HRESULT hr = xsi_value_type(&typed, declared, value, &actual, error);

    if (hr != S_OK || size == actual->size || (size == declared->size && actual->size < size))
        return hr;
    return error_report(error, E_INVALIDARG,
                        "The value says that its type is \"%s\", whose size is %u; that passed is %u.",
                        xsi_show_type(actual, name), (unsigned)actual->size, (unsigned)size);
}

HRESULT typed_check_source(struct typed_source *source, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *description,
                           WS_WRITE_OPTION option, const void *value, ULONG size, WS_ERROR *error)
{
    struct typed_use use = {mapping, false, false};
    const struct type *known;
    ULONG options = 0;
    bool extensible;
    HRESULT hr;

    if (option < WS_WRITE_REQUIRED_VALUE || option > WS_WRITE_NILLABLE_POINTER)
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_WRITE_OPTION, (uint32_t)option).text);
    if ((hr = typed_check(&use, type, description, error)) != S_OK)
        return hr;
    known = &typed_types[type];
    if (option == WS_WRITE_REQUIRED_POINTER || option == WS_WRITE_NILLABLE_POINTER)
        options |= WS_FIELD_POINTER;
    if (option == WS_WRITE_NILLABLE_VALUE || option == WS_WRITE_NILLABLE_POINTER)
        options |= WS_FIELD_NILLABLE;
    extensible = type == WS_STRUCT_TYPE && xsi_has_type(description);
    if ((hr = check_storage(CONSTANT_WRITE_OPTION, (int)option, options, known, description, extensible, value, size,
                            error)) != S_OK ||
        (extensible && !(options & WS_FIELD_POINTER) &&
         (hr = check_value_size(description, value, size, error)) != S_OK))
        return hr;
    source->mapping = mapping;
    source->type = type;
    source->description = description;
    source->value = value;
    if (options & WS_FIELD_POINTER)
    {
        memcpy(&value, value, sizeof(value));
        if (!value || !(known->flags & TYPE_IS_POINTER))
            source->value = value;
    }
    else if (options & WS_FIELD_NILLABLE && value_is_nil(known, value))
        source->value = NULL;
    if (source->value)
        return S_OK;
    if (!(options & WS_FIELD_NILLABLE))
        return error_report(error, E_INVALIDARG, "The pointer to a value of %s is NULL, which %s does not allow.",
                            known->name, constant_name(CONSTANT_WRITE_OPTION, (uint32_t)option).text);
    if (mapping == WS_ELEMENT_TYPE_MAPPING)
        return S_OK;
    return error_report(error, E_INVALIDARG, "Only an element can be nil, which %s is not for.",
                        constant_name(CONSTANT_TYPE_MAPPING, (uint32_t)mapping).text);
}

/* What the value says while it is being written is not known before: the writer is faulted then. */
static HRESULT end_write(struct typed_writer *typed, HRESULT hr)
{
    return typed->begun ? writer_done_in_part(typed->writer, hr) : writer_done(typed->writer, hr);
}

static HRESULT write_value(struct typed_writer *typed, const struct typed_source *source, WS_ERROR *error)
{
    const struct type *type = &typed_types[source->type];

    return source->value ? type->write(typed, type, source->mapping, source->description, source->value, error)
                         : xsi_write_nil(typed->writer, error);
}

/* In the call of a callback the values around that will be named, too. */
static struct typed_writer begin_write(WS_XML_WRITER *writer, const WS_ERROR *error)
{
    struct typed_writer typed = {.writer = writer, .types = typed_types, .check = typed_check};

    typed.depth = typed.named = writer->value_depth;
    typed.mark = error_mark(error);
    return typed;
}

HRESULT typed_write(WS_XML_WRITER *writer, const struct typed_source *source, WS_ERROR *error)
{
    struct typed_writer typed = begin_write(writer, error);
    bool in_attribute;
    HRESULT hr;

    if ((hr = writer_ready(writer, error)) != S_OK)
        return hr;
    in_attribute = writer->inside == INSIDE_ATTRIBUTE;
    if (in_attribute != (source->mapping == WS_ATTRIBUTE_TYPE_MAPPING))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "%s is for a value %s an attribute, and the writer is %s one.",
                            constant_name(CONSTANT_TYPE_MAPPING, (uint32_t)source->mapping).text,
                            in_attribute ? "outside of" : "in", in_attribute ? "in" : "not in");
    return end_write(&typed, write_value(&typed, source, error));
}

HRESULT typed_write_named(WS_XML_WRITER *writer, const struct typed_source *source, const WS_XML_STRING *name,
                          const WS_XML_STRING *ns, WS_ERROR *error)
{
    struct typed_writer typed = begin_write(writer, error);
    bool is_attribute = source->mapping == WS_ATTRIBUTE_TYPE_MAPPING;
    char shown[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    if ((hr = writer_ready(writer, error)) != S_OK)
        return hr;
    hr = is_attribute ? writer_open_attribute(writer, NULL, name, ns, error)
                      : writer_open_element(writer, NULL, name, ns, error);
    if (hr != S_OK)
        return hr;
    typed.begun = true;
    if ((hr = write_value(&typed, source, error)) == S_OK)
        hr = is_attribute ? writer_close_attribute(writer, error) : writer_close_element(writer, error);
    else if (typed_names_more(&typed))
        error_precede(error, typed.mark, "In the %s \"%s\": ", is_attribute ? "attribute" : "element",
                      text_excerpt(name->bytes, name->length, shown));
    return end_write(&typed, hr);
}
