/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * prefixes.c - the start tag: the choice of prefixes, declarations, conflicts.
 *
 * Prefixes are decided when a start tag is committed, because only then everything on it is known. In this order:
 *
 *   1. Declarations that the caller wrote with a prefix come into scope. The same one twice counts once.
 *   2. Prefixes that the caller gave are used. One that is not bound to its namespace is declared; one that is bound
 *      to another namespace on this very start tag, or used for another one there, is a conflict: WS_E_INVALID_FORMAT.
 *   3. Where the caller gave none, a prefix in scope is used. If there is none, an element declares its namespace as
 *      the default one, or, if the default namespace is taken, like an attribute: with a prefix a, b, ..., z, a1, ...
 *      that is not in scope.
 *   4. A declaration that the caller wrote without a prefix is one of the default namespace; if that is taken, it gets
 *      a prefix like an attribute; if the namespace has a prefix already, nothing is declared.
 *
 * What the caller gave is checked here, too: conflicts are found only when all is known.
 *
 * The encoder gets first the attributes, in the order of the calls, then the declarations of 1, in the order of the
 * calls, then those that names need: the element's, and the attributes' in their order; last those of 4.
 *
 * All this was observed on Windows, except what is done in 4 if the default namespace is taken or the namespace has a
 * prefix, which is our choice.
 */
/* clang-format on */
#include "xml/writer/start_tag.h"

#include "base/error.h"
#include "xml/value.h"
#include "xml/writer/check.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

#include <stdio.h>

/* --- The start tag --- */

/* A start tag while its prefixes are chosen. */
struct resolution
{
    WS_XML_WRITER *writer;
    size_t first;                         /* bindings from here on are declared on it */
    size_t count;                         /* entries, not counting those that are added here */
    unsigned roles;                       /* those of the entries, as bits */
    size_t written;                       /* attributes and declarations that it has so far */
    bool default_is_none;                 /* something on it relies on there being no default namespace */
    struct writer_attribute *for_element; /* the declaration that the element needs */
};

static bool is_declared_here(const struct resolution *tag, const struct writer_binding *binding)
{
    return binding && (size_t)(binding - tag->writer->bindings) >= tag->first;
}

/* Whether a prefix, which has this binding, is used on this start tag: declared on it, or relied on there. */
static bool has_meaning(const struct resolution *tag, const WS_XML_STRING *prefix, const struct writer_binding *binding)
{
    return is_declared_here(tag, binding) || (binding && binding->pinned == tag->writer->start_tags) ||
           (!prefix->length && tag->default_is_none);
}

static bool is_taken(const struct resolution *tag, const WS_XML_STRING *prefix)
{
    return has_meaning(tag, prefix, writer_find_binding(tag->writer, prefix));
}

/* A role that puts nothing on the start tag, or only if needed: then declare() counts it. */
static bool is_note(enum writer_role role)
{
    return role == ROLE_NAMESPACE || role == ROLE_RELIES || role == ROLE_REACHES || role == ROLE_OFFERED;
}

/* An entry that has a prefix and a namespace, and neither name nor value. */
static HRESULT add_unnamed(WS_XML_WRITER *writer, enum writer_role role, struct writer_attribute **ret, WS_ERROR *error)
{
    struct writer_attribute *added;
    HRESULT hr = writer_add_attribute(writer, &added, error);

    if (hr != S_OK)
        return hr;
    added->role = role;
    added->shown.isXmlNs = TRUE;
    added->shown.localName = NULL;
    added->shown.value = NULL;
    *ret = added;
    return S_OK;
}

HRESULT writer_add_entry(WS_XML_WRITER *writer, enum writer_role role, const WS_XML_STRING *prefix,
                         const WS_XML_STRING *ns, struct writer_attribute **entry, WS_ERROR *error)
{
    struct writer_attribute *added;
    HRESULT hr;

    if ((hr = add_unnamed(writer, role, &added, error)) != S_OK)
        return hr;
    writer->prefixes_are_known = false;
    writer->note_count += is_note(role);
    *entry = added;
    if (prefix && (hr = writer_copy_string(writer, prefix, &added->prefix, error)) != S_OK)
        return hr;
    return writer_copy_string(writer, ns, &added->ns, error);
}

