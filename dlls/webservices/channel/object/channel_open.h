/* SPDX-License-Identifier: MIT */
/* channel_open.h - opening and accepting: channel_open.c. */
#ifndef WS_CHANNEL_OBJECT_CHANNEL_OPEN_H
#define WS_CHANNEL_OBJECT_CHANNEL_OPEN_H

#include "channel.h"

/* The step of a call that opens a channel, or, with is_accept, accepts it. */
HRESULT channel_open_step(struct call *call, WS_ERROR *error);

#endif
