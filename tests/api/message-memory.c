/* SPDX-License-Identifier: MIT */
/*
 * Messages when memory fails, at every point where it can: E_OUTOFMEMORY, and nothing is lost (debug variant).
 *
 * Source: our choice.
 */
#include "support/message.h"
#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

/* Whether a call works, at once or when it is repeated with memory: a failure has changed nothing. */
#define works_twice(call) \
    do \
    { \
        HRESULT first_ = (call); \
        if (first_ != S_OK) \
        { \
            expect_hr(E_OUTOFMEMORY, first_); \
            ok(WsSetAutoFail(NEVER_FAIL, NULL)); \
            ok(call); \
            failed = true; \
        } \
    } while (0)

static bool failed;

static void fail_after(ULONG after)
{
    failed = false;
    ok(WsSetAutoFail(after, NULL));
}

/* --- Headers --- */

static void make_headers(WS_MESSAGE *message, WS_MESSAGE_INITIALIZATION kind, WS_MESSAGE *original,
                         const WS_ENDPOINT_ADDRESS *address)
{
    static const WS_BYTES certificate = {3, (BYTE *)"abc"};
    WS_XML_STRING *text = NULL;

    works_twice(WsInitializeMessage(message, kind, original, NULL));
    if (!is_addressed(message))
        works_twice(WsAddressMessage(message, address, NULL));
    works_twice(WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("urn:action"),
                            sizeof(WS_XML_STRING), NULL));
    works_twice(WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("urn:other"),
                            sizeof(WS_XML_STRING), NULL));
    works_twice(WsSetHeader(message, WS_FROM_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_WRITE_REQUIRED_VALUE, address,
                            sizeof(*address), NULL));
    works_twice(WsAddCustomHeader(message, &string_header, WS_WRITE_REQUIRED_VALUE, X("one"), sizeof(WS_XML_STRING),
                                  WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE, NULL));
    works_twice(
        WsAddCustomHeader(message, &string_header, WS_WRITE_REQUIRED_VALUE, X("two"), sizeof(WS_XML_STRING), 0, NULL));
    works_twice(WsAddMappedHeader(message, X("Name"), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("value"),
                                  sizeof(WS_XML_STRING), NULL));
    works_twice(WsGetMappedHeader(message, X("Name"), WS_SINGLETON_HEADER, 0, WS_XML_STRING_TYPE,
                                  WS_READ_REQUIRED_POINTER, NULL, &text, sizeof(text), NULL));
    works_twice(WsGetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_POINTER, NULL, &text,
                            sizeof(text), NULL));
    works_twice(WsGetCustomHeader(message, &string_header, WS_REPEATING_HEADER, 1, WS_READ_REQUIRED_POINTER, NULL,
                                  &text, sizeof(text), NULL, NULL));
    works_twice(
        WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_ENCODED_CERT, &certificate, sizeof(certificate), NULL));
}

#define ENVELOPE "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header>"
#define ADDRESS  "<a:To s:mustUnderstand=\"1\">http://host/</a:To><p a:IsReferenceParameter=\"true\" xmlns='urn:p'>q</p>"
#define OTHERS \
    "<a:Action s:mustUnderstand=\"1\">urn:other</a:Action><a:From><a:Address>http://host/</a:Address>" \
    "<a:ReferenceParameters><p xmlns='urn:p'>q</p></a:ReferenceParameters></a:From>" \
    "<h s:mustUnderstand=\"1\" xmlns=\"urn:x\">one</h><h xmlns=\"urn:x\">two</h></s:Header><s:Body/></s:Envelope>"

TEST(headers_survive_every_failure_of_memory)
{
    static const struct
    {
        WS_MESSAGE_INITIALIZATION kind;
        const char *text;
    } kinds[] = {
        {WS_BLANK_MESSAGE, ENVELOPE ADDRESS OTHERS},
        {WS_DUPLICATE_MESSAGE, ENVELOPE "<a:MessageID>{ID}</a:MessageID>" ADDRESS OTHERS},
        {WS_REQUEST_MESSAGE, ENVELOPE "<a:MessageID>{ID}</a:MessageID>" ADDRESS OTHERS},
        {WS_REPLY_MESSAGE, ENVELOPE "<a:RelatesTo>{ID}</a:RelatesTo>" OTHERS},
        {WS_FAULT_MESSAGE, ENVELOPE "<a:RelatesTo>{ID}</a:RelatesTo>" OTHERS},
    };
    WS_HEAP *heap = create_heap(1 << 16);
    WS_ENDPOINT_ADDRESS address = make_address(heap, u"http://host/", "<p xmlns='urn:p'>q</p>");
    WS_MESSAGE *message, *original = new_message(SOAP12, ADDR10, WS_REQUEST_MESSAGE);
    size_t kind;
    ULONG after;

    for (kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++)
    {
        for (after = 0, failed = true; failed; after++)
        {
            message = create_message(SOAP12, ADDR10);
            fail_after(after);
            make_headers(message, kinds[kind].kind, original, &address);
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            expect_headers(message, kinds[kind].text);
            WsFreeMessage(message);
            expect(after < 1000);
        }
        expect(after > 5);
    }
    WsFreeMessage(original);
    WsFreeHeap(heap);
}

/* --- Envelopes --- */

static const char envelope[] =
    "<s:Envelope xmlns:s='{E12}' xmlns:a='{A10}' xmlns:x='urn:x'><s:Header><a:Action s:mustUnderstand='1'>urn:action"
    "</a:Action><a:MessageID> {ID}<!--c--> </a:MessageID><x:h>one</x:h><a:ReplyTo><a:Address>http://host/</a:Address>"
    "<a:ReferenceParameters><q y='&lt;' z='x:2'>x:v</q></a:ReferenceParameters></a:ReplyTo>"
    "<a:From><a:Address>urn:from</a:Address></a:From></s:Header><s:Body><x:p><x:n>5</x:n></x:p></s:Body></s:Envelope>";
