/* SPDX-License-Identifier: MIT */
/*
 * framing_strings.h - the strings of a session, [MC-NBFSE]: names that are sent once, and then by number. Each
 * direction of a session has its own.
 *
 * Before a message in the binary encoding of sessions comes a table of the strings that are new in it:
 *
 *     <size of the table>  { <length> <UTF-8> } ...
 *
 * They are numbered over the whole session, in this order, from 0 on; string n has the id 2n + 1 in the message.
 *
 * The quota is that of WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE. A string costs what it has in the table, its
 * length included; observed on Windows when receiving, and taken for sending too.
 */
#ifndef WS_CHANNEL_PROTOCOL_FRAMING_STRINGS_H
#define WS_CHANNEL_PROTOCOL_FRAMING_STRINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "webservices.h"

/* --- Those that are received --- */

struct framing_strings_in
{
    WS_XML_DICTIONARY dictionary; /* for a reader: what has come so far. It is not constant: more may come. */
    ULONG room;                   /* of its strings */
    ULONG quota, size;            /* what may be received, and has been */
    struct arena arena;           /* their bytes, which do not move */

    /* Where in a table the bytes end that have come. */
    uint32_t table_left; /* of the table */
    uint32_t number;     /* a length of which some bytes have come */
    BYTE number_size;
    bool in_table;      /* the size of the table is known */
    WS_XML_STRING next; /* the string that is coming; bytes NULL: its length is */
    uint32_t next_left;
};

void framing_strings_in_init(struct framing_strings_in *strings, ULONG quota);
/* Forgets them all, for another session, and gives back their memory. */
void framing_strings_in_reset(struct framing_strings_in *strings, ULONG quota);

/*
 * Reads from a table of strings, which may come in pieces: *used of the bytes belong to it, all of them unless *done.
 * After that the next table may be read.
 *
 * WS_E_INVALID_FORMAT: it is not a table, or a string not UTF-8. WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY.
 */
HRESULT framing_strings_read(struct framing_strings_in *strings, const BYTE *bytes, size_t count, size_t *used,
                             bool *done, WS_ERROR *error);

/* --- Those that are sent --- */

struct framing_strings_out
{
    BYTE *bytes;       /* all strings as they are in tables, one after the other; NULL: there are none */
    ULONG size, room;  /* of bytes */
    ULONG sent;        /* how many of the bytes have been sent */
    ULONG quota;       /* of bytes */
    ULONG count;       /* of strings */
    ULONG *places;     /* a hash table: number of the string + 1, or 0; twice as large as `offsets` */
    ULONG *offsets;    /* where in bytes each string begins */
    ULONG offset_room; /* of strings, a power of 2 or 0 */
    bool is_closed;    /* no string is added for now: the table of the message is on its way */
};

void framing_strings_out_init(struct framing_strings_out *strings, ULONG quota);
void framing_strings_out_reset(struct framing_strings_out *strings, ULONG quota);

/*
 * A WS_DYNAMIC_STRING_CALLBACK for a writer, whose state is a struct framing_strings_out. A string gets a number if it
 * is in some dictionary, as the page of WS_ENCODING says, and there is room left in the quota.
 */
HRESULT CALLBACK framing_strings_find(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id,
                                      WS_ERROR *error);

/* The table for the next message: what has not been sent yet. It stays in place until a string is added. */
static inline WS_BYTES framing_strings_unsent(const struct framing_strings_out *strings)
{
    WS_BYTES table = {strings->size - strings->sent, NULL};

    if (table.length)
        table.bytes = strings->bytes + strings->sent;
    return table;
}

/* It is on its way. */
static inline void framing_strings_sent(struct framing_strings_out *strings)
{
    strings->sent = strings->size;
}

#endif
