/* SPDX-License-Identifier: MIT */
/* framing_strings.c - see framing_strings.h. */
#include "framing_strings.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "xml/binary_records.h"
#include "xml/names.h"

#include <string.h>

/* The bytes that a length takes in a table. */
static ULONG length_size(uint32_t length)
{
    BYTE bytes[5];

    return (ULONG)(binary_put_int31(bytes, length) - bytes);
}

/* --- Those that are received --- */

#define FIRST_ROOM 8u

void framing_strings_in_init(struct framing_strings_in *strings, ULONG quota)
{
    memset(strings, 0, sizeof(*strings));
    strings->quota = quota;
    /* The quota of strings bounds it; each is rounded up. */
    memory_init_arena(&strings->arena, SIZE_MAX, 0);
}

void framing_strings_in_reset(struct framing_strings_in *strings, ULONG quota)
{
    memory_free(strings->dictionary.strings);
    arena_release(&strings->arena);
    framing_strings_in_init(strings, quota);
}

static bool grow_in(struct framing_strings_in *strings)
{
    WS_XML_DICTIONARY *dictionary = &strings->dictionary;
    ULONG room = strings->room ? 2 * strings->room : FIRST_ROOM;
    WS_XML_STRING *grown;

    if (room <= strings->room || !(grown = memory_alloc((size_t)room * sizeof(*grown), "session strings")))
        return false;
    if (dictionary->stringCount)
        memcpy(grown, dictionary->strings, dictionary->stringCount * sizeof(*grown));
    memory_free(dictionary->strings);
    dictionary->strings = grown;
    strings->room = room;
    return true;
}

/* The length of a string is known: makes room for it. */
static HRESULT begin_string(struct framing_strings_in *strings, uint32_t length, WS_ERROR *error)
{
    ULONG left = strings->quota - strings->size, cost = length_size(length);

    if (length > strings->table_left)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The peer sent a table of session strings in which a string of %u bytes exceeds the table "
                            "by %u.",
                            (unsigned)length, (unsigned)(length - strings->table_left));
    if (length > left || cost > left - length)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The peer sent a session string of %u bytes that the session has no room for: "
                            "WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE is %u, of which %u are taken.",
                            (unsigned)length, (unsigned)strings->quota, (unsigned)strings->size);
    if ((strings->dictionary.stringCount == strings->room && !grow_in(strings)) ||
        !(strings->next.bytes = arena_alloc(&strings->arena, length)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for %u bytes of a session string.",
                            (unsigned)length);
    strings->size += cost + length;
    strings->next.length = strings->next_left = length;
    return S_OK;
}

/* All bytes of a string have come. */
static HRESULT end_string(struct framing_strings_in *strings, WS_ERROR *error)
{
    WS_XML_STRING *next = &strings->next;
    WS_XML_DICTIONARY *dictionary = &strings->dictionary;

    if (utf8_find_invalid(next->bytes, next->bytes + next->length) != next->bytes + next->length)
        return error_report(error, WS_E_INVALID_FORMAT, "The peer sent a session string that is not valid UTF-8.");
    next->dictionary = dictionary;
    next->id = dictionary->stringCount;
    dictionary->strings[dictionary->stringCount++] = *next;
    next->bytes = NULL;
    return S_OK;
}

/* A byte of a number; S_FALSE: there are more. */
static HRESULT read_number(struct framing_strings_in *strings, BYTE byte, WS_ERROR *error)
{
    if (strings->number_size == 4 && byte > 7)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The peer sent a table of session strings in which a size has more than 31 bits.");
    if (!strings->number_size)
        strings->number = 0;
    strings->number |= (uint32_t)(byte & 0x7f) << 7 * strings->number_size++;
    if (byte & 0x80)
        return S_FALSE;
    strings->number_size = 0;
    return S_OK;
}

/* The byte that comes next is of the size of the table, or of the length of a string. */
static HRESULT read_length(struct framing_strings_in *strings, BYTE byte, WS_ERROR *error)
{
    bool is_of_string = strings->in_table;
    HRESULT hr = read_number(strings, byte, error);

    if (is_of_string)
        strings->table_left--;
    if (FAILED(hr))
        return hr;
    if (hr == S_FALSE)
        return is_of_string && !strings->table_left
                   ? error_report(error, WS_E_INVALID_FORMAT,
                                  "The peer sent a table of session strings that ends within the length of a string.")
                   : S_OK;
    if (is_of_string)
        return begin_string(strings, strings->number, error);
    strings->table_left = strings->number;
    strings->in_table = true;
    return S_OK;
}

HRESULT framing_strings_read(struct framing_strings_in *strings, const BYTE *bytes, size_t count, size_t *used,
                             bool *done, WS_ERROR *error)
{
    const BYTE *p = bytes, *end = bytes + count;
    size_t length;
    HRESULT hr;

    *done = false;
    for (;;)
    {
        if (strings->next.bytes)
        {
            length = (size_t)(end - p) < strings->next_left ? (size_t)(end - p) : strings->next_left;
            if (length)
                memcpy(strings->next.bytes + (strings->next.length - strings->next_left), p, length);
            p += length;
            strings->next_left -= (uint32_t)length;
            strings->table_left -= (uint32_t)length;
            if (strings->next_left)
                break;
            if ((hr = end_string(strings, error)) != S_OK)
                return hr;
        }
        if (strings->in_table && !strings->table_left)
        {
            strings->in_table = false;
            *done = true;
            break;
        }
        if (p == end)
            break;
        if ((hr = read_length(strings, *p++, error)) != S_OK)
            return hr;
    }
    *used = (size_t)(p - bytes);
    return S_OK;
}

