/* SPDX-License-Identifier: MIT */
/*
 * Values that are a text, as fields of a structure: each type with each mapping and all combinations of options; what
 * is missing, what is nil, and defaults.
 *
 * Source: the pages of WS_TYPE, WS_FIELD_MAPPING, WS_FIELD_OPTIONS and WS_FIELD_DESCRIPTION.
 */
#include "support/simple-types.h"

#define NIL   "a:nil=\"true\" xmlns:a=\"" XSI "\""
#define I_NIL "xmlns:i='" XSI "' i:nil='1'"

/* --- A structure of one field --- */

struct holder
{
    BYTE before[8];
    union
    {
        BYTE bytes[64];
        const void *pointer;
    } field;
    ULONG count;
    BYTE after[12];
};

static WS_XML_STRING name_f = STRING("f"), name_i = STRING("i"), name_lang = STRING("lang"), no_ns = STRING("");

struct one_field
{
    const struct simple_type *t;
    WS_FIELD_DESCRIPTION field, *fields[1];
    WS_STRUCT_DESCRIPTION description;
};

static void describe(struct one_field *one, const struct simple_type *t, int mapping, ULONG options)
{
    memset(one, 0, sizeof(*one));
    one->t = t;
    one->field.mapping = (WS_FIELD_MAPPING)mapping;
    one->field.localName = mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING ? &name_lang : &name_f;
    one->field.ns = mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING ? NULL : &no_ns;
    if (mapping == WS_TEXT_FIELD_MAPPING || mapping == WS_NO_FIELD_MAPPING)
        one->field.localName = one->field.ns = NULL;
    one->field.type = t->type;
    one->field.typeDescription = (void *)t->description;
    one->field.offset = offsetof(struct holder, field);
    one->field.countOffset = offsetof(struct holder, count);
    one->field.options = options;
    if (mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING)
    {
        one->field.itemLocalName = &name_i;
        one->field.itemNs = &no_ns;
    }
    one->fields[0] = &one->field;
    one->description.size = sizeof(struct holder);
    one->description.alignment = 8;
    one->description.fields = one->fields;
    one->description.fieldCount = 1;
}

/* One case, for messages. */
static const char *show(const struct one_field *one)
{
    static char text[100];

    snprintf(text, sizeof(text), "%s, mapping %d, options 0x%x", one->t->name, (int)one->field.mapping,
             (unsigned)one->field.options);
    return text;
}

static bool has(const struct one_field *one, ULONG option)
{
    return one->field.options & option;
}

static HRESULT read_struct(struct typed *f, const struct one_field *one, const char *text, struct holder *value)
{
    static char kept[500]; /* which is read until the next call */

    snprintf(kept, sizeof(kept), "%s", text);
    set_text_string(f->reader, kept);
    memset(value, UNTOUCHED, sizeof(*value));
    ok(WsResetHeap(f->heap, NULL));
    return WsReadType(f->reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one->description, WS_READ_REQUIRED_VALUE,
                      f->heap, value, sizeof(*value), f->error);
}

static HRESULT write_struct(struct typed *f, const struct one_field *one, const struct holder *value)
{
    HRESULT hr;

    set_output(f->writer, NULL, 0);
    start(f->writer, "r");
    hr = WsWriteType(f->writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one->description, WS_WRITE_REQUIRED_VALUE,
                     value, sizeof(*value), f->error);
    if (hr == S_OK)
        end(f->writer);
    return hr;
}

static void expect_reads(struct typed *f, const struct one_field *one, HRESULT hr, const char *text,
                         struct holder *value)
{
    char what[300];

    snprintf(what, sizeof(what), "%s from %s", show(one), text);
    expect_case(f, hr, read_struct(f, one, text, value), what);
    if (hr != S_OK && !is_untouched(value, sizeof(*value)))
        test_fail(__FILE__, __LINE__, "%s: something has been written", what);
    if (hr == S_OK)
        expect_size(WS_XML_NODE_TYPE_EOF, current_type(f->reader));
}

static void expect_writes(struct typed *f, const struct one_field *one, const struct holder *value, const char *text)
{
    expect_case(f, S_OK, write_struct(f, one, value), show(one));
    expect_written(f, text, show(one));
}

/* --- What is in it --- */

