/* SPDX-License-Identifier: MIT */
/*
 * channel-count.c - see channel.h: functions of the C library that ask the system, with a counter each. They come
 * before those of the C library for the library that is measured, and for gSOAP.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "channel.h"

#include <dlfcn.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "limit.h"

static struct channel_counts counts, counts_begun;
struct channel_counts channel_last;

/* For gSOAP's library, too. */
#pragma GCC visibility push(default)

#define COUNT(member, more) ((void)__atomic_add_fetch(&counts.member, (unsigned long long)(more), __ATOMIC_RELAXED))

/* X(result, name, (parameters), (arguments), what is counted). */
#define FUNCTIONS(X) \
    X(ssize_t, recv, (int file, void *bytes, size_t room, int flags), (file, bytes, room, flags), receives) \
    X(ssize_t, recvmsg, (int file, struct msghdr *message, int flags), (file, message, flags), receives) \
    X(int, poll, (struct pollfd * files, nfds_t count, int timeout), (files, count, timeout), waits) \
    X(int, select, (int count, fd_set *in, fd_set *out, fd_set *except, struct timeval *timeout), \
      (count, in, out, except, timeout), waits) \
    X(int, epoll_ctl, (int epoll, int what, int file, struct epoll_event *event), (epoll, what, file, event), waits) \
    X(int, epoll_wait, (int epoll, struct epoll_event *events, int room, int timeout), (epoll, events, room, timeout), \
      waits) \
    X(int, eventfd_write, (int file, eventfd_t value), (file, value), wakes) \
    X(int, eventfd_read, (int file, eventfd_t *value), (file, value), wakes)

#define DEFINE(result, name, parameters, arguments, member) \
    static result(*real_##name) parameters; \
    result name parameters; \
    result name parameters \
    { \
        COUNT(member, 1); \
        return real_##name arguments; \
    }
FUNCTIONS(DEFINE)

static ssize_t (*real_send)(int file, const void *bytes, size_t length, int flags);
static ssize_t (*real_sendmsg)(int file, const struct msghdr *message, int flags);

static ssize_t count_sent(ssize_t sent)
{
    COUNT(sends, 1);
    if (sent > 0)
        COUNT(bytes, sent);
    return sent;
}

ssize_t send(int file, const void *bytes, size_t length, int flags)
{
    return count_sent(real_send(file, bytes, length, flags));
}

ssize_t sendmsg(int file, const struct msghdr *message, int flags)
{
    return count_sent(real_sendmsg(file, message, flags));
}

__attribute__((constructor)) static void find_functions(void)
{
    void *found;

#define FIND(result, name, parameters, arguments, member) \
    found = dlsym(RTLD_NEXT, #name); \
    memcpy(&real_##name, &found, sizeof(found));
    FUNCTIONS(FIND)
    FIND(, send, , , )
    FIND(, sendmsg, , , )
}

struct channel_counts channel_counted(void)
{
    return counts;
}

double channel_begin(void)
{
    counts_begun = counts;
    return bench_now();
}

double channel_end(void)
{
    double now = bench_now();

    channel_last.sends = counts.sends - counts_begun.sends;
    channel_last.receives = counts.receives - counts_begun.receives;
    channel_last.waits = counts.waits - counts_begun.waits;
    channel_last.wakes = counts.wakes - counts_begun.wakes;
    channel_last.bytes = counts.bytes - counts_begun.bytes;
    return now;
}
