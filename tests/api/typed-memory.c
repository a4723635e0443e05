/* SPDX-License-Identifier: MIT */
/*
 * Structures when memory fails or a heap is too small, at every point where that can be; and values that are deep in
 * one another.
 *
 * Source: our choice.
 */
#include "support/structs.h"

#ifdef WS_DEBUG
#include "webservicesdebug.h"
#define NEVER_FAIL 0xffffffffu
#endif

/* --- Something of everything that takes memory --- */

struct tree
{
    const WS_STRUCT_DESCRIPTION *type;
    WS_STRING text;
    WCHAR *wsz;
    WS_UNIQUE_ID id;
    WS_XML_QNAME qname;
    WS_XML_BUFFER *any;
    WS_ANY_ATTRIBUTES attributes;
    struct tree **items;
    ULONG count;
    struct tree *child;
};
struct derived
{
    struct tree tree;
    char padding[100]; /* the value is not small */
    ULONG length;
    BYTE *array;
};

static WS_STRUCT_DESCRIPTION tree, derived;
static WS_XML_STRING none = STRING("");
static WCHAR *default_wsz = WSZ("default");
static WS_DEFAULT_VALUE wsz_default = {&default_wsz, sizeof(default_wsz)};

static WS_FIELD_DESCRIPTION tree_type =
    FIELD(WS_TYPE_ATTRIBUTE_FIELD_MAPPING, WS_DESCRIPTION_TYPE, struct tree, type, 0);
static WS_FIELD_DESCRIPTION tree_text = ATTRIBUTE("text", WS_STRING_TYPE, struct tree, text, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION tree_attributes =
    FIELD(WS_ANY_ATTRIBUTES_FIELD_MAPPING, WS_ANY_ATTRIBUTES_TYPE, struct tree, attributes, 0);
static WS_FIELD_DESCRIPTION tree_wsz = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                        .localName = NAME("wsz"),
                                        .ns = &none,
                                        .type = WS_WSZ_TYPE,
                                        .offset = offsetof(struct tree, wsz),
                                        .options = WS_FIELD_OPTIONAL,
                                        .defaultValue = &wsz_default};
