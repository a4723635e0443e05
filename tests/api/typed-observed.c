/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing by type as they have been observed on Windows: arguments, options, the simple types.
 *
 * Source: observed on Windows.
 */
#include "support/simple-types.h"

#define NIL "<r a:nil=\"true\" xmlns:a=\"" XSI "\"/>"

static WS_XML_STRING no_ns = STRING("");

static HRESULT read_as(struct typed *f, WS_TYPE_MAPPING mapping, WS_TYPE type, const void *description,
                       WS_READ_OPTION option, void *value, size_t size)
{
    return WsReadType(f->reader, mapping, type, description, option, f->heap, value, (ULONG)size, f->error);
}

/* --- Reading: arguments --- */

TEST(arguments_of_reading_by_type)
{
    struct typed f;
    BYTE value[16];
    void *pointer = NULL;
    BOOL number = 7;

    begin(&f);
    set_text_string(f.reader, "<r>true</r>");
    expect_refused(f.error, E_INVALIDARG,
                   WsReadType(NULL, WS_ELEMENT_TYPE_MAPPING, WS_BOOL_TYPE, NULL, WS_READ_REQUIRED_VALUE, f.heap, value,
                              4, f.error),
                   "NULL");
    expect_refused(f.error, E_INVALIDARG,
                   read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_BOOL_TYPE, NULL, WS_READ_REQUIRED_VALUE, NULL, 4),
                   "size for");
    expect_refused(f.error, E_INVALIDARG,
                   read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_BOOL_TYPE, NULL, WS_READ_REQUIRED_POINTER, &pointer, 0),
                   "that passed is 0");
    expect_refused(f.error, E_INVALIDARG,
                   read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_BOOL_TYPE, NULL, WS_READ_REQUIRED_POINTER, &pointer,
                           sizeof(pointer) + 1),
                   "size for WS_BOOL_TYPE");
    /* Four have been refused, and the fifth is read at the same place. */
    ok(read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_BOOL_TYPE, NULL, WS_READ_REQUIRED_VALUE, &number, sizeof(number)));
    expect(number == TRUE);
    set_text_string(f.reader, "<r/>");
    expect_refused(f.error, E_INVALIDARG,
                   read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, NULL, WS_READ_REQUIRED_VALUE, value, 16),
                   "description");
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(f.reader));
    {
        WS_FAULT_DESCRIPTION description = {WS_ENVELOPE_VERSION_NONE};
        WS_FAULT fault;

        expect_refused(f.error, E_INVALIDARG,
                       read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, &description, WS_READ_REQUIRED_VALUE, &fault,
                               sizeof(fault)),
                       "There are no faults in WS_ENVELOPE_VERSION_NONE.");
    }
    finish(&f);
}

