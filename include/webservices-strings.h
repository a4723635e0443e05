/* SPDX-License-Identifier: MIT */
/*
 * webservices-strings.h - UTF-8 to WS_STRING and back, for programs whose own texts are UTF-8
 *
 * Strings of the API have 16-bit characters on every system. These functions convert them, strictly: what is not valid
 * UTF-8 or UTF-16 fails, and nothing is replaced. They are not of Microsoft's API: they are defined here, and call
 * nothing but WsAlloc and WsAddErrorString, so they work with any webservices.dll. In C99 and later, and in C++.
 *
 *     WS_ENDPOINT_ADDRESS address = {0};
 *     char *text;
 *
 *     hr = ws_string_from_utf8("http://example.org/", heap, &address.url, error);
 *     hr = ws_string_to_utf8(&address.url, heap, &text, error);
 *
 * What they return lives in the heap, until that is reset or freed.
 */

#ifndef WEBSERVICES_STRINGS_H
#define WEBSERVICES_STRINGS_H

#include <webservices.h>

/* Adds a sentence in ASCII to an error object, if there is one. */
static inline HRESULT ws_string_failure(HRESULT hr, const char *sentence, WS_ERROR *error)
{
    WCHAR chars[96];
    WS_STRING string;

    if (error == NULL)
        return hr;
    string.chars = chars;
    for (string.length = 0; string.length < WsCountOf(chars) && sentence[string.length] != 0; string.length++)
        chars[string.length] = (WCHAR)(unsigned char)sentence[string.length];
    WsAddErrorString(error, &string);
    return hr;
}

/*
 * The size of the character that begins UTF-8, and the character; 0 if it is not valid: too long for what it is, a
 * surrogate, beyond U+10FFFF, or cut off by the zero at the end.
 */
static inline ULONG ws_utf8_next(const unsigned char *bytes, ULONG *character)
{
    static const ULONG smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    ULONG size, i, c;

    if (bytes[0] < 0x80)
    {
        *character = bytes[0];
        return 1;
    }
    size = (ULONG)(bytes[0] < 0xC0 ? 0 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : bytes[0] < 0xF8 ? 4 : 0);
    c = (ULONG)bytes[0] & (0x7Fu >> size);
    for (i = 1; i < size; i++)
    {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (bytes[i] & 0x3Fu);
    }
    if (c < smallest[size] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *character = c;
    return size;
}

/*
 * Converts UTF-8 that ends in a zero byte into a string in a heap. A zero character follows the string, too, so that
 * its characters can be passed where a WCHAR * is wanted.
 *
 * E_INVALIDARG: utf8, heap or string is NULL. WS_E_INVALID_FORMAT: this is not UTF-8. WS_E_QUOTA_EXCEEDED: it does not
 * fit into the heap. Then *string is as it was.
 */
static inline HRESULT ws_string_from_utf8(const char *utf8, WS_HEAP *heap, WS_STRING *string, WS_ERROR *error)
{
    const unsigned char *bytes = (const unsigned char *)utf8;
    WCHAR *chars;
    void *memory;
    SIZE_T count = 0, i;
    ULONG size, c;
    HRESULT hr;

    if (utf8 == NULL || heap == NULL || string == NULL)
        return ws_string_failure(E_INVALIDARG, "ws_string_from_utf8 needs a text, a heap and a string.", error);
    for (i = 0; bytes[i] != 0; i += size)
    {
        if ((size = ws_utf8_next(bytes + i, &c)) == 0)
            return ws_string_failure(WS_E_INVALID_FORMAT, "The text for ws_string_from_utf8 is not valid UTF-8.",
                                     error);
        count += c < 0x10000 ? 1 : 2;
    }
    if (count > 0x7FFFFFFE)
        return ws_string_failure(WS_E_QUOTA_EXCEEDED, "The text for ws_string_from_utf8 is too long for a heap.",
                                 error);
    if (FAILED(hr = WsAlloc(heap, (count + 1) * sizeof(WCHAR), &memory, error)))
        return hr;
    chars = (WCHAR *)memory;
    string->chars = chars;
    string->length = (ULONG)count;
    for (; (size = ws_utf8_next(bytes, &c)) != 0 && c != 0; bytes += size)
    {
        if (c >= 0x10000)
        {
            *chars++ = (WCHAR)(0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        *chars++ = (WCHAR)c;
    }
    *chars = 0;
    return S_OK;
}

/* How many characters of UTF-16 the first one takes, and the character; 0: half a surrogate pair. */
static inline ULONG ws_utf16_next(const WCHAR *chars, ULONG length, ULONG *character)
{
    *character = chars[0];
    if (chars[0] < 0xD800 || chars[0] > 0xDFFF)
        return 1;
    if (chars[0] > 0xDBFF || length < 2 || chars[1] < 0xDC00 || chars[1] > 0xDFFF)
        return 0;
    *character = 0x10000 + (((ULONG)chars[0] - 0xD800) << 10) + ((ULONG)chars[1] - 0xDC00);
    return 2;
}

/*
 * Converts a string into UTF-8 in a heap that ends in a zero byte.
 *
 * E_INVALIDARG: string, heap or utf8 is NULL, or the string has a length and no characters. WS_E_INVALID_FORMAT: it is
 * not UTF-16, or contains U+0000, which would end the text. WS_E_QUOTA_EXCEEDED: it does not fit into the heap. Then
 * *utf8 is as it was.
 */
static inline HRESULT ws_string_to_utf8(const WS_STRING *string, WS_HEAP *heap, char **utf8, WS_ERROR *error)
{
    SIZE_T total = 1;
    char *at;
    void *memory;
    ULONG size, c, i;
    HRESULT hr;

    if (string == NULL || heap == NULL || utf8 == NULL || (string->length != 0 && string->chars == NULL))
        return ws_string_failure(E_INVALIDARG, "ws_string_to_utf8 needs a string, a heap and a pointer.", error);
    for (i = 0; i < string->length; i += size)
    {
        size = ws_utf16_next(string->chars + i, string->length - i, &c);
        if (size == 0 || c == 0)
            return ws_string_failure(WS_E_INVALID_FORMAT,
                                     "The string for ws_string_to_utf8 has half a surrogate pair, or U+0000.", error);
        total += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (total > 0x7FFFFFFF)
            return ws_string_failure(WS_E_QUOTA_EXCEEDED, "The string for ws_string_to_utf8 is too long for a heap.",
                                     error);
    }
    if (FAILED(hr = WsAlloc(heap, total, &memory, error)))
        return hr;
    *utf8 = at = (char *)memory;
    for (i = 0; i < string->length; i += size)
    {
        size = ws_utf16_next(string->chars + i, string->length - i, &c);
        if (c >= 0x80)
        {
            if (c >= 0x800)
            {
                if (c >= 0x10000)
                    *at++ = (char)(0xF0 | c >> 18);
                *at++ = (char)(c >= 0x10000 ? 0x80 | (c >> 12 & 0x3F) : 0xE0 | c >> 12);
            }
            *at++ = (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6);
            c = 0x80 | (c & 0x3F);
        }
        *at++ = (char)c;
    }
    *at = 0;
    return S_OK;
}

#endif
