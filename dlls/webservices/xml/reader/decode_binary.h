/* SPDX-License-Identifier: MIT */
/*
 * decode_binary.h - the decoder of the binary encoding: what it keeps in a reader. What its files share is in
 * decode_binary_cursor.h.
 *
 * Everything in a document is checked: names are NCNames, characters are those of XML, numbers are in range, strings
 * are in their dictionaries. So whatever the reader shows can be written as text.
 */
#ifndef WS_XML_READER_DECODE_BINARY_H
#define WS_XML_READER_DECODE_BINARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

/* What comes next. */
enum binary_place
{
    BINARY_RECORD,     /* a record */
    BINARY_END,        /* the end of the element: the text shown was a ...WithEndElement record */
    BINARY_TEXT,       /* the rest of a text that is shown in pieces */
    BINARY_LIST,       /* the rest of a list that is shown in pieces */
    BINARY_ARRAY,      /* the next element of an array */
    BINARY_ARRAY_VALUE /* the value of an array's element, whose start is shown */
};

struct binary_state
{
    enum binary_place place;
    bool closing; /* the END_ELEMENT shown is to be closed */
    bool final;   /* the window is all there will be */
    bool qnames;  /* attributes of the element being read have values that are QNames */
    const WS_XML_DICTIONARY *static_dictionary, *dynamic_dictionary; /* NULL: there is none */
    ULONGLONG offset;                                                /* of reader->pos in the document */

    /* At BINARY_TEXT. */
    BYTE text_record;
    uint32_t text_left; /* bytes */

    /* At BINARY_LIST. */
    bool separate; /* a space comes before the next piece */

    /* An array: what its elements look like, and how many there are still to come. */
    BYTE array_record;
    uint32_t array_left;
    bool array_checked; /* the element's names and values are known to be valid */
    const BYTE *array_element;
    size_t array_element_length;
    BYTE *array_copy; /* memory for array_element, where the window does not stay; ARRAY_ELEMENT_MAX bytes */
};

/* Prepares to read from the reader's window. */
void binary_begin(WS_XML_READER *reader, const WS_XML_READER_BINARY_ENCODING *encoding);

/* Frees what the decoder keeps beside the reader's own memory. */
void binary_release(WS_XML_READER *reader);

#endif