static const char answer[] =
    "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:To s:mustUnderstand=\"1\">http://host/</a:To>"
    "<q y='&lt;' z='x:2' a:IsReferenceParameter=\"true\" "
    "xmlns:x=\"urn:x\">x:v</q><a:RelatesTo>{ID}</a:RelatesTo></s:Header>"
    "<s:Body><p xmlns=\"urn:x\"><n>5</n></p></s:Body></s:Envelope>";

/* A message that is received and answered; the text of the answer if all goes well. */
static HRESULT reply(WS_MESSAGE *request, WS_MESSAGE *message, WS_XML_READER *reader, WS_XML_WRITER *writer,
                     WS_ERROR *error)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_ENDPOINT_ADDRESS *from = NULL;
    struct point point;
    WS_HEAP *heap;
    HRESULT hr;

    input.encodedData = (void *)in_full(envelope);
    input.encodedDataSize = (ULONG)strlen(input.encodedData);
    if ((hr = WsSetInput(reader, &text.encoding, &input.input, NULL, 0, error)) == S_OK &&
        (hr = WsReadEnvelopeStart(request, reader, NULL, NULL, error)) == S_OK &&
        (hr = WsGetMessageProperty(request, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), error)) == S_OK &&
        (hr = WsGetHeader(request, WS_FROM_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_OPTIONAL_POINTER, heap, &from,
                          sizeof(from), error)) == S_OK &&
        (hr = WsReadBody(request, &point_body, WS_READ_REQUIRED_VALUE, heap, &point, sizeof(point), error)) == S_OK &&
        (hr = WsReadEnvelopeEnd(request, error)) == S_OK &&
        (hr = WsInitializeMessage(message, WS_REPLY_MESSAGE, request, error)) == S_OK &&
        (hr = WsSetOutput(writer, &utf8.encoding, &memory_output.output, NULL, 0, error)) == S_OK &&
        (hr = WsWriteEnvelopeStart(message, writer, NULL, NULL, error)) == S_OK &&
        (hr = WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &point, sizeof(point), error)) == S_OK)
        hr = WsWriteEnvelopeEnd(message, error);
    return hr;
}

/* With all that it takes. */
static HRESULT live(bool with_error)
{
    WS_MESSAGE *request = NULL, *message = NULL;
    WS_XML_READER *reader = NULL;
    WS_XML_WRITER *writer = NULL;
    WS_ERROR *error = NULL;
    HRESULT hr = with_error ? WsCreateError(NULL, 0, &error) : S_OK;

    if (hr == S_OK && (hr = WsCreateReader(NULL, 0, &reader, error)) == S_OK &&
        (hr = WsCreateWriter(NULL, 0, &writer, error)) == S_OK &&
        (hr = WsCreateMessage(SOAP12, ADDR10, NULL, 0, &request, error)) == S_OK &&
        (hr = WsCreateMessage(SOAP12, ADDR10, NULL, 0, &message, error)) == S_OK &&
        (hr = reply(request, message, reader, writer, error)) == S_OK)
        expect_written(writer, answer);
    if (hr != S_OK && message)
    {
        /* With memory, the same objects do the same. */
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        ok(WsResetMessage(request, NULL));
        ok(WsResetMessage(message, NULL));
        ok(reply(request, message, reader, writer, NULL));
        expect_written(writer, answer);
    }
    WsFreeMessage(request);
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeError(error);
    return hr;
}

TEST(envelopes_survive_every_failure_of_memory)
{
    int with_error;
    ULONG after;
    HRESULT hr;

    for (with_error = 0; with_error < 2; with_error++)
    {
        for (after = 0, hr = E_OUTOFMEMORY; hr != S_OK; after++)
        {
            fail_after(after);
            hr = live(with_error);
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            expect(hr == S_OK || hr == E_OUTOFMEMORY);
            expect(after < 1000);
        }
        expect(after > 20);
    }
}

/* --- Faults --- */

/* What is wrong is said, and a fault made of it, as far as there is memory. */
TEST(envelopes_that_are_refused_while_memory_fails)
{
    static const char *const envelopes[] = {
        "<s:Envelope xmlns:s='{E11}'><s:Body/></s:Envelope>",
        "<s:Envelope xmlns:s='{E12}'><s:Header><h xmlns='urn:x' s:mustUnderstand='1'/></s:Header><s:Body/>"
        "</s:Envelope>"};
    WS_MESSAGE *message;
    WS_XML_READER *reader;
    WS_ERROR *error;
    size_t i;
    ULONG after;
    HRESULT hr;

    for (i = 0; i < 2; i++)
    {
        for (after = 0, failed = true; failed; after++)
        {
            WS_FAULT *fault = NULL;
            WS_XML_BUFFER *header = NULL;

            message = create_message(SOAP12, ADDR10);
            reader = reader_of(envelopes[i]);
            error = create_error();
            fail_after(after);
            hr = WsReadEnvelopeStart(message, reader, NULL, NULL, error);
            if (i == 1 && hr == S_OK)
                hr = WsCheckMustUnderstandHeaders(message, error);
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            expect(hr == WS_E_INVALID_FORMAT || hr == E_OUTOFMEMORY);
            ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
            ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header)));
            failed = !fault || !header;
            WsFreeMessage(message);
            WsFreeReader(reader);
            WsFreeError(error);
            expect(after < 200);
        }
        expect(after > 5);
    }
}
