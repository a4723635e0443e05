/* SPDX-License-Identifier: MIT */
/*
 * The writer, on the documents that the reader is measured with: a document is read into an XML buffer, and then
 * written from that again and again, in each way that there is; so the bytes are the same, and the figures can be
 * compared with those of the reader. Against libxml2's xmlTextWriter, if it is installed. Every figure is the best of
 * several interleaved rounds.
 *
 *     writer [ROUNDS [PART OF THE NAME OF WHAT IS TO BE RUN]]
 */
#include "document.h"
#include "limit.h"
#include "webservices.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LIBXML2
#include <libxml/xmlwriter.h>
#endif

#define ROUNDS 20

static void check(HRESULT hr, int line)
{
    if (hr != S_OK)
    {
        fprintf(stderr, "%s:%d: 0x%08x\n", __FILE__, line, (unsigned)hr);
        exit(1);
    }
}
#define ok(call) check(call, __LINE__)

static char *document;
static size_t document_length;
static WS_XML_BUFFER *buffer;

/* The nodes of the buffer. */
static const WS_XML_NODE **nodes;
static size_t node_count;

static const WS_XML_UTF8_TEXT *text_of(const WS_XML_NODE *node)
{
    return (const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)node)->text;
}

static void record(WS_HEAP *heap)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER *reader = NULL;
    const WS_XML_NODE *node = NULL;
    size_t room = 0;

    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsReadXmlBufferFromBytes(reader, &encoding.encoding, NULL, 0, document, (ULONG)document_length, heap, &buffer,
                                NULL));
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    for (node_count = 0;; node_count++)
    {
        ok(WsReadNode(reader, NULL));
        ok(WsGetReaderNode(reader, &node, NULL));
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            break;
        if (node_count == room)
        {
            room = room * 2 + 1000;
            if (!(nodes = realloc(nodes, room * sizeof(*nodes))))
                abort();
        }
        nodes[node_count] = node;
    }
    WsFreeReader(reader);
}

static WS_XML_WRITER *writer;
static size_t streamed;

static HRESULT CALLBACK take(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    ULONG i;

    (void)state, (void)async, (void)error;
    for (i = 0; i < count; i++)
        streamed += buffers[i].length;
    return S_OK;
}

static const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
static const WS_XML_WRITER_BUFFER_OUTPUT to_memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
static const WS_XML_WRITER_STREAM_OUTPUT to_stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, NULL};

static void set_output(const WS_XML_WRITER_ENCODING *encoding, const WS_XML_WRITER_OUTPUT *output)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &yes, sizeof(yes)};

    streamed = 0;
    ok(WsSetOutput(writer, encoding, output, &property, 1, NULL));
}

static size_t written(void)
{
    ULONG size = 0;

    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN, &size, sizeof(size), NULL));
    return size;
}

/*
 * The same as calls: what a program does that has its names as constants, and its values somewhere in memory, in the
 * order in which they are written.
 */
struct call
{
    char kind; /* 'e'lement, 'a'ttribute, 'n'amespace, 't'ext, 'c'omment, '/' */
    BOOL single_quote;
    const WS_XML_STRING *prefix, *name, *ns;
    ULONG length, wide_length;
    const BYTE *value;
    const WCHAR *wide_value;
};
static struct call *calls;
static size_t call_count;
static WS_XML_STRING names[200];
static size_t name_count;
static BYTE *values;
static WCHAR *wide_values;
static size_t values_length, wide_values_length;

/* A name of the static dictionary refers to it: only so a writer uses it. */
static void refer_to_dictionary(WS_XML_STRING *name)
{
    WS_XML_DICTIONARY *dictionary = NULL;
    ULONG i;

    ok(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &dictionary, NULL));
    for (i = 0; i < dictionary->stringCount; i++)
        if (dictionary->strings[i].length == name->length &&
            !memcmp(dictionary->strings[i].bytes, name->bytes, name->length))
        {
            name->dictionary = dictionary;
            name->id = i;
        }
}

