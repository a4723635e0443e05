/* SPDX-License-Identifier: MIT */
/*
 * udp_port.h - a port: a socket for datagrams, and turns for those who receive from it and send with it. A listener and
 * the channels that have been accepted from it hold the same one; it is closed when nobody holds it any more.
 */
#ifndef WS_CHANNEL_UDP_UDP_PORT_H
#define WS_CHANNEL_UDP_UDP_PORT_H

#include "channel/io/socket.h"
#include "turn.h"

/* What a buffer for any datagram must hold: the length in the header of UDP has 16 bits. */
#define UDP_LARGEST_DATAGRAM 0x10000u

struct udp_port
{
    unsigned references; /* atomic */
    struct socket socket;
    struct turn receiving, sending;
};

/* Opens one, which is held once. As socket_open_datagram(). */
HRESULT udp_port_open(const struct network_address *address, bool shared, struct udp_port **ret, WS_ERROR *error);

void udp_port_hold(struct udp_port *port);

/* The last one closes it. No operation of who lets go uses it any more. NULL: nothing happens. */
void udp_port_release(struct udp_port *port);

/*
 * Resumable: receives a datagram, in turn, into a buffer of UDP_LARGEST_DATAGRAM bytes. S_OK and failures: the turn has
 * been given back.
 */
HRESULT udp_port_receive(struct udp_port *port, struct turn_ticket *ticket, struct operation *operation, BYTE *buffer,
                         size_t *received, struct network_address *from, WS_ERROR *error);

/*
 * Whether an address is one of this computer's. Where a datagram is from does not tell whether it was sent on the
 * loopback adapter: Linux gives one to a group the address of another adapter.
 */
bool udp_is_own_address(const struct network_address *address);

/* Resumable: sends one, in turn. WS_E_QUOTA_EXCEEDED: it is too large. */
HRESULT udp_port_send(struct udp_port *port, struct turn_ticket *ticket, struct operation *operation,
                      const struct network_address *to, const WS_BYTES *bytes, WS_ERROR *error);

#endif
