/* SPDX-License-Identifier: MIT */
/*
 * What a reader answers in each of its states: without input, after a failure, at the wrong node; and what is checked
 * first, the state or the arguments.
 *
 * Source: observed on Windows, or a choice where what was observed leaves it open.
 */
#include "support/binary.h"
#include "support/mtom.h"
#include "support/node-digest.h"

#include <stdlib.h>

/* --- The node that is shown after a failure --- */

/*
 * Reads nodes, in a stream after filling it, until one cannot be read. Then the last one is shown, as it was: the
 * pointer was observed to be the same, and that the contents are whole follows.
 */
static HRESULT read_to_failure(WS_XML_READER *reader, ULONG fill)
{
    const WS_XML_NODE *node, *last;
    uint64_t digest;
    HRESULT hr;

    do
    {
        last = current_node(reader);
        digest = digest_node(last);
        hr = fill ? WsFillReader(reader, fill, NULL, NULL) : S_OK;
        expect(current_node(reader) == last && digest_node(last) == digest);
        if (hr == S_OK)
            hr = WsReadNode(reader, NULL);
        node = current_node(reader);
    } while (hr == S_OK && node->nodeType != WS_XML_NODE_TYPE_EOF);
    if (hr == S_OK)
        return hr;
    expect(node == last && digest_node(node) == digest);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    expect(current_node(reader) == last && digest_node(node) == digest);
    return hr;
}

struct document
{
    const void *bytes;
    size_t length;
    const WS_XML_READER_ENCODING *encoding;
};

static struct stream pieces;

static void set_document(WS_XML_READER *reader, const struct document *document, size_t piece)
{
    BOOL fragment = document->encoding->encodingType != WS_XML_READER_ENCODING_TYPE_MTOM;
    ULONG buffer_size = 64;
    WS_XML_READER_PROPERTY properties[] = {
        {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)},
        {WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &buffer_size, sizeof(buffer_size)},
    };
    WS_XML_READER_BUFFER_INPUT memory = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)document->bytes, (ULONG)document->length};
    WS_XML_READER_STREAM_INPUT stream = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, &pieces};

    pieces = (struct stream){document->bytes, document->length, 0, piece, 0};
    expect_hr(S_OK, WsSetInput(reader, document->encoding, piece ? &stream.input : &memory.input, properties, 2, NULL));
}

/* From memory, and from streams that are filled with more and with less than is needed. */
static void read_in_all_ways(WS_XML_READER *reader, const struct document *document)
{
    static const ULONG fills[] = {1, 30, 100000};
    HRESULT hr, other;
    size_t i;

    set_document(reader, document, 0);
    hr = read_to_failure(reader, 0);
    for (i = 0; i < 3; i++)
    {
        set_document(reader, document, 7);
        other = read_to_failure(reader, fills[i]);
        expect(other == hr || other == WS_E_QUOTA_EXCEEDED);
    }
}

/* A document that is cut off everywhere, and with one byte after another spoilt. */
static void spoil(const struct document *document, size_t step)
{
    WS_XML_READER *reader = create_reader();
    struct document other = *document;
    BYTE *bytes = malloc(document->length);
    size_t i, j;

    expect(bytes != NULL);
    for (i = 0; i < document->length; i += step)
        for (j = 0; j < 3; j++)
        {
            memcpy(bytes, document->bytes, document->length);
            bytes[i] = (BYTE)(j ? j == 1 ? '<' : 0x85 : bytes[i]);
            other.bytes = bytes;
            other.length = j ? document->length : i;
            read_in_all_ways(reader, &other);
        }
    free(bytes);
    WsFreeReader(reader);
}

static const WS_XML_READER_TEXT_ENCODING utf8 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
static const WS_XML_READER_TEXT_ENCODING utf16 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};

