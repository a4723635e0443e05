/* SPDX-License-Identifier: MIT */
/*
 * http_cookies.h - the cookies of one channel (RFC 6265), for WS_AUTO_COOKIE_MODE: those that servers set are sent back
 * to them until the channel is freed or reset.
 *
 * At most 50 are kept, of at most 4 KB each: an old one gives way. A cookie with the attribute Max-Age=0, or one that
 * Expires before the Date of the response, is removed; otherwise lifetimes do not matter, since a channel does not
 * outlive them by much. Those that are Secure are not kept: there is no https.
 */
#ifndef WS_CHANNEL_HTTP_HTTP_COOKIES_H
#define WS_CHANNEL_HTTP_HTTP_COOKIES_H

#include "channel/protocol/http_write.h"

struct http_cookie;

/* All zero at first. */
struct http_cookies
{
    struct http_cookie *first; /* the newest */
    size_t count;
};

/*
 * Takes the Set-Cookie fields of a response to a request to a host (without port) and path. What is not a cookie, or is
 * none of that host's, is ignored; so is the lack of memory.
 */
void http_cookies_take(struct http_cookies *cookies, const struct http_head *head, struct mime_text host,
                       struct mime_text path);

/* Writes the field Cookie for a request, if there are cookies for it. */
void http_cookies_put(const struct http_cookies *cookies, struct mime_text host, struct mime_text path,
                      struct http_output *output);

void http_cookies_release(struct http_cookies *cookies);

#endif
