/* SPDX-License-Identifier: MIT */
/* request.c - the object: opening, which makes no connection, and closing; see request.h. */
#include "request.h"

#include "base/error.h"
#include "base/memory.h"
#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

#include <stdio.h>
#include <string.h>

HRESULT request_create(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if (channel->settings.proxy_mode == WS_HTTP_PROXY_SETTING_MODE_CUSTOM && !channel->settings.proxy.servers.length)
        return error_report(error, E_INVALIDARG,
                            "WS_HTTP_PROXY_SETTING_MODE_CUSTOM needs WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY with a "
                            "server.");
    if ((channel->settings.transfer_mode & WS_STREAMED_OUTPUT_TRANSFER_MODE &&
         channel->settings.encoder.createEncoderCallback) ||
        (channel->settings.transfer_mode & WS_STREAMED_INPUT_TRANSFER_MODE &&
         channel->settings.decoder.createDecoderCallback))
        return error_report(error, E_INVALIDARG,
                            "WS_CHANNEL_PROPERTY_ENCODER and _DECODER are for messages that are buffered, in this "
                            "version: see WS_CHANNEL_PROPERTY_TRANSFER_MODE.");
    if ((hr = writer_create(NULL, 0, &part->writer, error)) != S_OK)
        return hr;
    if ((hr = reader_create(NULL, 0, &part->reader, error)) != S_OK)
    {
        writer_free(part->writer);
        return hr;
    }
    mutex_init(&part->lock);
    part->now = &part->target;
    return S_OK;
}

void request_disconnect(struct request_part *part)
{
    if (part->connection)
        http_pool_drop(part->connection);
    part->connection = NULL;
}

void request_give_back(WS_CHANNEL *channel)
{
    struct request_part *part = channel->part;

    if (!part->connection)
        return;
    if (http_connection_next(&part->connection->http) && !http_connection_has_bytes(&part->connection->http))
    {
        http_connection_trim(&part->connection->http, channel->settings.trim_size ? channel->settings.trim_size : 1);
        http_pool_put(part->connection);
        part->connection = NULL;
    }
    request_disconnect(part);
}

void request_finish(struct request_part *part)
{
    mutex_lock(&part->lock);
    part->exchange = EXCHANGE_IDLE;
    part->stage = STAGE_BEGIN;
    mutex_unlock(&part->lock);
}

/* --- Lingering --- */

/*
 * The connection of a request whose response nobody has asked for. The server may not have read the request yet, and
 * may give it up when the connection ends: so it gets the time to answer, or to close the connection.
 */
struct linger
{
    struct operation operation;
    struct http_pooled *connection;
    bool has_head;
};

#define LINGER_TIMEOUT 30000
#define LINGER_LIMIT   65536

static HRESULT linger_step(struct operation *operation, WS_ERROR *error)
{
    struct linger *linger = (struct linger *)operation;
    struct http_connection *http = &linger->connection->http;
    HRESULT hr;

    while (!linger->has_head)
    {
        if ((hr = http_receive_response(http, operation, &http_default_limits, false, RECEIVE_MAYBE, error)) != S_OK)
            return hr;
        if (http->head.status >= 200)
            linger->has_head = true;
        else
            http_connection_next(http);
    }
    return http_skip_body(http, operation, LINGER_LIMIT, error);
}

static void CALLBACK linger_ends(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct linger *linger = state;

    (void)model;
    if (hr == S_OK && http_connection_next(&linger->connection->http))
        http_pool_put(linger->connection);
    else
        http_pool_drop(linger->connection);
    memory_free(linger);
}

