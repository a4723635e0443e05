/* SPDX-License-Identifier: MIT */
/*
 * What a reader answers in each of its states: without input, after a failure, at the wrong node; and what is checked
 * first, the state or the arguments.
 *
 * Source: observed on Windows, or a choice where what was observed leaves it open.
 */
#include "binary-test.h"
#include "mtom.h"
#include "node-digest.h"

#include <stdlib.h>

#define X(text) (&(WS_XML_STRING)STRING(text))

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
        HEADER ROOT "<r a='1'><s b='2'>t<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' "
                    "href='cid:two'><a>junk<!--c--><b/>"
                    "</a></x:Include></s><t c='3'>" INCLUDE("one") "</t>u<v>" INCLUDE("three") "</v></r>" PART(
                        "one") "first" PART("two") "second" PART("three") "" END;
    struct document document = {package, sizeof(package) - 1, &with_header.encoding};

    spoil(&document, 1);
}

TEST(no_input_is_the_end_of_a_document)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap();
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
    WS_HEAP *heap = create_heap();
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
