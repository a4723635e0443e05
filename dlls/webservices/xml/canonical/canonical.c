/* SPDX-License-Identifier: MIT */
/*
 * canonical.c - see canonical.h.
 *
 * Which namespaces are rendered. The stack `rendered` has, for each prefix, the namespace that the nearest element
 * around has rendered for it. An element renders a prefix when its own namespace for that is another one, and
 *
 *   - the element's name or the name of one of its attributes has the prefix (it is visibly utilized); or
 *   - it declares the prefix, and that is an inclusive one, or the algorithm an inclusive one; or
 *   - nothing is around the element, the prefix is an inclusive one, and bound outside of what is canonicalized.
 *
 * This is what section 3 of [XML-EXC-C14N] and section 2.3 of [C14N] come to. With an inclusive algorithm, or for an
 * inclusive prefix, a namespace that is in scope has been rendered where it was declared, or where the nodes begin. The
 * prefix xml never needs to be rendered. Looking up prefixes takes no time that grows with the depth: see scope.h.
 */
#include "xml/canonical/canonical.h"

#include "base/arena.h"
#include "values/base64.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "xml/canonical/canonical_output.h"
#include "xml/canonical/canonical_properties.h"
#include "xml/names.h"
#include "xml/scope.h"
#include "xml/sort.h"
#include "xml/value.h"

#include <string.h>

/* A few attributes are sorted by insertion: they mostly are in order. */
#define INSERTION_MAX 8u

struct inclusive_prefix
{
    WS_XML_STRING outer; /* the namespace around where canonicalization began; "": none */
    uint64_t declared;   /* the number of the element that has declared it last */
};

struct canonical
{
    struct canonical_place place;
    struct canonical_output output;
    bool comments, all_declarations, in_cdata;

    struct scope rendered;
    size_t omitted; /* how many elements are open from the omitted one on */
    bool omits;
    WS_XML_STRING omitted_name, omitted_ns;

    /* The inclusive prefixes, as bindings to `is_inclusive`: so they are found like any prefix. */
    struct scope prefixes;
    struct inclusive_prefix *inclusive; /* by the index of the binding */
    uint64_t element_count;

    void **sorted;
    size_t sorted_room;
    struct arena arena;
    BYTE group[3]; /* bytes that do not make up a whole group of base64 yet */
    size_t group_length;
};

static const WS_XML_STRING is_inclusive = {1, (BYTE *)"+", NULL, 0};

static HRESULT out_of_memory(WS_ERROR *error)
{
    return error_report(error, E_OUTOFMEMORY, "There is no memory for the names of a canonical form.");
}

/* --- Properties --- */

/* A copy that lasts as long as the scope has an element open. */
static HRESULT keep(struct scope *scope, const WS_XML_STRING *string, WS_XML_STRING *copy, WS_ERROR *error)
{
    memset(copy, 0, sizeof(*copy));
    copy->length = string->length;
    copy->bytes = scope_copy(scope, string->bytes, string->length);
    return copy->bytes ? S_OK : out_of_memory(error);
}

/* The XML form of a list of inclusive prefixes names the default namespace "#default", which is no prefix. */
static bool is_default(const WS_XML_STRING *prefix)
{
    return prefix->length == 8 && !memcmp(prefix->bytes, "#default", 8);
}

static HRESULT take_prefixes(struct canonical *canonical, const WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES *given,
                             WS_ERROR *error)
{
    struct scope *prefixes = &canonical->prefixes;
    size_t room = given->prefixCount, i;
    HRESULT hr;

    if (room > SIZE_MAX / sizeof(*canonical->inclusive) ||
        !(canonical->inclusive = memory_alloc(room * sizeof(*canonical->inclusive), "canonical inclusive prefixes")))
        return out_of_memory(error);
    for (i = 0; i < room; i++)
    {
        const WS_XML_STRING *prefix = is_default(&given->prefixes[i]) ? &xml_empty : &given->prefixes[i];
        ULONG count = prefixes->binding_count;

        if (prefix->length && (hr = xml_check_ncname(prefix->bytes, prefix->length, "inclusive prefix", error)) != S_OK)
            return hr;
        if ((hr = scope_bind(prefixes, prefix, &is_inclusive, true, UINT32_MAX, error)) != S_OK)
            return hr;
        if (prefixes->binding_count == count)
            continue; /* it is in the list already */
        canonical->inclusive[count].declared = 0;
        canonical->inclusive[count].outer = xml_empty;
    }
    return S_OK;
}

