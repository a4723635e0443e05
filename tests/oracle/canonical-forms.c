/* SPDX-License-Identifier: MIT */
/*
 * canonical-forms.c - for canonical-lxml.sh: reads documents from standard input, each after a line with
 *
 *     its length, the algorithm (a number), an element (by number, from 1; 0: the whole document), inclusive prefixes
 *     (separated by commas, "#default" among them; "-": none)
 *
 * and writes a line for each, with the canonical form as hexadecimal digits: of what a reader reads, of an XML buffer
 * of it, and of what a writer writes as binary when it is given the reader's nodes. "bad" stands for a failure.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "webservices.h"

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_HEAP *heap;

static WS_XML_CANONICALIZATION_ALGORITHM algorithm;
static WS_XML_STRING prefix_list[64];
static WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES prefixes = {0, prefix_list};
static const WS_XML_CANONICALIZATION_PROPERTY properties[] = {
    {WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &algorithm, sizeof(algorithm)},
    {WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES, &prefixes, sizeof(prefixes)},
};

static HRESULT CALLBACK print(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                              WS_ERROR *error)
{
    ULONG i, j;

    (void)state, (void)context, (void)error;
    for (i = 0; i < count; i++)
        for (j = 0; j < buffers[i].length; j++)
            printf("%02x", buffers[i].bytes[j]);
    return S_OK;
}

/* Moves to an element by its number. */
static HRESULT move_to(unsigned number, WS_XML_WRITER *to)
{
    const WS_XML_NODE *node;
    HRESULT hr;

    if (!number)
        return S_OK;
    for (;;)
    {
        if ((hr = WsReadNode(reader, NULL)) != S_OK || (hr = WsGetReaderNode(reader, &node, NULL)) != S_OK)
            return hr;
        if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT && !--number)
            return S_OK;
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            return E_FAIL;
        if (to && (hr = WsWriteNode(to, node, NULL)) != S_OK)
            return hr;
    }
}

static HRESULT skip_all(void)
{
    const WS_XML_NODE *node;
    HRESULT hr;

    do
        if ((hr = WsReadNode(reader, NULL)) != S_OK || (hr = WsGetReaderNode(reader, &node, NULL)) != S_OK)
            return hr;
    while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

static HRESULT print_read(unsigned number)
{
    HRESULT hr;

    if ((hr = move_to(number, NULL)) != S_OK ||
        (hr = WsStartReaderCanonicalization(reader, print, NULL, properties, 2, NULL)) != S_OK ||
        (hr = number ? WsSkipNode(reader, NULL) : skip_all()) != S_OK)
        return hr;
    return WsEndReaderCanonicalization(reader, NULL);
}

static HRESULT print_written(unsigned number)
{
    static const WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    static const WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    const WS_XML_NODE *node;
    unsigned depth = 0;
    HRESULT hr;

    if ((hr = WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL)) != S_OK ||
        (hr = move_to(number, writer)) != S_OK ||
        (hr = WsStartWriterCanonicalization(writer, print, NULL, properties, 2, NULL)) != S_OK)
        return hr;
    do
    {
        if ((hr = WsGetReaderNode(reader, &node, NULL)) != S_OK || (hr = WsWriteNode(writer, node, NULL)) != S_OK)
            return hr;
        depth += node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
        depth -= node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT;
        if (node->nodeType != WS_XML_NODE_TYPE_EOF && (hr = WsReadNode(reader, NULL)) != S_OK)
            return hr;
    } while (number ? depth != 0 : node->nodeType != WS_XML_NODE_TYPE_EOF);
    return WsEndWriterCanonicalization(writer, NULL);
}

static HRESULT set_bytes(void *bytes, unsigned long length)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes, (ULONG)length};

    return WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL);
}

static void verify(void *bytes, unsigned long length, unsigned element)
{
    WS_XML_BUFFER *buffer = NULL;

    if (set_bytes(bytes, length) != S_OK || print_read(element) != S_OK)
        printf("bad");
    printf(" ");
    if (set_bytes(bytes, length) != S_OK || WsReadXmlBuffer(reader, heap, &buffer, NULL) != S_OK ||
        WsSetInputToBuffer(reader, buffer, NULL, 0, NULL) != S_OK || print_read(element) != S_OK)
        printf("bad");
    printf(" ");
    if (set_bytes(bytes, length) != S_OK || print_written(element) != S_OK)
        printf("bad");
    printf("\n");
    WsResetHeap(heap, NULL);
}

static void set_prefixes(char *list)
{
    prefixes.prefixCount = 0;
    if (!strcmp(list, "-"))
        return;
    for (list = strtok(list, ","); list && prefixes.prefixCount < 64; list = strtok(NULL, ","))
    {
        prefix_list[prefixes.prefixCount].bytes = (BYTE *)list;
        prefix_list[prefixes.prefixCount++].length = (ULONG)strlen(list);
    }
}

int main(void)
{
    char list[256];
    unsigned long length;
    unsigned number, element;
    void *bytes;

    if (WsCreateReader(NULL, 0, &reader, NULL) != S_OK || WsCreateWriter(NULL, 0, &writer, NULL) != S_OK ||
        WsCreateHeap(1 << 24, 1 << 20, NULL, 0, &heap, NULL) != S_OK)
        return 1;
    while (scanf("%lu %u %u %255s", &length, &number, &element, list) == 4 && getchar() == '\n')
    {
        if (!(bytes = malloc(length + 1)) || fread(bytes, 1, length, stdin) != length)
            return 1;
        algorithm = (WS_XML_CANONICALIZATION_ALGORITHM)number;
        set_prefixes(list);
        verify(bytes, length, element);
        free(bytes);
    }
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
    return 0;
}
