/* SPDX-License-Identifier: MIT */
/*
 * trace.h - one line for each call of an exported function, with its arguments and its result.
 *
 * The environment variable WEBSERVICES_TRACE, set to anything but "" and "0" when the DLL is loaded, turns it
 * on. Lines go to Wine's debug output when there is one, else to the debugger or standard error. Off, a
 * call pays for one predicted branch.
 */
#ifndef WS_BASE_TRACE_H
#define WS_BASE_TRACE_H

#include <stdbool.h>

#include "compiler.h"

extern bool trace_on;

/* Reads the environment. */
void trace_init(void);

/* Writes "webservices: " and the formatted text as one line; long lines are cut. */
void trace_print(const char *format, ...) COLD PRINTF_LIKE(1, 2);

#define TRACE(...) \
    do \
    { \
        if (UNLIKELY(trace_on)) \
            trace_print(__VA_ARGS__); \
    } while (0)

#endif
