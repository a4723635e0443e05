/* SPDX-License-Identifier: MIT */
/*
 * turn.h - one operation at a time: those that come while another one is at it wait, and get their turns in the order
 * in which they came. For what several operations want of one socket, from which one at a time may receive.
 */
#ifndef WS_CHANNEL_UDP_TURN_H
#define WS_CHANNEL_UDP_TURN_H

#include <stdbool.h>

#include "channel/io/operation.h"
#include "channel/io/thread.h"

/* One for each operation that may want a turn. It begins as zeroes. */
struct turn_ticket
{
    struct operation *operation;
    struct turn_ticket *next;
    bool is_queued;
};

struct turn
{
    struct mutex lock;
    struct turn_ticket *first, *last; /* the first one has the turn */
};

void turn_init(struct turn *turn);

/* Nobody has it or waits for it. */
void turn_release(struct turn *turn);

/*
 * Resumable: waits for the turn. S_OK: the operation has it, and keeps it, over its own waits too, until it gives it
 * back; asking again meanwhile is S_OK. A failure: it has not, and waits no longer.
 */
HRESULT turn_take(struct turn *turn, struct turn_ticket *ticket, struct operation *operation, WS_ERROR *error);

/* Gives it back, to the next one. */
void turn_give(struct turn *turn, struct turn_ticket *ticket);

#endif
