/* SPDX-License-Identifier: MIT */
/* header_value.c - see header_value.h. */
#include "header_value.h"

#include "base/memory.h"
#include "base/text.h"
#include "header_buffer.h"
#include "xml/names.h"
#include "xml/reader/object.h"
#include "xml/value.h"
#include "xml/writer/state.h"

#include <string.h>

/* --- Writing --- */

/* Observed on Windows: it is "1" in both versions of SOAP; in binary, the record that is shortest. */
static HRESULT write_flag(WS_XML_WRITER *writer, const WS_XML_STRING *local, const WS_XML_STRING *ns, WS_ERROR *error)
{
    static const WS_XML_INT32_TEXT one = {{WS_XML_TEXT_TYPE_INT32}, 1};
    HRESULT hr;

    if ((hr = writer_start_attribute(writer, NULL, local, ns, FALSE, error)) != S_OK ||
        (hr = writer_text(writer, &one.text, error)) != S_OK)
        return hr;
    return writer_end_attribute(writer, error);
}

static HRESULT write_header(const WS_MESSAGE *message, WS_XML_WRITER *writer, const struct header_source *source,
                            WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = writer_open_element(writer, NULL, source->local, source->ns, error)) != S_OK ||
        (source->must_understand &&
         (hr = write_flag(writer, &soap_name_must_understand, &message->soap->ns, error)) != S_OK) ||
        (source->relay && (hr = write_flag(writer, &soap_name_relay, &message->soap->ns, error)) != S_OK) ||
        (hr = typed_write(writer, &source->value, error)) != S_OK)
        return hr;
    return writer_end_element(writer, error);
}

/* Whether the writer has just written before a place. Callbacks may have set it to anything. */
static bool is_before(const WS_MESSAGE *message, const WS_XML_BUFFER *buffer, const struct xml_node *place)
{
    const WS_XML_WRITER *writer = message->writer;

    return message->writer_place == place && writer->place == place && writer->buffer == buffer &&
           writer->state == WRITER_READY && writer->tag == TAG_NONE && writer->inside == INSIDE_NOTHING;
}

/* The message's writer, before a place of a tree. Until end_write() it lasts, whatever callbacks do. */
static HRESULT begin_write(WS_MESSAGE *message, WS_XML_BUFFER *buffer, struct xml_node *place, WS_ERROR *error)
{
    HRESULT hr;

    if (!message->writer)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The writer for the headers of the message has been freed by a callback of the program's.");
    if (!is_before(message, buffer, place))
    {
        if ((hr = writer_set_output_to_buffer(message->writer, buffer, NULL, 0, error)) != S_OK)
            return hr;
        writer_move_before(message->writer, place);
    }
    message->writer_place = NULL;
    writer_hold(message->writer);
    return S_OK;
}

static HRESULT end_write(WS_MESSAGE *message, struct xml_node *before, struct xml_node *place, HRESULT hr)
{
    WS_XML_WRITER *writer = message->writer;

    if (UNLIKELY(writer->free_later))
        message->writer = NULL;
    writer_let_go(writer, hr);
    if (hr == S_OK)
        message->writer_place = place;
    else
        header_drop(message, before, place);
    return hr;
}

HRESULT header_write(WS_MESSAGE *message, WS_XML_BUFFER *buffer, struct xml_node *place,
                     const struct header_source *source, struct xml_node **header, WS_ERROR *error)
{
    struct xml_node *before = place->previous;
    HRESULT hr;

    if ((hr = begin_write(message, buffer, place, error)) != S_OK)
        return hr;
    hr = end_write(message, before, place, write_header(message, message->writer, source, error));
    if (hr == S_OK && header)
        *header = place->previous;
    return hr;
}

/* WS-Addressing 1.0, SOAP binding, section 3.3. */
static HRESULT mark_parameter(const WS_MESSAGE *message, WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element,
                              WS_ERROR *error)
{
    static const WS_XML_BOOL_TEXT yes = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
    const WS_XML_STRING *local = &addressing_is_parameter, *ns = &message->addressing->ns;
    HRESULT hr;
    ULONG i;

    if (!message->addressing->marks_parameters)
        return S_OK;
    for (i = 0; i < element->attributeCount; i++)
        if (!element->attributes[i]->isXmlNs && xml_string_equals(element->attributes[i]->localName, local) &&
            xml_string_equals(element->attributes[i]->ns, ns))
            return S_OK;
    if ((hr = writer_start_attribute(writer, NULL, local, ns, FALSE, error)) != S_OK ||
        (hr = writer_text(writer, &yes.text, error)) != S_OK)
        return hr;
    return writer_end_attribute(writer, error);
}

static HRESULT write_parameter(const WS_MESSAGE *message, WS_XML_WRITER *writer, const struct xml_node *element,
                               WS_ERROR *error)
{
    const struct xml_node *node = element, *end = xml_node_after(element);
    HRESULT hr;

    if ((hr = writer_node(writer, &node->shown.node, error)) != S_OK ||
        (hr = mark_parameter(message, writer, &node->shown.element, error)) != S_OK)
        return hr;
    while ((node = xml_node_following(node)) != end)
        if ((hr = writer_node(writer, &node->shown.node, error)) != S_OK)
            return hr;
    return S_OK;
}

HRESULT header_write_parameter(WS_MESSAGE *message, struct xml_node *place, const struct xml_node *element,
                               WS_ERROR *error)
{
    struct xml_node *before = place->previous;
    HRESULT hr;

    if ((hr = begin_write(message, message->buffer, place, error)) != S_OK)
        return hr;
    return end_write(message, before, place, write_parameter(message, message->writer, element, error));
}

/* --- Reading --- */

