/* SPDX-License-Identifier: MIT */
/*
 * input.h - where a reader's window comes from: its buffers, and the conversion of UTF-16 (input.c); streams
 * (read_fill.c).
 */
#ifndef WS_XML_READER_INPUT_H
#define WS_XML_READER_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "webservices.h"

/* Bytes in memory of the reader's own. */
struct reader_bytes
{
    BYTE *bytes;
    size_t room;
};

struct reader_input
{
    WS_READ_CALLBACK callback; /* NULL: the document is in memory, all of it in the window */
    void *callback_state;
    bool ended; /* the stream is at its end */
    bool whole; /* the window is all of the document, though it is in a stream (MTOM) */

    struct reader_bytes buffer; /* of a stream: the window (of UTF-16: the raw one) is in it */
    struct reader_bytes shown;  /* the buffer that the node shown points into, if that is another one by now */
    struct reader_bytes spare;  /* for the next change of buffers */

    /* UTF-16. The window is in utf8 then, and these are the bytes not yet converted. */
    bool utf16, big_endian, invalid; /* invalid: the next character is not valid UTF-16 */
    const BYTE *raw, *raw_end;
    struct reader_bytes utf8;

    /* An asynchronous WsFillReader. */
    size_t fill_target;
    bool fill_pending; /* the reader was READER_PENDING, and is to be so again */
    ULONG fill_offered, fill_actual;
    WS_ASYNC_CONTEXT fill_context;
    WS_ERROR *fill_error;
    ULONG fill_mark; /* how many sentences there were before the callback */
};

/*
 * Makes the window larger: converts more UTF-16. S_FALSE: there is no more, and never will be; READER_STARVED: the
 * stream must be filled first; else a failure. The window may move.
 */
HRESULT reader_pull(WS_XML_READER *reader, WS_ERROR *error);

/* Whether reader_pull() would make the window larger. */
bool reader_can_pull(const WS_XML_READER *reader);

/* From here on the window is UTF-16, which is to be converted. */
void reader_begin_utf16(WS_XML_READER *reader, bool big_endian);

/* Memory for at least `size` bytes: the spare, or new. Takes it back, as the spare or for good. */
bool reader_take_bytes(WS_XML_READER *reader, size_t size, struct reader_bytes *bytes);
void reader_give_bytes(WS_XML_READER *reader, struct reader_bytes *bytes);

void reader_forget_shown(WS_XML_READER *reader);

/* Whether the node shown may point into the buffer that the window is in. */
bool reader_shows_window(const WS_XML_READER *reader);

/* Frees the buffers that are larger than the properties allow to keep; or all. */
void reader_trim_input(WS_XML_READER *reader);
void reader_release_input(WS_XML_READER *reader);

#endif
