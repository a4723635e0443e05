/* SPDX-License-Identifier: MIT */
/*
 * http_body.h - bodies of HTTP messages, as they are received (RFC 9112, 6 and 7).
 *
 * Nothing here does I/O, takes memory or copies anything: content is shown where it was received.
 *
 * Chunk extensions and trailer fields are checked and dropped. There can be 16 KB of those, and as much again as there
 * is content; a line has at most 4 KB.
 */
#ifndef WS_CHANNEL_PROTOCOL_HTTP_BODY_H
#define WS_CHANNEL_PROTOCOL_HTTP_BODY_H

#include "channel/protocol/http_head.h"

struct http_body
{
    enum http_framing framing;
    bool ended;        /* all of it has been decoded */
    BYTE state;        /* of chunked: see http_body.c */
    BYTE digits;       /* of the size of a chunk */
    uint64_t left;     /* of the length or of the chunk */
    uint64_t content;  /* so much has been decoded */
    uint64_t overhead; /* of chunked: bytes of extensions and trailers */
    size_t line;       /* of chunked: length of the current line */
};

/* Begins a body. One without content has ended at once. */
void http_body_begin(struct http_body *body, enum http_framing framing, uint64_t length);

/*
 * Decodes some of the bytes that have come: *taken is how many of them are done with, and *content what of those is
 * content, all in one piece; it may be empty. It is called again with the rest, until nothing is taken: the body has
 * ended (then what is left is not part of it), or all bytes are taken.
 *
 * WS_E_INVALID_FORMAT: it is not a chunked body, or one with too much beside the content. Nothing more can be decoded.
 */
HRESULT http_body_decode(struct http_body *body, const BYTE *bytes, size_t count, size_t *taken,
                         struct mime_text *content, WS_ERROR *error);

/*
 * The peer has closed its side of the connection, and every byte was decoded: S_OK if the body may end so.
 * WS_E_ENDPOINT_DISCONNECTED: it was to be longer.
 */
HRESULT http_body_closed(struct http_body *body, WS_ERROR *error);

#endif
