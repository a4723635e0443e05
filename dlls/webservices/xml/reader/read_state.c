/* SPDX-License-Identifier: MIT */
/*
 * read_state.c - the properties of a reader and its node: WsGetReaderProperty, WsGetReaderNode; see reader.h.
 *
 * The reader stays where it is, but what the answer depends on is read first: a pending node, or the XML declaration.
 * If a stream has not been filled far enough for that, the reader is not faulted.
 */
#include "xml/reader/decoder.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/property.h"
#include "base/trace.h"
#include "xml/trace_xml.h"

/*
 * Reads a pending node for a function that only looks at it. If too little of the stream is there, the reader is not
 * faulted.
 */
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

/* Whether a property can only be set: observed on Windows. Our choice: for every kind of input. */
static bool can_only_be_set(WS_XML_READER_PROPERTY_ID id)
{
    return id == WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE || id == WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE;
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
    void *place = reader_property_place(&reader->properties, id);
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

/*
 * Whether a reader can say which node it is at. Without input it is at the end, after a failure at the last node that
 * it has read, and a node that has been removed from its XML buffer is still there.
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
 * Gets a property of a reader.
 *
 * The properties that can be set have the values that are in effect; UTF8_TRIM_SIZE and STREAM_BUFFER_SIZE cannot be
 * asked for. WS_XML_READER_PROPERTY_CHARSET, _ROW and _COLUMN are of text only; rows and columns are those of the
 * current node, from 0, columns counted in characters. WS_XML_READER_PROPERTY_IN_ATTRIBUTE is TRUE between
 * WsReadStartAttribute and WsReadEndAttribute.
 * Returns E_INVALIDARG (reader is not a live reader; unknown id, or one that this input does not have or that cannot be
 * asked for; value is NULL, or valueSize not the property's), WS_E_INVALID_OPERATION (no input is set, the node has
 * been removed, or the reader is being filled), WS_E_OBJECT_FAULTED, WS_E_INVALID_FORMAT (the charset cannot be
 * detected: too few bytes, or a declaration that is not valid), WS_E_QUOTA_EXCEEDED (the charset, or the place of the
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
 *      is EOF. After an operation that has failed it is the last node that was read without error: the pointer is the
 *      same as before if moving on from it has failed.
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
