/* SPDX-License-Identifier: MIT */
/*
 * state.c - whether a writer can be used, and what becomes of it around callbacks of the caller's.
 *
 * Everything else in the writer may use this, so it uses nothing else of it: what only some outputs need, and how a
 * writer is freed, it finds in the writer.
 */
#include "xml/writer/writer.h"

#include "base/error.h"

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
