/* SPDX-License-Identifier: MIT */
/*
 * Custom types, both ways: what their callbacks are given in each mapping, and what becomes of objects that they free,
 * move away or use for another such call.
 *
 * Source: the pages of WS_CUSTOM_TYPE_DESCRIPTION and of its callbacks; what is said of objects that are freed, as of
 * those of all callbacks, is our choice.
 */
#include "support/structs.h"

/* What a callback does, and what it was given. */
struct behaviour
{
    HRESULT answer;
    HRESULT (*act)(struct behaviour *behaviour, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap);
    unsigned calls, compared;
    WS_TYPE_MAPPING mapping;
    WS_HEAP *heap;
    bool says, moves_not;
};

/* A value: twice the number that is in the XML. */
struct twice
{
    int32_t number;
};

static WS_XML_STRING name_f = STRING("f"), none = STRING("");

static HRESULT CALLBACK read_twice(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                   void *value, ULONG size, WS_ERROR *error)
{
    struct behaviour *behaviour = *(struct behaviour *const *)data;
    struct twice *twice = value;
    WS_STRING own = {4, (WCHAR *)u"Mine"};
    bool element = mapping == WS_ELEMENT_TYPE_MAPPING || mapping == WS_ANY_ELEMENT_TYPE_MAPPING;
    HRESULT hr;

    behaviour->calls++;
    behaviour->mapping = mapping;
    behaviour->heap = heap;
    expect(size == sizeof(*twice) && twice->number == 0);
    if (behaviour->says)
        WsAddErrorString(error, &own);
    if (behaviour->answer != S_OK)
        return behaviour->answer;
    if (behaviour->act && (hr = behaviour->act(behaviour, reader, NULL, heap)) != S_OK)
        return hr;
    if (behaviour->moves_not)
        return S_OK;
    if ((element && (hr = WsReadStartElement(reader, error)) != S_OK) ||
        (hr = WsReadType(reader, element ? WS_ELEMENT_CONTENT_TYPE_MAPPING : mapping, WS_INT32_TYPE, NULL,
                         WS_READ_REQUIRED_VALUE, NULL, &twice->number, 4, error)) != S_OK)
        return hr;
    twice->number *= 2;
    return element ? WsReadEndElement(reader, error) : S_OK;
}

static HRESULT CALLBACK write_twice(WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, const void *data, const void *value,
                                    ULONG size, WS_ERROR *error)
{
    struct behaviour *behaviour = *(struct behaviour *const *)data;
    int32_t half = ((const struct twice *)value)->number / 2;
    WS_STRING own = {4, (WCHAR *)u"Mine"};
    HRESULT hr;

    behaviour->calls++;
    behaviour->mapping = mapping;
    expect(size == sizeof(struct twice));
    if (behaviour->says)
        WsAddErrorString(error, &own);
    if (behaviour->answer != S_OK)
        return behaviour->answer;
    if (behaviour->act && (hr = behaviour->act(behaviour, NULL, writer, NULL)) != S_OK)
        return hr;
    if (mapping == WS_ANY_ELEMENT_TYPE_MAPPING)
    {
        WS_ELEMENT_DESCRIPTION element = {&name_f, &none, WS_INT32_TYPE, NULL};

        return WsWriteElement(writer, &element, WS_WRITE_REQUIRED_VALUE, &half, 4, error);
    }
    return WsWriteType(writer, mapping, WS_INT32_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, &half, 4, error);
}

static HRESULT CALLBACK compare_twice(const void *data, const void *value, const void *other, ULONG size,
                                      BOOL *is_default, WS_ERROR *error)
{
    struct behaviour *behaviour = *(struct behaviour *const *)data;

    (void)error;
    behaviour->compared++;
    expect(size == sizeof(struct twice));
    *is_default = ((const struct twice *)value)->number == (other ? ((const struct twice *)other)->number : 0);
    return behaviour->answer;
}

static struct behaviour behaviour, *the_behaviour = &behaviour;
static WS_CUSTOM_TYPE_DESCRIPTION twice = {sizeof(struct twice), 4, read_twice, write_twice, &the_behaviour, NULL};

/* Nothing is left of an earlier test. */
static struct use begin(void)
{
    memset(&behaviour, 0, sizeof(behaviour));
    twice.isDefaultValueCallback = NULL;
    return begin_use();
}

struct holder
{
    struct twice embedded, *pointer;
    struct twice *items;
    ULONG count;
    int32_t after;
};

static WS_FIELD_DESCRIPTION after = ELEMENT("after", WS_INT32_TYPE, NULL, struct holder, after, WS_FIELD_OPTIONAL);

