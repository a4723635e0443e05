/* SPDX-License-Identifier: MIT */
/*
 * decode_text.c - the text decoder: which node comes next, and texts, comments and CDATA sections; see decode_text.h.
 *
 * Each node is read from its first byte. When the window ends before the node does, nothing has changed: text_next()
 * has the window made larger and begins anew, or the caller does after WsFillReader. Windows grow by doubling, so this
 * at most doubles what the node costs.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "base/text.h"
#include "xml/block.h"
#include "xml/names.h"
#include "xml/scan.h"

#include <string.h>

/* At the end of the window, a text of fewer bytes is not shown by itself if more can be converted at once. */
#define SHORTEST_PIECE 2048

/* --- Texts --- */

static inline bool at_cdata_end(const BYTE *p)
{
    return p[0] == ']' && p[1] == ']' && p[2] == '>';
}

/* Whether a text ends at a "]": in a CDATA section. S_FALSE: it goes on. READER_STARVED: that is not known yet. */
static inline HRESULT at_bracket(WS_XML_READER *reader, const BYTE *p, bool cdata, WS_ERROR *error)
{
    const BYTE *end = reader->end;

    if (end - p >= 3)
    {
        if (!at_cdata_end(p))
            return S_FALSE;
    }
    else if (!reader->text_state.final && (end - p == 1 || p[1] == ']'))
        return READER_STARVED;
    else
        return S_FALSE;
    return cdata ? S_OK : text_fail(reader, p, error, "\"]]>\" is not allowed in text.");
}

/* Whether the text up to the end of the window is too short to be shown without what follows it. */
static bool is_too_short(const WS_XML_READER *reader, ptrdiff_t length)
{
    return !length || (length < SHORTEST_PIECE && reader_can_pull(reader));
}

static void show_text(WS_XML_READER *reader, const BYTE *bytes, size_t length)
{
    reader->text.utf8.text.textType = WS_XML_TEXT_TYPE_UTF8;
    reader->text.utf8.value.bytes = (BYTE *)bytes;
    reader->text.utf8.value.length = (ULONG)length;
    reader->node = &reader->text_node.node;
}

/*
 * Shows the text from reader->pos on, of which the first byte that cannot be shown as it is is at `p`: as a copy of up
 * to about TEXT_PIECE bytes, or as the part before `p` if that is long enough. Returns READER_STARVED if there is no
 * character before the end of the window.
 */
