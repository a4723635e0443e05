/* SPDX-License-Identifier: MIT */
/*
 * trace.h - one line for each call of an exported function, with its thread, its arguments and its result.
 *
 * The environment variable WEBSERVICES_TRACE, set to anything but "" and "0" when the DLL is loaded, turns it
 * on. Lines go to Wine's debug output when there is one, else to the debugger or standard error. Off, a
 * call pays for one predicted branch.
 *
 * Arguments are shown as they were when the call returned. A call that was refused may not have looked at them, so they
 * may be invalid: every pointer of a caller is read with trace_load().
 */
#ifndef WS_BASE_TRACE_H
#define WS_BASE_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler.h"
#include "constants.h"
#include "trace_sentence.h"
#include "webservices.h"

/* Writes "webservices: ", the number of the thread and the formatted text as one line; long lines are cut. */
void trace_print(const char *format, ...) COLD PRINTF_LIKE(1, 2);

/*
 * The same for a call that returns a result: of one that failed, what went wrong follows. That is the newest sentence
 * of its error object; of a call without one, the last that trace_sentence() was given by this thread.
 */
void trace_result(HRESULT hr, const WS_ERROR *error, const char *format, ...) COLD PRINTF_LIKE(3, 4);

#define TRACE(...) \
    do \
    { \
        if (UNLIKELY(trace_on)) \
            trace_print(__VA_ARGS__); \
    } while (0)

#define TRACE_RESULT(hr, error, ...) \
    do \
    { \
        if (UNLIKELY(trace_on)) \
            trace_result(hr, error, __VA_ARGS__); \
    } while (0)

/* Copies what a caller's pointer points to: false if that cannot be read. */
bool trace_load(const void *from, void *to, size_t size) COLD;

/* --- Arguments, for %s: they live as long as the call that they are an argument of --- */

struct trace_text
{
    char text[176];
};

/* A pointer whose target cannot be read, or is not worth showing: "0x1234". */
struct trace_text trace_address(const void *pointer) COLD;

/*
 * Characters in quotation marks: the first 40 bytes, with what is not printable ASCII escaped, and ... in place of the
 * rest; NULL as NULL, and five bytes at NULL as "NULL (5)".
 */
struct trace_text trace_bytes(const void *bytes, size_t length) COLD;
struct trace_text trace_chars(const WCHAR *chars, size_t length) COLD;
struct trace_text trace_xml_string(const WS_XML_STRING *string) COLD;
struct trace_text trace_string(const WS_STRING *string) COLD;

/* The type of an encoding, an input or an output, which all begin with it; of text encodings also the charset. */
struct trace_text trace_type(enum constant_kind kind, const void *pointer) COLD;

/* The value of a property of `size` bytes: a number, a constant or a string, or else the pointer. */
struct trace_text trace_property(enum constant_kind kind, ULONG id, const void *value, ULONG size) COLD;

/*
 * A list of properties: {INDENT=2, MAX_DEPTH=64}, as many as fit. The structures of all objects are alike:
 * WS_XML_WRITER_PROPERTY stands for any of them.
 */
struct trace_text trace_properties(enum constant_kind kind, const void *properties, ULONG count) COLD;

/* What an out parameter has received: ", *found=1", and nothing if there is none or the call failed. */
struct trace_text trace_bool(HRESULT hr, const char *name, const BOOL *value) COLD;
struct trace_text trace_ulong(HRESULT hr, const char *name, const ULONG *value) COLD;
struct trace_text trace_pointer(HRESULT hr, const char *name, const void *value) COLD; /* the pointer received */
struct trace_text trace_out_string(HRESULT hr, const char *name, const WS_XML_STRING *value) COLD;
struct trace_text trace_out_property(HRESULT hr, enum constant_kind kind, ULONG id, const void *value, ULONG size) COLD;

#define TRACE_NAME(kind, value) (constant_name(CONSTANT_##kind, (uint32_t)(value)).text)

#endif
