/* SPDX-License-Identifier: MIT */
/*
 * A model-based fuzzer of heap and error calls: the input is a sequence of calls on a few handles, live,
 * freed or of the wrong kind; a simple model says what each call must answer, and what each allocation must
 * still contain. Run by `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "fuzz.h"
#include "webservicesdebug.h"

#define HEAPS   4
#define ERRORS  3
#define ALLOCS  64
#define STRINGS 32

/* The least size of an allocation for which the system may have no memory. */
#define LARGE ((size_t)1 << 28)

/* --- The input --- */

static const uint8_t *input, *input_end;

static uint32_t take(unsigned bytes)
{
    uint32_t value = 0;

    while (bytes-- && input < input_end)
        value = value << 8 | *input++;
    return value;
}

/* Sizes of all magnitudes, the edges of SIZE_MAX among them. */
static size_t take_size(void)
{
    uint32_t kind = take(1);

    switch (kind % 8)
    {
    case 0: return SIZE_MAX - take(1);
    case 1: return SIZE_MAX / 2 + take(1);
    case 2: return take(2) * 16;
    case 3: return take(2);
    default: return take(1);
    }
}

/* --- The model --- */

struct model_heap
{
    WS_HEAP *handle;
    bool live;
    size_t max, trim, requested;
    struct
    {
        unsigned char *memory;
        size_t size;
        unsigned char fill;
    } allocs[ALLOCS];
    size_t count;
};

struct model_error
{
    WS_ERROR *handle;
    bool live;
    ULONG code, strings;
    LANGID language, own_language;
    bool language_free;         /* reset, and not set since */
    WCHAR first_chars[STRINGS]; /* the first characters of the strings, oldest first, as far as they fit */
};

static struct model_heap heaps[HEAPS];
static struct model_error errors[ERRORS];

static struct model_error *take_error(void)
{
    uint32_t index = take(1) % (ERRORS + 1);

    return index < ERRORS ? &errors[index] : NULL;
}

static WS_ERROR *handle_of(struct model_error *error)
{
    return error ? error->handle : NULL;
}

static bool failing; /* memory fails on demand */

