/* SPDX-License-Identifier: MIT */
/*
 * Error objects say what was wrong by its name: names as they were given, constants as the header has them.
 *
 * Source: our choice.
 */
#include "support/writer.h"

TEST(a_name_that_cannot_be_is_shown)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteStartElement(writer, NULL, X("1 bad"), X(""), error),
                   "The element name \"1 bad\" cannot begin with the character U+0031.");
    ok(WsSetOutput(writer, &utf8.encoding, &memory_output.output, NULL, 0, NULL));
    ok(WsWriteStartElement(writer, NULL, X("a"), X(""), NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteStartAttribute(writer, NULL, X("b c"), X(""), FALSE, error),
                   "The attribute name \"b c\" cannot have the character U+0020 at position 1.");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(constants_have_their_names)
{
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, (WS_CHARSET)0};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_HEAP *heap = NULL;
    ULONG value = 0;

    ok(WsCreateHeap(1000, 0, NULL, 0, &heap, NULL));
    expect_refused(error, E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &value, 1, error),
                   "The value of WS_HEAP_PROPERTY_MAX_SIZE has ");
    expect_refused(error, E_INVALIDARG, WsGetHeapProperty(heap, (WS_HEAP_PROPERTY_ID)77, &value, 4, error),
                   "There is no heap property 77.");
    ok(WsWriteStartElement(writer, NULL, X("a"), X(""), NULL));
    expect_refused(error, E_INVALIDARG, WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, 3, error),
                   "A value of WS_INT32_VALUE_TYPE has the size 4, not 3.");
    expect_refused(error, E_INVALIDARG, WsWriteValue(writer, (WS_VALUE_TYPE)99, &value, 4, error),
                   "There is no value type 99.");
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, error),
                   "A writer can use WS_CHARSET_UTF8, _UTF16LE and _UTF16BE, not WS_CHARSET_AUTO.");
    WsFreeHeap(heap);
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* A sentence that counts something is right for one of it, too. */
TEST(what_is_at_NULL)
{
    WS_XML_STRING no_bytes = {1, NULL, NULL, 0};
    WS_XML_UTF16_TEXT utf16 = {{WS_XML_TEXT_TYPE_UTF16}, NULL, 2};
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 1, NULL};
    WS_XML_ELEMENT_NODE element = {{WS_XML_NODE_TYPE_ELEMENT}, X(""), X("a"), X(""), 1, NULL, FALSE};
    WS_XML_ATTRIBUTE *none[2] = {NULL, NULL};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    expect_refused(error, E_INVALIDARG, WsWriteStartElement(writer, NULL, &no_bytes, X(""), error),
                   "The bytes of the local name are NULL, and its length is 1.");
    start(writer, "a");
    expect_refused(error, E_INVALIDARG, WsWriteChars(writer, NULL, 1, error),
                   "The characters to write are NULL, and their count is 1.");
    expect_refused(error, E_INVALIDARG, WsWriteBytes(writer, NULL, 1, error),
                   "The bytes to write are NULL, and their count is 1.");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &utf16.text, error),
                   "The bytes of the UTF-16 text are NULL, and its length is 2.");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &list.text, error),
                   "The items of the list are NULL, and their count is 1.");
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &element.node, error),
                   "The attributes of the element are NULL, and their count is 1.");
    element.attributes = none;
    expect_refused(error, E_INVALIDARG, WsWriteNode(writer, &element.node, error),
                   "Attribute 0 of the element is NULL.");
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, NULL, NULL, NULL, 1, error),
                   "The properties are NULL, and their count is 1.");
    expect_refused(error, E_INVALIDARG, WsXmlStringEquals(X("a"), &no_bytes, error),
                   "The bytes of string 2 are NULL, and its length is 1.");
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* What was given, and the limit that it exceeds. */
TEST(limits_are_named_with_what_exceeds_them)
{
    ULONG one = 1, zero = 0, little = 20;
    WS_XML_WRITER_PROPERTY depth = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &one, sizeof(one)};
    WS_XML_WRITER_PROPERTY attributes = {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &one, sizeof(one)};
    WS_XML_WRITER_PROPERTY namespaces = {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &zero, sizeof(zero)};
    WS_XML_WRITER_PROPERTY size = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &little, sizeof(little)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    set_output(writer, &depth, 1);
    start(writer, "a");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteStartElement(writer, NULL, X("b"), X(""), error),
                   "The writer's MAX_DEPTH is 1: the element \"b\" would be at depth 2.");
    set_output(writer, &attributes, 1);
    start(writer, "a");
    attribute(writer, "x", "1");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteStartAttribute(writer, NULL, X("y"), X(""), FALSE, error),
                   "The writer's MAX_ATTRIBUTES is 1: the element \"a\" cannot have another one.");
    set_output(writer, &namespaces, 1);
    ok(WsWriteStartElement(writer, NULL, X("a"), X("urn:x"), NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteEndStartElement(writer, error),
                   "The writer's MAX_NAMESPACES is 0: the declaration of \"urn:x\" would exceed it.");
    set_output(writer, &size, 1);
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("x"), X(""), FALSE, NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED,
                   WsWriteCharsUtf8(writer, (const BYTE *)"123456789012345678901", 21, error),
                   "The writer's BUFFER_MAX_SIZE is 20 bytes: the value of the attribute \"x\" would have 21.");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(values_of_attributes_that_do_not_go_together)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    int value = 1;

    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("x"), X(""), FALSE, NULL));
    ok(WsWriteChars(writer, u"1", 1, NULL));
    expect_refused(
        error, WS_E_INVALID_OPERATION, WsWriteCharsUtf8(writer, (const BYTE *)"2", 1, error),
        "The value of the attribute \"x\" was begun with WsWriteChars, and can go on only with more of that.");
    expect_refused(
        error, WS_E_INVALID_OPERATION, WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, sizeof(value), error),
        "The value of the attribute \"x\" was begun with WsWriteChars, and can go on only with more of that.");
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("y"), X(""), FALSE, NULL));
    ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, sizeof(value), error),
                   "The attribute \"y\" has a value already, to which nothing can be added.");
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("x"), X(""), FALSE, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error),
                   "The attribute \"x\" is written twice on the element \"a\".");
    WsFreeWriter(writer);
    WsFreeError(error);
}
