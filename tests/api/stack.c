/* SPDX-License-Identifier: MIT */
/*
 * 32-bit callers promise a stack aligned to 4 bytes, no more: each export is called with each alignment there
 * is, and must take exactly its own arguments off the stack.
 */
#include "test.h"

#include <stdarg.h>

#define MAX_WORDS 8

/*
 * Calls `function` with `count` words of arguments and a stack pointer that is `offset` above a multiple of 16
 * at the call instruction. Returns eax; *popped receives how many bytes the callee took off the stack.
 */
static uint32_t call(void (*function)(void), const uint32_t *words, uint32_t count, uint32_t offset, uint32_t *popped)
{
    uint32_t result, left;

    __asm__ volatile("movl %%esp, %%ebx\n\t" /* ebx and edi are the callee's to preserve */
                     "subl $64, %%esp\n\t"
                     "andl $-16, %%esp\n\t"
                     "addl %[offset], %%esp\n\t"
                     "movl %%esp, %%edi\n\t"
                     "cld\n\t"
                     "rep movsl\n\t"
                     "movl %%esp, %%edi\n\t"
                     "call *%%eax\n\t"
                     "movl %%esp, %%ecx\n\t"
                     "subl %%edi, %%ecx\n\t"
                     "movl %%ebx, %%esp\n\t"
                     : "=a"(result), "=c"(left), "+S"(words)
                     : "a"(function), "c"(count), [offset] "d"(offset)
                     : "ebx", "edi", "memory", "cc");
    *popped = left;
    return result;
}

static HRESULT checked_call(const char *name, void (*function)(void), uint32_t bytes, uint32_t offset, ...)
{
    uint32_t words[MAX_WORDS], popped, result;
    va_list args;
    size_t i;

    va_start(args, offset);
    for (i = 0; i < bytes / 4; i++)
        words[i] = va_arg(args, uint32_t);
    va_end(args);
    result = call(function, words, bytes / 4, offset, &popped);
    if (popped != bytes)
        test_fail(__FILE__, __LINE__, "%s took %u bytes off the stack, not %u", name, popped, bytes);
    return (HRESULT)result;
}

#define CALL(function, bytes, ...) checked_call(#function, (void (*)(void))function, bytes, offset, __VA_ARGS__)
#define P(pointer) ((uint32_t)(uintptr_t)(pointer))

TEST(any_stack_alignment_will_do)
{
    uint32_t offset;

    for (offset = 0; offset < 16; offset += 4)
    {
        WS_ERROR *error = NULL, *copy = NULL;
        WS_HEAP *heap = NULL;
        WCHAR chars[] = {'a'};
        WS_STRING string = {1, chars};
        ULONG value = 5;
        SIZE_T size;
        void *memory;

        expect_hr(S_OK, CALL(WsCreateError, 12, 0, 0, P(&error)));
        expect_hr(S_OK, CALL(WsCreateError, 12, 0, 0, P(&copy)));
        expect_hr(S_OK, CALL(WsAddErrorString, 8, P(error), P(&string)));
        expect_hr(S_OK, CALL(WsGetErrorString, 12, P(error), 0, P(&string)));
        expect_hr(S_OK, CALL(WsSetErrorProperty, 16, P(error), WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, P(&value), 4));
        expect_hr(S_OK, CALL(WsGetErrorProperty, 16, P(error), WS_ERROR_PROPERTY_STRING_COUNT, P(&value), 4));
        expect_hr(S_OK, CALL(WsCopyError, 8, P(error), P(copy)));
        expect_hr(S_OK, CALL(WsResetError, 4, P(error)));
        expect_hr(S_OK, CALL(WsCreateHeap, 24, 65536, 0, 0, 0, P(&heap), P(error)));
        expect_hr(S_OK, CALL(WsAlloc, 16, P(heap), 100, P(&memory), P(error)));
        expect_hr(S_OK, CALL(WsAlloc, 16, P(heap), 1000, P(&memory), P(error)));
        expect_hr(WS_E_QUOTA_EXCEEDED, CALL(WsAlloc, 16, P(heap), 100000, P(&memory), P(error)));
        expect_hr(S_OK, CALL(WsGetHeapProperty, 20, P(heap), WS_HEAP_PROPERTY_MAX_SIZE, P(&size), 4, P(error)));
        expect_hr(S_OK, CALL(WsResetHeap, 8, P(heap), P(error)));
        CALL(WsFreeHeap, 4, P(heap));
        CALL(WsFreeError, 4, P(error));
        CALL(WsFreeError, 4, P(copy));
    }
}
