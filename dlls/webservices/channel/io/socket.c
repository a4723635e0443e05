/* SPDX-License-Identifier: MIT */
/* socket.c - see socket.h; what its functions do with the calls of system.h. */
#include "socket.h"

#include "base/error.h"
#include "base/text.h"
#include "reactor.h"
#include "socket_error.h"
#include "system.h"
#include "thread.h"

#include <string.h>

#define TEXT_OF(address) (network_address_text(address).text)

/* --- Opening and closing --- */

/* Opens one for an address; one for both families is for IPv4 alone where there is no IPv6. */
static int open_for(struct socket *socket, const struct network_address *address, bool datagram)
{
    bool dual = address->family == NETWORK_BOTH;
    int code;

    socket_init(socket);
    socket->datagram = datagram;
    socket->dual = dual;
    socket->family = address->family == NETWORK_IPV4 ? NETWORK_IPV4 : NETWORK_IPV6;
    code = system_open(socket->family, dual, datagram, &socket->handle);
    if (code && dual && system_failure_of(code) == SYSTEM_NO_FAMILY)
    {
        socket->dual = false;
        socket->family = NETWORK_IPV4;
        code = system_open(NETWORK_IPV4, false, datagram, &socket->handle);
    }
    if (code)
        socket->handle = SOCKET_NONE;
    return code;
}

static void close_it(struct socket *socket, bool reset)
{
    if (!socket_is_open(socket))
        return;
    reactor_forget(socket);
    system_close(socket->handle, reset);
    socket->handle = SOCKET_NONE;
}

void socket_close(struct socket *socket)
{
    close_it(socket, false);
}

void socket_reset(struct socket *socket)
{
    close_it(socket, true);
}

void socket_move(struct socket *to, struct socket *from)
{
    *to = *from;
    socket_init(from);
}

HRESULT socket_shutdown(struct socket *socket, WS_ERROR *error)
{
    int code = system_shutdown(socket->handle);

    /* If it is gone there is nobody left to be told. */
    if (!code || system_failure_of(code) == SYSTEM_DISCONNECTED)
        return S_OK;
    return socket_failed(error, code, CALL_OTHER, "Ending the connection to %s", TEXT_OF(&socket->remote));
}

void socket_set_keep_alive(struct socket *socket, bool on, ULONG time, ULONG interval)
{
    system_set_keep_alive(socket->handle, on, time, interval);
}

void socket_set_no_delay(struct socket *socket, bool on)
{
    system_set_no_delay(socket->handle, on);
}

HRESULT socket_local_address(const struct socket *socket, struct network_address *address, WS_ERROR *error)
{
    int code = system_local_address(socket->handle, address);

    return code ? socket_failed(error, code, CALL_OTHER, "Asking for the address of a socket") : S_OK;
}

/* --- Connections --- */

/* How long an address is waited for when there are more, in milliseconds. */
#define PATIENCE 5000

static HRESULT connect_failed(const struct socket_connect *connect, const struct network_address *address, int code,
                              WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    return socket_failed(error, code, CALL_CONNECT, "Connecting to port %u of %s (%s)", connect->port,
                         text_excerpt_utf16(connect->host->chars, connect->host->length, excerpt), TEXT_OF(address));
}

/* Takes note of why the next address has failed: of several reasons, of the one that says most. */
static void note_failure(struct socket_connect *connect, int code)
{
    enum system_failure before = connect->code ? system_failure_of(connect->code) : SYSTEM_NO_FAMILY;

    /* As of IPv6 where there is none. */
    if (!connect->code || before == SYSTEM_NO_FAMILY || before == SYSTEM_UNREACHABLE || before == SYSTEM_NOT_AVAILABLE)
    {
        connect->failed = connect->next;
        connect->code = code;
    }
    connect->next++;
}

/* Begins with the next address, and those after it as long as they fail at once. */
static int try_addresses(struct socket_connect *connect, struct socket *socket)
{
    int code;

    while (connect->next < connect->lookup.count)
    {
        const struct network_address *address = &connect->lookup.addresses[connect->next];

        if (!(code = open_for(socket, address, false)))
        {
            socket->remote = *address;
            connect->patience = connect->next + 1 < connect->lookup.count ? clock_after(PATIENCE) : CLOCK_NEVER;
            code = system_connect(socket, address);
            if (!code || system_failure_of(code) == SYSTEM_WOULD_BLOCK)
                return code;
            socket_close(socket);
        }
        note_failure(connect, code);
    }
    return connect->code;
}

static HRESULT end_connect(struct socket_connect *connect, struct operation *operation, HRESULT hr)
{
    operation_set_timeout(operation, INFINITE, NULL);
    socket_connect_release(connect);
    return hr;
}

