/* SPDX-License-Identifier: MIT */
/*
 * write_canonical.c - WsStartWriterCanonicalization, WsEndWriterCanonicalization; see writer.h and canonical.h.
 *
 * The writer's observer gets the calls that the encoder gets, whatever the encoding of the output. By then, prefixes
 * have been chosen and declarations added; attributes are in the order of the calls. The canonical form is that of what
 * a reader of the output would read.
 */
#include "base/error.h"
#include "base/trace.h"
#include "xml/buffer/buffer.h"
#include "xml/canonical/canonical.h"
#include "xml/writer/encoder.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

/* --- The observer --- */

static HRESULT observe_element_start(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    return canonical_element_start(writer->canonical.form, element, error);
}

static HRESULT observe_element_end(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error)
{
    (void)is_empty; /* there is no short form */
    return canonical_element_end(writer->canonical.form, error);
}

static HRESULT observe_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    return canonical_text(writer->canonical.form, text, error);
}

static HRESULT observe_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    return canonical_bytes(writer->canonical.form, bytes, count, error);
}

static HRESULT observe_bytes_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return canonical_bytes_end(writer->canonical.form, error);
}

static HRESULT observe_comment(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error)
{
    return canonical_comment(writer->canonical.form, value, error);
}

static HRESULT observe_cdata_start(WS_XML_WRITER *writer, WS_ERROR *error)
{
    (void)error;
    canonical_cdata(writer->canonical.form, true);
    return S_OK;
}

static HRESULT observe_cdata_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    (void)error;
    canonical_cdata(writer->canonical.form, false);
    return S_OK;
}

static void release(WS_XML_WRITER *writer)
{
    canonical_free(writer->canonical.form);
    writer->canonical.form = NULL;
    writer->canonical.depth = 0;
    writer->observer = NULL;
    writer_set_direct(writer);
}

static const struct writer_encoder observer = {
    .name = "canonical",
    .element_start = observe_element_start,
    .element_end = observe_element_end,
    .text = observe_text,
    .bytes = observe_bytes,
    .bytes_end = observe_bytes_end,
    .comment = observe_comment,
    .cdata_start = observe_cdata_start,
    .cdata_end = observe_cdata_end,
    .release = release,
};

/* --- What the canonical form asks for --- */

static HRESULT write(void *owner, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    WS_XML_WRITER *writer = owner;
    WS_BYTES piece = {(ULONG)count, (BYTE *)bytes};
    ULONG mark = error_mark(error);
    enum writer_state before = writer_enter_callback(writer);
    HRESULT hr = writer->canonical.callback(writer->canonical.callback_state, &piece, 1, NULL, error);

    hr = writer_leave_callback(writer, before, hr, "canonicalization callback", mark, error);
    if (hr != S_OK)
        writer->state = WRITER_FAULTED; /* whatever the code: a piece is missing */
    return hr;
}

static const WS_XML_STRING *find(void *owner, const WS_XML_STRING *prefix)
{
    return writer_find_prefix(owner, prefix);
}

/* --- The functions --- */

static HRESULT start(WS_XML_WRITER *writer, WS_WRITE_CALLBACK callback, void *callback_state,
                     const WS_XML_CANONICALIZATION_PROPERTY *properties, ULONG count, WS_ERROR *error)
{
    struct canonical_place place = {.owner = writer, .write = write, .find = find};
    struct canonical *form = NULL;
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    if (writer->canonical.form)
        return error_report(error, WS_E_INVALID_OPERATION, "Canonicalization has been started already.");
    if (writer->inside == INSIDE_ATTRIBUTE)
        return error_report(error, WS_E_INVALID_OPERATION, "Canonicalization cannot be started inside an attribute.");
    if (writer->encoder->is_raw)
        return error_report(error, WS_E_INVALID_OPERATION, "The raw encoding has no canonical form.");
    if (!callback)
        return error_report(error, E_INVALIDARG, "The callback for canonical bytes is NULL.");
    place.at_top = !writer->depth;
    if (writer->buffer)
    {
        place.at_beginning = place.at_top && !writer->place->previous;
        place.after_root = place.at_top && xml_node_is_after_element(writer->place);
    }
    else
    {
        place.at_beginning = place.at_top && !writer->begun;
        place.after_root = writer->root_written;
        place.line_ends = writer->charset != WS_CHARSET_AUTO;
    }
    place.fragment = writer->properties.allow_fragment != FALSE;
    if ((hr = canonical_create(&place, properties, count, &form, error)) != S_OK)
        return hr;
    /* Anything written so far is not part of it. */
    if ((hr = writer_settle(writer, error)) != S_OK ||
        (writer_tag_is_pending(writer) && (hr = writer_commit(writer, false, error)) != S_OK) ||
        (hr = canonical_look_around(form, error)) != S_OK)
    {
        canonical_free(form);
        return writer_done(writer, hr);
    }
    writer->tag = TAG_NONE; /* attributes of the element around would not be part of it either */
    writer->canonical.form = form;
    if (writer->inside == INSIDE_CDATA)
        canonical_cdata(writer->canonical.form, true);
    writer->canonical.depth = writer->depth;
    writer->canonical.callback = callback;
    writer->canonical.callback_state = callback_state;
    writer->observer = &observer;
    writer_set_direct(writer);
    return S_OK;
}

