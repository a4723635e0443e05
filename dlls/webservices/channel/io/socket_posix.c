/* SPDX-License-Identifier: MIT */
/* socket_posix.c - see system.h. */
#define _GNU_SOURCE
#include "system.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "sockaddr.h"

/* So many parts in one call; the system takes 1024. */
#define PARTS 16

enum system_failure system_failure_of(int code)
{
    switch (code)
    {
#if EWOULDBLOCK != EAGAIN
    case EWOULDBLOCK:
#endif
    case EAGAIN:
    case EINPROGRESS: return SYSTEM_WOULD_BLOCK;
    case EINTR: return SYSTEM_AGAIN;
    case ECONNREFUSED: return SYSTEM_REFUSED;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EHOSTDOWN: return SYSTEM_UNREACHABLE;
    case ETIMEDOUT: return SYSTEM_TIMED_OUT;
    case ECONNABORTED:
    case ECONNRESET:
    case EPIPE:
    case ENOTCONN:
    case ESHUTDOWN: return SYSTEM_DISCONNECTED;
    case EADDRINUSE: return SYSTEM_IN_USE;
    case EADDRNOTAVAIL: return SYSTEM_NOT_AVAILABLE;
    case EACCES:
    case EPERM: return SYSTEM_DENIED;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOBUFS: return SYSTEM_NO_MEMORY;
    case EMSGSIZE: return SYSTEM_TOO_LARGE;
    case EAFNOSUPPORT:
    case EPFNOSUPPORT: return SYSTEM_NO_FAMILY;
    case ENOENT: return SYSTEM_NO_HOST; /* system_lookup() */
    default: return SYSTEM_OTHER;
    }
}

const int system_no_answer = ETIMEDOUT;

static int set_option(uintptr_t handle, int level, int name, int value)
{
    return setsockopt((int)handle, level, name, &value, sizeof(value)) ? errno : 0;
}

