/* SPDX-License-Identifier: MIT */
/*
 * Round trips: random descriptions with random values, written and read in every encoding, come back as the model of
 * tests/support/model.c says. And the documents, read with a description that is not quite the one they were written
 * with.
 *
 * Source: the pages of WS_TYPE, WS_FIELD_MAPPING, WS_FIELD_OPTIONS, WS_FIELD_DESCRIPTION and WS_STRUCT_DESCRIPTION.
 */
#include "support/descriptions.h"
#include "support/encodings.h"
#include "support/errors.h"
#include "support/heap.h"
#include "support/reader.h"
#include "support/writer.h"

#define SEEDS   1500u
#define MUTATED 400u /* of them, for each change */

static WS_HEAP *heap, *read_heap;
static WS_XML_WRITER *writer, *maker_writer;
static WS_XML_READER *reader, *model_reader;
static WS_ERROR *error;
static WS_ELEMENT_DESCRIPTION element;

static void begin_seed(struct maker *maker, unsigned seed)
{
    static WS_XML_STRING name = STRING("root"), ns = STRING("u");

    if (!heap)
    {
        heap = create_heap(1 << 24);
        read_heap = create_heap(1 << 24);
        writer = create_writer(NULL, 0);
        maker_writer = create_writer(NULL, 0);
        reader = create_reader();
        model_reader = create_reader();
        error = create_error();
    }
    ok(WsResetHeap(heap, NULL));
    ok(WsResetError(error));
    element.elementLocalName = &name;
    maker_init(maker, heap, maker_writer, seed, NULL, 0);
    element.elementNs = &ns;
}

static void finish(void)
{
    WsFreeError(error);
    WsFreeReader(reader);
    WsFreeReader(model_reader);
    WsFreeWriter(writer);
    WsFreeWriter(maker_writer);
    WsFreeHeap(heap);
    WsFreeHeap(read_heap);
    heap = NULL;
}

static void write_value(unsigned seed, enum encoding encoding, const void *value, struct document *document)
{
    HRESULT hr = write_document(writer, heap, encoding, &element, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value),
                                document, error);

    if (hr != S_OK)
        test_fail(__FILE__, __LINE__, "seed %u, encoding %u, writing: 0x%08x %s", seed, encoding, (unsigned)hr,
                  sentence(error));
}

/* A required pointer; what it points to is the value, also of those that are pointers. */
static HRESULT read_value(const struct document *document, void **value)
{
    *value = &element;
    ok(WsResetHeap(read_heap, NULL));
    ok(WsResetError(error));
    ok(set_document(reader, document));
    return WsReadElement(reader, &element, WS_READ_REQUIRED_POINTER, read_heap, value, sizeof(*value), error);
}

static bool is_pointer(WS_TYPE type)
{
    return type == WS_WSZ_TYPE || type == WS_XML_BUFFER_TYPE;
}

TEST(what_is_written_is_read_in_every_encoding)
{
    struct maker maker;
    struct document document;
    enum encoding encoding;
    void *value, *read;
    unsigned seed;
    HRESULT hr;

    for (seed = 0; seed < SEEDS; seed++)
    {
        begin_seed(&maker, seed);
        element.type = make_type(&maker, &element.typeDescription);
        value = make_value(&maker, element.type, element.typeDescription);
        for (encoding = 0; encoding < ENCODING_COUNT; encoding++)
        {
            write_value(seed, encoding, is_pointer(element.type) ? *(void **)value : value, &document);
            if ((hr = read_value(&document, &read)) != S_OK)
                test_fail(__FILE__, __LINE__, "seed %u, encoding %u: 0x%08x %s", seed, encoding, (unsigned)hr,
                          sentence(error));
            if (!is_as_written(model_reader, element.type, element.typeDescription, value,
                               is_pointer(element.type) ? &read : read))
                test_fail(__FILE__, __LINE__,
                          "seed %u, encoding %u: what is read is not what was written, in a field of mapping %d, type "
                          "%d, options %u",
                          seed, encoding, differing_field ? (int)differing_field->mapping : -1,
                          differing_field ? (int)differing_field->type : (int)element.type,
                          differing_field ? (unsigned)differing_field->options : 0);
            expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
        }
    }
    finish();
}

