/* SPDX-License-Identifier: MIT */
/* http_queue.c - accepts take requests; see http_server.h. */
#include "channel/http/http_port.h"

/* Under the lock. */
static void remove_waiter(struct http_queue *queue, struct http_waiter *waiter)
{
    struct http_waiter **link;

    if (!waiter->operation)
        return;
    for (link = &queue->waiters; *link != waiter; link = &(*link)->next)
        ;
    *link = waiter->next;
    waiter->operation = NULL;
}

static void add_waiter(struct http_queue *queue, struct http_waiter *waiter, struct operation *operation)
{
    struct http_waiter **link;

    if (waiter->operation)
        return;
    for (link = &queue->waiters; *link; link = &(*link)->next)
        ;
    *link = waiter;
    waiter->next = NULL;
    waiter->operation = operation;
}

/* Under the lock: lets go of the connection that an accept has watched. */
static void unwatch(struct http_server *server, struct http_waiter *waiter)
{
    if (!waiter->watched)
        return;
    waiter->watched->connection.has_waited = false; /* so that it waits without a buffer */
    http_port_park(server, waiter->watched);
    waiter->watched = NULL;
}

/* Takes the first request that waits; NULL: none does, and the accept is among those that wait for one. */
static struct incoming *take_first(struct http_queue *queue, struct http_waiter *waiter, struct operation *operation)
{
    struct http_server *server = queue->server;
    struct incoming *incoming;

    mutex_lock(&server->lock);
    if ((incoming = queue->first))
    {
        if (!(queue->first = incoming->next_queued))
            queue->last = &queue->first;
        queue->count--;
        remove_waiter(queue, waiter);
        unwatch(server, waiter);
        /* One wake may have been for two requests. */
        http_port_wake(queue);
    }
    else
    {
        add_waiter(queue, waiter, operation);
        if (!waiter->watched && (waiter->watched = server->parked))
            server->parked = waiter->watched->next_queued;
    }
    mutex_unlock(&server->lock);
    return incoming;
}

/* What has come of a connection that an accept has watched is a request, for this queue or for another one. */
static bool is_for(struct http_queue *queue, struct http_waiter *waiter, struct incoming *incoming)
{
    struct http_server *server = queue->server;
    const bool is_mine = incoming->queue == queue;
    bool is_gone = false;

    mutex_lock(&server->lock);
    if (is_mine)
    {
        remove_waiter(queue, waiter);
        /* It may have been woken for another one. */
        http_port_wake(queue);
    }
    else
        is_gone = !http_port_enqueue(server, incoming);
    mutex_unlock(&server->lock);
    if (is_gone)
        http_server_refuse(incoming, 404);
    return is_mine;
}

/*
 * Reads from the connection that an accept watches. S_OK: *ret is a request for it. S_FALSE: it watches none any more.
 * Others: the operation waits, or ends.
 */
static HRESULT watch(struct http_queue *queue, struct http_waiter *waiter, struct operation *operation,
                     struct incoming **ret, WS_ERROR *error)
{
    struct incoming *incoming = waiter->watched;
    HRESULT hr = http_port_read(incoming, operation, false);

    if (hr == OPERATION_WAITS && incoming->phase == INCOMING_IDLE)
        return hr;
    /* While the accept waits it is told of other requests; so its own end is what it is told of here. */
    if (operation_is_cancelled(operation) && hr != S_OK)
        return operation_check(operation, error);
    waiter->watched = NULL;
    if (hr == S_OK && is_for(queue, waiter, incoming))
    {
        *ret = incoming;
        return S_OK;
    }
    if (hr == OPERATION_WAITS || hr == S_FALSE)
        http_port_go_on(incoming); /* a client that takes its time, or is to be refused */
    else if (hr != S_OK)
        http_server_drop(incoming, false);
    return S_FALSE;
}

HRESULT http_queue_take(struct http_queue *queue, struct http_waiter *waiter, struct operation *operation,
                        struct incoming **ret, WS_ERROR *error)
{
    HRESULT hr;

    for (;;)
    {
        if ((*ret = take_first(queue, waiter, operation)))
            return S_OK;
        if (!waiter->watched)
            return operation_wait(operation, error);
        if ((hr = watch(queue, waiter, operation, ret, error)) != S_FALSE)
            return hr;
    }
}

void http_queue_leave(struct http_queue *queue, struct http_waiter *waiter)
{
    struct http_server *server = queue->server;

    if (!server)
        return;
    mutex_lock(&server->lock);
    remove_waiter(queue, waiter);
    unwatch(server, waiter);
    http_port_wake(queue);
    mutex_unlock(&server->lock);
}
