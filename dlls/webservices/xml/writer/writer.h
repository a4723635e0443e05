/* SPDX-License-Identifier: MIT */
/*
 * writer.h - WS_XML_WRITER: calls in, nodes checked and completed, bytes or a tree out.
 *
 * Two halves meet here. The core (writer.c and its sisters) knows what may be written when, which elements are open,
 * which namespaces are in scope, and what the limits are. An encoder knows how one kind of output looks. It is handed
 * nodes that are complete and in order, and has nothing to check but what its format cannot hold.
 *
 *     WsWriteStartElement, ...   write_calls.c     the exported functions, but for those named below
 *                                element.c         where an element can stand, its start and its end
 *                                start_tag.c       what is written on the start tag while that is pending
 *                                commit.c          the start tag goes to the encoder
 *                                prefixes.c        prefixes and declarations of a start tag
 *                                entries.c         what the start tag has got so far, by prefix and namespace
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
 * The start tag is deferred. WsWriteStartElement, WsWriteStartAttribute and so on only fill in `pending`; what comes
 * next commits it: prefixes are chosen, conflicts found, declarations added, which come after the attributes, and the
 * encoder gets the whole element in one call, with isEmpty set if it was WsWriteEndElement that came next. In UTF-8 and
 * in binary most start tags are encoded at once, as fast start tags after the output position; committing one only
 * moves the position past it. See fast.c.
 *
 * What is wrong is looked for in one order, by all functions:
 *
 *     1. the handle                   E_INVALIDARG
 *     2. the state                    WS_E_OBJECT_FAULTED; WS_E_INVALID_OPERATION: there is no output, or not one that
 *                                     the function is for, the document is complete, a callback or a flush goes on
 *     3. the place                    WS_E_INVALID_OPERATION: an attribute or a CDATA section is open, no start tag is,
 *                                     an attribute has another value already; WS_E_INVALID_FORMAT: nothing such can
 *                                     stand outside of the root element
 *     4. the arguments                E_INVALIDARG
 *     5. what they say                all other codes; and those of 3 if only the arguments tell: a text may be white
 *                                     space, bytes and items of an array may be none, a node may be of any type
 *
 * 3 is for functions that write. For those that give the writer an output, of 2 there are only callbacks and flushes.
 * Observed on Windows: 2 before 4 for functions that write and for WsGetWriterProperty; 3 before 4 for
 * WsWriteQualifiedName. That it is so for all of them is our choice.
 *
 * A failure of anything that writes leaves the writer faulted, as the page of WsCreateWriter says: the output may hold
 * half a node then. Only WsSetOutput, WsSetOutputToBuffer and WsFreeWriter still work. A call that is refused for its
 * arguments (E_INVALIDARG) or because it does not fit the writer's state (WS_E_INVALID_OPERATION) has not begun
 * anything and changes nothing, as with readers; neither do the functions that only ask, but for what BYTES and BUFFERS
 * must end first.
 */
#ifndef WS_XML_WRITER_WRITER_H
#define WS_XML_WRITER_WRITER_H

#include "base/arena.h"
#include "base/callback.h"
#include "base/compiler.h"
#include "base/handle.h"
#include "base/memory.h"
#include "xml/block.h"
#include "xml/names.h"
#include "xml/value.h"

struct writer_binary;
struct xml_node;

enum writer_direct
{
    DIRECT_NONE,  /* no fast path: another output, or there is an observer, indentation or trace */
    DIRECT_TEXT,  /* in UTF-8 */
    DIRECT_BINARY /* in binary without a callback for dynamic strings */
};

/* --- Encoders --- */

/*
 * What an encoder does. The calls come in document order and are well nested. Every element_start has an element_end.
 * All pointers are good for the call only. An encoder does not call back into the core.
 */
struct writer_encoder
{
    const char *name; /* "text": for error sentences */
    bool is_raw;      /* not XML: what stands at the top may be anything */
    bool is_package;  /* MTOM: encoder_state is its struct mtom_writer */

    /* Which fast path does for this output what the encoder would. NULL: none. */
    enum writer_direct (*fast)(const WS_XML_WRITER *writer);

    /* Called once, before the first node. May be NULL. */
    HRESULT (*begin)(WS_XML_WRITER *writer, WS_ERROR *error);

    /*
     * An element with all its attributes and declarations, every prefix decided. Declarations that the writer added
     * come last. Attribute values have been checked, and are of any text type but LIST. isEmpty: nothing will be
     * inside.
     */
    HRESULT (*element_start)(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error);

    /* The end of writer->elements[writer->depth - 1]. */
    HRESULT (*element_end)(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error);

    /*
     * Text of any type. UTF-8 and UTF-16 that arrive in several calls never part a character. Their validity is for
     * the encoder to check, since it looks at each character anyway; writer_check_text() does it for those that don't.
     */
    HRESULT (*text)(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error);

    /*
     * Binary content, in pieces of any size that belong together until bytes_end, which comes before any other call
     * but flush.
     */
    HRESULT (*bytes)(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);
    HRESULT (*bytes_end)(WS_XML_WRITER *writer, WS_ERROR *error);

    /*
     * Binary content by callback, if the encoder can put that off: it sets `piece` to PIECE_BYTES, which is PIECE_NONE
     * before. NULL, or S_FALSE: the core calls back at once. So it does when there is an observer, who must see the
     * bytes in their place.
     */
    HRESULT (*push_bytes)(WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, void *state, WS_ERROR *error);
    HRESULT (*pull_bytes)(WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, void *state, WS_ERROR *error);

