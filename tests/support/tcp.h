/* SPDX-License-Identifier: MIT */
/*
 * tcp.h - for tests of net.tcp: listeners and channels on the loopback, bare sockets as their peers, and threads.
 *
 * Messages have the action "urn:count" and a body <count xmlns="urn:tcp"> with an INT32.
 */
#ifndef WS_SUPPORT_TCP_H
#define WS_SUPPORT_TCP_H

#include "support/test.h"

extern const WS_MESSAGE_DESCRIPTION tcp_count;

/* --- Threads --- */

/* A thread that runs `run`, in which no test may end: what it finds out, it keeps for after tcp_join(). */
struct tcp_thread
{
    void (*run)(void *argument);
    void *argument;
    void *system;
};
void tcp_start(struct tcp_thread *thread, void (*run)(void *argument), void *argument);
void tcp_join(struct tcp_thread *thread);

/* Milliseconds from some time on; and a rest, where there is nothing to wait for. */
unsigned long long tcp_clock(void);
void tcp_rest(unsigned milliseconds);

/* An asynchronous call: its context's callback and state are of one of these. */
struct tcp_call
{
    WS_ASYNC_CONTEXT context;
    volatile LONG count; /* of callbacks */
    HRESULT hr;
    WS_CALLBACK_MODEL model;
};
void tcp_call_init(struct tcp_call *call);

/* The result of a call: its own, or what its callback gets, which is waited for. */
HRESULT tcp_call_end(struct tcp_call *call, HRESULT hr);

/* --- Listeners and channels --- */

/* A port that is free. */
unsigned tcp_free_port(void);

/* "net.tcp://host:port/path"; good until the next but three calls. */
WS_STRING tcp_url(const char *host, unsigned port, const char *path);

WS_LISTENER *tcp_create_listener(const WS_LISTENER_PROPERTY *properties, ULONG count);

/* One that is open at localhost, which finds the port. */
WS_LISTENER *tcp_listen(const WS_LISTENER_PROPERTY *properties, ULONG count, unsigned *port);
void tcp_end_listener(WS_LISTENER *listener);

WS_CHANNEL *tcp_channel_for(WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *properties, ULONG count);
WS_CHANNEL *tcp_create_channel(const WS_CHANNEL_PROPERTY *properties, ULONG count);
HRESULT tcp_open_channel(WS_CHANNEL *channel, const char *host, unsigned port, WS_ERROR *error);
void tcp_end_channel(WS_CHANNEL *channel);

WS_CHANNEL_STATE tcp_state(WS_CHANNEL *channel);

/* Both ends of a session. */
struct tcp_pair
{
    WS_LISTENER *listener;
    WS_CHANNEL *client, *server;
    unsigned port;
};
void tcp_connect(struct tcp_pair *pair, const WS_CHANNEL_PROPERTY *properties, ULONG count);
/* Both close at the same time, which must succeed. */
void tcp_disconnect(struct tcp_pair *pair);

/* A client that opens a channel on a thread of its own, while the test does what a server does. */
struct tcp_client
{
    struct tcp_thread thread;
    WS_CHANNEL *channel;
    unsigned port;
    HRESULT hr;
    WS_ERROR *error;
};
void tcp_client_start(struct tcp_client *client, WS_CHANNEL *channel, unsigned port);
HRESULT tcp_client_end(struct tcp_client *client);

/* --- Messages --- */

WS_MESSAGE *tcp_message(WS_CHANNEL *channel);

/* Sends a count, by a message of its own. */
HRESULT tcp_send(WS_CHANNEL *channel, INT count, WS_ERROR *error);

/* Receives one. */
HRESULT tcp_receive(WS_CHANNEL *channel, INT *count, WS_ERROR *error);

/* --- Bare sockets --- */

struct tcp_peer
{
    intptr_t socket;
};

/* Listens at 127.0.0.1, at any port, with a backlog of 0. */
void tcp_peer_listen(struct tcp_peer *peer, unsigned *port);
void tcp_peer_accept(const struct tcp_peer *listener, struct tcp_peer *peer);
void tcp_peer_connect(struct tcp_peer *peer, unsigned port);
bool tcp_peer_try_connect(struct tcp_peer *peer, unsigned port);

/* Sends all; false: the system does not. */
bool tcp_peer_send(const struct tcp_peer *peer, const void *bytes, size_t length);

/* How many bytes have come, at most `room`, after at most so many milliseconds: 0: the end, -1: none, -2: a failure. */
long tcp_peer_receive(const struct tcp_peer *peer, void *bytes, size_t room, unsigned wait);

/* Receives just so many; false: there are not. */
bool tcp_peer_receive_all(const struct tcp_peer *peer, void *bytes, size_t length);

/* Sends no more; closes; closes so that the connection is reset. */
void tcp_peer_end(const struct tcp_peer *peer);
void tcp_peer_close(struct tcp_peer *peer);
void tcp_peer_reset(struct tcp_peer *peer);

/* As a server: reads a preamble to its end, and acknowledges it. */
void tcp_peer_welcome(const struct tcp_peer *peer);
/* As a client: sends a preamble with the known encoding, for "net.tcp://localhost:port/", and waits for 0B. */
void tcp_peer_greet(const struct tcp_peer *peer, unsigned port, BYTE mode, BYTE encoding);
size_t tcp_preamble(BYTE *bytes, unsigned port, BYTE mode, BYTE encoding);

/* Builds a sized record with a message that has the count, in the encoding of sessions without new strings. */
size_t tcp_binary_message(BYTE *bytes, INT count);

#endif
