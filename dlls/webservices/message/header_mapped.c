/* SPDX-License-Identifier: MIT */
/*
 * header_mapped.c - WsGetMappedHeader, WsAddMappedHeader, WsRemoveMappedHeader: headers that a transport carries beside
 * the envelope, as HTTP does; see message_object.h.
 *
 * Their names need not be names of XML, and they must never get into an envelope: so they are a list by themselves. The
 * value of each is an element in an XML buffer that they have in common, so that it can be of any type. In that buffer
 * they are in one root element, in the order of the list.
 */
#include "header_mapped.h"

#include "base/constants.h"
#include "base/text.h"
#include "base/trace.h"
#include "header_buffer.h"
#include "header_option.h"
#include "header_value.h"
#include "xml/names.h"
#include "xml/value.h"
#include "xml/writer/check.h"

/* In the heap of the message. */
struct mapped_header
{
    struct mapped_header *next;
    WS_XML_STRING name;
    struct xml_node *value; /* the element */
};

static HRESULT check_name(const WS_XML_STRING *name, WS_ERROR *error)
{
    HRESULT hr = writer_check_string(name, "name of the header", false, error);

    if (hr == S_OK && !name->length)
        hr = error_report(error, E_INVALIDARG, "The name of the header is empty.");
    return hr;
}

/* The end of the list. */
static struct mapped_header **list_end(WS_MESSAGE *message)
{
    struct mapped_header **link = &message->mapped;

    while (*link)
        link = &(*link)->next;
    return link;
}

/* --- Getting --- */

static HRESULT find(const WS_MESSAGE *message, const WS_XML_STRING *name, bool singleton, ULONG index,
                    struct mapped_header **ret, WS_ERROR *error)
{
    struct mapped_header *header;
    ULONG count = 0, found = 0;
    char excerpt[TEXT_EXCERPT_ROOM];

    *ret = NULL;
    for (header = message->mapped; header; header = header->next)
    {
        if (count++ == message->max_headers)
            return error_report(error, WS_E_QUOTA_EXCEEDED,
                                "The message has more mapped headers than its MAX_PROCESSED_HEADERS, which is %u.",
                                (unsigned)message->max_headers);
        if (!xml_string_equals(&header->name, name))
            continue;
        if (singleton && found)
            return error_report(error, WS_E_INVALID_FORMAT, "The message has more than one mapped header \"%s\".",
                                text_excerpt(name->bytes, name->length, excerpt));
        if (found++ != index)
            continue;
        *ret = header;
        if (!singleton)
            return S_OK;
    }
    return S_OK;
}

static HRESULT get_header(WS_MESSAGE *message, const WS_XML_STRING *name, WS_REPEATING_HEADER_OPTION repeating,
                          ULONG index, WS_TYPE type, WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size,
                          WS_ERROR *error)
{
    struct mapped_header *header;
    struct typed_target target;
    HRESULT hr;

    if ((hr = header_check_option(repeating, index, error)) != S_OK ||
        (hr = header_check_read_option(option, error)) != S_OK ||
        (hr = find(message, name, repeating == WS_SINGLETON_HEADER, index, &header, error)) != S_OK)
        return hr;
    if (!header && header_is_required(option))
        return header_missing(name, index, error);
    if ((hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, type, NULL, option, heap ? heap : &message->heap,
                                 value, size, error)) != S_OK)
        return hr;
    return header ? header_read(message, message->mapped_buffer, header->value, name, &target, error)
                  : typed_missing(&target, error);
}

/* --- Adding and removing --- */

static HRESULT add_to_list(WS_MESSAGE *message, const WS_XML_STRING *name, struct xml_node *value, WS_ERROR *error)
{
    struct mapped_header *header;
    void *memory;
    HRESULT hr;

    if ((hr = heap_alloc(&message->heap, sizeof(*header), &memory, error)) != S_OK)
        return hr;
    header = memory;
    header->next = NULL;
    header->value = value;
    if ((hr = xml_string_copy(&message->heap, name, &header->name, error)) == S_OK)
        *list_end(message) = header;
    return hr;
}

