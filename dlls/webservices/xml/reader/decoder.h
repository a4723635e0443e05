/* SPDX-License-Identifier: MIT */
/*
 * decoder.h - what a decoder is, and what it makes nodes of (shown_node.c).
 */
#ifndef WS_XML_READER_DECODER_H
#define WS_XML_READER_DECODER_H

#include "xml/reader/object.h"

/*
 * One for each encoding.
 *
 * next() moves to the next node: it sets reader->node. It takes bytes from the window (and reader_pull() makes it
 * larger), and must leave everything as it was when it returns READER_STARVED. It is never called at EOF. The decoder
 * calls scope_close() for an element when it moves on from its END_ELEMENT, so that the scope is that of the element
 * while that is shown. A failure leaves the node that is shown intact, see below.
 *
 * Elements are made by reader_begin_element(), filling in its prefix and name and slots of reader_add_attribute(), then
 * reader_start_element(), which resolves the namespaces; then reader->node = &reader->element->shown.node. Texts are
 * made in reader->text (any type), with reader->node = &reader->text_node.node. BOF, EOF, END_ELEMENT, CDATA and
 * END_CDATA are the constants below.
 *
 * The node shown outlives a failure: WsGetReaderNode returns it then, as Windows does. So what it consists of is only
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

    /* The reader gets another input or is freed: frees what was kept for this one. NULL: nothing is. */
    void (*end)(WS_XML_READER *reader);

    /* Goes past white space if markup follows it: no node is made of it. NULL where that is no less work. */
    void (*skip_space)(WS_XML_READER *reader);

    /* For reader_plain_content() and reader_pass_content(). NULL: content is never plain. */
    bool (*plain_content)(WS_XML_READER *reader, union xml_text *text, const BYTE **end);
    void (*pass_content)(WS_XML_READER *reader, const BYTE *end);

    /* Of the raw encoding: there are no elements. */
    bool is_raw;

    /* Of the binary encoding: its declarations have only a prefix and a namespace, and its places are offsets. */
    bool is_binary;
};

extern const struct reader_decoder reader_text_decoder, reader_binary_decoder, reader_raw_decoder, reader_tree_decoder,
    reader_empty_decoder, reader_mtom_decoder;

/*
 * The nodes that have nothing but a type, one of each. They are at odd multiples of 4 bytes, so that UBSan reports code
 * that takes one for a larger node without looking at its type.
 */
extern const WS_XML_NODE reader_nodes[10];
#define reader_bof         reader_nodes[1]
#define reader_eof         reader_nodes[3]
#define reader_end_element reader_nodes[5]
#define reader_cdata       reader_nodes[7]
#define reader_end_cdata   reader_nodes[9]

/* --- Attributes and elements: shown_node.c --- */

/* An attribute of an element. Slots are made once and used for every element. */
struct reader_attribute
{
    WS_XML_ATTRIBUTE shown; /* first: the element's attributes point here */
    WS_XML_STRING prefix, name, ns;
    bool copied; /* the value is not in the document but in memory of the node */
    union xml_text value;
};

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
 * resolves its names, and checks that no attribute is there twice. `name` is what an end tag must match. The caller
 * shows it.
 */
HRESULT reader_start_element(WS_XML_READER *reader, const BYTE *name, ULONG name_length, bool empty, WS_ERROR *error);

/* Frees the slots. */
void reader_release_attributes(WS_XML_READER *reader);

/* --- What nodes consist of --- */

/* Memory that lives as long as the node shown; NULL: there is none. */
static inline void *reader_decoded_alloc(WS_XML_READER *reader, size_t size)
{
    reader->leave_work |= LEAVE_MEMORY;
    return arena_alloc(reader->decoded, size);
}

/* --- Failures: shown_node.c --- */

/* Where an attribute of the node being read is, if it has a line and column and is in the window still. */
bool reader_attribute_location(const WS_XML_READER *reader, const WS_XML_ATTRIBUTE *attribute, ULONGLONG *row,
                               ULONGLONG *column);

/* As reader_report(), with that place. */
HRESULT reader_report_attribute(WS_XML_READER *reader, const struct reader_attribute *attribute, HRESULT hr,
                                WS_ERROR *error, const char *format, ...) COLD PRINTF_LIKE(5, 6);

const char *reader_show_attribute(const struct reader_attribute *attribute, char shown[READER_NAME_ROOM]);

#endif
