/* SPDX-License-Identifier: MIT */
/*
 * Values that are a text, by themselves: WsReadType, WsReadElement, WsReadAttribute, WsWriteType, WsWriteElement,
 * WsWriteAttribute; what their descriptions allow.
 *
 * Source: the pages of WS_TYPE, WS_READ_OPTION, WS_WRITE_OPTION, of the functions, and of each description.
 */
#include "support/simple-types.h"

#define NIL "<r a:nil=\"true\" xmlns:a=\"" XSI "\"/>"

static WS_XML_STRING name_r = STRING("r"), name_a = STRING("a"), no_ns = STRING("");

/* --- Every type with every mapping and option --- */

/* One case, for messages. */
static const char *show(const struct simple_type *t, int mapping, int option)
{
    static char text[100];

    snprintf(text, sizeof(text), "%s, mapping %d, option %d", t->name, mapping, option);
    return text;
}

/* Of WS_TYPE_MAPPING; those that there are not, too, and one that is another but for its high bits. */
static const int mappings[] = {-1, 0, 1, 2, 3, 4, 5, 33, 34};

static bool can_be_mapped(const struct simple_type *t, int mapping)
{
    return !is_array(t) && (mapping == WS_ELEMENT_TYPE_MAPPING || mapping == WS_ATTRIBUTE_TYPE_MAPPING ||
                            mapping == WS_ELEMENT_CONTENT_TYPE_MAPPING);
}

/* Puts the reader where a value of that mapping is. */
static void go_to(struct typed *f, const struct simple_type *t, int mapping)
{
    static char text[200]; /* which is read later */

    snprintf(text, sizeof(text), mapping == WS_ATTRIBUTE_TYPE_MAPPING ? "<r a='%s'/>" : "<r>%s</r>", t->text);
    set_text_string(f->reader, text);
    if (mapping == WS_ATTRIBUTE_TYPE_MAPPING || mapping == WS_ELEMENT_CONTENT_TYPE_MAPPING)
        next_node(f->reader, WS_XML_NODE_TYPE_ELEMENT);
    if (mapping == WS_ATTRIBUTE_TYPE_MAPPING)
        ok(WsReadStartAttribute(f->reader, 0, NULL));
    if (mapping == WS_ELEMENT_CONTENT_TYPE_MAPPING)
        ok(WsReadStartElement(f->reader, NULL));
}

/* The reader is after that value. */
static void expect_read(struct typed *f, int mapping)
{
    if (mapping == WS_ATTRIBUTE_TYPE_MAPPING)
        ok(WsReadEndAttribute(f->reader, NULL));
    expect_size(mapping == WS_ATTRIBUTE_TYPE_MAPPING         ? WS_XML_NODE_TYPE_ELEMENT
                : mapping == WS_ELEMENT_CONTENT_TYPE_MAPPING ? WS_XML_NODE_TYPE_END_ELEMENT
                                                             : WS_XML_NODE_TYPE_EOF,
                current_type(f->reader));
}

static HRESULT read_type(struct typed *f, const struct simple_type *t, int mapping, int option, void *value,
                         size_t size)
{
    return WsReadType(f->reader, (WS_TYPE_MAPPING)mapping, t->type, t->description, (WS_READ_OPTION)option, f->heap,
                      value, (ULONG)size, f->error);
}

/* What was read with an option: the value, or a pointer to it, unless it is one itself. */
static const void *value_read(const struct simple_type *t, int option, const void *value)
{
    return option == WS_READ_REQUIRED_VALUE || option == WS_READ_NILLABLE_VALUE || is_pointer(t)
               ? value
               : *(void *const *)value;
}

