/* SPDX-License-Identifier: MIT */
/* encode_mtom.c - the MTOM encoder, in front of the text encoder; see encode_mtom.h. */
#include "xml/writer/encode_mtom.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/platform.h"
#include "base/text.h"
#include "values/base64.h"
#include "xml/value.h"
#include "xml/writer/encode_text.h"
#include "xml/writer/encoder.h"
#include "xml/writer/output.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* The defaults, which are .NET's. */
#define DEFAULT_START      "http://tempuri.org/0"
#define DEFAULT_START_INFO "text/xml"

/* --- What a caller gives --- */

/* A string of printable ASCII, escaped for a quoted string. */
static HRESULT take_string(struct mtom_writer *mtom, const WS_STRING *string, const char *what, const char *refused,
                           struct mime_text *text, WS_ERROR *error)
{
    BYTE *bytes, *to;
    ULONG i;
    WCHAR c;

    if (string->length && !string->chars)
        return error_report(error, E_INVALIDARG,
                            "The characters of the %s of the MTOM encoding are NULL, and its length is %u.", what,
                            (unsigned)string->length);
    if (!(bytes = to = arena_alloc(&mtom->strings, (size_t)string->length * 2)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the %s of the MTOM encoding.", what);
    for (i = 0; i < string->length; i++)
    {
        c = string->chars[i];
        if (c < ' ' || c > 0x7e || strchr(refused, c))
            return error_report(error, E_INVALIDARG, "The %s of the MTOM encoding cannot have the character U+%04X.",
                                what, (unsigned)c);
        if (c == '"' || c == '\\')
            *to++ = '\\';
        *to++ = (BYTE)c;
    }
    text->bytes = bytes;
    text->length = (size_t)(to - bytes);
    return S_OK;
}

/*
 * A boundary that cannot be predicted, so that nobody can put it into content that others write: 128 random bits, in
 * the form of .NET's.
 */
static HRESULT make_boundary(struct mtom_writer *mtom, WS_ERROR *error)
{
    static const char digits[] = "0123456789abcdef";
    BYTE random[16], text[5 + 32 + 5], *to = text + 5;
    size_t i;

    if (!platform_random(random, sizeof(random)))
        return error_report(error, E_FAIL, "The system has no random numbers for a MIME boundary.");
    memcpy(text, "uuid:", 5);
    for (i = 0; i < sizeof(random); i++)
    {
        *to++ = (BYTE)digits[random[i] >> 4];
        *to++ = (BYTE)digits[random[i] & 15];
    }
    memcpy(to, "+id=1", 5);
    mime_set_boundary(&mtom->boundary, (struct mime_text){text, sizeof(text)});
    return S_OK;
}

static HRESULT take_boundary(struct mtom_writer *mtom, const WS_XML_WRITER_MTOM_ENCODING *encoding, WS_ERROR *error)
{
    struct mime_text text;
    HRESULT hr;

    if (!encoding->boundary.length && encoding->writeMimeHeader)
        return make_boundary(mtom, error);
    if ((hr = take_string(mtom, &encoding->boundary, "boundary", "\"\\", &text, error)) != S_OK)
        return hr;
    if (!mime_set_boundary(&mtom->boundary, text))
        return error_report(error, E_INVALIDARG,
                            "The boundary of the MTOM encoding has %u characters, or ends with a space; it must have 1 "
                            "to %u, unless the writer writes the MIME header.",
                            (unsigned)encoding->boundary.length, MIME_BOUNDARY_MAX);
    return S_OK;
}

static HRESULT take_parameters(struct mtom_writer *mtom, const WS_XML_WRITER_MTOM_ENCODING *encoding, WS_ERROR *error)
{
    static const struct mime_text start = {(const BYTE *)DEFAULT_START, sizeof(DEFAULT_START) - 1};
    static const struct mime_text start_info = {(const BYTE *)DEFAULT_START_INFO, sizeof(DEFAULT_START_INFO) - 1};
    WS_STRING uri = encoding->startUri;
    HRESULT hr;

    mtom->start = start;
    mtom->start_info = start_info;
    /* As in the parameter of a header, too. */
    if (uri.length > 2 && uri.chars && uri.chars[0] == '<' && uri.chars[uri.length - 1] == '>')
    {
        uri.chars++;
        uri.length -= 2;
    }
    if ((hr = take_boundary(mtom, encoding, error)) != S_OK ||
        (uri.length && (hr = take_string(mtom, &uri, "startUri", " <>\"\\", &mtom->start, error)) != S_OK))
        return hr;
    return encoding->startInfo.length
               ? take_string(mtom, &encoding->startInfo, "startInfo", "", &mtom->start_info, error)
               : S_OK;
}

HRESULT mtom_writer_create(const WS_XML_WRITER_MTOM_ENCODING *encoding, const struct writer_properties *properties,
                           struct mtom_writer **ret, WS_ERROR *error)
{
    struct mtom_writer *mtom;
    HRESULT hr;

    if (!encoding->textEncoding || encoding->textEncoding->encodingType != WS_XML_WRITER_ENCODING_TYPE_TEXT)
        return error_report(
            error, E_INVALIDARG,
            "The MTOM encoding needs a text encoding for its XML: textEncoding is NULL or of another type.");
    if (properties->allow_fragment)
        return error_report(error, E_INVALIDARG,
                            "WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT cannot be TRUE with the MTOM encoding.");
    if (!(mtom = memory_alloc(sizeof(*mtom), "MTOM writers")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the MTOM encoding.");
    memset(mtom, 0, sizeof(*mtom));
    memory_init_arena(&mtom->strings, SIZE_MAX, 0);
    mtom->write_header = encoding->writeMimeHeader != FALSE;
    mtom->max_inline = encoding->maxInlineByteCount;
    if ((hr = take_parameters(mtom, encoding, error)) != S_OK)
    {
        mtom_writer_free(mtom);
        return hr;
    }
    *ret = mtom;
    return S_OK;
}

void mtom_writer_free(struct mtom_writer *mtom)
{
    if (!mtom)
        return;
    memory_free(mtom->data);
    memory_free(mtom->type);
    memory_free(mtom->items);
    arena_release(&mtom->strings);
    memory_free(mtom);
}

/* --- Bytes that may become a part --- */

/* Drops the last item, which gets no part. */
static void drop_item(struct mtom_writer *mtom)
{
    mtom->used -= mtom->items[--mtom->count].length;
    mtom->pending = MTOM_NOTHING;
}

/* Writes what is pending as base64. */
static HRESULT write_inline(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    const struct mtom_item *item;
    HRESULT hr;

    if (mtom->pending == MTOM_NOTHING)
        return S_OK;
    if ((hr = mtom_materialize(writer, error)) != S_OK)
        return hr;
    item = &mtom->items[mtom->count - 1];
    if (!item->length) /* and perhaps data is NULL */
    {
        drop_item(mtom);
        return S_OK;
    }
    hr = writer_text_encoder.bytes(writer, mtom->data + mtom->used - item->length, item->length, error);
    drop_item(mtom);
    return hr == S_OK ? writer_text_encoder.bytes_end(writer, error) : hr;
}

static HRESULT put_ascii(WS_XML_WRITER *writer, const char *text, WS_ERROR *error)
{
    return writer_put(writer, text, strlen(text), error);
}

/* A Content-ID in a cid: URL: everything but the unreserved characters of RFC 3986, and "@", is escaped. */
static HRESULT put_escaped(WS_XML_WRITER *writer, const BYTE *text, size_t length, WS_ERROR *error)
{
    static const char digits[] = "0123456789ABCDEF";
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; i < length && hr == S_OK; i++)
    {
        BYTE c = text[i], escaped[3] = {'%', (BYTE)digits[c >> 4], (BYTE)digits[c & 15]};

        if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || strchr("-._~@", c))
            hr = writer_put(writer, &c, 1, error);
        else
            hr = writer_put(writer, escaped, 3, error);
    }
    return hr;
}

/* --- The types of parts --- */

/* Keeps the value of a contentType attribute, without white space around it. */
static HRESULT keep_type(struct mtom_writer *mtom, const BYTE *bytes, size_t length, WS_ERROR *error)
{
    text_trim(&bytes, &length);
    if (length > mtom->type_room)
    {
        BYTE *larger = memory_alloc(length, "types of MIME parts");

        if (!larger)
            return error_report(error, E_OUTOFMEMORY, "There is no memory for a contentType of %zu bytes.", length);
        memory_free(mtom->type);
        mtom->type = larger;
        mtom->type_room = length;
    }
    if (length)
        memcpy(mtom->type, bytes, length);
    mtom->type_length = length;
    return S_OK;
}

/* Notes the type of the bytes of an element, in case they become a part: the page of WsWriteBytes. */
static HRESULT note_type(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    const WS_XML_ATTRIBUTE *attribute;
    struct arena arena;
    const BYTE *bytes;
    size_t length;
    HRESULT hr;
    ULONG i;

    mtom->type_length = 0;
    for (i = 0; i < element->attributeCount; i++)
    {
        attribute = element->attributes[i];
        if (attribute->isXmlNs || !xml_string_equals(attribute->localName, &xml_local_content_type) ||
            !xml_string_equals(attribute->ns, &xml_namespace_xmime))
            continue;
        memory_init_arena(&arena, SIZE_MAX, 0);
        if ((hr = text_to_utf8(attribute->value, &arena, &bytes, &length, error)) == S_OK)
            hr = keep_type(mtom, bytes, length, error);
        arena_release(&arena);
        return hr;
    }
    return S_OK;
}

/* The last item is a part: sets its type. A line end in that could inject headers and parts. */
static HRESULT take_type(struct mtom_writer *mtom, WS_ERROR *error)
{
    struct mime_text *type = &mtom->items[mtom->count - 1].type;
    char excerpt[TEXT_EXCERPT_ROOM];
    BYTE *bytes;
    size_t i;

    if (!mtom->type_length)
        return S_OK;
    for (i = 0; i < mtom->type_length; i++)
        if (mtom->type[i] < ' ' || mtom->type[i] > 0x7e)
            return error_report(error, WS_E_INVALID_FORMAT, "The contentType \"%s\" cannot be in a MIME header.",
                                text_excerpt(mtom->type, mtom->type_length, excerpt));
    if (!(bytes = arena_alloc(&mtom->strings, mtom->type_length)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the type of a MIME part.");
    memcpy(bytes, mtom->type, mtom->type_length);
    type->bytes = bytes;
    type->length = mtom->type_length;
    return S_OK;
}

/* The xop:Include that stands for the last item. */
static HRESULT write_include(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    char number[MTOM_NUMBER_ROOM];
    HRESULT hr;

    mtom->pending = MTOM_NOTHING;
    if ((hr = take_type(mtom, error)) != S_OK || (hr = put_ascii(writer, "<xop:Include href=\"cid:", error)) != S_OK ||
        (hr = put_escaped(writer, mtom->start.bytes, mtom->start.length, error)) != S_OK ||
        (hr = put_escaped(writer, (const BYTE *)number, mtom_number(mtom->count, number), error)) != S_OK)
        return hr;
    hr = put_ascii(writer, "\" xmlns:xop=\"" XML_NAMESPACE_XOP "\"/>", error);
    if (hr == S_OK && writer->output.window_is_staging)
        hr = writer_text_drain(writer, error);
    return hr;
}

/* The element ends, and the pending bytes are all that it contains. */
static HRESULT write_pending(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    const struct mtom_item *item;

    if (mtom->pending == MTOM_NOTHING)
        return S_OK;
    item = &mtom->items[mtom->count - 1];
    if (item->push || item->pull || item->length > mtom->max_inline)
        return write_include(writer, error);
    return write_inline(writer, error);
}

/* Whether what comes next can become a part. */
static bool may_begin_item(const WS_XML_WRITER *writer)
{
    const struct mtom_writer *mtom = mtom_of(writer);

    return mtom->at_start && writer->inside != INSIDE_CDATA && mtom->pending == MTOM_NOTHING;
}

static HRESULT begin_item(WS_XML_WRITER *writer, struct mtom_item item, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    HRESULT hr = mtom_add_item(writer, item, error);

    if (hr != S_OK)
        return hr;
    mtom->at_start = false;
    mtom->pending = MTOM_GATHERING;
    return S_OK;
}

/* Whether more bytes continue those before: their base64 is joined, as in records of the binary encoding. */
static bool goes_on(const WS_XML_WRITER *writer)
{
    const struct mtom_writer *mtom = mtom_of(writer);
    const struct mtom_item *item = mtom->count ? &mtom->items[mtom->count - 1] : NULL;

    return mtom->pending == MTOM_GATHERED && !item->push && !item->pull && item->length % 3 == 0;
}

static HRESULT mtom_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);
    HRESULT hr;

    if (goes_on(writer))
        mtom->pending = MTOM_GATHERING;
    if (may_begin_item(writer) && (hr = begin_item(writer, (struct mtom_item){.length = 0}, error)) != S_OK)
        return hr;
    if (mtom->pending == MTOM_GATHERING)
    {
        hr = mtom_materialize(writer, error);
        return hr == S_OK ? mtom_gather(writer, bytes, count, error) : hr;
    }
    if ((hr = write_inline(writer, error)) != S_OK)
        return hr;
    mtom->at_start = false;
    return writer_text_encoder.bytes(writer, bytes, count, error);
}

static HRESULT mtom_bytes_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct mtom_writer *mtom = mtom_of(writer);

    if (mtom->pending != MTOM_GATHERING)
        return writer_text_encoder.bytes_end(writer, error);
    mtom->pending = MTOM_GATHERED;
    return S_OK;
}

/* Puts a callback off; S_FALSE: it is to be called at once. */
static HRESULT put_off(WS_XML_WRITER *writer, struct mtom_item item, WS_ERROR *error)
{
    HRESULT hr;

    if (!may_begin_item(writer))
        return S_FALSE;
    if ((hr = begin_item(writer, item, error)) == S_OK)
        writer->piece = PIECE_BYTES;
    return hr;
}

static HRESULT mtom_push(WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, void *state, WS_ERROR *error)
{
    return put_off(writer, (struct mtom_item){.push = callback, .state = state}, error);
}

static HRESULT mtom_pull(WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, void *state, WS_ERROR *error)
{
    return put_off(writer, (struct mtom_item){.pull = callback, .state = state}, error);
}

/* --- The rest goes to the text encoder --- */

static HRESULT mtom_begin(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = mtom_write_header(writer, error);

    return hr == S_OK ? writer_text_encoder.begin(writer, error) : hr;
}

/*
 * A document that has xop:Include elements of its own cannot be written: readers would take them for ours, and could be
 * made to see a part where its author cannot have meant one.
 */
static COLD HRESULT include_of_caller(WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT,
                        "An element Include of the namespace " XML_NAMESPACE_XOP
                        " cannot be written in the MTOM encoding.");
}

