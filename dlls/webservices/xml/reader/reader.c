/* SPDX-License-Identifier: MIT */
/*
 * reader.c - the life of a reader, its properties and inputs: WsCreateReader, WsFreeReader, WsSetInput,
 * WsSetInputToBuffer; see reader.h.
 */
#include "xml/reader/decoder.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/property.h"
#include "base/trace.h"
#include "xml/reader/decode_mtom.h"

#include <string.h>

static struct handle_pool reader_pool = {
    .tag = HANDLE_XML_READER, .size = sizeof(struct _WS_XML_READER), .what = "XML reader objects"};

/* --- Properties --- */

/* The defaults that the page of WS_XML_READER_PROPERTY_ID documents. */
static const struct reader_properties default_properties = {
    .max_depth = 32,
    .max_attributes = 128,
    .max_namespaces = 32,
    .utf8_trim_size = 4096,
    .stream_buffer_size = 4096,
    .stream_max_root_mime_part_size = 65536,
    .stream_max_mime_headers_size = 256,
    .max_mime_parts = 4096,
    .allow_fragment = FALSE,
    .read_declaration = TRUE,
    .allow_invalid_character_references = FALSE,
};

void *reader_property_place(struct reader_properties *properties, WS_XML_READER_PROPERTY_ID id)
{
    switch (id)
    {
    case WS_XML_READER_PROPERTY_MAX_DEPTH: return &properties->max_depth;
    case WS_XML_READER_PROPERTY_ALLOW_FRAGMENT: return &properties->allow_fragment;
    case WS_XML_READER_PROPERTY_MAX_ATTRIBUTES: return &properties->max_attributes;
    case WS_XML_READER_PROPERTY_READ_DECLARATION: return &properties->read_declaration;
    case WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE: return &properties->utf8_trim_size;
    case WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE: return &properties->stream_buffer_size;
    case WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE: return &properties->stream_max_root_mime_part_size;
    case WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE: return &properties->stream_max_mime_headers_size;
    case WS_XML_READER_PROPERTY_MAX_MIME_PARTS: return &properties->max_mime_parts;
    case WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES:
        return &properties->allow_invalid_character_references;
    case WS_XML_READER_PROPERTY_MAX_NAMESPACES: return &properties->max_namespaces;
    default: return NULL;
    }
}

HRESULT reader_read_properties(struct reader_properties *properties, const WS_XML_READER_PROPERTY *given, ULONG count,
                               WS_ERROR *error)
{
    struct reader_properties read = *properties;
    HRESULT hr;
    void *place;
    ULONG i;

    if (count && !given)
        return error_report(error, E_INVALIDARG, "The array of %u reader properties is NULL.", (unsigned)count);
    for (i = 0; i < count; i++)
    {
        if (!(place = reader_property_place(&read, given[i].id)))
            return error_report(error, E_INVALIDARG, "A reader cannot be given %s: it is unknown, or can only be read.",
                                constant_name(CONSTANT_READER_PROPERTY, (uint32_t)given[i].id).text);
        hr = property_set(CONSTANT_READER_PROPERTY, (ULONG)given[i].id, place, sizeof(ULONG), given[i].value,
                          given[i].valueSize, error);
        if (hr != S_OK)
            return hr;
    }
    *properties = read;
    return S_OK;
}

/* --- The life of a reader --- */

static void init_element(struct reader_element *element)
{
    element->shown.node.nodeType = WS_XML_NODE_TYPE_ELEMENT;
    element->shown.prefix = &element->prefix;
    element->shown.localName = &element->name;
}

