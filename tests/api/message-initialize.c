/* SPDX-License-Identifier: MIT */
/*
 * message-initialize - WsInitializeMessage with every initialization; what a message is after a reset.
 *
 * Source: the pages of WsInitializeMessage, WS_MESSAGE_INITIALIZATION and WsResetMessage.
 */
#include "support/message.h"

static const char *soap_name(WS_ENVELOPE_VERSION version)
{
    return version == SOAP11 ? "{E11}" : "{E12}";
}

static const char *addressing_name(WS_ADDRESSING_VERSION version)
{
    return version == ADDR09 ? "{A09}" : "{A10}";
}

/* A request that has been received, with headers in the namespace "a" of its version. */
static WS_MESSAGE *receive(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, const char *headers,
                           WS_XML_READER **reader)
{
    char text[2048];

    if (envelope == NO_SOAP)
        snprintf(text, sizeof(text), "<Envelope><Header>%s</Header><Body/></Envelope>", headers);
    else
        snprintf(text, sizeof(text),
                 "<s:Envelope xmlns:s=\"%s\" xmlns:a=\"%s\"><s:Header>%s</s:Header><s:Body/></s:Envelope>",
                 soap_name(envelope), addressing_name(addressing), headers);
    *reader = reader_of(text);
    return read_message(envelope, addressing, *reader);
}

/* --- Replies and faults --- */

/* The order of the headers, and what a source lacks: our choice. */
TEST(replies_and_faults)
{
    static const char id[] = "<a:MessageID>urn:x</a:MessageID>";
    static const char related[] = "<a:RelatesTo>urn:x</a:RelatesTo>";
    static const char reply_to[] = "<a:ReplyTo><a:Address>http://r/</a:Address><a:ReferenceParameters><k>1</k>"
                                   "</a:ReferenceParameters></a:ReplyTo>";
    static const char fault_to[] = "<a:FaultTo><a:Address>http://f/</a:Address></a:FaultTo>";
    static const struct
    {
        const char *headers[3];
        const char *reply, *fault; /* To, and parameters */
        const char *related;
    } rows[] = {
        {{id, reply_to, fault_to}, "http://r/", "http://f/", related},
        {{id, reply_to, ""}, "http://r/", "http://r/", related},
        {{id, "", ""}, NULL, NULL, related},
        {{"", "", fault_to}, NULL, "http://f/", ""},
        {{"", "", ""}, NULL, NULL, ""},
    };
    char headers[1024], text[2048], to[256];
    WS_XML_READER *reader;
    WS_MESSAGE *source, *message;
    size_t i, version, fault;

    for (version = 0; version < MESSAGE_VERSIONS; version++)
        for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
            for (fault = 0; fault < 2; fault++)
            {
                const struct message_version *v = &message_versions[version];
                const char *url = fault ? rows[i].fault : rows[i].reply;
                bool has_parameters = url && !strcmp(url, "http://r/");

                if (v->addressing == TRANSPORT)
                    continue;
                snprintf(headers, sizeof(headers), "%s%s%s", rows[i].headers[0], rows[i].headers[1],
                         rows[i].headers[2]);
                source = receive(v->envelope, v->addressing, headers, &reader);
                message = create_message(v->envelope, v->addressing);
                ok(WsInitializeMessage(message, fault ? WS_FAULT_MESSAGE : WS_REPLY_MESSAGE, source, NULL));
                expect(state_of(message) == WS_MESSAGE_STATE_INITIALIZED);
                expect(is_addressed(message) == TRUE && is_fault(message) == (BOOL)fault);
                WsFreeMessage(source);
                WsFreeReader(reader);
                to[0] = 0;
                if (url)
                    snprintf(to, sizeof(to), "<a:To s:mustUnderstand=\"1\">%s</a:To>%s", url,
                             !has_parameters           ? ""
                             : v->addressing == ADDR10 ? "<k a:IsReferenceParameter=\"true\">1</k>"
                                                       : "<k>1</k>");
                snprintf(text, sizeof(text), "<s:Envelope xmlns:a=\"%s\" xmlns:s=\"%s\">%s%s%s%s<s:Body/></s:Envelope>",
                         addressing_name(v->addressing), soap_name(v->envelope),
                         url || rows[i].related[0] ? "<s:Header>" : "<s:Header/>", to, rows[i].related,
                         url || rows[i].related[0] ? "</s:Header>" : "");
                expect_headers(message, text);
                WsFreeMessage(message);
            }
}

