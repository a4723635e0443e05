/* SPDX-License-Identifier: MIT */
/*
 * content.c - characters and bytes, which several calls can write in pieces, and CDATA sections.
 *
 * In content everything goes to the encoder at once, except a character of which only a part has come: that is kept
 * until the rest comes. Anything else is an error then.
 */
#include "xml/writer/writer.h"

#include "base/error.h"
#include "base/text.h"
#include "xml/writer/check.h"
#include "xml/writer/encoder.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

static HRESULT encode_utf8(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, {(ULONG)count, (BYTE *)bytes, NULL, 0}};

    return writer_encode_text(writer, &text.text, error);
}

static HRESULT encode_utf16(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    WS_XML_UTF16_TEXT text = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)bytes, (ULONG)count};

    return writer_encode_text(writer, &text.text, error);
}

/* --- UTF-16 in pieces --- */

/* The second half of a character whose first half is in `partial`. */
static COLD HRESULT complete_char(WS_XML_WRITER *writer, const WCHAR **chars, size_t *count, WS_ERROR *error)
{
    memcpy(writer->partial + 2, *chars, 2);
    ++*chars;
    --*count;
    writer->piece = PIECE_NONE;
    return encode_utf16(writer, writer->partial, 4, error);
}

static HRESULT content_chars(WS_XML_WRITER *writer, const WCHAR *chars, size_t count, WS_ERROR *error)
{
    const size_t most = (size_t)1 << 30; /* ULONG counts bytes */
    bool is_space;
    HRESULT hr;

    if ((hr = writer_settle_unless(writer, PIECE_CHARS, error)) != S_OK || !count)
        return hr;
    is_space = !writer->depth && text_is_space_utf16((const BYTE *)chars, count * 2);
    if ((hr = writer_begin_content(writer, is_space, error)) != S_OK)
        return hr;
    if (UNLIKELY(writer->piece == PIECE_CHARS) && (hr = complete_char(writer, &chars, &count, error)) != S_OK)
        return hr;
    while (count)
    {
        size_t part = count < most ? count : most;

        if (UNLIKELY(chars[part - 1] >= 0xd800 && chars[part - 1] <= 0xdbff))
        {
            part--;
            if (part + 1 == count)
            {
                memcpy(writer->partial, chars + part, 2);
                writer->piece = PIECE_CHARS;
                count--;
            }
        }
        if (part && (hr = encode_utf16(writer, (const BYTE *)chars, part * 2, error)) != S_OK)
            return hr;
        chars += part;
        count -= part;
    }
    return S_OK;
}

HRESULT writer_chars(WS_XML_WRITER *writer, const WCHAR *chars, size_t count, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    hr = UNLIKELY(writer->inside == INSIDE_ATTRIBUTE)
             ? writer_gather(writer, PIECE_CHARS, (const BYTE *)chars, count * 2, error)
             : content_chars(writer, chars, count, error);
    return writer_done(writer, hr);
}

/* --- UTF-8 in pieces --- */

static unsigned utf8_length(BYTE lead)
{
    return lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
}

/* How many bytes at the end are the beginning of a character. */
static size_t utf8_unfinished(const BYTE *bytes, size_t count)
{
    size_t i;

    if (LIKELY(bytes[count - 1] < 0x80))
        return 0;
    for (i = 1; i <= 3 && i <= count; i++)
        if (bytes[count - i] >= 0xc0)
            return utf8_length(bytes[count - i]) > i ? i : 0;
    return 0;
}

static COLD HRESULT complete_utf8(WS_XML_WRITER *writer, const BYTE **bytes, size_t *count, WS_ERROR *error)
{
    while (*count && writer->partial_length < utf8_length(writer->partial[0]))
    {
        writer->partial[writer->partial_length++] = *(*bytes)++;
        --*count;
    }
    if (writer->partial_length < utf8_length(writer->partial[0]))
        return S_OK;
    writer->piece = PIECE_NONE;
    return encode_utf8(writer, writer->partial, writer->partial_length, error);
}

