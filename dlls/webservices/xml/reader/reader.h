/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * reader.h - WS_XML_READER: a cursor over the nodes of an XML document.
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
 *                      read_state.c: what the reader says of itself; read_position.c: positions in an XML buffer
 *
 * No two of these files use one another, not even by way of a third: tests/shape/layers.sh looks. The cursor has only
 * pointers to what it calls of the decoders and of canonicalization, struct reader_decoder and struct reader_observer.
 *
 * What a node shows points into the window wherever the document's bytes can be used as they are. It stays valid until
 * the reader advances. Filling the reader is no advance: see reader_fill().
 *
 * What is wrong is looked for in one order, by all functions:
 *
 *     1. the reader                   E_INVALIDARG
 *     2. a heap                       E_INVALIDARG
 *     3. the state                    WS_E_OBJECT_FAULTED; WS_E_INVALID_OPERATION: there is no input, or not one that
 *                                     the function is for, the node has been removed, a fill or a callback goes on
 *     4. the place                    WS_E_INVALID_OPERATION: an attribute is open, or not; the reader is not at a start
 *                                     element. E_FAIL, by WsReadXmlBuffer: the reader is at another node than BOF or an
 *                                     element, which it also is without input
 *     5. the arguments                E_INVALIDARG
 *     6. the document                 all other codes: also that something else is there than what is to be read
 *
 * Observed on Windows: 2 before 3 for WsReadQualifiedName and WsReadXmlBuffer, 3 before 5 for WsReadQualifiedName and
 * for those that read text in pieces, 4 before 5 for WsReadXmlBuffer. That it is so for all of them is our choice. Of 3,
 * those that give the reader an input, and WsGetReaderNode, only have that a fill or a callback goes on.
 *
 * Failures. An operation that fails on the document leaves the reader faulted: every later call is answered with
 * WS_E_OBJECT_FAULTED until the input is set anew, but for WsGetReaderNode, which still gives the last node that was
 * read well. A call that is refused (1 to 5) changes nothing.
 *
 * Streams. A reader never reads from a stream by itself, only in WsFillReader. An operation that needs more than has
 * been buffered fails with WS_E_QUOTA_EXCEEDED, as documented. But functions that have done what they were asked for
 * and only have to move on to the next node (WsReadStartElement, WsReadEndElement, WsSkipNode) leave that to the next
 * call when the bytes are not there yet (READER_PENDING): so a stream can be processed item by item, with a
 * WsFillReader before each.
 */
/* clang-format on */
#ifndef WS_XML_READER_READER_H
#define WS_XML_READER_READER_H

#include <string.h>

#include "base/arena.h"
#include "base/callback.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/handle.h"
#include "xml/binary_records.h"
#include "xml/buffer/buffer.h"
#include "xml/reader/decode_text.h"
#include "xml/scope.h"
#include "xml/value.h"

/*
 * What a decoder or the input says when the window has too little and the stream is not at its end. It never leaves the
 * library: reader_finish() turns it into WS_E_QUOTA_EXCEEDED. The decoder has not moved then: it can be called again.
 */
#define READER_STARVED ((HRESULT)0x003d0001)

enum reader_state
{
    READER_READY,
    READER_TREE,     /* the same, but the node could have been removed from its XML buffer meanwhile */
    READER_PENDING,  /* the node shown is done with; the next one is to be read first */
    READER_NO_INPUT, /* never set */
    READER_BUSY,     /* in a callback, or WsFillReader goes on asynchronously */
    READER_FAULTED
};

/* How much memory for what a node shows is kept from node to node. */
#define READER_DECODED_TRIM ((size_t)256 << 10)

struct mtom_reader;

