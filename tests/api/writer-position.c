/* SPDX-License-Identifier: MIT */
/*
 * Writers that stand at an element of an XML buffer add attributes to it.
 *
 * Source: the remarks of WsWriteStartElement, and the pages of the positions.
 */
#include "support/writer.h"

/* A writer at the first element `b` of what a buffer was read from. */
struct fixture
{
    WS_HEAP *heap;
    WS_XML_BUFFER *buffer;
    WS_XML_WRITER *writer;
    WS_ERROR *error;
};

static void begin_with(struct fixture *fixture, const char *text, const WS_XML_WRITER_PROPERTY *properties, ULONG count)
{
    WS_XML_READER *reader = NULL;

    fixture->heap = create_heap(1 << 20);
    fixture->error = create_error();
    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, text, (ULONG)strlen(text), fixture->heap, &fixture->buffer,
                                NULL));
    WsFreeReader(reader);
    fixture->writer = create_writer(NULL, 0);
    ok(WsSetOutputToBuffer(fixture->writer, fixture->buffer, properties, count, NULL));
    ok(WsMoveWriter(fixture->writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(fixture->writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
}

static void begin(struct fixture *fixture, const char *text)
{
    begin_with(fixture, text, NULL, 0);
}

static void finish(struct fixture *fixture)
{
    WsFreeWriter(fixture->writer);
    WsFreeError(fixture->error);
    WsFreeHeap(fixture->heap);
}

static void expect_buffer_at(int line, WS_XML_BUFFER *buffer, const char *text)
{
    WS_XML_WRITER *writer = create_fragment_writer();
    WS_BYTES bytes;

    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    bytes = get_bytes(writer);
    if (bytes.length != strlen(text) || memcmp(bytes.bytes, text, bytes.length))
        test_fail(__FILE__, line, "%.*s", (int)bytes.length, (char *)bytes.bytes);
    WsFreeWriter(writer);
}
#define expect_buffer(text) expect_buffer_at(__LINE__, f.buffer, text)

/* --- When they are there --- */

/* Nothing more needs to be written: remarks on the page of WsWriteStartElement. */
TEST(an_attribute_is_on_the_element_as_soon_as_it_has_ended)
{
    struct fixture f;

    begin(&f, "<a><b/></a>");
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsWriteStartAttribute(f.writer, NULL, X("x"), X(""), FALSE, NULL));
    ok(WsWriteChars(f.writer, u"1", 1, NULL));
    expect_buffer("<a><b/></a>");
    ok(WsWriteEndAttribute(f.writer, NULL));
    expect_buffer("<a x=\"1\"><b/></a>");
    attribute(f.writer, "y", "2");
    expect_buffer("<a x=\"1\" y=\"2\"><b/></a>");
    WsFreeWriter(f.writer);
    f.writer = NULL;
    expect_buffer("<a x=\"1\" y=\"2\"><b/></a>");
    finish(&f);
}

TEST(a_reader_beside_sees_it)
{
    const WS_XML_ELEMENT_NODE *element;
    const WS_XML_NODE *node = NULL;
    WS_XML_READER *reader = NULL;
    struct fixture f;

    begin(&f, "<a><b w='0'/></a>");
    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsSetInputToBuffer(reader, f.buffer, NULL, 0, NULL));
    ok(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    attribute(f.writer, "x", "1");
    ok(WsGetReaderNode(reader, &node, NULL));
    element = (const WS_XML_ELEMENT_NODE *)node;
    expect_size(2, element->attributeCount);
    expect_size(1, element->attributes[1]->localName->length);
    expect(element->attributes[1]->localName->bytes[0] == 'x');
    WsFreeReader(reader);
    finish(&f);
}

TEST(whatever_the_writer_does_next)
{
    struct fixture f;
    void *bytes = NULL;
    ULONG count = 0;

    begin(&f, "<a><b/></a>");
    attribute(f.writer, "x", "1");
    ok(WsFlushWriter(f.writer, 0, NULL, NULL));
    attribute(f.writer, "y", "2");
    ok(WsWriteXmlBufferToBytes(f.writer, f.buffer, NULL, NULL, 0, f.heap, &bytes, &count, NULL));
    expect_size(23, count);
    expect(count == 23 && !memcmp(bytes, "<a><b x=\"1\" y=\"2\"/></a>", 23));
    ok(WsSetOutputToBuffer(f.writer, f.buffer, NULL, 0, NULL));
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    attribute(f.writer, "z", "3");
    set_output(f.writer, NULL, 0);
    expect_buffer("<a z=\"3\"><b x=\"1\" y=\"2\"/></a>");
    finish(&f);
}

TEST(what_it_needs_is_declared_then)
{
    struct fixture f;

    begin(&f, "<a><b/></a>");
    ok(WsWriteStartAttribute(f.writer, NULL, X("x"), X("urn:x"), FALSE, NULL));
    ok(WsWriteEndAttribute(f.writer, NULL));
    expect_buffer("<a><b a:x=\"\" xmlns:a=\"urn:x\"/></a>");
    ok(WsWriteXmlnsAttribute(f.writer, X("p"), X("urn:p"), FALSE, NULL));
    expect_buffer("<a><b a:x=\"\" xmlns:a=\"urn:x\" xmlns:p=\"urn:p\"/></a>");
    ok(WsWriteStartAttribute(f.writer, X("q"), X("y"), X("urn:q"), FALSE, NULL));
    ok(WsWriteQualifiedName(f.writer, NULL, X("n"), X("urn:p"), NULL));
    ok(WsWriteEndAttribute(f.writer, NULL));
    expect_buffer("<a><b a:x=\"\" q:y=\"p:n\" xmlns:a=\"urn:x\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\"/></a>");
    finish(&f);
}

/* A second one of the name is refused when it ends, and changes nothing. */
TEST(an_attribute_that_the_element_has_already)
{
    struct fixture f;

    begin(&f, "<a><b/></a>");
    attribute(f.writer, "x", "1");
    ok(WsWriteStartAttribute(f.writer, NULL, X("x"), X(""), FALSE, NULL));
    chars8(f.writer, "2");
    expect_refused(f.error, WS_E_INVALID_FORMAT, WsWriteEndAttribute(f.writer, f.error), "twice");
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteStartAttribute(f.writer, NULL, X("y"), X(""), FALSE, NULL));
    expect_buffer("<a><b x=\"1\"/></a>");
    finish(&f);

    begin(&f, "<a xmlns:p='u' xmlns:q='u'><b p:x='1'/></a>");
    ok(WsWriteStartAttribute(f.writer, X("q"), X("x"), X("u"), FALSE, NULL));
    expect_refused(f.error, WS_E_INVALID_FORMAT, WsWriteEndAttribute(f.writer, f.error), "twice");
    expect_buffer("<a xmlns:p='u' xmlns:q='u'><b p:x='1'/></a>");
    finish(&f);
}

