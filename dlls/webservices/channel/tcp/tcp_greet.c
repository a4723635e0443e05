/* SPDX-License-Identifier: MIT */
/*
 * tcp_greet.c - connections to a listener from which a preamble is to come.
 *
 * Each has an operation of its own, so that one that stalls holds up neither those that come after it nor the channel
 * that accepts. When its preamble is there it is ready, and waits for a channel. One that is not wanted is told so by a
 * fault record. There are at most MOST_GUESTS that are not ready; the oldest goes for another one, since it has had the
 * most time.
 *
 * Where the operation of a guest ends, so does the guest, or it is ready.
 */
#include "tcp.h"

#include "base/memory.h"
#include "base/text.h"
#include "channel/object/url_match.h"

#include <string.h>

#define MOST_GUESTS 512u

/* How long one that is refused has to read why, in milliseconds. */
#define LAST_WORDS 1000u

#define CONNECT_TIMEOUT "WS_LISTENER_PROPERTY_CONNECT_TIMEOUT"

/* --- Guests --- */

struct tcp_guest *tcp_guest_create(struct tcp_acceptor *acceptor)
{
    struct tcp_guest *guest = memory_alloc(sizeof(*guest), "connection to a listener");

    if (!guest)
        return NULL;
    memset(guest, 0, sizeof(*guest));
    socket_init(&guest->socket);
    framing_receive(&guest->framing);
    guest->acceptor = acceptor;
    mutex_lock(&acceptor->lock);
    acceptor->references++;
    mutex_unlock(&acceptor->lock);
    return guest;
}

void tcp_guest_free(struct tcp_guest *guest)
{
    struct tcp_acceptor *acceptor = guest->acceptor;

    socket_close(&guest->socket);
    tcp_buffer_release(&guest->buffer);
    memory_free(guest->via);
    memory_free(guest);
    tcp_acceptor_release(acceptor);
}

void tcp_acceptor_release(struct tcp_acceptor *acceptor)
{
    bool is_last;

    mutex_lock(&acceptor->lock);
    is_last = !--acceptor->references;
    mutex_unlock(&acceptor->lock);
    if (!is_last)
        return;
    mutex_release(&acceptor->lock);
    memory_free(acceptor->url.chars);
    memory_free(acceptor);
}

void tcp_acceptor_wake(struct tcp_acceptor *acceptor)
{
    struct tcp_channel *channel;

    for (channel = acceptor->waiting; channel; channel = channel->next_waiting)
        operation_wake(channel->waiting);
}

/* Under the lock. */
static void list_add(struct tcp_guest **first, struct tcp_guest **last, struct tcp_guest *guest)
{
    guest->next = NULL;
    guest->previous = *last;
    if (*last)
        (*last)->next = guest;
    else
        *first = guest;
    *last = guest;
}

static void list_remove(struct tcp_guest **first, struct tcp_guest **last, struct tcp_guest *guest)
{
    if (guest->previous)
        guest->previous->next = guest->next;
    else
        *first = guest->next;
    if (guest->next)
        guest->next->previous = guest->previous;
    else
        *last = guest->previous;
}

/* --- Refusing --- */

/* What the peer sends is read and forgotten: closing with something unread would reset the connection. */
static HRESULT wait_for_end(struct tcp_guest *guest, struct operation *op)
{
    HRESULT hr = S_OK;

    /* A peer that floods would never let the operation wait. */
    while (hr == S_OK && (hr = operation_check(op, NULL)) == S_OK)
    {
        guest->buffer.start = guest->buffer.end = 0;
        hr = tcp_buffer_receive(&guest->buffer, &guest->socket, op, 1, RECEIVE_MAYBE, NULL);
    }
    return hr;
}

/* Tells the peer why, and lets it close the connection. */
static HRESULT refuse(struct tcp_guest *guest, struct operation *op)
{
    WS_BYTES part = {(ULONG)guest->record_size, guest->record};
    HRESULT hr;

    if (guest->record_size)
    {
        if ((hr = socket_send(&guest->socket, op, &part, 1, &guest->sent, NULL)) != S_OK)
            return hr;
        guest->record_size = 0;
        if (FAILED(hr = socket_shutdown(&guest->socket, NULL)))
            return hr;
    }
    hr = wait_for_end(guest, op);
    return hr == S_FALSE ? WS_E_ENDPOINT_DISCONNECTED : hr;
}

static HRESULT begin_to_refuse(struct tcp_guest *guest, struct operation *op, enum framing_fault fault)
{
    guest->is_refused = true;
    guest->record_size = framing_put_fault(guest->record, fault);
    operation_set_timeout(op, LAST_WORDS, CONNECT_TIMEOUT);
    return refuse(guest, op);
}

/* --- Preambles --- */

static bool take_via(struct tcp_guest *guest, const struct framing_input *input)
{
    memory_free(guest->via);
    if (!(guest->via = memory_alloc(input->length + 1, "via of a session")))
        return false;
    if (input->length)
        memcpy(guest->via, input->bytes, input->length);
    guest->via_length = input->length;
    return true;
}

/* Whether the listener is where the guest wants to go. */
static bool is_wanted(const struct tcp_guest *guest)
{
    const struct tcp_acceptor *acceptor = guest->acceptor;
    WCHAR chars[FRAMING_VIA_MAX];
    WS_STRING via = {0, chars};
    size_t length;

    if (!utf8_to_utf16_length(guest->via, guest->via_length, &length))
        return false;
    utf8_to_utf16(guest->via, guest->via_length, chars);
    via.length = (ULONG)length;
    return url_matches(&via, &acceptor->url, acceptor->url_matching);
}

