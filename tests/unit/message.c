/* SPDX-License-Identifier: MIT */
/* Messages, as channels use them; and the names in them. */
#include "support/message.h"

#include "message/message.h"
#include "message/soap.h"
#include "xml/names.h"
#include "xml/reader/reader.h"

/* --- Names --- */

/* Nothing would fail if a string had another one's number, but binary envelopes would be others. */
static bool is_of_the_static_dictionary(const WS_XML_STRING *string)
{
    const WS_XML_STRING *known;

    if (!string->dictionary)
        return false;
    expect(string->dictionary == &xml_dictionary_soap);
    expect(string->id < xml_dictionary_soap.stringCount);
    known = &xml_dictionary_soap.strings[string->id];
    expect(known->length == string->length && !memcmp(known->bytes, string->bytes, string->length));
    return true;
}

static bool is_in_the_static_dictionary(const WS_XML_STRING *string)
{
    ULONG i;

    for (i = 0; i < xml_dictionary_soap.stringCount; i++)
        if (xml_string_equals(&xml_dictionary_soap.strings[i], string))
            return true;
    return false;
}

TEST(names_are_those_of_the_static_dictionary)
{
    const WS_XML_STRING *names[64] = {&soap_name_envelope,
                                      &soap_name_header,
                                      &soap_name_body,
                                      &soap_name_fault,
                                      &soap_name_must_understand,
                                      &soap_name_relay,
                                      &soap_code_must_understand,
                                      &soap_code_version_mismatch,
                                      &soap_name_not_understood,
                                      &soap_name_upgrade,
                                      &soap_name_supported_envelope,
                                      &soap_name_qname,
                                      &addressing_reference,
                                      &addressing_address,
                                      &addressing_is_parameter};
    size_t count = 15, i;
    int version;

    for (version = 1; version <= 3; version++)
    {
        const struct soap_version *soap = soap_version((WS_ENVELOPE_VERSION)version);
        const struct addressing_version *addressing = addressing_version((WS_ADDRESSING_VERSION)version);

        names[count++] = &soap->ns;
        names[count++] = &soap->prefix;
        names[count++] = &soap->role;
        names[count++] = &soap->next;
        names[count++] = &soap->ultimate;
        names[count++] = &addressing->ns;
        names[count++] = &addressing->prefix;
        names[count++] = &addressing->anonymous;
    }
    for (i = 0; i < HEADER_KINDS; i++)
        if (header_kind((WS_HEADER_TYPE)i))
            names[count++] = &header_kind((WS_HEADER_TYPE)i)->name;
    for (i = 0; i < count; i++)
        expect(is_of_the_static_dictionary(names[i]) || !names[i]->length || !is_in_the_static_dictionary(names[i]));
    expect(!soap_version(WS_ENVELOPE_VERSION_NONE + 1) && !addressing_version(WS_ADDRESSING_VERSION_TRANSPORT + 1));
}

/* --- What a channel asks --- */

TEST(facts)
{
    WS_MESSAGE *message = create_message(SOAP11, ADDR09);
    struct message_facts facts;

    ok(message_get_facts(message, &facts, NULL));
    expect(facts.state == WS_MESSAGE_STATE_EMPTY && facts.envelope_version == SOAP11 &&
           facts.addressing_version == ADDR09 && !facts.is_addressed && !facts.is_fault);
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsAddressMessage(message, NULL, NULL));
    ok(message_get_facts(message, &facts, NULL));
    expect(facts.state == WS_MESSAGE_STATE_INITIALIZED && facts.is_addressed);
    WsFreeMessage(message);
    expect_hr(E_INVALIDARG, message_get_facts(NULL, &facts, NULL));
}

