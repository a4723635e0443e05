/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of the text reader. The input is four bytes (flags, the size of stream pieces, how far to fill, a seed for
 * calls) and a document. What is checked:
 *
 *   - a document in memory of just its size, a stream of it in pieces, and an XML buffer made of it show the same
 *     nodes, or fail with the same code;
 *   - with a stream filled too little, the nodes are those at the beginning, and then WS_E_QUOTA_EXCEEDED comes;
 *   - any sequence of calls is safe, touches no out parameter when it fails, and says why in one sentence;
 *   - after a failure the last node is still shown, whole, and the reader is faulted and can be set anew;
 *   - the canonical form of the document, or of an element in it, is one and the same: of the document in memory, read
 *     node by node or skipped; of a stream of it; of an XML buffer; of what a writer writes that is given the nodes,
 *     whatever the output; and of what that has written.
 */
#include "digest.h"

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_ERROR *error;
static WS_HEAP *heap;

/* The document, in memory of just its size. */
static uint8_t *document;
static size_t document_size;
static unsigned flags;

/* --- What was read --- */

static const WS_XML_STRING *utf8_of(const WS_XML_TEXT *text)
{
    check(text->textType == WS_XML_TEXT_TYPE_UTF8);
    return &((const WS_XML_UTF8_TEXT *)text)->value;
}

static void add_element(struct digest *digest, const WS_XML_ELEMENT_NODE *element)
{
    ULONG i;

    add_string(digest, element->prefix);
    add_string(digest, element->localName);
    add_string(digest, element->ns);
    add_number(digest, element->attributeCount * 2 + (element->isEmpty != 0));
    check(element->localName->length);
    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        add_string(digest, attribute->prefix);
        add_string(digest, attribute->ns);
        add_string(digest, attribute->localName);
        add_string(digest, utf8_of(attribute->value));
        check(attribute->localName->length && (!attribute->isXmlNs || !utf8_of(attribute->value)->length));
    }
}

static void add_node(struct digest *digest, const WS_XML_NODE *node)
{
    if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
    {
        const WS_XML_STRING *text = utf8_of(((const WS_XML_TEXT_NODE *)node)->text);

        check(text->length);
        add(digest, text->bytes, text->length);
        digest->in_text = true;
        return;
    }
    if (digest->in_text)
        add(digest, "'", 1);
    digest->in_text = false;
    add_number(digest, (uint32_t)node->nodeType);
    if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        add_element(digest, (const WS_XML_ELEMENT_NODE *)node);
    else if (node->nodeType == WS_XML_NODE_TYPE_COMMENT)
        add_string(digest, &((const WS_XML_COMMENT_NODE *)node)->value);
}

/* --- Inputs --- */

static WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
static BOOL fragment, invalid_references;
static ULONG buffer_size;
static WS_XML_READER_PROPERTY properties[] = {
    {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
    {WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &invalid_references, sizeof(invalid_references)},
    {WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &buffer_size, sizeof(buffer_size)},
};

static size_t stream_pos, stream_piece;

static HRESULT CALLBACK read_stream(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *e)
{
    size_t count = document_size - stream_pos;

    (void)state, (void)context, (void)e;
    check(max);
    if (count > max)
        count = max;
    if (count > stream_piece)
        count = stream_piece;
    if (count)
        memcpy(bytes, document + stream_pos, count);
    stream_pos += count;
    *actual = (ULONG)count;
    return S_OK;
}

static void set_memory(void)
{
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, document, (ULONG)document_size};

    check(WsSetInput(reader, &encoding.encoding, &input.input, properties, 3, NULL) == S_OK);
}

static void set_stream(void)
{
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, NULL};

    stream_pos = 0;
    check(WsSetInput(reader, &encoding.encoding, &input.input, properties, 3, NULL) == S_OK);
}

