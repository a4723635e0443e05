/* SPDX-License-Identifier: MIT */
/*
 * channel_properties.c - WsGetChannelProperty, WsSetChannelProperty, and the table of properties; see
 * channel_properties.h.
 *
 * Source: the page of WS_CHANNEL_PROPERTY_ID, whose sentences about who can do what with which binding are the table;
 * what was observed on Windows agrees with it. What is always the same, as the encoding of UDP, can be got there (our
 * choice). A custom channel answers for all that the object does not know.
 */
#include "channel_properties.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/property.h"
#include "base/trace.h"

#include <stddef.h>

/* SOCKADDR_STORAGE of Windows, which native builds may not have. */
#define ADDRESS_SIZE 128u

#define MEMBER(member)    offsetof(struct channel_settings, member), sizeof(((struct channel_settings *)NULL)->member)
#define VALUE(member)     PROPERTY_VALUE, MEMBER(member)
#define SIZE(member)      PROPERTY_SIZE, MEMBER(member)
#define FLAG(member)      PROPERTY_BOOL, MEMBER(member)
#define CHOICE(member)    PROPERTY_ENUM, MEMBER(member)
#define KNOWN(what, size) what, 0, (uint16_t)(size)
#define NEVER \
    { \
        0, 0, 0 \
    }
#define BUFFERED (ON_SESSION | ON_HTTP)
#define CLIENT   (ON_SESSION | ON_HTTP)

