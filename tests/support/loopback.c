/* SPDX-License-Identifier: MIT */
/* loopback.c - see loopback.h. */
#include "support/loopback.h"

#include <stdlib.h>

struct loop_message
{
    struct loop_message *next;
    ULONG length;
    BYTE bytes[];
};

/* An instance of a channel. */
struct loop_end
{
    struct loopback *loop;
    bool is_service;
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    struct loop_message *current; /* that is being read */

    /* A read start that waits for a message. */
    WS_MESSAGE *message;
    WS_ASYNC_CONTEXT context;
    WS_ERROR *error;
};

/* A callback that completes on another thread. */
struct job
{
    HRESULT (*work)(void *instance, void *argument, WS_ERROR *error);
    void *instance, *argument;
    HRESULT result; /* if not S_OK, in place of the work */
    WS_ASYNC_CONTEXT context;
    WS_ERROR *error;
};

/* --- Control --- */

void loopback_init(struct loopback *loop)
{
    static const struct loopback init = {.lock = TEST_LOCK_INIT,
                                         .changed = TEST_CONDITION_INIT,
                                         .envelope_version = WS_ENVELOPE_VERSION_SOAP_1_2,
                                         .addressing_version = WS_ADDRESSING_VERSION_1_0,
                                         .transfer_mode = WS_BUFFERED_TRANSFER_MODE};

    *loop = init;
}

static void drop(struct loop_message **first)
{
    struct loop_message *message;

    while ((message = *first))
    {
        *first = message->next;
        free(message);
    }
}

void loopback_end(struct loopback *loop)
{
    unsigned i;

    for (i = 0; i < loop->thread_count; i++)
        join_thread(&loop->threads[i]);
    drop(&loop->first[0]);
    drop(&loop->first[1]);
}

/* Counts a call, and does what the test wants first. */
static HRESULT begin(struct loopback *loop, enum loopback_callback callback)
{
    HRESULT hr;

    test_lock_take(&loop->lock);
    loop->calls[callback]++;
    hr = loop->fails[callback];
    test_announce(&loop->changed);
    test_lock_leave(&loop->lock);
    if (loop->hook[callback])
        loop->hook[callback](loop->hook_state);
    return hr;
}

unsigned loop_calls(struct loopback *loop, enum loopback_callback callback)
{
    unsigned ret;

    test_lock_take(&loop->lock);
    ret = loop->calls[callback];
    test_lock_leave(&loop->lock);
    return ret;
}

void loop_await(struct loopback *loop, enum loopback_callback callback, unsigned times)
{
    bool in_time = true;

    test_lock_take(&loop->lock);
    while (loop->calls[callback] < times && in_time)
        in_time = test_await(&loop->changed, &loop->lock, PATIENCE);
    test_lock_leave(&loop->lock);
    expect(loop_calls(loop, callback) >= times);
}

static void run_job(void *argument)
{
    struct job job = *(struct job *)argument;

    free(argument);
    if (job.result == S_OK)
        job.result = job.work(job.instance, job.argument, job.error);
    job.context.callback(job.result, WS_LONG_CALLBACK, job.context.callbackState);
}

static void start(struct loopback *loop, void (*run)(void *argument), void *argument)
{
    struct test_thread *thread;

    test_lock_take(&loop->lock);
    expect(loop->thread_count < sizeof(loop->threads) / sizeof(loop->threads[0]));
    thread = &loop->threads[loop->thread_count++];
    start_thread(thread, run, argument);
    test_lock_leave(&loop->lock);
}

/* Does the work of a callback, now or later. */
static HRESULT perform(struct loopback *loop, enum loopback_callback callback,
                       HRESULT (*work)(void *instance, void *argument, WS_ERROR *error), void *instance, void *argument,
                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    HRESULT hr = begin(loop, callback);
    struct job *job;

    if (!loop->later[callback] || !context)
        return hr == S_OK ? work(instance, argument, error) : hr;
    expect((job = malloc(sizeof(*job))) != NULL);
    job->work = work;
    job->instance = instance;
    job->argument = argument;
    job->result = hr;
    job->context = *context;
    job->error = error;
    start(loop, run_job, job);
    return WS_S_ASYNC;
}

/* --- Channels --- */

