/* SPDX-License-Identifier: MIT */
/*
 * binary_records.h - the binary encoding: the records of [MC-NBFX], which the decoder (decode_binary.c) and the encoder
 * (encode_binary.c) share.
 *
 * A record is a byte that says which one it is, and what that implies. Numbers are little-endian. Lengths of names, ids
 * of dictionary strings and counts are MultiByteInt31: 7 bits in each byte, the lowest first, the top bit set in all
 * but the last; 31 bits at most.
 *
 * A string in a dictionary has an id instead of bytes: twice its number in the static dictionary ([MC-NBFS] unless the
 * caller wants another), or twice its number in the dynamic one plus 1 ([MC-NBFSE]).
 */
#ifndef WS_XML_BINARY_RECORDS_H
#define WS_XML_BINARY_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "webservices.h"

/* [MC-NBFX] section 2.2. Of the ranges for prefixes a to z, only the a is named. */
enum binary_record
{
    RECORD_END_ELEMENT = 0x01,
    RECORD_COMMENT = 0x02,
    RECORD_ARRAY = 0x03,

    RECORD_FIRST_ATTRIBUTE = 0x04,
    RECORD_SHORT_ATTRIBUTE = 0x04,
    RECORD_ATTRIBUTE = 0x05,
    RECORD_SHORT_DICTIONARY_ATTRIBUTE = 0x06,
    RECORD_DICTIONARY_ATTRIBUTE = 0x07,
    RECORD_SHORT_XMLNS_ATTRIBUTE = 0x08,
    RECORD_XMLNS_ATTRIBUTE = 0x09,
    RECORD_SHORT_DICTIONARY_XMLNS_ATTRIBUTE = 0x0a,
    RECORD_DICTIONARY_XMLNS_ATTRIBUTE = 0x0b,
    RECORD_PREFIX_DICTIONARY_ATTRIBUTE_A = 0x0c,
    RECORD_PREFIX_ATTRIBUTE_A = 0x26,
    RECORD_LAST_ATTRIBUTE = 0x3f,

    RECORD_FIRST_ELEMENT = 0x40,
    RECORD_SHORT_ELEMENT = 0x40,
    RECORD_ELEMENT = 0x41,
    RECORD_SHORT_DICTIONARY_ELEMENT = 0x42,
    RECORD_DICTIONARY_ELEMENT = 0x43,
    RECORD_PREFIX_DICTIONARY_ELEMENT_A = 0x44,
    RECORD_PREFIX_ELEMENT_A = 0x5e,
    RECORD_LAST_ELEMENT = 0x77,

    /* Texts. Each has a form with 1 added, ...WithEndElement, that ends the element too. */
    RECORD_FIRST_TEXT = 0x80,
    RECORD_ZERO_TEXT = 0x80,
    RECORD_ONE_TEXT = 0x82,
    RECORD_FALSE_TEXT = 0x84,
    RECORD_TRUE_TEXT = 0x86,
    RECORD_INT8_TEXT = 0x88,
    RECORD_INT16_TEXT = 0x8a,
    RECORD_INT32_TEXT = 0x8c,
    RECORD_INT64_TEXT = 0x8e,
    RECORD_FLOAT_TEXT = 0x90,
    RECORD_DOUBLE_TEXT = 0x92,
    RECORD_DECIMAL_TEXT = 0x94,
    RECORD_DATETIME_TEXT = 0x96,
    RECORD_CHARS8_TEXT = 0x98,
    RECORD_CHARS16_TEXT = 0x9a,
    RECORD_CHARS32_TEXT = 0x9c,
    RECORD_BYTES8_TEXT = 0x9e,
    RECORD_BYTES16_TEXT = 0xa0,
    RECORD_BYTES32_TEXT = 0xa2,
    RECORD_START_LIST_TEXT = 0xa4,
    RECORD_END_LIST_TEXT = 0xa6,
    RECORD_EMPTY_TEXT = 0xa8,
    RECORD_DICTIONARY_TEXT = 0xaa,
    RECORD_UNIQUE_ID_TEXT = 0xac,
    RECORD_TIMESPAN_TEXT = 0xae,
    RECORD_UUID_TEXT = 0xb0,
    RECORD_UINT64_TEXT = 0xb2,
    RECORD_BOOL_TEXT = 0xb4,
    RECORD_UNICODE_CHARS8_TEXT = 0xb6,
    RECORD_UNICODE_CHARS16_TEXT = 0xb8,
    RECORD_UNICODE_CHARS32_TEXT = 0xba,
    RECORD_QNAME_DICTIONARY_TEXT = 0xbc,
    RECORD_LAST_TEXT = 0xbd
};

