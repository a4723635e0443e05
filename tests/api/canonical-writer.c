/* SPDX-License-Identifier: MIT */
/*
 * The canonical form of what a writer writes: WsStartWriterCanonicalization, WsEndWriterCanonicalization.
 *
 * Source: the pages of the functions, and of WS_XML_CANONICALIZATION_PROPERTIES.
 */
#include "support/canonical.h"
#include "support/writer.h"

#define ONE(...) (const PROPERTY[]){__VA_ARGS__}, 1
#define TWO(...) (const PROPERTY[]){__VA_ARGS__}, 2

/* --- Outputs: the canonical form depends on none of them --- */

enum output
{
    UTF8_OUTPUT,
    UTF16_OUTPUT,
    BINARY_OUTPUT,
    BUFFER_OUTPUT,
    OUTPUT_COUNT
};

struct place
{
    WS_XML_WRITER *writer;
    WS_HEAP *heap;
    WS_XML_BUFFER *buffer;
    enum output output;
    struct sink sink;
};

static void open_place(struct place *place, enum output output, BOOL fragment)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    static const WS_XML_WRITER_ENCODING *const encodings[] = {&utf8.encoding, &utf16.encoding, &binary.encoding};
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)};

    if (!place->writer)
    {
        ok(WsCreateWriter(NULL, 0, &place->writer, NULL));
        place->heap = create_heap(1 << 20);
    }
    memset(&place->sink, 0, sizeof(place->sink));
    place->output = output;
    if (output < BUFFER_OUTPUT)
    {
        ok(WsSetOutput(place->writer, encodings[output], &memory_output.output, &property, 1, NULL));
        return;
    }
    ok(WsCreateXmlBuffer(place->heap, NULL, 0, &place->buffer, NULL));
    ok(WsSetOutputToBuffer(place->writer, place->buffer, &property, 1, NULL));
}

static void close_place(struct place *place)
{
    WsFreeWriter(place->writer);
    WsFreeHeap(place->heap);
    memset(place, 0, sizeof(*place));
}

static void begin(struct place *place, const PROPERTY *properties, ULONG count)
{
    ok(WsStartWriterCanonicalization(place->writer, write_sink, &place->sink, properties, count, NULL));
}

static void finish(struct place *place)
{
    ok(WsEndWriterCanonicalization(place->writer, NULL));
}

/* What a reader of all that was written makes of it. */
static void read_back(struct place *place, const PROPERTY *properties, ULONG count, BOOL fragment, struct sink *sink)
{
    /* Stated, since a document that is empty or begins with white space is not enough to detect it. */
    const WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT},
                                              place->output == UTF16_OUTPUT ? WS_CHARSET_UTF16LE : WS_CHARSET_UTF8};
    static const WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)};
    const WS_XML_NODE *node;
    WS_XML_READER *reader = NULL;
    WS_BYTES bytes;

    ok(WsCreateReader(NULL, 0, &reader, NULL));
    if (place->output == BUFFER_OUTPUT)
        ok(WsSetInputToBuffer(reader, place->buffer, &property, 1, NULL));
    else
    {
        bytes = get_bytes(place->writer);
        input.encodedData = bytes.bytes;
        input.encodedDataSize = bytes.length;
        ok(WsSetInput(reader, place->output == BINARY_OUTPUT ? &binary.encoding : &text.encoding, &input.input,
                      &property, 1, NULL));
    }
    memset(sink, 0, sizeof(*sink));
    ok(WsStartReaderCanonicalization(reader, write_sink, sink, properties, count, NULL));
    do
    {
        ok(WsReadNode(reader, NULL));
        ok(WsGetReaderNode(reader, &node, NULL));
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    ok(WsEndReaderCanonicalization(reader, NULL));
    WsFreeReader(reader);
}

