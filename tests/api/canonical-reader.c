/* SPDX-License-Identifier: MIT */
/*
 * WsStartReaderCanonicalization, WsEndReaderCanonicalization: what they refuse, and that it does not matter how the
 * document is read. The forms themselves are tested in canonical-form.c.
 *
 * Source: the pages of the functions, and of WS_XML_CANONICALIZATION_PROPERTIES.
 */
#include "support/canonical-reader.h"

#include "support/binary.h"

#define ONE(...) (const PROPERTY[]){__VA_ARGS__}, 1

/* --- Properties --- */

TEST(pieces_have_the_size_asked_for)
{
    static const ULONG sizes[] = {0, 1, 7, 64, 100, 1000, 5000, 9000, 0xffffffff};
    static struct sink sink;
    static char text[20001], form[20001];
    WS_XML_READER *reader = create_reader();
    PROPERTY size_property = {WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, NULL, sizeof(ULONG)};
    ULONG size;
    size_t i, length = 0;

    while (length < 19900)
        length += (size_t)sprintf(text + length, "%s", length % 3 ? "<b c='d'>text</b>" : "more and more of it");
    for (i = length; i; i--)
        text[i + 2] = text[i - 1];
    memcpy(text, "<a>", 3);
    memcpy(text + length + 3, "</a>", 5);
    set_text_string(reader, text);
    canonicalize(reader, NULL, NULL, 0, &sink);
    memcpy(form, sink.text, sink.length);
    length = sink.length;
    expect_size(1024, sink.smallest); /* the default */
    for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
    {
        size = sizes[i];
        size_property.value = &size;
        set_text_string(reader, text);
        canonicalize(reader, NULL, &size_property, 1, &sink);
        expect_size(length, sink.length);
        expect(!memcmp(form, sink.text, length));
        expect(sink.largest <= (size < 64 ? 64 : size));
        if (size < length)
            expect(sink.calls > 1 && sink.smallest >= size);
        else
            expect_size(1, sink.calls);
    }
    WsFreeReader(reader);
}

TEST(properties_are_checked)
{
    static WS_XML_STRING names[] = {STRING("ok"), STRING("1"), {1, NULL, NULL, 0}};
    WS_XML_QNAME qname = {{1, NULL, NULL, 0}, STRING("")}, qname_ns = {STRING("a"), {1, NULL, NULL, 0}};
    WS_XML_CANONICALIZATION_ALGORITHM algorithm = 4;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    static struct sink sink;
    PROPERTY p = {4, NULL, 0};

#define refused(hr, sentence) \
    expect_refused(error, hr, WsStartReaderCanonicalization(reader, write_sink, &sink, &p, 1, error), sentence)
    set_text_string(reader, "<a/>");
    refused(E_INVALIDARG, "no canonicalization property 4");
    p = (PROPERTY){WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &algorithm, 4};
    refused(E_INVALIDARG, "no canonicalization algorithm 4");
    algorithm = 0;
    p.valueSize = 8;
    refused(E_INVALIDARG, "has 4 bytes, not 8");
    p = (PROPERTY){WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, NULL, 4};
    refused(E_INVALIDARG, "NULL");
    p = (PROPERTY)PREFIXES(1, NULL);
    refused(E_INVALIDARG, "count is 1");
    p = (PROPERTY)PREFIXES(3, names);
    refused(E_INVALIDARG, "inclusive prefix are NULL, and its length is 1");
    p = (PROPERTY)PREFIXES(2, names);
    refused(WS_E_INVALID_FORMAT, "The inclusive prefix");
    p.valueSize--;
    refused(E_INVALIDARG, "bytes, not");
    p = (PROPERTY){WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT, &qname, sizeof(qname)};
    refused(E_INVALIDARG, "omitted element's name");
    p.value = &qname_ns;
    refused(E_INVALIDARG, "omitted element's namespace");
    p.valueSize++;
    refused(E_INVALIDARG, "bytes, not");
    p = (PROPERTY){WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &algorithm, 2};
    refused(E_INVALIDARG, "has 4 bytes, not 2");
    expect_refused(error, E_INVALIDARG, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 1, error),
                   "count is 1");
    expect_refused(error, E_INVALIDARG, WsStartReaderCanonicalization(reader, NULL, &sink, NULL, 0, error), "callback");
    expect_hr(E_INVALIDARG, WsStartReaderCanonicalization(NULL, write_sink, &sink, NULL, 0, NULL));
    /* None of that has done anything. */
    expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, NULL));
    canonicalize(reader, NULL, NULL, 0, &sink);
    expect_form(&sink, "<a></a>");
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(properties_are_copied)
{
    WS_XML_READER *reader = create_reader();
    BYTE prefix[] = "p", name[] = "s", ns[] = "u";
    WS_XML_STRING string = {1, prefix, NULL, 0};
    WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES prefixes = {1, &string};
    WS_XML_QNAME omitted = {{1, name, NULL, 0}, {1, ns, NULL, 0}};
    PROPERTY properties[] = {
        {WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES, &prefixes, sizeof(prefixes)},
        {WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT, &omitted, sizeof(omitted)},
    };
    static struct sink sink;

    set_text_string(reader, "<a xmlns:p='v'><b/><s xmlns='u'/></a>");
    move_to(reader, "b");
    memset(&sink, 0, sizeof(sink));
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, properties, 2, NULL));
    prefix[0] = name[0] = ns[0] = 'x';
    memset(&prefixes, 0xff, sizeof(prefixes));
    memset(&omitted, 0xff, sizeof(omitted));
    memset(properties, 0xff, sizeof(properties));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
    expect_form(&sink, "<b xmlns:p=\"v\"></b>");
    WsFreeReader(reader);
}

