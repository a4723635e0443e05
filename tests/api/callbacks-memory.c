/* SPDX-License-Identifier: MIT */
/*
 * Readers and writers that their callbacks free give all of their memory back: what the debug variant counts.
 *
 * Source: our choice; the pages of WsFreeReader and WsFreeWriter do not speak of callbacks.
 */
#define _GNU_SOURCE
#include "support/callbacks.h"
#include "webservicesdebug.h"

#include <stdlib.h>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

/* What WsDumpMemory prints is read from a file. */
static FILE *dump_memory(void)
{
    FILE *file = tmpfile();

    expect(file != NULL);
    fflush(stdout);
#ifdef _WIN32
    HANDLE before = GetStdHandle(STD_OUTPUT_HANDLE);

    SetStdHandle(STD_OUTPUT_HANDLE, (HANDLE)_get_osfhandle(_fileno(file)));
    WsDumpMemory(NULL);
    SetStdHandle(STD_OUTPUT_HANDLE, before);
#else
    int before = dup(1);

    expect(dup2(fileno(file), 1) == 1);
    WsDumpMemory(NULL);
    fflush(stdout);
    dup2(before, 1);
    close(before);
#endif
    rewind(file);
    return file;
}

/* How many bytes the library holds. */
static unsigned long long held(void)
{
    FILE *file = dump_memory();
    unsigned long long bytes, last = 0;
    bool found = false;
    char line[300];

    while (fgets(line, sizeof(line), file))
        if (sscanf(line, "webservices: %llu bytes in ", &bytes) == 1)
        {
            last = bytes;
            found = true;
        }
    fclose(file);
    expect(found);
    return last;
}

static void run(int callback, HRESULT answer)
{
    struct behaviour behaviour;

    memset(&behaviour, 0, sizeof(behaviour));
    behaviour.frees = true;
    behaviour.answer = answer;
    run_callback(callback, &behaviour, NULL);
    end_callback(&behaviour);
}

TEST(nothing_is_held_of_what_its_callback_has_freed)
{
    unsigned long long before, after;
    int callback, i;

    for (callback = 0; callback < CALLBACKS; callback++)
    {
        run(callback, S_OK); /* the pools have memory then */
        before = held();
        for (i = 0; i < 10; i++)
            run(callback, i % 2 ? E_FAIL : S_OK);
        after = held();
        if (after != before)
            test_fail(__FILE__, __LINE__, "%s: %llu bytes, not %llu", callback_names[callback], after, before);
    }
}

struct later
{
    WS_ASYNC_CONTEXT context;
    ULONG *actual;
};

static HRESULT CALLBACK read_later(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error)
{
    struct later *later = state;

    (void)bytes, (void)max, (void)error;
    later->actual = actual;
    later->context = *context;
    return WS_S_ASYNC;
}

static void CALLBACK told(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    (void)hr, (void)model, (void)state;
}

TEST(nothing_is_held_of_a_reader_that_was_freed_while_it_was_filled)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    struct later later = {{NULL, NULL}, NULL};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_later, &later};
    WS_ASYNC_CONTEXT context = {told, NULL};
    unsigned long long before = 0;
    WS_XML_READER *reader;
    int i;

    for (i = 0; i < 10; i++)
    {
        reader = create_reader();
        expect_hr(S_OK, WsSetInput(reader, &text.encoding, &input.input, NULL, 0, NULL));
        expect_hr(WS_S_ASYNC, WsFillReader(reader, 100, &context, NULL));
        WsFreeReader(reader);
        later.context.callback(S_OK, WS_SHORT_CALLBACK, later.context.callbackState);
        if (!i)
            before = held();
    }
    expect(held() == before);
}