#define RECORD_WITH_END_ELEMENT 1

/* The largest MultiByteInt31, and the largest length that has 31 bits in a record. */
#define BINARY_MAX_INT31 0x7fffffffu

/* DateTimeText keeps in its top two bits what kind of time the others mean; [MC-NBFX] section 2.2.3.12. */
#define BINARY_DATETIME_KIND_SHIFT 62

/* The name that the specification gives a record, without "WithEndElement"; "unknown" if it has none. */
const char *binary_record_name(unsigned record);
/* "WithEndElement" or "". */
const char *binary_record_suffix(unsigned record);

/* The bytes of a value in an array of a record type ([MC-NBFX] section 2.3.3); 0 if there are no arrays of it. */
unsigned binary_array_item_size(unsigned record);

static inline bool binary_is_text(unsigned record)
{
    return record >= RECORD_FIRST_TEXT && record <= RECORD_LAST_TEXT;
}

static inline bool binary_is_element(unsigned record)
{
    return record >= RECORD_FIRST_ELEMENT && record <= RECORD_LAST_ELEMENT;
}

static inline bool binary_is_attribute(unsigned record)
{
    return record >= RECORD_FIRST_ATTRIBUTE && record <= RECORD_LAST_ATTRIBUTE;
}

/* --- Numbers --- */

static inline uint16_t binary_get16(const BYTE *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t binary_get32(const BYTE *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t binary_get64(const BYTE *p)
{
    return binary_get32(p) | (uint64_t)binary_get32(p + 4) << 32;
}

static inline BYTE *binary_put16(BYTE *p, uint32_t value)
{
    p[0] = (BYTE)value;
    p[1] = (BYTE)(value >> 8);
    return p + 2;
}

static inline BYTE *binary_put32(BYTE *p, uint32_t value)
{
    return binary_put16(binary_put16(p, value), value >> 16);
}

static inline BYTE *binary_put64(BYTE *p, uint64_t value)
{
    return binary_put32(binary_put32(p, (uint32_t)value), (uint32_t)(value >> 32));
}

/* A MultiByteInt31, of up to 5 bytes. */
static inline BYTE *binary_put_int31(BYTE *p, uint32_t value)
{
    while (value >= 0x80)
    {
        *p++ = (BYTE)(value | 0x80);
        value >>= 7;
    }
    *p++ = (BYTE)value;
    return p;
}

/*
 * Reads a MultiByteInt31: returns how many bytes it takes; 0 if `end` cuts it off; -1 if it has more than 31 bits. One
 * with more bytes than it needs is accepted, as .NET does.
 */
static inline int binary_get_int31(const BYTE *p, const BYTE *end, uint32_t *value)
{
    uint32_t result = 0;
    int i;

    for (i = 0; i < 5 && p + i < end; i++)
    {
        result |= (uint32_t)(p[i] & 0x7f) << (7 * i);
        if (!(p[i] & 0x80))
        {
            if (i == 4 && p[i] > 0x07)
                return -1;
            *value = result;
            return i + 1;
        }
    }
    return i == 5 ? -1 : 0;
}

/* --- What the encoder keeps --- */

/* A string that the callback was asked about. */
struct binary_asked
{
    uint32_t hash;
    ULONG id, length;
    const BYTE *bytes; /* NULL: the place is free */
    bool found;
};

#endif