/* Puts a value where one is, an item or not. */
static void put(const struct one_field *one, const void *value, void *place)
{
    if (has(one, P))
        memcpy(place, &value, sizeof(value));
    else
        memcpy(place, value, one->t->size);
}

static size_t item_size(const struct one_field *one)
{
    return has(one, P) ? sizeof(void *) : one->t->size;
}

/* A structure with the value of the table; of a repeating field, twice. */
static void fill(const struct one_field *one, struct holder *value)
{
    static uint64_t items[16];

    memset(value, 0, sizeof(*value));
    if (one->field.mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING)
    {
        put(one, one->t->value, items);
        put(one, one->t->value, (BYTE *)items + item_size(one));
        value->field.pointer = items;
        value->count = 2;
    }
    else if (is_array(one->t))
    {
        value->field.pointer = ((const WS_BYTES *)one->t->value)->bytes;
        value->count = ((const WS_BYTES *)one->t->value)->length;
    }
    else if (one->field.mapping != WS_NO_FIELD_MAPPING)
        put(one, one->t->value, value->field.bytes);
}

static bool is_at(const struct one_field *one, const void *place)
{
    const void *value = place;

    if (has(one, P))
        memcpy(&value, place, sizeof(value));
    return value && is_value(one->t, value);
}

static bool is_filled_in(const struct one_field *one, const struct holder *value)
{
    union
    {
        WS_STRING string;
        WS_BYTES bytes;
        WS_XML_STRING xml_string;
    } counted;

    if (one->field.mapping == WS_NO_FIELD_MAPPING)
        return is_zero(value->field.bytes, sizeof(value->field));
    if (one->field.mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING)
        return value->count == 2 && is_at(one, value->field.pointer) &&
               is_at(one, (const BYTE *)value->field.pointer + item_size(one));
    if (!is_array(one->t))
        return is_at(one, value->field.bytes) && !value->count;
    memset(&counted, 0, sizeof(counted));
    counted.bytes.bytes = (BYTE *)value->field.pointer;
    counted.bytes.length = value->count;
    return is_value(one->t, &counted);
}

/* What the structure is in XML. */
static const char *document_of(const struct one_field *one)
{
    const char *text = one->t->text;
    static char document[200];

    switch (one->field.mapping)
    {
    case WS_ELEMENT_FIELD_MAPPING: snprintf(document, sizeof(document), "<r><f>%s</f></r>", text); break;
    case WS_ATTRIBUTE_FIELD_MAPPING: snprintf(document, sizeof(document), "<r f=\"%s\"/>", text); break;
    case WS_XML_ATTRIBUTE_FIELD_MAPPING: snprintf(document, sizeof(document), "<r xml:lang=\"%s\"/>", text); break;
    case WS_TEXT_FIELD_MAPPING: snprintf(document, sizeof(document), "<r>%s</r>", text); break;
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
        snprintf(document, sizeof(document),
                 one->field.localName ? "<r><f><i>%s</i><i>%s</i></f></r>" : "<r><i>%s</i><i>%s</i></r>", text, text);
        break;
    default: strcpy(document, "<r/>"); break;
    }
    return document;
}

/* --- Every type with every mapping and all options --- */

/*
 * Where the pages say different things, our choice: OPTIONAL and NILLABLE of a repeating element are said of the
 * element around the items, as the page of WS_FIELD_OPTIONS has it, so these can be as they are without the two as
 * well; a text can be OPTIONAL; and WS_NO_FIELD_MAPPING is without options, as the page of WS_FIELD_MAPPING says.
 */
static bool is_allowed(const struct simple_type *t, int mapping, ULONG options)
{
    bool repeats = mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING, element = mapping == WS_ELEMENT_FIELD_MAPPING;

    if (mapping < 0 || mapping > 31 || !(t->mappings & BIT(mapping)) || options > (P | O | N | I))
        return false;
    if ((options & I && !repeats) || (options & (N | P) && !repeats && !element))
        return false;
    if (mapping == WS_NO_FIELD_MAPPING && options)
        return false;
    return t->options & BIT(options) || (repeats && t->options & BIT(options & (P | I)));
}

