/* SPDX-License-Identifier: MIT */
/*
 * Values that are a text, by themselves: WsReadType, WsReadElement, WsReadAttribute, WsWriteType, WsWriteElement,
 * WsWriteAttribute.
 *
 * Source: the pages of WS_TYPE, WS_READ_OPTION, WS_WRITE_OPTION and of the functions.
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
        {WS_ENUM_TYPE, "2 is none of the values of the enumeration, whose names are \"one\", ", &enum_description,
         &unknown, sizeof(unknown), NULL, 0, 0},
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

/* --- Where the reader or writer is --- */

/* What is told of the place comes after the arguments; a document that ends too early is one that is wrong. */
TEST(places_where_nothing_can_be_read)
{
    static const WS_ATTRIBUTE_DESCRIPTION attribute = {&name_a, &no_ns, WS_BOOL_TYPE, NULL};
    static const WS_ELEMENT_DESCRIPTION element = {&name_a, &no_ns, WS_BOOL_TYPE, NULL};
    const struct simple_type *t = &simple_types[0];
    BOOL value = 7;
    struct typed f;

    begin(&f);
#define READ(mapping) read_type(&f, t, mapping, WS_READ_REQUIRED_VALUE, &value, sizeof(value))
    expect_case(&f, WS_E_INVALID_OPERATION, READ(WS_ELEMENT_TYPE_MAPPING), "no input");
    expect_case(&f, WS_E_INVALID_OPERATION,
                WsReadElement(f.reader, &element, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), f.error),
                "no input");
    go_to(&f, t, WS_ELEMENT_TYPE_MAPPING);
    expect_refused(f.error, WS_E_INVALID_OPERATION, READ(WS_ATTRIBUTE_TYPE_MAPPING), "the reader is not in one");
    expect_case(&f, WS_E_INVALID_FORMAT, READ(WS_ELEMENT_CONTENT_TYPE_MAPPING), "not in the content");
    go_to(&f, t, WS_ELEMENT_CONTENT_TYPE_MAPPING);
    expect_case(&f, WS_E_INVALID_OPERATION,
                WsReadAttribute(f.reader, &attribute, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), f.error),
                "not at an element");
    expect_case(&f, WS_E_INVALID_FORMAT, READ(WS_ELEMENT_TYPE_MAPPING), "text instead of an element");
    go_to(&f, t, WS_ATTRIBUTE_TYPE_MAPPING);
    expect_case(&f, WS_E_INVALID_FORMAT, READ(WS_ELEMENT_TYPE_MAPPING), "in an attribute");
    set_text_string(f.reader, "<r>true");
    expect_case(&f, WS_E_INVALID_FORMAT, READ(WS_ELEMENT_TYPE_MAPPING), "the end is missing");
    set_text_string(f.reader, "<r><b/>true</r>");
    expect_case(&f, WS_E_INVALID_FORMAT, READ(WS_ELEMENT_TYPE_MAPPING), "an element in a simple value");
    expect(value == 7);
#undef READ
    finish(&f);
}

