/* SPDX-License-Identifier: MIT */
/*
 * channel.h - requests and replies over connections that are kept, between threads of this process, over the loopback:
 * by channels, by bare sockets, which is the limit (polled: as whatever has time-outs must), and by what gSOAP
 * generates from channel-gsoap.idl.
 *
 * A request has an element with a text, and so has its reply. Every client has a connection and a server of its own.
 */
#ifndef WS_BENCH_CHANNEL_H
#define WS_BENCH_CHANNEL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct job
{
    size_t characters; /* of the text */
    size_t wire;       /* bytes of a message with its framing, for bare sockets */
    unsigned clients;
    unsigned requests; /* of each client */
};

#define CHANNEL_CLIENTS 16 /* at most */

/* Nanoseconds a request, of all clients together: what they take, by the number of all requests. */
double channel_pairs(const struct job *job, bool http, bool async);
double channel_sockets(const struct job *job, bool polled);
double channel_gsoap(const struct job *job);

/* A text of so many characters, which is there for ever. */
const char *channel_text(size_t characters);

/* --- Streams --- */

/* Nanoseconds for so many bytes in pieces of 32 KB, one way. */
enum channel_stream
{
    STREAM_HTTP_TEXT,
    STREAM_HTTP_BINARY,
    STREAM_TCP_BINARY
};
#define CHANNEL_PIECE 32768u
double channel_stream(enum channel_stream kind, size_t bytes);
double channel_sockets_stream(size_t bytes);

/* --- Counting: what this process has asked the system for, of what has to do with sockets --- */

struct channel_counts
{
    unsigned long long sends, receives, waits, wakes, bytes;
};
struct channel_counts channel_counted(void);

/* What clients and servers asked for between the two moments that channel_begin() and channel_end() tell. */
extern struct channel_counts channel_last;

/* --- Clients that begin together --- */

struct channel_start
{
    pthread_barrier_t ready, go;
    double begun;
};

/* With so many clients, each on a thread of its own. */
void channel_start_init(struct channel_start *start, unsigned clients);
/* For a client: it is connected, and waits for the others. */
void channel_ready(struct channel_start *start);
/* For who measures: waits for the clients and lets them go. */
void channel_go(struct channel_start *start);
void channel_start_free(struct channel_start *start);

/* The clock begins, or ends: what is in channel_last. Returns the nanoseconds of now. */
double channel_begin(void);
double channel_end(void);

/* --- Sockets and threads of the system --- */

/* A port that is free. */
unsigned channel_port(void);
void channel_thread(pthread_t *thread, void *(*run)(void *argument), void *argument);

/* Ends the program unless it is good. */
void channel_check(bool good, const char *what);

#endif
