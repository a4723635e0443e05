/* SPDX-License-Identifier: MIT */
/* canonical.h - what the tests of canonicalization share: a place for canonical bytes. */
#ifndef WS_CANONICAL_TEST_H
#define WS_CANONICAL_TEST_H

#include "support/strings.h"
#include "support/test.h"

struct sink
{
    char text[65536];
    size_t length;
    unsigned calls, fails_at; /* the call that fails, from 1; 0: none does */
    HRESULT failure;
    size_t smallest, largest, last;  /* pieces; `smallest` does not count the last one */
    void (*meanwhile)(void *object); /* called in each call */
    void *object;
};

static __attribute__((unused)) HRESULT CALLBACK write_sink(void *state, const WS_BYTES *buffers, ULONG count,
                                                           const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct sink *sink = state;
    size_t size = 0;
    ULONG i;

    (void)error;
    expect(!context);
    sink->calls++;
    if (sink->meanwhile)
        sink->meanwhile(sink->object);
    if (sink->calls == sink->fails_at)
        return sink->failure;
    for (i = 0; i < count; i++)
    {
        expect(buffers[i].length < sizeof(sink->text) - sink->length);
        memcpy(sink->text + sink->length, buffers[i].bytes, buffers[i].length);
        sink->length += buffers[i].length;
        size += buffers[i].length;
    }
    expect(size > 0);
    if (sink->calls > 1 && (sink->calls == 2 || sink->last < sink->smallest))
        sink->smallest = sink->last;
    if (size > sink->largest)
        sink->largest = size;
    sink->last = size;
    return S_OK;
}

#define expect_form(sink, form) \
    do \
    { \
        if ((sink)->length != strlen(form) || memcmp((sink)->text, form, (sink)->length)) \
            test_fail(__FILE__, __LINE__, "%.*s\n# not\n# %s", (int)(sink)->length, (sink)->text, form); \
    } while (0)

/* Properties. */
typedef WS_XML_CANONICALIZATION_PROPERTY PROPERTY;
#define ALGORITHM(name) \
    { \
        WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM, &(WS_XML_CANONICALIZATION_ALGORITHM){name}, \
            sizeof(WS_XML_CANONICALIZATION_ALGORITHM) \
    }
#define PREFIXES(count, list) \
    { \
        WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES, \
            &(WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES){count, list}, \
            sizeof(WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES) \
    }
#define OUTPUT_SIZE(size) \
    { \
        WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &(ULONG){size}, sizeof(ULONG) \
    }
#define OMITTED(local, namespace) \
    { \
        WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT, &(WS_XML_QNAME){STRING(local), STRING(namespace)}, \
            sizeof(WS_XML_QNAME) \
    }

#define WITH_COMMENTS           ALGORITHM(WS_EXCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM)
#define INCLUSIVE               ALGORITHM(WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM)
#define INCLUSIVE_WITH_COMMENTS ALGORITHM(WS_INCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM)

#endif