static const char text[] =
    "<r a='1' b='&lt;&#65;'><p:a xmlns:p='u' p:c='&amp;2' d='3'><b/>t&gt;u<!--c\r\nd--><c e='&lt;'/>"
    "<c><d f='4'><e g='&quot;'/></d></c>text<![CDATA[x]]]]>more</p:a><z xmlns='v' y='w'><x/></z></r>";

TEST(the_last_node_of_text_is_shown_after_a_failure)
{
    struct document document = {text, sizeof(text) - 1, &utf8.encoding};
    BYTE wide[2 * sizeof(text)];

    spoil(&document, 1);
    document.bytes = wide;
    document.length = to_utf16(text, sizeof(text) - 1, false, false, wide);
    document.encoding = &utf16.encoding;
    spoil(&document, 2);
}

/* What converts UTF-16 reuses its memory, and what binds prefixes takes more. */
TEST(the_last_node_of_a_long_text_is_shown_after_a_failure)
{
    static char long_text[40000], start[600];
    static BYTE wide[2 * sizeof(long_text)];
    struct document document = {long_text, 0, &utf8.encoding};
    unsigned i, length = 0;

    strcpy(start, "<n xmlns='u' n='&lt;");
    for (i = 0; i < 20; i++)
        sprintf(start + strlen(start), "' xmlns:p%u='v%u", i, i);
    strcat(start, "'>");
    length = (unsigned)sprintf(long_text, "<r xmlns='d' a='1'><s b='2'>");
    while (length < 30000)
        length += (unsigned)sprintf(long_text + length, "<e%u a='%u'><f b='&#%u;'/>%ut&lt;</e%u>", length, length,
                                    length % 100 + 33, length, length);
    document.length = length;
    spoil(&document, 997);
    document.bytes = wide;
    document.length = to_utf16(long_text, length, false, false, wide);
    document.encoding = &utf16.encoding;
    spoil(&document, 1994);

    document.bytes = long_text;
    document.length = (size_t)sprintf(long_text, "<r xmlns='d' a='1'>%s", start);
    document.encoding = &utf8.encoding;
    spoil(&document, 1);
}

TEST(the_last_node_of_binary_is_shown_after_a_failure)
{
    static BYTE bytes[4096];
    WS_XML_READER_BINARY_ENCODING encoding = {
        {WS_XML_READER_ENCODING_TYPE_BINARY}, dictionary_of("str", 2), dictionary_of("dyn", 1)};
    struct document document = {bytes, 0, &encoding.encoding};
    size_t i;

    for (i = 0; i < sizeof(binary_examples) / sizeof(binary_examples[0]); i++)
    {
        document.length = from_hex(binary_examples[i].bytes, bytes);
        spoil(&document, 1);
    }
    /* Elements and attributes one in another, texts of many types one after another, an array, a list with a QName. */
    document.length = from_hex("4001720901700175"
                               "0401618801"
                               "4001610401629803787879"
                               "0401638A0001"
                               "0501700164BC0F02"
                               "8803"
                               "8A0101"
                               "9602030000000000000000"
                               "940000020000000000000000000000000000"
                               "A48802A8A6"
                               "AA06"
                               "BC0F02"
                               "AC000102030405060708090A0B0C0D0E0F"
                               "9E03010203"
                               "9803616263"
                               "B601007800"
                               "03400165018B02"
                               "01000200"
                               "0201630101",
                               bytes);
    spoil(&document, 1);
}

TEST(the_last_node_of_MTOM_is_shown_after_a_failure)
{
    static const char package[] =
        /* clang-format off */
        HEADER ROOT "<r a='1'><s b='2'>t<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:two'>"
        "<a>junk<!--c--><b/></a></x:Include></s><t c='3'>" INCLUDE("one") "</t>u<v>" INCLUDE("three") "</v></r>"
        PART("one") "first" PART("two") "second" PART("three") "" END;
    /* clang-format on */
    struct document document = {package, sizeof(package) - 1, &with_header.encoding};

    spoil(&document, 1);
}