static HRESULT mtom_element_start(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    HRESULT hr = write_inline(writer, error);

    if (UNLIKELY(xml_string_equals(element->localName, &xml_local_include)) &&
        xml_string_equals(element->ns, &xml_namespace_xop))
        return include_of_caller(error);
    if (hr == S_OK && (hr = note_type(writer, element, error)) == S_OK)
        hr = writer_text_encoder.element_start(writer, element, error);
    mtom_of(writer)->at_start = true;
    return hr;
}

static HRESULT mtom_element_end(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error)
{
    HRESULT hr = write_pending(writer, error);

    mtom_of(writer)->at_start = false;
    return hr == S_OK ? writer_text_encoder.element_end(writer, is_empty, error) : hr;
}

static HRESULT mtom_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_BASE64 && base64->length && (may_begin_item(writer) || goes_on(writer)))
    {
        hr = mtom_bytes(writer, base64->bytes, base64->length, error);
        return hr == S_OK ? mtom_bytes_end(writer, error) : hr;
    }
    hr = write_inline(writer, error);
    mtom_of(writer)->at_start = false;
    return hr == S_OK ? writer_text_encoder.text(writer, text, error) : hr;
}

static HRESULT mtom_comment(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error)
{
    HRESULT hr = write_inline(writer, error);

    mtom_of(writer)->at_start = false;
    return hr == S_OK ? writer_text_encoder.comment(writer, value, error) : hr;
}

