/* SPDX-License-Identifier: MIT */
/*
 * Writers: whole nodes, XML buffers as output and input, positions.
 *
 * Source: the pages of the functions and of WS_MOVE_TO.
 */
#include "support/writer.h"

#define UNTOUCHED ((void *)(uintptr_t)0x5a5a5a50)

static WS_XML_BUFFER *create_buffer(WS_HEAP *heap)
{
    WS_XML_BUFFER *buffer = NULL;

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    return buffer;
}

static void to_buffer(WS_XML_WRITER *writer, WS_XML_BUFFER *buffer, const WS_XML_WRITER_PROPERTY *properties,
                      ULONG count)
{
    ok(WsSetOutputToBuffer(writer, buffer, properties, count, NULL));
}

/* A writer of fragments to a buffer. */
static WS_XML_WRITER *create_buffer_writer(WS_XML_BUFFER *buffer)
{
    WS_XML_WRITER *writer = create_fragment_writer();

    to_buffer(writer, buffer, NULL, 0);
    return writer;
}

/* What a buffer holds, as text. */
static void expect_buffer_at(int line, WS_XML_BUFFER *buffer, const char *text)
{
    WS_XML_WRITER *writer = create_fragment_writer();
    WS_BYTES bytes;

    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    bytes = get_bytes(writer);
    if (bytes.length != strlen(text) || (bytes.length && memcmp(bytes.bytes, text, bytes.length)))
        test_fail(__FILE__, line, "%.*s", (int)bytes.length, (char *)bytes.bytes);
    WsFreeWriter(writer);
}
#define expect_buffer(buffer, text) expect_buffer_at(__LINE__, buffer, text)

static WS_XML_NODE end_element = {WS_XML_NODE_TYPE_END_ELEMENT};

/* --- Nodes --- */

TEST(nodes_of_every_type)
{
    WS_XML_INT32_TEXT number = {{WS_XML_TEXT_TYPE_INT32}, 3891};
    WS_XML_UTF8_TEXT joe = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("Joe")};
    WS_XML_ATTRIBUTE declaration = {FALSE, TRUE, X("p"), NULL, X("http://tempuri.org"), NULL};
    WS_XML_ATTRIBUTE id = {TRUE, FALSE, X("p"), X("id"), X("http://tempuri.org"), &number.text};
    WS_XML_ATTRIBUTE *attributes[] = {&declaration, &id};
    WS_XML_ELEMENT_NODE order = {
        {WS_XML_NODE_TYPE_ELEMENT}, X("p"), X("PurchaseOrder"), X("http://tempuri.org"), 2, attributes, FALSE};
    WS_XML_ELEMENT_NODE buyer = {
        {WS_XML_NODE_TYPE_ELEMENT}, X("p"), X("Buyer"), X("http://tempuri.org"), 0, NULL, FALSE};
    WS_XML_TEXT_NODE text = {{WS_XML_NODE_TYPE_TEXT}, &joe.text};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, WS_XML_STRING_VALUE("c")};
    WS_XML_NODE cdata = {WS_XML_NODE_TYPE_CDATA}, end_cdata = {WS_XML_NODE_TYPE_END_CDATA};
    WS_XML_NODE bof = {WS_XML_NODE_TYPE_BOF}, eof = {WS_XML_NODE_TYPE_EOF};
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    ok(WsWriteNode(writer, &bof, NULL));
    ok(WsWriteNode(writer, &comment.node, NULL));
    ok(WsWriteNode(writer, &order.node, NULL));
    ok(WsWriteNode(writer, &buyer.node, NULL));
    ok(WsWriteNode(writer, &text.node, NULL));
    ok(WsWriteNode(writer, &end_element, NULL));
    ok(WsWriteNode(writer, &cdata, NULL));
    ok(WsWriteNode(writer, &text.node, NULL));
    ok(WsWriteNode(writer, &end_cdata, NULL));
    ok(WsWriteNode(writer, &end_element, NULL));
    ok(WsWriteNode(writer, &eof, NULL));
    expect_output(writer, "<!--c--><p:PurchaseOrder p:id='3891' xmlns:p=\"http://tempuri.org\"><p:Buyer>Joe</p:Buyer>"
                          "<![CDATA[Joe]]></p:PurchaseOrder>");
    WsFreeWriter(writer);
}

