/* SPDX-License-Identifier: MIT */
/*
 * channel-async.c - asynchronous calls of channels and listeners: one callback each, cancelling from other threads, and
 * callbacks that free or close what calls them.
 *
 * Source: the pages of the functions, WsAbortChannel and WsCloseChannel first; one callback, and its thread, observed
 * on Windows; what becomes of objects that their callbacks free, our choice.
 */
#include "support/channel.h"

#define SESSION WS_CHANNEL_TYPE_DUPLEX_SESSION

/* Every callback completes later: open, send, receive, shut down, close, accept. */
TEST(every_call_can_complete_later)
{
    struct loopback loop;
    struct async_result results[9];
    const struct async_result init = ASYNC_RESULT_INIT;
    WS_ASYNC_CONTEXT contexts[9];
    WS_LISTENER *listener;
    WS_CHANNEL *client, *service;
    WS_MESSAGE *sent, *received;
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    const WS_ENDPOINT_ADDRESS address = address_of("loop:a");
    const WS_STRING url = wide("loop:b");
    int32_t value = 5, got = 0;
    ULONG index = 7;
    HRESULT answers[9];
    size_t i;

    loopback_init(&loop);
    for (i = 0; i < LOOP_CALLBACKS; i++)
        loop.later[i] = true;
    for (i = 0; i < 9; i++)
    {
        results[i] = init;
        contexts[i] = async_context(&results[i]);
    }
    listener = loop_listener(&loop, SESSION);
    client = loop_client(&loop, SESSION);
    service = loop_service(&loop, listener);
    sent = message_for(client);
    received = message_for(service);

    answers[0] = WsOpenListener(listener, &url, &contexts[0], NULL);
    ok(async_end(&results[0], answers[0]));
    answers[1] = WsOpenChannel(client, &address, &contexts[1], NULL);
    answers[2] = WsAcceptChannel(listener, service, &contexts[2], NULL);
    ok(async_end(&results[1], answers[1]));
    ok(async_end(&results[2], answers[2]));
    expect(channel_state_of(client) == WS_CHANNEL_STATE_OPEN && channel_state_of(service) == WS_CHANNEL_STATE_OPEN);

    answers[3] = WsReceiveMessage(service, received, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                                  WS_READ_REQUIRED_VALUE, NULL, &got, sizeof(got), &index, &contexts[3], NULL);
    answers[4] = WsSendMessage(client, sent, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), &contexts[4], NULL);
    ok(async_end(&results[4], answers[4]));
    ok(async_end(&results[3], answers[3]));
    expect(got == 5 && index == 0);

    answers[5] = WsShutdownSessionChannel(client, &contexts[5], NULL);
    ok(async_end(&results[5], answers[5]));
    expect_hr(WS_E_INVALID_OPERATION, WsShutdownSessionChannel(client, NULL, NULL));
    answers[6] = WsCloseChannel(client, &contexts[6], NULL);
    ok(async_end(&results[6], answers[6]));
    answers[7] = WsCloseChannel(service, &contexts[7], NULL);
    ok(async_end(&results[7], answers[7]));
    answers[8] = WsCloseListener(listener, &contexts[8], NULL);
    ok(async_end(&results[8], answers[8]));
    for (i = 0; i < 9; i++)
    {
        /* If it was so quick that the call had not returned yet, that ends it. */
        expect_size(answers[i] == WS_S_ASYNC, counted(&results[i].times));
        if (answers[i] == WS_S_ASYNC)
            expect(results[i].model == WS_LONG_CALLBACK && results[i].thread != this_thread());
    }
    WsFreeMessage(sent);
    WsFreeMessage(received);
    WsFreeChannel(client);
    WsFreeChannel(service);
    WsFreeListener(listener);
    loopback_end(&loop);
}

/* Without a context the same callbacks are to block. */
TEST(synchronous_calls_pass_no_context)
{
    struct pair pair;
    WS_MESSAGE *sent, *received;
    int32_t got = 0;
    size_t i;

    pair_open(&pair, SESSION, SESSION);
    for (i = 0; i < LOOP_CALLBACKS; i++)
        pair.loop.later[i] = true;
    sent = message_for(pair.client);
    received = message_for(pair.service);
    ok(send_int(pair.client, sent, 3));
    ok(receive_int(pair.service, received, &got, NULL));
    expect(got == 3);
    expect_size(0, pair.loop.thread_count);
    WsFreeMessage(sent);
    WsFreeMessage(received);
    pair_close(&pair);
}

