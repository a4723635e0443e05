/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * http_server.h - the ports that HTTP listeners of this process listen at.
 *
 * A port is opened with the first listener that has it in its URL, shared by all others that have, and closed with the
 * last one. Each connection of a client has an operation that receives its requests (incoming.h), looks for the
 * listener that one is for, and puts it into that listener's queue, or refuses it. Then the operation is over, and the
 * connection belongs to the channel that takes it from the queue. When that has answered it gives the connection back,
 * and it is read from again: so requests of a connection are answered one after the other, in their order.
 *
 *     accepted --> READING --> queued --http_queue_take()--> a channel's --http_server_give_back()--> READING
 *                     `--> refused --> closed                    `--http_server_drop()--> closed
 *
 * A connection that is given back is not watched at once: it is parked, since a server that works on one request after
 * the other goes on to wait for the next one. The accept that comes then waits for what is parked by itself, so that a
 * request need not go from thread to thread. What nobody has wanted for a moment is read by an operation of its own.
 */
/* clang-format on */
#ifndef WS_CHANNEL_HTTP_HTTP_SERVER_H
#define WS_CHANNEL_HTTP_HTTP_SERVER_H

#include "channel/http/incoming.h"
#include "channel/io/thread.h"

/* An accept that waits for a request. It begins as zeroes. */
struct http_waiter
{
    struct http_waiter *next;
    struct operation *operation; /* NULL: it is not in the list */
    struct incoming *watched;    /* a connection whose next request it waits for; NULL: none */
};

/* What a listener has at a server. All but what it is opened with is the server's. */
struct http_queue
{
    struct url_prefix *prefix;
    size_t head_size; /* the most bytes of a head; http_queue_reserve() makes it more */

    struct http_server *server; /* NULL: it is not open */
    bool is_closing;            /* of http_queue_close(): it has been taken from the server */
    struct http_queue *next;
    struct incoming *first, **last; /* the requests that wait */
    size_t count;
    struct http_waiter *waiters;
};

/*
 * Begins to listen; the queue stays in place until it is closed. WS_E_ADDRESS_IN_USE: the port is another process's,
 * or this one has a listener of the same URL. Failures of socket_listen().
 */
HRESULT http_queue_open(struct http_queue *queue, WS_ERROR *error);

/*
 * Stops listening: requests that wait are refused. If it was the last one of the port, the connections that no channel
 * has are closed, and the port is free afterwards. No accept is running. Resumable; it cannot be cancelled.
 *
 * operation: NULL: what takes time is left to other threads.
 */
HRESULT http_queue_close(struct http_queue *queue, struct operation *operation, WS_ERROR *error);

/* A channel accepts heads of so many bytes. */
void http_queue_reserve(struct http_queue *queue, size_t head_size);

/*
 * Waits for a request, which then belongs to the caller. Resumable. After a failure, also one of another function that
 * the operation has called meanwhile, http_waiter_leave() is called.
 */
HRESULT http_queue_take(struct http_queue *queue, struct http_waiter *waiter, struct operation *operation,
                        struct incoming **ret, WS_ERROR *error);
void http_queue_leave(struct http_queue *queue, struct http_waiter *waiter);

/*
 * The request has been answered: the connection waits for the next one. What has not been received of the request is
 * skipped, unless it is too much.
 */
void http_server_give_back(struct incoming *incoming);

/* The connection is closed: after what has been sent has been delivered, or at once. */
void http_server_drop(struct incoming *incoming, bool at_once);

/* The request has been answered, and the answer says that the connection is closed: the client is to do so. */
void http_server_linger(struct incoming *incoming);

/* Lets the server refuse a request with a status, and close the connection. */
void http_server_refuse(struct incoming *incoming, ULONG status);

#endif
