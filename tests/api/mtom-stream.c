/* SPDX-License-Identifier: MIT */
/*
 * Readers of the MTOM encoding: streams and limits.
 *
 * Source: the pages of WS_XML_READER_MTOM_ENCODING, WS_XML_READER_PROPERTY_ID and WsFillReader.
 */
#include "support/mtom.h"

#include <stdlib.h>

/* --- Streams --- */

TEST(a_stream_of_any_length_is_read_in_little_memory)
{
    enum
    {
        SIZE = 3000000
    };
    static const char before[] = HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1");
    BYTE *package = malloc(sizeof(before) + SIZE + sizeof(END)), buffer[1000];
    struct stream stream = {package, sizeof(before) - 1 + SIZE + sizeof(END) - 1, 0, 1000, 0};
    WS_XML_READER *reader = create_reader();
    ULONG headers = 512, count;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, &headers, sizeof(headers)};
    size_t i, total = 0;

    expect(package != NULL);
    memcpy(package, before, sizeof(before) - 1);
    for (i = 0; i < SIZE; i++)
        package[sizeof(before) - 1 + i] = (BYTE)(i * 7 ^ i >> 8);
    memcpy(package + sizeof(before) - 1 + SIZE, END, sizeof(END) - 1);
    set_package_stream(reader, &with_header, &stream, &property, 1);
    expect_hr(S_OK, WsFillReader(reader, 1, NULL, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    do
    {
        expect_hr(S_OK, WsFillReader(reader, 1, NULL, NULL));
        expect_hr(S_OK, WsReadBytes(reader, buffer, sizeof(buffer), &count, NULL));
        for (i = 0; i < count; i++, total++)
            if (buffer[i] != (BYTE)(total * 7 ^ total >> 8))
                test_fail(__FILE__, __LINE__, "byte %zu", total);
        expect(stream.pos <= total + 16384); /* not much is ahead */
    } while (count);
    expect_size(SIZE, total);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    WsFreeReader(reader);
    free(package);
}

TEST(what_is_shown_survives_filling)
{
    static const char package[] = HEADER ROOT
        "<a b='c'>" INCLUDE("1") "</a>" PART("1") "0123456789" PART("2") "0123456789012345678901234567890123456789" END;
    struct stream stream = {(const BYTE *)package, sizeof(package) - 1, 0, 1, 0};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    const WS_XML_BASE64_TEXT *text;
    ULONG fill, small = 16;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &small, sizeof(small)};

    set_package_stream(reader, &with_header, &stream, &property, 1);
    expect_hr(S_OK, WsFillReader(reader, 10, NULL, NULL));
    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsFillReader(reader, 11, NULL, NULL));
    expect(string_is(element->attributes[0]->localName, "b"));
    text = (const WS_XML_BASE64_TEXT *)((const WS_XML_TEXT_NODE *)next_node(reader, WS_XML_NODE_TYPE_TEXT))->text;
    for (fill = 1; fill < 300; fill += 7)
    {
        expect_hr(S_OK, WsFillReader(reader, fill, NULL, NULL));
        expect_size(10, text->length);
        expect(!memcmp(text->bytes, "0123456789", 10));
    }
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    WsFreeReader(reader);
}

TEST(without_enough_the_reader_says_so)
{
    static const char package[] = HEADER ROOT "<a>" INCLUDE("2") "</a>" PART("1") "one" PART("2") "two" END;
    struct stream stream = {(const BYTE *)package, sizeof(package) - 1, 0, 1, 0};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    BYTE bytes[8];
    ULONG count;

    set_package_stream(reader, &with_header, &stream, NULL, 0);
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsReadNode(reader, error), "WsFillReader");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    /* Passing a part is put off by functions that have done their work. */
    set_package_stream(reader, &with_header, &stream, NULL, 0);
    expect_hr(S_OK, WsFillReader(reader, 1, NULL, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsFillReader(reader, 1, NULL, NULL));
    expect_hr(S_OK, WsReadBytes(reader, bytes, 8, &count, NULL));
    expect_size(3, count);
    expect(!memcmp(bytes, "two", 3));
    WsFreeError(error);
    WsFreeReader(reader);
}

/* A callback whose answers come later, when the test says so. */
struct later
{
    struct stream stream;
    void *bytes;
    ULONG max, *actual;
    WS_ASYNC_CONTEXT context;
    HRESULT told;
};

static HRESULT CALLBACK read_later(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                                   WS_ERROR *error)
{
    struct later *later = state;

    (void)error;
    expect(context != NULL);
    later->bytes = bytes;
    later->max = max;
    later->actual = actual;
    later->context = *context;
    return WS_S_ASYNC;
}

