/* SPDX-License-Identifier: MIT */
/* fault.c - see fault.h. */
#include "fault.h"

#include "base/heap.h"
#include "base/property.h"

#include <string.h>

/* How much memory the fault of an error object may take; cycles among the codes of a fault end here too. */
#define FAULT_LARGEST_SIZE ERROR_LARGEST_SIZE

/* Attached to the error object as soon as a property is set. */
struct fault_properties
{
    struct error_attachment attachment;
    struct _WS_HEAP heap; /* of all that follows */
    WS_FAULT *fault;
    WS_XML_STRING action;
    WS_XML_BUFFER *header;
};

static void free_properties(struct error_attachment *attachment)
{
    struct fault_properties *properties = (struct fault_properties *)attachment;

    arena_release(&properties->heap.arena);
    memory_free(properties);
}

static HRESULT copy_properties(const struct error_attachment *attachment, struct error_attachment **copy);

static struct fault_properties *new_properties(void)
{
    static const struct error_attachment functions = {copy_properties, free_properties};
    struct fault_properties *properties = memory_alloc(sizeof(*properties), "properties of a fault");

    if (!properties)
        return NULL;
    memset(properties, 0, sizeof(*properties));
    properties->attachment = functions;
    heap_init_member(&properties->heap, FAULT_LARGEST_SIZE);
    return properties;
}

/* --- Copies, into the heap of the properties --- */

static HRESULT copy_memory(WS_HEAP *heap, const void *memory, size_t count, size_t size, void **copy)
{
    void *to;

    if (count && !memory)
        return E_INVALIDARG;
    /* How much is too much is for the caller to know as "not enough space": E_OUTOFMEMORY. */
    if (count > FAULT_LARGEST_SIZE / size || heap_alloc(heap, count * size, &to, NULL) != S_OK)
        return E_OUTOFMEMORY;
    if (count)
        memcpy(to, memory, count * size);
    *copy = to;
    return S_OK;
}

static HRESULT copy_string(WS_HEAP *heap, WS_STRING *string)
{
    void *chars;
    HRESULT hr = copy_memory(heap, string->chars, string->length, sizeof(WCHAR), &chars);

    if (hr == S_OK)
        string->chars = chars;
    return hr;
}

/* A string of a constant dictionary stays as it is; any other one loses its dictionary, which may be gone before it. */
static HRESULT copy_xml_string(WS_HEAP *heap, WS_XML_STRING *string)
{
    void *bytes;
    HRESULT hr;

    if (string->dictionary && string->dictionary->isConst)
        return string->length && !string->bytes ? E_INVALIDARG : S_OK;
    if ((hr = copy_memory(heap, string->bytes, string->length, 1, &bytes)) != S_OK)
        return hr;
    string->bytes = bytes;
    string->dictionary = NULL;
    string->id = 0;
    return S_OK;
}

static HRESULT copy_buffer(WS_HEAP *heap, WS_XML_BUFFER **buffer)
{
    (void)heap;
    return *buffer ? WS_E_NOT_SUPPORTED : S_OK;
}

