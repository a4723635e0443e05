/* SPDX-License-Identifier: MIT */
/* HTTP between channels of the API: requests of WS_CHANNEL_TYPE_REQUEST to services of WS_CHANNEL_TYPE_REPLY. */
#include "support/service.h"

/* What both ends are created with. */
struct pair
{
    WS_ENCODING encoding;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_TRANSFER_MODE transfer;
};

struct client
{
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
    WS_ERROR *error;
    WS_HEAP *heap;
    struct service *service;
    int count;
    struct test_thread thread;
};

static void set_properties(const struct pair *pair, WS_CHANNEL_PROPERTY properties[4])
{
    properties[0] =
        (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_ENCODING, (void *)&pair->encoding, sizeof(pair->encoding)};
    properties[1] =
        (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, (void *)&pair->envelope, sizeof(pair->envelope)};
    properties[2] = (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, (void *)&pair->addressing,
                                          sizeof(pair->addressing)};
    properties[3] =
        (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_TRANSFER_MODE, (void *)&pair->transfer, sizeof(pair->transfer)};
}

static void open_client(struct client *client, struct service *service, const struct pair *pair)
{
    WS_CHANNEL_PROPERTY properties[4];
    WS_ENDPOINT_ADDRESS address = {0};
    WCHAR chars[64];
    char text[64];

    memset(client, 0, sizeof(*client));
    client->service = service;
    set_properties(pair, properties);
    ok(WsCreateError(NULL, 0, &client->error));
    ok(WsCreateHeap(1 << 16, 0, NULL, 0, &client->heap, NULL));
    ok(WsCreateChannel(WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, properties, 4, NULL, &client->channel, NULL));
    ok(WsCreateMessageForChannel(client->channel, NULL, 0, &client->request, NULL));
    ok(WsCreateMessageForChannel(client->channel, NULL, 0, &client->reply, NULL));
    snprintf(text, sizeof(text), "http://localhost:%u/example", (unsigned)service->port);
    for (; text[address.url.length]; address.url.length++)
        chars[address.url.length] = (BYTE)text[address.url.length];
    address.url.chars = chars;
    ok(WsOpenChannel(client->channel, &address, NULL, NULL));
}

static void close_client(struct client *client)
{
    ok(WsCloseChannel(client->channel, NULL, NULL));
    WsFreeChannel(client->channel);
    WsFreeMessage(client->request);
    WsFreeMessage(client->reply);
    WsFreeHeap(client->heap);
    WsFreeError(client->error);
}

static void call(struct client *client, int32_t number)
{
    int32_t result = 0;

    ok(WsRequestReply(client->channel, client->request, &ask, WS_WRITE_REQUIRED_VALUE, &number, sizeof(number),
                      client->reply, &answer, WS_READ_REQUIRED_VALUE, client->heap, &result, sizeof(result), NULL,
                      client->error));
    expect(result == 2 * number);
    ok(WsResetMessage(client->request, NULL));
    ok(WsResetMessage(client->reply, NULL));
}

static void calls_on_thread(void *argument)
{
    struct client *client = argument;
    int i;

    for (i = 0; i < client->count; i++)
        call(client, i);
}

static void open_pair(struct service *service, struct client *client, const struct pair *pair)
{
    WS_CHANNEL_PROPERTY properties[4];

    set_properties(pair, properties);
    service_open(service, properties, 4);
    open_client(client, service, pair);
}

#define VERSIONS(encoding, transfer) \
    { \
        encoding, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, transfer \
    }

TEST(requests_and_replies_in_all_ways)
{
    static const struct pair pairs[] = {
        {WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT,
         WS_BUFFERED_TRANSFER_MODE},
        {WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_0_9, WS_BUFFERED_TRANSFER_MODE},
        {WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_TRANSPORT,
         WS_STREAMED_TRANSFER_MODE},
        VERSIONS(WS_ENCODING_XML_UTF8, WS_BUFFERED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_UTF8, WS_STREAMED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_UTF16LE, WS_BUFFERED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_UTF16BE, WS_STREAMED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_BINARY_1, WS_BUFFERED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_BINARY_1, WS_STREAMED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_MTOM_UTF8, WS_BUFFERED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_MTOM_UTF8, WS_STREAMED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_MTOM_UTF16LE, WS_BUFFERED_TRANSFER_MODE),
    };
    struct service service;
    struct client client;
    size_t i;
    int j;

    for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
    {
        open_pair(&service, &client, &pairs[i]);
        client.count = 3;
        thread_begin(&client.thread, calls_on_thread, &client);
        for (j = 0; j < client.count; j++)
            service_serve(&service);
        thread_join(&client.thread);
        close_client(&client);
        service_close(&service);
    }
}

static void one_way_on_thread(void *argument)
{
    struct client *client = argument;
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&answer};
    int32_t number = 7;

    ok(WsSendMessage(client->channel, client->request, &ask, WS_WRITE_REQUIRED_VALUE, &number, sizeof(number), NULL,
                     client->error));
    expect_hr(WS_S_END, WsReceiveMessage(client->channel, client->reply, descriptions, 1, WS_RECEIVE_OPTIONAL_MESSAGE,
                                         WS_READ_REQUIRED_VALUE, client->heap, &number, sizeof(number), NULL, NULL,
                                         client->error));
}

