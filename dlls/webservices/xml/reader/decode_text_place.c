/* SPDX-License-Identifier: MIT */
/*
 * decode_text_place.c - the text decoder: where things are, and the failures that say so; see decode_text.h.
 *
 * Lines and columns are counted only when somebody asks, or just before the bytes leave the window; where that has been
 * done is remembered, so that no byte is counted twice.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- Lines and columns --- */

/* Goes on counting up to a place in the window, which ends at `end`. No node ends between CR and LF. */
static void count_to(struct text_state *state, const BYTE *end, const BYTE *to)
{
    const BYTE *p = state->counted, *line;

    if (p >= to)
        return;
    for (line = p; (p = memchr(p, '\n', (size_t)(to - p))); line = ++p)
    {
        state->row++;
        state->column = 0;
    }
    p = line;
    if ((p = memchr(state->counted, '\r', (size_t)(to - state->counted))))
        for (; p < to; p++)
            if (p[0] == '\r' && (p + 1 == end || p[1] != '\n')) /* a line end of its own */
            {
                state->row++;
                if (p >= line)
                {
                    line = p + 1;
                    state->column = 0;
                }
            }
    for (p = line; p < to; p++)
        state->column += (*p & 0xc0) != 0x80;
    state->counted = to;
}

static void locate_node(WS_XML_READER *reader)
{
    struct text_state *state = &reader->text_state;

    if (!state->node_located)
    {
        count_to(state, reader->end, state->node_start);
        state->node_row = state->row;
        state->node_column = state->column;
        state->node_located = true;
    }
}

void text_location(WS_XML_READER *reader, ULONGLONG *row, ULONGLONG *column)
{
    locate_node(reader);
    *row = reader->text_state.node_row;
    *column = reader->text_state.node_column;
}

/* Counts in a copy, since the count itself must not go beyond the node. */
bool text_location_of(const WS_XML_READER *reader, const BYTE *at, ULONGLONG *row, ULONGLONG *column)
{
    struct text_state state = reader->text_state;

    if ((uintptr_t)at < (uintptr_t)state.counted && state.node_located && state.node_start)
    {
        state.counted = state.node_start;
        state.row = state.node_row;
        state.column = state.node_column;
    }
    if ((uintptr_t)at < (uintptr_t)state.counted || (uintptr_t)at > (uintptr_t)reader->end)
        return false;
    count_to(&state, reader->end, at);
    *row = state.row;
    *column = state.column;
    return true;
}

void text_discard(WS_XML_READER *reader)
{
    locate_node(reader);
    count_to(&reader->text_state, reader->end, reader->pos);
}

void text_moved(WS_XML_READER *reader)
{
    reader->text_state.counted = reader->pos;
    reader->text_state.node_start = NULL;
    reader->text_state.moves++;
}

/* --- Failures --- */

HRESULT text_fail(WS_XML_READER *reader, const BYTE *at, WS_ERROR *error, const char *format, ...)
{
    struct text_state *state = &reader->text_state;
    char sentence[400];
    va_list args;

    locate_node(reader);
    count_to(state, reader->end, at);
    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    return error_report(error, WS_E_INVALID_FORMAT, "Line %llu, column %llu: %s", (unsigned long long)state->row + 1,
                        (unsigned long long)state->column + 1, sentence);
}

HRESULT text_fail_character(WS_XML_READER *reader, const BYTE *at, WS_ERROR *error)
{
    if (*at < 0x80)
        return text_fail(reader, at, error, "The character U+%04X is not allowed here in XML.", *at);
    return text_fail(reader, at, error, "The byte %02X does not begin a valid character of XML in UTF-8.", *at);
}

const char *text_show(const WS_XML_READER *reader, const BYTE *at, char shown[TEXT_SHOWN_ROOM])
{
    uint32_t c = *at;

    if (xml_is_space(*at))
        return "white space";
    if (c > ' ' && c < 0x7f)
        snprintf(shown, TEXT_SHOWN_ROOM, "\"%c\"", (char)c);
    else if (c < 0x80 || utf8_decode(at, reader->end, &c))
        snprintf(shown, TEXT_SHOWN_ROOM, "U+%04X", (unsigned)c);
    else
        snprintf(shown, TEXT_SHOWN_ROOM, "the byte %02X", *at);
    return shown;
}

/* The window ends within something. S_OK: so does the document; not because more is to come, or UTF-16 is not valid. */
static HRESULT check_final(WS_XML_READER *reader, WS_ERROR *error)
{
    if (!reader->text_state.final)
        return READER_STARVED;
    if (reader->input.invalid)
        return text_fail(reader, reader->end, error, "The next character is not valid UTF-16.");
    return S_OK;
}

HRESULT text_cut_off(WS_XML_READER *reader, const BYTE *start, const char *what, WS_ERROR *error)
{
    HRESULT hr = check_final(reader, error);

    if (hr != S_OK)
        return hr;
    return start ? text_fail(reader, start, error, "The document ends within %s that begins here.", what)
                 : text_fail(reader, reader->end, error, "The document ends within %s.", what);
}

HRESULT text_cut_off_value(WS_XML_READER *reader, const struct reader_attribute *attribute, BYTE quote, WS_ERROR *error)
{
    HRESULT hr = check_final(reader, error);
    char name[READER_NAME_ROOM];

    if (hr != S_OK)
        return hr;
    return reader_report_attribute(reader, attribute, WS_E_INVALID_FORMAT, error,
                                   "The value of the attribute \"%s\" does not end: its closing %c is missing.",
                                   reader_show_attribute(attribute, name), quote);
}
