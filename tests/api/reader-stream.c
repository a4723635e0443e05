/* SPDX-License-Identifier: MIT */
/*
 * Readers of streams: WsFillReader, what happens when too little has been buffered, and asynchronous filling.
 *
 * Source: the pages of WsFillReader, WS_XML_READER_STREAM_INPUT and WS_READ_CALLBACK.
 */
#include "support/reader.h"

#include <stdlib.h>

static const char orders[] = "<?xml version='1.0'?>\n<o:orders xmlns:o='urn:o' xml:lang='de'>\r\n <o:order n='1' "
                             "t='a&amp;b'>Pencil &lt;soft&gt;</o:order>\n <!-- \xc3\xa4 --><o:order n='2'><![CDATA[x]]>"
                             "</o:order><e/>\n</o:orders>\n";

static void append(struct dump *dump, const WS_XML_NODE *node)
{
    dump_node(dump, node);
}

/* How a document is read when there is enough of it. */
static void read_whole(const char *text, size_t length, struct dump *dump)
{
    WS_XML_READER *reader = create_reader();

    memset(dump, 0, sizeof(*dump));
    set_text(reader, text, length);
    expect_hr(S_OK, read_all(reader, dump, NULL));
    WsFreeReader(reader);
}

TEST(pieces_of_any_size_give_the_same_nodes)
{
    static const size_t pieces[] = {1, 2, 3, 5, 7, 16, 64, 1000};
    static const ULONG buffers[] = {0, 1, 16, 17, 64, 4096};
    WS_XML_READER *reader = create_reader();
    static struct dump whole, dump;
    struct stream stream = {(const BYTE *)orders, sizeof(orders) - 1, 0, 0, 0};
    const WS_XML_NODE *node;
    size_t i, j;
    ULONG fill;

    read_whole(orders, sizeof(orders) - 1, &whole);
    for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        for (j = 0; j < sizeof(buffers) / sizeof(buffers[0]); j++)
            for (fill = 80; fill < 400; fill += 29)
            {
                stream.pos = 0;
                stream.piece = pieces[i];
                set_stream(reader, &stream, buffers[j], WS_CHARSET_AUTO);
                memset(&dump, 0, sizeof(dump));
                do
                {
                    expect_hr(S_OK, WsFillReader(reader, fill, NULL, NULL));
                    expect_hr(S_OK, WsReadNode(reader, NULL));
                    node = current_node(reader);
                    append(&dump, node);
                } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
                if (strcmp(dump.text, whole.text))
                    test_fail(__FILE__, __LINE__, "%zu %u %u: %s", pieces[i], (unsigned)buffers[j], (unsigned)fill,
                              dump.text);
            }
    WsFreeReader(reader);
}

TEST(with_too_little_the_nodes_are_those_at_the_beginning)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    static struct dump whole, dump;
    struct stream stream = {(const BYTE *)orders, sizeof(orders) - 1, 0, 1, 0};
    ULONG fill;
    HRESULT hr;

    read_whole(orders, sizeof(orders) - 1, &whole);
    for (fill = 0; fill <= sizeof(orders); fill++)
    {
        stream.pos = stream.calls = 0;
        set_stream(reader, &stream, 16, WS_CHARSET_AUTO);
        expect_hr(S_OK, WsFillReader(reader, fill, NULL, NULL));
        expect_size(fill, stream.calls);
        memset(&dump, 0, sizeof(dump));
        expect_hr(S_OK, WsResetError(error));
        hr = read_all(reader, &dump, error);
        if (fill < sizeof(orders))
        {
            expect_hr(WS_E_QUOTA_EXCEEDED, hr);
            expect(says(error, "WsFillReader"));
            expect(!memcmp(dump.text, whole.text, dump.length));
            expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
        }
        else
            expect_hr(S_OK, hr); /* the end has been seen, too */
    }
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(nothing_is_read_without_WsFillReader)
{
    struct stream stream = {(const BYTE *)"<a/>", 4, 0, 100, 0};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_CHARSET charset = WS_CHARSET_UTF16BE;

    set_stream(reader, &stream, 4096, WS_CHARSET_AUTO);
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    /* The charset is not known yet; to ask does not fault. */
    expect_refused(error, WS_E_QUOTA_EXCEEDED,
                   WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), error),
                   "four bytes");
    expect_size(WS_CHARSET_UTF16BE, charset);
    expect_hr(S_OK, WsFillReader(reader, 1, NULL, NULL));
    expect_size(1, stream.calls);
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    expect_size(WS_CHARSET_UTF8, charset);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    /* Whether there is more is not known before the callback has said so. */
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadNode(reader, NULL));

    /* Stated, it is known. */
    stream.pos = 0;
    set_stream(reader, &stream, 4096, WS_CHARSET_UTF8);
    charset = WS_CHARSET_UTF16BE;
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    expect_size(WS_CHARSET_UTF8, charset);
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadNode(reader, NULL));
    WsFreeError(error);
    WsFreeReader(reader);
}