/* The page of the channel layer: closing a reply channel without an answer is WS_S_END for the other side. */
TEST(one_way_messages)
{
    static const struct pair pair = VERSIONS(WS_ENCODING_XML_UTF8, WS_BUFFERED_TRANSFER_MODE);
    struct service service;
    struct client client;
    int32_t number = 0;

    open_pair(&service, &client, &pair);
    thread_begin(&client.thread, one_way_on_thread, &client);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, NULL));
    ok(service_receive(&service, &number));
    expect(number == 7);
    service_next(&service);
    thread_join(&client.thread);
    close_client(&client);
    service_close(&service);
}

static void faulted_on_thread(void *argument)
{
    struct client *client = argument;
    int32_t number = 7;
    const WS_FAULT *fault = NULL;

    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED,
              WsRequestReply(client->channel, client->request, &ask, WS_WRITE_REQUIRED_VALUE, &number, sizeof(number),
                             client->reply, &answer, WS_READ_REQUIRED_VALUE, client->heap, &number, sizeof(number),
                             NULL, client->error));
    ok(WsGetFaultErrorProperty(client->error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
    expect(fault && fault->reasonCount == 1 && wide_is(&fault->reasons[0].text, "no"));
    ok(WsResetMessage(client->request, NULL));
    ok(WsResetMessage(client->reply, NULL));
    ok(WsResetError(client->error));
    call(client, 3);
}

TEST(faults)
{
    static const struct pair pairs[] = {
        VERSIONS(WS_ENCODING_XML_UTF8, WS_BUFFERED_TRANSFER_MODE),
        VERSIONS(WS_ENCODING_XML_BINARY_1, WS_STREAMED_TRANSFER_MODE),
        {WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT,
         WS_BUFFERED_TRANSFER_MODE},
    };
    WS_STRING sentence = {2, (WCHAR[]){'n', 'o'}};
    struct service service;
    struct client client;
    int32_t number;
    size_t i;

    for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
    {
        open_pair(&service, &client, &pairs[i]);
        thread_begin(&client.thread, faulted_on_thread, &client);
        ok(WsAcceptChannel(service.listener, service.channel, NULL, NULL));
        ok(service_receive(&service, &number));
        ok(WsAddErrorString(service.error, &sentence));
        ok(WsSendFaultMessageForError(service.channel, service.reply, service.error, E_FAIL, WS_FULL_FAULT_DISCLOSURE,
                                      service.request, NULL, NULL));
        service_next(&service);
        service_serve(&service);
        thread_join(&client.thread);
        close_client(&client);
        service_close(&service);
    }
}

/* --- Many at once --- */

struct server
{
    struct service *service;
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
    struct test_thread thread;
};

static void serve_until_closed(void *argument)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    struct server *server = argument;
    int32_t number;

    while (WsAcceptChannel(server->service->listener, server->channel, NULL, NULL) == S_OK)
    {
        ok(WsReceiveMessage(server->channel, server->request, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                            WS_READ_REQUIRED_VALUE, NULL, &number, sizeof(number), NULL, NULL, NULL));
        number *= 2;
        ok(WsSendReplyMessage(server->channel, server->reply, &answer, WS_WRITE_REQUIRED_VALUE, &number, sizeof(number),
                              server->request, NULL, NULL));
        ok(WsCloseChannel(server->channel, NULL, NULL));
        ok(WsResetChannel(server->channel, NULL));
        ok(WsResetMessage(server->request, NULL));
        ok(WsResetMessage(server->reply, NULL));
    }
}

TEST(many_clients_and_servers)
{
    enum
    {
        CLIENTS = 8,
        SERVERS = 4
    };
    static const struct pair pair = {WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1,
                                     WS_ADDRESSING_VERSION_TRANSPORT, WS_BUFFERED_TRANSFER_MODE};
    WS_CHANNEL_PROPERTY properties[4];
    struct service service;
    struct client clients[CLIENTS];
    struct server servers[SERVERS];
    int i;

    set_properties(&pair, properties);
    service_open(&service, properties, 4);
    for (i = 0; i < SERVERS; i++)
    {
        servers[i].service = &service;
        ok(WsCreateChannelForListener(service.listener, properties, 4, &servers[i].channel, NULL));
        ok(WsCreateMessageForChannel(servers[i].channel, NULL, 0, &servers[i].request, NULL));
        ok(WsCreateMessageForChannel(servers[i].channel, NULL, 0, &servers[i].reply, NULL));
        thread_begin(&servers[i].thread, serve_until_closed, &servers[i]);
    }
    for (i = 0; i < CLIENTS; i++)
    {
        open_client(&clients[i], &service, &pair);
        clients[i].count = 200;
        thread_begin(&clients[i].thread, calls_on_thread, &clients[i]);
    }
    for (i = 0; i < CLIENTS; i++)
    {
        thread_join(&clients[i].thread);
        close_client(&clients[i]);
    }
    ok(WsCloseListener(service.listener, NULL, NULL));
    for (i = 0; i < SERVERS; i++)
    {
        thread_join(&servers[i].thread);
        WsFreeChannel(servers[i].channel);
        WsFreeMessage(servers[i].request);
        WsFreeMessage(servers[i].reply);
    }
    service_close(&service);
}
