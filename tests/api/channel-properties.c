/* SPDX-License-Identifier: MIT */
/*
 * channel-properties.c - properties of custom channels and listeners, and what they are created with.
 *
 * Source: the pages of WS_CHANNEL_PROPERTY_ID, WS_LISTENER_PROPERTY_ID and WS_GET_CHANNEL_PROPERTY_CALLBACK; callbacks
 * that are missing, our choice.
 */
#include "support/channel.h"

#define SESSION WS_CHANNEL_TYPE_DUPLEX_SESSION

TEST(a_custom_channel_is_asked_for_what_the_object_does_not_know)
{
    struct loopback loop;
    WS_CHANNEL *channel;
    WS_CHANNEL_TYPE type = 0;
    WS_CHANNEL_STATE state;
    WS_CALLBACK_MODEL model = 7;
    WS_TRANSFER_MODE mode = 7;
    WS_ENVELOPE_VERSION version = 0;
    BOOL timeouts = TRUE;
    ULONG timeout = 55, got = 0;
    void *instance = NULL;

    loopback_init(&loop);
    channel = loop_client(&loop, SESSION);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL));
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL, &model, sizeof(model), NULL));
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_INSTANCE, &instance, sizeof(instance), NULL));
    expect(type == SESSION && state == WS_CHANNEL_STATE_CREATED && model == WS_LONG_CALLBACK && instance);
    expect_size(0, loop_calls(&loop, LOOP_GET));
    loop.transfer_mode = WS_STREAMED_TRANSFER_MODE;
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode), NULL));
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &version, sizeof(version), NULL));
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS, &timeouts, sizeof(timeouts), NULL));
    expect(mode == WS_STREAMED_TRANSFER_MODE && version == WS_ENVELOPE_VERSION_SOAP_1_2 && !timeouts);
    expect_size(3, loop_calls(&loop, LOOP_GET));
    expect_hr(E_INVALIDARG, WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_NO_DELAY, &got, sizeof(got), NULL));
    expect_hr(E_INVALIDARG, WsGetChannelProperty(channel, (WS_CHANNEL_PROPERTY_ID)1000, &got, sizeof(got), NULL));
    ok(WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &timeout, sizeof(timeout), NULL));
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &got, sizeof(got), NULL));
    expect(got == 55);
    expect_hr(E_INVALIDARG, WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL));
    expect_hr(E_INVALIDARG, WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
    expect_size(1, loop_calls(&loop, LOOP_SET));
    expect_hr(E_INVALIDARG, WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, &state, 3, NULL));
    expect_hr(E_INVALIDARG, WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, NULL, sizeof(state), NULL));
    loop.fails[LOOP_GET] = WS_E_OTHER;
    expect_hr(WS_E_OTHER, WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode), NULL));
    loop_free_channel(channel);
    loopback_end(&loop);
}

TEST(a_message_has_the_versions_that_the_callback_says)
{
    struct loopback loop;
    WS_CHANNEL *channel;
    WS_MESSAGE *message;
    WS_ENVELOPE_VERSION version;

    loopback_init(&loop);
    loop.envelope_version = WS_ENVELOPE_VERSION_SOAP_1_1;
    loop.addressing_version = WS_ADDRESSING_VERSION_0_9;
    channel = loop_client(&loop, SESSION);
    message = message_for(channel);
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_ENVELOPE_VERSION, &version, sizeof(version), NULL));
    expect(version == WS_ENVELOPE_VERSION_SOAP_1_1);
    WsFreeMessage(message);
    loop.fails[LOOP_GET] = WS_E_OTHER;
    expect_hr(WS_E_OTHER, WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    loop_free_channel(channel);
    loopback_end(&loop);
}

TEST(a_custom_listener_is_asked_too)
{
    struct loopback loop;
    WS_LISTENER *listener;
    WS_CHANNEL_BINDING binding = 0;
    WS_CHANNEL_TYPE type = 0;
    WS_LISTENER_STATE state;
    ULONG timeout = 66, got = 0;
    void *instance = NULL;

    loopback_init(&loop);
    listener = loop_listener(&loop, SESSION);
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CHANNEL_BINDING, &binding, sizeof(binding), NULL));
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CUSTOM_LISTENER_INSTANCE, &instance, sizeof(instance),
                             NULL));
    expect(binding == WS_CUSTOM_CHANNEL_BINDING && type == SESSION && instance == &loop);
    expect_size(0, loop_calls(&loop, LOOP_LISTENER_GET));
    ok(WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_CONNECT_TIMEOUT, &timeout, sizeof(timeout), NULL));
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CONNECT_TIMEOUT, &got, sizeof(got), NULL));
    expect(got == 66);
    expect_hr(E_INVALIDARG, WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_IP_VERSION, &got, sizeof(got), NULL));
    expect_hr(E_INVALIDARG, WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL));
    expect_hr(E_INVALIDARG, WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_STATE, &state, 1, NULL));
    loop_free_listener(listener);
    loopback_end(&loop);
}

