/* SPDX-License-Identifier: MIT */
/* channel-settings.c - what channels and listeners are created with: defaults, copies, and what goes together. */
#include "support/errors.h"
#include "support/strings.h"

#include "channel/object/channel_properties.h"
#include "channel/object/listener_properties.h"

/* Only what settings depend on. */
static struct transport transport_with(WS_CHANNEL_BINDING binding, WS_ENCODING encoding)
{
    struct transport transport = {.binding = binding, .encoding = encoding, .encodings = ~0u};

    transport.carries_addressing = binding == WS_HTTP_CHANNEL_BINDING;
    return transport;
}

static const struct
{
    WS_CHANNEL_BINDING binding;
    WS_ENCODING encoding;
} bindings[] = {{WS_HTTP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8},
                {WS_TCP_CHANNEL_BINDING, WS_ENCODING_XML_BINARY_SESSION_1},
                {WS_UDP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8},
                {WS_NAMEDPIPE_CHANNEL_BINDING, WS_ENCODING_XML_BINARY_SESSION_1}};

static HRESULT make(WS_CHANNEL_BINDING binding, const WS_CHANNEL_PROPERTY *properties, ULONG count,
                    struct channel_settings *settings, WS_ERROR *error)
{
    const struct transport transport = transport_with(
        binding, binding == WS_TCP_CHANNEL_BINDING ? WS_ENCODING_XML_BINARY_SESSION_1 : WS_ENCODING_XML_UTF8);
    struct _WS_HEAP heap;
    HRESULT hr = channel_settings_make(&transport, NULL, properties, count, settings, &heap, error);

    if (hr == S_OK)
        arena_release(&heap.arena);
    return hr;
}

TEST(defaults_are_those_of_the_page)
{
    struct channel_settings settings;
    struct _WS_HEAP heap;
    struct transport transport;
    size_t i;

    for (i = 0; i < sizeof(bindings) / sizeof(bindings[0]); i++)
    {
        transport = transport_with(bindings[i].binding, bindings[i].encoding);
        ok(channel_settings_make(&transport, NULL, NULL, 0, &settings, &heap, NULL));
        expect(settings.max_buffered_size == 65536 && settings.max_streamed_size == 4194304);
        expect(settings.max_streamed_start == 16384 && settings.max_streamed_flush == 65536);
        expect(settings.encoding == bindings[i].encoding && settings.max_dictionary_size == 2048);
        expect(settings.envelope_version == WS_ENVELOPE_VERSION_SOAP_1_2);
        expect(settings.addressing_version == WS_ADDRESSING_VERSION_1_0);
        expect(settings.resolve_timeout == INFINITE && settings.connect_timeout == 30000);
        expect(settings.send_timeout == 30000 && settings.response_timeout == 30000);
        expect(settings.receive_timeout == 30000 && settings.close_timeout == 30000);
        expect(settings.transfer_mode == WS_BUFFERED_TRANSFER_MODE && settings.ip_version == WS_IP_VERSION_AUTO);
        expect(settings.multicast_interface == 0 && settings.multicast_hops == 1);
        expect(!settings.no_delay && !settings.send_keep_alives && settings.keep_alive_time == 7200000);
        expect(settings.keep_alive_interval == 1000 && settings.max_server_connections == INFINITE);
        expect(settings.trim_size == 65536 && settings.max_request_headers == 65536);
        expect(settings.cookie_mode == WS_AUTO_COOKIE_MODE && !settings.enable_redirect);
        expect(settings.proxy_mode == WS_HTTP_PROXY_SETTING_MODE_AUTO && !settings.mapping.requestMappingOptions);
        expect(settings.faults_as_errors && !settings.allow_unsecured_faults);
        expect(settings.callback_model == WS_LONG_CALLBACK);
        arena_release(&heap.arena);
    }
}

