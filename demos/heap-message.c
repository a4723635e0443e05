/* SPDX-License-Identifier: MIT */
/*
 * heap-message - builds messages on a WS_HEAP, as a program that uses the Windows Web Services API does.
 *
 * It shows what a heap asks of the system as it fills, what happens at its quota, and that a reset makes the
 * memory of one message serve the next.
 */
#include <windows.h>

#include <stdio.h>
#include <string.h>

#include "webservices.h"

static WS_ERROR *error;

/* Prints what went wrong, newest sentence first, and forgets it. */
static void print_error(const char *what, HRESULT hr)
{
    ULONG count = 0, i;
    WS_STRING string;

    printf("  %s: 0x%08lx\n", what, hr);
    WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    for (i = 0; i < count; i++)
        if (SUCCEEDED(WsGetErrorString(error, i, &string)))
            printf("  > %.*ls\n", (int)string.length, string.chars);
    WsResetError(error);
}

static SIZE_T property(WS_HEAP *heap, WS_HEAP_PROPERTY_ID id)
{
    SIZE_T value = 0;

    WsGetHeapProperty(heap, id, &value, sizeof(value), NULL);
    return value;
}

static void print_sizes(const char *when, WS_HEAP *heap)
{
    printf("  %-28s requested %6lu bytes, actual %6lu\n", when,
           (unsigned long)property(heap, WS_HEAP_PROPERTY_REQUESTED_SIZE),
           (unsigned long)property(heap, WS_HEAP_PROPERTY_ACTUAL_SIZE));
}

/* A line of an order, in the heap: freed with everything else. */
struct line
{
    struct line *next;
    char *text;
};

static HRESULT add_line(WS_HEAP *heap, struct line **lines, int number)
{
    char text[64];
    struct line *line;
    void *memory;
    HRESULT hr;

    if (FAILED(hr = WsAlloc(heap, sizeof(*line), &memory, error)))
        return hr;
    line = memory;
    sprintf(text, "<line no=\"%d\"><item>part %05d</item></line>", number, number * 7919 % 100000);
    if (FAILED(hr = WsAlloc(heap, strlen(text) + 1, &memory, error)))
        return hr;
    line->text = strcpy(memory, text);
    line->next = *lines;
    *lines = line;
    return S_OK;
}

static int build_messages(WS_HEAP *heap)
{
    struct line *lines = NULL;
    char when[32];
    HRESULT hr;
    int i;

    printf("A message of 64 lines:\n");
    print_sizes("before", heap);
    for (i = 1; i <= 64; i++)
    {
        if (FAILED(hr = add_line(heap, &lines, i)))
        {
            print_error("WsAlloc", hr);
            return 1;
        }
        if (!(i & (i - 1)))
        {
            sprintf(when, "after %d line%s", i, i == 1 ? "" : "s");
            print_sizes(when, heap);
        }
    }
    printf("  newest line: %s\n", lines->text);

    printf("A reset, and the next message in the same memory:\n");
    if (FAILED(hr = WsResetHeap(heap, error)))
    {
        print_error("WsResetHeap", hr);
        return 1;
    }
    print_sizes("after the reset", heap);
    for (lines = NULL, i = 1; i <= 64; i++)
        if (FAILED(hr = add_line(heap, &lines, i)))
        {
            print_error("WsAlloc", hr);
            return 1;
        }
    print_sizes("after 64 lines", heap);

    printf("A message that is too large:\n");
    for (i = 65; SUCCEEDED(hr = add_line(heap, &lines, i)); i++)
        ;
    printf("  line %d does not fit\n", i);
    print_error("WsAlloc", hr);
    print_sizes("the heap is as it was", heap);
    return hr == WS_E_QUOTA_EXCEEDED ? 0 : 1;
}

static int usage(FILE *to, int status)
{
    fputs(
        "Usage: heap-message [--help]\n\n"
        "Builds messages on a heap (WS_HEAP) of 16 KB, and prints what the heap asks of the system as it fills, what\n"
        "happens at its limit, and that after a reset the memory of one message serves the next.\n",
        to);
    return status;
}

int main(int argc, char **argv)
{
    char path[MAX_PATH] = "?";
    WS_HEAP *heap = NULL;
    HMODULE module;
    HRESULT hr;
    int status;

    if (argc > 1)
        return strcmp(argv[1], "--help") ? usage(stderr, 2) : usage(stdout, 0);
    setvbuf(stdout, NULL, _IONBF, 0);
    module = GetModuleHandleA("webservices.dll");
    GetModuleFileNameA(module, path, sizeof(path));
    /* Wine may name the file that lies beside the program also when it took its own; those bear a mark. */
    if (!memcmp((const char *)module + 64, "Wine builtin DLL", 16))
        printf("DLL: Wine's own\n");
    else
        printf("DLL: %s\n", path);

    if (FAILED(hr = WsCreateError(NULL, 0, &error)))
    {
        printf("WsCreateError: 0x%08lx\n", hr);
        return 1;
    }
    if (FAILED(hr = WsCreateHeap(/* maxSize */ 16384, /* trimSize */ 8192, NULL, 0, &heap, error)))
    {
        print_error("WsCreateHeap", hr);
        WsFreeError(error);
        return 1;
    }
    status = build_messages(heap);
    WsFreeHeap(heap);
    WsFreeError(error);
    return status;
}
