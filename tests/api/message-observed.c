/* SPDX-License-Identifier: MIT */
/*
 * message-observed - what messages do on Windows: creation, properties, states, the order of checks, the exact text of
 * envelopes, and reading them.
 *
 * Source: observed on Windows.
 */
#include "support/message.h"

/* --- Creation --- */

TEST(versions_that_go_together)
{
    static const struct
    {
        int envelope, addressing;
        HRESULT hr;
    } pairs[] = {
        {0, 0, E_INVALIDARG},
        {0, ADDR10, E_INVALIDARG},
        {SOAP11, 0, E_INVALIDARG},
        {SOAP11, ADDR09, S_OK},
        {SOAP11, ADDR10, S_OK},
        {SOAP11, TRANSPORT, S_OK},
        {SOAP12, ADDR10, S_OK},
        {SOAP12, TRANSPORT, S_OK},
        {NO_SOAP, TRANSPORT, S_OK},
        {NO_SOAP, ADDR09, E_INVALIDARG},
        {NO_SOAP, ADDR10, E_INVALIDARG},
    };
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_MESSAGE *message;
    size_t i;

    expect_hr(E_INVALIDARG, WsCreateMessage((WS_ENVELOPE_VERSION)0, (WS_ADDRESSING_VERSION)0, NULL, 0, NULL, NULL));
    for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
    {
        envelope = (WS_ENVELOPE_VERSION)pairs[i].envelope;
        addressing = (WS_ADDRESSING_VERSION)pairs[i].addressing;
        message = NULL;
        expect_hr(pairs[i].hr, WsCreateMessage(envelope, addressing, NULL, 0, &message, NULL));
        expect(!message == (pairs[i].hr != S_OK));
        if (!message)
            continue;
        expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
        expect_hr(E_INVALIDARG, WsCreateMessage(envelope, addressing, NULL, 0, NULL, NULL));
        WsFreeMessage(message);
    }
}

TEST(the_version_is_not_a_property_at_creation)
{
    WS_ENVELOPE_VERSION version = SOAP11;
    WS_MESSAGE_PROPERTY property = {WS_MESSAGE_PROPERTY_ENVELOPE_VERSION, &version, sizeof(version)};
    WS_MESSAGE *message = NULL;

    expect_hr(E_INVALIDARG, WsCreateMessage(SOAP11, ADDR09, &property, 1, &message, NULL));
    expect(!message);
}

/* --- Properties --- */

TEST(versions_can_be_got_in_any_state)
{
    WS_MESSAGE *message = create_message(SOAP11, ADDR09);
    WS_ADDRESSING_VERSION addressing;
    WS_ENVELOPE_VERSION envelope;
    int i;

    for (i = 0; i < 3; i++)
    {
        envelope = (WS_ENVELOPE_VERSION)0;
        addressing = (WS_ADDRESSING_VERSION)0;
        ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope), NULL));
        ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing),
                                NULL));
        expect(envelope == SOAP11 && addressing == ADDR09);
        if (i == 0)
            ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
        else
            ok(WsResetMessage(message, NULL));
    }
    WsFreeMessage(message);
}

TEST(whether_it_is_addressed)
{
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"http://h/", NULL);
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    BOOL value;

    expect_hr(WS_E_INVALID_OPERATION,
              WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &value, sizeof(value), NULL));
    ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
    expect(!is_addressed(message));
    ok(WsAddressMessage(message, &address, NULL));
    expect(is_addressed(message) == TRUE);
    WsFreeMessage(message);
}

TEST(what_cannot_be_set)
{
    WS_MESSAGE_STATE state = WS_MESSAGE_STATE_EMPTY;
    WS_ENVELOPE_VERSION envelope = SOAP11;
    WS_ADDRESSING_VERSION addressing = ADDR09;
    WS_MESSAGE *message = create_message(SOAP11, ADDR09);
    HRESULT hr = WS_E_INVALID_OPERATION;
    int i;

    for (i = 0; i < 2; i++)
    {
        expect_hr(hr, WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_STATE, &state, sizeof(state), NULL));
        expect_hr(
            hr, WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope), NULL));
        expect_hr(hr, WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_ADDRESSING_VERSION, &addressing,
                                           sizeof(addressing), NULL));
        if (!i)
            ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
        state = WS_MESSAGE_STATE_INITIALIZED;
        hr = E_INVALIDARG;
    }
    WsFreeMessage(message);
}

