/* SPDX-License-Identifier: MIT */
/*
 * cycle.h - a request with Action, To, MessageID and a body of ten fields: initialized, addressed and written; and
 * read, with its headers got. The functions of the API come in a table, so that several DLLs can be measured.
 */
#ifndef WS_BENCH_CYCLE_H
#define WS_BENCH_CYCLE_H

#include "webservices.h"

#define CYCLE_FUNCTIONS(X) \
    X(WsCreateHeap) \
    X(WsResetHeap) \
    X(WsFreeHeap) \
    X(WsCreateReader) \
    X(WsFreeReader) \
    X(WsSetInput) \
    X(WsCreateWriter) \
    X(WsFreeWriter) \
    X(WsSetOutput) \
    X(WsGetWriterProperty) \
    X(WsCreateMessage) \
    X(WsFreeMessage) \
    X(WsInitializeMessage) \
    X(WsResetMessage) \
    X(WsSetHeader) \
    X(WsGetHeader) \
    X(WsAddressMessage) \
    X(WsAddCustomHeader) \
    X(WsWriteEnvelopeStart) \
    X(WsWriteBody) \
    X(WsWriteEnvelopeEnd) \
    X(WsReadEnvelopeStart) \
    X(WsReadBody) \
    X(WsReadEnvelopeEnd)

struct cycle_api
{
#define MEMBER(name) __typeof__(&name) name;
    CYCLE_FUNCTIONS(MEMBER)
#undef MEMBER
};

struct cycle
{
    const struct cycle_api *api;
    WS_HEAP *heap;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_MESSAGE *message;
    WS_BYTES bytes; /* what has been written last; the writer's */
};

HRESULT cycle_open(struct cycle *cycle, const struct cycle_api *api);
void cycle_close(struct cycle *cycle);

HRESULT cycle_write(struct cycle *cycle);
HRESULT cycle_read(struct cycle *cycle);

/* A message with so many custom headers, written. */
HRESULT cycle_headers(struct cycle *cycle, ULONG count);

#endif