TEST(replies_without_addressing)
{
    WS_XML_READER *reader;
    WS_MESSAGE *source = receive(SOAP11, TRANSPORT, "", &reader), *message = create_message(SOAP11, TRANSPORT);

    ok(WsInitializeMessage(message, WS_REPLY_MESSAGE, source, NULL));
    expect_headers(message, "<s:Envelope xmlns:s=\"{E11}\"><s:Header/><s:Body/></s:Envelope>");
    expect(is_addressed(message) == TRUE);
    WsFreeMessage(message);
    WsFreeMessage(source);
    WsFreeReader(reader);
    source = receive(NO_SOAP, TRANSPORT, "", &reader);
    message = create_message(NO_SOAP, TRANSPORT);
    ok(WsInitializeMessage(message, WS_FAULT_MESSAGE, source, NULL));
    expect(is_fault(message) == TRUE);
    WsFreeMessage(message);
    WsFreeMessage(source);
    WsFreeReader(reader);
}

/* Our choice: the source's headers are read in its versions, and written in those of the reply. */
TEST(a_reply_in_another_version)
{
    WS_XML_READER *reader;
    WS_MESSAGE *source = receive(SOAP11, ADDR09,
                                 "<a:MessageID>urn:uuid:ABCDEF01-0000-0000-0000-000000000000</a:MessageID>"
                                 "<a:ReplyTo><a:Address>{A09}/role/anonymous</a:Address></a:ReplyTo>",
                                 &reader);
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);

    ok(WsInitializeMessage(message, WS_REPLY_MESSAGE, source, NULL));
    expect_headers(message, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:To s:mustUnderstand=\"1\">"
                            "{A10}/anonymous</a:To><a:RelatesTo>urn:uuid:ABCDEF01-0000-0000-0000-000000000000"
                            "</a:RelatesTo></s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    message = create_message(SOAP12, TRANSPORT);
    ok(WsInitializeMessage(message, WS_REPLY_MESSAGE, source, NULL));
    expect_headers(message, "<s:Envelope xmlns:s=\"{E12}\"><s:Header/><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeMessage(source);
    WsFreeReader(reader);
}

TEST(sources_that_cannot_be_answered)
{
    static const char *const headers[] = {
        "<a:ReplyTo/>",
        "<a:ReplyTo><a:Address>x</a:Address></a:ReplyTo><a:ReplyTo><a:Address>x</a:Address></a:ReplyTo>",
        "<a:MessageID><b/></a:MessageID>", "<a:MessageID>1</a:MessageID><a:MessageID>2</a:MessageID>"};
    WS_ERROR *error = create_error();
    WS_MESSAGE *message = create_message(SOAP12, ADDR10), *source;
    WS_XML_READER *reader;
    size_t i;

    for (i = 0; i < 4; i++)
    {
        source = receive(SOAP12, ADDR10, headers[i], &reader);
        ok(WsResetError(error));
        expect_hr(WS_E_INVALID_FORMAT, WsInitializeMessage(message, WS_REPLY_MESSAGE, source, error));
        expect_size(1, sentence_count(error));
        expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
        WsFreeMessage(source);
        WsFreeReader(reader);
    }
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    WsFreeMessage(message);
    WsFreeError(error);
}

/* --- Duplicates --- */

TEST(a_duplicate_has_all_headers)
{
    static const char text[] =
        "<x:Envelope y:b=\"1\" xmlns:x=\"{E12}\" xmlns:y=\"urn:y\" xmlns:a=\"{A10}\"><x:Header y:c=\"2\">"
        "<a:Action x:mustUnderstand=\"true\">act</a:Action><a:MessageID>{ID}</a:MessageID><h x:role=\"urn:r\" "
        "xmlns=\"urn:x\"><!--c-->y:v<![CDATA[<]]></h></x:Header><x:Body y:d=\"3\"/></x:Envelope>";
    WS_XML_READER *reader = reader_of(text);
    WS_MESSAGE *source = read_message(SOAP12, ADDR10, reader), *message = create_message(SOAP12, ADDR10);
    WCHAR *wsz = NULL;

    ok(WsAddMappedHeader(source, X("X-A"), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("1"), sizeof(WS_XML_STRING),
                         NULL));
    ok(WsAddMappedHeader(source, X("X-B"), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("2"), sizeof(WS_XML_STRING),
                         NULL));
    ok(WsRemoveMappedHeader(source, X("X-A"), NULL));
    expect_headers(source, text);
    ok(WsInitializeMessage(message, WS_DUPLICATE_MESSAGE, source, NULL));
    WsFreeMessage(source);
    WsFreeReader(reader);
    expect_headers(message, text);
    expect(!is_addressed(message) && !is_fault(message));
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    ok(WsGetMappedHeader(message, X("X-B"), WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &wsz,
                         sizeof(wsz), NULL));
    expect(wsz && wsz[0] == '2');
    ok(WsGetMappedHeader(message, X("X-A"), WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &wsz,
                         sizeof(wsz), NULL));
    expect(!wsz);
    WsFreeMessage(message);
}

/* Our choice. */
TEST(a_duplicate_has_the_same_versions)
{
    WS_ERROR *error = create_error();
    size_t i, j;

    for (i = 0; i < MESSAGE_VERSIONS; i++)
        for (j = 0; j < MESSAGE_VERSIONS; j++)
        {
            WS_MESSAGE *source =
                new_message(message_versions[i].envelope, message_versions[i].addressing, WS_REQUEST_MESSAGE);
            WS_MESSAGE *message = create_message(message_versions[j].envelope, message_versions[j].addressing);

            if (i == j)
            {
                char text[1024];

                ok(WsInitializeMessage(message, WS_DUPLICATE_MESSAGE, source, NULL));
                snprintf(text, sizeof(text), "%s", buffer_text(header_buffer(source)));
                expect_headers(message, text);
            }
            else
                expect_refused(error, E_INVALIDARG, WsInitializeMessage(message, WS_DUPLICATE_MESSAGE, source, error),
                               "cannot be a duplicate of");
            WsFreeMessage(message);
            WsFreeMessage(source);
        }
    WsFreeError(error);
}

/* --- Arguments and states --- */

TEST(sources_that_are_needed_and_missing)
{
    static const WS_MESSAGE_INITIALIZATION needing[] = {WS_DUPLICATE_MESSAGE, WS_REPLY_MESSAGE, WS_FAULT_MESSAGE};
    WS_MESSAGE *message = create_message(SOAP12, ADDR10), *empty = create_message(SOAP12, ADDR10);
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < 3; i++)
    {
        expect_refused(error, E_INVALIDARG, WsInitializeMessage(message, needing[i], NULL, error),
                       "NULL was passed where a message is needed.");
        expect_refused(error, E_INVALIDARG, WsInitializeMessage(message, needing[i], (WS_MESSAGE *)error, error),
                       "a message is needed");
        expect_refused(error, WS_E_INVALID_OPERATION, WsInitializeMessage(message, needing[i], empty, error),
                       "WS_MESSAGE_STATE_EMPTY");
        expect_refused(error, WS_E_INVALID_OPERATION, WsInitializeMessage(message, needing[i], message, error),
                       "WS_MESSAGE_STATE_EMPTY");
        expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
    }
    expect_refused(error, E_INVALIDARG, WsInitializeMessage(message, (WS_MESSAGE_INITIALIZATION)-1, NULL, error),
                   "There is no initialization of a message -1.");
    WsFreeMessage(message);
    WsFreeMessage(empty);
    WsFreeError(error);
}

