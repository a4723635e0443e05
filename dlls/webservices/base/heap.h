/* SPDX-License-Identifier: MIT */
/*
 * heap.h - WS_HEAP: an arena with a handle.
 *
 * docs/heap.md says what is documented, observed and chosen.
 */
#ifndef WS_BASE_HEAP_H
#define WS_BASE_HEAP_H

#include "arena.h"
#include "handle.h"
#include "memory.h"

struct _WS_HEAP
{
    struct handle handle;
    struct arena arena;
    size_t trim_size;     /* as it was given */
    uint64_t generation;  /* of what is allocated: another one after a reset, and of any other heap at this address */
    bool is_member;       /* of another object, which alone resets and frees it */
    const char *sized_by; /* which property of that has its max size, for sentences; NULL: none */
};

extern struct handle_pool heap_pool;

/*
 * Initializes a WS_HEAP that is a member of another object, for functions that take a heap. It is in no pool:
 * arena_release() of its arena releases it. Programs that get it, as that of a message or in a callback, can neither
 * reset nor free it. The first one keeps memory up to the trim size when its arena is reset.
 */
static inline void heap_init_member_to_reset(WS_HEAP *heap, size_t quota, size_t trim)
{
    /* A trim size above the max size means that nothing is trimmed. */
    memory_init_arena(&heap->arena, quota, trim > quota ? SIZE_MAX : trim);
    heap->trim_size = trim;
    heap->generation = 0;
    heap->is_member = true;
    heap->sized_by = NULL;
    heap->handle.next_free = NULL;
    heap->handle.tag = HANDLE_HEAP;
}
static inline void heap_init_member(WS_HEAP *heap, size_t quota)
{
    heap_init_member_to_reset(heap, quota, 0);
}

/* Reports why an allocation failed; returns the code. */
HRESULT heap_alloc_failed(const WS_HEAP *heap, size_t size, WS_ERROR *error);

/*
 * Takes `size` bytes, aligned to 8 and with undefined contents, from a live heap.
 *
 * WS_E_QUOTA_EXCEEDED or E_OUTOFMEMORY: nothing has changed, and *ptr is untouched.
 */
static inline HRESULT heap_alloc(WS_HEAP *heap, size_t size, void **ptr, WS_ERROR *error)
{
    void *memory = memory_must_fail() ? NULL : arena_alloc(&heap->arena, size);

    if (UNLIKELY(!memory))
    {
        HRESULT hr = heap_alloc_failed(heap, size, error);

        if (hr == S_OK)
            __builtin_unreachable(); /* or callers' *ptr looks uninitialized to the compiler */
        return hr;
    }
    *ptr = memory;
    return S_OK;
}

#endif
