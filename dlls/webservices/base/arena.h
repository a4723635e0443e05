/* SPDX-License-Identifier: MIT */
/*
 * arena.h - memory for things that die together.
 *
 * An arena hands out memory by moving a pointer through a chunk, and takes all of it back at once. It is
 * what a WS_HEAP is made of, and where objects keep what dies together. What dies in another order has lists of chunks
 * of its own, straight from memory_alloc(): names in scope (scope.c, tag_memory.c), a writer's output
 * (output.c).
 *
 * It promises
 *   - allocations aligned to 8 bytes, and never moved;
 *   - a non-null pointer for zero bytes, always the same one, which takes no memory;
 *   - that the sizes asked for between two resets never add up to more than its quota;
 *   - that a failed allocation changes nothing, and that any size up to SIZE_MAX is safe to ask for;
 *   - that after a few cycles of allocations and arena_reset(), which each stay 128 bytes below the trim size, it
 *     takes no chunk from the source any more.
 *
 * It refuses to free or to grow a single allocation, to zero memory, and to be used by two threads at once.
 *
 * Growth. A new chunk is as large as all the arena already has, plus ARENA_FIRST_CHUNK: 128, 256, 512 ...
 * bytes, so that n bytes take O(log n) chunks, until chunks reach ARENA_LARGEST_CHUNK. But:
 *   - A request that is larger than that, or that would make the arena abandon more than a quarter of that
 *     in the chunk it is filling, gets a chunk of exactly its own size, and the old chunk goes on being
 *     filled. So allocations of 8 bytes and more never make an arena that keeps nothing from before larger than
 *     three times their sum (rounded to 8), once it is past the first chunks.
 *   - A chunk that would take the arena past its trim size is cut to end on it, if the request allows, so
 *     that a reset can keep all that it may keep.
 *   - An arena that has outgrown its trim size once takes what the trim size leaves in one piece from then
 *     on: the next cycles then fit however their allocations are cut.
 *   - When the source has no memory for growth, the request alone is tried.
 *
 * Reset keeps all chunks while they are within the trim size. An arena that has outgrown it keeps the first chunk,
 * if that is one of 128 bytes, and the one piece. Chunks kept are used again in the order they were made.
 *
 * Cost. arena_alloc() is a compare and three additions, inlined: it hands out of a window of the chunk being
 * filled, which is never larger than what is left of the quota, so that one compare answers for both. A chunk costs a
 * walk over the spare ones, and a call of the source if none fits. A reset costs nothing that grows with the arena,
 * unless there is something to trim: then a walk over its chunks.
 *
 * In builds with WS_ANNOTATE each allocation is shown to AddressSanitizer or Valgrind, with a red zone after
 * it, so that overruns and use after a reset are reported where they happen. Sizes are the same there.
 */
#ifndef WS_BASE_ARENA_H
#define WS_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annotate.h"
#include "compiler.h"

#define ARENA_ALIGNMENT     8u
#define ARENA_FIRST_CHUNK   128u
#define ARENA_LARGEST_CHUNK ((size_t)1 << 20)

/* Where an arena takes its chunks from. */
struct chunk_source
{
    /* Returns `size` bytes aligned to 8, or NULL. */
    void *(*alloc)(const struct chunk_source *source, size_t size);
    /* Takes back what alloc returned for the same size. */
    void (*free)(const struct chunk_source *source, void *memory, size_t size);
};

struct arena_chunk;

struct arena
{
    size_t room;                   /* the window that the next allocation is taken from: the */
    char *end;                     /* `room` bytes before `end`; a multiple of 8 */
    size_t quota_left;             /* the quota less the sizes asked for since the last reset */
    char *chunk_end;               /* of the chunk that the window is in */
    struct arena_chunk *chunks;    /* the chunks in use, then the spare ones kept by a reset */
    struct arena_chunk *last_used; /* the last one in use, or NULL */
    size_t actual;                 /* capacity of all chunks, in bytes */
    size_t trim;                   /* how much of that a reset may keep */
    size_t quota;
    const struct chunk_source *source;
    bool outgrown; /* has been larger than the trim size */
    bool isolate;  /* each allocation gets a chunk of its own, and reset keeps none */
    bool closed;   /* there is never a window, so that arena_try_alloc() always fails */
};

/* Prepares an arena. Takes nothing from the source, which must live as long as the arena. */
void arena_init(struct arena *arena, const struct chunk_source *source, size_t quota, size_t trim);

/* As arena_init(), for a source that guards each of its chunks: every allocation ends where its chunk ends. */
void arena_init_isolated(struct arena *arena, const struct chunk_source *source, size_t quota);

/* The sum of the sizes asked for since the last reset. */
static inline size_t arena_requested(const struct arena *arena)
{
    return arena->quota - arena->quota_left;
}

/* Takes all allocations back; their memory must not be touched any more. */
void arena_reset(struct arena *arena);

/* Gives every chunk back to the source. The arena is then as after arena_init(). */
void arena_release(struct arena *arena);

/* arena_alloc() of what does not fit into the window. */
void *arena_alloc_slow(struct arena *arena, size_t size);

/* Rounds up to the alignment; wraps to 0 near SIZE_MAX. */
static inline size_t arena_round(size_t size)
{
    return (size + (ARENA_ALIGNMENT - 1)) & ~(size_t)(ARENA_ALIGNMENT - 1);
}

/*
 * Returns `size` bytes aligned to 8 if they are in the window, else NULL; zero bytes never are. Calls nothing,
 * so that a function whose fast path it is need not save a register.
 *
 * The window is always a multiple of 8, so that a size that fits also fits when rounded up, and no size can
 * overflow.
 */
static inline void *arena_try_alloc(struct arena *arena, size_t size)
{
    size_t last = size - 1;
    char *memory;

    if (UNLIKELY(last >= arena->room))
        return NULL;
    memory = arena->end - arena->room;
    arena->room -= (last | (ARENA_ALIGNMENT - 1)) + 1;
    arena->quota_left -= size;
#ifdef WS_ANNOTATE
    /* A red zone after the allocation, which is not taken out of the room. */
    arena->end += ANNOTATE_RED_ZONE;
    arena->chunk_end += ANNOTATE_RED_ZONE;
    annotate_allocated(memory, size);
#endif
    if (!memory)
        __builtin_unreachable(); /* saves every caller a test */
    return memory;
}

/* Returns `size` bytes aligned to 8, with undefined contents; NULL if the quota or the source has no more. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
    void *memory = arena_try_alloc(arena, size);

    return LIKELY(memory) ? memory : arena_alloc_slow(arena, size);
}

/*
 * Where the memory ends that may be written to after an allocation, which was the last one and ends at `end`: until the
 * next one nothing is there.
 */
static inline void *arena_end_of_room(const struct arena *arena, void *end)
{
#ifndef WS_ANNOTATE
    if ((uintptr_t)(arena->end - arena->room) == arena_round((uintptr_t)end))
        return arena->end;
#else
    (void)arena;
#endif
    return end;
}

#endif