TEST(callbacks_are_required)
{
    struct loopback loop, *pointer = &loop;
    WS_CUSTOM_CHANNEL_CALLBACKS callbacks = loop_channel_callbacks;
    const WS_CHANNEL_PROPERTY parameters = {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS, &pointer, sizeof(pointer)};
    const WS_CHANNEL_PROPERTY both[] = {{WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &callbacks, sizeof(callbacks)},
                                        parameters};
    const WS_ENDPOINT_ADDRESS address = address_of("loop:a");
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel = NULL;
    WS_MESSAGE *message;

    loopback_init(&loop);
    expect_refused(error, E_INVALIDARG,
                   WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, &parameters, 1, NULL, &channel, error),
                   "WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS is missing");
    expect_refused(error, E_INVALIDARG,
                   WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, NULL, 1, NULL, &channel, error), "is NULL");
    loop.fails[LOOP_CREATE] = WS_E_OTHER;
    expect_hr(WS_E_OTHER, WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, both, 2, NULL, &channel, error));
    expect(!channel);
    expect_size(0, loop_calls(&loop, LOOP_FREE));
    loop.fails[LOOP_CREATE] = S_OK;

    /* Without a callback that cannot be done. */
    callbacks.resetChannelCallback = NULL;
    callbacks.closeChannelCallback = NULL;
    callbacks.abortChannelCallback = NULL;
    callbacks.writeMessageStartCallback = NULL;
    callbacks.abandonMessageCallback = NULL;
    callbacks.shutdownSessionChannelCallback = NULL;
    ok(WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, both, 2, NULL, &channel, NULL));
    ok(WsOpenChannel(channel, &address, NULL, NULL));
    message = message_for(channel);
    expect_hr(WS_E_NOT_SUPPORTED, send_int(channel, message, 1));
    expect_hr(WS_E_NOT_SUPPORTED, WsShutdownSessionChannel(channel, NULL, NULL));
    ok(WsAbortChannel(channel, NULL));
    ok(WsCloseChannel(channel, NULL, NULL));
    ok(WsResetChannel(channel, NULL));
    WsFreeMessage(message);
    loop_free_channel(channel);
    WsFreeError(error);
    loopback_end(&loop);
}

TEST(what_does_not_exist_is_refused)
{
    static const WS_SECURITY_DESCRIPTION empty, asks = {.propertyCount = 1};
    const WS_ENVELOPE_VERSION version = WS_ENVELOPE_VERSION_SOAP_1_1;
    struct loopback loop, *pointer = &loop;
    WS_CUSTOM_CHANNEL_CALLBACKS callbacks = loop_channel_callbacks;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &callbacks, sizeof(callbacks)},
                                        {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS, &pointer, sizeof(pointer)},
                                        {(WS_CHANNEL_PROPERTY_ID)77, &pointer, sizeof(pointer)}};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel = NULL;

    loopback_init(&loop);
    expect_refused(error, E_INVALIDARG, WsCreateChannel(SESSION, (WS_CHANNEL_BINDING)9, NULL, 0, NULL, &channel, error),
                   "channel binding 9");
    expect_refused(error, E_INVALIDARG,
                   WsCreateChannel((WS_CHANNEL_TYPE)4, WS_CUSTOM_CHANNEL_BINDING, properties, 2, NULL, &channel, error),
                   "There is no client's channel of WS_CHANNEL_TYPE_SESSION");
    expect_refused(error, E_INVALIDARG,
                   WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, properties, 3, NULL, &channel, error),
                   "channel property 77");
    properties[2].id = WS_CHANNEL_PROPERTY_ENVELOPE_VERSION;
    properties[2].value = (void *)(uintptr_t)&version;
    properties[2].valueSize = sizeof(version);
    expect_refused(error, E_INVALIDARG,
                   WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, properties, 3, NULL, &channel, error),
                   "cannot be created with WS_CHANNEL_PROPERTY_ENVELOPE_VERSION");
    properties[0].valueSize = 8;
    expect_refused(error, E_INVALIDARG,
                   WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, properties, 2, NULL, &channel, error), "not 8");
    properties[0].valueSize = sizeof(callbacks);
    expect_refused(error, E_INVALIDARG,
                   WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, properties, 2, &asks, &channel, error),
                   "Security is not supported");
    expect(!channel);
    ok(WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, properties, 2, &empty, &channel, error));
    loop_free_channel(channel);
    WsFreeError(error);
    loopback_end(&loop);
}