/* There is no start tag that would have to be ended, but ending one does no harm. */
TEST(the_end_of_the_start_tag_of_an_element_that_has_got_attributes)
{
    struct fixture f;

    begin(&f, "<a><b/></a>");
    expect_refused(f.error, WS_E_INVALID_OPERATION, WsWriteEndStartElement(f.writer, f.error), "start tag");
    attribute(f.writer, "x", "1");
    ok(WsWriteEndStartElement(f.writer, NULL));
    attribute(f.writer, "y", "2");
    chars8(f.writer, "t");
    expect_refused(f.error, WS_E_INVALID_OPERATION, WsWriteEndStartElement(f.writer, f.error), "start tag");
    expect_buffer("<a>t<b x=\"1\" y=\"2\"/></a>");
    finish(&f);
}

/* --- Where the writer is then, and what may be added --- */

TEST(attributes_are_added_to_the_element_that_the_writer_is_at)
{
    struct fixture f;

    begin(&f, "<a><b x='1'>t</b><c/></a>");
    attribute(f.writer, "y", "2");
    attribute(f.writer, "z", "3");
    ok(WsWriteEndStartElement(f.writer, NULL));
    expect_buffer("<a><b x='1' y=\"2\" z=\"3\">t</b><c/></a>");
    /* Once more, and then on to an empty one. */
    attribute(f.writer, "w", "4");
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_NEXT_ELEMENT, NULL, NULL));
    attribute(f.writer, "v", "5");
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    attribute(f.writer, "u", "6");
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_EOF, NULL, NULL));
    expect_buffer("<a u=\"6\"><b x='1' y=\"2\" z=\"3\" w=\"4\">t</b><c v=\"5\"/></a>");
    finish(&f);
}

