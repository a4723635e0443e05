/* SPDX-License-Identifier: MIT */
/*
 * reader.h - for tests of readers: the nodes of a document written as one line of text, which is easy to compare.
 *
 *     <p:a{urn:x} xmlns:p="urn:x" b="1" p:c{urn:x}="2">   a start element; {} only with a namespace; "/>" if isEmpty
 *     </>          an end element
 *     'text'       a text, with ' LF CR TAB written as \' \n \r \t
 *     #comment#    a comment
 *     [ ]          the start and the end of a CDATA section
 *     $            the end
 */
#ifndef WS_SUPPORT_READER_H
#define WS_SUPPORT_READER_H

#include "support/errors.h"
#include "support/heap.h"
#include "support/stream.h"
#include "support/strings.h"

struct dump
{
    char text[16384];
    size_t length;
    bool in_text;
};

/* Adds a node; texts that follow one another become one. */
void dump_node(struct dump *dump, const WS_XML_NODE *node);

/* Ends the text that is being added, if one is. */
void dump_end_text(struct dump *dump);

WS_XML_READER *create_reader(void);

/* Sets a reader to text in memory. */
void set_text(WS_XML_READER *reader, const void *bytes, size_t length);
void set_text_string(WS_XML_READER *reader, const char *text);

/* As that, with one property of 4 bytes. */
void set_text_with(WS_XML_READER *reader, const char *text, WS_XML_READER_PROPERTY_ID id, ULONG value);

/* Reads to the end, or to a failure, and writes the nodes passed. */
HRESULT read_all(WS_XML_READER *reader, struct dump *dump, WS_ERROR *error);

void set_stream(WS_XML_READER *reader, struct stream *stream, ULONG buffer_size, WS_CHARSET charset);

/* UTF-16 of valid UTF-8; returns its length in bytes. */
size_t to_utf16(const char *text, size_t length, bool big_endian, bool mark, BYTE *bytes);

/* Goes to the next node, and checks what it is. */
const WS_XML_NODE *next_node(WS_XML_READER *reader, WS_XML_NODE_TYPE type);
const WS_XML_NODE *current_node(WS_XML_READER *reader);
WS_XML_NODE_TYPE current_type(WS_XML_READER *reader);

/* The text of the node that the reader is at. */
bool text_is(WS_XML_READER *reader, const char *text);

#endif
