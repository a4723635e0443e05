/* SPDX-License-Identifier: MIT */
/*
 * MTOM, canonicalization, WsCopyNode, positions and asynchronous flushes, each with the others.
 *
 * Source: what is documented of each; where that leaves open how they go together, our choice.
 */
#include "support/canonical.h"
#include "support/mtom.h"
#include "support/writer.h"

#include <stdlib.h>

static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};

/* --- Helpers --- */

/* A boundary that the writer chooses, and a header that says what it is; bytes of more than 4 become a part. */
static const WS_XML_WRITER_MTOM_ENCODING mtom = {{WS_XML_WRITER_ENCODING_TYPE_MTOM},
                                                 (WS_XML_WRITER_ENCODING *)&utf8.encoding,
                                                 TRUE,
                                                 {0, NULL},
                                                 {0, NULL},
                                                 {0, NULL},
                                                 4};
static const WS_XML_WRITER_MTOM_ENCODING mtom16 = {{WS_XML_WRITER_ENCODING_TYPE_MTOM},
                                                   (WS_XML_WRITER_ENCODING *)&utf16.encoding,
                                                   TRUE,
                                                   {0, NULL},
                                                   {0, NULL},
                                                   {0, NULL},
                                                   4};

static WS_XML_WRITER *create_writer_of(const WS_XML_WRITER_ENCODING *encoding)
{
    WS_XML_WRITER *writer = NULL;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    ok(WsSetOutput(writer, encoding, &memory_output.output, NULL, 0, NULL));
    return writer;
}

static void bytes(WS_XML_WRITER *writer, const char *text)
{
    ok(WsWriteBytes(writer, text, (ULONG)strlen(text), NULL));
}

static WS_BYTES written(WS_XML_WRITER *writer)
{
    WS_BYTES bytes = {0, NULL};

    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    return bytes;
}

static void expect_text(WS_XML_WRITER *writer, const char *text)
{
    WS_BYTES got = written(writer);

    if (got.length != strlen(text) || memcmp(got.bytes, text, got.length))
        test_fail(__FILE__, __LINE__, "%.*s\n# not\n# %s", (int)got.length, (const char *)got.bytes, text);
}

static struct sink *new_sink(void)
{
    struct sink *sink = calloc(1, sizeof(*sink));

    if (!sink)
        abort();
    return sink;
}

static void canonicalize_reader(WS_XML_READER *reader, struct sink *sink)
{
    PROPERTY property = OUTPUT_SIZE(1);

    sink->length = 0;
    ok(WsStartReaderCanonicalization(reader, write_sink, sink, &property, 1, NULL));
}

static void canonicalize_writer(WS_XML_WRITER *writer, struct sink *sink)
{
    PROPERTY property = OUTPUT_SIZE(1);

    sink->length = 0;
    ok(WsStartWriterCanonicalization(writer, write_sink, sink, &property, 1, NULL));
}

/* --- Canonical forms of MTOM --- */

#define ENCODED(id, encoding) \
    "\r\n--b\r\nContent-ID: <" id ">\r\nContent-Transfer-Encoding: " encoding "\r\n" \
    "Content-Type: application/octet-stream\r\n\r\n"
/* clang-format off */
#define MESSAGE \
    HEADER ROOT "<a><b>" INCLUDE("1") "</b><c z='2' y='1'>" INCLUDE("2") "</c><d>x<e>" INCLUDE("3") "</e></d></a>" \
    PART("1") "0123456" \
    ENCODED("2", "base64") "MDEy\r\nMzQ1Ng==\r\n" \
    ENCODED("3", "quoted-printable") "=301=\r\n2" END
/* clang-format on */
#define FORM "<a><b>MDEyMzQ1Ng==</b><c y=\"1\" z=\"2\">MDEyMzQ1Ng==</c><d>x<e>MDEy</e></d></a>"

