/* SPDX-License-Identifier: MIT */
/* The arena: growth, alignment, overflow, trimming, reset, and no memory at each request for a chunk. */
#include "support/random.h"
#include "support/test.h"

#include "base/arena.h"

#include <stdlib.h>

/* A chunk source that counts, and fails at a chosen request. */
struct counting_source
{
    struct chunk_source source;
    size_t requests, live, bytes;
    size_t fail_at; /* the number of the first request that fails, counting from 1; 0: none */
    size_t fail_count;
    size_t largest; /* requests above this fail */
};

static void *counting_alloc(const struct chunk_source *source, size_t size)
{
    struct counting_source *counting = (struct counting_source *)source;
    void *memory;

    counting->requests++;
    if ((counting->fail_at && counting->requests - counting->fail_at < counting->fail_count) ||
        size > counting->largest)
        return NULL;
    if (!(memory = malloc(size)))
        return NULL;
    counting->live++;
    counting->bytes += size;
    return memory;
}

static void counting_free(const struct chunk_source *source, void *memory, size_t size)
{
    struct counting_source *counting = (struct counting_source *)source;

    counting->live--;
    counting->bytes -= size;
    free(memory);
}

static struct counting_source counting;
static struct arena arena;

static void start(size_t trim)
{
    counting = (struct counting_source){{counting_alloc, counting_free}, 0, 0, 0, 0, 0, (size_t)1 << 30};
    arena_init(&arena, &counting.source, SIZE_MAX, trim);
}

static void finish(void)
{
    arena_release(&arena);
    expect_size(0, counting.live);
    expect_size(0, counting.bytes);
    expect_size(0, arena.actual);
}

/* An allocation whose memory is written to, so that checkers see what is wrong with it. */
static char *get(size_t size)
{
    char *memory = arena_alloc(&arena, size);

    if (memory)
    {
        expect_size(0, (uintptr_t)memory % 8);
        memset(memory, 0x5a, size);
    }
    return memory;
}

static uint32_t random_state;

static size_t pseudo_random(size_t below)
{
    return random_below(&random_state, (uint32_t)below);
}

TEST(nothing_is_taken_before_the_first_allocation)
{
    start(0);
    expect_size(0, counting.requests);
    expect_size(0, arena.actual);
    finish();
}

TEST(chunks_double_the_arena)
{
    static const size_t actual[] = {128, 384, 896, 1920, 3968, 8064};
    size_t i, bytes = 0;

    start(SIZE_MAX);
    for (i = 0; i < sizeof(actual) / sizeof(actual[0]); i++)
    {
        expect(get(8));
        expect_size(actual[i], arena.actual);
        for (bytes += 8; bytes < actual[i]; bytes += 8)
            expect(get(8));
        expect_size(actual[i], arena.actual);
    }
    finish();
}

TEST(one_byte_takes_eight)
{
    char *a, *b;

    start(0);
    a = get(1);
    b = get(1);
#ifndef WS_ANNOTATE /* red zones lie between */
    expect(b == a + 8);
#endif
    expect(a != b);
    finish();
}

TEST(zero_bytes_give_a_pointer_and_take_nothing)
{
    char *nothing, *something;
    int i;

    start(0);
    expect(nothing = arena_alloc(&arena, 0));
    for (i = 0; i < 1000; i++)
        expect(arena_alloc(&arena, 0) == nothing);
    expect_size(0, counting.requests);
    something = get(128);
    for (i = 0; i < 1000; i++)
        expect(arena_alloc(&arena, 0) == nothing);
    expect(nothing < something || nothing >= something + 128);
    expect_size(1, counting.requests);
    expect_size(128, arena.actual);
    finish();
}

TEST(a_large_request_gets_a_chunk_of_its_own_size)
{
    start(0);
    expect(get(8));
    expect(get(5001));
    expect_size(128 + 5008, arena.actual);
    /* The first chunk is still the one being filled. */
    expect(get(112));
    expect_size(128 + 5008, arena.actual);
    expect_size(2, counting.requests);
    finish();
}

TEST(a_large_first_request_is_the_first_chunk)
{
    start(0);
    expect(get(1000));
    expect_size(1000, arena.actual);
    finish();
}

TEST(chunks_stop_growing_at_the_largest)
{
    size_t before, largest = 0;

    start(SIZE_MAX);
    while (arena.actual < 8 * ARENA_LARGEST_CHUNK)
    {
        before = arena.actual;
        expect(get(1000));
        if (arena.actual - before > largest)
            largest = arena.actual - before;
    }
    expect_size(ARENA_LARGEST_CHUNK, largest);
    finish();
}

TEST(no_size_overflows)
{
    size_t i, actual;

    start(0);
    expect(get(24));
    actual = arena.actual;
    for (i = 0; i < 4096; i++)
        expect(!arena_alloc(&arena, SIZE_MAX - i));
    for (i = 1; i < 4096; i++)
        expect(!arena_alloc(&arena, SIZE_MAX / 2 + i));
    expect(!arena_alloc(&arena, SIZE_MAX / 2 - 64));
    expect_size(actual, arena.actual);
    expect(get(24));
    finish();
}