TEST(a_failure_that_comes_later_is_handed_on)
{
    struct pair pair;
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    WS_MESSAGE *message;
    int32_t value = 1;

    pair_open(&pair, SESSION, SESSION);
    pair.loop.later[LOOP_WRITE_END] = true;
    pair.loop.fails[LOOP_WRITE_END] = WS_E_ENDPOINT_FAILURE;
    message = message_for(pair.client);
    expect_hr(WS_E_ENDPOINT_FAILURE,
              async_end(&result, WsSendMessage(pair.client, message, &ask, WS_WRITE_REQUIRED_VALUE, &value,
                                               sizeof(value), &context, pair.error)));
    expect(says(pair.error, "write message end callback failed with 0x803d"));
    expect(channel_state_of(pair.client) == WS_CHANNEL_STATE_OPEN);
    pair.loop.fails[LOOP_WRITE_END] = S_OK;
    pair.loop.later[LOOP_WRITE_END] = false;
    ok(WsResetMessage(message, NULL));
    ok(send_int(pair.client, message, 1));
    WsFreeMessage(message);
    pair_close(&pair);
}

TEST(one_send_and_one_receive_at_a_time)
{
    struct pair pair;
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    WS_MESSAGE *receiving, *other, *sent;
    int32_t got = 0, value = 4;
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};

    pair_open(&pair, SESSION, SESSION);
    receiving = message_for(pair.service);
    other = message_for(pair.service);
    sent = message_for(pair.service);
    expect_hr(WS_S_ASYNC, WsReceiveMessage(pair.service, receiving, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                                           WS_READ_REQUIRED_VALUE, NULL, &got, sizeof(got), NULL, &context, NULL));
    expect_refused(pair.error, WS_E_INVALID_OPERATION, receive_int(pair.service, other, &value, pair.error),
                   "another call is receiving");
    expect_refused(pair.error, WS_E_INVALID_OPERATION,
                   WsRequestReply(pair.service, sent, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), other, &ask,
                                  WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, pair.error),
                   "another call is receiving");
    ok(send_int(pair.service, sent, 8)); /* meanwhile */
    ok(send_int(pair.client, other, 4));
    ok(async_end(&result, WS_S_ASYNC));
    expect(got == 4);
    WsFreeMessage(receiving);
    WsFreeMessage(other);
    WsFreeMessage(sent);
    pair_close(&pair);
}

struct reader
{
    WS_CHANNEL *channel;
    HRESULT hr;
};

static void read_on_thread(void *argument)
{
    struct reader *reader = argument;
    WS_MESSAGE *message = message_for(reader->channel);

    reader->hr = WsReadMessageStart(reader->channel, message, NULL, NULL);
    WsFreeMessage(message);
}

TEST(abort_ends_a_call_that_blocks_another_thread)
{
    struct pair pair;
    struct test_thread thread;
    struct reader reader;

    pair_open(&pair, SESSION, SESSION);
    reader.channel = pair.service;
    start_thread(&thread, read_on_thread, &reader);
    loop_await(&pair.loop, LOOP_READ_START, 1);
    ok(WsAbortChannel(pair.service, NULL));
    join_thread(&thread);
    expect_hr(WS_E_OPERATION_ABORTED, reader.hr);
    expect(channel_state_of(pair.service) == WS_CHANNEL_STATE_FAULTED);
    expect_size(1, loop_calls(&pair.loop, LOOP_ABORT));
    pair_close(&pair);
}