/* Reads nodes to the end or a failure, with a fill before each (0: none). */
static HRESULT read_all(struct digest *digest, ULONG fill)
{
    const WS_XML_NODE *node;
    uint64_t value;
    ULONG count = 0;
    HRESULT hr;

    check(WsResetError(error) == S_OK);
    do
    {
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        value = digest_node(node);
        if (fill)
            check(WsFillReader(reader, fill, NULL, NULL) == S_OK);
        if ((hr = WsReadNode(reader, error)) != S_OK)
        {
            check_node_is(reader, node, value);
            check(hr == WS_E_INVALID_FORMAT || hr == WS_E_QUOTA_EXCEEDED);
            check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK &&
                  count == 1);
            check(WsReadNode(reader, NULL) == WS_E_OBJECT_FAULTED);
            return hr;
        }
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        add_node(digest, node);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

static HRESULT compare_ways(ULONG fill)
{
    struct digest memory = {1, false}, stream = {1, false}, tree = {1, false}, starved = {1, false};
    WS_XML_BUFFER *buffer = NULL;
    HRESULT hr, other;

    set_memory();
    hr = read_all(&memory, 0);
    set_stream();
    other = read_all(&stream, (ULONG)document_size + 1);
    check(other == hr);
    check(hr != S_OK || memory.value == stream.value);

    set_stream();
    other = read_all(&starved, fill);
    check(other == hr || other == WS_E_QUOTA_EXCEEDED);
    check(other != S_OK || memory.value == starved.value);

    other = WsReadXmlBufferFromBytes(reader, &encoding.encoding, properties, 3, document, (ULONG)document_size, heap,
                                     &buffer, NULL);
    check(other == hr || other == WS_E_QUOTA_EXCEEDED);
    if (other == S_OK)
    {
        check(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL) == S_OK);
        check(read_all(&tree, 0) == S_OK && tree.value == memory.value);
    }
    else
        check(!buffer);
    return hr;
}

/* --- Canonical forms --- */

static uint32_t state;

static unsigned pick(unsigned below)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

static WS_XML_CANONICALIZATION_ALGORITHM algorithm;
static WS_XML_STRING inclusive[] = {{1, (BYTE *)"p", NULL, 0}, {0, NULL, NULL, 0}, {1, (BYTE *)"a", NULL, 0}};
static WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES prefixes = {0, inclusive};
static WS_XML_QNAME omitted = {{1, (BYTE *)"b", NULL, 0}, {0, NULL, NULL, 0}};
static ULONG piece_size;
static const WS_XML_CANONICALIZATION_PROPERTY form_properties[] = {
    {WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &algorithm, sizeof(algorithm)},
    {WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES, &prefixes, sizeof(prefixes)},
    {WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &piece_size, sizeof(piece_size)},
    {WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT, &omitted, sizeof(omitted)},
};
static ULONG form_property_count;

static HRESULT CALLBACK write_form(void *form, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *e)
{
    ULONG i;

    (void)context, (void)e;
    for (i = 0; i < count; i++)
    {
        check(buffers[i].length && buffers[i].length <= 1024);
        add(form, buffers[i].bytes, buffers[i].length);
    }
    return S_OK;
}

/* Moves to an element by its number, from 1, or stays at the beginning; to EOF if there are not as many. */
static WS_XML_NODE_TYPE move_to(unsigned number, bool write)
{
    const WS_XML_NODE *node;

    for (;;)
    {
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        if (!number || node->nodeType == WS_XML_NODE_TYPE_EOF ||
            (node->nodeType == WS_XML_NODE_TYPE_ELEMENT && !--number))
            return node->nodeType;
        if (write && WsWriteNode(writer, node, NULL) != S_OK)
            return WS_XML_NODE_TYPE_EOF;
        check(WsReadNode(reader, NULL) == S_OK);
    }
}