/* The page of WS_HEAP has quotas; that values take no more of one than they need is our choice. */
TEST(a_heap_that_is_too_small_leaves_the_value_alone)
{
    struct maker maker;
    struct document document;
    void *value, *read;
    WS_HEAP *small;
    SIZE_T needed, size;
    unsigned seed;

    for (seed = 0; seed < 100; seed++)
    {
        begin_seed(&maker, seed);
        element.type = make_type(&maker, &element.typeDescription);
        value = make_value(&maker, element.type, element.typeDescription);
        write_value(seed, seed % ENCODING_COUNT, is_pointer(element.type) ? *(void **)value : value, &document);
        ok(read_value(&document, &read));
        needed = requested(read_heap);
        for (size = needed > 200 ? needed - 200 : 0; size <= needed; size++)
        {
            small = create_heap(size);
            read = &element;
            ok(set_document(reader, &document));
            expect_hr(size < needed ? WS_E_QUOTA_EXCEEDED : S_OK,
                      WsReadElement(reader, &element, WS_READ_REQUIRED_POINTER, small, &read, sizeof(read), NULL));
            expect((read == &element) == (size < needed));
            WsFreeHeap(small);
        }
    }
    finish();
}

/* --- Other descriptions of the same document --- */

/* A document of a structure, and a copy of its description that can be changed: only the root is of it. */
struct changed
{
    struct maker maker;
    unsigned seed, tried;
    struct document document;
    WS_STRUCT_DESCRIPTION description;
    const WS_STRUCT_DESCRIPTION *original;
    WS_FIELD_DESCRIPTION *fields[40], field; /* the copy of the one that is changed */
    ULONG index;
    const BYTE *value;
    BYTE *read;
};

static WS_XML_STRING other_name = STRING("other");

/* The next one, in some encoding; one of a derived type is none. */
static bool next_document(struct changed *changed)
{
    void *value;

    for (; changed->seed < MUTATED; changed->seed++)
    {
        begin_seed(&changed->maker, changed->seed + SEEDS);
        element.type = WS_STRUCT_TYPE;
        changed->original = element.typeDescription = make_struct(&changed->maker);
        changed->value = value = make_value(&changed->maker, WS_STRUCT_TYPE, changed->original);
        if (changed->original->subTypeCount)
            continue;
        expect(changed->original->fieldCount <= sizeof(changed->fields) / sizeof(changed->fields[0]));
        write_value(changed->seed, changed->seed % ENCODING_COUNT, value, &changed->document);
        changed->seed++;
        return true;
    }
    finish();
    return false;
}

/* Makes the copy anew, with one field that can be changed. */
static WS_FIELD_DESCRIPTION *copy_with(struct changed *changed, ULONG index)
{
    changed->description = *changed->original;
    changed->description.fields = changed->fields;
    memcpy(changed->fields, changed->original->fields, changed->original->fieldCount * sizeof(changed->fields[0]));
    changed->index = index;
    if (index >= changed->original->fieldCount)
        return NULL;
    changed->field = *changed->original->fields[index];
    return changed->fields[index] = &changed->field;
}

static HRESULT read_changed(struct changed *changed)
{
    void *read;
    HRESULT hr;

    element.typeDescription = &changed->description;
    hr = read_value(&changed->document, &read);
    if (hr != S_OK)
        expect(read == &element && sentence_count(error) >= 1);
    changed->read = read;
    changed->tried++;
    return hr;
}

#define expect_changed(changed, wanted) \
    do \
    { \
        HRESULT got_ = read_changed(changed), wanted_ = (wanted); \
        if (got_ != wanted_) \
            test_fail(__FILE__, __LINE__, "seed %u, field %u: 0x%08x, not 0x%08x: %s", (changed)->seed - 1, \
                      (unsigned)(changed)->index, (unsigned)got_, (unsigned)wanted_, sentence(error)); \
    } while (0)

/* All fields but the changed one have what was written; but for those of one mapping. */
static void expect_others(struct changed *changed, WS_FIELD_MAPPING except)
{
    ULONG i;

    for (i = 0; i < changed->description.fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *field = changed->fields[i];

        if (field == &changed->field || field->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING || field->mapping == except)
            continue;
        if (!field_is_as_written(model_reader, field, changed->value, changed->read))
            test_fail(__FILE__, __LINE__, "seed %u: with the field %u changed, the field %u is not what was written",
                      changed->seed - 1, (unsigned)changed->index, (unsigned)i);
    }
}

