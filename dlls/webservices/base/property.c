/* SPDX-License-Identifier: MIT */
/* property.c - see property.h. */
#include "property.h"

#include "error.h"

#include <string.h>

static HRESULT check_value(enum constant_kind kind, ULONG id, size_t size, const void *value, ULONG value_size,
                           WS_ERROR *error)
{
    if (!value)
        return error_report(error, E_INVALIDARG, "The pointer to the value of %s is NULL.",
                            constant_name(kind, (uint32_t)id).text);
    if (value_size != size)
        return error_report(error, E_INVALIDARG, "The value of %s has %zu bytes, not %u.",
                            constant_name(kind, (uint32_t)id).text, size, (unsigned)value_size);
    return S_OK;
}

/* memcpy: nothing is assumed of the alignment of a caller's pointer. */
HRESULT property_get(enum constant_kind kind, ULONG id, const void *property, size_t size, void *value,
                     ULONG value_size, WS_ERROR *error)
{
    HRESULT hr = check_value(kind, id, size, value, value_size, error);

    if (hr == S_OK)
        memcpy(value, property, size);
    return hr;
}

HRESULT property_set(enum constant_kind kind, ULONG id, void *property, size_t size, const void *value,
                     ULONG value_size, WS_ERROR *error)
{
    HRESULT hr = check_value(kind, id, size, value, value_size, error);

    if (hr == S_OK)
        memcpy(property, value, size);
    return hr;
}

HRESULT property_unknown(enum constant_kind kind, ULONG id, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "There is no %s.", constant_name(kind, (uint32_t)id).text);
}
