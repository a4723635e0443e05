/* SPDX-License-Identifier: MIT */
/* property.c - see property.h. */
#include "property.h"

#include "error.h"

#include <string.h>

static HRESULT check_value(const char *what, ULONG id, size_t size, const void *value, ULONG value_size,
                           WS_ERROR *error)
{
    if (!value)
        return error_report(error, E_INVALIDARG, "The pointer to the value of %s property %u is NULL.", what,
                            (unsigned)id);
    if (value_size != size)
        return error_report(error, E_INVALIDARG, "The value of %s property %u has %zu bytes, not %u.", what,
                            (unsigned)id, size, (unsigned)value_size);
    return S_OK;
}

/* memcpy: nothing is assumed of the alignment of a caller's pointer. */
HRESULT property_get(const char *what, ULONG id, const void *property, size_t size, void *value, ULONG value_size,
                     WS_ERROR *error)
{
    HRESULT hr = check_value(what, id, size, value, value_size, error);

    if (hr == S_OK)
        memcpy(value, property, size);
    return hr;
}

HRESULT property_set(const char *what, ULONG id, void *property, size_t size, const void *value, ULONG value_size,
                     WS_ERROR *error)
{
    HRESULT hr = check_value(what, id, size, value, value_size, error);

    if (hr == S_OK)
        memcpy(property, value, size);
    return hr;
}

HRESULT property_unknown(const char *what, ULONG id, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "There is no %s property %u.", what, (unsigned)id);
}
