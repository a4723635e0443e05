/* SPDX-License-Identifier: MIT */
/*
 * Unions, both ways: one element out of several, or any number of them, and the selector that says which.
 *
 * Source: the pages of WS_UNION_DESCRIPTION and WS_FIELD_MAPPING.
 */
#include "support/structs.h"

enum selector
{
    NONE = 7,
    A = 20,
    B = 10
};

struct choice
{
    double before; /* so that offsets are not 0 */
    enum selector selector;
    union
    {
        WCHAR *a;
        ULONG b;
    } value;
};

static WS_UNION_FIELD_DESCRIPTION choice_a = {A, ELEMENT("a", WS_WSZ_TYPE, NULL, struct choice, value.a, 0)};
static WS_UNION_FIELD_DESCRIPTION choice_b = {B, ELEMENT("b", WS_UINT32_TYPE, NULL, struct choice, value.b, 0)};
static WS_UNION_FIELD_DESCRIPTION *choice_fields[] = {&choice_a, &choice_b};
static WS_UNION_DESCRIPTION choice = {
    sizeof(struct choice), sizeof(void *), choice_fields, 2, offsetof(struct choice, selector), NONE, NULL};

struct outer
{
    int32_t before;
    struct choice choice;
    struct choice *items;
    ULONG count;
    int32_t after;
};

static WS_XML_STRING w = STRING("w"), none = STRING("");
static WS_FIELD_DESCRIPTION after = ELEMENT("after", WS_INT32_TYPE, NULL, struct outer, after, WS_FIELD_OPTIONAL);

#define ONE(options_) \
    WS_FIELD_DESCRIPTION field = \
        FIELD(WS_ELEMENT_CHOICE_FIELD_MAPPING, WS_UNION_TYPE, struct outer, choice, options_); \
    WS_FIELD_DESCRIPTION *fields[] = {&field, &after}; \
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct outer, fields); \
    field.typeDescription = &choice

#define REPEATING(wrapped) \
    WS_FIELD_DESCRIPTION field = \
        FIELD(WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING, WS_UNION_TYPE, struct outer, items, 0); \
    WS_FIELD_DESCRIPTION *fields[] = {&field, &after}; \
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct outer, fields); \
    field.typeDescription = &choice; \
    field.countOffset = offsetof(struct outer, count); \
    field.localName = (wrapped) ? &w : NULL; \
    field.ns = (wrapped) ? &none : NULL

/* --- One --- */

/* Observed on Windows: content mapping from the beginning. */
TEST(the_element_that_is_there_is_selected)
{
    ONE(0);
    struct use use = begin_use();
    struct outer value;

    ok(read_content(&use, "<a>x</a>", &outer, &value));
    expect(value.choice.selector == A && wsz_is(value.choice.value.a, "x") && is_at_end(use.reader));
    ok(read_content(&use, "<b>9</b>", &outer, &value));
    expect(value.choice.selector == B && value.choice.value.b == 9 && is_at_end(use.reader));
    expect(value.choice.before == 0);
    end_use(&use);
}

/* Observed on Windows: a description that cannot be is refused even by a reader that has failed. */
TEST(an_element_that_is_none_of_them_is_refused)
{
    static const ULONG options[] = {WS_FIELD_NILLABLE, WS_FIELD_POINTER, WS_FIELD_POINTER | WS_FIELD_NILLABLE};
    ONE(0);
    struct use use = begin_use();
    struct outer value = {5, {0, NONE, {NULL}}, NULL, 0, 0};
    size_t i;

    expect_refused(use.error, WS_E_INVALID_FORMAT, read_content(&use, "<z>9</z>", &outer, &value),
                   "The element \"z\" is none of the choices, which are \"a\", \"b\".");
    expect(is_at_element(use.reader, "z") && value.before == 5);
    for (i = 0; i < COUNT(options); i++)
    {
        field.options = options[i];
        expect_refused(use.error, E_INVALIDARG,
                       WsReadType(use.reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer,
                                  WS_READ_REQUIRED_VALUE, use.heap, &value, sizeof(value), use.error),
                       "WS_FIELD_");
    }
    field.options = 0;
    expect_hr(WS_E_OBJECT_FAULTED, WsReadType(use.reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer,
                                              WS_READ_REQUIRED_VALUE, use.heap, &value, sizeof(value), NULL));
    end_use(&use);
}

