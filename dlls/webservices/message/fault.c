/* SPDX-License-Identifier: MIT */
/*
 * fault.c - WsGetFaultErrorProperty, WsSetFaultErrorProperty: the properties of a fault in an error object; see
 * fault.h.
 *
 * As in base/error.c, a failure of these functions adds no sentence to the error object that they work on.
 */
#include "fault.h"

#include "base/heap.h"
#include "base/platform.h"
#include "base/property.h"
#include "base/trace.h"
#include "fault_copy.h"
#include "xml/buffer/buffer.h"

#include <string.h>

/* How much memory the fault of an error object may take. */
#define FAULT_LARGEST_SIZE ERROR_LARGEST_SIZE

/*
 * What one call has set. It has a heap of its own, so that a call that fails gives back all that it took; what was set
 * earlier stays, since a program may have got it.
 */
struct fault_part
{
    struct fault_part *older;
    struct _WS_HEAP heap;
};

/* Attached to the error object as soon as a property is set. */
struct fault_properties
{
    struct error_attachment attachment;
    struct fault_part *parts; /* the memory of all that follows */
    size_t size;              /* how much there is of it, at most FAULT_LARGEST_SIZE */
    WS_FAULT *fault;
    WS_XML_STRING action;
    WS_XML_BUFFER *header;
};

static void free_part(struct fault_part *part)
{
    arena_release(&part->heap.arena);
    memory_free(part);
}

static void free_properties(struct error_attachment *attachment)
{
    struct fault_properties *properties = (struct fault_properties *)attachment;
    struct fault_part *part;

    while ((part = properties->parts))
    {
        properties->parts = part->older;
        free_part(part);
    }
    memory_free(properties);
}

static HRESULT copy_properties(const struct error_attachment *attachment, struct error_attachment **ret);

static struct fault_properties *new_properties(void)
{
    static const struct error_attachment functions = {copy_properties, free_properties};
    struct fault_properties *properties = memory_alloc(sizeof(*properties), "properties of a fault");

    if (!properties)
        return NULL;
    memset(properties, 0, sizeof(*properties));
    properties->attachment = functions;
    return properties;
}

/* Memory for what is to be set next: as much as the properties may still take. NULL: there is none. */
static struct fault_part *new_part(const struct fault_properties *properties)
{
    size_t left = FAULT_LARGEST_SIZE - properties->size;
    struct fault_part *part = left > sizeof(*part) ? memory_alloc(sizeof(*part), "part of a fault") : NULL;

    if (part)
        heap_init_member(&part->heap, left - sizeof(*part));
    return part;
}

/* Keeps the memory of what has been set, unless that took none. */
static void keep_part(struct fault_properties *properties, struct fault_part *part)
{
    if (!arena_requested(&part->heap.arena))
    {
        free_part(part);
        return;
    }
    properties->size += sizeof(*part) + arena_requested(&part->heap.arena);
    part->older = properties->parts;
    properties->parts = part;
}

static HRESULT copy_fault(WS_HEAP *heap, const WS_FAULT *fault, WS_FAULT **ret)
{
    void *memory;
    HRESULT hr;

    if ((hr = heap_alloc(heap, sizeof(*fault), &memory, NULL)) != S_OK ||
        (hr = fault_copy(heap, fault, memory, NULL)) != S_OK)
        return hr;
    *ret = memory;
    return S_OK;
}

/* In place: before, the string refers to the caller's memory; after, to that of the heap. */
static HRESULT copy_action(WS_HEAP *heap, WS_XML_STRING *action)
{
    return xml_string_copy(heap, action, action, NULL);
}

/* For WsCopyError(). */
static HRESULT copy_properties(const struct error_attachment *attachment, struct error_attachment **ret)
{
    const struct fault_properties *properties = (const struct fault_properties *)attachment;
    struct fault_properties *copy = new_properties();
    struct fault_part *part = NULL;
    HRESULT hr = E_OUTOFMEMORY;

    if (!copy || !(part = new_part(copy)))
        goto failed;
    copy->action = properties->action;
    copy->header = properties->header;
    if ((properties->fault && (hr = copy_fault(&part->heap, properties->fault, &copy->fault)) != S_OK) ||
        (hr = copy_action(&part->heap, &copy->action)) != S_OK ||
        (hr = fault_copy_buffer(&part->heap, &copy->header, NULL)) != S_OK)
        goto failed;
    keep_part(copy, part);
    *ret = &copy->attachment;
    return S_OK;

failed:
    if (part)
        free_part(part);
    if (copy)
        free_properties(&copy->attachment);
    return E_OUTOFMEMORY;
}

