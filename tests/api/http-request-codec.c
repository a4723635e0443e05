/* SPDX-License-Identifier: MIT */
/*
 * HTTP of clients: messages that go through an encoder and a decoder of the program.
 *
 * Source: the pages of WS_CHANNEL_ENCODER, WS_CHANNEL_DECODER and their callbacks.
 */
#include "support/answerer.h"
#include "support/errors.h"

#include <stdlib.h>

static struct answerer answerer;
static char calls[64]; /* a letter for each callback */
static HRESULT failure;
static char failing;

static HRESULT note(char call)
{
    size_t length = strlen(calls);

    expect(length + 1 < sizeof(calls));
    calls[length] = call;
    calls[length + 1] = 0;
    return call == failing ? failure : S_OK;
}

/* --- One that adds 1 to each byte --- */

struct codec
{
    WS_WRITE_CALLBACK write;
    WS_READ_CALLBACK read;
    void *context;
    WS_STRING type, encoding;
    WCHAR type_chars[100], encoding_chars[10];
};

static WS_STRING set(WCHAR *chars, const char *text)
{
    WS_STRING string = {0, chars};

    for (; text[string.length]; string.length++)
        chars[string.length] = (BYTE)text[string.length];
    return string;
}

static HRESULT CALLBACK create_encoder(void *create, WS_WRITE_CALLBACK callback, void *context, void **encoder,
                                       WS_ERROR *error)
{
    struct codec *codec = create;

    (void)error;
    codec->write = callback;
    codec->context = context;
    *encoder = codec;
    return note('c');
}

static HRESULT CALLBACK encoder_type(void *encoder, const WS_STRING *type, WS_STRING *made, WS_STRING *encoding,
                                     WS_ERROR *error)
{
    struct codec *codec = encoder;

    (void)error;
    expect(type->length == 23 && type->chars[0] == 't');
    *made = set(codec->type_chars, "application/plus");
    *encoding = set(codec->encoding_chars, "plus");
    return note('t');
}

static HRESULT CALLBACK start(void *encoder, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    (void)encoder, (void)error;
    expect(!context);
    return note('s');
}

static HRESULT CALLBACK encode(void *encoder, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                               WS_ERROR *error)
{
    struct codec *codec = encoder;
    WS_BYTES piece;
    HRESULT hr = note('e');
    BYTE byte;
    ULONG i, at;

    (void)context;
    for (i = 0; i < count && hr == S_OK; i++)
        for (at = 0; at < buffers[i].length && hr == S_OK; at++)
        {
            byte = (BYTE)(buffers[i].bytes[at] + 1);
            piece.bytes = &byte;
            piece.length = 1;
            hr = codec->write(codec->context, &piece, 1, NULL, error);
        }
    return hr;
}

static HRESULT CALLBACK end(void *encoder, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    (void)encoder, (void)context, (void)error;
    return note('z');
}

static void CALLBACK free_codec(void *encoder)
{
    (void)encoder;
    note('f');
}

static HRESULT CALLBACK create_decoder(void *create, WS_READ_CALLBACK callback, void *context, void **decoder,
                                       WS_ERROR *error)
{
    struct codec *codec = create;

    (void)error;
    codec->read = callback;
    codec->context = context;
    *decoder = codec;
    return note('C');
}

static HRESULT CALLBACK decoder_type(void *decoder, const WS_STRING *type, const WS_STRING *encoding, WS_STRING *made,
                                     WS_ERROR *error)
{
    struct codec *codec = decoder;

    (void)error;
    expect(type->length == 16 && encoding && encoding->length == 4);
    *made = set(codec->type_chars, "text/xml; charset=utf-8");
    return note('T');
}

static HRESULT CALLBACK start_decoding(void *decoder, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    (void)decoder, (void)context, (void)error;
    return note('S');
}

static HRESULT CALLBACK decode(void *decoder, void *buffer, ULONG size, ULONG *length, const WS_ASYNC_CONTEXT *context,
                               WS_ERROR *error)
{
    struct codec *codec = decoder;
    BYTE *bytes = buffer;
    HRESULT hr;
    ULONG i;

    (void)context;
    if ((hr = codec->read(codec->context, buffer, size < 50 ? size : 50, length, NULL, error)) != S_OK)
        return hr;
    for (i = 0; i < *length; i++)
        bytes[i]--;
    return 'D' == failing ? failure : S_OK;
}