TEST(what_is_written_next_goes_before_the_element)
{
    struct fixture f;

    begin(&f, "<a><b/></a>");
    attribute(f.writer, "x", "1");
    start(f.writer, "n");
    attribute(f.writer, "y", "2");
    end(f.writer);
    chars8(f.writer, "t");
    expect_buffer("<a><n y=\"2\"/>t<b x=\"1\"/></a>");
    /* By now it is not the element that was moved to, but what was written that an attribute would belong to. */
    expect_refused(f.error, WS_E_INVALID_OPERATION,
                   WsWriteStartAttribute(f.writer, NULL, X("z"), X(""), FALSE, f.error), "start element");
    end(f.writer); /* of a */
    expect_buffer("<a><n y=\"2\"/>t<b x=\"1\"/></a>");
    finish(&f);
}

TEST(the_end_of_the_parent_behind_an_added_attribute)
{
    struct fixture f;
    WS_XML_NODE_POSITION position;

    begin(&f, "<a><b/></a>");
    attribute(f.writer, "x", "1");
    end(f.writer);
    ok(WsGetWriterPosition(f.writer, &position, NULL));
    expect_buffer("<a><b x=\"1\"/></a>");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(f.writer, NULL));
    finish(&f);
}

TEST(positions_that_are_set)
{
    struct fixture f;
    WS_XML_NODE_POSITION position;

    begin(&f, "<a><b/></a>");
    ok(WsGetWriterPosition(f.writer, &position, NULL));
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_EOF, NULL, NULL));
    ok(WsSetWriterPosition(f.writer, &position, NULL));
    ok(WsWriteXmlnsAttribute(f.writer, X("p"), X("urn:p"), FALSE, NULL));
    ok(WsWriteStartAttribute(f.writer, NULL, X("x"), X("urn:p"), FALSE, NULL));
    chars8(f.writer, "1");
    ok(WsWriteEndAttribute(f.writer, NULL));
    ok(WsWriteStartAttribute(f.writer, NULL, X("y"), X("urn:q"), FALSE, NULL));
    ok(WsWriteQualifiedName(f.writer, NULL, X("n"), X("urn:p"), NULL));
    ok(WsWriteEndAttribute(f.writer, NULL));
    ok(WsGetWriterPosition(f.writer, &position, NULL));
    expect_buffer("<a><b p:x=\"1\" a:y=\"p:n\" xmlns:p=\"urn:p\" xmlns:a=\"urn:q\"/></a>");
    finish(&f);
}

TEST(added_attributes_obey_the_rules)
{
    ULONG two = 2;
    WS_XML_WRITER_PROPERTY most = {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &two, sizeof(two)};
    struct fixture f;

    begin(&f, "<a xmlns:p='u'><p:b x='1'/></a>");
    expect_refused(f.error, WS_E_INVALID_FORMAT, WsWriteXmlnsAttribute(f.writer, X("p"), X("other"), FALSE, f.error),
                   "prefix");
    expect_buffer("<a xmlns:p='u'><p:b x='1'/></a>");
    finish(&f);

    begin(&f, "<a xmlns:p='u'><b x='1'/></a>");
    ok(WsWriteStartAttribute(f.writer, X("p"), X("y"), X("other"), FALSE, NULL));
    ok(WsWriteEndAttribute(f.writer, NULL));
    ok(WsWriteEndStartElement(f.writer, NULL));
    expect_buffer("<a xmlns:p='u'><b x='1' p:y=\"\" xmlns:p=\"other\"/></a>");
    finish(&f);

    begin_with(&f, "<a><b x='1'/></a>", &most, 1);
    attribute(f.writer, "y", "2");
    expect_refused(f.error, WS_E_QUOTA_EXCEEDED, WsWriteStartAttribute(f.writer, NULL, X("z"), X(""), FALSE, f.error),
                   "MAX_ATTRIBUTES");
    finish(&f);
}

