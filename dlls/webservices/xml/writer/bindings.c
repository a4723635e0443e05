/* SPDX-License-Identifier: MIT */
/*
 * bindings.c - the namespaces in scope of a writer: which prefix is bound to which namespace.
 *
 * Bindings are a stack. While there are few, they are compared one by one, from the newest on. When there are many,
 * they are in two hash tables, by prefix and by namespace; but only those that no newer binding of the same prefix
 * hides. So a lookup takes constant time, and n declarations with n uses of prefixes take time in proportion to n. When
 * a binding is gone, the one that it hid goes back to where it was in its lists: hiding and going back are in stack
 * order, so that it is enough to know its neighbours. The hash is seeded, so that a document cannot be made to collide.
 *
 * Prefixes that the writer generates have numbers. All before the number `generated_prefixes` are in scope, whoever
 * declared them, so that the search for the next one begins there. When a binding goes out of scope, its number, if it
 * has one, is free again.
 */
#include "xml/writer/start_tag.h"

#include "base/error.h"
#include "base/memory.h"
#include "xml/writer/check.h"
#include "xml/writer/writer_object.h"

/* With more bindings than this the hash tables are used. */
#define LINEAR_MAX 16u

#ifdef WS_COUNT_STEPS
size_t writer_steps;
#endif

/* --- The hash tables --- */

/* Lists are of numbers of bindings plus 1; 0: there are no more. */
static struct writer_binding *binding_at(const WS_XML_WRITER *writer, uint32_t number)
{
    return &writer->bindings[number - 1];
}

/* The two lists that a binding is in. */
enum list
{
    BY_PREFIX,
    BY_NS
};

static uint32_t *list_of(const WS_XML_WRITER *writer, enum list list, uint32_t hash)
{
    return &writer->binding_table[(list == BY_NS ? writer->binding_table_size : 0) +
                                  (hash & (writer->binding_table_size - 1))];
}

/* Links the neighbours of a binding in a list to it, or to each other. */
static void join(WS_XML_WRITER *writer, enum list list, const struct writer_link *link, uint32_t older, uint32_t newer)
{
    if (link->newer)
        binding_at(writer, link->newer)->links[list].older = older;
    else
        *list_of(writer, list, link->hash) = older;
    if (link->older)
        binding_at(writer, link->older)->links[list].newer = newer;
}

static void put_in(WS_XML_WRITER *writer, uint32_t number)
{
    struct writer_link *links = binding_at(writer, number)->links;

    join(writer, BY_PREFIX, &links[BY_PREFIX], number, number);
    join(writer, BY_NS, &links[BY_NS], number, number);
}

static void take_out(WS_XML_WRITER *writer, uint32_t number)
{
    struct writer_link *links = binding_at(writer, number)->links;

    join(writer, BY_NS, &links[BY_NS], links[BY_NS].older, links[BY_NS].newer);
    join(writer, BY_PREFIX, &links[BY_PREFIX], links[BY_PREFIX].older, links[BY_PREFIX].newer);
}

static uint32_t find_number(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix, uint32_t hash)
{
    const struct writer_binding *binding;
    uint32_t number;

    for (number = *list_of(writer, BY_PREFIX, hash); number; number = binding->links[BY_PREFIX].older)
    {
        WRITER_STEP;
        binding = binding_at(writer, number);
        if (binding->links[BY_PREFIX].hash == hash && writer_same(&binding->prefix, prefix))
            return number;
    }
    return 0;
}

/* Adds the newest binding to the tables, or one of several from the oldest on. */
static void add_to_tables(WS_XML_WRITER *writer, size_t index)
{
    struct writer_binding *binding = &writer->bindings[index];
    struct writer_link *links = binding->links;

    links[BY_PREFIX].hash = xml_hash(writer->hash_seed, binding->prefix.bytes, binding->prefix.length);
    links[BY_NS].hash = xml_hash(writer->hash_seed, binding->ns.bytes, binding->ns.length);
    if ((binding->hidden = find_number(writer, &binding->prefix, links[BY_PREFIX].hash)))
        take_out(writer, binding->hidden);
    links[BY_PREFIX].newer = links[BY_NS].newer = 0;
    links[BY_PREFIX].older = *list_of(writer, BY_PREFIX, links[BY_PREFIX].hash);
    links[BY_NS].older = *list_of(writer, BY_NS, links[BY_NS].hash);
    put_in(writer, (uint32_t)index + 1);
}