static bool has_mapping(const struct changed *changed, WS_FIELD_MAPPING mapping, const WS_FIELD_DESCRIPTION **ret)
{
    ULONG i;

    for (i = 0; i < changed->original->fieldCount; i++)
        if (changed->original->fields[i]->mapping == mapping)
        {
            *ret = changed->original->fields[i];
            return true;
        }
    return false;
}

TEST(a_required_field_must_have_its_name)
{
    struct changed changed = {.seed = 0};
    WS_FIELD_DESCRIPTION *field;
    ULONG i;

    while (next_document(&changed))
        for (i = 0; i < changed.original->fieldCount; i++)
        {
            field = copy_with(&changed, i);
            if (!is_always_there(field))
                continue;
            field->localName = &other_name;
            expect_changed(&changed, WS_E_INVALID_FORMAT);
            field->localName = changed.original->fields[i]->localName;
            field->ns = X("urn:none");
            expect_changed(&changed, WS_E_INVALID_FORMAT);
            field->ns = changed.original->fields[i]->ns;
            expect_changed(&changed, S_OK);
            expect_others(&changed, WS_NO_FIELD_MAPPING);
        }
    expect(changed.tried > 200);
}

/* An attribute that is not described goes to the field for any of them, or is refused unless it is to be ignored. */
TEST(a_missing_attribute_has_its_default_if_it_is_optional)
{
    struct changed changed = {.seed = 0};
    const WS_FIELD_DESCRIPTION *any = NULL;
    WS_FIELD_DESCRIPTION *field;
    bool is_taken;
    ULONG i;

    while (next_document(&changed))
        for (i = 0; i < changed.original->fieldCount; i++)
        {
            field = copy_with(&changed, i);
            if (field->mapping != WS_ATTRIBUTE_FIELD_MAPPING || !is_always_there(field))
                continue;
            field->localName = &other_name;
            field->options |= WS_FIELD_OPTIONAL;
            is_taken = has_mapping(&changed, WS_ANY_ATTRIBUTES_FIELD_MAPPING, &any) &&
                       (!any->ns || (!strcmp((char *)any->ns->bytes, (char *)field->ns->bytes) ==
                                     !(any->options & WS_FIELD_OTHER_NAMESPACE)));
            changed.description.structOptions &= ~(ULONG)WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES;
            expect_changed(&changed, is_taken ? S_OK : WS_E_INVALID_FORMAT);
            changed.description.structOptions |= WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES;
            expect_changed(&changed, S_OK);
            expect(field_is_missing(field, changed.read));
            expect_others(&changed, is_taken ? WS_ANY_ATTRIBUTES_FIELD_MAPPING : WS_NO_FIELD_MAPPING);
        }
    expect(changed.tried > 50);
}

/* The last element of a structure, which is trailing content then. */
TEST(a_missing_element_has_its_default_if_it_is_optional)
{
    struct changed changed = {.seed = 0};
    WS_FIELD_DESCRIPTION *field;
    bool is_last;
    ULONG i, j;

    while (next_document(&changed))
        for (i = 0; i < changed.original->fieldCount; i++)
        {
            field = copy_with(&changed, i);
            if (field->mapping != WS_ELEMENT_FIELD_MAPPING || !is_always_there(field))
                continue;
            for (is_last = true, j = i + 1; j < changed.original->fieldCount; j++)
                is_last = is_last && changed.original->fields[j]->mapping == WS_NO_FIELD_MAPPING;
            if (!is_last)
                continue;
            field->localName = &other_name;
            field->options |= WS_FIELD_OPTIONAL;
            changed.description.structOptions &= ~(ULONG)WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT;
            if ((field->type == WS_STRUCT_TYPE || field->type == WS_FAULT_TYPE) && !(field->options & WS_FIELD_POINTER))
            {
                expect_changed(&changed, E_INVALIDARG);
                continue;
            }
            expect_changed(&changed, WS_E_INVALID_FORMAT);
            changed.description.structOptions |= WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT;
            expect_changed(&changed, S_OK);
            expect(field_is_missing(field, changed.read));
            expect_others(&changed, WS_NO_FIELD_MAPPING);
        }
    expect(changed.tried > 50);
}

