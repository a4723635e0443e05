/* SPDX-License-Identifier: MIT */
/*
 * What the names and values of nodes are, down to the pointers: programs look at them without asking.
 *
 * Source: observed on Windows.
 */
#include "mtom.h"

#include <stdlib.h>

#define X(text) (&(WS_XML_STRING)STRING(text))

static const WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};

static void set_input(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding, const void *bytes, size_t length)
{
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)length};

    expect_hr(S_OK, WsSetInput(reader, encoding, &input.input, NULL, 0, NULL));
}

/* The first element, of which nothing has been read. */
static const WS_XML_ELEMENT_NODE *first_element(WS_XML_READER *reader)
{
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    return (const WS_XML_ELEMENT_NODE *)current_node(reader);
}

/* --- Namespace declarations --- */

static void expect_declaration(const WS_XML_ATTRIBUTE *attribute, const char *prefix, const char *ns)
{
    const WS_XML_UTF8_TEXT *value = (const WS_XML_UTF8_TEXT *)attribute->value;

    expect(attribute->isXmlNs == TRUE);
    expect(string_is(attribute->prefix, prefix) && string_is(attribute->ns, ns));
    expect(attribute->localName && string_is(attribute->localName, *prefix ? prefix : "xmlns"));
    expect(value && value->text.textType == WS_XML_TEXT_TYPE_UTF8 && !value->value.length);
}

/* <r xmlns="u" xmlns:p="v" p:a="1"/>, with a reader at its root; writers put the attribute first. */
static const WS_XML_ELEMENT_NODE *expect_declarations(WS_XML_READER *reader)
{
    const WS_XML_ELEMENT_NODE *element = first_element(reader);
    ULONG first = !element->attributes[0]->isXmlNs, other = first ? 0 : 2;

    expect_size(3, element->attributeCount);
    expect_declaration(element->attributes[first], "", "u");
    expect_declaration(element->attributes[first + 1], "p", "v");
    expect(!element->attributes[other]->isXmlNs && string_is(element->attributes[other]->localName, "a"));
    return element;
}

static const char declarations[] = "<r xmlns=\"u\" xmlns:p=\"v\" p:a=\"1\"/>";
static const BYTE declarations_binary[] = {0x40, 1,    'r', 8,   1, 'u', 9,    1, 'p', 1,
                                           'v',  0x05, 1,   'p', 1, 'a', 0x98, 1, '1', 1};

static const void *value_bytes(const WS_XML_ATTRIBUTE *attribute)
{
    return ((const WS_XML_UTF8_TEXT *)attribute->value)->value.bytes;
}

/* Observed, but for the local name and the value in binary records without a dictionary, which are our choice. */
TEST(a_namespace_declaration_has_a_local_name_and_an_empty_value)
{
    static const char package[] = HEADER ROOT "<r xmlns=\"u\" xmlns:p=\"v\" p:a=\"1\"/>" END;
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    BYTE utf16[200];
    size_t i;

    set_text_string(reader, declarations);
    element = expect_declarations(reader);
    for (i = 0; i < 2; i++)
        expect(!value_bytes(element->attributes[i]));
    for (i = 0; i < 2; i++)
    {
        set_text(reader, utf16, to_utf16(declarations, sizeof(declarations) - 1, i, true, utf16));
        element = expect_declarations(reader);
        expect(!value_bytes(element->attributes[0]) && !value_bytes(element->attributes[1]));
    }
    set_input(reader, &with_header.encoding, package, sizeof(package) - 1);
    expect_declarations(reader);
    set_input(reader, &binary.encoding, declarations_binary, sizeof(declarations_binary));
    element = expect_declarations(reader);
    for (i = 0; i < 2; i++)
        expect(value_bytes(element->attributes[i]));
    WsFreeReader(reader);
}

TEST(a_declaration_of_a_dictionary_has_them_too)
{
    static WS_XML_STRING strings[] = {STRING("u"), STRING("v"), STRING("r")};
    static WS_XML_DICTIONARY dictionary = {{1, 2, 3, {4}}, strings, 3, TRUE};
    static const WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, &dictionary, NULL};
    static const BYTE document[] = {0x42, 4, 0x0a, 0, 0x0b, 1, 'p', 2, 0x05, 1, 'p', 1, 'a', 0x98, 1, '1', 1};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;

    set_input(reader, &encoding.encoding, document, sizeof(document));
    element = expect_declarations(reader);
    expect(value_bytes(element->attributes[0]) && value_bytes(element->attributes[1]));
    expect(element->attributes[1]->ns->dictionary == &dictionary);
    /* What reads text next shows it as text does. */
    set_text_string(reader, declarations);
    element = expect_declarations(reader);
    expect(!value_bytes(element->attributes[0]) && !value_bytes(element->attributes[1]));
    WsFreeReader(reader);
}

