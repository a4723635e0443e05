/* SPDX-License-Identifier: MIT */
/* element.c - elements, from where they are allowed to their end, and comments; see writer.h. */
#include "xml/writer/writer.h"

#include "base/error.h"
#include "xml/writer/check.h"
#include "xml/writer/encoder.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

/*
 * Fills in the name of the element on top of the stack. A prefix and namespace of its parent, or bound already, which
 * nearly all elements have, are not copied and need no checks.
 */
static inline HRESULT name_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                                   const WS_XML_STRING *ns, WS_ERROR *error)
{
    struct writer_element *element = &writer->elements[writer->depth - 1];
    const struct writer_element *parent = writer->depth > 1 ? element - 1 : NULL;
    const struct writer_binding *binding;
    HRESULT hr;

    element->local = *local;
    if (!(element->local.bytes = writer_keep_name(writer, local->bytes, local->length)))
        goto out_of_memory;
    writer_own(writer, &element->local, local->bytes);
    writer->choose_prefix = !prefix;
    writer->prefixes_are_known = true;
    if (LIKELY(!prefix))
    {
        if (LIKELY(parent && writer_same(&parent->ns, ns)))
        {
            element->prefix = parent->prefix;
            element->ns = parent->ns;
            return S_OK;
        }
    }
    else if ((binding = writer_find_binding(writer, prefix)) && writer_same(&binding->ns, ns))
    {
        element->prefix = binding->prefix;
        element->ns = binding->ns;
        return S_OK;
    }
    else if (!binding && !prefix->length && !ns->length)
    {
        element->prefix = element->ns = xml_empty;
        return S_OK;
    }
    writer->prefixes_are_known = false;

    element->ns = *ns;
    if (!ns->length)
        element->ns.bytes = xml_empty.bytes;
    else if (!(element->ns.bytes = writer_keep_name(writer, ns->bytes, ns->length)))
        goto out_of_memory;
    writer_own(writer, &element->ns, ns->bytes);
    element->prefix = xml_empty;
    if (prefix && prefix->length)
    {
        if ((hr = writer_check_name(prefix, "prefix", error)) != S_OK)
            return hr;
        element->prefix = *prefix;
        if (!(element->prefix.bytes = writer_keep_name(writer, prefix->bytes, prefix->length)))
            goto out_of_memory;
        writer_own(writer, &element->prefix, prefix->bytes);
    }
    return S_OK;

out_of_memory:
    return error_report(error, E_OUTOFMEMORY, "There is no memory for the names of an element.");
}

static COLD HRESULT second_root(WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "A document has one root element, unless ALLOW_FRAGMENT is set.");
}

/* Whether an element is allowed here, whatever its name is. */
static inline HRESULT element_place(const WS_XML_WRITER *writer, WS_ERROR *error)
{
    if (UNLIKELY(writer->inside != INSIDE_NOTHING))
        return writer_refuse_inside(writer, "An element", error);
    if (LIKELY(writer->depth))
        return S_OK;
    if (UNLIKELY(writer->encoder->is_raw))
        return error_report(error, WS_E_INVALID_OPERATION, "The raw encoding has no elements.");
    return UNLIKELY(writer->root_written && !writer->properties.allow_fragment) ? second_root(error) : S_OK;
}

HRESULT writer_allows_element(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, element_place(writer, error)) : hr;
}

static inline HRESULT start_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                                    const WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = element_place(writer, error)) != S_OK || (hr = writer_settle(writer, error)) != S_OK)
        return hr;
    if (writer_tag_is_pending(writer) && (hr = writer_commit(writer, false, error)) != S_OK)
        return hr;
    if (UNLIKELY(writer->depth >= writer->properties.max_depth))
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The writer's MAX_DEPTH is %u: the element \"%s\" would be at depth %zu.",
                            (unsigned)writer->properties.max_depth, writer_show(local).text, writer->depth + 1);
    if (!writer->depth)
        writer->root_written = true;
    if ((hr = writer_check_name(local, "element name", error)) != S_OK ||
        (hr = writer_push_element(writer, error)) != S_OK)
        return hr;
    writer->tag = TAG_PENDING;
    writer->pending_keep_open = false;
    return name_element(writer, prefix, local, ns, error);
}