static void try_field(struct typed *f, const struct one_field *one, bool allowed)
{
    struct holder value, read;
    char document[200];

    fill(one, &value);
    strcpy(document, document_of(one));
    if (allowed)
    {
        expect_writes(f, one, &value, document);
        expect_reads(f, one, S_OK, document, &read);
        if (!is_filled_in(one, &read) || !is_zero(read.before, sizeof(read.before)) ||
            !is_zero(read.after, sizeof(read.after)))
            test_fail(__FILE__, __LINE__, "%s is not %s", document, show(one));
        return;
    }
    expect_reads(f, one, E_INVALIDARG, document, &read);
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(f->reader));
    if (!says(f->error, one->field.localName ? "the field \"" : "_FIELD_MAPPING at offset 8"))
        test_fail(__FILE__, __LINE__, "%s: %s", show(one), sentence(f->error));
    expect_case(f, E_INVALIDARG, write_struct(f, one, &value), show(one));
    if (!says(f->error, "(index 0)"))
        test_fail(__FILE__, __LINE__, "%s: %s", show(one), sentence(f->error));
    end(f->writer); /* as if nothing had been tried */
    expect_written(f, "<r/>", show(one));
}

TEST(each_type_has_the_mappings_and_options_of_its_page_only)
{
    static const ULONG others[] = {WS_FIELD_OTHER_NAMESPACE, P | N | WS_FIELD_OTHER_NAMESPACE, 0x20, 0x80000000};
    const struct simple_type *t;
    struct one_field one;
    struct typed f;
    ULONG options;
    int mapping;

    begin(&f);
    for_each_simple_type(t) for (mapping = -1; mapping <= 14; mapping++) for (options = 0; options < 16 + COUNT(others);
                                                                              options++)
    {
        ULONG flags = options < 16 ? options : others[options - 16];

        describe(&one, t, mapping, flags);
        try_field(&f, &one, is_allowed(t, mapping, flags));
    }
    finish(&f);
}

TEST(repeating_elements_without_one_around_them)
{
    const struct simple_type *t;
    struct one_field one;
    struct typed f;
    ULONG options;

    begin(&f);
    for_each_simple_type(t) for (options = 0; options < 16; options++)
    {
        describe(&one, t, WS_REPEATING_ELEMENT_FIELD_MAPPING, options);
        one.field.localName = one.field.ns = NULL;
        if (is_allowed(t, WS_REPEATING_ELEMENT_FIELD_MAPPING, options))
            try_field(&f, &one, true);
    }
    finish(&f);
}

/* Namespaces are compared, of elements and attributes. */
TEST(fields_in_a_namespace)
{
    const struct simple_type *t = &simple_types[3];
    WS_XML_STRING ns = STRING("u");
    struct one_field one;
    struct holder value;
    struct typed f;

    begin(&f);
    describe(&one, t, WS_ELEMENT_FIELD_MAPPING, 0);
    one.field.ns = &ns;
    expect_reads(&f, &one, S_OK, "<r><p:f xmlns:p='u'>-70000</p:f></r>", &value);
    expect_reads(&f, &one, S_OK, "<r xmlns='u'><f>-70000</f></r>", &value);
    expect_writes(&f, &one, &value, "<r><f xmlns=\"u\">-70000</f></r>");
    expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r><f>-70000</f></r>", &value);
    expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r><f xmlns='v'>-70000</f></r>", &value);
    describe(&one, t, WS_ATTRIBUTE_FIELD_MAPPING, 0);
    one.field.ns = &ns;
    expect_reads(&f, &one, S_OK, "<r xmlns:p='u' p:f='-70000'/>", &value);
    expect_writes(&f, &one, &value, "<r a:f=\"-70000\" xmlns:a=\"u\"/>");
    expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r xmlns='u' f='-70000'/>", &value);
    finish(&f);
}

/* --- What is missing --- */

static const int single[] = {WS_ELEMENT_FIELD_MAPPING, WS_ATTRIBUTE_FIELD_MAPPING, WS_XML_ATTRIBUTE_FIELD_MAPPING};

