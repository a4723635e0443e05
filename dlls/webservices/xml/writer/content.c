/* SPDX-License-Identifier: MIT */
/*
 * content.c - text in elements and attributes: what comes in pieces, and what comes whole.
 *
 * In content, everything goes to the encoder at once, except for a character of which only a part has come. In an
 * attribute, the value is gathered until its end. What may be combined there is what the pages of WsWriteChars,
 * WsWriteText and WsWriteValue say: pieces of one kind, or one thing that is whole.
 */
#include "xml/writer/writer.h"

#include "base/error.h"
#include "base/text.h"
#include "xml/value.h"

/* --- Attributes --- */

/* The name of the attribute that is being written. */
static COLD struct shown_name attribute_name(const WS_XML_WRITER *writer)
{
    const struct writer_draft *drafted = &writer->drafted;
    WS_XML_STRING name = xml_empty;

    if (!drafted->value)
        return writer_show(&writer_current_attribute(writer)->local);
    name.bytes = (BYTE *)drafted->names[drafted->count - 1].local;
    name.length = drafted->names[drafted->count - 1].length;
    return writer_show(&name);
}

/* What has been written into the attribute goes on with its like only, or not at all. */
static COLD HRESULT cannot_combine(const WS_XML_WRITER *writer, WS_ERROR *error)
{
    static const char *const begun[] = {
        [PIECE_CHARS] = "WsWriteChars",
        [PIECE_UTF8] = "WsWriteCharsUtf8",
        [PIECE_BYTES] = "bytes",
        [PIECE_TEXT_UTF8] = "a text of UTF-8",
        [PIECE_TEXT_UTF16] = "a text of UTF-16",
        [PIECE_TEXT_BASE64] = "a text of base64",
    };
    const struct shown_name name = attribute_name(writer);

    if (writer->piece == PIECE_SINGLE)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The attribute \"%s\" has a value already, which nothing can be added to.", name.text);
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The value of the attribute \"%s\" was begun with %s, and can go on only with more of that.",
                        name.text, begun[writer->piece]);
}

/* Appends to the value of the attribute. */
static HRESULT gather(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    size_t limit = writer->properties.buffer_limit;
    HRESULT hr;

    if ((hr = writer_undraft(writer, error)) != S_OK)
        return hr;
    if (writer->piece != PIECE_NONE && writer->piece != piece)
        return cannot_combine(writer, error);
    writer->piece = piece;
    if (!count)
        return S_OK;
    if (count > limit - writer->value_length)
        return error_report(
            error, WS_E_QUOTA_EXCEEDED,
            "The writer's BUFFER_MAX_SIZE is %zu bytes: the value of the attribute \"%s\" would have %llu.", limit,
            attribute_name(writer).text, (unsigned long long)writer->value_length + count);
    return writer_add_to_value(writer, bytes, count, limit, error);
}

/* Takes a text that is whole as the value of the attribute. */
HRESULT writer_take_single(WS_XML_WRITER *writer, const WS_XML_TEXT *text, size_t size, WS_ERROR *error)
{
    struct writer_attribute *attribute;
    HRESULT hr = writer_undraft(writer, error);

    if (hr != S_OK)
        return hr;
    if (writer->piece != PIECE_NONE)
        return cannot_combine(writer, error);
    attribute = writer_current_attribute(writer);
    writer->piece = PIECE_SINGLE;
    memcpy(&attribute->value, text, size);
    return S_OK;
}

/* --- Content --- */

/* Observed on Windows, where the pages name only WS_E_INVALID_OPERATION. */
static COLD HRESULT not_at_top(WS_ERROR *error)
{
    return error_report(
        error, WS_E_INVALID_FORMAT,
        "Outside of the root element there can be no text but white space, and no bytes, unless ALLOW_FRAGMENT "
        "is set.");
}

/* Whether text that is not just white space, or bytes, can stand outside of all elements. */
static inline bool is_text_at_top(const WS_XML_WRITER *writer)
{
    return writer->properties.allow_fragment || writer->encoder->is_raw;
}

/*
 * Whether a value can stand here, whatever it is: in an attribute as the first thing, or, of bytes, as more of them; in
 * content anywhere but at the top of a document.
 */
static HRESULT value_place(const WS_XML_WRITER *writer, enum writer_piece piece, WS_ERROR *error)
{
    if (writer->in_attribute)
        return writer->piece == PIECE_NONE || (writer->piece == piece && piece != PIECE_SINGLE)
                   ? S_OK
                   : cannot_combine(writer, error);
    return writer->depth || is_text_at_top(writer) ? S_OK : not_at_top(error);
}

HRESULT writer_allows_value(WS_XML_WRITER *writer, enum writer_piece piece, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, value_place(writer, piece, error)) : hr;
}

