/* SPDX-License-Identifier: MIT */
/* socket_windows.c - see system.h. */
#include <winsock2.h>
#include <ws2tcpip.h>

#include <iphlpapi.h>
#include <mstcpip.h>

#include "system.h"

#include "base/memory.h"
#include "base/text.h"
#include "sockaddr.h"

/* So many parts in one call. */
#define PARTS 16

/* What headers of mingw-w64 may lack. */
#ifndef WSA_FLAG_NO_HANDLE_INHERIT
#define WSA_FLAG_NO_HANDLE_INHERIT 0x80
#endif
#ifndef SIO_UDP_CONNRESET
#define SIO_UDP_CONNRESET _WSAIOW(IOC_VENDOR, 12)
#endif
#ifndef TCP_FAIL_CONNECT_ON_RST
#define TCP_FAIL_CONNECT_ON_RST 18
#endif

enum system_failure system_failure_of(int code)
{
    switch (code)
    {
    case WSAEWOULDBLOCK:
    case WSAEINPROGRESS:
    case WSAEALREADY: return SYSTEM_WOULD_BLOCK;
    case WSAEINTR: return SYSTEM_AGAIN;
    case WSAECONNREFUSED: return SYSTEM_REFUSED;
    case WSAENETUNREACH:
    case WSAEHOSTUNREACH:
    case WSAENETDOWN:
    case WSAEHOSTDOWN: return SYSTEM_UNREACHABLE;
    case WSAETIMEDOUT: return SYSTEM_TIMED_OUT;
    case WSAECONNABORTED:
    case WSAECONNRESET:
    case WSAENETRESET: /* of a datagram: its time to live has expired */
    case WSAENOTCONN:
    case WSAESHUTDOWN:
    case WSAEDISCON: return SYSTEM_DISCONNECTED;
    case WSAEADDRINUSE: return SYSTEM_IN_USE;
    case WSAEADDRNOTAVAIL: return SYSTEM_NOT_AVAILABLE;
    case WSAEACCES: return SYSTEM_DENIED;
    case WSAEMFILE:
    case WSAENOBUFS:
    case WSA_NOT_ENOUGH_MEMORY: return SYSTEM_NO_MEMORY;
    case WSAEMSGSIZE: return SYSTEM_TOO_LARGE;
    case WSAEAFNOSUPPORT:
    case WSAEPFNOSUPPORT: return SYSTEM_NO_FAMILY;
    case WSAHOST_NOT_FOUND:
    case WSATRY_AGAIN:
    case WSANO_RECOVERY:
    case WSANO_DATA: return SYSTEM_NO_HOST;
    default: return SYSTEM_OTHER;
    }
}

const int system_no_answer = WSAETIMEDOUT;

/* Winsock stays started as long as the DLL is there: stopping it is not allowed in DllMain, and nothing else is lost.
 */
static int start_winsock(void)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    WSADATA data;
    BOOL pending;
    int code;

    if (!InitOnceBeginInitialize(&once, 0, &pending, NULL))
        return (int)GetLastError();
    if (!pending)
        return 0;
    code = WSAStartup(MAKEWORD(2, 2), &data);
    InitOnceComplete(&once, code ? INIT_ONCE_INIT_FAILED : 0, NULL);
    return code;
}

static int set_option(uintptr_t handle, int level, int name, DWORD value)
{
    return setsockopt((SOCKET)handle, level, name, (const char *)&value, sizeof(value)) ? WSAGetLastError() : 0;
}

static int set_non_blocking(SOCKET handle)
{
    u_long on = 1;

    return ioctlsocket(handle, (long)FIONBIO, &on) ? WSAGetLastError() : 0;
}

static SOCKET open_socket(int family, int type)
{
    SOCKET handle = WSASocketW(family, type, 0, NULL, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);

    if (handle != INVALID_SOCKET || WSAGetLastError() != WSAEINVAL)
        return handle;
    /* Windows 7 without its service pack does not know the flag. */
    if ((handle = WSASocketW(family, type, 0, NULL, 0, WSA_FLAG_OVERLAPPED)) != INVALID_SOCKET)
        SetHandleInformation((HANDLE)handle, HANDLE_FLAG_INHERIT, 0);
    return handle;
}

int system_open(enum network_family family, bool dual, bool datagram, uintptr_t *handle)
{
    BOOL off = FALSE;
    SOCKET opened;
    DWORD size;
    int code;

    if ((code = start_winsock()))
        return code;
    opened = open_socket(family == NETWORK_IPV4 ? AF_INET : AF_INET6, datagram ? SOCK_DGRAM : SOCK_STREAM);
    if (opened == INVALID_SOCKET)
        return WSAGetLastError();
    *handle = (uintptr_t)opened;
    code = set_non_blocking(opened);
    if (!code && family == NETWORK_IPV6)
        code = set_option(*handle, IPPROTO_IPV6, IPV6_V6ONLY, !dual);
    if (code)
    {
        closesocket(opened);
        return code;
    }
    if (datagram)
        /* Else receiving fails when a datagram that was sent did not get through. */
        WSAIoctl(opened, SIO_UDP_CONNRESET, &off, sizeof(off), NULL, 0, &size, NULL, NULL);
    else
        set_option(*handle, IPPROTO_TCP, TCP_NODELAY, 1);
    return 0;
}

