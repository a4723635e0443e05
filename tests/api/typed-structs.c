/* SPDX-License-Identifier: MIT */
/*
 * Structures, both ways: which part of the XML a field is, what becomes of what is missing and of what is too much, and
 * where reader and writer are then. Arrays are in typed-arrays.c.
 *
 * Source: the pages of WS_FIELD_MAPPING, WS_FIELD_OPTIONS and WS_STRUCT_DESCRIPTION.
 */
#include "support/structs.h"

/* --- Fields that are missing --- */

struct nested
{
    int32_t c, d;
};

static WS_FIELD_DESCRIPTION nested_c = ELEMENT("c", WS_INT32_TYPE, NULL, struct nested, c, 0);
static WS_FIELD_DESCRIPTION nested_d = ELEMENT("d", WS_INT32_TYPE, NULL, struct nested, d, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION *nested_fields[] = {&nested_c, &nested_d};
static WS_STRUCT_DESCRIPTION nested = STRUCTURE(struct nested, nested_fields);

struct options
{
    WCHAR *text;
    struct nested *nested;
    int32_t number, with_default;
    GUID guid;
};

static int32_t minus_two = -2;
static WS_DEFAULT_VALUE default_value = {&minus_two, sizeof(minus_two)};
static WS_FIELD_DESCRIPTION options_text =
    ELEMENT("text", WS_WSZ_TYPE, NULL, struct options, text, WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE);
static WS_FIELD_DESCRIPTION options_nested = ELEMENT("nested", WS_STRUCT_TYPE, &nested, struct options, nested,
                                                     WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE);
static WS_FIELD_DESCRIPTION options_number =
    ELEMENT("number", WS_INT32_TYPE, NULL, struct options, number, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION options_default = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                               .localName = NAME("default"),
                                               .ns = NAME(""),
                                               .type = WS_INT32_TYPE,
                                               .offset = offsetof(struct options, with_default),
                                               .options = WS_FIELD_OPTIONAL,
                                               .defaultValue = &default_value};
static WS_FIELD_DESCRIPTION options_guid = ELEMENT("guid", WS_GUID_TYPE, NULL, struct options, guid, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION *options_fields[] = {&options_text, &options_nested, &options_number, &options_default,
                                                 &options_guid};
static WS_STRUCT_DESCRIPTION options = STRUCTURE(struct options, options_fields);

/* Observed on Windows: from BOF with content mapping the fields are looked for where the root element is. */
TEST(optional_fields_that_are_missing_are_zeros_or_their_default)
{
    static const GUID zeros;
    struct use use = begin_use();
    struct options value;

    memset(&value, 0x5a, sizeof(value));
    ok(read_content(&use, "<r xmlns:i='" XSI "'><text i:nil='true'/></r>", &options, &value));
    expect(!value.text && !value.nested && !value.number && value.with_default == -2);
    expect(!memcmp(&value.guid, &zeros, sizeof(zeros)));
    expect(is_at_element(use.reader, "r"));
    end_use(&use);
}

TEST(elements_that_are_nil_are_null)
{
    struct use use = begin_use();
    struct options value;

    memset(&value, 0x5a, sizeof(value));
    ok(read_struct(&use, "<r xmlns:i='" XSI "'><text i:nil=' 1 '/><nested i:nil='true' x='y'/></r>", &options, &value));
    expect(!value.text && !value.nested && value.with_default == -2 && is_at_end(use.reader));
    /* What is false is not nil. */
    ok(read_struct(&use, "<r xmlns:i='" XSI "'><text i:nil='false'/></r>", &options, &value));
    expect(wsz_is(value.text, ""));
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r xmlns:i='" XSI "'><text i:nil='true'>a</text></r>", &options, &value),
                   "\"a\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r xmlns:i='" XSI "'><number i:nil='true'/></r>", &options, &value), "nil");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r xmlns:i='" XSI "'><text i:nil='yes'/></r>", &options, &value), "xsi:nil");
    end_use(&use);
}