static NOINLINE HRESULT copied_text(WS_XML_READER *reader, const BYTE *p, bool cdata, WS_ERROR *error)
{
    const BYTE *start = reader->pos, *end = reader->end, *limit = end, *run;
    BYTE *copy, *to;
    HRESULT hr = S_OK;

    if (p - start >= (ptrdiff_t)TEXT_PIECE)
    {
        /* What is there already is long enough to be shown by itself. */
        show_text(reader, start, (size_t)(p - start));
        reader->pos = p;
        return S_OK;
    }
    if (end - start > (ptrdiff_t)TEXT_PIECE)
        limit = start + TEXT_PIECE;
    if (!cdata && (run = memchr(p, '<', (size_t)(limit - p))))
        limit = run;
    /* What a reference stands for is never longer than it; one that crosses the limit stands for 4 bytes at most. */
    if (!(copy = reader_decoded_alloc(reader, (size_t)(limit - start) + 8)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a text of %zu bytes.",
                            (size_t)(limit - start));
    memcpy(copy, start, (size_t)(p - start));
    to = copy + (p - start);
    while (p < limit)
    {
        uint32_t c = *p;

        if (c == '&' && !cdata)
        {
            if ((hr = text_reference(reader, &p, &c, error)) != S_OK)
                break;
            to += utf8_encode(c, to);
            continue;
        }
        if (c == '\r')
        {
            if (p + 1 == end && !reader->text_state.final)
            {
                hr = READER_STARVED;
                break;
            }
            p += 1 + (p + 1 < end && p[1] == '\n');
            *to++ = '\n';
            continue;
        }
        if (c == ']')
        {
            if ((hr = at_bracket(reader, p, cdata, error)) != S_FALSE)
                break;
            *to++ = *p++;
            continue;
        }
        if (c == '<' && !cdata)
            break;
        run = p;
        if (c >= 0x80)
        {
            int length = scan_wide(p, end);

            if (length < 0 && !reader->text_state.final)
            {
                hr = READER_STARVED;
                break;
            }
            if (length <= 0)
                return text_fail_character(reader, p, error);
            p += length;
        }
        else if (c < 0x20 && c != '\t' && c != '\n')
            return text_fail_character(reader, p, error);
        else
            p = scan_text(p + 1, limit);
        memcpy(to, run, (size_t)(p - run));
        to += p - run;
    }
    if (FAILED(hr))
        return hr;
    if ((hr == READER_STARVED || p == end) && is_too_short(reader, to - copy))
        return READER_STARVED;
    show_text(reader, copy, (size_t)(to - copy));
    reader->pos = p;
    return S_OK;
}

/* A text, at its first character. It is shown in place; copied_text() takes over if something in it must be changed. */
static inline HRESULT read_text(WS_XML_READER *reader, bool cdata, WS_ERROR *error)
{
    const BYTE *p = reader->pos, *end = reader->end;
    HRESULT hr;
    int length;

    for (;;)
    {
        p = cdata ? scan_cdata(p, end) : scan_text(p, end);
        if (UNLIKELY(p == end))
            break;
        if (LIKELY(*p == '<'))
        {
            if (!cdata)
                goto show;
            p++;
        }
        else if (*p == '&')
        {
            if (!cdata)
                return copied_text(reader, p, cdata, error);
            p++;
        }
        else if (*p == '\r')
            return copied_text(reader, p, cdata, error);
        else if (*p == ']')
        {
            hr = at_bracket(reader, p, cdata, error);
            if (hr == S_OK)
                goto show;
            if (hr == READER_STARVED)
                break;
            if (hr != S_FALSE)
                return hr;
            p++;
        }
        else
        {
            length = *p >= 0x80 ? scan_wide(p, end) : 0;
            if (length < 0 && !reader->text_state.final)
                break;
            if (length <= 0)
                return text_fail_character(reader, p, error);
            p += length;
        }
    }
    /* The window ends. */
    if (is_too_short(reader, p - reader->pos))
        return text_cut_off(reader, NULL, cdata ? "a CDATA section" : "a text", error);

show:
    show_text(reader, reader->pos, (size_t)(p - reader->pos));
    reader->pos = p;
    return S_OK;
}

/* --- Comments and CDATA sections --- */

/* What a comment says, with line ends made into LF. */
static HRESULT copied_comment(WS_XML_READER *reader, const BYTE *start, const BYTE *end, WS_ERROR *error)
{
    BYTE *copy = reader_decoded_alloc(reader, (size_t)(end - start)), *to = copy;

    if (!copy)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a comment of %zu bytes.",
                            (size_t)(end - start));
    for (; start < end; start++)
        if (*start != '\r')
            *to++ = *start;
        else if (start + 1 == end || start[1] != '\n')
            *to++ = '\n';
    reader->comment.value.bytes = copy;
    reader->comment.value.length = (ULONG)(to - copy);
    return S_OK;
}

static HRESULT read_comment(WS_XML_READER *reader, WS_ERROR *error)
{
    const BYTE *start = reader->pos + 4, *end = reader->end, *p = start;
    bool returns = false;
    HRESULT hr;

    for (;;)
    {
        p = scan_comment(p, end);
        if (p == end)
            return text_cut_off(reader, reader->pos, "a comment", error);
        if (*p == '-')
        {
            if (end - p >= 2 && p[1] != '-')
            {
                p++;
                continue;
            }
            if (end - p < 3)
                return text_cut_off(reader, reader->pos, "a comment", error);
            if (p[2] != '>')
                return text_fail(reader, p, error, "\"--\" is not allowed in a comment.");
            break;
        }
        if (*p == '\r')
        {
            returns = true;
            p++;
        }
        else
        {
            int length = *p >= 0x80 ? scan_wide(p, end) : 0;

            if (length < 0)
                return text_cut_off(reader, reader->pos, "a comment", error);
            if (!length)
                return text_fail_character(reader, p, error);
            p += length;
        }
    }
    if (returns)
    {
        if ((hr = copied_comment(reader, start, p, error)) != S_OK)
            return hr;
    }
    else
    {
        reader->comment.value.bytes = (BYTE *)start;
        reader->comment.value.length = (ULONG)(p - start);
    }
    reader->node = &reader->comment.node;
    reader->pos = p + 3;
    return S_OK;
}

/* How many bytes of `what` the window begins with; -1 if it begins with something else. */
static int begins_with(const WS_XML_READER *reader, const char *what)
{
    size_t length = strlen(what), there = (size_t)(reader->end - reader->pos), i;

    for (i = 0; i < length && i < there; i++)
        if (reader->pos[i] != (BYTE)what[i])
            return -1;
    return (int)i;
}

