/* SPDX-License-Identifier: MIT */
/*
 * xml-format - reads a document from standard input, in text or binary, and writes it to standard output, indented.
 *
 *     xml-format < in.xml                           indented text, in UTF-8
 *     xml-format --compact < in.xml                 the same in one line
 *     xml-format --binary < in.xml > out.bin        the binary encoding ([MC-NBFX], with the dictionary of [MC-NBFS])
 *     xml-format --from-binary < out.bin            text again
 *
 * White space between elements goes, and for text that is not compact new is put in its place. Mixed content stays as
 * it is: an element with text in it that is more than white space, and all that is inside; and what has
 * xml:space="preserve". A document of any length passes in the same memory. For that, an element in which there is no
 * such text among the next nodes (MAX_AHEAD_NODES in xml-queue.h) counts as mixed only from where its text is.
 */
#include "xml-queue.h"

#include <stdio.h>
#include <string.h>

struct format
{
    struct node_queue queue;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    BOOL from_binary, to_binary, compact;
    ULONG depth;
    /* What is known of the open elements; of the document itself at 0. */
    struct
    {
        BOOL is_mixed;
        BOOL has_children; /* elements or comments */
    } levels[MAX_DEPTH + 1];
};

/* --- What is mixed --- */

static BOOL is_white_space_node(const WS_XML_NODE *node)
{
    return node->nodeType == WS_XML_NODE_TYPE_TEXT && is_white_space(((const WS_XML_TEXT_NODE *)node)->text);
}

/* Looks ahead whether there is text directly in the element whose start tag has been taken. */
static HRESULT look_for_text(struct format *format, BOOL *found, WS_ERROR *error)
{
    const struct queued *queued = NULL;
    ULONG inside = 0;
    HRESULT hr;

    *found = FALSE;
    for (;;)
    {
        if (FAILED(hr = look_ahead(&format->queue, queued, &queued, error)))
            return hr;
        if (!queued)
            return S_OK;
        switch (queued->node->nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT: inside++; break;
        case WS_XML_NODE_TYPE_END_ELEMENT:
            if (!inside--)
                return S_OK;
            break;
        case WS_XML_NODE_TYPE_TEXT:
        case WS_XML_NODE_TYPE_CDATA:
            if (!inside && !is_white_space_node(queued->node))
            {
                *found = TRUE;
                return S_OK;
            }
            break;
        default: break;
        }
    }
}

/*
 * Whether white space that was taken is content: when it is all that is in an element, or text follows, of which it is
 * the beginning. A long text comes in more than one node.
 */
static HRESULT look_whether_content(struct format *format, BOOL *is_content, WS_ERROR *error)
{
    const struct queued *queued = NULL;
    HRESULT hr;

    do
    {
        if (FAILED(hr = look_ahead(&format->queue, queued, &queued, error)))
            return hr;
    } while (queued && is_white_space_node(queued->node));
    if (!queued)
        *is_content = TRUE;
    else if (queued->node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT)
        *is_content = !format->levels[format->depth].has_children;
    else
        *is_content =
            queued->node->nodeType == WS_XML_NODE_TYPE_TEXT || queued->node->nodeType == WS_XML_NODE_TYPE_CDATA;
    return S_OK;
}

static BOOL is_string(const WS_XML_STRING *string, const char *wanted)
{
    return string->length == strlen(wanted) && !memcmp(string->bytes, wanted, string->length);
}

static BOOL preserves_space(const WS_XML_ELEMENT_NODE *element)
{
    ULONG i;

    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        if (!attribute->isXmlNs && is_string(attribute->prefix, "xml") && is_string(attribute->localName, "space") &&
            attribute->value->textType == WS_XML_TEXT_TYPE_UTF8)
            return is_string(&((const WS_XML_UTF8_TEXT *)attribute->value)->value, "preserve");
    }
    return FALSE;
}

/* --- Writing --- */

/* Begins a line, if that changes nothing of what the document says. */
static HRESULT begin_line(struct format *format, ULONG depth, WS_ERROR *error)
{
    static const BYTE spaces[] = "\n                                ";
    ULONG count = 1 + 2 * depth, part;
    const BYTE *from = spaces;
    HRESULT hr;

    if (format->compact || format->to_binary)
        return S_OK;
    while (count)
    {
        part = count < sizeof(spaces) - 2 ? count : (ULONG)sizeof(spaces) - 2;
        if (FAILED(hr = WsWriteCharsUtf8(format->writer, from, part, error)))
            return hr;
        from = spaces + 1;
        count -= part;
    }
    return S_OK;
}

static HRESULT write_child(struct format *format, const WS_XML_NODE *node, WS_ERROR *error)
{
    HRESULT hr;

    if (!format->levels[format->depth].is_mixed && FAILED(hr = begin_line(format, format->depth, error)))
        return hr;
    format->levels[format->depth].has_children = TRUE;
    return WsWriteNode(format->writer, node, error);
}

