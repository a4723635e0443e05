/* SPDX-License-Identifier: MIT */
/*
 * shown_node.c - how nodes are made of what a decoder finds: attribute slots, and the meaning of an element's names;
 * see reader.h.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "xml/names.h"
#include "xml/sort.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const WS_XML_NODE reader_nodes[10] __attribute__((aligned(8))) = {
    [1] = {WS_XML_NODE_TYPE_BOF},   [3] = {WS_XML_NODE_TYPE_EOF},       [5] = {WS_XML_NODE_TYPE_END_ELEMENT},
    [7] = {WS_XML_NODE_TYPE_CDATA}, [9] = {WS_XML_NODE_TYPE_END_CDATA},
};

/* Above this many attributes they are sorted to find duplicates. */
#define PAIRWISE_MAX 8u

/* Slots that were made together; they never move. */
struct reader_attribute_block
{
    struct reader_attribute_block *next;
    struct reader_attribute slots[];
};

static void init_slot(struct reader_attribute *slot)
{
    memset(slot, 0, sizeof(*slot));
    slot->shown.prefix = &slot->prefix;
    slot->shown.localName = &slot->name;
    slot->shown.ns = &slot->ns;
    slot->shown.value = &slot->value.text;
    slot->value.text.textType = WS_XML_TEXT_TYPE_UTF8;
}

/* Doubles the slots. */
static bool add_slots(struct reader_element *element)
{
    size_t room = element->room, count = room ? room : 4, i;
    struct reader_attribute_block *block = NULL;
    WS_XML_ATTRIBUTE **attributes = NULL;

    if (room + count <= UINT32_MAX / 2 && room + count <= SIZE_MAX / sizeof(block->slots[0]) / 2)
    {
        block = memory_alloc(sizeof(*block) + count * sizeof(block->slots[0]), "XML reader attributes");
        attributes = memory_alloc((room + count) * sizeof(*attributes), "XML reader attributes");
    }
    if (!block || !attributes)
    {
        memory_free(block);
        memory_free(attributes);
        return false;
    }
    if (room)
        memcpy(attributes, element->attributes, room * sizeof(*attributes));
    for (i = 0; i < count; i++)
    {
        init_slot(&block->slots[i]);
        attributes[room + i] = &block->slots[i].shown;
    }
    block->next = element->blocks;
    element->blocks = block;
    memory_free(element->attributes);
    element->attributes = attributes;
    element->room = (ULONG)(room + count);
    return true;
}

NOINLINE struct reader_attribute *reader_grow_attributes(WS_XML_READER *reader)
{
    if (reader->attribute_count >= reader->properties.max_attributes)
        return NULL;
    if (reader->attribute_count == reader->element->room && !add_slots(reader->element))
        return NULL;
    return (struct reader_attribute *)reader->element->attributes[reader->attribute_count++];
}

static void release_slots(struct reader_element *element)
{
    struct reader_attribute_block *block;

    while ((block = element->blocks))
    {
        element->blocks = block->next;
        memory_free(block);
    }
    memory_free(element->attributes);
    element->attributes = NULL;
    element->room = 0;
}

void reader_release_attributes(WS_XML_READER *reader)
{
    release_slots(&reader->elements[0]);
    release_slots(&reader->elements[1]);
    memory_free(reader->sorted);
    reader->sorted = NULL;
    reader->sorted_room = 0;
}

static COLD HRESULT report_at(HRESULT hr, ULONGLONG row, ULONGLONG column, const char *sentence, WS_ERROR *error)
{
    return error_report(error, hr, "Line %llu, column %llu: %s", (unsigned long long)row + 1,
                        (unsigned long long)column + 1, sentence);
}

HRESULT reader_report(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error, const char *format, ...)
{
    ULONGLONG row, column;
    char sentence[400];
    va_list args;

    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    if (!reader->decoder->location)
        return error_report(error, hr, "%s", sentence);
    reader->decoder->location(reader, &row, &column);
    return report_at(hr, row, column, sentence, error);
}

HRESULT reader_locate(WS_XML_READER *reader, ULONG mark, const char *what, HRESULT hr, WS_ERROR *error)
{
    ULONGLONG row, column;

    error_precede(error, mark, "%s: ", what);
    if (!reader->decoder->location)
        return hr;
    reader->decoder->location(reader, &row, &column);
    error_precede(error, mark, "Line %llu, column %llu, ", (unsigned long long)row + 1, (unsigned long long)column + 1);
    return hr;
}

/* Where the name of an attribute begins in the window, of text: at "xmlns:" or the prefix if it has one. */
static const BYTE *attribute_start(const struct reader_attribute *attribute)
{
    if (attribute->shown.isXmlNs)
        return attribute->prefix.length ? attribute->name.bytes - 6 : attribute->name.bytes;
    return attribute->prefix.length ? attribute->prefix.bytes : attribute->name.bytes;
}

