/* SPDX-License-Identifier: MIT */
/*
 * Readers when memory fails, at every point where it can: E_OUTOFMEMORY, and nothing is lost (debug variant).
 *
 * Source: our choice.
 */
#include "support/reader.h"
#include "webservicesdebug.h"

#include <stdlib.h>

#define NEVER_FAIL 0xffffffffu

/* Something of everything that takes memory. */
static const char document[] =
    "<?xml version='1.0'?><p:a xmlns:p='urn:p' xmlns='a&amp;b' xml:lang='d&#101;' b0='' b1='' b2='' b3='' b4='' b5='' "
    "b6='' b7='' b8='' b9='&lt;'>text&amp;<!--c\r\n--><![CDATA[d\r]]><c><c><c><c><c><c><c><c><c "
    "xmlns:q='q'/></c></c></c>"
    "</c></c></c></c></c><q:e xmlns:q='r' q:f='1'>YWJj</q:e> 42 <g>p:h</g></p:a>";

static BYTE utf16[2 * sizeof(document)];

/* The same, and much text after it. */
static char long_document[sizeof(document) + 20000];

static void make_long(void)
{
    size_t length = sizeof(document) - 1 - 6; /* without the end tag */

    memcpy(long_document, document, length);
    memset(long_document + length, 'x', 20000);
    memcpy(long_document + length + 20000, "</p:a>", 7);
}

static HRESULT read_nodes(WS_XML_READER *reader, ULONG fill, WS_ERROR *error)
{
    const WS_XML_NODE *node;
    HRESULT hr;

    do
    {
        if (fill && (hr = WsFillReader(reader, fill, NULL, error)) != S_OK)
            return hr;
        if ((hr = WsReadNode(reader, error)) != S_OK || (hr = WsGetReaderNode(reader, &node, error)) != S_OK)
            return hr;
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

static HRESULT memory(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    (void)heap;
    set_text(reader, document, sizeof(document) - 1);
    return read_nodes(reader, 0, error);
}

static HRESULT wide(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    (void)heap;
    set_text(reader, utf16, to_utf16(document, sizeof(document) - 1, true, true, utf16));
    return read_nodes(reader, 0, error);
}

static HRESULT streamed(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    struct stream stream = {(const BYTE *)document, sizeof(document) - 1, 0, 7, 0};

    (void)heap;
    set_stream(reader, &stream, 16, WS_CHARSET_AUTO);
    return read_nodes(reader, 300, error);
}

static HRESULT long_stream(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    struct stream stream = {(const BYTE *)long_document, strlen(long_document), 0, 50, 0};

    (void)heap;
    set_stream(reader, &stream, 4096, WS_CHARSET_AUTO);
    return read_nodes(reader, 300, error);
}

static HRESULT wide_stream(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    struct stream stream = {utf16, 0, 0, 7, 0};

    (void)heap;
    stream.length = to_utf16(document, sizeof(document) - 1, false, true, utf16);
    set_stream(reader, &stream, 16, WS_CHARSET_AUTO);
    return read_nodes(reader, 600, error);
}

static HRESULT buffered(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    WS_XML_BUFFER *buffer = NULL;
    HRESULT hr;

    set_text(reader, document, sizeof(document) - 1);
    if ((hr = WsReadXmlBuffer(reader, heap, &buffer, error)) != S_OK)
    {
        expect(!buffer);
        return hr;
    }
    if ((hr = WsSetInputToBuffer(reader, buffer, NULL, 0, error)) != S_OK)
        return hr;
    return read_nodes(reader, 0, error);
}

static HRESULT values(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    static const WS_XML_STRING lang = STRING("lang");
    WS_XML_STRING prefix, name, ns;
    WCHAR *chars;
    int32_t value;
    ULONG count;
    BYTE bytes[8];
    HRESULT hr;

    set_text(reader, document, sizeof(document) - 1);
    if ((hr = WsReadStartElement(reader, error)) != S_OK ||
        (hr = WsGetXmlAttribute(reader, &lang, heap, &chars, &count, error)) != S_OK ||
        (hr = WsReadNode(reader, error)) != S_OK || (hr = WsReadNode(reader, error)) != S_OK ||
        (hr = WsReadNode(reader, error)) != S_OK || (hr = WsReadNode(reader, error)) != S_OK ||
        (hr = WsReadNode(reader, error)) != S_OK || (hr = WsSkipNode(reader, error)) != S_OK ||
        (hr = WsReadStartElement(reader, error)) != S_OK ||
        (hr = WsReadBytes(reader, bytes, 8, &count, error)) != S_OK || (hr = WsReadEndElement(reader, error)) != S_OK ||
        (hr = WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), error)) != S_OK ||
        (hr = WsReadStartElement(reader, error)) != S_OK)
        return hr;
    return WsReadQualifiedName(reader, heap, &prefix, &name, &ns, error);
}

