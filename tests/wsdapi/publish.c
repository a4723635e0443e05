/* SPDX-License-Identifier: MIT */
/*
 * publish - a device that publishes itself by the system's wsdapi.dll, and asks for itself as another machine would.
 *
 * wsdapi.dll is built upon webservices.dll: it reads and writes the messages of WS-Discovery with it. Prints a line for
 * each thing that happens, and each message that went out: Hello, the answer to a Probe, and Bye. All goes over the
 * loopback interface; messages of other devices and of other runs are left out.
 */
#define COBJMACROS
#define INITGUID
#include <winsock2.h>
#include <ws2tcpip.h>

#include <windows.h>

/* The headers of mingw-w64 10 want these to be declared before; wsdapi.h itself cannot be compiled there. */
typedef struct IWSDMessageParameters IWSDMessageParameters;
typedef struct IWSDServiceMessaging IWSDServiceMessaging;
typedef struct _WSD_CONFIG_PARAM WSD_CONFIG_PARAM;
#include <wsddisco.h>

#include <stdio.h>
#include <string.h>

#define ADDRESS_FAMILY_IPV4 1 /* WSDAPI_ADDRESSFAMILY_IPV4 */
#define PORT                3702
#define GROUP               "239.255.255.250"
#define PATIENCE            15000 /* milliseconds: much more than any of it takes */

static IWSDiscoveryPublisher *publisher;
static HANDLE probed;
static char device[64]; /* its id; no other run has it */
static WCHAR device_id[64];

/* What is published. */
static WSDXML_NAMESPACE printers = {L"http://example.com/printers", L"p", NULL, 0, 0};
static WSDXML_NAME printer = {&printers, (WCHAR *)L"Printer"};
static WSD_NAME_LIST types = {NULL, &printer};
static WSD_URI_LIST second_scope = {NULL, L"http://example.com/R&D/floor1"};
static WSD_URI_LIST scopes = {&second_scope, L"http://example.com/Gr\u00f6\u00dfe/\u20ac"};
static WSD_URI_LIST addresses = {NULL, L"http://127.0.0.1:80/printer?a=1&b=2"};
static const WCHAR session[] = L"urn:uuid:11111111-2222-3333-4444-555555555555";

static void fail(const char *what, long code)
{
    printf("failed: %s: 0x%08lx\n", what, (unsigned long)code);
    ExitProcess(1);
}

static void check(const char *what, HRESULT hr)
{
    if (hr != S_OK)
        fail(what, hr);
}

/* --- Who hears of probes: an object that is never freed --- */

static HRESULT WINAPI sink_query(IWSDiscoveryPublisherNotify *sink, REFIID iid, void **object)
{
    (void)iid;
    *object = sink;
    return S_OK;
}

static ULONG WINAPI sink_reference(IWSDiscoveryPublisherNotify *sink)
{
    (void)sink;
    return 1;
}

static HRESULT WINAPI sink_probe(IWSDiscoveryPublisherNotify *sink, const WSD_SOAP_MESSAGE *message,
                                 IWSDMessageParameters *parameters)
{
    const WSD_PROBE *probe = message->Body;
    const WSD_NAME_LIST *type;
    static LONG answered;

    (void)sink;
    /* Others may send probes, too; of ours wsdapi may hand on each that was sent. */
    if (!message->Header.MessageID || wcscmp(message->Header.MessageID + 9, device_id + 9))
        return S_OK;
    if (InterlockedExchange(&answered, 1))
        return S_OK;
    printf("probe: to %ls, action %ls\n", message->Header.To, message->Header.Action);
    for (type = probe->Types; type; type = type->Next)
        printf("probe: type {%ls}%ls\n", type->Element->Space->Uri, type->Element->LocalName);
    check("MatchProbe", IWSDiscoveryPublisher_MatchProbe(publisher, message, parameters, device_id, 3, 1, 2, session,
                                                         &types, &scopes, &addresses));
    SetEvent(probed);
    return S_OK;
}

static HRESULT WINAPI sink_resolve(IWSDiscoveryPublisherNotify *sink, const WSD_SOAP_MESSAGE *message,
                                   IWSDMessageParameters *parameters)
{
    (void)sink, (void)message, (void)parameters;
    return S_OK;
}

static IWSDiscoveryPublisherNotifyVtbl sink_table = {sink_query, sink_reference, sink_reference, sink_probe,
                                                     sink_resolve};
static IWSDiscoveryPublisherNotify sink = {&sink_table};

/* --- The other machine --- */

static SOCKET open_socket(u_short port)
{
    struct sockaddr_in address = {0};
    struct ip_mreq group;
    BOOL yes = TRUE;
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    group.imr_multiaddr.s_addr = inet_addr(GROUP);
    group.imr_interface.s_addr = htonl(INADDR_LOOPBACK);
    if (s == INVALID_SOCKET || setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (const char *)&yes, sizeof(yes)) ||
        bind(s, (struct sockaddr *)&address, sizeof(address)) ||
        setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, (const char *)&group, sizeof(group)) ||
        setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, (const char *)&group.imr_interface, sizeof(group.imr_interface)))
    {
        printf("no multicast on the loopback interface: %d\n", WSAGetLastError());
        ExitProcess(2);
    }
    return s;
}

