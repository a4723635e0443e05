/* SPDX-License-Identifier: MIT */
/*
 * udp.h - SOAP over UDP: the transport of WS_UDP_CHANNEL_BINDING.
 *
 * A message is one datagram, of text in UTF-8. It is sent once: the specification (SOAP-over-UDP 1.1, OASIS, section
 * 4) leaves repeating to the sender, and Microsoft's MulticastUdp sample repeats by itself. Nothing is dropped as a
 * duplicate, either: in that sample both copies arrive, with one message ID.
 *
 *     udp.c             the table of the transport
 *     udp_channel.c     channels: a client's, and those that a listener accepts
 *     udp_listener.c    listeners
 *     udp_port.c        a socket, which a listener and the channels accepted from it share
 *     turn.c            one operation at a time
 *     udp_url.c         soap.udp URLs
 *
 * A listener is a socket. Accepting a channel takes a datagram from it, and so do all that accept at the same time, one
 * after the other, in the order in which they began. The channel then has the datagram and where it came from: it gives
 * out the one message, then WS_S_END, and what is sent over it goes back there, from the listener's port.
 *
 * A client's channel has a socket of its own, sends to where it has been opened to, and receives what comes from there;
 * from anywhere if that is a multicast group, whose members answer with addresses of their own.
 */
#ifndef WS_CHANNEL_UDP_UDP_H
#define WS_CHANNEL_UDP_UDP_H

#include "channel/object/transport.h"

extern const struct transport udp_transport;

#endif
