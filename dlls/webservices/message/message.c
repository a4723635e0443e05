/* SPDX-License-Identifier: MIT */
/* message.c - WsCreateMessage, WsResetMessage, WsFreeMessage; see message_object.h. */
#include "message_object.h"

#include "base/constants.h"
#include "base/memory.h"
#include "base/property.h"
#include "base/trace.h"
#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

#include <string.h>

static struct handle_pool message_pool = {
    .tag = HANDLE_MESSAGE, .size = sizeof(struct _WS_MESSAGE), .what = "message objects"};

/*
 * The pages name no defaults for the heap. These hold 64 KB of headers of a usual size, which is what channels buffer
 * by default of a whole message; and for the headers that most messages have, no memory is taken from the system after
 * the first one.
 */
#define DEFAULT_HEAP_SIZE   ((size_t)1 << 20)
#define DEFAULT_HEAP_TRIM   ((size_t)16 << 10)
#define DEFAULT_MAX_HEADERS 64u /* documented */

/* --- Whether it can be used --- */

HRESULT message_refuse(WS_MESSAGE *message, WS_ERROR *error)
{
    if (!handle_is(message, HANDLE_MESSAGE))
        return handle_refuse(message, HANDLE_MESSAGE, error);
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The message cannot be used while a callback is running that it has called.");
}

HRESULT message_wrong_state(const WS_MESSAGE *message, unsigned states, WS_ERROR *error)
{
    uint32_t wanted = WS_MESSAGE_STATE_EMPTY;

    if (states == NOT_EMPTY)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The message is in WS_MESSAGE_STATE_EMPTY: it must be initialized or read first.");
    while (!(states & (1u << wanted)))
        wanted++;
    return error_report(error, WS_E_INVALID_OPERATION, "The message is in %s, and must be in %s%s.",
                        constant_name(CONSTANT_MESSAGE_STATE, (uint32_t)message->state).text,
                        constant_name(CONSTANT_MESSAGE_STATE, wanted).text,
                        wanted == WS_MESSAGE_STATE_EMPTY ? ", as WsResetMessage makes it" : "");
}

/* --- Creation --- */

/* What a message is created with. */
struct settings
{
    SIZE_T heap_size, heap_trim;
    ULONG max_headers;
    WS_XML_READER_PROPERTIES reader;
    WS_XML_WRITER_PROPERTIES writer;
};

static COLD HRESULT array_is_null(ULONG count, const char *what, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "The array of %u %s properties is NULL.", (unsigned)count, what);
}

