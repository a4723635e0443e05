/* SPDX-License-Identifier: MIT */
/*
 * writer-order - what a writer looks at first: its handle, its state, whether such a thing can stand where it is, and
 * only then the arguments. The rule is at the head of xml/writer/writer.h. And what can stand outside of elements.
 *
 * Source: observed on Windows where a test says so; else our choice, by the same rules.
 */
#include "support/mtom-writer.h"

/* --- Every function, with arguments that cannot be --- */

static const WS_XML_STRING no_bytes = {3, NULL, NULL, 0};
static WS_XML_READER *reader; /* a live one, without input */
static WS_HEAP *heap;

#define UNTOUCHED ((void *)(uintptr_t)0x5a5a)

static HRESULT CALLBACK no_bytes_to_push(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                         const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    (void)state, (void)write, (void)write_state, (void)async, (void)error;
    return S_OK;
}

/* Kinds of functions: what they need besides an output. */
enum kind
{
    WRITES,   /* nothing */
    ASKS,     /* nothing */
    ELEMENT,  /* a place for an element */
    TAG,      /* an open start tag */
    VALUE,    /* an element, or an attribute that has no value yet */
    POSITION, /* an XML buffer */
    SETS      /* not even an output: only that none of its callbacks is running */
};

static const enum kind kinds[] = {ELEMENT,  ELEMENT,  ELEMENT, TAG,    TAG,    TAG,    TAG,    WRITES,   WRITES,
                                  WRITES,   VALUE,    VALUE,   WRITES, WRITES, VALUE,  VALUE,  VALUE,    VALUE,
                                  VALUE,    WRITES,   WRITES,  WRITES, WRITES, WRITES, WRITES, WRITES,   WRITES,
                                  WRITES,   WRITES,   ASKS,    ASKS,   ASKS,   ASKS,   WRITES, POSITION, POSITION,
                                  POSITION, POSITION, SETS,    SETS,   SETS,   SETS,   SETS};

