/* SPDX-License-Identifier: MIT */
/* xml-stdio.c - see xml-stdio.h. */
#include "xml-stdio.h"

#include <psapi.h>
#include <stdio.h>

/* How much is written at once. */
#define FLUSH_SIZE (64 * 1024)

/* --- Reading --- */

/* A WS_READ_CALLBACK. That nothing was read means that there is no more. */
static HRESULT CALLBACK read_stdin(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                                   WS_ERROR *error)
{
    DWORD count = 0, code;

    (void)state, (void)async, (void)error;
    if (!ReadFile(GetStdHandle(STD_INPUT_HANDLE), bytes, max, &count, NULL))
    {
        code = GetLastError();
        if (code != ERROR_BROKEN_PIPE && code != ERROR_HANDLE_EOF)
            return HRESULT_FROM_WIN32(code);
        count = 0;
    }
    *actual = count;
    return S_OK;
}

HRESULT open_stdin(BOOL is_binary, WS_XML_READER **reader, WS_ERROR *error)
{
    ULONG size = BUFFER_SIZE, max_depth = MAX_DEPTH, many = 65536;
    WS_XML_READER_PROPERTY properties[] = {
        {WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &size, sizeof(size)},
        {WS_XML_READER_PROPERTY_MAX_DEPTH, &max_depth, sizeof(max_depth)},
        {WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, &many, sizeof(many)},
        {WS_XML_READER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)},
    };
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stdin, NULL};
    HRESULT hr;

    if (FAILED(hr = WsCreateReader(properties, WsCountOf(properties), reader, error)))
        return hr;
    if (is_binary && FAILED(hr = WsGetDictionary(WS_ENCODING_XML_BINARY_1, &binary.staticDictionary, error)))
        return hr;
    return WsSetInput(*reader, is_binary ? &binary.encoding : &text.encoding, &input.input, NULL, 0, error);
}

/*
 * A reader reads from its stream only in WsFillReader, and a node must have been buffered before it is read. Where
 * there is enough already, filling costs nothing.
 */
HRESULT next_node(WS_XML_READER *reader, const WS_XML_NODE **node, WS_ERROR *error)
{
    static const WS_STRING limits =
        WS_STRING_VALUE(L"A single start tag or comment can have 256 KB here, 1 MB at the most; "
                        L"an element can have 65536 attributes, and 1000 elements can be open.");
    HRESULT hr;

    if (FAILED(hr = WsFillReader(reader, MAX_NODE, NULL, error)))
        return hr;
    if (FAILED(hr = WsReadNode(reader, error)))
    {
        if (hr == WS_E_QUOTA_EXCEEDED)
            WsAddErrorString(error, &limits);
        return hr;
    }
    return WsGetReaderNode(reader, node, error);
}

BOOL is_white_space(const WS_XML_TEXT *text)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    ULONG i;

    if (text->textType != WS_XML_TEXT_TYPE_UTF8)
        return FALSE;
    for (i = 0; i < utf8->value.length; i++)
    {
        BYTE c = utf8->value.bytes[i];

        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return FALSE;
    }
    return TRUE;
}

/* --- Writing --- */

/* A WS_WRITE_CALLBACK. */
static HRESULT CALLBACK write_stdout(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                                     WS_ERROR *error)
{
    ULONG i, done;
    DWORD part;

    (void)state, (void)async, (void)error;
    for (i = 0; i < count; i++)
        for (done = 0; done < buffers[i].length; done += part)
            if (!WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), buffers[i].bytes + done, buffers[i].length - done, &part,
                           NULL))
                return HRESULT_FROM_WIN32(GetLastError());
    return S_OK;
}

HRESULT open_stdout(BOOL is_binary, WS_XML_WRITER **writer, WS_ERROR *error)
{
    ULONG max_depth = MAX_DEPTH, many = 65536;
    BOOL declaration = !is_binary, compress = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &max_depth, sizeof(max_depth)},
        {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &many, sizeof(many)},
        {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)},
        {WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &declaration, sizeof(declaration)},
        {WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, &compress, sizeof(compress)},
    };
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_STREAM_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_stdout, NULL};
    HRESULT hr;

    if (FAILED(hr = WsCreateWriter(properties, WsCountOf(properties), writer, error)))
        return hr;
    if (is_binary && FAILED(hr = WsGetDictionary(WS_ENCODING_XML_BINARY_1, &binary.staticDictionary, error)))
        return hr;
    return WsSetOutput(*writer, is_binary ? &binary.encoding : &text.encoding, &output.output, NULL, 0, error);
}

/* A writer keeps what is written until it is flushed, so that is to be done now and then. */
HRESULT flush_some(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return WsFlushWriter(writer, FLUSH_SIZE, NULL, error);
}

HRESULT flush_all(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return WsFlushWriter(writer, 0, NULL, error);
}

/* --- To the user --- */

void print_error(const char *program, HRESULT hr, WS_ERROR *error)
{
    char text[4096];
    ULONG count = 0, i;
    WS_STRING string;
    int length;

    if (error)
        WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    for (i = 0; i < count; i++)
        if (SUCCEEDED(WsGetErrorString(error, i, &string)))
        {
            length = WideCharToMultiByte(CP_UTF8, 0, string.chars, (int)string.length, text, sizeof(text), NULL, NULL);
            fprintf(stderr, "%s: %.*s\n", program, length, text);
        }
    fprintf(stderr, "%s: failed with 0x%08lx\n", program, (unsigned long)hr);
}

void print_peak_memory(void)
{
    PROCESS_MEMORY_COUNTERS counters;

    if (GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)))
        fprintf(stderr, "peak memory: %lu KB\n", (unsigned long)(counters.PeakWorkingSetSize / 1024));
}
