/* SPDX-License-Identifier: MIT */
/* framing-strings.c - tests for channel/protocol/framing_strings: the strings of a session, [MC-NBFSE]. */
#include "support/errors.h"
#include "support/test.h"

#include "channel/protocol/framing_strings.h"
#include "xml/names.h"

#define BYTES(text) (const BYTE *)(text), sizeof(text) - 1

/* --- Receiving --- */

/* Reads a table in pieces of `step` bytes. */
static HRESULT read_table(struct framing_strings_in *strings, const BYTE *bytes, size_t count, size_t step,
                          size_t *read, bool *done, WS_ERROR *error)
{
    size_t seen = 0;

    for (*read = 0, *done = false; !*done && *read < count;)
    {
        size_t used;
        HRESULT hr;

        seen = count - seen < step ? count : seen + step;
        if ((hr = framing_strings_read(strings, bytes + *read, seen - *read, &used, done, error)) != S_OK)
            return hr;
        expect(*done || used == seen - *read);
        *read += used;
    }
    return S_OK;
}

static void expect_string(const struct framing_strings_in *strings, ULONG n, const char *wanted)
{
    const WS_XML_STRING *string = &strings->dictionary.strings[n];

    expect(n < strings->dictionary.stringCount && string->id == n && string->dictionary == &strings->dictionary);
    expect(string->length == strlen(wanted) && !memcmp(string->bytes, wanted, string->length));
}

TEST(tables_are_read_in_any_pieces)
{
    size_t step, read;

    for (step = 1; step < 20; step++)
    {
        struct framing_strings_in strings;
        bool done;

        framing_strings_in_init(&strings, 2048);
        ok(read_table(&strings,
                      BYTES("\x09\x05"
                            "alpha\x00\x01"
                            "b*"),
                      step, &read, &done, NULL));
        expect(done);
        expect_size(10, read);
        ok(read_table(&strings, BYTES("\x00"), step, &read, &done, NULL));
        expect(done);
        ok(read_table(&strings,
                      BYTES("\x84\x00\x82\x00"
                            "xy"),
                      step, &read, &done, NULL));
        expect(done && read == 6);
        framing_strings_in_reset(&strings, 2048);

        ok(read_table(&strings,
                      BYTES("\x09\x05"
                            "alpha\x00\x01"
                            "b*"),
                      step, &read, &done, NULL));
        ok(read_table(&strings,
                      BYTES("\x02\x01"
                            "c"),
                      step, &read, &done, NULL));
        expect_size(4, strings.dictionary.stringCount);
        expect_string(&strings, 0, "alpha");
        expect_string(&strings, 1, "");
        expect_string(&strings, 2, "b");
        expect_string(&strings, 3, "c");
        expect_size(6 + 1 + 2 + 2, strings.size);
        framing_strings_in_reset(&strings, 0);
    }
}

static void expect_refusal(ULONG quota, const BYTE *bytes, size_t count, HRESULT hr, const char *wanted)
{
    WS_ERROR *error = create_error();
    struct framing_strings_in strings;
    size_t read;
    bool done;

    framing_strings_in_init(&strings, quota);
    expect_hr(hr, read_table(&strings, bytes, count, count, &read, &done, error));
    if (!says_exactly(error, wanted))
        test_fail(__FILE__, __LINE__, "'%s', not '%s'", sentence(error), wanted);
    framing_strings_in_reset(&strings, 0);
    WsFreeError(error);
}

TEST(what_is_no_table_is_refused)
{
    expect_refusal(2048,
                   BYTES("\x03\x05"
                         "al"),
                   WS_E_INVALID_FORMAT,
                   "The peer sent a table of session strings in which a string of 5 bytes exceeds the table by 3.");
    expect_refusal(2048, BYTES("\x02\x80\x80"), WS_E_INVALID_FORMAT,
                   "The peer sent a table of session strings that ends within the length of a string.");
    expect_refusal(2048, BYTES("\xff\xff\xff\xff\x08"), WS_E_INVALID_FORMAT,
                   "The peer sent a table of session strings in which a size has more than 31 bits.");
    expect_refusal(2048, BYTES("\x03\x02\xc3("), WS_E_INVALID_FORMAT,
                   "The peer sent a session string that is not valid UTF-8.");
    expect_refusal(2048, BYTES("\xff\xff\xff\xff\x07\xf0\xff\xff\xff\x07"), WS_E_QUOTA_EXCEEDED,
                   "The peer sent a session string of 2147483632 bytes that the session has no room for: "
                   "WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE is 2048, of which 0 are taken.");
    expect_refusal(0, BYTES("\x01\x00"), WS_E_QUOTA_EXCEEDED,
                   "The peer sent a session string of 0 bytes that the session has no room for: "
                   "WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE is 0, of which 0 are taken.");
}

/* Observed on Windows: 16 strings of 127 bytes fill 2048 exactly; one of 9 bytes more is over. The same with 4096. */
TEST(a_string_costs_its_length_and_one)
{
    ULONG quota, i;

    for (quota = 2048; quota <= 4096; quota += 2048)
    {
        struct framing_strings_in strings;
        BYTE table[2 + 128 + 1] = {0x80, 0x01, 0x7f};
        size_t used;
        bool done;

        framing_strings_in_init(&strings, quota);
        for (i = 0; i < quota / 128; i++)
        {
            memset(table + 3, 'a' + (int)(i % 26), 127);
            ok(framing_strings_read(&strings, table, 2 + 128, &used, &done, NULL));
            expect(done && used == 2 + 128);
        }
        expect_size(quota, strings.size);
        expect_hr(WS_E_QUOTA_EXCEEDED, framing_strings_read(&strings,
                                                            BYTES("\x0a\x09"
                                                                  "ninebytes"),
                                                            &used, &done, NULL));
        expect_size(quota / 128, strings.dictionary.stringCount);
        framing_strings_in_reset(&strings, quota);
    }
}

