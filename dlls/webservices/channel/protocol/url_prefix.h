/* SPDX-License-Identifier: MIT */
/*
 * url_prefix.h - the URLs that HTTP listeners are opened with, and which of them a request is for.
 *
 * They are what the HTTP Server API calls UrlPrefix strings ("UrlPrefix Strings" and "Routing Incoming Requests" in its
 * documentation), with the liberties that WsOpenListener takes: the port may be missing, and no slash is needed at the
 * end. The host decides about the kind of a prefix, and kinds are looked through one after the other:
 *
 *     +               any host
 *     a name          requests whose Host header has that name
 *     an IP address   requests to that address of this computer, whatever their Host header says
 *     *               any host
 *
 * Among those of a kind the longest path wins. It is matched by whole segments: "/a" is a prefix of "/a" and "/a/b",
 * but not of "/ab". The case of hosts and paths does not matter; that is ASCII's, as far as this goes.
 */
#ifndef WS_CHANNEL_PROTOCOL_URL_PREFIX_H
#define WS_CHANNEL_PROTOCOL_URL_PREFIX_H

#include <stdbool.h>
#include <stddef.h>

#include "webservices.h"

/* In the order in which they are looked through. */
enum url_prefix_kind
{
    URL_PREFIX_ANY,     /* + */
    URL_PREFIX_NAME,    /* a host's name */
    URL_PREFIX_ADDRESS, /* an IP address */
    URL_PREFIX_REST     /* * */
};

/* An IP address: 4 or 16 bytes; 0: this is none. An IPv4 address in IPv6 (::ffff:1.2.3.4) is one of 4 bytes. */
struct url_address
{
    size_t length;
    BYTE bytes[16];
};

struct url_prefix
{
    enum url_prefix_kind kind;
    WS_URL_SCHEME_TYPE scheme;
    USHORT port;
    struct url_address address; /* if the kind is that */
    const BYTE *host;           /* in lower case; for a name */
    size_t host_length;
    const BYTE *path; /* as url_path_normalize() leaves it; it is empty or begins with a slash */
    size_t path_length;
};

/* What a request says about where it is to go. */
struct url_target
{
    const BYTE *host; /* of the Host header or an absolute URL, without the port; in lower case */
    size_t host_length;
    struct url_address host_address; /* if the host is one */
    struct url_address local;        /* the address of this computer that the client has connected to */
    const BYTE *path;                /* as url_path_normalize() leaves it */
    size_t path_length;
};

/*
 * Parses the URL of a listener into one block of memory, to be freed with url_prefix_free().
 *
 * WS_E_INVALID_ENDPOINT_URL: this is no URL that one can listen at, or the scheme is another one; E_OUTOFMEMORY.
 */
HRESULT url_prefix_parse(const WS_STRING *url, WS_URL_SCHEME_TYPE scheme, struct url_prefix **ret, WS_ERROR *error);
void url_prefix_free(struct url_prefix *prefix);

/* Whether two prefixes are the same, so that no request could tell between them. */
bool url_prefix_equal(const struct url_prefix *one, const struct url_prefix *other);

/* Whether a request to the scheme and port of a prefix can be for it. */
bool url_prefix_matches(const struct url_prefix *prefix, const struct url_target *target);

/* Whether a request that two prefixes match is for the first one. */
bool url_prefix_precedes(const struct url_prefix *one, const struct url_prefix *other);

/*
 * Brings the path of a request, as it stands there, into the form in which it is compared, in place: escapes are
 * replaced by the bytes that they stand for, but those of slashes and backslashes, which are no separators so; the
 * segments "." and ".." are resolved; ASCII is in lower case; there is no slash at the end.
 *
 * Returns the new length, or SIZE_MAX if it does not begin with a slash, or has an escape that is none or that stands
 * for a control character.
 */
size_t url_path_normalize(BYTE *path, size_t length);

/*
 * Splits "host", "host:port" or "[address]:port" and brings the host into lower case, in place; a dot at its end is
 * left out. *port stays as it is if there is none. False if this is no such text.
 */
bool url_authority_parse(BYTE *text, size_t length, const BYTE **host, size_t *host_length, struct url_address *address,
                         USHORT *port);

/* Parses an IPv4 address, or an IPv6 address without brackets, whose zone ("%eth0") is left out; length 0: it is none.
 */
void url_address_parse(const BYTE *text, size_t length, struct url_address *address);

/* The address as it is in a struct sockaddr: 4 or 16 bytes. */
void url_address_set(struct url_address *address, const BYTE *bytes, size_t length);

bool url_address_equal(const struct url_address *one, const struct url_address *other);

#endif