TEST(arguments_of_reading_an_element)
{
    WS_ELEMENT_DESCRIPTION description = {X("n"), &no_ns, WS_UINT32_TYPE, NULL};
    struct typed f;
    ULONG value = 7;

    begin(&f);
    set_text_string(f.reader, "<n>5</n>");
    expect_hr(E_INVALIDARG, WsReadElement(NULL, &description, WS_READ_REQUIRED_VALUE, f.heap, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsReadElement(f.reader, NULL, WS_READ_REQUIRED_VALUE, f.heap, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsReadElement(f.reader, &description, WS_READ_REQUIRED_VALUE, f.heap, NULL, 4, NULL));
    expect(value == 7);
    ok(WsReadElement(f.reader, &description, WS_READ_REQUIRED_VALUE, NULL, &value, 4, NULL)); /* needs no heap */
    expect(value == 5);
    finish(&f);
}

TEST(arguments_of_reading_an_attribute)
{
    WS_ATTRIBUTE_DESCRIPTION description = {X("k"), &no_ns, WS_UINT32_TYPE, NULL};
    struct typed f;
    ULONG value = 7, *pointer = NULL;
    int has_input;

    begin(&f);
    for (has_input = 0; has_input < 2; has_input++)
    {
        expect_hr(E_INVALIDARG, WsReadAttribute(NULL, &description, WS_READ_REQUIRED_VALUE, f.heap, &value, 4, NULL));
        expect_hr(E_INVALIDARG, WsReadAttribute(f.reader, NULL, WS_READ_REQUIRED_VALUE, f.heap, &value, 4, NULL));
        expect_hr(E_INVALIDARG, WsReadAttribute(f.reader, &description, (WS_READ_OPTION)0, f.heap, &value, 4, NULL));
        expect_hr(E_INVALIDARG, WsReadAttribute(f.reader, &description, WS_READ_REQUIRED_POINTER, NULL, &pointer,
                                                sizeof(pointer), NULL));
        expect_hr(E_INVALIDARG, WsReadAttribute(f.reader, &description, WS_READ_REQUIRED_VALUE, f.heap, NULL, 0, NULL));
        if (!has_input)
            expect_hr(WS_E_INVALID_OPERATION, WsReadAttribute(f.reader, &description, WS_READ_REQUIRED_POINTER, f.heap,
                                                              &pointer, sizeof(pointer), NULL));
        set_text_string(f.reader, "<n k='5'>");
        next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
    }
    ok(WsReadAttribute(f.reader, &description, WS_READ_REQUIRED_POINTER, f.heap, &pointer, sizeof(pointer), NULL));
    expect(*pointer == 5);
    finish(&f);
}

/* A description comes before the state of the reader, which has failed. */
TEST(a_wrong_description_after_a_failure)
{
    struct typed f;
    BOOL value;

    begin(&f);
    set_text_string(f.reader, "<r>?</r>");
    expect_hr(WS_E_INVALID_FORMAT,
              read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_BOOL_TYPE, NULL, WS_READ_REQUIRED_VALUE, &value, sizeof(value)));
    expect_hr(E_INVALIDARG,
              read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_ENUM_TYPE, NULL, WS_READ_REQUIRED_VALUE, &value, sizeof(value)));
    finish(&f);
}

struct inner
{
    int a, b;
};

struct outer
{
    int a;
    struct inner *inner;
    WS_BYTES bytes;
};

TEST(small_heaps_are_enough)
{
    static WS_XML_STRING a = STRING("a"), b = STRING("b"), s = STRING("s"), n = STRING("n");
    WS_FIELD_DESCRIPTION inner_a = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                    .localName = &a,
                                    .ns = &no_ns,
                                    .type = WS_INT32_TYPE,
                                    .offset = offsetof(struct inner, a)};
    WS_FIELD_DESCRIPTION inner_b = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                    .localName = &b,
                                    .ns = &no_ns,
                                    .type = WS_INT32_TYPE,
                                    .offset = offsetof(struct inner, b)};
    WS_FIELD_DESCRIPTION *inner_fields[] = {&inner_a, &inner_b};
    WS_STRUCT_DESCRIPTION inner = {.size = sizeof(struct inner), .fields = inner_fields, .fieldCount = 2};
    WS_FIELD_DESCRIPTION outer_a = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                    .localName = &a,
                                    .ns = &no_ns,
                                    .type = WS_INT32_TYPE,
                                    .offset = offsetof(struct outer, a)};
    WS_FIELD_DESCRIPTION outer_s = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                    .localName = &s,
                                    .ns = &no_ns,
                                    .type = WS_STRUCT_TYPE,
                                    .typeDescription = &inner,
                                    .offset = offsetof(struct outer, inner),
                                    .options = WS_FIELD_POINTER};
    WS_FIELD_DESCRIPTION outer_n = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                    .localName = &n,
                                    .ns = &no_ns,
                                    .type = WS_BYTES_TYPE,
                                    .offset = offsetof(struct outer, bytes)};
    WS_FIELD_DESCRIPTION *outer_fields[] = {&outer_a, &outer_s, &outer_n};
    WS_STRUCT_DESCRIPTION outer = {.size = sizeof(struct outer), .fields = outer_fields, .fieldCount = 3};
    struct outer *value = NULL;
    ULONG *number = NULL;
    struct typed f;

    begin(&f);
    WsFreeHeap(f.heap);
    f.heap = create_heap(256);
    set_text_string(f.reader, "<r>5</r>");
    ok(read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_UINT32_TYPE, NULL, WS_READ_REQUIRED_POINTER, &number, sizeof(number)));
    expect(*number == 5);
    ok(WsResetHeap(f.heap, NULL));
    set_text_string(f.reader, "<r><a>1</a><s><a>2</a><b>3</b></s><n>YWI=</n></r>");
    ok(read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer, WS_READ_REQUIRED_POINTER, &value, sizeof(value)));
    expect(value->a == 1 && value->inner->a == 2 && value->inner->b == 3);
    expect(value->bytes.length == 2 && !memcmp(value->bytes.bytes, "ab", 2));
    finish(&f);
}