TEST(whether_an_element_is_empty_is_preserved)
{
    WS_XML_ELEMENT_NODE empty = {{WS_XML_NODE_TYPE_ELEMENT}, NULL, X("a"), X(""), 0, NULL, TRUE}, open = empty;
    WS_XML_WRITER *writer = create_fragment_writer();
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY compress = {WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, &yes, sizeof(yes)};
    WS_XML_WRITER_PROPERTY emit = {WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS, &yes, sizeof(yes)};
    int i;
    static const char *wanted[] = {"<a/><a></a><a x=\"\"></a><b/>", "<a/><a/><a x=\"\"/><b/>",
                                   "<a></a><a></a><a x=\"\"></a><b></b>"};

    open.isEmpty = FALSE;
    for (i = 0; i < 3; i++)
    {
        set_output(writer, i == 1 ? &compress : &emit, i ? 1 : 0);
        ok(WsWriteNode(writer, &empty.node, NULL));
        ok(WsWriteNode(writer, &end_element, NULL));
        ok(WsWriteNode(writer, &open.node, NULL));
        ok(WsWriteNode(writer, &end_element, NULL));
        ok(WsWriteNode(writer, &open.node, NULL));
        attribute(writer, "x", ""); /* more can be added */
        end(writer);
        start(writer, "b");
        end(writer);
        expect_output(writer, wanted[i]);
    }
    set_output(writer, NULL, 0);
    ok(WsWriteNode(writer, &empty.node, NULL));
    chars8(writer, "not quite");
    end(writer);
    expect_output(writer, "<a>not quite</a>");
    WsFreeWriter(writer);
}

TEST(an_element_node_that_is_refused_changes_nothing)
{
    static const int numbers[] = {1, 2};
    WS_XML_ELEMENT_NODE a = {{WS_XML_NODE_TYPE_ELEMENT}, NULL, X("a"), X(""), 0, NULL, TRUE};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    start(writer, "r");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteNode(writer, &a.node, error), "attribute");
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsWriteArray(writer, X("a"), X(""), WS_INT32_VALUE_TYPE, numbers, sizeof(numbers), 0, 2, error),
                   "attribute");
    chars8(writer, "1");
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    expect_output(writer, "<r b=\"1\"/>");
    WsFreeError(error);
    WsFreeWriter(writer);
}

