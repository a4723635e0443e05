/* SPDX-License-Identifier: MIT */
/* udp.c - the table of the transport; see udp.h. */
#include "udp.h"

#include "udp_channel.h"
#include "udp_listener.h"

const struct transport udp_transport = {
    .binding = WS_UDP_CHANNEL_BINDING,
    /* The page of WS_CHANNEL_TYPE; DUPLEX listeners have been observed. OUTPUT is in no binding, says the same page. */
    .client_types = TRANSPORT_TYPE(DUPLEX),
    .listener_types = TRANSPORT_TYPE(DUPLEX) | TRANSPORT_TYPE(INPUT),
    .encoding = WS_ENCODING_XML_UTF8,
    .encodings = 1u << WS_ENCODING_XML_UTF8,
    .channel_size = sizeof(struct udp_channel),
    .listener_size = sizeof(struct udp_listener),
    .channel_create = udp_channel_create,
    .channel_free = udp_channel_free,
    .channel_reset = udp_channel_reset,
    .open = udp_channel_open,
    .accept = udp_channel_accept,
    .close = udp_channel_close,
    .write_start = udp_channel_write_start,
    .write_end = udp_channel_write_end,
    .read_start = udp_channel_read_start,
    .read_end = udp_channel_read_end,
    .abandon = udp_channel_abandon,
    .get = udp_channel_get,
    .listener_create = udp_listener_create,
    .listener_free = udp_listener_free,
    .listener_open = udp_listener_open,
    .listener_close = udp_listener_close,
    .listener_changed = udp_listener_changed,
};
