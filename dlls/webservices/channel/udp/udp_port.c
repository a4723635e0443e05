/* SPDX-License-Identifier: MIT */
/* udp_port.c - see udp_port.h. */
#include "udp_port.h"

#include "base/error.h"
#include "base/memory.h"

HRESULT udp_port_open(const struct network_address *address, bool shared, struct udp_port **ret, WS_ERROR *error)
{
    struct udp_port *port = memory_alloc(sizeof(*port), "soap.udp port");
    HRESULT hr;

    if (!port)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the socket of soap.udp.");
    socket_init(&port->socket);
    if ((hr = socket_open_datagram(&port->socket, address, shared, error)) != S_OK)
    {
        memory_free(port);
        return hr;
    }
    port->references = 1;
    turn_init(&port->receiving);
    turn_init(&port->sending);
    *ret = port;
    return S_OK;
}

void udp_port_hold(struct udp_port *port)
{
    __atomic_add_fetch(&port->references, 1, __ATOMIC_RELAXED);
}

void udp_port_release(struct udp_port *port)
{
    if (!port || __atomic_sub_fetch(&port->references, 1, __ATOMIC_ACQ_REL))
        return;
    socket_close(&port->socket);
    turn_release(&port->receiving);
    turn_release(&port->sending);
    memory_free(port);
}

HRESULT udp_port_receive(struct udp_port *port, struct turn_ticket *ticket, struct operation *operation, BYTE *buffer,
                         size_t *received, struct network_address *from, WS_ERROR *error)
{
    bool truncated;
    HRESULT hr;

    if ((hr = turn_take(&port->receiving, ticket, operation, error)) != S_OK)
        return hr;
    hr = socket_receive_from(&port->socket, operation, buffer, UDP_LARGEST_DATAGRAM, received, &truncated, from, error);
    if (hr != OPERATION_WAITS)
        turn_give(&port->receiving, ticket);
    return hr;
}

/* Only such an address can be bound. */
bool udp_is_own_address(const struct network_address *address)
{
    struct network_address own = *address;
    struct socket socket;

    if (network_is_loopback(address))
        return true;
    own.port = 0;
    socket_init(&socket);
    if (socket_open_datagram(&socket, &own, false, NULL) != S_OK)
        return false;
    socket_close(&socket);
    return true;
}

/* Of IPv4, 65535 bytes less the headers of IP and UDP; of IPv6, less that of UDP. */
static unsigned largest_to(const struct network_address *to)
{
    return to->family == NETWORK_IPV4 ? 65507 : 65527;
}

HRESULT udp_port_send(struct udp_port *port, struct turn_ticket *ticket, struct operation *operation,
                      const struct network_address *to, const WS_BYTES *bytes, WS_ERROR *error)
{
    HRESULT hr;

    if (bytes->length > largest_to(to))
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The message for %s has %u bytes; a datagram over IPv%d holds at most %u.",
                            network_address_text(to).text, (unsigned)bytes->length, to->family, largest_to(to));
    if ((hr = turn_take(&port->sending, ticket, operation, error)) != S_OK)
        return hr;
    hr = socket_send_to(&port->socket, operation, to, bytes, 1, error);
    if (hr != OPERATION_WAITS)
        turn_give(&port->sending, ticket);
    return hr;
}
