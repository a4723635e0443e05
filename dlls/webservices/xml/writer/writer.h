/* SPDX-License-Identifier: MIT */
/*
 * writer.h - WS_XML_WRITER: calls in, nodes checked and completed, bytes or a tree out.
 *
 * A writer has two halves. The core (writer.c and the files around it) knows what may be written when, which elements
 * are open, which namespaces are in scope, and what the limits are. An encoder knows the format of one kind of output.
 * It gets nodes that are complete and in order, and checks only what its format cannot represent.
 *
 *     WsWriteStartElement, ...   write_calls.c     the exported functions, but for those named below
 *                                element.c         where an element can stand, its start and its end
 *                                start_tag.c       what is written on the start tag while that is pending
 *                                commit.c          the start tag goes to the encoder
 *                                prefixes.c        prefixes and declarations of a start tag
 *                                entries.c         what is on the start tag so far, by prefix and namespace
 *                                bindings.c        the namespaces in scope
 *                                tag_memory.c      open elements, and what names and start tags are kept in
 *                                fast.h            the fast path of common calls, with fast.c
 *                                pieces.c          values in pieces: what goes with what, and where
 *                                content.c         characters, bytes, CDATA
 *                                whole.c           texts and attributes that come whole; values: write_value.c
 *                                qname.c           qualified names as text
 *                                check.c           arguments, names and characters, before they are written
 *     WsWriteNode, ...           write_node.c      whole nodes and buffers
 *     WsCreateWriter, ...        writer.c          the object and its outputs; writer_properties.c
 *                                state.c           whether it can be used; callbacks
 *     encoders                   encode_text.c     text in UTF-8 and UTF-16, with encode_text_escape.c
 *                                encode_binary.c   binary, with encode_binary_strings.c
 *                                encode_mtom.c     MTOM, in front of text, with encode_mtom_parts.c
 *                                encode_raw.c      bytes as they are
 *                                encode_buffer.c   nodes of an XML buffer
 *     WsMoveWriter, ...          write_position.c  places in an XML buffer, and what is written there
 *     where bytes go             output.c          pieces of memory; to a stream: flush.c
 *     the observer               write_canonical.c canonicalization
 *
 * This header has what the exported functions and other layers call. writer_object.h has what a writer consists of,
 * encoder.h what an encoder implements. check.h, fast.h, output.h, pieces.h, start_tag.h and state.h have what the
 * files call of one another: that of the file with the same name and, in start_tag.h, of all files that work on the
 * pending start tag.
 *
 * The start tag is deferred. WsWriteStartElement, WsWriteStartAttribute and so on only fill in its entries; what comes
 * next commits it: prefixes are chosen, conflicts found, declarations added, which come after the attributes, and the
 * encoder gets the whole element in one call, with isEmpty set if it was WsWriteEndElement that came next. In UTF-8 and
 * in binary most start tags are encoded at once, as fast start tags after the output position; committing one only
 * moves the position past it. See fast.c.
 *
 * All functions make their checks in one order:
 *
 *     1. the handle                   E_INVALIDARG
 *     2. the state                    WS_E_OBJECT_FAULTED; WS_E_INVALID_OPERATION: there is no output, or none that
 *                                     the function is for; the document is complete; a callback or a flush is running
 *     3. the place                    WS_E_INVALID_OPERATION: an attribute or a CDATA section is open, no start tag is,
 *                                     an attribute has another value already; WS_E_INVALID_FORMAT: not allowed
 *                                     outside the root element
 *     4. the arguments                E_INVALIDARG
 *     5. what they contain            all other codes; and those of 3 if only the arguments tell: a text may be white
 *                                     space, the number of bytes or items may be 0, a node may be of any type
 *
 * 3 is for functions that write. Of 2, the functions that set an output check only whether a callback or a flush is
 * running. Observed on Windows: 2 before 4 for functions that write and for WsGetWriterProperty; 3 before 4 for
 * WsWriteQualifiedName. For all others the order is our choice.
 *
 * A failure of anything that writes leaves the writer faulted, as the page of WsCreateWriter says: the output may end
 * in half a node then. Only WsSetOutput, WsSetOutputToBuffer and WsFreeWriter still work. A call that is refused for
 * its arguments (E_INVALIDARG) or the writer's state (WS_E_INVALID_OPERATION) changes nothing, as with readers; nor do
 * functions that only get something, except that BYTES and BUFFERS end what must be ended first.
 */