static WS_FIELD_DESCRIPTION tree_id = ELEMENT("id", WS_UNIQUE_ID_TYPE, NULL, struct tree, id, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION tree_qname =
    ELEMENT("qname", WS_XML_QNAME_TYPE, NULL, struct tree, qname, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION tree_any = ELEMENT("any", WS_XML_BUFFER_TYPE, NULL, struct tree, any, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION tree_items = ITEMS(WS_STRUCT_TYPE, &tree, struct tree, WS_FIELD_POINTER);
static WS_FIELD_DESCRIPTION tree_child =
    ELEMENT("child", WS_STRUCT_TYPE, &tree, struct tree, child, WS_FIELD_POINTER | WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION derived_array = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                             .localName = NAME("array"),
                                             .ns = &none,
                                             .type = WS_BYTE_ARRAY_TYPE,
                                             .offset = offsetof(struct derived, array),
                                             .countOffset = offsetof(struct derived, length)};
static WS_FIELD_DESCRIPTION *tree_fields[] = {&tree_type,  &tree_text, &tree_attributes, &tree_wsz,   &tree_id,
                                              &tree_qname, &tree_any,  &tree_items,      &tree_child, &derived_array};
static WS_STRUCT_DESCRIPTION *sub_types[] = {&derived};
static WS_STRUCT_DESCRIPTION tree = {
    sizeof(struct tree), 8, tree_fields, 9, NAME("tree"), &none, NULL, sub_types, 1, 0};
static WS_STRUCT_DESCRIPTION derived = {
    sizeof(struct derived), 8, tree_fields, 10, NAME("derived"), NAME("d"), &tree, NULL, 0, 0};
static WS_ELEMENT_DESCRIPTION root = {NAME("r"), &none, WS_STRUCT_TYPE, &tree};

static const char document[] =
    "<r text=\"a&lt;b\" c=\"d&gt;e\" p:f=\"g\" xmlns:p=\"u\"><wsz>some text</wsz><id>urn:x</id>"
    "<qname xmlns:a=\"v\">a:b</qname><any h='i'>j<k/></any><i/><i i:type='q:derived' xmlns:q='d' "
    "xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><array>YWJj</array></i><i/><i/><i/><i/><i/><i/><i/><i/><i/>"
    "<i/><i/><i/><i/><i/><i/><i/><i/><i text='last'/><child><child><wsz/></child></child></r>";

static HRESULT read_tree(WS_XML_READER *reader, WS_HEAP *heap, struct tree **value, WS_ERROR *error)
{
    set_text_string(reader, document);
    return WsReadElement(reader, &root, WS_READ_REQUIRED_POINTER, heap, value, sizeof(*value), error);
}

static void expect_tree(const struct tree *value)
{
    expect(wide_is(&value->text, "a<b") && value->attributes.attributeCount == 2 && wsz_is(value->wsz, "some text"));
    expect(wide_is(&value->id.uri, "urn:x") && string_is(&value->qname.localName, "b") && value->any);
    expect(value->count == 20 && value->items[1]->type == &derived && wide_is(&value->items[19]->text, "last"));
    expect(wsz_is(value->items[0]->wsz, "default") && wsz_is(value->child->child->wsz, ""));
    expect(((struct derived *)value->items[1])->length == 3);
}

/* --- Heaps --- */

TEST(a_heap_of_any_size_is_enough_or_exceeded)
{
    struct use use = begin_use();
    struct tree untouched, *value = NULL;
    SIZE_T size, needed;
    WS_HEAP *heap;

    ok(read_tree(use.reader, use.heap, &value, NULL));
    expect_tree(value);
    needed = requested(use.heap);
    for (size = 0; size < needed; size++)
    {
        heap = create_heap(size);
        value = &untouched;
        expect_refused(use.error, WS_E_QUOTA_EXCEEDED, read_tree(use.reader, heap, &value, use.error), "heap");
        expect(says(use.error, "quota") && value == &untouched);
        expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(use.reader, NULL));
        WsFreeHeap(heap);
    }
    heap = create_heap(needed);
    ok(read_tree(use.reader, heap, &value, NULL));
    expect_tree(value);
    WsFreeHeap(heap);
    end_use(&use);
}

/* So that a program cannot be made to take memory without limit by what it only gives a small heap. */
TEST(an_array_that_the_heap_cannot_hold_is_refused_before_all_of_it_is_read)
{
    WS_FIELD_DESCRIPTION items = ITEMS(WS_INT64_TYPE, NULL, struct tree, 0), *fields[] = {&items};
    WS_STRUCT_DESCRIPTION array = STRUCTURE(struct tree, fields);
    static char xml[200000];
    struct use use = begin_use();
    struct tree value;
    WS_HEAP *heap = create_heap(4000);
    size_t length = (size_t)snprintf(xml, sizeof(xml), "<r>");

    /* What comes at last is not even XML. */
    while (length < sizeof(xml) - 20)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<i>1</i>");
    snprintf(xml + length, sizeof(xml) - length, "<>");
    set_text_string(use.reader, xml);
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED,
                   WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &array, WS_READ_REQUIRED_VALUE, heap,
                              &value, sizeof(value), use.error),
                   "heap's quota");
    WsFreeHeap(heap);
    end_use(&use);
}

/* --- Memory --- */

#ifdef WS_DEBUG

