/* SPDX-License-Identifier: MIT */
/* network.c - addresses; see socket.h. */
#include "socket.h"

#include <stdio.h>
#include <string.h>

/* --- As text --- */

/* The longest run of at least two groups that are 0, which is "::": RFC 5952, section 4.2. */
static void find_zeroes(const uint16_t groups[8], int *begin, int *count)
{
    int i, run;

    *begin = *count = 0;
    for (i = 0; i < 8; i += run + 1)
    {
        for (run = 0; i + run < 8 && !groups[i + run];)
            run++;
        if (run >= 2 && run > *count)
        {
            *begin = i;
            *count = run;
        }
    }
}

static void print_ipv6(char *text, size_t size, const struct network_address *address)
{
    const uint8_t *bytes = address->bytes;
    int zeroes, zero_count, i, used = 0;
    uint16_t groups[8];

    for (i = 0; i < 8; i++, bytes += 2)
        groups[i] = (uint16_t)(bytes[0] << 8 | bytes[1]);
    find_zeroes(groups, &zeroes, &zero_count);
    for (i = 0; i < 8; i++)
    {
        if (zero_count && i == zeroes)
        {
            used += snprintf(text + used, size - (size_t)used, "::");
            i += zero_count - 1;
        }
        else
            used += snprintf(text + used, size - (size_t)used, "%s%x",
                             i && !(zero_count && i == zeroes + zero_count) ? ":" : "", groups[i]);
    }
    if (address->scope)
        snprintf(text + used, size - (size_t)used, "%%%u", (unsigned)address->scope);
}

struct network_text network_host_text(const struct network_address *address)
{
    struct network_text text;

    switch (address->family)
    {
    case NETWORK_IPV4:
        snprintf(text.text, sizeof(text.text), "%u.%u.%u.%u", address->bytes[0], address->bytes[1], address->bytes[2],
                 address->bytes[3]);
        break;
    case NETWORK_IPV6:
    case NETWORK_BOTH: print_ipv6(text.text, sizeof(text.text), address); break;
    default: snprintf(text.text, sizeof(text.text), "no address"); break;
    }
    return text;
}

struct network_text network_address_text(const struct network_address *address)
{
    struct network_text host = network_host_text(address), text;

    if (address->family == NETWORK_NONE)
        return host;
    snprintf(text.text, sizeof(text.text), address->family == NETWORK_IPV4 ? "%.55s:%u" : "[%.55s]:%u", host.text,
             address->port);
    return text;
}

/* --- What kind it is --- */

static size_t size_of(const struct network_address *address)
{
    return address->family == NETWORK_IPV4 ? 4 : 16;
}

bool network_host_equal(const struct network_address *a, const struct network_address *b)
{
    return a->family == b->family && !memcmp(a->bytes, b->bytes, size_of(a)) &&
           (a->scope == b->scope || !a->scope || !b->scope);
}

bool network_address_equal(const struct network_address *a, const struct network_address *b)
{
    return a->port == b->port && network_host_equal(a, b);
}

bool network_is_loopback(const struct network_address *address)
{
    struct network_address loopback = network_loopback(NETWORK_IPV6, 0);

    if (address->family == NETWORK_IPV4)
        return address->bytes[0] == 127;
    return address->family == NETWORK_IPV6 && !memcmp(address->bytes, loopback.bytes, 16);
}

bool network_is_multicast(const struct network_address *address)
{
    if (address->family == NETWORK_IPV4)
        return address->bytes[0] >> 4 == 14; /* 224.0.0.0/4: RFC 5771 */
    return address->family == NETWORK_IPV6 && address->bytes[0] == 0xff;
}

bool network_is_any(const struct network_address *address)
{
    static const uint8_t zeroes[16];

    return address->family != NETWORK_NONE && !memcmp(address->bytes, zeroes, size_of(address));
}

struct network_address network_any(WS_IP_VERSION version, uint16_t port)
{
    struct network_address address = {.port = port};

    address.family = version == WS_IP_VERSION_4   ? NETWORK_IPV4
                     : version == WS_IP_VERSION_6 ? NETWORK_IPV6
                                                  : NETWORK_BOTH;
    return address;
}

