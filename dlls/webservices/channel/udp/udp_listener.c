/* SPDX-License-Identifier: MIT */
/*
 * udp_listener.c - see udp_listener.h.
 *
 * Of a multicast listener, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES says at which adapters the group of its URL is
 * joined, and it can be set anew while the listener is open. Without it nothing that is sent to the group arrives: the
 * page of the property says that it must be set.
 */
#include "udp_listener.h"

#include "base/error.h"
#include "base/memory.h"
#include "udp_url.h"

#include <string.h>

HRESULT udp_listener_create(WS_LISTENER *listener, WS_ERROR *error)
{
    struct udp_listener *part = listener->part;

    (void)error;
    mutex_init(&part->lock);
    return S_OK;
}

/* Stops listening. Channels that have been accepted hold the port until they have sent what they have to. */
static void stop(struct udp_listener *part)
{
    mutex_lock(&part->lock);
    udp_port_release(part->port);
    memory_free(part->joined);
    part->port = NULL;
    part->joined = NULL;
    part->joined_count = 0;
    mutex_unlock(&part->lock);
}

void udp_listener_free(WS_LISTENER *listener)
{
    struct udp_listener *part = listener->part;

    stop(part);
    mutex_release(&part->lock);
}

static bool is_among(ULONG adapter, const ULONG *adapters, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (adapters[i] == adapter)
            return true;
    return false;
}

/*
 * Joins the group at these adapters, and leaves it at all others. If an adapter refuses, the group is left where it has
 * not been joined before. Called with the part's lock.
 */
static HRESULT join(struct udp_listener *part, const ULONG *adapters, ULONG count, WS_ERROR *error)
{
    struct socket *socket = &part->port->socket;
    HRESULT hr = S_OK;
    ULONG mark = error_mark(error), i;

    for (i = 0; i < count && hr == S_OK; i++)
        if (!is_among(adapters[i], part->joined, part->joined_count) && !is_among(adapters[i], adapters, i))
            hr = socket_join_group(socket, &part->group, adapters[i], error);
    if (hr != S_OK)
    {
        error_precede(error, mark, "At the network adapter %u: ", (unsigned)adapters[i - 1]);
        for (count = i - 1, i = 0; i < count; i++)
            if (!is_among(adapters[i], part->joined, part->joined_count) && !is_among(adapters[i], adapters, i))
                socket_leave_group(socket, &part->group, adapters[i]);
        return hr;
    }
    for (i = 0; i < part->joined_count; i++)
        if (!is_among(part->joined[i], adapters, count) && !is_among(part->joined[i], part->joined, i))
            socket_leave_group(socket, &part->group, part->joined[i]);
    return S_OK;
}

/* Makes the groups that have been joined those of the settings. */
static HRESULT update_groups(WS_LISTENER *listener, WS_ERROR *error)
{
    struct udp_listener *part = listener->part;
    ULONG *adapters = NULL, count;
    HRESULT hr = S_OK;

    mutex_lock(&listener->lock);
    if ((count = listener->settings.interface_count) &&
        (adapters = memory_alloc(count * sizeof(*adapters), "adapters")))
        memcpy(adapters, listener->settings.interfaces, count * sizeof(*adapters));
    mutex_unlock(&listener->lock);
    if (count && !adapters)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for %u multicast interfaces.", (unsigned)count);

    mutex_lock(&part->lock);
    if (part->port && part->group.family != NETWORK_NONE)
        hr = join(part, adapters, count, error);
    if (hr == S_OK)
    {
        ULONG *before = part->joined;

        part->joined = adapters;
        part->joined_count = count;
        adapters = before;
    }
    mutex_unlock(&part->lock);
    memory_free(adapters);
    return hr;
}

HRESULT udp_listener_open(WS_LISTENER *listener, struct operation *operation, WS_ERROR *error)
{
    struct udp_listener *part = listener->part;
    bool is_multicast = listener->settings.is_multicast;
    struct network_address address;
    struct udp_port *port;
    HRESULT hr;

    (void)operation;
    if ((hr = udp_url_parse_listener(&listener->url, listener->settings.ip_version, &address, error)) != S_OK)
        return hr;
    part->group = (struct network_address){.family = NETWORK_NONE};
    if (network_is_multicast(&address))
    {
        if (!is_multicast)
            return error_report(error, WS_E_ADDRESS_NOT_AVAILABLE,
                                "The listener's address %s is that of a multicast group, for which "
                                "WS_LISTENER_PROPERTY_IS_MULTICAST must be TRUE.",
                                network_address_text(&address).text);
        /* Windows binds no socket to the address of a group. What it has not joined, the socket does not receive. */
        part->group = address;
        address = network_any(address.family == NETWORK_IPV4 ? WS_IP_VERSION_4 : WS_IP_VERSION_6, address.port);
    }
    if ((hr = udp_port_open(&address, is_multicast, &port, error)) != S_OK)
        return hr;
    mutex_lock(&part->lock);
    part->port = port;
    mutex_unlock(&part->lock);
    if ((hr = update_groups(listener, error)) != S_OK)
        stop(part);
    return hr;
}

HRESULT udp_listener_close(WS_LISTENER *listener, struct operation *operation, WS_ERROR *error)
{
    (void)operation, (void)error;
    stop(listener->part);
    return S_OK;
}

HRESULT udp_listener_changed(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                             WS_ERROR *error)
{
    (void)value, (void)size;
    return id == WS_LISTENER_PROPERTY_MULTICAST_INTERFACES ? update_groups(listener, error) : S_OK;
}

struct udp_port *udp_listener_port(WS_LISTENER *listener)
{
    struct udp_listener *part = listener->part;
    struct udp_port *port;

    mutex_lock(&part->lock);
    if ((port = part->port))
        udp_port_hold(port);
    mutex_unlock(&part->lock);
    return port;
}
