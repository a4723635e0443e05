/* SPDX-License-Identifier: MIT */
/* udp_channel.c - see udp_channel.h, and udp.h for what there is to know of channels. */
#include "udp_channel.h"

#include "base/error.h"
#include "base/memory.h"
#include "message/message.h"
#include "udp_listener.h"
#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

#include <string.h>

#define MOST_HOPS 255u

/* --- The object --- */

HRESULT udp_channel_create(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;

    if (channel->settings.multicast_hops > MOST_HOPS)
        return error_report(error, E_INVALIDARG, "WS_CHANNEL_PROPERTY_MULTICAST_HOPS is %u; IP has at most %u hops.",
                            (unsigned)channel->settings.multicast_hops, MOST_HOPS);
    mutex_init(&part->lock);
    return S_OK;
}

/* What there is of a connection: the port is given back, and the channel can be opened or accepted again. */
static void disconnect(struct udp_channel *part)
{
    network_lookup_release(&part->lookup);
    part->is_looking_up = false;
    udp_port_release(part->port);
    part->port = NULL;
    part->is_given_out = false;
    part->is_sending = false;
    part->is_adapter_set = false;
}

void udp_channel_free(WS_CHANNEL *channel)
{
    struct udp_channel *part = channel->part;

    disconnect(part);
    if (part->reader)
        reader_free(part->reader);
    if (part->writer)
        writer_free(part->writer);
    memory_free(part->datagram);
    mutex_release(&part->lock);
}

/* The buffer stays: WS_CHANNEL_PROPERTY_TRIM_BUFFERED_MESSAGE_SIZE always is its size. */
HRESULT udp_channel_reset(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;

    (void)error;
    disconnect(part);
    mutex_lock(&part->lock);
    part->is_remote_known = false;
    part->from.family = NETWORK_NONE;
    mutex_unlock(&part->lock);
    return S_OK;
}

HRESULT udp_channel_close(WS_CHANNEL *channel, struct operation *operation, bool graceful, WS_ERROR *error)
{
    (void)operation, (void)graceful, (void)error;
    disconnect(channel->part);
    return S_OK;
}

/* --- Opening --- */

/*
 * The address to send to. A datagram that nobody receives is lost without a word, so there is no second try: the first
 * address that the system would choose. But of a host that is this computer, which "localhost" is, IPv4 goes before
 * IPv6: our listeners receive both, and those who listen at one of them usually do at 127.0.0.1.
 */
static const struct network_address *choose(const struct network_lookup *lookup)
{
    size_t i;

    if (network_is_loopback(&lookup->addresses[0]))
        for (i = 0; i < lookup->count; i++)
            if (lookup->addresses[i].family == NETWORK_IPV4 && network_is_loopback(&lookup->addresses[i]))
                return &lookup->addresses[i];
    return &lookup->addresses[0];
}

static HRESULT open_port(struct udp_channel *part, WS_ERROR *error)
{
    struct network_address any;

    any = network_any(part->remote.family == NETWORK_IPV4 ? WS_IP_VERSION_4 : WS_IP_VERSION_6, 0);
    return udp_port_open(&any, false, &part->port, error);
}

HRESULT udp_channel_open(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;
    struct udp_host host;
    WS_STRING name;
    HRESULT hr;

    if ((hr = udp_url_parse(&channel->address.url, &host, error)) != S_OK)
        return hr;
    if (!part->is_looking_up)
        operation_set_timeout(operation, setting_load(&channel->settings.resolve_timeout),
                              "WS_CHANNEL_PROPERTY_RESOLVE_TIMEOUT");
    part->is_looking_up = true;
    name = (WS_STRING){host.length, host.chars};
    hr = network_lookup(&part->lookup, operation, &name, host.port, channel->settings.ip_version, error);
    if (hr == OPERATION_WAITS)
        return hr;
    if (hr == S_OK)
    {
        part->remote = *choose(&part->lookup);
        hr = open_port(part, error);
    }
    network_lookup_release(&part->lookup);
    part->is_looking_up = false;
    if (hr == S_OK)
    {
        mutex_lock(&part->lock);
        part->is_remote_known = true;
        mutex_unlock(&part->lock);
    }
    return hr;
}

/* --- Receiving --- */

