/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of the writer: the input is a sequence of calls, with strings that are mostly, but not always, what they
 * should be. The writer must never do anything but answer; an answer other than S_OK goes with one sentence. If the
 * calls of a document have all worked, and all elements are closed, then libexpat (if configure found it) must find the
 * document well-formed. What goes to a stream, in pieces, and what goes to an XML buffer first, must be the same. The
 * canonical form that the writer makes is that of what a reader reads.
 * Run by `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "fuzz.h"
#include "webservicesdebug.h"

#ifdef HAVE_EXPAT
#include <expat.h>
#endif

/* --- The input --- */

static const uint8_t *input, *input_end;

static unsigned take(void)
{
    return input < input_end ? *input++ : 0;
}

static const char *const names[] = {"a",
                                    "b",
                                    "item",
                                    "p",
                                    "q",
                                    "xml",
                                    "xmlns",
                                    "space",
                                    "lang",
                                    "",
                                    "a:b",
                                    "1",
                                    "a_rather_long_name_of_an_element",
                                    "\xc3\xa9",
                                    "\xff",
                                    "sixteen_bytes_abc"};
static const char *const namespaces[] = {"",
                                         "",
                                         "",
                                         "urn:x",
                                         "urn:y",
                                         "urn:z",
                                         "urn:&<>\"'",
                                         "",
                                         "http://www.w3.org/XML/1998/namespace",
                                         "http://www.w3.org/2000/xmlns/",
                                         "urn:\x01"};

static WS_XML_STRING string_of(const char *text)
{
    WS_XML_STRING string = {(ULONG)strlen(text), (BYTE *)text, NULL, 0};

    return string;
}

/* Some strings are of a dictionary, or say so. */
static WS_XML_STRING of_dictionary(WS_XML_STRING string, unsigned c)
{
    static WS_XML_STRING entries[] = {
        {1, (BYTE *)"a", NULL, 0}, {5, (BYTE *)"urn:x", NULL, 1}, {1, (BYTE *)"p", NULL, 2}};
    static WS_XML_DICTIONARY dictionaries[2];
    unsigned i;

    for (i = 0; i < 2; i++)
    {
        dictionaries[i].strings = entries;
        dictionaries[i].stringCount = 3;
        dictionaries[i].isConst = i == 0;
    }
    if (c % 5 == 4)
        for (i = 0; i < 3; i++)
            if (entries[i].length == string.length && !memcmp(entries[i].bytes, string.bytes, string.length))
            {
                string = entries[i];
                string.dictionary = &dictionaries[c / 5 % 2];
            }
    return string;
}

/* The likely ones first. */
static WS_XML_STRING take_name(void)
{
    unsigned c = take();

    return of_dictionary(string_of(names[c < 200 ? c % 5 : c % (sizeof(names) / sizeof(names[0]))]), c / 7);
}

static WS_XML_STRING take_namespace(void)
{
    unsigned c = take();

    return of_dictionary(string_of(namespaces[c < 200 ? c % 8 : c % (sizeof(namespaces) / sizeof(namespaces[0]))]),
                         c / 7);
}

/* Bytes of the input itself, or, mostly, text that is one kind of interesting. */
static ULONG take_text(BYTE text[300])
{
    static const char *const parts[] = {"text",
                                        "&<>",
                                        "]]>",
                                        "\"'",
                                        "\r\n\t ",
                                        "\xc3\xa9",
                                        "\xe2\x82\xac",
                                        "\xf0\x9f\x98\x80",
                                        "a run of more than sixteen bytes, so that it is looked at in blocks",
                                        " ",
                                        "-",
                                        "]"};
    unsigned kind = take(), count, i;
    ULONG length = 0;

    if (kind % 8 == 7)
    {
        for (count = take() % 40; count--;)
            text[length++] = (BYTE)take();
        return length;
    }
    for (count = kind % 4; count--;)
    {
        const char *part = parts[take() % (sizeof(parts) / sizeof(parts[0]))];

        for (i = 0; part[i]; i++)
            text[length++] = (BYTE)part[i];
    }
    return length;
}

/* --- The calls --- */

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_ERROR *error;
static WS_HEAP *heap;
static bool failing;   /* memory fails on demand */
static bool succeeded; /* all calls of this document */
static bool lenient;   /* characters that are none are allowed as references */
static bool forming;   /* the canonical form of all is being made */
static int depth;
static WS_XML_NODE_POSITION positions[4];

static void answer(HRESULT hr)
{
    ULONG count = 0;

    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    check(hr == S_OK || hr == S_FALSE || hr == E_INVALIDARG || hr == WS_E_INVALID_OPERATION ||
          hr == WS_E_INVALID_FORMAT || hr == WS_E_QUOTA_EXCEEDED || hr == WS_E_OBJECT_FAULTED ||
          (hr == E_OUTOFMEMORY && failing));
    check(failing || count >= (FAILED(hr) ? 1u : 0u));
    if (SUCCEEDED(hr))
        check(count == 0);
    if (FAILED(hr) && hr != WS_E_INVALID_OPERATION && hr != E_INVALIDARG)
        succeeded = false;
    check(WsResetError(error) == S_OK);
}

static BYTE streamed[1 << 16];
static size_t streamed_count;
static bool stream_full;

static HRESULT CALLBACK stream(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                               WS_ERROR *err)
{
    ULONG i;

    (void)state, (void)async, (void)err;
    for (i = 0; i < count; i++)
    {
        if (buffers[i].length > sizeof(streamed) - streamed_count)
        {
            stream_full = true;
            return S_OK;
        }
        if (buffers[i].length)
            memcpy(streamed + streamed_count, buffers[i].bytes, buffers[i].length);
        streamed_count += buffers[i].length;
    }
    return S_OK;
}

static HRESULT CALLBACK push(void *state, WS_WRITE_CALLBACK write, void *write_state, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *err)
{
    const WS_BYTES *bytes = state;

    (void)async;
    write(write_state, bytes, 1, NULL, err);
    return write(write_state, bytes, 1, NULL, err);
}

static HRESULT CALLBACK pull(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *err)
{
    WS_BYTES *left = state;

    (void)async, (void)err;
    *actual = left->length < max ? left->length : max;
    memcpy(bytes, left->bytes, *actual);
    left->length -= *actual;
    left->bytes += *actual;
    return S_OK;
}

/* A canonical form: a number that stands for it. */
static uint64_t written_form, read_form;
static WS_XML_CANONICALIZATION_ALGORITHM algorithm;
static const WS_XML_CANONICALIZATION_PROPERTY form_property = {WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &algorithm,
                                                               sizeof(algorithm)};

static HRESULT CALLBACK write_form(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                                   WS_ERROR *e)
{
    uint64_t *form = state;
    ULONG i, j;

    (void)async, (void)e;
    check(WsWriteEndElement(writer, NULL) != S_OK || form != &written_form);
    for (i = 0; i < count; i++)
        for (j = 0; j < buffers[i].length; j++)
            *form = (*form ^ buffers[i].bytes[j]) * 0x100000001b3u;
    return S_OK;
}

static void write_value(void)
{
    static const ULONG sizes[] = {4, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 16, 16, 8, 16};
    unsigned type = take() % 16, i;
    BYTE value[64];

    for (i = 0; i < sizeof(value); i++)
        value[i] = i < 20 ? (BYTE)take() : 0;
    answer(WsWriteValue(writer, (WS_VALUE_TYPE)type, value,
                        type == 15   ? sizeof(WS_DURATION)
                        : type == 12 ? sizeof(WS_DATETIME)
                                     : sizes[type],
                        error));
}

static void write_node(void)
{
    BYTE text[300];
    ULONG length = take_text(text);
    WS_XML_UTF8_TEXT utf8 = {{WS_XML_TEXT_TYPE_UTF8}, {length, text, NULL, 0}};
    WS_XML_INT32_TEXT number = {{WS_XML_TEXT_TYPE_INT32}, (int)length};
    WS_XML_STRING local = take_name(), ns = take_namespace(), prefix = take_name(), none = string_of(""),
                  local2 = take_name();
    WS_XML_QNAME_TEXT qname = {{WS_XML_TEXT_TYPE_QNAME}, &prefix, &local, &ns};
    WS_XML_TEXT *items[] = {&number.text, &utf8.text};
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 2, items};
    WS_XML_TEXT *texts[] = {&utf8.text, &number.text, &qname.text, &list.text};
    WS_XML_ATTRIBUTE first = {FALSE, FALSE, &none, &local2, &none, texts[length % 4]};
    WS_XML_ATTRIBUTE second = {TRUE, TRUE, &prefix, NULL, &ns, NULL};
    WS_XML_ATTRIBUTE *attributes[] = {&first, &second};
    WS_XML_ELEMENT_NODE element = {
        {WS_XML_NODE_TYPE_ELEMENT}, take() % 2 ? &prefix : NULL, &local, &ns, take() % 3, attributes,
        (BOOL)(take() % 2)};
    WS_XML_TEXT_NODE text_node = {{WS_XML_NODE_TYPE_TEXT}, texts[length % 4]};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, utf8.value};
    WS_XML_NODE node = {(WS_XML_NODE_TYPE)(take() % 11)};
    HRESULT hr;

    switch (node.nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT: hr = WsWriteNode(writer, &element.node, error); break;
    case WS_XML_NODE_TYPE_TEXT: hr = WsWriteNode(writer, &text_node.node, error); break;
    case WS_XML_NODE_TYPE_COMMENT: hr = WsWriteNode(writer, &comment.node, error); break;
    default: hr = WsWriteNode(writer, &node, error); break;
    }
    depth +=
        hr == S_OK ? (node.nodeType == WS_XML_NODE_TYPE_ELEMENT) - (node.nodeType == WS_XML_NODE_TYPE_END_ELEMENT) : 0;
    answer(hr);
}

/* Copies a node of a document, or of the XML buffer that is written to. */
static void copy_node(unsigned call)
{
    static const char document[] =
        "<a xmlns:p='urn:x' xmlns='urn:y'><!--c--><p:b q='p:n' p:r='1'/><c>p:n<d x='p:m'>t&#9;"
        "<![CDATA[u]]></d></c> <e xmlns='' f=' p:k '></e></a>";
    static const WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_READER_BUFFER_INPUT memory = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)document, sizeof(document) - 1};
    const WS_XML_NODE *node = NULL;
    unsigned steps = take() % 32;
    HRESULT hr;

    if (positions[0].buffer && call & 64)
    {
        check(WsSetInputToBuffer(reader, positions[0].buffer, NULL, 0, NULL) == S_OK);
        if (WsSetReaderPosition(reader, &positions[call / 128], NULL) != S_OK)
            check(WsGetReaderNode(reader, &node, NULL) == S_OK);
    }
    else
    {
        check(WsSetInput(reader, &encoding.encoding, &memory.input, NULL, 0, NULL) == S_OK);
        while (steps-- && WsReadNode(reader, NULL) == S_OK)
            ;
    }
    if (WsGetReaderNode(reader, &node, NULL) != S_OK)
        return;
    hr = WsCopyNode(writer, reader, error);
    depth -= hr == S_OK && node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT;
    answer(hr);
}

static void one_call(void)
{
    WS_XML_STRING local, ns, prefix, *prefix_given;
    const WS_XML_STRING *found = NULL;
    BYTE text[300];
    WCHAR wide[300];
    WS_BYTES bytes;
    ULONG length, i, value;
    unsigned call = take();
    BOOL moved = FALSE;
    HRESULT hr;

    switch (call % 29)
    {
    case 0:
    case 1:
    case 2:
    case 3:
        local = take_name(), ns = take_namespace(), prefix = take_name();
        prefix_given = call & 64 ? &prefix : NULL;
        hr = WsWriteStartElement(writer, prefix_given, &local, &ns, error);
        depth += hr == S_OK;
        answer(hr);
        break;
    case 4:
    case 5:
    case 6:
    case 7:
        hr = WsWriteEndElement(writer, error);
        depth -= hr == S_OK;
        answer(hr);
        break;
    case 8:
    case 9:
        local = take_name(), ns = take_namespace(), prefix = take_name();
        prefix_given = call & 64 ? &prefix : NULL;
        answer(WsWriteStartAttribute(writer, prefix_given, &local, &ns, call & 128, error));
        break;
    case 10:
    case 11: answer(WsWriteEndAttribute(writer, error)); break;
    case 12:
        ns = take_namespace(), prefix = take_name();
        answer(WsWriteXmlnsAttribute(writer, call & 64 ? &prefix : NULL, &ns, call & 128, error));
        break;
    case 13: answer(WsWriteEndStartElement(writer, error)); break;
    case 14:
    case 15:
        length = take_text(text);
        answer(WsWriteCharsUtf8(writer, text, length, error));
        break;
    case 16:
    case 17:
        length = take_text(text);
        for (i = 0; i < length; i++)
            wide[i] = call & 64 && i + 1 < length ? (WCHAR)(text[i] << 8 | text[i + 1]) : text[i];
        answer(WsWriteChars(writer, wide, length, error));
        break;
    case 18:
        length = take_text(text);
        answer(WsWriteBytes(writer, text, length, error));
        break;
    case 19:
        bytes.length = take_text(text);
        bytes.bytes = text;
        answer(call & 64 ? WsPushBytes(writer, push, &bytes, error) : WsPullBytes(writer, pull, &bytes, error));
        break;
    case 20: answer(WsWriteStartCData(writer, error)); break;
    case 21: answer(WsWriteEndCData(writer, error)); break;
    case 22:
        local = take_name(), ns = take_namespace(), prefix = take_name();
        answer(WsWriteQualifiedName(writer, call & 64 ? &prefix : NULL, &local, call & 128 ? &ns : NULL, error));
        break;
    case 23: write_value(); break;
    case 24: write_node(); break;
    case 25:
        length = take_text(text);
        local = take_name(), ns = take_namespace();
        hr =
            WsWriteArray(writer, &local, &ns, (WS_VALUE_TYPE)(take() % 9), text, length, take() % 4, take() % 4, error);
        answer(hr);
        break;
    case 27: copy_node(call); break;
    case 26:
        answer(WsFlushWriter(writer, take(), NULL, error));
        ns = take_namespace();
        hr = WsGetPrefixFromNamespace(writer, &ns, call & 64, &found, error);
        check(WsResetError(error) == S_OK);
        check(hr != S_OK || found);
        hr = WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error);
        hr = WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE, &value, sizeof(value), error);
        check(WsResetError(error) == S_OK);
        break;
    default:
        i = call / 64 % 4;
        switch (take() % 6)
        {
        case 4:
            if (!forming)
                answer(
                    WsStartWriterCanonicalization(writer, write_form, &written_form, &form_property, call >> 7, error));
            break;
        case 5:
            if (!forming)
                answer(WsEndWriterCanonicalization(writer, error));
            break;
        case 0: answer(WsGetWriterPosition(writer, &positions[i], error)); break;
        case 1: answer(WsSetWriterPosition(writer, &positions[i], error)); break;
        case 2: answer(WsMoveWriter(writer, (WS_MOVE_TO)(take() % 13), call & 32 ? &moved : NULL, error)); break;
        default: answer(WsRemoveNode(&positions[i], error)); break;
        }
        break;
    }
}

/* --- What comes out --- */

#ifdef HAVE_EXPAT
/* The charset is stated: without a declaration UTF-16 has no mark. */
static void check_well_formed(const BYTE *bytes, size_t length, WS_CHARSET stated)
{
    XML_Parser parser = XML_ParserCreateNS(stated == WS_CHARSET_UTF8      ? "UTF-8"
                                           : stated == WS_CHARSET_UTF16LE ? "UTF-16LE"
                                                                          : "UTF-16BE",
                                           '|');

    if (XML_Parse(parser, (const char *)bytes, (int)length, 1) != XML_STATUS_OK)
    {
        fprintf(stderr, "%s at %lu: %.*s\n", XML_ErrorString(XML_GetErrorCode(parser)),
                (unsigned long)XML_GetCurrentByteIndex(parser), (int)length, (const char *)bytes);
        abort();
    }
    XML_ParserFree(parser);
}
#else
/* The least: as many tags are closed as are opened, and nothing is in them that would end them. */
static void check_well_formed(const BYTE *bytes, size_t length, WS_CHARSET stated)
{
    (void)stated;
    check(!length || bytes[length - 1] == '>' || bytes[length - 1] == ' ' || bytes[length - 1] == '\n' ||
          bytes[length - 1] == '\t' || bytes[length - 1] == ';' || !bytes[length - 1]);
}
#endif

/* What a reader makes of the output has the same form. */
static void check_form(const BYTE *bytes, size_t length, WS_CHARSET stated, BOOL fragment)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, stated};
    WS_XML_READER_BUFFER_INPUT buffer = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)length};
    BOOL any = TRUE;
    WS_XML_READER_PROPERTY properties[] = {
        {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
        {WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &any, sizeof(any)}};
    WS_XML_READER *back = NULL;
    const WS_XML_NODE *node;

    check(WsCreateReader(properties, 2, &back, NULL) == S_OK);
    check(WsSetInput(back, &text.encoding, &buffer.input, properties, 2, NULL) == S_OK);
    read_form = 1;
    check(WsStartReaderCanonicalization(back, write_form, &read_form, &form_property, 1, NULL) == S_OK);
    for (;;)
    {
        if (WsReadNode(back, NULL) != S_OK)
            break; /* there is no root element, say */
        check(WsGetReaderNode(back, &node, NULL) == S_OK);
        if (node->nodeType != WS_XML_NODE_TYPE_EOF)
            continue;
        check(WsEndReaderCanonicalization(back, NULL) == S_OK);
        check(read_form == written_form);
        break;
    }
    WsFreeReader(back);
}

enum output
{
    TO_MEMORY,
    TO_STREAM,
    TO_BUFFER
};

/* Runs the calls of the input, and leaves what they make in `streamed`; false if there is nothing to compare. */
static bool run(const uint8_t *data, size_t size, enum output output)
{
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    static const WS_XML_WRITER_STREAM_OUTPUT to_stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, stream, NULL};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    ULONG max_size, indent, max_namespaces = 5, max_attributes = 6, max_depth = 8, fail_at, written, before = 0,
                            to_close = 0;
    BOOL fragment, declaration, invalid, compress, emit, yes = TRUE;
    static BYTE memory_given[100];
    WS_BYTES initial = {0, memory_given}, bytes;
    WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &max_namespaces, sizeof(ULONG)},
        {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &max_attributes, sizeof(ULONG)},
        {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &max_depth, sizeof(ULONG)},
        {WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(ULONG)},
        {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(BOOL)},
        {WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &declaration, sizeof(BOOL)},
        {WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &invalid, sizeof(BOOL)},
        {WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, &compress, sizeof(BOOL)},
        {WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS, &emit, sizeof(BOOL)},
        {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &max_size, sizeof(ULONG)},
        {WS_XML_WRITER_PROPERTY_INITIAL_BUFFER, &initial, sizeof(initial)}};
    WS_XML_WRITER_PROPERTY as_is[] = {{WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(BOOL)},
                                      {WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &yes, sizeof(BOOL)}};
    WS_XML_BUFFER *buffer = NULL;
    unsigned flags;

    input = data;
    input_end = data + size;
    flags = take();
    fragment = flags & 1;
    declaration = (flags & 2) != 0;
    lenient = invalid = (flags & 4) != 0;
    compress = (flags & 8) != 0;
    emit = (flags & 16) != 0;
    forming = (flags & 128) != 0;
    text.charSet = flags & 32 ? flags & 64 ? WS_CHARSET_UTF16LE : WS_CHARSET_UTF16BE : WS_CHARSET_UTF8;
    flags = take();
    indent = flags & 1 ? flags % 16 : 0;
    initial.length = flags & 16 ? flags % 100 : 0;
    max_size = flags & 128 ? 4u * take() : 0xffffffff;
    fail_at = take();

    streamed_count = 0;
    stream_full = false;
    succeeded = true;
    depth = 0;
    memset(positions, 0, sizeof(positions));
    if (output == TO_BUFFER)
    {
        if (WsResetHeap(heap, NULL) != S_OK || WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL) != S_OK)
            return false;
        positions[0].buffer = positions[1].buffer = buffer;
        answer(WsSetOutputToBuffer(writer, buffer, properties, 11, error));
    }
    else
        answer(WsSetOutput(writer, &text.encoding, output == TO_STREAM ? &to_stream.output : &memory.output, properties,
                           11, error));
    algorithm = (WS_XML_CANONICALIZATION_ALGORITHM)(fail_at % 4);
    written_form = 1;
    if (forming)
        answer(WsStartWriterCanonicalization(writer, write_form, &written_form, &form_property, 1, error));
#ifdef WS_DEBUG
    if (fail_at % 16 == 15)
        failing = WsSetAutoFail(fail_at / 16, NULL) == S_OK;
#else
    (void)fail_at;
#endif
    while (input < input_end)
    {
        one_call();
        if (output == TO_STREAM && succeeded && (size_t)(input_end - input) % 3 == 0)
            answer(WsFlushWriter(writer, 0, NULL, error));
    }
#ifdef WS_DEBUG
    WsSetAutoFail(0xffffffffu, NULL);
#endif
    failing = false;
    if (!succeeded)
        return false;
    /* Close what is open, and see whether that works; it does not if a text is in pieces, say. */
    answer(WsWriteEndAttribute(writer, error));
    answer(WsWriteEndCData(writer, error));
    if (output == TO_MEMORY)
    {
        answer(WsWriteEndStartElement(writer, error));
        if (WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE, &to_close, sizeof(to_close), NULL) !=
                S_OK ||
            WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN, &before, sizeof(before), NULL) != S_OK)
            return false;
    }
    while (succeeded && WsWriteEndElement(writer, error) == S_OK)
        depth--;
    check(WsResetError(error) == S_OK);
    if (output != TO_BUFFER && succeeded && depth)
        return false; /* it failed */
    if (forming && output != TO_BUFFER && WsEndWriterCanonicalization(writer, NULL) != S_OK)
        return false;
    if (WsFlushWriter(writer, 0, NULL, NULL) != S_OK)
        return false;
    if (output == TO_BUFFER)
    {
        /* Not all trees can be written: nodes may have been removed that others rely on. */
        answer(WsSetOutput(writer, &text.encoding, &memory.output, as_is, 2, error));
        if (WsWriteXmlBuffer(writer, buffer, NULL) != S_OK)
            return false;
    }
    if (output != TO_STREAM)
    {
        if (WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL) != S_OK)
            return false;
        check(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN, &written, sizeof(written), NULL) ==
              S_OK);
        check(written == bytes.length);
        /* What is left of base64 that was written in pieces comes in addition. */
        check(output != TO_MEMORY || written - before <= to_close + 8);
        if (bytes.length > sizeof(streamed))
            return false;
        if (bytes.length)
            memcpy(streamed, bytes.bytes, bytes.length);
        streamed_count = bytes.length;
    }
    if (forming && output == TO_MEMORY && succeeded)
        check_form(streamed, streamed_count, text.charSet, fragment);
    if (output == TO_MEMORY && streamed_count && !fragment && !lenient)
    {
        size_t i, tags = 0;

        for (i = 0; i + 1 < streamed_count; i++)
            tags += streamed[i] == '<' && streamed[i + 1] != '!' && streamed[i + 1] != '?';
        /* A document needs an element; comments and white space alone are well-formed but for that. */
        if (text.charSet == WS_CHARSET_UTF8 && tags)
            check_well_formed(streamed, streamed_count, text.charSet);
        if (text.charSet != WS_CHARSET_UTF8 && memchr(streamed, '/', streamed_count))
            check_well_formed(streamed, streamed_count, text.charSet);
    }
    return true;
}

static void release(void)
{
    WsFreeHeap(heap);
    WsFreeError(error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static BYTE expected[sizeof(streamed)];
    size_t count;

    if (!error)
    {
        check(WsCreateError(NULL, 0, &error) == S_OK);
        check(!atexit(release));
        check(WsCreateHeap(1 << 20, 1 << 16, NULL, 0, &heap, NULL) == S_OK);
        check(!atexit(release));
    }
    /* A writer of its own for each input, so that what happens depends on the input only. */
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK);
    check(WsCreateWriter(NULL, 0, &writer, NULL) == S_OK);
    if (run(data, size, TO_MEMORY))
    {
        memcpy(expected, streamed, count = streamed_count);
        if (run(data, size, TO_STREAM) && !stream_full)
            check(count == streamed_count && !memcmp(expected, streamed, count));
    }
    run(data, size, TO_BUFFER);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    return 0;
}
