/* SPDX-License-Identifier: MIT */
/* scope.c - see scope.h. */
#include "xml/scope.h"

#include "base/error.h"
#include "base/memory.h"
#include "xml/names.h"

#include <string.h>

/* With more bindings than this the hash table is used. */
#define LINEAR_MAX 16u

#define FIRST_CHUNK   1024u
#define LARGEST_CHUNK 65536u

struct scope_chunk
{
    struct scope_chunk *older;
    size_t size;
    BYTE bytes[];
};

void scope_init(struct scope *scope)
{
    memset(scope, 0, sizeof(*scope));
    scope->seed = xml_hash_seed(scope);
}

/* --- Bytes --- */

static void pop_chunk(struct scope *scope)
{
    struct scope_chunk *chunk = scope->bytes.newest;

    scope->bytes.newest = chunk->older;
    /* One is kept, so that an element that opens and closes at the edge of a chunk does not cost two calls. */
    if (scope->bytes.spare)
        memory_free(scope->bytes.spare);
    scope->bytes.spare = chunk;
}

static void release_bytes(struct scope *scope, struct scope_mark mark)
{
    while (scope->bytes.newest != mark.chunk)
        pop_chunk(scope);
    scope->bytes.used = mark.used;
}

static bool push_chunk(struct scope *scope, size_t length)
{
    struct scope_chunk *chunk = scope->bytes.spare;
    size_t size = scope->bytes.newest ? scope->bytes.newest->size * 2 : FIRST_CHUNK;

    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    if (size < length)
        size = length;
    if (chunk && chunk->size >= length)
        scope->bytes.spare = NULL;
    else
    {
        if (size > SIZE_MAX - sizeof(*chunk) || !(chunk = memory_alloc(sizeof(*chunk) + size, "XML names in scope")))
            return false;
        chunk->size = size;
    }
    chunk->older = scope->bytes.newest;
    scope->bytes.newest = chunk;
    scope->bytes.used = 0;
    return true;
}

BYTE *scope_take(struct scope *scope, size_t length)
{
    BYTE *taken;

    if (!length)
        return (BYTE *)"";
    if ((!scope->bytes.newest || length > scope->bytes.newest->size - scope->bytes.used) && !push_chunk(scope, length))
        return NULL;
    taken = scope->bytes.newest->bytes + scope->bytes.used;
    scope->bytes.used += length;
    return taken;
}

BYTE *scope_copy(struct scope *scope, const BYTE *bytes, size_t length)
{
    BYTE *copy = scope_take(scope, length);

    if (copy && length)
        memcpy(copy, bytes, length);
    return copy;
}

/* --- Arrays --- */

/* Memory for twice as many items, after `head` bytes; E_OUTOFMEMORY. */
static HRESULT alloc_larger(ULONG room, size_t head, size_t item_size, void **larger, size_t *ret, WS_ERROR *error)
{
    size_t count = room ? (size_t)room * 2 : 8;

    *larger = NULL;
    if (count <= UINT32_MAX / 2 && count <= (SIZE_MAX - head) / item_size)
        *larger = memory_alloc(head + count * item_size, "XML scope");
    if (!*larger)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for what is in scope in an XML document.");
    *ret = count;
    return S_OK;
}

/* Doubles an array of items; E_OUTOFMEMORY. */
static HRESULT grow(void **array, ULONG *room, size_t item_size, WS_ERROR *error)
{
    size_t count = 0;
    void *larger;
    HRESULT hr;

    if ((hr = alloc_larger(*room, 0, item_size, &larger, &count, error)) != S_OK)
        return hr;
    if (*array)
        memcpy(larger, *array, *room * item_size);
    memory_free(*array);
    *array = larger;
    *room = (ULONG)count;
    return S_OK;
}

HRESULT scope_grow_elements(struct scope *scope, WS_ERROR *error)
{
    void *elements = scope->elements;
    HRESULT hr = grow(&elements, &scope->element_room, sizeof(*scope->elements), error);

    scope->elements = elements;
    return hr;
}

static HRESULT out_of_memory(WS_ERROR *error)
{
    return error_report(error, E_OUTOFMEMORY, "There is no memory for the names in scope in an XML document.");
}