#define HOLDER(field_) \
    WS_FIELD_DESCRIPTION field = field_, *fields[] = {&field, &after}; \
    WS_STRUCT_DESCRIPTION holder = STRUCTURE(struct holder, fields); \
    field.typeDescription = &twice

/* --- Mappings --- */

TEST(callbacks_are_told_what_the_value_is_mapped_to)
{
    static const struct
    {
        WS_FIELD_MAPPING field;
        WS_TYPE_MAPPING type;
        const char *xml;
    } rows[] = {
        {WS_ELEMENT_FIELD_MAPPING, WS_ELEMENT_TYPE_MAPPING, "<r><f>4</f></r>"},
        {WS_ATTRIBUTE_FIELD_MAPPING, WS_ATTRIBUTE_TYPE_MAPPING, "<r f=\"4\"/>"},
        {WS_TEXT_FIELD_MAPPING, WS_ELEMENT_CONTENT_TYPE_MAPPING, "<r>4</r>"},
        {WS_ANY_ELEMENT_FIELD_MAPPING, WS_ANY_ELEMENT_TYPE_MAPPING, "<r><f>4</f></r>"},
    };
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, embedded, 0));
    struct use use = begin();
    struct holder value;
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        field.mapping = rows[i].field;
        field.localName =
            field.mapping == WS_ELEMENT_FIELD_MAPPING || field.mapping == WS_ATTRIBUTE_FIELD_MAPPING ? &name_f : NULL;
        field.ns = field.localName ? &none : NULL;
        holder.fieldCount = field.mapping == WS_TEXT_FIELD_MAPPING ? 1 : 2;
        ok(read_struct(&use, rows[i].xml, &holder, &value));
        expect(behaviour.mapping == rows[i].type && behaviour.heap == use.heap && value.embedded.number == 8);
        expect(is_at_end(use.reader));
        behaviour.mapping = (WS_TYPE_MAPPING)0;
        expect_xml(&use, &holder, &value, rows[i].xml);
        expect(behaviour.mapping == rows[i].type);
    }
    expect_size(2 * COUNT(rows), behaviour.calls);
    end_use(&use);
}

TEST(the_functions_hand_on_their_mapping)
{
    WS_ELEMENT_DESCRIPTION element = {&name_f, &none, WS_CUSTOM_TYPE, &twice};
    WS_ATTRIBUTE_DESCRIPTION attribute = {&name_f, &none, WS_CUSTOM_TYPE, &twice};
    struct use use = begin();
    struct twice value = {0}, *pointer = NULL;

    set_text_string(use.reader, "<f f='3'>4</f>");
    ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
    /* A heap need not be given, and is not then. */
    ok(WsReadAttribute(use.reader, &attribute, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL));
    expect(value.number == 6 && !behaviour.heap && behaviour.mapping == WS_ATTRIBUTE_TYPE_MAPPING);
    ok(WsReadElement(use.reader, &element, WS_READ_OPTIONAL_POINTER, use.heap, &pointer, sizeof(pointer), NULL));
    expect(pointer->number == 8 && behaviour.mapping == WS_ELEMENT_TYPE_MAPPING && is_at_end(use.reader));
    value.number = 0;
    ok(read_from(&use, "<r>5</r>", WS_ANY_ELEMENT_TYPE_MAPPING, WS_CUSTOM_TYPE, &twice, &value, sizeof(value)));
    expect(value.number == 10 && behaviour.mapping == WS_ANY_ELEMENT_TYPE_MAPPING);
    set_output(use.writer, NULL, 0);
    ok(WsWriteElement(use.writer, &element, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_output(use.writer, "<f>5</f>");
    set_output(use.writer, NULL, 0);
    ok(WsWriteType(use.writer, WS_ANY_ELEMENT_TYPE_MAPPING, WS_CUSTOM_TYPE, &twice, WS_WRITE_REQUIRED_VALUE, &value,
                   sizeof(value), NULL));
    expect_output(use.writer, "<f>5</f>");
    end_use(&use);
}

TEST(custom_types_can_be_pointers_items_and_nil)
{
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, pointer, WS_FIELD_POINTER | WS_FIELD_NILLABLE));
    struct use use = begin();
    struct holder value;

    ok(read_struct(&use, "<r><f>4</f></r>", &holder, &value));
    expect(value.pointer->number == 8);
    ok(read_struct(&use, "<r><f a:nil='1' xmlns:a='" XSI "'/></r>", &holder, &value));
    expect(!value.pointer);
    expect_xml(&use, &holder, &value, "<r><f a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>");
    field = (WS_FIELD_DESCRIPTION)ITEMS(WS_CUSTOM_TYPE, &twice, struct holder, 0);
    ok(read_struct(&use, "<r><i>1</i><i>2</i> <after>3</after></r>", &holder, &value));
    expect(value.count == 2 && value.items[0].number == 2 && value.items[1].number == 4 && value.after == 3);
    expect_xml(&use, &holder, &value, "<r><i>1</i><i>2</i><after>3</after></r>");
    end_use(&use);
}

