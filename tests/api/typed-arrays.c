/* SPDX-License-Identifier: MIT */
/*
 * Fields of several elements, both ways: items in an element of their own or not, nil ones, and how many there may be.
 *
 * Source: the pages of WS_FIELD_MAPPING, WS_FIELD_OPTIONS and WS_ITEM_RANGE.
 */
#include "support/structs.h"

struct item
{
    int32_t k;
    WS_STRING text;
};

static WS_FIELD_DESCRIPTION item_k = ELEMENT("k", WS_INT32_TYPE, NULL, struct item, k, 0);
static WS_FIELD_DESCRIPTION *item_fields[] = {&item_k};
static WS_STRUCT_DESCRIPTION item = STRUCTURE(struct item, item_fields);

struct array
{
    ULONG before, count;
    void *items;
    int32_t after;
};

static WS_FIELD_DESCRIPTION after = ELEMENT("after", WS_INT32_TYPE, NULL, struct array, after, WS_FIELD_OPTIONAL);

static WS_XML_STRING w = STRING("w"), none = STRING("");

/* A structure with items, in an element "w" if they are wrapped. */
#define ARRAY(type, type_description, wrapped, item_options) \
    WS_FIELD_DESCRIPTION items = ITEMS(type, type_description, struct array, item_options); \
    WS_FIELD_DESCRIPTION *fields[] = {&items, &after}; \
    WS_STRUCT_DESCRIPTION array = STRUCTURE(struct array, fields); \
    items.localName = (wrapped) ? &w : NULL; \
    items.ns = (wrapped) ? &none : NULL

/* --- Items --- */

/* Observed on Windows. */
TEST(items_that_are_structures_follow_one_another)
{
    struct use use = begin_use();
    struct array value;
    const struct item *read;
    int wrapped;

    for (wrapped = 0; wrapped < 2; wrapped++)
    {
        ARRAY(WS_STRUCT_TYPE, &item, wrapped, 0);
        ok(read_struct(&use,
                       wrapped ? "<r><w><i><k>1</k></i> <!----><i><k>2</k></i> </w> </r>"
                               : "<r><i><k>1</k></i> <!----><i><k>2</k></i> </r>",
                       &array, &value));
        read = value.items;
        expect(value.count == 2 && read[0].k == 1 && read[1].k == 2 && !value.after && is_at_end(use.reader));
        expect_xml(&use, &array, &value,
                   wrapped ? "<r><w><i><k>1</k></i><i><k>2</k></i></w></r>" : "<r><i><k>1</k></i><i><k>2</k></i></r>");
    }
    end_use(&use);
}

/* Observed on Windows. */
TEST(items_can_be_pointers_to_structures)
{
    ARRAY(WS_STRUCT_TYPE, &item, false, WS_FIELD_POINTER);
    struct use use = begin_use();
    struct array value;
    struct item *const *read;

    ok(read_struct(&use, "<r><i><k>1</k></i><i><k>2</k></i><after>3</after></r>", &array, &value));
    read = value.items;
    expect(value.count == 2 && read[0]->k == 1 && read[1]->k == 2 && value.after == 3);
    expect_xml(&use, &array, &value, "<r><i><k>1</k></i><i><k>2</k></i><after>3</after></r>");
    end_use(&use);
}

/* Observed on Windows. */
TEST(items_can_be_texts_and_attributes)
{
    WS_FIELD_DESCRIPTION k = ATTRIBUTE("k", WS_INT32_TYPE, struct item, k, 0);
    WS_FIELD_DESCRIPTION text = FIELD(WS_TEXT_FIELD_MAPPING, WS_STRING_TYPE, struct item, text, 0);
    WS_FIELD_DESCRIPTION *both[] = {&k, &text};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct item, both);
    ARRAY(WS_STRUCT_TYPE, &description, false, 0);
    struct use use = begin_use();
    struct array value;
    const struct item *read;

    ok(read_struct(&use, "<r><i k='1'>a</i><i k='2'></i></r>", &array, &value));
    read = value.items;
    expect(value.count == 2 && wide_is(&read[0].text, "a") && read[1].k == 2 && wide_is(&read[1].text, ""));
    expect_xml(&use, &array, &value, "<r><i k=\"1\">a</i><i k=\"2\"/></r>");
    description.fields = &both[1];
    description.fieldCount = 1;
    ok(read_struct(&use, "<r><i>b</i></r>", &array, &value));
    read = value.items;
    expect(value.count == 1 && read[0].k == 0 && wide_is(&read[0].text, "b"));
    end_use(&use);
}

