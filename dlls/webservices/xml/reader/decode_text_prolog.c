/* SPDX-License-Identifier: MIT */
/* decode_text_prolog.c - the text decoder: which charset a document is in, and its XML declaration; see decode_text.h.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "base/text.h"
#include "xml/scan.h"

#include <string.h>

/* --- The charset --- */

static const char *charset_name(WS_CHARSET charset)
{
    switch (charset)
    {
    case WS_CHARSET_UTF8: return "UTF-8";
    case WS_CHARSET_UTF16LE: return "UTF-16LE";
    case WS_CHARSET_UTF16BE: return "UTF-16BE";
    default: return "automatic";
    }
}

static size_t mark_length(const BYTE *p, size_t count, WS_CHARSET charset)
{
    switch (charset)
    {
    case WS_CHARSET_UTF8: return count >= 3 && !memcmp(p, "\xef\xbb\xbf", 3) ? 3 : 0;
    case WS_CHARSET_UTF16LE: return count >= 2 && !memcmp(p, "\xff\xfe", 2) ? 2 : 0;
    case WS_CHARSET_UTF16BE: return count >= 2 && !memcmp(p, "\xfe\xff", 2) ? 2 : 0;
    default: return 0;
    }
}

/*
 * A byte order mark decides. Without one, only a document that begins with "<" in UTF-16 is UTF-16: observed on
 * Windows.
 */
static WS_CHARSET detect(const BYTE *p, size_t count)
{
    if (mark_length(p, count, WS_CHARSET_UTF16LE))
        return WS_CHARSET_UTF16LE;
    if (mark_length(p, count, WS_CHARSET_UTF16BE))
        return WS_CHARSET_UTF16BE;
    if (count >= 2 && p[0] == '<' && !p[1])
        return WS_CHARSET_UTF16LE;
    if (count >= 2 && !p[0] && p[1] == '<')
        return WS_CHARSET_UTF16BE;
    return WS_CHARSET_UTF8;
}

/* Which charset's byte order mark there is; WS_CHARSET_AUTO: none. */
static WS_CHARSET marked(const BYTE *p, size_t count)
{
    static const WS_CHARSET charsets[] = {WS_CHARSET_UTF8, WS_CHARSET_UTF16LE, WS_CHARSET_UTF16BE};
    size_t i;

    for (i = 0; i < 3; i++)
        if (mark_length(p, count, charsets[i]))
            return charsets[i];
    return WS_CHARSET_AUTO;
}

/*
 * Whether a document in a stated charset begins with the byte order mark of another one. No document can begin so; but
 * the mark of UTF-8 is a letter in UTF-16, with which a fragment can begin.
 */
static bool has_other_mark(const WS_XML_READER *reader, size_t count)
{
    WS_CHARSET charset = marked(reader->pos, count);

    return charset != WS_CHARSET_AUTO && charset != reader->text_state.stated &&
           (charset != WS_CHARSET_UTF8 || !reader->properties.allow_fragment);
}

static COLD HRESULT other_mark(WS_XML_READER *reader, size_t count, WS_ERROR *error)
{
    return text_fail(reader, reader->pos, error,
                     "The document begins with the byte order mark of %s, and its charset was given as %s.",
                     charset_name(marked(reader->pos, count)), charset_name(reader->text_state.stated));
}

/* With fewer bytes than this the charset of a document cannot be detected: observed on Windows. */
#define SMALLEST_DOCUMENT 3u

/* Four bytes are looked at, as documented; a byte order mark takes three of them at most. */
HRESULT text_detect_charset(WS_XML_READER *reader, WS_ERROR *error)
{
    struct text_state *state = &reader->text_state;
    size_t count = (size_t)(reader->end - reader->pos);
    WS_CHARSET charset = state->stated;

    if (count < 4 && !state->final)
        return READER_STARVED;
    if (charset == WS_CHARSET_AUTO)
    {
        if (count < SMALLEST_DOCUMENT)
            return text_fail(reader, reader->end, error,
                             "The document has fewer than %u bytes, too few to detect its charset.", SMALLEST_DOCUMENT);
        charset = detect(reader->pos, count);
    }
    else if (has_other_mark(reader, count))
        return other_mark(reader, count, error);
    reader->pos += mark_length(reader->pos, count, charset);
    state->charset = charset;
    if (charset != WS_CHARSET_UTF8)
    {
        reader_begin_utf16(reader, charset == WS_CHARSET_UTF16BE);
        state->final = false;
    }
    state->counted = state->node_start = reader->pos;
    state->place = TEXT_PROLOG;
    return S_OK;
}

/* --- The declaration --- */

/* Whether an encoding's name in a declaration agrees with the charset. Case does not matter, as XML says. */
static bool encoding_agrees(const BYTE *name, size_t length, WS_CHARSET charset)
{
    char lower[12];
    size_t i;

    if (length >= sizeof(lower))
        return false;
    for (i = 0; i < length; i++)
        lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]);
    lower[length] = 0;
    if (charset == WS_CHARSET_UTF8)
        return !strcmp(lower, "utf-8");
    return !strcmp(lower, "utf-16") || !strcmp(lower, charset == WS_CHARSET_UTF16LE ? "utf-16le" : "utf-16be");
}