TEST(no_input_is_the_end_of_a_document)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;

    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    set_text_string(reader, "<a/>");
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    expect_hr(S_OK, WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, "<a/>", 4, heap, &buffer, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

TEST(what_is_refused_for_its_place_leaves_the_node)
{
    WS_XML_READER *reader = create_reader();
    const WS_XML_NODE *node;
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;

    set_text_string(reader, "<r>t</r>");
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    node = current_node(reader);
    expect_hr(WS_E_INVALID_FORMAT, WsReadStartElement(reader, NULL));
    expect(current_node(reader) == node && text_is(reader, "t"));

    set_text_string(reader, "<r><x/></r><y/>");
    expect_hr(WS_E_INVALID_FORMAT, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect(!buffer);
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));

    /* The element that is another one than was asked for. */
    set_text_string(reader, "<r/>");
    expect_hr(WS_E_INVALID_FORMAT, WsReadToStartElement(reader, X("s"), NULL, NULL, NULL));
    node = current_node(reader);
    expect(node->nodeType == WS_XML_NODE_TYPE_ELEMENT &&
           string_is(((const WS_XML_ELEMENT_NODE *)node)->localName, "r"));
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* Our choice: a move that a stream has put off is made by the call that asks for the node, if it can be. */
TEST(the_node_of_a_stream_is_shown_when_it_is_there)
{
    static const char document[] = "<r a='1'><bad";
    struct stream stream = {(const BYTE *)document, 9, 0, 9, 0};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    const WS_XML_NODE *root, *node = NULL;
    uint64_t digest;

    set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
    expect_hr(S_OK, WsFillReader(reader, 9, NULL, NULL));
    root = next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    digest = digest_node(root);
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsGetReaderNode(reader, &node, error), "WsFillReader");
    expect(!node);
    stream.length = sizeof(document) - 1;
    expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsGetReaderNode(reader, &node, error), "ends within");
    expect(!node);
    expect(current_node(reader) == root && digest_node(root) == digest);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    WsFreeError(error);
    WsFreeReader(reader);
}

/* --- What is checked first --- */

enum function
{
    /* These have nothing that can be wrong but the reader. */
    READ_NODE,
    SKIP_NODE,
    READ_START_ELEMENT,
    READ_END_ELEMENT,
    READ_END_ATTRIBUTE,
    END_CANONICALIZATION,

    READ_TO_START_ELEMENT,
    READ_START_ATTRIBUTE,
    FIND_ATTRIBUTE,
    GET_NAMESPACE,
    GET_XML_ATTRIBUTE,
    READ_CHARS,
    READ_CHARS_UTF8,
    READ_BYTES,
    READ_VALUE,
    READ_ARRAY,
    READ_QUALIFIED_NAME,
    READ_XML_BUFFER,
    FILL,
    GET_PROPERTY,
    GET_POSITION,
    SET_POSITION,
    MOVE,
    START_CANONICALIZATION,
    FUNCTION_COUNT
};

#define FIRST_WITH_ARGUMENTS READ_TO_START_ELEMENT

static HRESULT CALLBACK write_nothing(void *state, const WS_BYTES *buffers, ULONG count,
                                      const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    (void)state, (void)buffers, (void)count, (void)context, (void)error;
    return S_OK;
}