/* At "<!". */
static NOINLINE HRESULT read_declaration(WS_XML_READER *reader, WS_ERROR *error)
{
    int count;

    if ((count = begins_with(reader, "<!--")) >= 0)
        return count == 4 ? read_comment(reader, error) : text_cut_off(reader, reader->pos, "a comment", error);
    if ((count = begins_with(reader, "<![CDATA[")) >= 0)
    {
        if (count < 9)
            return text_cut_off(reader, reader->pos, "the mark of a CDATA section", error);
        if (!reader->scope.depth && !reader->properties.allow_fragment)
            return text_fail(reader, reader->pos, error, "A CDATA section is not allowed outside the root element.");
        reader->pos += 9;
        reader->text_state.place = TEXT_CDATA;
        reader->node = &reader_cdata;
        return S_OK;
    }
    if ((count = begins_with(reader, "<!DOCTYPE")) >= 0)
        return count < 9 ? text_cut_off(reader, reader->pos, "a declaration", error)
                         : text_fail(reader, reader->pos, error, "Document type declarations are not supported.");
    return text_fail(reader, reader->pos, error, "\"<!\" begins neither a comment nor a CDATA section here.");
}

static HRESULT next_in_cdata(WS_XML_READER *reader, WS_ERROR *error)
{
    if (reader->end - reader->pos >= 3 && at_cdata_end(reader->pos))
    {
        reader->pos += 3;
        reader->text_state.place = TEXT_CONTENT;
        reader->node = &reader_end_cdata;
        return S_OK;
    }
    if (reader->pos == reader->end)
        return text_cut_off(reader, NULL, "a CDATA section", error);
    return read_text(reader, true, error);
}

/* --- Content --- */

/* At the end of the window. */
static NOINLINE HRESULT read_end(WS_XML_READER *reader, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    if (!reader->text_state.final || reader->input.invalid)
        return text_cut_off(reader, NULL, "the document", error);
    if (reader->scope.depth)
    {
        const struct scope_element *open = &reader->scope.elements[reader->scope.depth - 1];

        return text_fail(reader, reader->end, error, "The document ends while the element \"%s\" is still open.",
                         text_excerpt(open->name, open->name_length, excerpt));
    }
    /* Observed on Windows: there need not have been a root element. */
    reader->node = &reader_eof;
    return S_OK;
}

/*
 * Outside the root element text can only be white space. Observed on Windows: before the root element it is a node as
 * elsewhere. Our choice: after it, too.
 */
static HRESULT check_outer_text(WS_XML_READER *reader, WS_ERROR *error)
{
    const BYTE *p = scan_class(reader->pos, reader->end, SCAN_SPACE);

    if (p < reader->end && *p != '<')
        return text_fail(reader, p, error, "Text is not allowed outside the root element.");
    return S_OK;
}

static inline HRESULT next_in_content(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    reader->text_state.node_start = reader->pos;
    if (UNLIKELY(!reader->scope.depth) && !reader->properties.allow_fragment &&
        (hr = check_outer_text(reader, error)) != S_OK)
        return hr;
    if (UNLIKELY(reader->pos == reader->end))
        return read_end(reader, error);
    if (*reader->pos != '<')
        return read_text(reader, false, error);
    if (UNLIKELY(reader->end - reader->pos < 2))
        return text_cut_off(reader, reader->pos, "a tag", error);
    switch (reader->pos[1])
    {
    case '/': return text_end_tag(reader, error);
    case '!': return read_declaration(reader, error);
    case '?':
        return text_fail(reader, reader->pos, error,
                         "Processing instructions are not supported, and an XML declaration is allowed only at the "
                         "beginning of the document.");
    default: return text_start_tag(reader, error);
    }
}

/* What comes before the content: S_OK, and the reader is after it. */
static HRESULT read_prolog(WS_XML_READER *reader, WS_ERROR *error)
{
    struct text_state *state = &reader->text_state;
    HRESULT hr;

    if (state->place == TEXT_BEGIN && (hr = text_detect_charset(reader, error)) != S_OK)
        return hr;
    return state->place == TEXT_PROLOG ? text_declaration(reader, error) : S_OK;
}

static HRESULT read_node(WS_XML_READER *reader, WS_ERROR *error)
{
    struct text_state *state = &reader->text_state;
    HRESULT hr;

    if (LIKELY(state->place == TEXT_CONTENT))
        return next_in_content(reader, error);
    state->node_start = reader->pos;
    if (state->place == TEXT_CDATA)
        return next_in_cdata(reader, error);
    if ((hr = read_prolog(reader, error)) != S_OK)
        return hr;
    return next_in_content(reader, error);
}