TEST(nodes_that_cannot_be_are_refused)
{
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("x")},
                     bad_text = {{WS_XML_TEXT_TYPE_UTF8}, {1, NULL, NULL, 0}};
    WS_XML_ATTRIBUTE attribute_ok = {FALSE, FALSE, X(""), X("b"), X(""), &text.text}, attribute_bad;
    WS_XML_ATTRIBUTE *attributes[] = {&attribute_ok, &attribute_bad, NULL};
    WS_XML_ELEMENT_NODE element = {{WS_XML_NODE_TYPE_ELEMENT}, X(""), X("a"), X(""), 2, attributes, FALSE}, bad;
    WS_XML_TEXT_NODE text_node = {{WS_XML_NODE_TYPE_TEXT}, NULL};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, {1, NULL, NULL, 0}};
    WS_XML_NODE none = {(WS_XML_NODE_TYPE)5}, zero = {(WS_XML_NODE_TYPE)0};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &none, error), "5");
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &zero, error), "0");
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &text_node.node, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &comment.node, error), "NULL");
    bad = element, bad.localName = NULL;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &bad.node, error), "NULL");
    bad = element, bad.ns = NULL;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &bad.node, error), "NULL");
    bad = element, bad.attributes = NULL;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &bad.node, error), "NULL");
    bad = element, bad.attributeCount = 3;
    attribute_bad = attribute_ok;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &bad.node, error), "NULL");
    attribute_bad.localName = NULL;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &element.node, error), "NULL");
    attribute_bad = attribute_ok, attribute_bad.value = NULL;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &element.node, error), "NULL");
    attribute_bad = attribute_ok, attribute_bad.value = &bad_text.text;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &element.node, error), "NULL");
    attribute_bad = attribute_ok, attribute_bad.ns = NULL;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &element.node, error), "NULL");
    expect_output(writer, "");
    /* All is valid except for two of one name, which is found late. */
    attribute_bad = attribute_ok;
    ok(WsWriteNode(writer, &element.node, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteNode(writer, &end_element, NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* --- Output to a buffer --- */

/* Some of everything. */
static void write_some(WS_XML_WRITER *writer)
{
    INT64 number = -5;
    GUID guid = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, WS_XML_STRING_VALUE("c")};

    ok(WsWriteStartElement(writer, NULL, X("root"), X("urn:x"), NULL));
    attribute(writer, "a", "<1>");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X("urn:y"), TRUE, NULL));
    ok(WsWriteValue(writer, WS_INT64_VALUE_TYPE, &number, sizeof(number), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, X("p"), X("c"), X("urn:z"), FALSE, NULL));
    ok(WsWriteQualifiedName(writer, NULL, X("n"), X("urn:z"), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    start(writer, "empty");
    end(writer);
    start(writer, "not-empty");
    ok(WsWriteEndStartElement(writer, NULL));
    end(writer);
    chars8(writer, "text & ");
    ok(WsWriteChars(writer, u"\x20ac", 1, NULL));
    ok(WsWriteChars(writer, u"\xd83d", 1, NULL));
    ok(WsWriteChars(writer, u"\xde00", 1, NULL));
    ok(WsWriteNode(writer, &comment.node, NULL));
    ok(WsWriteBytes(writer, "ab", 2, NULL));
    ok(WsWriteBytes(writer, "cde", 3, NULL));
    start(writer, "x");
    ok(WsWriteValue(writer, WS_GUID_VALUE_TYPE, &guid, sizeof(guid), NULL));
    ok(WsWriteStartCData(writer, NULL));
    chars8(writer, "<cdata>");
    ok(WsWriteBytes(writer, "ab", 2, NULL));
    ok(WsWriteEndCData(writer, NULL));
    end(writer);
    ok(WsWriteStartElement(writer, NULL, X("y"), X("urn:x"), NULL));
    ok(WsWriteQualifiedName(writer, X("p"), X("n"), X("urn:z"), NULL));
    end(writer);
    end(writer);
}

TEST(a_buffer_holds_what_text_would)
{
    ULONG indent = 2;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(indent)};
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer;
    WS_XML_WRITER *writer = create_writer(NULL, 0), *text = create_writer(NULL, 0);
    int i;

    for (i = 0; i < 2; i++)
    {
        set_output(text, &property, (ULONG)i);
        write_some(text);
        buffer = create_buffer(heap);
        to_buffer(writer, buffer, &property, (ULONG)i);
        write_some(writer);
        ok(WsFlushWriter(writer, 0, NULL, NULL));
        set_output(writer, NULL, 0);
        ok(WsWriteXmlBuffer(writer, buffer, NULL));
        expect_bytes(writer, get_bytes(text).bytes, get_bytes(text).length);
    }
    WsFreeWriter(writer);
    WsFreeWriter(text);
    WsFreeHeap(heap);
}

static HRESULT CALLBACK push_bytes(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                   const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    WS_BYTES bytes = {3, (BYTE *)"def"};

    (void)state, (void)async;
    return write(write_state, &bytes, 1, NULL, error);
}

/* The page of WsWriteBytes: they are written to the document; nothing tells an XML buffer that there are no more. */
TEST(bytes_are_in_a_buffer_at_once)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer), *other = create_buffer_writer(buffer);
    WS_XML_NODE_POSITION position;

    start(writer, "a");
    end(writer);
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    ok(WsWriteBytes(writer, "abc", 3, NULL));
    expect_buffer(buffer, "<a>YWJj</a>");
    ok(WsPushBytes(writer, push_bytes, NULL, NULL));
    ok(WsWriteBytes(writer, "g", 1, NULL));
    expect_buffer(buffer, "<a>YWJjZGVmZw==</a>");
    to_buffer(writer, create_buffer(heap), NULL, 0);
    expect_buffer(buffer, "<a>YWJjZGVmZw==</a>");

    /* The node that they would be added to has been removed: they are another one. */
    to_buffer(writer, buffer, NULL, 0);
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    ok(WsWriteBytes(writer, "h", 1, NULL));
    ok(WsGetWriterPosition(writer, &position, NULL));
    ok(WsSetWriterPosition(other, &position, NULL));
    ok(WsMoveWriter(other, WS_MOVE_TO_PREVIOUS_NODE, NULL, NULL));
    ok(WsGetWriterPosition(other, &position, NULL));
    ok(WsRemoveNode(&position, NULL));
    ok(WsWriteBytes(writer, "i", 1, NULL));
    WsFreeWriter(writer);
    expect_buffer(buffer, "<a>YWJjZGVmZw==aQ==</a>");
    WsFreeWriter(other);
    WsFreeHeap(heap);
}

