/* SPDX-License-Identifier: MIT */
/*
 * types.h - what a WS_TYPE is, for the files of this folder.
 *
 * The table in types.c has a line for each type: how large its value is, what can be said with it, and the two
 * functions that read and write it. Whatever meets a type in a description goes through the table, which is handed down
 * in struct typed_reader and struct typed_writer: so the files of the types, of which some hold values of any other
 * type, do not use one another.
 *
 *     type_simple.c    numbers, dates, strings, bytes, identifiers, names, enumerations: what has a text
 *     type_struct.c    structures: their fields in order, and what becomes of what no field takes
 *     type_union.c     unions: one field out of several
 *     type_fault.c     faults, which are structures that SOAP describes
 *     type_address.c   endpoint addresses, with headers, extensions and identities
 *     type_any.c       XML buffers and custom types: what this folder does not look into
 *     chars.c          the characters of strings
 *     field.c          a field of a structure or union: elements, attributes, defaults
 *     array.c          repeating fields
 *     xsi.c            xsi:nil and xsi:type
 *     typed_limits.c   what the description of a simple type allows
 *     check_description.c          descriptions, before anything is done with them
 *     typed.c          values as they are passed to functions: options and sizes
 *     read_type.c, write_type.c    the exported functions
 */
#ifndef WS_XML_TYPED_TYPES_H
#define WS_XML_TYPED_TYPES_H

#include "base/constants.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/text.h"
#include "xml/block.h"
#include "xml/names.h"
#include "xml/reader/object.h"
#include "xml/writer/check.h"
#include "xml/writer/writer_object.h"

/*
 * How deep values can be in one another. Elements in elements are limited by the properties of readers and writers; but
 * those can be set, and a description can make a value consist of itself. A level takes less than 1 KB of stack.
 */
#define TYPED_LARGEST_DEPTH 256u

/* What a value is to be used for. */
struct typed_use
{
    WS_TYPE_MAPPING mapping;
    bool for_reading;
    bool needs_heap; /* found: some of it goes to the heap */
};

struct type;

/* A value that is being read, and all that is in it. */
struct typed_reader
{
    WS_XML_READER *reader;
    WS_HEAP *heap; /* NULL: the caller has given none, since no value needs it */
    const struct type *types;
    unsigned depth;
    ULONG mark;       /* error_mark() at the beginning: what is newer is of this value */
    bool named;       /* a sentence has the name of the field that it is of */
    ULONG size;       /* of the memory for the whole value: one of a derived type may need more than was declared */
    bool begun;       /* the reader may have moved: a failure is not a mere refusal any more */
    bool skips_space; /* where the reader is there are only elements: white space does not matter */
    /* What is no part of the value, of the element that it is read from; NULL: there is no such thing. */
    const struct typed_foreign *foreign;
    const WS_XML_NODE *outermost;
};

struct typed_writer
{
    WS_XML_WRITER *writer;
    const struct type *types;
    /* typed_check(), for a type that is found in a value. */
    HRESULT (*check)(struct typed_use *use, WS_TYPE type, const void *description, WS_ERROR *error);
    unsigned depth;
    ULONG mark;     /* error_mark() at the beginning: what is newer is of this value */
    unsigned named; /* how many things around a failure its sentence names; see typed_names_more() */
    bool begun;     /* something has been written: a failure is not a mere refusal any more */
    const WS_STRUCT_DESCRIPTION *declared, *derived; /* the last that was found to be derived, and from which */
};

/* What can be said with a type, and what it needs. */
#define TYPE_ON_HEAP      0x01u /* its values refer to memory */
#define TYPE_IS_POINTER   0x02u /* its value is a pointer already, and NULL is nil */
#define TYPE_HAS_NIL      0x04u /* no bytes at NULL are nil: WS_STRING, WS_BYTES, WS_XML_STRING */
#define TYPE_IS_COUNTED   0x08u /* in a structure its pointer and its count are two fields */
#define TYPE_IS_ELEMENT   0x10u /* its functions begin at a start element, and not in the content */
#define TYPE_IS_DESCRIBED 0x20u /* it must have a description */
#define TYPE_HAS_DEFAULT  0x40u /* a field can have a default value */
#define TYPE_IS_PRIMITIVE 0x80u /* its values are those of a WS_VALUE_TYPE */

