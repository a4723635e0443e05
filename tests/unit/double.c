/* SPDX-License-Identifier: MIT */
/*
 * Floating point as text. The C library is the oracle natively: its strtod and printf are exact. Windows' are not, and
 * there the numbers only have to survive a round trip.
 *
 * NUMBER_TEST_COUNT in the environment says how many random numbers are tried.
 */
#include "support/number.h"

#include "values/number.h"

#include <float.h>
#include <math.h>

static long random_count(void)
{
    const char *count = getenv("NUMBER_TEST_COUNT");

    return count ? atol(count) : 500000;
}

static double double_of(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static float float_of(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static bool same(double a, double b)
{
    return !memcmp(&a, &b, sizeof(a));
}

static bool same_float(float a, float b)
{
    return !memcmp(&a, &b, sizeof(a));
}

static const char *of_double(double value)
{
    BYTE text[NUMBER_DOUBLE_ROOM];

    return finish(text, number_write_double(value, text));
}

static const char *of_float(float value)
{
    BYTE text[NUMBER_DOUBLE_ROOM];

    return finish(text, number_write_float(value, text));
}

static HRESULT parse(const char *text, double *value)
{
    size_t length = strlen(text);
    BYTE *copy = exactly(text, length);
    HRESULT hr = number_parse_double(copy, length, value);

    free(copy);
    return hr;
}

static HRESULT parse_float(const char *text, float *value)
{
    size_t length = strlen(text);
    BYTE *copy = exactly(text, length);
    HRESULT hr = number_parse_float(copy, length, value);

    free(copy);
    return hr;
}

static double parsed(const char *text)
{
    double value = 0;

    expect_hr(S_OK, parse(text, &value));
    return value;
}

TEST(doubles_as_they_are_written)
{
    static const struct
    {
        double value;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {1, "1"},
        {-1, "-1"},
        {0.1, "0.1"},
        {-1.5, "-1.5"},
        {100, "100"},
        {12345, "12345"},
        {0.3, "0.3"},
        {0.30000000000000004, "0.30000000000000004"},
        {0.3333333333333333, "0.3333333333333333"},
        {123.456, "123.456"},
        /* Observed on Windows: without an exponent from 0.1 on, and below 1E15. */
        {0.01, "1E-2"},
        {-0.01, "-1E-2"},
        {0.012, "1.2E-2"},
        {0.099999999999999992, "9.999999999999999E-2"},
        {0.10000000000000002, "0.10000000000000002"},
        {0.0001, "1E-4"},
        {0.00001, "1E-5"},
        {0.00012345, "1.2345E-4"},
        {1.5e-7, "1.5E-7"},
        {999999, "999999"},
        {1000000, "1000000"},
        {123456789012345, "123456789012345"},
        {1e14, "100000000000000"},
        {1e15, "1E+15"},
        {1e22, "1E+22"},
        {1e23, "1E+23"},
        {999999999999999, "999999999999999"},
        {999999999999999.9, "999999999999999.9"},
        {-1e15, "-1E+15"},
        {1.1, "1.1"},
        {1.0000000000000002, "1.0000000000000002"},
        {1.0000000000000004, "1.0000000000000004"},
        {9007199254740992, "9.007199254740992E+15"},
        {(double)9007199254740993, "9.007199254740992E+15"},
        {1234567890123456, "1.234567890123456E+15"},
        {123456789012345680, "1.2345678901234568E+17"},
        {1.2345678901234567e-300, "1.2345678901234568E-300"},
        {DBL_MAX, "1.7976931348623157E+308"},
        {-DBL_MAX, "-1.7976931348623157E+308"},
        {DBL_MIN, "2.2250738585072014E-308"},
        {DBL_EPSILON, "2.220446049250313E-16"},
        {5e-324, "5E-324"},
        {2.98023223876953125e-8, "2.9802322387695312E-8"},
        {9.5e-323, "9.4E-323"},
        {5.764607523034235e39, "5.764607523034235E+39"},
        {1.152921504606847e40, "1.152921504606847E+40"},
        {2.305843009213694e40, "2.305843009213694E+40"},
        {9.409340012568248e18, "9.409340012568248E+18"},
        {2.2250738585072011e-308, "2.225073858507201E-308"},
        {HUGE_VAL, "INF"},
        {-HUGE_VAL, "-INF"},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (strcmp(of_double(cases[i].value), cases[i].text))
            test_fail(__FILE__, __LINE__, "%s, not %s", of_double(cases[i].value), cases[i].text);
    expect(!strcmp(of_double(double_of(0x7ff8000000000000)), "NaN"));
    expect(!strcmp(of_double(double_of(0xfff8000000000000)), "NaN"));
    expect(!strcmp(of_double(double_of(0x7ff0000000000001)), "NaN"));
}

TEST(floats_as_they_are_written)
{
    static const struct
    {
        float value;
        const char *text;
    } cases[] = {
        {0.0f, "0"},
        {-0.0f, "-0"},
        {1.1f, "1.1"},
        {0.1f, "0.1"},
        {16777216.0f, "16777216"},
        {33554432.0f, "33554432"},
        {1e6f, "1000000"},
        {1e7f, "10000000"},
        {1e10f, "10000000000"},
        {1e14f, "100000000000000"},
        {-1.5e14f, "-150000000000000"},
        {1e15f, "1E+15"},
        {0.01f, "1E-2"},
        {0.0125f, "1.25E-2"},
        {0.0001f, "1E-4"},
        {0.00001f, "1E-5"},
        {0.3f, "0.3"},
        {FLT_MAX, "3.4028235E+38"},
        {FLT_MIN, "1.1754944E-38"},
        {1.4e-45f, "1E-45"},
        {3.1415927f, "3.1415927"},
        {8.5899346e9f, "8589935000"},
        {INFINITY, "INF"},
        {-INFINITY, "-INF"},
        {NAN, "NaN"},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (strcmp(of_float(cases[i].value), cases[i].text))
            test_fail(__FILE__, __LINE__, "%s, not %s", of_float(cases[i].value), cases[i].text);
    expect(!strcmp(of_float(float_of(0x3f8ccccd)), "1.1")); /* the example of [MC-NBFX] 2.2.3.9 */
}

TEST(doubles_as_they_are_read)
{
    static const char *const digitless[] = {"-", "+", ".", "-.", "+."};
    float small = 77;
    size_t i;

    expect(same(parsed("0"), 0.0) && same(parsed("-0"), -0.0) && same(parsed("+0"), 0.0));
    expect(same(parsed("-0.000E99999"), -0.0) && same(parsed("0e-5"), 0.0));
    expect(same(parsed("1"), 1) && same(parsed("+1"), 1) && same(parsed("-1"), -1));
    expect(same(parsed("1."), 1) && same(parsed(".5"), 0.5) && same(parsed("-.5"), -0.5) && same(parsed("+.5E+1"), 5));
    expect(same(parsed("0001.5000"), 1.5) && same(parsed("1e2"), 100) && same(parsed("1E-2"), 0.01));
    expect(same(parsed("1e0000000000000000000000000000001"), 10));
    expect(same(parsed("INF"), HUGE_VAL) && same(parsed("-INF"), -HUGE_VAL));
    expect(same(parsed("NaN"), double_of(0xfff8000000000000)));
    expect_hr(S_OK, parse_float("NaN", &small));
    expect(same_float(small, float_of(0xffc00000)));
    expect_hr(S_OK, parse_float("-INF", &small));
    expect(same_float(small, -INFINITY));
    /* No digit at all is zero, and has no sign. */
    for (i = 0; i < sizeof(digitless) / sizeof(digitless[0]); i++)
    {
        expect(same(parsed(digitless[i]), 0.0));
        expect_hr(S_OK, parse_float(digitless[i], &small));
        expect(same_float(small, 0.0f));
    }
    /* Too small is zero. */
    expect(same(parsed("1e-400"), 0) && same(parsed("-1e-99999999999999999999999"), -0.0));
    expect(same(parsed("2.4703282292062327e-324"), 0) && same(parsed("2.4703282292062328e-324"), 5e-324));
    expect(same(parsed("1e-325"), 0) && same(parsed("9e-343"), 0) && same(parsed("9e-342"), 0));
    /* Just under the limit is not over it. */
    expect(same(parsed("1.7976931348623157e308"), DBL_MAX));
    expect(same(parsed("1.797693134862315807e308"), DBL_MAX));
    expect(same(parsed("179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977"
                       "587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845"
                       "817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559"
                       "699508093042880177904174497791.999"),
                DBL_MAX));
}

TEST(texts_that_are_no_doubles)
{
    static const char *const wrong[] = {
        "",         "-e5", "..",  "--",  "-..",      "e5",       ".e5",   "1e",   "+INF", ".+",  "INF.",
        "3e5.",     "3e.", "1e+", "1e-", "1e5.",     "1.2.3",    "..1",   "1,5",  " 1",   "1 ",  "0x1",
        "1e5e5",    "1-",  "--1", "+-1", "inf",      "Infinity", "nan",   "-NaN", "+NaN", "NAN", "INF ",
        "INFINITY", "1f",  "1d",  "1_0", "\xd9\xa1", "IN",       "--INF", "1e 5", "e",    "E",   "Inf"};
    double value = 77;
    float small = 77;
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
    {
        if (parse(wrong[i], &value) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "'%s'", wrong[i]);
        expect_hr(WS_E_INVALID_FORMAT, parse_float(wrong[i], &small));
    }
    expect_hr(WS_E_INVALID_FORMAT, number_parse_double((const BYTE *)"1\0", 2, &value));
    expect(value == 77 && small == 77);
}

TEST(numbers_that_are_too_large_are_infinite)
{
    static const char *const large[] = {
        "1e309",
        "-1e309",
        "1e400",
        "1e99999999999999999999999999",
        "1.7976931348623159e308",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977"
        "587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845"
        "817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559"
        "699508093042880177904174497792"};
    static const char *const large_float[] = {"3.4028235677973366256e38", "3.4028236e38", "1e39", "1e308"};
    double value;
    float small;
    size_t i;

    for (i = 0; i < sizeof(large) / sizeof(large[0]); i++)
    {
        value = small = 77;
        expect_hr(S_OK, parse(large[i], &value));
        expect_hr(S_OK, parse_float(large[i], &small));
        expect(same(value, large[i][0] == '-' ? -HUGE_VAL : HUGE_VAL));
        expect(same_float(small, large[i][0] == '-' ? -INFINITY : INFINITY));
    }
    for (i = 0; i < sizeof(large_float) / sizeof(large_float[0]); i++)
    {
        small = 77;
        expect_hr(S_OK, parse_float(large_float[i], &small));
        expect(same_float(small, INFINITY));
    }
    expect_hr(S_OK, parse_float("3.4028235677973366e38", &small)); /* just under the half */
    expect(small == FLT_MAX);
    expect_hr(S_OK, parse_float("1e-46", &small));
    expect(same_float(small, 0));
}

/* Cases that other readers are known to have got wrong. */
TEST(hard_doubles)
{
    static const struct
    {
        const char *text;
        uint64_t bits;
    } cases[] = {
        {"2.2250738585072012e-308", 0x0010000000000000},
        {"2.2250738585072011e-308", 0x000fffffffffffff},
        {"9007199254740993", 0x4340000000000000},
        {"9007199254740993.0000000000000000000000001", 0x4340000000000001},
        {"9007199254740995", 0x4340000000000002},
        {"9007199254740991.5", 0x4340000000000000},
        {"9007199254740992.999999999999999999999999999999999999999", 0x4340000000000000},
        {"6.631236846766476e-316", 0x0000000008000000},
        {"3.237883913302901e-319", 0x000000000000ffff},
        {"1.00000000000000011102230246251565404236316680908203125", 0x3ff0000000000000},
        {"1.00000000000000011102230246251565404236316680908203126", 0x3ff0000000000001},
        {"1.00000000000000033306690738754696212708950042724609375", 0x3ff0000000000002},
        {"0.500000000000000166533453693773481063544750213623046875", 0x3fe0000000000002},
        {"3.518437208883201171875e13", 0x42c0000000000002},
        {"62.5364939768271845828", 0x404f44abd5aa7ca4},
        {"8.10109172351e-10", 0x3e0bd5cbaef0fd0c},
        {"1.50000000000000011102230246251565", 0x3ff8000000000000},
        {"9007199254740991.4999999999999999999999999999999995", 0x433fffffffffffff},
        {"30078505129381147446200", 0x44997a3c7271b021},
        {"1777820000000000000001", 0x4458180d5bad2e3e},
        {"0.3e-324", 0},
        {"4.9406564584124654417656879286822137236505980e-324", 1},
        {"7.4109846876186981626485318930233205854758970392148714663837852375101326090531312779794975454245398856969484"
         "704316857659638998506553390969459816219401617281718945106978546710679176872575177347315553307795408549809608"
         "457500958111373034747658096871009590975442271004757307809711118935784838675653998783503015228055934046593739"
         "791790738723868299395818481660169122019456499931289798411362062484498678713572180352209017023903285791732520"
         "220528974020802906854021606612375549983402671300035812486479041385743401875520901590172592547146296175134159"
         "774938718574737870961645638908718119841271673056017045493004705269590165763776884908267986972573366521765567"
         "941072508764337560846003984904972149117463085539556354188641513168478436313080237596295773983001708984374999e"
         "-324",
         1},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        double value = parsed(cases[i].text);
#ifndef _WIN32
        expect(same(value, strtod(cases[i].text, NULL)));
#endif
        if (!same(value, double_of(cases[i].bits)))
            test_fail(__FILE__, __LINE__, "%.30s: %a", cases[i].text, value);
    }
}

/* Texts of any length take time in proportion to it, and no memory. */
TEST(long_doubles)
{
    size_t length = 1000000, i;
    char *text = malloc(length + 32);

    expect(text != NULL);
    memset(text, '0', length);
    strcpy(text + length, "1");
    expect(same(parsed(text), 1));
    memcpy(text, "0.", 2);
    sprintf(text + length, "1E%zu", length - 1);
    expect(same(parsed(text), 1));
    text[length] = '5';
    expect(same(parsed(text), 5));
    /* A digit a million places after the half decides. */
    memcpy(text, "9007199254740993.0", 18);
    strcpy(text + length, "1");
    expect(same(parsed(text), 9007199254740994));
    strcpy(text + length, "0");
    expect(same(parsed(text), 9007199254740992));
    for (i = 0; i < length; i++)
        text[i] = "123456789"[i % 9];
    sprintf(text + length, "E-%zu", length - 1);
    expect(same(parsed(text), 1.2345678912345679));
    free(text);
}

static void expect_round_trip(double value)
{
    BYTE text[NUMBER_DOUBLE_ROOM];
    size_t length = number_write_double(value, text);
    double back = 77;

    expect(length <= 24);
    if (number_parse_double(text, length, &back) != S_OK || !same(back, value))
        test_fail(__FILE__, __LINE__, "%a is written %s", value, of_double(value));
}

static void expect_float_round_trip(float value)
{
    BYTE text[NUMBER_DOUBLE_ROOM];
    size_t length = number_write_float(value, text);
    float back = 77;

    expect(length <= 16);
    if (number_parse_float(text, length, &back) != S_OK || !same_float(back, value))
        test_fail(__FILE__, __LINE__, "%a is written %s", (double)value, of_float(value));
}

TEST(powers_of_two)
{
    int exponent, delta;

    for (exponent = -1074; exponent < 1024; exponent++)
        for (delta = -3; delta <= 3; delta++)
        {
            uint64_t bits;
            double value = ldexp(1, exponent);

            memcpy(&bits, &value, sizeof(bits));
            if (!isnan(double_of(bits + (uint64_t)delta)))
                expect_round_trip(double_of(bits + (uint64_t)delta));
        }
    for (exponent = -149; exponent < 128; exponent++)
        for (delta = -3; delta <= 3; delta++)
        {
            uint32_t bits;
            float value = ldexpf(1, exponent);

            memcpy(&bits, &value, sizeof(bits));
            if (!isnan(float_of(bits + (uint32_t)delta)))
                expect_float_round_trip(float_of(bits + (uint32_t)delta));
        }
}

/* 1E17 is written as it is read. */
TEST(powers_of_ten)
{
    char text[32];
    int exponent;

    for (exponent = -323; exponent <= 308; exponent++)
    {
        double value;

        sprintf(text, "1E%s%d", exponent > 0 ? "+" : "", exponent);
        value = parsed(text);
        expect_round_trip(value);
        if (exponent < -1 || exponent >= 15)
            expect(!strcmp(of_double(value), text));
        else
            expect(!strchr(of_double(value), 'E'));
#ifndef _WIN32
        expect(same(value, strtod(text, NULL)));
#endif
    }
    for (exponent = -45; exponent <= 38; exponent++)
    {
        float value = 0;

        sprintf(text, "1E%s%d", exponent > 0 ? "+" : "", exponent);
        expect_hr(S_OK, parse_float(text, &value));
        expect_float_round_trip(value);
        if (exponent < -1 || exponent >= 15)
            expect(!strcmp(of_float(value), text));
#ifndef _WIN32
        expect(same_float(value, strtof(text, NULL)));
#endif
    }
}

TEST(random_doubles_survive)
{
    long i, count = random_count();

    for (i = 0; i < count; i++)
    {
        double value = double_of(next_random());

        if (isfinite(value))
            expect_round_trip(value);
        expect_round_trip((double)(int64_t)(next_random() >> next_random() % 64) / (1 << next_random() % 20));
        expect_round_trip((double)(next_random() % 100000000) / 100);
    }
}

TEST(random_floats_survive)
{
    long i, count = random_count();

    for (i = 0; i < count; i++)
    {
        float value = float_of((uint32_t)next_random());

        if (isfinite(value))
            expect_float_round_trip(value);
    }
}

#ifndef _WIN32

/* The digits of a number, without point, exponent and zeros at either end. */
static const char *digits_of(const char *text)
{
    static char results[2][64];
    static int next;
    char *result = results[next++ % 2];
    size_t length = 0;

    for (; *text && (*text | 0x20) != 'e'; text++)
        if (*text >= (length ? '0' : '1') && *text <= '9')
            result[length++] = *text;
    while (length && result[length - 1] == '0')
        length--;
    result[length] = 0;
    return result;
}

/* No shorter text has the same value, and none that is as short is nearer. */
static void expect_shortest(double value, const char *text, bool is_float)
{
    char other[64];
    int precision;

    for (precision = 0; precision < 17; precision++)
    {
        snprintf(other, sizeof(other), "%.*e", precision, value);
        if (is_float ? strtof(other, NULL) == (float)value : strtod(other, NULL) == value)
            break;
    }
    /*
     * printf rounds the exact value, so that its digits are the nearest ones, unless they are the even ones of two,
     * or the nearest ones lie outside the interval and others of the same number within: at a power of two.
     */
    if (strlen(digits_of(text)) > strlen(digits_of(other)))
        test_fail(__FILE__, __LINE__, "%s could be %s", text, other);
    if (strlen(digits_of(text)) == strlen(digits_of(other)) && strcmp(digits_of(text), digits_of(other)))
        test_fail(__FILE__, __LINE__, "%s should be %s", text, other);
}

TEST(random_numbers_agree_with_the_c_library)
{
    long i, count = random_count();
    char text[512];

    for (i = 0; i < count; i++)
    {
        uint64_t bits = next_random();
        double value = double_of(bits), wanted, got = 0;
        float small = float_of((uint32_t)bits), small_wanted, small_got = 0;
        HRESULT hr;

        if (isfinite(value))
        {
            expect(same(strtod(of_double(value), NULL), value));
            if (i % 16 == 0)
                expect_shortest(value, of_double(value), false);
            /* Cut anywhere, so that it lies between two doubles, or floats. */
            snprintf(text, sizeof(text), "%.*e", (int)(next_random() % 40), value);
            wanted = strtod(text, NULL);
            hr = parse(text, &got);
            if (hr != S_OK || !same(got, wanted))
                test_fail(__FILE__, __LINE__, "%s is read as %a", text, got);
        }
        if (isfinite(small))
        {
            expect(same_float(strtof(of_float(small), NULL), small));
            if (i % 16 == 0)
                expect_shortest(small, of_float(small), true);
            snprintf(text, sizeof(text), "%.*f", (int)(next_random() % 60), small);
            small_wanted = strtof(text, NULL);
            hr = parse_float(text, &small_got);
            if (hr != S_OK || !same_float(small_got, small_wanted))
                test_fail(__FILE__, __LINE__, "%s is read as float %a", text, (double)small_got);
        }
    }
}

/* Exactly between two neighbours, and a little to either side of that. */
TEST(halves_agree_with_the_c_library)
{
    long i, count = random_count() / 20;
    volatile long double one = 1;
    char text[1300];

    /* Valgrind computes with 64 bits whatever the type: that is too little for what lies between two doubles. */
    if (one + 0x1p-60L == one)
        return;
    for (i = 0; i < count; i++)
    {
        uint64_t bits = next_random() >> 1;
        double low = double_of(bits), high = double_of(bits + 1);

        if (i % 8 == 0)
            low = double_of(bits >> 12), high = double_of((bits >> 12) + 1); /* denormal */
        if (!isfinite(high))
            continue;
        snprintf(text, sizeof(text), "%.*Le", i & 1 ? 767 : 800, ((long double)low + high) / 2);
        expect(same(parsed(text), strtod(text, NULL)));
        snprintf(text, sizeof(text), "%.*Le", 780, ((long double)low + high) / 2);
        strchr(text, 'e')[-1] = '1';
        expect(same(parsed(text), strtod(text, NULL)));
    }
}

#endif
