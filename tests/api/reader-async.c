/* SPDX-License-Identifier: MIT */
/*
 * Readers whose stream answers from another thread: WsFillReader with a WS_ASYNC_CONTEXT, as the asynchronous model
 * documents it (desktop-src/wsw/asynchronous-model.md).
 *
 * Source: the documentation of the asynchronous model.
 */
#include "support/reader.h"

#include <stdatomic.h>
#include <stdlib.h>

#ifdef _WIN32

static void give_way(void)
{
    Sleep(0);
}

#else

#include <pthread.h>
#include <sched.h>

static void give_way(void)
{
    sched_yield();
}

#endif

/* A stream whose pieces come from another thread, and what the caller of WsFillReader is told. */
struct source
{
    struct stream stream;
    unsigned at_once;  /* every so many pieces, one comes at once; 0: none does */
    unsigned fails_at; /* the call, from 1, that fails; 0: none does */
    HRESULT failure;
    WS_CALLBACK_MODEL model;
    atomic_bool gate; /* closed: the thread waits */
    unsigned with_context, without_context;

    /* The piece that the thread is to bring. */
    void *bytes;
    ULONG max, *actual;
    WS_ASYNC_CONTEXT context;
    WS_ERROR *error;

    /* Told. */
    HRESULT hr;
    WS_CALLBACK_MODEL told_model;
    atomic_uint told;

    /* What is done when told. */
    WS_XML_READER *reader;
    enum
    {
        JUST_COUNT,
        FREE_READER,
        READ_ON
    } when_told;
    struct dump dump;
};

static HRESULT bring(struct source *source, void *bytes, ULONG max, ULONG *actual, WS_ERROR *error)
{
    if (source->fails_at && source->stream.calls + 1 == source->fails_at)
    {
        WS_STRING sentence = {14, (WCHAR *)u"The line broke"};

        WsAddErrorString(error, &sentence);
        return source->failure;
    }
    return read_stream(&source->stream, bytes, max, actual, NULL, error);
}

/* --- The thread that brings pieces: it begins with the first one, and has ended before the process does --- */

static _Atomic(struct source *) wanted; /* by whom a piece is */
static atomic_bool process_ends;

/* Nothing here may fail a test: that can only be done in the test's own thread. */
static void answer(struct source *source)
{
    WS_ASYNC_CONTEXT context = source->context;
    HRESULT hr;

    while (!atomic_load(&source->gate) && !atomic_load(&process_ends))
        give_way();
    hr = bring(source, source->bytes, source->max, source->actual, source->error);
    context.callback(hr, source->model, context.callbackState);
}

static void answer_all(void)
{
    struct source *source;

    while (!atomic_load(&process_ends))
        if ((source = atomic_exchange(&wanted, NULL)))
            answer(source);
        else
            give_way();
}

#ifdef _WIN32

static HANDLE thread;

static DWORD WINAPI run_thread(void *argument)
{
    (void)argument;
    answer_all();
    return 0;
}

static void end_thread(void)
{
    atomic_store(&process_ends, true);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

static bool start_thread(void)
{
    thread = CreateThread(NULL, 0, run_thread, NULL, 0, NULL);
    return thread && !atexit(end_thread);
}

#else

static pthread_t thread;

static void *run_thread(void *argument)
{
    (void)argument;
    answer_all();
    return NULL;
}

static void end_thread(void)
{
    atomic_store(&process_ends, true);
    pthread_join(thread, NULL);
}

static bool start_thread(void)
{
    return !pthread_create(&thread, NULL, run_thread, NULL) && !atexit(end_thread);
}

#endif

static HRESULT CALLBACK read_source(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error)
{
    struct source *source = state;

    if (!context)
    {
        source->without_context++;
        return bring(source, bytes, max, actual, error);
    }
    if (source->at_once && source->stream.calls % source->at_once == 0)
        return bring(source, bytes, max, actual, error);
    source->with_context++;
    source->bytes = bytes;
    source->max = max;
    source->actual = actual;
    source->context = *context;
    source->error = error;
    atomic_store(&wanted, source);
    return WS_S_ASYNC;
}

static void CALLBACK filled(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct source *source = state;
    WS_ASYNC_CONTEXT context = {filled, source};
    const WS_XML_NODE *node;

    if (source->when_told == FREE_READER)
        WsFreeReader(source->reader);
    else if (source->when_told == READ_ON)
        while (hr == S_OK && (hr = WsReadNode(source->reader, NULL)) == S_OK &&
               (hr = WsGetReaderNode(source->reader, &node, NULL)) == S_OK)
        {
            dump_node(&source->dump, node);
            if (node->nodeType == WS_XML_NODE_TYPE_EOF)
                break;
            if ((hr = WsFillReader(source->reader, 100, &context, NULL)) == WS_S_ASYNC)
                return;
        }
    source->hr = hr;
    source->told_model = model;
    atomic_fetch_add(&source->told, 1);
}

static void wait_for(struct source *source, unsigned told)
{
    while (atomic_load(&source->told) < told)
        give_way();
}

static void set_source(WS_XML_READER *reader, struct source *source, const void *bytes, size_t length, size_t piece)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_source, source};
    static bool started;

    expect(started || (started = start_thread()));
    memset(source, 0, sizeof(*source));
    source->stream.bytes = bytes;
    source->stream.length = length;
    source->stream.piece = piece;
    source->model = WS_SHORT_CALLBACK;
    source->reader = reader;
    atomic_store(&source->gate, true);
    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
}

