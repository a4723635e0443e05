/* SPDX-License-Identifier: MIT */
/*
 * writer.c - WsCreateWriter, WsFreeWriter, WsSetOutput, WsSetOutputToBuffer, WsFlushWriter, WsGetWriterProperty; see
 * writer.h.
 */
#include "xml/writer/writer.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/trace.h"
#include "xml/buffer/buffer.h"
#include "xml/writer/encode_binary.h"
#include "xml/writer/encode_mtom.h"
#include "xml/writer/encode_text.h"
#include "xml/writer/encoder.h"
#include "xml/writer/output.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

static struct handle_pool writer_pool = {
    .tag = HANDLE_XML_WRITER, .size = sizeof(struct _WS_XML_WRITER), .what = "XML writers"};

HRESULT writer_create(const WS_XML_WRITER_PROPERTY *properties, ULONG count, WS_XML_WRITER **ret, WS_ERROR *error)
{
    struct writer_properties given;
    WS_XML_WRITER *writer;
    HRESULT hr;

    writer_default_properties(&given);
    if ((hr = writer_set_properties(&given, properties, count, error)) != S_OK)
        return hr;
    if (!(writer = handle_take(&writer_pool)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for another writer.");
    memset((char *)writer + sizeof(writer->handle), 0, sizeof(*writer) - sizeof(writer->handle));
    writer->created = writer->properties = given;
    writer->hash_seed = xml_hash_seed(writer);
    writer->destroy = writer_free;
    writer->shown.node.nodeType = WS_XML_NODE_TYPE_ELEMENT;
    memory_init_arena(&writer->arena, SIZE_MAX, 4096);
    handle_publish(&writer_pool, writer);
    *ret = writer;
    return S_OK;
}

static void release_bindings(WS_XML_WRITER *writer)
{
    memory_free(writer->bindings);
    memory_free(writer->binding_table);
    writer->bindings = NULL;
    writer->binding_table = NULL;
    writer->binding_capacity = 0;
    writer->binding_table_size = writer->binding_table_room = 0;
}

/* Resets the writer: nothing is written, and no output is set. */
static void clear(WS_XML_WRITER *writer)
{
    if (writer->encoder && writer->encoder->release)
        writer->encoder->release(writer);
    if (writer->observer && writer->observer->release)
        writer->observer->release(writer);
    writer->state = WRITER_NO_OUTPUT;
    writer->encoder = writer->observer = NULL;
    writer->encoder_state = NULL;
    writer->charset = WS_CHARSET_AUTO;
    writer->buffer = NULL;
    writer->positions = NULL;
    writer->place = NULL;
    writer->depth = writer->binding_count = writer->search_count = 0;
    writer->hashed = false;
    writer->counted = writer->generated_prefixes = 0;
    writer->begun = writer->root_written = writer->something_written = false;
    writer->tag = TAG_NONE;
    writer->inside = INSIDE_NOTHING;
    writer->growing = NULL;
    writer->extended = false;
    writer->fast_tag.value = 0;
    writer->piece = PIECE_NONE;
    writer->partial_length = writer->group_length = writer->brackets = 0;
    writer_drop_names(writer);
    writer_forget_attributes(writer);
    /* The memory of a start tag with very many attributes is not kept. */
    if (writer->attribute_capacity > 256)
        writer_release_attributes(writer);
    if (writer->binding_capacity > 256)
        release_bindings(writer);
    writer->output.callback = NULL;
    writer->output.callback_state = NULL;
    writer->output.window_is_staging = false;
    writer->direct = DIRECT_NONE;
}

void writer_reset(WS_XML_WRITER *writer)
{
    clear(writer);
    output_reset(writer);
}

void writer_free(WS_XML_WRITER *writer)
{
    if (callback_free_later(&writer->use))
        return;
    if (writer->state == WRITER_BUSY || writer->held)
    {
        /* The function that is running still needs it. */
        writer->free_later = true;
        return;
    }
    clear(writer);
    output_release(writer);
    arena_release(&writer->arena);
    writer_release_names(writer);
    memory_free(writer->elements);
    release_bindings(writer);
    writer_release_attributes(writer);
    memory_free(writer->scratch);
    memory_free(writer->staging);
    writer_binary_free(writer);
    handle_put_back(&writer_pool, writer);
}

static HRESULT check_text_encoding(const WS_XML_WRITER_ENCODING *encoding, WS_ERROR *error)
{
    const WS_XML_WRITER_TEXT_ENCODING *text = (const WS_XML_WRITER_TEXT_ENCODING *)encoding;

    if (text->charSet != WS_CHARSET_UTF8 && text->charSet != WS_CHARSET_UTF16LE && text->charSet != WS_CHARSET_UTF16BE)
        return error_report(error, E_INVALIDARG, "A writer can use WS_CHARSET_UTF8, _UTF16LE and _UTF16BE, not %s.",
                            constant_name(CONSTANT_CHARSET, (uint32_t)text->charSet).text);
    return S_OK;
}

/* For MTOM, *mtom receives what its encoder keeps. */
static HRESULT check_encoding(const WS_XML_WRITER_ENCODING *encoding, const struct writer_properties *properties,
                              struct mtom_writer **mtom, WS_ERROR *error)
{
    const WS_XML_WRITER_MTOM_ENCODING *package = (const WS_XML_WRITER_MTOM_ENCODING *)encoding;
    HRESULT hr;

    switch (encoding->encodingType)
    {
    case WS_XML_WRITER_ENCODING_TYPE_TEXT: return check_text_encoding(encoding, error);
    case WS_XML_WRITER_ENCODING_TYPE_RAW:
    case WS_XML_WRITER_ENCODING_TYPE_BINARY: return S_OK;
    case WS_XML_WRITER_ENCODING_TYPE_MTOM:
        if (package->textEncoding && package->textEncoding->encodingType == WS_XML_WRITER_ENCODING_TYPE_TEXT &&
            (hr = check_text_encoding(package->textEncoding, error)) != S_OK)
            return hr;
        return mtom_writer_create(package, properties, mtom, error);
    default:
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_WRITER_ENCODING_TYPE, (uint32_t)encoding->encodingType).text);
    }
}

