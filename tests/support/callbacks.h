/* SPDX-License-Identifier: MIT */
/*
 * callbacks.h - every callback that a reader or a writer has, and one way to have it called: run_callback(). What it
 * does then is said by a struct behaviour.
 */
#ifndef WS_CALLBACKS_TEST_H
#define WS_CALLBACKS_TEST_H

#include "support/reader.h"

enum callback
{
    READ_CALLBACK,         /* WsFillReader */
    CANONICAL_READER,      /* WsReadNode during canonicalization */
    CANONICAL_READER_END,  /* WsEndReaderCanonicalization */
    CANONICAL_READER_COPY, /* WsCopyNode from a reader during canonicalization */
    LAST_OF_READERS = CANONICAL_READER_COPY,
    WRITE_CALLBACK,        /* WsFlushWriter */
    CANONICAL_WRITER,      /* WsWriteEndElement during canonicalization */
    CANONICAL_WRITER_COPY, /* WsCopyNode to a writer during canonicalization */
    PUSH_CALLBACK,         /* WsPushBytes */
    PULL_CALLBACK,         /* WsPullBytes */
    MTOM_PUSH,             /* the same in MTOM, which calls them when the package ends */
    MTOM_PULL,
    MTOM_WRITE, /* a package that is written to a stream as it comes */
    CALLBACKS
};

/* What it is called in sentences. */
static const char *const callback_names[CALLBACKS] = {
    "read callback",
    "canonicalization callback",
    "canonicalization callback",
    "canonicalization callback",
    "write callback",
    "canonicalization callback",
    "canonicalization callback",
    "push callback",
    "pull callback",
    "push callback",
    "pull callback",
    "write callback",
};

struct behaviour
{
    HRESULT answer;
    bool says;    /* puts a sentence of its own into the error object */
    bool uses;    /* calls functions of the object, which are refused */
    bool frees;   /* the object */
    bool exceeds; /* claims more bytes than it was asked for */
    unsigned calls;
    WS_XML_READER *reader; /* one of these calls back; the other one only with WsCopyNode */
    WS_XML_WRITER *writer;
    bool of_reader;
};

static const WS_XML_STRING callback_a = {1, (BYTE *)"a", NULL, 0}, callback_none = {0, (BYTE *)"", NULL, 0};

static void use_object(struct behaviour *behaviour)
{
    if (behaviour->of_reader)
    {
        expect_hr(WS_E_INVALID_OPERATION, WsReadNode(behaviour->reader, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsFillReader(behaviour->reader, 1, NULL, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsSetInput(behaviour->reader, NULL, NULL, NULL, 0, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(behaviour->reader, NULL));
    }
    else
    {
        expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(behaviour->writer, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsFlushWriter(behaviour->writer, 0, NULL, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsSetOutput(behaviour->writer, NULL, NULL, NULL, 0, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(behaviour->writer, NULL));
    }
}

/* What every callback does but for the bytes. */
static HRESULT behave(struct behaviour *behaviour, WS_ERROR *error)
{
    WS_STRING sentence = {15, (WCHAR *)u"The line broke."};

    behaviour->calls++;
    if (behaviour->uses)
        use_object(behaviour);
    if (behaviour->says)
        WsAddErrorString(error, &sentence);
    if (behaviour->frees && behaviour->of_reader)
        WsFreeReader(behaviour->reader);
    else if (behaviour->frees)
        WsFreeWriter(behaviour->writer);
    return behaviour->answer;
}

static HRESULT CALLBACK behave_read(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error)
{
    struct behaviour *behaviour = state;

    (void)context;
    if (behaviour->calls < 3)
    {
        *actual = 4;
        memcpy(bytes, behaviour->calls ? "text" : "<a> ", 4);
    }
    if (behaviour->exceeds)
        *actual = max + 1;
    return behave(behaviour, error);
}

static HRESULT CALLBACK behave_write(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                     WS_ERROR *error)
{
    (void)buffers, (void)count, (void)context;
    return behave(state, error);
}

static HRESULT CALLBACK behave_push(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                    const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    WS_BYTES bytes = {5, (BYTE *)"bytes"};

    (void)context;
    expect_hr(S_OK, write(write_state, &bytes, 1, NULL, error));
    return behave(state, error);
}

/* --- Having them called --- */

static WS_XML_WRITER *new_writer(struct behaviour *behaviour, bool mtom, bool stream)
{
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_MTOM_ENCODING package = {
        {WS_XML_WRITER_ENCODING_TYPE_MTOM}, &text.encoding, TRUE, {0, NULL}, {0, NULL}, {0, NULL}, 0};
    WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_WRITER_STREAM_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, behave_write, behaviour};
    WS_XML_WRITER *writer = NULL;

    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(S_OK, WsSetOutput(writer, mtom ? &package.encoding : &text.encoding,
                                stream ? &output.output : &memory.output, NULL, 0, NULL));
    return writer;
}

static void start_canonicalization(struct behaviour *behaviour, ULONG size)
{
    WS_XML_CANONICALIZATION_PROPERTY property = {WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE, &size,
                                                 sizeof(size)};

    expect_hr(S_OK,
              behaviour->of_reader
                  ? WsStartReaderCanonicalization(behaviour->reader, behave_write, behaviour, &property, 1, NULL)
                  : WsStartWriterCanonicalization(behaviour->writer, behave_write, behaviour, &property, 1, NULL));
}

static void start_a(WS_XML_WRITER *writer)
{
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &callback_a, &callback_none, NULL));
}

/* Something of everything that takes memory of the reader. */
static void set_document(WS_XML_READER *reader)
{
    set_text_string(reader, "<?xml version='1.0'?><a b='1' xmlns:p='u'><c>&lt;<!--\r--></c>text</a>");
}

static HRESULT run_reader(enum callback callback, struct behaviour *behaviour, WS_ERROR *error)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, behave_read, behaviour};
    WS_XML_READER *reader = behaviour->reader = create_reader();
    HRESULT hr = S_OK;

    behaviour->of_reader = true;
    if (callback == READ_CALLBACK)
    {
        expect_hr(S_OK, WsSetInput(reader, &text.encoding, &input.input, NULL, 0, NULL));
        return WsFillReader(reader, 8, NULL, error);
    }
    set_document(reader);
    start_canonicalization(behaviour, callback == CANONICAL_READER_END ? 1000 : 1);
    if (callback == CANONICAL_READER_COPY)
    {
        behaviour->writer = new_writer(behaviour, false, false);
        return WsCopyNode(behaviour->writer, reader, error);
    }
    while (hr == S_OK && !behaviour->calls && current_type(reader) != WS_XML_NODE_TYPE_EOF)
        hr = WsReadNode(reader, error);
    return callback == CANONICAL_READER_END ? WsEndReaderCanonicalization(reader, error) : hr;
}

