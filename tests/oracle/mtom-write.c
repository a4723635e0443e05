/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * mtom-write.c - for mtom-email.sh: writes MTOM of what standard input says, or reads MTOM.
 *
 *     mtom-write         for each pair of lines "LENGTH MOST CHARSET HEADER" and the attachments' sizes, a package with
 *                        these attachments of random bytes (from the seed LENGTH), after a line with its own length,
 *                        with MOST as maxInlineByteCount
 *     mtom-write read    for each package, after a line with its length, a line: "bad" and why, or the nodes, as
 *                        reader-nodes.c writes them, with B and hexadecimal digits for bytes
 */
/* clang-format on */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "webservices.h"

static const WS_XML_STRING name_a = {1, (BYTE *)"a", NULL, 0}, name_b = {1, (BYTE *)"b", NULL, 0},
                           none = {0, NULL, NULL, 0};

static void fail(const char *what)
{
    fprintf(stderr, "mtom-write: %s\n", what);
    exit(1);
}

/* The same numbers as mtom-email.sh makes. */
static BYTE next_byte(uint32_t *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return (BYTE)(*seed >> 16);
}

static void write_package(WS_XML_WRITER *writer, unsigned seed_number, unsigned most, int charset, int header)
{
    static WCHAR boundary[] = {'=', '_', 'b', '?', ' ', '1'};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, (WS_CHARSET)charset};
    WS_XML_WRITER_MTOM_ENCODING encoding = {
        {WS_XML_WRITER_ENCODING_TYPE_MTOM}, &text.encoding, TRUE, {0, NULL}, {0, NULL}, {0, NULL}, most};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    ULONG limit = 0xffffffff;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, &limit, sizeof(limit)};
    uint32_t seed = seed_number;
    unsigned size, i;
    WS_BYTES got;
    BYTE *bytes;
    int c;

    if (header > 1)
    {
        encoding.boundary.chars = boundary;
        encoding.boundary.length = 6;
    }
    if (WsSetOutput(writer, &encoding.encoding, &output.output, &property, 1, NULL) != S_OK ||
        WsWriteStartElement(writer, NULL, &name_a, &none, NULL) != S_OK)
        fail("WsSetOutput");
    while ((c = getchar()) != '\n')
    {
        if (c == EOF)
            fail("a line of sizes is missing");
        ungetc(c, stdin);
        if (scanf("%u", &size) != 1 || !(bytes = malloc(size + 1)))
            fail("a size");
        for (i = 0; i < size; i++)
            bytes[i] = next_byte(&seed);
        if (WsWriteStartElement(writer, NULL, &name_b, &none, NULL) != S_OK ||
            WsWriteBytes(writer, bytes, size, NULL) != S_OK || WsWriteEndElement(writer, NULL) != S_OK)
            fail("WsWriteBytes");
        free(bytes);
    }
    if (WsWriteEndElement(writer, NULL) != S_OK ||
        WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL) != S_OK)
        fail("WS_XML_WRITER_PROPERTY_BYTES");
    printf("%u\n", (unsigned)got.length);
    fwrite(got.bytes, 1, got.length, stdout);
}

static int write_packages(void)
{
    WS_XML_WRITER *writer = NULL;
    unsigned seed, most;
    int charset, header;

    if (WsCreateWriter(NULL, 0, &writer, NULL) != S_OK)
        return 1;
    while (scanf("%u %u %d %d", &seed, &most, &charset, &header) == 4 && getchar() == '\n')
        write_package(writer, seed, most, charset, header);
    WsFreeWriter(writer);
    return 0;
}

/* --- Reading --- */

static void put_hex(const BYTE *bytes, size_t length)
{
    while (length--)
        printf("%02x", *bytes++);
}

static void put_node(const WS_XML_NODE *node, bool *in_bytes)
{
    const WS_XML_TEXT *text = node->nodeType == WS_XML_NODE_TYPE_TEXT ? ((const WS_XML_TEXT_NODE *)node)->text : NULL;
    bool is_bytes = text && text->textType == WS_XML_TEXT_TYPE_BASE64;

    if (is_bytes && !*in_bytes)
        printf(" B");
    *in_bytes = is_bytes;
    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        printf(" <%.*s", (int)((const WS_XML_ELEMENT_NODE *)node)->localName->length,
               (const char *)((const WS_XML_ELEMENT_NODE *)node)->localName->bytes);
        break;
    case WS_XML_NODE_TYPE_END_ELEMENT: printf(" >"); break;
    case WS_XML_NODE_TYPE_TEXT:
        if (is_bytes)
            put_hex(((const WS_XML_BASE64_TEXT *)text)->bytes, ((const WS_XML_BASE64_TEXT *)text)->length);
        else
        {
            printf(" T");
            put_hex(((const WS_XML_UTF8_TEXT *)text)->value.bytes, ((const WS_XML_UTF8_TEXT *)text)->value.length);
        }
        break;
    default: break;
    }
}

static void read_package(WS_XML_READER *reader, WS_ERROR *error, void *bytes, unsigned long length)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_MTOM_ENCODING encoding = {
        {WS_XML_READER_ENCODING_TYPE_MTOM}, &text.encoding, TRUE, {0, NULL}, {0, NULL}, {0, NULL}};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes, (ULONG)length};
    const WS_XML_NODE *node;
    bool in_bytes = false;
    WS_STRING sentence;
    HRESULT hr;
    ULONG i;

    WsResetError(error);
    hr = WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, error);
    printf("ok");
    while (hr == S_OK && (hr = WsReadNode(reader, error)) == S_OK &&
           (hr = WsGetReaderNode(reader, &node, error)) == S_OK)
    {
        put_node(node, &in_bytes);
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            break;
    }
    if (hr != S_OK)
    {
        printf(" bad ");
        if (WsGetErrorString(error, 0, &sentence) == S_OK)
            for (i = 0; i < sentence.length; i++)
                putchar(sentence.chars[i] < 0x80 ? (int)sentence.chars[i] : '?');
    }
    printf("\n");
}

static int read_packages(void)
{
    WS_XML_READER *reader = NULL;
    WS_ERROR *error = NULL;
    unsigned long length;
    void *bytes;

    if (WsCreateReader(NULL, 0, &reader, NULL) != S_OK || WsCreateError(NULL, 0, &error) != S_OK)
        return 1;
    while (scanf("%lu", &length) == 1 && getchar() == '\n')
    {
        if (!(bytes = malloc(length + 1)) || fread(bytes, 1, length, stdin) != length)
            fail("a package is cut off");
        read_package(reader, error, bytes, length);
        free(bytes);
    }
    WsFreeReader(reader);
    WsFreeError(error);
    return 0;
}

int main(int argc, char **argv)
{
    return argc > 1 && !strcmp(argv[1], "read") ? read_packages() : write_packages();
}
