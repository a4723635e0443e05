/* SPDX-License-Identifier: MIT */
/*
 * socket.h - TCP connections and datagrams: the seam to the system's sockets.
 *
 * Sockets never block, are not inherited by child processes, raise no signals, and do not delay small packets. Each
 * function that takes an operation is resumable (operation.h): it tries, and where the system would block it waits. The
 * operation may be one that blocks its thread, or an asynchronous one; that makes no difference here.
 *
 * One operation at a time may receive from a socket (or accept, or connect), and one may send to it.
 *
 * A failure is the documented WS_E_* code; its sentence names the host and the port, and the error object has the
 * system's code in WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE. Which it is (windows-web-services-return-values.md; where
 * that is silent, our choice):
 *
 *     there is no such host, or nobody listens at the port        WS_E_ENDPOINT_NOT_FOUND
 *     there is no way to it, or no answer in the system's time    WS_E_ENDPOINT_UNREACHABLE
 *     the connection has been reset, or is lost                   WS_E_ENDPOINT_DISCONNECTED
 *     a firewall or the like refuses                              WS_E_ENDPOINT_ACCESS_DENIED
 *     another one has the port; there is no free port             WS_E_ADDRESS_IN_USE
 *     no address of this computer                                 WS_E_ADDRESS_NOT_AVAILABLE
 *     no more sockets, memory                                     E_OUTOFMEMORY
 *     a timeout that was set with operation_set_timeout()         WS_E_OPERATION_TIMED_OUT
 *     anything else                                               WS_E_OTHER
 */
#ifndef WS_CHANNEL_IO_SOCKET_H
#define WS_CHANNEL_IO_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel/io/operation.h"
#include "webservices.h"

/* --- Addresses --- */

enum network_family
{
    NETWORK_NONE = 0,
    NETWORK_IPV4 = 4,
    NETWORK_IPV6 = 6,
    NETWORK_BOTH = 46 /* of network_any() only */
};

/* An IPv4 address that the system wraps into an IPv6 one is an IPv4 address here. */
struct network_address
{
    uint8_t family; /* an enum network_family */
    uint16_t port;  /* in the byte order of the computer */
    uint32_t scope; /* of an IPv6 address: the number of the adapter, or 0 */
    uint8_t bytes[16];
};

/* "192.0.2.1:80", "[fe80::1%2]:80"; "no address" of NETWORK_NONE. */
struct network_text
{
    char text[64];
};
struct network_text network_address_text(const struct network_address *address);

/* The same without the port: "192.0.2.1", "fe80::1%2". */
struct network_text network_host_text(const struct network_address *address);

/* Whether both are the same, with or without their ports. Scopes are compared if both have one. */
bool network_address_equal(const struct network_address *a, const struct network_address *b);
bool network_host_equal(const struct network_address *a, const struct network_address *b);

/*
 * Writes an address as the system's SOCKADDR_STORAGE, for WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS. Its size is always 128
 * bytes.
 */
void network_address_store(const struct network_address *address, void *storage, size_t size);

/* The name of this computer, in UTF-8, cut to the room; "" if it has none. Returns its length. */
size_t network_host_name(char *name, size_t room);

bool network_is_loopback(const struct network_address *address);
bool network_is_multicast(const struct network_address *address);
bool network_is_any(const struct network_address *address);

/* All addresses of this computer (of AUTO, those of both families), or its loopback address. */
struct network_address network_any(WS_IP_VERSION version, uint16_t port);
struct network_address network_loopback(enum network_family family, uint16_t port);

/*
 * Reads a literal address: "192.0.2.1", "::1", "[::1]", "fe80::1%2". Numbers of IPv4 addresses are decimal, and there
 * are four. False: it is none, or not one of the version.
 */
bool network_parse(const WS_STRING *host, uint16_t port, WS_IP_VERSION version, struct network_address *address);

/* --- Looking up hosts --- */

struct lookup_request; /* lookup.c */