int system_open(enum network_family family, bool dual, bool datagram, uintptr_t *handle)
{
    int file, code = 0;

    file = socket(family == NETWORK_IPV4 ? AF_INET : AF_INET6,
                  (datagram ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (file < 0)
        return errno;
    *handle = (uintptr_t)file;
    if (!datagram)
        set_option(*handle, IPPROTO_TCP, TCP_NODELAY, 1);
    if (family == NETWORK_IPV6)
        code = set_option(*handle, IPPROTO_IPV6, IPV6_V6ONLY, !dual);
    if (code)
        close(file);
#ifdef IP_MULTICAST_ALL
    /* A socket gets what is sent to the groups that it has joined, not to those that any socket has. */
    else if (datagram)
    {
        set_option(*handle, IPPROTO_IP, IP_MULTICAST_ALL, 0);
#ifdef IPV6_MULTICAST_ALL
        if (family == NETWORK_IPV6)
            set_option(*handle, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
#endif
    }
#endif
    return code;
}

void system_close(uintptr_t handle, bool reset)
{
    struct linger linger = {1, 0};

    if (reset)
        setsockopt((int)handle, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    close((int)handle);
}

int system_bind(const struct socket *socket, const struct network_address *address, enum system_sharing sharing)
{
    union any_address any;
    socklen_t size = (socklen_t)sockaddr_make(&any, address, socket->family);

    /* Of a listener this lets it have a port of which there are connections that have been closed, nothing else. */
    if (!socket->datagram || sharing == SYSTEM_SHARED)
        set_option(socket->handle, SOL_SOCKET, SO_REUSEADDR, 1);
    return bind((int)socket->handle, &any.any, size) ? errno : 0;
}

int system_listen(uintptr_t handle, int backlog)
{
    return listen((int)handle, backlog ? backlog : SOMAXCONN) ? errno : 0;
}

int system_accept(uintptr_t listener, uintptr_t *handle, struct network_address *remote)
{
    union any_address any = {0};
    socklen_t size = sizeof(any);
    int file = accept4((int)listener, &any.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (file < 0)
        return errno;
    *handle = (uintptr_t)file;
    sockaddr_read(remote, &any.any);
    set_option(*handle, IPPROTO_TCP, TCP_NODELAY, 1);
    return 0;
}

int system_connect(const struct socket *socket, const struct network_address *address)
{
    union any_address any;
    socklen_t size = (socklen_t)sockaddr_make(&any, address, socket->family);

    if (!connect((int)socket->handle, &any.any, size))
        return 0;
    /* When it has been interrupted it goes on as if it had blocked. */
    return errno == EINTR ? EINPROGRESS : errno;
}

int system_connect_result(uintptr_t handle)
{
    struct sockaddr_storage peer;
    socklen_t size = sizeof(int);
    int code = 0;

    if (getsockopt((int)handle, SOL_SOCKET, SO_ERROR, &code, &size))
        return errno;
    if (code)
        return code;
    /* It may have been woken for another reason. */
    size = sizeof(peer);
    if (!getpeername((int)handle, (struct sockaddr *)&peer, &size))
        return 0;
    return errno == ENOTCONN ? EINPROGRESS : errno;
}

void system_address_store(const struct network_address *address, void *storage, size_t size)
{
    union any_address any;
    size_t used = (size_t)sockaddr_make(&any, address, address->family);

    memset(storage, 0, size);
    memcpy(storage, &any, used < size ? used : size);
}

int system_local_address(uintptr_t handle, struct network_address *address)
{
    union any_address any = {0};
    socklen_t size = sizeof(any);

    if (getsockname((int)handle, &any.any, &size))
        return errno;
    return sockaddr_read(address, &any.any) ? 0 : EAFNOSUPPORT;
}

/* In whole seconds, of which there is at least one. */
static int to_seconds(ULONG milliseconds)
{
    return milliseconds < 1000 ? 1 : (int)(milliseconds / 1000);
}

void system_set_keep_alive(uintptr_t handle, bool on, ULONG time, ULONG interval)
{
    set_option(handle, SOL_SOCKET, SO_KEEPALIVE, on);
    if (on && time)
        set_option(handle, IPPROTO_TCP, TCP_KEEPIDLE, to_seconds(time));
    if (on && interval)
        set_option(handle, IPPROTO_TCP, TCP_KEEPINTVL, to_seconds(interval));
}

void system_set_no_delay(uintptr_t handle, bool on)
{
    set_option(handle, IPPROTO_TCP, TCP_NODELAY, on);
}

int system_shutdown(uintptr_t handle)
{
    return shutdown((int)handle, SHUT_WR) ? errno : 0;
}

/* The parts after the first `skip` bytes, as many as fit in. Returns how many there are. */
static int vectors_of(struct iovec vectors[PARTS], const WS_BYTES *parts, ULONG count, size_t skip)
{
    size_t place;
    int used = 0;
    ULONG i;

    parts_skip(parts, count, skip, &i, &place);
    for (; i < count && used < PARTS; i++)
    {
        if (!parts[i].length)
            continue;
        vectors[used].iov_base = parts[i].bytes + place;
        vectors[used++].iov_len = parts[i].length - place;
        place = 0;
    }
    return used;
}

static int send_vectors(uintptr_t handle, struct msghdr *message, size_t *sent)
{
    ssize_t count = sendmsg((int)handle, message, MSG_NOSIGNAL);

    if (count < 0)
        return errno;
    *sent = (size_t)count;
    return 0;
}

int system_send(uintptr_t handle, const WS_BYTES *parts, ULONG count, size_t skip, size_t *sent)
{
    struct iovec vectors[PARTS];
    struct msghdr message = {.msg_iov = vectors};

    message.msg_iovlen = (size_t)vectors_of(vectors, parts, count, skip);
    return send_vectors(handle, &message, sent);
}

int system_send_to(const struct socket *socket, const struct network_address *to, const WS_BYTES *parts, ULONG count)
{
    struct iovec vectors[PARTS];
    union any_address any;
    struct msghdr message = {.msg_name = &any, .msg_iov = vectors};
    size_t sent;

    if (count > PARTS)
        return EMSGSIZE;
    message.msg_namelen = (socklen_t)sockaddr_make(&any, to, socket->family);
    message.msg_iovlen = (size_t)vectors_of(vectors, parts, count, 0);
    return send_vectors(socket->handle, &message, &sent);
}

int system_receive(uintptr_t handle, void *buffer, size_t size, size_t *received)
{
    ssize_t count = recv((int)handle, buffer, size, 0);

    if (count < 0)
        return errno;
    *received = (size_t)count;
    return 0;
}

int system_receive_from(uintptr_t handle, void *buffer, size_t size, size_t *received, bool *truncated,
                        struct network_address *from)
{
    struct iovec vector = {buffer, size};
    union any_address any = {0};
    struct msghdr message = {.msg_name = &any, .msg_namelen = sizeof(any), .msg_iov = &vector, .msg_iovlen = 1};
    ssize_t count = recvmsg((int)handle, &message, 0);

    if (count < 0)
        return errno;
    *received = (size_t)count;
    *truncated = message.msg_flags & MSG_TRUNC;
    return sockaddr_read(from, &any.any) ? 0 : EAFNOSUPPORT;
}

bool system_has_input(uintptr_t handle)
{
    struct pollfd file = {(int)handle, POLLIN, 0};

    return poll(&file, 1, 0) != 0;
}

static int change_group(const struct socket *socket, int option, const struct network_address *group, uint32_t adapter)
{
    struct group_req request = {.gr_interface = adapter};
    union any_address any;
    int size = sockaddr_make(&any, group, group->family);

    memcpy(&request.gr_group, &any, (size_t)size);
    return setsockopt((int)socket->handle, group->family == NETWORK_IPV4 ? IPPROTO_IP : IPPROTO_IPV6, option, &request,
                      sizeof(request))
               ? errno
               : 0;
}

int system_join(const struct socket *socket, const struct network_address *group, uint32_t adapter)
{
    int code = change_group(socket, MCAST_JOIN_GROUP, group, adapter);

    return code == EADDRINUSE ? 0 : code; /* it has joined already */
}

void system_leave(const struct socket *socket, const struct network_address *group, uint32_t adapter)
{
    change_group(socket, MCAST_LEAVE_GROUP, group, adapter);
}

int system_set_multicast(const struct socket *socket, uint8_t hops, uint32_t adapter, bool loopback)
{
    struct ip_mreqn v4 = {.imr_ifindex = (int)adapter};
    int code = 0;

    if (socket->family == NETWORK_IPV6)
    {
        if ((code = set_option(socket->handle, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, hops)) ||
            (code = set_option(socket->handle, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, loopback)) ||
            (code = set_option(socket->handle, IPPROTO_IPV6, IPV6_MULTICAST_IF, (int)adapter)))
            return code;
    }
    if (socket->family == NETWORK_IPV4 || socket->dual)
    {
        if ((code = set_option(socket->handle, IPPROTO_IP, IP_MULTICAST_TTL, hops)) ||
            (code = set_option(socket->handle, IPPROTO_IP, IP_MULTICAST_LOOP, loopback)))
            return code;
        if (setsockopt((int)socket->handle, IPPROTO_IP, IP_MULTICAST_IF, &v4, sizeof(v4)))
            return errno;
    }
    return 0;
}

size_t system_adapters(enum network_family family, uint32_t *adapters, size_t capacity)
{
    const unsigned wanted = IFF_UP | IFF_MULTICAST;
    struct ifaddrs *all, *one;
    size_t count = 0, i;

    if (getifaddrs(&all))
        return 0;
    for (one = all; one; one = one->ifa_next)
    {
        uint32_t number;

        /* The loopback adapter does it, though it does not say so. */
        if (!one->ifa_addr || one->ifa_addr->sa_family != (family == NETWORK_IPV4 ? AF_INET : AF_INET6) ||
            (!(one->ifa_flags & IFF_LOOPBACK) && (one->ifa_flags & wanted) != wanted))
            continue;
        number = if_nametoindex(one->ifa_name);
        for (i = 0; i < count && i < capacity && adapters[i] != number;)
            i++;
        if (i < count && i < capacity)
            continue;
        if (count < capacity)
            adapters[count] = number;
        count++;
    }
    freeifaddrs(all);
    return count;
}

size_t system_host_name(char *name, size_t room)
{
    if (!room)
        return 0;
    if (gethostname(name, room))
        *name = 0;
    name[room - 1] = 0;
    return strlen(name);
}

int system_lookup(const WCHAR *host, struct network_address **addresses, size_t *count)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_IDN}, *all, *one;
    size_t length, most = 0;
    char name[1024];
    int result;

    for (length = 0; host[length];)
        length++;
    /* Names are shorter than that: RFC 1035, section 3.1. */
    if (length >= sizeof(name) / 3 || !utf16_to_utf8_length(host, length, &most))
        return ENOENT;
    utf16_to_utf8(host, length, (BYTE *)name);
    name[most] = 0;
    if ((result = getaddrinfo(name, NULL, &hints, &all)))
        return result == EAI_MEMORY ? ENOMEM : result == EAI_SYSTEM && errno ? errno : ENOENT;
    for (most = 0, one = all; one; one = one->ai_next)
        most++;
    *count = 0;
    if ((*addresses = memory_alloc((most ? most : 1) * sizeof(**addresses), "addresses of a host")))
        for (one = all; one; one = one->ai_next)
            *count += sockaddr_read(&(*addresses)[*count], one->ai_addr);
    freeaddrinfo(all);
    return *addresses ? 0 : ENOMEM;
}
