/* SPDX-License-Identifier: MIT */
/*
 * sockaddr.h - addresses as the system has them, which is the same everywhere but for the names of the headers: those
 * are included before this one, by socket_posix.c and socket_windows.c.
 */
#ifndef WS_CHANNEL_IO_SOCKADDR_H
#define WS_CHANNEL_IO_SOCKADDR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "channel/io/socket.h"

union any_address
{
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* An IPv4 address in an IPv6 one begins with these: RFC 4291, section 2.5.5.2. */
static const uint8_t mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/* For a socket of a family. Returns the size. */
static inline int sockaddr_make(union any_address *to, const struct network_address *from,
                                enum network_family socket_family)
{
    memset(to, 0, sizeof(*to));
    if (socket_family == NETWORK_IPV4)
    {
        to->v4.sin_family = AF_INET;
        to->v4.sin_port = htons(from->port);
        memcpy(&to->v4.sin_addr, from->bytes, 4);
        return (int)sizeof(to->v4);
    }
    to->v6.sin6_family = AF_INET6;
    to->v6.sin6_port = htons(from->port);
    if (from->family == NETWORK_IPV4)
    {
        memcpy(&to->v6.sin6_addr, mapped_prefix, 12);
        memcpy((uint8_t *)&to->v6.sin6_addr + 12, from->bytes, 4);
    }
    else
    {
        memcpy(&to->v6.sin6_addr, from->bytes, 16);
        to->v6.sin6_scope_id = from->scope;
    }
    return (int)sizeof(to->v6);
}

/* False: it is of neither family. */
static inline bool sockaddr_read(struct network_address *to, const struct sockaddr *from)
{
    union any_address address;

    memset(to, 0, sizeof(*to));
    switch (from->sa_family)
    {
    case AF_INET:
        memcpy(&address.v4, from, sizeof(address.v4));
        to->family = NETWORK_IPV4;
        to->port = ntohs(address.v4.sin_port);
        memcpy(to->bytes, &address.v4.sin_addr, 4);
        return true;
    case AF_INET6:
        memcpy(&address.v6, from, sizeof(address.v6));
        to->port = ntohs(address.v6.sin6_port);
        if (!memcmp(&address.v6.sin6_addr, mapped_prefix, 12))
        {
            to->family = NETWORK_IPV4;
            memcpy(to->bytes, (const uint8_t *)&address.v6.sin6_addr + 12, 4);
            return true;
        }
        to->family = NETWORK_IPV6;
        to->scope = address.v6.sin6_scope_id;
        memcpy(to->bytes, &address.v6.sin6_addr, 16);
        return true;
    default: return false;
    }
}

/* Skips bytes of parts: sets the part and the place in it where the rest begins. */
static inline void parts_skip(const WS_BYTES *parts, ULONG count, size_t skip, ULONG *part, size_t *place)
{
    ULONG i = 0;

    while (i < count && skip >= parts[i].length)
        skip -= parts[i++].length;
    *part = i;
    *place = skip;
}

#endif
