/* SPDX-License-Identifier: MIT */
/*
 * check_description.c - descriptions, before anything is done with them; see types.h.
 *
 * A description is a graph: structures have fields of other structures, derived ones, and themselves. Each is looked at
 * once, in the order in which they are found, so that a large graph takes neither stack nor time. What is allowed with
 * what is in the table of types, from the pages of WS_TYPE, WS_FIELD_MAPPING, WS_FIELD_OPTIONS and
 * WS_STRUCT_DESCRIPTION.
 *
 * Not looked at: alignments, which Windows has been observed not to mind when it writes, as little as a structure that
 * is smaller than described; and the names of fields that have none.
 */
#include "xml/typed/types.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

/* --- The descriptions that have been found --- */

struct found
{
    WS_TYPE type;
    WS_TYPE_MAPPING mapping;
    const void *description;
};

#define FIRST_ROOM 32u

struct checker
{
    struct typed_use *use;
    struct found *found; /* in the order in which they were */
    uint32_t *table;     /* by hash: their numbers, from 1 on; twice as many as there is room for them */
    ULONG count, room;
    struct found first_found[FIRST_ROOM];
    uint32_t first_table[2 * FIRST_ROOM];
    struct arena arena; /* for more */
};

static uint32_t *find_slot(const struct checker *checker, const struct found *wanted)
{
    uint32_t mask = 2 * checker->room - 1;
    uint32_t i = (uint32_t)((uintptr_t)wanted->description >> 4) * 2654435761u;

    for (i = (i ^ i >> 16) + (uint32_t)wanted->mapping;; i++)
    {
        uint32_t number = checker->table[i & mask];

        if (!number ||
            (checker->found[number - 1].description == wanted->description &&
             checker->found[number - 1].mapping == wanted->mapping && checker->found[number - 1].type == wanted->type))
            return &checker->table[i & mask];
    }
}

static HRESULT grow(struct checker *checker, WS_ERROR *error)
{
    ULONG room = checker->room * 2, i;
    struct found *found = arena_alloc(&checker->arena, (size_t)room * sizeof(*found));
    uint32_t *table = arena_alloc(&checker->arena, (size_t)room * 2 * sizeof(*table));

    if (!found || !table)
        return error_report(error, E_OUTOFMEMORY, "There is no memory to check a description of more than %u types.",
                            (unsigned)checker->count);
    memcpy(found, checker->found, checker->count * sizeof(*found));
    memset(table, 0, (size_t)room * 2 * sizeof(*table));
    checker->found = found;
    checker->table = table;
    checker->room = room;
    for (i = 0; i < checker->count; i++)
        *find_slot(checker, &found[i]) = i + 1;
    return S_OK;
}

/* Notes a structure or union that is to be looked at, too. */
static HRESULT note(struct checker *checker, WS_TYPE type, WS_TYPE_MAPPING mapping, const void *description,
                    WS_ERROR *error)
{
    const struct found found = {type, mapping, description};
    uint32_t *slot = find_slot(checker, &found);
    HRESULT hr;

    if (*slot)
        return S_OK;
    if (checker->count == checker->room)
    {
        if ((hr = grow(checker, error)) != S_OK)
            return hr;
        slot = find_slot(checker, &found);
    }
    checker->found[checker->count++] = found;
    *slot = checker->count;
    return S_OK;
}

/* --- Types --- */

static HRESULT check_custom(const struct checker *checker, const WS_CUSTOM_TYPE_DESCRIPTION *custom, WS_ERROR *error)
{
    if (checker->use->for_reading ? custom->readCallback != NULL : custom->writeCallback != NULL)
        return S_OK;
    return error_report(error, E_INVALIDARG, "The description of a custom type has no callback to %s it.",
                        checker->use->for_reading ? "read" : "write");
}

static HRESULT check_enum(const WS_ENUM_DESCRIPTION *description, WS_ERROR *error)
{
    ULONG i;

    if (description->valueCount && !description->values)
        return error_report(error, E_INVALIDARG, "The values of an enumeration are NULL, and their count is %u.",
                            (unsigned)description->valueCount);
    for (i = 0; i < description->valueCount; i++)
        if (UNLIKELY(!description->values[i].name || xml_string_is_broken(description->values[i].name)))
            return error_report(error, E_INVALIDARG,
                                "In the description of an enumeration of %u values the name with the index %u is NULL.",
                                (unsigned)description->valueCount, (unsigned)i);
    return S_OK;
}

