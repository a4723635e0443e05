/* SPDX-License-Identifier: MIT */
/* soap_fault.c - see soap_fault.h. Source: SOAP 1.2, part 1, sections 5.4.6 to 5.4.8; SOAP 1.1,
 * section 4.4.1. */
#include "soap_fault.h"

#include "fault.h"
#include "header_buffer.h"
#include "xml/writer/state.h"
#include "xml/writer/writer.h"

#include <string.h>

/* How much the headers of a fault may take while they are made. */
#define FAULT_HEADERS_LARGEST_SIZE ((size_t)1 << 20)

/* Standard headers are known; custom ones are marked when a program gets them. The next receiver is this one, too. */
HRESULT header_is_not_understood(const WS_MESSAGE *message, const struct xml_node *header, bool *is, WS_ERROR *error)
{
    struct header_attributes attributes;
    enum header_target target;
    unsigned type;
    HRESULT hr;

    *is = false;
    if (header->marked)
        return S_OK;
    if ((hr = header_get_target(message, &header->shown.element, &target, error)) != S_OK || target == FOR_ANOTHER)
        return hr;
    if ((hr = header_get_attributes(message, &header->shown.element, &attributes, error)) != S_OK ||
        !attributes.must_understand)
        return hr;
    for (type = 0; type < HEADER_KINDS; type++)
        if (header_kind((WS_HEADER_TYPE)type) &&
            header_is_named(header, &header_kind((WS_HEADER_TYPE)type)->name, &message->addressing->ns))
            return S_OK;
    *is = true;
    return S_OK;
}

/* An attribute whose value is the name of an element. */
static HRESULT write_qname(WS_XML_WRITER *writer, const WS_XML_STRING *local, const WS_XML_STRING *ns)
{
    static const WS_XML_STRING none = {0, (BYTE *)"", NULL, 0};
    HRESULT hr;

    if ((hr = writer_start_attribute(writer, NULL, &soap_name_qname, &none, FALSE, NULL)) != S_OK ||
        (hr = writer_needed_name(writer, local, ns, NULL)) != S_OK)
        return hr;
    return writer_end_attribute(writer, NULL);
}

static HRESULT write_not_understood(WS_XML_WRITER *writer, const WS_MESSAGE *message)
{
    const struct xml_node *header;
    bool is;
    HRESULT hr;

    for (header = header_first(message); header; header = header_next(header))
    {
        if ((hr = header_is_not_understood(message, header, &is, NULL)) != S_OK)
            return hr;
        if (!is)
            continue;
        if ((hr = writer_open_element(writer, &message->soap->prefix, &soap_name_not_understood, &message->soap->ns,
                                      NULL)) != S_OK ||
            (hr = write_qname(writer, header->shown.element.localName, header->shown.element.ns)) != S_OK ||
            (hr = writer_end_element(writer, NULL)) != S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT write_upgrade(WS_XML_WRITER *writer, const WS_MESSAGE *message)
{
    const struct soap_version *soap = message->soap;
    HRESULT hr;

    if ((hr = writer_open_element(writer, &soap->prefix, &soap_name_upgrade, &soap->ns, NULL)) != S_OK ||
        (hr = writer_open_element(writer, &soap->prefix, &soap_name_supported_envelope, &soap->ns, NULL)) != S_OK ||
        (hr = write_qname(writer, &soap_name_envelope, &soap->ns)) != S_OK ||
        (hr = writer_end_element(writer, NULL)) != S_OK)
        return hr;
    return writer_end_element(writer, NULL);
}

static HRESULT make_headers(WS_HEAP *heap, HRESULT (*write)(WS_XML_WRITER *writer, const WS_MESSAGE *message),
                            const WS_MESSAGE *message, WS_XML_BUFFER **headers)
{
    BOOL yes = TRUE;
    const WS_XML_WRITER_PROPERTY fragment = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_WRITER *writer = NULL;
    HRESULT hr;

    if ((hr = xml_buffer_create(heap, headers, NULL)) != S_OK ||
        (hr = writer_create(&fragment, 1, &writer, NULL)) != S_OK)
        return hr;
    if ((hr = writer_set_output_to_buffer(writer, *headers, NULL, 0, NULL)) == S_OK)
        hr = write(writer, message);
    writer_free(writer);
    return hr;
}

/* The fault has no text: that is what the error object says. The namespace of the code is left to the answer. */
static void set_fault(const WS_MESSAGE *message, const WS_XML_STRING *name,
                      HRESULT (*write)(WS_XML_WRITER *writer, const WS_MESSAGE *message), WS_ERROR *error)
{
    WS_FAULT_CODE code = {{*name, WS_XML_STRING_VALUE("")}, NULL};
    WS_FAULT fault = {.code = &code};
    WS_XML_BUFFER *headers = NULL;
    struct _WS_HEAP heap;

    if (!handle_is(error, HANDLE_ERROR) || !message->soap->ns.length)
        return;
    heap_init_member(&heap, FAULT_HEADERS_LARGEST_SIZE);
    if (message->soap->has_fault_headers && make_headers(&heap, write, message, &headers) != S_OK)
        headers = NULL;
    fault_set(error, &fault, NULL, headers);
    arena_release(&heap.arena);
    heap.handle.tag = HANDLE_FREED;
}

void soap_fault_must_understand(const WS_MESSAGE *message, WS_ERROR *error)
{
    set_fault(message, &soap_code_must_understand, write_not_understood, error);
}

void soap_fault_version_mismatch(const WS_MESSAGE *message, WS_ERROR *error)
{
    set_fault(message, &soap_code_version_mismatch, write_upgrade, error);
}
