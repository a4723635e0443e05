/* SPDX-License-Identifier: MIT */
/*
 * channel-object.c - what the objects do for transports: a transport of the test's, which receives texts that the test
 * delivers, and keeps what is sent.
 */
#include "support/channel.h"
#include "support/io.h"

#include "channel/object/channel_properties.h"
#include "channel/object/listener_properties.h"
#include "message/message.h"
#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

struct toy
{
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    const char *incoming[4]; /* texts, or NULL; "end": WS_S_END */
    unsigned next;
    struct operation *waiting; /* the lock of the channel */
    unsigned opens, closes, graceful, resets, aborts, abandons_writing, abandons_reading, frees;
    size_t streamed; /* how much of the text has been read */
    bool read_waits; /* a read callback waits for a wake */
    bool must_wait;  /* open waits */
    bool faults;
    char sent[2000];
};

static struct toy *toy_of(WS_CHANNEL *channel)
{
    return channel->part;
}

static HRESULT toy_create(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct toy *toy = channel->part;
    HRESULT hr;

    if ((hr = reader_create(NULL, 0, &toy->reader, error)) != S_OK)
        return hr;
    return writer_create(NULL, 0, &toy->writer, error);
}

static unsigned frees;

static void toy_free(WS_CHANNEL *channel)
{
    reader_free(toy_of(channel)->reader);
    writer_free(toy_of(channel)->writer);
    frees++;
}

static HRESULT toy_reset(WS_CHANNEL *channel, WS_ERROR *error)
{
    (void)error;
    toy_of(channel)->resets++;
    toy_of(channel)->next = 0;
    return S_OK;
}

static HRESULT wait_for_wake(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    mutex_lock(&channel->lock);
    toy_of(channel)->waiting = op;
    mutex_unlock(&channel->lock);
    return operation_wait(op, error);
}

static void wake(WS_CHANNEL *channel)
{
    mutex_lock(&channel->lock);
    if (toy_of(channel)->waiting)
        operation_wake(toy_of(channel)->waiting);
    toy_of(channel)->waiting = NULL;
    mutex_unlock(&channel->lock);
}

static HRESULT toy_open(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    bool must_wait;

    mutex_lock(&channel->lock);
    must_wait = toy_of(channel)->must_wait;
    mutex_unlock(&channel->lock);
    if (must_wait)
        return wait_for_wake(channel, op, error);
    toy_of(channel)->opens++;
    return S_OK;
}

static HRESULT toy_close(WS_CHANNEL *channel, struct operation *op, bool graceful, WS_ERROR *error)
{
    (void)op, (void)error;
    toy_of(channel)->closes++;
    toy_of(channel)->graceful += graceful;
    return S_OK;
}

static HRESULT toy_abort(WS_CHANNEL *channel, WS_ERROR *error)
{
    (void)error;
    toy_of(channel)->aborts++;
    return S_OK;
}

static HRESULT toy_shutdown(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    (void)channel, (void)op, (void)error;
    return S_OK;
}

static HRESULT toy_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    static const WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_BUFFER_OUTPUT buffer = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    struct toy *toy = channel->part;
    HRESULT hr;

    (void)op;
    if (toy->faults)
    {
        channel_fault(channel);
        return WS_E_ENDPOINT_DISCONNECTED;
    }
    if ((hr = WsSetOutput(toy->writer, &text.encoding, &buffer.output, NULL, 0, error)) != S_OK)
        return hr;
    return message_write_start(message, toy->writer, false, error);
}