static HRESULT check_decimal(const WS_DECIMAL_DESCRIPTION *limits, WS_ERROR *error)
{
    if (!limits || (limits->minValue.scale <= 28 && limits->maxValue.scale <= 28))
        return S_OK;
    return error_report(
        error, E_INVALIDARG,
        "A limit in the description of a decimal is not valid: the scales are %u and %u, and at most 28.",
        (unsigned)limits->minValue.scale, (unsigned)limits->maxValue.scale);
}

static HRESULT check_type(struct checker *checker, WS_TYPE id, WS_TYPE_MAPPING mapping, const void *description,
                          WS_ERROR *error)
{
    const WS_FAULT_DESCRIPTION *fault = description;
    const WS_ENDPOINT_ADDRESS_DESCRIPTION *address = description;

    if ((unsigned)id >= TYPE_COUNT || !typed_types[id].name)
        return error_report(error, E_INVALIDARG, "There is no %s.", constant_name(CONSTANT_TYPE, (uint32_t)id).text);
    if (typed_types[id].flags & TYPE_IS_DESCRIBED && !description)
        return error_report(error, E_INVALIDARG, "The description of a value of %s is NULL.", typed_types[id].name);
    checker->use->needs_heap |= (typed_types[id].flags & TYPE_ON_HEAP) != 0;
    switch (id)
    {
    case WS_STRUCT_TYPE:
    case WS_UNION_TYPE: return note(checker, id, mapping, description, error);
    case WS_CUSTOM_TYPE: return check_custom(checker, description, error);
    case WS_ENUM_TYPE: return check_enum(description, error);
    case WS_DECIMAL_TYPE: return check_decimal(description, error);
    case WS_FAULT_TYPE:
        if (fault->envelopeVersion == WS_ENVELOPE_VERSION_SOAP_1_1 ||
            fault->envelopeVersion == WS_ENVELOPE_VERSION_SOAP_1_2)
            return S_OK;
        return error_report(error, E_INVALIDARG, "There are no faults in %s.",
                            constant_name(CONSTANT_ENVELOPE_VERSION, (uint32_t)fault->envelopeVersion).text);
    case WS_ENDPOINT_ADDRESS_TYPE:
        if (address->addressingVersion == WS_ADDRESSING_VERSION_0_9 ||
            address->addressingVersion == WS_ADDRESSING_VERSION_1_0)
            return S_OK;
        return error_report(error, E_INVALIDARG, "There are no endpoint addresses in %s.",
                            constant_name(CONSTANT_ADDRESSING_VERSION, (uint32_t)address->addressingVersion).text);
    default: return S_OK;
    }
}

/* --- Fields --- */

/* Where a field is, for sentences. */
struct owner
{
    const char *kind; /* "structure", "union" */
    const WS_XML_STRING *name;
    ULONG size, index;
};

static COLD HRESULT refuse(const struct owner *owner, const WS_FIELD_DESCRIPTION *field, WS_ERROR *error,
                           const char *format, ...) PRINTF_LIKE(4, 5);

static HRESULT refuse(const struct owner *owner, const WS_FIELD_DESCRIPTION *field, WS_ERROR *error, const char *format,
                      ...)
{
    char sentence[240], shown[FIELD_NAME_ROOM], name[TEXT_EXCERPT_ROOM];
    va_list args;

    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    if (!owner->name || xml_string_is_broken(owner->name) || !owner->name->length)
        return error_report(error, E_INVALIDARG, "In the description of a %s, the %s (index %u) %s.", owner->kind,
                            field_show(field, shown), (unsigned)owner->index, sentence);
    return error_report(error, E_INVALIDARG, "In the description of the %s \"%s\", the %s (index %u) %s.", owner->kind,
                        text_excerpt(owner->name->bytes, owner->name->length, name), field_show(field, shown),
                        (unsigned)owner->index, sentence);
}