/* --- Defaults --- */

TEST(a_callback_says_whether_a_value_is_the_default)
{
    struct twice fourteen = {14};
    WS_DEFAULT_VALUE default_value = {&fourteen, sizeof(fourteen)};
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, embedded, WS_FIELD_OPTIONAL));
    struct use use = begin();
    struct holder value = {.after = 0};

    /* Nobody can tell. */
    expect_xml(&use, &holder, &value, "<r><f>0</f></r>");
    twice.isDefaultValueCallback = compare_twice;
    expect_xml(&use, &holder, &value, "<r/>");
    field.defaultValue = &default_value;
    expect_xml(&use, &holder, &value, "<r><f>0</f></r>");
    ok(read_struct(&use, "<r/>", &holder, &value));
    expect(value.embedded.number == 14);
    expect_xml(&use, &holder, &value, "<r/>");
    expect_size(3, behaviour.compared);
    field.options = 0;
    expect_xml(&use, &holder, &value, "<r><f>7</f></r>");
    expect_size(3, behaviour.compared);
    field.options = WS_FIELD_OPTIONAL;
    behaviour.answer = E_FAIL;
    expect_hr(E_FAIL, write_struct(&use, &holder, &value));
    end_use(&use);
}

/* --- What is not possible --- */

TEST(descriptions_of_custom_types_are_checked)
{
    WS_CUSTOM_TYPE_DESCRIPTION only_read = twice, only_write = twice;
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, embedded, 0));
    struct use use = begin();
    struct holder value = {.after = 0};

    only_read.writeCallback = NULL;
    only_write.readCallback = NULL;
    field.typeDescription = &only_read;
    ok(read_struct(&use, "<r><f>4</f></r>", &holder, &value));
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &holder, &value), "no callback to write it");
    field.typeDescription = &only_write;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r><f>4</f></r>", &holder, &value),
                   "no callback to read it");
    expect_xml(&use, &holder, &value, "<r><f>4</f></r>");
    field.typeDescription = NULL;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r><f>4</f></r>", &holder, &value), "NULL");
    field.typeDescription = &twice;
    field.options = WS_FIELD_NILLABLE;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r><f>4</f></r>", &holder, &value), "WS_CUSTOM_TYPE");
    field.options = 0;
    field.mapping = WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r><f>4</f></r>", &holder, &value), "WS_CUSTOM_TYPE");
    field.mapping = WS_ELEMENT_FIELD_MAPPING;
    field.offset = sizeof(struct holder) - 3;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r><f>4</f></r>", &holder, &value), "offset");
    end_use(&use);
}

/* The pages of the callbacks: a mapping that makes no sense is WS_E_INVALID_OPERATION. A failure is handed on. */
TEST(a_failure_of_a_callback_is_handed_on)
{
    static const HRESULT answers[] = {E_FAIL, WS_E_INVALID_OPERATION, E_INVALIDARG, WS_E_INVALID_FORMAT, E_OUTOFMEMORY};
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, embedded, 0));
    struct use use = begin();
    struct holder value = {.after = 99};
    size_t i;

    for (i = 0; i < COUNT(answers); i++)
    {
        behaviour.answer = answers[i];
        behaviour.says = i & 1;
        expect_hr(answers[i], read_struct(&use, "<r><f>4</f></r>", &holder, &value));
        expect_size(behaviour.says ? 2 : 1, sentence_count(use.error));
        expect(says(use.error, behaviour.says ? "Mine" : "callback that reads a custom type failed"));
        expect(value.after == 99);
        expect_hr(answers[i], write_struct(&use, &holder, &value));
        expect_size(behaviour.says ? 2 : 1, sentence_count(use.error));
        expect(says(use.error, behaviour.says ? "Mine" : "callback that writes a custom type failed"));
        expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(use.writer, NULL));
    }
    end_use(&use);
}

