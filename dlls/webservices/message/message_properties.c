/* SPDX-License-Identifier: MIT */
/* message_properties.c - WsGetMessageProperty, WsSetMessageProperty; see message_object.h. */
#include "message_object.h"

#include "base/constants.h"
#include "base/platform.h"
#include "base/property.h"
#include "base/trace.h"
#include "header_buffer.h"

#include <string.h>

#define ANY_STATE (STATE(EMPTY) | NOT_EMPTY)

/* The value of a property and the states in which it is there; false: there is none that can be got. */
union message_value
{
    ULONG number; /* enumerations and BOOL have its size */
    void *pointer;
    WS_XML_NODE_POSITION position;
    WS_STRING string;
    WS_BYTES bytes;
};

struct message_property
{
    unsigned states;
    size_t size;
    union message_value value;
};

#define PROPERTY(states_, member, value_) \
    do \
    { \
        property->states = (states_); \
        property->size = sizeof(property->value.member); \
        property->value.member = (value_); \
        return true; \
    } while (0)

static bool find_property(WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, struct message_property *property)
{
    const WS_XML_NODE_POSITION header = {message->buffer, message->header};
    const struct message_security *security = &message->security;

    switch (id)
    {
    case WS_MESSAGE_PROPERTY_STATE: PROPERTY(ANY_STATE, number, (ULONG)message->state);
    /* Observed on Windows: in any state, although the pages exclude EMPTY. */
    case WS_MESSAGE_PROPERTY_ENVELOPE_VERSION: PROPERTY(ANY_STATE, number, (ULONG)message->envelope_version);
    case WS_MESSAGE_PROPERTY_ADDRESSING_VERSION: PROPERTY(ANY_STATE, number, (ULONG)message->addressing_version);
    case WS_MESSAGE_PROPERTY_HEAP: PROPERTY(NOT_EMPTY, pointer, &message->heap);
    case WS_MESSAGE_PROPERTY_HEADER_BUFFER: PROPERTY(NOT_EMPTY, pointer, message->buffer);
    case WS_MESSAGE_PROPERTY_HEADER_POSITION: PROPERTY(NOT_EMPTY, position, header);
    case WS_MESSAGE_PROPERTY_BODY_READER: PROPERTY(STATE(READING), pointer, message->body_reader);
    case WS_MESSAGE_PROPERTY_BODY_WRITER: PROPERTY(STATE(WRITING), pointer, message->body_writer);
    case WS_MESSAGE_PROPERTY_IS_ADDRESSED: PROPERTY(NOT_EMPTY, number, (ULONG)message->is_addressed);
    case WS_MESSAGE_PROPERTY_IS_FAULT: PROPERTY(NOT_EMPTY, number, (ULONG)message->is_fault);
    case WS_MESSAGE_PROPERTY_USERNAME: PROPERTY(NOT_EMPTY, string, security->username);
    case WS_MESSAGE_PROPERTY_ENCODED_CERT: PROPERTY(NOT_EMPTY, bytes, security->certificate);
    case WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN:
    case WS_MESSAGE_PROPERTY_HTTP_HEADER_AUTH_WINDOWS_TOKEN:
    case WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN:
        PROPERTY(NOT_EMPTY, pointer, security->tokens[id - WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN]);
    case WS_MESSAGE_PROPERTY_SAML_ASSERTION: PROPERTY(NOT_EMPTY, pointer, security->saml_assertion);
    case WS_MESSAGE_PROPERTY_SECURITY_CONTEXT: PROPERTY(NOT_EMPTY, pointer, security->context);
    case WS_MESSAGE_PROPERTY_PROTECTION_LEVEL: PROPERTY(NOT_EMPTY, number, (ULONG)security->protection);
    default: return false;
    }
}