/* What becomes of the guest for a record of its preamble; FRAMING_NO_FAULT: it goes on. */
static enum framing_fault take_record(struct tcp_guest *guest, enum framing_event event,
                                      const struct framing_input *input)
{
    switch (event)
    {
    case FRAMING_VIA:
        if (!take_via(guest, input))
            return FRAMING_SERVER_TOO_BUSY;
        return is_wanted(guest) ? FRAMING_NO_FAULT : FRAMING_ENDPOINT_NOT_FOUND;
    case FRAMING_KNOWN_ENCODING: guest->encoding = input->encoding; return FRAMING_NO_FAULT;
    case FRAMING_CONTENT_TYPE:
        return framing_read_content_type(input->bytes, input->length, &guest->encoding) ? FRAMING_NO_FAULT
                                                                                        : FRAMING_CONTENT_TYPE_INVALID;
    case FRAMING_UPGRADE: return FRAMING_UPGRADE_INVALID;
    default: return FRAMING_NO_FAULT;
    }
}

static HRESULT greet(struct tcp_guest *guest, struct operation *op)
{
    struct tcp_buffer *buffer = &guest->buffer;
    enum framing_event event;
    enum framing_fault fault;
    struct framing_input input;
    HRESULT hr;

    for (;;)
    {
        if (tcp_buffer_read(buffer, &guest->framing, &event, &input, NULL) != S_OK)
            return begin_to_refuse(guest, op, guest->framing.fault);
        if (event == FRAMING_PREAMBLE_END)
            return S_OK;
        if (event != FRAMING_NEEDS_MORE)
        {
            if ((fault = take_record(guest, event, &input)) != FRAMING_NO_FAULT)
                return begin_to_refuse(guest, op, fault);
            continue;
        }
        hr = tcp_buffer_receive(buffer, &guest->socket, op, 1, RECEIVE_MAYBE, NULL);
        if (hr != S_OK)
            return hr == S_FALSE ? WS_E_ENDPOINT_DISCONNECTED : hr;
    }
}

/* --- The operation of a guest --- */

static struct tcp_guest *guest_of(struct operation *operation)
{
    return (struct tcp_guest *)(void *)((BYTE *)operation - offsetof(struct tcp_guest, operation));
}

static HRESULT guest_step(struct operation *op, WS_ERROR *error)
{
    struct tcp_guest *guest = guest_of(op);

    (void)error;
    if (!guest->has_deadline)
    {
        guest->has_deadline = true;
        operation_set_timeout(op, guest->acceptor->connect_timeout, CONNECT_TIMEOUT);
    }
    return guest->is_refused ? refuse(guest, op) : greet(guest, op);
}

static void guest_finished(struct operation *operation, HRESULT hr)
{
    struct tcp_guest *guest = guest_of(operation);
    struct tcp_acceptor *acceptor = guest->acceptor;
    bool is_ready;

    mutex_lock(&acceptor->lock);
    list_remove(&acceptor->greeting, &acceptor->greeting_last, guest);
    acceptor->greeting_count--;
    is_ready = hr == S_OK && !acceptor->is_closed;
    if (is_ready)
    {
        list_add(&acceptor->ready, &acceptor->ready_last, guest);
        tcp_acceptor_wake(acceptor);
    }
    mutex_unlock(&acceptor->lock);
    if (!is_ready)
        tcp_guest_free(guest);
}

/* `finished` has done all. */
static void CALLBACK guest_called(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    (void)hr, (void)model, (void)state;
}

static void run(struct tcp_guest *guest)
{
    struct tcp_acceptor *acceptor = guest->acceptor;
    const WS_ASYNC_CONTEXT context = {guest_called, acceptor};

    mutex_lock(&acceptor->lock);
    operation_init(&guest->operation, guest_finished);
    list_add(&acceptor->greeting, &acceptor->greeting_last, guest);
    acceptor->greeting_count++;
    if (acceptor->is_closed)
        operation_cancel(&guest->operation);
    else if (acceptor->greeting_count > MOST_GUESTS)
        operation_cancel(&acceptor->greeting->operation);
    mutex_unlock(&acceptor->lock);
    operation_run(&guest->operation, guest_step, &context, NULL);
}

void tcp_greet(struct tcp_guest *guest)
{
    run(guest);
}

void tcp_refuse(struct tcp_guest *guest, enum framing_fault fault)
{
    guest->is_refused = true;
    guest->record_size = framing_put_fault(guest->record, fault);
    guest->sent = 0;
    run(guest);
}

void tcp_send_away(struct tcp_acceptor *acceptor)
{
    struct tcp_guest *guest, *ready;

    mutex_lock(&acceptor->lock);
    acceptor->is_closed = true;
    for (guest = acceptor->greeting; guest; guest = guest->next)
        operation_cancel(&guest->operation);
    ready = acceptor->ready;
    acceptor->ready = acceptor->ready_last = NULL;
    mutex_unlock(&acceptor->lock);
    for (guest = ready; guest; guest = ready)
    {
        ready = guest->next;
        socket_reset(&guest->socket);
        tcp_guest_free(guest);
    }
}