/* --- Languages --- */

static WCHAR lower(WCHAR c)
{
    return c >= 'A' && c <= 'Z' ? (WCHAR)(c + ('a' - 'A')) : c;
}

/*
 * Whether text in one language is what someone who reads another one wants: both are the same, or one is the other
 * without its region ("en" and "en-US"). Text without a language, as in SOAP 1.1, fits any.
 */
static bool language_matches(const WS_STRING *stated, LANGID language)
{
    char name[32];
    ULONG i;

    if (!stated->length)
        return true;
    platform_language_name(language, name, sizeof(name));
    if (!name[0])
        return false;
    for (i = 0; i < stated->length && name[i]; i++)
        if (lower(stated->chars[i]) != lower((unsigned char)name[i]))
            return false;
    return i == stated->length ? !name[i] || name[i] == '-' : stated->chars[i] == '-';
}

/* The first reason in a language; NULL: there is none. */
static const WS_FAULT_REASON *find_reason(const WS_FAULT *fault, LANGID language)
{
    ULONG i;

    for (i = 0; i < fault->reasonCount; i++)
        if (language_matches(&fault->reasons[i].lang, language))
            return &fault->reasons[i];
    return NULL;
}

/*
 * A fault's text becomes a string of the error object; NULL: there is none. The sentence around it has been observed on
 * Windows, for en-US; in other languages it is the same, since ours has no others.
 */
static HRESULT add_reason(WS_ERROR *error, const WS_FAULT_REASON *reason)
{
    return reason ? error_add_between(error, "The fault reason was: '", &reason->text, "'.") : S_OK;
}

/* --- Properties --- */

/* What a property is set to. */
union fault_value
{
    WS_FAULT fault;
    WS_XML_STRING action;
    WS_XML_BUFFER *header;
};

/* 0: there is no such property. */
static size_t value_size(WS_FAULT_ERROR_PROPERTY_ID id)
{
    switch (id)
    {
    case WS_FAULT_ERROR_PROPERTY_FAULT: return sizeof(WS_FAULT);
    case WS_FAULT_ERROR_PROPERTY_ACTION: return sizeof(WS_XML_STRING);
    case WS_FAULT_ERROR_PROPERTY_HEADER: return sizeof(WS_XML_BUFFER *);
    default: return 0;
    }
}

static HRESULT set_fault(WS_ERROR *error, struct fault_properties *properties, WS_HEAP *heap, const WS_FAULT *fault)
{
    WS_FAULT *copy = NULL;
    HRESULT hr;

    if ((hr = copy_fault(heap, fault, &copy)) != S_OK ||
        (hr = add_reason(error, find_reason(copy, error->language))) != S_OK)
        return hr;
    properties->fault = copy;
    return S_OK;
}

static HRESULT set_value(WS_ERROR *error, struct fault_properties *properties, WS_HEAP *heap,
                         WS_FAULT_ERROR_PROPERTY_ID id, union fault_value *value)
{
    HRESULT hr;

    switch (id)
    {
    case WS_FAULT_ERROR_PROPERTY_FAULT: return set_fault(error, properties, heap, &value->fault);
    case WS_FAULT_ERROR_PROPERTY_ACTION:
        if ((hr = copy_action(heap, &value->action)) == S_OK)
            properties->action = value->action;
        return hr;
    default:
        if ((hr = fault_copy_buffer(heap, &value->header, NULL)) == S_OK)
            properties->header = value->header;
        return hr;
    }
}

/* The properties of an error object, or new ones that are not attached yet; and memory for one more. */
static HRESULT begin(const WS_ERROR *error, struct fault_properties **properties, struct fault_part **part)
{
    *properties = error->attachment ? (struct fault_properties *)error->attachment : new_properties();
    if (*properties && (*part = new_part(*properties)))
        return S_OK;
    if (*properties && !error->attachment)
        free_properties(&(*properties)->attachment);
    return E_OUTOFMEMORY;
}

