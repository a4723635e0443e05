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

#include "support/node-digest.h"

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

/* After a failure the node is shown that was before, whole. */
static inline void check_node_is(WS_XML_READER *reader, const WS_XML_NODE *last, uint64_t value)
{
    const WS_XML_NODE *node;

    check(WsGetReaderNode(reader, &node, NULL) == S_OK);
    check(node == last && digest_node(node) == value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