TEST(elements_have_an_order_and_attributes_have_none)
{
    struct changed changed = {.seed = 0};
    WS_FIELD_DESCRIPTION *field;
    ULONG i, j;

    while (next_document(&changed))
        for (i = 0; i < changed.original->fieldCount; i++)
            for (j = 0; j < i; j++)
            {
                copy_with(&changed, changed.original->fieldCount);
                field = changed.fields[i];
                if (!is_always_there(field) || !is_always_there(changed.fields[j]) ||
                    field->mapping != changed.fields[j]->mapping)
                    continue;
                changed.fields[i] = changed.fields[j];
                changed.fields[j] = field;
                expect_changed(&changed, field->mapping == WS_ELEMENT_FIELD_MAPPING ? WS_E_INVALID_FORMAT : S_OK);
                if (field->mapping != WS_ELEMENT_FIELD_MAPPING)
                    expect_others(&changed, WS_NO_FIELD_MAPPING);
            }
    expect(changed.tried > 50);
}

TEST(arrays_have_as_many_items_as_their_range_says)
{
    struct changed changed = {.seed = 0};
    WS_FIELD_DESCRIPTION *field;
    WS_ITEM_RANGE range;
    ULONG i, count;

    while (next_document(&changed))
        for (i = 0; i < changed.original->fieldCount; i++)
        {
            field = copy_with(&changed, i);
            if (field->type == WS_VOID_TYPE || (field->mapping != WS_REPEATING_ELEMENT_FIELD_MAPPING &&
                                                field->mapping != WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING &&
                                                field->mapping != WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING))
                continue;
            if (!*(void *const *)(changed.value + field->offset))
                continue;
            count = *(const ULONG *)(changed.value + field->countOffset);
            field->itemRange = &range;
            range.minItemCount = range.maxItemCount = count;
            expect_changed(&changed, S_OK);
            expect_others(&changed, WS_NO_FIELD_MAPPING);
            range.minItemCount = range.maxItemCount = count + 1;
            expect_changed(&changed, WS_E_INVALID_FORMAT);
            range.minItemCount = 0;
            range.maxItemCount = count - 1;
            if (count)
                expect_changed(&changed, WS_E_INVALID_FORMAT);
        }
    expect(changed.tried > 200);
}

/* Without WS_FIELD_NILLABLE; some types can be a pointer only together with it. */
TEST(only_what_is_nillable_can_be_nil)
{
    struct changed changed = {.seed = 0};
    WS_FIELD_DESCRIPTION *field;
    ULONG i;

    while (next_document(&changed))
        for (i = 0; i < changed.original->fieldCount; i++)
        {
            bool is_counted, by_pointer, is_large;
            const BYTE *place;

            field = copy_with(&changed, i);
            place = changed.value + field->offset;
            is_counted = field->type >= WS_CHAR_ARRAY_TYPE && field->type <= WS_BYTE_ARRAY_TYPE;
            by_pointer = field->options & WS_FIELD_POINTER;
            is_large = field->type == WS_STRUCT_TYPE || field->type == WS_FAULT_TYPE || field->type == WS_CUSTOM_TYPE;
            if (field->mapping != WS_ELEMENT_FIELD_MAPPING || !is_always_there(field) ||
                !(field->options & WS_FIELD_NILLABLE))
                continue;
            if (field->type == WS_STRING_TYPE || field->type == WS_BYTES_TYPE || field->type == WS_XML_STRING_TYPE)
                place = (const BYTE *)&((const WS_STRING *)place)->chars;
            if (*(void *const *)place || (is_counted && *(const ULONG *)(changed.value + field->countOffset)))
                continue;
            field->options &= ~(ULONG)WS_FIELD_NILLABLE;
            expect_changed(&changed, by_pointer && !is_large             ? E_INVALIDARG
                                     : field->type == WS_XML_BUFFER_TYPE ? S_OK
                                                                         : WS_E_INVALID_FORMAT);
        }
    expect(changed.tried > 20);
}

