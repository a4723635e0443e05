/* SPDX-License-Identifier: MIT */
/*
 * object.h - what a reader consists of, and how the files of this folder use it; see reader.h for what others do.
 *
 * decoder.h is for decoders, and for those that use one; input.h has the buffers.
 */
#ifndef WS_XML_READER_OBJECT_H
#define WS_XML_READER_OBJECT_H

#include <string.h>

#include "base/arena.h"
#include "base/callback.h"
#include "base/handle.h"
#include "base/heap.h"
#include "xml/buffer/buffer.h"
#include "xml/reader/decode_binary.h"
#include "xml/reader/decode_text.h"
#include "xml/reader/input.h"
#include "xml/reader/reader.h"
#include "xml/scope.h"
#include "xml/value.h"

struct mtom_reader;
struct reader_decoder;

/* cursor.c has a diagram of these. */
enum reader_state
{
    READER_READY,
    READER_TREE,     /* the same, but the node could have been removed from its XML buffer meanwhile */
    READER_PENDING,  /* the node shown is done with; the next one is to be read first */
    READER_NO_INPUT, /* none has been set */
    READER_BUSY,     /* in a callback, or in an asynchronous WsFillReader */
    READER_FAULTED
};

/* How much memory for what a node shows is kept from node to node, and how much for a value from one to the next. */
#define READER_DECODED_TRIM ((size_t)256 << 10)

struct reader_properties
{
    ULONG max_depth, max_attributes, max_namespaces;
    ULONG utf8_trim_size, stream_buffer_size;
    ULONG stream_max_root_mime_part_size, stream_max_mime_headers_size, max_mime_parts;
    BOOL allow_fragment, read_declaration, allow_invalid_character_references;
};

/*
 * Observed on Windows: a prefix that is absent has its bytes at NULL, and so has the namespace of an attribute that is
 * in none; but not that of an element.
 */
struct reader_element
{
    WS_XML_ELEMENT_NODE shown;
    WS_XML_STRING prefix, name;
    WS_XML_ATTRIBUTE **attributes; /* the slots, */
    ULONG room;                    /* how many there are */
    struct reader_attribute_block *blocks;
};

/* Base64 that WsReadBytes has read but not returned. */
struct reader_base64
{
    BYTE quantum[4]; /* characters */
    BYTE left[3];    /* bytes */
    unsigned char quantum_count, left_count, left_pos;
    bool padded; /* the end of the data was seen */
};

/* What is to be done before the reader leaves the node shown; see reader_next(). */
enum leave_work
{
    LEAVE_MEMORY = 1,   /* the node has memory in reader->decoded, or the one before it had much */
    LEAVE_OBSERVER = 2, /* an observer is to be notified */
    LEAVE_DONE = 4,     /* nothing: it has been done, but the move was starved and will be tried again */
    LEAVE_MARK = 8      /* nothing: whoever has set it can see whether the node has been left */
};

/* Notified of each node that the reader leaves: canonicalization. While there is one, LEAVE_OBSERVER is set. */
struct reader_observer
{
    /* The reader is about to leave the node shown; a failure, such as WS_E_INVALID_OPERATION: it stays there. */
    HRESULT (*leave)(WS_XML_READER *reader, WS_ERROR *error);

    /* The reader gets another input or is freed: the observer is removed, and frees what it has kept. */
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

/*
 * Scratch memory. A piece has a power of two of bytes, so that one that nobody needs any more can be used for anything
 * of its size.
 */
struct reader_piece
{
    struct reader_piece *next;
    ULONG count, size_class; /* the former is for its user */
    uint64_t memory[];       /* aligned for anything */
};
#define READER_PIECE_CLASSES     31u
#define READER_FIRST_PIECE_CLASS 9u /* 512 bytes */

/* The heap that values go to, as it was when their operation began; NULL: none is going on. */
struct reader_heap
{
    WS_HEAP *heap;
    uint64_t generation;
};

struct _WS_XML_READER
{
    struct handle handle;
    enum reader_state state;
    struct callback_use use;  /* by its callbacks */
    bool free_later;          /* one of them has freed it: the function that is at work fails, and then frees it */
    struct reader_hold *hold; /* ... but not before reader_let_go(); NULL: nobody holds it */
    bool transient;           /* the window's bytes may move */
    bool in_attribute;        /* between WsReadStartAttribute and WsReadEndAttribute */
    const WS_XML_NODE *node;
    const struct reader_decoder *decoder;
    const BYTE *pos, *end;
    bool root_seen; /* an element has been read; only of input that is bytes */
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
    struct arena *decoded; /* one of the next two, for what a node cannot show as it is in the document */
    struct arena arenas[2];
    unsigned leave_work; /* enum leave_work */

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
    struct reader_properties created, properties; /* as created; as set with the input */

    /* What the decoders keep. */
    struct text_state text_state;
    struct binary_state binary_state;
    struct mtom_reader *mtom;   /* NULL: the encoding is another one */
    struct xml_node *tree_node; /* of an XML buffer: where the reader is */
    WS_XML_BUFFER *tree;