TEST(what_is_missing_is_zero_if_it_is_optional)
{
    const struct simple_type *t;
    struct one_field one;
    struct holder value;
    struct typed f;
    ULONG options;
    unsigned i;

    begin(&f);
    for_each_simple_type(t) for (i = 0; i < COUNT(single); i++) for (options = 0; options < 16; options++)
    {
        if (!is_allowed(t, single[i], options))
            continue;
        describe(&one, t, single[i], options);
        if (!(options & O))
        {
            expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r/>", &value);
            if (!says(f.error, i == 2 ? "lang" : "\"f\""))
                test_fail(__FILE__, __LINE__, "%s", sentence(f.error));
            continue;
        }
        expect_reads(&f, &one, S_OK, "<r/>", &value);
        expect(is_zero(&value, sizeof(value)));
        expect_writes(&f, &one, &value, "<r/>"); /* and what is zero is left out */
    }
    finish(&f);
}

/* Values that are zero, but not missing. */
TEST(zero_is_written_if_it_is_not_optional)
{
    static const struct
    {
        WS_TYPE type;
        const char *text;
    } cases[] = {
        {WS_BOOL_TYPE, "<f>false</f>"},
        {WS_INT64_TYPE, "<f>0</f>"},
        {WS_DOUBLE_TYPE, "<f>0</f>"},
        {WS_DECIMAL_TYPE, "<f>0</f>"},
        {WS_TIMESPAN_TYPE, "<f>00:00:00</f>"},
        {WS_GUID_TYPE, "<f>00000000-0000-0000-0000-000000000000</f>"},
        {WS_UNIQUE_ID_TYPE, "<f>urn:uuid:00000000-0000-0000-0000-000000000000</f>"},
        {WS_STRING_TYPE, "<f/>"},
        {WS_XML_STRING_TYPE, "<f/>"},
        {WS_BYTES_TYPE, "<f/>"},
        {WS_CHAR_ARRAY_TYPE, "<f/>"},
        {WS_BYTE_ARRAY_TYPE, "<f/>"},
    };
    const struct simple_type *t;
    struct one_field one;
    struct holder value;
    struct typed f;
    unsigned i;

    begin(&f);
    memset(&value, 0, sizeof(value));
    for (i = 0; i < COUNT(cases); i++)
        for_each_simple_type(t) if (t->type == cases[i].type)
        {
            char text[100];

            snprintf(text, sizeof(text), "<r>%s</r>", cases[i].text);
            describe(&one, t, WS_ELEMENT_FIELD_MAPPING, 0);
            expect_writes(&f, &one, &value, text);
        }
    finish(&f);
}

/* What is empty is not nil, nor missing. */
TEST(an_empty_string_is_not_left_out)
{
    const struct simple_type *t;
    struct one_field one;
    struct holder value;
    struct typed f;

    begin(&f);
    for_each_simple_type(t) if (has_nil(t) || is_array(t) || is_pointer(t))
    {
        describe(&one, t, WS_ELEMENT_FIELD_MAPPING, O | N);
        expect_reads(&f, &one, S_OK, "<r><f/></r>", &value);
        expect(!is_zero(value.field.bytes, t->size) && !value.count);
        expect_writes(&f, &one, &value, "<r><f/></r>");
        describe(&one, t, WS_ATTRIBUTE_FIELD_MAPPING, O);
        expect_reads(&f, &one, S_OK, "<r f=''/>", &value);
        expect(!is_zero(value.field.bytes, t->size) && !value.count);
        expect_writes(&f, &one, &value, "<r f=\"\"/>");
        describe(&one, t, WS_TEXT_FIELD_MAPPING, 0);
        expect_reads(&f, &one, S_OK, "<r></r>", &value);
        expect(!is_zero(value.field.bytes, t->size) && !value.count);
        expect_writes(&f, &one, &value, "<r/>");
    }
    finish(&f);
}

/* NULL where a pointer must be: the sentence says of which field. An OPTIONAL text that is NULL is left out: our
 * choice. */