/* On which bindings a client's channel can be created with a property: H, T, U, N for named pipes. */
TEST(each_property_has_its_bindings)
{
    static const struct
    {
        const char *create, *get, *set;
    } table[] = {
        {"HTN", "HTUN", ""},      /* MAX_BUFFERED_MESSAGE_SIZE */
        {NULL, NULL, ""},         /* MAX_STREAMED_MESSAGE_SIZE: by the transports */
        {NULL, NULL, ""},         /* MAX_STREAMED_START_SIZE */
        {NULL, NULL, ""},         /* MAX_STREAMED_FLUSH_SIZE */
        {"HT", "HTUN", ""},       /* ENCODING */
        {"HTU", "HTUN", ""},      /* ENVELOPE_VERSION */
        {"HTUN", "HTUN", ""},     /* ADDRESSING_VERSION */
        {"TN", "TN", ""},         /* MAX_SESSION_DICTIONARY_SIZE */
        {"", "HTUN", ""},         /* STATE */
        {"HTUN", "HTUN", ""},     /* ASYNC_CALLBACK_MODEL */
        {"TU", "TU", ""},         /* IP_VERSION */
        {"H", "H", "H"},          /* RESOLVE_TIMEOUT */
        {"HTN", "HTN", "HTN"},    /* CONNECT_TIMEOUT */
        {"HTN", "HTN", "HTN"},    /* SEND_TIMEOUT */
        {"H", "H", "H"},          /* RECEIVE_RESPONSE_TIMEOUT */
        {"HTN", "HTN", "HTN"},    /* RECEIVE_TIMEOUT */
        {"TN", "TN", "TN"},       /* CLOSE_TIMEOUT */
        {"HTUN", "", ""},         /* ENABLE_TIMEOUTS */
        {NULL, "HTUN", ""},       /* TRANSFER_MODE */
        {"U", "U", "U"},          /* MULTICAST_INTERFACE */
        {"U", "U", ""},           /* MULTICAST_HOPS */
        {"", "U", ""},            /* REMOTE_ADDRESS */
        {"", "TU", ""},           /* REMOTE_IP_ADDRESS */
        {"", "", ""},             /* HTTP_CONNECTION_ID */
        {"", "", ""},             /* CUSTOM_CHANNEL_CALLBACKS */
        {"", "", ""},             /* CUSTOM_CHANNEL_PARAMETERS */
        {"", "", ""},             /* CUSTOM_CHANNEL_INSTANCE */
        {"", "", ""},             /* TRANSPORT_URL */
        {"T", "T", "T"},          /* NO_DELAY */
        {"T", "", ""},            /* SEND_KEEP_ALIVES */
        {"T", "", ""},            /* KEEP_ALIVE_TIME */
        {"T", "", ""},            /* KEEP_ALIVE_INTERVAL */
        {"H", "", ""},            /* MAX_HTTP_SERVER_CONNECTIONS */
        {"", "TN", ""},           /* IS_SESSION_SHUT_DOWN */
        {"", "HTUN", ""},         /* CHANNEL_TYPE */
        {"HTN", "HTUN", ""},      /* TRIM_BUFFERED_MESSAGE_SIZE */
        {"HTN", "", ""},          /* ENCODER */
        {"HTN", "", ""},          /* DECODER */
        {"", "HTUN", ""},         /* PROTECTION_LEVEL */
        {"H", "", ""},            /* COOKIE_MODE */
        {"H", "", ""},            /* HTTP_PROXY_SETTING_MODE */
        {"H", "", ""},            /* CUSTOM_HTTP_PROXY */
        {"H", "", ""},            /* HTTP_MESSAGE_MAPPING */
        {"H", "", ""},            /* ENABLE_HTTP_REDIRECT */
        {"H", "", ""},            /* HTTP_REDIRECT_CALLBACK_CONTEXT */
        {"HTUN", "HTUN", "HTUN"}, /* FAULTS_AS_ERRORS */
        {"HTN", "HTN", "HTN"},    /* ALLOW_UNSECURED_FAULTS */
        {"", "H", ""},            /* HTTP_SERVER_SPN */
        {"", "H", ""},            /* HTTP_PROXY_SPN */
        {"", "", ""},             /* MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE: of listeners */
    };
    static const char letters[] = {'H', 'T', 'U', 0, 'N'};
    const struct channel_property *property;
    const char *wanted;
    size_t id, binding, use;
    unsigned bits;

    for (id = 0; id < sizeof(table) / sizeof(table[0]); id++)
    {
        expect((property = channel_property((WS_CHANNEL_PROPERTY_ID)id)) != NULL);
        for (use = 0; use < 3; use++)
            for (binding = 0; binding < sizeof(letters); binding++)
            {
                wanted = use == 0 ? table[id].create : use == 1 ? table[id].get : table[id].set;
                bits = use == 0 ? property->client.create : use == 1 ? property->client.get : property->client.set;
                if (letters[binding] && wanted && (strchr(wanted, letters[binding]) != NULL) != (bits >> binding & 1))
                    test_fail(__FILE__, __LINE__, "property %zu, use %zu, binding %zu", id, use, binding);
            }
    }
    expect(!channel_property((WS_CHANNEL_PROPERTY_ID)50) && !channel_property((WS_CHANNEL_PROPERTY_ID)-1));
}

