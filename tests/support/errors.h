/* SPDX-License-Identifier: MIT */
/*
 * errors.h - error objects and what they say. Programs that show one sentence show the newest, so that is what tests
 * look at.
 */
#ifndef WS_SUPPORT_ERRORS_H
#define WS_SUPPORT_ERRORS_H

#include "support/test.h"

WS_ERROR *create_error(void);
WS_ERROR *create_error_in(LANGID language);

/* How many sentences there are. */
ULONG sentence_count(WS_ERROR *error);

/* The newest sentence, in ASCII; "": there is none. Good until the next call. */
const char *sentence(WS_ERROR *error);

/* Whether the newest sentence contains some text. */
bool says(WS_ERROR *error, const char *text);

/* Whether it is that text. */
bool says_exactly(WS_ERROR *error, const char *text);

/* A call that must fail with one sentence, which contains some text. */
#define expect_refused(error, hr, call, text) \
    do \
    { \
        expect_hr(S_OK, WsResetError(error)); \
        expect_hr(hr, call); \
        if (!says(error, text)) \
            test_fail(__FILE__, __LINE__, "the error of %s does not say \"%s\" but \"%s\"", #call, text, \
                      sentence(error)); \
        expect_size(1, sentence_count(error)); \
    } while (0)

#endif