TEST(abort_ends_an_asynchronous_call_with_one_callback)
{
    struct pair pair;
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    WS_MESSAGE *message;

    pair_open(&pair, SESSION, SESSION);
    message = message_for(pair.service);
    expect_hr(WS_S_ASYNC, WsReadMessageStart(pair.service, message, &context, pair.error));
    ok(WsAbortChannel(pair.service, NULL));
    expect_hr(WS_E_OPERATION_ABORTED, async_end(&result, WS_S_ASYNC));
    ok(WsAbortChannel(pair.service, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadMessageStart(pair.service, message, NULL, NULL));
    expect_size(1, counted(&result.times));
    WsFreeMessage(message);
    pair_close(&pair);
}

/* Blocks as long as the test wants. */
struct gate
{
    struct test_count count;
};

static void wait_at_gate(void *state)
{
    struct gate *gate = state;

    await_count(&gate->count, 1);
}

static void close_on_thread(void *argument)
{
    struct reader *closer = argument;

    closer->hr = WsCloseChannel(closer->channel, NULL, NULL);
}

/* In the order that the page of WsCloseChannel has: what is pending is ended first. */
TEST(closing_ends_what_is_pending_and_waits_for_it)
{
    struct pair pair;
    struct async_result read = ASYNC_RESULT_INIT, closed = ASYNC_RESULT_INIT;
    struct gate gate = {TEST_COUNT_INIT};
    struct reader closer;
    struct test_thread thread;
    const WS_ASYNC_CONTEXT reading = async_context(&read), closing = async_context(&closed);
    WS_MESSAGE *message;

    pair_open(&pair, SESSION, SESSION);
    message = message_for(pair.service);
    closer.channel = pair.service;
    expect_hr(WS_S_ASYNC, WsReadMessageStart(pair.service, message, &reading, NULL));
    /* What is pending is the callbacks', and the abort callback ends it. */
    pair.loop.hook_state = &gate;
    pair.loop.hook[LOOP_ABORT] = wait_at_gate;
    start_thread(&thread, close_on_thread, &closer);
    loop_await(&pair.loop, LOOP_ABORT, 1);
    expect(channel_state_of(pair.service) == WS_CHANNEL_STATE_CLOSING);
    expect_hr(WS_E_INVALID_OPERATION, WsCloseChannel(pair.service, &closing, NULL));
    expect_size(0, loop_calls(&pair.loop, LOOP_CLOSE));
    count_up(&gate.count);
    join_thread(&thread);
    ok(closer.hr);
    expect_hr(WS_E_OPERATION_ABORTED, async_end(&read, WS_S_ASYNC));
    expect(channel_state_of(pair.service) == WS_CHANNEL_STATE_CLOSED);
    expect_size(1, loop_calls(&pair.loop, LOOP_CLOSE));
    WsFreeMessage(message);
    pair_close(&pair);
}

TEST(freeing_a_channel_that_is_busy_frees_it_later)
{
    struct pair pair;
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    WS_MESSAGE *message;
    WS_CHANNEL *channel;

    pair_open(&pair, SESSION, SESSION);
    channel = loop_accepted(&pair.loop, pair.listener);
    message = message_for(channel);
    expect_hr(WS_S_ASYNC, WsReadMessageStart(channel, message, &context, NULL));
    expect_size(0, loop_calls(&pair.loop, LOOP_FREE));
    WsFreeChannel(channel);
    expect_hr(E_INVALIDARG, WsAbortChannel(channel, NULL));
    expect_hr(WS_E_OPERATION_ABORTED, async_end(&result, WS_S_ASYNC));
    loop_await(&pair.loop, LOOP_FREE, 1);
    expect_size(1, counted(&result.times));
    WsFreeMessage(message);
    pair_close(&pair);
}

/* --- Callbacks that turn against their object --- */

static void free_hooked(void *state)
{
    WsFreeChannel(state);
}

static void close_hooked(void *state)
{
    expect_hr(WS_E_INVALID_OPERATION, WsCloseChannel(state, NULL, NULL));
}

static void abort_hooked(void *state)
{
    ok(WsAbortChannel(state, NULL));
}

static void reset_hooked(void *state)
{
    expect_hr(WS_E_INVALID_OPERATION, WsResetChannel(state, NULL));
}

static const enum loopback_callback transfer_callbacks[] = {LOOP_WRITE_START, LOOP_WRITE_END, LOOP_READ_START,
                                                            LOOP_READ_END};

/* Sends or receives on a channel while a hook is in one of its callbacks; `later`: that completes on another thread. */
static void hooked(enum loopback_callback callback, void (*hook)(void *state), bool later, bool frees)
{
    struct pair pair;
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    const bool writes = callback == LOOP_WRITE_START || callback == LOOP_WRITE_END;
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    WS_MESSAGE *message, *sent;
    WS_CHANNEL *channel;
    int32_t value = 9;
    HRESULT hr;

    pair_open(&pair, SESSION, SESSION);
    channel = loop_accepted(&pair.loop, pair.listener);
    message = message_for(channel);
    sent = message_for(pair.client);
    if (!writes)
        ok(send_int(pair.client, sent, 9));
    pair.loop.hook_state = channel;
    pair.loop.hook[callback] = hook;
    pair.loop.later[callback] = later;
    if (writes)
        hr = WsSendMessage(channel, message, &ask, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value),
                           later ? &context : NULL, NULL);
    else
        hr = WsReceiveMessage(channel, message, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                              NULL, &value, sizeof(value), NULL, later ? &context : NULL, NULL);
    hr = async_end(&result, hr);
    expect(hr == S_OK || hr == WS_E_OPERATION_ABORTED);
    expect(counted(&result.times) <= 1);
    pair.loop.hook[callback] = NULL;
    WsFreeMessage(message);
    WsFreeMessage(sent);
    if (frees)
        expect_hr(E_INVALIDARG, WsAbortChannel(channel, NULL));
    else
        loop_free_channel(channel);
    pair_close(&pair);
    expect_size(3, pair.loop.calls[LOOP_FREE]);
}

