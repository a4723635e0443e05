/* SPDX-License-Identifier: MIT */
/* names.c - WsXmlStringEquals, WsGetDictionary, WsVerifyXmlNCName, WsTrimXmlWhitespace; see names.h. */
#include "xml/names.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"

const WS_XML_STRING xml_empty = WS_XML_STRING_VALUE("");
const WS_XML_STRING xml_nothing = {0, NULL, NULL, 0};
const WS_XML_STRING xml_prefix_xml = WS_XML_STRING_VALUE("xml");
const WS_XML_STRING xml_prefix_xmlns = WS_XML_STRING_VALUE("xmlns");
const WS_XML_STRING xml_namespace_xml = WS_XML_STRING_VALUE("http://www.w3.org/XML/1998/namespace");
const WS_XML_STRING xml_namespace_xmlns = WS_XML_STRING_VALUE("http://www.w3.org/2000/xmlns/");
const WS_XML_STRING xml_local_include = WS_XML_STRING_VALUE("Include");
const WS_XML_STRING xml_namespace_xop = WS_XML_STRING_VALUE(XML_NAMESPACE_XOP);
const WS_XML_STRING xml_local_content_type = WS_XML_STRING_VALUE("contentType");
const WS_XML_STRING xml_namespace_xmime = WS_XML_STRING_VALUE("http://www.w3.org/2004/11/xmlmime");

const WS_XML_UTF8_TEXT xml_xmlns_value = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
const WS_XML_UTF8_TEXT xml_xmlns_value_binary = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("")};

const WS_XML_DICTIONARY xml_dictionary_inline = {
    {0x6b0c58d2, 0x1f7e, 0x4c39, {0xa4, 0x05, 0x3e, 0x9b, 0x72, 0xd8, 0x60, 0x1c}}, NULL, 0, FALSE};

static bool is_name_character(uint32_t c, bool first)
{
    return first ? xml_is_name_start(c) : xml_is_name(c);
}

/* What is wrong with a name, whichever encoding it is in; positions count from 0 in that encoding's units. */
static HRESULT empty_name(const char *what, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "The %s is empty.", what);
}

static HRESULT bad_name_character(const char *what, const char *name, uint32_t c, size_t position, WS_ERROR *error)
{
    if (!position)
        return error_report(error, WS_E_INVALID_FORMAT, "The %s \"%s\" cannot begin with the character U+%04X.", what,
                            name, (unsigned)c);
    return error_report(error, WS_E_INVALID_FORMAT, "The %s \"%s\" cannot have the character U+%04X at position %zu.",
                        what, name, (unsigned)c, position);
}

HRESULT xml_check_ncname(const BYTE *bytes, size_t length, const char *what, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];
    size_t at, size;
    uint32_t c;

    if (!length)
        return empty_name(what, error);
    for (at = 0; at < length; at += size)
    {
        if (!(size = utf8_decode(bytes + at, bytes + length, &c)))
            return error_report(error, WS_E_INVALID_FORMAT,
                                "The %s \"%s\" is not valid UTF-8 at position %zu, byte 0x%02X.", what,
                                text_excerpt(bytes, length, excerpt), at, bytes[at]);
        if (!is_name_character(c, !at))
            return bad_name_character(what, text_excerpt(bytes, length, excerpt), c, at, error);
    }
    return S_OK;
}

static HRESULT verify_ncname(const WCHAR *chars, ULONG count, WS_ERROR *error)
{
    static const char what[] = "name";
    char excerpt[TEXT_EXCERPT_ROOM];
    size_t at, size;
    uint32_t c;

    if (count && !chars)
        return error_report(error, E_INVALIDARG, "The characters of the name are NULL, and their count is %u.",
                            (unsigned)count);
    if (!count)
        return empty_name(what, error);
    for (at = 0; at < count; at += size)
        if (!(size = utf16_decode(chars + at, chars + count, &c)) || !is_name_character(c, !at))
            return bad_name_character(what, text_excerpt_utf16(chars, count, excerpt), c, at, error);
    return S_OK;
}

static HRESULT trim(WCHAR *chars, ULONG count, WCHAR **trimmed, ULONG *trimmed_count, WS_ERROR *error)
{
    ULONG start = 0;

    if (count && !chars)
        return error_report(error, E_INVALIDARG, "The characters to trim are NULL, and their count is %u.",
                            (unsigned)count);
    if (!trimmed)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the trimmed characters is NULL.");
    if (!trimmed_count)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the count of characters is NULL.");
    while (start < count && xml_is_space(chars[start]))
        start++;
    while (count > start && xml_is_space(chars[count - 1]))
        count--;
    *trimmed = start ? chars + start : chars;
    *trimmed_count = count - start;
    return S_OK;
}

static HRESULT check_string(const WS_XML_STRING *string, int number, WS_ERROR *error)
{
    if (!string)
        return error_report(error, E_INVALIDARG, "String %d is NULL.", number);
    if (string->length && !string->bytes)
        return error_report(error, E_INVALIDARG, "The bytes of string %d are NULL, and its length is %u.", number,
                            (unsigned)string->length);
    return S_OK;
}

