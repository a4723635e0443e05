/* SPDX-License-Identifier: MIT */
/*
 * settings.h - the values of properties of channels and listeners. Strings, arrays and callbacks are copies, in the
 * object's own memory.
 *
 * Those that can be set at any time are read while operations run, and so with setting_load(): all timeouts,
 * MULTICAST_INTERFACE, NO_DELAY, FAULTS_AS_ERRORS, ALLOW_UNSECURED_FAULTS. All others stay as they are from creation
 * on.
 */
#ifndef WS_CHANNEL_OBJECT_SETTINGS_H
#define WS_CHANNEL_OBJECT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

struct channel_settings
{
    ULONG max_buffered_size;      /* MAX_BUFFERED_MESSAGE_SIZE; 65536 for UDP */
    ULONG max_streamed_start;     /* MAX_STREAMED_START_SIZE */
    ULONGLONG max_streamed_size;  /* MAX_STREAMED_MESSAGE_SIZE */
    ULONG max_streamed_flush;     /* MAX_STREAMED_FLUSH_SIZE */
    ULONG max_dictionary_size;    /* MAX_SESSION_DICTIONARY_SIZE */
    ULONG trim_size;              /* TRIM_BUFFERED_MESSAGE_SIZE */
    ULONG max_request_headers;    /* MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE */
    ULONG max_server_connections; /* MAX_HTTP_SERVER_CONNECTIONS */
    WS_TRANSFER_MODE transfer_mode;
    WS_ENCODING encoding;
    WS_ENVELOPE_VERSION envelope_version;
    WS_ADDRESSING_VERSION addressing_version;
    WS_CALLBACK_MODEL callback_model; /* a listener's channel has that of its listener */
    WS_IP_VERSION ip_version;

    /* In milliseconds, or INFINITE. */
    ULONG resolve_timeout, connect_timeout, send_timeout, response_timeout, receive_timeout, close_timeout;

    ULONG multicast_interface, multicast_hops;
    BOOL no_delay, send_keep_alives;
    ULONG keep_alive_time, keep_alive_interval;
    BOOL enable_timeouts; /* has been taken into account in the timeouts */
    BOOL faults_as_errors, allow_unsecured_faults;

    /* HTTP. */
    WS_COOKIE_MODE cookie_mode;
    WS_HTTP_PROXY_SETTING_MODE proxy_mode;
    WS_CUSTOM_HTTP_PROXY proxy;
    WS_HTTP_MESSAGE_MAPPING mapping;
    BOOL enable_redirect;
    WS_HTTP_REDIRECT_CALLBACK_CONTEXT redirect; /* callback NULL: none */

    WS_CHANNEL_ENCODER encoder; /* createEncoderCallback NULL: none */
    WS_CHANNEL_DECODER decoder;

    /* The custom binding. */
    WS_CUSTOM_CHANNEL_CALLBACKS callbacks;
    const void *parameters;
    ULONG parameters_size;
};

struct listener_settings
{
    ULONG backlog; /* LISTEN_BACKLOG; 0: the system's usual */
    WS_IP_VERSION ip_version;
    WS_CALLBACK_MODEL callback_model;
    ULONG connect_timeout, close_timeout;
    BOOL is_multicast, multicast_loopback;
    const ULONG *interfaces; /* MULTICAST_INTERFACES; under the listener's lock: it can be set when open */
    ULONG interface_count;
    ULONG to_matching, url_matching; /* WS_MATCH_URL_ flags */
    WS_DISALLOWED_USER_AGENT_SUBSTRINGS disallowed_agents;

    /* The custom binding. */
    WS_CUSTOM_LISTENER_CALLBACKS callbacks;
    const void *parameters;
    ULONG parameters_size;
};

/* A setting that another thread may be setting. */
static inline ULONG setting_load(const ULONG *setting)
{
    return __atomic_load_n(setting, __ATOMIC_RELAXED);
}
static inline BOOL setting_is_set(const BOOL *setting)
{
    return __atomic_load_n(setting, __ATOMIC_RELAXED);
}

#endif