/* Has `write` write a document to each output; the form must be this one, and the reader's the same. */
static void check_form(void (*write)(WS_XML_WRITER *), const PROPERTY *properties, ULONG count, BOOL fragment,
                       const char *form, int line)
{
    static struct place place;
    static struct sink sink;
    enum output output;

    for (output = UTF8_OUTPUT; output < OUTPUT_COUNT; output++)
    {
        open_place(&place, output, fragment);
        begin(&place, properties, count);
        write(place.writer);
        finish(&place);
        if (place.sink.length != strlen(form) || memcmp(place.sink.text, form, place.sink.length))
            test_fail(__FILE__, line, "output %d:\n# %.*s\n# not\n# %s", (int)output, (int)place.sink.length,
                      place.sink.text, form);
        read_back(&place, properties, count, fragment, &sink);
        if (sink.length != place.sink.length || memcmp(place.sink.text, sink.text, sink.length))
            test_fail(__FILE__, line, "output %d, when read:\n# %.*s\n# not\n# %s", (int)output, (int)sink.length,
                      sink.text, form);
    }
    close_place(&place);
}

#define expect_canonical(form, write, ...)          check_form(write, __VA_ARGS__, FALSE, form, __LINE__)
#define expect_canonical_fragment(form, write, ...) check_form(write, __VA_ARGS__, TRUE, form, __LINE__)

/* --- Elements and attributes --- */

