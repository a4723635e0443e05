/* SPDX-License-Identifier: MIT */
/*
 * fault_detail.c - WsGetFaultErrorDetail, WsSetFaultErrorDetail: the detail of the fault in an error object as a C
 * value.
 *
 * The detail is an XML buffer with one element, whose name does not matter (as the page of WS_FAULT says), and in that
 * the element of the description. What values there can be is for xml/typed to know.
 */
#include "base/error.h"
#include "base/heap.h"
#include "base/text.h"
#include "base/trace.h"
#include "fault.h"
#include "xml/buffer/buffer.h"
#include "xml/reader/object.h"
#include "xml/typed/typed.h"
#include "xml/writer/check.h"
#include "xml/writer/state.h"

/* How much the XML of a detail may take while it is made or read. */
#define DETAIL_LARGEST_SIZE ERROR_LARGEST_SIZE

/* --- Writing --- */

static HRESULT write_detail(WS_XML_WRITER *writer, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                            const WS_ELEMENT_DESCRIPTION *element, const struct typed_source *source, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = writer_open_element(writer, NULL, name, ns, error)) != S_OK ||
        (hr = typed_write_named(writer, source, element->elementLocalName, element->elementNs, error)) != S_OK)
        return hr;
    return writer_close_element(writer, error);
}

HRESULT fault_make_detail(WS_HEAP *heap, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                          const WS_ELEMENT_DESCRIPTION *element, const struct typed_source *source,
                          WS_XML_BUFFER **detail, WS_ERROR *error)
{
    /* What the value is limits it, not what a writer allows by default. */
    ULONG no_limit = 0xffffffff;
    WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &no_limit, sizeof(no_limit)},
        {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &no_limit, sizeof(no_limit)},
        {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &no_limit, sizeof(no_limit)},
    };
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_WRITER *writer = NULL;
    HRESULT hr;

    if ((hr = xml_buffer_create(heap, &buffer, error)) != S_OK ||
        (hr = writer_create(properties, sizeof(properties) / sizeof(properties[0]), &writer, error)) != S_OK)
        return hr;
    writer_hold(writer);
    if ((hr = writer_set_output_to_buffer(writer, buffer, NULL, 0, error)) == S_OK)
        hr = write_detail(writer, name, ns, element, source, error);
    writer_free(writer);
    hr = writer_let_go(writer, hr);
    if (hr == S_OK)
        *detail = buffer;
    return hr;
}

static HRESULT set_detail(WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *description, WS_WRITE_OPTION option,
                          const void *value, ULONG size)
{
    static const WS_XML_STRING name = WS_XML_STRING_VALUE("detail"), no_namespace = WS_XML_STRING_VALUE("");
    const WS_ELEMENT_DESCRIPTION *element;
    struct typed_source source;
    WS_XML_BUFFER *detail = NULL;
    struct _WS_HEAP heap;
    HRESULT hr;

    if (!description || !description->detailElementDescription)
        return error_report(error, E_INVALIDARG, "The description of the detail, or of its element, is NULL.");
    if (description->action && (hr = writer_check_string(description->action, "action", false, error)) != S_OK)
        return hr;
    element = description->detailElementDescription;
    if ((hr = typed_check_names(element->elementLocalName, element->elementNs, error)) != S_OK ||
        (hr = typed_check_source(&source, WS_ELEMENT_TYPE_MAPPING, element->type, element->typeDescription, option,
                                 value, size, error)) != S_OK)
        return hr;
    heap_init_member(&heap, DETAIL_LARGEST_SIZE);
    hr = fault_make_detail(&heap, &name, &no_namespace, element, &source, &detail, error);
    if (hr == S_OK && (hr = fault_set_detail(error, description->action, detail)) != S_OK)
        hr = error_report(error, hr, "There is no memory for the detail of the fault.");
    arena_release(&heap.arena);
    heap.handle.tag = HANDLE_FREED;
    return hr == WS_E_QUOTA_EXCEEDED ? E_OUTOFMEMORY : hr;
}

/* --- Reading --- */

/* Whether the fault is one of those that the description is for. */
static bool action_matches(const WS_ERROR *error, const WS_XML_STRING *wanted)
{
    WS_XML_STRING action = {0, NULL, NULL, 0};

    if (!wanted || fault_get_property(error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action)) != S_OK ||
        !action.length)
        return true;
    return action.length == wanted->length && !memcmp(action.bytes, wanted->bytes, action.length);
}