    /*
     * Many elements of one name and no attributes (`element`, as for element_start), each with one value: `count` of
     * them, `size` bytes apart. NULL, or S_FALSE for a type there is no short form of: written one by one.
     */
    /* clang-format off */
    HRESULT (*array)(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_VALUE_TYPE type, const BYTE *items,
                     size_t size, ULONG count, WS_ERROR *error);
    /* clang-format on */

    HRESULT (*comment)(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error);
    HRESULT (*cdata_start)(WS_XML_WRITER *writer, WS_ERROR *error);
    HRESULT (*cdata_end)(WS_XML_WRITER *writer, WS_ERROR *error);

    /*
     * The bytes are asked for, or flushed, while no element is open: MTOM writes its parts here, and the state is
     * WRITER_FINISHED then. May be NULL.
     */
    HRESULT (*finish)(WS_XML_WRITER *writer, WS_ERROR *error);

    /* What has been written so far is about to go to a stream. May be NULL. */
    HRESULT (*flushing)(WS_XML_WRITER *writer, WS_ERROR *error);

    /* How many bytes closing what is open would take at most. NULL: this output has no bytes. */
    size_t (*bytes_to_close)(const WS_XML_WRITER *writer);

    /* Frees what the encoder keeps in writer->encoder_state. May be NULL. */
    void (*release)(WS_XML_WRITER *writer);
};

extern const struct writer_encoder writer_text_encoder, writer_binary_encoder, writer_raw_encoder,
    writer_buffer_encoder, writer_mtom_encoder;

/* What an output has in which a writer can be moved: an XML buffer. */
struct writer_positions
{
    /* Makes the open elements those that the place is in: the writer is WRITER_MOVED. */
    HRESULT (*resume)(WS_XML_WRITER *writer, WS_ERROR *error);
    /* Whether what is written now comes last in the innermost element: a writer that was moved may be anywhere. */
    bool (*at_end)(const WS_XML_WRITER *writer);
    /*
     * Makes the start tag of the element that the writer has been moved to the pending one, so that an attribute or a
     * declaration can be added to it: from TAG_REOPENABLE to TAG_REOPENED.
     */
    HRESULT (*reopen)(WS_XML_WRITER *writer, WS_ERROR *error);
    /* Commits it, when that has ended: what has been added goes to the element, which is TAG_REOPENABLE again. */
    HRESULT (*extend)(WS_XML_WRITER *writer, WS_ERROR *error);
};

extern const struct writer_positions writer_buffer_positions;

/* --- What a writer is made of --- */

enum writer_state
{
    WRITER_NO_OUTPUT, /* nothing can be written */
    WRITER_READY,
    WRITER_MOVED,    /* in an XML buffer: the open elements are to be found out before anything is written */
    WRITER_BUSY,     /* a callback of the caller's is running, or a flush goes on */
    WRITER_FINISHED, /* the document is complete: nothing can be added */
    WRITER_FAULTED
};

/* The properties that can be set. */
struct writer_properties
{
    ULONG max_depth, max_attributes, max_namespaces, indent, buffer_trim_size;
    ULONG buffer_max_size, buffer_limit; /* what is answered when asked for, and what is enforced */
    ULONG max_mime_parts_size;           /* bytes: WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE */
    BOOL allow_fragment, write_declaration, allow_invalid_references, compress_empty, emit_uncompressed;
    WS_BYTES initial_buffer;
};

/* A piece of memory that encoded bytes go to. */
struct writer_chunk
{
    struct writer_chunk *next;
    size_t capacity, used; /* `used` of the last chunk is what `pos` of the output says */
    BYTE *bytes;
};

/*
 * Encoded bytes: a list of chunks that is only appended to. Encoders write through the window [pos, end), see
 * writer_put(). With the UTF-16 text encoder the window is memory of the encoder's instead.
 */
struct writer_output
{
    BYTE *pos, *end;             /* the window: where the next byte goes */
    BYTE *chunk_pos, *chunk_end; /* what of the last chunk is free; not up to date while the window is there */
    bool window_is_staging;      /* the window is not in the last chunk; when it is full, it is drained */
    struct writer_chunk *first, *last;
    size_t total;                 /* bytes in the chunks before the last one */
    struct writer_chunk initial;  /* the caller's own memory */
    struct writer_chunk *retired; /* not part of the output any more, but returned to the caller once */
    WS_BYTES *pieces;             /* what the property BUFFERS returned last, in a retired chunk */
    ULONG piece_count;
    /* The stream, if there is one. */
    WS_WRITE_CALLBACK callback;
    void *callback_state;
};

/* Bytes that last until a mark is returned to: names of open elements and of namespaces in scope. */
struct name_chunk;
struct name_mark
{
    struct name_chunk *chunk;
    size_t used;
};

/* A prefix bound to a namespace. */
struct writer_binding
{
    WS_XML_STRING prefix, ns;
    bool counted;    /* against MAX_NAMESPACES: not one that repeats what is in scope anyway */
    unsigned pinned; /* the start tag, by its number, that uses it, and so must not declare the prefix anew */
    /* While there are so many that they are in hash tables: see bindings.c. */
    struct writer_link
    {
        uint32_t hash, newer, older;
    } links[2];
    uint32_t hidden;
};

