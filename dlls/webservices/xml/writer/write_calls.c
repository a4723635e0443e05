/* SPDX-License-Identifier: MIT */
/*
 * write_calls.c - the exported functions that write elements and content: WsWriteStartElement, WsWriteEndStartElement,
 * WsWriteEndElement, WsWriteStartAttribute, WsWriteEndAttribute, WsWriteXmlnsAttribute, WsGetPrefixFromNamespace;
 * WsWriteChars, WsWriteCharsUtf8, WsWriteBytes, WsPushBytes, WsPullBytes, WsWriteText, WsWriteValue,
 * WsWriteQualifiedName, WsWriteStartCData, WsWriteEndCData.
 *
 * Those for content all return E_INVALIDARG (not a live writer, an invalid argument), WS_E_INVALID_OPERATION (no
 * output; pieces that cannot be combined in the value of an attribute), WS_E_INVALID_FORMAT (anything but white space
 * outside of the root without ALLOW_FRAGMENT), WS_E_QUOTA_EXCEEDED (BUFFER_MAX_SIZE), WS_E_OBJECT_FAULTED and
 * E_OUTOFMEMORY. They may commit a start tag, and fail as WsWriteEndStartElement does. The order of the checks is at
 * the head of writer.h.
 */
#include "xml/writer/fast.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "xml/trace_xml.h"
#include "xml/value.h"
#include "xml/writer/check.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* --- Elements --- */

/* Checks the arguments that elements and attributes have in common, after the place. */
static inline HRESULT check_names(WS_XML_WRITER *writer, bool of_attribute, const WS_XML_STRING *prefix,
                                  const WS_XML_STRING *local, const WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr;

    if (UNLIKELY(!handle_is(writer, HANDLE_XML_WRITER)))
        return handle_refuse(writer, HANDLE_XML_WRITER, error);
    if (LIKELY(local && local->length && local->bytes && ns && (ns->bytes || !ns->length) &&
               (!prefix || prefix->bytes || !prefix->length)))
        return S_OK;
    hr = of_attribute ? writer_allows_attribute(writer, "An attribute", error) : writer_allows_element(writer, error);
    if (hr != S_OK || (hr = writer_check_string(prefix, "prefix", true, error)) != S_OK ||
        (hr = writer_check_local_name(local, error)) != S_OK)
        return hr;
    return writer_check_string(ns, "namespace", false, error);
}

