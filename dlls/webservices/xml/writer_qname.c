/* SPDX-License-Identifier: MIT */
/*
 * writer_qname.c - qualified names as text, which rely on what their prefix is bound to.
 *
 * One that is written while a start tag is pending, in an attribute or as the first content, can use what that start
 * tag declares, and have it declare more. What it relies on is noted among the attributes (required_only), so that
 * nothing that comes later on the same start tag can give the prefix another meaning.
 */
#include "xml/writer.h"

#include "base/error.h"
#include "xml/value.h"

/* --- Prefixes --- */

HRESULT writer_require(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error)
{
    struct writer_attribute *attribute;
    HRESULT hr;

    if ((hr = writer_add_attribute(writer, &attribute, error)) != S_OK)
        return hr;
    writer->plain = false;
    attribute->required_only = true;
    attribute->shown.isXmlNs = TRUE;
    if ((hr = writer_copy_string(writer, prefix, &attribute->prefix, error)) != S_OK)
        return hr;
    return writer_copy_string(writer, ns, &attribute->ns, error);
}

/* What the pending start tag will bind a prefix to, as far as the caller has said; NULL: nothing. */
static const WS_XML_STRING *pending_namespace(WS_XML_WRITER *writer, const WS_XML_STRING *prefix)
{
    const struct writer_element *element = &writer->elements[writer->depth - 1];
    size_t i;

    if (!writer->choose_prefix && xml_string_equals(&element->prefix, prefix))
        return &element->ns;
    for (i = 0; i < writer->attribute_count; i++)
    {
        const struct writer_attribute *attribute = writer->attributes[i];

        if (!attribute->choose_prefix && (attribute->shown.isXmlNs || attribute->prefix.length) &&
            xml_string_equals(&attribute->prefix, prefix))
            return &attribute->ns;
    }
    return NULL;
}

static const WS_XML_STRING *pending_prefix(WS_XML_WRITER *writer, const WS_XML_STRING *ns)
{
    const struct writer_element *element = &writer->elements[writer->depth - 1];
    size_t i;

    if (!writer->choose_prefix && xml_string_equals(&element->ns, ns))
        return &element->prefix;
    for (i = 0; i < writer->attribute_count; i++)
    {
        const struct writer_attribute *attribute = writer->attributes[i];

        if (!attribute->choose_prefix && (attribute->shown.isXmlNs || attribute->prefix.length) &&
            xml_string_equals(&attribute->ns, ns))
            return &attribute->prefix;
    }
    return NULL;
}

static HRESULT no_prefix(const WS_XML_STRING *ns, WS_ERROR *error)
{
    return error_report(
        error, WS_E_INVALID_FORMAT,
        "There is no prefix for the namespace \"%s\" of a qualified name, and no start tag to declare one.",
        writer_show(ns).text);
}

/* Finds a prefix for a namespace, and declares one on the pending start tag if need be. */
static HRESULT choose_prefix(WS_XML_WRITER *writer, const WS_XML_STRING *ns, WS_XML_STRING *prefix, WS_ERROR *error)
{
    struct writer_element *element = writer->depth ? &writer->elements[writer->depth - 1] : NULL;
    const WS_XML_STRING *found = NULL, *here;
    struct writer_attribute *attribute;
    BYTE text[WRITER_MADE_UP];
    WS_XML_STRING made_up;
    ULONG number;
    HRESULT hr;

    if (!writer->pending)
    {
        if (!(found = writer_find_namespace(writer, ns, false)))
            return no_prefix(ns, error);
        *prefix = *found;
        return S_OK;
    }

    if (!(found = pending_prefix(writer, ns)))
    {
        /* One in scope, unless the start tag gives it another meaning. */
        found = writer_find_namespace(writer, ns, false);
        if (found && (here = pending_namespace(writer, found)) && !xml_string_equals(here, ns))
            found = NULL;
        /* The prefix of the element itself, if that is still open: the two share the default namespace. */
        if (!found && ns->length && writer->choose_prefix && xml_string_equals(&element->ns, ns) &&
            !pending_namespace(writer, &xml_empty))
        {
            writer->choose_prefix = false;
            element->prefix = xml_empty;
            found = &element->prefix;
        }
    }
    if (found)
    {
        *prefix = *found;
        return writer_require(writer, found, ns, error);
    }
    if (!ns->length)
        return no_prefix(ns, error);

    /* A declaration as if the caller had written it. */
    if (writer->attribute_count >= writer->properties.max_attributes)
        return error_report(
            error, WS_E_QUOTA_EXCEEDED,
            "The writer's MAX_ATTRIBUTES is %u: the declaration of \"%s\" that is needed would exceed it.",
            (unsigned)writer->properties.max_attributes, writer_show(ns).text);
    number = writer->made_up;
    do
        made_up = writer_make_up(number++, text);
    while (writer_find_binding(writer, &made_up) || pending_namespace(writer, &made_up));
    if ((hr = writer_add_attribute(writer, &attribute, error)) != S_OK)
        return hr;
    writer->plain = false;
    attribute->shown.isXmlNs = TRUE;
    attribute->shown.localName = NULL;
    attribute->shown.value = NULL;
    if ((hr = writer_copy_string(writer, &made_up, &attribute->prefix, error)) != S_OK ||
        (hr = writer_copy_string(writer, ns, &attribute->ns, error)) != S_OK)
        return hr;
    *prefix = attribute->prefix;
    return S_OK;
}

bool writer_has_binding(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns)
{
    const WS_XML_STRING *bound = writer->pending ? pending_namespace(writer, prefix) : NULL;

    if (!bound)
        bound = writer_find_prefix(writer, prefix);
    return bound && xml_string_equals(bound, ns);
}

