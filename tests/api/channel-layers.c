/* SPDX-License-Identifier: MIT */
/*
 * channel-layers.c - a custom channel over another channel, as Microsoft's account of custom channels has it: each
 * callback calls the function of its name.
 *
 * Source: the pages of WS_CUSTOM_CHANNEL_CALLBACKS and of the functions; what one layer learns of the other, our
 * choice.
 */
#include "support/channel.h"

/* An instance is the channel below. */
static HRESULT CALLBACK layer_create(WS_CHANNEL_TYPE type, const void *parameters, ULONG size, void **instance,
                                     WS_ERROR *error)
{
    struct loopback *loop;

    (void)error;
    expect_size(sizeof(loop), size);
    memcpy(&loop, parameters, sizeof(loop));
    *instance = loop_client(loop, type);
    return S_OK;
}

static void CALLBACK layer_free(void *instance)
{
    WsFreeChannel(instance);
}

static HRESULT CALLBACK layer_reset(void *instance, WS_ERROR *error)
{
    return WsResetChannel(instance, error);
}

static HRESULT CALLBACK layer_open(void *instance, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error)
{
    return WsOpenChannel(instance, address, context, error);
}

static HRESULT CALLBACK layer_close(void *instance, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    return WsCloseChannel(instance, context, error);
}

static HRESULT CALLBACK layer_abort(void *instance, WS_ERROR *error)
{
    return WsAbortChannel(instance, error);
}

static HRESULT CALLBACK layer_get(void *instance, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    return WsGetChannelProperty(instance, id, value, size, error);
}

static HRESULT CALLBACK layer_set(void *instance, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size,
                                  WS_ERROR *error)
{
    return WsSetChannelProperty(instance, id, value, size, error);
}

static HRESULT CALLBACK layer_write_start(void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context,
                                          WS_ERROR *error)
{
    return WsWriteMessageStart(instance, message, context, error);
}

static HRESULT CALLBACK layer_write_end(void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context,
                                        WS_ERROR *error)
{
    return WsWriteMessageEnd(instance, message, context, error);
}

static HRESULT CALLBACK layer_read_start(void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context,
                                         WS_ERROR *error)
{
    return WsReadMessageStart(instance, message, context, error);
}

static HRESULT CALLBACK layer_read_end(void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context,
                                       WS_ERROR *error)
{
    return WsReadMessageEnd(instance, message, context, error);
}

static HRESULT CALLBACK layer_abandon(void *instance, WS_MESSAGE *message, WS_ERROR *error)
{
    return WsAbandonMessage(instance, message, error);
}

static HRESULT CALLBACK layer_shutdown(void *instance, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    return WsShutdownSessionChannel(instance, context, error);
}

static const WS_CUSTOM_CHANNEL_CALLBACKS layer_callbacks = {
    layer_create, layer_free,        layer_reset,     layer_open,       layer_close,    layer_abort,   layer_get,
    layer_set,    layer_write_start, layer_write_end, layer_read_start, layer_read_end, layer_abandon, layer_shutdown};

/* A client in two layers, connected with a service in one. */
static void layered_open(struct pair *pair)
{
    const WS_ENDPOINT_ADDRESS address = address_of("loop:a");
    const WS_STRING url = wide("loop:b");
    struct loopback *loop = &pair->loop;
    WS_CUSTOM_CHANNEL_CALLBACKS callbacks = layer_callbacks;
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &callbacks, sizeof(callbacks)},
        {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS, &loop, sizeof(loop)}};

    loopback_init(loop);
    pair->error = create_error();
    pair->listener = loop_listener(loop, WS_CHANNEL_TYPE_DUPLEX_SESSION);
    ok(WsOpenListener(pair->listener, &url, NULL, NULL));
    ok(WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CUSTOM_CHANNEL_BINDING, properties, 2, NULL, &pair->client,
                       NULL));
    ok(WsOpenChannel(pair->client, &address, NULL, NULL));
    pair->service = loop_accepted(loop, pair->listener);
}

static WS_CHANNEL *below(WS_CHANNEL *channel)
{
    WS_CHANNEL *instance = NULL;

    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_INSTANCE, &instance, sizeof(instance), NULL));
    return instance;
}