/* Refuses a prefix and a namespace that can never go together, whatever is in scope. */
static HRESULT check_pair(const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error)
{
    if (!prefix->length)
    {
        if (xml_string_equals(ns, &xml_namespace_xml) || xml_string_equals(ns, &xml_namespace_xmlns))
            return error_report(error, WS_E_INVALID_FORMAT, "The namespace \"%s\" cannot be the default namespace.",
                                writer_show(ns).text);
        return S_OK;
    }
    if (!ns->length)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The prefix \"%s\" needs a namespace, and the one given is empty.",
                            writer_show(prefix).text);
    if (xml_string_equals(prefix, &xml_prefix_xmlns) || xml_string_equals(ns, &xml_namespace_xmlns) ||
        xml_string_equals(prefix, &xml_prefix_xml) != xml_string_equals(ns, &xml_namespace_xml))
        return error_report(error, WS_E_INVALID_FORMAT, "The prefix \"%s\" cannot stand for the namespace \"%s\".",
                            writer_show(prefix).text, writer_show(ns).text);
    return S_OK;
}

/* Declares a prefix, with an attribute that the caller did not write, for something that needs it. */
static HRESULT declare(struct resolution *tag, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                       struct writer_attribute **needs, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_attribute *attribute;
    HRESULT hr;

    if (tag->written >= writer->properties.max_attributes)
        return error_report(
            error, WS_E_QUOTA_EXCEEDED,
            "The writer's MAX_ATTRIBUTES is %u: the declaration of \"%s\" that is needed would exceed it.",
            (unsigned)writer->properties.max_attributes, writer_show(ns).text);
    if ((hr = writer_push_binding(writer, prefix, ns, error)) != S_OK ||
        (hr = add_unnamed(writer, ROLE_NEEDED, &attribute, error)) != S_OK)
        return hr;
    writer->bindings[writer->binding_count - 1].pinned = writer->start_tags;
    attribute->prefix = writer->bindings[writer->binding_count - 1].prefix;
    attribute->ns = writer->bindings[writer->binding_count - 1].ns;
    *needs = attribute;
    tag->written++;
    return S_OK;
}

static COLD HRESULT conflict(const WS_XML_STRING *prefix, const WS_XML_STRING *bound, const WS_XML_STRING *ns,
                             WS_ERROR *error)
{
    if (!prefix->length)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "On one start tag the default namespace cannot be both \"%s\" and \"%s\".",
                            bound ? writer_show(bound).text : "", writer_show(ns).text);
    return error_report(error, WS_E_INVALID_FORMAT,
                        "On one start tag the prefix \"%s\" cannot stand both for \"%s\" and for \"%s\".",
                        writer_show(prefix).text, bound ? writer_show(bound).text : "", writer_show(ns).text);
}

/* Sees to it that a prefix that the caller gave is bound to its namespace on this start tag. */
static HRESULT need(struct resolution *tag, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                    struct writer_attribute **needs, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_binding *binding = writer_find_binding(writer, prefix);
    const WS_XML_STRING *bound = binding ? &binding->ns : writer_find_prefix(writer, prefix);
    HRESULT hr;

    if (bound && xml_string_equals(bound, ns))
    {
        if (binding)
            binding->pinned = writer->start_tags;
        else if (!prefix->length)
            tag->default_is_none = true;
        return S_OK;
    }
    if ((hr = check_pair(prefix, ns, error)) != S_OK)
        return hr;
    return has_meaning(tag, prefix, binding) ? conflict(prefix, bound, ns, error)
                                             : declare(tag, prefix, ns, needs, error);
}

WS_XML_STRING writer_generate_prefix(ULONG number, BYTE text[WRITER_GENERATED_ROOM])
{
    WS_XML_STRING prefix = {1, text, NULL, 0};

    if (number < 26)
        text[0] = (BYTE)('a' + number);
    else
        prefix.length = (ULONG)snprintf((char *)text, WRITER_GENERATED_ROOM, "%c%u", 'a' + (int)(number % 26),
                                        (unsigned)number / 26);
    return prefix;
}