/* Nothing but the described element may be in the detail. */
static HRESULT read_end(WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *element, WS_ERROR *error)
{
    char actual[TEXT_EXCERPT_ROOM], wanted[TEXT_EXCERPT_ROOM];
    const WS_XML_ELEMENT_NODE *other;
    HRESULT hr = reader_skip_space(reader, error);

    if (hr != S_OK)
        return hr;
    if (reader_node(reader)->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return reader_read_end_element(reader, error);
    other = (const WS_XML_ELEMENT_NODE *)reader_node(reader);
    return error_report(error, WS_E_INVALID_FORMAT,
                        "The detail of the fault has the element \"%s\"; only one element \"%s\" is described.",
                        text_excerpt(other->localName->bytes, other->localName->length, actual),
                        text_excerpt(element->elementLocalName->bytes, element->elementLocalName->length, wanted));
}

/* What has been read, or that it is missing, is in *value even where more follows; so it is on Windows. */
static HRESULT read_detail(WS_XML_READER *reader, WS_XML_BUFFER *detail, const WS_ELEMENT_DESCRIPTION *element,
                           const struct typed_target *target, WS_ERROR *error)
{
    HRESULT hr;

    reader_set_tree(reader, detail);
    if ((hr = reader_to_start_element(reader, NULL, NULL, NULL, error)) != S_OK ||
        (hr = reader_next(reader, error)) != S_OK ||
        (hr = typed_read_named(reader, target, element->elementLocalName, element->elementNs, error)) != S_OK)
        return hr;
    return read_end(reader, element, error);
}

/* There is a detail, and it is not the one described: as if there were none, but for the sentence. */
static HRESULT other_action(WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *description,
                            const struct typed_target *target)
{
    HRESULT hr = typed_missing(target, NULL);
    char actual[TEXT_EXCERPT_ROOM], wanted[TEXT_EXCERPT_ROOM];
    WS_XML_STRING action = {0, NULL, NULL, 0};

    if (hr != WS_E_INVALID_FORMAT)
        return hr;
    fault_get_property(error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action));
    return error_report(error, hr,
                        "The action of the fault is \"%s\", and its detail is asked for with the action \"%s\".",
                        text_excerpt(action.bytes, action.length, actual),
                        text_excerpt(description->action->bytes, description->action->length, wanted));
}

/* With a reader of its own, which is freed when no callback uses it any more. */
static HRESULT read_buffer(WS_XML_BUFFER *detail, const WS_ELEMENT_DESCRIPTION *element,
                           const struct typed_target *target, WS_ERROR *error)
{
    WS_XML_READER *reader = NULL;
    HRESULT hr = reader_create(NULL, 0, &reader, error);

    if (hr != S_OK)
        return hr;
    reader_begin_use(reader);
    hr = read_detail(reader, detail, element, target, error);
    reader_free(reader);
    return reader_end_use(reader, hr, error);
}

/* What is read is a copy: callbacks get the error object, and may reset it. */
static HRESULT read_copy(const WS_XML_BUFFER *detail, const WS_ELEMENT_DESCRIPTION *element,
                         const struct typed_target *target, WS_ERROR *error)
{
    WS_XML_BUFFER *copy = NULL;
    struct _WS_HEAP heap;
    HRESULT hr;

    heap_init_member(&heap, DETAIL_LARGEST_SIZE);
    if ((hr = xml_buffer_copy(&heap, detail, &copy, NULL)) == S_OK)
        hr = read_buffer(copy, element, target, error);
    else
        hr = error_report(error, E_OUTOFMEMORY, "There is no memory to read the detail of the fault.");
    arena_release(&heap.arena);
    heap.handle.tag = HANDLE_FREED;
    return hr;
}

