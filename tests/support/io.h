/* SPDX-License-Identifier: MIT */
/* io.h - for tests of channel/io: steps that do one thing, and threads and callbacks that can be waited for. */
#ifndef WS_TEST_IO_H
#define WS_TEST_IO_H

#include "support/test.h"

#include "channel/io/operation.h"
#include "channel/io/socket.h"
#include "channel/io/thread.h"

#define offset_to(type, member, pointer) ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* What a test waits for: counted up by other threads. */
struct counter
{
    struct mutex lock;
    struct condition changed;
    unsigned count;
};
#define COUNTER_INIT \
    { \
        MUTEX_INIT, CONDITION_INIT, 0 \
    }

static inline void counter_add(struct counter *counter)
{
    mutex_lock(&counter->lock);
    counter->count++;
    condition_broadcast(&counter->changed);
    mutex_unlock(&counter->lock);
}

static inline unsigned counter_get(struct counter *counter)
{
    unsigned count;

    mutex_lock(&counter->lock);
    count = counter->count;
    mutex_unlock(&counter->lock);
    return count;
}

/* False: it does not get there within 20 seconds. */
static inline bool counter_wait(struct counter *counter, unsigned count)
{
    uint64_t deadline = clock_after(20000);
    bool there;

    mutex_lock(&counter->lock);
    while (counter->count < count && clock_now() < deadline)
        condition_wait(&counter->changed, &counter->lock, deadline);
    there = counter->count >= count;
    mutex_unlock(&counter->lock);
    return there;
}

/* The callback of an asynchronous operation: `state` is one of these. */
struct done
{
    struct counter counter;
    HRESULT result;
    WS_CALLBACK_MODEL model;
    uintptr_t thread;
};
#define DONE_INIT \
    { \
        COUNTER_INIT, 0, WS_SHORT_CALLBACK, 0 \
    }

static inline void CALLBACK on_done(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct done *done = (struct done *)state;

    done->result = hr;
    done->model = model;
    done->thread = thread_self();
    counter_add(&done->counter);
}

#endif
