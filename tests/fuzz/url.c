/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of the URL functions. The input is four bytes (flags, a scheme, a port) and up to five strings, divided by
 * 0xff: the parts that are encoded, of which the first two are a URL (or a base) and a reference as well. A byte below
 * 0x80 is that character; any other one says the upper half of a character, whose lower half follows: 0 to 0x3f, and
 * 0xc0 to 0xfe, where the surrogates are. What is checked:
 *
 *   - what WsDecodeUrl takes, WsEncodeUrl puts together again, and that is decoded to the same parts;
 *   - what WsEncodeUrl puts together, of any parts, is decoded to these;
 *   - WsCombineUrl takes what WsDecodeUrl takes; its result can be decoded, unless what is escaped may be no UTF-8,
 *     and is left alone by combining it again;
 *   - paths are collapsed as a simple model does it;
 *   - failures touch nothing and take nothing from the heap, and have a sentence.
 */
#include "fuzz.h"

#define ALL_FLAGS (WS_URL_FLAGS_ALLOW_HOST_WILDCARDS | WS_URL_FLAGS_NO_PATH_COLLAPSE | WS_URL_FLAGS_ZERO_TERMINATE)

static WS_HEAP *heap;
static WS_ERROR *error;

/* --- The input --- */

static const uint8_t *input, *input_end;

/* A string in memory of just its size, up to the next 0xff. */
static WS_STRING take_string(void)
{
    const uint8_t *end = input;
    WS_STRING string = {0, NULL};

    while (end < input_end && *end != 0xff)
        end++;
    string.chars = malloc((size_t)(end - input) * sizeof(WCHAR) + 1);
    while (input < end)
    {
        WCHAR c = *input++;

        if (c >= 0x80 && input < end)
            c = (WCHAR)((c < 0xc0 ? c - 0x80 : c) << 8 | *input++);
        string.chars[string.length++] = c;
    }
    input += input < input_end;
    string.chars = realloc(string.chars, string.length * sizeof(WCHAR) + !string.length);
    return string;
}

/* --- Calls, with what each of them promises --- */

static SIZE_T requested(void)
{
    SIZE_T size = 0;

    check(WsGetHeapProperty(heap, WS_HEAP_PROPERTY_REQUESTED_SIZE, &size, sizeof(size), NULL) == S_OK);
    return size;
}

static ULONG sentences(void)
{
    ULONG count = 0;

    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    return count;
}

static void check_outcome(HRESULT hr, bool touched, SIZE_T before, SIZE_T most, ULONG said)
{
    check(touched == (hr == S_OK));
    check(sentences() == said + (hr != S_OK));
    check(requested() - before <= (hr == S_OK ? most : 0));
}

/* NULL if the URL is refused. */
static const WS_HTTP_URL *decode(const WS_STRING *url, ULONG flags)
{
    SIZE_T before = requested();
    ULONG said = sentences();
    WS_URL *decoded = (WS_URL *)error;
    HRESULT hr = WsDecodeUrl(url, flags, heap, &decoded, error);

    check(hr == S_OK || hr == WS_E_INVALID_FORMAT);
    check_outcome(hr, decoded != (WS_URL *)error, before, sizeof(WS_HTTP_URL) + url->length * sizeof(WCHAR), said);
    return hr == S_OK ? (const WS_HTTP_URL *)decoded : NULL;
}

static HRESULT encode(const WS_HTTP_URL *url, ULONG flags, WS_STRING *encoded)
{
    SIZE_T before = requested();
    ULONG said = sentences();
    HRESULT hr;

    encoded->length = 77;
    encoded->chars = (WCHAR *)error;
    hr = WsEncodeUrl(&url->url, flags, heap, encoded, error);
    check_outcome(hr, encoded->chars != (WCHAR *)error, before, encoded->length * sizeof(WCHAR), said);
    if (hr == S_OK && flags & WS_URL_FLAGS_ZERO_TERMINATE)
        check(!encoded->chars[--encoded->length]);
    return hr;
}

static HRESULT combine(const WS_STRING *base, const WS_STRING *reference, ULONG flags, WS_STRING *combined)
{
    SIZE_T before = requested();
    ULONG said = sentences();
    HRESULT hr;

    combined->length = 77;
    combined->chars = (WCHAR *)error;
    hr = WsCombineUrl(base, reference, flags, heap, combined, error);
    check(hr == S_OK || hr == WS_E_INVALID_FORMAT);
    check_outcome(hr, combined->chars != (WCHAR *)error, before,
                  ((SIZE_T)base->length + reference->length + 2) * sizeof(WCHAR), said);
    if (hr == S_OK && flags & WS_URL_FLAGS_ZERO_TERMINATE)
        check(!combined->chars[--combined->length]);
    return hr;
}

/* --- Properties --- */

static bool same(const WS_STRING *a, const WS_STRING *b)
{
    return a->length == b->length && (!a->length || !memcmp(a->chars, b->chars, a->length * sizeof(WCHAR)));
}

static void check_same_parts(const WS_HTTP_URL *a, const WS_HTTP_URL *b)
{
    check(a->url.scheme == b->url.scheme && a->port == b->port);
    check(same(&a->host, &b->host) && same(&a->portAsString, &b->portAsString) && same(&a->path, &b->path));
    check(same(&a->query, &b->query) && same(&a->fragment, &b->fragment));
}

