/* SPDX-License-Identifier: MIT */
/*
 * encode_mtom.h - the MTOM encoder: what its two files share. encode_mtom.c has the text encoder write the root part,
 * and decides what becomes a part of its own; encode_mtom_parts.c keeps those, and writes them when the document is
 * complete.
 *
 * XOP replaces bytes only if they are all that an element contains. So what is written right after a start tag is kept
 * until the next call shows whether it is all (then a part, if it is larger than maxInlineByteCount) or not (then
 * base64). As long as it could become a part, it counts against MAX_MIME_PARTS_BUFFER_SIZE. The callbacks of
 * WsPushBytes and WsPullBytes are called when their parts are written, and then nothing is kept.
 */
#ifndef WS_XML_WRITER_ENCODE_MTOM_H
#define WS_XML_WRITER_ENCODE_MTOM_H

#include "base/arena.h"
#include "xml/mime.h"
#include "xml/writer/writer_object.h"

/* The bytes of an element, which are or may become a part. */
struct mtom_item
{
    size_t length; /* in mtom->data, after those of the item before */
    WS_PUSH_BYTES_CALLBACK push;
    WS_PULL_BYTES_CALLBACK pull;
    void *state;           /* of either callback */
    struct mime_text type; /* the part's Content-Type; empty: bytes of any kind */
};

enum mtom_pending
{
    MTOM_NOTHING,
    MTOM_GATHERING, /* the last item, which may go on */
    MTOM_GATHERED   /* ... not any more */
};

struct mtom_writer
{
    bool write_header;
    ULONG max_inline;
    struct mime_boundary boundary;
    struct mime_text start, start_info; /* the first needs no escapes in a quoted string */

    /* The root part: how much of the output has been searched for the boundary, and how much of one was at its end. */
    size_t checked, root_matched;

    bool at_start; /* nothing has been written after a start tag */
    bool in_cdata;
    /* The contentType attribute of that start tag: the type of a part with the content of the element. */
    BYTE *type;
    size_t type_length, type_room;
    enum mtom_pending pending;
    BYTE *data;
    size_t used, room;
    struct mtom_item *items;
    size_t count, item_room;

    /* While the parts are written, or a callback delivers bytes. */
    bool pushing, writing;
    HRESULT push_result;
    size_t matched; /* how much of a boundary is at the end of the part so far */
    struct arena strings;
};

static inline struct mtom_writer *mtom_of(const WS_XML_WRITER *writer)
{
    return writer->encoder_state;
}

/* Checks an encoding that is given to WsSetOutput, and makes what the encoder keeps. E_INVALIDARG, E_OUTOFMEMORY. */
HRESULT mtom_writer_create(const WS_XML_WRITER_MTOM_ENCODING *encoding, const struct writer_properties *properties,
                           struct mtom_writer **ret, WS_ERROR *error);
void mtom_writer_free(struct mtom_writer *mtom);

/* --- Within the encoder: encode_mtom_parts.c --- */

/* A new item, the last one. */
HRESULT mtom_add_item(WS_XML_WRITER *writer, struct mtom_item item, WS_ERROR *error);

/* More bytes of the last item. WS_E_QUOTA_EXCEEDED: MAX_MIME_PARTS_BUFFER_SIZE. */
HRESULT mtom_gather(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);

/* Has the last item's callback deliver its bytes now. */
HRESULT mtom_materialize(WS_XML_WRITER *writer, WS_ERROR *error);

/* The Content-ID of an item, as text that lives as long as `room`; returns its length. */
#define MTOM_NUMBER_ROOM 24u
size_t mtom_number(size_t index, char room[MTOM_NUMBER_ROOM]);

/*
 * Searches what was added to the root part since the last time for the boundary: it can be in a CDATA section, or in
 * the bytes of other characters in UTF-16. WS_E_INVALID_FORMAT.
 */
HRESULT mtom_check_root(WS_XML_WRITER *writer, WS_ERROR *error);

/* The header of the message and that of the root part; the parts and the end. Not through the text encoder. */
HRESULT mtom_write_header(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT mtom_write_parts(WS_XML_WRITER *writer, WS_ERROR *error);

#endif