static void write_tags(WS_XML_WRITER *writer)
{
    start(writer, "doc");
    start(writer, "e3");
    attribute(writer, "name", "elem3");
    attribute(writer, "id", "elem3");
    end(writer);
    ok(WsWriteStartElement(writer, X(""), X("e5"), X("http://example.org"), NULL));
    ok(WsWriteStartAttribute(writer, X("a"), X("attr"), X("http://www.w3.org"), TRUE, NULL));
    chars8(writer, "out");
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, X("b"), X("attr"), X("http://www.ietf.org"), FALSE, NULL));
    chars8(writer, "sorted");
    ok(WsWriteEndAttribute(writer, NULL));
    attribute(writer, "attr2", "all");
    attribute(writer, "attr", "I'm \"<&>\t\n\r");
    ok(WsWriteXmlnsAttribute(writer, X("c"), X("urn:unused"), FALSE, NULL));
    end(writer);
    ok(WsWriteStartElement(writer, X("p"), X("x"), X("urn:p"), NULL));
    ok(WsWriteStartElement(writer, NULL, X("y"), X("urn:p"), NULL));
    ok(WsWriteStartElement(writer, NULL, X("z"), X("urn:z"), NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("m"), X("urn:m"), FALSE, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    end(writer);
    end(writer);
    end(writer);
}

#define TAGS(unused) \
    "<doc><e3 id=\"elem3\" name=\"elem3\"></e3>" \
    "<e5 xmlns=\"http://example.org\" xmlns:a=\"http://www.w3.org\" xmlns:b=\"http://www.ietf.org\"" unused \
    " attr=\"I'm &quot;&lt;&amp;>&#x9;&#xA;&#xD;\" attr2=\"all\" b:attr=\"sorted\" a:attr=\"out\"></e5>" \
    "<p:x xmlns:p=\"urn:p\"><p:y><z xmlns=\"urn:z\" xmlns:a=\"urn:m\" a:m=\"\"></z></p:y></p:x></doc>"

TEST(tags)
{
    expect_canonical(TAGS(""), write_tags, NULL, 0);
    expect_canonical(TAGS(" xmlns:c=\"urn:unused\""), write_tags, ONE(INCLUSIVE));
    expect_canonical("<doc><e3 id=\"elem3\" name=\"elem3\"></e3>"
                     "<p:x xmlns:p=\"urn:p\"><p:y><z xmlns=\"urn:z\" xmlns:a=\"urn:m\" a:m=\"\"></z></p:y></p:x></doc>",
                     write_tags, ONE(OMITTED("e5", "http://example.org")));
}

/* --- Content --- */

static HRESULT CALLBACK push(void *state, WS_WRITE_CALLBACK write, void *write_state, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error)
{
    WS_BYTES pieces[] = {{2, (BYTE *)"ab"}, {3, (BYTE *)"cde"}};

    (void)state, (void)context;
    return write(write_state, pieces, 2, NULL, error);
}

static HRESULT CALLBACK pull(void *state, void *bytes, ULONG room, ULONG *count, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error)
{
    int *left = state;

    (void)room, (void)context, (void)error;
    *count = *left > 0;
    *(BYTE *)bytes = (BYTE)('a' + --*left);
    return S_OK;
}

static void write_content(WS_XML_WRITER *writer)
{
    static const WCHAR pair[] = {'x', 0xd83d, 0xde00, '<', '\r'};
    static const GUID guid = {0x01234567, 0x89ab, 0xcdef, {0, 1, 2, 3, 4, 5, 6, 7}};
    static const int32_t array[] = {1, -2, 3};
    int32_t number = -7;
    int left = 4;
    double one_tenth = 0.1;

    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("n"), X(""), FALSE, NULL));
    ok(WsWriteValue(writer, WS_DOUBLE_VALUE_TYPE, &one_tenth, sizeof(one_tenth), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteChars(writer, pair, 2, NULL));
    ok(WsWriteChars(writer, pair + 2, 3, NULL));
    chars8(writer, "\xe2");
    chars8(writer, "\x82");
    chars8(writer, "\xac&>\n");
    start(writer, "b");
    ok(WsWriteBytes(writer, "a", 1, NULL));
    ok(WsWriteBytes(writer, "b", 1, NULL));
    ok(WsWriteBytes(writer, "cdefg", 5, NULL));
    end(writer);
    start(writer, "b");
    ok(WsPushBytes(writer, push, NULL, NULL));
    ok(WsPullBytes(writer, pull, &left, NULL));
    end(writer);
    start(writer, "v");
    ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL));
    end(writer);
    start(writer, "v");
    ok(WsWriteValue(writer, WS_GUID_VALUE_TYPE, &guid, sizeof(guid), NULL));
    end(writer);
    start(writer, "c");
    ok(WsWriteStartCData(writer, NULL));
    chars8(writer, "<&>]]");
    ok(WsWriteEndCData(writer, NULL));
    end(writer);
    ok(WsWriteStartElement(writer, X("p"), X("q"), X("urn:p"), NULL));
    ok(WsWriteQualifiedName(writer, NULL, X("name"), X("urn:p"), NULL));
    end(writer);
    ok(WsWriteArray(writer, X("i"), X(""), WS_INT32_VALUE_TYPE, array, sizeof(array), 0, 3, NULL));
    ok(WsWriteStartElement(writer, NULL, X("e"), X(""), NULL));
    ok(WsWriteEndStartElement(writer, NULL));
    end(writer);
    end(writer);
}

TEST(content)
{
    expect_canonical("<a n=\"0.1\">x\xf0\x9f\x98\x80&lt;&#xD;\xe2\x82\xac&amp;&gt;\n<b>YWJjZGVmZw==</b>"
                     "<b>YWJjZGVkY2Jh</b><v>-7</v><v>01234567-89ab-cdef-0001-020304050607</v>"
                     "<c>&lt;&amp;&gt;]]</c><p:q xmlns:p=\"urn:p\">p:name</p:q><i>1</i><i>-2</i><i>3</i><e></e></a>",
                     write_content, NULL, 0);
}