static HRESULT equals(const WS_XML_STRING *string1, const WS_XML_STRING *string2, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = check_string(string1, 1, error)) != S_OK || (hr = check_string(string2, 2, error)) != S_OK)
        return hr;
    return xml_string_equals(string1, string2) ? S_OK : S_FALSE;
}

static HRESULT get_dictionary(WS_ENCODING encoding, WS_XML_DICTIONARY **dictionary, WS_ERROR *error)
{
    if (!dictionary)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the dictionary is NULL.");
    switch (encoding)
    {
    case WS_ENCODING_XML_BINARY_1:
    case WS_ENCODING_XML_BINARY_SESSION_1: *dictionary = (WS_XML_DICTIONARY *)&xml_dictionary_soap; return S_OK;
    case WS_ENCODING_XML_MTOM_UTF8:
    case WS_ENCODING_XML_MTOM_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16LE:
    case WS_ENCODING_XML_UTF8:
    case WS_ENCODING_XML_UTF16BE:
    case WS_ENCODING_XML_UTF16LE:
    case WS_ENCODING_RAW: *dictionary = NULL; return S_OK;
    }
    return error_report(error, E_INVALIDARG, "There is no %s.",
                        constant_name(CONSTANT_ENCODING, (uint32_t)encoding).text);
}

/*
 * Compares two strings by their bytes. Two of the same dictionary that have the same id are equal.
 *
 * Returns S_OK if they are equal, S_FALSE if they are not; E_INVALIDARG (a NULL pointer).
 * Source: the pages of WsXmlStringEquals and WS_XML_DICTIONARY.
 */
HRESULT WINAPI WsXmlStringEquals(const WS_XML_STRING *string1, const WS_XML_STRING *string2, WS_ERROR *error)
{
    HRESULT hr = equals(string1, string2, error);

    TRACE_RESULT(hr, error, "WsXmlStringEquals(string1=%s, string2=%s, error=%p) = 0x%08x",
                 trace_xml_string(string1).text, trace_xml_string(string2).text, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Gets the dictionary that an encoding defines in advance.
 *
 * dictionary: receives the strings of [MC-NBFS] for the two binary encodings, and NULL for the others, which have none.
 *      It is constant, and there as long as the library. Untouched on failure.
 * Returns E_INVALIDARG (dictionary is NULL, an unknown encoding).
 * Source: the page of WsGetDictionary; that the result may be NULL is in its declaration.
 */
HRESULT WINAPI WsGetDictionary(WS_ENCODING encoding, WS_XML_DICTIONARY **dictionary, WS_ERROR *error)
{
    HRESULT hr = get_dictionary(encoding, dictionary, error);

    TRACE_RESULT(hr, error, "WsGetDictionary(encoding=%s, dictionary=%p, error=%p) = 0x%08x%s",
                 TRACE_NAME(ENCODING, encoding), (void *)dictionary, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "dictionary", hr == S_OK ? *dictionary : NULL).text);
    return hr;
}

/*
 * Whether the characters are an NCName of Namespaces in XML: a name of XML 1.0, fifth edition, without a colon.
 *
 * Returns S_OK if they are; WS_E_INVALID_FORMAT if not (also for none at all); E_INVALIDARG (characters at NULL).
 * Source: the page of WsVerifyXmlNCName.
 */
HRESULT WINAPI WsVerifyXmlNCName(const WCHAR *ncNameChars, ULONG ncNameCharCount, WS_ERROR *error)
{
    HRESULT hr = verify_ncname(ncNameChars, ncNameCharCount, error);

    TRACE_RESULT(hr, error, "WsVerifyXmlNCName(ncNameChars=%s, ncNameCharCount=%u, error=%p) = 0x%08x",
                 trace_chars(ncNameChars, ncNameCharCount).text, (unsigned)ncNameCharCount, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Finds what is left of characters without the white space of XML around them: U+0009, U+000A, U+000D and U+0020.
 *
 * trimmedChars, trimmedCount: receive where it begins, among the characters passed, and how long it is: 0 if there is
 *      nothing else. Untouched on failure.
 * Returns E_INVALIDARG (a NULL pointer).
 * Source: the page of WsTrimXmlWhitespace.
 */
HRESULT WINAPI WsTrimXmlWhitespace(WCHAR *chars, ULONG charCount, WCHAR **trimmedChars, ULONG *trimmedCount,
                                   WS_ERROR *error)
{
    HRESULT hr = trim(chars, charCount, trimmedChars, trimmedCount, error);

    TRACE_RESULT(
        hr, error,
        "WsTrimXmlWhitespace(chars=%p, charCount=%u, trimmedChars=%p, trimmedCount=%p, error=%p) = 0x%08x, %u left",
        (void *)chars, (unsigned)charCount, (void *)trimmedChars, (void *)trimmedCount, (void *)error, (unsigned)hr,
        hr == S_OK ? (unsigned)*trimmedCount : 0);
    return hr;
}

uint32_t xml_hash_seed(const void *object)
{
    static uint32_t count;

    /* Addresses differ from process to process, and the count from object to object. */
    return (uint32_t)((uintptr_t)object >> 4) * 2654435761u ^ (uint32_t)((uintptr_t)&object >> 3) ^
           __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED) << 20;
}