#ifndef WS_XML_WRITER_WRITER_H
#define WS_XML_WRITER_WRITER_H

#include <stdbool.h>

#include "webservices.h"

struct xml_node;
union xml_text;

/*
 * What the exported functions call, and other layers. Arguments have been checked; each faults the writer when it
 * fails.
 *
 * The functions writer_allows_...() make the checks that do not depend on a call's arguments: the writer's state, and
 * whether an element, an attribute or declaration (`what`: for the sentence), or a value of one piece or of several (of
 * `piece`) is allowed here at all.
 */

/* What an entry of the pending start tag is. */
enum writer_role
{
    ROLE_ATTRIBUTE,
    ROLE_DECLARATION, /* one that the caller wrote, with its prefix */
    ROLE_NAMESPACE,   /* one that the caller wrote without: whether and how it is declared is decided at commit */
    ROLE_NEEDED,      /* one that is added because an entry or the element needs it */
    ROLE_RELIES,      /* a note: a value relies on this prefix */
    ROLE_REACHES,     /* a note: a value needs some prefix for this namespace, this one if that can be */
    ROLE_OFFERED,     /* a note: a value may rely on this prefix */
    ROLE_DROPPED      /* no longer used: a declaration that was there already */
};

/* What has been written into an attribute, which restricts what may follow; and which pieces of text are unfinished. */
enum writer_piece
{
    PIECE_NONE,
    PIECE_CHARS,     /* WsWriteChars */
    PIECE_UTF8,      /* WsWriteCharsUtf8 */
    PIECE_BYTES,     /* WsWriteBytes and the callbacks */
    PIECE_TEXT_UTF8, /* WsWriteText, of these three types */
    PIECE_TEXT_UTF16,
    PIECE_TEXT_BASE64,
    PIECE_SINGLE /* anything that can be written only once */
};

/* --- What is on a start tag: start_tag.c --- */