static HRESULT end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer->state == WRITER_FINISHED ? S_OK : writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    if (!writer->canonical.form)
        return error_report(error, WS_E_INVALID_OPERATION, "Canonicalization has not been started.");
    if (writer->depth != writer->canonical.depth)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "Canonicalization was started at depth %zu and must end there: the writer is at depth %zu.",
                            writer->canonical.depth, writer->depth);
    if ((hr = writer_settle(writer, error)) != S_OK || (hr = canonical_finish(writer->canonical.form, error)) != S_OK)
        return writer_done(writer, hr);
    release(writer);
    return S_OK;
}

/*
 * Starts canonicalization: from now on everything that is written, by whatever function, goes to a callback in
 * canonical form, too. An open start tag is committed, and not part of it. Calls cannot be nested.
 *
 * writeCallback: is called synchronously, by the functions that write and by WsEndWriterCanonicalization. The writer
 *      refuses all calls meanwhile; a failure faults it.
 * writeCallbackState: passed to it.
 * properties, propertyCount: as for WsStartReaderCanonicalization. They need not outlive the call.
 *
 * Until the end WsMoveWriter and WsSetWriterPosition are WS_E_INVALID_OPERATION, and so is ending the element that is
 * open now. Functions that set another output, and WsFreeWriter, end it without the bytes that are left.
 * Returns E_INVALIDARG (not a live writer, writeCallback is NULL; a property that does not exist, with a wrong size, or
 * a value that is not valid), WS_E_INVALID_OPERATION (no output; started already; inside an attribute; raw output; an
 * inclusive algorithm, and something has been written), WS_E_INVALID_FORMAT (an inclusive prefix that is not a name;
 * and as WsWriteEndStartElement), WS_E_QUOTA_EXCEEDED (as that), WS_E_OBJECT_FAULTED, E_OUTOFMEMORY.
 * Source: the page of WsStartWriterCanonicalization. That the open start tag is committed is our choice.
 */
HRESULT WINAPI WsStartWriterCanonicalization(WS_XML_WRITER *writer, WS_WRITE_CALLBACK writeCallback,
                                             void *writeCallbackState,
                                             const WS_XML_CANONICALIZATION_PROPERTY *properties, ULONG propertyCount,
                                             WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER)
                     ? start(writer, writeCallback, writeCallbackState, properties, propertyCount, error)
                     : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error,
                 "WsStartWriterCanonicalization(writer=%p, writeCallback=%s, writeCallbackState=%p, properties=%s, "
                 "propertyCount=%u, error=%p) = 0x%08x",
                 (void *)writer, writeCallback ? "set" : "NULL", writeCallbackState,
                 trace_properties(CONSTANT_CANONICALIZATION_PROPERTY, properties, propertyCount).text,
                 (unsigned)propertyCount, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Ends canonicalization, and hands out the canonical bytes that are left.
 *
 * Returns E_INVALIDARG (not a live writer), WS_E_INVALID_OPERATION (it has not been started; the writer is not at the
 * depth where it was), WS_E_INVALID_FORMAT (text before ended within a character), WS_E_OBJECT_FAULTED, and what the
 * callback returns, if that is a failure: the writer is then faulted.
 * Source: the page of WsEndWriterCanonicalization.
 */
HRESULT WINAPI WsEndWriterCanonicalization(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr =
        handle_is(writer, HANDLE_XML_WRITER) ? end(writer, error) : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsEndWriterCanonicalization(writer=%p, error=%p) = 0x%08x", (void *)writer, (void *)error,
                 (unsigned)hr);
    return hr;
}