static HRESULT toy_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct toy *toy = channel->part;
    WS_BYTES bytes;
    HRESULT hr;

    (void)op;
    if ((hr = message_write_end(message, error)) != S_OK)
        return hr;
    ok(WsGetWriterProperty(toy->writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    expect(bytes.length < sizeof(toy->sent));
    memcpy(toy->sent, bytes.bytes, bytes.length);
    toy->sent[bytes.length] = 0;
    return S_OK;
}

static HRESULT stream_step(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct toy *toy = channel->part;
    bool waits;

    mutex_lock(&channel->lock);
    waits = toy->read_waits;
    mutex_unlock(&channel->lock);
    return waits ? wait_for_wake(channel, op, error) : S_OK;
}

/* Seven bytes at a time. */
static HRESULT CALLBACK toy_stream(void *state, void *bytes, ULONG room, ULONG *length, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error)
{
    WS_CHANNEL *channel = state;
    struct toy *toy = channel->part;
    const char *text = toy->incoming[toy->next - 1];
    size_t left = strlen(text) - toy->streamed;

    *length = (ULONG)(left < 7 ? left : 7);
    if (*length > room)
        *length = room;
    memcpy(bytes, text + toy->streamed, *length);
    toy->streamed += *length;
    return channel_run_body(channel, CHANNEL_RECEIVING_BODY, stream_step, context, error);
}

static HRESULT begin_reading(WS_CHANNEL *channel, const char *text, WS_ERROR *error)
{
    static const WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    const WS_XML_READER_BUFFER_INPUT buffer = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)(uintptr_t)text, (ULONG)strlen(text)};
    const WS_XML_READER_STREAM_INPUT stream = {{WS_XML_READER_INPUT_TYPE_STREAM}, toy_stream, channel};
    const bool is_streamed = channel->settings.transfer_mode & WS_STREAMED_INPUT_TRANSFER_MODE;

    toy_of(channel)->streamed = 0;
    return WsSetInput(toy_of(channel)->reader, &encoding.encoding, is_streamed ? &stream.input : &buffer.input, NULL, 0,
                      error);
}

static HRESULT toy_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct toy *toy = channel->part;
    const char *text;
    HRESULT hr;

    mutex_lock(&channel->lock);
    text = toy->incoming[toy->next];
    mutex_unlock(&channel->lock);
    if (!text)
        return wait_for_wake(channel, op, error);
    toy->next++;
    if (!strcmp(text, "end"))
        return WS_S_END;
    if ((hr = begin_reading(channel, text, error)) != S_OK)
        return hr;
    while ((hr = message_read_start(message, toy->reader, error)) == READER_STARVED)
        ok(WsFillReader(toy->reader, 2000, NULL, error)); /* it does not wait here */
    return hr;
}

static HRESULT toy_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    (void)channel, (void)op;
    return message_read_end(message, error);
}

static HRESULT toy_abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error)
{
    (void)message, (void)error;
    toy_of(channel)->abandons_writing += writing;
    toy_of(channel)->abandons_reading += !writing;
    return S_OK;
}

static HRESULT toy_listener(WS_LISTENER *listener, WS_ERROR *error)
{
    (void)listener, (void)error;
    return S_OK;
}

static void toy_listener_free(WS_LISTENER *listener)
{
    (void)listener;
}

static HRESULT toy_listener_run(WS_LISTENER *listener, struct operation *op, WS_ERROR *error)
{
    (void)listener, (void)op, (void)error;
    return S_OK;
}

static const struct transport toy_transport = {
    .binding = WS_HTTP_CHANNEL_BINDING,
    .client_types = ~0u,
    .listener_types = ~0u,
    .encoding = WS_ENCODING_XML_UTF8,
    .encodings = ~0u,
    .carries_addressing = true,
    .channel_size = sizeof(struct toy),
    .listener_size = 1,
    .channel_create = toy_create,
    .channel_free = toy_free,
    .channel_reset = toy_reset,
    .open = toy_open,
    .accept = toy_open,
    .close = toy_close,
    .abort = toy_abort,
    .shutdown = toy_shutdown,
    .write_start = toy_write_start,
    .write_end = toy_write_end,
    .read_start = toy_read_start,
    .read_end = toy_read_end,
    .abandon = toy_abandon,
    .listener_create = toy_listener,
    .listener_free = toy_listener_free,
    .listener_open = toy_listener_run,
    .listener_close = toy_listener_run,
};

/* --- Objects --- */

