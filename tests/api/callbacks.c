/* SPDX-License-Identifier: MIT */
/*
 * What readers and writers make of what a callback answers, and of a callback that frees its object or does what it
 * must not: one rule for all of them.
 *
 * Source: our choice; the pages of the callbacks (WS_READ_CALLBACK and so on) say only that a failure is handed on.
 */
#include "support/callbacks.h"

TEST(whatever_success_a_callback_answers_is_S_OK)
{
    static const HRESULT answers[] = {S_OK, S_FALSE, WS_S_END};
    struct behaviour behaviour;
    int callback;
    size_t i;

    for (callback = 0; callback < CALLBACKS; callback++)
        for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
        {
            memset(&behaviour, 0, sizeof(behaviour));
            behaviour.answer = answers[i];
            expect_hr(S_OK, run_callback(callback, &behaviour, NULL));
            end_callback(&behaviour);
        }
}

/* The next call of the object. */
static HRESULT use_again(const struct behaviour *behaviour)
{
    return behaviour->of_reader ? WsReadNode(behaviour->reader, NULL) : WsWriteEndElement(behaviour->writer, NULL);
}

TEST(a_failure_is_handed_on_with_a_sentence_that_names_the_callback)
{
    static const HRESULT answers[] = {E_OUTOFMEMORY, WS_E_ENDPOINT_DISCONNECTED, E_INVALIDARG, WS_E_INVALID_OPERATION};
    WS_ERROR *error = create_error();
    struct behaviour behaviour;
    char wanted[100];
    int callback;
    size_t i;

    for (callback = 0; callback < CALLBACKS; callback++)
        for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
        {
            memset(&behaviour, 0, sizeof(behaviour));
            behaviour.answer = answers[i];
            snprintf(wanted, sizeof(wanted), "The %s failed with 0x%08x.", callback_names[callback],
                     (unsigned)answers[i]);
            expect_hr(S_OK, WsResetError(error));
            expect_hr(answers[i], run_callback(callback, &behaviour, error));
            expect_size(1, behaviour.calls);
            if (strcmp(sentence(error), wanted))
                test_fail(__FILE__, __LINE__, "%s is not %s", sentence(error), wanted);
            expect_size(1, sentence_count(error));
            expect_hr(WS_E_OBJECT_FAULTED, use_again(&behaviour)); /* whatever the code */
            end_callback(&behaviour);
        }
    WsFreeError(error);
}

TEST(a_failure_of_a_callback_is_newer_than_what_was_there_before)
{
    WS_ERROR *error = create_error();
    WS_STRING older = {5, (WCHAR *)u"Older"};
    struct behaviour behaviour;
    char wanted[100];
    int callback;

    for (callback = 0; callback < CALLBACKS; callback++)
    {
        memset(&behaviour, 0, sizeof(behaviour));
        behaviour.answer = E_FAIL;
        expect_hr(S_OK, WsResetError(error));
        expect_hr(S_OK, WsAddErrorString(error, &older));
        expect_hr(E_FAIL, run_callback(callback, &behaviour, error));
        snprintf(wanted, sizeof(wanted), "The %s failed with 0x80004005.", callback_names[callback]);
        expect(!strcmp(sentence(error), wanted));
        expect_size(2, sentence_count(error));
        end_callback(&behaviour);
    }
    WsFreeError(error);
}

TEST(what_a_callback_says_itself_comes_first)
{
    WS_ERROR *error = create_error();
    struct behaviour behaviour;
    WS_STRING string, older = {5, (WCHAR *)u"Older"};
    char wanted[100];
    int callback;
    ULONG i;

    for (callback = 0; callback < CALLBACKS; callback++)
    {
        memset(&behaviour, 0, sizeof(behaviour));
        behaviour.answer = E_FAIL;
        behaviour.says = true;
        expect_hr(S_OK, WsResetError(error));
        expect_hr(S_OK, WsAddErrorString(error, &older));
        expect_hr(E_FAIL, run_callback(callback, &behaviour, error));
        expect(!strcmp(sentence(error), "The line broke."));
        expect_size(3, sentence_count(error));
        snprintf(wanted, sizeof(wanted), "The %s failed with 0x80004005.", callback_names[callback]);
        expect_hr(S_OK, WsGetErrorString(error, 1, &string));
        expect_size(strlen(wanted), string.length);
        for (i = 0; i < string.length; i++)
            expect(string.chars[i] == (WCHAR)wanted[i]);
        end_callback(&behaviour);
    }
    WsFreeError(error);
}

