/* SPDX-License-Identifier: MIT */
/*
 * What nothing is described of, both ways: XML buffers as elements of a name or of any, what is left of the content,
 * and attributes that no other field is for.
 *
 * Source: the pages of WS_TYPE and WS_FIELD_MAPPING.
 */
#include "support/structs.h"

struct any
{
    WS_XML_BUFFER *buffer;
    WS_XML_BUFFER **items;
    ULONG count;
    WS_ANY_ATTRIBUTES attributes;
    int32_t f;
};

static WS_XML_STRING u = STRING("u"), none = STRING("");
static WS_FIELD_DESCRIPTION f = ELEMENT("f", WS_INT32_TYPE, NULL, struct any, f, WS_FIELD_OPTIONAL);

/* A structure of one field for anything, and then an element "f". */
#define ANY(mapping, type, member) \
    WS_FIELD_DESCRIPTION field = FIELD(mapping, type, struct any, member, 0), *fields[] = {&field, &f}; \
    WS_STRUCT_DESCRIPTION any = STRUCTURE(struct any, fields)

/* An XML buffer of one document. */
static WS_XML_BUFFER *buffer_of(struct use *use, const char *xml)
{
    WS_XML_BUFFER *buffer = NULL;

    set_text_string(use->reader, xml);
    ok(WsReadXmlBuffer(use->reader, use->heap, &buffer, NULL));
    return buffer;
}

/* Whether a buffer is a text when it is written. */
static bool buffer_is(WS_XML_BUFFER *buffer, const char *xml)
{
    WS_XML_WRITER *writer = create_fragment_writer();
    WS_BYTES bytes;
    bool is;

    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    bytes = get_bytes(writer);
    is = bytes.length == strlen(xml) && !memcmp(bytes.bytes, xml, bytes.length);
    if (!is)
        printf("# %.*s\n", (int)bytes.length, (const char *)bytes.bytes);
    WsFreeWriter(writer);
    return is;
}

/* --- XML buffers --- */

/* What Microsoft's samples rely on: right after WsSetInput it is the document. The page of WS_TYPE. */
TEST(an_xml_buffer_is_the_element_that_was_read)
{
    struct use use = begin_use();
    WS_XML_BUFFER *buffer = NULL;

    set_text_string(use.reader, "<!-- --><p:r xmlns:p='u' a='1'>x<b/>&lt;</p:r>");
    ok(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_XML_BUFFER_TYPE, NULL, WS_READ_REQUIRED_POINTER, use.heap,
                  &buffer, sizeof(buffer), NULL));
    expect(is_at_end(use.reader));
    expect(buffer_is(buffer, "<p:r a='1' xmlns:p='u'>x<b/>&lt;</p:r>"));
    set_text_string(use.reader, "<r/>");
    ok(WsReadType(use.reader, WS_ANY_ELEMENT_TYPE_MAPPING, WS_XML_BUFFER_TYPE, NULL, WS_READ_REQUIRED_POINTER, use.heap,
                  &buffer, sizeof(buffer), NULL));
    expect(buffer_is(buffer, "<r/>"));
    end_use(&use);
}

TEST(the_name_in_a_buffer_is_replaced_by_that_of_the_field)
{
    static const struct
    {
        const char *in_buffer, *written;
    } rows[] = {
        {"<x/>", "<r><e/></r>"},
        {"<q:x xmlns:q='v' a='1' q:b='2'>t<q:y/><z/></q:x>", "<r><e a='1' q:b='2' xmlns:q='v'>t<q:y/><z/></e></r>"},
        {"<x>a<!--c--><![CDATA[d]]></x>", "<r><e>a<!--c--><![CDATA[d]]></e></r>"},
        {"<x xml:lang='en' i:nil='true' xmlns:i='" XSI "'/>",
         "<r><e xml:lang='en' i:nil='true' xmlns:i='" XSI "'/></r>"},
    };
    WS_FIELD_DESCRIPTION field = ELEMENT("e", WS_XML_BUFFER_TYPE, NULL, struct any, buffer, 0), *fields[] = {&field};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct any, fields);
    struct use use = begin_use();
    struct any value = {0};
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        value.buffer = buffer_of(&use, rows[i].in_buffer);
        expect_xml(&use, &description, &value, rows[i].written);
        ok(read_struct(&use, rows[i].written, &description, &value));
        expect_xml(&use, &description, &value, rows[i].written);
    }
    end_use(&use);
}

