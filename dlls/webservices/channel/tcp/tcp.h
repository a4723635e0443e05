/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * tcp.h - the transport of WS_TCP_CHANNEL_BINDING: sessions of [MC-NMF] over TCP. What a channel and a listener consist
 * of, for the files of this folder:
 *
 *     tcp_buffer.c     bytes that have been received; memory for them, which idle sessions do not have
 *     tcp_encoding.c   readers and writers, by encoding
 *     tcp_open.c       a client: connects, and sends the preamble
 *     tcp_greet.c      a listener: connections from which a preamble is to come
 *     tcp_accept.c     a listener: opens, closes, and accepts those whose preamble has come
 *     tcp_url.c        URLs of both, and which of a client's a listener wants
 *     tcp_send.c       messages that are sent
 *     tcp_receive.c    messages that are received
 *     tcp_close.c      the end of a session
 *     tcp_session.c    what both ends do when it begins, and when it is over
 *     tcp_transport.c  the table of all of these
 *
 * A channel has two halves that may be at work on two threads: `in` and `out`. They share the socket, which is open
 * from open or accept to close. docs/tcp.md says what goes over the wire when.
 */
/* clang-format on */
#ifndef WS_CHANNEL_TCP_TCP_H
#define WS_CHANNEL_TCP_TCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel/io/operation.h"
#include "channel/io/socket.h"
#include "channel/object/channel.h"
#include "channel/object/listener.h"
#include "channel/protocol/framing.h"
#include "channel/protocol/framing_strings.h"
#include "tcp_buffer.h"
#include "tcp_encoding.h"

/* --- Receiving --- */

enum tcp_in_progress
{
    TCP_IN_IDLE,
    TCP_IN_SKIPPING,  /* what is left of a streamed message */
    TCP_IN_RECEIVING, /* a message; of a streamed one, what is before the envelope */
    TCP_IN_READING,   /* the start of a streamed message, or its end */
    TCP_IN_FILLING    /* the same; the reader is being filled */
};

struct tcp_in
{
    struct framing framing;
    struct tcp_buffer buffer;
    struct framing_strings_in strings;
    WS_XML_READER *reader;          /* NULL: none has been needed yet */
    enum framing_encoding encoding; /* that of the session */

    enum tcp_in_progress progress; /* of read_start and read_end */
    bool is_skipped;               /* the message before has been abandoned, or has failed */
    size_t expected;               /* how many bytes a message may have, by the one before */

    /* Of a streamed message. */
    bool in_table;      /* its table of session strings has not come to its end */
    bool is_fill_timed; /* the timeout of the read callback has been set */
    const BYTE *rest;   /* bytes that have come, and the reader has not got yet; in the buffer */
    size_t rest_size;
    uint64_t filled;  /* how much the reader has got */
    BYTE *fill_bytes; /* what the read callback was called with */
    ULONG fill_size, *fill_actual;
};

/* --- Sending --- */

enum tcp_out_progress
{
    TCP_OUT_IDLE,
    TCP_OUT_SENDING
};

/* How many parts a send has without memory for more. */
#define TCP_FEW_PARTS 12u

struct tcp_out
{
    struct framing_strings_out strings;
    WS_XML_WRITER *writer; /* NULL: none has been needed yet */
    struct tcp_boundary boundary;

    enum tcp_out_progress progress;       /* of a send */
    BYTE head[2 * FRAMING_SIZE_ROOM + 1]; /* what is before the envelope */
    BYTE tail[2];
    WS_BYTES few_parts[TCP_FEW_PARTS];
    WS_BYTES *parts; /* few_parts, or memory */
    ULONG count;
    size_t sent;

    bool is_begun;           /* some of it has been sent */
    bool is_last;            /* what is flushed is its end */
    bool is_flushing;        /* write_start or write_end has flushed the writer, and waits */
    bool is_broken;          /* something has been sent in part: nothing can follow it */
    bool is_ended;           /* the end of the session has been sent */
    uint64_t written;        /* of a streamed message */
    const WS_BYTES *flushed; /* what the write callback was called with */
    ULONG flushed_count;
};

/* --- Channels --- */

enum tcp_progress
{
    TCP_NOTHING,
    TCP_CONNECTING,
    TCP_GREETING,     /* the preamble is being sent */
    TCP_ANSWERED,     /* its acknowledgement is being received */
    TCP_WAITING,      /* accept waits for a client */
    TCP_WELCOMING,    /* the acknowledgement is being sent */
    TCP_ENDING,       /* the end of the session is being sent */
    TCP_LISTENING_ON, /* the peer's is waited for */
    TCP_REFUSING      /* the fault of a failed session is being sent */
};

struct tcp_channel
{
    struct socket socket;
    struct tcp_in in;
    struct tcp_out out;

    bool has_sent;                  /* atomic: since something was received */
    enum tcp_progress progress;     /* of open, accept, shutdown and close */
    struct tcp_greeting *greeting;  /* what only an open needs; NULL: none is under way */
    struct tcp_guest *guest;        /* the connection that accept waits for */
    enum framing_encoding encoding; /* the channel's own */

    /* What the program can ask for while calls run, from when the session is open until it is reset. */
    bool is_known; /* atomic: the rest has been set */
    struct network_address remote;
    WCHAR *via; /* of an accepted channel */
    ULONG via_length;

