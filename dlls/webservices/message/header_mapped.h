/* SPDX-License-Identifier: MIT */
/* header_mapped.h - headers that go with a message outside of its envelope: header_mapped.c. */
#ifndef WS_MESSAGE_HEADER_MAPPED_H
#define WS_MESSAGE_HEADER_MAPPED_H

#include "message_object.h"

/* Copies those of another message into one that has none. */
HRESULT header_mapped_copy(WS_MESSAGE *message, const WS_MESSAGE *source, WS_ERROR *error);

#endif