/* Makes the place for text: nothing else is open. `is_space`: it may stand at the top of a document. */
static inline HRESULT begin_content(WS_XML_WRITER *writer, bool is_space, WS_ERROR *error)
{
    HRESULT hr;

    if (writer->pending && (hr = writer_commit(writer, false, error)) != S_OK)
        return hr;
    if (LIKELY(writer->depth))
    {
        writer->elements[writer->depth - 1].has_text = true;
        return S_OK;
    }
    if (!is_space && !is_text_at_top(writer))
        return not_at_top(error);
    if (!writer->begun && (hr = writer_begin(writer, error)) != S_OK)
        return hr;
    writer->something_written = false;
    return S_OK;
}

HRESULT writer_begin_content(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return begin_content(writer, false, error);
}

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

COLD HRESULT writer_end_pieces(WS_XML_WRITER *writer, WS_ERROR *error)
{
    enum writer_piece piece = writer->piece;
    HRESULT hr;

    writer->piece = PIECE_NONE;
    if (piece == PIECE_BYTES)
    {
        if ((hr = writer->encoder->bytes_end(writer, error)) != S_OK)
            return hr;
        return writer->observer ? writer->observer->bytes_end(writer, error) : S_OK;
    }
    return error_report(error, WS_E_INVALID_FORMAT,
                        "The text ended inside a character, and something else was written next.");
}

HRESULT writer_end_outer_bytes(WS_XML_WRITER *writer, WS_ERROR *error)
{
    if (LIKELY(writer->depth || writer->piece != PIECE_BYTES || writer->in_attribute || writer->pending))
        return S_OK;
    return writer_done(writer, writer_end_pieces(writer, error));
}

/* Before text of a kind: what is unfinished of another kind is ended. */
static inline HRESULT settle_unless(WS_XML_WRITER *writer, enum writer_piece piece, WS_ERROR *error)
{
    return UNLIKELY(writer->piece != PIECE_NONE && writer->piece != piece) ? writer_end_pieces(writer, error) : S_OK;
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

    if ((hr = settle_unless(writer, PIECE_CHARS, error)) != S_OK || !count)
        return hr;
    is_space = !writer->depth && text_is_space_utf16((const BYTE *)chars, count * 2);
    if ((hr = begin_content(writer, is_space, error)) != S_OK)
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
    hr = UNLIKELY(writer->in_attribute) ? gather(writer, PIECE_CHARS, (const BYTE *)chars, count * 2, error)
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

    if ((hr = settle_unless(writer, PIECE_UTF8, error)) != S_OK || !count)
        return hr;
    if ((hr = begin_content(writer, !writer->depth && text_is_space(bytes, count), error)) != S_OK)
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
    hr = UNLIKELY(writer->in_attribute) ? gather(writer, PIECE_UTF8, bytes, count, error)
                                        : content_utf8(writer, bytes, count, error);
    return writer_done(writer, hr);
}

/* --- Bytes in pieces --- */

static HRESULT content_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = settle_unless(writer, PIECE_BYTES, error)) != S_OK || !count)
        return hr;
    if ((hr = begin_content(writer, false, error)) != S_OK)
        return hr;
    writer->piece = PIECE_BYTES;
    if ((hr = writer->encoder->bytes(writer, bytes, count, error)) != S_OK)
        return hr;
    return writer->observer ? writer->observer->bytes(writer, bytes, count, error) : S_OK;
}

HRESULT writer_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    hr = writer->in_attribute ? gather(writer, PIECE_BYTES, bytes, count, error)
                              : content_bytes(writer, bytes, count, error);
    return writer_done(writer, hr);
}

/* What is behind the write callback that a push callback gets. It may be called too late, or by something else. */
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
        hr = writer->in_attribute ? gather(writer, PIECE_BYTES, buffers[i].bytes, buffers[i].length, error)
                                  : content_bytes(writer, buffers[i].bytes, buffers[i].length, error);
    writer->push_result = hr;
    return hr;
}

/*
 * Makes the place for bytes that the encoder may put off: only with the start tag out is it known whether it does.
 * S_FALSE: it does not.
 */
static HRESULT begin_put_off(WS_XML_WRITER *writer, bool encoder_may, WS_ERROR *error)
{
    if (!encoder_may || writer->in_attribute || writer->observer || writer->piece != PIECE_NONE)
        return S_FALSE;
    return begin_content(writer, false, error);
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
    /* While the callback is running, no attribute can be written again. */
    if (writer->in_attribute && (hr = writer_undraft(writer, error)) != S_OK)
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
        hr = writer->in_attribute ? gather(writer, PIECE_BYTES, bytes, count, error)
                                  : content_bytes(writer, bytes, count, error);
        if (hr != S_OK)
            return writer_done(writer, hr);
    }
}

/* --- Whole texts --- */