/* --- Reading: the simple types --- */

/* Reads from the content of an element, by value where the type can be, and by pointer; *value: what it is. */
static void expect_content(struct typed *f, WS_TYPE type, const void *description, const char *text, HRESULT hr,
                           void *value, size_t size)
{
    static char document[200];
    void *pointer = NULL;

    snprintf(document, sizeof(document), "<r>%s</r>", text);
    if (type != WS_WSZ_TYPE)
    {
        set_text_string(f->reader, document);
        next_node(f->reader, WS_XML_NODE_TYPE_ELEMENT);
        ok(WsReadStartElement(f->reader, NULL));
        memset(value, UNTOUCHED, size);
        expect_case(f, hr,
                    read_as(f, WS_ELEMENT_CONTENT_TYPE_MAPPING, type, description, WS_READ_REQUIRED_VALUE, value, size),
                    text);
        if (hr != S_OK)
            expect(is_untouched(value, size));
        else
            expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(f->reader));
    }
    set_text_string(f->reader, document);
    next_node(f->reader, WS_XML_NODE_TYPE_ELEMENT);
    ok(WsReadStartElement(f->reader, NULL));
    expect_case(f, hr,
                read_as(f, WS_ELEMENT_CONTENT_TYPE_MAPPING, type, description, WS_READ_REQUIRED_POINTER, &pointer,
                        sizeof(pointer)),
                text);
    if (hr != S_OK)
        expect(!pointer);
    else if (type == WS_WSZ_TYPE)
        memcpy(value, &pointer, sizeof(pointer));
}

TEST(what_is_empty)
{
    static const WS_TYPE refused[] = {WS_BOOL_TYPE,     WS_INT8_TYPE,  WS_INT16_TYPE,    WS_INT32_TYPE,
                                      WS_INT64_TYPE,    WS_UINT8_TYPE, WS_UINT16_TYPE,   WS_UINT32_TYPE,
                                      WS_UINT64_TYPE,   WS_FLOAT_TYPE, WS_DOUBLE_TYPE,   WS_ENUM_TYPE,
                                      WS_DATETIME_TYPE, WS_GUID_TYPE,  WS_UNIQUE_ID_TYPE};
    const struct simple_type *t;
    BYTE value[64];
    struct typed f;
    unsigned i;

    begin(&f);
    for_each_simple_type(t) for (i = 0; i < COUNT(refused); i++) if (t->type == refused[i])
        expect_content(&f, t->type, t->description, "", WS_E_INVALID_FORMAT, value, t->size);
    expect_content(&f, WS_STRING_TYPE, NULL, "", S_OK, value, sizeof(WS_STRING));
    expect(!((WS_STRING *)value)->length && ((WS_STRING *)value)->chars);
    expect_content(&f, WS_XML_STRING_TYPE, NULL, "", S_OK, value, sizeof(WS_XML_STRING));
    expect(!((WS_XML_STRING *)value)->length && ((WS_XML_STRING *)value)->bytes);
    expect_content(&f, WS_BYTES_TYPE, NULL, "", S_OK, value, sizeof(WS_BYTES));
    expect(!((WS_BYTES *)value)->length && ((WS_BYTES *)value)->bytes);
    expect_content(&f, WS_WSZ_TYPE, NULL, "", S_OK, value, sizeof(WCHAR *));
    expect(*(WCHAR **)value && !**(WCHAR **)value);
    finish(&f);
}

