/* SPDX-License-Identifier: MIT */
/*
 * udp-multicast.c - listeners of multicast groups, and channels that send to them. All of it stays on the loopback
 * adapter, at which other tests may join groups of their own; ports are free ones.
 *
 * Source: the pages of WS_LISTENER_PROPERTY_ID and WS_CHANNEL_PROPERTY_ID, and Microsoft's MulticastUdp samples.
 */
#ifdef _WIN32
#include <winsock2.h>
#include <iphlpapi.h>
#else
#include <net/if.h>
#endif

#include "support/udp.h"

#include "support/errors.h"

#include <stdlib.h>

#define GROUP4 "239.255.77.1"
#define GROUP6 "[ff01::4d:1]" /* of one computer only, whatever the adapter is */

/* The number of the loopback adapter, as the samples find it; 0: there is none for the family. */
static ULONG loopback_adapter(bool ipv6)
{
#ifdef _WIN32
    ULONG size = 0, found = 0;
    IP_ADAPTER_ADDRESSES *all, *one;

    if (GetAdaptersAddresses(ipv6 ? AF_INET6 : AF_INET, 0, NULL, NULL, &size) != ERROR_BUFFER_OVERFLOW)
        return 0;
    expect((all = malloc(size)));
    if (GetAdaptersAddresses(ipv6 ? AF_INET6 : AF_INET, 0, NULL, all, &size) == NO_ERROR)
        for (one = all; one && !found; one = one->Next)
            if (one->IfType == 24 /* IF_TYPE_SOFTWARE_LOOPBACK */)
                found = ipv6 ? one->Ipv6IfIndex : one->IfIndex;
    free(all);
    return found;
#else
    return ipv6 && !udp_has_ipv6() ? 0 : if_nametoindex("lo");
#endif
}

static WS_LISTENER *create_listener(bool ipv6)
{
    static BOOL is_multicast = TRUE;
    static ULONG to_matching = 0;
    static WS_IP_VERSION versions[] = {WS_IP_VERSION_4, WS_IP_VERSION_6};
    WS_LISTENER_PROPERTY properties[] = {
        {WS_LISTENER_PROPERTY_IS_MULTICAST, &is_multicast, sizeof(is_multicast)},
        {WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS, &to_matching, sizeof(to_matching)},
        {WS_LISTENER_PROPERTY_IP_VERSION, &versions[ipv6], sizeof(versions[ipv6])},
    };

    return udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, properties, WsCountOf(properties));
}

static WS_LISTENER *listen_to_group(bool ipv6, const char *group, unsigned port)
{
    WS_LISTENER *listener = create_listener(ipv6);
    WS_STRING url = udp_url(group, port);

    ok(WsOpenListener(listener, &url, NULL, NULL));
    return listener;
}

static HRESULT join(WS_LISTENER *listener, const ULONG *adapters, ULONG count, WS_ERROR *error)
{
    return WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, adapters,
                                 count * (ULONG)sizeof(*adapters), error);
}

static WS_CHANNEL *connect_to_group(bool ipv6, const char *group, unsigned port, ULONG adapter)
{
    WS_IP_VERSION version = ipv6 ? WS_IP_VERSION_6 : WS_IP_VERSION_4;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_IP_VERSION, &version, sizeof(version)};
    WS_CHANNEL *channel = udp_create_channel(&property, 1);

    ok(udp_open(channel, group, port, NULL));
    ok(WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &adapter, sizeof(adapter), NULL));
    return channel;
}

/* An adapter over which a group can be reached; 0: there is none. Linux knows no way to one of IPv6 over the loopback.
 */
static ULONG find_adapter(bool ipv6, const char *group)
{
    ULONG adapter = loopback_adapter(ipv6), next;
    WS_CHANNEL *channel = adapter ? connect_to_group(ipv6, group, udp_free_port(), adapter) : NULL;

    for (next = 1; channel && udp_send(channel, 0, NULL) != S_OK; next++)
    {
        if (next == 10)
        {
            adapter = 0;
            break;
        }
        adapter = next;
        ok(WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &adapter, sizeof(adapter), NULL));
    }
    if (channel)
        udp_end_channel(channel);
    return adapter;
}