/* Our choice: a heap that has not the room for twice the bytes still takes them. */
TEST(bytes_that_just_fit_into_the_heap_of_a_buffer)
{
    static BYTE bytes[3000];
    WS_HEAP *heap = create_heap(8192);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);

    start(writer, "a");
    ok(WsWriteBytes(writer, bytes, 3000, NULL));
    ok(WsWriteBytes(writer, bytes, 3, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteBytes(writer, bytes, 3000, NULL));
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* Our choice: as one node, in memory that grows by doubling. */
TEST(bytes_in_many_pieces_are_one_node_of_a_buffer)
{
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_XML_READER *reader = NULL;
    const WS_XML_NODE *node;
    const WS_XML_BASE64_TEXT *text;
    SIZE_T size;
    BYTE byte;
    ULONG i;

    start(writer, "a");
    for (i = 0; i < 100000; i++)
    {
        byte = (BYTE)(i * 7);
        ok(WsWriteBytes(writer, &byte, 1, NULL));
    }
    end(writer);
    ok(WsGetHeapProperty(heap, WS_HEAP_PROPERTY_ACTUAL_SIZE, &size, sizeof(size), NULL));
    expect(size < 800000); /* what has been outgrown stays in the heap */
    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsGetReaderNode(reader, &node, NULL));
    expect(node->nodeType == WS_XML_NODE_TYPE_TEXT);
    text = (const WS_XML_BASE64_TEXT *)((const WS_XML_TEXT_NODE *)node)->text;
    expect_size(100000, text->length);
    for (i = 0; i < text->length; i++)
        if (text->bytes[i] != (BYTE)(i * 7))
            break;
    expect_size(100000, i);
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(many_bytes_are_the_first_thing_that_a_writer_gathers)
{
    static BYTE bytes[3000];
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = NULL;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    to_buffer(writer, buffer, NULL, 0);
    start(writer, "a");
    ok(WsWriteBytes(writer, bytes, sizeof(bytes), NULL));
    end(writer);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* Names of a dictionary: its own bytes may be shared, but never the writer's. */
TEST(a_buffer_outlives_the_writer_and_what_was_given_to_it)
{
    static WS_XML_STRING entries[4];
    static WS_XML_DICTIONARY constant = {{1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}}, entries, 4, TRUE};
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    char bytes[4][40] = {"element_with_a_long_name", "attribute_with_a_long_name", "urn:namespace_with_a_long_name",
                         "p"};
    WS_XML_STRING strings[4];
    WS_XML_DICTIONARY passing = {{1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 12}}, strings, 4, FALSE};
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 0, NULL};
    int i, round;

    for (i = 0; i < 4; i++)
        entries[i] = (WS_XML_STRING){(ULONG)strlen(bytes[i]), (BYTE *)bytes[i], &constant, (ULONG)i};
    for (round = 0; round < 3; round++)
    {
        for (i = 0; i < 4; i++)
        {
            strings[i] = entries[i];
            strings[i].dictionary = round == 1 ? &passing : &constant;
            if (round == 2)
                strings[i].id = 77; /* a lie */
        }
        passing.isConst = FALSE;
        ok(WsWriteStartElement(writer, &strings[3], &strings[0], &strings[2], NULL));
        ok(WsWriteXmlnsAttribute(writer, X("q"), &strings[2], FALSE, NULL));
        ok(WsWriteStartAttribute(writer, NULL, &strings[1], &strings[2], FALSE, NULL));
        ok(WsWriteText(writer, &list.text, NULL));
        ok(WsWriteEndAttribute(writer, NULL));
        attribute(writer, "other", "value of more than 16 bytes");
        ok(WsWriteQualifiedName(writer, &strings[3], &strings[1], &strings[2], NULL));
        memset(strings, 0x5a, sizeof(strings));
        passing.isConst = TRUE; /* as if something else lay there now */
        passing.stringCount = 0;
        end(writer);
        passing.stringCount = 4;
    }
    WsFreeWriter(writer);
    for (i = 0; i < 4; i++)
        expect(entries[i].bytes == (BYTE *)bytes[i]);
    expect_buffer(
        buffer, "<p:element_with_a_long_name p:attribute_with_a_long_name=\"\" "
                "other=\"value of more than 16 bytes\" xmlns:q=\"urn:namespace_with_a_long_name\" "
                "xmlns:p=\"urn:namespace_with_a_long_name\">p:attribute_with_a_long_name</p:element_with_a_long_name>"
                "<p:element_with_a_long_name p:attribute_with_a_long_name=\"\" "
                "other=\"value of more than 16 bytes\" xmlns:q=\"urn:namespace_with_a_long_name\" "
                "xmlns:p=\"urn:namespace_with_a_long_name\">p:attribute_with_a_long_name</p:element_with_a_long_name>"
                "<p:element_with_a_long_name p:attribute_with_a_long_name=\"\" "
                "other=\"value of more than 16 bytes\" xmlns:q=\"urn:namespace_with_a_long_name\" "
                "xmlns:p=\"urn:namespace_with_a_long_name\">p:attribute_with_a_long_name</p:element_with_a_long_name>");
    WsFreeHeap(heap);
}

TEST(WsSetOutputToBuffer_refuses_what_is_none)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_XML_WRITER_PROPERTY property = {(WS_XML_WRITER_PROPERTY_ID)99, heap, 4};
    ULONG value = 9;
    WS_BYTES bytes;
    WS_XML_BUFFER *buffer = create_buffer(heap);

    expect_refused(error, E_INVALIDARG, WsSetOutputToBuffer(writer, NULL, NULL, 0, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsSetOutputToBuffer(writer, (WS_XML_BUFFER *)heap, NULL, 0, error), "heap");
    expect_refused(error, E_INVALIDARG, WsSetOutputToBuffer(writer, buffer, &property, 1, error), "99");
    expect_refused(error, E_INVALIDARG, WsSetOutputToBuffer(writer, buffer, NULL, 1, error), "NULL");
    to_buffer(writer, buffer, NULL, 0);
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &bytes, sizeof(bytes), NULL));
    expect_hr(E_INVALIDARG,
              WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN, &value, sizeof(value), NULL));
    expect_hr(E_INVALIDARG,
              WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE, &value, sizeof(value), NULL));
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_CHARSET, &value, sizeof(value), NULL));
    expect_size(32, get_ulong(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH));
    WsFreeWriter(writer);
    WsFreeError(error);
    WsFreeHeap(heap);
}

