/* SPDX-License-Identifier: MIT */
/* http_target.h - where a request goes: a URL, taken apart for a client. */
#ifndef WS_CHANNEL_HTTP_HTTP_TARGET_H
#define WS_CHANNEL_HTTP_HTTP_TARGET_H

#include <stdbool.h>

#include "webservices.h"
#include "xml/mime.h"

/* The most characters of a host: what DNS allows. */
#define HTTP_HOST_MOST 255u

struct http_target
{
    WS_STRING url;  /* as it was given */
    WS_STRING host; /* in lower case, with the brackets of an IPv6 address */
    USHORT port;
    /* The same in ASCII, zero-terminated. */
    struct mime_text authority; /* for Host: without the usual port */
    struct mime_text name;      /* without any port; not zero-terminated */
    struct mime_text path;      /* of the request line: path and query, at least "/" */
    struct mime_text absolute;  /* for a proxy, and for sentences: without the fragment */
    void *memory;
};

/*
 * Takes a URL apart. Replaces what is in *target, which begins as zeroes. WS_E_INVALID_ENDPOINT_URL: it is not a URL,
 * or not one of HTTP without security. E_OUTOFMEMORY. After a failure *target is as it was.
 */
HRESULT http_target_make(struct http_target *target, const WS_STRING *url, WS_ERROR *error);
void http_target_release(struct http_target *target);

/* The absolute URL, for a sentence: as much of it as fits. */
#define HTTP_URL_ROOM 200
const char *http_target_text(const struct http_target *target, char text[HTTP_URL_ROOM]);

#endif