HRESULT writer_allows_attribute(WS_XML_WRITER *writer, const char *what, WS_ERROR *error);
HRESULT writer_start_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                               const WS_XML_STRING *ns, BOOL single_quote, WS_ERROR *error);
HRESULT writer_end_attribute(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_xmlns(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, BOOL single_quote,
                     WS_ERROR *error);

/* --- Elements and comments: element.c --- */

HRESULT writer_allows_element(WS_XML_WRITER *writer, WS_ERROR *error);
/* Opens an element by the general path: it is not a fast start tag. */
HRESULT writer_start_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                             const WS_XML_STRING *ns, WS_ERROR *error);
/* Notes whether the element whose start tag is pending is written as <a></a> even if it stays empty. */
void writer_keep_open(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node);
HRESULT writer_end_start_element(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_end_element(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_comment(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error);

/* --- Characters, bytes, CDATA: content.c; values: pieces.c --- */

HRESULT writer_allows_value(WS_XML_WRITER *writer, enum writer_piece piece, WS_ERROR *error);
HRESULT writer_chars(WS_XML_WRITER *writer, const WCHAR *chars, size_t count, WS_ERROR *error);
HRESULT writer_utf8(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);
HRESULT writer_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);
HRESULT writer_push_bytes(WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, void *state, WS_ERROR *error);
HRESULT writer_pull_bytes(WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, void *state, WS_ERROR *error);
HRESULT writer_start_cdata(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_end_cdata(WS_XML_WRITER *writer, WS_ERROR *error);

/* --- Qualified names: qname.c --- */

HRESULT writer_qualified_name(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                              const WS_XML_STRING *ns, WS_ERROR *error);
/* A name without a prefix: if none is bound to its namespace, the pending start tag declares one. */
HRESULT writer_needed_name(WS_XML_WRITER *writer, const WS_XML_STRING *local, const WS_XML_STRING *ns, WS_ERROR *error);
/*
 * Notes that the pending start tag, if there is one, is to declare what a value relies on, unless it is in scope.
 * ROLE_OFFERED: the value need not be a qualified name; if the prefix has another meaning, or a limit would be
 * exceeded, nothing is declared. ROLE_RELIES: it is one, with this prefix, on this start tag itself. ROLE_REACHES: it
 * is the first content, and writer_copied_name() or writer_qualified_name() will write it; if necessary another prefix
 * is declared, and the prefix may be NULL: any will do. WS_E_INVALID_OPERATION, and nothing is noted: in an attribute
 * that cannot have such a value.
 */
HRESULT writer_note(WS_XML_WRITER *writer, enum writer_role role, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                    WS_ERROR *error);
HRESULT writer_copied_name(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *name, WS_ERROR *error);

/* --- What comes whole: whole.c, write_value.c, write_node.c --- */

HRESULT writer_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error);
/* A whole attribute of the pending start tag, as if by writer_start_attribute() and so on. */
HRESULT writer_attribute(WS_XML_WRITER *writer, const WS_XML_ATTRIBUTE *given, WS_ERROR *error);
HRESULT writer_value(WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, WS_ERROR *error);
/* The text that holds a value; false: there is none of its type. */
bool writer_value_text(WS_VALUE_TYPE type, const void *value, union xml_text *text);
/*
 * Writes a node. An element whose isEmpty is not set is not written as <a/>, unless COMPRESS_EMPTY_ELEMENTS is; so a
 * copy is faithful. A node from the caller is checked by writer_check_node() first: E_INVALIDARG.
 */
HRESULT writer_node(WS_XML_WRITER *writer, const WS_XML_NODE *node, WS_ERROR *error);
/* Writes all that is in an XML buffer, which is live. WS_E_INVALID_OPERATION: the writer writes to that buffer. */
HRESULT writer_xml_buffer(WS_XML_WRITER *writer, const WS_XML_BUFFER *buffer, WS_ERROR *error);

/*
 * --- The same by the fast path if possible: fast.c ---
 *
 * These are for other layers, and for what the exported functions do; arguments have been checked.
 */
HRESULT writer_open_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                            const WS_XML_STRING *ns, WS_ERROR *error);
HRESULT writer_close_element(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_open_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                              const WS_XML_STRING *ns, WS_ERROR *error);
HRESULT writer_close_attribute(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_put_chars(WS_XML_WRITER *writer, const WCHAR *chars, size_t count, WS_ERROR *error);
HRESULT writer_put_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error);
HRESULT writer_put_value(WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, WS_ERROR *error);

/* --- The object: writer.c, flush.c --- */

HRESULT writer_create(const WS_XML_WRITER_PROPERTY *properties, ULONG count, WS_XML_WRITER **ret, WS_ERROR *error);
void writer_free(WS_XML_WRITER *writer);

/* Takes its output away from a writer that nothing is using. */
void writer_reset(WS_XML_WRITER *writer);
HRESULT writer_set_output(WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding,
                          const WS_XML_WRITER_OUTPUT *output, const WS_XML_WRITER_PROPERTY *properties, ULONG count,
                          WS_ERROR *error);
HRESULT writer_set_output_to_buffer(WS_XML_WRITER *writer, WS_XML_BUFFER *buffer,
                                    const WS_XML_WRITER_PROPERTY *properties, ULONG count, WS_ERROR *error);
/* Moves a writer that has just been set to an XML buffer: what is written goes before this node, which is not the top.
 */
void writer_move_before(WS_XML_WRITER *writer, struct xml_node *place);
/* Whether its output is this XML buffer. */
bool writer_is_into(const WS_XML_WRITER *writer, const WS_XML_BUFFER *buffer);
/* All bytes in one piece, owned by the writer until it gets another output. */
HRESULT writer_get_bytes(WS_XML_WRITER *writer, WS_BYTES *bytes, WS_ERROR *error);
HRESULT writer_flush(WS_XML_WRITER *writer, ULONG min_size, const WS_ASYNC_CONTEXT *async, WS_ERROR *error);

#endif
