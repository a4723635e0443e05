/* SPDX-License-Identifier: MIT */
/* heap.c - WsCreateHeap, WsAlloc, WsResetHeap, WsFreeHeap, WsGetHeapProperty; see heap.h. */
#include "heap.h"

#include "error.h"
#include "property.h"
#include "trace.h"

struct handle_pool heap_pool = {.tag = HANDLE_HEAP, .size = sizeof(struct _WS_HEAP), .what = "heap objects"};

COLD HRESULT heap_alloc_failed(const WS_HEAP *heap, size_t size, WS_ERROR *error)
{
    const struct arena *arena = &heap->arena;

    if (size > arena->quota_left)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The heap's quota was exceeded: %zu bytes were requested, and %zu of %zu are in use.%s%s%s",
                            size, arena_requested(arena), arena->quota, heap->sized_by ? " It is set by " : "",
                            heap->sized_by ? heap->sized_by : "", heap->sized_by ? "." : "");
    return error_report(error, E_OUTOFMEMORY,
                        "There is no memory for %zu bytes from a heap that has %zu bytes in use and holds %zu.", size,
                        arena_requested(arena), arena->actual);
}

static HRESULT create_heap(size_t max_size, size_t trim_size, const WS_HEAP_PROPERTY *properties, ULONG property_count,
                           WS_HEAP **ret, WS_ERROR *error)
{
    static uint32_t created;
    WS_HEAP *heap;

    if (!ret)
        return error_report(error, E_INVALIDARG,
                            "The pointer that is to receive a heap of max size %zu and trim size %zu is NULL.",
                            max_size, trim_size);
    if (property_count)
        return error_report(error, E_INVALIDARG, "A heap takes no properties; %u were passed, at %p.",
                            (unsigned)property_count, (const void *)properties);
    if (!(heap = handle_take(&heap_pool)))
        return error_report(error, E_OUTOFMEMORY,
                            "There is no memory for another heap, of max size %zu and trim size %zu.", max_size,
                            trim_size);

    /* A trim size above the max size means that nothing is trimmed. */
    memory_init_arena(&heap->arena, max_size, trim_size > max_size ? SIZE_MAX : trim_size);
    heap->arena.closed |= trace_on; /* every call of WsAlloc is to be seen */
    heap->trim_size = trim_size;
    heap->generation = (uint64_t)__atomic_add_fetch(&created, 1, __ATOMIC_RELAXED) << 32;
    heap->is_member = false;
    heap->sized_by = NULL;
    handle_publish(&heap_pool, heap);
    *ret = heap;
    return S_OK;
}

/* WsAlloc() in full. */
static NOINLINE HRESULT alloc(WS_HEAP *heap, size_t size, void **ptr, WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(heap, HANDLE_HEAP))
        hr = handle_refuse(heap, HANDLE_HEAP, error);
    else if (!ptr)
        hr = error_report(error, E_INVALIDARG, "The pointer that is to receive %zu bytes is NULL.", size);
    else
        hr = heap_alloc(heap, size, ptr, error);

    TRACE_RESULT(hr, error, "WsAlloc(heap=%p, size=%zu, ptr=%p, error=%p) = 0x%08x%s", (void *)heap, size, (void *)ptr,
                 (void *)error, (unsigned)hr, trace_pointer(hr, "ptr", hr == S_OK ? *ptr : NULL).text);
    return hr;
}

static HRESULT get_property(const WS_HEAP *heap, WS_HEAP_PROPERTY_ID id, void *value, ULONG value_size, WS_ERROR *error)
{
    SIZE_T size;

    switch (id)
    {
    case WS_HEAP_PROPERTY_MAX_SIZE: size = heap->arena.quota; break;
    case WS_HEAP_PROPERTY_TRIM_SIZE: size = heap->trim_size; break;
    case WS_HEAP_PROPERTY_REQUESTED_SIZE: size = arena_requested(&heap->arena); break;
    case WS_HEAP_PROPERTY_ACTUAL_SIZE: size = heap->arena.actual; break;
    default: return property_unknown(CONSTANT_HEAP_PROPERTY, (ULONG)id, error);
    }
    return property_get(CONSTANT_HEAP_PROPERTY, (ULONG)id, &size, sizeof(size), value, value_size, error);
}

/*
 * Creates a heap.
 *
 * maxSize: how many bytes WsAlloc may hand out, in all, between two resets. 0 is allowed.
 * trimSize: how many bytes of memory the heap may keep when it is reset. Above maxSize: all of it.
 * properties, propertyCount: reserved; the count must be 0.
 * heap: receives the heap, which the caller frees with WsFreeHeap. Untouched on failure.
 * Returns E_INVALIDARG (heap is NULL, propertyCount is not 0), E_OUTOFMEMORY.
 * Source: the page of WsCreateHeap; what is refused has been observed on Windows.
 */
