/* SPDX-License-Identifier: MIT */
/* listener_properties.h - the properties of listeners: listener_properties.c. */
#ifndef WS_CHANNEL_OBJECT_LISTENER_PROPERTIES_H
#define WS_CHANNEL_OBJECT_LISTENER_PROPERTIES_H

#include "listener.h"

/* As channel_settings_make(). */
HRESULT listener_settings_make(const struct transport *transport, const WS_LISTENER_PROPERTY *given, ULONG count,
                               struct listener_settings *settings, struct _WS_HEAP *heap, WS_ERROR *error);

#endif
