/* SPDX-License-Identifier: MIT */
/* mtom.h - what the tests of MTOM share: a package is read into the nodes of its document, as reader.h writes them. */
#ifndef WS_MTOM_TEST_H
#define WS_MTOM_TEST_H

#include "support/reader.h"

static const WS_XML_READER_TEXT_ENCODING any_text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};

/* A package with its own MIME header. */
static const WS_XML_READER_MTOM_ENCODING with_header = {{WS_XML_READER_ENCODING_TYPE_MTOM},
                                                        (WS_XML_READER_ENCODING *)&any_text.encoding,
                                                        TRUE,
                                                        {0, NULL},
                                                        {0, NULL},
                                                        {0, NULL}};

/* Pieces of packages. */
#define HEADER \
    "MIME-Version: 1.0\r\nContent-Type: multipart/related;type=\"application/xop+xml\";boundary=\"b\";" \
    "start=\"<r>\";start-info=\"text/xml\"\r\n\r\n"
#define ROOT \
    "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: 8bit\r\n" \
    "Content-Type: application/xop+xml;charset=utf-8;type=\"text/xml\"\r\n\r\n"
#define PART(id) \
    "\r\n--b\r\nContent-ID: <" id ">\r\nContent-Transfer-Encoding: binary\r\n" \
    "Content-Type: application/octet-stream\r\n\r\n"
#define INCLUDE(id) "<x:Include href=\"cid:" id "\" xmlns:x=\"http://www.w3.org/2004/08/xop/include\"/>"
#define END         "\r\n--b--\r\n"

/* Adds a node; bytes are {bytes}, those that follow one another together. */
static __attribute__((unused)) void dump_mtom_node(struct dump *dump, const WS_XML_NODE *node, bool *in_bytes)
{
    bool is_text = node->nodeType == WS_XML_NODE_TYPE_TEXT;
    const WS_XML_TEXT *text = is_text ? ((const WS_XML_TEXT_NODE *)node)->text : NULL;
    bool is_bytes = is_text && text->textType == WS_XML_TEXT_TYPE_BASE64;
    const WS_XML_BASE64_TEXT *bytes = is_bytes ? (const WS_XML_BASE64_TEXT *)text : NULL;
    size_t length;

    if (is_bytes != *in_bytes)
    {
        if (is_bytes)
            dump_end_text(dump);
        expect(dump->length < sizeof(dump->text) - 2);
        dump->text[dump->length++] = is_bytes ? '{' : '}';
        dump->text[dump->length] = 0;
        *in_bytes = is_bytes;
    }
    if (!is_bytes)
    {
        dump_node(dump, node);
        return;
    }
    expect(bytes->length != 0);
    length = bytes->length < sizeof(dump->text) - dump->length - 2 ? bytes->length : 0;
    memcpy(dump->text + dump->length, bytes->bytes, length);
    dump->length += length;
    dump->text[dump->length] = 0;
}

/* Reads to the end, filling a stream before each node. */
static __attribute__((unused)) HRESULT read_mtom(WS_XML_READER *reader, ULONG fill, struct dump *dump, WS_ERROR *error)
{
    const WS_XML_NODE *node;
    bool in_bytes = false;
    HRESULT hr;

    memset(dump, 0, sizeof(*dump));
    do
    {
        if ((hr = WsFillReader(reader, fill, NULL, error)) != S_OK || (hr = WsReadNode(reader, error)) != S_OK)
            return hr;
        expect_hr(S_OK, WsGetReaderNode(reader, &node, NULL));
        dump_mtom_node(dump, node, &in_bytes);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

static __attribute__((unused)) void set_package(WS_XML_READER *reader, const WS_XML_READER_MTOM_ENCODING *encoding,
                                                const void *bytes, size_t length)
{
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)length};

    expect_hr(S_OK, WsSetInput(reader, &encoding->encoding, &input.input, NULL, 0, NULL));
}

static __attribute__((unused)) void set_package_stream(WS_XML_READER *reader,
                                                       const WS_XML_READER_MTOM_ENCODING *encoding,
                                                       struct stream *stream, const WS_XML_READER_PROPERTY *properties,
                                                       ULONG count)
{
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, stream};

    stream->pos = 0;
    expect_hr(S_OK, WsSetInput(reader, &encoding->encoding, &input.input, properties, count, NULL));
}

/*
 * Reads a package from memory and as a stream in pieces of several sizes, filled by several amounts; all must give
 * these nodes.
 */
static __attribute__((unused)) void expect_package_with(const WS_XML_READER_MTOM_ENCODING *encoding, const void *bytes,
                                                        size_t length, const char *nodes)
{
    static const size_t pieces[] = {1, 2, 3, 7, 64, 100000};
    static const ULONG fills[] = {0, 1, 2, 3, 50, 100000};
    struct stream stream = {bytes, length, 0, 0, 0};
    WS_XML_READER *reader = create_reader();
    ULONG headers = 4096;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, &headers, sizeof(headers)};
    WS_ERROR *error = create_error();
    static struct dump dump;
    size_t i, j;
    HRESULT hr;

    set_package(reader, encoding, bytes, length);
    hr = read_mtom(reader, 0, &dump, error);
    if (hr != S_OK || strcmp(dump.text, nodes))
        test_fail(__FILE__, __LINE__, "0x%08x %s: %s", (unsigned)hr, sentence(error), dump.text);
    for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        for (j = 0; j < sizeof(fills) / sizeof(fills[0]); j++)
        {
            stream.piece = pieces[i];
            set_package_stream(reader, encoding, &stream, &property, 1);
            hr = read_mtom(reader, fills[j], &dump, error);
            /* What comes out of order must be filled by as much as is to be passed. */
            if (hr == WS_E_QUOTA_EXCEEDED && fills[j] < 100000 && says(error, "WsFillReader"))
                expect_hr(S_OK, WsResetError(error));
            else if (hr != S_OK || strcmp(dump.text, nodes))
                test_fail(__FILE__, __LINE__, "%zu %u: 0x%08x %s: %s", pieces[i], (unsigned)fills[j], (unsigned)hr,
                          sentence(error), dump.text);
        }
    WsFreeError(error);
    WsFreeReader(reader);
}

#define expect_package(text, nodes) expect_package_with(&with_header, text, sizeof(text) - 1, nodes)

#endif
