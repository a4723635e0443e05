/* SPDX-License-Identifier: MIT */
/*
 * WsCopyNode: from readers into writers, of every encoding.
 *
 * Source: the page of WsCopyNode, and what is documented of reading and writing.
 */
#include "support/binary.h"
#include "support/writer.h"

#include <stdlib.h>

/* A writer of UTF-8 documents, with one property of 4 bytes. */
static WS_XML_WRITER *text_writer_with(WS_XML_WRITER_PROPERTY_ID id, ULONG value)
{
    WS_XML_WRITER_PROPERTY property = {id, &value, sizeof(value)};
    WS_XML_WRITER *writer = NULL;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    ok(WsSetOutput(writer, &utf8.encoding, &memory_output.output, &property, 1, NULL));
    return writer;
}

static WS_XML_WRITER *text_writer(void)
{
    return text_writer_with(WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, TRUE);
}

static WS_XML_READER *text_reader(const char *text)
{
    WS_XML_READER *reader = create_reader();

    set_text_string(reader, text);
    return reader;
}

static void to_element(WS_XML_READER *reader, const char *name)
{
    const WS_XML_NODE *node = current_node(reader);

    while (node->nodeType != WS_XML_NODE_TYPE_ELEMENT ||
           !string_is(((const WS_XML_ELEMENT_NODE *)node)->localName, name))
    {
        ok(WsReadNode(reader, NULL));
        node = current_node(reader);
    }
}

static void to_type(WS_XML_READER *reader, WS_XML_NODE_TYPE type)
{
    while (current_type(reader) != type)
        ok(WsReadNode(reader, NULL));
}

static void start_in(WS_XML_WRITER *writer, const char *name, const char *ns)
{
    ok(WsWriteStartElement(writer, NULL, X(name), X(ns), NULL));
}

/* --- What is copied --- */

TEST(an_element_with_all_its_content)
{
    static const char element[] = "<b x=\"1\" y='2'>t&amp;<!--c--><![CDATA[<d>]]><c/><c></c><d>e</d></b>";
    char document[200];
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = text_writer();

    snprintf(document, sizeof(document), "<a>before%s<n/>after</a>", element);
    set_text_string(reader, document);
    to_element(reader, "b");
    ok(WsCopyNode(writer, reader, NULL));
    expect_output(writer, element);
    expect(current_type(reader) == WS_XML_NODE_TYPE_ELEMENT); /* the node after it */
    ok(WsCopyNode(writer, reader, NULL));
    expect(text_is(reader, "after"));
    ok(WsCopyNode(writer, reader, NULL));
    expect(current_type(reader) == WS_XML_NODE_TYPE_END_ELEMENT);
    ok(WsWriteText(writer, &(WS_XML_UTF8_TEXT){{WS_XML_TEXT_TYPE_UTF8}, STRING(".")}.text, NULL));
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

TEST(a_whole_document)
{
    static const char document[] = "<!--1--><a xmlns=\"u\"><b>x</b></a><!--2-->";
    WS_XML_READER *reader = text_reader(document);
    WS_XML_WRITER *writer = text_writer_with(WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, FALSE);
    WS_ERROR *error = create_error();

    ok(WsCopyNode(writer, reader, NULL));
    expect_output(writer, document);
    expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
    expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error), "end");
    expect_output(writer, document); /* neither is faulted */
    expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);

    /* Into an element. */
    WsFreeWriter(writer);
    writer = text_writer();
    set_text_string(reader, document);
    start_in(writer, "r", "");
    ok(WsCopyNode(writer, reader, NULL));
    end(writer);
    expect_output(writer, "<r><!--1--><a xmlns=\"u\"><b>x</b></a><!--2--></r>");
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeError(error);
}

