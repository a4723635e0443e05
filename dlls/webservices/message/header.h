/* SPDX-License-Identifier: MIT */
/* header.h - standard headers: header.c. */
#ifndef WS_MESSAGE_HEADER_H
#define WS_MESSAGE_HEADER_H

#include "message_object.h"

/*
 * Adds a header of a type that the addressing version has, or puts it in place of the one that is there. The header
 * that was there stays on failure.
 */
HRESULT header_set(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_TYPE value_type, const void *value, WS_ERROR *error);

/* The same with a value from a program; `place`: where it goes if there was none. */
struct typed_source;
HRESULT header_set_value(WS_MESSAGE *message, WS_HEADER_TYPE type, const struct typed_source *value,
                         struct xml_node *place, WS_ERROR *error);

/* Finds the header of a type; *header is NULL if there is none, or the addressing version has no such header. */
HRESULT header_find_kind(const WS_MESSAGE *message, WS_HEADER_TYPE type, struct xml_node **header, WS_ERROR *error);

/* Gets an endpoint address, in a heap; *address is NULL if there is none. */
HRESULT header_get_address(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_HEAP *heap, WS_ENDPOINT_ADDRESS **address,
                           WS_ERROR *error);

#endif