HRESULT scope_copy_name(struct scope *scope, WS_ERROR *error)
{
    struct scope_element *element = &scope->elements[scope->depth - 1];

    if ((element->name = scope_copy(scope, element->name, element->name_length)))
        return S_OK;
    scope->depth--;
    return out_of_memory(error);
}

/* --- Bindings --- */

static HRESULT grow_bindings(struct scope *scope, WS_ERROR *error)
{
    struct scope_bindings *larger;
    size_t count = 0;
    void *memory;
    HRESULT hr;

    hr = alloc_larger(scope->binding_room, sizeof(*larger), sizeof(*scope->bindings), &memory, &count, error);
    if (hr != S_OK)
        return hr;
    larger = memory;
    larger->smaller = scope->outgrown;
    if (scope->binding_count)
        memcpy(larger->bindings, scope->bindings, scope->binding_count * sizeof(*scope->bindings));
    scope->outgrown = larger;
    scope->bindings = larger->bindings;
    scope->binding_room = (ULONG)count;
    return S_OK;
}

/* All but the newest. */
static void release_outgrown(struct scope *scope)
{
    struct scope_bindings *smaller;

    while (scope->outgrown && (smaller = scope->outgrown->smaller))
    {
        scope->outgrown->smaller = smaller->smaller;
        memory_free(smaller);
    }
}

static void table_add(struct scope *scope, ULONG index)
{
    struct scope_binding *binding = &scope->bindings[index];
    uint32_t *place = &scope->table[binding->hash & (scope->table_size - 1)];

    binding->older = *place;
    *place = index + 1;
}

/*
 * Puts all bindings into a table with room for twice as many; without memory for it, search stays linear. No more of
 * the table is used, and cleared, than that: a large one may be left over.
 */
static void build_table(struct scope *scope)
{
    uint32_t size = 64;
    ULONG i;

    while (size < scope->binding_count * 2)
        size *= 2;
    if (size > scope->table_room)
    {
        /* Bindings take more memory than their places in the table: this does not overflow. */
        uint32_t *table = memory_alloc((size_t)size * sizeof(*table), "XML prefixes in scope");

        if (!table)
        {
            scope->hashed = false;
            return;
        }
        memory_free(scope->table);
        scope->table = table;
        scope->table_room = size;
    }
    scope->table_size = size;
    memset(scope->table, 0, size * sizeof(*scope->table));
    for (i = 0; i < scope->binding_count; i++)
    {
        scope->bindings[i].hash =
            xml_hash(scope->seed, scope->bindings[i].prefix.bytes, scope->bindings[i].prefix.length);
        table_add(scope, i);
    }
    scope->hashed = true;
}

static bool same(const WS_XML_STRING *string, const BYTE *bytes, size_t length)
{
    size_t i;

    if (string->length != length)
        return false;
    for (i = 0; i < length; i++)
        if (string->bytes[i] != bytes[i])
            return false;
    return true;
}

/* The newest binding of a prefix below a limit, plus 1; 0: there is none. */
static ULONG find_binding(const struct scope *scope, const BYTE *prefix, size_t length, ULONG limit)
{
    ULONG i;

    if (scope->hashed)
    {
        for (i = scope->table[xml_hash(scope->seed, prefix, length) & (scope->table_size - 1)]; i;
             i = scope->bindings[i - 1].older)
            if (i <= limit && same(&scope->bindings[i - 1].prefix, prefix, length))
                return i;
        return 0;
    }
    for (i = limit; i; i--)
        if (same(&scope->bindings[i - 1].prefix, prefix, length))
            return i;
    return 0;
}

const WS_XML_STRING *scope_default(const struct scope *scope)
{
    return scope->default_binding ? &scope->bindings[scope->default_binding - 1].ns : &xml_empty;
}

const WS_XML_STRING *scope_find(const struct scope *scope, const BYTE *prefix, size_t length, ULONG limit)
{
    ULONG found = find_binding(scope, prefix, length, limit);

    if (found)
        return &scope->bindings[found - 1].ns;
    if (!length)
        return &xml_empty;
    if (same(&xml_prefix_xml, prefix, length))
        return &xml_namespace_xml;
    if (same(&xml_prefix_xmlns, prefix, length))
        return &xml_namespace_xmlns;
    return NULL;
}