/* Observed on Windows: written. */
TEST(items_can_be_values_of_any_simple_type)
{
    static const struct
    {
        WS_TYPE type;
        ULONG size;
        const char *one, *other;
    } rows[] = {
        {WS_BOOL_TYPE, sizeof(BOOL), "true", "false"},
        {WS_INT8_TYPE, 1, "-1", "2"},
        {WS_UINT16_TYPE, 2, "1", "65535"},
        {WS_INT32_TYPE, 4, "1", "2"},
        {WS_UINT64_TYPE, 8, "1", "18446744073709551615"},
        {WS_DOUBLE_TYPE, 8, "1.5", "-INF"},
        {WS_DECIMAL_TYPE, sizeof(DECIMAL), "1.50", "-2"},
        {WS_DATETIME_TYPE, sizeof(WS_DATETIME), "2026-01-02T03:04:05Z", "0001-01-01T00:00:00"},
        {WS_GUID_TYPE, sizeof(GUID), "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"},
        {WS_UNIQUE_ID_TYPE, sizeof(WS_UNIQUE_ID), "urn:a", "urn:uuid:00000000-0000-0000-0000-000000000002"},
        {WS_STRING_TYPE, sizeof(WS_STRING), "a", "\xc3\xa4"},
        {WS_WSZ_TYPE, sizeof(WCHAR *), "a", "\xc3\xa4"},
        {WS_BYTES_TYPE, sizeof(WS_BYTES), "YQ==", "YWJj"},
        {WS_XML_STRING_TYPE, sizeof(WS_XML_STRING), "a", "\xc3\xa4"},
        {WS_XML_QNAME_TYPE, sizeof(WS_XML_QNAME), "a", "b"},
        {WS_CHAR_ARRAY_TYPE, sizeof(WS_STRING), "a", "bc"},
        {WS_DURATION_TYPE, sizeof(WS_DURATION), "P1Y", "-PT2.5S"},
    };
    struct use use = begin_use();
    struct array value;
    char text[300];
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        ARRAY(rows[i].type, NULL, i & 1, 0);
        snprintf(text, sizeof(text), i & 1 ? "<r><w><i>%s</i><i>%s</i></w></r>" : "<r><i>%s</i><i>%s</i></r>",
                 rows[i].one, rows[i].other);
        ok(read_struct(&use, text, &array, &value));
        expect(value.count == 2);
        expect_xml(&use, &array, &value, text);
        if (rows[i].type == WS_INT32_TYPE)
            expect(((const int32_t *)value.items)[0] == 1 && ((const int32_t *)value.items)[1] == 2);
        if (rows[i].type == WS_WSZ_TYPE)
            expect(wsz_is(((WCHAR *const *)value.items)[1], "\xe4"));
    }
    end_use(&use);
}

/* Our choice: as strings, which the page does not say. */
TEST(items_that_are_arrays_of_characters_are_strings)
{
    ARRAY(WS_CHAR_ARRAY_TYPE, NULL, true, WS_FIELD_NILLABLE_ITEM);
    struct use use = begin_use();
    struct array value;
    const WS_STRING *read;

    ok(read_struct(&use, "<r><w><i>abc</i><i/><i i:nil='1' xmlns:i='" XSI "'/></w></r>", &array, &value));
    read = value.items;
    expect(value.count == 3 && wide_is(&read[0], "abc") && wide_is(&read[1], "") && !read[2].chars && !read[2].length);
    expect_xml(&use, &array, &value, "<r><w><i>abc</i><i/><i a:nil=\"true\" xmlns:a=\"" XSI "\"/></w></r>");
    end_use(&use);
}

