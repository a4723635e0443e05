/* SPDX-License-Identifier: MIT */
/*
 * request_receive.c - the response: its head, what it means for the exchange, the message out of the reader; see
 * request.h.
 */
#include "request.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "message/message.h"
#include "message/url.h"
#include "xml/reader/reader.h"

/* Responses of 1xx before the one that counts, and redirections. */
#define MOST_INTERIM   20u
#define MOST_REDIRECTS 10u
/* What is read of a body that nobody wants, to keep the connection. */
#define MOST_SKIPPED 65536u

static struct http_connection *http_of(const WS_CHANNEL *channel)
{
    struct request_part *part = channel->part;

    return &part->connection->http;
}

static void set_receive_timeout(const WS_CHANNEL *channel, struct operation *operation)
{
    operation_set_timeout(operation, setting_load(&channel->settings.receive_timeout),
                          "WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT");
}

/* --- The head --- */

static void expect_head(const WS_CHANNEL *channel, struct operation *operation)
{
    struct request_part *part = channel->part;

    operation_set_timeout(operation, setting_load(&channel->settings.response_timeout),
                          "WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT");
    part->stage = STAGE_HEAD;
}

static HRESULT begin(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    bool is_sent;

    mutex_lock(&part->lock);
    is_sent = part->exchange == EXCHANGE_SENT;
    if (is_sent)
        part->exchange = EXCHANGE_READING;
    mutex_unlock(&part->lock);
    if (!is_sent)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "No request has been sent whose response could be received.");
    part->excerpt_length = 0;
    part->is_filling = false;
    part->delivered = 0;
    part->is_streamed_in = channel->settings.transfer_mode & WS_STREAMED_INPUT_TRANSFER_MODE;
    expect_head(channel, operation);
    return S_OK;
}

/* The connection was closed before anything came: it had been idle for too long, or the server has none to say. */
static HRESULT no_head(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;

    if (!part->connection->is_used || part->is_retried || part->is_streamed)
        return error_report(error, WS_E_ENDPOINT_DISCONNECTED,
                            "The server has closed the connection without an answer.");
    request_disconnect(part);
    part->is_retried = true;
    part->stage = STAGE_RESEND;
    return request_prepare(channel, error);
}

/* What went wrong where nothing was reported, since it might not have mattered. */
static COLD HRESULT explain(struct http_connection *http, struct operation *operation, HRESULT hr, WS_ERROR *error)
{
    HRESULT check = operation_check(operation, error);

    if (check != S_OK)
        return check;
    if (hr == WS_E_INVALID_FORMAT || hr == WS_E_QUOTA_EXCEEDED)
        return http_explain_response(http, &http_default_limits, error);
    return error_report(error, hr, "The connection to the server has failed.");
}

static HRESULT receive_head(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    struct http_connection *http = http_of(channel);
    bool may_be_idle = part->connection->is_used && !part->is_retried;
    HRESULT hr = S_OK;

    if (!part->has_answer)
        hr = http_receive_response(http, operation, &http_default_limits, mime_is(part->method, "HEAD"),
                                   RECEIVE_SURELY_NOT, may_be_idle ? NULL : error);
    part->has_answer = false;
    if (hr == OPERATION_WAITS)
        return hr;
    if (hr == WS_S_END || (hr == WS_E_ENDPOINT_DISCONNECTED && may_be_idle && !http_connection_has_bytes(http)))
        return no_head(channel, error);
    if (FAILED(hr) && may_be_idle)
        return explain(http, operation, hr, error);
    if (hr != S_OK)
        return hr;
    if (http->head.status >= 200)
    {
        part->stage = STAGE_BODY;
        return S_OK;
    }
    if (http->head.status == 101 || ++part->interim > MOST_INTERIM)
        return error_report(error, WS_E_INVALID_FORMAT, "The HTTP status %u was not asked for.",
                            (unsigned)http->head.status);
    http_connection_next(http);
    return S_OK;
}

/* --- Redirections --- */

