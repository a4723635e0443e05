/* SPDX-License-Identifier: MIT */
/*
 * writer_scope.c - the namespaces in scope, and the choice of prefixes.
 *
 * Prefixes are decided when a start tag is committed, because only then all is known that is on it. In this order:
 *
 *   1. Declarations that the caller wrote come into scope.
 *   2. Prefixes that the caller gave are used. One that is not bound to its namespace is declared; one that is bound
 *      to another namespace on this very start tag, or used for another one there, is a conflict: WS_E_INVALID_FORMAT.
 *   3. Where the caller gave none, a prefix in scope is used. If there is none, an element declares its namespace as
 *      the default one, or, if the default namespace is taken, like an attribute: with a prefix a, b, ..., z, a1, ...
 *      that is not in scope.
 *
 * Lookups are linear in the declarations in scope, which MAX_NAMESPACES limits, to 32 unless the caller wants more.
 */
#include "xml/writer.h"

#include "base/error.h"

#include <stdio.h>

COLD HRESULT writer_check_name_slow(const WS_XML_STRING *name, const char *what, WS_ERROR *error)
{
    return xml_check_ncname(name->bytes, name->length, what, error);
}

struct shown_name writer_show(const WS_XML_STRING *string)
{
    struct shown_name name;
    size_t i, length = string->length < sizeof(name.text) ? string->length : sizeof(name.text) - 1;

    for (i = 0; i < length; i++)
        name.text[i] = string->bytes[i] >= 0x20 && string->bytes[i] < 0x7f ? (char)string->bytes[i] : '?';
    name.text[i] = 0;
    return name;
}

/* --- Bindings --- */

const WS_XML_STRING *writer_find_prefix(WS_XML_WRITER *writer, const WS_XML_STRING *prefix)
{
    struct writer_binding *binding = writer_find_binding(writer, prefix);

    if (binding)
        return &binding->ns;
    if (xml_string_equals(prefix, &xml_prefix_xml))
        return &xml_namespace_xml;
    return prefix->length ? NULL : &xml_empty;
}

const WS_XML_STRING *writer_find_namespace(WS_XML_WRITER *writer, const WS_XML_STRING *ns, bool not_empty)
{
    struct writer_binding *binding;
    size_t i = writer->binding_count;

    while (i--)
    {
        binding = &writer->bindings[i];
        if (writer_same(&binding->ns, ns) && (binding->prefix.length || !not_empty) &&
            writer_find_binding(writer, &binding->prefix) == binding)
            return &binding->prefix;
    }
    if (xml_string_equals(ns, &xml_namespace_xml))
        return &xml_prefix_xml;
    if (xml_string_equals(ns, &xml_namespace_xmlns))
        return &xml_prefix_xmlns;
    return !ns->length && !not_empty && !writer_find_binding(writer, &xml_empty) ? &xml_empty : NULL;
}

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

HRESULT writer_push_binding(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, bool made_up,
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
    writer->made_up += made_up;
    return S_OK;
}

/* --- The start tag --- */

/* A start tag while its prefixes are chosen. */
struct resolution
{
    WS_XML_WRITER *writer;
    size_t first;         /* bindings from here on are declared on it */
    bool default_is_none; /* something on it relies on there being no default namespace */
};

static bool is_declared_here(const struct resolution *tag, const struct writer_binding *binding)
{
    return binding && (size_t)(binding - tag->writer->bindings) >= tag->first;
}

/* Declares a prefix, with an attribute that the caller did not write. */
static HRESULT declare(struct resolution *tag, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, bool made_up,
                       WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_attribute *attribute;
    HRESULT hr;

    if (writer->attribute_count >= writer->properties.max_attributes)
        return error_report(
            error, WS_E_QUOTA_EXCEEDED,
            "The writer's MAX_ATTRIBUTES is %u: the declaration of \"%s\" that is needed would exceed it.",
            (unsigned)writer->properties.max_attributes, writer_show(ns).text);
    if ((hr = writer_push_binding(writer, prefix, ns, made_up, error)) != S_OK ||
        (hr = writer_add_attribute(writer, &attribute, error)) != S_OK)
        return hr;
    writer->bindings[writer->binding_count - 1].pinned = writer->start_tags;
    attribute->shown.isXmlNs = TRUE;
    attribute->shown.localName = NULL;
    attribute->shown.value = NULL;
    attribute->prefix = writer->bindings[writer->binding_count - 1].prefix;
    attribute->ns = writer->bindings[writer->binding_count - 1].ns;
    return S_OK;
}

