/* SPDX-License-Identifier: MIT */
/* trace.c - see trace.h. */
#include "trace.h"

#include "platform.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool trace_on;

void trace_init(void)
{
    char value[4];

    trace_on = platform_environment("WEBSERVICES_TRACE", value, sizeof(value)) && value[0] && strcmp(value, "0");
}

void trace_print(const char *format, ...)
{
    char line[512] = "webservices: ";
    size_t length = strlen(line);
    va_list args;

    va_start(args, format);
    vsnprintf(line + length, sizeof(line) - length - 1, format, args); /* keeps a place for the line end */
    va_end(args);
    strcat(line, "\n");
    platform_trace(line);
}