HRESULT writer_start_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                             const WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, start_element(writer, prefix, local, ns, error)) : hr;
}

void writer_keep_open(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node)
{
    writer->pending_keep_open = !node->isEmpty && !writer->properties.compress_empty;
}

HRESULT writer_end_start_element(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    if (writer->inside == INSIDE_ATTRIBUTE)
        hr = writer_refuse_inside(writer, "The end of a start tag", error);
    else if (writer_tag_is_pending(writer))
        hr = writer_commit(writer, false, error);
    else if (writer->tag == TAG_REOPENABLE && writer->extended)
        hr = S_OK; /* the attributes are on the element already */
    else
        hr = error_report(error, WS_E_INVALID_OPERATION, "There is no open start tag to end.");
    return writer_done(writer, hr);
}

static COLD HRESULT canonical_leaves(WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The writer cannot end the element in which canonicalization was started.");
}

static inline HRESULT end_element(WS_XML_WRITER *writer, WS_ERROR *error)
{
    const struct writer_element *element;
    bool is_empty = false;
    HRESULT hr;

    if (UNLIKELY(writer->inside != INSIDE_NOTHING))
        return writer_refuse_inside(writer, "The end of an element", error);
    if ((hr = writer_settle(writer, error)) != S_OK)
        return hr;
    if (UNLIKELY(writer->depth == writer->canonical.depth))
        return writer->depth ? canonical_leaves(error)
                             : error_report(error, WS_E_INVALID_FORMAT, "There is no open element to end.");
    if (writer_tag_is_pending(writer))
    {
        is_empty = !writer->pending_keep_open && !writer->properties.emit_uncompressed;
        if ((hr = writer_commit(writer, is_empty, error)) != S_OK)
            return hr;
    }
    else if (UNLIKELY(writer->properties.indent))
    {
        element = &writer->elements[writer->depth - 1];
        if (element->has_children && (!writer->positions || writer->positions->at_end(writer)) &&
            (hr = writer_indent(writer, writer->depth - 1, error)) != S_OK)
            return hr;
    }
    if ((hr = writer->encoder->element_end(writer, is_empty, error)) != S_OK)
        return hr;
    if (UNLIKELY(writer->observer != NULL) && (hr = writer->observer->element_end(writer, is_empty, error)) != S_OK)
        return hr;
    writer_pop_element(writer);
    return S_OK;
}

HRESULT writer_end_element(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, end_element(writer, error)) : hr;
}

/* --- Comments --- */

static HRESULT check_comment(const WS_XML_STRING *value, WS_ERROR *error)
{
    ULONG i;

    for (i = 0; i < value->length; i++)
        if (value->bytes[i] == '-' && (i + 1 == value->length || value->bytes[i + 1] == '-'))
            return error_report(error, WS_E_INVALID_FORMAT, "A comment cannot contain \"--\" or end with \"-\".");
    /* Comments have no references, so invalid characters are not possible either. */
    return writer_check_chars_utf8(NULL, value->bytes, value->length, error);
}

static HRESULT comment(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error)
{
    HRESULT hr;

    if (writer->inside != INSIDE_NOTHING)
        return writer_refuse_inside(writer, "A comment", error);
    if (writer->encoder->is_raw)
        return error_report(error, WS_E_INVALID_OPERATION, "The raw encoding has no comments.");
    if ((hr = writer_settle(writer, error)) != S_OK || (hr = check_comment(value, error)) != S_OK)
        return hr;
    if (writer_tag_is_pending(writer) && (hr = writer_commit(writer, false, error)) != S_OK)
        return hr;
    if ((hr = writer_before_child(writer, error)) != S_OK ||
        (hr = writer->encoder->comment(writer, value, error)) != S_OK)
        return hr;
    return writer->observer ? writer->observer->comment(writer, value, error) : S_OK;
}

HRESULT writer_comment(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, comment(writer, value, error)) : hr;
}
