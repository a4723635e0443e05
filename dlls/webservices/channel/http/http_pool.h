/* SPDX-License-Identifier: MIT */
/*
 * http_pool.h - the connections of clients: those that are in use, and idle ones that wait for the next request to the
 * same server, of whichever channel of the process.
 *
 * At most HTTP_POOL_IDLE connections are idle, each at most HTTP_POOL_AGE milliseconds: what exceeds that is closed
 * when the pool is used next. An idle connection keeps its buffer of 8 KB.
 */
#ifndef WS_CHANNEL_HTTP_HTTP_POOL_H
#define WS_CHANNEL_HTTP_HTTP_POOL_H

#include "http_connection.h"

#define HTTP_POOL_IDLE 64
#define HTTP_POOL_AGE  30000

/* A connection, whose socket need not be open yet. */
struct http_pooled
{
    struct http_connection http;
    bool is_used; /* it has come from those that are idle */

    /* Private. */
    struct http_pooled *next, **link; /* in a list; what points at it there */
    uint64_t since;                   /* when it became idle */
    char key[];
};

/* Someone who waits for a connection; all zero while not. */
struct pool_waiter
{
    struct pool_waiter *next;
    struct operation *operation;
};

/*
 * Gets a connection to a server: an idle one, unless `fresh`, or a new one, which is to be connected.
 *
 * key: host and port, and what else connections must have in common.
 * most: how many connections the process may have to that server, idle ones included; INFINITE: any number. While there
 *      are as many, it waits for one. (An idle one is closed for a fresh one.)
 * Failures: those of waiting, after which `waiter` is not used any more; E_OUTOFMEMORY.
 */
HRESULT http_pool_get(const char *key, ULONG most, bool fresh, struct pool_waiter *waiter, struct operation *operation,
                      struct http_pooled **pooled, WS_ERROR *error);

/* Gives one back: to be idle, if http_connection_next() has said that it can be used again, or to be closed. */
void http_pool_put(struct http_pooled *pooled);
void http_pool_drop(struct http_pooled *pooled);

/* Closes all that are idle: before operation_release_threads(), and where tests need a pool that is empty. */
void http_pool_release(void);

#endif