static size_t chunk_room(void)
{
    return (size_t)(arena.chunk_end - arena.end) + arena.room;
}

/* What arena.h promises: with sizes of 8 and more, actual < 3 * sum of the rounded sizes, past the first chunks. */
static void check_bounded_with(size_t (*next_size)(size_t step), size_t trim)
{
    size_t sum = 0, size, step;

    start(trim);
    for (step = 0; sum < 6 * ARENA_LARGEST_CHUNK && step < 500000; step++)
    {
        size = next_size(step);
        expect(get(size));
        sum += arena_round(size);
        if (sum >= 1024)
            expect(arena.actual < 3 * sum);
    }
    finish();
}

static void check_bounded(size_t (*next_size)(size_t step))
{
    size_t trim;

    check_bounded_with(next_size, SIZE_MAX);
    for (trim = 0; trim < 1000000; trim = trim * 3 + pseudo_random(1000))
        check_bounded_with(next_size, trim);
}

static size_t small_sizes(size_t step)
{
    (void)step;
    return 8 + pseudo_random(120);
}

static size_t mixed_sizes(size_t step)
{
    return 8 + pseudo_random((size_t)8 << step % 16);
}

/* What never fits in the chunk being filled. */
static size_t spiteful_sizes(size_t step)
{
    (void)step;
    return chunk_room() + 8;
}

/* Fills a part of each chunk, then asks for what does not fit. */
static size_t alternating_sizes(size_t step)
{
    size_t room = chunk_room();

    return step % 2 ? room + 8 : room * (step % 7) / 8 + 8;
}

TEST(waste_is_bounded)
{
    random_state = 1;
    check_bounded(small_sizes);
    check_bounded(mixed_sizes);
    check_bounded(spiteful_sizes);
    check_bounded(alternating_sizes);
}

TEST(reset_keeps_the_first_chunk)
{
    start(0);
    expect(get(128));
    expect(get(1));
    expect_size(384, arena.actual);
    arena_reset(&arena);
    expect_size(128, arena.actual);
    expect_size(1, counting.live);
    expect(get(128));
    expect_size(128, arena.actual);
    finish();
}

TEST(reset_gives_a_large_first_chunk_back)
{
    start(0);
    expect(get(100000));
    arena_reset(&arena);
    expect_size(0, arena.actual);
    expect_size(0, counting.live);
    expect(get(8));
    expect_size(128, arena.actual);
    finish();
}

TEST(reset_of_an_arena_without_chunks)
{
    start(0);
    arena_reset(&arena);
    arena_reset(&arena);
    expect(get(8));
    finish();
}

TEST(reset_never_keeps_more_than_the_trim_size)
{
    size_t trim, cycle, i;

    random_state = 7;
    for (trim = 0; trim < 40000; trim += 1 + pseudo_random(700))
    {
        start(trim);
        for (cycle = 0; cycle < 12; cycle++)
        {
            for (i = pseudo_random(60); i > 0; i--)
                expect(get(pseudo_random(2000)));
            arena_reset(&arena);
            expect(arena.actual <= trim || arena.actual == ARENA_FIRST_CHUNK);
        }
        finish();
    }
}

TEST(chunks_end_on_the_trim_size)
{
    start(1000);
    while (arena.actual <= 896)
        expect(get(8));
    expect_size(1000, arena.actual);
    arena_reset(&arena);
    expect_size(1000, arena.actual);
    finish();
}

/* The same cycle again and again: after the first no chunk is taken from the source. */
TEST(a_steady_cycle_takes_no_chunk)
{
    size_t cycle, i, requests = 0;

    start(65536);
    for (cycle = 0; cycle < 100; cycle++)
    {
        random_state = 3;
        for (i = 0; i < 100; i++)
            expect(get(pseudo_random(i % 10 ? 200 : 3000)));
        if (cycle)
            expect_size(requests, counting.requests);
        requests = counting.requests;
        arena_reset(&arena);
    }
    finish();
}

/* Cycles that differ, each smaller than the trim size: after a few they take nothing either. */
TEST(varying_cycles_within_the_trim_size_become_steady)
{
    size_t cycle, sum, size, requests = 0;

    start(16384);
    random_state = 5;
    for (cycle = 0; cycle < 200; cycle++)
    {
        for (sum = 0; sum < 12000; sum += arena_round(size))
            expect(get(size = 1 + pseudo_random(1500)));
        if (cycle == 100)
            requests = counting.requests;
        arena_reset(&arena);
    }
    expect_size(requests, counting.requests);
    finish();
}

/* However one cycle cut the memory up, another one that fits is served without the source in the end. */
TEST(a_cycle_of_another_cut_becomes_steady)
{
    size_t i, cycle, requests = 0;

    start(16384);
    for (i = 0; i < 200; i++)
        expect(get(200));
    arena_reset(&arena);
    expect(get(5000));
    expect(get(8));
    arena_reset(&arena);
    for (cycle = 0; cycle < 10; cycle++)
    {
        for (i = 0; i < 4; i++)
            expect(get(4000));
        if (cycle == 5)
            requests = counting.requests;
        arena_reset(&arena);
    }
    expect_size(requests, counting.requests);
    finish();
}