HRESULT writer_offer_declaration(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                                 WS_ERROR *error)
{
    size_t i, declarations = writer->counted;
    HRESULT hr = writer_undraft(writer, error);

    if (hr != S_OK)
        return hr;
    if (!writer->pending || writer->in_attribute || writer_has_binding(writer, prefix, ns) ||
        pending_namespace(writer, prefix) || writer->attribute_count >= writer->properties.max_attributes)
        return S_OK;
    for (i = 0; i < writer->attribute_count; i++)
        declarations += writer->attributes[i]->shown.isXmlNs && !writer->attributes[i]->required_only;
    return declarations < writer->properties.max_namespaces ? writer_xmlns(writer, prefix, ns, FALSE, error) : S_OK;
}

/* Checks that a prefix is bound, or will be by the pending start tag, to its namespace. */
static HRESULT check_bound(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error)
{
    if (!writer_has_binding(writer, prefix, ns))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The prefix \"%s\" of a qualified name is not bound to its namespace \"%s\".",
                            writer_show(prefix).text, writer_show(ns).text);
    return writer->pending ? writer_require(writer, prefix, ns, error) : S_OK;
}

/* --- Names --- */

/* Takes a qualified name, whose prefix is decided, as the value of the attribute. */
static HRESULT take_qname(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *text, WS_ERROR *error)
{
    struct writer_attribute *attribute;
    HRESULT hr;

    if ((hr = writer_take_single(writer, &text->text, sizeof(*text), error)) != S_OK)
        return hr;
    attribute = writer_current_attribute(writer);
    attribute->value.qname.prefix = &attribute->value_names[0];
    attribute->value.qname.localName = &attribute->value_names[1];
    attribute->value.qname.ns = &attribute->value_names[2];
    if ((hr = writer_copy_string(writer, text->prefix, &attribute->value_names[0], error)) != S_OK ||
        (hr = writer_copy_string(writer, text->localName, &attribute->value_names[1], error)) != S_OK)
        return hr;
    return writer_copy_string(writer, text->ns, &attribute->value_names[2], error);
}

HRESULT writer_qname_attribute(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *text, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    if (!text->prefix || !text->ns)
        return writer_text(writer, &text->text, error);
    if ((hr = writer_check_name(text->localName, "qualified name", error)) == S_OK && text->prefix->length)
        hr = writer_check_name(text->prefix, "prefix", error);
    if (hr == S_OK && (hr = take_qname(writer, text, error)) == S_OK)
        hr = writer_require(writer, text->prefix, text->ns, error);
    return writer_done(writer, hr);
}

/*
 * A name whose caller has not said what its prefix means is just characters. Written, the two are the same; in an XML
 * buffer a value of type QNAME with a namespace that is not that of the prefix could not be written any more.
 */
static HRESULT name_as_characters(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *name, WS_XML_UTF8_TEXT *text,
                                  WS_ERROR *error)
{
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    writer->arena_used = true;
    if ((hr = text_to_utf8(&name->text, &writer->arena, &bytes, &length, error)) != S_OK)
        return hr;
    memset(text, 0, sizeof(*text));
    text->text.textType = WS_XML_TEXT_TYPE_UTF8;
    text->value.bytes = (BYTE *)bytes;
    text->value.length = (ULONG)length;
    return S_OK;
}

static HRESULT qualified_name(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                              const WS_XML_STRING *ns, WS_ERROR *error)
{
    WS_XML_STRING chosen, name, space = ns ? *ns : xml_empty;
    WS_XML_QNAME_TEXT text = {{WS_XML_TEXT_TYPE_QNAME}, &chosen, &name, &space};
    bool as_characters = writer->buffer && !ns;
    WS_XML_UTF8_TEXT characters;
    HRESULT hr;

    if ((!writer->in_attribute && (hr = writer_settle(writer, error)) != S_OK) ||
        (hr = writer_undraft(writer, error)) != S_OK)
        return hr;
    if (!writer->depth && !writer->properties.allow_fragment)
        return error_report(error, WS_E_INVALID_FORMAT, "A qualified name can be written only inside an element.");
    if ((hr = writer_check_name(local, "qualified name", error)) != S_OK)
        return hr;
    name = *local;
    if (!prefix)
        hr = choose_prefix(writer, ns, &chosen, error);
    else
    {
        chosen = *prefix;
        if (prefix->length && (hr = writer_check_name(prefix, "prefix", error)) != S_OK)
            return hr;
        hr = ns ? check_bound(writer, prefix, ns, error) : S_OK;
    }
    if (hr != S_OK)
        return hr;
    if (!writer->in_attribute)
    {
        /* The chosen prefix may lie in the start tag's memory, which goes when it is committed. */
        BYTE kept[64];
        bool short_enough = chosen.length <= sizeof(kept);

        if (writer->pending && chosen.length)
        {
            if (!short_enough && !(chosen.bytes = writer_keep_name(writer, chosen.bytes, chosen.length)))
                return error_report(error, E_OUTOFMEMORY, "There is no memory for a prefix.");
            if (short_enough)
                chosen.bytes = memcpy(kept, chosen.bytes, chosen.length);
            writer_own(writer, &chosen, chosen.bytes);
        }
        if ((hr = writer_begin_content(writer, error)) != S_OK ||
            (as_characters && (hr = name_as_characters(writer, &text, &characters, error)) != S_OK))
            return hr;
        return writer_encode_text(writer, as_characters ? &characters.text : &text.text, error);
    }
    if (!as_characters)
        return take_qname(writer, &text, error);
    hr = name_as_characters(writer, &text, &characters, error);
    return hr == S_OK ? writer_take_single(writer, &characters.text, sizeof(characters), error) : hr;
}

HRESULT writer_qualified_name(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                              const WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, qualified_name(writer, prefix, local, ns, error)) : hr;
}