TEST(callbacks_may_free_their_channel)
{
    size_t i;

    for (i = 0; i < 8; i++)
        hooked(transfer_callbacks[i / 2], free_hooked, i % 2, true);
}

TEST(callbacks_cannot_close_their_channel_but_abort_it)
{
    size_t i;

    for (i = 0; i < 8; i++)
    {
        hooked(transfer_callbacks[i / 2], close_hooked, i % 2, false);
        hooked(transfer_callbacks[i / 2], abort_hooked, i % 2, false);
        hooked(transfer_callbacks[i / 2], reset_hooked, i % 2, false);
    }
}

static void free_message_hooked(void *state)
{
    WsFreeMessage(state);
}

TEST(callbacks_may_free_their_message)
{
    struct pair pair;
    WS_MESSAGE *message;

    pair_open(&pair, SESSION, SESSION);
    message = message_for(pair.client);
    pair.loop.hook_state = message;
    pair.loop.hook[LOOP_WRITE_START] = free_message_hooked;
    expect_hr(E_INVALIDARG, send_int(pair.client, message, 1));
    pair.loop.hook[LOOP_WRITE_START] = NULL;
    message = message_for(pair.client);
    pair.loop.hook_state = message;
    pair.loop.hook[LOOP_WRITE_END] = free_message_hooked;
    expect_hr(E_INVALIDARG, send_int(pair.client, message, 1));
    pair.loop.hook[LOOP_WRITE_END] = NULL;
    message = message_for(pair.client);
    ok(send_int(pair.client, message, 1));
    WsFreeMessage(message);
    pair_close(&pair);
}

/* The callback that says that a call has ended. */
struct ender
{
    struct async_result result;
    WS_CHANNEL *channel;
};

static void CALLBACK free_when_done(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct ender *ender = state;

    ok(WsCloseChannel(ender->channel, NULL, NULL));
    WsFreeChannel(ender->channel);
    async_done(hr, model, &ender->result);
}

TEST(the_channel_can_be_closed_and_freed_when_a_call_has_ended)
{
    struct pair pair;
    struct ender ender = {ASYNC_RESULT_INIT, NULL};
    const WS_ASYNC_CONTEXT context = {free_when_done, &ender};
    WS_MESSAGE *message, *sent;

    pair_open(&pair, SESSION, SESSION);
    ender.channel = loop_accepted(&pair.loop, pair.listener);
    message = message_for(ender.channel);
    sent = message_for(pair.client);
    expect_hr(WS_S_ASYNC, WsReadMessageStart(ender.channel, message, &context, NULL));
    ok(send_int(pair.client, sent, 9));
    ok(async_end(&ender.result, WS_S_ASYNC));
    WsFreeMessage(message);
    WsFreeMessage(sent);
    pair_close(&pair);
    expect_size(3, pair.loop.calls[LOOP_FREE]);
}

/* --- At any time --- */

struct worker
{
    WS_CHANNEL *channel;
    bool sends;
    HRESULT hr; /* what it ended with */
};

static void work(void *argument)
{
    struct worker *worker = argument;
    WS_MESSAGE *message = message_for(worker->channel);
    int32_t value = 0;

    do
    {
        ok(WsResetMessage(message, NULL));
        worker->hr =
            worker->sends ? send_int(worker->channel, message, 1) : receive_int(worker->channel, message, &value, NULL);
    } while (worker->hr == S_OK);
    WsFreeMessage(message);
}

static bool is_an_end(HRESULT hr)
{
    return hr == WS_E_OPERATION_ABORTED || hr == WS_E_OBJECT_FAULTED || hr == WS_E_INVALID_OPERATION ||
           hr == WS_E_INVALID_FORMAT; /* a required message is missing */
}

