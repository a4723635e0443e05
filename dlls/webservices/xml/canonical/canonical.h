/* SPDX-License-Identifier: MIT */
/*
 * canonical.h - the canonical form of XML: Exclusive XML Canonicalization 1.0 (RFC 3741, [XML-EXC-C14N]) and Canonical
 * XML 1.0 ([C14N]), each with and without comments.
 *
 * A sink: it is given nodes in document order, by a reader (read_canonical.c) or a writer (write_canonical.c), and
 * hands out their canonical bytes in pieces. It keeps the names of open elements and the namespaces that have been
 * rendered on them, and as many bytes as the caller wants in a piece; nothing else, whatever the document's length.
 *
 * Where it begins is where it ends: the nodes are those between two places inside of the same element. What is around
 * that is not rendered. Only the namespaces of inclusive prefixes are taken from there.
 */
#ifndef WS_XML_CANONICAL_CANONICAL_H
#define WS_XML_CANONICAL_CANONICAL_H

#include <stdbool.h>
#include <stddef.h>

#include "webservices.h"

struct canonical;

/* Where canonicalization begins, and who asks for it. */
struct canonical_place
{
    void *owner;

    /* Takes a piece of the canonical form. */
    HRESULT (*write)(void *owner, const BYTE *bytes, size_t count, WS_ERROR *error);

    /* The namespace that a prefix is bound to around the place; NULL, or "" for the empty prefix, if it is not. */
    const WS_XML_STRING *(*find)(void *owner, const WS_XML_STRING *prefix);

    /*
     * The namespace of an attribute, or the one that it declares, of the element that canonical_element_start() was
     * called for, as a string whose bytes stay where they are as long as that is open. NULL: they do not.
     */
    const WS_XML_STRING *(*keep)(void *owner, const WS_XML_ATTRIBUTE *attribute);

    bool at_beginning; /* of the document: nothing has been passed */
    bool at_top;       /* outside of all elements, */
    bool after_root;   /* and there was one before; */
    bool fragment;     /* white space is text there, too */
    bool line_ends;    /* in CDATA and comments CR is written as it is, so that readers will take it for a line end */
};

/*
 * Begins. Everything of the properties is copied.
 *
 * E_INVALIDARG: a property that does not exist, with a wrong size, or whose value cannot be; WS_E_INVALID_FORMAT: an
 * inclusive prefix that is no name; WS_E_INVALID_OPERATION: an inclusive algorithm not at the beginning of a document;
 * E_OUTOFMEMORY.
 */
HRESULT canonical_create(const struct canonical_place *place, const WS_XML_CANONICALIZATION_PROPERTY *properties,
                         ULONG count, struct canonical **ret, WS_ERROR *error);
void canonical_free(struct canonical *canonical);

/* Notes the namespaces around the place; before any node. E_OUTOFMEMORY. */
HRESULT canonical_look_around(struct canonical *canonical, WS_ERROR *error);

/* How many elements are open that began since. */
size_t canonical_depth(const struct canonical *canonical);

/* The nodes. All of these may call place.write, and fail as that does, or with E_OUTOFMEMORY. */
HRESULT canonical_element_start(struct canonical *canonical, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error);
HRESULT canonical_element_end(struct canonical *canonical, WS_ERROR *error); /* the depth is not 0 */
HRESULT canonical_text(struct canonical *canonical, const WS_XML_TEXT *text, WS_ERROR *error);
HRESULT canonical_comment(struct canonical *canonical, const WS_XML_STRING *value, WS_ERROR *error);

/* The marks of a CDATA section, which matter only with line_ends. */
void canonical_cdata(struct canonical *canonical, bool starts);

/* Bytes that are text as base64: pieces that belong together up to canonical_bytes_end(). */
HRESULT canonical_bytes(struct canonical *canonical, const BYTE *bytes, size_t count, WS_ERROR *error);
HRESULT canonical_bytes_end(struct canonical *canonical, WS_ERROR *error);

/* Hands out what is left. */
HRESULT canonical_finish(struct canonical *canonical, WS_ERROR *error);

#endif