#define PROPERTY(id, value) \
    { \
        WS_CHANNEL_PROPERTY_##id, (void *)(uintptr_t) & (value), sizeof(value) \
    }

TEST(values_are_checked)
{
    WS_ERROR *error = create_error();
    ULONG zero = 0, two = 2, nine = 99, infinite = INFINITE;
    ULONGLONG zero64 = 0;
    BOOL yes = 17;
    const WS_TRANSFER_MODE streamed = WS_STREAMED_TRANSFER_MODE;
    const WS_ENCODING raw = WS_ENCODING_RAW;
    const WS_ADDRESSING_VERSION transport = WS_ADDRESSING_VERSION_TRANSPORT;
    const WS_HTTP_PROXY_SETTING_MODE custom = WS_HTTP_PROXY_SETTING_MODE_CUSTOM;
    const WS_CHANNEL_ENCODER encoder = {NULL, NULL, NULL, NULL, NULL, NULL, NULL};
    WS_HTTP_MESSAGE_MAPPING mapping = {WS_HTTP_REQUEST_MAPPING_VERB, 0, NULL, 0, NULL, 0};
    struct channel_settings settings;
    struct
    {
        WS_CHANNEL_BINDING binding;
        WS_CHANNEL_PROPERTY properties[2];
        ULONG count;
        const char *says; /* NULL: S_OK */
    } table[] = {
        {WS_TCP_CHANNEL_BINDING, {PROPERTY(MAX_BUFFERED_MESSAGE_SIZE, zero)}, 1, "cannot be 0"},
        {WS_TCP_CHANNEL_BINDING, {PROPERTY(MAX_BUFFERED_MESSAGE_SIZE, two)}, 1, NULL},
        {WS_HTTP_CHANNEL_BINDING,
         {PROPERTY(TRANSFER_MODE, streamed), PROPERTY(MAX_STREAMED_MESSAGE_SIZE, zero64)},
         2,
         "cannot be 0"},
        {WS_HTTP_CHANNEL_BINDING,
         {PROPERTY(TRANSFER_MODE, streamed), PROPERTY(MAX_BUFFERED_MESSAGE_SIZE, two)},
         2,
         "without buffered input or output"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(MAX_STREAMED_START_SIZE, two)}, 1, "without streamed input"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(ENCODING, nine)}, 1, "cannot be 99"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(ENCODING, raw)}, 1, NULL},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(ENVELOPE_VERSION, nine)}, 1, "cannot be 99"},
        {WS_TCP_CHANNEL_BINDING, {PROPERTY(ADDRESSING_VERSION, transport)}, 1, "cannot be used with WS_TCP"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(ADDRESSING_VERSION, transport)}, 1, NULL},
        {WS_TCP_CHANNEL_BINDING, {PROPERTY(KEEP_ALIVE_TIME, two)}, 1, "without WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES"},
        {WS_TCP_CHANNEL_BINDING, {PROPERTY(KEEP_ALIVE_TIME, two), PROPERTY(SEND_KEEP_ALIVES, yes)}, 2, NULL},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(HTTP_PROXY_SETTING_MODE, custom)}, 1, "CUSTOM_HTTP_PROXY is missing"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(ENCODER, encoder)}, 1, "A callback of WS_CHANNEL_PROPERTY_ENCODER"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(HTTP_MESSAGE_MAPPING, mapping)}, 1, "Only with WS_ENCODING_RAW"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(HTTP_MESSAGE_MAPPING, mapping), PROPERTY(ENCODING, raw)}, 2, NULL},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(RESOLVE_TIMEOUT, infinite)}, 1, NULL},
        {WS_TCP_CHANNEL_BINDING, {PROPERTY(RESOLVE_TIMEOUT, infinite)}, 1, "cannot be created with"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(MAX_SESSION_DICTIONARY_SIZE, two)}, 1, "cannot be created with"},
        {WS_HTTP_CHANNEL_BINDING, {PROPERTY(ASYNC_CALLBACK_MODEL, two)}, 1, "cannot be 2"},
    };
    size_t i;
    HRESULT hr;

    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
    {
        ok(WsResetError(error));
        hr = make(table[i].binding, table[i].properties, table[i].count, &settings, error);
        if (hr != (table[i].says ? E_INVALIDARG : S_OK) || (table[i].says && !says(error, table[i].says)))
            test_fail(__FILE__, __LINE__, "row %zu: 0x%08x %s", i, (unsigned)hr, sentence(error));
    }
    WsFreeError(error);
}