    const struct reader_observer *observer; /* NULL: none */

    /* Operations that read whole values: see reader_begin_use(). */
    unsigned uses;
    struct arena scratch;                                   /* for them, until the last one ends */
    struct reader_piece *free_pieces[READER_PIECE_CLASSES]; /* of that, by size */
    struct reader_heap heap;
    unsigned value_depth; /* while one calls back: how many values are around what is read in the callback */
};

/* --- Calls: cursor.c --- */

/* In builds for tests: asserts that the members agree on where the reader is; see cursor.c. */
#ifdef WS_CHECK_STATE
void reader_check_state(const WS_XML_READER *reader);
#else
static inline void reader_check_state(const WS_XML_READER *reader)
{
    (void)reader;
}
#endif

/*
 * Checks that a reader can be used, and reads the pending node. The first step of all functions but those that set an
 * input.
 */
HRESULT reader_enter_slow(WS_XML_READER *reader, WS_ERROR *error);

static inline HRESULT reader_enter(WS_XML_READER *reader, WS_ERROR *error)
{
    if (LIKELY(handle_is(reader, HANDLE_XML_READER) && reader->state == READER_READY))
    {
        reader_check_state(reader);
        return S_OK;
    }
    return reader_enter_slow(reader, error);
}

/* The same for functions that need a heap, which is looked at before the state. */
HRESULT reader_enter_with_heap(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error);

/* The same for functions that read content, which pass a pending node themselves. */
static inline HRESULT reader_enter_content(WS_XML_READER *reader, WS_ERROR *error)
{
    if (handle_is(reader, HANDLE_XML_READER) && reader->state == READER_PENDING)
    {
        reader_check_state(reader);
        return S_OK;
    }
    return reader_enter(reader, error);
}

/* For the trace: the node that a reader is at after a call; NULL if the call failed, or the node is pending. */
static inline const WS_XML_NODE *reader_reached(const WS_XML_READER *reader, HRESULT hr)
{
    return hr == S_OK && reader->state == READER_READY ? reader->node : NULL;
}

/*
 * What an operation returns to the caller: READER_STARVED becomes WS_E_QUOTA_EXCEEDED, a failure faults the reader. A
 * reader that a callback has freed, which is a failure, is gone afterwards.
 */
HRESULT reader_finish_slow(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error);

static inline HRESULT reader_finish(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error)
{
    return LIKELY(hr == S_OK) || hr == S_FALSE ? hr : reader_finish_slow(reader, hr, error);
}

/* --- Operations during which the caller's callbacks may use the reader: cursor.c --- */

/* Begins one. Until it ends, freeing the reader is put off; otherwise it can be used as always, also in this way. */
static inline void reader_begin_use(WS_XML_READER *reader)
{
    reader->uses++;
}

/* Ends it, with reader_finish(). A reader that has been freed meanwhile is gone when the last one ends. */
HRESULT reader_end_use(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error);

/*
 * Takes a piece of scratch memory that has room for a size, and is of a class at least; NULL: there is no memory. It
 * need not be given back when the operation ends.
 */
struct reader_piece *reader_take_piece(WS_XML_READER *reader, size_t size, ULONG size_class);
static inline size_t reader_piece_room(const struct reader_piece *piece)
{
    return ((size_t)1 << piece->size_class) - sizeof(*piece);
}
static inline void reader_give_piece(WS_XML_READER *reader, struct reader_piece *piece)
{
    piece->next = reader->free_pieces[piece->size_class];
    reader->free_pieces[piece->size_class] = piece;
}

/*
 * Notes that values go to a heap (NULL: to none), for reader_check_heap(). What is returned is to be put back into
 * reader->heap when all have been read.
 */
static inline struct reader_heap reader_use_heap(WS_XML_READER *reader, WS_HEAP *heap)
{
    struct reader_heap before = reader->heap;

    reader->heap.heap = heap;
    reader->heap.generation = heap ? heap->generation : 0;
    return before;
}

/* After a callback: WS_E_INVALID_OPERATION if it has freed that heap, or reset it. */
HRESULT reader_check_heap(const WS_XML_READER *reader, WS_ERROR *error);

/*
 * Bracket a callback that must not use the reader: it refuses everything meanwhile. `before` is the state to return to.
 * The result is callback_result() of the callback's, or says that it has freed the reader or reader->heap.
 */
enum reader_state reader_enter_callback(WS_XML_READER *reader);
HRESULT reader_leave_callback(WS_XML_READER *reader, enum reader_state before, HRESULT hr, const char *what, ULONG mark,
                              WS_ERROR *error);

/* --- The object: reader.c --- */

/* Frees a reader that one of its callbacks has freed, now that its work is at its end. */
void reader_free_now(WS_XML_READER *reader) COLD;

/* The member for a property that can be set (ULONG and BOOL have one size); NULL: it cannot be set. */
void *reader_property_place(struct reader_properties *properties, WS_XML_READER_PROPERTY_ID id);

/* Takes the properties given; all of them or none. */
HRESULT reader_read_properties(struct reader_properties *properties, const WS_XML_READER_PROPERTY *given, ULONG count,
                               WS_ERROR *error);

/* Leaves a reader without input, at EOF, and drops what belonged to the last document. */
void reader_reset(WS_XML_READER *reader);

/* WS_E_INVALID_OPERATION: a callback or a fill is running. */
HRESULT reader_refuse_busy(WS_ERROR *error) COLD;

/* Empties an arena, which mostly is empty. */
static inline void reader_empty_arena(struct arena *arena)
{
    if (arena->actual)
        arena_reset(arena);
}

/* --- How far text has been read: text_position.c --- */

/*
 * Goes to the next text of which something is left: reader->text_bytes and text_length are that, in UTF-8, at least a
 * byte. Comments and CDATA marks are skipped. S_FALSE: the reader is at an element, an end element or the end. The
 * caller moves text_bytes and text_length past what it uses.
 */
HRESULT reader_content(WS_XML_READER *reader, WS_ERROR *error);

/* Sets text_bytes and text_length for the text shown, unless that has been done. */
HRESULT reader_open_text(WS_XML_READER *reader, WS_ERROR *error);

/* Forgets how far the text shown has been read. */
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

/* Whether something taken from the text shown has not been returned yet: half a character, or decoded bytes. */
static inline bool reader_has_leftovers(const WS_XML_READER *reader)
{
    return reader->low_surrogate || reader->base64.quantum_count || reader->base64.left_pos < reader->base64.left_count;
}

/*
 * Content is one text of UTF-8 in the common case, which can be used as it is. *sole: so it is here; the reader is
 * after it, and its bytes are good until it moves again. Else *text is the first of several, if *length is not 0, and
 * what follows is to be read, too.
 */
HRESULT reader_sole_text(WS_XML_READER *reader, const BYTE **text, size_t *length, bool *sole, WS_ERROR *error);

/*
 * The same seen from the element that the reader is at, which has not moved: whether the content is one text that can
 * be used where it is, with the end of the element after it; no text is an empty one. reader_pass_content() goes past
 * that end, if `end` is what came with the text: the reader has to move on then.
 */
bool reader_plain_content(WS_XML_READER *reader, union xml_text *text, const BYTE **end);
void reader_pass_content(WS_XML_READER *reader, const BYTE *end);

/* Goes to the next text; `past`: not the one shown, but one after it; S_FALSE as reader_content(). */
HRESULT reader_next_text(WS_XML_READER *reader, bool past, WS_ERROR *error);

/* --- XML buffers: decode_tree.c --- */

/* Shows a node of the reader's XML buffer. */
void reader_tree_show(WS_XML_READER *reader, struct xml_node *node);

const WS_XML_STRING *reader_tree_namespace(const struct xml_node *node, const WS_XML_STRING *prefix);
const WS_XML_TEXT *reader_tree_xml_attribute(const struct xml_node *node, const WS_XML_STRING *name);

/* --- Shared by the exported functions: read_move.c, read_attribute.c, read_value.c --- */

/* Checks the strings that a caller asks for: E_INVALIDARG if one has a NULL pointer to its bytes. Both may be NULL. */
HRESULT reader_check_strings(const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_ERROR *error);

/* `what` ("The element") with the name and the namespace that it must have, for sentences; NULL: any. */
#define READER_WANTED_ROOM 160
const char *reader_show_wanted(const char *what, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                               char shown[READER_WANTED_ROOM]);

/* What WsFindAttribute(), WsReadStartAttribute() and WsReadEndAttribute() do. */
HRESULT reader_find_attribute(WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL required,
                              ULONG *index, WS_ERROR *error);
HRESULT reader_start_attribute(WS_XML_READER *reader, ULONG index, WS_ERROR *error);
HRESULT reader_end_attribute(WS_XML_READER *reader, WS_ERROR *error);

HRESULT reader_skip(WS_XML_READER *reader, WS_ERROR *error);

/*
 * Gathers a text, and all that follows it up to the next element or end element, in reader->gathered; `trim`: without
 * the white space before it. *length above the limit: it is longer than that, and reading has stopped there.
 */
HRESULT reader_gather_rest(WS_XML_READER *reader, const BYTE *text, size_t count, bool trim, size_t limit,
                           size_t *length, WS_ERROR *error);

/* Memory for as many bytes in reader->gathered, whose contents stay. E_OUTOFMEMORY. */
HRESULT reader_gathered_room(WS_XML_READER *reader, size_t size, WS_ERROR *error);

/* As reader_find_namespace(), without the declarations of the element shown: in the content that it is in. */
const WS_XML_STRING *reader_find_outer_namespace(const WS_XML_READER *reader, const WS_XML_STRING *prefix);

/* A failure with the place of the text that is being read, in the form of reader_not_a_value(). */
HRESULT reader_report_text(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error, const char *sentence) COLD;

/* A name as the document has it, for sentences. */
#define READER_NAME_ROOM 96
const char *reader_show_name(const WS_XML_STRING *prefix, const WS_XML_STRING *name, char shown[READER_NAME_ROOM]);

#endif