static bool is_redirection(const WS_CHANNEL *channel, const struct http_head *head)
{
    return (channel->settings.enable_redirect || channel->settings.redirect.callback) && head->location.bytes &&
           (head->status == 301 || head->status == 302 || head->status == 303 || head->status == 307 ||
            head->status == 308);
}

static HRESULT ask_program(const WS_CHANNEL *channel, const WS_STRING *from, const WS_STRING *to, WS_ERROR *error)
{
    const WS_HTTP_REDIRECT_CALLBACK_CONTEXT *context = &channel->settings.redirect;
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    if (!context->callback || (hr = context->callback(context->state, from, to)) == S_OK)
        return S_OK;
    text_excerpt_utf16(to->chars, to->length, excerpt);
    return error_report(error, FAILED(hr) ? hr : WS_E_OPERATION_ABORTED,
                        "The program's WS_HTTP_REDIRECT_CALLBACK has refused the redirection to \"%s\".", excerpt);
}

/* Makes the new target: the Location, relative to where the request went. */
static HRESULT make_target(WS_CHANNEL *channel, WS_HEAP *heap, struct http_target *made, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    struct mime_text location = http_of(channel)->head.location;
    WS_STRING relative = {0}, url = {0};
    void *memory = NULL;
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    if (!ascii_is_all(location.bytes, location.length))
        return error_report(error, WS_E_INVALID_ENDPOINT_URL, "The Location \"%s\" is not a URL.",
                            text_excerpt(location.bytes, location.length, excerpt));
    if ((hr = heap_alloc(heap, location.length * sizeof(WCHAR) + 1, &memory, error)) != S_OK)
        return hr;
    relative.chars = memory;
    relative.length = (ULONG)location.length;
    ascii_to_utf16(location.bytes, location.length, relative.chars);
    if ((hr = url_combine(&part->now->url, &relative, 0, heap, &url, error)) != S_OK)
        return hr == WS_E_INVALID_FORMAT ? WS_E_INVALID_ENDPOINT_URL : hr;
    if ((hr = http_target_make(made, &url, error)) != S_OK)
        return hr;
    return ask_program(channel, &part->target.url, &made->url, error);
}

/*
 * Prepares to send the request again, to where the response says. 303 asks for a GET without a body (RFC 9110,
 * 15.4.4); the others keep the method, since nothing but a message makes sense to an endpoint.
 */
static HRESULT redirect(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    struct http_target made = {0};
    struct _WS_HEAP heap;
    HRESULT hr;

    if (part->is_streamed)
        return error_report(error, WS_E_ENDPOINT_FAILURE, "A message that is streamed cannot be redirected.");
    if (++part->redirects > MOST_REDIRECTS)
        return error_report(error, WS_E_ENDPOINT_FAILURE, "The request has been redirected more than %u times.",
                            MOST_REDIRECTS);
    heap_init_member(&heap, SIZE_MAX);
    hr = make_target(channel, &heap, &made, error);
    arena_release(&heap.arena);
    if (hr != S_OK)
    {
        http_target_release(&made);
        return hr;
    }
    if (http_of(channel)->head.status == 303)
    {
        part->method = http_text("GET");
        part->body.length = 0;
    }
    http_target_release(&part->redirected);
    part->redirected = made;
    part->stage = STAGE_REDIRECT;
    return S_OK;
}

/* What the redirection itself has as a body is of no interest. */
static HRESULT follow(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr = http_skip_body(http_of(channel), operation, MOST_SKIPPED, error);

    if (hr == OPERATION_WAITS || (FAILED(hr) && operation_check(operation, NULL) != S_OK))
        return hr;
    if (hr == S_OK)
        request_give_back(channel);
    request_disconnect(part);
    part->is_retried = false;
    if ((hr = request_set_target(channel, &part->redirected, error)) == S_OK)
        hr = request_prepare(channel, error);
    part->stage = STAGE_RESEND;
    return hr;
}

static HRESULT resend(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    HRESULT hr = request_transmit(channel, operation, error);

    if (hr == S_OK)
        expect_head(channel, operation);
    return hr;
}

/* --- What the response is --- */