TEST(an_empty_qualified_name)
{
    WS_XML_QNAME qname;
    struct typed f;

    begin(&f);
    set_text_string(f.reader, "<r></r>");
    expect_hr(WS_E_INVALID_FORMAT, read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_XML_QNAME_TYPE, NULL, WS_READ_REQUIRED_VALUE,
                                           &qname, sizeof(qname)));
    set_text_string(f.reader, "<r>n</r>");
    ok(read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_XML_QNAME_TYPE, NULL, WS_READ_REQUIRED_VALUE, &qname, sizeof(qname)));
    expect(string_is(&qname.localName, "n") && !qname.ns.length && qname.ns.bytes);
    set_text_string(f.reader, "<q:r xmlns:q='u'> q:n </q:r>");
    ok(read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_XML_QNAME_TYPE, NULL, WS_READ_REQUIRED_VALUE, &qname, sizeof(qname)));
    expect(string_is(&qname.localName, "n") && string_is(&qname.ns, "u"));
    finish(&f);
}

TEST(white_space_around)
{
    static const WS_TYPE dropped[] = {WS_UINT8_TYPE, WS_GUID_TYPE,   WS_DATETIME_TYPE,
                                      WS_FLOAT_TYPE, WS_DOUBLE_TYPE, WS_BYTES_TYPE};
    const struct simple_type *t;
    BYTE value[64];
    char text[100];
    struct typed f;
    unsigned i;

    begin(&f);
    for_each_simple_type(t) for (i = 0; i < COUNT(dropped); i++) if (t->type == dropped[i])
    {
        snprintf(text, sizeof(text), " \n\t%s ", t->text);
        expect_content(&f, t->type, t->description, text, S_OK, value, t->size);
        expect(is_value(t, value));
    }
    expect_content(&f, WS_STRING_TYPE, NULL, " x ", S_OK, value, sizeof(WS_STRING));
    expect(wide_is((WS_STRING *)value, " x "));
    expect_content(&f, WS_XML_STRING_TYPE, NULL, " x ", S_OK, value, sizeof(WS_XML_STRING));
    expect(string_is((WS_XML_STRING *)value, " x "));
    expect_content(&f, WS_UNIQUE_ID_TYPE, NULL, " x ", S_OK, value, sizeof(WS_UNIQUE_ID));
    expect(wide_is(&((WS_UNIQUE_ID *)value)->uri, " x "));
    finish(&f);
}

/* The others, of which it has not been observed: our choice. */
TEST(white_space_around_other_types)
{
    const struct simple_type *t;
    BYTE value[64];
    char text[100];
    struct typed f;

    begin(&f);
    for_each_simple_type(t)
    {
        if (is_array(t) || is_pointer(t) || t->type == WS_STRING_TYPE || t->type == WS_XML_STRING_TYPE ||
            t->type == WS_UNIQUE_ID_TYPE)
            continue;
        snprintf(text, sizeof(text), "\r\n%s<!---->\t", t->text);
        expect_content(&f, t->type, t->description, text, S_OK, value, t->size);
        expect(is_value(t, value));
    }
    expect_content(&f, WS_WSZ_TYPE, NULL, " x ", S_OK, value, sizeof(WCHAR *));
    expect((*(WCHAR **)value)[0] == ' ' && (*(WCHAR **)value)[2] == ' ' && !(*(WCHAR **)value)[3]);
    finish(&f);
}