struct writer_element
{
    WS_XML_STRING prefix, local, ns;
    struct name_mark mark; /* the names before it */
    size_t binding_count;  /* bindings before it */
    ULONG counted;
    bool has_text; /* not to be indented inside */
    bool has_children;
    bool preserve_space;   /* xml:space="preserve" is in force */
    struct xml_node *node; /* of an element found around a place in an XML buffer */
};

/* What an entry of the pending start tag is. */
enum writer_role
{
    ROLE_ATTRIBUTE,
    ROLE_DECLARATION, /* one that the caller wrote, with its prefix */
    ROLE_NAMESPACE,   /* one that the caller wrote without: how it is declared, if at all, is decided at the end */
    ROLE_NEEDED,      /* one that is added because an entry or the element needs it */
    ROLE_RELIES,      /* a note: a value relies on this prefix */
    ROLE_REACHES,     /* a note: a value needs some prefix for this namespace, this one if that can be */
    ROLE_OFFERED,     /* a note: a value may rely on this prefix */
    ROLE_DROPPED      /* nothing any more: a declaration that was there already */
};

/* An entry of the pending start tag. The memory is used again for those of the next one. */
struct writer_attribute
{
    WS_XML_ATTRIBUTE shown;
    WS_XML_STRING prefix, local, ns;
    enum writer_role role;
    bool choose_prefix;             /* of an attribute, or of ROLE_REACHES */
    struct writer_attribute *needs; /* the declaration that was added for it; NULL: none */
    /* Of an element of an XML buffer that gets more attributes: the one that it has already; else NULL. */
    WS_XML_ATTRIBUTE *existing;
    union xml_text value;
    WS_XML_STRING value_names[3]; /* what a QNAME value points to */
};

/* The start tag to which attributes can be added. */
enum writer_tag
{
    TAG_NONE,
    TAG_REOPENABLE, /* of an element of an XML buffer that the writer was moved to: nothing has been written since */
    /* It is pending: */
    TAG_FAST,    /* encoded already, after the position */
    TAG_PENDING, /* kept as entries, to be encoded when it is committed */
    TAG_REOPENED /* the one that was reopenable, while an attribute is added to it */
};

/* What must be ended before there can be an element or a comment. */
enum writer_inside
{
    INSIDE_NOTHING,
    INSIDE_ATTRIBUTE,
    INSIDE_CDATA
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

/* Between WsStartWriterCanonicalization and WsEndWriterCanonicalization. */
struct canonical;
struct writer_canonical
{
    struct canonical *form; /* NULL: it has not been started */
    size_t depth;           /* where it was started; 0 also when it was not: no element below can be ended */
    WS_WRITE_CALLBACK callback;
    void *callback_state;
};

/* How many attributes there can be in a fast start tag. */
#define WRITER_FAST_ATTRIBUTES 8u

struct _WS_XML_WRITER
{
    struct handle handle;
    enum writer_state state;
    const struct writer_encoder *encoder;
    void *encoder_state;
    /* Gets every call that the encoder gets, after it: for canonicalization. NULL: there is none. */
    const struct writer_encoder *observer;
    struct writer_canonical canonical;

    struct writer_properties created; /* as given to WsCreateWriter */
    struct writer_properties properties;
    struct writer_output output;
    WS_CHARSET charset; /* of text; 0 for other encodings */

    /* Open elements; the last one is the pending one, if there is one. */
    struct writer_element *elements;
    size_t depth, element_capacity;
    struct writer_binding *bindings;
    size_t binding_count, binding_capacity;
    size_t search_count;     /* of them those that are compared one by one: all, or none while they are hashed */
    bool hashed;             /* they are in the hash tables */
    uint32_t *binding_table; /* two of them, one after the other; their size is a power of 2 */
    uint32_t binding_table_size, binding_table_room, hash_seed;
    ULONG counted;            /* bindings in scope that count */
    ULONG generated_prefixes; /* of the prefixes that the writer generates, all before this one are in scope */
    unsigned start_tags;      /* numbers them */
    struct name_chunk *names;
    struct name_mark names_top;
    bool begun;             /* the encoder's begin() has been called */
    bool root_written;      /* there has been an element at the top */
    bool something_written; /* at the top: with indentation, the next node there begins a line */

    /* The pending start tag. */
    bool pending_keep_open; /* written as <a></a> even if nothing comes in between */
    enum writer_tag tag;
    enum writer_piece piece; /* of the attribute's value, or of unfinished text in content */
    enum writer_inside inside;
    WS_XML_ELEMENT_NODE shown;
    bool choose_prefix;      /* of the element */
    bool prefixes_are_known; /* the element has its prefix, and nothing else on the tag has or needs one */
    enum writer_direct direct;
    /* TAG_FAST: its bytes in the window, without its '>'. Its attributes are in it and not in `attributes`. */
    size_t fast_length;
    struct writer_fast_tag
    {
        unsigned count; /* of attributes in it; WRITER_FAST_ATTRIBUTES: it came from a node, and gets no more */
        ULONG value;    /* where the value of the attribute begins that is being written; 0: no attribute is */
        struct
        {
            const BYTE *local;
            ULONG length;
        } names[WRITER_FAST_ATTRIBUTES];
    } fast_tag;
    BYTE *scratch; /* its strings, as long as they are short */
    size_t scratch_used;
    struct arena arena; /* the rest of them */
    bool arena_used;
    struct writer_attribute **attributes;
    struct attribute_block *attribute_blocks;
    WS_XML_ATTRIBUTE **shown_attributes;
    size_t attribute_count, attribute_capacity;
    size_t note_count; /* of the entries those that the start tag will not have, or that it need not have */
    /* The entries by prefix and by namespace, when there is a need for that: see entries.c. */
    uint32_t *entry_table;
    size_t entry_table_size, indexed, repeated;
    BYTE *value; /* of the attribute, while it is being written, in the arena */
    size_t value_length, value_capacity;
    WS_XML_STRING value_string; /* its dictionary is not NULL: the value is this string, and nothing else */