#define IS_ANY_ELEMENT (BIT(WS_ANY_ELEMENT_FIELD_MAPPING) | BIT(WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING))
#define IS_REPEATING \
    (BIT(WS_REPEATING_ELEMENT_FIELD_MAPPING) | BIT(WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING) | \
     BIT(WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING))
#define IS_ATTRIBUTE \
    (BIT(WS_TYPE_ATTRIBUTE_FIELD_MAPPING) | BIT(WS_ATTRIBUTE_FIELD_MAPPING) | BIT(WS_XML_ATTRIBUTE_FIELD_MAPPING) | \
     BIT(WS_ANY_ATTRIBUTES_FIELD_MAPPING))
#define CHOICES \
    (BIT(WS_ELEMENT_FIELD_MAPPING) | BIT(WS_REPEATING_ELEMENT_FIELD_MAPPING) | BIT(WS_ANY_ELEMENT_FIELD_MAPPING))
#define IN_MEMORY (WS_FIELD_POINTER | WS_FIELD_NILLABLE_ITEM)
#define OF_TYPES  (WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE | WS_FIELD_NILLABLE_ITEM)

static HRESULT check_options(const struct owner *owner, const WS_FIELD_DESCRIPTION *field, WS_ERROR *error)
{
    const struct type *type = &typed_types[field->type];
    uint32_t mapping = BIT(field->mapping), options = field->options & OF_TYPES;

    if (field->options & ~(OF_TYPES | WS_FIELD_OTHER_NAMESPACE))
        return refuse(owner, field, error, "has the options 0x%x, of which there are others than WS_FIELD_",
                      (unsigned)field->options);
    if (field->options & WS_FIELD_OTHER_NAMESPACE &&
        (!(mapping & (IS_ANY_ELEMENT | BIT(WS_ANY_ATTRIBUTES_FIELD_MAPPING))) || !field->ns))
        return refuse(owner, field, error,
                      "has WS_FIELD_OTHER_NAMESPACE, which is for any element or attribute and needs a namespace");
    if (options & WS_FIELD_POINTER && !(mapping & (BIT(WS_ELEMENT_FIELD_MAPPING) | BIT(WS_NO_FIELD_MAPPING) |
                                                   BIT(WS_REPEATING_ELEMENT_FIELD_MAPPING) | IS_ANY_ELEMENT)))
        return refuse(owner, field, error, "has WS_FIELD_POINTER, which its mapping does not allow");
    if (options & WS_FIELD_NILLABLE &&
        !(mapping & (BIT(WS_ELEMENT_FIELD_MAPPING) | BIT(WS_REPEATING_ELEMENT_FIELD_MAPPING))))
        return refuse(owner, field, error, "has WS_FIELD_NILLABLE, which its mapping does not allow");
    if (options & WS_FIELD_OPTIONAL && field->mapping == WS_NO_FIELD_MAPPING)
        return refuse(owner, field, error, "has WS_FIELD_OPTIONAL, which its mapping does not allow");
    if (options & WS_FIELD_NILLABLE_ITEM && !(mapping & BIT(WS_REPEATING_ELEMENT_FIELD_MAPPING)))
        return refuse(owner, field, error, "has WS_FIELD_NILLABLE_ITEM, which is for repeating elements");
    /* Of an array, OPTIONAL and NILLABLE are said of the element around it, not of the type. */
    if (type->options & BIT(options) || (mapping & IS_REPEATING && type->options & BIT(options & IN_MEMORY)))
        return S_OK;
    return refuse(owner, field, error, "has the options 0x%x, which %s does not allow", (unsigned)field->options,
                  type->name);
}

static bool is_name(const WS_XML_STRING *name)
{
    return name && name->length && name->bytes;
}

static bool is_namespace(const WS_XML_STRING *ns)
{
    return ns && !xml_string_is_broken(ns);
}