static WS_CHANNEL *toy_channel(WS_CHANNEL_TYPE type, const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    struct channel_settings settings;
    struct _WS_HEAP heap;
    WS_CHANNEL *channel = NULL;

    ok(channel_settings_make(&toy_transport, NULL, properties, count, &settings, &heap, NULL));
    ok(channel_create(&toy_transport, type, NULL, &settings, &heap, &channel, NULL));
    return channel;
}

static WS_CHANNEL *toy_opened(WS_CHANNEL_TYPE type, const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    const WS_ENDPOINT_ADDRESS address = address_of("http://host/a");
    WS_CHANNEL *channel = toy_channel(type, properties, count);

    ok(WsOpenChannel(channel, &address, NULL, NULL));
    return channel;
}

static WS_LISTENER *toy_listening(const char *url, ULONG matching)
{
    const WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS, &matching,
                                           sizeof(matching)};
    const WS_STRING wide_url = wide(url);
    struct listener_settings settings;
    struct _WS_HEAP heap;
    WS_LISTENER *listener = NULL;

    ok(listener_settings_make(&toy_transport, &property, 1, &settings, &heap, NULL));
    ok(listener_create(&toy_transport, WS_CHANNEL_TYPE_DUPLEX_SESSION, &settings, &heap, &listener, NULL));
    ok(WsOpenListener(listener, &wide_url, NULL, NULL));
    return listener;
}

static void deliver(WS_CHANNEL *channel, const char *text)
{
    struct toy *toy = channel->part;
    unsigned i;

    mutex_lock(&channel->lock);
    for (i = 0; toy->incoming[i];)
        i++;
    toy->incoming[i] = text;
    mutex_unlock(&channel->lock);
    wake(channel);
}

#define ENVELOPE(headers, body) \
    "<s:Envelope xmlns:s=\"" E12 "\" xmlns:a=\"" A10 "\"><s:Header>" headers "</s:Header><s:Body>" body \
    "</s:Body></s:Envelope>"
#define ASK(headers) ENVELOPE("<a:Action s:mustUnderstand=\"1\">ask</a:Action>" headers, "<op xmlns=\"urn:x\">7</op>")
#define FAULT \
    ENVELOPE("<a:Action>fault</a:Action>", "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text " \
                                           "xml:lang=\"en\">No.</s:Text></s:Reason></s:Fault>")

/* --- Addressing --- */

TEST(messages_are_addressed_to_where_the_channel_is_open)
{
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    WS_MESSAGE *message = message_for(channel);
    const WS_ENDPOINT_ADDRESS other = address_of("http://other/");

    ok(send_int(channel, message, 3));
    expect(strstr(toy_of(channel)->sent, ">ask</a:Action>") != NULL);
    expect(strstr(toy_of(channel)->sent, ">http://host/a</a:To>") != NULL);
    expect(strstr(toy_of(channel)->sent, "<op xmlns=\"urn:x\">3</op>") != NULL);
    expect(!strstr(toy_of(channel)->sent, "MessageID"));
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsAddressMessage(message, &other, NULL));
    ok(send_int(channel, message, 3));
    expect(strstr(toy_of(channel)->sent, ">http://other/</a:To>") && !strstr(toy_of(channel)->sent, "http://host"));
    WsFreeMessage(message);
    loop_free_channel(channel);
}

