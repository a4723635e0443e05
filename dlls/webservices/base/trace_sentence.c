/* SPDX-License-Identifier: MIT */
/* trace_sentence.c - see trace_sentence.h. */
#include "trace_sentence.h"

#include "platform.h"

#include <string.h>

bool trace_on;

/* When the library is loaded. */
static __attribute__((constructor)) void read_environment(void)
{
    char value[4];

    trace_on = platform_environment("WEBSERVICES_TRACE", value, sizeof(value)) && value[0] && strcmp(value, "0") != 0;
}

/* More threads than this that fail at one moment lose some. */
#define KEPT 16u

static struct kept
{
    unsigned thread; /* 0: none */
    char sentence[LONGEST_SENTENCE];
} kept[KEPT];
static unsigned next_kept;

/* The place of a thread; NULL. The lock is held. */
static struct kept *find_kept(unsigned thread)
{
    unsigned i;

    for (i = 0; i < KEPT; i++)
        if (kept[i].thread == thread)
            return &kept[i];
    return NULL;
}

void trace_sentence(const char *sentence)
{
    unsigned thread = platform_thread();
    struct kept *place;

    platform_lock();
    if (!(place = find_kept(thread)) && !(place = find_kept(0)))
        place = &kept[next_kept++ % KEPT];
    place->thread = thread;
    strcpy(place->sentence, sentence);
    platform_unlock();
}

void trace_take_sentence(char sentence[LONGEST_SENTENCE])
{
    struct kept *place;

    *sentence = 0;
    platform_lock();
    if ((place = find_kept(platform_thread())))
    {
        strcpy(sentence, place->sentence);
        place->thread = 0;
    }
    platform_unlock();
}
