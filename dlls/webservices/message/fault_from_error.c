/* SPDX-License-Identifier: MIT */
/*
 * fault_from_error.c - WsCreateFaultFromError: the fault that says what an error object knows; see fault.h.
 *
 * What the object has as a fault is taken whole, whatever the disclosure: whoever set it meant it to be sent. The
 * disclosure decides about the strings, which were not written for the other side, and only where the fault has no text
 * of its own. Source: the page of WsCreateFaultFromError.
 */
#include "base/constants.h"
#include "base/error.h"
#include "base/error_strings.h"
#include "base/heap.h"
#include "base/platform.h"
#include "base/trace.h"
#include "fault.h"
#include "fault_copy.h"
#include "xml/names.h"

#include <string.h>

/* What a fault says that may not say more. */
static const char generic_text[] = "The request could not be processed.";

static HRESULT alloc_chars(WS_HEAP *heap, size_t length, WS_STRING *string, WS_ERROR *error)
{
    void *chars;
    HRESULT hr = heap_alloc(heap, length * sizeof(WCHAR), &chars, error);

    if (hr == S_OK)
    {
        string->chars = chars;
        string->length = (ULONG)length;
    }
    return hr;
}

static HRESULT copy_ascii(WS_HEAP *heap, const char *text, WS_STRING *string, WS_ERROR *error)
{
    HRESULT hr = alloc_chars(heap, strlen(text), string, error);
    ULONG i;

    for (i = 0; hr == S_OK && i < string->length; i++)
        string->chars[i] = (unsigned char)text[i];
    return hr;
}

/* The strings of an error object in the order of their indices, in which the text of the original code is the last. */
static const struct error_string *first_string(const WS_ERROR *source)
{
    return source->newest ? source->newest : source->original_text;
}

static const struct error_string *next_string(const WS_ERROR *source, const struct error_string *string)
{
    if (string == source->original_text)
        return NULL;
    return string->older ? string->older : source->original_text;
}

/* That order goes from what was tried to why it failed. There is a space between two strings. */
static HRESULT join_strings(WS_HEAP *heap, const WS_ERROR *source, WS_STRING *text, WS_ERROR *error)
{
    const struct error_string *string;
    size_t length = 0;
    WCHAR *end;
    HRESULT hr;

    for (string = first_string(source); string; string = next_string(source, string))
        length += string->length + 1;
    if ((hr = alloc_chars(heap, length - 1, text, error)) != S_OK)
        return hr;
    end = text->chars;
    for (string = first_string(source); string; string = next_string(source, string))
    {
        if (string != first_string(source))
            *end++ = ' ';
        memcpy(end, string->chars, string->length * sizeof(WCHAR));
        end += string->length;
    }
    return S_OK;
}

/* The text of the code for which there are no strings. */
static HRESULT copy_code_text(WS_HEAP *heap, HRESULT code, LANGID language, WS_STRING *text, WS_ERROR *error)
{
    WCHAR chars[ERROR_CODE_TEXT_ROOM];
    size_t length = error_code_text((ULONG)code, language, chars);
    HRESULT hr = alloc_chars(heap, length, text, error);

    if (hr == S_OK)
        memcpy(text->chars, chars, length * sizeof(WCHAR));
    return hr;
}

static HRESULT make_text(WS_HEAP *heap, const WS_ERROR *source, HRESULT code, WS_FAULT_DISCLOSURE disclosure,
                         WS_STRING *text, WS_ERROR *error)
{
    if (disclosure == WS_MINIMAL_FAULT_DISCLOSURE)
        return copy_ascii(heap, generic_text, text, error);
    return first_string(source) ? join_strings(heap, source, text, error)
                                : copy_code_text(heap, code, source->language, text, error);
}

/* Gives a fault the one reason that it has to have. */
static HRESULT add_reason(WS_HEAP *heap, const WS_ERROR *source, HRESULT code, WS_FAULT_DISCLOSURE disclosure,
                          WS_FAULT *fault, WS_ERROR *error)
{
    char language[32];
    void *memory;
    HRESULT hr;

    platform_language_name(source->language, language, sizeof(language));
    if ((hr = heap_alloc(heap, sizeof(WS_FAULT_REASON), &memory, error)) != S_OK)
        return hr;
    fault->reasons = memory;
    fault->reasonCount = 1;
    if ((hr = make_text(heap, source, code, disclosure, &fault->reasons->text, error)) != S_OK)
        return hr;
    return copy_ascii(heap, language, &fault->reasons->lang, error);
}

