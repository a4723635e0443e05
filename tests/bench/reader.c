/* SPDX-License-Identifier: MIT */
/*
 * The reader against its peers: expat with namespaces, and libxml2's xmlTextReader, on an order document of about 2 MB
 * and on one that is mostly long text. All are asked for the same: every node, the number of attributes of elements,
 * the length of texts. Each figure is the best of rounds that are interleaved; what counts are the ratios.
 * The exclusive canonical form is made by the reader as it reads, in pieces of 1 KB; by libxml2, of a tree.
 *
 * With --linear: the order document in 1, 10 and 100 MB, to see that cost grows with the size alone.
 */
#include "document.h"
#include "limit.h"
#include "webservices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_EXPAT
#include <expat.h>
#endif
#ifdef HAVE_LIBXML2
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#endif

#define ROUNDS 15

/* What a run has seen: all must agree on elements, and those that make a canonical form on its length. */
struct seen
{
    size_t elements, attributes, text, form;
};

static struct seen seen;
static const char *document;
static size_t document_length;

static void check(HRESULT hr)
{
    if (hr == S_OK)
        return;
    printf("failed: 0x%08x\n", (unsigned)hr);
    exit(1);
}

static void see(const WS_XML_NODE *node)
{
    ULONG i;

    if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
    {
        const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;

        seen.elements++;
        for (i = 0; i < element->attributeCount; i++)
            seen.attributes += !element->attributes[i]->isXmlNs;
    }
    else if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
        seen.text += ((const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)node)->text)->value.length;
}

static WS_XML_READER *reader;

static void set_buffer(void)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)document, (ULONG)document_length};

    check(WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
}