    /* A character that WsWriteChars or WsWriteCharsUtf8 has seen only the beginning of. */
    BYTE partial[4];
    unsigned partial_length;

    /* Text output: the window of UTF-16, and how much of "]]>" has been written in a CDATA section. */
    BYTE *staging;
    unsigned brackets;
    /* base64 and raw: bytes, or characters, of a group that is not complete. */
    BYTE group[4];
    unsigned group_length;

    /* Binary output: what the encoder keeps. NULL until it is used. */
    struct writer_binary *binary;

    /* Output to an XML buffer: the node before which new ones go. */
    WS_XML_BUFFER *buffer;
    struct xml_node *place;
    bool extended;            /* the element that the writer was moved to has got an attribute */
    struct xml_node *growing; /* the text node that bytes written next are added to; NULL: none */
    size_t growing_room;

    enum writer_state before_flush; /* the state that a flush returns to: READY or FINISHED */

    /* Callbacks and flushes under way. */
    struct callback_use use;
    bool free_later; /* one of them has freed it: the function that is at work fails, and then frees it */
    bool held;       /* a function that calls others goes on: whatever happens in those, it is freed only afterwards */
    bool pushing;    /* a push callback is running */
    HRESULT push_result; /* the first failure of writing what it pushed */
    WS_ASYNC_CALLBACK flushed;
    void *flushed_state;
    WS_ERROR *flush_error;
    ULONG flush_mark; /* how many sentences there were before the callback */

