/* SPDX-License-Identifier: MIT */
/* http_server.c - ports are opened, accept connections, and are closed. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "channel/http/http_port.h"

/* The open ones. The lock is held while one is opened, so that two listeners do not open the same port at once. */
static struct mutex servers_lock = MUTEX_INIT;
static struct http_server *servers;

/* How long to wait after the system has refused to give a connection, in milliseconds. */
#define ACCEPT_PAUSE 100

/* --- Accepting --- */

static void accepting_finished(struct operation *operation, HRESULT result)
{
    struct http_server *server = CONTAINER(operation, struct http_server, accepting);

    (void)result;
    socket_close(&server->socket);
    mutex_lock(&server->lock);
    server->is_accepting = false;
    if (server->closer)
        operation_wake(server->closer);
    http_port_release(server);
}

static HRESULT accepting_step(struct operation *operation, WS_ERROR *error)
{
    struct http_server *server = CONTAINER(operation, struct http_server, accepting);
    HRESULT hr;

    for (;;)
    {
        if (server->pause && (hr = operation_wait_until(operation, server->pause, error)) != S_OK)
            return hr;
        server->pause = 0;
        hr = E_OUTOFMEMORY;
        if (server->spare || (server->spare = incoming_create()))
            hr = socket_accept(&server->socket, operation, &server->spare->connection.socket, error);
        if (hr == S_OK)
        {
            http_port_begin(server, server->spare);
            server->spare = NULL;
        }
        else if (hr == OPERATION_WAITS || hr == WS_E_OPERATION_ABORTED)
            return hr;
        else
            server->pause = clock_after(ACCEPT_PAUSE);
    }
}

/* --- Ports --- */

/* Under servers_lock: opens a port. */
static HRESULT open_server(USHORT port, struct http_server **ret, WS_ERROR *error)
{
    struct http_server *server = memory_alloc(sizeof(*server), "port of HTTP listeners");
    const struct network_address address = network_any(WS_IP_VERSION_AUTO, port);
    HRESULT hr;

    if (!server)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the port of an HTTP listener.");
    memset(server, 0, sizeof(*server));
    mutex_init(&server->lock);
    server->port = port;
    server->references = 1;
    socket_init(&server->socket);
    if ((hr = socket_listen(&server->socket, &address, 0, error)) != S_OK)
    {
        mutex_release(&server->lock);
        memory_free(server);
        return hr;
    }
    server->next = servers;
    servers = server;
    *ret = server;
    return S_OK;
}

/* Under both locks. */
static HRESULT add_queue(struct http_server *server, struct http_queue *queue, WS_ERROR *error)
{
    struct http_queue *other;

    for (other = server->queues; other; other = other->next)
        if (url_prefix_equal(other->prefix, queue->prefix))
            return error_report(error, WS_E_ADDRESS_IN_USE,
                                "Another listener of this process, at port %u, has the same URL.",
                                (unsigned)server->port);
    queue->server = server;
    queue->first = NULL;
    queue->last = &queue->first;
    queue->count = 0;
    queue->waiters = NULL;
    queue->next = server->queues;
    server->queues = queue;
    server->references++;
    return S_OK;
}

HRESULT http_queue_open(struct http_queue *queue, WS_ERROR *error)
{
    struct http_server *server;
    bool is_new = false;
    HRESULT hr = S_OK;

    mutex_lock(&servers_lock);
    for (server = servers; server && server->port != queue->prefix->port; server = server->next)
        ;
    if (!server)
    {
        is_new = true;
        hr = open_server(queue->prefix->port, &server, error);
    }
    if (hr == S_OK)
    {
        mutex_lock(&server->lock);
        hr = add_queue(server, queue, error);
        if (is_new)
        {
            /* The reference that it was opened with becomes that of accepting. */
            operation_init(&server->accepting, accepting_finished);
            operation_init(&server->sweeping, http_port_swept);
            server->is_accepting = server->is_sweeping = true;
            server->references++;
        }
        mutex_unlock(&server->lock);
    }
    mutex_unlock(&servers_lock);
    /* Whoever closes the port in the meantime cancels this. */
    if (hr == S_OK && is_new)
    {
        operation_run(&server->sweeping, http_port_sweep, &http_no_program, NULL);
        operation_run(&server->accepting, accepting_step, &http_no_program, NULL);
    }
    return hr;
}

/* Under both locks: the last queue has gone. */
static void close_server(struct http_server *server)
{
    struct http_server **link;
    struct incoming *incoming;

    for (link = &servers; *link != server; link = &(*link)->next)
        ;
    *link = server->next;
    server->is_closing = true;
    if (server->is_accepting)
        operation_cancel(&server->accepting);
    if (server->is_sweeping)
        operation_cancel(&server->sweeping);
    for (incoming = server->connections; incoming; incoming = incoming->next)
        if (incoming->is_reading)
            operation_cancel(&incoming->operation);
}

/* Takes a queue from its server; returns the requests that waited in it, and what was parked at a port that is closed.
 */
static struct incoming *remove_queue(struct http_queue *queue, struct http_server *server, struct incoming **parked)
{
    struct http_queue **link;
    struct incoming *waiting;

    *parked = NULL;
    mutex_lock(&servers_lock);
    mutex_lock(&server->lock);
    for (link = &server->queues; *link != queue; link = &(*link)->next)
        ;
    *link = queue->next;
    waiting = queue->first;
    queue->first = NULL;
    if (!server->queues)
    {
        close_server(server);
        *parked = server->parked;
        server->parked = NULL;
    }
    mutex_unlock(&server->lock);
    mutex_unlock(&servers_lock);
    return waiting;
}

HRESULT http_queue_close(struct http_queue *queue, struct operation *operation, WS_ERROR *error)
{
    struct http_server *server = queue->server;
    struct incoming *incoming, *parked, *next;
    HRESULT hr = S_OK;

    if (!server)
        return S_OK;
    if (!queue->is_closing)
    {
        incoming = remove_queue(queue, server, &parked);
        for (; parked; parked = next)
        {
            next = parked->next_queued;
            http_server_drop(parked, false);
        }
        queue->is_closing = true;
        for (; incoming; incoming = next)
        {
            next = incoming->next_queued;
            http_server_refuse(incoming, 503);
        }
    }
    mutex_lock(&server->lock);
    if (server->is_closing && server->is_accepting && operation)
    {
        server->closer = operation;
        mutex_unlock(&server->lock);
        if ((hr = operation_wait(operation, error)) == OPERATION_WAITS)
            return hr;
        mutex_lock(&server->lock);
    }
    server->closer = NULL;
    queue->server = NULL;
    queue->is_closing = false;
    http_port_release(server);
    return hr;
}

void http_queue_reserve(struct http_queue *queue, size_t head_size)
{
    struct http_server *server = queue->server;

    if (server)
        mutex_lock(&server->lock);
    if (queue->head_size < head_size)
        queue->head_size = head_size;
    if (server)
        mutex_unlock(&server->lock);
}