TEST(to_must_be_the_listener)
{
    static const struct
    {
        const char *to;
        ULONG options;
        HRESULT hr;
    } table[] = {
        {"http://localhost:8000/a", WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_PORT | WS_MATCH_URL_EXACT_PATH, S_OK},
        {"http://LOCALHOST:8000/a/", WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_PORT | WS_MATCH_URL_EXACT_PATH, S_OK},
        {"http://127.0.0.1:8000/a", WS_MATCH_URL_THIS_HOST | WS_MATCH_URL_PORT | WS_MATCH_URL_EXACT_PATH, S_OK},
        {"http://127.0.0.1:8000/a", WS_MATCH_URL_LOCAL_HOST, WS_E_ENDPOINT_NOT_FOUND},
        {"http://localhost/a", WS_MATCH_URL_PORT, WS_E_ENDPOINT_NOT_FOUND},
        {"http://localhost/b", WS_MATCH_URL_EXACT_PATH, WS_E_ENDPOINT_NOT_FOUND},
        {"http://localhost/a/b", WS_MATCH_URL_PREFIX_PATH, S_OK},
        {"http://localhost/ab", WS_MATCH_URL_PREFIX_PATH, WS_E_ENDPOINT_NOT_FOUND},
        {"http://localhost/a?q", WS_MATCH_URL_NO_QUERY, WS_E_ENDPOINT_NOT_FOUND},
        {"http://localhost/a?q", WS_MATCH_URL_PORT, WS_E_ENDPOINT_NOT_FOUND},
        {"https://localhost:8000/a", WS_MATCH_URL_PORT, WS_E_ENDPOINT_NOT_FOUND},
        {"urn:uuid:1", WS_MATCH_URL_PORT, WS_E_ENDPOINT_NOT_FOUND},
        {"urn:uuid:1", 0, S_OK},
        {A10 "/anonymous", WS_MATCH_URL_PORT, S_OK},
        {NULL, WS_MATCH_URL_PORT, S_OK},
    };
    WS_ERROR *error = create_error();
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    WS_MESSAGE *message;
    char text[1000];
    WS_XML_STRING action;
    size_t i;

    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
    {
        listener = toy_listening("http://+:8000/a", table[i].options);
        ok(WsCreateChannelForListener(listener, NULL, 0, &channel, NULL));
        ok(WsAcceptChannel(listener, channel, NULL, NULL));
        message = message_for(channel);
        if (table[i].to)
            snprintf(text, sizeof(text), ASK("<a:To>%s</a:To>"), table[i].to);
        else
            snprintf(text, sizeof(text), ASK(""));
        deliver(channel, text);
        ok(WsResetError(error));
        expect_hr(table[i].hr, WsReadMessageStart(channel, message, NULL, error));
        if (table[i].hr != S_OK)
        {
            expect(says(error, table[i].to) && state_of(message) == WS_MESSAGE_STATE_DONE);
            ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action)));
            expect(string_is(&action, A10 "/fault"));
            expect_size(1, toy_of(channel)->abandons_reading);
        }
        WsFreeMessage(message);
        loop_free_channel(channel);
        loop_free_listener(listener);
    }
    WsFreeError(error);
}

/* --- Faults --- */

TEST(a_fault_is_an_error_unless_the_program_wants_to_see_it)
{
    const BOOL no = FALSE;
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    WS_MESSAGE *message = message_for(channel);
    WS_ERROR *error = create_error();
    WS_FAULT *fault = NULL;
    int32_t value;

    deliver(channel, FAULT);
    deliver(channel, FAULT);
    deliver(channel, FAULT);
    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, WsReadMessageStart(channel, message, NULL, error));
    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
    expect(fault && fault->reasonCount == 1 && wide_is(&fault->reasons[0].text, "No."));
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    expect(channel_state_of(channel) == WS_CHANNEL_STATE_OPEN);
    ok(WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_FAULTS_AS_ERRORS, &no, sizeof(no), NULL));
    ok(WsResetMessage(message, NULL));
    ok(WsReadMessageStart(channel, message, NULL, error));
    expect(is_fault(message));
    ok(WsAbandonMessage(channel, message, NULL));
    ok(WsResetMessage(message, NULL));
    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, receive_int(channel, message, &value, error));
    WsFreeMessage(message);
    WsFreeError(error);
    loop_free_channel(channel);
}

/* --- Messages that are used elsewhere meanwhile --- */

