/* SPDX-License-Identifier: MIT */
/*
 * state.c - whether a writer can be used, and its state around callbacks of the caller's.
 *
 * All other files of the writer may use this one, so it uses none of them: what only some outputs need, and how a
 * writer is freed, are pointers in the writer.
 *
 * What `state` is, and who moves it:
 *
 *     WRITER_NO_OUTPUT --WsSetOutput--> WRITER_READY <--a callback of the caller's, or a flush--> WRITER_BUSY
 *                                         |  ^  |
 *            WsMoveWriter, WsSetWriterPosition  |  `--MTOM's parts are written--> WRITER_FINISHED
 *                                         v  |  `--any failure but a refusal----> WRITER_FAULTED
 *                                WRITER_MOVED--the next call that writes
 *
 * From anywhere but WRITER_BUSY, WsSetOutput makes it WRITER_READY, or WRITER_NO_OUTPUT without an encoding, and
 * WsSetOutputToBuffer WRITER_MOVED. What is being written while it is WRITER_READY is in `tag` and `inside`; unless
 * shown otherwise, `tag` is TAG_NONE and `inside` is INSIDE_NOTHING:
 *
 *     content <---------- WsStartCData, WsEndCData ----------> INSIDE_CDATA
 *      |   ^
 *      |   `--commit: what comes after the attributes--.
 *      |                                               |
 *      |--WsWriteStartElement--> TAG_PENDING <--WsWriteStartAttribute, WsWriteEndAttribute--> INSIDE_ATTRIBUTE
 *      |                             ^                                                          ^
 *      |                         leave_fast: what the fast path does not take                leave_fast
 *      |                             |                                                          |
 *      `--WsWriteStartElement--> TAG_FAST <-----------------------the same------------------> INSIDE_ATTRIBUTE
 *
 * In an XML buffer `tag` has two more values. Anything else that is written, or ended, makes it TAG_NONE:
 *
 *     WsMoveWriter or WsSetWriterPosition to an element
 *      |
 *      `--> TAG_REOPENABLE <--WsWriteStartAttribute, WsWriteEndAttribute--> TAG_REOPENED, INSIDE_ATTRIBUTE
 */
#include "xml/writer/state.h"

#include "base/error.h"
#include "xml/writer/encoder.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

#ifdef WS_CHECK_STATE
#include <assert.h>

void writer_check_state(const WS_XML_WRITER *writer)
{
    if (writer->state != WRITER_READY)
        return;
    /* The diagrams above. */
    assert(writer->inside != INSIDE_ATTRIBUTE || writer_tag_is_pending(writer));
    assert(writer->inside != INSIDE_CDATA || !writer_tag_is_pending(writer));
    assert(!writer_tag_is_pending(writer) || writer->depth);
    assert(writer->tag != TAG_REOPENED || writer->inside == INSIDE_ATTRIBUTE);
    assert((writer->tag != TAG_REOPENABLE && writer->tag != TAG_REOPENED) || writer->buffer);
    assert(!writer->buffer == !writer->positions);

    /* A fast start tag is in the window, all of it, and its attributes are only there. */
    assert((writer->fast_tag.value != 0) == (writer->tag == TAG_FAST && writer->inside == INSIDE_ATTRIBUTE));
    if (writer->tag == TAG_FAST)
    {
        assert(writer->direct != DIRECT_NONE && !writer->attribute_count);
        assert(writer->fast_length && writer->fast_length <= (size_t)(writer->output.end - writer->output.pos));
        assert(writer->fast_tag.value <= writer->fast_length);
    }
    assert(writer->direct == DIRECT_NONE || (!writer->observer && !writer->buffer));

    /* Unfinished pieces are those of a value, or of content: there only characters and bytes. */
    assert(writer->piece == PIECE_NONE || writer->inside == INSIDE_ATTRIBUTE || !writer_tag_is_pending(writer));
    assert(writer->inside == INSIDE_ATTRIBUTE || writer->piece <= PIECE_BYTES);
    assert(!writer->growing || (writer->buffer && writer->piece == PIECE_BYTES && writer->inside != INSIDE_ATTRIBUTE));

    assert(writer->note_count <= writer->attribute_count && writer->indexed <= writer->attribute_count);
}
#endif

COLD HRESULT writer_not_ready(WS_XML_WRITER *writer, WS_ERROR *error)
{
    switch (writer->state)
    {
    case WRITER_READY: return S_OK;
    case WRITER_MOVED: return writer_done(writer, writer->positions->resume(writer, error));
    case WRITER_NO_OUTPUT:
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The writer has no output: WsSetOutput or WsSetOutputToBuffer gives it one.");
    case WRITER_FINISHED:
        return error_report(error, WS_E_INVALID_OPERATION, "The document is complete: nothing can be added to it.");
    case WRITER_BUSY:
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The writer cannot be used while one of its callbacks is running, or it is being flushed.");
    default:
        return error_report(
            error, WS_E_OBJECT_FAULTED,
            "The writer is faulted, because an earlier call failed: WsSetOutput makes it usable again.");
    }
}

enum writer_state writer_enter_callback(WS_XML_WRITER *writer)
{
    enum writer_state before = writer->state;

    writer->state = WRITER_BUSY;
    writer->free_later |= callback_begin(&writer->use);
    return before;
}

HRESULT writer_leave_callback(WS_XML_WRITER *writer, enum writer_state before, HRESULT hr, const char *what, ULONG mark,
                              WS_ERROR *error)
{
    writer->free_later |= callback_end(&writer->use);
    writer->state = before;
    hr = callback_result(hr, what, mark, error);
    return hr == S_OK && writer->free_later ? callback_freed("writer", error) : hr;
}

HRESULT writer_pushed(HRESULT hr, ULONG mark, WS_ERROR *error)
{
    if (FAILED(hr) && error_mark(error) <= mark)
        return error_report(error, hr, "Writing what the push callback pushed has failed with 0x%08x.", (unsigned)hr);
    return hr;
}

void writer_free_now(WS_XML_WRITER *writer)
{
    writer->free_later = false;
    writer->state = WRITER_FAULTED;
    writer->destroy(writer);
}

HRESULT writer_failed(WS_XML_WRITER *writer, HRESULT hr, bool harmless)
{
    if (writer->free_later)
        writer_free_now(writer);
    else if (!harmless)
        writer->state = WRITER_FAULTED;
    return hr;
}
