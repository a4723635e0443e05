/* SPDX-License-Identifier: MIT */
/*
 * tcp_accept.c - listeners, and the channels that accept from them.
 *
 * Of the channels that accept at the same time one leads: it waits at the listening socket, and sees to it that each
 * connection is greeted (tcp_greet.c). All of them wait for guests that are ready. When the leader has one, another
 * channel leads.
 *
 * The acknowledgement is sent when a channel has been accepted: a client whose open has succeeded is served.
 */
#include "tcp.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "tcp_url.h"

#include <string.h>

static struct tcp_acceptor *acceptor_of(const WS_LISTENER *listener)
{
    return ((const struct tcp_listener *)listener->part)->acceptor;
}

/* --- Listeners --- */

/*
 * How vias are compared with the URL. The path of that is a prefix of theirs at least, as the page of WsOpenListener
 * says. A port that the system has chosen is not in the URL.
 */
static ULONG matching_of(const WS_LISTENER *listener, USHORT port)
{
    ULONG options = listener->settings.url_matching;

    if (!(options & WS_MATCH_URL_EXACT_PATH))
        options |= WS_MATCH_URL_PREFIX_PATH;
    return port ? options : options & ~(ULONG)WS_MATCH_URL_PORT;
}

static HRESULT create_acceptor(const WS_LISTENER *listener, struct tcp_acceptor **ret, WS_ERROR *error)
{
    struct tcp_acceptor *acceptor = memory_alloc(sizeof(*acceptor), "listener of net.tcp");
    WCHAR *url = memory_alloc(listener->url.length * sizeof(WCHAR) + 1, "listener of net.tcp");

    if (!acceptor || !url)
    {
        memory_free(acceptor);
        memory_free(url);
        return error_report(error, E_OUTOFMEMORY, "There is no memory to open a listener.");
    }
    memset(acceptor, 0, sizeof(*acceptor));
    mutex_init(&acceptor->lock);
    socket_init(&acceptor->socket);
    acceptor->references = 1;
    memcpy(url, listener->url.chars, listener->url.length * sizeof(WCHAR));
    acceptor->url.chars = url;
    acceptor->url.length = listener->url.length;
    acceptor->connect_timeout = listener->settings.connect_timeout;
    *ret = acceptor;
    return S_OK;
}

HRESULT tcp_listener_open(WS_LISTENER *listener, struct operation *op, WS_ERROR *error)
{
    struct tcp_listener *part = listener->part;
    struct network_address address;
    struct tcp_acceptor *acceptor = NULL;
    HRESULT hr;

    (void)op;
    if ((hr = tcp_read_listener_url(&listener->url, listener->settings.ip_version, &address, error)) != S_OK ||
        (hr = create_acceptor(listener, &acceptor, error)) != S_OK)
        return hr;
    acceptor->url_matching = matching_of(listener, address.port);
    if ((hr = socket_listen(&acceptor->socket, &address, listener->settings.backlog, error)) != S_OK)
    {
        tcp_acceptor_release(acceptor);
        return hr;
    }
    part->acceptor = acceptor;
    return S_OK;
}

static void stop(WS_LISTENER *listener)
{
    struct tcp_listener *part = listener->part;
    struct tcp_acceptor *acceptor = part->acceptor;

    if (!acceptor)
        return;
    part->acceptor = NULL;
    socket_close(&acceptor->socket);
    tcp_send_away(acceptor);
    tcp_acceptor_release(acceptor);
}

HRESULT tcp_listener_close(WS_LISTENER *listener, struct operation *op, WS_ERROR *error)
{
    (void)op, (void)error;
    stop(listener);
    return S_OK;
}

void tcp_listener_free(WS_LISTENER *listener)
{
    stop(listener);
}

/* --- Accepting --- */

/* The channel waits in the acceptor, from now on or no more. */
static void begin_to_wait(struct tcp_acceptor *acceptor, struct tcp_channel *tcp, struct operation *op)
{
    mutex_lock(&acceptor->lock);
    tcp->waiting = op;
    tcp->next_waiting = acceptor->waiting;
    acceptor->waiting = tcp;
    mutex_unlock(&acceptor->lock);
    tcp->progress = TCP_WAITING;
}

static void end_to_wait(struct tcp_acceptor *acceptor, struct tcp_channel *tcp)
{
    struct tcp_channel **place;

    mutex_lock(&acceptor->lock);
    for (place = &acceptor->waiting; *place && *place != tcp; place = &(*place)->next_waiting)
        ;
    if (*place)
        *place = tcp->next_waiting;
    tcp->waiting = NULL;
    if (acceptor->leader == tcp)
    {
        acceptor->leader = NULL;
        tcp_acceptor_wake(acceptor);
    }
    mutex_unlock(&acceptor->lock);
}

/* The oldest guest that is ready, if there is one; and whether the channel leads. */
static struct tcp_guest *take_ready(struct tcp_acceptor *acceptor, struct tcp_channel *tcp, bool *leads)
{
    struct tcp_guest *guest;