static bool has_no_body(const struct http_connection *http)
{
    return http->body.framing == HTTP_BODY_NONE || (http->body.framing == HTTP_BODY_LENGTH && !http->head.length);
}

/* Whether the program gets to know the status, and so decides by itself. */
static bool shows_status(const WS_CHANNEL *channel)
{
    return channel->settings.mapping.responseMappingOptions & WS_HTTP_RESPONSE_MAPPING_STATUS_CODE;
}

/* WS_S_END: there is no message, and that is fine. Any failure: it is refused with that, which is reported later. */
static HRESULT judge(WS_CHANNEL *channel)
{
    const struct http_connection *http = http_of(channel);
    bool is_good = http->head.status < 300;

    if (channel->settings.encoding == WS_ENCODING_RAW)
        return is_good || shows_status(channel) ? S_OK : WS_E_ENDPOINT_FAILURE;
    if (has_no_body(http))
        return is_good ? WS_S_END : WS_E_ENDPOINT_FAILURE;
    /* Those who ask for a name do not send faults. */
    if (http->head.status == 401 || http->head.status == 407 || (http->head.status >= 300 && http->head.status < 400))
        return WS_E_ENDPOINT_FAILURE;
    /* What has been encoded says its type when it is decoded. */
    if (channel->settings.decoder.createDecoderCallback)
        return S_OK;
    return request_check_type(channel, http->head.content_type, NULL);
}

static HRESULT take_head(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    const struct http_head *head = &http_of(channel)->head;
    HRESULT hr;

    if (channel->settings.cookie_mode == WS_AUTO_COOKIE_MODE)
        http_cookies_take(&part->cookies, head, part->now->name, part->now->path);
    set_receive_timeout(channel, operation);
    if (is_redirection(channel, head))
        return redirect(channel, error);
    hr = judge(channel);
    if (hr == S_OK)
        part->stage = STAGE_MESSAGE;
    else if (hr != WS_S_END)
        part->stage = STAGE_REFUSAL;
    return hr == WS_S_END || hr == E_OUTOFMEMORY ? hr : S_OK;
}

/* Reports why a response is refused, after its beginning has been received, which often says more. */
static HRESULT refuse(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    const struct http_head *head = &http_of(channel)->head;
    char url[HTTP_URL_ROOM], reason[TEXT_EXCERPT_ROOM], begin[TEXT_EXCERPT_ROOM];
    ULONG mark;
    HRESULT hr;

    hr = http_receive_some(http_of(channel), operation, part->excerpt, sizeof(part->excerpt), &part->excerpt_length,
                           NULL);
    if (hr == OPERATION_WAITS)
        return hr;
    if (hr != S_OK)
        part->excerpt_length = 0;
    /* That a chunked body has nothing in it shows only now; then it need not have a type. */
    else if (!part->excerpt_length && head->status < 300 && !head->content_type.bytes)
        return WS_S_END;
    if (head->status >= 300)
        return request_status_failure(channel, error);
    mark = error_mark(error);
    hr = request_check_type(channel, head->content_type, error);
    error_precede(error, mark, "The answer of %s with the HTTP status %u (%s) begins with \"%s\", which ",
                  http_target_text(part->now, url), (unsigned)head->status,
                  text_excerpt(head->reason.bytes, head->reason.length, reason),
                  text_excerpt(part->excerpt, part->excerpt_length, begin));
    return hr != S_OK ? hr : WS_E_INVALID_FORMAT;
}

/* --- The message --- */

/* How much the reader may get, in all. */
static uint64_t allowance(const WS_CHANNEL *channel)
{
    const struct request_part *part = channel->part;
    uint64_t start = channel->settings.max_streamed_start, all = channel->settings.max_streamed_size;

    return part->is_start && start < all ? start : all;
}

/* It has got all of that: so there must be no more. */
static HRESULT expect_end(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    const struct request_part *part = channel->part;
    size_t count;
    BYTE byte;
    HRESULT hr = http_receive_some(http_of(channel), operation, &byte, 1, &count, error);

    if (hr != S_OK || !count)
        return hr;
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "More than %llu bytes of a message have been received, which %s is.",
                        (unsigned long long)allowance(channel),
                        part->is_start ? "WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE"
                                       : "WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE");
}

