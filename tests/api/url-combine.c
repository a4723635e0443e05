/* SPDX-License-Identifier: MIT */
/*
 * WsCombineUrl: what its page, that of WS_URL_FLAGS and RFC 3986 document; and URLs of hostile lengths.
 *
 * Source: the pages of WsCombineUrl and of WS_URL_FLAGS; RFC 3986.
 */
#include "support/url.h"

static HRESULT combine(const char *base, const char *reference, ULONG flags, WS_HEAP *heap, WS_STRING *result)
{
    WS_STRING base_url = ascii(base), reference_url = ascii(reference);
    WS_ERROR *error = create_error();
    SIZE_T before = requested(heap);
    HRESULT hr;

    result->length = 0x5a5a;
    result->chars = UNTOUCHED_POINTER;
    hr = WsCombineUrl(&base_url, &reference_url, flags, heap, result, error);
    expect_size(FAILED(hr), sentence_count(error));
    if (FAILED(hr))
    {
        expect(result->length == 0x5a5a && result->chars == UNTOUCHED_POINTER);
        expect_size(before, requested(heap));
    }
    memset(base_url.chars, 0xff, base_url.length * sizeof(WCHAR));
    memset(reference_url.chars, 0xff, reference_url.length * sizeof(WCHAR));
    WsFreeError(error);
    free(base_url.chars);
    free(reference_url.chars);
    return hr;
}

static void expect_combined(const char *base, const char *reference, ULONG flags, const char *text)
{
    WS_HEAP *heap = create_heap(4096);
    WS_STRING result;
    HRESULT hr = combine(base, reference, flags, heap, &result);

    if (hr != (text ? S_OK : WS_E_INVALID_FORMAT))
        test_fail(__FILE__, __LINE__, "%s and %s: 0x%08x", base, reference, (unsigned)hr);
    if (text && !wide_is(&result, text))
        test_fail(__FILE__, __LINE__, "%s and %s: not %s", base, reference, text);
    WsFreeHeap(heap);
}

struct example
{
    const char *reference, *result; /* NULL: WS_E_INVALID_FORMAT */
};