TEST(each_type_is_read_with_the_mappings_and_options_of_its_page_only)
{
    const struct simple_type *t;
    struct typed f;
    unsigned i;
    int option;

    begin(&f);
    for_each_simple_type(t) for (i = 0; i < COUNT(mappings); i++) for (option = -1; option <= 6; option++)
    {
        int mapping = mappings[i];
        bool by_pointer = option == WS_READ_REQUIRED_POINTER;
        bool allowed =
            can_be_mapped(t, mapping) && (by_pointer || (option == WS_READ_REQUIRED_VALUE && !is_pointer(t)));
        const char *what = show(t, mapping, option);
        size_t size = by_pointer ? sizeof(void *) : t->size, taken;
        WS_XML_NODE_TYPE before;
        BYTE value[64 + 8];

        ok(WsResetHeap(f.heap, NULL));
        taken = requested(f.heap);
        go_to(&f, t, mapping);
        before = current_type(f.reader);
        memset(value, UNTOUCHED, sizeof(value));
        expect_case(&f, allowed ? S_OK : E_INVALIDARG, read_type(&f, t, mapping, option, value, size), what);
        if (!allowed)
        {
            if (!is_untouched(value, sizeof(value)) || requested(f.heap) != taken || current_type(f.reader) != before)
                test_fail(__FILE__, __LINE__, "%s has changed something", what);
            if (is_array(t) || !can_be_mapped(t, mapping) || mapping == WS_ATTRIBUTE_TYPE_MAPPING)
                continue;
            expect_case(&f, S_OK, read_type(&f, t, mapping, WS_READ_REQUIRED_POINTER, value, sizeof(void *)), what);
            option = option == WS_READ_REQUIRED_VALUE ? WS_READ_REQUIRED_VALUE : option;
            expect_read(&f, mapping);
            continue;
        }
        expect(is_value(t, value_read(t, option, value)) && is_untouched(value + size, 8));
        expect_read(&f, mapping);
        /* Another size: nothing is read. */
        go_to(&f, t, mapping);
        memset(value, UNTOUCHED, sizeof(value));
        expect_case(&f, E_INVALIDARG, read_type(&f, t, mapping, option, value, size - 1), what);
        expect_case(&f, E_INVALIDARG, read_type(&f, t, mapping, option, value, size + 1), what);
        expect_case(&f, E_INVALIDARG, read_type(&f, t, mapping, option, value, 0), what);
        expect_case(&f, E_INVALIDARG, read_type(&f, t, mapping, option, NULL, size), what);
        expect(is_untouched(value, sizeof(value)));
        ok(read_type(&f, t, mapping, option, value, size));
        expect_read(&f, mapping);
    }
    finish(&f);
}

/* The element is missing or nil: what each option makes of that. That the options for nil can be used with
 * WsReadElement is our choice: the page of WS_READ_OPTION has it both ways. */
TEST(elements_are_read_with_every_option)
{
    static const char missing[] = "<r><m/></r>", nil[] = "<r><n i:nil='true' xmlns:i='" XSI "'/></r>";
    const struct simple_type *t;
    struct typed f;
    int option;

    begin(&f);
    for_each_simple_type(t) for (option = -1; option <= 6; option++)
    {
        WS_ELEMENT_DESCRIPTION description = {X("n"), X(""), t->type, (void *)t->description};
        bool by_value = option == WS_READ_REQUIRED_VALUE || option == WS_READ_NILLABLE_VALUE;
        bool optional = option >= WS_READ_OPTIONAL_POINTER, nillable = option >= WS_READ_NILLABLE_POINTER;
        bool allowed = !is_array(t) && option >= 1 && option <= 5 && !(by_value && is_pointer(t)) &&
                       !(option == WS_READ_NILLABLE_VALUE && !has_nil(t));
        const char *what = show(t, 0, option);
        size_t size = by_value ? t->size : sizeof(void *);
        char text[200];
        BYTE value[64];
#define READ() WsReadElement(f.reader, &description, (WS_READ_OPTION)option, f.heap, value, (ULONG)size, f.error)

        ok(WsResetHeap(f.heap, NULL));
        snprintf(text, sizeof(text), "<r><!--c--> <n>%s</n></r>", t->text);
        set_text_string(f.reader, text);
        next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
        ok(WsReadStartElement(f.reader, NULL));
        memset(value, UNTOUCHED, sizeof(value));
        expect_case(&f, allowed ? S_OK : E_INVALIDARG, READ(), what);
        if (!allowed)
        {
            expect(is_untouched(value, sizeof(value)));
            expect_size(WS_XML_NODE_TYPE_COMMENT, current_type(f.reader));
            continue;
        }
        expect(is_value(t, value_read(t, option, value)));
        ok(WsReadEndElement(f.reader, NULL));

        set_text_string(f.reader, missing);
        next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
        ok(WsReadStartElement(f.reader, NULL));
        memset(value, UNTOUCHED, sizeof(value));
        expect_case(&f, optional ? S_OK : WS_E_INVALID_FORMAT, READ(), what);
        expect(optional ? is_zero(value, size) : is_untouched(value, size));
        if (optional)
            expect(string_is(((const WS_XML_ELEMENT_NODE *)current_node(f.reader))->localName, "m"));

        set_text_string(f.reader, nil);
        next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
        ok(WsReadStartElement(f.reader, NULL));
        memset(value, UNTOUCHED, sizeof(value));
        expect_case(&f, nillable ? S_OK : WS_E_INVALID_FORMAT, READ(), what);
        expect(nillable ? is_zero(value, size) : is_untouched(value, size));
        if (nillable)
            ok(WsReadEndElement(f.reader, NULL));
#undef READ
    }
    finish(&f);
}

