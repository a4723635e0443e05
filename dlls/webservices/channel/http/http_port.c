/* SPDX-License-Identifier: MIT */
/* http_port.c - the connections of a port, and which listener a request is for. */
#include "channel/http/http_port.h"

#include <string.h>

#include "base/memory.h"

/* How long a connection stays parked before it gets an operation of its own, in milliseconds. */
#define PARKED_TIME 5

static void CALLBACK nobody(HRESULT result, WS_CALLBACK_MODEL model, void *state)
{
    (void)result, (void)model, (void)state;
}

const WS_ASYNC_CONTEXT http_no_program = {nobody, NULL};

void http_port_release(struct http_server *server)
{
    const bool is_last = !--server->references;

    mutex_unlock(&server->lock);
    if (!is_last)
        return;
    if (server->spare)
        incoming_free(server->spare);
    mutex_release(&server->lock);
    memory_free(server);
}

/* --- Connections --- */

/* Under the lock. */
static void link_connection(struct http_server *server, struct incoming *incoming)
{
    incoming->server = server;
    incoming->previous = NULL;
    if ((incoming->next = server->connections))
        incoming->next->previous = incoming;
    server->connections = incoming;
    incoming->id = ++server->connection_count;
    server->references++;
}

/* Under the lock, which is released: the connection goes, perhaps the server with it. */
static void unlink_unlock(struct http_server *server, struct incoming *incoming)
{
    if (incoming->next)
        incoming->next->previous = incoming->previous;
    if (incoming->previous)
        incoming->previous->next = incoming->next;
    else
        server->connections = incoming->next;
    http_port_release(server);
}

/* Under the lock: wakes the first accept that waits, if there is something to take. */
void http_port_wake(struct http_queue *queue)
{
    if (queue->first && queue->waiters)
        operation_wake(queue->waiters->operation);
}

/* Under the lock: whether a queue that a request was found to be for is still there. */
static bool is_open(const struct http_server *server, const struct http_queue *wanted)
{
    const struct http_queue *queue;

    for (queue = server->queues; queue; queue = queue->next)
        if (queue == wanted)
            return true;
    return false;
}

bool http_port_enqueue(struct http_server *server, struct incoming *incoming)
{
    struct http_queue *queue = incoming->queue;

    if (!is_open(server, queue))
        return false;
    incoming->next_queued = NULL;
    *queue->last = incoming;
    queue->last = &incoming->next_queued;
    queue->count++;
    http_port_wake(queue);
    return true;
}

/* The operation of a connection has ended: with a request for a queue, or the connection is of no more use. */
static void reading_finished(struct operation *operation, HRESULT result)
{
    struct incoming *incoming = CONTAINER(operation, struct incoming, operation);
    struct http_server *server = incoming->server;

    mutex_lock(&server->lock);
    incoming->is_reading = false;
    if (result == S_OK && http_port_enqueue(server, incoming))
    {
        mutex_unlock(&server->lock);
        return;
    }
    unlink_unlock(server, incoming);
    incoming_free(incoming);
}

/* The longest head that a listener of the port accepts. */
static size_t head_limit(struct http_server *server)
{
    struct http_queue *queue;
    size_t size = 0;

    mutex_lock(&server->lock);
    for (queue = server->queues; queue; queue = queue->next)
        if (queue->head_size > size)
            size = queue->head_size;
    mutex_unlock(&server->lock);
    return size;
}

/* Finds the queue that a request is for: S_OK, or the status to refuse it with. */
static ULONG route(struct http_server *server, struct incoming *incoming)
{
    struct http_queue *queue, *found = NULL;
    ULONG status = 0;

    mutex_lock(&server->lock);
    for (queue = server->queues; queue; queue = queue->next)
        if (url_prefix_matches(queue->prefix, &incoming->target) &&
            (!found || url_prefix_precedes(queue->prefix, found->prefix)))
            found = queue;
    if (!found)
        status = 404;
    else if (found->count >= incoming_limits.requests)
        status = 503;
    mutex_unlock(&server->lock);
    incoming->queue = found;
    return status;
}

/* Receives a request for some queue, or refuses it. */
HRESULT http_port_read(struct incoming *incoming, struct operation *operation, bool timed)
{
    struct http_limits limits = http_default_limits;
    HRESULT hr;

    if (incoming->status)
        return S_FALSE;
    limits.size = head_limit(incoming->server);
    limits.line = limits.size > limits.line ? limits.size : limits.line;
    hr = incoming_read(incoming, operation, &limits, timed, &incoming->status, NULL);
    if (hr == S_OK)
        incoming->status = route(incoming->server, incoming);
    return hr == OPERATION_WAITS || (FAILED(hr) && !incoming->status) || hr == WS_S_END ? hr
           : incoming->status                                                           ? S_FALSE
                                                                                        : S_OK;
}