static HRESULT check_names(const struct owner *owner, const WS_FIELD_DESCRIPTION *field, WS_ERROR *error)
{
    bool named = is_name(field->localName) && is_namespace(field->ns);

    switch (field->mapping)
    {
    case WS_ATTRIBUTE_FIELD_MAPPING:
    case WS_ELEMENT_FIELD_MAPPING: return named ? S_OK : refuse(owner, field, error, "has no name, or no namespace");
    case WS_XML_ATTRIBUTE_FIELD_MAPPING:
        return is_name(field->localName) ? S_OK : refuse(owner, field, error, "has no name");
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
        if (!is_name(field->itemLocalName) || !is_namespace(field->itemNs))
            return refuse(owner, field, error, "has no name, or no namespace, for its items");
        /* fall through */
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING:
        if (named || (!field->localName && !field->ns))
            return S_OK;
        return refuse(owner, field, error, "has only half a name for the element around its items");
    default:
        return !field->ns || is_namespace(field->ns) ? S_OK : refuse(owner, field, error, "has a broken namespace");
    }
}

static HRESULT check_default(const struct owner *owner, const WS_FIELD_DESCRIPTION *field, WS_ERROR *error)
{
    const struct type *type = &typed_types[field->type];
    const uint32_t allowed = BIT(WS_ELEMENT_FIELD_MAPPING) | BIT(WS_ATTRIBUTE_FIELD_MAPPING) |
                             BIT(WS_XML_ATTRIBUTE_FIELD_MAPPING) | BIT(WS_NO_FIELD_MAPPING);
    size_t size = type_size(type, field->typeDescription);

    if (!field->defaultValue)
        return S_OK;
    if (!(type->flags & TYPE_HAS_DEFAULT) || !(BIT(field->mapping) & allowed))
        return refuse(owner, field, error, "has a default value, which its type or mapping does not allow");
    if (field->defaultValue->valueSize != size || (size && !field->defaultValue->value))
        return refuse(owner, field, error, "has a default value of %u bytes at %p; the size of its type is %zu",
                      (unsigned)field->defaultValue->valueSize, field->defaultValue->value, size);
    return S_OK;
}

static bool is_inside(const struct owner *owner, ULONG offset, size_t size)
{
    return offset <= owner->size && size <= owner->size - offset;
}

/* Whether a count is where something else is. Both are inside of the structure. */
static bool overlaps(ULONG count, ULONG offset, size_t size)
{
    return size && count < offset + size && offset < count + sizeof(ULONG);
}

/* How many bytes the value of a field takes in its structure, apart from a count. */
static size_t placed_size(const WS_FIELD_DESCRIPTION *field)
{
    if (field->type == WS_VOID_TYPE && field->mapping != WS_NO_FIELD_MAPPING)
        return 0;
    return BIT(field->mapping) & IS_REPEATING || field->options & WS_FIELD_POINTER
               ? sizeof(void *)
               : type_size(&typed_types[field->type], field->typeDescription);
}

/* Observed on Windows: where there is none, countOffset can be anything, as 0 or 0xffffffff. */
static bool has_count(const WS_FIELD_DESCRIPTION *field)
{
    return field->type != WS_VOID_TYPE && field->mapping != WS_NO_FIELD_MAPPING &&
           (BIT(field->mapping) & IS_REPEATING || typed_types[field->type].flags & TYPE_IS_COUNTED);
}

/* Whether the field is in its structure. */
static HRESULT check_place(const struct owner *owner, const WS_FIELD_DESCRIPTION *field, WS_ERROR *error)
{
    size_t size = placed_size(field);

    if (field->type == WS_VOID_TYPE && field->mapping != WS_NO_FIELD_MAPPING)
        return S_OK;
    if (!is_inside(owner, field->offset, size))
        return refuse(owner, field, error, "has %zu bytes at the offset %u, and the size is %u", size,
                      (unsigned)field->offset, (unsigned)owner->size);
    if (!has_count(field))
        return S_OK;
    if (!is_inside(owner, field->countOffset, sizeof(ULONG)))
        return refuse(owner, field, error, "has its count at the offset %u, and the size is %u",
                      (unsigned)field->countOffset, (unsigned)owner->size);
    if (overlaps(field->countOffset, field->offset, size))
        return refuse(owner, field, error, "has its count at the offset %u, where its own pointer is",
                      (unsigned)field->countOffset);
    return S_OK;
}

/*
 * Whether something is put into all of a field. Not into one without mapping or default; and a structure or union in
 * place may be described as all of the structure that it is in, of which its own fields are a part.
 */