static HRESULT write_element(struct format *format, const WS_XML_NODE *node, WS_ERROR *error)
{
    BOOL is_mixed;
    HRESULT hr;

    if (FAILED(hr = write_child(format, node, error)))
        return hr;
    is_mixed = format->levels[format->depth].is_mixed || preserves_space((const WS_XML_ELEMENT_NODE *)node);
    if (!is_mixed && FAILED(hr = look_for_text(format, &is_mixed, error)))
        return hr;
    format->depth++;
    format->levels[format->depth].is_mixed = is_mixed;
    format->levels[format->depth].has_children = FALSE;
    return S_OK;
}

static HRESULT write_end_element(struct format *format, const WS_XML_NODE *node, WS_ERROR *error)
{
    HRESULT hr;

    if (format->levels[format->depth].has_children && !format->levels[format->depth].is_mixed &&
        FAILED(hr = begin_line(format, format->depth - 1, error)))
        return hr;
    format->depth--;
    return WsWriteNode(format->writer, node, error);
}

static HRESULT write_text(struct format *format, const WS_XML_NODE *node, WS_ERROR *error)
{
    BOOL is_content = TRUE;
    HRESULT hr;

    if (!format->levels[format->depth].is_mixed && is_white_space_node(node))
    {
        if (!format->depth)
            return S_OK;
        if (FAILED(hr = look_whether_content(format, &is_content, error)) || !is_content)
            return hr;
    }
    format->levels[format->depth].is_mixed = TRUE;
    return WsWriteNode(format->writer, node, error);
}

static HRESULT format_document(struct format *format, WS_ERROR *error)
{
    const WS_XML_NODE *node;
    HRESULT hr;

    do
    {
        if (FAILED(hr = take_node(&format->queue, &node, error)))
            return hr;
        switch (node->nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT: hr = write_element(format, node, error); break;
        case WS_XML_NODE_TYPE_END_ELEMENT: hr = write_end_element(format, node, error); break;
        case WS_XML_NODE_TYPE_COMMENT: hr = write_child(format, node, error); break;
        case WS_XML_NODE_TYPE_TEXT:
        case WS_XML_NODE_TYPE_CDATA: hr = write_text(format, node, error); break;
        case WS_XML_NODE_TYPE_EOF:
            if (!format->to_binary)
                hr = WsWriteCharsUtf8(format->writer, (const BYTE *)"\n", 1, error);
            if (SUCCEEDED(hr))
                hr = flush_all(format->writer, error);
            break;
        default: hr = WsWriteNode(format->writer, node, error); break;
        }
        if (SUCCEEDED(hr))
            hr = flush_some(format->writer, error);
        if (FAILED(hr))
            return hr;
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

/* --- */

static void usage(FILE *to)
{
    fprintf(to, "Usage: xml-format [--compact] [--binary] [--from-binary] [--statistics] < in > out\n\n"
                "  --compact      write text in one line, instead of indented\n"
                "  --binary       write the binary encoding ([MC-NBFX], with the dictionary of [MC-NBFS])\n"
                "  --from-binary  read the binary encoding, instead of text in UTF-8 or UTF-16\n"
                "  --statistics   say how much memory was used\n"
                "  --help         show this\n" REFUSED);
}

static BOOL parse_arguments(int argc, char **argv, struct format *format, BOOL *statistics)
{
    int i;

    for (i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--compact"))
            format->compact = TRUE;
        else if (!strcmp(argv[i], "--binary"))
            format->to_binary = TRUE;
        else if (!strcmp(argv[i], "--from-binary"))
            format->from_binary = TRUE;
        else if (!strcmp(argv[i], "--statistics"))
            *statistics = TRUE;
        else
            return FALSE;
    return TRUE;
}

int main(int argc, char **argv)
{
    static struct format format;
    BOOL statistics = FALSE;
    WS_ERROR *error = NULL;
    HRESULT hr;

    if (argc == 2 && !strcmp(argv[1], "--help"))
    {
        usage(stdout);
        return 0;
    }
    if (!parse_arguments(argc, argv, &format, &statistics))
    {
        usage(stderr);
        return 2;
    }
    init_queue(&format.queue, NULL);
    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = open_stdin(format.from_binary, &format.reader, error);
    if (SUCCEEDED(hr))
        hr = open_stdout(format.to_binary, &format.writer, error);
    if (SUCCEEDED(hr))
    {
        format.queue.reader = format.reader;
        hr = format_document(&format, error);
    }
    if (FAILED(hr))
        print_error("xml-format", hr, error);
    if (statistics)
        print_peak_memory();

    free_queue(&format.queue);
    WsFreeWriter(format.writer);
    WsFreeReader(format.reader);
    WsFreeError(error);
    return FAILED(hr);
}
