/* SPDX-License-Identifier: MIT */
/* encode_buffer.h - the place of a writer in an XML buffer, for the encoder and for write_position.c. */
#ifndef WS_XML_WRITER_ENCODE_BUFFER_H
#define WS_XML_WRITER_ENCODE_BUFFER_H

#include "xml/buffer/buffer.h"

static inline WS_XML_NODE_TYPE node_type_of(const struct xml_node *node)
{
    return node->shown.node.nodeType;
}

/* The place may have been removed from the buffer since: WS_E_INVALID_OPERATION. */
HRESULT writer_check_place(const WS_XML_WRITER *writer, WS_ERROR *error);

#endif