/*
 * One for each encoding.
 *
 * next() moves to the next node: it sets reader->node. It takes bytes from the window (and reader_pull() makes it
 * larger), and must leave everything as it was when it returns READER_STARVED. It is never called at EOF. The decoder
 * calls scope_close() for an element when it moves on from its END_ELEMENT, so that the scope is that of the element
 * while that is shown. A failure leaves the node that is shown whole, see below.
 *
 * Elements are made by reader_begin_element(), filling in its prefix and name and slots of reader_add_attribute(), then
 * reader_start_element(), which resolves the namespaces; then reader->node = &reader->element->shown.node. Texts are
 * made in reader->text (any type), with reader->node = &reader->text_node.node. BOF, EOF, END_ELEMENT, CDATA and
 * END_CDATA are the constants below.
 *
 * The node shown outlives a failure: WsGetReaderNode gives it then, as Windows does. So what it consists of is only
 * written over once the next node is known to be good. An element is decoded into the one of two that is not shown; a
 * text or comment is decoded elsewhere and shown at once; what had to be copied is in the one of two arenas that the
 * next node does not use; and buffers that the node points into are kept until the move has succeeded.
 */
struct reader_decoder
{
    HRESULT (*next)(WS_XML_READER *reader, WS_ERROR *error);

    /* WS_XML_READER_PROPERTY_CHARSET; NULL where there is none. */
    HRESULT (*charset)(WS_XML_READER *reader, WS_CHARSET *charset, WS_ERROR *error);

    /* WS_XML_READER_PROPERTY_ROW and COLUMN of the node shown; NULL where there are none. */
    void (*location)(WS_XML_READER *reader, ULONGLONG *row, ULONGLONG *column);

    /* The same of a byte of the node shown or being read, if that is still in the window; NULL where there are none. */
    bool (*location_of)(const WS_XML_READER *reader, const BYTE *at, ULONGLONG *row, ULONGLONG *column);

    /* The window is about to move, without the bytes before reader->pos; it has moved. NULL if that does not matter. */
    void (*discard)(WS_XML_READER *reader);
    void (*moved)(WS_XML_READER *reader);

    /* Of the binary encoding: its declarations have only a prefix and a namespace, and its places are offsets. */
    bool is_binary;
};

extern const struct reader_decoder reader_text_decoder, reader_binary_decoder, reader_raw_decoder, reader_tree_decoder,
    reader_empty_decoder, reader_mtom_decoder;

struct reader_properties
{
    ULONG max_depth, max_attributes, max_namespaces;
    ULONG utf8_trim_size, stream_buffer_size;
    ULONG stream_max_root_mime_part_size, stream_max_mime_headers_size, max_mime_parts;
    BOOL allow_fragment, read_declaration, allow_invalid_character_references;
};

/* An attribute of an element. Slots are made once and used for every element. */
struct reader_attribute
{
    WS_XML_ATTRIBUTE shown; /* first: the element's attributes point here */
    WS_XML_STRING prefix, name, ns;
    bool copied; /* the value is not in the document but in memory of the node */
    union xml_text value;
};

/*
 * Observed on Windows: the bytes of a prefix that is not there are at NULL, and those of the namespace of an attribute
 * without one; but not those of the namespace of an element in none.
 */
struct reader_element
{
    WS_XML_ELEMENT_NODE shown;
    WS_XML_STRING prefix, name;
    WS_XML_ATTRIBUTE **attributes; /* the slots, */
    ULONG room;                    /* how many there are */
    struct reader_attribute_block *blocks;
};

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
    bool ended; /* the stream has no more */
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
    enum reader_state fill_state; /* what to return to */
    ULONG fill_offered, fill_actual;
    WS_ASYNC_CONTEXT fill_context;
    WS_ERROR *fill_error;
    ULONG fill_mark; /* how many sentences there were before the callback */
};

/* Base64 that WsReadBytes has read but not returned. */
struct reader_base64
{
    BYTE quantum[4]; /* characters */
    BYTE left[3];    /* bytes */
    unsigned char quantum_count, left_count, left_pos;
    bool padded; /* the end of the data was seen */
};