/* Attaches what has been set, or drops it if that failed. */
static HRESULT finish(WS_ERROR *error, struct fault_properties *properties, struct fault_part *part, HRESULT hr)
{
    if (hr == S_OK)
    {
        keep_part(properties, part);
        error->attachment = &properties->attachment;
        return S_OK;
    }
    free_part(part);
    if (!error->attachment)
        free_properties(&properties->attachment);
    /* As with strings: see ERROR_LARGEST_SIZE. */
    return hr == WS_E_QUOTA_EXCEEDED ? E_OUTOFMEMORY : hr;
}

HRESULT fault_set_property(WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, const void *value, ULONG size)
{
    size_t wanted = value_size(id);
    struct fault_properties *properties;
    struct fault_part *part;
    union fault_value given;
    HRESULT hr;

    if (!wanted)
        return E_INVALIDARG;
    if ((hr = property_set(CONSTANT_FAULT_ERROR_PROPERTY, id, &given, wanted, value, size, NULL)) != S_OK ||
        (hr = begin(error, &properties, &part)) != S_OK)
        return hr;
    return finish(error, properties, part, set_value(error, properties, &part->heap, id, &given));
}

static HRESULT set_detail(struct fault_properties *properties, WS_HEAP *heap, const WS_XML_STRING *action,
                          WS_XML_BUFFER *detail)
{
    WS_XML_STRING action_copy = properties->action;
    WS_FAULT *fault;
    void *memory;
    HRESULT hr;

    if ((hr = heap_alloc(heap, sizeof(*fault), &memory, NULL)) != S_OK ||
        (hr = fault_copy_buffer(heap, &detail, NULL)) != S_OK ||
        (action && (hr = xml_string_copy(heap, action, &action_copy, NULL)) != S_OK))
        return hr;
    /* In a new structure: a program may still use the one that it has got. */
    fault = memory;
    memset(fault, 0, sizeof(*fault));
    if (properties->fault)
        *fault = *properties->fault;
    fault->detail = detail;
    properties->fault = fault;
    properties->action = action_copy;
    return S_OK;
}

HRESULT fault_set_detail(WS_ERROR *error, const WS_XML_STRING *action, WS_XML_BUFFER *detail)
{
    struct fault_properties *properties;
    struct fault_part *part;
    HRESULT hr;

    if ((hr = begin(error, &properties, &part)) != S_OK)
        return hr;
    return finish(error, properties, part, set_detail(properties, &part->heap, action, detail));
}

/* All three at once: what was there before is of another fault, also where this one has no action or header. */
static HRESULT set_all(struct fault_properties *properties, WS_HEAP *heap, const WS_FAULT *fault,
                       const WS_XML_STRING *action, WS_XML_BUFFER *header)
{
    WS_XML_STRING action_copy = {0, NULL, NULL, 0};
    WS_FAULT *copy = NULL;
    HRESULT hr;

    if ((hr = copy_fault(heap, fault, &copy)) != S_OK ||
        (action && (hr = xml_string_copy(heap, action, &action_copy, NULL)) != S_OK) ||
        (hr = fault_copy_buffer(heap, &header, NULL)) != S_OK)
        return hr;
    properties->fault = copy;
    properties->action = action_copy;
    properties->header = header;
    return S_OK;
}

HRESULT fault_set(WS_ERROR *error, const WS_FAULT *fault, const WS_XML_STRING *action, WS_XML_BUFFER *header)
{
    struct fault_properties *properties;
    struct fault_part *part;
    HRESULT hr;

    if ((hr = begin(error, &properties, &part)) != S_OK)
        return hr;
    return finish(error, properties, part, set_all(properties, &part->heap, fault, action, header));
}

HRESULT fault_received(WS_ERROR *error, const WS_FAULT *fault, const WS_XML_STRING *action)
{
    const WS_FAULT_REASON *reason;
    HRESULT hr;

    if (!handle_is(error, HANDLE_ERROR))
        return WS_E_ENDPOINT_FAULT_RECEIVED;
    if ((hr = fault_set(error, fault, action, NULL)) != S_OK)
        return hr;
    reason = find_reason(fault, error->language);
    if (!reason && fault->reasonCount)
        reason = fault->reasons;
    hr = add_reason(error, reason);
    return hr == S_OK ? WS_E_ENDPOINT_FAULT_RECEIVED : hr;
}