static HRESULT init(struct canonical *canonical, const struct canonical_properties *given, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = canonical_output_init(&canonical->output, given->output_buffer_size, error)) != S_OK)
        return hr;
    canonical->omits = given->omits;
    if (given->omits &&
        ((hr = keep(&canonical->prefixes, &given->omitted.localName, &canonical->omitted_name, error)) != S_OK ||
         (hr = keep(&canonical->prefixes, &given->omitted.ns, &canonical->omitted_ns, error)) != S_OK))
        return hr;
    if (!canonical->all_declarations && given->prefixes.prefixCount)
        return take_prefixes(canonical, &given->prefixes, error);
    return S_OK;
}

HRESULT canonical_create(const struct canonical_place *place, const WS_XML_CANONICALIZATION_PROPERTY *properties,
                         ULONG count, struct canonical **ret, WS_ERROR *error)
{
    struct canonical_properties given;
    struct canonical *canonical;
    HRESULT hr;

    if ((hr = canonical_read_properties(&given, properties, count, error)) != S_OK)
        return hr;
    if (given.algorithm >= WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM && !place->at_beginning)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "%s is for whole documents: it must be started at their "
                            "beginning.",
                            constant_name(CONSTANT_CANONICALIZATION_ALGORITHM, (uint32_t)given.algorithm).text);
    if (!(canonical = memory_alloc(sizeof(*canonical), "canonicalization")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for canonicalization.");
    memset(canonical, 0, sizeof(*canonical));
    canonical->place = *place;
    canonical->output.owner = place->owner;
    canonical->output.write = place->write;
    canonical->comments = given.algorithm & 1;
    canonical->all_declarations = given.algorithm >= WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM;
    scope_init(&canonical->rendered);
    scope_init(&canonical->prefixes);
    memory_init_arena(&canonical->arena, SIZE_MAX, 4096);
    if ((hr = init(canonical, &given, error)) != S_OK)
    {
        canonical_free(canonical);
        return hr;
    }
    *ret = canonical;
    return S_OK;
}

HRESULT canonical_look_around(struct canonical *canonical, WS_ERROR *error)
{
    struct scope *prefixes = &canonical->prefixes;
    const WS_XML_STRING *outer;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < prefixes->binding_count; i++)
        if ((outer = canonical->place.find(canonical->place.owner, &prefixes->bindings[i].prefix)) &&
            (hr = keep(prefixes, outer, &canonical->inclusive[i].outer, error)) != S_OK)
            return hr;
    return S_OK;
}

void canonical_free(struct canonical *canonical)
{
    canonical_output_release(&canonical->output);
    scope_release(&canonical->rendered);
    scope_release(&canonical->prefixes);
    arena_release(&canonical->arena);
    memory_free(canonical->inclusive);
    memory_free(canonical->sorted);
    memory_free(canonical);
}

size_t canonical_depth(const struct canonical *canonical)
{
    return canonical->rendered.depth + canonical->omitted;
}

/* --- Namespaces --- */

static inline bool same(const WS_XML_STRING *a, const WS_XML_STRING *b)
{
    return a->length == b->length && block_equal(a->bytes, b->bytes, a->length);
}

/* Renders a prefix on the innermost element if that is needed. `stays`: the bytes of the namespace do. */
static HRESULT render(struct canonical *canonical, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, bool stays,
                      WS_ERROR *error)
{
    struct scope *rendered = &canonical->rendered;
    const WS_XML_STRING *now = scope_find(rendered, prefix->bytes, prefix->length, rendered->binding_count);
    WS_XML_STRING prefix_copy, ns_copy = {ns->length, ns->bytes, NULL, 0};
    HRESULT hr;

    if (LIKELY(now && same(now, ns)))
        return S_OK;
    if ((hr = keep(rendered, prefix, &prefix_copy, error)) != S_OK ||
        (!stays && (hr = keep(rendered, ns, &ns_copy, error)) != S_OK))
        return hr;
    return scope_bind(rendered, &prefix_copy, &ns_copy, false, UINT32_MAX, error);
}

