/* SPDX-License-Identifier: MIT */
/*
 * write_type.c - WsWriteType, WsWriteElement, WsWriteAttribute; see typed.h.
 *
 * What is wrong is looked for in this order: the writer; the arguments, with descriptions; the writer's state; its
 * place; what is in the value. Observed on Windows: arguments before the place.
 */
#include "xml/typed/typed.h"

#include "base/error.h"
#include "base/trace.h"
#include "xml/trace_xml.h"
#include "xml/writer/state.h"

/* A callback of a custom type may free the writer, or use it for another such call. */
static HRESULT run(WS_XML_WRITER *writer, const struct typed_source *source, const WS_XML_STRING *name,
                   const WS_XML_STRING *ns, WS_ERROR *error)
{
    writer_hold(writer);
    return writer_let_go(writer, name ? typed_write_named(writer, source, name, ns, error)
                                      : typed_write(writer, source, error));
}

/*
 * Writes a value of any type.
 *
 * typeMapping: as what. WS_ELEMENT_TYPE_MAPPING: the attributes and the content of the element whose start tag is open.
 *      WS_ATTRIBUTE_TYPE_MAPPING: the value of the attribute that is open. WS_ELEMENT_CONTENT_TYPE_MAPPING: content.
 *      WS_ANY_ELEMENT_TYPE_MAPPING: an element of which the value has the name, too.
 * typeDescription: what the type needs; NULL for a simple type.
 * writeOption: WS_WRITE_REQUIRED_VALUE: value points to it; WS_WRITE_REQUIRED_POINTER: to a pointer to it, or to itself
 *      if it is a pointer, as of WS_WSZ_TYPE. With the options for nil NULL is written as xsi:nil="true".
 * valueSize: that of the pointer, or of the type; of a structure with a field for its type, of the type in that field.
 *
 * Returns E_INVALIDARG (writer is not a live writer; the type, a description, an option or a size is wrong, NULL, which
 * the error object says more of; in the value, something that its description does not allow), WS_E_INVALID_FORMAT (a
 * union without a choice; a value that has no text; text outside of the root element), WS_E_QUOTA_EXCEEDED,
 * WS_E_INVALID_OPERATION (no output; no start tag or attribute is open), WS_E_OBJECT_FAULTED, E_OUTOFMEMORY, and what a
 * callback returns. If something had been written, the writer is faulted; if not, E_INVALIDARG has changed nothing.
 * Source: the pages of WsWriteType, WS_TYPE and WS_TYPE_MAPPING; that options for nil can be used, and NULL with a size
 * of 0 is E_INVALIDARG with any, observed on Windows.
 */
HRESULT WINAPI WsWriteType(WS_XML_WRITER *writer, WS_TYPE_MAPPING typeMapping, WS_TYPE type,
                           const void *typeDescription, WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize,
                           WS_ERROR *error)
{
    struct typed_source source;
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if ((hr = typed_check_source(&source, typeMapping, type, typeDescription, writeOption, value, valueSize,
                                      error)) == S_OK)
        hr = run(writer, &source, NULL, NULL, error);
    TRACE_RESULT(hr, error,
                 "WsWriteType(writer=%p, typeMapping=%s, type=%s, typeDescription=%p, writeOption=%s, value=%p, "
                 "valueSize=%u, error=%p) = 0x%08x",
                 (void *)writer, TRACE_NAME(TYPE_MAPPING, typeMapping), TRACE_NAME(TYPE, type), typeDescription,
                 TRACE_NAME(WRITE_OPTION, writeOption), value, (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Writes a value as an element with the name of its description.
 *
 * writeOption, value, valueSize: as for WsWriteType().
 * Returns as WsWriteType(); E_INVALIDARG also for a description without a name.
 * Source: the pages of WsWriteElement and WS_WRITE_OPTION.
 */
HRESULT WINAPI WsWriteElement(WS_XML_WRITER *writer, const WS_ELEMENT_DESCRIPTION *elementDescription,
                              WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error)
{
    const WS_ELEMENT_DESCRIPTION *element = elementDescription;
    struct typed_source source;
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if (!element)
        hr = error_report(error, E_INVALIDARG, "The description of the element is NULL.");
    else if ((hr = typed_check_names(element->elementLocalName, element->elementNs, error)) == S_OK &&
             (hr = typed_check_source(&source, WS_ELEMENT_TYPE_MAPPING, element->type, element->typeDescription,
                                      writeOption, value, valueSize, error)) == S_OK)
        hr = run(writer, &source, element->elementLocalName, element->elementNs, error);
    TRACE_RESULT(hr, error,
                 "WsWriteElement(writer=%p, elementDescription=%p, writeOption=%s, value=%p, valueSize=%u, error=%p) = "
                 "0x%08x",
                 (void *)writer, (const void *)elementDescription, TRACE_NAME(WRITE_OPTION, writeOption), value,
                 (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Writes a value as an attribute of the open start tag.
 *
 * writeOption, value, valueSize: as for WsWriteType(); an attribute cannot be nil.
 * Returns as WsWriteType(); WS_E_INVALID_OPERATION also if no start tag is open.
 * Source: the pages of WsWriteAttribute and WS_WRITE_OPTION.
 */
HRESULT WINAPI WsWriteAttribute(WS_XML_WRITER *writer, const WS_ATTRIBUTE_DESCRIPTION *attributeDescription,
                                WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error)
{
    const WS_ATTRIBUTE_DESCRIPTION *attribute = attributeDescription;
    struct typed_source source;
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if (!attribute)
        hr = error_report(error, E_INVALIDARG, "The description of the attribute is NULL.");
    else if ((hr = typed_check_names(attribute->attributeLocalName, attribute->attributeNs, error)) == S_OK &&
             (hr = typed_check_source(&source, WS_ATTRIBUTE_TYPE_MAPPING, attribute->type, attribute->typeDescription,
                                      writeOption, value, valueSize, error)) == S_OK)
        hr = run(writer, &source, attribute->attributeLocalName, attribute->attributeNs, error);
    TRACE_RESULT(hr, error,
                 "WsWriteAttribute(writer=%p, attributeDescription=%p, writeOption=%s, value=%p, valueSize=%u, "
                 "error=%p) = 0x%08x",
                 (void *)writer, (const void *)attributeDescription, TRACE_NAME(WRITE_OPTION, writeOption), value,
                 (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}
