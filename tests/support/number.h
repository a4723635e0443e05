/* SPDX-License-Identifier: MIT */
/* number.h - what tests of texts and numbers share. */
#ifndef WS_TESTS_UNIT_NUMBER_H
#define WS_TESTS_UNIT_NUMBER_H

#include "support/random.h"
#include "support/test.h"

#include <stdlib.h>

static inline uint64_t next_random(void)
{
    static uint64_t state = 88172645463325252u;

    return random_bits(&state);
}

/* A copy in exactly as much memory as it needs, so that AddressSanitizer sees what is read beyond it. */
static inline void *exactly(const void *bytes, size_t size)
{
    void *copy = malloc(size ? size : 1);

    expect(copy != NULL);
    memcpy(copy, bytes, size);
    return copy;
}

/* What was written to `text`, zero-terminated, in one of a few buffers. */
static inline const char *finish(const BYTE *text, size_t length)
{
    static char results[4][80];
    static int next;
    char *result = results[next++ % 4];

    expect(length < sizeof(results[0]));
    memcpy(result, text, length);
    result[length] = 0;
    return result;
}

#endif
