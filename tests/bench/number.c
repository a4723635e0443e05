/* SPDX-License-Identifier: MIT */
/*
 * Numbers, dates, base64 and UTF-8 against the C library: what one costs, and how many bytes go through in a second.
 * Each figure is the best of many rounds.
 */
#include "values/base64.h"
#include "values/date.h"
#include "values/number.h"
#include "base/text.h"
#include "limit.h"
#include "support/random.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT  1024
#define BYTES  (48 * 1024)
#define ROUNDS 100
#define CYCLES 16

static double random_doubles[COUNT], prices[COUNT];
static int64_t integers[COUNT];
static WS_DATETIME dates[COUNT];
static char texts[6][COUNT][32];
static BYTE bytes[BYTES], text[BASE64_LENGTH(BYTES)], ascii[BYTES], german[BYTES], greek[BYTES], other[2 * BYTES];

static void write_double(void)
{
    BYTE out[NUMBER_DOUBLE_ROOM];
    int i;

    for (i = 0; i < COUNT; i++)
    {
        number_write_double(random_doubles[i], out);
        bench_use(out);
    }
}

static void write_price(void)
{
    BYTE out[NUMBER_DOUBLE_ROOM];
    int i;

    for (i = 0; i < COUNT; i++)
    {
        number_write_double(prices[i], out);
        bench_use(out);
    }
}

static void print_double(void)
{
    char out[32];
    int i;

    for (i = 0; i < COUNT; i++)
    {
        snprintf(out, sizeof(out), "%.17g", random_doubles[i]);
        bench_use(out);
    }
}

static void parse_texts(char (*all)[32])
{
    double value;
    int i;

    for (i = 0; i < COUNT; i++)
    {
        number_parse_double((BYTE *)all[i], strlen(all[i]), &value);
        bench_use(&value);
    }
}

static void strtod_texts(char (*all)[32])
{
    double value;
    int i;

    for (i = 0; i < COUNT; i++)
    {
        value = strtod(all[i], NULL);
        bench_use(&value);
    }
}

static void parse_double(void)
{
    parse_texts(texts[0]);
}
static void strtod_double(void)
{
    strtod_texts(texts[0]);
}
static void parse_price(void)
{
    parse_texts(texts[1]);
}
static void strtod_price(void)
{
    strtod_texts(texts[1]);
}

static void write_integer(void)
{
    BYTE out[NUMBER_INT64_ROOM];
    int i;

    for (i = 0; i < COUNT; i++)
    {
        number_write_int64(integers[i], out);
        bench_use(out);
    }
}

static void parse_integer(void)
{
    int64_t value;
    int i;

    for (i = 0; i < COUNT; i++)
    {
        number_parse_int64((BYTE *)texts[2][i], strlen(texts[2][i]), INT64_MIN, INT64_MAX, &value);
        bench_use(&value);
    }
}

static void write_date(void)
{
    BYTE out[DATE_DATETIME_ROOM];
    size_t length;
    int i;

    for (i = 0; i < COUNT; i++)
    {
        date_write_datetime(&dates[i], out, &length, NULL);
        bench_use(out);
    }
}

static void parse_date(void)
{
    WS_DATETIME value;
    int i;

    for (i = 0; i < COUNT; i++)
    {
        date_parse_datetime((BYTE *)texts[3][i], strlen(texts[3][i]), &value);
        bench_use(&value);
    }
}

static void copy(void)
{
    memcpy(other, bytes, BYTES);
    bench_use(other);
}

static void encode(void)
{
    base64_encode(bytes, BYTES, text);
    bench_use(text);
}

static void decode(void)
{
    size_t count;

    base64_decode(text, sizeof(text), other, &count);
    bench_use(other);
}

static void validate(const BYTE *input)
{
    bench_use(utf8_find_invalid(input, input + BYTES));
}

static void validate_ascii(void)
{
    validate(ascii);
}
static void validate_german(void)
{
    validate(german);
}
static void validate_greek(void)
{
    validate(greek);
}

static void widen(const BYTE *input)
{
    size_t length;

    utf8_to_utf16_length(input, BYTES, &length);
    utf8_to_utf16(input, BYTES, (WCHAR *)(void *)other);
    bench_use(other);
}

static void widen_ascii(void)
{
    widen(ascii);
}
static void widen_german(void)
{
    widen(german);
}