TEST(a_callback_that_is_called_synchronously_cannot_go_on)
{
    WS_ERROR *error = create_error();
    struct behaviour behaviour;
    int callback;

    for (callback = 0; callback < CALLBACKS; callback++)
    {
        memset(&behaviour, 0, sizeof(behaviour));
        behaviour.answer = WS_S_ASYNC;
        expect_refused(error, WS_E_INVALID_OPERATION, run_callback(callback, &behaviour, error),
                       "answered WS_S_ASYNC where it cannot complete asynchronously.");
        expect(says(error, callback_names[callback]));
        expect_hr(WS_E_OBJECT_FAULTED, use_again(&behaviour));
        end_callback(&behaviour);
    }
    WsFreeError(error);
}

TEST(a_callback_that_claims_too_much)
{
    static const enum callback reads[] = {READ_CALLBACK, PULL_CALLBACK, MTOM_PULL};
    WS_ERROR *error = create_error();
    struct behaviour behaviour;
    unsigned i;

    for (i = 0; i < 3; i++)
    {
        memset(&behaviour, 0, sizeof(behaviour));
        behaviour.exceeds = true;
        expect_refused(error, WS_E_INVALID_OPERATION, run_callback(reads[i], &behaviour, error),
                       i ? "The pull callback was asked for at most 1536 bytes, and says that it read 1537."
                         : "The read callback was asked for at most 4096 bytes, and says that it read 4097.");
        expect_hr(WS_E_OBJECT_FAULTED, use_again(&behaviour));
        end_callback(&behaviour);
    }
    WsFreeError(error);
}

TEST(an_object_refuses_its_callback_all_calls)
{
    struct behaviour behaviour;
    int callback;

    for (callback = 0; callback < CALLBACKS; callback++)
    {
        memset(&behaviour, 0, sizeof(behaviour));
        behaviour.uses = true;
        expect_hr(S_OK, run_callback(callback, &behaviour, NULL));
        end_callback(&behaviour);
    }
}

/* Whether the function has nothing more to do when its callback has freed the object. */
static bool is_complete(int callback)
{
    return callback == WRITE_CALLBACK || callback == PUSH_CALLBACK;
}

/* It is gone when the function that calls back returns; AddressSanitizer looks whether it was touched or lost. */
TEST(an_object_that_its_callback_frees_is_freed_afterwards)
{
    static const HRESULT answers[] = {S_OK, E_FAIL};
    WS_ERROR *error = create_error();
    struct behaviour behaviour;
    int callback;
    size_t i;

    for (callback = 0; callback < CALLBACKS; callback++)
        for (i = 0; i < 2; i++)
        {
            memset(&behaviour, 0, sizeof(behaviour));
            behaviour.answer = answers[i];
            behaviour.frees = behaviour.uses = true;
            expect_hr(S_OK, WsResetError(error));
            expect_hr(i                       ? E_FAIL
                      : is_complete(callback) ? S_OK
                                              : WS_E_INVALID_OPERATION,
                      run_callback(callback, &behaviour, error));
            expect_size(1, behaviour.calls);
            expect_size(i || !is_complete(callback), sentence_count(error));
            if (!i && !is_complete(callback))
                expect(says(error, behaviour.of_reader ? "The reader was freed while it had more to do."
                                                       : "The writer was freed while it had more to do."));
            end_callback(&behaviour);
        }
    WsFreeError(error);
}

/* Of what WsFillReader wants, the callback brings all at once. */
TEST(a_fill_that_is_complete_succeeds_though_the_reader_is_freed)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    struct behaviour behaviour = {.frees = true, .of_reader = true};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, behave_read, &behaviour};

    behaviour.reader = create_reader();
    expect_hr(S_OK, WsSetInput(behaviour.reader, &text.encoding, &input.input, NULL, 0, NULL));
    expect_hr(S_OK, WsFillReader(behaviour.reader, 4, NULL, NULL));
    expect_hr(E_INVALIDARG, WsReadNode(behaviour.reader, NULL));
}

/* --- Asynchronously --- */

struct later
{
    WS_XML_READER *reader;
    WS_ASYNC_CONTEXT context;
    ULONG *actual;
    unsigned told;
    HRESULT hr;
};

static HRESULT CALLBACK read_later(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error)
{
    struct later *later = state;

    (void)error;
    expect(context && max >= 4);
    memcpy(bytes, "<a> ", 4);
    later->actual = actual;
    later->context = *context;
    return WS_S_ASYNC;
}

static void CALLBACK told(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct later *later = state;

    (void)model;
    expect_hr(E_INVALIDARG, WsReadNode(later->reader, NULL)); /* it is gone already */
    later->told++;
    later->hr = hr;
}