/* Bits of WS_TYPE_MAPPING, WS_FIELD_MAPPING, and of combinations of WS_FIELD_ flags. */
#define BIT(n) (1u << (n))

struct type
{
    const char *name;
    size_t size; /* 0: its description says it */
    unsigned flags;
    uint32_t type_mappings, field_mappings;
    uint32_t options;         /* of the combinations of POINTER, OPTIONAL, NILLABLE and NILLABLE_ITEM */
    WS_VALUE_TYPE value_type; /* of primitive values */
    /*
     * Reads a value into memory that is all zeros. A text is read from the content, or from the attribute that the
     * reader is in, and the reader stays where it ends. With TYPE_IS_ELEMENT and WS_ELEMENT_TYPE_MAPPING or
     * WS_ANY_ELEMENT_TYPE_MAPPING the reader is at the start element, and goes past its end element.
     */
    HRESULT(*read)
    (struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping, const void *description, void *value,
     WS_ERROR *error);
    /*
     * Makes a value of a text, which is all there is: what read() does with the text it has read, and a shorter way
     * where that is at hand. NULL: more than the characters matters.
     */
    HRESULT(*parse)
    (struct typed_reader *typed, const struct type *type, const void *description, const BYTE *text, size_t length,
     void *value, WS_ERROR *error);
    /* Writes a value that is not nil: on the open start tag and after it, or into the open attribute. */
    HRESULT(*write)
    (struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping, const void *description,
     const void *value, WS_ERROR *error);
};

/* --- types.c --- */

#define TYPE_COUNT (WS_ANY_ATTRIBUTES_TYPE + 1)
extern const struct type typed_types[TYPE_COUNT];

/* sizeof() of a value. The descriptions of structures, unions, custom types and void begin with it. */
static inline size_t type_size(const struct type *type, const void *description)
{
    return type->size ? type->size : description ? *(const ULONG *)description : 0;
}

/* The functions of the table. */
#define TYPE_READS(name) \
    HRESULT name##_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping, \
                        const void *description, void *value, WS_ERROR *error)
#define TYPE_PARSES(name) \
    HRESULT name##_parse(struct typed_reader *typed, const struct type *type, const void *description, \
                         const BYTE *text, size_t length, void *value, WS_ERROR *error)
#define TYPE_WRITES(name) \
    HRESULT name##_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping, \
                         const void *description, const void *value, WS_ERROR *error)

TYPE_READS(address);
TYPE_READS(bytes);
TYPE_READS(custom);
TYPE_READS(fault);
TYPE_READS(primitive);
TYPE_READS(qname);
TYPE_READS(simple);
TYPE_READS(struct);
TYPE_READS(union);
TYPE_READS(xml_buffer);
TYPE_PARSES(enum);
TYPE_PARSES(primitive);
TYPE_PARSES(string);
TYPE_PARSES(unique_id);
TYPE_PARSES(wsz);
TYPE_PARSES(xml_string);
TYPE_WRITES(address);
TYPE_WRITES(bytes);
TYPE_WRITES(custom);
TYPE_WRITES(enum);
TYPE_WRITES(fault);
TYPE_WRITES(primitive);
TYPE_WRITES(qname);
TYPE_WRITES(string);
TYPE_WRITES(struct);
TYPE_WRITES(union);
TYPE_WRITES(unique_id);
TYPE_WRITES(wsz);
TYPE_WRITES(xml_buffer);
TYPE_WRITES(xml_string);

/* --- Reading --- */

/* Goes past white space and comments to what the next field may be. The node is up to date then. */
static inline HRESULT typed_to_next(struct typed_reader *typed, WS_ERROR *error)
{
    WS_XML_READER *reader = typed->reader;
    HRESULT hr;

    if (UNLIKELY(reader->state == READER_PENDING))
    {
        reader->state = READER_READY;
        if ((hr = reader_next(reader, error)) != S_OK)
            return hr;
    }
    if (LIKELY(reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT ||
               reader->node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT))
        return S_OK;
    return reader_skip_space(reader, error);
}