static void write_long(WS_XML_WRITER *writer)
{
    static BYTE bytes[10000];
    static WCHAR chars[3000];
    size_t i;

    for (i = 0; i < sizeof(bytes); i++)
        bytes[i] = (BYTE)(i * i);
    for (i = 0; i < 3000; i++)
        chars[i] = i % 3 ? (WCHAR)('a' + i % 26) : i % 2 ? 0x20ac : '&';
    for (i = 255; i < 3000; i += 100)
    {
        chars[i] = 0xd83d;
        chars[i + 1] = 0xde00;
    }
    start(writer, "a");
    for (i = 0; i < sizeof(bytes); i += 777)
        ok(WsWriteBytes(writer, bytes + i, (ULONG)(sizeof(bytes) - i < 777 ? sizeof(bytes) - i : 777), NULL));
    ok(WsWriteEndElement(writer, NULL));
    ok(WsWriteStartElement(writer, NULL, X("b"), X(""), NULL));
    ok(WsWriteChars(writer, chars, 3000, NULL));
    end(writer);
}

TEST(long_content)
{
    static struct place place;
    static struct sink sink, first;
    enum output output;

    for (output = UTF8_OUTPUT; output < OUTPUT_COUNT; output++)
    {
        open_place(&place, output, TRUE);
        begin(&place, NULL, 0);
        write_long(place.writer);
        finish(&place);
        if (output == UTF8_OUTPUT)
            first = place.sink;
        read_back(&place, NULL, 0, TRUE, &sink);
        expect_size(first.length, place.sink.length);
        expect(!memcmp(first.text, place.sink.text, first.length));
        expect_size(first.length, sink.length);
        expect(!memcmp(first.text, sink.text, first.length));
        expect_size(1024, place.sink.smallest);
    }
    expect(first.length > 13336 + 3000);
    close_place(&place);
}

static void write_comment(WS_XML_WRITER *writer, const char *text)
{
    WS_XML_COMMENT_NODE node = {{WS_XML_NODE_TYPE_COMMENT}, {(ULONG)strlen(text), (BYTE *)text, NULL, 0}};

    ok(WsWriteNode(writer, &node.node, NULL));
}

static void write_comments(WS_XML_WRITER *writer)
{
    chars8(writer, " ");
    write_comment(writer, "0");
    chars8(writer, "\n");
    start(writer, "a");
    write_comment(writer, "<1>");
    end(writer);
    ok(WsWriteText(writer, &((WS_XML_UTF16_TEXT){{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)(WCHAR[]){' '}, 2}).text, NULL));
    write_comment(writer, "2");
}

TEST(comments)
{
    expect_canonical("<a></a>", write_comments, NULL, 0);
    expect_canonical("<a></a>", write_comments, ONE(INCLUSIVE));
    expect_canonical("<!--0-->\n<a><!--<1>--></a>\n<!--2-->", write_comments, ONE(WITH_COMMENTS));
    expect_canonical("<!--0-->\n<a><!--<1>--></a>\n<!--2-->", write_comments, ONE(INCLUSIVE_WITH_COMMENTS));
    /* In fragments all text counts. */
    expect_canonical_fragment(" \n<a></a> ", write_comments, NULL, 0);
}

/* What a reader makes of CR where it cannot be escaped. */
static void write_returns(WS_XML_WRITER *writer)
{
    start(writer, "a");
    ok(WsWriteStartCData(writer, NULL));
    chars8(writer, "1\r");
    chars8(writer, "\n2\r\r3\r");
    ok(WsWriteEndCData(writer, NULL));
    ok(WsWriteStartCData(writer, NULL));
    chars8(writer, "\n");
    ok(WsWriteEndCData(writer, NULL));
    chars8(writer, "\r\n");
    write_comment(writer, "\r\nx\r");
    end(writer);
}

TEST(line_ends_that_are_not_escaped)
{
    static struct place place;
    static struct sink sink;

    open_place(&place, UTF8_OUTPUT, FALSE);
    begin(&place, ONE(WITH_COMMENTS));
    write_returns(place.writer);
    finish(&place);
    expect_form(&place.sink, "<a>1\n2\n\n3\n\n&#xD;\n<!--\nx\n--></a>");
    read_back(&place, ONE(WITH_COMMENTS), FALSE, &sink);
    expect_form(&sink, "<a>1\n2\n\n3\n\n&#xD;\n<!--\nx\n--></a>");

    open_place(&place, BINARY_OUTPUT, FALSE);
    begin(&place, NULL, 0);
    write_returns(place.writer);
    finish(&place);
    expect_form(&place.sink, "<a>1&#xD;\n2&#xD;&#xD;3&#xD;\n&#xD;\n</a>");
    read_back(&place, NULL, 0, FALSE, &sink);
    expect_form(&sink, "<a>1&#xD;\n2&#xD;&#xD;3&#xD;\n&#xD;\n</a>");
    close_place(&place);
}