static void run_nodes(void)
{
    const WS_XML_NODE *node;

    set_buffer();
    do
    {
        check(WsReadNode(reader, NULL));
        check(WsGetReaderNode(reader, &node, NULL));
        see(node);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
}

static void run_skip(void)
{
    set_buffer();
    check(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    check(WsSkipNode(reader, NULL));
}

static HRESULT CALLBACK write_form(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error)
{
    ULONG i;

    (void)state, (void)context, (void)error;
    for (i = 0; i < count; i++)
        seen.form += buffers[i].length;
    return S_OK;
}

static void run_canonical(void)
{
    const WS_XML_NODE *node;

    set_buffer();
    check(WsStartReaderCanonicalization(reader, write_form, NULL, NULL, 0, NULL));
    do
    {
        check(WsReadNode(reader, NULL));
        check(WsGetReaderNode(reader, &node, NULL));
        see(node);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    check(WsEndReaderCanonicalization(reader, NULL));
}

/* The limit: what it takes to look at every byte. */
static void run_scan(void)
{
    bench_use(memchr(document, 0, document_length));
}

/* A stream that comes in pieces of 16 KB, filled when half of 32 KB is used up. */
static size_t stream_pos;

static HRESULT CALLBACK read_stream(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error)
{
    size_t count = document_length - stream_pos;

    (void)state, (void)context, (void)error;
    if (count > max)
        count = max;
    if (count > 16384)
        count = 16384;
    memcpy(bytes, document + stream_pos, count);
    stream_pos += count;
    *actual = (ULONG)count;
    return S_OK;
}

static void run_stream(void)
{
    ULONG nodes = 0;
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, NULL};
    const WS_XML_NODE *node;

    stream_pos = 0;
    check(WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
    do
    {
        if (nodes++ % 8 == 0)
            check(WsFillReader(reader, 16384, NULL, NULL));
        check(WsReadNode(reader, NULL));
        check(WsGetReaderNode(reader, &node, NULL));
        see(node);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
}

#ifdef HAVE_EXPAT
static void XMLCALL expat_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    (void)data, (void)name;
    seen.elements++;
    for (; *attributes; attributes += 2)
        seen.attributes++;
}

static void XMLCALL expat_end(void *data, const XML_Char *name)
{
    (void)data, (void)name;
}

static void XMLCALL expat_text(void *data, const XML_Char *text, int length)
{
    (void)data, (void)text;
    seen.text += (size_t)length;
}

static void XMLCALL expat_comment(void *data, const XML_Char *text)
{
    (void)data, (void)text;
}

static void run_expat(void)
{
    XML_Parser parser = XML_ParserCreateNS(NULL, '|');

    XML_SetElementHandler(parser, expat_start, expat_end);
    XML_SetCharacterDataHandler(parser, expat_text);
    XML_SetCommentHandler(parser, expat_comment);
    check(XML_Parse(parser, document, (int)document_length, 1) == XML_STATUS_OK ? S_OK : E_FAIL);
    XML_ParserFree(parser);
}
#endif

#ifdef HAVE_LIBXML2
static void run_libxml2(void)
{
    xmlTextReaderPtr peer =
        xmlReaderForMemory(document, (int)document_length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);

    while (xmlTextReaderRead(peer) == 1)
        switch (xmlTextReaderNodeType(peer))
        {
        case XML_READER_TYPE_ELEMENT:
            seen.elements++;
            seen.attributes += (size_t)xmlTextReaderAttributeCount(peer);
            break;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            seen.text += strlen((const char *)xmlTextReaderConstValue(peer));
            break;
        default: break;
        }
    xmlFreeTextReader(peer);
}

static int write_libxml2(void *state, const char *bytes, int length)
{
    (void)state, (void)bytes;
    seen.form += (size_t)length;
    return length;
}

static int close_libxml2(void *state)
{
    (void)state;
    return 0;
}

static void run_libxml2_canonical(void)
{
    xmlDocPtr tree = xmlReadMemory(document, (int)document_length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    xmlOutputBufferPtr output = xmlOutputBufferCreateIO(write_libxml2, close_libxml2, NULL, NULL);

    check(xmlC14NExecute(tree, NULL, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, output) >= 0 ? S_OK : E_FAIL);
    xmlOutputBufferClose(output);
    xmlFreeDoc(tree);
}
#endif

static struct
{
    const char *name;
    void (*run)(void);
    bool peer; /* one to be beaten */
    double best;
    struct seen seen;
} runs[] = {
    {"nodes", run_nodes, false, 0, {0, 0, 0, 0}},
    {"nodes of a stream", run_stream, false, 0, {0, 0, 0, 0}},
    {"skip", run_skip, false, 0, {0, 0, 0, 0}},
    {"canonical form", run_canonical, false, 0, {0, 0, 0, 0}},
    {"limit, memchr", run_scan, false, 0, {0, 0, 0, 0}},
#ifdef HAVE_EXPAT
    {"expat, with namespaces", run_expat, true, 0, {0, 0, 0, 0}},
#endif
#ifdef HAVE_LIBXML2
    {"libxml2, xmlTextReader", run_libxml2, true, 0, {0, 0, 0, 0}},
    {"libxml2, canonical form", run_libxml2_canonical, false, 0, {0, 0, 0, 0}},
#endif
};
#define RUN_COUNT (sizeof(runs) / sizeof(runs[0]))

static double measure(void (*run)(void), double best)
{
    double start = bench_begin(), time;

    memset(&seen, 0, sizeof(seen));
    run();
    time = bench_now() - start;
    return !best || time < best ? time : best;
}

static void compare(const char *what)
{
    double peer = 0;
    size_t form = 0, i;
    int round;

    for (i = 0; i < RUN_COUNT; i++)
        runs[i].best = 0;
    for (round = 0; round < ROUNDS; round++)
        for (i = 0; i < RUN_COUNT; i++)
        {
            runs[i].best = measure(runs[i].run, runs[i].best);
            runs[i].seen = seen;
        }
    for (i = 0; i < RUN_COUNT; i++)
        if (runs[i].peer && (!peer || runs[i].best < peer))
            peer = runs[i].best;
    printf("| %-26s | MB/s | x best peer |\n|:---|---:|---:|\n", what);
    for (i = 0; i < RUN_COUNT; i++)
        printf("| %-26s | %6.1f | %5.2f |\n", runs[i].name, (double)document_length * 1e3 / runs[i].best,
               peer / runs[i].best);
    for (i = 0; i < RUN_COUNT; i++)
        if (runs[i].seen.elements && runs[i].seen.elements != runs[0].seen.elements)
            printf("%s has seen %zu elements, not %zu.\n", runs[i].name, runs[i].seen.elements, runs[0].seen.elements);
    for (i = 0; i < RUN_COUNT; i++)
        if (runs[i].seen.form && runs[i].seen.form != form)
        {
            if (form)
                printf("%s has made a form of %zu bytes, not %zu.\n", runs[i].name, runs[i].seen.form, form);
            form = runs[i].seen.form;
        }
    printf("%zu elements, %zu attributes, %zu bytes of text\n\n", runs[0].seen.elements, runs[0].seen.attributes,
           runs[0].seen.text);
}

static void linear(void)
{
    static const size_t sizes[] = {1, 10, 100};
    size_t i, round;
    double best, skip;
    char *bytes;

    printf("| order document | nodes, ns/KB | skip, ns/KB |\n|:---|---:|---:|\n");
    for (i = 0; i < 3; i++)
    {
        document = bytes = bench_orders(sizes[i] * 1000000, &document_length);
        best = skip = 0;
        for (round = 0; round < 100 / sizes[i] + 2; round++)
        {
            best = measure(run_nodes, best);
            skip = measure(run_skip, skip);
        }
        printf("| %3zu MB | %7.1f | %7.1f |\n", sizes[i], best * 1024 / (double)document_length,
               skip * 1024 / (double)document_length);
        free(bytes);
    }
}

int main(int argc, char **argv)
{
    ULONG stream_buffer = 32768;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &stream_buffer, sizeof(ULONG)};
    char *bytes;

    check(WsCreateReader(&property, 1, &reader, NULL));
    if (argc > 1 && !strcmp(argv[1], "--linear"))
        linear();
    else
    {
        document = bytes = bench_orders(2000000, &document_length);
        compare("order document");
        free(bytes);
        document = bytes = bench_text(2000000, &document_length);
        compare("long text");
        free(bytes);
    }
    WsFreeReader(reader);
    return 0;
}
