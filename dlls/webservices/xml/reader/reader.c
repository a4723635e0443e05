/* SPDX-License-Identifier: MIT */
/*
 * reader.c - WsCreateReader, WsFreeReader, WsSetInput, WsSetInputToBuffer, WsGetReaderProperty, WsGetReaderNode; see
 * reader.h.
 */
#include "xml/reader/reader.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/property.h"
#include "base/trace.h"
#include "xml/reader/decode_binary.h"
#include "xml/reader/decode_mtom.h"
#include "xml/trace_xml.h"

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

/* Whether a property can only be set: observed on Windows. Our choice: however the reader gets its bytes. */
static bool can_only_be_set(WS_XML_READER_PROPERTY_ID id)
{
    return id == WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE || id == WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE;
}

/* The place of a property that can be set (ULONG and BOOL have one size); NULL: it cannot. */
static void *property_place(struct reader_properties *properties, WS_XML_READER_PROPERTY_ID id)
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
        if (!(place = property_place(&read, given[i].id)))
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

/* Reads a pending node for what only looks at it: not to have enough of the stream is no failure of the reader then. */
static HRESULT read_pending(WS_XML_READER *reader, const char *starved, WS_ERROR *error)
{
    HRESULT hr;

    reader->state = READER_READY;
    hr = reader_next(reader, error);
    if (hr == READER_STARVED)
        return error_report(error, WS_E_QUOTA_EXCEEDED, "%s", starved);
    return reader_finish(reader, hr, error);
}

/*
 * Asking for a property neither reads on nor faults the reader. Only ROW and COLUMN of a pending node require that node
 * to be read.
 */
static HRESULT enter_to_ask(WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id, WS_ERROR *error)
{
    if (!handle_is(reader, HANDLE_XML_READER) || reader->state != READER_PENDING)
        return reader_enter(reader, error);
    if (id != WS_XML_READER_PROPERTY_ROW && id != WS_XML_READER_PROPERTY_COLUMN)
        return S_OK;
    return read_pending(
        reader, "ROW and COLUMN of the next node are known only when it has been buffered with WsFillReader.", error);
}

/* CHARSET, ROW and COLUMN, which only text has. */
static HRESULT get_text_property(WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id, void *value, ULONG size,
                                 WS_ERROR *error)
{
    WS_CHARSET charset = WS_CHARSET_AUTO;
    ULONGLONG row, column;
    HRESULT hr;

    if (!reader->decoder->charset || !reader->decoder->location)
        return error_report(error, E_INVALIDARG, "%s is a property of text documents only.",
                            constant_name(CONSTANT_READER_PROPERTY, (uint32_t)id).text);
    if (id == WS_XML_READER_PROPERTY_CHARSET)
    {
        hr = reader->decoder->charset(reader, &charset, error);
        if (hr == READER_STARVED)
            return error_report(error, WS_E_QUOTA_EXCEEDED,
                                "The charset is not known before four bytes have been buffered with WsFillReader.");
        return hr == S_OK
                   ? property_get(CONSTANT_READER_PROPERTY, (ULONG)id, &charset, sizeof(charset), value, size, error)
                   : hr;
    }
    reader->decoder->location(reader, &row, &column);
    return property_get(CONSTANT_READER_PROPERTY, (ULONG)id, id == WS_XML_READER_PROPERTY_ROW ? &row : &column,
                        sizeof(row), value, size, error);
}

static HRESULT get_property(WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id, void *value, ULONG size,
                            WS_ERROR *error)
{
    void *place = property_place(&reader->properties, id);
    BOOL in_attribute = reader->in_attribute;

    if (can_only_be_set(id))
        return error_report(error, E_INVALIDARG, "%s can be set, but not asked for.",
                            constant_name(CONSTANT_READER_PROPERTY, (uint32_t)id).text);
    if (place)
        return property_get(CONSTANT_READER_PROPERTY, (ULONG)id, place, sizeof(ULONG), value, size, error);
    switch (id)
    {
    case WS_XML_READER_PROPERTY_CHARSET:
    case WS_XML_READER_PROPERTY_ROW:
    case WS_XML_READER_PROPERTY_COLUMN: return get_text_property(reader, id, value, size, error);
    case WS_XML_READER_PROPERTY_IN_ATTRIBUTE:
        return property_get(CONSTANT_READER_PROPERTY, (ULONG)id, &in_attribute, sizeof(in_attribute), value, size,
                            error);
    default: return property_unknown(CONSTANT_READER_PROPERTY, (ULONG)id, error);
    }
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
    reader->decoded = reader->arenas;
    reader_reset(reader);
    handle_publish(&reader_pool, reader);
    *ret = reader;
    return S_OK;
}