/* --- However it is read --- */

static const char order[] = "<o xmlns='urn:o'>\r\n <i n='1' p:m='2' xmlns:p='urn:p'>12</i><!--c-->"
                            "<b>YWJj</b><t>a&amp;b<![CDATA[<c>]]>d</t><e/><q>o</q><l>1</l><l>2</l></o>";
static const char order_form[] = "<o xmlns=\"urn:o\">\n <i xmlns:p=\"urn:p\" n=\"1\" p:m=\"2\">12</i><!--c-->"
                                 "<b>YWJj</b><t>a&amp;b&lt;c&gt;d</t><e></e><q>o</q><l>1</l><l>2</l></o>";

TEST(any_function_that_reads_canonicalizes)
{
    static const WS_XML_STRING i = STRING("i"), b = STRING("b"), t = STRING("t"), e = STRING("e"), q = STRING("q"),
                               l = STRING("l"), ns = STRING("urn:o");
    PROPERTY comments = WITH_COMMENTS;
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    static struct sink sink;
    WS_XML_STRING name;
    WCHAR chars[3];
    BYTE bytes[8];
    int32_t number, numbers[2];
    BOOL found;
    ULONG count, index;

    set_text_string(reader, order);
    memset(&sink, 0, sizeof(sink));
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, &comments, 1, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &i, &ns, NULL, NULL));
    expect_hr(S_OK, WsFindAttribute(reader, &i, &ns, FALSE, &index, NULL) == S_FALSE ? S_OK : E_FAIL);
    expect_hr(S_OK, WsReadStartAttribute(reader, 0, NULL));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, NULL));
    expect_hr(S_OK, WsReadEndAttribute(reader, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadValue(reader, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL));
    expect_size(12, (size_t)number);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &b, &ns, &found, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadBytes(reader, bytes, 8, &count, NULL));
    expect_size(3, count);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &t, &ns, &found, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    do
        expect_hr(S_OK, WsReadChars(reader, chars, 2, &count, NULL));
    while (count);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &e, &ns, &found, NULL));
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &q, &ns, &found, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadQualifiedName(reader, heap, NULL, &name, NULL, NULL));
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_hr(S_OK, WsReadArray(reader, &l, &ns, WS_INT32_VALUE_TYPE, numbers, sizeof(numbers), 0, 2, &count, NULL));
    expect_size(2, count);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
    expect_form(&sink, order_form);

    set_text_string(reader, order);
    canonicalize(reader, "o", &comments, 1, &sink);
    expect_form(&sink, order_form);

    /* Text that has been read in part only is part of it. */
    set_text_string(reader, "<a>text</a>");
    memset(&sink, 0, sizeof(sink));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 1, &count, NULL));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
    expect_form(&sink, "text");
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