struct network_address network_loopback(enum network_family family, uint16_t port)
{
    struct network_address address = {.family = (uint8_t)family, .port = port};

    if (family == NETWORK_IPV4)
    {
        address.bytes[0] = 127;
        address.bytes[3] = 1;
    }
    else
        address.bytes[15] = 1;
    return address;
}

/* --- From text --- */

/* A number in the digits of a base, of at most so many of them; false if there is none. */
static bool read_number(const WCHAR **place, const WCHAR *end, unsigned base, int digits, uint32_t *value)
{
    const WCHAR *begin = *place;
    uint32_t number = 0;

    for (; *place < end && *place - begin < digits; ++*place)
    {
        unsigned c = **place, digit = c - '0' < 10 ? c - '0' : (c | 32) - 'a' < 6 ? (c | 32) - 'a' + 10 : 99;

        if (digit >= base)
            break;
        number = number * base + digit;
    }
    *value = number;
    return *place > begin;
}

/* Four numbers that end at `end`. */
static bool parse_ipv4(const WCHAR *place, const WCHAR *end, uint8_t bytes[4])
{
    uint32_t number;
    int i;

    for (i = 0; i < 4; i++)
    {
        if ((i && (place == end || *place++ != '.')) || !read_number(&place, end, 10, 3, &number) || number > 255)
            return false;
        bytes[i] = (uint8_t)number;
    }
    return place == end;
}

static bool parse_scope(const WCHAR *place, const WCHAR *end, uint32_t *scope)
{
    return read_number(&place, end, 10, 9, scope) && place == end;
}

/* RFC 4291, section 2.2: eight groups; "::" stands for those that are 0; the last two may be an IPv4 address. */
static bool parse_ipv6(const WCHAR *place, const WCHAR *end, uint8_t bytes[16])
{
    uint8_t groups[16] = {0};
    int count = 0, zeroes = -1;
    uint32_t number;

    if (end - place >= 2 && place[0] == ':' && place[1] == ':')
    {
        zeroes = 0;
        place += 2;
    }
    while (place < end)
    {
        const WCHAR *begin = place;

        if (count > 14 || !read_number(&place, end, 16, 4, &number))
            return false;
        if (place < end && *place == '.')
        {
            if (count > 12 || !parse_ipv4(begin, end, groups + count))
                return false;
            count += 4;
            break;
        }
        groups[count++] = (uint8_t)(number >> 8);
        groups[count++] = (uint8_t)number;
        if (place == end)
            break;
        if (*place++ != ':' || place == end)
            return false;
        if (*place == ':')
        {
            if (zeroes >= 0)
                return false;
            zeroes = count;
            place++;
        }
    }
    if (zeroes < 0 ? count != 16 : count > 14)
        return false;
    memset(bytes, 0, 16);
    if (zeroes < 0)
        zeroes = count;
    memcpy(bytes, groups, (size_t)zeroes);
    memcpy(bytes + 16 - (count - zeroes), groups + zeroes, (size_t)(count - zeroes));
    return true;
}

bool network_parse(const WS_STRING *host, uint16_t port, WS_IP_VERSION version, struct network_address *address)
{
    const WCHAR *place = host->chars, *end = host->chars + host->length, *scope;
    struct network_address parsed = {.port = port};

    if (!host->length)
        return false;
    if (version != WS_IP_VERSION_6 && parse_ipv4(place, end, parsed.bytes))
    {
        parsed.family = NETWORK_IPV4;
        *address = parsed;
        return true;
    }
    if (version == WS_IP_VERSION_4)
        return false;
    if (*place == '[')
    {
        if (end[-1] != ']')
            return false;
        place++;
        end--;
    }
    for (scope = place; scope < end && *scope != '%';)
        scope++;
    memset(parsed.bytes, 0, sizeof(parsed.bytes));
    if (!parse_ipv6(place, scope, parsed.bytes) || (scope < end && !parse_scope(scope + 1, end, &parsed.scope)))
        return false;
    parsed.family = NETWORK_IPV6;
    *address = parsed;
    return true;
}
