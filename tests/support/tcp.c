/* SPDX-License-Identifier: MIT */
/* tcp.c - see tcp.h. */
#ifdef _WIN32
/* Before windows.h. */
#include <winsock2.h>
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#endif

#include "support/tcp.h"

#include <stdlib.h>

static const WS_XML_STRING count_action = WS_XML_STRING_VALUE("urn:count");
static WS_XML_DICTIONARY count_words;
static WS_XML_STRING count_strings[] = {WS_XML_STRING_DICTIONARY_VALUE("count", &count_words, 0),
                                        WS_XML_STRING_DICTIONARY_VALUE("urn:tcp", &count_words, 1)};
static WS_XML_DICTIONARY count_words = {{0x54435031, 1, 2, {3}}, count_strings, 2, TRUE};
static const WS_ELEMENT_DESCRIPTION count_element = {&count_strings[0], &count_strings[1], WS_INT32_TYPE, NULL};
const WS_MESSAGE_DESCRIPTION tcp_count = {(WS_XML_STRING *)&count_action, (WS_ELEMENT_DESCRIPTION *)&count_element};

/* --- Threads --- */

#ifdef _WIN32

static DWORD WINAPI run_thread(void *argument)
{
    struct tcp_thread *thread = argument;

    thread->run(thread->argument);
    return 0;
}

void tcp_start(struct tcp_thread *thread, void (*run)(void *argument), void *argument)
{
    thread->run = run;
    thread->argument = argument;
    thread->system = CreateThread(NULL, 0, run_thread, thread, 0, NULL);
    expect(thread->system);
}

void tcp_join(struct tcp_thread *thread)
{
    WaitForSingleObject(thread->system, INFINITE);
    CloseHandle(thread->system);
}

unsigned long long tcp_clock(void)
{
    return GetTickCount64();
}

void tcp_rest(unsigned milliseconds)
{
    Sleep(milliseconds);
}

#else

static void *run_thread(void *argument)
{
    struct tcp_thread *thread = argument;

    thread->run(thread->argument);
    return NULL;
}

void tcp_start(struct tcp_thread *thread, void (*run)(void *argument), void *argument)
{
    pthread_t *system = malloc(sizeof(*system));

    expect(system);
    thread->run = run;
    thread->argument = argument;
    thread->system = system;
    expect(!pthread_create(system, NULL, run_thread, thread));
}

void tcp_join(struct tcp_thread *thread)
{
    pthread_t *system = thread->system;

    pthread_join(*system, NULL);
    free(system);
}

unsigned long long tcp_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned long long)now.tv_sec * 1000 + (unsigned long long)now.tv_nsec / 1000000;
}

void tcp_rest(unsigned milliseconds)
{
    struct timespec rest = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};

    nanosleep(&rest, NULL);
}

#endif

static void CALLBACK called(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct tcp_call *call = state;

    call->hr = hr;
    call->model = model;
    __atomic_add_fetch(&call->count, 1, __ATOMIC_RELEASE);
}

void tcp_call_init(struct tcp_call *call)
{
    memset(call, 0, sizeof(*call));
    call->context.callback = called;
    call->context.callbackState = call;
}

HRESULT tcp_call_end(struct tcp_call *call, HRESULT hr)
{
    unsigned long long deadline = tcp_clock() + 20000;

    if (hr != WS_S_ASYNC)
    {
        expect(!__atomic_load_n(&call->count, __ATOMIC_ACQUIRE));
        return hr;
    }
    while (!__atomic_load_n(&call->count, __ATOMIC_ACQUIRE) && tcp_clock() < deadline)
        tcp_rest(1);
    expect_size(1, (size_t)__atomic_load_n(&call->count, __ATOMIC_ACQUIRE));
    expect(call->model == WS_LONG_CALLBACK);
    return call->hr;
}

/* --- Listeners and channels --- */

WS_STRING tcp_url(const char *host, unsigned port, const char *path)
{
    static WCHAR ring[4][160];
    static unsigned next;
    WCHAR *chars = ring[next++ % 4];
    char text[160];
    WS_STRING url = {0, chars};

    snprintf(text, sizeof(text), "net.tcp://%s:%u%s", host, port, path);
    for (; text[url.length]; url.length++)
        chars[url.length] = (WCHAR)text[url.length];
    return url;
}

