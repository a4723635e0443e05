/* SPDX-License-Identifier: MIT */
/*
 * The reader and the writer across the DLL boundary: our DLL, which lies beside this program, against the builtin one,
 * in the same process; both are loaded by path. The documents are those that the native benchmarks use. Each figure is
 * the best of several rounds, in which the DLLs take turns; MB are those of the document, read or written, which is to
 * say those of its binary form where that is what is read or written.
 *
 *     xml-wine [--ours] [SIZE]    SIZE of the documents, 2000000 bytes otherwise; on a busy machine, take less
 */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "limit.h"
#include "webservices.h"

#define ROUNDS 8

struct api
{
    const char *name;
    __typeof__(&WsCreateReader) create_reader;
    __typeof__(&WsFreeReader) free_reader;
    __typeof__(&WsSetInput) set_input;
    __typeof__(&WsReadNode) read_node;
    __typeof__(&WsGetReaderNode) get_node;
    __typeof__(&WsReadToStartElement) to_start_element;
    __typeof__(&WsSkipNode) skip_node;
    __typeof__(&WsCreateWriter) create_writer;
    __typeof__(&WsFreeWriter) free_writer;
    __typeof__(&WsSetOutput) set_output;
    __typeof__(&WsFlushWriter) flush;
    __typeof__(&WsWriteNode) write_node;
    __typeof__(&WsWriteStartElement) start_element;
    __typeof__(&WsWriteEndElement) end_element;
    __typeof__(&WsWriteStartAttribute) start_attribute;
    __typeof__(&WsWriteEndAttribute) end_attribute;
    __typeof__(&WsWriteXmlnsAttribute) xmlns_attribute;
    __typeof__(&WsWriteText) text;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
};

/* A document as text, and what our own DLL makes of it: its nodes, and its binary form. */
struct document
{
    const char *name;
    char *text;
    size_t text_length;
    BYTE *binary;
    ULONG binary_length;
    const WS_XML_NODE **nodes;
    size_t node_count, elements;
};

/* What the last run has seen: both DLLs must agree on it, but for the bytes written. */
static size_t seen;

/* --- What is measured --- */

static HRESULT set_text_input(const struct api *api, const struct document *document)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT input = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, document->text, (ULONG)document->text_length};

    return api->set_input(api->reader, &encoding.encoding, &input.input, NULL, 0, NULL);
}

static HRESULT set_binary_input(const struct api *api, const struct document *document)
{
    WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, document->binary, document->binary_length};

    return api->set_input(api->reader, &encoding.encoding, &input.input, NULL, 0, NULL);
}