TEST(a_buffer_is_checked_like_a_document)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_DATETIME late = {3155378976000000000u, WS_DATETIME_FORMAT_UTC};
    DECIMAL decimal;

    to_buffer(writer, buffer, NULL, 0);
    expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, u"x", 1, NULL));
    to_buffer(writer, buffer, NULL, 0);
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, u"\x1", 1, NULL));
    buffer = create_buffer(heap);
    to_buffer(writer, buffer, NULL, 0);
    start(writer, "a");
    end(writer);
    expect_hr(WS_E_INVALID_FORMAT, WsWriteStartElement(writer, NULL, X("b"), X(""), NULL));
    /* The buffer knows of its root. */
    to_buffer(writer, buffer, NULL, 0);
    expect_hr(WS_E_INVALID_FORMAT, WsWriteStartElement(writer, NULL, X("b"), X(""), NULL));
    to_buffer(writer, buffer, NULL, 0);
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    buffer = create_buffer(heap);
    to_buffer(writer, buffer, NULL, 0);
    start(writer, "a");
    ok(WsWriteStartCData(writer, NULL));
    chars8(writer, "x]]");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, u">", 1, NULL));
    /* Values that have no text. */
    memset(&decimal, 0, sizeof(decimal));
    decimal.scale = 29;
    buffer = create_buffer(heap);
    to_buffer(writer, buffer, NULL, 0);
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, WS_DATETIME_VALUE_TYPE, &late, sizeof(late), NULL));
    buffer = create_buffer(heap);
    to_buffer(writer, buffer, NULL, 0);
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, WS_DECIMAL_VALUE_TYPE, &decimal, sizeof(decimal), NULL));
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(a_heap_that_is_full_faults_the_writer)
{
    WS_HEAP *heap = create_heap(3000);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    HRESULT hr;

    start(writer, "a");
    do
        hr = WsWriteChars(writer, u"0123456789", 10, NULL);
    while (hr == S_OK);
    expect_hr(WS_E_QUOTA_EXCEEDED, hr);
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* --- Positions --- */

TEST(a_writer_inserts_before_its_position)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_XML_NODE_POSITION in_a, at_c, at_end;
    BOOL found = FALSE;

    start(writer, "a");
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsGetWriterPosition(writer, &in_a, NULL)); /* before the end of a */
    expect(in_a.buffer == buffer && in_a.node);
    start(writer, "b");
    end(writer);
    start(writer, "c");
    end(writer);
    end(writer);
    ok(WsGetWriterPosition(writer, &at_end, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, &found, NULL));
    expect(found);
    start(writer, "before");
    end(writer);
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL)); /* which is <before/> now */
    ok(WsMoveWriter(writer, WS_MOVE_TO_NEXT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_NEXT_ELEMENT, NULL, NULL));
    ok(WsGetWriterPosition(writer, &at_c, NULL));
    chars8(writer, "before c");
    ok(WsSetWriterPosition(writer, &in_a, NULL));
    chars8(writer, "last in a");
    ok(WsSetWriterPosition(writer, &at_c, NULL));
    start(writer, "d");
    chars8(writer, "x");
    ok(WsSetWriterPosition(writer, &at_end, NULL));
    chars8(writer, "the end");
    expect_buffer(buffer, "<before/><a><b/>before c<d>x</d><c/>last in a</a>the end");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(moving_commits_the_start_tag)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_XML_NODE_POSITION position = {NULL, NULL};
    WS_ERROR *error = create_error();

    start(writer, "a");
    ok(WsGetWriterPosition(writer, &position, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsSetWriterPosition(writer, &position, error), "attribute");
    expect_refused(error, WS_E_INVALID_OPERATION, WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, error), "attribute");
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, NULL));
    start(writer, "c");
    ok(WsWriteBytes(writer, "abcd", 4, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, NULL));
    chars8(writer, "x");
    expect_buffer(buffer, "<a b=\"\"></a><c>YWJjZA==</c>x");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
    WsFreeHeap(heap);
}

/* Observed on Windows: the start tag stays open, and the position is that of what it will be put before. */
TEST(asking_for_the_position_commits_nothing)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_NODE_POSITION before, position, inside;
    WS_ERROR *error = create_error();

    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    ok(WsGetWriterPosition(writer, &before, NULL));
    start(writer, "r");
    ok(WsGetWriterPosition(writer, &position, NULL));
    expect(position.buffer == buffer && position.node == before.node);
    attribute(writer, "x", "1");
    ok(WsWriteStartAttribute(writer, NULL, X("y"), X(""), FALSE, NULL));
    ok(WsGetWriterPosition(writer, &position, NULL));
    expect(position.node == before.node);
    chars8(writer, "2");
    ok(WsWriteEndAttribute(writer, NULL));
    expect_buffer(buffer, "");
    end(writer);
    expect_buffer(buffer, "<r x=\"1\" y=\"2\"/>");
    /* It was before the end of the document, where there is no room for another root. */
    ok(WsSetWriterPosition(writer, &position, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteStartElement(writer, NULL, X("s"), X(""), error));

    /* Where elements may follow one another, one more goes there. */
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    start(writer, "a");
    ok(WsGetWriterPosition(writer, &position, NULL));
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsGetWriterPosition(writer, &inside, NULL));
    expect(inside.node != position.node);
    end(writer);
    ok(WsSetWriterPosition(writer, &position, NULL));
    start(writer, "b");
    end(writer);
    ok(WsSetWriterPosition(writer, &inside, NULL));
    start(writer, "c");
    end(writer);
    expect_buffer(buffer, "<r x=\"1\" y=\"2\"><a><c/></a><b/></r>");
    WsFreeWriter(writer);
    WsFreeError(error);
    WsFreeHeap(heap);
}