WS_LISTENER *tcp_create_listener(const WS_LISTENER_PROPERTY *properties, ULONG count)
{
    WS_LISTENER *listener;

    ok(WsCreateListener(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, properties, count, NULL, &listener,
                        NULL));
    return listener;
}

WS_LISTENER *tcp_listen(const WS_LISTENER_PROPERTY *properties, ULONG count, unsigned *port)
{
    WS_LISTENER *listener = tcp_create_listener(properties, count);
    WS_STRING url;
    int tries;

    for (tries = 0; tries < 20; tries++)
    {
        HRESULT hr;

        *port = tcp_free_port();
        url = tcp_url("localhost", *port, "/");
        if ((hr = WsOpenListener(listener, &url, NULL, NULL)) == S_OK)
            return listener;
        expect_hr(WS_E_ADDRESS_IN_USE, hr);
    }
    test_fail(__FILE__, __LINE__, "there is no free port");
}

void tcp_end_listener(WS_LISTENER *listener)
{
    ok(WsCloseListener(listener, NULL, NULL));
    WsFreeListener(listener);
}

WS_CHANNEL *tcp_channel_for(WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    WS_CHANNEL *channel;

    ok(WsCreateChannelForListener(listener, properties, count, &channel, NULL));
    return channel;
}

WS_CHANNEL *tcp_create_channel(const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    WS_CHANNEL *channel;

    ok(WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, properties, count, NULL, &channel,
                       NULL));
    return channel;
}

/* With a string of its own: threads call it. */
HRESULT tcp_open_channel(WS_CHANNEL *channel, const char *host, unsigned port, WS_ERROR *error)
{
    WS_ENDPOINT_ADDRESS address;
    WCHAR chars[160];
    char text[160];
    ULONG i;

    snprintf(text, sizeof(text), "net.tcp://%s:%u/", host, port);
    for (i = 0; text[i]; i++)
        chars[i] = (WCHAR)text[i];
    memset(&address, 0, sizeof(address));
    address.url.length = i;
    address.url.chars = chars;
    return WsOpenChannel(channel, &address, NULL, error);
}

void tcp_end_channel(WS_CHANNEL *channel)
{
    ok(WsCloseChannel(channel, NULL, NULL));
    WsFreeChannel(channel);
}

WS_CHANNEL_STATE tcp_state(WS_CHANNEL *channel)
{
    WS_CHANNEL_STATE state;

    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL));
    return state;
}

static void run_client(void *argument)
{
    struct tcp_client *client = argument;

    client->hr = tcp_open_channel(client->channel, "localhost", client->port, client->error);
}

void tcp_client_start(struct tcp_client *client, WS_CHANNEL *channel, unsigned port)
{
    client->channel = channel;
    client->port = port;
    client->hr = E_FAIL;
    client->error = NULL;
    tcp_start(&client->thread, run_client, client);
}

HRESULT tcp_client_end(struct tcp_client *client)
{
    tcp_join(&client->thread);
    return client->hr;
}

void tcp_connect(struct tcp_pair *pair, const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    struct tcp_client client;

    pair->listener = tcp_listen(NULL, 0, &pair->port);
    pair->server = tcp_channel_for(pair->listener, properties, count);
    pair->client = tcp_create_channel(properties, count);
    tcp_client_start(&client, pair->client, pair->port);
    ok(WsAcceptChannel(pair->listener, pair->server, NULL, NULL));
    ok(tcp_client_end(&client));
}

struct closing
{
    WS_CHANNEL *channel;
    HRESULT hr;
};

static void run_close(void *argument)
{
    struct closing *closing = argument;

    closing->hr = WsCloseChannel(closing->channel, NULL, NULL);
}

void tcp_disconnect(struct tcp_pair *pair)
{
    struct closing closing = {pair->server, E_FAIL};
    struct tcp_thread thread;

    tcp_start(&thread, run_close, &closing);
    ok(WsCloseChannel(pair->client, NULL, NULL));
    tcp_join(&thread);
    ok(closing.hr);
    WsFreeChannel(pair->client);
    WsFreeChannel(pair->server);
    tcp_end_listener(pair->listener);
}

/* --- Messages --- */

WS_MESSAGE *tcp_message(WS_CHANNEL *channel)
{
    WS_MESSAGE *message;

    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    return message;
}

