/* SPDX-License-Identifier: MIT */
/*
 * channel-states.c - what can be done with a channel and a listener in which state, and what becomes of it.
 *
 * Source: the pages of the functions, and the diagrams of WS_CHANNEL_STATE and WS_LISTENER_STATE; much of it was
 * observed on Windows; what a failure is where no page says it, our choice.
 */
#include "support/channel.h"

#define SESSION WS_CHANNEL_TYPE_DUPLEX_SESSION

static const WS_CHANNEL_STATE created = WS_CHANNEL_STATE_CREATED, opened = WS_CHANNEL_STATE_OPEN,
                              faulted = WS_CHANNEL_STATE_FAULTED, closed = WS_CHANNEL_STATE_CLOSED;

/* A client's channel in a state. */
static WS_CHANNEL *channel_in(struct loopback *loop, WS_CHANNEL_STATE state)
{
    WS_CHANNEL *channel;

    loopback_init(loop);
    if (state == created)
        return loop_client(loop, SESSION);
    channel = loop_open_client(loop, SESSION);
    if (state == faulted)
        ok(WsAbortChannel(channel, NULL));
    if (state == closed)
        ok(WsCloseChannel(channel, NULL, NULL));
    expect(channel_state_of(channel) == state);
    return channel;
}

static void end_channel(struct loopback *loop, WS_CHANNEL *channel)
{
    loop_free_channel(channel);
    loopback_end(loop);
}

enum call
{
    OPEN,
    CLOSE,
    RESET,
    ABORT,
    SHUTDOWN,
    SEND,
    RECEIVE,
    REQUEST,
    WRITE_START,
    WRITE_END,
    READ_START,
    READ_END,
    ABANDON,
    CALLS
};

static HRESULT do_call(WS_CHANNEL *channel, enum call call)
{
    const WS_ENDPOINT_ADDRESS address = address_of("loop:a");
    WS_MESSAGE *message = message_for(channel), *reply = message_for(channel);
    int32_t value = 1;
    HRESULT hr = E_FAIL;

    switch (call)
    {
    case OPEN: hr = WsOpenChannel(channel, &address, NULL, NULL); break;
    case CLOSE: hr = WsCloseChannel(channel, NULL, NULL); break;
    case RESET: hr = WsResetChannel(channel, NULL); break;
    case ABORT: hr = WsAbortChannel(channel, NULL); break;
    case SHUTDOWN: hr = WsShutdownSessionChannel(channel, NULL, NULL); break;
    case SEND: hr = send_int(channel, message, 1); break;
    case RECEIVE: hr = receive_int(channel, message, &value, NULL); break;
    case REQUEST:
        hr = WsRequestReply(channel, message, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), reply, &tell,
                            WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, NULL);
        break;
    case WRITE_START: hr = WsWriteMessageStart(channel, message, NULL, NULL); break;
    case WRITE_END: hr = WsWriteMessageEnd(channel, message, NULL, NULL); break;
    case READ_START: hr = WsReadMessageStart(channel, message, NULL, NULL); break;
    case READ_END: hr = WsReadMessageEnd(channel, message, NULL, NULL); break;
    case ABANDON: hr = WsAbandonMessage(channel, message, NULL); break;
    default: break;
    }
    WsFreeMessage(message);
    WsFreeMessage(reply);
    return hr;
}

#define IO WS_E_INVALID_OPERATION
#define OF WS_E_OBJECT_FAULTED
#define IA E_INVALIDARG

