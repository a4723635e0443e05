/* SPDX-License-Identifier: MIT */
/*
 * XML buffers: making them from documents, reading and moving about in them, positions, removing nodes.
 *
 * Source: the pages of the functions, of WS_MOVE_TO and of WS_XML_NODE_POSITION.
 */
#include "support/reader.h"

#include <stdlib.h>

#define UNTOUCHED ((void *)(uintptr_t)0x5a5a5a50)

static WS_XML_BUFFER *buffer_of(WS_HEAP *heap, const char *text)
{
    WS_XML_READER *reader = create_reader();
    BOOL fragment = TRUE;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)};
    WS_XML_BUFFER *buffer = NULL;

    expect_hr(S_OK,
              WsReadXmlBufferFromBytes(reader, NULL, &property, 1, text, (ULONG)strlen(text), heap, &buffer, NULL));
    WsFreeReader(reader);
    return buffer;
}

static void expect_buffer(WS_XML_BUFFER *buffer, const char *nodes)
{
    WS_XML_READER *reader = create_reader();
    static struct dump dump;

    memset(&dump, 0, sizeof(dump));
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    expect_hr(S_OK, read_all(reader, &dump, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(reader, NULL));
    if (strcmp(dump.text, nodes))
        test_fail(__FILE__, __LINE__, "%s, not %s", dump.text, nodes);
    WsFreeReader(reader);
}

static void set_buffer(WS_XML_READER *reader, WS_XML_BUFFER *buffer)
{
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
}

TEST(WsCreateXmlBuffer_makes_an_empty_one)
{
    WS_XML_BUFFER *buffer = UNTOUCHED;
    WS_XML_BUFFER_PROPERTY property = {0, NULL, 0};
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20), *small = NULL;

    expect_refused(error, E_INVALIDARG, WsCreateXmlBuffer(NULL, NULL, 0, &buffer, error), "a heap");
    expect_hr(E_INVALIDARG, WsCreateXmlBuffer(heap, NULL, 0, NULL, error));
    expect_refused(error, E_INVALIDARG, WsCreateXmlBuffer(heap, &property, 1, &buffer, error), "no properties");
    expect_hr(S_OK, WsCreateHeap(16, 0, NULL, 0, &small, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsCreateXmlBuffer(small, NULL, 0, &buffer, error));
    expect(buffer == UNTOUCHED);
    expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, &buffer, error));
    expect_buffer(buffer, "$");
    WsFreeHeap(small);
    WsFreeHeap(heap);
    WsFreeError(error);
}