/* Observed on Windows. */
TEST(an_optional_field_at_the_end_of_a_nested_structure_may_be_missing)
{
    struct outer
    {
        int32_t a, b;
        struct nested *s;
    } value;
    WS_FIELD_DESCRIPTION a = ELEMENT("a", WS_INT32_TYPE, NULL, struct outer, a, 0);
    WS_FIELD_DESCRIPTION s = ELEMENT("s", WS_STRUCT_TYPE, &nested, struct outer, s, WS_FIELD_POINTER);
    WS_FIELD_DESCRIPTION b = ELEMENT("b", WS_INT32_TYPE, NULL, struct outer, b, 0), *fields[] = {&a, &s, &b};
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct outer, fields);
    struct use use = begin_use();

    ok(read_struct(&use, "<r><a>1</a> <s> <c>2</c> </s><!----><b>3</b></r>", &outer, &value));
    expect(value.a == 1 && value.b == 3 && value.s->c == 2 && value.s->d == 0 && is_at_end(use.reader));
    expect_xml(&use, &outer, &value, "<r><a>1</a><s><c>2</c></s><b>3</b></r>");
    end_use(&use);
}

TEST(a_required_field_that_is_missing_is_named)
{
    struct use use = begin_use();
    struct nested value = {7, 8};

    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><d>1</d></r>", &nested, &value), "\"c\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r/>", &nested, &value), "\"c\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><c xmlns='u'>1</c></r>", &nested, &value),
                   "\"c\"");
    expect(value.c == 7 && value.d == 8);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(use.reader, NULL));
    end_use(&use);
}

/* --- Where reading starts and ends --- */

struct one
{
    int32_t f;
};

static WS_FIELD_DESCRIPTION one_f = ELEMENT("f", WS_INT32_TYPE, NULL, struct one, f, 0);
static WS_FIELD_DESCRIPTION *one_fields[] = {&one_f};
static WS_STRUCT_DESCRIPTION one = STRUCTURE(struct one, one_fields);
static WS_STRUCT_DESCRIPTION one_ignoring = {.size = sizeof(struct one),
                                             .alignment = 4,
                                             .fields = one_fields,
                                             .fieldCount = 1,
                                             .structOptions = WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT};

/* Observed on Windows. */
TEST(content_mapping_takes_elements_where_it_is_and_leaves_the_rest)
{
    struct use use = begin_use();
    struct one value = {0};

    ok(read_content(&use, "<f>5</f>", &one, &value));
    expect(value.f == 5 && is_at_end(use.reader));
    set_text_string(use.reader, "<r> <f>6</f><g/></r>");
    ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartElement(use.reader, NULL));
    ok(WsReadType(use.reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one, WS_READ_REQUIRED_VALUE, use.heap,
                  &value, sizeof(value), NULL));
    expect(value.f == 6 && is_at_element(use.reader, "g"));
    set_text_string(use.reader, "<r><f>7</f></r>");
    ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartElement(use.reader, NULL));
    ok(WsReadType(use.reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one, WS_READ_REQUIRED_VALUE, use.heap,
                  &value, sizeof(value), NULL));
    expect(value.f == 7 && is_at(use.reader, WS_XML_NODE_TYPE_END_ELEMENT));
    ok(WsReadEndElement(use.reader, NULL));
    expect(is_at_end(use.reader));
    expect_hr(WS_E_INVALID_FORMAT, WsReadEndElement(use.reader, NULL));
    end_use(&use);
}

/* Observed on Windows. */
TEST(element_mapping_wants_the_end_unless_the_structure_ignores_what_is_left)
{
    struct use use = begin_use();
    struct one value = {0};

    expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<r><f>1</f><g>x</g></r>", &one, &value));
    expect(is_at_element(use.reader, "g"));
    ok(read_struct(&use, "<r><f>1</f><g>x</g></r>", &one_ignoring, &value));
    expect(value.f == 1 && is_at_end(use.reader));
    /* Nor does that help where a field is missing. */
    expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<f>1</f><f>2</f>", &one, &value));
    expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<f>1</f><f>2</f>", &one_ignoring, &value));
    expect_hr(WS_E_INVALID_FORMAT, read_content(&use, "<f>1</f><f>2</f>", &one, &value));
    end_use(&use);
}

TEST(what_is_ignored_can_be_anything)
{
    struct use use = begin_use();
    struct one value = {0};

    ok(read_struct(&use, "<r><f>1</f>text<g><f>2</f></g><!--c--><![CDATA[&]]>&amp;<f/> </r>", &one_ignoring, &value));
    expect(value.f == 1 && is_at_end(use.reader));
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r>x<f>1</f></r>", &one_ignoring, &value),
                   "\"f\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><f>1</f><g></r>", &one_ignoring, &value),
                   "\"g\"");
    end_use(&use);
}