TEST(parts_that_are_read_are_base64_in_the_canonical_form)
{
    static const size_t pieces[] = {1, 2, 3, 5, 7, 64, 100000};
    struct stream stream = {(const BYTE *)MESSAGE, sizeof(MESSAGE) - 1, 0, 0, 0};
    WS_XML_READER *reader = create_reader();
    struct sink *sink = new_sink();
    struct dump dump;
    size_t i;
    ULONG fill;

    set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
    canonicalize_reader(reader, sink);
    ok(read_mtom(reader, 0, &dump, NULL));
    ok(WsEndReaderCanonicalization(reader, NULL));
    expect_form(sink, FORM);
    for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        for (fill = 0; fill < 40; fill++)
        {
            stream.piece = pieces[i];
            set_package_stream(reader, &with_header, &stream, NULL, 0);
            canonicalize_reader(reader, sink);
            ok(read_mtom(reader, fill, &dump, NULL));
            ok(WsEndReaderCanonicalization(reader, NULL));
            expect_form(sink, FORM);
        }
    free(sink);
    WsFreeReader(reader);
}

TEST(however_the_parts_are_read)
{
    WS_XML_READER *reader = create_reader();
    struct sink *sink = new_sink();
    char some[3];
    ULONG count = 0;
    BOOL found = FALSE;

    set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
    canonicalize_reader(reader, sink);
    ok(WsReadToStartElement(reader, X("a"), X(""), &found, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsReadToStartElement(reader, X("b"), X(""), &found, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsReadBytes(reader, some, 2, &count, NULL)); /* and no more of it */
    expect(count == 2);
    ok(WsReadNode(reader, NULL));
    ok(WsReadEndElement(reader, NULL));
    ok(WsSkipNode(reader, NULL));
    ok(WsReadToStartElement(reader, X("d"), X(""), &found, NULL));
    ok(WsSkipNode(reader, NULL));
    ok(WsReadEndElement(reader, NULL));
    ok(WsEndReaderCanonicalization(reader, NULL));
    expect_form(sink, FORM);
    free(sink);
    WsFreeReader(reader);
}

struct delivery
{
    const char *pieces[4];
    size_t count, next;
    unsigned calls;
};

static HRESULT CALLBACK push_pieces(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                    const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    struct delivery *delivery = state;
    WS_BYTES buffer;
    HRESULT hr = S_OK;
    size_t i;

    expect(!async);
    delivery->calls++;
    for (i = 0; i < delivery->count && hr == S_OK; i++)
    {
        buffer.bytes = (BYTE *)delivery->pieces[i];
        buffer.length = (ULONG)strlen(delivery->pieces[i]);
        hr = write(write_state, &buffer, 1, NULL, error);
    }
    return hr;
}

static HRESULT CALLBACK pull_pieces(void *state, void *buffer, ULONG most, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                                    WS_ERROR *error)
{
    struct delivery *delivery = state;

    (void)error;
    expect(!async && most >= 100);
    delivery->calls++;
    *actual = 0;
    if (delivery->next < delivery->count)
    {
        *actual = (ULONG)strlen(delivery->pieces[delivery->next]);
        memcpy(buffer, delivery->pieces[delivery->next++], *actual);
    }
    return S_OK;
}

static void write_base64(WS_XML_WRITER *writer, const char *text)
{
    WS_XML_BASE64_TEXT base64 = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)text, (ULONG)strlen(text)};

    ok(WsWriteText(writer, &base64.text, NULL));
}

/* What is written in every way that bytes can be. */
static void write_bytes_of_all_kinds(WS_XML_WRITER *writer)
{
    struct delivery pushed = {{"01", "2345", "6"}, 3, 0, 0}, pulled = {{"0", "12", "3456"}, 3, 0, 0};

    start(writer, "a");
    start(writer, "part");
    bytes(writer, "0123");
    bytes(writer, "456");
    end(writer);
    start(writer, "inline");
    bytes(writer, "012");
    end(writer);
    start(writer, "push");
    ok(WsPushBytes(writer, push_pieces, &pushed, NULL));
    end(writer);
    start(writer, "pull");
    ok(WsPullBytes(writer, pull_pieces, &pulled, NULL));
    end(writer);
    start(writer, "text");
    write_base64(writer, "012345"); /* whole groups, as a reader of a stream has them */
    write_base64(writer, "6");
    end(writer);
    start(writer, "mixed");
    bytes(writer, "01");
    ok(WsWriteText(writer, &(WS_XML_UTF8_TEXT){{WS_XML_TEXT_TYPE_UTF8}, STRING(".")}.text, NULL));
    ok(WsPushBytes(writer, push_pieces, &pushed, NULL));
    end(writer);
    end(writer);
    (void)written(writer); /* the parts are written now at the latest */
    expect(pushed.calls == 2 && pulled.calls == 4);
}

