/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * transport.h - what a transport implements: the contract between the objects (channel.h, listener.h) and what moves
 * their messages. A transport is one constant table of functions; transports.c has the table of all of them.
 *
 * Resumable functions. Those with a `struct operation *` are steps of an operation (channel/io/operation.h): they do
 * what they can, and return OPERATION_WAITS after having told the operation what they wait for; then they are called
 * again, with the same arguments, maybe on another thread, and go on from what they have kept in the transport's part of
 * the object. Waits fail with the code to end with: WS_E_OPERATION_ABORTED or WS_E_OPERATION_TIMED_OUT. Timeouts are for
 * the transport to set, with operation_set_timeout(), from the settings, which it reads at that time: setting_load().
 *
 * What the objects do, and transports need not: handles, arguments, states, versions of messages, initializing and
 * addressing messages, actions, faults, descriptions, correlation, asynchronous contexts, references, properties that
 * are values. What transports do: connections, bytes, encodings, limits of sizes, timeouts.
 *
 * What the objects guarantee
 *   - A channel's functions are called while its handle or an operation holds it: the part is there.
 *   - At most one of open, accept, close, shutdown at a time; of write_start, write_end and stream callbacks of the
 *     message being written at most one; of read_start, read_end and those of the one being read at most one. A send and
 *     a receive may run at once on two threads; close begins when both have ended. shutdown runs only while no message is
 *     being written, and may run while one is read.
 *   - No lock of the objects is held while a function of the transport runs. Transports lock what both halves share.
 *   - open: in OPENING, after create or reset. accept: in ACCEPTING, the listener is open, or has been closed or aborted
 *     a moment ago. write_*, read_*, shutdown: in OPEN; another thread may fault or abort the channel meanwhile.
 *     close: once after an open or accept that succeeded (or one that could not be carried on, for want of memory).
 *     reset, free: in any state; what is still connected is dropped there.
 *   - Between write_start that succeeded and write_end or abandon there is no other write_start; the same of reading.
 *   - Arguments are not NULL, handles live, channel types those of the table.
 *
 * Failures. A function that fails has reported the sentence. An open or accept that fails leaves the part as it was
 * before: the channel is CREATED, and the next open or accept may follow at once. (So does listener_open.) After a failure
 * of the others the channel stays OPEN, for a failure may concern one message only, unless the transport says that it
 * cannot go on: channel_fault(), before it returns. The objects fault a channel by themselves only when it is aborted.
 * After close the channel is CLOSED, whatever that returned. A message stays as message_write_start() and its like leave it:
 * a failed write_start must leave it INITIALIZED, and a failed read_start EMPTY (message_read_start() does; WsResetMessage
 * otherwise); a write_end or read_end leaves it DONE in any case. OPERATION_WAITS is no failure.
 *
 * Abort. The operations of the channel have been cancelled when abort is called, and may still be running on other
 * threads; the state is FAULTED, or CLOSING: closing aborts what runs. All waits fail from now on. abort need not do anything; it must not block or free
 * what running functions use. The same holds for listener_abort.
 */
/* clang-format on */
#ifndef WS_CHANNEL_OBJECT_TRANSPORT_H
#define WS_CHANNEL_OBJECT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "channel/io/operation.h"
#include "webservices.h"

/* Types of channels as bits: TRANSPORT_TYPE(REQUEST) | TRANSPORT_TYPE(DUPLEX) */
#define TRANSPORT_TYPE(name) (1u << WS_CHANNEL_TYPE_##name)

struct transport
{
    WS_CHANNEL_BINDING binding;
    unsigned client_types;   /* what WsCreateChannel makes */
    unsigned listener_types; /* what WsCreateListener makes */
    WS_ENCODING encoding;    /* the default one */
    unsigned encodings;      /* those that it can have, as bits 1u << WS_ENCODING_... */
    bool is_custom;          /* the program's: see custom.c */
    bool carries_addressing; /* WS_ADDRESSING_VERSION_TRANSPORT is possible */
    size_t channel_size;     /* of its part of a channel: channel->part, zeroed before channel_create */
    size_t listener_size;    /* the same of listener->part */

    /* --- Channels --- */

    /*
     * After the settings have been checked and set. channel->listener: NULL for a client's. Checks what only the
     * transport knows of the settings. On failure nothing is left that channel_free would have to free.
     */
    HRESULT (*channel_create)(WS_CHANNEL *channel, WS_ERROR *error);

    /* Frees what the part refers to. Nothing else is called any more. */
    void (*channel_free)(WS_CHANNEL *channel);