/* A call with an argument that is wrong, or with none. */
static HRESULT call(enum function function, WS_XML_READER *reader, WS_HEAP *heap, bool wrong, WS_ERROR *error)
{
    static const WS_XML_STRING broken = {1, NULL, NULL, 0};
    const WS_ASYNC_CONTEXT context = {NULL, NULL};
    WS_XML_NODE_POSITION position = {NULL, NULL};
    const WS_XML_STRING *name = wrong ? NULL : X("a"), *ns;
    WS_XML_STRING local;
    WS_XML_BUFFER *buffer;
    int32_t value;
    WCHAR chars[4], *xml;
    ULONG count;
    BOOL found;

    switch (function)
    {
    case READ_NODE: return WsReadNode(reader, error);
    case SKIP_NODE: return WsSkipNode(reader, error);
    case READ_START_ELEMENT: return WsReadStartElement(reader, error);
    case READ_END_ELEMENT: return WsReadEndElement(reader, error);
    case READ_END_ATTRIBUTE: return WsReadEndAttribute(reader, error);
    case END_CANONICALIZATION: return WsEndReaderCanonicalization(reader, error);
    case READ_TO_START_ELEMENT: return WsReadToStartElement(reader, wrong ? &broken : NULL, NULL, &found, error);
    case READ_START_ATTRIBUTE: return WsReadStartAttribute(reader, wrong ? 99 : 0, error);
    case FIND_ATTRIBUTE: return WsFindAttribute(reader, name, X(""), FALSE, &count, error);
    case GET_NAMESPACE: return WsGetNamespaceFromPrefix(reader, name, FALSE, &ns, error);
    case GET_XML_ATTRIBUTE: return WsGetXmlAttribute(reader, name, heap, &xml, &count, error);
    case READ_CHARS: return WsReadChars(reader, chars, 4, wrong ? NULL : &count, error);
    case READ_CHARS_UTF8: return WsReadCharsUtf8(reader, (BYTE *)chars, 4, wrong ? NULL : &count, error);
    case READ_BYTES: return WsReadBytes(reader, chars, 4, wrong ? NULL : &count, error);
    case READ_VALUE: return WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, wrong ? 3 : 4, error);
    case READ_ARRAY:
        return WsReadArray(reader, name, X(""), WS_INT32_VALUE_TYPE, &value, sizeof(value), 0, 1, &count, error);
    case READ_QUALIFIED_NAME: return WsReadQualifiedName(reader, heap, NULL, wrong ? NULL : &local, NULL, error);
    case READ_XML_BUFFER: return WsReadXmlBuffer(reader, heap, wrong ? NULL : &buffer, error);
    case FILL: return WsFillReader(reader, 1, wrong ? &context : NULL, error);
    case GET_PROPERTY:
        return WsGetReaderProperty(reader, wrong ? (WS_XML_READER_PROPERTY_ID)99 : WS_XML_READER_PROPERTY_MAX_DEPTH,
                                   &count, sizeof(count), error);
    case GET_POSITION: return WsGetReaderPosition(reader, wrong ? NULL : &position, error);
    case SET_POSITION: return WsSetReaderPosition(reader, wrong ? NULL : &position, error);
    case MOVE: return WsMoveReader(reader, wrong ? (WS_MOVE_TO)99 : WS_MOVE_TO_BOF, &found, error);
    case START_CANONICALIZATION:
        return WsStartReaderCanonicalization(reader, wrong ? NULL : write_nothing, NULL, NULL, 0, error);
    default: return E_FAIL;
    }
}

static bool takes_heap(enum function function)
{
    return function == GET_XML_ATTRIBUTE || function == READ_QUALIFIED_NAME || function == READ_XML_BUFFER;
}

/* A call that must give this, with one sentence. */
static void expect_call(HRESULT hr, enum function function, WS_XML_READER *reader, WS_HEAP *heap, bool wrong,
                        WS_ERROR *error)
{
    ULONG count = 77;
    HRESULT got;

    expect_hr(S_OK, WsResetError(error));
    got = call(function, reader, heap, wrong, error);
    if (got != hr)
        test_fail(__FILE__, __LINE__, "function %d gives 0x%08x, not 0x%08x", (int)function, (unsigned)got,
                  (unsigned)hr);
    expect_hr(S_OK, WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)));
    expect_size(1, count);
}

