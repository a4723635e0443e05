/* SPDX-License-Identifier: MIT */
/* start_tag.h - the pending start tag: its entries, prefixes and memory, how it is committed; namespaces in scope. */
#ifndef WS_XML_WRITER_START_TAG_H
#define WS_XML_WRITER_START_TAG_H

#include "base/compiler.h"
#include "xml/block.h"
#include "xml/names.h"
#include "xml/value.h"
#include "xml/writer/encoder.h"
#include "xml/writer/writer_object.h"

/* A prefix bound to a namespace. */
struct writer_binding
{
    WS_XML_STRING prefix, ns;
    bool counted;    /* against MAX_NAMESPACES: false if it repeats one in scope */
    unsigned pinned; /* the number of the start tag that uses it, and so must not declare the prefix again */
    /* Used while there are so many that they are hashed: see bindings.c. */
    struct writer_link
    {
        uint32_t hash, newer, older;
    } links[2];
    uint32_t hidden;
};

/* An entry of the pending start tag. The memory is used again for those of the next one. */
struct writer_attribute
{
    WS_XML_ATTRIBUTE shown;
    WS_XML_STRING prefix, local, ns;
    enum writer_role role;
    bool choose_prefix;             /* of an attribute, or of ROLE_REACHES */
    struct writer_attribute *needs; /* the declaration that was added for it; NULL: none */
    /* An attribute that an element of an XML buffer has already, when others are added; else NULL. */
    WS_XML_ATTRIBUTE *existing;
    union xml_text value;
    WS_XML_STRING value_names[3]; /* what a QNAME value points to */
};

/* The attribute whose value is being written. */
struct writer_attribute *writer_current_attribute(const WS_XML_WRITER *writer);

/* Refuses something (`what`: for the sentence) because an attribute or a CDATA section must be ended first. */
HRESULT writer_refuse_inside(const WS_XML_WRITER *writer, const char *what, WS_ERROR *error) COLD;

/* --- Memory: tag_memory.c --- */

/* Copies bytes to the names, where they stay until a mark taken before is returned to. NULL: no memory. */
BYTE *writer_keep_name(WS_XML_WRITER *writer, const BYTE *bytes, size_t length);
void writer_drop_names(WS_XML_WRITER *writer); /* all of them; keeps a little memory for the next ones */
void writer_release_names(WS_XML_WRITER *writer);
/* Memory of the start tag, aligned to 8, until writer_forget(). */
#define WRITER_SCRATCH 1024u
HRESULT writer_alloc_slow(WS_XML_WRITER *writer, size_t size, void **memory, WS_ERROR *error);
/* NOLINTNEXTLINE(misc-no-recursion): writer_alloc_slow() comes back once it has got scratch memory */
static inline HRESULT writer_alloc(WS_XML_WRITER *writer, size_t size, void **memory, WS_ERROR *error)
{
    if (UNLIKELY(size > WRITER_SCRATCH - writer->scratch_used || !writer->scratch))
        return writer_alloc_slow(writer, size, memory, error);
    *memory = writer->scratch + writer->scratch_used;
    writer->scratch_used += (size + 7) & ~(size_t)7;
    return S_OK;
}
static inline void writer_forget(WS_XML_WRITER *writer)
{
    writer->scratch_used = 0;
    if (UNLIKELY(writer->arena_used))
    {
        arena_reset(&writer->arena);
        writer->arena_used = false;
    }
}
/* Copies a string into the arena of the start tag. */
HRESULT writer_copy_string(WS_XML_WRITER *writer, const WS_XML_STRING *string, WS_XML_STRING *copy, WS_ERROR *error);
/*
 * Sets the dictionary, and perhaps the bytes, of the copy of a string; `given`: the bytes of the string itself.
 *
 * Encoders may compare the pointer to the dictionary, but must not follow it: it may have been freed by then. Two do.
 * An XML buffer shares the bytes of a dictionary that is constant: there the copy has the bytes of the dictionary
 * itself, or else no dictionary. The callback for dynamic strings may keep the bytes of a string whose dictionary is
 * constant, as Microsoft's sample XmlDictionary does: there the copy has the caller's own, which such a dictionary
 * promises to keep.
 */
