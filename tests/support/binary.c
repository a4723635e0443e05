/* SPDX-License-Identifier: MIT */
/* binary.c - see binary.h. */
#include "support/binary.h"

#include <stdlib.h>

/* --- Dictionaries --- */

WS_XML_DICTIONARY *dictionary_of(const char *prefix, unsigned factor)
{
    static WS_XML_STRING strings[2][DICTIONARY_SIZE];
    static WS_XML_DICTIONARY dictionaries[2];
    static char texts[2][DICTIONARY_SIZE][12];
    unsigned which = factor == 2 ? 0 : 1, i;

    for (i = 0; i < DICTIONARY_SIZE; i++)
    {
        snprintf(texts[which][i], sizeof(texts[which][i]), "%s%u", prefix, i * factor);
        strings[which][i].length = (ULONG)strlen(texts[which][i]);
        strings[which][i].bytes = (BYTE *)texts[which][i];
        strings[which][i].dictionary = &dictionaries[which];
        strings[which][i].id = i;
    }
    dictionaries[which].strings = strings[which];
    dictionaries[which].stringCount = DICTIONARY_SIZE;
    dictionaries[which].isConst = TRUE;
    return &dictionaries[which];
}

/* --- Documents --- */

ULONG from_hex(const char *hex, BYTE *bytes)
{
    ULONG count = 0;
    unsigned value;

    for (; *hex; hex += 2, count++)
    {
        if (sscanf(hex, "%2x", &value) != 1)
            abort();
        bytes[count] = (BYTE)value;
    }
    return count;
}

void open_bytes(struct source *source, const BYTE *bytes, ULONG length, ULONG piece, BOOL fragment)
{
    WS_XML_READER_BINARY_ENCODING encoding = {
        {WS_XML_READER_ENCODING_TYPE_BINARY}, dictionary_of("str", 2), dictionary_of("dyn", 1)};
    WS_XML_READER_BUFFER_INPUT buffer = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, length};
    WS_XML_READER_STREAM_INPUT stream = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, &source->stream};
    WS_XML_READER_PROPERTY properties[] = {
        {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
    };

    if (!source->reader)
    {
        expect_hr(S_OK, WsCreateReader(NULL, 0, &source->reader, NULL));
        expect_hr(S_OK, WsCreateError(NULL, 0, &source->error));
    }
    source->stream = (struct stream){bytes, length, 0, piece, 0};
    expect_hr(S_OK, WsSetInput(source->reader, &encoding.encoding, piece ? &stream.input : &buffer.input, properties, 1,
                               NULL));
    if (piece)
        expect_hr(S_OK, WsFillReader(source->reader, length + 1, NULL, NULL));
}

void open_hex(struct source *source, const char *hex, ULONG piece, BOOL fragment)
{
    static BYTE bytes[4096];
    ULONG length = from_hex(hex, bytes);

    open_bytes(source, bytes, length, piece, fragment);
}

void close_source(struct source *source)
{
    WsFreeReader(source->reader);
    WsFreeError(source->error);
    source->reader = NULL;
}

const void *expect_node(struct source *source, WS_XML_NODE_TYPE type)
{
    const WS_XML_NODE *node;

    expect_hr(S_OK, WsReadNode(source->reader, NULL));
    expect_hr(S_OK, WsGetReaderNode(source->reader, &node, NULL));
    expect_size(type, node->nodeType);
    return node;
}

const WS_XML_TEXT *next_text(struct source *source, WS_XML_TEXT_TYPE type)
{
    const WS_XML_TEXT_NODE *node = expect_node(source, WS_XML_NODE_TYPE_TEXT);

    expect_size(type, node->text->textType);
    return node->text;
}

void set_output_as(WS_XML_WRITER *writer, bool binary, WS_DYNAMIC_STRING_CALLBACK callback, void *state)
{
    WS_XML_WRITER_BINARY_ENCODING encoding = {
        {WS_XML_WRITER_ENCODING_TYPE_BINARY}, dictionary_of("str", 2), callback, state};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    BOOL fragment = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
    };

    expect_hr(S_OK,
              WsSetOutput(writer, binary ? &encoding.encoding : &text.encoding, &output.output, properties, 1, NULL));
}

WS_XML_WRITER *create_writer_as(bool binary)
{
    WS_XML_WRITER *writer;

    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    set_output_as(writer, binary, NULL, NULL);
    return writer;
}

WS_BYTES written(WS_XML_WRITER *writer)
{
    WS_BYTES bytes;

    expect_hr(S_OK, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    return bytes;
}

void expect_written(WS_XML_WRITER *writer, const char *hex, const char *what)
{
    WS_BYTES bytes = written(writer);
    char got[4096];
    ULONG i;

    for (i = 0; i < bytes.length && i < sizeof(got) / 2 - 1; i++)
        snprintf(got + i * 2, 3, "%02X", bytes.bytes[i]);
    got[i * 2] = 0;
    if (strcmp(got, hex))
        test_fail(__FILE__, __LINE__, "%s: %s, not %s", what, got, hex);
}

void expect_text(WS_XML_WRITER *writer, const char *text, const char *what)
{
    WS_BYTES bytes = written(writer);

    if (bytes.length != strlen(text) || memcmp(bytes.bytes, text, bytes.length))
        test_fail(__FILE__, __LINE__, "%s: %.*s, not %s", what, (int)bytes.length, bytes.bytes, text);
}

HRESULT copy_nodes(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_ERROR *error)
{
    const WS_XML_NODE *node;
    HRESULT hr;

    for (;;)
    {
        if ((hr = WsReadNode(reader, error)) != S_OK || (hr = WsGetReaderNode(reader, &node, error)) != S_OK)
            return hr;
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            return S_OK;
        if (writer && (hr = WsWriteNode(writer, node, error)) != S_OK)
            return hr;
    }
}