/* One string for all that are equal. */
static const WS_XML_STRING *constant(const WS_XML_STRING *name)
{
    size_t i;

    for (i = 0; i < name_count; i++)
        if (names[i].length == name->length && !memcmp(names[i].bytes, name->bytes, name->length))
            return &names[i];
    if (name_count == sizeof(names) / sizeof(names[0]))
        abort();
    names[name_count] = *name;
    refer_to_dictionary(&names[name_count]);
    return &names[name_count++];
}

static struct call *add_call(char kind)
{
    if (call_count % 1000 == 0 && !(calls = realloc(calls, (call_count + 1000) * sizeof(*calls))))
        abort();
    memset(&calls[call_count], 0, sizeof(*calls));
    calls[call_count].kind = kind;
    return &calls[call_count++];
}

/* Enough for texts of the Basic Multilingual Plane below U+0800. */
static void set_value(struct call *call, const WS_XML_STRING *value)
{
    ULONG i;

    call->value = memcpy(values + values_length, value->bytes, value->length);
    values_length += call->length = value->length;
    call->wide_value = wide_values + wide_values_length;
    for (i = 0; i < value->length; i++, call->wide_length++)
    {
        BYTE c = value->bytes[i];

        wide_values[wide_values_length++] = c < 0x80 ? c : (WCHAR)((c & 0x1f) << 6 | (value->bytes[++i] & 0x3f));
    }
}

static void record_element(const WS_XML_ELEMENT_NODE *element)
{
    struct call *call = add_call('e');
    ULONG i;

    call->prefix = constant(element->prefix);
    call->name = constant(element->localName);
    call->ns = constant(element->ns);
    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        call = add_call(attribute->isXmlNs ? 'n' : 'a');
        call->single_quote = attribute->singleQuote;
        call->prefix = constant(attribute->prefix);
        call->ns = constant(attribute->ns);
        if (attribute->isXmlNs)
            continue;
        call->name = constant(attribute->localName);
        set_value(call, &((const WS_XML_UTF8_TEXT *)attribute->value)->value);
    }
}

static void record_calls(void)
{
    size_t i;

    if (!(values = malloc(document_length)) || !(wide_values = malloc(document_length * sizeof(WCHAR))))
        abort();
    for (i = 0; i < node_count; i++)
        switch (nodes[i]->nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT: record_element((const WS_XML_ELEMENT_NODE *)nodes[i]); break;
        case WS_XML_NODE_TYPE_END_ELEMENT: add_call('/'); break;
        case WS_XML_NODE_TYPE_TEXT: set_value(add_call('t'), &text_of(nodes[i])->value); break;
        default: set_value(add_call('c'), &((const WS_XML_COMMENT_NODE *)nodes[i])->value); break;
        }
}

static void write_value(const struct call *call, int is_wide)
{
    if (is_wide)
        ok(WsWriteChars(writer, call->wide_value, call->wide_length, NULL));
    else
        ok(WsWriteCharsUtf8(writer, call->value, call->length, NULL));
}

static void write_calls(int is_wide)
{
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, {0, NULL, NULL, 0}};
    const struct call *call;

    for (call = calls; call < calls + call_count; call++)
        switch (call->kind)
        {
        case 'e': ok(WsWriteStartElement(writer, call->prefix, call->name, call->ns, NULL)); break;
        case '/': ok(WsWriteEndElement(writer, NULL)); break;
        case 't': write_value(call, is_wide); break;
        case 'a':
            ok(WsWriteStartAttribute(writer, call->prefix, call->name, call->ns, call->single_quote, NULL));
            write_value(call, is_wide);
            ok(WsWriteEndAttribute(writer, NULL));
            break;
        case 'n': ok(WsWriteXmlnsAttribute(writer, call->prefix, call->ns, call->single_quote, NULL)); break;
        default:
            comment.value.bytes = (BYTE *)call->value;
            comment.value.length = call->length;
            ok(WsWriteNode(writer, &comment.node, NULL));
            break;
        }
}

static size_t run_calls(void)
{
    set_output(&utf8.encoding, &to_memory.output);
    write_calls(0);
    return written();
}

static size_t run_wide_calls(void)
{
    set_output(&utf8.encoding, &to_memory.output);
    write_calls(1);
    return written();
}

static size_t run_utf16(void)
{
    set_output(&utf16.encoding, &to_memory.output);
    write_calls(1);
    return written();
}