HRESULT reader_create(const WS_XML_READER_PROPERTY *given, ULONG count, WS_XML_READER **ret, WS_ERROR *error)
{
    struct reader_properties properties = default_properties;
    WS_XML_READER *reader;
    HRESULT hr;

    if (!ret)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the reader is NULL.");
    if ((hr = reader_read_properties(&properties, given, count, error)) != S_OK)
        return hr;
    if (!(reader = handle_take(&reader_pool)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for another reader.");
    memset((char *)reader + sizeof(reader->handle), 0, sizeof(*reader) - sizeof(reader->handle));
    reader->created = properties;
    init_element(&reader->elements[0]);
    init_element(&reader->elements[1]);
    reader->element = reader->elements;
    reader->text_node.node.nodeType = reader->attribute_text.node.nodeType = WS_XML_NODE_TYPE_TEXT;
    reader->text_node.text = &reader->text.text;
    reader->comment.node.nodeType = WS_XML_NODE_TYPE_COMMENT;
    scope_init(&reader->scope);
    memory_init_arena(&reader->arenas[0], SIZE_MAX, READER_DECODED_TRIM);
    memory_init_arena(&reader->arenas[1], SIZE_MAX, READER_DECODED_TRIM);
    memory_init_arena(&reader->scratch, SIZE_MAX, READER_DECODED_TRIM);
    reader->decoded = reader->arenas;
    reader->decoder = &reader_empty_decoder;
    reader_reset(reader);
    handle_publish(&reader_pool, reader);
    *ret = reader;
    return S_OK;
}

void reader_reset(WS_XML_READER *reader)
{
    if (reader->observer)
        reader->observer->release(reader);
    if (reader->decoder->end)
        reader->decoder->end(reader);
    reader->state = READER_NO_INPUT;
    reader->properties = reader->created;
    reader->transient = reader->in_attribute = reader->root_seen = false;
    reader->node = &reader_eof;
    reader->decoder = &reader_empty_decoder;
    reader->pos = reader->end = NULL;
    reader->tree = NULL;
    reader->tree_node = NULL;
    reader->attribute_count = reader->xmlns_count = 0;
    reader_end_text(reader);
    scope_reset(&reader->scope);
    reader_empty_arena(&reader->arenas[0]);
    reader_empty_arena(&reader->arenas[1]);
    reader->leave_work = 0;
    reader->input.callback = NULL;
    reader->input.ended = reader->input.whole = reader->input.utf16 = reader->input.invalid = false;
    reader_trim_input(reader);
}

void reader_free(WS_XML_READER *reader)
{
    if (callback_free_later(&reader->use))
        return;
    if (reader->uses)
    {
        reader->free_later = true;
        return;
    }
    if (reader->hold)
    {
        reader->free_later = reader->hold->freed = true;
        return;
    }
    if (reader->observer)
        reader->observer->release(reader);
    scope_release(&reader->scope);
    arena_release(&reader->arenas[0]);
    arena_release(&reader->arenas[1]);
    arena_release(&reader->scratch);
    if (reader->decoder->end)
        reader->decoder->end(reader);
    binary_release(reader);
    reader_release_attributes(reader);
    reader_release_input(reader);
    memory_free(reader->gathered.bytes);
    handle_put_back(&reader_pool, reader);
}

void reader_free_now(WS_XML_READER *reader)
{
    reader->free_later = false;
    reader_free(reader);
}

/* --- Inputs --- */

HRESULT reader_refuse_busy(WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The reader cannot be used while one of its callbacks is running, or it is being filled "
                        "asynchronously.");
}

/* Of a reader without input: it is at EOF, where no decoder is called. */
const struct reader_decoder reader_empty_decoder = {.next = NULL};

/* A reader must be live and not be at work in another thread, but may be faulted. */
static HRESULT check_settable(const WS_XML_READER *reader, WS_ERROR *error)
{
    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    if (reader->state == READER_BUSY)
        return reader_refuse_busy(error);
    return S_OK;
}

static HRESULT check_input(const WS_XML_READER_INPUT *input, WS_ERROR *error)
{
    const WS_XML_READER_BUFFER_INPUT *buffer = (const WS_XML_READER_BUFFER_INPUT *)input;

    switch (input->inputType)
    {
    case WS_XML_READER_INPUT_TYPE_BUFFER:
        if (buffer->encodedDataSize && !buffer->encodedData)
            return error_report(error, E_INVALIDARG, "The input's %u bytes are at NULL.",
                                (unsigned)buffer->encodedDataSize);
        return S_OK;
    case WS_XML_READER_INPUT_TYPE_STREAM:
        if (!((const WS_XML_READER_STREAM_INPUT *)input)->readCallback)
            return error_report(error, E_INVALIDARG, "The input's read callback is NULL.");
        return S_OK;
    default:
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_READER_INPUT_TYPE, (uint32_t)input->inputType).text);
    }
}

/* For MTOM, *mtom receives what is to read it. */
/* NOLINTNEXTLINE(misc-no-recursion): of a package, its encoding of text, which is no package */
static HRESULT check_encoding(const WS_XML_READER_ENCODING *encoding, const struct reader_properties *properties,
                              struct mtom_reader **mtom, WS_ERROR *error)
{
    const WS_XML_READER_MTOM_ENCODING *package = (const WS_XML_READER_MTOM_ENCODING *)encoding;
    WS_CHARSET charset;
    HRESULT hr;