/* Bytes that may go on are not in the buffer yet either, and go on. */
TEST(asking_for_the_position_parts_no_value)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_XML_NODE_POSITION position, end_of_a;

    start(writer, "a");
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsGetWriterPosition(writer, &end_of_a, NULL));
    ok(WsWriteBytes(writer, "ab", 2, NULL));
    ok(WsGetWriterPosition(writer, &position, NULL));
    expect(position.node == end_of_a.node);
    ok(WsWriteBytes(writer, "c", 1, NULL));
    ok(WsWriteChars(writer, u"\xd83d", 1, NULL));
    ok(WsGetWriterPosition(writer, &position, NULL));
    expect(position.node == end_of_a.node);
    ok(WsWriteChars(writer, u"\xde00", 1, NULL));
    end(writer);
    expect_buffer(buffer, "<a>YWJj\xf0\x9f\x98\x80</a>");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* By the same rule moves start from that position: an element whose start tag is open is before it. */
TEST(moves_start_where_the_position_is)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_XML_NODE_POSITION at_r, position;

    start(writer, "r");
    ok(WsWriteEndStartElement(writer, NULL));
    start(writer, "a");
    ok(WsMoveWriter(writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    ok(WsGetWriterPosition(writer, &at_r, NULL));
    attribute(writer, "of", "r");
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    start(writer, "b");
    ok(WsMoveWriter(writer, WS_MOVE_TO_PREVIOUS_ELEMENT, NULL, NULL));
    attribute(writer, "of", "b");
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    start(writer, "c");
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    attribute(writer, "of", "c");
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsGetWriterPosition(writer, &position, NULL));
    expect(position.node == at_r.node);
    /* What is not found moves nothing: the writer goes on where it was. */
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    start(writer, "d");
    expect_hr(WS_E_INVALID_FORMAT, WsMoveWriter(writer, WS_MOVE_TO_NEXT_NODE, NULL, NULL));
    expect_buffer(buffer, "<r of=\"r\"><a></a><b of=\"b\"><c of=\"c\"></c></b><d></d></r>");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(a_start_tag_stays_where_the_position_is_left)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_XML_NODE_POSITION position;
    BOOL found = TRUE;

    start(writer, "r");
    ok(WsWriteEndStartElement(writer, NULL));
    start(writer, "a");
    ok(WsGetWriterPosition(writer, &position, NULL));
    ok(WsSetWriterPosition(writer, &position, NULL));
    chars8(writer, "behind a");
    start(writer, "b");
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_ELEMENT, &found, NULL));
    expect(!found);
    chars8(writer, "in b");
    expect_buffer(buffer, "<r><a></a>behind a<b>in b</b></r>");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(a_writer_that_was_moved_knows_where_it_is)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    const WS_XML_STRING *prefix = NULL;
    ULONG depth = 3;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)};

    ok(WsWriteStartElement(writer, X("p"), X("a"), X("urn:x"), NULL));
    ok(WsWriteStartElement(writer, NULL, X("b"), X("urn:y"), NULL));
    end(writer);
    end(writer);

    /* Prefixes, from the tree. */
    to_buffer(writer, buffer, &property, 1);
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsGetPrefixFromNamespace(writer, X("urn:x"), TRUE, &prefix, NULL));
    expect(prefix->length == 1 && prefix->bytes[0] == 'p');
    expect_hr(S_FALSE, WsGetPrefixFromNamespace(writer, X("urn:y"), FALSE, &prefix, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL)); /* of b: inside it */
    ok(WsGetPrefixFromNamespace(writer, X("urn:y"), TRUE, &prefix, NULL));
    expect_size(0, prefix->length);
    ok(WsWriteStartElement(writer, NULL, X("c"), X("urn:x"), NULL));
    end(writer);
    ok(WsWriteStartElement(writer, NULL, X("d"), X("urn:y"), NULL));
    /* The depth, too. */
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteStartElement(writer, NULL, X("e"), X(""), NULL));

    /* Elements that the writer has not begun can be ended: what is after them comes next. */
    to_buffer(writer, buffer, NULL, 0);
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL)); /* at c */
    end(writer);
    ok(WsWriteStartElement(writer, NULL, X("f"), X("urn:x"), NULL));
    end(writer);
    end(writer);
    chars8(writer, "x");
    expect_buffer(buffer, "<p:a xmlns:p=\"urn:x\"><b xmlns=\"urn:y\"><p:c/><d></d></b><p:f/></p:a>x");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(a_writer_can_be_in_a_cdata_section)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_XML_NODE_POSITION position;

    start(writer, "a");
    ok(WsWriteStartCData(writer, NULL));
    chars8(writer, "x");
    ok(WsGetWriterPosition(writer, &position, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndCData(writer, NULL));
    ok(WsSetWriterPosition(writer, &position, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("b"), X(""), NULL));
    chars8(writer, "y");
    ok(WsWriteEndCData(writer, NULL));
    chars8(writer, "z");
    end(writer);
    expect_buffer(buffer, "<a><![CDATA[xy]]>z</a>");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(content_added_to_an_empty_element)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);

    start(writer, "a");
    end(writer);
    expect_buffer(buffer, "<a/>");
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    chars8(writer, "x");
    expect_buffer(buffer, "<a>x</a>");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(moves_and_positions_that_cannot_be)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap), *other = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer), *text = create_writer(NULL, 0);
    WS_XML_NODE_POSITION position, elsewhere = {other, NULL}, none = {NULL, NULL}, kept;
    WS_ERROR *error = create_error();
    BOOL found = TRUE;

    start(writer, "a");
    end(writer);
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_NODE, &found, NULL));
    expect(!found);
    ok(WsGetWriterPosition(writer, &position, NULL));
    kept = position;
    expect_refused(error, E_INVALIDARG, WsMoveWriter(writer, (WS_MOVE_TO)12, &found, error), "12");
    expect_refused(error, E_INVALIDARG, WsMoveWriter(writer, (WS_MOVE_TO)-1, &found, error), "-1");
    expect_refused(error, E_INVALIDARG, WsGetWriterPosition(writer, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsSetWriterPosition(writer, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsSetWriterPosition(writer, &none, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsSetWriterPosition(writer, &elsewhere, error), "");
    to_buffer(text, other, NULL, 0);
    ok(WsGetWriterPosition(text, &elsewhere, NULL));
    expect_hr(E_INVALIDARG, WsSetWriterPosition(writer, &elsewhere, NULL));
    set_output(text, NULL, 0);
    expect_refused(error, WS_E_INVALID_OPERATION, WsGetWriterPosition(text, &position, error), "XML buffer");
    expect_refused(error, WS_E_INVALID_OPERATION, WsSetWriterPosition(text, &position, error), "XML buffer");
    expect_refused(error, WS_E_INVALID_OPERATION, WsMoveWriter(text, WS_MOVE_TO_BOF, &found, error), "XML buffer");
    expect(position.node == kept.node && !found);
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    chars8(writer, "x");
    expect_buffer(buffer, "x<a/>");
    expect_refused(error, WS_E_INVALID_FORMAT, WsMoveWriter(writer, WS_MOVE_TO_PREVIOUS_ELEMENT, NULL, error),
                   "no node");
    expect_hr(WS_E_OBJECT_FAULTED, WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, NULL));
    WsFreeWriter(writer);
    WsFreeWriter(text);
    WsFreeError(error);
    WsFreeHeap(heap);
}

TEST(a_position_that_was_removed)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_XML_NODE_POSITION at_a, in_b, at_end;
    WS_ERROR *error = create_error();

    start(writer, "r");
    start(writer, "a");
    start(writer, "b");
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsGetWriterPosition(writer, &in_b, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    ok(WsGetWriterPosition(writer, &at_a, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, NULL));
    ok(WsGetWriterPosition(writer, &at_end, NULL));
    ok(WsSetWriterPosition(writer, &in_b, NULL));
    start(writer, "c");
    ok(WsRemoveNode(&at_a, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndElement(writer, error), "removed");
    expect_hr(WS_E_INVALID_OPERATION, WsGetWriterPosition(writer, &in_b, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, NULL));
    expect_hr(E_INVALIDARG, WsSetWriterPosition(writer, &in_b, NULL));
    ok(WsSetWriterPosition(writer, &at_end, NULL));
    chars8(writer, "x");
    expect_buffer(buffer, "<r></r>x");
    WsFreeWriter(writer);
    WsFreeError(error);
    WsFreeHeap(heap);
}

/* --- Buffers as input --- */

TEST(WsWriteXmlBuffer_writes_all_of_it)
{
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = create_buffer(heap), *empty = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer), *text = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    expect_refused(error, E_INVALIDARG, WsWriteXmlBuffer(text, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteXmlBuffer(text, (WS_XML_BUFFER *)heap, error), "heap");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteXmlBuffer(writer, buffer, error), "itself");
    ok(WsWriteXmlBuffer(text, empty, NULL));
    expect_output(text, "");
    start(writer, "a");
    chars8(writer, "x");
    end(writer);
    start(text, "r");
    ok(WsWriteXmlBuffer(text, buffer, NULL));
    ok(WsWriteXmlBuffer(text, buffer, NULL));
    end(text);
    expect_output(text, "<r><a>x</a><a>x</a></r>");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteXmlBuffer(text, buffer, NULL)); /* another root */
    start(writer, "b");
    end(writer);
    set_output(text, NULL, 0);
    expect_hr(WS_E_INVALID_FORMAT, WsWriteXmlBuffer(text, buffer, NULL)); /* two: the first has been written */
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteXmlBuffer(text, buffer, NULL));
    /* One buffer into another. */
    to_buffer(writer, empty, NULL, 0);
    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    expect_buffer(empty, "<a>x</a><b/>");
    WsFreeWriter(writer);
    WsFreeWriter(text);
    WsFreeError(error);
    WsFreeHeap(heap);
}

