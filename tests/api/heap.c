/* SPDX-License-Identifier: MIT */
/*
 * The heap's functions: what their pages document and what has been observed on Windows. Figures that have
 * not been observed there are marked as our choice.
 *
 * Source: the pages of the functions and of WS_HEAP_PROPERTY_ID.
 */
#include "support/errors.h"

#define UNTOUCHED ((void *)(uintptr_t)0x5a5a5a50)

static WS_HEAP *create(SIZE_T max, SIZE_T trim)
{
    WS_HEAP *heap = NULL;

    expect_hr(S_OK, WsCreateHeap(max, trim, NULL, 0, &heap, NULL));
    expect(heap != NULL);
    return heap;
}

static SIZE_T get(WS_HEAP *heap, WS_HEAP_PROPERTY_ID id)
{
    SIZE_T value = ~(SIZE_T)0;

    expect_hr(S_OK, WsGetHeapProperty(heap, id, &value, sizeof(value), NULL));
    return value;
}

#define requested(heap) get(heap, WS_HEAP_PROPERTY_REQUESTED_SIZE)
#define actual(heap)    get(heap, WS_HEAP_PROPERTY_ACTUAL_SIZE)

static void *alloc(WS_HEAP *heap, SIZE_T size)
{
    void *memory = NULL;

    expect_hr(S_OK, WsAlloc(heap, size, &memory, NULL));
    expect(memory != NULL);
    expect_size(0, (uintptr_t)memory % 8);
    memset(memory, 0xa5, size);
    return memory;
}

/* Observed on Windows. */
TEST(WsCreateHeap_without_a_place_for_the_heap)
{
    WS_HEAP_PROPERTY property = {WS_HEAP_PROPERTY_MAX_SIZE, NULL, 0};

    expect_hr(E_INVALIDARG, WsCreateHeap(0, 0, NULL, 0, NULL, NULL));
    expect_hr(E_INVALIDARG, WsCreateHeap(65536, 0, NULL, 0, NULL, NULL));
    expect_hr(E_INVALIDARG, WsCreateHeap(65536, 0, &property, 1, NULL, NULL));
    expect_hr(E_INVALIDARG, WsCreateHeap(65536, 0, NULL, 1, NULL, NULL));
}

/* Observed on Windows. */
TEST(WsCreateHeap_takes_no_properties)
{
    SIZE_T size = 16;
    WS_HEAP_PROPERTY property = {WS_HEAP_PROPERTY_MAX_SIZE, &size, sizeof(size)};
    WS_HEAP *heap = UNTOUCHED;

    expect_hr(E_INVALIDARG, WsCreateHeap(65536, 0, &property, 1, &heap, NULL));
    expect(heap == UNTOUCHED);
    expect_hr(E_INVALIDARG, WsCreateHeap(65536, 0, NULL, 1, &heap, NULL));
    expect(heap == UNTOUCHED);
    /* An array of no properties is none. */
    expect_hr(S_OK, WsCreateHeap(65536, 0, &property, 0, &heap, NULL));
    WsFreeHeap(heap);
}

/* Observed on Windows for 0, and that sizes are read back as they were given. */
TEST(WsCreateHeap_of_any_size)
{
    static const SIZE_T sizes[][2] = {{0, 0}, {1, 0}, {0, 1}, {16, 256}, {~(SIZE_T)0, ~(SIZE_T)0}, {65536, 65536}};
    WS_HEAP *heap;
    size_t i;

    for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
    {
        heap = create(sizes[i][0], sizes[i][1]);
        expect_size(sizes[i][0], get(heap, WS_HEAP_PROPERTY_MAX_SIZE));
        expect_size(sizes[i][1], get(heap, WS_HEAP_PROPERTY_TRIM_SIZE));
        WsFreeHeap(heap);
    }
}

/* Observed on Windows. */
TEST(WsGetHeapProperty_refuses)
{
    WS_HEAP *heap = create(256, 0);
    SIZE_T value = 0x5a5a;
    ULONG size;

    for (size = 0; size < 20; size++)
        if (size != sizeof(value))
            expect_hr(E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &value, size, NULL));
    expect_hr(E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &value, 0xffffffffu, NULL));
    expect_hr(E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, NULL, sizeof(value), NULL));
    expect_hr(E_INVALIDARG, WsGetHeapProperty(heap, (WS_HEAP_PROPERTY_ID)4, &value, sizeof(value), NULL));
    expect_hr(E_INVALIDARG, WsGetHeapProperty(heap, (WS_HEAP_PROPERTY_ID)-1, &value, sizeof(value), NULL));
    expect_hr(E_INVALIDARG, WsGetHeapProperty(NULL, WS_HEAP_PROPERTY_MAX_SIZE, &value, sizeof(value), NULL));
    expect_size(0x5a5a, value);
    WsFreeHeap(heap);
}

