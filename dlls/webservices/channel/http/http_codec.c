/* SPDX-License-Identifier: MIT */
/*
 * http_codec.c - see http_codec.h. The order of calls is that of the pages of WS_CHANNEL_ENCODER and
 * WS_CHANNEL_DECODER: an encoder says what type the message has before it starts, a decoder after that, since it may be
 * in the message.
 */
#include "http_codec.h"

#include "base/callback.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#define FIRST_ROOM ((size_t)4096)
#define TYPE_MOST  1024u

/* --- Bytes --- */

static HRESULT grow(struct http_codec *codec, size_t needed, WS_ERROR *error)
{
    size_t room = codec->room ? codec->room : FIRST_ROOM;
    BYTE *larger;

    if (needed <= codec->room)
        return S_OK;
    while (room < needed)
        room *= 2;
    if (!(larger = memory_alloc(room, "messages that are encoded")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for an encoded message of %zu bytes.", room);
    if (codec->bytes.length)
        memcpy(larger, codec->bytes.bytes, codec->bytes.length);
    memory_free(codec->bytes.bytes);
    codec->bytes.bytes = larger;
    codec->room = room;
    return S_OK;
}

static HRESULT check_size(const struct http_codec *codec, size_t size, WS_ERROR *error)
{
    if (size <= codec->most)
        return S_OK;
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "The encoder or decoder of the channel has made %zu bytes of a message, and "
                        "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE is %u bytes.",
                        size, (unsigned)codec->most);
}

static HRESULT CALLBACK write_encoded(void *state, const WS_BYTES *pieces, ULONG count, const WS_ASYNC_CONTEXT *context,
                                      WS_ERROR *error)
{
    struct http_codec *codec = state;
    HRESULT hr;
    ULONG i;

    (void)context;
    for (i = 0; i < count; i++)
    {
        size_t size = (size_t)codec->bytes.length + pieces[i].length;

        if ((hr = check_size(codec, size, error)) != S_OK || (hr = grow(codec, size, error)) != S_OK)
            return hr;
        if (pieces[i].length)
            memcpy(codec->bytes.bytes + codec->bytes.length, pieces[i].bytes, pieces[i].length);
        codec->bytes.length += pieces[i].length;
    }
    return S_OK;
}

static HRESULT CALLBACK read_encoded(void *state, void *bytes, ULONG size, ULONG *actual,
                                     const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct http_codec *codec = state;

    (void)context, (void)error;
    *actual = codec->left < size ? (ULONG)codec->left : size;
    if (*actual)
        memcpy(bytes, codec->input, *actual);
    codec->input += *actual;
    codec->left -= *actual;
    return S_OK;
}

/* --- Types --- */

struct wide_type
{
    WCHAR chars[TYPE_MOST];
    WS_STRING string;
};

static HRESULT bad_type(const char *what, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT,
                        "The %s is longer than %u characters, or has some that are no text of ASCII.", what, TYPE_MOST);
}

static HRESULT widen(struct wide_type *wide, struct mime_text text, const char *what, WS_ERROR *error)
{
    if (text.length > TYPE_MOST || !ascii_is_all(text.bytes, text.length))
        return bad_type(what, error);
    ascii_to_utf16(text.bytes, text.length, wide->chars);
    wide->string.chars = wide->chars;
    wide->string.length = (ULONG)text.length;
    return S_OK;
}

/* What a callback has said, at some place of `names`. */
static HRESULT narrow(struct http_codec *codec, size_t place, const WS_STRING *string, const char *what,
                      struct mime_text *text, WS_ERROR *error)
{
    BYTE *to = codec->names + place;
    ULONG i;

    if (string->length > TYPE_MOST)
        return bad_type(what, error);
    for (i = 0; i < string->length; i++)
    {
        if (string->chars[i] < ' ' || string->chars[i] > '~')
            return bad_type(what, error);
        to[i] = (BYTE)string->chars[i];
    }
    text->bytes = string->length ? to : NULL;
    text->length = string->length;
    return S_OK;
}