TEST(places_where_nothing_can_be_written)
{
    WS_XML_WRITER *writer = NULL;
    const int *none = NULL;
    struct typed f;

    begin(&f);
    ok(WsCreateWriter(NULL, 0, &writer, NULL));
#define WRITE(writer, mapping) \
    WsWriteType(writer, mapping, WS_BOOL_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, &bool_value, sizeof(bool_value), f.error)
    expect_case(&f, WS_E_INVALID_OPERATION, WRITE(writer, WS_ELEMENT_TYPE_MAPPING), "no output");
    WsFreeWriter(writer);
    expect_case(&f, WS_E_INVALID_FORMAT, WRITE(f.writer, WS_ELEMENT_TYPE_MAPPING), "no element");
    set_output(f.writer, NULL, 0);
    start(f.writer, "r");
    expect_refused(f.error, WS_E_INVALID_OPERATION, WRITE(f.writer, WS_ATTRIBUTE_TYPE_MAPPING),
                   "WS_ATTRIBUTE_TYPE_MAPPING is for a value in an attribute, and the writer is not in one.");
    ok(WsWriteStartAttribute(f.writer, NULL, &name_a, &no_ns, FALSE, NULL));
    expect_refused(f.error, WS_E_INVALID_OPERATION, WRITE(f.writer, WS_ELEMENT_TYPE_MAPPING),
                   "WS_ELEMENT_TYPE_MAPPING is for a value outside of an attribute, and the writer is in one.");
    expect_case(&f, WS_E_INVALID_OPERATION, WRITE(f.writer, WS_ELEMENT_CONTENT_TYPE_MAPPING), "in an attribute");
    ok(WRITE(f.writer, WS_ATTRIBUTE_TYPE_MAPPING));
    ok(WsWriteEndAttribute(f.writer, NULL));
    ok(WRITE(f.writer, WS_ELEMENT_CONTENT_TYPE_MAPPING));
    /* Content has been written: it cannot become nil any more. */
    expect_case(&f, WS_E_INVALID_OPERATION,
                WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_BOOL_TYPE, NULL, WS_WRITE_NILLABLE_POINTER, &none,
                            sizeof(none), f.error),
                "nil after content");
    ok(WRITE(f.writer, WS_ELEMENT_TYPE_MAPPING)); /* nothing of that has changed anything */
    end(f.writer);
    expect_written(&f, "<r a=\"true\">truetrue</r>", "all");
#undef WRITE
    finish(&f);
}

TEST(heaps)
{
    const struct simple_type *t;
    BYTE value[64];
    struct typed f;
    SIZE_T size;

    begin(&f);
    for_each_simple_type(t)
    {
        bool needs_heap = has_nil(t) || is_pointer(t) || t->type == WS_UNIQUE_ID_TYPE || t->type == WS_XML_QNAME_TYPE;
        WS_READ_OPTION option = is_pointer(t) ? WS_READ_REQUIRED_POINTER : WS_READ_REQUIRED_VALUE;
        HRESULT hr = WS_E_QUOTA_EXCEEDED;

        if (is_array(t))
            continue;
        go_to(&f, t, WS_ELEMENT_TYPE_MAPPING);
        expect_case(&f, needs_heap ? E_INVALIDARG : S_OK,
                    WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, t->type, t->description, option, NULL, value,
                               (ULONG)t->size, f.error),
                    t->name);
        go_to(&f, t, WS_ELEMENT_TYPE_MAPPING);
        expect_case(&f, E_INVALIDARG,
                    WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, t->type, t->description, option,
                               (WS_HEAP *)(void *)f.error, value, (ULONG)t->size, f.error),
                    t->name);
        /* Too small, down to nothing: the value is untouched. */
        for (size = 0; hr == WS_E_QUOTA_EXCEEDED; size++)
        {
            WS_HEAP *small = create_heap(size);

            go_to(&f, t, WS_ELEMENT_TYPE_MAPPING);
            memset(value, UNTOUCHED, sizeof(value));
            hr = WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, t->type, t->description, WS_READ_REQUIRED_POINTER, small,
                            value, sizeof(void *), f.error);
            if (hr != S_OK)
                expect(hr == WS_E_QUOTA_EXCEEDED && is_untouched(value, sizeof(value)) && size < 256);
            else
                expect(size && is_value(t, value_read(t, WS_READ_REQUIRED_POINTER, value)));
            WsFreeHeap(small);
        }
    }
    finish(&f);
}

