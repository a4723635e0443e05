/* SPDX-License-Identifier: MIT */
/*
 * pieces.c - values that are written in pieces: what may be combined, where a value is allowed, how it ends.
 *
 * In an attribute, the value is gathered until its end. What may be combined there is what the pages of WsWriteChars,
 * WsWriteText and WsWriteValue say: pieces of one kind, or a single whole value. In content everything goes to the
 * encoder at once; only a character of which a part has come, or binary content, can be unfinished there.
 */
#include "xml/writer/pieces.h"

#include "base/error.h"
#include "xml/writer/check.h"
#include "xml/writer/encoder.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* --- Attributes --- */

/* The name of the attribute that is being written. */
static COLD struct shown_name attribute_name(const WS_XML_WRITER *writer)
{
    const struct writer_fast_tag *fast_tag = &writer->fast_tag;
    WS_XML_STRING name = xml_empty;

    if (!fast_tag->value)
        return writer_show(&writer_current_attribute(writer)->local);
    name.bytes = (BYTE *)fast_tag->names[fast_tag->count - 1].local;
    name.length = fast_tag->names[fast_tag->count - 1].length;
    return writer_show(&name);
}

/* The value of the attribute can be continued only with more of the same kind, or not at all. */
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
                            "The attribute \"%s\" has a value already, to which nothing can be added.", name.text);
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The value of the attribute \"%s\" was begun with %s, and can go on only with more of that.",
                        name.text, begun[writer->piece]);
}

HRESULT writer_gather(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    size_t limit = writer->properties.buffer_limit;
    HRESULT hr;

    if ((hr = writer_leave_fast(writer, error)) != S_OK)
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

HRESULT writer_take_single(WS_XML_WRITER *writer, const WS_XML_TEXT *text, size_t size, WS_ERROR *error)
{
    struct writer_attribute *attribute;
    HRESULT hr = writer_leave_fast(writer, error);

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

/* Whether text other than white space, or bytes, is allowed outside of all elements. */
static inline bool is_text_at_top(const WS_XML_WRITER *writer)
{
    return writer->properties.allow_fragment || writer->encoder->is_raw;
}

/*
 * Whether a value is allowed here, whatever it is: in an attribute if it is the first, or, of bytes, if it continues
 * others; in content anywhere but at the top of a document.
 */
static HRESULT value_place(const WS_XML_WRITER *writer, enum writer_piece piece, WS_ERROR *error)
{
    if (writer->inside == INSIDE_ATTRIBUTE)
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

HRESULT writer_begin_top(WS_XML_WRITER *writer, bool is_space, WS_ERROR *error)
{
    HRESULT hr;

    if (!is_space && !is_text_at_top(writer))
        return not_at_top(error);
    if (!writer->begun && (hr = writer_begin(writer, error)) != S_OK)
        return hr;
    writer->something_written = false;
    return S_OK;
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
    if (LIKELY(writer->depth || writer->piece != PIECE_BYTES))
        return S_OK;
    return writer_done(writer, writer_end_pieces(writer, error));
}
