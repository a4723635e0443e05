/* SPDX-License-Identifier: MIT */
/* http_write.c - see http_write.h. */
#include "channel/protocol/http_write.h"

void http_put(struct http_output *output, struct mime_text text)
{
    if (text.length && output->length <= output->room && text.length <= output->room - output->length)
        memcpy(output->bytes + output->length, text.bytes, text.length);
    output->length += text.length;
}

void http_put_literal(struct http_output *output, const char *text)
{
    http_put(output, http_text(text));
}

void http_put_number(struct http_output *output, uint64_t number)
{
    BYTE digits[20], *p = digits + sizeof(digits);
    struct mime_text text;

    do
        *--p = (BYTE)('0' + number % 10);
    while (number /= 10);
    text.bytes = p;
    text.length = (size_t)(digits + sizeof(digits) - p);
    http_put(output, text);
}

void http_put_request_line(struct http_output *output, struct mime_text method, struct mime_text target)
{
    http_put(output, method);
    http_put_literal(output, " ");
    http_put(output, target);
    http_put_literal(output, " HTTP/1.1\r\n");
}

void http_put_status_line(struct http_output *output, ULONG status, struct mime_text reason)
{
    http_put_literal(output, "HTTP/1.1 ");
    http_put_number(output, status);
    http_put_literal(output, " ");
    http_put(output, reason.bytes ? reason : http_text(http_reason(status)));
    http_put_literal(output, "\r\n");
}

void http_put_field(struct http_output *output, const char *name, struct mime_text value)
{
    http_put_literal(output, name);
    http_put_literal(output, ": ");
    http_put(output, value);
    http_put_literal(output, "\r\n");
}

void http_put_length(struct http_output *output, uint64_t length)
{
    http_put_literal(output, "Content-Length: ");
    http_put_number(output, length);
    http_put_literal(output, "\r\n");
}

void http_put_end(struct http_output *output)
{
    http_put_literal(output, "\r\n");
}

const char *http_reason(ULONG status)
{
    static const struct
    {
        ULONG status;
        const char *reason;
    } reasons[] = {
        {100, "Continue"},
        {200, "OK"},
        {202, "Accepted"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {426, "Upgrade Required"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    };
    size_t i;

    for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "";
}

size_t http_chunk_start(BYTE start[HTTP_CHUNK_START_ROOM], uint64_t length, bool after_chunk)
{
    BYTE digits[16], *p = digits + sizeof(digits), *to = start;
    size_t count;

    do
        *--p = (BYTE) "0123456789abcdef"[length & 15];
    while (length >>= 4);
    count = (size_t)(digits + sizeof(digits) - p);
    if (after_chunk)
    {
        memcpy(to, "\r\n", 2);
        to += 2;
    }
    memcpy(to, p, count);
    memcpy(to + count, "\r\n", 2);
    return (size_t)(to + count + 2 - start);
}