/* Something was starved: has the window made larger, or notes that it is all there is. S_OK: it can be tried again. */
static HRESULT pull(WS_XML_READER *reader, WS_ERROR *error)
{
    struct text_state *state = &reader->text_state;
    HRESULT hr = reader_pull(reader, error);

    if (hr == S_FALSE)
    {
        if (state->final) /* a decoder that asks for more than all there is would ask forever */
            return text_fail(reader, reader->end, error, "The document ends unexpectedly.");
        state->final = true;
        hr = S_OK;
    }
    return hr;
}

void text_skip_space(WS_XML_READER *reader)
{
    const BYTE *p;

    /* An empty element has its end before it. */
    if (reader->node == &reader->element->shown.node && reader->element->shown.isEmpty)
        return;
    p = scan_class(reader->pos, reader->end, SCAN_SPACE);
    if (p < reader->end && *p == '<')
        reader->pos = p;
}

bool text_plain_content(WS_XML_READER *reader, union xml_text *text, const BYTE **ret_end)
{
    const struct scope_element *open = &reader->scope.elements[reader->scope.depth - 1];
    const BYTE *p = reader->pos, *end = reader->end;
    int wide;

    if (!reader->element->shown.isEmpty)
        while ((p = scan_text(p, end)) < end && *p >= 0x80 && (wide = scan_wide(p, end)) > 0)
            p += wide;
    text->text.textType = WS_XML_TEXT_TYPE_UTF8;
    text->utf8.value = xml_empty;
    text->utf8.value.bytes = (BYTE *)reader->pos;
    text->utf8.value.length = (ULONG)(p - reader->pos);
    *ret_end = p;
    if (reader->element->shown.isEmpty)
        return true;
    return (size_t)(end - p) > open->name_length + 2 && p[0] == '<' && p[1] == '/' && p[2 + open->name_length] == '>' &&
           block_equal(p + 2, open->name, open->name_length);
}

void text_pass_content(WS_XML_READER *reader, const BYTE *end)
{
    const struct scope_element *open = &reader->scope.elements[reader->scope.depth - 1];

    if (!reader->element->shown.isEmpty)
        reader->pos = end + 3 + open->name_length;
    scope_close(&reader->scope);
    reader->node = &reader_end_element;
}

HRESULT text_next(WS_XML_READER *reader, WS_ERROR *error)
{
    struct text_state *state = &reader->text_state;
    HRESULT hr;

    if (state->closing)
    {
        scope_close(&reader->scope);
        state->closing = false;
    }
    else if (reader->node == &reader->element->shown.node && reader->element->shown.isEmpty)
    {
        state->closing = true;
        reader->node = &reader_end_element;
        return S_OK;
    }
    state->node_located = false;
    if (UNLIKELY(!state->final))
        state->final = reader->input.ended && !reader->input.utf16;
    while ((hr = read_node(reader, error)) == READER_STARVED)
    {
        if ((hr = pull(reader, error)) != S_OK)
            return hr;
        state->node_located = false;
    }
    return hr;
}

/*
 * Observed on Windows: a charset that is to be detected is not known before the declaration has been read and accepted.
 */
static HRESULT charset(WS_XML_READER *reader, WS_CHARSET *ret, WS_ERROR *error)
{
    HRESULT hr = S_OK;

    if (reader->text_state.stated == WS_CHARSET_AUTO)
        while ((hr = read_prolog(reader, error)) == READER_STARVED && (hr = pull(reader, error)) == S_OK)
            ;
    if (hr == S_OK)
        *ret = reader->text_state.charset;
    return hr;
}

void text_begin(WS_XML_READER *reader, WS_CHARSET charset_stated)
{
    struct text_state *state = &reader->text_state;

    memset(state, 0, sizeof(*state));
    state->place = TEXT_BEGIN;
    state->stated = state->charset = charset_stated;
    state->final = !reader->input.callback || reader->input.whole;
    state->counted = state->node_start = reader->pos;
}

const struct reader_decoder reader_text_decoder = {
    .next = text_next,
    .charset = charset,
    .location = text_location,
    .location_of = text_location_of,
    .skip_space = text_skip_space,
    .plain_content = text_plain_content,
    .pass_content = text_pass_content,
    .discard = text_discard,
    .moved = text_moved,
};
