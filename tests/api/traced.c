/* SPDX-License-Identifier: MIT */
/*
 * Calls whose lines trace.sh looks for; and that strings which are none do no harm while they are traced.
 *
 * Source: our choice.
 */
#include "support/reader.h"

#ifndef _WIN32
#include <pthread.h>
#endif

TEST(calls_that_are_traced)
{
    static const char document[] = "<order n=\"1\"><item/></order>";
    WS_XML_STRING name = STRING("order"), other = STRING("a\"\n\xff"), none = STRING(""), no_bytes = {3, NULL, NULL, 0};
    WS_XML_STRING long_name = STRING("a_name_that_is_much_longer_than_what_is_shown_of_it");
    const WS_XML_STRING *ns = NULL;
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = NULL;
    WS_ERROR *error = create_error();
    WS_XML_STRING n = STRING("n"), xml = STRING("xml"), bad = STRING("1 bad");
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    const WS_XML_NODE *node = NULL;
    ULONG index = 99;
    BOOL found;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    ok(WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
    set_text_string(reader, document);
    ok(WsReadToStartElement(reader, &other, &none, &found, error));
    ok(WsReadToStartElement(reader, &name, &none, &found, error));
    ok(WsFindAttribute(reader, &n, &none, TRUE, &index, error));
    expect_hr(S_FALSE, WsFindAttribute(reader, &long_name, &none, FALSE, &index, error));
    ok(WsGetNamespaceFromPrefix(reader, &xml, TRUE, &ns, error));
    ok(WsGetReaderNode(reader, &node, error));
    expect_hr(E_INVALIDARG, WsWriteStartElement(writer, NULL, &no_bytes, &none, error));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteStartElement(writer, NULL, &bad, &none, error));
    expect_hr(WS_E_INVALID_OPERATION, WsMoveReader(reader, (WS_MOVE_TO)99, NULL, error));
    WsMoveReader(reader, WS_MOVE_TO_CHILD_NODE, NULL, NULL);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeError(error);
}

/* --- Programs without error objects --- */

TEST(what_went_wrong_in_calls_without_an_error_object)
{
    WS_XML_STRING none = STRING(""), bad = STRING("2 bad"), good = STRING("good");
    WS_XML_WRITER *writer = NULL;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
    /* One that says nothing of its failure, after one that did. */
    expect_hr(E_INVALIDARG, WsAddErrorString(NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, &good, &none, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, &bad, &none, NULL));
    WsFreeWriter(writer);
}

#ifdef _WIN32
static DWORD WINAPI other_thread(void *argument)
#else
static void *other_thread(void *argument)
#endif
{
    (void)argument;
    WsResetHeap(NULL, NULL);
    return 0;
}

TEST(a_call_of_another_thread)
{
#ifdef _WIN32
    HANDLE thread = CreateThread(NULL, 0, other_thread, NULL, 0, NULL);

    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
#else
    pthread_t thread;

    expect(pthread_create(&thread, NULL, other_thread, NULL) == 0);
    pthread_join(thread, NULL);
#endif
}

/* --- Properties, values and nodes --- */

TEST(properties_that_are_traced)
{
    ULONG indent = 2, depth = 77, code = 5, size = 0, number;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(indent)},
                                           {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)},
                                           {(WS_XML_WRITER_PROPERTY_ID)999, NULL, 4}};
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_CHARSET charset;
    WS_XML_WRITER *writer = NULL;
    WS_ERROR *error = create_error();
    WS_XML_STRING name = STRING("e"), none = STRING("");
    WS_BYTES bytes;

    ok(WsCreateWriter(properties, 2, &writer, NULL));
    expect_hr(E_INVALIDARG, WsSetOutput(writer, &encoding.encoding, &output.output, properties, 3, NULL));
    ok(WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
    ok(WsWriteStartElement(writer, NULL, &name, &none, NULL));
    ok(WsWriteEndElement(writer, NULL));
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_MAX_DEPTH, &number, sizeof(number), NULL));
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_INDENT, &size, 3, NULL));
    ok(WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code)));
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(values_and_nodes_that_are_traced)
{
    WS_XML_STRING prefix = STRING("p"), name = STRING("order"), ns = STRING("urn:x");
    WS_XML_ELEMENT_NODE element = {{WS_XML_NODE_TYPE_ELEMENT}, &prefix, &name, &ns, 0, NULL, FALSE};
    WS_XML_TEXT_NODE bad = {{WS_XML_NODE_TYPE_TEXT}, NULL};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, STRING("note")};
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_QNAME_TEXT qname = {{WS_XML_TEXT_TYPE_QNAME}, &prefix, &name, &ns};
    WS_XML_UINT64_TEXT number = {{WS_XML_TEXT_TYPE_UINT64}, 18446744073709551615u};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = NULL;
    int value = -42;
    double real = 1.5;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    ok(WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
    ok(WsWriteNode(writer, &element.node, NULL));
    ok(WsWriteNode(writer, &comment.node, NULL));
    expect_hr(E_INVALIDARG, WsWriteNode(writer, &bad.node, NULL));
    ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    ok(WsWriteValue(writer, WS_DOUBLE_VALUE_TYPE, &real, sizeof(real), NULL));
    expect_hr(E_INVALIDARG, WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, 3, NULL));
    ok(WsWriteText(writer, &qname.text, NULL));
    ok(WsWriteText(writer, &number.text, NULL));
    ok(WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);

    set_text_string(reader, "<q:list xmlns:q='u'>17<!--c--></q:list>");
    ok(WsReadNode(reader, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    WsFreeReader(reader);
}

/* A call that is refused may not have looked at its arguments; where they point to nothing, the trace does no harm. */
TEST(arguments_that_point_to_nothing)
{
    void *nowhere = (void *)(uintptr_t)0x5a5a;
    WS_XML_STRING bytes_nowhere = {4, nowhere, NULL, 0};
    WS_XML_WRITER_PROPERTY value_nowhere = {WS_XML_WRITER_PROPERTY_INDENT, nowhere, 4};
    WS_XML_WRITER *writer = NULL;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, &bytes_nowhere, &bytes_nowhere, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteValue(writer, WS_INT32_VALUE_TYPE, nowhere, 4, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteChars(writer, nowhere, 9, NULL));
    ok(WsSetOutput(writer, NULL, nowhere, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsSetOutput((WS_XML_WRITER *)&bytes_nowhere, nowhere, nowhere, nowhere, 1, NULL));
    expect_hr(E_INVALIDARG, WsSetOutput((WS_XML_WRITER *)&bytes_nowhere, NULL, NULL, &value_nowhere, 1, NULL));
    WsFreeWriter(writer);
}