/* As Microsoft's sample of file replication does: observed on Windows. */
TEST(a_source_that_is_not_needed_is_not_looked_at)
{
    WS_MESSAGE *message = create_message(SOAP12, ADDR10), *other = create_message(SOAP11, ADDR09);

    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, other, NULL));
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, other, NULL));
    WsFreeMessage(message);
    WsFreeMessage(other);
}

TEST(a_source_in_any_state)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_MESSAGE *source = new_message(SOAP12, ADDR10, WS_REQUEST_MESSAGE), *message = create_message(SOAP12, ADDR10);
    int i;

    for (i = 0; i < 3; i++)
    {
        ok(WsInitializeMessage(message, WS_REPLY_MESSAGE, source, NULL));
        expect(strlen(text_header(message, WS_RELATES_TO_HEADER)) == 45);
        ok(WsResetMessage(message, NULL));
        if (!i)
            ok(WsWriteEnvelopeStart(source, writer, NULL, NULL, NULL));
        else if (i == 1)
            ok(WsWriteEnvelopeEnd(source, NULL));
    }
    WsFreeMessage(message);
    WsFreeMessage(source);
    WsFreeWriter(writer);
}

TEST(ids_differ)
{
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_UNIQUE_ID id, before;
    int i;

    memset(&before, 0, sizeof(before));
    for (i = 0; i < 20; i++)
    {
        ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
        ok(WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id, sizeof(id),
                       NULL));
        expect(!id.uri.length && memcmp(&id.guid, &before.guid, sizeof(GUID)) != 0);
        before = id;
        ok(WsResetMessage(message, NULL));
    }
    WsFreeMessage(message);
}

