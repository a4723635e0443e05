/* SPDX-License-Identifier: MIT */
/*
 * message-body - WsWriteBody and WsReadBody by description; WsFlushBody and WsFillBody, with streams that come and go
 * in pieces.
 *
 * Source: the pages of these functions.
 */
#include "support/message.h"
#include "support/mtom-writer.h"

static WS_XML_STRING name_b = STRING("b"), ns_x = STRING("urn:x"), none = STRING("");

/* A message that is being written, or read, and what it uses. */
static WS_MESSAGE *begin_writing(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, WS_XML_WRITER *writer)
{
    WS_MESSAGE *message = new_message(envelope, addressing, WS_BLANK_MESSAGE);

    set_output(writer, NULL, 0);
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    return message;
}

/* What is in the body of an envelope that has been written. */
static const char *body_text(WS_XML_WRITER *writer)
{
    static char text[4096];
    WS_BYTES bytes = get_bytes(writer);
    char *from;

    snprintf(text, sizeof(text), "%.*s", (int)bytes.length, (const char *)bytes.bytes);
    from = strstr(text, "Body>");
    if (!from)
        return "";
    from += strlen("Body>");
    *strstr(from, "</s:Body>") = 0;
    return from;
}

/* --- MTOM --- */

/* MTOM (Recommendation): the envelope is the root part. */
TEST(bytes_in_a_body_become_a_part)
{
    static const char envelope[] = "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header>"
                                   "<a:Action s:mustUnderstand=\"1\">act</a:Action></s:Header><s:Body>"
                                   "<b xmlns=\"urn:x\"><xop:Include href=\"cid:";
    WS_ELEMENT_DESCRIPTION body = {&name_b, &ns_x, WS_BYTES_TYPE, NULL};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(TRUE, "b", 4);
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_BYTES value = {6, (BYTE *)"sixsix"}, got = {0, NULL}, written;
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_HEAP *heap = create_heap(1000);
    char text[2048];

    set_mtom_with(writer, &encoding, NULL, 0);
    set_text_header(message, WS_ACTION_HEADER, "act");
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    ok(WsWriteBody(message, &body, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    ok(WsWriteEnvelopeEnd(message, NULL));
    ok(WsResetMessage(message, NULL));
    written = get_bytes(writer);
    snprintf(text, sizeof(text), "%.*s", (int)written.length, (const char *)written.bytes);
    expect(strstr(text, in_full(envelope)) != NULL);
    input.encodedData = written.bytes;
    input.encodedDataSize = written.length;
    ok(WsSetInput(reader, &with_header.encoding, &input.input, NULL, 0, NULL));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    ok(WsReadBody(message, &body, WS_READ_REQUIRED_VALUE, heap, &got, sizeof(got), NULL));
    expect(got.length == 6 && !memcmp(got.bytes, "sixsix", 6));
    ok(WsReadEnvelopeEnd(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* --- What the message's versions say --- */

TEST(a_fault_needs_no_name)
{
    static const WS_ELEMENT_DESCRIPTION description = {NULL, NULL, WS_FAULT_TYPE, NULL};
    WS_FAULT_REASON reason = {{4, (WCHAR *)u"Oops"}, {2, (WCHAR *)u"en"}};
    WS_FAULT_CODE code = {{STRING("Sender"), STRING("")}, NULL};
    WS_FAULT fault = {.code = &code, .reasons = &reason, .reasonCount = 1}, got;
    static const struct
    {
        WS_ENVELOPE_VERSION version;
        const char *text;
    } rows[] = {
        {SOAP11, "<s:Fault><faultcode>s:Client</faultcode><faultstring xml:lang=\"en\">Oops</faultstring></s:Fault>"},
        {SOAP12, "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en\">Oops</s:Text>"
                 "</s:Reason></s:Fault>"},
    };
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(10000);
    WS_MESSAGE *message;
    size_t i;

    for (i = 0; i < 2; i++)
    {
        message = begin_writing(rows[i].version, TRANSPORT, writer);
        ok(WsWriteBody(message, &description, WS_WRITE_REQUIRED_VALUE, &fault, sizeof(fault), NULL));
        ok(WsWriteEnvelopeEnd(message, NULL));
        expect_text(body_text(writer), strlen(body_text(writer)), rows[i].text);
        ok(WsResetMessage(message, NULL));
        set_text(reader, get_bytes(writer).bytes, get_bytes(writer).length);
        ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
        expect(is_fault(message) == TRUE);
        ok(WsReadBody(message, &description, WS_READ_REQUIRED_VALUE, heap, &got, sizeof(got), NULL));
        expect(string_is(&got.code->value.localName, i ? "Sender" : "Client"));
        expect(wide_is(&got.reasons[0].text, "Oops") && wide_is(&got.reasons[0].lang, "en"));
        ok(WsReadEnvelopeEnd(message, NULL));
        WsFreeMessage(message);
    }
    message = begin_writing(NO_SOAP, TRANSPORT, writer);
    expect_hr(E_INVALIDARG, WsWriteBody(message, &description, WS_WRITE_REQUIRED_VALUE, &fault, sizeof(fault), NULL));
    WsFreeMessage(message);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(an_address_needs_no_name)
{
    static const WS_ELEMENT_DESCRIPTION description = {NULL, NULL, WS_ENDPOINT_ADDRESS_TYPE, NULL};
    WS_ELEMENT_DESCRIPTION named = {&name_b, &ns_x, WS_ENDPOINT_ADDRESS_TYPE, NULL};
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"http://h/", NULL), got;
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(10000);
    WS_MESSAGE *message;
    int i;

    for (i = 0; i < 2; i++)
    {
        message = begin_writing(SOAP12, i ? ADDR10 : ADDR09, writer);
        ok(WsWriteBody(message, &description, WS_WRITE_REQUIRED_VALUE, &address, sizeof(address), NULL));
        ok(WsWriteBody(message, &named, WS_WRITE_REQUIRED_VALUE, &address, sizeof(address), NULL));
        ok(WsWriteEnvelopeEnd(message, NULL));
        expect(!strcmp(body_text(writer), "<a:EndpointReference><a:Address>http://h/</a:Address></a:EndpointReference>"
                                          "<b xmlns=\"urn:x\"><a:Address>http://h/</a:Address></b>"));
        ok(WsResetMessage(message, NULL));
        set_text(reader, get_bytes(writer).bytes, get_bytes(writer).length);
        ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
        ok(WsReadBody(message, &description, WS_READ_REQUIRED_VALUE, heap, &got, sizeof(got), NULL));
        expect(wide_is(&got.url, "http://h/"));
        ok(WsReadBody(message, &named, WS_READ_REQUIRED_VALUE, heap, &got, sizeof(got), NULL));
        ok(WsReadEnvelopeEnd(message, NULL));
        WsFreeMessage(message);
    }
    message = begin_writing(SOAP12, TRANSPORT, writer);
    expect_hr(E_INVALIDARG,
              WsWriteBody(message, &description, WS_WRITE_REQUIRED_VALUE, &address, sizeof(address), NULL));
    WsFreeMessage(message);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* --- Several elements --- */

struct two
{
    ULONG a;
    WS_STRING b;
};
static WS_XML_STRING name_a = STRING("a");
static WS_FIELD_DESCRIPTION field_a = {
    .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &name_a, .ns = &none, .type = WS_UINT32_TYPE};
static WS_FIELD_DESCRIPTION field_b = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                       .localName = &name_b,
                                       .ns = &none,
                                       .type = WS_STRING_TYPE,
                                       .offset = offsetof(struct two, b)};
static WS_FIELD_DESCRIPTION *two_fields[] = {&field_a, &field_b};
static WS_STRUCT_DESCRIPTION two_struct = {
    .size = sizeof(struct two), .alignment = sizeof(void *), .fields = two_fields, .fieldCount = 2};

TEST(elements_as_the_fields_of_a_structure)
{
    static const WS_ELEMENT_DESCRIPTION description = {NULL, NULL, WS_STRUCT_TYPE, &two_struct};
    struct two two = {7, {4, (WCHAR *)u"text"}}, got, *pointer = NULL;
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(10000);
    WS_MESSAGE *message = begin_writing(SOAP12, TRANSPORT, writer);

    ok(WsWriteBody(message, &description, WS_WRITE_REQUIRED_VALUE, &two, sizeof(two), NULL));
    ok(WsWriteBody(message, &description, WS_WRITE_REQUIRED_VALUE, &two, sizeof(two), NULL));
    ok(WsWriteEnvelopeEnd(message, NULL));
    expect(!strcmp(body_text(writer), "<a>7</a><b>text</b><a>7</a><b>text</b>"));
    ok(WsResetMessage(message, NULL));
    set_text(reader, get_bytes(writer).bytes, get_bytes(writer).length);
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    ok(WsReadBody(message, &description, WS_READ_REQUIRED_VALUE, heap, &got, sizeof(got), NULL));
    expect(got.a == 7 && wide_is(&got.b, "text"));
    expect_hr(E_INVALIDARG,
              WsReadBody(message, &description, WS_READ_OPTIONAL_POINTER, heap, &pointer, sizeof(pointer), NULL));
    ok(WsReadBody(message, &description, WS_READ_REQUIRED_POINTER, heap, &pointer, sizeof(pointer), NULL));
    expect(pointer && pointer->a == 7);
    ok(WsReadEnvelopeEnd(message, NULL));
    WsFreeMessage(message);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* As Microsoft's samples of streaming do: observed on Windows. */
/* Our choice: whatever its name. */
TEST(a_buffer_without_a_name_is_any_element)
{
    static const WS_ELEMENT_DESCRIPTION any = {NULL, NULL, WS_XML_BUFFER_TYPE, NULL};
    WS_XML_READER *reader =
        reader_of("<s:Envelope xmlns:s='{E12}'><s:Body> <a x=\"1\">t</a><b/></s:Body></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, TRANSPORT, reader);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(100000);
    WS_XML_BUFFER *buffers[2];
    WS_ERROR *error = create_error();
    int i;

    for (i = 0; i < 2; i++)
        ok(WsReadBody(message, &any, WS_READ_REQUIRED_POINTER, heap, &buffers[i], sizeof(buffers[i]), NULL));
    ok(WsReadEnvelopeEnd(message, NULL));
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    for (i = 0; i < 2; i++)
        ok(WsWriteBody(message, &any, WS_WRITE_REQUIRED_POINTER, &buffers[i], sizeof(buffers[i]), NULL));
    ok(WsWriteEnvelopeEnd(message, NULL));
    expect_written(writer, "<s:Envelope xmlns:s=\"{E12}\"><s:Body><a x=\"1\">t</a><b/></s:Body></s:Envelope>");
    ok(WsResetMessage(message, NULL));
    set_text_string(reader, in_full("<s:Envelope xmlns:s='{E12}'><s:Body/></s:Envelope>"));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    expect_refused(error, E_INVALIDARG,
                   WsReadBody(message, &any, WS_READ_OPTIONAL_POINTER, heap, &buffers[0], sizeof(buffers[0]), error),
                   "is required");
    expect_hr(WS_E_INVALID_FORMAT,
              WsReadBody(message, &any, WS_READ_REQUIRED_POINTER, heap, &buffers[0], sizeof(buffers[0]), NULL));
    WsFreeMessage(message);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
    WsFreeError(error);
}

TEST(an_element_that_is_not_there_any_more)
{
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}'><s:Body><p xmlns='urn:x'><n>1</n></p>"
                                      "<p xmlns='urn:x'><n>2</n></p></s:Body></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_HEAP *heap = create_heap(1000);
    struct point *point = NULL;
    ULONG sum = 0;

    for (;;)
    {
        ok(WsReadBody(message, &point_body, WS_READ_OPTIONAL_POINTER, heap, &point, sizeof(point), NULL));
        if (!point)
            break;
        sum += point->n;
    }
    expect_size(3, sum);
    ok(WsReadEnvelopeEnd(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(descriptions_and_states_that_are_wrong)
{
    const WS_ELEMENT_DESCRIPTION half = {&name_b, NULL, WS_UINT32_TYPE, NULL};
    const WS_ELEMENT_DESCRIPTION unknown = {&name_b, &ns_x, (WS_TYPE)99, NULL};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='{E12}'><s:Body><b/></s:Body></s:Envelope>");
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_ERROR *error = create_error();
    ULONG value = 1;

    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &value, 4, error),
                   "WS_MESSAGE_STATE_EMPTY");
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsReadBody(message, &point_body, WS_READ_REQUIRED_VALUE, NULL, &value, 4, error),
                   "WS_MESSAGE_STATE_EMPTY");
    expect_refused(error, WS_E_INVALID_OPERATION, WsFlushBody(message, 0, NULL, error), "WS_MESSAGE_STATE_EMPTY");
    expect_refused(error, WS_E_INVALID_OPERATION, WsFillBody(message, 0, NULL, error), "WS_MESSAGE_STATE_EMPTY");
    WsFreeMessage(message);
    message = begin_writing(SOAP12, ADDR10, writer);
    expect_hr(E_INVALIDARG, WsWriteBody(message, &half, WS_WRITE_REQUIRED_VALUE, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsWriteBody(message, &unknown, WS_WRITE_REQUIRED_VALUE, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsWriteBody(message, &point_body, (WS_WRITE_OPTION)0, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsReadBody(message, &point_body, WS_READ_REQUIRED_VALUE, NULL, &value, 4, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsFillBody(message, 0, NULL, NULL));
    ok(WsFlushBody(message, 0, NULL, NULL));
    ok(WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &value, 4, NULL));
    WsFreeMessage(message);
    message = read_message(SOAP12, ADDR10, reader);
    expect_hr(E_INVALIDARG, WsReadBody(message, &half, WS_READ_REQUIRED_VALUE, NULL, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsReadBody(message, &unknown, WS_READ_REQUIRED_VALUE, NULL, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsReadBody(message, &point_body, (WS_READ_OPTION)0, NULL, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsReadBody(message, &point_body, WS_READ_REQUIRED_POINTER, NULL, &value, 4, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &value, 4, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsFlushBody(message, 0, NULL, NULL));
    ok(WsFillBody(message, 100, NULL, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsReadBody(message, &point_body, WS_READ_REQUIRED_VALUE, NULL, &value, 4, error));
    WsFreeMessage(message);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeError(error);
}

/* --- Streams --- */

/* What has been written to a stream, and how. */
struct sink
{
    BYTE bytes[65536];
    size_t length;
    unsigned flushes;
    WS_ASYNC_CONTEXT waiting; /* a flush that has not completed; its callback is NULL if none is */
    bool later;
};

static HRESULT CALLBACK write_sink(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                                   WS_ERROR *error)
{
    struct sink *sink = state;
    ULONG i;

    (void)error;
    sink->flushes++;
    for (i = 0; i < count; i++)
    {
        expect(buffers[i].length <= sizeof(sink->bytes) - sink->length);
        memcpy(sink->bytes + sink->length, buffers[i].bytes, buffers[i].length);
        sink->length += buffers[i].length;
    }
    if (!async || !sink->later)
        return S_OK;
    sink->waiting = *async;
    return WS_S_ASYNC;
}

static unsigned completed;

static void CALLBACK on_completed(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    (void)model, (void)state;
    expect_hr(S_OK, hr);
    completed++;
}

static void complete(struct sink *sink)
{
    WS_ASYNC_CONTEXT waiting = sink->waiting;

    if (waiting.callback)
    {
        sink->waiting.callback = NULL;
        waiting.callback(S_OK, WS_SHORT_CALLBACK, waiting.callbackState);
    }
}

#define POINTS 500u

static void write_points(struct sink *sink, ULONG min_size, bool async)
{
    WS_ASYNC_CONTEXT context = {on_completed, NULL};
    WS_XML_WRITER_STREAM_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_sink, sink};
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_REQUEST_MESSAGE);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    struct point point;
    HRESULT hr;

    sink->length = sink->flushes = 0;
    sink->later = async;
    completed = 0;
    ok(WsSetOutput(writer, &utf8.encoding, &output.output, NULL, 0, NULL));
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    for (point.n = 0; point.n < POINTS; point.n++)
    {
        ok(WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &point, sizeof(point), NULL));
        hr = WsFlushBody(message, min_size, async ? &context : NULL, NULL);
        expect(hr == S_OK || (async && hr == WS_S_ASYNC));
        complete(sink);
    }
    ok(WsWriteEnvelopeEnd(message, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    WsFreeMessage(message);
    WsFreeWriter(writer);
}

static void read_points(const struct sink *sink, size_t piece, ULONG min_size)
{
    struct stream stream = {sink->bytes, sink->length, 0, piece, 0};
    WS_XML_READER *reader = create_reader();
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    struct point point;
    ULONG i;

    set_stream(reader, &stream, 4096, WS_CHARSET_UTF8);
    ok(WsFillReader(reader, 1000, NULL, NULL));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    expect(strlen(text_header(message, WS_MESSAGE_ID_HEADER)) == 45);
    for (i = 0; i < POINTS; i++)
    {
        ok(WsFillBody(message, min_size, NULL, NULL));
        ok(WsReadBody(message, &point_body, WS_READ_REQUIRED_VALUE, NULL, &point, sizeof(point), NULL));
        expect_size(i, point.n);
    }
    ok(WsFillBody(message, 100, NULL, NULL));
    ok(WsReadEnvelopeEnd(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
}

TEST(a_body_is_written_and_read_in_pieces)
{
    static const ULONG min_sizes[] = {0, 1, 100, 4096, 1000000};
    static const size_t pieces[] = {1, 7, 100, 5000, 100000};
    static struct sink sink, whole;
    size_t i;

    write_points(&whole, 1000000, false);
    expect(whole.flushes == 1);
    for (i = 0; i < 5; i++)
    {
        int async;

        for (async = 0; async < 2; async++)
        {
            write_points(&sink, min_sizes[i], async);
            expect(sink.length == whole.length);
            expect(!memcmp(strchr((char *)sink.bytes, '>') + 1, strchr((char *)whole.bytes, '>') + 1, 11));
            expect(min_sizes[i] > 1 || sink.flushes >= POINTS);
            expect(!async || completed == sink.flushes - 1);
        }
        read_points(&sink, pieces[i], 64);
        read_points(&sink, pieces[i], 1024);
    }
}

/* Our choice: it is as with all functions that read. */
TEST(a_start_that_has_not_been_filled_far_enough)
{
    const char *text =
        in_full("<s:Envelope xmlns:s='{E12}'><s:Header><h>1</h></s:Header><s:Body><a/></s:Body></s:Envelope>");
    WS_ERROR *error = create_error();
    size_t enough = (size_t)(strstr(text, "<a/>") - text) + strlen("<a/>"), filled;

    for (filled = 0; filled <= enough; filled++)
    {
        struct stream stream = {(const BYTE *)text, filled, 0, 100000, 0};
        WS_XML_READER *reader = create_reader();
        WS_MESSAGE *message = create_message(SOAP12, ADDR10);

        set_stream(reader, &stream, 4096, WS_CHARSET_UTF8);
        if (filled)
            ok(WsFillReader(reader, (ULONG)filled, NULL, NULL));
        stream.length = strlen(text);
        if (filled == enough)
            ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
        else
        {
            expect_refused(error, WS_E_QUOTA_EXCEEDED, WsReadEnvelopeStart(message, reader, NULL, NULL, error),
                           "More of the stream is needed than has been buffered");
            expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
            expect_hr(WS_E_OBJECT_FAULTED, WsFillReader(reader, 1000, NULL, NULL));
        }
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
    WsFreeError(error);
}

TEST(an_end_that_has_not_been_filled_far_enough)
{
    const char *text = in_full("<s:Envelope xmlns:s='{E12}'><s:Body><a/></s:Body></s:Envelope>");
    struct stream stream = {(const BYTE *)text, (size_t)(strstr(text, "</s:Envelope") - text), 0, 100000, 0};
    WS_XML_READER *reader = create_reader();
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);

    set_stream(reader, &stream, 4096, WS_CHARSET_UTF8);
    ok(WsFillReader(reader, 50, NULL, NULL));
    stream.length = strlen(text);
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    ok(WsSkipNode(reader, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadEnvelopeEnd(message, NULL));
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    WsFreeMessage(message);
    WsFreeReader(reader);
}
