/* SPDX-License-Identifier: MIT */
/*
 * encode_mtom_parts.c - the MIME side of the MTOM encoder: headers, and the parts after the root part; see
 * encode_mtom.h.
 *
 * Headers are .NET's, in the order it has them. Parts go to the output when the document is complete; in a stream,
 * large pieces go to its callback at once, synchronously, so that nothing is copied and little is buffered.
 */
#include "xml/writer/encode_mtom.h"

#include "base/error.h"
#include "base/memory.h"
#include "values/number.h"
#include "xml/writer/check.h"
#include "xml/writer/encoder.h"
#include "xml/writer/output.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

/* Pieces of parts from this size on go to a stream directly, after what has been buffered. */
#define LARGE ((size_t)4096)
#define MUCH  ((size_t)65536)

/* --- Items --- */

HRESULT mtom_add_item(WS_XML_WRITER *writer, struct mtom_item item, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    struct mtom_item *items;
    size_t room;

    if (mtom->count == mtom->item_room)
    {
        room = mtom->item_room ? mtom->item_room * 2 : 16;
        if (room > SIZE_MAX / sizeof(*items) ||
            !(items = memory_alloc(room * sizeof(*items), "MIME parts of a writer")))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for a list of %zu MIME parts.", room);
        if (mtom->count)
            memcpy(items, mtom->items, mtom->count * sizeof(*items));
        memory_free(mtom->items);
        mtom->items = items;
        mtom->item_room = room;
    }
    mtom->items[mtom->count++] = item;
    return S_OK;
}

/* Only what is too large to be base64 is a part. */
static HRESULT check_limit(const WS_XML_WRITER *writer, size_t more, WS_ERROR *error)
{
    const struct mtom_writer *mtom = mtom_of(writer);
    size_t length = mtom->items[mtom->count - 1].length, limit = writer->properties.max_mime_parts_size;

    if (more > SIZE_MAX - mtom->used)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for %zu bytes of a MIME part.", more);
    if (length + more > mtom->max_inline && mtom->used + more > limit)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The writer's MAX_MIME_PARTS_BUFFER_SIZE is %zu bytes: the MIME parts would have %zu.",
                            limit, mtom->used + more);
    return S_OK;
}

HRESULT mtom_gather(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    size_t room = mtom->room;
    BYTE *data;
    HRESULT hr;

    if ((hr = check_limit(writer, count, error)) != S_OK)
        return hr;
    if (count > room - mtom->used)
    {
        room = room <= SIZE_MAX / 2 ? room * 2 : room;
        if (room < mtom->used + count)
            room = mtom->used + count;
        if (!(data = memory_alloc(room, "MIME parts of a writer")))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for the MIME parts: they need %zu bytes.",
                                room);
        if (mtom->used)
            memcpy(data, mtom->data, mtom->used);
        memory_free(mtom->data);
        mtom->data = data;
        mtom->room = room;
    }
    if (count)
        memcpy(mtom->data + mtom->used, bytes, count);
    mtom->used += count;
    mtom->items[mtom->count - 1].length += count;
    return S_OK;
}

/* --- Output --- */

static HRESULT put(WS_XML_WRITER *writer, const void *bytes, size_t count, WS_ERROR *error)
{
    return output_append(writer, bytes, count, error);
}

static HRESULT put_text(WS_XML_WRITER *writer, const char *text, WS_ERROR *error)
{
    return put(writer, text, strlen(text), error);
}

static HRESULT put_mime(WS_XML_WRITER *writer, struct mime_text text, WS_ERROR *error)
{
    return put(writer, text.bytes, text.length, error);
}

/* The caller may free the writer then: it is freed when the call that led here returns. */
static HRESULT send_buffers(WS_XML_WRITER *writer, const WS_BYTES *buffers, ULONG count, WS_ERROR *error)
{
    ULONG mark = error_mark(error);
    enum writer_state before = writer_enter_callback(writer);
    HRESULT hr = writer->output.callback(writer->output.callback_state, buffers, count, NULL, error);

    return writer_leave_callback(writer, before, hr, "write callback", mark, error);
}

static HRESULT send_buffered(WS_XML_WRITER *writer, WS_ERROR *error)
{
    WS_BUFFERS buffers;
    HRESULT hr;

    if (!output_size(writer))
        return S_OK;
    if ((hr = output_get_buffers(writer, &buffers, error)) != S_OK ||
        (hr = send_buffers(writer, buffers.buffers, buffers.bufferCount, error)) != S_OK)
        return hr;
    output_reset(writer);
    return S_OK;
}

