/* SPDX-License-Identifier: MIT */
/*
 * memory.h - the memory that objects keep for themselves, and the chunks of arenas.
 *
 * In the release build these are the platform's calls. In the debug build (configure --enable-debug) memory_debug.c
 * stands between: it counts operations and makes them fail on demand (WsSetAutoFail), remembers every block
 * (WsDumpMemory), and in guard mode gives each allocation pages of its own.
 */
#ifndef WS_BASE_MEMORY_H
#define WS_BASE_MEMORY_H

#include "arena.h"
#include "platform.h"

#ifdef WS_DEBUG

/* Memory for `what`, a constant string that dumps show; NULL when there is none. */
void *memory_alloc(size_t size, const char *what);
void memory_free(void *memory);

/* Counts one operation that takes memory; true if it is to fail. */
bool memory_must_fail(void);

/* Prepares an arena that takes its chunks from memory_alloc(), or, in guard mode, an isolated one. */
void memory_init_arena(struct arena *arena, size_t quota, size_t trim);

/* Reads the environment variables of the debug build. It is called when the library is loaded; by tests, again. */
void memory_init(void);

/* Lets the next `count` operations succeed and all later ones fail; MEMORY_NEVER_FAIL: all succeed. */
void memory_fail_after(uint32_t count);
#define MEMORY_NEVER_FAIL 0xffffffffu

/* In front of each block that memory_alloc() or a chunk source gave out. */
struct memory_block
{
    struct memory_block *next, *prev;
    const char *what;
    size_t size;
};

/* Before the first, and after the last. */
extern struct memory_block memory_blocks;

#else

static inline void *memory_alloc(size_t size, const char *what)
{
    (void)what;
    return platform_alloc(size);
}

static inline void memory_free(void *memory)
{
    platform_free(memory);
}

static inline bool memory_must_fail(void)
{
    return false;
}

static inline void *memory_chunk_alloc(const struct chunk_source *source, size_t size)
{
    (void)source;
    return platform_alloc(size);
}

static inline void memory_chunk_free(const struct chunk_source *source, void *memory, size_t size)
{
    (void)source, (void)size;
    platform_free(memory);
}

static inline void memory_init_arena(struct arena *arena, size_t quota, size_t trim)
{
    static const struct chunk_source chunks = {memory_chunk_alloc, memory_chunk_free};

    arena_init(arena, &chunks, quota, trim);
}

#endif

#endif
