/* SPDX-License-Identifier: MIT */
/* state.h - whether a writer can be used, how a call ends, and callbacks: state.c. */
#ifndef WS_XML_WRITER_STATE_H
#define WS_XML_WRITER_STATE_H

#include "base/compiler.h"
#include "xml/writer/writer_object.h"

/* Makes a writer that has been moved ready, or returns why nothing can be written. The handle is live. */
HRESULT writer_not_ready(WS_XML_WRITER *writer, WS_ERROR *error) COLD;

/* In builds for tests: asserts that the members agree on what is being written; see state.c. */
#ifdef WS_CHECK_STATE
void writer_check_state(const WS_XML_WRITER *writer);
#else
static inline void writer_check_state(const WS_XML_WRITER *writer)
{
    (void)writer;
}
#endif

static inline HRESULT writer_ready(WS_XML_WRITER *writer, WS_ERROR *error)
{
    writer_check_state(writer);
    return LIKELY(writer->state == WRITER_READY) ? S_OK : writer_not_ready(writer, error);
}

/* Frees a writer that one of the caller's callbacks has freed, now that nothing uses it any more. */
void writer_free_now(WS_XML_WRITER *writer) COLD;

/* Ends a function with a failure, which faults the writer unless it is `harmless`. */
HRESULT writer_failed(WS_XML_WRITER *writer, HRESULT hr, bool harmless) COLD;

/* Ends a writing function: a failure leaves the writer faulted, unless it is a refusal. */
static inline HRESULT writer_done(WS_XML_WRITER *writer, HRESULT hr)
{
    return UNLIKELY(FAILED(hr)) ? writer_failed(writer, hr, hr == WS_E_INVALID_OPERATION || hr == E_INVALIDARG) : hr;
}

/* Ends one that may have written something before it failed. */
static inline HRESULT writer_done_in_part(WS_XML_WRITER *writer, HRESULT hr)
{
    return UNLIKELY(FAILED(hr)) ? writer_failed(writer, hr, writer->state != WRITER_READY) : hr;
}

/*
 * Bracket an operation of several calls. If a callback frees the writer meanwhile, writer_let_go() does it at the end;
 * do not touch the writer after that.
 */
static inline void writer_hold(WS_XML_WRITER *writer)
{
    writer->held++;
}
static inline HRESULT writer_let_go(WS_XML_WRITER *writer, HRESULT hr)
{
    if (!--writer->held && UNLIKELY(writer->free_later))
        writer_free_now(writer);
    return hr;
}

/*
 * Bracket a callback of the caller's: the writer refuses everything meanwhile. `before` is the state to return to. The
 * result is callback_result() of the callback's, or callback_freed() if it has freed the writer: writer_done() or
 * writer_done_in_part(), which end the operation, free it then.
 */
enum writer_state writer_enter_callback(WS_XML_WRITER *writer);
HRESULT writer_leave_callback(WS_XML_WRITER *writer, enum writer_state before, HRESULT hr, const char *what, ULONG mark,
                              WS_ERROR *error);
/* The result of writing what a push callback pushed; the callback need not have passed an error object on. */
HRESULT writer_pushed(HRESULT hr, ULONG mark, WS_ERROR *error);

#endif