void reader_reset(WS_XML_READER *reader)
{
    reader_canonical_release(reader);
    if (reader->decoder == &reader_binary_decoder)
        binary_end(reader);
    mtom_release(reader);
    reader->state = READER_NO_INPUT;
    reader->properties = reader->created;
    reader->transient = reader->in_attribute = false;
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
    reader->decoded_used = reader->left = false;
    reader->input.callback = NULL;
    reader->input.ended = reader->input.whole = reader->input.utf16 = reader->input.invalid = false;
    reader_trim_input(reader);
}

void reader_free(WS_XML_READER *reader)
{
    if (callback_free_later(&reader->use))
        return;
    if (reader->held)
    {
        reader->free_later = true;
        return;
    }
    reader_canonical_release(reader);
    scope_release(&reader->scope);
    arena_release(&reader->arenas[0]);
    arena_release(&reader->arenas[1]);
    reader_release_attributes(reader);
    binary_release(reader);
    mtom_release(reader);
    reader_release_input(reader);
    memory_free(reader->gathered.bytes);
    handle_put_back(&reader_pool, reader);
}

void reader_free_now(WS_XML_READER *reader)
{
    reader->free_later = false;
    reader_free(reader);
}

COLD HRESULT reader_enter_slow(WS_XML_READER *reader, WS_ERROR *error)
{
    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    switch (reader->state)
    {
    case READER_TREE:
        if (reader->tree_node->tag == XML_NODE_LIVE)
            return S_OK;
        return error_report(
            error, WS_E_INVALID_OPERATION,
            "The node that the reader is at has been removed from its XML buffer: WsSetReaderPosition makes "
            "the reader usable again.");
    case READER_PENDING: reader->state = READER_READY; return reader_finish(reader, reader_next(reader, error), error);
    case READER_NO_INPUT:
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The reader has no input: WsSetInput or WsSetInputToBuffer gives it one.");
    case READER_BUSY:
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The reader cannot be used while one of its callbacks is running, or it is being filled "
                            "asynchronously.");
    case READER_FAULTED:
        return error_report(
            error, WS_E_OBJECT_FAULTED,
            "The reader is faulted: an earlier operation has failed. WsSetInput makes it usable again.");
    default: return S_OK;
    }
}

HRESULT reader_enter_with_heap(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    if (handle_is(reader, HANDLE_XML_READER) && !handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, error);
    return reader_enter(reader, error);
}

COLD HRESULT reader_finish_slow(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error)
{
    if (hr == READER_STARVED)
        hr = reader_report(reader, WS_E_QUOTA_EXCEEDED, error,
                           "More of the stream is needed than has been buffered with WsFillReader.");
    if (FAILED(hr) && hr != E_INVALIDARG && hr != WS_E_INVALID_OPERATION)
        reader->state = READER_FAULTED;
    if (UNLIKELY(reader->free_later) && FAILED(hr) && !reader->held)
        reader_free_now(reader);
    return hr;
}

/* --- Inputs --- */

/* What there is of a document that is nothing: its end, where nothing is asked of a decoder. */
const struct reader_decoder reader_empty_decoder = {.next = NULL};

