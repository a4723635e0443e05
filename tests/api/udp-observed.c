/* SPDX-License-Identifier: MIT */
/*
 * udp-observed.c - channels and listeners of soap.udp, row by row of what has been seen of them.
 *
 * Source: observed on Windows.
 */
#include "support/udp.h"

static const BOOL yes = TRUE;

TEST(a_listener_is_created)
{
    WS_LISTENER *listener = NULL;
    WS_CHANNEL_TYPE type;
    WS_CHANNEL_BINDING binding;

    expect_hr(E_INVALIDARG,
              WsCreateListener(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, NULL, NULL));
    ok(WsCreateListener(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &listener, NULL));
    expect(udp_listener_state(listener) == WS_LISTENER_STATE_CREATED);
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
    expect(type == WS_CHANNEL_TYPE_DUPLEX);
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CHANNEL_BINDING, &binding, sizeof(binding), NULL));
    expect(binding == WS_UDP_CHANNEL_BINDING);
    WsFreeListener(listener);
}

TEST(a_channel_is_created)
{
    WS_CHANNEL *channel = NULL;
    WS_CHANNEL_TYPE type;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;

    expect_hr(E_INVALIDARG, WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, NULL, NULL));
    ok(WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL));
    expect(udp_state(channel) == WS_CHANNEL_STATE_CREATED);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
    expect(type == WS_CHANNEL_TYPE_DUPLEX);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope), NULL));
    expect(envelope == WS_ENVELOPE_VERSION_SOAP_1_2);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing), NULL));
    expect(addressing == WS_ADDRESSING_VERSION_1_0);
    WsFreeChannel(channel);
}

TEST(arguments_of_listeners)
{
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_CHANNEL *channel = udp_channel_for(listener);
    WS_STRING url = udp_url("localhost", udp_free_port());

    expect_hr(E_INVALIDARG, WsOpenListener(NULL, &url, NULL, NULL));
    expect_hr(E_INVALIDARG, WsOpenListener(listener, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsOpenListener(NULL, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsCloseListener(NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsResetListener(NULL, NULL));
    expect_hr(E_INVALIDARG, WsCreateChannelForListener(NULL, NULL, 0, &channel, NULL));
    expect_hr(E_INVALIDARG, WsCreateChannelForListener(NULL, NULL, 0, NULL, NULL));
    expect_hr(E_INVALIDARG, WsAcceptChannel(NULL, channel, NULL, NULL));
    expect_hr(E_INVALIDARG, WsAcceptChannel(listener, NULL, NULL, NULL));
    WsFreeChannel(channel);
    WsFreeListener(listener);
}

TEST(states_of_a_listener)
{
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_CHANNEL *channel = udp_channel_for(listener);
    WS_STRING url = udp_url("localhost", udp_free_port());

    expect_hr(WS_E_INVALID_OPERATION, WsAcceptChannel(listener, channel, NULL, NULL));
    ok(WsResetListener(listener, NULL));
    ok(WsOpenListener(listener, &url, NULL, NULL));
    expect(udp_listener_state(listener) == WS_LISTENER_STATE_OPEN);
    expect_hr(WS_E_INVALID_OPERATION, WsOpenListener(listener, &url, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsResetListener(listener, NULL));
    ok(WsCloseListener(listener, NULL, NULL));
    expect(udp_listener_state(listener) == WS_LISTENER_STATE_CLOSED);
    ok(WsResetListener(listener, NULL));
    expect(udp_listener_state(listener) == WS_LISTENER_STATE_CREATED);
    WsFreeChannel(channel);
    WsFreeListener(listener);
}

TEST(a_listener_that_was_never_opened_closes)
{
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);

    ok(WsCloseListener(listener, NULL, NULL));
    WsFreeListener(listener);
}

TEST(a_channel_for_a_listener)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *channel = udp_channel_for(listener);
    WS_CHANNEL_TYPE type;

    expect(udp_state(channel) == WS_CHANNEL_STATE_CREATED);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
    expect(type == WS_CHANNEL_TYPE_DUPLEX);
    WsFreeChannel(channel); /* without having been accepted, before the listener */
    udp_end_listener(listener);
}

TEST(a_message_arrives)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);
    INT count;

    expect(udp_state(client) == WS_CHANNEL_STATE_OPEN);
    ok(udp_send(client, -1, NULL)); /* before anybody accepts */
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    expect(udp_state(server) == WS_CHANNEL_STATE_OPEN);
    count = 99;
    ok(udp_receive(server, &count, NULL));
    expect(count == -1);
    udp_end_channel(client);
    udp_end_channel(server);
    udp_end_listener(listener);
}