TEST(a_document_goes_into_a_buffer_and_out_again)
{
    static const char nodes[] =
        "#c#<p:a{u} xmlns:p='u' b=\"1\" p:c{u}='x&y'>'t\\n'<d/></>['e']<p:f{u}>'g'<h></></></>$";
    WS_HEAP *heap = create_heap(1 << 20);
    char text[] = "<?xml version='1.0'?><!--c--><p:a xmlns:p='u' b=\"1\" p:c='x&amp;y'>t\r\n<d/><![CDATA[e]]><p:f>g"
                  "<h></h></p:f></p:a>";
    WS_XML_BUFFER *buffer = buffer_of(heap, text), *again = NULL;
    WS_XML_READER *reader = create_reader();

    memset(text, 'x', sizeof(text)); /* nothing refers to the document any more */
    expect_buffer(buffer, nodes);
    /* From a buffer into another. */
    set_buffer(reader, buffer);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &again, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    expect(again != buffer);
    expect_buffer(again, nodes);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(WsReadXmlBuffer_of_an_element)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = UNTOUCHED;

    set_text_string(reader, "<a xmlns:p='u'>1<p:b c='2'>3<!--4--><d/></p:b>5</a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    /* Observed on Windows. */
    expect_refused(error, E_FAIL, WsReadXmlBuffer(reader, heap, &buffer, error), "neither at the beginning");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(E_INVALIDARG, WsReadXmlBuffer(reader, NULL, &buffer, error));
    expect_hr(E_INVALIDARG, WsReadXmlBuffer(reader, heap, NULL, error));
    expect_hr(E_INVALIDARG, WsReadXmlBuffer(NULL, heap, &buffer, error));
    expect(buffer == UNTOUCHED);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, error));
    expect(text_is(reader, "5"));
    expect_buffer(buffer, "<p:b{u} c='2'>'3'#4#<d/></></>$");

    /* What is broken, and what does not fit into the heap. */
    buffer = UNTOUCHED;
    set_text_string(reader, "<a><b></a>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(WS_E_INVALID_FORMAT, WsReadXmlBuffer(reader, heap, &buffer, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadXmlBuffer(reader, heap, &buffer, error));
    WsFreeHeap(heap);
    expect_hr(S_OK, WsCreateHeap(1000, 0, NULL, 0, &heap, NULL));
    set_text_string(reader, "<a><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/></a>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsReadXmlBuffer(reader, heap, &buffer, error), "of 1000");
    expect(buffer == UNTOUCHED);
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(WsReadXmlBufferFromBytes_refuses)
{
    WS_XML_READER_TEXT_ENCODING utf8 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_ENCODING unknown = {(WS_XML_READER_ENCODING_TYPE)9};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = UNTOUCHED;

    expect_hr(E_INVALIDARG, WsReadXmlBufferFromBytes(NULL, NULL, NULL, 0, "<a/>", 4, heap, &buffer, error));
    expect_hr(E_INVALIDARG, WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, NULL, 4, heap, &buffer, error));
    expect_hr(E_INVALIDARG, WsReadXmlBufferFromBytes(reader, NULL, NULL, 1, "<a/>", 4, heap, &buffer, error));
    expect_hr(E_INVALIDARG, WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, "<a/>", 4, NULL, &buffer, error));
    expect_hr(E_INVALIDARG, WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, "<a/>", 4, heap, NULL, error));
    expect_hr(E_INVALIDARG, WsReadXmlBufferFromBytes(reader, &unknown, NULL, 0, "<a/>", 4, heap, &buffer, error));
    expect_hr(WS_E_INVALID_FORMAT, WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, "<a>", 3, heap, &buffer, error));
    expect(buffer == UNTOUCHED);
    /* It can be used again and again. */
    expect_hr(S_OK, WsReadXmlBufferFromBytes(reader, &utf8.encoding, NULL, 0, "<a/>", 4, heap, &buffer, error));
    expect_buffer(buffer, "<a/></>$");
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(reader, error));
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(WsSetInputToBuffer_refuses)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = buffer_of(heap, "<a/>");
    ULONG value;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_ROW, &value, sizeof(value)};

    expect_hr(E_INVALIDARG, WsSetInputToBuffer(NULL, buffer, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsSetInputToBuffer(reader, NULL, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsSetInputToBuffer(reader, (WS_XML_BUFFER *)heap, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsSetInputToBuffer(reader, buffer, &property, 1, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(reader, NULL));
    set_buffer(reader, buffer);
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &value, 4, NULL));
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, 4, NULL));
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* What the reader is at, in a word. */
static const char *at(WS_XML_READER *reader)
{
    const WS_XML_NODE *node = current_node(reader);
    static struct dump dump;

    memset(&dump, 0, sizeof(dump));
    dump_node(&dump, node);
    dump_end_text(&dump);
    return node->nodeType == WS_XML_NODE_TYPE_BOF ? "^" : dump.text;
}

static void check_move(int line, WS_XML_READER *reader, WS_MOVE_TO move, const char *to)
{
    char before[200];
    BOOL found = 7;

    strcpy(before, at(reader));
    expect_hr(S_OK, WsMoveReader(reader, move, &found, NULL));
    if (found != (to != NULL) || strcmp(at(reader), to ? to : before))
        test_fail(__FILE__, line, "from %s to %s", before, at(reader));
}

#define expect_move(reader, move, to) check_move(__LINE__, reader, WS_MOVE_TO_##move, to)