TEST(what_is_null)
{
    const struct simple_type *t;
    struct one_field one;
    struct holder value;
    struct typed f;
    unsigned i;

    begin(&f);
    memset(&value, 0, sizeof(value));
    for_each_simple_type(t) if (is_pointer(t))
    {
        for (i = 0; i < COUNT(single); i++)
        {
            describe(&one, t, single[i], 0);
            expect_case(&f, E_INVALIDARG, write_struct(&f, &one, &value), show(&one));
            if (!says(f.error, i == 2 ? "\"lang\": The value, of WS_WSZ_TYPE, is NULL"
                                      : "\"f\": The value, of WS_WSZ_TYPE, is NULL"))
                test_fail(__FILE__, __LINE__, "%s", sentence(f.error));
        }
        describe(&one, t, WS_TEXT_FIELD_MAPPING, 0);
        expect_refused(f.error, E_INVALIDARG, write_struct(&f, &one, &value),
                       "In the field of WS_TEXT_FIELD_MAPPING at offset 8: The value, of WS_WSZ_TYPE, is NULL");
        describe(&one, t, WS_TEXT_FIELD_MAPPING, O);
        expect_writes(&f, &one, &value, "<r/>");
        value.count = 1;
        describe(&one, t, WS_REPEATING_ELEMENT_FIELD_MAPPING, 0);
        expect_refused(f.error, E_INVALIDARG, write_struct(&f, &one, &value), "field \"f\": The array is NULL");
        value.field.pointer = (const void *const[]){NULL};
        expect_refused(f.error, E_INVALIDARG, write_struct(&f, &one, &value),
                       "\"i\" of index 0: The value, of WS_WSZ_TYPE, is NULL");
        value.field.pointer = NULL;
        value.count = 0;
    }
    else if (is_array(t))
    {
        value.count = 1;
        describe(&one, t, WS_ELEMENT_FIELD_MAPPING, 0);
        expect_case(&f, E_INVALIDARG, write_struct(&f, &one, &value), show(&one));
        value.count = 0;
    }
    else if (!has_nil(t))
    {
        describe(&one, t, WS_REPEATING_ELEMENT_FIELD_MAPPING, P | N);
        value.count = 1;
        value.field.pointer = (const void *const[]){NULL};
        expect_refused(f.error, E_INVALIDARG, write_struct(&f, &one, &value), "\"i\" of index 0: The value, of WS_");
        value.field.pointer = NULL;
        value.count = 0;
    }
    finish(&f);
}

/* --- Defaults --- */

static bool has_default(const struct simple_type *t, int mapping)
{
    return !is_array(t) && (mapping == WS_ELEMENT_FIELD_MAPPING || mapping == WS_ATTRIBUTE_FIELD_MAPPING ||
                            mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING || mapping == WS_NO_FIELD_MAPPING);
}

/* A pointer that is NULL differs from a default: that it is nil then, and not left out, is our choice, so that the same
 * is read again. */
TEST(defaults)
{
    const struct simple_type *t;
    WS_DEFAULT_VALUE standard;
    struct one_field one;
    struct holder value;
    struct typed f;
    ULONG options;
    int mapping;

    begin(&f);
    for_each_simple_type(t) for (mapping = 0; mapping <= 12; mapping++) for (options = 0; options < 16; options++)
    {
        if (!is_allowed(t, mapping, options))
            continue;
        describe(&one, t, mapping, options);
        standard.value = (void *)t->value;
        standard.valueSize = (ULONG)t->size;
        one.field.defaultValue = &standard;
        fill(&one, &value);
        if (!has_default(t, mapping))
        {
            try_field(&f, &one, false);
            continue;
        }
        if (mapping != WS_NO_FIELD_MAPPING && !(options & O))
        {
            expect_writes(&f, &one, &value, document_of(&one));
            expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r/>", &value);
            continue;
        }
        expect_writes(&f, &one, &value, "<r/>");
        expect_reads(&f, &one, S_OK, "<r/>", &value);
        expect(is_at(&one, value.field.bytes));
        if (options & P)
            expect(value.field.pointer != t->value); /* a copy in the heap */
        expect_writes(&f, &one, &value, "<r/>");
        if (options & N)
        {
            memset(&value, 0, sizeof(value));
            expect_writes(&f, &one, &value, "<r><f " NIL "/></r>");
            expect_reads(&f, &one, S_OK, "<r><f " NIL "/></r>", &value);
            expect(is_zero(&value, sizeof(value)));
        }
    }
    finish(&f);
}