TEST(no_session_is_shut_down)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);

    expect_hr(WS_E_INVALID_OPERATION, WsShutdownSessionChannel(client, NULL, NULL));
    ok(udp_send(client, 1, NULL));
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsShutdownSessionChannel(server, NULL, NULL));
    udp_end_channel(client);
    udp_end_channel(server);
    udp_end_listener(listener);
}

TEST(states_of_a_channel)
{
    WS_CHANNEL *channel = udp_create_channel(NULL, 0);
    unsigned port = udp_free_port();
    INT count;

    expect_hr(WS_E_INVALID_OPERATION, udp_send(channel, 1, NULL));
    expect_hr(WS_E_INVALID_OPERATION, udp_receive(channel, &count, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsShutdownSessionChannel(channel, NULL, NULL));
    ok(WsResetChannel(channel, NULL));
    expect_hr(E_INVALIDARG, WsOpenChannel(NULL, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsOpenChannel(channel, NULL, NULL, NULL));
    ok(udp_open(channel, "localhost", port, NULL));
    expect_hr(WS_E_INVALID_OPERATION, udp_open(channel, "localhost", port, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsResetChannel(channel, NULL));
    ok(WsCloseChannel(channel, NULL, NULL));
    expect(udp_state(channel) == WS_CHANNEL_STATE_CLOSED);
    ok(WsCloseChannel(channel, NULL, NULL));
    ok(WsResetChannel(channel, NULL));
    expect(udp_state(channel) == WS_CHANNEL_STATE_CREATED);
    ok(udp_open(channel, "localhost", port, NULL));
    udp_end_channel(channel);
}

TEST(a_channel_that_was_never_opened_closes)
{
    udp_end_channel(udp_create_channel(NULL, 0));
}

TEST(properties_that_are_given_once)
{
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_IP_VERSION version = (WS_IP_VERSION)99;
    WS_LISTENER_STATE state = WS_LISTENER_STATE_CREATED;

    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_IP_VERSION, &version, sizeof(version), NULL));
    expect(version == WS_IP_VERSION_AUTO);
    expect_hr(E_INVALIDARG,
              WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_IP_VERSION, &version, sizeof(version), NULL));
    expect_hr(E_INVALIDARG, WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL));
    /* The same rule, of properties of this binding. */
    expect_hr(E_INVALIDARG,
              WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_IS_MULTICAST, &yes, sizeof(yes), NULL));
    WsFreeListener(listener);
}

TEST(one_port_serves_in_a_row)
{
    unsigned port = udp_free_port();
    WS_STRING url = udp_url("localhost", port);
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_create_channel(NULL, 0);
    INT i;

    for (i = 0; i < 8; i++)
    {
        ok(WsOpenListener(listener, &url, NULL, NULL));
        ok(udp_open(client, "localhost", port, NULL));
        ok(udp_send(client, i, NULL));
        expect(udp_serve_one(listener, server) == i);
        ok(WsCloseChannel(client, NULL, NULL));
        ok(WsResetChannel(client, NULL));
        ok(WsCloseListener(listener, NULL, NULL));
        ok(WsResetListener(listener, NULL));
    }
    WsFreeChannel(client);
    WsFreeChannel(server);
    WsFreeListener(listener);
}

/* Seen in a program: accept, receive, close, reset, and all of it again. */
TEST(a_channel_is_one_request)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);
    INT i;

    for (i = 0; i < 5; i++)
        ok(udp_send(client, i, NULL));
    for (i = 0; i < 5; i++)
        expect(udp_serve_one(listener, server) == i);
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
}
