/* SPDX-License-Identifier: MIT */
/*
 * scope.h - what is in scope at a place of an XML document: the open elements, the namespace that each prefix is bound
 * to, and the xml: attributes.
 *
 * Everything here comes and goes as a stack does. Strings are referred to where they are when they live as long as the
 * document (a buffer that the caller keeps), and copied into a stack of bytes otherwise.
 *
 * Looking up a prefix compares with the bindings from the newest on while there are few, and goes through a hash table
 * when there are many; so a document with n declarations and n uses of prefixes takes time proportional to n, whatever
 * limits the caller sets. The hash is seeded, so that a document cannot be made to collide.
 */
#ifndef WS_XML_SCOPE_H
#define WS_XML_SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

struct scope_chunk;

/* A stack of bytes, in chunks that do not move. */
struct scope_bytes
{
    struct scope_chunk *newest, *spare;
    size_t used; /* of the newest chunk */
};

struct scope_mark
{
    struct scope_chunk *chunk;
    size_t used;
};

struct scope_binding
{
    WS_XML_STRING prefix, ns;
    uint32_t hash;
    uint32_t older; /* the next older one in the same place of the hash table, plus 1 */
};

/* Memory for bindings. An element that is shown points to its namespace: what is outgrown is kept until a reset. */
struct scope_bindings
{
    struct scope_bindings *smaller;
    struct scope_binding bindings[];
};

struct scope_xml_attribute
{
    WS_XML_STRING name, value;
};

struct scope_element
{
    const BYTE *name; /* prefix:localName, for decoders that must match end tags */
    ULONG name_length;
    ULONG bindings, xml_attributes; /* how many there were around the element */
    struct scope_mark mark;
};

struct scope
{
    struct scope_element *elements;
    ULONG depth, element_room;
    struct scope_binding *bindings;
    ULONG binding_count, binding_room;
    struct scope_bindings *outgrown; /* what has the bindings, and had them when there was less room */
    ULONG default_binding;           /* that of the empty prefix, plus 1; 0: none */
    struct scope_xml_attribute *xml_attributes;
    ULONG xml_attribute_count, xml_attribute_room;
    uint32_t *table;                       /* by hash: the newest binding, plus 1 */
    uint32_t table_size, table_room, seed; /* what is used of the table, a power of 2; its memory */
    bool hashed;                           /* the table is in use */
    struct scope_bytes bytes;
};

/* An empty scope, which takes no memory. */
void scope_init(struct scope *scope);

/* Closes everything; keeps the memory. */
void scope_reset(struct scope *scope);

/* Gives the memory back. */
void scope_release(struct scope *scope);

/* Makes room for one more element; E_OUTOFMEMORY. */
HRESULT scope_grow_elements(struct scope *scope, WS_ERROR *error);

/*
 * Room on the stack of bytes, which stays until the innermost element is closed; NULL: no memory. Zero bytes are always
 * at the same place, which must not be written to.
 */
BYTE *scope_take(struct scope *scope, size_t length);

/*
 * Copies bytes onto the stack of bytes, where they stay until the innermost element that was open before is closed;
 * NULL: no memory.
 */
BYTE *scope_copy(struct scope *scope, const BYTE *bytes, size_t length);

/* Gives the innermost element a copy of its name. E_OUTOFMEMORY: it is not open any more. */
HRESULT scope_copy_name(struct scope *scope, WS_ERROR *error);

/* Opens an element. `copy`: the name does not stay where it is. E_OUTOFMEMORY. */
static inline HRESULT scope_open(struct scope *scope, const BYTE *name, ULONG name_length, bool copy, WS_ERROR *error)
{
    struct scope_element *element;
    HRESULT hr;

    if (scope->depth == scope->element_room && (hr = scope_grow_elements(scope, error)) != S_OK)
        return hr;
    element = &scope->elements[scope->depth++];
    element->name = name;
    element->name_length = name_length;
    element->bindings = scope->binding_count;
    element->xml_attributes = scope->xml_attribute_count;
    element->mark.chunk = scope->bytes.newest;
    element->mark.used = scope->bytes.used;
    return copy ? scope_copy_name(scope, error) : S_OK;
}

/* scope_close() for an element that has declared something. */
void scope_close_slow(struct scope *scope, const struct scope_element *element);

/* Closes the innermost element; there is one. */
static inline void scope_close(struct scope *scope)
{
    const struct scope_element *element = &scope->elements[--scope->depth];

    if (element->bindings != scope->binding_count || element->xml_attributes != scope->xml_attribute_count ||
        element->mark.chunk != scope->bytes.newest || element->mark.used != scope->bytes.used)
        scope_close_slow(scope, element);
}

/*
 * Binds a prefix to a namespace until the innermost element closes. A declaration that only repeats what is in effect
 * takes no place. `copy`: the strings do not stay where they are. WS_E_QUOTA_EXCEEDED if there would be more than
 * `max` bindings: then without a sentence, since the caller knows where that is.
 */
HRESULT scope_bind(struct scope *scope, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, bool copy, ULONG max,
                   WS_ERROR *error);

/* The number of bindings outside the innermost element; all of them if no element is open. */
static inline ULONG scope_outer_bindings(const struct scope *scope)
{
    return scope->depth ? scope->elements[scope->depth - 1].bindings : scope->binding_count;
}

/*
 * The namespace that a prefix is bound to by the oldest `limit` bindings; NULL if it is not. The empty prefix is bound
 * to the empty namespace at first; "xml" and "xmlns" are known. The result is valid as long as the binding.
 */
const WS_XML_STRING *scope_find(const struct scope *scope, const BYTE *prefix, size_t length, ULONG limit);

/* The namespace of the empty prefix. */
const WS_XML_STRING *scope_default(const struct scope *scope);

/* Remembers xml:name="value" until the innermost element closes; both are copied. */
HRESULT scope_add_xml_attribute(struct scope *scope, const WS_XML_STRING *name, const BYTE *value, size_t length,
                                WS_ERROR *error);

/* The value of the innermost xml: attribute of a name; NULL if there is none. */
const WS_XML_STRING *scope_find_xml_attribute(const struct scope *scope, const WS_XML_STRING *name);

#endif
