/* SPDX-License-Identifier: MIT */
/*
 * canonical_output.h - the bytes of a canonical form: collected in one buffer, and handed out whenever that has as many
 * as the caller wants in a piece.
 */
#ifndef WS_XML_CANONICAL_CANONICAL_OUTPUT_H
#define WS_XML_CANONICAL_CANONICAL_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "xml/block.h"
#include "webservices.h"

/* What is replaced, as section 2.3 of [C14N] says. */
enum canonical_mode
{
    CANONICAL_CONTENT,   /* & < > CR */
    CANONICAL_ATTRIBUTE, /* & < " TAB LF CR */
    CANONICAL_CDATA,     /* & < >, and each line end becomes LF */
    CANONICAL_COMMENT    /* each line end becomes LF */
};

struct canonical_output
{
    HRESULT (*write)(void *owner, const BYTE *bytes, size_t count, WS_ERROR *error);
    void *owner;
    BYTE *bytes;
    size_t used, room;
    size_t wanted; /* what makes a piece; */
    size_t most;   /* and the most that is collected: the room grows up to that */
    bool after_cr; /* a line end has been written for CR: LF belongs to it */
};

/* Takes a buffer. E_OUTOFMEMORY. */
HRESULT canonical_output_init(struct canonical_output *output, ULONG wanted, WS_ERROR *error);
void canonical_output_release(struct canonical_output *output);

/* Hands out all that there is. */
HRESULT canonical_flush(struct canonical_output *output, WS_ERROR *error);

HRESULT canonical_put_slow(struct canonical_output *output, const BYTE *bytes, size_t count, WS_ERROR *error);

static inline HRESULT canonical_put(struct canonical_output *output, const void *bytes, size_t count, WS_ERROR *error)
{
    if (UNLIKELY(count > output->room - output->used))
        return canonical_put_slow(output, bytes, count, error);
    block_copy(output->bytes + output->used, bytes, count);
    output->used += count;
    return S_OK;
}

/* Puts UTF-8 that is known to be valid, with what must be replaced replaced. */
HRESULT canonical_put_escaped(struct canonical_output *output, enum canonical_mode mode, const BYTE *bytes,
                              size_t count, WS_ERROR *error);

/* The same of UTF-16 in this machine's order, not aligned; WS_E_INVALID_FORMAT if that is not valid. */
HRESULT canonical_put_utf16(struct canonical_output *output, enum canonical_mode mode, const BYTE *bytes, size_t count,
                            WS_ERROR *error);

/* After each node: a piece that is large enough goes out. */
static inline HRESULT canonical_settle(struct canonical_output *output, WS_ERROR *error)
{
    return LIKELY(output->used < output->wanted) ? S_OK : canonical_flush(output, error);
}

#endif
