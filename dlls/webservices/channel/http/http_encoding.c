/* SPDX-License-Identifier: MIT */
/* http_encoding.c - see http_encoding.h. */
#include "http_encoding.h"

#include "base/error.h"
#include "base/platform.h"
#include "base/text.h"
#include "xml/names.h"
#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

#include <stdio.h>

/* The headers of a part are longer than readers allow by themselves with some peers: WCF, CXF, Metro. */
#define MOST_PART_HEADERS 4096u

/* Strings of a Content-Type that are longer are no boundary, and no id that anybody sends. */
#define STRING_ROOM 256

void http_parts_make(struct http_parts *parts)
{
    BYTE bytes[16] = {0};
    char hex[sizeof(bytes) * 2 + 1];
    size_t i;

    /* Without random numbers it is a boundary, too: one that is not random. The writer sees to it that it is none of
     * the message's. */
    platform_random(bytes, sizeof(bytes));
    for (i = 0; i < sizeof(bytes); i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    snprintf(parts->boundary, sizeof(parts->boundary), "uuid:%s", hex);
    snprintf(parts->start, sizeof(parts->start), "root.%s@webservices", hex);
    parts->multipart.boundary = http_text(parts->boundary);
    parts->multipart.start = http_text(parts->start);
}

/* --- Strings of readers and writers, which are UTF-16 --- */

struct wide
{
    WCHAR chars[STRING_ROOM];
    WS_STRING string;
};

/* False: it is not ASCII, or too long. */
static bool widen(struct wide *wide, struct mime_text text)
{
    if (text.length > STRING_ROOM || !ascii_is_all(text.bytes, text.length))
        return false;
    ascii_to_utf16(text.bytes, text.length, wide->chars);
    wide->string.chars = wide->chars;
    wide->string.length = (ULONG)text.length;
    return true;
}

static WS_CHARSET charset_of(WS_ENCODING encoding)
{
    switch (encoding)
    {
    case WS_ENCODING_XML_UTF16LE:
    case WS_ENCODING_XML_MTOM_UTF16LE: return WS_CHARSET_UTF16LE;
    case WS_ENCODING_XML_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16BE: return WS_CHARSET_UTF16BE;
    default: return WS_CHARSET_UTF8;
    }
}

/* --- Readers --- */

static HRESULT set_mtom_reader(WS_XML_READER *reader, const WS_XML_READER_INPUT *input,
                               const struct http_content_type *type, WS_ERROR *error)
{
    ULONG most_headers = MOST_PART_HEADERS;
    WS_XML_READER_PROPERTY properties[] = {
        {WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, &most_headers, sizeof(most_headers)}};
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_MTOM_ENCODING mtom = {.encoding = {WS_XML_READER_ENCODING_TYPE_MTOM}, .textEncoding = &text.encoding};
    struct mime_text none = {NULL, 0};
    struct wide boundary, start;
    char excerpt[TEXT_EXCERPT_ROOM];

    if (!widen(&boundary, type->boundary))
        return error_report(error, WS_E_INVALID_FORMAT, "The Content-Type has a boundary that is not valid: \"%s\".",
                            text_excerpt(type->boundary.bytes, type->boundary.length, excerpt));
    if (!widen(&start, type->start.bytes ? type->start : none))
        return error_report(error, WS_E_INVALID_FORMAT, "The Content-Type has a start that is not valid: \"%s\".",
                            text_excerpt(type->start.bytes, type->start.length, excerpt));
    mtom.boundary = boundary.string;
    mtom.startUri = start.string;
    return reader_set_input(reader, &mtom.encoding, input, properties, 1, error);
}

HRESULT http_set_reader(WS_XML_READER *reader, const WS_XML_READER_INPUT *input, WS_ENCODING encoding,
                        const struct http_content_type *type, WS_CHARSET charset, WS_ERROR *error)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, charset};
    WS_XML_READER_BINARY_ENCODING binary = {.encoding = {WS_XML_READER_ENCODING_TYPE_BINARY},
                                            .staticDictionary = (WS_XML_DICTIONARY *)&xml_dictionary_soap};
    WS_XML_READER_RAW_ENCODING raw = {{WS_XML_READER_ENCODING_TYPE_RAW}};

    if (encoding == WS_ENCODING_RAW)
        return reader_set_input(reader, &raw.encoding, input, NULL, 0, error);
    if (encoding == WS_ENCODING_XML_BINARY_1)
        return reader_set_input(reader, &binary.encoding, input, NULL, 0, error);
    if (type && type->media == HTTP_MEDIA_MULTIPART)
        return set_mtom_reader(reader, input, type, error);
    return reader_set_input(reader, &text.encoding, input, NULL, 0, error);
}

/* --- Writers --- */

static HRESULT set_mtom_writer(WS_XML_WRITER *writer, const WS_XML_WRITER_OUTPUT *output, WS_ENCODING encoding,
                               WS_ENVELOPE_VERSION version, const struct http_parts *parts, ULONG most, WS_ERROR *error)
{
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &most, sizeof(most)},
                                           {WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, &most, sizeof(most)}};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, charset_of(encoding)};
    WS_XML_WRITER_MTOM_ENCODING mtom = {.encoding = {WS_XML_WRITER_ENCODING_TYPE_MTOM}, .textEncoding = &text.encoding};
    struct wide boundary, start, start_info;

    widen(&boundary, parts->multipart.boundary);
    widen(&start, parts->multipart.start);
    widen(&start_info, http_text(http_start_info(version)));
    mtom.boundary = boundary.string;
    mtom.startUri = start.string;
    mtom.startInfo = start_info.string;
    return writer_set_output(writer, &mtom.encoding, output, properties, 2, error);
}

HRESULT http_set_writer(WS_XML_WRITER *writer, const WS_XML_WRITER_OUTPUT *output, WS_ENCODING encoding,
                        WS_ENVELOPE_VERSION version, const struct http_parts *parts, ULONG most, WS_ERROR *error)
{
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &most, sizeof(most)}};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, charset_of(encoding)};
    WS_XML_WRITER_BINARY_ENCODING binary = {.encoding = {WS_XML_WRITER_ENCODING_TYPE_BINARY},
                                            .staticDictionary = (WS_XML_DICTIONARY *)&xml_dictionary_soap};
    WS_XML_WRITER_RAW_ENCODING raw = {{WS_XML_WRITER_ENCODING_TYPE_RAW}};

    if (parts)
        return set_mtom_writer(writer, output, encoding, version, parts, most, error);
    if (encoding == WS_ENCODING_RAW)
        return writer_set_output(writer, &raw.encoding, output, properties, 1, error);
    if (encoding == WS_ENCODING_XML_BINARY_1)
        return writer_set_output(writer, &binary.encoding, output, properties, 1, error);
    return writer_set_output(writer, &text.encoding, output, properties, 1, error);
}
