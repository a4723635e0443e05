/* SPDX-License-Identifier: MIT */
/*
 * What the names and values of nodes are, down to the pointers: programs look at them without asking.
 *
 * Source: observed on Windows.
 */
#include "support/mtom.h"

#include <stdlib.h>

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
    static WS_XML_DICTIONARY dictionary;
    static WS_XML_STRING strings[] = {WS_XML_STRING_DICTIONARY_VALUE("u", &dictionary, 0),
                                      WS_XML_STRING_DICTIONARY_VALUE("v", &dictionary, 1),
                                      WS_XML_STRING_DICTIONARY_VALUE("r", &dictionary, 2)};
    static const WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, &dictionary, NULL};
    static const BYTE document[] = {0x42, 4, 0x0a, 0, 0x0b, 1, 'p', 2, 0x05, 1, 'p', 1, 'a', 0x98, 1, '1', 1};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;

    dictionary.strings = strings;
    dictionary.stringCount = 3;
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
    WS_HEAP *heap = create_heap(1 << 20);
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
    WS_HEAP *heap = create_heap(1 << 20);
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

/* --- Names that are empty --- */

/* An element in no namespace, and one in the default one, with attributes with and without a prefix. */
#define NAMES "<r a=\"\"><b xmlns=\"u\" c=\"1\" p:d=\"2\" xmlns:p=\"v\"/></r>"
static const char names[] = NAMES;
static const BYTE names_binary[] = {0x40, 1,    'r', 0x04, 1,    'a', 0xa8, 0x40, 1, 'b', 0x08, 1,
                                    'u',  0x04, 1,   'c',  0x98, 1,   '1',  0x05, 1, 'p', 1,    'd',
                                    0x98, 1,    '2', 0x09, 1,    'p', 1,    'v',  1, 1};

static void expect_nothing(const WS_XML_STRING *string)
{
    expect(string && !string->length && !string->bytes);
}

static const WS_XML_ATTRIBUTE *attribute_named(const WS_XML_ELEMENT_NODE *element, const char *name)
{
    ULONG i;

    for (i = 0; i < element->attributeCount; i++)
        if (string_is(element->attributes[i]->localName, name))
            return element->attributes[i];
    test_fail(__FILE__, __LINE__, "there is no attribute \"%s\"", name);
    return NULL;
}

static void expect_names(WS_XML_READER *reader)
{
    const WS_XML_ELEMENT_NODE *element = first_element(reader);
    const WS_XML_UTF8_TEXT *value;

    expect_nothing(element->prefix);
    expect(!element->ns->length && element->ns->bytes);
    expect_nothing(element->attributes[0]->prefix);
    expect_nothing(element->attributes[0]->ns);
    value = (const WS_XML_UTF8_TEXT *)element->attributes[0]->value;
    expect(!value->value.length && value->value.bytes);

    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_nothing(element->prefix);
    expect(string_is(element->ns, "u"));
    expect_declaration(attribute_named(element, "xmlns"), "", "u");
    expect_nothing(attribute_named(element, "xmlns")->prefix);
    expect_nothing(attribute_named(element, "c")->prefix);
    expect_nothing(attribute_named(element, "c")->ns);
    expect(string_is(attribute_named(element, "d")->prefix, "p") && string_is(attribute_named(element, "d")->ns, "v"));
}