/* Our choice: how often the callback is called. */
TEST(WsFillReader_reads_no_more_than_is_wanted)
{
    struct stream stream = {(const BYTE *)"<a>text</a>", 11, 0, 4, 0};
    WS_XML_READER *reader = create_reader();

    set_stream(reader, &stream, 4096, WS_CHARSET_UTF8);
    expect_hr(S_OK, WsFillReader(reader, 0, NULL, NULL));
    expect_size(0, stream.calls);
    expect_hr(S_OK, WsFillReader(reader, 3, NULL, NULL));
    expect_size(1, stream.calls);
    expect_hr(S_OK, WsFillReader(reader, 4, NULL, NULL));
    expect_size(1, stream.calls);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT); /* one byte is left */
    expect_hr(S_OK, WsFillReader(reader, 1, NULL, NULL));
    expect_size(1, stream.calls);
    expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
    expect_size(4, stream.calls); /* 8 more, and the end */
    expect_hr(S_OK, WsFillReader(reader, 0xffffffffu, NULL, NULL));
    expect_size(4, stream.calls); /* which is not asked for again */
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    WsFreeReader(reader);
}

TEST(WsFillReader_does_nothing_for_other_inputs)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;

    set_text_string(reader, "<a/>");
    expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
    expect_hr(E_INVALIDARG, WsFillReader(NULL, 100, NULL, NULL));
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

TEST(the_current_node_survives_filling)
{
    static const char text[] = "<name attribute='value'>content<!--comment--></name>";
    struct stream stream = {(const BYTE *)text, sizeof(text) - 1, 0, 1, 0};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    const WS_XML_COMMENT_NODE *comment;
    ULONG fill;

    set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
    expect_hr(S_OK, WsFillReader(reader, 24, NULL, NULL));
    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    for (fill = 1; fill < 100; fill++)
    {
        expect_hr(S_OK, WsFillReader(reader, fill, NULL, NULL));
        expect(string_is(element->localName, "name"));
        expect(string_is(element->attributes[0]->localName, "attribute"));
        expect(string_is(&((WS_XML_UTF8_TEXT *)element->attributes[0]->value)->value, "value"));
    }
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "content"));
    comment = (const WS_XML_COMMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_COMMENT);
    expect_hr(S_OK, WsFillReader(reader, 200, NULL, NULL));
    expect(string_is(&comment->value, "comment"));
    WsFreeReader(reader);
}

/* Our choice: where a text is cut. */
TEST(a_text_comes_in_the_pieces_that_are_buffered)
{
    static const char text[] = "<a>0123456789\xe2\x82\xac</a>";
    struct stream stream = {(const BYTE *)text, sizeof(text) - 1, 0, 1, 0};
    WS_XML_READER *reader = create_reader();

    set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
    expect_hr(S_OK, WsFillReader(reader, 8, NULL, NULL));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "01234"));
    expect_hr(S_OK, WsFillReader(reader, 7, NULL, NULL));
    expect(text_is(reader, "01234"));
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "56789")); /* the cut character waits */
    expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "\xe2\x82\xac"));
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    WsFreeReader(reader);
}