/* Our choice: what the page warns of is an error, and not another document. */
TEST(a_default_namespace_of_a_buffer_does_not_become_that_of_the_field)
{
    WS_FIELD_DESCRIPTION field = ELEMENT("e", WS_XML_BUFFER_TYPE, NULL, struct any, buffer, 0), *fields[] = {&field};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct any, fields);
    struct use use = begin_use();
    struct any value = {0};

    value.buffer = buffer_of(&use, "<x xmlns='v'><y/></x>");
    expect_hr(WS_E_INVALID_FORMAT, write_struct(&use, &description, &value));
    expect(says(use.error, "v"));
    field.ns = NAME("v");
    expect_xml(&use, &description, &value, "<r><e xmlns='v'><y/></e></r>");
    end_use(&use);
}

TEST(buffers_can_be_nil_or_missing)
{
    WS_FIELD_DESCRIPTION field = ELEMENT("e", WS_XML_BUFFER_TYPE, NULL, struct any, buffer, WS_FIELD_NILLABLE);
    WS_FIELD_DESCRIPTION *fields[] = {&field};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct any, fields);
    struct use use = begin_use();
    struct any value = {0};

    expect_xml(&use, &description, &value, "<r><e a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>");
    memset(&value, 0x5a, sizeof(value));
    ok(read_struct(&use, "<r><e a:nil='true' xmlns:a='" XSI "'/></r>", &description, &value));
    expect(!value.buffer);
    /* Without the option, it is an element like any other. */
    field.options = 0;
    ok(read_struct(&use, "<r><e a:nil='true' xmlns:a='" XSI "'/></r>", &description, &value));
    expect(buffer_is(value.buffer, "<e a:nil='true' xmlns:a='" XSI "'/>"));
    value.buffer = NULL;
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &description, &value), "\"e\"");
    field.options = WS_FIELD_OPTIONAL;
    expect_xml(&use, &description, &value, "<r/>");
    ok(read_struct(&use, "<r/>", &description, &value));
    expect(!value.buffer);
    end_use(&use);
}

TEST(buffers_can_be_items_of_an_array)
{
    WS_FIELD_DESCRIPTION field = ITEMS(WS_XML_BUFFER_TYPE, NULL, struct any, WS_FIELD_NILLABLE_ITEM),
                         *fields[] = {&field};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct any, fields);
    struct use use = begin_use();
    struct any value = {0};

    ok(read_struct(&use, "<r><i>a</i><i b='c'/><i d:nil=\"true\" xmlns:d=\"" XSI "\"/></r>", &description, &value));
    expect(value.count == 3 && !value.items[2]);
    expect(buffer_is(value.items[0], "<i>a</i>") && buffer_is(value.items[1], "<i b='c'/>"));
    expect_xml(&use, &description, &value, "<r><i>a</i><i b='c'/><i a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>");
    end_use(&use);
}

TEST(a_buffer_is_not_written_into_itself_nor_where_it_is_null)
{
    ANY(WS_ANY_CONTENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, buffer);
    struct use use = begin_use();
    struct any value = {0};

    any.fieldCount = 1;
    ok(WsCreateXmlBuffer(use.heap, NULL, 0, &value.buffer, NULL));
    ok(WsSetOutputToBuffer(use.writer, value.buffer, NULL, 0, NULL));
    start(use.writer, "r");
    ok(WsResetError(use.error));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &any,
                                                  WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), use.error));
    expect(says(use.error, "into itself"));
    end(use.writer);
    set_output(use.writer, NULL, 0);
    value.buffer = NULL;
    field.mapping = WS_ANY_ELEMENT_FIELD_MAPPING;
    expect_hr(E_INVALIDARG, write_struct(&use, &any, &value));
    end_use(&use);
}