TEST(attributes_are_read_with_every_option)
{
    const struct simple_type *t;
    struct typed f;
    int option;

    begin(&f);
    for_each_simple_type(t) for (option = -1; option <= 6; option++)
    {
        WS_ATTRIBUTE_DESCRIPTION description = {X("a"), X(""), t->type, (void *)t->description};
        bool by_value = option == WS_READ_REQUIRED_VALUE, optional = option == WS_READ_OPTIONAL_POINTER;
        bool allowed = !is_array(t) && option >= 1 && option <= 3 && !(by_value && is_pointer(t));
        const char *what = show(t, 0, option);
        size_t size = by_value || option == WS_READ_NILLABLE_VALUE ? t->size : sizeof(void *);
        char text[200];
        BYTE value[64];
#define READ() WsReadAttribute(f.reader, &description, (WS_READ_OPTION)option, f.heap, value, (ULONG)size, f.error)

        ok(WsResetHeap(f.heap, NULL));
        snprintf(text, sizeof(text), "<r b='?' a='%s' c='?'/>", t->text);
        set_text_string(f.reader, text);
        next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
        memset(value, UNTOUCHED, sizeof(value));
        expect_case(&f, allowed ? S_OK : E_INVALIDARG, READ(), what);
        expect_size(WS_XML_NODE_TYPE_ELEMENT, current_type(f.reader));
        if (!allowed)
        {
            expect(is_untouched(value, sizeof(value)));
            continue;
        }
        expect(is_value(t, value_read(t, option, value)));
        ok(WsReadStartAttribute(f.reader, 0, NULL)); /* it is at the element again */

        set_text_string(f.reader, "<r b='?'/>");
        next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
        memset(value, UNTOUCHED, sizeof(value));
        expect_case(&f, optional ? S_OK : WS_E_INVALID_FORMAT, READ(), what);
        expect(optional ? is_zero(value, size) : is_untouched(value, size));
#undef READ
    }
    finish(&f);
}

/* What a writing function is passed with an option: a value that is there, or one that is nil. */
static const void *to_pass(const struct simple_type *t, int option, bool nil, const void **pointer, size_t *size)
{
    static const BYTE zeros[64];

    if (option != WS_WRITE_REQUIRED_POINTER && option != WS_WRITE_NILLABLE_POINTER)
    {
        *size = t->size;
        return nil ? zeros : t->value;
    }
    *size = sizeof(void *);
    *pointer = nil ? NULL : is_pointer(t) ? *(void *const *)t->value : t->value;
    return pointer;
}

static bool can_be_written(const struct simple_type *t, int option)
{
    switch (option)
    {
    case WS_WRITE_REQUIRED_VALUE: return !is_array(t) && !is_pointer(t);
    case WS_WRITE_NILLABLE_VALUE: return has_nil(t);
    case WS_WRITE_REQUIRED_POINTER:
    case WS_WRITE_NILLABLE_POINTER: return !is_array(t);
    default: return false;
    }
}