/* Observed on Windows. */
TEST(none_may_be_there_if_the_field_is_optional)
{
    ONE(WS_FIELD_OPTIONAL);
    struct use use = begin_use();
    struct outer value;

    ok(read_content(&use, "<z>9</z>", &outer, &value));
    expect(value.choice.selector == NONE && is_at_element(use.reader, "z"));
    ok(read_struct(&use, "<r> <after>1</after></r>", &outer, &value));
    expect(value.choice.selector == NONE && value.after == 1);
    ok(read_struct(&use, "<r/>", &outer, &value));
    expect(value.choice.selector == NONE);
    ok(read_struct(&use, "<r><b>1</b><after>2</after></r>", &outer, &value));
    expect(value.choice.selector == B && value.after == 2);
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r>x</r>", &outer, &value), "\"x\"");
    end_use(&use);
}

TEST(one_is_required_and_not_two)
{
    ONE(0);
    struct use use = begin_use();
    struct outer value;

    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r/>", &outer, &value), "An element");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r>x</r>", &outer, &value), "\"x\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><a/><b>1</b></r>", &outer, &value), "\"b\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><b>x</b></r>", &outer, &value), "\"x\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><a xmlns='u'/></r>", &outer, &value), "\"a\"");
    end_use(&use);
}

/* Observed on Windows. */
TEST(what_is_selected_is_written)
{
    static ULONG by_value[] = {1, 0};
    ONE(0);
    struct use use = begin_use();
    struct outer value = {0, {0, A, {.a = WSZ("ab")}}, NULL, 0, 0};
    int indexed;

    for (indexed = 0; indexed < 2; indexed++)
    {
        choice.valueIndices = indexed ? by_value : NULL;
        value.choice.selector = A;
        value.choice.value.a = WSZ("ab");
        expect_xml(&use, &outer, &value, "<r><a>ab</a></r>");
        ok(read_struct(&use, "<r><a>ab</a></r>", &outer, &value));
        value.choice.selector = B;
        value.choice.value.b = 1;
        expect_xml(&use, &outer, &value, "<r><b>1</b></r>");
        ok(read_struct(&use, "<r><b>1</b></r>", &outer, &value));
        expect(value.choice.selector == B);
        expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<r><c>1</c></r>", &outer, &value));
    }
    choice.valueIndices = NULL;
    end_use(&use);
}

/* Observed on Windows: optional and none is nothing; else the choice of that value is looked for. */
TEST(a_selector_of_no_choice_is_an_error_unless_it_says_none)
{
    ONE(0);
    struct use use = begin_use();
    struct outer value = {0, {0, (enum selector)99, {.b = 1}}, NULL, 0, 0};

    expect_refused(use.error, WS_E_INVALID_FORMAT, write_struct(&use, &outer, &value),
                   "The selector of a union is 99, which is that of none of its choices: \"a\", \"b\".");
    field.options = WS_FIELD_OPTIONAL;
    expect_hr(WS_E_INVALID_FORMAT, write_struct(&use, &outer, &value));
    value.choice.selector = NONE;
    expect_xml(&use, &outer, &value, "<r/>");
    field.options = 0;
    expect_hr(WS_E_INVALID_FORMAT, write_struct(&use, &outer, &value));
    choice_b.value = NONE;
    expect_xml(&use, &outer, &value, "<r><b>1</b></r>");
    field.options = WS_FIELD_OPTIONAL;
    expect_xml(&use, &outer, &value, "<r/>");
    choice_b.value = B;
    end_use(&use);
}