/* Observed on Windows, but for reading. */
TEST(items_can_be_nil)
{
    ARRAY(WS_STRUCT_TYPE, &item, true,
          WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE | WS_FIELD_NILLABLE_ITEM);
    struct item seven = {7, {0, NULL}}, *pointers[] = {&seven, NULL}, *const * read;
    struct array value = {.count = 2, .items = pointers};
    struct use use = begin_use();

    expect_xml(&use, &array, &value, "<r><w><i><k>7</k></i><i a:nil=\"true\" xmlns:a=\"" XSI "\"/></w></r>");
    ok(read_struct(&use, "<r><w><i><k>7</k></i><i a:nil='true' xmlns:a='" XSI "'/></w></r>", &array, &value));
    read = value.items;
    expect(value.count == 2 && read[0]->k == 7 && !read[1]);
    items.options &= ~(ULONG)WS_FIELD_NILLABLE_ITEM;
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r><w><i a:nil='true' xmlns:a='" XSI "'/></w></r>", &array, &value), "nil");
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &array, &value),
                   "In the field \"w\": In the item \"i\" of index 1: The value, of WS_STRUCT_TYPE, is NULL");
    end_use(&use);
}

TEST(simple_items_that_can_be_nil_are_pointers_or_null)
{
    ARRAY(WS_INT32_TYPE, NULL, false, WS_FIELD_POINTER | WS_FIELD_NILLABLE_ITEM);
    struct use use = begin_use();
    struct array value;
    int32_t *const *read;

    ok(read_struct(&use, "<r><i>1</i><i a:nil='true' xmlns:a='" XSI "'/></r>", &array, &value));
    read = value.items;
    expect(value.count == 2 && *read[0] == 1 && !read[1]);
    expect_xml(&use, &array, &value, "<r><i>1</i><i a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>");
    items.type = WS_WSZ_TYPE;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "WS_WSZ_TYPE");
    items.options = WS_FIELD_NILLABLE_ITEM;
    ok(read_struct(&use, "<r><i>1</i><i a:nil='true' xmlns:a='" XSI "'/></r>", &array, &value));
    expect(value.count == 2 && !((WCHAR *const *)value.items)[1]);
    items.type = WS_INT32_TYPE;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "WS_INT32_TYPE");
    end_use(&use);
}

/* Our choice: they are gathered elsewhere until their number is known, and take no more of the heap than they need. */
TEST(any_number_of_items_takes_its_size_of_the_heap)
{
    static char xml[20000];
    ARRAY(WS_INT32_TYPE, NULL, false, 0);
    struct use use = begin_use();
    struct array value;
    size_t length, before;
    ULONG count, i;

    for (count = 1; count < 1000; count = count * 3 / 2 + 1)
    {
        length = (size_t)snprintf(xml, sizeof(xml), "<r>");
        for (i = 0; i < count; i++)
            length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<i>%u</i>", (unsigned)i);
        snprintf(xml + length, sizeof(xml) - length, "</r>");
        ok(WsResetHeap(use.heap, NULL));
        before = requested(use.heap);
        ok(read_struct(&use, xml, &array, &value));
        expect(value.count == count);
        for (i = 0; i < count; i++)
            expect(((const int32_t *)value.items)[i] == (int32_t)i);
        expect(requested(use.heap) - before <= ((count * 4 + 7) & ~7u));
        expect_xml(&use, &array, &value, xml);
    }
    end_use(&use);
}

/* --- None, nil, missing --- */