/* Observed on Windows. */
TEST(a_fresh_heap_holds_nothing)
{
    WS_HEAP *heap = create(65536, 1024);

    expect_size(0, requested(heap));
    expect_size(0, actual(heap));
    WsFreeHeap(heap);
}

/* Observed on Windows. */
TEST(WsAlloc_refuses_null)
{
    WS_HEAP *heap = create(256, 0);
    void *memory = UNTOUCHED;

    expect_hr(E_INVALIDARG, WsAlloc(NULL, 16, &memory, NULL));
    expect(memory == UNTOUCHED);
    expect_hr(E_INVALIDARG, WsAlloc(heap, 16, NULL, NULL));
    expect_size(0, requested(heap));
    WsFreeHeap(heap);
}

/* Observed on Windows: *ptr is untouched. */
TEST(WsAlloc_beyond_the_quota)
{
    WS_HEAP *heap = create(256, 0);
    void *memory = UNTOUCHED;

    expect_hr(WS_E_QUOTA_EXCEEDED, WsAlloc(heap, 512, &memory, NULL));
    expect_hr((HRESULT)0x803D0008u, WsAlloc(heap, 257, &memory, NULL));
    expect(memory == UNTOUCHED);
    expect_size(0, requested(heap));
    expect_size(0, actual(heap));
    alloc(heap, 256);
    expect_size(256, requested(heap));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsAlloc(heap, 1, &memory, NULL));
    expect(memory == UNTOUCHED);
    alloc(heap, 0);
    WsFreeHeap(heap);
}

TEST(the_quota_is_the_exact_sum_of_requests)
{
    WS_HEAP *heap = create(1000, 0);
    void *memory = UNTOUCHED;
    SIZE_T i;

    for (i = 0; i < 1000; i++)
    {
        expect_size(i, requested(heap));
        alloc(heap, 1);
    }
    expect_hr(WS_E_QUOTA_EXCEEDED, WsAlloc(heap, 1, &memory, NULL));
    expect_hr(S_OK, WsResetHeap(heap, NULL));
    alloc(heap, 1000);
    WsFreeHeap(heap);
}