/* Observed on Windows. */
TEST(a_missing_description_moves_nothing)
{
    struct use use = begin_use();
    struct one value = {0};
    WS_STRUCT_DESCRIPTION *none = NULL;
    void *pointer = &value;

    set_text_string(use.reader, "<f>1</f>");
    expect_refused(use.error, E_INVALIDARG,
                   WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, none, WS_READ_REQUIRED_VALUE,
                              use.heap, &value, sizeof(value), use.error),
                   "WS_STRUCT_TYPE");
    expect(is_at(use.reader, WS_XML_NODE_TYPE_BOF));
    ok(WsReadType(use.reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one, WS_READ_REQUIRED_VALUE, use.heap,
                  &value, sizeof(value), use.error));
    begin_root(&use);
    expect_hr(E_INVALIDARG, WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, none,
                                        WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_hr(E_INVALIDARG, WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, none,
                                        WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer), NULL));
    attribute(use.writer, "still", "open");
    ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one, WS_WRITE_REQUIRED_POINTER, &pointer,
                   sizeof(pointer), NULL));
    end(use.writer);
    expect_output(use.writer, "<r still=\"open\"><f>1</f></r>");
    end_use(&use);
}

/* Observed on Windows. */
TEST(structures_by_pointer_are_on_the_heap_and_need_no_more_of_it)
{
    struct small
    {
        int32_t a;
        WS_BYTES bytes;
        struct nested *s;
    } *value = NULL;
    WS_FIELD_DESCRIPTION a = ELEMENT("a", WS_INT32_TYPE, NULL, struct small, a, 0);
    WS_FIELD_DESCRIPTION bytes = ELEMENT("b", WS_BYTES_TYPE, NULL, struct small, bytes, 0);
    WS_FIELD_DESCRIPTION s = ELEMENT("s", WS_STRUCT_TYPE, &nested, struct small, s, WS_FIELD_POINTER);
    WS_FIELD_DESCRIPTION *fields[] = {&a, &bytes, &s};
    WS_STRUCT_DESCRIPTION small = STRUCTURE(struct small, fields);
    struct use use = begin_use();
    WS_HEAP *heap = create_heap(256);

    set_text_string(use.reader, "<r><a>1</a><b> eHk= </b><s><c>3</c></s></r>");
    ok(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &small, WS_READ_REQUIRED_POINTER, heap, &value,
                  sizeof(value), NULL));
    expect(value->a == 1 && value->bytes.length == 2 && !memcmp(value->bytes.bytes, "xy", 2) && value->s->c == 3);
    expect(is_at_end(use.reader));
    WsFreeHeap(heap);
    end_use(&use);
}

/* --- Attributes --- */

struct attributes
{
    WCHAR *k;
    int32_t v;
};

static WS_FIELD_DESCRIPTION attributes_k = ATTRIBUTE("k", WS_WSZ_TYPE, struct attributes, k, 0);
static WS_FIELD_DESCRIPTION attributes_v = ATTRIBUTE("v", WS_INT32_TYPE, struct attributes, v, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION *attributes_fields[] = {&attributes_k, &attributes_v};
static WS_STRUCT_DESCRIPTION attributes = STRUCTURE(struct attributes, attributes_fields);

/* Observed on Windows. */
TEST(an_attribute_without_prefix_is_in_no_namespace)
{
    struct use use = begin_use();
    struct attributes value = {NULL, 5};

    ok(read_struct(&use, "<r k='x' xmlns='u' xmlns:p='v'><!-- --></r>", &attributes, &value));
    expect(wsz_is(value.k, "x") && value.v == 0);
    ok(read_struct(&use, "<r v='-1' xmlns='u' k=''></r>", &attributes, &value));
    expect(wsz_is(value.k, "") && value.v == -1);
    expect_xml(&use, &attributes, &value, "<r k=\"\" v=\"-1\"/>");
    value.v = 0;
    expect_xml(&use, &attributes, &value, "<r k=\"\"/>");
    end_use(&use);
}

TEST(attributes_that_are_missing_or_not_described_are_named)
{
    struct use use = begin_use();
    struct attributes value = {NULL, 5};

    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r v='1'/>", &attributes, &value),
                   "The element \"r\" has no attribute \"k\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r p:k='1' xmlns:p='u'/>", &attributes, &value),
                   "\"k\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r k='1' w='2'/>", &attributes, &value),
                   "The element \"r\" has the attribute \"w\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r k='1' v='w'/>", &attributes, &value), "\"v\"");
    expect(!value.k && value.v == 5);
    attributes.structOptions = WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES;
    ok(read_struct(&use, "<r w='2' k='1' p:k='3' xml:lang='en' xmlns:p='u'/>", &attributes, &value));
    expect(wsz_is(value.k, "1") && value.v == 0);
    attributes.structOptions = 0;
    end_use(&use);
}