static const char document[] = "<?xml version='1.0'?>\n<o:all xmlns:o='urn:o'>\r\n <o:one n='1' t='a&amp;b'>Pencil "
                               "&lt;soft&gt;</o:one><!-- \xc3\xa4 --><two><![CDATA[x]]></two><e/></o:all>\n";

/* Fills and waits, if there is something to wait for. */
static HRESULT fill_and_wait(struct source *source, ULONG size, WS_ERROR *error)
{
    WS_ASYNC_CONTEXT context = {filled, source};
    unsigned told = atomic_load(&source->told);
    HRESULT hr = WsFillReader(source->reader, size, &context, error);

    if (hr != WS_S_ASYNC)
    {
        expect_size(told, atomic_load(&source->told)); /* who is answered at once is not told */
        return hr;
    }
    wait_for(source, told + 1);
    expect_size(told + 1, atomic_load(&source->told));
    return source->hr;
}

static void read_whole(const void *bytes, size_t length, struct dump *dump)
{
    WS_XML_READER *reader = create_reader();

    memset(dump, 0, sizeof(*dump));
    set_text(reader, bytes, length);
    expect_hr(S_OK, read_all(reader, dump, NULL));
    WsFreeReader(reader);
}

TEST(pieces_from_another_thread_give_the_same_nodes)
{
    static struct dump whole, dump;
    static struct source source;
    static BYTE wide[2 * sizeof(document) + 2];
    static const size_t pieces[] = {1, 2, 7, 64, 1000};
    WS_XML_READER *reader = create_reader();
    size_t i, wide_length = to_utf16(document, sizeof(document) - 1, true, true, wide);
    const WS_XML_NODE *node;
    unsigned at_once;
    int utf16;

    read_whole(document, sizeof(document) - 1, &whole);
    for (utf16 = 0; utf16 < 2; utf16++)
        for (at_once = 0; at_once < 4; at_once++)
            for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
            {
                if (utf16)
                    set_source(reader, &source, wide, wide_length, pieces[i]);
                else
                    set_source(reader, &source, document, sizeof(document) - 1, pieces[i]);
                source.at_once = at_once;
                memset(&dump, 0, sizeof(dump));
                do
                {
                    expect_hr(S_OK, fill_and_wait(&source, 150, NULL));
                    expect_hr(S_OK, WsReadNode(reader, NULL));
                    node = current_node(reader);
                    dump_node(&dump, node);
                } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
                if (strcmp(dump.text, whole.text))
                    test_fail(__FILE__, __LINE__, "%u %zu: %s", at_once, pieces[i], dump.text);
                expect_size(0, source.without_context);
                expect((at_once == 1) == !source.with_context);
            }
    WsFreeReader(reader);
}

