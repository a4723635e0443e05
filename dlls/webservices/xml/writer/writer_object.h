/* SPDX-License-Identifier: MIT */
/* writer_object.h - what a writer consists of; state.c has its states, and what its members are in each. */
#ifndef WS_XML_WRITER_WRITER_OBJECT_H
#define WS_XML_WRITER_WRITER_OBJECT_H

#include "base/arena.h"
#include "base/callback.h"
#include "base/handle.h"
#include "xml/names.h"
#include "xml/value.h"
#include "xml/writer/writer.h"

struct attribute_block;
struct canonical;
struct writer_attribute;
struct writer_binary;
struct writer_binding;
struct writer_encoder;
struct writer_positions;
struct xml_node;

enum writer_direct
{
    DIRECT_NONE,  /* no fast path: another output, or there is an observer, indentation or trace */
    DIRECT_TEXT,  /* in UTF-8 */
    DIRECT_BINARY /* in binary without a callback for dynamic strings */
};

enum writer_state
{
    WRITER_NO_OUTPUT, /* nothing can be written */
    WRITER_READY,
    WRITER_MOVED,    /* in an XML buffer: the open elements must be found before anything is written */
    WRITER_BUSY,     /* a callback of the caller's or a flush is running */
    WRITER_FINISHED, /* the document is complete: nothing can be added */
    WRITER_FAULTED
};

/* The properties that can be set. */
struct writer_properties
{
    ULONG max_depth, max_attributes, max_namespaces, indent, buffer_trim_size;
    ULONG buffer_max_size, buffer_limit; /* what WsGetWriterProperty returns, and what is enforced */
    ULONG max_mime_parts_size;           /* bytes: WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE */
    BOOL allow_fragment, write_declaration, allow_invalid_references, compress_empty, emit_uncompressed;
    WS_BYTES initial_buffer;
};

/* A piece of memory that encoded bytes go to. */
struct writer_chunk
{
    struct writer_chunk *next;
    size_t capacity, used; /* of the last chunk, the `pos` of the output counts instead of `used` */
    BYTE *bytes;
};

/*
 * Encoded bytes: a list of chunks that is only appended to. Encoders write through the window [pos, end), see
 * writer_put(). With the UTF-16 text encoder the window is memory of the encoder's instead.
 */
struct writer_output
{
    BYTE *pos, *end;             /* the window: where the next byte goes */
    BYTE *chunk_pos, *chunk_end; /* the free part of the last chunk; out of date while the window is there */
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

struct writer_element
{
    WS_XML_STRING prefix, local, ns;
    struct name_mark mark; /* the names before it */
    size_t binding_count;  /* bindings before it */
    ULONG counted;
    bool has_text; /* not to be indented inside */
    bool has_children;
    bool preserve_space;   /* xml:space="preserve" is in force */
    struct xml_node *node; /* of an element around the place in an XML buffer that the writer was moved to */
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

/* Between WsStartWriterCanonicalization and WsEndWriterCanonicalization. */
struct writer_canonical
{
    struct canonical *form; /* NULL: it has not been started */
    size_t depth;           /* where it was started: elements below cannot be ended; 0 also when it was not */
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
    bool pending_keep_open; /* written as <a></a> even if it stays empty */
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
        ULONG value;    /* where the value of the attribute being written begins; 0: none is */
        struct
        {
            const BYTE *local;
            ULONG length;
            ULONG typed_end; /* where a value ends that has a type */
        } names[WRITER_FAST_ATTRIBUTES];
        /* A bit for each attribute: its prefix was chosen; its value has a type, and is in `values`. */
        unsigned chosen, typed;
        union xml_text values[WRITER_FAST_ATTRIBUTES];
    } fast_tag;
    BYTE *scratch; /* its strings, as long as they are short */
    size_t scratch_used;
    struct arena arena; /* the rest of them */
    bool arena_used;
    struct writer_attribute **attributes;
    struct attribute_block *attribute_blocks;
    WS_XML_ATTRIBUTE **shown_attributes;
    size_t attribute_count, attribute_capacity;
    size_t note_count; /* of the entries those that will not, or need not, be on the start tag */
    /* The entries by prefix and by namespace, when needed: see entries.c. */
    uint32_t *entry_table;
    size_t entry_table_size, indexed, repeated;
    BYTE *value; /* of the attribute, while it is being written, in the arena */
    size_t value_length, value_capacity;
    WS_XML_STRING value_string; /* if its dictionary is not NULL, the value is just this string */

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
    bool extended;            /* an attribute was added to the element that the writer was moved to */
    struct xml_node *growing; /* the text node that bytes written next are added to; NULL: none */
    size_t growing_room;

    enum writer_state before_flush; /* the state that a flush returns to: READY or FINISHED */

    /* Callbacks and flushes under way. */
    struct callback_use use;
    bool free_later;      /* one of them has freed it: the function that is running fails, and then frees it */
    unsigned held;        /* operations of several calls that are running: it is freed only after them */
    unsigned value_depth; /* while one calls back: how many values are around what is written in the callback */
    bool pushing;         /* a push callback is running */
    HRESULT push_result;  /* the first failure to write what it pushed */
    WS_ASYNC_CALLBACK flushed;
    void *flushed_state;
    WS_ERROR *flush_error;
    ULONG flush_mark; /* how many sentences there were before the callback */

    /*
     * Functions of later files for earlier ones, which must not depend on those. At the end, since all are called
     * rarely.
     */
    const struct writer_positions *positions;                      /* of an XML buffer; NULL: it is another output */
    HRESULT (*leave_fast)(WS_XML_WRITER *writer, WS_ERROR *error); /* see writer_leave_fast() */
    HRESULT (*drain)(WS_XML_WRITER *writer, WS_ERROR *error);      /* makes room in a window that is staging */
    void (*destroy)(WS_XML_WRITER *writer);                        /* writer_free() */
};

/* Whether there is a start tag that has not been committed. */
static inline bool writer_tag_is_pending(const WS_XML_WRITER *writer)
{
    return writer->tag >= TAG_FAST;
}

/* --- Properties: writer_properties.c --- */

void writer_default_properties(struct writer_properties *properties);
HRESULT writer_set_properties(struct writer_properties *properties, const WS_XML_WRITER_PROPERTY *given, ULONG count,
                              WS_ERROR *error);
HRESULT writer_get_property(WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id, void *value, ULONG size,
                            WS_ERROR *error);

#endif
