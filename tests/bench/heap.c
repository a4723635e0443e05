/* SPDX-License-Identifier: MIT */
/*
 * The heap's functions across the DLL boundary: our DLL, which lies beside this program, against the builtin
 * one, in the same process. Both are loaded by path, so that neither override nor search order matters.
 */
#include <windows.h>

#include <stdio.h>

#include "limit.h"
#include "webservices.h"

#define ROUNDS 40

struct api
{
    const char *name;
    __typeof__(&WsCreateHeap) create;
    __typeof__(&WsAlloc) alloc;
    __typeof__(&WsResetHeap) reset;
    __typeof__(&WsFreeHeap) free;
    WS_HEAP *heap;
};

static struct limit limit;
static char room[65536];

static void limit_1000(struct api *api)
{
    int i;

    (void)api;
    limit.pos = room;
    limit.end = room + sizeof(room);
    for (i = 0; i < 1000; i++)
        bench_use(limit_alloc(&limit, 48));
}

/* The limit with the arguments of WsAlloc and through a pointer: what the boundary itself costs. */
static __attribute__((noinline)) HRESULT WINAPI limit_call(struct limit *from, SIZE_T size, void **ptr, WS_ERROR *error)
{
    char *memory = from->pos;

    (void)error;
    if (size > (SIZE_T)(from->end - memory))
        return E_OUTOFMEMORY;
    from->pos = memory + ((size + 7) & ~(SIZE_T)7);
    *ptr = memory;
    return S_OK;
}

static __typeof__(&limit_call) volatile limit_pointer = limit_call;

static void limit_call_1000(struct api *api)
{
    __typeof__(&limit_call) call = limit_pointer;
    void *memory;
    int i;

    (void)api;
    limit.pos = room;
    limit.end = room + sizeof(room);
    for (i = 0; i < 1000; i++)
    {
        call(&limit, 48, &memory, NULL);
        bench_use(memory);
    }
}

static void alloc_1000(struct api *api)
{
    __typeof__(api->alloc) alloc = api->alloc;
    WS_HEAP *heap = api->heap;
    void *memory;
    int i;

    for (i = 0; i < 1000; i++)
    {
        alloc(heap, 48, &memory, NULL);
        bench_use(memory);
    }
    api->reset(heap, NULL);
}

/* A message: 20 allocations of ordinary sizes, and the reset. */
static void messages_10(struct api *api)
{
    void *memory;
    int i, j;

    for (i = 0; i < 10; i++)
    {
        for (j = 0; j < 20; j++)
        {
            api->alloc(api->heap, (SIZE_T)(16 + j * 12), &memory, NULL);
            bench_use(memory);
        }
        api->reset(api->heap, NULL);
    }
}

static void heaps_10(struct api *api)
{
    WS_HEAP *heap;
    void *memory;
    int i;

    for (i = 0; i < 10; i++)
    {
        api->create(65536, 4096, NULL, 0, &heap, NULL);
        api->alloc(heap, 48, &memory, NULL);
        bench_use(memory);
        api->free(heap);
    }
}

/* The best of many rounds, interleaved with those of the other DLL by the caller; nanoseconds for one of n. */
static void measure(void (*run)(struct api *api), struct api *api, int n, int repeat, double *best)
{
    double start, time;
    int i;

    start = bench_now();
    for (i = 0; i < repeat; i++)
        run(api);
    time = (bench_now() - start) / ((double)repeat * n);
    if (time < *best)
        *best = time;
}

static int load(struct api *api, const char *path)
{
    HMODULE module = LoadLibraryA(path);
    char found[MAX_PATH];

    if (!module)
    {
        fprintf(stderr, "heap: %s cannot be loaded: error %lu\n", path, GetLastError());
        return 0;
    }
    GetModuleFileNameA(module, found, sizeof(found));
    printf("%s: %s\n", api->name, found);
    api->create = (__typeof__(api->create))(void (*)(void))GetProcAddress(module, "WsCreateHeap");
    api->alloc = (__typeof__(api->alloc))(void (*)(void))GetProcAddress(module, "WsAlloc");
    api->reset = (__typeof__(api->reset))(void (*)(void))GetProcAddress(module, "WsResetHeap");
    api->free = (__typeof__(api->free))(void (*)(void))GetProcAddress(module, "WsFreeHeap");
    return api->create(1 << 20, 1 << 20, NULL, 0, &api->heap, NULL) == S_OK;
}

int main(int argc, char **argv)
{
    double best_limit = 1e30, best_call = 1e30, best[2][3] = {{1e30, 1e30, 1e30}, {1e30, 1e30, 1e30}};
    static const char *const what[] = {"WsAlloc", "20 allocations and a reset", "create, alloc, free"};
    struct api apis[2] = {{.name = "ours"}, {.name = "builtin"}};
    char path[MAX_PATH], *slash;
    int round, i, count = 1;

    GetModuleFileNameA(NULL, path, sizeof(path));
    if ((slash = strrchr(path, '\\')))
        strcpy(slash + 1, "webservices.dll");
    if (!load(&apis[0], path))
        return 1;
    /* Two DLLs of one name: the second by its own path. */
    GetSystemDirectoryA(path, sizeof(path));
    strcat(path, "\\webservices.dll");
    if (argc < 2 || strcmp(argv[1], "--ours"))
        count += load(&apis[1], path);

    for (round = 0; round < ROUNDS; round++)
    {
        measure(limit_1000, NULL, 1000, 50, &best_limit);
        measure(limit_call_1000, NULL, 1000, 50, &best_call);
        for (i = 0; i < count; i++)
        {
            measure(alloc_1000, &apis[i], 1000, i ? 1 : 50, &best[i][0]);
            measure(messages_10, &apis[i], 10, i ? 2 : 100, &best[i][1]);
            measure(heaps_10, &apis[i], 10, i ? 2 : 100, &best[i][2]);
        }
    }

    printf("limit, a checked bump by call: %.2f ns; through a pointer, with four arguments: %.2f ns\n", best_limit,
           best_call);
    printf("| %-28s | ours, ns | builtin, ns | times faster |\n|:---|---:|---:|---:|\n", "");
    for (i = 0; i < 3; i++)
        if (count == 2)
            printf("| %-28s | %8.2f | %11.1f | %12.1f |\n", what[i], best[0][i], best[1][i], best[1][i] / best[0][i]);
        else
            printf("| %-28s | %8.2f | | |\n", what[i], best[0][i]);
    printf("WsAlloc is %.2f x the limit, and %.2f x the limit called as it is.\n", best[0][0] / best_limit,
           best[0][0] / best_call);
    return 0;
}