/* Collapses a path by the model: its segments are kept on a stack. */
static WS_STRING model_collapse(const WS_STRING *path)
{
    WS_STRING *segments = malloc(((size_t)path->length + 1) * sizeof(*segments)), result = {0, NULL};
    ULONG count = 0, start, end, i;
    bool ends_in_slash = false;

    for (start = 1; start <= path->length; start = end + 1)
    {
        const WCHAR *chars = path->chars + start;
        ULONG length;

        for (end = start; end < path->length && path->chars[end] != '/'; end++)
            ;
        length = end - start;
        ends_in_slash = true;
        if (length == 2 && chars[0] == '.' && chars[1] == '.')
            count -= count > 0;
        else if (!(length == 1 && chars[0] == '.'))
        {
            segments[count].chars = path->chars + start;
            segments[count++].length = length;
            ends_in_slash = false;
        }
    }
    result.chars = malloc(((size_t)path->length + 1) * sizeof(WCHAR));
    for (i = 0; i < count; i++)
    {
        result.chars[result.length++] = '/';
        memcpy(result.chars + result.length, segments[i].chars, segments[i].length * sizeof(WCHAR));
        result.length += segments[i].length;
    }
    if (ends_in_slash)
        result.chars[result.length++] = '/';
    free(segments);
    return result;
}

static void check_collapsed(const WS_STRING *url, const WS_HTTP_URL *parts, ULONG flags)
{
    const WS_HTTP_URL *kept = decode(url, flags | WS_URL_FLAGS_NO_PATH_COLLAPSE);
    WS_STRING wanted;

    check(kept);
    wanted = model_collapse(&kept->path);
    check(same(&wanted, &parts->path));
    free(wanted.chars);
}

static void check_decoding(const WS_STRING *url, ULONG flags)
{
    const WS_HTTP_URL *parts = decode(url, flags), *again;
    WS_STRING encoded, reencoded;

    if (!parts)
        return;
    check(parts->host.length);
    if (!(flags & WS_URL_FLAGS_NO_PATH_COLLAPSE))
        check_collapsed(url, parts, flags);
    check(encode(parts, flags, &encoded) == S_OK);
    again = decode(&encoded, flags);
    check(again);
    check_same_parts(parts, again);
    check(encode(again, 0, &reencoded) == S_OK && same(&encoded, &reencoded));
}

static void check_encoding(const WS_STRING strings[5], uint8_t scheme, uint16_t port, ULONG flags)
{
    WS_HTTP_URL parts = {
        {(WS_URL_SCHEME_TYPE)(scheme % 6)}, strings[0], port, strings[1], strings[2], strings[3], strings[4]};
    const WS_HTTP_URL *again;
    WS_STRING encoded;

    if (encode(&parts, flags, &encoded) != S_OK)
        return;
    again = decode(&encoded, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS | WS_URL_FLAGS_NO_PATH_COLLAPSE);
    /* Only encoding takes a URL without a host. */
    check(!again == !strings[0].length);
    if (!again)
        return;
    /* The text of the port is written if there is one, and so is a number that is not the default. */
    if (!port || parts.portAsString.length)
        parts.port = again->port;
    if (!parts.portAsString.length)
        parts.portAsString = again->portAsString;
    check(!port || again->port == port);
    check_same_parts(&parts, again);
}

/* Whether all that is escaped is ASCII. */
static bool escapes_ascii(const WS_STRING *url)
{
    ULONG i;

    for (i = 0; i + 1 < url->length; i++)
        if (url->chars[i] == '%' && !(url->chars[i + 1] >= '0' && url->chars[i + 1] <= '7'))
            return false;
    return true;
}

static void check_combining(const WS_STRING *base, const WS_STRING *reference, ULONG flags)
{
    const WS_HTTP_URL *base_parts = decode(base, flags), *parts = decode(reference, flags), *result;
    WS_STRING combined, again, empty = {0, NULL};

    if (combine(base, reference, flags, &combined) != S_OK)
    {
        check(!base_parts || !parts);
        check(!base_parts || combine(base, &empty, flags, &again) == S_OK);
        return;
    }
    check(base_parts || !escapes_ascii(base));
    result = decode(&combined, flags);
    check(result || !escapes_ascii(base) || !escapes_ascii(reference));
    if (parts)
    {
        check(result);
        check_same_parts(parts, result);
    }
    check(combine(base, &combined, flags, &again) == S_OK && same(&combined, &again));
}

static void release(void)
{
    WsFreeHeap(heap);
    WsFreeError(error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    WS_STRING strings[5];
    uint8_t options[4] = {0};
    size_t i;

    if (!heap)
    {
        check(WsCreateHeap((SIZE_T)256 << 20, 0, NULL, 0, &heap, NULL) == S_OK);
        check(WsCreateError(NULL, 0, &error) == S_OK);
        check(!atexit(release));
    }
    input = data;
    input_end = data + size;
    for (i = 0; i < sizeof(options) && input < input_end; i++)
        options[i] = *input++;
    for (i = 0; i < 5; i++)
        strings[i] = take_string();

    check_decoding(&strings[0], options[0] & ALL_FLAGS);
    check_encoding(strings, options[1], (uint16_t)(options[2] << 8 | options[3]), options[0] & ALL_FLAGS);
    check_combining(&strings[0], &strings[1], options[0] & ALL_FLAGS);

    for (i = 0; i < 5; i++)
        free(strings[i].chars);
    check(WsResetHeap(heap, NULL) == S_OK);
    check(WsResetError(error) == S_OK);
    return 0;
}