TEST(a_stream_item_by_item)
{
    WS_XML_READER *reader = create_reader();
    struct stream stream = {(const BYTE *)order, sizeof(order) - 1, 0, 0, 0};
    PROPERTY properties[] = {WITH_COMMENTS, OUTPUT_SIZE(1)};
    static struct sink sink;
    ULONG fill;

    for (stream.piece = 1; stream.piece < 60; stream.piece += 13)
    {
        stream.pos = 0;
        memset(&sink, 0, sizeof(sink));
        set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
        expect_hr(S_OK, WsFillReader(reader, 60, NULL, NULL));
        expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
        expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, properties, 2, NULL));
        do
        {
            expect_hr(S_OK, WsFillReader(reader, 60, NULL, NULL));
            expect_hr(S_OK, WsReadNode(reader, NULL));
        } while (current_type(reader) != WS_XML_NODE_TYPE_EOF);
        expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
        expect_form(&sink, order_form);
    }

    /* Nothing of what comes after the element is needed to end; and what had to wait is there once. */
    stream.piece = 1;
    stream.bytes = (const BYTE *)"<a><b>x</b><c/></a>";
    stream.length = 19;
    stream.pos = 0;
    memset(&sink, 0, sizeof(sink));
    set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
    expect_hr(S_OK, WsFillReader(reader, 6, NULL, NULL)); /* "<a><b>" */
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL)); /* pending */
    expect_hr(S_OK, WsFillReader(reader, 6, NULL, NULL));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_hr(S_OK, WsReadEndElement(reader, NULL)); /* pending again */
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
    expect_form(&sink, "<b>x</b>");
    fill = 100;
    expect_hr(S_OK, WsFillReader(reader, fill, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    WsFreeReader(reader);
}

/* The examples of [MC-NBFX], of every record: their form is that of the same document as text. */
TEST(the_binary_encoding_has_the_form_of_the_text)
{
    PROPERTY comments = WITH_COMMENTS;
    static struct sink binary, text;
    struct source source = {0};
    WS_XML_READER *reader = create_reader();
    ULONG piece;
    size_t i;

    for (i = 0; i < sizeof(binary_examples) / sizeof(binary_examples[0]); i++)
        for (piece = 0; piece < 2; piece++)
        {
            set_text_with(reader, binary_examples[i].text, WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, TRUE);
            canonicalize(reader, NULL, &comments, 1, &text);
            open_hex(&source, binary_examples[i].bytes, piece, TRUE);
            canonicalize(source.reader, NULL, &comments, 1, &binary);
            if (binary.length != text.length || memcmp(binary.text, text.text, text.length))
                test_fail(__FILE__, __LINE__, "%s: %.*s\n# not\n# %.*s", binary_examples[i].name, (int)binary.length,
                          binary.text, (int)text.length, text.text);
        }
    close_source(&source);
    WsFreeReader(reader);
}

/* --- Rules --- */

TEST(it_ends_where_it_was_started)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    static struct sink sink;

    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, error), "no input");
    expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, NULL));
    expect_hr(E_INVALIDARG, WsEndReaderCanonicalization(NULL, NULL));
    set_text_string(reader, "<a><b>1<c/>2</b>3</a>");
    expect_refused(error, WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, error), "not been started");
    move_to(reader, "b");
    memset(&sink, 0, sizeof(sink));
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, error), "already");
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, error),
                   "the reader is 1 level deeper.");
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, error),
                   "the reader is 2 levels deeper.");
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect(text_is(reader, "2"));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, NULL));
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect(text_is(reader, "3"));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    /* At </a>: not further. */
    expect_refused(error, WS_E_INVALID_OPERATION, WsReadNode(reader, error), "cannot leave");
    expect_refused(error, WS_E_INVALID_OPERATION, WsReadEndElement(reader, error), "cannot leave");
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
    expect_form(&sink, "<b>1<c></c>2</b>3");
    expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, NULL));
    /* Nothing at all; and once more. */
    memset(&sink, 0, sizeof(sink));
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
    expect_size(0, sink.calls);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));

    /* Nowhere but at the beginning with an inclusive algorithm. */
    set_text_string(reader, "<a/>");
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartReaderCanonicalization(reader, write_sink, &sink, ONE(INCLUSIVE), error), "beginning");
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartReaderCanonicalization(reader, write_sink, &sink, ONE(INCLUSIVE_WITH_COMMENTS), error),
                   "beginning");
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(where_it_cannot_be_started)
{
    WS_XML_READER_ENCODING raw = {WS_XML_READER_ENCODING_TYPE_RAW};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)"abc", 3};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    static struct sink sink;

    set_text_string(reader, "<a b='c'/>");
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsReadStartAttribute(reader, 0, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, error), "attribute");
    expect_hr(S_OK, WsSetInput(reader, &raw, &input.input, NULL, 0, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, error), "raw");
    set_text_string(reader, "<a");
    expect_hr(WS_E_INVALID_FORMAT, WsReadNode(reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsEndReaderCanonicalization(reader, NULL));

    /* A document that turns out to be broken. */
    set_text_string(reader, "<a><b></a>");
    memset(&sink, 0, sizeof(sink));
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsSkipNode(reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsEndReaderCanonicalization(reader, NULL));
    /* A new input is a new beginning. */
    set_text_string(reader, "<a/>");
    canonicalize(reader, NULL, NULL, 0, &sink);
    expect_form(&sink, "<a></a>");
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(a_reader_is_not_moved_meanwhile)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_NODE_POSITION position;
    static struct sink sink;
    BOOL found = 7;

    set_text_string(reader, "<a><!--1--><b/><!--2--></a>");
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    memset(&sink, 0, sizeof(sink));
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, ONE(WITH_COMMENTS), NULL));
    expect_hr(S_OK, WsGetReaderPosition(reader, &position, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsSetReaderPosition(reader, &position, error), "canonicalization");
    expect_refused(error, WS_E_INVALID_OPERATION, WsMoveReader(reader, WS_MOVE_TO_EOF, &found, error),
                   "canonicalization");
    expect_size(7, (size_t)found);
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
    expect_form(&sink, "<a><!--1--><b></b><!--2--></a>");
    expect_hr(S_OK, WsSetReaderPosition(reader, &position, NULL));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

/* --- Callbacks --- */

static WS_XML_READER *busy;

static void use_reader(void *object)
{
    const WS_XML_NODE *node = NULL;

    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(object, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderNode(object, &node, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(object, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetInput(object, NULL, NULL, NULL, 0, NULL));
    busy = object;
}

TEST(the_callback_cannot_use_the_reader)
{
    WS_XML_READER *reader = create_reader();
    static struct sink sink;

    set_text_string(reader, "<a><b/></a>");
    memset(&sink, 0, sizeof(sink));
    sink.meanwhile = use_reader;
    sink.object = reader;
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, ONE(OUTPUT_SIZE(1)), NULL));
    read_to_end(reader);
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
    expect(busy == reader);
    expect_form(&sink, "<a><b></b></a>");
    WsFreeReader(reader);
}

static void free_reader(void *object)
{
    WsFreeReader(object);
}

/* Calls one of the functions that advance; S_FALSE: there is no other. */
static HRESULT advance(unsigned function, WS_XML_READER *reader, WS_HEAP *heap)
{
    static const WS_XML_STRING b = STRING("b"), none = STRING("");
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_STRING name;
    int32_t value = 0;
    WCHAR chars[10];
    BYTE bytes[10];
    ULONG count;

    switch (function)
    {
    case 0: return WsReadNode(reader, NULL);
    case 1: return WsSkipNode(reader, NULL);
    case 2: return WsReadStartElement(reader, NULL);
    case 3: return WsReadToStartElement(reader, &b, &none, NULL, NULL);
    case 4: return WsReadXmlBuffer(reader, heap, &buffer, NULL);
    case 5: return WsReadArray(reader, &b, &none, WS_INT32_VALUE_TYPE, &value, 4, 0, 1, &count, NULL);
    case 6: return WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, 4, NULL);
    case 7: return WsReadQualifiedName(reader, heap, NULL, &name, NULL, NULL);
    case 8: return WsReadChars(reader, chars, 10, &count, NULL);
    case 9: return WsReadCharsUtf8(reader, bytes, 10, &count, NULL);
    case 10: return WsReadBytes(reader, bytes, 10, &count, NULL);
    case 11: return WsReadEndElement(reader, NULL);
    default: return S_FALSE;
    }
}