TEST(the_action)
{
    WS_MESSAGE *message;
    WS_XML_STRING action;
    unsigned i;

    for (i = 0; i < MESSAGE_VERSIONS; i++)
    {
        message = new_message(message_versions[i].envelope, message_versions[i].addressing, WS_BLANK_MESSAGE);
        ok(message_get_action(message, &action, NULL));
        expect(!action.length);
        ok(message_set_action(message, X("urn:one"), NULL));
        ok(message_set_action(message, X("urn:two"), NULL));
        ok(message_get_action(message, &action, NULL));
        expect(xml_string_equals(&action, X("urn:two")));
        WsFreeMessage(message);
    }
}

TEST(an_action_that_is_there_twice)
{
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}' xmlns:a='{A10}'><s:Header><a:Action>x</a:Action>"
                                      "<a:Action>x</a:Action></s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_XML_STRING action = {99, NULL, NULL, 0};

    expect_hr(WS_E_INVALID_FORMAT, message_get_action(message, &action, NULL));
    expect_hr(WS_E_INVALID_FORMAT, message_set_action(message, X("x"), NULL));
    expect(action.length == 99);
    WsFreeMessage(message);
    WsFreeReader(reader);
}

TEST(a_fault_that_is_received)
{
    static const char *const envelopes[] = {
        "<s:Envelope xmlns:s='{E11}' xmlns:a='{A10}'><s:Header><a:Action>urn:f</a:Action></s:Header><s:Body><s:Fault>"
        "<faultcode>s:Client</faultcode><faultstring>Oops</faultstring><detail><d/></detail></s:Fault></s:Body>"
        "</s:Envelope>",
        "<s:Envelope xmlns:s='{E11}'><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>Oops</faultstring>"
        "</s:Fault></s:Body></s:Envelope>",
        "<s:Envelope xmlns:s='{E11}'><s:Body><s:Fault/></s:Body></s:Envelope>",
        /* Our choice: an Action that cannot be got does not hide the fault. */
        "<s:Envelope xmlns:s='{E11}' xmlns:a='{A10}'><s:Header><a:Action>x</a:Action><a:Action>y</a:Action></s:Header>"
        "<s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>Oops</faultstring></s:Fault></s:Body>"
        "</s:Envelope>"};
    WS_ERROR *error = create_error();
    struct message_facts facts;
    WS_XML_READER *reader;
    WS_XML_STRING action;
    WS_MESSAGE *message;
    WS_FAULT *fault;
    int i;

    for (i = 0; i < 4; i++)
    {
        reader = reader_of(envelopes[i]);
        message = read_message(SOAP11, ADDR10, reader);
        ok(WsResetError(error));
        ok(message_get_facts(message, &facts, error));
        expect(facts.is_fault);
        expect_hr(i == 2 ? WS_E_INVALID_FORMAT : WS_E_ENDPOINT_FAULT_RECEIVED, message_receive_fault(message, error));
        ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
        ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action)));
        if (i != 2)
            ok(WsReadEnvelopeEnd(message, NULL));
        WsFreeMessage(message);
        WsFreeReader(reader);
        /* What the error object has does not need the message. */
        expect(!fault == (i == 2));
        if (fault)
        {
            expect(says_exactly(error, "The fault reason was: 'Oops'."));
            expect(xml_string_equals(&fault->code->value.localName, X("Client")) && !fault->detail == (i != 0));
        }
        expect(xml_string_equals(&action, i ? X("") : X("urn:f")));
    }
    message = create_message(SOAP11, ADDR10);
    expect_refused(error, WS_E_INVALID_OPERATION, message_receive_fault(message, error), "WS_MESSAGE_STATE_EMPTY");
    WsFreeMessage(message);
    WsFreeError(error);
}