static HRESULT content_utf8(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    size_t unfinished;
    HRESULT hr;

    if ((hr = writer_settle_unless(writer, PIECE_UTF8, error)) != S_OK || !count)
        return hr;
    if ((hr = writer_begin_content(writer, !writer->depth && text_is_space(bytes, count), error)) != S_OK)
        return hr;
    if (UNLIKELY(writer->piece == PIECE_UTF8) && (hr = complete_utf8(writer, &bytes, &count, error)) != S_OK)
        return hr;
    if (UNLIKELY(!count))
        return S_OK;
    unfinished = utf8_unfinished(bytes, count);
    count -= unfinished;
    if (count && (hr = encode_utf8(writer, bytes, count, error)) != S_OK)
        return hr;
    if (UNLIKELY(unfinished))
    {
        memcpy(writer->partial, bytes + count, unfinished);
        writer->partial_length = (unsigned)unfinished;
        writer->piece = PIECE_UTF8;
    }
    return S_OK;
}

HRESULT writer_utf8(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    hr = UNLIKELY(writer->inside == INSIDE_ATTRIBUTE) ? writer_gather(writer, PIECE_UTF8, bytes, count, error)
                                                      : content_utf8(writer, bytes, count, error);
    return writer_done(writer, hr);
}

/* --- Bytes in pieces --- */

static HRESULT content_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = writer_settle_unless(writer, PIECE_BYTES, error)) != S_OK || !count)
        return hr;
    if ((hr = writer_begin_content(writer, false, error)) != S_OK)
        return hr;
    writer->piece = PIECE_BYTES;
    if ((hr = writer->encoder->bytes(writer, bytes, count, error)) != S_OK)
        return hr;
    return writer->observer ? writer->observer->bytes(writer, bytes, count, error) : S_OK;
}

static inline HRESULT more_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    return writer->inside == INSIDE_ATTRIBUTE ? writer_gather(writer, PIECE_BYTES, bytes, count, error)
                                              : content_bytes(writer, bytes, count, error);
}

HRESULT writer_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, more_bytes(writer, bytes, count, error)) : hr;
}

/* The write callback that a push callback gets. It may be called too late, or by something else. */
static HRESULT CALLBACK push(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    WS_XML_WRITER *writer = state;
    HRESULT hr;
    ULONG i;

    (void)async; /* it completes at once */
    if (!handle_is(writer, HANDLE_XML_WRITER))
        return handle_refuse(writer, HANDLE_XML_WRITER, error);
    if (!writer->pushing)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "Bytes can be pushed only while the callback of WsPushBytes is running.");
    if ((hr = writer_check_pushed(buffers, count, error)) != S_OK)
        return hr;
    if (FAILED(writer->push_result))
        return error_report(error, WS_E_OBJECT_FAULTED, "No more bytes can be pushed: writing the ones before failed.");
    for (i = 0; i < count && hr == S_OK; i++)
        hr = more_bytes(writer, buffers[i].bytes, buffers[i].length, error);
    writer->push_result = hr;
    return hr;
}

/*
 * Prepares for bytes that the encoder may put off: whether it does is known only once the start tag is committed.
 * S_FALSE: it does not.
 */
static HRESULT begin_put_off(WS_XML_WRITER *writer, bool encoder_may, WS_ERROR *error)
{
    if (!encoder_may || writer->inside == INSIDE_ATTRIBUTE || writer->observer || writer->piece != PIECE_NONE)
        return S_FALSE;
    return writer_begin_content(writer, false, error);
}