/* It is freed when the function that advances returns. */
TEST(a_reader_freed_by_its_callback)
{
    static struct sink sink;
    WS_HEAP *heap = create_heap(1 << 20);
    unsigned i, moves;
    HRESULT hr = S_OK;

    for (i = 0; hr != S_FALSE; i++)
    {
        WS_XML_READER *reader = create_reader();

        set_text_string(reader, i == 3 ? "<a> <b/></a>" : i < 6 ? "<a><b>1</b></a>" : "<a>abcd<b/></a>");
        memset(&sink, 0, sizeof(sink));
        expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, ONE(OUTPUT_SIZE(1)), NULL));
        next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        for (moves = i == 11 ? 3 : 1; moves; moves--) /* to the text, or a start or end element */
            expect_hr(S_OK, WsReadNode(reader, NULL));
        sink.meanwhile = free_reader;
        sink.object = reader;
        if ((hr = advance(i, reader, heap)) == S_FALSE)
            WsFreeReader(reader);
        else if (hr != WS_E_INVALID_OPERATION)
            test_fail(__FILE__, __LINE__, "function %u: 0x%08x", i, (unsigned)hr);
        expect_hr(E_INVALIDARG, WsReadNode(reader, NULL));
    }
    expect_size(13, i);
    WsFreeHeap(heap);
}