/* As the samples: the properties are set after opening; the reply comes from another address than it was sent to. */
static void expect_conversation(bool ipv6, const char *group)
{
    ULONG adapter = find_adapter(ipv6, group);
    unsigned port = udp_free_port();
    WS_LISTENER *listener;
    WS_CHANNEL *server, *client;
    INT count, i;

    if (!adapter)
    {
        printf("# no adapter for %s\n", group);
        return;
    }
    listener = listen_to_group(ipv6, group, port);
    ok(join(listener, &adapter, 1, NULL));
    server = udp_channel_for(listener);
    client = connect_to_group(ipv6, group, port, adapter);
    for (i = 0; i < 3; i++)
    {
        ok(WsSetChannelProperty(client, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &adapter, sizeof(adapter), NULL));
        ok(udp_send(client, i, NULL));
        ok(WsAcceptChannel(listener, server, NULL, NULL));
        ok(udp_receive(server, &count, NULL));
        expect(count == i);
        ok(udp_send(server, count + 10, NULL));
        ok(udp_receive(client, &count, NULL));
        expect(count == i + 10);
        ok(WsCloseChannel(server, NULL, NULL));
        ok(WsResetChannel(server, NULL));
    }
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
}

TEST(a_group_over_ipv4)
{
    expect_conversation(false, GROUP4);
}

TEST(a_group_over_ipv6)
{
    expect_conversation(true, GROUP6);
}

/* IS_MULTICAST shares the port, and each listener gets the message. */
TEST(two_members)
{
    ULONG adapter = loopback_adapter(false);
    unsigned port = udp_free_port();
    WS_LISTENER *listeners[2] = {listen_to_group(false, GROUP4, port), listen_to_group(false, GROUP4, port)};
    WS_CHANNEL *servers[2], *client;
    INT i;

    for (i = 0; i < 2; i++)
    {
        ok(join(listeners[i], &adapter, 1, NULL));
        servers[i] = udp_channel_for(listeners[i]);
    }
    client = connect_to_group(false, GROUP4, port, adapter);
    ok(udp_send(client, 6, NULL));
    for (i = 0; i < 2; i++)
        expect(udp_serve_one(listeners[i], servers[i]) == 6);
    udp_end_channel(client);
    for (i = 0; i < 2; i++)
    {
        WsFreeChannel(servers[i]);
        udp_end_listener(listeners[i]);
    }
}

TEST(interfaces_given_at_creation)
{
    static BOOL is_multicast = TRUE;
    ULONG adapter = loopback_adapter(false);
    WS_LISTENER_PROPERTY properties[] = {
        {WS_LISTENER_PROPERTY_IS_MULTICAST, &is_multicast, sizeof(is_multicast)},
        {WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, &adapter, sizeof(adapter)},
    };
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, properties, 2);
    WS_CHANNEL *server = udp_channel_for(listener), *client;
    unsigned port = udp_free_port();
    WS_STRING url = udp_url(GROUP4, port);

    ok(WsOpenListener(listener, &url, NULL, NULL));
    client = connect_to_group(false, GROUP4, port, adapter);
    ok(udp_send(client, 2, NULL));
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    udp_end_channel(client);
    udp_end_channel(server);
    udp_end_listener(listener);
}

