/* SPDX-License-Identifier: MIT */
/*
 * message-address - WsAddressMessage: an endpoint address becomes headers.
 *
 * Source: the pages of WsAddressMessage and WS_ENDPOINT_ADDRESS; WS-Addressing 1.0, SOAP binding, section 3.3
 * (Recommendation).
 */
#include "support/message.h"

#define TO_H "<a:To s:mustUnderstand=\"1\">http://h/</a:To>"

/* Where the parameters go, and To without a URL in TRANSPORT: our choice. */
TEST(addresses_with_and_without_url_and_headers)
{
    static const char parameters[] = "<k xmlns=\"urn:k\">1</k><p:l xmlns:p=\"urn:p\" p:b=\"2\"><p:m/></p:l>";
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        WS_ADDRESSING_VERSION addressing;
        const WCHAR *url;
        const char *headers, *text;
    } rows[] = {
        {SOAP12, ADDR10, u"http://h/", NULL, TO_H},
        {SOAP12, ADDR10, u"", NULL, "<a:To s:mustUnderstand=\"1\">{A10}/anonymous</a:To>"},
        {SOAP11, ADDR09, u"", NULL, "<a:To s:mustUnderstand=\"1\">{A09}/role/anonymous</a:To>"},
        {SOAP12, ADDR10, u"http://h/", "", TO_H},
        {SOAP12, ADDR10, u"http://h/", parameters,
         TO_H "<k a:IsReferenceParameter=\"true\" xmlns=\"urn:k\">1</k>"
              "<p:l p:b=\"2\" a:IsReferenceParameter=\"true\" xmlns:p=\"urn:p\"><p:m/></p:l>"},
        {SOAP11, ADDR09, u"http://h/", parameters,
         TO_H "<k xmlns=\"urn:k\">1</k><p:l p:b=\"2\" xmlns:p=\"urn:p\"><p:m/></p:l>"},
        {SOAP12, ADDR10, u"http://h/", "<k xmlns:w=\"{A10}\" w:IsReferenceParameter=\"1\"/>",
         TO_H "<k w:IsReferenceParameter=\"1\" xmlns:w=\"{A10}\"/>"},
        {SOAP12, ADDR10, u"http://h/", " <k/> <!-- no header --> <l/> ",
         TO_H "<k a:IsReferenceParameter=\"true\"/><l a:IsReferenceParameter=\"true\"/>"},
        {SOAP12, TRANSPORT, u"http://h/", "<k/>", "<To s:mustUnderstand=\"1\" xmlns=\"{AN}\">http://h/</To><k/>"},
        {SOAP12, TRANSPORT, u"", NULL, NULL},
    };
    char text[1024];
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        WS_MESSAGE *message = new_message(rows[i].envelope, rows[i].addressing, WS_BLANK_MESSAGE);
        WS_HEAP *heap = create_heap(10000);
        WS_ENDPOINT_ADDRESS address =
            make_address(heap, rows[i].url, rows[i].headers ? in_full(rows[i].headers) : NULL);

        ok(WsAddressMessage(message, &address, NULL));
        WsFreeHeap(heap);
        expect(is_addressed(message) == TRUE);
        snprintf(text, sizeof(text), "<s:Envelope%s xmlns:s=\"%s\">%s%s%s<s:Body/></s:Envelope>",
                 rows[i].addressing == TRANSPORT ? ""
                 : rows[i].addressing == ADDR09  ? " xmlns:a=\"{A09}\""
                                                 : " xmlns:a=\"{A10}\"",
                 rows[i].envelope == SOAP11 ? "{E11}" : "{E12}", rows[i].text ? "<s:Header>" : "",
                 rows[i].text ? rows[i].text : "<s:Header/>", rows[i].text ? "</s:Header>" : "");
        expect_headers(message, text);
        WsFreeMessage(message);
    }
}