TEST(raw_bytes_have_no_envelope)
{
    const WS_ENCODING raw = WS_ENCODING_RAW;
    const WS_CHANNEL_PROPERTY property = PROPERTY(ENCODING, raw);
    struct channel_settings settings;

    ok(make(WS_HTTP_CHANNEL_BINDING, &property, 1, &settings, NULL));
    expect(settings.envelope_version == WS_ENVELOPE_VERSION_NONE);
    expect(settings.addressing_version == WS_ADDRESSING_VERSION_TRANSPORT);
}

TEST(without_timeouts_those_that_are_not_given_are_infinite)
{
    const BOOL no = FALSE;
    const ULONG five = 5;
    const WS_CHANNEL_PROPERTY properties[] = {PROPERTY(ENABLE_TIMEOUTS, no), PROPERTY(SEND_TIMEOUT, five)};
    struct channel_settings settings;

    ok(make(WS_TCP_CHANNEL_BINDING, properties, 2, &settings, NULL));
    expect(settings.send_timeout == 5 && settings.receive_timeout == INFINITE && settings.connect_timeout == INFINITE);
    expect(settings.close_timeout == INFINITE);
}

/* What a mapping refers to may be gone afterwards. */
TEST(values_are_copied_with_what_they_refer_to)
{
    const struct transport transport = transport_with(WS_HTTP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8);
    char name[] = "X-Name";
    WCHAR server[] = {'p', ':', '1'};
    const WS_HTTP_PROXY_SETTING_MODE custom = WS_HTTP_PROXY_SETTING_MODE_CUSTOM;
    WS_CUSTOM_HTTP_PROXY proxy = {{3, server}, {0, NULL}};
    WS_HTTP_HEADER_MAPPING header = {{6, (BYTE *)name, NULL, 0}, 0}, *headers[] = {&header};
    WS_HTTP_MESSAGE_MAPPING mapping = {0, 0, headers, 1, NULL, 0};
    const WS_CHANNEL_PROPERTY properties[] = {PROPERTY(HTTP_MESSAGE_MAPPING, mapping),
                                              PROPERTY(CUSTOM_HTTP_PROXY, proxy),
                                              PROPERTY(HTTP_PROXY_SETTING_MODE, custom)};
    struct channel_settings settings;
    struct _WS_HEAP heap;

    ok(channel_settings_make(&transport, NULL, properties, 3, &settings, &heap, NULL));
    memset(name, 0, sizeof(name));
    memset(server, 0, sizeof(server));
    memset(&header, 0, sizeof(header));
    headers[0] = NULL;
    expect(settings.mapping.requestHeaderMappingCount == 1 && settings.mapping.responseHeaderMappingCount == 0);
    expect(string_is(&settings.mapping.requestHeaderMappings[0]->headerName, "X-Name"));
    expect(wide_is(&settings.proxy.servers, "p:1"));
    arena_release(&heap.arena);
    mapping.requestHeaderMappings = headers;
    expect_hr(E_INVALIDARG, make(WS_HTTP_CHANNEL_BINDING, properties, 1, &settings, NULL));
    mapping.requestHeaderMappings = NULL;
    expect_hr(E_INVALIDARG, make(WS_HTTP_CHANNEL_BINDING, properties, 1, &settings, NULL));
}

