/* SPDX-License-Identifier: MIT */
/* udp_listener.h - listeners of soap.udp: the functions of the transport, and what channels call. */
#ifndef WS_CHANNEL_UDP_UDP_LISTENER_H
#define WS_CHANNEL_UDP_UDP_LISTENER_H

#include "channel/object/listener.h"
#include "udp_port.h"

/* The transport's part of a listener. */
struct udp_listener
{
    struct mutex lock; /* of all below */
    struct udp_port *port;
    struct network_address group; /* of a multicast listener; NETWORK_NONE: its address is no group's */
    ULONG *joined;                /* the adapters at which it has joined the group */
    ULONG joined_count;
};

HRESULT udp_listener_create(WS_LISTENER *listener, WS_ERROR *error);
void udp_listener_free(WS_LISTENER *listener);
HRESULT udp_listener_open(WS_LISTENER *listener, struct operation *operation, WS_ERROR *error);
HRESULT udp_listener_close(WS_LISTENER *listener, struct operation *operation, WS_ERROR *error);
HRESULT udp_listener_changed(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                             WS_ERROR *error);

/* The port of a listener, held for the caller; NULL: it is not open any more. */
struct udp_port *udp_listener_port(WS_LISTENER *listener);

#endif
