/* SPDX-License-Identifier: MIT */
/* http_connection.c - receives and sends the bytes of HTTP. */
#include "channel/http/http_connection.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

void http_connection_init(struct http_connection *connection)
{
    memset(connection, 0, sizeof(*connection));
    socket_init(&connection->socket);
}

static void free_block(struct http_block *block)
{
    memory_free(block->bytes);
    *block = (struct http_block){NULL, 0};
}

static void release_memory(struct http_connection *connection)
{
    free_block(&connection->head);
    free_block(&connection->buffer);
    connection->begin = connection->end = 0;
}

void http_connection_close(struct http_connection *connection)
{
    socket_close(&connection->socket);
    release_memory(connection);
}

void http_connection_reset(struct http_connection *connection)
{
    socket_reset(&connection->socket);
    release_memory(connection);
}

/* Makes the buffer so large; what has not been used moves to its beginning. */
static HRESULT grow_buffer(struct http_connection *connection, size_t room, WS_ERROR *error)
{
    size_t count = connection->end - connection->begin;
    BYTE *bytes = memory_alloc(room, "buffer of an HTTP connection");

    if (!bytes)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for %zu bytes that are received by HTTP.", room);
    if (count)
        memcpy(bytes, connection->buffer.bytes + connection->begin, count);
    memory_free(connection->buffer.bytes);
    connection->buffer = (struct http_block){bytes, room};
    connection->begin = 0;
    connection->end = count;
    return S_OK;
}

/* Receives into the buffer, which has room. */
static HRESULT receive_more(struct http_connection *connection, struct operation *operation, WS_ERROR *error)
{
    size_t received;
    HRESULT hr;

    hr = socket_receive(&connection->socket, operation, connection->buffer.bytes + connection->end,
                        connection->buffer.room - connection->end, RECEIVE_MAYBE, &received, error);
    if (hr != S_OK)
        return hr;
    connection->end += received;
    connection->has_ended = !received;
    return S_OK;
}

/* --- Heads --- */

static HRESULT head_cut_off(const struct http_connection *connection, WS_ERROR *error)
{
    if (connection->begin == connection->end)
        return WS_S_END;
    return error_report(error, WS_E_ENDPOINT_DISCONNECTED,
                        "%s closed the connection after %zu bytes of the head of an HTTP message.",
                        network_address_text(&connection->socket.remote).text, connection->end - connection->begin);
}

/*
 * Before the first byte has come there is no buffer, and it is not tried to receive: the peer has just got what it is
 * to answer, or has nothing to ask.
 */
static HRESULT wait_for_first(struct http_connection *connection, struct operation *operation, WS_ERROR *error)
{
    HRESULT hr;

    if (!connection->is_waiting && !connection->has_ended)
    {
        connection->is_waiting = true;
        if ((hr = operation_wait_socket(operation, &connection->socket, SOCKET_IN, error)) != OPERATION_WAITS)
            connection->is_waiting = false;
        return hr;
    }
    return S_OK;
}

HRESULT http_receive_head(struct http_connection *connection, struct operation *operation,
                          const struct http_limits *limits, BYTE **head, size_t *size, ULONG *status, WS_ERROR *error)
{
    HRESULT hr;

    *status = 0;
    if (connection->begin == connection->end && (hr = wait_for_first(connection, operation, error)) != S_OK)
        return hr;
    for (;;)
    {
        if (connection->begin < connection->end)
        {
            hr = http_head_find_end(&connection->search, connection->buffer.bytes + connection->begin,
                                    connection->end - connection->begin, limits, size, status, error);
            if (hr != S_OK)
                return hr;
            if (*size)
                break;
        }
        if (connection->has_ended)
            return head_cut_off(connection, error);
        if (!connection->buffer.bytes && (hr = grow_buffer(connection, HTTP_BUFFER_SIZE, error)) != S_OK)
            return hr;
        if (connection->end == connection->buffer.room &&
            (hr = grow_buffer(connection, connection->buffer.room * 2, error)) != S_OK)
            return hr;
        if ((hr = receive_more(connection, operation, error)) != S_OK)
            return hr;
    }
    *head = connection->buffer.bytes + connection->begin;
    connection->begin += *size;
    connection->is_waiting = false;
    connection->search = (struct http_search){0};
    http_body_begin(&connection->body, HTTP_BODY_NONE, 0);
    return S_OK;
}

