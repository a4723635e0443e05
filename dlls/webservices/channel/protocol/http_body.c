/* SPDX-License-Identifier: MIT */
/*
 * http_body.c - see http_body.h. A chunked body (RFC 9112, 7.1) goes through these states, which are
 * CHUNK_... below; any other byte is refused:
 *
 *     SIZE: hex digits -> BLANK, EXTENSION or SIZE_LF
 *     BLANK: white space, which may be before an extension -> EXTENSION or SIZE_LF
 *     EXTENSION: ";" and all until CR -> SIZE_LF -> DATA, or TRAILER after the last chunk, whose size is 0
 *     DATA -> DATA_CR -> DATA_LF -> SIZE
 *     TRAILER: at the beginning of a line -> NAME -> VALUE -> VALUE_LF -> TRAILER; or END_LF, the end
 */
#include "channel/protocol/http_body.h"

#include "base/error.h"

#include <string.h>

enum
{
    CHUNK_SIZE,
    CHUNK_BLANK,
    CHUNK_EXTENSION,
    CHUNK_SIZE_LF,
    CHUNK_DATA,
    CHUNK_DATA_CR,
    CHUNK_DATA_LF,
    CHUNK_TRAILER,
    CHUNK_NAME,
    CHUNK_VALUE,
    CHUNK_VALUE_LF,
    CHUNK_END_LF
};

#define MOST_LINE     ((size_t)4096)
#define MOST_OVERHEAD ((uint64_t)16384)
/* Of 64 bits; leading zeros beyond that are of no use to anybody. */
#define MOST_DIGITS 16

void http_body_begin(struct http_body *body, enum http_framing framing, uint64_t length)
{
    memset(body, 0, sizeof(*body));
    body->framing = framing;
    body->left = framing == HTTP_BODY_LENGTH ? length : 0;
    body->ended = framing == HTTP_BODY_NONE || (framing == HTTP_BODY_LENGTH && !length);
}

static COLD HRESULT refuse(const struct http_body *body, BYTE byte, WS_ERROR *error)
{
    static const char *const expected[] = {
        "the size of a chunk",
        "the end of the line with the size of a chunk",
        "a chunk extension",
        "LF after the size of a chunk",
        "",
        "CR LF after a chunk",
        "LF after a chunk",
        "a trailer field",
        "the name of a trailer field",
        "the value of a trailer field",
        "LF after a trailer field",
        "LF after the last chunk",
    };

    return error_report(error, WS_E_INVALID_FORMAT,
                        "The chunked HTTP body is not valid after %llu bytes of content: there is the byte 0x%02x in "
                        "place of %s.",
                        (unsigned long long)body->content, byte, expected[body->state]);
}

