/* SPDX-License-Identifier: MIT */
/*
 * decode_tree.c - the decoder of XML buffers, which only walks through them; see reader.h.
 *
 * The reader shows the buffer's own nodes. What is in scope is found by looking at the elements around the node: a
 * reader that can be moved anywhere cannot keep a stack of them.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "xml/names.h"

void reader_tree_show(WS_XML_READER *reader, struct xml_node *node)
{
    reader_end_text(reader);
    reader->tree_node = node;
    reader->node = &node->shown.node;
}

static HRESULT tree_next(WS_XML_READER *reader, WS_ERROR *error)
{
    struct xml_node *next = xml_node_following(reader->tree_node);

    if (!next)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is at the end of the XML buffer already.");
    reader_tree_show(reader, next);
    return S_OK;
}

const struct reader_decoder reader_tree_decoder = {.next = tree_next};

void reader_set_tree(WS_XML_READER *reader, WS_XML_BUFFER *buffer)
{
    reader->tree = buffer;
    reader->decoder = &reader_tree_decoder;
    reader->state = READER_TREE;
    reader_tree_show(reader, buffer->document);
}

size_t reader_depth(const WS_XML_READER *reader)
{
    const struct xml_node *node = reader->tree_node;
    size_t depth = 0;

    if (!reader->tree)
        return reader->scope.depth;
    for (; node; node = node->parent)
        depth += node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT;
    return depth;
}

bool reader_contains(const WS_XML_READER *reader, const struct xml_node *node)
{
    for (node = node->parent; node; node = node->parent)
        if (node == reader->tree_node)
            return true;
    return false;
}

/* --- Scope --- */

const WS_XML_STRING *reader_tree_namespace(const struct xml_node *node, const WS_XML_STRING *prefix)
{
    const WS_XML_ELEMENT_NODE *element;
    ULONG i;

    for (; node; node = node->parent)
    {
        if (node->shown.node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
            continue;
        element = &node->shown.element;
        for (i = 0; i < element->attributeCount; i++)
            if (element->attributes[i]->isXmlNs && xml_string_equals(element->attributes[i]->prefix, prefix))
                return element->attributes[i]->ns;
    }
    if (!prefix->length)
        return &xml_empty;
    if (xml_string_equals(prefix, &xml_prefix_xml))
        return &xml_namespace_xml;
    return xml_string_equals(prefix, &xml_prefix_xmlns) ? &xml_namespace_xmlns : NULL;
}

const WS_XML_TEXT *reader_tree_xml_attribute(const struct xml_node *node, const WS_XML_STRING *name)
{
    const WS_XML_ATTRIBUTE *attribute;
    ULONG i;

    for (; node; node = node->parent)
        for (i = 0; node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT && i < node->shown.element.attributeCount;
             i++)
        {
            attribute = node->shown.element.attributes[i];
            if (!attribute->isXmlNs && xml_string_equals(attribute->localName, name) &&
                xml_string_equals(attribute->ns, &xml_namespace_xml))
                return attribute->value;
        }
    return NULL;
}