void writer_own_string(const WS_XML_WRITER *writer, WS_XML_STRING *copy, BYTE *given) COLD;
static inline void writer_own(const WS_XML_WRITER *writer, WS_XML_STRING *copy, BYTE *given)
{
    if (UNLIKELY(copy->dictionary != NULL))
        writer_own_string(writer, copy, given);
}
/* Appends to `value`, which grows by doubling. Its length and `count` must not exceed `limit` together. */
HRESULT writer_add_to_value(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, size_t limit, WS_ERROR *error);
/* A new entry of the pending start tag. */
HRESULT writer_add_attribute(WS_XML_WRITER *writer, struct writer_attribute **ret, WS_ERROR *error);
/* The pending start tag has been committed, or dropped. */
static inline void writer_forget_attributes(WS_XML_WRITER *writer)
{
    writer->attribute_count = writer->note_count = writer->indexed = 0;
    writer_forget(writer);
}
void writer_release_attributes(WS_XML_WRITER *writer);
/* Doubles an array; NULL: no memory; the array is unchanged. */
void *writer_grow(void *array, size_t *capacity, size_t size, size_t first);
HRESULT writer_grow_elements(WS_XML_WRITER *writer, WS_ERROR *error);
/* Opens an element, of which all but the name is filled in. */
static inline HRESULT writer_push_element(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_element *element;
    HRESULT hr;

    if (UNLIKELY(writer->depth == writer->element_capacity) && (hr = writer_grow_elements(writer, error)) != S_OK)
        return hr;
    element = &writer->elements[writer->depth];
    element->mark = writer->names_top;
    element->binding_count = writer->binding_count;
    element->counted = writer->counted;
    element->has_text = element->has_children = false;
    element->preserve_space = writer->depth && element[-1].preserve_space;
    writer->depth++;
    return S_OK;
}

/* --- Namespaces in scope: bindings.c --- */

/* In tests/unit/writer-steps: how often two strings were compared, or examined for that. */
#ifdef WS_COUNT_STEPS
extern size_t writer_steps;
#define WRITER_STEP writer_steps++
#else
#define WRITER_STEP (void)0
#endif
/* Whether two strings, which are mostly short, have the same bytes. */
static inline bool writer_same(const WS_XML_STRING *a, const WS_XML_STRING *b)
{
    WRITER_STEP;
    return a->length == b->length && block_equal(a->bytes, b->bytes, a->length);
}
struct writer_binding *writer_find_hashed(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix);
/* The innermost binding of a prefix; NULL if there is none. */
INLINE struct writer_binding *writer_find_binding(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix)
{
    size_t i = writer->search_count;

    while (i--)
        if (writer_same(&writer->bindings[i].prefix, prefix))
            return &writer->bindings[i];
    return UNLIKELY(writer->hashed) ? writer_find_hashed(writer, prefix) : NULL;
}
/* What a prefix is bound to; if it is not, NULL, or "" for the empty prefix. */
const WS_XML_STRING *writer_find_prefix(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix);
bool writer_is_bound(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns);
/* A prefix bound to a namespace, which no inner binding hides; NULL if there is none. */
const WS_XML_STRING *writer_find_namespace(const WS_XML_WRITER *writer, const WS_XML_STRING *ns, bool not_empty);
/* The same, and the namespace as long as it is in scope. False: there is no such prefix. */
bool writer_choose_bound(const WS_XML_WRITER *writer, const WS_XML_STRING **prefix, const WS_XML_STRING **ns,
                         bool not_empty);
HRESULT writer_push_binding(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                            WS_ERROR *error);
/* Back to the bindings that there were before an element. */
void writer_pop_bindings(WS_XML_WRITER *writer, const struct writer_element *element);
/* Takes the innermost element off the stack. */
static inline void writer_pop_element(WS_XML_WRITER *writer)
{
    const struct writer_element *element = &writer->elements[--writer->depth];

    writer->names_top = element->mark;
    if (UNLIKELY(writer->binding_count != element->binding_count))
        writer_pop_bindings(writer, element);
}

/* --- Entries of the pending start tag: entries.c --- */

