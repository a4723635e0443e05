/* SPDX-License-Identifier: MIT */
/*
 * Writers when memory fails, at each operation in turn: the debug variant can bring that about.
 *
 * Source: our choice.
 */
#include "support/writer.h"

#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

static HRESULT CALLBACK forget(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                               WS_ERROR *error)
{
    (void)state, (void)buffers, (void)count, (void)context, (void)error;
    return S_OK;
}

/* A bit of everything that takes memory. */
static HRESULT write_all(WS_XML_WRITER *writer, bool canonical)
{
    WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES prefixes = {1, X("a")};
    ULONG size = 30000;
    WS_XML_CANONICALIZATION_PROPERTY properties[] = {
        {WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES, &prefixes, sizeof(prefixes)},
        {WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &size, sizeof(size)},
    };
    static char text[6000];
    WS_XML_STRING name = {2000, (BYTE *)text, NULL, 0};
    double value = 0.125;
    char attribute_name[8];
    HRESULT hr;
    int i;

    memset(text, 'x', sizeof(text));
    if (canonical && (hr = WsStartWriterCanonicalization(writer, forget, NULL, properties, 2, NULL)) != S_OK)
        return hr;
    if ((hr = WsWriteStartElement(writer, X("p"), X("a"), X("urn:x"), NULL)) != S_OK)
        return hr;
    for (i = 0; i < 20; i++)
    {
        snprintf(attribute_name, sizeof(attribute_name), "b%d", i);
        if ((hr = WsWriteStartAttribute(writer, NULL, X(attribute_name), X("urn:y"), FALSE, NULL)) != S_OK ||
            (hr = WsWriteCharsUtf8(writer, (const BYTE *)text, 300, NULL)) != S_OK ||
            (hr = WsWriteEndAttribute(writer, NULL)) != S_OK)
            return hr;
    }
    for (i = 0; i < 20; i++)
    {
        snprintf(attribute_name, sizeof(attribute_name), "urn:%d", i);
        if ((hr = WsWriteStartElement(writer, NULL, &name, X(attribute_name), NULL)) != S_OK ||
            (hr = WsWriteQualifiedName(writer, NULL, X("n"), X(attribute_name), NULL)) != S_OK ||
            (hr = WsWriteValue(writer, WS_DOUBLE_VALUE_TYPE, &value, sizeof(value), NULL)) != S_OK)
            return hr;
    }
    if ((hr = WsWriteCharsUtf8(writer, (const BYTE *)text, sizeof(text), NULL)) != S_OK ||
        (hr = WsWriteBytes(writer, text, sizeof(text), NULL)) != S_OK)
        return hr;
    for (i = 0; i < 21; i++)
        if ((hr = WsWriteEndElement(writer, NULL)) != S_OK)
            return hr;
    return canonical ? WsEndWriterCanonicalization(writer, NULL) : S_OK;
}

/* The whole life of a writer. */
static HRESULT live(int output, bool canonical)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    WS_XML_WRITER *writer = NULL;
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = NULL;
    WS_BUFFERS buffers;
    WS_BYTES bytes;
    void *memory;
    ULONG count;
    HRESULT hr;

    if ((hr = WsCreateWriter(NULL, 0, &writer, NULL)) != S_OK)
        return hr;
    if (output < 2)
    {
        hr = WsSetOutput(writer, output ? &utf16.encoding : &utf8.encoding, &memory_output.output, NULL, 0, NULL);
        if (hr == S_OK && (hr = write_all(writer, canonical)) == S_OK &&
            (hr = WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL)) == S_OK)
            hr = WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL);
    }
    else if ((hr = WsCreateHeap(1 << 20, 0, NULL, 0, &heap, NULL)) == S_OK &&
             (hr = WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL)) == S_OK &&
             (hr = WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL)) == S_OK &&
             (hr = write_all(writer, canonical)) == S_OK)
        hr = WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, heap, &memory, &count, NULL);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
    return hr;
}

TEST(writers_survive_every_failure_of_memory)
{
    int output;
    ULONG after;
    HRESULT hr;

    for (output = 0; output < 6; output++)
    {
        for (after = 0, hr = E_OUTOFMEMORY; hr != S_OK; after++)
        {
            ok(WsSetAutoFail(after, NULL));
            hr = live(output % 3, output >= 3);
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            expect(hr == S_OK || hr == E_OUTOFMEMORY);
            expect(after < 2000);
        }
        expect(after > 10);
    }
}

