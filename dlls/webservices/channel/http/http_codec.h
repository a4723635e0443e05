/* SPDX-License-Identifier: MIT */
/*
 * http_codec.h - WS_CHANNEL_PROPERTY_ENCODER and _DECODER: callbacks of the program that transform the bytes of
 * buffered messages on their way, and what their types say.
 *
 * The callbacks are called without an asynchronous context: operation_blocks() comes before.
 */
#ifndef WS_CHANNEL_HTTP_HTTP_CODEC_H
#define WS_CHANNEL_HTTP_HTTP_CODEC_H

#include "channel/protocol/http_write.h"

/* An encoder or a decoder, and what it has made of the last message. All zero at first. */
struct http_codec
{
    void *instance; /* of the program; created with the first message */
    bool is_created;
    WS_BYTES bytes;                  /* the message */
    struct mime_text type, encoding; /* Content-Type and Content-Encoding; bytes NULL: there is none */

    /* Private. */
    size_t room;
    ULONG most;
    BYTE *names;
    const BYTE *input;
    size_t left;
};

/*
 * Encodes a message. type: what it would have without. most: how large the result can be, of
 * MAX_BUFFERED_MESSAGE_SIZE; WS_E_QUOTA_EXCEEDED. Failures of callbacks are passed on.
 */
HRESULT http_encode(struct http_codec *codec, const WS_CHANNEL_ENCODER *encoder, struct mime_text type,
                    const WS_BYTES *message, ULONG most, WS_ERROR *error);

/* The opposite. type, encoding: as they have come; bytes NULL: there is none. */
HRESULT http_decode(struct http_codec *codec, const WS_CHANNEL_DECODER *decoder, struct mime_text type,
                    struct mime_text encoding, const WS_BYTES *message, ULONG most, WS_ERROR *error);

void http_encoder_release(struct http_codec *codec, const WS_CHANNEL_ENCODER *encoder);
void http_decoder_release(struct http_codec *codec, const WS_CHANNEL_DECODER *decoder);

#endif
