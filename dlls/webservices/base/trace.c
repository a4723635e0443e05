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

/* --- Lines --- */

/* Begins a line, and keeps a place for its end. */
static void format_line(char line[LARGEST_LINE], const char *format, va_list args)
{
    int length = sprintf(line, "webservices: %04x: ", platform_thread());

    vsnprintf(line + length, LARGEST_LINE - 1 - (size_t)length, format, args);
}

static void print_line(char line[LARGEST_LINE])
{
    strcat(line, "\n");
    platform_trace(line);
}

void trace_print(const char *format, ...)
{
    char line[LARGEST_LINE], unused[LONGEST_SENTENCE];
    va_list args;

    va_start(args, format);
    format_line(line, format, args);
    va_end(args);
    trace_take_sentence(unused);
    print_line(line);
}

/* Appends ": " and the sentence, as far as they fit; characters that are not printable ASCII become '?'. */
static void append_sentence(char *p, const char *end, const WS_ERROR *error, const char *sentence)
{
    size_t length = strlen(sentence), i;
    WS_STRING newest = {0, NULL};
    WCHAR c;

    if (error_newest(error, &newest))
        length = newest.length;
    if (!length || end - p <= 2)
        return;
    *p++ = ':';
    *p++ = ' ';
    for (i = 0; i < length && p < end; i++)
    {
        c = newest.chars ? newest.chars[i] : (BYTE)sentence[i];
        *p++ = (char)(c >= 0x20 && c < 0x7f ? c : '?');
    }
    *p = 0;
}