TEST(texts_of_booleans_guids_enumerations_and_bytes)
{
    static const struct
    {
        WS_TYPE type;
        const char *text;
        HRESULT hr;
        int value;
    } cases[] = {
        {WS_BOOL_TYPE, "true", S_OK, 1},
        {WS_BOOL_TYPE, "1", S_OK, 1},
        {WS_BOOL_TYPE, "false", S_OK, 0},
        {WS_BOOL_TYPE, "0", S_OK, 0},
        {WS_BOOL_TYPE, "TRUE", WS_E_INVALID_FORMAT, 0},
        {WS_BOOL_TYPE, "3", WS_E_INVALID_FORMAT, 0},
        {WS_GUID_TYPE, "0A0B0c0d-0506-0708-090a-0b0C0D0e0f10", S_OK, 0x0a0b0c0d},
        {WS_GUID_TYPE, "{01020304-0506-0708-090a-0b0c0d0e0f10}", WS_E_INVALID_FORMAT, 0},
        {WS_ENUM_TYPE, "one", S_OK, 1},
        {WS_ENUM_TYPE, "least", S_OK, -2147483647 - 1},
        {WS_ENUM_TYPE, "two", WS_E_INVALID_FORMAT, 0},
        {WS_ENUM_TYPE, "One", WS_E_INVALID_FORMAT, 0},
        {WS_BYTES_TYPE, "YWJj", S_OK, 3},
        {WS_BYTES_TYPE, "YWJ===", WS_E_INVALID_FORMAT, 0},
        {WS_BYTES_TYPE, "Y===", WS_E_INVALID_FORMAT, 0},
    };
    const struct simple_type *t;
    BYTE value[64];
    struct typed f;
    unsigned i;
    int first;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
        for_each_simple_type(t) if (t->type == cases[i].type)
        {
            expect_content(&f, t->type, t->description, cases[i].text, cases[i].hr, value, t->size);
            memcpy(&first, value, sizeof(first));
            if (cases[i].hr == S_OK && first != cases[i].value)
                test_fail(__FILE__, __LINE__, "%s: %d", cases[i].text, first);
        }
    finish(&f);
}

TEST(characters_become_utf16)
{
    WS_STRING string;
    WS_XML_STRING xml;
    WCHAR *wsz;
    struct typed f;

    begin(&f);
    expect_content(&f, WS_STRING_TYPE, NULL, "\xe2\x82\xac", S_OK, &string, sizeof(string));
    expect(string.length == 1 && string.chars[0] == 0x20ac);
    expect_content(&f, WS_WSZ_TYPE, NULL, "\xe2\x82\xac", S_OK, &wsz, sizeof(wsz));
    expect(wsz[0] == 0x20ac && !wsz[1]);
    expect_content(&f, WS_XML_STRING_TYPE, NULL, "\xe2\x82\xac", S_OK, &xml, sizeof(xml));
    expect(string_is(&xml, "\xe2\x82\xac"));
    finish(&f);
}

TEST(unique_identifiers)
{
    WS_UNIQUE_ID id;
    struct typed f;

    begin(&f);
    expect_content(&f, WS_UNIQUE_ID_TYPE, NULL, "urn:uuid:01020304-0506-0708-090a-0b0c0d0e0f10", S_OK, &id, sizeof(id));
    expect(!id.uri.length && !id.uri.chars && !memcmp(&id.guid, &guid_value, sizeof(GUID)));
    expect_content(&f, WS_UNIQUE_ID_TYPE, NULL, "urn:x", S_OK, &id, sizeof(id));
    expect(wide_is(&id.uri, "urn:x") && is_zero(&id.guid, sizeof(id.guid)));
    finish(&f);
}