static void narrow(void)
{
    static WCHAR wide[BYTES];
    size_t length;

    if (!wide[0])
        utf8_to_utf16(ascii, BYTES, wide);
    utf16_to_utf8_length(wide, BYTES, &length);
    utf16_to_utf8(wide, BYTES, other);
    bench_use(other);
}

static struct
{
    const char *name;
    void (*run)(void);
    double bytes; /* a run goes through, or 0: a run is COUNT calls */
    double best;
} peers[] = {
    {"double written, any bits", write_double, 0, 1e30},
    {"  snprintf %.17g", print_double, 0, 1e30},
    {"double written, a price", write_price, 0, 1e30},
    {"double parsed, 17 digits", parse_double, 0, 1e30},
    {"  strtod", strtod_double, 0, 1e30},
    {"double parsed, a price", parse_price, 0, 1e30},
    {"  strtod", strtod_price, 0, 1e30},
    {"integer written", write_integer, 0, 1e30},
    {"integer parsed", parse_integer, 0, 1e30},
    {"date written", write_date, 0, 1e30},
    {"date parsed", parse_date, 0, 1e30},
    {"memcpy", copy, BYTES, 1e30},
    {"base64 encoded", encode, BYTES, 1e30},
    {"base64 decoded (bytes out)", decode, BYTES, 1e30},
    {"UTF-8 validated, ASCII", validate_ascii, BYTES, 1e30},
    {"UTF-8 validated, German", validate_german, BYTES, 1e30},
    {"UTF-8 validated, Greek", validate_greek, BYTES, 1e30},
    {"UTF-8 to UTF-16, ASCII", widen_ascii, BYTES, 1e30},
    {"UTF-8 to UTF-16, German", widen_german, BYTES, 1e30},
    {"UTF-16 to UTF-8, ASCII (bytes out)", narrow, BYTES, 1e30},
};

/* Repeats a word through a buffer; the rest is filled with dots. */
static void fill(BYTE *buffer, const char *word)
{
    size_t length = strlen(word), i;

    memset(buffer, '.', BYTES);
    for (i = 0; i + length <= BYTES; i += length)
        memcpy(buffer + i, word, length);
}

int main(void)
{
    uint64_t state = 88172645463325252u;
    size_t i, length;
    int round;

    for (i = 0; i < COUNT; i++)
    {
        uint64_t bits;

        bits = random_bits(&state) & ~((uint64_t)1 << 62); /* no infinities */
        memcpy(&random_doubles[i], &bits, sizeof(bits));
        prices[i] = (double)(state % 1000000) / 100;
        integers[i] = (int64_t)(state >> state % 64);
        dates[i].ticks = state % DATE_MAX_TICKS / 10000 * 10000;
        dates[i].format = WS_DATETIME_FORMAT_UTC;
        snprintf(texts[0][i], 32, "%.16e", random_doubles[i]);
        snprintf(texts[1][i], 32, "%.2f", prices[i]);
        snprintf(texts[2][i], 32, "%lld", (long long)integers[i]);
        date_write_datetime(&dates[i], (BYTE *)texts[3][i], &length, NULL);
    }
    for (i = 0; i < BYTES; i++)
        bytes[i] = (BYTE)(i * 2654435761u >> 13);
    fill(ascii, "The quick brown fox jumps over the lazy dog. ");
    fill(german, "Zw\xc3\xb6lf Boxk\xc3\xa4mpfer jagen Viktor quer \xc3\xbc"
                 "ber den gro\xc3\x9f"
                 "en Deich. ");
    fill(greek,
         "\xce\xba\xce\xb1\xce\xbb\xce\xb7\xce\xbc\xce\xad\xcf\x81\xce\xb1 \xce\xba\xcf\x8c\xcf\x83\xce\xbc\xce\xb5 ");

    for (round = 0; round < ROUNDS; round++)
        for (i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
        {
            double start = bench_now(), time;
            int cycle;

            for (cycle = 0; cycle < CYCLES; cycle++)
                peers[i].run();
            time = (bench_now() - start) / CYCLES;
            if (time < peers[i].best)
                peers[i].best = time;
        }

    printf("| %-34s |  ns each |\n|:---|---:|\n", "one");
    for (i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
        if (!peers[i].bytes)
            printf("| %-34s | %8.1f |\n", peers[i].name, peers[i].best / COUNT);
    printf("\n| %-34s |     GB/s |\n|:---|---:|\n", "48 kB");
    for (i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
        if (peers[i].bytes)
            printf("| %-34s | %8.2f |\n", peers[i].name, peers[i].bytes / peers[i].best);
    return 0;
}
