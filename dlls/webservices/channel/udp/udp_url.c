/* SPDX-License-Identifier: MIT */
/* udp_url.c - see udp_url.h. */
#include "udp_url.h"

#include "base/error.h"
#include "message/url.h"

/*
 * Unescapes a host. In brackets "%" may stand by itself, before the zone of a link-local address, or be written "%25",
 * as RFC 6874 has it: "[fe80::1%252]" is adapter 2, and "[fe80::1%25]" adapter 25.
 */
static ULONG unescape_host(const struct url_text *text, WCHAR *chars)
{
    const WCHAR *from = text->chars, *end = from + text->length;
    ULONG count = 0;

    if (!text->length || *from != '[')
        return (ULONG)url_unescape(text, chars);
    while (from < end)
    {
        chars[count++] = *from;
        from += end - from > 4 && from[0] == '%' && from[1] == '2' && from[2] == '5' ? 3 : 1;
    }
    return count;
}

static HRESULT parse(const WS_STRING *url, ULONG flags, const char *what, struct url_parts *parts,
                     struct udp_host *host, WS_ERROR *error)
{
    HRESULT hr = url_parse(url, URL_TO_DECODE, flags, what, parts, error);

    if (hr == WS_E_INVALID_FORMAT)
        return WS_E_INVALID_ENDPOINT_URL;
    if (hr != S_OK)
        return hr;
    if (parts->type != WS_URL_SOAPUDP_SCHEME_TYPE)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL, "%s has the scheme %s; that of UDP is soap.udp.", what,
                            url_schemes[parts->type].name);
    if (!parts->port.length || !parts->port_number)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "%s has %s; soap.udp has no default one, so there must be one, as in soap.udp://host:3702.",
                            what, parts->port.length ? "the port 0" : "no port");
    if (parts->host.length > UDP_LONGEST_HOST)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL, "%s has a host of %u characters; the longest has %d.",
                            what, (unsigned)parts->host.length, UDP_LONGEST_HOST);
    host->length = unescape_host(&parts->host, host->chars);
    host->port = parts->port_number;
    return S_OK;
}

HRESULT udp_url_parse(const WS_STRING *url, struct udp_host *host, WS_ERROR *error)
{
    struct url_parts parts;

    return parse(url, 0, "The URL of the endpoint", &parts, host, error);
}

HRESULT udp_url_parse_listener(const WS_STRING *url, WS_IP_VERSION version, struct network_address *address,
                               WS_ERROR *error)
{
    struct url_parts parts;
    struct udp_host host;
    WS_STRING name;
    HRESULT hr;

    if ((hr = parse(url, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS, "The URL of the listener", &parts, &host, error)) != S_OK)
        return hr;
    if (parts.has_query || parts.has_fragment)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The URL of the listener has a %s, which means nothing here.",
                            parts.has_query ? "query" : "fragment");
    name = (WS_STRING){host.length, host.chars};
    if (!network_parse(&name, host.port, WS_IP_VERSION_AUTO, address))
    {
        *address = network_any(version, host.port);
        return S_OK;
    }
    if (version != WS_IP_VERSION_AUTO && !network_parse(&name, host.port, version, address))
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The URL of the listener has the address %s, and WS_LISTENER_PROPERTY_IP_VERSION is IPv%d.",
                            network_host_text(address).text, version == WS_IP_VERSION_4 ? 4 : 6);
    return S_OK;
}

ULONG udp_url_write(const struct network_address *address, WCHAR chars[UDP_URL_ROOM])
{
    static const char scheme[] = "soap.udp://";
    struct network_text text = network_address_text(address);
    ULONG count;
    size_t i;

    for (count = 0; count < sizeof(scheme) - 1; count++)
        chars[count] = (unsigned char)scheme[count];
    for (i = 0; text.text[i]; i++)
    {
        chars[count++] = (unsigned char)text.text[i];
        if (text.text[i] == '%')
        {
            chars[count++] = '2';
            chars[count++] = '5';
        }
    }
    return count;
}
