/* SPDX-License-Identifier: MIT */
/*
 * What the debug variant exports, but for WsDumpMemory's output (debug.sh), and every E_OUTOFMEMORY that its failures
 * on demand can bring about.
 *
 * Source: the pages of the functions of the debug variant; which failures they bring about is our choice.
 */
#include "support/test.h"

#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu
#define UNTOUCHED  ((void *)(uintptr_t)0x5a5a5a50)

static void fail_after(ULONG operations)
{
    expect_hr(S_OK, WsSetAutoFail(operations, NULL));
}

TEST(WsCreateHeap_without_memory)
{
    WS_HEAP *heaps[100], *heap = UNTOUCHED;
    size_t i, made = 0;
    HRESULT hr = S_OK;

    /* The pool has room for some. */
    fail_after(0);
    while (made < 100 && (hr = WsCreateHeap(16, 0, NULL, 0, &heaps[made], NULL)) == S_OK)
        made++;
    expect_hr(E_OUTOFMEMORY, hr);
    expect_hr(E_OUTOFMEMORY, WsCreateHeap(16, 0, NULL, 0, &heap, NULL));
    expect(heap == UNTOUCHED);
    fail_after(NEVER_FAIL);
    expect_hr(S_OK, WsCreateHeap(16, 0, NULL, 0, &heap, NULL));
    WsFreeHeap(heap);
    for (i = 0; i < made; i++)
        WsFreeHeap(heaps[i]);
}

TEST(WsAlloc_without_memory)
{
    WS_HEAP *heap = NULL;
    void *memory = UNTOUCHED;
    SIZE_T value;

    expect_hr(S_OK, WsCreateHeap(65536, 0, NULL, 0, &heap, NULL));
    fail_after(1); /* the allocation is an operation, and its chunk another */
    expect_hr(E_OUTOFMEMORY, WsAlloc(heap, 16, &memory, NULL));
    expect(memory == UNTOUCHED);
    fail_after(2);
    expect_hr(S_OK, WsAlloc(heap, 16, &memory, NULL));
    expect_hr(E_OUTOFMEMORY, WsAlloc(heap, 16, &memory, NULL));
    expect_hr(E_OUTOFMEMORY, WsAlloc(heap, 16, &memory, NULL));
    expect_hr(S_OK, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_REQUESTED_SIZE, &value, sizeof(value), NULL));
    expect_size(16, value);
    expect_hr(S_OK, WsResetHeap(heap, NULL));
    fail_after(NEVER_FAIL);
    expect_hr(S_OK, WsAlloc(heap, 16, &memory, NULL));
    WsFreeHeap(heap);
}

TEST(error_objects_without_memory)
{
    WS_ERROR *errors[100], *error = UNTOUCHED, *other = NULL;
    WCHAR chars[] = {'a', 'b'};
    WS_STRING string = {2, chars};
    ULONG value = 5, count = 99;
    size_t made = 0;
    HRESULT hr = S_OK;

    fail_after(0);
    while (made < 100 && (hr = WsCreateError(NULL, 0, &errors[made])) == S_OK)
        made++;
    expect_hr(E_OUTOFMEMORY, hr);
    expect_hr(E_OUTOFMEMORY, WsCreateError(NULL, 0, &error));
    expect(error == UNTOUCHED);
    fail_after(NEVER_FAIL);
    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    expect_hr(S_OK, WsCreateError(NULL, 0, &other));

    fail_after(0);
    expect_hr(E_OUTOFMEMORY, WsAddErrorString(error, &string));
    expect_hr(E_OUTOFMEMORY, WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &value, sizeof(value)));
    /* A failure for whose sentence there is no memory. */
    expect_hr(E_INVALIDARG, WsResetHeap(NULL, error));
    expect_hr(S_OK, WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)));
    expect_size(0, count);

    fail_after(NEVER_FAIL);
    expect_hr(S_OK, WsAddErrorString(error, &string));
    expect_hr(S_OK, WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &value, sizeof(value)));
    expect_hr(S_OK, WsAddErrorString(other, &string));
    fail_after(0);
    expect_hr(E_OUTOFMEMORY, WsCopyError(error, other));
    expect_hr(S_OK, WsGetErrorProperty(other, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)));
    expect_size(1, count);
    fail_after(NEVER_FAIL);
    expect_hr(S_OK, WsCopyError(error, other));
    WsFreeError(error);
    WsFreeError(other);
    while (made--)
        WsFreeError(errors[made]);
}