bool reader_attribute_location(const WS_XML_READER *reader, const WS_XML_ATTRIBUTE *attribute, ULONGLONG *row,
                               ULONGLONG *column)
{
    const struct reader_attribute *slot = (const struct reader_attribute *)attribute;

    return reader->decoder->location_of && reader->decoder->location_of(reader, attribute_start(slot), row, column);
}

HRESULT reader_report_attribute(WS_XML_READER *reader, const struct reader_attribute *attribute, HRESULT hr,
                                WS_ERROR *error, const char *format, ...)
{
    ULONGLONG row, column;
    char sentence[400];
    va_list args;

    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    if (!reader_attribute_location(reader, &attribute->shown, &row, &column))
        return reader_report(reader, hr, error, "%s", sentence);
    return report_at(hr, row, column, sentence, error);
}

const char *reader_show_attribute(const struct reader_attribute *attribute, char shown[READER_NAME_ROOM])
{
    const WS_XML_STRING *prefix = &attribute->prefix;

    if (!attribute->shown.isXmlNs)
        return reader_show_name(prefix, &attribute->name, shown);
    return reader_show_name(prefix->length ? &xml_prefix_xmlns : &xml_empty,
                            prefix->length ? prefix : &xml_prefix_xmlns, shown);
}

const char *reader_show_name(const WS_XML_STRING *prefix, const WS_XML_STRING *name, char shown[READER_NAME_ROOM])
{
    char prefix_excerpt[TEXT_EXCERPT_ROOM], name_excerpt[TEXT_EXCERPT_ROOM];

    text_excerpt(prefix->bytes, prefix->length, prefix_excerpt);
    text_excerpt(name->bytes, name->length, name_excerpt);
    snprintf(shown, READER_NAME_ROOM, "%s%s%s", prefix_excerpt, prefix->length ? ":" : "", name_excerpt);
    return shown;
}

HRESULT reader_add_failed(WS_XML_READER *reader, WS_ERROR *error)
{
    if (reader->attribute_count >= reader->properties.max_attributes)
        return reader_report(reader, WS_E_QUOTA_EXCEEDED, error,
                             "An element has more attributes than WS_XML_READER_PROPERTY_MAX_ATTRIBUTES allows: %u.",
                             (unsigned)reader->properties.max_attributes);
    return error_report(error, E_OUTOFMEMORY, "There is no memory for more than the %u attributes of an element.",
                        (unsigned)reader->attribute_count);
}

/* --- Namespaces --- */

static bool equals(const WS_XML_STRING *a, const WS_XML_STRING *b)
{
    return a == b || xml_string_equals(a, b);
}

/* The rules of Namespaces in XML 1.0 for a declaration (section 3 and the constraints in section 2.2). */
static HRESULT check_declaration(WS_XML_READER *reader, const struct reader_attribute *attribute, WS_ERROR *error)
{
    const WS_XML_STRING *prefix = &attribute->prefix, *ns = &attribute->ns;
    char excerpt[TEXT_EXCERPT_ROOM];

    if (equals(prefix, &xml_prefix_xmlns))
        return reader_report_attribute(reader, attribute, WS_E_INVALID_FORMAT, error,
                                       "The prefix \"xmlns\" must not be declared.");
    if (equals(prefix, &xml_prefix_xml) != equals(ns, &xml_namespace_xml))
        return reader_report_attribute(reader, attribute, WS_E_INVALID_FORMAT, error,
                                       "The prefix \"xml\" can only be bound to its own namespace, \"%s\", and that "
                                       "to no other prefix.",
                                       xml_namespace_xml.bytes);
    if (equals(ns, &xml_namespace_xmlns))
        return reader_report_attribute(reader, attribute, WS_E_INVALID_FORMAT, error,
                                       "No prefix can be bound to the namespace of \"xmlns\".");
    if (prefix->length && !ns->length)
        return reader_report_attribute(reader, attribute, WS_E_INVALID_FORMAT, error,
                                       "The prefix \"%s\" is declared with an empty namespace, which is allowed only "
                                       "without a prefix.",
                                       text_excerpt(prefix->bytes, prefix->length, excerpt));
    return S_OK;
}

static COLD HRESULT too_many_namespaces(WS_XML_READER *reader, const struct reader_attribute *attribute,
                                        WS_ERROR *error)
{
    return reader_report_attribute(reader, attribute, WS_E_QUOTA_EXCEEDED, error,
                                   "More namespace declarations are in scope than "
                                   "WS_XML_READER_PROPERTY_MAX_NAMESPACES allows: %u.",
                                   (unsigned)reader->properties.max_namespaces);
}