/* All calls but those that have no arguments. */
static HRESULT make_wrong_call(unsigned number, WS_XML_WRITER *w, WS_ERROR *e)
{
    static const WS_XML_UTF8_TEXT bad_text = {{WS_XML_TEXT_TYPE_UTF8}, {3, NULL, NULL, 0}};
    static const WS_XML_TEXT no_text = {(WS_XML_TEXT_TYPE)99};
    static const WS_XML_NODE no_node = {(WS_XML_NODE_TYPE)99};
    static const WS_XML_TEXT_NODE text_node = {{WS_XML_NODE_TYPE_TEXT}, NULL};
    static const WS_XML_ELEMENT_NODE element_node = {.node = {WS_XML_NODE_TYPE_ELEMENT}};
    static const WS_ASYNC_CONTEXT no_callback = {NULL, NULL};
    static const WS_XML_WRITER_PROPERTY no_property = {(WS_XML_WRITER_PROPERTY_ID)99, UNTOUCHED, 4};
    static ULONG value = 1;
    const WS_XML_STRING *prefix;
    void *bytes;

    switch (number)
    {
    case 0: return WsWriteStartElement(w, NULL, NULL, NULL, e);
    case 1: return WsWriteStartElement(w, NULL, X(""), X(""), e);
    case 2: return WsWriteStartElement(w, &no_bytes, X("a"), X(""), e);
    case 3: return WsWriteStartAttribute(w, NULL, NULL, NULL, FALSE, e);
    case 4: return WsWriteStartAttribute(w, NULL, X("a"), &no_bytes, FALSE, e);
    case 5: return WsWriteXmlnsAttribute(w, NULL, NULL, FALSE, e);
    case 6: return WsWriteXmlnsAttribute(w, &no_bytes, X("u"), FALSE, e);
    case 7: return WsWriteChars(w, NULL, 1, e);
    case 8: return WsWriteCharsUtf8(w, NULL, 1, e);
    case 9: return WsWriteBytes(w, NULL, 1, e);
    case 10: return WsPushBytes(w, NULL, NULL, e);
    case 11: return WsPullBytes(w, NULL, NULL, e);
    case 12: return WsWriteText(w, NULL, e);
    case 13: return WsWriteText(w, &no_text, e);
    case 14: return WsWriteValue(w, WS_UINT32_VALUE_TYPE, NULL, sizeof(value), e);
    case 15: return WsWriteValue(w, WS_UINT32_VALUE_TYPE, &value, 0, e);
    case 16: return WsWriteValue(w, (WS_VALUE_TYPE)99, &value, sizeof(value), e);
    case 17: return WsWriteQualifiedName(w, NULL, NULL, NULL, e);
    case 18: return WsWriteQualifiedName(w, NULL, X("n"), NULL, e);
    case 19: return WsWriteText(w, &bad_text.text, e);
    case 20: return WsWriteArray(w, NULL, NULL, WS_UINT32_VALUE_TYPE, NULL, 0, 0, 0, e);
    case 21: return WsWriteArray(w, X("a"), X(""), WS_UINT32_VALUE_TYPE, NULL, 4, 0, 1, e);
    case 22: return WsWriteArray(w, X("a"), X(""), (WS_VALUE_TYPE)99, &value, 4, 0, 1, e);
    case 23: return WsWriteArray(w, X("a"), X(""), WS_UINT32_VALUE_TYPE, &value, 4, 0, 2, e);
    case 24: return WsWriteNode(w, NULL, e);
    case 25: return WsWriteNode(w, &no_node, e);
    case 26: return WsWriteNode(w, &text_node.node, e);
    case 27: return WsWriteNode(w, &element_node.node, e);
    case 28: return WsWriteXmlBuffer(w, NULL, e);
    case 29: return WsGetWriterProperty(w, WS_XML_WRITER_PROPERTY_MAX_DEPTH, NULL, 0, e);
    case 30: return WsGetWriterProperty(w, (WS_XML_WRITER_PROPERTY_ID)99, &value, sizeof(value), e);
    case 31: return WsGetPrefixFromNamespace(w, NULL, TRUE, &prefix, e);
    case 32: return WsFlushWriter(w, 0, &no_callback, e);
    case 33: return WsCopyNode(w, NULL, e);
    case 34: return WsGetWriterPosition(w, NULL, e);
    case 35: return WsSetWriterPosition(w, NULL, e);
    case 36: return WsMoveWriter(w, (WS_MOVE_TO)99, NULL, e);
    case 37: return WsMoveWriter(w, WS_MOVE_TO_BOF, NULL, e);
    case 38: return WsSetOutput(w, &utf8.encoding, NULL, NULL, 0, e);
    case 39: return WsSetOutput(w, NULL, NULL, &no_property, 1, e);
    case 40: return WsSetOutputToBuffer(w, NULL, NULL, 0, e);
    case 41: return WsWriteXmlBufferToBytes(w, NULL, NULL, NULL, 0, heap, &bytes, &value, e);
    default: return WsWriteXmlBufferToBytes(w, NULL, NULL, NULL, 0, NULL, NULL, NULL, e);
    }
}

static HRESULT start_canonicalization_without_callback(WS_XML_WRITER *writer)
{
    return WsStartWriterCanonicalization(writer, NULL, NULL, NULL, 0, NULL);
}

static WS_XML_BUFFER *create_buffer(void)
{
    WS_XML_BUFFER *buffer = NULL;

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    return buffer;
}

static void create_all(void)
{
    heap = create_heap(1 << 20);
    ok(WsCreateReader(NULL, 0, &reader, NULL));
}