void system_close(uintptr_t handle, bool reset)
{
    struct linger linger = {1, 0};

    if (reset)
        setsockopt((SOCKET)handle, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof(linger));
    closesocket((SOCKET)handle);
}

int system_bind(const struct socket *socket, const struct network_address *address, enum system_sharing sharing)
{
    union any_address any;
    int size = sockaddr_make(&any, address, socket->family), code;

    /* Without it another program could take the port over; connections that have been closed do not matter here. */
    set_option(socket->handle, SOL_SOCKET, sharing == SYSTEM_SHARED ? SO_REUSEADDR : SO_EXCLUSIVEADDRUSE, 1);
    if (!bind((SOCKET)socket->handle, &any.any, size))
        return 0;
    /* That is said when the other one has the port exclusively. */
    return (code = WSAGetLastError()) == WSAEACCES ? WSAEADDRINUSE : code;
}

int system_listen(uintptr_t handle, int backlog)
{
    return listen((SOCKET)handle, backlog ? backlog : SOMAXCONN) ? WSAGetLastError() : 0;
}

int system_accept(uintptr_t listener, uintptr_t *handle, struct network_address *remote)
{
    union any_address any = {0};
    int size = sizeof(any), code;
    SOCKET accepted = accept((SOCKET)listener, &any.any, &size);

    if (accepted == INVALID_SOCKET)
        return WSAGetLastError();
    /* It has the listener's mode, though only Berkeley's sockets are documented not to. */
    if ((code = set_non_blocking(accepted)))
    {
        closesocket(accepted);
        return code;
    }
    SetHandleInformation((HANDLE)accepted, HANDLE_FLAG_INHERIT, 0);
    *handle = (uintptr_t)accepted;
    sockaddr_read(remote, &any.any);
    set_option(*handle, IPPROTO_TCP, TCP_NODELAY, 1);
    return 0;
}

void system_address_store(const struct network_address *address, void *storage, size_t size)
{
    union any_address any;
    size_t used = (size_t)sockaddr_make(&any, address, address->family);

    memset(storage, 0, size);
    memcpy(storage, &any, used < size ? used : size);
}

int system_connect(const struct socket *socket, const struct network_address *address)
{
    union any_address any;
    int size = sockaddr_make(&any, address, socket->family);

    /* Else Windows tries three times within a second or two before it says that nobody listens. */
    set_option(socket->handle, IPPROTO_TCP, TCP_FAIL_CONNECT_ON_RST, 1);
    return connect((SOCKET)socket->handle, &any.any, size) ? WSAGetLastError() : 0;
}

static int pending_error(uintptr_t handle)
{
    int code = 0, size = sizeof(code);

    return getsockopt((SOCKET)handle, SOL_SOCKET, SO_ERROR, (char *)&code, &size) ? WSAGetLastError() : code;
}

int system_connect_result(uintptr_t handle)
{
    union any_address peer;
    int code, size;

    if ((code = pending_error(handle)))
        return code;
    /* It may have been woken for another reason. */
    size = sizeof(peer);
    if (!getpeername((SOCKET)handle, &peer.any, &size))
        return 0;
    return (code = WSAGetLastError()) == WSAENOTCONN ? WSAEWOULDBLOCK : code;
}

int system_local_address(uintptr_t handle, struct network_address *address)
{
    union any_address any = {0};
    int size = sizeof(any);

    if (getsockname((SOCKET)handle, &any.any, &size))
        return WSAGetLastError();
    return sockaddr_read(address, &any.any) ? 0 : WSAEAFNOSUPPORT;
}

void system_set_keep_alive(uintptr_t handle, bool on, ULONG time, ULONG interval)
{
    /* Two hours and a second are what Windows does without being told. */
    struct tcp_keepalive values = {on, time ? time : 7200000, interval ? interval : 1000};
    DWORD size;

    WSAIoctl((SOCKET)handle, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &size, NULL, NULL);
}

void system_set_no_delay(uintptr_t handle, bool on)
{
    set_option(handle, IPPROTO_TCP, TCP_NODELAY, on);
}

int system_shutdown(uintptr_t handle)
{
    return shutdown((SOCKET)handle, SD_SEND) ? WSAGetLastError() : 0;
}