TEST(states_allow_what_the_table_says)
{
    static const struct
    {
        enum call call;
        HRESULT created, opened, faulted, closed;
        int to[4]; /* the state afterwards, of each; -1: the same */
    } table[] = {
        /* clang-format off */
        {OPEN, S_OK, IO, OF, IO, {WS_CHANNEL_STATE_OPEN, -1, -1, -1}},
        {CLOSE, S_OK, S_OK, S_OK, S_OK, {WS_CHANNEL_STATE_CLOSED, WS_CHANNEL_STATE_CLOSED, WS_CHANNEL_STATE_CLOSED, -1}},
        {RESET, S_OK, IO, IO, S_OK, {-1, -1, -1, WS_CHANNEL_STATE_CREATED}},
        {ABORT, S_OK, S_OK, S_OK, S_OK, {-1, WS_CHANNEL_STATE_FAULTED, -1, -1}},
        {SHUTDOWN, IO, S_OK, OF, IO, {-1, -1, -1, -1}},
        {SEND, IO, S_OK, OF, IO, {-1, -1, -1, -1}},
        {RECEIVE, IO, S_OK, OF, IO, {-1, -1, -1, -1}},
        {REQUEST, IO, S_OK, OF, IO, {-1, -1, -1, -1}},
        {WRITE_START, IO, IO, OF, IO, {-1, -1, -1, -1}}, /* OPEN: the message is EMPTY */
        {WRITE_END, IO, IO, OF, IO, {-1, -1, -1, -1}},
        {READ_START, IO, S_OK, OF, IO, {-1, -1, -1, -1}},
        {READ_END, IO, IO, OF, IO, {-1, -1, -1, -1}},
        {ABANDON, IO, IA, IA, IO, {-1, -1, -1, -1}},
        /* clang-format on */
    };
    const WS_CHANNEL_STATE states[] = {created, opened, faulted, closed};
    struct loopback loop;
    WS_CHANNEL *channel;
    HRESULT wanted, hr;
    size_t i, j;

    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        for (j = 0; j < 4; j++)
        {
            /* What would wait for a message is looked at elsewhere. */
            if (states[j] == opened &&
                (table[i].call == RECEIVE || table[i].call == REQUEST || table[i].call == READ_START))
                continue;
            channel = channel_in(&loop, states[j]);
            wanted = j == 0 ? table[i].created : j == 1 ? table[i].opened : j == 2 ? table[i].faulted : table[i].closed;
            hr = do_call(channel, table[i].call);
            if (hr != wanted)
                test_fail(__FILE__, __LINE__, "call %d in state %d: 0x%08x, not 0x%08x", (int)table[i].call,
                          (int)states[j], (unsigned)hr, (unsigned)wanted);
            expect((int)channel_state_of(channel) == (table[i].to[j] < 0 ? (int)states[j] : table[i].to[j]));
            end_channel(&loop, channel);
        }
}

TEST(a_failed_open_leads_back_to_created)
{
    struct loopback loop;
    WS_CHANNEL *channel = channel_in(&loop, created);

    loop.fails[LOOP_OPEN] = WS_E_ENDPOINT_NOT_FOUND;
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, do_call(channel, OPEN));
    expect(channel_state_of(channel) == created);
    loop.fails[LOOP_OPEN] = S_OK;
    ok(do_call(channel, OPEN));
    expect(channel_state_of(channel) == opened);
    end_channel(&loop, channel);
}

TEST(a_failed_close_closes)
{
    struct loopback loop;
    WS_CHANNEL *channel = channel_in(&loop, opened);

    loop.fails[LOOP_CLOSE] = WS_E_ENDPOINT_DISCONNECTED;
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, do_call(channel, CLOSE));
    expect(channel_state_of(channel) == closed);
    expect_size(1, loop_calls(&loop, LOOP_CLOSE));
    end_channel(&loop, channel);
    expect_size(1, loop.calls[LOOP_FREE]);
}

TEST(a_channel_is_reused_after_a_reset)
{
    struct loopback loop;
    WS_CHANNEL *channel = channel_in(&loop, created);
    int i;

    for (i = 0; i < 3; i++)
    {
        ok(do_call(channel, OPEN));
        ok(do_call(channel, SEND));
        ok(do_call(channel, SHUTDOWN));
        expect_hr(IO, do_call(channel, SHUTDOWN));
        expect_hr(IO, do_call(channel, SEND));
        ok(do_call(channel, CLOSE));
        ok(do_call(channel, RESET));
        expect(channel_state_of(channel) == created);
    }
    expect_size(3, loop_calls(&loop, LOOP_RESET));
    end_channel(&loop, channel);
}

TEST(only_sessions_that_send_are_shut_down)
{
    static const WS_CHANNEL_TYPE types[] = {WS_CHANNEL_TYPE_INPUT,         WS_CHANNEL_TYPE_OUTPUT,
                                            WS_CHANNEL_TYPE_INPUT_SESSION, WS_CHANNEL_TYPE_OUTPUT_SESSION,
                                            WS_CHANNEL_TYPE_DUPLEX,        WS_CHANNEL_TYPE_DUPLEX_SESSION,
                                            WS_CHANNEL_TYPE_REQUEST,       WS_CHANNEL_TYPE_REPLY};
    struct loopback loop;
    WS_CHANNEL *channel;
    WS_CHANNEL_TYPE type;
    size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
    {
        loopback_init(&loop);
        channel = loop_open_client(&loop, types[i]);
        expect(loop.type == types[i]);
        ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
        expect(type == types[i]);
        expect_hr(types[i] == WS_CHANNEL_TYPE_OUTPUT_SESSION || types[i] == WS_CHANNEL_TYPE_DUPLEX_SESSION ? S_OK : IO,
                  do_call(channel, SHUTDOWN));
        if (types[i] == WS_CHANNEL_TYPE_INPUT || types[i] == WS_CHANNEL_TYPE_INPUT_SESSION)
            expect_hr(IO, do_call(channel, SEND));
        if (types[i] == WS_CHANNEL_TYPE_OUTPUT || types[i] == WS_CHANNEL_TYPE_OUTPUT_SESSION)
            expect_hr(IO, do_call(channel, READ_START));
        end_channel(&loop, channel);
    }
}

