/* SPDX-License-Identifier: MIT */
/*
 * message-header - standard headers: WsGetHeader, WsSetHeader, WsRemoveHeader.
 *
 * Source: the pages of these functions and of WS_HEADER_TYPE.
 */
#include "support/message.h"

static const WS_HEADER_TYPE all_types[] = {WS_ACTION_HEADER,     WS_TO_HEADER,   WS_MESSAGE_ID_HEADER,
                                           WS_RELATES_TO_HEADER, WS_FROM_HEADER, WS_REPLY_TO_HEADER,
                                           WS_FAULT_TO_HEADER};
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_address(WS_HEADER_TYPE type)
{
    return type >= WS_FROM_HEADER;
}

static bool is_id(WS_HEADER_TYPE type)
{
    return type == WS_MESSAGE_ID_HEADER || type == WS_RELATES_TO_HEADER;
}

/* --- Types of values --- */

/* What is written of mustUnderstand, observed on Windows of Action and To; of the others our choice. */
TEST(every_header_with_every_type_of_value)
{
    static const char *const names[] = {"Action", "To", "MessageID", "RelatesTo", "From", "ReplyTo", "FaultTo"};
    static const WCHAR wide[] = u"urn:x";
    const WS_STRING string = {5, (WCHAR *)wide};
    const WCHAR *wsz = wide;
    const WS_UNIQUE_ID id = {{5, (WCHAR *)wide}, {0, 0, 0, {0}}};
    const WS_ENDPOINT_ADDRESS address = make_address(NULL, wide, NULL);
    const struct
    {
        WS_TYPE type;
        const void *value;
        ULONG size;
    } values[] = {{WS_STRING_TYPE, &string, sizeof(string)},
                  {WS_XML_STRING_TYPE, X("urn:x"), sizeof(WS_XML_STRING)},
                  {WS_WSZ_TYPE, &wsz, sizeof(wsz)},
                  {WS_UNIQUE_ID_TYPE, &id, sizeof(id)},
                  {WS_ENDPOINT_ADDRESS_TYPE, &address, sizeof(address)}};
    char text[512], header[256];
    size_t i, j, version;

    for (version = 0; version < MESSAGE_VERSIONS; version++)
        for (i = 0; i < COUNT(all_types); i++)
            for (j = 0; j < COUNT(values); j++)
            {
                const struct message_version *v = &message_versions[version];
                WS_MESSAGE *message = new_message(v->envelope, v->addressing, WS_BLANK_MESSAGE);
                const char *ns = v->addressing == ADDR09 ? "{A09}" : "{A10}";
                bool goes = v->addressing == TRANSPORT ? i < 2 && j < 3
                            : is_address(all_types[i]) ? values[j].type == WS_ENDPOINT_ADDRESS_TYPE
                            : is_id(all_types[i])      ? j < 4
                                                       : j < 3;
                HRESULT hr =
                    WsSetHeader(message, all_types[i], values[j].type,
                                values[j].type == WS_WSZ_TYPE ? WS_WRITE_REQUIRED_POINTER : WS_WRITE_REQUIRED_VALUE,
                                values[j].value, values[j].size, NULL);

                expect_hr(goes ? S_OK : E_INVALIDARG, hr);
                if (goes && v->addressing != TRANSPORT)
                {
                    snprintf(header, sizeof(header),
                             is_address(all_types[i]) ? "<a:%s%s><a:Address>urn:x</a:Address></a:%s>"
                                                      : "<a:%s%s>urn:x</a:%s>",
                             names[i], i < 2 ? " s:mustUnderstand=\"1\"" : "", names[i]);
                    snprintf(text, sizeof(text),
                             "<s:Envelope xmlns:a=\"%s\" xmlns:s=\"%s\"><s:Header>%s</s:Header><s:Body/></s:Envelope>",
                             ns, v->envelope == SOAP11 ? "{E11}" : "{E12}", header);
                    expect_headers(message, text);
                }
                WsFreeMessage(message);
            }
}

