/* SPDX-License-Identifier: MIT */
/*
 * error.h - WS_ERROR: what went wrong, in sentences.
 *
 * Internal functions return an HRESULT and take `WS_ERROR *error` last. The function that detects a failure reports it
 * with error_report() and returns its result; callers pass that on. So a failure has one sentence, which says all:
 * programs often show the newest string only. What only a caller knows, such as the place, it puts before that sentence
 * with error_precede().
 */
#ifndef WS_BASE_ERROR_H
#define WS_BASE_ERROR_H

#include "arena.h"
#include "compiler.h"
#include "handle.h"

/*
 * How much memory the strings of one error object may take. A program that never resets its error object
 * meets this limit (as E_OUTOFMEMORY) instead of eating all memory.
 */
#define ERROR_LARGEST_SIZE ((size_t)16 << 20)

struct error_string;

/*
 * What a higher layer has attached to an error object (message/fault.c: the properties of a fault). It is freed when
 * the object is reset or freed, and copied with it.
 */
struct error_attachment
{
    /* Makes a copy; E_OUTOFMEMORY. */
    HRESULT (*copy)(const struct error_attachment *attachment, struct error_attachment **copy);
    void (*free)(struct error_attachment *attachment);
};

struct _WS_ERROR
{
    struct handle handle;
    struct arena arena; /* the strings; its quota bounds them */
    struct error_string *newest;
    ULONG string_count;  /* without the text of the original code */
    ULONG original_code; /* 0: there is none */
    struct error_string *original_text;
    struct error_attachment *attachment; /* or NULL */
    LANGID language;                     /* of the strings */
    LANGID default_language;             /* what a reset returns to */
    bool language_free;                  /* it has been reset, and the language not been set since */
};

extern struct handle_pool error_pool;

/*
 * Adds a sentence, formatted as by printf, in ASCII, to an error object, and returns `hr`. The sentence is dropped when
 * the object has no memory for it; when `error` is not a live error object, only the trace shows it.
 */
HRESULT error_report(WS_ERROR *error, HRESULT hr, const char *format, ...) COLD PRINTF_LIKE(3, 4);

/* The system's code of a failure: WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE of a live error object, if there is memory. */
void error_set_original(WS_ERROR *error, ULONG code) COLD;

/* A mark for the next two: how many sentences an error object has. */
static inline ULONG error_mark(const WS_ERROR *error)
{
    return handle_is(error, HANDLE_ERROR) ? error->string_count : 0;
}

/*
 * Puts a text before the newest sentence, if one has been added since the mark: for callers that know where something
 * went wrong, when only the function that they called knows what. Without memory, the sentence stays as it is.
 */
void error_precede(WS_ERROR *error, ULONG mark, const char *format, ...) COLD PRINTF_LIKE(3, 4);

/*
 * As error_report(), but the sentence becomes older than all that have been added since the mark: for a failure
 * that has been reported in more detail already.
 */
HRESULT error_report_below(WS_ERROR *error, ULONG mark, HRESULT hr, const char *format, ...) COLD PRINTF_LIKE(4, 5);

/* The newest sentence of a live error object, as long as it is left alone; false if there is none. */
bool error_newest(const WS_ERROR *error, WS_STRING *sentence);

/* Adds a copy of a string to a live error object. E_INVALIDARG (its characters are at NULL), E_OUTOFMEMORY. */
HRESULT error_add_string(WS_ERROR *error, const WS_STRING *string);

/* Adds a string between two texts in ASCII to a live error object. E_OUTOFMEMORY. */
HRESULT error_add_between(WS_ERROR *error, const char *before, const WS_STRING *string, const char *after);

/*
 * The text of a code, not zero-terminated: the system's, or else one that says at least the number, and the name if it
 * is one of the API's. Returns its length.
 */
#define ERROR_CODE_TEXT_ROOM 512
size_t error_code_text(ULONG code, LANGID language, WCHAR text[ERROR_CODE_TEXT_ROOM]);

#endif