static HRESULT copy_codes(WS_HEAP *heap, WS_FAULT_CODE **link)
{
    WS_FAULT_CODE *code;
    void *memory;
    HRESULT hr;

    for (; *link; link = &code->subCode)
    {
        if ((hr = copy_memory(heap, *link, 1, sizeof(**link), &memory)) != S_OK)
            return hr;
        *link = code = memory;
        if ((hr = copy_xml_string(heap, &code->value.localName)) != S_OK ||
            (hr = copy_xml_string(heap, &code->value.ns)) != S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT copy_reasons(WS_HEAP *heap, WS_FAULT_REASON **reasons, ULONG count)
{
    void *memory;
    HRESULT hr;
    ULONG i;

    if ((hr = copy_memory(heap, *reasons, count, sizeof(**reasons), &memory)) != S_OK)
        return hr;
    *reasons = memory;
    for (i = 0; i < count; i++)
        if ((hr = copy_string(heap, &(*reasons)[i].text)) != S_OK ||
            (hr = copy_string(heap, &(*reasons)[i].lang)) != S_OK)
            return hr;
    return S_OK;
}

static HRESULT copy_fault(WS_HEAP *heap, const WS_FAULT *fault, WS_FAULT **ret)
{
    WS_FAULT *copy;
    void *memory;
    HRESULT hr;

    if ((hr = copy_memory(heap, fault, 1, sizeof(*fault), &memory)) != S_OK)
        return hr;
    copy = memory;
    if ((hr = copy_codes(heap, &copy->code)) != S_OK ||
        (hr = copy_reasons(heap, &copy->reasons, copy->reasonCount)) != S_OK ||
        (hr = copy_string(heap, &copy->actor)) != S_OK || (hr = copy_string(heap, &copy->node)) != S_OK ||
        (hr = copy_buffer(heap, &copy->detail)) != S_OK)
        return hr;
    *ret = copy;
    return S_OK;
}

/* For WsCopyError(). */
static HRESULT copy_properties(const struct error_attachment *attachment, struct error_attachment **ret)
{
    const struct fault_properties *properties = (const struct fault_properties *)attachment;
    struct fault_properties *copy = new_properties();

    if (!copy)
        return E_OUTOFMEMORY;
    copy->action = properties->action;
    copy->header = properties->header;
    if ((properties->fault && copy_fault(&copy->heap, properties->fault, &copy->fault) != S_OK) ||
        copy_xml_string(&copy->heap, &copy->action) != S_OK || copy_buffer(&copy->heap, &copy->header) != S_OK)
    {
        free_properties(&copy->attachment);
        return E_OUTOFMEMORY;
    }
    *ret = &copy->attachment;
    return S_OK;
}

/* --- Languages --- */

static WCHAR lower(WCHAR c)
{
    return c >= 'A' && c <= 'Z' ? (WCHAR)(c + ('a' - 'A')) : c;
}

/*
 * Whether text in one language is what someone who reads another one wants: both are the same, or one is the other
 * without its region ("en" and "en-US"). Text in no stated language, as SOAP 1.1 has it, is taken for what it should
 * be.
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

/* The fault's text becomes a string of the error object, if it is in the object's language: the first one that is. */
static HRESULT add_reason(WS_ERROR *error, const WS_FAULT *fault)
{
    ULONG i;

    for (i = 0; i < fault->reasonCount; i++)
        if (language_matches(&fault->reasons[i].lang, error->language))
            return error_add_string(error, &fault->reasons[i].text);
    return S_OK;
}

/* --- Properties --- */

static HRESULT set_fault(WS_ERROR *error, struct fault_properties *properties, const void *value, ULONG size)
{
    WS_FAULT fault, *copy = NULL;
    HRESULT hr;

    if ((hr = property_set("fault", WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault), value, size, NULL)) != S_OK ||
        (hr = copy_fault(&properties->heap, &fault, &copy)) != S_OK || (hr = add_reason(error, copy)) != S_OK)
        return hr;
    properties->fault = copy;
    return S_OK;
}

static HRESULT set_action(struct fault_properties *properties, const void *value, ULONG size)
{
    WS_XML_STRING action;
    HRESULT hr;

    if ((hr = property_set("fault", WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action), value, size, NULL)) !=
            S_OK ||
        (hr = copy_xml_string(&properties->heap, &action)) != S_OK)
        return hr;
    properties->action = action;
    return S_OK;
}

static HRESULT set_header(struct fault_properties *properties, const void *value, ULONG size)
{
    WS_XML_BUFFER *header;
    HRESULT hr;

    if ((hr = property_set("fault", WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header), value, size, NULL)) !=
            S_OK ||
        (hr = copy_buffer(&properties->heap, &header)) != S_OK)
        return hr;
    properties->header = header;
    return S_OK;
}

HRESULT fault_set_property(WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, const void *value, ULONG size)
{
    struct fault_properties *properties = (struct fault_properties *)error->attachment;
    HRESULT hr;

    if (!properties && !(properties = new_properties()))
        return E_OUTOFMEMORY;
    switch (id)
    {
    case WS_FAULT_ERROR_PROPERTY_FAULT: hr = set_fault(error, properties, value, size); break;
    case WS_FAULT_ERROR_PROPERTY_ACTION: hr = set_action(properties, value, size); break;
    case WS_FAULT_ERROR_PROPERTY_HEADER: hr = set_header(properties, value, size); break;
    default: hr = E_INVALIDARG; break;
    }
    if (hr == S_OK)
        error->attachment = &properties->attachment;
    else if (!error->attachment)
        free_properties(&properties->attachment);
    return hr;
}

HRESULT fault_get_property(const WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, void *value, ULONG size)
{
    static const struct fault_properties none;
    const struct fault_properties *properties =
        error->attachment ? (const struct fault_properties *)error->attachment : &none;

    switch (id)
    {
    case WS_FAULT_ERROR_PROPERTY_FAULT:
        return property_get("fault", id, &properties->fault, sizeof(properties->fault), value, size, NULL);
    case WS_FAULT_ERROR_PROPERTY_ACTION:
        return property_get("fault", id, &properties->action, sizeof(properties->action), value, size, NULL);
    case WS_FAULT_ERROR_PROPERTY_HEADER:
        return property_get("fault", id, &properties->header, sizeof(properties->header), value, size, NULL);
    default: return E_INVALIDARG;
    }
}
