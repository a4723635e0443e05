/* SPDX-License-Identifier: MIT */
/*
 * Descriptions as programs have them: what wsutil makes, and what is written by hand and wrong in a way that does no
 * harm.
 *
 * Source: observed on Windows, of programs that run there as they are.
 */
#include "support/simple-types.h"

/* Generated code initializes its structures short. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

static WS_XML_STRING no_ns = STRING(""), name_a = STRING("a"), name_b = STRING("b"), name_i = STRING("i"),
                     name_s = STRING("s"), broken = {1, NULL, NULL, 0};

/* A structure that passes through XML unchanged. */
static void expect_round_trip(struct typed *f, const WS_STRUCT_DESCRIPTION *description, const char *text, size_t size)
{
    BYTE value[64];

    set_text_string(f->reader, text);
    ok(WsReadType(f->reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, description, WS_READ_REQUIRED_VALUE, f->heap,
                  value, (ULONG)size, f->error));
    set_output(f->writer, NULL, 0);
    start(f->writer, "r");
    ok(WsWriteType(f->writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, description, WS_WRITE_REQUIRED_VALUE, value,
                   (ULONG)size, f->error));
    end(f->writer);
    expect_output(f->writer, text);
}

/* --- wsutil --- */

/* The dictionary's strings are laid out as the members of a structure; one of two equal names is used for both. */
static struct
{
    WS_XML_STRING order, note, item, count, state;
} names;

static WS_XML_DICTIONARY dictionary = {{0x5a0f, 1, 2, {3}}, (WS_XML_STRING *)&names, 5, TRUE};

static void set_names(void)
{
    static const char *const texts[] = {"order", "note", "item", "count", "state"};
    ULONG i;

    for (i = 0; i < COUNT(texts); i++)
        ((WS_XML_STRING *)&names)[i] = (WS_XML_STRING){(ULONG)strlen(texts[i]), (BYTE *)texts[i], &dictionary, i};
}

enum state
{
    STATE_OPEN = 1,
    STATE_CLOSED = 2
};

struct item
{
    WCHAR *note;
    int count;
};

struct order
{
    enum state state;
    WCHAR *note;
    struct item *item;
    ULONG count;
    int *counts;
};

static WS_FIELD_DESCRIPTION item_note = {WS_ATTRIBUTE_FIELD_MAPPING,    &names.note,       &no_ns, WS_WSZ_TYPE, NULL,
                                         WsOffsetOf(struct item, note), WS_FIELD_OPTIONAL, NULL,   0xffffffff};
static WS_FIELD_DESCRIPTION item_count = {WS_ELEMENT_FIELD_MAPPING,
                                          &names.count,
                                          &no_ns,
                                          WS_INT32_TYPE,
                                          NULL,
                                          WsOffsetOf(struct item, count),
                                          0,
                                          NULL,
                                          0xffffffff};
static WS_FIELD_DESCRIPTION *item_fields[] = {&item_note, &item_count};
static WS_STRUCT_DESCRIPTION item = {
    sizeof(struct item), 8, item_fields, WsCountOf(item_fields), &names.item, &no_ns, NULL, NULL, 0};

static WS_FIELD_DESCRIPTION order_state = {WS_ELEMENT_FIELD_MAPPING,
                                           &names.state,
                                           &no_ns,
                                           WS_INT32_TYPE,
                                           NULL,
                                           WsOffsetOf(struct order, state),
                                           0,
                                           NULL,
                                           0xffffffff};
static WS_FIELD_DESCRIPTION order_note = {WS_ELEMENT_FIELD_MAPPING,
                                          &names.note,
                                          &no_ns,
                                          WS_WSZ_TYPE,
                                          NULL,
                                          WsOffsetOf(struct order, note),
                                          WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE,
                                          NULL,
                                          0xffffffff};
static WS_FIELD_DESCRIPTION order_item = {WS_ELEMENT_FIELD_MAPPING,
                                          &names.item,
                                          &no_ns,
                                          WS_STRUCT_TYPE,
                                          &item,
                                          WsOffsetOf(struct order, item),
                                          WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE,
                                          NULL,
                                          0xffffffff};
