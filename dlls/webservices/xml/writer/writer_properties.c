/* SPDX-License-Identifier: MIT */
/* writer_properties.c - the properties of a writer, set and got. */
#include "xml/writer/writer_object.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/property.h"
#include "xml/writer/encoder.h"
#include "xml/writer/output.h"
#include "xml/writer/pieces.h"
#include "xml/writer/state.h"

/*
 * The defaults are those of the page of WS_XML_WRITER_PROPERTY_ID. It names none for BUFFER_MAX_SIZE, for which Windows
 * returns 65536; whether that is a limit there is not known. Here it is one only if the caller has set it, so that no
 * document is refused that Windows writes: our choice.
 */
void writer_default_properties(struct writer_properties *properties)
{
    memset(properties, 0, sizeof(*properties));
    properties->max_depth = 32;
    properties->max_attributes = 128;
    properties->max_namespaces = 32;
    properties->buffer_trim_size = 4096;
    properties->buffer_max_size = 65536;
    properties->buffer_limit = 0xffffffff;
    properties->max_mime_parts_size = 65536;
}

static HRESULT set_initial_buffer(WS_BYTES *buffer, const WS_XML_WRITER_PROPERTY *given, WS_ERROR *error)
{
    WS_BYTES bytes;
    HRESULT hr =
        property_set(CONSTANT_WRITER_PROPERTY, given->id, &bytes, sizeof(bytes), given->value, given->valueSize, error);

    if (hr == S_OK && bytes.length && !bytes.bytes)
        hr = error_report(error, E_INVALIDARG, "The bytes of the initial buffer are NULL, and its length is %u.",
                          (unsigned)bytes.length);
    if (hr == S_OK)
        *buffer = bytes;
    return hr;
}

/* The member for a settable property of the size of a ULONG; NULL: the id is not that of one. */
static void *property_place(struct writer_properties *properties, WS_XML_WRITER_PROPERTY_ID id)
{
    switch (id)
    {
    case WS_XML_WRITER_PROPERTY_MAX_DEPTH: return &properties->max_depth;
    case WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT: return &properties->allow_fragment;
    case WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES: return &properties->max_attributes;
    case WS_XML_WRITER_PROPERTY_WRITE_DECLARATION: return &properties->write_declaration;
    case WS_XML_WRITER_PROPERTY_INDENT: return &properties->indent;
    case WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE: return &properties->buffer_trim_size;
    case WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE: return &properties->buffer_max_size;
    case WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE: return &properties->max_mime_parts_size;
    case WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES: return &properties->allow_invalid_references;
    case WS_XML_WRITER_PROPERTY_MAX_NAMESPACES: return &properties->max_namespaces;
    case WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS: return &properties->compress_empty;
    case WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS: return &properties->emit_uncompressed;
    default: return NULL;
    }
}

static HRESULT set_property(struct writer_properties *properties, const WS_XML_WRITER_PROPERTY *given, WS_ERROR *error)
{
    void *place = property_place(properties, given->id);
    HRESULT hr;

    if (place)
    {
        hr = property_set(CONSTANT_WRITER_PROPERTY, given->id, place, sizeof(ULONG), given->value, given->valueSize,
                          error);
        if (hr == S_OK && place == &properties->buffer_max_size)
            properties->buffer_limit = properties->buffer_max_size;
        return hr;
    }
    switch (given->id)
    {
    case WS_XML_WRITER_PROPERTY_INITIAL_BUFFER: return set_initial_buffer(&properties->initial_buffer, given, error);
    case WS_XML_WRITER_PROPERTY_CHARSET:
    case WS_XML_WRITER_PROPERTY_BUFFERS:
    case WS_XML_WRITER_PROPERTY_BYTES:
    case WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE:
    case WS_XML_WRITER_PROPERTY_BYTES_WRITTEN:
    case WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE:
        return error_report(error, E_INVALIDARG, "%s can be read, but not set.",
                            constant_name(CONSTANT_WRITER_PROPERTY, (uint32_t)given->id).text);
    default: return property_unknown(CONSTANT_WRITER_PROPERTY, given->id, error);
    }
}

HRESULT writer_set_properties(struct writer_properties *properties, const WS_XML_WRITER_PROPERTY *given, ULONG count,
                              WS_ERROR *error)
{
    HRESULT hr;
    ULONG i;

    if (count && !given)
        return error_report(error, E_INVALIDARG, "The properties are NULL, and their count is %u.", (unsigned)count);
    for (i = 0; i < count; i++)
        if ((hr = set_property(properties, &given[i], error)) != S_OK)
            return hr;
    return S_OK;
}