static HRESULT have_buffer(struct udp_channel *part, WS_ERROR *error)
{
    if (!part->datagram && !(part->datagram = memory_alloc(UDP_LARGEST_DATAGRAM, "datagram")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a datagram, of %u bytes.",
                            UDP_LARGEST_DATAGRAM);
    return S_OK;
}

/*
 * Receives the next datagram that is for the channel, whatever is in it. For an accepting one those from this computer
 * are not, if the listener says so; for a client's, those that are not from whom it has been opened to.
 */
static HRESULT receive(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;
    const WS_LISTENER *listener = channel->listener;
    struct network_address from;
    bool is_ours;
    HRESULT hr;

    if ((hr = have_buffer(part, error)) != S_OK)
        return hr;
    for (;;)
    {
        hr = udp_port_receive(part->port, &part->receiving, operation, part->datagram, &part->length, &from, error);
        if (hr != S_OK)
            return hr;
        if (listener)
            is_ours =
                !listener->settings.is_multicast || listener->settings.multicast_loopback || !udp_is_own_address(&from);
        else
            is_ours = network_is_multicast(&part->remote) || network_address_equal(&from, &part->remote);
        if (is_ours)
            break;
        /* Who floods the port does not keep the operation from being aborted. */
        if ((hr = operation_check(operation, error)) != S_OK)
            return hr;
    }
    mutex_lock(&part->lock);
    part->from = from;
    mutex_unlock(&part->lock);
    return S_OK;
}

HRESULT udp_channel_accept(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;
    HRESULT hr;

    if (!part->port && !(part->port = udp_listener_port(channel->listener)))
        return error_report(error, WS_E_OPERATION_ABORTED, "The listener has been closed.");
    if ((hr = receive(channel, operation, error)) == OPERATION_WAITS)
        return hr;
    if (hr != S_OK)
    {
        /* A listener that closes gives its port back, which nobody must hold for nothing. */
        disconnect(part);
        return hr;
    }
    part->remote = part->from;
    mutex_lock(&part->lock);
    part->from_url_length = udp_url_write(&part->from, part->from_url);
    part->is_remote_known = true;
    mutex_unlock(&part->lock);
    return S_OK;
}

static HRESULT start_reading(struct udp_channel *part, WS_MESSAGE *message, WS_ERROR *error)
{
    static const WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, part->datagram, (ULONG)part->length};
    ULONG mark = error_mark(error);
    HRESULT hr;

    if (!part->reader && (hr = reader_create(NULL, 0, &part->reader, error)) != S_OK)
        return hr;
    if ((hr = reader_set_input(part->reader, &encoding.encoding, &input.input, NULL, 0, error)) == S_OK)
        hr = message_read_start(message, part->reader, error);
    if (hr != S_OK)
        error_precede(error, mark, "A datagram of %u bytes from %s: ", (unsigned)part->length,
                      network_address_text(&part->from).text);
    return hr;
}

HRESULT udp_channel_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;
    HRESULT hr;

    if (channel->listener)
    {
        if (part->is_given_out)
            return WS_S_END;
        part->is_given_out = true;
    }
    else if ((hr = receive(channel, operation, error)) != S_OK)
        return hr;
    return start_reading(part, message, error);
}

HRESULT udp_channel_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    (void)channel, (void)operation;
    return message_read_end(message, error);
}

/* --- Sending --- */

HRESULT udp_channel_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    static const WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    struct udp_channel *part = channel->part;
    ULONG most = channel->settings.max_buffered_size, kept = channel->settings.trim_size;
    const WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &most, sizeof(most)},
        {WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE, &kept, sizeof(kept)},
    };
    HRESULT hr;

    (void)operation;
    if (!part->writer && (hr = writer_create(properties, WsCountOf(properties), &part->writer, error)) != S_OK)
        return hr;
    if ((hr = writer_set_output(part->writer, &encoding.encoding, &output.output, NULL, 0, error)) != S_OK)
        return hr;
    return message_write_start(message, part->writer, false, error);
}

/* Tells the socket which adapter multicast datagrams are to leave from: the property may have been set meanwhile. */
static HRESULT choose_adapter(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;
    ULONG adapter = setting_load(&channel->settings.multicast_interface), mark = error_mark(error);
    HRESULT hr;

    if (!network_is_multicast(&part->remote) || (part->is_adapter_set && adapter == part->adapter))
        return S_OK;
    hr = socket_set_multicast(&part->port->socket, (uint8_t)channel->settings.multicast_hops, adapter, true, error);
    if (hr != S_OK)
        error_precede(error, mark, "By the network adapter %u: ", (unsigned)adapter);
    part->is_adapter_set = hr == S_OK;
    part->adapter = adapter;
    return hr;
}

HRESULT udp_channel_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;
    HRESULT hr;

    if (!part->is_sending)
    {
        if ((hr = message_write_end(message, error)) != S_OK ||
            (hr = writer_get_bytes(part->writer, &part->bytes, error)) != S_OK ||
            (hr = choose_adapter(channel, error)) != S_OK)
            return hr;
        part->is_sending = true;
    }
    hr = udp_port_send(part->port, &part->sending, operation, &part->remote, &part->bytes, error);
    if (hr != OPERATION_WAITS)
        part->is_sending = false;
    return hr;
}

/* The next message gets a new input or output. */
HRESULT udp_channel_abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error)
{
    (void)channel, (void)message, (void)writing, (void)error;
    return S_OK;
}

/* --- Properties --- */

HRESULT udp_channel_get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    struct udp_channel *part = channel->part;
    HRESULT hr = S_OK;

    mutex_lock(&part->lock);
    if (id == WS_CHANNEL_PROPERTY_REMOTE_ADDRESS && part->is_remote_known)
    {
        /* Of a client's channel, where it has been opened to; of an accepted one, where the datagram is from. */
        WS_ENDPOINT_ADDRESS *address = value, from = {{part->from_url_length, part->from_url}, NULL, NULL, NULL};

        *address = channel->listener ? from : channel->address;
    }
    else if (id == WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS && part->from.family != NETWORK_NONE)
        network_address_store(&part->from, value, size);
    else
        hr = error_report(error, WS_E_INVALID_OPERATION,
                          id == WS_CHANNEL_PROPERTY_REMOTE_ADDRESS
                              ? "WS_CHANNEL_PROPERTY_REMOTE_ADDRESS is known once the channel is open."
                              : "WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS is known once a datagram has come.");
    mutex_unlock(&part->lock);
    return hr;
}