/* As render(), for what an attribute has or declares. */
static HRESULT render_attribute(struct canonical *canonical, const WS_XML_ATTRIBUTE *attribute, WS_ERROR *error)
{
    const WS_XML_STRING *kept = NULL;

    if (canonical->place.keep)
        kept = canonical->place.keep(canonical->place.owner, attribute);
    return render(canonical, attribute->prefix, kept ? kept : attribute->ns, kept != NULL, error);
}

/* Finds an inclusive prefix; NULL: this is not one. */
static struct inclusive_prefix *find_inclusive(struct canonical *canonical, const WS_XML_STRING *prefix)
{
    struct scope *prefixes = &canonical->prefixes;
    const WS_XML_STRING *found = scope_find(prefixes, prefix->bytes, prefix->length, prefixes->binding_count);
    const struct scope_binding *binding;

    /* The namespaces of "", xml and xmlns are known without a binding. */
    if (!found || found == &xml_empty || found == &xml_namespace_xml || found == &xml_namespace_xmlns)
        return NULL;
    binding = (const struct scope_binding *)(const void *)((const char *)found - offsetof(struct scope_binding, ns));
    return &canonical->inclusive[binding - prefixes->bindings];
}

/* Namespaces that need not be utilized: declared on the element, or, if it is outermost, around it. */
static NOINLINE HRESULT render_inclusive(struct canonical *canonical, const WS_XML_ELEMENT_NODE *element,
                                         WS_ERROR *error)
{
    ULONG i;
    HRESULT hr;

    canonical->element_count++;
    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];
        struct inclusive_prefix *inclusive;

        if (!attribute->isXmlNs)
            continue;
        if (!canonical->all_declarations)
        {
            if (!(inclusive = find_inclusive(canonical, attribute->prefix)))
                continue;
            inclusive->declared = canonical->element_count;
        }
        if ((hr = render_attribute(canonical, attribute, error)) != S_OK)
            return hr;
    }
    if (canonical->rendered.depth > 1)
        return S_OK;
    for (i = 0; i < canonical->prefixes.binding_count; i++)
        if (canonical->inclusive[i].declared != canonical->element_count && canonical->inclusive[i].outer.length &&
            (hr = render(canonical, &canonical->prefixes.bindings[i].prefix, &canonical->inclusive[i].outer, true,
                         error)) != S_OK)
            return hr;
    return S_OK;
}

/* --- Order --- */

static HRESULT make_sorted_room(struct canonical *canonical, size_t count, WS_ERROR *error)
{
    if (count <= canonical->sorted_room)
        return S_OK;
    memory_free(canonical->sorted);
    canonical->sorted_room = 0;
    if (count > SIZE_MAX / 2 / sizeof(*canonical->sorted) ||
        !(canonical->sorted = memory_alloc(count * 2 * sizeof(*canonical->sorted), "canonical order")))
    {
        canonical->sorted = NULL;
        return error_report(error, E_OUTOFMEMORY, "There is no memory to sort %zu attributes.", count);
    }
    canonical->sorted_room = count * 2;
    return S_OK;
}

static inline __attribute__((always_inline)) void sort(void **items, size_t count,
                                                       int (*compare)(const void *, const void *))
{
    size_t i, j;

    if (count > INSERTION_MAX)
    {
        sort_pointers(items, count, compare);
        return;
    }
    for (i = 1; i < count; i++)
    {
        void *item = items[i];

        for (j = i; j && compare(items[j - 1], item) > 0; j--)
            items[j] = items[j - 1];
        items[j] = item;
    }
}

