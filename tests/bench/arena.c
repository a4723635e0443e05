/* SPDX-License-Identifier: MIT */
/*
 * The arena against its peers: a cycle of 1000 allocations of 8 to 128 bytes, then all freed at once, in
 * memory that each allocator already has. Every figure is the best of many rounds that are interleaved, so
 * that whatever else the machine does hits all of them alike; what counts are the ratios.
 */
#include "base/arena.h"
#include "limit.h"
#include "support/random.h"

#include <obstack.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef HAVE_APR
#include <apr_general.h>
#include <apr_pools.h>
#endif
#ifdef HAVE_TALLOC
#include <talloc.h>
#endif
#ifdef HAVE_MIMALLOC
#include <mimalloc.h>
#endif

#define COUNT  1000
#define CYCLES 200
#define ROUNDS 60

static size_t sizes[COUNT];

static void *source_alloc(const struct chunk_source *source, size_t size)
{
    (void)source;
    return malloc(size);
}

static void source_free(const struct chunk_source *source, void *memory, size_t size)
{
    (void)source, (void)size;
    free(memory);
}

static void run_limit(void)
{
    static char room[COUNT * 128];
    struct limit limit = {room, room + sizeof(room)};
    int i;

    for (i = 0; i < COUNT; i++)
        bench_use(limit_alloc(&limit, sizes[i]));
}

static const struct chunk_source source = {source_alloc, source_free};
static struct arena arena;

static void run_arena_inline(void)
{
    int i;

    for (i = 0; i < COUNT; i++)
        bench_use(arena_alloc(&arena, sizes[i]));
    arena_reset(&arena);
}

static __attribute__((noinline)) void *arena_call(struct arena *called, size_t size)
{
    return arena_alloc(called, size);
}

static void run_arena(void)
{
    int i;

    for (i = 0; i < COUNT; i++)
        bench_use(arena_call(&arena, sizes[i]));
    arena_reset(&arena);
}

static void run_malloc(void)
{
    static void *memory[COUNT];
    int i;

    for (i = 0; i < COUNT; i++)
        bench_use(memory[i] = malloc(sizes[i]));
    for (i = 0; i < COUNT; i++)
        free(memory[i]);
}

#define obstack_chunk_alloc malloc
#define obstack_chunk_free  free
static struct obstack obstack;

static void run_obstack(void)
{
    static void *first;
    int i;

    first = obstack_alloc(&obstack, 0);
    for (i = 0; i < COUNT; i++)
        bench_use(obstack_alloc(&obstack, sizes[i]));
    obstack_free(&obstack, first);
}

#ifdef HAVE_APR
static apr_pool_t *pool;

static void run_apr(void)
{
    int i;

    for (i = 0; i < COUNT; i++)
        bench_use(apr_palloc(pool, sizes[i]));
    apr_pool_clear(pool);
}
#endif

#ifdef HAVE_TALLOC
static void run_talloc(void)
{
    static void *parent;
    int i;

    if (!parent)
        parent = talloc_pool(NULL, COUNT * 256);
    else
        talloc_free_children(parent);
    for (i = 0; i < COUNT; i++)
        bench_use(talloc_size(parent, sizes[i]));
}
#endif

#ifdef HAVE_MIMALLOC
static void run_mimalloc(void)
{
    mi_heap_t *heap = mi_heap_new();
    int i;

    for (i = 0; i < COUNT; i++)
        bench_use(mi_heap_malloc(heap, sizes[i]));
    mi_heap_destroy(heap);
}
#endif

static struct
{
    const char *name;
    void (*run)(void);
    double best;
} peers[] = {
    {"limit: a checked bump, by call", run_limit, 1e30},
    {"arena, by call", run_arena, 1e30},
    {"arena, inlined", run_arena_inline, 1e30},
    {"malloc and free", run_malloc, 1e30},
    {"obstack", run_obstack, 1e30},
#ifdef HAVE_APR
    {"APR pool", run_apr, 1e30},
#endif
#ifdef HAVE_TALLOC
    {"talloc pool", run_talloc, 1e30},
#endif
#ifdef HAVE_MIMALLOC
    {"mimalloc heap", run_mimalloc, 1e30},
#endif
};

int main(void)
{
    uint32_t state = 1;
    size_t i, cycle;
    int round;

    for (i = 0; i < COUNT; i++)
    {
        sizes[i] = 8 + random_below(&state, 121);
    }
    arena_init(&arena, &source, SIZE_MAX, SIZE_MAX);
    obstack_init(&obstack);
#ifdef HAVE_APR
    apr_initialize();
    apr_pool_create(&pool, NULL);
#endif

    for (round = 0; round < ROUNDS; round++)
        for (i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
        {
            double start = bench_now(), time;

            for (cycle = 0; cycle < CYCLES; cycle++)
                peers[i].run();
            time = (bench_now() - start) / (CYCLES * (double)COUNT);
            if (time < peers[i].best)
                peers[i].best = time;
        }

    printf("| %-32s | ns each | x limit |\n|:---|---:|---:|\n", "one of 1000 allocations, and reset");
    for (i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
        printf("| %-32s | %7.2f | %7.2f |\n", peers[i].name, peers[i].best, peers[i].best / peers[0].best);
    return 0;
}
