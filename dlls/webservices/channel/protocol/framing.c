/* SPDX-License-Identifier: MIT */
/* framing.c - see framing.h: reading records, and what may come when. */
#include "framing.h"

#include "base/error.h"
#include "base/text.h"
#include "xml/binary_records.h"

#include <inttypes.h>
#include <string.h>

void framing_initiate(struct framing *framing, enum framing_mode mode)
{
    memset(framing, 0, sizeof(*framing));
    framing->state = FRAMING_BEFORE_ACK;
    framing->mode = (BYTE)mode;
    framing->largest = UINT64_MAX;
    framing->largest_name = "limit";
}

void framing_receive(struct framing *framing)
{
    framing_initiate(framing, FRAMING_DUPLEX);
    framing->state = FRAMING_BEFORE_VERSION;
    framing->mode = 0;
}

void framing_limit(struct framing *framing, uint64_t largest, const char *name)
{
    framing->largest = largest;
    framing->largest_name = name;
}

/* --- Failures --- */

static COLD HRESULT refused(struct framing *framing, enum framing_fault fault, HRESULT hr)
{
    framing->state = FRAMING_FAILED;
    framing->fault = fault;
    return hr;
}

/* What was expected in each state, for sentences. */
static const char *expected(const struct framing *framing)
{
    switch (framing->state)
    {
    case FRAMING_BEFORE_VERSION: return "a version record (0x00)";
    case FRAMING_BEFORE_MODE: return "a mode record (0x01)";
    case FRAMING_BEFORE_VIA: return "a via record (0x02)";
    case FRAMING_BEFORE_ENCODING: return "an encoding record (0x03 or 0x04)";
    case FRAMING_BEFORE_PREAMBLE_END: return "the end of the preamble (0x0c) or an upgrade request (0x09)";
    case FRAMING_BEFORE_ACK: return "the acknowledgement of the preamble (0x0b) or a fault (0x08)";
    case FRAMING_BEFORE_UPGRADE_RESPONSE: return "the response to an upgrade request (0x0a) or a fault (0x08)";
    case FRAMING_ENDED: return "the end of the connection";
    default: return "a message (0x05 or 0x06), the end of the session (0x07) or a fault (0x08)";
    }
}

static COLD HRESULT unexpected(struct framing *framing, BYTE record, WS_ERROR *error)
{
    HRESULT hr =
        error_report(error, WS_E_INVALID_FORMAT,
                     "The peer sent a record of .NET message framing that begins with 0x%02x where %s was expected.",
                     record, expected(framing));

    return refused(framing, FRAMING_INVALID_RECORD_SEQUENCE, hr);
}

static COLD HRESULT unreadable_size(struct framing *framing, const char *what, WS_ERROR *error)
{
    return refused(framing, FRAMING_INVALID_RECORD_SEQUENCE,
                   error_report(error, WS_E_INVALID_FORMAT,
                                "The peer sent a record of .NET message framing in which the size of %s has more than "
                                "31 bits.",
                                what));
}

static COLD HRESULT too_long(struct framing *framing, const char *what, uint32_t length, uint32_t most,
                             enum framing_fault fault, WS_ERROR *error)
{
    return refused(framing, fault,
                   error_report(error, WS_E_QUOTA_EXCEEDED, "The peer sent %s of %u bytes; the most are %u.", what,
                                (unsigned)length, (unsigned)most));
}

static COLD HRESULT envelope_too_large(struct framing *framing, uint32_t more, WS_ERROR *error)
{
    const char *relation = framing->state == FRAMING_BETWEEN_ENVELOPES ? "" : "at least ";

    return refused(framing, FRAMING_MAX_MESSAGE_SIZE_EXCEEDED,
                   error_report(error, WS_E_QUOTA_EXCEEDED,
                                "The peer sent a message of %s%" PRIu64 " bytes; %s is %" PRIu64 ".", relation,
                                framing->received + more, framing->largest_name, framing->largest));
}

static COLD HRESULT has_fault(struct framing *framing, const BYTE *text, size_t length, WS_ERROR *error)
{
    const char *where = framing->state == FRAMING_BEFORE_ACK || framing->state == FRAMING_BEFORE_UPGRADE_RESPONSE
                            ? "refused the session"
                            : "ended the session";
    char name[TEXT_EXCERPT_ROOM];
    size_t slash = length;

    /* What says something is after the last slash. */
    while (slash > 0 && text[slash - 1] != '/')
        slash--;
    return refused(framing, FRAMING_NO_FAULT,
                   error_report(error, framing_fault_code(text, length), "The peer %s with the fault '%s'.", where,
                                text_excerpt(text + slash, length - slash, name)));
}

