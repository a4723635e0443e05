/* SPDX-License-Identifier: MIT */
/* reactor.c - see reactor.h. */
#include "reactor.h"

#include "poller.h"
#include "socket.h"
#include "timers.h"

#include "base/memory.h"

/* So many events of the system at once. */
#define BATCH 64

/* Blocks of slots: the first has so many, each other one as many as all before it together. */
#define FIRST_BLOCK 64u
#define BLOCKS      24u

/*
 * Slots stay at their place, which the poller remembers, and are not given back before the reactor is closed, for
 * events may come after their socket has been closed.
 */
struct slot
{
    uint32_t generation; /* counts the sockets that had it */
    uint32_t place;      /* the poller's */
    uint32_t next_free;
    struct operation *in, *out; /* who waits; `out` is for connecting, too */
};

static struct
{
    struct mutex lock;
    struct slot *blocks[BLOCKS];
    uint32_t count; /* of slots that have been used; the first never is */
    uint32_t first_free;
    struct timer *timers;
    uint64_t sleeps_until; /* the moment at which a thread in the poller wakes up, or 0 */
} reactor = {.lock = MUTEX_INIT};

bool reactor_open(void)
{
    reactor.count = 1;
    return poller_open();
}

void reactor_close(void)
{
    unsigned i;

    poller_close();
    for (i = 0; i < BLOCKS; i++)
    {
        memory_free(reactor.blocks[i]);
        reactor.blocks[i] = NULL;
    }
    reactor.count = reactor.first_free = 0;
}

/* Which block a slot is in, and which is the first of that. */
static unsigned block_of(uint32_t index, uint32_t *first)
{
    unsigned block = 0;

    for (*first = 0; index >= FIRST_BLOCK << block; block++)
        *first = FIRST_BLOCK << block;
    return block;
}

static struct slot *slot_of(uint32_t index)
{
    uint32_t first;
    unsigned block = block_of(index, &first);

    return &reactor.blocks[block][index - first];
}

/* Makes room for one more. */
static bool grow(void)
{
    uint32_t first, size;
    unsigned block = block_of(reactor.count, &first);

    if (block >= BLOCKS)
        return false;
    size = first ? first : FIRST_BLOCK;
    return reactor.blocks[block] ||
           (reactor.blocks[block] = memory_alloc(size * sizeof(struct slot), "slots for sockets"));
}

static uint32_t take_slot(void)
{
    uint32_t index = reactor.first_free;

    if (index)
        reactor.first_free = slot_of(index)->next_free;
    else if (grow())
    {
        index = reactor.count++;
        *slot_of(index) = (struct slot){0};
    }
    return index;
}

bool reactor_prepare(struct socket *socket)
{
    uint32_t index;

    /* Its two operations may come here at once. */
    if (__atomic_load_n(&socket->slot, __ATOMIC_ACQUIRE))
        return true;
    mutex_lock(&reactor.lock);
    if (!(index = socket->slot) && (index = take_slot()))
        __atomic_store_n(&socket->slot, index, __ATOMIC_RELEASE);
    mutex_unlock(&reactor.lock);
    return index != 0;
}

void reactor_forget(struct socket *socket)
{
    struct slot *slot;

    if (!socket->slot)
        return;
    mutex_lock(&reactor.lock);
    if (socket->slot < reactor.count) /* else the reactor has been closed */
    {
        slot = slot_of(socket->slot);
        poller_forget(&reactor.lock, &slot->place);
        slot->generation++;
        slot->in = slot->out = NULL;
        slot->next_free = reactor.first_free;
        reactor.first_free = socket->slot;
    }
    mutex_unlock(&reactor.lock);
    socket->slot = 0;
}

static uint64_t key_of(uint32_t index)
{
    return (uint64_t)slot_of(index)->generation << 32 | index;
}

static unsigned events_of(const struct operation *operation)
{
    return operation->direction == SOCKET_IN ? POLL_IN : operation->direction == SOCKET_OUT ? POLL_OUT : POLL_CONNECT;
}

static bool arm(uint32_t index, uintptr_t handle)
{
    struct slot *slot = slot_of(index);
    unsigned events = (slot->in ? POLL_IN : 0) | (slot->out ? events_of(slot->out) : 0);

    return poller_arm(handle, key_of(index), events, &slot->place);
}

