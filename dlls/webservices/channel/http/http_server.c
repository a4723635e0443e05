/* SPDX-License-Identifier: MIT */
/* http_server.c - ports, their connections, and which listener a request is for. */
#include "channel/http/http_server.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

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

/* The open ones. The lock is held while one is opened, so that two listeners do not open the same port at once. */
static struct mutex servers_lock = MUTEX_INIT;
static struct http_server *servers;

/* How long a connection stays parked before it gets an operation of its own, in milliseconds. */
#define PARKED_TIME 5

/* How long to wait after the system has refused to give a connection, in milliseconds. */
#define ACCEPT_PAUSE 100

/* Operations of our own have no program to call. */
static void CALLBACK nobody(HRESULT result, WS_CALLBACK_MODEL model, void *state)
{
    (void)result, (void)model, (void)state;
}

static const WS_ASYNC_CONTEXT no_program = {nobody, NULL};

#define CONTAINER(pointer, type, member) ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* Under the lock, which is released: one reference less. */
static void release_unlock(struct http_server *server)
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
    release_unlock(server);
}

/* Under the lock: wakes the first accept that waits, if there is something to take. */
static void wake_waiter(struct http_queue *queue)
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

/* Under the lock. */
static void enqueue(struct http_queue *queue, struct incoming *incoming)
{
    incoming->next_queued = NULL;
    *queue->last = incoming;
    queue->last = &incoming->next_queued;
    queue->count++;
    wake_waiter(queue);
}

/* The operation of a connection has ended: with a request for a queue, or the connection is of no more use. */
static void reading_finished(struct operation *operation, HRESULT result)
{
    struct incoming *incoming = CONTAINER(operation, struct incoming, operation);
    struct http_server *server = incoming->server;
    struct http_queue *queue = incoming->queue;

    mutex_lock(&server->lock);
    incoming->is_reading = false;
    if (result == S_OK && is_open(server, queue))
    {
        enqueue(queue, incoming);
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
static HRESULT read_request(struct incoming *incoming, struct operation *operation, bool timed)
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
    if ((hr = read_request(incoming, operation, true)) != S_FALSE)
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
    operation_run(&incoming->operation, reading_step, &no_program, NULL);
}

/* Lets the connection's own operation go on with it. */
static void go_on(struct incoming *incoming)
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
    go_on(incoming);
}

void http_server_linger(struct incoming *incoming)
{
    incoming->phase = INCOMING_LINGERING;
    incoming->timed = NULL;
    go_on(incoming);
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

/* --- Parked connections --- */

/* Under the lock. */
static void park(struct http_server *server, struct incoming *incoming)
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

static HRESULT sweeping_step(struct operation *operation, WS_ERROR *error)
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

static void sweeping_finished(struct operation *operation, HRESULT result)
{
    struct http_server *server = CONTAINER(operation, struct http_server, sweeping);

    (void)result;
    mutex_lock(&server->lock);
    server->is_sweeping = false;
    release_unlock(server);
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
        park(server, incoming);
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
    release_unlock(server);
}

/* A connection has been accepted. */
static void begin_connection(struct http_server *server)
{
    struct incoming *incoming = server->spare;

    server->spare = NULL;
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
            begin_connection(server);
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
            operation_init(&server->sweeping, sweeping_finished);
            server->is_accepting = server->is_sweeping = true;
            server->references++;
        }
        mutex_unlock(&server->lock);
    }
    mutex_unlock(&servers_lock);
    /* Whoever closes the port in the meantime cancels this. */
    if (hr == S_OK && is_new)
    {
        operation_run(&server->sweeping, sweeping_step, &no_program, NULL);
        operation_run(&server->accepting, accepting_step, &no_program, NULL);
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
    release_unlock(server);
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

/* --- Taking --- */

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
    park(server, waiter->watched);
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
        wake_waiter(queue);
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

    mutex_lock(&server->lock);
    if (is_mine)
        remove_waiter(queue, waiter);
    else if (is_open(server, incoming->queue))
        enqueue(incoming->queue, incoming);
    else
    {
        incoming->status = 404;
        prepare_reading(incoming);
    }
    mutex_unlock(&server->lock);
    if (!is_mine && incoming->status)
        start_reading(incoming);
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
    HRESULT hr = read_request(incoming, operation, false);

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
        go_on(incoming); /* a client that takes its time, or is to be refused */
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
    wake_waiter(queue);
    mutex_unlock(&server->lock);
}
