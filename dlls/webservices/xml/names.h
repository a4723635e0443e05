/* SPDX-License-Identifier: MIT */
/* names.h - XML names, WS_XML_STRING, dictionaries. */
#ifndef WS_XML_NAMES_H
#define WS_XML_NAMES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "webservices.h"

/*
 * The dictionary of the local names that a binary document contains: on Windows they have been observed to have one.
 * Ours has no strings, so that their ids mean nothing, and is not constant, so that nobody keeps it.
 */
extern const WS_XML_DICTIONARY xml_dictionary_inline;

/*
 * Whether two strings have the same bytes. They do if they are the same one of a dictionary; other ids say nothing, for
 * there are programs with dictionaries that have a string twice, which the page of WS_XML_DICTIONARY does not allow.
 */
static inline bool xml_string_equals(const WS_XML_STRING *a, const WS_XML_STRING *b)
{
    if (a->id == b->id && a->dictionary && a->dictionary == b->dictionary && a->dictionary != &xml_dictionary_inline)
        return true;
    if (a->length != b->length)
        return false;
    /* An empty string may have no bytes, which memcmp() must not see. */
    return a->bytes == b->bytes || !a->length || !memcmp(a->bytes, b->bytes, a->length);
}

/* Whether a string has a length, but its bytes are at NULL. */
static inline bool xml_string_is_broken(const WS_XML_STRING *string)
{
    return string->length && !string->bytes;
}

/* A hash of names and namespaces: FNV-1a with a seed and a final mix. Most are short. */
static inline uint32_t xml_hash(uint32_t seed, const BYTE *bytes, size_t length)
{
    uint32_t hash = seed ^ 2166136261u;

    while (length--)
        hash = (hash ^ *bytes++) * 16777619u;
    hash ^= hash >> 15;
    hash *= 2246822519u;
    return hash ^ hash >> 13;
}

/* An unpredictable seed for the hash tables of an object. */
uint32_t xml_hash_seed(const void *object);

/*
 * Whether this is an NCName in UTF-8: a name of XML 1.0, fifth edition, without a colon. WS_E_INVALID_FORMAT with a
 * sentence if not; `what` is named in it: "element name".
 */
HRESULT xml_check_ncname(const BYTE *bytes, size_t length, const char *what, WS_ERROR *error);

extern const WS_XML_STRING xml_empty;           /* "" */
extern const WS_XML_STRING xml_nothing;         /* the same at NULL: see reader_element */
extern const WS_XML_STRING xml_prefix_xml;      /* "xml" */
extern const WS_XML_STRING xml_prefix_xmlns;    /* "xmlns" */
extern const WS_XML_STRING xml_namespace_xml;   /* http://www.w3.org/XML/1998/namespace */
extern const WS_XML_STRING xml_namespace_xmlns; /* http://www.w3.org/2000/xmlns/ */

/*
 * What readers and XML buffers show as the value of an attribute that declares a namespace: no characters. Observed on
 * Windows: its bytes are at NULL in text, and not in binary.
 */
extern const WS_XML_UTF8_TEXT xml_xmlns_value, xml_xmlns_value_binary;

/* xop:Include, which stands for a MIME part (XOP 1.0), and the attribute xmime:contentType (W3C note, 2005). */
#define XML_NAMESPACE_XOP "http://www.w3.org/2004/08/xop/include"
extern const WS_XML_STRING xml_local_include;      /* "Include" */
extern const WS_XML_STRING xml_namespace_xop;      /* XML_NAMESPACE_XOP */
extern const WS_XML_STRING xml_local_content_type; /* "contentType" */
extern const WS_XML_STRING xml_namespace_xmime;    /* http://www.w3.org/2004/11/xmlmime */

/* The static dictionary of [MC-NBFS]: string number n has the id 2n on the wire. */
extern const WS_XML_DICTIONARY xml_dictionary_soap;

#endif