static HRESULT read_nodes(const struct api *api)
{
    const WS_XML_NODE *node = NULL;
    HRESULT hr;

    do
    {
        if ((hr = api->read_node(api->reader, NULL)) != S_OK || (hr = api->get_node(api->reader, &node, NULL)) != S_OK)
            return hr;
        seen += node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

static HRESULT skip_root(const struct api *api)
{
    HRESULT hr = api->to_start_element(api->reader, NULL, NULL, NULL, NULL);

    return hr == S_OK ? api->skip_node(api->reader, NULL) : hr;
}

static HRESULT read_text(const struct api *api, const struct document *document)
{
    HRESULT hr = set_text_input(api, document);

    return hr == S_OK ? read_nodes(api) : hr;
}

static HRESULT skip_text(const struct api *api, const struct document *document)
{
    HRESULT hr = set_text_input(api, document);

    return hr == S_OK ? skip_root(api) : hr;
}

static HRESULT read_binary(const struct api *api, const struct document *document)
{
    HRESULT hr = set_binary_input(api, document);

    return hr == S_OK ? read_nodes(api) : hr;
}

static HRESULT skip_binary(const struct api *api, const struct document *document)
{
    HRESULT hr = set_binary_input(api, document);

    return hr == S_OK ? skip_root(api) : hr;
}

/* Written is to a stream, with a flush now and then: whole documents are too long for a buffer of the builtin DLL. */
static HRESULT CALLBACK take(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    struct document *document = state;
    ULONG i;

    (void)async, (void)error;
    for (i = 0; i < count; i++)
    {
        if (document && buffers[i].length <= 2 * document->text_length - document->binary_length)
        {
            memcpy(document->binary + document->binary_length, buffers[i].bytes, buffers[i].length);
            document->binary_length += buffers[i].length;
        }
        seen += buffers[i].length;
    }
    return S_OK;
}

/* What is written in binary goes to `keep`, unless that is NULL. */
static HRESULT set_output(const struct api *api, BOOL is_binary, struct document *keep)
{
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_STREAM_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, keep};

    return api->set_output(api->writer, is_binary ? &binary.encoding : &text.encoding, &output.output, NULL, 0, NULL);
}

static HRESULT flush(const struct api *api, size_t node)
{
    return node % 8 ? S_OK : api->flush(api->writer, 16384, NULL, NULL);
}

static HRESULT write_nodes(const struct api *api, const struct document *document, BOOL is_binary,
                           struct document *keep)
{
    HRESULT hr = set_output(api, is_binary, keep);
    size_t i;

    for (i = 0; i < document->node_count && hr == S_OK; i++)
        if ((hr = api->write_node(api->writer, document->nodes[i], NULL)) == S_OK)
            hr = flush(api, i);
    return hr == S_OK ? api->flush(api->writer, 0, NULL, NULL) : hr;
}

static HRESULT write_element(const struct api *api, const WS_XML_ELEMENT_NODE *element)
{
    HRESULT hr = api->start_element(api->writer, element->prefix, element->localName, element->ns, NULL);
    ULONG i;

    for (i = 0; i < element->attributeCount && hr == S_OK; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        if (attribute->isXmlNs)
            hr = api->xmlns_attribute(api->writer, attribute->prefix, attribute->ns, attribute->singleQuote, NULL);
        else if ((hr = api->start_attribute(api->writer, attribute->prefix, attribute->localName, attribute->ns,
                                            attribute->singleQuote, NULL)) == S_OK &&
                 (hr = api->text(api->writer, attribute->value, NULL)) == S_OK)
            hr = api->end_attribute(api->writer, NULL);
    }
    return hr;
}

static HRESULT write_calls(const struct api *api, const struct document *document, BOOL is_binary)
{
    HRESULT hr = set_output(api, is_binary, NULL);
    size_t i;

    for (i = 0; i < document->node_count && hr == S_OK; i++)
    {
        const WS_XML_NODE *node = document->nodes[i];

        switch (node->nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT: hr = write_element(api, (const WS_XML_ELEMENT_NODE *)node); break;
        case WS_XML_NODE_TYPE_END_ELEMENT: hr = api->end_element(api->writer, NULL); break;
        case WS_XML_NODE_TYPE_TEXT: hr = api->text(api->writer, ((const WS_XML_TEXT_NODE *)node)->text, NULL); break;
        default: hr = api->write_node(api->writer, node, NULL); break;
        }
        if (hr == S_OK)
            hr = flush(api, i);
    }
    return hr == S_OK ? api->flush(api->writer, 0, NULL, NULL) : hr;
}

static HRESULT write_text_nodes(const struct api *api, const struct document *document)
{
    return write_nodes(api, document, FALSE, NULL);
}

static HRESULT write_text_calls(const struct api *api, const struct document *document)
{
    return write_calls(api, document, FALSE);
}

static HRESULT write_binary_nodes(const struct api *api, const struct document *document)
{
    return write_nodes(api, document, TRUE, NULL);
}

static HRESULT write_binary_calls(const struct api *api, const struct document *document)
{
    return write_calls(api, document, TRUE);
}

static const struct
{
    const char *name;
    HRESULT (*run)(const struct api *api, const struct document *document);
    BOOL is_binary;
} runs[] = {
    {"text, read node by node", read_text, FALSE},
    {"text, skipped", skip_text, FALSE},
    {"text, written node by node", write_text_nodes, FALSE},
    {"text, written call by call", write_text_calls, FALSE},
    {"binary, read node by node", read_binary, TRUE},
    {"binary, skipped", skip_binary, TRUE},
    {"binary, written node by node", write_binary_nodes, TRUE},
    {"binary, written call by call", write_binary_calls, TRUE},
};
#define RUN_COUNT (sizeof(runs) / sizeof(runs[0]))

/* --- */

static void check(HRESULT hr, const char *what)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "xml-wine: %s: 0x%08lx\n", what, hr);
    exit(1);
}

