/* SPDX-License-Identifier: MIT */
/*
 * transports.c - WsCreateChannel, WsCreateListener: the transports by their bindings; see object/transport.h. A
 * transport is one line here.
 */
#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "channel/http/http_transport.h"
#include "channel/object/channel_properties.h"
#include "channel/object/custom.h"
#include "channel/object/listener_properties.h"
#include "channel/tcp/tcp_transport.h"
#include "channel/udp/udp.h"

static const struct transport *const transports[] = {
    [WS_HTTP_CHANNEL_BINDING] = &http_transport,
    [WS_TCP_CHANNEL_BINDING] = &tcp_transport,
    [WS_UDP_CHANNEL_BINDING] = &udp_transport,
    [WS_CUSTOM_CHANNEL_BINDING] = &custom_transport,
};

/* --- What both check --- */

static HRESULT find(WS_CHANNEL_BINDING binding, const struct transport **transport, WS_ERROR *error)
{
    const unsigned index = (unsigned)binding;

    *transport = index < sizeof(transports) / sizeof(transports[0]) ? transports[index] : NULL;
    if (*transport)
        return S_OK;
    return error_report(error, E_INVALIDARG, "There is no %s in this version.", TRACE_NAME(CHANNEL_BINDING, binding));
}

static HRESULT check_type(WS_CHANNEL_TYPE type, unsigned types, const struct transport *transport, const char *what,
                          WS_ERROR *error)
{
    const unsigned bit = (unsigned)type;

    if (bit < 32 && types >> bit & 1)
        return S_OK;
    return error_report(error, E_INVALIDARG, "There is no %s of %s with %s.", what, TRACE_NAME(CHANNEL_TYPE, type),
                        TRACE_NAME(CHANNEL_BINDING, transport->binding));
}

/* Security is not there yet: what asks for nothing is accepted. */
static HRESULT check_security(const WS_SECURITY_DESCRIPTION *description, WS_ERROR *error)
{
    if (!description || (!description->securityBindingCount && !description->propertyCount))
        return S_OK;
    return error_report(error, E_INVALIDARG,
                        "Security is not supported in this version: the description must be NULL, or have neither "
                        "bindings nor properties.");
}

static HRESULT check(WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_SECURITY_DESCRIPTION *security,
                     bool listener, const struct transport **transport, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = find(binding, transport, error)) != S_OK ||
        (hr = check_type(type, listener ? (*transport)->listener_types : (*transport)->client_types, *transport,
                         listener ? "listener" : "client's channel", error)) != S_OK)
        return hr;
    return check_security(security, error);
}

static COLD HRESULT no_out(const char *what, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "The pointer that is to receive the %s is NULL.", what);
}

/* --- The exported functions --- */

static HRESULT create_channel(WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_CHANNEL_PROPERTY *properties,
                              ULONG count, const WS_SECURITY_DESCRIPTION *security, WS_CHANNEL **ret, WS_ERROR *error)
{
    const struct transport *transport;
    struct channel_settings settings;
    struct _WS_HEAP heap;
    HRESULT hr;

    if (!ret)
        return no_out("channel", error);
    if ((hr = check(type, binding, security, false, &transport, error)) != S_OK ||
        (hr = channel_settings_make(transport, NULL, properties, count, &settings, &heap, error)) != S_OK)
        return hr;
    return channel_create(transport, type, NULL, &settings, &heap, ret, error);
}

static HRESULT create_listener(WS_CHANNEL_TYPE type, WS_CHANNEL_BINDING binding, const WS_LISTENER_PROPERTY *properties,
                               ULONG count, const WS_SECURITY_DESCRIPTION *security, WS_LISTENER **ret, WS_ERROR *error)
{
    const struct transport *transport;
    struct listener_settings settings;
    struct _WS_HEAP heap;
    HRESULT hr;

    if (!ret)
        return no_out("listener", error);
    if ((hr = check(type, binding, security, true, &transport, error)) != S_OK ||
        (hr = listener_settings_make(transport, properties, count, &settings, &heap, error)) != S_OK)
        return hr;
    return listener_create(transport, type, &settings, &heap, ret, error);
}

