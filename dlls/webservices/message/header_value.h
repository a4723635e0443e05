/* SPDX-License-Identifier: MIT */
/* header_value.h - the values of headers, to and from the tree: header_value.c. */
#ifndef WS_MESSAGE_HEADER_VALUE_H
#define WS_MESSAGE_HEADER_VALUE_H

#include "message_object.h"
#include "xml/typed/typed.h"

/* A header to be written. */
struct header_source
{
    const WS_XML_STRING *local, *ns;
    bool must_understand, relay;
    struct typed_source value;
};

/*
 * Writes a header before a place of one of the message's buffers. *header, which may be NULL, receives its element. On
 * failure nothing stays of it in the tree, though it does in the heap. Callbacks of custom types may be called.
 */
HRESULT header_write(WS_MESSAGE *message, WS_XML_BUFFER *buffer, struct xml_node *place,
                     const struct header_source *source, struct xml_node **header, WS_ERROR *error);

/* Writes a copy of an element as a header, which is said to be a reference parameter if the addressing marks those. */
HRESULT header_write_parameter(WS_MESSAGE *message, struct xml_node *place, const struct xml_node *element,
                               WS_ERROR *error);

/* Reads the value of an element of one of the message's buffers; `name`: for sentences. */
HRESULT header_read(WS_MESSAGE *message, WS_XML_BUFFER *buffer, struct xml_node *header, const WS_XML_STRING *name,
                    const struct typed_target *target, WS_ERROR *error);

/* The same of a header of the message whose value is a URI: white space around it does not belong to that. */
HRESULT header_read_uri(WS_MESSAGE *message, struct xml_node *header, const WS_XML_STRING *name,
                        const struct typed_target *target, WS_ERROR *error);

#endif