static HRESULT create_end(struct loopback *loop, bool is_service, void **instance, WS_ERROR *error)
{
    struct loop_end *end = calloc(1, sizeof(*end));
    HRESULT hr;

    expect(end != NULL);
    end->loop = loop;
    end->is_service = is_service;
    if ((hr = WsCreateWriter(NULL, 0, &end->writer, error)) != S_OK ||
        (hr = WsCreateReader(NULL, 0, &end->reader, error)) != S_OK)
    {
        WsFreeWriter(end->writer);
        free(end);
        return hr;
    }
    *instance = end;
    return S_OK;
}

static HRESULT CALLBACK create(WS_CHANNEL_TYPE type, const void *parameters, ULONG size, void **instance,
                               WS_ERROR *error)
{
    struct loopback *loop;
    HRESULT hr;

    expect_size(sizeof(loop), size);
    memcpy(&loop, parameters, sizeof(loop));
    loop->type = type;
    hr = begin(loop, LOOP_CREATE);
    return hr == S_OK ? create_end(loop, false, instance, error) : hr;
}

static void CALLBACK free_end(void *instance)
{
    struct loop_end *end = instance;

    begin(end->loop, LOOP_FREE);
    WsFreeWriter(end->writer);
    WsFreeReader(end->reader);
    free(end->current);
    free(end);
}

static HRESULT CALLBACK reset(void *instance, WS_ERROR *error)
{
    struct loop_end *end = instance;

    (void)error;
    return begin(end->loop, LOOP_RESET);
}

static void copy_url(struct loopback *loop, const WS_STRING *url)
{
    ULONG i;

    for (i = 0; i < url->length && i + 1 < sizeof(loop->url); i++)
        loop->url[i] = (char)url->chars[i];
    loop->url[i] = 0;
}

static HRESULT do_nothing(void *instance, void *argument, WS_ERROR *error)
{
    (void)instance, (void)argument, (void)error;
    return S_OK;
}

static HRESULT CALLBACK open_end(void *instance, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                                 WS_ERROR *error)
{
    struct loop_end *end = instance;

    copy_url(end->loop, &address->url);
    return perform(end->loop, LOOP_OPEN, do_nothing, end, NULL, context, error);
}

/* Says that an end sends no more, and lets those who wait for that go on. */
static HRESULT end_sending(void *instance, void *argument, WS_ERROR *error);

static HRESULT CALLBACK close_end(void *instance, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct loop_end *end = instance;

    return perform(end->loop, LOOP_CLOSE, end_sending, end, NULL, context, error);
}

static HRESULT CALLBACK shut_down(void *instance, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct loop_end *end = instance;

    return perform(end->loop, LOOP_SHUTDOWN, end_sending, end, NULL, context, error);
}

/* --- Sending --- */

static HRESULT start_write(void *instance, void *message, WS_ERROR *error)
{
    static const WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_BUFFER_OUTPUT buffer = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    struct loop_end *end = instance;
    HRESULT hr = WsSetOutput(end->writer, &text.encoding, &buffer.output, NULL, 0, error);

    return hr == S_OK ? WsWriteEnvelopeStart(message, end->writer, NULL, NULL, error) : hr;
}

static HRESULT CALLBACK write_start(void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error)
{
    struct loop_end *end = instance;

    return perform(end->loop, LOOP_WRITE_START, start_write, end, message, context, error);
}

static HRESULT read_message(struct loop_end *end, WS_MESSAGE *message, WS_ERROR *error);

/* Hands the message that has come to a read start that waits. */
static void run_waiting(void *argument)
{
    struct loop_end *end = argument;
    WS_ASYNC_CONTEXT context = end->context;
    HRESULT hr = read_message(end, end->message, end->error);

    context.callback(hr, WS_LONG_CALLBACK, context.callbackState);
}

/* The lock is held. */
static struct loop_end *take_waiting(struct loopback *loop, bool of_service)
{
    struct loop_end *waiting = loop->waiting[of_service];

    loop->waiting[of_service] = NULL;
    test_announce(&loop->changed);
    return waiting;
}

static HRESULT end_sending(void *instance, void *argument, WS_ERROR *error)
{
    struct loop_end *end = instance, *waiting;

    (void)argument, (void)error;
    test_lock_take(&end->loop->lock);
    end->loop->is_ended[!end->is_service] = true;
    waiting = take_waiting(end->loop, !end->is_service);
    test_lock_leave(&end->loop->lock);
    if (waiting)
        start(end->loop, run_waiting, waiting);
    return S_OK;
}

