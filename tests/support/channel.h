/* SPDX-License-Identifier: MIT */
/* channel.h - for tests of channels: messages with an integer, addresses, properties. */
#ifndef WS_SUPPORT_CHANNEL_H
#define WS_SUPPORT_CHANNEL_H

#include "support/errors.h"
#include "support/loopback.h"
#include "support/message.h"
#include "support/strings.h"

/* "ask" has <op xmlns="urn:x">, "tell" <answer xmlns="urn:x">. */
static WS_XML_STRING channel_names[] = {STRING("op"), STRING("answer"), STRING("urn:x"), STRING("ask"), STRING("tell")};
static WS_ELEMENT_DESCRIPTION channel_elements[] = {{&channel_names[0], &channel_names[2], WS_INT32_TYPE, NULL},
                                                    {&channel_names[1], &channel_names[2], WS_INT32_TYPE, NULL}};
static const WS_MESSAGE_DESCRIPTION ask = {&channel_names[3], &channel_elements[0]},
                                    tell = {&channel_names[4], &channel_elements[1]};

/* A string of 16-bit characters that lasts as long as the program. */
static inline WS_STRING wide(const char *text)
{
    static WCHAR memory[64][200];
    static unsigned next;
    WCHAR *chars = memory[next++ % 64];
    WS_STRING string = {0, chars};

    for (; text[string.length]; string.length++)
        chars[string.length] = (unsigned char)text[string.length];
    return string;
}

static inline WS_ENDPOINT_ADDRESS address_of(const char *url)
{
    WS_ENDPOINT_ADDRESS address = {{0, NULL}, NULL, NULL, NULL};

    address.url = wide(url);
    return address;
}

static inline WS_MESSAGE *message_for(WS_CHANNEL *channel)
{
    WS_MESSAGE *message = NULL;

    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    return message;
}

static inline HRESULT send_int(WS_CHANNEL *channel, WS_MESSAGE *message, int32_t value)
{
    return WsSendMessage(channel, message, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, NULL);
}

static inline HRESULT receive_int(WS_CHANNEL *channel, WS_MESSAGE *message, int32_t *value, WS_ERROR *error)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};

    return WsReceiveMessage(channel, message, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                            NULL, value, sizeof(*value), NULL, NULL, error);
}

/* A client and a service that are connected. */
struct pair
{
    struct loopback loop;
    WS_LISTENER *listener;
    WS_CHANNEL *client, *service;
    WS_ERROR *error;
};

static inline void pair_open(struct pair *pair, WS_CHANNEL_TYPE client, WS_CHANNEL_TYPE service)
{
    const WS_STRING url = wide("loop:b");

    loopback_init(&pair->loop);
    pair->error = create_error();
    pair->listener = loop_listener(&pair->loop, service);
    ok(WsOpenListener(pair->listener, &url, NULL, NULL));
    pair->client = loop_open_client(&pair->loop, client);
    pair->service = loop_accepted(&pair->loop, pair->listener);
}

static inline void pair_close(struct pair *pair)
{
    loop_free_channel(pair->client);
    loop_free_channel(pair->service);
    loop_free_listener(pair->listener);
    WsFreeError(pair->error);
    loopback_end(&pair->loop);
}

#endif
