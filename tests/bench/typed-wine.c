/* SPDX-License-Identifier: MIT */
/*
 * Serialization across the DLL boundary: our DLL, which lies beside this program, against the builtin one, in the same
 * process; both are loaded by path. The documents are those of the native benchmark. Each figure is the best of several
 * rounds, in which the DLLs take turns; MB are those of the document as text, whatever is read or written.
 *
 *     typed-wine [--ours] [SIZE [ITEMS]]    SIZE of the order document, 2000000 bytes otherwise, and how many items the
 *                                           arrays have, 100000 otherwise; on a busy machine, take less
 */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "limit.h"
#include "structures.h"
#include "webservices.h"

#define ROUNDS 8

struct api
{
    const char *name;
    __typeof__(&WsCreateHeap) create_heap;
    __typeof__(&WsFreeHeap) free_heap;
    __typeof__(&WsCreateReader) create_reader;
    __typeof__(&WsFreeReader) free_reader;
    __typeof__(&WsSetInput) set_input;
    __typeof__(&WsReadElement) read_element;
    __typeof__(&WsCreateWriter) create_writer;
    __typeof__(&WsFreeWriter) free_writer;
    __typeof__(&WsSetOutput) set_output;
    __typeof__(&WsFlushWriter) flush;
    __typeof__(&WsWriteStartElement) start_element;
    __typeof__(&WsWriteEndElement) end_element;
    __typeof__(&WsWriteXmlnsAttribute) xmlns_attribute;
    __typeof__(&WsWriteType) write_type;
    WS_HEAP *heap;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
};

/* All of them begin with an array and its length. */
union value
{
    struct orders orders;
    struct integers integers;
    struct doubles doubles;
    struct points points;
};

/* A document as our own DLL reads or writes it. */
struct document
{
    const char *name;
    const WS_ELEMENT_DESCRIPTION *element;
    ULONG size;
    union value value;
    char *text;
    size_t text_length, written_length;
    BYTE *binary;
    ULONG binary_length;
};

/* How many bytes have been written, and where they are kept; NULL: nowhere. */
struct written
{
    BYTE *bytes;
    size_t length, room;
};

/* What the last run has seen: both DLLs must agree on it, but for the bytes written. */
static size_t seen;

/* --- What is measured --- */

static HRESULT read_value(const struct api *api, const struct document *document, union value *value)
{
    HRESULT hr = api->read_element(api->reader, document->element, WS_READ_REQUIRED_VALUE, api->heap, value,
                                   document->size, NULL);

    if (hr == S_OK)
        seen = value->orders.count;
    return hr;
}

static HRESULT read_text(const struct api *api, const struct document *document)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT input = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, document->text, (ULONG)document->text_length};
    HRESULT hr = api->set_input(api->reader, &encoding.encoding, &input.input, NULL, 0, NULL);
    union value value;

    return hr == S_OK ? read_value(api, document, &value) : hr;
}

static HRESULT read_binary(const struct api *api, const struct document *document)
{
    WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, document->binary, document->binary_length};
    HRESULT hr = api->set_input(api->reader, &encoding.encoding, &input.input, NULL, 0, NULL);
    union value value;

    return hr == S_OK ? read_value(api, document, &value) : hr;
}

static HRESULT CALLBACK take(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    struct written *written = state;
    ULONG i;

    (void)async, (void)error;
    for (i = 0; i < count; i++)
    {
        if (written->bytes && buffers[i].length <= written->room - written->length)
            memcpy(written->bytes + written->length, buffers[i].bytes, buffers[i].length);
        written->length += buffers[i].length;
    }
    return S_OK;
}

