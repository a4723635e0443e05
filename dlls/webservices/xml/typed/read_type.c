/* SPDX-License-Identifier: MIT */
/*
 * read_type.c - WsReadType, WsReadElement, WsReadAttribute; see typed.h.
 *
 * What is wrong is looked for in this order: the reader; the arguments, with descriptions and heap; the reader's state;
 * its place; the document. Observed on Windows: arguments before the state, also on a reader that has no input or that
 * has failed before.
 */
#include "xml/typed/typed.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "xml/names.h"
#include "xml/reader/object.h"
#include "xml/trace_xml.h"

/* A callback of a custom type may free the reader, or use it for another such call. */
static HRESULT run(WS_XML_READER *reader, const struct typed_target *target,
                   HRESULT (*read)(WS_XML_READER *, const struct typed_target *, const void *, WS_ERROR *),
                   const void *description, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr != S_OK)
        return hr;
    reader_begin_use(reader);
    return reader_end_use(reader, read(reader, target, description, error), error);
}

static HRESULT read_here(WS_XML_READER *reader, const struct typed_target *target, const void *description,
                         WS_ERROR *error)
{
    (void)description;
    return typed_read(reader, target, error);
}

static HRESULT read_element(WS_XML_READER *reader, const struct typed_target *target, const void *description,
                            WS_ERROR *error)
{
    const WS_ELEMENT_DESCRIPTION *element = description;

    return typed_read_named(reader, target, element->elementLocalName, element->elementNs, error);
}

static HRESULT read_attribute(WS_XML_READER *reader, const struct typed_target *target, const void *description,
                              WS_ERROR *error)
{
    const WS_ATTRIBUTE_DESCRIPTION *attribute = description;
    bool required = !(target->options & WS_FIELD_OPTIONAL);
    ULONG index;
    HRESULT hr;

    hr = reader_find_attribute(reader, attribute->attributeLocalName, attribute->attributeNs, required, &index, error);
    if (hr == S_FALSE)
        return typed_missing(target, error);
    if (hr != S_OK || (hr = reader_start_attribute(reader, index, error)) != S_OK ||
        (hr = typed_read(reader, target, error)) != S_OK)
        return hr;
    return reader_end_attribute(reader, error);
}

static HRESULT check_element(const WS_ELEMENT_DESCRIPTION *description, WS_ERROR *error)
{
    return description ? typed_check_names(description->elementLocalName, description->elementNs, error)
                       : error_report(error, E_INVALIDARG, "The description of the element is NULL.");
}

static HRESULT check_attribute(const WS_ATTRIBUTE_DESCRIPTION *description, WS_READ_OPTION option, WS_ERROR *error)
{
    if (!description)
        return error_report(error, E_INVALIDARG, "The description of the attribute is NULL.");
    if (option == WS_READ_NILLABLE_POINTER || option == WS_READ_NILLABLE_VALUE)
        return error_report(error, E_INVALIDARG, "An attribute cannot be nil, as %s says.",
                            constant_name(CONSTANT_READ_OPTION, (uint32_t)option).text);
    return typed_check_names(description->attributeLocalName, description->attributeNs, error);
}

/*
 * Reads a value of any type.
 *
 * typeMapping: from what. WS_ELEMENT_TYPE_MAPPING: from the element that the reader is at, or the next one, whatever
 * its name; the reader is after it then. WS_ATTRIBUTE_TYPE_MAPPING: from the attribute that the reader is in.
 *      WS_ELEMENT_CONTENT_TYPE_MAPPING: from what the reader is at; it stops at what does not belong to the value any
 *      more. WS_ANY_ELEMENT_TYPE_MAPPING: as the first, of an element that the value keeps the name of.
 * typeDescription: what the type needs; NULL for a simple type without limits.
 * readOption: WS_READ_REQUIRED_VALUE (value, of the type's size, receives it) or WS_READ_REQUIRED_POINTER (value
 *      receives a pointer to it in the heap, or itself if it is a pointer, as of WS_WSZ_TYPE). A structure that others
 *      are derived from is of the type that the element names with xsi:type: in the heap it has that one's size, and
 *      valueSize may be larger than its own.
 * heap: for what the value refers to; may be NULL if it refers to nothing.
 * value: untouched on failure. What has been taken from the heap stays taken.
 *
 * Returns E_INVALIDARG (reader is not a live reader; the type, a description, an option or a size is wrong, which the
 * error object says more of; this moves nothing), WS_E_INVALID_FORMAT (the XML is not such a value, or not one that the
 * description allows), WS_E_NUMERIC_OVERFLOW, WS_E_QUOTA_EXCEEDED (the heap's; values in one another more than 256
 * deep; a stream that has not been filled far enough), WS_E_INVALID_OPERATION, WS_E_OBJECT_FAULTED, E_OUTOFMEMORY, and
 * what a callback returns. Source: the pages of WsReadType, WS_TYPE and WS_TYPE_MAPPING; where the reader starts and
 * stops, and that arguments come before the state, observed on Windows; the limit on depth is our choice.
 */
