/* SPDX-License-Identifier: MIT */
/* poller_epoll.c - see poller.h. */
#define _GNU_SOURCE
#include "poller.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* So many events at once. */
#define BATCH 64

static int epoll = -1;
static uintptr_t wake;
static bool woken; /* atomic: the signal has been sent, and not been cleared */

bool signal_open(uintptr_t *signal)
{
    int file = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);

    *signal = (uintptr_t)file;
    return file >= 0;
}

void signal_close(uintptr_t signal)
{
    close((int)signal);
}

void signal_send(uintptr_t signal)
{
    eventfd_write((int)signal, 1);
}

void signal_clear(uintptr_t signal)
{
    eventfd_t count;

    eventfd_read((int)signal, &count);
}

/* For a call that takes milliseconds: -1 for ever. */
static int timeout_until(uint64_t deadline)
{
    uint64_t now;

    if (deadline == CLOCK_NEVER)
        return -1;
    now = clock_now();
    return now >= deadline ? 0 : deadline - now < INT_MAX ? (int)(deadline - now) : INT_MAX;
}

bool poll_one(uintptr_t socket, unsigned events, uintptr_t signal, uint64_t deadline)
{
    struct pollfd files[2] = {{(int)signal, POLLIN, 0}, {(int)socket, 0, 0}};

    if (events & POLL_IN)
        files[1].events |= POLLIN;
    if (events & (POLL_OUT | POLL_CONNECT))
        files[1].events |= POLLOUT;
    return poll(files, 2, timeout_until(deadline)) > 0 && files[0].revents;
}

bool poller_open(void)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = 0};

    if ((epoll = epoll_create1(EPOLL_CLOEXEC)) < 0)
        return false;
    if (signal_open(&wake))
    {
        if (!epoll_ctl(epoll, EPOLL_CTL_ADD, (int)wake, &event))
            return true;
        signal_close(wake);
    }
    close(epoll);
    return false;
}

void poller_close(void)
{
    signal_close(wake);
    close(epoll);
    woken = false;
}

bool poller_arm(uintptr_t socket, uint64_t key, unsigned events, uint32_t *place)
{
    struct epoll_event event = {.events = EPOLLONESHOT, .data.u64 = key};

    if (events & POLL_IN)
        event.events |= EPOLLIN;
    if (events & (POLL_OUT | POLL_CONNECT))
        event.events |= EPOLLOUT;
    if (epoll_ctl(epoll, *place ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, (int)socket, &event))
        return false;
    *place = 1;
    return true;
}

void poller_forget(struct mutex *lock, uint32_t *place)
{
    (void)lock;
    /* The system forgets a file that is closed. */
    *place = 0;
}

size_t poller_wait(struct mutex *lock, uint64_t deadline, struct poller_event *events, size_t capacity)
{
    struct epoll_event happened[BATCH];
    size_t count = 0;
    int found, i;

    (void)lock;
    found = epoll_wait(epoll, happened, capacity < BATCH ? (int)capacity : BATCH, timeout_until(deadline));
    for (i = 0; i < found; i++)
    {
        if (!happened[i].data.u64)
        {
            /* In this order: a wake in between sends the signal again. */
            signal_clear(wake);
            __atomic_store_n(&woken, false, __ATOMIC_SEQ_CST);
            continue;
        }
        events[count].key = happened[i].data.u64;
        events[count].events = happened[i].events & (EPOLLERR | EPOLLHUP) ? POLL_IN | POLL_OUT | POLL_CONNECT : 0;
        if (happened[i].events & EPOLLIN)
            events[count].events |= POLL_IN;
        if (happened[i].events & EPOLLOUT)
            events[count].events |= POLL_OUT | POLL_CONNECT;
        count++;
    }
    return count;
}

void poller_wake(void)
{
    if (!__atomic_exchange_n(&woken, true, __ATOMIC_SEQ_CST))
        signal_send(wake);
}