/* Moves on from the end of an element. */
static inline HRESULT typed_past_end(struct typed_reader *typed, WS_ERROR *error)
{
    HRESULT hr = typed->skips_space ? reader_next_markup(typed->reader, error) : reader_next(typed->reader, error);

    return UNLIKELY(hr == READER_STARVED) ? S_OK : hr;
}

/* Goes past an end element. */
static inline HRESULT typed_end_element(struct typed_reader *typed, WS_ERROR *error)
{
    return LIKELY(typed->reader->node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT)
               ? typed_past_end(typed, error)
               : reader_read_end_element(typed->reader, error);
}

/* The element that the reader is at; NULL: it is at another node. */
static inline const WS_XML_ELEMENT_NODE *typed_element(const struct typed_reader *typed)
{
    const WS_XML_NODE *node = typed->reader->node;

    return LIKELY(node->nodeType == WS_XML_NODE_TYPE_ELEMENT) ? (const WS_XML_ELEMENT_NODE *)node : NULL;
}

/* As xml_string_equals(), for a string of the document and one of a description: mostly short, and equal. */
static inline bool typed_same(const WS_XML_STRING *found, const WS_XML_STRING *wanted)
{
    if (LIKELY(!found->dictionary))
        return found->length == wanted->length && block_same(found->bytes, wanted->bytes, found->length);
    return xml_string_equals(found, wanted);
}

static inline bool element_is_named(const WS_XML_ELEMENT_NODE *element, const WS_XML_STRING *local,
                                    const WS_XML_STRING *ns)
{
    return typed_same(element->localName, local) && typed_same(element->ns, ns);
}

/* Whether a value that has a nil form is nil: NULL, or no bytes at NULL. */
static inline bool value_is_nil(const struct type *type, const void *value)
{
    const WS_BYTES *bytes = value; /* as which strings begin, too */

    if (type->flags & TYPE_IS_POINTER)
        return !*(void *const *)value;
    return type->flags & (TYPE_HAS_NIL | TYPE_IS_COUNTED) && !bytes->length && !bytes->bytes;
}

/* --- field.c --- */

/*
 * Reads the value of the element that the reader is at, whatever its name, and goes past it. `value` is all zeros.
 *
 * mapping: WS_ELEMENT_TYPE_MAPPING, or WS_ANY_ELEMENT_TYPE_MAPPING.
 * options: of WS_FIELD_. With POINTER the value goes to the heap, and `value` receives the pointer; with NILLABLE the
 * element may be nil, and `value` stays all zeros then.
 */
HRESULT typed_read_element_value(struct typed_reader *typed, WS_TYPE_MAPPING mapping, WS_TYPE id,
                                 const void *description, ULONG options, void *value, WS_ERROR *error);

/* Writes the element; `value` is where a pointer to it is with POINTER. */
HRESULT typed_write_element_value(struct typed_writer *typed, const WS_XML_STRING *local, const WS_XML_STRING *ns,
                                  WS_TYPE id, const void *description, ULONG options, const void *value,
                                  WS_ERROR *error);

/*
 * Reads a value that is the content of the element that the reader is at, and goes past the element, if that content is
 * one text which can be used where it is, and is such a value. S_FALSE: it is not, and nothing has moved.
 */
HRESULT typed_read_plain(struct typed_reader *typed, const struct type *type, const void *description, void *value,
                         WS_ERROR *error);

/* Gives a field that is missing its default; WS_E_INVALID_FORMAT if it must be there. */
HRESULT field_missing(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *structure, WS_ERROR *error);

/* Whether an OPTIONAL field is not to be written, since it is what a reader would take for it. */
HRESULT field_is_default(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                         bool *is_default, WS_ERROR *error);

/* Reads the attribute of an index of the element that the reader is at, and returns to the element. */
HRESULT field_read_attribute(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, ULONG index,
                             BYTE *structure, WS_ERROR *error);