HRESULT WINAPI WsReadType(WS_XML_READER *reader, WS_TYPE_MAPPING typeMapping, WS_TYPE type, const void *typeDescription,
                          WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error)
{
    struct typed_target target;
    HRESULT hr;

    if (!handle_is(reader, HANDLE_XML_READER))
        hr = handle_refuse(reader, HANDLE_XML_READER, error);
    else if (readOption != WS_READ_REQUIRED_VALUE && readOption != WS_READ_REQUIRED_POINTER)
        hr = error_report(error, E_INVALIDARG,
                          "WsReadType takes WS_READ_REQUIRED_VALUE and WS_READ_REQUIRED_POINTER, and not %s.",
                          constant_name(CONSTANT_READ_OPTION, (uint32_t)readOption).text);
    else if ((hr = typed_check_target(&target, typeMapping, type, typeDescription, readOption, heap, value, valueSize,
                                      error)) == S_OK)
        hr = run(reader, &target, read_here, NULL, error);
    TRACE_RESULT(hr, error,
                 "WsReadType(reader=%p, typeMapping=%s, type=%s, typeDescription=%p, readOption=%s, heap=%p, value=%p, "
                 "valueSize=%u, error=%p) = 0x%08x",
                 (void *)reader, TRACE_NAME(TYPE_MAPPING, typeMapping), TRACE_NAME(TYPE, type), typeDescription,
                 TRACE_NAME(READ_OPTION, readOption), (void *)heap, value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Reads the element of a name, if only white space and comments are before it, and goes past it.
 *
 * readOption: WS_READ_OPTIONAL_POINTER and the options for nil: the element may be missing; the reader is at what is
 *      there then, and the value is NULL. With those for nil it may be nil, too.
 *
 * Returns as WsReadType(); WS_E_INVALID_FORMAT also if there is another element, or none, and one is required.
 * Source: the pages of WsReadElement and WS_READ_OPTION.
 */
HRESULT WINAPI WsReadElement(WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *elementDescription,
                             WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error)
{
    struct typed_target target;
    HRESULT hr;

    if (!handle_is(reader, HANDLE_XML_READER))
        hr = handle_refuse(reader, HANDLE_XML_READER, error);
    else if ((hr = check_element(elementDescription, error)) == S_OK &&
             (hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, elementDescription->type,
                                      elementDescription->typeDescription, readOption, heap, value, valueSize,
                                      error)) == S_OK)
        hr = run(reader, &target, read_element, elementDescription, error);
    TRACE_RESULT(hr, error,
                 "WsReadElement(reader=%p, elementDescription=%p, readOption=%s, heap=%p, value=%p, valueSize=%u, "
                 "error=%p) = 0x%08x",
                 (void *)reader, (const void *)elementDescription, TRACE_NAME(READ_OPTION, readOption), (void *)heap,
                 value, (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Reads an attribute of the element that the reader is at, where it stays.
 *
 * readOption: with WS_READ_OPTIONAL_POINTER the attribute may be missing: the value is NULL then.
 *
 * Returns as WsReadType(); E_INVALIDARG also for the options for nil; WS_E_INVALID_OPERATION if the reader is not at a
 * start element; WS_E_INVALID_FORMAT if there is no such attribute, and one is required.
 * Source: the pages of WsReadAttribute and WS_READ_OPTION.
 */
HRESULT WINAPI WsReadAttribute(WS_XML_READER *reader, const WS_ATTRIBUTE_DESCRIPTION *attributeDescription,
                               WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error)
{
    struct typed_target target;
    HRESULT hr;

    if (!handle_is(reader, HANDLE_XML_READER))
        hr = handle_refuse(reader, HANDLE_XML_READER, error);
    else if ((hr = check_attribute(attributeDescription, readOption, error)) == S_OK &&
             (hr = typed_check_target(&target, WS_ATTRIBUTE_TYPE_MAPPING, attributeDescription->type,
                                      attributeDescription->typeDescription, readOption, heap, value, valueSize,
                                      error)) == S_OK)
        hr = run(reader, &target, read_attribute, attributeDescription, error);
    TRACE_RESULT(hr, error,
                 "WsReadAttribute(reader=%p, attributeDescription=%p, readOption=%s, heap=%p, value=%p, valueSize=%u, "
                 "error=%p) = 0x%08x",
                 (void *)reader, (const void *)attributeDescription, TRACE_NAME(READ_OPTION, readOption), (void *)heap,
                 value, (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}
