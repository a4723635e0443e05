/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * encode_binary_strings.c - the encoder of the binary encoding: which strings have an id.
 *
 * A string has an id
 *   1. if its dictionary is the static one. Its own id counts, whatever the dictionary has at that; and another string
 *      with the bytes of one in that dictionary has no id (observed on Windows);
 *   2. if the caller's callback says so. It is asked once for each string, as the page of WS_XML_WRITER_BINARY_ENCODING
 *      says: its answers are remembered, as long as there are not too many. If it fails, the string just has no id this
 *      time (observed on Windows): a failure is not an answer, and it is asked again the next time.
 */
/* clang-format on */
#include "xml/writer/encode_binary.h"

#include "base/error.h"
#include "base/memory.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

#include <string.h>

/* How many places are tried for a string before the callback is asked without remembering. */
#define PROBES 8u

/*
 * A hash of the length and up to 24 bytes, from the beginning, the middle and the end, which is where names and
 * namespaces differ. Strings made to collide only make the table useless: the number of places tried is limited.
 */
static uint32_t hash_of(const BYTE *bytes, size_t length)
{
    uint64_t first, middle, last, hash;

    if (length >= 8)
    {
        memcpy(&first, bytes, 8);
        memcpy(&middle, bytes + (length - 8) / 2, 8);
        memcpy(&last, bytes + length - 8, 8);
    }
    else if (length >= 4)
    {
        uint32_t head, tail;

        memcpy(&head, bytes, 4);
        memcpy(&tail, bytes + length - 4, 4);
        first = head;
        middle = 0;
        last = tail;
    }
    else
    {
        first = length ? bytes[0] : 0;
        middle = length ? bytes[length / 2] : 0;
        last = length ? bytes[length - 1] : 0;
    }
    hash = (first + length) * 0x9e3779b97f4a7c15u ^ (middle + 1) * 0xc2b2ae3d27d4eb4fu ^ last * 0x165667b19e3779f9u;
    hash ^= hash >> 32;
    hash *= 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash >> 32);
}

static bool same(const BYTE *a, size_t a_length, const BYTE *b, size_t b_length)
{
    return a_length == b_length && (a == b || !memcmp(a, b, a_length));
}

/* --- The callback --- */

/* S_FALSE: the callback has failed. */
static HRESULT ask(WS_XML_WRITER *writer, const WS_XML_STRING *string, BOOL *found, ULONG *id, WS_ERROR *error)
{
    struct writer_binary *binary = writer->binary;
    ULONG mark = error_mark(error);
    enum writer_state before = writer_enter_callback(writer);
    HRESULT answer = binary->callback(binary->callback_state, string, found, id, error), hr;

    hr = writer_leave_callback(writer, before, FAILED(answer) ? S_OK : answer, "dynamic string callback", mark, error);
    if (hr == S_OK && FAILED(answer))
        return S_FALSE;
    if (hr == S_OK && *found && *id > (BINARY_MAX_INT31 - 1) / 2)
        hr = error_report(error, WS_E_INVALID_FORMAT,
                          "The dynamic string callback gave a string the id %u; %u is the last there is.",
                          (unsigned)*id, (BINARY_MAX_INT31 - 1) / 2);
    /* The start tag is half written by then: the writer is faulted, whatever the code. */
    if (hr != S_OK)
        writer->state = WRITER_FAULTED;
    return hr;
}

/* The place for the callback's answer to a string: the one that has it, a free one, or NULL. */
static struct binary_asked *find_asked(struct writer_binary *binary, const WS_XML_STRING *string, uint32_t hash)
{
    ULONG i;

    if (string->length > BINARY_ASKED_LENGTH)
        return NULL;
    if (!binary->asked)
    {
        if (!(binary->asked = memory_alloc(2 * sizeof(*binary->asked) * BINARY_ASKED_MAX, "writer dynamic strings")))
            return NULL;
        memset(binary->asked, 0, 2 * sizeof(*binary->asked) * BINARY_ASKED_MAX);
    }
    for (i = 0; i < PROBES; i++)
    {
        struct binary_asked *asked = &binary->asked[(hash + i) & (BINARY_ASKED_MAX * 2 - 1)];

        if (!asked->bytes)
            return binary->asked_count < BINARY_ASKED_MAX ? asked : NULL;
        if (asked->hash == hash && same(asked->bytes, asked->length, string->bytes, string->length))
            return asked;
    }
    return NULL;
}

static HRESULT find_dynamic(WS_XML_WRITER *writer, const WS_XML_STRING *string, uint32_t *id, WS_ERROR *error)
{
    struct writer_binary *binary = writer->binary;
    uint32_t hash = hash_of(string->bytes, string->length);
    struct binary_asked *asked = find_asked(binary, string, hash);
    BOOL found = FALSE;
    ULONG answer = 0;
    HRESULT hr;
    BYTE *copy;

    if (!asked || !asked->bytes)
    {
        if ((hr = ask(writer, string, &found, &answer, error)) != S_OK)
            return hr;
        if (asked && (copy = arena_alloc(&binary->strings, string->length)))
        {
            memcpy(copy, string->bytes, string->length);
            asked->bytes = copy;
            asked->length = string->length;
            asked->hash = hash;
            asked->found = found;
            asked->id = answer;
            binary->asked_count++;
        }
    }
    else
    {
        found = asked->found;
        answer = asked->id;
    }
    *id = answer * 2 + 1;
    return found ? S_OK : S_FALSE;
}

HRESULT writer_binary_find(WS_XML_WRITER *writer, const WS_XML_STRING *string, uint32_t *id, WS_ERROR *error)
{
    struct writer_binary *binary = writer->binary;
    const WS_XML_DICTIONARY *dictionary = binary->static_dictionary;

    if (dictionary && string->dictionary == dictionary && string->id < dictionary->stringCount &&
        string->id <= BINARY_MAX_INT31 / 2)
    {
        *id = string->id * 2;
        return S_OK;
    }
    return string->length && binary->callback ? find_dynamic(writer, string, id, error) : S_FALSE;
}

/* --- What is kept --- */

HRESULT writer_binary_set(WS_XML_WRITER *writer, const WS_XML_WRITER_BINARY_ENCODING *encoding, WS_ERROR *error)
{
    struct writer_binary *binary = writer->binary;

    if (!binary)
    {
        if (!(binary = memory_alloc(sizeof(*binary), "writer binary encoding")))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for the binary encoding.");
        memset(binary, 0, sizeof(*binary));
        memory_init_arena(&binary->strings, SIZE_MAX, 4096);
        writer->binary = binary;
    }
    binary->static_dictionary = encoding->staticDictionary;
    binary->callback = encoding->dynamicStringCallback;
    binary->callback_state = encoding->dynamicStringCallbackState;
    if (binary->asked_count)
        memset(binary->asked, 0, 2 * sizeof(*binary->asked) * BINARY_ASKED_MAX);
    binary->asked_count = 0;
    arena_reset(&binary->strings);
    binary->last_text = NULL;
    binary->held_count = 0;
    return S_OK;
}

void writer_binary_free(WS_XML_WRITER *writer)
{
    struct writer_binary *binary = writer->binary;

    if (!binary)
        return;
    memory_free(binary->asked);
    arena_release(&binary->strings);
    memory_free(binary);
    writer->binary = NULL;
}
