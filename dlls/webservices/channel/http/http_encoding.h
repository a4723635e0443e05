/* SPDX-License-Identifier: MIT */
/* http_encoding.h - sets readers and writers to what a channel's encoding and a Content-Type say. */
#ifndef WS_CHANNEL_HTTP_HTTP_ENCODING_H
#define WS_CHANNEL_HTTP_HTTP_ENCODING_H

#include "channel/protocol/http_content_type.h"

/*
 * The boundary and the id of the root part of a message that is sent as MTOM: new ones for each message. `multipart` of
 * what it makes is for http_put_content_type().
 */
struct http_parts
{
    char boundary[64], start[64];
    struct http_multipart multipart;
};
void http_parts_make(struct http_parts *parts);

/*
 * Sets a reader to a body.
 *
 * type: what http_read_content_type() and http_check_content_type() have found, and the charset of the latter; NULL:
 *      there is no Content-Type.
 * input: memory, or a stream.
 * Failures as reader_set_input(); WS_E_INVALID_FORMAT: a boundary or start is not valid.
 */
HRESULT http_set_reader(WS_XML_READER *reader, const WS_XML_READER_INPUT *input, WS_ENCODING encoding,
                        const struct http_content_type *type, WS_CHARSET charset, WS_ERROR *error);

/* Sets a writer. parts: of MTOM, else NULL. most: how many bytes it may buffer. */
HRESULT http_set_writer(WS_XML_WRITER *writer, const WS_XML_WRITER_OUTPUT *output, WS_ENCODING encoding,
                        WS_ENVELOPE_VERSION version, const struct http_parts *parts, ULONG most, WS_ERROR *error);

#endif