static HRESULT fill_step(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    struct http_connection *http = http_of(channel);
    uint64_t left = allowance(channel) - part->delivered;
    size_t count;
    HRESULT hr;

    if (!part->is_fill_begun)
        set_receive_timeout(channel, operation);
    part->is_fill_begun = true;
    *part->fill_actual = 0;
    if (http->body.ended)
        return S_OK;
    if (!left)
        return expect_end(channel, operation, error);
    if ((hr = http_receive_some(http, operation, part->fill_to, left < part->fill_room ? (size_t)left : part->fill_room,
                                &count, error)) != S_OK)
        return hr;
    part->delivered += count;
    *part->fill_actual = (ULONG)count;
    return S_OK;
}

/* The reader fills itself: WsFillBody(), and the start. */
static HRESULT CALLBACK read_some(void *state, void *bytes, ULONG size, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                  WS_ERROR *error)
{
    WS_CHANNEL *channel = state;
    struct request_part *part = channel->part;

    part->fill_to = bytes;
    part->fill_room = size;
    part->fill_actual = actual;
    part->is_fill_begun = false;
    return channel_run_body(channel, CHANNEL_RECEIVING_BODY, fill_step, context, error);
}

/* Fills the reader with a little more, after it was starved. */
static HRESULT fill(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if (part->is_filling)
        hr = operation_take_result(operation);
    else
    {
        part->is_filling = true;
        hr = reader_fill_more(part->reader, operation_context(operation), error);
        hr = operation_called(operation, hr, error);
    }
    if (hr != OPERATION_WAITS)
        part->is_filling = false;
    return hr;
}

/* By the program's decoder: the message and its type, which must be the channel's. */
static HRESULT decode(WS_CHANNEL *channel, struct operation *operation, WS_BYTES *content, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    const struct http_head *head = &http_of(channel)->head;
    struct mime_text encoding = {NULL, 0};
    HRESULT hr;

    http_find_field(head, "Content-Encoding", &encoding);
    operation_blocks(operation);
    if ((hr = http_decode(&part->decoder, &channel->settings.decoder, head->content_type, encoding, content,
                          channel->settings.max_buffered_size, error)) != S_OK)
        return hr;
    *content = part->decoder.bytes;
    return request_check_type(channel, part->decoder.type, error);
}

static HRESULT set_reader(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    WS_XML_READER_BUFFER_INPUT buffer = {.input = {WS_XML_READER_INPUT_TYPE_BUFFER}};
    WS_XML_READER_STREAM_INPUT stream = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_some, channel};
    WS_BYTES content = {0, NULL};
    HRESULT hr;

    if (!part->is_streamed_in)
    {
        if ((hr = http_receive_body(http_of(channel), operation, channel->settings.max_buffered_size,
                                    "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE", &content, error)) != S_OK)
            return hr;
        /* That a chunked body has nothing in it shows only now. */
        if (!content.length && channel->settings.encoding != WS_ENCODING_RAW && http_of(channel)->head.status < 300)
            return WS_S_END;
        if (channel->settings.decoder.createDecoderCallback &&
            (hr = decode(channel, operation, &content, error)) != S_OK)
            return hr;
        buffer.encodedData = content.bytes;
        buffer.encodedDataSize = content.length;
    }
    return http_set_reader(part->reader, part->is_streamed_in ? &stream.input : &buffer.input,
                           channel->settings.encoding, part->has_type ? &part->type : NULL, part->charset, error);
}

/* Raw bytes have no envelope around them. */
static HRESULT read_envelope_start(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    struct request_part *part = channel->part;

    return channel->settings.encoding == WS_ENCODING_RAW ? message_read_raw_start(message, part->reader, error)
                                                         : message_read_start(message, part->reader, error);
}

static HRESULT read_envelope_end(const WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    return channel->settings.encoding == WS_ENCODING_RAW ? message_read_raw_end(message, error)
                                                         : message_read_end(message, error);
}

