/* SPDX-License-Identifier: MIT */
/* typed-gsoap.h - the documents of structures.h, read and written by what gSOAP generates from typed-gsoap.idl. */
#ifndef WS_BENCH_TYPED_GSOAP_H
#define WS_BENCH_TYPED_GSOAP_H

#include <stddef.h>

enum gsoap_document
{
    GSOAP_ORDERS,
    GSOAP_INTEGERS,
    GSOAP_DOUBLES,
    GSOAP_POINTS
};

/* Reads a document; what has been read before is freed. Returns a sum of numbers in it, to see that all is there. */
double gsoap_read(enum gsoap_document which, const char *text, size_t length);

/* Writes what has been read last, which was such a document; returns how many bytes. */
size_t gsoap_write(enum gsoap_document which);

void gsoap_free(void);

#endif
