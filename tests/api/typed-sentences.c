/* SPDX-License-Identifier: MIT */
/*
 * What a failure says: the way to the field, and what is wrong with what, so that a reader of a log understands.
 *
 * Source: our choice.
 */
#include "support/structs.h"

struct line
{
    int32_t color;
    WS_STRING note;
};

struct order
{
    int32_t id;
    WCHAR *name;
    struct line *items;
    ULONG count;
    int32_t selector, number;
};

static WS_ENUM_VALUE colors[] = {{1, NAME("red")}, {2, NAME("green")}};
static WS_ENUM_DESCRIPTION color_names = {colors, 2, 5, NULL};
static WS_FIELD_DESCRIPTION color = ELEMENT("color", WS_ENUM_TYPE, &color_names, struct line, color, 0);
static WS_FIELD_DESCRIPTION note = ELEMENT("note", WS_STRING_TYPE, NULL, struct line, note, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION *line_fields[] = {&color, &note};
static WS_STRUCT_DESCRIPTION line = STRUCTURE(struct line, line_fields);

static WS_FIELD_DESCRIPTION id = ATTRIBUTE("id", WS_INT32_TYPE, struct order, id, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION name = ELEMENT("name", WS_WSZ_TYPE, NULL, struct order, name, 0);
static WS_FIELD_DESCRIPTION items = ITEMS(WS_STRUCT_TYPE, &line, struct order, 0);
static WS_UNION_FIELD_DESCRIPTION one = {1, ELEMENT("one", WS_INT32_TYPE, NULL, struct order, number, 0)};
static WS_UNION_FIELD_DESCRIPTION other = {2, ELEMENT("other", WS_INT32_TYPE, NULL, struct order, number, 0)};
static WS_UNION_FIELD_DESCRIPTION *choices[] = {&one, &other};
static WS_UNION_DESCRIPTION choice_of = {
    sizeof(struct order), 8, choices, 2, offsetof(struct order, selector), 0, NULL};
static WS_FIELD_DESCRIPTION choice = {
    .mapping = WS_ELEMENT_CHOICE_FIELD_MAPPING, .type = WS_UNION_TYPE, .typeDescription = &choice_of};
static WS_FIELD_DESCRIPTION *order_fields[] = {&id, &name, &items, &choice};
static WS_STRUCT_DESCRIPTION order = STRUCTURE(struct order, order_fields);

#define NIL "i:nil='true' xmlns:i='" XSI "'"

TEST(what_reading_says)
{
    static const struct
    {
        const char *xml, *sentence;
    } rows[] = {
        {"<r><name>a</name><one>1</one><more/></r>", "Line 1, column 30, in the element \"r\": No field is for the "
                                                     "element \"more\" in no namespace at this place."},
        {"<r><name>a</name><one>1</one><name xmlns='u'/></r>",
         "in the element \"r\": No field is for the element \"name\" of the namespace \"u\" at this place."},
        {"<r><name>a</name><one><b/></one></r>",
         "in the element \"one\": A text is expected, and the element \"b\" in no namespace is there."},
        {"<r><name " NIL "/></r>",
         "Line 1, column 4: The element \"name\" is nil, and its description requires a value."},
        {"<r><name i:nil='maybe' xmlns:i='" XSI "'/></r>",
         "Line 1, column 4, in the attribute \"xsi:nil\" of the element \"name\": \"maybe\" is not a boolean."},
        {"<r><name>a</name><i><color>blue</color></i></r>",
         "in the element \"color\": \"blue\" is none of the names of the enumeration, which are \"red\", \"green\"."},
        {"<r><name>a</name><two>1</two></r>",
         "Line 1, column 18: The element \"two\" is none of the choices, which are \"one\", \"other\"."},
        {"<r><name>a</name><one xmlns='u'>1</one></r>",
         "The element \"one\", of its namespace, is none of the choices, which are \"one\", \"other\"."},
        {"<r><name>a</name></r>", "One of the choices \"one\", \"other\" is missing: Line 1, column 18: An element was "
                                  "expected, and an end element is there."},
    };
    struct use use = begin_use();
    struct order value;
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
        expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, rows[i].xml, &order, &value),
                       rows[i].sentence);
    end_use(&use);
}

