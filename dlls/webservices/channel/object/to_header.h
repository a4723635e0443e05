/* SPDX-License-Identifier: MIT */
/* to_header.h - whether a message that has been received is for the listener: to_header.c. */
#ifndef WS_CHANNEL_OBJECT_TO_HEADER_H
#define WS_CHANNEL_OBJECT_TO_HEADER_H

#include "channel.h"

/*
 * Compares the To of a message in READING with the URL of the listener that the channel has been accepted from, by
 * WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS. A client's channel, no To, and the anonymous one: S_OK.
 *
 * WS_E_ENDPOINT_NOT_FOUND, with the fault to answer with in the error object.
 */
HRESULT to_header_check(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error);

#endif
