/* SPDX-License-Identifier: MIT */
/*
 * xsi.c - what XML Schema lets an element say of itself: xsi:nil, that it has no value, and xsi:type, which of several
 * types it has; see types.h.
 */
#include "xml/typed/types.h"

#include "base/text.h"
#include "xml/value.h"

#include <stdio.h>

const WS_XML_STRING xsi_namespace = WS_XML_STRING_VALUE("http://www.w3.org/2001/XMLSchema-instance");
static const WS_XML_STRING nil_name = WS_XML_STRING_VALUE("nil");
static const WS_XML_STRING type_name = WS_XML_STRING_VALUE("type");

static const WS_XML_ATTRIBUTE *find_attribute(const WS_XML_READER *reader, const WS_XML_STRING *name)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)reader->node;
    ULONG i;

    for (i = 0; i < element->attributeCount; i++)
        if (!element->attributes[i]->isXmlNs && xml_string_equals(element->attributes[i]->localName, name) &&
            xml_string_equals(element->attributes[i]->ns, &xsi_namespace))
            return element->attributes[i];
    return NULL;
}

static COLD HRESULT locate(WS_XML_READER *reader, ULONG mark, const WS_XML_STRING *name, HRESULT hr, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)reader->node;
    char what[READER_NAME_ROOM + 60], shown[READER_NAME_ROOM];

    snprintf(what, sizeof(what), "in the attribute \"xsi:%s\" of the element \"%s\"", (const char *)name->bytes,
             reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, shown));
    return reader_locate(reader, mark, what, hr, error);
}

/* --- xsi:nil --- */

HRESULT xsi_is_nil(WS_XML_READER *reader, bool *nil, WS_ERROR *error)
{
    const WS_XML_ATTRIBUTE *attribute = find_attribute(reader, &nil_name);
    ULONG mark = error_mark(error);
    BOOL value = FALSE;
    HRESULT hr;

    *nil = false;
    if (LIKELY(!attribute))
        return S_OK;
    if ((hr = reader_attribute_value(reader, attribute, WS_BOOL_VALUE_TYPE, &value, error)) != S_OK)
        return locate(reader, mark, &nil_name, hr, error);
    *nil = value;
    return S_OK;
}

HRESULT xsi_write_nil(WS_XML_WRITER *writer, WS_ERROR *error)
{
    static const WS_XML_BOOL_TEXT text = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
    HRESULT hr;

    if ((hr = writer_open_attribute(writer, NULL, &nil_name, &xsi_namespace, error)) != S_OK ||
        (hr = writer_put_text(writer, &text.text, error)) != S_OK)
        return hr;
    return writer_close_attribute(writer, error);
}

/* --- xsi:type --- */

static bool is_named(const WS_STRUCT_DESCRIPTION *description, const WS_XML_STRING *local, const WS_XML_STRING *ns)
{
    return description->typeLocalName && xml_string_equals(description->typeLocalName, local) &&
           xml_string_equals(description->typeNs ? description->typeNs : &xml_empty, ns);
}

/* How many types are looked at before a description is taken for a circle. */
#define MOST_DERIVED 65536u

/* Of a type and those derived from it, however far. */
/* NOLINTNEXTLINE(misc-no-recursion): as deep as values can be, at most */
static const WS_STRUCT_DESCRIPTION *find_derived(const WS_STRUCT_DESCRIPTION *description, const WS_XML_STRING *local,
                                                 const WS_XML_STRING *ns, unsigned depth, unsigned *left)
{
    const WS_STRUCT_DESCRIPTION *found;
    ULONG i;

    if (is_named(description, local, ns))
        return description;
    for (i = 0; i < description->subTypeCount && depth < TYPED_LARGEST_DEPTH && *left; i++)
    {
        --*left;
        if ((found = find_derived(description->subTypes[i], local, ns, depth + 1, left)))
            return found;
    }
    return NULL;
}

