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