/*
 * What SOAP and WS-Addressing say of headers, such as mustUnderstand and IsReferenceParameter, is not for their
 * descriptions to say.
 */
static bool is_of_envelope(const WS_XML_ATTRIBUTE *attribute, const void *context)
{
    const WS_MESSAGE *message = context;

    if (!message->soap->ns.length)
        return !attribute->ns->length && xml_string_equals(attribute->localName, &soap_name_must_understand);
    return xml_string_equals(attribute->ns, &message->soap->ns) ||
           xml_string_equals(attribute->ns, &message->addressing->ns);
}

HRESULT header_read(WS_MESSAGE *message, WS_XML_BUFFER *buffer, struct xml_node *header, const WS_XML_STRING *name,
                    const struct typed_target *target, WS_ERROR *error)
{
    const struct typed_foreign foreign = {is_of_envelope, message};
    WS_XML_READER *reader = message->reader;
    ULONG mark = error_mark(error);
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    if (!reader)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The reader for the headers of the message has been freed by a callback of the program's.");
    if (UNLIKELY(reader->state != READER_NO_INPUT))
        reader_reset(reader);
    reader_set_tree(reader, buffer);
    reader_tree_show(reader, header);
    reader_begin_use(reader);
    hr = typed_read_despite(reader, target, &foreign, error);
    if (hr != S_OK)
        error_precede(error, mark, "In the header \"%s\": ", text_excerpt(name->bytes, name->length, excerpt));
    if (UNLIKELY(reader->free_later))
        message->reader = NULL;
    hr = reader_end_use(reader, hr, error);
    /* Whoever has got it in a callback, and kept it, cannot read what is not there any more. */
    if (LIKELY(message->reader != NULL))
        reader_reset(reader);
    return hr;
}

/* Whether a header has one text and nothing else, which neither begins nor ends with white space, as no ID does. */
static bool is_plain(const struct xml_node *header)
{
    const struct xml_node *node = header->first_child;
    const WS_XML_UTF8_TEXT *text;

    if (node == header->last_child)
        return true;
    if (node->shown.node.nodeType != WS_XML_NODE_TYPE_TEXT || node->next != header->last_child)
        return false;
    text = (const WS_XML_UTF8_TEXT *)node->shown.text.text;
    if (text->text.textType != WS_XML_TEXT_TYPE_UTF8)
        return text->text.textType == WS_XML_TEXT_TYPE_UNIQUE_ID;
    return text->value.length && !xml_is_space(*text->value.bytes) &&
           !xml_is_space(text->value.bytes[text->value.length - 1]);
}

/* The characters of all texts in a header, in memory of an arena. *found: there are no elements beside them. */
static HRESULT join_texts(const struct xml_node *header, struct arena *arena, WS_XML_STRING *joined, bool *found,
                          WS_ERROR *error)
{
    const struct xml_node *node;
    const BYTE *bytes;
    size_t length, total = 0;
    HRESULT hr;

    *found = false;
    for (node = header->first_child; node != header->last_child; node = xml_node_following(node))
    {
        if (node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
            return S_OK;
        if (node->shown.node.nodeType != WS_XML_NODE_TYPE_TEXT)
            continue;
        if ((hr = text_to_utf8(node->shown.text.text, arena, &bytes, &length, error)) != S_OK)
            return hr;
        total += length;
    }
    if (total > UINT32_MAX || !(joined->bytes = arena_alloc(arena, total)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the %zu bytes of a header.", total);
    for (node = header->first_child; node != header->last_child; node = xml_node_following(node))
        if (node->shown.node.nodeType == WS_XML_NODE_TYPE_TEXT)
        {
            if ((hr = text_to_utf8(node->shown.text.text, arena, &bytes, &length, error)) != S_OK)
                return hr;
            memcpy(joined->bytes + joined->length, bytes, length);
            joined->length += (ULONG)length;
        }
    *found = true;
    return S_OK;
}

/* The header has only that text while it is read; nothing calls back to the program meanwhile. */
static HRESULT read_instead(WS_MESSAGE *message, struct xml_node *header, const WS_XML_STRING *value,
                            const WS_XML_STRING *name, const struct typed_target *target, WS_ERROR *error)
{
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, *value};
    struct xml_node node = {.tag = XML_NODE_LIVE, .parent = header, .next = header->last_child};
    struct xml_node *first = header->first_child;
    HRESULT hr;

    node.shown.text.node.nodeType = WS_XML_NODE_TYPE_TEXT;
    node.shown.text.text = &text.text;
    header->first_child = value->length ? &node : header->last_child;
    hr = header_read(message, message->buffer, header, name, target, error);
    header->first_child = first;
    return hr;
}

/*
 * XML Schema, part 2, section 4.3.6: the white space around a URI is not part of it, nor are comments, and where a
 * stream was cut does not matter.
 */
HRESULT header_read_uri(WS_MESSAGE *message, struct xml_node *header, const WS_XML_STRING *name,
                        const struct typed_target *target, WS_ERROR *error)
{
    WS_XML_STRING joined = {0, NULL, NULL, 0};
    const BYTE *bytes;
    struct arena arena;
    size_t length;
    bool found;
    HRESULT hr;

    if (LIKELY(is_plain(header)))
        return header_read(message, message->buffer, header, name, target, error);
    memory_init_arena(&arena, SIZE_MAX, 0);
    if ((hr = join_texts(header, &arena, &joined, &found, error)) == S_OK)
    {
        bytes = joined.bytes;
        length = joined.length;
        text_trim(&bytes, &length);
        joined.bytes = (BYTE *)bytes;
        joined.length = (ULONG)length;
        hr = found ? read_instead(message, header, &joined, name, target, error)
                   : header_read(message, message->buffer, header, name, target, error);
    }
    arena_release(&arena);
    return hr;
}
