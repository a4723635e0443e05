/* SPDX-License-Identifier: MIT */
/*
 * Messages across the DLL boundary: the cycle of cycle.h by our DLL, which lies beside this program, and by the builtin
 * one, in the same process; both are loaded by path. Each figure is the best of several rounds, in which the DLLs take
 * turns.
 *
 *     message-wine [--ours] [ROUNDS [MESSAGES IN A ROUND]]
 */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cycle.h"
#include "limit.h"

static struct dll
{
    const char *name;
    struct cycle_api api;
    struct cycle cycle;
} dlls[2] = {{.name = "ours"}, {.name = "builtin"}};

static int load(struct dll *dll, const char *path)
{
    HMODULE module = LoadLibraryA(path);
    char found[MAX_PATH];

    if (!module)
    {
        fprintf(stderr, "message-wine: %s cannot be loaded: error %lu\n", path, GetLastError());
        return 0;
    }
    GetModuleFileNameA(module, found, sizeof(found));
    printf("%s: %s\n", dll->name, found);
#define FIND(function) \
    dll->api.function = (__typeof__(dll->api.function))(void (*)(void))GetProcAddress(module, #function); \
    if (!dll->api.function) \
    { \
        printf("%s has no %s\n", dll->name, #function); \
        return 0; \
    }
    CYCLE_FUNCTIONS(FIND)
    return 1;
}

static HRESULT both(struct cycle *cycle)
{
    HRESULT hr = cycle_write(cycle);

    return hr == S_OK ? cycle_read(cycle) : hr;
}

static HRESULT headers_100(struct cycle *cycle)
{
    return cycle_headers(cycle, 100);
}

static const struct
{
    const char *name;
    HRESULT (*run)(struct cycle *cycle);
    int part; /* of the messages in a round */
} runs[] = {{"write", cycle_write, 1},
            {"read", cycle_read, 1},
            {"write and read", both, 1},
            {"100 custom headers", headers_100, 50}};
#define COUNT (sizeof(runs) / sizeof(runs[0]))

/* A new message and its like for each run. What is read has been written by the same DLL. */
static HRESULT run_once(struct dll *dll, size_t which, int messages, double *best)
{
    int i, count = messages / runs[which].part + 1;
    HRESULT hr = cycle_open(&dll->cycle, &dll->api);
    double start, time;

    if (hr == S_OK)
        hr = cycle_write(&dll->cycle);
    start = bench_now();
    for (i = 0; i < count && hr == S_OK; i++)
        hr = runs[which].run(&dll->cycle);
    time = (bench_now() - start) / count;
    if (time < *best)
        *best = time;
    cycle_close(&dll->cycle);
    return hr;
}

int main(int argc, char **argv)
{
    int only_ours = argc > 1 && !strcmp(argv[1], "--ours"), count = 1, j, round;
    int rounds = argc > 1 + only_ours ? atoi(argv[1 + only_ours]) : 8;
    int messages = argc > 2 + only_ours ? atoi(argv[2 + only_ours]) : 2000;
    HRESULT hr[2][COUNT] = {{S_OK}};
    double best[2][COUNT];
    char path[MAX_PATH], *slash;
    size_t i;

    GetModuleFileNameA(NULL, path, sizeof(path));
    if ((slash = strrchr(path, '\\')))
        strcpy(slash + 1, "webservices.dll");
    if (!load(&dlls[0], path))
        return 1;
    /* Two DLLs of one name: the second by its own path. */
    GetSystemDirectoryA(path, sizeof(path));
    strcat(path, "\\webservices.dll");
    if (!only_ours)
        count += load(&dlls[1], path);
    for (i = 0; i < COUNT; i++)
        best[0][i] = best[1][i] = 1e30;
    for (round = 0; round < rounds; round++)
        for (i = 0; i < COUNT; i++)
            for (j = 0; j < count; j++)
                if (hr[j][i] == S_OK)
                    hr[j][i] = run_once(&dlls[j], i, messages, &best[j][i]);
    for (i = 0; i < COUNT; i++)
    {
        printf("%-20s", runs[i].name);
        for (j = 0; j < count; j++)
            if (hr[j][i] == S_OK)
                printf("  %s %9.2f us", dlls[j].name, best[j][i] / 1000);
            else
                printf("  %s fails with 0x%08lx", dlls[j].name, (unsigned long)hr[j][i]);
        if (count == 2 && hr[0][i] == S_OK && hr[1][i] == S_OK)
            printf("  %.1f times", best[1][i] / best[0][i]);
        printf("\n");
    }
    return hr[0][0] != S_OK;
}
