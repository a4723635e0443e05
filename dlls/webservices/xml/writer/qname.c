/* SPDX-License-Identifier: MIT */
/*
 * qname.c - qualified names as text, which rely on what their prefix is bound to.
 *
 * A name with a prefix is written as it is: what the prefix means is the caller's business (observed on Windows). Its
 * local name can be any text, as for readers. It keeps its type, and so its meaning, only if that is a name, and the
 * prefix is bound to the namespace that the caller gives; else it is written as characters, because a value of type
 * QNAME whose prefix has another meaning could not be read. In text the two are the same.
 *
 * A name without a prefix gets one that is bound to its namespace. In content the start tag before it is committed
 * first, and so counts. In an attribute the start tag is still open: the prefixes that the caller gave on it count;
 * else the choice is noted among its entries, so that nothing later on it can give the prefix another meaning.
 */
#include "xml/writer/writer.h"

#include "base/error.h"
#include "xml/value.h"
#include "xml/writer/check.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

/* --- Prefixes --- */

static COLD HRESULT no_prefix(const WS_XML_STRING *ns, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT,
                        "There is no prefix in scope for the namespace \"%s\" of a qualified name.",
                        writer_show(ns).text);
}

/* Whether the pending start tag will bind a prefix to another namespace, as far as the caller has said. */
static HRESULT check_pending(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                             bool *is_other, WS_ERROR *error)
{
    const struct writer_element *element = &writer->elements[writer->depth - 1];
    const struct writer_attribute *entry;
    HRESULT hr;

    if (!writer->choose_prefix && writer_same(&element->prefix, prefix))
    {
        *is_other = !writer_same(&element->ns, ns);
        return S_OK;
    }
    /* An element in no namespace will have the empty prefix. */
    if (writer->choose_prefix && !element->ns.length && !prefix->length)
    {
        *is_other = ns->length != 0;
        return S_OK;
    }
    if ((hr = writer_find_entry(writer, KEY_PREFIX, prefix, &entry, error)) == S_OK)
        *is_other = entry && !writer_same(&entry->ns, ns);
    return hr;
}

/* Finds a prefix for a namespace in scope, unless the start tag gives it another meaning, and notes the choice. */
static HRESULT find_in_scope(WS_XML_WRITER *writer, const WS_XML_STRING *ns, WS_XML_STRING *prefix, WS_ERROR *error)
{
    const WS_XML_STRING *found = writer_find_namespace(writer, ns, false);
    struct writer_attribute *note;
    bool is_other;
    HRESULT hr;

    if (!found)
        return S_FALSE;
    if ((hr = check_pending(writer, found, ns, &is_other, error)) != S_OK)
        return hr;
    if (is_other)
        return S_FALSE;
    *prefix = *found;
    return writer_add_entry(writer, ROLE_RELIES, found, ns, &note, error);
}

/*
 * Finds a prefix for a namespace while a start tag is pending. What the tag itself binds to it cannot change any more,
 * and needs no note.
 */
static HRESULT find_pending(WS_XML_WRITER *writer, const WS_XML_STRING *ns, WS_XML_STRING *prefix, WS_ERROR *error)
{
    struct writer_element *element = &writer->elements[writer->depth - 1];
    bool is_of_element = writer_same(&element->ns, ns);
    const struct writer_attribute *entry = NULL;
    HRESULT hr;

    if (!writer->choose_prefix && is_of_element)
    {
        *prefix = element->prefix;
        return S_OK;
    }
    if ((hr = writer_find_entry(writer, KEY_NAMESPACE, ns, &entry, error)) != S_OK)
        return hr;
    if (entry)
    {
        *prefix = entry->prefix;
        return S_OK;
    }
    if ((hr = find_in_scope(writer, ns, prefix, error)) != S_FALSE)
        return hr;
    /* The prefix of the element itself, if that is still open: the two share the default namespace. */
    if (!ns->length || !writer->choose_prefix || !is_of_element)
        return no_prefix(ns, error);
    if ((hr = writer_find_entry(writer, KEY_PREFIX, &xml_empty, &entry, error)) != S_OK)
        return hr;
    if (entry)
        return no_prefix(ns, error);
    writer->choose_prefix = writer->prefixes_are_known = false;
    element->prefix = *prefix = xml_empty;
    return S_OK;
}