/* The field that says which type a value has; NULL: there is none. Only fields without mapping are before it. */
static const WS_FIELD_DESCRIPTION *type_field(const WS_STRUCT_DESCRIPTION *description)
{
    ULONG i;

    for (i = 0; i < description->fieldCount; i++)
        if (description->fields[i]->mapping != WS_NO_FIELD_MAPPING)
            return description->fields[i]->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING ? description->fields[i] : NULL;
    return NULL;
}

bool xsi_has_type(const WS_STRUCT_DESCRIPTION *declared)
{
    return type_field(declared) != NULL;
}

const char *xsi_show_type(const WS_STRUCT_DESCRIPTION *description, char shown[TEXT_EXCERPT_ROOM])
{
    const WS_XML_STRING *name = description->typeLocalName;

    if (!name || xml_string_is_broken(name))
        name = &xml_empty;
    return text_excerpt(name->bytes, name->length, shown);
}

static COLD HRESULT is_abstract(WS_XML_READER *reader, const WS_STRUCT_DESCRIPTION *description, WS_ERROR *error)
{
    char name[TEXT_EXCERPT_ROOM];

    return reader_report(reader, WS_E_INVALID_FORMAT, error,
                         "The type \"%s\" is abstract: the element must name a type derived from it with xsi:type.",
                         xsi_show_type(description, name));
}

/* What xsi:type names: a qualified name whose prefix is in scope. */
static HRESULT resolve_type(WS_XML_READER *reader, const WS_XML_ATTRIBUTE *attribute, WS_XML_STRING *local,
                            const WS_XML_STRING **ns, WS_ERROR *error)
{
    const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)attribute->value;
    char excerpt[TEXT_EXCERPT_ROOM];
    ULONG mark = error_mark(error);
    WS_XML_STRING prefix;
    const BYTE *text;
    size_t length;
    HRESULT hr;

    if (attribute->value->textType == WS_XML_TEXT_TYPE_QNAME)
    {
        *local = *qname->localName;
        *ns = qname->ns;
        return S_OK;
    }
    reader->leave_work |= LEAVE_MEMORY;
    if ((hr = text_to_utf8(attribute->value, reader->decoded, &text, &length, error)) != S_OK)
        return hr;
    text_trim(&text, &length);
    if ((hr = reader_split_name(text, length, &prefix, local, error)) != S_OK)
        return locate(reader, mark, &type_name, hr, error);
    if ((*ns = reader_find_namespace(reader, &prefix)))
        return S_OK;
    return reader_report(reader, WS_E_INVALID_FORMAT, error, "The prefix \"%s\" in xsi:type is not declared.",
                         text_excerpt(prefix.bytes, prefix.length, excerpt));
}

HRESULT xsi_find_type(struct typed_reader *typed, const WS_STRUCT_DESCRIPTION *declared,
                      const WS_STRUCT_DESCRIPTION **actual, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM], declared_excerpt[TEXT_EXCERPT_ROOM];
    const WS_XML_ATTRIBUTE *attribute = NULL;
    unsigned left = MOST_DERIVED;
    const WS_XML_STRING *ns;
    WS_XML_STRING local;
    HRESULT hr;

    *actual = declared;
    /* Only a structure with a field for its type, or with derived ones, is one of several types. A name may be its own.
     */
    if (typed_element(typed)->attributeCount &&
        (declared->subTypeCount || declared->structOptions & WS_STRUCT_ABSTRACT ||
         (declared->typeLocalName && type_field(declared))) &&
        (attribute = find_attribute(typed->reader, &type_name)))
    {
        if ((hr = resolve_type(typed->reader, attribute, &local, &ns, error)) != S_OK)
            return hr;
        if (!(*actual = find_derived(declared, &local, ns, 0, &left)))
            return reader_report(typed->reader, WS_E_INVALID_FORMAT, error,
                                 "The element says that its type is \"%s\", which is not derived from \"%s\".",
                                 text_excerpt(local.bytes, local.length, excerpt),
                                 xsi_show_type(declared, declared_excerpt));
    }
    if ((*actual)->structOptions & WS_STRUCT_ABSTRACT)
        return is_abstract(typed->reader, *actual, error);
    return S_OK;
}