/* Notified of each node that the reader leaves: canonicalization. Meanwhile decoded_used is always set. */
struct reader_observer
{
    /* The reader is about to leave the node shown; a failure, such as WS_E_INVALID_OPERATION: it stays there. */
    HRESULT (*leave)(WS_XML_READER *reader, WS_ERROR *error);

    /* The reader gets another input or is freed: the observer goes, and gives back what it has kept. */
    void (*release)(WS_XML_READER *reader);
};

/* Between WsStartReaderCanonicalization and WsEndReaderCanonicalization. */
struct canonical;
struct reader_canonical
{
    struct canonical *form; /* NULL: it has not been started */
    WS_WRITE_CALLBACK callback;
    void *callback_state;
};

struct _WS_XML_READER
{
    struct handle handle;
    enum reader_state state;
    struct callback_use use;  /* by its callbacks */
    bool free_later;          /* one of them has freed it: the function that is at work fails, and then frees it */
    struct reader_hold *hold; /* ... but not before reader_let_go(); NULL: nobody holds it */
    bool transient;           /* the window's bytes do not stay where they are */
    bool in_attribute;        /* between WsReadStartAttribute and WsReadEndAttribute */
    const WS_XML_NODE *node;
    const struct reader_decoder *decoder;
    const BYTE *pos, *end;
    struct scope scope;

    /* The nodes shown. */
    struct reader_element elements[2];
    struct reader_element *element; /* being read, or read last */
    WS_XML_TEXT_NODE text_node;
    union xml_text text;
    WS_XML_COMMENT_NODE comment;
    ULONG attribute_count; /* of the element being read */
    ULONG xmlns_count;     /* of those, namespace declarations */
    void **sorted;         /* for comparing many attributes */
    ULONG sorted_room;
    struct arena *decoded; /* one of the next: what the node cannot show as it is in the document */
    struct arena arenas[2];
    bool decoded_used; /* there is something to do before the reader leaves the node: see reader_next() */
    bool left;         /* ... and it has been done: the move was starved, and is to be tried again */

    const WS_XML_ATTRIBUTE *attribute; /* being read */
    WS_XML_TEXT_NODE attribute_text;   /* shown in it */
    WS_XML_UTF8_TEXT attribute_ns;     /* its text, if it is a namespace declaration */
    const WS_XML_NODE *attribute_of;   /* shown before and after */

    /* How far the text shown has been read; reset by reader_end_text(). */
    bool text_begun;
    const BYTE *text_bytes; /* what is left, in UTF-8; NULL: not looked at yet */
    size_t text_length;
    size_t bytes_used;   /* of a text of type BASE64, by WsReadBytes */
    WCHAR low_surrogate; /* of a character whose first half WsReadChars has returned; else 0 */
    struct reader_base64 base64;
    struct reader_bytes gathered; /* the text of a value */

    struct reader_canonical canonical;
    struct reader_input input;
    struct reader_properties created, properties; /* as created; with what was given with the input */

    /* What the decoders keep. */
    struct text_state text_state;
    struct binary_state binary_state;
    struct mtom_reader *mtom;   /* NULL: the encoding is another one */
    struct xml_node *tree_node; /* of an XML buffer: where the reader is */
    WS_XML_BUFFER *tree;

    const struct reader_observer *observer; /* NULL: nobody looks on */
};

/*
 * The nodes that are all alike. They have nothing but a type, and stand at odd multiples of their 4 bytes, so that
 * UBSan notices when one of them is taken for a larger node before its type was looked at.
 */
extern const WS_XML_NODE reader_nodes[10];
#define reader_bof         reader_nodes[1]
#define reader_eof         reader_nodes[3]
#define reader_end_element reader_nodes[5]
#define reader_cdata       reader_nodes[7]
#define reader_end_cdata   reader_nodes[9]

/* --- cursor.c --- */

