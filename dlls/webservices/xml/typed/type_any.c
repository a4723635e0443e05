/* SPDX-License-Identifier: MIT */
/*
 * type_any.c - values that nothing is described of: XML buffers, which keep whatever there is, and custom types, which
 * the program's own callbacks read and write; see types.h.
 */
#include "xml/typed/types.h"

#include "base/text.h"
#include "xml/buffer/buffer.h"
#include "xml/writer/state.h"

/* --- XML buffers --- */

HRESULT xml_buffer_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                        const void *description, void *value, WS_ERROR *error)
{
    (void)type, (void)mapping, (void)description;
    return reader_read_buffer(typed->reader, typed->heap, value, error);
}

HRESULT any_check_buffer(const struct typed_writer *typed, const WS_XML_BUFFER *buffer, WS_ERROR *error)
{
    if (!handle_is(buffer, HANDLE_XML_BUFFER))
        return handle_refuse(buffer, HANDLE_XML_BUFFER, error);
    if (writer_is_into(typed->writer, buffer))
        return error_report(error, WS_E_INVALID_OPERATION, "An XML buffer cannot be written into itself.");
    return S_OK;
}

static bool is_space(const WS_XML_TEXT *text)
{
    const WS_XML_STRING *value = &((const WS_XML_UTF8_TEXT *)text)->value;

    return text->textType == WS_XML_TEXT_TYPE_UTF8 && text_is_space(value->bytes, value->length);
}

HRESULT any_sole_element(const WS_XML_BUFFER *buffer, const struct xml_node **ret, WS_ERROR *error)
{
    const struct xml_node *node, *element = NULL;
    bool sole = true;

    for (node = buffer->document->first_child; node; node = node->next)
        switch (node->shown.node.nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT:
            sole &= !element;
            element = node;
            break;
        case WS_XML_NODE_TYPE_TEXT: sole &= is_space(node->shown.text.text); break;
        case WS_XML_NODE_TYPE_CDATA: sole = false; break;
        default: break;
        }
    *ret = element;
    if (element && sole)
        return S_OK;
    return error_report(error, E_INVALIDARG,
                        element ? "The XML buffer has more than the one element that is to be written."
                                : "There is no element in the XML buffer.");
}

/* What is in the root element of a buffer, and its attributes, on the open start tag. */
static HRESULT write_root(WS_XML_WRITER *writer, const struct xml_node *root, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = &root->shown.element;
    const struct xml_node *node;
    HRESULT hr = S_OK;
    ULONG i;

    writer_keep_open(writer, element);
    for (i = 0; i < element->attributeCount && hr == S_OK; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        hr = attribute->isXmlNs ? writer_xmlns(writer, attribute->prefix, attribute->ns, attribute->singleQuote, error)
                                : writer_attribute(writer, attribute, error);
    }
    for (node = root->first_child; node != root->last_child && hr == S_OK; node = xml_node_following(node))
        hr = writer_node(writer, &node->shown.node, error);
    return hr;
}

/* The name of the element in the buffer matters only where any element can stand. */
HRESULT xml_buffer_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                         const void *description, const void *value, WS_ERROR *error)
{
    const WS_XML_BUFFER *buffer = *(WS_XML_BUFFER *const *)value;
    const struct xml_node *root;
    HRESULT hr;

    (void)type, (void)description;
    if ((hr = any_check_buffer(typed, buffer, error)) != S_OK || (hr = any_sole_element(buffer, &root, error)) != S_OK)
        return hr;
    typed->begun = true;
    return mapping == WS_ANY_ELEMENT_TYPE_MAPPING ? writer_xml_buffer(typed->writer, buffer, error)
                                                  : write_root(typed->writer, root, error);
}

/* Copies nodes until the element that they are in ends. */
static HRESULT read_nodes(struct typed_reader *typed, WS_XML_BUFFER *buffer, WS_ERROR *error)
{
    struct xml_node *place = buffer->document->last_child, *inserted;
    WS_XML_READER *reader = typed->reader;
    struct reader_surroundings around;
    HRESULT hr = S_OK;

    if (reader->state == READER_PENDING)
    {
        reader->state = READER_READY;
        hr = reader_next(reader, error);
    }
    around = reader_note_surroundings(reader);
    for (; hr == S_OK; hr = reader_next(reader, error))
        switch (reader->node->nodeType)
        {
        case WS_XML_NODE_TYPE_EOF: return S_OK;
        case WS_XML_NODE_TYPE_BOF: break;
        case WS_XML_NODE_TYPE_END_ELEMENT:
        case WS_XML_NODE_TYPE_END_CDATA:
            if (place == buffer->document->last_child)
                return S_OK;
            place = place->parent->next;
            break;
        default:
            if ((hr = xml_buffer_insert(buffer, place, reader->node, &inserted, error)) != S_OK ||
                (hr = reader_declare_for_copy(reader, &around, buffer, inserted, error)) != S_OK)
                return hr;
            if (inserted->last_child)
                place = inserted->last_child;
            break;
        }
    return hr;
}