/* --- By itself --- */

/* Our choice: a union has no option to ignore them, as structures have. */
TEST(attributes_of_an_element_that_is_a_union_are_not_looked_at)
{
    struct use use = begin_use();
    struct choice value;

    ok(read_from(&use, "<r a='1' b:c='' xmlns:b='u'><b>3</b></r>", WS_ELEMENT_TYPE_MAPPING, WS_UNION_TYPE, &choice,
                 &value, sizeof(value)));
    expect(value.selector == B && value.value.b == 3);
    end_use(&use);
}

/* The page of WS_TYPE: element and element content mapping. */
TEST(a_union_can_be_the_content_of_an_element)
{
    struct use use = begin_use();
    struct choice value, *pointer = NULL;
    WS_ELEMENT_DESCRIPTION element = {NAME("e"), NAME(""), WS_UNION_TYPE, &choice};

    ok(read_from(&use, "<r> <b>3</b> <!-- --> </r>", WS_ELEMENT_TYPE_MAPPING, WS_UNION_TYPE, &choice, &value,
                 sizeof(value)));
    expect(value.selector == B && value.value.b == 3 && is_at_end(use.reader));
    ok(read_from(&use, " <b>4</b>", WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_UNION_TYPE, &choice, &value, sizeof(value)));
    expect(value.selector == B && value.value.b == 4 && is_at_end(use.reader));
    expect_hr(WS_E_INVALID_FORMAT,
              read_from(&use, "<r/>", WS_ELEMENT_TYPE_MAPPING, WS_UNION_TYPE, &choice, &value, sizeof(value)));
    expect_hr(WS_E_INVALID_FORMAT, read_from(&use, "<r><b>1</b><b>1</b></r>", WS_ELEMENT_TYPE_MAPPING, WS_UNION_TYPE,
                                             &choice, &value, sizeof(value)));
    expect_hr(E_INVALIDARG, read_from(&use, "<r><b>1</b></r>", WS_ATTRIBUTE_TYPE_MAPPING, WS_UNION_TYPE, &choice,
                                      &value, sizeof(value)));
    expect(value.value.b == 4);
    ok(write_in_root(&use, WS_UNION_TYPE, &choice, &value, sizeof(value)));
    end(use.writer);
    expect_output(use.writer, "<r><b>4</b></r>");
    set_output(use.writer, NULL, 0);
    ok(WsWriteType(use.writer, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_UNION_TYPE, &choice, WS_WRITE_REQUIRED_VALUE, &value,
                   sizeof(value), NULL));
    expect_output(use.writer, "<b>4</b>");
    set_text_string(use.reader, "<e><a/></e>");
    ok(WsReadElement(use.reader, &element, WS_READ_REQUIRED_POINTER, use.heap, &pointer, sizeof(pointer), NULL));
    expect(pointer->selector == A && wsz_is(pointer->value.a, ""));
    set_output(use.writer, NULL, 0);
    ok(WsWriteElement(use.writer, &element, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer), NULL));
    expect_output(use.writer, "<e><a/></e>");
    end_use(&use);
}

/* --- Several --- */

/* Observed on Windows: content mapping from the beginning, in an element. */
TEST(choices_can_repeat)
{
    REPEATING(true);
    struct use use = begin_use();
    struct outer value;

    ok(read_content(&use, "<w><a>x</a></w>", &outer, &value));
    expect(value.count == 1 && value.items[0].selector == A && wsz_is(value.items[0].value.a, "x"));
    ok(read_content(&use, "<w><b>9</b></w>", &outer, &value));
    expect(value.count == 1 && value.items[0].selector == B && value.items[0].value.b == 9);
    ok(read_content(&use, "<w><a>x</a><b>9</b></w>", &outer, &value));
    expect(value.count == 2 && value.items[0].selector == A && value.items[1].selector == B);
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_content(&use, "<w><z>9</z></w>", &outer, &value), "\"z\"");
    expect(is_at_element(use.reader, "z") && value.count == 2);
    ok(read_content(&use, "<w></w>", &outer, &value));
    expect(value.count == 0 && value.items && is_at_end(use.reader));
    end_use(&use);
}

