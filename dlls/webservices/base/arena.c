/* SPDX-License-Identifier: MIT */
/*
 * arena.c - the slow half of the arena: chunks. What an arena is, and its rules of growth, are in arena.h.
 */
#include "arena.h"

#include <assert.h>
#include <string.h>

/*
 * A chunk is this header and, right after it, `capacity` bytes to hand out. In builds with red zones the
 * bytes for those come on top: every allocation takes at least 8 bytes of capacity, so there are at most
 * capacity / 8 red zones.
 */
struct arena_chunk
{
    struct arena_chunk *next;
    size_t capacity; /* a multiple of 8 */
};

_Static_assert(sizeof(struct arena_chunk) % ARENA_ALIGNMENT == 0, "what follows the header must be aligned");

#define RED_ZONES_PER_BYTE (ANNOTATE_RED_ZONE / ARENA_ALIGNMENT)
#define LARGEST_CAPACITY   (((SIZE_MAX - sizeof(struct arena_chunk)) / (1 + RED_ZONES_PER_BYTE)) & ~(size_t)7)

/*
 * What zero bytes get, and where an arena without a chunk has its window of no bytes. It is constant: writing there
 * faults instead of doing harm.
 */
static const _Alignas(ARENA_ALIGNMENT) char nothing[ARENA_ALIGNMENT];

static size_t chunk_size(size_t capacity)
{
    return sizeof(struct arena_chunk) + capacity + capacity * RED_ZONES_PER_BYTE;
}

static char *chunk_memory(struct arena_chunk *chunk)
{
    return (char *)(chunk + 1);
}

static struct arena_chunk *chunk_new(struct arena *arena, size_t capacity)
{
    struct arena_chunk *chunk = arena->source->alloc(arena->source, chunk_size(capacity));

    if (!chunk)
        return NULL;
    assert((uintptr_t)chunk % ARENA_ALIGNMENT == 0);
    chunk->capacity = capacity;
    arena->actual += capacity;
    annotate_free(chunk_memory(chunk), chunk_size(capacity) - sizeof(*chunk));
    return chunk;
}

static void chunk_delete(struct arena *arena, struct arena_chunk *chunk)
{
    annotate_returned(chunk_memory(chunk), chunk_size(chunk->capacity) - sizeof(*chunk));
    arena->actual -= chunk->capacity;
    arena->source->free(arena->source, chunk, chunk_size(chunk->capacity));
}

/* Where the free part of the chunk being filled begins. */
static char *fill_start(const struct arena *arena)
{
    return arena->end - arena->room;
}

/* What is left of the chunk being filled, however large the window on it is. */
static size_t chunk_room(const struct arena *arena)
{
    return (size_t)(arena->chunk_end - fill_start(arena));
}

/* Opens the window on the chunk being filled from `start` on, as far as the quota goes. */
static void open_window(struct arena *arena, char *start)
{
    size_t room = (size_t)(arena->chunk_end - start);

    if (room > arena->quota_left)
        room = arena->quota_left & ~(size_t)(ARENA_ALIGNMENT - 1);
    arena->room = arena->closed ? 0 : room;
    arena->end = start + arena->room;
}

/* Makes the first chunk the one to fill, and all others spare. */
static void start_over(struct arena *arena)
{
    struct arena_chunk *first = arena->chunks;
    char *start = first ? chunk_memory(first) : (char *)(uintptr_t)nothing;

    arena->last_used = first;
    arena->chunk_end = start + (first ? first->capacity : 0);
    arena->quota_left = arena->quota;
    open_window(arena, start);
}

void arena_init(struct arena *arena, const struct chunk_source *source, size_t quota, size_t trim)
{
    memset(arena, 0, sizeof(*arena));
    arena->quota = quota;
    arena->trim = trim & ~(size_t)(ARENA_ALIGNMENT - 1);
    arena->source = source;
    start_over(arena);
}

void arena_init_isolated(struct arena *arena, const struct chunk_source *source, size_t quota)
{
    arena_init(arena, source, quota, 0);
    arena->isolate = true;
}

/* The capacity of the next chunk, for a request of `need` bytes; the rules are in arena.h. */
static size_t next_capacity(const struct arena *arena, size_t need)
{
    size_t capacity = ARENA_LARGEST_CHUNK;

    if (arena->isolate)
        return need;
    if (arena->actual < ARENA_LARGEST_CHUNK - ARENA_FIRST_CHUNK)
        capacity = arena->actual + ARENA_FIRST_CHUNK;
    if ((arena->actual || need > ARENA_FIRST_CHUNK) && arena->actual < arena->trim)
    {
        size_t rest = arena->trim - arena->actual;

        if (rest >= need && (arena->outgrown || capacity > rest))
            capacity = rest;
    }
    return need > capacity || chunk_room(arena) > capacity / 4 ? need : capacity;
}