static WS_ITEM_RANGE any_number = {0, 0xffffffff};
static WS_FIELD_DESCRIPTION order_counts = {WS_REPEATING_ELEMENT_FIELD_MAPPING,
                                            NULL,
                                            NULL,
                                            WS_INT32_TYPE,
                                            NULL,
                                            WsOffsetOf(struct order, counts),
                                            0,
                                            NULL,
                                            WsOffsetOf(struct order, count),
                                            &names.count,
                                            &no_ns,
                                            &any_number};
static WS_FIELD_DESCRIPTION *order_fields[] = {&order_state, &order_note, &order_item, &order_counts};
static WS_STRUCT_DESCRIPTION order = {sizeof(struct order), 8, order_fields, WsCountOf(order_fields)};

TEST(descriptions_in_the_style_of_wsutil)
{
    static const char *const texts[] = {
        "<r><state>2</state><note>x</note><item note=\"y\"><count>-3</count></item><count>1</count></r>",
        "<r><state>1</state><item><count>0</count></item><count>1</count><count>2</count></r>",
        "<r><state>0</state></r>"};
    struct typed f;
    unsigned i;

    set_names();
    begin(&f);
    for (i = 0; i < COUNT(texts); i++)
        expect_round_trip(&f, &order, texts[i], sizeof(struct order));
    finish(&f);
}

/* --- By hand --- */

/* A number alone, of a structure of one number. */
TEST(a_short_description_of_an_element)
{
    static const WS_ELEMENT_DESCRIPTION description = {&name_a, &no_ns, WS_UINT32_TYPE};
    struct
    {
        ULONG code;
    } detail = {7};
    struct typed f;

    begin(&f);
    ok(WsWriteElement(f.writer, &description, WS_WRITE_REQUIRED_VALUE, &detail, sizeof(detail), f.error));
    expect_output(f.writer, "<a>7</a>");
    set_text_string(f.reader, "<a>8</a>");
    ok(WsReadElement(f.reader, &description, WS_READ_REQUIRED_VALUE, NULL, &detail, sizeof(detail), f.error));
    expect(detail.code == 8);
    finish(&f);
}

struct numbers
{
    ULONG a, b;
    void *pointer;
};

/* Alignments that are no such, and names of types without derivation. What else is not used, as the offset of a count,
 * is not looked at either, and fields without a mapping can be anywhere: our choice. */
TEST(what_is_not_looked_at)
{
    WS_FIELD_DESCRIPTION a = {WS_ELEMENT_FIELD_MAPPING, &name_a, &no_ns, WS_UINT32_TYPE, NULL, 0};
    WS_FIELD_DESCRIPTION b = {WS_ELEMENT_FIELD_MAPPING, &name_b, &no_ns, WS_UINT32_TYPE, NULL, 4};
    WS_FIELD_DESCRIPTION *fields[] = {&a, &b};
    WS_STRUCT_DESCRIPTION structure = {sizeof(struct numbers), 3, fields, 2, &name_s, &broken};
    struct typed f;

    begin(&f);
    a.countOffset = b.countOffset = 0xffffffff;
    a.itemLocalName = b.itemNs = &broken;
    expect_round_trip(&f, &structure, "<r><a>1</a><b>2</b></r>", sizeof(struct numbers));
    structure.alignment = 0;
    a.mapping = WS_NO_FIELD_MAPPING;
    b.mapping = WS_ATTRIBUTE_FIELD_MAPPING;
    expect_round_trip(&f, &structure, "<r b=\"2\"/>", sizeof(struct numbers));
    a.mapping = WS_ATTRIBUTE_FIELD_MAPPING;
    b.mapping = WS_TEXT_FIELD_MAPPING; /* which has a name that it does not need */
    expect_round_trip(&f, &structure, "<r a=\"1\">2</r>", sizeof(struct numbers));
    structure.fields = NULL;
    structure.fieldCount = 0;
    expect_round_trip(&f, &structure, "<r/>", sizeof(struct numbers));
    finish(&f);
}