/* Reports an element that is where a text is expected. */
HRESULT field_report_element(struct typed_reader *typed, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error) COLD;
/* Reports an element that is after all that is described: the most common reason why a document cannot be read. */
HRESULT field_report_extra(struct typed_reader *typed, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error) COLD;
/* Reads text, all there is of the content or the attribute. */
HRESULT field_read_text(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, WS_TYPE_MAPPING mapping,
                        BYTE *structure, WS_ERROR *error);
/* Reads a field of one element, if that follows: *found. */
HRESULT field_read_element(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *structure, bool *found,
                           WS_ERROR *error);
HRESULT field_write_attribute(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                              WS_ERROR *error);
HRESULT field_write_element(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                            WS_ERROR *error);
HRESULT field_write_text(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, WS_TYPE_MAPPING mapping,
                         const BYTE *structure, WS_ERROR *error);

/* Whether the reader is at an element that a field of one element is for, which may be one around items. */
bool field_matches(const WS_FIELD_DESCRIPTION *field, const WS_XML_ELEMENT_NODE *element);
/* The choice of a union that an element is; NULL: none. */
const WS_UNION_FIELD_DESCRIPTION *field_find_choice(const WS_UNION_DESCRIPTION *description,
                                                    const WS_XML_ELEMENT_NODE *element);

/*
 * Whether the sentence of a failure still gets the name of what is around that: each value puts it there on the way
 * out, so that the sentence has the way in, but values can be in one another very deep.
 */
#define TYPED_MOST_NAMED 8u
static inline bool typed_names_more(struct typed_writer *typed)
{
    return typed->named++ < TYPED_MOST_NAMED;
}
/* Says which field a failure is of. Returns `hr`. */
HRESULT field_failed(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, HRESULT hr, WS_ERROR *error) COLD;

/*
 * The same of reading, where a sentence has the name of the element already, but for those of callbacks and of what has
 * run out.
 */
HRESULT field_read_failed(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, HRESULT hr,
                          WS_ERROR *error) COLD;

/* The name of a field, for sentences: "field \"a\"". */
#define FIELD_NAME_ROOM 112
const char *field_show(const WS_FIELD_DESCRIPTION *field, char shown[FIELD_NAME_ROOM]);

/* --- array.c --- */

HRESULT array_read(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *structure, WS_ERROR *error);
HRESULT array_write(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                    WS_ERROR *error);

/* --- type_any.c --- */

/* Whether a buffer can be written: E_INVALIDARG: it is not live; WS_E_INVALID_OPERATION: it is the output itself. */
HRESULT any_check_buffer(const struct typed_writer *typed, const WS_XML_BUFFER *buffer, WS_ERROR *error);

/* The only element of a buffer; E_INVALIDARG: there are more, there is text beside it, or there is none. */
HRESULT any_sole_element(const WS_XML_BUFFER *buffer, const struct xml_node **ret, WS_ERROR *error);

/* Goes to the end element, or to the end. */
HRESULT any_content_skip(struct typed_reader *typed, WS_ERROR *error);

/* What is left of the content, into an XML buffer; and the attributes that no field is for. */
HRESULT any_content_read(struct typed_reader *typed, const WS_FIELD_DESCRIPTION *field, BYTE *structure,
                         WS_ERROR *error);
HRESULT any_content_write(struct typed_writer *typed, const WS_FIELD_DESCRIPTION *field, const BYTE *structure,
                          WS_ERROR *error);

/* --- xsi.c --- */

extern const WS_XML_STRING xsi_namespace;

/* Whether xsi:nil or xsi:type may be on an element. */
static inline bool xsi_may_be_on(const WS_XML_ELEMENT_NODE *element)
{
    ULONG i;

    for (i = 0; i < element->attributeCount; i++)
        if (UNLIKELY(element->attributes[i]->ns->length == xsi_namespace.length))
            return true;
    return false;
}

/* Whether the element that the reader is at says that it is nil. */
HRESULT xsi_is_nil(WS_XML_READER *reader, bool *nil, WS_ERROR *error);
/* Says so of the element whose start tag is open. */
HRESULT xsi_write_nil(WS_XML_WRITER *writer, WS_ERROR *error);