static struct operation **waiter_of(struct slot *slot, const struct operation *operation)
{
    return operation->direction == SOCKET_IN ? &slot->in : &slot->out;
}

/* Takes it out of what it waits in. The system may still tell of its socket, which is then for nobody. */
static void take_out(struct operation *operation)
{
    if (operation->waits == OPERATION_WAITS_SOCKET)
        *waiter_of(slot_of(operation->socket->slot), operation) = NULL;
    if (operation->timer.link)
        timer_remove(&reactor.timers, &operation->timer);
    __atomic_fetch_and(&operation->flags, ~(uint32_t)OPERATION_PARKED, __ATOMIC_ACQ_REL);
}

bool reactor_park(struct operation *operation)
{
    uint64_t moment = operation->moment < operation->deadline ? operation->moment : operation->deadline;
    bool parked, wake = false;

    mutex_lock(&reactor.lock);
    if (moment != CLOCK_NEVER)
        timer_add(&reactor.timers, &operation->timer, moment);
    parked = !(__atomic_fetch_or(&operation->flags, OPERATION_PARKED, __ATOMIC_ACQ_REL) & OPERATION_WOKEN);
    if (operation->waits == OPERATION_WAITS_SOCKET)
    {
        *waiter_of(slot_of(operation->socket->slot), operation) = operation;
        if (parked && !arm(operation->socket->slot, operation->socket->handle))
        {
            operation->wait_failed = true;
            parked = false;
        }
    }
    if (!parked)
        take_out(operation);
    else if (reactor.sleeps_until > moment)
    {
        reactor.sleeps_until = moment;
        wake = true;
    }
    mutex_unlock(&reactor.lock);
    /* The operation may be running already. */
    if (wake)
        poller_wake();
    return parked;
}

bool reactor_unpark(struct operation *operation)
{
    bool parked;

    mutex_lock(&reactor.lock);
    if ((parked = __atomic_load_n(&operation->flags, __ATOMIC_ACQUIRE) & OPERATION_PARKED))
        take_out(operation);
    mutex_unlock(&reactor.lock);
    return parked;
}

/* Of works, in the order in which they come. */
struct list
{
    struct work **last;
};

static void resume(struct list *list, struct operation *operation)
{
    take_out(operation);
    *list->last = &operation->work;
    list->last = &operation->work.next;
}

static void dispatch(struct list *list, const struct poller_event *event)
{
    uint32_t index = (uint32_t)event->key;
    struct slot *slot;
    uintptr_t handle;

    if (index >= reactor.count || key_of(index) != event->key)
        return;
    slot = slot_of(index);
    if (slot->in && event->events & POLL_IN)
        resume(list, slot->in);
    if (slot->out && event->events & events_of(slot->out))
        resume(list, slot->out);
    if (slot->in || slot->out)
    {
        handle = (slot->in ? slot->in : slot->out)->socket->handle;
        if (!arm(index, handle))
        {
            struct operation *left = slot->in ? slot->in : slot->out;

            left->wait_failed = true;
            resume(list, left);
        }
    }
}

struct work *reactor_poll(uint64_t deadline)
{
    struct poller_event events[BATCH];
    struct work *first = NULL;
    struct list list = {&first};
    size_t count, i;
    uint64_t now;

    mutex_lock(&reactor.lock);
    if (reactor.timers && reactor.timers->moment < deadline)
        deadline = reactor.timers->moment;
    reactor.sleeps_until = deadline;
    mutex_unlock(&reactor.lock);
    count = poller_wait(&reactor.lock, deadline, events, BATCH);
    mutex_lock(&reactor.lock);
    reactor.sleeps_until = 0;
    for (i = 0; i < count; i++)
        dispatch(&list, &events[i]);
    if (reactor.timers)
    {
        now = clock_now();
        while (reactor.timers && reactor.timers->moment <= now)
        {
            struct timer *timer = reactor.timers;

            resume(&list, (struct operation *)((char *)timer - offsetof(struct operation, timer)));
        }
    }
    *list.last = NULL;
    mutex_unlock(&reactor.lock);
    return first;
}

void reactor_wake(void)
{
    poller_wake();
}
