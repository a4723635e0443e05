/* SPDX-License-Identifier: MIT */
/*
 * 32-bit callers promise a stack aligned to 4 bytes, no more: each export is called with each alignment there
 * is, and must take exactly its own arguments off the stack.
 *
 * Source: the documented calling convention of 32-bit Windows.
 */
#include "support/test.h"

#include <stdarg.h>

#define MAX_WORDS 8

/*
 * Calls `function` with `count` words of arguments and a stack pointer that is `offset` above a multiple of 16
 * at the call instruction. Returns eax; *popped receives how many bytes the callee took off the stack.
 */
static uint32_t call(void (*function)(void), const uint32_t *words, uint32_t count, uint32_t offset, uint32_t *popped)
{
    uint32_t result, left, preserved;

    /* ebx, esi and edi are the callee's to preserve: each gets a value that is looked at afterwards. */
    __asm__ volatile("movl %%esp, %%ebx\n\t"
                     "subl $64, %%esp\n\t"
                     "andl $-16, %%esp\n\t"
                     "addl %%edx, %%esp\n\t"
                     "movl %%esp, %%edi\n\t"
                     "cld\n\t"
                     "rep movsl\n\t"
                     "movl %%esp, %%edi\n\t"
                     "movl $0x5a5a5a5a, %%esi\n\t"
                     "call *%%eax\n\t"
                     "movl %%esp, %%ecx\n\t"
                     "subl %%edi, %%ecx\n\t"
                     "movl %%ebx, %%esp\n\t"
                     : "=a"(result), "=c"(left), "+d"(offset), "=S"(preserved)
                     : "a"(function), "c"(count), "S"(words)
                     : "ebx", "edi", "memory", "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7");
    expect_size(0x5a5a5a5a, preserved);
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
#define P(pointer)                 ((uint32_t)(uintptr_t)(pointer))

/* That the calls below are made as they say: this function sees the stack pointer that it is called with. */
static __attribute__((stdcall, noinline)) uint32_t stack_alignment(uint32_t argument)
{
    (void)argument;
    return (uint32_t)(uintptr_t)__builtin_frame_address(0) % 16;
}

TEST(the_calls_have_every_alignment)
{
    uint32_t offset, seen = 0;

    for (offset = 0; offset < 16; offset += 4)
        seen |= 1u << (uint32_t)CALL(stack_alignment, 4, 0) / 4;
    expect_size(15, seen);
}

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