HRESULT tcp_send(WS_CHANNEL *channel, INT count, WS_ERROR *error)
{
    WS_MESSAGE *message = NULL;
    HRESULT hr = WsCreateMessageForChannel(channel, NULL, 0, &message, error);

    if (hr == S_OK)
        hr = WsSendMessage(channel, message, &tcp_count, WS_WRITE_REQUIRED_VALUE, &count, sizeof(count), NULL, error);
    WsFreeMessage(message);
    return hr;
}

HRESULT tcp_receive(WS_CHANNEL *channel, INT *count, WS_ERROR *error)
{
    const WS_MESSAGE_DESCRIPTION *description = &tcp_count;
    WS_MESSAGE *message = NULL;
    HRESULT hr = WsCreateMessageForChannel(channel, NULL, 0, &message, error);

    *count = -12345;
    if (hr == S_OK)
        hr = WsReceiveMessage(channel, message, &description, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE,
                              NULL, count, sizeof(*count), NULL, NULL, error);
    WsFreeMessage(message);
    return hr;
}

/* --- Bare sockets --- */

#ifdef _WIN32
#define SYSTEM(peer) ((SOCKET)(peer)->socket)
#define NO_SIGNAL    0

static void begin_sockets(void)
{
    static bool done;
    WSADATA data;

    if (!done)
        expect(!WSAStartup(MAKEWORD(2, 2), &data));
    done = true;
}

static void close_socket(intptr_t socket)
{
    closesocket((SOCKET)socket);
}

static int wait_for(intptr_t socket, unsigned wait)
{
    WSAPOLLFD poll = {(SOCKET)socket, POLLRDNORM, 0};

    return WSAPoll(&poll, 1, (INT)wait);
}
#else
#define SYSTEM(peer) ((int)(peer)->socket)
#define NO_SIGNAL    MSG_NOSIGNAL

static void begin_sockets(void)
{
}

static void close_socket(intptr_t socket)
{
    close((int)socket);
}

static int wait_for(intptr_t socket, unsigned wait)
{
    struct pollfd poll_one = {(int)socket, POLLIN, 0};

    return poll(&poll_one, 1, (int)wait);
}
#endif

static void open_peer(struct tcp_peer *peer, struct sockaddr_in *address, unsigned port)
{
    begin_sockets();
    memset(address, 0, sizeof(*address));
    address->sin_family = AF_INET;
    address->sin_port = htons((unsigned short)port);
    address->sin_addr.s_addr = htonl(0x7f000001);
    peer->socket = (intptr_t)socket(AF_INET, SOCK_STREAM, 0);
    expect(peer->socket >= 0);
}

void tcp_peer_listen(struct tcp_peer *peer, unsigned *port)
{
    struct sockaddr_in address;
#ifdef _WIN32
    int size = sizeof(address);
#else
    socklen_t size = sizeof(address);
#endif

    open_peer(peer, &address, 0);
    expect(!bind(SYSTEM(peer), (const struct sockaddr *)&address, sizeof(address)));
    expect(!listen(SYSTEM(peer), 0));
    expect(!getsockname(SYSTEM(peer), (struct sockaddr *)&address, &size));
    *port = ntohs(address.sin_port);
}

unsigned tcp_free_port(void)
{
    struct tcp_peer peer;
    unsigned port;

    tcp_peer_listen(&peer, &port);
    tcp_peer_close(&peer);
    return port;
}

void tcp_peer_accept(const struct tcp_peer *listener, struct tcp_peer *peer)
{
    expect(wait_for(listener->socket, 20000) > 0);
    peer->socket = (intptr_t)accept(SYSTEM(listener), NULL, NULL);
    expect(peer->socket >= 0);
}

bool tcp_peer_try_connect(struct tcp_peer *peer, unsigned port)
{
    struct sockaddr_in address;
    int on = 1;

    open_peer(peer, &address, port);
    setsockopt(SYSTEM(peer), IPPROTO_TCP, TCP_NODELAY, (const void *)&on, sizeof(on));
    if (!connect(SYSTEM(peer), (const struct sockaddr *)&address, sizeof(address)))
        return true;
    tcp_peer_close(peer);
    return false;
}

void tcp_peer_connect(struct tcp_peer *peer, unsigned port)
{
    expect(tcp_peer_try_connect(peer, port));
}

