/* SPDX-License-Identifier: MIT */
/*
 * Sends each line of standard input as a message of its own over one net.tcp session. Nothing comes back: that the
 * session ends without a failure says that the server has taken all of them. See journal.h.
 */
#include "journal.h"

static const char *program = "journal-client";

#define LONGEST_LINE 4096

static HRESULT open_channel(WS_CHANNEL **channel, const char *url, WS_HEAP *heap, WS_ERROR *error)
{
    WS_ENDPOINT_ADDRESS address;
    HRESULT hr = WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, channel, error);

    memset(&address, 0, sizeof(address));
    if (SUCCEEDED(hr))
        hr = ws_string_from_utf8(url, heap, &address.url, error);
    if (SUCCEEDED(hr))
        hr = WsOpenChannel(*channel, &address, NULL, error);
    return hr;
}

static HRESULT send_lines(WS_CHANNEL *channel, WS_MESSAGE *message, WS_HEAP *heap, WS_ERROR *error)
{
    char line[LONGEST_LINE];
    Entry entry;
    HRESULT hr = S_OK;

    for (entry.number = 1; SUCCEEDED(hr) && fgets(line, sizeof(line), stdin) != NULL; entry.number++)
    {
        line[strcspn(line, "\r\n")] = 0;
        hr = ws_string_from_utf8(line, heap, &entry.text, error);
        if (SUCCEEDED(hr))
            hr = WsSendMessage(channel, message, &entryMessage, WS_WRITE_REQUIRED_VALUE, &entry, sizeof(entry), NULL,
                               error);
        if (SUCCEEDED(hr))
            hr = WsResetMessage(message, error);
        if (SUCCEEDED(hr))
            hr = WsResetHeap(heap, error);
    }
    return hr;
}

int main(int argc, char **argv)
{
    WS_ERROR *error = NULL;
    WS_HEAP *heap = NULL;
    WS_CHANNEL *channel = NULL;
    WS_MESSAGE *message = NULL;
    HRESULT hr;

    if (argc != 2 || argv[1][0] == '-')
    {
        int wanted = argc == 2 && strcmp(argv[1], "--help") == 0;

        fprintf(
            wanted ? stdout : stderr,
            "Usage: %s URL\n"
            "Sends the lines of standard input to the journal-server at a URL like net.tcp://localhost:8081/journal.\n",
            program);
        return wanted ? 0 : 2;
    }

    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = WsCreateHeap(64 * 1024, 1024, NULL, 0, &heap, error);
    if (SUCCEEDED(hr))
        hr = open_channel(&channel, argv[1], heap, error);
    if (SUCCEEDED(hr))
        hr = WsCreateMessageForChannel(channel, NULL, 0, &message, error);
    if (SUCCEEDED(hr))
        hr = send_lines(channel, message, heap, error);
    /* No more messages: the server's next receive is WS_S_END. */
    if (SUCCEEDED(hr))
        hr = WsShutdownSessionChannel(channel, NULL, error);
    if (SUCCEEDED(hr))
        hr = WsCloseChannel(channel, NULL, error);
    if (FAILED(hr))
        print_error(program, hr, error);

    if (FAILED(hr) && channel != NULL)
        WsCloseChannel(channel, NULL, NULL);
    WsFreeMessage(message);
    WsFreeChannel(channel);
    WsFreeHeap(heap);
    WsFreeError(error);
    return FAILED(hr) ? 1 : 0;
}
