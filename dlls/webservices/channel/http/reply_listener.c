/* SPDX-License-Identifier: MIT */
/* reply_listener.c - listeners of HTTP, and the requests that their channels accept. */
#include "reply.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "channel/object/url_match.h"

/* --- Listeners --- */

HRESULT reply_listener_create(WS_LISTENER *listener, WS_ERROR *error)
{
    struct reply_listener *part = listener->part;

    (void)error;
    part->queue.head_size = http_default_limits.size;
    return S_OK;
}

void reply_listener_free(WS_LISTENER *listener)
{
    struct reply_listener *part = listener->part;

    if (part->is_open)
        http_queue_close(&part->queue, NULL, NULL);
    url_prefix_free(part->queue.prefix);
    part->queue.prefix = NULL;
}

HRESULT reply_listener_open(WS_LISTENER *listener, struct operation *operation, WS_ERROR *error)
{
    struct reply_listener *part = listener->part;
    HRESULT hr;

    (void)operation;
    url_prefix_free(part->queue.prefix);
    part->queue.prefix = NULL;
    if ((hr = url_prefix_parse(&listener->url, WS_URL_HTTP_SCHEME_TYPE, &part->queue.prefix, error)) != S_OK ||
        (hr = http_queue_open(&part->queue, error)) != S_OK)
        return hr;
    part->is_open = true;
    return S_OK;
}

HRESULT reply_listener_close(WS_LISTENER *listener, struct operation *operation, WS_ERROR *error)
{
    struct reply_listener *part = listener->part;
    HRESULT hr;

    if (!part->is_open)
        return S_OK;
    if ((hr = http_queue_close(&part->queue, operation, error)) != OPERATION_WAITS)
        part->is_open = false;
    return hr;
}

/* --- What requests must be like --- */

static bool contains(struct mime_text text, const WS_STRING *string)
{
    size_t i, j;

    if (!string->length)
        return false;
    for (i = 0; i + string->length <= text.length; i++)
    {
        for (j = 0; j < string->length && text.bytes[i + j] == string->chars[j]; j++)
            ;
        if (j == string->length)
            return true;
    }
    return false;
}

/* WS_LISTENER_PROPERTY_DISALLOWED_USER_AGENT. */
static bool is_disallowed(const WS_CHANNEL *channel, const struct http_head *head)
{
    const WS_DISALLOWED_USER_AGENT_SUBSTRINGS *agents = &channel->listener->settings.disallowed_agents;
    struct mime_text agent;
    ULONG i;

    if (!http_find_field(head, "User-Agent", &agent))
        return false;
    for (i = 0; i < agents->subStringCount; i++)
        if (contains(agent, agents->subStrings[i]))
            return true;
    return false;
}

/* The media type: whether the body is of the channel's encoding and version. */
static HRESULT check_type(WS_CHANNEL *channel, const struct http_head *head, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    HRESULT hr;

    part->has_type = false;
    if (head->content_type.bytes)
    {
        if ((hr = reply_reserve(&part->type_text, head->content_type.length, error)) != S_OK ||
            (hr = http_read_content_type(head->content_type, part->type_text.bytes, &part->type, error)) != S_OK)
            return hr;
        part->has_type = true;
    }
    return http_check_content_type(part->has_type ? &part->type : NULL, channel->settings.encoding,
                                   channel->settings.envelope_version, &part->charset, error);
}

/* 0, or the status that a request is refused with. */
static ULONG check_request(WS_CHANNEL *channel, const struct incoming *incoming)
{
    const struct http_head *head = &incoming->connection.head;
    const struct channel_settings *settings = &channel->settings;

    if (incoming->connection.head_size > settings->max_request_headers)
        return 431;
    if (!url_matches(&reply_part(channel)->url, &channel->listener->url, channel->listener->settings.url_matching))
        return 404;
    /* Raw messages are for programs that do more with HTTP than to carry SOAP. */
    if (settings->encoding == WS_ENCODING_RAW)
    {
        reply_part(channel)->has_type = false;
        return 0;
    }
    if (!mime_is(head->method, "POST"))
        return 405;
    if (is_disallowed(channel, head))
        return 403;
    return check_type(channel, head, NULL) == S_OK ? 0 : 415;
}

/* --- Accepting --- */

/* Whether a Host has a port. */
static bool has_port(struct mime_text host)
{
    size_t i;

    for (i = host.length; i && host.bytes[i - 1] != ':' && host.bytes[i - 1] != ']'; i--)
        ;
    return i && host.bytes[i - 1] == ':';
}

static HRESULT reserve_url(struct reply_part *part, size_t length, WS_ERROR *error)
{
    if (part->url_room >= length)
        return S_OK;
    memory_free(part->url.chars);
    part->url_room = 0;
    if (!(part->url.chars = memory_alloc(length * sizeof(WCHAR), "URL of an HTTP request")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the URL of an HTTP request.");
    part->url_room = length;
    return S_OK;
}

/*
 * Makes the transport URL: that of the request. A Host without a port has the one that the client has connected to,
 * which clients should have said. What is not ASCII, which no URL has, does not matter.
 */
static HRESULT make_url(struct reply_part *part, const struct incoming *incoming, WS_ERROR *error)
{
    const struct http_head *head = &incoming->connection.head;
    const struct network_text local = network_address_text(&incoming->local);
    struct mime_text texts[4] = {http_text("http://"), head->host, http_text(""), head->target};
    char port[8];
    size_t length = 0, i, j;
    HRESULT hr;

    if (incoming->is_absolute)
        texts[0].length = texts[1].length = 0;
    else if (!head->host.length)
        texts[1] = http_text(local.text);
    else if (!has_port(head->host) && incoming->local.port != 80)
    {
        snprintf(port, sizeof(port), ":%u", (unsigned)incoming->local.port);
        texts[2] = http_text(port);
    }
    for (i = 0; i < 4; i++)
        length += texts[i].length;
    if ((hr = reserve_url(part, length, error)) != S_OK)
        return hr;
    part->url.length = 0;
    for (i = 0; i < 4; i++)
        for (j = 0; j < texts[i].length; j++)
            part->url.chars[part->url.length++] = texts[i].bytes[j];
    return S_OK;
}

HRESULT reply_accept(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    struct http_queue *queue = &((struct reply_listener *)channel->listener->part)->queue;
    struct incoming *incoming;
    ULONG status;
    HRESULT hr;

    for (;;)
    {
        if ((hr = http_queue_take(queue, &part->waiter, operation, &incoming, error)) != S_OK)
        {
            if (hr != OPERATION_WAITS)
                http_queue_leave(queue, &part->waiter);
            return hr;
        }
        if ((hr = make_url(part, incoming, error)) != S_OK)
        {
            http_server_refuse(incoming, 503);
            return hr;
        }
        if (!(status = check_request(channel, incoming)))
            break;
        http_server_refuse(incoming, status);
    }
    part->incoming = incoming;
    part->connection_id = incoming->id;
    part->remote = incoming->connection.socket.remote;
    part->has_body = !mime_is(incoming->connection.head.method, "HEAD");
    reply_set_request(part, REQUEST_NEW);
    return S_OK;
}
