/* SPDX-License-Identifier: MIT */
/*
 * soap.udp when memory fails, at every point where it can: E_OUTOFMEMORY, everything can be closed and freed, and the
 * port is free again (debug variant).
 *
 * Source: our choice.
 */
#include "support/udp.h"

#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

/* A request and its reply, from the creation of all objects on. Returns the first failure. */
static HRESULT converse(WS_LISTENER **listener, WS_CHANNEL **server, WS_CHANNEL **client, unsigned port)
{
    WS_STRING url = udp_url("127.0.0.1", port);
    INT count = 0;
    HRESULT hr;

    if ((hr = WsCreateListener(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, listener, NULL)) !=
            S_OK ||
        (hr = WsOpenListener(*listener, &url, NULL, NULL)) != S_OK ||
        (hr = WsCreateChannelForListener(*listener, NULL, 0, server, NULL)) != S_OK ||
        (hr = WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, client, NULL)) != S_OK ||
        (hr = udp_open(*client, "127.0.0.1", port, NULL)) != S_OK || (hr = udp_send(*client, 1, NULL)) != S_OK ||
        (hr = WsAcceptChannel(*listener, *server, NULL, NULL)) != S_OK ||
        (hr = udp_receive(*server, &count, NULL)) != S_OK || (hr = udp_send(*server, count + 1, NULL)) != S_OK ||
        (hr = udp_receive(*client, &count, NULL)) != S_OK || (hr = WsCloseChannel(*server, NULL, NULL)) != S_OK)
        return hr;
    return count == 2 ? WsResetChannel(*server, NULL) : E_FAIL;
}

TEST(a_conversation_survives_every_failure_of_memory)
{
    unsigned port = udp_free_port();
    HRESULT hr = E_OUTOFMEMORY;
    ULONG after;

    for (after = 0; hr != S_OK; after++)
    {
        WS_LISTENER *listener = NULL;
        WS_CHANNEL *server = NULL, *client = NULL;

        ok(WsSetAutoFail(after, NULL));
        hr = converse(&listener, &server, &client, port);
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        if (hr != S_OK)
            expect_hr(E_OUTOFMEMORY, hr);
        if (client)
            udp_end_channel(client);
        if (server)
            udp_end_channel(server);
        if (listener)
            udp_end_listener(listener);
    }
    expect(after > 10);
}

/* After a failure the next call has memory, and works. */
TEST(a_multicast_listener_survives_it)
{
    static BOOL is_multicast = TRUE;
    const WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_IS_MULTICAST, &is_multicast, sizeof(is_multicast)};
    WS_STRING url = udp_url("239.255.77.1", udp_free_port());
    const ULONG adapters[] = {0};
    HRESULT opened = E_OUTOFMEMORY, joined = E_OUTOFMEMORY;
    ULONG after;

    for (after = 0; opened != S_OK || joined != S_OK; after++)
    {
        WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, &property, 1);

        ok(WsSetAutoFail(after, NULL));
        opened = WsOpenListener(listener, &url, NULL, NULL);
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        if (opened != S_OK)
        {
            expect_hr(E_OUTOFMEMORY, opened);
            ok(WsOpenListener(listener, &url, NULL, NULL));
        }
        ok(WsSetAutoFail(after, NULL));
        joined = WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, adapters, sizeof(adapters),
                                       NULL);
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        if (joined != S_OK)
        {
            expect_hr(E_OUTOFMEMORY, joined);
            ok(WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, adapters, sizeof(adapters),
                                     NULL));
        }
        udp_end_listener(listener);
    }
}