static HRESULT end_write(void *instance, void *message, WS_ERROR *error)
{
    struct loop_end *end = instance, *waiting;
    struct loop_message *sent, **link;
    WS_BYTES bytes;
    HRESULT hr;

    if ((hr = WsWriteEnvelopeEnd(message, error)) != S_OK ||
        (hr = WsGetWriterProperty(end->writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error)) != S_OK)
        return hr;
    expect((sent = malloc(sizeof(*sent) + bytes.length)) != NULL);
    sent->next = NULL;
    sent->length = bytes.length;
    memcpy(sent->bytes, bytes.bytes, bytes.length);
    test_lock_take(&end->loop->lock);
    for (link = &end->loop->first[!end->is_service]; *link;)
        link = &(*link)->next;
    *link = sent;
    waiting = take_waiting(end->loop, !end->is_service);
    test_lock_leave(&end->loop->lock);
    if (waiting)
        start(end->loop, run_waiting, waiting);
    return S_OK;
}

static HRESULT CALLBACK write_end(void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct loop_end *end = instance;

    return perform(end->loop, LOOP_WRITE_END, end_write, end, message, context, error);
}

/* --- Receiving --- */

/* S_FALSE: there is none yet. The lock is held. */
static HRESULT take_message(struct loop_end *end)
{
    struct loopback *loop = end->loop;
    struct loop_message **first = &loop->first[end->is_service];

    if (loop->is_aborted)
        return WS_E_OPERATION_ABORTED;
    if (*first)
    {
        free(end->current);
        end->current = *first;
        *first = end->current->next;
        return S_OK;
    }
    return loop->is_ended[end->is_service] ? WS_S_END : S_FALSE;
}

static HRESULT read_current(struct loop_end *end, WS_MESSAGE *message, WS_ERROR *error)
{
    static const WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    const WS_XML_READER_BUFFER_INPUT input = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, end->current->bytes, end->current->length};
    HRESULT hr = WsSetInput(end->reader, &text.encoding, &input.input, NULL, 0, error);

    return hr == S_OK ? WsReadEnvelopeStart(message, end->reader, NULL, NULL, error) : hr;
}

static HRESULT read_message(struct loop_end *end, WS_MESSAGE *message, WS_ERROR *error)
{
    HRESULT hr;

    test_lock_take(&end->loop->lock);
    while ((hr = take_message(end)) == S_FALSE)
        test_await(&end->loop->changed, &end->loop->lock, PATIENCE);
    test_lock_leave(&end->loop->lock);
    return hr == S_OK ? read_current(end, message, error) : hr;
}

static HRESULT start_read(void *instance, void *message, WS_ERROR *error)
{
    return read_message(instance, message, error);
}

static HRESULT CALLBACK read_start(void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error)
{
    struct loop_end *end = instance;
    HRESULT hr;

    if (end->loop->later[LOOP_READ_START] || !context)
        return perform(end->loop, LOOP_READ_START, start_read, end, message, context, error);
    if ((hr = begin(end->loop, LOOP_READ_START)) != S_OK)
        return hr;
    test_lock_take(&end->loop->lock);
    if ((hr = take_message(end)) == S_FALSE)
    {
        end->message = message;
        end->context = *context;
        end->error = error;
        end->loop->waiting[end->is_service] = end;
        hr = WS_S_ASYNC;
    }
    test_lock_leave(&end->loop->lock);
    return hr == S_OK ? read_current(end, message, error) : hr;
}

static HRESULT end_read(void *instance, void *message, WS_ERROR *error)
{
    (void)instance;
    return WsReadEnvelopeEnd(message, error);
}

static HRESULT CALLBACK read_end(void *instance, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct loop_end *end = instance;

    return perform(end->loop, LOOP_READ_END, end_read, end, message, context, error);
}

/* --- Others --- */

static HRESULT CALLBACK abandon(void *instance, WS_MESSAGE *message, WS_ERROR *error)
{
    struct loop_end *end = instance;

    (void)error;
    end->loop->abandoned = message;
    return begin(end->loop, LOOP_ABANDON);
}

