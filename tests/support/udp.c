/* SPDX-License-Identifier: MIT */
/* udp.c - see udp.h. */
#define _GNU_SOURCE
#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#endif

#include "support/udp.h"

#include <stdlib.h>

static WS_XML_STRING action = WS_XML_STRING_VALUE("urn:count"), count_name = WS_XML_STRING_VALUE("count"),
                     count_ns = WS_XML_STRING_VALUE("urn:udp");
static WS_ELEMENT_DESCRIPTION count_body = {&count_name, &count_ns, WS_INT32_TYPE, NULL};
const WS_MESSAGE_DESCRIPTION count_message = {&action, &count_body};

/* ---- Threads -------------------------------------------------------------------------------------------------- */

#ifdef _WIN32

static DWORD WINAPI run_thread(void *argument)
{
    struct udp_thread *thread = argument;

    thread->run(thread->argument);
    return 0;
}

void udp_start(struct udp_thread *thread, void (*run)(void *argument), void *argument)
{
    thread->run = run;
    thread->argument = argument;
    expect((thread->system = CreateThread(NULL, 0, run_thread, thread, 0, NULL)));
}

void udp_join(struct udp_thread *thread)
{
    expect(WaitForSingleObject(thread->system, 30000) == WAIT_OBJECT_0);
    CloseHandle(thread->system);
}

unsigned long long udp_clock(void)
{
    return GetTickCount64();
}

void udp_yield(void)
{
    Sleep(1);
}

#else

static void *run_thread(void *argument)
{
    struct udp_thread *thread = argument;

    thread->run(thread->argument);
    return NULL;
}

void udp_start(struct udp_thread *thread, void (*run)(void *argument), void *argument)
{
    pthread_t *system = malloc(sizeof(*system));

    expect(system);
    thread->run = run;
    thread->argument = argument;
    thread->system = system;
    expect(pthread_create(system, NULL, run_thread, thread) == 0);
}

/* A test that hangs is ended by Check. */
void udp_join(struct udp_thread *thread)
{
    expect(pthread_join(*(pthread_t *)thread->system, NULL) == 0);
    free(thread->system);
}

unsigned long long udp_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned long long)now.tv_sec * 1000 + (unsigned long long)now.tv_nsec / 1000000;
}

void udp_yield(void)
{
    nanosleep(&(struct timespec){0, 1000000}, NULL);
}

#endif

/* ---- URLs, listeners and channels ----------------------------------------------------------------------------- */

WS_STRING udp_string(const char *text)
{
    static WCHAR room[4][256];
    static unsigned next;
    WCHAR *chars = room[next++ % WsCountOf(room)];
    WS_STRING string = {(ULONG)strlen(text), chars};
    ULONG i;

    expect(string.length < WsCountOf(room[0]));
    for (i = 0; i < string.length; i++)
        chars[i] = (WCHAR)(unsigned char)text[i];
    return string;
}

WS_STRING udp_url(const char *host, unsigned port)
{
    char text[256];

    snprintf(text, sizeof(text), "soap.udp://%s:%u", host, port);
    return udp_string(text);
}

unsigned udp_free_port(void)
{
    struct udp_peer peer;

    udp_peer_open(&peer, false, 0);
    udp_peer_close(&peer);
    return peer.port;
}

WS_LISTENER *udp_create_listener(WS_CHANNEL_TYPE type, const WS_LISTENER_PROPERTY *properties, ULONG count)
{
    WS_LISTENER *listener = NULL;

    ok(WsCreateListener(type, WS_UDP_CHANNEL_BINDING, properties, count, NULL, &listener, NULL));
    return listener;
}

WS_LISTENER *udp_listen(const char *host, unsigned *port)
{
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_STRING url;

    *port = udp_free_port();
    url = udp_url(host, *port);
    ok(WsOpenListener(listener, &url, NULL, NULL));
    return listener;
}

WS_CHANNEL *udp_channel_for(WS_LISTENER *listener)
{
    WS_CHANNEL *channel = NULL;

    ok(WsCreateChannelForListener(listener, NULL, 0, &channel, NULL));
    return channel;
}

WS_CHANNEL *udp_create_channel(const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    WS_CHANNEL *channel = NULL;

    ok(WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, properties, count, NULL, &channel, NULL));
    return channel;
}

HRESULT udp_open(WS_CHANNEL *channel, const char *host, unsigned port, WS_ERROR *error)
{
    WS_ENDPOINT_ADDRESS address = {0};

    address.url = udp_url(host, port);
    return WsOpenChannel(channel, &address, NULL, error);
}

WS_CHANNEL *udp_connect(const char *host, unsigned port)
{
    WS_CHANNEL *channel = udp_create_channel(NULL, 0);

    ok(udp_open(channel, host, port, NULL));
    return channel;
}

void udp_end_channel(WS_CHANNEL *channel)
{
    ok(WsCloseChannel(channel, NULL, NULL));
    WsFreeChannel(channel);
}

void udp_end_listener(WS_LISTENER *listener)
{
    ok(WsCloseListener(listener, NULL, NULL));
    WsFreeListener(listener);
}

WS_CHANNEL_STATE udp_state(WS_CHANNEL *channel)
{
    WS_CHANNEL_STATE state = (WS_CHANNEL_STATE)99;

    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL));
    return state;
}

WS_LISTENER_STATE udp_listener_state(WS_LISTENER *listener)
{
    WS_LISTENER_STATE state = (WS_LISTENER_STATE)99;

    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL));
    return state;
}