TEST(WsWriteXmlBufferToBytes_encodes)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &yes, sizeof(yes)};
    WS_HEAP *heap = create_heap(1 << 16), *small = create_heap(10);
    WS_XML_BUFFER *buffer = create_buffer(heap);
    WS_XML_WRITER *writer = create_buffer_writer(buffer);
    WS_ERROR *error = create_error();
    ULONG count = 77;
    void *bytes = UNTOUCHED;

    ok(WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, heap, &bytes, &count, NULL));
    expect(!count && bytes && bytes != UNTOUCHED);
    to_buffer(writer, buffer, NULL, 0);
    start(writer, "abc");
    end(writer);
    ok(WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, heap, &bytes, &count, NULL));
    expect(count == 6 && !memcmp(bytes, "<abc/>", 6));
    /* The writer has no output any more. */
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
    ok(WsWriteXmlBufferToBytes(writer, buffer, &utf16.encoding, NULL, 0, heap, &bytes, &count, NULL));
    expect(count == 12 && !memcmp(bytes, "<\0a\0b\0c\0/\0>\0", 12));
    ok(WsWriteXmlBufferToBytes(writer, buffer, NULL, &property, 1, heap, &bytes, &count, NULL));
    expect(count == 44 && !memcmp((char *)bytes + 32, "f-8\"?><abc/>", 12));

    bytes = UNTOUCHED;
    count = 77;
    expect_refused(error, E_INVALIDARG,
                   WsWriteXmlBufferToBytes(writer, NULL, NULL, NULL, 0, heap, &bytes, &count, error), "NULL");
    expect_refused(error, E_INVALIDARG,
                   WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, NULL, &bytes, &count, error), "NULL");
    expect_refused(error, E_INVALIDARG,
                   WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, heap, NULL, &count, error), "NULL");
    expect_refused(error, E_INVALIDARG,
                   WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, heap, &bytes, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG,
                   WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 1, heap, &bytes, &count, error), "NULL");
    to_buffer(writer, buffer, NULL, 0);
    expect_refused(error, WS_E_QUOTA_EXCEEDED,
                   WsWriteXmlBufferToBytes(writer, buffer, &utf16.encoding, NULL, 0, small, &bytes, &count, error),
                   "heap");
    expect(bytes == UNTOUCHED && count == 77);
    WsFreeWriter(writer);
    WsFreeError(error);
    WsFreeHeap(small);
    WsFreeHeap(heap);
}