/* The end is not consumed: what follows in the content is empty. */
TEST(content_is_read_to_the_end_element)
{
    WS_STRING string;
    struct typed f;

    begin(&f);
    set_text_string(f.reader, "<r>x</r>");
    next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
    ok(WsReadStartElement(f.reader, NULL));
    ok(read_as(&f, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRING_TYPE, NULL, WS_READ_REQUIRED_VALUE, &string,
               sizeof(string)));
    expect(wide_is(&string, "x"));
    ok(read_as(&f, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRING_TYPE, NULL, WS_READ_REQUIRED_VALUE, &string,
               sizeof(string)));
    expect(!string.length);
    ok(WsReadEndElement(f.reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(f.reader));
    expect_hr(WS_E_INVALID_FORMAT, WsReadEndElement(f.reader, NULL));
    finish(&f);
}

TEST(a_fault)
{
    static const char document[] = "<s:Fault xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><faultcode>s:Client"
                                   "</faultcode><faultstring>why</faultstring><faultactor>urn:a</faultactor>"
                                   "<detail><x>1</x></detail></s:Fault>";
    WS_FAULT_DESCRIPTION description = {WS_ENVELOPE_VERSION_SOAP_1_1};
    void *bytes = NULL;
    ULONG length = 0;
    WS_FAULT fault;
    struct typed f;

    begin(&f);
    set_text_string(f.reader, document);
    ok(read_as(&f, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, &description, WS_READ_REQUIRED_VALUE, &fault,
               sizeof(fault)));
    expect(string_is(&fault.code->value.localName, "Client") && !fault.code->subCode);
    expect(fault.reasonCount == 1 && wide_is(&fault.reasons[0].text, "why"));
    expect(wide_is(&fault.actor, "urn:a") && !fault.node.length);
    ok(WsWriteXmlBufferToBytes(f.writer, fault.detail, NULL, NULL, 0, f.heap, &bytes, &length, NULL));
    expect(length == 25 && !memcmp(bytes, "<detail><x>1</x></detail>", length));
    finish(&f);
}

/* --- Writing --- */

static HRESULT write_as(struct typed *f, WS_TYPE type, const void *description, WS_WRITE_OPTION option,
                        const void *value, size_t size)
{
    return WsWriteType(f->writer, WS_ELEMENT_TYPE_MAPPING, type, description, option, value, (ULONG)size, f->error);
}

TEST(a_start_tag_ends_when_there_are_characters)
{
    const WCHAR ab[] = {'a', 'b', 0}, *wsz = ab;
    struct typed f;

    begin(&f);
    expect_hr(WS_E_INVALID_FORMAT, write_as(&f, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz)));
    set_output(f.writer, NULL, 0);
    ok(WsWriteStartElement(f.writer, X("x"), X("r"), X("u1"), NULL));
    ok(write_as(&f, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz)));
    expect_output(f.writer, "<x:r xmlns:x=\"u1\">ab");
    set_output(f.writer, NULL, 0);
    start(f.writer, "r");
    ok(WsWriteStartAttribute(f.writer, NULL, X("b"), X(""), FALSE, NULL));
    ok(WsWriteType(f.writer, WS_ATTRIBUTE_TYPE_MAPPING, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz),
                   f.error));
    expect_output(f.writer, "");
    ok(WsWriteEndAttribute(f.writer, NULL));
    end(f.writer);
    expect_output(f.writer, "<r b=\"ab\"/>");
    finish(&f);
}

TEST(refused_calls_leave_the_start_tag_open)
{
    const WCHAR ab[] = {'a', 'b', 0}, *wsz = ab, *none = NULL;
    const int below = -5, above = 8;
    BYTE value[8] = {0};
    void *pointer = value;
    struct typed f;

    begin(&f);
    start(f.writer, "r");
    expect_hr(E_INVALIDARG, write_as(&f, WS_WSZ_TYPE, NULL, (WS_WRITE_OPTION)0, &wsz, sizeof(wsz)));
    expect_hr(E_INVALIDARG, write_as(&f, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, &wsz, sizeof(wsz)));
    expect_hr(E_INVALIDARG, write_as(&f, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_POINTER, &none, sizeof(none)));
    expect_hr(E_INVALIDARG, write_as(&f, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_POINTER, NULL, 0));
    expect_hr(E_INVALIDARG, write_as(&f, WS_ENUM_TYPE, &enum_description, WS_WRITE_REQUIRED_VALUE, &below, 4));
    expect_hr(E_INVALIDARG, write_as(&f, WS_ENUM_TYPE, &enum_description, WS_WRITE_REQUIRED_VALUE, &above, 4));
    expect_hr(E_INVALIDARG, write_as(&f, WS_STRUCT_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, value, sizeof(value)));
    expect_hr(E_INVALIDARG, write_as(&f, WS_STRUCT_TYPE, NULL, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer)));
    ok(write_as(&f, WS_WSZ_TYPE, NULL, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz)));
    end(f.writer);
    expect_output(f.writer, "<r>ab</r>");
    finish(&f);
}