/* RFC 3986 section 5.4.1 */
TEST(normal_examples_of_the_rfc)
{
    static const struct example examples[] = {
        {"g:h", NULL}, /* no scheme that is supported */
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
    };
    size_t i;

    for (i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
        expect_combined("http://a/b/c/d;p?q", examples[i].reference, 0, examples[i].result);
}

/* RFC 3986 section 5.4.2 */
TEST(abnormal_examples_of_the_rfc)
{
    static const struct example examples[] = {
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/./x", "http://a/b/c/g#s/./x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"http:g", NULL}, /* strictly it is absolute, and then it has no host */
    };
    size_t i;

    for (i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
        expect_combined("http://a/b/c/d;p?q", examples[i].reference, 0, examples[i].result);
}

TEST(absolute_references_are_returned)
{
    expect_combined("http://a/b", "https://c:1/d?e#f", 0, "https://c:1/d?e#f");
    expect_combined("http://a/b?q#f", "HTTP://C", 0, "HTTP://C");
    expect_combined("http://a/b", "net.pipe://c/%7e%C3%a4", 0, "net.pipe://c/%7e%C3%a4");
    expect_combined("http://a/b", "http://c/d/../e", 0, "http://c/e");
    expect_combined("http://a/b", "http://c/d/../e", NO_COLLAPSE, "http://c/d/../e");
    expect_combined("http://a/b", "http://c:?#", 0, "http://c:?#");
}

TEST(bases)
{
    expect_combined("http://a", "g", 0, "http://a/g");
    expect_combined("http://a?q", "g", 0, "http://a/g");
    expect_combined("http://a", "", 0, "http://a");
    expect_combined("http://a", "?y", 0, "http://a?y");
    expect_combined("http://a#f", "", 0, "http://a");
    expect_combined("http://a/b?q#f", "#g", 0, "http://a/b?q#g");
    expect_combined("http://a/b?q#f", "#", 0, "http://a/b?q#");
    expect_combined("http://a/b?q", "?", 0, "http://a/b?");
    expect_combined("http://a", "..", 0, "http://a/");
    expect_combined("http://a/b/c/", "g", 0, "http://a/b/c/g");
    expect_combined("http://a/b//c", "g", 0, "http://a/b//g");
    expect_combined("http://a/b/../c/d", "", 0, "http://a/c/d");
    expect_combined("http://a/b/../c/d", "?y", 0, "http://a/c/d?y");
    expect_combined("HTTP://A:80/b", "c", 0, "HTTP://A:80/c");
    expect_combined("net.tcp://[::1]:808/b/", "../c", 0, "net.tcp://[::1]:808/c");
    expect_combined("soap.udp://a/b", "//c:1/d", 0, "soap.udp://c:1/d");
    expect_combined("http://a/b", "//c", 0, "http://c");
    expect_combined("http://a/b", "/", 0, "http://a/");
}

TEST(references_with_colons)
{
    expect_combined("http://a/b", "./c:d", 0, "http://a/c:d");
    expect_combined("http://a/b", "/c:d", 0, "http://a/c:d");
    expect_combined("http://a/b", "?c:d", 0, "http://a/b?c:d");
    expect_combined("http://a/b", "#c:d", 0, "http://a/b#c:d");
    expect_combined("http://a/b", "c:d", 0, NULL);
    expect_combined("http://a/b", "1:d", 0, NULL);
    expect_combined("http://a/b", ":d", 0, NULL);
}

/* Escapes stay as they are: what is combined is encoded, before and after. */
TEST(escapes_are_kept)
{
    expect_combined("http://a/%7Eb/c", "%2e%2E/d%20e?%3d", 0, "http://a/%7Eb/%2e%2E/d%20e?%3d");
}

/* RFC 3986 allows escapes of any bytes, and they are not decoded here. */
TEST(escapes_need_not_be_utf8)
{
    expect_combined("http://a/caf%E9/b", "%FF?n=%C3#%80", 0, "http://a/caf%E9/%FF?n=%C3#%80");
    expect_combined("http://%E9/", "//%FF%C3/b", 0, "http://%FF%C3/b");
    expect_combined("http://a/b", "//%E9", 0, "http://%E9");
}

TEST(combining_without_collapsing)
{
    expect_combined("http://a/b/c/d", "../g", NO_COLLAPSE, "http://a/b/c/../g");
    expect_combined("http://a/b/c/d", "/./g/..", NO_COLLAPSE, "http://a/./g/..");
    expect_combined("http://a", "..", NO_COLLAPSE, "http://a/..");
}

TEST(combining_with_wildcards)
{
    expect_combined("http://+:80/a", "b", 0, NULL);
    expect_combined("http://a/", "//*/b", 0, NULL);
    expect_combined("http://a/", "http://+/", 0, NULL);
    expect_combined("http://+:80/a", "b", WILDCARDS, "http://+:80/b");
    expect_combined("http://a/", "//*/b", WILDCARDS, "http://*/b");
}

TEST(combining_with_zero_termination)
{
    WS_HEAP *heap = create_heap(4096);
    WS_STRING result;

    expect_hr(S_OK, combine("http://a/b", "c/../d", ZERO_TERMINATE, heap, &result));
    expect_size(11, result.length);
    expect(!result.chars[10]);
    result.length--;
    expect(wide_is(&result, "http://a/d"));
    WsFreeHeap(heap);
}

TEST(what_cannot_be_combined)
{
    /* clang-format off */
    static const char *const bases[] = {
        "", "a", "/a", "//a/b", "ftp://a/", "http://", "http:a", "http://u@a/", "http://a:x/", "http://a/ ", "http://a/%",
        "http://a/%F", "http://a%00/", "http://a?%zz"};
    static const char *const references[] = {
        "ftp://a/", "//", "///a", "//u@a", "//a:99999", "http://", "http:", "a b", "%", "%F", "?%", "#%C", "a#b#c", "[",
        "\\\\a\\b", "<a>"};
    /* clang-format on */
    size_t i;

    for (i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
    {
        expect_combined(bases[i], "a", 0, NULL);
        expect_combined(bases[i], "http://a/", 0, NULL); /* even where it is not needed */
    }
    for (i = 0; i < sizeof(references) / sizeof(references[0]); i++)
        expect_combined("http://a/b", references[i], 0, NULL);
}

TEST(WsCombineUrl_refuses)
{
    WS_HEAP *heap = create_heap(4096);
    WS_ERROR *error = create_error();
    WS_STRING base = ascii("http://h/"), reference = ascii("a"), missing = {3, NULL}, null = {0, NULL},
              result = {7, UNTOUCHED_POINTER};

    expect_hr(E_INVALIDARG, WsCombineUrl(NULL, &reference, 0, heap, &result, error));
    expect_hr(E_INVALIDARG, WsCombineUrl(&base, NULL, 0, heap, &result, error));
    expect_hr(E_INVALIDARG, WsCombineUrl(&missing, &reference, 0, heap, &result, error));
    expect_hr(E_INVALIDARG, WsCombineUrl(&base, &missing, 0, heap, &result, error));
    expect_hr(E_INVALIDARG, WsCombineUrl(&base, &reference, 0, NULL, &result, error));
    expect_hr(E_INVALIDARG, WsCombineUrl(&base, &reference, 0, (WS_HEAP *)error, &result, error));
    expect_hr(E_INVALIDARG, WsCombineUrl(&base, &reference, 0, heap, NULL, error));
    expect_hr(E_INVALIDARG, WsCombineUrl(&base, &reference, 8, heap, &result, error));
    expect_hr(WS_E_INVALID_FORMAT, WsCombineUrl(&null, &reference, 0, heap, &result, error));
    expect(result.length == 7 && result.chars == UNTOUCHED_POINTER);
    expect_size(9, sentence_count(error));
    expect_size(0, requested(heap));
    expect_hr(S_OK, WsCombineUrl(&base, &null, 0, heap, &result, error)); /* an empty reference is one */
    expect(wide_is(&result, "http://h/"));
    free(base.chars);
    free(reference.chars);
    WsFreeError(error);
    WsFreeHeap(heap);
}

TEST(a_combined_url_counts_against_the_quota)
{
    WS_HEAP *exact = create_heap(10 * sizeof(WCHAR)), *tight = create_heap(10 * sizeof(WCHAR) - 1);
    WS_STRING result;

    expect_hr(WS_E_QUOTA_EXCEEDED, combine("http://a/b", "c", 0, tight, &result));
    expect_hr(S_OK, combine("http://a/b", "c", 0, exact, &result));
    WsFreeHeap(exact);
    WsFreeHeap(tight);
}

/* A megacharacter of `piece`, after "http://h". */
static WS_STRING long_url(const char *piece)
{
    static const char start[] = "http://h";
    size_t length = strlen(piece), i;
    WS_STRING url = {(1 << 20) / (ULONG)length * (ULONG)length + 8, NULL};

    url.chars = malloc(url.length * sizeof(WCHAR));
    for (i = 0; i < url.length; i++)
        url.chars[i] = (unsigned char)(i < 8 ? start[i] : piece[(i - 8) % length]);
    return url;
}

/* Whatever were quadratic here would take hours. */
TEST(long_urls_take_no_longer_than_their_length)
{
    static const char *const pieces[] = {"/a/..",   "/..",          "/.", "/", "/aaaaaaaaaaaaaaa", "/a/b/../..", "%41",
                                         "/%2e%2e", "%F0%9F%98%80", "?",  "#"};
    size_t i;

    for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
    {
        WS_HEAP *heap = create_heap((SIZE_T)64 << 20);
        WS_STRING url = long_url(pieces[i]), encoded, combined, short_base = ascii("http://h/");
        WS_URL *decoded;

        if (pieces[i][0] == '#')
            expect_hr(WS_E_INVALID_FORMAT, WsDecodeUrl(&url, 0, heap, &decoded, NULL));
        else
        {
            expect_hr(S_OK, WsDecodeUrl(&url, 0, heap, &decoded, NULL));
            expect_hr(S_OK, WsEncodeUrl(decoded, 0, heap, &encoded, NULL));
            expect_hr(S_OK, WsCombineUrl(&short_base, &url, 0, heap, &combined, NULL));
            expect_hr(S_OK, WsCombineUrl(&url, &short_base, 0, heap, &combined, NULL));
        }
        free(url.chars);
        free(short_base.chars);
        WsFreeHeap(heap);
    }
}
