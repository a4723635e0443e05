/* SPDX-License-Identifier: MIT */
/*
 * read_fill.c - WsFillReader: reading from a stream; see reader.h.
 *
 * The bytes of a stream are in one buffer, unread ones last. Before more is read, those that have been read are
 * discarded if that makes room, or a larger buffer is taken. The old buffer is kept until the reader advances if the
 * node shown points into it. Buffers grow with what has arrived, not with what was asked for.
 */
#include "xml/reader/decode_mtom.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/trace.h"

#include <string.h>

/* The smallest buffer, however small a buffer the properties ask for. */
#define SMALLEST_BUFFER 16u

/* The unread bytes of the stream: the window, what is before its conversion, or the package that the XML is in. */
static const BYTE **unread_pos(WS_XML_READER *reader)
{
    if (reader->mtom)
        return &reader->mtom->pos;
    return reader->input.utf16 ? &reader->input.raw : &reader->pos;
}

static const BYTE **unread_end(WS_XML_READER *reader)
{
    if (reader->mtom)
        return &reader->mtom->end;
    return reader->input.utf16 ? &reader->input.raw_end : &reader->end;
}

static size_t unread_size(WS_XML_READER *reader)
{
    return (size_t)(*unread_end(reader) - *unread_pos(reader));
}

/* Whether the node shown points into the buffer that is being filled. */
static bool buffer_is_shown(const WS_XML_READER *reader)
{
    if (reader->mtom)
        return reader->mtom->shown && !reader->input.shown.bytes;
    return !reader->input.utf16 && reader_shows_window(reader);
}

/* Moves the unread bytes to the beginning of a buffer of a size. */
static bool move_buffer(WS_XML_READER *reader, size_t room)
{
    struct reader_input *input = &reader->input;
    const BYTE **pos = unread_pos(reader), **end = unread_end(reader);
    size_t unread = unread_size(reader);
    struct reader_bytes to = input->buffer;
    bool in_place = input->buffer.bytes && room <= input->buffer.room && !buffer_is_shown(reader);

    if (!in_place && !reader_take_bytes(reader, room, &to))
        return false;
    if (!input->utf16 && !reader->mtom && reader->decoder->discard)
        reader->decoder->discard(reader);
    if (unread)
        memmove(to.bytes, *pos, unread);
    if (!in_place && buffer_is_shown(reader))
        input->shown = input->buffer;
    else if (!in_place)
        reader_give_bytes(reader, &input->buffer);
    input->buffer = to;
    *pos = to.bytes;
    *end = to.bytes + unread;
    if (!input->utf16 && !reader->mtom && reader->decoder->moved)
        reader->decoder->moved(reader);
    return true;
}

/* Makes room after the unread bytes, for all that is wanted if the buffer need not grow for it. */
static HRESULT make_room(WS_XML_READER *reader, ULONG *ret, WS_ERROR *error)
{
    struct reader_input *input = &reader->input;
    size_t target = input->fill_target, unread = unread_size(reader), room = input->buffer.room, tail;

    if (!input->buffer.bytes)
    {
        room = reader->properties.stream_buffer_size;
        if (room < SMALLEST_BUFFER)
            room = SMALLEST_BUFFER;
        tail = 0;
    }
    else
        tail = (size_t)(input->buffer.bytes + input->buffer.room - *unread_end(reader));

    if (tail < target - unread && (!tail || unread < room - tail))
    {
        if (target > room && unread > room / 2)
            room = room <= SIZE_MAX / 2 ? room * 2 : SIZE_MAX;
        if (!move_buffer(reader, room))
            return error_report(error, E_OUTOFMEMORY, "There is no memory to buffer %zu bytes of a stream.", room);
        tail = input->buffer.room - unread;
    }
    /* The unread bytes never exceed a ULONG, in which the lengths of names and texts must fit. */
    *ret = tail > UINT32_MAX - unread ? (ULONG)(UINT32_MAX - unread) : (ULONG)tail;
    return S_OK;
}

/* Takes what the callback has answered and read. */
static HRESULT take_in(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error)
{
    struct reader_input *input = &reader->input;

    if ((hr = callback_result(hr, "read callback", input->fill_mark, error)) != S_OK)
        return hr;
    if (input->fill_actual > input->fill_offered)
        return callback_claims("read callback", input->fill_actual, input->fill_offered, error);
    if (input->fill_actual)
        *unread_end(reader) += input->fill_actual;
    else
        input->ended = true;
    return S_OK;
}

static void CALLBACK fill_continues(HRESULT hr, WS_CALLBACK_MODEL model, void *state);

/* Whether enough is there; S_FALSE: no, READER_STARVED: MTOM cannot do without more. */
static HRESULT is_filled(WS_XML_READER *reader, WS_ERROR *error)
{
    struct reader_input *input = &reader->input;
    HRESULT hr;

    if (input->ended)
        return S_OK;
    if (reader->mtom && (hr = mtom_filled(reader, error)) != S_OK)
    {
        /* However much is there. */
        if (hr == READER_STARVED && input->fill_target <= unread_size(reader))
            input->fill_target = unread_size(reader) + 1;
        return hr;
    }
    return unread_size(reader) < input->fill_target ? S_FALSE : S_OK;
}