/* What is nil can be written as an element only: our choice for WS_ELEMENT_CONTENT_TYPE_MAPPING. */
TEST(each_type_is_written_with_the_mappings_and_options_of_its_page_only)
{
    const struct simple_type *t;
    struct typed f;
    unsigned i, nil;
    int option;

    begin(&f);
    for_each_simple_type(t) for (i = 0; i < COUNT(mappings); i++) for (option = -1; option <= 5;
                                                                       option++) for (nil = 0; nil < 2; nil++)
    {
        int mapping = mappings[i];
        bool in_attribute = mapping == WS_ATTRIBUTE_TYPE_MAPPING;
        bool by_pointer = option == WS_WRITE_REQUIRED_POINTER || option == WS_WRITE_NILLABLE_POINTER;
        bool nillable = option == WS_WRITE_NILLABLE_VALUE || option == WS_WRITE_NILLABLE_POINTER;
        bool allowed = can_be_mapped(t, mapping) && can_be_written(t, option);
        const char *what = show(t, mapping, option);
        const void *pointer, *value;
        char text[200];
        size_t size;
#define WRITE(value, size) \
    WsWriteType(f.writer, (WS_TYPE_MAPPING)mapping, t->type, t->description, (WS_WRITE_OPTION)option, value, \
                (ULONG)(size), f.error)

        /* Of the types without a form for nil, all zeros are a value. */
        if (nil && !by_pointer && !has_nil(t))
            continue;
        if (nil && (nillable ? mapping != WS_ELEMENT_TYPE_MAPPING : by_pointer))
            allowed = false;
        value = to_pass(t, option, nil, &pointer, &size);
        set_output(f.writer, NULL, 0);
        start(f.writer, "r");
        if (in_attribute)
            ok(WsWriteStartAttribute(f.writer, NULL, X("a"), X(""), FALSE, NULL));
        expect_case(&f, E_INVALIDARG, WRITE(NULL, 0), what);
        expect_case(&f, E_INVALIDARG, WRITE(value, 0), what);
        expect_case(&f, E_INVALIDARG, WRITE(value, size + 1), what);
        expect_case(&f, allowed ? S_OK : E_INVALIDARG, WRITE(value, size), what);
        if (in_attribute)
            ok(WsWriteEndAttribute(f.writer, NULL));
        end(f.writer);
        if (!allowed || (nil && !nillable))
            strcpy(text, in_attribute ? "<r a=\"\"/>" : "<r/>");
        else if (nil)
            strcpy(text, NIL);
        else
            snprintf(text, sizeof(text), in_attribute ? "<r a=\"%s\"/>" : "<r>%s</r>", t->text);
        expect_written(&f, text, what);
#undef WRITE
    }
    finish(&f);
}

TEST(elements_and_attributes_are_written_with_every_option)
{
    const struct simple_type *t;
    struct typed f;
    unsigned nil;
    int option;

    begin(&f);
    for_each_simple_type(t) for (option = -1; option <= 5; option++) for (nil = 0; nil < 2; nil++)
    {
        WS_ELEMENT_DESCRIPTION element = {&name_r, &no_ns, t->type, (void *)t->description};
        WS_ATTRIBUTE_DESCRIPTION attribute = {&name_a, &no_ns, t->type, (void *)t->description};
        bool by_pointer = option == WS_WRITE_REQUIRED_POINTER || option == WS_WRITE_NILLABLE_POINTER;
        bool nillable = option == WS_WRITE_NILLABLE_VALUE || option == WS_WRITE_NILLABLE_POINTER;
        bool allowed = can_be_written(t, option) && !(nil && !nillable && by_pointer);
        const char *what = show(t, 0, option);
        const void *pointer, *value;
        char text[200] = "";
        size_t size;

        if (nil && !by_pointer && !has_nil(t))
            continue;
        value = to_pass(t, option, nil, &pointer, &size);
        set_output(f.writer, NULL, 0);
        expect_case(&f, allowed ? S_OK : E_INVALIDARG,
                    WsWriteElement(f.writer, &element, (WS_WRITE_OPTION)option, value, (ULONG)size, f.error), what);
        if (allowed && nil)
            strcpy(text, nillable ? NIL : "<r/>");
        else if (allowed)
            snprintf(text, sizeof(text), "<r>%s</r>", t->text);
        expect_written(&f, text, what);

        set_output(f.writer, NULL, 0);
        start(f.writer, "r");
        allowed = allowed && !(nil && nillable);
        expect_case(&f, allowed ? S_OK : E_INVALIDARG,
                    WsWriteAttribute(f.writer, &attribute, (WS_WRITE_OPTION)option, value, (ULONG)size, f.error), what);
        end(f.writer);
        snprintf(text, sizeof(text), allowed ? "<r a=\"%s\"/>" : "<r/>", nil ? "" : t->text);
        expect_written(&f, text, what);
    }
    finish(&f);
}

TEST(a_type_that_does_not_exist)
{
    static const int types[] = {-1, 35, 36, 1000000};
    struct typed f;
    unsigned i;
    int value = 7;

    begin(&f);
    for (i = 0; i < COUNT(types); i++)
    {
        set_text_string(f.reader, "<r>1</r>");
        expect_refused(f.error, E_INVALIDARG,
                       WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, (WS_TYPE)types[i], NULL, WS_READ_REQUIRED_VALUE,
                                  f.heap, &value, sizeof(value), f.error),
                       "There is no ");
        expect_refused(f.error, E_INVALIDARG,
                       WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, (WS_TYPE)types[i], NULL, WS_WRITE_REQUIRED_VALUE,
                                   &value, sizeof(value), f.error),
                       "There is no ");
        expect_size(WS_XML_NODE_TYPE_BOF, current_type(f.reader));
    }
    finish(&f);
}