HRESULT any_content_skip(struct typed_reader *typed, WS_ERROR *error)
{
    HRESULT hr;

    while ((hr = typed_to_next(typed, error)) == S_OK &&
           typed->reader->node->nodeType != WS_XML_NODE_TYPE_END_ELEMENT &&
           typed->reader->node->nodeType != WS_XML_NODE_TYPE_EOF)
        if ((hr = typed_element(typed) ? reader_skip(typed->reader, error) : reader_next(typed->reader, error)) != S_OK)
            return hr;
    return hr;
}

HRESULT any_content_read(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *structure,
                         WS_ERROR *error)
{
    WS_XML_BUFFER *buffer = NULL;
    HRESULT hr;

    if (field->type == WS_VOID_TYPE)
        return any_content_skip(typed, error);
    if ((hr = xml_buffer_create(typed->heap, &buffer, error)) != S_OK ||
        (hr = read_nodes(typed, buffer, error)) != S_OK)
        return hr;
    memcpy(structure + field->offset, &buffer, sizeof(WS_XML_BUFFER *));
    return S_OK;
}

HRESULT any_content_write(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                          WS_ERROR *error)
{
    const WS_XML_BUFFER *buffer;
    HRESULT hr;

    if (field->type == WS_VOID_TYPE)
        return S_OK;
    memcpy(&buffer, structure + field->offset, sizeof(WS_XML_BUFFER *));
    if (!buffer)
        return S_OK;
    if ((hr = any_check_buffer(typed, buffer, error)) != S_OK)
        return hr;
    typed->begun = true;
    return writer_xml_buffer(typed->writer, buffer, error);
}

/* --- Custom types --- */

/*
 * The callback uses the reader as the program does. It may leave it anywhere behind the element, but not freed, without
 * input, or faulted: whoever goes on looks at the node that it is at.
 */
HRESULT custom_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                    const void *description, void *value, WS_ERROR *error)
{
    const WS_CUSTOM_TYPE_DESCRIPTION *custom = description;
    WS_XML_READER *reader = typed->reader;
    const WS_XML_ATTRIBUTE *attribute = reader->in_attribute ? reader->attribute : NULL;
    bool of_element = mapping == WS_ELEMENT_TYPE_MAPPING || mapping == WS_ANY_ELEMENT_TYPE_MAPPING;
    const WS_XML_NODE *node = reader->node;
    unsigned depth = reader->value_depth;
    ULONG mark = error_mark(error);
    HRESULT hr;

    (void)type;
    if ((hr = typed_enter(&typed->depth, error)) != S_OK)
        return hr;
    if (of_element)
        reader->leave_work |= LEAVE_MARK;
    reader->value_depth = typed->depth;
    hr = custom->readCallback(reader, mapping, custom->descriptionData, typed->heap, value, custom->size, error);
    reader->value_depth = depth;
    typed->depth--;
    if ((hr = callback_result(hr, "callback that reads a custom type", mark, error)) != S_OK)
        return hr;
    if (reader->free_later)
        return callback_freed("reader", error);
    /* What has been read so far is in it. */
    if ((hr = reader_check_heap(reader, error)) != S_OK)
        return hr;
    if (reader->state != READER_PENDING && (hr = reader_enter(reader, error)) != S_OK)
        return hr;
    if (of_element && reader->leave_work & LEAVE_MARK && reader->node == node)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The callback that reads a custom type has not read the element.");
    if (attribute != (reader->in_attribute ? reader->attribute : NULL))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The callback that reads a custom type has entered an attribute or left one.");
    return S_OK;
}

HRESULT custom_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                     const void *description, const void *value, WS_ERROR *error)
{
    const WS_CUSTOM_TYPE_DESCRIPTION *custom = description;
    unsigned depth = typed->writer->value_depth;
    ULONG mark = error_mark(error);
    HRESULT hr;

    (void)type;
    if ((hr = typed_enter(&typed->depth, error)) != S_OK)
        return hr;
    typed->begun = true;
    typed->writer->value_depth = typed->depth;
    hr = custom->writeCallback(typed->writer, mapping, custom->descriptionData, value, custom->size, error);
    typed->writer->value_depth = depth;
    typed->depth--;
    if ((hr = callback_result(hr, "callback that writes a custom type", mark, error)) != S_OK)
        return hr;
    return typed->writer->free_later ? callback_freed("writer", error) : writer_ready(typed->writer, error);
}