HRESULT scope_bind(struct scope *scope, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, bool copy, ULONG max,
                   WS_ERROR *error)
{
    const WS_XML_STRING *old = scope_find(scope, prefix->bytes, prefix->length, scope->binding_count);
    struct scope_binding *binding;
    HRESULT hr;

    if (old && same(old, ns->bytes, ns->length))
        return S_OK;
    if (scope->binding_count >= max)
        return WS_E_QUOTA_EXCEEDED;
    if (scope->binding_count == scope->binding_room && (hr = grow_bindings(scope, error)) != S_OK)
        return hr;
    binding = &scope->bindings[scope->binding_count];
    binding->prefix = *prefix;
    binding->ns = *ns;
    if (copy && (!(binding->prefix.bytes = scope_copy(scope, prefix->bytes, prefix->length)) ||
                 !(binding->ns.bytes = scope_copy(scope, ns->bytes, ns->length))))
        return out_of_memory(error);
    if (!prefix->length)
        scope->default_binding = scope->binding_count + 1;
    scope->binding_count++;
    if (scope->hashed && scope->binding_count * 2 <= scope->table_size)
    {
        binding->hash = xml_hash(scope->seed, binding->prefix.bytes, binding->prefix.length);
        table_add(scope, scope->binding_count - 1);
    }
    else if (scope->binding_count > LINEAR_MAX)
        build_table(scope);
    return S_OK;
}

static void pop_bindings(struct scope *scope, ULONG count)
{
    bool was_default = false;

    while (scope->binding_count > count)
    {
        struct scope_binding *binding = &scope->bindings[--scope->binding_count];

        was_default |= !binding->prefix.length;
        if (scope->hashed) /* the newest of all is the first in its place */
            scope->table[binding->hash & (scope->table_size - 1)] = binding->older;
    }
    if (scope->binding_count <= LINEAR_MAX / 2)
        scope->hashed = false;
    if (was_default)
        scope->default_binding = find_binding(scope, NULL, 0, scope->binding_count);
}

/* --- xml: attributes --- */

HRESULT scope_add_xml_attribute(struct scope *scope, const WS_XML_STRING *name, const BYTE *value, size_t length,
                                WS_ERROR *error)
{
    struct scope_xml_attribute *attribute;
    void *attributes = scope->xml_attributes;
    HRESULT hr;

    if (scope->xml_attribute_count == scope->xml_attribute_room)
    {
        hr = grow(&attributes, &scope->xml_attribute_room, sizeof(*scope->xml_attributes), error);
        scope->xml_attributes = attributes;
        if (hr != S_OK)
            return hr;
    }
    attribute = &scope->xml_attributes[scope->xml_attribute_count];
    memset(attribute, 0, sizeof(*attribute));
    attribute->name.length = name->length;
    attribute->value.length = (ULONG)length;
    if (!(attribute->name.bytes = scope_copy(scope, name->bytes, name->length)) ||
        !(attribute->value.bytes = scope_copy(scope, value, length)))
        return out_of_memory(error);
    scope->xml_attribute_count++;
    return S_OK;
}

const WS_XML_STRING *scope_find_xml_attribute(const struct scope *scope, const WS_XML_STRING *name)
{
    ULONG i;

    for (i = scope->xml_attribute_count; i; i--)
        if (same(&scope->xml_attributes[i - 1].name, name->bytes, name->length))
            return &scope->xml_attributes[i - 1].value;
    return NULL;
}

/* --- All of it --- */

void scope_close_slow(struct scope *scope, const struct scope_element *element)
{
    pop_bindings(scope, element->bindings);
    scope->xml_attribute_count = element->xml_attributes;
    release_bytes(scope, element->mark);
}

void scope_reset(struct scope *scope)
{
    struct scope_mark bottom = {NULL, 0};

    scope->depth = scope->binding_count = scope->xml_attribute_count = scope->default_binding = 0;
    scope->hashed = false;
    release_bytes(scope, bottom);
    release_outgrown(scope);
}

void scope_release(struct scope *scope)
{
    scope_reset(scope);
    memory_free(scope->bytes.spare);
    memory_free(scope->table);
    memory_free(scope->elements);
    memory_free(scope->outgrown);
    memory_free(scope->xml_attributes);
    scope_init(scope);
}
