/* SPDX-License-Identifier: MIT */
/* waker.c - see waker.h. */
#include "waker.h"

#include "base/memory.h"
#include "poller.h"

static struct mutex lock = MUTEX_INIT;
static struct waker *kept;

struct waker *waker_take(void)
{
    struct waker *waker;

    mutex_lock(&lock);
    if ((waker = kept))
        kept = waker->next;
    mutex_unlock(&lock);
    if (waker || !(waker = memory_alloc(sizeof(*waker), "waker of a thread")))
        return waker;
    mutex_init(&waker->lock);
    condition_init(&waker->condition);
    waker->woken = waker->has_signal = false;
    return waker;
}

void waker_give(struct waker *waker)
{
    mutex_lock(&lock);
    waker->next = kept;
    kept = waker;
    mutex_unlock(&lock);
}

bool waker_open(struct waker *waker)
{
    if (!waker->has_signal)
        waker->has_signal = signal_open(&waker->signal);
    return waker->has_signal;
}

void waker_wait(struct waker *waker, uint64_t deadline)
{
    mutex_lock(&waker->lock);
    if (!waker->woken)
        condition_wait(&waker->condition, &waker->lock, deadline);
    waker->woken = false;
    mutex_unlock(&waker->lock);
}

void waker_wake(struct waker *waker)
{
    mutex_lock(&waker->lock);
    waker->woken = true;
    condition_signal(&waker->condition);
    mutex_unlock(&waker->lock);
}

void waker_poll(struct waker *waker, uintptr_t socket, unsigned events, uint64_t deadline)
{
    if (poll_one(socket, events, waker->signal, deadline))
        signal_clear(waker->signal);
}

void waker_signal(struct waker *waker)
{
    signal_send(waker->signal);
}

void waker_release_all(void)
{
    struct waker *waker, *next;

    mutex_lock(&lock);
    waker = kept;
    kept = NULL;
    mutex_unlock(&lock);
    for (; waker; waker = next)
    {
        next = waker->next;
        if (waker->has_signal)
            signal_close(waker->signal);
        condition_release(&waker->condition);
        mutex_release(&waker->lock);
        memory_free(waker);
    }
}