static bool is_filled(const WS_FIELD_DESCRIPTION *field)
{
    if (field->mapping == WS_NO_FIELD_MAPPING)
        return field->defaultValue != NULL;
    return (field->type != WS_STRUCT_TYPE && field->type != WS_UNION_TYPE) || field->options & WS_FIELD_POINTER ||
           BIT(field->mapping) & IS_REPEATING;
}

/*
 * Whether a count is where another field is: its offset has been left out, or is wrong. Two arrays of one count do no
 * harm if they are only written: our choice.
 */
static HRESULT check_count(const struct checker *checker, const struct owner *owner,
                           const WS_STRUCT_DESCRIPTION *description, WS_ERROR *error)
{
    const WS_FIELD_DESCRIPTION *field = description->fields[owner->index];
    char shown[FIELD_NAME_ROOM];
    ULONG i;

    for (i = 0; i < description->fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *other = description->fields[i];

        if (i == owner->index)
            continue;
        if (is_filled(other) && overlaps(field->countOffset, other->offset, placed_size(other)))
            return refuse(owner, field, error, "has its count at the offset %u, where the %s is",
                          (unsigned)field->countOffset, field_show(other, shown));
        if (has_count(other) && overlaps(field->countOffset, other->countOffset, sizeof(ULONG)) &&
            (checker->use->for_reading || field->countOffset != other->countOffset))
            return refuse(owner, field, error, "has its count at the offset %u, where the count of the %s is",
                          (unsigned)field->countOffset, field_show(other, shown));
    }
    return S_OK;
}

static HRESULT check_field(struct checker *checker, const struct owner *owner, const WS_FIELD_DESCRIPTION *field,
                           WS_ERROR *error)
{
    WS_TYPE_MAPPING mapping = WS_ELEMENT_TYPE_MAPPING;
    ULONG mark = error_mark(error);
    char shown[FIELD_NAME_ROOM];
    HRESULT hr;

    if ((unsigned)field->mapping > WS_ANY_ATTRIBUTES_FIELD_MAPPING)
        return refuse(owner, field, error, "has the mapping %d, which does not exist", (int)field->mapping);
    if (field->mapping == WS_TEXT_FIELD_MAPPING)
        mapping = WS_ATTRIBUTE_TYPE_MAPPING;
    if ((hr = check_type(checker, field->type, mapping, field->typeDescription, error)) != S_OK)
    {
        error_precede(error, mark, "In the description of a %s, the %s (index %u): ", owner->kind,
                      field_show(field, shown), (unsigned)owner->index);
        return hr;
    }
    if (!(typed_types[field->type].field_mappings & BIT(field->mapping)))
        return refuse(owner, field, error, "has %s, which is not for %s", typed_types[field->type].name,
                      constant_name(CONSTANT_FIELD_MAPPING, (uint32_t)field->mapping).text);
    if ((hr = check_options(owner, field, error)) != S_OK || (hr = check_names(owner, field, error)) != S_OK ||
        (hr = check_default(owner, field, error)) != S_OK)
        return hr;
    if (BIT(field->mapping) & IS_REPEATING || field->options & WS_FIELD_POINTER)
        checker->use->needs_heap |= field->type != WS_VOID_TYPE && field->mapping != WS_NO_FIELD_MAPPING;
    return check_place(owner, field, error);
}

/* --- Structures and unions --- */

/* The order of fields: what comes after which. A field without mapping can be anywhere: our choice. */
static unsigned order_of(const WS_FIELD_DESCRIPTION *field)
{
    switch (field->mapping)
    {
    case WS_TYPE_ATTRIBUTE_FIELD_MAPPING: return 0;
    case WS_ATTRIBUTE_FIELD_MAPPING:
    case WS_XML_ATTRIBUTE_FIELD_MAPPING:
    case WS_ANY_ATTRIBUTES_FIELD_MAPPING: return 1;
    case WS_ANY_CONTENT_FIELD_MAPPING: return 3;
    default: return 2;
    }
}

/* Only one of its kind, and nothing else beside it but attributes. */
static bool is_alone(const WS_FIELD_DESCRIPTION *field)
{
    return field->mapping == WS_TEXT_FIELD_MAPPING;
}