void trace_result(HRESULT hr, const WS_ERROR *error, const char *format, ...)
{
    char line[LARGEST_LINE], sentence[LONGEST_SENTENCE], *p, *end = line + LARGEST_LINE - 2;
    va_list args;

    va_start(args, format);
    format_line(line, format, args);
    va_end(args);
    p = line + strlen(line);
    if (hr < 0)
        p += snprintf(p, (size_t)(end - p), " %s", TRACE_NAME(RESULT, hr));
    if (p > end)
        p = end - 1;
    trace_take_sentence(sentence);
    if (hr < 0)
        append_sentence(p, end, error, sentence);
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

bool trace_load(const void *from, void *to, size_t size)
{
    return platform_read(from, to, size);
}

struct trace_text trace_address(const void *pointer)
{
    struct trace_text ret;

    snprintf(ret.text, sizeof(ret.text), pointer ? "%p" : "NULL", pointer);
    return ret;
}

/* As much as is shown of `length` bytes, or of 16-bit units. */
static struct trace_text quote(const void *from, size_t length, size_t unit)
{
    size_t count = length < SHOWN ? length : SHOWN, i;
    struct trace_text ret;
    WCHAR chars[SHOWN];
    char *p = ret.text;

    if (!from)
    {
        snprintf(ret.text, sizeof(ret.text), length ? "NULL (%zu)" : "NULL", length);
        return ret;
    }
    if (count && !trace_load(from, chars, count * unit))
        return trace_address(from);
    *p++ = '"';
    for (i = 0; i < count && p < ret.text + sizeof(ret.text) - 12; i++)
        p = put_character(p, unit == 1 ? ((const BYTE *)chars)[i] : chars[i]);
    strcpy(p, i < length ? "\"..." : "\"");
    return ret;
}

struct trace_text trace_bytes(const void *bytes, size_t length)
{
    return quote(bytes, length, 1);
}

struct trace_text trace_chars(const WCHAR *chars, size_t length)
{
    return quote(chars, length, sizeof(*chars));
}

struct trace_text trace_xml_string(const WS_XML_STRING *string)
{
    WS_XML_STRING loaded;

    if (!string || !trace_load(string, &loaded, sizeof(loaded)))
        return trace_address(string);
    return quote(loaded.length ? (const void *)loaded.bytes : "", loaded.length, 1);
}

struct trace_text trace_string(const WS_STRING *string)
{
    WS_STRING loaded;

    if (!string || !trace_load(string, &loaded, sizeof(loaded)))
        return trace_address(string);
    return quote(loaded.length ? (const void *)loaded.chars : "", loaded.length, sizeof(WCHAR));
}

struct trace_text trace_type(enum constant_kind kind, const void *pointer)
{
    uint32_t loaded[2]; /* an encoding of text has the charset after its type */
    struct trace_text ret;
    bool is_text;

    if (!pointer || !trace_load(pointer, loaded, sizeof(*loaded)))
        return trace_address(pointer);
    is_text = (kind == CONSTANT_READER_ENCODING_TYPE && loaded[0] == WS_XML_READER_ENCODING_TYPE_TEXT) ||
              (kind == CONSTANT_WRITER_ENCODING_TYPE && loaded[0] == WS_XML_WRITER_ENCODING_TYPE_TEXT);
    if (is_text && trace_load(pointer, loaded, sizeof(loaded)))
        snprintf(ret.text, sizeof(ret.text), "%s %s", constant_name(kind, loaded[0]).text,
                 TRACE_NAME(CHARSET, loaded[1]));
    else
        snprintf(ret.text, sizeof(ret.text), "%s", constant_name(kind, loaded[0]).text);
    return ret;
}

/* Loads a number of 2, 4 or 8 bytes; false: another size. */
static bool to_number(const void *value, ULONG size, unsigned long long *number)
{
    uint64_t eight;
    uint32_t four;
    uint16_t two;

    switch (size)
    {
    case 2: memcpy(&two, value, 2), *number = two; return true;
    case 4: memcpy(&four, value, 4), *number = four; return true;
    case 8: memcpy(&eight, value, 8), *number = eight; return true;
    default: return false;
    }
}

static bool is_charset(enum constant_kind kind, ULONG id)
{
    return (kind == CONSTANT_READER_PROPERTY && id == WS_XML_READER_PROPERTY_CHARSET) ||
           (kind == CONSTANT_WRITER_PROPERTY && id == WS_XML_WRITER_PROPERTY_CHARSET);
}

struct trace_text trace_property(enum constant_kind kind, ULONG id, const void *value, ULONG size)
{
    union
    {
        WS_BYTES bytes;
        WS_XML_STRING string;
    } loaded;
    struct trace_text ret;
    unsigned long long number;

    if (!value || size > sizeof(loaded) || !trace_load(value, &loaded, size))
        return trace_address(value);
    if (kind == CONSTANT_WRITER_PROPERTY && id == WS_XML_WRITER_PROPERTY_BYTES && size == sizeof(loaded.bytes))
        return trace_bytes(loaded.bytes.bytes, loaded.bytes.length);
    if (kind == CONSTANT_FAULT_ERROR_PROPERTY && id == WS_FAULT_ERROR_PROPERTY_ACTION && size == sizeof(loaded.string))
        return trace_xml_string(&loaded.string);
    if (!to_number(&loaded, size, &number))
        return trace_address(value);
    if (kind == CONSTANT_FAULT_ERROR_PROPERTY)
        snprintf(ret.text, sizeof(ret.text), "0x%llx", number); /* the others are pointers */
    else if (is_charset(kind, id))
        snprintf(ret.text, sizeof(ret.text), "%s", TRACE_NAME(CHARSET, number));
    else
        snprintf(ret.text, sizeof(ret.text), "%llu", number);
    return ret;
}

/* The name of a property without what all of its kind begin with. */
static const char *short_name(const char *name)
{
    const char *found = strstr(name, "PROPERTY_");

    return found ? found + strlen("PROPERTY_") : name;
}

struct trace_text trace_properties(enum constant_kind kind, const void *properties, ULONG count)
{
    const WS_XML_WRITER_PROPERTY *property = properties;
    WS_XML_WRITER_PROPERTY loaded;
    struct trace_text ret;
    char one[272];
    size_t length = 1;
    ULONG i;

    if (!properties)
        return quote(NULL, count, 1);
    strcpy(ret.text, "{");
    for (i = 0; i < count; i++, property++)
    {
        if (!trace_load(property, &loaded, sizeof(loaded)))
            return trace_address(properties);
        snprintf(one, sizeof(one), "%s%s=%s", i ? ", " : "", short_name(constant_name(kind, (uint32_t)loaded.id).text),
                 trace_property(kind, (ULONG)loaded.id, loaded.value, loaded.valueSize).text);
        if (length + strlen(one) > sizeof(ret.text) - sizeof(", ...}"))
        {
            strcpy(ret.text + length, ", ...");
            length += strlen(", ...");
            break;
        }
        strcpy(ret.text + length, one);
        length += strlen(one);
    }
    strcpy(ret.text + length, "}");
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

struct trace_text trace_out_property(HRESULT hr, enum constant_kind kind, ULONG id, const void *value, ULONG size)
{
    struct trace_text ret = {""};

    if (hr == S_OK)
        snprintf(ret.text, sizeof(ret.text), ", *value=%.160s", trace_property(kind, id, value, size).text);
    return ret;
}
