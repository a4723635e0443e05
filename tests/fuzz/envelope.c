/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of envelopes. The input is three bytes (versions, what is around the rest, the size of pieces) and an
 * envelope in text or binary, or only its headers, or its body. What is checked:
 *
 *   - the envelope is read, or not, with one sentence and the same code: whole, and in pieces of any size;
 *   - a message that refuses one is empty, and an endless one takes no more memory than the message's heap has;
 *   - whatever its headers are, they can be asked for, and the header buffer stays as it was;
 *   - what has been read can be written with WsWriteEnvelopeStart, in text and in binary, and reads back as the same
 *     headers; and so can a duplicate.
 *
 * Run by `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "fuzz.h"

#include "support/stream.h"

#include "message/message.h"
#include "xml/reader/reader.h"

static const WS_XML_READER_TEXT_ENCODING read_text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
static const WS_XML_READER_BINARY_ENCODING read_binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
static const WS_XML_WRITER_TEXT_ENCODING write_text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
static const WS_XML_WRITER_BINARY_ENCODING write_binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
static const WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_ERROR *error;
static WS_ENVELOPE_VERSION envelope_version;
static WS_ADDRESSING_VERSION addressing_version;

/* What a call has said: a failure has a sentence. */
static HRESULT answer(HRESULT hr)
{
    ULONG count = 0;

    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    check(hr == S_OK ? !count : count > 0);
    check(hr == S_OK || hr == E_INVALIDARG || hr == WS_E_INVALID_OPERATION || hr == WS_E_INVALID_FORMAT ||
          hr == WS_E_QUOTA_EXCEEDED || hr == WS_E_OBJECT_FAULTED || hr == WS_E_NUMERIC_OVERFLOW);
    check(WsResetError(error) == S_OK);
    return hr;
}

static WS_MESSAGE *create(void)
{
    WS_MESSAGE *message = NULL;

    check(WsCreateMessage(envelope_version, addressing_version, NULL, 0, &message, NULL) == S_OK);
    return message;
}

static WS_MESSAGE_STATE state_of(WS_MESSAGE *message)
{
    WS_MESSAGE_STATE state;

    check(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_STATE, &state, sizeof(state), NULL) == S_OK);
    return state;
}

static WS_XML_BUFFER *header_buffer(WS_MESSAGE *message)
{
    WS_XML_BUFFER *buffer = NULL;

    check(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL) == S_OK);
    return buffer;
}

static void open_output(bool binary)
{
    /* More than readers allow, so that it is never a reason to fail. */
    ULONG many = 4096;
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)},
                                           {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &many, sizeof(many)},
                                           {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)}};

    check(WsSetOutput(writer, binary ? &write_binary.encoding : &write_text.encoding, &output.output, properties, 3,
                      NULL) == S_OK);
}

/* Bytes with memory of just their size. */
static WS_BYTES keep(const void *bytes, size_t size)
{
    WS_BYTES kept = {(ULONG)size, malloc(size + !size)};

    check(kept.bytes);
    if (size)
        memcpy(kept.bytes, bytes, size);
    return kept;
}

static WS_BYTES take_written(void)
{
    WS_BYTES bytes;

    check(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL) == S_OK);
    return keep(bytes.bytes, bytes.length);
}

static WS_BYTES buffer_bytes(WS_MESSAGE *message, bool binary)
{
    open_output(binary);
    check(WsWriteXmlBuffer(writer, header_buffer(message), NULL) == S_OK);
    return take_written();
}

static bool is_same(WS_BYTES a, WS_BYTES b)
{
    return a.length == b.length && !memcmp(a.bytes, b.bytes, a.length);
}

static void check_buffer(WS_MESSAGE *message, WS_BYTES before, bool binary)
{
    WS_BYTES now = buffer_bytes(message, binary);

    check(is_same(before, now));
    free(now.bytes);
}

/* --- Reading --- */

static void open_input(WS_BYTES bytes, bool binary)
{
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes.bytes, bytes.length};

    check(WsSetInput(reader, binary ? &read_binary.encoding : &read_text.encoding, &input.input, NULL, 0, NULL) ==
          S_OK);
}

/* The body, as nodes. */
static HRESULT read_body(uint64_t *digest)
{
    const WS_XML_NODE *node;
    int depth = 0;
    HRESULT hr;

    for (;;)
    {
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        if (node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT && depth-- == 0)
            return S_OK;
        depth += node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
        *digest = *digest * 31 + digest_node(node);
        if ((hr = WsReadNode(reader, NULL)) != S_OK)
            return hr;
    }
}

/* Reads the whole; *at: how far it came. */
static HRESULT read_all(WS_MESSAGE *message, uint64_t *digest, int *at)
{
    HRESULT hr;

    *at = 0;
    if ((hr = answer(WsReadEnvelopeStart(message, reader, NULL, NULL, error))) != S_OK)
        return hr;
    *at = 1;
    if ((hr = read_body(digest)) != S_OK)
        return hr;
    *at = 2;
    return answer(WsReadEnvelopeEnd(message, error));
}

/* The same as a channel would, from a stream in pieces. */
static HRESULT read_in_pieces(WS_MESSAGE *message, struct stream *stream, bool binary)
{
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, stream};
    ULONG wanted = 1;
    HRESULT hr;

    check(WsSetInput(reader, binary ? &read_binary.encoding : &read_text.encoding, &input.input, NULL, 0, NULL) ==
          S_OK);
    while ((hr = message_read_start(message, reader, error)) == READER_STARVED)
    {
        check(state_of(message) == WS_MESSAGE_STATE_EMPTY);
        wanted = wanted < 64 ? wanted + 1 : wanted * 2;
        if ((hr = WsFillReader(reader, wanted, NULL, error)) != S_OK)
            break;
    }
    return answer(hr);
}

static void check_pieces(WS_BYTES bytes, bool binary, size_t piece, HRESULT whole_hr, WS_BYTES whole_text)
{
    struct stream stream = {bytes.bytes, bytes.length, 0, piece + 1, 0};
    WS_MESSAGE *message = create();
    HRESULT hr = read_in_pieces(message, &stream, binary);

    check(hr == whole_hr || (hr == WS_E_QUOTA_EXCEEDED && bytes.length > 4000));
    if (hr == S_OK && whole_hr == S_OK)
        check_buffer(message, whole_text, false);
    else
        check(state_of(message) == WS_MESSAGE_STATE_EMPTY);
    WsFreeMessage(message);
}

/* --- What is asked for --- */

static void ask(WS_MESSAGE *message)
{
    static const WS_TYPE types[] = {WS_XML_STRING_TYPE, WS_WSZ_TYPE, WS_STRING_TYPE, WS_UNIQUE_ID_TYPE,
                                    WS_ENDPOINT_ADDRESS_TYPE};
    static WS_XML_STRING names[] = {{1, (BYTE *)"h", NULL, 0}, {5, (BYTE *)"urn:x", NULL, 0}};
    static const WS_ELEMENT_DESCRIPTION custom = {&names[0], &names[1], WS_XML_STRING_TYPE, NULL};
    WS_HEADER_TYPE type;
    ULONG attributes = 0;
    void *value;
    size_t i;

    for (type = WS_ACTION_HEADER; type <= WS_FAULT_TO_HEADER; type++)
        for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        {
            value = &value;
            if (answer(WsGetHeader(message, type, types[i], WS_READ_OPTIONAL_POINTER, NULL, &value, sizeof(value),
                                   error)) != S_OK)
                check(value == &value);
        }
    for (i = 0; i < 3; i++)
    {
        value = &value;
        if (answer(WsGetCustomHeader(message, &custom, i ? WS_REPEATING_HEADER : WS_SINGLETON_HEADER,
                                     i ? (ULONG)i - 1 : 0, WS_READ_REQUIRED_POINTER, NULL, &value, sizeof(value),
                                     &attributes, error)) != S_OK)
            check(value == &value);
    }
    answer(WsCheckMustUnderstandHeaders(message, error));
}

/* --- Writing what was read --- */

static bool has_headers(WS_MESSAGE *message)
{
    WS_XML_READER *other = NULL;
    const WS_XML_NODE *node;

    check(WsCreateReader(NULL, 0, &other, NULL) == S_OK);
    check(WsSetInputToBuffer(other, header_buffer(message), NULL, 0, NULL) == S_OK);
    check(WsReadNode(other, NULL) == S_OK && WsReadNode(other, NULL) == S_OK); /* the envelope, and Header */
    do
    {
        check(WsReadNode(other, NULL) == S_OK && WsGetReaderNode(other, &node, NULL) == S_OK);
    } while (node->nodeType != WS_XML_NODE_TYPE_ELEMENT && node->nodeType != WS_XML_NODE_TYPE_END_ELEMENT);
    WsFreeReader(other);
    return node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
}

static void write_again(WS_MESSAGE *source, bool binary)
{
    WS_MESSAGE *message = create(), *back = create();
    /* What binary does not tell apart, like quotes, does not count there. */
    WS_BYTES before = buffer_bytes(source, binary), bytes;
    HRESULT hr;

    hr = answer(WsInitializeMessage(message, WS_DUPLICATE_MESSAGE, source, error));
    check(hr == S_OK || hr == WS_E_QUOTA_EXCEEDED);
    if (hr == S_OK)
    {
        check_buffer(message, before, binary);
        open_output(binary);
        check(answer(WsWriteEnvelopeStart(message, writer, NULL, NULL, error)) == S_OK);
        check(answer(WsWriteEnvelopeEnd(message, error)) == S_OK);
        check(state_of(message) == WS_MESSAGE_STATE_DONE);
        bytes = take_written();
        open_input(bytes, binary);
        hr = answer(WsReadEnvelopeStart(back, reader, NULL, NULL, error));
        check(hr == S_OK || hr == WS_E_QUOTA_EXCEEDED);
        /* A Header without headers is not written, and then there is one without attributes. */
        if (hr == S_OK && has_headers(source))
            check_buffer(back, before, binary);
        free(bytes.bytes);
    }
    free(before.bytes);
    WsFreeMessage(message);
    WsFreeMessage(back);
}

/* --- The input --- */

#define ENVELOPE_11 \
    "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' " \
    "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' xmlns:x='urn:x'>"
#define ENVELOPE_12 \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' " \
    "xmlns:a='http://www.w3.org/2005/08/addressing' xmlns:x='urn:x'>"

static WS_BYTES make_envelope(unsigned kind, const uint8_t *data, size_t size)
{
    const char *start = envelope_version == WS_ENVELOPE_VERSION_SOAP_1_1 ? ENVELOPE_11 : ENVELOPE_12;
    const char *before[] = {"<s:Header>", "<s:Header/>", "<s:Body>"};
    const char *after[] = {"</s:Header><s:Body/></s:Envelope>", "<s:Body/></s:Envelope>", "</s:Body></s:Envelope>"};
    WS_BYTES bytes = {0, NULL};
    size_t length = 0;

    if (kind > 2)
        return keep(data, size);
    bytes.bytes = malloc(size + 400);
    check(bytes.bytes);
    length += (size_t)sprintf((char *)bytes.bytes, "%s%s", start, before[kind]);
    memcpy(bytes.bytes + length, data, size);
    length += size;
    length += (size_t)sprintf((char *)bytes.bytes + length, "%s", after[kind]);
    bytes.length = (ULONG)length;
    return bytes;
}

static void run(const uint8_t *data, size_t size)
{
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        WS_ADDRESSING_VERSION addressing;
    } versions[] = {{WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0},
                    {WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_0_9},
                    {WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT},
                    {WS_ENVELOPE_VERSION_NONE, WS_ADDRESSING_VERSION_TRANSPORT}};
    unsigned version = data[0] % 4;
    bool binary = data[1] % 8 > 4;
    WS_BYTES bytes, text = {0, NULL};
    uint64_t digest = 0;
    WS_MESSAGE *message;
    HRESULT hr;
    int at;

    envelope_version = versions[version].envelope;
    addressing_version = versions[version].addressing;
    bytes = make_envelope(data[1] % 8, data + 3, size - 3);
    message = create();
    open_input(bytes, binary);
    hr = read_all(message, &digest, &at);
    if (!at)
        check(state_of(message) == WS_MESSAGE_STATE_EMPTY);
    else
    {
        check(state_of(message) == (at == 2 ? WS_MESSAGE_STATE_DONE : WS_MESSAGE_STATE_READING));
        text = buffer_bytes(message, false);
        write_again(message, false);
        write_again(message, true);
    }
    check_pieces(bytes, binary, data[2], at ? S_OK : hr, text);
    if (at)
    {
        WsResetMessage(message, NULL);
        open_input(bytes, binary);
        check(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL) == S_OK);
        ask(message);
        check_buffer(message, text, false);
    }
    WsFreeMessage(message);
    free(text.bytes);
    free(bytes.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3)
        return 0;
    check(WsCreateError(NULL, 0, &error) == S_OK);
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK && WsCreateWriter(NULL, 0, &writer, NULL) == S_OK);
    run(data, size);
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    return 0;
}
