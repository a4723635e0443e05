/* SPDX-License-Identifier: MIT */
/* buffer_copy.h - copies of elements into a heap; those of strings and texts are in buffer.h. */
#ifndef WS_XML_BUFFER_BUFFER_COPY_H
#define WS_XML_BUFFER_BUFFER_COPY_H

#include "xml/buffer/buffer.h"

/*
 * Copies the names and attributes of an element. *copy may be half filled in on failure.
 *
 * around: the element of the same heap that it will be in, whose names the copy may use; NULL: none.
 */
HRESULT xml_element_copy(WS_HEAP *heap, const WS_XML_ELEMENT_NODE *around, const WS_XML_ELEMENT_NODE *element,
                         WS_XML_ELEMENT_NODE *copy, WS_ERROR *error);

/* Adds copies of attributes to an element of a buffer in the heap. It has the same attributes as before on failure. */
HRESULT xml_element_extend(WS_HEAP *heap, WS_XML_ATTRIBUTE *const *added, ULONG count, struct xml_node *node,
                           WS_ERROR *error);

#endif