static void set_hashed(WS_XML_WRITER *writer, bool hashed)
{
    writer->hashed = hashed;
    writer->search_count = hashed ? 0 : writer->binding_count;
}

/* Puts all bindings into tables with room for twice as many; without memory for them, the search stays linear. */
static void build_tables(WS_XML_WRITER *writer)
{
    uint32_t size = 64;
    size_t i;

    set_hashed(writer, false);
    while (size < writer->binding_count * 2)
        size *= 2;
    if (size > writer->binding_table_room)
    {
        /* Does not overflow: bindings take more memory than their places in the tables. */
        uint32_t *table = memory_alloc((size_t)size * 2 * sizeof(*table), "writer prefixes in scope");

        if (!table)
            return;
        memory_free(writer->binding_table);
        writer->binding_table = table;
        writer->binding_table_room = size;
    }
    writer->binding_table_size = size;
    memset(writer->binding_table, 0, (size_t)size * 2 * sizeof(*writer->binding_table));
    for (i = 0; i < writer->binding_count; i++)
        add_to_tables(writer, i);
    set_hashed(writer, true);
}

NOINLINE struct writer_binding *writer_find_hashed(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix)
{
    uint32_t number = find_number(writer, prefix, xml_hash(writer->hash_seed, prefix->bytes, prefix->length));

    return number ? binding_at(writer, number) : NULL;
}

/* --- Lookups --- */

const WS_XML_STRING *writer_find_prefix(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix)
{
    struct writer_binding *binding = writer_find_binding(writer, prefix);

    if (binding)
        return &binding->ns;
    if (xml_string_equals(prefix, &xml_prefix_xml))
        return &xml_namespace_xml;
    return prefix->length ? NULL : &xml_empty;
}

bool writer_is_bound(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns)
{
    const WS_XML_STRING *bound = writer_find_prefix(writer, prefix);

    return bound && xml_string_equals(bound, ns);
}

/* Of two bindings of one prefix only the newer one is in the lists, so at most one here has the empty prefix. */
static struct writer_binding *find_hashed_namespace(const WS_XML_WRITER *writer, const WS_XML_STRING *ns,
                                                    bool not_empty)
{
    uint32_t hash = xml_hash(writer->hash_seed, ns->bytes, ns->length), number;
    struct writer_binding *binding;

    for (number = *list_of(writer, BY_NS, hash); number; number = binding->links[BY_NS].older)
    {
        WRITER_STEP;
        binding = binding_at(writer, number);
        if (binding->links[BY_NS].hash == hash && writer_same(&binding->ns, ns) &&
            (binding->prefix.length || !not_empty))
            return binding;
    }
    return NULL;
}

static struct writer_binding *find_bound_namespace(const WS_XML_WRITER *writer, const WS_XML_STRING *ns, bool not_empty)
{
    struct writer_binding *binding;
    size_t i = writer->binding_count;

    if (writer->hashed)
        return find_hashed_namespace(writer, ns, not_empty);
    while (i--)
    {
        binding = &writer->bindings[i];
        if (writer_same(&binding->ns, ns) && (binding->prefix.length || !not_empty) &&
            writer_find_binding(writer, &binding->prefix) == binding)
            return binding;
    }
    return NULL;
}

const WS_XML_STRING *writer_find_namespace(const WS_XML_WRITER *writer, const WS_XML_STRING *ns, bool not_empty)
{
    struct writer_binding *binding = find_bound_namespace(writer, ns, not_empty);

    if (binding)
        return &binding->prefix;
    if (xml_string_equals(ns, &xml_namespace_xml))
        return &xml_prefix_xml;
    if (xml_string_equals(ns, &xml_namespace_xmlns))
        return &xml_prefix_xmlns;
    return !ns->length && !not_empty && !writer_find_binding(writer, &xml_empty) ? &xml_empty : NULL;
}

bool writer_choose_bound(const WS_XML_WRITER *writer, const WS_XML_STRING **prefix, const WS_XML_STRING **ns,
                         bool not_empty)
{
    const WS_XML_STRING *found = writer_find_namespace(writer, *ns, not_empty),
                        *bound = found ? writer_find_prefix(writer, found) : NULL;

    if (!bound)
        return false;
    *prefix = found;
    *ns = bound;
    return true;
}

