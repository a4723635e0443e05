/* SPDX-License-Identifier: MIT */
/* header_buffer.c - see header_buffer.h. */
#include "header_buffer.h"

#include "base/text.h"
#include "xml/names.h"
#include "xml/value.h"

#include <string.h>

/* --- The tree --- */

/* Readers show it, so it must say whether it has something in it. */
static void set_is_empty(struct xml_node *element)
{
    element->shown.element.isEmpty = element->first_child == element->last_child;
}

HRESULT header_buffer_part(WS_MESSAGE *message, struct xml_node *place, const WS_XML_STRING *local,
                           const WS_XML_ELEMENT_NODE *like, struct xml_node **part, WS_ERROR *error)
{
    WS_XML_ELEMENT_NODE element = {.node = {WS_XML_NODE_TYPE_ELEMENT}, .isEmpty = TRUE};
    const struct xml_node *envelope = place->parent;
    HRESULT hr;

    /* The prefix is that of the envelope: it need not be declared again. */
    element.prefix =
        envelope == message->envelope ? envelope->shown.element.prefix : (WS_XML_STRING *)&message->soap->prefix;
    element.localName = (WS_XML_STRING *)local;
    element.ns = (WS_XML_STRING *)&message->soap->ns;
    if (like)
    {
        element.prefix = like->prefix;
        element.attributes = like->attributes;
        element.attributeCount = like->attributeCount;
    }
    hr = xml_buffer_insert(message->buffer, place, &element.node, part, error);
    if (hr == S_OK && envelope->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
        set_is_empty(place->parent);
    return hr;
}

/* Observed on Windows: the prefix of addressing is declared first, used or not. */
static HRESULT make_envelope(WS_MESSAGE *message, WS_ERROR *error)
{
    WS_XML_ATTRIBUTE addressing = {.isXmlNs = TRUE}, soap = {.isXmlNs = TRUE};
    WS_XML_ATTRIBUTE *declarations[2];
    WS_XML_ELEMENT_NODE like = {.prefix = (WS_XML_STRING *)&message->soap->prefix, .attributes = declarations};

    if (message->addressing->prefix.length)
    {
        addressing.prefix = (WS_XML_STRING *)&message->addressing->prefix;
        addressing.ns = (WS_XML_STRING *)&message->addressing->ns;
        declarations[like.attributeCount++] = &addressing;
    }
    if (message->soap->prefix.length)
    {
        soap.prefix = (WS_XML_STRING *)&message->soap->prefix;
        soap.ns = (WS_XML_STRING *)&message->soap->ns;
        declarations[like.attributeCount++] = &soap;
    }
    return header_buffer_part(message, message->buffer->document->last_child, &soap_name_envelope, &like,
                              &message->envelope, error);
}

HRESULT header_buffer_create(WS_MESSAGE *message, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = xml_buffer_create(&message->heap, &message->buffer, error)) != S_OK ||
        (hr = make_envelope(message, error)) != S_OK ||
        (hr = header_buffer_part(message, message->envelope->last_child, &soap_name_header, NULL, &message->header,
                                 error)) != S_OK)
        return hr;
    return header_buffer_part(message, message->envelope->last_child, &soap_name_body, NULL, &message->body, error);
}

/* The first element among a node and those after it. */
static struct xml_node *element_from(struct xml_node *node)
{
    while (node && node->shown.node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
        node = node->next;
    return node;
}

/* The element of the copy that is where one is in the source: only elements count, since all are copied in order. */
static struct xml_node *same_child(struct xml_node *parent, const struct xml_node *source_parent,
                                   const struct xml_node *source)
{
    const struct xml_node *other = source_parent->first_child;
    struct xml_node *node = parent->first_child;

    for (; other && other != source; other = other->next)
        node = node->next;
    return node;
}

HRESULT header_buffer_copy(WS_MESSAGE *message, const WS_MESSAGE *source, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = header_buffer_check(source, error)) != S_OK ||
        (hr = xml_buffer_copy(&message->heap, source->buffer, &message->buffer, error)) != S_OK)
        return hr;
    message->envelope = same_child(message->buffer->document, source->buffer->document, source->envelope);
    message->header = same_child(message->envelope, source->envelope, source->header);
    message->body = same_child(message->envelope, source->envelope, source->body);
    return S_OK;
}

static bool is_child(const struct xml_node *node, const struct xml_node *parent)
{
    return node->tag == XML_NODE_LIVE && node->parent == parent;
}

HRESULT header_buffer_check(const WS_MESSAGE *message, WS_ERROR *error)
{
    if (LIKELY(is_child(message->envelope, message->buffer->document) && is_child(message->header, message->envelope) &&
               is_child(message->body, message->envelope)))
        return S_OK;
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The element Envelope, Header or Body has been removed from the header buffer.");
}

struct xml_node *header_first(const WS_MESSAGE *message)
{
    return element_from(message->header->first_child);
}

struct xml_node *header_next(const struct xml_node *header)
{
    return element_from(header->next);
}

void header_remove(WS_MESSAGE *message, struct xml_node *header)
{
    xml_buffer_remove(header, NULL);
    set_is_empty(message->header);
}

void header_drop(WS_MESSAGE *message, struct xml_node *before, const struct xml_node *place)
{
    struct xml_node *node, *next;

    /* Unless a callback of the program's has removed what was there before. */
    if (place->tag != XML_NODE_LIVE || (before && (before->tag != XML_NODE_LIVE || before->parent != place->parent)))
        return;
    for (node = before ? before->next : place->parent->first_child; node && node != place; node = next)
    {
        next = node->next;
        xml_buffer_remove(node, NULL);
    }
    if (place->parent == message->header)
        set_is_empty(message->header);
}

