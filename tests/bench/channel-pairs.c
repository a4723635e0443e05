/* SPDX-License-Identifier: MIT */
/*
 * channel-pairs.c - see channel.h: requests and replies by channels. Synchronous ends have a thread each; asynchronous
 * ones go from call to call in their callbacks.
 */
#define _GNU_SOURCE /* barriers */
#include "channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limit.h"
#include "webservices.h"

#define WARM 10 /* requests before the clock begins */

static WS_XML_STRING names[] = {WS_XML_STRING_VALUE("load"), WS_XML_STRING_VALUE("loaded"),
                                WS_XML_STRING_VALUE("urn:bench"), WS_XML_STRING_VALUE("urn:bench/load"),
                                WS_XML_STRING_VALUE("urn:bench/loaded")};
static WS_ELEMENT_DESCRIPTION elements[] = {{&names[0], &names[2], WS_XML_STRING_TYPE, NULL},
                                            {&names[1], &names[2], WS_XML_STRING_TYPE, NULL}};
static const WS_MESSAGE_DESCRIPTION load = {&names[3], &elements[0]}, loaded = {&names[4], &elements[1]};

struct pairs;

/* A client, or a server. */
struct end
{
    struct pairs *pairs;
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
    WS_HEAP *heap;
    WS_XML_STRING got;
    enum
    {
        ACCEPT,
        RECEIVE,
        REPLY,
        ANSWERED
    } step;        /* of a server: what comes next */
    unsigned left; /* of a client: requests */
    WS_ASYNC_CONTEXT context;
    pthread_t thread;
};

struct pairs
{
    const struct job *job;
    bool http, async;
    WS_XML_STRING text;
    WS_LISTENER *listener;
    struct end clients[CHANNEL_CLIENTS], servers[CHANNEL_CLIENTS];
    struct channel_start start;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned busy; /* asynchronous ends that are at work, of those that are waited for */
    bool closing;
    double end; /* when the last client was through */
};

static void check(HRESULT hr, const char *what)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "channel: %s: 0x%08x\n", what, (unsigned)hr);
    exit(1);
}

/* --- What an end does --- */

static void reset(struct end *end)
{
    check(WsResetMessage(end->request, NULL), "WsResetMessage");
    check(WsResetMessage(end->reply, NULL), "WsResetMessage");
    check(WsResetHeap(end->heap, NULL), "WsResetHeap");
}

static HRESULT exchange(struct end *end, const WS_ASYNC_CONTEXT *context)
{
    return WsRequestReply(end->channel, end->request, &load, WS_WRITE_REQUIRED_VALUE, &end->pairs->text,
                          sizeof(end->pairs->text), end->reply, &loaded, WS_READ_REQUIRED_VALUE, end->heap, &end->got,
                          sizeof(end->got), context, NULL);
}

static void exchanged(struct end *end)
{
    channel_check(end->got.length == end->pairs->text.length, "what has come back");
    reset(end);
}

/* The reply has been sent: a session waits for its next request, and a channel of HTTP is accepted again. */
static void answered(struct end *end)
{
    reset(end);
    end->step = RECEIVE;
    if (!end->pairs->http)
        return;
    check(WsCloseChannel(end->channel, NULL, NULL), "WsCloseChannel");
    check(WsResetChannel(end->channel, NULL), "WsResetChannel");
    end->step = ACCEPT;
}

/* The next call of a server, after the one before has succeeded. */
static HRESULT serve_step(struct end *end, const WS_ASYNC_CONTEXT *context)
{
    static const WS_MESSAGE_DESCRIPTION *descriptions[] = {&load};

    if (end->step == ANSWERED)
        answered(end);
    switch (end->step++)
    {
    case ACCEPT: return WsAcceptChannel(end->pairs->listener, end->channel, context, NULL);
    case RECEIVE:
        return WsReceiveMessage(end->channel, end->request, descriptions, 1, WS_RECEIVE_OPTIONAL_MESSAGE,
                                WS_READ_REQUIRED_VALUE, end->heap, &end->got, sizeof(end->got), NULL, context, NULL);
    default:
        return WsSendReplyMessage(end->channel, end->reply, &loaded, WS_WRITE_REQUIRED_VALUE, &end->got,
                                  sizeof(end->got), end->request, context, NULL);
    }
}

