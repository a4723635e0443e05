/* SPDX-License-Identifier: MIT */
/*
 * xml-filter - copies a document from standard input to standard output, with only the elements of one name, or with
 * all others.
 *
 *     xml-filter --only order < orders.xml    the document element, and of what is in it the elements <order>
 *     xml-filter --drop price < orders.xml    everything but the elements <price> and what is in them
 *
 * Reads and writes node by node, so a document of any length passes in the same memory. Elements are copied with the
 * prefixes that they have; where the declaration of a prefix is not copied, the writer declares it anew.
 */
#include "xml-stdio.h"

#include <stdio.h>
#include <string.h>

struct filter
{
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_XML_STRING name, ns; /* of the elements; ns.bytes is NULL for any namespace */
    BOOL only;              /* these, and not all but these */
    ULONG read, copied;     /* elements */
};

static BOOL string_is(const WS_XML_STRING *string, const WS_XML_STRING *other)
{
    return string->length == other->length && !memcmp(string->bytes, other->bytes, other->length);
}

static BOOL is_named(const struct filter *filter, const WS_XML_ELEMENT_NODE *element)
{
    return string_is(element->localName, &filter->name) && (!filter->ns.bytes || string_is(element->ns, &filter->ns));
}

/* Whether a node is to be copied: of what is outside or inside of an element of the name. */
static BOOL is_wanted(const struct filter *filter, const WS_XML_NODE *node, ULONG depth, BOOL inside)
{
    /* White space outside of the document element goes: a line end is written at the end. */
    if (depth == 0 && node->nodeType == WS_XML_NODE_TYPE_TEXT)
        return FALSE;
    /* The document element stays: without it there would be no document. */
    if (depth == 1 && (node->nodeType == WS_XML_NODE_TYPE_ELEMENT || node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT))
        return TRUE;
    return filter->only ? inside : !inside;
}

/* With only some elements left, each begins a line: what was between them is gone. */
static HRESULT write_node(struct filter *filter, const WS_XML_NODE *node, BOOL begins_line, WS_ERROR *error)
{
    HRESULT hr;

    if (begins_line && FAILED(hr = WsWriteCharsUtf8(filter->writer, (const BYTE *)"\n", 1, error)))
        return hr;
    if (FAILED(hr = WsWriteNode(filter->writer, node, error)))
        return hr;
    return flush_some(filter->writer, error);
}

/* What is left out is read as well: WsSkipNode wants an element to be buffered as a whole, however long it is. */
static HRESULT copy_document(struct filter *filter, WS_ERROR *error)
{
    ULONG depth = 0;    /* how many elements are open */
    ULONG named_at = 0; /* at which depth the outermost one of the name is; 0: there is none */
    const WS_XML_NODE *node;
    BOOL is_element, is_end, begins_line;
    HRESULT hr;

    for (;;)
    {
        if (FAILED(hr = next_node(filter->reader, &node, error)))
            return hr;
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
        {
            if (FAILED(hr = WsWriteCharsUtf8(filter->writer, (const BYTE *)"\n", 1, error)))
                return hr;
            return flush_all(filter->writer, error);
        }

        is_element = node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
        is_end = node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT;
        if (is_element)
        {
            filter->read++;
            depth++;
            if (depth == 1 && !filter->only && is_named(filter, (const WS_XML_ELEMENT_NODE *)node))
                fprintf(stderr,
                        "xml-filter: the document element <%.*s> is kept: without it there would be no document\n",
                        (int)filter->name.length, (const char *)filter->name.bytes);
            if (!named_at && (filter->only || depth > 1) && is_named(filter, (const WS_XML_ELEMENT_NODE *)node))
                named_at = depth;
        }
        if (is_wanted(filter, node, depth, named_at != 0))
        {
            filter->copied += (ULONG)is_element;
            begins_line = filter->only && ((is_element && depth > 1 && named_at == depth) ||
                                           (is_end && depth == 1 && !named_at && filter->copied > 1));
            if (FAILED(hr = write_node(filter, node, begins_line, error)))
                return hr;
        }
        if (is_end && named_at == depth)
            named_at = 0;
        depth -= (ULONG)is_end;
    }
}

static void usage(FILE *to)
{
    fprintf(to, "Usage: xml-filter --only NAME | --drop NAME [--namespace URI] [--statistics] < in.xml > out.xml\n\n"
                "  --only NAME      copy the document element, and of what is in it the elements of this name\n"
                "  --drop NAME      copy all but the elements of this name and what is in them\n"
                "  --namespace URI  only elements in this namespace are meant; else those in any\n"
                "  --statistics     say how many elements were copied, and how much memory was used\n"
                "  --help           show this\n\n"
                "NAME is a local name, without a prefix. The document element is always copied.\n" REFUSED);
}

static BOOL parse_arguments(int argc, char **argv, struct filter *filter, BOOL *statistics)
{
    int i;

    for (i = 1; i < argc; i++)
        if ((!strcmp(argv[i], "--only") || !strcmp(argv[i], "--drop")) && i + 1 < argc && !filter->name.bytes)
        {
            filter->only = !strcmp(argv[i], "--only");
            filter->name.bytes = (BYTE *)argv[++i];
            filter->name.length = (ULONG)strlen(argv[i]);
        }
        else if (!strcmp(argv[i], "--namespace") && i + 1 < argc)
        {
            filter->ns.bytes = (BYTE *)argv[++i];
            filter->ns.length = (ULONG)strlen(argv[i]);
        }
        else if (!strcmp(argv[i], "--statistics"))
            *statistics = TRUE;
        else
            return FALSE;
    return filter->name.length != 0;
}

int main(int argc, char **argv)
{
    static struct filter filter;
    BOOL statistics = FALSE;
    WS_ERROR *error = NULL;
    HRESULT hr;

    if (argc == 2 && !strcmp(argv[1], "--help"))
    {
        usage(stdout);
        return 0;
    }
    if (!parse_arguments(argc, argv, &filter, &statistics))
    {
        usage(stderr);
        return 2;
    }
    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = open_stdin(FALSE, &filter.reader, error);
    if (SUCCEEDED(hr))
        hr = open_stdout(FALSE, &filter.writer, error);
    if (SUCCEEDED(hr))
        hr = copy_document(&filter, error);
    if (FAILED(hr))
        print_error("xml-filter", hr, error);
    if (statistics)
    {
        fprintf(stderr, "elements: %lu of %lu\n", (unsigned long)filter.copied, (unsigned long)filter.read);
        print_peak_memory();
    }

    WsFreeWriter(filter.writer);
    WsFreeReader(filter.reader);
    WsFreeError(error);
    return FAILED(hr);
}