TEST(a_callback_cannot_go_on_later)
{
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, embedded, 0));
    struct use use = begin();
    struct holder value = {.after = 99};

    behaviour.answer = WS_S_ASYNC;
    expect_refused(use.error, WS_E_INVALID_OPERATION, read_struct(&use, "<r><f>4</f></r>", &holder, &value),
                   "WS_S_ASYNC");
    expect_refused(use.error, WS_E_INVALID_OPERATION, write_struct(&use, &holder, &value), "WS_S_ASYNC");
    end_use(&use);
}

/* --- What is freed --- */

static HRESULT free_object(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)heap;
    WsFreeReader(reader);
    WsFreeWriter(writer);
    return S_OK;
}

static HRESULT free_and_fail(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    free_object(of, reader, writer, heap);
    return E_FAIL;
}

TEST(a_callback_can_free_its_object)
{
    static const WS_FIELD_MAPPING mappings[] = {WS_ELEMENT_FIELD_MAPPING, WS_ATTRIBUTE_FIELD_MAPPING,
                                                WS_REPEATING_ELEMENT_FIELD_MAPPING};
    static const char *const xml[] = {"<r><f>4</f></r>", "<r f='1'/>", "<r><i>5</i></r>"};
    int fails;
    size_t i;

    for (i = 0; i < COUNT(mappings); i++)
        for (fails = 0; fails < 2; fails++)
        {
            WS_FIELD_DESCRIPTION items = ITEMS(WS_CUSTOM_TYPE, &twice, struct holder, 0);
            HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, embedded, 0));
            struct twice one = {2};
            struct holder value = {.items = &one, .count = 1, .after = 99};
            struct use use = begin();

            field.mapping = mappings[i];
            if (mappings[i] == WS_REPEATING_ELEMENT_FIELD_MAPPING)
                field = items;
            behaviour.act = fails ? free_and_fail : free_object;
            behaviour.moves_not = true;
            expect_hr(fails ? E_FAIL : WS_E_INVALID_OPERATION, read_struct(&use, xml[i], &holder, &value));
            expect(value.after == 99);
            use.reader = create_reader();
            expect_hr(fails ? E_FAIL : WS_E_INVALID_OPERATION, write_struct(&use, &holder, &value));
            use.writer = NULL;
            end_use(&use);
        }
}

static HRESULT free_heap(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)reader, (void)writer;
    WsFreeHeap(heap);
    return S_OK;
}

static HRESULT reset_heap(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)reader, (void)writer;
    return WsResetHeap(heap, NULL);
}

TEST(a_heap_that_a_callback_frees_or_resets_is_not_used_any_more)
{
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, pointer, WS_FIELD_POINTER));
    struct holder *value = NULL;
    int resets;

    for (resets = 0; resets < 2; resets++)
    {
        struct use use = begin();

        behaviour.act = resets ? reset_heap : free_heap;
        behaviour.moves_not = true;
        set_text_string(use.reader, "<r><f>4</f><after>7</after></r>");
        expect_refused(use.error, WS_E_INVALID_OPERATION,
                       WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &holder,
                                  WS_READ_REQUIRED_POINTER, use.heap, &value, sizeof(value), use.error),
                       "heap");
        expect(!value);
        if (!resets)
            use.heap = NULL;
        end_use(&use);
    }
}

/* --- What is moved --- */

static HRESULT skip(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)writer, (void)heap;
    ok(WsSkipNode(reader, NULL));
    ok(WsSkipNode(reader, NULL));
    return S_OK;
}

static HRESULT set_other_input(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)writer, (void)heap;
    set_text_string(reader, "<f>6</f>");
    ok(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    return S_OK;
}

static HRESULT fail_to_read(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)writer, (void)heap;
    expect_hr(WS_E_INVALID_FORMAT, WsReadEndElement(reader, NULL));
    return S_OK;
}

static HRESULT leave_attribute(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)writer, (void)heap;
    ok(WsReadEndAttribute(reader, NULL));
    return S_OK;
}

/* It goes on where the reader is then, whatever is there. */
TEST(a_callback_can_leave_its_reader_anywhere)
{
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, embedded, 0));
    struct use use = begin();
    struct holder value = {.after = 99};

    behaviour.moves_not = true;
    behaviour.act = skip;
    ok(read_struct(&use, "<r><f>4</f><g/><after>7</after></r>", &holder, &value));
    expect(value.after == 7 && is_at_end(use.reader));
    behaviour.act = fail_to_read;
    expect_refused(use.error, WS_E_OBJECT_FAULTED, read_struct(&use, "<r><f>4</f></r>", &holder, &value), "faulted");
    behaviour.act = set_other_input;
    expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<r><f>4</f></r>", &holder, &value));
    field.mapping = WS_ATTRIBUTE_FIELD_MAPPING;
    behaviour.act = leave_attribute;
    expect_refused(use.error, WS_E_INVALID_OPERATION, read_struct(&use, "<r f='1'/>", &holder, &value), "attribute");
    behaviour.act = set_other_input;
    expect_refused(use.error, WS_E_INVALID_OPERATION, read_struct(&use, "<r f='1'/>", &holder, &value), "attribute");
    behaviour.act = NULL;
    ok(read_struct(&use, "<r f='1'/>", &holder, &value));
    end_use(&use);
}