/* Observed on Windows: without the element around them, and up to one. */
TEST(no_items_are_at_a_pointer_that_is_not_null)
{
    WS_ITEM_RANGE up_to_one = {0, 1};
    ARRAY(WS_STRUCT_TYPE, &item, false, 0);
    struct use use = begin_use();
    struct array value;

    items.itemRange = &up_to_one;
    memset(&value, 0x5a, sizeof(value));
    ok(read_struct(&use, "<r></r>", &array, &value));
    expect(value.count == 0 && value.items && !value.before);
    expect_xml(&use, &array, &value, "<r/>");
    items.localName = &w;
    items.ns = &none;
    ok(read_struct(&use, "<r><w/></r>", &array, &value));
    expect(value.count == 0 && value.items);
    expect_xml(&use, &array, &value, "<r><w/></r>");
    end_use(&use);
}

/* The page of WS_FIELD_MAPPING: the element around them must be there if their count is not 0. */
TEST(the_element_around_no_items_may_be_missing)
{
    WS_ITEM_RANGE one_or_more = {1, 10};
    ARRAY(WS_INT32_TYPE, NULL, true, 0);
    struct use use = begin_use();
    struct array value;

    memset(&value, 0x5a, sizeof(value));
    ok(read_struct(&use, "<r><after>1</after></r>", &array, &value));
    expect(value.count == 0 && value.items && value.after == 1);
    items.itemRange = &one_or_more;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><after>1</after></r>", &array, &value),
                   "has 0 items; its range allows 1 to 10");
    /* Optional is the element, not its items; and then there is no array. */
    items.options = WS_FIELD_OPTIONAL;
    ok(read_struct(&use, "<r><after>1</after></r>", &array, &value));
    expect(value.count == 0 && !value.items && value.after == 1);
    expect_xml(&use, &array, &value, "<r><after>1</after></r>");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><w/></r>", &array, &value), "has 0 items");
    end_use(&use);
}

TEST(an_array_that_is_nil_is_null)
{
    ARRAY(WS_INT32_TYPE, NULL, true, WS_FIELD_POINTER | WS_FIELD_NILLABLE | WS_FIELD_NILLABLE_ITEM);
    struct use use = begin_use();
    struct array value;

    memset(&value, 0x5a, sizeof(value));
    ok(read_struct(&use, "<r><w a:nil='true' xmlns:a='" XSI "'/><after>1</after></r>", &array, &value));
    expect(value.count == 0 && !value.items && value.after == 1);
    expect_xml(&use, &array, &value, "<r><w a:nil=\"true\" xmlns:a=\"" XSI "\"/><after>1</after></r>");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r><w a:nil='true' xmlns:a='" XSI "'><i>1</i></w></r>", &array, &value), "\"i\"");
    /* Without the option, it is the empty one when written, and must not be nil when read. */
    items.options &= ~(ULONG)WS_FIELD_NILLABLE;
    expect_xml(&use, &array, &value, "<r><w/><after>1</after></r>");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r><w a:nil='true' xmlns:a='" XSI "'/></r>", &array, &value), "nil");
    end_use(&use);
}

/* Our choice: an array that is nil is not one of no items. */
TEST(the_range_is_not_for_arrays_that_are_nil)
{
    WS_ITEM_RANGE one_or_more = {1, 10};
    ARRAY(WS_INT32_TYPE, NULL, true, WS_FIELD_POINTER | WS_FIELD_NILLABLE | WS_FIELD_NILLABLE_ITEM);
    struct use use = begin_use();
    struct array value;

    items.itemRange = &one_or_more;
    ok(read_struct(&use, "<r><w a:nil='true' xmlns:a='" XSI "'/></r>", &array, &value));
    expect(!value.items);
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r/>", &array, &value), "has 0 items");
    end_use(&use);
}

/* --- How many --- */

