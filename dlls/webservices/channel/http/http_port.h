/* SPDX-License-Identifier: MIT */
/* http_port.h - what a port of HTTP listeners consists of, for the files that http_server.h is implemented by. */
#ifndef WS_CHANNEL_HTTP_HTTP_PORT_H
#define WS_CHANNEL_HTTP_HTTP_PORT_H

#include "channel/http/http_server.h"

/*
 * A port. It stays in memory as long as it accepts connections, has any, or is open.
 *
 * The lock covers all that can change, and of its connections what incoming.h says. The lock of `servers` may be held
 * when it is taken, and that of an operation's owner is never taken while it is held.
 */
struct http_server
{
    struct http_server *next; /* among `servers` */
    struct mutex lock;
    USHORT port;
    unsigned references;
    bool is_closing;
    struct socket socket;
    struct operation accepting;
    bool is_accepting;
    uint64_t pause;           /* of accepting: until then */
    struct operation *closer; /* waits until accepting has ended */
    struct incoming *spare;   /* what is accepted next */
    struct http_queue *queues;
    struct incoming *connections;
    struct incoming *parked;   /* those that nobody reads from, the last one first */
    struct operation sweeping; /* looks for those that have been parked for too long */
    bool is_sweeping;          /* it runs */
    bool sweeps;               /* it has been told that there are some */
    uint64_t sweep;            /* when it looks next; 0: when it is told */
    uint64_t connection_count; /* so many have been accepted */
};

/* Operations of our own have no program to call. */
extern const WS_ASYNC_CONTEXT http_no_program;

#define CONTAINER(pointer, type, member) ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* --- http_port.c --- */

/* Under the lock, which is released: one reference less. */
void http_port_release(struct http_server *server);

/* A connection has been accepted: it is read from. */
void http_port_begin(struct http_server *server, struct incoming *incoming);

/* Lets the connection's own operation go on with it. */
void http_port_go_on(struct incoming *incoming);

/*
 * Receives a request and finds the queue that it is for: S_OK. S_FALSE: it is to be refused. WS_S_END, failures: the
 * connection is of no more use.
 */
HRESULT http_port_read(struct incoming *incoming, struct operation *operation, bool timed);

/* Under the lock: a request waits in a queue of the port. False: the queue has gone. */
bool http_port_enqueue(struct http_server *server, struct incoming *incoming);

/* Under the lock: wakes the first accept that waits, if there is something to take. */
void http_port_wake(struct http_queue *queue);

/* Under the lock: nobody reads from the connection for now. */
void http_port_park(struct http_server *server, struct incoming *incoming);

/* The step and the end of `sweeping`. */
HRESULT http_port_sweep(struct operation *operation, WS_ERROR *error);
void http_port_swept(struct operation *operation, HRESULT result);

#endif