/* Our choice: XML Schema allows them everywhere. */
TEST(attributes_of_the_schema_instance_need_no_description)
{
    struct use use = begin_use();
    struct attributes value = {NULL, 5};

    ok(read_struct(&use,
                   "<r i:schemaLocation='a b' k='1' i:nil='false' i:noNamespaceSchemaLocation='c' xmlns:i='" XSI "'/>",
                   &attributes, &value));
    expect(wsz_is(value.k, "1"));
    end_use(&use);
}

TEST(reserved_attributes_have_the_namespace_of_xml)
{
    struct reserved
    {
        WS_STRING lang;
        WCHAR *space;
        ULONG id_length;
        WCHAR *id;
    } value;
    WS_FIELD_DESCRIPTION lang = FIELD(WS_XML_ATTRIBUTE_FIELD_MAPPING, WS_STRING_TYPE, struct reserved, lang, 0);
    WS_FIELD_DESCRIPTION space =
        FIELD(WS_XML_ATTRIBUTE_FIELD_MAPPING, WS_WSZ_TYPE, struct reserved, space, WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION id =
        FIELD(WS_XML_ATTRIBUTE_FIELD_MAPPING, WS_CHAR_ARRAY_TYPE, struct reserved, id, WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION *fields[] = {&lang, &space, &id};
    WS_STRUCT_DESCRIPTION reserved = STRUCTURE(struct reserved, fields);
    struct use use = begin_use();

    lang.localName = NAME("lang");
    space.localName = NAME("space");
    id.localName = NAME("id");
    id.countOffset = offsetof(struct reserved, id_length);
    ok(read_struct(&use, "<r xml:space='preserve' xml:lang='en'/>", &reserved, &value));
    expect(wide_is(&value.lang, "en") && wsz_is(value.space, "preserve") && !value.id && !value.id_length);
    expect_xml(&use, &reserved, &value, "<r xml:lang=\"en\" xml:space=\"preserve\"/>");
    ok(read_struct(&use, "<r xml:lang='' xml:id='i&#48;'/>", &reserved, &value));
    expect(wide_is(&value.lang, "") && !value.space && value.id_length == 2 && value.id[1] == '0');
    expect_xml(&use, &reserved, &value, "<r xml:lang=\"\" xml:id=\"i0\"/>");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r lang='en'/>", &reserved, &value), "\"lang\"");
    end_use(&use);
}

/* Observed on Windows. */
TEST(attributes_and_items_need_names)
{
    WS_FIELD_DESCRIPTION unnamed = FIELD(WS_ATTRIBUTE_FIELD_MAPPING, WS_WSZ_TYPE, struct attributes, k, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&unnamed};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct attributes, fields);
    WS_ELEMENT_DESCRIPTION element = {NAME("r"), NAME(""), WS_STRUCT_TYPE, &description};
    struct attributes value = {WSZ("ab"), 0};
    struct use use = begin_use();

    expect_hr(E_INVALIDARG,
              WsWriteElement(use.writer, &element, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), use.error));
    expect(says(use.error, "index 0"));
    element.typeDescription = &attributes;
    ok(WsWriteElement(use.writer, &element, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_output(use.writer, "<r k=\"ab\"/>");
    end_use(&use);
}

/* --- Text --- */

union any_text
{
    WCHAR *wsz;
    WS_STRING string;
    WS_XML_STRING xml;
    WS_BYTES bytes;
    BOOL boolean;
};

struct text
{
    int32_t k;
    union any_text text;
};

/* Observed on Windows, but for what is written. */
TEST(a_text_field_is_the_whole_text_of_the_element)
{
    static const struct
    {
        WS_TYPE type;
        const char *xml, *written;
    } rows[] = {
        {WS_WSZ_TYPE, "<r k='1'> a&lt;<!-- -->b</r>", "<r k=\"1\"> a&lt;b</r>"},
        {WS_STRING_TYPE, "<r k='1'>\xe2\x82\xac</r>", "<r k=\"1\">\xe2\x82\xac</r>"},
        {WS_XML_STRING_TYPE, "<r k='1'>\xe2\x82\xac<![CDATA[ &]]></r>", "<r k=\"1\">\xe2\x82\xac &amp;</r>"},
        {WS_BYTES_TYPE, "<r k='1'> eHk= </r>", "<r k=\"1\">eHk=</r>"},
        {WS_BOOL_TYPE, "<r k='1'> true </r>", "<r k=\"1\">true</r>"},
    };
    WS_FIELD_DESCRIPTION k = ATTRIBUTE("k", WS_INT32_TYPE, struct text, k, 0);
    WS_FIELD_DESCRIPTION field = FIELD(WS_TEXT_FIELD_MAPPING, WS_WSZ_TYPE, struct text, text, 0),
                         *fields[] = {&k, &field};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct text, fields);
    struct use use = begin_use();
    struct text value;
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        field.type = rows[i].type;
        ok(read_struct(&use, rows[i].xml, &description, &value));
        expect(value.k == 1 && is_at_end(use.reader));
        expect_xml(&use, &description, &value, rows[i].written);
        expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<r k='1'>1<a/></r>", &description, &value));
    }
    end_use(&use);
}