    /* Makes the channel as new for another open or accept. No operation is running. */
    HRESULT (*channel_reset)(WS_CHANNEL *channel, WS_ERROR *error);

    /* Connects to channel->address, which has a URL. WS_E_INVALID_ENDPOINT_URL if that is not the transport's. */
    HRESULT (*open)(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);

    /* Waits for a client of channel->listener. WS_E_OPERATION_ABORTED if that is closed or aborted. */
    HRESULT (*accept)(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);

    /*
     * Ends the connection. graceful: the channel was OPEN, nothing was running and no message half written or read: a
     * session is shut down, unless channel->is_shut_down, and the peer's end waited for within CLOSE_TIMEOUT. Else: at
     * once. When it fails or is cancelled the connection is dropped.
     */
    HRESULT (*close)(WS_CHANNEL *channel, struct operation *op, bool graceful, WS_ERROR *error);

    /* May be NULL. Fails only in the custom binding. */
    HRESULT (*abort)(WS_CHANNEL *channel, WS_ERROR *error);

    /* NULL: the transport has no sessions. Says that there are no more messages. Called once. */
    HRESULT (*shutdown)(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);

    /*
     * Writes the start of a message, which is INITIALIZED, of the channel's versions, and addressed: sets a writer of
     * the channel's to an output and calls message_write_start(message, writer, ...). Buffered: no byte goes out before
     * write_end. Streamed: the output may have a write callback, which calls channel_run_body(). The writer is the
     * transport's, and kept: created by writer_create(), once for a channel.
     */
    HRESULT (*write_start)(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error);

    /* Calls message_write_end(), once, and sends what there is to send. */
    HRESULT (*write_end)(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error);

    /*
     * Receives a message up to its body into one that is EMPTY: sets a reader of the channel's to an input and calls
     * message_read_start() until that is not READER_STARVED. Buffered: all of the message has been received. Streamed:
     * the input has a read callback, which calls channel_run_body(). WS_S_END: there are no more messages, now and at
     * every later call; the message is EMPTY.
     */
    HRESULT (*read_start)(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error);

    /* Calls message_read_end() until that is not READER_STARVED, and receives what is left of the message. */
    HRESULT (*read_end)(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error);

    /*
     * Instead of write_end or read_end. Does no I/O that could block, and cannot fail; what is left of a streamed
     * message is skipped by the next read_start or close. The message has been detached already: it may be gone, and is
     * not to be touched (for the custom binding it is given, and live).
     */
    HRESULT (*abandon)(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error);

    /*
     * Gets what is known only while connected: REMOTE_ADDRESS, REMOTE_IP_ADDRESS, HTTP_CONNECTION_ID, TRANSPORT_URL,
     * HTTP_SERVER_SPN, HTTP_PROXY_SPN; of the table of channel_properties.c those of this binding. `value` has the
     * property's size. What strings refer to stays until the channel is reset or freed. WS_E_INVALID_OPERATION: it is
     * not known, now or at all. It may be called while operations run.
     */
    HRESULT (*get)(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error);

    /*
     * A setting has been changed by the program while the channel is OPEN; it has been stored in channel->settings. May
     * be NULL. A failure is handed on.
     */
    HRESULT (*changed)(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error);

    /* --- Listeners; all NULL if listener_types is 0 --- */

    HRESULT (*listener_create)(WS_LISTENER *listener, WS_ERROR *error);

    /*
     * Frees what the part refers to. No operation of the listener runs, no accept either. Channels that have been
     * accepted may still be there: what they need of the listener they hold by themselves.
     */
    void (*listener_free)(WS_LISTENER *listener);

    /* No operation is running. May be NULL. */
    HRESULT (*listener_reset)(WS_LISTENER *listener, WS_ERROR *error);

    /* Begins to listen at listener->url, which is a copy and parsed by the transport: WS_E_INVALID_ENDPOINT_URL. */
    HRESULT (*listener_open)(WS_LISTENER *listener, struct operation *op, WS_ERROR *error);

    /*
     * Stops listening: the port is free afterwards. Accepts have been cancelled and have ended. Once after a
     * listener_open that succeeded, unless the listener is freed instead.
     */
    HRESULT (*listener_close)(WS_LISTENER *listener, struct operation *op, WS_ERROR *error);

    /* May be NULL. Fails only in the custom binding. */
    HRESULT (*listener_abort)(WS_LISTENER *listener, WS_ERROR *error);

    /* As get and changed. May be NULL; only MULTICAST_INTERFACES can be set. */
    HRESULT(*listener_get)
    (WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error);
    HRESULT(*listener_changed)
    (WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error);
};

#endif
