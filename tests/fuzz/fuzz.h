/* SPDX-License-Identifier: MIT */
/*
 * fuzz.h - what the fuzzers share. Each defines LLVMFuzzerTestOneInput(); what it keeps from one input to the next it
 * gives back in a function for atexit(), so that what is left is a leak.
 */
#ifndef WS_FUZZ_H
#define WS_FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "webservices.h"

/* A property that must hold for every input. */
#define check(condition) \
    do \
    { \
        if (!(condition)) \
        { \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            abort(); \
        } \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
