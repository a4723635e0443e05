/* SPDX-License-Identifier: MIT */
/*
 * endpoint_extension.c - WsReadEndpointAddressExtension: what is known among the extensions of an endpoint address.
 *
 * The address of the metadata is that of a reference in the metadata that WS-MetadataExchange (September 2004, version
 * 1.1) lets an endpoint reference have:
 *
 *     <wsa:Metadata>                   WS-Addressing 1.0 only; that of August 2004 has the next one as an extension
 *       <mex:Metadata>
 *         <mex:MetadataSection>        several; of any dialect
 *           <mex:MetadataReference>    the endpoint reference
 *
 * The extensions do not say which version of WS-Addressing they are of: the reference is of that which its Address is
 * of, and both places are looked at.
 */
#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "xml/buffer/buffer.h"
#include "xml/names.h"
#include "xml/reader/object.h"
#include "xml/typed/typed.h"

static const WS_XML_STRING mex = WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/ws/2004/09/mex");
static const WS_XML_STRING name_metadata = WS_XML_STRING_VALUE("Metadata");
static const WS_XML_STRING name_section = WS_XML_STRING_VALUE("MetadataSection");
static const WS_XML_STRING name_reference = WS_XML_STRING_VALUE("MetadataReference");
static const WS_XML_STRING name_address = WS_XML_STRING_VALUE("Address");

/* The first element of a name among a node and those after it that have the same parent; NULL: there is none. */
static struct xml_node *find_element(struct xml_node *node, const WS_XML_STRING *name, const WS_XML_STRING *ns)
{
    for (; node; node = node->next)
        if (node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT &&
            xml_string_equals(node->shown.element.localName, name) && xml_string_equals(node->shown.element.ns, ns))
            break;
    return node;
}

/* The first reference in the metadata that come first among some nodes. */
static struct xml_node *find_reference(struct xml_node *node)
{
    struct xml_node *metadata, *section, *reference;

    for (metadata = node; (metadata = find_element(metadata, &name_metadata, &mex)); metadata = metadata->next)
        for (section = metadata->first_child; (section = find_element(section, &name_section, &mex));
             section = section->next)
            if ((reference = find_element(section->first_child, &name_reference, &mex)))
                return reference;
    return NULL;
}

static struct xml_node *find_metadata(const WS_XML_BUFFER *extensions)
{
    const WS_XML_STRING *ns = typed_addressing_namespace(WS_ADDRESSING_VERSION_1_0);
    struct xml_node *outer = extensions->document->first_child, *reference;

    for (; (outer = find_element(outer, &name_metadata, ns)); outer = outer->next)
        if ((reference = find_reference(outer->first_child)))
            return reference;
    return find_reference(extensions->document->first_child);
}

static WS_ADDRESSING_VERSION find_version(const struct xml_node *reference)
{
    return find_element(reference->first_child, &name_address, typed_addressing_namespace(WS_ADDRESSING_VERSION_0_9))
               ? WS_ADDRESSING_VERSION_0_9
               : WS_ADDRESSING_VERSION_1_0;
}

static HRESULT check_option(WS_READ_OPTION option, WS_ERROR *error)
{
    if (option == WS_READ_REQUIRED_VALUE || option == WS_READ_REQUIRED_POINTER || option == WS_READ_OPTIONAL_POINTER)
        return S_OK;
    return error_report(error, E_INVALIDARG, "An extension of an endpoint address cannot be read with %s.",
                        constant_name(CONSTANT_READ_OPTION, (uint32_t)option).text);
}

static HRESULT no_reference(const struct typed_target *target, WS_ERROR *error)
{
    HRESULT hr = typed_missing(target, NULL);

    if (hr == S_OK)
        return S_OK;
    return error_report(error, hr, "The extensions of the endpoint address have no address of its metadata.");
}

static HRESULT read_extension(WS_XML_READER *reader, const WS_ENDPOINT_ADDRESS *address,
                              WS_ENDPOINT_ADDRESS_EXTENSION_TYPE type, WS_READ_OPTION option, WS_HEAP *heap,
                              void *value, ULONG size, WS_ERROR *error)
{
    WS_ENDPOINT_ADDRESS_DESCRIPTION description = {WS_ADDRESSING_VERSION_1_0};
    struct xml_node *reference = NULL;
    struct typed_target target;
    HRESULT hr;

    if (!address)
        return error_report(error, E_INVALIDARG, "The endpoint address is NULL.");
    if (type != WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS)
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_ENDPOINT_ADDRESS_EXTENSION, (uint32_t)type).text);
    if (address->extensions && !handle_is(address->extensions, HANDLE_XML_BUFFER))
        return handle_refuse(address->extensions, HANDLE_XML_BUFFER, error);
    if (address->extensions && (reference = find_metadata(address->extensions)))
        description.addressingVersion = find_version(reference);
    if ((hr = check_option(option, error)) != S_OK ||
        (hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &description, option, heap,
                                 value, size, error)) != S_OK)
        return hr;
    if (!reference)
        return no_reference(&target, error);
    if ((hr = reader_set_input_to_buffer(reader, address->extensions, NULL, 0, error)) != S_OK)
        return hr;
    reader_tree_show(reader, reference);
    reader_begin_use(reader);
    return reader_end_use(reader, typed_read(reader, &target, error), error);
}

/*
 * Reads an extension of an endpoint address.
 *
 * reader: is set to the extensions, and is after the one that has been read then; without such an extension it is left
 *      alone.
 * extensionType: WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, whose value is a WS_ENDPOINT_ADDRESS: where the
 *      metadata of the endpoint can be got. Of several the first is read; what is there without a reference, such as
 *      the metadata themselves or their location, is passed.
 * readOption: WS_READ_REQUIRED_VALUE, WS_READ_REQUIRED_POINTER, or WS_READ_OPTIONAL_POINTER: NULL if there is none.
 * heap: for all that the value refers to. value: untouched on failure.
 *
 * Returns E_INVALIDARG (reader is not a live reader; endpointAddress is NULL, or its extensions are not an XML buffer;
 * an unknown extension, another option, a wrong size; heap is not a live heap), WS_E_INVALID_FORMAT (the extension is
 * required, and there is none; or it is not an endpoint address), WS_E_INVALID_OPERATION (the reader is being filled
 * asynchronously), WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY.
 * Source: the pages of WsReadEndpointAddressExtension and WS_ENDPOINT_ADDRESS_EXTENSION_TYPE; which elements these are,
 * WS-MetadataExchange, and what services of the time write into policies.
 */
HRESULT WINAPI WsReadEndpointAddressExtension(WS_XML_READER *reader, WS_ENDPOINT_ADDRESS *endpointAddress,
                                              WS_ENDPOINT_ADDRESS_EXTENSION_TYPE extensionType,
                                              WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize,
                                              WS_ERROR *error)
{
    HRESULT hr = handle_is(reader, HANDLE_XML_READER)
                     ? read_extension(reader, endpointAddress, extensionType, readOption, heap, value, valueSize, error)
                     : handle_refuse(reader, HANDLE_XML_READER, error);

    TRACE_RESULT(hr, error,
                 "WsReadEndpointAddressExtension(reader=%p, endpointAddress=%p, extensionType=%s, readOption=%s, "
                 "heap=%p, value=%p, valueSize=%u, error=%p) = 0x%08x",
                 (void *)reader, (const void *)endpointAddress, TRACE_NAME(ENDPOINT_ADDRESS_EXTENSION, extensionType),
                 TRACE_NAME(READ_OPTION, readOption), (void *)heap, value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr);
    return hr;
}