/* Checks that a reader can be used, and reads the pending node. Every function but those that set the input asks. */
HRESULT reader_enter_slow(WS_XML_READER *reader, WS_ERROR *error);

static inline HRESULT reader_enter(WS_XML_READER *reader, WS_ERROR *error)
{
    if (LIKELY(handle_is(reader, HANDLE_XML_READER) && reader->state == READER_READY))
        return S_OK;
    return reader_enter_slow(reader, error);
}

/* The same for functions that need a heap, which is looked at before the state. */
HRESULT reader_enter_with_heap(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error);

/* The same for functions that read content, which pass a pending node themselves. */
static inline HRESULT reader_enter_content(WS_XML_READER *reader, WS_ERROR *error)
{
    if (handle_is(reader, HANDLE_XML_READER) && reader->state == READER_PENDING)
        return S_OK;
    return reader_enter(reader, error);
}

/* For the trace: the node that a reader is at after a call; NULL if the call failed, or that has not been read. */
static inline const WS_XML_NODE *reader_reached(const WS_XML_READER *reader, HRESULT hr)
{
    return hr == S_OK && reader->state == READER_READY ? reader->node : NULL;
}

/*
 * What an operation returns to the caller: READER_STARVED becomes WS_E_QUOTA_EXCEEDED, a failure faults the reader. If
 * a callback has freed it, which is a failure, it is gone then.
 */
HRESULT reader_finish_slow(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error);

static inline HRESULT reader_finish(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error)
{
    return LIKELY(hr == S_OK) || hr == S_FALSE ? hr : reader_finish_slow(reader, hr, error);
}

/*
 * Moves to the next node: what WsReadNode() does. READER_STARVED: the state is READER_PENDING. Unless that becomes a
 * failure, the next call moves on; the node shown must not be used any more.
 */
HRESULT reader_next(WS_XML_READER *reader, WS_ERROR *error);

/* As reader_next(), but to be starved is not to fail. */
HRESULT reader_next_or_later(WS_XML_READER *reader, WS_ERROR *error);

/* A reader in an operation of several steps in another folder. */
struct reader_hold
{
    WS_XML_READER *reader;
    const WS_XML_NODE *node; /* where it is */
    bool freed; /* by a callback of the caller's: the operation must fail, and lets go of the reader then */
};

/*
 * reader_hold() is reader_enter(), and then nobody else can use the reader, whichever callback of the caller's runs.
 * Nor is it freed before reader_let_go() gives it back.
 */
HRESULT reader_hold(struct reader_hold *hold, WS_XML_READER *reader, WS_ERROR *error);
void reader_let_go(struct reader_hold *hold);

/* A step: as reader_next(), or reader_next_or_later(), with reader_finish(). */
HRESULT reader_step(struct reader_hold *hold, bool is_last, WS_ERROR *error);

/* The operation has failed half way: the reader is faulted. */
void reader_fault(WS_XML_READER *reader);

/* The node that the reader is at. */
const WS_XML_NODE *reader_node(const WS_XML_READER *reader);

/* --- reader.c --- */

/* As WsCreateReader() and, for a live reader, WsFreeReader(). */
HRESULT reader_create(const WS_XML_READER_PROPERTY *given, ULONG count, WS_XML_READER **reader, WS_ERROR *error);
void reader_free(WS_XML_READER *reader);

/* Frees a reader that one of its callbacks has freed, now that its work is at its end. */
void reader_free_now(WS_XML_READER *reader) COLD;

/* The place of a property that can be set (ULONG and BOOL have one size); NULL: it cannot. */
void *reader_property_place(struct reader_properties *properties, WS_XML_READER_PROPERTY_ID id);

/* Takes the properties given; all of them or none. */
HRESULT reader_read_properties(struct reader_properties *properties, const WS_XML_READER_PROPERTY *given, ULONG count,
                               WS_ERROR *error);