/* That it reads back as set; the pages. */
TEST(values_are_got_as_any_type_that_they_can_have)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_HEAP *heap = create_heap(10000);
    WS_UNIQUE_ID id = {{0, NULL}, {0x01234567, 0x89ab, 0xcdef, {1, 2, 3, 4, 5, 6, 7, 8}}}, id_got;
    WS_XML_STRING xml_string = {0, NULL, NULL, 0}, *pointer;
    WS_STRING string = {0, NULL};
    WCHAR *wsz = NULL;

    ok(WsSetHeader(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_WRITE_REQUIRED_VALUE, &id, sizeof(id), NULL));
    memset(&id_got, 0x5a, sizeof(id_got));
    ok(WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, heap, &id_got,
                   sizeof(id_got), NULL));
    expect(!id_got.uri.length && !memcmp(&id_got.guid, &id.guid, sizeof(GUID)));
    ok(WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, heap, &string, sizeof(string),
                   NULL));
    expect(wide_is(&string, "urn:uuid:01234567-89ab-cdef-0102-030405060708"));
    ok(WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, heap, &xml_string,
                   sizeof(xml_string), NULL));
    expect(string_is(&xml_string, "urn:uuid:01234567-89ab-cdef-0102-030405060708"));
    ok(WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_WSZ_TYPE, WS_READ_OPTIONAL_POINTER, heap, &wsz, sizeof(wsz),
                   NULL));
    expect(wsz && wsz[44] == '8' && !wsz[45]);
    pointer = NULL;
    ok(WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_POINTER, heap, &pointer,
                   sizeof(pointer), NULL));
    expect(pointer && pointer->length == 45);
    WsFreeMessage(message);
    WsFreeHeap(heap);
}

TEST(an_address_is_got_with_all_its_parts)
{
    WS_XML_READER *reader = reader_of(
        "<s:Envelope xmlns:s='{E12}' xmlns:w='{A10}'><s:Header><w:ReplyTo><w:Address>{A10}/anonymous</w:Address>"
        "<w:ReferenceParameters><k xmlns=\"urn:k\">1</k></w:ReferenceParameters><w:Metadata/></w:ReplyTo>"
        "<w:From><w:Address>http://h/</w:Address></w:From></s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_ENDPOINT_ADDRESS *address = NULL;

    ok(WsGetHeader(message, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_POINTER, NULL, &address,
                   sizeof(address), NULL));
    expect(address && !address->url.length && address->extensions);
    expect(!strcmp(buffer_text(address->headers), "<k xmlns=\"urn:k\">1</k>"));
    ok(WsGetHeader(message, WS_FROM_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &address,
                   sizeof(address), NULL));
    expect(address && wide_is(&address->url, "http://h/"));
    ok(WsGetHeader(message, WS_FAULT_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &address,
                   sizeof(address), NULL));
    expect(!address);
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* --- Options --- */

TEST(options_that_a_header_cannot_have)
{
    static const WS_WRITE_OPTION write_options[] = {WS_WRITE_NILLABLE_VALUE, WS_WRITE_NILLABLE_POINTER,
                                                    (WS_WRITE_OPTION)99};
    static const WS_READ_OPTION read_options[] = {WS_READ_NILLABLE_VALUE, WS_READ_NILLABLE_POINTER, (WS_READ_OPTION)99};
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    const WCHAR *wsz = u"x", *null = NULL;
    WCHAR *got = NULL;
    size_t i;

    for (i = 0; i < 3; i++)
    {
        ok(WsResetError(error));
        expect_hr(E_INVALIDARG,
                  WsSetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, write_options[i], &wsz, sizeof(wsz), error));
        expect_size(1, sentence_count(error));
    }
    set_text_header(message, WS_ACTION_HEADER, "act");
    for (i = 0; i < 3; i++)
    {
        ok(WsResetError(error));
        expect_hr(E_INVALIDARG,
                  WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, read_options[i], NULL, &got, sizeof(got), error));
        expect_size(1, sentence_count(error));
    }
    expect_refused(
        error, E_INVALIDARG,
        WsSetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_WRITE_REQUIRED_POINTER, &null, sizeof(null), error),
        "is NULL");
    expect_refused(error, E_INVALIDARG,
                   WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, (WS_HEAP *)message,
                               &got, sizeof(got), error),
                   "a heap is needed");
    expect(!got);
    WsFreeMessage(message);
    WsFreeError(error);
}

TEST(sentences_say_what_is_missing_or_wrong)
{
    WS_MESSAGE *message = new_message(SOAP12, TRANSPORT, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    WS_XML_STRING string;
    WS_XML_READER *reader;

    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsGetHeader(message, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &string,
                               sizeof(string), error),
                   "The message has no header \"To\".");
    expect_refused(error, E_INVALIDARG,
                   WsGetHeader(message, WS_FROM_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_VALUE, NULL, &string,
                               sizeof(string), error),
                   "WS_FROM_HEADER does not exist in WS_ADDRESSING_VERSION_TRANSPORT.");
    expect_refused(error, E_INVALIDARG, WsRemoveHeader(message, WS_FROM_HEADER, error), "does not exist");
    expect_refused(error, E_INVALIDARG, WsRemoveHeader(message, (WS_HEADER_TYPE)8, error),
                   "There is no header type 8.");
    WsFreeMessage(message);
    reader = reader_of("<s:Envelope xmlns:s='{E12}' xmlns:w='{A10}'><s:Header><w:ReplyTo>text</w:ReplyTo></s:Header>"
                       "<s:Body/></s:Envelope>");
    message = read_message(SOAP12, ADDR10, reader);
    expect_hr(WS_E_INVALID_FORMAT, WsGetHeader(message, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE,
                                               WS_READ_REQUIRED_POINTER, NULL, &string, sizeof(void *), error));
    expect(says(error, "In the header \"ReplyTo\": "));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeError(error);
}

