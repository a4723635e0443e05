/* SPDX-License-Identifier: MIT */
/*
 * udp.h - for tests of soap.udp: listeners and channels on the loopback, bare sockets as their peers, and threads.
 *
 * Messages have the action "urn:count" and a body <count xmlns="urn:udp"> with an INT32.
 */
#ifndef WS_SUPPORT_UDP_H
#define WS_SUPPORT_UDP_H

#include "support/test.h"

extern const WS_MESSAGE_DESCRIPTION count_message;

/* ---- Threads ---- */

/* A thread that runs `run`, in which no test may end: what it finds out, it keeps for after udp_join(). */
struct udp_thread
{
    void (*run)(void *argument);
    void *argument;
    void *system;
};
void udp_start(struct udp_thread *thread, void (*run)(void *argument), void *argument);
void udp_join(struct udp_thread *thread);

/* Milliseconds from some time on. */
unsigned long long udp_clock(void);

/* Lets other threads run: in loops that wait for what has no other way to be waited for. */
void udp_yield(void);

/* ---- URLs, listeners and channels ---- */

/* A port that is free for both families. */
unsigned udp_free_port(void);

/* "soap.udp://host:port" as a string; good until the next but three calls. */
WS_STRING udp_url(const char *host, unsigned port);

/* A text in ASCII as a string; good until the next but three calls. */
WS_STRING udp_string(const char *text);

bool udp_has_ipv6(void);

WS_LISTENER *udp_create_listener(WS_CHANNEL_TYPE type, const WS_LISTENER_PROPERTY *properties, ULONG count);

/* One that is open at a host, which finds the port. */
WS_LISTENER *udp_listen(const char *host, unsigned *port);

WS_CHANNEL *udp_channel_for(WS_LISTENER *listener);
WS_CHANNEL *udp_create_channel(const WS_CHANNEL_PROPERTY *properties, ULONG count);
HRESULT udp_open(WS_CHANNEL *channel, const char *host, unsigned port, WS_ERROR *error);

/* One that is open. */
WS_CHANNEL *udp_connect(const char *host, unsigned port);

void udp_end_channel(WS_CHANNEL *channel);
void udp_end_listener(WS_LISTENER *listener);

WS_CHANNEL_STATE udp_state(WS_CHANNEL *channel);
WS_LISTENER_STATE udp_listener_state(WS_LISTENER *listener);

/* ---- Messages ---- */

WS_MESSAGE *udp_message(WS_CHANNEL *channel);

/* Sends a count, by a message of their own. */
HRESULT udp_send(WS_CHANNEL *channel, INT count, WS_ERROR *error);

/* Receives one. What fails is counted as -1. */
HRESULT udp_receive(WS_CHANNEL *channel, INT *count, WS_ERROR *error);

/* Accepts a channel, receives a count, closes and resets the channel. */
INT udp_serve_one(WS_LISTENER *listener, WS_CHANNEL *channel);

/* ---- Bare sockets ---- */

struct udp_peer
{
    intptr_t socket;
    bool ipv6;
    unsigned port;
};

/* Opens one at the loopback address of a family; port 0: any. */
void udp_peer_open(struct udp_peer *peer, bool ipv6, unsigned port);
void udp_peer_close(struct udp_peer *peer);

/* Sends bytes to a port of the loopback address; false: the system does not. */
bool udp_peer_send(const struct udp_peer *peer, unsigned port, const void *bytes, size_t length);

/*
 * Waits for a datagram, at most so many milliseconds. Returns its length, with a zero after it, or -1 if none has come;
 * *from is the port that it came from, or NULL.
 */
long udp_peer_receive(const struct udp_peer *peer, char *bytes, size_t room, unsigned wait, unsigned *from);

#endif