/* Puts a chunk after the last one in use and makes it that. */
static void chunk_use(struct arena *arena, struct arena_chunk *chunk)
{
    struct arena_chunk **link = arena->last_used ? &arena->last_used->next : &arena->chunks;

    chunk->next = *link;
    *link = chunk;
    arena->last_used = chunk;
}

/* Takes the first spare chunk of at least `need` bytes out of the list; NULL if there is none. */
static struct arena_chunk *take_spare(struct arena *arena, size_t need)
{
    struct arena_chunk **link = arena->last_used ? &arena->last_used->next : &arena->chunks;
    struct arena_chunk *chunk;

    while ((chunk = *link) && chunk->capacity < need)
        link = &chunk->next;
    if (chunk)
        *link = chunk->next;
    return chunk;
}

/*
 * Takes `need` bytes from another chunk. That is filled from now on, from *start, if it has more room left
 * than the old one.
 */
static void *alloc_in_next_chunk(struct arena *arena, size_t need, char **start)
{
    size_t capacity;
    struct arena_chunk *chunk;

    if (!(chunk = take_spare(arena, need)))
    {
        capacity = next_capacity(arena, need);
        /* The source may still have the request alone when it has no room for growth. */
        if (!(chunk = chunk_new(arena, capacity)) && (capacity == need || !(chunk = chunk_new(arena, need))))
            return NULL;
    }
    chunk_use(arena, chunk);
    if (chunk->capacity - need > chunk_room(arena))
    {
        *start = chunk_memory(chunk) + need + ANNOTATE_RED_ZONE;
        arena->chunk_end = chunk_memory(chunk) + chunk->capacity + ANNOTATE_RED_ZONE;
    }
    return chunk_memory(chunk);
}

/* Never inlined: the registers it saves would otherwise be saved in every fast allocation too. */
NOINLINE void *arena_alloc_slow(struct arena *arena, size_t size)
{
    size_t need = arena_round(size);
    char *start = fill_start(arena), *memory = start;

    if (!size)
        return (char *)(uintptr_t)nothing;
    if (size > arena->quota_left || size > LARGEST_CAPACITY)
        return NULL;
    if (need <= chunk_room(arena))
    {
        /* The window was smaller than the room, or there is none. */
        start += need + ANNOTATE_RED_ZONE;
        arena->chunk_end += ANNOTATE_RED_ZONE;
    }
    else if (!(memory = alloc_in_next_chunk(arena, need, &start)))
        return NULL;
    arena->quota_left -= size;
    open_window(arena, start);
    annotate_allocated(memory, size);
    return memory;
}

/*
 * Gives back what a reset may not keep, which is rare: only after the arena has outgrown its trim size. It keeps the
 * first chunk if that is an ordinary one, and the chunk that makes up all the rest of the trim size, if there is one
 * yet: the first time there is not, and next_capacity() will see to it.
 */
static NOINLINE void trim_chunks(struct arena *arena)
{
    struct arena_chunk **link = &arena->chunks, *chunk;
    size_t kept = 0;
    bool keep;

    while ((chunk = *link))
    {
        keep = (!kept && chunk->capacity == ARENA_FIRST_CHUNK) ||
               (arena->outgrown && kept < arena->trim && chunk->capacity == arena->trim - kept);
        if (keep && !arena->isolate)
        {
            kept += chunk->capacity;
            link = &chunk->next;
        }
        else
        {
            *link = chunk->next;
            chunk_delete(arena, chunk);
        }
    }
    arena->outgrown = true;
    assert(arena->actual == kept);
}

void arena_reset(struct arena *arena)
{
    if (arena->actual > arena->trim)
        trim_chunks(arena);
#ifdef WS_ANNOTATE
    for (struct arena_chunk *chunk = arena->chunks; chunk; chunk = chunk->next)
        annotate_free(chunk_memory(chunk), chunk_size(chunk->capacity) - sizeof(*chunk));
#endif
    start_over(arena);
}

void arena_release(struct arena *arena)
{
    struct arena_chunk *chunk;

    while ((chunk = arena->chunks))
    {
        arena->chunks = chunk->next;
        chunk_delete(arena, chunk);
    }
    assert(!arena->actual);
    arena->outgrown = false;
    start_over(arena);
}