/* The root, with the namespaces as the document has them, and the value in it. */
static HRESULT write_value(const struct api *api, const struct document *document)
{
    static const WS_XML_STRING o = {1, (BYTE *)"o", NULL, 0};
    int is_orders = document->element == &bench_orders_element;
    HRESULT hr = api->start_element(api->writer, is_orders ? &o : NULL, document->element->elementLocalName,
                                    document->element->elementNs, NULL);

    if (hr == S_OK && is_orders)
        hr = api->xmlns_attribute(api->writer, &name_none, &name_ns_goods, FALSE, NULL);
    if (hr == S_OK)
        hr = api->write_type(api->writer, WS_ELEMENT_TYPE_MAPPING, document->element->type,
                             document->element->typeDescription, WS_WRITE_REQUIRED_VALUE, &document->value,
                             document->size, NULL);
    return hr == S_OK ? api->end_element(api->writer, NULL) : hr;
}

static HRESULT write(const struct api *api, const struct document *document, BOOL is_binary, struct written *written)
{
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_STREAM_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, written};
    HRESULT hr =
        api->set_output(api->writer, is_binary ? &binary.encoding : &text.encoding, &output.output, NULL, 0, NULL);

    if (hr != S_OK || (hr = write_value(api, document)) != S_OK)
        return hr;
    if ((hr = api->flush(api->writer, 0, NULL, NULL)) == S_OK)
        seen = written->length;
    return hr;
}

static HRESULT write_text(const struct api *api, const struct document *document)
{
    struct written written = {NULL, 0, 0};

    return write(api, document, FALSE, &written);
}

static HRESULT write_binary(const struct api *api, const struct document *document)
{
    struct written written = {NULL, 0, 0};

    return write(api, document, TRUE, &written);
}

static const struct
{
    const char *name;
    HRESULT (*run)(const struct api *api, const struct document *document);
    BOOL writes;
} runs[] = {
    {"text, typed read", read_text, FALSE},
    {"text, typed written", write_text, TRUE},
    {"binary, typed read", read_binary, FALSE},
    {"binary, typed written", write_binary, TRUE},
};
#define RUN_COUNT (sizeof(runs) / sizeof(runs[0]))

/* --- */

static void check(HRESULT hr, const char *what)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "typed-wine: %s: 0x%08lx\n", what, hr);
    exit(1);
}

static HRESULT open_api(struct api *api)
{
    ULONG most = 0x7fffffff;
    WS_XML_WRITER_PROPERTY large = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &most, sizeof(most)};
    HRESULT hr;

    if ((hr = api->create_heap((SIZE_T)512 << 20, 0, NULL, 0, &api->heap, NULL)) != S_OK ||
        (hr = api->create_reader(NULL, 0, &api->reader, NULL)) != S_OK)
        return hr;
    return api->create_writer(&large, 1, &api->writer, NULL);
}

static void close_api(struct api *api)
{
    api->free_reader(api->reader);
    api->free_writer(api->writer);
    api->free_heap(api->heap);
}

/* The builtin DLL does not find an element that comes after a comment. */
static char *orders_without_comments(size_t size, size_t *length)
{
    char *text = bench_orders(size, length), *from = text, *to = text, *found;

    while ((found = strstr(from, "<!--")))
    {
        memmove(to, from, (size_t)(found - from));
        to += found - from;
        from = strstr(found, "-->") + 3;
    }
    memmove(to, from, strlen(from) + 1);
    *length = strlen(text);
    return text;
}

/* Reads the text, if there is one, into the value, and writes that as text and in binary; both stay. */
static void prepare(struct api *ours, struct document *document)
{
    struct written written = {NULL, 0, (size_t)64 << 20};
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT input = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, document->text, (ULONG)document->text_length};

    check(open_api(ours), "open");
    if (document->text)
    {
        check(ours->set_input(ours->reader, &encoding.encoding, &input.input, NULL, 0, NULL), "WsSetInput");
        check(read_value(ours, document, &document->value), "read");
    }
    if (!(written.bytes = malloc(written.room)))
        abort();
    check(write(ours, document, FALSE, &written), "text");
    document->written_length = written.length;
    if (!document->text)
    {
        document->text_length = written.length;
        if (!(document->text = malloc(written.length)))
            abort();
        memcpy(document->text, written.bytes, written.length);
    }
    written.length = 0;
    check(write(ours, document, TRUE, &written), "binary");
    document->binary_length = (ULONG)written.length;
    if (!(document->binary = malloc(written.length)))
        abort();
    memcpy(document->binary, written.bytes, written.length);
    free(written.bytes);
    /* The value is in the heap. */
    ours->free_reader(ours->reader);
    ours->free_writer(ours->writer);
}