TEST(large_trim_sizes_become_steady_too)
{
    static const size_t trim = 5 * ARENA_LARGEST_CHUNK;
    size_t cycle, sum, size, requests = 0;

    start(trim);
    for (cycle = 0; cycle < 20; cycle++)
    {
        random_state = 9;
        for (sum = 0; sum < trim - trim / 10; sum += arena_round(size))
            expect(get(size = 1 + pseudo_random(cycle ? 300000 : 5000)));
        if (cycle == 10)
            requests = counting.requests;
        arena_reset(&arena);
        expect(arena.actual <= trim);
    }
    expect_size(requests, counting.requests);
    finish();
}

TEST(reset_costs_no_request_and_reuses_in_order)
{
    char *first[50];
    size_t i, requests;

    start(SIZE_MAX);
    for (i = 0; i < 50; i++)
        expect(first[i] = get(40 * (i + 1)));
    requests = counting.requests;
    arena_reset(&arena);
    for (i = 0; i < 50; i++)
        expect(get(40 * (i + 1)) == first[i]);
    expect_size(requests, counting.requests);
    finish();
}

/* Whatever the window on a chunk is, the quota is the exact sum of what was asked for. */
TEST(the_quota_is_exact)
{
    size_t quota, left, size;
    int i;

    random_state = 11;
    for (quota = 0; quota < 3000; quota += 1 + pseudo_random(40))
    {
        start(256);
        arena_init(&arena, &counting.source, quota, 256);
        arena.closed = quota % 2;
        for (i = 0; i < 3; i++)
        {
            for (left = quota; left; left -= size)
            {
                size = pseudo_random(left < 100 ? left + 1 : 100);
                expect(!arena_alloc(&arena, left + 1));
                expect(get(size));
                expect_size(quota - left + size, arena_requested(&arena));
            }
            expect(!arena_alloc(&arena, 1));
            expect(arena_alloc(&arena, 0));
            arena_reset(&arena);
            expect_size(0, arena_requested(&arena));
        }
        finish();
    }
}

TEST(a_closed_arena_is_the_same_by_the_slow_way)
{
    size_t i, actual[100];

    start(4096);
    for (i = 0; i < 100; i++)
    {
        expect(get(i));
        actual[i] = arena.actual;
    }
    finish();
    start(4096);
    arena.closed = true;
    for (i = 0; i < 100; i++)
    {
        expect(!arena_try_alloc(&arena, i));
        expect(get(i));
        expect_size(actual[i], arena.actual);
    }
    finish();
}

static void check_failing(size_t fail_count)
{
    size_t fail_at, i, failures, requests = 1;
    struct arena before;

    for (fail_at = 1; fail_at <= requests; fail_at++)
    {
        start(4096);
        counting.fail_at = fail_at;
        counting.fail_count = fail_count;
        failures = 0;
        for (i = 0; i < 400; i++)
        {
            before = arena;
            if (!get(1 + i % 97 * 5))
            {
                failures++;
                expect(!memcmp(&before, &arena, sizeof(arena)));
            }
            if (i == 200)
                arena_reset(&arena);
        }
        expect(get(100));
        requests = counting.requests;
        /* One failure alone may be made up for by the smaller try. */
        expect(failures > 0 || fail_at >= requests || fail_count == 1);
        finish();
    }
    expect(requests > 8);
}

TEST(each_request_for_a_chunk_may_fail)
{
    check_failing(1);
    check_failing(2);
    check_failing(3);
}

TEST(without_room_to_grow_the_request_alone_is_tried)
{
    start(0);
    expect(get(4000));
    counting.largest = 1000; /* the next chunk would be 4128 */
    expect(get(100));
    expect_size(4000 + 104, arena.actual);
    expect(!get(2000));
    finish();
}

TEST(an_isolated_arena_keeps_nothing)
{
    size_t i;

    start(0);
    arena_init_isolated(&arena, &counting.source, SIZE_MAX);
    for (i = 1; i <= 10; i++)
        expect(get(i * 8));
    expect_size(10, counting.live);
    expect_size(440, arena.actual);
    arena_reset(&arena);
    expect_size(0, counting.live);
    expect(get(8));
    finish();
}

#ifdef ANNOTATE_ASAN
/* Under AddressSanitizer only: that the red zones and the memory after a reset are poisoned. */
TEST(overruns_and_use_after_reset_are_poisoned)
{
    char *a, *b;

    start(0);
    a = get(16);
    b = get(16);
    expect(!__asan_address_is_poisoned(a + 15) && __asan_address_is_poisoned(a + 16));
    expect(!__asan_address_is_poisoned(b) && __asan_address_is_poisoned(b + 16) &&
           __asan_address_is_poisoned(a - 1 + 32));
    arena_reset(&arena);
    expect(__asan_address_is_poisoned(a) && __asan_address_is_poisoned(b));
    finish();
}
#endif