    /* In the acceptor, under its lock. */
    struct tcp_channel *next_waiting;
    struct operation *waiting;
};

static inline struct tcp_channel *tcp_part(const WS_CHANNEL *channel)
{
    return channel->part;
}

/* Of a mode in which an initiator says that it streams. */
static inline bool tcp_streams_out(const WS_CHANNEL *channel)
{
    return (channel->settings.transfer_mode & WS_STREAMED_OUTPUT_TRANSFER_MODE) != 0;
}
static inline bool tcp_streams_in(const WS_CHANNEL *channel)
{
    return (channel->settings.transfer_mode & WS_STREAMED_INPUT_TRANSFER_MODE) != 0;
}

/* How large a message may be that is received, and the property that says so. */
static inline uint64_t tcp_largest(const WS_CHANNEL *channel)
{
    return tcp_streams_in(channel) ? channel->settings.max_streamed_size : channel->settings.max_buffered_size;
}
static inline const char *tcp_largest_name(const WS_CHANNEL *channel)
{
    return tcp_streams_in(channel) ? "WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE"
                                   : "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE";
}

/* The session is open. (tcp_session.c) */
void tcp_begin(WS_CHANNEL *channel);

/* Forgets the session, and closes what is still open of it. (tcp_session.c) */
void tcp_drop(WS_CHANNEL *channel);

/* Milliseconds that are left until a moment of clock_now(), for operation_set_timeout(). */
static inline ULONG tcp_time_left(uint64_t deadline)
{
    uint64_t now = clock_now();

    return deadline == CLOCK_NEVER ? INFINITE : deadline > now ? (ULONG)(deadline - now) : 0;
}

/* --- tcp_open.c --- */

HRESULT tcp_open(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);

/* --- tcp_send.c --- */

HRESULT tcp_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error);
HRESULT tcp_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error);

/* A message is not written to its end. If some of it is on its way, the session is of no use any more. */
void tcp_abandon_write(WS_CHANNEL *channel);

/* Sends a record of one byte. */
HRESULT tcp_send_byte(WS_CHANNEL *channel, struct operation *op, enum framing_record record, WS_ERROR *error);

/* --- tcp_receive.c --- */

HRESULT tcp_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error);
HRESULT tcp_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error);
void tcp_abandon_read(WS_CHANNEL *channel);

/*
 * The next event of the framing, receiving what it needs. Failures fault the channel. WS_S_END: the peer has closed the
 * connection after its end of the session.
 */
HRESULT tcp_next_event(WS_CHANNEL *channel, struct operation *op, enum framing_event *event,
                       struct framing_input *input, WS_ERROR *error);

/* --- tcp_close.c --- */

HRESULT tcp_shutdown(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);
HRESULT tcp_close(WS_CHANNEL *channel, struct operation *op, bool graceful, WS_ERROR *error);

/* --- tcp_greet.c --- */

/* What channels that accept, and connections from which a preamble is to come, have in common. */
struct tcp_guest;

struct tcp_acceptor
{
    struct mutex lock;
    struct socket socket; /* that listens; used by the channel that `leads`, and nobody else */
    WS_STRING url;
    ULONG url_matching, connect_timeout;

    /* All below: under the lock. */
    unsigned references; /* the listener, and each connection in one of these lists */
    bool is_closed;
    unsigned greeting_count;
    struct tcp_guest *greeting, *greeting_last; /* the oldest first */
    struct tcp_guest *ready, *ready_last;       /* their preambles have come, the oldest first */
    struct tcp_channel *waiting;                /* list: those that accept */
    struct tcp_channel *leader;                 /* the one of them that waits for connections */
};

/* A connection to a listener that no channel has yet. */
struct tcp_guest
{
    struct operation operation;
    struct tcp_acceptor *acceptor;
    struct tcp_guest *next, *previous; /* in the acceptor's lists */
    struct socket socket;
    struct framing framing;
    struct tcp_buffer buffer;
    enum framing_encoding encoding;
    BYTE *via; /* UTF-8 */
    size_t via_length;
    bool has_deadline, is_refused;
    BYTE record[FRAMING_FAULT_ROOM];
    size_t record_size, sent;
};

/* One that is not connected yet; NULL: there is no memory. It is in no list. */
struct tcp_guest *tcp_guest_create(struct tcp_acceptor *acceptor);
void tcp_guest_free(struct tcp_guest *guest);

/* It is connected: waits for its preamble, without holding up anybody. It is in one of the lists then, or gone. */
void tcp_greet(struct tcp_guest *guest);

/* One that has been ready is told why it is not wanted, and is gone. */
void tcp_refuse(struct tcp_guest *guest, enum framing_fault fault);

/* Closes all connections; those that are still at work end by themselves. */
void tcp_send_away(struct tcp_acceptor *acceptor);

void tcp_acceptor_release(struct tcp_acceptor *acceptor);

/* Wakes all channels that accept. Under the lock. */
void tcp_acceptor_wake(struct tcp_acceptor *acceptor);

/* --- tcp_accept.c --- */

struct tcp_listener
{
    struct tcp_acceptor *acceptor;
};

HRESULT tcp_accept(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);
HRESULT tcp_listener_open(WS_LISTENER *listener, struct operation *op, WS_ERROR *error);
HRESULT tcp_listener_close(WS_LISTENER *listener, struct operation *op, WS_ERROR *error);
void tcp_listener_free(WS_LISTENER *listener);

#endif