/* Makes a prefix that the caller gave mean its namespace on this start tag. */
static HRESULT need(struct resolution *tag, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, bool may_declare,
                    WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_binding *binding = writer_find_binding(writer, prefix);
    const WS_XML_STRING *bound = binding ? &binding->ns : writer_find_prefix(writer, prefix);

    if (bound && xml_string_equals(bound, ns))
    {
        if (binding)
            binding->pinned = writer->start_tags;
        else if (!prefix->length)
            tag->default_is_none = true;
        return S_OK;
    }
    if (!may_declare || is_declared_here(tag, binding) || (binding && binding->pinned == writer->start_tags) ||
        (!prefix->length && tag->default_is_none))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "On one start tag the prefix \"%s\" cannot stand both for \"%s\" and for \"%s\".",
                            writer_show(prefix).text, bound ? writer_show(bound).text : "", writer_show(ns).text);
    return declare(tag, prefix, ns, false, error);
}

WS_XML_STRING writer_make_up(ULONG number, BYTE text[WRITER_MADE_UP])
{
    WS_XML_STRING prefix = {1, text, NULL, 0};

    if (number < 26)
        text[0] = (BYTE)('a' + number);
    else
        prefix.length =
            (ULONG)snprintf((char *)text, WRITER_MADE_UP, "%c%u", 'a' + (int)(number % 26), (unsigned)number / 26);
    return prefix;
}

/* Generates a prefix for a namespace, and declares it. The result is in the last binding. */
static HRESULT make_up(struct resolution *tag, const WS_XML_STRING *ns, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    ULONG number = writer->made_up;
    BYTE text[WRITER_MADE_UP];
    WS_XML_STRING prefix;

    do
        prefix = writer_make_up(number++, text);
    while (writer_find_binding(writer, &prefix));
    return declare(tag, &prefix, ns, true, error);
}

static HRESULT choose_for_element(struct resolution *tag, struct writer_element *element, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_binding *binding;
    const WS_XML_STRING *found;
    HRESULT hr;

    element->prefix = xml_empty;
    if (!element->ns.length)
        return need(tag, &xml_empty, &xml_empty, true, error);
    /* The parent's, if that is in the same namespace: so a family looks the same, whoever has attributes. */
    if (writer->depth > 1 && xml_string_equals(&element[-1].ns, &element->ns) &&
        (found = writer_find_prefix(writer, &element[-1].prefix)) && xml_string_equals(found, &element->ns))
    {
        element->prefix = element[-1].prefix;
        return S_OK;
    }
    if ((found = writer_find_namespace(writer, &element->ns, false)))
    {
        element->prefix = *found;
        return S_OK;
    }
    binding = writer_find_binding(writer, &xml_empty);
    if (!is_declared_here(tag, binding) && !tag->default_is_none && !(binding && binding->pinned == writer->start_tags))
        return declare(tag, &xml_empty, &element->ns, false, error);
    if ((hr = make_up(tag, &element->ns, error)) == S_OK)
        element->prefix = writer->bindings[writer->binding_count - 1].prefix;
    return hr;
}

static HRESULT choose_for_attribute(struct resolution *tag, struct writer_attribute *attribute, WS_ERROR *error)
{
    const WS_XML_STRING *found = writer_find_namespace(tag->writer, &attribute->ns, true);
    HRESULT hr;

    if (!found)
    {
        if ((hr = make_up(tag, &attribute->ns, error)) != S_OK)
            return hr;
        found = &tag->writer->bindings[tag->writer->binding_count - 1].prefix;
    }
    attribute->prefix = *found;
    return S_OK;
}

/* Takes what is no attribute, or will not be one, out of the list; its memory goes to the end, to be used again. */
static void remove_attribute(WS_XML_WRITER *writer, size_t index)
{
    struct writer_attribute *removed = writer->attributes[index];

    writer->attribute_count--;
    memmove(&writer->attributes[index], &writer->attributes[index + 1],
            (writer->attribute_count - index) * sizeof(*writer->attributes));
    writer->attributes[writer->attribute_count] = removed;
}

/* Declarations that the caller wrote, with their prefixes or for the writer to choose (`choose`). */
static HRESULT resolve_declarations(struct resolution *tag, bool choose, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_attribute *attribute;
    size_t i, count = writer->attribute_count;
    HRESULT hr;

    for (i = 0; i < count; i++)
    {
        attribute = writer->attributes[i];
        if (!attribute->shown.isXmlNs || attribute->required_only || attribute->choose_prefix != choose)
            continue;
        if (!choose)
        {
            if (is_declared_here(tag, writer_find_binding(writer, &attribute->prefix)))
                return error_report(error, WS_E_INVALID_FORMAT, "The prefix \"%s\" is declared twice on one start tag.",
                                    writer_show(&attribute->prefix).text);
            if ((hr = writer_push_binding(writer, &attribute->prefix, &attribute->ns, false, error)) != S_OK)
                return hr;
        }
        else
        {
            /* One that is needed is made up, at the end of the list; what asked for it goes. */
            if (!writer_find_namespace(writer, &attribute->ns, false) &&
                (hr = make_up(tag, &attribute->ns, error)) != S_OK)
                return hr;
            remove_attribute(writer, i--);
            count--;
        }
    }
    return S_OK;
}

