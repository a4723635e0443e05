/* SPDX-License-Identifier: MIT */
/*
 * flush.c - what has been written goes to a stream, at once or asynchronously.
 *
 * The writer refuses everything until the callback has completed. The bytes that it was given stay valid until then,
 * and the chunks are reused only then.
 */
#include "xml/writer/writer.h"

#include "base/error.h"
#include "xml/writer/encoder.h"
#include "xml/writer/output.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

/*
 * Ends a flush when the callback has completed, here or asynchronously. If the writer is to be freed, it is: nothing
 * else is left to do, so the callback's result stands. In any case it must not be touched any more, since another
 * thread may be using it from now on.
 */
static HRESULT flushed(WS_XML_WRITER *writer, HRESULT hr, WS_ERROR *error)
{
    hr = callback_result(hr, "write callback", writer->flush_mark, error);
    if (hr == S_OK)
        output_reset(writer);
    /* This faults the writer of a complete document, too: it is not known how much of that was sent. */
    writer->state = hr != S_OK ? WRITER_FAULTED : writer->before_flush;
    if (callback_end(&writer->use))
        writer->destroy(writer);
    return hr;
}

/* What the caller's callback calls when it has completed asynchronously. */
static void CALLBACK flushed_later(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    WS_XML_WRITER *writer = state;
    WS_ASYNC_CALLBACK callback = writer->flushed;
    void *callback_state = writer->flushed_state;

    callback(flushed(writer, hr, writer->flush_error), model, callback_state);
}

static HRESULT flush(WS_XML_WRITER *writer, const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    WS_ASYNC_CONTEXT context = {flushed_later, writer};
    WS_BYTES nothing = {0, NULL};
    WS_BUFFERS buffers;
    HRESULT hr;

    if ((hr = writer_leave_fast(writer, error)) != S_OK || (hr = output_get_buffers(writer, &buffers, error)) != S_OK)
        return writer_done(writer, hr);
    if (async)
    {
        writer->flushed = async->callback;
        writer->flushed_state = async->callbackState;
    }
    writer->flush_error = error;
    writer->flush_mark = error_mark(error);
    writer->before_flush = writer_enter_callback(writer);
    hr = writer->output.callback(writer->output.callback_state, buffers.bufferCount ? buffers.buffers : &nothing,
                                 buffers.bufferCount, async ? &context : NULL, error);
    return hr == WS_S_ASYNC && async ? hr : flushed(writer, hr, error);
}

HRESULT writer_flush(WS_XML_WRITER *writer, ULONG min_size, const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    HRESULT hr = writer->state == WRITER_FINISHED || writer->state == WRITER_MOVED ? S_OK : writer_ready(writer, error);

    if (hr == S_OK && async && !async->callback)
        hr = error_report(error, E_INVALIDARG, "The callback of the async context is NULL.");
    if (hr != S_OK || !writer->output.callback)
        return hr;
    if (writer->encoder->finish && !writer->depth && writer->state == WRITER_READY &&
        (hr = writer_done(writer, writer->encoder->finish(writer, error))) != S_OK)
        return hr;
    if (output_size(writer) < min_size)
        return S_OK;
    if ((hr = writer_end_outer_bytes(writer, error)) != S_OK)
        return hr;
    if (writer->encoder->flushing && (hr = writer_done(writer, writer->encoder->flushing(writer, error))) != S_OK)
        return hr;
    return flush(writer, async, error);
}
