/* SPDX-License-Identifier: MIT */
/*
 * test.h - tests that run natively under Check and on Windows by themselves.
 *
 *     TEST(heap_can_be_created)
 *     {
 *         expect_hr(S_OK, WsCreateHeap(...));
 *     }
 *
 * A TEST is known to the runner (test.c, which has main) without a list. The first expectation that is not
 * met ends the test. Each test is one line of TAP on standard output.
 */
#ifndef WS_TEST_H
#define WS_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "webservices.h"

struct test
{
    const char *name;
    void (*run)(void);
    const char *file;
    int line;
    struct test *next;
};

void test_register(struct test *test);

#define TEST(test_name) \
    static void test_name(void); \
    __attribute__((constructor)) static void test_name##_register(void) \
    { \
        static struct test test = {#test_name, test_name, __FILE__, __LINE__, NULL}; \
        test_register(&test); \
    } \
    static void test_name(void)

/* Ends the test. */
void test_fail(const char *file, int line, const char *format, ...) __attribute__((noreturn)) PRINTF_LIKE(3, 4);

/* Whether run(argument) faults on memory. */
bool test_faults(void (*run)(void *argument), void *argument);

#define expect(condition) \
    do \
    { \
        if (!(condition)) \
            test_fail(__FILE__, __LINE__, "%s", #condition); \
    } while (0)

#define expect_hr(expected, call) \
    do \
    { \
        HRESULT hr_wanted = (expected), hr_got = (call); \
        if (hr_got != hr_wanted) \
            test_fail(__FILE__, __LINE__, "%s: 0x%08x, not 0x%08x", #call, (unsigned)hr_got, (unsigned)hr_wanted); \
    } while (0)

/* A call that must work. */
#define ok(call) expect_hr(S_OK, call)

#define expect_size(expected, value) \
    do \
    { \
        size_t size_wanted = (expected), size_got = (value); \
        if (size_got != size_wanted) \
            test_fail(__FILE__, __LINE__, "%s: %zu, not %zu", #value, size_got, size_wanted); \
    } while (0)

#endif
