/* SPDX-License-Identifier: MIT */
/* MIME: transfer encodings and boundaries in pieces of any size, which streams make. */
#include "support/test.h"

#include "xml/mime.h"

/* Decodes in pieces of a size, in place or not; false if it is refused. */
static bool decode(enum mime_encoding encoding, const char *text, size_t piece, bool in_place, char *result)
{
    struct mime_decoder decoder = {.encoding = encoding};
    size_t length = strlen(text), at, count, written, total = 0;
    BYTE memory[400], *from = in_place ? memory : (BYTE *)text, *to = in_place ? memory : (BYTE *)result;

    expect(length + MIME_DECODED_MORE <= sizeof(memory));
    memcpy(memory, text, length);
    for (at = 0; at < length; at += count)
    {
        count = piece < length - at ? piece : length - at;
        if (!mime_decode(&decoder, from + at, count, to + total, &written))
            return false;
        expect(written <= count + MIME_DECODED_MORE && (!in_place || total + written <= at + count));
        total += written;
    }
    memmove(result, to, total);
    result[total] = 0;
    return mime_decode_end(&decoder);
}

static void expect_decoded(enum mime_encoding encoding, const char *text, const char *wanted)
{
    char result[400];
    size_t piece;
    int in_place;

    for (piece = 1; piece < 20; piece++)
        for (in_place = 0; in_place < 2; in_place++)
            if (decode(encoding, text, piece, in_place, result) != (wanted != NULL) ||
                (wanted && strcmp(result, wanted)))
                test_fail(__FILE__, __LINE__, "%s in pieces of %zu: %s", text, piece, result);
}

TEST(base64)
{
    expect_decoded(MIME_BASE64, "", "");
    expect_decoded(MIME_BASE64, "QQ==", "A");
    expect_decoded(MIME_BASE64, " Q Q\r\n=\t= ", "A");
    expect_decoded(MIME_BASE64, "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    expect_decoded(MIME_BASE64, "QUJ", NULL);
    expect_decoded(MIME_BASE64, "Q===", NULL);
    expect_decoded(MIME_BASE64, "QQ==QQ==", NULL);
    expect_decoded(MIME_BASE64, "QU_D", NULL);
}

TEST(quoted_printable)
{
    expect_decoded(MIME_QUOTED_PRINTABLE, "", "");
    expect_decoded(MIME_QUOTED_PRINTABLE, "a b\tc  \r\n d \t", "a b\tc\r\n d");
    expect_decoded(MIME_QUOTED_PRINTABLE, "=41=4a=4A=20", "AJJ ");
    expect_decoded(MIME_QUOTED_PRINTABLE, "soft= \t \r\nline= \r\n= \r\n", "softline");
    expect_decoded(MIME_QUOTED_PRINTABLE, "at the end =", "at the end ");
    expect_decoded(MIME_QUOTED_PRINTABLE, "at the end= ", "at the end");
    expect_decoded(MIME_QUOTED_PRINTABLE, "=4", NULL);
    expect_decoded(MIME_QUOTED_PRINTABLE, "=4x", NULL);
    expect_decoded(MIME_QUOTED_PRINTABLE, "=x4", NULL);
    expect_decoded(MIME_QUOTED_PRINTABLE, "= 41", NULL);
    expect_decoded(MIME_QUOTED_PRINTABLE, "=\r", NULL);
    expect_decoded(MIME_QUOTED_PRINTABLE, "=\ra", NULL);
    /* No line is that long: what would have to be kept has an end. */
    expect_decoded(MIME_QUOTED_PRINTABLE,
                   "                                                                                 x", NULL);
}

TEST(as_it_is)
{
    expect_decoded(MIME_AS_IS, "=41\r\n \t", "=41\r\n \t");
}

/* What is kept of a stream has no memory while it is empty. */
TEST(nothing_to_decode_may_be_nowhere)
{
    static const enum mime_encoding encodings[] = {MIME_AS_IS, MIME_BASE64, MIME_QUOTED_PRINTABLE};
    size_t i, written;

    for (i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
    {
        struct mime_decoder decoder = {.encoding = encodings[i]};

        written = 77;
        expect(mime_decode(&decoder, NULL, 0, NULL, &written));
        expect_size(0, written);
        expect(mime_decode_end(&decoder));
    }
}

TEST(a_boundary_in_pieces)
{
    static const struct
    {
        const char *text;
        bool there;
    } cases[] = {
        {"", false},        {"--bc", false},           {"\r\n--bc", true},     {"x\r\r\n--bcx", true},
        {"\r\n--b", false}, {"\r\n--b\r\n--bc", true}, {"\r\n-\r\n--", false}, {"\r\n--\r--bc", false},
        {"\n--bc", false},  {"\r\n--b\n--bc", false},  {"\r\n\r\n--bc", true}, {"\r\n--bC", false},
    };
    struct mime_boundary boundary;
    size_t i, piece, at, count, matched;
    bool found;

    expect(mime_set_boundary(&boundary, (struct mime_text){(const BYTE *)"bc", 2}));
    expect_size(6, boundary.length);
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        for (piece = 1; piece < 12; piece++)
        {
            const BYTE *text = (const BYTE *)cases[i].text, *stop;
            size_t length = strlen(cases[i].text);

            matched = 0;
            for (at = 0, found = false; at < length && !found; at += count)
            {
                count = piece < length - at ? piece : length - at;
                found = mime_has_boundary(&boundary, &matched, text + at, count);
            }
            if (found != cases[i].there)
                test_fail(__FILE__, __LINE__, "%s in pieces of %zu", cases[i].text, piece);
            stop = mime_find_boundary(&boundary, text, text + length, &found);
            expect(found == cases[i].there);
            expect(found || (size_t)(text + length - stop) == matched);
        }
}
