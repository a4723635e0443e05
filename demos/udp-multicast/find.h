/* SPDX-License-Identifier: MIT */
/*
 * find.h - what the client and the servers of this demo agree on: the group, the messages, and the options with which
 * they are called.
 *
 * The client asks the group who has some thing. Those who have it answer with their name, each from its own address.
 */
#ifndef FIND_H
#define FIND_H

#ifdef _WIN32
#include <winsock2.h> /* before windows.h */

#include <iphlpapi.h>
#endif

#include "../channel-demo.h"

#ifndef _WIN32
#include <ifaddrs.h>
#include <net/if.h>
#endif

/* ---- The messages ---------------------------------------------------------------------------------------------- */

typedef struct Text
{
    WS_STRING text;
} Text;

static WS_XML_STRING findNs = WS_XML_STRING_VALUE("http://example.com/find");
static WS_XML_STRING whoHasName = WS_XML_STRING_VALUE("whoHas");
static WS_XML_STRING iHaveName = WS_XML_STRING_VALUE("iHave");
static WS_XML_STRING whoHasAction = WS_XML_STRING_VALUE("http://example.com/find/whoHas");
static WS_XML_STRING iHaveAction = WS_XML_STRING_VALUE("http://example.com/find/iHave");

static WS_FIELD_DESCRIPTION textField = {
    WS_TEXT_FIELD_MAPPING, NULL, NULL, WS_STRING_TYPE, NULL, WsOffsetOf(Text, text), 0, NULL, 0, NULL, NULL, NULL};
static WS_FIELD_DESCRIPTION *textFields[] = {&textField};
static WS_STRUCT_DESCRIPTION textStruct = {
    sizeof(Text), __alignof__(Text), textFields, WsCountOf(textFields), NULL, NULL, NULL, NULL, 0, 0};
static WS_ELEMENT_DESCRIPTION whoHasElement = {&whoHasName, &findNs, WS_STRUCT_TYPE, &textStruct};
static WS_ELEMENT_DESCRIPTION iHaveElement = {&iHaveName, &findNs, WS_STRUCT_TYPE, &textStruct};
static const WS_MESSAGE_DESCRIPTION whoHasMessage = {&whoHasAction, &whoHasElement};
static const WS_MESSAGE_DESCRIPTION iHaveMessage = {&iHaveAction, &iHaveElement};

/* ---- Options --------------------------------------------------------------------------------------------------- */

#define MAX_ADAPTERS 64

typedef struct Options
{
    BOOL isIpv6;
    BOOL isLoopback; /* only this computer */
    unsigned port;
    char url[64]; /* of the group */
    ULONG adapters[MAX_ADAPTERS];
    ULONG adapterCount;
} Options;

#ifdef _WIN32

static inline void find_adapters(Options *options)
{
    ULONG family = options->isIpv6 ? AF_INET6 : AF_INET;
    ULONG size = 64 * 1024;
    IP_ADAPTER_ADDRESSES *list = (IP_ADAPTER_ADDRESSES *)malloc(size), *adapter;

    if (list != NULL && GetAdaptersAddresses(family, 0, NULL, list, &size) == NO_ERROR)
        for (adapter = list; adapter != NULL && options->adapterCount < MAX_ADAPTERS; adapter = adapter->Next)
            if (adapter->OperStatus == IfOperStatusUp &&
                (!options->isLoopback || adapter->IfType == 24 /* IF_TYPE_SOFTWARE_LOOPBACK */))
                options->adapters[options->adapterCount++] = options->isIpv6 ? adapter->Ipv6IfIndex : adapter->IfIndex;
    free(list);
}

#else

static inline void find_adapters(Options *options)
{
    int family = options->isIpv6 ? AF_INET6 : AF_INET;
    struct ifaddrs *list = NULL, *address;
    ULONG index, i;

    if (getifaddrs(&list) != 0)
        return;
    for (address = list; address != NULL && options->adapterCount < MAX_ADAPTERS; address = address->ifa_next)
    {
        if (address->ifa_addr == NULL || address->ifa_addr->sa_family != family || !(address->ifa_flags & IFF_UP) ||
            !(address->ifa_flags & (options->isLoopback ? IFF_LOOPBACK : IFF_LOOPBACK | IFF_MULTICAST)))
            continue;
        /* One adapter has several addresses. */
        index = if_nametoindex(address->ifa_name);
        for (i = 0; i < options->adapterCount && options->adapters[i] != index; i++)
            ;
        if (i == options->adapterCount && index != 0)
            options->adapters[options->adapterCount++] = index;
    }
    freeifaddrs(list);
}

#endif

/* Reads the options, and returns how many arguments they are; -1: the usage should be shown. */
static inline int read_options(Options *options, int argc, char **argv)
{
    int i;

    memset(options, 0, sizeof(*options));
    options->port = 3999;
    for (i = 1; i < argc && argv[i][0] == '-'; i++)
    {
        if (strcmp(argv[i], "--ipv6") == 0)
            options->isIpv6 = TRUE;
        else if (strcmp(argv[i], "--loopback") == 0)
            options->isLoopback = TRUE;
        else if (strcmp(argv[i], "--port") == 0 && i + 1 < argc &&
                 (options->port = parse_number(argv[i + 1], 65535)) != 0)
            i++;
        else
            return -1;
    }
    /* For private use: one of an organization, one of a link. */
    snprintf(options->url, sizeof(options->url), "soap.udp://%s:%u", options->isIpv6 ? "[ff02::4d:7]" : "239.255.77.7",
             options->port);
    find_adapters(options);
    return i - 1;
}

#define OPTIONS_USAGE \
    "  --ipv6      the group is [ff02::4d:7], not 239.255.77.7\n" \
    "  --loopback  only programs of this computer can hear each other\n" \
    "  --port N    the group's port, 3999 unless told otherwise\n"

#endif
