/* SPDX-License-Identifier: MIT */
/*
 * node-digest.h - a number that stands for all that a node shows: for tests and fuzzers that look at a node again
 * later.
 */
#ifndef WS_NODE_DIGEST_H
#define WS_NODE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

static inline uint64_t digest_bytes(uint64_t digest, const void *bytes, size_t length)
{
    const unsigned char *p = bytes;

    for (digest ^= length; length--; p++)
        digest = (digest ^ *p) * 0x100000001b3u;
    return digest * 0x100000001b3u;
}

static inline uint64_t digest_string(uint64_t digest, const WS_XML_STRING *string)
{
    return string ? digest_bytes(digest, string->bytes, string->length) : digest_bytes(digest, "-", 1);
}

static inline uint64_t digest_text(uint64_t digest, const WS_XML_TEXT *text)
{
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
    const WS_XML_LIST_TEXT *list = (const WS_XML_LIST_TEXT *)text;
    ULONG i;

    digest = digest_bytes(digest, &text->textType, sizeof(text->textType));
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return digest_string(digest, &((const WS_XML_UTF8_TEXT *)text)->value);
    case WS_XML_TEXT_TYPE_UTF16: return digest_bytes(digest, utf16->bytes, utf16->byteCount);
    case WS_XML_TEXT_TYPE_BASE64: return digest_bytes(digest, base64->bytes, base64->length);
    case WS_XML_TEXT_TYPE_BOOL: return digest_bytes(digest, &((const WS_XML_BOOL_TEXT *)text)->value, sizeof(BOOL));
    case WS_XML_TEXT_TYPE_INT32: return digest_bytes(digest, &((const WS_XML_INT32_TEXT *)text)->value, 4);
    case WS_XML_TEXT_TYPE_INT64: return digest_bytes(digest, &((const WS_XML_INT64_TEXT *)text)->value, 8);
    case WS_XML_TEXT_TYPE_UINT64: return digest_bytes(digest, &((const WS_XML_UINT64_TEXT *)text)->value, 8);
    case WS_XML_TEXT_TYPE_FLOAT: return digest_bytes(digest, &((const WS_XML_FLOAT_TEXT *)text)->value, 4);
    case WS_XML_TEXT_TYPE_DOUBLE: return digest_bytes(digest, &((const WS_XML_DOUBLE_TEXT *)text)->value, 8);
    case WS_XML_TEXT_TYPE_DECIMAL: return digest_bytes(digest, &((const WS_XML_DECIMAL_TEXT *)text)->value, 16);
    case WS_XML_TEXT_TYPE_GUID: return digest_bytes(digest, &((const WS_XML_GUID_TEXT *)text)->value, 16);
    case WS_XML_TEXT_TYPE_UNIQUE_ID: return digest_bytes(digest, &((const WS_XML_UNIQUE_ID_TEXT *)text)->value, 16);
    case WS_XML_TEXT_TYPE_DATETIME: return digest_bytes(digest, &((const WS_XML_DATETIME_TEXT *)text)->value, 12);
    case WS_XML_TEXT_TYPE_TIMESPAN: return digest_bytes(digest, &((const WS_XML_TIMESPAN_TEXT *)text)->value, 8);
    case WS_XML_TEXT_TYPE_QNAME:
        return digest_string(digest_string(digest_string(digest, qname->prefix), qname->localName), qname->ns);
    case WS_XML_TEXT_TYPE_LIST:
        for (i = 0; i < list->itemCount; i++)
            digest = digest_text(digest, list->items[i]);
        return digest;
    }
    return digest;
}

static inline uint64_t digest_node(const WS_XML_NODE *node)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;
    uint64_t digest = digest_bytes(0, &node->nodeType, sizeof(node->nodeType));
    ULONG i;

    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_TEXT: return digest_text(digest, ((const WS_XML_TEXT_NODE *)node)->text);
    case WS_XML_NODE_TYPE_COMMENT: return digest_string(digest, &((const WS_XML_COMMENT_NODE *)node)->value);
    case WS_XML_NODE_TYPE_ELEMENT: break;
    default: return digest;
    }
    digest = digest_string(digest_string(digest_string(digest, element->prefix), element->localName), element->ns);
    digest = digest_bytes(digest, &element->isEmpty, sizeof(element->isEmpty));
    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        digest = digest_bytes(digest, &attribute->singleQuote, sizeof(attribute->singleQuote));
        digest = digest_bytes(digest, &attribute->isXmlNs, sizeof(attribute->isXmlNs));
        digest =
            digest_string(digest_string(digest_string(digest, attribute->prefix), attribute->localName), attribute->ns);
        digest = digest_text(digest, attribute->value);
    }
    return digest;
}

#endif