static HRESULT mtom_cdata_start(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = write_inline(writer, error);

    mtom_of(writer)->at_start = false;
    return hr == S_OK ? writer_text_encoder.cdata_start(writer, error) : hr;
}

static HRESULT mtom_cdata_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return writer_text_encoder.cdata_end(writer, error);
}

/* With the pending bytes, as write_pending() writes them; the parts close no element. */
static size_t mtom_bytes_to_close(const WS_XML_WRITER *writer)
{
    const struct mtom_writer *mtom = mtom_of(writer);
    size_t size = writer_text_encoder.bytes_to_close(writer), more;
    const struct mtom_item *item;

    if (mtom->pending == MTOM_NOTHING)
        return size;
    item = &mtom->items[mtom->count - 1];
    if (item->push || item->pull || item->length > mtom->max_inline)
        more = 76 + 3 * (mtom->start.length + MTOM_NUMBER_ROOM);
    else
        more = BASE64_LENGTH(item->length);
    return size + (writer->charset == WS_CHARSET_UTF8 ? more : more * 2);
}

static HRESULT mtom_finish(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if (!writer->root_written)
        return S_OK;
    if ((hr = mtom_check_root(writer, error)) == S_OK && (hr = mtom_write_parts(writer, error)) == S_OK)
        writer->state = WRITER_FINISHED;
    return hr;
}

static HRESULT mtom_flushing(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer->state == WRITER_FINISHED ? S_OK : mtom_check_root(writer, error);

    mtom_of(writer)->checked = 0;
    return hr;
}

static void mtom_free(WS_XML_WRITER *writer)
{
    mtom_writer_free(mtom_of(writer));
    writer->encoder_state = NULL;
}

const struct writer_encoder writer_mtom_encoder = {
    .name = "MTOM",
    .is_package = true,
    .begin = mtom_begin,
    .element_start = mtom_element_start,
    .element_end = mtom_element_end,
    .text = mtom_text,
    .bytes = mtom_bytes,
    .bytes_end = mtom_bytes_end,
    .push_bytes = mtom_push,
    .pull_bytes = mtom_pull,
    .comment = mtom_comment,
    .cdata_start = mtom_cdata_start,
    .cdata_end = mtom_cdata_end,
    .finish = mtom_finish,
    .flushing = mtom_flushing,
    .bytes_to_close = mtom_bytes_to_close,
    .release = mtom_free,
};
