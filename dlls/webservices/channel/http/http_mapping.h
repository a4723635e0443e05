/* SPDX-License-Identifier: MIT */
/*
 * http_mapping.h - WS_HTTP_MESSAGE_MAPPING: fields of HTTP that are headers of the message, both ways, and for both
 * sides.
 *
 * A field that is mapped becomes a mapped header (message/header_mapped.c) of the name in the mapping. Of the
 * status line the status code, as a decimal number, becomes the mapped header "StatusCode", and its text
 * "StatusText"; of the request line the method becomes "Verb": so the sample HttpRawService names them.
 */
#ifndef WS_CHANNEL_HTTP_HTTP_MAPPING_H
#define WS_CHANNEL_HTTP_HTTP_MAPPING_H

#include "channel/protocol/http_write.h"

/* The fields that are mapped, of requests or of responses. */
struct http_mapped
{
    WS_HTTP_HEADER_MAPPING *const *fields;
    ULONG count;
    ULONG options; /* WS_HTTP_REQUEST_MAPPING_..., or WS_HTTP_RESPONSE_MAPPING_... */
};
struct http_mapped http_mapped_requests(const WS_HTTP_MESSAGE_MAPPING *mapping);
struct http_mapped http_mapped_responses(const WS_HTTP_MESSAGE_MAPPING *mapping);

/*
 * Adds what is mapped of a head that has been received to a message: read_start has read its headers.
 * E_OUTOFMEMORY, WS_E_QUOTA_EXCEEDED of the message's heap.
 */
HRESULT http_map_received(WS_MESSAGE *message, const struct http_head *head, const struct http_mapped *mapped,
                          WS_ERROR *error);

/*
 * Writes the mapped headers of a message as fields, each with its line end. Left out are those that the mapping does
 * not name, those that HTTP itself needs, such as Content-Length, and Content-Type, which is one of a kind: see below.
 *
 * WS_E_INVALID_FORMAT: the value of one would be more than a line.
 */
HRESULT http_map_sent(WS_MESSAGE *message, const struct http_mapped *mapped, struct http_output *output,
                      WS_ERROR *error);

/* Whether the mapping has a field. */
bool http_is_mapped(const struct http_mapped *mapped, const char *name);

/* The value of the first mapped header of a name, fit for a field; bytes NULL: there is none. */
HRESULT http_map_find(WS_MESSAGE *message, const char *name, WS_XML_STRING *value, WS_ERROR *error);

#endif