/* --- Records --- */

/* A record with a size and so many bytes: what framing_read() gets of it. */
struct sized
{
    const char *what;
    uint32_t most;
    enum framing_fault fault;
};

static const struct sized via_record = {"a via", FRAMING_VIA_MAX, FRAMING_VIA_TOO_LONG};
static const struct sized content_type_record = {"a content type", FRAMING_CONTENT_TYPE_MAX,
                                                 FRAMING_CONTENT_TYPE_TOO_LONG};
static const struct sized upgrade_record = {"the name of an upgrade", FRAMING_CONTENT_TYPE_MAX,
                                            FRAMING_UPGRADE_INVALID};
static const struct sized fault_record = {"a fault", FRAMING_FAULT_MAX, FRAMING_NO_FAULT};

/* S_FALSE: it is cut off. */
static HRESULT read_sized(struct framing *framing, const struct sized *record, const BYTE *bytes, size_t count,
                          size_t *used, struct framing_input *input, WS_ERROR *error)
{
    uint32_t length;
    int taken = binary_get_int31(bytes + 1, bytes + count, &length);

    if (taken < 0)
        return unreadable_size(framing, record->what, error);
    if (!taken)
        return S_FALSE;
    if (length > record->most)
        return too_long(framing, record->what, length, record->most, record->fault, error);
    if (count - 1 - (size_t)taken < length)
        return S_FALSE;
    input->bytes = bytes + 1 + taken;
    input->length = length;
    *used = 1 + (size_t)taken + length;
    return S_OK;
}

/* Reads it and goes on to another state; S_FALSE: it is cut off. */
static HRESULT read_text(struct framing *framing, const struct sized *record, const BYTE *bytes, size_t count,
                         size_t *used, struct framing_input *input, enum framing_state next, WS_ERROR *error)
{
    HRESULT hr = read_sized(framing, record, bytes, count, used, input, error);

    if (hr != S_OK)
        return hr;
    if (utf8_find_invalid(input->bytes, input->bytes + input->length) != input->bytes + input->length)
        return refused(
            framing, FRAMING_INVALID_RECORD_SEQUENCE,
            error_report(error, WS_E_INVALID_FORMAT, "The peer sent %s that is not valid UTF-8.", record->what));
    framing->state = next;
    return S_OK;
}

static HRESULT read_fault(struct framing *framing, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct framing_input text;
    size_t used;
    HRESULT hr = read_sized(framing, &fault_record, bytes, count, &used, &text, error);

    return hr == S_OK ? has_fault(framing, text.bytes, text.length, error) : hr;
}

static HRESULT read_version(struct framing *framing, const BYTE *bytes, size_t count, size_t *used, WS_ERROR *error)
{
    if (count < 3)
        return S_FALSE;
    /* Minor versions have no new records. */
    if (bytes[1] != 1)
        return refused(framing, FRAMING_UNSUPPORTED_VERSION,
                       error_report(error, WS_E_INVALID_FORMAT,
                                    "The peer wants version %u.%u of .NET message framing; supported is 1.0.", bytes[1],
                                    bytes[2]));
    framing->state = FRAMING_BEFORE_MODE;
    *used = 3;
    return S_OK;
}

static HRESULT read_mode(struct framing *framing, const BYTE *bytes, size_t count, size_t *used, WS_ERROR *error)
{
    if (count < 2)
        return S_FALSE;
    if (bytes[1] != FRAMING_DUPLEX && bytes[1] != FRAMING_SINGLETON_UNSIZED)
        return refused(framing, FRAMING_UNSUPPORTED_MODE,
                       error_report(error, WS_E_INVALID_FORMAT,
                                    "The peer wants mode %u of .NET message framing; supported are singleton unsized "
                                    "(1) and duplex (2).",
                                    bytes[1]));
    framing->mode = bytes[1];
    framing->state = FRAMING_BEFORE_VIA;
    *used = 2;
    return S_OK;
}

static HRESULT read_known_encoding(struct framing *framing, const BYTE *bytes, size_t count, size_t *used,
                                   struct framing_input *input, WS_ERROR *error)
{
    if (count < 2)
        return S_FALSE;
    if (bytes[1] > FRAMING_BINARY_SESSION)
        return refused(framing, FRAMING_CONTENT_TYPE_INVALID,
                       error_report(error, WS_E_INVALID_FORMAT,
                                    "The peer wants the encoding 0x%02x of .NET message framing; the last there is is "
                                    "0x08.",
                                    bytes[1]));
    input->encoding = (enum framing_encoding)bytes[1];
    framing->state = FRAMING_BEFORE_PREAMBLE_END;
    *used = 2;
    return S_OK;
}

