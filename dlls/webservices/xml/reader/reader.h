/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * reader.h - WS_XML_READER: a cursor over the nodes of an XML document. This header has the rules that hold for all of
 * it, and what other folders call; object.h has what a reader consists of, for the files of this folder.
 *
 * Data flows through a reader in one direction:
 *
 *     bytes            input.c: a buffer that the caller keeps, with the conversion of UTF-16 into UTF-8;
 *       |              read_fill.c: a stream that WsFillReader reads from
 *     window           pos .. end: the unread bytes
 *       |
 *     decoder          one for each encoding: decode_text.c, decode_binary.c, decode_mtom.c, decode_raw.c;
 *       |              for XML buffers, which have neither bytes nor a window: decode_tree.c
 *     node             shown_node.c: the node shown, made of what the decoder found; names are resolved in scope.c
 *       |
 *     cursor           cursor.c: how calls begin and end, and the move from node to node; text_position.c: from text to
 *       |              text, and what is left of one; reader.c: the object, in which all of this is kept
 *     moves, values    read_move.c, read_attribute.c, read_content.c, read_value.c, read_buffer.c: what the
 *                      exported functions do with nodes; read_canonical.c: the canonical form of those they leave;
 *                      read_whole.c: all text or bytes of a content; read_state.c: properties, and the node;
 *                      read_position.c: positions in an XML buffer
 *
 * No two of these files depend on each other, directly or through others: tests/shape/layers.sh checks that. The cursor
 * calls the decoders (decoder.h) and canonicalization (struct reader_observer) only through pointers.
 *
 * The strings of a node point into the window wherever the document's bytes can be used as they are. They stay valid
 * until the reader advances; filling it does not advance it: see reader_fill().
 *
 * All functions make their checks in one order:
 *
 *     1. the reader                   E_INVALIDARG
 *     2. a heap                       E_INVALIDARG
 *     3. the state                    WS_E_OBJECT_FAULTED; WS_E_INVALID_OPERATION: there is no input, or none that
 *                                     the function is for; the node has been removed; a fill or a callback is running
 *     4. the place                    WS_E_INVALID_OPERATION: an attribute is open, or not; the reader is not at a
 *                                     start element. E_FAIL, by WsReadXmlBuffer: the reader is at another node than BOF
 *                                     or an element, which it also is without input
 *     5. the arguments                E_INVALIDARG
 *     6. the document                 all other codes, also when the next node is not the one to be read
 *
 * Observed on Windows: 2 before 3 for WsReadQualifiedName and WsReadXmlBuffer, 3 before 5 for WsReadQualifiedName and
 * for those that read text in pieces, 4 before 5 for WsReadXmlBuffer. For all others the order is our choice. Of 3, the
 * functions that set an input, and WsGetReaderNode, check only whether a fill or a callback is running.
 *
 * Failures. An operation that fails on the document leaves the reader faulted: every later call returns
 * WS_E_OBJECT_FAULTED until an input is set again, except WsGetReaderNode, which still returns the last node that was
 * read without error. A call that is refused (1 to 5) changes nothing.
 *
 * Streams. A reader never reads from a stream by itself, only in WsFillReader. An operation that needs more than has
 * been buffered fails with WS_E_QUOTA_EXCEEDED, as documented. But functions that have done their work and only have to
 * move on to the next node (WsReadStartElement, WsReadEndElement, WsSkipNode) leave that to the next call when the
 * bytes are not there yet (READER_PENDING): so a stream can be processed item by item, with a WsFillReader before each.
 */
/* clang-format on */
#ifndef WS_XML_READER_READER_H
#define WS_XML_READER_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "webservices.h"

struct xml_node;

/*
 * Returned by a decoder or the input when the window ends too early and the stream has more. It never leaves the
 * library: reader_finish() turns it into WS_E_QUOTA_EXCEEDED. The decoder has not moved then: it can be called again.
 */
#define READER_STARVED ((HRESULT)0x003d0001)

/* --- The object: reader.c, decode_tree.c --- */

/* As WsCreateReader() and, for a live reader, WsFreeReader(). */
HRESULT reader_create(const WS_XML_READER_PROPERTY *given, ULONG count, WS_XML_READER **ret, WS_ERROR *error);
void reader_free(WS_XML_READER *reader);