/* --- Names --- */

/*
 * Takes a qualified name as the value of the attribute; whether it remains one is decided when its start tag is
 * committed.
 */
static HRESULT take_qname(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *text, WS_ERROR *error)
{
    struct writer_attribute *attribute;
    HRESULT hr;

    if ((hr = writer_take_single(writer, &text->text, sizeof(*text), error)) != S_OK)
        return hr;
    writer->prefixes_are_known = false;
    attribute = writer_current_attribute(writer);
    attribute->value.qname.prefix = &attribute->value_names[0];
    attribute->value.qname.localName = &attribute->value_names[1];
    attribute->value.qname.ns = &attribute->value_names[2];
    if ((hr = writer_copy_string(writer, text->prefix, &attribute->value_names[0], error)) != S_OK ||
        (hr = writer_copy_string(writer, text->localName, &attribute->value_names[1], error)) != S_OK)
        return hr;
    return writer_copy_string(writer, text->ns, &attribute->value_names[2], error);
}

/* Whether a name could be of type QNAME: its namespace is given, and the local name is a name. */
static bool has_type(const WS_XML_QNAME_TEXT *name)
{
    return name->ns && name->localName->length && writer_check_name(name->localName, "qualified name", NULL) == S_OK;
}

static HRESULT name_in_attribute(WS_XML_WRITER *writer, WS_XML_QNAME_TEXT *name, WS_ERROR *error)
{
    WS_XML_UTF8_TEXT characters;
    WS_XML_STRING chosen;
    HRESULT hr;

    if ((hr = writer_leave_fast(writer, error)) != S_OK)
        return hr;
    if (!name->prefix)
    {
        if ((hr = find_pending(writer, name->ns, &chosen, error)) != S_OK)
            return hr;
        name->prefix = &chosen;
    }
    if (has_type(name))
        return take_qname(writer, name, error);
    hr = writer_name_as_characters(writer, name, &characters, error);
    return hr == S_OK ? writer_take_single(writer, &characters.text, sizeof(characters), error) : hr;
}

static HRESULT name_in_content(WS_XML_WRITER *writer, WS_XML_QNAME_TEXT *name, WS_ERROR *error)
{
    WS_XML_UTF8_TEXT characters;
    HRESULT hr;

    /* The start tag is committed even if no character follows. */
    if ((hr = writer_begin_content(writer, false, error)) != S_OK)
        return hr;
    if (!name->prefix && !(name->prefix = (WS_XML_STRING *)writer_find_namespace(writer, name->ns, false)))
        return no_prefix(name->ns, error);
    if (!name->prefix->length && !name->localName->length)
        return S_OK;
    if (has_type(name) && writer_is_bound(writer, name->prefix, name->ns))
        return writer_encode_text(writer, &name->text, error);
    hr = writer_name_as_characters(writer, name, &characters, error);
    return hr == S_OK ? writer_encode_text(writer, &characters.text, error) : hr;
}

static HRESULT qualified_name(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                              const WS_XML_STRING *ns, WS_ERROR *error)
{
    WS_XML_QNAME_TEXT name = {
        {WS_XML_TEXT_TYPE_QNAME}, (WS_XML_STRING *)prefix, (WS_XML_STRING *)local, (WS_XML_STRING *)ns};
    HRESULT hr;

    if ((writer->inside != INSIDE_ATTRIBUTE && (hr = writer_settle(writer, error)) != S_OK) ||
        (prefix && prefix->length && (hr = writer_check_name(prefix, "prefix", error)) != S_OK))
        return hr;
    return writer->inside == INSIDE_ATTRIBUTE ? name_in_attribute(writer, &name, error)
                                              : name_in_content(writer, &name, error);
}

HRESULT writer_qualified_name(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                              const WS_XML_STRING *ns, WS_ERROR *error)
{
    /* A name that is refused leaves the start tag as it is: finding a prefix would change it. */
    HRESULT hr = writer_allows_value(writer, PIECE_SINGLE, error);

    return hr == S_OK ? writer_done(writer, qualified_name(writer, prefix, local, ns, error)) : hr;
}