/* A server ends when its client has closed the session, or the listener has been closed. */
static void serve_end(struct end *end, HRESULT hr)
{
    if (end->pairs->http)
        channel_check(end->pairs->closing, "a server");
    else
        check(hr == WS_S_END ? WsCloseChannel(end->channel, NULL, NULL) : hr, "a server");
}

/* --- Synchronous ends --- */

static void *run_server(void *argument)
{
    struct end *end = argument;
    HRESULT hr;

    while ((hr = serve_step(end, NULL)) == S_OK)
        ;
    serve_end(end, hr);
    return NULL;
}

static void request_many(struct end *end, unsigned count)
{
    for (; count; count--)
    {
        check(exchange(end, NULL), "WsRequestReply");
        exchanged(end);
    }
}

static void *run_client(void *argument)
{
    struct end *end = argument;
    struct pairs *pairs = end->pairs;
    double now;

    request_many(end, WARM);
    channel_ready(&pairs->start);
    request_many(end, pairs->job->requests);
    now = channel_end();
    pthread_mutex_lock(&pairs->lock);
    pairs->end = now > pairs->end ? now : pairs->end;
    pthread_mutex_unlock(&pairs->lock);
    return NULL;
}

/* --- Asynchronous ends --- */

static void leave(struct pairs *pairs)
{
    pthread_mutex_lock(&pairs->lock);
    if (!--pairs->busy)
    {
        pairs->end = channel_end();
        pthread_cond_signal(&pairs->changed);
    }
    pthread_mutex_unlock(&pairs->lock);
}

static void await(struct pairs *pairs)
{
    pthread_mutex_lock(&pairs->lock);
    while (pairs->busy)
        pthread_cond_wait(&pairs->changed, &pairs->lock);
    pthread_mutex_unlock(&pairs->lock);
}

/* Goes on after a call until one will call back, or the end. */
static void go_server(struct end *end, HRESULT hr)
{
    while (hr == S_OK)
        hr = serve_step(end, &end->context);
    if (hr == WS_S_ASYNC)
        return;
    serve_end(end, hr);
    leave(end->pairs);
}

static void go_client(struct end *end, HRESULT hr)
{
    while (hr == S_OK)
    {
        exchanged(end);
        if (!--end->left)
        {
            leave(end->pairs);
            return;
        }
        hr = exchange(end, &end->context);
    }
    if (hr != WS_S_ASYNC)
        check(hr, "WsRequestReply");
}

static void CALLBACK server_called(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    (void)model;
    go_server(state, hr);
}

static void CALLBACK client_called(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    (void)model;
    go_client(state, hr);
}

/* All clients do so many requests. */
static void go_clients(struct pairs *pairs, unsigned requests)
{
    unsigned i;
    HRESULT hr;

    pairs->busy = pairs->job->clients;
    for (i = 0; i < pairs->job->clients; i++)
        pairs->clients[i].left = requests;
    for (i = 0; i < pairs->job->clients; i++)
        if ((hr = exchange(&pairs->clients[i], &pairs->clients[i].context)) != WS_S_ASYNC)
            go_client(&pairs->clients[i], hr);
    await(pairs);
}

/* --- From the beginning to the end --- */

static void init_end(struct end *end, struct pairs *pairs, WS_CHANNEL *channel, WS_ASYNC_CALLBACK callback)
{
    end->pairs = pairs;
    end->channel = channel;
    end->context.callback = callback;
    end->context.callbackState = end;
    check(WsCreateMessageForChannel(channel, NULL, 0, &end->request, NULL), "WsCreateMessageForChannel");
    check(WsCreateMessageForChannel(channel, NULL, 0, &end->reply, NULL), "WsCreateMessageForChannel");
    check(WsCreateHeap(1 << 20, 0, NULL, 0, &end->heap, NULL), "WsCreateHeap");
}

static void free_end(struct end *end)
{
    WsFreeMessage(end->request);
    WsFreeMessage(end->reply);
    WsFreeHeap(end->heap);
    WsFreeChannel(end->channel);
}

