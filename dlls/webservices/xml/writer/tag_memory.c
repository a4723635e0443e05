/* SPDX-License-Identifier: MIT */
/*
 * tag_memory.c - what a writer keeps of names, start tags and open elements; see writer.h.
 *
 * All of it is reused: names are a stack, the memory of a start tag is free again when that is committed, and the
 * arrays of elements and attributes last as long as the writer.
 */
#include "xml/writer/start_tag.h"

#include "base/error.h"
#include "base/memory.h"
#include "xml/writer/encode_binary.h"
#include "xml/writer/encoder.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* The bytes follow, and one block more, so that any name in it can be read as a block. */
struct name_chunk
{
    struct name_chunk *next;
    size_t capacity;
};

#define NAME_CHUNK 2048

BYTE *writer_keep_name(WS_XML_WRITER *writer, const BYTE *bytes, size_t length)
{
    struct name_mark *top = &writer->names_top;
    struct name_chunk *chunk, **link;
    BYTE *copy;

    if (UNLIKELY(!top->chunk || top->chunk->capacity - top->used < length))
    {
        link = top->chunk ? &top->chunk->next : &writer->names;
        if (!*link || (*link)->capacity < length)
        {
            size_t capacity = length > NAME_CHUNK ? length : NAME_CHUNK;

            if (!(chunk = memory_alloc(sizeof(*chunk) + capacity + BLOCK, "writer names")))
                return NULL;
            chunk->capacity = capacity;
            chunk->next = *link;
            *link = chunk;
        }
        top->chunk = *link;
        top->used = 0;
    }
    copy = (BYTE *)(top->chunk + 1) + top->used;
#ifdef WS_SSE2
    if (LIKELY(length - 1 < BLOCK))
        _mm_storeu_si128((__m128i *)(void *)copy, block_load(bytes, length));
    else
#endif
        block_copy(copy, bytes, length);
    top->used += length;
    return copy;
}

static void free_names(struct name_chunk **link)
{
    struct name_chunk *chunk;

    while ((chunk = *link))
    {
        *link = chunk->next;
        memory_free(chunk);
    }
}

void writer_drop_names(WS_XML_WRITER *writer)
{
    struct name_chunk *first = writer->names;

    free_names(first && first->capacity == NAME_CHUNK ? &first->next : &writer->names);
    writer->names_top.chunk = NULL;
    writer->names_top.used = 0;
}

void writer_release_names(WS_XML_WRITER *writer)
{
    free_names(&writer->names);
    writer->names_top.chunk = NULL;
}

/* NOLINTNEXTLINE(misc-no-recursion): the second time, scratch memory is there */
NOINLINE HRESULT writer_alloc_slow(WS_XML_WRITER *writer, size_t size, void **memory, WS_ERROR *error)
{
    if (!writer->scratch && size <= WRITER_SCRATCH)
    {
        if ((writer->scratch = memory_alloc(WRITER_SCRATCH + BLOCK, "writer start tag")))
            return writer_alloc(writer, size, memory, error);
    }
    else
    {
        writer->arena_used = true;
        if (size <= SIZE_MAX - BLOCK && (*memory = arena_alloc(&writer->arena, size + BLOCK)))
            return S_OK;
    }
    return error_report(error, E_OUTOFMEMORY, "There is no memory for a start tag: it needs %zu bytes more.", size);
}

COLD void writer_own_string(const WS_XML_WRITER *writer, WS_XML_STRING *copy, BYTE *given)
{
    const WS_XML_DICTIONARY *dictionary = copy->dictionary;

    if (!writer->buffer)
    {
        if (writer->encoder == &writer_binary_encoder && writer->binary->callback && dictionary->isConst)
            copy->bytes = given;
        return;
    }
    if (dictionary->isConst && copy->id < dictionary->stringCount &&
        dictionary->strings[copy->id].length == copy->length &&
        !memcmp(dictionary->strings[copy->id].bytes, copy->bytes, copy->length))
        copy->bytes = dictionary->strings[copy->id].bytes;
    else
    {
        copy->dictionary = NULL;
        copy->id = 0;
    }
}

HRESULT writer_add_to_value(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, size_t limit, WS_ERROR *error)
{
    size_t capacity;
    void *bigger;
    HRESULT hr;

    if (count > writer->value_capacity - writer->value_length)
    {
        capacity = writer->value_length + count;
        if (writer->value_length)
            capacity = capacity <= limit / 2 ? capacity * 2 : limit;
        if ((hr = writer_alloc(writer, capacity, &bigger, error)) != S_OK)
            return hr;
        if (writer->value_length)
            memcpy(bigger, writer->value, writer->value_length);
        writer->value = bigger;
        writer->value_capacity = capacity;
    }
    block_copy(writer->value + writer->value_length, bytes, count);
    writer->value_length += count;
    return S_OK;
}

