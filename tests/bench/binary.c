/* SPDX-License-Identifier: MIT */
/*
 * Reading the binary encoding against reading the same documents as text, by the same reader: an order document of
 * about 2 MB of text, and one that is mostly long text. Each figure is the best of rounds that are interleaved.
 * Megabytes are those of the text, whatever is read, so that the figures can be compared.
 */
#include "document.h"
#include "limit.h"
#include "webservices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 15

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static char *text;
static size_t text_length;
static BYTE *binary;
static ULONG binary_length;
static size_t elements, characters;

static void check(HRESULT hr)
{
    if (hr == S_OK)
        return;
    printf("failed: 0x%08x\n", (unsigned)hr);
    exit(1);
}

static void set_text(void)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, text, (ULONG)text_length};

    check(WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
}

static void set_binary(void)
{
    WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, binary, binary_length};

    check(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &encoding.staticDictionary, NULL));
    check(WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
}

static void set_output(void)
{
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};

    check(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &encoding.staticDictionary, NULL));
    check(WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
}

static void read_nodes(void)
{
    const WS_XML_NODE *node;

    do
    {
        check(WsReadNode(reader, NULL));
        check(WsGetReaderNode(reader, &node, NULL));
        if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
            elements++;
        else if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
            characters += ((const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)node)->text)->value.length;
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
}

static void copy_nodes(void)
{
    const WS_XML_NODE *node;

    for (;;)
    {
        check(WsReadNode(reader, NULL));
        check(WsGetReaderNode(reader, &node, NULL));
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            break;
        check(WsWriteNode(writer, node, NULL));
    }
}

static void run_text(void)
{
    set_text();
    read_nodes();
}

static void run_binary(void)
{
    set_binary();
    read_nodes();
}

static void run_skip(void)
{
    set_binary();
    check(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    check(WsSkipNode(reader, NULL));
}

static void run_convert(void)
{
    set_text();
    set_output();
    copy_nodes();
}

static void run_copy(void)
{
    set_binary();
    set_output();
    copy_nodes();
}

static void compare(const char *what)
{
    static const struct
    {
        const char *name;
        void (*run)(void);
    } runs[] = {
        {"text, nodes", run_text},       {"binary, nodes", run_binary},  {"binary, skip", run_skip},
        {"text to binary", run_convert}, {"binary to binary", run_copy},
    };
    double best[sizeof(runs) / sizeof(runs[0])] = {0}, start, time;
    WS_BYTES bytes;
    size_t i;
    int round;

    run_convert();
    check(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    binary = malloc(bytes.length);
    memcpy(binary, bytes.bytes, bytes.length);
    binary_length = bytes.length;
    for (round = 0; round < ROUNDS; round++)
        for (i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
        {
            start = bench_begin();
            runs[i].run();
            time = bench_now() - start;
            if (!best[i] || time < best[i])
                best[i] = time;
        }
    printf("| %s, %zu bytes, %u as binary | MB/s of text | x text |\n|:---|---:|---:|\n", what, text_length,
           (unsigned)binary_length);
    for (i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
        printf("| %-20s | %7.1f | %5.2f |\n", runs[i].name, (double)text_length * 1e3 / best[i], best[0] / best[i]);
    printf("\n");
    free(binary);
}

int main(void)
{
    check(WsCreateReader(NULL, 0, &reader, NULL));
    check(WsCreateWriter(NULL, 0, &writer, NULL));
    text = bench_orders(2000000, &text_length);
    compare("order document");
    free(text);
    text = bench_text(2000000, &text_length);
    compare("long text");
    free(text);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    return 0;
}
