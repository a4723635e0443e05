/* SPDX-License-Identifier: MIT */
/* encoder.h - what an encoder implements, and what an output in which the writer can be moved does; see writer.h. */
#ifndef WS_XML_WRITER_ENCODER_H
#define WS_XML_WRITER_ENCODER_H

#include "xml/writer/writer_object.h"

/*
 * An encoder. The calls come in document order and are well nested. Every element_start has an element_end. All
 * pointers are valid only during the call. An encoder does not call back into the core.
 */
struct writer_encoder
{
    const char *name; /* "text": for error sentences */
    bool is_raw;      /* not XML: at the top anything is allowed */
    bool is_package;  /* MTOM: encoder_state is its struct mtom_writer */

    /* Which fast path does the same for this output as the encoder. NULL: none. */
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
     * Text of any type. No character is split over calls, in UTF-8 or UTF-16. The encoder checks that they are valid,
     * since it looks at each character anyway; one that does not calls writer_check_text().
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
     * The bytes are to be returned, or flushed, while no element is open: MTOM writes its parts here, and the state is
     * WRITER_FINISHED then. May be NULL.
     */
    HRESULT (*finish)(WS_XML_WRITER *writer, WS_ERROR *error);

    /* The bytes written so far are about to go to a stream. May be NULL. */
    HRESULT (*flushing)(WS_XML_WRITER *writer, WS_ERROR *error);

    /* The most bytes that closing all that is open could take. NULL: this output has no bytes. */
    size_t (*bytes_to_close)(const WS_XML_WRITER *writer);

    /* Frees what the encoder keeps in writer->encoder_state. May be NULL. */
    void (*release)(WS_XML_WRITER *writer);
};

extern const struct writer_encoder writer_text_encoder, writer_binary_encoder, writer_raw_encoder,
    writer_buffer_encoder, writer_mtom_encoder;

/* An output in which a writer can be moved: an XML buffer. */
struct writer_positions
{
    /* Makes the elements around the place the open ones: the writer is WRITER_MOVED. */
    HRESULT (*resume)(WS_XML_WRITER *writer, WS_ERROR *error);
    /* Whether the place is at the end of the innermost element: a writer that was moved may be anywhere. */
    bool (*at_end)(const WS_XML_WRITER *writer);
    /*
     * Makes the start tag of the element that the writer was moved to the pending one again, so that an attribute or a
     * declaration can be added: from TAG_REOPENABLE to TAG_REOPENED.
     */
    HRESULT (*reopen)(WS_XML_WRITER *writer, WS_ERROR *error);
    /* Commits it when that has ended: adds it to the element, whose tag is TAG_REOPENABLE again. */
    HRESULT (*extend)(WS_XML_WRITER *writer, WS_ERROR *error);
};

extern const struct writer_positions writer_buffer_positions;

#endif
