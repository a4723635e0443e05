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
