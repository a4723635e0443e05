/* SPDX-License-Identifier: MIT */
/* xml-queue.c - see xml-queue.h. */
#include "xml-queue.h"

#include <stdlib.h>
#include <string.h>

/* --- Copies of nodes --- */

/* Where a copy goes. Without memory, it is found out how much is needed. */
struct copy
{
    BYTE *to;
    SIZE_T used;
};

static void *keep(struct copy *copy, const void *bytes, SIZE_T size)
{
    void *kept = NULL;

    if (copy->to)
    {
        kept = copy->to + copy->used;
        if (size)
            memcpy(kept, bytes, size);
    }
    copy->used += (size + 7) & ~(SIZE_T)7;
    return kept;
}

static WS_XML_STRING *keep_string(struct copy *copy, const WS_XML_STRING *string)
{
    WS_XML_STRING kept;

    if (!string)
        return NULL;
    kept = *string;
    kept.bytes = (BYTE *)keep(copy, string->bytes, string->length);
    return (WS_XML_STRING *)keep(copy, &kept, sizeof(kept));
}

/* Of the types of text, those that consist of one structure. */
static SIZE_T size_of_text(WS_XML_TEXT_TYPE type)
{
    switch (type)
    {
    case WS_XML_TEXT_TYPE_BOOL: return sizeof(WS_XML_BOOL_TEXT);
    case WS_XML_TEXT_TYPE_INT32: return sizeof(WS_XML_INT32_TEXT);
    case WS_XML_TEXT_TYPE_INT64: return sizeof(WS_XML_INT64_TEXT);
    case WS_XML_TEXT_TYPE_UINT64: return sizeof(WS_XML_UINT64_TEXT);
    case WS_XML_TEXT_TYPE_FLOAT: return sizeof(WS_XML_FLOAT_TEXT);
    case WS_XML_TEXT_TYPE_DOUBLE: return sizeof(WS_XML_DOUBLE_TEXT);
    case WS_XML_TEXT_TYPE_DECIMAL: return sizeof(WS_XML_DECIMAL_TEXT);
    case WS_XML_TEXT_TYPE_GUID: return sizeof(WS_XML_GUID_TEXT);
    case WS_XML_TEXT_TYPE_UNIQUE_ID: return sizeof(WS_XML_UNIQUE_ID_TEXT);
    case WS_XML_TEXT_TYPE_DATETIME: return sizeof(WS_XML_DATETIME_TEXT);
    case WS_XML_TEXT_TYPE_TIMESPAN: return sizeof(WS_XML_TIMESPAN_TEXT);
    default: return sizeof(WS_XML_TEXT);
    }
}

static WS_XML_TEXT *keep_text(struct copy *copy, const WS_XML_TEXT *text)
{
    WS_XML_UTF8_TEXT utf8;
    WS_XML_UTF16_TEXT utf16;
    WS_XML_BASE64_TEXT base64;
    WS_XML_QNAME_TEXT qname;
    WS_XML_LIST_TEXT list;
    ULONG i;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
        utf8 = *(const WS_XML_UTF8_TEXT *)text;
        utf8.value.bytes = (BYTE *)keep(copy, utf8.value.bytes, utf8.value.length);
        return (WS_XML_TEXT *)keep(copy, &utf8, sizeof(utf8));
    case WS_XML_TEXT_TYPE_UTF16:
        utf16 = *(const WS_XML_UTF16_TEXT *)text;
        utf16.bytes = (BYTE *)keep(copy, utf16.bytes, utf16.byteCount);
        return (WS_XML_TEXT *)keep(copy, &utf16, sizeof(utf16));
    case WS_XML_TEXT_TYPE_BASE64:
        base64 = *(const WS_XML_BASE64_TEXT *)text;
        base64.bytes = (BYTE *)keep(copy, base64.bytes, base64.length);
        return (WS_XML_TEXT *)keep(copy, &base64, sizeof(base64));
    case WS_XML_TEXT_TYPE_QNAME:
        qname = *(const WS_XML_QNAME_TEXT *)text;
        qname.prefix = keep_string(copy, qname.prefix);
        qname.localName = keep_string(copy, qname.localName);
        qname.ns = keep_string(copy, qname.ns);
        return (WS_XML_TEXT *)keep(copy, &qname, sizeof(qname));
    case WS_XML_TEXT_TYPE_LIST:
        list = *(const WS_XML_LIST_TEXT *)text;
        list.items = (WS_XML_TEXT **)keep(copy, list.items, list.itemCount * sizeof(*list.items));
        for (i = 0; i < list.itemCount; i++)
        {
            WS_XML_TEXT *item = keep_text(copy, ((const WS_XML_LIST_TEXT *)text)->items[i]);

            if (copy->to)
                list.items[i] = item;
        }
        return (WS_XML_TEXT *)keep(copy, &list, sizeof(list));
    default: return (WS_XML_TEXT *)keep(copy, text, size_of_text(text->textType));
    }
}