    /* What others have left here for those that cannot use them: at the end, since all are called rarely. */
    const struct writer_positions *positions;                      /* of an XML buffer; NULL: it is another output */
    HRESULT (*leave_fast)(WS_XML_WRITER *writer, WS_ERROR *error); /* see writer_leave_fast() */
    HRESULT (*drain)(WS_XML_WRITER *writer, WS_ERROR *error);      /* makes room in a window that is staging */
    void (*destroy)(WS_XML_WRITER *writer);                        /* writer_free() */
};

/* --- State: state.c --- */

/* Makes a writer that has been moved ready, or returns why nothing can be written. The handle is live. */
HRESULT writer_not_ready(WS_XML_WRITER *writer, WS_ERROR *error) COLD;

/* In builds for tests: asserts that the members agree on what is being written; see state.c. */
#ifdef WS_CHECK_STATE
void writer_check_state(const WS_XML_WRITER *writer);
#else
static inline void writer_check_state(const WS_XML_WRITER *writer)
{
    (void)writer;
}
#endif

/* Whether a start tag has been begun, and not been committed. */
static inline bool writer_tag_is_pending(const WS_XML_WRITER *writer)
{
    return writer->tag >= TAG_FAST;
}

static inline HRESULT writer_ready(WS_XML_WRITER *writer, WS_ERROR *error)
{
    writer_check_state(writer);
    return LIKELY(writer->state == WRITER_READY) ? S_OK : writer_not_ready(writer, error);
}

/* Frees a writer that one of the caller's callbacks has freed, now that its work is at its end. */
void writer_free_now(WS_XML_WRITER *writer) COLD;

/* Ends a function with a failure, which leaves the writer faulted if it is not `harmless`. */
HRESULT writer_failed(WS_XML_WRITER *writer, HRESULT hr, bool harmless) COLD;

/* Ends a writing function: a failure leaves the writer faulted, unless it is a refusal. */
static inline HRESULT writer_done(WS_XML_WRITER *writer, HRESULT hr)
{
    return UNLIKELY(FAILED(hr)) ? writer_failed(writer, hr, hr == WS_E_INVALID_OPERATION || hr == E_INVALIDARG) : hr;
}

/* Ends one that may have written something before it failed. */
static inline HRESULT writer_done_in_part(WS_XML_WRITER *writer, HRESULT hr)
{
    return UNLIKELY(FAILED(hr)) ? writer_failed(writer, hr, writer->state != WRITER_READY) : hr;
}

/*
 * Brackets an operation of several calls. If a callback frees the writer meanwhile, writer_let_go() does that at the
 * end; the writer must not be touched any more then.
 */
static inline void writer_hold(WS_XML_WRITER *writer)
{
    writer->held = true;
}
static inline HRESULT writer_let_go(WS_XML_WRITER *writer, HRESULT hr)
{
    writer->held = false;
    if (UNLIKELY(writer->free_later))
        writer_free_now(writer);
    return hr;
}

/*
 * Around a callback of the caller's: the writer refuses everything meanwhile. `before` is the state to return to. What
 * the callback has answered comes back as callback_result() says it, and callback_freed() if it has freed the writer:
 * whoever ends the operation with writer_done() or writer_done_in_part() frees it then.
 */
enum writer_state writer_enter_callback(WS_XML_WRITER *writer);
HRESULT writer_leave_callback(WS_XML_WRITER *writer, enum writer_state before, HRESULT hr, const char *what, ULONG mark,
                              WS_ERROR *error);
/* What writing what a push callback pushed has come to; it need not have passed its error object on. */
HRESULT writer_pushed(HRESULT hr, ULONG mark, WS_ERROR *error);

/* --- Checks: check.c --- */

/* Whether a string is there, and its bytes. */
static inline bool writer_is_string(const WS_XML_STRING *string)
{
    return string && (string->bytes || !string->length);
}
/* Whether a text is UTF-8, the common case, and its bytes are there. */
static inline bool writer_is_utf8_text(const WS_XML_TEXT *text)
{
    return text && text->textType == WS_XML_TEXT_TYPE_UTF8 &&
           writer_is_string(&((const WS_XML_UTF8_TEXT *)text)->value);
}

/* The checks of a string argument: E_INVALIDARG for NULL (unless `optional`), or for a length without bytes. */
HRESULT writer_check_string(const WS_XML_STRING *string, const char *what, bool optional, WS_ERROR *error);
/* Of a name: also a length of 0. */
HRESULT writer_check_local_name(const WS_XML_STRING *string, WS_ERROR *error);
/* Of a text, and of a node with all that is in it. */
HRESULT writer_check_text_argument(const WS_XML_TEXT *text, WS_ERROR *error);
HRESULT writer_check_node(const WS_XML_NODE *node, WS_ERROR *error);
/* Of what a WS_PUSH_BYTES_CALLBACK pushes. */
HRESULT writer_check_pushed(const WS_BYTES *buffers, ULONG count, WS_ERROR *error);

/* A name of a sentence: what fits, without what is not ASCII. */
struct shown_name
{
    char text[48];
};
struct shown_name writer_show(const WS_XML_STRING *string);

/* Checks that a name is an NCName: WS_E_INVALID_FORMAT with a sentence. */
HRESULT writer_check_name_slow(const WS_XML_STRING *name, const char *what, WS_ERROR *error);
static inline HRESULT writer_check_name(const WS_XML_STRING *name, const char *what, WS_ERROR *error)
{
    return LIKELY(block_is_ascii_name(name->bytes, name->length)) ? S_OK : writer_check_name_slow(name, what, error);
}

/*
 * Checks the characters of a text: WS_E_INVALID_FORMAT for what XML cannot hold, except what the writer's property
 * ALLOW_INVALID_CHARACTER_REFERENCES allows. `writer` may be NULL: then nothing is.
 */
HRESULT writer_check_text(const WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error);
HRESULT writer_check_chars_utf8(const WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);
/* The refusals of bytes that are no character of UTF-8, and of half a surrogate pair. */
HRESULT writer_invalid_utf8(const BYTE *bytes, const BYTE *end, WS_ERROR *error) COLD;
HRESULT writer_invalid_utf16(const BYTE *unit, WS_ERROR *error) COLD;

/* --- Output: output.c --- */

/* Empties the output, keeping at most the trim size of memory, and starts in the initial buffer if there is one. */
void output_reset(WS_XML_WRITER *writer);
void output_release(WS_XML_WRITER *writer);
/* Bytes generated since the output was set or flushed. */
size_t output_size(const WS_XML_WRITER *writer);
HRESULT output_get_bytes(WS_XML_WRITER *writer, WS_BYTES *bytes, WS_ERROR *error);
HRESULT output_get_buffers(WS_XML_WRITER *writer, WS_BUFFERS *buffers, WS_ERROR *error);
/* Makes room in the last chunk, or a new one. */
HRESULT output_more(WS_XML_WRITER *writer, WS_ERROR *error);
/* Appends to the chunks, whatever the window is. */
HRESULT output_append(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);

/* The window is full: makes room for a byte at least. */
HRESULT writer_more_room(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_put_slow(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);
/* Appends to the window. */
static inline HRESULT writer_put(WS_XML_WRITER *writer, const void *bytes, size_t count, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;

    if (UNLIKELY((size_t)(output->end - output->pos) < count))
        return writer_put_slow(writer, bytes, count, error);
    output->pos = block_copy(output->pos, bytes, count);
    return S_OK;
}

/* --- Memory: tag_memory.c --- */

/* Copies bytes to the names, where they last as long as the mark taken before. NULL: no memory. */
BYTE *writer_keep_name(WS_XML_WRITER *writer, const BYTE *bytes, size_t length);
void writer_release_names(WS_XML_WRITER *writer);
/* Memory of the start tag, aligned to 8, until writer_forget(). */
#define WRITER_SCRATCH 1024u
HRESULT writer_alloc_slow(WS_XML_WRITER *writer, size_t size, void **memory, WS_ERROR *error);
static inline HRESULT writer_alloc(WS_XML_WRITER *writer, size_t size, void **memory, WS_ERROR *error)
{
    if (UNLIKELY(size > WRITER_SCRATCH - writer->scratch_used || !writer->scratch))
        return writer_alloc_slow(writer, size, memory, error);
    *memory = writer->scratch + writer->scratch_used;
    writer->scratch_used += (size + 7) & ~(size_t)7;
    return S_OK;
}
static inline void writer_forget(WS_XML_WRITER *writer)
{
    writer->scratch_used = 0;
    if (UNLIKELY(writer->arena_used))
    {
        arena_reset(&writer->arena);
        writer->arena_used = false;
    }
}
/* Copies a string into the arena of the start tag. */
HRESULT writer_copy_string(WS_XML_WRITER *writer, const WS_XML_STRING *string, WS_XML_STRING *copy, WS_ERROR *error);
/*
 * What the copy of a string keeps of its dictionary; `given`: the bytes of the string itself.
 *
 * Encoders may compare the pointer to the dictionary, but must not follow it: it may be gone by the time. Two do follow
 * it. An XML buffer shares the bytes of a dictionary that is constant: there the copy has the bytes of the dictionary
 * itself, or else no dictionary. The callback for dynamic strings may keep the bytes of a string whose dictionary is
 * constant, as Microsoft's sample XmlDictionary does: there the copy has the caller's own, which such a dictionary
 * promises to keep.
 */
void writer_own_string(const WS_XML_WRITER *writer, WS_XML_STRING *copy, BYTE *given) COLD;
static inline void writer_own(const WS_XML_WRITER *writer, WS_XML_STRING *copy, BYTE *given)
{
    if (UNLIKELY(copy->dictionary != NULL))
        writer_own_string(writer, copy, given);
}
/* Appends to `value`, which grows by doubling. What has been gathered and `count` are at most `limit` together. */
HRESULT writer_add_to_value(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, size_t limit, WS_ERROR *error);
/* A new entry of the pending start tag. */
HRESULT writer_add_attribute(WS_XML_WRITER *writer, struct writer_attribute **attribute, WS_ERROR *error);
/* The pending start tag has been committed, or is not to be. */
static inline void writer_forget_attributes(WS_XML_WRITER *writer)
{
    writer->attribute_count = writer->note_count = writer->indexed = 0;
    writer_forget(writer);
}
void writer_release_attributes(WS_XML_WRITER *writer);
/* Doubles an array; NULL: there is no memory, and the array is as it was. */
void *writer_grow(void *array, size_t *capacity, size_t size, size_t first);
HRESULT writer_grow_elements(WS_XML_WRITER *writer, WS_ERROR *error);
/* Opens an element, of which all but the name is filled in. */
static inline HRESULT writer_push_element(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_element *element;
    HRESULT hr;

    if (UNLIKELY(writer->depth == writer->element_capacity) && (hr = writer_grow_elements(writer, error)) != S_OK)
        return hr;
    element = &writer->elements[writer->depth];
    element->mark = writer->names_top;
    element->binding_count = writer->binding_count;
    element->counted = writer->counted;
    element->has_text = element->has_children = false;
    element->preserve_space = writer->depth && element[-1].preserve_space;
    writer->depth++;
    return S_OK;
}

/* --- Namespaces in scope: bindings.c --- */

/* In tests/unit/writer-steps: how often two strings were compared, or looked at whether they have to be. */
#ifdef WS_COUNT_STEPS
extern size_t writer_steps;
#define WRITER_STEP writer_steps++
#else
#define WRITER_STEP (void)0
#endif
/* Whether two strings that are short mostly have the same bytes. */
static inline bool writer_same(const WS_XML_STRING *a, const WS_XML_STRING *b)
{
    WRITER_STEP;
    return a->length == b->length && block_equal(a->bytes, b->bytes, a->length);
}
struct writer_binding *writer_find_hashed(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix);
/* The innermost binding of a prefix; NULL if there is none. */
INLINE struct writer_binding *writer_find_binding(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix)
{
    size_t i = writer->search_count;

    while (i--)
        if (writer_same(&writer->bindings[i].prefix, prefix))
            return &writer->bindings[i];
    return UNLIKELY(writer->hashed) ? writer_find_hashed(writer, prefix) : NULL;
}
/* What a prefix is bound to; NULL if it is not, and for the empty one "" then. */
const WS_XML_STRING *writer_find_prefix(WS_XML_WRITER *writer, const WS_XML_STRING *prefix);
bool writer_is_bound(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns);
/* A prefix bound to a namespace, which no inner binding hides; NULL if there is none. */
const WS_XML_STRING *writer_find_namespace(WS_XML_WRITER *writer, const WS_XML_STRING *ns, bool not_empty);
HRESULT writer_push_binding(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                            WS_ERROR *error);
/* Back to the bindings that there were before an element. */
void writer_pop_bindings(WS_XML_WRITER *writer, const struct writer_element *element);
/* Makes the element on top of the stack the open one no longer. */
static inline void writer_pop_element(WS_XML_WRITER *writer)
{
    const struct writer_element *element = &writer->elements[--writer->depth];

    writer->names_top = element->mark;
    if (UNLIKELY(writer->binding_count != element->binding_count))
        writer_pop_bindings(writer, element);
}

/* --- Entries of the pending start tag: entries.c --- */

/* An entry of the start tag with this prefix, which the caller gave, or with this namespace; NULL: there is none. */
enum writer_key
{
    KEY_PREFIX,
    KEY_NAMESPACE
};
HRESULT writer_find_entry(WS_XML_WRITER *writer, enum writer_key key, const WS_XML_STRING *string,
                          const struct writer_attribute **entry, WS_ERROR *error);
/*
 * How many of its declarations with a prefix are there twice, and so will be dropped. If `prefix` is not NULL, one more
 * is about to be added.
 */
HRESULT writer_count_repeated(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                              size_t *count, WS_ERROR *error);

/* --- Prefixes: prefixes.c --- */

/* Adds an entry for a prefix that means a namespace, of a role that is no attribute. */
HRESULT writer_add_entry(WS_XML_WRITER *writer, enum writer_role role, const WS_XML_STRING *prefix,
                         const WS_XML_STRING *ns, struct writer_attribute **entry, WS_ERROR *error);
/*
 * Decides all prefixes of the pending start tag, adds the declarations that it needs, and fills in its attributes as
 * they are shown to the encoder: of TAG_REOPENED, those that the element has not got yet.
 */
HRESULT writer_resolve(WS_XML_WRITER *writer, WS_ERROR *error);
/* The name of prefix number 0, 1, ... of those that the writer generates: a, b, ..., z, a1, b1, ... */
#define WRITER_GENERATED_ROOM 16
WS_XML_STRING writer_generate_prefix(ULONG number, BYTE text[WRITER_GENERATED_ROOM]);
/* A qualified name as the characters that it is in text, in the arena. */
HRESULT writer_name_as_characters(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *name, WS_XML_UTF8_TEXT *text,
                                  WS_ERROR *error);
/* Makes a qualified name characters if its prefix, as all is now, does not mean its namespace. */
HRESULT writer_settle_name(WS_XML_WRITER *writer, union xml_text *text, WS_ERROR *error);

/* --- The start tag goes to the encoder: commit.c --- */

/* Has the encoder begin, before the first node. */
HRESULT writer_begin(WS_XML_WRITER *writer, WS_ERROR *error);
/* A line break and indentation of a level, inside the innermost element. */
HRESULT writer_indent(WS_XML_WRITER *writer, size_t level, WS_ERROR *error);
/* What comes before a child of the innermost element: an element or a comment. */
HRESULT writer_before_child(WS_XML_WRITER *writer, WS_ERROR *error);
/* Chooses prefixes for the pending start tag, and has the encoder write it. */
HRESULT writer_commit_pending(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error);
static inline HRESULT writer_commit(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;

    if (writer->tag != TAG_FAST)
        return writer_commit_pending(writer, is_empty, error);
    output->pos += writer->fast_length;
    if (LIKELY(writer->direct == DIRECT_TEXT))
    {
        if (is_empty)
            *output->pos++ = '/';
        *output->pos++ = '>';
    }
    writer->tag = TAG_NONE;
    return S_OK;
}
/* As is, without the checks and notes that go with text that a caller writes. */
HRESULT writer_text_encoded(WS_XML_WRITER *writer, const WS_XML_TEXT *text, HRESULT hr, WS_ERROR *error);
static inline HRESULT writer_encode_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    HRESULT hr = writer->encoder->text(writer, text, error);

    return UNLIKELY(writer->observer || writer->arena_used) ? writer_text_encoded(writer, text, hr, error) : hr;
}

/*
 * Fast start tags: a start tag on which nothing is left to decide, as in the common case, is not kept to be encoded
 * later, but encoded at once after the window's position; committing it moves the position. In text, there is room for
 * "/>" after it. The functions of fast.h make them, for those that call the core; the core makes none. Code that adds
 * to a start tag in another way, or does anything to the window but append, calls writer_leave_fast() first.
 */

/* Makes a fast start tag, if there is one, a pending start tag of the general path. */
static inline HRESULT writer_leave_fast(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return UNLIKELY(writer->tag == TAG_FAST) ? writer->leave_fast(writer, error) : S_OK;
}

/* --- Values in pieces: pieces.c --- */

/* Ends text that is in pieces: what comes next is something else. */
HRESULT writer_end_pieces(WS_XML_WRITER *writer, WS_ERROR *error) COLD;

/* Ends bytes outside of all elements, where no end of an element will, before all that was written is handed out. */
HRESULT writer_end_outer_bytes(WS_XML_WRITER *writer, WS_ERROR *error);

/* Before anything that is not a continuation of what was written last. */
static inline HRESULT writer_settle(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return UNLIKELY(writer->piece != PIECE_NONE) ? writer_end_pieces(writer, error) : S_OK;
}

/* Before text of a kind: what is unfinished of another kind is ended. */
static inline HRESULT writer_settle_unless(WS_XML_WRITER *writer, enum writer_piece piece, WS_ERROR *error)
{
    return UNLIKELY(writer->piece != PIECE_NONE && writer->piece != piece) ? writer_end_pieces(writer, error) : S_OK;
}
/* Makes the place for text outside of all elements. `is_space`: it may stand there in any case. */
HRESULT writer_begin_top(WS_XML_WRITER *writer, bool is_space, WS_ERROR *error);
/* Makes the place for text: commits the start tag. Nothing else is open. */
static inline HRESULT writer_begin_content(WS_XML_WRITER *writer, bool is_space, WS_ERROR *error)
{
    HRESULT hr;

    if (writer_tag_is_pending(writer) && (hr = writer_commit(writer, false, error)) != S_OK)
        return hr;
    if (UNLIKELY(!writer->depth))
        return writer_begin_top(writer, is_space, error);
    writer->elements[writer->depth - 1].has_text = true;
    return S_OK;
}
/* Appends to the value of the attribute. */
HRESULT writer_gather(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count, WS_ERROR *error);
/* Takes a text that is whole, and of `size` bytes, as the value of the attribute. */
HRESULT writer_take_single(WS_XML_WRITER *writer, const WS_XML_TEXT *text, size_t size, WS_ERROR *error);

/*
 * What other layers call, too, is from here on. Arguments have been checked; each faults the writer when it fails.
 *
 * The functions writer_allows_...() say what of the answer to a call does not depend on its arguments: the writer's
 * state, and whether an element, an attribute or declaration (`what`: for the sentence), or a value of one piece or of
 * several (of `piece`), can stand here at all.
 */

/* --- What is on a start tag: start_tag.c --- */

HRESULT writer_allows_attribute(WS_XML_WRITER *writer, const char *what, WS_ERROR *error);
HRESULT writer_start_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                               const WS_XML_STRING *ns, BOOL single_quote, WS_ERROR *error);
HRESULT writer_end_attribute(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_xmlns(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, BOOL single_quote,
                     WS_ERROR *error);
/* The attribute whose value is being written. */
struct writer_attribute *writer_current_attribute(const WS_XML_WRITER *writer);
/* The refusal of something (`what`: for the sentence) where an attribute or a CDATA section is to be ended first. */
HRESULT writer_refuse_inside(const WS_XML_WRITER *writer, const char *what, WS_ERROR *error) COLD;

/* --- Elements and comments: element.c --- */

HRESULT writer_allows_element(WS_XML_WRITER *writer, WS_ERROR *error);
/* Opens an element by the general path: it is not a fast start tag. */
HRESULT writer_start_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                             const WS_XML_STRING *ns, WS_ERROR *error);
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
/*
 * Notes that the pending start tag, if there is one, is to declare what a value relies on, unless it is in scope.
 * ROLE_OFFERED: the value may not be a qualified name at all; where the prefix has another meaning, or a limit would be
 * exceeded, nothing is declared. ROLE_RELIES: it is one, with this prefix, on this very start tag. ROLE_REACHES: it is
 * the first content, and writer_copied_name() or writer_qualified_name() will write it; another prefix is declared if
 * it must be, and the prefix may be NULL: any will do. In an attribute that cannot take such a value,
 * WS_E_INVALID_OPERATION, and nothing is noted.
 */