TEST(choices_can_repeat_without_an_element_around_them)
{
    WS_ITEM_RANGE range = {1, 2};
    REPEATING(false);
    struct use use = begin_use();
    struct outer value;

    ok(read_struct(&use, "<r> <b>1</b><a/><b>3</b> <after>4</after></r>", &outer, &value));
    expect(value.count == 3 && value.items[2].value.b == 3 && value.after == 4);
    expect_xml(&use, &outer, &value, "<r><b>1</b><a/><b>3</b><after>4</after></r>");
    ok(read_struct(&use, "<r/>", &outer, &value));
    expect(value.count == 0 && value.items);
    field.itemRange = &range;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r/>", &outer, &value), "has 0 items");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><a/><a/><a/></r>", &outer, &value),
                   "has 3 items or more");
    end_use(&use);
}

/* Observed on Windows: the element around them is the root. */
TEST(repeating_choices_are_written)
{
    REPEATING(true);
    struct choice items[] = {{0, A, {.a = WSZ("ab")}}, {0, B, {.b = 1}}};
    struct outer value = {.items = items, .count = 2};
    struct use use = begin_use();

    ok(WsWriteType(use.writer, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer, WS_WRITE_REQUIRED_VALUE, &value,
                   sizeof(value), NULL));
    expect_output(use.writer, "<w><a>ab</a><b>1</b></w>");
    set_output(use.writer, NULL, 0);
    value.count = 0;
    ok(WsWriteType(use.writer, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer, WS_WRITE_REQUIRED_VALUE, &value,
                   sizeof(value), NULL));
    expect_output(use.writer, "<w/>");
    set_output(use.writer, NULL, 0);
    value.count = 2;
    items[1].selector = NONE;
    expect_hr(WS_E_INVALID_FORMAT, WsWriteType(use.writer, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer,
                                               WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    end_use(&use);
}

/* --- Choices of other kinds --- */

struct other
{
    int selector;
    union
    {
        int32_t *number;
        WS_STRING string;
        struct choice nested;
        WS_XML_BUFFER *any;
    } value;
};

static WS_FIELD_DESCRIPTION nested_field =
    FIELD(WS_ELEMENT_CHOICE_FIELD_MAPPING, WS_UNION_TYPE, struct choice, before, 0);
static WS_FIELD_DESCRIPTION *nested_fields[] = {&nested_field};
static WS_STRUCT_DESCRIPTION nested = STRUCTURE(struct choice, nested_fields);

/* Pointers that are nil, structures with another choice, and at last any element. */
TEST(choices_can_be_values_of_any_kind)
{
    WS_UNION_FIELD_DESCRIPTION number = {
        1, ELEMENT("n", WS_INT32_TYPE, NULL, struct other, value.number, WS_FIELD_POINTER | WS_FIELD_NILLABLE)};
    WS_UNION_FIELD_DESCRIPTION string = {
        -1, ELEMENT("s", WS_STRING_TYPE, NULL, struct other, value.string, WS_FIELD_NILLABLE)};
    WS_UNION_FIELD_DESCRIPTION inner = {3, ELEMENT("c", WS_STRUCT_TYPE, &nested, struct other, value.nested, 0)};
    WS_UNION_FIELD_DESCRIPTION any = {
        4, FIELD(WS_ANY_ELEMENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, struct other, value.any, 0)};
    WS_UNION_FIELD_DESCRIPTION *fields[] = {&number, &string, &inner, &any};
    WS_UNION_DESCRIPTION description = {sizeof(struct other), 8, fields, 4, offsetof(struct other, selector), 0, NULL};
    static const struct
    {
        const char *xml;
        int selector;
    } rows[] = {
        {"<r><n>5</n></r>", 1},
        {"<r><n a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>", 1},
        {"<r><s>x</s></r>", -1},
        {"<r><s/></r>", -1},
        {"<r><s a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>", -1},
        {"<r><c><b>1</b></c></r>", 3},
        {"<r><z y='x'>w<v/></z></r>", 4},
    };
    struct use use = begin_use();
    struct other value;
    size_t i;

    nested_field.typeDescription = &choice;
    for (i = 0; i < COUNT(rows); i++)
    {
        memset(&value, 0x5a, sizeof(value));
        ok(read_from(&use, rows[i].xml, WS_ELEMENT_TYPE_MAPPING, WS_UNION_TYPE, &description, &value, sizeof(value)));
        expect(value.selector == rows[i].selector);
        ok(write_in_root(&use, WS_UNION_TYPE, &description, &value, sizeof(value)));
        end(use.writer);
        expect_output(use.writer, rows[i].xml);
    }
    end_use(&use);
}

struct lists
{
    int selector;
    union
    {
        int32_t one;
        struct
        {
            ULONG count;
            int32_t *items;
        } list;
        struct
        {
            WCHAR **items;
            ULONG count;
        } words;
    } value;
};

/* The page of WS_UNION_DESCRIPTION: a choice can be an array, which has an element around its items. */
TEST(choices_can_be_arrays)
{
    WS_ITEM_RANGE range = {0, 2};
    WS_UNION_FIELD_DESCRIPTION one = {1, ELEMENT("n", WS_INT32_TYPE, NULL, struct lists, value.one, 0)};
    WS_UNION_FIELD_DESCRIPTION list = {2,
                                       {WS_REPEATING_ELEMENT_FIELD_MAPPING, NAME("l"), NAME(""), WS_INT32_TYPE, NULL,
                                        offsetof(struct lists, value.list.items), 0, NULL,
                                        offsetof(struct lists, value.list.count), NAME("n"), NAME(""), &range}};
    WS_UNION_FIELD_DESCRIPTION words = {3,
                                        {WS_REPEATING_ELEMENT_FIELD_MAPPING, NAME("w"), NAME(""), WS_WSZ_TYPE, NULL,
                                         offsetof(struct lists, value.words.items),
                                         WS_FIELD_NILLABLE | WS_FIELD_NILLABLE_ITEM, NULL,
                                         offsetof(struct lists, value.words.count), NAME("i"), NAME(""), NULL}};
    WS_UNION_FIELD_DESCRIPTION *fields[] = {&one, &list, &words};
    WS_UNION_DESCRIPTION description = {sizeof(struct lists), 8, fields, 3, offsetof(struct lists, selector), 0, NULL};
    static const struct
    {
        const char *xml;
        int selector;
        ULONG count;
    } rows[] = {
        {"<r><n>5</n></r>", 1, 5},
        {"<r><l><n>6</n><n>7</n></l></r>", 2, 2},
        {"<r><l/></r>", 2, 0},
        {"<r><w><i>x</i><i a:nil=\"true\" xmlns:a=\"" XSI "\"/><i/></w></r>", 3, 3},
        {"<r><w a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>", 3, 0},
    };
    struct use use = begin_use();
    struct lists value;
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        memset(&value, 0x5a, sizeof(value));
        ok(read_from(&use, rows[i].xml, WS_ELEMENT_TYPE_MAPPING, WS_UNION_TYPE, &description, &value, sizeof(value)));
        expect(value.selector == rows[i].selector);
        expect_size(rows[i].count, value.selector == 3 ? value.value.words.count : value.value.list.count);
        ok(write_in_root(&use, WS_UNION_TYPE, &description, &value, sizeof(value)));
        end(use.writer);
        expect_output(use.writer, rows[i].xml);
    }
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_from(&use, "<r><l><n>6</n><n>7</n><n>8</n></l></r>", WS_ELEMENT_TYPE_MAPPING, WS_UNION_TYPE,
                             &description, &value, sizeof(value)),
                   "The field \"l\" has 3 items or more");
    list.field.localName = list.field.ns = NULL;
    expect_refused(use.error, E_INVALIDARG,
                   read_from(&use, "<r/>", WS_ELEMENT_TYPE_MAPPING, WS_UNION_TYPE, &description, &value, sizeof(value)),
                   "the field \"n\" (index 1) has no name for the element around its items, which an array in a union "
                   "must have");
    end_use(&use);
}