static HRESULT check_output(const WS_XML_WRITER_OUTPUT *output, WS_ERROR *error)
{
    if (!output)
        return error_report(error, E_INVALIDARG, "The output is NULL, and an encoding was given.");
    switch (output->outputType)
    {
    case WS_XML_WRITER_OUTPUT_TYPE_BUFFER: return S_OK;
    case WS_XML_WRITER_OUTPUT_TYPE_STREAM:
        if (!((const WS_XML_WRITER_STREAM_OUTPUT *)output)->writeCallback)
            return error_report(error, E_INVALIDARG, "The write callback of the stream is NULL.");
        return S_OK;
    default:
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_WRITER_OUTPUT_TYPE, (uint32_t)output->outputType).text);
    }
}

static HRESULT set_encoding(WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding, struct mtom_writer *mtom,
                            WS_ERROR *error)
{
    const WS_XML_WRITER_TEXT_ENCODING *text = (const WS_XML_WRITER_TEXT_ENCODING *)encoding;

    if (encoding->encodingType == WS_XML_WRITER_ENCODING_TYPE_RAW)
    {
        writer->encoder = &writer_raw_encoder;
        return S_OK;
    }
    if (encoding->encodingType == WS_XML_WRITER_ENCODING_TYPE_BINARY)
    {
        writer->encoder = &writer_binary_encoder;
        return writer_binary_set(writer, (const WS_XML_WRITER_BINARY_ENCODING *)encoding, error);
    }
    writer->encoder = &writer_text_encoder;
    if (mtom)
    {
        writer->encoder = &writer_mtom_encoder;
        writer->encoder_state = mtom;
        text = (const WS_XML_WRITER_TEXT_ENCODING *)((const WS_XML_WRITER_MTOM_ENCODING *)encoding)->textEncoding;
    }
    return writer_text_set_charset(writer, text->charSet, error);
}

HRESULT writer_set_output(WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding,
                          const WS_XML_WRITER_OUTPUT *output, const WS_XML_WRITER_PROPERTY *properties, ULONG count,
                          WS_ERROR *error)
{
    struct writer_properties given = writer->created;
    struct mtom_writer *mtom = NULL;
    HRESULT hr;

    if (writer->state == WRITER_BUSY)
        return writer_not_ready(writer, error);
    if ((hr = writer_set_properties(&given, properties, count, error)) != S_OK)
        return hr;
    if (encoding &&
        ((hr = check_output(output, error)) != S_OK || (hr = check_encoding(encoding, &given, &mtom, error)) != S_OK))
        return hr;

    clear(writer);
    writer->properties = given;
    output_reset(writer);
    if (!encoding)
        return S_OK;
    if ((hr = set_encoding(writer, encoding, mtom, error)) != S_OK)
    {
        clear(writer);
        return hr;
    }
    if (output->outputType == WS_XML_WRITER_OUTPUT_TYPE_STREAM)
    {
        writer->output.callback = ((const WS_XML_WRITER_STREAM_OUTPUT *)output)->writeCallback;
        writer->output.callback_state = ((const WS_XML_WRITER_STREAM_OUTPUT *)output)->writeCallbackState;
    }
    writer_set_direct(writer);
    writer->state = WRITER_READY;
    return S_OK;
}

