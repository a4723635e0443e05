/* SPDX-License-Identifier: MIT */
/* test.c - the runner of tests; see test.h. With a name as argument it runs that test only. */
#define _GNU_SOURCE
#include "support/test.h"

#include <stdarg.h>
#include <stdlib.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#else
#include <check.h>
#include <setjmp.h>
#include <signal.h>
#endif

static struct test *first;

/* In the order of the file: the order of constructors is the compiler's. */
void test_register(struct test *test)
{
    struct test **link = &first;

    while (*link && (*link)->line < test->line)
        link = &(*link)->next;
    test->next = *link;
    *link = test;
}

#ifdef _WIN32

/*
 * A failed expectation and a fault both end the test by jumping out of it. The jump is the compiler's own,
 * which, unlike the C library's, unwinds nothing: it must work from an exception handler.
 */
static void *end_of_test[5], *end_of_attempt[5];
static bool attempting;

static LONG CALLBACK on_exception(EXCEPTION_POINTERS *exception)
{
    DWORD code = exception->ExceptionRecord->ExceptionCode;

    /* Debug output comes as an exception too, of lesser severity. */
    if (!(code & 0x80000000u))
        return EXCEPTION_CONTINUE_SEARCH;
    if (attempting)
        __builtin_longjmp(end_of_attempt, 1);
    printf("# crashed: exception 0x%08lx at %p\n", code, exception->ExceptionRecord->ExceptionAddress);
    __builtin_longjmp(end_of_test, 1);
}

void test_fail(const char *file, int line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    printf("# %s:%d: ", file, line);
    vprintf(format, args);
    printf("\n");
    va_end(args);
    __builtin_longjmp(end_of_test, 1);
}

__attribute__((noinline)) bool test_faults(void (*run)(void *argument), void *argument)
{
    attempting = true;
    if (__builtin_setjmp(end_of_attempt))
    {
        attempting = false;
        return true;
    }
    run(argument);
    attempting = false;
    return false;
}

static __attribute__((noinline)) bool passes(const struct test *test)
{
    attempting = false;
    if (__builtin_setjmp(end_of_test))
        return false;
    test->run();
    return true;
}

int main(int argc, char **argv)
{
    int count = 0, failed = 0, number = 0;
    struct test *test;

    _setmode(_fileno(stdout), _O_BINARY); /* the harness takes no carriage returns */
    AddVectoredExceptionHandler(1, on_exception);
    for (test = first; test; test = test->next)
        count += argc < 2 || !strcmp(argv[1], test->name);
    printf("1..%d\n", count);
    for (test = first; test; test = test->next)
    {
        bool ok;

        if (argc >= 2 && strcmp(argv[1], test->name))
            continue;
        ok = passes(test);
        printf("%s %d - %s\n", ok ? "ok" : "not ok", ++number, test->name);
        fflush(stdout);
        failed += !ok;
    }
    return failed != 0;
}

#else

void test_fail(const char *file, int line, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    _ck_assert_failed(file, line, text, NULL);
}

static sigjmp_buf end_of_attempt;

static void on_fault(int number)
{
    (void)number;
    siglongjmp(end_of_attempt, 1);
}

bool test_faults(void (*run)(void *argument), void *argument)
{
    struct sigaction action = {.sa_handler = on_fault}, segv, bus;
    volatile bool faulted = true;

    sigaction(SIGSEGV, &action, &segv);
    sigaction(SIGBUS, &action, &bus);
    if (!sigsetjmp(end_of_attempt, 1))
    {
        run(argument);
        faulted = false;
    }
    sigaction(SIGSEGV, &segv, NULL);
    sigaction(SIGBUS, &bus, NULL);
    return faulted;
}

/* Check calls a test with its index; it is found by walking. */
static void run_test(int index)
{
    struct test *test = first;

    while (index--)
        test = test->next;
    test->run();
}

int main(int argc, char **argv)
{
    Suite *suite = suite_create("tests");
    SRunner *runner = srunner_create(suite);
    struct test *test;
    TTest *check_tests;
    int count = 0, index = 0, failed;

    for (test = first; test; test = test->next)
        count++;
    check_tests = calloc((size_t)count, sizeof(*check_tests));
    for (test = first; test; test = test->next, index++)
    {
        /* A test case of its own, so that the name is Check's to report. */
        TTest *check_test = &check_tests[index];
        TCase *tcase;

        if (argc >= 2 && strcmp(argv[1], test->name))
            continue;
        check_test->name = test->name;
        check_test->fn = run_test;
        check_test->file = test->file;
        check_test->line = test->line;
        tcase = tcase_create(test->name);
        tcase_set_timeout(tcase, 300);
        tcase_add_loop_test(tcase, check_test, index, index + 1);
        suite_add_tcase(suite, tcase);
    }
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    free(check_tests);
    return failed != 0;
}

#endif
