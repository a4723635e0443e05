/* SPDX-License-Identifier: MIT */
/* trace.c - see trace.h. */
#include "trace.h"

#include "error.h"
#include "platform.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LARGEST_LINE 1024
#define SHOWN        40 /* characters of a string */

bool trace_on;

void trace_init(void)
{
    char value[4];

    trace_on = platform_environment("WEBSERVICES_TRACE", value, sizeof(value)) && value[0] && strcmp(value, "0");
}

/* Begins a line, and keeps a place for its end. */
static void format_line(char line[LARGEST_LINE], const char *format, va_list args)
{
    static const char program[] = "webservices: ";

    memcpy(line, program, sizeof(program));
    vsnprintf(line + sizeof(program) - 1, LARGEST_LINE - sizeof(program), format, args);
}

static void print_line(char line[LARGEST_LINE])
{
    strcat(line, "\n");
    platform_trace(line);
}

void trace_print(const char *format, ...)
{
    char line[LARGEST_LINE];
    va_list args;

    va_start(args, format);
    format_line(line, format, args);
    va_end(args);
    print_line(line);
}

void trace_result(HRESULT hr, const WS_ERROR *error, const char *format, ...)
{
    char line[LARGEST_LINE], *p, *end = line + LARGEST_LINE - 2;
    WS_STRING sentence;
    va_list args;
    ULONG i;

    va_start(args, format);
    format_line(line, format, args);
    va_end(args);
    p = line + strlen(line);
    if (hr < 0)
        p += snprintf(p, (size_t)(end - p), " %s", TRACE_NAME(RESULT, hr));
    if (p > end)
        p = end - 1;
    if (hr < 0 && error_newest(error, &sentence) && end - p > 2)
    {
        *p++ = ':';
        *p++ = ' ';
        for (i = 0; i < sentence.length && p < end; i++)
            *p++ = sentence.chars[i] >= 0x20 && sentence.chars[i] < 0x7f ? (char)sentence.chars[i] : '?';
        *p = 0;
    }
    print_line(line);
}

/* --- Arguments --- */

static char *put_character(char *p, unsigned c)
{
    if (c == '"' || c == '\\')
        return p + sprintf(p, "\\%c", (char)c);
    if (c >= 0x20 && c < 0x7f)
        *p++ = (char)c;
    else if (c == '\n')
        p = strcpy(p, "\\n") + 2;
    else if (c == '\r')
        p = strcpy(p, "\\r") + 2;
    else if (c == '\t')
        p = strcpy(p, "\\t") + 2;
    else
        p += sprintf(p, c > 0xff ? "\\u%04x" : "\\x%02x", c);
    return p;
}

/* Of `length` bytes, or of 16-bit units. */
static struct trace_text quote(const BYTE *bytes, const WCHAR *chars, size_t length)
{
    struct trace_text ret;
    size_t i;
    char *p = ret.text;

    if (!bytes && !chars)
    {
        snprintf(ret.text, sizeof(ret.text), length ? "NULL (%zu)" : "NULL", length);
        return ret;
    }
    *p++ = '"';
    for (i = 0; i < length && i < SHOWN && p < ret.text + sizeof(ret.text) - 12; i++)
        p = put_character(p, bytes ? bytes[i] : chars[i]);
    strcpy(p, i < length ? "\"..." : "\"");
    return ret;
}

struct trace_text trace_bytes(const void *bytes, size_t length)
{
    return quote(bytes, NULL, length);
}

struct trace_text trace_chars(const WCHAR *chars, size_t length)
{
    return quote(NULL, chars, length);
}

struct trace_text trace_xml_string(const WS_XML_STRING *string)
{
    static const BYTE empty;

    if (string && !string->length)
        return quote(&empty, NULL, 0);
    return string ? quote(string->bytes, NULL, string->length) : quote(NULL, NULL, 0);
}

struct trace_text trace_string(const WS_STRING *string)
{
    static const BYTE empty;

    if (string && !string->length)
        return quote(&empty, NULL, 0);
    return string ? quote(NULL, string->chars, string->length) : quote(NULL, NULL, 0);
}

struct trace_text trace_xml_text(const WS_XML_TEXT *text)
{
    struct trace_text ret;

    if (!text)
        return quote(NULL, NULL, 0);
    if (text->textType == WS_XML_TEXT_TYPE_UTF8)
        return trace_xml_string(&((const WS_XML_UTF8_TEXT *)text)->value);
    snprintf(ret.text, sizeof(ret.text), "%s", TRACE_NAME(TEXT_TYPE, text->textType));
    return ret;
}

struct trace_text trace_bool(HRESULT hr, const char *name, const BOOL *value)
{
    struct trace_text ret = {""};

    if (hr == S_OK && value)
        snprintf(ret.text, sizeof(ret.text), ", *%s=%d", name, (int)*value);
    return ret;
}

struct trace_text trace_ulong(HRESULT hr, const char *name, const ULONG *value)
{
    struct trace_text ret = {""};

    if (hr == S_OK && value)
        snprintf(ret.text, sizeof(ret.text), ", *%s=%u", name, (unsigned)*value);
    return ret;
}

struct trace_text trace_pointer(HRESULT hr, const char *name, const void *value)
{
    struct trace_text ret = {""};

    if (hr == S_OK)
        snprintf(ret.text, sizeof(ret.text), ", *%s=%p", name, value);
    return ret;
}

struct trace_text trace_out_string(HRESULT hr, const char *name, const WS_XML_STRING *value)
{
    struct trace_text ret = {""};
    int length;

    if (hr != S_OK || !value)
        return ret;
    length = snprintf(ret.text, sizeof(ret.text), ", *%s=", name);
    snprintf(ret.text + length, sizeof(ret.text) - (size_t)length, "%s", trace_xml_string(value).text);
    return ret;
}
