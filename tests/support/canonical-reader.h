/* SPDX-License-Identifier: MIT */
/* canonical-reader.h - for tests of readers' canonical forms: the form of an element, or of a document. */
#ifndef WS_CANONICAL_READER_TEST_H
#define WS_CANONICAL_READER_TEST_H

#include "support/canonical.h"
#include "support/reader.h"

/* Moves to the element with a name, from the beginning; NULL: stays there. */
static __attribute__((unused)) void move_to(WS_XML_READER *reader, const char *name)
{
    const WS_XML_NODE *node;

    if (!name)
        return;
    do
    {
        expect_hr(S_OK, WsReadNode(reader, NULL));
        node = current_node(reader);
        expect(node->nodeType != WS_XML_NODE_TYPE_EOF);
    } while (node->nodeType != WS_XML_NODE_TYPE_ELEMENT ||
             !string_is(((const WS_XML_ELEMENT_NODE *)node)->localName, name));
}

static __attribute__((unused)) void read_to_end(WS_XML_READER *reader)
{
    while (current_type(reader) != WS_XML_NODE_TYPE_EOF)
        expect_hr(S_OK, WsReadNode(reader, NULL));
}

/* Canonicalizes what the reader is set to: from an element to after it, or, with NULL, all of it. */
static __attribute__((unused)) void canonicalize(WS_XML_READER *reader, const char *element, const PROPERTY *properties,
                                                 ULONG count, struct sink *sink)
{
    memset(sink, 0, sizeof(*sink));
    move_to(reader, element);
    expect_hr(S_OK, WsStartReaderCanonicalization(reader, write_sink, sink, properties, count, NULL));
    if (element)
        expect_hr(S_OK, WsSkipNode(reader, NULL));
    else
        read_to_end(reader);
    expect_hr(S_OK, WsEndReaderCanonicalization(reader, NULL));
}

#endif