static void free_all(void)
{
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* Observed on Windows of functions that write, and of WsGetWriterProperty. */
TEST(without_an_output_the_arguments_do_not_matter)
{
    WS_ERROR *error = create_error();
    WS_XML_WRITER *writer = NULL;
    unsigned i, round;
    BOOL found = 77;

    create_all();
    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    for (round = 0; round < 2; round++)
    {
        for (i = 0; i < WsCountOf(kinds); i++)
        {
            HRESULT wanted = kinds[i] == SETS ? E_INVALIDARG : WS_E_INVALID_OPERATION, hr;

            ok(WsResetError(error));
            if ((hr = make_wrong_call(i, writer, error)) != wanted)
                test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
            expect_size(1, sentence_count(error));
            expect(kinds[i] == SETS || says(error, "no output"));
            if ((hr = make_wrong_call(i, NULL, NULL)) != E_INVALIDARG)
                test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
        }
        expect_hr(WS_E_INVALID_OPERATION, start_canonicalization_without_callback(writer));
        expect_hr(WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsMoveWriter(writer, WS_MOVE_TO_EOF, &found, NULL));
        expect_size(77, found);
        /* No output is what it has then, too: our choice. */
        ok(WsSetOutput(writer, NULL, NULL, NULL, 0, NULL));
    }
    WsFreeWriter(writer);
    WsFreeError(error);
    free_all();
}

TEST(of_a_faulted_writer_the_arguments_do_not_matter)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    unsigned i;

    create_all();
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, u"\x1", 1, NULL));
    for (i = 0; i < WsCountOf(kinds); i++)
        if (kinds[i] != SETS)
        {
            HRESULT hr = make_wrong_call(i, writer, NULL);

            if (hr != WS_E_OBJECT_FAULTED)
                test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
        }
    expect_hr(WS_E_OBJECT_FAULTED, start_canonicalization_without_callback(writer));
    WsFreeWriter(writer);
    free_all();
}

static HRESULT CALLBACK use_writer(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                   const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    unsigned i;

    (void)write, (void)write_state, (void)async, (void)error;
    for (i = 0; i < WsCountOf(kinds); i++)
    {
        HRESULT hr = make_wrong_call(i, state, NULL);

        if (hr != WS_E_INVALID_OPERATION)
            test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
    }
    expect_hr(WS_E_INVALID_OPERATION, start_canonicalization_without_callback(state));
    return S_OK;
}

TEST(in_a_callback_the_arguments_do_not_matter)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    create_all();
    start(writer, "a");
    ok(WsPushBytes(writer, use_writer, writer, NULL));
    end(writer);
    expect_output(writer, "<a/>");
    WsFreeWriter(writer);
    free_all();
}

/* With an output, and at a place for all of them, it is the arguments; and nothing has happened. */
TEST(wrong_arguments_change_nothing)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    unsigned i, to_buffer;

    create_all();
    for (to_buffer = 0; to_buffer < 2; to_buffer++)
    {
        if (to_buffer)
            ok(WsSetOutputToBuffer(writer, create_buffer(), NULL, 0, NULL));
        start(writer, "a");
        for (i = 0; i < WsCountOf(kinds); i++)
        {
            HRESULT wanted = kinds[i] == POSITION && !to_buffer ? WS_E_INVALID_OPERATION : E_INVALIDARG, hr;

            ok(WsResetError(error));
            if ((hr = make_wrong_call(i, writer, error)) != wanted)
                test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
            expect_size(1, sentence_count(error));
        }
        expect_hr(E_INVALIDARG, start_canonicalization_without_callback(writer));
        end(writer);
        if (!to_buffer)
            expect_output(writer, "<a/>");
    }
    WsFreeWriter(writer);
    WsFreeError(error);
    free_all();
}