/* The empty string of a dictionary can be at NULL: it is empty, and not nil. In an XML buffer it stays there. */
TEST(a_text_of_no_bytes_at_null_is_an_empty_text)
{
    static const BYTE document[] = {0x40, 1, 'r', 0xab, 0}; /* an element r of DictionaryText 0 */
    WS_XML_DICTIONARY dictionary;
    WS_XML_STRING empty = {0, NULL, &dictionary, 0};
    WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, &dictionary, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)document, sizeof(document)};
    const struct simple_type *t;
    WS_XML_BUFFER *buffer = NULL;
    struct typed f;
    int from_buffer;

    begin(&f);
    dictionary = (WS_XML_DICTIONARY){{7, 0, 0, {0}}, &empty, 1, TRUE};
    ok(WsSetInput(f.reader, &encoding.encoding, &input.input, NULL, 0, NULL));
    ok(WsReadXmlBuffer(f.reader, f.heap, &buffer, NULL));
    for_each_simple_type(t) for (from_buffer = 0; from_buffer < 2 && !is_array(t); from_buffer++)
    {
        BYTE value[64];

        if (from_buffer)
            ok(WsSetInputToBuffer(f.reader, buffer, NULL, 0, NULL));
        else
            ok(WsSetInput(f.reader, &encoding.encoding, &input.input, NULL, 0, NULL));
        expect_case(&f, has_nil(t) || is_pointer(t) ? S_OK : WS_E_INVALID_FORMAT,
                    WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, t->type, t->description,
                               is_pointer(t) ? WS_READ_REQUIRED_POINTER : WS_READ_REQUIRED_VALUE, f.heap, value,
                               (ULONG)t->size, f.error),
                    t->name);
        if (has_nil(t))
            expect(!((const WS_BYTES *)value)->length && ((const WS_BYTES *)value)->bytes);
    }
    finish(&f);
}

struct other
{
    const char *text;
    WCHAR chars[2];
    size_t count;
};

/* A text of so many letters, of which one or two are others; and what it is in UTF-16. */
static size_t make_text(size_t length, size_t place, const struct other *other, BYTE text[400], WCHAR chars[200])
{
    size_t i, count = 0, size = 0;

    for (i = 0; i < length; i++)
        if (i == place || i == 2 * place + 1)
        {
            memcpy(text + size, other->text, strlen(other->text));
            size += strlen(other->text);
            memcpy(chars + count, other->chars, other->count * sizeof(WCHAR));
            count += other->count;
        }
        else
        {
            text[size++] = (BYTE)('a' + i % 26);
            chars[count++] = (WCHAR)('a' + i % 26);
        }
    text[size] = 0;
    return count;
}

/* Source: the characters are those of the document; that a heap of their size is enough is our choice. */
TEST(strings_of_every_length_with_characters_of_every_size)
{
    static const struct other others[] = {{"a", {'a'}, 1},
                                          {"\xc3\xa9", {0xe9}, 1},
                                          {"\xe2\x82\xac", {0x20ac}, 1},
                                          {"\xf0\x9f\x98\x80", {0xd83d, 0xde00}, 2}};
    size_t length, place, other, count;
    WCHAR chars[200];
    BYTE text[400];
    char document[900];
    struct typed f;

    begin(&f);
    for (other = 0; other < 4; other++)
        for (length = 0; length < 70; length++)
            for (place = 0; place < length + 1; place += 1 + length / 9)
            {
                WS_HEAP *heap = place % 2 ? f.heap : NULL;
                WS_STRING first, second;

                count = make_text(length, place, &others[other], text, chars);
                snprintf(document, sizeof(document), "<r a='%s'>%s</r>", (char *)text, (char *)text);
                if (!heap)
                    heap = create_heap(2 * count * sizeof(WCHAR));
                set_text_string(f.reader, document);
                next_node(f.reader, WS_XML_NODE_TYPE_ELEMENT);
                ok(WsReadStartAttribute(f.reader, 0, NULL));
                ok(WsReadType(f.reader, WS_ATTRIBUTE_TYPE_MAPPING, WS_STRING_TYPE, NULL, WS_READ_REQUIRED_VALUE, heap,
                              &first, sizeof(first), f.error));
                ok(WsReadEndAttribute(f.reader, NULL));
                ok(WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRING_TYPE, NULL, WS_READ_REQUIRED_VALUE, heap,
                              &second, sizeof(second), f.error));
                expect_size(count, first.length);
                expect_size(count, second.length);
                expect(!memcmp(chars, first.chars, count * sizeof(WCHAR)));
                expect(!memcmp(chars, second.chars, count * sizeof(WCHAR)));
                if (heap == f.heap)
                    WsResetHeap(heap, NULL);
                else
                    WsFreeHeap(heap);
            }
    finish(&f);
}