TEST(a_session_string_may_fill_the_quota)
{
    struct framing_strings_in strings;
    size_t used;
    bool done;

    framing_strings_in_init(&strings, 4);
    ok(framing_strings_read(&strings,
                            BYTES("\x04\x03"
                                  "abc"),
                            &used, &done, NULL));
    expect(done);
    expect_hr(WS_E_QUOTA_EXCEEDED, framing_strings_read(&strings, BYTES("\x01\x00"), &used, &done, NULL));
    framing_strings_in_reset(&strings, 4);
    expect_hr(WS_E_QUOTA_EXCEEDED, framing_strings_read(&strings,
                                                        BYTES("\x05\x04"
                                                              "abcd"),
                                                        &used, &done, NULL));
    framing_strings_in_reset(&strings, 0);
}

/* --- Sending --- */

static WS_XML_DICTIONARY words;

/* The id, or -1. */
static long find(struct framing_strings_out *strings, const char *text)
{
    WS_XML_STRING string = {(ULONG)strlen(text), (BYTE *)text, &words, 0};
    BOOL found = TRUE;
    ULONG id = 77;

    ok(framing_strings_find(strings, &string, &found, &id, NULL));
    return found ? (long)id : -1;
}

TEST(strings_of_dictionaries_get_numbers)
{
    struct framing_strings_out strings;
    WS_XML_STRING loose = {5, (BYTE *)"alpha", NULL, 0};
    WS_XML_STRING known = {8, (BYTE *)"Envelope", (WS_XML_DICTIONARY *)&xml_dictionary_soap, 1};
    WS_XML_STRING inlined = {5, (BYTE *)"alpha", (WS_XML_DICTIONARY *)&xml_dictionary_inline, 0};
    WS_BYTES table;
    BOOL found;
    ULONG id;

    framing_strings_out_init(&strings, 2048);
    expect_size(0, framing_strings_unsent(&strings).length);
    expect(find(&strings, "alpha") == 0 && find(&strings, "beta") == 1 && find(&strings, "alpha") == 0);
    expect(find(&strings, "") == -1);
    ok(framing_strings_find(&strings, &loose, &found, &id, NULL));
    expect(!found);
    ok(framing_strings_find(&strings, &known, &found, &id, NULL));
    expect(!found);
    ok(framing_strings_find(&strings, &inlined, &found, &id, NULL));
    expect(!found);
    table = framing_strings_unsent(&strings);
    expect(table.length == 11 && !memcmp(table.bytes,
                                         "\x05"
                                         "alpha\x04"
                                         "beta",
                                         11));
    framing_strings_sent(&strings);
    expect(find(&strings, "beta") == 1);
    expect_size(0, framing_strings_unsent(&strings).length);
    expect(find(&strings, "c") == 2);
    table = framing_strings_unsent(&strings);
    expect(table.length == 2 && !memcmp(table.bytes,
                                        "\x01"
                                        "c",
                                        2));
    framing_strings_out_reset(&strings, 2048);
    expect(find(&strings, "c") == 0);
    framing_strings_out_reset(&strings, 0);
}

TEST(what_does_not_fit_has_no_number)
{
    struct framing_strings_out strings;

    framing_strings_out_init(&strings, 8);
    expect(find(&strings, "12345678") == -1);
    expect(find(&strings, "1234567") == 0);
    expect(find(&strings, "x") == -1);
    expect(find(&strings, "1234567") == 0);
    framing_strings_out_reset(&strings, 0);
    expect(find(&strings, "x") == -1);
    framing_strings_out_reset(&strings, 0);
}

TEST(many_strings_are_found_again_and_received)
{
    struct framing_strings_out out;
    struct framing_strings_in in;
    char text[16];
    long i, round;

    framing_strings_out_init(&out, UINT32_MAX);
    framing_strings_in_init(&in, UINT32_MAX);
    for (round = 0; round < 2; round++)
        for (i = 0; i < 5000; i++)
        {
            snprintf(text, sizeof(text), "name-%ld", i);
            expect(find(&out, text) == i);
            if (i % 100 == 99)
            {
                WS_BYTES table = framing_strings_unsent(&out);
                BYTE head[5] = {(BYTE)(table.length | 0x80), (BYTE)(table.length >> 7 | 0x80),
                                (BYTE)(table.length >> 14)};
                size_t used;
                bool done;

                ok(framing_strings_read(&in, head, 3, &used, &done, NULL));
                expect(done == !table.length);
                if (!done)
                    ok(framing_strings_read(&in, table.bytes, table.length, &used, &done, NULL));
                expect(done);
                framing_strings_sent(&out);
            }
        }
    expect_size(5000, in.dictionary.stringCount);
    expect_size(out.size, in.size);
    expect_string(&in, 4321, "name-4321");
    framing_strings_out_reset(&out, 0);
    framing_strings_in_reset(&in, 0);
}