TEST(WsMoveReader_everywhere)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);

    set_buffer(reader, buffer_of(heap, "<!--0--><a><b/>1<c><![CDATA[2]]></c><!--3--><d/></a><!--4-->"));
    expect_move(reader, PARENT_ELEMENT, NULL);
    expect_move(reader, NEXT_NODE, NULL);
    expect_move(reader, PREVIOUS_NODE, NULL);
    expect_move(reader, NEXT_ELEMENT, NULL);
    expect_move(reader, PREVIOUS_ELEMENT, NULL);
    expect_move(reader, FIRST_NODE, NULL);
    expect_move(reader, END_ELEMENT, NULL);
    expect_move(reader, BOF, "^");
    expect_move(reader, CHILD_NODE, "#0#");
    expect_move(reader, BOF, "^");
    expect_move(reader, CHILD_ELEMENT, "<a>");
    expect_move(reader, PREVIOUS_NODE, "#0#");
    expect_move(reader, PREVIOUS_NODE, NULL);
    expect_move(reader, CHILD_NODE, NULL);
    expect_move(reader, NEXT_ELEMENT, "<a>");
    expect_move(reader, NEXT_ELEMENT, NULL);
    expect_move(reader, PREVIOUS_ELEMENT, NULL);
    expect_move(reader, PARENT_ELEMENT, "^");
    expect_move(reader, EOF, "$");
    expect_move(reader, PREVIOUS_NODE, "#4#");
    expect_move(reader, PREVIOUS_ELEMENT, "<a>");
    expect_move(reader, NEXT_NODE, "#4#");
    expect_move(reader, NEXT_NODE, "$");
    expect_move(reader, NEXT_NODE, NULL);
    expect_move(reader, PARENT_ELEMENT, "^");
    expect_move(reader, ROOT_ELEMENT, "<a>");
    expect_move(reader, CHILD_ELEMENT, "<b/>");
    expect_move(reader, CHILD_ELEMENT, NULL);
    expect_move(reader, CHILD_NODE, "</>");
    expect_move(reader, NEXT_NODE, NULL);
    expect_move(reader, END_ELEMENT, NULL);
    expect_move(reader, PARENT_ELEMENT, "<b/>");
    expect_move(reader, END_ELEMENT, "</>");
    expect_move(reader, PARENT_ELEMENT, "<b/>");
    expect_move(reader, NEXT_NODE, "'1'");
    expect_move(reader, END_ELEMENT, NULL);
    expect_move(reader, NEXT_ELEMENT, "<c>");
    expect_move(reader, CHILD_NODE, "[");
    expect_move(reader, CHILD_NODE, "'2'");
    expect_move(reader, NEXT_NODE, "]");
    expect_move(reader, PARENT_ELEMENT, "<c>"); /* a CDATA section is no element */
    expect_move(reader, NEXT_ELEMENT, "<d/>");
    expect_move(reader, PREVIOUS_ELEMENT, "<c>");
    expect_move(reader, PREVIOUS_ELEMENT, "<b/>");
    expect_move(reader, PREVIOUS_ELEMENT, NULL);
    expect_move(reader, NEXT_NODE, "'1'");
    expect_move(reader, FIRST_NODE, "<b/>");
    expect_move(reader, ROOT_ELEMENT, "<a>");
    expect_move(reader, END_ELEMENT, "</>");
    expect_move(reader, FIRST_NODE, "<b/>");
    expect_move(reader, BOF, "^");
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

