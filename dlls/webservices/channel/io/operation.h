/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * operation.h - what a channel is asked to do, written once for both ways: blocking, or with an asynchronous callback.
 *
 * An operation is a resumable function, its step:
 *
 *     static HRESULT open_step(struct operation *operation, WS_ERROR *error);
 *
 * It does what can be done at once. Where it would have to block it says what for, and returns OPERATION_WAITS; when
 * that has come about, perhaps on another thread, the step is called again, from its beginning. Anything else that it
 * returns is the result. So what has been done already is remembered in an object (the connection, the half of a
 * channel), not in local variables:
 *
 *     switch (channel->progress)
 *     {
 *     case CONNECTING:
 *         if ((hr = socket_connect(&channel->connect, operation, &channel->socket, error)) != S_OK)
 *             return hr;                                       (OPERATION_WAITS or a failure)
 *         channel->progress = SENDING_PREAMBLE;
 *         FALL_THROUGH;
 *     case SENDING_PREAMBLE: ...
 *
 * Resumable functions nest in this way: each hands on OPERATION_WAITS, which at once comes to whoever called
 * operation_run(), and is called again by its caller when the operation is resumed. Between a wait and what it waits
 * for nothing runs, no thread is used up (unless the operation blocks), and no lock may be held.
 *
 * Being resumed promises nothing: whoever waits tries again, and waits again if need be. Waits therefore need not be
 * undone, and a wake too many does no harm.
 *
 * A failure ends the operation through all the functions that are under way, which put their objects into a state in
 * which they can be freed: resumable functions are not called again after they have failed.
 */
/* clang-format on */
#ifndef WS_CHANNEL_IO_OPERATION_H
#define WS_CHANNEL_IO_OPERATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel/io/scheduler.h"
#include "channel/io/timers.h"
#include "webservices.h"

struct operation;
struct socket; /* socket.h */
struct waker;

/* Of a resumable function: it waits, and wants to be called again. Never seen by programs. */
#define OPERATION_WAITS ((HRESULT)0x003d0002)

typedef HRESULT (*operation_step)(struct operation *operation, WS_ERROR *error);

/*
 * Tells the owner that the operation has ended, with which result. It is called exactly once for each operation_run(),
 * on the thread that ran the last step, before operation_run() returns or the program's callback is called. The memory
 * of the operation may be reused from then on, for the next operation or for anything else: nothing here looks at it
 * again. No lock is held.
 */
typedef void (*operation_finished)(struct operation *operation, HRESULT result);

/* It is embedded in its owner. All of it belongs to operation.c and reactor.c. */
struct operation
{
    operation_step step;
    operation_finished finished;
    WS_ERROR *error;
    WS_ASYNC_CONTEXT context; /* the program's; callback NULL: the operation blocks its thread */
    WS_ASYNC_CONTEXT calls;   /* what an asynchronous callback of the program is given */
    HRESULT call_result;      /* of that */
    uint32_t flags;           /* atomic */
    enum
    {
        OPERATION_WAITS_NOT,
        OPERATION_WAITS_WAKE,
        OPERATION_WAITS_SOCKET,
        OPERATION_WAITS_CALL
    } waits;           /* what the step has said last */
    bool held;         /* the scheduler is held for it */
    bool wait_failed;  /* the system could not wait for the socket */
    uint8_t direction; /* an enum socket_direction */
    struct socket *socket;
    uint64_t deadline; /* of the timeout */
    uint64_t moment;   /* when to be resumed at the latest, for another reason */
    const char *timeout_name;
    ULONG timeout;
    struct waker *waker; /* while it blocks a thread, if it has had to wait */
    struct work work;    /* for the scheduler */
    struct timer timer;  /* for the reactor */
};

/* Its flags: what other threads have asked for, and how it waits. */
enum
{
    OPERATION_WOKEN = 1,
    OPERATION_CANCELLED = 2,
    OPERATION_BLOCKED = 4,   /* its thread waits at the condition of the waker */
    OPERATION_POLLS = 8,     /* or for the socket */
    OPERATION_PARKED = 16,   /* it is in the reactor; set and cleared with the reactor's lock */
    OPERATION_CALLING = 32,  /* it waits for a callback of the program */
    OPERATION_COMPLETED = 64 /* which has completed */
};

/*
 * Prepares an operation to be run: nobody has cancelled or woken it, and it has no timeout. From now on it can be
 * cancelled, though it may not run yet: the owner does this where it decides, under its lock, that the operation is to
 * run. `finished` may be NULL.
 */
void operation_init(struct operation *operation, operation_finished finished);

/*
 * Runs an operation that has been prepared, once.
 *
 * Without a context: to its end, on the thread of the caller, which blocks while the operation waits. Returns its
 * result.
 *
 * With a context: until its end or its first wait, on the thread of the caller. If it ends at once its result is
 * returned, and the program's callback is never called. Otherwise WS_S_ASYNC is returned, and threads of the library
 * carry on; in the end the program's callback is called exactly once, with the result and WS_LONG_CALLBACK, possibly
 * before this function has returned. Neither the operation nor its owner may be touched after WS_S_ASYNC, unless there
 * is another reason why they still exist. `error` is used until the end.
 *
 * E_OUTOFMEMORY if there is no memory, or no thread, to wait with.
 */
HRESULT operation_run(struct operation *operation, operation_step step, const WS_ASYNC_CONTEXT *context,
                      WS_ERROR *error);

/* --- For steps: waiting --- */

/*
 * Each returns OPERATION_WAITS, or the failure that the operation is to end with: WS_E_OPERATION_ABORTED if it has been
 * cancelled, WS_E_OPERATION_TIMED_OUT if its timeout is over. One wait at a time: the last one counts.
 */

enum socket_direction
{
    SOCKET_IN = 1,     /* there are bytes, a datagram or a connection to be received, or the stream's end */
    SOCKET_OUT = 2,    /* there is room to send */
    SOCKET_CONNECT = 3 /* connecting has ended, one way or the other */
};

/*
 * Waits for a socket. Two operations may wait for the same socket, one for SOCKET_IN and the other for SOCKET_OUT. What
 * is there already ends the wait at once. The socket is not closed meanwhile: cancel the operation first, and close it
 * when that has ended.
 */
HRESULT operation_wait_socket(struct operation *operation, struct socket *socket, enum socket_direction direction,
                              WS_ERROR *error);

/* The same, or for a moment of clock_now(). S_OK: the moment has come. */
HRESULT operation_wait_socket_until(struct operation *operation, struct socket *socket, enum socket_direction direction,
                                    uint64_t moment, WS_ERROR *error);

/* Waits for operation_wake(). If that has been called since the operation was last resumed, the wait ends at once. */
HRESULT operation_wait(struct operation *operation, WS_ERROR *error);

/* Waits for a moment of clock_now(), or for a wake. S_OK: the moment has come. */
HRESULT operation_wait_until(struct operation *operation, uint64_t moment, WS_ERROR *error);

/* S_OK, or the failure that a wait would return: for long work that never waits. */
HRESULT operation_check(struct operation *operation, WS_ERROR *error);

/*
 * Sets how long the operation may wait from now on, in milliseconds; INFINITE: for ever. What was set before no longer
 * counts. `name` is a constant, for the sentence: "WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT". It is set once for each part
 * of the operation that has a timeout, not each time that the step is called. 0: the first wait fails.
 */
void operation_set_timeout(struct operation *operation, ULONG milliseconds, const char *name);

/* --- From any thread --- */

/*
 * Both may be called while the operation is prepared or runs; the caller sees to it that it cannot end and be freed
 * meanwhile, usually by a lock of the owner that `finished` takes as well. They never run steps or callbacks, and take
 * no locks but those of channel/io.
 */

/* Resumes the operation; if it does not wait now, its next wait ends at once. */
void operation_wake(struct operation *operation);

/* The same; and from now on all its waits fail with WS_E_OPERATION_ABORTED. */
void operation_cancel(struct operation *operation);

/* Whether it has been cancelled. */
bool operation_is_cancelled(const struct operation *operation);

/* --- For steps: asynchronous callbacks of the program (custom channels, streams) --- */

/*
 * The context to call the program's callback with: NULL if the operation blocks, and the callback is to do so as well.
 *
 *     hr = operation_called(operation, callback(state, ..., operation_context(operation), error));
 *     if (hr == OPERATION_WAITS) { remember that it has been called; return hr; }
 *
 * and when the step is resumed
 *
 *     hr = operation_take_result(operation);
 *
 * While the program's callback is under way the operation is not resumed by anything else: neither by a wake nor by
 * cancelling nor by its timeout, which are remembered. To end it sooner is for the program: its abort callback.
 */
const WS_ASYNC_CONTEXT *operation_context(struct operation *operation);

/*
 * What a callback of the program has answered: OPERATION_WAITS for WS_S_ASYNC, else the same. WS_E_INVALID_OPERATION if
 * it answers WS_S_ASYNC to a call without a context.
 */
HRESULT operation_called(struct operation *operation, HRESULT hr, WS_ERROR *error);

/* The result of a callback that has completed asynchronously. */
HRESULT operation_take_result(struct operation *operation);

/*
 * Says that what comes next may block this thread for long: a callback of the program that cannot be asynchronous. So
 * other operations need not wait for this thread. operation_context() says so by itself.
 */
void operation_blocks(struct operation *operation);

/* --- The end --- */

/*
 * Ends the library's threads and gives back what channel/io keeps. No operation may be prepared or running, and no
 * socket open. DllMain calls it when the DLL is unloaded, where there are no threads of ours any more: each keeps the
 * DLL loaded. Native programs may call it at their end.
 */
void operation_release_threads(void);

#endif
