/* SPDX-License-Identifier: MIT */
/* Reading by description: what cannot be seen from outside, and lengths that no test can reach. */
#include "support/structs.h"
#include "xml/typed/types.h"

/* A ULONG has room for a length of 32 bits. */
TEST(more_bytes_than_a_length_can_say_are_refused)
{
    const size_t too_much = sizeof(size_t) > 4 ? SIZE_MAX >> 31 : 0; /* 8 GB */
    const struct type *type = &typed_types[WS_XML_STRING_TYPE];
    struct typed_reader typed = {.heap = create_heap(SIZE_MAX)};
    WS_XML_STRING string = {0, NULL, NULL, 0};
    WS_ERROR *error = create_error();

    if (too_much)
        expect_refused(error, E_OUTOFMEMORY,
                       type->parse(&typed, type, NULL, (const BYTE *)"", too_much, &string, error), "no memory");
    expect(!string.bytes && !string.length);
    WsFreeHeap(typed.heap);
    WsFreeError(error);
}

/* A value of two texts is gathered in memory of the reader. */
TEST(a_reader_gives_back_the_memory_of_large_values)
{
    const size_t length = 3 * READER_DECODED_TRIM;
    const WS_TYPE types[] = {WS_XML_STRING_TYPE, WS_BYTES_TYPE};
    static char xml[3 * READER_DECODED_TRIM + 100];
    struct use use = begin_use();
    WS_XML_STRING value;
    size_t i;

    WsFreeHeap(use.heap);
    use.heap = create_heap(10 * length);
    strcpy(xml, "<r>YWJj<!-- -->");
    memset(xml + strlen(xml), 'a', length);
    strcat(xml, "</r>");
    for (i = 0; i < COUNT(types); i++)
    {
        ok(read_from(&use, xml, WS_ELEMENT_TYPE_MAPPING, types[i], NULL, &value,
                     types[i] == WS_BYTES_TYPE ? sizeof(WS_BYTES) : sizeof(WS_XML_STRING)));
        expect(use.reader->gathered.room <= READER_DECODED_TRIM);
    }
    /* What is not much is kept. */
    ok(read_from(&use, "<r>a<!-- -->b</r>", WS_ELEMENT_TYPE_MAPPING, WS_XML_STRING_TYPE, NULL, &value, sizeof(value)));
    expect(use.reader->gathered.room != 0);
    end_use(&use);
}

/* --- Calls in callbacks --- */

struct large
{
    int32_t *items;
    ULONG count, padding[30];
};

static WS_FIELD_DESCRIPTION large_items = ITEMS(WS_INT32_TYPE, NULL, struct large, 0), *large_fields[] = {&large_items};
static WS_STRUCT_DESCRIPTION large = STRUCTURE(struct large, large_fields);
static size_t most_scratch;

static HRESULT CALLBACK read_large(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                   void *value, ULONG size, WS_ERROR *error)
{
    struct large read;
    size_t scratch;
    HRESULT hr;

    (void)data, (void)size;
    hr = WsReadType(reader, mapping, WS_STRUCT_TYPE, &large, WS_READ_REQUIRED_VALUE, heap, &read, sizeof(read), error);
    scratch = arena_requested(&reader->scratch);
    if (scratch > most_scratch)
        most_scratch = scratch;
    *(int32_t *)value = hr == S_OK && read.count == 2 ? read.items[1] : 0;
    return hr;
}

/* What a call needs while it runs is used again by the next one, also if both are in the same callback's array. */
TEST(calls_in_callbacks_do_not_add_up_in_memory)
{
    WS_CUSTOM_TYPE_DESCRIPTION custom = {sizeof(int32_t), 4, read_large, NULL, NULL, NULL};
    WS_FIELD_DESCRIPTION items = ITEMS(WS_CUSTOM_TYPE, &custom, struct large, 0), *fields[] = {&items};
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct large, fields);
    static char xml[1000 * 40];
    struct use use = begin_use();
    struct large value;
    char *end = xml;
    int i;

    end += sprintf(end, "<r>");
    for (i = 0; i < 1000; i++)
        end += sprintf(end, "<i><i>1</i><i>%d</i></i>", i);
    sprintf(end, "</r>");
    most_scratch = 0;
    ok(read_struct(&use, xml, &outer, &value));
    expect(value.count == 1000 && value.items[999] == 999);
    /* The array of all takes the most. */
    expect(most_scratch && most_scratch < 1000 * sizeof(int32_t) * 4);
    expect(!arena_requested(&use.reader->scratch));
    ok(read_struct(&use, xml, &outer, &value));
    expect(value.count == 1000 && value.items[999] == 999);
    end_use(&use);
}