HRESULT writer_set_output_to_buffer(WS_XML_WRITER *writer, WS_XML_BUFFER *buffer,
                                    const WS_XML_WRITER_PROPERTY *properties, ULONG count, WS_ERROR *error)
{
    struct writer_properties given = writer->created;
    HRESULT hr;

    if (writer->state == WRITER_BUSY)
        return writer_not_ready(writer, error);
    if (!handle_is(buffer, HANDLE_XML_BUFFER))
        return handle_refuse(buffer, HANDLE_XML_BUFFER, error);
    if ((hr = writer_set_properties(&given, properties, count, error)) != S_OK)
        return hr;
    clear(writer);
    writer->properties = given;
    /* These have no effect on an XML buffer; the limit would apply to the values of attributes. */
    writer->properties.buffer_limit = 0xffffffff;
    output_reset(writer);
    writer->encoder = &writer_buffer_encoder;
    writer->buffer = buffer;
    writer->positions = &writer_buffer_positions;
    writer->place = buffer->document->last_child;
    writer->state = WRITER_MOVED;
    return S_OK;
}

bool writer_is_into(const WS_XML_WRITER *writer, const WS_XML_BUFFER *buffer)
{
    return writer->buffer == buffer;
}

HRESULT writer_get_bytes(WS_XML_WRITER *writer, WS_BYTES *bytes, WS_ERROR *error)
{
    return writer_get_property(writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), error);
}

/* --- The exported functions --- */

/*
 * Creates a writer, which has no output yet.
 *
 * properties: the values for outputs that do not set their own. The defaults: MAX_DEPTH 32, MAX_ATTRIBUTES 128,
 *      MAX_NAMESPACES 32, BUFFER_TRIM_SIZE 4096, MAX_MIME_PARTS_BUFFER_SIZE 65536, BUFFER_MAX_SIZE 65536 (which is
 *      enforced only if it has been set: our choice), INDENT 0, and FALSE.
 * writer: receives it, for WsFreeWriter. Untouched on failure.
 * Returns E_INVALIDARG (writer is NULL, a property that does not exist, cannot be set, or has another size),
 * E_OUTOFMEMORY.
 * Source: the pages of WsCreateWriter and WS_XML_WRITER_PROPERTY_ID.
 */
HRESULT WINAPI WsCreateWriter(const WS_XML_WRITER_PROPERTY *properties, ULONG propertyCount, WS_XML_WRITER **writer,
                              WS_ERROR *error)
{
    HRESULT hr = writer ? writer_create(properties, propertyCount, writer, error)
                        : error_report(error, E_INVALIDARG, "The pointer that is to receive the writer is NULL.");

    TRACE_RESULT(hr, error, "WsCreateWriter(properties=%s, propertyCount=%u, writer=%p, error=%p) = 0x%08x%s",
                 trace_properties(CONSTANT_WRITER_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
                 (void *)writer, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "writer", hr == S_OK ? *writer : NULL).text);
    return hr;
}

/*
 * Frees a writer, with the bytes it has not flushed. NULL, or anything but a live writer, is ignored. While one of the
 * caller's callbacks is running in it, or it is being flushed asynchronously, it is freed when that ends; see
 * base/callback.h.
 * Source: the page of WsFreeWriter.
 */
void WINAPI WsFreeWriter(WS_XML_WRITER *writer)
{
    if (handle_is(writer, HANDLE_XML_WRITER))
        writer_free(writer);
    TRACE("WsFreeWriter(writer=%p)", (void *)writer);
}

/*
 * Sets the output of a writer, in place of the one before; a faulted writer can be used again.
 *
 * encoding: text, binary, MTOM or raw. NULL: the writer has no output then, and output is ignored. Of MTOM the boundary
 *      may be empty if the MIME header is written (it is a random one then), startUri ("http://tempuri.org/0") and
 *      startInfo ("text/xml") in any case: our choice, the documentation is silent.
 * output: a buffer in the writer, which the properties BYTES and BUFFERS return, or a stream, which WsFlushWriter
 *      writes to.
 * properties: hold for this output, instead of those given to WsCreateWriter.
 * Returns E_INVALIDARG (not a live writer; an unknown encoding, charset, output or property; output is NULL; MTOM with
 * ALLOW_FRAGMENT, or with strings that are not allowed in a MIME header), WS_E_INVALID_OPERATION (called from a
 * callback of this writer), E_OUTOFMEMORY.
 * Source: the page of WsSetOutput.
 */