/* The parts after the first `skip` bytes, as many as fit in. Returns how many there are. */
static DWORD buffers_of(WSABUF buffers[PARTS], const WS_BYTES *parts, ULONG count, size_t skip)
{
    DWORD used = 0;
    size_t place;
    ULONG i;

    parts_skip(parts, count, skip, &i, &place);
    for (; i < count && used < PARTS; i++)
    {
        if (!parts[i].length)
            continue;
        buffers[used].buf = (char *)parts[i].bytes + place;
        buffers[used++].len = parts[i].length - (ULONG)place;
        place = 0;
    }
    return used;
}

int system_send(uintptr_t handle, const WS_BYTES *parts, ULONG count, size_t skip, size_t *sent)
{
    WSABUF buffers[PARTS];
    DWORD used = buffers_of(buffers, parts, count, skip), done;

    if (WSASend((SOCKET)handle, buffers, used, &done, 0, NULL, NULL))
        return WSAGetLastError();
    *sent = done;
    return 0;
}

int system_send_to(const struct socket *socket, const struct network_address *to, const WS_BYTES *parts, ULONG count)
{
    WSABUF buffers[PARTS] = {{0, NULL}};
    union any_address any;
    int size = sockaddr_make(&any, to, socket->family);
    DWORD used, done;

    if (count > PARTS)
        return WSAEMSGSIZE;
    if (!(used = buffers_of(buffers, parts, count, 0)))
        used = 1; /* an empty one; no buffers at all are an error */
    return WSASendTo((SOCKET)socket->handle, buffers, used, &done, 0, &any.any, size, NULL, NULL) ? WSAGetLastError()
                                                                                                  : 0;
}

/* At the end of a stream: under Wine 8 one that has been reset ends as any other, and only polling tells. */
static bool was_reset(uintptr_t handle)
{
    WSAPOLLFD file = {(SOCKET)handle, POLLRDNORM, 0};

    return WSAPoll(&file, 1, 0) > 0 && file.revents & POLLERR;
}

int system_receive(uintptr_t handle, void *buffer, size_t size, size_t *received)
{
    int count = recv((SOCKET)handle, buffer, size < INT32_MAX ? (int)size : INT32_MAX, 0);

    if (count < 0)
        return WSAGetLastError();
    *received = (size_t)count;
    return count || !was_reset(handle) ? 0 : WSAECONNRESET;
}

int system_receive_from(uintptr_t handle, void *buffer, size_t size, size_t *received, bool *truncated,
                        struct network_address *from)
{
    union any_address any = {0};
    int length = sizeof(any), code;
    int count = recvfrom((SOCKET)handle, buffer, size < INT32_MAX ? (int)size : INT32_MAX, 0, &any.any, &length);

    *truncated = false;
    if (count < 0)
    {
        if ((code = WSAGetLastError()) != WSAEMSGSIZE)
            return code;
        *truncated = true;
        *received = size;
    }
    else
        *received = (size_t)count;
    return sockaddr_read(from, &any.any) ? 0 : WSAEAFNOSUPPORT;
}

bool system_has_input(uintptr_t handle)
{
    WSAPOLLFD file = {(SOCKET)handle, POLLRDNORM, 0};

    return WSAPoll(&file, 1, 0) != 0;
}

/* The list of adapters, to be freed with memory_free(); NULL: there is none, or no memory. */
static IP_ADAPTER_ADDRESSES *get_adapters(ULONG family)
{
    const ULONG flags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
    ULONG(WINAPI * get)(ULONG, ULONG, void *, IP_ADAPTER_ADDRESSES *, ULONG *) = NULL;
    /* Few programs need this library. */
    HMODULE library = LoadLibraryW(L"iphlpapi.dll");
    IP_ADAPTER_ADDRESSES *adapters = NULL;
    ULONG size = 16384, result;
    FARPROC found;
    int i;

    if (library && (found = GetProcAddress(library, "GetAdaptersAddresses")))
        memcpy(&get, &found, sizeof(get));
    /* There may be more of them the next moment. */
    for (i = 0; get && i < 4; i++)
    {
        if (!(adapters = memory_alloc(size, "network adapters")))
            break;
        if ((result = get(family, flags, NULL, adapters, &size)) == ERROR_SUCCESS)
            break;
        memory_free(adapters);
        adapters = NULL;
        if (result != ERROR_BUFFER_OVERFLOW)
            break;
    }
    if (library)
        FreeLibrary(library);
    return adapters;
}

size_t system_adapters(enum network_family family, uint32_t *adapters, size_t capacity)
{
    IP_ADAPTER_ADDRESSES *all = get_adapters(family == NETWORK_IPV4 ? AF_INET : AF_INET6), *one;
    size_t count = 0;

    for (one = all; one; one = one->Next)
    {
        DWORD number = family == NETWORK_IPV4 ? one->IfIndex : one->Ipv6IfIndex;

        if (one->OperStatus != IfOperStatusUp || one->Flags & IP_ADAPTER_NO_MULTICAST || !number ||
            !one->FirstUnicastAddress)
            continue;
        if (count < capacity)
            adapters[count] = number;
        count++;
    }
    memory_free(all);
    return count;
}