/* A qualified name needs its namespace: in an attribute the start tag declares it, as in an element. */
TEST(qualified_names_in_a_namespace)
{
    WS_XML_QNAME qname = {STRING("n"), STRING("u")}, read;
    WS_ATTRIBUTE_DESCRIPTION attribute = {&name_a, &no_ns, WS_XML_QNAME_TYPE, NULL};
    WS_ELEMENT_DESCRIPTION element = {X("e"), &no_ns, WS_XML_QNAME_TYPE, NULL};
    struct typed f;

    begin(&f);
    start(f.writer, "r");
    ok(WsWriteAttribute(f.writer, &attribute, WS_WRITE_REQUIRED_VALUE, &qname, sizeof(qname), f.error));
    ok(WsWriteElement(f.writer, &element, WS_WRITE_REQUIRED_VALUE, &qname, sizeof(qname), f.error));
    end(f.writer);
    set_text(f.reader, get_bytes(f.writer).bytes, get_bytes(f.writer).length);
    next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
    ok(WsReadAttribute(f.reader, &attribute, WS_READ_REQUIRED_VALUE, f.heap, &read, sizeof(read), f.error));
    expect(string_is(&read.localName, "n") && string_is(&read.ns, "u"));
    ok(WsReadStartElement(f.reader, NULL));
    memset(&read, 0, sizeof(read));
    ok(WsReadElement(f.reader, &element, WS_READ_REQUIRED_VALUE, f.heap, &read, sizeof(read), f.error));
    expect(string_is(&read.localName, "n") && string_is(&read.ns, "u"));
    finish(&f);
}

/* --- What is in a value --- */

TEST(values_that_cannot_be_written)
{
    static const WS_STRING no_chars = {1, NULL};
    static const WS_BYTES no_bytes = {1, NULL};
    static const WS_XML_STRING no_utf8 = {1, NULL, NULL, 0}, bad_utf8 = STRING("\xff");
    static const WS_XML_QNAME no_name = {{0, NULL, NULL, 0}, STRING("u")},
                              no_ns_bytes = {STRING("a"), {1, NULL, NULL, 0}};
    static const WS_UNIQUE_ID no_uri = {{1, NULL}, {0, 0, 0, {0}}};
    static const int unknown = 2;
    static const struct simple_type cases[] = {
        {WS_STRING_TYPE, "NULL", NULL, &no_chars, sizeof(no_chars), NULL, 0, 0},
        {WS_BYTES_TYPE, "NULL", NULL, &no_bytes, sizeof(no_bytes), NULL, 0, 0},
        {WS_XML_STRING_TYPE, "NULL", NULL, &no_utf8, sizeof(no_utf8), NULL, 0, 0},
        {WS_XML_STRING_TYPE, "UTF-8", NULL, &bad_utf8, sizeof(bad_utf8), "", 0, 0},
        {WS_XML_QNAME_TYPE, "name", NULL, &no_name, sizeof(no_name), NULL, 0, 0},
        {WS_XML_QNAME_TYPE, "namespace", NULL, &no_ns_bytes, sizeof(no_ns_bytes), NULL, 0, 0},
        {WS_UNIQUE_ID_TYPE, "NULL", NULL, &no_uri, sizeof(no_uri), NULL, 0, 0},
        {WS_ENUM_TYPE, "2 is none of the 3 values", &enum_description, &unknown, sizeof(unknown), NULL, 0, 0},
    };
    struct typed f;
    unsigned i, in_attribute;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
        for (in_attribute = 0; in_attribute < 2; in_attribute++)
        {
            const struct simple_type *t = &cases[i];
            bool is_text = t->text != NULL; /* which is looked at when the attribute ends */
            HRESULT hr;

            set_output(f.writer, NULL, 0);
            start(f.writer, "r");
            if (in_attribute)
                ok(WsWriteStartAttribute(f.writer, NULL, &name_a, &no_ns, FALSE, NULL));
            ok(WsResetError(f.error));
            hr = WsWriteType(f.writer, in_attribute ? WS_ATTRIBUTE_TYPE_MAPPING : WS_ELEMENT_TYPE_MAPPING, t->type,
                             t->description, WS_WRITE_REQUIRED_VALUE, t->value, (ULONG)t->size, f.error);
            if (is_text && in_attribute && hr == S_OK)
                hr = WsWriteEndAttribute(f.writer, f.error);
            if (hr != (is_text ? WS_E_INVALID_FORMAT : E_INVALIDARG) || !says(f.error, t->name) ||
                sentence_count(f.error) != 1)
                test_fail(__FILE__, __LINE__, "%s: 0x%08x, %s", t->name, (unsigned)hr, sentence(f.error));
        }
    finish(&f);
}