bool tcp_peer_send(const struct tcp_peer *peer, const void *bytes, size_t length)
{
    const char *p = bytes;

    while (length)
    {
        long sent = (long)send(SYSTEM(peer), p, (int)length, NO_SIGNAL);

        if (sent <= 0)
            return false;
        p += sent;
        length -= (size_t)sent;
    }
    return true;
}

long tcp_peer_receive(const struct tcp_peer *peer, void *bytes, size_t room, unsigned wait)
{
    long received;

    if (wait_for(peer->socket, wait) <= 0)
        return -1;
    received = (long)recv(SYSTEM(peer), bytes, (int)room, 0);
    return received < 0 ? -2 : received;
}

bool tcp_peer_receive_all(const struct tcp_peer *peer, void *bytes, size_t length)
{
    char *p = bytes;

    while (length)
    {
        long received = tcp_peer_receive(peer, p, length, 20000);

        if (received <= 0)
            return false;
        p += received;
        length -= (size_t)received;
    }
    return true;
}

void tcp_peer_end(const struct tcp_peer *peer)
{
    shutdown(SYSTEM(peer), 1);
}

void tcp_peer_close(struct tcp_peer *peer)
{
    close_socket(peer->socket);
    peer->socket = -1;
}

void tcp_peer_reset(struct tcp_peer *peer)
{
    struct linger linger = {1, 0};

    setsockopt(SYSTEM(peer), SOL_SOCKET, SO_LINGER, (const void *)&linger, sizeof(linger));
    tcp_peer_close(peer);
}

void tcp_peer_welcome(const struct tcp_peer *peer)
{
    BYTE bytes[256];

    expect(tcp_peer_receive_all(peer, bytes, 7));
    expect(!memcmp(bytes, "\x00\x01\x00\x01", 4) && bytes[5] == 2 && bytes[6] < 128);
    expect(tcp_peer_receive_all(peer, bytes, bytes[6] + 3u));
    expect(tcp_peer_send(peer, "\x0b", 1));
}

size_t tcp_preamble(BYTE *bytes, unsigned port, BYTE mode, BYTE encoding)
{
    char via[64];
    size_t length = (size_t)snprintf(via, sizeof(via), "net.tcp://localhost:%u/", port);

    memcpy(bytes, "\x00\x01\x00\x01", 4);
    bytes[4] = mode;
    bytes[5] = 2;
    bytes[6] = (BYTE)length;
    memcpy(bytes + 7, via, length);
    bytes[7 + length] = 3;
    bytes[8 + length] = encoding;
    bytes[9 + length] = 0x0c;
    return length + 10;
}

void tcp_peer_greet(const struct tcp_peer *peer, unsigned port, BYTE mode, BYTE encoding)
{
    BYTE bytes[128];
    size_t size = tcp_preamble(bytes, port, mode, encoding);

    expect(tcp_peer_send(peer, bytes, size));
    expect(tcp_peer_receive_all(peer, bytes, 1));
    expect(bytes[0] == 0x0b);
}

size_t tcp_binary_message(BYTE *bytes, INT count)
{
    /* <s:Envelope> with xmlns:a and xmlns:s, <s:Header> with <a:Action>, <s:Body>, <count xmlns="urn:tcp">. */
    static const BYTE start[] = {0x56, 0x02, 0x0b, 0x01, 'a',  0x06, 0x0b, 0x01, 's',  0x04, 0x56, 0x08,
                                 0x44, 0x0a, 0x1e, 0x00, 0x82, 0x99, 0x09, 'u',  'r',  'n',  ':',  'c',
                                 'o',  'u',  'n',  't',  0x01, 0x56, 0x0e, 0x40, 0x05, 'c',  'o',  'u',
                                 'n',  't',  0x08, 0x07, 'u',  'r',  'n',  ':',  't',  'c',  'p',  0x8d};
    BYTE *p = bytes + 2;

    *p++ = 0;
    memcpy(p, start, sizeof(start));
    p += sizeof(start);
    *p++ = (BYTE)count;
    *p++ = (BYTE)(count >> 8);
    *p++ = (BYTE)(count >> 16);
    *p++ = (BYTE)(count >> 24);
    *p++ = 0x01;
    *p++ = 0x01;
    bytes[0] = 6;
    bytes[1] = (BYTE)(p - bytes - 2);
    return (size_t)(p - bytes);
}
