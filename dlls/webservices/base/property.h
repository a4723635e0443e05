/* SPDX-License-Identifier: MIT */
/* property.h - what the functions that get and set properties have in common. */
#ifndef WS_BASE_PROPERTY_H
#define WS_BASE_PROPERTY_H

#include <stddef.h>

#include "webservices.h"

/*
 * Copies a property's value to the caller. E_INVALIDARG, with `value` untouched, if it is NULL or the
 * caller's size is not the property's. `what` names the property's kind in the error sentence: "heap".
 */
HRESULT property_get(const char *what, ULONG id, const void *property, size_t size, void *value, ULONG value_size,
                     WS_ERROR *error);

/* The same way round for a value that a caller gives. */
HRESULT property_set(const char *what, ULONG id, void *property, size_t size, const void *value, ULONG value_size,
                     WS_ERROR *error);

/* Returns E_INVALIDARG for a property that does not exist. */
HRESULT property_unknown(const char *what, ULONG id, WS_ERROR *error);

#endif