static void CALLBACK filled(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    (void)model;
    ((struct later *)state)->told = hr;
}

TEST(asynchronous_filling)
{
    static const char package[] = HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1") "bytes" END;
    static const char broken[] = HEADER "\r\n--b?\r\n";
    struct later later = {{(const BYTE *)package, sizeof(package) - 1, 0, 10, 0}, NULL, 0, NULL, {NULL, NULL}, 0};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_later, &later};
    WS_ASYNC_CONTEXT context = {filled, &later};
    WS_XML_READER *reader = create_reader();
    HRESULT hr;
    int i;

    for (i = 0; i < 2; i++)
    {
        expect_hr(S_OK, WsSetInput(reader, &with_header.encoding, &input.input, NULL, 0, NULL));
        later.told = WS_S_ASYNC;
        later.stream.pos = 0;
        for (hr = WsFillReader(reader, 1, &context, NULL); later.told == WS_S_ASYNC;)
        {
            expect_hr(WS_S_ASYNC, hr);
            expect_hr(WS_E_INVALID_OPERATION, WsReadNode(reader, NULL));
            read_stream(&later.stream, later.bytes, later.max, later.actual, NULL, NULL);
            later.context.callback(S_OK, WS_SHORT_CALLBACK, later.context.callbackState);
        }
        expect_hr(i ? WS_E_INVALID_FORMAT : S_OK, later.told);
        if (!i)
        {
            next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
            next_node(reader, WS_XML_NODE_TYPE_TEXT);
        }
        later.stream.bytes = (const BYTE *)broken;
        later.stream.length = sizeof(broken) - 1;
    }
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    WsFreeReader(reader);
}

/* --- Limits --- */