    switch (encoding->encodingType)
    {
    case WS_XML_READER_ENCODING_TYPE_TEXT:
        charset = ((const WS_XML_READER_TEXT_ENCODING *)encoding)->charSet;
        if (charset != WS_CHARSET_AUTO && charset != WS_CHARSET_UTF8 && charset != WS_CHARSET_UTF16LE &&
            charset != WS_CHARSET_UTF16BE)
            return error_report(error, E_INVALIDARG, "There is no %s.",
                                constant_name(CONSTANT_CHARSET, (uint32_t)charset).text);
        return S_OK;
    case WS_XML_READER_ENCODING_TYPE_RAW:
    case WS_XML_READER_ENCODING_TYPE_BINARY: return S_OK;
    case WS_XML_READER_ENCODING_TYPE_MTOM:
        if (package->textEncoding && package->textEncoding->encodingType == WS_XML_READER_ENCODING_TYPE_TEXT &&
            (hr = check_encoding(package->textEncoding, properties, NULL, error)) != S_OK)
            return hr;
        return mtom_create(package, properties, mtom, error);
    default:
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_READER_ENCODING_TYPE, (uint32_t)encoding->encodingType).text);
    }
}

static void set_bytes(WS_XML_READER *reader, const WS_XML_READER_INPUT *input)
{
    if (input->inputType == WS_XML_READER_INPUT_TYPE_STREAM)
    {
        const WS_XML_READER_STREAM_INPUT *stream = (const WS_XML_READER_STREAM_INPUT *)input;

        reader->input.callback = stream->readCallback;
        reader->input.callback_state = stream->readCallbackState;
        reader->transient = true;
        reader->pos = reader->end = reader->input.buffer.bytes ? reader->input.buffer.bytes : (const BYTE *)"";
    }
    else
    {
        const WS_XML_READER_BUFFER_INPUT *buffer = (const WS_XML_READER_BUFFER_INPUT *)input;

        reader->pos = buffer->encodedDataSize ? buffer->encodedData : (const BYTE *)"";
        reader->end = reader->pos + buffer->encodedDataSize;
    }
}

static void set_decoder(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding, struct mtom_reader *mtom)
{
    if (encoding->encodingType == WS_XML_READER_ENCODING_TYPE_TEXT)
    {
        reader->decoder = &reader_text_decoder;
        text_begin(reader, ((const WS_XML_READER_TEXT_ENCODING *)encoding)->charSet);
    }
    else if (encoding->encodingType == WS_XML_READER_ENCODING_TYPE_BINARY)
    {
        reader->decoder = &reader_binary_decoder;
        binary_begin(reader, (const WS_XML_READER_BINARY_ENCODING *)encoding);
    }
    else if (mtom)
    {
        reader->decoder = &reader_mtom_decoder;
        mtom_begin(reader, mtom);
    }
    else
        reader->decoder = &reader_raw_decoder;
}

HRESULT reader_set_input(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                         const WS_XML_READER_INPUT *input, const WS_XML_READER_PROPERTY *given, ULONG count,
                         WS_ERROR *error)
{
    struct reader_properties properties = reader->created;
    struct mtom_reader *mtom = NULL;
    HRESULT hr;

    if (!encoding != !input)
        return error_report(error, E_INVALIDARG,
                            "An encoding was passed without an input, or an input without an encoding.");
    if ((hr = reader_read_properties(&properties, given, count, error)) != S_OK)
        return hr;
    if (encoding && ((hr = check_input(input, error)) != S_OK ||
                     (hr = check_encoding(encoding, &properties, &mtom, error)) != S_OK))
        return hr;
    reader_reset(reader);
    reader->properties = properties;
    reader->state = READER_READY;
    if (encoding)
    {
        reader->node = &reader_bof;
        set_bytes(reader, input);
        set_decoder(reader, encoding, mtom);
    }
    return S_OK;
}

HRESULT reader_set_input_to_buffer(WS_XML_READER *reader, WS_XML_BUFFER *buffer, const WS_XML_READER_PROPERTY *given,
                                   ULONG count, WS_ERROR *error)
{
    struct reader_properties properties;
    HRESULT hr;

    if ((hr = check_settable(reader, error)) != S_OK)
        return hr;
    if (!handle_is(buffer, HANDLE_XML_BUFFER))
        return handle_refuse(buffer, HANDLE_XML_BUFFER, error);
    properties = reader->created;
    if ((hr = reader_read_properties(&properties, given, count, error)) != S_OK)
        return hr;
    reader_reset(reader);
    reader->properties = properties;
    reader_set_tree(reader, buffer);
    return S_OK;
}