/* Our choice: what is wrong with the arguments comes before the quota. */
TEST(what_WsAlloc_looks_at_first)
{
    WS_HEAP *heap = create(256, 0);
    void *memory = UNTOUCHED;

    expect_hr(E_INVALIDARG, WsAlloc(NULL, 512, &memory, NULL));
    expect_hr(E_INVALIDARG, WsAlloc(heap, 512, NULL, NULL));
    expect_hr(E_INVALIDARG, WsAlloc(heap, ~(SIZE_T)0, NULL, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsAlloc(heap, 512, &memory, NULL));
    expect(memory == UNTOUCHED);
    WsFreeHeap(heap);
}

TEST(a_heap_of_size_zero)
{
    WS_HEAP *heap = create(0, 0);
    void *memory = UNTOUCHED;

    expect_hr(WS_E_QUOTA_EXCEEDED, WsAlloc(heap, 1, &memory, NULL));
    expect(memory == UNTOUCHED);
    alloc(heap, 0);
    WsFreeHeap(heap);
}

/* Observed on Windows. */
TEST(the_first_chunk_is_128_bytes)
{
    WS_HEAP *heap = create(256, 0);

    alloc(heap, 16);
    expect_size(16, requested(heap));
    expect_size(128, actual(heap));
    WsFreeHeap(heap);
}

/* Observed on Windows. */
TEST(the_second_chunk_is_256_bytes_and_a_reset_keeps_the_first)
{
    WS_HEAP *heap = create(65536, 0);

    alloc(heap, 128);
    expect_size(128, requested(heap));
    expect_size(128, actual(heap));
    alloc(heap, 1);
    expect_size(129, requested(heap));
    expect_size(384, actual(heap));
    expect_hr(S_OK, WsResetHeap(heap, NULL));
    expect_size(0, requested(heap));
    expect_size(128, actual(heap));
    WsFreeHeap(heap);
}

/* Observed on Windows. */
TEST(WsResetHeap_refuses_null)
{
    expect_hr(E_INVALIDARG, WsResetHeap(NULL, NULL));
}

/* Observed on Windows. */
TEST(WsFreeHeap_of_null)
{
    WsFreeHeap(NULL);
}

TEST(a_reset_keeps_at_most_the_trim_size)
{
    WS_HEAP *heap = create(1 << 20, 4096);
    SIZE_T i;

    for (i = 0; i < 1000; i++)
        alloc(heap, 100);
    expect(actual(heap) > 100000);
    expect_hr(S_OK, WsResetHeap(heap, NULL));
    expect(actual(heap) <= 4096);
    WsFreeHeap(heap);
}

TEST(a_trim_size_above_the_max_size_trims_nothing)
{
    WS_HEAP *heap = create(65536, 65537);
    SIZE_T i, before;

    for (i = 0; i < 8000; i++)
        alloc(heap, 8);
    before = actual(heap);
    expect_hr(S_OK, WsResetHeap(heap, NULL));
    expect_size(before, actual(heap));
    WsFreeHeap(heap);
}

TEST(zero_bytes_give_a_pointer)
{
    WS_HEAP *heap = create(256, 0);

    alloc(heap, 0);
    expect_size(0, requested(heap));
    alloc(heap, 8);
    alloc(heap, 0);
    expect_size(8, requested(heap));
    WsFreeHeap(heap);
}

/* Our choice: which of the two codes it is. */
TEST(sizes_near_the_largest)
{
    WS_HEAP *heap = create(~(SIZE_T)0, 0);
    void *memory = UNTOUCHED;
    SIZE_T i;
    HRESULT hr;

    for (i = 0; i < 200; i++)
    {
        hr = WsAlloc(heap, ~(SIZE_T)0 - i, &memory, NULL);
        expect(hr == E_OUTOFMEMORY || hr == WS_E_QUOTA_EXCEEDED);
        expect_hr(E_OUTOFMEMORY, WsAlloc(heap, ~(SIZE_T)0 / 2 + i, &memory, NULL));
    }
    expect(memory == UNTOUCHED);
    expect_size(0, requested(heap));
    expect_size(0, actual(heap));
    alloc(heap, 100);
    /* The sum may not wrap around either. */
    expect_hr(WS_E_QUOTA_EXCEEDED, WsAlloc(heap, ~(SIZE_T)0 - 99, &memory, NULL));
    expect_size(100, requested(heap));
    WsFreeHeap(heap);
}

TEST(allocations_do_not_overlap)
{
    WS_HEAP *heap = create(1 << 20, 0);
    unsigned char *memory[300];
    SIZE_T i, j;

    for (i = 0; i < 300; i++)
        memset(memory[i] = alloc(heap, i * 7), (int)i, i * 7);
    for (i = 0; i < 300; i++)
        for (j = 0; j < i * 7; j++)
            expect(memory[i][j] == (unsigned char)i);
    WsFreeHeap(heap);
}

/* Our choice: how a heap grows, and what of it a reset keeps. */
TEST(a_steady_cycle_keeps_its_memory)
{
    WS_HEAP *heap = create(65536, 16384);
    SIZE_T first = 0, cycle, i;

    for (cycle = 0; cycle < 100; cycle++)
    {
        for (i = 0; i < 20; i++)
            alloc(heap, 30 + i * 10);
        if (!cycle)
            first = actual(heap);
        expect_size(first, actual(heap));
        expect_hr(S_OK, WsResetHeap(heap, NULL));
        expect_size(first, actual(heap));
    }
    WsFreeHeap(heap);
}

/* Our choice. */
TEST(a_freed_heap_is_refused)
{
    WS_HEAP *heap = create(256, 0);
    void *memory = UNTOUCHED;
    SIZE_T value = 0x5a5a;

    alloc(heap, 16);
    WsFreeHeap(heap);
    expect_hr(E_INVALIDARG, WsAlloc(heap, 16, &memory, NULL));
    expect_hr(E_INVALIDARG, WsResetHeap(heap, NULL));
    expect_hr(E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &value, sizeof(value), NULL));
    WsFreeHeap(heap);
    expect(memory == UNTOUCHED && value == 0x5a5a);
}

