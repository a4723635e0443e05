/* SPDX-License-Identifier: MIT */
/* Base64: RFC 4648's examples, all bytes, and what is refused. */
#include "support/test.h"

#include "values/base64.h"

#include <stdlib.h>

static HRESULT decode(const char *text, size_t length, BYTE *bytes, size_t *count)
{
    /* Exactly as large as documented, so that AddressSanitizer sees what goes beyond. */
    BYTE *copy = malloc(length + 1), *room = malloc(length / 4 * 3 + 1);
    HRESULT hr;

    expect(copy && room);
    memcpy(copy + 1, text, length);
    hr = base64_decode(copy + 1, length, room + 1, count);
    if (hr == S_OK)
        memcpy(bytes, room + 1, *count);
    free(copy);
    free(room);
    return hr;
}

TEST(the_examples_of_rfc_4648)
{
    static const char *const cases[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    BYTE text[32], bytes[32];
    size_t i, count;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        size_t length = strlen(cases[i][0]);

        expect_size(strlen(cases[i][1]), BASE64_LENGTH(length));
        base64_encode((const BYTE *)cases[i][0], length, text);
        expect(!memcmp(text, cases[i][1], strlen(cases[i][1])));
        expect_hr(S_OK, decode(cases[i][1], strlen(cases[i][1]), bytes, &count));
        expect(count == length && !memcmp(bytes, cases[i][0], length));
    }
}

TEST(all_lengths_survive)
{
    BYTE bytes[260], back[260], *text;
    size_t length, i, count;

    for (length = 0; length < 257; length++)
    {
        for (i = 0; i < length; i++)
            bytes[i] = (BYTE)(i * 7 + length);
        text = malloc(BASE64_LENGTH(length) + 1);
        expect(text != NULL);
        base64_encode(bytes, length, text);
        expect_hr(S_OK, decode((char *)text, BASE64_LENGTH(length), back, &count));
        expect(count == length && !memcmp(bytes, back, length));
        /* In place. */
        expect_hr(S_OK, base64_decode(text, BASE64_LENGTH(length), text, &count));
        expect(count == length && !memcmp(bytes, text, length));
        free(text);
    }
}

TEST(each_character)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    BYTE bytes[8];
    size_t count;
    int c, place;

    for (c = 0; c < 256; c++)
        for (place = 0; place < 8; place++)
        {
            char text[] = "AAAAAAAA";
            const char *found = c ? strchr(alphabet, c) : NULL;
            bool padding = c == '=' && place == 7;

            text[place] = (char)c;
            expect_hr(found || padding ? S_OK : WS_E_INVALID_FORMAT, decode(text, 8, bytes, &count));
            if (found)
                expect_size((size_t)(found - alphabet),
                            ((bytes[place / 4 * 3] << 16 | bytes[place / 4 * 3 + 1] << 8 | bytes[place / 4 * 3 + 2]) >>
                             (6 * (3 - place % 4))) &
                                63);
        }
}

TEST(texts_that_are_not_base64)
{
    static const char *const wrong[] = {
        "A",        "AA",   "AAA",  "AAAAA", "A===", "====",   "=AAA", "A=AA",     "AA=A", "AA==AAAA",
        "AAA=AAAA", "Zh==", "Zm9=", "AB==",  "AAB=", "Zm9v\n", "Zm 9", "Zm9v====", "-_AA"};
    BYTE bytes[8];
    size_t i, count = 77;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (decode(wrong[i], strlen(wrong[i]), bytes, &count) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "'%s'", wrong[i]);
    expect_size(77, count);
}
