/* SPDX-License-Identifier: MIT */
/* limit.h - what no allocator behind a call can beat: a checked bump of a pointer, not inlined. */
#ifndef WS_BENCH_LIMIT_H
#define WS_BENCH_LIMIT_H

#include <stddef.h>

struct limit
{
    char *pos, *end;
};

void *limit_alloc(struct limit *limit, size_t size);

/* Nanoseconds of a clock that only goes forward. */
double bench_now(void);

/* The same, to begin with: what others freed before is put in order now, and not at the cost of what is measured. */
double bench_begin(void);

/* Keeps the compiler from leaving out the work after a pointer. */
#define bench_use(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")

#endif
