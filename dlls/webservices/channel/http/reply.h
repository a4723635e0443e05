/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * reply.h - the server's half of the HTTP transport: listeners of WS_CHANNEL_TYPE_REPLY and their channels.
 *
 * A channel is one request and the answer to it. The request is taken from the listener's queue (http_server.h) by
 * WsAcceptChannel, which refuses those that no channel of its kind could receive; the connection belongs to the channel
 * then, until that is closed.
 *
 *     reply_listener.c   listeners, accepting, and what requests must be like
 *     reply_receive.c    the request becomes a message
 *     reply_send.c       a message becomes the answer
 *     reply_channel.c    the channel's life, and what closing one without an answer says
 *
 * The receiving and the sending half share `incoming`, which does not change while they run, and what is under the lock.
 */
/* clang-format on */
#ifndef WS_CHANNEL_HTTP_REPLY_H
#define WS_CHANNEL_HTTP_REPLY_H

#include "channel/http/http_encoding.h"
#include "channel/http/http_server.h"
#include "channel/object/channel.h"
#include "channel/object/listener.h"

struct reply_listener
{
    struct http_queue queue;
    bool is_open;
};

enum reply_request
{
    REQUEST_NONE,    /* no channel has been accepted */
    REQUEST_NEW,     /* it has not been read */
    REQUEST_READING, /* it is being read */
    REQUEST_READ,    /* it has been read to its end */
    REQUEST_LEFT,    /* it has been abandoned */
    REQUEST_FAILED   /* it could not be read */
};

enum reply_answer
{
    ANSWER_NONE,
    ANSWER_WRITING, /* none of it has been sent */
    ANSWER_SENDING, /* some has been sent */
    ANSWER_SENT,    /* all of it */
    ANSWER_FAILED   /* it cannot be completed any more */
};

/* Bytes that grow. */
struct reply_bytes
{
    BYTE *bytes;
    size_t room, length;
};

struct reply_part
{
    struct mutex lock;
    struct incoming *incoming; /* NULL: none */
    struct http_waiter waiter; /* of accept */
    WS_STRING url;             /* the transport URL, in url_room characters; while accepted */
    size_t url_room;
    uint64_t connection_id;
    struct network_address remote;

    /* Receiving. */
    enum reply_request request; /* the lock */
    struct http_content_type type;
    bool has_type;
    WS_CHARSET charset;
    struct reply_bytes type_text; /* what strings of `type` may point to */
    WS_XML_READER *reader;
    struct operation *timed; /* the operation that has the timeout */
    bool sends_continue;     /* 100 Continue is being sent; the lock */
    bool has_continued;
    bool has_message;  /* the reader has its input */
    bool is_filling;   /* the reader's fill has been called, and waits */
    uint64_t received; /* so much content of a streamed request */
    ULONG failure;     /* what closing without an answer says; the lock */
    BYTE *read_to;     /* of the read callback that is running */
    ULONG read_room;
    ULONG *read_actual;

    /* Sending. */
    enum reply_answer answer; /* the lock */
    WS_XML_WRITER *writer;
    struct http_parts parts;
    struct reply_bytes head; /* of the answer, up to what says how long its body is */
    bool is_streamed, is_chunked;
    bool has_body;              /* it is not the answer to a HEAD */
    bool keeps_alive;           /* the answer says so */
    bool is_last;               /* what the writer flushes next is the rest of the body */
    bool is_ended;              /* the message has been written to its end */
    bool is_flushing;           /* the writer's flush has been called, and waits */
    uint64_t sent;              /* so much content of a streamed answer */
    const WS_BYTES *write_from; /* of the write callback that is running */
    ULONG write_count;
    struct reply_bytes framing;    /* what goes before the bytes that are being sent, */
    WS_BYTES *pieces;              /* and all of them; */
    ULONG piece_room, piece_count; /* 0: nothing is being sent */
};

static inline struct reply_part *reply_part(const WS_CHANNEL *channel)
{
    return channel->part;
}

/* The functions of transport.h, for channels of a listener. */
HRESULT reply_create(WS_CHANNEL *channel, WS_ERROR *error);
void reply_free(WS_CHANNEL *channel);
HRESULT reply_reset(WS_CHANNEL *channel, WS_ERROR *error);
HRESULT reply_accept(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error);
HRESULT reply_close(WS_CHANNEL *channel, struct operation *operation, bool graceful, WS_ERROR *error);
HRESULT reply_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT reply_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT reply_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT reply_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT reply_abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error);
HRESULT reply_get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error);

/* And for listeners. */
HRESULT reply_listener_create(WS_LISTENER *listener, WS_ERROR *error);
void reply_listener_free(WS_LISTENER *listener);
HRESULT reply_listener_open(WS_LISTENER *listener, struct operation *operation, WS_ERROR *error);
HRESULT reply_listener_close(WS_LISTENER *listener, struct operation *operation, WS_ERROR *error);

/* --- Of one file for another --- */

/* Makes room for so many bytes; what is there is kept. */
HRESULT reply_reserve(struct reply_bytes *bytes, size_t room, WS_ERROR *error);

/* Sends a status as the whole answer, without a body: reply_send.c. Resumable. */
HRESULT reply_send_status(WS_CHANNEL *channel, ULONG status, struct operation *operation, WS_ERROR *error);

/* Under the lock. */
static inline enum reply_answer reply_answer(struct reply_part *part)
{
    enum reply_answer answer;

    mutex_lock(&part->lock);
    answer = part->answer;
    mutex_unlock(&part->lock);
    return answer;
}

static inline void reply_set_request(struct reply_part *part, enum reply_request request)
{
    mutex_lock(&part->lock);
    part->request = request;
    mutex_unlock(&part->lock);
}

#endif