/* ---- Messages ------------------------------------------------------------------------------------------------- */

WS_MESSAGE *udp_message(WS_CHANNEL *channel)
{
    WS_MESSAGE *message = NULL;

    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    return message;
}

HRESULT udp_send(WS_CHANNEL *channel, INT count, WS_ERROR *error)
{
    WS_MESSAGE *message = NULL;
    HRESULT hr = WsCreateMessageForChannel(channel, NULL, 0, &message, error);

    if (hr == S_OK)
        hr = WsSendMessage(channel, message, &count_message, WS_WRITE_REQUIRED_VALUE, &count, sizeof(count), NULL,
                           error);
    WsFreeMessage(message);
    return hr;
}

HRESULT udp_receive(WS_CHANNEL *channel, INT *count, WS_ERROR *error)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&count_message};
    WS_MESSAGE *message = NULL;
    HRESULT hr = WsCreateMessageForChannel(channel, NULL, 0, &message, error);

    *count = -1;
    if (hr == S_OK)
        hr = WsReceiveMessage(channel, message, descriptions, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE,
                              NULL, count, sizeof(*count), NULL, NULL, error);
    WsFreeMessage(message);
    return hr;
}

INT udp_serve_one(WS_LISTENER *listener, WS_CHANNEL *channel)
{
    INT count;

    ok(WsAcceptChannel(listener, channel, NULL, NULL));
    ok(udp_receive(channel, &count, NULL));
    ok(WsCloseChannel(channel, NULL, NULL));
    ok(WsResetChannel(channel, NULL));
    return count;
}

/* ---- Bare sockets --------------------------------------------------------------------------------------------- */

#ifdef _WIN32
typedef SOCKET system_socket;
typedef int socklen;

static void start_sockets(void)
{
    static bool started;
    WSADATA data;

    if (!started)
        expect(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    started = true;
}

static bool readable(system_socket s, unsigned wait)
{
    struct timeval time = {(long)(wait / 1000), (long)(wait % 1000 * 1000)};
    fd_set set;

    FD_ZERO(&set);
    FD_SET(s, &set);
    return select(0, &set, NULL, NULL, &time) == 1;
}

static void close_socket(system_socket s)
{
    closesocket(s);
}
#else
typedef int system_socket;
typedef socklen_t socklen;

static void start_sockets(void)
{
}

static bool readable(system_socket s, unsigned wait)
{
    struct pollfd set = {s, POLLIN, 0};

    return poll(&set, 1, (int)wait) == 1;
}

static void close_socket(system_socket s)
{
    close(s);
}
#endif

static socklen loopback(struct sockaddr_storage *address, bool ipv6, unsigned port)
{
    struct sockaddr_in *four = (struct sockaddr_in *)address;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;

    memset(address, 0, sizeof(*address));
    if (ipv6)
    {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)port);
        six->sin6_addr.s6_addr[15] = 1;
        return sizeof(*six);
    }
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)port);
    four->sin_addr.s_addr = htonl(0x7f000001);
    return sizeof(*four);
}

static unsigned port_of(const struct sockaddr_storage *address)
{
    return ntohs(address->ss_family == AF_INET6 ? ((const struct sockaddr_in6 *)address)->sin6_port
                                                : ((const struct sockaddr_in *)address)->sin_port);
}

static bool try_open(struct udp_peer *peer, bool ipv6, unsigned port)
{
    struct sockaddr_storage address;
    socklen length = loopback(&address, ipv6, port);
    system_socket s;

    start_sockets();
    s = socket(ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM, 0);
    peer->socket = (intptr_t)s;
    peer->ipv6 = ipv6;
    if (peer->socket == -1)
        return false;
    if (bind(s, (struct sockaddr *)&address, length) != 0 || getsockname(s, (struct sockaddr *)&address, &length) != 0)
    {
        close_socket(s);
        return false;
    }
    peer->port = port_of(&address);
    return true;
}

bool udp_has_ipv6(void)
{
    struct udp_peer peer;

    if (!try_open(&peer, true, 0))
        return false;
    udp_peer_close(&peer);
    return true;
}

void udp_peer_open(struct udp_peer *peer, bool ipv6, unsigned port)
{
    expect(try_open(peer, ipv6, port));
}

void udp_peer_close(struct udp_peer *peer)
{
    close_socket((system_socket)peer->socket);
}

bool udp_peer_send(const struct udp_peer *peer, unsigned port, const void *bytes, size_t length)
{
    struct sockaddr_storage address;
    socklen address_length = loopback(&address, peer->ipv6, port);

#ifdef _WIN32
    return sendto((SOCKET)peer->socket, bytes, (int)length, 0, (struct sockaddr *)&address, address_length) ==
           (int)length;
#else
    return sendto((int)peer->socket, bytes, length, 0, (struct sockaddr *)&address, address_length) == (ssize_t)length;
#endif
}

long udp_peer_receive(const struct udp_peer *peer, char *bytes, size_t room, unsigned wait, unsigned *from)
{
    struct sockaddr_storage address;
    socklen address_length = sizeof(address);
    long length;

    if (!readable((system_socket)peer->socket, wait))
        return -1;
#ifdef _WIN32
    length = recvfrom((SOCKET)peer->socket, bytes, (int)room - 1, 0, (struct sockaddr *)&address, &address_length);
#else
    length = recvfrom((int)peer->socket, bytes, room - 1, 0, (struct sockaddr *)&address, &address_length);
#endif
    if (length < 0)
        return -1;
    bytes[length] = 0;
    if (from)
        *from = port_of(&address);
    return length;
}
