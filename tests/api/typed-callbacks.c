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
        {WS_ELEMENT_FIELD_MAPPING, read_to_end, WS_E_INVALID_FORMAT},
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

/* --- Comparers of durations, which are not given the reader, and are not to use it --- */

static struct use *compared; /* whose value it is */
static void (*compare_act)(void);
static unsigned comparisons;

static HRESULT CALLBACK compare(const WS_DURATION *one, const WS_DURATION *other, int *result, WS_ERROR *error)
{
    (void)one, (void)other, (void)error;
    *result = 0;
    if (!comparisons++)
        compare_act();
    return S_OK;
}

static WS_DURATION_DESCRIPTION limits = {{.days = 1}, {.days = 1}, compare};

static void compare_using(void)
{
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(compared->reader, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetInput(compared->reader, NULL, NULL, NULL, 0, NULL));
}

static void compare_freeing(void)
{
    WsFreeReader(compared->reader);
}

static void compare_resetting(void)
{
    ok(WsResetHeap(compared->heap, NULL));
}

static void compare_freeing_heap(void)
{
    WsFreeHeap(compared->heap);
    compared->heap = NULL;
}

TEST(a_comparer_uses_neither_the_reader_nor_its_heap)
{
    static const struct
    {
        void (*act)(void);
        const char *says; /* NULL: it works */
    } rows[] = {
        {compare_using, NULL},
        {compare_freeing, "The reader was freed while it had more to do."},
        {compare_resetting, "The heap was freed or reset while it was needed."},
        {compare_freeing_heap, "The heap was freed or reset while it was needed."},
    };
    WS_FIELD_DESCRIPTION field = ELEMENT("d", WS_DURATION_TYPE, &limits, struct holder, duration, 0);
    WS_FIELD_DESCRIPTION text = ELEMENT("t", WS_WSZ_TYPE, NULL, struct holder, text, 0), *fields[] = {&field, &text};
    WS_STRUCT_DESCRIPTION holder = STRUCTURE(struct holder, fields);
    struct holder untouched, *value;
    size_t i, in_attribute;

    for (i = 0; i < COUNT(rows); i++)
        for (in_attribute = 0; in_attribute < 2; in_attribute++)
        {
            struct use use = begin_use();
            HRESULT hr;

            compared = &use;
            compare_act = rows[i].act;
            comparisons = 0;
            value = &untouched;
            field.mapping = in_attribute ? WS_ATTRIBUTE_FIELD_MAPPING : WS_ELEMENT_FIELD_MAPPING;
            set_text_string(use.reader, in_attribute ? "<r d='P1D'><t>a</t></r>" : "<r><d>P1D</d><t>a</t></r>");
            hr = WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &holder, WS_READ_REQUIRED_POINTER,
                            use.heap, &value, sizeof(value), use.error);
            if (!rows[i].says)
                expect(hr == S_OK && value->duration.days == 1 && wsz_is(value->text, "a"));
            else
            {
                expect_hr(WS_E_INVALID_OPERATION, hr);
                expect(says(use.error, rows[i].says) && value == &untouched && comparisons == 1);
                expect_hr(rows[i].act == compare_freeing ? E_INVALIDARG : WS_E_OBJECT_FAULTED,
                          WsReadNode(use.reader, NULL));
                if (rows[i].act == compare_freeing)
                    use.reader = NULL;
            }
            end_use(&use);
        }
}

/* --- Canonicalization, whose callback runs wherever the reader moves --- */

static HRESULT CALLBACK reset_compared(void *state, const WS_BYTES *buffers, ULONG count,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    (void)state, (void)count, (void)context, (void)error;
    /* What is in the element that is read last. */
    if (memchr(buffers->bytes, '!', buffers->length))
        compare_act();
    return S_OK;
}

TEST(canonicalization_does_not_take_the_heap_away)
{
    static void (*const acts[])(void) = {compare_resetting, compare_freeing_heap};
    WS_XML_CANONICALIZATION_PROPERTY at_once = {WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &(ULONG){1},
                                                sizeof(ULONG)};
    WS_FIELD_DESCRIPTION field = ELEMENT("a", WS_WSZ_TYPE, NULL, struct holder, text, 0);
    WS_FIELD_DESCRIPTION text = ELEMENT("t", WS_WSZ_TYPE, NULL, struct holder, text, 0), *fields[] = {&field, &text};
    WS_STRUCT_DESCRIPTION holder = STRUCTURE(struct holder, fields);
    struct holder untouched, *value;
    WS_XML_BUFFER *buffer;
    size_t i, of_buffer;

    for (i = 0; i < COUNT(acts); i++)
        for (of_buffer = 0; of_buffer < 2; of_buffer++)
        {
            struct use use = begin_use();
            HRESULT hr;

            compared = &use;
            compare_act = acts[i];
            value = &untouched;
            buffer = NULL;
            set_text_string(use.reader, "<x><r><a>!</a><t>some more text</t></r></x>");
            ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
            ok(WsReadStartElement(use.reader, NULL));
            ok(WsStartReaderCanonicalization(use.reader, reset_compared, NULL, &at_once, 1, NULL));
            hr = of_buffer ? WsReadXmlBuffer(use.reader, use.heap, &buffer, use.error)
                           : WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &holder,
                                        WS_READ_REQUIRED_POINTER, use.heap, &value, sizeof(value), use.error);
            expect_hr(WS_E_INVALID_OPERATION, hr);
            expect(says(use.error, "The heap was freed or reset while it was needed."));
            expect(value == &untouched && !buffer);
            expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(use.reader, NULL));
            end_use(&use);
        }
}
/* --- Callbacks that tell defaults, which are not given the writer either --- */