/* Where the value of the next one goes. */
static HRESULT get_place(WS_MESSAGE *message, struct xml_node **place, WS_ERROR *error)
{
    static const WS_XML_STRING local = WS_XML_STRING_VALUE("headers");
    const WS_XML_ELEMENT_NODE root = {.node = {WS_XML_NODE_TYPE_ELEMENT},
                                      .prefix = (WS_XML_STRING *)&xml_empty,
                                      .localName = (WS_XML_STRING *)&local,
                                      .ns = (WS_XML_STRING *)&xml_empty};
    WS_XML_BUFFER *buffer = message->mapped_buffer;
    struct xml_node *inserted = NULL;
    HRESULT hr;

    if (!buffer)
    {
        if ((hr = xml_buffer_create(&message->heap, &buffer, error)) != S_OK ||
            (hr = xml_buffer_insert(buffer, buffer->document->last_child, &root.node, &inserted, error)) != S_OK)
            return hr;
        message->mapped_buffer = buffer;
    }
    *place = buffer->document->first_child->last_child;
    return S_OK;
}

static HRESULT add_header(WS_MESSAGE *message, const WS_XML_STRING *name, WS_TYPE type, WS_WRITE_OPTION option,
                          const void *value, ULONG size, WS_ERROR *error)
{
    static const WS_XML_STRING local = WS_XML_STRING_VALUE("header");
    struct header_source source = {&local, &xml_empty, false, false, {0, 0, NULL, NULL}};
    struct xml_node *element = NULL, *place = NULL;
    HRESULT hr;

    if ((hr = typed_check_source(&source.value, WS_ELEMENT_TYPE_MAPPING, type, NULL, option, value, size, error)) !=
        S_OK)
        return hr;
    if ((hr = get_place(message, &place, error)) != S_OK ||
        (hr = header_write(message, message->mapped_buffer, place, &source, &element, error)) != S_OK)
        return hr;
    if ((hr = add_to_list(message, name, element, error)) != S_OK)
        xml_buffer_remove(element, NULL);
    return hr;
}

static void remove_headers(WS_MESSAGE *message, const WS_XML_STRING *name)
{
    struct mapped_header **link = &message->mapped;

    while (*link)
        if (xml_string_equals(&(*link)->name, name))
        {
            xml_buffer_remove((*link)->value, NULL);
            *link = (*link)->next;
        }
        else
            link = &(*link)->next;
}

HRESULT header_mapped_copy(WS_MESSAGE *message, const WS_MESSAGE *source, WS_ERROR *error)
{
    const struct mapped_header *header;
    struct xml_node *value;
    HRESULT hr;

    if (!source->mapped)
        return S_OK;
    if ((hr = xml_buffer_copy(&message->heap, source->mapped_buffer, &message->mapped_buffer, error)) != S_OK)
        return hr;
    value = message->mapped_buffer->document->first_child->first_child;
    for (header = source->mapped; header; header = header->next, value = value->next)
        if ((hr = add_to_list(message, &header->name, value, error)) != S_OK)
            return hr;
    return S_OK;
}

/* --- For channels --- */

HRESULT message_next_mapped(WS_MESSAGE *message, const struct mapped_header **header, WS_XML_STRING *name,
                            WS_XML_STRING *text, WS_ERROR *error)
{
    const struct mapped_header *next = *header ? (*header)->next : message->mapped;
    struct typed_target target;
    HRESULT hr;

    if (next)
    {
        if ((hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, WS_XML_STRING_TYPE, NULL, WS_READ_REQUIRED_VALUE,
                                     &message->heap, text, sizeof(*text), error)) != S_OK ||
            (hr = header_read(message, message->mapped_buffer, next->value, &next->name, &target, error)) != S_OK)
            return hr;
        *name = next->name;
    }
    *header = next;
    return S_OK;
}

