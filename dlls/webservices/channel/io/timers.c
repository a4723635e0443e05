/* SPDX-License-Identifier: MIT */
/* timers.c - see timers.h. */
#include "timers.h"

/* Makes one heap of two, neither of which is empty or has a next one. */
static struct timer *meld(struct timer *a, struct timer *b)
{
    struct timer *later;

    if (b->moment < a->moment)
    {
        later = a;
        a = b;
    }
    else
        later = b;
    if ((later->next = a->child))
        later->next->link = &later->next;
    later->link = &a->child;
    a->child = later;
    return a;
}

static void set_root(struct timer **heap, struct timer *root)
{
    *heap = root;
    if (root)
    {
        root->next = NULL;
        root->link = heap;
    }
}

/* Makes one heap of a list of them: in pairs from left to right, then these from right to left. */
static struct timer *meld_list(struct timer *list)
{
    struct timer *pairs = NULL, *all = NULL, *first, *second;

    while ((first = list))
    {
        if (!(second = first->next))
            list = NULL;
        else
        {
            list = second->next;
            first->next = second->next = NULL;
            first = meld(first, second);
        }
        first->next = pairs;
        pairs = first;
    }
    while ((first = pairs))
    {
        pairs = first->next;
        first->next = NULL;
        all = all ? meld(all, first) : first;
    }
    return all;
}

void timer_add(struct timer **heap, struct timer *timer, uint64_t moment)
{
    timer->moment = moment;
    timer->child = timer->next = NULL;
    set_root(heap, *heap ? meld(*heap, timer) : timer);
}

void timer_remove(struct timer **heap, struct timer *timer)
{
    struct timer *below = meld_list(timer->child);

    if ((*timer->link = timer->next))
        timer->next->link = timer->link;
    timer->link = NULL;
    if (*heap)
        set_root(heap, below ? meld(*heap, below) : *heap);
    else
        set_root(heap, below);
}
