/* SPDX-License-Identifier: MIT */
/* tcp_transport.h - the transport of WS_TCP_CHANNEL_BINDING; tcp.h says what it consists of. */
#ifndef WS_CHANNEL_TCP_TCP_TRANSPORT_H
#define WS_CHANNEL_TCP_TCP_TRANSPORT_H

#include "channel/object/transport.h"

extern const struct transport tcp_transport;

#endif