/* The callback of the context may use the reader at once, in the thread of the stream. */
TEST(a_document_is_read_by_those_who_are_told)
{
    static struct source source;
    static struct dump whole;
    WS_XML_READER *reader = create_reader();
    WS_ASYNC_CONTEXT context = {filled, &source};

    read_whole(document, sizeof(document) - 1, &whole);
    set_source(reader, &source, document, sizeof(document) - 1, 3);
    source.when_told = READ_ON;
    expect_hr(WS_S_ASYNC, WsFillReader(reader, 100, &context, NULL));
    wait_for(&source, 1);
    expect_hr(S_OK, source.hr);
    expect(!strcmp(source.dump.text, whole.text));
    WsFreeReader(reader);
}

TEST(who_is_told_may_free_the_reader)
{
    static struct source source;
    WS_XML_READER *reader = create_reader();
    WS_ASYNC_CONTEXT context = {filled, &source};

    set_source(reader, &source, document, sizeof(document) - 1, 3);
    source.when_told = FREE_READER;
    expect_hr(WS_S_ASYNC, WsFillReader(reader, 10, &context, NULL));
    wait_for(&source, 1);
    expect_hr(S_OK, source.hr);
    expect_hr(E_INVALIDARG, WsReadNode(reader, NULL));
}

TEST(how_the_stream_calls_back_is_how_the_caller_is_called_back)
{
    static struct source source;
    WS_XML_READER *reader = create_reader();

    set_source(reader, &source, document, sizeof(document) - 1, 4);
    expect_hr(S_OK, fill_and_wait(&source, 10, NULL));
    expect_size(WS_SHORT_CALLBACK, source.told_model);
    source.model = WS_LONG_CALLBACK;
    expect_hr(S_OK, fill_and_wait(&source, 100, NULL));
    expect_size(WS_LONG_CALLBACK, source.told_model);
    WsFreeReader(reader);
}

TEST(without_a_context_the_call_is_synchronous)
{
    static struct source source;
    WS_XML_READER *reader = create_reader();

    set_source(reader, &source, document, sizeof(document) - 1, 1);
    expect_hr(S_OK, WsFillReader(reader, 30, NULL, NULL));
    expect_size(30, source.without_context);
    expect(!source.with_context && !atomic_load(&source.told));
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    WsFreeReader(reader);
}

/* All that can be asked of a reader, while it waits. */
TEST(a_reader_that_waits_refuses_all)
{
    static struct source source;
    WS_XML_STRING name = STRING("a");
    WS_XML_READER *reader = create_reader();
    WS_ASYNC_CONTEXT context = {filled, &source};
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_NODE_POSITION position = {NULL, NULL};
    WS_XML_BUFFER *buffer = NULL, *made = NULL;
    const WS_XML_NODE *node = NULL;
    const WS_XML_STRING *ns = NULL;
    WS_XML_STRING local;
    WCHAR chars[4], *value = NULL;
    ULONG count = 77;
    BOOL found = 77;
    int32_t number = 77;

    expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    set_source(reader, &source, "<a b='1'>text</a>", 17, 1);
    atomic_store(&source.gate, false);
    expect_hr(WS_S_ASYNC, WsFillReader(reader, 17, &context, NULL));

#define REFUSED(call) expect_refused(error, WS_E_INVALID_OPERATION, call, "asynchronously")
    REFUSED(WsReadNode(reader, error));
    REFUSED(WsSkipNode(reader, error));
    REFUSED(WsGetReaderNode(reader, &node, error));
    REFUSED(WsFillReader(reader, 1, NULL, error));
    REFUSED(WsFillReader(reader, 1, &context, error));
    REFUSED(WsSetInput(reader, NULL, NULL, NULL, 0, error));
    REFUSED(WsSetInputToBuffer(reader, buffer, NULL, 0, error));
    REFUSED(WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &count, sizeof(count), error));
    REFUSED(WsGetReaderPosition(reader, &position, error));
    REFUSED(WsSetReaderPosition(reader, &position, error));
    REFUSED(WsMoveReader(reader, WS_MOVE_TO_BOF, &found, error));
    REFUSED(WsReadToStartElement(reader, NULL, NULL, &found, error));
    REFUSED(WsReadStartElement(reader, error));
    REFUSED(WsReadEndElement(reader, error));
    REFUSED(WsReadStartAttribute(reader, 0, error));
    REFUSED(WsReadEndAttribute(reader, error));
    REFUSED(WsFindAttribute(reader, &name, &name, FALSE, &count, error));
    REFUSED(WsGetXmlAttribute(reader, &name, heap, &value, &count, error));
    REFUSED(WsGetNamespaceFromPrefix(reader, &name, FALSE, &ns, error));
    REFUSED(WsReadChars(reader, chars, 4, &count, error));
    REFUSED(WsReadCharsUtf8(reader, (BYTE *)chars, 4, &count, error));
    REFUSED(WsReadBytes(reader, chars, 4, &count, error));
    REFUSED(WsReadValue(reader, WS_INT32_VALUE_TYPE, &number, sizeof(number), error));
    REFUSED(WsReadArray(reader, &name, &name, WS_INT32_VALUE_TYPE, &number, 4, 0, 1, &count, error));
    REFUSED(WsReadQualifiedName(reader, heap, NULL, &local, NULL, error));
    REFUSED(WsReadXmlBuffer(reader, heap, &made, error));
    REFUSED(WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, "<a/>", 4, heap, &made, error));