TEST(texts_are_as_long_as_their_description_says)
{
    struct changed changed = {.seed = 0};
    WS_FIELD_DESCRIPTION *field;
    ULONG i, length, limits[2];

    while (next_document(&changed))
        for (i = 0; i < changed.original->fieldCount; i++)
        {
            field = copy_with(&changed, i);
            if (!is_always_there(field) && field->mapping != WS_TEXT_FIELD_MAPPING)
                continue;
            if (field->type >= WS_CHAR_ARRAY_TYPE && field->type <= WS_BYTE_ARRAY_TYPE)
                length = *(const ULONG *)(changed.value + field->countOffset);
            else if (field->type == WS_STRING_TYPE || field->type == WS_BYTES_TYPE || field->type == WS_XML_STRING_TYPE)
                length = *(const ULONG *)(changed.value + field->offset);
            else
                continue;
            if (!length)
                continue;
            field->typeDescription = limits;
            limits[0] = limits[1] = length;
            expect_changed(&changed, S_OK);
            expect_others(&changed, WS_NO_FIELD_MAPPING);
            limits[0] = limits[1] = length + 1;
            expect_changed(&changed, WS_E_INVALID_FORMAT);
            limits[0] = 0, limits[1] = length - 1;
            expect_changed(&changed, WS_E_INVALID_FORMAT);
        }
    expect(changed.tried > 50);
}

/* A description that allows this very value, and then one that allows another. */
TEST(values_are_within_the_limits_of_their_description)
{
    struct changed changed = {.seed = 0};
    WS_FIELD_DESCRIPTION *field;
    union
    {
        BYTE bytes[64];
        uint64_t number;
        DECIMAL decimal;
    } limits;
    size_t size, differing;
    ULONG i;

    while (next_document(&changed))
        for (i = 0; i < changed.original->fieldCount; i++)
        {
            field = copy_with(&changed, i);
            if ((!is_always_there(field) && field->mapping != WS_TEXT_FIELD_MAPPING) || field->type > WS_GUID_TYPE ||
                field->options & WS_FIELD_POINTER)
                continue;
            size = described_size(field->type, NULL);
            expect(2 * size <= sizeof(limits));
            memcpy(limits.bytes, changed.value + field->offset, size);
            memcpy(limits.bytes + size, changed.value + field->offset, size);
            field->typeDescription = &limits;
            if (field->type != WS_FLOAT_TYPE && field->type != WS_DOUBLE_TYPE) /* no limit is NaN */
            {
                expect_changed(&changed, S_OK);
                expect_others(&changed, WS_NO_FIELD_MAPPING);
            }
            differing = field->type == WS_DECIMAL_TYPE ? offsetof(DECIMAL, Lo64) : 0;
            limits.bytes[differing] ^= 1;
            limits.bytes[differing + size] ^= 1;
            expect_changed(&changed, WS_E_INVALID_FORMAT);
            expect(says(error, "description allows"));
        }
    expect(changed.tried > 100);
}

TEST(no_value_is_of_an_abstract_type)
{
    struct changed changed = {.seed = 0};

    while (next_document(&changed))
    {
        copy_with(&changed, 0);
        changed.description.structOptions |= WS_STRUCT_ABSTRACT;
        expect_changed(&changed, WS_E_INVALID_FORMAT);
    }
    expect(changed.tried > 200);
}

/* --- What the round trips have found --- */