/* Into the message, and what is mapped beside it. */
static HRESULT read_envelope(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    const struct http_mapped mapped = http_mapped_responses(&channel->settings.mapping);
    struct request_part *part = channel->part;
    HRESULT hr = S_OK;

    if (!part->is_start && (hr = set_reader(channel, operation, error)) != S_OK)
        return hr;
    part->is_start = true;
    if (part->is_filling)
        hr = fill(channel, operation, error);
    while (hr == S_OK && (hr = read_envelope_start(channel, message, error)) == READER_STARVED)
        hr = fill(channel, operation, error);
    return hr == S_OK ? http_map_received(message, &http_of(channel)->head, &mapped, error) : hr;
}

static HRESULT read_message(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    ULONG mark = error_mark(error), status = http_of(channel)->head.status;
    char url[HTTP_URL_ROOM];
    HRESULT hr = read_envelope(channel, message, operation, error);

    if (!FAILED(hr))
        return hr;
    error_precede(error, mark, "The answer of %s, with the HTTP status %u, cannot be read. ",
                  http_target_text(part->now, url), (unsigned)status);
    return (hr == WS_E_INVALID_FORMAT || channel->settings.decoder.createDecoderCallback) && status >= 300
               ? request_status_failure(channel, error)
               : hr;
}

/* --- The functions of the transport --- */

/* What comes before it is known what the response is. */
static HRESULT prepare_message(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    ULONG mark = error_mark(error);
    char url[HTTP_URL_ROOM];
    HRESULT hr;

    switch (part->stage)
    {
    case STAGE_HEAD: hr = receive_head(channel, operation, error); break;
    case STAGE_REDIRECT: hr = follow(channel, operation, error); break;
    case STAGE_BODY: hr = take_head(channel, operation, error); break;
    default: return resend(channel, operation, error); /* which says for itself where it fails */
    }
    if (FAILED(hr))
        error_precede(error, mark, "There is no answer of %s that can be used. ", http_target_text(part->now, url));
    return hr;
}

static HRESULT read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr = S_OK;

    while (hr == S_OK && part->stage != STAGE_MESSAGE && part->stage != STAGE_REFUSAL)
        hr = prepare_message(channel, operation, error);
    if (hr != S_OK)
        return hr;
    return part->stage == STAGE_REFUSAL ? refuse(channel, operation, error)
                                        : read_message(channel, message, operation, error);
}

HRESULT request_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if (part->stage == STAGE_BEGIN)
    {
        if ((hr = begin(channel, operation, error)) != S_OK)
            return hr;
        part->is_start = false;
    }
    hr = read_start(channel, message, operation, error);
    if (hr == OPERATION_WAITS)
        return hr;
    if (hr == S_OK)
    {
        part->is_start = false;
        return S_OK;
    }
    message_clear(message);
    part->is_start = false;
    if (hr == WS_S_END)
        request_give_back(channel);
    request_disconnect(part);
    request_finish(part);
    return hr;
}

/* What is left of a streamed body, so that the connection can be used again. */
static HRESULT skip(WS_CHANNEL *channel, struct operation *operation)
{
    struct request_part *part = channel->part;
    HRESULT hr = http_skip_body(http_of(channel), operation, part->delivered + MOST_SKIPPED, NULL);

    if (hr == OPERATION_WAITS)
        return hr;
    if (hr == S_OK)
        request_give_back(channel);
    return S_OK;
}

static HRESULT read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr = part->is_filling ? fill(channel, operation, error) : S_OK;

    while (hr == S_OK && (hr = read_envelope_end(channel, message, error)) == READER_STARVED)
        hr = fill(channel, operation, error);
    return hr;
}

HRESULT request_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if (part->stage != STAGE_SKIP)
    {
        if ((hr = read_end(channel, message, operation, error)) == OPERATION_WAITS)
            return hr;
        part->result = hr;
        part->stage = STAGE_SKIP;
        set_receive_timeout(channel, operation);
    }
    if (part->result == S_OK && skip(channel, operation) == OPERATION_WAITS)
        return OPERATION_WAITS;
    request_disconnect(part);
    request_finish(part);
    return part->result;
}