/* Observed on Windows. */
TEST(an_empty_text_is_empty_and_not_nil)
{
    WS_FIELD_DESCRIPTION field = FIELD(WS_TEXT_FIELD_MAPPING, WS_WSZ_TYPE, struct text, text, 0), *fields[] = {&field};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct text, fields);
    struct use use = begin_use();
    struct text value;

    ok(read_struct(&use, "<r/>", &description, &value));
    expect(wsz_is(value.text.wsz, ""));
    field.type = WS_STRING_TYPE;
    ok(read_struct(&use, "<r></r>", &description, &value));
    expect(!value.text.string.length && value.text.string.chars);
    field.type = WS_XML_STRING_TYPE;
    ok(read_struct(&use, "<r/>", &description, &value));
    expect(!value.text.xml.length && value.text.xml.bytes);
    field.type = WS_BYTES_TYPE;
    ok(read_struct(&use, "<r> </r>", &description, &value));
    expect(!value.text.bytes.length && value.text.bytes.bytes);
    expect_xml(&use, &description, &value, "<r/>");
    field.type = WS_BOOL_TYPE;
    expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<r/>", &description, &value));
    end_use(&use);
}

/* Observed on Windows: written, with WsWriteAttribute, too. */
TEST(a_structure_of_one_text_can_be_an_attribute)
{
    WS_FIELD_DESCRIPTION field = FIELD(WS_TEXT_FIELD_MAPPING, WS_WSZ_TYPE, struct text, text, 0);
    WS_FIELD_DESCRIPTION unmapped = FIELD(WS_NO_FIELD_MAPPING, WS_INT32_TYPE, struct text, k, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&field, &unmapped};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct text, fields);
    WS_ATTRIBUTE_DESCRIPTION b = {NAME("b"), NAME(""), WS_STRUCT_TYPE, &description};
    WS_ATTRIBUTE_DESCRIPTION k = {NAME("k"), NAME(""), WS_STRUCT_TYPE, &attributes};
    struct text value = {.text.wsz = WSZ("ab")}, *pointer = NULL;
    struct use use = begin_use();

    start(use.writer, "r");
    ok(WsWriteAttribute(use.writer, &b, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_hr(E_INVALIDARG,
              WsWriteAttribute(use.writer, &k, WS_WRITE_REQUIRED_VALUE, &value, sizeof(struct attributes), NULL));
    end(use.writer);
    expect_output(use.writer, "<r b=\"ab\"/>");
    set_text_string(use.reader, "<r b='a&lt;b'>");
    ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
    ok(WsReadAttribute(use.reader, &b, WS_READ_REQUIRED_POINTER, use.heap, &pointer, sizeof(pointer), NULL));
    expect(wsz_is(pointer->text.wsz, "a<b") && !pointer->k && is_at_element(use.reader, "r"));
    expect_hr(E_INVALIDARG, WsReadAttribute(use.reader, &k, WS_READ_REQUIRED_POINTER, use.heap, &pointer,
                                            sizeof(pointer), use.error));
    expect(says(use.error, "\"k\""));
    end_use(&use);
}

/* Structures of one text, as the text of another. */
TEST(a_text_field_can_be_a_structure)
{
    WS_FIELD_DESCRIPTION field = FIELD(WS_TEXT_FIELD_MAPPING, WS_INT32_TYPE, struct one, f, 0), *fields[] = {&field};
    WS_STRUCT_DESCRIPTION inner = STRUCTURE(struct one, fields);
    WS_FIELD_DESCRIPTION k = ATTRIBUTE("k", WS_INT32_TYPE, struct text, k, 0);
    WS_FIELD_DESCRIPTION text = FIELD(WS_TEXT_FIELD_MAPPING, WS_STRUCT_TYPE, struct text, text, 0);
    WS_FIELD_DESCRIPTION *outer_fields[] = {&k, &text};
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct text, outer_fields);
    struct use use = begin_use();
    struct text value = {0};

    text.typeDescription = &inner;
    ok(read_struct(&use, "<r k='1'> 2 </r>", &outer, &value));
    expect(value.k == 1 && value.text.boolean == 2);
    expect_xml(&use, &outer, &value, "<r k=\"1\">2</r>");
    text.typeDescription = &one;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r k='1'>2</r>", &outer, &value), "\"f\"");
    end_use(&use);
}

