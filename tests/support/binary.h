/* SPDX-License-Identifier: MIT */
/*
 * binary.h - for tests of the binary encoding: documents in hexadecimal digits, readers and writers of them.
 *
 * All have the same two dictionaries of DICTIONARY_SIZE strings: the static one is that of the specification's
 * examples, where string n is "str" and twice n; the dynamic one has "dyn" and n.
 */
#ifndef WS_BINARY_TEST_H
#define WS_BINARY_TEST_H

#include "support/binary-examples.h"
#include "support/reader.h"

#define DICTIONARY_SIZE 500
WS_XML_DICTIONARY *dictionary_of(const char *prefix, unsigned factor); /* ("str", 2) or ("dyn", 1) */

struct source
{
    WS_XML_READER *reader;
    WS_ERROR *error;
    struct stream stream;
};

ULONG from_hex(const char *hex, BYTE *bytes);

/* Sets the reader to a document, or fragments; `piece`: a stream of pieces of that size, or 0. */
void open_bytes(struct source *source, const BYTE *bytes, ULONG length, ULONG piece, BOOL fragment);
void open_hex(struct source *source, const char *hex, ULONG piece, BOOL fragment);
void close_source(struct source *source);

/* The next node, or text, of the document; fails the test if it is of another type. */
const void *expect_node(struct source *source, WS_XML_NODE_TYPE type);
const WS_XML_TEXT *next_text(struct source *source, WS_XML_TEXT_TYPE type);

/* Sets a writer to text, or to binary with the static dictionary and a callback; in both cases to fragments. */
void set_output_as(WS_XML_WRITER *writer, bool binary, WS_DYNAMIC_STRING_CALLBACK callback, void *state);
WS_XML_WRITER *create_writer_as(bool binary);
WS_BYTES written(WS_XML_WRITER *writer);
void expect_written(WS_XML_WRITER *writer, const char *hex, const char *what);
void expect_text(WS_XML_WRITER *writer, const char *text, const char *what);

/* Writes all nodes of a reader (to nowhere, if the writer is NULL); returns how that ended. */
HRESULT copy_nodes(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_ERROR *error);

#endif