HRESULT fault_get_property(const WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, void *value, ULONG size)
{
    static const struct fault_properties none;
    const struct fault_properties *properties =
        error->attachment ? (const struct fault_properties *)error->attachment : &none;

    switch (id)
    {
    case WS_FAULT_ERROR_PROPERTY_FAULT:
        return property_get(CONSTANT_FAULT_ERROR_PROPERTY, id, &properties->fault, sizeof(properties->fault), value,
                            size, NULL);
    case WS_FAULT_ERROR_PROPERTY_ACTION:
        return property_get(CONSTANT_FAULT_ERROR_PROPERTY, id, &properties->action, sizeof(properties->action), value,
                            size, NULL);
    case WS_FAULT_ERROR_PROPERTY_HEADER:
        return property_get(CONSTANT_FAULT_ERROR_PROPERTY, id, &properties->header, sizeof(properties->header), value,
                            size, NULL);
    default: return E_INVALIDARG;
    }
}

/* --- The exported functions --- */

/*
 * Gets a property of the fault in an error object.
 *
 * WS_FAULT_ERROR_PROPERTY_FAULT: WS_FAULT *; NULL if there is none.
 * WS_FAULT_ERROR_PROPERTY_ACTION: WS_XML_STRING; empty if there is none.
 * WS_FAULT_ERROR_PROPERTY_HEADER: WS_XML_BUFFER *; NULL if there is none.
 * What is got belongs to the object, and stays valid until that is reset or freed (or made a copy by WsCopyError).
 * Returns E_INVALIDARG (not a live error object, unknown id, buffer is NULL, bufferSize is not the property's), with
 * *buffer untouched.
 * Source: the pages of WsGetFaultErrorProperty and WS_FAULT_ERROR_PROPERTY_ID.
 */
HRESULT WINAPI WsGetFaultErrorProperty(WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, void *buffer, ULONG bufferSize)
{
    HRESULT hr = handle_is(error, HANDLE_ERROR) ? fault_get_property(error, id, buffer, bufferSize) : E_INVALIDARG;

    TRACE_RESULT(hr, NULL, "WsGetFaultErrorProperty(error=%p, id=%s, buffer=%p, bufferSize=%u) = 0x%08x%s",
                 (void *)error, TRACE_NAME(FAULT_ERROR_PROPERTY, id), buffer, (unsigned)bufferSize, (unsigned)hr,
                 trace_out_property(hr, CONSTANT_FAULT_ERROR_PROPERTY, (ULONG)id, buffer, bufferSize).text);
    return hr;
}

/*
 * Sets a property of the fault in an error object, which keeps a copy of all that the value refers to.
 *
 * WS_FAULT_ERROR_PROPERTY_FAULT: a WS_FAULT. Its first reason in the object's language becomes a string of the object,
 *      with a sentence around it.
 * WS_FAULT_ERROR_PROPERTY_ACTION: a WS_XML_STRING. WS_FAULT_ERROR_PROPERTY_HEADER: a WS_XML_BUFFER *, which may be
 * NULL.
 * Returns E_INVALIDARG (not a live error object, unknown id, value is NULL, valueSize is not the property's; a string
 * or an array that is not empty and NULL; a list of codes without an end; not an XML buffer), E_OUTOFMEMORY (also when
 * the object's fault would take more than FAULT_LARGEST_SIZE). Nothing has changed then, and no memory is held for it.
 * Source: the pages of WsSetFaultErrorProperty and WS_FAULT_ERROR_PROPERTY_ID.
 */
HRESULT WINAPI WsSetFaultErrorProperty(WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, const void *value,
                                       ULONG valueSize)
{
    HRESULT hr = handle_is(error, HANDLE_ERROR) ? fault_set_property(error, id, value, valueSize) : E_INVALIDARG;

    TRACE_RESULT(hr, NULL, "WsSetFaultErrorProperty(error=%p, id=%s, value=%s, valueSize=%u) = 0x%08x", (void *)error,
                 TRACE_NAME(FAULT_ERROR_PROPERTY, id),
                 trace_property(CONSTANT_FAULT_ERROR_PROPERTY, (ULONG)id, value, valueSize).text, (unsigned)valueSize,
                 (unsigned)hr);
    return hr;
}