TEST(what_is_empty_is_at_NULL_or_not)
{
    static const char package[] = HEADER ROOT NAMES END;
    static WS_XML_STRING strings[] = {STRING("r"), STRING("a"), STRING("b"), STRING("u"), STRING("c")};
    static WS_XML_DICTIONARY dictionary = {{1, 2, 3, {5}}, strings, 5, TRUE};
    static const WS_XML_READER_BINARY_ENCODING with_dictionary = {
        {WS_XML_READER_ENCODING_TYPE_BINARY}, &dictionary, NULL};
    static const BYTE names_dictionary[] = {0x42, 0,   0x06, 2,   0xa8, 0x42, 4,   0x0a, 6, 0x06, 8, 0x98, 1, '1', 0x05,
                                            1,    'p', 1,    'd', 0x98, 1,    '2', 0x09, 1, 'p',  1, 'v',  1, 1};
    WS_XML_READER *reader = create_reader();
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_WRITER *writer;
    BYTE utf16[200];
    size_t i;

    set_text_string(reader, names);
    expect_names(reader);
    set_text(reader, utf16, to_utf16(names, sizeof(names) - 1, true, false, utf16));
    expect_names(reader);
    set_input(reader, &with_header.encoding, package, sizeof(package) - 1);
    expect_names(reader);
    set_input(reader, &binary.encoding, names_binary, sizeof(names_binary));
    expect_names(reader);
    set_input(reader, &with_dictionary.encoding, names_dictionary, sizeof(names_dictionary));
    expect_names(reader);

    /* In XML buffers that were read, */
    for (i = 0; i < 2; i++)
    {
        if (i)
            set_input(reader, &binary.encoding, names_binary, sizeof(names_binary));
        else
            set_text_string(reader, names);
        expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
        expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
        expect_names(reader);
    }
    /* and written. */
    writer = create_buffer_writer(heap, &buffer);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, X("r"), X(""), NULL));
    expect_hr(S_OK, WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
    expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, X("b"), X("u"), NULL));
    expect_hr(S_OK, WsWriteXmlnsAttribute(writer, X(""), X("u"), FALSE, NULL));
    expect_hr(S_OK, WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, NULL));
    expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
    expect_hr(S_OK, WsWriteStartAttribute(writer, X("p"), X("d"), X("v"), FALSE, NULL));
    expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_names(reader);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* A program that asks with such a string gets what it gets with an empty one. */
TEST(empty_names_at_NULL_are_like_other_empty_names)
{
    WS_XML_STRING nothing = {0, NULL, NULL, 0};
    WS_XML_READER *reader = create_reader();
    const WS_XML_STRING *ns = NULL;
    ULONG index = 77;
    BOOL found = FALSE;

    set_text_string(reader, "<r a='1'/>");
    expect_hr(S_OK, WsReadToStartElement(reader, X("r"), &nothing, &found, NULL));
    expect(found);
    expect_hr(S_OK, WsFindAttribute(reader, X("a"), &nothing, TRUE, &index, NULL));
    expect_size(0, index);
    expect_hr(S_OK, WsGetNamespaceFromPrefix(reader, &nothing, TRUE, &ns, NULL));
    expect(ns && !ns->length);
    expect_hr(S_OK, WsXmlStringEquals(&nothing, X(""), NULL));
    expect_hr(S_OK, WsXmlStringEquals(&nothing, &nothing, NULL));
    WsFreeReader(reader);
}

/* --- Names and dictionaries --- */

