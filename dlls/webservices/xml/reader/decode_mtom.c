/* SPDX-License-Identifier: MIT */
/*
 * decode_mtom.c - the decoder of MTOM: XML in the root part of a MIME package, in which xop:Include elements stand for
 * the bytes of other parts (XOP 1.0, W3C); see decode_mtom.h.
 *
 * An xop:Include is never shown: in its place there is a text of type BASE64, or several if the bytes do not come at
 * once. Where XOP has no answer, this does what .NET does: an xop:Include may have text beside it, and a part can be
 * referred to only once.
 */
#include "xml/reader/decode_mtom.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "xml/names.h"

#include <string.h>

/* How many bytes in a transfer encoding are decoded at once. */
#define DECODED_AT_ONCE 32768u

/* The most bytes of a text: a length that a ULONG holds, and whole groups of base64. */
#define TEXT_MOST ((size_t)3 << 29)

static const WS_XML_STRING href_name = WS_XML_STRING_VALUE("href");

/* --- What a caller gives --- */

static HRESULT take_string(struct arena *arena, const WS_STRING *string, const char *what, struct mime_text *text,
                           WS_ERROR *error)
{
    size_t length;
    BYTE *bytes;

    if (!string->length)
        return S_OK;
    if (!string->chars)
        return error_report(error, E_INVALIDARG, "The %s of the MTOM encoding has %u characters at NULL.", what,
                            (unsigned)string->length);
    if (!utf16_to_utf8_length(string->chars, string->length, &length))
        return error_report(error, E_INVALIDARG, "The %s of the MTOM encoding is not valid UTF-16.", what);
    if (!(bytes = arena_alloc(arena, length)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the %s of the MTOM encoding.", what);
    utf16_to_utf8(string->chars, string->length, bytes);
    text->bytes = bytes;
    text->length = length;
    return S_OK;
}

/* In a header the start parameter is in angle brackets. */
static void strip_brackets(struct mime_text *id)
{
    if (id->length > 2 && id->bytes[0] == '<' && id->bytes[id->length - 1] == '>')
    {
        id->bytes++;
        id->length -= 2;
    }
}

static HRESULT take_parameters(struct mtom_reader *mtom, const WS_XML_READER_MTOM_ENCODING *encoding, WS_ERROR *error)
{
    struct mime_text boundary = {NULL, 0};
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    if (encoding->readMimeHeader)
    {
        if (encoding->boundary.length || encoding->startInfo.length || encoding->startUri.length)
            return error_report(error, E_INVALIDARG,
                                "The boundary, startInfo and startUri must be empty if the MIME header is to be read.");
        mtom->place = MTOM_HEADER;
        return S_OK;
    }
    if ((hr = take_string(&mtom->strings, &encoding->boundary, "boundary", &boundary, error)) != S_OK ||
        (hr = take_string(&mtom->strings, &encoding->startInfo, "startInfo", &mtom->start_info, error)) != S_OK ||
        (hr = take_string(&mtom->strings, &encoding->startUri, "startUri", &mtom->start, error)) != S_OK)
        return hr;
    if (!mime_set_boundary(&mtom->boundary, boundary))
        return error_report(error, E_INVALIDARG, "The boundary is not one of 1 to %u printable characters: \"%s\".",
                            MIME_BOUNDARY_MAX, text_excerpt(boundary.bytes, boundary.length, excerpt));
    strip_brackets(&mtom->start);
    mtom->place = MTOM_PREAMBLE;
    mtom->at_line = true;
    return S_OK;
}

HRESULT mtom_create(const WS_XML_READER_MTOM_ENCODING *encoding, const struct reader_properties *properties,
                    struct mtom_reader **ret, WS_ERROR *error)
{
    const WS_XML_READER_TEXT_ENCODING *text = (const WS_XML_READER_TEXT_ENCODING *)encoding->textEncoding;
    struct mtom_reader *mtom;
    HRESULT hr;

    if (!text || text->encoding.encodingType != WS_XML_READER_ENCODING_TYPE_TEXT)
        return error_report(error, E_INVALIDARG, "The MTOM encoding has no text encoding for its XML.");
    if (properties->allow_fragment)
        return error_report(error, E_INVALIDARG,
                            "WS_XML_READER_PROPERTY_ALLOW_FRAGMENT cannot be TRUE with the MTOM encoding.");
    if (!(mtom = memory_alloc(sizeof(*mtom), "MTOM readers")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory to read MTOM.");
    memset(mtom, 0, sizeof(*mtom));
    memory_init_arena(&mtom->strings, SIZE_MAX, 0);
    mtom->charset = text->charSet;
    if ((hr = take_parameters(mtom, encoding, error)) != S_OK)
    {
        arena_release(&mtom->strings);
        memory_free(mtom);
        return hr;
    }
    *ret = mtom;
    return S_OK;
}

void mtom_begin(WS_XML_READER *reader, struct mtom_reader *mtom)
{
    reader->mtom = mtom;
    mtom->pos = reader->pos;
    mtom->end = reader->end;
    reader->pos = reader->end = (const BYTE *)"";
    text_begin(reader, mtom->charset);
}

static void mtom_end(WS_XML_READER *reader)
{
    struct mtom_reader *mtom = reader->mtom;

    while (mtom->kept_parts)
        mtom_forget_part(reader, mtom->kept_parts);
    mtom_forget_shown(mtom);
    memory_free(mtom->root.kept.bytes);
    arena_release(&mtom->strings);
    memory_free(mtom);
    reader->mtom = NULL;
}

/* --- The root part --- */

/* A writer sends UTF-16 without a mark, and white space may come before the root element: then the header helps. */
static WS_CHARSET root_charset(const struct mtom_reader *mtom)
{
    const BYTE *bytes = mtom->root.bytes;

    if (mtom->charset == WS_CHARSET_AUTO && mtom->is_utf16 && mtom->root.length >= 2 && !bytes[0] != !bytes[1])
        return bytes[0] ? WS_CHARSET_UTF16LE : WS_CHARSET_UTF16BE;
    return mtom->charset;
}

static HRESULT open_root(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    HRESULT hr;

    if (LIKELY(mtom->root_ready))
        return S_OK;
    if ((hr = mtom_read_root(reader, error)) != S_OK)
        return hr;
    reader->pos = mtom->root.length ? mtom->root.bytes : (const BYTE *)"";
    reader->end = reader->pos + mtom->root.length;
    /* The stream goes on, but what the text decoder reads is all there, and stays where it is. */
    reader->transient = false;
    reader->input.whole = true;
    text_begin(reader, root_charset(mtom));
    mtom->root_ready = true;
    return S_OK;
}

/* --- xop:Include --- */

static bool is_xop(const WS_XML_STRING *ns)
{
    return xml_string_equals(ns, &xml_namespace_xop);
}

static int hex_value(BYTE c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* The Content-ID that a cid: URL means (RFC 2392). */
static HRESULT take_href(WS_XML_READER *reader, const WS_XML_STRING *href, WS_ERROR *error)
{
    static const char scheme[] = "cid:";
    char excerpt[TEXT_EXCERPT_ROOM];
    const BYTE *p = href->bytes, *end = p + href->length;
    BYTE *id, *to;
    size_t i;

    for (i = 0; i < 4 && i < href->length && (p[i] == (BYTE)scheme[i] || (p[i] | 0x20) == scheme[i]); i++)
        ;
    if (i < 4 || href->length == 4)
        return reader_report(reader, WS_E_INVALID_FORMAT, error,
                             "The href of an xop:Include is not a cid: URL: \"%s\".",
                             text_excerpt(href->bytes, href->length, excerpt));
    if (!(id = to = arena_alloc(&reader->mtom->strings, href->length)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a Content-ID of %u bytes.",
                            (unsigned)href->length);
    for (p += 4; p < end; p++)
        if (*p != '%')
            *to++ = *p;
        else if (end - p < 3 || hex_value(p[1]) < 0 || hex_value(p[2]) < 0)
            return reader_report(
                reader, WS_E_INVALID_FORMAT, error,
                "The href of an xop:Include has a \"%%\" without two hexadecimal digits after it: \"%s\".",
                text_excerpt(href->bytes, href->length, excerpt));
        else
        {
            *to++ = (BYTE)(hex_value(p[1]) << 4 | hex_value(p[2]));
            p += 2;
        }
    reader->mtom->wanted.bytes = id;
    reader->mtom->wanted.length = (size_t)(to - id);
    return S_OK;
}

static HRESULT read_attributes(WS_XML_READER *reader, WS_ERROR *error)
{
    const WS_XML_STRING *href = NULL;
    char excerpt[TEXT_EXCERPT_ROOM];
    ULONG i;

    for (i = 0; i < reader->element->shown.attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = reader->element->attributes[i];

        if (attribute->isXmlNs)
            continue;
        if (!attribute->ns->length && xml_string_equals(attribute->localName, &href_name))
            href = &((const WS_XML_UTF8_TEXT *)attribute->value)->value;
        else if (is_xop(attribute->ns))
            return reader_report(reader, WS_E_INVALID_FORMAT, error,
                                 "An xop:Include has an attribute of XOP's namespace: \"%s\".",
                                 text_excerpt(attribute->localName->bytes, attribute->localName->length, excerpt));
    }
    if (!href)
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "An xop:Include has no attribute href.");
    return take_href(reader, href, error);
}

static bool is_at_element(const WS_XML_READER *reader)
{
    return reader->node == &reader->element->shown.node;
}

/* Skips the content of an xop:Include, from its start tag on: it has no meaning. `shown` must remain the node shown. */
static HRESULT pass_include(WS_XML_READER *reader, const WS_XML_NODE *shown, WS_ERROR *error)
{
    size_t depth = reader->scope.depth;
    HRESULT hr;

    do
    {
        /*
         * At an empty element the text decoder must see that, and shows its end; else it must see the node that is to
         * stay.
         */
        if (!is_at_element(reader) || !reader->element->shown.isEmpty)
            reader->node = shown;
        if ((hr = text_next(reader, error)) != S_OK)
            return hr;
        if (is_at_element(reader) && is_xop(reader->element->shown.ns))
            return reader_report(reader, WS_E_INVALID_FORMAT, error,
                                 "An xop:Include contains an element of XOP's namespace.");
    } while (reader->node != &reader_end_element || reader->scope.depth != depth);
    return S_OK;
}

/*
 * Reads an xop:Include, at its start tag, to its end, and leaves its scope. `shown` is the node shown, and stays so
 * after a failure: no node in here is shown.
 */
static HRESULT read_include(WS_XML_READER *reader, const WS_XML_NODE *shown, WS_ERROR *error)
{
    union xml_text text = reader->text;
    WS_XML_COMMENT_NODE comment = reader->comment;
    HRESULT hr;

    if (reader->scope.depth < 2)
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "An xop:Include cannot be the root element.");
    if ((hr = read_attributes(reader, error)) != S_OK)
        return hr;
    hr = pass_include(reader, shown, error);
    reader->text = text;
    reader->comment = comment;
    if (hr != S_OK)
        return hr;
    scope_close(&reader->scope);
    reader->text_state.closing = false;
    reader->mtom->including = true;
    reader->node = shown;
    return S_OK;
}

/* --- Parts --- */

static void show_bytes(WS_XML_READER *reader, const BYTE *bytes, size_t length)
{
    reader->text.base64.text.textType = WS_XML_TEXT_TYPE_BASE64;
    reader->text.base64.bytes = (BYTE *)bytes;
    reader->text.base64.length = (ULONG)length;
    reader->node = &reader->text_node.node;
}

/* The bytes of the part shown that are there, and whether it ends after them. */
static HRESULT look_at_part(WS_XML_READER *reader, const BYTE **bytes, size_t *count, bool *ends, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    struct mtom_part *part = mtom->shown;
    HRESULT hr;

    if (!part->is_here)
    {
        *bytes = part->bytes;
        *count = part->length;
        *ends = true;
        return S_OK;
    }
    if ((hr = mtom_search(reader, error)) != S_OK)
        return hr;
    *bytes = mtom->pos;
    *count = mtom->searched;
    *ends = mtom->ends;
    return S_OK;
}

static void take_from_part(struct mtom_reader *mtom, size_t count)
{
    if (mtom->shown->is_here)
        mtom_take(mtom, count);
    else
    {
        mtom->shown->bytes += count;
        mtom->shown->length -= count;
    }
}

static void end_part(WS_XML_READER *reader)
{
    struct mtom_reader *mtom = reader->mtom;

    if (mtom->shown->is_here)
        mtom_end_content(mtom);
    else
        mtom_forget_part(reader, mtom->shown);
    mtom->shown = NULL;
    mtom->carried_count = 0;
}

/* A piece in a transfer encoding, decoded. S_FALSE: that gives no byte to show. */
static HRESULT decode_piece(WS_XML_READER *reader, const BYTE *bytes, size_t count, bool last, BYTE *decoded,
                            WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    size_t length = mtom->carried_count, written;
    char excerpt[TEXT_EXCERPT_ROOM];

    memcpy(decoded, mtom->carried, length);
    if (!mime_decode(&mtom->decoder, bytes, count, decoded + length, &written) ||
        (last && !mime_decode_end(&mtom->decoder)))
        return error_report(
            error, WS_E_INVALID_FORMAT,
            "The content of the MIME part with the Content-ID \"%s\" does not fit its Content-Transfer-Encoding.",
            text_excerpt(mtom->shown->id.bytes, mtom->shown->id.length, excerpt));
    take_from_part(mtom, count);
    length += written;
    mtom->carried_count = last ? 0 : length % 3;
    length -= mtom->carried_count;
    memcpy(mtom->carried, decoded + length, mtom->carried_count);
    if (!length)
        return S_FALSE;
    show_bytes(reader, decoded, length);
    return S_OK;
}

/* Shows what there is of the part, at its end S_FALSE. */
static HRESULT show_piece(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    BYTE *decoded = NULL;
    const BYTE *bytes;
    size_t count, taken;
    bool ends;
    HRESULT hr;

    do
    {
        if ((hr = look_at_part(reader, &bytes, &count, &ends, error)) != S_OK)
            return hr;
        if (!count && ends && !mtom->decoder.held_count && !mtom->decoder.escape && !mtom->carried_count)
            return S_FALSE;
        if (mtom->decoder.encoding == MIME_AS_IS)
        {
            taken = count < TEXT_MOST ? count : TEXT_MOST;
            if (taken < count || !ends)
                taken -= taken % 3;
            if (!taken)
                return READER_STARVED;
            show_bytes(reader, bytes, taken);
            take_from_part(mtom, taken);
            return S_OK;
        }
        if (!count && !ends)
            return READER_STARVED;
        taken = count < DECODED_AT_ONCE ? count : DECODED_AT_ONCE;
        /* No piece after the first one is larger. */
        if (!decoded && !(decoded = reader_decoded_alloc(reader, sizeof(mtom->carried) + taken + MIME_DECODED_MORE)))
            return error_report(error, E_OUTOFMEMORY, "There is no memory to decode %zu bytes of a MIME part.", taken);
        hr = decode_piece(reader, bytes, taken, ends && taken == count, decoded, error);
    } while (hr == S_FALSE && !(ends && taken == count));
    return hr;
}

/* --- The decoder --- */

static HRESULT find_part(WS_XML_READER *reader, WS_ERROR *error)
{
    struct mtom_reader *mtom = reader->mtom;
    HRESULT hr = mtom_find_part(reader, error);

    if (hr == S_OK)
    {
        mtom->including = false;
        memset(&mtom->decoder, 0, sizeof(mtom->decoder));
        mtom->decoder.encoding = mtom->shown->encoding;
    }
    return hr;
}

static HRESULT next_node(WS_XML_READER *reader, WS_ERROR *error)
{
    const WS_XML_NODE *shown = reader->node;
    struct mtom_reader *mtom = reader->mtom;
    HRESULT hr;

    for (;;)
    {
        if (UNLIKELY(mtom->including) && (hr = find_part(reader, error)) != S_OK)
            return hr;
        if (UNLIKELY(mtom->shown != NULL))
        {
            if ((hr = show_piece(reader, error)) != S_FALSE)
                return hr;
            end_part(reader);
        }
        if ((hr = text_next(reader, error)) != S_OK)
            return hr;
        if (!is_at_element(reader) || !xml_string_equals(&reader->element->name, &xml_local_include) ||
            !is_xop(reader->element->shown.ns))
            return S_OK;
        if ((hr = read_include(reader, shown, error)) != S_OK)
            return hr;
    }
}

static HRESULT mtom_next(WS_XML_READER *reader, WS_ERROR *error)
{
    const WS_XML_NODE *shown = reader->node;
    HRESULT hr = open_root(reader, error);

    if (hr == S_OK)
        hr = next_node(reader, error);
    if (hr != S_OK)
        reader->node = shown;
    else if (UNLIKELY(reader->mtom->still_read != NULL))
        mtom_forget_shown(reader->mtom);
    return hr;
}

HRESULT mtom_filled(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = open_root(reader, error);

    if (hr == S_OK && reader->mtom->including)
        hr = find_part(reader, error);
    if (hr != S_OK)
        return hr;
    /* A next header that is not valid is reported when a part is referred to. */
    return mtom_to_content(reader, NULL) == READER_STARVED ? READER_STARVED : S_OK;
}

size_t mtom_look_ahead(const WS_XML_READER *reader)
{
    return reader->mtom->boundary.length + 3;
}

static HRESULT charset(WS_XML_READER *reader, WS_CHARSET *ret, WS_ERROR *error)
{
    HRESULT hr = open_root(reader, error);

    return hr == S_OK ? reader_text_decoder.charset(reader, ret, error) : hr;
}

/* Lines, columns and moves are those of the root part's window. */
const struct reader_decoder reader_mtom_decoder = {
    .next = mtom_next,
    .charset = charset,
    .location = text_location,
    .location_of = text_location_of,
    .discard = text_discard,
    .moved = text_moved,
    .end = mtom_end,
};