static HRESULT get_property(WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    struct message_property property;
    HRESULT hr;

    if (!find_property(message, id, &property))
        return error_report(error, E_INVALIDARG, "There is no %s that a message can be asked for.",
                            TRACE_NAME(MESSAGE_PROPERTY, id));
    if ((hr = message_check_state(message, property.states, error)) != S_OK)
        return hr;
    return property_get(CONSTANT_MESSAGE_PROPERTY, (ULONG)id, &property.value, property.size, value, size, error);
}

/* --- Setting: what is referred to is copied --- */

/* Bytes, or characters of `unit` bytes. */
static HRESULT copy(WS_MESSAGE *message, const void *from, ULONG count, size_t unit, void **to, WS_ERROR *error)
{
    HRESULT hr;

    if (count && !from)
        return error_report(error, E_INVALIDARG, "A property with the length %u is at NULL.", (unsigned)count);
    if ((hr = heap_alloc(&message->heap, count * unit, to, error)) == S_OK && count)
        memcpy(*to, from, count * unit);
    return hr;
}

static HRESULT set_username(WS_MESSAGE *message, const WS_STRING *given, WS_ERROR *error)
{
    void *chars = NULL;
    HRESULT hr = copy(message, given->chars, given->length, sizeof(WCHAR), &chars, error);

    if (hr == S_OK)
    {
        message->security.username.chars = chars;
        message->security.username.length = given->length;
    }
    return hr;
}

static HRESULT set_certificate(WS_MESSAGE *message, const WS_BYTES *given, WS_ERROR *error)
{
    void *bytes = NULL;
    HRESULT hr = copy(message, given->bytes, given->length, 1, &bytes, error);

    if (hr == S_OK)
    {
        message->security.certificate.bytes = bytes;
        message->security.certificate.length = given->length;
    }
    return hr;
}

static HRESULT set_token(HANDLE *token, HANDLE given, WS_ERROR *error)
{
    HANDLE duplicate = NULL;

    if (given && !platform_duplicate_handle(given, &duplicate))
        return error_report(error, E_INVALIDARG, "The handle %p cannot be duplicated.", (void *)given);
    if (*token)
        platform_close_handle(*token);
    *token = duplicate;
    return S_OK;
}

static HRESULT set_assertion(WS_MESSAGE *message, WS_XML_BUFFER *given, WS_ERROR *error)
{
    if (!given)
    {
        message->security.saml_assertion = NULL;
        return S_OK;
    }
    if (!handle_is(given, HANDLE_XML_BUFFER))
        return handle_refuse(given, HANDLE_XML_BUFFER, error);
    return xml_buffer_copy(&message->heap, given, &message->security.saml_assertion, error);
}

static HRESULT set_protection(WS_MESSAGE *message, WS_PROTECTION_LEVEL level, WS_ERROR *error)
{
    if (level < WS_PROTECTION_LEVEL_NONE || level > WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT)
        return error_report(error, E_INVALIDARG, "There is no protection level %d.", (int)level);
    message->security.protection = level;
    return S_OK;
}

/* Whether it can be set at all. */
static bool is_settable(WS_MESSAGE_PROPERTY_ID id)
{
    switch (id)
    {
    case WS_MESSAGE_PROPERTY_IS_FAULT:
    case WS_MESSAGE_PROPERTY_USERNAME:
    case WS_MESSAGE_PROPERTY_ENCODED_CERT:
    case WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN:
    case WS_MESSAGE_PROPERTY_HTTP_HEADER_AUTH_WINDOWS_TOKEN:
    case WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN:
    case WS_MESSAGE_PROPERTY_SAML_ASSERTION:
    case WS_MESSAGE_PROPERTY_PROTECTION_LEVEL: return true;
    default: return false;
    }
}

static HRESULT set_value(WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, const union message_value *given,
                         WS_ERROR *error)
{
    switch (id)
    {
    case WS_MESSAGE_PROPERTY_IS_FAULT: message->is_fault = given->number != 0; return S_OK;
    case WS_MESSAGE_PROPERTY_USERNAME: return set_username(message, &given->string, error);
    case WS_MESSAGE_PROPERTY_ENCODED_CERT: return set_certificate(message, &given->bytes, error);
    case WS_MESSAGE_PROPERTY_SAML_ASSERTION: return set_assertion(message, given->pointer, error);
    case WS_MESSAGE_PROPERTY_PROTECTION_LEVEL:
        return set_protection(message, (WS_PROTECTION_LEVEL)given->number, error);
    default:
        return set_token(&message->security.tokens[id - WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN],
                         given->pointer, error);
    }
}