/* Reads a document into an XML buffer, whose nodes stay as long as its heap, and makes its binary form. */
static void prepare(const struct api *ours, struct document *document, WS_HEAP *heap)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_BUFFER *buffer = NULL;
    const WS_XML_NODE *node = NULL;
    size_t room = 0, depth = 0;

    check(WsReadXmlBufferFromBytes(ours->reader, &encoding.encoding, NULL, 0, document->text,
                                   (ULONG)document->text_length, heap, &buffer, NULL),
          "WsReadXmlBufferFromBytes");
    check(WsSetInputToBuffer(ours->reader, buffer, NULL, 0, NULL), "WsSetInputToBuffer");
    for (;;)
    {
        check(WsReadNode(ours->reader, NULL), "WsReadNode");
        check(WsGetReaderNode(ours->reader, &node, NULL), "WsGetReaderNode");
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            break;
        /* The builtin DLL refuses text after a comment, and white space outside of the root element. */
        if (node->nodeType == WS_XML_NODE_TYPE_COMMENT || (node->nodeType == WS_XML_NODE_TYPE_TEXT && !depth))
            continue;
        depth += (size_t)(node->nodeType == WS_XML_NODE_TYPE_ELEMENT);
        depth -= (size_t)(node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT);
        if (document->node_count == room)
        {
            room = room * 2 + 1000;
            if (!(document->nodes = realloc(document->nodes, room * sizeof(*document->nodes))))
                abort();
        }
        document->nodes[document->node_count++] = node;
        document->elements += node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
    }
    if (!(document->binary = malloc(2 * document->text_length)))
        abort();
    check(write_nodes(ours, document, TRUE, document), "binary");
}

static int load(struct api *api, const char *path)
{
    HMODULE module = LoadLibraryA(path);
    char found[MAX_PATH];

    if (!module)
    {
        fprintf(stderr, "xml-wine: %s cannot be loaded: error %lu\n", path, GetLastError());
        return 0;
    }
    GetModuleFileNameA(module, found, sizeof(found));
    printf("%s: %s\n", api->name, found);
#define FIND(member, name) api->member = (__typeof__(api->member))(void (*)(void))GetProcAddress(module, name)
    FIND(create_reader, "WsCreateReader");
    FIND(free_reader, "WsFreeReader");
    FIND(set_input, "WsSetInput");
    FIND(read_node, "WsReadNode");
    FIND(get_node, "WsGetReaderNode");
    FIND(to_start_element, "WsReadToStartElement");
    FIND(skip_node, "WsSkipNode");
    FIND(create_writer, "WsCreateWriter");
    FIND(free_writer, "WsFreeWriter");
    FIND(set_output, "WsSetOutput");
    FIND(flush, "WsFlushWriter");
    FIND(write_node, "WsWriteNode");
    FIND(start_element, "WsWriteStartElement");
    FIND(end_element, "WsWriteEndElement");
    FIND(start_attribute, "WsWriteStartAttribute");
    FIND(end_attribute, "WsWriteEndAttribute");
    FIND(xmlns_attribute, "WsWriteXmlnsAttribute");
    FIND(text, "WsWriteText");
    return 1;
}

/* A reader and a writer for each run: what one leaves after is not to slow down, or break, the next. */
static HRESULT run_once(struct api *api, size_t which, const struct document *document, double *best)
{
    double start, time;
    HRESULT hr;

    if ((hr = api->create_reader(NULL, 0, &api->reader, NULL)) != S_OK ||
        (hr = api->create_writer(NULL, 0, &api->writer, NULL)) != S_OK)
        return hr;
    seen = 0;
    start = bench_now();
    hr = runs[which].run(api, document);
    time = bench_now() - start;
    if (time < *best)
        *best = time;
    api->free_reader(api->reader);
    api->free_writer(api->writer);
    return hr;
}

