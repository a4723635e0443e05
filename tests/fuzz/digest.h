/* SPDX-License-Identifier: MIT */
/* digest.h - a number that stands for the nodes that a fuzzer has seen; texts that follow one another count as one. */
#ifndef WS_FUZZ_DIGEST_H
#define WS_FUZZ_DIGEST_H

#include "fuzz.h"

struct digest
{
    uint64_t value;
    bool in_text;
};

static void add(struct digest *digest, const void *bytes, size_t length)
{
    const uint8_t *p = bytes;

    while (length--)
        digest->value = (digest->value ^ *p++) * 0x100000001b3u;
}

static void add_number(struct digest *digest, uint32_t number)
{
    add(digest, &number, sizeof(number));
}

static void add_string(struct digest *digest, const WS_XML_STRING *string)
{
    check(string->bytes || !string->length);
    add_number(digest, string->length);
    add(digest, string->bytes, string->length);
}

#endif
