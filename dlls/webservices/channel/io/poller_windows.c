/* SPDX-License-Identifier: MIT */
/*
 * poller_windows.c - see poller.h. WSAPoll, for any number of sockets; a signal is a datagram that a socket sends to
 * itself.
 *
 * Before Windows 10 2004 WSAPoll does not tell that connecting has failed. So select() is asked for sockets that
 * connect.
 */
#include <winsock2.h>
#include <ws2tcpip.h>

#include "poller.h"

#include "base/memory.h"
#include "system.h"

#include <limits.h>
#include <string.h>

/* How often sockets that connect are looked at, in milliseconds. */
#define CONNECT_TIME 50

/* A socket that is waited for, or has been: `events` is 0. */
struct entry
{
    SOCKET socket;
    uint64_t key;
    unsigned events;
    unsigned polled; /* the number of the last wait that it was in */
    uint32_t *place; /* 1 + its index */
};

static struct
{
    uintptr_t signal;
    struct entry *entries;
    WSAPOLLFD *files; /* what is being polled: the signal, and then some of the entries */
    uint64_t *keys;   /* of these */
    size_t count, capacity, file_capacity;
    bool waiting;
    unsigned waits; /* how many there have been */
    struct condition wait_ended;
    bool woken; /* atomic: the signal has been sent, and not been cleared */
} poller = {.wait_ended = CONDITION_INIT};

/* --- Signals --- */

bool signal_open(uintptr_t *signal)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = sizeof(address);
    SOCKET handle;

    if (system_open(NETWORK_IPV4, false, true, signal))
        return false;
    handle = (SOCKET)*signal;
    /* From then on it receives from itself alone. */
    if (!bind(handle, (struct sockaddr *)&address, size) && !getsockname(handle, (struct sockaddr *)&address, &size) &&
        !connect(handle, (struct sockaddr *)&address, size))
        return true;
    closesocket(handle);
    return false;
}

void signal_close(uintptr_t signal)
{
    closesocket((SOCKET)signal);
}

void signal_send(uintptr_t signal)
{
    send((SOCKET)signal, "", 1, 0);
}

void signal_clear(uintptr_t signal)
{
    char byte[4];

    while (recv((SOCKET)signal, byte, sizeof(byte), 0) > 0)
        continue;
}

/* --- One socket --- */

/* For a call that takes milliseconds: -1 for ever. */
static int timeout_until(uint64_t deadline)
{
    uint64_t now;

    if (deadline == CLOCK_NEVER)
        return -1;
    now = clock_now();
    return now >= deadline ? 0 : deadline - now < INT_MAX ? (int)(deadline - now) : INT_MAX;
}

static SHORT poll_events(unsigned events)
{
    return (SHORT)((events & POLL_IN ? POLLRDNORM : 0) | (events & (POLL_OUT | POLL_CONNECT) ? POLLWRNORM : 0));
}

/* True: the signal has been sent. */
static bool select_connected(SOCKET socket, SOCKET signal, int timeout)
{
    struct timeval time = {timeout / 1000, timeout % 1000 * 1000};
    fd_set read, write, failed;

    FD_ZERO(&read);
    FD_ZERO(&write);
    FD_ZERO(&failed);
    FD_SET(signal, &read);
    FD_SET(socket, &write);
    FD_SET(socket, &failed);
    return select(0, &read, &write, &failed, timeout < 0 ? NULL : &time) > 0 && FD_ISSET(signal, &read);
}

bool poll_one(uintptr_t socket, unsigned events, uintptr_t signal, uint64_t deadline)
{
    WSAPOLLFD files[2] = {{(SOCKET)signal, POLLRDNORM, 0}, {(SOCKET)socket, poll_events(events), 0}};

    if (events & POLL_CONNECT)
        return select_connected((SOCKET)socket, (SOCKET)signal, timeout_until(deadline));
    return WSAPoll(files, 2, timeout_until(deadline)) > 0 && files[0].revents;
}

/* --- Many sockets --- */

bool poller_open(void)
{
    return signal_open(&poller.signal);
}

void poller_close(void)
{
    signal_close(poller.signal);
    memory_free(poller.entries);
    memory_free(poller.files);
    memory_free(poller.keys);
    poller.entries = NULL;
    poller.files = NULL;
    poller.keys = NULL;
    poller.count = poller.capacity = poller.file_capacity = 0;
    poller.woken = false;
}

static bool grow(void)
{
    size_t capacity = poller.capacity ? poller.capacity * 2 : 64;
    struct entry *entries = memory_alloc(capacity * sizeof(*entries), "sockets that are waited for");

    if (!entries)
        return false;
    if (poller.count)
        memcpy(entries, poller.entries, poller.count * sizeof(*entries));
    memory_free(poller.entries);
    poller.entries = entries;
    poller.capacity = capacity;
    return true;
}

bool poller_arm(uintptr_t socket, uint64_t key, unsigned events, uint32_t *place)
{
    struct entry *entry;

    if (!*place)
    {
        if (poller.count == poller.capacity && !grow())
            return false;
        poller.entries[poller.count].polled = poller.waits - 1;
        *place = (uint32_t)++poller.count;
    }
    entry = &poller.entries[*place - 1];
    *entry = (struct entry){(SOCKET)socket, key, events, entry->polled, place};
    if (poller.waiting)
        poller_wake();
    return true;
}