/* A failed call that was given a live error object has added a sentence to it, if there was memory for it. */
static void expect_told(struct model_error *error, HRESULT hr)
{
    ULONG count = 0;

    if (FAILED(hr) && error && error->live)
    {
        check(WsGetErrorProperty(error->handle, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
        if (failing && count == error->strings + (error->code != 0))
            return;
        check(count == error->strings + 1 + (error->code != 0));
        if (error->strings < STRINGS)
            error->first_chars[error->strings] = 0;
        error->strings++;
    }
}

static void check_contents(struct model_heap *heap)
{
    size_t i, j;

    for (i = 0; i < heap->count; i++)
        for (j = 0; j < heap->allocs[i].size; j++)
            check(heap->allocs[i].memory[j] == heap->allocs[i].fill);
}

static size_t property(struct model_heap *heap, WS_HEAP_PROPERTY_ID id)
{
    SIZE_T value = 0;

    check(WsGetHeapProperty(heap->handle, id, &value, sizeof(value), NULL) == S_OK);
    return value;
}

static void check_heap(struct model_heap *heap)
{
    check(property(heap, WS_HEAP_PROPERTY_MAX_SIZE) == heap->max);
    check(property(heap, WS_HEAP_PROPERTY_TRIM_SIZE) == heap->trim);
    check(property(heap, WS_HEAP_PROPERTY_REQUESTED_SIZE) == heap->requested);
    check(property(heap, WS_HEAP_PROPERTY_ACTUAL_SIZE) >= heap->requested);
}

static void create_heap(struct model_heap *heap)
{
    struct model_error *error = take_error();
    size_t max = take_size(), trim = take_size();
    WS_HEAP *before = heap->handle;
    ULONG count;
    HRESULT hr;

    if (heap->live)
        return;
    count = take(1) == 77;
    hr = WsCreateHeap(max, trim, NULL, count, &heap->handle, handle_of(error));
    expect_told(error, hr);
    if (hr == S_OK)
    {
        heap->live = true;
        heap->max = max;
        heap->trim = trim;
        heap->requested = heap->count = 0;
        check_heap(heap);
    }
    else
        check((count ? hr == E_INVALIDARG : hr == E_OUTOFMEMORY && failing) && heap->handle == before);
}

static void alloc(struct model_heap *heap)
{
    struct model_error *error = take_error();
    size_t size = take_size();
    void *memory = heap;
    HRESULT hr = WsAlloc(heap->handle, size, &memory, handle_of(error));

    expect_told(error, hr);
    if (hr != S_OK)
        check(memory == heap);
    if (!heap->live)
    {
        check(hr == E_INVALIDARG);
        return;
    }
    if (size > heap->max - heap->requested)
        check(hr == WS_E_QUOTA_EXCEEDED);
    else if (hr == S_OK)
    {
        check(memory && (uintptr_t)memory % 8 == 0);
        heap->requested += size;
        if (size <= 4096)
        {
            unsigned char fill = (unsigned char)(heap->requested * 31 + heap->count);

            memset(memory, fill, size);
            if (heap->count < ALLOCS)
            {
                heap->allocs[heap->count].memory = memory;
                heap->allocs[heap->count].size = size;
                heap->allocs[heap->count++].fill = fill;
            }
        }
    }
    else
        check(hr == E_OUTOFMEMORY && (failing || size > LARGE));
}

static void reset_heap(struct model_heap *heap)
{
    struct model_error *error = take_error();
    HRESULT hr;
    size_t actual;

    if (heap->live)
        check_contents(heap);
    hr = WsResetHeap(heap->handle, handle_of(error));
    expect_told(error, hr);
    check(hr == (heap->live ? S_OK : E_INVALIDARG));
    if (!heap->live)
        return;
    heap->requested = heap->count = 0;
    actual = property(heap, WS_HEAP_PROPERTY_ACTUAL_SIZE);
    check(heap->trim > heap->max || actual <= heap->trim || actual == 128);
}

static void free_heap(struct model_heap *heap)
{
    if (heap->live)
        check_contents(heap);
    WsFreeHeap(heap->handle);
    heap->live = false;
}

static void create_error(struct model_error *error)
{
    LANGID language = (LANGID)take(2);
    WS_ERROR_PROPERTY property = {(WS_ERROR_PROPERTY_ID)(take(1) % 4), &language, sizeof(language)};
    ULONG count = take(1) % 2;
    HRESULT hr;

    if (error->live)
        return;
    hr = WsCreateError(&property, count, &error->handle);
    if (count && (property.id != WS_ERROR_PROPERTY_LANGID || !language))
    {
        check(hr == E_INVALIDARG);
        return;
    }
    if (hr == E_OUTOFMEMORY && failing)
        return;
    check(hr == S_OK);
    error->live = true;
    error->code = error->strings = 0;
    check(WsGetErrorProperty(error->handle, WS_ERROR_PROPERTY_LANGID, &error->own_language, sizeof(LANGID)) == S_OK);
    if (count)
        check(error->own_language == language);
    error->language = error->own_language;
    error->language_free = false;
}

static void add_string(struct model_error *error)
{
    WCHAR chars[256];
    WS_STRING string = {take(1), take(1) == 9 ? NULL : chars};
    HRESULT hr;
    ULONG i;

    for (i = 0; i < string.length; i++)
        chars[i] = (WCHAR)(1 + take(1));
    hr = WsAddErrorString(error->handle, &string);
    if (!error->live || (string.length && !string.chars))
        check(hr == E_INVALIDARG);
    else if (hr != E_OUTOFMEMORY || !failing)
    {
        check(hr == S_OK);
        if (error->strings < STRINGS)
            error->first_chars[error->strings] = string.length ? chars[0] : 1;
        error->strings++;
    }
}

static void check_error(struct model_error *error)
{
    WS_STRING string = {77, NULL};
    ULONG count = 77, code = 77, index = take(1);
    LANGID language = 77;
    HRESULT hr;

    hr = WsGetErrorProperty(error->handle, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    check(hr == (error->live ? S_OK : E_INVALIDARG));
    if (!error->live)
        return;
    check(count == error->strings + (error->code != 0));
    check(WsGetErrorProperty(error->handle, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code)) == S_OK);
    check(code == error->code);
    check(WsGetErrorProperty(error->handle, WS_ERROR_PROPERTY_LANGID, &language, sizeof(language)) == S_OK);
    check(language == error->language);
    hr = WsGetErrorString(error->handle, index, &string);
    check(hr == (index < count ? S_OK : E_INVALIDARG));
    if (hr == S_OK)
    {
        check(string.chars);
        if (index < error->strings && error->strings - 1 - index < STRINGS && string.length &&
            error->first_chars[error->strings - 1 - index] > 1)
            check(string.chars[0] == error->first_chars[error->strings - 1 - index]);
    }
}

/* Once after a reset, before there is anything else. */
static void set_language(struct model_error *error, LANGID language, ULONG size, HRESULT hr)
{
    if (!error->language_free || error->strings || error->code)
        check(hr == WS_E_INVALID_OPERATION);
    else if (size != sizeof(language) || !language)
        check(hr == E_INVALIDARG);
    else
    {
        check(hr == S_OK);
        error->language = error->own_language = language;
        error->language_free = false;
    }
}

static void set_code(struct model_error *error)
{
    ULONG code = take(2), size = take(1) % 8 ? sizeof(code) : 2;
    WS_ERROR_PROPERTY_ID id = (WS_ERROR_PROPERTY_ID)(take(1) % 4);
    HRESULT hr = WsSetErrorProperty(error->handle, id, &code, size);

    if (!error->live || id == WS_ERROR_PROPERTY_STRING_COUNT || id > WS_ERROR_PROPERTY_LANGID)
        check(hr == E_INVALIDARG);
    else if (id == WS_ERROR_PROPERTY_LANGID)
        set_language(error, (LANGID)code, size, hr); /* its first bytes */
    else if (size != sizeof(code))
        check(hr == E_INVALIDARG);
    else if (hr != E_OUTOFMEMORY || !failing)
    {
        check(hr == S_OK);
        error->code = code;
    }
}

static void copy_error(struct model_error *source)
{
    struct model_error *destination = &errors[take(1) % ERRORS];
    HRESULT hr = WsCopyError(source->handle, destination->handle);

    if (!source->live || !destination->live)
        check(hr == E_INVALIDARG);
    else if (hr != E_OUTOFMEMORY || !failing)
    {
        check(hr == S_OK);
        destination->strings = source->strings;
        destination->code = source->code;
        destination->language = source->language;
        if (destination != source)
            destination->language_free = false;
        memcpy(destination->first_chars, source->first_chars, sizeof(source->first_chars));
    }
}

static void reset_error(struct model_error *error)
{
    check(WsResetError(error->handle) == (error->live ? S_OK : E_INVALIDARG));
    error->strings = error->code = 0;
    error->language = error->own_language;
    error->language_free = true;
}

static void free_error(struct model_error *error)
{
    WsFreeError(error->handle);
    error->live = false;
}

/* A heap passed as an error object and the other way round. */
static void mix_up(void)
{
    WS_HEAP *heap = (WS_HEAP *)errors[take(1) % ERRORS].handle;
    WS_ERROR *error = (WS_ERROR *)heaps[take(1) % HEAPS].handle;
    ULONG value;
    void *memory;

    check(WsAlloc(heap, 1, &memory, error) == E_INVALIDARG);
    check(WsResetHeap(heap, error) == E_INVALIDARG);
    check(WsResetError(error) == E_INVALIDARG);
    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &value, sizeof(value)) == E_INVALIDARG);
    WsFreeHeap(heap);
    WsFreeError(error);
}