/* The form of what the reader is set to, which can be read, from an element on; `fill`: it is a stream. */
static uint64_t form_read(unsigned number, bool skip, ULONG fill)
{
    struct digest form = {1, false};
    const WS_XML_NODE *node;
    unsigned depth = 0;

    if (fill)
        check(WsFillReader(reader, fill, NULL, NULL) == S_OK);
    if (number && move_to(number, false) == WS_XML_NODE_TYPE_EOF)
        return 0;
    check(WsStartReaderCanonicalization(reader, write_form, &form, form_properties, form_property_count, NULL) == S_OK);
    do
    {
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            break;
        if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT && skip)
        {
            check(WsSkipNode(reader, NULL) == S_OK);
            continue;
        }
        depth += node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
        depth -= node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT;
        check(WsReadNode(reader, NULL) == S_OK);
    } while (!number || depth);
    check(WsEndReaderCanonicalization(reader, NULL) == S_OK);
    return form.value;
}

/* The form of what a writer writes that is given the nodes; 0: it cannot write them. */
static uint64_t form_written(unsigned number)
{
    struct digest form = {1, false};
    const WS_XML_NODE *node;
    unsigned depth = 0;

    if (number && move_to(number, true) == WS_XML_NODE_TYPE_EOF)
        return 0;
    check(WsStartWriterCanonicalization(writer, write_form, &form, form_properties, form_property_count, NULL) == S_OK);
    do
    {
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        if (WsWriteNode(writer, node, NULL) != S_OK)
            return 0;
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            break;
        depth += node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
        depth -= node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT;
        check(WsReadNode(reader, NULL) == S_OK);
    } while (!number || depth);
    check(WsEndWriterCanonicalization(writer, NULL) == S_OK);
    return form.value;
}

static void set_writer(unsigned output, WS_XML_BUFFER *buffer)
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT},
                                        output ? WS_CHARSET_UTF16BE : WS_CHARSET_UTF8};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_PROPERTY writer_properties[] = {
        {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
        {WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &invalid_references, sizeof(invalid_references)},
    };

    if (output == 3)
        check(WsSetOutputToBuffer(writer, buffer, writer_properties, 2, NULL) == S_OK);
    else
        check(WsSetOutput(writer, output == 2 ? &binary.encoding : &text.encoding, &memory.output, writer_properties, 2,
                          NULL) == S_OK);
}

static bool begins_with(WS_BYTES bytes, const char *start)
{
    return bytes.length >= strlen(start) && !memcmp(bytes.bytes, start, strlen(start));
}

/*
 * Sets the reader to what the writer has written. The charset is stated: without a declaration UTF-16 has no mark.
 * Returns false if that begins with the character that is taken for a mark there, as a fragment's text may.
 */
static bool set_written(unsigned output, WS_XML_BUFFER *buffer)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT},
                                        output ? WS_CHARSET_UTF16BE : WS_CHARSET_UTF8};
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_BYTES bytes;

    if (output == 3)
    {
        check(WsSetInputToBuffer(reader, buffer, properties, 3, NULL) == S_OK);
        return true;
    }
    check(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL) == S_OK);
    input.encodedData = bytes.bytes;
    input.encodedDataSize = bytes.length;
    check(WsSetInput(reader, output == 2 ? &binary.encoding : &text.encoding, &input.input, properties, 3, NULL) ==
          S_OK);
    return output == 2 || !begins_with(bytes, output ? "\xfe\xff" : "\xef\xbb\xbf");
}

