/* SPDX-License-Identifier: MIT */
/*
 * Asks a server over HTTP how many there are of some articles, one after the other, over one channel. See stock.h.
 *
 * A fault from the server is a failure of WsRequestReply, with the fault's text in the error object.
 */
#include "stock.h"

static const char *program = "stock-client";

static HRESULT open_channel(WS_CHANNEL **channel, const char *url, WS_HEAP *heap, WS_ERROR *error)
{
    WS_ENDPOINT_ADDRESS address;
    HRESULT hr = WsCreateChannel(WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, channel, error);

    memset(&address, 0, sizeof(address));
    if (SUCCEEDED(hr))
        hr = ws_string_from_utf8(url, heap, &address.url, error);
    if (SUCCEEDED(hr))
        hr = WsOpenChannel(*channel, &address, NULL, error);
    return hr;
}

static HRESULT ask(WS_CHANNEL *channel, WS_MESSAGE *request, WS_MESSAGE *reply, const char *name, WS_HEAP *heap,
                   WS_ERROR *error)
{
    Article article;
    Stock stock;
    HRESULT hr = ws_string_from_utf8(name, heap, &article.name, error);

    if (SUCCEEDED(hr))
        hr = WsRequestReply(channel, request, &requestMessage, WS_WRITE_REQUIRED_VALUE, &article, sizeof(article),
                            reply, &replyMessage, WS_READ_REQUIRED_VALUE, heap, &stock, sizeof(stock), NULL, error);
    if (SUCCEEDED(hr))
        printf("%s: %lu\n", name, (unsigned long)stock.count);
    fflush(stdout);
    return hr;
}

/* Asks for all articles; returns the first failure. */
static HRESULT ask_all(WS_CHANNEL *channel, char **names, int count, WS_HEAP *heap, WS_ERROR *error)
{
    WS_MESSAGE *request = NULL, *reply = NULL;
    HRESULT hr = WsCreateMessageForChannel(channel, NULL, 0, &request, error), result;
    int i;

    if (SUCCEEDED(hr))
        hr = WsCreateMessageForChannel(channel, NULL, 0, &reply, error);
    result = hr;
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        HRESULT answer = ask(channel, request, reply, names[i], heap, error);

        if (FAILED(answer))
        {
            print_error(program, answer, error);
            if (SUCCEEDED(result))
                result = answer;
        }
        WsResetError(error);
        hr = WsResetMessage(request, error);
        if (SUCCEEDED(hr))
            hr = WsResetMessage(reply, error);
        if (SUCCEEDED(hr))
            hr = WsResetHeap(heap, error);
    }
    WsFreeMessage(request);
    WsFreeMessage(reply);
    return FAILED(result) ? result : hr;
}

int main(int argc, char **argv)
{
    WS_ERROR *error = NULL;
    WS_HEAP *heap = NULL;
    WS_CHANNEL *channel = NULL;
    HRESULT hr;

    if (argc < 3 || argv[1][0] == '-')
    {
        int wanted = argc == 2 && strcmp(argv[1], "--help") == 0;

        fprintf(wanted ? stdout : stderr,
                "Usage: %s URL ARTICLE...\n"
                "Asks the stock-server at a URL like http://localhost:8080/stock how many there are of each ARTICLE.\n",
                program);
        return wanted ? 0 : 2;
    }

    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = WsCreateHeap(64 * 1024, 1024, NULL, 0, &heap, error);
    if (SUCCEEDED(hr) && FAILED(hr = open_channel(&channel, argv[1], heap, error)))
        print_error(program, hr, error);
    if (SUCCEEDED(hr))
        hr = ask_all(channel, argv + 2, argc - 2, heap, error);

    if (channel != NULL)
        WsCloseChannel(channel, NULL, NULL);
    WsFreeChannel(channel);
    WsFreeHeap(heap);
    WsFreeError(error);
    return FAILED(hr) ? 1 : 0;
}
