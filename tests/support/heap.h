/* SPDX-License-Identifier: MIT */
/* heap.h - heaps for what is tested. */
#ifndef WS_SUPPORT_HEAP_H
#define WS_SUPPORT_HEAP_H

#include "support/test.h"

static inline WS_HEAP *create_heap(SIZE_T size)
{
    WS_HEAP *heap = NULL;

    expect_hr(S_OK, WsCreateHeap(size, 0, NULL, 0, &heap, NULL));
    return heap;
}

/* How much of it is in use. */
static inline SIZE_T requested(WS_HEAP *heap)
{
    SIZE_T size = 99;

    expect_hr(S_OK, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_REQUESTED_SIZE, &size, sizeof(size), NULL));
    return size;
}

#endif
