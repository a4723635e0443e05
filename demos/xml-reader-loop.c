/* SPDX-License-Identifier: MIT */
/*
 * Reads an XML document node by node and prints an outline of it: elements with their attributes, indented by depth,
 * and the text between them.
 *
 * Shows the heart of the XML half of the API: an error object, a reader with a limit, an input in memory, and the
 * loop over nodes. Builds on Windows and, with the library's portable half, elsewhere.
 */

#include <webservices.h>

#include <stdio.h>
#include <string.h>

static const char document[] = "<?xml version=\"1.0\"?>"
                               "<shop:order xmlns:shop=\"http://example.com/shop\" number=\"17\">"
                               "<shop:item pieces=\"2\">Pencil &amp; paper</shop:item>"
                               "<!-- delivered together -->"
                               "<shop:item pieces=\"1\"><![CDATA[<Stapler>]]></shop:item>"
                               "<shop:paid/>"
                               "</shop:order>";

static void print_name(const WS_XML_STRING *prefix, const WS_XML_STRING *name)
{
    if (prefix->length != 0)
        printf("%.*s:", (int)prefix->length, (const char *)prefix->bytes);
    printf("%.*s", (int)name->length, (const char *)name->bytes);
}

/* Prints a text in one of the two forms that text documents have; binary documents have more. */
static void print_text(const WS_XML_TEXT *text)
{
    if (text->textType == WS_XML_TEXT_TYPE_UTF8)
    {
        const WS_XML_STRING *value = &((const WS_XML_UTF8_TEXT *)text)->value;

        printf("%.*s", (int)value->length, (const char *)value->bytes);
    }
    else if (text->textType == WS_XML_TEXT_TYPE_UTF16)
    {
        printf("(%u bytes of UTF-16)", (unsigned)((const WS_XML_UTF16_TEXT *)text)->byteCount);
    }
    else
    {
        printf("(text of type %d)", (int)text->textType);
    }
}

static void print_element(const WS_XML_ELEMENT_NODE *element)
{
    ULONG i;

    print_name(element->prefix, element->localName);
    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        if (attribute->isXmlNs)
            continue;
        printf(" ");
        print_name(attribute->prefix, attribute->localName);
        printf("=");
        print_text(attribute->value);
    }
    printf("\n");
}

/* Prints the error's sentences, the most recent first, as far as they are ASCII. */
static void print_error(HRESULT hr, WS_ERROR *error)
{
    ULONG count = 0;
    ULONG i, j;

    printf("failed with 0x%08lX\n", (unsigned long)(ULONG)hr);
    if (error == NULL || FAILED(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count))))
        return;
    for (i = 0; i < count; i++)
    {
        WS_STRING string;

        if (FAILED(WsGetErrorString(error, i, &string)))
            continue;
        for (j = 0; j < string.length; j++)
            putchar(string.chars[j] < 0x80 ? (int)string.chars[j] : '?');
        putchar('\n');
    }
}

static HRESULT print_outline(WS_XML_READER *reader, WS_ERROR *error)
{
    int depth = 0;

    for (;;)
    {
        const WS_XML_NODE *node;
        HRESULT hr = WsReadNode(reader, error);

        if (FAILED(hr))
            return hr;
        hr = WsGetReaderNode(reader, &node, error);
        if (FAILED(hr))
            return hr;

        switch (node->nodeType)
        {
        case WS_XML_NODE_TYPE_ELEMENT:
            printf("%*s", 2 * depth++, "");
            print_element((const WS_XML_ELEMENT_NODE *)node);
            break;
        case WS_XML_NODE_TYPE_END_ELEMENT: depth--; break;
        case WS_XML_NODE_TYPE_TEXT:
            printf("%*s\"", 2 * depth, "");
            print_text(((const WS_XML_TEXT_NODE *)node)->text);
            printf("\"\n");
            break;
        case WS_XML_NODE_TYPE_COMMENT:
        {
            const WS_XML_STRING *comment = &((const WS_XML_COMMENT_NODE *)node)->value;

            printf("%*s(%.*s)\n", 2 * depth, "", (int)comment->length, (const char *)comment->bytes);
            break;
        }
        case WS_XML_NODE_TYPE_EOF: return S_OK;
        case WS_XML_NODE_TYPE_CDATA:
        case WS_XML_NODE_TYPE_END_CDATA:
        case WS_XML_NODE_TYPE_BOF: break;
        }
    }
}

static int usage(FILE *to, int status)
{
    fputs("Usage: xml-reader-loop [--help]\n\n"
          "Reads a small document, which is part of the program, node by node, and prints an outline of it: elements\n"
          "with their attributes, indented by depth, and the text between them.\n",
          to);
    return status;
}

int main(int argc, char **argv)
{
    ULONG maxDepth = 16;
    WS_XML_READER_PROPERTY properties[1];
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_ERROR *error = NULL;
    WS_XML_READER *reader = NULL;
    HRESULT hr;

    if (argc > 1)
        return strcmp(argv[1], "--help") ? usage(stderr, 2) : usage(stdout, 0);

    properties[0].id = WS_XML_READER_PROPERTY_MAX_DEPTH;
    properties[0].value = &maxDepth;
    properties[0].valueSize = sizeof(maxDepth);
    input.encodedData = (void *)document;
    input.encodedDataSize = sizeof(document) - 1;

    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = WsCreateReader(properties, WsCountOf(properties), &reader, error);
    if (SUCCEEDED(hr))
        hr = WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, error);
    if (SUCCEEDED(hr))
        hr = print_outline(reader, error);
    if (FAILED(hr))
        print_error(hr, error);

    if (reader != NULL)
        WsFreeReader(reader);
    if (error != NULL)
        WsFreeError(error);
    return FAILED(hr);
}
