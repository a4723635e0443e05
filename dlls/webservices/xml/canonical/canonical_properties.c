/* SPDX-License-Identifier: MIT */
/* canonical_properties.c - see canonical_properties.h. */
#include "xml/canonical/canonical_properties.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/property.h"

#include <string.h>

static HRESULT check_string(const WS_XML_STRING *string, const char *what, WS_ERROR *error)
{
    if (string->length && !string->bytes)
        return error_report(error, E_INVALIDARG, "The bytes of an %s are NULL, and its length is %u.", what,
                            (unsigned)string->length);
    return S_OK;
}

static HRESULT check_prefixes(const WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES *prefixes, WS_ERROR *error)
{
    HRESULT hr;
    ULONG i;

    if (prefixes->prefixCount && !prefixes->prefixes)
        return error_report(error, E_INVALIDARG, "The inclusive prefixes are NULL, and their count is %u.",
                            (unsigned)prefixes->prefixCount);
    for (i = 0; i < prefixes->prefixCount; i++)
        if ((hr = check_string(&prefixes->prefixes[i], "inclusive prefix", error)) != S_OK)
            return hr;
    return S_OK;
}

static HRESULT read_property(struct canonical_properties *given, const WS_XML_CANONICALIZATION_PROPERTY *property,
                             WS_ERROR *error)
{
    HRESULT hr;

    switch (property->id)
    {
    case WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM:
        hr = property_set(CONSTANT_CANONICALIZATION_PROPERTY, property->id, &given->algorithm, sizeof(given->algorithm),
                          property->value, property->valueSize, error);
        if (hr == S_OK && (ULONG)given->algorithm > WS_INCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM)
            return error_report(error, E_INVALIDARG, "There is no %s.",
                                constant_name(CONSTANT_CANONICALIZATION_ALGORITHM, (uint32_t)given->algorithm).text);
        return hr;
    case WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES:
        hr = property_set(CONSTANT_CANONICALIZATION_PROPERTY, property->id, &given->prefixes, sizeof(given->prefixes),
                          property->value, property->valueSize, error);
        return hr == S_OK ? check_prefixes(&given->prefixes, error) : hr;
    case WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT:
        given->omits = true;
        if ((hr = property_set(CONSTANT_CANONICALIZATION_PROPERTY, property->id, &given->omitted,
                               sizeof(given->omitted), property->value, property->valueSize, error)) != S_OK ||
            (hr = check_string(&given->omitted.localName, "omitted element's name", error)) != S_OK)
            return hr;
        return check_string(&given->omitted.ns, "omitted element's namespace", error);
    case WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE:
        return property_set(CONSTANT_CANONICALIZATION_PROPERTY, property->id, &given->output_buffer_size,
                            sizeof(given->output_buffer_size), property->value, property->valueSize, error);
    default: return property_unknown(CONSTANT_CANONICALIZATION_PROPERTY, property->id, error);
    }
}

/* The defaults are those of the page of WS_XML_CANONICALIZATION_PROPERTY_ID. */
HRESULT canonical_read_properties(struct canonical_properties *read, const WS_XML_CANONICALIZATION_PROPERTY *given,
                                  ULONG count, WS_ERROR *error)
{
    HRESULT hr;
    ULONG i;

    memset(read, 0, sizeof(*read));
    read->algorithm = WS_EXCLUSIVE_XML_CANONICALIZATION_ALGORITHM;
    read->output_buffer_size = 1024;
    if (count && !given)
        return error_report(error, E_INVALIDARG, "The canonicalization properties are NULL, and their count is %u.",
                            (unsigned)count);
    for (i = 0; i < count; i++)
        if ((hr = read_property(read, &given[i], error)) != S_OK)
            return hr;
    return S_OK;
}