/*
 * Two handles that were freed could be given out again for one another, and a stale one of the model would
 * then be live: the model forgets a stale handle when a new one equals it.
 */
static void forget_stale(void)
{
    size_t i, j;

    for (i = 0; i < HEAPS; i++)
        for (j = 0; j < HEAPS; j++)
            if (!heaps[i].live && heaps[j].live && heaps[i].handle == heaps[j].handle)
                heaps[i].handle = NULL;
    for (i = 0; i < ERRORS; i++)
        for (j = 0; j < ERRORS; j++)
            if (!errors[i].live && errors[j].live && errors[i].handle == errors[j].handle)
                errors[i].handle = NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t i;

    input = data;
    input_end = data + size;
    memset(heaps, 0, sizeof(heaps));
    memset(errors, 0, sizeof(errors));
    failing = false;
    while (input < input_end)
    {
        uint32_t call = take(1);
        struct model_heap *heap = &heaps[call / 16 % HEAPS];
        struct model_error *error = &errors[call / 16 % ERRORS];

        switch (call % 16)
        {
        case 0: create_heap(heap); break;
        case 1:
        case 2:
        case 3:
        case 4: alloc(heap); break;
        case 5: reset_heap(heap); break;
        case 6: free_heap(heap); break;
        case 7:
            if (heap->live)
                check_heap(heap);
            break;
        case 8: create_error(error); break;
        case 9: add_string(error); break;
        case 10: check_error(error); break;
        case 11: set_code(error); break;
        case 12: copy_error(error); break;
        case 13: reset_error(error); break;
        case 14: free_error(error); break;
        case 15:
            if (call & 16)
                mix_up();
#ifdef WS_DEBUG
            else
                WsSetAutoFail((failing = !(call & 32)) ? take(1) : 0xffffffffu, NULL);
#endif
            break;
        }
        forget_stale();
    }
#ifdef WS_DEBUG
    WsSetAutoFail(0xffffffffu, NULL);
#endif
    for (i = 0; i < HEAPS; i++)
        free_heap(&heaps[i]);
    for (i = 0; i < ERRORS; i++)
        free_error(&errors[i]);
    return 0;
}