HRESULT message_add_mapped(WS_MESSAGE *message, const WS_XML_STRING *name, const WS_XML_STRING *text, WS_ERROR *error)
{
    return add_header(message, name, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, text, sizeof(*text), error);
}

/* --- The exported functions --- */

/*
 * Gets the value of a header that the transport carries beside the envelope.
 *
 * headerName: as it was added, or as the mapping of the channel names it.
 * repeatingOption, headerIndex, readOption, heap: as for WsGetCustomHeader().
 * valueType: one that needs no description.
 * Returns as WsGetCustomHeader().
 * Source: the page of WsGetMappedHeader.
 */
HRESULT WINAPI WsGetMappedHeader(WS_MESSAGE *message, const WS_XML_STRING *headerName,
                                 WS_REPEATING_HEADER_OPTION repeatingOption, ULONG headerIndex, WS_TYPE valueType,
                                 WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize,
                                 WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = check_name(headerName, error)) == S_OK &&
        (hr = message_check_state(message, NOT_EMPTY, error)) == S_OK)
        hr = get_header(message, headerName, repeatingOption, headerIndex, valueType, readOption, heap, value,
                        valueSize, error);
    TRACE_RESULT(hr, error,
                 "WsGetMappedHeader(message=%p, headerName=%s, repeatingOption=%s, headerIndex=%u, valueType=%s, "
                 "readOption=%s, heap=%p, value=%p, valueSize=%u, error=%p) = 0x%08x",
                 (void *)message, trace_xml_string(headerName).text,
                 TRACE_NAME(REPEATING_HEADER_OPTION, repeatingOption), (unsigned)headerIndex,
                 TRACE_NAME(TYPE, valueType), TRACE_NAME(READ_OPTION, readOption), (void *)heap, value,
                 (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Adds a header that the transport is to carry beside the envelope, after others of the same name. It is not in the
 * header buffer, and whether the transport has a place for it is not looked at.
 *
 * Returns E_INVALIDARG (not a live message; headerName is NULL or empty; a type that needs a description, an option or
 * a size is wrong; NULL), WS_E_INVALID_OPERATION (the message is empty), WS_E_INVALID_FORMAT, WS_E_QUOTA_EXCEEDED,
 * E_OUTOFMEMORY. Nothing was added then.
 * Source: the page of WsAddMappedHeader; that no channel is needed, that it may repeat, and the order of checks
 * observed on Windows; where it is kept is our choice.
 */
HRESULT WINAPI WsAddMappedHeader(WS_MESSAGE *message, const WS_XML_STRING *headerName, WS_TYPE valueType,
                                 WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = check_name(headerName, error)) == S_OK &&
        (hr = message_check_state(message, NOT_EMPTY, error)) == S_OK)
        hr = add_header(message, headerName, valueType, writeOption, value, valueSize, error);
    TRACE_RESULT(hr, error,
                 "WsAddMappedHeader(message=%p, headerName=%s, valueType=%s, writeOption=%s, value=%p, valueSize=%u, "
                 "error=%p) = 0x%08x",
                 (void *)message, trace_xml_string(headerName).text, TRACE_NAME(TYPE, valueType),
                 TRACE_NAME(WRITE_OPTION, writeOption), value, (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Removes all headers of a name that the transport carries beside the envelope, if there are some.
 *
 * Returns E_INVALIDARG (not a live message; headerName is NULL or empty), WS_E_INVALID_OPERATION (the message is
 * empty).
 * Source: the page of WsRemoveMappedHeader; the order of checks observed on Windows.
 */
HRESULT WINAPI WsRemoveMappedHeader(WS_MESSAGE *message, const WS_XML_STRING *headerName, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = check_name(headerName, error)) == S_OK &&
        (hr = message_check_state(message, NOT_EMPTY, error)) == S_OK)
        remove_headers(message, headerName);
    TRACE_RESULT(hr, error, "WsRemoveMappedHeader(message=%p, headerName=%s, error=%p) = 0x%08x", (void *)message,
                 trace_xml_string(headerName).text, (void *)error, (unsigned)hr);
    return hr;
}
