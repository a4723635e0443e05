/* SPDX-License-Identifier: MIT */
/*
 * typed.h - C values as elements, by WS_TYPE: what reading and writing by description is built on.
 *
 * Every type has its line in the table of typed.c: how large its value is, what can be said with it, and two functions
 * that read and write the content of an element. Types that are not there yet (structures, enumerations, unions,
 * arrays, custom types, endpoint addresses, faults, ...) are answered with WS_E_NOT_SUPPORTED.
 *
 * None of these ends an operation: readers may return READER_STARVED, and whoever calls them for an exported function
 * passes the result through reader_finish().
 */
#ifndef WS_XML_TYPED_TYPED_H
#define WS_XML_TYPED_TYPED_H

#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

/*
 * Reads the element that a description names, if it follows but for white space and comments, and goes past it.
 *
 * reader: NULL: there is nothing to read, as if another element followed.
 * option: where the value goes, and whether it may be missing or nil; as the page of WS_READ_OPTION says. An element
 *      that is nil where it may not be is WS_E_INVALID_FORMAT, except for XML buffers, which hold it as it is.
 * heap: for what the value refers to; may be NULL for values without pointers that go into the caller's storage.
 * value, size: receive the value, or a pointer to it; untouched on failure. What is missing or nil is all zeros.
 * E_INVALIDARG: an option that the type does not have, a wrong size, no heap. WS_E_INVALID_FORMAT: another element, not
 * such a value, or one that the type's description does not allow. WS_E_NOT_SUPPORTED. As the functions of readers.
 */
HRESULT typed_read_element(WS_XML_READER *reader, const WS_ELEMENT_DESCRIPTION *description, WS_READ_OPTION option,
                           WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error);

/* The checks of arguments that typed_read_element() begins with, for callers that have no reader yet. */
HRESULT typed_check_read(const WS_ELEMENT_DESCRIPTION *description, WS_READ_OPTION option, const WS_HEAP *heap,
                         const void *value, ULONG size, WS_ERROR *error);

/*
 * Writes a value as the element that a description names.
 *
 * option, value, size: as the page of WS_WRITE_OPTION says. NULL and 0 are nil for the options that allow it.
 * E_INVALIDARG: an option that the type does not have, a wrong size, NULL where there must be a value.
 * WS_E_NOT_SUPPORTED. As the functions of writers. The element may have been begun when that is found out.
 */
HRESULT typed_write_element(WS_XML_WRITER *writer, const WS_ELEMENT_DESCRIPTION *description, WS_WRITE_OPTION option,
                            const void *value, ULONG size, WS_ERROR *error);

/* --- typed_limits.c --- */

/* Whether a value is one that the type's description allows; `description` may be NULL. WS_E_INVALID_FORMAT. */
HRESULT typed_check_value(WS_VALUE_TYPE type, const void *description, const void *value, WS_ERROR *error);
/* The same for a length in units of `what`, between two limits that follow one another in the description. */
HRESULT typed_check_length(const ULONG *limits, ULONG length, const char *what, WS_ERROR *error);

#endif