    mutex_lock(&acceptor->lock);
    if ((guest = acceptor->ready))
    {
        if ((acceptor->ready = guest->next))
            guest->next->previous = NULL;
        else
            acceptor->ready_last = NULL;
    }
    else if (!acceptor->leader)
        acceptor->leader = tcp;
    *leads = acceptor->leader == tcp;
    mutex_unlock(&acceptor->lock);
    return guest;
}

/* Waits for one connection, and greets it. */
static HRESULT lead(struct tcp_acceptor *acceptor, struct tcp_channel *tcp, struct operation *op, WS_ERROR *error)
{
    struct tcp_guest *guest = tcp->guest;
    HRESULT hr;

    if (!guest && !(guest = tcp->guest = tcp_guest_create(acceptor)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for another connection to a listener.");
    if ((hr = socket_accept(&acceptor->socket, op, &guest->socket, error)) != S_OK)
        return hr;
    tcp->guest = NULL;
    tcp_greet(guest);
    return S_OK;
}

/* Waits for a guest that is ready. */
static HRESULT wait_for_guest(struct tcp_acceptor *acceptor, struct tcp_channel *tcp, struct operation *op,
                              struct tcp_guest **guest, WS_ERROR *error)
{
    bool leads;
    HRESULT hr;

    while (!(*guest = take_ready(acceptor, tcp, &leads)))
        if ((hr = leads ? lead(acceptor, tcp, op, error) : operation_wait(op, error)) != S_OK)
            return hr;
    return S_OK;
}

/* The via of a session, for WS_CHANNEL_PROPERTY_TRANSPORT_URL. */
static HRESULT keep_via(struct tcp_channel *tcp, const struct tcp_guest *guest, WS_ERROR *error)
{
    size_t length;

    /* The framing has checked it. */
    if (!utf8_to_utf16_length(guest->via, guest->via_length, &length) ||
        !(tcp->via = memory_alloc(length * sizeof(WCHAR) + 1, "via of a session")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the URL of a session.");
    utf8_to_utf16(guest->via, guest->via_length, tcp->via);
    tcp->via_length = (ULONG)length;
    return S_OK;
}

static void forget_via(struct tcp_channel *tcp)
{
    memory_free(tcp->via);
    tcp->via = NULL;
}

/* The channel takes over what the guest has. */
static HRESULT take_over(WS_CHANNEL *channel, struct tcp_guest *guest, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    HRESULT hr = keep_via(tcp, guest, error);

    if (hr != S_OK)
        return hr;
    socket_move(&tcp->socket, &guest->socket);
    tcp_buffer_move(&tcp->in.buffer, &guest->buffer);
    tcp->in.framing = guest->framing;
    tcp->in.encoding = guest->encoding;
    return S_OK;
}

/* S_FALSE: this one is gone; there may be others. */
static HRESULT welcome(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    HRESULT hr;

    hr = tcp_send_byte(channel, op, FRAMING_RECORD_PREAMBLE_ACK, NULL);
    if (hr == S_OK || hr == OPERATION_WAITS)
        return hr;
    forget_via(tcp_part(channel));
    tcp_drop(channel);
    hr = operation_check(op, error);
    return hr == S_OK ? S_FALSE : hr;
}

static HRESULT accept_session(WS_CHANNEL *channel, struct tcp_acceptor *acceptor, struct operation *op, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    struct tcp_guest *guest;
    HRESULT hr;

    if (tcp->progress == TCP_NOTHING)
        begin_to_wait(acceptor, tcp, op);
    for (;;)
    {
        if (tcp->progress == TCP_WAITING)
        {
            if ((hr = wait_for_guest(acceptor, tcp, op, &guest, error)) != S_OK)
                return hr;
            if (!framing_can_read(tcp->encoding, guest->encoding))
            {
                tcp_refuse(guest, FRAMING_CONTENT_TYPE_INVALID);
                continue;
            }
            hr = take_over(channel, guest, error);
            tcp_guest_free(guest);
            if (hr != S_OK)
                return hr;
            tcp->progress = TCP_WELCOMING;
        }
        if ((hr = welcome(channel, op, error)) != S_FALSE)
            return hr;
        tcp->progress = TCP_WAITING;
    }
}

HRESULT tcp_accept(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    struct tcp_acceptor *acceptor = acceptor_of(channel->listener);
    HRESULT hr;

    if (!acceptor)
        return error_report(error, WS_E_OPERATION_ABORTED, "The listener has been closed.");
    if ((hr = accept_session(channel, acceptor, op, error)) == OPERATION_WAITS)
        return hr;
    end_to_wait(acceptor, tcp);
    tcp->progress = TCP_NOTHING;
    if (tcp->guest)
        tcp_guest_free(tcp->guest);
    tcp->guest = NULL;
    if (hr != S_OK)
    {
        forget_via(tcp);
        tcp_drop(channel);
        return hr;
    }
    tcp_begin(channel);
    return S_OK;
}