HRESULT WINAPI WsCreateHeap(SIZE_T maxSize, SIZE_T trimSize, const WS_HEAP_PROPERTY *properties, ULONG propertyCount,
                            WS_HEAP **heap, WS_ERROR *error)
{
    HRESULT hr = create_heap(maxSize, trimSize, properties, propertyCount, heap, error);

    TRACE_RESULT(
        hr, error,
        "WsCreateHeap(maxSize=%zu, trimSize=%zu, properties=%p, propertyCount=%u, heap=%p, error=%p) = 0x%08x, "
        "*heap=%p",
        (size_t)maxSize, (size_t)trimSize, (const void *)properties, (unsigned)propertyCount, (void *)heap,
        (void *)error, (unsigned)hr, hr == S_OK ? (void *)*heap : NULL);
    return hr;
}

/*
 * Allocates from a heap.
 *
 * size: in bytes; 0 gives a pointer to nothing, which is not NULL.
 * ptr: receives the memory, aligned to 8 bytes and with undefined contents. It belongs to the heap, until
 *      that is reset or freed. Untouched on failure.
 * Returns E_INVALIDARG (heap is not a live heap, ptr is NULL), WS_E_QUOTA_EXCEEDED (the sizes requested since
 * the last reset would exceed the heap's maxSize), E_OUTOFMEMORY. The heap can be used on after a failure.
 * Source: the page of WsAlloc.
 */
HRESULT WINAPI WsAlloc(WS_HEAP *heap, SIZE_T size, void **ptr, WS_ERROR *error)
{
    void *memory;

    /* Nothing is called on this path, and so no register is saved: that is half of what it costs. */
    if (LIKELY(handle_is(heap, HANDLE_HEAP) && ptr) && (memory = arena_try_alloc(&heap->arena, size)))
    {
        *ptr = memory;
        return S_OK;
    }
    return alloc(heap, size, ptr, error);
}

static HRESULT reset(WS_HEAP *heap, WS_ERROR *error)
{
    if (!handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, error);
    if (heap->is_member)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The heap belongs to another object, such as a message, and is reset with that.");
    arena_reset(&heap->arena);
    heap->generation++;
    return S_OK;
}

/*
 * Takes back all that was allocated from a heap, and keeps memory up to its trim size for later allocations.
 *
 * Returns E_INVALIDARG (not a live heap), WS_E_INVALID_OPERATION (it is that of a message).
 * Source: the page of WsResetHeap. It also says that the heap may be NULL where it is not required; that is
 * about other functions' parameters: Windows has been observed to refuse it here. Heaps of messages: our choice.
 */
HRESULT WINAPI WsResetHeap(WS_HEAP *heap, WS_ERROR *error)
{
    HRESULT hr = reset(heap, error);

    TRACE_RESULT(hr, error, "WsResetHeap(heap=%p, error=%p) = 0x%08x", (void *)heap, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Frees a heap and all that was allocated from it. NULL, or what is not a live heap, is ignored; so is that of a
 * message.
 * Source: the page of WsFreeHeap; that NULL is ignored has been observed on Windows.
 */
void WINAPI WsFreeHeap(WS_HEAP *heap)
{
    if (handle_is(heap, HANDLE_HEAP) && !heap->is_member)
    {
        arena_release(&heap->arena);
        handle_put_back(&heap_pool, heap);
    }
    TRACE("WsFreeHeap(heap=%p)", (void *)heap);
}

/*
 * Gets a property of a heap; all are SIZE_T.
 *
 * WS_HEAP_PROPERTY_MAX_SIZE, _TRIM_SIZE: what was passed to WsCreateHeap.
 * WS_HEAP_PROPERTY_REQUESTED_SIZE: the sum of the sizes allocated since the heap was created or reset.
 * WS_HEAP_PROPERTY_ACTUAL_SIZE: how much memory the heap holds for allocations.
 * Returns E_INVALIDARG (not a live heap, unknown id, value is NULL, valueSize is not that of a SIZE_T), with
 * *value untouched.
 * Source: the pages of WsGetHeapProperty and WS_HEAP_PROPERTY_ID.
 */
HRESULT WINAPI WsGetHeapProperty(WS_HEAP *heap, WS_HEAP_PROPERTY_ID id, void *value, ULONG valueSize, WS_ERROR *error)
{
    HRESULT hr;

    if (handle_is(heap, HANDLE_HEAP))
        hr = get_property(heap, id, value, valueSize, error);
    else
        hr = handle_refuse(heap, HANDLE_HEAP, error);

    TRACE_RESULT(hr, error, "WsGetHeapProperty(heap=%p, id=%s, value=%p, valueSize=%u, error=%p) = 0x%08x%s",
                 (void *)heap, TRACE_NAME(HEAP_PROPERTY, id), value, (unsigned)valueSize, (void *)error, (unsigned)hr,
                 trace_out_property(hr, CONSTANT_HEAP_PROPERTY, (ULONG)id, value, valueSize).text);
    return hr;
}
