/* SPDX-License-Identifier: MIT */
/* endpoint_copy.h - copies of what a program passes, for objects that outlive it: endpoint_copy.c. */
#ifndef WS_CHANNEL_OBJECT_ENDPOINT_COPY_H
#define WS_CHANNEL_OBJECT_ENDPOINT_COPY_H

#include <stddef.h>

#include "webservices.h"

/*
 * Copies an endpoint address: its URL, headers and extensions; not its identity, which is for security. On failure
 * *copy is undefined. E_INVALIDARG: characters or a buffer of it cannot be.
 */
HRESULT endpoint_copy(WS_HEAP *heap, const WS_ENDPOINT_ADDRESS *address, WS_ENDPOINT_ADDRESS *copy, WS_ERROR *error);

/* Copies a string; `what` begins the sentence if its characters are at NULL (E_INVALIDARG): "The URL". */
HRESULT string_copy(WS_HEAP *heap, const WS_STRING *string, WS_STRING *copy, const char *what, WS_ERROR *error);

/* Copies `count` items of a size. E_INVALIDARG: they are at NULL. */
HRESULT array_copy(WS_HEAP *heap, const void *items, size_t count, size_t size, void **copy, const char *what,
                   WS_ERROR *error);

#endif