TEST(items_can_be_read_one_by_one)
{
    /* Each fill brings just one item: moving on to what follows must wait for the next. */
    static const char text[] = "<a><i>1</i><i>2</i><i>3</i></a>";
    static const WS_XML_STRING i = STRING("i"), empty = STRING("");
    struct stream stream = {(const BYTE *)text, sizeof(text) - 1, 0, 1, 0};
    WS_XML_READER *reader = create_reader();
    BOOL found = FALSE;
    WCHAR chars[8];
    ULONG count;
    int n;

    set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
    expect_hr(S_OK, WsFillReader(reader, 4, NULL, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsFillReader(reader, 0, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    for (n = 0; n < 3; n++)
    {
        expect_hr(S_OK, WsFillReader(reader, 8, NULL, NULL));
        expect_hr(S_OK, WsReadToStartElement(reader, &i, &empty, &found, NULL));
        expect(found);
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        expect_hr(S_OK, WsReadChars(reader, chars, 8, &count, NULL));
        expect_size(1, count);
        expect(chars[0] == (WCHAR)('1' + n));
        expect_hr(S_OK, WsReadEndElement(reader, NULL));
    }
    expect_hr(S_OK, WsFillReader(reader, 5, NULL, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &i, &empty, &found, NULL));
    expect(!found);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));

    /* Skipping leaves the next one for later too; without a fill it is missed. */
    stream.pos = 0;
    set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
    expect_hr(S_OK, WsFillReader(reader, 11, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadNode(reader, NULL));
    WsFreeReader(reader);
}

/* The node after it has not been buffered yet, but getting a property does not fault the reader for that. */
TEST(properties_can_be_asked_for_between_two_items)
{
    static const char text[] = "<a><b/></a>";
    struct stream stream = {(const BYTE *)text, sizeof(text) - 1, 0, 1, 0};
    WS_CHARSET charset = WS_CHARSET_UTF16BE;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    ULONGLONG column = 77;
    BOOL in_attribute = 77;
    ULONG depth = 77;

    set_stream(reader, &stream, 4096, WS_CHARSET_AUTO);
    expect_hr(S_OK, WsFillReader(reader, 8, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth), NULL));
    expect_size(32, depth);
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    expect_size(WS_CHARSET_UTF8, charset);
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_IN_ATTRIBUTE, &in_attribute,
                                        sizeof(in_attribute), NULL));
    expect_size(FALSE, in_attribute);
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, (WS_XML_READER_PROPERTY_ID)99, &depth, sizeof(depth), NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED,
                   WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_COLUMN, &column, sizeof(column), error),
                   "WsFillReader");
    expect_size(77, column);
    expect_hr(S_OK, WsFillReader(reader, sizeof(text), NULL, NULL));
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_COLUMN, &column, sizeof(column), NULL));
    expect_size(7, column);
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(a_long_stream_takes_bounded_memory)
{
    /* Elements named anew each time, in a stream that never holds more than a few of them. */
    WS_XML_READER *reader = create_reader();
    const size_t count = 20000;
    char *text = malloc(count * 48);
    struct stream stream = {(const BYTE *)text, 0, 0, 100, 0};
    size_t i, length = 0, elements = 0;

    expect(text != NULL);
    length += (size_t)sprintf(text, "<a>");
    for (i = 0; i < count; i++)
        length += (size_t)sprintf(text + length, "<p%u:b xmlns:p%u='u%u'>&lt;\r</p%u:b>\n", (unsigned)i, (unsigned)i,
                                  (unsigned)i, (unsigned)i);
    length += (size_t)sprintf(text + length, "</a>");
    stream.length = length;
    set_stream(reader, &stream, 128, WS_CHARSET_UTF8);
    do
    {
        expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
        expect_hr(S_OK, WsReadNode(reader, NULL));
        elements += current_type(reader) == WS_XML_NODE_TYPE_ELEMENT;
    } while (current_type(reader) != WS_XML_NODE_TYPE_EOF);
    expect_size(count + 1, elements);
    free(text);
    WsFreeReader(reader);
}

/* --- Callbacks that fail --- */

static HRESULT CALLBACK fails(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                              WS_ERROR *error)
{
    (void)bytes, (void)max, (void)actual, (void)context, (void)error;
    return *(HRESULT *)state;
}

static HRESULT CALLBACK lies(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error)
{
    (void)state, (void)bytes, (void)context, (void)error;
    *actual = max + 1;
    return S_OK;
}

static void set_callback(WS_XML_READER *reader, WS_READ_CALLBACK callback, void *state)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, callback, state};

    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
}

TEST(a_failing_callback_faults_the_reader)
{
    HRESULT failure = WS_E_ENDPOINT_DISCONNECTED;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();

    set_callback(reader, fails, &failure);
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, WsFillReader(reader, 1, NULL, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsFillReader(reader, 1, NULL, error));
    set_callback(reader, lies, NULL);
    expect_refused(error, WS_E_INVALID_OPERATION, WsFillReader(reader, 1, NULL, error), "says that it read");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, error));
    failure = WS_S_ASYNC;
    set_callback(reader, fails, &failure);
    expect_refused(error, WS_E_INVALID_OPERATION, WsFillReader(reader, 1, NULL, error), "asynchronously");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

/* --- Asynchronously --- */

/* A callback whose answers come later, when the test says so. */
struct later
{
    struct stream stream;
    bool now; /* answer at once */
    bool waiting;
    void *bytes;
    ULONG max, *actual;
    WS_ASYNC_CONTEXT context;
    /* What the caller of WsFillReader was told. */
    unsigned told;
    HRESULT hr;
};

static HRESULT CALLBACK read_later(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error)
{
    struct later *later = state;

    if (!context || later->now)
        return read_stream(&later->stream, bytes, max, actual, context, error);
    later->waiting = true;
    later->bytes = bytes;
    later->max = max;
    later->actual = actual;
    later->context = *context;
    return WS_S_ASYNC;
}

