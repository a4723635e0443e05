/* SPDX-License-Identifier: MIT */
/*
 * http_connection.c - see http_connection.h. The buffer, while a body is being received:
 *
 *     | head | content that has been decoded | done with | received, not decoded | room |
 *     0      head_size                                   start                   end    room
 *
 * The content is moved together there, as long as it is not in a block.
 */
#include "http_connection.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

/* The first size of a buffer, in which most messages are with their heads; and of a block. */
#define FIRST_ROOM ((size_t)8192)
/* How much of the buffer is at least free before more is received into it. */
#define LEAST_ROOM ((size_t)1024)

void http_connection_init(struct http_connection *connection)
{
    memset(connection, 0, sizeof(*connection));
    socket_init(&connection->socket);
}

static void give_back(BYTE **memory, size_t *room)
{
    memory_free(*memory);
    *memory = NULL;
    *room = 0;
}

void http_connection_release(struct http_connection *connection)
{
    socket_close(&connection->socket);
    give_back(&connection->buffer, &connection->room);
    give_back(&connection->block, &connection->block_room);
    http_connection_init(connection);
}

void http_connection_move(struct http_connection *to, struct http_connection *from)
{
    *to = *from;
    socket_init(&to->socket);
    socket_move(&to->socket, &from->socket);
    from->buffer = from->block = NULL;
    http_connection_init(from);
}

void http_connection_trim(struct http_connection *connection, size_t keep)
{
    if (connection->block_room > keep)
        give_back(&connection->block, &connection->block_room);
    if (!keep && !http_connection_has_bytes(connection))
    {
        give_back(&connection->buffer, &connection->room);
        connection->start = connection->end = 0;
    }
}

bool http_connection_has_bytes(const struct http_connection *connection)
{
    return connection->start < connection->end;
}

bool http_connection_next(struct http_connection *connection)
{
    size_t left = connection->end - connection->start;

    if (left && connection->start)
        memmove(connection->buffer, connection->buffer + connection->start, left);
    connection->start = 0;
    connection->end = left;
    connection->head_size = 0;
    connection->content = 0;
    connection->in_block = false;
    connection->has_waited = false;
    memset(&connection->search, 0, sizeof(connection->search));
    return connection->head.keeps_alive && connection->body.ended;
}

/* --- Receiving --- */

static HRESULT no_memory(size_t size, WS_ERROR *error)
{
    return error_report(error, E_OUTOFMEMORY, "There is no memory to receive %zu bytes of an HTTP message.", size);
}

/* Makes a piece of memory larger, of which `used` bytes are kept. */
static HRESULT grow(BYTE **memory, size_t *room, size_t used, size_t size, WS_ERROR *error)
{
    BYTE *larger = memory_alloc(size, "bytes of HTTP");

    if (!larger)
        return no_memory(size, error);
    if (used)
        memcpy(larger, *memory, used);
    memory_free(*memory);
    *memory = larger;
    *room = size;
    return S_OK;
}

/* Only while nothing has been parsed can the buffer move. */
static HRESULT make_room(struct http_connection *connection, WS_ERROR *error)
{
    if (connection->room - connection->end >= LEAST_ROOM)
        return S_OK;
    return grow(&connection->buffer, &connection->room, connection->end,
                connection->room ? connection->room * 2 : FIRST_ROOM, error);
}

/*
 * Receives into the buffer what is there. Before the first byte of a message it waits without a buffer, if there is
 * none.
 */
static HRESULT receive(struct http_connection *connection, struct operation *operation, enum receive_hint hint,
                       size_t *received, WS_ERROR *error)
{
    HRESULT hr;

    if (!connection->buffer && !connection->has_waited)
    {
        connection->has_waited = true;
        return operation_wait_socket(operation, &connection->socket, SOCKET_IN, error);
    }
    if (!connection->head_size && (hr = make_room(connection, error)) != S_OK)
        return hr;
    hr = socket_receive(&connection->socket, operation, connection->buffer + connection->end,
                        connection->room - connection->end, hint, received, error);
    if (hr == S_OK)
        connection->end += *received;
    return hr;
}

static COLD HRESULT ended_in_head(WS_ERROR *error)
{
    return error_report(error, WS_E_ENDPOINT_DISCONNECTED, "The connection was closed in the middle of an HTTP head.");
}

static HRESULT receive_head(struct http_connection *connection, struct operation *operation,
                            const struct http_limits *limits, enum receive_hint hint, ULONG *status, WS_ERROR *error)
{
    size_t received;
    HRESULT hr;

    while ((hr = http_head_find_end(&connection->search, connection->buffer, connection->end, limits,
                                    &connection->head_size, status, error)) == S_OK &&
           !connection->head_size)
    {
        if ((hr = receive(connection, operation, hint, &received, error)) != S_OK)
            return hr;
        if (!received)
            return connection->end ? ended_in_head(error) : WS_S_END;
        hint = RECEIVE_MAYBE;
    }
    connection->start = connection->head_size;
    return hr == S_OK ? make_room(connection, error) : hr;
}

