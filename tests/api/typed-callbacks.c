/* SPDX-License-Identifier: MIT */
/*
 * What the callbacks of descriptions, and others that run meanwhile, do to the reader, the writer and the heap that
 * they are called for; and what becomes of those then.
 *
 * Source: our choice, as of all callbacks.
 */
#include "support/structs.h"

/* What the callbacks do. */
typedef HRESULT action(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error);
static action *act;

static HRESULT CALLBACK read_thing(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                   void *value, ULONG size, WS_ERROR *error)
{
    (void)mapping, (void)data, (void)size;
    return act(reader, NULL, heap, value, error);
}

static HRESULT CALLBACK write_thing(WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, const void *data, const void *value,
                                    ULONG size, WS_ERROR *error)
{
    (void)mapping, (void)data, (void)size;
    return act(NULL, writer, NULL, (void *)(uintptr_t)value, error);
}

struct thing
{
    ULONG number;
};

static WS_CUSTOM_TYPE_DESCRIPTION thing = {sizeof(struct thing), 4, read_thing, write_thing, NULL, NULL};

struct holder
{
    struct thing thing, *pointer;
    WS_DURATION duration;
    WCHAR *text;
    ULONG after;
};

static WS_FIELD_DESCRIPTION after = ELEMENT("after", WS_UINT32_TYPE, NULL, struct holder, after, WS_FIELD_OPTIONAL);

/* A structure of a custom type, "f", and of another field. */
#define HOLDER \
    WS_FIELD_DESCRIPTION field = ELEMENT("f", WS_CUSTOM_TYPE, &thing, struct holder, thing, 0); \
    WS_FIELD_DESCRIPTION *fields[] = {&field, &after}; \
    WS_STRUCT_DESCRIPTION holder = STRUCTURE(struct holder, fields)

/* --- Readers --- */

static HRESULT be_wrong(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    (void)reader, (void)writer, (void)heap, (void)value, (void)error;
    return E_INVALIDARG;
}

static HRESULT be_unable(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    (void)reader, (void)writer, (void)heap, (void)value, (void)error;
    return WS_E_INVALID_OPERATION;
}

static HRESULT go_on_later(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    (void)reader, (void)writer, (void)heap, (void)value, (void)error;
    return WS_S_ASYNC;
}

static HRESULT do_nothing(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    (void)reader, (void)writer, (void)heap, (void)value, (void)error;
    return S_OK;
}

static HRESULT reset_heap(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    (void)reader, (void)writer, (void)value, (void)error;
    return WsResetHeap(heap, NULL);
}

static HRESULT leave_attribute(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value,
                               WS_ERROR *error)
{
    (void)writer, (void)heap, (void)value, (void)error;
    return WsReadEndAttribute(reader, NULL);
}

static HRESULT set_other_input(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value,
                               WS_ERROR *error)
{
    (void)writer, (void)heap, (void)value, (void)error;
    set_text_string(reader, "<f>6</f>");
    return S_OK;
}

static HRESULT read_to_end(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    (void)writer, (void)heap, (void)value, (void)error;
    while (!is_at_end(reader))
        ok(WsReadNode(reader, NULL));
    return S_OK;
}

/* The value is read in part, and nobody knows where the reader is. */
TEST(a_reader_is_faulted_whichever_code_says_that_a_callback_went_wrong)
{
    static const struct
    {
        WS_FIELD_MAPPING mapping;
        action *act;
        HRESULT hr;
    } rows[] = {
        {WS_ELEMENT_FIELD_MAPPING, be_wrong, E_INVALIDARG},
        {WS_ELEMENT_FIELD_MAPPING, be_unable, WS_E_INVALID_OPERATION},
        {WS_ELEMENT_FIELD_MAPPING, go_on_later, WS_E_INVALID_OPERATION},
        {WS_ELEMENT_FIELD_MAPPING, do_nothing, WS_E_INVALID_OPERATION},
        {WS_ELEMENT_FIELD_MAPPING, reset_heap, WS_E_INVALID_OPERATION},
        {WS_ELEMENT_FIELD_MAPPING, read_to_end, WS_E_INVALID_OPERATION},
        {WS_ATTRIBUTE_FIELD_MAPPING, be_wrong, E_INVALIDARG},
        {WS_ATTRIBUTE_FIELD_MAPPING, leave_attribute, WS_E_INVALID_OPERATION},
        {WS_ATTRIBUTE_FIELD_MAPPING, set_other_input, WS_E_INVALID_OPERATION},
    };
    HOLDER;
    struct use use = begin_use();
    struct holder value;
    size_t i;

    holder.structOptions = WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT | WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES;
    for (i = 0; i < COUNT(rows); i++)
    {
        field.mapping = rows[i].mapping;
        act = rows[i].act;
        expect_hr(rows[i].hr, read_struct(&use, "<r f='1'><f>4</f></r>", &holder, &value));
        expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(use.reader, NULL));
        set_text_string(use.reader, "<r/>");
        ok(WsReadNode(use.reader, NULL));
    }
    end_use(&use);
}