void http_end_message(struct http_connection *connection)
{
    size_t count = connection->end - connection->begin;

    free_block(&connection->head);
    if (count)
        memmove(connection->buffer.bytes, connection->buffer.bytes + connection->begin, count);
    else if (connection->buffer.room > HTTP_BUFFER_SIZE)
        free_block(&connection->buffer);
    connection->begin = 0;
    connection->end = count;
}

/* --- Bodies --- */

/* Takes what of the buffer is content of the body; *received stays 0 if there is none, or the body has ended. */
static HRESULT take_content(struct http_connection *connection, BYTE *to, size_t room, size_t *received,
                            WS_ERROR *error)
{
    struct http_body *body = &connection->body;
    struct mime_text content;
    size_t taken, count;
    HRESULT hr;

    while (connection->begin < connection->end && !body->ended && *received < room)
    {
        /* No more than there is room for: content is never more than what it is taken from. */
        count = connection->end - connection->begin;
        count = count < room - *received ? count : room - *received;
        hr = http_body_decode(body, connection->buffer.bytes + connection->begin, count, &taken, &content, error);
        if (hr != S_OK)
            return hr;
        if (to && content.length)
            memcpy(to + *received, content.bytes, content.length);
        *received += content.length;
        connection->begin += taken;
        if (!taken)
            break;
    }
    return S_OK;
}

/* Makes room for more bytes of a body. The head, if it is in the buffer, stays where it is. */
static HRESULT make_room(struct http_connection *connection, WS_ERROR *error)
{
    if (!connection->head.bytes)
    {
        connection->head = connection->buffer;
        connection->buffer = (struct http_block){NULL, 0};
    }
    connection->begin = connection->end = 0;
    return connection->buffer.bytes ? S_OK : grow_buffer(connection, HTTP_BUFFER_SIZE, error);
}

/* Receives content to where it is wanted: there is nothing in it but content. */
static HRESULT receive_straight(struct http_connection *connection, struct operation *operation, BYTE *to, size_t room,
                                size_t *received, WS_ERROR *error)
{
    struct mime_text content;
    size_t taken, count = room;
    HRESULT hr;

    if (connection->body.framing == HTTP_BODY_LENGTH && connection->body.left < count)
        count = (size_t)connection->body.left;
    if ((hr = socket_receive(&connection->socket, operation, to, count, RECEIVE_MAYBE, received, error)) != S_OK)
        return hr;
    connection->has_ended = !*received;
    return *received ? http_body_decode(&connection->body, to, *received, &taken, &content, error) : S_OK;
}

HRESULT http_receive_content(struct http_connection *connection, struct operation *operation, BYTE *to, size_t room,
                             size_t *received, WS_ERROR *error)
{
    struct http_body *body = &connection->body;
    HRESULT hr;

    *received = 0;
    for (;;)
    {
        if ((hr = take_content(connection, to, room, received, error)) != S_OK || *received || body->ended)
            return hr;
        if (connection->has_ended)
        {
            if ((hr = http_body_closed(body, error)) != S_OK)
                return hr;
            body->ended = true;
            return S_OK;
        }
        if (to && body->framing != HTTP_BODY_CHUNKED)
            hr = receive_straight(connection, operation, to, room, received, error);
        else if ((hr = make_room(connection, error)) == S_OK)
            hr = receive_more(connection, operation, error);
        if (hr != S_OK || *received)
            return hr;
    }
}

HRESULT http_skip_content(struct http_connection *connection, struct operation *operation, size_t *most,
                          WS_ERROR *error)
{
    size_t received;
    HRESULT hr;

    while (!connection->body.ended)
    {
        if (!*most || (connection->body.framing == HTTP_BODY_LENGTH && connection->body.left > *most))
            return S_FALSE;
        if ((hr = http_receive_content(connection, operation, NULL, *most, &received, error)) != S_OK)
            return hr;
        *most -= received;
    }
    return S_OK;
}

/* --- Sending --- */

HRESULT http_send(struct http_connection *connection, struct operation *operation, const WS_BYTES *parts, ULONG count,
                  WS_ERROR *error)
{
    HRESULT hr = socket_send(&connection->socket, operation, parts, count, &connection->sent, error);

    if (hr != OPERATION_WAITS)
        connection->sent = 0;
    return hr;
}
