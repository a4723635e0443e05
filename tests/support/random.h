/* SPDX-License-Identifier: MIT */
/* random.h - numbers that look random and are the same in each run. */
#ifndef WS_SUPPORT_RANDOM_H
#define WS_SUPPORT_RANDOM_H

#include <stdint.h>

/* The next state of a linear congruential generator; its upper bits are the better ones. */
static inline uint32_t random_step(uint32_t *state)
{
    return *state = *state * 1664525u + 1013904223u;
}

/* A number below `count`, which is less than 2^24. */
static inline uint32_t random_below(uint32_t *state, uint32_t count)
{
    return (random_step(state) >> 8) % count;
}

/* 64 bits, by xorshift; the state is not 0. */
static inline uint64_t random_bits(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

#endif