HRESULT http_receive_request(struct http_connection *connection, struct operation *operation,
                             const struct http_limits *limits, ULONG *status, WS_ERROR *error)
{
    HRESULT hr = receive_head(connection, operation, limits, RECEIVE_MAYBE, status, error);

    if (hr != S_OK ||
        (hr = http_parse_request(connection->buffer, connection->head_size, &connection->head, status, error)) != S_OK)
        return hr;
    http_body_begin(&connection->body, connection->head.framing, connection->head.length);
    return S_OK;
}

HRESULT http_receive_response(struct http_connection *connection, struct operation *operation,
                              const struct http_limits *limits, bool no_body, enum receive_hint hint, WS_ERROR *error)
{
    HRESULT hr = receive_head(connection, operation, limits, hint, NULL, error);

    if (hr != S_OK || (hr = http_parse_response(connection->buffer, connection->head_size, no_body, &connection->head,
                                                error)) != S_OK)
        return hr;
    http_body_begin(&connection->body, connection->head.framing, connection->head.length);
    return S_OK;
}

HRESULT http_explain_response(struct http_connection *connection, const struct http_limits *limits, WS_ERROR *error)
{
    struct http_search search = {0};
    size_t size;
    HRESULT hr = http_head_find_end(&search, connection->buffer, connection->end, limits, &size, NULL, error);

    return hr == S_OK && size ? http_parse_response(connection->buffer, size, false, &connection->head, error) : hr;
}

/* --- Whole bodies --- */

static COLD HRESULT too_large(uint64_t size, uint64_t limit, const char *limit_name, WS_ERROR *error)
{
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "A message of %llu bytes or more is received, and %s is %llu bytes.", (unsigned long long)size,
                        limit_name, (unsigned long long)limit);
}

/*
 * How large a block is to be: as much as is promised, but at most twice what has come, so that promises take no memory.
 */
static size_t block_size(const struct http_connection *connection, size_t needed)
{
    size_t size = needed <= SIZE_MAX / 2 ? needed * 2 : SIZE_MAX;

    if (connection->body.framing == HTTP_BODY_LENGTH && connection->head.length < size)
        size = (size_t)connection->head.length;
    if (size < FIRST_ROOM)
        size = FIRST_ROOM;
    return size > needed ? size : needed;
}

static HRESULT grow_block(struct http_connection *connection, size_t needed, WS_ERROR *error)
{
    if (needed <= connection->block_room)
        return S_OK;
    return grow(&connection->block, &connection->block_room, connection->in_block ? connection->content : 0,
                block_size(connection, needed), error);
}

/* Appends a piece of content, which is in the buffer and not before where it goes. */
static HRESULT keep(struct http_connection *connection, struct mime_text piece, WS_ERROR *error)
{
    size_t used = connection->content, needed = used + piece.length;
    BYTE *to;
    HRESULT hr;

    if (connection->in_block && (hr = grow_block(connection, needed, error)) != S_OK)
        return hr;
    to = (connection->in_block ? connection->block : connection->buffer + connection->head_size) + used;
    if (piece.length && to != piece.bytes)
        memmove(to, piece.bytes, piece.length);
    connection->content = needed;
    return S_OK;
}

/* Decodes all that is in the buffer. */
static HRESULT keep_all(struct http_connection *connection, uint64_t limit, const char *limit_name, WS_ERROR *error)
{
    struct mime_text piece;
    size_t taken;
    HRESULT hr;

    do
    {
        if ((hr = http_body_decode(&connection->body, connection->buffer + connection->start,
                                   connection->end - connection->start, &taken, &piece, error)) != S_OK)
            return hr;
        connection->start += taken;
        if (connection->body.content > limit)
            return too_large(connection->body.content, limit, limit_name, error);
        if ((hr = keep(connection, piece, error)) != S_OK)
            return hr;
    } while (taken);
    return S_OK;
}

/* Makes room for what is received next. All that is in the buffer has been decoded. */
static HRESULT make_room_for_body(struct http_connection *connection, WS_ERROR *error)
{
    size_t used = connection->head_size + (connection->in_block ? 0 : connection->content);
    bool fits = connection->body.framing == HTTP_BODY_LENGTH ? connection->body.left <= connection->room - used
                                                             : connection->room - used >= LEAST_ROOM;
    HRESULT hr;

    if (!fits && !connection->in_block)
    {
        if ((hr = grow_block(connection, connection->content + LEAST_ROOM, error)) != S_OK)
            return hr;
        if (connection->content)
            memcpy(connection->block, connection->buffer + connection->head_size, connection->content);
        connection->in_block = true;
        used = connection->head_size;
    }
    connection->start = connection->end = used;
    return S_OK;
}

