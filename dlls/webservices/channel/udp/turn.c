/* SPDX-License-Identifier: MIT */
/* turn.c - see turn.h. */
#include "turn.h"

void turn_init(struct turn *turn)
{
    mutex_init(&turn->lock);
    turn->first = turn->last = NULL;
}

void turn_release(struct turn *turn)
{
    mutex_release(&turn->lock);
}

/*
 * Takes a ticket out of the queue. If it was the first, the next one is woken, under the lock: as long as its ticket is
 * queued its operation has not ended.
 */
static void remove_ticket(struct turn *turn, struct turn_ticket *ticket)
{
    struct turn_ticket **link = &turn->first, *before = NULL;

    mutex_lock(&turn->lock);
    while (*link != ticket)
    {
        before = *link;
        link = &before->next;
    }
    *link = ticket->next;
    if (turn->last == ticket)
        turn->last = before;
    ticket->is_queued = false;
    if (!before && turn->first)
        operation_wake(turn->first->operation);
    mutex_unlock(&turn->lock);
}

HRESULT turn_take(struct turn *turn, struct turn_ticket *ticket, struct operation *operation, WS_ERROR *error)
{
    bool is_first;
    HRESULT hr;

    mutex_lock(&turn->lock);
    if (!ticket->is_queued)
    {
        *ticket = (struct turn_ticket){operation, NULL, true};
        if (turn->last)
            turn->last->next = ticket;
        else
            turn->first = ticket;
        turn->last = ticket;
    }
    is_first = turn->first == ticket;
    mutex_unlock(&turn->lock);
    if (is_first)
        return S_OK;

    /* A turn that has come in between has woken the operation: then this wait ends at once. */
    if ((hr = operation_wait(operation, error)) != OPERATION_WAITS)
        remove_ticket(turn, ticket);
    return hr;
}

void turn_give(struct turn *turn, struct turn_ticket *ticket)
{
    remove_ticket(turn, ticket);
}