static void compare_forms(void)
{
    WS_XML_BUFFER *buffer = NULL, *written = NULL;
    unsigned number = pick(3) ? pick(6) : 0, output = pick(4);
    uint64_t form, other;

    algorithm = (WS_XML_CANONICALIZATION_ALGORITHM)pick(number ? 2 : 4);
    prefixes.prefixCount = pick(2) ? pick(4) : 0;
    piece_size = pick(4) ? pick(100) : 1024;
    form_property_count = pick(4) ? 3 : 4;
    set_memory();
    form = form_read(number, false, 0);
    set_memory();
    check(form_read(number, true, 0) == form);
    set_stream();
    check(form_read(number, pick(2), (ULONG)document_size + 1) == form);
    if (WsReadXmlBufferFromBytes(reader, &encoding.encoding, properties, 3, document, (ULONG)document_size, heap,
                                 &buffer, NULL) == S_OK)
    {
        check(WsSetInputToBuffer(reader, buffer, properties, 3, NULL) == S_OK);
        check(form_read(number, pick(2), 0) == form);
    }
    if (WsCreateXmlBuffer(heap, NULL, 0, &written, NULL) != S_OK)
        return;
    set_memory();
    set_writer(output, written);
    other = form_written(number);
    check(!other || other == form);
    if (other && !number && set_written(output, written))
        check(form_read(0, false, 0) == form);
}

/* --- Calls --- */

static void read_text(void)
{
    WCHAR chars[16];
    ULONG room = pick(16), count = 77;
    HRESULT hr;

    switch (pick(3))
    {
    case 0: hr = WsReadChars(reader, chars, room, &count, error); break;
    case 1: hr = WsReadCharsUtf8(reader, (BYTE *)chars, room, &count, error); break;
    default: hr = WsReadBytes(reader, chars, room, &count, error); break;
    }
    check(hr == S_OK ? count <= room : count == 77);
}

static void read_value(void)
{
    static const ULONG sizes[] = {sizeof(BOOL),
                                  1,
                                  2,
                                  4,
                                  8,
                                  1,
                                  2,
                                  4,
                                  8,
                                  sizeof(float),
                                  sizeof(double),
                                  sizeof(DECIMAL),
                                  sizeof(WS_DATETIME),
                                  sizeof(WS_TIMESPAN),
                                  sizeof(GUID),
                                  sizeof(WS_DURATION)};
    WS_VALUE_TYPE type = (WS_VALUE_TYPE)pick(16);
    uint64_t value[8];

    WsReadValue(reader, type, value, sizes[type], error);
}

static HRESULT CALLBACK fail_form(void *form, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                  WS_ERROR *e)
{
    (void)form, (void)buffers, (void)count, (void)context, (void)e;
    check(WsReadNode(reader, NULL) == WS_E_INVALID_OPERATION);
    return pick(2) ? E_FAIL : pick(2) ? E_INVALIDARG : WS_S_ASYNC;
}

