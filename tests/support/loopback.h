/* SPDX-License-Identifier: MIT */
/*
 * loopback.h - a custom channel and listener for tests: messages go from a client to the channel that the listener has
 * accepted, through memory, and back. What each callback does beside that is said by a struct loopback.
 */
#ifndef WS_SUPPORT_LOOPBACK_H
#define WS_SUPPORT_LOOPBACK_H

#include "support/threads.h"

enum loopback_callback
{
    LOOP_CREATE,
    LOOP_FREE,
    LOOP_RESET,
    LOOP_OPEN,
    LOOP_CLOSE,
    LOOP_ABORT,
    LOOP_GET,
    LOOP_SET,
    LOOP_WRITE_START,
    LOOP_WRITE_END,
    LOOP_READ_START,
    LOOP_READ_END,
    LOOP_ABANDON,
    LOOP_SHUTDOWN,
    LOOP_LISTENER_CREATE,
    LOOP_LISTENER_FREE,
    LOOP_LISTENER_RESET,
    LOOP_LISTENER_OPEN,
    LOOP_LISTENER_CLOSE,
    LOOP_LISTENER_ABORT,
    LOOP_LISTENER_GET,
    LOOP_LISTENER_SET,
    LOOP_CREATE_FOR_LISTENER,
    LOOP_ACCEPT,
    LOOP_CALLBACKS
};

struct loop_message;
struct loop_end;

/* A client and a service, and the way between them. It begins as loopback_init() has it. */
struct loopback
{
    test_lock lock;
    test_condition changed;

    /* What callbacks do, before what they are for. */
    HRESULT fails[LOOP_CALLBACKS]; /* if not S_OK, nothing else */
    bool later[LOOP_CALLBACKS];    /* with a context: complete on another thread */
    void (*hook[LOOP_CALLBACKS])(void *state);
    void *hook_state;
    WS_ENVELOPE_VERSION envelope_version;
    WS_ADDRESSING_VERSION addressing_version;
    WS_TRANSFER_MODE transfer_mode;

    /* What has happened. */
    unsigned calls[LOOP_CALLBACKS];
    WS_CHANNEL_TYPE type;
    WS_MESSAGE *abandoned;
    char url[100]; /* opened or listened at */
    ULONG property;

    /* The way: messages to the service, and to the client. */
    struct loop_message *first[2];
    bool is_ended[2]; /* the sender has shut down or closed */
    bool is_aborted;
    struct loop_end *waiting[2]; /* an asynchronous call waits for a message */
    struct test_thread threads[64];
    unsigned thread_count;
};

void loopback_init(struct loopback *loop);

/* Waits for its threads, and frees what has not been received. */
void loopback_end(struct loopback *loop);

/* Channel and listener with its callbacks. */
WS_CHANNEL *loop_client(struct loopback *loop, WS_CHANNEL_TYPE type);
WS_LISTENER *loop_listener(struct loopback *loop, WS_CHANNEL_TYPE type);
WS_CHANNEL *loop_service(struct loopback *loop, WS_LISTENER *listener);

/* A client's channel that is open, and one that has been accepted. */
WS_CHANNEL *loop_open_client(struct loopback *loop, WS_CHANNEL_TYPE type);
WS_CHANNEL *loop_accepted(struct loopback *loop, WS_LISTENER *listener);

/* How often a callback has been called. */
unsigned loop_calls(struct loopback *loop, enum loopback_callback callback);

/* Waits until it has been called so often. */
void loop_await(struct loopback *loop, enum loopback_callback callback, unsigned times);

/* Closes and frees. */
void loop_free_channel(WS_CHANNEL *channel);
void loop_free_listener(WS_LISTENER *listener);

WS_CHANNEL_STATE channel_state_of(WS_CHANNEL *channel);
WS_LISTENER_STATE listener_state_of(WS_LISTENER *listener);

extern const WS_CUSTOM_CHANNEL_CALLBACKS loop_channel_callbacks;
extern const WS_CUSTOM_LISTENER_CALLBACKS loop_listener_callbacks;

#endif