TEST(a_message_that_is_reset_or_freed_frees_its_channel)
{
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    struct toy *toy = channel->part;
    WS_MESSAGE *message = message_for(channel), *other = message_for(channel);

    deliver(channel, ASK(""));
    deliver(channel, ASK(""));
    ok(WsReadMessageStart(channel, message, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadMessageStart(channel, other, NULL, NULL));
    ok(WsResetMessage(message, NULL));
    expect_size(1, toy->abandons_reading);
    expect_hr(E_INVALIDARG, WsAbandonMessage(channel, message, NULL));
    ok(WsReadMessageStart(channel, other, NULL, NULL));
    WsFreeMessage(other);
    expect_size(2, toy->abandons_reading);
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteMessageStart(channel, message, NULL, NULL));
    WsFreeMessage(message);
    expect_size(1, toy->abandons_writing);
    message = message_for(channel);
    ok(send_int(channel, message, 1));
    WsFreeMessage(message);
    loop_free_channel(channel);
}

TEST(closing_or_freeing_a_channel_leaves_its_messages_done)
{
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    struct toy *toy = channel->part;
    WS_MESSAGE *read = message_for(channel), *written = message_for(channel);
    WS_XML_READER *reader;

    deliver(channel, ASK(""));
    ok(WsInitializeMessage(written, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsReadMessageStart(channel, read, NULL, NULL));
    ok(WsWriteMessageStart(channel, written, NULL, NULL));
    ok(WsCloseChannel(channel, NULL, NULL));
    expect(toy->closes == 1 && toy->graceful == 0);
    expect(state_of(read) == WS_MESSAGE_STATE_DONE && state_of(written) == WS_MESSAGE_STATE_DONE);
    expect_hr(WS_E_INVALID_OPERATION,
              WsGetMessageProperty(read, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), NULL));
    WsFreeChannel(channel);
    ok(WsResetMessage(read, NULL));
    channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    deliver(channel, ASK(""));
    ok(WsReadMessageStart(channel, read, NULL, NULL));
    WsFreeChannel(channel);
    expect(state_of(read) == WS_MESSAGE_STATE_DONE);
    WsFreeMessage(read);
    WsFreeMessage(written);
}

TEST(a_message_cannot_be_used_while_a_call_is_at_work_with_it)
{
    struct done done = DONE_INIT;
    const WS_ASYNC_CONTEXT context = {on_done, &done};
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    WS_MESSAGE *message = message_for(channel);

    expect_hr(WS_S_ASYNC, WsReadMessageStart(channel, message, &context, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsResetMessage(message, NULL));
    expect_hr(WS_E_INVALID_OPERATION, send_int(channel, message, 1));
    WsFreeMessage(message); /* later */
    deliver(channel, ASK(""));
    expect(counter_wait(&done.counter, 1));
    expect_hr(S_OK, done.result);
    expect_hr(E_INVALIDARG, WsReadMessageEnd(channel, message, NULL, NULL));
    expect_size(1, toy_of(channel)->abandons_reading);
    loop_free_channel(channel);
}

TEST(versions_must_be_those_of_the_channel)
{
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    WS_ERROR *error = create_error();
    WS_MESSAGE *soap11 = create_message(SOAP11, ADDR10), *old = create_message(SOAP12, ADDR09);

    expect_refused(error, E_INVALIDARG, WsReadMessageStart(channel, soap11, NULL, error),
                   "WS_ENVELOPE_VERSION_SOAP_1_1");
    expect_refused(error, E_INVALIDARG, WsReadMessageStart(channel, old, NULL, error), "WS_ADDRESSING_VERSION_0_9");
    WsFreeMessage(soap11);
    WsFreeMessage(old);
    WsFreeError(error);
    loop_free_channel(channel);
}

/* --- Cancelling --- */

TEST(abort_cancels_what_waits)
{
    struct done done = DONE_INIT;
    const WS_ASYNC_CONTEXT context = {on_done, &done};
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    WS_MESSAGE *message = message_for(channel);

    expect_hr(WS_S_ASYNC, WsReadMessageStart(channel, message, &context, NULL));
    ok(WsAbortChannel(channel, NULL));
    expect(counter_wait(&done.counter, 1));
    expect_hr(WS_E_OPERATION_ABORTED, done.result);
    expect(done.model == WS_LONG_CALLBACK);
    expect_size(1, toy_of(channel)->aborts);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadMessageStart(channel, message, NULL, NULL));
    WsFreeMessage(message);
    loop_free_channel(channel);
}

