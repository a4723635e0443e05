/* SPDX-License-Identifier: MIT */
/*
 * tcp_buffer.h - bytes that have been received and not been used yet, and a message that is being put together of them.
 *
 * Memory is taken when something is received, and given back to all sessions when there is nothing left and more is
 * waited for: a session that is idle has none. What is given back is kept, up to a limit, so that in the long run no
 * memory is asked of the system.
 */
#ifndef WS_CHANNEL_TCP_TCP_BUFFER_H
#define WS_CHANNEL_TCP_TCP_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "channel/io/operation.h"
#include "channel/io/socket.h"
#include "channel/protocol/framing.h"

/* clang-format off: a picture
 *
 *     bytes        message           start          end          bytes + room
 *       |             |  message_size |              |               |
 *       |    used     |  of a message |  not used    |   free        |
 *
 */
/* clang-format on */
struct tcp_buffer
{
    BYTE *bytes; /* NULL: there is none */
    size_t room, start, end;
    size_t message, message_size; /* of it, what has come; all there is between `message` and `start` */
    bool keeps;                   /* there is a message */
};

/* As if nothing had been received; its memory is given back. */
void tcp_buffer_release(struct tcp_buffer *buffer);

/* Gives another one its place. */
static inline void tcp_buffer_move(struct tcp_buffer *to, struct tcp_buffer *from)
{
    *to = *from;
    *from = (struct tcp_buffer){NULL, 0, 0, 0, 0, 0, false};
}

/* A message begins at `start`; and the message is not needed any more. */
void tcp_buffer_begin(struct tcp_buffer *buffer);
void tcp_buffer_end(struct tcp_buffer *buffer);

/* Adds bytes from before `start` to the message. */
void tcp_buffer_add(struct tcp_buffer *buffer, const BYTE *bytes, size_t length);

/* Looks at the next record in the buffer: framing_read(). */
HRESULT tcp_buffer_read(struct tcp_buffer *buffer, struct framing *framing, enum framing_event *event,
                        struct framing_input *input, WS_ERROR *error);

/*
 * Receives what is there, at least one byte; `wanted` is how much more is needed, as far as known. S_FALSE: the stream
 * has ended. E_OUTOFMEMORY, or as socket_receive().
 */
HRESULT tcp_buffer_receive(struct tcp_buffer *buffer, struct socket *socket, struct operation *op, size_t wanted,
                           enum receive_hint hint, WS_ERROR *error);

/* Gives back the memory that is kept for buffers. No session is in use. */
void tcp_buffer_release_all(void);

#endif