/* What is there is said before what is missing. */
TEST(an_element_that_is_no_item_is_named)
{
    WS_ITEM_RANGE range = {1, 2};
    WS_FIELD_DESCRIPTION wrapped = items, *fields[] = {&wrapped};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct order, fields);
    struct use use = begin_use();
    struct order value;

    wrapped.localName = NAME("all");
    wrapped.ns = NAME("");
    wrapped.itemRange = &range;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><all><more/></all></r>", &description, &value),
                   "Line 1, column 9, in the element \"all\": No field is for the element \"more\" in no namespace at "
                   "this place.");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><all></all></r>", &description, &value),
                   "The field \"all\" has 0 items; its range allows 1 to 2.");
    end_use(&use);
}

TEST(a_text_of_a_structure_has_no_elements)
{
    WS_FIELD_DESCRIPTION text = FIELD(WS_TEXT_FIELD_MAPPING, WS_WSZ_TYPE, struct order, name, 0), *fields[] = {&text};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct order, fields);
    struct use use = begin_use();
    struct order value;

    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><b/></r>", &description, &value),
                   "in the element \"r\": A text is expected, and the element \"b\" in no namespace is there.");
    end_use(&use);
}

TEST(what_writing_says)
{
    static WCHAR control[] = {'a', 1, 0};
    struct line lines[2] = {{1, {0, NULL}}, {2, {0, NULL}}};
    struct order value = {0, WSZ("a"), lines, 2, 1, 5};
    WS_ELEMENT_DESCRIPTION element = {NAME("r"), NAME(""), WS_STRUCT_TYPE, &order};
    WS_ATTRIBUTE_DESCRIPTION attribute = {NAME("c"), NAME(""), WS_ENUM_TYPE, &color_names};
    struct use use = begin_use();
    int32_t wrong = 3;

#define expect_says(hr, sentence) \
    do \
    { \
        set_output(use.writer, NULL, 0); \
        ok(WsResetError(use.error)); \
        expect_refused( \
            use.error, hr, \
            WsWriteElement(use.writer, &element, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), use.error), \
            sentence); \
    } while (0)
    lines[1].color = 77;
    expect_says(E_INVALIDARG,
                "In the element \"r\": In the field \"i\": In the item \"i\" of index 1: In the field \"color\": 77 is "
                "none of the values of the enumeration, whose names are \"red\", \"green\".");
    lines[1].color = 1;
    lines[0].note.length = 3;
    expect_says(E_INVALIDARG, "In the item \"i\" of index 0: In the field \"note\": The characters of a value of "
                              "WS_STRING_TYPE are NULL, and its length is 3.");
    lines[0].note.length = 0;
    value.name = NULL;
    expect_says(E_INVALIDARG, "In the element \"r\": In the field \"name\": The value, of WS_WSZ_TYPE, is NULL, which "
                              "its description does not allow.");
    value.name = control;
    expect_says(WS_E_INVALID_FORMAT, "In the field \"name\": The character U+0001 cannot be written in XML.");
    value.name = WSZ("a");
    value.items = NULL;
    expect_says(E_INVALIDARG, "In the field \"i\": The array is NULL, and its count is 2.");
    value.count = 0;
    value.selector = 9;
    expect_says(WS_E_INVALID_FORMAT,
                "In the field of WS_ELEMENT_CHOICE_FIELD_MAPPING at offset 0: The selector of a union is 9, which is "
                "that of none of its choices: \"one\", \"other\".");
    begin_root(&use);
    expect_refused(use.error, E_INVALIDARG,
                   WsWriteAttribute(use.writer, &attribute, WS_WRITE_REQUIRED_VALUE, &wrong, sizeof(wrong), use.error),
                   "In the attribute \"c\": 3 is none of the values of the enumeration");
    end_use(&use);
}

static HRESULT CALLBACK refuse_to_read(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                       void *value, ULONG size, WS_ERROR *error)
{
    (void)reader, (void)mapping, (void)data, (void)heap, (void)value, (void)size, (void)error;
    return WS_E_INVALID_FORMAT;
}