/* --- Descriptions --- */

static HRESULT CALLBACK compare_days(const WS_DURATION *one, const WS_DURATION *other, int *result, WS_ERROR *error)
{
    (void)error;
    *result = one->days < other->days ? -1 : one->days > other->days;
    return one->years ? WS_E_INVALID_FORMAT : one->hours ? E_FAIL : S_OK;
}

static const WS_DURATION_DESCRIPTION days = {{.days = 1}, {.days = 9}, compare_days},
                                     default_days = {{TRUE, .days = 1}, {.hours = 25}, NULL},
                                     months = {{.months = 11}, {.years = 1, .months = 1}, NULL};
static const WS_DECIMAL_DESCRIPTION decimals = {{.scale = 1, .sign = DECIMAL_NEG, .Lo64 = 15},
                                                {.scale = 2, .Lo64 = 150}};

/* The limits belong to what they allow. A value that they do not allow is WS_E_INVALID_FORMAT. */
TEST(descriptions_limit_what_is_read)
{
    static const WS_BOOL_DESCRIPTION yes = {TRUE}, no = {FALSE};
    static const WS_INT8_DESCRIPTION int8 = {-2, 3};
    static const WS_INT16_DESCRIPTION int16 = {-200, -100};
    static const WS_INT32_DESCRIPTION int32 = {-2147483647 - 1, 70000};
    static const WS_INT64_DESCRIPTION int64 = {-5000000000, 5000000000};
    static const WS_UINT8_DESCRIPTION uint8 = {128, 254};
    static const WS_UINT16_DESCRIPTION uint16 = {1, 40000};
    static const WS_UINT32_DESCRIPTION uint32 = {3000000000u, 4000000000u};
    static const WS_UINT64_DESCRIPTION uint64 = {3, 18446744073709551614u};
    static const WS_FLOAT_DESCRIPTION single = {-1, 0.5f};
    static const WS_DOUBLE_DESCRIPTION number = {-0.5, 1e300};
    static const WS_DATETIME_DESCRIPTION date = {{0, WS_DATETIME_FORMAT_UTC}, {864000000000, WS_DATETIME_FORMAT_UTC}};
    static const WS_TIMESPAN_DESCRIPTION span = {{-10000000}, {10000000}};
    static const WS_GUID_DESCRIPTION guid = {{1, 2, 3, {4}}};
    static const WS_UNIQUE_ID_DESCRIPTION id = {5, 6};
    static const WS_STRING_DESCRIPTION string = {2, 3};
    static const WS_WSZ_DESCRIPTION wsz = {2, 3};
    static const WS_BYTES_DESCRIPTION bytes = {2, 3};
    static const WS_XML_STRING_DESCRIPTION xml_string = {2, 3};
    static const WS_XML_QNAME_DESCRIPTION qname = {1, 2, 0, 4};
    static const WS_STRING_DESCRIPTION none = {3, 2};
    static const struct
    {
        WS_TYPE type;
        const void *description;
        size_t size;
        const char *good[2], *bad[2], *sentence; /* about the last one */
    } cases[] = {
        {WS_BOOL_TYPE, &yes, sizeof(BOOL), {"true", "1"}, {"0", "false"}, "is false; its description allows only true"},
        {WS_BOOL_TYPE, &no, sizeof(BOOL), {"false", "0"}, {"1", "true"}, "is true; its description allows only false"},
        {WS_INT8_TYPE, &int8, 1, {"-2", "3"}, {"-3", "4"}, "The value is 4; its description allows -2 to 3."},
        {WS_INT16_TYPE, &int16, 2, {"-200", "-100"}, {"-201", "-99"}, "is -99; its description allows -200 to -100"},
        {WS_INT32_TYPE, &int32, 4, {"-2147483648", "70000"}, {"70001", "2147483647"}, "allows -2147483648 to 70000"},
        {WS_INT64_TYPE, &int64, 8, {"-5000000000", "5000000000"}, {"-5000000001", "5000000001"}, "is 5000000001; "},
        {WS_UINT8_TYPE,
         &uint8,
         1,
         {"128", "254"},
         {"255", "127"},
         "The value is 127; its description allows 128 to 254"},
        {WS_UINT16_TYPE, &uint16, 2, {"1", "40000"}, {"0", "40001"}, "is 40001; its description allows 1 to 40000"},
        {WS_UINT32_TYPE,
         &uint32,
         4,
         {"3000000000", "4000000000"},
         {"1", "4000000001"},
         "allows 3000000000 to 4000000000"},
        {WS_UINT64_TYPE, &uint64, 8, {"3", "18446744073709551614"}, {"2", "18446744073709551615"}, "allows 3 to "},
        {WS_FLOAT_TYPE, &single, 4, {"-1", "0.5"}, {"-1.0001", "NaN"}, "is NaN; its description allows -1 to 0.5"},
        {WS_DOUBLE_TYPE,
         &number,
         8,
         {"-0.5", "1e300"},
         {"INF", "-0.51"},
         "is -0.51; its description allows -0.5 to 1E+300"},
        {WS_DECIMAL_TYPE,
         &decimals,
         sizeof(DECIMAL),
         {"-1.5", "1.50"},
         {"-1.51", "1.5000000000000000000000000001"},
         "is 1.5000000000000000000000000001; its description allows -1.5 to 1.50"},
        {WS_DATETIME_TYPE,
         &date,
         sizeof(WS_DATETIME),
         {"0001-01-01T00:00:00Z", "0001-01-02T02:00:00+02:00"},
         {"0001-01-03T00:00:00Z", "0001-01-02T00:00:01Z"},
         "allows 0001-01-01T00:00:00Z to 0001-01-02T00:00:00Z"},
        {WS_TIMESPAN_TYPE,
         &span,
         8,
         {"-00:00:01", "00:00:01"},
         {"-00:00:01.1", "1.00:00:00"},
         "The value is 1.00:00:00; its description allows -00:00:01 to 00:00:01."},
        {WS_DURATION_TYPE,
         &days,
         sizeof(WS_DURATION),
         {"P1D", "P9DT1M"},
         {"P10D", "PT5M"},
         "The value is PT5M; its description allows P1D to P9D."},
        {WS_DURATION_TYPE,
         &default_days,
         sizeof(WS_DURATION),
         {"-P1D", "P1DT59M59.9S"},
         {"-PT24H0.001S", "P1DT1H0.5S"},
         "The value is P1DT1H0.5S; its description allows -P1D to PT25H."},
        {WS_DURATION_TYPE,
         &months,
         sizeof(WS_DURATION),
         {"P11M", "P13M"},
         {"P10M", "P1Y2M"},
         "The value is P1Y2M; its description allows P11M to P1Y1M."},
        {WS_GUID_TYPE,
         &guid,
         sizeof(GUID),
         {"00000001-0002-0003-0400-000000000000", "00000001-0002-0003-0400-000000000000"},
         {"10000001-0002-0003-0400-000000000000", "00000001-0002-0003-0400-000000000001"},
         "allows only 00000001-0002-0003-0400-000000000000"},
        {WS_UNIQUE_ID_TYPE,
         &id,
         sizeof(WS_UNIQUE_ID),
         {"urn:a", "urn:ab"},
         {"u:ab", "urn:abc"},
         "is 7; its description allows 5 to 6"},
        {WS_STRING_TYPE,
         &string,
         sizeof(WS_STRING),
         {"\xc3\xa9\xc3\xa9", "abc"},
         {"", "abcd"},
         "The count of characters of the value is 4; its description allows 2 to 3."},
        {WS_WSZ_TYPE,
         &wsz,
         sizeof(WCHAR *),
         {"  ", "abc"},
         {"abcd", ""},
         "characters of the value is 0; its description allows 2 to 3."},
        {WS_BYTES_TYPE, &bytes, sizeof(WS_BYTES), {"YWI=", "YWJj"}, {"YQ==", "YWJjZA=="}, "bytes of the value is 4; "},
        {WS_XML_STRING_TYPE,
         &xml_string,
         sizeof(WS_XML_STRING),
         {"\xc3\xa9", "abc"},
         {"a", "\xc3\xa9\xc3\xa9"},
         "The count of bytes of the value is 4; its description allows 2 to 3."},
        {WS_XML_QNAME_TYPE,
         &qname,
         sizeof(WS_XML_QNAME),
         {"a", "p:bc"},
         {"abc", "qq:a"},
         "bytes in the namespace of the value is 5; its description allows 0 to 4."},
        {WS_STRING_TYPE, &none, sizeof(WS_STRING), {NULL, NULL}, {"ab", "abc"}, "is 3; its description allows 3 to 2."},
    };
    struct typed f;
    unsigned i, j, in_attribute;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
        for (j = 0; j < 4; j++)
            for (in_attribute = 0; in_attribute < 2; in_attribute++)
            {
                const char *text = j < 2 ? cases[i].good[j] : cases[i].bad[j - 2];
                WS_READ_OPTION option =
                    cases[i].type == WS_WSZ_TYPE ? WS_READ_REQUIRED_POINTER : WS_READ_REQUIRED_VALUE;
                char document[200];
                BYTE value[64];

                if (!text)
                    continue;
                snprintf(document, sizeof(document),
                         in_attribute ? "<r xmlns:p='1234' xmlns:qq='12345' a='%s'/>"
                                      : "<r xmlns:p='1234' xmlns:qq='12345'>%s</r>",
                         text);
                set_text_string(f.reader, document);
                if (in_attribute)
                {
                    next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
                    ok(WsReadStartAttribute(f.reader, 2, NULL));
                }
                memset(value, UNTOUCHED, sizeof(value));
                expect_case(&f, j < 2 ? S_OK : WS_E_INVALID_FORMAT,
                            WsReadType(f.reader, in_attribute ? WS_ATTRIBUTE_TYPE_MAPPING : WS_ELEMENT_TYPE_MAPPING,
                                       cases[i].type, cases[i].description, option, f.heap, value, (ULONG)cases[i].size,
                                       f.error),
                            text);
                if (j >= 2 && !is_untouched(value, sizeof(value)))
                    test_fail(__FILE__, __LINE__, "%s: a value has been written", text);
                if (j == 3 && (!says(f.error, cases[i].sentence) ||
                               !says(f.error, in_attribute ? "of the element \"r\": " : "in the element \"r\": ")))
                    test_fail(__FILE__, __LINE__, "\"%s\" is not \"%s\"", sentence(f.error), cases[i].sentence);
            }
    finish(&f);
}