static bool has_text(const WS_FAULT *fault)
{
    ULONG i;

    for (i = 0; i < fault->reasonCount; i++)
        if (fault->reasons[i].text.length)
            return true;
    return false;
}

HRESULT fault_from_error(const WS_ERROR *source, HRESULT code, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap,
                         WS_FAULT *fault, WS_ERROR *error)
{
    WS_FAULT_CODE generic_code = {{WS_XML_STRING_VALUE("Receiver"), WS_XML_STRING_VALUE("")}, NULL};
    WS_FAULT made = {.code = NULL};
    const WS_FAULT *given = NULL;
    HRESULT hr;

    fault_get_property(source, WS_FAULT_ERROR_PROPERTY_FAULT, &given, sizeof(given));
    if (given)
        made = *given;
    if (!made.code)
        made.code = &generic_code;
    if (!has_text(&made))
        made.reasonCount = 0;
    if ((hr = fault_copy(heap, &made, &made, error)) != S_OK ||
        (!made.reasonCount && (hr = add_reason(heap, source, code, disclosure, &made, error)) != S_OK))
        return hr;
    *fault = made;
    return S_OK;
}

static HRESULT create_fault(const WS_ERROR *source, HRESULT code, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap,
                            WS_FAULT *fault)
{
    if (!handle_is(source, HANDLE_ERROR))
        return handle_refuse(source, HANDLE_ERROR, NULL);
    if (SUCCEEDED(code))
        return error_report(NULL, E_INVALIDARG, "A fault is for an error, and 0x%08x is none.", (unsigned)code);
    if (disclosure != WS_MINIMAL_FAULT_DISCLOSURE && disclosure != WS_FULL_FAULT_DISCLOSURE)
        return error_report(NULL, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_FAULT_DISCLOSURE, (uint32_t)disclosure).text);
    if (!handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, NULL);
    if (!fault)
        return error_report(NULL, E_INVALIDARG, "The pointer that is to receive the fault is NULL.");
    return fault_from_error(source, code, disclosure, heap, fault, NULL);
}

/*
 * Makes a fault of what an error object knows, to be sent to whoever sent the request.
 *
 * error: its fault, if it has one, is what is made; its strings become the text of that which has none. Its action and
 *      header are for whoever sends the message, and not in a WS_FAULT.
 * faultErrorCode: the failure that the fault is for. Its text is that of the fault where the object has no strings.
 * faultDisclosure: WS_FULL_FAULT_DISCLOSURE: the strings may be sent; WS_MINIMAL_FAULT_DISCLOSURE: a generic text is.
 * fault: receives the fault, which is in the heap and needs neither the object nor what was set in it. It has a code
 *      (a generic one, Receiver, which becomes Server in SOAP 1.1) and a reason always, so that it can be written.
 *      Untouched on failure.
 * Returns E_INVALIDARG (not a live error object or heap, a code of success, an unknown disclosure, fault is NULL),
 * WS_E_QUOTA_EXCEEDED (of the heap), E_OUTOFMEMORY. As the failures of error objects themselves, these are not reported
 * in the object: what was given stays as it was.
 * Source: the pages of WsCreateFaultFromError, WS_FAULT_DISCLOSURE and WS_FAULT. That the text is in the object's
 * language, how strings are joined, the generic code and text are our choice: docs/errors.md.
 */
HRESULT WINAPI WsCreateFaultFromError(WS_ERROR *error, HRESULT faultErrorCode, WS_FAULT_DISCLOSURE faultDisclosure,
                                      WS_HEAP *heap, WS_FAULT *fault)
{
    HRESULT hr = create_fault(error, faultErrorCode, faultDisclosure, heap, fault);

    TRACE_RESULT(
        hr, NULL,
        "WsCreateFaultFromError(error=%p, faultErrorCode=0x%08x, faultDisclosure=%s, heap=%p, fault=%p) = 0x%08x",
        (void *)error, (unsigned)faultErrorCode, TRACE_NAME(FAULT_DISCLOSURE, faultDisclosure), (void *)heap,
        (void *)fault, (unsigned)hr);
    return hr;
}