/* The order of bytes, which in UTF-8 is that of code points. */
static inline int compare_strings(const WS_XML_STRING *a, const WS_XML_STRING *b)
{
    ULONG length = a->length < b->length ? a->length : b->length;
    int order = length && a->bytes != b->bytes ? memcmp(a->bytes, b->bytes, length) : 0;

    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static inline int compare_bindings(const void *a, const void *b)
{
    return compare_strings(&((const struct scope_binding *)a)->prefix, &((const struct scope_binding *)b)->prefix);
}

static inline int compare_attributes(const void *a, const void *b)
{
    const WS_XML_ATTRIBUTE *one = a, *other = b;
    int order = one->ns == other->ns ? 0 : compare_strings(one->ns, other->ns);

    return order ? order : compare_strings(one->localName, other->localName);
}

/* --- Texts --- */

static HRESULT put_base64(struct canonical *canonical, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    BYTE text[1024];
    size_t part;
    HRESULT hr;

    canonical->output.after_cr = false;
    for (; count; count -= part, bytes += part)
    {
        part = count < sizeof(text) / 4 * 3 ? count : sizeof(text) / 4 * 3;
        base64_encode(bytes, part, text);
        if ((hr = canonical_put(&canonical->output, text, BASE64_LENGTH(part), error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* NOLINTNEXTLINE(misc-no-recursion): there are no lists in lists */
static HRESULT put_text(struct canonical *canonical, enum canonical_mode mode, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    const WS_XML_LIST_TEXT *list = (const WS_XML_LIST_TEXT *)text;
    const BYTE *bytes;
    size_t length;
    HRESULT hr;
    ULONG i;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
        return canonical_put_escaped(&canonical->output, mode, utf8->value.bytes, utf8->value.length, error);
    case WS_XML_TEXT_TYPE_UTF16:
        return canonical_put_utf16(&canonical->output, mode, utf16->bytes, utf16->byteCount, error);
    case WS_XML_TEXT_TYPE_BASE64: return put_base64(canonical, base64->bytes, base64->length, error);
    case WS_XML_TEXT_TYPE_LIST:
        for (i = 0; i < list->itemCount; i++)
            if ((i && (hr = canonical_put(&canonical->output, " ", 1, error)) != S_OK) ||
                (hr = put_text(canonical, mode, list->items[i], error)) != S_OK)
                return hr;
        return S_OK;
    default:
        if ((hr = text_to_utf8(text, &canonical->arena, &bytes, &length, error)) == S_OK)
            hr = canonical_put_escaped(&canonical->output, mode, bytes, length, error);
        arena_reset(&canonical->arena);
        return hr;
    }
}

/* --- Elements --- */

/* prefix:local, kept for the end tag. */
static HRESULT open_element(struct canonical *canonical, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    const WS_XML_STRING *prefix = element->prefix, *local = element->localName;
    size_t prefix_length = prefix->length ? (size_t)prefix->length + 1 : 0;
    struct scope_element *open;
    BYTE *name;
    HRESULT hr;

    if (local->length > UINT32_MAX - prefix_length)
        return out_of_memory(error);
    if ((hr = scope_open(&canonical->rendered, NULL, 0, false, error)) != S_OK)
        return hr;
    if (!(name = scope_take(&canonical->rendered, prefix_length + local->length)))
        return out_of_memory(error);
    open = &canonical->rendered.elements[canonical->rendered.depth - 1];
    open->name = name;
    open->name_length = (ULONG)(prefix_length + local->length);
    if (prefix_length)
    {
        name = block_copy(name, prefix->bytes, prefix->length);
        *name++ = ':';
    }
    block_copy(name, local->bytes, local->length);
    return S_OK;
}

static HRESULT put_declarations(struct canonical *canonical, size_t first, WS_ERROR *error)
{
    struct canonical_output *output = &canonical->output;
    size_t count = canonical->rendered.binding_count - first, i;
    HRESULT hr;

    if ((hr = make_sorted_room(canonical, count, error)) != S_OK)
        return hr;
    for (i = 0; i < count; i++)
        canonical->sorted[i] = &canonical->rendered.bindings[first + i];
    sort(canonical->sorted, count, compare_bindings);
    for (i = 0; i < count; i++)
    {
        const struct scope_binding *binding = canonical->sorted[i];

        hr = binding->prefix.length ? canonical_put(output, " xmlns:", 7, error)
                                    : canonical_put(output, " xmlns", 6, error);
        if (hr != S_OK || (hr = canonical_put(output, binding->prefix.bytes, binding->prefix.length, error)) != S_OK ||
            (hr = canonical_put(output, "=\"", 2, error)) != S_OK ||
            (hr = canonical_put_escaped(output, CANONICAL_ATTRIBUTE, binding->ns.bytes, binding->ns.length, error)) !=
                S_OK ||
            (hr = canonical_put(output, "\"", 1, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT put_attributes(struct canonical *canonical, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    struct canonical_output *output = &canonical->output;
    size_t count = 0, i;
    HRESULT hr;

    if ((hr = make_sorted_room(canonical, element->attributeCount, error)) != S_OK)
        return hr;
    for (i = 0; i < element->attributeCount; i++)
        if (!element->attributes[i]->isXmlNs)
            canonical->sorted[count++] = element->attributes[i];
    sort(canonical->sorted, count, compare_attributes);
    for (i = 0; i < count; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = canonical->sorted[i];

        if ((hr = canonical_put(output, " ", 1, error)) != S_OK)
            return hr;
        if (attribute->prefix->length &&
            ((hr = canonical_put(output, attribute->prefix->bytes, attribute->prefix->length, error)) != S_OK ||
             (hr = canonical_put(output, ":", 1, error)) != S_OK))
            return hr;
        if ((hr = canonical_put(output, attribute->localName->bytes, attribute->localName->length, error)) != S_OK ||
            (hr = canonical_put(output, "=\"", 2, error)) != S_OK ||
            (hr = put_text(canonical, CANONICAL_ATTRIBUTE, attribute->value, error)) != S_OK ||
            (hr = canonical_put(output, "\"", 1, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT render_utilized(struct canonical *canonical, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    HRESULT hr;
    ULONG i;

    if ((hr = render(canonical, element->prefix, element->ns, true, error)) != S_OK)
        return hr;
    for (i = 0; i < element->attributeCount; i++)
        if (!element->attributes[i]->isXmlNs && element->attributes[i]->prefix->length &&
            (hr = render_attribute(canonical, element->attributes[i], error)) != S_OK)
            return hr;
    return S_OK;
}

HRESULT canonical_element_start(struct canonical *canonical, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    struct scope *rendered = &canonical->rendered;
    const struct scope_element *open;
    HRESULT hr;

    canonical->place.after_root = true;
    if (canonical->omitted || (canonical->omits && same(element->localName, &canonical->omitted_name) &&
                               same(element->ns, &canonical->omitted_ns)))
    {
        canonical->omitted++;
        return S_OK;
    }
    if ((hr = open_element(canonical, element, error)) != S_OK)
        return hr;
    if (UNLIKELY(canonical->all_declarations || canonical->inclusive) &&
        (hr = render_inclusive(canonical, element, error)) != S_OK)
        return hr;
    if ((hr = render_utilized(canonical, element, error)) != S_OK)
        return hr;
    open = &rendered->elements[rendered->depth - 1];
    if ((hr = canonical_put(&canonical->output, "<", 1, error)) != S_OK ||
        (hr = canonical_put(&canonical->output, open->name, open->name_length, error)) != S_OK)
        return hr;
    if (open->bindings != rendered->binding_count && (hr = put_declarations(canonical, open->bindings, error)) != S_OK)
        return hr;
    if (element->attributeCount && (hr = put_attributes(canonical, element, error)) != S_OK)
        return hr;
    if ((hr = canonical_put(&canonical->output, ">", 1, error)) != S_OK)
        return hr;
    return canonical_settle(&canonical->output, error);
}

HRESULT canonical_element_end(struct canonical *canonical, WS_ERROR *error)
{
    const struct scope_element *open;
    HRESULT hr;

    if (canonical->omitted)
    {
        canonical->omitted--;
        return S_OK;
    }
    open = &canonical->rendered.elements[canonical->rendered.depth - 1];
    if ((hr = canonical_put(&canonical->output, "</", 2, error)) != S_OK ||
        (hr = canonical_put(&canonical->output, open->name, open->name_length, error)) != S_OK ||
        (hr = canonical_put(&canonical->output, ">", 1, error)) != S_OK)
        return hr;
    scope_close(&canonical->rendered);
    return canonical_settle(&canonical->output, error);
}

/* --- Other nodes --- */

/* Outside of the root element. */
static inline bool is_outside(const struct canonical *canonical)
{
    return canonical->place.at_top && !canonical->rendered.depth;
}

/* White space outside of the root element is no part of a document. */
static NOINLINE bool is_outer_space(const struct canonical *canonical, const WS_XML_TEXT *text)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;

    if (canonical->place.fragment)
        return false;
    if (text->textType == WS_XML_TEXT_TYPE_UTF8)
        return text_is_space(utf8->value.bytes, utf8->value.length);
    return text->textType == WS_XML_TEXT_TYPE_UTF16 && text_is_space_utf16(utf16->bytes, utf16->byteCount);
}

HRESULT canonical_text(struct canonical *canonical, const WS_XML_TEXT *text, WS_ERROR *error)
{
    HRESULT hr;

    if (UNLIKELY(canonical->omitted) || (UNLIKELY(is_outside(canonical)) && is_outer_space(canonical, text)))
        return S_OK;
    hr = put_text(canonical, UNLIKELY(canonical->in_cdata) ? CANONICAL_CDATA : CANONICAL_CONTENT, text, error);
    return hr == S_OK ? canonical_settle(&canonical->output, error) : hr;
}

void canonical_cdata(struct canonical *canonical, bool starts)
{
    canonical->in_cdata = starts && canonical->place.line_ends;
    canonical->output.after_cr = false;
}

/* A comment outside of the root element has a line of its own: section 2.3 of [C14N]. */
HRESULT canonical_comment(struct canonical *canonical, const WS_XML_STRING *value, WS_ERROR *error)
{
    struct canonical_output *output = &canonical->output;
    bool outside = is_outside(canonical);
    HRESULT hr;

    if (!canonical->comments || canonical->omitted)
        return S_OK;
    if (outside && canonical->place.after_root && (hr = canonical_put(output, "\n", 1, error)) != S_OK)
        return hr;
    if ((hr = canonical_put(output, "<!--", 4, error)) != S_OK)
        return hr;
    if (canonical->place.line_ends)
    {
        hr = canonical_put_escaped(output, CANONICAL_COMMENT, value->bytes, value->length, error);
        output->after_cr = false;
    }
    else
        hr = canonical_put(output, value->bytes, value->length, error);
    if (hr != S_OK || (hr = canonical_put(output, "-->", 3, error)) != S_OK)
        return hr;
    if (outside && !canonical->place.after_root && (hr = canonical_put(output, "\n", 1, error)) != S_OK)
        return hr;
    return canonical_settle(output, error);
}

HRESULT canonical_bytes(struct canonical *canonical, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    size_t whole;
    HRESULT hr;

    if (canonical->omitted)
        return S_OK;
    if (canonical->group_length)
    {
        for (; canonical->group_length < 3 && count; count--)
            canonical->group[canonical->group_length++] = *bytes++;
        if (canonical->group_length < 3)
            return S_OK;
        if ((hr = put_base64(canonical, canonical->group, 3, error)) != S_OK)
            return hr;
    }
    whole = count - count % 3;
    canonical->group_length = count - whole;
    memcpy(canonical->group, bytes + whole, canonical->group_length);
    if ((hr = put_base64(canonical, bytes, whole, error)) != S_OK)
        return hr;
    return canonical_settle(&canonical->output, error);
}

HRESULT canonical_bytes_end(struct canonical *canonical, WS_ERROR *error)
{
    size_t count = canonical->group_length;

    canonical->group_length = 0;
    return put_base64(canonical, canonical->group, count, error);
}

HRESULT canonical_finish(struct canonical *canonical, WS_ERROR *error)
{
    return canonical_flush(&canonical->output, error);
}
