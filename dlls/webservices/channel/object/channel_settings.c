/* SPDX-License-Identifier: MIT */
/*
 * channel_settings.c - the properties that a channel is created with: defaults, copies, and what goes together; see
 * channel_properties.h.
 *
 * Source: the page of WS_CHANNEL_PROPERTY_ID. That values are copied, observed on Windows; so is here all that they
 * refer to.
 */
#include "channel_properties.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/property.h"
#include "base/trace.h"
#include "endpoint_copy.h"
#include "listener.h"
#include "xml/buffer/buffer.h"

#include <string.h>

/* --- Defaults --- */

static void set_defaults(const struct transport *transport, const WS_LISTENER *listener,
                         struct channel_settings *settings)
{
    memset(settings, 0, sizeof(*settings));
    settings->max_buffered_size = 65536;
    settings->max_streamed_start = 16384;
    settings->max_streamed_size = 4194304;
    settings->max_streamed_flush = 65536;
    settings->max_dictionary_size = 2048;
    settings->trim_size = 65536;
    settings->max_request_headers = 65536;
    settings->max_server_connections = INFINITE;
    settings->transfer_mode = WS_BUFFERED_TRANSFER_MODE;
    settings->encoding = transport->encoding;
    settings->envelope_version = WS_ENVELOPE_VERSION_SOAP_1_2;
    settings->addressing_version = WS_ADDRESSING_VERSION_1_0;
    settings->callback_model = listener ? listener->settings.callback_model : WS_LONG_CALLBACK;
    settings->ip_version = listener ? listener->settings.ip_version : WS_IP_VERSION_AUTO;
    settings->resolve_timeout = INFINITE;
    settings->connect_timeout = settings->send_timeout = settings->response_timeout = settings->receive_timeout =
        settings->close_timeout = 30000;
    settings->multicast_hops = 1;
    settings->keep_alive_time = 2 * 60 * 60 * 1000;
    settings->keep_alive_interval = 1000;
    settings->enable_timeouts = TRUE;
    settings->faults_as_errors = TRUE;
    settings->cookie_mode = WS_AUTO_COOKIE_MODE;
    settings->proxy_mode = WS_HTTP_PROXY_SETTING_MODE_AUTO;
}

/* --- What is given --- */

static COLD HRESULT bad_value(WS_CHANNEL_PROPERTY_ID id, unsigned value, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "%s cannot be %u.", TRACE_NAME(CHANNEL_PROPERTY, id), value);
}

static HRESULT check_value(WS_CHANNEL_PROPERTY_ID id, const struct channel_property *property, void *place,
                           WS_ERROR *error)
{
    ULONG value;

    memcpy(&value, place, sizeof(value));
    switch (property->kind)
    {
    case PROPERTY_SIZE:
        if (property->size == sizeof(ULONG) ? value : *(const ULONGLONG *)place)
            return S_OK;
        return bad_value(id, value, error);
    case PROPERTY_ENUM: return value >= property->first && value <= property->last ? S_OK : bad_value(id, value, error);
    case PROPERTY_BOOL:
        value = value != 0;
        memcpy(place, &value, sizeof(value));
        return S_OK;
    default: return S_OK;
    }
}

static HRESULT set_given(const struct transport *transport, bool listener, const WS_CHANNEL_PROPERTY *given,
                         struct channel_settings *settings, uint64_t *ids, WS_ERROR *error)
{
    const struct channel_property *property = channel_property(given->id);
    void *place;
    HRESULT hr;

    if (!property)
        return property_unknown(CONSTANT_CHANNEL_PROPERTY, (ULONG)given->id, error);
    if (!(channel_property_use(property, listener)->create & (1u << transport->binding)))
        return error_report(error, E_INVALIDARG, "A channel %s with %s cannot be created with %s.",
                            listener ? "of a listener" : "of a client", TRACE_NAME(CHANNEL_BINDING, transport->binding),
                            TRACE_NAME(CHANNEL_PROPERTY, given->id));
    *ids |= (uint64_t)1 << given->id;
    if (property->kind == PROPERTY_MEMORY)
    {
        settings->parameters = given->value;
        settings->parameters_size = given->valueSize;
        return S_OK;
    }
    place = (char *)settings + property->offset;
    if ((hr = property_set(CONSTANT_CHANNEL_PROPERTY, (ULONG)given->id, place, property->size, given->value,
                           given->valueSize, error)) != S_OK)
        return hr;
    return check_value(given->id, property, place, error);
}