/* The reader is always first; then the heap, whatever the state. */
TEST(the_heap_is_checked_before_the_state)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_ERROR *error = create_error();
    enum function function;
    int state;

    for (function = 0; function < FUNCTION_COUNT; function++)
    {
        expect_call(E_INVALIDARG, function, NULL, NULL, true, error);
        expect_call(E_INVALIDARG, function, NULL, heap, false, error);
    }
    for (state = 0; state < 3; state++)
    {
        for (function = 0; function < FUNCTION_COUNT; function++)
            if (takes_heap(function))
            {
                expect_call(E_INVALIDARG, function, reader, NULL, false, error);
                expect_call(E_INVALIDARG, function, reader, NULL, true, error);
            }
        set_text_string(reader, "<a>b</a>");
        if (state)
            expect_hr(WS_E_INVALID_FORMAT, WsReadEndElement(reader, NULL));
    }
    WsFreeError(error);
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* Then the state; that of a reader without input is EOF where being at the wrong node is E_FAIL. */
TEST(the_state_is_checked_before_other_arguments)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_ERROR *error = create_error();
    enum function function;
    int wrong;

    for (function = 0; function < FUNCTION_COUNT; function++)
        for (wrong = 0; wrong < 2; wrong++)
            expect_call(function == READ_XML_BUFFER ? E_FAIL : WS_E_INVALID_OPERATION, function, reader, heap, wrong,
                        error);
    set_text_string(reader, "<a>b</a>");
    expect_hr(WS_E_INVALID_FORMAT, WsReadEndElement(reader, NULL));
    for (function = 0; function < FUNCTION_COUNT; function++)
        for (wrong = 0; wrong < 2; wrong++)
            expect_call(WS_E_OBJECT_FAULTED, function, reader, heap, wrong, error);
    WsFreeError(error);
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* Then whether the function can be called at such a node at all; then the arguments. None of this faults a reader. */
TEST(the_place_is_checked_before_other_arguments)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_ERROR *error = create_error();
    WS_XML_BUFFER *buffer = NULL;
    enum function function;
    int wrong;

    set_text_string(reader, "<a b='1'>t</a>");
    for (wrong = 0; wrong < 2; wrong++)
    {
        expect_call(WS_E_INVALID_OPERATION, FIND_ATTRIBUTE, reader, heap, wrong, error); /* at BOF */
        for (function = GET_POSITION; function <= MOVE; function++)                      /* of text */
            expect_call(WS_E_INVALID_OPERATION, function, reader, heap, wrong, error);
    }
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    for (function = FIRST_WITH_ARGUMENTS; function < FUNCTION_COUNT; function++)
        if (function < GET_POSITION || function > MOVE)
            expect_call(E_INVALIDARG, function, reader, heap, true, error);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, false, error);
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, true, error);
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, false, error);
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, false, error);

    set_text_string(reader, "<!--c--><a b='1'><![CDATA[]]></a>");
    next_node(reader, WS_XML_NODE_TYPE_COMMENT);
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, false, error);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    for (function = GET_POSITION; function <= MOVE; function++)
        expect_call(E_INVALIDARG, function, reader, heap, true, error);
    expect_hr(S_OK, WsReadStartAttribute(reader, 0, NULL));
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, false, error);
    for (function = GET_POSITION; function <= START_CANONICALIZATION; function++)
        expect_call(WS_E_INVALID_OPERATION, function, reader, heap, true, error);
    expect_hr(S_OK, WsReadEndAttribute(reader, NULL));
    next_node(reader, WS_XML_NODE_TYPE_CDATA);
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, false, error);
    next_node(reader, WS_XML_NODE_TYPE_END_CDATA);
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, true, error);
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    expect_call(E_FAIL, READ_XML_BUFFER, reader, heap, false, error);
    WsFreeError(error);
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* --- Properties --- */