/* Our choice. */
TEST(an_error_object_is_no_heap)
{
    WS_HEAP *heap = (WS_HEAP *)create_error();
    void *memory = UNTOUCHED;
    SIZE_T value = 0x5a5a;

    expect_hr(E_INVALIDARG, WsAlloc(heap, 16, &memory, NULL));
    expect_hr(E_INVALIDARG, WsResetHeap(heap, NULL));
    expect_hr(E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &value, sizeof(value), NULL));
    WsFreeHeap(heap);
    expect(memory == UNTOUCHED && value == 0x5a5a);
    expect_size(0, sentence_count((WS_ERROR *)heap)); /* and so it lives */
    WsFreeError((WS_ERROR *)heap);
}

/* Our choice. */
TEST(freed_heaps_stay_apart_from_live_ones)
{
    WS_HEAP *heaps[200];
    void *memory = UNTOUCHED;
    size_t i;

    for (i = 0; i < 200; i++)
        heaps[i] = create(1000 + i, 0);
    for (i = 0; i < 200; i += 2)
        WsFreeHeap(heaps[i]);
    for (i = 0; i < 200; i++)
    {
        if (i % 2)
            expect_size(1000 + i, get(heaps[i], WS_HEAP_PROPERTY_MAX_SIZE));
        else
            expect_hr(E_INVALIDARG, WsAlloc(heaps[i], 1, &memory, NULL));
    }
    for (i = 1; i < 200; i += 2)
        WsFreeHeap(heaps[i]);
    expect(memory == UNTOUCHED);
}

TEST(each_failure_is_told)
{
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create(256, 0), *none = NULL;
    WS_HEAP_PROPERTY property = {WS_HEAP_PROPERTY_MAX_SIZE, NULL, 0};
    SIZE_T value;
    void *memory;

    alloc(heap, 16);
    expect_refused(error, E_INVALIDARG, WsCreateHeap(0, 0, NULL, 0, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsCreateHeap(0, 0, &property, 3, &none, error), "3");
    expect_refused(error, E_INVALIDARG, WsAlloc(NULL, 16, &memory, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsAlloc((WS_HEAP *)error, 16, &memory, error), "error object");
    expect_refused(error, E_INVALIDARG, WsAlloc(heap, 16, NULL, error), "NULL");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsAlloc(heap, 512, &memory, error),
                   "512 bytes were requested, and 16 of 256 are in use");
    expect_refused(error, E_INVALIDARG, WsResetHeap(NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG,
                   WsGetHeapProperty(NULL, WS_HEAP_PROPERTY_MAX_SIZE, &value, sizeof(value), error), "NULL");
    expect_refused(error, E_INVALIDARG, WsGetHeapProperty(heap, (WS_HEAP_PROPERTY_ID)77, &value, sizeof(value), error),
                   "77");
    expect_refused(error, E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, NULL, sizeof(value), error),
                   "NULL");
    expect_refused(error, E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &value, 3, error), "3");
    WsFreeHeap(heap);
    expect_refused(error, E_INVALIDARG, WsAlloc(heap, 16, &memory, error), "freed");
    expect_refused(error, E_INVALIDARG, WsResetHeap(heap, error), "freed");

    heap = create(~(SIZE_T)0, 0);
    expect_refused(error, E_OUTOFMEMORY, WsAlloc(heap, ~(SIZE_T)0 / 2 + 9, &memory, error), "no memory");
    WsFreeHeap(heap);
    WsFreeError(error);
}

TEST(success_tells_nothing)
{
    WS_ERROR *error = create_error();
    WS_HEAP *heap = NULL;
    SIZE_T value;
    void *memory;

    expect_hr(S_OK, WsCreateHeap(256, 0, NULL, 0, &heap, error));
    expect_hr(S_OK, WsAlloc(heap, 16, &memory, error));
    expect_hr(S_OK, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &value, sizeof(value), error));
    expect_hr(S_OK, WsResetHeap(heap, error));
    WsFreeHeap(heap);
    expect_size(0, sentence_count(error));
    WsFreeError(error);
}

TEST(a_heap_serves_on_after_failures)
{
    WS_HEAP *heap = create(1024, 0);
    void *memory = UNTOUCHED;
    int i;

    for (i = 0; i < 64; i++)
    {
        alloc(heap, 16);
        expect(FAILED(WsAlloc(heap, 1025, &memory, NULL)));
        expect(FAILED(WsAlloc(heap, ~(SIZE_T)0, &memory, NULL)));
    }
    expect_size(1024, requested(heap));
    expect(memory == UNTOUCHED);
    WsFreeHeap(heap);
}