#undef REFUSED
    expect(!node && !made && !ns && !value && count == 77 && found == 77 && number == 77);
    expect(!atomic_load(&source.told));

    atomic_store(&source.gate, true);
    wait_for(&source, 1);
    expect_hr(S_OK, source.hr);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "text"));
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    WsFreeReader(reader);
    WsFreeHeap(heap);
    WsFreeError(error);
}

/* What the node shows stays as it is while bytes come in another thread, even when the buffer must grow. */
TEST(a_node_that_is_shown_stays_while_bytes_come)
{
    static struct source source;
    WS_XML_READER *reader = create_reader();
    const WS_XML_TEXT_NODE *text;
    const BYTE *shown;
    static char large[20000];

    memset(large, 'x', sizeof(large));
    memcpy(large, "<a>first<b/>", 12);
    memcpy(large + sizeof(large) - 4, "</a>", 4);
    set_source(reader, &source, large, sizeof(large), 700);
    expect_hr(S_OK, fill_and_wait(&source, 100, NULL));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    text = (const WS_XML_TEXT_NODE *)next_node(reader, WS_XML_NODE_TYPE_TEXT);
    shown = ((const WS_XML_UTF8_TEXT *)text->text)->value.bytes;
    expect_hr(S_OK, fill_and_wait(&source, 19000, NULL));
    expect(text_is(reader, "first") && ((const WS_XML_UTF8_TEXT *)text->text)->value.bytes == shown);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    WsFreeReader(reader);
}

TEST(a_failure_in_another_thread_is_told_and_faults)
{
    static struct source source;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    unsigned at;

    for (at = 1; at < 5; at++)
    {
        set_source(reader, &source, document, sizeof(document) - 1, 2);
        source.fails_at = at;
        source.failure = WS_E_ENDPOINT_DISCONNECTED;
        expect_hr(S_OK, WsResetError(error));
        expect_hr(WS_E_ENDPOINT_DISCONNECTED, fill_and_wait(&source, 100, error));
        expect(!strcmp(sentence(error), "The line broke"));
        expect_size(2, sentence_count(error)); /* and ours, that the read callback failed */
        expect_size(1, atomic_load(&source.told));
        expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
        expect_hr(WS_E_OBJECT_FAULTED, fill_and_wait(&source, 100, NULL));
    }
    set_text_string(reader, "<a/>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    WsFreeError(error);
    WsFreeReader(reader);
}

/* Freed while the other thread has its memory: it is gone when that has answered, whichever of the two is first. */
TEST(a_reader_is_freed_while_another_thread_fills_it)
{
    static struct source source;
    unsigned i;

    for (i = 0; i < 200; i++)
    {
        WS_XML_READER *reader = create_reader();
        WS_ASYNC_CONTEXT context = {filled, &source};

        set_source(reader, &source, document, sizeof(document) - 1, 7);
        atomic_store(&source.gate, i % 2);
        expect_hr(WS_S_ASYNC, WsFillReader(reader, i % 3 ? 7 : 100, &context, NULL));
        WsFreeReader(reader);
        atomic_store(&source.gate, true);
        wait_for(&source, 1);
        expect(source.hr == S_OK || (i % 3 == 0 && source.hr == WS_E_INVALID_OPERATION));
        expect_hr(E_INVALIDARG, WsReadNode(reader, NULL));
    }
}