/* Both ends send and receive on four threads when the channels are aborted or closed. */
TEST(channels_can_be_ended_at_any_time)
{
    struct pair pair;
    struct worker workers[4];
    struct test_thread threads[4];
    unsigned round, i;

    for (round = 0; round < 24; round++)
    {
        pair_open(&pair, SESSION, SESSION);
        for (i = 0; i < 4; i++)
        {
            workers[i].channel = i < 2 ? pair.client : pair.service;
            workers[i].sends = i % 2;
            start_thread(&threads[i], work, &workers[i]);
        }
        loop_await(&pair.loop, LOOP_WRITE_END, round * 3);
        if (round % 3 == 0)
            ok(WsCloseChannel(pair.client, NULL, NULL));
        else
            ok(WsAbortChannel(pair.client, NULL));
        ok(round % 2 ? WsAbortChannel(pair.service, NULL) : WsCloseChannel(pair.service, NULL, NULL));
        for (i = 0; i < 4; i++)
        {
            join_thread(&threads[i]);
            if (!is_an_end(workers[i].hr))
                test_fail(__FILE__, __LINE__, "round %u, worker %u: 0x%08x", round, i, (unsigned)workers[i].hr);
        }
        pair_close(&pair);
    }
}

/* --- Listeners --- */

struct acceptor
{
    struct pair *pair;
    WS_CHANNEL *channel;
    HRESULT hr;
};

static void accept_on_thread(void *argument)
{
    struct acceptor *acceptor = argument;

    acceptor->hr = WsAcceptChannel(acceptor->pair->listener, acceptor->channel, NULL, NULL);
}

TEST(closing_a_listener_waits_for_accepts)
{
    struct pair pair;
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    struct acceptor acceptors[5];
    struct test_thread threads[5];
    struct gate gate = {TEST_COUNT_INIT};
    size_t i;

    pair_open(&pair, SESSION, SESSION);
    pair.loop.hook_state = &gate;
    pair.loop.hook[LOOP_ACCEPT] = wait_at_gate;
    for (i = 0; i < 5; i++)
    {
        acceptors[i].pair = &pair;
        acceptors[i].channel = loop_service(&pair.loop, pair.listener);
        start_thread(&threads[i], accept_on_thread, &acceptors[i]);
    }
    loop_await(&pair.loop, LOOP_ACCEPT, 6);
    expect(channel_state_of(acceptors[0].channel) == WS_CHANNEL_STATE_ACCEPTING);
    expect_hr(WS_E_INVALID_OPERATION, WsCloseChannel(acceptors[0].channel, NULL, NULL));
    expect_hr(WS_S_ASYNC, WsCloseListener(pair.listener, &context, NULL));
    expect_size(0, loop_calls(&pair.loop, LOOP_LISTENER_CLOSE));
    count_up(&gate.count);
    for (i = 0; i < 5; i++)
    {
        join_thread(&threads[i]);
        expect_hr(WS_E_OPERATION_ABORTED, acceptors[i].hr);
        expect(channel_state_of(acceptors[i].channel) == WS_CHANNEL_STATE_CREATED);
        loop_free_channel(acceptors[i].channel);
    }
    ok(async_end(&result, WS_S_ASYNC));
    expect_size(1, loop_calls(&pair.loop, LOOP_LISTENER_CLOSE));
    pair_close(&pair);
}

static void close_listener_hooked(void *state)
{
    expect_hr(WS_E_INVALID_OPERATION, WsCloseListener(state, NULL, NULL));
}

static void free_listener_hooked(void *state)
{
    WsFreeListener(state);
}

TEST(callbacks_of_accepting_can_free_the_listener_but_not_close_it)
{
    struct loopback loop;
    const WS_STRING url = wide("loop:b");
    WS_LISTENER *listener;
    WS_CHANNEL *channel;

    loopback_init(&loop);
    listener = loop_listener(&loop, SESSION);
    ok(WsOpenListener(listener, &url, NULL, NULL));
    channel = loop_service(&loop, listener);
    loop.hook_state = listener;
    loop.hook[LOOP_ACCEPT] = close_listener_hooked;
    ok(WsAcceptChannel(listener, channel, NULL, NULL));
    loop_free_channel(channel);
    channel = loop_service(&loop, listener);
    loop.hook[LOOP_ACCEPT] = free_listener_hooked;
    expect_hr(WS_E_OPERATION_ABORTED, WsAcceptChannel(listener, channel, NULL, NULL));
    expect_size(1, loop_calls(&loop, LOOP_LISTENER_FREE));
    expect_hr(E_INVALIDARG, WsAcceptChannel(listener, channel, NULL, NULL));
    loop_free_channel(channel);
    loopback_end(&loop);
}
