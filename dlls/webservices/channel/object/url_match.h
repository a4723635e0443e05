/* SPDX-License-Identifier: MIT */
/* url_match.h - whether a URL is that of a listener, by the WS_MATCH_URL_ flags: url_match.c. */
#ifndef WS_CHANNEL_OBJECT_URL_MATCH_H
#define WS_CHANNEL_OBJECT_URL_MATCH_H

#include <stdbool.h>

#include "webservices.h"

/*
 * Whether a URL, of a To header or a transport, is for a listener at another one, which may have a wildcard as host.
 * What no flag is set for does not matter; without flags anything matches, even what is no URL.
 */
bool url_matches(const WS_STRING *url, const WS_STRING *listener, ULONG options);

#endif