/* What is refused whatever the arguments are is refused before they are looked at. */
TEST(the_place_comes_before_the_arguments)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    unsigned i;
    HRESULT hr;

    create_all();
    for (i = 0; i < WsCountOf(kinds); i++)
    {
        /* Nothing has been written. Observed on Windows of WsWriteQualifiedName. */
        set_output(writer, NULL, 0);
        hr = make_wrong_call(i, writer, NULL);
        if ((kinds[i] == VALUE && hr != WS_E_INVALID_FORMAT) || (kinds[i] == TAG && hr != WS_E_INVALID_OPERATION) ||
            (kinds[i] == ELEMENT && hr != E_INVALIDARG) || (kinds[i] == WRITES && hr != E_INVALIDARG))
            test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
        /* There is a root already. */
        set_output(writer, NULL, 0);
        start(writer, "a");
        end(writer);
        hr = make_wrong_call(i, writer, NULL);
        if ((kinds[i] == VALUE && hr != WS_E_INVALID_FORMAT) || (kinds[i] == TAG && hr != WS_E_INVALID_OPERATION) ||
            (kinds[i] == ELEMENT && hr != WS_E_INVALID_FORMAT) || (kinds[i] == WRITES && hr != E_INVALIDARG))
            test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
        /* In an attribute that has a value. */
        set_output(writer, NULL, 0);
        start(writer, "a");
        ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
        chars8(writer, "x");
        hr = make_wrong_call(i, writer, NULL);
        if (kinds[i] == VALUE || kinds[i] == TAG || kinds[i] == ELEMENT ? hr != WS_E_INVALID_OPERATION
            : kinds[i] == WRITES                                        ? hr != E_INVALIDARG
                                                                        : false)
            test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
        /* In content no attribute can be begun. */
        set_output(writer, NULL, 0);
        start(writer, "a");
        chars8(writer, "x");
        hr = make_wrong_call(i, writer, NULL);
        if (kinds[i] == TAG ? hr != WS_E_INVALID_OPERATION : kinds[i] != POSITION && hr != E_INVALIDARG)
            test_fail(__FILE__, __LINE__, "call %u: 0x%08x", i, (unsigned)hr);
    }
    WsFreeWriter(writer);
    free_all();
}

/* --- What cannot stand outside of elements --- */

static HRESULT CALLBACK pull_one(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                                 WS_ERROR *error)
{
    (void)max, (void)async, (void)error;
    *(BYTE *)bytes = 'x';
    *actual = ++*(unsigned *)state == 1;
    return S_OK;
}

#define CONTENTS 25