TEST(a_buffer_without_an_element_is_no_element)
{
    struct use use = begin_use();
    WS_XML_BUFFER *buffer = NULL;

    ok(WsCreateXmlBuffer(use.heap, NULL, 0, &buffer, NULL));
    begin_root(&use);
    expect_refused(use.error, E_INVALIDARG,
                   WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_XML_BUFFER_TYPE, NULL, WS_WRITE_REQUIRED_POINTER,
                               &buffer, sizeof(buffer), use.error),
                   "no element");
    expect_refused(use.error, E_INVALIDARG,
                   WsWriteType(use.writer, WS_ANY_ELEMENT_TYPE_MAPPING, WS_XML_BUFFER_TYPE, NULL,
                               WS_WRITE_REQUIRED_POINTER, &buffer, sizeof(buffer), use.error),
                   "no element");
    end(use.writer);
    expect_output(use.writer, "<r/>");
    end_use(&use);
}

/* The page of WS_TYPE: a single element. That comments are no matter is our choice. */
TEST(a_buffer_for_one_element_has_one)
{
    static const struct
    {
        const char *xml, *written; /* NULL: it is refused */
    } rows[] = {
        {"<!--c--><a/> ", "<a/>"}, {"<a/><b/>", NULL}, {"<a/>text", NULL},
        {"text<a/>", NULL},        {"text", NULL},     {"<![CDATA[]]><a/>", NULL},
    };
    static const WS_FIELD_MAPPING mappings[] = {WS_ELEMENT_FIELD_MAPPING, WS_ANY_ELEMENT_FIELD_MAPPING,
                                                WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING};
    ANY(WS_ANY_ELEMENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, buffer);
    struct use use = begin_use();
    struct any value = {.count = 1};
    char wrapped[100];
    size_t i, j;

    field.localName = NAME("a");
    field.ns = &none;
    for (i = 0; i < COUNT(rows); i++)
    {
        WS_FIELD_DESCRIPTION content = FIELD(WS_ANY_CONTENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, struct any, buffer, 0);
        WS_FIELD_DESCRIPTION *only_content[] = {&content};
        WS_STRUCT_DESCRIPTION all = STRUCTURE(struct any, only_content);
        struct any read;

        snprintf(wrapped, sizeof(wrapped), "<r>%s</r>", rows[i].xml);
        ok(read_struct(&use, wrapped, &all, &read));
        value.items = &read.buffer;
        for (j = 0; j < COUNT(mappings); j++)
        {
            field.mapping = mappings[j];
            field.offset = mappings[j] == WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING ? offsetof(struct any, items)
                                                                                 : offsetof(struct any, buffer);
            field.countOffset = offsetof(struct any, count);
            value.buffer = read.buffer;
            if (!rows[i].written)
                expect_refused(use.error, E_INVALIDARG, write_struct(&use, &any, &value), "element");
            else
            {
                snprintf(wrapped, sizeof(wrapped), "<r>%s</r>",
                         mappings[j] == WS_ELEMENT_FIELD_MAPPING ? rows[i].written : rows[i].xml);
                expect_xml(&use, &any, &value, wrapped);
            }
        }
    }
    end_use(&use);
}

/* --- Any element --- */

TEST(any_element_keeps_its_name)
{
    ANY(WS_ANY_ELEMENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, buffer);
    struct use use = begin_use();
    struct any value;

    ok(read_struct(&use, "<r> <q:z xmlns:q='v' a='1'>x</q:z><f>1</f></r>", &any, &value));
    expect(buffer_is(value.buffer, "<q:z a='1' xmlns:q='v'>x</q:z>") && value.f == 1);
    expect_xml(&use, &any, &value, "<r><q:z a='1' xmlns:q='v'>x</q:z><f>1</f></r>");
    /* Fields take all they can. */
    ok(read_struct(&use, "<r><f>1</f></r>", &any, &value));
    expect(buffer_is(value.buffer, "<f>1</f>") && value.f == 0);
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r/>", &any, &value), "element");
    field.options = WS_FIELD_OPTIONAL;
    ok(read_struct(&use, "<r/>", &any, &value));
    expect(!value.buffer);
    expect_xml(&use, &any, &value, "<r/>");
    end_use(&use);
}

