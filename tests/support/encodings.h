/* SPDX-License-Identifier: MIT */
/* encodings.h - the same element written and read in every encoding. */
#ifndef WS_SUPPORT_ENCODINGS_H
#define WS_SUPPORT_ENCODINGS_H

#include "webservices.h"

enum encoding
{
    UTF8,
    UTF16LE,
    BINARY,
    MTOM, /* in which more than four bytes become a part */
    TREE, /* an XML buffer */
    ENCODING_COUNT
};

struct document
{
    enum encoding encoding;
    WS_BYTES bytes;
    WS_XML_BUFFER *tree;
};

/* Into the heap for a tree, else into the writer's memory. */
static inline HRESULT write_document(WS_XML_WRITER *writer, WS_HEAP *heap, enum encoding encoding,
                                     const WS_ELEMENT_DESCRIPTION *element, WS_WRITE_OPTION option, const void *value,
                                     ULONG size, struct document *document, WS_ERROR *error)
{
    /* Longer than what a fuzzer comes upon in the bytes of a part. */
    static WCHAR boundary[] = {'=', '_', 'q', '7', 'x', '2', 'k', '9', 'v', '4', 'm', '1', 'z', '8', 'w', '3',
                               'j', '6', 't', '0', 'r', '5', 'p', 'n', 'c', 'h', 'f', 'd', 'g', 'y', 's', 'b'},
                 start[] = {'r'};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT},
                                        encoding == UTF16LE ? WS_CHARSET_UTF16LE : WS_CHARSET_UTF8};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_MTOM_ENCODING mtom = {{WS_XML_WRITER_ENCODING_TYPE_MTOM},
                                        &text.encoding,
                                        TRUE,
                                        {sizeof(boundary) / sizeof(boundary[0]), boundary},
                                        {0, NULL},
                                        {1, start},
                                        4};
    WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    ULONG most = 1 << 24;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &most, sizeof(most)},
                                           {WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, &most, sizeof(most)}};
    HRESULT hr;

    document->encoding = encoding;
    document->tree = NULL;
    if (encoding == TREE)
        hr = WsCreateXmlBuffer(heap, NULL, 0, &document->tree, error);
    else
        hr = WsSetOutput(writer,
                         encoding == BINARY ? &binary.encoding
                         : encoding == MTOM ? &mtom.encoding
                                            : &text.encoding,
                         &memory.output, properties, encoding == MTOM ? 2 : 1, error);
    if (hr == S_OK && encoding == TREE)
        hr = WsSetOutputToBuffer(writer, document->tree, NULL, 0, error);
    if (hr == S_OK)
        hr = WsWriteElement(writer, element, option, value, size, error);
    if (hr == S_OK && encoding != TREE)
        hr =
            WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &document->bytes, sizeof(document->bytes), error);
    return hr;
}

static inline HRESULT set_document(WS_XML_READER *reader, const struct document *document)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_MTOM_ENCODING mtom = {
        {WS_XML_READER_ENCODING_TYPE_MTOM}, &text.encoding, TRUE, {0, NULL}, {0, NULL}, {0, NULL}};
    WS_XML_READER_BUFFER_INPUT input = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, document->bytes.bytes, document->bytes.length};

    if (document->encoding == TREE)
        return WsSetInputToBuffer(reader, document->tree, NULL, 0, NULL);
    if (document->encoding == UTF16LE)
        text.charSet = WS_CHARSET_UTF16LE;
    return WsSetInput(reader,
                      document->encoding == BINARY ? &binary.encoding
                      : document->encoding == MTOM ? &mtom.encoding
                                                   : &text.encoding,
                      &input.input, NULL, 0, NULL);
}

#endif