/* Everything fails at each point in turn; then the same objects work. */
TEST(reading_fails_at_every_point_with_nothing_half_done)
{
    struct tree untouched, *value;
    ULONG operations;
    HRESULT hr = E_OUTOFMEMORY;

    for (operations = 0; hr != S_OK && operations < 10000; operations++)
    {
        struct use use = begin_use();

        value = &untouched;
        ok(WsSetAutoFail(operations, NULL));
        hr = read_tree(use.reader, use.heap, &value, NULL);
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        if (hr == S_OK)
            expect_tree(value);
        else
        {
            expect_hr(E_OUTOFMEMORY, hr);
            expect(value == &untouched);
            expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(use.reader, NULL));
            ok(read_tree(use.reader, use.heap, &value, NULL));
            expect_tree(value);
        }
        end_use(&use);
    }
    ok(hr);
    expect(operations > 20);
}

TEST(writing_fails_at_every_point_and_faults_the_writer)
{
    struct use use = begin_use();
    struct tree *value = NULL;
    ULONG operations;
    HRESULT hr = E_OUTOFMEMORY;

    ok(read_tree(use.reader, use.heap, &value, NULL));
    for (operations = 0; hr != S_OK && operations < 10000; operations++)
    {
        WS_XML_WRITER *writer = create_writer(NULL, 0);

        ok(WsSetAutoFail(operations, NULL));
        hr = WsWriteElement(writer, &root, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), NULL);
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        expect(hr == S_OK || hr == E_OUTOFMEMORY);
        if (hr != S_OK)
        {
            set_output(writer, NULL, 0);
            ok(WsWriteElement(writer, &root, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), NULL));
        }
        WsFreeWriter(writer);
    }
    ok(hr);
    expect(operations > 1);
    end_use(&use);
}

/* What a reader keeps for the next call is enough for more of the same: nothing but the caller's heap is used. */
TEST(a_reader_that_is_used_again_needs_no_memory_for_structures)
{
    WS_FIELD_DESCRIPTION *fields[] = {&tree_text, &tree_wsz, &tree_id};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct tree, fields);
    static const char xml[] = "<r text='a'><wsz>b</wsz><id>c</id></r>";
    struct use use = begin_use();
    struct tree value;
    HRESULT hr;
    int i;

    for (i = 0; i < 3; i++)
        ok(read_struct(&use, xml, &description, &value));
    set_text_string(use.reader, xml);
    ok(WsSetAutoFail(3, NULL)); /* which are the strings */
    hr = WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &description, WS_READ_REQUIRED_VALUE, use.heap,
                    &value, sizeof(value), NULL);
    ok(WsSetAutoFail(NEVER_FAIL, NULL));
    ok(hr);
    end_use(&use);
}

#endif

/* --- Depth --- */

#define DEPTH_LIMIT 256

struct list
{
    struct list *next;
};

static WS_STRUCT_DESCRIPTION list;
static WS_FIELD_DESCRIPTION list_next =
    ELEMENT("n", WS_STRUCT_TYPE, &list, struct list, next, WS_FIELD_POINTER | WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION *list_fields[] = {&list_next};
static WS_STRUCT_DESCRIPTION list = STRUCTURE(struct list, list_fields);

static HRESULT read_list(struct use *use, unsigned depth, struct list *value)
{
    static char xml[10000];
    size_t length = (size_t)snprintf(xml, sizeof(xml), "<n>");
    unsigned i;

    for (i = 1; i < depth; i++)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<n>");
    for (i = 0; i < depth; i++)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "</n>");
    set_text_with(use->reader, xml, WS_XML_READER_PROPERTY_MAX_DEPTH, 1000);
    ok(WsResetError(use->error));
    return WsReadType(use->reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list, WS_READ_REQUIRED_VALUE, use->heap,
                      value, sizeof(*value), use->error);
}