/*
 * The other members of a declaration than its prefix and namespace. Observed on Windows: its local name is the prefix,
 * "xmlns" for the default namespace, as text has it, and its value an empty text.
 */
static void show_declaration(const WS_XML_READER *reader, struct reader_attribute *attribute)
{
    bool binary = reader->decoder->is_binary;

    if (binary)
        attribute->name = attribute->prefix.length ? attribute->prefix : xml_prefix_xmlns;
    attribute->value.utf8 = binary ? xml_xmlns_value_binary : xml_xmlns_value;
    attribute->shown.ns = &attribute->ns;
}

static NOINLINE HRESULT declare_namespaces(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;
    ULONG i;

    for (i = 0; i < reader->attribute_count; i++)
    {
        struct reader_attribute *attribute = (struct reader_attribute *)reader->element->attributes[i];

        if (!attribute->shown.isXmlNs)
            continue;
        show_declaration(reader, attribute);
        if ((hr = check_declaration(reader, attribute, error)) != S_OK)
            return hr;
        hr = scope_bind(&reader->scope, &attribute->prefix, &attribute->ns, reader->transient || attribute->copied,
                        reader->properties.max_namespaces, error);
        if (UNLIKELY(hr == WS_E_QUOTA_EXCEEDED))
            return too_many_namespaces(reader, attribute, error);
        if (hr != S_OK)
            return hr;
    }
    return S_OK;
}

static inline const WS_XML_STRING *find_namespace(const WS_XML_READER *reader, const WS_XML_STRING *prefix)
{
    return scope_find(&reader->scope, prefix->bytes, prefix->length, reader->scope.binding_count);
}

static COLD HRESULT undeclared(WS_XML_READER *reader, WS_ERROR *error)
{
    char name[READER_NAME_ROOM];

    return reader_report(reader, WS_E_INVALID_FORMAT, error, "The prefix of the element \"%s\" is not declared.",
                         reader_show_name(&reader->element->prefix, &reader->element->name, name));
}

static COLD HRESULT undeclared_of(WS_XML_READER *reader, const struct reader_attribute *attribute, WS_ERROR *error)
{
    char name[READER_NAME_ROOM];

    return reader_report_attribute(reader, attribute, WS_E_INVALID_FORMAT, error,
                                   "The prefix of the attribute \"%s\" is not declared.",
                                   reader_show_name(&attribute->prefix, &attribute->name, name));
}

/* Remembers xml:lang and the like. Decoders of typed texts have converted them to UTF-8. */
static HRESULT remember_xml_attribute(WS_XML_READER *reader, const struct reader_attribute *attribute, WS_ERROR *error)
{
    const WS_XML_STRING *value = &attribute->value.utf8.value;

    if (attribute->value.text.textType != WS_XML_TEXT_TYPE_UTF8)
        return S_OK;
    return scope_add_xml_attribute(&reader->scope, &attribute->name, value->bytes, value->length, error);
}

/* --- Attributes --- */

/*
 * An order of attributes that puts equal names side by side. It compares the namespaces' addresses first (equal
 * namespaces can have several), and their bytes only if all else is equal.
 */
static int compare_names(const void *one, const void *other)
{
    const WS_XML_ATTRIBUTE *a = one, *b = other;
    /* That of a declaration is the prefix, or "xmlns", which cannot be declared. */
    const WS_XML_STRING *a_name = a->localName, *b_name = b->localName;
    int order;

    if (a->isXmlNs != b->isXmlNs)
        return a->isXmlNs ? 1 : -1;
    if (a_name->length != b_name->length)
        return a_name->length < b_name->length ? -1 : 1;
    if ((order = memcmp(a_name->bytes, b_name->bytes, a_name->length)) || a->isXmlNs || a->ns == b->ns)
        return order;
    if (a->ns->length != b->ns->length)
        return a->ns->length < b->ns->length ? -1 : 1;
    return memcmp(a->ns->bytes, b->ns->bytes, a->ns->length);
}

/* Two attributes have one name: the place reported is that of the later one. */
static COLD HRESULT twice(WS_XML_READER *reader, const WS_XML_ATTRIBUTE *one, const WS_XML_ATTRIBUTE *other,
                          WS_ERROR *error)
{
    const struct reader_attribute *first = (const struct reader_attribute *)one,
                                  *second = (const struct reader_attribute *)other;
    char name[READER_NAME_ROOM], other_name[READER_NAME_ROOM];
    ULONG i;

    for (i = 0; reader->element->attributes[i] != one; i++)
        if (reader->element->attributes[i] == other)
        {
            first = second;
            second = (const struct reader_attribute *)one;
            break;
        }
    if (second->shown.isXmlNs)
        return reader_report_attribute(reader, second, WS_E_INVALID_FORMAT, error,
                                       second->prefix.length ? "The element declares the prefix \"%s\" twice."
                                                             : "The element declares the default namespace%s twice.",
                                       text_excerpt(second->prefix.bytes, second->prefix.length, name));
    reader_show_name(&second->prefix, &second->name, name);
    if (equals(&first->prefix, &second->prefix))
        return reader_report_attribute(reader, second, WS_E_INVALID_FORMAT, error,
                                       "The element has the attribute \"%s\" twice.", name);
    return reader_report_attribute(reader, second, WS_E_INVALID_FORMAT, error,
                                   "The attribute \"%s\" has the name and namespace of \"%s\".", name,
                                   reader_show_name(&first->prefix, &first->name, other_name));
}