static HRESULT CALLBACK abort_end(void *instance, WS_ERROR *error)
{
    struct loop_end *end = instance, *waiting;
    HRESULT hr = begin(end->loop, LOOP_ABORT);

    (void)error;
    test_lock_take(&end->loop->lock);
    end->loop->is_aborted = true;
    waiting = take_waiting(end->loop, end->is_service);
    test_lock_leave(&end->loop->lock);
    if (waiting)
        start(end->loop, run_waiting, waiting);
    return hr;
}

static HRESULT give(const void *property, size_t size, void *value, ULONG value_size)
{
    if (value_size != size)
        return E_INVALIDARG;
    memcpy(value, property, size);
    return S_OK;
}

static HRESULT CALLBACK get(void *instance, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    const WS_PROTECTION_LEVEL protection = WS_PROTECTION_LEVEL_NONE;
    const BOOL timeouts = FALSE;
    struct loop_end *end = instance;
    HRESULT hr = begin(end->loop, LOOP_GET);

    (void)error;
    if (hr != S_OK)
        return hr;
    switch (id)
    {
    case WS_CHANNEL_PROPERTY_ENVELOPE_VERSION:
        return give(&end->loop->envelope_version, sizeof(end->loop->envelope_version), value, size);
    case WS_CHANNEL_PROPERTY_ADDRESSING_VERSION:
        return give(&end->loop->addressing_version, sizeof(end->loop->addressing_version), value, size);
    case WS_CHANNEL_PROPERTY_TRANSFER_MODE:
        return give(&end->loop->transfer_mode, sizeof(end->loop->transfer_mode), value, size);
    case WS_CHANNEL_PROPERTY_PROTECTION_LEVEL: return give(&protection, sizeof(protection), value, size);
    case WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS: return give(&timeouts, sizeof(timeouts), value, size);
    case WS_CHANNEL_PROPERTY_SEND_TIMEOUT: return give(&end->loop->property, sizeof(ULONG), value, size);
    default: return E_INVALIDARG;
    }
}

static HRESULT CALLBACK set(void *instance, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error)
{
    struct loop_end *end = instance;
    HRESULT hr = begin(end->loop, LOOP_SET);

    (void)error;
    if (hr != S_OK)
        return hr;
    return id == WS_CHANNEL_PROPERTY_SEND_TIMEOUT && size == sizeof(ULONG)
               ? give(value, size, &end->loop->property, sizeof(ULONG))
               : E_INVALIDARG;
}

const WS_CUSTOM_CHANNEL_CALLBACKS loop_channel_callbacks = {create,     free_end, reset,   open_end,    close_end,
                                                            abort_end,  get,      set,     write_start, write_end,
                                                            read_start, read_end, abandon, shut_down};

/* --- Listeners: the instance is the loopback itself --- */

static HRESULT CALLBACK listener_create(WS_CHANNEL_TYPE type, const void *parameters, ULONG size, void **instance,
                                        WS_ERROR *error)
{
    struct loopback *loop;

    (void)error;
    expect_size(sizeof(loop), size);
    memcpy(&loop, parameters, sizeof(loop));
    loop->type = type;
    *instance = loop;
    return begin(loop, LOOP_LISTENER_CREATE);
}

static void CALLBACK listener_free(void *instance)
{
    begin(instance, LOOP_LISTENER_FREE);
}

static HRESULT CALLBACK listener_reset(void *instance, WS_ERROR *error)
{
    (void)error;
    return begin(instance, LOOP_LISTENER_RESET);
}

static HRESULT CALLBACK listener_open(void *instance, const WS_STRING *url, const WS_ASYNC_CONTEXT *context,
                                      WS_ERROR *error)
{
    copy_url(instance, url);
    return perform(instance, LOOP_LISTENER_OPEN, do_nothing, instance, NULL, context, error);
}

static HRESULT CALLBACK listener_close(void *instance, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    return perform(instance, LOOP_LISTENER_CLOSE, do_nothing, instance, NULL, context, error);
}

static HRESULT CALLBACK listener_abort(void *instance, WS_ERROR *error)
{
    (void)error;
    return begin(instance, LOOP_LISTENER_ABORT);
}

static HRESULT CALLBACK listener_get(void *instance, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size,
                                     WS_ERROR *error)
{
    struct loopback *loop = instance;
    HRESULT hr = begin(loop, LOOP_LISTENER_GET);

    (void)error;
    if (hr != S_OK)
        return hr;
    return id == WS_LISTENER_PROPERTY_CONNECT_TIMEOUT ? give(&loop->property, sizeof(ULONG), value, size)
                                                      : E_INVALIDARG;
}