TEST(a_failing_callback_faults_the_reader)
{
    static const HRESULT failures[] = {E_FAIL, E_INVALIDARG, WS_E_INVALID_OPERATION, E_OUTOFMEMORY};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    static struct sink sink;
    size_t i;
    HRESULT hr;

    for (i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
        for (sink.fails_at = 1; sink.fails_at < 6; sink.fails_at++)
        {
            unsigned fails_at = sink.fails_at;

            set_text_string(reader, "<a><b/>c</a>");
            memset(&sink, 0, sizeof(sink));
            sink.fails_at = fails_at;
            sink.failure = failures[i];
            expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, ONE(OUTPUT_SIZE(1)), NULL));
            do
                hr = WsReadNode(reader, NULL);
            while (hr == S_OK);
            expect_hr(failures[i], hr);
            expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
            expect_hr(WS_E_OBJECT_FAULTED, WsEndReaderCanonicalization(reader, NULL));
        }
    /* At the end. */
    set_text_string(reader, "<a/>");
    memset(&sink, 0, sizeof(sink));
    sink.fails_at = 1;
    sink.failure = E_INVALIDARG;
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    read_to_end(reader);
    expect_hr(E_INVALIDARG, WsEndReaderCanonicalization(reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    /* Not asynchronously. */
    set_text_string(reader, "<a/>");
    memset(&sink, 0, sizeof(sink));
    sink.fails_at = 1;
    sink.failure = WS_S_ASYNC;
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    read_to_end(reader);
    expect_refused(error, WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, error), "WS_S_ASYNC");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    /* Freed in the middle of it. */
    set_text_string(reader, "<a/>");
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, &sink, NULL, 0, NULL));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    WsFreeError(error);
    WsFreeReader(reader);
}