TEST(mapped_headers_in_their_order)
{
    WS_MESSAGE *message = new_message(SOAP11, TRANSPORT, WS_BLANK_MESSAGE);
    const struct mapped_header *header = NULL;
    WS_XML_STRING name = {0, NULL, NULL, 0}, text = {0, NULL, NULL, 0}, got;
    ULONG number = 12;

    ok(message_next_mapped(message, &header, &name, &text, NULL));
    expect(!header && !name.bytes && !text.bytes);
    ok(message_add_mapped(message, X("Content-Type"), X("text/xml; charset=\"utf-8\""), NULL));
    ok(WsAddMappedHeader(message, X("Max"), WS_UINT32_TYPE, WS_WRITE_REQUIRED_VALUE, &number, sizeof(number), NULL));
    ok(message_add_mapped(message, X("Max"), X(""), NULL));
    ok(message_next_mapped(message, &header, &name, &text, NULL));
    expect(xml_string_equals(&name, X("Content-Type")) && xml_string_equals(&text, X("text/xml; charset=\"utf-8\"")));
    ok(message_next_mapped(message, &header, &name, &text, NULL));
    expect(xml_string_equals(&name, X("Max")) && xml_string_equals(&text, X("12")));
    ok(message_next_mapped(message, &header, &name, &text, NULL));
    expect(xml_string_equals(&name, X("Max")) && !text.length);
    ok(message_next_mapped(message, &header, &name, &text, NULL));
    expect(!header);
    ok(WsGetMappedHeader(message, X("Content-Type"), WS_SINGLETON_HEADER, 0, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE,
                         NULL, &got, sizeof(got), NULL));
    expect(got.length == 25);
    WsFreeMessage(message);
}

/* --- Envelopes that come in pieces --- */

static const char *const envelopes[] = {
    "<?xml version='1.0'?><!-- c --><s:Envelope xmlns:s='{E12}' xmlns:a='{A10}'> <s:Header> <a:Action "
    "a='&lt;'>urn:a&amp;"
    "b</a:Action><x:h xmlns:x='urn:x'><x:i>t<!--c--><![CDATA[<&]]></x:i></x:h> </s:Header>\r\n<s:Body> <p "
    "xmlns='urn:x'>"
    "<n>5</n></p></s:Body> </s:Envelope>",
    "<s:Envelope xmlns:s='{E12}'><s:Body>\n</s:Body></s:Envelope>",
    "<s:Envelope xmlns:s='{E12}'><s:Header/><s:Body><s:Fault/></s:Body></s:Envelope>",
};

/* Reads the whole of it as the channel would; `piece` bytes come at once. */
static HRESULT receive(WS_MESSAGE *message, WS_XML_READER *reader, const char *text, size_t piece)
{
    struct stream stream = {(const BYTE *)text, strlen(text), 0, piece, 0};
    ULONG wanted = 1;
    HRESULT hr;

    set_stream(reader, &stream, 4096, WS_CHARSET_UTF8);
    while ((hr = message_read_start(message, reader, NULL)) == READER_STARVED)
    {
        expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
        if ((hr = WsFillReader(reader, wanted++, NULL, NULL)) != S_OK)
            return hr;
    }
    if (hr != S_OK)
        return hr;
    expect(state_of(message) == WS_MESSAGE_STATE_READING);
    while (current_type(reader) == WS_XML_NODE_TYPE_ELEMENT)
    {
        ok(WsFillReader(reader, 4096, NULL, NULL));
        if ((hr = WsSkipNode(reader, NULL)) != S_OK)
            return hr;
    }
    while ((hr = message_read_end(message, NULL)) == READER_STARVED)
        if ((hr = WsFillReader(reader, wanted++, NULL, NULL)) != S_OK)
            return hr;
    return hr;
}

