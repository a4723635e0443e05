/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of the binary encoding. The input is a byte of flags and a document. What is checked:
 *
 *   - nothing a document can say does harm: no bad access, no endless loop, memory in proportion to the document;
 *   - what is read can be written as text, and as binary; and that binary reads as the same text again;
 *   - a document reads the same from a stream, in pieces of any size, as from memory, down to the failure;
 *   - the canonical form is the same of all of these: what is read, written as text or binary, and read as text;
 *   - a failure has a sentence, and leaves the last node as it was.
 */
#include "fuzz.h"

#define FLAG_FRAGMENT   0x01
#define FLAG_ANY_CHAR   0x02
#define FLAG_NO_DYNAMIC 0x04
#define FLAG_PIECES     0x70 /* the size of a stream's pieces, less 1 */
#define FLAG_INCLUSIVE  0x08 /* the canonical form is the inclusive one */

static WS_XML_READER *reader;
static WS_XML_WRITER *text_writer, *binary_writer, *second_writer;
static WS_ERROR *error;
static WS_XML_DICTIONARY *soap;
static WS_XML_DICTIONARY dynamic;
static WS_XML_STRING dynamic_strings[] = {
    WS_XML_STRING_DICTIONARY_VALUE("first", &dynamic, 0), WS_XML_STRING_DICTIONARY_VALUE("urn:second", &dynamic, 1),
    WS_XML_STRING_DICTIONARY_VALUE("no name", &dynamic, 2), WS_XML_STRING_DICTIONARY_VALUE("", &dynamic, 3)};

struct stream
{
    const uint8_t *bytes;
    size_t left, piece;
};

static HRESULT CALLBACK read_stream(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                                    WS_ERROR *read_error)
{
    struct stream *stream = state;
    size_t size = stream->piece < max ? stream->piece : max;

    (void)async, (void)read_error;
    if (size > stream->left)
        size = stream->left;
    memcpy(bytes, stream->bytes, size);
    stream->bytes += size;
    stream->left -= size;
    *actual = (ULONG)size;
    return S_OK;
}

static HRESULT CALLBACK find_dynamic(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id,
                                     WS_ERROR *find_error)
{
    ULONG i;

    (void)state, (void)find_error;
    *found = FALSE;
    for (i = 0; i < 2 && !*found; i++)
        if (string->length == dynamic_strings[i].length &&
            !memcmp(string->bytes, dynamic_strings[i].bytes, string->length))
        {
            *found = TRUE;
            *id = i;
        }
    return S_OK;
}

static void set_input(const uint8_t *bytes, size_t size, size_t piece, uint8_t flags, struct stream *stream)
{
    WS_XML_READER_BINARY_ENCODING encoding = {
        {WS_XML_READER_ENCODING_TYPE_BINARY}, soap, flags & FLAG_NO_DYNAMIC ? NULL : &dynamic};
    WS_XML_READER_BUFFER_INPUT buffer = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)size};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, stream};
    BOOL fragment = !!(flags & FLAG_FRAGMENT), any = !!(flags & FLAG_ANY_CHAR);
    WS_XML_READER_PROPERTY properties[] = {
        {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
        {WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &any, sizeof(any)},
    };

    stream->bytes = bytes;
    stream->left = size;
    stream->piece = piece;
    check(WsSetInput(reader, &encoding.encoding, piece ? &input.input : &buffer.input, properties, 2, NULL) == S_OK);
}

static void set_text_input(WS_BYTES bytes, uint8_t flags)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT buffer = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes.bytes, bytes.length};
    BOOL fragment = !!(flags & FLAG_FRAGMENT), any = !!(flags & FLAG_ANY_CHAR);
    WS_XML_READER_PROPERTY properties[] = {
        {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
        {WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &any, sizeof(any)},
    };

    check(WsSetInput(reader, &encoding.encoding, &buffer.input, properties, 2, NULL) == S_OK);
}

/* White space outside of the root element is of the canonical form of a fragment: for writers as for the reader. */
static void set_output(WS_XML_WRITER *writer, bool binary, uint8_t flags)
{
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, soap, find_dynamic, NULL};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    BOOL yes = TRUE, fragment = !!(flags & FLAG_FRAGMENT);
    WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
        {WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &yes, sizeof(yes)},
    };

    check(WsSetOutput(writer, binary ? &encoding.encoding : &text.encoding, &output.output, properties, 2, NULL) ==
          S_OK);
}

static WS_BYTES written(WS_XML_WRITER *writer)
{
    WS_BYTES bytes;

    check(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL) == S_OK);
    return bytes;
}

/* --- Canonical forms: numbers that stand for them. Comments are left out, in which text changes line ends. --- */

struct form
{
    uint64_t value;
};

static struct form read_form, text_form, binary_form, second_form;

static HRESULT CALLBACK write_form(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *e)
{
    struct form *form = state;
    ULONG i, j;

    (void)context, (void)e;
    for (i = 0; i < count; i++)
        for (j = 0; j < buffers[i].length; j++)
            form->value = (form->value ^ buffers[i].bytes[j]) * 0x100000001b3u;
    return S_OK;
}

static WS_XML_CANONICALIZATION_ALGORITHM algorithm;
static const WS_XML_CANONICALIZATION_PROPERTY form_property = {WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &algorithm,
                                                               sizeof(algorithm)};