/* A reader must be live and not be at work in another thread, but may be faulted. */
static HRESULT check_settable(const WS_XML_READER *reader, WS_ERROR *error)
{
    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    if (reader->state == READER_BUSY)
        return reader_enter_slow((WS_XML_READER *)reader, error);
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

static HRESULT set_input_to_buffer(WS_XML_READER *reader, WS_XML_BUFFER *buffer, const WS_XML_READER_PROPERTY *given,
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
 * What keeps a reader from saying which node it is at. Without input it is at the end, after a failure at the last node
 * that it has read, and a node that has been removed from its XML buffer is still there.
 */
static COLD HRESULT enter_to_look(WS_XML_READER *reader, WS_ERROR *error)
{
    if (!handle_is(reader, HANDLE_XML_READER) || reader->state == READER_BUSY)
        return reader_enter(reader, error);
    if (reader->state != READER_PENDING)
        return S_OK;
    return read_pending(reader, "The next node is not known before more has been buffered with WsFillReader.", error);
}

static HRESULT get_node(const WS_XML_READER *reader, const WS_XML_NODE **node, WS_ERROR *error)
{
    if (!node)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the node is NULL.");
    *node = reader->node;
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
 * Frees a reader. NULL, or what is not a live reader, is ignored. While one of the caller's callbacks is running in it,
 * or it is being filled asynchronously, it is freed when that ends; see base/callback.h.
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
 * encoding, input: what the document's bytes are, and where they come from. A buffer must stay as it is as long as the
 *      reader uses it. Both may be NULL: the reader is then at the end of an empty document.
 * properties, propertyCount: for this input; the others are those of WsCreateReader.
 * Returns E_INVALIDARG (reader is not a live reader; encoding or input is NULL and the other is not, or is of no known
 * type, or incomplete; MTOM with ALLOW_FRAGMENT, or with a boundary and such given though they are to be read, or
 * without a boundary otherwise; properties as for WsCreateReader), WS_E_INVALID_OPERATION (the reader is being filled
 * asynchronously), E_OUTOFMEMORY. The reader is then as it was.
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
    HRESULT hr = set_input_to_buffer(reader, buffer, properties, propertyCount, error);

    TRACE_RESULT(
        hr, error, "WsSetInputToBuffer(reader=%p, buffer=%p, properties=%s, propertyCount=%u, error=%p) = 0x%08x",
        (void *)reader, (void *)buffer, trace_properties(CONSTANT_READER_PROPERTY, properties, propertyCount).text,
        (unsigned)propertyCount, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Gets a property of a reader.
 *
 * The properties that can be set have the values that are in effect; UTF8_TRIM_SIZE and STREAM_BUFFER_SIZE cannot be
 * asked for. WS_XML_READER_PROPERTY_CHARSET, _ROW and _COLUMN are of text only; rows and columns are those of the
 * current node, from 0, columns counted in characters. WS_XML_READER_PROPERTY_IN_ATTRIBUTE is TRUE between
 * WsReadStartAttribute and WsReadEndAttribute.
 * Returns E_INVALIDARG (reader is not a live reader; unknown id, or one that this input does not have or that cannot be
 * asked for; value is NULL, or valueSize not the property's), WS_E_INVALID_OPERATION (no input is set, the node has
 * been removed, or the reader is being filled), WS_E_OBJECT_FAULTED, WS_E_INVALID_FORMAT (the charset cannot be found
 * out: too few bytes, or a declaration that is not right), WS_E_QUOTA_EXCEEDED (the charset, or the place of the
 * current node, is not known before a stream has been filled). *value is untouched then, and the reader not faulted.
 * Source: the pages of WsGetReaderProperty and WS_XML_READER_PROPERTY_ID; what cannot be asked for, that there must be
 * an input, and when there is no charset, observed on Windows.
 */
HRESULT WINAPI WsGetReaderProperty(WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id, void *value, ULONG valueSize,
                                   WS_ERROR *error)
{
    HRESULT hr = enter_to_ask(reader, id, error);

    if (hr == S_OK)
        hr = get_property(reader, id, value, valueSize, error);
    TRACE_RESULT(hr, error, "WsGetReaderProperty(reader=%p, id=%s, value=%p, valueSize=%u, error=%p) = 0x%08x%s",
                 (void *)reader, TRACE_NAME(READER_PROPERTY, id), value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr, trace_out_property(hr, CONSTANT_READER_PROPERTY, (ULONG)id, value, valueSize).text);
    return hr;
}

/*
 * Gets the node that a reader is at.
 *
 * node: receives the node, which is valid until the reader advances, and must not be changed. Its type says what it
 *      is: WS_XML_ELEMENT_NODE, WS_XML_TEXT_NODE, WS_XML_COMMENT_NODE, or nothing but a WS_XML_NODE. Without input it
 *      is EOF. After an operation that has failed it is the last node that was read well: the pointer is the same as
 *      before if the failure was in moving on from it.
 * Returns E_INVALIDARG (xmlReader is not a live reader, node is NULL), WS_E_INVALID_OPERATION (the reader is being
 * filled asynchronously). Of a stream also, if the move to this node was put off: WS_E_QUOTA_EXCEEDED (it has not been
 * filled far enough; this does not fault the reader), and as WsReadNode().
 * Source: the page of WsGetReaderNode; without input and after a failure, observed on Windows.
 */
HRESULT WINAPI WsGetReaderNode(WS_XML_READER *xmlReader, const WS_XML_NODE **node, WS_ERROR *error)
{
    bool ready = handle_is(xmlReader, HANDLE_XML_READER) && xmlReader->state == READER_READY;
    HRESULT hr = LIKELY(ready) ? S_OK : enter_to_look(xmlReader, error);

    if (LIKELY(hr == S_OK))
        hr = get_node(xmlReader, node, error);
    TRACE_RESULT(hr, error, "WsGetReaderNode(xmlReader=%p, node=%p, error=%p) = 0x%08x%s", (void *)xmlReader,
                 (void *)node, (void *)error, (unsigned)hr, trace_out_node(hr, hr == S_OK ? *node : NULL).text);
    return hr;
}