TEST(writing_an_element)
{
    const WCHAR ab[] = {'a', 'b', 0}, *wsz = ab;
    WS_ELEMENT_DESCRIPTION description = {X("r"), &no_ns, WS_WSZ_TYPE, NULL};
    struct typed f;

    begin(&f);
    expect_hr(E_INVALIDARG, WsWriteElement(NULL, &description, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsWriteElement(f.writer, NULL, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsWriteElement(f.writer, &description, WS_WRITE_REQUIRED_POINTER, NULL, 0, NULL));
    ok(WsWriteElement(f.writer, &description, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), NULL));
    expect_output(f.writer, "<r>ab</r>");
    set_output(f.writer, NULL, 0);
    start(f.writer, "r");
    ok(WsWriteElement(f.writer, &description, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), NULL));
    expect_output(f.writer, "<r><r>ab</r>");
    finish(&f);
}

TEST(writing_an_attribute)
{
    const WCHAR ab[] = {'a', 'b', 0}, *wsz = ab;
    WS_ATTRIBUTE_DESCRIPTION description = {X("b"), &no_ns, WS_WSZ_TYPE, NULL};
    struct typed f;

    begin(&f);
    expect_hr(E_INVALIDARG, WsWriteAttribute(NULL, &description, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsWriteAttribute(f.writer, NULL, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsWriteAttribute(f.writer, &description, WS_WRITE_REQUIRED_POINTER, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION,
              WsWriteAttribute(f.writer, &description, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), NULL));
    start(f.writer, "r");
    ok(WsWriteAttribute(f.writer, &description, WS_WRITE_REQUIRED_POINTER, &wsz, sizeof(wsz), NULL));
    end(f.writer);
    expect_output(f.writer, "<r b=\"ab\"/>");
    finish(&f);
}

/* A structure is written as an attribute if it is a text; attributes in it need names. */
TEST(writing_a_structure_as_an_attribute)
{
    const WCHAR ab[] = {'a', 'b', 0}, *value = ab;
    WS_FIELD_DESCRIPTION field = {.mapping = WS_TEXT_FIELD_MAPPING, .type = WS_WSZ_TYPE}, *fields[] = {&field};
    WS_STRUCT_DESCRIPTION structure = {.size = sizeof(value), .alignment = 4, .fields = fields, .fieldCount = 1};
    WS_ATTRIBUTE_DESCRIPTION attribute = {X("b"), &no_ns, WS_STRUCT_TYPE, &structure};
    WS_ELEMENT_DESCRIPTION element = {X("r"), &no_ns, WS_STRUCT_TYPE, &structure};
    struct typed f;

    begin(&f);
    start(f.writer, "r");
    ok(WsWriteAttribute(f.writer, &attribute, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), f.error));
    end(f.writer);
    expect_output(f.writer, "<r b=\"ab\"/>");
    set_output(f.writer, NULL, 0);
    field.mapping = WS_ATTRIBUTE_FIELD_MAPPING;
    expect_hr(E_INVALIDARG, WsWriteElement(f.writer, &element, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    field.localName = X("b");
    field.ns = &no_ns;
    ok(WsWriteElement(f.writer, &element, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_output(f.writer, "<r b=\"ab\"/>");
    finish(&f);
}

TEST(nil_and_empty)
{
    static const WS_BYTES empty = {0, (BYTE *)""}, nil = {0, NULL};
    static const WS_XML_STRING nil_string = {0, NULL, NULL, 0};
    static const int zero = 0;
    static const void *const none = NULL;
    static const struct
    {
        WS_TYPE type;
        WS_WRITE_OPTION option;
        const void *value;
        size_t size;
        HRESULT hr;
        const char *text;
    } cases[] = {
        {WS_INT32_TYPE, WS_WRITE_REQUIRED_VALUE, &zero, 4, S_OK, "<r>0</r>"},
        {WS_INT32_TYPE, WS_WRITE_NILLABLE_VALUE, &zero, 4, E_INVALIDARG, "<r/>"},
        {WS_INT32_TYPE, WS_WRITE_REQUIRED_POINTER, &none, sizeof(none), E_INVALIDARG, "<r/>"},
        {WS_INT32_TYPE, WS_WRITE_NILLABLE_POINTER, &none, sizeof(none), S_OK, NIL},
        {WS_INT32_TYPE, WS_WRITE_NILLABLE_POINTER, NULL, 0, E_INVALIDARG, "<r/>"},
        {WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &nil_string, sizeof(nil_string), S_OK, "<r/>"},
        {WS_XML_STRING_TYPE, WS_WRITE_NILLABLE_VALUE, &nil_string, sizeof(nil_string), S_OK, NIL},
        {WS_XML_STRING_TYPE, WS_WRITE_NILLABLE_POINTER, &none, sizeof(none), S_OK, NIL},
        {WS_BYTES_TYPE, WS_WRITE_REQUIRED_VALUE, &nil, sizeof(nil), S_OK, "<r/>"},
        {WS_BYTES_TYPE, WS_WRITE_NILLABLE_VALUE, &nil, sizeof(nil), S_OK, NIL},
        {WS_BYTES_TYPE, WS_WRITE_REQUIRED_VALUE, &empty, sizeof(empty), S_OK, "<r/>"},
        {WS_WSZ_TYPE, WS_WRITE_REQUIRED_POINTER, &none, sizeof(none), E_INVALIDARG, "<r/>"},
        {WS_WSZ_TYPE, WS_WRITE_NILLABLE_POINTER, &none, sizeof(none), S_OK, NIL},
    };
    struct typed f;
    unsigned i;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
    {
        set_output(f.writer, NULL, 0);
        start(f.writer, "r");
        expect_case(&f, cases[i].hr, write_as(&f, cases[i].type, NULL, cases[i].option, cases[i].value, cases[i].size),
                    cases[i].text);
        end(f.writer);
        expect_output(f.writer, cases[i].text);
    }
    finish(&f);
}

TEST(texts_of_values)
{
    static const CHAR least8 = -128;
    static const BYTE one_byte = 0xff;
    static const WS_BYTES bytes = {1, (BYTE *)&one_byte};
    static const GUID no_guid = {0, 0, 0, {0}};
    static const WS_UNIQUE_ID no_id = {{0, NULL}, {0, 0, 0, {0}}};
    static const INT64 least64 = INT64_MIN;
    static const WS_DATETIME last = {0x2bca2875f4373fff, WS_DATETIME_FORMAT_UTC};
    static const WS_DATETIME ticks = {20, WS_DATETIME_FORMAT_NONE};
    static const struct
    {
        WS_TYPE type;
        const void *value;
        size_t size;
        const char *text;
    } cases[] = {
        {WS_INT8_TYPE, &least8, 1, "-128"},
        {WS_INT64_TYPE, &least64, 8, "-9223372036854775808"},
        {WS_UINT64_TYPE, &uint64_value, 8, "18446744073709551615"},
        {WS_GUID_TYPE, &no_guid, sizeof(GUID), "00000000-0000-0000-0000-000000000000"},
        {WS_UNIQUE_ID_TYPE, &no_id, sizeof(no_id), "urn:uuid:00000000-0000-0000-0000-000000000000"},
        {WS_UNIQUE_ID_TYPE, &id_value, sizeof(id_value), "u:\xc3\xa9&lt;"},
        {WS_BYTES_TYPE, &bytes, sizeof(bytes), "/w=="},
        {WS_DATETIME_TYPE, &last, sizeof(last), "9999-12-31T23:59:59.9999999Z"},
        {WS_DATETIME_TYPE, &ticks, sizeof(ticks), "0001-01-01T00:00:00.000002"},
    };
    struct typed f;
    unsigned i;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
    {
        char wanted[100];

        set_output(f.writer, NULL, 0);
        start(f.writer, "r");
        ok(write_as(&f, cases[i].type, NULL, WS_WRITE_REQUIRED_VALUE, cases[i].value, cases[i].size));
        end(f.writer);
        snprintf(wanted, sizeof(wanted), "<r>%s</r>", cases[i].text);
        expect_written(&f, wanted, cases[i].text);
    }
    finish(&f);
}