/*
 * Creates a channel for a client: CREATED.
 *
 * channelType, channelBinding: HTTP has REQUEST, TCP DUPLEX_SESSION, UDP DUPLEX, the custom binding any type.
 * properties: see docs/channels.md. Values are copied, with what they refer to.
 * securityDescription: NULL, or one without bindings and properties.
 * channel: receives it, for WsFreeChannel. Untouched on failure.
 * Returns E_INVALIDARG (channel is NULL; a binding that does not exist, or not with that type; security; a property
 * that does not exist or cannot be given, or has another size or value; a custom channel without callbacks),
 * E_OUTOFMEMORY; of a custom channel, what its callback does. Source: the pages of WsCreateChannel,
 * WS_CHANNEL_PROPERTY_ID and channel-layer-overview.md; NULL, defaults and copies observed on Windows.
 */
HRESULT WINAPI WsCreateChannel(WS_CHANNEL_TYPE channelType, WS_CHANNEL_BINDING channelBinding,
                               const WS_CHANNEL_PROPERTY *properties, ULONG propertyCount,
                               const WS_SECURITY_DESCRIPTION *securityDescription, WS_CHANNEL **channel,
                               WS_ERROR *error)
{
    HRESULT hr =
        create_channel(channelType, channelBinding, properties, propertyCount, securityDescription, channel, error);

    TRACE_RESULT(hr, error,
                 "WsCreateChannel(channelType=%s, channelBinding=%s, properties=%s, propertyCount=%u, "
                 "securityDescription=%p, channel=%p, error=%p) = 0x%08x%s",
                 TRACE_NAME(CHANNEL_TYPE, channelType), TRACE_NAME(CHANNEL_BINDING, channelBinding),
                 trace_properties(CONSTANT_CHANNEL_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
                 (const void *)securityDescription, (void *)channel, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "channel", hr == S_OK ? *channel : NULL).text);
    return hr;
}

/*
 * Creates a listener: CREATED.
 *
 * channelType, channelBinding: HTTP has REPLY, TCP DUPLEX_SESSION, UDP INPUT and DUPLEX, the custom binding any type.
 * properties: see docs/channels.md. Values are copied, with what they refer to.
 * securityDescription: NULL, or one without bindings and properties.
 * listener: receives it, for WsFreeListener. Untouched on failure.
 * Returns E_INVALIDARG (as WsCreateChannel()), E_OUTOFMEMORY; of a custom listener, what its callback does.
 * Source: the pages of WsCreateListener and WS_LISTENER_PROPERTY_ID; NULL, and UDP's DUPLEX, observed on Windows.
 */
HRESULT WINAPI WsCreateListener(WS_CHANNEL_TYPE channelType, WS_CHANNEL_BINDING channelBinding,
                                const WS_LISTENER_PROPERTY *properties, ULONG propertyCount,
                                const WS_SECURITY_DESCRIPTION *securityDescription, WS_LISTENER **listener,
                                WS_ERROR *error)
{
    HRESULT hr =
        create_listener(channelType, channelBinding, properties, propertyCount, securityDescription, listener, error);

    TRACE_RESULT(hr, error,
                 "WsCreateListener(channelType=%s, channelBinding=%s, properties=%s, propertyCount=%u, "
                 "securityDescription=%p, listener=%p, error=%p) = 0x%08x%s",
                 TRACE_NAME(CHANNEL_TYPE, channelType), TRACE_NAME(CHANNEL_BINDING, channelBinding),
                 trace_properties(CONSTANT_LISTENER_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
                 (const void *)securityDescription, (void *)listener, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "listener", hr == S_OK ? *listener : NULL).text);
    return hr;
}