/* Without a namespace, "the Writer will use the prefix and local name": what the prefix means is not its business. */
TEST(qualified_names_without_a_namespace_can_be_written_out_again)
{
    static const char expected[] =
        "<r a=\"p:b\" c=\"d\" xmlns:p=\"urn:p\"><e xmlns=\"urn:d\">p:f</e><g>q:h</g><i>j</i></r>";
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    void *bytes = NULL;
    ULONG length = 0;

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    start(writer, "r");
    ok(WsWriteXmlnsAttribute(writer, X("p"), X("urn:p"), FALSE, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
    ok(WsWriteQualifiedName(writer, X("p"), X("b"), NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteQualifiedName(writer, X("p"), X("b"), NULL, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, NULL));
    ok(WsWriteQualifiedName(writer, X(""), X("d"), NULL, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartElement(writer, NULL, X("e"), X("urn:d"), NULL));
    ok(WsWriteQualifiedName(writer, X("p"), X("f"), NULL, NULL));
    end(writer);
    start(writer, "g");
    ok(WsWriteQualifiedName(writer, X("q"), X("h"), NULL, NULL));
    end(writer);
    start(writer, "i");
    ok(WsWriteQualifiedName(writer, X(""), X("j"), NULL, NULL));
    end(writer);
    end(writer);
    ok(WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, heap, &bytes, &length, NULL));
    if (length != sizeof(expected) - 1 || memcmp(bytes, expected, length))
        test_fail(__FILE__, __LINE__, "%.*s", (int)length, (const char *)bytes);
    WsFreeHeap(heap);
    WsFreeWriter(writer);
}