/* Puts a reader at the end (EOF) of nothing, without input; what belonged to the last document is gone. */
void reader_reset(WS_XML_READER *reader);

/* WS_E_INVALID_OPERATION: a callback is running, or a fill goes on. */
HRESULT reader_refuse_busy(WS_ERROR *error) COLD;

/* As WsSetInput(). */
HRESULT reader_set_input(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                         const WS_XML_READER_INPUT *input, const WS_XML_READER_PROPERTY *properties,
                         ULONG property_count, WS_ERROR *error);

/* --- input.c --- */

/*
 * Makes the window larger: converts more UTF-16. S_FALSE: there is no more, and never will be; READER_STARVED: the
 * stream must be filled first; else a failure. The window may move.
 */
HRESULT reader_pull(WS_XML_READER *reader, WS_ERROR *error);

/* Whether reader_pull() would have something. */
static inline bool reader_can_pull(const WS_XML_READER *reader)
{
    return reader->input.utf16 && reader->input.raw_end - reader->input.raw >= 4 && !reader->input.invalid;
}

/* From here on the window is to be taken for UTF-16. */
void reader_begin_utf16(WS_XML_READER *reader, bool big_endian);

/* Memory for at least `size` bytes: the spare, or new. Takes it back, as the spare or for good. */
bool reader_take_bytes(WS_XML_READER *reader, size_t size, struct reader_bytes *bytes);
void reader_give_bytes(WS_XML_READER *reader, struct reader_bytes *bytes);

void reader_forget_shown(WS_XML_READER *reader);

/* Whether the node shown may point into the buffer that the window is in. */
static inline bool reader_shows_window(const WS_XML_READER *reader)
{
    WS_XML_NODE_TYPE type = reader->node->nodeType;

    return !reader->input.shown.bytes && (reader->in_attribute || type == WS_XML_NODE_TYPE_ELEMENT ||
                                          type == WS_XML_NODE_TYPE_TEXT || type == WS_XML_NODE_TYPE_COMMENT);
}

/* Gives back the buffers that are larger than the properties say; or all. */
void reader_trim_input(WS_XML_READER *reader);
void reader_release_input(WS_XML_READER *reader);

/* --- read_fill.c --- */

/*
 * Reads from the stream until `size` unread bytes are buffered, or it ends. The node shown stays valid: when its bytes
 * are in the buffer and the window must move, it moves into another one.
 */
HRESULT reader_fill(WS_XML_READER *reader, ULONG size, const WS_ASYNC_CONTEXT *context, WS_ERROR *error);

/* --- shown_node.c --- */

/* A failure, in a sentence that begins with the line and column of the node being read, if it has them. */
HRESULT reader_report(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error, const char *format, ...) COLD
    PRINTF_LIKE(4, 5);

/*
 * Puts that line and column, if the node has them, and `what` ("in ...") before the sentence that another function has
 * added since a mark; returns `hr`.
 */
HRESULT reader_locate(WS_XML_READER *reader, ULONG mark, const char *what, HRESULT hr, WS_ERROR *error) COLD;

/* Where an attribute of that node is, if it has a line and column and is in the window still. */
bool reader_attribute_location(const WS_XML_READER *reader, const WS_XML_ATTRIBUTE *attribute, ULONGLONG *row,
                               ULONGLONG *column);

/* As reader_report(), with that place. */
HRESULT reader_report_attribute(WS_XML_READER *reader, const struct reader_attribute *attribute, HRESULT hr,
                                WS_ERROR *error, const char *format, ...) COLD PRINTF_LIKE(5, 6);

/* A name as the document has it, for sentences. */
#define READER_NAME_ROOM 96
const char *reader_show_name(const WS_XML_STRING *prefix, const WS_XML_STRING *name, char shown[READER_NAME_ROOM]);

const char *reader_show_attribute(const struct reader_attribute *attribute, char shown[READER_NAME_ROOM]);