HRESULT WINAPI WsSetOutput(WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding,
                           const WS_XML_WRITER_OUTPUT *output, const WS_XML_WRITER_PROPERTY *properties,
                           ULONG propertyCount, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER)
                     ? writer_set_output(writer, encoding, output, properties, propertyCount, error)
                     : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error,
                 "WsSetOutput(writer=%p, encoding=%s, output=%s, properties=%s, propertyCount=%u, error=%p) = 0x%08x",
                 (void *)writer, trace_type(CONSTANT_WRITER_ENCODING_TYPE, encoding).text,
                 trace_type(CONSTANT_WRITER_OUTPUT_TYPE, output).text,
                 trace_properties(CONSTANT_WRITER_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
                 (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Sets the writer to an XML buffer, at its end.
 *
 * Returns E_INVALIDARG (not a live writer, not a buffer, a property as for WsSetOutput), WS_E_INVALID_OPERATION (called
 * from a callback of this writer).
 * Source: the page of WsSetOutputToBuffer.
 */
HRESULT WINAPI WsSetOutputToBuffer(WS_XML_WRITER *writer, WS_XML_BUFFER *buffer,
                                   const WS_XML_WRITER_PROPERTY *properties, ULONG propertyCount, WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else
        hr = writer_set_output_to_buffer(writer, buffer, properties, propertyCount, error);
    TRACE_RESULT(
        hr, error, "WsSetOutputToBuffer(writer=%p, buffer=%p, properties=%s, propertyCount=%u, error=%p) = 0x%08x",
        (void *)writer, (void *)buffer, trace_properties(CONSTANT_WRITER_PROPERTY, properties, propertyCount).text,
        (unsigned)propertyCount, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Passes the buffered bytes to the callback of a stream, if there are at least minSize; 0 calls it in any case, with a
 * count of 0 if there are no bytes. A start tag that is not committed stays in the writer. Does nothing for other
 * outputs. With MTOM, when the root element is closed, it also writes the parts and so completes the document: nothing
 * can be added then. Bytes outside of all elements end first, as one value: bytes written later are another one.
 *
 * asyncContext: if it is not NULL, the callback may complete later. The writer refuses everything until then.
 * Returns E_INVALIDARG (not a live writer, a context without a callback), WS_S_ASYNC (the callback of the context will
 * be called), WS_E_INVALID_OPERATION (no output, or WS_S_ASYNC from a synchronous call), WS_E_OBJECT_FAULTED,
 * WS_E_QUOTA_EXCEEDED (BUFFER_MAX_SIZE), with MTOM WS_E_INVALID_FORMAT (the boundary is in what was written), and what
 * the callback, or one of WsPushBytes and WsPullBytes, returns: a failure faults the writer. Source: the pages of
 * WsFlushWriter and WS_WRITE_CALLBACK.
 */
HRESULT WINAPI WsFlushWriter(WS_XML_WRITER *writer, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext,
                             WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_flush(writer, minSize, asyncContext, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsFlushWriter(writer=%p, minSize=%u, asyncContext=%p, error=%p) = 0x%08x", (void *)writer,
                 (unsigned)minSize, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Gets a property: one that can be set, or
 *
 * CHARSET: of text output. IN_ATTRIBUTE: whether an attribute is being written.
 * BYTES, BUFFERS: the bytes generated in memory, valid until the writer gets another output or is freed. With MTOM the
 * parts are written first, if there is a document, which is complete then; WS_E_INVALID_OPERATION if an element is
 *      open, other failures as for WsFlushWriter. Bytes outside of all elements end first, as one value.
 * BYTES_WRITTEN: how many those are, or how many wait for a flush; without a start tag that is not committed.
 * BYTES_TO_CLOSE: how many bytes closing everything would take at most, not counting a start tag that is not committed.
 * Returns E_INVALIDARG (not a live writer, an id that does not exist or that this output does not have, value is NULL,
 * valueSize is not the property's), WS_E_INVALID_OPERATION (no output; called from a callback of this writer),
 * WS_E_OBJECT_FAULTED, E_OUTOFMEMORY, and as WsWriteBytes() where bytes end. A failure does not fault the writer,
 * except one of writing MTOM's parts, or of ending bytes.
 * Source: the pages of WsGetWriterProperty and WS_XML_WRITER_PROPERTY_ID; that there must be an output, whatever the
 * property is, and that BYTES is never NULL, was observed on Windows.
 */
HRESULT WINAPI WsGetWriterProperty(WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id, void *value, ULONG valueSize,
                                   WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_get_property(writer, id, value, valueSize, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsGetWriterProperty(writer=%p, id=%s, value=%p, valueSize=%u, error=%p) = 0x%08x%s",
                 (void *)writer, TRACE_NAME(WRITER_PROPERTY, id), value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr, trace_out_property(hr, CONSTANT_WRITER_PROPERTY, (ULONG)id, value, valueSize).text);
    return hr;
}