static bool has(uint64_t ids, WS_CHANNEL_PROPERTY_ID id)
{
    return ids >> id & 1;
}

/* Without timeouts those that are not given are infinite. */
static void set_timeouts(struct channel_settings *settings, uint64_t ids)
{
    if (settings->enable_timeouts)
        return;
    if (!has(ids, WS_CHANNEL_PROPERTY_RESOLVE_TIMEOUT))
        settings->resolve_timeout = INFINITE;
    if (!has(ids, WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT))
        settings->connect_timeout = INFINITE;
    if (!has(ids, WS_CHANNEL_PROPERTY_SEND_TIMEOUT))
        settings->send_timeout = INFINITE;
    if (!has(ids, WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT))
        settings->response_timeout = INFINITE;
    if (!has(ids, WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT))
        settings->receive_timeout = INFINITE;
    if (!has(ids, WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT))
        settings->close_timeout = INFINITE;
}

/* --- What goes together --- */

/* Raw bytes have no envelope, and what has none has no headers for addressing. */
static HRESULT check_versions(const struct transport *transport, struct channel_settings *settings, uint64_t ids,
                              WS_ERROR *error)
{
    const bool is_raw = settings->encoding == WS_ENCODING_RAW;

    if (is_raw && !has(ids, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION))
        settings->envelope_version = WS_ENVELOPE_VERSION_NONE;
    if (is_raw && !has(ids, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION))
        settings->addressing_version = WS_ADDRESSING_VERSION_TRANSPORT;
    if (!(transport->encodings >> settings->encoding & 1))
        return error_report(error, E_INVALIDARG, "%s cannot be used with %s.", TRACE_NAME(ENCODING, settings->encoding),
                            TRACE_NAME(CHANNEL_BINDING, transport->binding));
    if (settings->addressing_version == WS_ADDRESSING_VERSION_TRANSPORT && !transport->carries_addressing)
        return error_report(error, E_INVALIDARG, "%s cannot be used with %s.",
                            TRACE_NAME(ADDRESSING_VERSION, settings->addressing_version),
                            TRACE_NAME(CHANNEL_BINDING, transport->binding));
    if (is_raw != (settings->envelope_version == WS_ENVELOPE_VERSION_NONE))
        return error_report(error, E_INVALIDARG, "%s cannot be used with %s.", TRACE_NAME(ENCODING, settings->encoding),
                            TRACE_NAME(ENVELOPE_VERSION, settings->envelope_version));
    if (settings->envelope_version == WS_ENVELOPE_VERSION_NONE &&
        settings->addressing_version != WS_ADDRESSING_VERSION_TRANSPORT)
        return error_report(error, E_INVALIDARG, "%s cannot be used with %s.",
                            TRACE_NAME(ENVELOPE_VERSION, settings->envelope_version),
                            TRACE_NAME(ADDRESSING_VERSION, settings->addressing_version));
    return S_OK;
}

/* A property that is not given does not need anything. */
static HRESULT needs(uint64_t ids, WS_CHANNEL_PROPERTY_ID id, bool there, const char *what, WS_ERROR *error)
{
    if (there || !has(ids, id))
        return S_OK;
    return error_report(error, E_INVALIDARG, "%s cannot be given without %s.", TRACE_NAME(CHANNEL_PROPERTY, id), what);
}

