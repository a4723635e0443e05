/* SPDX-License-Identifier: MIT */
/*
 * typed.h - C values by description, to and from XML: serialization.
 *
 * What a function is given, WS_READ_OPTION or WS_WRITE_OPTION and a pointer with a size, is checked first, with the
 * description and all that this refers to, and becomes a struct typed_target or typed_source. Only then anything moves.
 *
 * None of the functions that read ends an operation: they may return READER_STARVED, and are between
 * reader_begin_use() and reader_end_use(), as those that write are between writer_hold() and writer_let_go(). The files
 * of this folder are listed in types.h.
 */
#ifndef WS_XML_TYPED_TYPED_H
#define WS_XML_TYPED_TYPED_H

#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

/* Where a value that is read goes. */
struct typed_target
{
    WS_TYPE_MAPPING mapping;
    WS_TYPE type;
    const void *description;
    ULONG options; /* WS_FIELD_POINTER, _OPTIONAL, _NILLABLE: what the WS_READ_OPTION means */
    WS_HEAP *heap;
    void *value;
    ULONG size;
};

/*
 * Checks what a function that reads is given, and fills in *target.
 *
 * E_INVALIDARG: a description that cannot be; an option that the type, the mapping or the function does not have; a
 * wrong size, value NULL; a heap that is NULL where one is needed, or not live.
 */
HRESULT typed_check_target(struct typed_target *target, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *description,
                           WS_READ_OPTION option, WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error);

/*
 * Reads a value from where the reader is, as the mapping says; see the page of WS_TYPE_MAPPING. *target->value is
 * untouched on failure.
 *
 * Returns WS_E_INVALID_FORMAT (it is not such a value, or not one that its description allows), WS_E_NUMERIC_OVERFLOW,
 * WS_E_QUOTA_EXCEEDED (of the heap, too; or values are too deep in one another), WS_E_INVALID_OPERATION (with
 * WS_ATTRIBUTE_TYPE_MAPPING: the reader is not in an attribute), E_OUTOFMEMORY, what a callback returns, and as the
 * functions of readers.
 */
HRESULT typed_read(WS_XML_READER *reader, const struct typed_target *target, WS_ERROR *error);

/* Which attributes of an element in an XML buffer are no part of its value, and need not be described. */
struct typed_foreign
{
    bool (*is)(const WS_XML_ATTRIBUTE *attribute, const void *context);
    const void *context;
};

/* The same for an element of an XML buffer, which the reader is at. */
HRESULT typed_read_despite(WS_XML_READER *reader, const struct typed_target *target,
                           const struct typed_foreign *foreign, WS_ERROR *error);

/* Reads an element of a name, if that follows but for white space and comments; if not, as typed_missing(). */
HRESULT typed_read_named(WS_XML_READER *reader, const struct typed_target *target, const WS_XML_STRING *name,
                         const WS_XML_STRING *ns, WS_ERROR *error);

/* There is no such value: all zeros, or WS_E_INVALID_FORMAT if one is required. */
HRESULT typed_missing(const struct typed_target *target, WS_ERROR *error);

/* What is written. */
struct typed_source
{
    WS_TYPE_MAPPING mapping;
    WS_TYPE type;
    const void *description;
    const void *value; /* NULL: it is nil */
};

/* The same for functions that write. NULL with a size of 0 is no value: observed on Windows, unlike the pages. */
HRESULT typed_check_source(struct typed_source *source, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *description,
                           WS_WRITE_OPTION option, const void *value, ULONG size, WS_ERROR *error);

/*
 * Writes a value where the writer is. A refusal (E_INVALIDARG, WS_E_INVALID_OPERATION) has changed nothing if nothing
 * has been written by then; else the writer is faulted.
 *
 * Returns E_INVALIDARG (a value in it that its description does not allow: NULL, a name that is not there, a type that
 * is not derived), WS_E_INVALID_FORMAT (a union has no such choice; a value has no text), WS_E_QUOTA_EXCEEDED,
 * WS_E_INVALID_OPERATION, E_OUTOFMEMORY, what a callback returns, and as the functions of writers.
 */
HRESULT typed_write(WS_XML_WRITER *writer, const struct typed_source *source, WS_ERROR *error);

/* Writes the element or attribute around it, too. */
HRESULT typed_write_named(WS_XML_WRITER *writer, const struct typed_source *source, const WS_XML_STRING *name,
                          const WS_XML_STRING *ns, WS_ERROR *error);

/* The names of an element or attribute that is described: E_INVALIDARG if one is NULL or empty. */
HRESULT typed_check_names(const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_ERROR *error);

/* The namespace of a version of WS-Addressing that has one: WS_ADDRESSING_VERSION_0_9, WS_ADDRESSING_VERSION_1_0. */
const WS_XML_STRING *typed_addressing_namespace(WS_ADDRESSING_VERSION version);

#endif
