/* SPDX-License-Identifier: MIT */
/*
 * async-execute.c - WsAsyncExecute: chains of functions, synchronous and not.
 *
 * Source: the pages of WsAsyncExecute and WS_ASYNC_FUNCTION; what is refused, our choice.
 */
#include "support/errors.h"
#include "support/threads.h"

/* A chain: each step does what `script` says and goes on to the next; its letters: */
struct chain
{
    const char *script; /* s: S_OK, f: S_FALSE, e: E_FAIL, a: asynchronous S_OK, x: asynchronous E_ABORT, A: asks for a
                           context, and is asynchronous with WS_SHORT_CALLBACK */
    HRESULT last;       /* what the step before ended with */
    unsigned steps;
    WS_CALLBACK_MODEL models[32];
    WS_ASYNC_CONTEXT context; /* of a step that completes later */
    char kind;
    test_lock lock; /* of the threads */
    struct test_thread threads[32];
    unsigned thread_count;
};

static void complete(void *argument)
{
    struct chain *chain = argument;
    const WS_ASYNC_CONTEXT context = chain->context;

    context.callback(chain->kind == 'x' ? E_ABORT : S_OK, chain->kind == 'A' ? WS_SHORT_CALLBACK : WS_LONG_CALLBACK,
                     context.callbackState);
}

static HRESULT CALLBACK step(HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                             const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct chain *chain = state;
    char kind = *chain->script++;

    (void)error;
    expect(!next->function);
    chain->last = hr;
    if (chain->steps < 32)
        chain->models[chain->steps] = model;
    chain->steps++;
    if (*chain->script)
        next->function = step;
    switch (kind)
    {
    case 's': return S_OK;
    case 'f': return S_FALSE;
    case 'e': return E_FAIL;
    default:
        if (!context)
            return S_OK;
        chain->context = *context;
        chain->kind = kind;
        test_lock_take(&chain->lock);
        start_thread(&chain->threads[chain->thread_count++], complete, chain);
        test_lock_leave(&chain->lock);
        return WS_S_ASYNC;
    }
}

static HRESULT run(struct chain *chain, const char *script, bool asynchronous, struct async_result *result)
{
    static const struct chain init_chain = {.lock = TEST_LOCK_INIT};
    const struct async_result init = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(result);
    WS_ASYNC_STATE state;
    HRESULT hr;
    unsigned i;

    *chain = init_chain;
    memset(&state, 0xaa, sizeof(state));
    *result = init;
    chain->script = script;
    hr = async_end(result, WsAsyncExecute(&state, step, WS_LONG_CALLBACK, chain, asynchronous ? &context : NULL, NULL));
    test_lock_take(&chain->lock); /* all have been started: the last one has ended the chain */
    test_lock_leave(&chain->lock);
    for (i = 0; i < chain->thread_count; i++)
        join_thread(&chain->threads[i]);
    return hr;
}

TEST(functions_run_one_after_the_other)
{
    static const struct
    {
        const char *script;
        HRESULT sync, async;
        unsigned callbacks;
    } table[] = {{"s", S_OK, S_OK, 0},    {"sss", S_OK, S_OK, 0},    {"f", S_FALSE, S_FALSE, 0},
                 {"fs", S_OK, S_OK, 0},   {"e", E_FAIL, E_FAIL, 0},  {"es", S_OK, S_OK, 0},
                 {"a", S_OK, S_OK, 1},    {"sas", S_OK, S_OK, 1},    {"aaaa", S_OK, S_OK, 1},
                 {"x", S_OK, E_ABORT, 1}, {"xe", E_FAIL, E_FAIL, 1}, {"aef", S_FALSE, S_FALSE, 1}};
    struct async_result result;
    struct chain chain;
    size_t i;

    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
    {
        expect_hr(table[i].sync, run(&chain, table[i].script, false, &result));
        expect_size(strlen(table[i].script), chain.steps);
        expect_size(0, counted(&result.times));
        expect_hr(table[i].async, run(&chain, table[i].script, true, &result));
        expect_size(strlen(table[i].script), chain.steps);
        expect_size(table[i].callbacks, counted(&result.times));
    }
}

TEST(each_gets_the_result_of_the_one_before)
{
    struct async_result result;
    struct chain chain;

    ok(run(&chain, "fs", true, &result));
    expect_hr(S_FALSE, chain.last);
    ok(run(&chain, "es", true, &result));
    expect_hr(E_FAIL, chain.last);
    ok(run(&chain, "xs", true, &result));
    expect_hr(E_ABORT, chain.last);
}

TEST(models_are_handed_on)
{
    struct async_result result;
    struct chain chain;

    ok(run(&chain, "ssAsas", true, &result));
    expect(chain.models[0] == WS_LONG_CALLBACK && chain.models[2] == WS_LONG_CALLBACK);
    expect(chain.models[3] == WS_SHORT_CALLBACK && chain.models[4] == WS_SHORT_CALLBACK);
    expect(chain.models[5] == WS_LONG_CALLBACK);
    expect(result.model == WS_LONG_CALLBACK);
    ok(run(&chain, "A", true, &result));
    expect(result.model == WS_SHORT_CALLBACK);
}

/* 100,000 steps. */
static HRESULT CALLBACK many(HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                             const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    unsigned *left = state;

    (void)hr, (void)model, (void)context, (void)error;
    if (--*left)
        next->function = many;
    return S_OK;
}

TEST(synchronous_steps_take_no_stack)
{
    struct async_result result = ASYNC_RESULT_INIT;
    const WS_ASYNC_CONTEXT context = async_context(&result);
    WS_ASYNC_STATE state;
    unsigned left = 100000;

    ok(WsAsyncExecute(&state, many, WS_SHORT_CALLBACK, &left, &context, NULL));
    expect(!left);
    expect_size(0, counted(&result.times));
}

static HRESULT CALLBACK lies(HRESULT hr, WS_CALLBACK_MODEL model, void *state, WS_ASYNC_OPERATION *next,
                             const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    (void)hr, (void)model, (void)state, (void)next, (void)context, (void)error;
    return WS_S_ASYNC;
}

TEST(what_cannot_be_is_refused)
{
    const WS_ASYNC_CONTEXT none = {NULL, NULL};
    WS_ERROR *error = create_error();
    WS_ASYNC_STATE state;

    expect_refused(error, E_INVALIDARG, WsAsyncExecute(NULL, many, WS_LONG_CALLBACK, NULL, NULL, error), "is NULL");
    expect_refused(error, E_INVALIDARG, WsAsyncExecute(&state, many, WS_LONG_CALLBACK, NULL, &none, error),
                   "has no callback");
    ok(WsAsyncExecute(&state, NULL, WS_LONG_CALLBACK, NULL, NULL, error));
    expect_refused(error, WS_E_INVALID_OPERATION, WsAsyncExecute(&state, lies, WS_LONG_CALLBACK, NULL, NULL, error),
                   "WS_S_ASYNC");
    WsFreeError(error);
}
