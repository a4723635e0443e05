/* SPDX-License-Identifier: MIT */
/*
 * platform.h - the seam: all that the portable half asks of an operating system.
 *
 * platform_windows.c and platform_posix.c implement it; nothing else in the portable half calls
 * the system. Functions here may be called from several threads at once.
 */
#ifndef WS_BASE_PLATFORM_H
#define WS_BASE_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

/* Memory from the process heap, aligned to 8 bytes at least; NULL when there is none. */
void *platform_alloc(size_t size);
void platform_free(void *memory);

/* The lock of the library's process-wide state. Held for a few instructions only; not recursive. */
void platform_lock(void);
void platform_unlock(void);

/* The user's UI language. Never 0. */
LANGID platform_ui_language(void);

/*
 * Writes the name of a language, as in xml:lang ("en-US"), zero-terminated, to `name`; "" if the system has none that
 * fits.
 */
void platform_language_name(LANGID language, char *name, size_t capacity);

/*
 * Writes the system's text for an error code (a Win32 code or an HRESULT) to `text`, without a line end and
 * not zero-terminated. Returns its length in characters, at most `capacity`; 0 if the system has none.
 */
size_t platform_error_text(ULONG code, LANGID language, WCHAR *text, size_t capacity);

/* Copies an environment variable, cut to the capacity and zero-terminated; false (and "") if it is not set. */
bool platform_environment(const char *name, char *value, size_t capacity);

/*
 * The HTTP proxy that the user has configured: servers, and hosts that need none, as the system writes such lists, each
 * cut to the capacity and zero-terminated. False: there is none.
 */
bool platform_http_proxy(char *servers, char *bypass, size_t capacity);

/*
 * How many minutes the clocks of the user's time zone were ahead of UTC at a moment, in ticks of a WS_DATETIME. False
 * if the system does not know, as before 1601, or it was no whole number of minutes within 14 hours.
 */
bool platform_local_offset(uint64_t ticks, int *minutes);

/* Unpredictable random bytes; false if the system has none. */
bool platform_random(void *bytes, size_t size);

/*
 * Makes another handle for what a handle stands for, to be closed by itself; false if that is not a handle. Outside of
 * Windows nothing is known of handles: it is the same one, and closing it does nothing.
 */
bool platform_duplicate_handle(HANDLE handle, HANDLE *duplicate);
void platform_close_handle(HANDLE handle);

/* Copies memory that may not be readable; false if some of it is not. For debugging: this is a system call. */
bool platform_read(const void *from, void *to, size_t size);

/* The number of the calling thread. Never 0. */
unsigned platform_thread(void);

/* Writes a line of trace, which ends in "\n", to wherever a person who debugs will see it. */
void platform_trace(const char *line);

/* Writes text to standard output, unbuffered. */
void platform_print(const char *text);

/*
 * For the guard mode of debug builds: `size` bytes that end, to within 7 bytes, at an inaccessible page.
 * After platform_guarded_free() they are inaccessible, and stay so until much else has been freed.
 */
void *platform_guarded_alloc(size_t size);
void platform_guarded_free(void *memory, size_t size);

#endif