TEST(closing_cancels_what_waits)
{
    struct done done = DONE_INIT;
    const WS_ASYNC_CONTEXT context = {on_done, &done};
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    struct toy *toy = channel->part;
    WS_MESSAGE *message = message_for(channel);

    expect_hr(WS_S_ASYNC, WsReadMessageStart(channel, message, &context, NULL));
    ok(WsCloseChannel(channel, NULL, NULL));
    expect(counter_wait(&done.counter, 1));
    expect_hr(WS_E_OPERATION_ABORTED, done.result);
    expect(toy->closes == 1 && toy->graceful == 0);
    WsFreeMessage(message);
    ok(WsResetChannel(channel, NULL));
    toy->incoming[0] = NULL;
    loop_free_channel(channel);
}

TEST(freeing_cancels_what_waits)
{
    struct done done = DONE_INIT;
    const WS_ASYNC_CONTEXT context = {on_done, &done};
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    WS_MESSAGE *message = message_for(channel);

    expect_hr(WS_S_ASYNC, WsReadMessageStart(channel, message, &context, NULL));
    WsFreeChannel(channel);
    expect(counter_wait(&done.counter, 1));
    expect_hr(WS_E_OPERATION_ABORTED, done.result);
    WsFreeMessage(message);
}

TEST(aborting_an_open_leads_back_to_created)
{
    struct done done = DONE_INIT;
    const WS_ASYNC_CONTEXT context = {on_done, &done};
    const WS_ENDPOINT_ADDRESS address = address_of("http://host/a");
    WS_CHANNEL *channel = toy_channel(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);

    toy_of(channel)->must_wait = true;
    expect_hr(WS_S_ASYNC, WsOpenChannel(channel, &address, &context, NULL));
    expect(channel_state_of(channel) == WS_CHANNEL_STATE_OPENING);
    expect_hr(WS_E_INVALID_OPERATION, WsCloseChannel(channel, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsOpenChannel(channel, &address, NULL, NULL));
    ok(WsAbortChannel(channel, NULL));
    expect(counter_wait(&done.counter, 1));
    expect_hr(WS_E_OPERATION_ABORTED, done.result);
    expect(channel_state_of(channel) == WS_CHANNEL_STATE_CREATED);
    toy_of(channel)->must_wait = false;
    ok(WsOpenChannel(channel, &address, NULL, NULL));
    loop_free_channel(channel);
}

TEST(accepts_are_cancelled_by_their_listener)
{
    struct done done[3];
    const struct done init = DONE_INIT;
    WS_ASYNC_CONTEXT context = {on_done, NULL};
    WS_LISTENER *listener;
    WS_CHANNEL *channels[3];
    size_t way, i;

    for (way = 0; way < 3; way++)
    {
        listener = toy_listening("http://+:8000/a", 0);
        for (i = 0; i < 3; i++)
        {
            done[i] = init;
            context.callbackState = &done[i];
            ok(WsCreateChannelForListener(listener, NULL, 0, &channels[i], NULL));
            toy_of(channels[i])->must_wait = true;
            expect_hr(WS_S_ASYNC, WsAcceptChannel(listener, channels[i], &context, NULL));
        }
        if (way == 0)
            ok(WsCloseListener(listener, NULL, NULL));
        else if (way == 1)
            ok(WsAbortListener(listener, NULL));
        else
            WsFreeListener(listener);
        for (i = 0; i < 3; i++)
        {
            expect(counter_wait(&done[i].counter, 1));
            expect_hr(WS_E_OPERATION_ABORTED, done[i].result);
            expect(channel_state_of(channels[i]) == WS_CHANNEL_STATE_CREATED);
        }
        if (way == 1)
            expect_hr(WS_E_OBJECT_FAULTED, WsAcceptChannel(listener, channels[0], NULL, NULL));
        for (i = 0; i < 3; i++)
            loop_free_channel(channels[i]);
        if (way < 2)
            loop_free_listener(listener);
    }
}

TEST(a_transport_can_fault_its_channel)
{
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    struct toy *toy = channel->part;
    WS_MESSAGE *message = message_for(channel);

    toy->faults = true;
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, send_int(channel, message, 1));
    expect(channel_state_of(channel) == WS_CHANNEL_STATE_FAULTED);
    expect_hr(WS_E_OBJECT_FAULTED, send_int(channel, message, 1));
    expect_hr(WS_E_OBJECT_FAULTED, WsShutdownSessionChannel(channel, NULL, NULL));
    ok(WsCloseChannel(channel, NULL, NULL));
    expect(toy->graceful == 0);
    toy->faults = false;
    ok(WsResetChannel(channel, NULL));
    WsFreeMessage(message);
    loop_free_channel(channel);
}

