/* SPDX-License-Identifier: MIT */
/*
 * channel-custom.c - the custom binding: each callback called as the function of its name, and values both ways.
 *
 * Source: the pages of WS_CUSTOM_CHANNEL_CALLBACKS and WS_CUSTOM_LISTENER_CALLBACKS.
 */
#include "support/channel.h"

TEST(a_value_goes_from_a_client_to_a_service)
{
    struct pair pair;
    WS_MESSAGE *sent, *received;
    int32_t value = 0;

    pair_open(&pair, WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_CHANNEL_TYPE_DUPLEX_SESSION);
    sent = message_for(pair.client);
    received = message_for(pair.service);
    ok(send_int(pair.client, sent, -7));
    ok(receive_int(pair.service, received, &value, NULL));
    expect(value == -7);
    expect(state_of(sent) == WS_MESSAGE_STATE_DONE && state_of(received) == WS_MESSAGE_STATE_DONE);
    WsFreeMessage(sent);
    WsFreeMessage(received);
    pair_close(&pair);
}