/* --- Fields without XML --- */

TEST(fields_without_mapping_get_their_default)
{
    struct unmapped
    {
        int32_t number, with_default;
        BYTE raw[3];
        BYTE other;
        void *pointer;
        WS_STRING string;
    } value;
    static BYTE abc[] = {'a', 'b', 'c'};
    WS_DEFAULT_VALUE raw_default = {abc, 3};
    WS_VOID_DESCRIPTION three = {3};
    WS_FIELD_DESCRIPTION number = FIELD(WS_NO_FIELD_MAPPING, WS_INT32_TYPE, struct unmapped, number, 0);
    WS_FIELD_DESCRIPTION other = FIELD(WS_NO_FIELD_MAPPING, WS_INT32_TYPE, struct unmapped, with_default, 0);
    WS_FIELD_DESCRIPTION raw = FIELD(WS_NO_FIELD_MAPPING, WS_VOID_TYPE, struct unmapped, raw, 0);
    WS_FIELD_DESCRIPTION pointer = FIELD(WS_NO_FIELD_MAPPING, WS_VOID_TYPE, struct unmapped, pointer, WS_FIELD_POINTER);
    WS_FIELD_DESCRIPTION string = FIELD(WS_NO_FIELD_MAPPING, WS_STRING_TYPE, struct unmapped, string, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&number, &other, &raw, &pointer, &string};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct unmapped, fields);
    struct use use = begin_use();

    other.defaultValue = &default_value;
    raw.defaultValue = &raw_default;
    raw.typeDescription = &three;
    memset(&value, 0x5a, sizeof(value));
    ok(read_struct(&use, "<r/>", &description, &value));
    expect(!value.number && value.with_default == -2 && !memcmp(value.raw, "abc", 3) && !value.pointer);
    expect(!value.string.chars && !value.string.length);
    value.number = 9;
    expect_xml(&use, &description, &value, "<r/>");
    end_use(&use);
}

TEST(void_fields_discard_what_is_there_and_write_nothing)
{
    WS_FIELD_DESCRIPTION discarded = ATTRIBUTE("x", WS_VOID_TYPE, struct one, f, 0);
    WS_FIELD_DESCRIPTION element = ELEMENT("e", WS_VOID_TYPE, NULL, struct one, f, 0);
    WS_FIELD_DESCRIPTION other = ELEMENT("o", WS_VOID_TYPE, NULL, struct one, f, WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION *fields[] = {&discarded, &element, &other, &one_f};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct one, fields);
    struct use use = begin_use();
    struct one value = {0};

    ok(read_struct(&use, "<r x='&lt;'><e a='b'><f>7</f>&gt;</e><f>5</f></r>", &description, &value));
    expect(value.f == 5 && is_at_end(use.reader));
    ok(read_struct(&use, "<r x=''><e/><o/> <f>6</f></r>", &description, &value));
    expect(value.f == 6);
    expect_xml(&use, &description, &value, "<r><f>6</f></r>");
    expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<r x=''><f>6</f></r>", &description, &value));
    expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<r><e/><f>6</f></r>", &description, &value));
    end_use(&use);
}