/* --- The stack --- */

static HRESULT keep_string(WS_XML_WRITER *writer, const WS_XML_STRING *string, WS_XML_STRING *copy, WS_ERROR *error)
{
    *copy = *string;
    if (!string->length)
    {
        copy->bytes = xml_empty.bytes;
        return S_OK;
    }
    if ((copy->bytes = writer_keep_name(writer, string->bytes, string->length)))
    {
        writer_own(writer, copy, string->bytes);
        return S_OK;
    }
    return error_report(error, E_OUTOFMEMORY, "There is no memory for a prefix or namespace of length %u.",
                        (unsigned)string->length);
}

HRESULT writer_push_binding(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                            WS_ERROR *error)
{
    const WS_XML_STRING *before = writer_find_prefix(writer, prefix);
    struct writer_binding *binding;
    bool counted = !before || !xml_string_equals(before, ns);
    HRESULT hr;

    if (counted && writer->counted >= writer->properties.max_namespaces)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The writer's MAX_NAMESPACES is %u: the declaration of \"%s\" would exceed it.",
                            (unsigned)writer->properties.max_namespaces, writer_show(ns).text);
    if ((hr = writer_check_chars_utf8(writer, ns->bytes, ns->length, error)) != S_OK)
        return hr;
    if (writer->binding_count == writer->binding_capacity)
    {
        if (!(binding = writer_grow(writer->bindings, &writer->binding_capacity, sizeof(*binding), 8)))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for namespace number %zu in scope.",
                                writer->binding_count + 1);
        writer->bindings = binding;
    }
    binding = &writer->bindings[writer->binding_count];
    if ((hr = keep_string(writer, prefix, &binding->prefix, error)) != S_OK ||
        (hr = keep_string(writer, ns, &binding->ns, error)) != S_OK)
        return hr;
    binding->counted = counted;
    binding->pinned = 0;
    writer->binding_count++;
    writer->counted += counted;
    if (LIKELY(writer->binding_count <= LINEAR_MAX && !writer->hashed))
        writer->search_count = writer->binding_count;
    else
    {
        if (writer->hashed && writer->binding_count * 2 <= writer->binding_table_size)
            add_to_tables(writer, writer->binding_count - 1);
        else
            build_tables(writer);
    }
    return S_OK;
}

/* The inverse of writer_generate_prefix(). UINT32_MAX: the prefix is not one of those, or very long. */
static ULONG number_of(const WS_XML_STRING *prefix)
{
    ULONG number = 0, i;
    BYTE c;

    if (!prefix->length || prefix->length > 8 || prefix->bytes[0] < 'a' || prefix->bytes[0] > 'z')
        return UINT32_MAX;
    for (i = 1; i < prefix->length; i++)
    {
        c = prefix->bytes[i];
        if (c < '0' || c > '9' || (i == 1 && c == '0'))
            return UINT32_MAX;
        number = number * 10 + (c - '0');
    }
    return number * 26 + (prefix->bytes[0] - 'a');
}

/* A binding is gone: if its prefix is not bound any more, it can be generated again. */
static void give_back(WS_XML_WRITER *writer, const WS_XML_STRING *prefix)
{
    ULONG number = number_of(prefix);

    if (number < writer->generated_prefixes && !writer_find_binding(writer, prefix))
        writer->generated_prefixes = number;
}

/* Takes the newest binding out of what lookups search. */
static void pop_binding(WS_XML_WRITER *writer)
{
    uint32_t number = (uint32_t)writer->binding_count--;

    if (!writer->hashed)
    {
        writer->search_count = writer->binding_count;
        return;
    }
    take_out(writer, number);
    if (binding_at(writer, number)->hidden)
        put_in(writer, binding_at(writer, number)->hidden);
}

NOINLINE void writer_pop_bindings(WS_XML_WRITER *writer, const struct writer_element *element)
{
    while (writer->binding_count > element->binding_count)
    {
        pop_binding(writer);
        if (UNLIKELY(writer->generated_prefixes))
            give_back(writer, &writer->bindings[writer->binding_count].prefix);
    }
    if (writer->hashed && writer->binding_count <= LINEAR_MAX / 2)
        set_hashed(writer, false);
    writer->counted = element->counted;
}