static void compare(struct api *apis, int count, const struct document *document)
{
    double best[2][RUN_COUNT];
    HRESULT hr[2][RUN_COUNT] = {{S_OK}};
    size_t size[2][RUN_COUNT] = {{0}}, i;
    int round, j, rounds = (int)(ROUNDS * 2000000.0 / (double)(document->text_length + 1)) + 2;

    for (i = 0; i < RUN_COUNT; i++)
        best[0][i] = best[1][i] = 1e30;
    for (round = 0; round < rounds; round++)
        for (i = 0; i < RUN_COUNT; i++)
            for (j = 0; j < count; j++)
                if (hr[j][i] == S_OK)
                {
                    hr[j][i] = run_once(&apis[j], i, document, &best[j][i]);
                    size[j][i] = seen;
                }

    printf("| %-28s | ours, MB/s | builtin, MB/s | times faster |\n|:---|---:|---:|---:|\n", document->name);
    for (i = 0; i < RUN_COUNT; i++)
    {
        double length = runs[i].is_binary ? (double)document->binary_length : (double)document->text_length;

        check(hr[0][i], runs[i].name);
        printf("| %-28s | %10.0f |", runs[i].name, length * 1e3 / best[0][i]);
        if (count == 2 && hr[1][i] == S_OK)
            printf(" %13.1f | %12.1f |\n", length * 1e3 / best[1][i], best[1][i] / best[0][i]);
        else
            printf(" %13s | %12s |\n", "-", "-");
    }
    for (i = 0; i < RUN_COUNT; i++)
        if (count == 2 && hr[1][i] != S_OK)
            printf("%s: the builtin fails with 0x%08lx\n", runs[i].name, hr[1][i]);
        else if (count == 2 && size[0][i] != size[1][i])
            printf("%s: the builtin has %lu elements or bytes, ours %lu\n", runs[i].name, (unsigned long)size[1][i],
                   (unsigned long)size[0][i]);
    printf("\n");
}

int main(int argc, char **argv)
{
    struct document documents[2] = {{.name = "order document"}, {.name = "long text"}};
    struct api apis[2] = {{.name = "ours"}, {.name = "builtin"}};
    char path[MAX_PATH], *slash;
    WS_HEAP *heap = NULL;
    int count = 1, i, only_ours = argc > 1 && !strcmp(argv[1], "--ours");
    size_t size = argc > 1 + only_ours ? strtoul(argv[1 + only_ours], NULL, 10) : 2000000;

    GetModuleFileNameA(NULL, path, sizeof(path));
    if ((slash = strrchr(path, '\\')))
        strcpy(slash + 1, "webservices.dll");
    if (!load(&apis[0], path))
        return 1;
    /* Two DLLs of one name: the second by its own path. */
    GetSystemDirectoryA(path, sizeof(path));
    strcat(path, "\\webservices.dll");
    if (!only_ours)
        count += load(&apis[1], path);

    check(WsCreateHeap(SIZE_MAX, 0, NULL, 0, &heap, NULL), "WsCreateHeap");
    documents[0].text = bench_orders(size, &documents[0].text_length);
    documents[1].text = bench_text(size, &documents[1].text_length);
    check(apis[0].create_reader(NULL, 0, &apis[0].reader, NULL), "WsCreateReader");
    check(apis[0].create_writer(NULL, 0, &apis[0].writer, NULL), "WsCreateWriter");
    for (i = 0; i < 2; i++)
        prepare(&apis[0], &documents[i], heap);
    apis[0].free_reader(apis[0].reader);
    apis[0].free_writer(apis[0].writer);
    for (i = 0; i < 2; i++)
    {
        compare(apis, count, &documents[i]);
        free(documents[i].text);
        free(documents[i].binary);
        free(documents[i].nodes);
    }
    WsFreeHeap(heap);
    return 0;
}