static HRESULT not_available(WS_XML_WRITER_PROPERTY_ID id, const char *why, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "%s is not available %s.",
                        constant_name(CONSTANT_WRITER_PROPERTY, (uint32_t)id).text, why);
}

/* The properties that depend on the output. */
static HRESULT get_output_property(WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id, void *value, ULONG size,
                                   WS_ERROR *error)
{
    WS_BUFFERS buffers = {0, NULL};
    WS_BYTES bytes = {0, NULL};
    ULONG number;
    size_t count;
    HRESULT hr;

    if (id == WS_XML_WRITER_PROPERTY_CHARSET)
        return writer->charset ? property_get(CONSTANT_WRITER_PROPERTY, id, &writer->charset, sizeof(WS_CHARSET), value,
                                              size, error)
                               : not_available(id, "for an encoding that is not text", error);
    if (writer->buffer)
        return not_available(id, "for a writer that is set to an XML buffer", error);
    switch (id)
    {
    case WS_XML_WRITER_PROPERTY_BYTES_WRITTEN:
        number = (ULONG)output_size(writer);
        return property_get(CONSTANT_WRITER_PROPERTY, id, &number, sizeof(number), value, size, error);
    case WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE:
        count = writer->encoder->bytes_to_close ? writer->encoder->bytes_to_close(writer) : 0;
        number = count > 0xffffffff ? 0xffffffff : (ULONG)count;
        return property_get(CONSTANT_WRITER_PROPERTY, id, &number, sizeof(number), value, size, error);
    default: break;
    }
    if (writer->output.callback)
        return not_available(id, "for a writer that is set to a stream", error);
    /* The arguments are checked first, because MTOM ends the document here. */
    if (!value || size != (id == WS_XML_WRITER_PROPERTY_BYTES ? sizeof(bytes) : sizeof(buffers)))
        return property_get(CONSTANT_WRITER_PROPERTY, id, &bytes,
                            id == WS_XML_WRITER_PROPERTY_BYTES ? sizeof(bytes) : sizeof(buffers), value, size, error);
    if (writer->encoder->finish && writer->depth)
        return error_report(
            error, WS_E_INVALID_OPERATION,
            "The bytes of an MTOM package are complete only when all elements have ended; open elements: %zu.",
            writer->depth);
    if (writer->encoder->finish && writer->state == WRITER_READY &&
        (hr = writer_done(writer, writer->encoder->finish(writer, error))) != S_OK)
        return hr;
    if ((hr = writer_end_outer_bytes(writer, error)) != S_OK)
        return hr;
    if (id == WS_XML_WRITER_PROPERTY_BYTES)
    {
        if ((hr = output_get_bytes(writer, &bytes, error)) == S_OK)
            memcpy(value, &bytes, sizeof(bytes));
    }
    else if ((hr = output_get_buffers(writer, &buffers, error)) == S_OK)
        memcpy(value, &buffers, sizeof(buffers));
    return hr;
}

HRESULT writer_get_property(WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id, void *value, ULONG size,
                            WS_ERROR *error)
{
    const void *place = property_place(&writer->properties, id);
    BOOL in_attribute = writer->inside == INSIDE_ATTRIBUTE;

    if (writer->state == WRITER_NO_OUTPUT || writer->state == WRITER_FAULTED || writer->state == WRITER_BUSY)
        return writer_not_ready(writer, error);
    if (place)
        return property_get(CONSTANT_WRITER_PROPERTY, id, place, sizeof(ULONG), value, size, error);
    switch (id)
    {
    case WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE:
        return property_get(CONSTANT_WRITER_PROPERTY, id, &in_attribute, sizeof(in_attribute), value, size, error);
    case WS_XML_WRITER_PROPERTY_INITIAL_BUFFER:
        return property_get(CONSTANT_WRITER_PROPERTY, id, &writer->properties.initial_buffer, sizeof(WS_BYTES), value,
                            size, error);
    case WS_XML_WRITER_PROPERTY_CHARSET:
    case WS_XML_WRITER_PROPERTY_BUFFERS:
    case WS_XML_WRITER_PROPERTY_BYTES:
    case WS_XML_WRITER_PROPERTY_BYTES_WRITTEN:
    case WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE: return get_output_property(writer, id, value, size, error);
    default: return property_unknown(CONSTANT_WRITER_PROPERTY, id, error);
    }
}