/* To the binary encoding: with no dictionary, and with the one that the SOAP bindings use. */
static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};

static size_t run_binary(void)
{
    set_output(&binary.encoding, &to_memory.output);
    write_calls(0);
    return written();
}

static size_t run_binary_dictionary(void)
{
    WS_XML_WRITER_BINARY_ENCODING encoding = binary;

    ok(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &encoding.staticDictionary, NULL));
    set_output(&encoding.encoding, &to_memory.output);
    write_calls(0);
    return written();
}

static void write_nodes(void)
{
    size_t i;

    for (i = 0; i < node_count; i++)
        ok(WsWriteNode(writer, nodes[i], NULL));
}

static size_t run_nodes(void)
{
    set_output(&utf8.encoding, &to_memory.output);
    write_nodes();
    return written();
}

static size_t run_binary_nodes(void)
{
    set_output(&binary.encoding, &to_memory.output);
    write_nodes();
    return written();
}

static size_t run_stream(void)
{
    size_t i;

    set_output(&utf8.encoding, &to_stream.output);
    for (i = 0; i < node_count; i++)
    {
        ok(WsWriteNode(writer, nodes[i], NULL));
        if (i % 8 == 0)
            ok(WsFlushWriter(writer, 16384, NULL, NULL));
    }
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    return streamed;
}

static size_t run_buffer(void)
{
    set_output(&utf8.encoding, &to_memory.output);
    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    return written();
}

/* The limit: what it takes to have the bytes at another place. */
static size_t run_copy(void)
{
    static char *copy;

    if (!copy && !(copy = malloc(document_length * 2)))
        abort();
    bench_use(memcpy(copy, document, document_length));
    return document_length;
}

#ifdef HAVE_LIBXML2
/* Its strings end with a zero; to copy them here would not be fair, so the names are made beforehand. */
static char *zero(const WS_XML_STRING *prefix, const WS_XML_STRING *name)
{
    char *text = malloc(prefix->length + name->length + 2);

    if (!text)
        abort();
    snprintf(text, prefix->length + name->length + 2, "%.*s%s%.*s", (int)prefix->length, (char *)prefix->bytes,
             prefix->length ? ":" : "", (int)name->length, (char *)name->bytes);
    return text;
}

static struct peer_call
{
    char *name;
    char *value;
    char kind; /* 'e'lement, 'a'ttribute, 't'ext, 'c'omment, '/' */
} * peer_calls;
static size_t peer_count;

static void peer_add(char kind, char *name, char *value)
{
    if (peer_count % 1000 == 0 && !(peer_calls = realloc(peer_calls, (peer_count + 1000) * sizeof(*peer_calls))))
        abort();
    peer_calls[peer_count].kind = kind;
    peer_calls[peer_count].name = name;
    peer_calls[peer_count++].value = value;
}

static void peer_record(void)
{
    static const WS_XML_STRING none = {0, NULL, NULL, 0}, xmlns = WS_XML_STRING_VALUE("xmlns");
    size_t i;
    ULONG j;

    for (i = 0; i < node_count; i++)
    {
        const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)nodes[i];

        switch (nodes[i]->nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT:
            peer_add('e', zero(element->prefix, element->localName), NULL);
            for (j = 0; j < element->attributeCount; j++)
            {
                const WS_XML_ATTRIBUTE *attribute = element->attributes[j];

                if (attribute->isXmlNs)
                    peer_add('a', attribute->prefix->length ? zero(&xmlns, attribute->prefix) : zero(&none, &xmlns),
                             zero(&none, attribute->ns));
                else
                    peer_add('a', zero(attribute->prefix, attribute->localName),
                             zero(&none, &((const WS_XML_UTF8_TEXT *)attribute->value)->value));
            }
            break;
        case WS_XML_NODE_TYPE_TEXT: peer_add('t', NULL, zero(&none, &text_of(nodes[i])->value)); break;
        case WS_XML_NODE_TYPE_COMMENT:
            peer_add('c', NULL, zero(&none, &((const WS_XML_COMMENT_NODE *)nodes[i])->value));
            break;
        default: peer_add('/', NULL, NULL); break;
        }
    }
}