/* An entry of the start tag with this prefix, which the caller gave, or with this namespace; NULL: there is none. */
enum writer_key
{
    KEY_PREFIX,
    KEY_NAMESPACE
};
HRESULT writer_find_entry(WS_XML_WRITER *writer, enum writer_key key, const WS_XML_STRING *string,
                          const struct writer_attribute **entry, WS_ERROR *error);
/*
 * How many of its declarations with a prefix repeat another one, and so will be dropped. If `prefix` is not NULL, one
 * more is about to be added.
 */
HRESULT writer_count_repeated(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                              size_t *count, WS_ERROR *error);

/* --- Prefixes: prefixes.c --- */

/* Adds an entry for a prefix and its namespace, of a role other than an attribute. */
HRESULT writer_add_entry(WS_XML_WRITER *writer, enum writer_role role, const WS_XML_STRING *prefix,
                         const WS_XML_STRING *ns, struct writer_attribute **entry, WS_ERROR *error);
/*
 * Decides all prefixes of the pending start tag, adds the declarations that it needs, and fills in the attributes for
 * the encoder: of TAG_REOPENED, only those that the element does not have yet.
 */
HRESULT writer_resolve(WS_XML_WRITER *writer, WS_ERROR *error);
/* The name of prefix number 0, 1, ... of those that the writer generates: a, b, ..., z, a1, b1, ... */
#define WRITER_GENERATED_ROOM 16
WS_XML_STRING writer_generate_prefix(ULONG number, BYTE text[WRITER_GENERATED_ROOM]);
/* The characters of a qualified name, as in text; in the arena. */
HRESULT writer_name_as_characters(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *name, WS_XML_UTF8_TEXT *text,
                                  WS_ERROR *error);
/* Converts a qualified name to characters if its prefix is not bound to its namespace now. */
HRESULT writer_settle_name(WS_XML_WRITER *writer, union xml_text *text, WS_ERROR *error);

/* --- The start tag goes to the encoder: commit.c --- */

/* Has the encoder begin, before the first node. */
HRESULT writer_begin(WS_XML_WRITER *writer, WS_ERROR *error);
/* A line break and indentation of a level, inside the innermost element. */
HRESULT writer_indent(WS_XML_WRITER *writer, size_t level, WS_ERROR *error);
/* To be called before a child of the innermost element: an element or a comment. */
HRESULT writer_before_child(WS_XML_WRITER *writer, WS_ERROR *error);
/* Chooses prefixes for the pending start tag, and has the encoder write it. */
HRESULT writer_commit_pending(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error);
static inline HRESULT writer_commit(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;

    if (writer->tag != TAG_FAST)
        return writer_commit_pending(writer, is_empty, error);
    output->pos += writer->fast_length;
    if (LIKELY(writer->direct == DIRECT_TEXT))
    {
        if (is_empty)
            *output->pos++ = '/';
        *output->pos++ = '>';
    }
    writer->tag = TAG_NONE;
    return S_OK;
}
/* Without the checks and notes that belong to text that a caller writes. */
HRESULT writer_text_encoded(WS_XML_WRITER *writer, const WS_XML_TEXT *text, HRESULT hr, WS_ERROR *error);
static inline HRESULT writer_encode_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    HRESULT hr = writer->encoder->text(writer, text, error);

    return UNLIKELY(writer->observer || writer->arena_used) ? writer_text_encoded(writer, text, hr, error) : hr;
}

/*
 * Fast start tags: a start tag on which nothing is left to decide, as in the common case, is not kept to be encoded
 * later, but encoded at once after the window's position; committing it moves the position. In text, there is room for
 * "/>" after it. The functions of fast.h make them, for those that call the core; the core makes none. Code that adds
 * to a start tag in another way, or does anything to the window but append, calls writer_leave_fast() first.
 */

/* Makes a fast start tag, if there is one, a pending start tag of the general path. */
static inline HRESULT writer_leave_fast(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return UNLIKELY(writer->tag == TAG_FAST) ? writer->leave_fast(writer, error) : S_OK;
}

/* Commits a start tag that is not a fast start tag, so that an element about to be opened inside can be one. */
HRESULT writer_make_way(WS_XML_WRITER *writer, WS_ERROR *error);
/* To be called when anything changes that `direct` depends on. */
void writer_set_direct(WS_XML_WRITER *writer);

#endif