static WS_XML_ATTRIBUTE *keep_attribute(struct copy *copy, const WS_XML_ATTRIBUTE *attribute)
{
    WS_XML_ATTRIBUTE kept = *attribute;

    kept.prefix = keep_string(copy, attribute->prefix);
    kept.localName = keep_string(copy, attribute->localName);
    kept.ns = keep_string(copy, attribute->ns);
    kept.value = attribute->value ? keep_text(copy, attribute->value) : NULL;
    return (WS_XML_ATTRIBUTE *)keep(copy, &kept, sizeof(kept));
}

static const WS_XML_NODE *keep_element(struct copy *copy, const WS_XML_ELEMENT_NODE *element)
{
    WS_XML_ELEMENT_NODE kept = *element;
    ULONG i;

    kept.prefix = keep_string(copy, element->prefix);
    kept.localName = keep_string(copy, element->localName);
    kept.ns = keep_string(copy, element->ns);
    kept.attributes =
        (WS_XML_ATTRIBUTE **)keep(copy, element->attributes, element->attributeCount * sizeof(*element->attributes));
    for (i = 0; i < element->attributeCount; i++)
    {
        WS_XML_ATTRIBUTE *attribute = keep_attribute(copy, element->attributes[i]);

        if (copy->to)
            kept.attributes[i] = attribute;
    }
    return (const WS_XML_NODE *)keep(copy, &kept, sizeof(kept));
}

static const WS_XML_NODE *keep_node(struct copy *copy, const WS_XML_NODE *node)
{
    WS_XML_TEXT_NODE text;
    WS_XML_COMMENT_NODE comment;

    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT: return keep_element(copy, (const WS_XML_ELEMENT_NODE *)node);
    case WS_XML_NODE_TYPE_TEXT:
        text = *(const WS_XML_TEXT_NODE *)node;
        text.text = keep_text(copy, text.text);
        return (const WS_XML_NODE *)keep(copy, &text, sizeof(text));
    case WS_XML_NODE_TYPE_COMMENT:
        comment = *(const WS_XML_COMMENT_NODE *)node;
        comment.value.bytes = (BYTE *)keep(copy, comment.value.bytes, comment.value.length);
        return (const WS_XML_NODE *)keep(copy, &comment, sizeof(comment));
    default: return (const WS_XML_NODE *)keep(copy, node, sizeof(*node));
    }
}

static struct queued *copy_node(const WS_XML_NODE *node)
{
    const SIZE_T header = (sizeof(struct queued) + 7) & ~(SIZE_T)7;
    struct copy copy = {NULL, 0};
    struct queued *queued;

    keep_node(&copy, node);
    queued = (struct queued *)malloc(header + copy.used);
    if (!queued)
        return NULL;
    queued->next = NULL;
    queued->size = copy.used;
    copy.to = (BYTE *)queued + header;
    copy.used = 0;
    queued->node = keep_node(&copy, node);
    return queued;
}

/* --- The queue --- */

void init_queue(struct node_queue *queue, WS_XML_READER *reader)
{
    memset(queue, 0, sizeof(*queue));
    queue->reader = reader;
    queue->end = &queue->first;
}

void free_queue(struct node_queue *queue)
{
    struct queued *queued;

    free(queue->taken);
    while ((queued = queue->first))
    {
        queue->first = queued->next;
        free(queued);
    }
}

static HRESULT read_one(struct node_queue *queue, WS_ERROR *error)
{
    const WS_XML_NODE *node;
    struct queued *queued;
    HRESULT hr;

    if (FAILED(hr = next_node(queue->reader, &node, error)))
        return hr;
    queued = copy_node(node);
    if (!queued)
        return E_OUTOFMEMORY;
    *queue->end = queued;
    queue->end = &queued->next;
    queue->count++;
    queue->size += queued->size;
    return S_OK;
}

HRESULT take_node(struct node_queue *queue, const WS_XML_NODE **node, WS_ERROR *error)
{
    struct queued *queued;
    HRESULT hr;

    if (!queue->first && FAILED(hr = read_one(queue, error)))
        return hr;
    queued = queue->first;
    queue->first = queued->next;
    if (!queue->first)
        queue->end = &queue->first;
    queue->count--;
    queue->size -= queued->size;
    free(queue->taken);
    queue->taken = queued;
    *node = queued->node;
    return S_OK;
}

HRESULT look_ahead(struct node_queue *queue, const struct queued *after, const struct queued **next, WS_ERROR *error)
{
    HRESULT hr;

    *next = after ? after->next : queue->first;
    if (*next || (after && after->node->nodeType == WS_XML_NODE_TYPE_EOF) || queue->count >= MAX_AHEAD_NODES ||
        queue->size >= MAX_AHEAD_BYTES)
        return S_OK;
    if (FAILED(hr = read_one(queue, error)))
        return hr;
    *next = after ? after->next : queue->first;
    return S_OK;
}
