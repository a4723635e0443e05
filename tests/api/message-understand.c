/* SPDX-License-Identifier: MIT */
/*
 * message-understand - WsCheckMustUnderstandHeaders, WsMarkHeaderAsUnderstood, WsGetHeaderAttributes.
 *
 * Source: the pages of these functions; SOAP 1.1, sections 4.2 and 4.4.1, and SOAP 1.2, part 1, sections 2.4 and 5.4.8
 * (Recommendation).
 */
#include "support/message.h"

/* A message that is being read with some headers; h and g are custom ones. */
static WS_MESSAGE *receive(WS_ENVELOPE_VERSION version, const char *headers, WS_XML_READER **reader)
{
    char text[2048];

    snprintf(text, sizeof(text),
             version == NO_SOAP ? "<Envelope xmlns:a='{A10}'><Header>%s</Header><Body/></Envelope>"
             : version == SOAP11
                 ? "<s:Envelope xmlns:s='{E11}' xmlns:a='{A10}'><s:Header>%s</s:Header><s:Body/></s:Envelope>"
                 : "<s:Envelope xmlns:s='{E12}' xmlns:a='{A10}'><s:Header>%s</s:Header><s:Body/></s:Envelope>",
             headers);
    *reader = reader_of(text);
    return read_message(version, version == NO_SOAP ? TRANSPORT : ADDR10, *reader);
}

