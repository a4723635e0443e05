/* SPDX-License-Identifier: MIT */
/* udp_channel.h - channels of soap.udp: the functions of the transport. */
#ifndef WS_CHANNEL_UDP_UDP_CHANNEL_H
#define WS_CHANNEL_UDP_UDP_CHANNEL_H

#include "channel/object/channel.h"
#include "udp_port.h"
#include "udp_url.h"

/* The transport's part of a channel. */
struct udp_channel
{
    struct udp_port *port;         /* a client's own; or that of the listener. NULL: the channel is not open */
    struct network_address remote; /* where messages go */
    struct network_lookup lookup;  /* of a client's open */
    bool is_looking_up;

    /* Receiving. */
    struct turn_ticket receiving;
    WS_XML_READER *reader;
    BYTE *datagram; /* of UDP_LARGEST_DATAGRAM bytes; NULL: none has been received yet */
    size_t length;
    bool is_given_out; /* the one message of an accepted channel */

    /* Sending. */
    struct turn_ticket sending;
    WS_XML_WRITER *writer;
    WS_BYTES bytes; /* what write_end is sending */
    bool is_sending;
    bool is_adapter_set;
    ULONG adapter; /* that multicast datagrams leave by, as the socket has been told */

    /* For properties, which any thread may ask for. */
    struct mutex lock;
    bool is_remote_known;         /* the channel has been opened or accepted */
    struct network_address from;  /* of the last datagram; NETWORK_NONE: there is none */
    WCHAR from_url[UDP_URL_ROOM]; /* of an accepted channel */
    ULONG from_url_length;
};

HRESULT udp_channel_create(WS_CHANNEL *channel, WS_ERROR *error);
void udp_channel_free(WS_CHANNEL *channel);
HRESULT udp_channel_reset(WS_CHANNEL *channel, WS_ERROR *error);
HRESULT udp_channel_open(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error);
HRESULT udp_channel_accept(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error);
HRESULT udp_channel_close(WS_CHANNEL *channel, struct operation *operation, bool graceful, WS_ERROR *error);
HRESULT udp_channel_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT udp_channel_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT udp_channel_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT udp_channel_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT udp_channel_abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error);
HRESULT udp_channel_get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error);

#endif
