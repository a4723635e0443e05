/* SPDX-License-Identifier: MIT */
/* tcp_url.c - see tcp_url.h. */
#include "tcp_url.h"

#include "base/error.h"
#include "base/text.h"
#include "message/url.h"

static USHORT port_of(const struct url_parts *parts)
{
    return parts->port.length ? parts->port_number : url_schemes[WS_URL_NETTCP_SCHEME_TYPE].default_port;
}

/* Parses a URL that must be of net.tcp. */
static HRESULT parse(const WS_STRING *url, ULONG flags, const char *what, struct url_parts *parts, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr = url_parse(url, URL_TO_DECODE, flags, what, parts, error);

    /* The parser's code is that of functions for URLs. */
    if (hr == WS_E_INVALID_FORMAT)
        return WS_E_INVALID_ENDPOINT_URL;
    if (hr == S_OK && parts->type != WS_URL_NETTCP_SCHEME_TYPE)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "%s '%s' has the scheme %s; for WS_TCP_CHANNEL_BINDING it is net.tcp.", what,
                            text_excerpt_utf16(url->chars, url->length, excerpt), url_schemes[parts->type].name);
    return hr;
}

HRESULT tcp_read_url(const WS_STRING *url, struct tcp_host *host, WS_ERROR *error)
{
    struct url_parts parts;
    HRESULT hr = parse(url, 0, "The URL of the endpoint", &parts, error);

    if (hr != S_OK)
        return hr;
    if (parts.host.length > TCP_HOST_MAX)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The host in the URL of the endpoint has %zu characters; the most are %u.",
                            parts.host.length, TCP_HOST_MAX);
    host->name.length = (ULONG)url_unescape(&parts.host, host->chars);
    host->name.chars = host->chars;
    host->port = port_of(&parts);
    return S_OK;
}

HRESULT tcp_read_listener_url(const WS_STRING *url, WS_IP_VERSION version, struct network_address *address,
                              WS_ERROR *error)
{
    struct url_parts parts;
    char excerpt[TEXT_EXCERPT_ROOM];
    WS_STRING host;
    HRESULT hr = parse(url, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS, "The URL of the listener", &parts, error);

    if (hr != S_OK)
        return hr;
    if (parts.has_query || parts.has_fragment)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The URL of the listener '%s' has a query or a fragment; only a path is allowed.",
                            text_excerpt_utf16(url->chars, url->length, excerpt));
    host.length = (ULONG)parts.host.length;
    host.chars = (WCHAR *)parts.host.chars;
    if (network_parse(&host, port_of(&parts), version, address))
        return S_OK;
    if (network_parse(&host, port_of(&parts), WS_IP_VERSION_AUTO, address))
        return error_report(error, WS_E_ADDRESS_NOT_AVAILABLE,
                            "The listener is for IPv%d only, and its URL has the address %s.",
                            version == WS_IP_VERSION_4 ? 4 : 6, network_host_text(address).text);
    *address = network_any(version, port_of(&parts));
    return S_OK;
}