/* The text is checked before anything is written of it: a date, for example, may have no text form. */
static HRESULT check_typed(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const BYTE *bytes;
    size_t length;

    if (text->textType != WS_XML_TEXT_TYPE_DATETIME && text->textType != WS_XML_TEXT_TYPE_DECIMAL)
        return S_OK;
    writer->arena_used = true;
    return text_to_utf8(text, &writer->arena, &bytes, &length, error);
}

/* A string of a dictionary stays one if nothing else is written. */
static HRESULT attribute_utf8(WS_XML_WRITER *writer, const WS_XML_STRING *string, WS_ERROR *error)
{
    bool is_first;
    HRESULT hr;

    if ((hr = writer_undraft(writer, error)) != S_OK)
        return hr;
    is_first = !writer->value_length;
    if ((hr = gather(writer, PIECE_TEXT_UTF8, string->bytes, string->length, error)) != S_OK)
        return hr;
    writer->value_string.dictionary = NULL;
    if (UNLIKELY(is_first && string->dictionary && string->length))
    {
        writer->value_string = *string;
        writer->value_string.bytes = writer->value;
        writer_own(writer, &writer->value_string, string->bytes);
    }
    return S_OK;
}

static HRESULT attribute_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    WS_XML_UTF8_TEXT list = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return attribute_utf8(writer, &utf8->value, error);
    case WS_XML_TEXT_TYPE_UTF16: return gather(writer, PIECE_TEXT_UTF16, utf16->bytes, utf16->byteCount, error);
    case WS_XML_TEXT_TYPE_BASE64: return gather(writer, PIECE_TEXT_BASE64, base64->bytes, base64->length, error);
    case WS_XML_TEXT_TYPE_LIST:
        writer->arena_used = true;
        if ((hr = writer_check_text(writer, text, error)) != S_OK ||
            (hr = text_to_utf8(text, &writer->arena, &bytes, &length, error)) != S_OK)
            return hr;
        list.value.bytes = (BYTE *)bytes;
        list.value.length = (ULONG)length;
        return writer_take_single(writer, &list.text, sizeof(list), error);
    default:
        if ((hr = check_typed(writer, text, error)) != S_OK)
            return hr;
        return writer_take_single(writer, text, xml_text_size(text->textType), error);
    }
}

static HRESULT content_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    bool is_space = false;
    HRESULT hr;

    if ((hr = writer_settle(writer, error)) != S_OK)
        return hr;
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
        if (!utf8->value.length)
            return S_OK;
        is_space = !writer->depth && text_is_space(utf8->value.bytes, utf8->value.length);
        break;
    case WS_XML_TEXT_TYPE_UTF16:
        if (!utf16->byteCount)
            return S_OK;
        is_space = !writer->depth && text_is_space_utf16(utf16->bytes, utf16->byteCount);
        break;
    case WS_XML_TEXT_TYPE_BASE64:
        if (!base64->length)
            return S_OK;
        break;
    default: break;
    }
    if ((hr = begin_content(writer, is_space, error)) != S_OK)
        return hr;
    return writer_encode_text(writer, text, error);
}

HRESULT writer_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    if (text->textType == WS_XML_TEXT_TYPE_QNAME)
        return writer_qualified_name(writer, qname->prefix, qname->localName, qname->ns, error);
    hr = writer->in_attribute ? attribute_text(writer, text, error) : content_text(writer, text, error);
    return writer_done(writer, hr);
}

/* --- CDATA --- */

static HRESULT start_cdata(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if (writer->in_attribute)
        return error_report(error, WS_E_INVALID_OPERATION, "A CDATA section cannot be written inside an attribute.");
    if (writer->in_cdata)
        return error_report(error, WS_E_INVALID_OPERATION, "A CDATA section cannot be written inside another one.");
    if (writer->encoder->is_raw)
        return error_report(error, WS_E_INVALID_OPERATION, "The raw encoding has no CDATA sections.");
    if ((hr = writer_settle(writer, error)) != S_OK)
        return hr;
    if (!writer->depth)
        return error_report(error, WS_E_INVALID_FORMAT, "A CDATA section cannot be written outside of elements.");
    if ((hr = begin_content(writer, false, error)) != S_OK)
        return hr;
    if ((hr = writer->encoder->cdata_start(writer, error)) != S_OK)
        return hr;
    writer->in_cdata = true;
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

    if (!writer->in_cdata)
        return error_report(error, WS_E_INVALID_OPERATION, "There is no CDATA section to end.");
    if ((hr = writer_settle(writer, error)) != S_OK)
        return hr;
    if ((hr = writer->encoder->cdata_end(writer, error)) != S_OK)
        return hr;
    writer->in_cdata = false;
    return writer->observer ? writer->observer->cdata_end(writer, error) : S_OK;
}

HRESULT writer_end_cdata(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);

    return hr == S_OK ? writer_done(writer, end_cdata(writer, error)) : hr;
}