/* Observed on Windows: an empty message refuses all properties before it is looked at whether they can be set. */
static HRESULT set_property(WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, const void *value, ULONG size,
                            WS_ERROR *error)
{
    struct message_property property;
    union message_value given;
    HRESULT hr;

    if ((hr = message_check_state(message, NOT_EMPTY, error)) != S_OK)
        return hr;
    if (!is_settable(id) || !find_property(message, id, &property))
        return error_report(error, E_INVALIDARG, "There is no %s that can be set.", TRACE_NAME(MESSAGE_PROPERTY, id));
    if ((hr = property_set(CONSTANT_MESSAGE_PROPERTY, (ULONG)id, &given, property.size, value, size, error)) != S_OK)
        return hr;
    return set_value(message, id, &given, error);
}

/*
 * Gets a property of a message.
 *
 * In any state: STATE, ENVELOPE_VERSION, ADDRESSING_VERSION. In READING: BODY_READER; in WRITING: BODY_WRITER, which
 * are those that the program has given. In any but EMPTY: HEAP, whose allocations last until the message is reset;
 * HEADER_BUFFER, the envelope with an empty body; HEADER_POSITION, its Header; IS_ADDRESSED, IS_FAULT; and what a
 * channel has set: USERNAME, ENCODED_CERT, three tokens, SAML_ASSERTION, SECURITY_CONTEXT, PROTECTION_LEVEL.
 * Returns E_INVALIDARG (not a live message; an id that does not exist, or is only for creation; value is NULL,
 * valueSize is not the property's), WS_E_INVALID_OPERATION (not in this state), with *value untouched.
 * Source: the pages of WsGetMessageProperty and WS_MESSAGE_PROPERTY_ID; the versions in EMPTY observed on Windows.
 */
HRESULT WINAPI WsGetMessageProperty(WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, void *value, ULONG valueSize,
                                    WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
        hr = get_property(message, id, value, valueSize, error);
    TRACE_RESULT(hr, error, "WsGetMessageProperty(message=%p, id=%s, value=%p, valueSize=%u, error=%p) = 0x%08x%s",
                 (void *)message, TRACE_NAME(MESSAGE_PROPERTY, id), value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr, trace_out_property(hr, CONSTANT_MESSAGE_PROPERTY, (ULONG)id, value, valueSize).text);
    return hr;
}

/*
 * Sets a property of a message: IS_FAULT, or what a custom channel knows of the sender. What is referred to is copied,
 * a token duplicated.
 *
 * Returns E_INVALIDARG (not a live message; an id that does not exist or cannot be set; value is NULL, valueSize is not
 * the property's; a value that cannot be), WS_E_INVALID_OPERATION (the message is empty), WS_E_QUOTA_EXCEEDED (of its
 * heap), E_OUTOFMEMORY.
 * Source: the pages of WsSetMessageProperty and WS_MESSAGE_PROPERTY_ID; the order of checks observed on Windows.
 */
HRESULT WINAPI WsSetMessageProperty(WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id, const void *value, ULONG valueSize,
                                    WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
        hr = set_property(message, id, value, valueSize, error);
    TRACE_RESULT(hr, error, "WsSetMessageProperty(message=%p, id=%s, value=%s, valueSize=%u, error=%p) = 0x%08x",
                 (void *)message, TRACE_NAME(MESSAGE_PROPERTY, id),
                 trace_property(CONSTANT_MESSAGE_PROPERTY, (ULONG)id, value, valueSize).text, (unsigned)valueSize,
                 (void *)error, (unsigned)hr);
    return hr;
}
