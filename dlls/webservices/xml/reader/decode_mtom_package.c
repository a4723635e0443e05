/* SPDX-License-Identifier: MIT */
/*
 * decode_mtom_package.c - takes a MIME package apart, multipart/related with a root part of type application/xop+xml;
 * see decode_mtom.h.
 *
 * Each step takes what is in the window as far as it goes, so that no byte is searched twice however small the pieces
 * of a stream are. Of a package the same is required as by .NET, which is the usual other end: the type of the message
 * and of its root part, and start-info as the type of what the root part is made of.
 */
#include "xml/reader/decode_mtom.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool is_stream(const WS_XML_READER *reader)
{
    return reader->input.callback != NULL;
}

HRESULT mtom_fail(WS_XML_READER *reader, WS_ERROR *error, const char *format, ...)
{
    char sentence[400];
    va_list args;

    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    if (!reader->mtom->part_count)
        return error_report(error, WS_E_INVALID_FORMAT, "%s", sentence);
    return error_report(error, WS_E_INVALID_FORMAT, "MIME part %u: %s", (unsigned)reader->mtom->part_count, sentence);
}

/* The window ends within something. */
static HRESULT cut_off(WS_XML_READER *reader, const char *what, WS_ERROR *error)
{
    if (is_stream(reader) && !reader->input.ended)
        return READER_STARVED;
    return mtom_fail(reader, error, "The MIME package ends within %s.", what);
}

static COLD HRESULT no_memory(size_t size, WS_ERROR *error)
{
    return error_report(error, E_OUTOFMEMORY, "There is no memory for %zu bytes of a MIME package.", size);
}

static HRESULT keep_text(struct mtom_reader *mtom, struct mime_text text, struct mime_text *copy, WS_ERROR *error)
{
    return mime_copy(&mtom->strings, text, copy) ? S_OK : no_memory(text.length, error);
}

/* --- Headers --- */

/* A whole group of header fields, at the window; *after is what follows it. */
static HRESULT read_group(WS_XML_READER *reader, struct mime_headers *headers, const BYTE **after, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    ULONG limit = reader->properties.stream_max_mime_headers_size;
    const BYTE *stop = mime_find_headers_end(mtom->pos, mtom->end, &mtom->searched);

    if (is_stream(reader) && (size_t)((stop ? stop : mtom->end) - mtom->pos) > limit)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "A MIME header has more bytes than "
                            "WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE allows: %u.",
                            (unsigned)limit);
    if (!stop && mime_has_bare_lf(mtom->pos, mtom->end) && (!is_stream(reader) || reader->input.ended))
        return mtom_fail(reader, error,
                         "The MIME package ends within a header, in which a line ends in LF, not in CR LF.");
    if (!stop)
        return cut_off(reader, "a header", error);
    *after = stop;
    return mime_read_headers(mtom->pos, stop, headers, error);
}

static void go_on(struct mtom_reader *mtom, enum mtom_place place, const BYTE *at)
{
    mtom->pos = at;
    mtom->place = place;
    mtom->searched = 0;
    mtom->ends = false;
    mtom->at_line = place == MTOM_PREAMBLE || place == MTOM_CONTENT;
}

/* The start parameter is a Content-ID, even where its angle brackets are missing. */
static bool strip_brackets(struct mime_text *id)
{
    if (!id->length || (id->bytes[0] != '<' && id->bytes[id->length - 1] != '>'))
        return true;
    if (id->length < 3 || id->bytes[0] != '<' || id->bytes[id->length - 1] != '>')
        return false;
    id->bytes++;
    id->length -= 2;
    return true;
}