/* The progress, and then the result. It begins as zeroes. */
struct network_lookup
{
    struct lookup_request *request;
    struct network_address *addresses; /* in the order in which to try them; at least one */
    size_t count;
};

/*
 * Finds the addresses of a host: a name, or a literal address, which needs no waiting. The operation's timeout and
 * cancelling end the wait, whatever the system is doing. "localhost" always is ::1 and 127.0.0.1 (those of the
 * version), without asking the system. WS_E_ENDPOINT_NOT_FOUND: there is no such host, or it has no address of the
 * version.
 */
HRESULT network_lookup(struct network_lookup *lookup, struct operation *operation, const WS_STRING *host, uint16_t port,
                       WS_IP_VERSION version, WS_ERROR *error);

/* Gives back what a lookup has, finished or not, and zeroes it. */
void network_lookup_release(struct network_lookup *lookup);

/* --- Sockets --- */

struct socket
{
    uintptr_t handle; /* the system's; SOCKET_NONE: it is not open */
    uint32_t slot;    /* of the reactor, atomic; 0: it has none */
    bool datagram;
    bool waited;    /* socket_receive(): it has waited, and not tried since */
    bool dual;      /* IPv4 too */
    uint8_t family; /* an enum network_family */
    struct network_address remote;
};

#define SOCKET_NONE UINTPTR_MAX

/* A socket begins so. It stays at its place in memory while it is open and an operation uses it. */
static inline void socket_init(struct socket *socket)
{
    *socket = (struct socket){.handle = SOCKET_NONE};
}

static inline bool socket_is_open(const struct socket *socket)
{
    return socket->handle != SOCKET_NONE;
}

/* Gives an open socket another place. No operation uses either. */
void socket_move(struct socket *to, struct socket *from);

/* Closes it, if it is open: what has been sent is still delivered. No operation may use it any more. */
void socket_close(struct socket *socket);

/* The same, but resets the connection: what has not been delivered is lost, and the peer sees
 * WS_E_ENDPOINT_DISCONNECTED. */
void socket_reset(struct socket *socket);

/* Tells the peer that nothing more will be sent: it receives the end of the stream. What the peer sends still comes. */
HRESULT socket_shutdown(struct socket *socket, WS_ERROR *error);

/*
 * Whether the system asks a peer that has been silent for so long whether it is still there, and asks again how often,
 * in milliseconds; 0: as often as the system likes. Whether packets that are small are sent at once, as they are unless
 * this has been called. Where the system cannot do it nothing happens.
 */
void socket_set_keep_alive(struct socket *socket, bool on, ULONG time, ULONG interval);
void socket_set_no_delay(struct socket *socket, bool on);

/* The own address; of a socket that was bound to port 0, the port that the system has chosen. */
HRESULT socket_local_address(const struct socket *socket, struct network_address *address, WS_ERROR *error);

/* The peer's address, of a connection: socket->remote. */

/* --- Connections --- */

/* What to connect to. The strings stay with the caller until the function has ended. It is filled in, the rest zeroes.
 */
struct socket_connect
{
    const WS_STRING *host; /* a name or a literal address */
    uint16_t port;
    WS_IP_VERSION version;
    ULONG resolve_timeout; /* in milliseconds; the names are those of the channel's properties */
    ULONG connect_timeout;

    /* Progress. */
    enum
    {
        CONNECT_LOOKUP,
        CONNECT_LOOKS_UP,
        CONNECT_TRY,
        CONNECT_WAITS
    } state;
    struct network_lookup lookup;
    size_t next;
    size_t failed; /* an address that has failed, and why; 0: none */
    int code;
    uint64_t patience; /* when the next address is tried, if this one has not answered */
};

/*
 * Connects: looks up the host, and tries its addresses one after the other; each but the last has 5 seconds. A failure
 * is that of the first address to which there was a way, all having failed. When it has ended, either way, only what
 * the caller filled in is left in `connect`. It sets the timeout of the operation, and leaves it at INFINITE.
 */