static void expect_limit(const char *package, size_t length, WS_XML_READER_PROPERTY_ID id, ULONG enough,
                         const char *says_what)
{
    struct stream stream = {(const BYTE *)package, length, 0, 100, 0};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    static struct dump dump;
    ULONG limit = enough;
    WS_XML_READER_PROPERTY property = {id, &limit, sizeof(limit)};

    set_package_stream(reader, &with_header, &stream, &property, 1);
    expect_hr(S_OK, read_mtom(reader, 100000, &dump, NULL));
    limit--;
    set_package_stream(reader, &with_header, &stream, &property, 1);
    expect_refused(error, WS_E_QUOTA_EXCEEDED, read_mtom(reader, 100000, &dump, error), says_what);
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(limits_of_streams)
{
    static const char package[] = HEADER ROOT "<a>12345</a>" END;
    static const char kept[] = HEADER ROOT "<a>" INCLUDE("2") "</a>" PART("1") "1234567890" PART("2") "two" END;
    static const char earlier[] = HEADER PART("1") "1234567890" ROOT "<a/>" END;

    expect_limit(package, sizeof(package) - 1, WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE, 12,
                 "STREAM_MAX_ROOT_MIME_PART_SIZE");
    expect_limit(kept, sizeof(kept) - 1, WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE,
                 sizeof("<a>" INCLUDE("2") "</a>") - 1 + 10, "STREAM_MAX_ROOT_MIME_PART_SIZE");
    expect_limit(earlier, sizeof(earlier) - 1, WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE, 14,
                 "STREAM_MAX_ROOT_MIME_PART_SIZE");
    expect_limit(package, sizeof(package) - 1, WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, sizeof(HEADER) - 1,
                 "STREAM_MAX_MIME_HEADERS_SIZE");
    expect_limit(kept, sizeof(kept) - 1, WS_XML_READER_PROPERTY_MAX_MIME_PARTS, 3, "MAX_MIME_PARTS");
}

/* Each second part is passed, kept, and shown: what has been shown does not count any more. */
TEST(what_has_been_shown_is_not_kept)
{
    enum
    {
        PARTS = 20,
        SIZE = 30000
    };
    char *package = malloc(PARTS * (SIZE + 500)), *to = package;
    struct stream stream = {(const BYTE *)package, 0, 0, 10000, 0};
    WS_XML_READER *reader = create_reader();
    const WS_XML_NODE *node;
    size_t total = 0;
    int i;

    expect(package != NULL);
    to += sprintf(to, "%s%s<a>", HEADER, ROOT);
    for (i = 0; i < PARTS; i++)
        to += sprintf(to, "<x:Include href='cid:%d' xmlns:x='http://www.w3.org/2004/08/xop/include'/>", i ^ 1);
    to += sprintf(to, "</a>");
    for (i = 0; i < PARTS; i++)
    {
        to += sprintf(to, "\r\n--b\r\nContent-ID: <%d>\r\n\r\n", i);
        memset(to, '0' + i, SIZE);
        to += SIZE;
    }
    to += sprintf(to, "%s", END);
    stream.length = (size_t)(to - package);
    set_package_stream(reader, &with_header, &stream, NULL, 0);
    do
    {
        expect_hr(S_OK, WsFillReader(reader, SIZE + 1000, NULL, NULL));
        expect_hr(S_OK, WsReadNode(reader, NULL));
        node = current_node(reader);
        if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
        {
            const WS_XML_BASE64_TEXT *text = (const WS_XML_BASE64_TEXT *)((const WS_XML_TEXT_NODE *)node)->text;

            expect(text->bytes[0] == (BYTE)('0' + (total / SIZE ^ 1)));
            total += text->length;
        }
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    expect_size((size_t)PARTS * SIZE, total);
    WsFreeReader(reader);
    free(package);
}

TEST(limits_have_the_documented_defaults)
{
    static const WS_XML_READER_PROPERTY_ID ids[] = {WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE,
                                                    WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE,
                                                    WS_XML_READER_PROPERTY_MAX_MIME_PARTS};
    static const ULONG values[] = {65536, 256, 4096};
    static const char start[] = HEADER ROOT "<a>", end[] = "</a>" END;
    static const char more[] =
        "X-Other: 0123456789012345678901234567890123456789012345678901234567890123456789\r\n"
        "X-Other: 0123456789012345678901234567890123456789012345678901234567890123456789\r\n"
        "X-Other: 0123456789012345678901234567890123456789012345678901234567890123456789\r\n" HEADER ROOT "<a/>" END;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    char *package = malloc(70000);
    struct stream stream = {(const BYTE *)package, 0, 0, 5000, 0};
    static struct dump dump;
    ULONG value, size;
    size_t i;

    expect(package != NULL);
    set_package(reader, &with_header, more, sizeof(more) - 1);
    for (i = 0; i < 3; i++)
    {
        expect_hr(S_OK, WsGetReaderProperty(reader, ids[i], &value, sizeof(value), NULL));
        expect_size(values[i], value);
    }
    for (size = 65536; size <= 65537; size++)
    {
        memcpy(package, start, sizeof(start) - 1);
        memset(package + sizeof(start) - 1, '\n', size - 7);
        memcpy(package + sizeof(start) - 1 + size - 7, end, sizeof(end) - 1);
        stream.length = sizeof(start) - 1 + size - 7 + sizeof(end) - 1;
        set_package_stream(reader, &with_header, &stream, NULL, 0);
        expect_hr(size == 65536 ? S_OK : WS_E_QUOTA_EXCEEDED, WsFillReader(reader, 1, NULL, NULL));
    }
    /* Of a buffer, neither headers nor the root part are limited. */
    set_package(reader, &with_header, package, stream.length);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    stream.bytes = (const BYTE *)more;
    stream.length = sizeof(more) - 1;
    set_package_stream(reader, &with_header, &stream, NULL, 0);
    expect_refused(error, WS_E_QUOTA_EXCEEDED, read_mtom(reader, 1, &dump, error), "allows: 256");
    free(package);
    WsFreeError(error);
    WsFreeReader(reader);
}

/* Thousands of parts, referred to from the last to the first. */
TEST(many_parts_backwards)
{
    enum
    {
        PARTS = 4095
    };
    char *package = malloc(PARTS * 250 + 1000), *to = package;
    WS_XML_READER *reader = create_reader();
    const WS_XML_NODE *node;
    int i, texts = 0;

    expect(package != NULL);
    to += sprintf(to, "%s%s<a>", HEADER, ROOT);
    for (i = PARTS; i > 0; i--)
        to += sprintf(to, "<x:Include href='cid:%d' xmlns:x='http://www.w3.org/2004/08/xop/include'/>", i);
    to += sprintf(to, "</a>");
    for (i = 1; i <= PARTS; i++)
        to += sprintf(to, "\r\n--b\r\nContent-ID: <%d>\r\n\r\n%d", i, i);
    to += sprintf(to, "%s", END);
    set_package(reader, &with_header, package, (size_t)(to - package));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    for (;;)
    {
        char number[12];
        const WS_XML_BASE64_TEXT *text;

        expect_hr(S_OK, WsReadNode(reader, NULL));
        node = current_node(reader);
        if (node->nodeType != WS_XML_NODE_TYPE_TEXT)
            break;
        text = (const WS_XML_BASE64_TEXT *)((const WS_XML_TEXT_NODE *)node)->text;
        sprintf(number, "%d", PARTS - texts++);
        expect(text->length == strlen(number) && !memcmp(text->bytes, number, text->length));
    }
    expect_size(PARTS, texts);
    WsFreeReader(reader);
    free(package);
}