static void call(void)
{
    static struct digest ignored;
    static const WS_XML_STRING names[] = {{1, (BYTE *)"a", NULL, 0},
                                          {1, (BYTE *)"b", NULL, 0},
                                          {0, NULL, NULL, 0},
                                          {4, (BYTE *)"lang", NULL, 0},
                                          {1, (BYTE *)"p", NULL, 0}};
    const WS_XML_STRING *name = &names[pick(5)], *ns = &names[pick(5)], *found_ns = name;
    const WS_XML_NODE *node = NULL;
    struct digest digest = {1, false};
    WS_XML_STRING qname, qns;
    int16_t array[4];
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_NODE_POSITION position;
    ULONG value = 77;
    BOOL found = 77;
    WCHAR *chars = NULL;
    ULONG sentences = 0;
    HRESULT hr;

    check(WsResetError(error) == S_OK);
    switch (pick(22))
    {
    case 0:
    case 1:
    case 2: WsReadNode(reader, error); break;
    case 3: WsSkipNode(reader, error); break;
    case 4:
        hr = WsReadToStartElement(reader, pick(2) ? name : NULL, pick(2) ? ns : NULL, pick(4) ? &found : NULL, error);
        check(hr == S_OK || found == 77);
        break;
    case 5: WsReadStartElement(reader, error); break;
    case 6: WsReadEndElement(reader, error); break;
    case 7: WsReadStartAttribute(reader, pick(4), error); break;
    case 8: WsReadEndAttribute(reader, error); break;
    case 9:
        hr = WsFindAttribute(reader, name, ns, pick(8) == 0, &value, error);
        check(hr == S_OK || value == (hr == S_FALSE ? (ULONG)-1 : 77));
        break;
    case 10:
        hr = WsGetNamespaceFromPrefix(reader, name, pick(8) == 0, &found_ns, error);
        check(hr == S_OK ? found_ns != NULL : hr == S_FALSE ? !found_ns : found_ns == name);
        break;
    case 11:
        hr = WsGetXmlAttribute(reader, name, heap, &chars, &value, error);
        check(hr == S_OK ? chars != NULL : !chars && value == (hr == S_FALSE ? 0 : 77));
        break;
    case 12:
    case 13: read_text(); break;
    case 14: WsReadQualifiedName(reader, heap, NULL, &qname, pick(2) ? &qns : NULL, error); break;
    case 15:
        if (pick(8) == 0)
            WsReadXmlBuffer(reader, heap, &buffer, error);
        break;
    case 16: WsFillReader(reader, pick(200), NULL, error); break;
    case 17: read_value(); break;
    case 18:
        hr = WsReadArray(reader, name, ns, WS_INT16_VALUE_TYPE, array, sizeof(array), 1, 3, &value, error);
        check(hr == S_OK ? value <= 3 : value == 77);
        break;
    case 19:
        if (WsMoveReader(reader, (WS_MOVE_TO)pick(12), &found, error) == S_OK && pick(8) == 0 &&
            WsGetReaderPosition(reader, &position, NULL) == S_OK)
            WsRemoveNode(&position, error);
        break;
    case 20:
        algorithm = (WS_XML_CANONICALIZATION_ALGORITHM)pick(5);
        WsStartReaderCanonicalization(reader, pick(8) ? write_form : fail_form, &ignored, form_properties, pick(5),
                                      error);
        break;
    case 21: WsEndReaderCanonicalization(reader, error); break;
    }
    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &sentences, sizeof(sentences)) == S_OK);
    check(sentences <= 1);
    if (WsGetReaderNode(reader, &node, NULL) == S_OK)
        add_number(&digest, (uint32_t)digest_node(node));
}

static void call_at_random(void)
{
    WS_XML_BUFFER *buffer;
    ULONGLONG row;
    int i, way;

    for (way = 0; way < 3; way++)
    {
        if (way == 0)
            set_memory();
        else if (way == 1)
            set_stream();
        else
        {
            set_memory();
            if (WsReadXmlBuffer(reader, heap, &buffer, NULL) != S_OK)
                return;
            check(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL) == S_OK);
        }
        for (i = 0; i < 40; i++)
            call();
        WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_ROW, &row, sizeof(row), NULL);
        check(WsResetError(error) == S_OK);
    }
}

static void release(void)
{
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeError(error);
    WsFreeHeap(heap);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4)
        return 0;
    if (!reader)
    {
        check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK);
        check(WsCreateWriter(NULL, 0, &writer, NULL) == S_OK);
        check(WsCreateError(NULL, 0, &error) == S_OK);
        check(WsCreateHeap(1 << 20, 4096, NULL, 0, &heap, NULL) == S_OK);
        check(!atexit(release));
    }
    flags = data[0];
    fragment = flags & 1;
    invalid_references = flags >> 1 & 1;
    encoding.charSet = (WS_CHARSET)(flags >> 2 & 3);
    buffer_size = (flags >> 4) * 4;
    stream_piece = data[1] % 32 + 1u;
    state = data[3];
    document_size = size - 4;
    document = malloc(document_size + !document_size);
    check(document);
    memcpy(document, data + 4, document_size);

    if (compare_ways(data[2] + 1u) == S_OK)
        compare_forms();
    call_at_random();

    check(WsSetInput(reader, NULL, NULL, NULL, 0, NULL) == S_OK);
    check(WsResetHeap(heap, NULL) == S_OK && WsResetError(error) == S_OK);
    free(document);
    return 0;
}