HRESULT writer_note(WS_XML_WRITER *writer, enum writer_role role, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                    WS_ERROR *error);
HRESULT writer_copied_name(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *name, WS_ERROR *error);

/* --- What comes whole: whole.c, write_value.c, write_node.c --- */

HRESULT writer_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error);
/* A whole attribute of the pending start tag, as if by writer_start_attribute() and so on. */
HRESULT writer_attribute(WS_XML_WRITER *writer, const WS_XML_ATTRIBUTE *attribute, WS_ERROR *error);
HRESULT writer_value(WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, WS_ERROR *error);
/*
 * Writes a node. An element whose isEmpty is not set is not written as <a/>, unless COMPRESS_EMPTY_ELEMENTS is; so a
 * copy is faithful. writer_check_node() is what a node from outside goes through first: E_INVALIDARG.
 */
HRESULT writer_node(WS_XML_WRITER *writer, const WS_XML_NODE *node, WS_ERROR *error);

/* --- Fast start tags: fast.c --- */

/* Opens an element, as a fast start tag if that can be. */
HRESULT writer_open_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                            const WS_XML_STRING *ns, WS_ERROR *error);
/* Commits a start tag that is not a fast start tag, so that an element about to be opened inside can be one. */
HRESULT writer_make_way(WS_XML_WRITER *writer, WS_ERROR *error);
/* To be called when anything changes that `direct` depends on. */
void writer_set_direct(WS_XML_WRITER *writer);