/* The name of such a field is not looked at. */
TEST(any_element_is_missing_whatever_the_field_is_called)
{
    WS_XML_STRING broken = {5, NULL, NULL, 0}, *names[] = {NULL, NAME("z"), &broken};
    ANY(WS_ANY_ELEMENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, buffer);
    struct use use = begin_use();
    struct any value;
    size_t i;

    for (i = 0; i < COUNT(names); i++)
    {
        field.localName = names[i];
        ok(read_struct(&use, "<r><y/><f>1</f></r>", &any, &value));
        expect(buffer_is(value.buffer, "<y/>") && value.f == 1);
        expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r/>", &any, &value),
                       "An element was expected, and an end element is there.");
    }
    end_use(&use);
}

TEST(any_elements_can_be_discarded)
{
    ANY(WS_ANY_ELEMENT_FIELD_MAPPING, WS_VOID_TYPE, buffer);
    struct use use = begin_use();
    struct any value;

    ok(read_struct(&use, "<r><z>x<f>2</f></z><f>1</f></r>", &any, &value));
    expect(!value.buffer && value.f == 1);
    field.mapping = WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING;
    ok(read_struct(&use, "<r><z>x<f>2</f></z> <y/><f>1</f></r>", &any, &value));
    expect(!value.items && !value.count && value.f == 0);
    expect_xml(&use, &any, &value, "<r/>");
    end_use(&use);
}

TEST(elements_of_one_namespace_or_of_all_others)
{
    static const char *const in_u[] = {"<r><a xmlns='u'/></r>", "<r><a/></r>", "<r><a xmlns='v'/></r>"};
    ANY(WS_ANY_ELEMENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, buffer);
    struct use use = begin_use();
    struct any value;
    size_t i;
    int other, ignoring;

    field.ns = &u;
    for (ignoring = 0; ignoring < 2; ignoring++)
    {
        any.structOptions = ignoring ? WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT : 0;
        for (other = 0; other < 2; other++)
            for (i = 0; i < COUNT(in_u); i++)
            {
                field.options = other ? WS_FIELD_OTHER_NAMESPACE : 0;
                expect_hr((i == 0) == !other ? S_OK : WS_E_INVALID_FORMAT, read_struct(&use, in_u[i], &any, &value));
            }
    }
    field.ns = NULL;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r/>", &any, &value), "WS_FIELD_OTHER_NAMESPACE");
    end_use(&use);
}

TEST(any_elements_can_repeat)
{
    WS_ITEM_RANGE range = {1, 2};
    ANY(WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, items);
    struct use use = begin_use();
    struct any value;

    field.countOffset = offsetof(struct any, count);
    field.ns = &u;
    ok(read_struct(&use, "<r><u:a xmlns:u='u'/> <b xmlns='u'>x</b><f>1</f></r>", &any, &value));
    expect(value.count == 2 && value.f == 1);
    expect_xml(&use, &any, &value, "<r><u:a xmlns:u='u'/><b xmlns='u'>x</b><f>1</f></r>");
    ok(read_struct(&use, "<r><f>1</f></r>", &any, &value));
    expect(value.count == 0 && value.items && value.f == 1);
    field.itemRange = &range;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r><f>1</f></r>", &any, &value), "0 items");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r xmlns='u'><a/><a/><a/></r>", &any, &value),
                   "3 items");
    field.type = WS_VOID_TYPE;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r xmlns='u'><a/><a/><a/></r>", &any, &value),
                   "3 items");
    ok(read_struct(&use, "<r xmlns='u'><a/><a/></r>", &any, &value));
    field.type = WS_XML_BUFFER_TYPE;
    value.count = 1;
    value.items = (WS_XML_BUFFER *[]){NULL};
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &any, &value), "NULL");
    end_use(&use);
}

/* --- Any content --- */

