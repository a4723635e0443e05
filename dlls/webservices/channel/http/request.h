/* SPDX-License-Identifier: MIT */
/*
 * request.h - HTTP of clients: channels of WS_CHANNEL_TYPE_REQUEST, as channel/object/transport.h has it.
 *
 *     request.c           the object; opening, which makes no connection; closing
 *     request_head.c      the head of a request
 *     request_send.c      the message into the writer, and to the server
 *     request_receive.c   the response: its head, what it means for the exchange, the message out of the reader
 *     request_status.c    what a status means that comes without a message
 *
 * An exchange is one request and its response:
 *
 *     IDLE --write_start--> WRITING --write_end--> SENT --read_start--> READING --read_end--> IDLE
 *
 * The connection is got when there is something to send, and given back when the response has been read; so channels
 * hold none between exchanges. What has been sent of a buffered message is kept until the response begins, since it may
 * have to be sent again: on a new connection, if an idle one turns out to have been closed by the server; or to another
 * URL, by a redirection.
 */
#ifndef WS_CHANNEL_HTTP_REQUEST_H
#define WS_CHANNEL_HTTP_REQUEST_H

#include "channel/io/thread.h"
#include "channel/object/channel.h"
#include "http_codec.h"
#include "http_cookies.h"
#include "http_encoding.h"
#include "http_mapping.h"
#include "http_pool.h"
#include "http_proxy.h"
#include "http_target.h"

enum request_exchange
{
    EXCHANGE_IDLE,
    EXCHANGE_WRITING,
    EXCHANGE_SENT,
    EXCHANGE_READING
};

/* How far the sending of bytes has come: request_transmit(). */
enum request_progress
{
    TRANSMIT_NOTHING,
    TRANSMIT_CONNECTION,
    TRANSMIT_CONNECT,
    TRANSMIT_BYTES,
    TRANSMIT_ANSWER /* which has come too early */
};

/* How far the reading of a response has come. */
enum request_stage
{
    STAGE_BEGIN,
    STAGE_HEAD,
    STAGE_RESEND,
    STAGE_REDIRECT,
    STAGE_BODY,
    STAGE_MESSAGE,
    STAGE_REFUSAL,
    STAGE_SKIP
};

/* How much of a response that is no message is shown. */
#define REQUEST_EXCERPT 40

struct request_part
{
    struct mutex lock; /* of `exchange` */
    enum request_exchange exchange;

    struct http_target target;     /* of the address that the channel was opened to */
    struct http_target redirected; /* of this exchange, if it has been redirected */
    struct http_target *now;       /* one of them */
    struct http_proxy proxy;
    char key[HTTP_HOST_MOST + 32]; /* of the pool */
    struct http_cookies cookies;

    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    struct http_parts parts; /* of MTOM */

    struct http_pooled *connection;
    struct pool_waiter waiter;
    struct socket_connect connect;

    /* The request: fields that do not depend on the target; the whole head; what is sent. */
    BYTE *fields, *head;
    size_t fields_room, fields_length, head_room, head_length;
    size_t type_length;      /* of the first of the fields, which is Content-Type */
    struct mime_text method; /* in `fields` or constant */
    WS_BYTES body;           /* of the writer */
    const WS_BYTES *pieces;  /* of a streamed message: what the writer flushes */
    ULONG piece_count;
    WS_BYTES *sending; /* with head and chunks */
    ULONG sending_room, sending_count;
    BYTE chunk[HTTP_CHUNK_START_ROOM];

    enum request_progress progress;
    enum request_stage stage;
    bool is_streamed;   /* this request */
    bool has_begun;     /* of a streamed one: its head and a chunk have been sent */
    bool is_last;       /* chunk */
    bool is_flushing;   /* the end is being flushed */
    bool is_flushed;    /* and has been, but for the last chunk */
    bool is_ended;      /* the message has been written */
    bool has_answer;    /* the head of the response has been received already */
    bool is_retried;    /* the request has been sent on a fresh connection */
    unsigned redirects; /* of this exchange */
    ULONG interim;      /* responses of 1xx */

    struct http_codec encoder, decoder; /* of the program, if it has given some */

    /* The response. */
    struct http_content_type type;
    bool has_type;
    WS_CHARSET charset;
    BYTE *type_room;
    size_t type_room_size;
    uint64_t delivered; /* of a streamed one */
    bool is_streamed_in;
    bool is_start;   /* it is being read up to the body */
    bool is_filling; /* the reader has been asked to fill itself */
    BYTE excerpt[REQUEST_EXCERPT];
    size_t excerpt_length;
    HRESULT result; /* of sending, or of reading the message, while something else has to be done before the end */

    /* What a callback of the reader asks for. */
    void *fill_to;
    ULONG fill_room, *fill_actual;
    bool is_fill_begun;
};

/* --- For http_transport.c --- */

HRESULT request_create(WS_CHANNEL *channel, WS_ERROR *error);
void request_free(WS_CHANNEL *channel);
HRESULT request_reset(WS_CHANNEL *channel, WS_ERROR *error);
HRESULT request_open(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error);
HRESULT request_close(WS_CHANNEL *channel, struct operation *operation, bool graceful, WS_ERROR *error);
HRESULT request_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT request_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT request_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT request_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error);
HRESULT request_abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error);
HRESULT request_get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, WS_ERROR *error);

/* --- For the files of requests --- */

/* Closes the connection, if there is one. */
void request_disconnect(struct request_part *part);

/* Gives it back, to be used again if it can be: the response has been read. */
void request_give_back(WS_CHANNEL *channel);

/* Leaves the connection of a response that nobody has asked for to itself, until the server has answered. */
void request_let_linger(struct request_part *part);

/* Ends the exchange, wherever it was. */
void request_finish(struct request_part *part);

/* Sets where this exchange goes, and through which proxy. */
HRESULT request_set_target(WS_CHANNEL *channel, struct http_target *target, WS_ERROR *error);

/* Writes the fields that do not depend on the target: request_head.c. The message is INITIALIZED. */
HRESULT request_make_fields(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error);

/* Writes the whole head, when it is known what the body is. */
HRESULT request_make_head(WS_CHANNEL *channel, WS_ERROR *error);

/*
 * Sends what `sending` has: gets a connection for it if there is none. When an idle connection turns out to be closed,
 * another one is made, unless a piece has gone already.
 */
HRESULT request_transmit(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error);

/* Prepares to send all of a buffered request, or all again. */
HRESULT request_prepare(WS_CHANNEL *channel, WS_ERROR *error);

/*
 * What the status of a response means for which no message comes: reports it, and returns the code. excerpt: how the
 * body begins.
 */
HRESULT request_status_failure(WS_CHANNEL *channel, WS_ERROR *error);

/* Reads and checks the Content-Type of a response; bytes NULL: it has none. As http_check_content_type(). */
HRESULT request_check_type(WS_CHANNEL *channel, struct mime_text value, WS_ERROR *error);

#endif
