/* SPDX-License-Identifier: MIT */
/*
 * xml-stdio.h - what the XML demos share: a reader that streams from standard input, a writer that streams to standard
 * output, and how an error object is shown.
 */
#ifndef DEMOS_XML_STDIO_H
#define DEMOS_XML_STDIO_H

#include <windows.h>

#include "webservices.h"

/* The deepest document that the demos read. */
#define MAX_DEPTH 1000

/* The longest start tag or comment that they read for sure; longer texts come in pieces. */
#define MAX_NODE (256 * 1024)

/* The buffer of the stream, and so the longest start tag or comment that they may read if it comes in large pieces. */
#define BUFFER_SIZE (1024 * 1024)

/* What the demos do not read, for their usage. */
#define REFUSED \
    "\nRefused are document types (<!DOCTYPE), processing instructions, more than 1000 levels of elements, and a\n" \
    "single start tag or comment that is too long: 256 KB always pass, more than 1 MB never do. Texts may have any\n" \
    "length.\n"

/* A reader of standard input: of text in the charset that it is found to be in, or of the binary encoding. */
HRESULT open_stdin(BOOL is_binary, WS_XML_READER **reader, WS_ERROR *error);

/* A writer to standard output: of text in UTF-8 with a declaration and empty elements as <a/>, or of binary. */
HRESULT open_stdout(BOOL is_binary, WS_XML_WRITER **writer, WS_ERROR *error);

/* Reads the next node. What it shows stays valid until the next call. */
HRESULT next_node(WS_XML_READER *reader, const WS_XML_NODE **node, WS_ERROR *error);

/* Lets what was written go to standard output as soon as it is worth a call; or all of it. */
HRESULT flush_some(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT flush_all(WS_XML_WRITER *writer, WS_ERROR *error);

/* Prints what went wrong to standard error: the newest sentence first. */
void print_error(const char *program, HRESULT hr, WS_ERROR *error);

/* Prints to standard error how much memory the process has used at most. */
void print_peak_memory(void);

/* Whether a text is white space only, as far as it is of a type that could be. */
BOOL is_white_space(const WS_XML_TEXT *text);

#endif
