/* SPDX-License-Identifier: MIT */
/* encode_binary.h - the encoder of the binary encoding: what its two files share, and what the writer calls. */
#ifndef WS_XML_WRITER_ENCODE_BINARY_H
#define WS_XML_WRITER_ENCODE_BINARY_H

#include "base/arena.h"
#include "xml/binary_records.h"

/* How many answers of the callback are remembered, and of strings up to which length. */
#define BINARY_ASKED_MAX    512u
#define BINARY_ASKED_LENGTH 256u

/* What the encoder keeps with a writer, from output to output. */
struct writer_binary
{
    const WS_XML_DICTIONARY *static_dictionary; /* NULL: none */
    WS_DYNAMIC_STRING_CALLBACK callback;        /* NULL: none */
    void *callback_state;

    /* The callback's answers; allocated when needed. */
    struct binary_asked *asked;
    ULONG asked_count;
    struct arena strings;

    BYTE *last_text;      /* the record of the text in content, if that was written last; else NULL */
    const BYTE *text_end; /* where it ended */

    /* Binary content that is not yet a record. */
    BYTE held[255];
    unsigned held_count;
};

/* The records for names of elements, or of attributes. */
struct binary_name_records
{
    BYTE brief, full, brief_dictionary, full_dictionary, letter, letter_dictionary;
};

extern const struct binary_name_records binary_element_names, binary_attribute_names;

/* Whether a prefix is part of a record: one letter. */
static inline bool binary_is_letter(const WS_XML_STRING *prefix)
{
    return prefix->length == 1 && prefix->bytes[0] >= 'a' && prefix->bytes[0] <= 'z';
}

/* Prepares a writer for the binary encoding; E_OUTOFMEMORY. */
HRESULT writer_binary_set(WS_XML_WRITER *writer, const WS_XML_WRITER_BINARY_ENCODING *encoding, WS_ERROR *error);

/* Frees what the encoder keeps. */
void writer_binary_free(WS_XML_WRITER *writer);

/* The bytes written are returned or flushed: they must not change any more. */
static inline void writer_binary_settle(struct writer_binary *binary)
{
    if (binary)
        binary->last_text = NULL;
}

/*
 * The id that stands for a string: in *id, with S_OK; S_FALSE: it is in no dictionary. WS_E_INVALID_FORMAT: the
 * caller's callback gave an id that is too large; WS_E_INVALID_OPERATION: it freed the writer.
 */
HRESULT writer_binary_find(WS_XML_WRITER *writer, const WS_XML_STRING *string, uint32_t *id, WS_ERROR *error);

/* Writes the record of a text; one of a fixed size takes no more than 24 bytes, for which there must be room. */
HRESULT writer_binary_put_value(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error);

/* Values as bytes: of 16 bytes each, and the 64 bits of a date. WS_E_INVALID_FORMAT for an invalid value. */
HRESULT binary_encode_decimal(const DECIMAL *value, BYTE *bytes, WS_ERROR *error);
void binary_encode_guid(const GUID *value, BYTE *bytes);
HRESULT binary_encode_datetime(const WS_DATETIME *value, uint64_t *bits, WS_ERROR *error);

/* The text record of the items of an array; 0: there are no arrays of this type. An item of it, of up to 16 bytes. */
unsigned binary_array_record(WS_VALUE_TYPE type);
HRESULT binary_encode_item(unsigned record, const BYTE *item, BYTE *bytes, WS_ERROR *error);

#endif