/* --- What headers say of themselves --- */

/* An attribute of SOAP; NULL: it is not there. */
static const WS_XML_TEXT *find_attribute(const WS_XML_ELEMENT_NODE *header, const WS_XML_STRING *local,
                                         const WS_XML_STRING *ns)
{
    ULONG i;

    for (i = 0; i < header->attributeCount; i++)
        if (!header->attributes[i]->isXmlNs && xml_string_equals(header->attributes[i]->localName, local) &&
            xml_string_equals(header->attributes[i]->ns, ns))
            return header->attributes[i]->value;
    return NULL;
}

static HRESULT get_flag(const WS_XML_ELEMENT_NODE *header, const WS_XML_STRING *local, const WS_XML_STRING *ns,
                        struct arena *arena, bool *flag, WS_ERROR *error)
{
    const WS_XML_TEXT *text = find_attribute(header, local, ns);
    char attribute[TEXT_EXCERPT_ROOM], name[TEXT_EXCERPT_ROOM];
    ULONG mark = error_mark(error);
    BOOL value = FALSE;
    HRESULT hr;

    if (text && (hr = text_to_value(text, arena, WS_BOOL_VALUE_TYPE, &value, error)) != S_OK)
    {
        error_precede(error, mark, "In the attribute \"%s\" of the header \"%s\": ",
                      text_excerpt(local->bytes, local->length, attribute),
                      text_excerpt(header->localName->bytes, header->localName->length, name));
        return hr;
    }
    *flag = value;
    return S_OK;
}

static bool bytes_are(const BYTE *bytes, size_t length, const WS_XML_STRING *string)
{
    return length == string->length && !memcmp(bytes, string->bytes, length);
}

HRESULT header_get_target(const WS_MESSAGE *message, const WS_XML_ELEMENT_NODE *header, enum header_target *target,
                          WS_ERROR *error)
{
    const struct soap_version *soap = message->soap;
    const WS_XML_TEXT *text = soap->role.length ? find_attribute(header, &soap->role, &soap->ns) : NULL;
    struct arena arena;
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    *target = FOR_ULTIMATE_RECEIVER;
    if (!text)
        return S_OK;
    memory_init_arena(&arena, SIZE_MAX, 0);
    if ((hr = text_to_utf8(text, &arena, &bytes, &length, error)) == S_OK)
    {
        text_trim(&bytes, &length);
        if (length && !bytes_are(bytes, length, &soap->ultimate))
            *target = bytes_are(bytes, length, &soap->next) ? FOR_NEXT_RECEIVER : FOR_ANOTHER;
    }
    arena_release(&arena);
    return hr;
}

HRESULT header_get_attributes(const WS_MESSAGE *message, const WS_XML_ELEMENT_NODE *header,
                              struct header_attributes *attributes, WS_ERROR *error)
{
    struct arena arena;
    HRESULT hr;

    memset(attributes, 0, sizeof(*attributes));
    if (!header->attributeCount)
        return S_OK;
    memory_init_arena(&arena, SIZE_MAX, 0);
    if ((hr = get_flag(header, &soap_name_must_understand, &message->soap->ns, &arena, &attributes->must_understand,
                       error)) == S_OK &&
        message->soap->has_relay)
        hr = get_flag(header, &soap_name_relay, &message->soap->ns, &arena, &attributes->relay, error);
    arena_release(&arena);
    return hr;
}

/* --- Looking for headers --- */

static COLD HRESULT too_many(const WS_MESSAGE *message, WS_ERROR *error)
{
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "The message has more headers than its MAX_PROCESSED_HEADERS, which is %u.",
                        (unsigned)message->max_headers);
}

static COLD HRESULT occurs_again(const struct header_search *search, WS_ERROR *error)
{
    char name[TEXT_EXCERPT_ROOM];

    return error_report(error, WS_E_INVALID_FORMAT, "The message has more than one header \"%s\".",
                        text_excerpt(search->local->bytes, search->local->length, name));
}

/* Whether a header is one that is looked for. */
static HRESULT matches(const WS_MESSAGE *message, const struct header_search *search, const struct xml_node *header,
                       bool *match, WS_ERROR *error)
{
    enum header_target target;
    HRESULT hr;

    *match = false;
    if (!header_is_named(header, search->local, search->ns))
        return S_OK;
    if ((hr = header_get_target(message, &header->shown.element, &target, error)) == S_OK)
        *match = target == FOR_ULTIMATE_RECEIVER;
    return hr;
}

HRESULT header_find(const WS_MESSAGE *message, const struct header_search *search, struct xml_node **header,
                    WS_ERROR *error)
{
    ULONG count = 0, found = 0;
    struct xml_node *node;
    bool match;
    HRESULT hr;

    *header = NULL;
    if ((hr = header_buffer_check(message, error)) != S_OK)
        return hr;
    for (node = header_first(message); node; node = header_next(node))
    {
        if (search->limited && count++ == message->max_headers)
            return too_many(message, error);
        if ((hr = matches(message, search, node, &match, error)) != S_OK)
            return hr;
        if (!match)
            continue;
        if (search->singleton && found)
            return occurs_again(search, error);
        if (found++ != search->index)
            continue;
        *header = node;
        if (!search->singleton)
            return S_OK;
    }
    return S_OK;
}

HRESULT header_missing(const WS_XML_STRING *local, ULONG index, WS_ERROR *error)
{
    char name[TEXT_EXCERPT_ROOM];

    text_excerpt(local->bytes, local->length, name);
    if (index)
        return error_report(error, WS_E_INVALID_FORMAT, "The message has no header \"%s\" with the index %u.", name,
                            (unsigned)index);
    return error_report(error, WS_E_INVALID_FORMAT, "The message has no header \"%s\".", name);
}