static HRESULT check_order(const struct owner *owner, const WS_FIELD_DESCRIPTION *before,
                           const WS_FIELD_DESCRIPTION *field, WS_ERROR *error)
{
    char shown[FIELD_NAME_ROOM];

    if (order_of(field) < order_of(before))
        return refuse(owner, field, error, "cannot come after the %s: attributes come before content",
                      field_show(before, shown));
    if (order_of(field) == order_of(before) && (order_of(field) == 0 || order_of(field) == 3))
        return refuse(owner, field, error, "is the second one of its mapping");
    if (order_of(before) >= 2 && (is_alone(before) || is_alone(field)))
        return refuse(owner, field, error, "is beside a text, which is all content");
    return S_OK;
}

static HRESULT check_mapping(const struct owner *owner, const WS_FIELD_DESCRIPTION *field, WS_TYPE_MAPPING mapping,
                             WS_ERROR *error)
{
    if (mapping == WS_ELEMENT_TYPE_MAPPING || field->mapping == WS_NO_FIELD_MAPPING ||
        (mapping == WS_ATTRIBUTE_TYPE_MAPPING ? field->mapping == WS_TEXT_FIELD_MAPPING
                                              : !(BIT(field->mapping) & IS_ATTRIBUTE)))
        return S_OK;
    return refuse(owner, field, error, "is not possible with %s",
                  mapping == WS_ATTRIBUTE_TYPE_MAPPING ? "a text or WS_ATTRIBUTE_TYPE_MAPPING"
                                                       : "WS_ELEMENT_CONTENT_TYPE_MAPPING");
}

static COLD HRESULT fields_are_null(const struct owner *owner, ULONG count, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG,
                        "In the description of a %s, the fields or one of them are NULL, and their count is %u.",
                        owner->kind, (unsigned)count);
}

static COLD HRESULT sub_types_are_null(const struct owner *owner, ULONG count, WS_ERROR *error)
{
    const WS_XML_STRING *name = owner->name && !xml_string_is_broken(owner->name) ? owner->name : &xml_empty;
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, E_INVALIDARG,
                        "The types derived from the structure \"%s\" or one of them are NULL, and their count is %u.",
                        text_excerpt(name->bytes, name->length, excerpt), (unsigned)count);
}

/* The name of a type that is derived, or that others are derived from; else it is not looked at. */
static HRESULT check_type_name(const WS_STRUCT_DESCRIPTION *description, WS_ERROR *error)
{
    if ((!description->typeLocalName || !xml_string_is_broken(description->typeLocalName)) &&
        (!description->typeNs || !xml_string_is_broken(description->typeNs)))
        return S_OK;
    return error_report(
        error, E_INVALIDARG,
        "In the description of a structure, the name of its type or the namespace of that has a length, "
        "but its bytes are NULL.");
}

static COLD HRESULT is_abstract(const WS_STRUCT_DESCRIPTION *description, WS_ERROR *error)
{
    const WS_XML_STRING *name = description->typeLocalName ? description->typeLocalName : &xml_empty;
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, E_INVALIDARG,
                        "The structure \"%s\" is abstract, and only an element can name a type derived from it.",
                        text_excerpt(name->bytes, name->length, excerpt));
}

