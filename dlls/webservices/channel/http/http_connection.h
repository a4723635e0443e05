/* SPDX-License-Identifier: MIT */
/*
 * http_connection.h - a connection that speaks HTTP, of a client or a server: receives heads and bodies, one after the
 * other, and sends them.
 *
 * Functions that take an operation are resumable (channel/io/operation.h). Receiving and sending are independent: one
 * operation may do the one and another the other.
 *
 *     next --http_receive_request()/response()--> head --http_receive_body()/some()/http_skip_body()--> body.ended --+
 *       ^-----------------------------------------http_connection_next()---------------------------------------------+
 *
 * Memory. A connection has one buffer, from the first byte of a head on until http_connection_trim(): so one that is
 * idle has none. The head stays where it was received, at the beginning of the buffer, until http_connection_next(); so
 * does the content of a small buffered body, right behind it. A larger one gets a block of its own.
 */
#ifndef WS_CHANNEL_HTTP_HTTP_CONNECTION_H
#define WS_CHANNEL_HTTP_HTTP_CONNECTION_H

#include "channel/io/operation.h"
#include "channel/io/socket.h"
#include "channel/protocol/http_body.h"
#include "channel/protocol/http_head.h"

struct http_connection
{
    struct socket socket; /* opened, closed and asked for its addresses by the owner */

    /* What has been received. */
    struct http_head head; /* texts are in the buffer */
    struct http_body body; /* body.ended: what comes next is another head */

    /* Private: what has been received and not decoded is at start .. end of the buffer. */
    BYTE *buffer;
    size_t room, start, end, head_size;
    struct http_search search;
    bool has_waited;

    /* The content of a buffered body so far: in the block, or in the buffer behind the head. */
    BYTE *block;
    size_t block_room, content;
    bool in_block;

    size_t sent; /* of what is being sent */
};

/* Begins a connection, whose socket is not open. It stays at its place in memory while operations use it. */
void http_connection_init(struct http_connection *connection);

/* Closes the socket and gives back all memory. It can be used again as after http_connection_init(). */
void http_connection_release(struct http_connection *connection);

/* Gives it another place, as socket_move(). */
void http_connection_move(struct http_connection *to, struct http_connection *from);

/*
 * Gives back a block of more than so many bytes; of 0, the buffer too, unless bytes of the next message are in it. The
 * message before has been dealt with: http_connection_next().
 */
void http_connection_trim(struct http_connection *connection, size_t keep);

/* Whether bytes have come that are not part of the message before: of the next, from a client that does not wait. */
bool http_connection_has_bytes(const struct http_connection *connection);

/*
 * Receives a head, and parses it: `head` has it, and `body` is at the beginning of its body. 1xx are like any other.
 *
 * hint: as for socket_receive(). While there is no buffer, it waits for the socket first in any case.
 * no_body, *status: as in http_head.h; *status may be set, even with other failures, only by a request.
 * WS_S_END: the peer has closed its side before the first byte of a head. Whether that is a failure is for the caller
 *      to say.
 * WS_E_ENDPOINT_DISCONNECTED: it was closed or reset in the middle. Others: http_head_find_end() and
 *      http_parse_...(), E_OUTOFMEMORY, and those of operation.h.
 */
HRESULT http_receive_request(struct http_connection *connection, struct operation *operation,
                             const struct http_limits *limits, ULONG *status, WS_ERROR *error);
HRESULT http_receive_response(struct http_connection *connection, struct operation *operation,
                              const struct http_limits *limits, bool no_body, enum receive_hint hint, WS_ERROR *error);

/*
 * Says what was wrong with a head that http_receive_response() refused without an error object: returns the same code.
 */
HRESULT http_explain_response(struct http_connection *connection, const struct http_limits *limits, WS_ERROR *error);

/*
 * Receives a whole body, into one piece of memory that stays until http_connection_next() or http_connection_trim().
 * Memory is taken as bytes come, not as a length promises them.
 *
 * WS_E_QUOTA_EXCEEDED: it has more than `limit` bytes. `limit_name` is for the sentence, the name of a property.
 * WS_E_ENDPOINT_DISCONNECTED, WS_E_INVALID_FORMAT: see http_body.h.
 */
HRESULT http_receive_body(struct http_connection *connection, struct operation *operation, uint64_t limit,
                          const char *limit_name, WS_BYTES *content, WS_ERROR *error);

/*
 * Receives some content of a body: at least one byte, at most `size` (not 0). *count is 0 at its end. Not to be mixed
 * with http_receive_body().
 */
HRESULT http_receive_some(struct http_connection *connection, struct operation *operation, void *to, size_t size,
                          size_t *count, WS_ERROR *error);

/*
 * Receives what is left of a body for nothing, as long as body.content is not more than `limit`. WS_S_END: it goes on,
 * or the connection has ended: it cannot be used for another message. Other failures as above.
 */
HRESULT http_skip_body(struct http_connection *connection, struct operation *operation, uint64_t limit,
                       WS_ERROR *error);

/*
 * Makes ready for the next head; the body before has ended. What head and body are in is no longer valid. Returns
 * whether the connection can be used again as far as what came says.
 */
bool http_connection_next(struct http_connection *connection);

/* Sends all parts, head and body, in one call of the system if that lets us. It is called with the same parts again. */
HRESULT http_send(struct http_connection *connection, struct operation *operation, const WS_BYTES *parts, ULONG count,
                  WS_ERROR *error);

#endif