/* --- Streams --- */

TEST(a_streamed_body_is_received_whole_for_a_value)
{
    const WS_TRANSFER_MODE mode = WS_STREAMED_TRANSFER_MODE;
    const WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_TRANSFER_MODE, (void *)(uintptr_t)&mode, sizeof(mode)};
    struct done done = DONE_INIT;
    const WS_ASYNC_CONTEXT context = {on_done, &done};
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, &property, 1);
    WS_MESSAGE *message = message_for(channel);
    WS_ERROR *error = create_error();
    int32_t value = 0;

    deliver(channel, ASK(""));
    deliver(channel, ASK(""));
    deliver(channel, FAULT);
    ok(receive_int(channel, message, &value, NULL));
    expect(value == 7);
    ok(WsResetMessage(message, NULL));
    value = 0;
    ok(async_end(NULL, WsReceiveMessage(channel, message, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                                        WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, &context, NULL)));
    expect(value == 7);
    ok(WsResetMessage(message, NULL));
    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, receive_int(channel, message, &value, error));
    WsFreeError(error);
    WsFreeMessage(message);
    loop_free_channel(channel);
}

/* --- Headers --- */

TEST(must_understand_and_correlation)
{
    static const WS_MESSAGE_DESCRIPTION *const descriptions[] = {&tell, &ask};
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);
    WS_MESSAGE *message = message_for(channel), *reply = message_for(channel);
    WS_ERROR *error = create_error();
    int32_t value = 0, sent = 1;
    ULONG index = 9;

    deliver(channel, ASK("<x:odd xmlns:x=\"urn:odd\" s:mustUnderstand=\"1\"/>"));
    deliver(channel, ASK("<a:RelatesTo>urn:other</a:RelatesTo>"));
    deliver(channel, ASK(""));
    expect_hr(WS_E_INVALID_FORMAT, receive_int(channel, message, &value, error));
    expect(says(error, "must be understood"));
    ok(WsResetMessage(message, NULL));
    ok(WsResetError(error));
    expect_hr(WS_E_INVALID_FORMAT,
              WsRequestReply(channel, message, &ask, WS_WRITE_REQUIRED_VALUE, &sent, sizeof(sent), reply, &ask,
                             WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, error));
    expect(says(error, "answers the message \"urn:other\""));
    expect(strstr(toy_of(channel)->sent, "<a:MessageID>urn:uuid:") != NULL);
    ok(WsResetMessage(message, NULL));
    ok(WsReceiveMessage(channel, message, (const WS_MESSAGE_DESCRIPTION **)(uintptr_t)descriptions, 2,
                        WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), &index, NULL,
                        NULL));
    expect(index == 1 && value == 7);
    WsFreeMessage(message);
    WsFreeMessage(reply);
    WsFreeError(error);
    loop_free_channel(channel);
}

TEST(objects_are_freed_with_what_they_have)
{
    unsigned before = frees;
    WS_CHANNEL *channel = toy_opened(WS_CHANNEL_TYPE_DUPLEX_SESSION, NULL, 0);

    channel_hold(channel);
    loop_free_channel(channel);
    expect_size(before, frees);
    channel_release(channel);
    expect_size(before + 1, frees);
}
