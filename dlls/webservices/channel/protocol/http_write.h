/* SPDX-License-Identifier: MIT */
/*
 * http_write.h - heads and chunks of HTTP, as they are sent.
 *
 * All write into a buffer of the caller's that may be too small: then the length goes on, and the caller tries again
 * with as much room. Texts are as their fields allow (http_is_field_value()): callers check those of programs before.
 */
#ifndef WS_CHANNEL_PROTOCOL_HTTP_WRITE_H
#define WS_CHANNEL_PROTOCOL_HTTP_WRITE_H

#include <string.h>

#include "channel/protocol/http_head.h"

struct http_output
{
    BYTE *bytes; /* may be NULL without room */
    size_t room, length;
};

static inline bool http_output_fits(const struct http_output *output)
{
    return output->length <= output->room;
}

static inline struct mime_text http_text(const char *text)
{
    struct mime_text result = {(const BYTE *)text, strlen(text)};

    return result;
}

/* Some bytes as they are. */
void http_put(struct http_output *output, struct mime_text text);
void http_put_literal(struct http_output *output, const char *text);
void http_put_number(struct http_output *output, uint64_t number);

/* METHOD target HTTP/1.1 */
void http_put_request_line(struct http_output *output, struct mime_text method, struct mime_text target);

/* HTTP/1.1 status reason; reason.bytes NULL: the usual one. */
void http_put_status_line(struct http_output *output, ULONG status, struct mime_text reason);

/* name: value */
void http_put_field(struct http_output *output, const char *name, struct mime_text value);
void http_put_length(struct http_output *output, uint64_t length);

/* The empty line. */
void http_put_end(struct http_output *output);

/* The reason of a status (RFC 9110, 15); "" if it is not known. */
const char *http_reason(ULONG status);

/*
 * Chunks. A chunk is what http_chunk_start() writes, so many bytes of content (not 0), and CR LF; the body ends with
 * HTTP_CHUNKS_END. The CR LF can also be written in front of what is next: `after_chunk`.
 */
#define HTTP_CHUNK_START_ROOM 20
#define HTTP_CHUNKS_END       "0\r\n\r\n"
size_t http_chunk_start(BYTE start[HTTP_CHUNK_START_ROOM], uint64_t length, bool after_chunk);

#endif