TEST(null_and_stale_handles_are_refused)
{
    struct loopback loop;
    WS_CHANNEL *channel = channel_in(&loop, opened), *none = NULL;
    WS_MESSAGE *message = message_for(channel);
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask}, *null = NULL;
    const WS_ENDPOINT_ADDRESS address = address_of("loop:a");
    int32_t value = 0;
    int round;

    expect_hr(IA, WsCreateChannel(SESSION, WS_CUSTOM_CHANNEL_BINDING, NULL, 0, NULL, NULL, NULL));
    expect_hr(IA, WsOpenChannel(channel, NULL, NULL, NULL));
    expect_hr(IA, WsWriteMessageStart(channel, NULL, NULL, NULL));
    expect_hr(IA, WsWriteMessageEnd(channel, NULL, NULL, NULL));
    expect_hr(IA, WsReadMessageStart(channel, NULL, NULL, NULL));
    expect_hr(IA, WsReadMessageEnd(channel, NULL, NULL, NULL));
    expect_hr(IA, WsAbandonMessage(channel, NULL, NULL));
    expect_hr(IA, WsSendMessage(channel, NULL, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, NULL));
    expect_hr(IA, WsSendMessage(channel, message, NULL, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, NULL));
    expect_hr(IA, WsReceiveMessage(channel, NULL, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                                   NULL, &value, sizeof(value), NULL, NULL, NULL));
    expect_hr(IA, WsReceiveMessage(channel, message, NULL, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, NULL,
                                   &value, sizeof(value), NULL, NULL, NULL));
    expect_hr(IA, WsReceiveMessage(channel, message, descriptions, 0, WS_RECEIVE_REQUIRED_MESSAGE,
                                   WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, NULL, NULL));
    expect_hr(IA, WsReceiveMessage(channel, message, &null, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                                   NULL, &value, sizeof(value), NULL, NULL, NULL));
    expect_hr(IA, WsReceiveMessage(channel, message, descriptions, 1, (WS_RECEIVE_OPTION)0, WS_READ_REQUIRED_VALUE,
                                   NULL, &value, sizeof(value), NULL, NULL, NULL));
    expect_hr(IA, WsRequestReply(channel, message, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), message, &tell,
                                 WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, NULL));
    expect_hr(IA, WsRequestReply(channel, message, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, &tell,
                                 WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, NULL));
    ok(send_int(channel, message, 1));
    WsFreeMessage(message);
    end_channel(&loop, channel);

    for (round = 0; round < 2; round++, none = channel)
    {
        expect_hr(IA, WsOpenChannel(none, &address, NULL, NULL));
        expect_hr(IA, WsOpenChannel(none, NULL, NULL, NULL));
        expect_hr(IA, WsCloseChannel(none, NULL, NULL));
        expect_hr(IA, WsAbortChannel(none, NULL));
        expect_hr(IA, WsResetChannel(none, NULL));
        expect_hr(IA, WsShutdownSessionChannel(none, NULL, NULL));
        expect_hr(IA, WsWriteMessageStart(none, NULL, NULL, NULL));
        expect_hr(IA, WsReadMessageEnd(none, NULL, NULL, NULL));
        expect_hr(IA, WsSendMessage(none, NULL, NULL, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL, NULL));
        expect_hr(IA, WsGetChannelProperty(none, WS_CHANNEL_PROPERTY_STATE, &value, sizeof(value), NULL));
        expect_hr(IA, WsSetChannelProperty(none, WS_CHANNEL_PROPERTY_STATE, &value, sizeof(value), NULL));
        expect_hr(IA, WsCreateMessageForChannel(none, NULL, 0, &message, NULL));
        WsFreeChannel(none);
    }
}

TEST(a_context_needs_a_callback)
{
    struct loopback loop;
    WS_CHANNEL *channel = channel_in(&loop, opened);
    const WS_ASYNC_CONTEXT none = {NULL, NULL};
    WS_MESSAGE *message = message_for(channel);

    expect_hr(IA, WsReadMessageStart(channel, message, &none, NULL));
    expect_hr(IA, WsCloseChannel(channel, &none, NULL));
    expect(channel_state_of(channel) == opened);
    WsFreeMessage(message);
    end_channel(&loop, channel);
}

