/* SPDX-License-Identifier: MIT */
/*
 * decode_mtom.h - the decoder of MTOM: what its two files share. decode_mtom_package.c takes the MIME package apart,
 * decode_mtom.c has the text decoder read the root part and shows parts in place of xop:Include elements.
 *
 * There are two windows. pos .. end here are the unread bytes of the package; the reader's own are those of the root
 * part, which is XML. That is read when all of it is there, because what it refers to follows it: of a stream, the root
 * part is kept in memory (STREAM_MAX_ROOT_MIME_PART_SIZE). A part that comes next when an xop:Include asks for it is
 * shown as it comes; parts that are skipped on the way to another one are kept too, within the same limit. If the input
 * is a buffer, nothing is kept: the parts are in it.
 *
 * WsFillReader, of a stream: the first call reads the whole root part and the header of the next part, whatever minSize
 * is; each call reads on through a header where a part has ended. minSize counts the bytes of parts after that.
 */
#ifndef WS_XML_READER_DECODE_MTOM_H
#define WS_XML_READER_DECODE_MTOM_H

#include "xml/mime.h"
#include "xml/reader/decoder.h"

/* How parts are found by their identifiers. */
#define MTOM_BUCKETS 1024u

struct mtom_part
{
    struct mtom_part *next; /* in its bucket */
    struct mime_text id;
    uint32_t hash;
    enum mime_encoding encoding;
    bool used;         /* it has been referred to */
    bool is_here;      /* its bytes are the next ones of the package, and end where a boundary is found */
    const BYTE *bytes; /* else: here, as many as have not been shown */
    size_t length;
    struct reader_bytes kept; /* what they are in, of a stream, */
    size_t kept_size;         /* all of them */
    struct mtom_part *next_kept;
    struct mtom_part **kept_link; /* what points to this one in the list of those */
};

/* What the package's next bytes are. */
enum mtom_place
{
    MTOM_HEADER,   /* the header of the whole message */
    MTOM_PREAMBLE, /* what is before the first boundary */
    MTOM_LINE,     /* the rest of a boundary's line */
    MTOM_PART,     /* the header of a part */
    MTOM_CONTENT,  /* the content of a part */
    MTOM_EPILOGUE  /* what follows the last boundary */
};

struct mtom_reader
{
    const BYTE *pos, *end;
    enum mtom_place place;
    size_t searched; /* how many bytes of the window are known to be before what ends the place */
    bool ends;       /* and that after it the boundary begins */
    bool at_line;    /* a boundary can be here without the line end that usually begins it */
    ULONG part_count;
    struct mime_boundary boundary;
    struct mime_text start, start_info;
    WS_CHARSET charset; /* as given for the root part */
    bool is_utf16;      /* its header says so, without a byte order */

    /* The root part: its header has been read; all of it is there; the text decoder is at its beginning. */
    bool root_found, root_whole, root_ready;
    struct mtom_part root;
    struct mtom_part *part; /* at MTOM_CONTENT: NULL if nothing can refer to it */
    struct mtom_part **buckets;
    struct mtom_part *kept_parts;
    size_t kept;      /* bytes of a stream that are kept */
    BYTE *still_read; /* those of a part that only the node shown still needs; NULL: none */

    /* An xop:Include. */
    bool including;          /* its part is being looked for */
    struct mime_text wanted; /* by this identifier */
    struct mtom_part *shown; /* or is shown */
    struct mime_decoder decoder;
    BYTE carried[2]; /* decoded, but not shown yet, because all texts but the last are whole groups of base64 */
    unsigned carried_count;

    struct arena strings;
};

/* Checks an encoding that is given to WsSetInput and makes what reads it. E_INVALIDARG, E_OUTOFMEMORY. */
HRESULT mtom_create(const WS_XML_READER_MTOM_ENCODING *encoding, const struct reader_properties *properties,
                    struct mtom_reader **ret, WS_ERROR *error);

/* Puts a reader, whose window is the package, at the beginning. */
void mtom_begin(WS_XML_READER *reader, struct mtom_reader *mtom);

/*
 * For WsFillReader: what is to be done before it returns. READER_STARVED: more of the stream is needed for it.
 */
HRESULT mtom_filled(WS_XML_READER *reader, WS_ERROR *error);

/* How many bytes more than it is asked for WsFillReader should buffer, so that as many of a part can be shown. */
size_t mtom_look_ahead(const WS_XML_READER *reader);

/* --- Within the decoder: decode_mtom_package.c --- */

/* Goes on until the root part is whole: mtom->root. READER_STARVED, or a failure. */
HRESULT mtom_read_root(WS_XML_READER *reader, WS_ERROR *error);

/* Goes on until the part that is wanted is known: mtom->shown. */
HRESULT mtom_find_part(WS_XML_READER *reader, WS_ERROR *error);

/* Goes past the header of the next part, or to the end. */
HRESULT mtom_to_content(WS_XML_READER *reader, WS_ERROR *error);

/*
 * Finds how far the content goes: mtom->searched bytes of the window are content, and all that is left of it if
 * mtom->ends. WS_E_INVALID_FORMAT at the end of the package.
 */
HRESULT mtom_search(WS_XML_READER *reader, WS_ERROR *error);

/* Takes some of it. */
static inline void mtom_take(struct mtom_reader *mtom, size_t count)
{
    mtom->pos += count;
    mtom->searched -= count;
}

/* All of it has been taken, up to the boundary. */
void mtom_end_content(struct mtom_reader *mtom);

/*
 * What is kept of a part is not needed any more. The memory of the first one stays until mtom_forget_shown(): the node
 * shown may point into it.
 */
void mtom_forget_part(WS_XML_READER *reader, struct mtom_part *part);
void mtom_forget_shown(struct mtom_reader *mtom);

/* WS_E_INVALID_FORMAT in a sentence that begins with the part's number. */
HRESULT mtom_fail(WS_XML_READER *reader, WS_ERROR *error, const char *format, ...) COLD PRINTF_LIKE(3, 4);

#endif