/* Receives until there is a message with that action about our device, and prints it; FALSE: not within the time. */
static BOOL receive(SOCKET s, const char *action, DWORD milliseconds)
{
    static char message[65536];
    char pattern[80];
    DWORD start = GetTickCount(), passed;
    int size;

    sprintf(pattern, "/discovery/%s<", action);
    while ((passed = GetTickCount() - start) < milliseconds)
    {
        struct timeval wait = {(long)(milliseconds - passed) / 1000, (long)(milliseconds - passed) % 1000 * 1000};
        fd_set set;

        FD_ZERO(&set);
        FD_SET(s, &set);
        if (select(0, &set, NULL, NULL, &wait) != 1)
            break;
        size = recv(s, message, sizeof(message) - 1, 0);
        if (size <= 0)
            continue;
        message[size] = 0;
        if (!strstr(message, pattern) || !strstr(message, device))
            continue;
        printf("%s: %s\n", action, message);
        return TRUE;
    }
    return FALSE;
}

static void send_probe(SOCKET s)
{
    /* Not as wsdapi itself writes: other prefixes, a default namespace, single quotes. There is no white space between
     * the elements, and the prefix of the type is the one that was published, because of faults of Wine's wsdapi that
     * it has with any webservices.dll. */
    static const char format[] =
        "<?xml version='1.0' encoding='utf-8'?>"
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'"
        " xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' xmlns:p='http://example.com/printers'><s:Header>"
        "<a:Action s:mustUnderstand='1'>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>"
        "<a:MessageID>%s</a:MessageID>"
        "<a:To s:mustUnderstand='1'>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>"
        "</s:Header><s:Body>"
        "<Probe xmlns='http://schemas.xmlsoap.org/ws/2005/04/discovery'>"
        "<Types>p:Printer</Types>"
        "</Probe></s:Body></s:Envelope>";
    char probe[2000];
    struct sockaddr_in address = {0};

    /* Where Wine's wsdapi listens on loopback: it does not hear the group there. */
    address.sin_family = AF_INET;
    address.sin_port = htons(PORT);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sprintf(probe, format, device);
    if (sendto(s, probe, (int)strlen(probe), 0, (struct sockaddr *)&address, sizeof(address)) < 0)
        fail("sendto", WSAGetLastError());
}

/* Datagrams may get lost: it is sent again until it is heard. */
static void probe_until_heard(SOCKET s)
{
    int i;

    for (i = 0; i < PATIENCE / 1000; i++)
    {
        send_probe(s);
        if (WaitForSingleObject(probed, 1000) == WAIT_OBJECT_0)
            return;
    }
    fail("nobody heard the probe", 0);
}

/* --- */

static void print_dll(void)
{
    const char *dll = (const char *)GetModuleHandleA("webservices.dll");

    /* Wine's tools mark the DLLs that belong to Wine in the DOS header. */
    if (!dll)
        fail("wsdapi.dll has no webservices.dll", 0);
    printf("webservices.dll: %s\n", memcmp(dll + 64, "Wine builtin DLL", 16) ? "native" : "builtin");
}

int main(void)
{
    SOCKET listener, other;
    WSADATA data;
    GUID id;

    setvbuf(stdout, NULL, _IONBF, 0);
    WSAStartup(MAKEWORD(2, 2), &data);
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    print_dll();
    listener = open_socket(PORT);
    other = open_socket(0);
    probed = CreateEventA(NULL, FALSE, FALSE, NULL);
    CoCreateGuid(&id);
    sprintf(device, "urn:uuid:%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", (unsigned long)id.Data1, id.Data2,
            id.Data3, id.Data4[0], id.Data4[1], id.Data4[2], id.Data4[3], id.Data4[4], id.Data4[5], id.Data4[6],
            id.Data4[7]);
    MultiByteToWideChar(CP_ACP, 0, device, -1, device_id, 64);

    check("WSDCreateDiscoveryPublisher", WSDCreateDiscoveryPublisher(NULL, &publisher));
    check("SetAddressFamily", IWSDiscoveryPublisher_SetAddressFamily(publisher, ADDRESS_FAMILY_IPV4));
    check("RegisterNotificationSink", IWSDiscoveryPublisher_RegisterNotificationSink(publisher, &sink));
    check("Publish",
          IWSDiscoveryPublisher_Publish(publisher, device_id, 3, 1, 1, session, &types, &scopes, &addresses));
    if (!receive(listener, "Hello", PATIENCE))
        fail("no Hello", 0);
    probe_until_heard(other);
    if (!receive(other, "ProbeMatches", PATIENCE))
        fail("no answer to the probe", 0);
    check("UnPublish", IWSDiscoveryPublisher_UnPublish(publisher, device_id, 1, 3, session, NULL));
    if (!receive(listener, "Bye", PATIENCE))
        fail("no Bye", 0);
    check("UnRegisterNotificationSink", IWSDiscoveryPublisher_UnRegisterNotificationSink(publisher, &sink));
    IWSDiscoveryPublisher_Release(publisher);
    printf("done\n");
    return 0;
}