static HRESULT run_push_or_pull(enum callback callback, struct behaviour *behaviour, WS_ERROR *error)
{
    bool mtom = callback == MTOM_PUSH || callback == MTOM_PULL;
    bool push = callback == PUSH_CALLBACK || callback == MTOM_PUSH;
    WS_XML_WRITER *writer = behaviour->writer = new_writer(behaviour, mtom, false);
    WS_BYTES bytes;
    HRESULT hr;

    start_a(writer);
    hr = push ? WsPushBytes(writer, behave_push, behaviour, error) : WsPullBytes(writer, behave_read, behaviour, error);
    if (!mtom)
        return hr;
    expect_hr(S_OK, hr);
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    return WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error);
}

static HRESULT run_writer(enum callback callback, struct behaviour *behaviour, WS_ERROR *error)
{
    static const BYTE much[100000];
    WS_XML_WRITER *writer;
    HRESULT hr;

    if (callback >= PUSH_CALLBACK && callback <= MTOM_PULL)
        return run_push_or_pull(callback, behaviour, error);
    writer = behaviour->writer =
        new_writer(behaviour, callback == MTOM_WRITE, callback == WRITE_CALLBACK || callback == MTOM_WRITE);
    if (callback == CANONICAL_WRITER || callback == CANONICAL_WRITER_COPY)
        start_canonicalization(behaviour, 1);
    if (callback == CANONICAL_WRITER_COPY)
    {
        behaviour->reader = create_reader();
        set_document(behaviour->reader);
        return WsCopyNode(writer, behaviour->reader, error);
    }
    start_a(writer);
    if (callback == MTOM_WRITE)
        expect_hr(S_OK, WsWriteBytes(writer, much, 60000, NULL));
    hr = WsWriteEndElement(writer, error);
    if (callback == CANONICAL_WRITER)
        return hr;
    expect_hr(S_OK, hr);
    return WsFlushWriter(writer, 0, NULL, error);
}

/* What the function that calls back returns. */
static HRESULT run_callback(enum callback callback, struct behaviour *behaviour, WS_ERROR *error)
{
    HRESULT hr =
        callback <= LAST_OF_READERS ? run_reader(callback, behaviour, error) : run_writer(callback, behaviour, error);

    expect(behaviour->calls);
    return hr;
}

/* Frees what is left, if there is something; the one that its callback has freed is gone. */
static void end_callback(struct behaviour *behaviour)
{
    const bool reader_gone = behaviour->frees && behaviour->of_reader;
    const bool writer_gone = behaviour->frees && !behaviour->of_reader;

    if (reader_gone)
        expect_hr(E_INVALIDARG, WsReadNode(behaviour->reader, NULL));
    else
        WsFreeReader(behaviour->reader);
    if (writer_gone)
        expect_hr(E_INVALIDARG, WsWriteEndElement(behaviour->writer, NULL));
    else
        WsFreeWriter(behaviour->writer);
}

#endif