TEST(nodes_without_content)
{
    WS_XML_READER *reader = text_reader("<a>t<!--c--><![CDATA[d]]></a>");
    WS_XML_WRITER *writer = text_writer();
    int i;

    start_in(writer, "r", "");
    ok(WsReadNode(reader, NULL));
    ok(WsReadNode(reader, NULL));
    for (i = 0; i < 6; i++) /* t, c, CDATA, d, END_CDATA, END_ELEMENT */
        ok(WsCopyNode(writer, reader, NULL));
    expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
    expect_output(writer, "<r>t<!--c--><![CDATA[d]]></r>");
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

/* Our choice. */
TEST(a_text_that_has_been_read_in_part_is_copied_whole)
{
    WS_XML_READER *reader = text_reader("<a>12345</a>");
    WS_XML_WRITER *writer = text_writer();
    WCHAR chars[2];
    ULONG count = 0;

    to_type(reader, WS_XML_NODE_TYPE_TEXT);
    ok(WsReadChars(reader, chars, 2, &count, NULL));
    expect_size(2, count);
    ok(WsCopyNode(writer, reader, NULL));
    expect_output(writer, "12345");
    expect(current_type(reader) == WS_XML_NODE_TYPE_END_ELEMENT);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

TEST(the_value_of_an_attribute)
{
    WS_XML_READER *reader = text_reader("<a p='1' q='2'/>");
    WS_XML_WRITER *writer = text_writer();
    WS_ERROR *error = create_error();

    to_element(reader, "a");
    start_in(writer, "r", "");
    ok(WsWriteStartAttribute(writer, NULL, X("v"), X(""), FALSE, NULL));
    ok(WsReadStartAttribute(reader, 1, NULL));
    ok(WsCopyNode(writer, reader, NULL));
    expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
    expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error), "end");
    ok(WsReadEndAttribute(reader, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsReadStartAttribute(reader, 0, NULL));
    ok(WsCopyNode(writer, reader, NULL)); /* as content */
    ok(WsReadEndAttribute(reader, NULL));
    end(writer);
    expect_output(writer, "<r v=\"2\">1</r>");
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

TEST(empty_elements_stay_what_they_are)
{
    static const char document[] = "<a><b/><c></c></a>";
    static const struct
    {
        WS_XML_WRITER_PROPERTY_ID id;
        const char *wanted;
    } properties[] = {
        {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, document},
        {WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, "<a><b/><c/></a>"},
        {WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS, "<a><b></b><c></c></a>"},
    };
    WS_XML_READER *reader = create_reader();
    unsigned i;

    for (i = 0; i < 3; i++)
    {
        WS_XML_WRITER *writer = text_writer_with(properties[i].id, TRUE);

        set_text_string(reader, document);
        ok(WsCopyNode(writer, reader, NULL));
        expect_output(writer, properties[i].wanted);
        WsFreeWriter(writer);
    }
    WsFreeReader(reader);
}

/* --- Namespaces --- */

/* Copies the element b of a document, and returns what that gives. */
static void expect_copy_at(int line, const char *document, const char *wanted)
{
    WS_XML_READER *reader = text_reader(document);
    WS_XML_WRITER *writer = text_writer();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    WS_BYTES bytes;
    int i;

    for (i = 0; i < 2; i++)
    {
        to_element(reader, "b");
        ok(WsCopyNode(writer, reader, NULL));
        bytes = written(writer);
        if (bytes.length != strlen(wanted) || memcmp(bytes.bytes, wanted, bytes.length))
            test_fail(__FILE__, line, "%d: %.*s", i, (int)bytes.length, (char *)bytes.bytes);
        /* The same from an XML buffer. */
        set_text_string(reader, document);
        ok(WsReadXmlBuffer(reader, heap, &buffer, NULL));
        ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
        WsFreeWriter(writer);
        writer = text_writer();
    }
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}
#define expect_copy(document, wanted) expect_copy_at(__LINE__, document, wanted)

TEST(namespaces_that_names_need_are_declared)
{
    expect_copy("<a xmlns='u' xmlns:p='v' xmlns:unused='w'><b><c/></b></a>", "<b xmlns=\"u\"><c/></b>");
    expect_copy("<a xmlns='u' xmlns:p='v'><p:b><c p:d=''/></p:b></a>",
                "<p:b xmlns:p=\"v\"><c p:d='' xmlns=\"u\"/></p:b>");
    expect_copy("<a xmlns:p='v'><p:b xmlns:p='x'><p:c/></p:b></a>", "<p:b xmlns:p='x'><p:c/></p:b>");
    expect_copy("<a xml:lang='en'><b xml:space='preserve'/></a>", "<b xml:space='preserve'/>");
}

/* Our choice. */
TEST(namespaces_that_values_seem_to_need_are_declared)
{
    expect_copy("<a xmlns:p='v'><b t='p:T'/></a>", "<b t='p:T' xmlns:p=\"v\"/>");
    expect_copy("<a xmlns:p='v'><b><c> p:T</c></b></a>", "<b><c xmlns:p=\"v\"> p:T</c></b>");
    expect_copy("<a xmlns:p='v'><b t='p:T'><c t='p:T'>p:T</c></b></a>",
                "<b t='p:T' xmlns:p=\"v\"><c t='p:T'>p:T</c></b>");
    expect_copy("<a xmlns:p='v'><p:b t='p:T'/></a>", "<p:b t='p:T' xmlns:p=\"v\"/>");
    expect_copy("<a xmlns:p='v'><b xmlns:p='w' t='p:T'/></a>", "<b t='p:T' xmlns:p='w'/>");
    /* These are nothing of the kind. */
    expect_copy("<a xmlns:p='v'><b t='q:T' u='p:' v=':p' w='p: T' x='p' y='xmlns:p' z='xml:p'>p://</b></a>",
                "<b t='q:T' u='p:' v=':p' w='p: T' x='p' y='xmlns:p' z='xml:p'>p://</b>");
    expect_copy("<a xmlns:p='v'><b>x<!--c-->p:T</b></a>", "<b>x<!--c-->p:T</b>");
}

/* Our choice. */
TEST(namespaces_that_values_need_in_utf16_texts)
{
    static const WCHAR value[] = {'p', ':', 'T'}, other[] = {0x3b1, ':', 'T'};
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = text_writer(), *out = text_writer();
    WS_XML_BUFFER *buffer = NULL;

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    start_in(writer, "a", "");
    ok(WsWriteXmlnsAttribute(writer, X("p"), X("v"), FALSE, NULL));
    start_in(writer, "b", "");
    ok(WsWriteChars(writer, value, 3, NULL));
    start_in(writer, "c", "");
    ok(WsWriteChars(writer, other, 3, NULL));
    end(writer), end(writer), end(writer);
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    to_element(reader, "b");
    ok(WsCopyNode(out, reader, NULL));
    expect_output(out, "<b xmlns:p=\"v\">p:T<c>\xce\xb1:T</c></b>");
    WsFreeWriter(writer);
    WsFreeWriter(out);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* Our choice. */
TEST(what_values_seem_to_need_is_no_reason_to_fail)
{
    WS_XML_READER *reader = text_reader("<a xmlns:p='v'><b t='p:T'/></a>");
    WS_XML_WRITER *writer;
    unsigned i;

    for (i = 0; i < 2; i++)
    {
        writer = i ? text_writer_with(WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, 0)
                   : text_writer_with(WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, 1);
        set_text_string(reader, "<a xmlns:p='v'><b t='p:T'/></a>");
        to_element(reader, "b");
        ok(WsCopyNode(writer, reader, NULL));
        expect_output(writer, "<b t='p:T'/>");
        WsFreeWriter(writer);
    }
    /* On the caller's own start tag, whose prefixes stay. */
    writer = text_writer();
    set_text_string(reader, "<a xmlns:p='v'>p:T</a>");
    to_type(reader, WS_XML_NODE_TYPE_TEXT);
    ok(WsWriteStartElement(writer, X("p"), X("r"), X("mine"), NULL));
    ok(WsCopyNode(writer, reader, NULL));
    end(writer);
    expect_output(writer, "<p:r xmlns:p=\"mine\">p:T</p:r>");
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

/* <a xmlns:b="v"> with content in one of its children, or in an attribute, of type QNAME: b:str14. Our choice. */
TEST(names_of_the_type_qname)
{
    /* Element a, xmlns:b="v", element c { QNAME b:str14 } end, end; records of [MC-NBFX] 2.2 and 2.3. */
    static const char document[] = "400161"
                                   "0901620176"
                                   "400163"
                                   "bc010e"
                                   "01"
                                   "01";
    struct source source = {0};
    WS_XML_WRITER *writer = create_writer_as(false);
    WS_ERROR *error = create_error();

    open_hex(&source, document, 0, FALSE);
    to_element(source.reader, "c");
    ok(WsCopyNode(writer, source.reader, NULL));
    expect_output(writer, "<c xmlns:b=\"v\">b:str14</c>");

    /* After other content there is no start tag for it; but another prefix may do. */
    close_source(&source);
    open_hex(&source, document, 0, FALSE);
    to_type(source.reader, WS_XML_NODE_TYPE_TEXT);
    set_output_as(writer, false, NULL, NULL);
    ok(WsWriteStartElement(writer, X("other"), X("r"), X("v"), NULL));
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsCopyNode(writer, source.reader, NULL));
    expect_output(writer, "<other:r xmlns:other=\"v\">other:str14");
    close_source(&source);
    open_hex(&source, document, 0, FALSE);
    to_type(source.reader, WS_XML_NODE_TYPE_TEXT);
    set_output_as(writer, false, NULL, NULL);
    start_in(writer, "r", "");
    ok(WsWriteEndStartElement(writer, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsCopyNode(writer, source.reader, error), "prefix");
    expect(current_type(source.reader) == WS_XML_NODE_TYPE_TEXT); /* the reader has not moved */
    close_source(&source);
    WsFreeError(error);
    WsFreeWriter(writer);
}

/* --- Encodings --- */

enum kind
{
    UTF8,
    UTF16,
    BINARY,
    TREE,
    KINDS
};

/* Something that can be written to, and read back. */
struct place
{
    enum kind kind;
    WS_HEAP *heap;
    WS_XML_BUFFER *buffer;
    BYTE *bytes;
    ULONG length;
};

static void open_writer(struct place *place, WS_XML_WRITER *writer)
{
    static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};

    if (place->kind == TREE)
    {
        ok(WsCreateXmlBuffer(place->heap, NULL, 0, &place->buffer, NULL));
        ok(WsSetOutputToBuffer(writer, place->buffer, NULL, 0, NULL));
    }
    else
        ok(WsSetOutput(writer,
                       place->kind == BINARY  ? &binary.encoding
                       : place->kind == UTF16 ? &utf16.encoding
                                              : &utf8.encoding,
                       &memory_output.output, NULL, 0, NULL));
}

static void keep(struct place *place, WS_XML_WRITER *writer)
{
    WS_BYTES bytes;

    if (place->kind == TREE)
        return;
    bytes = written(writer);
    place->bytes = malloc(bytes.length + 1);
    place->length = bytes.length;
    expect(place->bytes != NULL);
    memcpy(place->bytes, bytes.bytes, bytes.length);
}

static void open_reader(struct place *place, WS_XML_READER *reader)
{
    static const WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    static const WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, place->bytes, place->length};

    if (place->kind == TREE)
        ok(WsSetInputToBuffer(reader, place->buffer, NULL, 0, NULL));
    else
        ok(WsSetInput(reader, place->kind == BINARY ? &binary.encoding : &text.encoding, &input.input, NULL, 0, NULL));
}

TEST(every_encoding_to_every_other)
{
    static const char document[] =
        "<!--c--><p:a b=\"1&lt;\" p:c=\"\xc3\xa9\" xmlns:p=\"urn:x\"><d/><e>text \xf0\x9f\x98\x80"
        "<f xmlns=\"urn:y\"><p:g/></f>&#13;&gt;</e><h></h></p:a><!--z-->";
    struct place places[KINDS] = {{.kind = UTF8}}, copy = {.kind = UTF8};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = NULL;
    WS_HEAP *heap = create_heap(1 << 20);
    struct dump wanted = {.length = 0}, dump;
    int from, to, element;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    set_text_string(reader, document);
    ok(read_all(reader, &wanted, NULL));
    for (from = 0; from < KINDS; from++)
    {
        places[from].kind = (enum kind)from;
        places[from].heap = heap;
        set_text_string(reader, document);
        open_writer(&places[from], writer);
        ok(WsCopyNode(writer, reader, NULL));
        keep(&places[from], writer);
    }
    for (from = 0; from < KINDS; from++)
        for (to = 0; to < KINDS; to++)
            for (element = 0; element < 2; element++)
            {
                copy.kind = (enum kind)to;
                copy.heap = heap;
                open_reader(&places[from], reader);
                open_writer(&copy, writer);
                if (element)
                {
                    /* Node by node around the root, then that at once. */
                    ok(WsReadNode(reader, NULL));
                    ok(WsCopyNode(writer, reader, NULL));
                    ok(WsCopyNode(writer, reader, NULL));
                    ok(WsCopyNode(writer, reader, NULL));
                }
                else
                    ok(WsCopyNode(writer, reader, NULL));
                expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
                keep(&copy, writer);
                open_reader(&copy, reader);
                memset(&dump, 0, sizeof(dump));
                ok(read_all(reader, &dump, NULL));
                /* Binary has no notion of how an empty element is written; the document is the same else. */
                if (from != BINARY && to != BINARY && strcmp(wanted.text, dump.text))
                    test_fail(__FILE__, __LINE__, "%d to %d: %s", from, to, dump.text);
                ok(WsSetOutput(writer, NULL, NULL, NULL, 0, NULL));
                free(copy.bytes);
                copy.bytes = NULL;
            }
    for (from = 0; from < KINDS; from++)
        free(places[from].bytes);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(typed_texts_stay_typed)
{
    WS_XML_INT32_TEXT int32 = {{WS_XML_TEXT_TYPE_INT32}, 70000};
    WS_XML_DOUBLE_TEXT number = {{WS_XML_TEXT_TYPE_DOUBLE}, 0.1};
    WS_XML_BASE64_TEXT bytes = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)"abcd", 4};
    WS_XML_BOOL_TEXT yes = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
    WS_XML_GUID_TEXT guid = {{WS_XML_TEXT_TYPE_GUID}, {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}}};
    WS_XML_TIMESPAN_TEXT span = {{WS_XML_TEXT_TYPE_TIMESPAN}, {12345}};
    WS_XML_DATETIME_TEXT date = {{WS_XML_TEXT_TYPE_DATETIME}, {0, WS_DATETIME_FORMAT_UTC}};
    WS_XML_UINT64_TEXT large = {{WS_XML_TEXT_TYPE_UINT64}, UINT64_MAX};
    WS_XML_TEXT *texts[] = {&int32.text, &number.text, &bytes.text, &yes.text,
                            &guid.text,  &span.text,   &date.text,  &large.text};
    struct place binary = {.kind = BINARY}, again = {.kind = BINARY},
                 tree = {.kind = TREE, .heap = create_heap(1 << 20)};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = NULL;
    unsigned i, round;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    open_writer(&binary, writer);
    start_in(writer, "a", "");
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
    {
        start_in(writer, "b", "");
        ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, NULL));
        ok(WsWriteText(writer, texts[i], NULL));
        ok(WsWriteEndAttribute(writer, NULL));
        ok(WsWriteText(writer, texts[i], NULL));
        end(writer);
    }
    end(writer);
    keep(&binary, writer);

    /* Binary to a tree, and from there to binary: the same bytes. */
    open_reader(&binary, reader);
    open_writer(&tree, writer);
    ok(WsCopyNode(writer, reader, NULL));
    open_reader(&tree, reader);
    for (round = 0; round < 2; round++)
    {
        open_writer(&again, writer);
        ok(WsCopyNode(writer, reader, NULL));
        keep(&again, writer);
        expect_size(binary.length, again.length);
        expect(!memcmp(binary.bytes, again.bytes, again.length));
        free(again.bytes);
        open_reader(&binary, reader);
    }
    free(binary.bytes);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(tree.heap);
}

