/* SPDX-License-Identifier: MIT */
/*
 * handle.h - what all public handles have in common.
 *
 * A public handle points to an object whose first member is a struct handle, and that begins with a tag that
 * says what the object is. Freeing wipes the tag. The memory of a freed object stays in the pool of its kind
 * and is not reused for anything else, so a stale handle can still be looked at: it is refused with
 * E_INVALIDARG rather than followed. Objects are reused oldest first, and never before HANDLE_MIN_FREE others have been
 * freed, to keep stale handles recognizable for a while; one whose object has been reused cannot be distinguished from
 * the new one.
 */
#ifndef WS_BASE_HANDLE_H
#define WS_BASE_HANDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

enum handle_tag
{
    HANDLE_FREED = 0x64656572,      /* "reed" */
    HANDLE_HEAP = 0x70616568,       /* "heap" */
    HANDLE_ERROR = 0x6f727265,      /* "erro" */
    HANDLE_XML_BUFFER = 0x66756278, /* "xbuf": in a WS_HEAP, not in a pool */
    HANDLE_XML_READER = 0x64616572, /* "read" */
    HANDLE_XML_WRITER = 0x74697277, /* "writ" */
    HANDLE_MESSAGE = 0x7373656d,    /* "mess" */
    HANDLE_CHANNEL = 0x6e616863,    /* "chan" */
    HANDLE_LISTENER = 0x7473696c    /* "list" */
};

struct handle
{
    uint32_t tag;             /* an enum handle_tag */
    struct handle *next_free; /* while in the pool */
};

/* How many freed objects a pool holds back. */
#define HANDLE_MIN_FREE 16u

struct handle_slab;

/* All objects of one kind. It is defined by the file that owns them, and lasts as long as the library. */
struct handle_pool
{
    const enum handle_tag tag;
    const size_t size;      /* of an object */
    const char *const what; /* "heap objects": for dumps */
    struct handle *first_free, *last_free;
    size_t free_count;
    struct handle_slab *slabs;
    struct handle_pool *next; /* in the list of all pools that have slabs */
};

/*
 * Takes an object out of the pool; NULL when there is no memory. Its tag is HANDLE_FREED and the rest
 * undefined: the caller fills it in and then makes it live with handle_publish().
 */
void *handle_take(struct handle_pool *pool);

/* Makes an object live. */
static inline void handle_publish(struct handle_pool *pool, void *object)
{
    __atomic_store_n(&((struct handle *)object)->tag, (uint32_t)pool->tag, __ATOMIC_RELAXED);
}

/* Makes it not live any more, before it is put back. */
static inline void handle_wipe(void *object)
{
    __atomic_store_n(&((struct handle *)object)->tag, (uint32_t)HANDLE_FREED, __ATOMIC_RELAXED);
}

/* Wipes the tag and puts the object back. What the object owns must have been released. */
void handle_put_back(struct handle_pool *pool, void *object);

/* Calls `visit` for each live object. Only for dumps: no other thread may use the library meanwhile. */
void handle_each(struct handle_pool *pool, void (*visit)(const void *object));

/*
 * Gives the memory of all pools back to the system. No handle may be used any more, not even a stale one. DllMain calls
 * it when the DLL is unloaded; native programs do so at their end. A pool is known from its first object on: this layer
 * need not know the others'.
 */
void handle_release_pools(void);

/*
 * Whether `object` is a live handle of a kind. It must be NULL, or a handle, live or freed, or 4 readable bytes.
 * Another thread may be freeing it.
 */
static inline bool handle_is(const void *object, enum handle_tag tag)
{
    return object && __atomic_load_n(&((const struct handle *)object)->tag, __ATOMIC_RELAXED) == (uint32_t)tag;
}

/* For a handle that handle_is() refused: reports why, and returns E_INVALIDARG. */
HRESULT handle_refuse(const void *object, enum handle_tag tag, WS_ERROR *error);

#endif