static void open_pairs(struct pairs *pairs)
{
    /* What gSOAP sends, too, has no headers. */
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    const WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing)};
    WS_CHANNEL_TYPE client_type = pairs->http ? WS_CHANNEL_TYPE_REQUEST : WS_CHANNEL_TYPE_DUPLEX_SESSION;
    WS_CHANNEL_TYPE server_type = pairs->http ? WS_CHANNEL_TYPE_REPLY : WS_CHANNEL_TYPE_DUPLEX_SESSION;
    WS_CHANNEL_BINDING binding = pairs->http ? WS_HTTP_CHANNEL_BINDING : WS_TCP_CHANNEL_BINDING;
    ULONG count = pairs->http ? 1 : 0;
    WS_ENDPOINT_ADDRESS address = {{0, NULL}, NULL, NULL, NULL};
    WS_CHANNEL *channel;
    WCHAR chars[64];
    char url[64];
    unsigned i;

    snprintf(url, sizeof(url), "%s://localhost:%u/bench", pairs->http ? "http" : "net.tcp", channel_port());
    for (; url[address.url.length]; address.url.length++)
        chars[address.url.length] = (unsigned char)url[address.url.length];
    address.url.chars = chars;
    check(WsCreateListener(server_type, binding, NULL, 0, NULL, &pairs->listener, NULL), "WsCreateListener");
    check(WsOpenListener(pairs->listener, &address.url, NULL, NULL), "WsOpenListener");
    for (i = 0; i < pairs->job->clients; i++)
    {
        check(WsCreateChannelForListener(pairs->listener, &property, count, &channel, NULL),
              "WsCreateChannelForListener");
        init_end(&pairs->servers[i], pairs, channel, server_called);
        if (pairs->async)
            go_server(&pairs->servers[i], S_OK);
        else
            channel_thread(&pairs->servers[i].thread, run_server, &pairs->servers[i]);
        check(WsCreateChannel(client_type, binding, &property, count, NULL, &channel, NULL), "WsCreateChannel");
        init_end(&pairs->clients[i], pairs, channel, client_called);
        check(WsOpenChannel(channel, &address, NULL, NULL), "WsOpenChannel");
    }
}

static void close_pairs(struct pairs *pairs)
{
    unsigned i;

    pairs->busy = pairs->job->clients; /* servers */
    pairs->closing = true;
    for (i = 0; i < pairs->job->clients; i++)
        check(WsCloseChannel(pairs->clients[i].channel, NULL, NULL), "WsCloseChannel");
    if (pairs->http)
        check(WsCloseListener(pairs->listener, NULL, NULL), "WsCloseListener");
    if (pairs->async)
        await(pairs);
    for (i = 0; i < pairs->job->clients; i++)
    {
        if (!pairs->async)
            pthread_join(pairs->servers[i].thread, NULL);
        free_end(&pairs->clients[i]);
        free_end(&pairs->servers[i]);
    }
    if (!pairs->http)
        check(WsCloseListener(pairs->listener, NULL, NULL), "WsCloseListener");
    WsFreeListener(pairs->listener);
}

static void measure_sync(struct pairs *pairs)
{
    unsigned i;

    channel_start_init(&pairs->start, pairs->job->clients);
    for (i = 0; i < pairs->job->clients; i++)
        channel_thread(&pairs->clients[i].thread, run_client, &pairs->clients[i]);
    channel_go(&pairs->start);
    for (i = 0; i < pairs->job->clients; i++)
        pthread_join(pairs->clients[i].thread, NULL);
    channel_start_free(&pairs->start);
}

static void measure_async(struct pairs *pairs)
{
    go_clients(pairs, WARM);
    pairs->start.begun = channel_begin();
    go_clients(pairs, pairs->job->requests);
}

double channel_pairs(const struct job *job, bool http, bool async)
{
    static struct pairs pairs;
    struct channel_counts counted;
    double time;

    memset(&pairs, 0, sizeof(pairs));
    pthread_mutex_init(&pairs.lock, NULL);
    pthread_cond_init(&pairs.changed, NULL);
    pairs.job = job;
    pairs.http = http;
    pairs.async = async;
    pairs.text.length = (ULONG)job->characters;
    pairs.text.bytes = (BYTE *)channel_text(job->characters);
    open_pairs(&pairs);
    if (async)
        measure_async(&pairs);
    else
        measure_sync(&pairs);
    time = pairs.end - pairs.start.begun;
    counted = channel_last;
    close_pairs(&pairs);
    channel_last = counted;
    pthread_cond_destroy(&pairs.changed);
    pthread_mutex_destroy(&pairs.lock);
    return time / ((double)job->requests * job->clients);
}
