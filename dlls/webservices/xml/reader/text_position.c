/* SPDX-License-Identifier: MIT */
/*
 * text_position.c - how far text has been read: what is left of the one shown, and the way to the next; see reader.h.
 *
 * It is for functions that take text as characters or bytes, whole or in pieces: to them the nodes of one content are
 * one text, whatever types they have.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "xml/value.h"

HRESULT reader_open_text(WS_XML_READER *reader, WS_ERROR *error)
{
    const WS_XML_TEXT *text = ((const WS_XML_TEXT_NODE *)reader->node)->text;
    WS_XML_BASE64_TEXT rest;
    HRESULT hr;

    if (reader->text_bytes)
        return S_OK;
    reader->text_begun = true;
    if (text->textType == WS_XML_TEXT_TYPE_UTF8)
    {
        reader->text_bytes = ((const WS_XML_UTF8_TEXT *)text)->value.bytes;
        reader->text_length = ((const WS_XML_UTF8_TEXT *)text)->value.length;
    }
    else
    {
        if (text->textType == WS_XML_TEXT_TYPE_BASE64 && reader->bytes_used)
        {
            rest = *(const WS_XML_BASE64_TEXT *)text;
            rest.bytes += reader->bytes_used;
            rest.length -= (ULONG)reader->bytes_used;
            text = &rest.text;
        }
        reader->leave_work |= LEAVE_MEMORY;
        hr = text_to_utf8(text, reader->decoded, &reader->text_bytes, &reader->text_length, error);
        if (hr != S_OK)
            return hr;
    }
    if (!reader->text_bytes)
        reader->text_bytes = (const BYTE *)"";
    return S_OK;
}

/* Base64 goes on from text to text, so it outlives the moves here. */
HRESULT reader_next_text(WS_XML_READER *reader, bool past, WS_ERROR *error)
{
    struct reader_base64 base64 = reader->base64;
    HRESULT hr;

    for (;; past = false)
    {
        if (reader->state == READER_PENDING)
            reader->state = READER_READY;
        else
            switch (reader->node->nodeType)
            {
            case WS_XML_NODE_TYPE_TEXT:
                if (!past)
                    return S_OK;
                break;
            case WS_XML_NODE_TYPE_ELEMENT:
            case WS_XML_NODE_TYPE_END_ELEMENT:
            case WS_XML_NODE_TYPE_EOF: return S_FALSE;
            default: break;
            }
        hr = reader_next(reader, error);
        reader->base64 = base64;
        reader->text_begun = true;
        if (hr != S_OK)
            return hr;
    }
}

HRESULT reader_content(WS_XML_READER *reader, WS_ERROR *error)
{
    bool past = false;
    HRESULT hr;

    while ((hr = reader_next_text(reader, past, error)) == S_OK)
    {
        if ((hr = reader_open_text(reader, error)) != S_OK || reader->text_length)
            return hr;
        past = true;
    }
    return hr;
}

bool reader_plain_content(WS_XML_READER *reader, union xml_text *text, const BYTE **end)
{
    /* Nothing is to be done before the element is left. */
    return !reader->leave_work && reader->state == READER_READY && reader->decoder->plain_content &&
           reader->decoder->plain_content(reader, text, end);
}

void reader_pass_content(WS_XML_READER *reader, const BYTE *end)
{
    reader->decoder->pass_content(reader, end);
}

/*
 * The bytes stay: the window does not move, and what had to be decoded is in memory that the node after the next one
 * uses. But for UTF-16, and what has been filled meanwhile.
 */
HRESULT reader_sole_text(WS_XML_READER *reader, const BYTE **text, size_t *length, bool *sole, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8;
    HRESULT hr;

    *sole = false;
    *text = (const BYTE *)"";
    *length = 0;
    if (reader->node->nodeType != WS_XML_NODE_TYPE_TEXT || reader->text_begun || reader->transient ||
        reader->state == READER_PENDING || reader->input.shown.bytes)
        return S_OK;
    utf8 = (const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)reader->node)->text;
    if (utf8->text.textType != WS_XML_TEXT_TYPE_UTF8)
        return S_OK;
    *text = utf8->value.bytes ? utf8->value.bytes : (const BYTE *)"";
    *length = utf8->value.length;
    if ((hr = reader_next(reader, error)) != S_OK)
        return hr;
    *sole = reader->node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT ||
            reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT || reader->node->nodeType == WS_XML_NODE_TYPE_EOF;
    return S_OK;
}
