/* SPDX-License-Identifier: MIT */
/*
 * Says over HTTP how many of an article there are. See stock.h.
 *
 * Each request is a channel that is accepted: it receives the request, sends the reply or a fault, and is closed and
 * reset for the next one.
 */
#include "stock.h"

static const char *program = "stock-server";

static const struct
{
    const char *name;
    ULONG count;
} store[] = {{"pencil", 120}, {"paper", 3}, {"ink", 0}};

typedef struct Server
{
    WS_ERROR *error;
    WS_HEAP *heap;
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
} Server;

static HRESULT open_listener(Server *server, const char *utf8)
{
    WS_STRING url;
    HRESULT hr = ws_string_from_utf8(utf8, server->heap, &url, server->error);

    if (SUCCEEDED(hr))
        hr = WsCreateListener(WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &server->listener,
                              server->error);
    if (SUCCEEDED(hr))
        hr = WsOpenListener(server->listener, &url, NULL, server->error);
    if (SUCCEEDED(hr))
        hr = WsCreateChannelForListener(server->listener, NULL, 0, &server->channel, server->error);
    if (SUCCEEDED(hr))
        hr = WsCreateMessageForChannel(server->channel, NULL, 0, &server->request, server->error);
    if (SUCCEEDED(hr))
        hr = WsCreateMessageForChannel(server->channel, NULL, 0, &server->reply, server->error);
    return hr;
}

/* Looks an article up. What the error object says about a failure becomes the text of the fault. */
static HRESULT find_article(Server *server, const Article *article, Stock *stock)
{
    WS_STRING sentence;
    char *name;
    ULONG i;
    HRESULT hr = ws_string_to_utf8(&article->name, server->heap, &name, server->error);

    if (FAILED(hr))
        return hr;
    for (i = 0; i < WsCountOf(store); i++)
        if (strcmp(store[i].name, name) == 0)
        {
            stock->count = store[i].count;
            printf("%s: %lu\n", name, (unsigned long)stock->count);
            return S_OK;
        }
    printf("%s: unknown\n", name);
    if (SUCCEEDED(ws_string_from_utf8("There is no such article.", server->heap, &sentence, NULL)))
        WsAddErrorString(server->error, &sentence);
    return E_INVALIDARG;
}

static HRESULT receive_request(Server *server, Article *article)
{
    const WS_MESSAGE_DESCRIPTION *messages[] = {&requestMessage};

    return WsReceiveMessage(server->channel, server->request, messages, WsCountOf(messages),
                            WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, server->heap, article,
                            sizeof(*article), NULL, NULL, server->error);
}

static HRESULT serve_one(Server *server)
{
    Article article;
    Stock stock;
    HRESULT hr = receive_request(server, &article);

    if (SUCCEEDED(hr))
        hr = find_article(server, &article, &stock);
    if (SUCCEEDED(hr))
        return WsSendReplyMessage(server->channel, server->reply, &replyMessage, WS_WRITE_REQUIRED_VALUE, &stock,
                                  sizeof(stock), server->request, NULL, server->error);
    /* What went wrong, with the request or with us, is told to the client. */
    return WsSendFaultMessageForError(server->channel, server->reply, server->error, hr, WS_FULL_FAULT_DISCLOSURE,
                                      server->request, NULL, server->error);
}

/* A request that fails must not end the server. */
static HRESULT serve(Server *server, unsigned requests)
{
    HRESULT hr;

    while (SUCCEEDED(hr = WsAcceptChannel(server->listener, server->channel, NULL, server->error)))
    {
        if (FAILED(hr = serve_one(server)))
            print_error(program, hr, server->error);
        fflush(stdout);
        WsResetError(server->error);
        WsResetMessage(server->request, NULL);
        WsResetMessage(server->reply, NULL);
        WsResetHeap(server->heap, NULL);
        WsCloseChannel(server->channel, NULL, NULL);
        if (FAILED(hr = WsResetChannel(server->channel, server->error)) || (requests != 0 && --requests == 0))
            break;
    }
    return hr;
}

int main(int argc, char **argv)
{
    Server server;
    unsigned requests = argc == 3 ? parse_number(argv[2], 1000000) : 0;
    HRESULT hr;

    memset(&server, 0, sizeof(server));
    if (argc < 2 || argc > 3 || argv[1][0] == '-' || (argc == 3 && requests == 0))
    {
        int wanted = argc == 2 && strcmp(argv[1], "--help") == 0;

        fprintf(
            wanted ? stdout : stderr,
            "Usage: %s URL [COUNT]\n"
            "Answers stock-client at a URL like http://localhost:8080/stock; ends after COUNT requests, or never.\n",
            program);
        return wanted ? 0 : 2;
    }

    hr = WsCreateError(NULL, 0, &server.error);
    if (SUCCEEDED(hr))
        hr = WsCreateHeap(64 * 1024, 1024, NULL, 0, &server.heap, server.error);
    if (SUCCEEDED(hr))
        hr = open_listener(&server, argv[1]);
    if (SUCCEEDED(hr))
    {
        printf("ready\n");
        fflush(stdout);
        hr = serve(&server, requests);
    }
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