TEST(messages_are_begun_and_ended_in_turn)
{
    struct loopback loop;
    WS_CHANNEL *channel = channel_in(&loop, opened);
    WS_MESSAGE *one = message_for(channel), *two = message_for(channel);

    ok(WsInitializeMessage(one, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsInitializeMessage(two, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteMessageStart(channel, one, NULL, NULL));
    expect_hr(IO, WsWriteMessageStart(channel, two, NULL, NULL));
    expect_hr(IO, WsWriteMessageEnd(channel, two, NULL, NULL));
    expect_hr(IO, WsShutdownSessionChannel(channel, NULL, NULL));
    expect_hr(IA, WsAbandonMessage(channel, two, NULL));
    ok(WsAbandonMessage(channel, one, NULL));
    expect(loop.abandoned == one);
    expect_hr(IA, WsAbandonMessage(channel, one, NULL));
    expect_hr(IO, WsWriteMessageEnd(channel, one, NULL, NULL));
    ok(WsWriteMessageStart(channel, two, NULL, NULL));
    ok(WsWriteMessageEnd(channel, two, NULL, NULL));
    expect(state_of(two) == WS_MESSAGE_STATE_DONE);
    WsFreeMessage(one);
    WsFreeMessage(two);
    end_channel(&loop, channel);
}

/* --- Listeners --- */

static WS_LISTENER *listener_in(struct loopback *loop, WS_LISTENER_STATE state)
{
    const WS_STRING url = wide("loop:x");
    WS_LISTENER *listener;

    loopback_init(loop);
    listener = loop_listener(loop, SESSION);
    if (state == WS_LISTENER_STATE_CREATED)
        return listener;
    ok(WsOpenListener(listener, &url, NULL, NULL));
    if (state == WS_LISTENER_STATE_FAULTED)
        ok(WsAbortListener(listener, NULL));
    if (state == WS_LISTENER_STATE_CLOSED)
        ok(WsCloseListener(listener, NULL, NULL));
    expect(listener_state_of(listener) == state);
    return listener;
}

static HRESULT do_listener_call(struct loopback *loop, WS_LISTENER *listener, int call)
{
    const WS_STRING url = wide("loop:x");
    WS_CHANNEL *channel;
    HRESULT hr;

    switch (call)
    {
    case 0: return WsOpenListener(listener, &url, NULL, NULL);
    case 1: return WsCloseListener(listener, NULL, NULL);
    case 2: return WsResetListener(listener, NULL);
    case 3: return WsAbortListener(listener, NULL);
    default:
        channel = loop_service(loop, listener);
        expect(channel_state_of(channel) == created);
        hr = WsAcceptChannel(listener, channel, NULL, NULL);
        expect(channel_state_of(channel) == (hr == S_OK ? opened : created));
        loop_free_channel(channel);
        return hr;
    }
}

TEST(listeners_allow_what_the_table_says)
{
    static const WS_LISTENER_STATE states[] = {WS_LISTENER_STATE_CREATED, WS_LISTENER_STATE_OPEN,
                                               WS_LISTENER_STATE_FAULTED, WS_LISTENER_STATE_CLOSED};
    static const HRESULT results[5][4] = {{S_OK, IO, OF, IO},
                                          {S_OK, S_OK, S_OK, S_OK},
                                          {S_OK, IO, IO, S_OK},
                                          {S_OK, S_OK, S_OK, S_OK},
                                          {IO, S_OK, OF, IO}};
    static const int to[5][4] = {{WS_LISTENER_STATE_OPEN, -1, -1, -1},
                                 {WS_LISTENER_STATE_CLOSED, WS_LISTENER_STATE_CLOSED, WS_LISTENER_STATE_CLOSED, -1},
                                 {-1, -1, -1, WS_LISTENER_STATE_CREATED},
                                 {-1, WS_LISTENER_STATE_FAULTED, -1, -1},
                                 {-1, -1, -1, -1}};
    struct loopback loop;
    WS_LISTENER *listener;
    HRESULT hr;
    int i, j;

    for (i = 0; i < 5; i++)
        for (j = 0; j < 4; j++)
        {
            listener = listener_in(&loop, states[j]);
            hr = do_listener_call(&loop, listener, i);
            if (hr != results[i][j])
                test_fail(__FILE__, __LINE__, "call %d in state %d: 0x%08x, not 0x%08x", i, (int)states[j],
                          (unsigned)hr, (unsigned)results[i][j]);
            expect((int)listener_state_of(listener) == (to[i][j] < 0 ? (int)states[j] : to[i][j]));
            loop_free_listener(listener);
            loopback_end(&loop);
            expect_size(1, loop.calls[LOOP_LISTENER_FREE]);
        }
}

TEST(a_failed_accept_leads_back_to_created)
{
    struct loopback loop;
    WS_LISTENER *listener = listener_in(&loop, WS_LISTENER_STATE_OPEN);
    WS_CHANNEL *channel = loop_service(&loop, listener);

    loop.fails[LOOP_ACCEPT] = WS_E_ENDPOINT_DISCONNECTED;
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, WsAcceptChannel(listener, channel, NULL, NULL));
    expect(channel_state_of(channel) == created);
    loop.fails[LOOP_ACCEPT] = S_OK;
    ok(WsAcceptChannel(listener, channel, NULL, NULL));
    expect_hr(IO, WsAcceptChannel(listener, channel, NULL, NULL));
    loop_free_channel(channel);
    loop_free_listener(listener);
    loopback_end(&loop);
}

TEST(channels_and_their_listener_are_freed_in_any_order)
{
    struct loopback loop;
    WS_LISTENER *listener = listener_in(&loop, WS_LISTENER_STATE_OPEN);
    WS_CHANNEL *one = loop_service(&loop, listener), *two = loop_accepted(&loop, listener),
               *three = loop_accepted(&loop, listener);
    const WS_ENDPOINT_ADDRESS address = address_of("loop:a");

    expect_hr(IO, WsOpenChannel(one, &address, NULL, NULL));
    WsFreeChannel(one);
    loop_free_channel(two);
    WsFreeListener(listener); /* which is open */
    expect_size(1, loop.calls[LOOP_LISTENER_FREE]);
    expect_hr(IA, WsAcceptChannel(listener, three, NULL, NULL));
    expect(channel_state_of(three) == opened);
    ok(do_call(three, SEND));
    loop_free_channel(three);
    expect_size(3, loop.calls[LOOP_FREE]);
    loopback_end(&loop);
}

TEST(listeners_refuse_null)
{
    struct loopback loop, other_loop;
    WS_LISTENER *listener = listener_in(&loop, WS_LISTENER_STATE_CREATED), *none = NULL, *other;
    WS_CHANNEL *channel = loop_service(&loop, listener), *out = NULL;
    const WS_STRING url = wide("loop:x");
    ULONG value;

    expect_hr(IA, WsCreateListener(SESSION, WS_CUSTOM_CHANNEL_BINDING, NULL, 0, NULL, NULL, NULL));
    expect_hr(IA, WsCreateListener(SESSION, WS_CUSTOM_CHANNEL_BINDING, NULL, 0, NULL, &none, NULL));
    expect(!none);
    expect_hr(IA, WsOpenListener(NULL, &url, NULL, NULL));
    expect_hr(IA, WsOpenListener(listener, NULL, NULL, NULL));
    expect_hr(IA, WsOpenListener(NULL, NULL, NULL, NULL));
    expect_hr(IA, WsCloseListener(NULL, NULL, NULL));
    expect_hr(IA, WsResetListener(NULL, NULL));
    expect_hr(IA, WsAbortListener(NULL, NULL));
    expect_hr(IA, WsCreateChannelForListener(NULL, NULL, 0, &out, NULL));
    expect_hr(IA, WsCreateChannelForListener(NULL, NULL, 0, NULL, NULL));
    expect_hr(IA, WsCreateChannelForListener(listener, NULL, 0, NULL, NULL));
    expect_hr(IA, WsAcceptChannel(NULL, channel, NULL, NULL));
    expect_hr(IA, WsAcceptChannel(listener, NULL, NULL, NULL));
    expect_hr(IO, WsAcceptChannel(listener, channel, NULL, NULL));
    expect_hr(IA, WsGetListenerProperty(NULL, WS_LISTENER_PROPERTY_STATE, &value, sizeof(value), NULL));
    expect_hr(IA, WsSetListenerProperty(NULL, WS_LISTENER_PROPERTY_STATE, &value, sizeof(value), NULL));
    WsFreeListener(NULL);
    other = listener_in(&other_loop, WS_LISTENER_STATE_OPEN);
    expect_hr(IA, WsAcceptChannel(other, channel, NULL, NULL));
    loop_free_listener(other);
    loopback_end(&other_loop);
    WsFreeChannel(channel);
    loop_free_listener(listener);
    loopback_end(&loop);
}