TEST(a_message_is_addressed_once)
{
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"http://h/", NULL);
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}'><s:Body/></s:Envelope>");
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();

    ok(WsAddressMessage(message, NULL, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsAddressMessage(message, &address, error),
                   "The message has been addressed already.");
    expect_hr(WS_E_INVALID_OPERATION, WsAddressMessage(message, NULL, NULL));
    expect_headers(message, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header/><s:Body/></s:Envelope>");
    ok(WsResetMessage(message, NULL));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsAddressMessage(message, &address, error), "already");
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsAddressMessage(message, &address, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeError(error);
}

/* Our choice: the one that was there keeps its place, the headers of the address go after all others. */
TEST(a_to_that_is_there_is_replaced)
{
    WS_HEAP *heap = create_heap(10000);
    WS_ENDPOINT_ADDRESS address = make_address(heap, u"http://h/", "<k/>");
    WS_MESSAGE *message = new_message(SOAP11, ADDR09, WS_BLANK_MESSAGE);

    set_text_header(message, WS_TO_HEADER, "urn:old");
    set_text_header(message, WS_ACTION_HEADER, "act");
    ok(WsAddressMessage(message, &address, NULL));
    expect_headers(message, "<s:Envelope xmlns:a=\"{A09}\" xmlns:s=\"{E11}\"><s:Header>" TO_H
                            "<a:Action s:mustUnderstand=\"1\">act</a:Action><k/></s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeHeap(heap);
}

/* The concept page on endpoint addresses: extensions are not used to address a message. Nor are they looked at. */
TEST(reference_properties_are_no_headers)
{
    WS_XML_READER *reader =
        reader_of("<s:Envelope xmlns:s='{E12}' xmlns:a='{A09}'><s:Header><a:ReplyTo><a:Address>http://h/</a:Address>"
                  "<a:ReferenceProperties><i xmlns=\"urn:i\">1</i></a:ReferenceProperties><a:ReferenceParameters><k/>"
                  "</a:ReferenceParameters></a:ReplyTo></s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *source = read_message(SOAP12, ADDR09, reader), *message = create_message(SOAP12, ADDR09);
    WS_ENDPOINT_ADDRESS *address;

    ok(WsInitializeMessage(message, WS_REPLY_MESSAGE, source, NULL));
    expect_headers(message, "<s:Envelope xmlns:a=\"{A09}\" xmlns:s=\"{E12}\"><s:Header>" TO_H
                            "<k/></s:Header><s:Body/></s:Envelope>");
    ok(WsGetHeader(source, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_REQUIRED_POINTER, NULL, &address,
                   sizeof(address), NULL));
    expect(address->extensions != NULL);
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    address->extensions = (WS_XML_BUFFER *)source;
    ok(WsAddressMessage(message, address, NULL));
    expect_headers(message, "<s:Envelope xmlns:a=\"{A09}\" xmlns:s=\"{E12}\"><s:Header>" TO_H
                            "<k/></s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeMessage(source);
    WsFreeReader(reader);
}

TEST(what_cannot_be_an_address_changes_nothing)
{
    WS_HEAP *heap = create_heap(100000);
    WS_ENDPOINT_ADDRESS address = make_address(heap, u"http://h/", "<k/>text");
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    const char *text = "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:Action s:mustUnderstand=\"1\">act"
                       "</a:Action></s:Header><s:Body/></s:Envelope>";

    set_text_header(message, WS_ACTION_HEADER, "act");
    expect_refused(error, WS_E_INVALID_FORMAT, WsAddressMessage(message, &address, error), "text among them");
    expect_headers(message, text);
    address = make_address(heap, u"http://h/", "<k/><![CDATA[ ]]>");
    expect_refused(error, WS_E_INVALID_FORMAT, WsAddressMessage(message, &address, error), "text among them");
    address.headers = (WS_XML_BUFFER *)heap;
    expect_refused(error, E_INVALIDARG, WsAddressMessage(message, &address, error), "an XML buffer is needed");
    address.headers = header_buffer(message);
    expect_refused(error, E_INVALIDARG, WsAddressMessage(message, &address, error), "of the message itself");
    address = make_address(heap, u"http://h/", "<k/>");
    address.url.chars = NULL;
    expect_refused(error, E_INVALIDARG, WsAddressMessage(message, &address, error), "is at NULL");
    address = make_address(heap, u"http://\1/", "<k/><l/>");
    expect_refused(error, WS_E_INVALID_FORMAT, WsAddressMessage(message, &address, error), "");
    expect_headers(message, text);
    expect(!is_addressed(message));
    address = make_address(heap, u"http://h/", "<k/><l/>");
    ok(WsAddressMessage(message, &address, NULL));
    WsFreeMessage(message);
    WsFreeHeap(heap);
    WsFreeError(error);
}

TEST(two_to_headers_cannot_be_replaced)
{
    WS_HEAP *heap = create_heap(10000);
    WS_ENDPOINT_ADDRESS address = make_address(heap, u"http://h/", "<k/>");
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s=\"{E12}\" xmlns:a=\"{A10}\"><s:Header><a:To>1</a:To>"
                                      "<a:To>2</a:To></s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *source = read_message(SOAP12, ADDR10, reader), *message = create_message(SOAP12, ADDR10);
    char text[1024];

    ok(WsInitializeMessage(message, WS_DUPLICATE_MESSAGE, source, NULL));
    snprintf(text, sizeof(text), "%s", buffer_text(header_buffer(message)));
    expect_hr(WS_E_INVALID_FORMAT, WsAddressMessage(message, &address, NULL));
    expect(!strcmp(text, buffer_text(header_buffer(message))) && !is_addressed(message));
    WsFreeMessage(message);
    WsFreeMessage(source);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* A header in no namespace stays in none, whatever the default one of the envelope is. */
TEST(parameters_keep_their_namespaces)
{
    WS_HEAP *heap = create_heap(10000);
    WS_ENDPOINT_ADDRESS address = make_address(heap, u"http://h/", "<k><l xmlns=\"urn:l\"/></k>");
    WS_XML_READER *reader = reader_of("<Envelope xmlns=\"{E12}\"><Body/></Envelope>");
    WS_MESSAGE *source = read_message(SOAP12, ADDR10, reader), *message = create_message(SOAP12, ADDR10);

    ok(WsInitializeMessage(message, WS_DUPLICATE_MESSAGE, source, NULL));
    ok(WsAddressMessage(message, &address, NULL));
    expect_headers(
        message,
        "<Envelope xmlns=\"{E12}\"><Header><To a:mustUnderstand=\"1\" xmlns=\"{A10}\" xmlns:a=\"{E12}\">http://h/"
        "</To><k a:IsReferenceParameter=\"true\" xmlns=\"\" xmlns:a=\"{A10}\"><l xmlns=\"urn:l\"/></k></Header>"
        "<Body/></Envelope>");
    WsFreeMessage(message);
    WsFreeMessage(source);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}