/*
 * Creates a reader. It has no input: WsSetInput or WsSetInputToBuffer gives it one.
 *
 * properties, propertyCount: the properties that can be set, for all inputs.
 * reader: receives the reader, which the caller frees with WsFreeReader. Untouched on failure.
 * Returns E_INVALIDARG (reader is NULL; a property that does not exist or can only be asked for, or that has a wrong
 * size; properties is NULL with a count), E_OUTOFMEMORY.
 * Source: the pages of WsCreateReader and WS_XML_READER_PROPERTY_ID.
 */
HRESULT WINAPI WsCreateReader(const WS_XML_READER_PROPERTY *properties, ULONG propertyCount, WS_XML_READER **reader,
                              WS_ERROR *error)
{
    HRESULT hr = reader_create(properties, propertyCount, reader, error);

    TRACE_RESULT(hr, error, "WsCreateReader(properties=%s, propertyCount=%u, reader=%p, error=%p) = 0x%08x%s",
                 trace_properties(CONSTANT_READER_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
                 (void *)reader, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "reader", hr == S_OK ? *reader : NULL).text);
    return hr;
}

/*
 * Frees a reader. NULL, or anything but a live reader, is ignored. While one of the caller's callbacks is running in
 * it, or it is being filled asynchronously, it is freed when that ends; see base/callback.h.
 * Source: the page of WsFreeReader; that NULL is ignored is our choice, as for heaps.
 */
void WINAPI WsFreeReader(WS_XML_READER *reader)
{
    if (handle_is(reader, HANDLE_XML_READER))
        reader_free(reader);
    TRACE("WsFreeReader(reader=%p)", (void *)reader);
}

/*
 * Sets a reader to the beginning of a document (WS_XML_NODE_TYPE_BOF), whatever it has been doing.
 *
 * encoding, input: what the document's bytes are, and where they come from. A buffer must not change while the reader
 *      uses it. Both may be NULL: the reader is then at the end of an empty document.
 * properties, propertyCount: for this input; the others are those of WsCreateReader.
 * Returns E_INVALIDARG (reader is not a live reader; encoding or input is NULL and the other is not, or is of no known
 * type, or incomplete; MTOM with ALLOW_FRAGMENT, with a boundary, startInfo or startUri although the MIME header is to
 * be read, or without a boundary although it is not; properties as for WsCreateReader), WS_E_INVALID_OPERATION (the
 * reader is being filled asynchronously), E_OUTOFMEMORY. The reader is then as it was.
 * Source: the page of WsSetInput.
 */
HRESULT WINAPI WsSetInput(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                          const WS_XML_READER_INPUT *input, const WS_XML_READER_PROPERTY *properties,
                          ULONG propertyCount, WS_ERROR *error)
{
    HRESULT hr = check_settable(reader, error);

    if (hr == S_OK)
        hr = reader_set_input(reader, encoding, input, properties, propertyCount, error);
    TRACE_RESULT(hr, error,
                 "WsSetInput(reader=%p, encoding=%s, input=%s, properties=%s, propertyCount=%u, error=%p) = 0x%08x",
                 (void *)reader, trace_type(CONSTANT_READER_ENCODING_TYPE, encoding).text,
                 trace_type(CONSTANT_READER_INPUT_TYPE, input).text,
                 trace_properties(CONSTANT_READER_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
                 (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Sets a reader to the beginning of an XML buffer. Several readers may read one buffer.
 *
 * Returns E_INVALIDARG (reader is not a live reader, buffer is not an XML buffer; properties as for WsCreateReader),
 * WS_E_INVALID_OPERATION (the reader is being filled asynchronously). The reader is then as it was.
 * Source: the page of WsSetInputToBuffer.
 */
HRESULT WINAPI WsSetInputToBuffer(WS_XML_READER *reader, WS_XML_BUFFER *buffer,
                                  const WS_XML_READER_PROPERTY *properties, ULONG propertyCount, WS_ERROR *error)
{
    HRESULT hr = reader_set_input_to_buffer(reader, buffer, properties, propertyCount, error);

    TRACE_RESULT(
        hr, error, "WsSetInputToBuffer(reader=%p, buffer=%p, properties=%s, propertyCount=%u, error=%p) = 0x%08x",
        (void *)reader, (void *)buffer, trace_properties(CONSTANT_READER_PROPERTY, properties, propertyCount).text,
        (unsigned)propertyCount, (void *)error, (unsigned)hr);
    return hr;
}