/*
 * The structure that the element which the reader is at consists of: `declared`, or the one derived from it that
 * xsi:type names. WS_E_INVALID_FORMAT: there is no such structure, or it is abstract.
 */
HRESULT xsi_find_type(struct typed_reader *typed, const WS_STRUCT_DESCRIPTION *declared,
                      const WS_STRUCT_DESCRIPTION **actual, WS_ERROR *error);
/* The one that a value says it is; E_INVALIDARG: it is not derived from `declared`, or abstract. */
HRESULT xsi_value_type(struct typed_writer *typed, const WS_STRUCT_DESCRIPTION *declared, const void *value,
                       const WS_STRUCT_DESCRIPTION **ret, WS_ERROR *error);
/*
 * Writes xsi:type for a value that was declared to be of another type, or of one that others are derived from: then a
 * reader is told that it is none of those, if it has a name and a field for its type.
 */
HRESULT xsi_write_type(struct typed_writer *typed, const WS_STRUCT_DESCRIPTION *declared,
                       const WS_STRUCT_DESCRIPTION *actual, WS_ERROR *error);
/* Whether an element may say that it is of a type derived from this one. */
static inline bool xsi_has_derived(const WS_STRUCT_DESCRIPTION *declared)
{
    return declared->subTypeCount != 0;
}
/* Whether values say which type they have. */
bool xsi_has_type(const WS_STRUCT_DESCRIPTION *declared);
/* The name of a type, for sentences; empty if it has none. */
const char *xsi_show_type(const WS_STRUCT_DESCRIPTION *description, char shown[TEXT_EXCERPT_ROOM]);

/* --- check_description.c --- */

/* Checks a type with its description and all that this refers to; E_INVALIDARG with a sentence. */
HRESULT typed_check(struct typed_use *use, WS_TYPE type, const void *description, WS_ERROR *error);

/* --- type_simple.c --- */

/* The largest value of a type that is not described. */
#define TYPED_LARGEST_SIMPLE 64

/* Whether two values of a simple type are the same; `size`: of the type. */
bool simple_equals(WS_TYPE type, const void *one, const void *other, size_t size);

/* --- chars.c --- */

/* Characters in the heap, with a zero after them if `extra` is 1, which is not counted. */
HRESULT typed_make_chars(struct typed_reader *typed, const BYTE *text, size_t length, size_t extra, WCHAR **ret,
                         ULONG *ret_length, WS_ERROR *error);

/* --- typed_limits.c --- */

/* Whether a value is one that the type's description allows; `description` may be NULL. WS_E_INVALID_FORMAT. */
HRESULT typed_check_value(const struct typed_reader *typed, WS_VALUE_TYPE type, const void *description,
                          const void *value, WS_ERROR *error);
/* The same for the length of `what`, between two limits that follow one another in the description. */
HRESULT typed_check_length(const ULONG *limits, ULONG length, const char *what, WS_ERROR *error);
/* The same for characters or bytes that were made of a text, which the sentence shows. */
HRESULT typed_check_text_length(const ULONG *limits, ULONG count, const char *unit, const BYTE *text, size_t length,
                                WS_ERROR *error);

/* Several names for a sentence, of which the first ones are shown: "\"a\", \"b\" and 3 more". */
struct name_list
{
    char text[160];
    size_t length;
    ULONG left_out;
};
static inline void name_list_init(struct name_list *list)
{
    list->text[0] = 0;
    list->length = 0;
    list->left_out = 0;
}
/* NULL: any name. */
void name_list_add(struct name_list *list, const WS_XML_STRING *name);
const char *name_list_show(struct name_list *list);

/* Enters a value, and leaves it. WS_E_QUOTA_EXCEEDED: there are too many around it. */
HRESULT typed_too_deep(WS_ERROR *error) COLD;
static inline HRESULT typed_enter(unsigned *depth, WS_ERROR *error)
{
    if (UNLIKELY(*depth >= TYPED_LARGEST_DEPTH))
        return typed_too_deep(error);
    ++*depth;
    return S_OK;
}

#endif
