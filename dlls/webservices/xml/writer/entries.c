/* SPDX-License-Identifier: MIT */
/*
 * entries.c - the entries of the pending start tag whose prefix the caller gave: which prefix must be bound to which
 * namespace.
 *
 * A few are compared one by one. When there are more, they are in two hash tables, by prefix and by namespace, so that
 * n names in values take time in proportion to n. The tables are made when they are first needed, and brought up to
 * date whenever they are needed again: a start tag without such names has none. Of several entries with one prefix, or
 * with one namespace, the first one counts; by prefix, the first one that declares it.
 */
#include "xml/writer/start_tag.h"

#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* With more entries than this the hash tables are used. */
#define LINEAR_MAX 16u

static bool has_given_prefix(const struct writer_attribute *entry)
{
    return entry->role == ROLE_ATTRIBUTE ? !entry->choose_prefix && entry->prefix.length
                                         : entry->role == ROLE_DECLARATION || entry->role == ROLE_RELIES;
}

static const WS_XML_STRING *key_of(const struct writer_attribute *entry, enum writer_key key)
{
    return key == KEY_PREFIX ? &entry->prefix : &entry->ns;
}

/* --- The hash tables --- */

/* Tables are of numbers of entries plus 1; 0: the place is free. */
static uint32_t *place_of(const WS_XML_WRITER *writer, enum writer_key key, const WS_XML_STRING *string)
{
    uint32_t *table = writer->entry_table + (key == KEY_PREFIX ? 0 : writer->entry_table_size);
    size_t mask = writer->entry_table_size - 1;
    size_t place = xml_hash(writer->hash_seed, string->bytes, string->length) & mask;

    while (table[place] && !writer_same(key_of(writer->attributes[table[place] - 1], key), string))
        place = (place + 1) & mask;
    return &table[place];
}

/* The entry at a place; NULL: it is free. */
static const struct writer_attribute *entry_at(const WS_XML_WRITER *writer, const uint32_t *place)
{
    return *place ? writer->attributes[*place - 1] : NULL;
}

static bool declares(const struct writer_attribute *entry, const WS_XML_STRING *ns)
{
    return entry && entry->role == ROLE_DECLARATION && writer_same(&entry->ns, ns);
}

static void add_to_tables(WS_XML_WRITER *writer, size_t index)
{
    const struct writer_attribute *entry = writer->attributes[index], *before;
    uint32_t *place;

    if (!has_given_prefix(entry))
        return;
    place = place_of(writer, KEY_PREFIX, &entry->prefix);
    before = entry_at(writer, place);
    if (!before || (before->role != ROLE_DECLARATION && entry->role == ROLE_DECLARATION))
        *place = (uint32_t)index + 1;
    else if (entry->role == ROLE_DECLARATION && declares(before, &entry->ns))
        writer->repeated++;
    place = place_of(writer, KEY_NAMESPACE, &entry->ns);
    if (!*place)
        *place = (uint32_t)index + 1;
}

/* Brings the tables up to date. They are at most half full. */
static HRESULT update_tables(WS_XML_WRITER *writer, WS_ERROR *error)
{
    size_t size = 64;
    void *table;
    HRESULT hr;

    if (!writer->indexed || writer->attribute_count > writer->entry_table_size / 2)
    {
        /* Does not overflow: entries take more memory than their places in the tables. */
        while (size < writer->attribute_count * 4)
            size *= 2;
        if ((hr = writer_alloc(writer, size * 2 * sizeof(*writer->entry_table), &table, error)) != S_OK)
            return hr;
        writer->entry_table = memset(table, 0, size * 2 * sizeof(*writer->entry_table));
        writer->entry_table_size = size;
        writer->indexed = writer->repeated = 0;
    }
    while (writer->indexed < writer->attribute_count)
        add_to_tables(writer, writer->indexed++);
    return S_OK;
}

/* --- Lookups --- */

HRESULT writer_find_entry(WS_XML_WRITER *writer, enum writer_key key, const WS_XML_STRING *string,
                          const struct writer_attribute **entry, WS_ERROR *error)
{
    HRESULT hr;
    size_t i;

    if (writer->attribute_count > LINEAR_MAX)
    {
        if ((hr = update_tables(writer, error)) == S_OK)
            *entry = entry_at(writer, place_of(writer, key, string));
        return hr;
    }
    *entry = NULL;
    for (i = 0; i < writer->attribute_count && !*entry; i++)
        if (has_given_prefix(writer->attributes[i]) && writer_same(key_of(writer->attributes[i], key), string))
            *entry = writer->attributes[i];
    return S_OK;
}

HRESULT writer_count_repeated(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                              size_t *count, WS_ERROR *error)
{
    HRESULT hr = update_tables(writer, error);

    if (hr == S_OK)
        *count = writer->repeated + (prefix && declares(entry_at(writer, place_of(writer, KEY_PREFIX, prefix)), ns));
    return hr;
}