/* That the next receiver is the ultimate one, too, is from SOAP. */
TEST(what_must_be_understood)
{
    static const struct
    {
        WS_ENVELOPE_VERSION version;
        const char *headers;
        HRESULT hr;
    } rows[] = {
        {SOAP12, "", S_OK},
        {SOAP12, "<h/><g s:mustUnderstand='0'/><g s:mustUnderstand='false'/>", S_OK},
        {SOAP12, "<h s:mustUnderstand='1'/>", WS_E_INVALID_FORMAT},
        {SOAP12, "<h s:mustUnderstand='true'/>", WS_E_INVALID_FORMAT},
        {SOAP11, "<h s:mustUnderstand='1'/>", WS_E_INVALID_FORMAT},
        {NO_SOAP, "<h mustUnderstand='1'/>", WS_E_INVALID_FORMAT},
        {SOAP12, "<h mustUnderstand='1'/>", S_OK},
        {SOAP12,
         "<a:Action s:mustUnderstand='1'/><a:To s:mustUnderstand='1'/><a:MessageID s:mustUnderstand='1'/>"
         "<a:RelatesTo s:mustUnderstand='1'/><a:From s:mustUnderstand='1'/><a:ReplyTo s:mustUnderstand='1'/>"
         "<a:FaultTo s:mustUnderstand='1'/>",
         S_OK},
        {SOAP12, "<a:Other s:mustUnderstand='1'/>", WS_E_INVALID_FORMAT},
        {SOAP12, "<Action s:mustUnderstand='1'/>", WS_E_INVALID_FORMAT},
        {SOAP12, "<Action xmlns='{A09}' s:mustUnderstand='1'/>", WS_E_INVALID_FORMAT},
        {SOAP12, "<h s:mustUnderstand='1' s:role='urn:other'/>", S_OK},
        {SOAP12, "<h s:mustUnderstand='1' s:role='{E12}/role/none'/>", S_OK},
        {SOAP12, "<h s:mustUnderstand='1' s:role='{E12}/role/next'/>", WS_E_INVALID_FORMAT},
        {SOAP12, "<h s:mustUnderstand='1' s:role='{E12}/role/ultimateReceiver'/>", WS_E_INVALID_FORMAT},
        {SOAP11, "<h s:mustUnderstand='1' s:actor='urn:other'/>", S_OK},
        {SOAP11, "<h s:mustUnderstand='1' s:actor='http://schemas.xmlsoap.org/soap/actor/next'/>", WS_E_INVALID_FORMAT},
        {SOAP12, "<h s:mustUnderstand='perhaps'/>", WS_E_INVALID_FORMAT},
        {SOAP12, "<h s:mustUnderstand='perhaps' s:role='urn:other'/>", S_OK},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        WS_XML_READER *reader;
        WS_MESSAGE *message = receive(rows[i].version, rows[i].headers, &reader);

        if (WsCheckMustUnderstandHeaders(message, NULL) != rows[i].hr)
            test_fail(__FILE__, __LINE__, "%s", rows[i].headers);
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
}

TEST(the_fault_to_answer_with)
{
    static const char headers[] = "<h xmlns='urn:x' s:mustUnderstand='1'/><p:g xmlns:p='urn:p' s:mustUnderstand='1'/>"
                                  "<k s:mustUnderstand='1'/><l/>";
    static const WS_ENVELOPE_VERSION versions[] = {SOAP12, SOAP11, NO_SOAP};
    WS_ERROR *error = create_error();
    WS_XML_READER *reader;
    WS_XML_BUFFER *header;
    WS_MESSAGE *message;
    WS_FAULT *fault;
    int i;

    for (i = 0; i < 2; i++)
    {
        message = receive(versions[i], headers, &reader);
        ok(WsResetError(error));
        expect_hr(WS_E_INVALID_FORMAT, WsCheckMustUnderstandHeaders(message, error));
        expect(says_exactly(error, "The header \"h\" of the namespace \"urn:x\" must be understood, and was not, nor "
                                   "were 2 others."));
        expect_size(1, sentence_count(error));
        ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
        expect(fault && string_is(&fault->code->value.localName, "MustUnderstand") && !fault->code->subCode);
        expect(!fault->code->value.ns.length && !fault->reasonCount);
        ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header)));
        expect(!header == (versions[i] == SOAP11));
        if (header)
        {
            const char *text = buffer_text(header);

            expect_text(text, strlen(text),
                        "<s:NotUnderstood qname=\"a:h\" xmlns:s=\"{E12}\" xmlns:a=\"urn:x\"/><s:NotUnderstood "
                        "qname=\"a:g\" xmlns:s=\"{E12}\" xmlns:a=\"urn:p\"/><s:NotUnderstood qname=\"k\" "
                        "xmlns:s=\"{E12}\"/>");
        }
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
    message = receive(NO_SOAP, "<h mustUnderstand='1'/>", &reader);
    ok(WsResetError(error));
    expect_hr(WS_E_INVALID_FORMAT, WsCheckMustUnderstandHeaders(message, error));
    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
    expect(!fault);
    expect_hr(WS_E_INVALID_FORMAT, WsCheckMustUnderstandHeaders(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeError(error);
}

TEST(headers_that_were_got_have_been_understood)
{
    WS_XML_READER *reader;
    WS_MESSAGE *message = receive(SOAP12,
                                  "<h xmlns='urn:x' s:mustUnderstand='1'>1</h><h xmlns='urn:x' "
                                  "s:mustUnderstand='1'>2</h>",
                                  &reader);
    WS_XML_STRING string;
    int number;
    WS_ELEMENT_DESCRIPTION as_number = {string_header.elementLocalName, string_header.elementNs, WS_BOOL_TYPE, NULL};

    ok(WsGetCustomHeader(message, &string_header, WS_REPEATING_HEADER, 1, WS_READ_REQUIRED_VALUE, NULL, &string,
                         sizeof(string), NULL, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsCheckMustUnderstandHeaders(message, NULL));
    /* One that could not be read has not been understood. */
    as_number.type = WS_GUID_TYPE;
    expect_hr(E_INVALIDARG, WsGetCustomHeader(message, &as_number, WS_REPEATING_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL,
                                              &number, sizeof(number), NULL, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsCheckMustUnderstandHeaders(message, NULL));
    ok(WsGetCustomHeader(message, &string_header, WS_REPEATING_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &string,
                         sizeof(string), NULL, NULL));
    ok(WsCheckMustUnderstandHeaders(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* A reader in the header buffer, at its first header. */
static WS_XML_READER *read_headers(WS_MESSAGE *message)
{
    WS_XML_NODE_POSITION position;
    WS_XML_READER *reader = create_reader();

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEADER_POSITION, &position, sizeof(position), NULL));
    ok(WsSetInputToBuffer(reader, position.buffer, NULL, 0, NULL));
    ok(WsSetReaderPosition(reader, &position, NULL));
    ok(WsMoveReader(reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    return reader;
}

TEST(headers_that_a_program_marks)
{
    WS_XML_READER *reader, *headers, *other_headers;
    WS_MESSAGE *message = receive(SOAP12, "<h s:mustUnderstand='1'><i/></h><g s:mustUnderstand='1'/>", &reader);
    WS_MESSAGE *other = new_message(SOAP12, ADDR10, WS_REQUEST_MESSAGE);
    WS_XML_NODE_POSITION h, g, position;
    WS_ERROR *error = create_error();

    headers = read_headers(message);
    ok(WsGetReaderPosition(headers, &h, NULL));
    ok(WsMoveReader(headers, WS_MOVE_TO_NEXT_ELEMENT, NULL, NULL));
    ok(WsGetReaderPosition(headers, &g, NULL));
    ok(WsMarkHeaderAsUnderstood(message, &h, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsCheckMustUnderstandHeaders(message, error), "The header \"g\"");
    ok(WsMarkHeaderAsUnderstood(message, &g, NULL));
    ok(WsMarkHeaderAsUnderstood(message, &g, NULL));
    ok(WsCheckMustUnderstandHeaders(message, NULL));

    expect_refused(error, E_INVALIDARG, WsMarkHeaderAsUnderstood(message, NULL, error), "is NULL");
    ok(WsSetReaderPosition(headers, &h, NULL));
    ok(WsMoveReader(headers, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsGetReaderPosition(headers, &position, NULL));
    expect_refused(error, E_INVALIDARG, WsMarkHeaderAsUnderstood(message, &position, error), "not that of a header");
    ok(WsMoveReader(headers, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsGetReaderPosition(headers, &position, NULL));
    expect_refused(error, E_INVALIDARG, WsMarkHeaderAsUnderstood(message, &position, error), "not that of a header");
    other_headers = read_headers(other);
    ok(WsGetReaderPosition(other_headers, &position, NULL));
    expect_refused(error, E_INVALIDARG, WsMarkHeaderAsUnderstood(message, &position, error), "XML buffer");
    expect_refused(error, WS_E_INVALID_OPERATION, WsMarkHeaderAsUnderstood(other, &position, error),
                   "WS_MESSAGE_STATE_INITIALIZED");
    expect_refused(error, WS_E_INVALID_OPERATION, WsCheckMustUnderstandHeaders(other, error),
                   "WS_MESSAGE_STATE_INITIALIZED");
    WsFreeReader(headers);
    WsFreeReader(other_headers);
    WsFreeMessage(message);
    WsFreeMessage(other);
    WsFreeReader(reader);
    WsFreeError(error);
}

TEST(attributes_of_the_header_that_a_reader_is_at)
{
    static const struct
    {
        WS_ENVELOPE_VERSION version;
        const char *header;
        ULONG attributes;
    } rows[] = {
        {SOAP12, "<h/>", 0},
        {SOAP12, "<h s:mustUnderstand='1' s:relay='true'/>", 3},
        {SOAP11, "<h s:mustUnderstand='1' s:relay='true'/>", 1},
        {NO_SOAP, "<h mustUnderstand='1'/>", 1},
    };
    WS_ERROR *error = create_error();
    WS_XML_READER *reader, *headers;
    WS_MESSAGE *message;
    ULONG attributes;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        message = receive(rows[i].version, rows[i].header, &reader);
        headers = read_headers(message);
        attributes = 99;
        ok(WsGetHeaderAttributes(message, headers, &attributes, NULL));
        expect_size(rows[i].attributes, attributes);
        WsFreeReader(headers);
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
    message = receive(SOAP12, "<h s:relay='x'/>", &reader);
    headers = read_headers(message);
    attributes = 99;
    expect_refused(error, WS_E_INVALID_FORMAT, WsGetHeaderAttributes(message, headers, &attributes, error),
                   "In the attribute \"relay\" of the header \"h\": ");
    expect_refused(error, E_INVALIDARG, WsGetHeaderAttributes(message, headers, NULL, error), "is NULL");
    expect_refused(error, E_INVALIDARG, WsGetHeaderAttributes(message, NULL, &attributes, error), "an XML reader");
    ok(WsReadNode(headers, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsGetHeaderAttributes(message, headers, &attributes, error),
                   "not at a start element");
    ok(WsResetMessage(message, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsGetHeaderAttributes(message, reader, &attributes, error),
                   "WS_MESSAGE_STATE_EMPTY");
    expect_size(99, attributes);
    WsFreeReader(headers);
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeError(error);
}