/* Receives some of a body of a length right into the block. */
static HRESULT receive_into_block(struct http_connection *connection, struct operation *operation, WS_ERROR *error)
{
    size_t received, taken, room, used = connection->content;
    struct mime_text piece;
    HRESULT hr;

    if (used == connection->block_room && (hr = grow_block(connection, used + LEAST_ROOM, error)) != S_OK)
        return hr;
    room = connection->block_room - used;
    if (connection->body.left < room)
        room = (size_t)connection->body.left;
    if ((hr = socket_receive(&connection->socket, operation, connection->block + used, room, RECEIVE_MAYBE, &received,
                             error)) != S_OK)
        return hr;
    if (!received)
        return http_body_closed(&connection->body, error);
    connection->content += received;
    return http_body_decode(&connection->body, connection->block + used, received, &taken, &piece, error);
}

HRESULT http_receive_body(struct http_connection *connection, struct operation *operation, uint64_t limit,
                          const char *limit_name, WS_BYTES *content, WS_ERROR *error)
{
    size_t received;
    HRESULT hr;

    if (connection->body.framing == HTTP_BODY_LENGTH && connection->head.length > limit)
        return too_large(connection->head.length, limit, limit_name, error);
    while ((hr = keep_all(connection, limit, limit_name, error)) == S_OK && !connection->body.ended)
    {
        if ((hr = make_room_for_body(connection, error)) != S_OK)
            return hr;
        if (connection->in_block && connection->body.framing == HTTP_BODY_LENGTH)
            hr = receive_into_block(connection, operation, error);
        else if ((hr = receive(connection, operation, RECEIVE_MAYBE, &received, error)) == S_OK && !received)
            hr = http_body_closed(&connection->body, error);
        if (hr != S_OK)
            return hr;
    }
    if (hr == S_OK)
    {
        content->bytes = connection->in_block ? connection->block : connection->buffer + connection->head_size;
        content->length = (ULONG)connection->content;
    }
    return hr;
}

/* --- Bodies in pieces --- */

/* Decodes at most so many of the bytes that are in the buffer, until there is some content. */
static HRESULT decode_some(struct http_connection *connection, size_t most, struct mime_text *content, WS_ERROR *error)
{
    size_t count, taken;
    HRESULT hr;

    do
    {
        count = connection->end - connection->start;
        hr = http_body_decode(&connection->body, connection->buffer + connection->start, count < most ? count : most,
                              &taken, content, error);
        connection->start += taken;
    } while (hr == S_OK && taken && !content->length);
    return hr;
}

/* What has no chunks need not go through the buffer. */
static HRESULT receive_directly(struct http_connection *connection, struct operation *operation, void *to, size_t size,
                                size_t *count, WS_ERROR *error)
{
    struct mime_text content;
    size_t taken;
    HRESULT hr;

    if (connection->body.framing == HTTP_BODY_LENGTH && connection->body.left < size)
        size = (size_t)connection->body.left;
    if ((hr = socket_receive(&connection->socket, operation, to, size, RECEIVE_MAYBE, count, error)) != S_OK)
        return hr;
    if (!*count)
        return http_body_closed(&connection->body, error);
    return http_body_decode(&connection->body, to, *count, &taken, &content, error);
}

HRESULT http_receive_some(struct http_connection *connection, struct operation *operation, void *to, size_t size,
                          size_t *count, WS_ERROR *error)
{
    struct mime_text content;
    size_t received;
    HRESULT hr;

    *count = 0;
    for (;;)
    {
        if ((hr = decode_some(connection, size, &content, error)) != S_OK)
            return hr;
        if (content.length || connection->body.ended)
            break;
        connection->start = connection->end = connection->head_size;
        if (connection->body.framing != HTTP_BODY_CHUNKED)
            return receive_directly(connection, operation, to, size, count, error);
        if ((hr = receive(connection, operation, RECEIVE_MAYBE, &received, error)) != S_OK)
            return hr;
        if (!received && (hr = http_body_closed(&connection->body, error)) != S_OK)
            return hr;
    }
    if (content.length)
        memcpy(to, content.bytes, content.length);
    *count = content.length;
    return S_OK;
}

HRESULT http_skip_body(struct http_connection *connection, struct operation *operation, uint64_t limit, WS_ERROR *error)
{
    const struct http_body *body = &connection->body;
    struct mime_text content;
    size_t received;
    HRESULT hr;

    while ((hr = decode_some(connection, SIZE_MAX, &content, error)) == S_OK && !body->ended)
    {
        if (body->content > limit || (body->framing == HTTP_BODY_LENGTH && body->left > limit - body->content))
            return WS_S_END;
        if (content.length)
            continue;
        connection->start = connection->end = connection->head_size;
        if ((hr = receive(connection, operation, RECEIVE_MAYBE, &received, error)) != S_OK)
            return hr;
        if (!received)
            return WS_S_END;
    }
    return hr;
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