TEST(WsMoveReader_refuses)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    BOOL found = 7;

    set_text_string(reader, "<a/>");
    expect_hr(WS_E_INVALID_OPERATION, WsMoveReader(reader, WS_MOVE_TO_BOF, &found, error));
    set_buffer(reader, buffer_of(heap, "<a b=''/>"));
    expect_hr(E_INVALIDARG, WsMoveReader(reader, (WS_MOVE_TO)12, &found, error));
    expect_hr(E_INVALIDARG, WsMoveReader(reader, (WS_MOVE_TO)-1, &found, error));
    expect_hr(E_INVALIDARG, WsMoveReader(NULL, WS_MOVE_TO_BOF, &found, error));
    expect_size(7, found);
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_ROOT_ELEMENT, NULL, error));
    expect_hr(S_OK, WsReadStartAttribute(reader, 0, error));
    expect_hr(WS_E_INVALID_OPERATION, WsMoveReader(reader, WS_MOVE_TO_BOF, &found, error));
    expect_hr(S_OK, WsReadEndAttribute(reader, error));
    expect_refused(error, WS_E_INVALID_FORMAT, WsMoveReader(reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, error),
                   "WS_MOVE_TO_CHILD_ELEMENT");
    expect_hr(WS_E_OBJECT_FAULTED, WsMoveReader(reader, WS_MOVE_TO_BOF, NULL, error));
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(positions)
{
    WS_XML_READER *reader = create_reader(), *other = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = buffer_of(heap, "<a><b/>t<c/></a>"), *another = buffer_of(heap, "<a/>");
    WS_XML_NODE_POSITION positions[20], position = {NULL, NULL};
    char nodes[20][50];
    size_t count, i;

    set_text_string(reader, "<a/>");
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderPosition(reader, &position, error));
    expect(!position.buffer);
    set_buffer(reader, buffer);
    for (count = 0;; count++)
    {
        expect_hr(S_OK, WsGetReaderPosition(reader, &positions[count], error));
        expect(positions[count].buffer == buffer);
        strcpy(nodes[count], at(reader));
        if (current_type(reader) == WS_XML_NODE_TYPE_EOF)
            break;
        expect_hr(S_OK, WsReadNode(reader, NULL));
    }
    expect_size(8, count);
    /* Backwards, with another reader of the buffer. */
    set_buffer(other, buffer);
    for (i = count + 1; i--;)
    {
        expect_hr(S_OK, WsSetReaderPosition(other, &positions[i], error));
        expect(!strcmp(at(other), nodes[i]));
    }
    set_buffer(other, another);
    expect_refused(error, E_INVALIDARG, WsSetReaderPosition(other, &positions[1], error), "not in");
    set_text_string(other, "<a/>");
    expect_hr(WS_E_INVALID_OPERATION, WsSetReaderPosition(other, &positions[1], error));
    expect_hr(E_INVALIDARG, WsSetReaderPosition(reader, NULL, error));
    expect_hr(E_INVALIDARG, WsSetReaderPosition(reader, &position, error));
    expect_hr(E_INVALIDARG, WsSetReaderPosition(NULL, &positions[1], error));
    expect_hr(E_INVALIDARG, WsGetReaderPosition(reader, NULL, error));
    expect_hr(E_INVALIDARG, WsGetReaderPosition(NULL, &position, error));
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
    WsFreeReader(other);
}

TEST(WsRemoveNode_removes_what_is_inside)
{
    static const struct
    {
        unsigned node; /* how many WsReadNode lead to it */
        HRESULT hr;
        const char *rest;
    } cases[] = {
        {0, WS_E_INVALID_OPERATION, NULL},     /* BOF */
        {1, S_OK, "<a>'t'<b>['c']'d'</></>$"}, /* #0# */
        {2, S_OK, "#0#$"},                     /* a */
        {3, S_OK, "#0#<a><b>['c']'d'</></>$"}, /* t */
        {4, S_OK, "#0#<a>'t'</>$"},            /* b */
        {5, S_OK, "#0#<a>'t'<b>'d'</></>$"},   /* [ */
        {6, S_OK, "#0#<a>'t'<b>[]'d'</></>$"}, /* c */
        {7, WS_E_INVALID_OPERATION, NULL},     /* ] */
        {8, S_OK, "#0#<a>'t'<b>['c']</></>$"}, /* d */
        {9, WS_E_INVALID_OPERATION, NULL},     /* </b> */
        {10, WS_E_INVALID_OPERATION, NULL},    /* </a> */
        {11, WS_E_INVALID_OPERATION, NULL},    /* $ */
    };
    static const char text[] = "<!--0--><a>t<b><![CDATA[c]]>d</b></a>", whole[] = "#0#<a>'t'<b>['c']'d'</></>$";
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_NODE_POSITION position;
    WS_XML_BUFFER *buffer;
    unsigned i, j;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        buffer = buffer_of(heap, text);
        set_buffer(reader, buffer);
        for (j = 0; j < cases[i].node; j++)
            expect_hr(S_OK, WsReadNode(reader, NULL));
        expect_hr(S_OK, WsGetReaderPosition(reader, &position, NULL));
        expect_hr(cases[i].hr, WsRemoveNode(&position, NULL));
        expect_buffer(buffer, cases[i].hr == S_OK ? cases[i].rest : whole);
        if (cases[i].hr == S_OK)
            expect_hr(E_INVALIDARG, WsRemoveNode(&position, NULL));
    }
    position.node = NULL;
    expect_hr(E_INVALIDARG, WsRemoveNode(&position, NULL));
    expect_hr(E_INVALIDARG, WsRemoveNode(NULL, NULL));
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

