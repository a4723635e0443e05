/* SPDX-License-Identifier: MIT */
/*
 * start_tag.c - what is written on a pending start tag: attributes, piece by piece, and declarations.
 *
 * Each becomes an entry of the start tag. What is wrong with one by itself is refused at once; what takes all of them
 * to be known, mainly prefixes, is left to prefixes.c.
 */
#include "xml/writer/start_tag.h"

#include "base/error.h"
#include "xml/writer/check.h"
#include "xml/writer/encoder.h"
#include "xml/writer/state.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* --- Attributes --- */

COLD HRESULT writer_refuse_inside(const WS_XML_WRITER *writer, const char *what, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_OPERATION, "%s cannot be written inside %s: end that first.", what,
                        writer->inside == INSIDE_CDATA ? "a CDATA section" : "an attribute");
}

/* Whether an attribute, or a declaration, is allowed here. */
static inline HRESULT attribute_place(const WS_XML_WRITER *writer, const char *what, WS_ERROR *error)
{
    if (writer->inside == INSIDE_ATTRIBUTE)
        return writer_refuse_inside(writer, what, error);
    if (writer->tag == TAG_NONE)
        return error_report(error, WS_E_INVALID_OPERATION,
                            writer->buffer
                                ? "%s must be written right after the start element, or after moving to an element."
                                : "%s must be written right after the start element, and before its content.",
                            what);
    return S_OK;
}

HRESULT writer_allows_attribute(WS_XML_WRITER *writer, const char *what, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? attribute_place(writer, what, error) : hr;
}

/* Prepares the start tag for another attribute or declaration. */
static HRESULT prepare_tag(WS_XML_WRITER *writer, const char *what, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = attribute_place(writer, what, error)) != S_OK || (hr = writer_leave_fast(writer, error)) != S_OK)
        return hr;
    return UNLIKELY(writer->tag == TAG_REOPENABLE) ? writer->positions->reopen(writer, error) : S_OK;
}

/* Those of its declarations that repeat another one will be dropped, and do not count. */
static COLD HRESULT check_full(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                               WS_ERROR *error)
{
    size_t repeated;
    HRESULT hr;

    if ((hr = writer_count_repeated(writer, prefix, ns, &repeated, error)) != S_OK)
        return hr;
    if (writer->attribute_count - writer->note_count + 1 - repeated <= writer->properties.max_attributes)
        return S_OK;
    return error_report(
        error, WS_E_QUOTA_EXCEEDED, "The writer's MAX_ATTRIBUTES is %u: the element \"%s\" cannot have another one.",
        (unsigned)writer->properties.max_attributes, writer_show(&writer->elements[writer->depth - 1].local).text);
}

/* Whether the start tag can have one more attribute, or, if `prefix` is not NULL, this declaration. */
static inline HRESULT check_room(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                                 WS_ERROR *error)
{
    return LIKELY(writer->attribute_count - writer->note_count < writer->properties.max_attributes)
               ? S_OK
               : check_full(writer, prefix, ns, error);
}

static HRESULT start_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                               const WS_XML_STRING *ns, BOOL single_quote, WS_ERROR *error)
{
    struct writer_attribute *attribute;
    HRESULT hr;

    if ((hr = prepare_tag(writer, "An attribute", error)) != S_OK ||
        (hr = check_room(writer, NULL, NULL, error)) != S_OK ||
        (hr = writer_add_attribute(writer, &attribute, error)) != S_OK ||
        (hr = writer_check_name(local, "attribute name", error)) != S_OK ||
        (prefix && prefix->length && (hr = writer_check_name(prefix, "prefix", error)) != S_OK))
        return hr;
    attribute->shown.singleQuote = !!single_quote;
    attribute->choose_prefix = !prefix && ns->length;
    /* Whether the names can go together is known when the start tag is committed. */
    if (ns->length || (prefix && prefix->length) || (local->length == 5 && writer_same(local, &xml_prefix_xmlns)))
        writer->prefixes_are_known = false;
    /* Empty strings need no copy: writer_add_attribute() has set xml_empty. */
    if ((prefix && prefix->length && (hr = writer_copy_string(writer, prefix, &attribute->prefix, error)) != S_OK) ||
        (ns->length && (hr = writer_copy_string(writer, ns, &attribute->ns, error)) != S_OK) ||
        (hr = writer_copy_string(writer, local, &attribute->local, error)) != S_OK)
        return hr;
    writer->inside = INSIDE_ATTRIBUTE;
    writer->piece = PIECE_NONE;
    writer->value = NULL;
    writer->value_length = writer->value_capacity = 0;
    writer->value_string.dictionary = NULL;
    return S_OK;
}

