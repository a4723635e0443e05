/* SPDX-License-Identifier: MIT */
/* canonical_properties.h - the properties of canonicalization, as they are given. */
#ifndef WS_XML_CANONICAL_CANONICAL_PROPERTIES_H
#define WS_XML_CANONICAL_CANONICAL_PROPERTIES_H

#include <stdbool.h>

#include "webservices.h"

struct canonical_properties
{
    WS_XML_CANONICALIZATION_ALGORITHM algorithm;
    WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES prefixes;
    WS_XML_QNAME omitted;
    bool omits;
    ULONG output_buffer_size;
};

/*
 * Reads properties; what is not given has its default. E_INVALIDARG: one that does not exist, has a wrong size, or
 * whose value cannot be. Names are not checked for being names.
 */
HRESULT canonical_read_properties(struct canonical_properties *read, const WS_XML_CANONICALIZATION_PROPERTY *given,
                                  ULONG count, WS_ERROR *error);

#endif
