/* SPDX-License-Identifier: MIT */
/*
 * Channels and listeners when memory fails, at every point where it can: E_OUTOFMEMORY, and nothing is lost (debug
 * variant).
 *
 * Source: our choice.
 */
#include "support/channel.h"
#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

/* A call that works, or has no memory: then the conversation is over. */
#define step(call) \
    do \
    { \
        HRESULT hr_ = (call); \
        if (hr_ == E_OUTOFMEMORY) \
            return false; \
        expect_hr(S_OK, hr_); \
    } while (0)

struct talk
{
    struct loopback loop;
    WS_LISTENER *listener;
    WS_CHANNEL *client, *service;
    WS_MESSAGE *messages[4];
};

static HRESULT create_client(struct talk *talk)
{
    struct loopback *loop = &talk->loop;
    WS_CUSTOM_CHANNEL_CALLBACKS callbacks = loop_channel_callbacks;
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &callbacks, sizeof(callbacks)},
        {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS, &loop, sizeof(loop)}};

    return WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CUSTOM_CHANNEL_BINDING, properties, 2, NULL,
                           &talk->client, NULL);
}

static HRESULT create_listener(struct talk *talk)
{
    struct loopback *loop = &talk->loop;
    WS_CUSTOM_LISTENER_CALLBACKS callbacks = loop_listener_callbacks;
    const WS_LISTENER_PROPERTY properties[] = {
        {WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS, &callbacks, sizeof(callbacks)},
        {WS_LISTENER_PROPERTY_CUSTOM_LISTENER_PARAMETERS, &loop, sizeof(loop)}};

    return WsCreateListener(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CUSTOM_CHANNEL_BINDING, properties, 2, NULL,
                            &talk->listener, NULL);
}

static HRESULT create_service(struct talk *talk)
{
    WS_CUSTOM_CHANNEL_CALLBACKS callbacks = loop_channel_callbacks;
    const WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &callbacks, sizeof(callbacks)};

    return WsCreateChannelForListener(talk->listener, &property, 1, &talk->service, NULL);
}

static HRESULT later(struct talk *talk, WS_MESSAGE *sent, WS_MESSAGE *received, int32_t *value)
{
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    HRESULT hr, answer = WsReceiveMessage(talk->service, received, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                                          WS_READ_REQUIRED_VALUE, NULL, value, sizeof(*value), NULL, &context, NULL);

    if (answer != WS_S_ASYNC)
        return answer;
    if ((hr = send_int(talk->client, sent, 6)) != S_OK)
        ok(WsAbortChannel(talk->service, NULL));
    answer = async_end(&result, answer);
    return hr == S_OK ? answer : hr;
}

static bool converse(struct talk *talk)
{
    const WS_ENDPOINT_ADDRESS address = address_of("loop:a");
    const WS_STRING url = wide("loop:b");
    int32_t value = 5, got = 0;
    size_t i;

    step(create_listener(talk));
    step(WsOpenListener(talk->listener, &url, NULL, NULL));
    step(create_client(talk));
    step(WsOpenChannel(talk->client, &address, NULL, NULL));
    step(create_service(talk));
    step(WsAcceptChannel(talk->listener, talk->service, NULL, NULL));
    for (i = 0; i < 4; i++)
        step(WsCreateMessageForChannel(talk->client, NULL, 0, &talk->messages[i], NULL));
    step(send_int(talk->client, talk->messages[0], 5));
    step(receive_int(talk->service, talk->messages[1], &got, NULL));
    expect(got == 5);
    step(WsSendReplyMessage(talk->service, talk->messages[2], &tell, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value),
                            talk->messages[1], NULL, NULL));
    ok(WsResetMessage(talk->messages[0], NULL));
    ok(WsResetMessage(talk->messages[1], NULL));
    step(later(talk, talk->messages[0], talk->messages[1], &got));
    expect(got == 6);
    ok(WsShutdownSessionChannel(talk->client, NULL, NULL));
    return true;
}

TEST(every_point_where_memory_can_fail)
{
    struct talk talk;
    bool done = false;
    ULONG after;
    size_t i;

    for (after = 0; !done; after++)
    {
        memset(&talk, 0, sizeof(talk));
        loopback_init(&talk.loop);
        ok(WsSetAutoFail(after, NULL));
        done = converse(&talk);
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        for (i = 0; i < 4; i++)
            WsFreeMessage(talk.messages[i]);
        WsFreeChannel(talk.client);
        WsFreeListener(talk.listener);
        WsFreeChannel(talk.service);
        loopback_end(&talk.loop);
        expect_size(talk.loop.calls[LOOP_LISTENER_CREATE] ? 1 : 0, talk.loop.calls[LOOP_LISTENER_FREE]);
        expect(after < 2000);
    }
    expect(after > 20);
}