/* --- Properties: writer_properties.c --- */

void writer_default_properties(struct writer_properties *properties);
HRESULT writer_set_properties(struct writer_properties *properties, const WS_XML_WRITER_PROPERTY *given, ULONG count,
                              WS_ERROR *error);
HRESULT writer_get_property(WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id, void *value, ULONG size,
                            WS_ERROR *error);

/* --- The object: writer.c, flush.c --- */

HRESULT writer_create(const WS_XML_WRITER_PROPERTY *properties, ULONG count, WS_XML_WRITER **writer, WS_ERROR *error);
void writer_free(WS_XML_WRITER *writer);
HRESULT writer_set_output(WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding,
                          const WS_XML_WRITER_OUTPUT *output, const WS_XML_WRITER_PROPERTY *properties, ULONG count,
                          WS_ERROR *error);
HRESULT writer_set_output_to_buffer(WS_XML_WRITER *writer, WS_XML_BUFFER *buffer,
                                    const WS_XML_WRITER_PROPERTY *properties, ULONG count, WS_ERROR *error);
/* All bytes in one piece, owned by the writer until it gets another output. */
HRESULT writer_get_bytes(WS_XML_WRITER *writer, WS_BYTES *bytes, WS_ERROR *error);
HRESULT writer_flush(WS_XML_WRITER *writer, ULONG min_size, const WS_ASYNC_CONTEXT *async, WS_ERROR *error);

#endif
