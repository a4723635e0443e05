/* SPDX-License-Identifier: MIT */
/* channel_properties.h - the properties of channels: channel_properties.c, channel_settings.c. */
#ifndef WS_CHANNEL_OBJECT_CHANNEL_PROPERTIES_H
#define WS_CHANNEL_OBJECT_CHANNEL_PROPERTIES_H

#include <stdint.h>

#include "channel.h"

/* Bindings as bits, for the table. */
enum
{
    ON_HTTP = 1 << WS_HTTP_CHANNEL_BINDING,
    ON_TCP = 1 << WS_TCP_CHANNEL_BINDING,
    ON_UDP = 1 << WS_UDP_CHANNEL_BINDING,
    ON_CUSTOM = 1 << WS_CUSTOM_CHANNEL_BINDING,
    ON_PIPE = 1 << WS_NAMEDPIPE_CHANNEL_BINDING,
    ON_SESSION = ON_TCP | ON_PIPE,
    ON_ALL = ON_HTTP | ON_TCP | ON_UDP | ON_PIPE
};

/* What can be done with a property, for a client's channel and one for a listener: on which bindings. */
struct property_use
{
    uint8_t create, get, set;
};

/* What its value is. */
enum property_kind
{
    PROPERTY_VALUE,     /* a member of the settings, copied as it is */
    PROPERTY_SIZE,      /* the same, and at least 1 */
    PROPERTY_BOOL,      /* the same, and TRUE or FALSE */
    PROPERTY_ENUM,      /* the same, from `first` to `last` */
    PROPERTY_MEMORY,    /* CUSTOM_CHANNEL_PARAMETERS: of any size */
    PROPERTY_OBJECT,    /* known by the object */
    PROPERTY_TRANSPORT, /* known by the transport, while it is connected */
};

struct channel_property
{
    enum property_kind kind;
    uint16_t offset, size;
    struct property_use client, listener;
    uint16_t first, last;
};

/* NULL: there is none. */
const struct channel_property *channel_property(WS_CHANNEL_PROPERTY_ID id);

/* The use of it for a channel of a listener or a client. */
static inline const struct property_use *channel_property_use(const struct channel_property *property, bool listener)
{
    return listener ? &property->listener : &property->client;
}

/*
 * Makes settings of what a program gives, with the defaults of the transport, and checks whatever does not depend on
 * the transport alone. What they refer to is in `heap`, which is initialized, and released on failure.
 */
HRESULT channel_settings_make(const struct transport *transport, const WS_LISTENER *listener,
                              const WS_CHANNEL_PROPERTY *given, ULONG count, struct channel_settings *settings,
                              struct _WS_HEAP *heap, WS_ERROR *error);

/* As WsGetChannelProperty(). */
HRESULT channel_get_property(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error);

#endif