/* The name of an element was observed; that those of attributes are like it is our choice. */
TEST(local_names_of_binary_are_in_a_dictionary_even_if_they_are_in_the_document)
{
    static const BYTE document[] = {0x40, 1, 'n', 0x04, 1, 'm', 0xa8, 0x41, 1, 'p', 1, 'n', 0x09, 1, 'p', 1, 'u', 1, 1};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_STRING first;
    BOOL found = TRUE;
    ULONG index = 77;

    set_input(reader, &binary.encoding, document, sizeof(document));
    element = first_element(reader);
    expect(string_is(element->localName, "n") && element->localName->dictionary);
    expect(string_is(element->attributes[0]->localName, "m") && element->attributes[0]->localName->dictionary);
    /* That does not make names equal which are not, or the other way round. */
    first = *element->localName;
    expect_hr(S_FALSE, WsXmlStringEquals(&first, element->attributes[0]->localName, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, element->attributes[0]->localName, NULL, &found, NULL));
    expect(!found);
    expect_hr(S_FALSE, WsFindAttribute(reader, &first, X(""), FALSE, &index, NULL));
    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsXmlStringEquals(&first, element->localName, NULL));
    expect_hr(S_OK, WsXmlStringEquals(&first, X("n"), NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &first, X("u"), &found, NULL));
    expect(found);

    /* Copies are in none, and text does not have them. */
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect(!first_element(reader)->localName->dictionary);
    set_text_string(reader, "<n m=''><p:n xmlns:p='u'/></n>");
    element = first_element(reader);
    expect(!element->localName->dictionary && !element->attributes[0]->localName->dictionary);
    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect(!element->localName->dictionary);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(strings_of_the_callers_dictionary_are_shown_as_they_are)
{
    static WS_XML_DICTIONARY dictionary, other;
    static WS_XML_STRING strings[] = {WS_XML_STRING_DICTIONARY_VALUE("r", &dictionary, 0xffffffff),
                                      WS_XML_STRING_DICTIONARY_VALUE("u", &dictionary, 7),
                                      WS_XML_STRING_DICTIONARY_VALUE("t", &other, 1), STRING("a")};
    static const WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, &dictionary, NULL};
    static const BYTE document[] = {0x42, 0, 0x06, 6, 0xaa, 4, 0x0a, 2, 0xab, 4};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    const WS_XML_UTF8_TEXT *text;
    int is_const;

    dictionary.strings = strings;
    dictionary.stringCount = sizeof(strings) / sizeof(strings[0]);
    for (is_const = 0; is_const < 2; is_const++)
    {
        dictionary.isConst = is_const;
        set_input(reader, &encoding.encoding, document, sizeof(document));
        element = first_element(reader);
        expect(string_is(element->localName, "r") && element->localName->dictionary == &dictionary &&
               element->localName->id == 0xffffffff);
        expect(string_is(element->ns, "u") && element->ns->dictionary == &dictionary && element->ns->id == 7);
        expect(string_is(element->attributes[0]->localName, "a") && !element->attributes[0]->localName->dictionary);
        text = (const WS_XML_UTF8_TEXT *)element->attributes[0]->value;
        expect(string_is(&text->value, "t") && text->value.dictionary == &other && text->value.id == 1);
        text = (const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)next_node(reader, WS_XML_NODE_TYPE_TEXT))->text;
        expect(string_is(&text->value, "t") && text->value.dictionary == &other && text->value.id == 1);
    }
    WsFreeReader(reader);
}

TEST(any_byte_but_0_is_true)
{
    static const BYTE document[] = {0x40, 1, 'r', 0x04, 1, 'a', 0xb4, 0xff, 0xb4, 0xff, 0xb4, 0, 0xb5, 2};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    static const BOOL values[] = {1, 0, 1};
    const WS_XML_BOOL_TEXT *text;
    BOOL value = 77;
    size_t i;

    set_input(reader, &binary.encoding, document, sizeof(document));
    element = first_element(reader);
    text = (const WS_XML_BOOL_TEXT *)element->attributes[0]->value;
    expect(text->text.textType == WS_XML_TEXT_TYPE_BOOL && text->value == 1);
    for (i = 0; i < 3; i++)
    {
        text = (const WS_XML_BOOL_TEXT *)((const WS_XML_TEXT_NODE *)next_node(reader, WS_XML_NODE_TYPE_TEXT))->text;
        expect(text->text.textType == WS_XML_TEXT_TYPE_BOOL && text->value == values[i]);
    }
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    /* As a value, and in an array of them. */
    {
        static const BYTE array[] = {0x40, 1, 'r', 0x03, 0x40, 1, 'i', 1, 0xb5, 2, 0x80, 0, 1};

        set_input(reader, &binary.encoding, array, sizeof(array));
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        for (i = 0; i < 2; i++)
        {
            expect_hr(S_OK, WsReadStartElement(reader, NULL));
            expect_hr(S_OK, WsReadValue(reader, WS_BOOL_VALUE_TYPE, &value, sizeof(value), NULL));
            expect(value == !i);
            expect_hr(S_OK, WsReadEndElement(reader, NULL));
        }
    }
    WsFreeReader(reader);
}
