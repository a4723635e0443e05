/* SPDX-License-Identifier: MIT */
/*
 * wire.h - a client of HTTP made of a socket that blocks, for tests of servers: sends any bytes, and reads responses.
 * Threads, too. Natively and on Windows. What takes longer than 20 seconds fails.
 */
#ifndef WS_TEST_WIRE_H
#define WS_TEST_WIRE_H

#include "support/test.h"

/* A port of TCP that nobody uses now. */
uint16_t wire_free_port(void);

struct wire
{
    uintptr_t handle;
    char *bytes; /* what has been received and not been taken yet */
    size_t room, begin, end;
};

/* Connects to 127.0.0.1, or ::1. */
void wire_connect(struct wire *wire, uint16_t port);
bool wire_can_connect(uint16_t port);
void wire_connect_6(struct wire *wire, uint16_t port);

/* How much is received into the system's buffer at most, before it is received here; to be called first. */
void wire_connect_small(struct wire *wire, uint16_t port);

void wire_close(struct wire *wire);
void wire_reset(struct wire *wire);    /* so that the other end notices */
void wire_shutdown(struct wire *wire); /* no more is sent */

/* Formats and sends; false: the other end has closed the connection. */
bool wire_send(struct wire *wire, const char *format, ...) PRINTF_LIKE(2, 3);
bool wire_send_bytes(struct wire *wire, const void *bytes, size_t count);

/* Receives some; 0: the end of the stream, or the connection has been reset. */
size_t wire_receive(struct wire *wire, void *bytes, size_t room);

/* Whether nothing comes for so many milliseconds. */
bool wire_is_quiet(struct wire *wire, unsigned milliseconds);

/* Whether the other end has closed the connection, and nothing more has come. */
bool wire_is_closed(struct wire *wire);

struct response
{
    int status;
    char head[4096]; /* with status line and empty line */
    char *body;      /* zero-terminated; wire_free_response() */
    size_t size;
    bool is_chunked;
    unsigned chunks;
};

/* Reads a response; with `no_body`, it has none. False: the connection has ended before it has begun. */
bool wire_read(struct wire *wire, bool no_body, struct response *response);
void wire_free_response(struct response *response);

/* The value of a field; NULL: it is not there. It stays until the next call. */
const char *response_field(const struct response *response, const char *name);

/* A thread that is waited for. */
struct test_thread
{
    uintptr_t handle;
    void (*function)(void *argument);
    void *argument;
};
void thread_begin(struct test_thread *thread, void (*function)(void *), void *argument);
void thread_join(struct test_thread *thread);

/* Waits a little: only for what cannot be waited for, as that something does not happen. */
void wire_sleep(unsigned milliseconds);

#endif