static HRESULT set_heap(struct settings *settings, const WS_HEAP_PROPERTIES *given, WS_ERROR *error)
{
    const WS_HEAP_PROPERTY *property;
    SIZE_T *place;
    HRESULT hr;
    ULONG i;

    if (given->propertyCount && !given->properties)
        return array_is_null(given->propertyCount, "heap", error);
    for (i = 0; i < given->propertyCount; i++)
    {
        property = &given->properties[i];
        switch (property->id)
        {
        case WS_HEAP_PROPERTY_MAX_SIZE: place = &settings->heap_size; break;
        case WS_HEAP_PROPERTY_TRIM_SIZE: place = &settings->heap_trim; break;
        default:
            return error_report(error, E_INVALIDARG, "The heap of a message cannot be given %s.",
                                constant_name(CONSTANT_HEAP_PROPERTY, (uint32_t)property->id).text);
        }
        if ((hr = property_set(CONSTANT_HEAP_PROPERTY, (ULONG)property->id, place, sizeof(*place), property->value,
                               property->valueSize, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* Of those that a reader has, the ones that the page of WS_MESSAGE_PROPERTY_ID names. */
static HRESULT check_reader(const WS_XML_READER_PROPERTIES *given, WS_ERROR *error)
{
    ULONG i;

    if (given->propertyCount && !given->properties)
        return array_is_null(given->propertyCount, "reader", error);
    for (i = 0; i < given->propertyCount; i++)
        if (given->properties[i].id == WS_XML_READER_PROPERTY_ALLOW_FRAGMENT)
            return error_report(error, E_INVALIDARG, "The readers of a message cannot be given %s.",
                                TRACE_NAME(READER_PROPERTY, given->properties[i].id));
    return S_OK;
}

static HRESULT check_writer(const WS_XML_WRITER_PROPERTIES *given, WS_ERROR *error)
{
    ULONG i;

    if (given->propertyCount && !given->properties)
        return array_is_null(given->propertyCount, "writer", error);
    for (i = 0; i < given->propertyCount; i++)
        switch (given->properties[i].id)
        {
        case WS_XML_WRITER_PROPERTY_MAX_DEPTH:
        case WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES:
        case WS_XML_WRITER_PROPERTY_WRITE_DECLARATION:
        case WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE:
        case WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE:
        case WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES:
        case WS_XML_WRITER_PROPERTY_MAX_NAMESPACES: break;
        default:
            return error_report(error, E_INVALIDARG, "The writers of a message cannot be given %s.",
                                TRACE_NAME(WRITER_PROPERTY, given->properties[i].id));
        }
    return S_OK;
}

static HRESULT set_property(struct settings *settings, const WS_MESSAGE_PROPERTY *given, WS_ERROR *error)
{
    const ULONG id = (ULONG)given->id;
    WS_HEAP_PROPERTIES heap;
    HRESULT hr;

    switch (given->id)
    {
    case WS_MESSAGE_PROPERTY_HEAP_PROPERTIES:
        hr = property_set(CONSTANT_MESSAGE_PROPERTY, id, &heap, sizeof(heap), given->value, given->valueSize, error);
        return hr == S_OK ? set_heap(settings, &heap, error) : hr;
    case WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES:
        hr = property_set(CONSTANT_MESSAGE_PROPERTY, id, &settings->reader, sizeof(settings->reader), given->value,
                          given->valueSize, error);
        return hr == S_OK ? check_reader(&settings->reader, error) : hr;
    case WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES:
        hr = property_set(CONSTANT_MESSAGE_PROPERTY, id, &settings->writer, sizeof(settings->writer), given->value,
                          given->valueSize, error);
        return hr == S_OK ? check_writer(&settings->writer, error) : hr;
    case WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS:
        return property_set(CONSTANT_MESSAGE_PROPERTY, id, &settings->max_headers, sizeof(settings->max_headers),
                            given->value, given->valueSize, error);
    default:
        return error_report(error, E_INVALIDARG, "A message cannot be created with %s.",
                            TRACE_NAME(MESSAGE_PROPERTY, id));
    }
}

/* An envelope without SOAP has nothing that addressing in it could be defined for. */
static HRESULT check_versions(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, WS_ERROR *error)
{
    if (!soap_version(envelope))
        return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(ENVELOPE_VERSION, envelope));
    if (!addressing_version(addressing))
        return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(ADDRESSING_VERSION, addressing));
    if (envelope == WS_ENVELOPE_VERSION_NONE && addressing != WS_ADDRESSING_VERSION_TRANSPORT)
        return error_report(error, E_INVALIDARG, "%s cannot be used with %s.", TRACE_NAME(ENVELOPE_VERSION, envelope),
                            TRACE_NAME(ADDRESSING_VERSION, addressing));
    return S_OK;
}

static HRESULT make(const struct settings *settings, WS_MESSAGE **ret, WS_ERROR *error)
{
    WS_XML_READER *reader = NULL;
    WS_XML_WRITER *writer = NULL;
    WS_MESSAGE *message;
    HRESULT hr;

    if ((hr = reader_create(settings->reader.properties, settings->reader.propertyCount, &reader, error)) != S_OK)
        return hr;
    if ((hr = writer_create(settings->writer.properties, settings->writer.propertyCount, &writer, error)) != S_OK)
        goto failed;
    if (!(message = handle_take(&message_pool)))
    {
        hr = error_report(error, E_OUTOFMEMORY, "There is no memory for another message.");
        goto failed;
    }
    memset((char *)message + sizeof(message->handle), 0, sizeof(*message) - sizeof(message->handle));
    message->state = WS_MESSAGE_STATE_EMPTY;
    message->max_headers = settings->max_headers;
    message->security.protection = WS_PROTECTION_LEVEL_NONE;
    message->reader = reader;
    message->writer = writer;
    heap_init_member_to_reset(&message->heap, settings->heap_size, settings->heap_trim);
    message->heap.sized_by = "WS_MESSAGE_PROPERTY_HEAP_PROPERTIES";
    message->heap.arena.closed |= trace_on; /* programs use it, too: every call of WsAlloc is to be seen */
    *ret = message;
    return S_OK;

failed:
    if (writer)
        writer_free(writer);
    reader_free(reader);
    return hr;
}

HRESULT message_create(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing,
                       const WS_MESSAGE_PROPERTY *properties, ULONG count, WS_MESSAGE **ret, WS_ERROR *error)
{
    struct settings settings = {DEFAULT_HEAP_SIZE, DEFAULT_HEAP_TRIM, DEFAULT_MAX_HEADERS, {NULL, 0}, {NULL, 0}};
    WS_MESSAGE *message = NULL;
    HRESULT hr;
    ULONG i;

    if (!ret)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the message is NULL.");
    if ((hr = check_versions(envelope, addressing, error)) != S_OK)
        return hr;
    if (count && !properties)
        return array_is_null(count, "message", error);
    for (i = 0; i < count; i++)
        if ((hr = set_property(&settings, &properties[i], error)) != S_OK)
            return hr;
    if ((hr = make(&settings, &message, error)) != S_OK)
        return hr;
    message->envelope_version = envelope;
    message->addressing_version = addressing;
    message->soap = soap_version(envelope);
    message->addressing = addressing_version(addressing);
    handle_publish(&message_pool, message);
    *ret = message;
    return S_OK;
}

HRESULT message_get_facts(WS_MESSAGE *message, struct message_facts *facts, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
    {
        facts->state = message->state;
        facts->envelope_version = message->envelope_version;
        facts->addressing_version = message->addressing_version;
        facts->is_addressed = message->is_addressed;
        facts->is_fault = message->is_fault;
    }
    return hr;
}

/* --- Reset and end --- */

void message_clear(WS_MESSAGE *message)
{
    size_t i;

    for (i = 0; i < sizeof(message->security.tokens) / sizeof(message->security.tokens[0]); i++)
        if (message->security.tokens[i])
            platform_close_handle(message->security.tokens[i]);
    memset(&message->security, 0, sizeof(message->security));
    message->security.protection = WS_PROTECTION_LEVEL_NONE;
    message->state = WS_MESSAGE_STATE_EMPTY;
    message->buffer = message->mapped_buffer = NULL;
    /* Whoever has got it in a callback, and kept it, cannot write to where the headers were. */
    if (message->writer)
        writer_reset(message->writer);
    message->writer_place = NULL;
    message->envelope = message->header = message->body = message->next = NULL;
    message->place = BEFORE_ENVELOPE;
    message->mapped = NULL;
    message->is_addressed = message->is_fault = FALSE;
    message->body_reader = NULL;
    message->body_writer = NULL;
    arena_reset(&message->heap.arena);
}

/* What is to be called once the message does not use the program's reader or writer any more. */
struct done
{
    WS_MESSAGE_DONE_CALLBACK callback;
    void *state;
};

static struct done take_done(WS_MESSAGE *message)
{
    struct done done = {message->done, message->done_state};

    message->done = NULL;
    message->done_state = NULL;
    return done;
}

static void call_done(const struct done *done)
{
    if (done->callback)
        done->callback(done->state);
}

/* The program's reader or writer may be in other use by now: they are not touched. */
static void free_message(WS_MESSAGE *message)
{
    struct done done = take_done(message);

    message_clear(message);
    arena_release(&message->heap.arena);
    message->heap.handle.tag = HANDLE_FREED;
    if (message->reader)
        reader_free(message->reader);
    if (message->writer)
        writer_free(message->writer);
    handle_put_back(&message_pool, message);
    call_done(&done);
}

HRESULT message_end_use(WS_MESSAGE *message, HRESULT hr)
{
    message->busy = false;
    if (UNLIKELY(message->free_later))
        free_message(message);
    return hr;
}

/* The callback is the last thing: it may free the message. */
static void reset(WS_MESSAGE *message)
{
    struct done done = take_done(message);

    message_clear(message);
    call_done(&done);
}

/* --- The exported functions --- */

/*
 * Creates a message, which is EMPTY.
 *
 * envelopeVersion, addressingVersion: any, but without SOAP there is no addressing in the envelope.
 * properties: HEAP_PROPERTIES (MAX_SIZE, here 1 MB by default, and TRIM_SIZE, here 16 KB), XML_READER_PROPERTIES and
 *      XML_WRITER_PROPERTIES (those that the page of WS_MESSAGE_PROPERTY_ID names), MAX_PROCESSED_HEADERS (64).
 * message: receives it, for WsFreeMessage. Untouched on failure.
 * Returns E_INVALIDARG (message is NULL; versions that do not exist, or not together; a property that does not exist or
 * cannot be given, or has another size), E_OUTOFMEMORY.
 * Source: the pages of WsCreateMessage and WS_MESSAGE_PROPERTY_ID; which versions go together, and that they cannot be
 * given as properties, observed on Windows.
 */
HRESULT WINAPI WsCreateMessage(WS_ENVELOPE_VERSION envelopeVersion, WS_ADDRESSING_VERSION addressingVersion,
                               const WS_MESSAGE_PROPERTY *properties, ULONG propertyCount, WS_MESSAGE **message,
                               WS_ERROR *error)
{
    HRESULT hr = message_create(envelopeVersion, addressingVersion, properties, propertyCount, message, error);

    TRACE_RESULT(hr, error,
                 "WsCreateMessage(envelopeVersion=%s, addressingVersion=%s, properties=%s, propertyCount=%u, "
                 "message=%p, error=%p) = 0x%08x%s",
                 TRACE_NAME(ENVELOPE_VERSION, envelopeVersion), TRACE_NAME(ADDRESSING_VERSION, addressingVersion),
                 trace_properties(CONSTANT_MESSAGE_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
                 (void *)message, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "message", hr == S_OK ? *message : NULL).text);
    return hr;
}

/*
 * Makes a message EMPTY: its headers and what else is in its heap are gone. Then calls the callback that
 * WsReadEnvelopeStart or WsWriteEnvelopeStart was given. The reader or writer itself is not touched.
 *
 * Returns E_INVALIDARG (not a live message), WS_E_INVALID_OPERATION (called from a callback that the message has
 * called).
 * Source: the pages of WsResetMessage and WS_MESSAGE_DONE_CALLBACK; that an empty message can be reset, and that the
 * reader and writer may be in other use, observed on Windows.
 */
HRESULT WINAPI WsResetMessage(WS_MESSAGE *message, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
        reset(message);
    TRACE_RESULT(hr, error, "WsResetMessage(message=%p, error=%p) = 0x%08x", (void *)message, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Frees a message in any state, and calls the callback as WsResetMessage() does. NULL, or what is not a live message,
 * is ignored. From a callback that the message has called it is freed when that has returned.
 * Source: the pages of WsFreeMessage and WS_MESSAGE_DONE_CALLBACK.
 */
void WINAPI WsFreeMessage(WS_MESSAGE *message)
{
    if (handle_is(message, HANDLE_MESSAGE))
    {
        if (message->busy)
            message->free_later = true;
        else
            free_message(message);
    }
    TRACE("WsFreeMessage(message=%p)", (void *)message);
}