static HRESULT reading_step(struct operation *operation, WS_ERROR *error)
{
    struct incoming *incoming = CONTAINER(operation, struct incoming, operation);
    HRESULT hr;

    if (incoming->phase == INCOMING_SKIPPING && (hr = incoming_skip(incoming, operation, error)) != S_OK)
        return hr;
    if (incoming->phase == INCOMING_LINGERING)
        return incoming_linger(incoming, operation, error);
    if ((hr = http_port_read(incoming, operation, true)) != S_FALSE)
        return hr;
    return incoming_refuse(incoming, operation, incoming->status, error);
}

/* Under the lock: the connection is read from by its own operation, which start_reading() has to run. */
static void prepare_reading(struct incoming *incoming)
{
    operation_init(&incoming->operation, reading_finished);
    incoming->is_reading = true;
}

static void start_reading(struct incoming *incoming)
{
    operation_run(&incoming->operation, reading_step, &http_no_program, NULL);
}

/* Lets the connection's own operation go on with it. */
void http_port_go_on(struct incoming *incoming)
{
    struct http_server *server = incoming->server;

    mutex_lock(&server->lock);
    prepare_reading(incoming);
    mutex_unlock(&server->lock);
    start_reading(incoming);
}

void http_server_refuse(struct incoming *incoming, ULONG status)
{
    incoming->status = status;
    http_port_go_on(incoming);
}

void http_server_linger(struct incoming *incoming)
{
    incoming->phase = INCOMING_LINGERING;
    incoming->timed = NULL;
    http_port_go_on(incoming);
}

void http_server_drop(struct incoming *incoming, bool at_once)
{
    struct http_server *server = incoming->server;

    mutex_lock(&server->lock);
    unlink_unlock(server, incoming);
    if (at_once)
        socket_reset(&incoming->connection.socket);
    incoming_free(incoming);
}

/* A connection has been accepted. */
void http_port_begin(struct http_server *server, struct incoming *incoming)
{
    mutex_lock(&server->lock);
    link_connection(server, incoming);
    if (server->is_closing)
    {
        unlink_unlock(server, incoming);
        incoming_free(incoming);
        return;
    }
    prepare_reading(incoming);
    mutex_unlock(&server->lock);
    start_reading(incoming);
}

/* --- Parked connections --- */

/* Under the lock. */
void http_port_park(struct http_server *server, struct incoming *incoming)
{
    incoming->parked = clock_now();
    incoming->next_queued = server->parked;
    server->parked = incoming;
    if (!server->sweeps && server->is_sweeping)
    {
        server->sweeps = true;
        operation_wake(&server->sweeping);
    }
}

/* Under the lock: takes those that have been parked for too long, all but the first few of the list. */
static struct incoming *take_parked(struct http_server *server, uint64_t before)
{
    struct incoming **link = &server->parked, *taken, *incoming;

    while (*link && (*link)->parked > before)
        link = &(*link)->next_queued;
    taken = *link;
    *link = NULL;
    for (incoming = taken; incoming; incoming = incoming->next_queued)
        prepare_reading(incoming);
    server->sweeps = server->parked != NULL;
    return taken;
}

HRESULT http_port_sweep(struct operation *operation, WS_ERROR *error)
{
    struct http_server *server = CONTAINER(operation, struct http_server, sweeping);
    struct incoming *incoming, *next;
    bool sweeps;
    HRESULT hr;

    for (;;)
    {
        mutex_lock(&server->lock);
        sweeps = server->sweeps;
        mutex_unlock(&server->lock);
        if (!sweeps)
            server->sweep = 0;
        else if (!server->sweep)
            server->sweep = clock_after(PARKED_TIME);
        hr = sweeps ? operation_wait_until(operation, server->sweep, error) : operation_wait(operation, error);
        if (hr != S_OK)
            return hr;
        server->sweep = 0;
        mutex_lock(&server->lock);
        incoming = take_parked(server, clock_now() - PARKED_TIME);
        mutex_unlock(&server->lock);
        for (; incoming; incoming = next)
        {
            next = incoming->next_queued;
            start_reading(incoming);
        }
    }
}

void http_port_swept(struct operation *operation, HRESULT result)
{
    struct http_server *server = CONTAINER(operation, struct http_server, sweeping);

    (void)result;
    mutex_lock(&server->lock);
    server->is_sweeping = false;
    http_port_release(server);
}

void http_server_give_back(struct incoming *incoming)
{
    struct http_server *server = incoming->server;
    bool is_closing;

    incoming->phase = INCOMING_SKIPPING;
    incoming->timed = NULL;
    if (incoming->connection.body.ended)
        incoming_end(incoming);
    mutex_lock(&server->lock);
    is_closing = server->is_closing;
    if (!is_closing && incoming->phase == INCOMING_IDLE && !http_connection_has_bytes(&incoming->connection))
    {
        http_port_park(server, incoming);
        mutex_unlock(&server->lock);
        return;
    }
    if (!is_closing)
        prepare_reading(incoming);
    mutex_unlock(&server->lock);
    if (is_closing)
        http_server_linger(incoming);
    else
        start_reading(incoming);
}
