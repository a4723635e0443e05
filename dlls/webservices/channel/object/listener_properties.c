/* SPDX-License-Identifier: MIT */
/*
 * listener_properties.c - WsGetListenerProperty, WsSetListenerProperty, and what a listener is created with; see
 * channel_properties.h, which this is like.
 *
 * Source: the page of WS_LISTENER_PROPERTY_ID; what was observed on Windows agrees with it.
 */
#include "listener_properties.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/property.h"
#include "base/trace.h"
#include "channel_properties.h"
#include "endpoint_copy.h"

#include <string.h>

struct listener_property
{
    enum property_kind kind;
    uint16_t offset, size;
    struct property_use use;
    uint16_t first, last;
};

#define MEMBER(member)    offsetof(struct listener_settings, member), sizeof(((struct listener_settings *)NULL)->member)
#define VALUE(member)     PROPERTY_VALUE, MEMBER(member)
#define FLAG(member)      PROPERTY_BOOL, MEMBER(member)
#define CHOICE(member)    PROPERTY_ENUM, MEMBER(member)
#define KNOWN(what, size) what, 0, (uint16_t)(size)
#define ANY               (ON_ALL | ON_CUSTOM)

/* clang-format off: who can create with, get and set; the least and the greatest */
static const struct listener_property properties[] = {
    [WS_LISTENER_PROPERTY_LISTEN_BACKLOG] = {VALUE(backlog), {ON_TCP, ON_TCP, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_IP_VERSION] = {CHOICE(ip_version),
                                         {ON_TCP | ON_UDP, ON_TCP | ON_UDP, 0},
                                         WS_IP_VERSION_4,
                                         WS_IP_VERSION_AUTO},
    [WS_LISTENER_PROPERTY_STATE] = {KNOWN(PROPERTY_OBJECT, sizeof(WS_LISTENER_STATE)), {0, ANY, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_ASYNC_CALLBACK_MODEL] = {CHOICE(callback_model),
                                                   {ANY, ANY, 0},
                                                   WS_SHORT_CALLBACK,
                                                   WS_LONG_CALLBACK},
    [WS_LISTENER_PROPERTY_CHANNEL_TYPE] = {KNOWN(PROPERTY_OBJECT, sizeof(WS_CHANNEL_TYPE)), {0, ANY, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_CHANNEL_BINDING] = {KNOWN(PROPERTY_OBJECT, sizeof(WS_CHANNEL_BINDING)), {0, ANY, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_CONNECT_TIMEOUT] = {VALUE(connect_timeout), {ON_SESSION, ON_SESSION, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_IS_MULTICAST] = {FLAG(is_multicast), {ON_UDP, ON_UDP, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_MULTICAST_INTERFACES] = {KNOWN(PROPERTY_MEMORY, 0), {ON_UDP, 0, ON_UDP}, 0, 0},
    [WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK] = {FLAG(multicast_loopback), {ON_UDP, 0, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_CLOSE_TIMEOUT] = {VALUE(close_timeout), {ON_HTTP, ON_HTTP, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS] = {VALUE(to_matching), {ON_ALL, 0, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS] = {VALUE(url_matching),
                                                             {ON_TCP | ON_HTTP | ON_PIPE, 0, 0},
                                                             0,
                                                             0},
    [WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS] = {VALUE(callbacks), {ON_CUSTOM, 0, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_CUSTOM_LISTENER_PARAMETERS] = {KNOWN(PROPERTY_MEMORY, 0), {ON_CUSTOM, 0, 0}, 0, 0},
    [WS_LISTENER_PROPERTY_CUSTOM_LISTENER_INSTANCE] = {KNOWN(PROPERTY_TRANSPORT, sizeof(void *)),
                                                       {0, ON_CUSTOM, 0},
                                                       0,
                                                       0},
    [WS_LISTENER_PROPERTY_DISALLOWED_USER_AGENT] = {VALUE(disallowed_agents), {ON_HTTP, 0, 0}, 0, 0},
};
/* clang-format on */

static const struct listener_property *listener_property(WS_LISTENER_PROPERTY_ID id)
{
    return (unsigned)id < sizeof(properties) / sizeof(properties[0]) ? &properties[id] : NULL;
}

/* --- Creation --- */

#define MATCH_DEFAULT (WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_EXACT_PATH | WS_MATCH_URL_PORT | WS_MATCH_URL_NO_QUERY)
#define MATCH_ALL     (MATCH_DEFAULT | WS_MATCH_URL_PREFIX_PATH)

static void set_defaults(struct listener_settings *settings)
{
    static WCHAR mozilla_chars[] = {'M', 'o', 'z', 'i', 'l', 'l', 'a'};
    static WS_STRING mozilla = {sizeof(mozilla_chars) / sizeof(WCHAR), mozilla_chars}, *agents[] = {&mozilla};

    memset(settings, 0, sizeof(*settings));
    settings->ip_version = WS_IP_VERSION_AUTO;
    settings->callback_model = WS_LONG_CALLBACK;
    settings->connect_timeout = 15000;
    settings->close_timeout = 5000;
    settings->multicast_loopback = TRUE;
    settings->to_matching = settings->url_matching = MATCH_DEFAULT;
    settings->disallowed_agents.subStringCount = 1;
    settings->disallowed_agents.subStrings = agents;
}

static HRESULT check_value(WS_LISTENER_PROPERTY_ID id, const struct listener_property *property, void *place,
                           WS_ERROR *error)
{
    ULONG value;

    memcpy(&value, place, sizeof(value));
    if ((property->kind == PROPERTY_ENUM && (value < property->first || value > property->last)) ||
        ((id == WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS ||
          id == WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS) &&
         value & ~(ULONG)MATCH_ALL))
        return error_report(error, E_INVALIDARG, "%s cannot be %u.", TRACE_NAME(LISTENER_PROPERTY, id),
                            (unsigned)value);
    if (property->kind == PROPERTY_BOOL)
    {
        value = value != 0;
        memcpy(place, &value, sizeof(value));
    }
    return S_OK;
}

/* Memory of the caller's until it is copied. */
static HRESULT set_memory(struct listener_settings *settings, const WS_LISTENER_PROPERTY *given, WS_ERROR *error)
{
    if (given->id == WS_LISTENER_PROPERTY_CUSTOM_LISTENER_PARAMETERS)
    {
        settings->parameters = given->value;
        settings->parameters_size = given->valueSize;
        return S_OK;
    }
    if (given->valueSize % sizeof(ULONG))
        return error_report(error, E_INVALIDARG, "%s has %u bytes, which are no array of ULONG.",
                            TRACE_NAME(LISTENER_PROPERTY, given->id), (unsigned)given->valueSize);
    settings->interfaces = given->value;
    settings->interface_count = given->valueSize / (ULONG)sizeof(ULONG);
    return S_OK;
}

static HRESULT set_given(const struct transport *transport, const WS_LISTENER_PROPERTY *given,
                         struct listener_settings *settings, uint64_t *ids, WS_ERROR *error)
{
    const struct listener_property *property = listener_property(given->id);
    void *place;
    HRESULT hr;

    if (!property)
        return property_unknown(CONSTANT_LISTENER_PROPERTY, (ULONG)given->id, error);
    if (!(property->use.create & (1u << transport->binding)))
        return error_report(error, E_INVALIDARG, "A listener with %s cannot be created with %s.",
                            TRACE_NAME(CHANNEL_BINDING, transport->binding), TRACE_NAME(LISTENER_PROPERTY, given->id));
    *ids |= (uint64_t)1 << given->id;
    if (property->kind == PROPERTY_MEMORY)
        return set_memory(settings, given, error);
    place = (char *)settings + property->offset;
    if ((hr = property_set(CONSTANT_LISTENER_PROPERTY, (ULONG)given->id, place, property->size, given->value,
                           given->valueSize, error)) != S_OK)
        return hr;
    return check_value(given->id, property, place, error);
}

static bool has(uint64_t ids, WS_LISTENER_PROPERTY_ID id)
{
    return ids >> id & 1;
}

static HRESULT check_together(const struct transport *transport, const struct listener_settings *settings, uint64_t ids,
                              WS_ERROR *error)
{
    if (transport->is_custom && !has(ids, WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS))
        return error_report(error, E_INVALIDARG, "WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS is missing.");
    if (!settings->is_multicast &&
        (has(ids, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES) || has(ids, WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK)))
        return error_report(error, E_INVALIDARG, "%s cannot be given without WS_LISTENER_PROPERTY_IS_MULTICAST.",
                            has(ids, WS_LISTENER_PROPERTY_MULTICAST_INTERFACES)
                                ? "WS_LISTENER_PROPERTY_MULTICAST_INTERFACES"
                                : "WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK");
    return S_OK;
}

static HRESULT copy_agents(WS_HEAP *heap, WS_DISALLOWED_USER_AGENT_SUBSTRINGS *agents, WS_ERROR *error)
{
    WS_STRING **from = agents->subStrings;
    void *copy;
    HRESULT hr;
    ULONG i;

    if ((hr = array_copy(heap, from, agents->subStringCount, sizeof(*from), &copy, "The list of user agents", error)) !=
        S_OK)
        return hr;
    agents->subStrings = copy;
    for (i = 0; i < agents->subStringCount; i++)
    {
        if ((hr = array_copy(heap, from[i], 1, sizeof(**from), &copy, "The list of user agents", error)) != S_OK)
            return hr;
        agents->subStrings[i] = copy;
        if ((hr = string_copy(heap, from[i], agents->subStrings[i], "A user agent", error)) != S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT copy_values(WS_HEAP *heap, struct listener_settings *settings, WS_ERROR *error)
{
    void *parameters, *interfaces;
    HRESULT hr;

    if ((hr = array_copy(heap, settings->parameters, settings->parameters_size, 1, &parameters,
                         "WS_LISTENER_PROPERTY_CUSTOM_LISTENER_PARAMETERS", error)) != S_OK ||
        (hr = array_copy(heap, settings->interfaces, settings->interface_count, sizeof(ULONG), &interfaces,
                         "WS_LISTENER_PROPERTY_MULTICAST_INTERFACES", error)) != S_OK)
        return hr;
    settings->parameters = parameters;
    settings->interfaces = interfaces;
    return copy_agents(heap, &settings->disallowed_agents, error);
}

HRESULT listener_settings_make(const struct transport *transport, const WS_LISTENER_PROPERTY *given, ULONG count,
                               struct listener_settings *settings, struct _WS_HEAP *heap, WS_ERROR *error)
{
    uint64_t ids = 0;
    HRESULT hr;
    ULONG i;

    if (count && !given)
        return error_report(error, E_INVALIDARG, "The array of %u listener properties is NULL.", (unsigned)count);
    set_defaults(settings);
    for (i = 0; i < count; i++)
        if ((hr = set_given(transport, &given[i], settings, &ids, error)) != S_OK)
            return hr;
    if ((hr = check_together(transport, settings, ids, error)) != S_OK)
        return hr;
    heap_init_member(heap, SIZE_MAX);
    if ((hr = copy_values(heap, settings, error)) != S_OK)
        arena_release(&heap->arena);
    return hr;
}

/* --- Getting --- */

static HRESULT get_known(const WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size,
                         WS_ERROR *error)
{
    const void *known = &listener->state;

    if (id == WS_LISTENER_PROPERTY_CHANNEL_TYPE)
        known = &listener->type;
    else if (id == WS_LISTENER_PROPERTY_CHANNEL_BINDING)
        known = &listener->transport->binding;
    return property_get(CONSTANT_LISTENER_PROPERTY, id, known, sizeof(WS_LISTENER_STATE), value, size, error);
}

static HRESULT get_property(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    const struct listener_property *property = listener_property(id);
    const struct transport *transport;
    HRESULT hr = listener_enter(listener, error);

    if (hr != S_OK)
        return hr;
    transport = listener->transport;
    if (property && property->use.get & (1u << transport->binding) && property->kind != PROPERTY_TRANSPORT)
        hr = property->kind == PROPERTY_OBJECT
                 ? get_known(listener, id, value, size, error)
                 : property_get(CONSTANT_LISTENER_PROPERTY, id, (const char *)&listener->settings + property->offset,
                                property->size, value, size, error);
    else if (transport->is_custom)
    {
        listener->uses++;
        mutex_unlock(&listener->lock);
        hr = transport->listener_get(listener, id, value, size, error);
        listener_end_use(listener);
        return hr;
    }
    else
        hr = property ? error_report(error, E_INVALIDARG, "%s cannot be got of a listener with %s.",
                                     TRACE_NAME(LISTENER_PROPERTY, id), TRACE_NAME(CHANNEL_BINDING, transport->binding))
                      : property_unknown(CONSTANT_LISTENER_PROPERTY, id, error);
    mutex_unlock(&listener->lock);
    return hr;
}

/* --- Setting --- */

/* The old array stays in the heap of the settings: the transport may still look at it. */
static HRESULT set_interfaces(WS_LISTENER *listener, const void *value, ULONG size, WS_ERROR *error)
{
    void *interfaces;
    HRESULT hr;

    if (!listener->settings.is_multicast)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "WS_LISTENER_PROPERTY_MULTICAST_INTERFACES cannot be set without "
                            "WS_LISTENER_PROPERTY_IS_MULTICAST.");
    if (size % sizeof(ULONG))
        return error_report(error, E_INVALIDARG,
                            "WS_LISTENER_PROPERTY_MULTICAST_INTERFACES has %u bytes, which are no array of ULONG.",
                            (unsigned)size);
    if ((hr = array_copy(&listener->settings_heap, value, size / sizeof(ULONG), sizeof(ULONG), &interfaces,
                         "WS_LISTENER_PROPERTY_MULTICAST_INTERFACES", error)) != S_OK)
        return hr;
    listener->settings.interfaces = interfaces;
    listener->settings.interface_count = size / (ULONG)sizeof(ULONG);
    return S_OK;
}

static HRESULT set_property(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                            WS_ERROR *error)
{
    const struct listener_property *property = listener_property(id);
    const struct transport *transport;
    bool tell = false;
    HRESULT hr = listener_enter(listener, error);

    if (hr != S_OK)
        return hr;
    transport = listener->transport;
    if (property && property->use.set & (1u << transport->binding))
    {
        hr = set_interfaces(listener, value, size, error);
        tell = hr == S_OK && listener->state == WS_LISTENER_STATE_OPEN && transport->listener_changed;
    }
    else if (transport->is_custom && !(property && property->kind == PROPERTY_OBJECT))
        tell = true;
    else
        hr = property ? error_report(error, E_INVALIDARG, "%s cannot be set of a listener with %s.",
                                     TRACE_NAME(LISTENER_PROPERTY, id), TRACE_NAME(CHANNEL_BINDING, transport->binding))
                      : property_unknown(CONSTANT_LISTENER_PROPERTY, id, error);
    listener->uses++;
    mutex_unlock(&listener->lock);
    if (tell)
        hr = transport->listener_changed(listener, id, value, size, error);
    listener_end_use(listener);
    return hr;
}

/* --- The exported functions --- */

/*
 * Gets a property: see the table above, and docs/channels.md for the defaults. A custom listener is asked for all but
 * STATE, CHANNEL_TYPE, CHANNEL_BINDING, ASYNC_CALLBACK_MODEL and CUSTOM_LISTENER_INSTANCE.
 *
 * Returns E_INVALIDARG (not a live listener; no such property with this binding, or it cannot be got; value is NULL, or
 * has another size).
 * Source: the pages of WsGetListenerProperty and WS_LISTENER_PROPERTY_ID.
 */
HRESULT WINAPI WsGetListenerProperty(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG valueSize,
                                     WS_ERROR *error)
{
    HRESULT hr = get_property(listener, id, value, valueSize, error);

    TRACE_RESULT(hr, error, "WsGetListenerProperty(listener=%p, id=%s, value=%p, valueSize=%u, error=%p) = 0x%08x%s",
                 (void *)listener, TRACE_NAME(LISTENER_PROPERTY, id), value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr, trace_out_property(hr, CONSTANT_LISTENER_PROPERTY, id, value, valueSize).text);
    return hr;
}

/*
 * Sets a property: MULTICAST_INTERFACES, in any state, if IS_MULTICAST is TRUE. A custom listener is given all.
 *
 * Returns E_INVALIDARG (not a live listener; no such property, or it cannot be set; value is NULL, or has another
 * size), WS_E_INVALID_OPERATION (IS_MULTICAST is FALSE), E_OUTOFMEMORY; of a custom listener, what its callback does.
 * Source: the pages of WsSetListenerProperty and WS_LISTENER_PROPERTY_ID; refusals observed on Windows.
 */
HRESULT WINAPI WsSetListenerProperty(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value,
                                     ULONG valueSize, WS_ERROR *error)
{
    HRESULT hr = set_property(listener, id, value, valueSize, error);

    TRACE_RESULT(hr, error, "WsSetListenerProperty(listener=%p, id=%s, value=%s, valueSize=%u, error=%p) = 0x%08x",
                 (void *)listener, TRACE_NAME(LISTENER_PROPERTY, id),
                 trace_property(CONSTANT_LISTENER_PROPERTY, id, value, valueSize).text, (unsigned)valueSize,
                 (void *)error, (unsigned)hr);
    return hr;
}