/* Gives the memory of the slots back. */
void reader_release_attributes(WS_XML_READER *reader);

/* Begins to read an element: into the one that is not shown. */
static inline struct reader_element *reader_begin_element(WS_XML_READER *reader)
{
    struct reader_element *element = reader->elements;

    if (reader->node == &element->shown.node)
        element++;
    reader->element = element;
    reader->attribute_count = reader->xmlns_count = 0;
    return element;
}

/* A new attribute of the element being read, with its strings' dictionaries NULL; NULL: see reader_add_failed(). */
struct reader_attribute *reader_grow_attributes(WS_XML_READER *reader);
HRESULT reader_add_failed(WS_XML_READER *reader, WS_ERROR *error);

static inline struct reader_attribute *reader_add_attribute(WS_XML_READER *reader)
{
    const struct reader_element *element = reader->element;
    ULONG index = reader->attribute_count;

    if (UNLIKELY(index >= element->room || index >= reader->properties.max_attributes))
        return reader_grow_attributes(reader);
    reader->attribute_count = index + 1;
    return (struct reader_attribute *)element->attributes[index];
}

/*
 * Begins the element whose attributes, prefix and name have been filled in: opens its scope, declares its namespaces,
 * resolves its names, and checks that no attribute is there twice. `name` is what an end tag must match. Whoever calls
 * shows it.
 */
HRESULT reader_start_element(WS_XML_READER *reader, const BYTE *name, ULONG name_length, bool empty, WS_ERROR *error);

/* Takes back what an arena has given, which mostly is nothing. */
static inline void reader_empty_arena(struct arena *arena)
{
    if (arena->actual)
        arena_reset(arena);
}

/* Memory that lives as long as the node shown; NULL: there is none. */
static inline void *reader_decoded_alloc(WS_XML_READER *reader, size_t size)
{
    reader->decoded_used = true;
    return arena_alloc(reader->decoded, size);
}

/* --- read_move.c --- */

/* Checks the strings that a caller asks for: E_INVALIDARG if one has a NULL pointer to its bytes. Both may be NULL. */
HRESULT reader_check_strings(const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_ERROR *error);

HRESULT reader_skip(WS_XML_READER *reader, WS_ERROR *error);

/* `what` ("The element") with the name and the namespace that it must have, for sentences; NULL: any. */
#define READER_WANTED_ROOM 160
const char *reader_show_wanted(const char *what, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                               char shown[READER_WANTED_ROOM]);

/* Moves over comments and what is left of white space. */
HRESULT reader_skip_space(WS_XML_READER *reader, WS_ERROR *error);

HRESULT reader_to_start_element(WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL *found,
                                WS_ERROR *error);
HRESULT reader_read_start_element(WS_XML_READER *reader, WS_ERROR *error);
HRESULT reader_read_end_element(WS_XML_READER *reader, WS_ERROR *error);

/* --- read_attribute.c --- */

/* The namespace of a prefix where the reader is; NULL: it is not bound. */
const WS_XML_STRING *reader_find_namespace(const WS_XML_READER *reader, const WS_XML_STRING *prefix);

/* As that, in the scope that the text just read belongs to, when the reader may already be on a child element. */
const WS_XML_STRING *reader_find_content_namespace(const WS_XML_READER *reader, const WS_XML_STRING *prefix);

/* Whether namespaces may be in scope at the element shown that it does not declare itself. */
bool reader_inherits(const WS_XML_READER *reader);

/* --- text_position.c --- */

/*
 * Goes to the next text, and says what is left of it (at least a byte) in UTF-8; comments and CDATA marks are passed.
 * S_FALSE: the reader is at an element, an end element or the end. Whoever uses some of it moves reader->text_bytes and
 * text_length on.
 */
HRESULT reader_content(WS_XML_READER *reader, WS_ERROR *error);

/* Sees to it that text_bytes and text_length are those of the text shown. */
HRESULT reader_open_text(WS_XML_READER *reader, WS_ERROR *error);