/* Such sentences come from where nothing is known of elements and fields. */
TEST(callbacks_and_heaps_say_the_field)
{
    WS_CUSTOM_TYPE_DESCRIPTION custom = {4, 4, refuse_to_read, NULL, NULL, NULL};
    WS_FIELD_DESCRIPTION as_element = ELEMENT("e", WS_CUSTOM_TYPE, &custom, struct order, id, 0);
    WS_FIELD_DESCRIPTION as_attribute = ATTRIBUTE("a", WS_CUSTOM_TYPE, struct order, id, 0);
    WS_FIELD_DESCRIPTION inner_name = ELEMENT("text", WS_WSZ_TYPE, NULL, struct order, name, 0);
    WS_FIELD_DESCRIPTION *inner_fields[] = {&inner_name}, *fields[] = {&as_element};
    WS_STRUCT_DESCRIPTION inner = STRUCTURE(struct order, inner_fields), outer = STRUCTURE(struct order, fields);
    WS_HEAP *small = create_heap(16);
    struct use use = begin_use();
    struct order value;

    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><e/></r>", &outer, &value),
                   "In the field \"e\": The callback that reads a custom type failed");
    as_attribute.typeDescription = &custom;
    fields[0] = &as_attribute;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r a='1'/>", &outer, &value),
                   "In the field \"a\": The callback that reads a custom type failed");
    as_element.type = WS_STRUCT_TYPE;
    as_element.typeDescription = &inner;
    fields[0] = &as_element;
    set_text_string(use.reader, "<r><e><text>longer than sixteen</text></e></r>");
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED,
                   WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer, WS_READ_REQUIRED_VALUE,
                              small, &value, sizeof(value), use.error),
                   "In the field \"text\": The heap's quota was exceeded");
    WsFreeHeap(small);
    end_use(&use);
}

/* What a callback or the writer has said of another call before is not of this value. */
TEST(what_was_said_before_stays)
{
    WS_ELEMENT_DESCRIPTION element = {NAME("r"), NAME(""), WS_STRUCT_TYPE, &line};
    struct use use = begin_use();
    struct line value = {77, {0, NULL}};
    WS_STRING before = {3, WSZ("abc")}, said;

    ok(WsAddErrorString(use.error, &before));
    expect_hr(E_INVALIDARG,
              WsWriteElement(use.writer, &element, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), use.error));
    ok(WsGetErrorString(use.error, 1, &said));
    expect_size(3, said.length);
    end_use(&use);
}

TEST(long_lists_of_names_are_cut_off)
{
    static const WS_XML_STRING long_name =
        WS_XML_STRING_VALUE("a-name-that-is-longer-than-any-excerpt-of-it-would-show");
    static WS_ENUM_VALUE many[100];
    WS_ENUM_DESCRIPTION names = {many, COUNT(many), 0, NULL};
    struct use use = begin_use();
    int32_t value;
    ULONG i;

    for (i = 0; i < COUNT(many); i++)
    {
        many[i].value = (int)i;
        many[i].name = (WS_XML_STRING *)&long_name;
    }
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_from(&use, "<r>b</r>", WS_ELEMENT_TYPE_MAPPING, WS_ENUM_TYPE, &names, &value, sizeof(value)),
                   "...\" and 98 more.");
    names.valueCount = 0;
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_from(&use, "<r>b</r>", WS_ELEMENT_TYPE_MAPPING, WS_ENUM_TYPE, &names, &value, sizeof(value)),
                   "which are none.");
    end_use(&use);
}

TEST(what_arguments_say)
{
    struct use use = begin_use();
    WCHAR *wsz = NULL;
    int32_t number = 1;

    begin_root(&use);
    expect_refused(use.error, E_INVALIDARG,
                   WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, &wsz,
                               sizeof(wsz), use.error),
                   "WS_WRITE_REQUIRED_VALUE cannot be used with WS_WSZ_TYPE, which is a pointer");
    expect_refused(use.error, E_INVALIDARG,
                   WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_POINTER, &wsz,
                               sizeof(wsz), use.error),
                   "The pointer to a value of WS_WSZ_TYPE is NULL, which WS_WRITE_REQUIRED_POINTER does not allow.");
    expect_refused(use.error, E_INVALIDARG,
                   WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_INT32_TYPE, NULL, WS_WRITE_NILLABLE_VALUE,
                               &number, sizeof(number), use.error),
                   "WS_WRITE_NILLABLE_VALUE cannot be used with WS_INT32_TYPE, no value of which is nil");
    set_text_string(use.reader, "<r>1</r>");
    expect_refused(use.error, E_INVALIDARG,
                   WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_WSZ_TYPE, NULL, WS_READ_OPTIONAL_POINTER,
                              use.heap, &wsz, sizeof(wsz), use.error),
                   "WsReadType takes WS_READ_REQUIRED_VALUE and WS_READ_REQUIRED_POINTER, and not "
                   "WS_READ_OPTIONAL_POINTER.");
    end_use(&use);
}