/*
 * Reads until the target is reached. When the callback answers WS_S_ASYNC, the reader must not be touched any more: it
 * may be at work in another thread already.
 */
static HRESULT fill(WS_XML_READER *reader, bool asynchronous, WS_ERROR *error)
{
    struct reader_input *input = &reader->input;
    WS_ASYNC_CONTEXT context = {fill_continues, reader};
    HRESULT hr;
    ULONG room = 0;

    while ((hr = is_filled(reader, error)) != S_OK)
    {
        if (FAILED(hr))
            return hr;
        if (callback_is_freed(&reader->use))
            return callback_freed("reader", error);
        if ((hr = make_room(reader, &room, error)) != S_OK)
            return hr;
        input->fill_actual = 0;
        input->fill_offered = room;
        input->fill_mark = error_mark(error);
        hr = input->callback(input->callback_state, (BYTE *)*unread_end(reader), room, &input->fill_actual,
                             asynchronous ? &context : NULL, error);
        if (hr == WS_S_ASYNC && asynchronous)
            return hr;
        if ((hr = take_in(reader, hr, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/*
 * Ends a fill: in the state from before it, or faulted. The reader is freed if it was to be; in any case it must not be
 * touched any more, since another thread may be using it from now on.
 */
static void end_fill(WS_XML_READER *reader, HRESULT hr)
{
    reader->state = FAILED(hr) ? READER_FAULTED : reader->input.fill_pending ? READER_PENDING : READER_READY;
    if (callback_end(&reader->use))
        reader_free(reader);
}

/* The read callback has done asynchronously what it was called for. */
static void CALLBACK fill_continues(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    WS_XML_READER *reader = state;
    WS_ASYNC_CONTEXT context = reader->input.fill_context;
    WS_ERROR *error = reader->input.fill_error;

    if ((hr = take_in(reader, hr, error)) == S_OK && (hr = fill(reader, true, error)) == WS_S_ASYNC)
        return;
    end_fill(reader, hr);
    TRACE("WsFillReader(reader=%p) has ended with 0x%08x", (void *)reader, (unsigned)hr);
    context.callback(hr, model, context.callbackState);
}

static HRESULT start_fill(WS_XML_READER *reader, ULONG size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct reader_input *input = &reader->input;
    HRESULT hr;

    if (!input->callback)
        return S_OK;
    input->fill_target = size;
    if (reader->mtom && input->fill_target <= SIZE_MAX - mtom_look_ahead(reader))
        input->fill_target += mtom_look_ahead(reader);
    input->fill_pending = reader->state == READER_PENDING;
    input->fill_error = error;
    if (context)
        input->fill_context = *context;
    reader->state = READER_BUSY;
    callback_begin(&reader->use);
    if ((hr = fill(reader, context != NULL, error)) != WS_S_ASYNC)
        end_fill(reader, hr);
    return hr;
}

HRESULT reader_fill(WS_XML_READER *reader, ULONG size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    HRESULT hr;

    /* The bytes are for the pending node, so it is not read first. */
    if ((hr = reader_enter_content(reader, error)) != S_OK)
        return hr;
    if (context && !context->callback)
        return error_report(error, E_INVALIDARG, "The asynchronous context has no callback.");
    return start_fill(reader, size, context, error);
}

HRESULT reader_fill_more(WS_XML_READER *reader, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    size_t unread = reader->mtom ? 0 : unread_size(reader);

    return reader_fill(reader, unread < UINT32_MAX ? (ULONG)unread + 1 : UINT32_MAX, context, error);
}

/*
 * Reads from the stream that a reader was given until at least minSize bytes are buffered that it has not read yet, or
 * the stream ends. Does nothing for other inputs. What the current node shows stays valid. Of MTOM it always reads the
 * whole root part and the header of the next part, and minSize is of what follows.
 *
 * asyncContext: NULL, or what to call when the work is done, after WS_S_ASYNC. Until then the reader can only be freed,
 *      which happens when the read callback has completed.
 * Returns WS_S_ASYNC, E_INVALIDARG (reader is not a live reader; a context without a callback), WS_E_OBJECT_FAULTED,
 * WS_E_INVALID_OPERATION (no input is set, or the reader is at work; or the read callback broke its rules),
 * E_OUTOFMEMORY, of MTOM also WS_E_INVALID_FORMAT and WS_E_QUOTA_EXCEEDED, and what the read callback fails with. A
 * failure faults the reader. See base/callback.h.
 * Source: the pages of WsFillReader and WS_READ_CALLBACK.
 */
HRESULT WINAPI WsFillReader(WS_XML_READER *reader, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    HRESULT hr = reader_fill(reader, minSize, asyncContext, error);

    TRACE_RESULT(hr, error, "WsFillReader(reader=%p, minSize=%u, asyncContext=%p, error=%p) = 0x%08x", (void *)reader,
                 (unsigned)minSize, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}