/* What is between "<?xml" and "?>". */
struct declaration
{
    const BYTE *p, *end;
};

static bool take_space(struct declaration *declaration)
{
    const BYTE *start = declaration->p;

    declaration->p = scan_class(start, declaration->end, SCAN_SPACE);
    return declaration->p > start;
}

/* Takes name="value". False, and nothing is taken: there is another name, or no valid value. */
static bool take_item(struct declaration *declaration, const char *name, const BYTE **value, size_t *length)
{
    struct declaration at = *declaration;
    size_t name_length = strlen(name);
    const BYTE *end;

    if ((size_t)(at.end - at.p) < name_length || memcmp(at.p, name, name_length) != 0)
        return false;
    at.p += name_length;
    take_space(&at);
    if (at.p == at.end || *at.p++ != '=')
        return false;
    take_space(&at);
    if (at.p == at.end || (*at.p != '"' && *at.p != '\''))
        return false;
    if (!(end = memchr(at.p + 1, *at.p, (size_t)(at.end - at.p - 1))))
        return false;
    *value = at.p + 1;
    *length = (size_t)(end - *value);
    declaration->p = end + 1;
    return true;
}

static bool value_is(const BYTE *value, size_t length, const char *text)
{
    return length == strlen(text) && !memcmp(value, text, length);
}

/* version, then perhaps encoding, then perhaps standalone, as [23] of XML 1.0 says. */
static HRESULT read_items(WS_XML_READER *reader, struct declaration declaration, WS_ERROR *error)
{
    WS_CHARSET charset = reader->text_state.charset;
    char excerpt[TEXT_EXCERPT_ROOM];
    const BYTE *value;
    size_t length;
    bool space;

    take_space(&declaration);
    if (!take_item(&declaration, "version", &value, &length))
        return text_fail(reader, declaration.p, error,
                         "The XML declaration does not begin with a version, as in version=\"1.0\".");
    if (!value_is(value, length, "1.0"))
        return text_fail(reader, value, error, "The version of XML is \"%s\"; only \"1.0\" is supported.",
                         text_excerpt(value, length, excerpt));
    space = take_space(&declaration);
    if (space && take_item(&declaration, "encoding", &value, &length))
    {
        if (!encoding_agrees(value, length, charset))
            return text_fail(reader, value, error, "The document declares the encoding \"%s\", and it is read as %s.",
                             text_excerpt(value, length, excerpt), charset_name(charset));
        space = take_space(&declaration);
    }
    if (space && take_item(&declaration, "standalone", &value, &length))
    {
        if (!value_is(value, length, "yes") && !value_is(value, length, "no"))
            return text_fail(reader, value, error, "In the XML declaration standalone is \"%s\", not yes or no.",
                             text_excerpt(value, length, excerpt));
        take_space(&declaration);
    }
    if (declaration.p != declaration.end)
        return text_fail(reader, declaration.p, error,
                         "The XML declaration can have only version, encoding and standalone, in this order.");
    return S_OK;
}

/*
 * Whether an XML declaration begins; S_FALSE: no. Observed on Windows: a document that begins with "<?" must begin with
 * one, and it is read as soon as the charset is known.
 */
static HRESULT find_declaration(WS_XML_READER *reader, WS_ERROR *error)
{
    static const BYTE begin[] = {'<', '?', 'x', 'm', 'l'};
    const BYTE *p = reader->pos;
    size_t count = (size_t)(reader->end - p);

    if ((count && p[0] != begin[0]) || (count > 1 && p[1] != begin[1]))
        return S_FALSE;
    if (count < 2)
        return reader->text_state.final ? S_FALSE : READER_STARVED;
    if (!memcmp(p, begin, count < sizeof(begin) ? count : sizeof(begin)))
    {
        if (count <= sizeof(begin))
            return text_cut_off(reader, p, "the XML declaration", error);
        if (scan_classes[p[sizeof(begin)]] & SCAN_SPACE || p[sizeof(begin)] == '?')
            return S_OK;
    }
    return text_fail(reader, p, error,
                     "This is not an XML declaration, and processing instructions are not supported.");
}

HRESULT text_declaration(WS_XML_READER *reader, WS_ERROR *error)
{
    struct declaration declaration;
    HRESULT hr = find_declaration(reader, error);

    if (hr == S_FALSE)
    {
        reader->text_state.place = TEXT_CONTENT;
        return S_OK;
    }
    if (hr != S_OK)
        return hr;
    if (!reader->properties.read_declaration)
        return text_fail(reader, reader->pos, error,
                         "The document has an XML declaration, and WS_XML_READER_PROPERTY_READ_DECLARATION is FALSE.");
    declaration.p = reader->pos + strlen("<?xml");
    declaration.end = memchr(declaration.p, '?', (size_t)(reader->end - declaration.p));
    if (!declaration.end || declaration.end + 1 == reader->end)
        return text_cut_off(reader, reader->pos, "the XML declaration", error);
    if (declaration.end[1] != '>')
        return text_fail(reader, declaration.end, error, "The XML declaration must end with \"?>\".");
    if ((hr = read_items(reader, declaration, error)) != S_OK)
        return hr;
    reader->pos = declaration.end + 2;
    reader->text_state.place = TEXT_CONTENT;
    return S_OK;
}