TEST(indentation_is_text)
{
    ULONG four = 4;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_INDENT, &four, sizeof(four)};
    static struct place place;

    open_place(&place, UTF8_OUTPUT, FALSE);
    set_output(place.writer, &property, 1);
    begin(&place, ONE(WITH_COMMENTS));
    write_comment(place.writer, "c");
    start(place.writer, "a");
    start(place.writer, "b");
    end(place.writer);
    end(place.writer);
    finish(&place);
    expect_form(&place.sink, "<!--c-->\n<a>\n    <b></b>\n</a>");
    close_place(&place);
}

/* --- Parts of a document --- */

static void write_nothing(WS_XML_WRITER *writer)
{
    (void)writer;
}

TEST(a_part_of_a_document)
{
    static WS_XML_STRING prefixes[] = {STRING("p"), STRING(""), STRING("unknown")};
    static struct place place;
    enum output output;

    expect_canonical_fragment("", write_nothing, NULL, 0);
    for (output = UTF8_OUTPUT; output < OUTPUT_COUNT; output++)
    {
        open_place(&place, output, FALSE);
        ok(WsWriteStartElement(place.writer, X(""), X("a"), X("urn:a"), NULL));
        ok(WsWriteXmlnsAttribute(place.writer, X("p"), X("urn:p"), FALSE, NULL));
        ok(WsWriteXmlnsAttribute(place.writer, X("q"), X("urn:q"), FALSE, NULL));
        /* The start tag that is open is not part of it. */
        begin(&place, ONE(PREFIXES(3, prefixes)));
        expect_hr(WS_E_INVALID_OPERATION, WsWriteStartAttribute(place.writer, NULL, X("late"), X(""), FALSE, NULL));
        chars8(place.writer, "text");
        ok(WsWriteStartElement(place.writer, X("q"), X("b"), X("urn:q"), NULL));
        ok(WsWriteStartElement(place.writer, X(""), X("c"), X(""), NULL));
        end(place.writer);
        end(place.writer);
        ok(WsWriteStartElement(place.writer, X("q"), X("b"), X("urn:q"), NULL));
        ok(WsWriteXmlnsAttribute(place.writer, X("p"), X("urn:other"), FALSE, NULL));
        end(place.writer);
        finish(&place);
        start(place.writer, "d");
        end(place.writer);
        end(place.writer);
        expect_form(&place.sink, "text<q:b xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\">"
                                 "<c xmlns=\"\"></c></q:b>"
                                 "<q:b xmlns=\"urn:a\" xmlns:p=\"urn:other\" xmlns:q=\"urn:q\"></q:b>");
        if (output == UTF8_OUTPUT)
            expect_output(place.writer, "<a xmlns:p=\"urn:p\" xmlns:q=\"urn:q\" xmlns=\"urn:a\">text<q:b>"
                                        "<c xmlns=\"\"/></q:b><q:b xmlns:p=\"urn:other\"/>"
                                        "<d xmlns=\"\"/></a>");
    }
    close_place(&place);
}

TEST(whole_buffers)
{
    static struct place from, to;

    open_place(&from, BUFFER_OUTPUT, FALSE);
    write_tags(from.writer);
    open_place(&to, UTF8_OUTPUT, FALSE);
    begin(&to, NULL, 0);
    ok(WsWriteXmlBuffer(to.writer, from.buffer, NULL));
    finish(&to);
    expect_form(&to.sink, TAGS(""));
    close_place(&from);
    close_place(&to);
}