HRESULT socket_connect(struct socket_connect *connect, struct operation *operation, struct socket *socket,
                       WS_ERROR *error)
{
    HRESULT hr;
    int code;

    if (connect->state == CONNECT_LOOKUP)
    {
        socket_init(socket);
        operation_set_timeout(operation, connect->resolve_timeout, "WS_CHANNEL_PROPERTY_RESOLVE_TIMEOUT");
        connect->state = CONNECT_LOOKS_UP;
    }
    if (connect->state == CONNECT_LOOKS_UP)
    {
        hr = network_lookup(&connect->lookup, operation, connect->host, connect->port, connect->version, error);
        if (hr == OPERATION_WAITS)
            return hr;
        if (hr != S_OK)
            return end_connect(connect, operation, hr);
        operation_set_timeout(operation, connect->connect_timeout, "WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT");
        connect->state = CONNECT_TRY;
    }
    for (;;)
    {
        if (connect->state == CONNECT_TRY)
            code = try_addresses(connect, socket);
        else
            code = system_connect_result(socket->handle);
        if (!code)
            return end_connect(connect, operation, S_OK);
        if (system_failure_of(code) == SYSTEM_WOULD_BLOCK)
        {
            connect->state = CONNECT_WAITS;
            hr = operation_wait_socket_until(operation, socket, SOCKET_CONNECT, connect->patience, error);
            if (hr == OPERATION_WAITS)
                return hr;
            if (hr != S_OK)
            {
                socket_close(socket);
                return end_connect(connect, operation, hr);
            }
            code = system_no_answer;
        }
        else if (connect->state == CONNECT_TRY)
            break;
        socket_close(socket);
        note_failure(connect, code);
        connect->state = CONNECT_TRY;
    }
    hr = connect_failed(connect, &connect->lookup.addresses[connect->failed], code, error);
    return end_connect(connect, operation, hr);
}

void socket_connect_release(struct socket_connect *connect)
{
    network_lookup_release(&connect->lookup);
    connect->state = CONNECT_LOOKUP;
    connect->next = connect->failed = 0;
    connect->code = 0;
}

HRESULT socket_listen(struct socket *socket, const struct network_address *address, ULONG backlog, WS_ERROR *error)
{
    int code = open_for(socket, address, false);

    if (!code)
        code = system_bind(socket, address, SYSTEM_ALONE);
    if (!code)
        code = system_listen(socket->handle, backlog < INT32_MAX ? (int)backlog : INT32_MAX);
    if (!code)
        return S_OK;
    socket_close(socket);
    return socket_failed(error, code, CALL_LISTEN, "Listening at %s", TEXT_OF(address));
}

HRESULT socket_accept(struct socket *listener, struct operation *operation, struct socket *socket, WS_ERROR *error)
{
    HRESULT hr = operation_check(operation, error);
    struct network_address local;
    int code;

    if (hr != S_OK)
        return hr;
    for (;;)
    {
        socket_init(socket);
        socket->family = listener->family;
        socket->dual = listener->dual;
        if (!(code = system_accept(listener->handle, &socket->handle, &socket->remote)))
            return S_OK;
        socket->handle = SOCKET_NONE;
        switch (system_failure_of(code))
        {
        case SYSTEM_WOULD_BLOCK: return operation_wait_socket(operation, listener, SOCKET_IN, error);
        case SYSTEM_AGAIN:
        case SYSTEM_DISCONNECTED:
        case SYSTEM_TIMED_OUT:
        case SYSTEM_UNREACHABLE: break; /* of a connection that is gone */
        default:
            if (system_local_address(listener->handle, &local))
                local = (struct network_address){0};
            return socket_failed(error, code, CALL_ACCEPT, "Accepting a connection at %s", TEXT_OF(&local));
        }
    }
}

/* --- Bytes --- */

static size_t length_of(const WS_BYTES *parts, ULONG count)
{
    size_t length = 0;
    ULONG i;

    for (i = 0; i < count; i++)
        length += parts[i].length;
    return length;
}

HRESULT socket_send(struct socket *socket, struct operation *operation, const WS_BYTES *parts, ULONG count,
                    size_t *sent, WS_ERROR *error)
{
    size_t length = length_of(parts, count), now;
    HRESULT hr = operation_check(operation, error);
    int code;

    if (hr != S_OK)
        return hr;
    while (*sent < length)
    {
        if (!(code = system_send(socket->handle, parts, count, *sent, &now)))
        {
            *sent += now;
            continue;
        }
        switch (system_failure_of(code))
        {
        case SYSTEM_WOULD_BLOCK: return operation_wait_socket(operation, socket, SOCKET_OUT, error);
        case SYSTEM_AGAIN: break;
        default: return socket_failed(error, code, CALL_SEND, "Sending to %s", TEXT_OF(&socket->remote));
        }
    }
    return S_OK;
}

static HRESULT wait_to_receive(struct socket *socket, struct operation *operation, WS_ERROR *error)
{
    HRESULT hr = operation_wait_socket(operation, socket, SOCKET_IN, error);

    socket->waited = hr == OPERATION_WAITS;
    return hr;
}

