/* SPDX-License-Identifier: MIT */
/* limit.c - see limit.h. A file of its own, so that nothing is inlined. */
#include "limit.h"

#include <stdlib.h>

#ifdef _WIN32
#include <windows.h>

double bench_now(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e9 / (double)frequency.QuadPart;
}
#else
#include <time.h>

double bench_now(void)
{
    struct timespec now;

    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}
#endif

double bench_begin(void)
{
    /* glibc joins small blocks that have been freed when a large one is wanted: 100,000 of them after libxml2. */
    void *large = malloc(100000);

    bench_use(large);
    free(large);
    return bench_now();
}

__attribute__((noinline)) void *limit_alloc(struct limit *limit, size_t size)
{
    char *memory = limit->pos;

    if (size > (size_t)(limit->end - memory))
        return NULL;
    limit->pos = memory + ((size + 7) & ~(size_t)7);
    return memory;
}