TEST(into_the_raw_encoding)
{
    static const WS_XML_WRITER_RAW_ENCODING raw = {{WS_XML_WRITER_ENCODING_TYPE_RAW}};
    WS_XML_READER *reader = text_reader("<a>YWJj</a>");
    WS_XML_WRITER *writer = text_writer();
    WS_ERROR *error = create_error();

    ok(WsSetOutput(writer, &raw.encoding, &memory_output.output, NULL, 0, NULL));
    to_element(reader, "a");
    expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error), "raw");
    expect(current_type(reader) == WS_XML_NODE_TYPE_ELEMENT);
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

/* --- XML buffers --- */

TEST(within_one_xml_buffer)
{
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_READER *reader = text_reader("<a><b><c/></b><d/></a>");
    WS_XML_WRITER *writer = text_writer(), *out = text_writer();
    WS_ERROR *error = create_error();
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_NODE_POSITION position;

    ok(WsReadXmlBuffer(reader, heap, &buffer, NULL));
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error), "into itself");

    /* Inside of the element that is copied. */
    to_element(reader, "c");
    ok(WsGetReaderPosition(reader, &position, NULL));
    ok(WsSetWriterPosition(writer, &position, NULL));
    ok(WsMoveReader(reader, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error), "into itself");

    /* Before it, and after it: there the copy is what follows. */
    ok(WsGetReaderPosition(reader, &position, NULL));
    ok(WsSetWriterPosition(writer, &position, NULL));
    ok(WsCopyNode(writer, reader, NULL));
    expect(string_is(((const WS_XML_ELEMENT_NODE *)current_node(reader))->localName, "d"));
    ok(WsSetReaderPosition(reader, &position, NULL));
    ok(WsMoveReader(reader, WS_MOVE_TO_NEXT_NODE, NULL, NULL));
    ok(WsGetReaderPosition(reader, &position, NULL));
    ok(WsSetWriterPosition(writer, &position, NULL));
    ok(WsMoveReader(reader, WS_MOVE_TO_PREVIOUS_NODE, NULL, NULL));
    ok(WsCopyNode(writer, reader, NULL));
    expect(string_is(((const WS_XML_ELEMENT_NODE *)current_node(reader))->localName, "b"));
    ok(WsWriteXmlBuffer(out, buffer, NULL));
    expect_output(out, "<a><b><c/></b><b><c/></b><b><c/></b><d/></a>");
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeWriter(out);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(a_node_that_has_been_removed)
{
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_READER *reader = text_reader("<a><b/></a>");
    WS_XML_WRITER *writer = text_writer();
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_NODE_POSITION position;

    ok(WsReadXmlBuffer(reader, heap, &buffer, NULL));
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    to_element(reader, "b");
    ok(WsGetReaderPosition(reader, &position, NULL));
    ok(WsRemoveNode(&position, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, NULL));
    expect_size(0, written(writer).length);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* --- Streams, and large documents --- */

TEST(a_stream_item_by_item)
{
    static const char document[] = "<a><b>1</b><b>2</b><b>3</b></a>";
    struct stream stream = {(const BYTE *)document, sizeof(document) - 1, 0, 3, 0};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = text_writer();
    WS_ERROR *error = create_error();
    int i;

    set_stream(reader, &stream, 64, WS_CHARSET_UTF8);
    ok(WsFillReader(reader, 6, NULL, NULL)); /* what could be a declaration */
    ok(WsReadNode(reader, NULL));
    ok(WsReadStartElement(reader, NULL));
    for (i = 0; i < 3; i++)
    {
        ok(WsFillReader(reader, 8, NULL, NULL)); /* <b>1</b>, and perhaps not what follows */
        ok(WsCopyNode(writer, reader, NULL));
    }
    expect_output(writer, "<b>1</b><b>2</b><b>3</b>");

    /* Without enough in the buffer it fails, and neither can be used on. */
    stream.pos = 0;
    set_stream(reader, &stream, 64, WS_CHARSET_UTF8);
    ok(WsFillReader(reader, 6, NULL, NULL)); /* what could be a declaration */
    ok(WsReadNode(reader, NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsCopyNode(writer, reader, error), "WsFillReader");
    expect_hr(WS_E_OBJECT_FAULTED, WsCopyNode(writer, reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

TEST(a_document_as_deep_as_the_limits)
{
    ULONG depth = 100000, i;
    WS_XML_READER_PROPERTY reader_depth = {WS_XML_READER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)};
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, depth * 7};
    char *document = malloc(depth * 7);
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = text_writer_with(WS_XML_WRITER_PROPERTY_MAX_DEPTH, depth);
    WS_ERROR *error = create_error();
    WS_BYTES bytes;

    expect(document != NULL);
    for (i = 0; i < depth; i++)
    {
        memcpy(document + i * 3, "<a>", 3);
        memcpy(document + depth * 3 + i * 4, "</a>", 4);
    }
    input.encodedData = document;
    ok(WsSetInput(reader, &encoding.encoding, &input.input, &reader_depth, 1, NULL));
    ok(WsCopyNode(writer, reader, NULL));
    bytes = written(writer);
    expect_size(depth * 7, bytes.length);
    expect(!memcmp(bytes.bytes, document, bytes.length));
    WsFreeWriter(writer);

    /* One more than the writer allows: both are faulted in the middle of it. */
    writer = text_writer_with(WS_XML_WRITER_PROPERTY_MAX_DEPTH, depth - 1);
    ok(WsSetInput(reader, &encoding.encoding, &input.input, &reader_depth, 1, NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsCopyNode(writer, reader, error), "MAX_DEPTH");
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeError(error);
    free(document);
}

/* --- Failures --- */

TEST(documents_that_are_not_well_formed)
{
    WS_XML_READER *reader = text_reader("<a><b></a>");
    WS_XML_WRITER *writer = text_writer();
    WS_ERROR *error = create_error();

    expect_refused(error, WS_E_INVALID_FORMAT, WsCopyNode(writer, reader, error), "b");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));

    /* At once: nothing has got to the writer. */
    WsFreeWriter(writer);
    writer = text_writer();
    set_text_string(reader, "&");
    expect_hr(WS_E_INVALID_FORMAT, WsCopyNode(writer, reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    start_in(writer, "a", "");

    /* The error is after the copied node: the copy itself is complete. */
    set_text_string(reader, "<a><b/></c>");
    to_element(reader, "b");
    expect_hr(WS_E_INVALID_FORMAT, WsCopyNode(writer, reader, NULL));
    end(writer);
    expect_output(writer, "<a><b/></a>");
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

TEST(nodes_that_do_not_fit_the_writer)
{
    WS_XML_READER *reader = text_reader("<a/>");
    WS_XML_WRITER *writer = text_writer_with(WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, FALSE);
    WS_ERROR *error = create_error();

    /* Refused at the first node: nothing has happened to either. */
    start_in(writer, "r", "");
    ok(WsWriteStartAttribute(writer, NULL, X("v"), X(""), FALSE, NULL));
    to_element(reader, "a");
    expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error), "attribute");
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    expect_output(writer, "<r v=\"\"/>");
    /* A second root faults the writer; the reader has not moved. */
    expect_refused(error, WS_E_INVALID_FORMAT, WsCopyNode(writer, reader, error), "root");
    expect(current_type(reader) == WS_XML_NODE_TYPE_ELEMENT);
    WsFreeWriter(writer);

    /* In the middle of a document: it cannot be known how much of it was written. */
    writer = text_writer_with(WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, FALSE);
    start_in(writer, "r", "");
    end(writer);
    set_text_string(reader, "<!--c--><a/>");
    expect_refused(error, WS_E_INVALID_FORMAT, WsCopyNode(writer, reader, error), "root");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

TEST(arguments_and_states)
{
    WS_XML_READER *reader = create_reader(), *freed_reader = create_reader();
    WS_XML_WRITER *writer = NULL, *freed_writer = text_writer();
    WS_ERROR *error = create_error();

    WsFreeReader(freed_reader);
    WsFreeWriter(freed_writer);
    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    expect_refused(error, E_INVALIDARG, WsCopyNode(NULL, reader, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsCopyNode(freed_writer, reader, error), "");
    expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error), "output");
    WsFreeWriter(writer);
    writer = text_writer();
    expect_refused(error, E_INVALIDARG, WsCopyNode(writer, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsCopyNode(writer, freed_reader, error), "");
    expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error), "input");
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

/*
 * A name in a value is of the namespace that it had where it was read: its prefix is declared on the outermost element
 * of the copy, unless that has it anyway. Other declarations around it are not copied, as by WsCopyNode. Our choice.
 */
TEST(names_in_values_keep_their_namespaces)
{
    static const struct
    {
        const char *text, *copy;
    } rows[] = {
        {"<r xmlns:p=\"urn:p\" xmlns:q=\"urn:q\"><e>p:x</e></r>", "<e xmlns:p=\"urn:p\">p:x</e>"},
        {"<r xmlns:p=\"urn:p\"><e><i>p:x</i><i>p:y</i></e></r>", "<e xmlns:p=\"urn:p\"><i>p:x</i><i>p:y</i></e>"},
        {"<r xmlns:p=\"urn:p\"><e a=\"p:x\"/></r>", "<e a=\"p:x\" xmlns:p=\"urn:p\"/>"},
        {"<r xmlns:p=\"urn:p\"><e xmlns:p=\"urn:p\">p:x</e></r>", "<e xmlns:p=\"urn:p\">p:x</e>"},
        {"<r xmlns:p=\"urn:p\"><e xmlns:p=\"urn:o\">p:x</e></r>", "<e xmlns:p=\"urn:o\">p:x</e>"},
        {"<r xmlns:p=\"urn:p\"><e><i xmlns:p=\"urn:o\">p:x</i></e></r>", "<e><i xmlns:p=\"urn:o\">p:x</i></e>"},
        {"<r xmlns:p=\"urn:p\"><e><i xmlns:p=\"urn:o\">p:x</i><i>p:x</i></e></r>",
         "<e xmlns:p=\"urn:p\"><i xmlns:p=\"urn:o\">p:x</i><i>p:x</i></e>"},
        {"<r xmlns:p=\"urn:p\"><e>http://h/</e></r>", "<e>http://h/</e>"},
        {"<r xmlns:p=\"urn:p\"><e>xml:x, p: x, :p</e></r>", "<e>xml:x, p: x, :p</e>"},
    };
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *document, *copy;
    size_t i;

    for (i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++)
    {
        set_text_string(reader, rows[i / 2].text);
        if (i % 2)
        {
            ok(WsReadXmlBuffer(reader, heap, &document, NULL));
            ok(WsSetInputToBuffer(reader, document, NULL, 0, NULL));
        }
        ok(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
        ok(WsReadStartElement(reader, NULL));
        ok(WsReadXmlBuffer(reader, heap, &copy, NULL));
        set_output(writer, NULL, 0);
        ok(WsWriteXmlBuffer(writer, copy, NULL));
        expect_output(writer, rows[i / 2].copy);
    }
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}