/* --- The preamble --- */

/* S_FALSE: the record is cut off. An event that the caller need not know of leaves FRAMING_NEEDS_MORE. */
static HRESULT read_preamble(struct framing *framing, const BYTE *bytes, size_t count, size_t *used,
                             enum framing_event *event, struct framing_input *input, WS_ERROR *error)
{
    switch (framing->state)
    {
    case FRAMING_BEFORE_VERSION:
        if (bytes[0] == FRAMING_RECORD_VERSION)
            return read_version(framing, bytes, count, used, error);
        break;
    case FRAMING_BEFORE_MODE:
        if (bytes[0] == FRAMING_RECORD_MODE)
            return read_mode(framing, bytes, count, used, error);
        break;
    case FRAMING_BEFORE_VIA:
        if (bytes[0] != FRAMING_RECORD_VIA)
            break;
        *event = FRAMING_VIA;
        return read_text(framing, &via_record, bytes, count, used, input, FRAMING_BEFORE_ENCODING, error);
    case FRAMING_BEFORE_ENCODING:
        *event = bytes[0] == FRAMING_RECORD_KNOWN_ENCODING ? FRAMING_KNOWN_ENCODING : FRAMING_CONTENT_TYPE;
        if (bytes[0] == FRAMING_RECORD_KNOWN_ENCODING)
            return read_known_encoding(framing, bytes, count, used, input, error);
        if (bytes[0] == FRAMING_RECORD_EXTENSIBLE_ENCODING)
            return read_text(framing, &content_type_record, bytes, count, used, input, FRAMING_BEFORE_PREAMBLE_END,
                             error);
        break;
    default:
        if (bytes[0] == FRAMING_RECORD_UPGRADE_REQUEST)
        {
            *event = FRAMING_UPGRADE;
            return read_text(framing, &upgrade_record, bytes, count, used, input, FRAMING_BEFORE_PREAMBLE_END, error);
        }
        if (bytes[0] == FRAMING_RECORD_PREAMBLE_END)
        {
            *event = FRAMING_PREAMBLE_END;
            *used = 1;
            framing->state = FRAMING_BETWEEN_ENVELOPES;
            return S_OK;
        }
    }
    return unexpected(framing, bytes[0], error);
}

/* What an initiator gets before messages. */
static HRESULT read_answer(struct framing *framing, const BYTE *bytes, size_t count, size_t *used,
                           enum framing_event *event, WS_ERROR *error)
{
    BYTE wanted = framing->state == FRAMING_BEFORE_ACK ? FRAMING_RECORD_PREAMBLE_ACK : FRAMING_RECORD_UPGRADE_RESPONSE;

    if (bytes[0] == FRAMING_RECORD_FAULT)
        return read_fault(framing, bytes, count, error);
    if (bytes[0] != wanted)
        return unexpected(framing, bytes[0], error);
    *event = framing->state == FRAMING_BEFORE_ACK ? FRAMING_ACK : FRAMING_UPGRADE_ACCEPTED;
    /* After an upgrade the preamble is ended, and acknowledged. */
    framing->state = framing->state == FRAMING_BEFORE_ACK ? FRAMING_BETWEEN_ENVELOPES : FRAMING_BEFORE_ACK;
    *used = 1;
    return S_OK;
}

/* --- Envelopes --- */

static HRESULT read_envelope_start(struct framing *framing, const BYTE *bytes, size_t count, size_t *used,
                                   enum framing_event *event, struct framing_input *input, WS_ERROR *error)
{
    uint32_t size;
    int taken;

    framing->received = 0;
    switch (bytes[0])
    {
    case FRAMING_RECORD_SIZED_ENVELOPE:
        if ((taken = binary_get_int31(bytes + 1, bytes + count, &size)) < 0)
            return unreadable_size(framing, "a message", error);
        if (!taken)
            return S_FALSE;
        if (size > framing->largest)
            return envelope_too_large(framing, size, error);
        *used = 1 + (size_t)taken;
        *event = FRAMING_SIZED;
        input->size = framing->left = size;
        framing->state = FRAMING_IN_SIZED;
        return S_OK;
    case FRAMING_RECORD_UNSIZED_ENVELOPE:
        *event = FRAMING_UNSIZED;
        framing->state = FRAMING_BEFORE_CHUNK;
        *used = 1;
        return S_OK;
    case FRAMING_RECORD_END:
        *event = FRAMING_END;
        framing->state = FRAMING_ENDED;
        *used = 1;
        return S_OK;
    case FRAMING_RECORD_FAULT: return read_fault(framing, bytes, count, error);
    default: return unexpected(framing, bytes[0], error);
    }
}

