/* SPDX-License-Identifier: MIT */
/* handle.c - pools of handles; see handle.h. */
#include "handle.h"

#include "memory.h"
#include "platform.h"

/* Objects are made in slabs, so that a handle costs less than a memory block of its own. */
#define SLAB_COUNT 32u

struct handle_slab
{
    struct handle_slab *next;
    size_t padding; /* keeps the objects aligned to 8 in 32-bit builds */
};

static struct handle_pool *pools; /* those that have slabs */

/* What an object takes in a slab: its size, kept a multiple of 8. */
static size_t object_room(const struct handle_pool *pool)
{
    return (pool->size + 7) & ~(size_t)7;
}

static struct handle *slab_object(struct handle_slab *slab, const struct handle_pool *pool, size_t index)
{
    return (struct handle *)((char *)(slab + 1) + object_room(pool) * index);
}

/* Appends an object to the queue of free ones. The lock is held. */
static void enqueue(struct handle_pool *pool, struct handle *object)
{
    handle_wipe(object);
    object->next_free = NULL;
    if (pool->last_free)
        pool->last_free->next_free = object;
    else
        pool->first_free = object;
    pool->last_free = object;
    pool->free_count++;
}

/* Takes the object that has been free longest, if more than `reserve` are. The lock is held. */
static struct handle *dequeue(struct handle_pool *pool, size_t reserve)
{
    struct handle *object = pool->first_free;

    if (pool->free_count <= reserve)
        return NULL;
    if (!(pool->first_free = object->next_free))
        pool->last_free = NULL;
    pool->free_count--;
    return object;
}

/* Adds a slab, and to the list of pools one that has its first. The lock is held. */
static void add_slab(struct handle_pool *pool, struct handle_slab *slab)
{
    size_t i;

    if (!pool->slabs)
    {
        pool->next = pools;
        pools = pool;
    }
    slab->next = pool->slabs;
    pool->slabs = slab;
    for (i = 0; i < SLAB_COUNT; i++)
        enqueue(pool, slab_object(slab, pool, i));
}

void *handle_take(struct handle_pool *pool)
{
    struct handle_slab *slab;
    struct handle *object;

    platform_lock();
    object = dequeue(pool, HANDLE_MIN_FREE);
    platform_unlock();
    if (object)
        return object;

    /* The lock is not held while the system is asked; two threads that come here at once both add a slab. */
    slab = memory_alloc(sizeof(*slab) + SLAB_COUNT * object_room(pool), pool->what);
    platform_lock();
    if (slab)
        add_slab(pool, slab);
    object = dequeue(pool, 0); /* without memory for a slab, one that was held back */
    platform_unlock();
    return object;
}

void handle_put_back(struct handle_pool *pool, void *object)
{
    platform_lock();
    enqueue(pool, object);
    platform_unlock();
}

void handle_each(struct handle_pool *pool, void (*visit)(const void *object))
{
    struct handle_slab *slab;
    size_t i;

    for (slab = pool->slabs; slab; slab = slab->next)
        for (i = 0; i < SLAB_COUNT; i++)
            if (handle_is(slab_object(slab, pool, i), pool->tag))
                visit(slab_object(slab, pool, i));
}

static void release_slabs(struct handle_pool *pool)
{
    struct handle_slab *slab;

    while ((slab = pool->slabs))
    {
        pool->slabs = slab->next;
        memory_free(slab);
    }
    pool->first_free = pool->last_free = NULL;
    pool->free_count = 0;
}

/* Natively there is no DllMain. What a program has not freed is then a leak, which checkers find. */
#ifndef _WIN32
__attribute__((destructor))
#endif
void handle_release_pools(void)
{
    struct handle_pool *pool;

    while ((pool = pools))
    {
        pools = pool->next;
        release_slabs(pool);
    }
}