void poller_forget(struct mutex *lock, uint32_t *place)
{
    struct entry *last;
    unsigned wait;

    if (!*place)
        return;
    /* It may get another place while the lock is not held. */
    poller.entries[*place - 1].events = 0;
    for (wait = poller.waits; poller.waiting && poller.waits == wait && poller.entries[*place - 1].polled == wait;)
    {
        poller_wake();
        condition_wait(&poller.wait_ended, lock, CLOCK_NEVER);
    }
    last = &poller.entries[--poller.count];
    poller.entries[*place - 1] = *last;
    *last->place = *place;
    *place = 0;
}

/* Room for as many files as there are entries, and for the signal. */
static bool grow_files(void)
{
    WSAPOLLFD *files = memory_alloc((poller.capacity + 1) * sizeof(*files), "sockets that are polled");
    uint64_t *keys = memory_alloc((poller.capacity + 1) * sizeof(*keys), "keys of sockets that are polled");

    if (!files || !keys)
    {
        memory_free(files);
        memory_free(keys);
        return false;
    }
    memory_free(poller.files);
    memory_free(poller.keys);
    poller.files = files;
    poller.keys = keys;
    poller.file_capacity = poller.capacity + 1;
    return true;
}

/*
 * Makes the list of what to poll, and shortens the timeout where that does not tell all. Returns its length; 0: there
 * is no memory for any.
 */
static size_t list_files(int *timeout)
{
    size_t count = 1, i;
    int longest = INT_MAX;

    if (poller.file_capacity <= poller.count && !grow_files())
        longest = CONNECT_TIME; /* some of them this time, perhaps all the next */
    if (!poller.file_capacity)
        return 0;
    poller.files[0] = (WSAPOLLFD){(SOCKET)poller.signal, POLLRDNORM, 0};
    for (i = 0; i < poller.count && count < poller.file_capacity; i++)
    {
        struct entry *entry = &poller.entries[i];

        if (!entry->events)
            continue;
        entry->polled = poller.waits;
        if (entry->events & POLL_CONNECT)
            longest = CONNECT_TIME;
        poller.files[count] = (WSAPOLLFD){entry->socket, poll_events(entry->events), 0};
        poller.keys[count++] = entry->key;
    }
    if ((unsigned)*timeout > (unsigned)longest)
        *timeout = longest;
    return count;
}

/* Whether connecting has ended. */
static bool has_connected(SOCKET socket)
{
    struct timeval time = {0, 0};
    fd_set write, failed;

    FD_ZERO(&write);
    FD_ZERO(&failed);
    FD_SET(socket, &write);
    FD_SET(socket, &failed);
    return select(0, NULL, &write, &failed, &time) != 0;
}

/* The entry of a key, which has probably stayed where it was: at `guess` or soon after. NULL: it has been forgotten. */
static struct entry *find_entry(uint64_t key, size_t guess)
{
    size_t i;

    for (i = guess; i < poller.count; i++)
        if (poller.entries[i].key == key)
            return &poller.entries[i];
    for (i = guess < poller.count ? guess : poller.count; i > 0;)
        if (poller.entries[--i].key == key)
            return &poller.entries[i];
    return NULL;
}

static unsigned events_of(SHORT happened)
{
    if (happened & (POLLERR | POLLHUP | POLLNVAL))
        return POLL_IN | POLL_OUT | POLL_CONNECT;
    return (happened & POLLRDNORM ? POLL_IN : 0u) | (happened & POLLWRNORM ? POLL_OUT | POLL_CONNECT : 0u);
}

/* What has been polled, with the lock: the entries may have changed meanwhile. */
static size_t collect(size_t files, bool some, struct poller_event *events, size_t capacity)
{
    size_t count = 0, i, next = 0;

    for (i = 1; i < files && count < capacity; i++)
    {
        unsigned happened = some ? events_of(poller.files[i].revents) : 0;
        struct entry *entry;

        if (!happened && !(poller.files[i].events & POLLWRNORM))
            continue;
        if (!(entry = find_entry(poller.keys[i], next)))
            continue;
        next = (size_t)(entry - poller.entries) + 1;
        if (!happened && entry->events & POLL_CONNECT && has_connected(entry->socket))
            happened = POLL_CONNECT;
        if (!(happened &= entry->events))
            continue;
        events[count].key = entry->key;
        events[count++].events = happened;
        entry->events = 0;
    }
    return count;
}

size_t poller_wait(struct mutex *lock, uint64_t deadline, struct poller_event *events, size_t capacity)
{
    int timeout = timeout_until(deadline), found;
    size_t files, count;

    mutex_lock(lock);
    poller.waits++;
    files = list_files(&timeout);
    poller.waiting = true;
    mutex_unlock(lock);
    if (files)
        found = WSAPoll(poller.files, (ULONG)files, timeout);
    else
    {
        Sleep(1); /* until there is memory */
        found = 0;
    }
    if (found > 0 && poller.files[0].revents)
    {
        /* In this order: a wake in between sends the signal again. */
        signal_clear(poller.signal);
        __atomic_store_n(&poller.woken, false, __ATOMIC_SEQ_CST);
    }
    mutex_lock(lock);
    poller.waiting = false;
    condition_broadcast(&poller.wait_ended);
    count = collect(files, found > 0, events, capacity);
    mutex_unlock(lock);
    return count;
}

void poller_wake(void)
{
    if (!__atomic_exchange_n(&poller.woken, true, __ATOMIC_SEQ_CST))
        signal_send(poller.signal);
}