static bool grow_sorted(WS_XML_READER *reader)
{
    void **sorted = memory_alloc(reader->element->room * sizeof(*sorted), "XML reader attributes");

    if (!sorted)
        return false;
    memory_free(reader->sorted);
    reader->sorted = sorted;
    reader->sorted_room = reader->element->room;
    return true;
}

static HRESULT check_unique(WS_XML_READER *reader, WS_ERROR *error)
{
    WS_XML_ATTRIBUTE **attributes = reader->element->attributes;
    ULONG count = reader->attribute_count, i, j;

    if (count <= PAIRWISE_MAX)
    {
        for (i = 1; i < count; i++)
            for (j = 0; j < i; j++)
                if (UNLIKELY(!compare_names(attributes[i], attributes[j])))
                    return twice(reader, attributes[j], attributes[i], error);
        return S_OK;
    }
    if (count > reader->sorted_room && !grow_sorted(reader))
        return error_report(error, E_OUTOFMEMORY, "There is no memory to compare %u attributes.", (unsigned)count);
    memcpy(reader->sorted, attributes, count * sizeof(*attributes));
    sort_pointers(reader->sorted, count, compare_names);
    for (i = 1; i < count; i++)
        if (!compare_names(reader->sorted[i - 1], reader->sorted[i]))
            return twice(reader, reader->sorted[i - 1], reader->sorted[i], error);
    return S_OK;
}

static NOINLINE HRESULT resolve_attributes(WS_XML_READER *reader, WS_ERROR *error)
{
    WS_XML_ATTRIBUTE **attributes = reader->element->attributes;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < reader->attribute_count; i++)
    {
        struct reader_attribute *attribute = (struct reader_attribute *)attributes[i];

        if (UNLIKELY(attribute->shown.isXmlNs))
            continue;
        attribute->shown.ns = (WS_XML_STRING *)&xml_nothing;
        if (LIKELY(!attribute->prefix.length))
            continue;
        if (!(attribute->shown.ns = (WS_XML_STRING *)find_namespace(reader, &attribute->prefix)))
            return undeclared_of(reader, attribute, error);
        if (attribute->shown.ns == &xml_namespace_xml &&
            (hr = remember_xml_attribute(reader, attribute, error)) != S_OK)
            return hr;
    }
    return reader->attribute_count > 1 ? check_unique(reader, error) : S_OK;
}

/* --- Elements --- */

static COLD HRESULT too_deep(WS_XML_READER *reader, WS_ERROR *error)
{
    return reader_report(reader, WS_E_QUOTA_EXCEEDED, error,
                         "Elements are nested deeper than WS_XML_READER_PROPERTY_MAX_DEPTH allows: %u.",
                         (unsigned)reader->properties.max_depth);
}

HRESULT reader_start_element(WS_XML_READER *reader, const BYTE *name, ULONG name_length, bool empty, WS_ERROR *error)
{
    struct reader_element *element = reader->element;
    const WS_XML_STRING *ns;
    HRESULT hr;

    if (UNLIKELY(reader->scope.depth >= reader->properties.max_depth))
        return too_deep(reader, error);
    if ((hr = scope_open(&reader->scope, name, name_length, reader->transient, error)) != S_OK)
        return hr;
    if (UNLIKELY(reader->xmlns_count) && (hr = declare_namespaces(reader, error)) != S_OK)
        return hr;
    ns = element->prefix.length ? find_namespace(reader, &element->prefix) : scope_default(&reader->scope);
    if (UNLIKELY(!ns))
        return undeclared(reader, error);
    if (UNLIKELY(ns == &xml_namespace_xmlns))
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "An element must not have the prefix \"xmlns\".");
    if (reader->attribute_count && (hr = resolve_attributes(reader, error)) != S_OK)
        return hr;
    element->shown.ns = (WS_XML_STRING *)ns;
    element->shown.attributes = element->attributes;
    element->shown.attributeCount = reader->attribute_count;
    element->shown.isEmpty = empty;
    return S_OK;
}