/* Nothing of the text shown has been read, or will be. */
static inline void reader_end_text(WS_XML_READER *reader)
{
    if (UNLIKELY(reader->text_begun))
    {
        reader->text_begun = false;
        reader->text_bytes = NULL;
        reader->text_length = reader->bytes_used = 0;
        reader->low_surrogate = 0;
        memset(&reader->base64, 0, sizeof(reader->base64));
    }
}

/* Whether part of what was taken of the text shown has not been returned: half a character, or decoded bytes. */
static inline bool reader_has_leftovers(const WS_XML_READER *reader)
{
    return reader->low_surrogate || reader->base64.quantum_count || reader->base64.left_pos < reader->base64.left_count;
}

/* Goes to the next text, or past the present one to the next; S_FALSE as reader_content(). */
HRESULT reader_next_text(WS_XML_READER *reader, bool past, WS_ERROR *error);

/* --- read_content.c --- */

/*
 * Read up to `room` characters or bytes of text; *actual is 0 at its end. READER_STARVED: there are none, and the
 * stream must be filled first.
 */
HRESULT reader_read_chars(WS_XML_READER *reader, WCHAR *chars, ULONG room, ULONG *actual, WS_ERROR *error);
HRESULT reader_read_utf8(WS_XML_READER *reader, BYTE *bytes, ULONG room, ULONG *actual, WS_ERROR *error);
HRESULT reader_read_bytes(WS_XML_READER *reader, BYTE *bytes, ULONG room, ULONG *actual, WS_ERROR *error);

/* --- read_value.c --- */

/* Where a value begins, noted before it is read, since only what comes after it is known when it has been. */
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
 * A value that has been read is not what it should be. Puts where it is (line and column or offset, element, attribute)
 * before the sentence that says so, and returns `hr`.
 */
HRESULT reader_not_a_value(WS_XML_READER *reader, const struct reader_place *place, HRESULT hr, WS_ERROR *error) COLD;

/* A failure with the place, in the same form, of the text that is being read. */
HRESULT reader_report_text(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error, const char *sentence) COLD;

/* Reads all text up to the next element or end element into reader->gathered, without the white space around it. */
HRESULT reader_gather(WS_XML_READER *reader, const BYTE **text, size_t *length, WS_ERROR *error);

/* The value of an attribute of the element shown. */
HRESULT reader_attribute_value(WS_XML_READER *reader, const WS_XML_ATTRIBUTE *attribute, WS_VALUE_TYPE type,
                               void *value, WS_ERROR *error);

/* What WsReadValue() does; `type` is known. */
HRESULT reader_read_value(WS_XML_READER *reader, WS_VALUE_TYPE type, void *value, WS_ERROR *error);

/* What WsReadQualifiedName() does; `ns` may be NULL. */
HRESULT reader_read_qualified_name(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *prefix, WS_XML_STRING *name,
                                   WS_XML_STRING *ns, WS_ERROR *error);

/* --- read_buffer.c --- */

/* What WsReadXmlBuffer() does. */
HRESULT reader_read_buffer(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **buffer, WS_ERROR *error);

/* --- decode_tree.c --- */

/* Shows a node of the reader's XML buffer. */
void reader_tree_show(WS_XML_READER *reader, struct xml_node *node);

/* Sets a reader that has been reset to the beginning of an XML buffer. */
void reader_set_tree(WS_XML_READER *reader, WS_XML_BUFFER *buffer);

/* Whether a node of an XML buffer is inside the one that the reader is at. */
bool reader_contains(const WS_XML_READER *reader, const struct xml_node *node);

const WS_XML_STRING *reader_tree_namespace(const struct xml_node *node, const WS_XML_STRING *prefix);
const WS_XML_TEXT *reader_tree_xml_attribute(const struct xml_node *node, const WS_XML_STRING *name);

#endif