/* What is not the default is written, zero too. */
TEST(what_differs_from_a_default)
{
    static const double minus_zero = -0.0;
    static const BOOL yes = TRUE;
    static const int seven = 7;
    static const WS_STRING empty = {0, (WCHAR *)wide_value}, prefix = {3, (WCHAR *)wide_value};
    static const WS_XML_STRING empty_xml = STRING("");
    static const WCHAR *const rest = wide_value + 1;
    static const WS_DATETIME local = {864000000000, WS_DATETIME_FORMAT_NONE};
    static const DECIMAL trailing = {.scale = 3, .sign = DECIMAL_NEG, .Lo64 = 12500};
    static const WS_DURATION day = {.hours = 24}, negative = {.negative = TRUE, .days = 1}, one_day = {.days = 1};
    static const struct
    {
        WS_TYPE type;
        const void *standard, *value;
        const char *text;
    } cases[] = {
        {WS_BOOL_TYPE, &yes, NULL, "false"},
        {WS_INT32_TYPE, &seven, NULL, "0"},
        {WS_INT32_TYPE, NULL, &seven, "7"},
        {WS_DOUBLE_TYPE, NULL, &minus_zero, "-0"},
        {WS_DECIMAL_TYPE, &decimal_value, &trailing, "-12.500"},
        {WS_DATETIME_TYPE, &date_value, &local, "0001-01-02T00:00:00"},
        {WS_DURATION_TYPE, &one_day, &day, "PT24H"},
        {WS_DURATION_TYPE, &one_day, &negative, "-P1D"},
        {WS_GUID_TYPE, &guid_value, NULL, "00000000-0000-0000-0000-000000000000"},
        {WS_UNIQUE_ID_TYPE, &id_value, NULL, "urn:uuid:00000000-0000-0000-0000-000000000000"},
        {WS_STRING_TYPE, &string_value, &empty, ""},
        {WS_STRING_TYPE, &string_value, &prefix, "u:\xc3\xa9"},
        {WS_STRING_TYPE, &string_value, NULL, ""},
        {WS_XML_STRING_TYPE, NULL, &empty_xml, ""},
        {WS_BYTES_TYPE, &bytes_value, NULL, ""},
        {WS_WSZ_TYPE, &wsz_value, &rest, ":\xc3\xa9&lt;"},
    };
    const struct simple_type *t;
    WS_DEFAULT_VALUE standard;
    struct one_field one;
    struct holder value;
    struct typed f;
    unsigned i;

    begin(&f);
    for (i = 0; i < COUNT(cases); i++)
        for_each_simple_type(t) if (t->type == cases[i].type)
        {
            char text[100];

            describe(&one, t, WS_ATTRIBUTE_FIELD_MAPPING, O);
            standard.value = (void *)cases[i].standard;
            standard.valueSize = (ULONG)t->size;
            one.field.defaultValue = cases[i].standard ? &standard : NULL;
            memset(&value, 0, sizeof(value));
            if (cases[i].value)
                memcpy(value.field.bytes, cases[i].value, t->size);
            snprintf(text, sizeof(text), "<r f=\"%s\"/>", cases[i].text);
            expect_writes(&f, &one, &value, text);
        }
    finish(&f);
}

/* --- Nil --- */

TEST(fields_that_are_nil)
{
    const struct simple_type *t;
    struct one_field one;
    struct holder value;
    struct typed f;
    ULONG options;

    begin(&f);
    for_each_simple_type(t) for (options = 0; options < 16; options++)
    {
        if (!is_allowed(t, WS_ELEMENT_FIELD_MAPPING, options))
            continue;
        describe(&one, t, WS_ELEMENT_FIELD_MAPPING, options);
        if (!(options & N))
        {
            expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r><f " I_NIL "/></r>", &value);
            expect(says(f.error, "nil"));
            continue;
        }
        expect_reads(&f, &one, S_OK, "<r><f " I_NIL "/></r>", &value);
        expect(is_zero(&value, sizeof(value)));
        /* OPTIONAL goes first: observed on Windows. */
        expect_writes(&f, &one, &value, options & O ? "<r/>" : "<r><f " NIL "/></r>");
        expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r><f " I_NIL ">1</f></r>", &value);
    }
    finish(&f);
}