/* Observed on Windows, but for what is out of the range. */
TEST(the_number_of_items_is_limited_when_read)
{
    WS_ITEM_RANGE range = {1, 2};
    ARRAY(WS_INT32_TYPE, NULL, true, 0);
    struct use use = begin_use();
    int32_t two[] = {1, 2};
    struct array value = {.count = 9};

    items.itemRange = &range;
    ok(read_struct(&use, "<r><w><i>1</i></w></r>", &array, &value));
    expect(value.count == 1);
    ok(read_struct(&use, "<r><w><i>1</i><i>2</i></w></r>", &array, &value));
    expect(value.count == 2);
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r><w><i>1</i><i>2</i><i>3</i><i>4</i></w></r>", &array, &value),
                   "The field \"w\" has 3 items or more; its range allows 1 to 2.");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><w> </w></r>", &array, &value),
                   "The field \"w\" has 0 items; its range allows 1 to 2.");
    expect(value.count == 2);
    /* Observed on Windows: not when written. */
    range.minItemCount = range.maxItemCount = 0;
    value.items = two;
    expect_xml(&use, &array, &value, "<r><w><i>1</i><i>2</i></w></r>");
    end_use(&use);
}

/* --- What does not fit --- */

TEST(other_elements_among_items_are_refused_and_named)
{
    ARRAY(WS_INT32_TYPE, NULL, true, 0);
    struct use use = begin_use();
    struct array value = {.count = 9};

    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><w><i>1</i><z/></w></r>", &array, &value),
                   "\"z\"");
    expect(is_at_element(use.reader, "z"));
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><w><i>1</i>z</w></r>", &array, &value),
                   "\"z\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><i>1</i></r>", &array, &value), "\"i\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><w/><w/></r>", &array, &value), "\"w\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><w><i>x</i></w></r>", &array, &value),
                   "\"x\"");
    expect(value.count == 9);
    end_use(&use);
}

TEST(descriptions_of_arrays_are_checked)
{
    ARRAY(WS_INT32_TYPE, NULL, true, 0);
    struct use use = begin_use();
    struct array value = {.count = 9};
    WS_DEFAULT_VALUE number = {&value.count, 4};

    items.ns = NULL;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "\"w\"");
    items.localName = NULL;
    items.ns = &none;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "\"i\"");
    items.ns = NULL;
    ok(read_struct(&use, "<r/>", &array, &value));
    items.itemNs = NULL;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "items");
    items.itemNs = &none;
    items.countOffset = sizeof(value) - 3;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "count at the offset");
    items.countOffset = 0xffffffff;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "count at the offset");
    items.countOffset = offsetof(struct array, count);
    items.offset = sizeof(value);
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "offset");
    items.offset = offsetof(struct array, items);
    items.defaultValue = &number;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &array, &value), "default");
    end_use(&use);
}

TEST(a_null_array_with_a_count_is_refused)
{
    ARRAY(WS_INT32_TYPE, NULL, true, 0);
    struct use use = begin_use();
    struct array value = {.count = 3};

    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &array, &value),
                   "In the field \"w\": The array is NULL, and its count is 3.");
    end(use.writer);
    expect_output(use.writer, "<r/>");
    end_use(&use);
}

/* Arrays in arrays, which the memory of their items must not know of. */
TEST(arrays_can_be_in_arrays)
{
    ARRAY(WS_INT32_TYPE, NULL, true, 0);
    WS_FIELD_DESCRIPTION rows = ITEMS(WS_STRUCT_TYPE, &array, struct array, 0), *outer_fields[] = {&rows};
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct array, outer_fields);
    static char xml[40000];
    struct use use = begin_use();
    struct array value;
    const struct array *read;
    size_t length = (size_t)snprintf(xml, sizeof(xml), "<r>");
    ULONG i, j;

    for (i = 0; i < 40; i++)
    {
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<i><w>");
        for (j = 0; j < i; j++)
            length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<i>%u</i>", (unsigned)(i * j));
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, i ? "</w></i>" : "");
        if (!i)
            length = (size_t)snprintf(xml, sizeof(xml), "<r><i><w/></i>");
    }
    snprintf(xml + length, sizeof(xml) - length, "</r>");
    ok(read_struct(&use, xml, &outer, &value));
    expect(value.count == 40);
    read = value.items;
    for (i = 0; i < 40; i++)
    {
        expect(read[i].count == i);
        for (j = 0; j < i; j++)
            expect(((const ULONG *)read[i].items)[j] == i * j);
    }
    expect_xml(&use, &outer, &value, xml);
    end_use(&use);
}