/* A piece of a part's content. A boundary in it would end the part early, and so could inject parts. */
static HRESULT write_content(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    WS_BYTES buffer = {(ULONG)count, (BYTE *)bytes};
    HRESULT hr;

    if (mime_has_boundary(&mtom->boundary, &mtom->matched, bytes, count))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The bytes of a MIME part contain the MIME boundary, which would end the part.");
    if (writer->output.callback && count >= LARGE && count <= UINT32_MAX)
    {
        if ((hr = send_buffered(writer, error)) != S_OK)
            return hr;
        return send_buffers(writer, &buffer, 1, error);
    }
    if ((hr = put(writer, bytes, count, error)) != S_OK)
        return hr;
    return writer->output.callback && output_size(writer) >= MUCH ? send_buffered(writer, error) : S_OK;
}

/* --- Callbacks --- */

/* What a callback delivers goes to the part being written, or is gathered. */
static HRESULT take_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    return mtom_of(writer)->writing ? write_content(writer, bytes, count, error)
                                    : mtom_gather(writer, bytes, count, error);
}

/* The write callback that a push callback gets. It may be called too late, or by something else. */
static HRESULT CALLBACK pushed(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                               WS_ERROR *error)
{
    WS_XML_WRITER *writer = state;
    struct mtom_writer *mtom;
    HRESULT hr;
    ULONG i;

    (void)async; /* it completes at once */
    if (!handle_is(writer, HANDLE_XML_WRITER))
        return handle_refuse(writer, HANDLE_XML_WRITER, error);
    mtom = writer->encoder && writer->encoder->is_package ? mtom_of(writer) : NULL;
    if (!mtom || !mtom->pushing)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "Bytes can be pushed only while the callback of WsPushBytes is running.");
    if ((hr = writer_check_pushed(buffers, count, error)) != S_OK)
        return hr;
    if (FAILED(mtom->push_result))
        return error_report(error, WS_E_OBJECT_FAULTED, "No more bytes can be pushed: writing the ones before failed.");
    mtom->pushing = false; /* not from within the stream's callback */
    for (i = 0; i < count && hr == S_OK; i++)
        if (buffers[i].length)
            hr = take_bytes(writer, buffers[i].bytes, buffers[i].length, error);
    mtom->pushing = true;
    mtom->push_result = hr;
    return hr;
}

static HRESULT push(WS_XML_WRITER *writer, const struct mtom_item *item, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    ULONG mark = error_mark(error);
    enum writer_state before;
    HRESULT hr;

    mtom->push_result = S_OK;
    mtom->pushing = true;
    before = writer_enter_callback(writer);
    hr = item->push(item->state, pushed, writer, NULL, error);
    mtom->pushing = false;
    hr = writer_leave_callback(writer, before, hr, "push callback", mark, error);
    return hr == S_OK ? writer_pushed(mtom->push_result, mark, error) : hr;
}

static HRESULT pull(WS_XML_WRITER *writer, const struct mtom_item *item, WS_ERROR *error)
{
    enum writer_state before;
    BYTE bytes[1536];
    ULONG count, mark;
    HRESULT hr;

    for (;;)
    {
        count = 0;
        mark = error_mark(error);
        before = writer_enter_callback(writer);
        hr = item->pull(item->state, bytes, sizeof(bytes), &count, NULL, error);
        hr = writer_leave_callback(writer, before, hr, "pull callback", mark, error);
        if (hr == S_OK && count > sizeof(bytes))
            hr = callback_claims("pull callback", count, sizeof(bytes), error);
        if (hr != S_OK || !count || (hr = take_bytes(writer, bytes, count, error)) != S_OK)
            return hr;
    }
}

/* A callback may fail with a code that otherwise is a refusal, but something has been written already. */
static HRESULT done_in_part(WS_XML_WRITER *writer, HRESULT hr)
{
    if (FAILED(hr) && writer->state == WRITER_READY)
        writer->state = WRITER_FAULTED;
    return hr;
}

HRESULT mtom_materialize(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    struct mtom_item item = mtom->items[mtom->count - 1];

    if (!item.push && !item.pull)
        return S_OK;
    mtom->items[mtom->count - 1].push = NULL;
    mtom->items[mtom->count - 1].pull = NULL;
    mtom->writing = false;
    return done_in_part(writer, item.push ? push(writer, &item, error) : pull(writer, &item, error));
}

/* --- Headers and parts --- */

size_t mtom_number(size_t index, char room[MTOM_NUMBER_ROOM])
{
    room[0] = '/';
    return 1 + number_write_int64((LONGLONG)index, (BYTE *)room + 1);
}

static HRESULT write_message_header(WS_XML_WRITER *writer, WS_ERROR *error)
{
    const struct mtom_writer *mtom = mtom_of(writer);
    const struct mime_text boundary = {mtom->boundary.bytes + 4, mtom->boundary.length - 4};
    HRESULT hr;

    if ((hr = put_text(writer,
                       "MIME-Version: 1.0\r\n"
                       "Content-Type: multipart/related;type=\"application/xop+xml\";boundary=\"",
                       error)) != S_OK ||
        (hr = put_mime(writer, boundary, error)) != S_OK || (hr = put_text(writer, "\";start=\"<", error)) != S_OK ||
        (hr = put_mime(writer, mtom->start, error)) != S_OK ||
        (hr = put_text(writer, ">\";start-info=\"", error)) != S_OK ||
        (hr = put_mime(writer, mtom->start_info, error)) != S_OK)
        return hr;
    return put_text(writer, "\"\r\n\r\n", error);
}