static HRESULT check_modes(const struct channel_settings *settings, uint64_t ids, WS_ERROR *error)
{
    static const char buffered[] = "buffered input or output", streamed[] = "streamed input or output";
    static const char keep_alives[] = "WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES";
    const bool is_streamed = settings->transfer_mode != WS_BUFFERED_TRANSFER_MODE;
    const bool is_buffered = settings->transfer_mode != WS_STREAMED_TRANSFER_MODE;
    const bool in = settings->transfer_mode & WS_STREAMED_INPUT_TRANSFER_MODE;
    const bool out = settings->transfer_mode & WS_STREAMED_OUTPUT_TRANSFER_MODE;
    HRESULT hr;

    if ((hr = needs(ids, WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, is_buffered, buffered, error)) != S_OK ||
        (hr = needs(ids, WS_CHANNEL_PROPERTY_TRIM_BUFFERED_MESSAGE_SIZE, is_buffered, buffered, error)) != S_OK ||
        (hr = needs(ids, WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, is_streamed, streamed, error)) != S_OK ||
        (hr = needs(ids, WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE, in, "streamed input", error)) != S_OK ||
        (hr = needs(ids, WS_CHANNEL_PROPERTY_MAX_STREAMED_FLUSH_SIZE, out, "streamed output", error)) != S_OK ||
        (hr = needs(ids, WS_CHANNEL_PROPERTY_KEEP_ALIVE_TIME, settings->send_keep_alives, keep_alives, error)) != S_OK)
        return hr;
    return needs(ids, WS_CHANNEL_PROPERTY_KEEP_ALIVE_INTERVAL, settings->send_keep_alives, keep_alives, error);
}

static COLD HRESULT is_missing(const char *what, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "%s is missing.", what);
}

static HRESULT check_callbacks(const struct transport *transport, const struct channel_settings *settings, uint64_t ids,
                               WS_ERROR *error)
{
    const WS_CHANNEL_ENCODER *encoder = &settings->encoder;
    const WS_CHANNEL_DECODER *decoder = &settings->decoder;

    if (has(ids, WS_CHANNEL_PROPERTY_ENCODER) &&
        (!encoder->createEncoderCallback || !encoder->encoderGetContentTypeCallback || !encoder->encoderStartCallback ||
         !encoder->encoderEncodeCallback || !encoder->encoderEndCallback || !encoder->freeEncoderCallback))
        return is_missing("A callback of WS_CHANNEL_PROPERTY_ENCODER", error);
    if (has(ids, WS_CHANNEL_PROPERTY_DECODER) &&
        (!decoder->createDecoderCallback || !decoder->decoderGetContentTypeCallback || !decoder->decoderStartCallback ||
         !decoder->decoderDecodeCallback || !decoder->decoderEndCallback || !decoder->freeDecoderCallback))
        return is_missing("A callback of WS_CHANNEL_PROPERTY_DECODER", error);
    if (has(ids, WS_CHANNEL_PROPERTY_HTTP_REDIRECT_CALLBACK_CONTEXT) && !settings->redirect.callback)
        return is_missing("The callback of WS_CHANNEL_PROPERTY_HTTP_REDIRECT_CALLBACK_CONTEXT", error);
    if (settings->proxy_mode == WS_HTTP_PROXY_SETTING_MODE_CUSTOM && !has(ids, WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY))
        return is_missing("WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY", error);
    if (transport->is_custom && !has(ids, WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS))
        return is_missing("WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS", error);
    return S_OK;
}

/* --- Copies --- */