/* As WsSetInput(). */
HRESULT reader_set_input(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                         const WS_XML_READER_INPUT *input, const WS_XML_READER_PROPERTY *given, ULONG count,
                         WS_ERROR *error);

/* As WsSetInputToBuffer(). */
HRESULT reader_set_input_to_buffer(WS_XML_READER *reader, WS_XML_BUFFER *buffer, const WS_XML_READER_PROPERTY *given,
                                   ULONG count, WS_ERROR *error);

/* Sets a reader that has no input to the beginning of an XML buffer. */
void reader_set_tree(WS_XML_READER *reader, WS_XML_BUFFER *buffer);

/* --- Moves: cursor.c, read_move.c --- */

/* The node that the reader is at. */
const WS_XML_NODE *reader_node(const WS_XML_READER *reader);

/*
 * Moves to the next node: what WsReadNode() does. READER_STARVED: the state is READER_PENDING. Unless that becomes a
 * failure, the next call moves on; the node shown must not be used any more.
 */
HRESULT reader_next(WS_XML_READER *reader, WS_ERROR *error);

/*
 * The same where only elements matter: white space before markup is passed without becoming a node, if nobody looks on.
 */
HRESULT reader_next_markup(WS_XML_READER *reader, WS_ERROR *error);

/* As reader_next(), but being starved is not a failure. */
HRESULT reader_next_or_later(WS_XML_READER *reader, WS_ERROR *error);

/* Skips comments and unread white space. */
HRESULT reader_skip_space(WS_XML_READER *reader, WS_ERROR *error);

HRESULT reader_to_start_element(WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL *found,
                                WS_ERROR *error);
HRESULT reader_read_start_element(WS_XML_READER *reader, WS_ERROR *error);
HRESULT reader_read_end_element(WS_XML_READER *reader, WS_ERROR *error);

/* --- Operations of several steps: cursor.c --- */

/* A reader in an operation of several steps in another folder. */
struct reader_hold
{
    WS_XML_READER *reader;
    const WS_XML_NODE *node; /* where it is */
    bool freed;              /* by a callback of the caller's: the operation must fail */
};

/*
 * As reader_enter(); and until reader_let_go() no callback of the caller's can use the reader, or free it before that.
 */
HRESULT reader_hold(struct reader_hold *hold, WS_XML_READER *reader, WS_ERROR *error);
void reader_let_go(struct reader_hold *hold);

/* A step: as reader_next(), or reader_next_or_later(), with reader_finish(). */
HRESULT reader_step(struct reader_hold *hold, bool is_last, WS_ERROR *error);

/* Faults the reader: the operation has failed half way. */
void reader_fault(WS_XML_READER *reader);

/* --- What is in scope, and what is around: read_attribute.c, decode_tree.c --- */

/* The namespace of a prefix where the reader is; NULL: it is not bound. */
const WS_XML_STRING *reader_find_namespace(const WS_XML_READER *reader, const WS_XML_STRING *prefix);

/* Whether namespaces may be in scope at the element shown that it does not declare itself. */
bool reader_inherits(const WS_XML_READER *reader);

/* How many elements the node shown is in; a start element, and the end element of one, are in it. */
size_t reader_depth(const WS_XML_READER *reader);

/* Whether a node of an XML buffer is inside the one that the reader is at. */
bool reader_contains(const WS_XML_READER *reader, const struct xml_node *node);

/* --- Content: read_content.c, read_value.c, read_buffer.c --- */

/*
 * Read up to `room` characters or bytes of text; *actual is 0 at its end. READER_STARVED: there are none, and the
 * stream must be filled first.
 */
HRESULT reader_read_chars(WS_XML_READER *reader, WCHAR *chars, ULONG room, ULONG *actual, WS_ERROR *error);
HRESULT reader_read_utf8(WS_XML_READER *reader, BYTE *bytes, ULONG room, ULONG *actual, WS_ERROR *error);
HRESULT reader_read_bytes(WS_XML_READER *reader, BYTE *bytes, ULONG room, ULONG *actual, WS_ERROR *error);

/* Where a value begins. Noted before it is read, since the reader is past it afterwards. */
struct reader_place
{
    const BYTE *start;
    bool located;
    ULONGLONG row, column;
    unsigned moves;
    ULONG mark; /* how many sentences there were */
};
struct reader_place reader_note_place(const WS_XML_READER *reader, const WS_ERROR *error);