/* A copy of a document into an XML buffer, and from one of its elements into text. */
static HRESULT copy(void)
{
    static const char document[] = "<a xmlns:p='urn:p' xmlns='urn:d'><b c='p:d' p:e='&lt;'>p:f<!--g--></b>h</a>";
    static const WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_READER_BUFFER_INPUT input = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)document, sizeof(document) - 1};
    WS_XML_READER *reader = NULL;
    WS_XML_WRITER *writer = NULL;
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = NULL;
    HRESULT hr;

    if ((hr = WsCreateReader(NULL, 0, &reader, NULL)) == S_OK &&
        (hr = WsCreateWriter(NULL, 0, &writer, NULL)) == S_OK &&
        (hr = WsCreateHeap(1 << 20, 0, NULL, 0, &heap, NULL)) == S_OK &&
        (hr = WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL)) == S_OK &&
        (hr = WsSetInput(reader, &text.encoding, &input.input, NULL, 0, NULL)) == S_OK &&
        (hr = WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL)) == S_OK &&
        (hr = WsCopyNode(writer, reader, NULL)) == S_OK &&
        (hr = WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL)) == S_OK &&
        (hr = WsWriteStartAttribute(writer, NULL, X("added"), X("urn:q"), FALSE, NULL)) == S_OK &&
        (hr = WsWriteEndAttribute(writer, NULL)) == S_OK && (hr = WsWriteEndStartElement(writer, NULL)) == S_OK &&
        (hr = WsSetInputToBuffer(reader, buffer, NULL, 0, NULL)) == S_OK &&
        (hr = WsReadToStartElement(reader, NULL, NULL, NULL, NULL)) == S_OK &&
        (hr = WsReadStartElement(reader, NULL)) == S_OK &&
        (hr = WsSetOutput(writer, &utf8.encoding, &memory_output.output, NULL, 0, NULL)) == S_OK)
        hr = WsCopyNode(writer, reader, NULL);
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
    return hr;
}

/* A fault with a detail and a header, copied, and read again. */
static HRESULT fault(void)
{
    static const WCHAR chars[] = {'s', 't', 'r', 'i', 'n', 'g'};
    WS_ELEMENT_DESCRIPTION element = {X("a"), X("urn:x"), WS_STRING_TYPE, NULL};
    WS_FAULT_DETAIL_DESCRIPTION description = {X("urn:action"), &element};
    WS_STRING string = {6, (WCHAR *)chars};
    WS_ERROR *error = NULL, *other = NULL;
    WS_FAULT *got = NULL;
    WS_HEAP *heap = NULL;
    HRESULT hr;

    if ((hr = WsCreateError(NULL, 0, &error)) == S_OK && (hr = WsCreateError(NULL, 0, &other)) == S_OK &&
        (hr = WsCreateHeap(1 << 20, 0, NULL, 0, &heap, NULL)) == S_OK &&
        (hr = WsSetFaultErrorDetail(error, &description, WS_WRITE_REQUIRED_VALUE, &string, sizeof(string))) == S_OK &&
        (hr = WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got))) == S_OK &&
        (hr = WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &got->detail, sizeof(got->detail))) ==
            S_OK &&
        (hr = WsCopyError(error, other)) == S_OK)
        hr = WsGetFaultErrorDetail(other, &description, WS_READ_REQUIRED_VALUE, heap, &string, sizeof(string));
    WsFreeError(error);
    WsFreeError(other);
    WsFreeHeap(heap);
    return hr;
}

TEST(copies_and_faults_survive_every_failure_of_memory)
{
    int which;
    ULONG after;
    HRESULT hr;

    for (which = 0; which < 2; which++)
    {
        for (after = 0, hr = E_OUTOFMEMORY; hr != S_OK; after++)
        {
            ok(WsSetAutoFail(after, NULL));
            hr = which ? fault() : copy();
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            expect(hr == S_OK || hr == E_OUTOFMEMORY);
            expect(after < 2000);
        }
        expect(after > 10);
    }
}