/* --- States --- */

TEST(an_empty_message)
{
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"http://h/", NULL);
    const WS_XML_STRING action = STRING("act");
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_XML_WRITER *writer = NULL;
    const ULONG size = sizeof(action);

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsAddressMessage(message, &address, NULL));
    expect_hr(WS_E_INVALID_OPERATION,
              WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, size, NULL));
    expect_hr(E_INVALIDARG, WsSetHeader(message, (WS_HEADER_TYPE)0, (WS_TYPE)0, (WS_WRITE_OPTION)0, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsRemoveHeader(message, WS_ACTION_HEADER, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsRemoveHeader(message, (WS_HEADER_TYPE)0, NULL));
    expect_hr(E_INVALIDARG, WsAddMappedHeader(message, NULL, WS_XML_STRING_TYPE, (WS_WRITE_OPTION)0, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION,
              WsAddMappedHeader(message, &action, WS_XML_STRING_TYPE, (WS_WRITE_OPTION)0, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsRemoveMappedHeader(message, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsRemoveMappedHeader(message, &action, NULL));
    expect_hr(E_INVALIDARG, WsAddCustomHeader(message, NULL, (WS_WRITE_OPTION)0, NULL, 0, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsAddCustomHeader(message, &string_header, (WS_WRITE_OPTION)0, NULL, 0, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsRemoveCustomHeader(message, X("h"), X("urn:x"), NULL));
    expect_hr(E_INVALIDARG,
              WsGetHeader(message, (WS_HEADER_TYPE)0, (WS_TYPE)0, (WS_READ_OPTION)0, NULL, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsGetCustomHeader(message, NULL, (WS_REPEATING_HEADER_OPTION)0, 0, (WS_READ_OPTION)0, NULL,
                                              NULL, 0, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEnvelopeEnd(message, NULL));
    expect_hr(E_INVALIDARG, WsReadEnvelopeStart(message, NULL, NULL, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadEnvelopeEnd(message, NULL));
    expect_hr(E_INVALIDARG, WsReadBody(message, NULL, (WS_READ_OPTION)0, NULL, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsInitializeMessage(message, (WS_MESSAGE_INITIALIZATION)99, NULL, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
    WsFreeMessage(message);
    WsFreeWriter(writer);
}

TEST(no_message)
{
    ULONG number;

    expect_hr(E_INVALIDARG, WsInitializeMessage(NULL, WS_REQUEST_MESSAGE, NULL, NULL));
    expect_hr(E_INVALIDARG, WsGetMessageProperty(NULL, WS_MESSAGE_PROPERTY_STATE, &number, sizeof(number), NULL));
    expect_hr(E_INVALIDARG, WsSetMessageProperty(NULL, WS_MESSAGE_PROPERTY_STATE, &number, sizeof(number), NULL));
    expect_hr(E_INVALIDARG, WsAddressMessage(NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsSetHeader(NULL, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsRemoveHeader(NULL, WS_ACTION_HEADER, NULL));
    expect_hr(E_INVALIDARG,
              WsGetHeader(NULL, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_VALUE, NULL, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsAddCustomHeader(NULL, NULL, WS_WRITE_REQUIRED_VALUE, NULL, 0, 0, NULL));
    expect_hr(E_INVALIDARG, WsRemoveCustomHeader(NULL, X("h"), X("urn:x"), NULL));
    expect_hr(E_INVALIDARG,
              WsGetCustomHeader(NULL, NULL, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, NULL, 0, NULL, NULL));
    expect_hr(E_INVALIDARG,
              WsAddMappedHeader(NULL, X("h"), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsRemoveMappedHeader(NULL, X("h"), NULL));
    expect_hr(E_INVALIDARG, WsWriteEnvelopeStart(NULL, NULL, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsWriteEnvelopeEnd(NULL, NULL));
    expect_hr(E_INVALIDARG, WsReadEnvelopeStart(NULL, NULL, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsReadEnvelopeEnd(NULL, NULL));
    expect_hr(E_INVALIDARG, WsWriteBody(NULL, &point_body, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsReadBody(NULL, &point_body, WS_READ_REQUIRED_VALUE, NULL, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsResetMessage(NULL, NULL));
    WsFreeMessage(NULL);
}

TEST(an_initialized_message)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_REQUEST_MESSAGE);
    const WS_XML_STRING action = STRING("act");
    WS_XML_READER *reader = NULL;

    ok(WsCreateReader(NULL, 0, &reader, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_INITIALIZED);
    expect_hr(WS_E_INVALID_OPERATION, WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEnvelopeEnd(message, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsSetHeader(message, (WS_HEADER_TYPE)0, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE,
                                        &action, sizeof(action), NULL));
    expect_hr(E_INVALIDARG, WsRemoveHeader(message, (WS_HEADER_TYPE)0, NULL));
    expect_hr(E_INVALIDARG, WsAddCustomHeader(message, &string_header, WS_WRITE_REQUIRED_VALUE, NULL, 0, 0, NULL));
    expect_hr(E_INVALIDARG, WsRemoveCustomHeader(message, NULL, X("urn:x"), NULL));
    expect_hr(E_INVALIDARG, WsRemoveCustomHeader(message, X("h"), NULL, NULL));
    expect_hr(E_INVALIDARG,
              WsAddMappedHeader(message, X("h"), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL));
    ok(WsResetMessage(message, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
    ok(WsResetMessage(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
}

TEST(writing_from_state_to_state)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_REQUEST_MESSAGE);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    struct point point = {7}, *pointer = &point;

    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_WRITING);
    expect_hr(E_INVALIDARG, WsWriteBody(message, NULL, WS_WRITE_REQUIRED_VALUE, &point, sizeof(point), NULL));
    ok(WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer), NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_WRITING);
    set_text_header(message, WS_ACTION_HEADER, "late");
    ok(WsWriteEnvelopeEnd(message, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    expect_hr(WS_E_INVALID_OPERATION,
              WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer), NULL));
    WsFreeMessage(message);
    WsFreeWriter(writer);
}

TEST(messages_are_freed_in_any_state_and_share_a_writer)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_MESSAGE *first, *second;

    first = new_message(SOAP11, ADDR10, WS_REQUEST_MESSAGE);
    ok(WsWriteEnvelopeStart(first, writer, NULL, NULL, NULL));
    set_output(writer, NULL, 0);
    second = new_message(SOAP11, ADDR10, WS_BLANK_MESSAGE);
    ok(WsWriteEnvelopeStart(second, writer, NULL, NULL, NULL));
    WsFreeMessage(first);
    ok(WsWriteEnvelopeEnd(second, NULL));
    expect(get_bytes(writer).length > 0);
    WsFreeMessage(second);
    expect(get_bytes(writer).length > 0);
    WsFreeWriter(writer);
}

TEST(messages_share_a_reader)
{
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E11}'><s:Body/></s:Envelope>");
    WS_MESSAGE *first = read_message(SOAP11, ADDR09, reader), *second;

    set_text_string(reader, in_full("<s:Envelope xmlns:s='{E11}'><s:Body/></s:Envelope>"));
    second = read_message(SOAP11, ADDR09, reader);
    WsFreeMessage(first);
    ok(WsReadEnvelopeEnd(second, NULL));
    WsFreeMessage(second);
    WsFreeReader(reader);
}

/* --- Exact text --- */

TEST(the_header_buffer_of_a_new_message)
{
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        WS_ADDRESSING_VERSION addressing;
        WS_MESSAGE_INITIALIZATION initialization;
        const char *text;
    } rows[] = {
        {SOAP11, ADDR09, WS_REQUEST_MESSAGE,
         "<s:Envelope xmlns:a=\"{A09}\" xmlns:s=\"{E11}\"><s:Header><a:MessageID>{ID}</a:MessageID><a:ReplyTo>"
         "<a:Address>{A09}/role/anonymous</a:Address></a:ReplyTo></s:Header><s:Body/></s:Envelope>"},
        {SOAP11, ADDR10, WS_REQUEST_MESSAGE,
         "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E11}\"><s:Header><a:MessageID>{ID}</a:MessageID></s:Header>"
         "<s:Body/></s:Envelope>"},
        {SOAP12, ADDR10, WS_REQUEST_MESSAGE,
         "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:MessageID>{ID}</a:MessageID></s:Header>"
         "<s:Body/></s:Envelope>"},
        {SOAP11, ADDR10, WS_BLANK_MESSAGE,
         "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E11}\"><s:Header/><s:Body/></s:Envelope>"},
        {SOAP11, TRANSPORT, WS_REQUEST_MESSAGE, "<s:Envelope xmlns:s=\"{E11}\"><s:Header/><s:Body/></s:Envelope>"},
        {SOAP12, TRANSPORT, WS_REQUEST_MESSAGE, "<s:Envelope xmlns:s=\"{E12}\"><s:Header/><s:Body/></s:Envelope>"},
        {NO_SOAP, TRANSPORT, WS_REQUEST_MESSAGE, "<Envelope><Header/><Body/></Envelope>"},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        WS_MESSAGE *message = new_message(rows[i].envelope, rows[i].addressing, rows[i].initialization);

        expect_headers(message, rows[i].text);
        WsFreeMessage(message);
    }
}

TEST(an_address_becomes_to)
{
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"http://h/", NULL);
    WS_MESSAGE *message = new_message(SOAP11, ADDR09, WS_REQUEST_MESSAGE);

    ok(WsAddressMessage(message, &address, NULL));
    expect_headers(
        message, "<s:Envelope xmlns:a=\"{A09}\" xmlns:s=\"{E11}\"><s:Header><a:MessageID>{ID}</a:MessageID><a:ReplyTo>"
                 "<a:Address>{A09}/role/anonymous</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">http://h/</a:To>"
                 "</s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    message = new_message(SOAP11, ADDR10, WS_REQUEST_MESSAGE);
    ok(WsAddressMessage(message, &address, NULL));
    expect_headers(message, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E11}\"><s:Header><a:MessageID>{ID}</a:MessageID>"
                            "<a:To s:mustUnderstand=\"1\">http://h/</a:To></s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    ok(WsAddressMessage(message, NULL, NULL));
    expect(is_addressed(message) == TRUE);
    expect_headers(message, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header/><s:Body/></s:Envelope>");
    WsFreeMessage(message);
}

TEST(an_action_is_set_again_and_removed)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_REQUEST_MESSAGE);
    const WCHAR *action = u"act";
    int i;

    for (i = 0; i < 2; i++)
    {
        ok(WsSetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_WRITE_REQUIRED_POINTER, &action, sizeof(action),
                       NULL));
        expect_headers(message, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:MessageID>{ID}"
                                "</a:MessageID><a:Action s:mustUnderstand=\"1\">act</a:Action></s:Header><s:Body/>"
                                "</s:Envelope>");
    }
    for (i = 0; i < 2; i++)
    {
        ok(WsRemoveHeader(message, WS_ACTION_HEADER, NULL));
        expect_headers(message, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:MessageID>{ID}"
                                "</a:MessageID></s:Header><s:Body/></s:Envelope>");
    }
    WsFreeMessage(message);
}

TEST(an_action_without_addressing)
{
    WS_MESSAGE *message = new_message(SOAP12, TRANSPORT, WS_REQUEST_MESSAGE);

    set_text_header(message, WS_ACTION_HEADER, "act");
    expect_headers(message, "<s:Envelope xmlns:s=\"{E12}\"><s:Header><Action s:mustUnderstand=\"1\" xmlns=\"{AN}\">act"
                            "</Action></s:Header><s:Body/></s:Envelope>");
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    WsFreeMessage(message);
    message = new_message(NO_SOAP, TRANSPORT, WS_REQUEST_MESSAGE);
    set_text_header(message, WS_ACTION_HEADER, "act");
    expect_headers(message, "<Envelope><Header><Action mustUnderstand=\"1\" xmlns=\"{AN}\">act</Action></Header><Body/>"
                            "</Envelope>");
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    WsFreeMessage(message);
}

TEST(custom_headers_are_added_in_order_and_removed_by_name)
{
    WS_XML_STRING name = STRING("g"), ns = STRING("urn:x");
    WS_ELEMENT_DESCRIPTION other = {&name, &ns, WS_XML_STRING_TYPE, NULL};
    WS_MESSAGE *message = new_message(NO_SOAP, TRANSPORT, WS_REQUEST_MESSAGE);
    int i;

    add_string_header(message, "text", 0);
    expect_headers(message, "<Envelope><Header><h xmlns=\"urn:x\">text</h></Header><Body/></Envelope>");
    add_string_header(message, "more", 0);
    ok(WsAddCustomHeader(message, &other, WS_WRITE_REQUIRED_VALUE, X("x"), sizeof(WS_XML_STRING), 0, NULL));
    expect_headers(message, "<Envelope><Header><h xmlns=\"urn:x\">text</h><h xmlns=\"urn:x\">more</h>"
                            "<g xmlns=\"urn:x\">x</g></Header><Body/></Envelope>");
    for (i = 0; i < 2; i++)
    {
        ok(WsRemoveCustomHeader(message, X("h"), X("urn:x"), NULL));
        expect_headers(message, "<Envelope><Header><g xmlns=\"urn:x\">x</g></Header><Body/></Envelope>");
    }
    WsFreeMessage(message);
}

static WS_XML_STRING name_h = STRING("h"), ns_x = STRING("urn:x");
static WS_FIELD_DESCRIPTION text_field = {.mapping = WS_TEXT_FIELD_MAPPING, .type = WS_WSZ_TYPE};
static WS_FIELD_DESCRIPTION *text_fields[] = {&text_field};
static WS_STRUCT_DESCRIPTION text_struct = {
    .size = sizeof(WCHAR *), .alignment = sizeof(void *), .fields = text_fields, .fieldCount = 1};
static const WS_ELEMENT_DESCRIPTION text_header_description = {&name_h, &ns_x, WS_STRUCT_TYPE, &text_struct};

TEST(a_custom_header_that_is_a_structure)
{
    WS_MESSAGE *message = new_message(NO_SOAP, TRANSPORT, WS_REQUEST_MESSAGE);
    const WCHAR *text = u"text";
    WCHAR *read = NULL;

    ok(WsAddCustomHeader(message, &text_header_description, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), 0, NULL));
    expect_headers(message, "<Envelope><Header><h xmlns=\"urn:x\">text</h></Header><Body/></Envelope>");
    expect_hr(E_INVALIDARG, WsGetCustomHeader(message, &text_header_description, (WS_REPEATING_HEADER_OPTION)0, 0,
                                              (WS_READ_OPTION)0, NULL, NULL, 0, NULL, NULL));
    expect_hr(E_INVALIDARG, WsGetCustomHeader(message, &text_header_description, WS_SINGLETON_HEADER, 1,
                                              (WS_READ_OPTION)0, NULL, NULL, 0, NULL, NULL));
    expect_hr(E_INVALIDARG, WsGetCustomHeader(message, &text_header_description, WS_SINGLETON_HEADER, 0,
                                              WS_READ_REQUIRED_VALUE, NULL, NULL, 0, NULL, NULL));
    ok(WsGetCustomHeader(message, &text_header_description, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &read,
                         sizeof(read), NULL, NULL));
    expect(read && !memcmp(read, u"text", sizeof(u"text")));
    WsFreeMessage(message);
}

TEST(mapped_headers_without_a_channel)
{
    WS_MESSAGE *message = new_message(SOAP11, TRANSPORT, WS_REQUEST_MESSAGE);
    int i;

    for (i = 0; i < 2; i++)
        ok(WsAddMappedHeader(message, X("X-Header"), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("value"),
                             sizeof(WS_XML_STRING), NULL));
    expect(strlen(buffer_text(header_buffer(message))) > 0);
    for (i = 0; i < 2; i++)
        ok(WsRemoveMappedHeader(message, X("X-Header"), NULL));
    WsFreeMessage(message);
}

/* --- To a writer --- */

TEST(the_start_goes_up_to_the_body)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_REQUEST_MESSAGE);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    const char *before, *start = "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:MessageID>{ID}"
                                 "</a:MessageID></s:Header>";
    char text[1024];

    before = buffer_text(header_buffer(message));
    snprintf(text, sizeof(text), "%s", before);
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    expect_written(writer, start);
    expect_headers(message, text);
    set_text_header(message, WS_ACTION_HEADER, "late");
    expect_written(writer, start);
    ok(WsRemoveHeader(message, WS_ACTION_HEADER, NULL));
    ok(WsWriteEnvelopeEnd(message, NULL));
    expect_written(writer, text);
    expect_headers(message, text);
    WsFreeMessage(message);
    WsFreeWriter(writer);
}

TEST(a_value_in_the_body)
{
    WS_MESSAGE *message = new_message(SOAP11, ADDR09, WS_REQUEST_MESSAGE);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    struct point point = {7}, *pointer = &point;
    const char *start = "<s:Envelope xmlns:a=\"{A09}\" xmlns:s=\"{E11}\"><s:Header><a:MessageID>{ID}</a:MessageID>"
                        "<a:ReplyTo><a:Address>{A09}/role/anonymous</a:Address></a:ReplyTo></s:Header>";
    char text[1024];

    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    expect_written(writer, start);
    ok(WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer), NULL));
    snprintf(text, sizeof(text), "%s<s:Body><p xmlns=\"urn:x\"><n>7</n></p>", start);
    expect_written(writer, text);
    snprintf(text, sizeof(text), "%s<s:Body/></s:Envelope>", start);
    expect_headers(message, text);
    ok(WsWriteEnvelopeEnd(message, NULL));
    snprintf(text, sizeof(text), "%s<s:Body><p xmlns=\"urn:x\"><n>7</n></p></s:Body></s:Envelope>", start);
    expect_written(writer, text);
    WsFreeMessage(message);
    WsFreeWriter(writer);
}

/* The bytes that a Windows client takes, but for the framing of the transport. */
TEST(an_envelope_in_binary)
{
    static const BYTE bytes[] = {0x56, 0x02, 0x0b, 0x01, 'a',  0x06, 0x0b, 0x01, 's',  0x04, 0x56, 0x08, 0x44,
                                 0x0a, 0x1e, 0x00, 0x82, 0x99, 0x02, 'g',  'o',  0x44, 0x0c, 0x1e, 0x00, 0x82,
                                 0x99, 0x12, 'n',  'e',  't',  '.',  't',  'c',  'p',  ':',  '/',  '/',  's',
                                 'r',  'v',  ':',  '9',  '0',  '0',  '0',  0x01, 0x56, 0x0e, 0x40, 0x05, 'a',
                                 'l',  'p',  'h',  'a',  0x08, 0x02, 'n',  '1',  0x89, 0xff, 0x01, 0x01};
    WS_XML_STRING name = STRING("alpha"), ns = STRING("n1");
    WS_ELEMENT_DESCRIPTION body = {&name, &ns, WS_INT32_TYPE, NULL};
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"net.tcp://srv:9000", NULL);
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_READER_BINARY_ENCODING binary_reader = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (BYTE *)bytes, sizeof(bytes)};
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    int value = -1;

    ok(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &binary.staticDictionary, NULL));
    ok(WsSetOutput(writer, &binary.encoding, &memory_output.output, NULL, 0, NULL));
    set_text_header(message, WS_ACTION_HEADER, "go");
    ok(WsAddressMessage(message, &address, NULL));
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    ok(WsWriteBody(message, &body, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    ok(WsWriteEnvelopeEnd(message, NULL));
    expect_bytes(writer, bytes, sizeof(bytes));
    ok(WsResetMessage(message, NULL));

    ok(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &binary_reader.staticDictionary, NULL));
    ok(WsSetInput(reader, &binary_reader.encoding, &input.input, NULL, 0, NULL));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "go"));
    expect(!strcmp(text_header(message, WS_TO_HEADER), "net.tcp://srv:9000"));
    value = 0;
    ok(WsReadBody(message, &body, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL));
    expect(value == -1);
    ok(WsReadEnvelopeEnd(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

/* --- From a reader --- */

TEST(no_header_is_needed)
{
    static const char *const texts[] = {"<s:Envelope xmlns:s='{E11}'><s:Body/></s:Envelope>",
                                        "<s:Envelope xmlns:s='{E11}'><s:Body></s:Body></s:Envelope>"};
    size_t i;

    for (i = 0; i < 4; i++)
    {
        WS_XML_READER *reader = reader_of(texts[i % 2]);
        WS_MESSAGE *message = read_message(SOAP11, ADDR09, reader);

        expect(state_of(message) == WS_MESSAGE_STATE_READING && !is_fault(message));
        expect(current_type(reader) == WS_XML_NODE_TYPE_END_ELEMENT);
        if (i < 2)
        {
            ok(WsReadEnvelopeEnd(message, NULL));
            expect(state_of(message) == WS_MESSAGE_STATE_DONE);
        }
        else
        {
            ok(WsReadEndElement(reader, NULL));
            expect(current_type(reader) == WS_XML_NODE_TYPE_END_ELEMENT);
            ok(WsReadEndElement(reader, NULL));
            expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
        }
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
}

TEST(a_value_is_read_from_the_body)
{
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}'><s:Header/><s:Body><p xmlns='urn:x'><n>7</n></p>"
                                      "</s:Body></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_HEAP *heap = create_heap(1000);
    struct point point = {0};

    expect_hr(E_INVALIDARG, WsReadBody(message, NULL, WS_READ_REQUIRED_VALUE, heap, &point, sizeof(point), NULL));
    ok(WsReadBody(message, &point_body, WS_READ_REQUIRED_VALUE, heap, &point, sizeof(point), NULL));
    expect(point.n == 7);
    expect(state_of(message) == WS_MESSAGE_STATE_READING);
    ok(WsReadEnvelopeEnd(message, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(a_fault_is_read_without_a_name)
{
    static const WS_ELEMENT_DESCRIPTION description = {NULL, NULL, WS_FAULT_TYPE, NULL};
    WS_XML_READER *reader =
        reader_of("<s:Envelope xmlns:s='{E11}'><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>Oops"
                  "</faultstring></s:Fault></s:Body></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP11, ADDR09, reader);
    WS_HEAP *heap = create_heap(10000);
    WS_FAULT fault;

    memset(&fault, 0, sizeof(fault));
    expect(is_fault(message) == TRUE);
    ok(WsReadBody(message, &description, WS_READ_REQUIRED_VALUE, heap, &fault, sizeof(fault), NULL));
    expect(fault.code && string_is(&fault.code->value.localName, "Client") && !fault.code->subCode);
    expect(fault.reasonCount == 1 && wide_is(&fault.reasons[0].text, "Oops"));
    ok(WsReadEnvelopeEnd(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(an_empty_fault_is_one)
{
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}'><s:Body><s:Fault/></s:Body></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);

    expect(is_fault(message) == TRUE);
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* --- Getting headers --- */

TEST(getting_an_action)
{
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        WS_ADDRESSING_VERSION addressing;
    } versions[] = {{SOAP12, ADDR10}, {NO_SOAP, TRANSPORT}, {SOAP12, TRANSPORT}};
    WCHAR *action;
    size_t i;

    for (i = 0; i < 3; i++)
    {
        WS_MESSAGE *message = new_message(versions[i].envelope, versions[i].addressing, WS_REQUEST_MESSAGE);

        expect_hr(E_INVALIDARG,
                  WsGetHeader(message, (WS_HEADER_TYPE)0, (WS_TYPE)0, (WS_READ_OPTION)0, NULL, NULL, 0, NULL));
        expect_hr(E_INVALIDARG,
                  WsGetHeader(message, WS_ACTION_HEADER, (WS_TYPE)0, (WS_READ_OPTION)0, NULL, NULL, 0, NULL));
        expect_hr(E_INVALIDARG,
                  WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, (WS_READ_OPTION)0, NULL, NULL, 0, NULL));
        expect_hr(E_INVALIDARG,
                  WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_NILLABLE_POINTER, NULL, NULL, 0, NULL));
        expect_hr(WS_E_INVALID_FORMAT,
                  WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL, NULL, 0, NULL));
        set_text_header(message, WS_ACTION_HEADER, "act");
        expect_hr(E_INVALIDARG,
                  WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL, NULL, 0, NULL));
        expect_hr(E_INVALIDARG, WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL,
                                            &action, 0, NULL));
        action = NULL;
        ok(WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL, &action, sizeof(action),
                       NULL));
        expect(action && !memcmp(action, u"act", sizeof(u"act")));
        WsFreeMessage(message);
    }
}