/* For ever, with the same heap. */
TEST(a_message_is_used_again_and_again)
{
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"http://h/service", NULL);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    SIZE_T actual, first = 0;
    WS_HEAP *heap = NULL;
    WS_BYTES bytes;
    struct point point = {7};
    int i;

    for (i = 0; i < 1000; i++)
    {
        ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
        set_text_header(message, WS_ACTION_HEADER, "http://example.com/action");
        ok(WsAddressMessage(message, &address, NULL));
        set_output(writer, NULL, 0);
        ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
        ok(WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &point, sizeof(point), NULL));
        ok(WsWriteEnvelopeEnd(message, NULL));
        ok(WsResetMessage(message, NULL));
        bytes = get_bytes(writer);
        set_text(reader, bytes.bytes, bytes.length);
        ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
        expect(!strcmp(text_header(message, WS_TO_HEADER), "http://h/service"));
        ok(WsReadBody(message, &point_body, WS_READ_REQUIRED_VALUE, NULL, &point, sizeof(point), NULL));
        ok(WsReadEnvelopeEnd(message, NULL));
        ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL));
        ok(WsGetHeapProperty(heap, WS_HEAP_PROPERTY_ACTUAL_SIZE, &actual, sizeof(actual), NULL));
        if (i == 1)
            first = actual;
        expect(i < 2 || actual == first);
        ok(WsResetMessage(message, NULL));
    }
    WsFreeMessage(message);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

/* Reference parameters are opaque (WS-Addressing 1.0, core, section 2.1): their names keep their namespaces. */
TEST(names_in_the_parameters_of_a_reply)
{
    WS_XML_READER *reader = reader_of(
        "<s:Envelope xmlns:s='{E12}' xmlns:a='{A10}' xmlns:q='urn:q'><s:Header><a:ReplyTo><a:Address>http://r/"
        "</a:Address><a:ReferenceParameters><k>q:name</k></a:ReferenceParameters></a:ReplyTo></s:Header>"
        "<s:Body/></s:Envelope>");
    WS_MESSAGE *source = read_message(SOAP12, ADDR10, reader), *message = create_message(SOAP12, ADDR10);

    ok(WsInitializeMessage(message, WS_REPLY_MESSAGE, source, NULL));
    expect_headers(message, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:To s:mustUnderstand=\"1\">"
                            "http://r/</a:To><k a:IsReferenceParameter=\"true\" xmlns:q=\"urn:q\">q:name</k></s:Header>"
                            "<s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeMessage(source);
    WsFreeReader(reader);
}