/* A copy that fails half-way leaves the destination as it was. */
TEST(WsCopyError_without_memory_for_all_strings)
{
    WS_ERROR *source = NULL, *copy = NULL;
    WCHAR chars[60] = {'a'};
    WS_STRING string = {60, chars};
    ULONG count = 0, operations, failures = 0;
    HRESULT hr = E_OUTOFMEMORY;
    int i;

    expect_hr(S_OK, WsCreateError(NULL, 0, &source));
    expect_hr(S_OK, WsCreateError(NULL, 0, &copy));
    for (i = 0; i < 10; i++)
        expect_hr(S_OK, WsAddErrorString(source, &string));
    string.length = 3;
    expect_hr(S_OK, WsAddErrorString(copy, &string));
    for (operations = 0; hr != S_OK && operations < 100; operations++)
    {
        expect_hr(S_OK, WsGetErrorProperty(copy, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)));
        expect_size(1, count);
        expect_hr(S_OK, WsGetErrorString(copy, 0, &string));
        expect_size(3, string.length);
        fail_after(operations);
        hr = WsCopyError(source, copy);
        failures += hr == E_OUTOFMEMORY;
    }
    fail_after(NEVER_FAIL);
    expect_hr(S_OK, hr);
    expect(failures >= 3);
    WsFreeError(source);
    WsFreeError(copy);
}

/* The same work with a failure at each of its operations, until there is none. */
TEST(a_failure_at_every_operation)
{
    ULONG operations;
    HRESULT hr = E_OUTOFMEMORY;

    for (operations = 0; hr != S_OK && operations < 1000; operations++)
    {
        WS_ERROR *error = NULL;
        WS_HEAP *heap = NULL;
        void *memory;
        int i;

        fail_after(operations);
        hr = WsCreateError(NULL, 0, &error);
        if (hr == S_OK)
            hr = WsCreateHeap(65536, 256, NULL, 0, &heap, error);
        for (i = 0; hr == S_OK && i < 60; i++)
        {
            hr = WsAlloc(heap, 50, &memory, error);
            if (hr == S_OK)
                memset(memory, 1, 50);
            if (hr == S_OK && i == 30)
                hr = WsResetHeap(heap, error);
        }
        expect(hr == S_OK || hr == E_OUTOFMEMORY);
        WsFreeHeap(heap);
        WsFreeError(error);
    }
    fail_after(NEVER_FAIL);
    expect_hr(S_OK, hr);
    expect(operations > 60);
}

TEST(WsCreateHeap_tells_that_there_is_no_memory)
{
    WS_ERROR *error = NULL;
    WS_HEAP *heap = UNTOUCHED;
    ULONG count = 0, i;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    for (i = 0; i < 8; i++) /* so that it has memory for the sentence */
        expect_hr(E_INVALIDARG, WsResetHeap(NULL, error));
    expect_hr(S_OK, WsResetError(error));
    fail_after(0);
    while (WsCreateHeap(16, 0, NULL, 0, &heap, error) == S_OK)
        ;
    fail_after(NEVER_FAIL);
    expect_hr(S_OK, WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)));
    expect_size(1, count);
    WsFreeError(error);
}

TEST(WsDumpMemory_with_objects_alive)
{
    WS_ERROR *error = NULL;
    WS_HEAP *heap = NULL;
    void *memory;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    expect_hr(S_OK, WsCreateHeap(4242, 0, NULL, 0, &heap, error));
    expect_hr(S_OK, WsAlloc(heap, 100, &memory, error));
    fflush(stdout); /* the dump goes there unbuffered; its lines mean nothing to the harness, but debug.sh reads them */
    expect_hr(S_OK, WsDumpMemory(error));
    expect_hr(S_OK, WsDumpMemory(NULL));
    WsFreeHeap(heap);
    WsFreeError(error);
}
