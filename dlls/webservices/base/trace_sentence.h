/* SPDX-License-Identifier: MIT */
/*
 * trace_sentence.h - the sentences of failed calls that have no error object, for the trace to show.
 *
 * Apart from trace.c, which asks error objects for their sentences: so they can hand theirs over here.
 */
#ifndef WS_BASE_TRACE_SENTENCE_H
#define WS_BASE_TRACE_SENTENCE_H

#include <stdbool.h>

#include "compiler.h"

/* Whether calls are traced. */
extern bool trace_on;

/* The size of a sentence in bytes, with the 0 at its end. A longer one is cut. */
#define LONGEST_SENTENCE 512

/* Keeps a sentence until the call that it is about is traced: one for each thread, the last. */
void trace_sentence(const char *sentence) COLD;

/* Takes the sentence that was kept for this thread; "" if there is none. */
void trace_take_sentence(char sentence[LONGEST_SENTENCE]) COLD;

#endif
