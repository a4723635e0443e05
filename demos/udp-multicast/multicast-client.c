/* SPDX-License-Identifier: MIT */
/*
 * Asks a multicast group who has some thing, and prints who answers within a second. See find.h.
 *
 * One channel, two threads: one sends the question, the other receives answers meanwhile. How many there will be nobody
 * knows, so the receiver waits until the channel is aborted.
 *
 * Datagrams get lost, so the question is sent twice, through each adapter. It is the same question, with one message
 * ID: who answers may drop the second one, and this client prints each name once.
 */
#include "find.h"

static const char *program = "multicast-client";

#define MAX_NAMES 256

typedef struct Client
{
    WS_CHANNEL *channel;
    char *names[MAX_NAMES]; /* who has answered; the receiver's */
    unsigned nameCount;
    HRESULT hr;
} Client;

/* ---- Receiving ------------------------------------------------------------------------------------------------- */

static void print_once(Client *client, const char *name)
{
    unsigned i;

    for (i = 0; i < client->nameCount; i++)
        if (strcmp(client->names[i], name) == 0)
            return;
    if (client->nameCount == MAX_NAMES || (client->names[client->nameCount] = (char *)malloc(strlen(name) + 1)) == NULL)
        return;
    strcpy(client->names[client->nameCount++], name);
    printf("%s has it\n", name);
    fflush(stdout);
}

static HRESULT receive_answer(Client *client, WS_MESSAGE *message, WS_HEAP *heap, WS_ERROR *error)
{
    const WS_MESSAGE_DESCRIPTION *messages[] = {&iHaveMessage};
    Text answer;
    char *name;
    HRESULT hr = WsReceiveMessage(client->channel, message, messages, WsCountOf(messages), WS_RECEIVE_REQUIRED_MESSAGE,
                                  WS_READ_REQUIRED_VALUE, heap, &answer, sizeof(answer), NULL, NULL, error);

    if (SUCCEEDED(hr))
        hr = ws_string_to_utf8(&answer.text, heap, &name, error);
    if (SUCCEEDED(hr))
        print_once(client, name);
    return hr;
}

/* What is no answer is reported, and the next one waited for: the channel goes on until it is aborted. */
static void receive_answers(void *state)
{
    Client *client = (Client *)state;
    WS_CHANNEL_STATE channelState = WS_CHANNEL_STATE_OPEN;
    WS_MESSAGE *message = NULL;
    WS_HEAP *heap = NULL;
    WS_ERROR *error = NULL;
    HRESULT hr = WsCreateError(NULL, 0, &error);

    if (SUCCEEDED(hr))
        hr = WsCreateHeap(16 * 1024, 1024, NULL, 0, &heap, error);
    if (SUCCEEDED(hr))
        hr = WsCreateMessageForChannel(client->channel, NULL, 0, &message, error);
    while (SUCCEEDED(hr) && channelState == WS_CHANNEL_STATE_OPEN)
    {
        HRESULT received = receive_answer(client, message, heap, error);

        hr =
            WsGetChannelProperty(client->channel, WS_CHANNEL_PROPERTY_STATE, &channelState, sizeof(channelState), NULL);
        if (FAILED(received) && channelState == WS_CHANNEL_STATE_OPEN)
            print_error(program, received, error);
        WsResetError(error);
        WsResetMessage(message, NULL);
        WsResetHeap(heap, NULL);
    }
    client->hr = hr;
    if (FAILED(hr))
        print_error(program, hr, error);
    WsFreeMessage(message);
    WsFreeHeap(heap);
    WsFreeError(error);
}

/* ---- Sending --------------------------------------------------------------------------------------------------- */

/* An ID that no other message has: requests are given one when they are initialized. */
static HRESULT make_id(WS_MESSAGE *message, WS_UNIQUE_ID *id, WS_ERROR *error)
{
    HRESULT hr = WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, error);

    if (SUCCEEDED(hr))
        hr = WsGetHeader(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, id,
                         sizeof(*id), error);
    if (SUCCEEDED(hr))
        hr = WsResetMessage(message, error);
    return hr;
}