static HRESULT read_message_header(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    struct mime_content_type type;
    struct mime_headers headers;
    char excerpt[TEXT_EXCERPT_ROOM];
    const BYTE *after;
    HRESULT hr;

    if ((hr = read_group(reader, &headers, &after, error)) != S_OK)
        return hr;
    if (headers.version.bytes && (hr = mime_read_version(headers.version, error)) != S_OK)
        return hr;
    if (!headers.content_type.bytes)
        return error_report(error, WS_E_INVALID_FORMAT, "The MIME header of the message has no field Content-Type.");
    if ((hr = mime_read_content_type(headers.content_type, &mtom->strings, &type, error)) != S_OK)
        return hr;
    if (!mime_is(type.type, "multipart") || !mime_is(type.subtype, "related"))
        return error_report(error, WS_E_INVALID_FORMAT, "The MIME type of the message is not multipart/related.");
    if (!mime_is(type.root_type, "application/xop+xml"))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The type parameter of the message's Content-Type is \"%s\" and not application/xop+xml.",
                            text_excerpt(type.root_type.bytes, type.root_type.length, excerpt));
    if (!mime_set_boundary(&mtom->boundary, type.boundary))
        return error_report(error, WS_E_INVALID_FORMAT, "The message's MIME boundary is missing or not valid: \"%s\".",
                            text_excerpt(type.boundary.bytes, type.boundary.length, excerpt));
    if (!strip_brackets(&type.start))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The message's parameter \"start\" is not a Content-ID: \"%s\".",
                            text_excerpt(type.start.bytes, type.start.length, excerpt));
    mtom->start = type.start;
    mtom->start_info = type.start_info;
    go_on(mtom, MTOM_PREAMBLE, after);
    return S_OK;
}

