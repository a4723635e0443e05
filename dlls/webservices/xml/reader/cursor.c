/* SPDX-License-Identifier: MIT */
/*
 * cursor.c - what all functions that read are made of: how a call begins and ends, and the move to the next node; see
 * reader.h.
 *
 * Every move is one of reader_next(), but for those to a position in an XML buffer and to an attribute: so what is to
 * be done before a node is left is done in one place, and costs nothing where there is nothing to do.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"

/* --- Calls --- */

COLD HRESULT reader_enter_slow(WS_XML_READER *reader, WS_ERROR *error)
{
    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    switch (reader->state)
    {
    case READER_TREE:
        if (reader->tree_node->tag == XML_NODE_LIVE)
            return S_OK;
        return error_report(
            error, WS_E_INVALID_OPERATION,
            "The node that the reader is at has been removed from its XML buffer: WsSetReaderPosition makes "
            "the reader usable again.");
    case READER_PENDING: reader->state = READER_READY; return reader_finish(reader, reader_next(reader, error), error);
    case READER_NO_INPUT:
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The reader has no input: WsSetInput or WsSetInputToBuffer gives it one.");
    case READER_BUSY: return reader_refuse_busy(error);
    case READER_FAULTED:
        return error_report(
            error, WS_E_OBJECT_FAULTED,
            "The reader is faulted: an earlier operation has failed. WsSetInput makes it usable again.");
    default: return S_OK;
    }
}

HRESULT reader_enter_with_heap(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    if (handle_is(reader, HANDLE_XML_READER) && !handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, error);
    return reader_enter(reader, error);
}

COLD HRESULT reader_finish_slow(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error)
{
    if (hr == READER_STARVED)
        hr = reader_report(reader, WS_E_QUOTA_EXCEEDED, error,
                           "More of the stream is needed than has been buffered with WsFillReader.");
    if (FAILED(hr) && hr != E_INVALIDARG && hr != WS_E_INVALID_OPERATION)
        reader->state = READER_FAULTED;
    if (UNLIKELY(reader->free_later) && FAILED(hr) && !reader->hold)
        reader_free_now(reader);
    return hr;
}

/* --- Operations of other folders --- */

HRESULT reader_hold(struct reader_hold *hold, WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr != S_OK)
        return hr;
    hold->reader = reader;
    hold->node = reader->node;
    hold->freed = false;
    reader->hold = hold;
    reader->state = READER_BUSY;
    return S_OK;
}

void reader_let_go(struct reader_hold *hold)
{
    WS_XML_READER *reader = hold->reader;

    /* Else it is faulted, or pending. */
    if (reader->state == READER_BUSY)
        reader->state = reader->tree ? READER_TREE : READER_READY;
    reader->hold = NULL;
    if (UNLIKELY(reader->free_later))
        reader_free_now(reader);
}

HRESULT reader_step(struct reader_hold *hold, bool is_last, WS_ERROR *error)
{
    HRESULT hr = reader_next(hold->reader, error);

    hold->node = hold->reader->node;
    return hr == READER_STARVED && is_last ? S_OK : reader_finish(hold->reader, hr, error);
}

void reader_fault(WS_XML_READER *reader)
{
    reader->state = READER_FAULTED;
}

const WS_XML_NODE *reader_node(const WS_XML_READER *reader)
{
    return reader->node;
}

/* --- Moves --- */

/* In an attribute there is its text, then the end. */
static NOINLINE HRESULT next_in_attribute(WS_XML_READER *reader, WS_ERROR *error)
{
    if (reader->node == &reader_eof)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is at the end of an attribute already.");
    reader_end_text(reader);
    reader->node = &reader_eof;
    return S_OK;
}

/*
 * The arena for the next node is another one if the node shown has something in its own: that stays until the reader
 * leaves the next node too, or longer, unless it is much.
 */
static void change_arenas(WS_XML_READER *reader)
{
    struct arena *shown = reader->decoded, *other = &reader->arenas[shown == &reader->arenas[0]];

    if (arena_requested(shown))
    {
        reader_empty_arena(other);
        reader->decoded = other;
        if (shown->actual > READER_DECODED_TRIM)
            reader->leave_work |= LEAVE_MEMORY;
    }
    else if (other->actual > READER_DECODED_TRIM)
        arena_reset(other);
}

static NOINLINE HRESULT leave_node(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    if (reader->leave_work & LEAVE_DONE)
    {
        /* What was decoded when the move was tried is in the arena for the next node. */
        reader->leave_work &= ~(unsigned)LEAVE_DONE;
        reader_empty_arena(reader->decoded);
        return S_OK;
    }
    if ((reader->leave_work & LEAVE_OBSERVER) && (hr = reader->observer->leave(reader, error)) != S_OK)
        return hr;
    reader->leave_work &= LEAVE_OBSERVER;
    change_arenas(reader);
    return S_OK;
}

HRESULT reader_next(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    if (UNLIKELY(reader->in_attribute))
        return next_in_attribute(reader, error);
    if (UNLIKELY(reader->node->nodeType == WS_XML_NODE_TYPE_EOF))
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is at the end of the document already.");
    if (UNLIKELY(reader->leave_work) && (hr = leave_node(reader, error)) != S_OK)
        return hr;
    reader_end_text(reader);
    hr = reader->decoder->next(reader, error);
    if (UNLIKELY(reader->input.shown.bytes != NULL) && hr == S_OK)
        reader_forget_shown(reader);
    if (UNLIKELY(hr == READER_STARVED))
    {
        reader->state = READER_PENDING;
        reader->leave_work |= LEAVE_DONE;
    }
    return hr;
}

HRESULT reader_next_or_later(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_next(reader, error);

    return hr == READER_STARVED ? S_OK : hr;
}
