/* SPDX-License-Identifier: MIT */
/*
 * debug.c - compiled into the debug variant only: failures on demand, a dump of memory, and the guard mode.
 *
 * The reference's page "Debugging (Windows Web Services)" names WsDumpMemory, WsSetAutoFail and the
 * environment variable WsFailCount; the guard mode (WEBSERVICES_GUARD=1) is ours. Everything here is about
 * memory, the one thing that can fail in the base layer; memory.h has the release build's half.
 */
#include "error.h"
#include "heap.h"
#include "memory.h"
#include "trace.h"
#include "webservicesdebug.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many operations still succeed; NEVER_FAIL is not counted down. */
#define NEVER_FAIL 0xffffffffu

static _Atomic uint32_t operations_left = NEVER_FAIL;
static bool guard_mode;

bool memory_must_fail(void)
{
    uint32_t left = atomic_load(&operations_left);

    while (left != NEVER_FAIL && left != 0)
        if (atomic_compare_exchange_weak(&operations_left, &left, left - 1))
            return false;
    return left == 0;
}

/* In front of each block that memory_alloc() or a chunk source gave out. */
struct block
{
    struct block *next, *prev;
    const char *what;
    size_t size;
};

_Static_assert(sizeof(struct block) % ARENA_ALIGNMENT == 0, "what follows the header must be aligned");

static struct block blocks = {&blocks, &blocks, NULL, 0};

/* Links a block, and returns what the caller may use of it. */
static void *block_remember(struct block *block, size_t size, const char *what)
{
    block->what = what;
    block->size = size;
    platform_lock();
    block->next = &blocks;
    block->prev = blocks.prev;
    block->prev->next = block->next->prev = block;
    platform_unlock();
    return block + 1;
}

static struct block *block_forget(void *memory)
{
    struct block *block = (struct block *)memory - 1;

    platform_lock();
    block->prev->next = block->next;
    block->next->prev = block->prev;
    platform_unlock();
    return block;
}

void *memory_alloc(size_t size, const char *what)
{
    struct block *block;

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
    struct block *block;

    (void)source;
    if (memory_must_fail() || size > SIZE_MAX - sizeof(*block) ||
        !(block = platform_guarded_alloc(sizeof(*block) + size)))
        return NULL;
    return block_remember(block, size, "guarded allocation");
}

static void guarded_free(const struct chunk_source *source, void *memory, size_t size)
{
    (void)source;
    platform_guarded_free(block_forget(memory), sizeof(struct block) + size);
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

/* A count that is no number is ignored, and one too large for a ULONG means never. */
static void read_fail_count(const char *text)
{
    char *end;
    unsigned long long count = strtoull(text, &end, 10);

    if (text[0] >= '0' && text[0] <= '9' && !*end)
        atomic_store(&operations_left, count < NEVER_FAIL ? (uint32_t)count : NEVER_FAIL);
}

__attribute__((constructor)) void memory_init(void)
{
    char value[32];

    guard_mode = platform_environment("WEBSERVICES_GUARD", value, sizeof(value)) && value[0] && strcmp(value, "0");
    if (platform_environment("WsFailCount", value, sizeof(value)) && value[0])
        read_fail_count(value);
}

static PRINTF_LIKE(1, 2) void print(const char *format, ...)
{
    char line[256];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    platform_print(line);
}

static void print_heap(const void *object)
{
    const WS_HEAP *heap = object;

    print("  heap %p: requested %zu, actual %zu, max %zu, trim %zu\n", object, arena_requested(&heap->arena),
          heap->arena.actual, heap->arena.quota, heap->trim_size);
}

static void print_error(const void *object)
{
    const WS_ERROR *error = object;

    print("  error object %p: %u strings, actual %zu\n", object, (unsigned)error->string_count, error->arena.actual);
}

/*
 * Prints every live heap and error object, and every block of memory that the library holds, to standard
 * output. Meant to be called when no other thread is in the library.
 * Source: the page of WsDumpMemory, which says no more than "dumps all memory allocations to the console".
 */
HRESULT WINAPI WsDumpMemory(WS_ERROR *error)
{
    const struct block *block;
    size_t count = 0, bytes = 0;

    print("webservices: objects\n");
    handle_each(&heap_pool, print_heap);
    handle_each(&error_pool, print_error);
    print("webservices: memory held\n");
    for (block = blocks.next; block != &blocks; block = block->next)
    {
        print("  %p: %zu bytes, %s\n", (const void *)(block + 1), block->size, block->what);
        count++;
        bytes += block->size;
    }
    print("webservices: %zu bytes in %zu blocks\n", bytes, count);
    TRACE("WsDumpMemory(error=%p) = 0x%08x", (void *)error, (unsigned)S_OK);
    return S_OK;
}

/*
 * Lets the next `count` operations succeed, and every later one fail with E_OUTOFMEMORY until this is called
 * again. 0xffffffff means never to fail. An operation is a request for memory: one that takes it from a heap,
 * or one that the library makes to the system.
 * Source: the page of WsSetAutoFail: "how many operations before failures begin to occur"; what an operation
 * is, and how to end the failures, is our choice.
 */
HRESULT WINAPI WsSetAutoFail(ULONG count, WS_ERROR *error)
{
    atomic_store(&operations_left, count);
    TRACE("WsSetAutoFail(count=%u, error=%p) = 0x%08x", (unsigned)count, (void *)error, (unsigned)S_OK);
    return S_OK;
}
