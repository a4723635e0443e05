/* SPDX-License-Identifier: MIT */
/* header_buffer.h - the tree of an envelope's headers: header_buffer.c. */
#ifndef WS_MESSAGE_HEADER_BUFFER_H
#define WS_MESSAGE_HEADER_BUFFER_H

#include "message_object.h"
#include "xml/names.h"

/* Gives a message, which is EMPTY, the tree of an envelope that has no headers. */
HRESULT header_buffer_create(WS_MESSAGE *message, WS_ERROR *error);

/* The same with a copy of another message's, whose versions are the same. */
HRESULT header_buffer_copy(WS_MESSAGE *message, const WS_MESSAGE *source, WS_ERROR *error);

/*
 * Inserts an element with the name of an envelope's part, and, unless `like` is NULL, the attributes of that element,
 * before a place of the tree. Its children, if it gets some, are not those of `like`.
 */
HRESULT header_buffer_part(WS_MESSAGE *message, struct xml_node *place, const WS_XML_STRING *local,
                           const WS_XML_ELEMENT_NODE *like, struct xml_node **part, WS_ERROR *error);

/* Whether the elements that the tree was made with are still in it: WS_E_INVALID_OPERATION if a program removed one. */
HRESULT header_buffer_check(const WS_MESSAGE *message, WS_ERROR *error);

/* The first header, and the next one; NULL: there is no other. */
struct xml_node *header_first(const WS_MESSAGE *message);
struct xml_node *header_next(const struct xml_node *header);

/* The node before which a header goes that is to be the last one. */
static inline struct xml_node *header_end(const WS_MESSAGE *message)
{
    return message->header->last_child;
}

static inline bool header_is_named(const struct xml_node *header, const WS_XML_STRING *local, const WS_XML_STRING *ns)
{
    return xml_string_equals(header->shown.element.localName, local) && xml_string_equals(header->shown.element.ns, ns);
}

/* Removes a header. */
void header_remove(WS_MESSAGE *message, struct xml_node *header);

/* Removes all between two nodes of the tree, which was added and is not to stay; `before` may be NULL. */
void header_drop(WS_MESSAGE *message, struct xml_node *before, const struct xml_node *place);

/* Whom a header is for. */
enum header_target
{
    FOR_ULTIMATE_RECEIVER,
    FOR_NEXT_RECEIVER, /* whoever gets it: the ultimate receiver, too */
    FOR_ANOTHER
};

/* Gets it; WS_E_INVALID_FORMAT: the attribute is no text. */
HRESULT header_get_target(const WS_MESSAGE *message, const WS_XML_ELEMENT_NODE *header, enum header_target *target,
                          WS_ERROR *error);

/* What a header says of itself, in the version of the message. */
struct header_attributes
{
    bool must_understand, relay;
};

/* As WS_..._HEADER_ATTRIBUTE flags. */
static inline ULONG header_flags(const struct header_attributes *attributes)
{
    return (attributes->must_understand ? WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE : 0) |
           (attributes->relay ? WS_RELAY_HEADER_ATTRIBUTE : 0);
}

/* Gets them; WS_E_INVALID_FORMAT: one has a value that it cannot have. */
HRESULT header_get_attributes(const WS_MESSAGE *message, const WS_XML_ELEMENT_NODE *header,
                              struct header_attributes *attributes, WS_ERROR *error);

/* A search for headers of one name for the ultimate receiver; others are not found. */
struct header_search
{
    const WS_XML_STRING *local, *ns;
    bool singleton; /* there must be at most one: WS_E_INVALID_FORMAT */
    ULONG index;    /* which of several */
    bool limited;   /* among MAX_PROCESSED_HEADERS at most: WS_E_QUOTA_EXCEEDED */
};

/* Finds one; *header is NULL if there is none. */
HRESULT header_find(const WS_MESSAGE *message, const struct header_search *search, struct xml_node **header,
                    WS_ERROR *error);

/* Reports a header that is required, and not there. */
HRESULT header_missing(const WS_XML_STRING *local, ULONG index, WS_ERROR *error) COLD;

#endif