/* Whether a type is derived from another one, of which all derived types are known. */
/* NOLINTNEXTLINE(misc-no-recursion): as deep as values can be, at most */
static bool is_known(const WS_STRUCT_DESCRIPTION *actual, const WS_STRUCT_DESCRIPTION *declared, unsigned depth,
                     unsigned *left)
{
    ULONG i;

    for (i = 0; i < declared->subTypeCount && depth < TYPED_LARGEST_DEPTH && *left; i++)
    {
        --*left;
        if (declared->subTypes[i] == actual || is_known(actual, declared->subTypes[i], depth + 1, left))
            return true;
    }
    return false;
}

/* Whether it says itself that it is derived. Then it has not been checked with the rest of the description. */
static HRESULT check_parents(const struct typed_writer *typed, const WS_STRUCT_DESCRIPTION *actual,
                             const WS_STRUCT_DESCRIPTION *declared, const char *name, WS_ERROR *error)
{
    struct typed_use use = {WS_ELEMENT_TYPE_MAPPING, false, false};
    const WS_STRUCT_DESCRIPTION *parent;
    char actual_name[TEXT_EXCERPT_ROOM];
    unsigned up = 0;

    for (parent = actual; parent && up < TYPED_LARGEST_DEPTH; parent = parent->parentType, up++)
        if (parent == declared)
            return typed->check(&use, WS_STRUCT_TYPE, actual, error);
    return error_report(error, E_INVALIDARG,
                        "The value says that its type is \"%s\", which is not derived from \"%s\".",
                        xsi_show_type(actual, actual_name), name);
}

HRESULT xsi_value_type(struct typed_writer *typed, const WS_STRUCT_DESCRIPTION *declared, const void *value,
                       const WS_STRUCT_DESCRIPTION **ret, WS_ERROR *error)
{
    const WS_FIELD_DESCRIPTION *field = type_field(declared);
    const WS_STRUCT_DESCRIPTION *actual = declared;
    unsigned left = MOST_DERIVED;
    char name[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    if (field)
        memcpy(&actual, (const BYTE *)value + field->offset, sizeof(actual));
    *ret = actual;
    /* The values of an array have few types: the last answer is kept. */
    if (LIKELY(actual == declared && !(declared->structOptions & WS_STRUCT_ABSTRACT)) ||
        (actual == typed->derived && declared == typed->declared))
        return S_OK;
    xsi_show_type(declared, name);
    if (!actual)
        return error_report(error, E_INVALIDARG,
                            "The field for the type of a value of \"%s\" is NULL; it must be the address of the "
                            "description of its type.",
                            name);
    if (actual != declared && !is_known(actual, declared, 0, &left) &&
        (hr = check_parents(typed, actual, declared, name, error)) != S_OK)
        return hr;
    if (actual->structOptions & WS_STRUCT_ABSTRACT)
        return error_report(error, E_INVALIDARG, "The value says that its type is \"%s\", which is abstract.",
                            xsi_show_type(actual, name));
    typed->declared = declared;
    typed->derived = actual;
    return S_OK;
}

HRESULT xsi_write_type(struct typed_writer *typed, const WS_STRUCT_DESCRIPTION *declared,
                       const WS_STRUCT_DESCRIPTION *actual, WS_ERROR *error)
{
    const WS_XML_STRING *ns = actual->typeNs ? actual->typeNs : &xml_empty;
    WS_XML_WRITER *writer = typed->writer;
    HRESULT hr;

    if (actual == declared && (!declared->typeLocalName || !xsi_has_type(declared)))
        return S_OK;
    if ((hr = writer_check_local_name(actual->typeLocalName, error)) != S_OK ||
        (hr = writer_open_attribute(writer, NULL, &type_name, &xsi_namespace, error)) != S_OK)
        return hr;
    typed->begun = true;
    if ((hr = writer_needed_name(writer, actual->typeLocalName, ns, error)) != S_OK)
        return hr;
    return writer_close_attribute(writer, error);
}
