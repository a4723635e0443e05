/* SPDX-License-Identifier: MIT */
/* incoming.c - receives the requests of a client. */
#include "channel/http/incoming.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "channel/protocol/http_write.h"

struct incoming_limits incoming_limits = {
    .idle = 120000, .head = 120000, .body = 120000, .send = 120000, .linger = 2000, .unread = 65536, .requests = 1000};

/* Memory for the texts of a request that is kept for the next one. */
#define KEPT_TEXT 256u

struct incoming *incoming_create(void)
{
    struct incoming *incoming = memory_alloc(sizeof(*incoming), "connection of an HTTP client");

    if (!incoming)
        return NULL;
    memset(incoming, 0, sizeof(*incoming));
    http_connection_init(&incoming->connection);
    return incoming;
}

void incoming_free(struct incoming *incoming)
{
    http_connection_release(&incoming->connection);
    memory_free(incoming->text);
    memory_free(incoming);
}

/* Makes the text so large at least; what was there is lost. */
static HRESULT reserve_text(struct incoming *incoming, size_t size, WS_ERROR *error)
{
    if (incoming->text_room >= size)
        return S_OK;
    memory_free(incoming->text);
    incoming->text_room = 0;
    size = size > KEPT_TEXT ? size : KEPT_TEXT;
    if (!(incoming->text = memory_alloc(size, "target of an HTTP request")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the target of an HTTP request.");
    incoming->text_room = size;
    return S_OK;
}

/* --- The target --- */

/* What follows a prefix in either case; false: it is not there. */
static bool skip_prefix(struct mime_text *text, const char *prefix)
{
    const size_t length = strlen(prefix);
    struct mime_text start = {text->bytes, length};

    if (text->length < length || !mime_is(start, prefix))
        return false;
    text->bytes += length;
    text->length -= length;
    return true;
}

/* Splits the target (RFC 9112, 3.2) into authority, path and query. */
static bool split_target(struct incoming *incoming, struct mime_text *authority)
{
    struct mime_text rest = incoming->connection.head.target;
    const BYTE *at;
    size_t i;

    *authority = incoming->connection.head.host;
    if ((incoming->is_absolute = skip_prefix(&rest, "http://")))
    {
        for (i = 0; i < rest.length && rest.bytes[i] != '/' && rest.bytes[i] != '?'; i++)
            ;
        *authority = (struct mime_text){rest.bytes, i};
        rest.bytes += i;
        rest.length -= i;
        if (!i)
            return false;
    }
    else if (rest.bytes[0] != '/')
        return false;

    incoming->path = rest;
    incoming->query = (struct mime_text){NULL, 0};
    if (rest.length && (at = memchr(rest.bytes, '?', rest.length)))
    {
        incoming->path.length = (size_t)(at - rest.bytes);
        incoming->query = (struct mime_text){at + 1, rest.length - incoming->path.length - 1};
    }
    return true;
}

static HRESULT bad_target(const struct incoming *incoming, const char *what, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "The HTTP request of %s has %s.",
                        network_address_text(&incoming->connection.socket.remote).text, what);
}

static HRESULT set_target(struct incoming *incoming, WS_ERROR *error)
{
    struct url_target *target = &incoming->target;
    struct mime_text authority;
    BYTE *text;
    USHORT port = 0;
    size_t length;
    HRESULT hr;

    if (!split_target(incoming, &authority))
        return bad_target(incoming, "a target that is neither a path nor an http URL", error);
    /* A path that is missing is a slash. */
    if ((hr = reserve_text(incoming, authority.length + incoming->path.length + 1, error)) != S_OK)
        return hr;
    text = incoming->text;
    if (authority.length)
        memcpy(text, authority.bytes, authority.length);
    if (!url_authority_parse(text, authority.length, &target->host, &target->host_length, &target->host_address, &port))
        return bad_target(incoming, "no valid host", error);
    text += authority.length;
    length = incoming->path.length;
    if (length)
        memcpy(text, incoming->path.bytes, length);
    else
        text[length++] = '/';
    target->path = text;
    if ((target->path_length = url_path_normalize(text, length)) == SIZE_MAX)
        return bad_target(incoming, "a path that is not valid", error);

    if (!incoming->target.local.length)
    {
        if ((hr = socket_local_address(&incoming->connection.socket, &incoming->local, error)) != S_OK)
            return hr;
        url_address_set(&target->local, incoming->local.bytes, incoming->local.family == NETWORK_IPV4 ? 4 : 16);
    }
    return S_OK;
}

/* --- Reading --- */

static void set_timeout(struct incoming *incoming, struct operation *operation, bool timed, ULONG timeout,
                        const char *name)
{
    if (timed && incoming->timed != operation)
    {
        incoming->timed = operation;
        operation_set_timeout(operation, timeout, name);
    }
}

HRESULT incoming_read(struct incoming *incoming, struct operation *operation, const struct http_limits *limits,
                      bool timed, ULONG *status, WS_ERROR *error)
{
    HRESULT hr;

    if (incoming->phase == INCOMING_IDLE)
        set_timeout(incoming, operation, timed, incoming_limits.idle, "time that an idle HTTP connection is kept");
    hr = http_receive_request(&incoming->connection, operation, limits, status, error);
    if (hr == OPERATION_WAITS && incoming->phase == INCOMING_IDLE && http_connection_has_bytes(&incoming->connection))
    {
        incoming->phase = INCOMING_HEAD;
        incoming->timed = NULL;
    }
    if (incoming->phase == INCOMING_HEAD)
        set_timeout(incoming, operation, timed, incoming_limits.head, "time for the head of an HTTP request");
    if (hr != S_OK)
        return hr;
    if ((hr = set_target(incoming, error)) != S_OK)
    {
        *status = hr == WS_E_INVALID_FORMAT ? 400 : 503;
        return hr;
    }
    incoming->phase = INCOMING_REQUEST;
    incoming->timed = NULL;
    return S_OK;
}

void incoming_end(struct incoming *incoming)
{
    http_connection_next(&incoming->connection);
    http_connection_trim(&incoming->connection, 0);
    incoming->phase = INCOMING_IDLE;
    incoming->timed = NULL;
    incoming->queue = NULL;
    if (incoming->text_room > KEPT_TEXT)
    {
        memory_free(incoming->text);
        incoming->text = NULL;
        incoming->text_room = 0;
    }
}

HRESULT incoming_skip(struct incoming *incoming, struct operation *operation, WS_ERROR *error)
{
    HRESULT hr;

    set_timeout(incoming, operation, true, incoming_limits.body, "time for the rest of an HTTP request");
    hr = http_skip_body(&incoming->connection, operation, incoming_limits.unread, error);
    if (hr == S_OK)
        incoming_end(incoming);
    else if (hr == WS_S_END || hr == WS_E_INVALID_FORMAT)
    {
        incoming->phase = INCOMING_LINGERING;
        incoming->timed = NULL;
        return S_OK;
    }
    return hr;
}

/* --- Refusing --- */

/* What is said to people who look at what comes back. */
static const char *explain(ULONG status)
{
    switch (status)
    {
    case 403: return "This is a web service, which does not talk to this kind of client.";
    case 404: return "There is no web service at this URL.";
    case 405: return "This is a web service, which takes POST requests only.";
    case 413: return "The request has more bytes than this web service accepts.";
    case 415: return "The request has a content type that this web service does not understand.";
    case 503: return "The web service is too busy.";
    default: return http_reason(status);
    }
}

static void put_answer(const struct incoming *incoming, struct http_output *output, ULONG status)
{
    const char *text = explain(status);
    const bool is_head = incoming->phase == INCOMING_REQUEST && mime_is(incoming->connection.head.method, "HEAD");

    http_put_status_line(output, status, (struct mime_text){NULL, 0});
    if (status == 405)
        http_put_field(output, "Allow", http_text("POST"));
    http_put_field(output, "Content-Type", http_text("text/plain"));
    http_put_length(output, strlen(text));
    http_put_field(output, "Connection", http_text("close"));
    http_put_end(output);
    if (!is_head)
        http_put_literal(output, text);
}

static HRESULT make_answer(struct incoming *incoming, ULONG status, WS_ERROR *error)
{
    struct http_output output = {NULL, 0, 0};
    HRESULT hr;

    put_answer(incoming, &output, status);
    if ((hr = reserve_text(incoming, output.length, error)) != S_OK)
        return hr;
    incoming->answer_size = output.length;
    output = (struct http_output){incoming->text, incoming->text_room, 0};
    put_answer(incoming, &output, status);
    return S_OK;
}

/* When a request is refused, or has been left unread, closing at once could lose the answer: RFC 9112, 9.6. */
HRESULT incoming_linger(struct incoming *incoming, struct operation *operation, WS_ERROR *error)
{
    BYTE bytes[512];
    size_t received;
    HRESULT hr;

    if (incoming->timed != operation)
    {
        set_timeout(incoming, operation, true, incoming_limits.linger, "time for the end of an HTTP connection");
        if ((hr = socket_shutdown(&incoming->connection.socket, error)) != S_OK)
            return hr;
    }
    /* A client that sends faster than this receives never makes it wait. */
    do
        if ((hr = operation_check(operation, error)) != S_OK)
            return hr;
    while ((hr = socket_receive(&incoming->connection.socket, operation, bytes, sizeof(bytes), RECEIVE_MAYBE, &received,
                                error)) == S_OK &&
           received);
    return hr == S_OK ? WS_S_END : hr;
}

HRESULT incoming_refuse(struct incoming *incoming, struct operation *operation, ULONG status, WS_ERROR *error)
{
    WS_BYTES part;
    HRESULT hr;

    if (incoming->phase != INCOMING_REFUSING)
    {
        if ((hr = make_answer(incoming, status, error)) != S_OK)
            return hr;
        incoming->phase = INCOMING_REFUSING;
        incoming->timed = NULL;
        set_timeout(incoming, operation, true, incoming_limits.send, "time for an HTTP response");
    }
    part.length = (ULONG)incoming->answer_size;
    part.bytes = incoming->text;
    if ((hr = http_send(&incoming->connection, operation, &part, 1, error)) != S_OK)
        return hr;
    incoming->phase = INCOMING_LINGERING;
    incoming->timed = NULL;
    return incoming_linger(incoming, operation, error);
}