/* --- Names that are given with only a namespace --- */

/* A prefix for the value of the attribute: one that there is, or one that the start tag is to declare. */
static HRESULT find_or_generate(WS_XML_WRITER *writer, const WS_XML_STRING *ns, WS_XML_STRING *prefix,
                                BYTE text[WRITER_GENERATED_ROOM], WS_ERROR *error)
{
    ULONG number = writer->generated_prefixes;
    struct writer_attribute *note;
    bool is_taken;
    HRESULT hr;

    if ((hr = find_pending(writer, ns, prefix, NULL)) != WS_E_INVALID_FORMAT)
        return hr;
    if (!ns->length)
    {
        /* The element, if its prefix is still open, gets one for this. */
        *prefix = xml_empty;
        if ((hr = check_pending(writer, prefix, ns, &is_taken, error)) != S_OK)
            return hr;
        return is_taken ? no_prefix(ns, error) : writer_add_entry(writer, ROLE_RELIES, prefix, ns, &note, error);
    }
    do
    {
        *prefix = writer_generate_prefix(number++, text);
        if ((hr = check_pending(writer, prefix, ns, &is_taken, error)) != S_OK)
            return hr;
    } while (is_taken || writer_find_binding(writer, prefix));
    return writer_add_entry(writer, ROLE_RELIES, prefix, ns, &note, error);
}

HRESULT writer_needed_name(WS_XML_WRITER *writer, const WS_XML_STRING *local, const WS_XML_STRING *ns, WS_ERROR *error)
{
    BYTE text[WRITER_GENERATED_ROOM];
    WS_XML_STRING prefix;
    HRESULT hr;

    if (writer->inside != INSIDE_ATTRIBUTE)
    {
        hr = ns->length ? writer_note(writer, ROLE_REACHES, NULL, ns, error)
                        : writer_note(writer, ROLE_RELIES, &xml_empty, ns, error);
        return hr == S_OK ? writer_qualified_name(writer, NULL, local, ns, error) : hr;
    }
    if ((hr = writer_allows_value(writer, PIECE_SINGLE, error)) != S_OK ||
        (hr = writer_leave_fast(writer, error)) != S_OK)
        return hr;
    if ((hr = find_or_generate(writer, ns, &prefix, text, error)) != S_OK)
        return writer_done_in_part(writer, hr);
    return writer_qualified_name(writer, &prefix, local, ns, error);
}

/* --- Copies --- */

HRESULT writer_note(WS_XML_WRITER *writer, enum writer_role role, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                    WS_ERROR *error)
{
    struct writer_attribute *note;
    HRESULT hr;

    if ((writer->inside == INSIDE_ATTRIBUTE && (hr = writer_allows_value(writer, PIECE_SINGLE, error)) != S_OK) ||
        (hr = writer_leave_fast(writer, error)) != S_OK || !writer_tag_is_pending(writer))
        return hr;
    if ((hr = writer_add_entry(writer, role, prefix, ns, &note, error)) == S_OK)
        note->choose_prefix = !prefix;
    return writer_done_in_part(writer, hr);
}

HRESULT writer_copied_name(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *name, WS_ERROR *error)
{
    const WS_XML_STRING *prefix = name->prefix;
    HRESULT hr;

    if (prefix && name->ns && writer_tag_is_pending(writer) &&
        ((hr = writer_note(writer, writer->inside == INSIDE_ATTRIBUTE ? ROLE_RELIES : ROLE_REACHES, prefix, name->ns,
                           error)) != S_OK ||
         (writer->inside != INSIDE_ATTRIBUTE && (hr = writer_end_start_element(writer, error)) != S_OK)))
        return hr;
    if (prefix && name->ns && writer->inside != INSIDE_ATTRIBUTE && !writer_is_bound(writer, prefix, name->ns))
        prefix = NULL;
    return writer_qualified_name(writer, prefix, name->localName, name->ns, error);
}
