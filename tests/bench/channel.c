/* SPDX-License-Identifier: MIT */
/*
 * What channels take beyond what sockets do: see channel.h. Each figure is the best of rounds in which all take turns.
 * Beside it, how often client and server together ask the system, for a request: those are of the last round.
 *
 *     channel [ROUNDS [REQUESTS IN A ROUND [PART OF THE NAME OF A TABLE [PART OF THE NAME OF A ROW]]]]
 */
#define _GNU_SOURCE /* barriers */
#include "channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS       10
#define REQUESTS     2000
#define STREAM_BYTES ((size_t)64 << 20)

/* What was the best of something, and what it asked for. */
struct figure
{
    const char *name;
    double best;
    struct channel_counts counts;
};

static void add(struct figure *figure, double time)
{
    figure->best = !figure->best || time < figure->best ? time : figure->best;
    figure->counts = channel_last;
}

/* --- Requests and replies --- */

enum
{
    SYNC,
    ASYNC,
    SOCKETS,
    POLLED,
    GSOAP,
    WAYS
};

/* Not all can be done. */
static double run(const struct job *job, bool http, int way)
{
    switch (way)
    {
    case SYNC:
    case ASYNC: return channel_pairs(job, http, way == ASYNC);
    case SOCKETS:
    case POLLED: return channel_sockets(job, way == POLLED);
    default:
#ifdef HAVE_GSOAP
        return http ? channel_gsoap(job) : 0;
#else
        return 0;
#endif
    }
}

static void print_requests(const struct figure *figures, double requests)
{
    const struct figure *figure;

    for (figure = figures; figure < figures + WAYS; figure++)
    {
        const struct channel_counts *counts = &figure->counts;

        if (!figure->best)
            continue;
        printf("| %-20s | %8.2f | %5.2f |", figure->name, figure->best / 1000,
               figures[SOCKETS].best ? figure->best / figures[SOCKETS].best : 0);
        if (figures[GSOAP].best)
            printf(" %5.2f |", figures[GSOAP].best / figure->best);
        printf(" %5.2f | %5.2f | %5.2f | %5.2f | %7.0f |\n", (double)counts->sends / requests,
               (double)counts->receives / requests, (double)counts->waits / requests, (double)counts->wakes / requests,
               (double)counts->bytes / requests);
    }
    printf("\n");
}

/* The text is so long that the message has about that many bytes, and no property must be set for it. */
static void requests(bool http, size_t size, unsigned clients, int rounds, unsigned count, const char *part,
                     const char *way)
{
    struct figure figures[WAYS] = {{.name = "synchronous"},
                                   {.name = "asynchronous"},
                                   {.name = "bare sockets"},
                                   {.name = "bare sockets, polled"},
                                   {.name = "gSOAP"}};
    struct job job = {.characters = size - (size < 1000 ? 150 : 512),
                      .wire = size,
                      .clients = clients,
                      .requests = count / clients + 1};
    double total = (double)job.requests * clients;
    char title[100];
    int round, i;

    snprintf(title, sizeof(title), "%s, %zu bytes, %u client%s", http ? "HTTP" : "net.tcp", size, clients,
             clients == 1 ? "" : "s");
    if (!strstr(title, part))
        return;
    for (round = 0; round < rounds; round++)
        for (i = 0; i < WAYS; i++)
            if (strstr(figures[i].name, way))
            {
                add(&figures[i], run(&job, http, i));
                if (i == SYNC)
                    job.wire = (size_t)((double)channel_last.bytes / total / 2);
            }
    printf("| %s | us a request | x bare sockets |%s sends | receives | waits | wakes | bytes |\n", title,
           figures[GSOAP].best ? " times faster than gSOAP |" : "");
    printf("|:---|---:|---:|---:|---:|---:|---:|---:|%s\n", figures[GSOAP].best ? "---:|" : "");
    print_requests(figures, total);
}

/* --- Streams --- */

static void streams(int rounds, const char *part)
{
    struct figure figures[] = {{.name = "HTTP, text"},
                               {.name = "HTTP, bytes in binary"},
                               {.name = "net.tcp, bytes in binary"},
                               {.name = "bare sockets"}};
    enum
    {
        COUNT = sizeof(figures) / sizeof(figures[0])
    };
    int round, i;

    if (!strstr("streams", part))
        return;
    for (round = 0; round < rounds; round++)
        for (i = 0; i < COUNT; i++)
            add(&figures[i], i == COUNT - 1 ? channel_sockets_stream(STREAM_BYTES)
                                            : channel_stream((enum channel_stream)i, STREAM_BYTES));
    printf("| streams of %zu MB | MB/s | x bare sockets | sends | receives | waits, each for 32 KB |\n"
           "|:---|---:|---:|---:|---:|---:|\n",
           STREAM_BYTES >> 20);
    for (i = 0; i < COUNT; i++)
    {
        double pieces = (double)(STREAM_BYTES / CHANNEL_PIECE);

        printf("| %-24s | %7.1f | %5.2f | %5.2f | %5.2f | %5.2f |\n", figures[i].name,
               (double)STREAM_BYTES * 1e3 / figures[i].best, figures[COUNT - 1].best / figures[i].best,
               (double)figures[i].counts.sends / pieces, (double)figures[i].counts.receives / pieces,
               (double)figures[i].counts.waits / pieces);
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = {500, 65536};
    static const unsigned clients[] = {1, CHANNEL_CLIENTS};
    int rounds = argc > 1 ? atoi(argv[1]) : ROUNDS, count = argc > 2 ? atoi(argv[2]) : REQUESTS, i;
    const char *part = argc > 3 ? argv[3] : "", *way = argc > 4 ? argv[4] : "";

#ifndef HAVE_GSOAP
    printf("gSOAP is not installed: what it takes is not measured.\n\n");
#endif
    for (i = 0; i < 8; i++)
        requests(i < 4, sizes[i / 2 % 2], clients[i % 2], rounds, (unsigned)count, part, way);
    streams(rounds, part);
    return 0;
}