static HRESULT send_question(WS_CHANNEL *channel, WS_MESSAGE *message, const Text *question, const WS_UNIQUE_ID *id,
                             WS_ERROR *error)
{
    WS_ENDPOINT_ADDRESS replyTo;
    HRESULT hr = WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, error);

    if (SUCCEEDED(hr))
        hr = WsSetHeader(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_WRITE_REQUIRED_VALUE, id, sizeof(*id),
                         error);
    /* An address without a URL is the anonymous one: reply to where the datagram came from. */
    memset(&replyTo, 0, sizeof(replyTo));
    if (SUCCEEDED(hr))
        hr = WsSetHeader(message, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_WRITE_REQUIRED_VALUE, &replyTo,
                         sizeof(replyTo), error);
    if (SUCCEEDED(hr))
        hr = WsSendMessage(channel, message, &whoHasMessage, WS_WRITE_REQUIRED_VALUE, question, sizeof(*question), NULL,
                           error);
    if (SUCCEEDED(hr))
        hr = WsResetMessage(message, error);
    return hr;
}

/* An adapter that knows no way to the group is passed over, as long as another one does. */
static HRESULT send_questions(WS_CHANNEL *channel, const Options *options, const Text *question, WS_ERROR *error)
{
    WS_MESSAGE *message = NULL;
    WS_UNIQUE_ID id;
    ULONG i, round, sent = 0;
    HRESULT failure = WS_E_ENDPOINT_UNREACHABLE;
    HRESULT hr = WsCreateMessageForChannel(channel, NULL, 0, &message, error);

    if (SUCCEEDED(hr))
        hr = make_id(message, &id, error);
    for (round = 0; SUCCEEDED(hr) && round < 2; round++)
        for (i = 0; SUCCEEDED(hr) && i < options->adapterCount; i++)
        {
            hr = WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &options->adapters[i],
                                      sizeof(options->adapters[i]), error);
            if (FAILED(hr))
                break;
            failure = send_question(channel, message, question, &id, error);
            if (SUCCEEDED(failure))
                sent++;
            else
                hr = WsResetMessage(message, error);
        }
    if (SUCCEEDED(hr) && sent == 0)
        hr = failure;
    WsFreeMessage(message);
    return hr;
}

/* ---- The program ----------------------------------------------------------------------------------------------- */

static HRESULT ask(Client *client, const Options *options, const char *thing, WS_HEAP *heap, WS_ERROR *error)
{
    WS_IP_VERSION version = options->isIpv6 ? WS_IP_VERSION_6 : WS_IP_VERSION_4;
    WS_CHANNEL_PROPERTY property;
    WS_ENDPOINT_ADDRESS address;
    Text question;
    Thread receiver;
    HRESULT hr;

    property.id = WS_CHANNEL_PROPERTY_IP_VERSION;
    property.value = &version;
    property.valueSize = sizeof(version);
    hr = WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, &property, 1, NULL, &client->channel, error);
    memset(&address, 0, sizeof(address));
    if (SUCCEEDED(hr))
        hr = ws_string_from_utf8(options->url, heap, &address.url, error);
    if (SUCCEEDED(hr))
        hr = ws_string_from_utf8(thing, heap, &question.text, error);
    if (SUCCEEDED(hr))
        hr = WsOpenChannel(client->channel, &address, NULL, error);
    if (FAILED(hr))
        return hr;
    if (!start_thread(&receiver, receive_answers, client))
        return E_OUTOFMEMORY;
    hr = send_questions(client->channel, options, &question, error);
    if (SUCCEEDED(hr))
        wait_milliseconds(1000);
    WsAbortChannel(client->channel, NULL);
    join_thread(&receiver);
    return FAILED(hr) ? hr : client->hr;
}

int main(int argc, char **argv)
{
    Client client;
    Options options;
    int given = read_options(&options, argc, argv);
    WS_ERROR *error = NULL;
    WS_HEAP *heap = NULL;
    HRESULT hr;

    memset(&client, 0, sizeof(client));
    if (given < 0 || argc - given != 2)
    {
        fprintf(argc == 2 && strcmp(argv[1], "--help") == 0 ? stdout : stderr,
                "Usage: %s [OPTION]... THING\n"
                "Asks those that run multicast-server who has THING, and prints who answers within a second.\n"
                "\n" OPTIONS_USAGE,
                program);
        return argc == 2 && strcmp(argv[1], "--help") == 0 ? 0 : 2;
    }

    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = WsCreateHeap(16 * 1024, 1024, NULL, 0, &heap, error);
    if (SUCCEEDED(hr))
        hr = ask(&client, &options, argv[given + 1], heap, error);
    if (FAILED(hr))
        print_error(program, hr, error);
    else if (client.nameCount == 0)
        printf("nobody has it\n");

    while (client.nameCount != 0)
        free(client.names[--client.nameCount]);
    if (client.channel != NULL)
        WsCloseChannel(client.channel, NULL, NULL);
    WsFreeChannel(client.channel);
    WsFreeHeap(heap);
    WsFreeError(error);
    return FAILED(hr) ? 1 : 0;
}
