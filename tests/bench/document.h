/* SPDX-License-Identifier: MIT */
/* document.h - XML documents to measure with; the same bytes each time. */
#ifndef WS_BENCH_DOCUMENT_H
#define WS_BENCH_DOCUMENT_H

#include <stddef.h>

/*
 * A document of at least `size` bytes in UTF-8, zero-terminated, in memory that the caller frees; *length receives its
 * length.
 *
 * bench_orders: what business documents are like: elements with and without prefixes and attributes, short texts, some
 * references, comments, characters that are not ASCII, and indentation.
 * bench_text: paragraphs of long text, with few elements.
 */
char *bench_orders(size_t size, size_t *length);
char *bench_text(size_t size, size_t *length);

#endif