static HRESULT CALLBACK end_decoding(void *decoder, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    (void)decoder, (void)context, (void)error;
    return note('Z');
}

static struct codec encoder_instance, decoder_instance;
static WS_CHANNEL_ENCODER encoder = {&encoder_instance, create_encoder, encoder_type, start, encode, end, free_codec};
static WS_CHANNEL_DECODER decoder = {&decoder_instance, create_decoder, decoder_type, start_decoding, decode,
                                     end_decoding,      free_codec};

/* --- Tests --- */

static WS_CHANNEL *encoding_channel(ULONG most)
{
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_ENCODER, &encoder, sizeof(encoder)},
                                        {WS_CHANNEL_PROPERTY_DECODER, &decoder, sizeof(decoder)},
                                        {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &most, sizeof(most)}};

    calls[0] = 0;
    failing = 0;
    return request_channel(answerer.port, properties, 3);
}

static struct answer encoded_answer(void)
{
    static char body[] = ANSWER_BODY;
    struct answer answer = {
        .type = "application/plus", .fields = "Content-Encoding: plus\r\n", .body = body, .size = sizeof(body) - 1};
    size_t i;

    if (body[0] == '<')
        for (i = 0; i < sizeof(body) - 1; i++)
            body[i]++;
    return answer;
}

TEST(messages_are_encoded_and_decoded)
{
    struct answer answers[] = {encoded_answer(), encoded_answer(), {.status = 404, .body = "no", .type = "text/plain"}};
    const char wanted[] = SOAP11_BODY("<op xmlns=\"urn:x\">-1</op>");
    WS_CHANNEL *channel;
    size_t i;

    answerer_start(&answerer, answers, 2);
    channel = encoding_channel(sizeof(ANSWER_BODY) - 1);
    exchange(channel);
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    if (strcmp(calls, "ctsezCSTZtsezSTZff"))
        test_fail(__FILE__, __LINE__, "%s", calls);
    expect(!strcmp(request_field(&answerer.requests[0], "Content-Type"), "application/plus"));
    expect(!strcmp(request_field(&answerer.requests[0], "Content-Encoding"), "plus"));
    expect(!strcmp(request_field(&answerer.requests[0], "SOAPAction"), "\"act\""));
    expect_size(sizeof(wanted) - 1, answerer.requests[0].size);
    for (i = 0; i < sizeof(wanted) - 1; i++)
        expect(answerer.requests[0].body[i] == wanted[i] + 1);
    answerer_free(&answerer);
}

TEST(their_failures_and_limits_are_those_of_the_call)
{
    static const char encoding[] = "ctsez", decoding[] = "CSTDZ";
    struct answer answers[20];
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    int value, i;

    for (i = 0; i < 20; i++)
        answers[i] = encoded_answer();
    answerer_start(&answerer, answers, 20);
    for (i = 0; i < 5; i++)
    {
        channel = encoding_channel(1000);
        failing = encoding[i];
        failure = E_ABORT;
        ok(WsResetError(error));
        expect_hr(E_ABORT, send_op(channel, 1, error));
        failing = decoding[i];
        ok(send_op(channel, 1, NULL));
        expect_hr(E_ABORT, receive_opr(channel, &value, error));
        failing = 0;
        exchange(channel);
        end_request_channel(channel);
    }
    channel = encoding_channel(sizeof(ANSWER_BODY) - 2);
    ok(send_op(channel, 1, NULL));
    ok(WsResetError(error));
    expect_hr(WS_E_QUOTA_EXCEEDED, receive_opr(channel, &value, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE"));
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
    WsFreeError(error);
}

TEST(streams_are_not_encoded)
{
    WS_TRANSFER_MODE mode = WS_STREAMED_TRANSFER_MODE;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_ENCODER, &encoder, sizeof(encoder)},
                                        {WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode)}};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel = NULL;

    expect_refused(
        error, E_INVALIDARG,
        WsCreateChannel(WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, properties, 2, NULL, &channel, error), "");
    WsFreeError(error);
}