/*
 * The first address of an adapter, which the options of IPv4 know it by: Wine takes no numbers. Of 0, the system's
 * choice. WSAEADDRNOTAVAIL: there is no such adapter, or it has no address of IPv4.
 */
static int address_of(uint32_t adapter, struct in_addr *found)
{
    IP_ADAPTER_ADDRESSES *all = adapter ? get_adapters(AF_INET) : NULL, *one;
    struct network_address address;
    int code = adapter ? WSAEADDRNOTAVAIL : 0;

    memset(found, 0, sizeof(*found));
    for (one = all; one; one = one->Next)
        if (one->IfIndex == adapter && one->FirstUnicastAddress &&
            sockaddr_read(&address, one->FirstUnicastAddress->Address.lpSockaddr))
        {
            memcpy(found, address.bytes, sizeof(*found));
            code = 0;
            break;
        }
    memory_free(all);
    return code;
}

static int change_group(const struct socket *socket, bool join, const struct network_address *group, uint32_t adapter)
{
    struct ipv6_mreq v6 = {.ipv6mr_interface = adapter};
    struct ip_mreq v4;
    int failed;

    if (group->family == NETWORK_IPV4)
    {
        memcpy(&v4.imr_multiaddr, group->bytes, 4);
        if ((failed = address_of(adapter, &v4.imr_interface)))
            return failed;
        failed = setsockopt((SOCKET)socket->handle, IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP,
                            (const char *)&v4, sizeof(v4));
    }
    else
    {
        memcpy(&v6.ipv6mr_multiaddr, group->bytes, 16);
        failed = setsockopt((SOCKET)socket->handle, IPPROTO_IPV6, join ? IPV6_ADD_MEMBERSHIP : IPV6_DROP_MEMBERSHIP,
                            (const char *)&v6, sizeof(v6));
    }
    return failed ? WSAGetLastError() : 0;
}

int system_join(const struct socket *socket, const struct network_address *group, uint32_t adapter)
{
    int code = change_group(socket, true, group, adapter);

    /* It has joined already. WSAEINVAL would say so too, but also that there is no such adapter. */
    return code == WSAEADDRINUSE ? 0 : code;
}

void system_leave(const struct socket *socket, const struct network_address *group, uint32_t adapter)
{
    change_group(socket, false, group, adapter);
}

int system_set_multicast(const struct socket *socket, uint8_t hops, uint32_t adapter, bool loopback)
{
    struct in_addr address;
    int code;

    if (socket->family == NETWORK_IPV6)
    {
        if ((code = set_option(socket->handle, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, hops)) ||
            (code = set_option(socket->handle, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, loopback)) ||
            (code = set_option(socket->handle, IPPROTO_IPV6, IPV6_MULTICAST_IF, adapter)))
            return code;
    }
    if (socket->family == NETWORK_IPV4 || socket->dual)
    {
        if ((code = address_of(adapter, &address)) ||
            (code = set_option(socket->handle, IPPROTO_IP, IP_MULTICAST_TTL, hops)) ||
            (code = set_option(socket->handle, IPPROTO_IP, IP_MULTICAST_LOOP, loopback)) ||
            (code = set_option(socket->handle, IPPROTO_IP, IP_MULTICAST_IF, address.s_addr)))
            return code;
    }
    return 0;
}

size_t system_host_name(char *name, size_t room)
{
    WCHAR wide[256];
    DWORD count = sizeof(wide) / sizeof(*wide);
    size_t length;

    if (!room)
        return 0;
    *name = 0;
    if (!GetComputerNameExW(ComputerNameDnsHostname, wide, &count) || !utf16_to_utf8_length(wide, count, &length) ||
        length >= room)
        return 0;
    utf16_to_utf8(wide, count, (BYTE *)name);
    name[length] = 0;
    return length;
}

int system_lookup(const WCHAR *host, struct network_address **addresses, size_t *count)
{
    ADDRINFOW hints = {.ai_socktype = SOCK_STREAM}, *all, *one;
    size_t most = 0;
    int code;

    if ((code = start_winsock()) || (code = GetAddrInfoW(host, NULL, &hints, &all)))
        return code;
    for (one = all; one; one = one->ai_next)
        most++;
    *count = 0;
    if ((*addresses = memory_alloc((most ? most : 1) * sizeof(**addresses), "addresses of a host")))
        for (one = all; one; one = one->ai_next)
            *count += sockaddr_read(&(*addresses)[*count], one->ai_addr);
    FreeAddrInfoW(all);
    return *addresses ? 0 : WSA_NOT_ENOUGH_MEMORY;
}