static HRESULT check_struct(struct checker *checker, const WS_STRUCT_DESCRIPTION *description, WS_TYPE_MAPPING mapping,
                            WS_ERROR *error)
{
    struct owner owner = {"structure", description->typeLocalName, description->size, 0};
    bool is_derived =
        description->subTypeCount || description->parentType || description->structOptions & WS_STRUCT_ABSTRACT;
    const WS_FIELD_DESCRIPTION *field, *before = NULL;
    bool counts = false;
    HRESULT hr;
    ULONG i;

    if (description->fieldCount && !description->fields)
        return fields_are_null(&owner, description->fieldCount, error);
    for (i = 0; i < description->fieldCount; i++)
    {
        owner.index = i;
        if (!(field = description->fields[i]))
            return fields_are_null(&owner, description->fieldCount, error);
        is_derived |= field->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING;
        if ((hr = check_field(checker, &owner, field, error)) != S_OK ||
            (hr = check_mapping(&owner, field, mapping, error)) != S_OK)
            return hr;
        counts |= has_count(field);
        if (field->mapping == WS_NO_FIELD_MAPPING)
            continue;
        if (before && (hr = check_order(&owner, before, field, error)) != S_OK)
            return hr;
        before = field;
    }
    for (owner.index = 0; counts && owner.index < description->fieldCount; owner.index++)
        if (has_count(description->fields[owner.index]) &&
            (hr = check_count(checker, &owner, description, error)) != S_OK)
            return hr;
    if (is_derived && (hr = check_type_name(description, error)) != S_OK)
        return hr;
    if (description->structOptions & WS_STRUCT_ABSTRACT && mapping != WS_ELEMENT_TYPE_MAPPING)
        return is_abstract(description, error);
    for (i = 0; i < description->subTypeCount; i++)
    {
        if (!description->subTypes || !description->subTypes[i])
            return sub_types_are_null(&owner, description->subTypeCount, error);
        if ((hr = check_type_name(description->subTypes[i], error)) != S_OK ||
            (hr = check_type(checker, WS_STRUCT_TYPE, WS_ELEMENT_TYPE_MAPPING, description->subTypes[i], error)) !=
                S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT check_union(struct checker *checker, const WS_UNION_DESCRIPTION *description, WS_ERROR *error)
{
    struct owner owner = {"union", NULL, description->size, 0};
    HRESULT hr;
    ULONG i;

    if (description->fieldCount && !description->fields)
        return fields_are_null(&owner, description->fieldCount, error);
    if (!is_inside(&owner, description->enumOffset, sizeof(int)))
        return error_report(error, E_INVALIDARG,
                            "The selector of a union is at the offset %u, and the size of the union is %u.",
                            (unsigned)description->enumOffset, (unsigned)description->size);
    for (i = 0; i < description->fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *field;

        owner.index = i;
        if (!description->fields[i])
            return fields_are_null(&owner, description->fieldCount, error);
        field = &description->fields[i]->field;
        if ((hr = check_field(checker, &owner, field, error)) != S_OK)
            return hr;
        if (!(BIT(field->mapping) & CHOICES))
            return refuse(&owner, field, error, "is not one element, as choices are");
        if (field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING && !field->localName)
            return refuse(&owner, field, error,
                          "has no name for the element around its items, which an array in a union must have");
        if (field->options & WS_FIELD_OPTIONAL)
            return refuse(&owner, field, error,
                          "has WS_FIELD_OPTIONAL, which is for the choice as a whole, and not for one of its fields");
        /* Of the fields themselves all but one are unused: they can be at the same place. */
        if (has_count(field) && overlaps(field->countOffset, description->enumOffset, sizeof(int)))
            return refuse(&owner, field, error, "has its count at the offset %u, where the selector is",
                          (unsigned)field->countOffset);
    }
    return S_OK;
}

HRESULT typed_check(struct typed_use *use, WS_TYPE type, const void *description, WS_ERROR *error)
{
    struct checker checker;
    HRESULT hr;
    ULONG i;

    use->needs_heap = false;
    checker.use = use;
    checker.count = 0;
    checker.room = FIRST_ROOM;
    checker.found = checker.first_found;
    checker.table = checker.first_table;
    if (type == WS_STRUCT_TYPE || type == WS_UNION_TYPE)
    {
        memset(checker.first_table, 0, sizeof(checker.first_table));
        memory_init_arena(&checker.arena, SIZE_MAX, 0);
    }
    hr = check_type(&checker, type, use->mapping, description, error);
    if (hr == S_OK && ((unsigned)use->mapping > WS_ANY_ELEMENT_TYPE_MAPPING ||
                       !(typed_types[type].type_mappings & BIT(use->mapping))))
        hr = error_report(error, E_INVALIDARG, "%s cannot be used with %s.", typed_types[type].name,
                          constant_name(CONSTANT_TYPE_MAPPING, (uint32_t)use->mapping).text);
    for (i = 0; i < checker.count && hr == S_OK; i++)
        hr = checker.found[i].type == WS_STRUCT_TYPE
                 ? check_struct(&checker, checker.found[i].description, checker.found[i].mapping, error)
                 : check_union(&checker, checker.found[i].description, error);
    if (type == WS_STRUCT_TYPE || type == WS_UNION_TYPE)
        arena_release(&checker.arena);
    return hr;
}
