/* SPDX-License-Identifier: MIT */
/* wire.c - see wire.h. */
#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
typedef int socklen;
#else
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
typedef int SOCKET;
typedef socklen_t socklen;
#define INVALID_SOCKET (-1)
#define closesocket    close
#define WSAPoll        poll
#define SD_SEND        SHUT_WR
#endif

#include "support/wire.h"

#include <stdarg.h>
#include <stdlib.h>

static SOCKET handle_of(const struct wire *wire)
{
    return (SOCKET)wire->handle;
}

static void start(void)
{
#ifdef _WIN32
    static WSADATA data;

    if (!data.wVersion)
        expect(!WSAStartup(MAKEWORD(2, 2), &data));
#endif
}

static void set_timeouts(SOCKET handle)
{
#ifdef _WIN32
    DWORD timeout = 20000;
#else
    struct timeval timeout = {20, 0};
#endif

    setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, (const char *)&timeout, sizeof(timeout));
    setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, (const char *)&timeout, sizeof(timeout));
}

uint16_t wire_free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen size = sizeof(address);
    SOCKET handle;

    start();
    expect((handle = socket(AF_INET, SOCK_STREAM, 0)) != INVALID_SOCKET);
    expect(!bind(handle, (struct sockaddr *)&address, sizeof(address)));
    expect(!getsockname(handle, (struct sockaddr *)&address, &size));
    closesocket(handle);
    return ntohs(address.sin_port);
}

static bool connect_to(struct wire *wire, uint16_t port, bool is_ipv6, int buffer)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    const struct sockaddr *address = is_ipv6 ? (const struct sockaddr *)&v6 : (const struct sockaddr *)&v4;
    SOCKET handle;

    start();
    v6.sin6_addr.s6_addr[15] = 1;
    memset(wire, 0, sizeof(*wire));
    if ((handle = socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0)) == INVALID_SOCKET)
        return false;
    if (buffer)
        setsockopt(handle, SOL_SOCKET, SO_RCVBUF, (const char *)&buffer, sizeof(buffer));
    if (connect(handle, address, is_ipv6 ? sizeof(v6) : sizeof(v4)))
    {
        closesocket(handle);
        return false;
    }
    set_timeouts(handle);
    wire->handle = (uintptr_t)handle;
    return true;
}

void wire_connect(struct wire *wire, uint16_t port)
{
    expect(connect_to(wire, port, false, 0));
}

void wire_connect_6(struct wire *wire, uint16_t port)
{
    expect(connect_to(wire, port, true, 0));
}

void wire_connect_small(struct wire *wire, uint16_t port)
{
    expect(connect_to(wire, port, false, 4096));
}

bool wire_can_connect(uint16_t port)
{
    struct wire wire;

    if (!connect_to(&wire, port, false, 0))
        return false;
    wire_close(&wire);
    return true;
}

void wire_close(struct wire *wire)
{
    closesocket(handle_of(wire));
    free(wire->bytes);
    wire->bytes = NULL;
}

void wire_reset(struct wire *wire)
{
    struct linger linger = {1, 0};

    setsockopt(handle_of(wire), SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof(linger));
    wire_close(wire);
}

void wire_shutdown(struct wire *wire)
{
    shutdown(handle_of(wire), SD_SEND);
}

bool wire_send_bytes(struct wire *wire, const void *bytes, size_t count)
{
#ifdef _WIN32
    const int flags = 0;
#else
    const int flags = MSG_NOSIGNAL;
#endif
    const char *at = bytes;

    while (count)
    {
        long sent = (long)send(handle_of(wire), at, count > 65536 ? 65536 : (int)count, flags);

        if (sent <= 0)
            return false;
        at += sent;
        count -= (size_t)sent;
    }
    return true;
}

bool wire_send(struct wire *wire, const char *format, ...)
{
    char text[8192];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    expect(length >= 0 && (size_t)length < sizeof(text));
    return wire_send_bytes(wire, text, (size_t)length);
}

static size_t receive(struct wire *wire, void *bytes, size_t room)
{
    long received = (long)recv(handle_of(wire), bytes, (int)room, 0);

#ifndef _WIN32
    if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        test_fail(__FILE__, __LINE__, "nothing has been received for 20 seconds");
#else
    if (received < 0 && WSAGetLastError() == WSAETIMEDOUT)
        test_fail(__FILE__, __LINE__, "nothing has been received for 20 seconds");
#endif
    return received > 0 ? (size_t)received : 0;
}

size_t wire_receive(struct wire *wire, void *bytes, size_t room)
{
    size_t count = wire->end - wire->begin;

    if (!count)
        return receive(wire, bytes, room);
    count = count < room ? count : room;
    memcpy(bytes, wire->bytes + wire->begin, count);
    wire->begin += count;
    return count;
}

bool wire_is_quiet(struct wire *wire, unsigned milliseconds)
{
    struct pollfd poll_for = {.fd = handle_of(wire), .events = POLLIN};

    return wire->begin == wire->end && WSAPoll(&poll_for, 1, (int)milliseconds) == 0;
}