static HRESULT begin(struct http_codec *codec, ULONG most, WS_ERROR *error)
{
    codec->most = most;
    codec->bytes.length = 0;
    if (!codec->names && !(codec->names = memory_alloc((size_t)2 * TYPE_MOST, "types of encoded messages")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the type of an encoded message.");
    return S_OK;
}

/* --- Encoding --- */

static HRESULT encoded_type(struct http_codec *codec, const WS_CHANNEL_ENCODER *encoder, struct mime_text type,
                            WS_ERROR *error)
{
    WS_STRING made = {0, NULL}, encoding = {0, NULL};
    struct wide_type wide;
    ULONG mark;
    HRESULT hr;

    if ((hr = widen(&wide, type, "Content-Type of the message", error)) != S_OK)
        return hr;
    mark = error_mark(error);
    hr = encoder->encoderGetContentTypeCallback(codec->instance, &wide.string, &made, &encoding, error);
    if ((hr = callback_result(hr, "encoderGetContentTypeCallback", mark, error)) != S_OK ||
        (hr = narrow(codec, 0, &made, "content type that the encoder has made", &codec->type, error)) != S_OK)
        return hr;
    return narrow(codec, TYPE_MOST, &encoding, "content encoding that the encoder has made", &codec->encoding, error);
}

HRESULT http_encode(struct http_codec *codec, const WS_CHANNEL_ENCODER *encoder, struct mime_text type,
                    const WS_BYTES *message, ULONG most, WS_ERROR *error)
{
    HRESULT hr = begin(codec, most, error);
    ULONG mark = error_mark(error);

    if (hr == S_OK && !codec->is_created)
    {
        hr = encoder->createEncoderCallback(encoder->createContext, write_encoded, codec, &codec->instance, error);
        hr = callback_result(hr, "createEncoderCallback", mark, error);
        codec->is_created = hr == S_OK;
    }
    if (hr != S_OK || (hr = encoded_type(codec, encoder, type, error)) != S_OK)
        return hr;
    mark = error_mark(error);
    hr = callback_result(encoder->encoderStartCallback(codec->instance, NULL, error), "encoderStartCallback", mark,
                         error);
    if (hr == S_OK)
        hr = callback_result(encoder->encoderEncodeCallback(codec->instance, message, 1, NULL, error),
                             "encoderEncodeCallback", mark, error);
    if (hr == S_OK)
        hr = callback_result(encoder->encoderEndCallback(codec->instance, NULL, error), "encoderEndCallback", mark,
                             error);
    return hr;
}

/* --- Decoding --- */

static HRESULT decoded_type(struct http_codec *codec, const WS_CHANNEL_DECODER *decoder, struct mime_text type,
                            struct mime_text encoding, WS_ERROR *error)
{
    struct wide_type wide, wide_encoding;
    WS_STRING made = {0, NULL};
    ULONG mark;
    HRESULT hr;

    if ((hr = widen(&wide, type, "Content-Type of the message", error)) != S_OK ||
        (hr = widen(&wide_encoding, encoding, "Content-Encoding of the message", error)) != S_OK)
        return hr;
    mark = error_mark(error);
    hr = decoder->decoderGetContentTypeCallback(codec->instance, &wide.string,
                                                encoding.bytes ? &wide_encoding.string : NULL, &made, error);
    if ((hr = callback_result(hr, "decoderGetContentTypeCallback", mark, error)) != S_OK)
        return hr;
    return narrow(codec, 0, &made, "content type that the decoder has made", &codec->type, error);
}

/* Until the decoder has no more. */
static HRESULT decode_all(struct http_codec *codec, const WS_CHANNEL_DECODER *decoder, WS_ERROR *error)
{
    ULONG length, room, mark = error_mark(error);
    HRESULT hr;

    do
    {
        /* A message of just the limit has its end found, too: then there may be no room to grow, but one byte. */
        if (codec->room - codec->bytes.length < 1 && (hr = grow(codec, codec->room + 1, error)) != S_OK)
            return hr;
        room = (ULONG)(codec->room - codec->bytes.length);
        length = 0;
        hr = decoder->decoderDecodeCallback(codec->instance, codec->bytes.bytes + codec->bytes.length, room, &length,
                                            NULL, error);
        if ((hr = callback_result(hr, "decoderDecodeCallback", mark, error)) != S_OK)
            return hr;
        if (length > room)
            return callback_claims("decoderDecodeCallback", length, room, error);
        codec->bytes.length += length;
        if ((hr = check_size(codec, codec->bytes.length, error)) != S_OK)
            return hr;
    } while (length);
    return S_OK;
}

HRESULT http_decode(struct http_codec *codec, const WS_CHANNEL_DECODER *decoder, struct mime_text type,
                    struct mime_text encoding, const WS_BYTES *message, ULONG most, WS_ERROR *error)
{
    HRESULT hr = begin(codec, most, error);
    ULONG mark = error_mark(error);

    codec->input = message->bytes;
    codec->left = message->length;
    if (hr == S_OK && !codec->is_created)
    {
        hr = decoder->createDecoderCallback(decoder->createContext, read_encoded, codec, &codec->instance, error);
        hr = callback_result(hr, "createDecoderCallback", mark, error);
        codec->is_created = hr == S_OK;
    }
    if (hr == S_OK)
        hr = callback_result(decoder->decoderStartCallback(codec->instance, NULL, error), "decoderStartCallback", mark,
                             error);
    if (hr != S_OK || (hr = decoded_type(codec, decoder, type, encoding, error)) != S_OK ||
        (hr = decode_all(codec, decoder, error)) != S_OK)
        return hr;
    mark = error_mark(error);
    return callback_result(decoder->decoderEndCallback(codec->instance, NULL, error), "decoderEndCallback", mark,
                           error);
}

static void release(struct http_codec *codec)
{
    memory_free(codec->bytes.bytes);
    memory_free(codec->names);
    memset(codec, 0, sizeof(*codec));
}

void http_encoder_release(struct http_codec *codec, const WS_CHANNEL_ENCODER *encoder)
{
    if (codec->is_created)
        encoder->freeEncoderCallback(codec->instance);
    release(codec);
}

void http_decoder_release(struct http_codec *codec, const WS_CHANNEL_DECODER *decoder)
{
    if (codec->is_created)
        decoder->freeDecoderCallback(codec->instance);
    release(codec);
}
