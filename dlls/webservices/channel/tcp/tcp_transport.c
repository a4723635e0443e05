/* SPDX-License-Identifier: MIT */
/* tcp_transport.c - see tcp_transport.h: the table, and what a channel has from its creation on. */
#include "tcp_transport.h"

#include "base/error.h"
#include "base/memory.h"
#include "tcp.h"

static HRESULT part_create(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    const struct channel_settings *settings = &channel->settings;

    if (!framing_find_encoding(settings->encoding, settings->envelope_version, &tcp->encoding))
        return error_report(error, E_INVALIDARG, "WS_CHANNEL_PROPERTY_ENCODING is %d, which net.tcp does not have.",
                            (int)settings->encoding);
    if (settings->encoder.createEncoderCallback || settings->decoder.createDecoderCallback)
        return error_report(error, WS_E_NOT_SUPPORTED,
                            "Encoders and decoders of the program are not supported by net.tcp in this version.");
    socket_init(&tcp->socket);
    framing_strings_in_init(&tcp->in.strings, settings->max_dictionary_size);
    framing_strings_out_init(&tcp->out.strings, settings->max_dictionary_size);
    tcp->out.parts = tcp->out.few_parts;
    return S_OK;
}

/* Forgets the session, and all that was of it. */
static void forget(WS_CHANNEL *channel)
{
    struct tcp_channel *tcp = tcp_part(channel);
    ULONG quota = channel->settings.max_dictionary_size;

    tcp_drop(channel);
    framing_strings_in_reset(&tcp->in.strings, quota);
    framing_strings_out_reset(&tcp->out.strings, quota);
    memory_free(tcp->via);
    tcp->via = NULL;
    __atomic_store_n(&tcp->is_known, false, __ATOMIC_RELAXED);
    tcp->in.is_skipped = tcp->out.is_begun = tcp->out.is_broken = tcp->out.is_ended = false;
    tcp->progress = TCP_NOTHING;
}

static void part_free(WS_CHANNEL *channel)
{
    struct tcp_channel *tcp = tcp_part(channel);

    forget(channel);
    tcp_free_reader(&tcp->in.reader);
    tcp_free_writer(&tcp->out.writer);
}

static HRESULT part_reset(WS_CHANNEL *channel, WS_ERROR *error)
{
    (void)error;
    forget(channel);
    return S_OK;
}

static HRESULT part_abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error)
{
    (void)message, (void)error;
    if (writing)
        tcp_abandon_write(channel);
    else
        tcp_abandon_read(channel);
    return S_OK;
}

static HRESULT part_get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    const struct tcp_channel *tcp = tcp_part(channel);
    bool is_known = __atomic_load_n(&tcp->is_known, __ATOMIC_ACQUIRE);
    WS_STRING *url = value;

    if (is_known && id == WS_CHANNEL_PROPERTY_TRANSPORT_URL && tcp->via)
    {
        url->length = tcp->via_length;
        url->chars = tcp->via;
        return S_OK;
    }
    if (is_known && id == WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS)
    {
        network_address_store(&tcp->remote, value, size);
        return S_OK;
    }
    return error_report(error, WS_E_INVALID_OPERATION, "The property %d is known only of a channel that has been %s.",
                        (int)id, id == WS_CHANNEL_PROPERTY_TRANSPORT_URL ? "accepted" : "opened or accepted");
}

/* Messages go out at once unless the program asks for something else while the channel is open. */
static HRESULT part_changed(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size,
                            WS_ERROR *error)
{
    (void)size, (void)error;
    if (id == WS_CHANNEL_PROPERTY_NO_DELAY)
        socket_set_no_delay(&tcp_part(channel)->socket, *(const BOOL *)value != FALSE);
    return S_OK;
}

/* Its part begins as zeroes. */
static HRESULT create_listener(WS_LISTENER *listener, WS_ERROR *error)
{
    (void)listener, (void)error;
    return S_OK;
}

#define ENCODING(name) (1u << WS_ENCODING_##name)

const struct transport tcp_transport = {
    .binding = WS_TCP_CHANNEL_BINDING,
    .client_types = TRANSPORT_TYPE(DUPLEX_SESSION),
    .listener_types = TRANSPORT_TYPE(DUPLEX_SESSION),
    .encoding = WS_ENCODING_XML_BINARY_SESSION_1,
    .encodings = ENCODING(XML_BINARY_1) | ENCODING(XML_BINARY_SESSION_1) | ENCODING(XML_MTOM_UTF8) |
                 ENCODING(XML_MTOM_UTF16BE) | ENCODING(XML_MTOM_UTF16LE) | ENCODING(XML_UTF8) | ENCODING(XML_UTF16BE) |
                 ENCODING(XML_UTF16LE),
    .channel_size = sizeof(struct tcp_channel),
    .listener_size = sizeof(struct tcp_listener),
    .channel_create = part_create,
    .channel_free = part_free,
    .channel_reset = part_reset,
    .open = tcp_open,
    .accept = tcp_accept,
    .close = tcp_close,
    .shutdown = tcp_shutdown,
    .write_start = tcp_write_start,
    .write_end = tcp_write_end,
    .read_start = tcp_read_start,
    .read_end = tcp_read_end,
    .abandon = part_abandon,
    .get = part_get,
    .changed = part_changed,
    .listener_create = create_listener,
    .listener_open = tcp_listener_open,
    .listener_close = tcp_listener_close,
    .listener_free = tcp_listener_free,
};