TEST(a_place_in_a_buffer)
{
    static struct place place;

    open_place(&place, BUFFER_OUTPUT, FALSE);
    start(place.writer, "a");
    end(place.writer);
    /* Before the root; that is the beginning, too. */
    ok(WsMoveWriter(place.writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    begin(&place, ONE(INCLUSIVE_WITH_COMMENTS));
    write_comment(place.writer, "1");
    finish(&place);
    expect_form(&place.sink, "<!--1-->\n");
    ok(WsMoveWriter(place.writer, WS_MOVE_TO_EOF, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION,
              WsStartWriterCanonicalization(place.writer, write_sink, &place.sink, ONE(INCLUSIVE), NULL));
    memset(&place.sink, 0, sizeof(place.sink));
    begin(&place, ONE(WITH_COMMENTS));
    write_comment(place.writer, "2");
    finish(&place);
    expect_form(&place.sink, "\n<!--2-->");
    close_place(&place);
}

/* --- Rules --- */

/* Attributes can be added to an element that the writer has been moved to, but that is not in the form. */
TEST(the_element_around_gets_no_attributes)
{
    struct place place = {0};

    open_place(&place, BUFFER_OUTPUT, FALSE);
    start(place.writer, "a");
    end(place.writer);
    ok(WsMoveWriter(place.writer, WS_MOVE_TO_ROOT_ELEMENT, NULL, NULL));
    begin(&place, NULL, 0);
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartAttribute(place.writer, NULL, &(WS_XML_STRING)STRING("b"),
                                                            &(WS_XML_STRING)STRING(""), FALSE, NULL));
    ok(WsEndWriterCanonicalization(place.writer, NULL));
    expect_form(&place.sink, "");
    close_place(&place);
}

TEST(it_ends_where_it_was_started)
{
    static struct place place;
    WS_ERROR *error = create_error();

    open_place(&place, UTF8_OUTPUT, FALSE);
    expect_refused(error, WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(place.writer, error), "not been started");
    start(place.writer, "a");
    begin(&place, NULL, 0);
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartWriterCanonicalization(place.writer, write_sink, &place.sink, NULL, 0, error), "already");
    start(place.writer, "b");
    expect_refused(error, WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(place.writer, error),
                   "started at depth 1 and must end there: the writer is at depth 2");
    attribute(place.writer, "c", "d"); /* the start tag is as it was */
    chars8(place.writer, "x");
    expect_refused(error, WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(place.writer, error),
                   "started at depth 1 and must end there: the writer is at depth 2");
    end(place.writer);
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEndElement(place.writer, error), "cannot end");
    finish(&place);
    expect_form(&place.sink, "<b c=\"d\">x</b>");
    expect_hr(WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(place.writer, NULL));
    memset(&place.sink, 0, sizeof(place.sink));
    begin(&place, NULL, 0);
    finish(&place);
    expect_size(0, place.sink.calls);
    end(place.writer);
    expect_output(place.writer, "<a><b c=\"d\">x</b></a>");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(place.writer, error), "no open element");

    open_place(&place, UTF8_OUTPUT, FALSE);
    start(place.writer, "a");
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartWriterCanonicalization(place.writer, write_sink, &place.sink, ONE(INCLUSIVE), error),
                   "beginning");
    attribute(place.writer, "late", "enough"); /* that has changed nothing */
    ok(WsWriteStartAttribute(place.writer, NULL, X("x"), X(""), FALSE, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartWriterCanonicalization(place.writer, write_sink, &place.sink, NULL, 0, error), "attribute");
    ok(WsSetOutput(place.writer, NULL, NULL, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION,
              WsStartWriterCanonicalization(place.writer, write_sink, &place.sink, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(place.writer, NULL));
    ok(WsSetOutput(place.writer, &(WS_XML_WRITER_ENCODING){WS_XML_WRITER_ENCODING_TYPE_RAW}, &memory_output.output,
                   NULL, 0, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsStartWriterCanonicalization(place.writer, write_sink, &place.sink, NULL, 0, error), "raw");
    WsFreeError(error);
    close_place(&place);
}

TEST(arguments_are_checked)
{
    static struct place place;
    WS_ERROR *error = create_error();
    static WS_XML_STRING bad[] = {STRING("a b")};
    PROPERTY unknown = {9, NULL, 0};

    open_place(&place, UTF8_OUTPUT, FALSE);
    start(place.writer, "a");
    expect_hr(E_INVALIDARG, WsStartWriterCanonicalization(NULL, write_sink, NULL, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsEndWriterCanonicalization(NULL, NULL));
    expect_refused(error, E_INVALIDARG, WsStartWriterCanonicalization(place.writer, NULL, NULL, NULL, 0, error),
                   "callback");
    expect_refused(error, E_INVALIDARG,
                   WsStartWriterCanonicalization(place.writer, write_sink, NULL, &unknown, 1, error), "property 9");
    expect_refused(error, E_INVALIDARG, WsStartWriterCanonicalization(place.writer, write_sink, NULL, NULL, 1, error),
                   "count is 1");
    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsStartWriterCanonicalization(place.writer, write_sink, NULL, ONE(PREFIXES(1, bad)), error),
                   "inclusive prefix");
    attribute(place.writer, "b", "c");
    /* The open start tag cannot be committed. */
    ok(WsWriteStartAttribute(place.writer, X("p"), X("x"), X("u"), FALSE, NULL));
    ok(WsWriteEndAttribute(place.writer, NULL));
    ok(WsWriteStartAttribute(place.writer, X("p"), X("y"), X("v"), FALSE, NULL));
    ok(WsWriteEndAttribute(place.writer, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsStartWriterCanonicalization(place.writer, write_sink, NULL, NULL, 0, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsStartWriterCanonicalization(place.writer, write_sink, NULL, NULL, 0, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsEndWriterCanonicalization(place.writer, NULL));
    /* The text before it, or at its end, is not finished. */
    open_place(&place, UTF8_OUTPUT, FALSE);
    start(place.writer, "a");
    chars8(place.writer, "\xc3");
    expect_hr(WS_E_INVALID_FORMAT, WsStartWriterCanonicalization(place.writer, write_sink, NULL, NULL, 0, NULL));
    open_place(&place, UTF8_OUTPUT, FALSE);
    start(place.writer, "a");
    begin(&place, NULL, 0);
    chars8(place.writer, "\xc3");
    expect_hr(WS_E_INVALID_FORMAT, WsEndWriterCanonicalization(place.writer, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsEndWriterCanonicalization(place.writer, NULL));
    WsFreeError(error);
    close_place(&place);
}

TEST(a_writer_is_not_moved_meanwhile)
{
    static struct place place;
    WS_XML_NODE_POSITION position;
    WS_ERROR *error = create_error();
    BOOL found = 7;

    open_place(&place, BUFFER_OUTPUT, FALSE);
    start(place.writer, "a");
    begin(&place, NULL, 0);
    start(place.writer, "b");
    ok(WsGetWriterPosition(place.writer, &position, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsSetWriterPosition(place.writer, &position, error),
                   "canonicalization");
    expect_refused(error, WS_E_INVALID_OPERATION, WsMoveWriter(place.writer, WS_MOVE_TO_BOF, &found, error),
                   "canonicalization");
    expect_size(7, (size_t)found);
    end(place.writer);
    finish(&place);
    expect_form(&place.sink, "<b></b>");
    ok(WsSetWriterPosition(place.writer, &position, NULL));
    WsFreeError(error);
    close_place(&place);
}

/* --- Callbacks --- */

static void use_writer(void *object)
{
    WS_BYTES bytes;

    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(object, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsEndWriterCanonicalization(object, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsSetOutput(object, NULL, NULL, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_OPERATION,
              WsGetWriterProperty(object, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
}

static void free_writer(void *object)
{
    WsFreeWriter(object);
}

/* Writes until something fails; says how. */
static HRESULT write_until_failure(WS_XML_WRITER *writer)
{
    WS_XML_ELEMENT_NODE node = {.node = {WS_XML_NODE_TYPE_ELEMENT}, .prefix = X(""), .localName = X("c"), .ns = X("")};
    HRESULT hr;

    if ((hr = WsWriteStartElement(writer, NULL, X("a"), X(""), NULL)) != S_OK ||
        (hr = WsWriteNode(writer, &node.node, NULL)) != S_OK || (hr = WsWriteEndElement(writer, NULL)) != S_OK ||
        (hr = WsWriteStartElement(writer, NULL, X("b"), X(""), NULL)) != S_OK ||
        (hr = WsWriteBytes(writer, "abcd", 4, NULL)) != S_OK || (hr = WsWriteEndElement(writer, NULL)) != S_OK ||
        (hr = WsWriteCharsUtf8(writer, (const BYTE *)"text", 4, NULL)) != S_OK ||
        (hr = WsWriteEndElement(writer, NULL)) != S_OK)
        return hr;
    return WsEndWriterCanonicalization(writer, NULL);
}

TEST(the_callback_cannot_use_the_writer)
{
    static struct place place;

    open_place(&place, UTF8_OUTPUT, FALSE);
    place.sink.meanwhile = use_writer;
    place.sink.object = place.writer;
    begin(&place, ONE(OUTPUT_SIZE(1)));
    ok(write_until_failure(place.writer));
    expect_form(&place.sink, "<a><c></c><b>YWJjZA==</b>text</a>");
    close_place(&place);
}

TEST(a_failing_callback_faults_the_writer)
{
    static const HRESULT failures[] = {E_FAIL, E_INVALIDARG, WS_E_INVALID_OPERATION, WS_S_ASYNC};
    static struct place place;
    unsigned fails_at;
    size_t i;

    for (i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
        for (fails_at = 1; fails_at < 9; fails_at++)
        {
            open_place(&place, (enum output)(fails_at % OUTPUT_COUNT), FALSE);
            place.sink.fails_at = fails_at;
            place.sink.failure = failures[i];
            begin(&place, ONE(OUTPUT_SIZE(fails_at == 8 ? 1024 : 1)));
            if (fails_at == 8)
                place.sink.fails_at = 1; /* only at the end */
            expect_hr(failures[i] == WS_S_ASYNC ? WS_E_INVALID_OPERATION : failures[i],
                      write_until_failure(place.writer));
            expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(place.writer, NULL));
            expect_hr(WS_E_OBJECT_FAULTED, WsEndWriterCanonicalization(place.writer, NULL));
        }
    close_place(&place);
}

TEST(a_writer_freed_by_its_callback)
{
    static struct sink sink;
    WS_XML_WRITER *writer;
    ULONG size;

    for (size = 1; size <= 1025; size += 1024)
    {
        writer = create_writer(NULL, 0);
        memset(&sink, 0, sizeof(sink));
        sink.meanwhile = free_writer;
        sink.object = writer;
        ok(WsStartWriterCanonicalization(writer, write_sink, &sink, ONE(OUTPUT_SIZE(size)), NULL));
        expect_hr(WS_E_INVALID_OPERATION, write_until_failure(writer));
        expect_size(1, sink.calls);
        expect_hr(E_INVALIDARG, WsEndWriterCanonicalization(writer, NULL));
    }
    /* It need not be ended. */
    writer = create_writer(NULL, 0);
    sink.meanwhile = NULL;
    ok(WsStartWriterCanonicalization(writer, write_sink, &sink, NULL, 0, NULL));
    start(writer, "a");
    WsFreeWriter(writer);
}