/* Setting the interfaces anew leaves the group at those that are not among them any more. */
TEST(interfaces_are_set_anew)
{
    ULONG adapter = loopback_adapter(false);
    unsigned port = udp_free_port();
    WS_LISTENER *listener = listen_to_group(false, GROUP4, port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = connect_to_group(false, GROUP4, port, adapter),
               *direct = udp_connect("127.0.0.1", port);
    ULONG twice[] = {adapter, adapter};

    ok(join(listener, twice, 2, NULL));
    ok(udp_send(client, 1, NULL));
    expect(udp_serve_one(listener, server) == 1);
    ok(join(listener, NULL, 0, NULL));
    ok(udp_send(client, 2, NULL)); /* in vain */
    ok(udp_send(direct, 3, NULL));
    expect(udp_serve_one(listener, server) == 3);
    ok(join(listener, &adapter, 1, NULL));
    ok(udp_send(client, 4, NULL));
    expect(udp_serve_one(listener, server) == 4);
    udp_end_channel(direct);
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
}

/* The code of an adapter that does not exist is our choice; the listener stays as it was. */
TEST(an_adapter_that_does_not_exist)
{
    ULONG adapter = loopback_adapter(false), wrong = 7654321, both[] = {7654321, adapter};
    unsigned port = udp_free_port();
    WS_LISTENER *listener = listen_to_group(false, GROUP4, port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = connect_to_group(false, GROUP4, port, adapter);
    WS_ERROR *error = create_error();

    ok(join(listener, &adapter, 1, NULL));
    expect(FAILED(join(listener, both, 2, error)));
    expect(says(error, "7654321"));
    ok(udp_send(client, 1, NULL));
    expect(udp_serve_one(listener, server) == 1);
    ok(WsSetChannelProperty(client, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &wrong, sizeof(wrong), NULL));
    ok(WsResetError(error));
    expect(FAILED(udp_send(client, 2, error)));
    expect(says(error, "7654321"));
    ok(WsSetChannelProperty(client, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &adapter, sizeof(adapter), NULL));
    ok(udp_send(client, 3, NULL));
    expect(udp_serve_one(listener, server) == 3);
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
    WsFreeError(error);
}

static void CALLBACK accepted(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    (void)model;
    __atomic_store_n((HRESULT *)state, hr, __ATOMIC_RELEASE);
}

/* MULTICAST_LOOPBACK FALSE: messages sent on the loopback interface are not seen. */
TEST(no_loopback)
{
    static BOOL is_multicast = TRUE, loopback = FALSE;
    ULONG adapter = loopback_adapter(false);
    WS_LISTENER_PROPERTY properties[] = {
        {WS_LISTENER_PROPERTY_IS_MULTICAST, &is_multicast, sizeof(is_multicast)},
        {WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK, &loopback, sizeof(loopback)},
        {WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, &adapter, sizeof(adapter)},
    };
    WS_LISTENER *deaf = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, properties, 3), *listener;
    WS_CHANNEL *server, *waiting = udp_channel_for(deaf), *client;
    unsigned port = udp_free_port();
    WS_STRING url = udp_url(GROUP4, port);
    HRESULT result = WS_S_ASYNC;
    WS_ASYNC_CONTEXT context = {accepted, &result};

    ok(WsOpenListener(deaf, &url, NULL, NULL));
    expect_hr(WS_S_ASYNC, WsAcceptChannel(deaf, waiting, &context, NULL));
    listener = listen_to_group(false, GROUP4, port);
    ok(join(listener, &adapter, 1, NULL));
    server = udp_channel_for(listener);
    client = connect_to_group(false, GROUP4, port, adapter);
    ok(udp_send(client, 1, NULL));
    expect(udp_serve_one(listener, server) == 1); /* so it has come to the other one, too */
    ok(WsCloseListener(deaf, NULL, NULL));
    while (__atomic_load_n(&result, __ATOMIC_ACQUIRE) == WS_S_ASYNC)
        udp_yield();
    expect_hr(WS_E_OPERATION_ABORTED, result);
    WsFreeListener(deaf);
    udp_end_channel(client);
    WsFreeChannel(server);
    WsFreeChannel(waiting);
    udp_end_listener(listener);
}

/* Our choice: without IS_MULTICAST nothing would ever arrive there, and the sentence says what to set. */
TEST(a_group_without_is_multicast)
{
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_ERROR *error = create_error();
    WS_STRING url = udp_url(GROUP4, udp_free_port());

    expect_refused(error, WS_E_ADDRESS_NOT_AVAILABLE, WsOpenListener(listener, &url, NULL, error),
                   "WS_LISTENER_PROPERTY_IS_MULTICAST");
    WsFreeListener(listener);
    WsFreeError(error);
}

/* The channel does not validate that the address is one of a group, says the page; the port is shared. */
TEST(an_address_that_is_no_group)
{
    static BOOL is_multicast = TRUE;
    WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_IS_MULTICAST, &is_multicast, sizeof(is_multicast)};
    WS_LISTENER *listeners[2] = {udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, &property, 1),
                                 udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, &property, 1)};
    WS_STRING url = udp_url("localhost", udp_free_port());
    ULONG adapter = loopback_adapter(false);
    int i;

    for (i = 0; i < 2; i++)
        ok(WsOpenListener(listeners[i], &url, NULL, NULL));
    ok(join(listeners[0], &adapter, 1, NULL));
    for (i = 0; i < 2; i++)
        udp_end_listener(listeners[i]);
}

/* IS_MULTICAST must be TRUE to use them: the page. The code is our choice. */
TEST(properties_of_multicast_alone)
{
    static BOOL loopback = FALSE;
    ULONG adapter = loopback_adapter(false);
    WS_LISTENER_PROPERTY properties[] = {
        {WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK, &loopback, sizeof(loopback)},
        {WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, &adapter, sizeof(adapter)},
    };
    WS_LISTENER *listener = NULL;
    ULONG i;

    for (i = 0; i < 2; i++)
        expect_hr(E_INVALIDARG, WsCreateListener(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, &properties[i], 1,
                                                 NULL, &listener, NULL));
    listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    expect_hr(WS_E_INVALID_OPERATION, join(listener, &adapter, 1, NULL));
    WsFreeListener(listener);
}