void request_let_linger(struct request_part *part)
{
    struct linger *linger;
    WS_ASYNC_CONTEXT context = {linger_ends, NULL};
    HRESULT hr;

    if (!part->connection || part->has_answer || !(linger = memory_alloc(sizeof(*linger), "connections that linger")))
    {
        request_disconnect(part);
        return;
    }
    memset(linger, 0, sizeof(*linger));
    linger->connection = part->connection;
    part->connection = NULL;
    context.callbackState = linger;
    operation_init(&linger->operation, NULL);
    operation_set_timeout(&linger->operation, LINGER_TIMEOUT, "time that a closed channel gives a server");
    if ((hr = operation_run(&linger->operation, linger_step, &context, NULL)) != WS_S_ASYNC)
        linger_ends(hr, WS_SHORT_CALLBACK, linger);
}

/* Ends whatever exchange is under way. */
static void drop_exchange(struct request_part *part)
{
    if (part->exchange == EXCHANGE_SENT)
        request_let_linger(part);
    else
        request_disconnect(part);
    socket_connect_release(&part->connect);
    memset(&part->connect, 0, sizeof(part->connect));
    request_finish(part);
}

/* --- Opening and closing --- */

HRESULT request_set_target(WS_CHANNEL *channel, struct http_target *target, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    const char *authority = (const char *)target->authority.bytes;
    char host[HTTP_HOST_MOST + 1];
    HRESULT hr;
    ULONG i;

    if ((hr = http_proxy_choose(&part->proxy, channel->settings.proxy_mode, &channel->settings.proxy, target, error)) !=
        S_OK)
        return hr;
    for (i = 0; i < part->proxy.host.length && part->proxy.is_used; i++)
        host[i] = (char)part->proxy.host.chars[i];
    host[i] = 0;
    if (part->proxy.is_used)
        snprintf(part->key, sizeof(part->key), "proxy %s:%u", host, (unsigned)part->proxy.port);
    else
        snprintf(part->key, sizeof(part->key), "%u %s", (unsigned)channel->settings.ip_version, authority);
    part->now = target;
    return S_OK;
}

HRESULT request_open(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    (void)operation;
    if ((hr = http_target_make(&part->target, &channel->address.url, error)) == S_OK &&
        (hr = request_set_target(channel, &part->target, error)) != S_OK)
        http_target_release(&part->target);
    return hr;
}

HRESULT request_close(WS_CHANNEL *channel, struct operation *operation, bool graceful, WS_ERROR *error)
{
    struct request_part *part = channel->part;

    (void)operation, (void)graceful, (void)error;
    drop_exchange(part);
    return S_OK;
}

HRESULT request_reset(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;

    (void)error;
    drop_exchange(part);
    http_cookies_release(&part->cookies);
    http_target_release(&part->redirected);
    http_target_release(&part->target);
    part->now = &part->target;
    return S_OK;
}

void request_free(WS_CHANNEL *channel)
{
    struct request_part *part = channel->part;

    request_reset(channel, NULL);
    http_encoder_release(&part->encoder, &channel->settings.encoder);
    http_decoder_release(&part->decoder, &channel->settings.decoder);
    writer_free(part->writer);
    reader_free(part->reader);
    memory_free(part->fields);
    memory_free(part->head);
    memory_free(part->sending);
    memory_free(part->type_room);
    mutex_release(&part->lock);
}

HRESULT request_abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    const struct http_connection *http = part->connection ? &part->connection->http : NULL;

    (void)message, (void)error;
    /* What has been received whole leaves the connection as good as one that was read. */
    if (!writing && http && http->body.ended)
        request_give_back(channel);
    else
        request_disconnect(part);
    request_finish(part);
    return S_OK;
}

HRESULT request_get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, WS_ERROR *error)
{
    (void)channel, (void)value;
    if (id == WS_CHANNEL_PROPERTY_HTTP_SERVER_SPN || id == WS_CHANNEL_PROPERTY_HTTP_PROXY_SPN)
        return error_report(
            error, WS_E_INVALID_OPERATION,
            "The channel has no security in which a server or HTTP proxy has a service principal name.");
    return error_report(error, E_INVALIDARG, "A channel of WS_CHANNEL_TYPE_REQUEST does not have this property.");
}
