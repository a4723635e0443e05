/* SPDX-License-Identifier: MIT */
/* Writers when memory fails, at each operation in turn: the debug variant can bring that about. */
#include "writer.h"

#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

/* A bit of everything that takes memory. */
static HRESULT write_all(WS_XML_WRITER *writer)
{
    static char text[6000];
    WS_XML_STRING name = {2000, (BYTE *)text, NULL, 0};
    double value = 0.125;
    char attribute_name[8];
    HRESULT hr;
    int i;

    memset(text, 'x', sizeof(text));
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
            (hr = WsWriteQualifiedName(writer, NULL, X("n"), X("urn:q"), NULL)) != S_OK ||
            (hr = WsWriteValue(writer, WS_DOUBLE_VALUE_TYPE, &value, sizeof(value), NULL)) != S_OK)
            return hr;
    }
    if ((hr = WsWriteCharsUtf8(writer, (const BYTE *)text, sizeof(text), NULL)) != S_OK ||
        (hr = WsWriteBytes(writer, text, sizeof(text), NULL)) != S_OK)
        return hr;
    for (i = 0; i < 21; i++)
        if ((hr = WsWriteEndElement(writer, NULL)) != S_OK)
            return hr;
    return S_OK;
}

/* The whole life of a writer. */
static HRESULT live(int output)
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
        if (hr == S_OK && (hr = write_all(writer)) == S_OK &&
            (hr = WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL)) == S_OK)
            hr = WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL);
    }
    else if ((hr = WsCreateHeap(1 << 20, 0, NULL, 0, &heap, NULL)) == S_OK &&
             (hr = WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL)) == S_OK &&
             (hr = WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL)) == S_OK && (hr = write_all(writer)) == S_OK)
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

    for (output = 0; output < 3; output++)
    {
        for (after = 0, hr = E_OUTOFMEMORY; hr != S_OK; after++)
        {
            ok(WsSetAutoFail(after, NULL));
            hr = live(output);
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            expect(hr == S_OK || hr == E_OUTOFMEMORY);
            expect(after < 2000);
        }
        expect(after > 10);
    }
}
