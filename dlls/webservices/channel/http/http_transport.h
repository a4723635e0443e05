/* SPDX-License-Identifier: MIT */
/* http_transport.h - SOAP over HTTP: http_transport.c. */
#ifndef WS_CHANNEL_HTTP_HTTP_TRANSPORT_H
#define WS_CHANNEL_HTTP_HTTP_TRANSPORT_H

#include "channel/object/transport.h"

extern const struct transport http_transport;

#endif