/* The page has the default comparer; what it answers of others, and that a failure is handed on, is our choice. */
TEST(durations_that_have_no_order)
{
    static const struct
    {
        const WS_DURATION_DESCRIPTION *limits;
        const char *text;
        HRESULT hr;
        const char *sentence;
    } cases[] = {
        {&default_days, "P1M", WS_E_INVALID_FORMAT, "in the element \"r\": The duration cannot be compared"},
        {&months, "P1YT1S", WS_E_INVALID_FORMAT, "The duration cannot be compared with its limits, since years"},
        {&default_days, "-P0Y", S_OK, ""},
        {&days, "P1Y", WS_E_INVALID_FORMAT, "The callback that compares durations failed with 0x803d0000."},
        {&days, "PT1H", E_FAIL, "The callback that compares durations failed with 0x80004005."},
    };
    WS_DURATION value;
    struct typed f;
    unsigned i;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
    {
        char document[100];

        snprintf(document, sizeof(document), "<r>%s</r>", cases[i].text);
        set_text_string(f.reader, document);
        expect_case(&f, cases[i].hr,
                    WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, WS_DURATION_TYPE, cases[i].limits,
                               WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), f.error),
                    cases[i].text);
        if (!says(f.error, cases[i].sentence))
            test_fail(__FILE__, __LINE__, "%s: %s", cases[i].text, sentence(f.error));
    }
    finish(&f);
}

/* The same descriptions do not limit what is written. */
TEST(descriptions_do_not_limit_what_is_written)
{
    static const WS_INT32_DESCRIPTION numbers = {1, 2};
    static const WS_BYTES_DESCRIPTION bytes = {100, 200};
    const int number = 7;
    struct typed f;

    begin(&f);
    start(f.writer, "r");
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_INT32_TYPE, &numbers, WS_WRITE_REQUIRED_VALUE, &number,
                   sizeof(number), f.error));
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_BYTES_TYPE, &bytes, WS_WRITE_REQUIRED_VALUE, &bytes_value,
                   sizeof(bytes_value), f.error));
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_DURATION_TYPE, &days, WS_WRITE_REQUIRED_VALUE, &duration_value,
                   sizeof(duration_value), f.error));
    end(f.writer);
    expect_written(&f, "<r>7AGFi/w==-P1Y2M3DT4H5M6.007S</r>", "all");
    finish(&f);
}