TEST(a_refusal_before_the_value_leaves_the_reader_as_it_was)
{
    struct use use = begin_use();
    int32_t value = 0;

    set_text_string(use.reader, "<r>4</r>");
    ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadType(use.reader, WS_ATTRIBUTE_TYPE_MAPPING, WS_INT32_TYPE, NULL,
                                                 WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL));
    ok(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_INT32_TYPE, NULL, WS_READ_REQUIRED_VALUE, NULL, &value,
                  sizeof(value), NULL));
    expect(value == 4);
    end_use(&use);
}

static HRESULT be_refused(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    (void)writer, (void)heap, (void)error;
    expect_hr(E_INVALIDARG, WsReadType(reader, WS_ELEMENT_TYPE_MAPPING, WS_INT32_TYPE, NULL, WS_READ_REQUIRED_VALUE,
                                       NULL, value, 3, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadType(reader, WS_ATTRIBUTE_TYPE_MAPPING, WS_INT32_TYPE, NULL,
                                                 WS_READ_REQUIRED_VALUE, NULL, value, 4, NULL));
    return WsReadType(reader, WS_ELEMENT_TYPE_MAPPING, WS_INT32_TYPE, NULL, WS_READ_REQUIRED_VALUE, NULL, value, 4,
                      NULL);
}

TEST(so_does_one_in_a_callback)
{
    HOLDER;
    struct use use = begin_use();
    struct holder value;

    act = be_refused;
    ok(read_struct(&use, "<r><f>4</f><after>5</after></r>", &holder, &value));
    expect(value.thing.number == 4 && value.after == 5);
    end_use(&use);
}

/* --- Heaps --- */

static HRESULT reset_and_fill(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    void *memory;

    (void)writer, (void)value, (void)error;
    ok(WsResetHeap(heap, NULL));
    ok(WsAlloc(heap, 5000, &memory, NULL));
    memset(memory, 0x5a, 5000);
    return WsSkipNode(reader, NULL);
}

/* The memory of freed objects is used again. */
static HRESULT replace_heap(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    WS_HEAP *heaps[100];
    void *memory;
    ULONG count;

    (void)writer, (void)value, (void)error;
    WsFreeHeap(heap);
    for (count = 0; count < COUNT(heaps) && (heaps[count] = create_heap(1 << 16)) != heap; count++)
        ;
    expect(count < COUNT(heaps));
    while (count)
        WsFreeHeap(heaps[--count]);
    ok(WsAlloc(heap, 5000, &memory, NULL));
    return WsSkipNode(reader, NULL);
}

TEST(a_heap_that_was_reset_or_freed_is_found_out_whatever_is_in_it_since)
{
    static action *const acts[] = {reset_and_fill, replace_heap};
    HOLDER;
    struct holder untouched, *value;
    size_t i;

    field.options = WS_FIELD_POINTER;
    field.offset = offsetof(struct holder, pointer);
    for (i = 0; i < COUNT(acts); i++)
    {
        struct use use = begin_use();

        act = acts[i];
        value = &untouched;
        set_text_string(use.reader, "<r><f>4</f><after>7</after></r>");
        expect_refused(use.error, WS_E_INVALID_OPERATION,
                       WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &holder,
                                  WS_READ_REQUIRED_POINTER, use.heap, &value, sizeof(value), use.error),
                       "The heap was freed or reset while it was needed.");
        expect(value == &untouched);
        expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(use.reader, NULL));
        end_use(&use);
    }
}