/* Sets a writer, and has it make the canonical form, too. */
static void begin_output(WS_XML_WRITER *writer, bool binary, struct form *form, uint8_t flags)
{
    set_output(writer, binary, flags);
    form->value = 1;
    check(WsStartWriterCanonicalization(writer, write_form, form, &form_property, 1, NULL) == S_OK);
}

static void end_output(WS_XML_WRITER *writer, const struct form *form)
{
    check(WsEndWriterCanonicalization(writer, NULL) == S_OK);
    check(form->value == read_form.value);
}

static bool same(WS_BYTES a, WS_BYTES b)
{
    return a.length == b.length && (!a.length || !memcmp(a.bytes, b.bytes, a.length));
}

/* Comments can hold what text cannot, when invalid characters are allowed: those are left out. */
static bool can_be_written(const WS_XML_NODE *node, uint8_t flags)
{
    return node->nodeType != WS_XML_NODE_TYPE_COMMENT || !(flags & FLAG_ANY_CHAR);
}

/* Reads to the end, or to a failure, and writes what it has read. `piece`: of a stream, filled bit by bit. */
static HRESULT copy(size_t size, bool stream, uint8_t flags, WS_XML_WRITER *first, WS_XML_WRITER *second)
{
    const WS_XML_NODE *node;
    uint64_t value;
    ULONG count;
    HRESULT hr;

    check(WsResetError(error) == S_OK);
    if (stream)
        check(WsFillReader(reader, (ULONG)size + 1, NULL, NULL) == S_OK);
    read_form.value = 1;
    check(WsStartReaderCanonicalization(reader, write_form, &read_form, &form_property, 1, NULL) == S_OK);
    for (;;)
    {
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        value = digest_node(node);
        if ((hr = WsReadNode(reader, error)) != S_OK)
        {
            check_node_is(reader, node, value);
            check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK && count);
            check(hr == WS_E_INVALID_FORMAT || hr == WS_E_QUOTA_EXCEEDED);
            return hr;
        }
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            return WsEndReaderCanonicalization(reader, error);
        if (!can_be_written(node, flags))
            continue;
        if (first)
        {
            hr = WsWriteNode(first, node, error);
            /* Only a limit of the writer can be in the way. */
            check(hr == S_OK || hr == WS_E_QUOTA_EXCEEDED);
            if (hr != S_OK)
                return hr;
        }
        if (second)
        {
            hr = WsWriteNode(second, node, error);
            check(hr == S_OK || hr == WS_E_QUOTA_EXCEEDED);
            if (hr != S_OK)
                return hr;
        }
    }
}

static void release(void)
{
    WsFreeReader(reader);
    WsFreeWriter(text_writer);
    WsFreeWriter(binary_writer);
    WsFreeWriter(second_writer);
    WsFreeError(error);
}

static void initialize(void)
{
    check(!atexit(release));
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK);
    check(WsCreateWriter(NULL, 0, &text_writer, NULL) == S_OK);
    check(WsCreateWriter(NULL, 0, &binary_writer, NULL) == S_OK);
    check(WsCreateWriter(NULL, 0, &second_writer, NULL) == S_OK);
    check(WsCreateError(NULL, 0, &error) == S_OK);
    check(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &soap, NULL) == S_OK);
    dynamic.strings = dynamic_strings;
    dynamic.stringCount = sizeof(dynamic_strings) / sizeof(dynamic_strings[0]);
    dynamic.isConst = TRUE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stream stream;
    WS_BYTES text, other;
    uint8_t *document;
    uint8_t flags;
    HRESULT hr, again;

    if (!reader)
        initialize();
    if (!size)
        return 0;
    flags = *data++;
    size--;
    /* In memory of just its size, so that what is read after it is noticed. */
    document = malloc(size ? size : 1);
    memcpy(document, data, size);

    algorithm = flags & FLAG_INCLUSIVE ? WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM
                                       : WS_EXCLUSIVE_XML_CANONICALIZATION_ALGORITHM;
    begin_output(text_writer, false, &text_form, flags);
    begin_output(binary_writer, true, &binary_form, flags);
    set_input(document, size, 0, flags, &stream);
    hr = copy(size, false, flags, text_writer, binary_writer);
    text = written(text_writer);
    if (hr == S_OK)
    {
        end_output(text_writer, &text_form);
        end_output(binary_writer, &binary_form);
    }

    /* From a stream. */
    begin_output(second_writer, false, &second_form, flags);
    set_input(document, size, (size_t)(flags & FLAG_PIECES) / 16 + 1, flags, &stream);
    again = copy(size, true, flags, second_writer, NULL);
    check(again == hr);
    if (hr == S_OK)
    {
        other = written(second_writer);
        check(same(other, text));
        end_output(second_writer, &second_form);

        /* What was written as text. */
        set_text_input(text, flags);
        check(copy(text.length, false, flags, NULL, NULL) == S_OK && read_form.value == text_form.value);

        /* What was written as binary. */
        other = written(binary_writer);
        set_output(second_writer, false, flags);
        set_input(other.bytes, other.length, 0, flags & ~FLAG_NO_DYNAMIC, &stream);
        check(copy(other.length, false, flags, second_writer, NULL) == S_OK);
        check(read_form.value == text_form.value);
        other = written(second_writer);
        check(same(other, text));
    }
    free(document);
    return 0;
}
