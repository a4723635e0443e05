/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of MTOM. The input is four bytes (flags, the size of stream pieces, how far to fill, what becomes a part)
 * and a MIME package. What is checked:
 *
 *   - a package in memory of just its size, and a stream of it in pieces that is filled far enough, show the same nodes
 *     or fail with the same code;
 *   - a stream that is filled too little shows the same nodes, or fails with WS_E_QUOTA_EXCEEDED;
 *   - with small limits nothing but those can be different;
 *   - what has been read whole can be written as MTOM, to memory and to a stream, in the same bytes; and reads back as
 *     the same nodes;
 *   - each failure has one sentence, and leaves the last node as it was.
 *
 * Run by `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "digest.h"

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_ERROR *error;

static const uint8_t *package;
static size_t package_size, pos, piece;

/* --- What was read --- */

static bool element_seen; /* by the last read_all() */

/* Bytes count as the base64 that they would be. */
static void add_base64(struct digest *digest, const uint8_t *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t i;

    for (i = 0; i < length; i += 3)
    {
        uint32_t bits = (uint32_t)bytes[i] << 16 | (i + 1 < length ? (uint32_t)bytes[i + 1] << 8 : 0) |
                        (i + 2 < length ? bytes[i + 2] : 0);
        char group[4] = {digits[bits >> 18], digits[bits >> 12 & 63], i + 1 < length ? digits[bits >> 6 & 63] : '=',
                         i + 2 < length ? digits[bits & 63] : '='};

        add(digest, group, 4);
    }
}

static void add_text(struct digest *digest, const WS_XML_TEXT *node_text)
{
    const WS_XML_BASE64_TEXT *bytes = (const WS_XML_BASE64_TEXT *)node_text;
    const WS_XML_STRING *string = &((const WS_XML_UTF8_TEXT *)node_text)->value;

    digest->in_text = true;
    if (node_text->textType == WS_XML_TEXT_TYPE_BASE64)
    {
        check(bytes->length);
        add_base64(digest, bytes->bytes, bytes->length);
        return;
    }
    check(node_text->textType == WS_XML_TEXT_TYPE_UTF8 && string->length);
    add(digest, string->bytes, string->length);
}

static void add_node(struct digest *digest, const WS_XML_NODE *node)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;
    ULONG i;

    if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
    {
        add_text(digest, ((const WS_XML_TEXT_NODE *)node)->text);
        return;
    }
    if (digest->in_text)
        add(digest, "'", 1);
    digest->in_text = false;
    add_number(digest, (uint32_t)node->nodeType);
    if (node->nodeType == WS_XML_NODE_TYPE_COMMENT)
        add_string(digest, &((const WS_XML_COMMENT_NODE *)node)->value);
    if (node->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return;
    element_seen = true;
    add_string(digest, element->localName);
    add_string(digest, element->ns);
    for (i = 0; i < element->attributeCount; i++)
        if (!element->attributes[i]->isXmlNs)
        {
            add_string(digest, element->attributes[i]->localName);
            add_string(digest, element->attributes[i]->ns);
        }
}

static void check_sentence(HRESULT hr)
{
    ULONG count = 0;

    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    check(count == (hr != S_OK));
    check(WsResetError(error) == S_OK);
}

/* --- Reading --- */

static WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
static WCHAR boundary[] = {'b'}, start[] = {'r'};
static WS_XML_READER_MTOM_ENCODING encoding = {
    {WS_XML_READER_ENCODING_TYPE_MTOM}, &text.encoding, FALSE, {0, NULL}, {1, boundary}, {1, start}};
static ULONG buffer_size, root_size, headers_size, parts;
static WS_XML_READER_PROPERTY properties[] = {
    {WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &buffer_size, sizeof(buffer_size)},
    {WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE, &root_size, sizeof(root_size)},
    {WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, &headers_size, sizeof(headers_size)},
    {WS_XML_READER_PROPERTY_MAX_MIME_PARTS, &parts, sizeof(parts)},
};

static HRESULT CALLBACK read_stream(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *e)
{
    size_t count = package_size - pos;

    (void)state, (void)context, (void)e;
    check(max);
    if (count > max)
        count = max;
    if (count > piece)
        count = piece;
    if (count)
        memcpy(bytes, package + pos, count);
    pos += count;
    *actual = (ULONG)count;
    return S_OK;
}

static void set_package(const void *bytes, size_t size, bool stream)
{
    WS_XML_READER_BUFFER_INPUT memory = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)size};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, NULL};

    pos = 0;
    check(WsSetInput(reader, &encoding.encoding, stream ? &input.input : &memory.input, properties, 4, error) == S_OK);
}

/* Copies the nodes to the writer, too, if that is wanted. */
static HRESULT read_all(struct digest *digest, ULONG fill, bool write)
{
    const WS_XML_NODE *node;
    uint64_t value;
    HRESULT hr;

    memset(digest, 0, sizeof(*digest));
    element_seen = false;
    do
    {
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        value = digest_node(node);
        hr = WsFillReader(reader, fill, NULL, error);
        if (hr == S_OK)
            hr = WsReadNode(reader, error);
        check_sentence(hr);
        if (hr != S_OK)
        {
            check_node_is(reader, node, value);
            check(WsReadNode(reader, NULL) == WS_E_OBJECT_FAULTED);
            return hr;
        }
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        add_node(digest, node);
        if (write && node->nodeType != WS_XML_NODE_TYPE_EOF)
            check(WsWriteNode(writer, node, NULL) == S_OK);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

static bool same(const struct digest *a, const struct digest *b)
{
    return a->value == b->value && a->in_text == b->in_text;
}

/* --- Writing --- */

static struct
{
    uint8_t *bytes;
    size_t length, room;
} written;

static HRESULT CALLBACK write_stream(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                     WS_ERROR *e)
{
    ULONG i;

    (void)state, (void)context, (void)e;
    for (i = 0; i < count; i++)
    {
        if (written.room - written.length < buffers[i].length)
        {
            written.room = (written.length + buffers[i].length) * 2;
            check((written.bytes = realloc(written.bytes, written.room)) != NULL);
        }
        if (buffers[i].length)
            memcpy(written.bytes + written.length, buffers[i].bytes, buffers[i].length);
        written.length += buffers[i].length;
    }
    return S_OK;
}

static void write_again(const struct digest *digest, unsigned flags, ULONG most)
{
    static WCHAR uuid[] = {'u', 'u', 'i', 'd', ':', 'n', 'o', 'b', 'o', 'd', 'y'};
    static const WS_CHARSET charsets[] = {WS_CHARSET_UTF8, WS_CHARSET_UTF16LE, WS_CHARSET_UTF16BE, WS_CHARSET_UTF8};
    WS_XML_WRITER_TEXT_ENCODING utf = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, charsets[flags >> 4 & 3]};
    WS_XML_WRITER_MTOM_ENCODING output = {
        {WS_XML_WRITER_ENCODING_TYPE_MTOM}, &utf.encoding, FALSE, {11, uuid}, {0, NULL}, {0, NULL}, most};
    WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_stream, NULL};
    WS_XML_READER_MTOM_ENCODING before = encoding;
    struct digest again;
    WS_BYTES bytes;
    HRESULT hr;

    output.writeMimeHeader = flags >> 6 & 1;
    check(WsSetOutput(writer, &output.encoding, &memory.output, NULL, 0, NULL) == S_OK);
    set_package(package, package_size, false);
    check(read_all(&again, 0, true) == S_OK && same(digest, &again));
    hr = WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error);
    check_sentence(hr);
    if (hr == WS_E_INVALID_FORMAT) /* the bytes of a part had this boundary */
        return;
    check(hr == S_OK);
    if (!element_seen) /* white space alone: the document, and so the package, is not complete */
        return;
    written.length = 0;
    check(write_stream(NULL, &bytes, 1, NULL, NULL) == S_OK);

    encoding.readMimeHeader = output.writeMimeHeader;
    encoding.boundary = output.boundary;
    encoding.startUri.length = 0;
    if (encoding.readMimeHeader)
        encoding.boundary.length = 0;
    set_package(written.bytes, written.length, false);
    hr = read_all(&again, 0, false);
    encoding = before;
    check(hr == S_OK || hr == WS_E_QUOTA_EXCEEDED); /* an xop:Include counts against MAX_DEPTH and MAX_NAMESPACES */
    check(hr != S_OK || same(digest, &again));

    /* The same to a stream. */
    bytes.bytes = malloc(written.length + 1);
    bytes.length = (ULONG)written.length;
    check(bytes.bytes != NULL);
    memcpy(bytes.bytes, written.bytes, written.length);
    written.length = 0;
    check(WsSetOutput(writer, &output.encoding, &stream.output, NULL, 0, NULL) == S_OK);
    set_package(package, package_size, false);
    check(read_all(&again, 0, true) == S_OK);
    check(WsFlushWriter(writer, 0, NULL, NULL) == S_OK);
    check(written.length == bytes.length && !memcmp(written.bytes, bytes.bytes, bytes.length));
    free(bytes.bytes);
}

static void create(void)
{
    ULONG many = 64;
    WS_XML_WRITER_PROPERTY namespaces = {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)};

    check(WsCreateError(NULL, 0, &error) == S_OK);
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK);
    check(WsCreateWriter(&namespaces, 1, &writer, NULL) == S_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct digest whole, streamed;
    HRESULT hr, other;
    uint8_t *copy;
    unsigned flags;
    ULONG fill;

    if (size < 4)
        return 0;
    flags = data[0];
    piece = data[1] ? data[1] : 1000;
    fill = data[2];
    package_size = size - 4;
    copy = malloc(package_size);
    check(copy || !package_size);
    if (package_size)
        memcpy(copy, data + 4, package_size);
    package = copy;
    create();

    encoding.readMimeHeader = flags & 1;
    encoding.boundary.length = !(flags & 1);
    encoding.startUri.length = !(flags & 1) && flags & 2;
    buffer_size = flags & 4 ? 0 : 512;
    root_size = headers_size = 0xffffffff;
    parts = 4096;

    set_package(package, package_size, false);
    hr = read_all(&whole, 0, false);
    set_package(NULL, 0, true);
    other = read_all(&streamed, 0xffffffff, false);
    check(hr == other && (hr != S_OK || same(&whole, &streamed)));
    set_package(NULL, 0, true);
    other = read_all(&streamed, fill, false);
    check(hr == other || other == WS_E_QUOTA_EXCEEDED);
    check(other != S_OK || same(&whole, &streamed));

    root_size = data[3] * 8u;
    headers_size = data[2] * 2u;
    parts = flags >> 5;
    set_package(NULL, 0, true);
    other = read_all(&streamed, 0xffffffff, false);
    check(hr == other || other == WS_E_QUOTA_EXCEEDED);
    check(other != S_OK || same(&whole, &streamed));
    parts = 4096;

    if (hr == S_OK)
        write_again(&whole, flags, data[3] & 7);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeError(error);
    free(copy);
    return 0;
}
