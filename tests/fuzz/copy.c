/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of WsCopyNode: the input is a document in text or binary, which is copied as a whole, or from one of its
 * nodes on, into text, binary or an XML buffer. What has been copied must be readable, and a copy of the copy must be
 * the same bytes. Run by `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "fuzz.h"

static const WS_XML_READER_TEXT_ENCODING read_text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
static const WS_XML_READER_BINARY_ENCODING read_binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
static const WS_XML_WRITER_TEXT_ENCODING write_text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
static const WS_XML_WRITER_BINARY_ENCODING write_binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
static const WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_ERROR *error;
static WS_HEAP *heap;

/* What a failure says. */
static bool failed(HRESULT hr)
{
    ULONG count = 0;

    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    check(hr == S_OK ? !count : count > 0);
    check(WsResetError(error) == S_OK);
    return hr != S_OK;
}

static void open(const void *bytes, size_t size, bool binary)
{
    BOOL yes = TRUE;
    WS_XML_READER_PROPERTY fragment = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)size};

    check(WsSetInput(reader, binary ? &read_binary.encoding : &read_text.encoding, &input.input, &fragment, 1, NULL) ==
          S_OK);
}

static void open_output(bool binary)
{
    /* More than readers allow, so that what a copy adds is no reason to fail. */
    ULONG many = 4096;
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)},
                                           {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)},
                                           {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &many, sizeof(many)}};

    check(WsSetOutput(writer, binary ? &write_binary.encoding : &write_text.encoding, &output.output, properties, 3,
                      NULL) == S_OK);
}

static WS_BYTES written(void)
{
    WS_BYTES bytes;

    check(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL) == S_OK);
    return bytes;
}

static void run(const uint8_t *data, size_t size)
{
    WS_XML_BUFFER *buffer = NULL;
    bool to_binary, through_buffer;
    unsigned flags, steps;
    WS_BYTES bytes;
    BYTE *copy;
    HRESULT hr;

    flags = *data++;
    size--;
    to_binary = flags & 2;
    through_buffer = flags & 4;
    open(data, size, flags & 1);
    for (steps = flags / 8; steps; steps--)
        if (failed(WsReadNode(reader, error)))
            return;
    if (through_buffer)
    {
        check(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL) == S_OK);
        check(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL) == S_OK);
        hr = WsCopyNode(writer, reader, error);
        if (failed(hr))
            return;
        check(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL) == S_OK);
    }
    open_output(to_binary);
    hr = WsCopyNode(writer, reader, error);
    if (failed(hr))
        return;

    /* It is committed only when the next thing is written, if it is a start tag that is open. */
    while (WsWriteEndElement(writer, NULL) == S_OK)
        ;
    open_output(to_binary);
    open(data, size, flags & 1);
    if (through_buffer)
        check(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL) == S_OK);
    else
        for (steps = flags / 8; steps; steps--)
            check(WsReadNode(reader, NULL) == S_OK);
    check(WsCopyNode(writer, reader, NULL) == S_OK);
    bytes = written();
    /*
     * What text cannot say: a fragment that begins with U+FEFF reads back as one that begins with a byte-order mark; a
     * CR in a comment or a CDATA section reads back as a line feed.
     */
    if (!to_binary && bytes.length &&
        ((bytes.length >= 3 && !memcmp(bytes.bytes, "\xef\xbb\xbf", 3)) || memchr(bytes.bytes, '\r', bytes.length)))
        return;
    if (!(copy = malloc(bytes.length + 1)))
        return;
    if (bytes.length)
        memcpy(copy, bytes.bytes, bytes.length);
    size = bytes.length;

    open(copy, size, to_binary);
    open_output(to_binary);
    hr = WsCopyNode(writer, reader, error);
    /* A part of the document that has fewer limits than the reader: that many namespaces may have become more. */
    if (!failed(hr))
    {
        bytes = written();
        check(bytes.length == size && (!size || !memcmp(bytes.bytes, copy, size)));
    }
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK && WsCreateWriter(NULL, 0, &writer, NULL) == S_OK);
    check(WsCreateError(NULL, 0, &error) == S_OK);
    check(WsCreateHeap(1 << 24, 0, NULL, 0, &heap, NULL) == S_OK);
    run(data, size);
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeError(error);
    WsFreeHeap(heap);
    return 0;
}