static HRESULT CALLBACK listener_set(void *instance, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                                     WS_ERROR *error)
{
    struct loopback *loop = instance;
    HRESULT hr = begin(loop, LOOP_LISTENER_SET);

    (void)error;
    if (hr != S_OK)
        return hr;
    return id == WS_LISTENER_PROPERTY_CONNECT_TIMEOUT ? give(value, size, &loop->property, sizeof(ULONG))
                                                      : E_INVALIDARG;
}

static HRESULT CALLBACK create_for_listener(void *listener, const void *parameters, ULONG size, void **instance,
                                            WS_ERROR *error)
{
    HRESULT hr = begin(listener, LOOP_CREATE_FOR_LISTENER);

    (void)parameters, (void)size;
    return hr == S_OK ? create_end(listener, true, instance, error) : hr;
}

static HRESULT CALLBACK accept_end(void *listener, void *instance, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    return perform(listener, LOOP_ACCEPT, do_nothing, instance, NULL, context, error);
}

const WS_CUSTOM_LISTENER_CALLBACKS loop_listener_callbacks = {
    listener_create, listener_free, listener_reset, listener_open,       listener_close,
    listener_abort,  listener_get,  listener_set,   create_for_listener, accept_end};

/* --- Objects --- */

WS_CHANNEL *loop_client(struct loopback *loop, WS_CHANNEL_TYPE type)
{
    WS_CUSTOM_CHANNEL_CALLBACKS callbacks = loop_channel_callbacks;
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &callbacks, sizeof(callbacks)},
        {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS, &loop, sizeof(loop)}};
    WS_CHANNEL *channel = NULL;

    ok(WsCreateChannel(type, WS_CUSTOM_CHANNEL_BINDING, properties, 2, NULL, &channel, NULL));
    return channel;
}

WS_LISTENER *loop_listener(struct loopback *loop, WS_CHANNEL_TYPE type)
{
    WS_CUSTOM_LISTENER_CALLBACKS callbacks = loop_listener_callbacks;
    const WS_LISTENER_PROPERTY properties[] = {
        {WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS, &callbacks, sizeof(callbacks)},
        {WS_LISTENER_PROPERTY_CUSTOM_LISTENER_PARAMETERS, &loop, sizeof(loop)}};
    WS_LISTENER *listener = NULL;

    ok(WsCreateListener(type, WS_CUSTOM_CHANNEL_BINDING, properties, 2, NULL, &listener, NULL));
    return listener;
}

WS_CHANNEL *loop_service(struct loopback *loop, WS_LISTENER *listener)
{
    WS_CUSTOM_CHANNEL_CALLBACKS callbacks = loop_channel_callbacks;
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS, &callbacks, sizeof(callbacks)}};
    WS_CHANNEL *channel = NULL;

    (void)loop;
    ok(WsCreateChannelForListener(listener, properties, 1, &channel, NULL));
    return channel;
}

WS_CHANNEL *loop_open_client(struct loopback *loop, WS_CHANNEL_TYPE type)
{
    static WCHAR url[] = {'l', 'o', 'o', 'p', ':', 'a'};
    const WS_ENDPOINT_ADDRESS address = {{sizeof(url) / sizeof(url[0]), url}, NULL, NULL, NULL};
    WS_CHANNEL *channel = loop_client(loop, type);

    ok(WsOpenChannel(channel, &address, NULL, NULL));
    return channel;
}

WS_CHANNEL *loop_accepted(struct loopback *loop, WS_LISTENER *listener)
{
    WS_CHANNEL *channel = loop_service(loop, listener);

    ok(WsAcceptChannel(listener, channel, NULL, NULL));
    return channel;
}

void loop_free_channel(WS_CHANNEL *channel)
{
    ok(WsCloseChannel(channel, NULL, NULL));
    WsFreeChannel(channel);
}

void loop_free_listener(WS_LISTENER *listener)
{
    ok(WsCloseListener(listener, NULL, NULL));
    WsFreeListener(listener);
}

WS_CHANNEL_STATE channel_state_of(WS_CHANNEL *channel)
{
    WS_CHANNEL_STATE state;

    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL));
    return state;
}

WS_LISTENER_STATE listener_state_of(WS_LISTENER *listener)
{
    WS_LISTENER_STATE state;

    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL));
    return state;
}