/* It waits for the callback to complete, which still has the reader's memory. */
TEST(a_reader_that_is_freed_while_it_is_filled_is_freed_afterwards)
{
    static const struct
    {
        ULONG size;
        HRESULT answer, hr;
    } cases[] = {
        {100, S_OK, WS_E_INVALID_OPERATION}, /* there is more to read */
        {4, S_OK, S_OK},
        {4, S_FALSE, S_OK},
        {100, WS_E_ENDPOINT_DISCONNECTED, WS_E_ENDPOINT_DISCONNECTED},
        {100, WS_S_ASYNC, WS_E_INVALID_OPERATION},
    };
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        struct later later = {.reader = create_reader()};
        WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_later, &later};
        WS_ASYNC_CONTEXT context = {told, &later};

        expect_hr(S_OK, WsResetError(error));
        expect_hr(S_OK, WsSetInput(later.reader, &text.encoding, &input.input, NULL, 0, NULL));
        expect_hr(WS_S_ASYNC, WsFillReader(later.reader, cases[i].size, &context, error));
        WsFreeReader(later.reader);
        WsFreeReader(later.reader); /* once more does nothing */
        expect_hr(WS_E_INVALID_OPERATION, WsReadNode(later.reader, NULL));
        expect(!later.told);
        *later.actual = 4;
        later.context.callback(cases[i].answer, WS_SHORT_CALLBACK, later.context.callbackState);
        expect_size(1, later.told);
        expect_hr(cases[i].hr, later.hr);
        expect_size(cases[i].hr != S_OK, sentence_count(error));
    }
    WsFreeError(error);
}

/* Either of the two that WsCopyNode uses, freed by a callback of the other one. */

static WS_XML_READER *reader_to_free;
static WS_XML_WRITER *writer_to_free;

static HRESULT CALLBACK free_the_other(void *state, const WS_BYTES *buffers, ULONG count,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    unsigned *calls = state;

    (void)buffers, (void)count, (void)context, (void)error;
    if (++*calls == 3)
    {
        WsFreeReader(reader_to_free);
        WsFreeWriter(writer_to_free);
    }
    return S_OK;
}

TEST(a_copy_whose_reader_or_writer_is_freed_by_the_other_ones_callback)
{
    ULONG size = 1;
    WS_XML_CANONICALIZATION_PROPERTY property = {WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &size,
                                                 sizeof(size)};
    WS_ERROR *error = create_error();
    int of_reader;

    for (of_reader = 0; of_reader < 2; of_reader++)
    {
        WS_XML_READER *reader = create_reader();
        WS_XML_WRITER *writer = new_writer(NULL, false, false);
        unsigned calls = 0;

        set_text_string(reader, "<a>1<b/>2</a>");
        expect_hr(S_OK, of_reader ? WsStartReaderCanonicalization(reader, free_the_other, &calls, &property, 1, NULL)
                                  : WsStartWriterCanonicalization(writer, free_the_other, &calls, &property, 1, NULL));
        reader_to_free = of_reader ? NULL : reader;
        writer_to_free = of_reader ? writer : NULL;
        expect_refused(error, WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, error),
                       of_reader ? "The writer was freed" : "The reader was freed");
        expect_size(of_reader ? E_INVALIDARG : WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
        expect_size(of_reader ? WS_E_OBJECT_FAULTED : E_INVALIDARG, WsReadNode(reader, NULL));
        WsFreeReader(reader);
        WsFreeWriter(writer);
    }
    WsFreeError(error);
}

static HRESULT CALLBACK free_the_writer(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id,
                                        WS_ERROR *error)
{
    WS_XML_WRITER **writer = state;

    (void)string, (void)id, (void)error;
    WsFreeWriter(*writer);
    *writer = NULL;
    *found = FALSE;
    return S_OK;
}

TEST(a_buffer_that_is_encoded_while_its_writer_is_freed)
{
    WS_XML_WRITER *writer = new_writer(NULL, false, false), *to_free = writer;
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, free_the_writer, &to_free};
    WS_ERROR *error = create_error();
    WS_XML_READER *reader = create_reader();
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = NULL;
    void *bytes = &bytes;
    ULONG count = 7;

    expect_hr(S_OK, WsCreateHeap(4096, 0, NULL, 0, &heap, NULL));
    expect_hr(S_OK, WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, "<a><b/></a>", 11, heap, &buffer, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsWriteXmlBufferToBytes(writer, buffer, &encoding.encoding, NULL, 0, heap, &bytes, &count, error),
                   "The writer was freed");
    expect(bytes == &bytes && count == 7);
    expect_hr(E_INVALIDARG, WsWriteEndElement(writer, NULL));
    WsFreeReader(reader);
    WsFreeHeap(heap);
    WsFreeError(error);
}