static HRESULT get_detail(WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *description, WS_READ_OPTION option,
                          WS_HEAP *heap, void *value, ULONG size)
{
    const WS_ELEMENT_DESCRIPTION *element;
    struct typed_target target;
    const WS_FAULT *fault = NULL;
    HRESULT hr;

    if (!description || !description->detailElementDescription)
        return error_report(error, E_INVALIDARG, "The description of the detail, or of its element, is NULL.");
    if (description->action && (hr = writer_check_string(description->action, "action", false, error)) != S_OK)
        return hr;
    element = description->detailElementDescription;
    if ((hr = typed_check_names(element->elementLocalName, element->elementNs, error)) != S_OK ||
        (hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, element->type, element->typeDescription, option,
                                 heap, value, size, error)) != S_OK ||
        (hr = fault_get_property(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault))) != S_OK)
        return hr;
    if (!fault || !fault->detail)
        return typed_missing(&target, error);
    if (!action_matches(error, description->action))
        return other_action(error, description, &target);
    return read_copy(fault->detail, element, &target, error);
}

/* --- The exported functions --- */

/*
 * Reads the detail of the fault in an error object.
 *
 * faultDetailDescription: names the element that is expected as the only one in the detail, and its type. If it has an
 *      action, and the fault has another one, there is no such detail.
 * readOption, heap, value, valueSize: where the value goes; see typed_read_named(). *value is untouched on failure,
 * but for a detail that has another element, or more elements: then what is missing has been set to NULL, or what is
 *      there read. Whoever tries one description after another uses WS_READ_OPTIONAL_POINTER and tells them apart by
 *      their actions: NULL and S_OK if the action is another one, if there is no detail, or if it is empty.
 * Returns E_INVALIDARG (not a live error object, or heap where one is needed; a description that is NULL, an element
 * without a name; an option that the type has not, a wrong size), WS_E_INVALID_FORMAT (a value is required, and there
 * is none, or it is not what it should be), WS_E_NUMERIC_OVERFLOW, WS_E_QUOTA_EXCEEDED (of the heap), E_OUTOFMEMORY,
 * and what a callback of a custom type returns.
 * Source: the page of WsGetFaultErrorDetail, which says that another element is no failure with
 * WS_READ_OPTIONAL_POINTER; Windows has been observed to answer WS_E_INVALID_FORMAT and NULL then, and S_OK only for
 * another action. That more elements in the detail are refused as well follows from that, and is our choice.
 */
HRESULT WINAPI WsGetFaultErrorDetail(WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *faultDetailDescription,
                                     WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize)
{
    HRESULT hr = handle_is(error, HANDLE_ERROR)
                     ? get_detail(error, faultDetailDescription, readOption, heap, value, valueSize)
                     : E_INVALIDARG;

    TRACE_RESULT(
        hr, error,
        "WsGetFaultErrorDetail(error=%p, faultDetailDescription=%p, readOption=%s, heap=%p, value=%p, valueSize=%u) = "
        "0x%08x",
        (void *)error, (const void *)faultDetailDescription, TRACE_NAME(READ_OPTION, readOption), (void *)heap, value,
        (unsigned)valueSize, (unsigned)hr);
    return hr;
}

/*
 * Writes the detail of the fault in an error object, instead of the one it has. If there is no fault yet, there is one
 * then with nothing but a detail. The action of the description, if it has one, becomes that of the fault.
 *
 * writeOption, value, valueSize: what is written; see typed_write_named().
 * Returns E_INVALIDARG (not a live error object; a description that is NULL, an element without a name; an option that
 * the type has not, a wrong size, a value that is NULL), WS_E_INVALID_FORMAT (the value cannot be written),
 * E_OUTOFMEMORY, and what a callback of a custom type returns. Nothing has changed then.
 * Source: the page of WsSetFaultErrorDetail; that there need be no fault before, the samples that Microsoft publishes.
 */
HRESULT WINAPI WsSetFaultErrorDetail(WS_ERROR *error, const WS_FAULT_DETAIL_DESCRIPTION *faultDetailDescription,
                                     WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize)
{
    HRESULT hr = handle_is(error, HANDLE_ERROR)
                     ? set_detail(error, faultDetailDescription, writeOption, value, valueSize)
                     : E_INVALIDARG;

    TRACE_RESULT(
        hr, error,
        "WsSetFaultErrorDetail(error=%p, faultDetailDescription=%p, writeOption=%s, value=%p, valueSize=%u) = 0x%08x",
        (void *)error, (const void *)faultDetailDescription, TRACE_NAME(WRITE_OPTION, writeOption), value,
        (unsigned)valueSize, (unsigned)hr);
    return hr;
}
