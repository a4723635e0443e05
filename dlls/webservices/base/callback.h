/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * callback.h - the callbacks that a caller gives to an object, and what becomes of an object that they free.
 *
 * One rule for all of them:
 *   - While one runs, or goes on asynchronously, its object refuses every call with WS_E_INVALID_OPERATION, and changes
 *     nothing. Only freeing the object is accepted, and done when the function that is at work ends.
 *   - Success is success, whichever code says so: S_FALSE is not handed on.
 *   - A failure is handed on as it is. It gets a sentence of ours, older than what the callback itself has put into the
 *     error object: that is string 0. Only of dynamic strings a failure means that there is no such string (observed on
 *     Windows).
 *   - What a callback must not do is WS_E_INVALID_OPERATION, a bug of the program: to answer WS_S_ASYNC where it must
 *     have completed, to claim more bytes than there is room for, to free its object when that has more to do, or to
 *     free or reset the heap that values are read into. (A flush, a fill or a push that is complete then has its
 *     success.)
 *   - After any of these failures the object is faulted, whatever the code.
 * The documentation has the first sentence only; the rest is our choice.
 */
/* clang-format on */
#ifndef WS_BASE_CALLBACK_H
#define WS_BASE_CALLBACK_H

#include <stdbool.h>

#include "compiler.h"
#include "error.h"

/*
 * What a callback has answered: S_OK or a failure. `what`: which one, "read callback"; `mark`: error_mark() from before
 * it was called.
 */
HRESULT callback_result(HRESULT hr, const char *what, ULONG mark, WS_ERROR *error);

/* WS_E_INVALID_OPERATION: it claims to have read more bytes than there was room for. */
HRESULT callback_claims(const char *what, size_t claimed, size_t room, WS_ERROR *error) COLD;

/* The same: the object ("reader") was freed while it had more to do. */
HRESULT callback_freed(const char *object, WS_ERROR *error) COLD;

/*
 * Whether an object is at work for a callback. The thread that frees it may be another one than that in which an
 * asynchronous callback completes, so either of them finds out what the other has done.
 */
struct callback_use
{
    enum
    {
        USE_NONE,
        USE_RUNNING,
        USE_FREED /* it is running, and the object is to be freed afterwards */
    } state;
};

/* Begins it. True: the object has been freed already, by a callback that is still running around this one. */
static inline bool callback_begin(struct callback_use *use)
{
    return __atomic_exchange_n(&use->state, USE_RUNNING, __ATOMIC_ACQ_REL) == USE_FREED;
}

/*
 * Ends it: true if the object has been freed meanwhile, which is then for the caller to do. Otherwise another thread
 * may free it from now on: whatever is to be done with it must have been done.
 */
static inline bool callback_end(struct callback_use *use)
{
    return __atomic_exchange_n(&use->state, USE_NONE, __ATOMIC_ACQ_REL) == USE_FREED;
}

static inline bool callback_is_freed(const struct callback_use *use)
{
    return __atomic_load_n(&use->state, __ATOMIC_ACQUIRE) == USE_FREED;
}

/* For the function that frees the object: true if that is left to the caller of callback_end(). */
static inline bool callback_free_later(struct callback_use *use)
{
    __typeof__(use->state) running = USE_RUNNING;

    return __atomic_compare_exchange_n(&use->state, &running, USE_FREED, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE) ||
           running == USE_FREED;
}

#endif