/* Our choice: what is discarded is stored nowhere, nor is a default for it. */
TEST(void_fields_that_are_missing_have_no_place)
{
    WS_VOID_DESCRIPTION four = {4};
    WS_FIELD_DESCRIPTION field = ELEMENT("e", WS_VOID_TYPE, &four, struct one, f, WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION *fields[] = {&field};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct one, fields);
    struct use use = begin_use();
    struct one value = {1};

    field.defaultValue = &default_value;
    field.offset = 1000;
    ok(read_struct(&use, "<r/>", &description, &value));
    field.options |= WS_FIELD_POINTER;
    set_text_string(use.reader, "<r/>");
    ok(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &description, WS_READ_REQUIRED_VALUE, NULL,
                  &value, sizeof(value), NULL));
    expect(value.f == 0);
    end_use(&use);
}

/* --- Writing --- */

/* Observed on Windows. */
TEST(optional_and_nillable_fields_are_written_as_observed)
{
    struct written
    {
        GUID guid;
        BOOL *boolean;
        int32_t *number;
        WS_XML_STRING string;
        WCHAR *text;
        struct one *s;
    } value = {.text = NULL};
    WS_FIELD_DESCRIPTION guid = ELEMENT("l", WS_GUID_TYPE, NULL, struct written, guid, WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION boolean =
        ELEMENT("m", WS_BOOL_TYPE, NULL, struct written, boolean, WS_FIELD_POINTER | WS_FIELD_NILLABLE);
    WS_FIELD_DESCRIPTION number =
        ELEMENT("n", WS_INT32_TYPE, NULL, struct written, number, WS_FIELD_POINTER | WS_FIELD_NILLABLE);
    WS_FIELD_DESCRIPTION string = ELEMENT("o", WS_XML_STRING_TYPE, NULL, struct written, string, WS_FIELD_NILLABLE);
    WS_FIELD_DESCRIPTION text =
        ELEMENT("p", WS_WSZ_TYPE, NULL, struct written, text, WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE);
    WS_FIELD_DESCRIPTION s = ELEMENT("s", WS_STRUCT_TYPE, &one, struct written, s, WS_FIELD_POINTER);
    WS_FIELD_DESCRIPTION *fields[] = {&guid, &boolean, &number, &string, &text, &s};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct written, fields);
    struct one f = {3};
    int32_t seven = 7;
    struct use use = begin_use();

    value.number = &seven;
    description.fieldCount = 5;
    expect_xml(&use, &description, &value,
               "<r><m a:nil=\"true\" xmlns:a=\"" XSI "\"/><n>7</n><o a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>");
    /* Nor are alignments and, of what is at a pointer, sizes looked at. */
    description.alignment = 4;
    description.fields = (WS_FIELD_DESCRIPTION *[]){&s};
    description.fieldCount = 1;
    one.size = 16;
    value.s = &f;
    expect_xml(&use, &description, &value, "<r><s><f>3</f></s></r>");
    one.size = sizeof(struct one);
    end_use(&use);
}

TEST(optional_fields_with_their_default_are_left_out)
{
    struct use use = begin_use();
    struct nested none = {4, 0};
    struct options value = {NULL, &none, 0, -2, {0, 0, 0, {0}}};

    expect_xml(&use, &options, &value, "<r><nested><c>4</c></nested></r>");
    value.text = WSZ("");
    value.with_default = 0;
    value.number = -2;
    none.d = 1;
    expect_xml(&use, &options, &value,
               "<r><text/><nested><c>4</c><d>1</d></nested><number>-2</number><default>0</default></r>");
    end_use(&use);
}

TEST(null_where_a_value_is_required_is_named)
{
    WS_FIELD_DESCRIPTION text = ELEMENT("text", WS_WSZ_TYPE, NULL, struct options, text, 0);
    WS_FIELD_DESCRIPTION pointer = ELEMENT("nested", WS_STRUCT_TYPE, &nested, struct options, nested, WS_FIELD_POINTER);
    WS_FIELD_DESCRIPTION *fields[] = {&text};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct options, fields);
    struct use use = begin_use();
    struct options value = {.text = NULL};

    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &description, &value), "\"text\"");
    /* Nothing has been written yet. */
    end(use.writer);
    expect_output(use.writer, "<r/>");
    fields[0] = &pointer;
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &description, &value), "\"nested\"");
    /* But here something has. */
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &attributes, &value), "\"k\"");
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(use.writer, NULL));
    end_use(&use);
}