/* Our choice: else there would be no end to items that are not read. */
TEST(an_element_that_its_callback_does_not_read_is_an_error)
{
    HOLDER(ITEMS(WS_CUSTOM_TYPE, NULL, struct holder, 0));
    struct use use = begin();
    struct holder value = {.after = 99};

    behaviour.moves_not = true;
    expect_refused(use.error, WS_E_INVALID_OPERATION, read_struct(&use, "<r><i>4</i></r>", &holder, &value),
                   "has not read the element");
    expect_size(1, behaviour.calls);
    /* A text and an attribute are left anyway. */
    field = (WS_FIELD_DESCRIPTION)FIELD(WS_TEXT_FIELD_MAPPING, WS_CUSTOM_TYPE, struct holder, embedded, 0);
    field.typeDescription = &twice;
    holder.fieldCount = 1;
    ok(read_struct(&use, "<r/>", &holder, &value));
    end_use(&use);
}

static HRESULT end_too_much(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)reader, (void)heap;
    ok(WsWriteEndElement(writer, NULL));
    return WsWriteEndElement(writer, NULL);
}

static HRESULT set_other_output(struct behaviour *of, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap)
{
    (void)of, (void)reader, (void)heap;
    set_output(writer, NULL, 0);
    return S_OK;
}

TEST(a_callback_can_leave_its_writer_anywhere)
{
    HOLDER(ELEMENT("f", WS_CUSTOM_TYPE, NULL, struct holder, embedded, 0));
    struct use use = begin();
    struct holder value = {.after = 99};

    behaviour.act = end_too_much;
    expect(write_struct(&use, &holder, &value) != S_OK);
    behaviour.act = set_other_output;
    expect(write_struct(&use, &holder, &value) != S_OK);
    behaviour.act = NULL;
    expect_xml(&use, &holder, &value, "<r><f>0</f><after>99</after></r>");
    end_use(&use);
}

/* --- Calls in calls --- */

static HRESULT CALLBACK read_tree(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                  void *value, ULONG size, WS_ERROR *error)
{
    (void)size;
    return WsReadType(reader, mapping, WS_STRUCT_TYPE, data, WS_READ_REQUIRED_POINTER, heap, value, sizeof(void *),
                      error);
}

static HRESULT CALLBACK write_tree(WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, const void *data, const void *value,
                                   ULONG size, WS_ERROR *error)
{
    return WsWriteType(writer, mapping, WS_STRUCT_TYPE, data, WS_WRITE_REQUIRED_POINTER, value, size, error);
}

struct tree
{
    struct tree **items;
    ULONG count;
    WS_STRING text;
};

/* Each level is a call of its own, with arrays that are being gathered around it. */
TEST(a_callback_can_use_its_object_for_another_such_call)
{
    static const char xml[] = "<r><i><i t=\"a\"/><i t=\"b\"><i t=\"c\"/><i/></i></i><i t=\"d\"/></r>";
    WS_CUSTOM_TYPE_DESCRIPTION node = {sizeof(void *), 8, read_tree, write_tree, NULL, NULL};
    WS_FIELD_DESCRIPTION text = ATTRIBUTE("t", WS_STRING_TYPE, struct tree, text, WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION items = ITEMS(WS_CUSTOM_TYPE, &node, struct tree, 0), *fields[] = {&text, &items};
    WS_STRUCT_DESCRIPTION tree = STRUCTURE(struct tree, fields);
    struct use use = begin();
    struct tree value;

    node.descriptionData = &tree;
    ok(read_struct(&use, xml, &tree, &value));
    expect(value.count == 2 && wide_is(&value.items[1]->text, "d") && value.items[0]->items[1]->count == 2);
    expect(wide_is(&value.items[0]->items[1]->items[0]->text, "c"));
    expect_xml(&use, &tree, &value, xml);
    expect_hr(WS_E_INVALID_FORMAT, read_struct(&use, "<r><i><i><x/></i></i></r>", &tree, &value));
    expect(says(use.error, "\"x\""));
    end_use(&use);
}