/* WsWriteStartElement() in full. */
static NOINLINE HRESULT write_start_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix,
                                            const WS_XML_STRING *localName, const WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr = check_names(writer, false, prefix, localName, ns, error);

    if (hr == S_OK)
        hr = writer_open_element(writer, prefix, localName, ns, error);
    TRACE_RESULT(hr, error, "WsWriteStartElement(writer=%p, prefix=%s, localName=%s, ns=%s, error=%p) = 0x%08x",
                 (void *)writer, trace_xml_string(prefix).text, trace_xml_string(localName).text,
                 trace_xml_string(ns).text, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Opens an element.
 *
 * prefix: NULL lets the writer choose one: a prefix in scope for the namespace, or else the namespace becomes the
 *      default one. A prefix that is given and not bound to the namespace is declared.
 * localName: an NCName, not empty. ns: "" for no namespace.
 * Attributes and declarations can follow. Whatever comes after those commits the start tag.
 * Returns E_INVALIDARG (not a live writer, a NULL, an empty localName), WS_E_INVALID_OPERATION (no output, inside an
 * attribute or CDATA), WS_E_INVALID_FORMAT (a second root; not a name), WS_E_QUOTA_EXCEEDED (MAX_DEPTH,
 * BUFFER_MAX_SIZE), WS_E_OBJECT_FAULTED, E_OUTOFMEMORY. Whether the prefix and the namespace can go together is found
 * when the start tag is committed. Source: the page of WsWriteStartElement. That the default namespace is chosen, and
 * (for attributes) that conflicts of prefixes are found only then, was observed on Windows.
 */
HRESULT WINAPI WsWriteStartElement(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *localName,
                                   const WS_XML_STRING *ns, WS_ERROR *error)
{
    if (LIKELY(handle_is(writer, HANDLE_XML_WRITER) && fast_element(writer, prefix, localName, ns)))
        return S_OK;
    return write_start_element(writer, prefix, localName, ns, error);
}

/*
 * Commits the start tag. The element then has an end tag, even if it is empty. After attributes that were added to an
 * element of an XML buffer it does nothing: they are there already.
 *
 * Returns E_INVALIDARG, WS_E_INVALID_OPERATION (there is no open start tag, or an attribute is open),
 * WS_E_INVALID_FORMAT (an attribute twice; prefixes in conflict; a prefix without or with the wrong namespace, a
 * declaration written as an attribute), WS_E_QUOTA_EXCEEDED (MAX_NAMESPACES, MAX_ATTRIBUTES, BUFFER_MAX_SIZE),
 * WS_E_OBJECT_FAULTED, E_OUTOFMEMORY.
 * Source: the page of WsWriteEndStartElement.
 */
HRESULT WINAPI WsWriteEndStartElement(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_end_start_element(writer, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsWriteEndStartElement(writer=%p, error=%p) = 0x%08x", (void *)writer, (void *)error,
                 (unsigned)hr);
    return hr;
}

/* WsWriteEndElement() in full. */
static NOINLINE HRESULT write_end_element(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_end_element(writer, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsWriteEndElement(writer=%p, error=%p) = 0x%08x", (void *)writer, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Closes the innermost element. One that has had neither content nor WsWriteEndStartElement is written <a/>, unless
 * EMIT_UNCOMPRESSED_EMPTY_ELEMENTS is set.
 *
 * Returns E_INVALIDARG, WS_E_INVALID_OPERATION (inside an attribute or CDATA), WS_E_INVALID_FORMAT (no element is
 * open; or as WsWriteEndStartElement), WS_E_QUOTA_EXCEEDED, WS_E_OBJECT_FAULTED, E_OUTOFMEMORY.
 * Source: the page of WsWriteEndElement.
 */
HRESULT WINAPI WsWriteEndElement(WS_XML_WRITER *writer, WS_ERROR *error)
{
    if (LIKELY(handle_is(writer, HANDLE_XML_WRITER) && fast_end(writer)))
        return S_OK;
    return write_end_element(writer, error);
}

/* WsWriteStartAttribute() in full. */
static NOINLINE HRESULT write_start_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix,
                                              const WS_XML_STRING *localName, const WS_XML_STRING *ns, BOOL singleQuote,
                                              WS_ERROR *error)
{
    HRESULT hr = check_names(writer, true, prefix, localName, ns, error);

    if (hr == S_OK)
        hr = writer_start_attribute(writer, prefix, localName, ns, singleQuote, error);
    TRACE_RESULT(hr, error,
                 "WsWriteStartAttribute(writer=%p, prefix=%s, localName=%s, ns=%s, singleQuote=%d, error=%p) = 0x%08x",
                 (void *)writer, trace_xml_string(prefix).text, trace_xml_string(localName).text,
                 trace_xml_string(ns).text, (int)singleQuote, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Begins an attribute of the open start tag. Its value is what is written until WsWriteEndAttribute. A writer that has
 * been moved to an element of an XML buffer, and has written nothing since, adds it to that: it is there as soon as it
 * has ended, and what is written afterwards still goes before the element.
 *
 * prefix: NULL lets the writer choose. An attribute without a namespace has none.
 * Returns E_INVALIDARG (as WsWriteStartElement), WS_E_INVALID_OPERATION (no open start tag, or inside another
 * attribute), WS_E_INVALID_FORMAT (not a name), WS_E_QUOTA_EXCEEDED (MAX_ATTRIBUTES), WS_E_OBJECT_FAULTED,
 * E_OUTOFMEMORY. A prefix without or with the wrong namespace, and a declaration, are found when the start tag is
 * committed.
 * Source: the page of WsWriteStartAttribute; of elements moved to, that of WsWriteStartElement. That a declaration is
 * found only then was observed on Windows.
 */
HRESULT WINAPI WsWriteStartAttribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *localName,
                                     const WS_XML_STRING *ns, BOOL singleQuote, WS_ERROR *error)
{
    if (LIKELY(handle_is(writer, HANDLE_XML_WRITER) &&
               fast_attribute(writer, prefix, localName, ns, singleQuote != FALSE)))
        return S_OK;
    return write_start_attribute(writer, prefix, localName, ns, singleQuote, error);
}

/* WsWriteEndAttribute() in full. */
static NOINLINE HRESULT write_end_attribute(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_end_attribute(writer, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsWriteEndAttribute(writer=%p, error=%p) = 0x%08x", (void *)writer, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Ends the attribute. Its value is checked now, since it may have come in pieces.
 *
 * Returns E_INVALIDARG, WS_E_INVALID_OPERATION (no attribute is open), WS_E_INVALID_FORMAT (the value has characters
 * that XML does not allow, or is not valid UTF-8 or UTF-16), WS_E_OBJECT_FAULTED. Of an attribute that is added to an
 * element of an XML buffer also what WsWriteEndStartElement does, and WS_E_INVALID_OPERATION if the element has been
 * removed: the attribute is gone with it.
 * Source: the page of WsWriteEndAttribute; of elements moved to, that of WsWriteStartElement.
 */
HRESULT WINAPI WsWriteEndAttribute(WS_XML_WRITER *writer, WS_ERROR *error)
{
    if (LIKELY(handle_is(writer, HANDLE_XML_WRITER) && fast_attribute_end(writer)))
        return S_OK;
    return write_end_attribute(writer, error);
}

/* As check_names(). */
static inline HRESULT check_declaration(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                                        WS_ERROR *error)
{
    HRESULT hr;

    if (LIKELY(ns && (ns->bytes || !ns->length) && (!prefix || prefix->bytes || !prefix->length)))
        return S_OK;
    if ((hr = writer_allows_attribute(writer, "A namespace declaration", error)) != S_OK ||
        (hr = writer_check_string(prefix, "prefix", true, error)) != S_OK)
        return hr;
    return writer_check_string(ns, "namespace", false, error);
}

/*
 * Declares a namespace on the open start tag.
 *
 * prefix: "" declares the default namespace. NULL: so does this, but it is decided when the start tag is committed: if
 *      the default namespace is another one then, ns gets a prefix; if ns has a prefix already, nothing is written.
 * Returns E_INVALIDARG (not a live writer, ns is NULL), WS_E_INVALID_OPERATION (as WsWriteStartAttribute),
 * WS_E_INVALID_FORMAT (not a name), WS_E_QUOTA_EXCEEDED (MAX_ATTRIBUTES), WS_E_OBJECT_FAULTED, E_OUTOFMEMORY. When the
 * start tag is committed, also WS_E_INVALID_FORMAT (the prefix is declared or used there for another namespace; a
 * prefix that is not empty with a namespace that is; xml or xmlns misused) and WS_E_QUOTA_EXCEEDED (MAX_NAMESPACES).
 * Source: the page of WsWriteXmlnsAttribute. We take "redundant" there to mean the same one twice on one start tag,
 * which is written once, as observed on Windows; a declaration that repeats one in scope is written as asked. NULL as
 * the default namespace was observed on Windows, too; what is done in the other cases is our choice.
 */
HRESULT WINAPI WsWriteXmlnsAttribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                                     BOOL singleQuote, WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if ((hr = check_declaration(writer, prefix, ns, error)) == S_OK)
        hr = writer_xmlns(writer, prefix, ns, singleQuote, error);
    TRACE_RESULT(hr, error, "WsWriteXmlnsAttribute(writer=%p, prefix=%s, ns=%s, singleQuote=%d, error=%p) = 0x%08x",
                 (void *)writer, trace_xml_string(prefix).text, trace_xml_string(ns).text, (int)singleQuote,
                 (void *)error, (unsigned)hr);
    return hr;
}

static HRESULT get_prefix(WS_XML_WRITER *writer, const WS_XML_STRING *ns, BOOL required, const WS_XML_STRING **prefix,
                          WS_ERROR *error)
{
    const WS_XML_STRING *found;
    HRESULT hr;

    if ((hr = writer_ready(writer, error)) != S_OK)
        return hr;
    if (!prefix)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the prefix is NULL.");
    if ((hr = writer_check_string(ns, "namespace", false, error)) != S_OK)
        return hr;
    found = writer_find_namespace(writer, ns, false);
    if (!found && required)
        return error_report(error, WS_E_INVALID_FORMAT, "No prefix in scope is bound to the namespace \"%s\".",
                            writer_show(ns).text);
    *prefix = found;
    return found ? S_OK : S_FALSE;
}

/*
 * Finds a prefix in scope for a namespace. A start tag that is not committed does not count.
 *
 * prefix: receives it, valid until the writer is used again; NULL, with S_FALSE, if there is none and required is
 * FALSE.
 * Returns E_INVALIDARG (not a live writer, ns or prefix is NULL), WS_E_INVALID_FORMAT (required, and there is none),
 * WS_E_INVALID_OPERATION (no output), WS_E_OBJECT_FAULTED. A failure does not fault the writer.
 * Source: the page of WsGetPrefixFromNamespace.
 */
HRESULT WINAPI WsGetPrefixFromNamespace(WS_XML_WRITER *writer, const WS_XML_STRING *ns, BOOL required,
                                        const WS_XML_STRING **prefix, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? get_prefix(writer, ns, required, prefix, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsGetPrefixFromNamespace(writer=%p, ns=%s, required=%d, prefix=%p, error=%p) = 0x%08x%s",
                 (void *)writer, trace_xml_string(ns).text, (int)required, (void *)prefix, (void *)error, (unsigned)hr,
                 trace_out_string(hr, "prefix", hr == S_OK ? *prefix : NULL).text);
    return hr;
}

/* --- Content --- */

/* Checks the writer, and a pointer to `count` things, which are `what`. */
static inline HRESULT check(WS_XML_WRITER *writer, const void *pointer, size_t count, const char *what, WS_ERROR *error)
{
    HRESULT hr;

    if (UNLIKELY(!handle_is(writer, HANDLE_XML_WRITER)))
        return handle_refuse(writer, HANDLE_XML_WRITER, error);
    if (LIKELY(!count || pointer))
        return S_OK;
    if ((hr = writer_ready(writer, error)) == S_OK)
        hr = error_report(error, E_INVALIDARG, "The %s to write are NULL, and their count is %zu.", what, count);
    return hr;
}

/* WsWriteChars() in full. */
static NOINLINE HRESULT write_chars(WS_XML_WRITER *writer, const WCHAR *chars, ULONG charCount, WS_ERROR *error)
{
    HRESULT hr = check(writer, chars, charCount, "characters", error);

    if (hr == S_OK)
        hr = writer_chars(writer, chars, charCount, error);
    TRACE_RESULT(hr, error, "WsWriteChars(writer=%p, chars=%s, charCount=%u, error=%p) = 0x%08x", (void *)writer,
                 trace_chars(chars, charCount).text, (unsigned)charCount, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Writes characters. A surrogate pair may be split between two calls; WS_E_INVALID_FORMAT: a lone surrogate, or a
 * character that XML does not allow. Without characters the element stays empty.
 * Source: the page of WsWriteChars.
 */
HRESULT WINAPI WsWriteChars(WS_XML_WRITER *writer, const WCHAR *chars, ULONG charCount, WS_ERROR *error)
{
    if (LIKELY(handle_is(writer, HANDLE_XML_WRITER) && fast_chars(writer, PIECE_CHARS, (const BYTE *)chars, charCount)))
        return S_OK;
    return write_chars(writer, chars, charCount, error);
}

/* WsWriteCharsUtf8() in full. */
static NOINLINE HRESULT write_chars_utf8(WS_XML_WRITER *writer, const BYTE *bytes, ULONG byteCount, WS_ERROR *error)
{
    HRESULT hr = check(writer, bytes, byteCount, "bytes", error);

    if (hr == S_OK)
        hr = writer_utf8(writer, bytes, byteCount, error);
    TRACE_RESULT(hr, error, "WsWriteCharsUtf8(writer=%p, bytes=%s, byteCount=%u, error=%p) = 0x%08x", (void *)writer,
                 trace_bytes(bytes, byteCount).text, (unsigned)byteCount, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * As WsWriteChars, for UTF-8. The bytes of a character may be split between calls, too.
 * Source: the page of WsWriteCharsUtf8.
 */
HRESULT WINAPI WsWriteCharsUtf8(WS_XML_WRITER *writer, const BYTE *bytes, ULONG byteCount, WS_ERROR *error)
{
    if (LIKELY(handle_is(writer, HANDLE_XML_WRITER) && fast_chars(writer, PIECE_UTF8, bytes, byteCount)))
        return S_OK;
    return write_chars_utf8(writer, bytes, byteCount, error);
}

/*
 * Writes bytes: in text, as base64. Consecutive calls write one value, unless there is a flush, BYTES or BUFFERS in
 * between outside of all elements. With MTOM, a value that is all that an element contains, and longer than
 * maxInlineByteCount, becomes a MIME part; WS_E_QUOTA_EXCEEDED: more than MAX_MIME_PARTS_BUFFER_SIZE would be kept for
 * that.
 * Source: the page of WsWriteBytes.
 */
HRESULT WINAPI WsWriteBytes(WS_XML_WRITER *writer, const void *bytes, ULONG byteCount, WS_ERROR *error)
{
    HRESULT hr = check(writer, bytes, byteCount, "bytes", error);

    if (hr == S_OK)
        hr = writer_bytes(writer, bytes, byteCount, error);
    TRACE_RESULT(hr, error, "WsWriteBytes(writer=%p, bytes=%p, byteCount=%u, error=%p) = 0x%08x", (void *)writer, bytes,
                 (unsigned)byteCount, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Has a callback write bytes: at once, except with MTOM, if nothing else is written into the element: then when the
 * document is complete and the parts are written (WsFlushWriter, the properties BYTES and BUFFERS). The callback gets a
 * function to write them with, which completes synchronously, and no async context. It must not use the writer
 * otherwise.
 * Returns also what the callback returns, if that is a failure.
 * Source: the pages of WsPushBytes and WS_PUSH_BYTES_CALLBACK.
 */
HRESULT WINAPI WsPushBytes(WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, void *callbackState, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_push_bytes(writer, callback, callbackState, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsPushBytes(writer=%p, callback=%s, callbackState=%p, error=%p) = 0x%08x", (void *)writer,
                 callback ? "set" : "NULL", callbackState, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Has a callback deliver bytes until it delivers none, at the same time as WsPushBytes would.
 * Returns also what the callback returns, if that is a failure.
 * Source: the pages of WsPullBytes and WS_PULL_BYTES_CALLBACK.
 */
HRESULT WINAPI WsPullBytes(WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, void *callbackState, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_pull_bytes(writer, callback, callbackState, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsPullBytes(writer=%p, callback=%s, callbackState=%p, error=%p) = 0x%08x", (void *)writer,
                 callback ? "set" : "NULL", callbackState, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Writes a text of any type. In an attribute it must be the only one, unless all are UTF-8, UTF-16 or base64.
 * WS_E_INVALID_FORMAT: as WsWriteChars; a date out of range; a qualified name as WsWriteQualifiedName.
 * Source: the page of WsWriteText.
 */
HRESULT WINAPI WsWriteText(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if ((hr = writer_ready(writer, error)) == S_OK && (hr = writer_check_text_argument(text, error)) == S_OK)
        hr = writer_put_text(writer, text, error);
    TRACE_RESULT(hr, error, "WsWriteText(writer=%p, text=%s, error=%p) = 0x%08x", (void *)writer,
                 trace_xml_text(text).text, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Writes a value, which keeps its type where the output can hold it. In an attribute it must be the only one.
 * E_INVALIDARG: an unknown type, or a valueSize that is not the type's. WS_E_INVALID_FORMAT: a date out of range.
 * Source: the page of WsWriteValue.
 */
HRESULT WINAPI WsWriteValue(WS_XML_WRITER *writer, WS_VALUE_TYPE valueType, const void *value, ULONG valueSize,
                            WS_ERROR *error)
{
    ULONG size;
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if ((hr = writer_allows_value(writer, PIECE_SINGLE, error)) != S_OK)
        ;
    else if (!(size = value_size(valueType)))
        hr = error_report(error, E_INVALIDARG, "There is no %s.",
                          constant_name(CONSTANT_VALUE_TYPE, (uint32_t)valueType).text);
    else if (!value)
        hr = error_report(error, E_INVALIDARG, "The pointer to the value is NULL.");
    else if (size != valueSize)
        hr = error_report(error, E_INVALIDARG, "A value of %s has the size %u, not %u.",
                          constant_name(CONSTANT_VALUE_TYPE, (uint32_t)valueType).text, (unsigned)size,
                          (unsigned)valueSize);
    else
        hr = writer_put_value(writer, valueType, value, error);
    TRACE_RESULT(hr, error, "WsWriteValue(writer=%p, valueType=%s, value=%s, valueSize=%u, error=%p) = 0x%08x",
                 (void *)writer, TRACE_NAME(VALUE_TYPE, valueType), trace_value(valueType, value, valueSize).text,
                 (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Writes prefix:localName.
 *
 * prefix: is written as it is, with a colon unless it is empty; whether it is bound to ns does not matter. NULL: one
 *      that is bound to ns, also by the start tag that is open; WS_E_INVALID_FORMAT if there is none.
 * localName: any text, of characters that XML allows; it need not be a name. If it and the prefix are empty, the start
 *      tag is committed nevertheless.
 * WS_E_INVALID_FORMAT also for a prefix that is not a name, for other characters, and outside of elements, there
 * whatever the arguments are. WS_E_INVALID_OPERATION in an attribute that has a value already: nothing is changed then.
 * E_INVALIDARG: localName is NULL, prefix and ns are both NULL.
 * Source: observed on Windows; the page of WsWriteQualifiedName says that a prefix is checked, or generated.
 */
HRESULT WINAPI WsWriteQualifiedName(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *localName,
                                    const WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if ((hr = writer_allows_value(writer, PIECE_SINGLE, error)) != S_OK)
        ;
    else if (!prefix && !ns)
        hr = error_report(error, E_INVALIDARG, "A qualified name needs a prefix or a namespace, and both are NULL.");
    else if ((hr = writer_check_string(prefix, "prefix", true, error)) == S_OK &&
             (hr = writer_check_string(localName, "local name", false, error)) == S_OK &&
             (hr = writer_check_string(ns, "namespace", true, error)) == S_OK)
        hr = writer_qualified_name(writer, prefix, localName, ns, error);
    TRACE_RESULT(hr, error, "WsWriteQualifiedName(writer=%p, prefix=%s, localName=%s, ns=%s, error=%p) = 0x%08x",
                 (void *)writer, trace_xml_string(prefix).text, trace_xml_string(localName).text,
                 trace_xml_string(ns).text, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Begins a CDATA section. Text in it cannot contain "]]>" or characters that XML does not allow: WS_E_INVALID_FORMAT. A
 * CR is written as it is, because there is no other way in CDATA; readers will convert it to a line feed.
 * WS_E_INVALID_OPERATION: inside another one, inside an attribute. WS_E_INVALID_FORMAT: outside of elements.
 * Source: the page of WsWriteStartCData.
 */
HRESULT WINAPI WsWriteStartCData(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_start_cdata(writer, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsWriteStartCData(writer=%p, error=%p) = 0x%08x", (void *)writer, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Ends a CDATA section; WS_E_INVALID_OPERATION if there is none.
 * Source: the page of WsWriteEndCData.
 */
HRESULT WINAPI WsWriteEndCData(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? writer_end_cdata(writer, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsWriteEndCData(writer=%p, error=%p) = 0x%08x", (void *)writer, (void *)error,
                 (unsigned)hr);
    return hr;
}
