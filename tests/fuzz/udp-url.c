/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of soap.udp URLs. The input is a byte (the version of IP) and a URL; a byte below 0x80 is that character,
 * any other one the upper half of a character, whose lower half follows. What is checked:
 *
 *   - a URL is taken, or refused with WS_E_INVALID_ENDPOINT_URL and one sentence;
 *   - what is taken has a host that fits and a port, and a listener takes it as well unless it has a query or a
 * fragment, or an address of another version;
 *   - the URL of an address that is in one has that address.
 */
#include "fuzz.h"

#include "channel/udp/udp_url.h"

static WS_ERROR *error;

static void free_all(void)
{
    WsFreeError(error);
}

static bool is_taken(HRESULT hr)
{
    ULONG count = 0;

    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    check(hr == S_OK || hr == WS_E_INVALID_ENDPOINT_URL);
    check(count == (hr != S_OK));
    check(WsResetError(error) == S_OK);
    return hr == S_OK;
}

/* In memory of just its size. */
static WS_STRING make_string(const uint8_t *data, size_t size)
{
    WS_STRING string = {0, malloc(size * sizeof(WCHAR) + 1)};
    size_t i;

    for (i = 0; i < size; i++)
        string.chars[string.length++] = (WCHAR)(data[i] < 0x80 || i + 1 == size ? data[i] : data[i] << 8 | data[i + 1]);
    string.chars = realloc(string.chars, string.length * sizeof(WCHAR) + !string.length);
    return string;
}

static void check_address(const struct network_address *address)
{
    WCHAR chars[UDP_URL_ROOM];
    WS_STRING url = {udp_url_write(address, chars), chars};
    struct network_address again;

    check(url.length <= UDP_URL_ROOM);
    check(is_taken(udp_url_parse_listener(&url, WS_IP_VERSION_AUTO, &again, error)));
    check(network_address_equal(address, &again) && address->port == again.port);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    WS_IP_VERSION version;
    WS_STRING url;
    struct udp_host host;
    struct network_address address;
    bool is_url, is_listener;
    size_t i;

    if (!error)
    {
        check(WsCreateError(NULL, 0, &error) == S_OK);
        atexit(free_all);
    }
    if (!size)
        return 0;
    version = (WS_IP_VERSION)(1 + data[0] % 3);
    url = make_string(data + 1, size - 1);
    is_url = is_taken(udp_url_parse(&url, &host, error));
    if (is_url)
        check(host.length && host.length <= UDP_LONGEST_HOST && host.port);
    is_listener = is_taken(udp_url_parse_listener(&url, version, &address, error));
    if (is_listener)
    {
        check(address.port);
        if (!network_is_any(&address))
            check_address(&address);
    }
    for (i = 0; i < url.length && url.chars[i] != '?' && url.chars[i] != '#'; i++)
        ;
    if (is_url && i == url.length && version == WS_IP_VERSION_AUTO)
        check(is_listener);
    free(url.chars);
    return 0;
}