TEST(values_can_be_in_one_another_only_so_deep)
{
    struct use use = begin_use();
    struct list value = {NULL}, *item, values[DEPTH_LIMIT + 1];
    ULONG deep = 1000, count;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &deep, sizeof(deep)};
    unsigned i;

    ok(read_list(&use, DEPTH_LIMIT, &value));
    for (count = 1, item = &value; item->next; item = item->next)
        count++;
    expect_size(DEPTH_LIMIT, count);
    memset(&value, 0, sizeof(value));
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED, read_list(&use, DEPTH_LIMIT + 1, &value), "256");
    expect(!value.next);
    for (i = 0; i < DEPTH_LIMIT + 1; i++)
        values[i].next = i < DEPTH_LIMIT ? &values[i + 1] : NULL;
    set_output(use.writer, &property, 1);
    start(use.writer, "n");
    ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list, WS_WRITE_REQUIRED_VALUE, &values[1],
                   sizeof(value), NULL));
    end(use.writer);
    set_output(use.writer, &property, 1);
    start(use.writer, "n");
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED,
                   WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list, WS_WRITE_REQUIRED_VALUE,
                               &values[0], sizeof(value), use.error),
                   "256");
    /* A value that contains itself. */
    values[1].next = &values[0];
    set_output(use.writer, &property, 1);
    start(use.writer, "n");
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list,
                                               WS_WRITE_REQUIRED_VALUE, &values[0], sizeof(value), NULL));
    end_use(&use);
}

TEST(the_depth_of_elements_comes_first_where_it_is_less)
{
    struct use use = begin_use();
    struct list value = {NULL}, values[2] = {{&values[1]}, {&values[0]}};

    set_text_string(use.reader,
                    "<n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n><n>"
                    "<n><n>");
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED,
                   WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list, WS_READ_REQUIRED_VALUE,
                              use.heap, &value, sizeof(value), use.error),
                   "MAX_DEPTH");
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED, write_struct(&use, &list, &values[0]), "MAX_DEPTH");
    end_use(&use);
}

/*
 * How much of the stack the deepest value takes: less than the megabyte that threads have on Windows, also with
 * sanitizers; without them, a fifth of it.
 */
static BYTE *deepest;

static HRESULT CALLBACK note_stack(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                   void *value, ULONG size, WS_ERROR *error)
{
    BYTE here = 0;

    (void)mapping, (void)data, (void)heap, (void)value, (void)size;
    deepest = (BYTE *)((uintptr_t)&here + here);
    return WsSkipNode(reader, error);
}

struct deep
{
    struct deep *items;
    ULONG count;
};

TEST(the_deepest_value_leaves_most_of_a_small_stack)
{
    WS_CUSTOM_TYPE_DESCRIPTION custom = {1, 1, note_stack, NULL, NULL, NULL};
    WS_STRUCT_DESCRIPTION deep;
    WS_FIELD_DESCRIPTION items = ITEMS(WS_STRUCT_TYPE, &deep, struct deep, 0);
    WS_FIELD_DESCRIPTION bottom = ELEMENT("b", WS_CUSTOM_TYPE, &custom, struct deep, items, WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION *fields[] = {&bottom, &items};
    static char xml[10000];
    struct use use = begin_use();
    struct deep value;
    size_t length = 0, used;
    BYTE here = 0;
    unsigned i;

    deep = (WS_STRUCT_DESCRIPTION)STRUCTURE(struct deep, fields);
    for (i = 0; i < DEPTH_LIMIT - 1; i++)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<i>");
    length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<b/>");
    for (i = 0; i < DEPTH_LIMIT - 1; i++)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "</i>");
    set_text_with(use.reader, xml, WS_XML_READER_PROPERTY_MAX_DEPTH, 1000);
    ok(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &deep, WS_READ_REQUIRED_VALUE, use.heap, &value,
                  sizeof(value), NULL));
    used = (uintptr_t)&here > (uintptr_t)deepest ? (size_t)((uintptr_t)&here - (uintptr_t)deepest)
                                                 : (size_t)((uintptr_t)deepest - (uintptr_t)&here);
    if (used >= 1 << 20)
        test_fail(__FILE__, __LINE__, "%u bytes of stack for %u values", (unsigned)used, DEPTH_LIMIT);
    expect(here == 0);
    end_use(&use);
}