#define ALL_KINDS \
    "<a><part>MDEyMzQ1Ng==</part><inline>MDEy</inline><push>MDEyMzQ1Ng==</push><pull>MDEyMzQ1Ng==</pull>" \
    "<text>MDEyMzQ1Ng==</text><mixed>MDE=.MDEyMzQ1Ng==</mixed></a>"

TEST(parts_that_are_written_are_base64_in_the_canonical_form)
{
    static const WS_XML_WRITER_ENCODING *const encodings[] = {&mtom.encoding, &mtom16.encoding, &utf8.encoding,
                                                              &binary.encoding};
    WS_XML_READER *reader = create_reader();
    struct sink *sink = new_sink(), *read = new_sink();
    struct dump dump;
    WS_BYTES package;
    size_t i;

    for (i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
    {
        WS_XML_WRITER *writer = create_writer_of(encodings[i]);

        canonicalize_writer(writer, sink);
        write_bytes_of_all_kinds(writer);
        ok(WsEndWriterCanonicalization(writer, NULL));
        expect_form(sink, ALL_KINDS);
        if (encodings[i]->encodingType == WS_XML_WRITER_ENCODING_TYPE_MTOM)
        {
            package = written(writer);
            set_package(reader, &with_header, package.bytes, package.length);
            canonicalize_reader(reader, read);
            ok(read_mtom(reader, 0, &dump, NULL));
            ok(WsEndReaderCanonicalization(reader, NULL));
            expect_form(read, ALL_KINDS);
        }
        WsFreeWriter(writer);
    }
    free(sink);
    free(read);
    WsFreeReader(reader);
}

/* A callback that was put off before canonicalization began is no part of that, whenever it is called. */
TEST(what_was_put_off_before_canonicalization)
{
    struct delivery before = {{"0123456"}, 1, 0, 0}, after = {{"789"}, 1, 0, 0};
    WS_XML_WRITER *writer = create_writer_of(&mtom.encoding);
    WS_XML_READER *reader = create_reader();
    struct sink *sink = new_sink();
    struct dump dump;
    WS_BYTES package;
    int goes_on;

    for (goes_on = 0; goes_on < 2; goes_on++)
    {
        ok(WsSetOutput(writer, &mtom.encoding, &memory_output.output, NULL, 0, NULL));
        before.calls = 0;
        start(writer, "a");
        ok(WsPushBytes(writer, push_pieces, &before, NULL));
        expect(before.calls == 0);
        canonicalize_writer(writer, sink);
        if (goes_on)
            ok(WsPushBytes(writer, push_pieces, &after, NULL));
        ok(WsEndWriterCanonicalization(writer, NULL));
        expect_form(sink, goes_on ? "Nzg5" : "");
        end(writer);
        package = written(writer);
        expect(before.calls == 1);
        set_package(reader, &with_header, package.bytes, package.length);
        ok(read_mtom(reader, 0, &dump, NULL));
        expect(!strcmp(dump.text, goes_on ? "<a>'MDEyMzQ1Ng==Nzg5'</>$" : "<a>{0123456}</>$"));
    }
    free(sink);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

/* --- Copies --- */

/* Copies all that a reader has, with the canonical form taken on both sides. */
static void copy_all(WS_XML_WRITER *writer, WS_XML_READER *reader, const char *form)
{
    struct sink *read = new_sink(), *wrote = new_sink();

    canonicalize_reader(reader, read);
    canonicalize_writer(writer, wrote);
    ok(WsCopyNode(writer, reader, NULL));
    expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
    ok(WsEndReaderCanonicalization(reader, NULL));
    ok(WsEndWriterCanonicalization(writer, NULL));
    expect_form(read, form);
    expect_form(wrote, form);
    free(read);
    free(wrote);
}

static size_t count_of(WS_BYTES where, const char *text)
{
    size_t count = 0, i, length = strlen(text);

    for (i = 0; i + length <= where.length; i++)
        count += !memcmp(where.bytes + i, text, length);
    return count;
}

TEST(copies_through_every_encoding_and_back)
{
    static const WS_XML_READER_BINARY_ENCODING from_binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *first = create_writer_of(&mtom.encoding), *second = create_writer_of(&binary.encoding);
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    WS_BYTES package;

    set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
    copy_all(first, reader, FORM);
    package = written(first);
    expect_size(2, count_of(package, "0123456"));
    expect_size(2, count_of(package, "<xop:Include"));

    set_package(reader, &with_header, package.bytes, package.length);
    copy_all(second, reader, FORM);
    package = written(second);
    expect_size(2, count_of(package, "012345")); /* binary has them as they are, in groups of 3 */
    input.encodedData = package.bytes;
    input.encodedDataSize = package.length;
    ok(WsSetInput(reader, &from_binary.encoding, &input.input, NULL, 0, NULL));
    ok(WsSetOutput(first, &mtom16.encoding, &memory_output.output, NULL, 0, NULL));
    copy_all(first, reader, FORM);
    package = written(first);
    expect_size(2, count_of(package, "0123456"));

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(second, buffer, NULL, 0, NULL));
    set_package(reader, &with_header, package.bytes, package.length);
    copy_all(second, reader, FORM);
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    ok(WsSetOutput(first, &mtom.encoding, &memory_output.output, NULL, 0, NULL));
    copy_all(first, reader, FORM);
    package = written(first);
    expect_size(2, count_of(package, "0123456"));
    expect_size(2, count_of(package, "<xop:Include"));

    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    ok(WsSetOutput(first, &utf8.encoding, &memory_output.output, NULL, 0, NULL));
    copy_all(first, reader, FORM);
    expect_text(first, "<a><b>MDEyMzQ1Ng==</b><c z=\"2\" y=\"1\">MDEyMzQ1Ng==</c><d>x<e>MDEy</e></d></a>");
    WsFreeWriter(first);
    WsFreeWriter(second);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

TEST(a_part_of_a_stream_is_copied_as_one_part)
{
    static char part[100000], package[sizeof(part) + 2000];
    struct stream stream = {(const BYTE *)package, 0, 0, 1000, 0};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = NULL;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE, &(ULONG){200000},
                                       sizeof(ULONG)};
    WS_BYTES output;
    size_t i, length;

    for (i = 0; i < sizeof(part); i++)
        part[i] = (char)(i * 7 % 251);
    length = strlen(HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1"));
    memcpy(package, HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1"), length);
    memcpy(package + length, part, sizeof(part));
    memcpy(package + length + sizeof(part), END, sizeof(END));
    stream.length = length + sizeof(part) + sizeof(END) - 1;
    ok(WsCreateWriter(&property, 1, &writer, NULL));
    ok(WsSetOutput(writer, &mtom.encoding, &memory_output.output, NULL, 0, NULL));
    set_package_stream(reader, &with_header, &stream, NULL, 0);
    ok(WsFillReader(reader, sizeof(package), NULL, NULL));
    ok(WsCopyNode(writer, reader, NULL));
    output = written(writer);
    expect_size(1, count_of(output, "<xop:Include"));
    for (i = 0; i + sizeof(part) <= output.length && memcmp(output.bytes + i, part, sizeof(part)); i++)
        ;
    expect(i + sizeof(part) <= output.length);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

/* --- Failures, and what callbacks may do --- */

TEST(a_copy_whose_canonical_bytes_are_refused_faults_both)
{
    static const struct
    {
        bool of_reader;
        HRESULT failure;
    } rows[] = {{false, E_FAIL}, {true, E_FAIL}, {false, E_INVALIDARG}, {true, WS_E_INVALID_OPERATION}};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer_of(&mtom.encoding);
    struct sink *sink = new_sink();
    unsigned i, at;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (at = 2; at < 12; at++)
        {
            memset(sink, 0, sizeof(*sink));
            sink->failure = rows[i].failure;
            sink->fails_at = at;
            set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
            ok(WsSetOutput(writer, &mtom.encoding, &memory_output.output, NULL, 0, NULL));
            if (rows[i].of_reader)
                canonicalize_reader(reader, sink);
            else
                canonicalize_writer(writer, sink);
            expect_hr(rows[i].failure, WsCopyNode(writer, reader, NULL));
            expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
            expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
            expect_hr(WS_E_OBJECT_FAULTED, WsEndReaderCanonicalization(reader, NULL));
            expect_hr(WS_E_OBJECT_FAULTED, WsEndWriterCanonicalization(writer, NULL));
            expect_hr(WS_E_OBJECT_FAULTED, WsCopyNode(writer, reader, NULL));
        }
    set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
    ok(WsSetOutput(writer, &mtom.encoding, &memory_output.output, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsEndReaderCanonicalization(reader, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(writer, NULL));
    copy_all(writer, reader, FORM);
    free(sink);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

TEST(an_input_or_output_that_is_refused_changes_nothing)
{
    WS_XML_READER_MTOM_ENCODING no_text = with_header;
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_XML_WRITER_MTOM_ENCODING no_boundary = mtom;
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer_of(&mtom.encoding);
    struct sink *read = new_sink(), *wrote = new_sink();

    no_text.textEncoding = NULL;
    no_boundary.writeMimeHeader = FALSE;
    set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
    canonicalize_reader(reader, read);
    canonicalize_writer(writer, wrote);
    ok(WsReadNode(reader, NULL));
    expect_hr(E_INVALIDARG, WsSetInput(reader, &no_text.encoding, &input.input, NULL, 0, NULL));
    start(writer, "o");
    bytes(writer, "0123456");
    expect_hr(E_INVALIDARG, WsSetOutput(writer, &no_boundary.encoding, &memory_output.output, NULL, 0, NULL));
    bytes(writer, "789");
    end(writer);
    ok(WsEndWriterCanonicalization(writer, NULL));
    expect_form(wrote, "<o>MDEyMzQ1Njc4OQ==</o>");
    expect_size(1, count_of(written(writer), "0123456789"));
    ok(WsSkipNode(reader, NULL));
    ok(WsEndReaderCanonicalization(reader, NULL));
    expect_form(read, FORM);
    free(read);
    free(wrote);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

/* The two of a copy, and what a callback does to one of them. */
struct pair
{
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    unsigned calls;
};

static void disturb_reader(void *object)
{
    struct pair *pair = object;
    const WS_XML_NODE *node = NULL;

    pair->calls++;
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(pair->reader, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetInput(pair->reader, NULL, NULL, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderNode(pair->reader, &node, NULL));
}

static void disturb_writer(void *object)
{
    struct pair *pair = object;

    pair->calls++;
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(pair->writer, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetOutput(pair->writer, NULL, NULL, NULL, 0, NULL));
}

static void free_writer(void *object)
{
    struct pair *pair = object;

    if (++pair->calls == 5)
        WsFreeWriter(pair->writer);
}

TEST(both_are_busy_while_a_copy_calls_back)
{
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer_of(&mtom.encoding);
    struct pair pair = {reader, writer, 0};
    struct sink *read = new_sink(), *wrote = new_sink();

    set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
    wrote->meanwhile = disturb_reader;
    read->meanwhile = disturb_writer;
    read->object = wrote->object = &pair;
    canonicalize_reader(reader, read);
    canonicalize_writer(writer, wrote);
    ok(WsCopyNode(writer, reader, NULL));
    expect(pair.calls > 10);
    read->meanwhile = wrote->meanwhile = NULL;
    ok(WsEndReaderCanonicalization(reader, NULL));
    ok(WsEndWriterCanonicalization(writer, NULL));
    expect_form(read, FORM);
    expect_form(wrote, FORM);
    free(read);
    free(wrote);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

TEST(a_writer_freed_while_a_copy_calls_back)
{
    int of_reader;

    for (of_reader = 0; of_reader < 2; of_reader++)
    {
        WS_XML_READER *reader = create_reader();
        WS_XML_WRITER *writer = create_writer_of(&mtom.encoding);
        struct pair pair = {reader, writer, 0};
        struct sink *sink = new_sink();

        set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
        sink->meanwhile = free_writer;
        sink->object = &pair;
        if (of_reader)
            canonicalize_reader(reader, sink);
        else
            canonicalize_writer(writer, sink);
        expect_hr(WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, NULL));
        expect_hr(E_INVALIDARG, WsWriteEndElement(writer, NULL)); /* it is gone */
        expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
        free(sink);
        WsFreeReader(reader);
    }
}

TEST(a_writer_freed_while_it_writes_an_XML_buffer_or_an_array)
{
    static const int items[] = {1, 2, 3, 4, 5, 6};
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    struct sink *sink = new_sink();
    int kind;

    set_text_string(reader, "<a><b/><c/><d/><e/></a>");
    ok(WsReadNode(reader, NULL));
    ok(WsReadXmlBuffer(reader, heap, &buffer, NULL));
    for (kind = 0; kind < 2; kind++)
    {
        struct pair pair = {reader, create_writer_of(&mtom.encoding), 0};

        memset(sink, 0, sizeof(*sink));
        sink->meanwhile = free_writer;
        sink->object = &pair;
        canonicalize_writer(pair.writer, sink);
        if (kind)
        {
            start(pair.writer, "a");
            expect_hr(WS_E_INVALID_OPERATION,
                      WsWriteArray(pair.writer, X("i"), X(""), WS_INT32_VALUE_TYPE, items, sizeof(items), 0, 6, NULL));
        }
        else
            expect_hr(WS_E_INVALID_OPERATION, WsWriteXmlBuffer(pair.writer, buffer, NULL));
        expect_hr(E_INVALIDARG, WsWriteEndElement(pair.writer, NULL));
    }
    free(sink);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* --- Positions --- */

TEST(canonicalization_of_what_goes_into_an_element_that_was_there)
{
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = NULL;
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    struct sink *sink = new_sink();
    WS_XML_NODE_POSITION position;

    set_text_string(reader, "<p:r xmlns:p='u'><p:a/><p:b>x</p:b></p:r>");
    ok(WsReadNode(reader, NULL));
    ok(WsReadXmlBuffer(reader, heap, &buffer, NULL));
    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("n"), X(""), FALSE, NULL)); /* the element is reopened */
    ok(WsWriteCharsUtf8(writer, (const BYTE *)"1", 1, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    canonicalize_writer(writer, sink); /* and that ends: this is before it */
    ok(WsGetWriterPosition(writer, &position, NULL));
    set_package(reader, &with_header, MESSAGE, sizeof(MESSAGE) - 1);
    ok(WsCopyNode(writer, reader, NULL));
    ok(WsWriteStartElement(writer, NULL, X("c"), X("u"), NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsMoveWriter(writer, WS_MOVE_TO_EOF, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetWriterPosition(writer, &position, NULL));
    end(writer);
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
    ok(WsEndWriterCanonicalization(writer, NULL));
    expect_form(sink, FORM "<p:c xmlns:p=\"u\"></p:c>");
    ok(WsMoveWriter(writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    canonicalize_writer(writer, sink);
    start(writer, "last");
    bytes(writer, "0");
    bytes(writer, "12");
    end(writer);
    ok(WsEndWriterCanonicalization(writer, NULL));
    expect_form(sink, "<last>MDEy</last>");

    ok(WsSetOutput(writer, &utf8.encoding, &memory_output.output, NULL, 0, NULL));
    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    expect_text(writer, "<p:r xmlns:p='u'>"
                        "<a><b>MDEyMzQ1Ng==</b><c z='2' y='1'>MDEyMzQ1Ng==</c><d>x<e>MDEy</e></d></a><p:c/>"
                        "<p:a n=\"1\"/><p:b>x</p:b><last>MDEy</last></p:r>");
    free(sink);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* --- Streams --- */

struct channel
{
    BYTE bytes[65536];
    size_t count;
    bool async;
    WS_ASYNC_CONTEXT context;
    unsigned done;
    HRESULT hr;
};

static HRESULT CALLBACK take(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    struct channel *channel = state;
    ULONG i;

    (void)error;
    for (i = 0; i < count; i++)
    {
        expect(buffers[i].length <= sizeof(channel->bytes) - channel->count);
        memcpy(channel->bytes + channel->count, buffers[i].bytes, buffers[i].length);
        channel->count += buffers[i].length;
    }
    if (!async)
        return S_OK;
    channel->context = *async;
    return WS_S_ASYNC;
}

static void CALLBACK done(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct channel *channel = state;

    (void)model;
    channel->done++;
    channel->hr = hr;
}

static void complete(struct channel *channel, HRESULT hr)
{
    channel->context.callback(hr, WS_LONG_CALLBACK, channel->context.callbackState);
}

TEST(asynchronous_flushes_of_a_package_that_is_canonicalized)
{
    static char large[9001];
    static struct channel channel;
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, &channel};
    WS_ASYNC_CONTEXT async = {done, &channel};
    struct delivery pushed = {{large, "end"}, 2, 0, 0};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = NULL;
    struct sink *sink = new_sink(), *read = new_sink();
    static struct dump dump;
    int canonical;

    memset(large, 'x', sizeof(large) - 1);
    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    for (canonical = 0; canonical < 2; canonical++)
    {
        memset(&channel, 0, sizeof(channel));
        pushed.calls = 0;
        ok(WsSetOutput(writer, &mtom.encoding, &stream.output, NULL, 0, NULL));
        if (canonical)
            canonicalize_writer(writer, sink);
        start(writer, "a");
        start(writer, "b");
        bytes(writer, "0123456");
        expect_hr(WS_S_ASYNC, WsFlushWriter(writer, 0, &async, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
        complete(&channel, S_OK);
        bytes(writer, "789"); /* the bytes go on */
        end(writer);
        start(writer, "c");
        ok(WsPushBytes(writer, push_pieces, &pushed, NULL));
        expect(pushed.calls == (unsigned)canonical);
        end(writer);
        expect_hr(WS_S_ASYNC, WsFlushWriter(writer, 0, &async, NULL));
        complete(&channel, S_OK);
        end(writer);
        expect_hr(WS_S_ASYNC, WsFlushWriter(writer, 0, &async, NULL));
        expect(pushed.calls == 1);
        expect_hr(WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(writer, NULL));
        complete(&channel, S_OK);
        expect(channel.done == 3 && channel.hr == S_OK);
        expect_hr(WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("d"), X(""), NULL));
        if (canonical)
            ok(WsEndWriterCanonicalization(writer, NULL));
        set_package(reader, &with_header, channel.bytes, channel.count);
        canonicalize_reader(reader, read);
        ok(read_mtom(reader, 0, &dump, NULL));
        ok(WsEndReaderCanonicalization(reader, NULL));
        expect(strstr(dump.text, "<b>{0123456789}</>") != NULL);
    }
    expect_form(sink, read->text); /* of the same content */
    free(sink);
    free(read);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

TEST(a_last_flush_that_fails_later)
{
    static struct channel channel;
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, &channel};
    WS_ASYNC_CONTEXT async = {done, &channel};
    WS_XML_WRITER *writer = NULL;
    struct sink *sink = new_sink();

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    ok(WsSetOutput(writer, &mtom.encoding, &stream.output, NULL, 0, NULL));
    canonicalize_writer(writer, sink);
    start(writer, "a");
    bytes(writer, "0123456");
    end(writer);
    expect_hr(WS_S_ASYNC, WsFlushWriter(writer, 0, &async, NULL));
    complete(&channel, E_FAIL);
    expect(channel.done == 1 && channel.hr == E_FAIL);
    expect_hr(WS_E_OBJECT_FAULTED, WsFlushWriter(writer, 0, &async, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsEndWriterCanonicalization(writer, NULL));
    ok(WsSetOutput(writer, &mtom.encoding, &memory_output.output, NULL, 0, NULL));
    start(writer, "a");
    end(writer);
    expect_size(1, count_of(written(writer), "<a/>"));
    free(sink);
    WsFreeWriter(writer);
}

TEST(bytes_to_close_without_a_limit_for_inline_bytes)
{
    WS_XML_WRITER_MTOM_ENCODING all_inline = mtom;
    WS_XML_WRITER *writer = create_writer_of(&utf8.encoding);
    ULONG close = 0;

    all_inline.maxInlineByteCount = 0xffffffff;
    ok(WsSetOutput(writer, &all_inline.encoding, &memory_output.output, NULL, 0, NULL));
    start(writer, "a");
    bytes(writer, "0123456");
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE, &close, sizeof(close), NULL));
    expect(close >= 16 && close < 1000);
    end(writer);
    expect_size(1, count_of(written(writer), "<a>MDEyMzQ1Ng==</a>"));
    WsFreeWriter(writer);
}