/* In an array of choices, each of the elements around items is one of them. */
TEST(choices_that_repeat_can_be_arrays)
{
    WS_UNION_FIELD_DESCRIPTION list = {2,
                                       {WS_REPEATING_ELEMENT_FIELD_MAPPING, NAME("l"), NAME(""), WS_INT32_TYPE, NULL,
                                        offsetof(struct lists, value.list.items), 0, NULL,
                                        offsetof(struct lists, value.list.count), NAME("n"), NAME(""), NULL}};
    WS_UNION_FIELD_DESCRIPTION *list_fields[] = {&list};
    WS_UNION_DESCRIPTION description = {
        sizeof(struct lists), 8, list_fields, 1, offsetof(struct lists, selector), 0, NULL};
    static const char xml[] = "<r><l><n>6</n><n>7</n></l><l/><l><n>8</n></l><after>1</after></r>";
    REPEATING(false);
    const struct lists *lists;
    struct use use = begin_use();
    struct outer value;

    field.typeDescription = &description;
    ok(read_struct(&use, xml, &outer, &value));
    lists = (const struct lists *)(void *)value.items;
    expect(value.count == 3 && lists[0].value.list.count == 2 && !lists[1].value.list.count &&
           lists[2].value.list.items[0] == 8);
    expect_xml(&use, &outer, &value, xml);
    end_use(&use);
}