/* --- Which header --- */

/* XML Schema, part 2, section 4.3.6; that the buffer keeps it, our choice. */
TEST(white_space_around_a_uri_is_not_part_of_it)
{
    static const char envelope[] =
        "<s:Envelope xmlns:s=\"{E12}\" xmlns:a=\"{A10}\"><s:Header><a:Action>\n\turn:a b </a:Action><a:To> </a:To>"
        "<a:MessageID> {ID}\n</a:MessageID></s:Header><s:Body/></s:Envelope>";
    WS_XML_READER *reader = reader_of(envelope);
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader), *answer = create_message(SOAP12, ADDR10);
    WS_STRING string;
    WS_UNIQUE_ID id;
    WCHAR *wide;

    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "urn:a b"));
    ok(WsGetHeader(message, WS_ACTION_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &string, sizeof(string),
                   NULL));
    expect(string.length == 7 && string.chars[0] == 'u');
    ok(WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL, &wide, sizeof(wide), NULL));
    expect(wide[0] == 'u' && wide[6] == 'b' && !wide[7]);
    expect(!strcmp(text_header(message, WS_TO_HEADER), ""));
    ok(WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id, sizeof(id),
                   NULL));
    expect(!id.uri.length && id.guid.Data1 == 0x01234567);
    ok(WsInitializeMessage(answer, WS_REPLY_MESSAGE, message, NULL));
    expect(!strcmp(text_header(answer, WS_RELATES_TO_HEADER), in_full("{ID}")));
    expect_headers(message, envelope);
    WsFreeMessage(answer);
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* Comments and sections are no part of a value; our choice is that they make no difference to the white space either.
 */
TEST(a_uri_in_several_texts)
{
    static const char envelope[] =
        "<s:Envelope xmlns:s='{E12}' xmlns:a='{A10}'><s:Header><a:Action><!--c--> urn:<![CDATA[a&]]><!--c-->b <!--c-->"
        "</a:Action><a:To>\n<!--c-->\n</a:To><a:MessageID> {ID}<!--c--> </a:MessageID><a:RelatesTo> x<y/></a:RelatesTo>"
        "</s:Header><s:Body/></s:Envelope>";
    WS_XML_READER *reader = reader_of(envelope);
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_XML_STRING string;
    WS_UNIQUE_ID id;
    WCHAR *wide;

    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "urn:a&b"));
    ok(WsGetHeader(message, WS_ACTION_HEADER, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL, &wide, sizeof(wide), NULL));
    expect(wide[0] == 'u' && wide[6] == 'b' && !wide[7]);
    expect(!strcmp(text_header(message, WS_TO_HEADER), ""));
    ok(WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &id, sizeof(id),
                   NULL));
    expect(id.guid.Data1 == 0x01234567);
    expect_hr(WS_E_INVALID_FORMAT, WsGetHeader(message, WS_RELATES_TO_HEADER, WS_XML_STRING_TYPE,
                                               WS_READ_REQUIRED_VALUE, NULL, &string, sizeof(string), NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* Our choice: one that is replaced keeps its place. */
TEST(a_header_is_replaced_where_it_is)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);

    set_text_header(message, WS_ACTION_HEADER, "one");
    set_text_header(message, WS_TO_HEADER, "to");
    set_text_header(message, WS_ACTION_HEADER, "two");
    expect_headers(message,
                   "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:Action s:mustUnderstand=\"1\">two"
                   "</a:Action><a:To s:mustUnderstand=\"1\">to</a:To></s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
}

TEST(one_that_cannot_be_written_leaves_the_old_one)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    const WS_XML_STRING invalid = STRING("a\1b");
    const char *text = "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:Action s:mustUnderstand=\"1\">act"
                       "</a:Action></s:Header><s:Body/></s:Envelope>";
    int i;

    set_text_header(message, WS_ACTION_HEADER, "act");
    for (i = 0; i < 2; i++)
    {
        expect_refused(error, WS_E_INVALID_FORMAT,
                       WsSetHeader(message, i ? WS_TO_HEADER : WS_ACTION_HEADER, WS_XML_STRING_TYPE,
                                   WS_WRITE_REQUIRED_VALUE, &invalid, sizeof(invalid), error),
                       "");
        expect_headers(message, text);
    }
    WsFreeMessage(message);
    WsFreeError(error);
}