static HRESULT write_boundary(WS_XML_WRITER *writer, const char *after, WS_ERROR *error)
{
    const struct mtom_writer *mtom = mtom_of(writer);
    HRESULT hr = put(writer, mtom->boundary.bytes, mtom->boundary.length, error);

    return hr == S_OK ? put_text(writer, after, error) : hr;
}

HRESULT mtom_check_root(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    size_t skip = mtom->checked;
    WS_BUFFERS buffers;
    HRESULT hr;
    ULONG i;

    if ((hr = output_get_buffers(writer, &buffers, error)) != S_OK)
        return hr;
    for (i = 0; i < buffers.bufferCount; i++)
    {
        const WS_BYTES *piece = &buffers.buffers[i];
        size_t skipped = skip < piece->length ? skip : piece->length;

        skip -= skipped;
        if (mime_has_boundary(&mtom->boundary, &mtom->root_matched, piece->bytes + skipped, piece->length - skipped))
            return error_report(error, WS_E_INVALID_FORMAT, "The XML contains the MIME boundary, which would end it.");
    }
    mtom->checked = output_size(writer);
    return S_OK;
}

/* The charset has a name that .NET reads, which does not take "utf-16" for both byte orders. */
HRESULT mtom_write_header(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    HRESULT hr;

    if ((mtom->write_header && (hr = write_message_header(writer, error)) != S_OK) ||
        (hr = write_boundary(writer, "\r\nContent-ID: <", error)) != S_OK ||
        (hr = put_mime(writer, mtom->start, error)) != S_OK ||
        (hr = put_text(writer,
                       writer->charset == WS_CHARSET_UTF8 ? ">\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: "
                                                            "application/xop+xml;charset=utf-8;type=\""
                       : writer->charset == WS_CHARSET_UTF16LE
                           ? ">\r\nContent-Transfer-Encoding: binary\r\nContent-Type: "
                             "application/xop+xml;charset=utf-16;type=\""
                           : ">\r\nContent-Transfer-Encoding: binary\r\nContent-Type: "
                             "application/xop+xml;charset=utf-16BE;type=\"",
                       error)) != S_OK ||
        (hr = put_mime(writer, mtom->start_info, error)) != S_OK ||
        (hr = put_text(writer, "\"\r\n\r\n", error)) != S_OK)
        return hr;
    /* The end of the header could begin a boundary. */
    mtom->checked = output_size(writer);
    mtom->root_matched = 2;
    return S_OK;
}

static HRESULT write_part(WS_XML_WRITER *writer, size_t index, const BYTE *data, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    static const struct mime_text any = {(const BYTE *)"application/octet-stream", 24};
    const struct mtom_item *item = &mtom->items[index];
    char number[MTOM_NUMBER_ROOM];
    HRESULT hr;

    if ((hr = write_boundary(writer, "\r\nContent-ID: <", error)) != S_OK ||
        (hr = put_mime(writer, mtom->start, error)) != S_OK ||
        (hr = put(writer, number, mtom_number(index + 1, number), error)) != S_OK ||
        (hr = put_text(writer,
                       ">\r\nContent-Transfer-Encoding: binary\r\n"
                       "Content-Type: ",
                       error)) != S_OK ||
        (hr = put_mime(writer, item->type.length ? item->type : any, error)) != S_OK ||
        (hr = put_text(writer, "\r\n\r\n", error)) != S_OK)
        return hr;
    /* The header's end could begin a boundary. */
    mtom->matched = 2;
    if (item->push)
        return push(writer, item, error);
    if (item->pull)
        return pull(writer, item, error);
    return write_content(writer, data, item->length, error);
}

HRESULT mtom_write_parts(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    struct writer_output *output = &writer->output;
    const BYTE *data = mtom->data;
    HRESULT hr = S_OK;
    size_t i;

    /* The text encoder has nothing more to convert. */
    if (output->window_is_staging)
    {
        output->window_is_staging = false;
        output->pos = output->chunk_pos;
        output->end = output->chunk_end;
    }
    mtom->writing = true;
    for (i = 0; i < mtom->count && hr == S_OK; i++)
    {
        hr = write_part(writer, i, data, error);
        if (mtom->items[i].length) /* without any bytes, data may be NULL */
            data += mtom->items[i].length;
    }
    return done_in_part(writer, hr == S_OK ? write_boundary(writer, "--\r\n", error) : hr);
}
