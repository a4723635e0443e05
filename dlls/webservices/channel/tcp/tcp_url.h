/* SPDX-License-Identifier: MIT */
/* tcp_url.h - net.tcp URLs, of endpoints and of listeners. */
#ifndef WS_CHANNEL_TCP_TCP_URL_H
#define WS_CHANNEL_TCP_TCP_URL_H

#include "channel/io/socket.h"
#include "webservices.h"

/* Names of DNS are shorter. */
#define TCP_HOST_MAX 255u

struct tcp_host
{
    WS_STRING name; /* or a literal address, perhaps in brackets: in `chars` */
    USHORT port;
    WCHAR chars[TCP_HOST_MAX];
};

/* Where an endpoint is. WS_E_INVALID_ENDPOINT_URL: it is no net.tcp URL. `host` stays at its place. */
HRESULT tcp_read_url(const WS_STRING *url, struct tcp_host *host, WS_ERROR *error);

/*
 * Where a listener listens: at a literal address if the host is one, or else at all addresses of the version.
 * WS_E_INVALID_ENDPOINT_URL; WS_E_ADDRESS_NOT_AVAILABLE: the literal address is not of the version.
 */
HRESULT tcp_read_listener_url(const WS_STRING *url, WS_IP_VERSION version, struct network_address *address,
                              WS_ERROR *error);

#endif
