/* SPDX-License-Identifier: MIT */
/* custom.h - WS_CUSTOM_CHANNEL_BINDING: custom.c, custom_listener.c, custom_call.c. */
#ifndef WS_CHANNEL_OBJECT_CUSTOM_H
#define WS_CHANNEL_OBJECT_CUSTOM_H

#include "channel.h"
#include "listener.h"

extern const struct transport custom_transport;

/* A callback that may complete asynchronously, between its call and its result. */
struct custom_call
{
    bool is_called;
    ULONG mark; /* how many sentences there were */
};

struct custom_channel
{
    void *instance;
    /* One for each slot that an operation can be in. */
    struct custom_call control, sending, receiving;
};

struct custom_listener
{
    void *instance;
    struct custom_call call;
};

/*
 * Before a callback is called; and what it has answered, or when the operation is resumed, completed with: hr is not
 * looked at then. A success is S_OK, but for WS_S_END. `what`: "open channel callback".
 */
static inline bool custom_is_called(const struct custom_call *call)
{
    return call->is_called;
}
void custom_begin(struct custom_call *call, const WS_ERROR *error);
HRESULT custom_answer(struct custom_call *call, struct operation *op, HRESULT hr, const char *what, WS_ERROR *error);

/* WS_E_NOT_SUPPORTED: a callback that is needed is NULL. */
HRESULT custom_missing(const char *what, WS_ERROR *error) COLD;

/* The result of a callback that cannot complete asynchronously. */
HRESULT custom_result(HRESULT hr, const char *what, ULONG mark, WS_ERROR *error);

/* The listener's half of the transport: custom_listener.c. */
HRESULT custom_listener_create(WS_LISTENER *listener, WS_ERROR *error);
void custom_listener_free(WS_LISTENER *listener);
HRESULT custom_listener_reset(WS_LISTENER *listener, WS_ERROR *error);
HRESULT custom_listener_open(WS_LISTENER *listener, struct operation *op, WS_ERROR *error);
HRESULT custom_listener_close(WS_LISTENER *listener, struct operation *op, WS_ERROR *error);
HRESULT custom_listener_abort(WS_LISTENER *listener, WS_ERROR *error);
HRESULT custom_listener_get(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size,
                            WS_ERROR *error);
HRESULT custom_listener_set(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                            WS_ERROR *error);
HRESULT custom_channel_for_listener(WS_CHANNEL *channel, void **instance, WS_ERROR *error);
HRESULT custom_accept(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);

#endif