static void peer_forget(void)
{
    while (peer_count)
    {
        peer_count--;
        free(peer_calls[peer_count].name);
        free(peer_calls[peer_count].value);
    }
    free(peer_calls);
    peer_calls = NULL;
}

static size_t run_libxml2(void)
{
    xmlBufferPtr to = xmlBufferCreate();
    xmlTextWriterPtr peer = xmlNewTextWriterMemory(to, 0);
    size_t i, size;

    for (i = 0; i < peer_count; i++)
    {
        const xmlChar *name = BAD_CAST peer_calls[i].name, *value = BAD_CAST peer_calls[i].value;

        switch (peer_calls[i].kind)
        {
        case 'e': xmlTextWriterStartElement(peer, name); break;
        case 'a': xmlTextWriterWriteAttribute(peer, name, value); break;
        case 't': xmlTextWriterWriteString(peer, value); break;
        case 'c': xmlTextWriterWriteComment(peer, value); break;
        default: xmlTextWriterEndElement(peer); break;
        }
    }
    xmlFreeTextWriter(peer);
    size = (size_t)xmlBufferLength(to);
    xmlBufferFree(to);
    return size;
}
#endif

static struct
{
    const char *name;
    size_t (*run)(void);
    double best;
    size_t size;
} runs[] = {
    {"node by node", run_nodes, 0, 0},
    {"node by node, to a stream", run_stream, 0, 0},
    {"call by call", run_calls, 0, 0},
    {"call by call, texts in UTF-16", run_wide_calls, 0, 0},
    {"the same, to UTF-16", run_utf16, 0, 0},
    {"a whole XML buffer", run_buffer, 0, 0},
    {"node by node, to binary", run_binary_nodes, 0, 0},
    {"call by call, to binary", run_binary, 0, 0},
    {"the same, with a dictionary", run_binary_dictionary, 0, 0},
    {"limit, memcpy", run_copy, 0, 0},
#ifdef HAVE_LIBXML2
    {"libxml2, xmlTextWriter", run_libxml2, 0, 0},
#endif
};

/* What is written must be what was read. */
static void verify(void)
{
    WS_BYTES bytes = {0, NULL};

    run_nodes();
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    if (bytes.length < document_length - 60 || bytes.length > document_length + 60)
        fprintf(stderr, "%u bytes written, %zu read\n", (unsigned)bytes.length, document_length);
}

/* `only`: part of the names of the runs that are wanted, or NULL. */
static void measure(const char *name, int rounds, const char *only)
{
    WS_HEAP *heap = NULL;
    size_t i;
    int round;

    ok(WsCreateHeap(SIZE_MAX, 0, NULL, 0, &heap, NULL));
    record(heap);
    record_calls();
    verify();
#ifdef HAVE_LIBXML2
    peer_record();
#endif
    for (i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
        runs[i].best = 1e30;
    for (round = 0; round < rounds; round++)
        for (i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
        {
            double start, time;

            if (only && !strstr(runs[i].name, only))
                continue;
            start = bench_begin();
            runs[i].size = runs[i].run();
            time = bench_now() - start;
            if (time < runs[i].best)
                runs[i].best = time;
        }
    printf("| %-32s | bytes | MB/s |\n|:---|---:|---:|\n", name);
    for (i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
        if (!only || strstr(runs[i].name, only))
            printf("| %-32s | %7zu | %6.0f |\n", runs[i].name, runs[i].size, (double)runs[i].size / runs[i].best * 1e3);
    printf("%zu nodes, %zu calls\n\n", node_count, call_count);
#ifdef HAVE_LIBXML2
    peer_forget();
#endif
    free(nodes);
    free(calls);
    free(values);
    free(wide_values);
    nodes = NULL;
    calls = NULL;
    call_count = name_count = values_length = wide_values_length = 0;
    WsFreeHeap(heap);
    free(document);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : ROUNDS;
    const char *only = argc > 2 ? argv[2] : NULL;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    document = bench_orders(2000000, &document_length);
    measure("order document, written", rounds, only);
    document = bench_text(2000000, &document_length);
    measure("long text, written", rounds, only);
    WsFreeWriter(writer);
    return 0;
}
