/* SPDX-License-Identifier: MIT */
/*
 * timers.h - moments at which something is to happen, the earliest first.
 *
 * A pairing heap (Fredman, Sedgewick, Sleator, Tarjan, 1986): it needs no memory but that of its members, adding one is
 * a comparison, and taking one out (most timeouts never come) is little more when few are under it.
 */
#ifndef WS_CHANNEL_IO_TIMERS_H
#define WS_CHANNEL_IO_TIMERS_H

#include <stddef.h>
#include <stdint.h>

struct timer
{
    uint64_t moment;
    struct timer *child; /* the first of those below, none of which is earlier */
    struct timer *next;  /* of the same parent */
    struct timer **link; /* what points to this one; NULL: it is in no heap */
};

/* An empty heap is a NULL pointer. */
void timer_add(struct timer **heap, struct timer *timer, uint64_t moment);

/* It must be in the heap. */
void timer_remove(struct timer **heap, struct timer *timer);

#endif