/* Writes something that is not white space in one of many ways. */
static HRESULT write_content(unsigned number, WS_XML_WRITER *w)
{
    static const GUID guid = {1, 2, 3, {4}};
    WS_XML_UTF8_TEXT text8 = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE(" x")};
    WS_XML_UTF16_TEXT text16 = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u"x ", 4};
    WS_XML_BASE64_TEXT base64 = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)"x", 1};
    WS_XML_BOOL_TEXT boolean = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
    WS_XML_INT32_TEXT int32 = {{WS_XML_TEXT_TYPE_INT32}, 1};
    WS_XML_INT64_TEXT int64 = {{WS_XML_TEXT_TYPE_INT64}, 1};
    WS_XML_UINT64_TEXT uint64 = {{WS_XML_TEXT_TYPE_UINT64}, 1};
    WS_XML_FLOAT_TEXT real = {{WS_XML_TEXT_TYPE_FLOAT}, 1};
    WS_XML_DOUBLE_TEXT number_text = {{WS_XML_TEXT_TYPE_DOUBLE}, 1};
    WS_XML_GUID_TEXT guid_text = {{WS_XML_TEXT_TYPE_GUID}, guid};
    WS_XML_UNIQUE_ID_TEXT id = {{WS_XML_TEXT_TYPE_UNIQUE_ID}, guid};
    WS_XML_DATETIME_TEXT date = {{WS_XML_TEXT_TYPE_DATETIME}, {0, WS_DATETIME_FORMAT_UTC}};
    WS_XML_QNAME_TEXT qname = {{WS_XML_TEXT_TYPE_QNAME}, X("p"), X("n"), X("u")};
    WS_XML_TEXT *item = &int32.text;
    WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 1, &item};
    WS_XML_TEXT_NODE node = {{WS_XML_NODE_TYPE_TEXT}, &text8.text};
    WS_XML_NODE cdata = {WS_XML_NODE_TYPE_CDATA};
    WS_DURATION duration = {FALSE, 1, 0, 0, 0, 0, 0, 0, 0};
    unsigned count = 0;

    switch (number)
    {
    case 0: return WsWriteChars(w, u" x", 2, NULL);
    case 1: return WsWriteCharsUtf8(w, (const BYTE *)"x ", 2, NULL);
    case 2: return WsWriteBytes(w, " ", 1, NULL);
    case 3: return WsPushBytes(w, no_bytes_to_push, NULL, NULL);
    case 4: return WsPullBytes(w, pull_one, &count, NULL);
    case 5: return WsWriteText(w, &text8.text, NULL);
    case 6: return WsWriteText(w, &text16.text, NULL);
    case 7: return WsWriteText(w, &base64.text, NULL);
    case 8: return WsWriteText(w, &boolean.text, NULL);
    case 9: return WsWriteText(w, &int32.text, NULL);
    case 10: return WsWriteText(w, &int64.text, NULL);
    case 11: return WsWriteText(w, &uint64.text, NULL);
    case 12: return WsWriteText(w, &real.text, NULL);
    case 13: return WsWriteText(w, &number_text.text, NULL);
    case 14: return WsWriteText(w, &guid_text.text, NULL);
    case 15: return WsWriteText(w, &id.text, NULL);
    case 16: return WsWriteText(w, &date.text, NULL);
    case 17: return WsWriteText(w, &list.text, NULL);
    case 18: return WsWriteNode(w, &node.node, NULL);
    case 19: return WsWriteValue(w, WS_INT32_VALUE_TYPE, &int32.value, sizeof(int32.value), NULL);
    case 20: return WsWriteValue(w, WS_DURATION_VALUE_TYPE, &duration, sizeof(duration), NULL);
    case 21: return WsWriteText(w, &qname.text, NULL);
    case 22: return WsWriteQualifiedName(w, X("p"), X("n"), NULL, NULL);
    default: return number == CONTENTS - 1 ? WsWriteStartCData(w, NULL) : WsWriteNode(w, &cdata, NULL);
    }
}

/* Sets a writer to one of the outputs; false: there are no more. */
static bool set_any_output(WS_XML_WRITER *writer, unsigned which)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_MTOM_ENCODING package = mtom(FALSE, "b", 4);

    switch (which)
    {
    case 0: set_output(writer, NULL, 0); return true;
    case 1: ok(WsSetOutput(writer, &utf16.encoding, &memory_output.output, NULL, 0, NULL)); return true;
    case 2: ok(WsSetOutput(writer, &binary.encoding, &memory_output.output, NULL, 0, NULL)); return true;
    case 3: set_mtom_with(writer, &package, NULL, 0); return true;
    case 4: ok(WsSetOutputToBuffer(writer, create_buffer(), NULL, 0, NULL)); return true;
    default: return false;
    }
}

/* Observed on Windows, in text: WS_E_INVALID_FORMAT; in all the others by the same rule. */
TEST(text_cannot_stand_outside_of_elements)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    unsigned which, i, after_root;

    create_all();
    for (which = 0; set_any_output(writer, which); which++)
        for (after_root = 0; after_root < 2; after_root++)
            for (i = 0; i < CONTENTS; i++)
            {
                HRESULT hr;

                set_any_output(writer, which);
                if (after_root)
                {
                    start(writer, "a");
                    end(writer);
                }
                if ((hr = write_content(i, writer)) != WS_E_INVALID_FORMAT)
                    test_fail(__FILE__, __LINE__, "output %u, content %u: 0x%08x", which, i, (unsigned)hr);
                expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
            }
    WsFreeWriter(writer);
    free_all();
}