TEST(what_was_removed_cannot_be_used)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = buffer_of(heap, "<a><b>t</b><c/></a>");
    WS_XML_NODE_POSITION b, t, c, position;
    BOOL found;

    set_buffer(reader, buffer);
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsGetReaderPosition(reader, &b, NULL));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_hr(S_OK, WsGetReaderPosition(reader, &t, NULL));
    expect_hr(S_OK, WsReadEndElement(reader, NULL) == WS_E_INVALID_FORMAT ? S_OK : E_FAIL);
    set_buffer(reader, buffer);
    expect_hr(S_OK, WsSetReaderPosition(reader, &b, NULL));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_NEXT_NODE, NULL, NULL));
    expect_hr(S_OK, WsGetReaderPosition(reader, &c, NULL));
    expect_hr(S_OK, WsSetReaderPosition(reader, &t, NULL));
    expect_hr(S_OK, WsRemoveNode(&b, NULL));
    /* The reader depends on what is gone. */
    expect_refused(error, WS_E_INVALID_OPERATION, WsReadNode(reader, error), "has been removed");
    expect(text_is(reader, "t")); /* but it is still there */
    expect_hr(WS_E_INVALID_OPERATION, WsMoveReader(reader, WS_MOVE_TO_BOF, &found, error));
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderPosition(reader, &position, error));
    expect_hr(E_INVALIDARG, WsSetReaderPosition(reader, &b, error));
    expect_hr(E_INVALIDARG, WsSetReaderPosition(reader, &t, error));
    expect_hr(S_OK, WsSetReaderPosition(reader, &c, error));
    expect(!strcmp(at(reader), "<c/>"));
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