HRESULT writer_copy_string(WS_XML_WRITER *writer, const WS_XML_STRING *string, WS_XML_STRING *copy, WS_ERROR *error)
{
    void *bytes;
    HRESULT hr;

    *copy = *string;
    if (!string->length)
    {
        copy->bytes = xml_empty.bytes;
        return S_OK;
    }
    if ((hr = writer_alloc(writer, string->length, &bytes, error)) != S_OK)
        return hr;
#ifdef WS_SSE2
    if (LIKELY(string->length <= BLOCK))
        _mm_storeu_si128(bytes, block_load(string->bytes, string->length));
    else
#endif
        block_copy(bytes, string->bytes, string->length);
    copy->bytes = bytes;
    writer_own(writer, copy, string->bytes);
    return S_OK;
}

void *writer_grow(void *array, size_t *capacity, size_t size, size_t first)
{
    size_t wanted = *capacity ? *capacity * 2 : first;
    void *bigger;

    if (wanted > SIZE_MAX / size || !(bigger = memory_alloc(wanted * size, "writer stack")))
        return NULL;
    if (array)
        memcpy(bigger, array, *capacity * size);
    memory_free(array);
    *capacity = wanted;
    return bigger;
}

NOINLINE HRESULT writer_grow_elements(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_element *elements = writer_grow(writer->elements, &writer->element_capacity, sizeof(*elements), 8);

    if (!elements)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for open element number %zu.", writer->depth + 1);
    writer->elements = elements;
    return S_OK;
}

struct attribute_block
{
    struct attribute_block *next;
    size_t count;
    struct writer_attribute attributes[];
};

/* Doubles the array of attributes. */
static NOINLINE HRESULT grow_attributes(WS_XML_WRITER *writer, WS_ERROR *error)
{
    size_t count = writer->attribute_capacity ? writer->attribute_capacity : 8, capacity, i;
    struct attribute_block *block = NULL;
    struct writer_attribute **attributes;
    WS_XML_ATTRIBUTE **shown;

    if (count > SIZE_MAX / 2 / sizeof(*block->attributes) - 1 ||
        !(block = memory_alloc(sizeof(*block) + count * sizeof(*block->attributes), "writer attributes")))
        goto out_of_memory;
    capacity = writer->attribute_capacity;
    if (!(attributes = writer_grow(writer->attributes, &capacity, sizeof(*attributes), count)))
        goto out_of_memory;
    writer->attributes = attributes;
    capacity = writer->attribute_capacity;
    if (!(shown = writer_grow(writer->shown_attributes, &capacity, sizeof(*shown), count)))
        goto out_of_memory;
    writer->shown_attributes = shown;
    for (i = 0; i < count; i++)
    {
        struct writer_attribute *attribute = &block->attributes[i];

        memset(attribute, 0, sizeof(*attribute));
        attribute->shown.prefix = &attribute->prefix;
        attribute->shown.ns = &attribute->ns;
        attributes[writer->attribute_capacity + i] = attribute;
    }
    block->next = writer->attribute_blocks;
    block->count = count;
    writer->attribute_blocks = block;
    writer->attribute_capacity = capacity;
    return S_OK;

out_of_memory:
    memory_free(block);
    return error_report(error, E_OUTOFMEMORY, "There is no memory for attribute number %zu.",
                        writer->attribute_count + 1);
}

void writer_release_attributes(WS_XML_WRITER *writer)
{
    struct attribute_block *block;

    while ((block = writer->attribute_blocks))
    {
        writer->attribute_blocks = block->next;
        memory_free(block);
    }
    memory_free(writer->attributes);
    memory_free(writer->shown_attributes);
    writer->attributes = NULL;
    writer->shown_attributes = NULL;
    writer->attribute_capacity = 0;
}

HRESULT writer_add_attribute(WS_XML_WRITER *writer, struct writer_attribute **ret, WS_ERROR *error)
{
    struct writer_attribute *attribute;
    HRESULT hr;

    if (UNLIKELY(writer->attribute_count == writer->attribute_capacity) &&
        (hr = grow_attributes(writer, error)) != S_OK)
        return hr;
    attribute = writer->attributes[writer->attribute_count++];
    attribute->shown.singleQuote = attribute->shown.isXmlNs = FALSE;
    attribute->shown.localName = &attribute->local;
    attribute->shown.value = &attribute->value.text;
    attribute->role = ROLE_ATTRIBUTE;
    attribute->choose_prefix = false;
    attribute->existing = NULL;
    attribute->prefix = attribute->local = attribute->ns = xml_empty;
    attribute->value.text.textType = WS_XML_TEXT_TYPE_UTF8;
    attribute->value.utf8.value.length = 0;
    *ret = attribute;
    return S_OK;
}