TEST(white_space_can_stand_outside_of_elements)
{
    WS_XML_UTF8_TEXT text8 = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE(" \t\r\n")};
    WS_XML_UTF16_TEXT text16 = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u" \n", 4};
    WS_XML_BASE64_TEXT none = {{WS_XML_TEXT_TYPE_BASE64}, NULL, 0};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    unsigned which;

    create_all();
    for (which = 0; set_any_output(writer, which); which++)
    {
        ok(WsWriteChars(writer, u" ", 1, NULL));
        ok(WsWriteCharsUtf8(writer, (const BYTE *)"\n", 1, NULL));
        ok(WsWriteText(writer, &text8.text, NULL));
        ok(WsWriteText(writer, &text16.text, NULL));
        /* Nor does what is nothing matter. */
        ok(WsWriteBytes(writer, NULL, 0, NULL));
        ok(WsWriteText(writer, &none.text, NULL));
        start(writer, "a");
        end(writer);
        ok(WsWriteChars(writer, u" ", 1, NULL));
    }
    WsFreeWriter(writer);
    free_all();
}

/* --- A second root --- */

/* A document of one element, for copies of it. */
static void write_root(WS_XML_WRITER *writer)
{
    start(writer, "r");
    end(writer);
}

TEST(a_document_has_one_root)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)"<r/>", 4};
    WS_XML_ELEMENT_NODE node = {.node = {WS_XML_NODE_TYPE_ELEMENT}, NULL, X("r"), X(""), 0, NULL, FALSE};
    WS_XML_WRITER *writer = create_writer(NULL, 0), *other = create_writer(NULL, 0);
    unsigned which, how;
    WS_XML_BUFFER *buffer;
    ULONG value = 1;

    create_all();
    buffer = create_buffer();
    ok(WsSetOutputToBuffer(other, buffer, NULL, 0, NULL));
    write_root(other);
    for (which = 0; set_any_output(writer, which); which++)
        for (how = 0; how < 5; how++)
        {
            HRESULT hr = S_OK;

            set_any_output(writer, which);
            write_root(writer);
            ok(WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
            switch (how)
            {
            case 0: hr = WsWriteStartElement(writer, NULL, X("s"), X(""), NULL); break;
            case 1: hr = WsWriteNode(writer, &node.node, NULL); break;
            case 2: hr = WsWriteArray(writer, X("s"), X(""), WS_UINT32_VALUE_TYPE, &value, 4, 0, 1, NULL); break;
            case 3: hr = WsWriteXmlBuffer(writer, buffer, NULL); break;
            case 4: hr = WsCopyNode(writer, reader, NULL); break;
            }
            if (hr != WS_E_INVALID_FORMAT)
                test_fail(__FILE__, __LINE__, "output %u, way %u: 0x%08x", which, how, (unsigned)hr);
        }
    WsFreeWriter(writer);
    WsFreeWriter(other);
    free_all();
}

/* Observed on Windows: also in front of the first one, in an XML buffer. */
TEST(a_second_root_cannot_go_before_the_first_one)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0), *other = create_writer(NULL, 0);
    WS_XML_BUFFER *buffer, *one;
    unsigned how;

    create_all();
    one = create_buffer();
    ok(WsSetOutputToBuffer(other, one, NULL, 0, NULL));
    write_root(other);
    for (how = 0; how < 2; how++)
    {
        buffer = create_buffer();
        ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
        write_root(writer);
        ok(WsMoveWriter(writer, WS_MOVE_TO_PREVIOUS_ELEMENT, NULL, NULL));
        expect_hr(WS_E_INVALID_FORMAT,
                  how ? WsWriteXmlBuffer(writer, one, NULL) : WsWriteStartElement(writer, NULL, X("s"), X(""), NULL));
        set_output(writer, NULL, 0);
        ok(WsWriteXmlBuffer(writer, buffer, NULL));
        expect_output(writer, "<r/>");
    }
    WsFreeWriter(writer);
    WsFreeWriter(other);
    free_all();
}