static WS_XML_WRITER *create_buffer_writer(WS_HEAP *heap, WS_XML_BUFFER **buffer)
{
    WS_XML_WRITER *writer = NULL;

    expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, buffer, NULL));
    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(S_OK, WsSetOutputToBuffer(writer, *buffer, NULL, 0, NULL));
    return writer;
}

static void expect_declarations_in(WS_XML_READER *reader, WS_XML_BUFFER *buffer)
{
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_declarations(reader);
}

TEST(a_declaration_in_an_XML_buffer_has_them_however_it_came_there)
{
    WS_XML_READER *reader = create_reader(), *other = create_reader();
    WS_XML_BUFFER *buffer = NULL, *copy = NULL;
    WS_HEAP *heap = create_heap();
    WS_XML_WRITER *writer;

    /* Read from text and from binary, and copied. */
    set_text_string(reader, declarations);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_declarations_in(reader, buffer);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &copy, NULL));
    expect_declarations_in(reader, copy);
    set_input(reader, &binary.encoding, declarations_binary, sizeof(declarations_binary));
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_declarations_in(reader, buffer);

    /* Written as calls, */
    writer = create_buffer_writer(heap, &buffer);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, X("r"), X("u"), NULL));
    expect_hr(S_OK, WsWriteXmlnsAttribute(writer, X(""), X("u"), FALSE, NULL));
    expect_hr(S_OK, WsWriteXmlnsAttribute(writer, X("p"), X("v"), FALSE, NULL));
    expect_hr(S_OK, WsWriteStartAttribute(writer, X("p"), X("a"), X("v"), FALSE, NULL));
    expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_declarations_in(reader, buffer);
    WsFreeWriter(writer);

    /* as the nodes of a reader, */
    writer = create_buffer_writer(heap, &buffer);
    set_text_string(other, declarations);
    expect_hr(S_OK, WsReadToStartElement(other, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsWriteNode(writer, current_node(other), NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_declarations_in(reader, buffer);
    WsFreeWriter(writer);

    /* and as a copy of one. */
    writer = create_buffer_writer(heap, &buffer);
    expect_hr(S_OK, WsCopyNode(writer, other, NULL));
    expect_declarations_in(reader, buffer);
    WsFreeWriter(writer);
    WsFreeReader(other);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* The page of WS_XML_ATTRIBUTE says that they are not used there. */
TEST(a_writer_takes_declarations_with_and_without_them)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_BUFFER_OUTPUT memory_output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    static const char expected[] = "<p:r xmlns:p=\"v\"/>";
    WS_XML_UTF8_TEXT value = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    WS_XML_ATTRIBUTE attribute = {FALSE, TRUE, X("p"), NULL, X("v"), NULL}, *attributes = &attribute;
    WS_XML_ELEMENT_NODE element = {{WS_XML_NODE_TYPE_ELEMENT}, X("p"), X("r"), X("v"), 1, &attributes, TRUE};
    WS_XML_READER *reader = create_reader();
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = create_heap();
    WS_XML_WRITER *writer = NULL;
    WS_BYTES bytes;
    int i;

    for (i = 0; i < 2; i++)
    {
        attribute.localName = i ? X("p") : NULL;
        attribute.value = i ? &value.text : NULL;
        expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
        expect_hr(S_OK, WsSetOutput(writer, &utf8.encoding, &memory_output.output, NULL, 0, NULL));
        expect_hr(S_OK, WsWriteNode(writer, &element.node, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
        expect(bytes.length == sizeof(expected) - 1 && !memcmp(bytes.bytes, expected, bytes.length));
        WsFreeWriter(writer);

        writer = create_buffer_writer(heap, &buffer);
        expect_hr(S_OK, WsWriteNode(writer, &element.node, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
        expect_declaration(first_element(reader)->attributes[0], "p", "v");
        WsFreeWriter(writer);
    }
    WsFreeReader(reader);
    WsFreeHeap(heap);
}
