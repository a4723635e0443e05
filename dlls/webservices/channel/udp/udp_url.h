/* SPDX-License-Identifier: MIT */
/* udp_url.h - soap.udp URLs: "soap.udp://host:port/path?query", of which host and port count. */
#ifndef WS_CHANNEL_UDP_UDP_URL_H
#define WS_CHANNEL_UDP_UDP_URL_H

#include "channel/io/socket.h"
#include "webservices.h"

/* The longest host: that of DNS names is 253. */
#define UDP_LONGEST_HOST 255

struct udp_host
{
    WCHAR chars[UDP_LONGEST_HOST];
    ULONG length;
    USHORT port; /* not 0 */
};

/*
 * Reads the URL that a channel is opened to. The host is a name or a literal address, unescaped; path, query and
 * fragment are ignored: there is one receiver at a port.
 *
 * WS_E_INVALID_ENDPOINT_URL: it is not of this kind. There must be a port: soap.udp has no default one.
 */
HRESULT udp_url_parse(const WS_STRING *url, struct udp_host *host, WS_ERROR *error);

/*
 * Reads the URL that a listener is opened at, by the rules of WsOpenListener: there is no query and no fragment, and
 * the host may be a wildcard. *address is where to listen: at the literal address, or else, whatever the name is, at
 * all addresses of the version.
 *
 * WS_E_INVALID_ENDPOINT_URL; also if the literal address is not of the version.
 */
HRESULT udp_url_parse_listener(const WS_STRING *url, WS_IP_VERSION version, struct network_address *address,
                               WS_ERROR *error);

/* The longest URL of an address. */
#define UDP_URL_ROOM 80

/* Writes "soap.udp://192.0.2.1:809", "soap.udp://[fe80::1%252]:809". Returns its length. */
ULONG udp_url_write(const struct network_address *address, WCHAR chars[UDP_URL_ROOM]);

#endif
