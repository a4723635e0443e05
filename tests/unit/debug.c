/* SPDX-License-Identifier: MIT */
/* The environment variables of the debug variant, from the inside: they are read when the library starts. */
#define _GNU_SOURCE
#include "support/test.h"

#include "base/memory.h"

#include <stdlib.h>

static void set_environment(const char *name, const char *value)
{
#ifdef _WIN32
    SetEnvironmentVariableA(name, value);
#else
    setenv(name, value, 1);
#endif
    memory_init();
}

TEST(WsFailCount_is_read_from_the_environment)
{
    void *memory;
    int i;

    set_environment("WsFailCount", "3");
    for (i = 0; i < 3; i++)
    {
        expect(memory = memory_alloc(10, "test"));
        memory_free(memory);
    }
    expect(!memory_alloc(10, "test"));
    expect(memory_must_fail());
    set_environment("WsFailCount", "4294967295");
    expect(!memory_must_fail());
}

#ifndef WS_ANNOTATE /* a checker watches memory there, with red zones, and faults are its own */

static WS_HEAP *guarded_heap(void)
{
    WS_HEAP *heap = NULL;

    set_environment("WEBSERVICES_GUARD", "1");
    expect_hr(S_OK, WsCreateHeap(1 << 20, 4096, NULL, 0, &heap, NULL));
    return heap;
}

static void touch(void *argument)
{
    *(volatile char *)argument = 1;
}

TEST(guarded_allocations_end_at_an_inaccessible_page)
{
    WS_HEAP *heap = guarded_heap();
    size_t size;
    void *memory;

    for (size = 1; size < 9000; size += 1 + size / 3)
    {
        expect_hr(S_OK, WsAlloc(heap, size, &memory, NULL));
        memset(memory, 0, size);
        expect(test_faults(touch, (char *)memory + ((size + 7) & ~(size_t)7)));
    }
    WsFreeHeap(heap);
}

TEST(a_reset_makes_guarded_memory_inaccessible)
{
    WS_HEAP *heap = guarded_heap();
    void *memory[50];
    size_t i;

    for (i = 0; i < 50; i++)
        expect_hr(S_OK, WsAlloc(heap, 100, &memory[i], NULL));
    expect(!test_faults(touch, memory[0]));
    expect_hr(S_OK, WsResetHeap(heap, NULL));
    for (i = 0; i < 50; i++)
        expect(test_faults(touch, memory[i]));
    /* New allocations do not make old pointers valid again. */
    expect_hr(S_OK, WsAlloc(heap, 100, &memory[49], NULL));
    for (i = 0; i < 49; i++)
        expect(test_faults(touch, memory[i]));
    WsFreeHeap(heap);
    expect(test_faults(touch, memory[49]));
}

TEST(guarded_memory_still_has_its_quota)
{
    WS_HEAP *heap = guarded_heap();
    void *memory;

    expect_hr(WS_E_QUOTA_EXCEEDED, WsAlloc(heap, (1 << 20) + 1, &memory, NULL));
    expect_hr(S_OK, WsAlloc(heap, 1 << 20, &memory, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsAlloc(heap, 1, &memory, NULL));
    WsFreeHeap(heap);
}

#endif