static uint32_t hash_id(struct mime_text id)
{
    uint32_t hash = 2166136261u;
    size_t i;

    for (i = 0; i < id.length; i++)
        hash = (hash ^ id.bytes[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static struct mtom_part *lookup(const struct mtom_reader *mtom, struct mime_text id)
{
    uint32_t hash = hash_id(id);
    struct mtom_part *part;

    if (!mtom->buckets)
        return NULL;
    for (part = mtom->buckets[hash % MTOM_BUCKETS]; part; part = part->next)
        if (part->hash == hash && mime_same(part->id, id))
            return part;
    return NULL;
}

/* A part that can be referred to. */
static HRESULT add_part(WS_XML_READER *reader, struct mime_text id, enum mime_encoding encoding, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    char excerpt[TEXT_EXCERPT_ROOM];
    struct mtom_part *part;
    HRESULT hr;

    if (lookup(mtom, id))
        return mtom_fail(reader, error, "Another part has the Content-ID \"%s\", too.",
                         text_excerpt(id.bytes, id.length, excerpt));
    if (!mtom->buckets)
    {
        if (!(mtom->buckets = arena_alloc(&mtom->strings, MTOM_BUCKETS * sizeof(*mtom->buckets))))
            return no_memory(MTOM_BUCKETS * sizeof(*mtom->buckets), error);
        memset(mtom->buckets, 0, MTOM_BUCKETS * sizeof(*mtom->buckets));
    }
    if (!(part = arena_alloc(&mtom->strings, sizeof(*part))))
        return no_memory(sizeof(*part), error);
    memset(part, 0, sizeof(*part));
    if ((hr = keep_text(mtom, id, &part->id, error)) != S_OK)
        return hr;
    part->hash = hash_id(id);
    part->encoding = encoding;
    part->is_here = true;
    part->next = mtom->buckets[part->hash % MTOM_BUCKETS];
    mtom->buckets[part->hash % MTOM_BUCKETS] = part;
    mtom->part = part;
    return S_OK;
}

/* Takes the charset in the header of the root part, if the caller left it open and it says more than the XML does. */
static HRESULT take_charset(WS_XML_READER *reader, struct mime_text charset, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    char excerpt[TEXT_EXCERPT_ROOM];

    if (mtom->charset != WS_CHARSET_AUTO || !charset.bytes || mime_is(charset, "utf-8") || mime_is(charset, "us-ascii"))
        return S_OK;
    if (mime_is(charset, "utf-16"))
        mtom->is_utf16 = true;
    else if (mime_is(charset, "utf-16le"))
        mtom->charset = WS_CHARSET_UTF16LE;
    else if (mime_is(charset, "utf-16be"))
        mtom->charset = WS_CHARSET_UTF16BE;
    else
        return mtom_fail(reader, error, "The root part has the charset \"%s\", which is not supported.",
                         text_excerpt(charset.bytes, charset.length, excerpt));
    return S_OK;
}

static HRESULT begin_root(WS_XML_READER *reader, const struct mime_headers *headers, enum mime_encoding encoding,
                          WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    struct mime_content_type type;
    char is[TEXT_EXCERPT_ROOM], should[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    if (!headers->content_type.bytes)
        return mtom_fail(reader, error, "The root part has no field Content-Type.");
    if ((hr = mime_read_content_type(headers->content_type, &mtom->strings, &type, error)) != S_OK)
        return hr;
    if (!mime_is(type.type, "application") || !mime_is(type.subtype, "xop+xml"))
        return mtom_fail(reader, error, "The MIME type of the root part is not application/xop+xml.");
    if (mtom->start_info.length && !mime_same(mtom->start_info, type.root_type))
        return mtom_fail(reader, error, "The root part is of the type \"%s\", and start-info says \"%s\".",
                         text_excerpt(type.root_type.bytes, type.root_type.length, is),
                         text_excerpt(mtom->start_info.bytes, mtom->start_info.length, should));
    if ((hr = take_charset(reader, type.charset, error)) != S_OK)
        return hr;
    mtom->root_found = true;
    mtom->root.encoding = encoding;
    mtom->part = &mtom->root;
    return S_OK;
}

static HRESULT read_part_header(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    struct mime_text id = {NULL, 0};
    enum mime_encoding encoding;
    struct mime_headers headers;
    const BYTE *after;
    HRESULT hr;

    if ((hr = read_group(reader, &headers, &after, error)) != S_OK ||
        (hr = mime_read_encoding(headers.transfer_encoding, &encoding, error)) != S_OK)
        return hr;
    if (headers.content_id.bytes && (hr = mime_read_content_id(headers.content_id, &id, error)) != S_OK)
        return hr;
    mtom->part = NULL;
    if (!mtom->root_found && (!mtom->start.length || (id.bytes && mime_same(mtom->start, id))))
        hr = begin_root(reader, &headers, encoding, error);
    else if (id.bytes)
        hr = add_part(reader, id, encoding, error);
    if (hr == S_OK)
        go_on(mtom, MTOM_CONTENT, after);
    return hr;
}

/* --- Content --- */

/* No boundary is in the window: a failure, if that is all there is. It counts only after CR LF. */
static HRESULT no_boundary(WS_XML_READER *reader, WS_ERROR *error)
{
    const struct mime_boundary *boundary = &reader->mtom->boundary;
    char excerpt[TEXT_EXCERPT_ROOM];

    if (is_stream(reader) && !reader->input.ended)
        return S_OK;
    return mtom_fail(reader, error,
                     reader->mtom->place == MTOM_PREAMBLE
                         ? "The MIME package ends before its first boundary: no line begins with \"%s\" after CR LF."
                         : "The MIME package ends within a part: no line begins with \"%s\" after CR LF.",
                     text_excerpt(boundary->bytes + 2, boundary->length - 2, excerpt));
}

HRESULT mtom_search(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    size_t length = mtom->boundary.length - 2, there = (size_t)(mtom->end - mtom->pos);
    const BYTE *stop;

    if (mtom->ends)
        return S_OK;
    if (mtom->at_line)
    {
        if (there > length)
            there = length;
        if (!memcmp(mtom->pos, mtom->boundary.bytes + 2, there))
        {
            mtom->ends = there == length;
            return mtom->ends ? S_OK : no_boundary(reader, error);
        }
        mtom->at_line = false;
    }
    stop = mime_find_boundary(&mtom->boundary, mtom->pos + mtom->searched, mtom->end, &mtom->ends);
    mtom->searched = (size_t)(stop - mtom->pos);
    return mtom->ends ? S_OK : no_boundary(reader, error);
}

void mtom_end_content(struct mtom_reader *mtom)
{
    size_t length = mtom->at_line ? mtom->boundary.length - 2 : mtom->boundary.length;

    mtom->part = NULL;
    go_on(mtom, MTOM_LINE, mtom->pos + length);
}

/* Memory for `count` more bytes of a part. */
static HRESULT make_room(struct mtom_part *part, size_t count, WS_ERROR *error)
{
    size_t room = part->kept.room;
    BYTE *bytes;

    if (count <= room - part->length)
        return S_OK;
    room = room <= SIZE_MAX / 4 ? room * 2 : room;
    if (room < part->length + count)
        room = part->length + count;
    if (!(bytes = memory_alloc(room, "MIME parts of a reader")))
        return no_memory(room, error);
    if (part->length)
        memcpy(bytes, part->kept.bytes, part->length);
    memory_free(part->kept.bytes);
    part->kept.bytes = bytes;
    part->kept.room = room;
    return S_OK;
}

static COLD HRESULT too_large(const WS_XML_READER *reader, const struct mtom_part *part, WS_ERROR *error)
{
    unsigned limit = (unsigned)reader->properties.stream_max_root_mime_part_size;

    if (part == &reader->mtom->root)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The root part, with what is kept of earlier parts, has more bytes than "
                            "WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE allows: %u.",
                            limit);
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "MIME part %u must be kept, since it is not the next one that is referred to; with it more "
                        "bytes are kept than WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE allows: %u.",
                        (unsigned)reader->mtom->part_count, limit);
}

/* Keeps what has been found of a part. */
static HRESULT keep(WS_XML_READER *reader, struct mtom_part *part, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    size_t count = mtom->searched;
    bool is_new;
    HRESULT hr;

    part->is_here = false;
    if (!is_stream(reader))
    {
        part->bytes = mtom->pos;
        part->length = count;
        return S_OK;
    }
    if (count > reader->properties.stream_max_root_mime_part_size - mtom->kept)
        return too_large(reader, part, error);
    is_new = !part->kept.bytes;
    if ((hr = make_room(part, count, error)) != S_OK)
        return hr;
    if (is_new && part->kept.bytes && part != &mtom->root)
    {
        part->next_kept = mtom->kept_parts;
        part->kept_link = &mtom->kept_parts;
        if (part->next_kept)
            part->next_kept->kept_link = &part->next_kept;
        mtom->kept_parts = part;
    }
    if (count)
        memcpy(part->kept.bytes + part->length, mtom->pos, count);
    part->bytes = part->kept.bytes;
    part->length += count;
    part->kept_size += count;
    mtom->kept += count;
    return S_OK;
}

void mtom_forget_part(WS_XML_READER *reader, struct mtom_part *part)
{
    struct mtom_reader *mtom = reader->mtom;

    if (!part->kept.bytes)
        return;
    *part->kept_link = part->next_kept;
    if (part->next_kept)
        part->next_kept->kept_link = part->kept_link;
    if (mtom->still_read)
        memory_free(part->kept.bytes);
    else
        mtom->still_read = part->kept.bytes;
    part->kept.bytes = NULL;
    mtom->kept -= part->kept_size;
    part->kept_size = 0;
}

void mtom_forget_shown(struct mtom_reader *mtom)
{
    memory_free(mtom->still_read);
    mtom->still_read = NULL;
}

/* --- Steps --- */

/*
 * Skips what is in the window of the preamble or a part. A part that can be referred to, and the root part, are kept.
 */
static HRESULT pass_content(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    struct mtom_part *part = mtom->part;
    HRESULT hr;

    if ((hr = mtom_search(reader, error)) != S_OK || (part && (hr = keep(reader, part, error)) != S_OK))
        return hr;
    mtom_take(mtom, mtom->searched);
    if (!mtom->ends)
        return READER_STARVED;
    mtom_end_content(mtom);
    if (part == &mtom->root)
        mtom->root_whole = true;
    return S_OK;
}

static COLD HRESULT bad_line(WS_XML_READER *reader, bool ends_in_lf, WS_ERROR *error)
{
    if (ends_in_lf)
        return mtom_fail(reader, error, "The line of a boundary ends in LF; lines of MIME must end in CR LF.");
    return mtom_fail(reader, error, "A boundary must be followed by \"--\", or by white space and CR LF.");
}

/* What follows a boundary in its line: "--" if it is the last one, else white space and the line's end. */
static HRESULT read_line(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    const BYTE *p = mtom->pos;

    if (!mtom->searched && mtom->end - p >= 2 && p[0] == '-' && p[1] == '-')
    {
        go_on(mtom, MTOM_EPILOGUE, p + 2);
        return S_OK;
    }
    while (p < mtom->end && (*p == ' ' || *p == '\t'))
        p++;
    if (p > mtom->pos)
        mtom->searched = 1;
    mtom->pos = p;
    if (p == mtom->end || (p + 1 == mtom->end && (*p == '\r' || (*p == '-' && !mtom->searched))))
        return cut_off(reader, "the line of a boundary", error);
    if (p[0] != '\r' || p[1] != '\n')
        return bad_line(reader, *p == '\n', error);
    if (mtom->part_count >= reader->properties.max_mime_parts)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "There are more MIME parts than WS_XML_READER_PROPERTY_MAX_MIME_PARTS allows: %u.",
                            (unsigned)reader->properties.max_mime_parts);
    mtom->part_count++;
    go_on(mtom, MTOM_PART, p + 2);
    return S_OK;
}

/* S_FALSE: there is nothing more. */
static HRESULT step(WS_XML_READER *reader, WS_ERROR *error)
{
    switch (reader->mtom->place)
    {
    case MTOM_HEADER: return read_message_header(reader, error);
    case MTOM_LINE: return read_line(reader, error);
    case MTOM_PART: return read_part_header(reader, error);
    case MTOM_EPILOGUE: return S_FALSE;
    default: return pass_content(reader, error);
    }
}

/* Undoes the root part's transfer encoding. */
static HRESULT decode_root(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_part *root = &reader->mtom->root;
    struct mime_decoder decoder = {.encoding = root->encoding};
    const BYTE *bytes = root->bytes;
    size_t length = root->length, written;
    HRESULT hr;

    if (root->encoding == MIME_AS_IS)
        return S_OK;
    if (!is_stream(reader))
    {
        root->length = 0;
        if ((hr = make_room(root, length + MIME_DECODED_MORE, error)) != S_OK)
            return hr;
    }
    if (!mime_decode(&decoder, bytes, length, root->kept.bytes, &written) || !mime_decode_end(&decoder))
        return mtom_fail(reader, error, "The content of the root part does not fit its Content-Transfer-Encoding.");
    root->bytes = root->kept.bytes;
    root->length = written;
    return S_OK;
}

HRESULT mtom_read_root(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    while (!mtom->root_whole)
    {
        if ((hr = step(reader, error)) == S_FALSE)
            return mtom->start.length ? mtom_fail(reader, error, "No part has the Content-ID of the root part: \"%s\".",
                                                  text_excerpt(mtom->start.bytes, mtom->start.length, excerpt))
                                      : mtom_fail(reader, error, "The MIME package has no parts.");
        if (hr != S_OK)
            return hr;
    }
    return decode_root(reader, error);
}

HRESULT mtom_find_part(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    char excerpt[TEXT_EXCERPT_ROOM];
    struct mtom_part *part;
    HRESULT hr;

    while (!(part = lookup(mtom, mtom->wanted)))
    {
        if ((hr = step(reader, error)) == S_FALSE)
            return reader_report(reader, WS_E_INVALID_FORMAT, error,
                                 "There is no MIME part with the Content-ID \"%s\".",
                                 text_excerpt(mtom->wanted.bytes, mtom->wanted.length, excerpt));
        if (hr != S_OK)
            return hr;
    }
    if (part->used)
        return reader_report(reader, WS_E_INVALID_FORMAT, error,
                             "The MIME part with the Content-ID \"%s\" is referred to twice.",
                             text_excerpt(part->id.bytes, part->id.length, excerpt));
    part->used = true;
    mtom->shown = part;
    return S_OK;
}

HRESULT mtom_to_content(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    while (reader->mtom->place == MTOM_LINE || reader->mtom->place == MTOM_PART)
        if ((hr = step(reader, error)) != S_OK)
            return hr;
    return S_OK;
}