TEST(any_content_is_what_is_left)
{
    static const struct
    {
        const char *xml, *content;
    } rows[] = {
        {"<r><f>1</f></r>", ""},
        {"<r><f>1</f>text1<a/>text2<b>c</b></r>", "text1<a/>text2<b>c</b>"},
        {"<r><f>1</f> <a> </a></r>", " <a> </a>"},
        {"<r><f>1</f><!--c--><![CDATA[d]]>&amp;<q:e xmlns:q='v'><q:g/></q:e></r>",
         NULL}, /* which cannot be written outside of an element */
    };
    WS_FIELD_DESCRIPTION field = FIELD(WS_ANY_CONTENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, struct any, buffer, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&f, &field};
    WS_STRUCT_DESCRIPTION any = STRUCTURE(struct any, fields);
    struct use use = begin_use();
    struct any value;
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        ok(read_struct(&use, rows[i].xml, &any, &value));
        expect(value.f == 1 && is_at_end(use.reader));
        expect(!rows[i].content || buffer_is(value.buffer, rows[i].content));
        expect_xml(&use, &any, &value, rows[i].xml);
    }
    value.buffer = NULL;
    expect_xml(&use, &any, &value, "<r><f>1</f></r>");
    field.type = WS_VOID_TYPE;
    ok(read_struct(&use, rows[3].xml, &any, &value));
    expect(!value.buffer && value.f == 1 && is_at_end(use.reader));
    end_use(&use);
}

/* A field without mapping after it changes nothing. */
TEST(any_content_keeps_its_white_space_wherever_its_field_is)
{
    WS_FIELD_DESCRIPTION field = FIELD(WS_ANY_CONTENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, struct any, buffer, 0);
    WS_FIELD_DESCRIPTION number = FIELD(WS_NO_FIELD_MAPPING, WS_UINT32_TYPE, struct any, count, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&f, &field, &number};
    WS_STRUCT_DESCRIPTION any = STRUCTURE(struct any, fields);
    struct use use = begin_use();
    struct any value;

    ok(read_struct(&use, "<r><f>1</f> <a> </a> </r>", &any, &value));
    expect(buffer_is(value.buffer, " <a> </a> "));
    end_use(&use);
}

/* Our choice: what is before the element that a field looks for has been passed then, whether it is there or not. */
TEST(a_field_that_is_missing_passes_white_space_before_any_content)
{
    ANY(WS_ANY_CONTENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, buffer);
    WS_FIELD_DESCRIPTION items = ITEMS(WS_INT32_TYPE, NULL, struct any, 0);
    struct use use = begin_use();
    struct any value;

    fields[0] = &f;
    fields[1] = &field;
    ok(read_struct(&use, "<r> <!--c--> <a/> </r>", &any, &value));
    expect(buffer_is(value.buffer, "<a/> "));
    ok(read_struct(&use, "<r><f>1</f> <a/> </r>", &any, &value));
    expect(buffer_is(value.buffer, " <a/> "));
    fields[0] = &items;
    ok(read_struct(&use, "<r><i>1</i> <a/> </r>", &any, &value));
    expect(buffer_is(value.buffer, "<a/> "));
    end_use(&use);
}

static HRESULT CALLBACK skip_and_fill(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                      void *value, ULONG size, WS_ERROR *error)
{
    (void)mapping, (void)data, (void)heap, (void)value, (void)size;
    ok(WsSkipNode(reader, error));
    return WsFillReader(reader, 1000, NULL, error);
}

/* The element is all that there is of a stream, until its callback fills the reader again. */
TEST(any_content_keeps_its_white_space_at_the_edge_of_a_stream)
{
    static const char xml[] = "<r><i>2</i> <!--c--> <a/> </r>";
    struct stream stream = {(const BYTE *)xml, sizeof(xml) - 1, 0, strlen("<r><i>2</i>"), 0};
    WS_CUSTOM_TYPE_DESCRIPTION custom = {sizeof(int32_t), 4, skip_and_fill, NULL, NULL, NULL};
    ANY(WS_ANY_CONTENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, buffer);
    WS_FIELD_DESCRIPTION i = ELEMENT("i", WS_CUSTOM_TYPE, &custom, struct any, f, 0);
    struct use use = begin_use();
    struct any value;

    fields[0] = &i;
    fields[1] = &field;
    set_stream(use.reader, &stream, 16, WS_CHARSET_UTF8);
    ok(WsFillReader(use.reader, 1, NULL, NULL));
    ok(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &any, WS_READ_REQUIRED_VALUE, use.heap, &value,
                  sizeof(value), NULL));
    expect(buffer_is(value.buffer, " <!--c--> <a/> "));
    end_use(&use);
}