TEST(listeners_have_defaults_and_checks)
{
    const struct transport tcp = transport_with(WS_TCP_CHANNEL_BINDING, WS_ENCODING_XML_BINARY_SESSION_1),
                           udp = transport_with(WS_UDP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8),
                           http = transport_with(WS_HTTP_CHANNEL_BINDING, WS_ENCODING_XML_UTF8);
    BOOL yes = TRUE;
    ULONG interfaces[] = {3, 4}, odd = 0x1000, options = 0;
    WS_LISTENER_PROPERTY multicast[] = {{WS_LISTENER_PROPERTY_MULTICAST_INTERFACES, interfaces, sizeof(interfaces)},
                                        {WS_LISTENER_PROPERTY_IS_MULTICAST, &yes, sizeof(yes)}};
    WS_LISTENER_PROPERTY matching = {WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS, &odd, sizeof(odd)};
    struct listener_settings settings;
    struct _WS_HEAP heap;

    ok(listener_settings_make(&tcp, NULL, 0, &settings, &heap, NULL));
    arena_release(&heap.arena);
    expect(settings.connect_timeout == 15000 && settings.close_timeout == 5000 && settings.backlog == 0);
    expect(settings.ip_version == WS_IP_VERSION_AUTO && settings.callback_model == WS_LONG_CALLBACK);
    expect(!settings.is_multicast && settings.multicast_loopback);
    expect(settings.to_matching ==
           (WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_EXACT_PATH | WS_MATCH_URL_PORT | WS_MATCH_URL_NO_QUERY));
    expect(settings.url_matching == settings.to_matching);
    ok(listener_settings_make(&http, NULL, 0, &settings, &heap, NULL));
    expect(settings.disallowed_agents.subStringCount == 1 &&
           wide_is(settings.disallowed_agents.subStrings[0], "Mozilla"));
    arena_release(&heap.arena);
    expect_hr(E_INVALIDARG, listener_settings_make(&udp, multicast, 1, &settings, &heap, NULL));
    ok(listener_settings_make(&udp, multicast, 2, &settings, &heap, NULL));
    memset(interfaces, 0, sizeof(interfaces));
    expect(settings.interface_count == 2 && settings.interfaces[1] == 4);
    arena_release(&heap.arena);
    multicast[0].valueSize = 7;
    expect_hr(E_INVALIDARG, listener_settings_make(&udp, multicast, 2, &settings, &heap, NULL));
    expect_hr(E_INVALIDARG, listener_settings_make(&tcp, multicast, 2, &settings, &heap, NULL));
    expect_hr(E_INVALIDARG, listener_settings_make(&tcp, &matching, 1, &settings, &heap, NULL));
    matching.value = &options;
    ok(listener_settings_make(&tcp, &matching, 1, &settings, &heap, NULL));
    expect(settings.to_matching == 0);
    arena_release(&heap.arena);
}