/* One block for the pointers and the mappings; the names are copied by themselves. */
static HRESULT copy_mappings(WS_HEAP *heap, WS_HTTP_HEADER_MAPPING ***mappings, ULONG count, WS_ERROR *error)
{
    WS_HTTP_HEADER_MAPPING **from = *mappings, *mapping;
    void *copy;
    HRESULT hr;
    ULONG i;

    if ((hr = array_copy(heap, from, count, sizeof(*from), &copy, "A list of HTTP header mappings", error)) != S_OK)
        return hr;
    *mappings = copy;
    for (i = 0; i < count; i++)
    {
        if (!from[i])
            return error_report(error, E_INVALIDARG, "The HTTP header mapping %u is NULL.", (unsigned)i);
        if ((hr = array_copy(heap, from[i], 1, sizeof(*from[i]), &copy, "An HTTP header mapping", error)) != S_OK)
            return hr;
        mapping = (*mappings)[i] = copy;
        if (mapping->headerName.length && !mapping->headerName.bytes)
            return error_report(error, E_INVALIDARG, "The name of the HTTP header mapping %u is at NULL.", (unsigned)i);
        if ((hr = xml_string_copy(heap, &mapping->headerName, &mapping->headerName, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT copy_mapping(WS_HEAP *heap, struct channel_settings *settings, WS_ERROR *error)
{
    WS_HTTP_MESSAGE_MAPPING *mapping = &settings->mapping;
    HRESULT hr;

    if ((mapping->requestMappingOptions || mapping->responseMappingOptions) && settings->encoding != WS_ENCODING_RAW)
        return error_report(error, E_INVALIDARG,
                            "Only with WS_ENCODING_RAW can the options of WS_CHANNEL_PROPERTY_HTTP_MESSAGE_MAPPING be "
                            "other than 0.");
    if (mapping->requestMappingOptions & ~(ULONG)WS_HTTP_REQUEST_MAPPING_VERB ||
        mapping->responseMappingOptions &
            ~(ULONG)(WS_HTTP_RESPONSE_MAPPING_STATUS_CODE | WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT))
        return error_report(error, E_INVALIDARG,
                            "There are no such mapping options: 0x%x of requests, 0x%x of responses.",
                            (unsigned)mapping->requestMappingOptions, (unsigned)mapping->responseMappingOptions);
    if ((hr = copy_mappings(heap, &mapping->requestHeaderMappings, mapping->requestHeaderMappingCount, error)) != S_OK)
        return hr;
    return copy_mappings(heap, &mapping->responseHeaderMappings, mapping->responseHeaderMappingCount, error);
}

static HRESULT copy_proxy(WS_HEAP *heap, WS_CUSTOM_HTTP_PROXY *proxy, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = string_copy(heap, &proxy->servers, &proxy->servers, "The list of HTTP proxies", error)) != S_OK)
        return hr;
    return string_copy(heap, &proxy->bypass, &proxy->bypass, "The list of hosts without an HTTP proxy", error);
}

static HRESULT copy_values(WS_HEAP *heap, struct channel_settings *settings, WS_ERROR *error)
{
    void *parameters;
    HRESULT hr;

    if ((hr = array_copy(heap, settings->parameters, settings->parameters_size, 1, &parameters,
                         "WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS", error)) != S_OK ||
        (hr = copy_mapping(heap, settings, error)) != S_OK)
        return hr;
    settings->parameters = parameters;
    return copy_proxy(heap, &settings->proxy, error);
}

HRESULT channel_settings_make(const struct transport *transport, const WS_LISTENER *listener,
                              const WS_CHANNEL_PROPERTY *given, ULONG count, struct channel_settings *settings,
                              struct _WS_HEAP *heap, WS_ERROR *error)
{
    uint64_t ids = 0;
    HRESULT hr;
    ULONG i;

    if (count && !given)
        return error_report(error, E_INVALIDARG, "The array of %u channel properties is NULL.", (unsigned)count);
    set_defaults(transport, listener, settings);
    for (i = 0; i < count; i++)
        if ((hr = set_given(transport, listener, &given[i], settings, &ids, error)) != S_OK)
            return hr;
    set_timeouts(settings, ids);
    if ((!transport->is_custom && (hr = check_versions(transport, settings, ids, error)) != S_OK) ||
        (hr = check_modes(settings, ids, error)) != S_OK ||
        (hr = check_callbacks(transport, settings, ids, error)) != S_OK)
        return hr;
    heap_init_member(heap, SIZE_MAX);
    if ((hr = copy_values(heap, settings, error)) != S_OK)
        arena_release(&heap->arena);
    return hr;
}
