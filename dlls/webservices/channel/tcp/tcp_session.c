/* SPDX-License-Identifier: MIT */
/* tcp_session.c - what is done when a session has been opened or accepted, and when it is over; see tcp.h. */
#include "tcp.h"

#include "base/memory.h"

void tcp_begin(WS_CHANNEL *channel)
{
    struct tcp_channel *tcp = tcp_part(channel);
    const struct channel_settings *settings = &channel->settings;

    framing_limit(&tcp->in.framing, tcp_largest(channel), tcp_largest_name(channel));
    if (settings->send_keep_alives)
        socket_set_keep_alive(&tcp->socket, true, settings->keep_alive_time, settings->keep_alive_interval);
    tcp_buffer_end(&tcp->in.buffer);
    tcp->remote = tcp->socket.remote;
    __atomic_store_n(&tcp->is_known, true, __ATOMIC_RELEASE);
}

void tcp_drop(WS_CHANNEL *channel)
{
    struct tcp_channel *tcp = tcp_part(channel);

    socket_close(&tcp->socket);
    tcp_end_reader(&tcp->in.reader);
    tcp_buffer_release(&tcp->in.buffer);
    if (tcp->out.parts != tcp->out.few_parts)
        memory_free(tcp->out.parts);
    tcp->out.parts = tcp->out.few_parts;
    tcp->in.rest_size = 0;
    tcp->in.progress = TCP_IN_IDLE;
    tcp->out.progress = TCP_OUT_IDLE;
}