static int hex_value(BYTE c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The states that read a size: which one is next, or -1. */
static int next_of_size(struct http_body *body, BYTE byte)
{
    int digit = hex_value(byte);

    if (body->state == CHUNK_SIZE && digit >= 0)
    {
        if (body->digits == MOST_DIGITS)
            return -1;
        body->digits++;
        body->left = body->left << 4 | (unsigned)digit;
        return CHUNK_SIZE;
    }
    if (!body->digits)
        return -1;
    return byte == '\r'                  ? CHUNK_SIZE_LF
           : byte == ';'                 ? CHUNK_EXTENSION
           : byte == ' ' || byte == '\t' ? CHUNK_BLANK
                                         : -1;
}

static int next_of_size_end(struct http_body *body, BYTE byte)
{
    if (byte != '\n' || body->left > UINT64_MAX - body->content)
        return -1;
    body->line = 0;
    body->digits = 0;
    return body->left ? CHUNK_DATA : CHUNK_TRAILER;
}

/* What has texts: extensions and trailers. */
static int next_of_text(struct http_body *body, BYTE byte)
{
    struct mime_text text = {&byte, 1};

    switch (body->state)
    {
    case CHUNK_EXTENSION: return byte == '\r' ? CHUNK_SIZE_LF : http_is_field_value(text) ? CHUNK_EXTENSION : -1;
    case CHUNK_TRAILER: body->line = 0; return byte == '\r' ? CHUNK_END_LF : http_is_token(text) ? CHUNK_NAME : -1;
    case CHUNK_NAME: return byte == ':' ? CHUNK_VALUE : http_is_token(text) ? CHUNK_NAME : -1;
    default: return byte == '\r' ? CHUNK_VALUE_LF : http_is_field_value(text) ? CHUNK_VALUE : -1;
    }
}

static int next_state(struct http_body *body, BYTE byte)
{
    switch (body->state)
    {
    case CHUNK_SIZE:
    case CHUNK_BLANK: return next_of_size(body, byte);
    case CHUNK_SIZE_LF: return next_of_size_end(body, byte);
    case CHUNK_DATA_CR: return byte == '\r' ? CHUNK_DATA_LF : -1;
    case CHUNK_DATA_LF: return byte == '\n' ? CHUNK_SIZE : -1;
    case CHUNK_VALUE_LF: return byte == '\n' ? CHUNK_TRAILER : -1;
    case CHUNK_END_LF: body->ended = byte == '\n'; return byte == '\n' ? CHUNK_END_LF : -1;
    default: return next_of_text(body, byte);
    }
}

/* One byte that is not content. */
static HRESULT take_byte(struct http_body *body, BYTE byte, WS_ERROR *error)
{
    bool is_text = body->state == CHUNK_BLANK || body->state == CHUNK_EXTENSION || body->state >= CHUNK_TRAILER;
    int next = next_state(body, byte);

    if (next < 0)
        return refuse(body, byte, error);
    body->state = (BYTE)next;
    if (!is_text)
        return S_OK;
    if (++body->line > MOST_LINE)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The chunked HTTP body has a chunk extension or trailer field of more than %zu bytes.",
                            MOST_LINE);
    if (++body->overhead > MOST_OVERHEAD && body->overhead - MOST_OVERHEAD > body->content)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The chunked HTTP body has %llu bytes of chunk extensions and trailer fields, and only "
                            "%llu of content.",
                            (unsigned long long)body->overhead, (unsigned long long)body->content);
    return S_OK;
}

static void take_content(struct http_body *body, const BYTE *bytes, size_t count, struct mime_text *content)
{
    content->bytes = bytes;
    content->length = body->framing != HTTP_BODY_UNTIL_CLOSE && body->left < count ? (size_t)body->left : count;
    body->content += content->length;
    if (body->framing != HTTP_BODY_UNTIL_CLOSE)
        body->left -= content->length;
}

HRESULT http_body_decode(struct http_body *body, const BYTE *bytes, size_t count, size_t *taken,
                         struct mime_text *content, WS_ERROR *error)
{
    HRESULT hr;

    *taken = 0;
    content->bytes = bytes;
    content->length = 0;
    if (body->ended)
        return S_OK;
    if (body->framing != HTTP_BODY_CHUNKED)
    {
        take_content(body, bytes, count, content);
        *taken = content->length;
        body->ended = body->framing == HTTP_BODY_LENGTH && !body->left;
        return S_OK;
    }
    for (; *taken < count && !body->ended; ++*taken)
    {
        if (body->state == CHUNK_DATA)
        {
            take_content(body, bytes + *taken, count - *taken, content);
            *taken += content->length;
            if (!body->left)
                body->state = CHUNK_DATA_CR;
            return S_OK;
        }
        if ((hr = take_byte(body, bytes[*taken], error)) != S_OK)
            return hr;
    }
    return S_OK;
}

HRESULT http_body_closed(struct http_body *body, WS_ERROR *error)
{
    if (body->framing == HTTP_BODY_UNTIL_CLOSE)
        body->ended = true;
    if (body->ended)
        return S_OK;
    if (body->framing == HTTP_BODY_LENGTH)
        return error_report(error, WS_E_ENDPOINT_DISCONNECTED,
                            "The connection was closed in the middle of an HTTP body: after %llu bytes, when %llu "
                            "were still to come.",
                            (unsigned long long)body->content, (unsigned long long)body->left);
    return error_report(error, WS_E_ENDPOINT_DISCONNECTED,
                        "The connection was closed in the middle of a chunked HTTP body, after %llu bytes of content.",
                        (unsigned long long)body->content);
}