static void answer(struct later *later, HRESULT hr)
{
    expect(later->waiting);
    later->waiting = false;
    if (hr == S_OK)
        read_stream(&later->stream, later->bytes, later->max, later->actual, NULL, NULL);
    later->context.callback(hr, WS_SHORT_CALLBACK, later->context.callbackState);
}

static void CALLBACK filled(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct later *later = state;

    expect(model == WS_SHORT_CALLBACK);
    later->told++;
    later->hr = hr;
}

TEST(a_reader_is_filled_asynchronously)
{
    struct later later = {{(const BYTE *)"<a>text</a>", 11, 0, 2, 0}, false, false, NULL, 0, NULL, {NULL, NULL}, 0, 0};
    WS_ASYNC_CONTEXT context = {filled, &later}, none = {NULL, NULL};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    ULONG value;
    int i;

    set_callback(reader, read_later, &later);
    expect_hr(E_INVALIDARG, WsFillReader(reader, 6, &none, NULL));
    expect_hr(WS_S_ASYNC, WsFillReader(reader, 6, &context, NULL));
    memset(&context, 0, sizeof(context)); /* it is used during the call only */
    for (i = 0; i < 3; i++)
    {
        expect(later.waiting && !later.told);
        expect_refused(error, WS_E_INVALID_OPERATION, WsReadNode(reader, error), "asynchronously");
        expect_hr(WS_E_INVALID_OPERATION, WsFillReader(reader, 6, NULL, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsSetInput(reader, NULL, NULL, NULL, 0, NULL));
        expect_hr(WS_E_INVALID_OPERATION,
                  WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, 4, NULL));
        answer(&later, S_OK);
    }
    expect(!later.waiting);
    expect_size(1, later.told);
    expect_hr(S_OK, later.hr);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "tex"));

    /* A callback may answer at once; nobody is told then. */
    context.callback = filled;
    context.callbackState = &later;
    later.now = true;
    expect_hr(S_OK, WsFillReader(reader, 100, &context, NULL));
    expect_size(1, later.told);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    expect_hr(S_OK, WsFillReader(reader, 100, &context, NULL));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(an_asynchronous_failure_faults_the_reader)
{
    struct later later = {{(const BYTE *)"<a>text</a>", 11, 0, 2, 0}, false, false, NULL, 0, NULL, {NULL, NULL}, 0, 0};
    WS_ASYNC_CONTEXT context = {filled, &later};
    WS_XML_READER *reader = create_reader();

    set_callback(reader, read_later, &later);
    expect_hr(WS_S_ASYNC, WsFillReader(reader, 6, &context, NULL));
    answer(&later, S_OK);
    answer(&later, WS_E_ENDPOINT_DISCONNECTED);
    expect_size(1, later.told);
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, later.hr);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    set_text_string(reader, "<a/>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    WsFreeReader(reader);
}

TEST(UTF_16_streams)
{
    static BYTE bytes[2000];
    WS_XML_READER *reader = create_reader();
    static struct dump whole, dump;
    struct stream stream = {bytes, 0, 0, 0, 0};
    int big;

    read_whole(orders, sizeof(orders) - 1, &whole);
    for (big = 0; big < 2; big++)
        for (stream.piece = 1; stream.piece < 9; stream.piece++)
        {
            const WS_XML_NODE *node;

            stream.length = to_utf16(orders, sizeof(orders) - 1, big, true, bytes);
            stream.pos = 0;
            set_stream(reader, &stream, 32, WS_CHARSET_AUTO);
            memset(&dump, 0, sizeof(dump));
            do
            {
                expect_hr(S_OK, WsFillReader(reader, 200, NULL, NULL));
                expect_hr(S_OK, WsReadNode(reader, NULL));
                node = current_node(reader);
                append(&dump, node);
            } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
            expect(!strcmp(dump.text, whole.text));
        }
    WsFreeReader(reader);
}

TEST(raw_streams)
{
    WS_XML_READER_RAW_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_RAW}};
    struct stream stream = {(const BYTE *)"0123456789", 10, 0, 3, 0};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, &stream};
    WS_XML_READER *reader = create_reader();
    BYTE bytes[20];
    ULONG count;

    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
    expect_hr(S_OK, WsFillReader(reader, 4, NULL, NULL));
    expect_hr(S_OK, WsReadBytes(reader, bytes, 4, &count, NULL));
    expect_size(4, count);
    expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
    expect_hr(S_OK, WsReadBytes(reader, bytes + 4, 16, &count, NULL));
    expect_size(6, count);
    expect(!memcmp(bytes, "0123456789", 10));
    expect_hr(S_OK, WsReadBytes(reader, bytes, 16, &count, NULL));
    expect_size(0, count);
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    WsFreeReader(reader);
}