TEST(two_of_a_kind)
{
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}' xmlns:w='{A10}'><s:Header><w:To>a</w:To><w:Action>x"
                                      "</w:Action><w:To>b</w:To></s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_ERROR *error = create_error();
    WS_XML_STRING string;

    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsGetHeader(message, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &string,
                               sizeof(string), error),
                   "The message has more than one header \"To\".");
    expect_refused(
        error, WS_E_INVALID_FORMAT,
        WsSetHeader(message, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("c"), sizeof(string), error),
        "more than one header \"To\"");
    expect_refused(error, WS_E_INVALID_FORMAT, WsRemoveHeader(message, WS_TO_HEADER, error),
                   "more than one header \"To\"");
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "x"));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeError(error);
}

/* SOAP 1.1, section 4.2.2; SOAP 1.2, part 1, section 2.2; the page: those for others than the ultimate receiver. */
TEST(headers_for_others_are_not_seen)
{
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        const char *attribute;
        bool found;
    } rows[] = {
        {SOAP11, "", true},
        {SOAP11, "s:actor=''", true},
        {SOAP11, "s:actor='http://schemas.xmlsoap.org/soap/actor/next'", false},
        {SOAP11, "s:actor='urn:other'", false},
        {SOAP11, "s:role='urn:other'", true},
        {SOAP11, "actor='urn:other'", true},
        {SOAP12, "s:role=''", true},
        {SOAP12, "s:role='{E12}/role/ultimateReceiver'", true},
        {SOAP12, "s:role=' {E12}/role/ultimateReceiver '", true},
        {SOAP12, "s:role='{E12}/role/next'", false},
        {SOAP12, "s:role='{E12}/role/none'", false},
        {SOAP12, "s:role='urn:other'", false},
        {SOAP12, "s:actor='urn:other'", true},
    };
    char text[512];
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        WS_XML_READER *reader;
        WS_MESSAGE *message;

        snprintf(text, sizeof(text),
                 "<s:Envelope xmlns:s='%s' xmlns:w='{A10}'><s:Header><w:Action %s>act</w:Action></s:Header><s:Body/>"
                 "</s:Envelope>",
                 rows[i].envelope == SOAP11 ? "{E11}" : "{E12}", rows[i].attribute);
        reader = reader_of(text);
        message = read_message(rows[i].envelope, ADDR10, reader);
        expect(!strcmp(text_header(message, WS_ACTION_HEADER), rows[i].found ? "act" : ""));
        set_text_header(message, WS_ACTION_HEADER, "mine");
        expect(!strcmp(text_header(message, WS_ACTION_HEADER), "mine"));
        ok(WsRemoveHeader(message, WS_ACTION_HEADER, NULL));
        expect(!strcmp(text_header(message, WS_ACTION_HEADER), ""));
        expect((strstr(buffer_text(header_buffer(message)), "act<") != NULL) == !rows[i].found);
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
}

TEST(headers_of_another_namespace_are_not_seen)
{
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}' xmlns:w='{A09}'><s:Header><w:Action>act</w:Action>"
                                      "<Action>act</Action></s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);

    expect(!strcmp(text_header(message, WS_ACTION_HEADER), ""));
    WsFreeMessage(message);
    WsFreeReader(reader);
}

TEST(headers_can_be_set_after_reading_and_writing)
{
    WS_XML_READER *reader = reader_of("<e:Envelope xmlns:e=\"{E12}\" xmlns:w=\"{A10}\"><e:Body/></e:Envelope>");
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);

    set_text_header(message, WS_ACTION_HEADER, "act");
    expect_headers(message,
                   "<e:Envelope xmlns:e=\"{E12}\" xmlns:w=\"{A10}\"><e:Header><w:Action e:mustUnderstand=\"1\">"
                   "act</w:Action></e:Header><e:Body/></e:Envelope>");
    ok(WsReadEnvelopeEnd(message, NULL));
    set_text_header(message, WS_TO_HEADER, "to");
    expect(!strcmp(text_header(message, WS_TO_HEADER), "to"));
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    ok(WsWriteEnvelopeEnd(message, NULL));
    set_text_header(message, WS_TO_HEADER, "to");
    expect(!strcmp(text_header(message, WS_TO_HEADER), "to"));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