static WS_XML_WRITER *default_writer;
static HRESULT (*default_act)(void);

static HRESULT CALLBACK is_default(const void *data, const void *value, const void *other, ULONG size, BOOL *same,
                                   WS_ERROR *error)
{
    (void)data, (void)value, (void)other, (void)size, (void)error;
    *same = FALSE;
    return default_act();
}

static HRESULT default_using(void)
{
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(default_writer, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetOutput(default_writer, NULL, NULL, NULL, 0, NULL));
    return S_FALSE; /* which is success */
}

static HRESULT default_later(void)
{
    return WS_S_ASYNC;
}

static HRESULT default_wrong(void)
{
    return E_INVALIDARG;
}

static HRESULT default_freeing(void)
{
    WsFreeWriter(default_writer);
    return S_OK;
}

TEST(a_callback_that_tells_defaults_does_not_use_the_writer)
{
    static const struct
    {
        HRESULT (*act)(void);
        HRESULT hr;
        const char *says;
    } rows[] = {
        {default_using, S_OK, NULL},
        {default_later, WS_E_INVALID_OPERATION, "answered WS_S_ASYNC where it cannot complete asynchronously."},
        {default_wrong, E_INVALIDARG, "The callback that compares a custom type with its default failed with "},
        {default_freeing, WS_E_INVALID_OPERATION, "The writer was freed while it had more to do."},
    };
    HOLDER;
    struct holder value = {.after = 1};
    size_t i;

    act = do_nothing;
    thing.isDefaultValueCallback = is_default;
    field.options = WS_FIELD_OPTIONAL;
    for (i = 0; i < COUNT(rows); i++)
    {
        struct use use = begin_use();

        default_act = rows[i].act;
        default_writer = use.writer;
        expect_hr(rows[i].hr, write_struct(&use, &holder, &value));
        if (!rows[i].says)
        {
            end(use.writer);
            expect_output(use.writer, "<r><f/><after>1</after></r>");
        }
        else
        {
            expect_size(1, sentence_count(use.error));
            expect(says(use.error, rows[i].says));
            expect_hr(rows[i].act == default_freeing ? E_INVALIDARG : WS_E_OBJECT_FAULTED,
                      WsWriteEndElement(use.writer, NULL));
            if (rows[i].act == default_freeing)
                use.writer = NULL;
        }
        end_use(&use);
    }
    thing.isDefaultValueCallback = NULL;
}
/* --- Depth --- */

struct list
{
    struct list *next;
};

static WS_CUSTOM_TYPE_DESCRIPTION next = {sizeof(struct list *), sizeof(void *), read_thing, write_thing, NULL, NULL};
static WS_FIELD_DESCRIPTION list_next = ELEMENT("n", WS_CUSTOM_TYPE, &next, struct list, next, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION *list_fields[] = {&list_next};
static WS_STRUCT_DESCRIPTION list = STRUCTURE(struct list, list_fields);

/* Each in a call of its own. */
static HRESULT next_list(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, void *value, WS_ERROR *error)
{
    return reader ? WsReadType(reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list, WS_READ_REQUIRED_POINTER, heap,
                               value, sizeof(struct list *), error)
                  : WsWriteType(writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list, WS_WRITE_REQUIRED_POINTER,
                                value, sizeof(struct list *), error);
}

/* XML buffers have no limit of their own. */
static HRESULT read_deep(struct use *use, unsigned depth, struct list *value)
{
    static char xml[20000];
    ULONG deep = 100000;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_MAX_DEPTH, &deep, sizeof(deep)};
    WS_XML_BUFFER *buffer = NULL;
    char *end = xml;
    unsigned i;

    for (i = 0; i < depth; i++)
        end += sprintf(end, "<n>");
    for (i = 0; i < depth; i++)
        end += sprintf(end, "</n>");
    ok(WsResetHeap(use->heap, NULL));
    ok(WsResetError(use->error));
    ok(WsReadXmlBufferFromBytes(use->reader, NULL, &property, 1, xml, (ULONG)(end - xml), use->heap, &buffer, NULL));
    ok(WsSetInputToBuffer(use->reader, buffer, NULL, 0, NULL));
    return WsReadType(use->reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list, WS_READ_REQUIRED_VALUE, use->heap,
                      value, sizeof(*value), use->error);
}

TEST(values_in_one_another_are_counted_through_the_calls_of_callbacks)
{
    ULONG deep = 100000;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &deep, sizeof(deep)};
    struct use use = begin_use();
    struct list value = {NULL}, itself = {&itself}, *pointer = &itself;

    WsFreeHeap(use.heap);
    use.heap = create_heap(1 << 20);
    act = next_list;
    ok(read_deep(&use, 100, &value));
    ok(read_deep(&use, 100, &value)); /* which are not counted after a call */
    expect_hr(WS_E_QUOTA_EXCEEDED, read_deep(&use, 2000, &value));
    expect(says(use.error, "deeper than 256 levels"));
    ok(read_deep(&use, 100, &value));
    set_output(use.writer, &property, 1);
    start(use.writer, "n");
    ok(WsResetError(use.error));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &list,
                                               WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer), use.error));
    expect(says(use.error, "deeper than 256 levels"));
    end_use(&use);
}
