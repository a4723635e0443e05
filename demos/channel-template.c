/* SPDX-License-Identifier: MIT */
/*
 * The two ways to say how a client connects.
 *
 * By hand: a channel is created with an array of properties and a security description, which names the bindings that
 * protect it. With a template: the policy of the service is a constant description, which wsutil generates, and the
 * program fills in a template with what only it can know, the credentials and its own limits.
 *
 * Nothing is sent; the program prints what the two objects say about themselves.
 */

#include <webservices.h>

#include <stdio.h>
#include <string.h>

/* ---- By hand ------------------------------------------------------------------------------------------------- */

static HRESULT create_channel(WS_CHANNEL **channel, WS_ERROR *error)
{
    ULONG maxMessage = 256 * 1024;
    ULONG sendTimeout = 10 * 1000;
    WS_ENCODING encoding = WS_ENCODING_XML_UTF8;
    WS_ENVELOPE_VERSION soap = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &maxMessage, sizeof(maxMessage)},
        {WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &sendTimeout, sizeof(sendTimeout)},
        {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)},
        {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &soap, sizeof(soap)},
        {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing)},
    };

    /* TLS for the connection, and the user's Windows identity in the HTTP headers. */
    ULONG scheme = WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE;
    WS_SECURITY_BINDING_PROPERTY authProperties[] = {
        {WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME, &scheme, sizeof(scheme)},
    };
    WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL user = {
        {WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE},
    };
    WS_SSL_TRANSPORT_SECURITY_BINDING tls = {{WS_SSL_TRANSPORT_SECURITY_BINDING_TYPE, NULL, 0}, NULL};
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING auth = {
        {WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE, authProperties, WsCountOf(authProperties)},
        &user.credential,
    };
    WS_SECURITY_BINDING *bindings[] = {&tls.binding, &auth.binding};
    WS_SECURITY_DESCRIPTION security = {bindings, WsCountOf(bindings), NULL, 0};

    return WsCreateChannel(WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, properties, WsCountOf(properties),
                           &security, channel, error);
}

/* ---- With a template ----------------------------------------------------------------------------------------- */

/* The policy, as generated: SOAP 1.2 with WS-Addressing over HTTPS, a user name and a password in every message. */
static WS_ENVELOPE_VERSION policySoap = WS_ENVELOPE_VERSION_SOAP_1_2;
static WS_ADDRESSING_VERSION policyAddressing = WS_ADDRESSING_VERSION_1_0;
static WS_PROTECTION_LEVEL policyProtection = WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT;
static WS_SECURITY_HEADER_VERSION policyHeader = WS_SECURITY_HEADER_VERSION_1_0;

static WS_CHANNEL_PROPERTY policyChannel[] = {
    {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &policySoap, sizeof(policySoap)},
    {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &policyAddressing, sizeof(policyAddressing)},
};

static WS_SECURITY_PROPERTY policySecurity[] = {
    {WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL, &policyProtection, sizeof(policyProtection)},
    {WS_SECURITY_PROPERTY_SECURITY_HEADER_VERSION, &policyHeader, sizeof(policyHeader)},
};

static const WS_HTTP_SSL_USERNAME_POLICY_DESCRIPTION policy = {
    {policyChannel, WsCountOf(policyChannel)},
    {policySecurity, WsCountOf(policySecurity)},
    {{NULL, 0}},
    {{NULL, 0}, WS_SUPPORTING_MESSAGE_SECURITY_USAGE},
};

static HRESULT create_proxy(WS_SERVICE_PROXY **proxy, WS_ERROR *error)
{
    static const WS_STRING username = WS_STRING_VALUE(L"usr1");
    static const WS_STRING password = WS_STRING_VALUE(L"a secret of the program");
    ULONG maxMessage = 1024 * 1024;
    ULONG callTimeout = 20 * 1000;
    WS_PROXY_PROPERTY proxyProperties[] = {
        {WS_PROXY_PROPERTY_CALL_TIMEOUT, &callTimeout, sizeof(callTimeout)},
    };
    WS_CHANNEL_PROPERTY channelProperties[] = {
        {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &maxMessage, sizeof(maxMessage)},
    };
    WS_STRING_USERNAME_CREDENTIAL credential = {{WS_STRING_USERNAME_CREDENTIAL_TYPE}, username, password};
    WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE bindingTemplate = {
        {channelProperties, WsCountOf(channelProperties)},
        {NULL, 0},
        {{NULL, 0}, NULL},
        {{NULL, 0}, &credential.credential, NULL, NULL},
    };

    return WsCreateServiceProxyFromTemplate(WS_CHANNEL_TYPE_REQUEST, proxyProperties, WsCountOf(proxyProperties),
                                            WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE_TYPE, &bindingTemplate,
                                            sizeof(bindingTemplate), &policy, sizeof(policy), proxy, error);
}

/* ---- */

static int usage(FILE *to, int status)
{
    fputs("Usage: channel-template [--help]\n\n"
          "Creates a channel by hand, and a service proxy from a template, and prints what they say of themselves.\n"
          "Nothing is sent.\n",
          to);
    return status;
}

int main(int argc, char **argv)
{
    WS_ERROR *error = NULL;
    WS_CHANNEL *channel = NULL;
    WS_SERVICE_PROXY *proxy = NULL;
    WS_CHANNEL_STATE channelState;
    WS_SERVICE_PROXY_STATE proxyState;
    ULONG maxMessage;
    HRESULT hr;

    if (argc > 1)
        return strcmp(argv[1], "--help") ? usage(stderr, 2) : usage(stdout, 0);

    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = create_channel(&channel, error);
    if (SUCCEEDED(hr))
        hr = WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, &channelState, sizeof(channelState), error);
    if (SUCCEEDED(hr))
        hr = WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &maxMessage,
                                  sizeof(maxMessage), error);
    if (SUCCEEDED(hr))
        hr = create_proxy(&proxy, error);
    if (SUCCEEDED(hr))
        hr = WsGetServiceProxyProperty(proxy, WS_PROXY_PROPERTY_STATE, &proxyState, sizeof(proxyState), error);

    if (SUCCEEDED(hr))
    {
        printf("channel: state %d, messages of at most %lu bytes\n", (int)channelState, (unsigned long)maxMessage);
        printf("proxy: state %d\n", (int)proxyState);
    }
    else
    {
        WS_STRING string;

        printf("failed with 0x%08lX\n", (unsigned long)hr);
        if (error != NULL && WsGetErrorString(error, 0, &string) == S_OK)
            printf("%.*ls\n", (int)string.length, string.chars);
    }

    if (proxy != NULL)
        WsFreeServiceProxy(proxy);
    if (channel != NULL)
        WsFreeChannel(channel);
    if (error != NULL)
        WsFreeError(error);
    return FAILED(hr);
}