TEST(items_that_are_nil)
{
    const struct simple_type *t;
    struct one_field one;
    struct holder value;
    struct typed f;
    ULONG options;

    begin(&f);
    for_each_simple_type(t) for (options = 0; options < 16; options++)
    {
        char text[300];
        BYTE *items;

        if (!is_allowed(t, WS_REPEATING_ELEMENT_FIELD_MAPPING, options))
            continue;
        describe(&one, t, WS_REPEATING_ELEMENT_FIELD_MAPPING, options);
        snprintf(text, sizeof(text), "<r><f><i>%s</i><i " NIL "/></f></r>", t->text);
        if (!(options & I))
        {
            expect_reads(&f, &one, WS_E_INVALID_FORMAT, text, &value);
            continue;
        }
        if (!(options & P) && !has_nil(t) && !is_pointer(t) && !is_array(t))
            test_fail(__FILE__, __LINE__, "%s", show(&one));
        expect_reads(&f, &one, S_OK, text, &value);
        items = (BYTE *)value.field.pointer;
        expect(value.count == 2 && is_at(&one, items) && is_zero(items + item_size(&one), item_size(&one)));
        expect_writes(&f, &one, &value, text);
    }
    finish(&f);
}

/* NULL is nil, and no items are at a pointer. */
TEST(arrays_that_are_nil_empty_or_missing)
{
    const struct simple_type *t;
    struct one_field one;
    struct holder value;
    struct typed f;
    ULONG options;

    begin(&f);
    for_each_simple_type(t) for (options = 0; options < 16; options++)
    {
        if (!is_allowed(t, WS_REPEATING_ELEMENT_FIELD_MAPPING, options))
            continue;
        describe(&one, t, WS_REPEATING_ELEMENT_FIELD_MAPPING, options);
        expect_reads(&f, &one, S_OK, "<r><f> <!----> </f></r>", &value);
        expect(value.field.pointer && !value.count);
        expect_writes(&f, &one, &value, "<r><f/></r>");
        /* Missing: the page of WS_FIELD_MAPPING wants it only if there are items. */
        expect_reads(&f, &one, S_OK, "<r/>", &value);
        expect(!value.field.pointer == !!(options & O) && !value.count);
        expect_reads(&f, &one, options & N ? S_OK : WS_E_INVALID_FORMAT, "<r><f " I_NIL "/></r>", &value);
        memset(&value, 0, sizeof(value));
        expect_writes(&f, &one, &value, options & O ? "<r/>" : options & N ? "<r><f " NIL "/></r>" : "<r><f/></r>");
        expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r><f>x</f></r>", &value);
        expect_reads(&f, &one, WS_E_INVALID_FORMAT, "<r><i/></r>", &value);
    }
    finish(&f);
}

/* --- Limits --- */

TEST(descriptions_limit_the_lengths_of_arrays)
{
    static const ULONG limits[] = {2, 3}; /* WS_CHAR_ARRAY_DESCRIPTION and its like */
    static const char *const good[] = {"YWI=", "\xc3\xa9\xc3\xa9", "\xc3\xa9"};
    static const char *const bad[] = {"YWJjZA==", "abcd", "\xc3\xa9\xc3\xa9"};
    static const int places[] = {WS_ELEMENT_FIELD_MAPPING, WS_ATTRIBUTE_FIELD_MAPPING, WS_TEXT_FIELD_MAPPING};
    static const char *const formats[] = {"<r><f>%s</f></r>", "<r f='%s'/>", "<r>%s</r>"};
    const struct simple_type *t;
    struct one_field one;
    struct holder value;
    struct typed f;
    unsigned i;

    begin(&f);
    for_each_simple_type(t) for (i = 0; i < COUNT(places) && is_array(t); i++)
    {
        unsigned kind = t->type == WS_BYTE_ARRAY_TYPE ? 0 : t->type == WS_CHAR_ARRAY_TYPE ? 1 : 2;
        char text[100];

        describe(&one, t, places[i], 0);
        one.field.typeDescription = (void *)limits;
        snprintf(text, sizeof(text), formats[i], good[kind]);
        expect_reads(&f, &one, S_OK, text, &value);
        expect(value.count == 2);
        snprintf(text, sizeof(text), formats[i], bad[kind]);
        expect_reads(&f, &one, WS_E_INVALID_FORMAT, text, &value);
        expect(says(f.error, kind == 1   ? " in characters is 4; its description allows 2 to 3."
                             : kind == 2 ? "The length of \""
                                         : "The length of the value in bytes is 4; its description allows 2 to 3."));
    }
    finish(&f);
}