HRESULT writer_start_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                               const WS_XML_STRING *ns, BOOL single_quote, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, start_attribute(writer, prefix, local, ns, single_quote, error)) : hr;
}

/* The attribute whose value is being written: the last entry that is not just a note about a QNAME. */
struct writer_attribute *writer_current_attribute(const WS_XML_WRITER *writer)
{
    size_t i = writer->attribute_count;

    while (writer->attributes[--i]->role != ROLE_ATTRIBUTE)
        ;
    return writer->attributes[i];
}

/* Makes what has been gathered the value of the attribute. */
static HRESULT end_value(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_attribute *attribute = writer_current_attribute(writer);
    enum writer_piece piece = writer->piece;

    writer->inside = INSIDE_NOTHING;
    writer->piece = PIECE_NONE;
    if (!writer->value)
        writer->value = xml_empty.bytes; /* arithmetic on NULL is undefined */
    switch (piece)
    {
    case PIECE_SINGLE: return S_OK;
    case PIECE_CHARS:
    case PIECE_TEXT_UTF16:
        attribute->value.text.textType = WS_XML_TEXT_TYPE_UTF16;
        attribute->value.utf16.bytes = writer->value;
        attribute->value.utf16.byteCount = (ULONG)writer->value_length;
        break;
    case PIECE_BYTES:
    case PIECE_TEXT_BASE64:
        attribute->value.text.textType = WS_XML_TEXT_TYPE_BASE64;
        attribute->value.base64.bytes = writer->value;
        attribute->value.base64.length = (ULONG)writer->value_length;
        return S_OK;
    default:
        attribute->value.text.textType = WS_XML_TEXT_TYPE_UTF8;
        if (UNLIKELY(writer->value_string.dictionary != NULL))
            attribute->value.utf8.value = writer->value_string;
        else
        {
            attribute->value.utf8.value = xml_empty;
            attribute->value.utf8.value.bytes = writer->value;
            attribute->value.utf8.value.length = (ULONG)writer->value_length;
        }
        break;
    }
    return writer_check_text(writer, &attribute->value.text, error);
}

static HRESULT end_attribute(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if (writer->inside != INSIDE_ATTRIBUTE)
        return error_report(error, WS_E_INVALID_OPERATION, "There is no attribute to end.");
    if ((hr = writer_leave_fast(writer, error)) != S_OK || (hr = end_value(writer, error)) != S_OK)
        return hr;
    return UNLIKELY(writer->tag == TAG_REOPENED) ? writer_commit(writer, false, error) : S_OK;
}

HRESULT writer_end_attribute(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, end_attribute(writer, error)) : hr;
}

/* --- Declarations --- */

static HRESULT xmlns(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, BOOL single_quote,
                     WS_ERROR *error)
{
    struct writer_attribute *entry;
    HRESULT hr;

    /* Whether a declaration without a prefix is written at all is known when the start tag is committed. */
    if ((hr = prepare_tag(writer, "A namespace declaration", error)) != S_OK ||
        (prefix && (hr = check_room(writer, prefix, ns, error)) != S_OK) ||
        (prefix && prefix->length && (hr = writer_check_name(prefix, "prefix", error)) != S_OK) ||
        (hr = writer_add_entry(writer, prefix ? ROLE_DECLARATION : ROLE_NAMESPACE, prefix, ns, &entry, error)) != S_OK)
        return hr;
    entry->shown.singleQuote = !!single_quote;
    return UNLIKELY(writer->tag == TAG_REOPENED) ? writer_commit(writer, false, error) : S_OK;
}

HRESULT writer_xmlns(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, BOOL single_quote,
                     WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, xmlns(writer, prefix, ns, single_quote, error)) : hr;
}