/* Our choice: an element whose prefix the writer chooses gives way to a name in no namespace, which can have none. */
TEST(a_name_in_no_namespace_can_be_written_in_any_element)
{
    static WS_FIELD_DESCRIPTION text = {.mapping = WS_TEXT_FIELD_MAPPING, .type = WS_XML_QNAME_TYPE};
    static WS_FIELD_DESCRIPTION *fields[] = {&text};
    static WS_STRUCT_DESCRIPTION names = {
        .size = sizeof(WS_XML_QNAME), .alignment = 8, .fields = fields, .fieldCount = 1};
    static WS_XML_STRING name = STRING("e"), ns = STRING("u");
    static const WS_ELEMENT_DESCRIPTION of_names = {&name, &ns, WS_STRUCT_TYPE, &names};
    static const WS_XML_QNAME value = {STRING("n"), STRING("")};
    WS_XML_WRITER *w = create_fragment_writer();

    ok(WsWriteElement(w, &of_names, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    ok(WsWriteStartElement(w, NULL, &name, &ns, NULL));
    ok(WsWriteElement(w, &of_names, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    end(w);
    expect_output(w, "<a:e xmlns:a=\"u\">n</a:e><e xmlns=\"u\"><a:e xmlns:a=\"u\" xmlns=\"\">n</a:e></e>");
    WsFreeWriter(w);
}

/* Our choice of prefixes: the element has none, so its type needs one even where the default namespace is that. */
TEST(an_element_in_no_namespace_can_name_a_type)
{
    static WS_STRUCT_DESCRIPTION base, derived, *sub_types[] = {&derived};
    static WS_FIELD_DESCRIPTION type = {.mapping = WS_TYPE_ATTRIBUTE_FIELD_MAPPING, .type = WS_DESCRIPTION_TYPE};
    static WS_FIELD_DESCRIPTION *fields[] = {&type};
    static WS_XML_STRING name = STRING("e"), none = STRING(""), derived_name = STRING("d"), ns = STRING("u");
    static const WS_ELEMENT_DESCRIPTION of_base = {&name, &none, WS_STRUCT_TYPE, &base};
    const WS_STRUCT_DESCRIPTION *value = &derived;
    WS_XML_WRITER *w = create_writer(NULL, 0);

    base.size = derived.size = sizeof(void *);
    base.fields = derived.fields = fields;
    base.fieldCount = derived.fieldCount = 1;
    base.subTypes = sub_types;
    base.subTypeCount = 1;
    derived.typeLocalName = &derived_name;
    derived.typeNs = &ns;
    derived.parentType = &base;
    ok(WsWriteStartElement(w, NULL, &name, &ns, NULL));
    ok(WsWriteElement(w, &of_base, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    end(w);
    expect_output(w, "<e xmlns=\"u\"><e b:type=\"a:d\" xmlns=\"\" "
                     "xmlns:b=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:a=\"u\"/></e>");
    WsFreeWriter(w);
}

/* Our choice: WS_FIELD_OPTIONAL leaves out what the reader would put there, and NULL is not a default of 5. */
TEST(nil_is_not_the_default)
{
    static int five = 5;
    static WS_DEFAULT_VALUE default_value = {&five, sizeof(five)};
    static WS_XML_STRING name = STRING("n"), ns = STRING("");
    static WS_FIELD_DESCRIPTION number = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                          .localName = &name,
                                          .ns = &ns,
                                          .type = WS_INT32_TYPE,
                                          .options = WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE,
                                          .defaultValue = &default_value};
    static WS_FIELD_DESCRIPTION *fields[] = {&number};
    static WS_STRUCT_DESCRIPTION numbers = {.size = sizeof(int *), .alignment = 8, .fields = fields, .fieldCount = 1};
    static const WS_ELEMENT_DESCRIPTION of_numbers = {&name, &ns, WS_STRUCT_TYPE, &numbers};
    int *value = NULL;
    WS_XML_WRITER *w = create_writer(NULL, 0);

    ok(WsWriteElement(w, &of_numbers, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_output(w, "<n><n a:nil=\"true\" xmlns:a=\"http://www.w3.org/2001/XMLSchema-instance\"/></n>");
    set_output(w, NULL, 0);
    value = &five;
    ok(WsWriteElement(w, &of_numbers, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_output(w, "<n/>");
    WsFreeWriter(w);
}

/* Our choice: what the heap cannot hold is not read into other memory first. */
TEST(an_array_takes_no_more_memory_than_the_heap_has)
{
    static WS_XML_STRING name = STRING("n"), ns = STRING("");
    static WS_STRUCT_DESCRIPTION item = {.size = 0x40000000, .alignment = 8};
    static WS_FIELD_DESCRIPTION items = {.mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING,
                                         .type = WS_STRUCT_TYPE,
                                         .typeDescription = &item,
                                         .countOffset = sizeof(void *),
                                         .itemLocalName = &name,
                                         .itemNs = &ns};
    static WS_FIELD_DESCRIPTION *fields[] = {&items};
    static WS_STRUCT_DESCRIPTION array = {
        .size = 2 * sizeof(void *), .alignment = 8, .fields = fields, .fieldCount = 1};
    void *value[2] = {NULL, NULL};
    WS_HEAP *small = create_heap(1 << 16);
    WS_XML_READER *r = create_reader();
    WS_ERROR *e = create_error();

    set_text_string(r, "<n><n/></n>");
    expect_refused(e, WS_E_QUOTA_EXCEEDED,
                   WsReadType(r, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &array, WS_READ_REQUIRED_VALUE, small, value,
                              sizeof(value), e),
                   "1073741824 bytes were requested");
    expect(!value[0] && !value[1]);
    WsFreeReader(r);
    WsFreeHeap(small);
    WsFreeError(e);
}
