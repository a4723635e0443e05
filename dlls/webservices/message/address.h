/* SPDX-License-Identifier: MIT */
/* address.h - addressing a message: address.c. */
#ifndef WS_MESSAGE_ADDRESS_H
#define WS_MESSAGE_ADDRESS_H

#include "message_object.h"

/*
 * Addresses a message that has not been addressed, as WsAddressMessage() does: To, and the headers of the address. NULL
 * adds none. On failure the headers are as before.
 */
HRESULT address_message(WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error);

#endif