static HRESULT read_chunk_size(struct framing *framing, const BYTE *bytes, size_t count, size_t *used,
                               enum framing_event *event, WS_ERROR *error)
{
    uint32_t size;
    int taken = binary_get_int31(bytes, bytes + count, &size);

    if (taken < 0)
        return unreadable_size(framing, "a chunk", error);
    if (!taken)
        return S_FALSE;
    if (size > framing->largest - framing->received)
        return envelope_too_large(framing, size, error);
    *used = (size_t)taken;
    framing->left = size;
    framing->state = size ? FRAMING_IN_CHUNK : FRAMING_BETWEEN_ENVELOPES;
    if (!size)
        *event = FRAMING_ENVELOPE_END;
    return S_OK;
}

static HRESULT read_data(struct framing *framing, const BYTE *bytes, size_t count, size_t *used,
                         enum framing_event *event, struct framing_input *input)
{
    size_t length = count < framing->left ? count : framing->left;

    *event = FRAMING_DATA;
    *used = input->length = length;
    input->bytes = bytes;
    framing->received += length;
    framing->left -= (uint32_t)length;
    if (!framing->left && framing->state == FRAMING_IN_CHUNK)
        framing->state = FRAMING_BEFORE_CHUNK;
    return S_OK;
}

/* One record. What is of no interest to the caller leaves FRAMING_NEEDS_MORE, with something used. */
static HRESULT read_record(struct framing *framing, const BYTE *bytes, size_t count, size_t *used,
                           enum framing_event *event, struct framing_input *input, WS_ERROR *error)
{
    switch (framing->state)
    {
    case FRAMING_BEFORE_ACK:
    case FRAMING_BEFORE_UPGRADE_RESPONSE: return read_answer(framing, bytes, count, used, event, error);
    case FRAMING_BETWEEN_ENVELOPES: return read_envelope_start(framing, bytes, count, used, event, input, error);
    case FRAMING_BEFORE_CHUNK: return read_chunk_size(framing, bytes, count, used, event, error);
    case FRAMING_IN_SIZED:
    case FRAMING_IN_CHUNK: return read_data(framing, bytes, count, used, event, input);
    case FRAMING_ENDED: return unexpected(framing, bytes[0], error);
    case FRAMING_FAILED:
        return error_report(error, WS_E_INVALID_FORMAT, "The session has failed before, and cannot be read any more.");
    default: return read_preamble(framing, bytes, count, used, event, input, error);
    }
}

HRESULT framing_read(struct framing *framing, const BYTE *bytes, size_t count, size_t *used, enum framing_event *event,
                     struct framing_input *input, WS_ERROR *error)
{
    size_t taken;
    HRESULT hr;

    for (*used = 0;; *used += taken)
    {
        *event = FRAMING_NEEDS_MORE;
        if (framing->state == FRAMING_IN_SIZED && !framing->left)
        {
            *event = FRAMING_ENVELOPE_END;
            framing->state = FRAMING_BETWEEN_ENVELOPES;
            return S_OK;
        }
        if (*used == count)
            return S_OK;
        taken = 0;
        if ((hr = read_record(framing, bytes + *used, count - *used, &taken, event, input, error)) == S_FALSE)
        {
            *event = FRAMING_NEEDS_MORE;
            return S_OK;
        }
        if (hr != S_OK)
            return hr;
        if (*event != FRAMING_NEEDS_MORE)
            break;
    }
    *used += taken;
    return S_OK;
}

HRESULT framing_close(struct framing *framing, WS_ERROR *error)
{
    switch (framing->state)
    {
    case FRAMING_ENDED: return S_OK;
    case FRAMING_BETWEEN_ENVELOPES:
        return error_report(error, WS_E_ENDPOINT_DISCONNECTED,
                            "The peer closed the connection without ending the session.");
    case FRAMING_IN_SIZED:
    case FRAMING_BEFORE_CHUNK:
    case FRAMING_IN_CHUNK:
        return error_report(error, WS_E_ENDPOINT_DISCONNECTED,
                            "The peer closed the connection within a message, of which %" PRIu64 " bytes had come.",
                            framing->received);
    default:
        return error_report(error, WS_E_ENDPOINT_DISCONNECTED, "The peer closed the connection where %s was expected.",
                            expected(framing));
    }
}