/* A declaration of no namespace, for the writer to choose a prefix: there is only one that can mean it. */
static HRESULT resolve_no_namespace(struct resolution *tag, WS_ERROR *error)
{
    const WS_XML_WRITER *writer = tag->writer;
    size_t i;

    for (i = 0; i < writer->attribute_count; i++)
        if (writer->attributes[i]->shown.isXmlNs && writer->attributes[i]->choose_prefix &&
            !writer->attributes[i]->required_only && !writer->attributes[i]->ns.length)
            return need(tag, &xml_empty, &xml_empty, true, error);
    return S_OK;
}

static HRESULT resolve_given(struct resolution *tag, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_element *element = &writer->elements[writer->depth - 1];
    struct writer_attribute *attribute;
    size_t i, count = writer->attribute_count;
    HRESULT hr;

    if (!writer->choose_prefix && (hr = need(tag, &element->prefix, &element->ns, true, error)) != S_OK)
        return hr;
    for (i = 0; i < count; i++)
    {
        attribute = writer->attributes[i];
        if (!attribute->shown.isXmlNs && !attribute->choose_prefix && attribute->prefix.length &&
            (hr = need(tag, &attribute->prefix, &attribute->ns, true, error)) != S_OK)
            return hr;
    }
    for (i = 0; i < count; i++)
    {
        attribute = writer->attributes[i];
        if (!attribute->required_only)
            continue;
        if ((hr = need(tag, &attribute->prefix, &attribute->ns, false, error)) != S_OK)
            return hr;
        remove_attribute(writer, i--);
        count--;
    }
    return S_OK;
}

static bool same_name(const struct writer_attribute *a, const struct writer_attribute *b)
{
    return a->local.length == b->local.length && block_equal(a->local.bytes, b->local.bytes, a->local.length) &&
           xml_string_equals(&a->ns, &b->ns);
}

static COLD HRESULT twice(const WS_XML_WRITER *writer, const struct writer_attribute *attribute, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "The attribute \"%s\" is written twice on the element \"%s\".",
                        writer_show(&attribute->local).text,
                        writer_show(&writer->elements[writer->depth - 1].local).text);
}

/* The same attribute twice is not well-formed. A few are compared with each other, many through a hash table. */
static HRESULT check_twice(WS_XML_WRITER *writer, WS_ERROR *error)
{
    size_t count = writer->attribute_count, size = 64, i, j;
    struct writer_attribute *attribute, **table;
    void *memory;
    HRESULT hr;

    if (count <= 16)
    {
        for (i = 1; i < count; i++)
            for (j = 0; j < i && !writer->attributes[i]->shown.isXmlNs; j++)
                if (!writer->attributes[j]->shown.isXmlNs && same_name(writer->attributes[i], writer->attributes[j]))
                    return twice(writer, writer->attributes[i], error);
        return S_OK;
    }
    for (i = 0; i < count; i++)
    {
        size_t hash = 5381;

        attribute = writer->attributes[i];
        for (j = 0; j < attribute->local.length; j++)
            hash = hash * 33 + attribute->local.bytes[j];
        attribute->hash = hash;
    }
    while (size < count * 2)
        size *= 2;
    if ((hr = writer_alloc(writer, size * sizeof(*table), &memory, error)) != S_OK)
        return hr;
    table = memory;
    memset(table, 0, size * sizeof(*table));
    for (i = 0; i < count; i++)
    {
        attribute = writer->attributes[i];
        if (attribute->shown.isXmlNs)
            continue;
        for (j = (attribute->hash ^ attribute->hash >> 15) & (size - 1); table[j]; j = (j + 1) & (size - 1))
            if (same_name(attribute, table[j]))
                return twice(writer, attribute, error);
        table[j] = attribute;
    }
    return S_OK;
}

HRESULT writer_resolve(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_element *element = &writer->elements[writer->depth - 1];
    struct resolution tag = {writer, writer->binding_count, false};
    size_t i, count;
    HRESULT hr;

    /* Nothing that could change what the prefix means, and none to choose. */
    if (LIKELY(writer->plain && writer->resolved))
        return writer->attribute_count > 1 ? check_twice(writer, error) : S_OK;
    writer->start_tags++;
    if ((hr = resolve_declarations(&tag, false, error)) != S_OK || (hr = resolve_given(&tag, error)) != S_OK ||
        (hr = resolve_no_namespace(&tag, error)) != S_OK)
        return hr;
    if (writer->choose_prefix && (hr = choose_for_element(&tag, element, error)) != S_OK)
        return hr;
    for (i = 0, count = writer->attribute_count; i < count; i++)
        if (writer->attributes[i]->choose_prefix && !writer->attributes[i]->shown.isXmlNs &&
            (hr = choose_for_attribute(&tag, writer->attributes[i], error)) != S_OK)
            return hr;
    if ((hr = resolve_declarations(&tag, true, error)) != S_OK)
        return hr;
    if (writer->attribute_count > 1 && (hr = check_twice(writer, error)) != S_OK)
        return hr;
    return UNLIKELY(writer->reopened) ? S_FALSE : S_OK;
}
