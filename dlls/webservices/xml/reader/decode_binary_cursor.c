/* SPDX-License-Identifier: MIT */
/*
 * decode_binary_cursor.c - the decoder of the binary encoding: what its files read records with, that is numbers,
 * strings in dictionaries and the checks of names and characters; and failures that name the record and its offset.
 * See decode_binary.h.
 */
#include "xml/reader/decode_binary_cursor.h"

#include "base/error.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

/* --- Failures --- */

HRESULT binary_locate(const struct binary_cursor *cursor, ULONG mark, HRESULT hr, WS_ERROR *error)
{
    const WS_XML_READER *reader = cursor->reader;
    /* What an array repeats is not in the window: the offset is that of the item then. */
    ULONGLONG offset = reader->binary_state.offset;

    if (cursor->end == reader->end)
        offset += (ULONGLONG)(cursor->start - reader->pos);
    if (cursor->record < 0)
        error_precede(error, mark, "At offset %llu: ", (unsigned long long)offset);
    else
        error_precede(error, mark, "Record 0x%02x (%s%s) at offset %llu: ", (unsigned)cursor->record,
                      binary_record_name((unsigned)cursor->record), binary_record_suffix((unsigned)cursor->record),
                      (unsigned long long)offset);
    return hr;
}

static HRESULT fail(const struct binary_cursor *cursor, HRESULT hr, WS_ERROR *error, const char *format, va_list args)
{
    ULONG mark = error_mark(error);
    char sentence[300];

    vsnprintf(sentence, sizeof(sentence), format, args);
    error_report(error, hr, "%s", sentence);
    return binary_locate(cursor, mark, hr, error);
}

HRESULT binary_fail(const struct binary_cursor *cursor, WS_ERROR *error, const char *format, ...)
{
    va_list args;
    HRESULT hr;

    va_start(args, format);
    hr = fail(cursor, WS_E_INVALID_FORMAT, error, format, args);
    va_end(args);
    return hr;
}

HRESULT binary_fail_with(const struct binary_cursor *cursor, HRESULT hr, WS_ERROR *error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    hr = fail(cursor, hr, error, format, args);
    va_end(args);
    return hr;
}

HRESULT binary_cut_off(const struct binary_cursor *cursor, WS_ERROR *error)
{
    if (!cursor->reader->binary_state.final)
        return READER_STARVED;
    return binary_fail(cursor, error,
                       cursor->record < 0 ? "The document ends unexpectedly." : "The document ends within it.");
}

/* --- What records are made of --- */

NOINLINE HRESULT binary_read_int31_slow(struct binary_cursor *cursor, uint32_t *value, WS_ERROR *error)
{
    int count;

    if ((count = binary_get_int31(cursor->at, cursor->end, value)) > 0)
    {
        cursor->at += count;
        return S_OK;
    }
    return count ? binary_fail(cursor, error, "A length, an id or a count has more than 31 bits.")
                 : binary_cut_off(cursor, error);
}

HRESULT binary_read_record(struct binary_cursor *cursor, BYTE *record, WS_ERROR *error)
{
    if (UNLIKELY(cursor->at == cursor->end))
        return binary_cut_off(cursor, error);
    cursor->start = cursor->at;
    cursor->record = *record = *cursor->at++;
    return S_OK;
}

HRESULT binary_read_dictionary(struct binary_cursor *cursor, WS_XML_STRING *string, WS_ERROR *error)
{
    const struct binary_state *state = &cursor->reader->binary_state;
    const WS_XML_DICTIONARY *dictionary;
    uint32_t id;
    HRESULT hr;

    if ((hr = binary_read_int31(cursor, &id, error)) != S_OK)
        return hr;
    dictionary = id & 1 ? state->dynamic_dictionary : state->static_dictionary;
    if (UNLIKELY(!dictionary))
        return binary_fail(cursor, error, "The string %u is in the %s dictionary, which the reader was not given.",
                           (unsigned)id, id & 1 ? "dynamic" : "static");
    if (UNLIKELY(id >> 1 >= dictionary->stringCount))
        return binary_fail(
            cursor, error, "The string %u would be number %u of the %s dictionary, whose stringCount is %u.",
            (unsigned)id, (unsigned)(id >> 1), id & 1 ? "dynamic" : "static", (unsigned)dictionary->stringCount);
    /* As it is there, with the dictionary and the id that it says it has: observed on Windows. */
    *string = dictionary->strings[id >> 1];
    return S_OK;
}

HRESULT binary_check_wide_name(const struct binary_cursor *cursor, const WS_XML_STRING *name, const char *what,
                               WS_ERROR *error)
{
    const BYTE *p = name->bytes, *end = p + name->length;
    char excerpt[TEXT_EXCERPT_ROOM];
    uint32_t c;
    size_t length;

    for (; p < end; p += length)
    {
        length = utf8_decode(p, end, &c);
        if (!length || !(p == name->bytes ? xml_is_name_start(c) : xml_is_name(c)))
            break;
    }
    if (p == end && name->length)
        return S_OK;
    return binary_fail(cursor, error, "\"%s\" cannot be the name of %s.",
                       text_excerpt(name->bytes, name->length, excerpt), what);
}

/*
 * The first byte of UTF-8 that is not an ordinary character: a control character, CR, or one that is not ASCII. Up to
 * `limit` bytes can be read, so that the last few of a text can be looked at all at once.
 */
static inline const BYTE *find_special(const BYTE *p, const BYTE *end, const BYTE *limit)
{
#ifdef SCAN_MASK_STEP
    while (p < end && limit - p >= 16)
    {
        uint64_t mask = scan_text_mask(p, '\r', '\r', '\r');

        if (end - p < 16)
            mask &= scan_mask_of((size_t)(end - p));
        if (mask)
            return p + (unsigned)__builtin_ctzll(mask) / SCAN_MASK_STEP;
        p = end - p < 16 ? end : p + 16;
    }
#else
    (void)limit;
#endif
    return scan_class(p, end, SCAN_COMMENT);
}

HRESULT binary_check_chars(const struct binary_cursor *cursor, const BYTE *p, const BYTE *end, const BYTE *limit,
                           bool may_be_cut, const BYTE **valid, WS_ERROR *error)
{
    BOOL any = cursor->reader->properties.allow_invalid_character_references;
    uint32_t c;
    int length;

    for (;;)
    {
        p = find_special(p, end, limit);
        if (LIKELY(p == end))
            break;
        if (*p < 0x80)
        {
            if (*p < 0x20 && *p != '\r' && !any)
                return binary_fail(cursor, error, "The character U+%04X is not allowed in XML.", *p);
            p++;
            continue;
        }
        length = scan_wide(p, end);
        if (length > 0)
        {
            p += length;
            continue;
        }
        if (length < 0 && may_be_cut)
            break;
        if (length == 0 && any && (length = (int)utf8_decode(p, end, &c)) > 0)
        {
            p += length;
            continue;
        }
        return binary_fail(cursor, error, "The byte %02X does not begin a valid character of XML in UTF-8.", *p);
    }
    *valid = p;
    return S_OK;
}
