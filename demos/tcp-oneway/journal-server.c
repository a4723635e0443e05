/* SPDX-License-Identifier: MIT */
/*
 * Prints the lines that clients send, as one-way messages over net.tcp. See journal.h and journal-client.c.
 *
 * A channel that has been accepted is a session with one client: it receives until there are no more messages, which is
 * WS_S_END, is closed, and reset for the next client. One client at a time is served here; another one waits.
 */
#include "journal.h"

static const char *program = "journal-server";

typedef struct Server
{
    WS_ERROR *error;
    WS_HEAP *heap;
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    WS_MESSAGE *message;
} Server;

static HRESULT open_listener(Server *server, const char *utf8)
{
    WS_STRING url;
    HRESULT hr = ws_string_from_utf8(utf8, server->heap, &url, server->error);

    if (SUCCEEDED(hr))
        hr = WsCreateListener(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &server->listener,
                              server->error);
    if (SUCCEEDED(hr))
        hr = WsOpenListener(server->listener, &url, NULL, server->error);
    if (SUCCEEDED(hr))
        hr = WsCreateChannelForListener(server->listener, NULL, 0, &server->channel, server->error);
    if (SUCCEEDED(hr))
        hr = WsCreateMessageForChannel(server->channel, NULL, 0, &server->message, server->error);
    return hr;
}

static HRESULT print_entry(Server *server, const Entry *entry)
{
    char *text;
    HRESULT hr = ws_string_to_utf8(&entry->text, server->heap, &text, server->error);

    if (SUCCEEDED(hr))
        printf("%lu: %s\n", (unsigned long)entry->number, text);
    fflush(stdout);
    return hr;
}

/* Receives all messages of a session. */
static HRESULT serve_session(Server *server)
{
    const WS_MESSAGE_DESCRIPTION *messages[] = {&entryMessage};
    Entry entry;
    HRESULT hr;

    while ((hr = WsReceiveMessage(server->channel, server->message, messages, WsCountOf(messages),
                                  WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, server->heap, &entry,
                                  sizeof(entry), NULL, NULL, server->error)) != WS_S_END &&
           SUCCEEDED(hr))
        if (FAILED(hr = print_entry(server, &entry)) || FAILED(hr = WsResetMessage(server->message, server->error)) ||
            FAILED(hr = WsResetHeap(server->heap, server->error)))
            break;
    return hr;
}

/* A client that breaks the session must not end the server. */
static HRESULT serve(Server *server, unsigned sessions)
{
    HRESULT hr;

    while (SUCCEEDED(hr = WsAcceptChannel(server->listener, server->channel, NULL, server->error)))
    {
        if (FAILED(hr = serve_session(server)))
            print_error(program, hr, server->error);
        printf("end of the session\n");
        fflush(stdout);
        WsResetError(server->error);
        WsResetMessage(server->message, NULL);
        WsResetHeap(server->heap, NULL);
        WsCloseChannel(server->channel, NULL, NULL);
        if (FAILED(hr = WsResetChannel(server->channel, server->error)) || (sessions != 0 && --sessions == 0))
            break;
    }
    return hr;
}

int main(int argc, char **argv)
{
    Server server;
    unsigned sessions = argc == 3 ? parse_number(argv[2], 1000000) : 0;
    HRESULT hr;

    memset(&server, 0, sizeof(server));
    if (argc < 2 || argc > 3 || argv[1][0] == '-' || (argc == 3 && sessions == 0))
    {
        int wanted = argc == 2 && strcmp(argv[1], "--help") == 0;

        fprintf(
            wanted ? stdout : stderr,
            "Usage: %s URL [COUNT]\n"
            "Prints the lines that journal-client sends to a URL like net.tcp://localhost:8081/journal; ends after\n"
            "COUNT sessions, or never.\n",
            program);
        return wanted ? 0 : 2;
    }

    hr = WsCreateError(NULL, 0, &server.error);
    if (SUCCEEDED(hr))
        hr = WsCreateHeap(256 * 1024, 1024, NULL, 0, &server.heap, server.error);
    if (SUCCEEDED(hr))
        hr = open_listener(&server, argv[1]);
    if (SUCCEEDED(hr))
    {
        printf("ready\n");
        fflush(stdout);
        hr = serve(&server, sessions);
    }
    if (FAILED(hr))
        print_error(program, hr, server.error);

    WsFreeMessage(server.message);
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