/* --- Nodes, arrays and moves --- */

/* Observed on Windows, in an element of an XML buffer that has content. */
TEST(the_beginning_and_the_end_can_be_written_anywhere)
{
    static const WS_XML_NODE bof = {WS_XML_NODE_TYPE_BOF}, eof = {WS_XML_NODE_TYPE_EOF};
    const WS_XML_NODE *nodes[] = {&eof, &bof};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_BUFFER *buffer;
    unsigned i, which;

    create_all();
    for (which = 0; which < 2; which++)
    {
        buffer = create_buffer();
        if (which)
            ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
        for (i = 0; i < 2; i++)
            ok(WsWriteNode(writer, nodes[i], NULL));
        start(writer, "a");
        for (i = 0; i < 2; i++)
            ok(WsWriteNode(writer, nodes[i], NULL));
        ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
        for (i = 0; i < 2; i++)
            ok(WsWriteNode(writer, nodes[i], NULL));
        chars8(writer, "1");
        ok(WsWriteEndAttribute(writer, NULL));
        for (i = 0; i < 2; i++)
            ok(WsWriteNode(writer, nodes[i], NULL));
        attribute(writer, "c", "2");
        chars8(writer, "x");
        for (i = 0; i < 2; i++)
            ok(WsWriteNode(writer, nodes[i], NULL));
        chars8(writer, "y");
        ok(WsWriteStartCData(writer, NULL));
        for (i = 0; i < 2; i++)
            ok(WsWriteNode(writer, nodes[i], NULL));
        ok(WsWriteEndCData(writer, NULL));
        start(writer, "d");
        for (i = 0; i < 2; i++)
            ok(WsWriteNode(writer, nodes[i], NULL));
        end(writer);
        end(writer);
        for (i = 0; i < 2; i++)
            ok(WsWriteNode(writer, nodes[i], NULL));
        if (which)
        {
            set_output(writer, NULL, 0);
            ok(WsWriteXmlBuffer(writer, buffer, NULL));
        }
        expect_output(writer, "<a b=\"1\" c=\"2\">xy<![CDATA[]]><d/></a>");
    }
    WsFreeWriter(writer);
    free_all();
}

/* Observed on Windows: all cases. */
TEST(arrays_that_are_none_are_not_looked_at)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    BOOL items[2] = {TRUE, FALSE};

    expect_hr(E_INVALIDARG, WsWriteArray(writer, NULL, X(""), WS_BOOL_VALUE_TYPE, NULL, 0, 0, 0, NULL));
    expect_hr(E_INVALIDARG, WsWriteArray(writer, X("a"), NULL, WS_BOOL_VALUE_TYPE, NULL, 0, 0, 0, NULL));
    ok(WsWriteArray(writer, X("a"), X(""), WS_BOOL_VALUE_TYPE, NULL, 0, 0, 0, NULL));
    ok(WsWriteArray(writer, X("a"), X(""), WS_BOOL_VALUE_TYPE, items, 0, 0, 0, NULL));
    expect_hr(E_INVALIDARG, WsWriteArray(writer, X("a"), X(""), (WS_VALUE_TYPE)99, NULL, 0, 0, 0, NULL));
    ok(WsWriteArray(writer, X("a"), X(""), WS_BOOL_VALUE_TYPE, items, sizeof(items), 0, 0, NULL));
    ok(WsWriteArray(writer, X("a"), X(""), WS_BOOL_VALUE_TYPE, NULL, sizeof(items), 0, 0, NULL));
    expect_hr(E_INVALIDARG, WsWriteArray(writer, X("a"), X(""), WS_BOOL_VALUE_TYPE, NULL, sizeof(items), 0, 1, NULL));
    expect_hr(E_INVALIDARG,
              WsWriteArray(writer, X("a"), X(""), WS_BOOL_VALUE_TYPE, items, sizeof(items) - 1, 0, 2, NULL));
    expect_hr(E_INVALIDARG, WsWriteArray(writer, X("a"), X(""), WS_BOOL_VALUE_TYPE, items, sizeof(items), 0, 3, NULL));
    expect_output(writer, "");
    ok(WsWriteArray(writer, X("a"), X(""), WS_BOOL_VALUE_TYPE, items, sizeof(items), 0, 1, NULL));
    expect_output(writer, "<a>true</a>");
    WsFreeWriter(writer);
}

