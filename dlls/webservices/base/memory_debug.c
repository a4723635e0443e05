/* SPDX-License-Identifier: MIT */
/*
 * memory_debug.c - compiled into the debug variant only: memory that is counted, remembered, and guarded.
 *
 * The reference's page "Debugging (Windows Web Services)" names the environment variable WsFailCount; the guard mode
 * (WEBSERVICES_GUARD=1) is ours. memory.h has the release build's half.
 */
#include "memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* How many operations still succeed; MEMORY_NEVER_FAIL is not counted down. */
static _Atomic uint32_t operations_left = MEMORY_NEVER_FAIL;
static bool guard_mode;

bool memory_must_fail(void)
{
    uint32_t left = atomic_load(&operations_left);

    while (left != MEMORY_NEVER_FAIL && left != 0)
        if (atomic_compare_exchange_weak(&operations_left, &left, left - 1))
            return false;
    return left == 0;
}

_Static_assert(sizeof(struct memory_block) % ARENA_ALIGNMENT == 0, "what follows the header must be aligned");

struct memory_block memory_blocks = {&memory_blocks, &memory_blocks, NULL, 0};

/* Links a block, and returns what the caller may use of it. */
static void *block_remember(struct memory_block *block, size_t size, const char *what)
{
    block->what = what;
    block->size = size;
    platform_lock();
    block->next = &memory_blocks;
    block->prev = memory_blocks.prev;
    block->prev->next = block->next->prev = block;
    platform_unlock();
    return block + 1;
}

static struct memory_block *block_forget(void *memory)
{
    struct memory_block *block = (struct memory_block *)memory - 1;

    platform_lock();
    block->prev->next = block->next;
    block->next->prev = block->prev;
    platform_unlock();
    return block;
}

void *memory_alloc(size_t size, const char *what)
{
    struct memory_block *block;

    if (memory_must_fail() || size > SIZE_MAX - sizeof(*block) || !(block = platform_alloc(sizeof(*block) + size)))
        return NULL;
    return block_remember(block, size, what);
}

void memory_free(void *memory)
{
    if (memory)
        platform_free(block_forget(memory));
}

static void *chunk_alloc(const struct chunk_source *source, size_t size)
{
    (void)source;
    return memory_alloc(size, "arena chunk");
}

static void chunk_free(const struct chunk_source *source, void *memory, size_t size)
{
    (void)source, (void)size;
    memory_free(memory);
}

static void *guarded_alloc(const struct chunk_source *source, size_t size)
{
    struct memory_block *block;

    (void)source;
    if (memory_must_fail() || size > SIZE_MAX - sizeof(*block) ||
        !(block = platform_guarded_alloc(sizeof(*block) + size)))
        return NULL;
    return block_remember(block, size, "guarded allocation");
}

static void guarded_free(const struct chunk_source *source, void *memory, size_t size)
{
    (void)source;
    platform_guarded_free(block_forget(memory), sizeof(struct memory_block) + size);
}

void memory_init_arena(struct arena *arena, size_t quota, size_t trim)
{
    static const struct chunk_source chunks = {chunk_alloc, chunk_free};
    static const struct chunk_source guarded = {guarded_alloc, guarded_free};

    if (guard_mode)
        arena_init_isolated(arena, &guarded, quota);
    else
        arena_init(arena, &chunks, quota, trim);
    arena->closed = true; /* every allocation is to be counted */
}

/* A count that is not a number is ignored; one that exceeds a ULONG means never. */
static void read_fail_count(const char *text)
{
    char *end;
    unsigned long long count = strtoull(text, &end, 10);

    if (text[0] >= '0' && text[0] <= '9' && !*end)
        atomic_store(&operations_left, count < MEMORY_NEVER_FAIL ? (uint32_t)count : MEMORY_NEVER_FAIL);
}

__attribute__((constructor)) void memory_init(void)
{
    char value[32];

    guard_mode = platform_environment("WEBSERVICES_GUARD", value, sizeof(value)) && value[0] && strcmp(value, "0") != 0;
    if (platform_environment("WsFailCount", value, sizeof(value)) && value[0])
        read_fail_count(value);
}

void memory_fail_after(uint32_t count)
{
    atomic_store(&operations_left, count);
}