bool wire_is_closed(struct wire *wire)
{
    char byte;

    return !wire_receive(wire, &byte, 1);
}

/* One more byte in the buffer; false: there is none. */
static bool more(struct wire *wire)
{
    size_t count;

    if (wire->room - wire->end < 4096)
    {
        wire->room = wire->room * 2 + 8192;
        expect((wire->bytes = realloc(wire->bytes, wire->room)) != NULL);
    }
    count = receive(wire, wire->bytes + wire->end, wire->room - wire->end - 1);
    wire->end += count;
    wire->bytes[wire->end] = 0;
    return count != 0;
}

/* Takes a line with its end; NULL: there is none. */
static char *take_line(struct wire *wire, size_t *length)
{
    char *end, *line;

    while (wire->begin == wire->end || !(end = memchr(wire->bytes + wire->begin, '\n', wire->end - wire->begin)))
        if (!more(wire))
            return NULL;
    line = wire->bytes + wire->begin;
    *length = (size_t)(end + 1 - line);
    wire->begin += *length;
    return line;
}

static void take_body(struct wire *wire, struct response *response, size_t count)
{
    while (wire->end - wire->begin < count)
        expect(more(wire));
    expect((response->body = realloc(response->body, response->size + count + 1)) != NULL);
    if (count)
        memcpy(response->body + response->size, wire->bytes + wire->begin, count);
    response->size += count;
    response->body[response->size] = 0;
    wire->begin += count;
}

static void read_chunks(struct wire *wire, struct response *response)
{
    size_t length, size;
    char *line;

    response->is_chunked = true;
    do
    {
        expect((line = take_line(wire, &length)) != NULL);
        size = strtoul(line, NULL, 16);
        take_body(wire, response, size);
        response->chunks++;
        expect((line = take_line(wire, &length)) != NULL && length == 2);
    } while (size);
}

bool wire_read(struct wire *wire, bool no_body, struct response *response)
{
    size_t length, head = 0;
    const char *value;
    char *line;

    memset(response, 0, sizeof(*response));
    do
    {
        if (!(line = take_line(wire, &length)))
        {
            expect(!head);
            return false;
        }
        expect(head + length < sizeof(response->head) && length >= 2 && line[length - 2] == '\r');
        memcpy(response->head + head, line, length);
        head += length;
        response->head[head] = 0;
    } while (length > 2);
    expect(!strncmp(response->head, "HTTP/1.1 ", 9));
    response->status = atoi(response->head + 9);
    if (no_body || response->status < 200 || response->status == 204)
        take_body(wire, response, 0);
    else if ((value = response_field(response, "Transfer-Encoding")))
        read_chunks(wire, response);
    else if ((value = response_field(response, "Content-Length")))
        take_body(wire, response, strtoul(value, NULL, 10));
    else
    {
        while (more(wire))
            ;
        take_body(wire, response, wire->end - wire->begin);
    }
    return true;
}

void wire_free_response(struct response *response)
{
    free(response->body);
    response->body = NULL;
}

const char *response_field(const struct response *response, const char *name)
{
    static char value[1024];
    const size_t length = strlen(name);
    const char *line, *end;

    for (line = response->head; (end = strstr(line, "\r\n")); line = end + 2)
        if (!strncmp(line, name, length) && line[length] == ':')
        {
            line += length + 2;
            expect((size_t)(end - line) < sizeof(value));
            memcpy(value, line, (size_t)(end - line));
            value[end - line] = 0;
            return value;
        }
    return NULL;
}

/* --- Threads --- */

#ifdef _WIN32

static DWORD WINAPI thread_main(void *argument)
{
    const struct test_thread *thread = argument;

    thread->function(thread->argument);
    return 0;
}

void thread_begin(struct test_thread *thread, void (*function)(void *), void *argument)
{
    thread->function = function;
    thread->argument = argument;
    thread->handle = (uintptr_t)CreateThread(NULL, 0, thread_main, thread, 0, NULL);
    expect(thread->handle != 0);
}

void thread_join(struct test_thread *thread)
{
    expect(WaitForSingleObject((HANDLE)thread->handle, 60000) == WAIT_OBJECT_0);
    CloseHandle((HANDLE)thread->handle);
}

void wire_sleep(unsigned milliseconds)
{
    Sleep(milliseconds);
}

#else

static void *thread_main(void *argument)
{
    const struct test_thread *thread = argument;

    thread->function(thread->argument);
    return NULL;
}

void thread_begin(struct test_thread *thread, void (*function)(void *), void *argument)
{
    pthread_t handle;

    thread->function = function;
    thread->argument = argument;
    expect(!pthread_create(&handle, NULL, thread_main, thread));
    thread->handle = (uintptr_t)handle;
}

void thread_join(struct test_thread *thread)
{
    expect(!pthread_join((pthread_t)thread->handle, NULL));
}

void wire_sleep(unsigned milliseconds)
{
    poll(NULL, 0, (int)milliseconds);
}

#endif