/* --- Those that are sent --- */

void framing_strings_out_init(struct framing_strings_out *strings, ULONG quota)
{
    memset(strings, 0, sizeof(*strings));
    strings->quota = quota;
}

void framing_strings_out_reset(struct framing_strings_out *strings, ULONG quota)
{
    memory_free(strings->bytes);
    memory_free(strings->places);
    framing_strings_out_init(strings, quota);
}

static uint32_t hash_of(const WS_XML_STRING *string)
{
    uint32_t hash = 2166136261u;
    ULONG i;

    for (i = 0; i < string->length; i++)
        hash = (hash ^ string->bytes[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* String number n. */
static WS_XML_STRING string_at(const struct framing_strings_out *strings, ULONG n)
{
    const BYTE *p = strings->bytes + strings->offsets[n], *end = strings->bytes + strings->size;
    WS_XML_STRING string = {0, NULL, NULL, 0};
    uint32_t length = 0;

    p += binary_get_int31(p, end, &length);
    string.length = length;
    string.bytes = (BYTE *)p;
    return string;
}

/* The place of a string in the hash table: the one that has its number, or where it would go. */
static ULONG *find_place(const struct framing_strings_out *strings, const WS_XML_STRING *string)
{
    ULONG mask = 2 * strings->offset_room - 1, at = hash_of(string) & mask;

    for (; strings->places[at]; at = (at + 1) & mask)
    {
        WS_XML_STRING other = string_at(strings, strings->places[at] - 1);

        if (other.length == string->length && !memcmp(other.bytes, string->bytes, other.length))
            break;
    }
    return &strings->places[at];
}

#define MOST_NUMBERS (1u << 26)

/* Makes room for one more string: in one block, the hash table and the offsets. */
static bool grow_numbers(struct framing_strings_out *strings)
{
    ULONG room = strings->offset_room ? 2 * strings->offset_room : FIRST_ROOM, i;
    ULONG *old = strings->places, *old_offsets = strings->offsets, *grown;

    if (room > MOST_NUMBERS || !(grown = memory_alloc((size_t)room * 3 * sizeof(*grown), "session strings")))
        return false;
    memset(grown, 0, (size_t)room * 2 * sizeof(*grown));
    strings->places = grown;
    strings->offsets = grown + 2 * (size_t)room;
    strings->offset_room = room;
    if (strings->count)
        memcpy(strings->offsets, old_offsets, strings->count * sizeof(*old_offsets));
    for (i = 0; i < strings->count; i++)
    {
        WS_XML_STRING string = string_at(strings, i);

        *find_place(strings, &string) = i + 1;
    }
    memory_free(old);
    return true;
}

static bool grow_bytes(struct framing_strings_out *strings, ULONG more)
{
    ULONG room = strings->room < 64 ? 128 : strings->room > strings->quota / 2 ? strings->quota : 2 * strings->room;
    BYTE *grown;

    if (more <= strings->room - strings->size)
        return true;
    if (room - strings->size < more)
        room = strings->size + more;
    if (!(grown = memory_alloc(room, "session strings")))
        return false;
    if (strings->size)
        memcpy(grown, strings->bytes, strings->size);
    memory_free(strings->bytes);
    strings->bytes = grown;
    strings->room = room;
    return true;
}

/* Adds a string that is not there yet; false: there is no room for it. */
static bool add_string(struct framing_strings_out *strings, const WS_XML_STRING *string)
{
    ULONG left = strings->quota - strings->size, cost = length_size(string->length);
    BYTE *p;

    if (string->length > left || cost > left - string->length)
        return false;
    if (!grow_bytes(strings, cost + string->length) ||
        (strings->count == strings->offset_room && !grow_numbers(strings)))
        return false;
    *find_place(strings, string) = strings->count + 1;
    strings->offsets[strings->count++] = strings->size;
    p = binary_put_int31(strings->bytes + strings->size, string->length);
    memcpy(p, string->bytes, string->length);
    strings->size += cost + string->length;
    return true;
}

HRESULT CALLBACK framing_strings_find(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id, WS_ERROR *error)
{
    struct framing_strings_out *strings = state;
    const ULONG *place;

    (void)error;
    *found = FALSE;
    /* What has been read in a binary document, and is forwarded, is not the program's choice. */
    if (!string->dictionary || string->dictionary == &xml_dictionary_soap ||
        string->dictionary == &xml_dictionary_inline || !string->length || string->length > BINARY_MAX_INT31)
        return S_OK;
    if (strings->count && *(place = find_place(strings, string)))
        *id = *place - 1;
    else if (!strings->is_closed && add_string(strings, string))
        *id = strings->count - 1;
    else
        return S_OK;
    *found = TRUE;
    return S_OK;
}
