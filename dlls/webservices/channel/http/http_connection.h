/* SPDX-License-Identifier: MIT */
/*
 * http_connection.h - one TCP connection that HTTP goes over, of a client or of a server: the socket, what has been
 * received and not been used yet, and how far the message has come that is being received.
 *
 * It receives one message after the other:
 *
 *     http_receive_head()       the head, which stays where it is until the message is ended
 *     http_begin_body()         what the head says of the body
 *     http_receive_content()    pieces of the content, until there are no more
 *     http_end_message()        forgets the head; what has been received beyond belongs to the next message
 *
 * All that take an operation are resumable (channel/io/operation.h). Receiving and sending do not touch the same
 * members, so that two threads may do both at once; each by one at a time.
 *
 * Memory: none until the first bytes come, then HTTP_BUFFER_SIZE, which is kept. A head that needs more takes more, up
 * to its limits. A body that comes in chunks behind a large head takes one such buffer more. http_end_message() gives
 * back what is larger.
 */
#ifndef WS_CHANNEL_HTTP_CONNECTION_H
#define WS_CHANNEL_HTTP_CONNECTION_H

#include "channel/io/socket.h"
#include "channel/protocol/http_body.h"
#include "channel/protocol/http_head.h"

#define HTTP_BUFFER_SIZE 4096u

struct http_block
{
    BYTE *bytes; /* NULL: none */
    size_t room;
};

struct http_connection
{
    struct socket socket;

    /* Receiving. */
    struct http_block head;    /* where the head is, if it is not in the buffer */
    struct http_block buffer;  /* what has been received: */
    size_t begin, end;         /* so much of it has not been used yet */
    struct http_search search; /* of the head that is being received */
    struct http_body body;     /* that is being received */
    bool is_waiting;           /* for the first byte of a head */
    bool has_ended;            /* the peer sends no more */

    /* Sending. */
    size_t sent; /* of the parts that are being sent */
};

/* It begins without a socket: that is for socket_connect() or socket_accept() to open. */
void http_connection_init(struct http_connection *connection);

/* Closes it and gives back its memory. No operation may use it any more. */
void http_connection_close(struct http_connection *connection);

/* The same, but resets the connection: what has not been delivered is lost. */
void http_connection_reset(struct http_connection *connection);

/*
 * Receives the head of a message: *head and *size are where it is, for http_parse_request() or http_parse_response().
 *
 * WS_S_END: the peer has closed the connection instead of sending one.
 * WS_E_ENDPOINT_DISCONNECTED: it did so in the middle; WS_E_QUOTA_EXCEEDED, WS_E_INVALID_FORMAT: as
 *      http_head_find_end(), with *status (0 for other failures).
 */
HRESULT http_receive_head(struct http_connection *connection, struct operation *operation,
                          const struct http_limits *limits, BYTE **head, size_t *size, ULONG *status, WS_ERROR *error);

/* Whether anything of a head has come yet. */
static inline bool http_has_received(const struct http_connection *connection)
{
    return connection->begin < connection->end;
}

/* Says how the body is framed that follows the head. */
static inline void http_begin_body(struct http_connection *connection, enum http_framing framing, uint64_t length)
{
    http_body_begin(&connection->body, framing, length);
}

/*
 * Receives content of the body: *received bytes, at most `room` (not 0). 0: the body has ended.
 * WS_E_INVALID_FORMAT: it is not framed as it should; WS_E_ENDPOINT_DISCONNECTED: it was to be longer.
 */
HRESULT http_receive_content(struct http_connection *connection, struct operation *operation, BYTE *to, size_t room,
                             size_t *received, WS_ERROR *error);

/* Drops what is left of the body, if that is at most so many bytes; S_FALSE: there is more. *most counts down. */
HRESULT http_skip_content(struct http_connection *connection, struct operation *operation, size_t *most,
                          WS_ERROR *error);

/* The message has been received, and its head is not looked at any more. */
void http_end_message(struct http_connection *connection);

/*
 * Sends the bytes of all parts. Until it has ended it is called with the same ones.
 */
HRESULT http_send(struct http_connection *connection, struct operation *operation, const WS_BYTES *parts, ULONG count,
                  WS_ERROR *error);

#endif