static int load(struct api *api, const char *path)
{
    HMODULE module = LoadLibraryA(path);
    char found[MAX_PATH];

    if (!module)
    {
        fprintf(stderr, "typed-wine: %s cannot be loaded: error %lu\n", path, GetLastError());
        return 0;
    }
    GetModuleFileNameA(module, found, sizeof(found));
    printf("%s: %s\n", api->name, found);
#define FIND(member, name) api->member = (__typeof__(api->member))(void (*)(void))GetProcAddress(module, name)
    FIND(create_heap, "WsCreateHeap");
    FIND(free_heap, "WsFreeHeap");
    FIND(create_reader, "WsCreateReader");
    FIND(free_reader, "WsFreeReader");
    FIND(set_input, "WsSetInput");
    FIND(read_element, "WsReadElement");
    FIND(create_writer, "WsCreateWriter");
    FIND(free_writer, "WsFreeWriter");
    FIND(set_output, "WsSetOutput");
    FIND(flush, "WsFlushWriter");
    FIND(start_element, "WsWriteStartElement");
    FIND(end_element, "WsWriteEndElement");
    FIND(xmlns_attribute, "WsWriteXmlnsAttribute");
    FIND(write_type, "WsWriteType");
    return 1;
}

/* New objects for each run: what one leaves behind is not to slow down, or break, the next. */
static HRESULT run_once(struct api *api, size_t which, const struct document *document, double *best)
{
    double start, time;
    HRESULT hr;

    if ((hr = open_api(api)) != S_OK)
        return hr;
    seen = 0;
    start = bench_now();
    hr = runs[which].run(api, document);
    time = bench_now() - start;
    if (time < *best)
        *best = time;
    close_api(api);
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

    printf("| structures, %-19s | ours, MB/s | builtin, MB/s | times faster |\n|:---|---:|---:|---:|\n",
           document->name);
    for (i = 0; i < RUN_COUNT; i++)
    {
        double length = (double)(runs[i].writes ? document->written_length : document->text_length);

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
            printf("%s: the builtin has %lu items or bytes, ours %lu\n", runs[i].name, (unsigned long)size[1][i],
                   (unsigned long)size[0][i]);
    printf("\n");
}

int main(int argc, char **argv)
{
    struct document documents[] = {
        {.name = "order document", .element = &bench_orders_element, .size = sizeof(struct orders)},
        {.name = "array of INT32", .element = &bench_integers_element, .size = sizeof(struct integers)},
        {.name = "array of DOUBLE", .element = &bench_doubles_element, .size = sizeof(struct doubles)},
        {.name = "array of structures", .element = &bench_points_element, .size = sizeof(struct points)},
    };
    struct api apis[2] = {{.name = "ours"}, {.name = "builtin"}};
    char path[MAX_PATH], *slash;
    int count = 1, only_ours = argc > 1 && !strcmp(argv[1], "--ours");
    size_t size = argc > 1 + only_ours ? strtoul(argv[1 + only_ours], NULL, 10) : 2000000, i;
    ULONG items = argc > 2 + only_ours ? strtoul(argv[2 + only_ours], NULL, 10) : 100000;

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

    bench_leave_out_language();
    documents[0].text = orders_without_comments(size, &documents[0].text_length);
    documents[1].value.integers = bench_integers(items);
    documents[2].value.doubles = bench_doubles(items);
    documents[3].value.points = bench_points(items);
    for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
    {
        prepare(&apis[0], &documents[i]);
        compare(apis, count, &documents[i]);
        free(documents[i].text);
        free(documents[i].binary);
    }
    return 0;
}