HRESULT writer_push_bytes(WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, void *state, WS_ERROR *error)
{
    ULONG mark = error_mark(error);
    HRESULT hr = writer_allows_value(writer, PIECE_BYTES, error);

    if (hr == S_OK && !callback)
        hr = error_report(error, E_INVALIDARG, "The callback that is to write bytes is NULL.");
    if (hr != S_OK)
        return hr;
    if ((hr = begin_put_off(writer, writer->encoder->push_bytes != NULL, error)) == S_OK)
        hr = writer->encoder->push_bytes(writer, callback, state, error);
    if (hr != S_FALSE)
        return writer_done(writer, hr);
    /* While the callback is running, no attribute can be written any more. */
    if (writer->inside == INSIDE_ATTRIBUTE && (hr = writer_leave_fast(writer, error)) != S_OK)
        return writer_done(writer, hr);
    writer->push_result = S_OK;
    writer->pushing = true;
    writer_enter_callback(writer);
    hr = callback(state, push, writer, NULL, error);
    writer->pushing = false;
    writer->state = WRITER_READY;
    hr = callback_result(hr, "push callback", mark, error);
    if (hr == S_OK)
        hr = writer_pushed(writer->push_result, mark, error);
    writer->free_later |= callback_end(&writer->use);
    if (!writer->free_later)
        return writer_done_in_part(writer, hr);
    writer_free_now(writer); /* there is nothing more to do: all has been pushed */
    return hr;
}

HRESULT writer_pull_bytes(WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, void *state, WS_ERROR *error)
{
    BYTE bytes[1536]; /* a multiple of 3, and not too much for a stack */
    ULONG count, mark;
    enum writer_state before;
    HRESULT hr = writer_allows_value(writer, PIECE_BYTES, error);

    if (hr == S_OK && !callback)
        hr = error_report(error, E_INVALIDARG, "The callback that is to deliver bytes is NULL.");
    if (hr != S_OK)
        return hr;
    if ((hr = begin_put_off(writer, writer->encoder->pull_bytes != NULL, error)) == S_OK)
        hr = writer->encoder->pull_bytes(writer, callback, state, error);
    if (hr != S_FALSE)
        return writer_done(writer, hr);
    for (;;)
    {
        count = 0;
        mark = error_mark(error);
        before = writer_enter_callback(writer);
        hr = callback(state, bytes, sizeof(bytes), &count, NULL, error);
        hr = writer_leave_callback(writer, before, hr, "pull callback", mark, error);
        if (hr == S_OK && count > sizeof(bytes))
            hr = callback_claims("pull callback", count, sizeof(bytes), error);
        if (hr != S_OK)
            return writer_done_in_part(writer, hr);
        if (!count)
            return S_OK;
        if ((hr = more_bytes(writer, bytes, count, error)) != S_OK)
            return writer_done(writer, hr);
    }
}

/* --- CDATA --- */

static HRESULT start_cdata(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if (writer->inside == INSIDE_ATTRIBUTE)
        return error_report(error, WS_E_INVALID_OPERATION, "A CDATA section cannot be written inside an attribute.");
    if (writer->inside == INSIDE_CDATA)
        return error_report(error, WS_E_INVALID_OPERATION, "A CDATA section cannot be written inside another one.");
    if (writer->encoder->is_raw)
        return error_report(error, WS_E_INVALID_OPERATION, "The raw encoding has no CDATA sections.");
    if ((hr = writer_settle(writer, error)) != S_OK)
        return hr;
    if (!writer->depth)
        return error_report(error, WS_E_INVALID_FORMAT, "A CDATA section cannot be written outside of elements.");
    if ((hr = writer_begin_content(writer, false, error)) != S_OK)
        return hr;
    if ((hr = writer->encoder->cdata_start(writer, error)) != S_OK)
        return hr;
    writer->inside = INSIDE_CDATA;
    return writer->observer ? writer->observer->cdata_start(writer, error) : S_OK;
}

HRESULT writer_start_cdata(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, start_cdata(writer, error)) : hr;
}

static HRESULT end_cdata(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if (writer->inside != INSIDE_CDATA)
        return error_report(error, WS_E_INVALID_OPERATION, "There is no CDATA section to end.");
    if ((hr = writer_settle(writer, error)) != S_OK)
        return hr;
    if ((hr = writer->encoder->cdata_end(writer, error)) != S_OK)
        return hr;
    writer->inside = INSIDE_NOTHING;
    return writer->observer ? writer->observer->cdata_end(writer, error) : S_OK;
}

HRESULT writer_end_cdata(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, end_cdata(writer, error)) : hr;
}