/* What is in scope around the content is in the buffer where it is used. */
TEST(any_content_keeps_the_namespaces_of_its_names)
{
    ANY(WS_ANY_CONTENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, buffer);
    struct use use = begin_use();
    struct any value;

    any.fieldCount = 1;
    ok(read_struct(&use, "<r xmlns:p='u' xmlns='v'><p:a/><b p:c=''/></r>", &any, &value));
    begin_root(&use);
    ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &any, WS_WRITE_REQUIRED_VALUE, &value,
                   sizeof(value), NULL));
    end(use.writer);
    expect_output(use.writer, "<r><p:a xmlns:p=\"u\"/><b p:c='' xmlns=\"v\" xmlns:p=\"u\"/></r>");
    end_use(&use);
}

/* --- Any attributes --- */

TEST(attributes_that_no_field_is_for_are_kept)
{
    WS_FIELD_DESCRIPTION k = {.mapping = WS_ATTRIBUTE_FIELD_MAPPING,
                              .localName = NAME("k"),
                              .ns = &none,
                              .type = WS_INT32_TYPE,
                              .offset = offsetof(struct any, f),
                              .options = WS_FIELD_OPTIONAL};
    WS_FIELD_DESCRIPTION field =
        FIELD(WS_ANY_ATTRIBUTES_FIELD_MAPPING, WS_ANY_ATTRIBUTES_TYPE, struct any, attributes, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&k, &field};
    WS_STRUCT_DESCRIPTION any = STRUCTURE(struct any, fields);
    struct use use = begin_use();
    struct any value;

    ok(read_struct(&use, "<r a='1' xml:lang='en' k='5' p:b='&lt;' xmlns:p='v' i:nil='0' xmlns:i='" XSI "'/>", &any,
                   &value));
    expect(value.f == 5 && value.attributes.attributeCount == 3);
    expect(string_is(&value.attributes.attributes[0].localName, "a") && !value.attributes.attributes[0].ns.length);
    expect(string_is(&value.attributes.attributes[2].localName, "b") &&
           string_is(&value.attributes.attributes[2].ns, "v"));
    expect_xml(&use, &any, &value, "<r k=\"5\" a=\"1\" xml:lang=\"en\" a:b=\"&lt;\" xmlns:a=\"v\"/>");
    memset(&value, 0x5a, sizeof(value));
    ok(read_struct(&use, "<r k='1'/>", &any, &value));
    expect(value.attributes.attributeCount == 0 && !value.attributes.attributes);
    expect_xml(&use, &any, &value, "<r k=\"1\"/>");
    value.attributes.attributeCount = 1;
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &any, &value), "NULL");
    value.attributes.attributes = (WS_ANY_ATTRIBUTE[]){{STRING("a"), STRING(""), NULL}};
    expect_hr(E_INVALIDARG, write_struct(&use, &any, &value));
    end_use(&use);
}

TEST(attributes_of_one_namespace_or_of_all_others)
{
    ANY(WS_ANY_ATTRIBUTES_FIELD_MAPPING, WS_ANY_ATTRIBUTES_TYPE, attributes);
    struct use use = begin_use();
    struct any value;

    field.ns = &u;
    ok(read_struct(&use, "<r u:a='1' xmlns:u='u'/>", &any, &value));
    expect(value.attributes.attributeCount == 1);
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r b='1'/>", &any, &value), "\"b\"");
    any.structOptions = WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES;
    ok(read_struct(&use, "<r b='1' u:a='1' v:c='' xmlns:u='u' xmlns:v='v'/>", &any, &value));
    expect(value.attributes.attributeCount == 1 && string_is(&value.attributes.attributes[0].localName, "a"));
    field.options = WS_FIELD_OTHER_NAMESPACE;
    ok(read_struct(&use, "<r b='1' u:a='1' v:c='' xmlns:u='u' xmlns:v='v'/>", &any, &value));
    expect(value.attributes.attributeCount == 2 && string_is(&value.attributes.attributes[1].localName, "c"));
    any.structOptions = 0;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, "<r u:a='1' xmlns:u='u'/>", &any, &value), "a\"");
    field.type = WS_VOID_TYPE;
    ok(read_struct(&use, "<r b='1' v:c='' xmlns:v='v'/>", &any, &value));
    expect(!value.attributes.attributeCount);
    expect_xml(&use, &any, &value, "<r/>");
    end_use(&use);
}