/* Observed on Windows, with found NULL; in the other ways by the same rule. */
TEST(a_writer_cannot_be_before_the_beginning)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_NODE_POSITION beginning, position;
    WS_ERROR *error = create_error();
    WS_XML_BUFFER *buffer;
    BOOL found = 77;

    create_all();
    buffer = create_buffer();
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    start(writer, "r");
    start(writer, "s");
    end(writer);
    end(writer);
    ok(WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    expect_refused(error, E_INVALIDARG, WsMoveWriter(writer, WS_MOVE_TO_BOF, NULL, error), "beginning");
    expect_hr(E_INVALIDARG, WsMoveWriter(writer, WS_MOVE_TO_BOF, &found, NULL));
    expect_size(77, found);
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    ok(WsGetReaderPosition(reader, &beginning, NULL));
    expect_refused(error, E_INVALIDARG, WsSetWriterPosition(writer, &beginning, error), "beginning");
    /* None of that has moved it. */
    ok(WsGetWriterPosition(writer, &position, NULL));
    chars8(writer, "x");
    /* The parent of the root element is the beginning. */
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_PARENT_ELEMENT, &found, NULL));
    expect_size(FALSE, found);
    expect_hr(WS_E_INVALID_FORMAT, WsMoveWriter(writer, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    set_output(writer, NULL, 0);
    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    expect_output(writer, "<r><s/>x</r>");
    WsFreeWriter(writer);
    WsFreeError(error);
    free_all();
}

/* --- Properties --- */

/* Observed on Windows. */
TEST(the_bytes_of_nothing_are_not_NULL)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BUFFERS buffers = {7, UNTOUCHED};
    WS_BYTES bytes = {7, NULL};
    unsigned which;

    create_all();
    for (which = 0; which < 3; which++)
    {
        set_any_output(writer, which);
        bytes.bytes = NULL;
        ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
        expect(!bytes.length && bytes.bytes);
        ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL));
        expect(!buffers.bufferCount && !buffers.buffers);
    }
    ok(WsSetOutputToBuffer(writer, create_buffer(), NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    WsFreeWriter(writer);
    free_all();
}

/* That the default is no limit is our choice: whether it is one on Windows is not known. */
TEST(only_a_limit_that_was_set_is_enforced)
{
    ULONG limit = 65536, i;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    static BYTE text[10000];
    HRESULT hr = S_OK;

    memset(text, 'x', sizeof(text));
    expect_size(65536, get_ulong(writer, WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE));
    start(writer, "a");
    for (i = 0; i < 100; i++)
        ok(WsWriteCharsUtf8(writer, text, sizeof(text), NULL));
    end(writer);
    expect_size(100 * sizeof(text) + 7, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    set_output(writer, &property, 1);
    start(writer, "a");
    for (i = 0; i < 7 && hr == S_OK; i++)
        hr = WsWriteCharsUtf8(writer, text, sizeof(text), NULL);
    expect_hr(WS_E_QUOTA_EXCEEDED, hr);
    expect_size(7, i);
    limit = 5;
    set_output(writer, &property, 1);
    expect_size(5, get_ulong(writer, WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE));
    set_output(writer, NULL, 0);
    expect_size(65536, get_ulong(writer, WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE));
    WsFreeWriter(writer);
}