/* --- Limits --- */

TEST(more_headers_than_may_be_processed)
{
    ULONG limit = 3;
    WS_MESSAGE_PROPERTY property = {WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, &limit, sizeof(limit)};
    WS_ERROR *error = create_error();
    WS_MESSAGE *message = NULL;
    WS_XML_STRING string;
    int i;

    ok(WsCreateMessage(SOAP12, ADDR10, &property, 1, &message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    set_text_header(message, WS_ACTION_HEADER, "act");
    for (i = 0; i < 2; i++)
        add_string_header(message, "h", 0);
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    add_string_header(message, "h", 0);
    expect_refused(error, WS_E_QUOTA_EXCEEDED,
                   WsGetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &string,
                               sizeof(string), error),
                   "more headers than its MAX_PROCESSED_HEADERS, which is 3.");
    expect_refused(error, WS_E_QUOTA_EXCEEDED,
                   WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("x"),
                               sizeof(string), error),
                   "MAX_PROCESSED_HEADERS");
    expect_refused(error, WS_E_QUOTA_EXCEEDED,
                   WsGetCustomHeader(message, &string_header, WS_REPEATING_HEADER, 3, WS_READ_OPTIONAL_POINTER, NULL,
                                     &string, sizeof(void *), NULL, error),
                   "MAX_PROCESSED_HEADERS");
    /* Which of several is asked for, is found before that: the limit is one on the search. */
    ok(WsGetCustomHeader(message, &string_header, WS_REPEATING_HEADER, 1, WS_READ_REQUIRED_VALUE, NULL, &string,
                         sizeof(string), NULL, error));
    ok(WsRemoveCustomHeader(message, X("h"), X("urn:x"), NULL));
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    WsFreeMessage(message);
    WsFreeError(error);
}

/* The page of the property names the functions that it limits. Others do what they are for. */
TEST(a_message_with_many_headers_is_answered)
{
    ULONG limit = 2;
    WS_MESSAGE_PROPERTY property = {WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, &limit, sizeof(limit)};
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}' xmlns:a='{A10}'><s:Header><h/><h/><h/><a:MessageID>"
                                      "urn:m</a:MessageID><a:ReplyTo><a:Address>http://r/</a:Address></a:ReplyTo>"
                                      "</s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *message = NULL, *answer = NULL;
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"http://other/", NULL);

    ok(WsCreateMessage(SOAP12, ADDR10, &property, 1, &message, NULL));
    ok(WsCreateMessage(SOAP12, ADDR10, &property, 1, &answer, NULL));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    ok(WsInitializeMessage(answer, WS_FAULT_MESSAGE, message, NULL));
    expect_headers(answer, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:To s:mustUnderstand=\"1\">"
                           "http://r/</a:To><a:RelatesTo>urn:m</a:RelatesTo></s:Header><s:Body/></s:Envelope>");
    ok(WsCheckMustUnderstandHeaders(message, NULL));
    ok(WsRemoveHeader(message, WS_REPLY_TO_HEADER, NULL));
    ok(WsResetMessage(answer, NULL));
    ok(WsInitializeMessage(answer, WS_DUPLICATE_MESSAGE, message, NULL));
    ok(WsAddressMessage(answer, &address, NULL));
    WsFreeMessage(answer);
    WsFreeMessage(message);
    WsFreeReader(reader);
}

TEST(the_default_is_64)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_XML_STRING string;
    int i;

    set_text_header(message, WS_ACTION_HEADER, "act");
    for (i = 0; i < 63; i++)
        add_string_header(message, "h", 0);
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    add_string_header(message, "h", 0);
    expect_hr(WS_E_QUOTA_EXCEEDED, WsGetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE,
                                               NULL, &string, sizeof(string), NULL));
    WsFreeMessage(message);
}

/* That the default of the heap holds 64 KB of headers of a usual size is our choice. */
TEST(headers_of_64_KB_can_be_read)
{
    static char text[65536];
    size_t length = (size_t)snprintf(text, sizeof(text), "<s:Envelope xmlns:s='%s'><s:Header>", E12);
    WS_XML_READER *reader = create_reader();
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);

    while (length < sizeof(text) - 100)
        length += (size_t)snprintf(text + length, sizeof(text) - length,
                                   "<a:b xmlns:a='urn:example:headers' c='value'>some text</a:b>");
    length += (size_t)snprintf(text + length, sizeof(text) - length, "</s:Header><s:Body/></s:Envelope>");
    set_text(reader, text, length);
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
}