TEST(two_properties_can_only_be_set)
{
    static const WS_XML_READER_PROPERTY_ID ids[] = {WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE,
                                                    WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE};
    struct stream stream = {(const BYTE *)"<a/>", 4, 0, 4, 0};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    ULONG value = 77;
    size_t i;

    set_text_string(reader, "<a/>");
    for (i = 0; i < 2; i++)
        expect_refused(error, E_INVALIDARG, WsGetReaderProperty(reader, ids[i], &value, sizeof(value), error),
                       "not asked for");
    /* Our choice: not even where there is a stream. */
    set_stream(reader, &stream, 16, WS_CHARSET_AUTO);
    for (i = 0; i < 2; i++)
        expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, ids[i], &value, sizeof(value), NULL));
    expect_size(77, value);
    WsFreeError(error);
    WsFreeReader(reader);
}

/* --- Out parameters --- */

TEST(what_is_not_there_has_no_index_and_no_characters)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    ULONG index = 77, count = 77;
    WCHAR *chars = (WCHAR *)(uintptr_t)8;
    int way;

    for (way = 0; way < 2; way++)
    {
        set_text_string(reader, "<a b='1' xml:lang=''/>");
        if (way)
        {
            expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
            expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
        }
        next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        expect_hr(S_FALSE, WsFindAttribute(reader, X("c"), X(""), FALSE, &index, NULL));
        expect_size(0xffffffff, index);
        expect_hr(S_FALSE, WsGetXmlAttribute(reader, X("space"), heap, &chars, &count, NULL));
        expect(!chars && !count);
        /* One without characters is there. */
        expect_hr(S_OK, WsGetXmlAttribute(reader, X("lang"), heap, &chars, &count, NULL));
        expect(chars && !count);
        index = count = 77;
        expect_hr(WS_E_INVALID_FORMAT, WsFindAttribute(reader, X("c"), X(""), TRUE, &index, NULL));
        expect_size(77, index);
    }
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

static HRESULT read_to_null(WS_XML_READER *reader, int way, ULONG room, ULONG *count)
{
    switch (way)
    {
    case 0: return WsReadChars(reader, NULL, room, count, NULL);
    case 1: return WsReadCharsUtf8(reader, NULL, room, count, NULL);
    default: return WsReadBytes(reader, NULL, room, count, NULL);
    }
}

TEST(nothing_can_be_read_to_NULL)
{
    WS_XML_READER *reader = create_reader();
    BYTE bytes[8];
    WCHAR chars[8];
    ULONG count;
    int way;

    for (way = 0; way < 3; way++)
    {
        set_text_string(reader, "<a><!--c-->QUJDRA==<b/></a>");
        count = 77;
        expect_hr(S_OK, read_to_null(reader, way, 1, &count)); /* at BOF */
        expect_size(0, count);
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        /* Our choice: what is there stays to be read. */
        count = 77;
        expect_hr(E_INVALIDARG, read_to_null(reader, way, 1, &count));
        expect_size(77, count);
        expect_hr(S_OK, read_to_null(reader, way, 0, &count));
        expect_size(0, count);
        expect_hr(S_OK, WsReadBytes(reader, bytes, 3, &count, NULL));
        expect(count == 3 && !memcmp(bytes, "ABC", 3));
        count = 77;
        expect_hr(E_INVALIDARG, read_to_null(reader, way, 1, &count));
        expect_hr(S_OK, WsReadBytes(reader, bytes, 3, &count, NULL));
        expect(count == 1 && bytes[0] == 'D');
        expect_hr(S_OK, read_to_null(reader, way, 1, &count)); /* at its end */
        expect_size(0, count);
    }
    /* Half a character is something. */
    set_text_string(reader, "<a>\xf0\x90\x80\x80</a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 1, &count, NULL));
    expect_hr(E_INVALIDARG, read_to_null(reader, 0, 1, &count));
    expect_hr(S_OK, WsReadChars(reader, chars, 1, &count, NULL));
    expect(count == 1 && chars[0] == 0xdc00);
    WsFreeReader(reader);
}
