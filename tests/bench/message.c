/* SPDX-License-Identifier: MIT */
/*
 * How long a message takes: the cycle of cycle.h, the same by what gSOAP generates, if it is installed, and messages
 * with many custom headers. Each figure is the best of rounds that are interleaved. How often the system is asked for
 * memory in the last round is said, too.
 *
 *     message [ROUNDS [MESSAGES IN A ROUND [PART OF THE NAME OF WHAT IS TO BE RUN]]]
 */
#include "cycle.h"
#include "limit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_GSOAP
#include "message-gsoap.h"
#endif

static unsigned long requests; /* for memory */

#ifdef __GLIBC__
extern void *__libc_malloc(size_t size);
void *malloc(size_t size);

void *malloc(size_t size)
{
    requests++;
    return __libc_malloc(size);
}
#endif

static const struct cycle_api api = {
#define MEMBER(name) name,
    CYCLE_FUNCTIONS(MEMBER)
#undef MEMBER
};
static struct cycle cycle;

static void check(HRESULT hr, const char *what)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "message: %s: 0x%08x\n", what, (unsigned)hr);
    exit(1);
}

static void write_message(void)
{
    check(cycle_write(&cycle), "write");
}

static void read_message(void)
{
    check(cycle_read(&cycle), "read");
}

static void both(void)
{
    write_message();
    read_message();
}

static void headers_100(void)
{
    check(cycle_headers(&cycle, 100), "headers");
}

static void headers_1000(void)
{
    check(cycle_headers(&cycle, 1000), "headers");
}

static const struct run
{
    const char *name;
    void (*run)(void);
    unsigned part; /* of the messages in a round */
} runs[] = {
    {"write", write_message, 1},
    {"read", read_message, 1},
    {"write and read", both, 1},
#ifdef HAVE_GSOAP
    {"gSOAP, write", gsoap_write_message, 1},
    {"gSOAP, read", gsoap_read_message, 1},
    {"gSOAP, write and read", gsoap_both, 1},
#endif
    {"100 custom headers", headers_100, 50},
    {"1000 custom headers", headers_1000, 500},
};
#define COUNT (sizeof(runs) / sizeof(runs[0]))

static double run_once(const struct run *run, int messages)
{
    int i, count = messages / (int)run->part + 1;
    double start;

    /* What is read is what was written before. */
    write_message();
#ifdef HAVE_GSOAP
    gsoap_write_message();
#endif
    requests = 0;
    start = bench_now();
    for (i = 0; i < count; i++)
        run->run();
    return (bench_now() - start) / count;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 20, messages = argc > 2 ? atoi(argv[2]) : 10000, round;
    const char *wanted = argc > 3 ? argv[3] : "";
    unsigned long asked[COUNT];
    double best[COUNT], time;
    size_t i;

    check(cycle_open(&cycle, &api), "open");
    write_message();
    printf("%u bytes\n", (unsigned)cycle.bytes.length);
    for (i = 0; i < COUNT; i++)
        best[i] = 1e30;
    for (round = 0; round < rounds; round++)
        for (i = 0; i < COUNT; i++)
            if (strstr(runs[i].name, wanted))
            {
                time = run_once(&runs[i], messages);
                best[i] = time < best[i] ? time : best[i];
                asked[i] = requests;
            }
    for (i = 0; i < COUNT; i++)
        if (best[i] < 1e30)
            printf("%-24s %8.2f us a message, %lu requests for memory\n", runs[i].name, best[i] / 1000, asked[i]);
    cycle_close(&cycle);
#ifdef HAVE_GSOAP
    gsoap_free();
#endif
    return 0;
}