/*
 * Reports a value that is not valid: puts its place (line and column or offset, element, attribute) before the sentence
 * that says why, and returns `hr`.
 */
HRESULT reader_not_a_value(WS_XML_READER *reader, const struct reader_place *place, HRESULT hr, WS_ERROR *error) COLD;

/*
 * Reads all text up to the next element or end element, without the white space around it. It is valid until the next
 * value is read.
 */
HRESULT reader_gather(WS_XML_READER *reader, const BYTE **text, size_t *length, WS_ERROR *error);

/*
 * Read all text, or the bytes that it encodes, up to the next element or end element, white space included.
 * WS_E_QUOTA_EXCEEDED: the heap could not hold it; reading stops there.
 */
HRESULT reader_gather_text(WS_XML_READER *reader, const WS_HEAP *heap, const BYTE **text, size_t *length,
                           WS_ERROR *error);
HRESULT reader_gather_bytes(WS_XML_READER *reader, const WS_HEAP *heap, const BYTE **bytes, size_t *length,
                            WS_ERROR *error);

/* The value of an attribute of the element shown. */
HRESULT reader_attribute_value(WS_XML_READER *reader, const WS_XML_ATTRIBUTE *attribute, WS_VALUE_TYPE type,
                               void *value, WS_ERROR *error);

/* What WsReadValue() does; `type` is known. */
HRESULT reader_read_value(WS_XML_READER *reader, WS_VALUE_TYPE type, void *value, WS_ERROR *error);

/*
 * Splits a qualified name, without white space around it, at its first colon; the strings point into the text.
 * WS_E_INVALID_FORMAT, with a sentence, if there is no local name, or nothing before the colon. Observed on Windows:
 * the two parts need not be names.
 */
HRESULT reader_split_name(const BYTE *text, size_t length, WS_XML_STRING *prefix, WS_XML_STRING *name, WS_ERROR *error);

/* What WsReadQualifiedName() does; `prefix` and `ns` may be NULL. */
HRESULT reader_read_qualified_name(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *prefix, WS_XML_STRING *name,
                                   WS_XML_STRING *ns, WS_ERROR *error);

/* What WsReadXmlBuffer() does. */
HRESULT reader_read_buffer(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error);

/* The same, into a buffer that is there, before one of its nodes that is not in an element. */
HRESULT reader_copy_into(WS_XML_READER *reader, WS_XML_BUFFER *buffer, struct xml_node *before, WS_ERROR *error);

/* What is in scope around the nodes that are copied from a reader, one by one. */
struct reader_surroundings
{
    ULONG bindings;              /* how many there are */
    const struct xml_node *node; /* in an XML buffer */
};

/* Of the element that the reader is at; if it is at another node, of the content that this is in. */
struct reader_surroundings reader_note_surroundings(const WS_XML_READER *reader);

/*
 * Declares on the outermost element of a buffer what the values of the node shown, whose copy is in it, rely on and
 * what is around the copied nodes has declared.
 */
HRESULT reader_declare_for_copy(const WS_XML_READER *reader, const struct reader_surroundings *around,
                                const WS_XML_BUFFER *buffer, struct xml_node *copy, WS_ERROR *error);

/* --- Streams: read_fill.c --- */

/*
 * Reads from the stream until `size` unread bytes are buffered, or it ends. The node shown stays valid: when its bytes
 * are in the buffer and the window must move, it moves into another one.
 */
HRESULT reader_fill(WS_XML_READER *reader, ULONG size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error);

/* The same until there is more than now: after READER_STARVED, so as not to wait for what is not needed. */
HRESULT reader_fill_more(WS_XML_READER *reader, const WS_ASYNC_CONTEXT *context, WS_ERROR *error);

/* --- Failures: shown_node.c --- */

/* A failure, with a sentence that begins with the line and column of the node being read, if it has them. */
HRESULT reader_report(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error, const char *format, ...) COLD
    PRINTF_LIKE(4, 5);

/*
 * Puts that line and column, if the node has them, and `what` ("in ...") before the sentence that another function has
 * added since a mark; returns `hr`.
 */
HRESULT reader_locate(WS_XML_READER *reader, ULONG mark, const char *what, HRESULT hr, WS_ERROR *error) COLD;

#endif