/* Its identity is read from a copy. */
static HRESULT address(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    static const char text[] =
        "<a xmlns='http://www.w3.org/2005/08/addressing'><Address>urn:a</Address><ReferenceParameters><b/><c>d</c>"
        "</ReferenceParameters><Metadata/><Identity xmlns='http://schemas.xmlsoap.org/ws/2006/02/addressingidentity'>"
        "<Dns>host</Dns></Identity></a>";
    static WS_ENDPOINT_ADDRESS_DESCRIPTION description = {WS_ADDRESSING_VERSION_1_0};
    WS_ENDPOINT_ADDRESS value;
    HRESULT hr;

    set_text(reader, text, sizeof(text) - 1);
    hr = WsReadType(reader, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &description, WS_READ_REQUIRED_VALUE,
                    heap, &value, sizeof(value), error);
    expect(hr != S_OK || value.identity->identityType == WS_DNS_ENDPOINT_IDENTITY_TYPE);
    return hr;
}

static HRESULT CALLBACK forget(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                               WS_ERROR *error)
{
    (void)state, (void)buffers, (void)count, (void)context, (void)error;
    return S_OK;
}

static HRESULT canonical(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    static WS_XML_STRING prefixes[] = {STRING("q"), STRING("p"), STRING("")};
    WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES inclusive = {3, prefixes};
    WS_XML_QNAME omitted = {STRING("g"), STRING("a&b")};
    ULONG size = 100000;
    WS_XML_CANONICALIZATION_PROPERTY properties[] = {
        {WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES, &inclusive, sizeof(inclusive)},
        {WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT, &omitted, sizeof(omitted)},
        {WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &size, sizeof(size)},
    };
    HRESULT hr;

    (void)heap;
    set_text(reader, long_document, strlen(long_document));
    if ((hr = WsReadStartElement(reader, error)) != S_OK)
        return hr;
    if ((hr = WsStartReaderCanonicalization(reader, forget, NULL, properties, 3, error)) != S_OK)
    {
        /* It has not been started, and the reader is as it was. */
        expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, NULL));
        return hr;
    }
    while (current_type(reader) != WS_XML_NODE_TYPE_END_ELEMENT)
        if ((hr = WsSkipNode(reader, error)) != S_OK)
            return hr;
    return WsEndReaderCanonicalization(reader, error);
}

TEST(a_failure_at_every_point)
{
    static HRESULT (*const works[])(WS_XML_READER *, WS_HEAP *, WS_ERROR *) = {memory,   wide,   streamed, wide_stream,
                                                                               buffered, values, address,  canonical};
    ULONG operations;
    WS_XML_READER *reader;
    WS_HEAP *heap;
    HRESULT hr;
    size_t i;

    make_long();
    for (i = 0; i < sizeof(works) / sizeof(works[0]); i++)
    {
        hr = E_OUTOFMEMORY;
        for (operations = 0; hr != S_OK && operations < 1000; operations++)
        {
            reader = NULL;
            heap = create_heap(1 << 20);
            expect_hr(S_OK, WsSetAutoFail(operations, NULL));
            hr = WsCreateReader(NULL, 0, &reader, NULL);
            if (hr == S_OK)
            {
                hr = works[i](reader, heap, NULL);
                expect(hr == S_OK || hr == E_OUTOFMEMORY);
                if (hr != S_OK && works[i] != canonical)
                    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
            }
            else
                expect(hr == E_OUTOFMEMORY && !reader);
            expect_hr(S_OK, WsSetAutoFail(NEVER_FAIL, NULL));
            /* The reader can still be used. */
            if (reader)
                expect_hr(S_OK, works[i](reader, heap, NULL));
            WsFreeReader(reader);
            WsFreeHeap(heap);
        }
        expect_hr(S_OK, hr);
        expect(operations > 1);
    }
}

/* What the properties let a reader keep is enough for more of the same. */
TEST(a_reader_that_is_used_again_needs_no_memory)
{
    static HRESULT (*const works[])(WS_XML_READER *, WS_HEAP *, WS_ERROR *) = {memory, wide, streamed, long_stream,
                                                                               wide_stream};
    size_t i;

    make_long();
    for (i = 0; i < sizeof(works) / sizeof(works[0]); i++)
    {
        WS_XML_READER *reader = create_reader();
        HRESULT hr;

        expect_hr(S_OK, works[i](reader, NULL, NULL));
        expect_hr(S_OK, works[i](reader, NULL, NULL));
        expect_hr(S_OK, WsSetAutoFail(0, NULL));
        hr = works[i](reader, NULL, NULL);
        expect_hr(S_OK, WsSetAutoFail(NEVER_FAIL, NULL));
        if (hr != S_OK)
            test_fail(__FILE__, __LINE__, "%zu: 0x%08x", i, (unsigned)hr);
        WsFreeReader(reader);
    }
}