/* clang-format off: who can create with, get and set: a client's channel; one for a listener; the least and the greatest */
static const struct channel_property properties[] = {
    [WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE] =
        {SIZE(max_buffered_size), {BUFFERED, ON_ALL, 0}, {BUFFERED, ON_ALL, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE] =
        {SIZE(max_streamed_size), {ON_HTTP, ON_HTTP, 0}, {ON_HTTP, ON_HTTP, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE] =
        {SIZE(max_streamed_start), {ON_HTTP, ON_HTTP, 0}, {ON_HTTP, ON_HTTP, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_MAX_STREAMED_FLUSH_SIZE] =
        {VALUE(max_streamed_flush), {ON_HTTP, ON_HTTP, 0}, {ON_HTTP, ON_HTTP, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_ENCODING] = {CHOICE(encoding),
                                      {ON_TCP | ON_HTTP, ON_ALL, 0},
                                      {ON_TCP | ON_HTTP, ON_ALL, 0},
                                      WS_ENCODING_XML_BINARY_1,
                                      WS_ENCODING_RAW},
    [WS_CHANNEL_PROPERTY_ENVELOPE_VERSION] = {CHOICE(envelope_version),
                                              {ON_ALL & ~ON_PIPE, ON_ALL, 0},
                                              {ON_ALL & ~ON_PIPE, ON_ALL, 0},
                                              WS_ENVELOPE_VERSION_SOAP_1_1,
                                              WS_ENVELOPE_VERSION_NONE},
    [WS_CHANNEL_PROPERTY_ADDRESSING_VERSION] = {CHOICE(addressing_version),
                                                {ON_ALL, ON_ALL, 0},
                                                {ON_ALL, ON_ALL, 0},
                                                WS_ADDRESSING_VERSION_0_9,
                                                WS_ADDRESSING_VERSION_TRANSPORT},
    [WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE] =
        {VALUE(max_dictionary_size), {ON_SESSION, ON_SESSION, 0}, {ON_SESSION, ON_SESSION, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_STATE] = {KNOWN(PROPERTY_OBJECT, sizeof(WS_CHANNEL_STATE)),
                                   {0, ON_ALL | ON_CUSTOM, 0},
                                   {0, ON_ALL | ON_CUSTOM, 0},
                                   0,
                                   0},
    [WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL] = {CHOICE(callback_model),
                                                  {ON_ALL | ON_CUSTOM, ON_ALL | ON_CUSTOM, 0},
                                                  {0, ON_ALL | ON_CUSTOM, 0},
                                                  WS_SHORT_CALLBACK,
                                                  WS_LONG_CALLBACK},
    [WS_CHANNEL_PROPERTY_IP_VERSION] = {CHOICE(ip_version),
                                        {ON_TCP | ON_UDP, ON_TCP | ON_UDP, 0},
                                        {0, ON_TCP | ON_UDP, 0},
                                        WS_IP_VERSION_4,
                                        WS_IP_VERSION_AUTO},
    [WS_CHANNEL_PROPERTY_RESOLVE_TIMEOUT] = {VALUE(resolve_timeout), {ON_HTTP, ON_HTTP, ON_HTTP}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT] = {VALUE(connect_timeout), {CLIENT, CLIENT, CLIENT}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_SEND_TIMEOUT] =
        {VALUE(send_timeout), {CLIENT, CLIENT, CLIENT}, {ON_SESSION, ON_SESSION, ON_SESSION}, 0, 0},
    [WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT] =
        {VALUE(response_timeout), {ON_HTTP, ON_HTTP, ON_HTTP}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT] =
        {VALUE(receive_timeout), {CLIENT, CLIENT, CLIENT}, {ON_SESSION, ON_SESSION, ON_SESSION}, 0, 0},
    [WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT] =
        {VALUE(close_timeout), {ON_SESSION, ON_SESSION, ON_SESSION}, {ON_SESSION, ON_SESSION, ON_SESSION}, 0, 0},
    [WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS] = {FLAG(enable_timeouts), {ON_ALL, 0, 0}, {ON_ALL, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_TRANSFER_MODE] = {CHOICE(transfer_mode),
                                           {ON_HTTP, ON_ALL, 0},
                                           {ON_HTTP, ON_ALL, 0},
                                           WS_BUFFERED_TRANSFER_MODE,
                                           WS_STREAMED_TRANSFER_MODE},
    [WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE] =
        {VALUE(multicast_interface), {ON_UDP, ON_UDP, ON_UDP}, {ON_UDP, ON_UDP, ON_UDP}, 0, 0},
    [WS_CHANNEL_PROPERTY_MULTICAST_HOPS] = {VALUE(multicast_hops), {ON_UDP, ON_UDP, 0}, {ON_UDP, ON_UDP, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_REMOTE_ADDRESS] =
        {KNOWN(PROPERTY_TRANSPORT, sizeof(WS_ENDPOINT_ADDRESS)), {0, ON_UDP, 0}, {0, ON_UDP, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS] =
        {KNOWN(PROPERTY_TRANSPORT, ADDRESS_SIZE), {0, ON_TCP | ON_UDP, 0}, {0, ON_TCP | ON_UDP | ON_HTTP, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID] =
        {KNOWN(PROPERTY_TRANSPORT, sizeof(ULONGLONG)), NEVER, {0, ON_HTTP, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS] = {VALUE(callbacks), {ON_CUSTOM, 0, 0}, {ON_CUSTOM, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS] =
        {KNOWN(PROPERTY_MEMORY, 0), {ON_CUSTOM, 0, 0}, {ON_CUSTOM, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_INSTANCE] =
        {KNOWN(PROPERTY_TRANSPORT, sizeof(void *)), {0, ON_CUSTOM, 0}, {0, ON_CUSTOM, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_TRANSPORT_URL] = {KNOWN(PROPERTY_TRANSPORT, sizeof(WS_STRING)), NEVER, {0, CLIENT, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_NO_DELAY] = {FLAG(no_delay), {ON_TCP, ON_TCP, ON_TCP}, {ON_TCP, ON_TCP, ON_TCP}, 0, 0},
    [WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES] = {FLAG(send_keep_alives), {ON_TCP, 0, 0}, {ON_TCP, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_KEEP_ALIVE_TIME] = {VALUE(keep_alive_time), {ON_TCP, 0, 0}, {ON_TCP, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_KEEP_ALIVE_INTERVAL] = {VALUE(keep_alive_interval), {ON_TCP, 0, 0}, {ON_TCP, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_MAX_HTTP_SERVER_CONNECTIONS] = {SIZE(max_server_connections), {ON_HTTP, 0, 0}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN] =
        {KNOWN(PROPERTY_OBJECT, sizeof(BOOL)), {0, ON_SESSION, 0}, {0, ON_SESSION, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_CHANNEL_TYPE] =
        {KNOWN(PROPERTY_OBJECT, sizeof(WS_CHANNEL_TYPE)), {0, ON_ALL | ON_CUSTOM, 0}, {0, ON_ALL | ON_CUSTOM, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_TRIM_BUFFERED_MESSAGE_SIZE] =
        {VALUE(trim_size), {BUFFERED, ON_ALL, 0}, {BUFFERED, ON_ALL, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_ENCODER] = {VALUE(encoder), {BUFFERED, 0, 0}, {BUFFERED, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_DECODER] = {VALUE(decoder), {BUFFERED, 0, 0}, {BUFFERED, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_PROTECTION_LEVEL] =
        {KNOWN(PROPERTY_OBJECT, sizeof(WS_PROTECTION_LEVEL)), {0, ON_ALL, 0}, {0, ON_ALL, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_COOKIE_MODE] =
        {CHOICE(cookie_mode), {ON_HTTP, 0, 0}, NEVER, WS_MANUAL_COOKIE_MODE, WS_AUTO_COOKIE_MODE},
    [WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE] = {CHOICE(proxy_mode),
                                                     {ON_HTTP, 0, 0},
                                                     NEVER,
                                                     WS_HTTP_PROXY_SETTING_MODE_AUTO,
                                                     WS_HTTP_PROXY_SETTING_MODE_CUSTOM},
    [WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY] = {VALUE(proxy), {ON_HTTP, 0, 0}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_HTTP_MESSAGE_MAPPING] = {VALUE(mapping), {ON_HTTP, 0, 0}, {ON_HTTP, 0, 0}, 0, 0},
    [WS_CHANNEL_PROPERTY_ENABLE_HTTP_REDIRECT] = {FLAG(enable_redirect), {ON_HTTP, 0, 0}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_HTTP_REDIRECT_CALLBACK_CONTEXT] = {VALUE(redirect), {ON_HTTP, 0, 0}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_FAULTS_AS_ERRORS] = {FLAG(faults_as_errors), {ON_ALL, ON_ALL, ON_ALL}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_ALLOW_UNSECURED_FAULTS] =
        {FLAG(allow_unsecured_faults), {CLIENT, CLIENT, CLIENT}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_HTTP_SERVER_SPN] = {KNOWN(PROPERTY_TRANSPORT, sizeof(WCHAR *)), {0, ON_HTTP, 0}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_HTTP_PROXY_SPN] = {KNOWN(PROPERTY_TRANSPORT, sizeof(WCHAR *)), {0, ON_HTTP, 0}, NEVER, 0, 0},
    [WS_CHANNEL_PROPERTY_MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE] =
        {SIZE(max_request_headers), NEVER, {ON_HTTP, ON_HTTP, 0}, 0, 0},
};
/* clang-format on */

const struct channel_property *channel_property(WS_CHANNEL_PROPERTY_ID id)
{
    return (unsigned)id < sizeof(properties) / sizeof(properties[0]) ? &properties[id] : NULL;
}

/* --- Getting --- */

static COLD HRESULT cannot_be(const WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const char *what, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "%s cannot be %s of a channel %s with %s.",
                        TRACE_NAME(CHANNEL_PROPERTY, id), what, channel->listener ? "of a listener" : "of a client",
                        TRACE_NAME(CHANNEL_BINDING, channel->transport->binding));
}

static HRESULT get_known(const WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    const WS_PROTECTION_LEVEL protection = WS_PROTECTION_LEVEL_NONE;
    const BOOL is_shut_down = channel->is_shut_down;

    switch (id)
    {
    case WS_CHANNEL_PROPERTY_STATE:
        return property_get(CONSTANT_CHANNEL_PROPERTY, id, &channel->state, sizeof(channel->state), value, size, error);
    case WS_CHANNEL_PROPERTY_CHANNEL_TYPE:
        return property_get(CONSTANT_CHANNEL_PROPERTY, id, &channel->type, sizeof(channel->type), value, size, error);
    case WS_CHANNEL_PROPERTY_PROTECTION_LEVEL:
        return property_get(CONSTANT_CHANNEL_PROPERTY, id, &protection, sizeof(protection), value, size, error);
    default:
        if (channel->state != WS_CHANNEL_STATE_OPEN && channel->state != WS_CHANNEL_STATE_FAULTED)
            return channel_wrong_state(channel, error);
        return property_get(CONSTANT_CHANNEL_PROPERTY, id, &is_shut_down, sizeof(is_shut_down), value, size, error);
    }
}

/* The transport is asked without the lock; it is held in use meanwhile. */
static HRESULT get_from_transport(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size,
                                  WS_ERROR *error)
{
    HRESULT hr;

    channel->uses++;
    mutex_unlock(&channel->lock);
    hr = channel->transport->get
             ? channel->transport->get(channel, id, value, size, error)
             : error_report(error, WS_E_INVALID_OPERATION, "%s is not known.", TRACE_NAME(CHANNEL_PROPERTY, id));
    channel_release(channel);
    return hr;
}

static HRESULT check_size(const struct channel_property *property, WS_CHANNEL_PROPERTY_ID id, const void *value,
                          ULONG size, WS_ERROR *error)
{
    if (!value)
        return error_report(error, E_INVALIDARG, "The pointer to the value of %s is NULL.",
                            TRACE_NAME(CHANNEL_PROPERTY, id));
    if (size != property->size)
        return error_report(error, E_INVALIDARG, "The value of %s has %u bytes, not %u.",
                            TRACE_NAME(CHANNEL_PROPERTY, id), (unsigned)property->size, (unsigned)size);
    return S_OK;
}

HRESULT channel_get_property(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    const struct channel_property *property = channel_property(id);
    const unsigned binding = handle_is(channel, HANDLE_CHANNEL) ? 1u << channel->transport->binding : 0;
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    if (!property || !(channel_property_use(property, channel->listener)->get & binding))
    {
        if (channel->transport->is_custom)
            return get_from_transport(channel, id, value, size, error);
        hr = property ? cannot_be(channel, id, "got", error) : property_unknown(CONSTANT_CHANNEL_PROPERTY, id, error);
    }
    else if (property->kind == PROPERTY_OBJECT)
        hr = get_known(channel, id, value, size, error);
    else if (property->kind != PROPERTY_TRANSPORT)
        hr = property_get(CONSTANT_CHANNEL_PROPERTY, id, (const char *)&channel->settings + property->offset,
                          property->size, value, size, error);
    else if ((hr = check_size(property, id, value, size, error)) == S_OK)
        return get_from_transport(channel, id, value, size, error);
    mutex_unlock(&channel->lock);
    return hr;
}

/* --- Setting --- */

static HRESULT set_setting(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const struct channel_property *property,
                           const void *value, ULONG size, WS_ERROR *error)
{
    ULONG *setting = (ULONG *)((char *)&channel->settings + property->offset);
    ULONG given;
    HRESULT hr;

    /* All that can be set are of this size. */
    if ((hr = property_set(CONSTANT_CHANNEL_PROPERTY, id, &given, sizeof(given), value, size, error)) != S_OK)
        return hr;
    if (property->kind == PROPERTY_BOOL)
        given = given != 0;
    __atomic_store_n(setting, given, __ATOMIC_RELAXED);
    return S_OK;
}

static HRESULT set_property(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size,
                            WS_ERROR *error)
{
    const struct channel_property *property = channel_property(id);
    const struct transport *transport;
    bool tell = false;
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    transport = channel->transport;
    if (property && channel_property_use(property, channel->listener)->set & (1u << transport->binding))
    {
        hr = set_setting(channel, id, property, value, size, error);
        tell = hr == S_OK && channel->state == WS_CHANNEL_STATE_OPEN && transport->changed;
    }
    else if (transport->is_custom && !(property && property->kind == PROPERTY_OBJECT))
        tell = true;
    else
        hr = property ? cannot_be(channel, id, "set", error) : property_unknown(CONSTANT_CHANNEL_PROPERTY, id, error);
    channel->uses++;
    mutex_unlock(&channel->lock);
    if (tell)
        hr = transport->changed(channel, id, value, size, error);
    channel_release(channel);
    return hr;
}

/*
 * Gets a property: see the table above, and docs/channels.md for the defaults. A custom channel is asked for all but
 * STATE, CHANNEL_TYPE, ASYNC_CALLBACK_MODEL and CUSTOM_CHANNEL_INSTANCE.
 *
 * Returns E_INVALIDARG (not a live channel; no such property of a channel of this binding, or it cannot be got; value
 * is NULL, or has another size), WS_E_INVALID_OPERATION (it is not known in this state).
 * Source: the pages of WsGetChannelProperty and WS_CHANNEL_PROPERTY_ID; defaults and refusals observed on Windows.
 */
HRESULT WINAPI WsGetChannelProperty(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG valueSize,
                                    WS_ERROR *error)
{
    HRESULT hr = channel_get_property(channel, id, value, valueSize, error);

    TRACE_RESULT(hr, error, "WsGetChannelProperty(channel=%p, id=%s, value=%p, valueSize=%u, error=%p) = 0x%08x%s",
                 (void *)channel, TRACE_NAME(CHANNEL_PROPERTY, id), value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr, trace_out_property(hr, CONSTANT_CHANNEL_PROPERTY, id, value, valueSize).text);
    return hr;
}

/*
 * Sets a property, in any state: timeouts, FAULTS_AS_ERRORS, ALLOW_UNSECURED_FAULTS, MULTICAST_INTERFACE and NO_DELAY,
 * as far as the channel has them. A custom channel is given all.
 *
 * Returns E_INVALIDARG (not a live channel; no such property, or it cannot be set; value is NULL, or has another size);
 * of a custom channel, what its callback does.
 * Source: the pages of WsSetChannelProperty and WS_CHANNEL_PROPERTY_ID; refusals observed on Windows.
 */
HRESULT WINAPI WsSetChannelProperty(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG valueSize,
                                    WS_ERROR *error)
{
    HRESULT hr = set_property(channel, id, value, valueSize, error);

    TRACE_RESULT(hr, error, "WsSetChannelProperty(channel=%p, id=%s, value=%s, valueSize=%u, error=%p) = 0x%08x",
                 (void *)channel, TRACE_NAME(CHANNEL_PROPERTY, id),
                 trace_property(CONSTANT_CHANNEL_PROPERTY, id, value, valueSize).text, (unsigned)valueSize,
                 (void *)error, (unsigned)hr);
    return hr;
}
