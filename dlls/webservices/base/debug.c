/* SPDX-License-Identifier: MIT */
/*
 * debug.c - WsDumpMemory and WsSetAutoFail, which only the debug variant has. The reference's page "Debugging (Windows
 * Web Services)" names them. The memory that they are about is in memory_debug.c.
 */
#include "error.h"
#include "heap.h"
#include "memory.h"
#include "trace.h"
#include "webservicesdebug.h"

#include <stdarg.h>
#include <stdio.h>

static PRINTF_LIKE(1, 2) void print(const char *format, ...)
{
    char line[256];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    platform_print(line);
}

static void print_heap(const void *object)
{
    const WS_HEAP *heap = object;

    print("  heap %p: requested %zu, actual %zu, max %zu, trim %zu\n", object, arena_requested(&heap->arena),
          heap->arena.actual, heap->arena.quota, heap->trim_size);
}

static void print_error(const void *object)
{
    const WS_ERROR *error = object;

    print("  error object %p: %u strings, actual %zu\n", object, (unsigned)error->string_count, error->arena.actual);
}

/*
 * Prints every live heap and error object, and every block of memory that the library holds, to standard
 * output. Meant to be called when no other thread is in the library.
 * Source: the page of WsDumpMemory, which says no more than "dumps all memory allocations to the console".
 */
HRESULT WINAPI WsDumpMemory(WS_ERROR *error)
{
    const struct memory_block *block;
    size_t count = 0, bytes = 0;

    print("webservices: objects\n");
    handle_each(&heap_pool, print_heap);
    handle_each(&error_pool, print_error);
    print("webservices: memory held\n");
    for (block = memory_blocks.next; block != &memory_blocks; block = block->next)
    {
        print("  %p: %zu bytes, %s\n", (const void *)(block + 1), block->size, block->what);
        count++;
        bytes += block->size;
    }
    print("webservices: %zu bytes in %zu blocks\n", bytes, count);
    TRACE("WsDumpMemory(error=%p) = 0x%08x", (void *)error, (unsigned)S_OK);
    return S_OK;
}

/*
 * Lets the next `count` operations succeed, and every later one fail with E_OUTOFMEMORY until this is called
 * again. 0xffffffff means never to fail. An operation is a request for memory: one that takes it from a heap,
 * or one that the library makes to the system.
 * Source: the page of WsSetAutoFail: "how many operations before failures begin to occur"; what an operation
 * is, and how to end the failures, is our choice.
 */
HRESULT WINAPI WsSetAutoFail(ULONG count, WS_ERROR *error)
{
    memory_fail_after(count);
    TRACE("WsSetAutoFail(count=%u, error=%p) = 0x%08x", (unsigned)count, (void *)error, (unsigned)S_OK);
    return S_OK;
}
