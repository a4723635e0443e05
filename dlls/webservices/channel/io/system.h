/* SPDX-License-Identifier: MIT */
/*
 * system.h - the calls of the system behind socket.h, one each.
 *
 * socket_posix.c and socket_windows.c implement them. Each tries once, and returns 0 or the system's code. What all
 * systems have in common, and what to say about a failure, is in socket.c and its neighbours.
 */
#ifndef WS_CHANNEL_IO_SYSTEM_H
#define WS_CHANNEL_IO_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel/io/socket.h"

/* What a code means. */
enum system_failure
{
    SYSTEM_WOULD_BLOCK, /* or it is under way */
    SYSTEM_AGAIN,       /* it was interrupted */
    SYSTEM_REFUSED,
    SYSTEM_UNREACHABLE,
    SYSTEM_TIMED_OUT,
    SYSTEM_DISCONNECTED,
    SYSTEM_IN_USE,
    SYSTEM_NOT_AVAILABLE,
    SYSTEM_DENIED,
    SYSTEM_NO_MEMORY,
    SYSTEM_TOO_LARGE,
    SYSTEM_NO_FAMILY,
    SYSTEM_NO_HOST,
    SYSTEM_OTHER
};
enum system_failure system_failure_of(int code);

/* Opens one as socket.h promises them; of an IPv6 one, `dual` says whether it is for IPv4 as well. */
int system_open(enum network_family family, bool dual, bool datagram, uintptr_t *handle);
void system_close(uintptr_t handle, bool reset);

enum system_sharing
{
    SYSTEM_ALONE,
    SYSTEM_SHARED
};
int system_bind(const struct socket *socket, const struct network_address *address, enum system_sharing sharing);
int system_listen(uintptr_t handle, int backlog); /* 0: the system's */
int system_accept(uintptr_t listener, uintptr_t *handle, struct network_address *remote);

/* The result of a connect that would block is there when the socket is ready for SOCKET_CONNECT. */
int system_connect(const struct socket *socket, const struct network_address *address);
int system_connect_result(uintptr_t handle);

/* The code of one that has taken too long. */
extern const int system_no_answer;

void system_address_store(const struct network_address *address, void *storage, size_t size);
int system_local_address(uintptr_t handle, struct network_address *address);
void system_set_keep_alive(uintptr_t handle, bool on, ULONG time, ULONG interval);
void system_set_no_delay(uintptr_t handle, bool on);
int system_shutdown(uintptr_t handle);

/* Sends what follows the first `skip` bytes of the parts, or some of it. */
int system_send(uintptr_t handle, const WS_BYTES *parts, ULONG count, size_t skip, size_t *sent);
int system_send_to(const struct socket *socket, const struct network_address *to, const WS_BYTES *parts, ULONG count);
int system_receive(uintptr_t handle, void *buffer, size_t size, size_t *received);
int system_receive_from(uintptr_t handle, void *buffer, size_t size, size_t *received, bool *truncated,
                        struct network_address *from);

/* Whether there is anything to receive, the end and failures included. */
bool system_has_input(uintptr_t handle);

int system_join(const struct socket *socket, const struct network_address *group, uint32_t adapter);
void system_leave(const struct socket *socket, const struct network_address *group, uint32_t adapter);
int system_set_multicast(const struct socket *socket, uint8_t hops, uint32_t adapter, bool loopback);
size_t system_adapters(enum network_family family, uint32_t *adapters, size_t capacity);

size_t system_host_name(char *name, size_t room);

/*
 * Looks up a host, which may take long. The addresses are of both families, their ports 0, in the system's order; they
 * are freed with memory_free().
 */
int system_lookup(const WCHAR *host, struct network_address **addresses, size_t *count);

#endif
