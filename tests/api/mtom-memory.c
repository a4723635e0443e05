/* SPDX-License-Identifier: MIT */
/*
 * MTOM when memory fails, at every point where it can: E_OUTOFMEMORY, and nothing is lost (debug variant).
 *
 * Source: our choice.
 */
#include "support/mtom.h"
#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

static HRESULT CALLBACK pull_some(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                                  WS_ERROR *error)
{
    ULONG *left = state;

    (void)async, (void)error;
    *actual = *left < max ? *left : max;
    memset(bytes, 'x', *actual);
    *left -= *actual;
    return S_OK;
}

/* Parts in any order, and what is not one. */
static HRESULT write_package(WS_XML_WRITER *writer, WS_BYTES *bytes)
{
    static const WS_XML_STRING a = STRING("a"), b = STRING("b"), none = STRING("");
    static const WS_XML_STRING type = STRING("contentType"), xmime = STRING("http://www.w3.org/2004/11/xmlmime");
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    WS_XML_WRITER_MTOM_ENCODING encoding = {
        {WS_XML_WRITER_ENCODING_TYPE_MTOM}, &text.encoding, TRUE, {0, NULL}, {0, NULL}, {0, NULL}, 2};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    static BYTE some[5000];
    ULONG left = 5000;
    HRESULT hr;
    int i;

    if ((hr = WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL)) != S_OK ||
        (hr = WsWriteStartElement(writer, NULL, &a, &none, NULL)) != S_OK)
        return hr;
    for (i = 0; i < 20; i++)
        if ((hr = WsWriteStartElement(writer, NULL, &b, &none, NULL)) != S_OK ||
            (hr = WsWriteStartAttribute(writer, NULL, &type, &xmime, FALSE, NULL)) != S_OK ||
            (hr = WsWriteChars(writer, u"image/png", (ULONG)i / 2, NULL)) != S_OK ||
            (hr = WsWriteEndAttribute(writer, NULL)) != S_OK ||
            (hr = i == 10 ? WsPullBytes(writer, pull_some, &left, NULL)
                          : WsWriteBytes(writer, some, (ULONG)i * 100, NULL)) != S_OK ||
            (hr = WsWriteEndElement(writer, NULL)) != S_OK)
            return hr;
    if ((hr = WsWriteEndElement(writer, NULL)) != S_OK)
        return hr;
    return WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), NULL);
}

static const char backwards[] =
    "Content-Type: multipart/related;type=\"application/xop+xml\";boundary=b;start=r\r\n\r\n"
    "--b\r\nContent-ID: <1>\r\n\r\n0123456789\r\n--b\r\nContent-Type: application/xop+xml\r\nContent-ID: <r>\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\n"
    /* <a xmlns:x='http://www.w3.org/2004/08/xop/include'><x:Include href='cid:3'/><x:Include href='cid:1'/></a> */
    "PGEgeG1sbnM6eD0naHR0cDovL3d3dy53My5vcmcvMjAwNC8wOC94b3AvaW5jbHVkZSc+PHg6SW5jbHVkZSBocmVmPSdjaWQ6MycvPjx4OkluY2x1"
    "ZGUgaHJlZj0nY2lkOjEnLz48L2E+"
    "\r\n--b\r\nContent-ID: <2>\r\n\r\ntwo\r\n--b\r\nContent-ID: <3>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "QUJD\r\n--b--";

static HRESULT read_package(WS_XML_READER *reader, const void *bytes, size_t length, bool stream)
{
    struct stream source = {bytes, length, 0, 50, 0};
    WS_XML_READER_STREAM_INPUT streamed = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, &source};
    WS_XML_READER_BUFFER_INPUT memory = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)length};
    const WS_XML_NODE *node;
    HRESULT hr;

    if ((hr = WsSetInput(reader, &with_header.encoding, stream ? &streamed.input : &memory.input, NULL, 0, NULL)) !=
        S_OK)
        return hr;
    do
        if ((hr = WsFillReader(reader, 100000, NULL, NULL)) != S_OK || (hr = WsReadNode(reader, NULL)) != S_OK ||
            (hr = WsGetReaderNode(reader, &node, NULL)) != S_OK)
            return hr;
    while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

static HRESULT live(int what)
{
    WS_XML_WRITER *writer = NULL;
    WS_XML_READER *reader = NULL;
    WS_BYTES bytes = {0, NULL};
    HRESULT hr;

    if ((hr = WsCreateReader(NULL, 0, &reader, NULL)) == S_OK && (hr = WsCreateWriter(NULL, 0, &writer, NULL)) == S_OK)
    {
        if (what < 2)
            hr = read_package(reader, backwards, sizeof(backwards) - 1, what);
        else if ((hr = write_package(writer, &bytes)) == S_OK)
            hr = read_package(reader, bytes.bytes, bytes.length, what & 1);
    }
    WsFreeReader(reader);
    WsFreeWriter(writer);
    return hr;
}

TEST(MTOM_survives_every_failure_of_memory)
{
    ULONG after;
    HRESULT hr;
    int what;

    for (what = 0; what < 4; what++)
    {
        for (after = 0, hr = E_OUTOFMEMORY; hr != S_OK; after++)
        {
            expect_hr(S_OK, WsSetAutoFail(after, NULL));
            hr = live(what);
            expect_hr(S_OK, WsSetAutoFail(NEVER_FAIL, NULL));
            expect(hr == S_OK || hr == E_OUTOFMEMORY);
            expect(after < 2000);
        }
        expect(after > 10);
    }
}
