/* SPDX-License-Identifier: MIT */
/*
 * xml-queue.h - nodes that have been read, but not yet taken: for looking ahead in a document that is a stream.
 *
 * What a reader shows is gone when it moves on, so each node is copied, to a block of its own.
 */
#ifndef DEMOS_XML_QUEUE_H
#define DEMOS_XML_QUEUE_H

#include "xml-stdio.h"

/* How far one can look ahead. */
#define MAX_AHEAD_NODES 256
#define MAX_AHEAD_BYTES (1024 * 1024)

struct queued
{
    struct queued *next;
    const WS_XML_NODE *node;
    SIZE_T size;
};

struct node_queue
{
    WS_XML_READER *reader;
    struct queued *first, **end;
    struct queued *taken; /* the node that was taken last, which is still to be looked at */
    ULONG count;
    SIZE_T size;
};

void init_queue(struct node_queue *queue, WS_XML_READER *reader);
void free_queue(struct node_queue *queue);

/* Takes the next node. It stays valid until the next one is taken. */
HRESULT take_node(struct node_queue *queue, const WS_XML_NODE **node, WS_ERROR *error);

/*
 * Shows the node behind another that has been looked at, or, if that is NULL, the one that will be taken next. *next is
 * NULL when it is too far ahead, or the document ends before. Nodes are looked at in the order of the document.
 */
HRESULT look_ahead(struct node_queue *queue, const struct queued *after, const struct queued **next, WS_ERROR *error);

#endif
