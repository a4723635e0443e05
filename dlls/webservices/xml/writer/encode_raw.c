/* SPDX-License-Identifier: MIT */
/*
 * encode_raw.c - the raw encoder, for what is not XML. Its document consists of bytes, written as such or as text in
 * base64, which is decoded.
 */
#include "xml/writer/encoder.h"

#include "base/error.h"
#include "base/text.h"
#include "values/base64.h"
#include "xml/value.h"
#include "xml/writer/output.h"
#include "xml/writer/writer_object.h"

static HRESULT raw_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    if (writer->group_length)
        return error_report(error, WS_E_INVALID_FORMAT, "The base64 text ended inside a group of 4 characters.");
    return writer_put(writer, bytes, count, error);
}

static HRESULT raw_bytes_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    (void)writer, (void)error;
    return S_OK;
}

/* Characters may come in pieces of any size: groups of 4 are gathered. */
static HRESULT raw_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    const BYTE *chars;
    size_t length, count, i;
    BYTE bytes[3];
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_BASE64)
        return raw_bytes(writer, base64->bytes, base64->length, error);
    writer->arena_used = true;
    if ((hr = text_to_utf8(text, &writer->arena, &chars, &length, error)) != S_OK)
        return hr;
    for (i = 0; i < length; i++)
    {
        if (xml_is_space(chars[i]))
            continue;
        writer->group[writer->group_length++] = chars[i];
        if (writer->group_length < 4)
            continue;
        writer->group_length = 0;
        if (base64_decode(writer->group, 4, bytes, &count) != S_OK)
            return error_report(error, WS_E_INVALID_FORMAT, "The raw encoding takes base64 text only.");
        if ((hr = writer_put_slow(writer, bytes, count, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* The core passes on only text at the top. */
static size_t raw_bytes_to_close(const WS_XML_WRITER *writer)
{
    (void)writer;
    return 0;
}

const struct writer_encoder writer_raw_encoder = {
    .name = "raw",
    .is_raw = true,
    .text = raw_text,
    .bytes = raw_bytes,
    .bytes_end = raw_bytes_end,
    .bytes_to_close = raw_bytes_to_close,
};
