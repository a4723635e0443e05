/* SPDX-License-Identifier: MIT */
/*
 * reader-nodes.c - for reader-expat.sh and reader-libxml2.sh: reads documents from standard input, each after a line
 * with its length, and writes a line for each: "bad" and the error's sentence, or "ok" and the nodes, as hexadecimal
 * digits of
 *
 *     Sns|name        a start element (without "ns|" if it has none)
 *     @ns|name=value  an attribute of it
 *     E               an end element
 *     Ttext           all text up to the next other node
 *     Ccomment
 *     [ ]             a CDATA section's start and end
 *
 * with a line feed after each. With the argument "plain", CDATA sections are text like other text. What XML and the
 * API see in different ways is made the same: white space outside of the root element is left out, and a document
 * without one is bad.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "webservices.h"

static bool plain;

static void put(const void *bytes, size_t length)
{
    const unsigned char *p = bytes;

    while (length--)
        printf("%02x", *p++);
}

static void put_text(const char *text)
{
    put(text, strlen(text));
}

static void put_name(const WS_XML_STRING *ns, const WS_XML_STRING *name)
{
    put(ns->bytes, ns->length);
    if (ns->length)
        put_text("|");
    put(name->bytes, name->length);
}

static const WS_XML_STRING *utf8_of(const WS_XML_TEXT *text)
{
    return &((const WS_XML_UTF8_TEXT *)text)->value;
}

static void put_element(const WS_XML_ELEMENT_NODE *element)
{
    ULONG i;

    put_text("S");
    put_name(element->ns, element->localName);
    put_text("\n");
    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        if (attribute->isXmlNs)
            continue;
        put_text("@");
        put_name(attribute->ns, attribute->localName);
        put_text("=");
        put(utf8_of(attribute->value)->bytes, utf8_of(attribute->value)->length);
        put_text("\n");
    }
}

static HRESULT put_nodes(WS_XML_READER *reader, WS_ERROR *error)
{
    const WS_XML_STRING *string;
    const WS_XML_NODE *node;
    int in_text = 0, depth = 0, elements = 0;
    HRESULT hr;

    for (;;)
    {
        if ((hr = WsReadNode(reader, error)) != S_OK || (hr = WsGetReaderNode(reader, &node, error)) != S_OK)
            return hr;
        if (plain && (node->nodeType == WS_XML_NODE_TYPE_CDATA || node->nodeType == WS_XML_NODE_TYPE_END_CDATA))
            continue;
        if (in_text && node->nodeType != WS_XML_NODE_TYPE_TEXT)
        {
            put_text("\n");
            in_text = 0;
        }
        switch (node->nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT:
            put_element((const WS_XML_ELEMENT_NODE *)node);
            depth++;
            elements++;
            break;
        case WS_XML_NODE_TYPE_END_ELEMENT:
            put_text("E\n");
            depth--;
            break;
        case WS_XML_NODE_TYPE_CDATA: put_text("[\n"); break;
        case WS_XML_NODE_TYPE_END_CDATA: put_text("]\n"); break;
        case WS_XML_NODE_TYPE_COMMENT:
            string = &((const WS_XML_COMMENT_NODE *)node)->value;
            put_text("C");
            put(string->bytes, string->length);
            put_text("\n");
            break;
        case WS_XML_NODE_TYPE_TEXT:
            if (!depth)
                break;
            if (!in_text)
                put_text("T");
            in_text = 1;
            string = utf8_of(((const WS_XML_TEXT_NODE *)node)->text);
            put(string->bytes, string->length);
            break;
        default: return elements ? S_OK : WS_E_INVALID_FORMAT;
        }
    }
}

static void verify(WS_XML_READER *reader, WS_ERROR *error, void *bytes, unsigned long length)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_STRING sentence = {0, NULL};
    HRESULT hr;
    ULONG i;

    input.encodedData = bytes;
    input.encodedDataSize = (ULONG)length;
    WsResetError(error);
    hr = WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, error);
    printf("ok ");
    if (hr == S_OK)
        hr = put_nodes(reader, error);
    if (hr != S_OK)
    {
        printf(" bad ");
        if (WsGetErrorString(error, 0, &sentence) == S_OK)
            for (i = 0; i < sentence.length; i++)
                putchar(sentence.chars[i] < 0x80 ? (int)sentence.chars[i] : '?');
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    ULONG many = 1000;
    WS_XML_READER_PROPERTY properties[] = {{WS_XML_READER_PROPERTY_MAX_DEPTH, &many, sizeof(many)},
                                           {WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, &many, sizeof(many)},
                                           {WS_XML_READER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)}};
    WS_XML_READER *reader = NULL;
    WS_ERROR *error = NULL;
    unsigned long length;
    void *bytes;

    plain = argc > 1 && !strcmp(argv[1], "plain");
    if (WsCreateReader(properties, 3, &reader, NULL) != S_OK || WsCreateError(NULL, 0, &error) != S_OK)
        return 1;
    while (scanf("%lu", &length) == 1 && getchar() == '\n')
    {
        if (!(bytes = malloc(length + 1)) || fread(bytes, 1, length, stdin) != length)
            return 1;
        verify(reader, error, bytes, length);
        free(bytes);
    }
    WsFreeReader(reader);
    WsFreeError(error);
    return 0;
}