/* Neither alignments, nor a size that is too large of a structure that is pointed to. */
TEST(a_size_that_is_too_large_does_not_matter_for_writing)
{
    WS_FIELD_DESCRIPTION a = {WS_ELEMENT_FIELD_MAPPING, &name_a, &no_ns, WS_UINT32_TYPE, NULL, 4};
    WS_FIELD_DESCRIPTION *fields[] = {&a};
    WS_STRUCT_DESCRIPTION structure = {16, 4, fields, 1};
    WS_FIELD_DESCRIPTION outer_s = {WS_ELEMENT_FIELD_MAPPING, &name_s,    &no_ns,
                                    WS_STRUCT_TYPE,           &structure, WsOffsetOf(struct numbers, pointer),
                                    WS_FIELD_POINTER};
    WS_FIELD_DESCRIPTION outer_i = {WS_REPEATING_ELEMENT_FIELD_MAPPING,
                                    NULL,
                                    NULL,
                                    WS_STRUCT_TYPE,
                                    &structure,
                                    WsOffsetOf(struct numbers, pointer),
                                    WS_FIELD_POINTER,
                                    NULL,
                                    0,
                                    &name_i,
                                    &no_ns};
    WS_FIELD_DESCRIPTION *outer_fields[] = {&outer_s};
    WS_STRUCT_DESCRIPTION outer = {sizeof(struct numbers) + 16, 16, outer_fields, 1};
    struct numbers inner = {1, 2, NULL}, *items[] = {&inner, &inner}, value = {2, 0, &inner}, *pointer = &value;
    struct typed f;

    begin(&f);
    start(f.writer, "r");
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer, WS_WRITE_REQUIRED_POINTER, &pointer,
                   sizeof(pointer), f.error));
    end(f.writer);
    expect_output(f.writer, "<r><s><a>2</a></s></r>");
    outer_fields[0] = &outer_i;
    value.pointer = items;
    set_output(f.writer, NULL, 0);
    start(f.writer, "r");
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer, WS_WRITE_REQUIRED_POINTER, &pointer,
                   sizeof(pointer), f.error));
    end(f.writer);
    expect_output(f.writer, "<r><i><a>2</a></i><i><a>2</a></i></r>");
    finish(&f);
}

/* Unions cannot be pointed to, nor nil; the same call on a reader that has failed. */
TEST(unions_are_neither_nil_nor_pointed_to)
{
    WS_UNION_FIELD_DESCRIPTION choice = {
        1, {WS_ELEMENT_FIELD_MAPPING, &name_a, &no_ns, WS_UINT32_TYPE, NULL, WsOffsetOf(struct numbers, b)}};
    WS_UNION_FIELD_DESCRIPTION *choices[] = {&choice};
    WS_UNION_DESCRIPTION choice_of = {sizeof(struct numbers), 8, choices, 1, WsOffsetOf(struct numbers, a)};
    WS_FIELD_DESCRIPTION field = {WS_ELEMENT_CHOICE_FIELD_MAPPING, NULL, NULL, WS_UNION_TYPE, &choice_of, 0};
    WS_FIELD_DESCRIPTION *fields[] = {&field};
    WS_STRUCT_DESCRIPTION structure = {sizeof(struct numbers), 8, fields, 1};
    static const ULONG options[] = {WS_FIELD_NILLABLE, WS_FIELD_POINTER, WS_FIELD_POINTER | WS_FIELD_NILLABLE};
    struct numbers value;
    struct typed f;
    unsigned i;

    begin(&f);
    set_text_string(f.reader, "<z>9</z>");
    expect_hr(WS_E_INVALID_FORMAT, WsReadType(f.reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &structure,
                                              WS_READ_REQUIRED_VALUE, f.heap, &value, sizeof(value), f.error));
    expect_size(WS_XML_NODE_TYPE_ELEMENT, current_type(f.reader));
    for (i = 0; i < COUNT(options); i++)
    {
        field.options = options[i];
        expect_hr(E_INVALIDARG, WsReadType(f.reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &structure,
                                           WS_READ_REQUIRED_VALUE, f.heap, &value, sizeof(value), f.error));
    }
    finish(&f);
}