TEST(indentation_and_limits_of_depth_do_not_matter)
{
    ULONG one = 1;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_INDENT, &one, sizeof(one)},
                                           {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &one, sizeof(one)}};
    struct fixture f;

    begin_with(&f, "<a><b>t</b></a>", properties, 2);
    attribute(f.writer, "x", "1");
    end(f.writer); /* the end of a is indented only where the writer is at it */
    expect_buffer("<a><b x=\"1\">t</b></a>");
    finish(&f);
}

TEST(attributes_where_the_writer_is_at_no_element)
{
    struct fixture f;

    begin(&f, "<a><b>t</b><!--c--></a>");
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_NEXT_NODE, NULL, NULL));
    expect_refused(f.error, WS_E_INVALID_OPERATION,
                   WsWriteStartAttribute(f.writer, NULL, X("x"), X(""), FALSE, f.error), "start element");
    expect_refused(f.error, WS_E_INVALID_OPERATION, WsWriteXmlnsAttribute(f.writer, X("p"), X("u"), FALSE, f.error),
                   "start element");
    expect_refused(f.error, WS_E_INVALID_OPERATION, WsWriteEndStartElement(f.writer, f.error), "start tag");
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_EOF, NULL, NULL));
    expect_refused(f.error, WS_E_INVALID_OPERATION,
                   WsWriteStartAttribute(f.writer, NULL, X("x"), X(""), FALSE, f.error), "start element");
    expect_buffer("<a><b>t</b><!--c--></a>");
    finish(&f);
}

TEST(an_element_that_is_removed_while_it_gets_attributes)
{
    WS_XML_NODE_POSITION position, root;
    struct fixture f;

    begin(&f, "<a><b x='1'/></a>");
    ok(WsGetWriterPosition(f.writer, &position, NULL));
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    ok(WsGetWriterPosition(f.writer, &root, NULL));
    ok(WsSetWriterPosition(f.writer, &position, NULL));
    ok(WsWriteStartAttribute(f.writer, NULL, X("y"), X(""), FALSE, NULL));
    ok(WsRemoveNode(&position, NULL));
    expect_refused(f.error, WS_E_INVALID_OPERATION, WsWriteEndAttribute(f.writer, f.error), "removed");
    expect_refused(f.error, WS_E_INVALID_OPERATION,
                   WsWriteStartAttribute(f.writer, NULL, X("y"), X(""), FALSE, f.error), "removed");
    ok(WsSetWriterPosition(f.writer, &root, NULL));
    attribute(f.writer, "z", "3");
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    chars8(f.writer, "t");
    end(f.writer);
    expect_buffer("<a z=\"3\">t</a>");
    finish(&f);
}

/* An attribute that has not ended goes with its element. */
TEST(a_writer_leaves_an_attribute_whose_element_was_removed)
{
    WS_XML_NODE_POSITION position, root;
    struct fixture f;

    begin(&f, "<a><b x='1'/></a>");
    ok(WsGetWriterPosition(f.writer, &position, NULL));
    ok(WsMoveWriter(f.writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    ok(WsGetWriterPosition(f.writer, &root, NULL));
    ok(WsSetWriterPosition(f.writer, &position, NULL));
    ok(WsWriteStartAttribute(f.writer, NULL, X("y"), X(""), FALSE, NULL));
    ok(WsRemoveNode(&position, NULL));
    ok(WsSetWriterPosition(f.writer, &root, NULL));
    attribute(f.writer, "z", "3");
    expect_buffer("<a z=\"3\"></a>");
    finish(&f);
}

TEST(values_of_every_kind_are_kept)
{
    WS_XML_INT32_TEXT number = {{WS_XML_TEXT_TYPE_INT32}, 42};
    WS_XML_READER *reader = NULL;
    WS_XML_UTF8_TEXT one = {{WS_XML_TEXT_TYPE_UTF8}, {1, (BYTE *)"1", NULL, 0}};
    WS_XML_TEXT *items[] = {&number.text, &one.text};
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 2, items};
    const WS_XML_NODE *node = NULL;
    const WS_XML_ELEMENT_NODE *element;
    struct fixture f;

    begin(&f, "<a><b/></a>");
    ok(WsWriteStartAttribute(f.writer, NULL, X("n"), X(""), FALSE, NULL));
    ok(WsWriteText(f.writer, &number.text, NULL));
    ok(WsWriteEndAttribute(f.writer, NULL));
    ok(WsWriteEndStartElement(f.writer, NULL));
    ok(WsWriteStartAttribute(f.writer, NULL, X("l"), X(""), FALSE, NULL));
    ok(WsWriteText(f.writer, &list.text, NULL));
    ok(WsWriteEndAttribute(f.writer, NULL));
    ok(WsWriteEndStartElement(f.writer, NULL));
    attribute(f.writer, "t", "x");
    ok(WsWriteEndStartElement(f.writer, NULL));
    expect_buffer("<a><b n=\"42\" l=\"42 1\" t=\"x\"/></a>");
    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsSetInputToBuffer(reader, f.buffer, NULL, 0, NULL));
    ok(WsReadNode(reader, NULL));
    ok(WsReadNode(reader, NULL));
    ok(WsGetReaderNode(reader, &node, NULL));
    element = (const WS_XML_ELEMENT_NODE *)node;
    expect_size(3, element->attributeCount);
    expect(element->attributes[0]->value->textType == WS_XML_TEXT_TYPE_INT32);
    WsFreeReader(reader);
    finish(&f);
}

