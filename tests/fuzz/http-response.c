/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of HTTP responses: the first byte says how large the pieces are that the rest comes in, as from a server.
 * What is checked:
 *
 *   - heads, those of 1xx before the response included, and the body are the same, or refused with the same code,
 *     in pieces and byte by byte;
 *   - content is shown within the bytes that came, and a body with a length has just that;
 *   - each failure has one sentence.
 */
#include "fuzz.h"

#include "channel/protocol/http_body.h"

static WS_ERROR *error;

static void release(void)
{
    WsFreeError(error);
}

/* What became of a response. */
struct outcome
{
    HRESULT hr;
    ULONG status;
    size_t heads, used, content;
    uint64_t digest;
};

static void add(struct outcome *outcome, struct mime_text text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        outcome->digest = (outcome->digest ^ text.bytes[i]) * 0x100000001b3u;
}

static HRESULT read_head(BYTE *bytes, size_t *at, size_t size, size_t piece, struct http_head *head)
{
    struct http_limits limits = {400, 20, 1000};
    struct http_search search = {0};
    size_t end = 0, length = 0, start = *at;
    HRESULT hr = S_OK;

    while (!end && length < size - start && hr == S_OK)
    {
        length = piece < size - start - length ? length + piece : size - start;
        hr = http_head_find_end(&search, bytes + start, length, &limits, &end, NULL, error);
    }
    if (hr != S_OK)
        return hr;
    *at = start + end;
    return end ? http_parse_response(bytes + start, end, false, head, error) : WS_E_ENDPOINT_DISCONNECTED;
}

static HRESULT read_body(const BYTE *bytes, size_t *at, size_t size, size_t piece, struct http_head *head,
                         struct outcome *outcome)
{
    struct mime_text content;
    struct http_body body;
    size_t taken, end;
    HRESULT hr;

    http_body_begin(&body, head->framing, head->length);
    while (!body.ended && *at < size)
    {
        end = piece < size - *at ? *at + piece : size;
        do
        {
            if ((hr = http_body_decode(&body, bytes + *at, end - *at, &taken, &content, error)) != S_OK)
                return hr;
            check(taken <= end - *at && content.length <= taken);
            check(content.bytes >= bytes + *at && content.bytes + content.length <= bytes + *at + taken);
            add(outcome, content);
            outcome->content += content.length;
            *at += taken;
        } while (taken);
        check(body.ended || *at == end);
    }
    check(body.content == outcome->content);
    if (body.ended && head->framing == HTTP_BODY_LENGTH)
        check(body.content == head->length);
    return http_body_closed(&body, error);
}

static struct outcome run(const uint8_t *data, size_t size, size_t piece)
{
    struct outcome outcome = {0};
    struct http_head head;
    ULONG count = 0;
    BYTE *bytes = malloc(size + 1);
    const BYTE *place = NULL;
    struct mime_text name, value;

    memcpy(bytes, data, size);
    WsResetError(error);
    do
    {
        outcome.hr = read_head(bytes, &outcome.used, size, piece, &head);
        if (outcome.hr != S_OK)
            break;
        outcome.heads++;
        outcome.status = head.status;
        check(head.status >= 100 && head.status < 1000);
        for (place = NULL; http_next_field(&head, &place, &name, &value);)
        {
            check(http_is_token(name) && http_is_field_value(value));
            add(&outcome, name);
            add(&outcome, value);
        }
    } while (head.status < 200);
    if (outcome.hr == S_OK)
        outcome.hr = read_body(bytes, &outcome.used, size, piece, &head, &outcome);
    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    /* That the connection ended before the head did is not for these functions to say. */
    check(count == (outcome.hr != S_OK) || outcome.hr == WS_E_ENDPOINT_DISCONNECTED);
    free(bytes);
    return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct outcome pieces, bytewise;

    if (!error)
    {
        check(WsCreateError(NULL, 0, &error) == S_OK);
        atexit(release);
    }
    if (!size)
        return 0;
    pieces = run(data + 1, size - 1, data[0] ? data[0] : size);
    bytewise = run(data + 1, size - 1, 1);
    check(pieces.hr == bytewise.hr && pieces.heads == bytewise.heads && pieces.status == bytewise.status);
    if (pieces.hr == S_OK)
        check(pieces.used == bytewise.used && pieces.content == bytewise.content && pieces.digest == bytewise.digest);
    return 0;
}
