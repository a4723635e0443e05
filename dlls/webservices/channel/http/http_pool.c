/* SPDX-License-Identifier: MIT */
/* http_pool.c - see http_pool.h. Sockets are closed without the lock. */
#include "http_pool.h"

#include "base/error.h"
#include "base/memory.h"
#include "channel/io/thread.h"

#include <string.h>

static struct mutex lock = MUTEX_INIT;
/* The newest first: so the oldest are at the end. */
static struct http_pooled *idle, *in_use;
static struct pool_waiter *waiters;

/* --- Lists --- */

static void unlink_pooled(struct http_pooled *pooled)
{
    *pooled->link = pooled->next;
    if (pooled->next)
        pooled->next->link = pooled->link;
    pooled->next = NULL;
}

static void link_into(struct http_pooled **list, struct http_pooled *pooled)
{
    pooled->next = *list;
    pooled->link = list;
    if (pooled->next)
        pooled->next->link = &pooled->next;
    *list = pooled;
}

static ULONG count(const struct http_pooled *list, const char *key)
{
    ULONG found = 0;

    for (; list; list = list->next)
        found += strcmp(list->key, key) == 0;
    return found;
}

static struct http_pooled *find(struct http_pooled *list, const char *key)
{
    while (list && strcmp(list->key, key) != 0)
        list = list->next;
    return list;
}

static void free_all(struct http_pooled *list)
{
    struct http_pooled *next;

    for (; list; list = next)
    {
        next = list->next;
        http_connection_release(&list->http);
        memory_free(list);
    }
}

/* Takes those off the list of idle ones that are too old, or too many. */
static struct http_pooled *take_surplus(void)
{
    struct http_pooled **link = &idle, *surplus = NULL;
    uint64_t now = clock_now();
    size_t kept = 0;

    while (*link && ++kept <= HTTP_POOL_IDLE && now - (*link)->since <= HTTP_POOL_AGE)
        link = &(*link)->next;
    surplus = *link;
    *link = NULL;
    return surplus;
}

/* --- Waiting --- */

static void stop_waiting(struct pool_waiter *waiter)
{
    struct pool_waiter **link = &waiters;

    if (!waiter->operation)
        return;
    while (*link != waiter)
        link = &(*link)->next;
    *link = waiter->next;
    memset(waiter, 0, sizeof(*waiter));
}

static void start_waiting(struct pool_waiter *waiter, struct operation *operation)
{
    if (waiter->operation)
        return;
    waiter->operation = operation;
    waiter->next = waiters;
    waiters = waiter;
}

/* Limits are rare, and so are those who wait: each looks for itself. */
static void wake_waiters(void)
{
    struct pool_waiter *waiter;

    for (waiter = waiters; waiter; waiter = waiter->next)
        operation_wake(waiter->operation);
}

/* --- The functions --- */

static HRESULT create(const char *key, struct http_pooled **pooled, WS_ERROR *error)
{
    size_t length = strlen(key) + 1;

    if (!(*pooled = memory_alloc(sizeof(**pooled) + length, "connections of HTTP clients")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for another HTTP connection.");
    memset(*pooled, 0, sizeof(**pooled));
    http_connection_init(&(*pooled)->http);
    memcpy((*pooled)->key, key, length);
    return S_OK;
}

/* An idle one, or else whether there can be a new one. Under the lock. */
static struct http_pooled *choose(const char *key, ULONG most, bool fresh, bool *must_wait,
                                  struct http_pooled **surplus)
{
    struct http_pooled *found = find(idle, key);

    *must_wait = false;
    if (found && !fresh)
    {
        unlink_pooled(found);
        link_into(&in_use, found);
        found->is_used = true;
        return found;
    }
    if (most == INFINITE || count(idle, key) + count(in_use, key) < most)
        return NULL;
    if (!found)
        *must_wait = true;
    else
    {
        unlink_pooled(found);
        link_into(surplus, found);
    }
    return NULL;
}

HRESULT http_pool_get(const char *key, ULONG most, bool fresh, struct pool_waiter *waiter, struct operation *operation,
                      struct http_pooled **pooled, WS_ERROR *error)
{
    struct http_pooled *surplus;
    bool must_wait;
    HRESULT hr = S_OK;

    mutex_lock(&lock);
    surplus = take_surplus();
    *pooled = choose(key, most, fresh, &must_wait, &surplus);
    if (must_wait)
        start_waiting(waiter, operation);
    else
    {
        stop_waiting(waiter);
        if (!*pooled && (hr = create(key, pooled, error)) == S_OK)
            link_into(&in_use, *pooled);
    }
    mutex_unlock(&lock);
    free_all(surplus);
    if (!must_wait)
        return hr;
    if ((hr = operation_wait(operation, error)) != OPERATION_WAITS)
    {
        mutex_lock(&lock);
        stop_waiting(waiter);
        mutex_unlock(&lock);
    }
    return hr;
}

void http_pool_put(struct http_pooled *pooled)
{
    struct http_pooled *surplus;

    mutex_lock(&lock);
    unlink_pooled(pooled);
    pooled->since = clock_now();
    link_into(&idle, pooled);
    surplus = take_surplus();
    wake_waiters();
    mutex_unlock(&lock);
    free_all(surplus);
}

void http_pool_drop(struct http_pooled *pooled)
{
    mutex_lock(&lock);
    unlink_pooled(pooled);
    wake_waiters();
    mutex_unlock(&lock);
    free_all(pooled);
}

void http_pool_release(void)
{
    struct http_pooled *list;

    mutex_lock(&lock);
    list = idle;
    idle = NULL;
    mutex_unlock(&lock);
    free_all(list);
}