/* Our choice: the attribute was checked against those that the element had when it was begun. */
TEST(an_element_that_two_writers_add_attributes_to)
{
    struct fixture f;
    WS_XML_WRITER *other = create_writer(NULL, 0);

    begin(&f, "<a><b/></a>");
    ok(WsSetOutputToBuffer(other, f.buffer, NULL, 0, NULL));
    ok(WsMoveWriter(other, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(other, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsWriteStartAttribute(f.writer, NULL, X("x"), X(""), FALSE, NULL));
    ok(WsWriteStartAttribute(other, NULL, X("x"), X(""), FALSE, NULL));
    ok(WsWriteEndAttribute(other, NULL));
    expect_refused(f.error, WS_E_INVALID_OPERATION, WsWriteEndAttribute(f.writer, f.error),
                   "Other attributes have been added");
    expect_buffer("<a><b x=\"\"/></a>");
    WsFreeWriter(other);
    finish(&f);
}

/* Our choice: what is added one by one takes heap in proportion, and none for what has been replaced repeatedly. */
TEST(many_attributes_that_are_added_one_by_one)
{
    enum
    {
        COUNT = 1000
    };
    ULONG limit = COUNT + 1;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)};
    struct fixture f;
    char name[8];
    WS_XML_STRING string = {0, (BYTE *)name, NULL, 0};
    int i;

    begin_with(&f, "<a><b/></a>", &property, 1); /* with a heap of 1 MB */
    for (i = 0; i < COUNT; i++)
    {
        string.length = (ULONG)sprintf(name, "x%d", i);
        ok(WsWriteStartAttribute(f.writer, NULL, &string, X(""), FALSE, NULL));
        ok(WsWriteEndAttribute(f.writer, NULL));
    }
    finish(&f);
}

/* --- What was begun there before --- */

/* The page of WsWriteChars: a character may come in two calls, if nothing else does in between. */
TEST(half_a_character_before_an_attribute)
{
    struct fixture f;

    begin(&f, "<a><b/></a>");
    ok(WsWriteChars(f.writer, u"\xd83d", 1, NULL));
    expect_refused(f.error, WS_E_INVALID_FORMAT, WsWriteStartAttribute(f.writer, NULL, X("x"), X(""), FALSE, f.error),
                   "inside a character");
    finish(&f);
}

/* Our choice: as every other call there. */
TEST(bytes_are_refused_where_the_place_has_been_removed)
{
    WS_XML_NODE_POSITION position;
    struct fixture f;

    begin(&f, "<a><b/></a>");
    ok(WsWriteBytes(f.writer, "abc", 3, NULL));
    ok(WsGetWriterPosition(f.writer, &position, NULL));
    ok(WsRemoveNode(&position, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteBytes(f.writer, "def", 3, NULL));
    expect_buffer("<a>YWJj</a>");
    finish(&f);
}
