/* SPDX-License-Identifier: MIT */
/* sort.h - sorting of pointers in place: heapsort, which no document makes quadratic. */
#ifndef WS_XML_SORT_H
#define WS_XML_SORT_H

#include <stddef.h>

/* Both are inlined where they are called, so that `compare` is no call through a pointer. */
static inline __attribute__((always_inline)) void sort_sift_down(void **heap, size_t place, size_t count,
                                                                 int (*compare)(const void *, const void *))
{
    void *moved = heap[place];
    size_t child;

    while ((child = place * 2 + 1) < count)
    {
        if (child + 1 < count && compare(heap[child + 1], heap[child]) > 0)
            child++;
        if (compare(heap[child], moved) <= 0)
            break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = moved;
}

/* Sorts `count` items, at least one. */
static inline __attribute__((always_inline)) void sort_pointers(void **items, size_t count,
                                                                int (*compare)(const void *, const void *))
{
    void *last;
    size_t i;

    for (i = count / 2; i--;)
        sort_sift_down(items, i, count, compare);
    for (i = count; --i;)
    {
        last = items[i];
        items[i] = items[0];
        items[0] = last;
        sort_sift_down(items, 0, i, compare);
    }
}

#endif