/* --- Descriptions --- */

TEST(descriptions_of_unions_are_checked)
{
    WS_UNION_FIELD_DESCRIPTION bad = {B, ELEMENT("b", WS_UINT32_TYPE, NULL, struct choice, value.b, 0)};
    WS_UNION_FIELD_DESCRIPTION *bad_fields[] = {&choice_a, &bad};
    WS_UNION_DESCRIPTION description = {
        sizeof(struct choice), 8, bad_fields, 2, offsetof(struct choice, selector), NONE, NULL};
    ONE(0);
    struct use use = begin_use();
    struct outer value;

    field.typeDescription = &description;
    bad.field.mapping = WS_ATTRIBUTE_FIELD_MAPPING;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value),
                   "the field \"b\" (index 1) is not one element, as choices are");
    bad.field.mapping = WS_ELEMENT_FIELD_MAPPING;
    bad.field.options = WS_FIELD_OPTIONAL;
    expect_refused(
        use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value),
        "the field \"b\" (index 1) has WS_FIELD_OPTIONAL, which is for the choice as a whole, and not for one "
        "of its fields");
    bad.field.options = WS_FIELD_OPTIONAL | WS_FIELD_POINTER | WS_FIELD_NILLABLE;
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &outer, &value), "WS_FIELD_OPTIONAL, which is for the");
    bad.field.options = 0;
    bad.field.offset = sizeof(struct choice) - 3;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value), "\"b\"");
    bad.field.offset = 0;
    description.enumOffset = sizeof(struct choice) - 3;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value), "selector");
    description.enumOffset = 0;
    bad_fields[1] = NULL;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value), "NULL");
    description.fields = NULL;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value), "NULL");
    field.typeDescription = NULL;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value), "NULL");
    field.typeDescription = &choice;
    field.mapping = WS_ELEMENT_FIELD_MAPPING;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value), "WS_UNION_TYPE");
    field.mapping = WS_ELEMENT_CHOICE_FIELD_MAPPING;
    field.type = WS_INT32_TYPE;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &outer, &value), "WS_INT32_TYPE");
    end_use(&use);
}
