/* SPDX-License-Identifier: MIT */
/* Bodies of HTTP, in pieces of any size, and what is written of chunks and heads. */
#include "support/test.h"

#include "channel/protocol/http_body.h"
#include "channel/protocol/http_write.h"

static char content[65536];
static struct http_body body;

/* Decodes a body in pieces of a size; *rest is how much is not part of it. */
static HRESULT decode(enum http_framing framing, uint64_t length, const char *text, size_t count, size_t piece,
                      size_t *rest)
{
    size_t at = 0, end, taken, total = 0;
    struct mime_text got;
    HRESULT hr;

    http_body_begin(&body, framing, length);
    do
    {
        end = piece < count - at ? at + piece : count;
        do
        {
            if ((hr = http_body_decode(&body, (const BYTE *)text + at, end - at, &taken, &got, NULL)) != S_OK)
                return hr;
            expect(total + got.length < sizeof(content));
            memcpy(content + total, got.bytes, got.length);
            total += got.length;
            at += taken;
        } while (taken);
        expect(body.ended || at == end);
    } while (!body.ended && at < count);
    content[total] = 0;
    expect(body.content == total);
    *rest = count - at;
    return S_OK;
}

static void expect_body(enum http_framing framing, uint64_t length, const char *text, const char *wanted, size_t rest)
{
    size_t piece, left;

    for (piece = 1; piece < 24; piece++)
    {
        ok(decode(framing, length, text, strlen(text), piece, &left));
        if (strcmp(content, wanted) || left != rest)
            test_fail(__FILE__, __LINE__, "pieces of %zu: \"%s\" and %zu are left", piece, content, left);
    }
}

static void expect_refused(const char *text)
{
    size_t piece, left;

    for (piece = 1; piece < 24; piece++)
        if (decode(HTTP_BODY_CHUNKED, 0, text, strlen(text), piece, &left) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "pieces of %zu: %s", piece, text);
}

TEST(a_length_is_counted)
{
    expect_body(HTTP_BODY_NONE, 9, "next", "", 4);
    expect_body(HTTP_BODY_LENGTH, 0, "next", "", 4);
    expect_body(HTTP_BODY_LENGTH, 3, "abcnext", "abc", 4);
    expect(body.ended);
    ok(http_body_closed(&body, NULL));
    expect_body(HTTP_BODY_LENGTH, UINT64_MAX, "abc", "abc", 0);
    expect(!body.ended);
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, http_body_closed(&body, NULL));
    expect_body(HTTP_BODY_UNTIL_CLOSE, 0, "abc", "abc", 0);
    expect(!body.ended);
    ok(http_body_closed(&body, NULL));
    expect(body.ended);
}

TEST(chunks_are_joined)
{
    expect_body(HTTP_BODY_CHUNKED, 0, "0\r\n\r\nnext", "", 4);
    expect_body(HTTP_BODY_CHUNKED, 0, "3\r\nabc\r\n00a\r\n0123456789\r\n0\r\n\r\nnext", "abc0123456789", 4);
    expect_body(HTTP_BODY_CHUNKED, 0, "1 \t;x=\"y;\"\r\na\r\n1;\r\nb\r\n0;q\r\nA: b\r\nC:\r\n\r\nHTTP", "ab", 4);
    expect_body(HTTP_BODY_CHUNKED, 0, "Fffffffffffffff0\r\nabc", "abc", 0);
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, http_body_closed(&body, NULL));
    expect_body(HTTP_BODY_CHUNKED, 0, "1\r\na\r\n0\r\n", "a", 0);
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, http_body_closed(&body, NULL));
}

TEST(chunks_must_be_as_the_grammar_says)
{
    expect_refused("\r\n");
    expect_refused("g\r\n");
    expect_refused(" 1\r\na");
    expect_refused("0x1\r\na");
    expect_refused("-1\r\na");
    expect_refused("1\na");
    expect_refused("1\r\nab\r\n");
    expect_refused("1\r\na\n0\r\n\r\n");
    expect_refused("1\r\na\r\r");
    expect_refused("1;a\nb\r\na");
    expect_refused("1 2\r\na");
    expect_refused("00000000000000001\r\na");
    expect_refused("1\r\na\r\nffffffffffffffff\r\n");
    expect_refused("0\r\n\n");
    expect_refused("0\r\n\r\r");
    expect_refused("0\r\n A: b\r\n\r\n");
    expect_refused("0\r\nA : b\r\n\r\n");
    expect_refused("0\r\nA\r\n\r\n");
    expect_refused("0\r\nA: b\n\r\n");
    expect_refused("0\r\nA: \x01\r\n\r\n");
}

/* As many extensions as there is content are harmless; nothing but extensions are not. */
TEST(what_is_not_content_is_bounded)
{
    static char text[200000];
    size_t length = 0, left, i;

    text[0] = '1';
    text[1] = ';';
    memset(text + 2, 'x', 5000);
    expect_hr(WS_E_INVALID_FORMAT, decode(HTTP_BODY_CHUNKED, 0, text, 5002, 700, &left));
    for (i = 0; i < 500; i++)
        length += (size_t)sprintf(text + length, "1;%0100d\r\na\r\n", 0);
    expect_hr(WS_E_INVALID_FORMAT, decode(HTTP_BODY_CHUNKED, 0, text, length, 700, &left));
    for (i = 0, length = 0; i < 500; i++)
        length += (size_t)sprintf(text + length, "64;%0100d\r\n%0100d\r\n", 0, 0);
    ok(decode(HTTP_BODY_CHUNKED, 0, text, length, 700, &left));
}

TEST(chunks_are_written)
{
    BYTE start[HTTP_CHUNK_START_ROOM];

    expect_size(5, http_chunk_start(start, 0x1f, true) - 1);
    expect(!memcmp(start, "\r\n1f\r\n", 6));
    expect_size(HTTP_CHUNK_START_ROOM, http_chunk_start(start, UINT64_MAX, true));
    expect(!memcmp(start, "\r\nffffffffffffffff\r\n", 20));
    expect_size(3, http_chunk_start(start, 1, false));
    expect(!memcmp(start, "1\r\n", 3));
}

static void put_all(struct http_output *output)
{
    struct mime_text none = {NULL, 0};

    http_put_request_line(output, http_text("POST"), http_text("/"));
    http_put_status_line(output, 404, none);
    http_put_status_line(output, 299, http_text("Fine"));
    http_put_field(output, "A", http_text("b"));
    http_put_length(output, UINT64_MAX);
    http_put_length(output, 0);
    http_put_end(output);
}

TEST(heads_are_written_into_any_room)
{
    static const char wanted[] = "POST / HTTP/1.1\r\nHTTP/1.1 404 Not Found\r\nHTTP/1.1 299 Fine\r\nA: b\r\n"
                                 "Content-Length: 18446744073709551615\r\nContent-Length: 0\r\n\r\n";
    BYTE memory[sizeof(wanted)];
    struct http_output output;
    size_t room;

    for (room = 0; room < sizeof(wanted); room++)
    {
        memset(memory, 0, sizeof(memory));
        output.bytes = room ? memory : NULL;
        output.room = room;
        output.length = 0;
        put_all(&output);
        expect_size(sizeof(wanted) - 1, output.length);
        expect(http_output_fits(&output) == (room == sizeof(wanted) - 1));
        expect(!memory[room]);
    }
    expect(!strcmp((char *)memory, wanted));
}
