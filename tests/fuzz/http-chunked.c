/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of chunked bodies: the first byte says how large pieces are. What is checked:
 *
 *   - in pieces and byte by byte it has the same content, the same end, and is refused at the same byte;
 *   - what is decoded, written as chunks and decoded again is the same;
 *   - what is not content is bounded.
 */
#include "fuzz.h"

#include "channel/protocol/http_body.h"
#include "channel/protocol/http_write.h"

static HRESULT decode(const uint8_t *data, size_t size, size_t piece, BYTE *content, size_t *length, size_t *used,
                      struct http_body *body)
{
    struct mime_text text;
    size_t end, taken;
    HRESULT hr;

    *length = *used = 0;
    http_body_begin(body, HTTP_BODY_CHUNKED, 0);
    while (!body->ended && *used < size)
    {
        end = piece < size - *used ? *used + piece : size;
        do
        {
            hr = http_body_decode(body, data + *used, end - *used, &taken, &text, NULL);
            check(taken <= end - *used && text.length <= taken);
            memcpy(content + *length, text.bytes, text.length);
            *length += text.length;
            *used += taken;
            if (hr != S_OK)
                return hr;
        } while (taken);
        check(body->ended || *used == end);
    }
    return S_OK;
}

static void write_again(const BYTE *content, size_t length, size_t piece)
{
    size_t room = length * (HTTP_CHUNK_START_ROOM + 1) + 40, at, count, again_length, used;
    BYTE *memory = malloc(room), *again = malloc(room);
    struct http_output output = {memory, room, 0};
    BYTE start[HTTP_CHUNK_START_ROOM];
    struct mime_text text;
    struct http_body body;

    for (at = 0; at < length; at += count)
    {
        count = piece < length - at ? piece : length - at;
        text.bytes = start;
        text.length = http_chunk_start(start, count, at != 0);
        http_put(&output, text);
        text.bytes = content + at;
        text.length = count;
        http_put(&output, text);
    }
    if (length)
        http_put_literal(&output, "\r\n");
    http_put_literal(&output, HTTP_CHUNKS_END);
    check(http_output_fits(&output));
    check(decode(memory, output.length, SIZE_MAX, again, &again_length, &used, &body) == S_OK && body.ended);
    check(used == output.length && again_length == length && !memcmp(again, content, length));
    free(memory);
    free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    BYTE *first = malloc(size + 1), *second = malloc(size + 1);
    size_t first_length, first_used, second_length, second_used, piece;
    struct http_body first_body, second_body;
    HRESULT hr;

    if (size)
    {
        piece = *data++;
        size--;
        hr = decode(data, size, piece ? piece : SIZE_MAX, first, &first_length, &first_used, &first_body);
        check(hr == decode(data, size, 1, second, &second_length, &second_used, &second_body));
        check(first_length == second_length && !memcmp(first, second, first_length) && first_used == second_used);
        check(first_body.ended == second_body.ended && first_body.state == second_body.state);
        check(first_body.overhead <= 16385 + first_body.content);
        if (first_body.ended)
            write_again(first, first_length, piece ? piece : 7);
    }
    free(first);
    free(second);
    return 0;
}
