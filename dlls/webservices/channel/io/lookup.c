/* SPDX-License-Identifier: MIT */
/* lookup.c - looking up hosts; see socket.h. The system's function blocks, so a thread of its own calls it. */
#include "socket.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "socket_error.h"
#include "system.h"
#include "thread.h"

#include <string.h>

/* Whoever asked may give up sooner than the system answers. */
struct lookup_request
{
    struct mutex lock;
    struct operation *waiter; /* NULL: it has given up */
    bool answered;
    int code;
    struct network_address *addresses;
    size_t count;
    WCHAR host[];
};

static void free_request(struct lookup_request *request)
{
    mutex_release(&request->lock);
    memory_free(request->addresses);
    memory_free(request);
}

static void run_lookup(void *argument)
{
    struct lookup_request *request = argument;
    struct network_address *addresses = NULL;
    size_t count = 0;
    int code = system_lookup(request->host, &addresses, &count);
    bool alone;

    mutex_lock(&request->lock);
    request->answered = true;
    request->code = code;
    request->addresses = addresses;
    request->count = count;
    if (!(alone = !request->waiter))
        operation_wake(request->waiter);
    mutex_unlock(&request->lock);
    if (alone)
        free_request(request);
}

/* The asker's part of it. */
static void leave_request(struct lookup_request *request)
{
    bool answered;

    mutex_lock(&request->lock);
    request->waiter = NULL;
    answered = request->answered;
    mutex_unlock(&request->lock);
    if (answered)
        free_request(request);
}

static HRESULT no_memory(const WS_STRING *host, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, E_OUTOFMEMORY, "There is not enough memory to look up the computer %s.",
                        text_excerpt_utf16(host->chars, host->length, excerpt));
}

static HRESULT not_found(const WS_STRING *host, const char *why, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, WS_E_ENDPOINT_NOT_FOUND, "The computer %s was not found: %s.",
                        text_excerpt_utf16(host->chars, host->length, excerpt), why);
}

/* Without regard to case: also "localhost.", and what ends in ".localhost" (RFC 6761, section 6.3). */
static bool is_localhost(const WS_STRING *host)
{
    static const char name[] = "localhost";
    ULONG length = host->length, i;

    if (length && host->chars[length - 1] == '.')
        length--;
    if (length < sizeof(name) - 1 || (length >= sizeof(name) && host->chars[length - sizeof(name)] != '.'))
        return false;
    for (i = 0; i < sizeof(name) - 1; i++)
        if ((host->chars[length - (sizeof(name) - 1) + i] | 32) != name[i])
            return false;
    return true;
}

static bool has_version(const struct network_address *address, WS_IP_VERSION version)
{
    return version == WS_IP_VERSION_4   ? address->family == NETWORK_IPV4
           : version == WS_IP_VERSION_6 ? address->family == NETWORK_IPV6
                                        : true;
}

/* Those that are known without asking; 0: none. */
static size_t known_addresses(const WS_STRING *host, uint16_t port, WS_IP_VERSION version,
                              struct network_address known[2])
{
    size_t count = 0;

    if (network_parse(host, port, version, &known[0]))
        return 1;
    if (is_localhost(host))
    {
        if (version != WS_IP_VERSION_4)
            known[count++] = network_loopback(NETWORK_IPV6, port);
        if (version != WS_IP_VERSION_6)
            known[count++] = network_loopback(NETWORK_IPV4, port);
    }
    return count;
}

static HRESULT begin(struct network_lookup *lookup, struct operation *operation, const WS_STRING *host, uint16_t port,
                     WS_IP_VERSION version, WS_ERROR *error)
{
    struct network_address known[2];
    struct lookup_request *request;
    ULONG i;

    if ((lookup->count = known_addresses(host, port, version, known)))
    {
        if (!(lookup->addresses = memory_alloc(sizeof(known), "addresses of a host")))
        {
            lookup->count = 0;
            return no_memory(host, error);
        }
        memcpy(lookup->addresses, known, sizeof(known));
        return S_OK;
    }
    for (i = 0; i < host->length; i++)
        if (!host->chars[i])
            return not_found(host, "its name has a zero in it", error);
    /* RFC 1035, section 2.3.4, is about 255; this is for literal addresses of another version, and for bounds. */
    if (!host->length || host->length > 1000)
        return not_found(host, host->length ? "its name is longer than names can be" : "it has no name", error);
    if (network_parse(host, port, WS_IP_VERSION_AUTO, &known[0]))
        return not_found(host, "the channel is for another version of IP", error);
    if (!(request = memory_alloc(sizeof(*request) + (host->length + 1) * sizeof(WCHAR), "lookup of a host")))
        return no_memory(host, error);
    memset(request, 0, sizeof(*request));
    mutex_init(&request->lock);
    request->waiter = operation;
    memcpy(request->host, host->chars, host->length * sizeof(WCHAR));
    request->host[host->length] = 0;
    if (!thread_start(run_lookup, request))
    {
        free_request(request);
        return no_memory(host, error);
    }
    lookup->request = request;
    return OPERATION_WAITS;
}

/* Takes the answer over. */
static HRESULT finish(struct network_lookup *lookup, const WS_STRING *host, uint16_t port, WS_IP_VERSION version,
                      WS_ERROR *error)
{
    struct lookup_request *request = lookup->request;
    char excerpt[TEXT_EXCERPT_ROOM];
    int code = request->code;
    size_t i;

    if (!code)
    {
        for (i = 0; i < request->count; i++)
            if (has_version(&request->addresses[i], version))
            {
                request->addresses[lookup->count] = request->addresses[i];
                request->addresses[lookup->count++].port = port;
            }
        if (lookup->count)
        {
            lookup->addresses = request->addresses;
            request->addresses = NULL;
        }
    }
    lookup->request = NULL;
    leave_request(request);
    if (code)
        return socket_failed(error, code, CALL_OTHER, "Looking up the computer %s",
                             text_excerpt_utf16(host->chars, host->length, excerpt));
    return lookup->count ? S_OK : not_found(host, "it has no address of the version of IP that is wanted", error);
}

HRESULT network_lookup(struct network_lookup *lookup, struct operation *operation, const WS_STRING *host, uint16_t port,
                       WS_IP_VERSION version, WS_ERROR *error)
{
    HRESULT hr = operation_check(operation, error);
    bool answered;

    if (hr == S_OK && !lookup->request &&
        (hr = begin(lookup, operation, host, port, version, error)) != OPERATION_WAITS)
        return hr;
    if (hr == S_OK || hr == OPERATION_WAITS)
    {
        mutex_lock(&lookup->request->lock);
        answered = lookup->request->answered;
        mutex_unlock(&lookup->request->lock);
        if (answered)
            return finish(lookup, host, port, version, error);
        hr = operation_wait(operation, error);
    }
    if (hr != OPERATION_WAITS)
        network_lookup_release(lookup);
    return hr;
}

void network_lookup_release(struct network_lookup *lookup)
{
    if (lookup->request)
        leave_request(lookup->request);
    memory_free(lookup->addresses);
    *lookup = (struct network_lookup){0};
}
