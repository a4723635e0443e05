/* SPDX-License-Identifier: MIT */
/*
 * A member of a multicast group: it hears the questions that are sent to the group, and answers those that it knows the
 * answer to. See find.h.
 *
 * UDP has no connections. The listener receives datagrams; accepting a channel takes one of them, and what is sent over
 * that channel goes back to its sender. Then the channel is closed and reset for the next one.
 */
#include "find.h"

static const char *program = "multicast-server";

typedef struct Server
{
    const char *name;
    const char *thing;
    WS_ERROR *error;
    WS_HEAP *heap;
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
} Server;

/* The group is joined at each adapter: without WS_LISTENER_PROPERTY_MULTICAST_INTERFACES nothing would arrive. */
static HRESULT open_listener(Server *server, const Options *options)
{
    BOOL isMulticast = TRUE;
    ULONG anyTo = 0;
    WS_IP_VERSION version = options->isIpv6 ? WS_IP_VERSION_6 : WS_IP_VERSION_4;
    WS_LISTENER_PROPERTY properties[3];
    WS_STRING url;
    HRESULT hr;

    properties[0].id = WS_LISTENER_PROPERTY_IS_MULTICAST;
    properties[0].value = &isMulticast;
    properties[0].valueSize = sizeof(isMulticast);
    /* Questions are addressed to the group, which is no address of this computer: To is not compared. */
    properties[1].id = WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS;
    properties[1].value = &anyTo;
    properties[1].valueSize = sizeof(anyTo);
    properties[2].id = WS_LISTENER_PROPERTY_IP_VERSION;
    properties[2].value = &version;
    properties[2].valueSize = sizeof(version);

    hr = WsCreateListener(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, properties, WsCountOf(properties), NULL,
                          &server->listener, server->error);
    if (SUCCEEDED(hr))
        hr = ws_string_from_utf8(options->url, server->heap, &url, server->error);
    if (SUCCEEDED(hr))
        hr = WsOpenListener(server->listener, &url, NULL, server->error);
    if (SUCCEEDED(hr))
        hr = WsSetListenerProperty(server->listener, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, options->adapters,
                                   options->adapterCount * (ULONG)sizeof(options->adapters[0]), server->error);
    if (SUCCEEDED(hr))
        hr = WsCreateChannelForListener(server->listener, NULL, 0, &server->channel, server->error);
    if (SUCCEEDED(hr))
        hr = WsCreateMessageForChannel(server->channel, NULL, 0, &server->request, server->error);
    if (SUCCEEDED(hr))
        hr = WsCreateMessageForChannel(server->channel, NULL, 0, &server->reply, server->error);
    return hr;
}

/* Answers a question: the reply relates to it, and goes to where it came from. */
static HRESULT answer(Server *server)
{
    Text answer;
    HRESULT hr = ws_string_from_utf8(server->name, server->heap, &answer.text, server->error);

    if (SUCCEEDED(hr))
        hr = WsSendReplyMessage(server->channel, server->reply, &iHaveMessage, WS_WRITE_REQUIRED_VALUE, &answer,
                                sizeof(answer), server->request, NULL, server->error);
    return hr;
}

static HRESULT serve_one(Server *server, BOOL *answered)
{
    const WS_MESSAGE_DESCRIPTION *messages[] = {&whoHasMessage};
    Text question;
    char *text;
    HRESULT hr =
        WsReceiveMessage(server->channel, server->request, messages, WsCountOf(messages), WS_RECEIVE_REQUIRED_MESSAGE,
                         WS_READ_REQUIRED_VALUE, server->heap, &question, sizeof(question), NULL, NULL, server->error);

    *answered = FALSE;
    if (SUCCEEDED(hr))
        hr = ws_string_to_utf8(&question.text, server->heap, &text, server->error);
    if (FAILED(hr))
        return hr;
    printf("who has %s?\n", text);
    if (strcmp(text, server->thing) != 0)
        return S_OK;
    *answered = TRUE;
    return answer(server);
}

/* A datagram that is no question must not end the server: anybody can send one. */
static HRESULT serve(Server *server, unsigned answers)
{
    BOOL answered;
    HRESULT hr;

    printf("%s is ready\n", server->name);
    fflush(stdout);
    while (SUCCEEDED(hr = WsAcceptChannel(server->listener, server->channel, NULL, server->error)))
    {
        if (FAILED(hr = serve_one(server, &answered)))
            print_error(program, hr, server->error);
        fflush(stdout);
        WsResetError(server->error);
        WsResetMessage(server->request, NULL);
        WsResetMessage(server->reply, NULL);
        WsResetHeap(server->heap, NULL);
        if (FAILED(hr = WsCloseChannel(server->channel, NULL, server->error)) ||
            FAILED(hr = WsResetChannel(server->channel, server->error)))
            break;
        if (answered && answers != 0 && --answers == 0)
            break;
    }
    return hr;
}

int main(int argc, char **argv)
{
    Server server;
    Options options;
    unsigned answers = 0;
    int given = read_options(&options, argc, argv);
    HRESULT hr;

    memset(&server, 0, sizeof(server));
    if (given >= 0 && argc - given == 4)
        answers = parse_number(argv[given + 3], 1000000);
    if (given < 0 || argc - given < 3 || argc - given > 4 || (argc - given == 4 && answers == 0))
    {
        fprintf(argc == 2 && strcmp(argv[1], "--help") == 0 ? stdout : stderr,
                "Usage: %s [OPTION]... NAME THING [COUNT]\n"
                "Hears the questions of multicast-client, and answers with NAME those for THING; after COUNT answers "
                "it ends.\n"
                "\n" OPTIONS_USAGE,
                program);
        return argc == 2 && strcmp(argv[1], "--help") == 0 ? 0 : 2;
    }
    server.name = argv[given + 1];
    server.thing = argv[given + 2];

    hr = WsCreateError(NULL, 0, &server.error);
    if (SUCCEEDED(hr))
        hr = WsCreateHeap(16 * 1024, 1024, NULL, 0, &server.heap, server.error);
    if (SUCCEEDED(hr))
        hr = open_listener(&server, &options);
    if (SUCCEEDED(hr))
        hr = serve(&server, answers);
    if (FAILED(hr))
        print_error(program, hr, server.error);

    WsFreeMessage(server.request);
    WsFreeMessage(server.reply);
    if (server.channel != NULL)
        WsCloseChannel(server.channel, NULL, NULL);
    WsFreeChannel(server.channel);
    if (server.listener != NULL)
        WsCloseListener(server.listener, NULL, NULL);
    WsFreeListener(server.listener);
    WsFreeHeap(server.heap);
    WsFreeError(server.error);
    return FAILED(hr) ? 1 : 0;
}
