/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of .NET Message Framing. The input is a byte of options, one that says in which pieces the rest is fed, and
 * the bytes that a peer sends. What is checked:
 *
 *   - in whatever pieces they come, the same events come out of them, and the same failure in the end;
 *   - what is handed out lies within the bytes, and each byte is used once;
 *   - no more of an envelope comes than the limit, and of a sized one just its size;
 *   - tables of session strings, which are in envelopes here, are the same in whatever pieces they come, within the
 *     quota, and their strings are sent again with the same numbers;
 *   - failures have one sentence.
 */
#include "fuzz.h"

#include "channel/protocol/framing.h"
#include "channel/protocol/framing_strings.h"

#define LIMIT 300u
#define QUOTA 64u

static WS_ERROR *error;

/* What one run gave: a hash of all events, and how it ended. */
struct outcome
{
    uint64_t hash;
    HRESULT hr;
    enum framing_fault fault;
    size_t used;
};

static void mix(struct outcome *outcome, const void *bytes, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        outcome->hash = (outcome->hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001b3u;
}

static ULONG sentences(void)
{
    ULONG count = 0;

    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    return count;
}

/* The strings of a session go through the other direction, too. */
static void check_strings(const struct framing_strings_in *in)
{
    struct framing_strings_out out;
    ULONG i;

    check(in->size <= QUOTA && in->dictionary.stringCount <= QUOTA);
    framing_strings_out_init(&out, QUOTA);
    for (i = 0; i < in->dictionary.stringCount; i++)
    {
        const WS_XML_STRING *string = &in->dictionary.strings[i];
        BOOL found;
        ULONG id;

        check(framing_strings_find(&out, string, &found, &id, NULL) == S_OK);
        check(found == (string->length > 0));
        check(!found || (id <= i && id < out.count));
    }
    check(framing_strings_unsent(&out).length <= in->size);
    framing_strings_out_reset(&out, 0);
}

static bool take_data(struct outcome *outcome, struct framing_strings_in *strings, bool *in_table,
                      const struct framing_input *input)
{
    size_t used;
    bool done;

    mix(outcome, input->bytes, input->length);
    if (!*in_table)
        return true;
    outcome->hr = framing_strings_read(strings, input->bytes, input->length, &used, &done, error);
    if (outcome->hr != S_OK)
        return false;
    check(used <= input->length && (done || used == input->length));
    *in_table = !done;
    return true;
}

static struct outcome run(const uint8_t *data, size_t size, uint8_t options, size_t step)
{
    struct outcome outcome = {0xcbf29ce484222325u, S_OK, FRAMING_NO_FAULT, 0};
    struct framing framing;
    struct framing_strings_in strings;
    size_t seen = 0, used;
    uint64_t envelope = 0;
    bool in_table = false, sized = false;
    uint32_t wanted = 0;

    if (options & 1)
        framing_initiate(&framing, FRAMING_DUPLEX);
    else
        framing_receive(&framing);
    if (options & 2)
        framing.state = FRAMING_BETWEEN_ENVELOPES;
    framing_limit(&framing, LIMIT, "the limit");
    framing_strings_in_init(&strings, QUOTA);
    for (;;)
    {
        enum framing_event event;
        struct framing_input input = {NULL, 0, 0, FRAMING_BINARY};
        /* Of just its size, so that reading past it is seen. */
        uint8_t *piece = malloc(seen - outcome.used + 1);

        memcpy(piece, data + outcome.used, seen - outcome.used);
        outcome.hr = framing_read(&framing, piece, seen - outcome.used, &used, &event, &input, error);
        if (outcome.hr != S_OK)
        {
            free(piece);
            check(framing.state == FRAMING_FAILED);
            break;
        }
        check(used <= seen - outcome.used);
        check(!input.bytes || (input.bytes >= piece && input.bytes + input.length <= piece + used));
        outcome.used += used;
        if (event == FRAMING_DATA)
        {
            envelope += input.length;
            check(envelope <= LIMIT);
            if (!take_data(&outcome, &strings, &in_table, &input))
            {
                free(piece);
                break;
            }
        }
        else if (event != FRAMING_NEEDS_MORE)
        {
            mix(&outcome, &event, sizeof(event));
            mix(&outcome, &input.size, sizeof(input.size));
            mix(&outcome, &input.encoding, sizeof(input.encoding));
            if (input.bytes)
                mix(&outcome, input.bytes, input.length);
        }
        free(piece);
        if (event == FRAMING_SIZED || event == FRAMING_UNSIZED)
        {
            envelope = 0;
            in_table = !in_table;
            sized = event == FRAMING_SIZED;
            wanted = input.size;
        }
        if (event == FRAMING_ENVELOPE_END)
            check(!sized || envelope == wanted);
        if (event != FRAMING_NEEDS_MORE)
            continue;
        if (seen == size)
            break;
        seen = size - seen < step ? size : seen + step;
    }
    outcome.fault = framing.fault;
    if (outcome.hr == S_OK)
        outcome.hr = framing_close(&framing, error);
    check(sentences() == (outcome.hr != S_OK));
    check(WsResetError(error) == S_OK);
    check_strings(&strings);
    framing_strings_in_reset(&strings, 0);
    return outcome;
}

static void release(void)
{
    WsFreeError(error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct outcome whole, pieces;

    if (!error)
    {
        check(WsCreateError(NULL, 0, &error) == S_OK);
        check(!atexit(release));
    }
    if (size < 2)
        return 0;
    whole = run(data + 2, size - 2, data[0], size);
    pieces = run(data + 2, size - 2, data[0], data[1] % 64 + 1u);
    check(whole.hr == pieces.hr && whole.fault == pieces.fault);
    /* A table that fails does so as soon as it can, and what a failed call has used nobody knows. */
    if (whole.hr == S_OK || whole.fault != FRAMING_NO_FAULT)
        check(whole.hash == pieces.hash);
    if (whole.hr == S_OK)
        check(whole.used == pieces.used);
    return 0;
}