/* Our choice: a refusal that comes before all that is written changes nothing. */
TEST(a_structure_that_cannot_begin_here_leaves_the_writer_as_it_is)
{
    WS_FIELD_DESCRIPTION any = FIELD(WS_ANY_ELEMENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, struct options, text, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&any};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct options, fields);
    struct use use = begin_use();
    struct attributes value = {WSZ("a"), 1};
    struct options not_a_buffer = {(WCHAR *)use.heap, NULL, 0, 0, {0, 0, 0, {0}}};

    begin_root(&use);
    ok(WsWriteEndStartElement(use.writer, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &attributes,
                                                  WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_hr(E_INVALIDARG, WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &description,
                                        WS_WRITE_REQUIRED_VALUE, &not_a_buffer, sizeof(not_a_buffer), NULL));
    end(use.writer);
    expect_output(use.writer, "<r></r>");
    end_use(&use);
}

/* Our choice, for a reader that is in an attribute. */
TEST(a_structure_is_not_read_from_inside_of_an_attribute)
{
    struct use use = begin_use();
    struct one value = {7};
    struct options optional;

    set_text_string(use.reader, "<r f='1'><f>2</f></r>");
    ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartAttribute(use.reader, 0, NULL));
    expect(WsReadType(use.reader, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one, WS_READ_REQUIRED_VALUE,
                      use.heap, &value, sizeof(value), NULL) != S_OK);
    set_text_string(use.reader, "<r f='1'><f>2</f></r>");
    ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartAttribute(use.reader, 0, NULL));
    expect(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &options, WS_READ_REQUIRED_VALUE, use.heap,
                      &optional, sizeof(optional), NULL) != S_OK);
    expect(value.f == 7);
    end_use(&use);
}

/* Observed on Windows. */
TEST(prefixes_of_nested_structures_are_those_in_scope)
{
    struct inner
    {
        WCHAR *b;
        WS_ANY_ATTRIBUTES any;
    } inner_value = {WSZ("ab"), {NULL, 0}}, *value = &inner_value;
    WS_XML_STRING u1 = STRING("u1");
    WS_FIELD_DESCRIPTION b = ATTRIBUTE("b", WS_WSZ_TYPE, struct inner, b, 0);
    WS_FIELD_DESCRIPTION any = FIELD(WS_ANY_ATTRIBUTES_FIELD_MAPPING, WS_ANY_ATTRIBUTES_TYPE, struct inner, any, 0);
    WS_FIELD_DESCRIPTION *inner_fields[] = {&b, &any};
    WS_STRUCT_DESCRIPTION inner = STRUCTURE(struct inner, inner_fields);
    WS_FIELD_DESCRIPTION s = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                              .localName = NAME("s"),
                              .ns = &u1,
                              .type = WS_STRUCT_TYPE,
                              .typeDescription = &inner,
                              .options = WS_FIELD_POINTER};
    WS_FIELD_DESCRIPTION *fields[] = {&s};
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct inner *, fields);
    struct use use = begin_use();
    WS_XML_BUFFER *buffer = NULL;

    b.ns = &u1;
    ok(WsCreateXmlBuffer(use.heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(use.writer, buffer, NULL, 0, NULL));
    ok(WsWriteStartElement(use.writer, X("x"), X("r"), &u1, NULL));
    ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer, WS_WRITE_REQUIRED_VALUE, &value,
                   sizeof(value), NULL));
    ok(WsWriteEndElement(use.writer, NULL));
    set_output(use.writer, NULL, 0);
    ok(WsWriteXmlBuffer(use.writer, buffer, NULL));
    expect_output(use.writer, "<x:r xmlns:x=\"u1\"><x:s x:b=\"ab\"/></x:r>");
    end_use(&use);
}

/* Our choice: no field is read into twice, and the rest of the memory is zeros. */
TEST(the_order_of_fields_is_that_of_the_description)
{
    struct use use = begin_use();
    struct options value;

    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r><number>1</number><text>a</text></r>", &options, &value), "\"text\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r><number>1</number><number>1</number></r>", &options, &value), "\"number\"");
    ok(read_struct(&use, "<r><text>a</text><number>1</number><guid>00000000-0000-0000-0000-000000000001</guid></r>",
                   &options, &value));
    expect(value.number == 1 && value.guid.Data4[7] == 1);
    end_use(&use);
}