HRESULT socket_receive(struct socket *socket, struct operation *operation, void *buffer, size_t size,
                       enum receive_hint hint, size_t *received, WS_ERROR *error)
{
    HRESULT hr;
    int code;

    if (hint == RECEIVE_SURELY_NOT && !socket->waited)
        return wait_to_receive(socket, operation, error);
    if ((hr = operation_check(operation, error)) != S_OK)
    {
        socket->waited = false;
        return hr;
    }
    for (;;)
    {
        if (!(code = system_receive(socket->handle, buffer, size, received)))
        {
            socket->waited = false;
            return S_OK;
        }
        switch (system_failure_of(code))
        {
        case SYSTEM_WOULD_BLOCK: return wait_to_receive(socket, operation, error);
        case SYSTEM_AGAIN: break;
        default:
            socket->waited = false;
            return socket_failed(error, code, CALL_RECEIVE, "Receiving from %s", TEXT_OF(&socket->remote));
        }
    }
}

bool socket_is_stale(struct socket *socket)
{
    return system_has_input(socket->handle);
}

/* --- Datagrams --- */

HRESULT socket_open_datagram(struct socket *socket, const struct network_address *address, bool shared, WS_ERROR *error)
{
    int code = open_for(socket, address, true);

    if (!code)
        code = system_bind(socket, address, shared ? SYSTEM_SHARED : SYSTEM_ALONE);
    if (!code)
        return S_OK;
    socket_close(socket);
    return socket_failed(error, code, CALL_LISTEN, "Opening a socket for datagrams at %s", TEXT_OF(address));
}

HRESULT socket_send_to(struct socket *socket, struct operation *operation, const struct network_address *to,
                       const WS_BYTES *parts, ULONG count, WS_ERROR *error)
{
    HRESULT hr = operation_check(operation, error);
    int code;

    if (hr != S_OK)
        return hr;
    if (to->family != socket->family && !(to->family == NETWORK_IPV4 && socket->dual))
        return error_report(error, WS_E_ENDPOINT_UNREACHABLE,
                            "A datagram cannot be sent to %s: the socket is for another version of IP.", TEXT_OF(to));
    for (;;)
    {
        if (!(code = system_send_to(socket, to, parts, count)))
            return S_OK;
        switch (system_failure_of(code))
        {
        case SYSTEM_WOULD_BLOCK: return operation_wait_socket(operation, socket, SOCKET_OUT, error);
        case SYSTEM_AGAIN:
        case SYSTEM_REFUSED: /* an earlier one has not got through */
        case SYSTEM_DISCONNECTED: break;
        default:
            return socket_failed(error, code, CALL_SEND, "Sending a datagram of %zu bytes to %s",
                                 length_of(parts, count), TEXT_OF(to));
        }
    }
}

HRESULT socket_receive_from(struct socket *socket, struct operation *operation, void *buffer, size_t size,
                            size_t *received, bool *truncated, struct network_address *from, WS_ERROR *error)
{
    HRESULT hr = operation_check(operation, error);
    int code;

    if (hr != S_OK)
        return hr;
    for (;;)
    {
        if (!(code = system_receive_from(socket->handle, buffer, size, received, truncated, from)))
            return S_OK;
        switch (system_failure_of(code))
        {
        case SYSTEM_WOULD_BLOCK: return operation_wait_socket(operation, socket, SOCKET_IN, error);
        case SYSTEM_AGAIN:
        case SYSTEM_REFUSED:
        case SYSTEM_UNREACHABLE:
        case SYSTEM_DISCONNECTED: break;
        default: return socket_failed(error, code, CALL_RECEIVE, "Receiving a datagram");
        }
    }
}

HRESULT socket_join_group(struct socket *socket, const struct network_address *group, uint32_t adapter, WS_ERROR *error)
{
    int code = system_join(socket, group, adapter);

    return code ? socket_failed(error, code, CALL_LISTEN, "Receiving what is sent to the group %s",
                                network_host_text(group).text)
                : S_OK;
}

void socket_leave_group(struct socket *socket, const struct network_address *group, uint32_t adapter)
{
    system_leave(socket, group, adapter);
}

HRESULT socket_set_multicast(struct socket *socket, uint8_t hops, uint32_t adapter, bool loopback, WS_ERROR *error)
{
    int code = system_set_multicast(socket, hops, adapter, loopback);

    return code ? socket_failed(error, code, CALL_OTHER, "Choosing how multicast datagrams are sent") : S_OK;
}

void network_address_store(const struct network_address *address, void *storage, size_t size)
{
    system_address_store(address, storage, size);
}

size_t network_host_name(char *name, size_t room)
{
    return system_host_name(name, room);
}

size_t network_adapters(enum network_family family, uint32_t *adapters, size_t capacity)
{
    return system_adapters(family, adapters, capacity);
}