/* Generates a prefix for a namespace, and declares it. The result is in the last binding. */
static HRESULT make_up(struct resolution *tag, const WS_XML_STRING *ns, struct writer_attribute **needs,
                       WS_ERROR *error)
{
    BYTE text[WRITER_GENERATED_ROOM];
    WS_XML_STRING prefix;

    do
        prefix = writer_generate_prefix(tag->writer->generated_prefixes++, text);
    while (writer_find_binding(tag->writer, &prefix));
    return declare(tag, &prefix, ns, needs, error);
}

/* --- What the caller gave --- */

static COLD HRESULT unusable(const WS_XML_STRING *ns, const char *what, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "The namespace \"%s\" cannot be that of an %s.",
                        writer_show(ns).text, what);
}

/* The declarations with a prefix. */
static HRESULT resolve_declarations(struct resolution *tag, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_attribute *entry;
    struct writer_binding *binding;
    HRESULT hr;
    size_t i;

    for (i = 0; i < tag->count; i++)
    {
        entry = writer->attributes[i];
        entry->needs = NULL;
        tag->roles |= 1u << entry->role;
        tag->written += entry->role == ROLE_ATTRIBUTE || entry->role == ROLE_DECLARATION;
        if (entry->role != ROLE_DECLARATION)
            continue;
        binding = writer_find_binding(writer, &entry->prefix);
        if (is_declared_here(tag, binding))
        {
            if (!xml_string_equals(&binding->ns, &entry->ns))
                return conflict(&entry->prefix, &binding->ns, &entry->ns, error);
            entry->role = ROLE_DROPPED;
            tag->written--;
            continue;
        }
        if ((hr = check_pair(&entry->prefix, &entry->ns, error)) != S_OK ||
            (hr = writer_push_binding(writer, &entry->prefix, &entry->ns, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* The names that have a prefix. Invalid names have been refused before. */
static HRESULT resolve_element(struct resolution *tag, WS_ERROR *error)
{
    struct writer_element *element = &tag->writer->elements[tag->writer->depth - 1];

    return need(tag, &element->prefix, &element->ns, &tag->for_element, error);
}

static HRESULT resolve_attribute(struct resolution *tag, struct writer_attribute *attribute, WS_ERROR *error)
{
    if (attribute->choose_prefix)
        return xml_string_equals(&attribute->ns, &xml_namespace_xmlns) ? unusable(&attribute->ns, "attribute", error)
                                                                       : S_OK;
    if (attribute->prefix.length)
        return need(tag, &attribute->prefix, &attribute->ns, &attribute->needs, error);
    if (attribute->ns.length)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The attribute \"%s\" has an empty prefix, and so cannot be in the namespace \"%s\".",
                            writer_show(&attribute->local).text, writer_show(&attribute->ns).text);
    if (xml_string_equals(&attribute->local, &xml_prefix_xmlns))
        return error_report(
            error, WS_E_INVALID_FORMAT,
            "A namespace declaration cannot be written as an attribute: WsWriteXmlnsAttribute writes one.");
    return S_OK;
}

/* A prefix that a value relies on. */
static HRESULT resolve_note(struct resolution *tag, struct writer_attribute *note, WS_ERROR *error)
{
    return need(tag, &note->prefix, &note->ns, &note->needs, error);
}

/* A prefix that a value may rely on. */
static HRESULT resolve_offer(struct resolution *tag, struct writer_attribute *note, WS_ERROR *error)
{
    const WS_XML_WRITER *writer = tag->writer;

    if (writer_is_bound(tag->writer, &note->prefix, &note->ns) || is_taken(tag, &note->prefix) ||
        check_pair(&note->prefix, &note->ns, NULL) != S_OK || tag->written >= writer->properties.max_attributes ||
        writer->counted >= writer->properties.max_namespaces)
        return S_OK;
    return declare(tag, &note->prefix, &note->ns, &note->needs, error);
}

/* What has no prefix, and can only have the empty one, since it is in no namespace. */
static HRESULT resolve_no_namespace(struct resolution *tag, struct writer_attribute *entry, WS_ERROR *error)
{
    return entry->ns.length ? S_OK : need(tag, &xml_empty, &xml_empty, &entry->needs, error);
}

/* --- What the writer chooses --- */

/* Uses a binding, which nothing that comes later on this start tag may hide. */
static void use_prefix(struct resolution *tag, const WS_XML_STRING *found, WS_XML_STRING *prefix)
{
    struct writer_binding *binding = writer_find_binding(tag->writer, found);

    if (binding)
        binding->pinned = tag->writer->start_tags;
    *prefix = *found;
}

static HRESULT choose_for_element(struct resolution *tag, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    struct writer_element *element = &writer->elements[writer->depth - 1];
    const WS_XML_STRING *found;
    HRESULT hr;

    element->prefix = xml_empty;
    if (!element->ns.length)
        return need(tag, &xml_empty, &xml_empty, &tag->for_element, error);
    if (xml_string_equals(&element->ns, &xml_namespace_xmlns))
        return unusable(&element->ns, "element", error);
    /* The parent's, if that is in the same namespace: so children look the same, with attributes or without. */
    if (writer->depth > 1 && xml_string_equals(&element[-1].ns, &element->ns) &&
        (found = writer_find_prefix(writer, &element[-1].prefix)) && xml_string_equals(found, &element->ns))
    {
        use_prefix(tag, &element[-1].prefix, &element->prefix);
        return S_OK;
    }
    if ((found = writer_find_namespace(writer, &element->ns, false)))
    {
        use_prefix(tag, found, &element->prefix);
        return S_OK;
    }
    if (!is_taken(tag, &xml_empty))
        return declare(tag, &xml_empty, &element->ns, &tag->for_element, error);
    if ((hr = make_up(tag, &element->ns, &tag->for_element, error)) == S_OK)
        element->prefix = writer->bindings[writer->binding_count - 1].prefix;
    return hr;
}

static HRESULT choose_for_attribute(struct resolution *tag, struct writer_attribute *attribute, WS_ERROR *error)
{
    const WS_XML_STRING *found;
    HRESULT hr;

    if (!attribute->choose_prefix)
        return S_OK;
    if (!(found = writer_find_namespace(tag->writer, &attribute->ns, true)))
    {
        if ((hr = make_up(tag, &attribute->ns, &attribute->needs, error)) != S_OK)
            return hr;
        found = &tag->writer->bindings[tag->writer->binding_count - 1].prefix;
    }
    attribute->prefix = *found;
    return S_OK;
}

/* A namespace for which a value needs a prefix: one in scope, the one that was asked for, or any. */
static HRESULT choose_for_note(struct resolution *tag, struct writer_attribute *note, WS_ERROR *error)
{
    if (!note->ns.length || (!note->choose_prefix && writer_is_bound(tag->writer, &note->prefix, &note->ns)))
        return S_OK;
    if (!note->choose_prefix && !is_taken(tag, &note->prefix))
        return declare(tag, &note->prefix, &note->ns, &note->needs, error);
    return writer_find_namespace(tag->writer, &note->ns, false) ? S_OK : make_up(tag, &note->ns, &note->needs, error);
}

/* A declaration whose prefix the writer chooses. */
static HRESULT choose_for_namespace(struct resolution *tag, struct writer_attribute *entry, WS_ERROR *error)
{
    if (writer_find_namespace(tag->writer, &entry->ns, false))
        return S_OK;
    if (!is_taken(tag, &xml_empty))
        return declare(tag, &xml_empty, &entry->ns, &entry->needs, error);
    return make_up(tag, &entry->ns, &entry->needs, error);
}

/* Does something with all entries of a role. */
static HRESULT for_each(struct resolution *tag, enum writer_role role,
                        HRESULT (*decide)(struct resolution *, struct writer_attribute *, WS_ERROR *), WS_ERROR *error)
{
    HRESULT hr = S_OK;
    size_t i;

    if (!(tag->roles & 1u << role))
        return S_OK;
    /* Adding a declaration may move the array. */
    for (i = 0; i < tag->count && hr == S_OK; i++)
        if (tag->writer->attributes[i]->role == role)
            hr = decide(tag, tag->writer->attributes[i], error);
    return hr;
}

/* Decides everything, in the order at the head of this file. */
static HRESULT resolve_all(struct resolution *tag, WS_ERROR *error)
{
    bool chosen = tag->writer->choose_prefix;
    HRESULT hr;

    if ((hr = resolve_declarations(tag, error)) != S_OK || (!chosen && (hr = resolve_element(tag, error)) != S_OK) ||
        (hr = for_each(tag, ROLE_ATTRIBUTE, resolve_attribute, error)) != S_OK ||
        (hr = for_each(tag, ROLE_RELIES, resolve_note, error)) != S_OK ||
        (hr = for_each(tag, ROLE_OFFERED, resolve_offer, error)) != S_OK ||
        (hr = for_each(tag, ROLE_NAMESPACE, resolve_no_namespace, error)) != S_OK ||
        (chosen && (hr = choose_for_element(tag, error)) != S_OK) ||
        (hr = for_each(tag, ROLE_ATTRIBUTE, choose_for_attribute, error)) != S_OK ||
        (hr = for_each(tag, ROLE_REACHES, choose_for_note, error)) != S_OK)
        return hr;
    return for_each(tag, ROLE_NAMESPACE, choose_for_namespace, error);
}

/* --- What the encoder gets --- */

static bool same_name(const struct writer_attribute *a, const struct writer_attribute *b)
{
    return writer_same(&a->local, &b->local) && writer_same(&a->ns, &b->ns);
}

static COLD HRESULT twice(const WS_XML_WRITER *writer, const struct writer_attribute *attribute, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "The attribute \"%s\" is written twice on the element \"%s\".",
                        writer_show(&attribute->local).text,
                        writer_show(&writer->elements[writer->depth - 1].local).text);
}

/* Of many attributes: through a hash table. */
static HRESULT check_many_twice(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_attribute *attribute, **table;
    size_t size = 64, i, place;
    uint32_t hash;
    void *memory;
    HRESULT hr;

    while (size < writer->attribute_count * 2)
        size *= 2;
    if ((hr = writer_alloc(writer, size * sizeof(*table), &memory, error)) != S_OK)
        return hr;
    table = memory;
    memset(table, 0, size * sizeof(*table));
    for (i = 0; i < writer->attribute_count; i++)
    {
        attribute = writer->attributes[i];
        if (attribute->role != ROLE_ATTRIBUTE)
            continue;
        hash = xml_hash(writer->hash_seed, attribute->ns.bytes, attribute->ns.length);
        hash = xml_hash(hash, attribute->local.bytes, attribute->local.length);
        for (place = hash & (size - 1); table[place]; place = (place + 1) & (size - 1))
            if (same_name(attribute, table[place]))
                return twice(writer, attribute, error);
        table[place] = attribute;
    }
    return S_OK;
}

/* The same attribute twice is not well-formed. A few are compared with each other. */
static HRESULT check_twice(WS_XML_WRITER *writer, WS_ERROR *error)
{
    size_t count = writer->attribute_count, i, j;

    if (count > 16)
        return check_many_twice(writer, error);
    for (i = 1; i < count; i++)
        for (j = 0; j < i && writer->attributes[i]->role == ROLE_ATTRIBUTE; j++)
            if (writer->attributes[j]->role == ROLE_ATTRIBUTE &&
                same_name(writer->attributes[i], writer->attributes[j]))
                return twice(writer, writer->attributes[i], error);
    return S_OK;
}

HRESULT writer_name_as_characters(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *name, WS_XML_UTF8_TEXT *text,
                                  WS_ERROR *error)
{
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    writer->arena_used = true;
    if ((hr = text_to_utf8(&name->text, &writer->arena, &bytes, &length, error)) != S_OK ||
        (hr = writer_check_chars_utf8(writer, bytes, length, error)) != S_OK)
        return hr;
    memset(text, 0, sizeof(*text));
    text->text.textType = WS_XML_TEXT_TYPE_UTF8;
    text->value.bytes = (BYTE *)bytes;
    text->value.length = (ULONG)length;
    return S_OK;
}

HRESULT writer_settle_name(WS_XML_WRITER *writer, union xml_text *text, WS_ERROR *error)
{
    WS_XML_UTF8_TEXT characters;
    HRESULT hr;

    if (writer_is_bound(writer, text->qname.prefix, text->qname.ns))
        return S_OK;
    if ((hr = writer_name_as_characters(writer, &text->qname, &characters, error)) == S_OK)
        text->utf8 = characters;
    return hr;
}

static bool is_text(const WS_XML_TEXT *text, const char *ascii)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    size_t length = strlen(ascii), i;
    WCHAR c;

    if (text->textType == WS_XML_TEXT_TYPE_UTF8)
        return utf8->value.length == length && !memcmp(utf8->value.bytes, ascii, length);
    if (text->textType != WS_XML_TEXT_TYPE_UTF16 || utf16->byteCount != length * 2)
        return false;
    for (i = 0; i < length; i++)
    {
        memcpy(&c, utf16->bytes + i * 2, 2);
        if (c != (BYTE)ascii[i])
            return false;
    }
    return true;
}

/* Examines the value of an attribute, now that all prefixes are known. */
static HRESULT look_at_value(WS_XML_WRITER *writer, struct writer_attribute *attribute, WS_ERROR *error)
{
    static const WS_XML_STRING space = {5, (BYTE *)"space", NULL, 0};
    const WS_XML_TEXT *value = attribute->shown.value;

    if (attribute->ns.length && xml_string_equals(&attribute->local, &space) &&
        xml_string_equals(&attribute->ns, &xml_namespace_xml))
        writer->elements[writer->depth - 1].preserve_space = is_text(value, "preserve");
    return value->textType == WS_XML_TEXT_TYPE_QNAME ? writer_settle_name(writer, &attribute->value, error) : S_OK;
}

/* The declarations, in their order. Returns where the next one would go. */
static WS_XML_ATTRIBUTE **show_declarations(const struct resolution *tag, WS_XML_ATTRIBUTE **shown)
{
    struct writer_attribute **entries = tag->writer->attributes;
    size_t i;

    for (i = 0; i < tag->count && tag->roles & 1u << ROLE_DECLARATION; i++)
        if (entries[i]->role == ROLE_DECLARATION && !entries[i]->existing)
            *shown++ = &entries[i]->shown;
    if (tag->writer->attribute_count == tag->count)
        return shown; /* none was added */
    if (tag->for_element)
        *shown++ = &tag->for_element->shown;
    for (i = 0; i < tag->count; i++)
        if (entries[i]->role != ROLE_NAMESPACE && entries[i]->needs)
            *shown++ = &entries[i]->needs->shown;
    for (i = 0; i < tag->count && tag->roles & 1u << ROLE_NAMESPACE; i++)
        if (entries[i]->role == ROLE_NAMESPACE && entries[i]->needs)
        {
            entries[i]->needs->shown.singleQuote = entries[i]->shown.singleQuote;
            *shown++ = &entries[i]->needs->shown;
        }
    return shown;
}

/* Fills in what the encoder gets; for an element that is in the buffer already, what it does not have yet. */
static HRESULT show(const struct resolution *tag, WS_ERROR *error)
{
    WS_XML_WRITER *writer = tag->writer;
    WS_XML_ATTRIBUTE **shown = writer->shown_attributes;
    struct writer_attribute *entry;
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; i < tag->count && hr == S_OK; i++)
    {
        entry = writer->attributes[i];
        if (entry->role != ROLE_ATTRIBUTE || entry->existing)
            continue;
        *shown++ = &entry->shown;
        hr = look_at_value(writer, entry, error);
    }
    shown = show_declarations(tag, shown);
    writer->shown.attributeCount = (ULONG)(shown - writer->shown_attributes);
    return hr;
}

/* The common case: nothing on the tag can rebind the prefix, and none is to be chosen. */
static HRESULT resolve_plain(WS_XML_WRITER *writer, WS_ERROR *error)
{
    size_t i;

    for (i = 0; i < writer->attribute_count; i++)
        writer->shown_attributes[i] = &writer->attributes[i]->shown;
    writer->shown.attributeCount = (ULONG)writer->attribute_count;
    return writer->attribute_count > 1 ? check_twice(writer, error) : S_OK;
}

HRESULT writer_resolve(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct resolution tag = {.writer = writer, .first = writer->binding_count, .count = writer->attribute_count};
    HRESULT hr;

    if (LIKELY(writer->prefixes_are_known))
        return resolve_plain(writer, error);
    writer->start_tags++;
    if ((hr = resolve_all(&tag, error)) != S_OK ||
        (writer->attribute_count > 1 && (hr = check_twice(writer, error)) != S_OK))
        return hr;
    return show(&tag, error);
}