TEST(values_go_through_layers)
{
    struct pair pair;
    WS_MESSAGE *sent, *received;
    int32_t value = 0;
    int round;

    layered_open(&pair);
    expect(channel_state_of(below(pair.client)) == WS_CHANNEL_STATE_OPEN);
    sent = message_for(pair.client);
    received = message_for(pair.service);
    for (round = 0; round < 10; round++)
    {
        ok(send_int(pair.client, sent, round));
        ok(receive_int(pair.service, received, &value, NULL));
        expect(value == round);
        ok(WsResetMessage(sent, NULL));
        ok(WsResetMessage(received, NULL));
        ok(send_int(pair.service, sent, -round));
        ok(receive_int(pair.client, received, &value, NULL));
        expect(value == -round);
        ok(WsResetMessage(sent, NULL));
        ok(WsResetMessage(received, NULL));
    }
    ok(WsShutdownSessionChannel(pair.client, NULL, NULL));
    expect_hr(WS_S_END, WsReadMessageStart(pair.service, received, NULL, NULL));
    WsFreeMessage(sent);
    WsFreeMessage(received);
    pair_close(&pair);
    expect_size(2, pair.loop.calls[LOOP_FREE]);
}

TEST(asynchronous_calls_go_through_layers)
{
    struct pair pair;
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    WS_MESSAGE *sent, *received;
    int32_t value = 0;

    layered_open(&pair);
    sent = message_for(pair.service);
    received = message_for(pair.client);
    expect_hr(WS_S_ASYNC,
              WsReceiveMessage(pair.client, received, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                               WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, &context, pair.error));
    ok(send_int(pair.service, sent, 77));
    ok(async_end(&result, WS_S_ASYNC));
    expect(value == 77);
    WsFreeMessage(sent);
    WsFreeMessage(received);
    pair_close(&pair);
}

TEST(abort_and_close_go_through_layers)
{
    struct pair pair;
    struct async_result result;
    const struct async_result init = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    WS_MESSAGE *message;
    int way;

    for (way = 0; way < 4; way++)
    {
        layered_open(&pair);
        result = init;
        message = message_for(pair.client);
        expect_hr(WS_S_ASYNC, WsReadMessageStart(pair.client, message, &context, NULL));
        if (way == 0)
        {
            ok(WsAbortChannel(pair.client, NULL));
            expect_hr(WS_E_OPERATION_ABORTED, async_end(&result, WS_S_ASYNC));
            expect(channel_state_of(below(pair.client)) == WS_CHANNEL_STATE_FAULTED);
            expect_hr(WS_E_OBJECT_FAULTED, WsReadMessageStart(pair.client, message, NULL, NULL));
        }
        else if (way == 1)
        {
            /* Below only: the one above finds out with its next call. */
            ok(WsAbortChannel(below(pair.client), NULL));
            expect_hr(WS_E_OPERATION_ABORTED, async_end(&result, WS_S_ASYNC));
            expect(channel_state_of(pair.client) == WS_CHANNEL_STATE_OPEN);
            expect_hr(WS_E_OBJECT_FAULTED, WsReadMessageStart(pair.client, message, NULL, NULL));
            expect(channel_state_of(pair.client) == WS_CHANNEL_STATE_FAULTED);
        }
        else if (way == 2)
        {
            ok(WsCloseChannel(pair.client, NULL, NULL));
            expect_hr(WS_E_OPERATION_ABORTED, async_end(&result, WS_S_ASYNC));
            expect(channel_state_of(below(pair.client)) == WS_CHANNEL_STATE_CLOSED);
        }
        else
        {
            WsFreeChannel(pair.client);
            expect_hr(WS_E_OPERATION_ABORTED, async_end(&result, WS_S_ASYNC));
            loop_await(&pair.loop, LOOP_FREE, 1);
            pair.client = loop_open_client(&pair.loop, WS_CHANNEL_TYPE_DUPLEX_SESSION);
        }
        expect_size(1, counted(&result.times));
        WsFreeMessage(message);
        pair_close(&pair);
    }
}

TEST(a_message_between_its_start_and_its_end_goes_with_the_lowest_channel)
{
    struct pair pair;
    WS_MESSAGE *message;

    layered_open(&pair);
    message = message_for(pair.client);
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteMessageStart(pair.client, message, NULL, NULL));
    ok(WsAbandonMessage(pair.client, message, NULL));
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteMessageStart(pair.client, message, NULL, NULL));
    WsFreeMessage(message);
    pair_close(&pair);
}
