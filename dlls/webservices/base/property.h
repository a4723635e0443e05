/* SPDX-License-Identifier: MIT */
/* property.h - what the functions that get and set properties have in common. */
#ifndef WS_BASE_PROPERTY_H
#define WS_BASE_PROPERTY_H

#include <stddef.h>

#include "base/constants.h"
#include "webservices.h"

/*
 * Copies a property's value to the caller. E_INVALIDARG, with `value` untouched, if it is NULL or the
 * caller's size is not the property's. `kind` is what the error sentence names the property by.
 */
HRESULT property_get(enum constant_kind kind, ULONG id, const void *property, size_t size, void *value,
                     ULONG value_size, WS_ERROR *error);

/* Copies a value from the caller to a property, with the same checks. */
HRESULT property_set(enum constant_kind kind, ULONG id, void *property, size_t size, const void *value,
                     ULONG value_size, WS_ERROR *error);

/* Returns E_INVALIDARG for a property that does not exist. */
HRESULT property_unknown(enum constant_kind kind, ULONG id, WS_ERROR *error);

#endif