/* A reader that was in an attribute of it has nothing left to end. */
TEST(a_reader_in_an_attribute_that_was_removed_is_repositioned)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = buffer_of(heap, "<a><b n='1'/></a>");
    WS_XML_NODE_POSITION a, b;

    set_buffer(reader, buffer);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsGetReaderPosition(reader, &a, NULL));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsGetReaderPosition(reader, &b, NULL));
    expect_hr(S_OK, WsReadStartAttribute(reader, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetReaderPosition(reader, &a, NULL));
    expect_hr(S_OK, WsRemoveNode(&b, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadEndAttribute(reader, NULL));
    expect_hr(E_INVALIDARG, WsSetReaderPosition(reader, &b, NULL));
    expect_hr(S_OK, WsSetReaderPosition(reader, &a, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadEndAttribute(reader, NULL));
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(a_buffer_is_read_like_a_document)
{
    static const WS_XML_STRING b = STRING("b"), urn = STRING("u"), none = STRING(""), p = STRING("p"), q = STRING("q"),
                               lang = STRING("lang"), xml = STRING("xml");
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    const WS_XML_STRING *ns = NULL;
    WCHAR chars[20], *value = NULL;
    ULONG index = 77, count = 0;
    BOOL found = FALSE;

    set_buffer(reader,
               buffer_of(heap, "<!--c--><a xmlns:p='u' xml:lang='de'> <p:b b='1' p:b='2'>t<!--d-->u</p:b> </a>"));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &b, &urn, &found, NULL));
    expect(found);
    expect_hr(S_OK, WsFindAttribute(reader, &b, &urn, TRUE, &index, NULL));
    expect_size(1, index);
    expect_hr(S_OK, WsFindAttribute(reader, &b, &none, TRUE, &index, NULL));
    expect_hr(S_OK, WsReadStartAttribute(reader, index, NULL));
    expect(text_is(reader, "1"));
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(reader, NULL));
    expect_hr(S_OK, WsReadEndAttribute(reader, NULL));
    expect_hr(S_OK, WsGetNamespaceFromPrefix(reader, &p, TRUE, &ns, NULL));
    expect(string_is(ns, "u"));
    expect_hr(S_FALSE, WsGetNamespaceFromPrefix(reader, &q, FALSE, &ns, NULL));
    expect_hr(S_OK, WsGetNamespaceFromPrefix(reader, &none, TRUE, &ns, NULL));
    expect_size(0, ns->length);
    expect_hr(S_OK, WsGetNamespaceFromPrefix(reader, &xml, TRUE, &ns, NULL));
    expect_hr(S_OK, WsGetXmlAttribute(reader, &lang, heap, &value, &count, NULL));
    expect(count == 2 && value[0] == 'd' && value[1] == 'e');
    expect_hr(S_FALSE, WsGetXmlAttribute(reader, &b, heap, &value, &count, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 20, &count, NULL));
    expect(count == 2 && chars[0] == 't' && chars[1] == 'u');
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

TEST(a_deep_buffer)
{
    const size_t depth = 20000;
    ULONG max = 100000;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_MAX_DEPTH, &max, sizeof(max)};
    WS_XML_READER *reader = create_reader();
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_NODE_POSITION position;
    WS_HEAP *heap = NULL;
    char *text = malloc(depth * 7);
    size_t i;

    expect(text != NULL);
    for (i = 0; i < depth; i++)
    {
        memcpy(text + i * 3, "<a>", 3);
        memcpy(text + depth * 3 + i * 4, "</a>", 4);
    }
    expect_hr(S_OK, WsCreateHeap((SIZE_T)64 << 20, 0, NULL, 0, &heap, NULL));
    expect_hr(S_OK,
              WsReadXmlBufferFromBytes(reader, NULL, &property, 1, text, (ULONG)(depth * 7), heap, &buffer, NULL));
    set_buffer(reader, buffer);
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    expect_hr(S_OK, WsGetReaderPosition(reader, &position, NULL));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    expect_hr(S_OK, WsRemoveNode(&position, NULL));
    expect_buffer(buffer, "$");
    free(text);
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* --- Memory --- */

/*
 * What the sample InsertElement of the Windows SDK does, with the heap that it does it with. Our choice: what it
 * takes.
 */
TEST(a_header_is_put_together_in_a_heap_of_2_KB)
{
    static const char soap[] = "http://schemas.xmlsoap.org/soap/envelope/";
    static const char wsse[] = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static const char expected[] = "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\">\n"
                                   "    <Header>\n"
                                   "        <Security xmlns=\"http://docs.oasis-open.org/wss/2004/01/"
                                   "oasis-200401-wss-wssecurity-secext-1.0.xsd\">\n"
                                   "            <Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>\n"
                                   "        </Security>\n"
                                   "    </Header>\n"
                                   "</Envelope>";
    ULONG indent = 4, length = 0;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(indent)};
    WS_XML_NODE_POSITION position;
    WS_XML_WRITER *writer = NULL;
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = NULL;
    void *bytes = NULL;

    expect_hr(S_OK, WsCreateHeap(2048, 512, NULL, 0, &heap, NULL));
    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    expect_hr(S_OK, WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, X("Envelope"), X(soap), NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, X("Header"), X(soap), NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, X("Security"), X(wsse), NULL));
    expect_hr(S_OK, WsWriteEndStartElement(writer, NULL));
    expect_hr(S_OK, WsGetWriterPosition(writer, &position, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsSetWriterPosition(writer, &position, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, X("Signature"), X("http://www.w3.org/2000/09/xmldsig#"), NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteXmlBufferToBytes(writer, buffer, NULL, &property, 1, heap, &bytes, &length, NULL));
    expect_size(sizeof(expected) - 1, length);
    expect(!memcmp(bytes, expected, length));
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* Names that an element has in common with the one around it, and with its attributes, are in the heap once. */
TEST(long_namespaces_are_kept_once)
{
    static char text[8192], ns[1000], nodes[16384];
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer;
    SIZE_T before;
    size_t i;

    memset(ns, 'n', sizeof(ns) - 1);
    strcat(strcat(strcpy(text, "<p:a xmlns:p='"), ns), "' p:x='1' p:y='2'>");
    for (i = 0; i < 20; i++)
        strcat(text, "<p:b p:z='3'/>");
    strcat(text, "</p:a>");
    before = requested(heap);
    buffer = buffer_of(heap, text);
    expect(requested(heap) - before < 16384);
    /* All the same, each of them shows it. */
    snprintf(nodes, sizeof(nodes), "<p:a{%s} xmlns:p='%s' p:x{%s}='1' p:y{%s}='2'>", ns, ns, ns, ns);
    {
        WS_XML_READER *reader = create_reader();
        const WS_XML_ELEMENT_NODE *element;
        static struct dump dump;

        set_buffer(reader, buffer);
        element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        memset(&dump, 0, sizeof(dump));
        dump_node(&dump, &element->node);
        if (strcmp(dump.text, nodes))
            test_fail(__FILE__, __LINE__, "%s, not %s", dump.text, nodes);
        for (i = 0; i < 20; i++)
        {
            element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
            expect(string_is(element->prefix, "p") && string_is(element->localName, "b") && string_is(element->ns, ns));
            expect(string_is(element->attributes[0]->prefix, "p") && string_is(element->attributes[0]->ns, ns));
            next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
        }
        WsFreeReader(reader);
    }
    WsFreeHeap(heap);
}

static WS_BYTES bytes_of(WS_HEAP *heap, WS_XML_BUFFER *buffer, const WS_XML_WRITER_ENCODING *encoding)
{
    WS_XML_WRITER *writer = NULL;
    WS_BYTES bytes = {0, NULL};
    void *written = NULL;

    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(S_OK, WsWriteXmlBufferToBytes(writer, buffer, encoding, NULL, 0, heap, &written, &bytes.length, NULL));
    bytes.bytes = written;
    WsFreeWriter(writer);
    return bytes;
}

static WS_XML_BUFFER *buffer_from(WS_HEAP *heap, WS_BYTES bytes, const WS_XML_READER_ENCODING *encoding)
{
    WS_XML_READER *reader = create_reader();
    WS_XML_BUFFER *buffer = NULL;

    expect_hr(S_OK,
              WsReadXmlBufferFromBytes(reader, encoding, NULL, 0, bytes.bytes, bytes.length, heap, &buffer, NULL));
    WsFreeReader(reader);
    return buffer;
}

/* White space outside of the root element, which Windows was observed to show, goes along; and there may be no root. */
TEST(what_is_outside_of_the_root_element_goes_into_a_buffer_and_out_again)
{
    static const struct
    {
        const char *text, *nodes;
    } documents[] = {
        {" \n<a>b</a>", "' \\n'<a>'b'</>$"},
        {"<a>b</a>\n", "<a>'b'</>'\\n'$"},
        {"\n<!--b-->\n<a> </a>\n<!--c-->\n", "'\\n'#b#'\\n'<a>' '</>'\\n'#c#'\\n'$"},
        {"   ", "'   '$"},
        {"<!--b-->", "#b#$"},
        {"", "$"},
    };
    static const WS_XML_READER_TEXT_ENCODING utf8 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_READER_TEXT_ENCODING utf16 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16BE};
    static const WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    static const WS_XML_WRITER_TEXT_ENCODING to_utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_TEXT_ENCODING to_utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16BE};
    static const WS_XML_WRITER_BINARY_ENCODING to_binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_WRITER *writer = NULL;
    WS_XML_BUFFER *buffer, *copy;
    WS_BYTES bytes;
    size_t i;

    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
    {
        bytes.bytes = (BYTE *)documents[i].text;
        bytes.length = (ULONG)strlen(documents[i].text);
        buffer = buffer_from(heap, bytes, &utf8.encoding);
        expect_buffer(buffer, documents[i].nodes);
        bytes = bytes_of(heap, buffer, &to_utf8.encoding);
        expect(bytes.length == strlen(documents[i].text) && !memcmp(bytes.bytes, documents[i].text, bytes.length));
        expect_buffer(buffer_from(heap, bytes_of(heap, buffer, &to_utf16.encoding), &utf16.encoding),
                      documents[i].nodes);
        expect_buffer(buffer_from(heap, bytes_of(heap, buffer, &to_binary.encoding), &binary.encoding),
                      documents[i].nodes);
        /* As a whole, and node by node. */
        expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, &copy, NULL));
        expect_hr(S_OK, WsSetOutputToBuffer(writer, copy, NULL, 0, NULL));
        expect_hr(S_OK, WsWriteXmlBuffer(writer, buffer, NULL));
        expect_buffer(copy, documents[i].nodes);
        expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, &copy, NULL));
        expect_hr(S_OK, WsSetOutputToBuffer(writer, copy, NULL, 0, NULL));
        set_buffer(reader, buffer);
        do
        {
            expect_hr(S_OK, WsReadNode(reader, NULL));
            expect_hr(S_OK, WsWriteNode(writer, current_node(reader), NULL));
        } while (current_type(reader) != WS_XML_NODE_TYPE_EOF);
        expect_buffer(copy, documents[i].nodes);
        /* What looks for the root element passes the rest. */
        set_buffer(reader, buffer);
        expect_hr(strchr(documents[i].text, 'a') ? S_OK : WS_E_INVALID_FORMAT,
                  WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    }
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* The same bytes with and without a place in a dictionary are two strings. */
TEST(strings_of_dictionaries_keep_their_place)
{
    static WS_XML_DICTIONARY dictionary;
    static WS_XML_STRING strings[] = {WS_XML_STRING_DICTIONARY_VALUE("urn:x", &dictionary, 0),
                                      WS_XML_STRING_DICTIONARY_VALUE("a", &dictionary, 1)};
    static const WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, &dictionary, NULL};
    /* <a xmlns="urn:x"><b xmlns="urn:x"><a xmlns="urn:x"/></b></a>, where the inner b has strings of its own. */
    static const BYTE bytes[] = {0x42, 2,   0x0a, 0,    0x40, 1,    'b', 8, 5, 'u', 'r',
                                 'n',  ':', 'x',  0x42, 2,    0x0a, 0,   1, 1, 1};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = create_heap(1 << 20);
    int i;

    dictionary.strings = strings;
    dictionary.stringCount = 2;
    dictionary.isConst = TRUE;
    expect_hr(S_OK,
              WsReadXmlBufferFromBytes(reader, &encoding.encoding, NULL, 0, bytes, sizeof(bytes), heap, &buffer, NULL));
    set_buffer(reader, buffer);
    for (i = 0; i < 3; i++)
    {
        element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        expect(string_is(element->localName, i == 1 ? "b" : "a") && string_is(element->ns, "urn:x"));
        expect(element->localName->dictionary == (i == 1 ? NULL : &dictionary));
        expect(element->attributes[0]->ns->dictionary == (i == 1 ? NULL : &dictionary));
    }
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* What stays may show names that came with what was removed. */
TEST(names_survive_the_element_that_they_came_with)
{
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = buffer_of(heap, "<p:a xmlns:p='urn:x'><p:b/></p:a>");
    WS_XML_READER *reader = create_reader();
    WS_XML_NODE_POSITION position;
    const WS_XML_ELEMENT_NODE *element;

    set_buffer(reader, buffer);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsGetReaderPosition(reader, &position, NULL));
    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsRemoveNode(&position, NULL));
    expect(string_is(element->prefix, "p") && string_is(element->ns, "urn:x"));
    WsFreeReader(reader);
    WsFreeHeap(heap);
}