HRESULT socket_connect(struct socket_connect *connect, struct operation *operation, struct socket *socket,
                       WS_ERROR *error);

/* Gives back what a socket_connect() that will not be called again has. (After a failure there is nothing.) */
void socket_connect_release(struct socket_connect *connect);

/*
 * Listens at an address; port 0: one that is free, see socket_local_address(). network_any(WS_IP_VERSION_AUTO, ...)
 * takes connections over IPv6 and IPv4, or over IPv4 only if the computer has no IPv6. Earlier connections of the port
 * that have been closed do not matter. backlog 0: the system's own.
 */
HRESULT socket_listen(struct socket *socket, const struct network_address *address, ULONG backlog, WS_ERROR *error);

/* Waits for a connection. Connections that are gone before they could be accepted are passed over. */
HRESULT socket_accept(struct socket *listener, struct operation *operation, struct socket *socket, WS_ERROR *error);

/*
 * Sends the bytes of all parts, in as few calls of the system as it lets us. *sent is how many have been sent; it
 * begins as 0, and is kept, like the parts, until the function has ended.
 */
HRESULT socket_send(struct socket *socket, struct operation *operation, const WS_BYTES *parts, ULONG count,
                    size_t *sent, WS_ERROR *error);

enum receive_hint
{
    RECEIVE_MAYBE,     /* bytes may be there: try first */
    RECEIVE_SURELY_NOT /* nothing can be there yet, as after a request has been sent: wait first, that saves a call */
};

/* Receives at least one byte, and what is there, up to `size` (not 0) bytes. *received is 0 at the end of the stream.
 */
HRESULT socket_receive(struct socket *socket, struct operation *operation, void *buffer, size_t size,
                       enum receive_hint hint, size_t *received, WS_ERROR *error);

/*
 * Whether the peer has closed or reset the connection, or has sent something although it was not to: an idle connection
 * of which this is true cannot be used any more. One call of the system, which does not wait.
 */
bool socket_is_stale(struct socket *socket);

/* --- Datagrams --- */

/*
 * Opens a socket for datagrams, bound to an address: of network_any(), port 0 for a client. AUTO is both families, as
 * above: IPv4 addresses can be sent to and received from as well. `shared`: other sockets of this computer may have the
 * same port, if they say so too, as for multicast.
 */
HRESULT socket_open_datagram(struct socket *socket, const struct network_address *address, bool shared,
                             WS_ERROR *error);

/* Sends one datagram, of all parts. WS_E_QUOTA_EXCEEDED: it is larger than the system can send. */
HRESULT socket_send_to(struct socket *socket, struct operation *operation, const struct network_address *to,
                       const WS_BYTES *parts, ULONG count, WS_ERROR *error);

/*
 * Receives one datagram, which may have no bytes. *truncated: it was larger than `size`, and its end is lost. That
 * earlier datagrams did not get through is no failure.
 */
HRESULT socket_receive_from(struct socket *socket, struct operation *operation, void *buffer, size_t size,
                            size_t *received, bool *truncated, struct network_address *from, WS_ERROR *error);

/* Receives datagrams to a multicast group, at the adapter with that number; 0: the system chooses. */
HRESULT socket_join_group(struct socket *socket, const struct network_address *group, uint32_t adapter,
                          WS_ERROR *error);

/* No longer does. That it had not joined is no failure. */
void socket_leave_group(struct socket *socket, const struct network_address *group, uint32_t adapter);

/* How multicast datagrams are sent: over how many hops, from which adapter (0: the system's), also to this computer.
 */
HRESULT socket_set_multicast(struct socket *socket, uint8_t hops, uint32_t adapter, bool loopback, WS_ERROR *error);

/*
 * The numbers of the network adapters that are up and can do multicast, at most `capacity`, for those who want to join
 * a group at each of them. Returns how many there are.
 */
size_t network_adapters(enum network_family family, uint32_t *adapters, size_t capacity);

#endif