TEST(envelopes_come_in_pieces_of_any_size)
{
    WS_MESSAGE *message = create_message(SOAP12, ADDR10), *whole;
    WS_XML_READER *reader = create_reader(), *whole_reader;
    char headers[1024];
    size_t i, piece;

    for (i = 0; i < sizeof(envelopes) / sizeof(envelopes[0]); i++)
    {
        whole_reader = reader_of(envelopes[i]);
        whole = read_message(SOAP12, ADDR10, whole_reader);
        strcpy(headers, buffer_text(header_buffer(whole)));
        for (piece = 1; piece < 40; piece++)
        {
            ok(receive(message, reader, in_full(envelopes[i]), piece));
            expect(state_of(message) == WS_MESSAGE_STATE_DONE);
            expect(is_fault(message) == (i == 2));
            expect(!strcmp(buffer_text(header_buffer(message)), headers));
            ok(WsResetMessage(message, NULL));
        }
        WsFreeMessage(whole);
        WsFreeReader(whole_reader);
    }
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* XML Schema, part 2, section 4.3.6: the white space around a URI is not part of it, wherever the stream was cut. */
TEST(uris_come_in_pieces_of_any_size)
{
    static const char text[] = "<s:Envelope xmlns:s='{E12}' xmlns:a='{A10}'><s:Header><a:Action>   urn:action   "
                               "</a:Action></s:Header><s:Body/></s:Envelope>";
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_XML_READER *reader = create_reader();
    size_t piece;

    for (piece = 1; piece < 20; piece++)
    {
        ok(receive(message, reader, in_full(text), piece));
        expect(!strcmp(text_header(message, WS_ACTION_HEADER), "urn:action"));
        ok(WsResetMessage(message, NULL));
    }
    WsFreeMessage(message);
    WsFreeReader(reader);
}

TEST(envelopes_that_end_anywhere)
{
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_XML_READER *reader = create_reader();
    char text[1024];
    size_t length;

    strcpy(text, in_full(envelopes[0]));
    for (length = strlen(text) - 1; length; length--)
    {
        text[length] = 0;
        expect_hr(WS_E_INVALID_FORMAT, receive(message, reader, text, 3));
        ok(WsResetMessage(message, NULL));
        expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
    }
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* After all that has been read of one envelope, nothing of it is in the next one. */
TEST(a_message_that_is_reset_in_the_middle_of_an_envelope)
{
    static const char text[] = "<s:Envelope xmlns:s='" E12 "'><s:Header><h xmlns='urn:x'><i>";
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_XML_READER *reader = create_reader(), *other = reader_of(envelopes[1]);
    struct stream stream = {(const BYTE *)text, sizeof(text) - 1, 0, 1000, 0};

    set_stream(reader, &stream, 4096, WS_CHARSET_UTF8);
    expect_hr(READER_STARVED, message_read_start(message, reader, NULL));
    ok(WsFillReader(reader, 70, NULL, NULL));
    expect_hr(READER_STARVED, message_read_start(message, reader, NULL));
    ok(WsResetMessage(message, NULL));
    ok(WsReadEnvelopeStart(message, other, NULL, NULL, NULL));
    expect_headers(message, "<s:Envelope xmlns:s='{E12}'><s:Header/><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeReader(other);
}

/* --- Envelopes over HTTP --- */

/* Observed on Windows: what HTTP carries by itself is not in the envelope, and a Header that is empty then is not. */
TEST(headers_that_the_transport_carries_are_not_written)
{
    WS_MESSAGE *message = new_message(SOAP11, TRANSPORT, WS_BLANK_MESSAGE);
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    ok(message_set_action(message, X("urn:action"), NULL));
    set_text_header(message, WS_TO_HEADER, "http://host/");
    ok(message_write_start(message, writer, true, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_WRITING);
    ok(message_write_end(message, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    expect_written(writer, "<s:Envelope xmlns:s=\"{E11}\"><s:Body/></s:Envelope>");

    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(message_set_action(message, X("urn:action"), NULL));
    add_string_header(message, "text", 0);
    set_output(writer, NULL, 0);
    ok(message_write_start(message, writer, true, NULL));
    ok(message_write_end(message, NULL));
    expect_written(writer, "<s:Envelope xmlns:s=\"{E11}\"><s:Header><h xmlns=\"urn:x\">text</h></s:Header><s:Body/>"
                           "</s:Envelope>");
    WsFreeMessage(message);
    WsFreeWriter(writer);
}
