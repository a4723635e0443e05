/* SPDX-License-Identifier: MIT */
/* tcp_encoding.c - see tcp_encoding.h. */
#include "tcp_encoding.h"

#include "base/error.h"
#include "base/platform.h"
#include "xml/names.h"
#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

#include <string.h>

/* --- Objects --- */

#define MOST_KEPT 128u

/* Readers and writers that sessions have. */
static uint32_t kept; /* atomic */

static bool are_many(void)
{
    return __atomic_load_n(&kept, __ATOMIC_RELAXED) > MOST_KEPT;
}

HRESULT tcp_make_writer(WS_XML_WRITER **writer, WS_ERROR *error)
{
    HRESULT hr = *writer ? S_FALSE : writer_create(NULL, 0, writer, error);

    if (hr == S_OK)
        __atomic_add_fetch(&kept, 1, __ATOMIC_RELAXED);
    return SUCCEEDED(hr) ? S_OK : hr;
}

void tcp_free_writer(WS_XML_WRITER **writer)
{
    if (!*writer)
        return;
    writer_free(*writer);
    *writer = NULL;
    __atomic_sub_fetch(&kept, 1, __ATOMIC_RELAXED);
}

void tcp_end_writer(WS_XML_WRITER **writer)
{
    if (are_many())
        tcp_free_writer(writer);
}

HRESULT tcp_make_reader(WS_XML_READER **reader, WS_ERROR *error)
{
    HRESULT hr = *reader ? S_FALSE : reader_create(NULL, 0, reader, error);

    if (hr == S_OK)
        __atomic_add_fetch(&kept, 1, __ATOMIC_RELAXED);
    return SUCCEEDED(hr) ? S_OK : hr;
}

void tcp_free_reader(WS_XML_READER **reader)
{
    if (!*reader)
        return;
    reader_free(*reader);
    *reader = NULL;
    __atomic_sub_fetch(&kept, 1, __ATOMIC_RELAXED);
}

/* The program may still have it, and the bytes that it reads will be those of other messages. */
void tcp_end_reader(WS_XML_READER **reader)
{
    if (are_many())
        tcp_free_reader(reader);
    else if (*reader)
        reader_set_input(*reader, NULL, NULL, NULL, 0, NULL);
}

/* --- Writers --- */

static WS_CHARSET charset_of(WS_ENCODING encoding)
{
    switch (encoding)
    {
    case WS_ENCODING_XML_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16BE: return WS_CHARSET_UTF16BE;
    case WS_ENCODING_XML_UTF16LE:
    case WS_ENCODING_XML_MTOM_UTF16LE: return WS_CHARSET_UTF16LE;
    default: return WS_CHARSET_UTF8;
    }
}

/* Nobody who knows it could put it into a message, to end a part where it does not end. */
static bool make_boundary(struct tcp_boundary *boundary)
{
    static const char digits[] = "0123456789abcdef";
    BYTE random[16];
    size_t i;

    if (!platform_random(random, sizeof(random)))
        return false;
    for (i = 0; i < sizeof(random); i++)
    {
        boundary->chars[2 * i] = (WCHAR)digits[random[i] >> 4];
        boundary->chars[2 * i + 1] = (WCHAR)digits[random[i] & 15];
    }
    return true;
}

/* A string of 16-bit characters from ASCII. */
static WS_STRING wide(const char *text, WCHAR *chars)
{
    WS_STRING string = {0, chars};

    for (; text[string.length]; string.length++)
        chars[string.length] = (WCHAR)text[string.length];
    return string;
}

/* The message says itself what its boundary is: the preamble cannot. */
static HRESULT set_mtom_writer(WS_XML_WRITER *writer, const struct channel_settings *settings,
                               struct tcp_boundary *boundary, const WS_XML_WRITER_OUTPUT *output,
                               const WS_XML_WRITER_PROPERTY *properties, ULONG count, WS_ERROR *error)
{
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, charset_of(settings->encoding)};
    WS_XML_WRITER_MTOM_ENCODING mtom = {
        {WS_XML_WRITER_ENCODING_TYPE_MTOM}, &text.encoding, TRUE, {0, NULL}, {0, NULL}, {0, NULL}, 0};
    WCHAR info[24], uri[24];

    if (!boundary->chars[0] && !make_boundary(boundary))
        return error_report(error, E_FAIL, "The system gives no random numbers for the boundary of MTOM packages.");
    mtom.boundary.length = 32;
    mtom.boundary.chars = boundary->chars;
    mtom.startInfo =
        wide(settings->envelope_version == WS_ENVELOPE_VERSION_SOAP_1_1 ? "text/xml" : "application/soap+xml", info);
    mtom.startUri = wide("http://tempuri.org/0", uri);
    return writer_set_output(writer, &mtom.encoding, output, properties, count, error);
}

HRESULT tcp_set_writer(WS_XML_WRITER *writer, const struct channel_settings *settings,
                       struct framing_strings_out *strings, struct tcp_boundary *boundary,
                       const WS_XML_WRITER_OUTPUT *output, WS_ERROR *error)
{
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, charset_of(settings->encoding)};
    WS_XML_WRITER_BINARY_ENCODING binary = {
        {WS_XML_WRITER_ENCODING_TYPE_BINARY}, (WS_XML_DICTIONARY *)&xml_dictionary_soap, NULL, NULL};
    bool is_streamed = output->outputType == WS_XML_WRITER_OUTPUT_TYPE_STREAM;
    ULONG limit = is_streamed ? settings->max_streamed_flush : settings->max_buffered_size;
    WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)},
        {WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE, (void *)&settings->trim_size, sizeof(settings->trim_size)},
        {WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, &limit, sizeof(limit)},
    };

    switch (settings->encoding)
    {
    case WS_ENCODING_XML_BINARY_SESSION_1:
        binary.dynamicStringCallback = framing_strings_find;
        binary.dynamicStringCallbackState = strings;
        return writer_set_output(writer, &binary.encoding, output, properties, 2, error);
    case WS_ENCODING_XML_BINARY_1: return writer_set_output(writer, &binary.encoding, output, properties, 2, error);
    case WS_ENCODING_XML_MTOM_UTF8:
    case WS_ENCODING_XML_MTOM_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16LE: return set_mtom_writer(writer, settings, boundary, output, properties, 3, error);
    default: return writer_set_output(writer, &text.encoding, output, properties, 2, error);
    }
}

/* --- Readers --- */

HRESULT tcp_set_reader(WS_XML_READER *reader, enum framing_encoding encoding, struct framing_strings_in *strings,
                       const WS_XML_READER_INPUT *input, WS_ERROR *error)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BINARY_ENCODING binary = {
        {WS_XML_READER_ENCODING_TYPE_BINARY}, (WS_XML_DICTIONARY *)&xml_dictionary_soap, NULL};
    WS_XML_READER_MTOM_ENCODING mtom = {
        {WS_XML_READER_ENCODING_TYPE_MTOM}, &text.encoding, TRUE, {0, NULL}, {0, NULL}, {0, NULL}};

    switch (encoding)
    {
    case FRAMING_BINARY_SESSION:
        binary.dynamicDictionary = &strings->dictionary;
        return reader_set_input(reader, &binary.encoding, input, NULL, 0, error);
    case FRAMING_BINARY: return reader_set_input(reader, &binary.encoding, input, NULL, 0, error);
    case FRAMING_MTOM: return reader_set_input(reader, &mtom.encoding, input, NULL, 0, error);
    default: return reader_set_input(reader, &text.encoding, input, NULL, 0, error);
    }
}
