/* SPDX-License-Identifier: MIT */
/*
 * Writers of the MTOM encoding: what becomes a part, callbacks, and the MIME around it.
 *
 * Source: MTOM, XOP, RFC 2045 and RFC 2387; the page of WS_XML_WRITER_MTOM_ENCODING.
 */
#include "support/mtom-writer.h"

/* --- What becomes a part --- */

TEST(bytes_become_a_part_if_they_are_more_than_may_be_inline)
{
    WS_XML_WRITER *writer = create_mtom();

    start(writer, "a");
    start(writer, "b");
    bytes(writer, "four");
    end(writer);
    start(writer, "b");
    bytes(writer, "fives");
    end(writer);
    start(writer, "b");
    bytes(writer, "one ");
    bytes(writer, "after ");
    bytes(writer, "another");
    end(writer);
    start(writer, "b");
    end(writer);
    end(writer);
    /* clang-format off */
    expect_output(writer, ROOT "<a><b>Zm91cg==</b><b>" WRITTEN_INCLUDE("1") "</b><b>" WRITTEN_INCLUDE("2") "</b><b/></a>"
                          WRITTEN_PART("1") "fives" WRITTEN_PART("2") "one after another" END);
    /* clang-format on */
    WsFreeWriter(writer);
}

TEST(without_bytes_there_is_the_root_part_only)
{
    WS_XML_WRITER *writer = create_mtom();

    start(writer, "a");
    attribute(writer, "b", "c");
    chars8(writer, "text");
    end(writer);
    expect_output(writer, ROOT "<a b=\"c\">text</a>" END);
    WsFreeWriter(writer);
}

TEST(an_include_cannot_be_written)
{
    WS_XML_STRING ns = {37, (BYTE *)"http://www.w3.org/2004/08/xop/include", NULL, 0};
    WS_XML_WRITER *writer = create_mtom();
    WS_ERROR *error = create_error();

    start(writer, "a");
    ok(WsWriteStartElement(writer, NULL, X("include"), &ns, NULL));
    end(writer);
    start(writer, "Include");
    end(writer);
    ok(WsWriteStartElement(writer, NULL, X("Include"), &ns, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "cannot be written");
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    WsFreeError(error);
    WsFreeWriter(writer);
}

/* --- The type of a part --- */

static void content_type(WS_XML_WRITER *writer, const char *ns, const char *value)
{
    ok(WsWriteStartAttribute(writer, X("m"), X("contentType"), X(ns), FALSE, NULL));
    chars8(writer, value);
    ok(WsWriteEndAttribute(writer, NULL));
}

#define XMIME       "http://www.w3.org/2004/11/xmlmime"
#define XMIME_XMLNS " xmlns:m=\"" XMIME "\""
#define TYPED_PART(id, type) \
    "\r\n--b\r\nContent-ID: <r/" id ">\r\nContent-Transfer-Encoding: binary\r\nContent-Type: " type "\r\n\r\n"

TEST(an_attribute_gives_a_part_its_type)
{
    static const WS_XML_UTF16_TEXT utf16 = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u"a/b", 6};
    struct delivery delivery = {{"pushed"}, 1, 0, 0, S_OK};
    WS_XML_WRITER *writer = create_mtom();

    start(writer, "a");
    start(writer, "b");
    content_type(writer, XMIME, "image/png");
    bytes(writer, "abcdef");
    end(writer);
    start(writer, "c"); /* it is not inherited */
    bytes(writer, "abcdef");
    end(writer);
    start(writer, "d"); /* inline bytes have no use for it */
    content_type(writer, XMIME, "image/gif");
    bytes(writer, "four");
    end(writer);
    start(writer, "e");
    attribute(writer, "contentType", "image/gif");
    bytes(writer, "abcdef");
    end(writer);
    start(writer, "f");
    content_type(writer, XMIME, " text/xml; charset=\"utf-8\"\n");
    ok(WsPushBytes(writer, push_pieces, &delivery, NULL));
    end(writer);
    start(writer, "g");
    ok(WsWriteStartAttribute(writer, X("m"), X("contentType"), X(XMIME), FALSE, NULL));
    ok(WsWriteText(writer, &utf16.text, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    bytes(writer, "abcdef");
    end(writer);
    start(writer, "h");
    content_type(writer, XMIME, "");
    bytes(writer, "abcdef");
    end(writer);
    end(writer);
    /* clang-format off */
    expect_output(writer, ROOT "<a><b m:contentType=\"image/png\"" XMIME_XMLNS ">" WRITTEN_INCLUDE("1") "</b>"
                          "<c>" WRITTEN_INCLUDE("2") "</c>"
                          "<d m:contentType=\"image/gif\"" XMIME_XMLNS ">Zm91cg==</d>"
                          "<e contentType=\"image/gif\">" WRITTEN_INCLUDE("3") "</e>"
                          "<f m:contentType=\" text/xml; charset=&quot;utf-8&quot;&#xA;\"" XMIME_XMLNS ">" WRITTEN_INCLUDE("4") "</f>"
                          "<g m:contentType=\"a/b\"" XMIME_XMLNS ">" WRITTEN_INCLUDE("5") "</g>"
                          "<h m:contentType=\"\"" XMIME_XMLNS ">" WRITTEN_INCLUDE("6") "</h></a>"
                          TYPED_PART("1", "image/png") "abcdef"
                          WRITTEN_PART("2") "abcdef"
                          WRITTEN_PART("3") "abcdef"
                          TYPED_PART("4", "text/xml; charset=\"utf-8\"") "pushed"
                          TYPED_PART("5", "a/b") "abcdef"
                          WRITTEN_PART("6") "abcdef" END);
    /* clang-format on */
    WsFreeWriter(writer);
}

/* It could inject headers and parts. */
TEST(a_type_that_no_header_can_have_is_refused)
{
    static const char *const types[] = {"a/b\r\nContent-ID: <x>", "a/\xc3\xa9", "a\tb"};
    WS_ERROR *error = create_error();
    unsigned i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
    {
        WS_XML_WRITER *writer = create_mtom();

        start(writer, "a");
        content_type(writer, XMIME, types[i]);
        bytes(writer, "abcdef");
        expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "contentType");
        expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
        WsFreeWriter(writer);
    }
    WsFreeError(error);
}

TEST(nothing_is_inline_by_default)
{
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 0);
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    set_mtom_with(writer, &encoding, NULL, 0);
    start(writer, "a");
    bytes(writer, "1");
    end(writer);
    expect_output(writer, ROOT "<a>" WRITTEN_INCLUDE("1") "</a>" WRITTEN_PART("1") "1" END);
    WsFreeWriter(writer);
}

/* XOP replaces only what is all that an element contains (section 3.1). */
TEST(bytes_beside_something_else_are_inline)
{
    WS_XML_WRITER *writer = create_mtom();

    start(writer, "a");
    bytes(writer, "abcdef");
    start(writer, "b");
    end(writer);
    bytes(writer, "abcdef");
    end(writer);
    expect_output(writer, ROOT "<a>YWJjZGVm<b/>YWJjZGVm</a>" END);

    WsFreeWriter(writer);
    writer = create_mtom();
    start(writer, "a");
    start(writer, "b");
    bytes(writer, "abcdef");
    chars8(writer, " ");
    end(writer);
    start(writer, "b");
    chars8(writer, " ");
    bytes(writer, "abcdef");
    end(writer);
    start(writer, "b");
    ok(WsWriteStartCData(writer, NULL));
    bytes(writer, "abcdef");
    ok(WsWriteEndCData(writer, NULL));
    end(writer);
    start(writer, "b");
    bytes(writer, "abcdef");
    ok(WsWriteStartCData(writer, NULL));
    ok(WsWriteEndCData(writer, NULL));
    end(writer);
    start(writer, "b");
    bytes(writer, "abcdef");
    {
        WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, {1, (BYTE *)"c", NULL, 0}};

        ok(WsWriteNode(writer, &comment.node, NULL));
    }
    end(writer);
    start(writer, "b");
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, NULL));
    bytes(writer, "abcdef");
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    end(writer);
    expect_output(writer, ROOT "<a><b>YWJjZGVm </b><b> YWJjZGVm</b><b><![CDATA[YWJjZGVm]]></b><b>YWJjZGVm<![CDATA[]]>"
                               "</b><b>YWJjZGVm<!--c--></b><b c=\"YWJjZGVm\"/></a>" END);
    WsFreeWriter(writer);
}

TEST(base64_text_is_bytes)
{
    WS_XML_BASE64_TEXT text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)"abcdef", 6};
    WS_XML_TEXT_NODE node = {{WS_XML_NODE_TYPE_TEXT}, &text.text};
    WS_XML_WRITER *writer = create_mtom();

    start(writer, "a");
    start(writer, "b");
    ok(WsWriteText(writer, &text.text, NULL));
    end(writer);
    start(writer, "b");
    ok(WsWriteNode(writer, &node.node, NULL));
    end(writer);
    /* Two texts whose base64 can be joined are one value, as the records of the binary encoding are. */
    start(writer, "b");
    ok(WsWriteText(writer, &text.text, NULL));
    ok(WsWriteText(writer, &text.text, NULL));
    end(writer);
    start(writer, "b");
    ok(WsWriteText(writer, &text.text, NULL));
    bytes(writer, "abcdef");
    end(writer);
    text.length = 4;
    start(writer, "b");
    ok(WsWriteText(writer, &text.text, NULL));
    ok(WsWriteText(writer, &text.text, NULL));
    end(writer);
    start(writer, "b");
    ok(WsWriteText(writer, &text.text, NULL));
    end(writer);
    end(writer);
    /* clang-format off */
    expect_output(writer, ROOT "<a><b>" WRITTEN_INCLUDE("1") "</b><b>" WRITTEN_INCLUDE("2") "</b><b>" WRITTEN_INCLUDE("3") "</b>"
                          "<b>" WRITTEN_INCLUDE("4") "</b><b>YWJjZA==YWJjZA==</b><b>YWJjZA==</b></a>"
                          WRITTEN_PART("1") "abcdef" WRITTEN_PART("2") "abcdef" WRITTEN_PART("3") "abcdefabcdef" WRITTEN_PART("4") "abcdefabcdef" END);
    /* clang-format on */
    WsFreeWriter(writer);
}

TEST(values_and_arrays_are_text)
{
    static const LONG items[] = {1, 22};
    WS_XML_WRITER *writer = create_mtom();
    LONG value = 7;

    start(writer, "a");
    start(writer, "b");
    ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    end(writer);
    ok(WsWriteArray(writer, X("c"), X(""), WS_INT32_VALUE_TYPE, items, sizeof(items), 0, 2, NULL));
    end(writer);
    expect_output(writer, ROOT "<a><b>7</b><c>1</c><c>22</c></a>" END);
    WsFreeWriter(writer);
}

/* --- Callbacks --- */

TEST(callbacks_are_called_when_the_parts_are_written)
{
    struct delivery pushed = {{"one", "two", ""}, 3, 0, 0, S_OK}, pulled = {{"three", "four"}, 2, 0, 0, S_OK};
    WS_XML_WRITER *writer = create_mtom();

    start(writer, "a");
    start(writer, "b");
    ok(WsPushBytes(writer, push_pieces, &pushed, NULL));
    end(writer);
    start(writer, "b");
    ok(WsPullBytes(writer, pull_pieces, &pulled, NULL));
    end(writer);
    end(writer);
    expect_size(0, pushed.calls + pulled.calls);
    expect_output(writer, ROOT "<a><b>" WRITTEN_INCLUDE("1") "</b><b>" WRITTEN_INCLUDE("2") "</b></a>" WRITTEN_PART(
                              "1") "onetwo" WRITTEN_PART("2") "threefour" END);
    expect_size(1, pushed.calls);
    expect_size(3, pulled.calls);
    WsFreeWriter(writer);
}

TEST(callbacks_are_called_at_once_beside_something_else)
{
    struct delivery pushed = {{"one", "two"}, 2, 0, 0, S_OK}, pulled = {{"three", "four"}, 2, 0, 0, S_OK};
    WS_XML_WRITER *writer = create_mtom();

    start(writer, "a");
    chars8(writer, " ");
    ok(WsPushBytes(writer, push_pieces, &pushed, NULL));
    expect_size(1, pushed.calls);
    /* What follows shows that it is not all. */
    start(writer, "b");
    ok(WsPullBytes(writer, pull_pieces, &pulled, NULL));
    expect_size(0, pulled.calls);
    chars8(writer, " ");
    expect_size(3, pulled.calls);
    end(writer);
    /* One value, of two callbacks and a call: it is a part, but gathered. */
    pulled.next = 0;
    start(writer, "c");
    ok(WsPushBytes(writer, push_pieces, &pushed, NULL));
    expect_size(1, pushed.calls);
    ok(WsPullBytes(writer, pull_pieces, &pulled, NULL));
    expect_size(2, pushed.calls);
    bytes(writer, "x");
    end(writer);
    /* In an attribute. */
    start(writer, "d");
    ok(WsWriteStartAttribute(writer, NULL, X("e"), X(""), FALSE, NULL));
    ok(WsPushBytes(writer, push_pieces, &pushed, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    end(writer);
    /* clang-format off */
    expect_output(writer, ROOT "<a> b25ldHdv<b>dGhyZWVmb3Vy </b><c>" WRITTEN_INCLUDE("1") "</c><d e=\"b25ldHdv\"/></a>"
                          WRITTEN_PART("1") "onetwothreefourx" END);
    /* clang-format on */
    WsFreeWriter(writer);
}

/* Then it has no memory to keep bytes in, and there is none to calculate with: UBSan says so. */
TEST(a_callback_that_delivers_nothing_leaves_nothing)
{
    static const char *const outputs[] = {"<a>t</a>", "<a><b/></a>", "<a><!--c--></a>", "<a>eA==</a>",
                                          "<a><![CDATA[]]></a>"};
    struct delivery nothing = {{NULL}, 0, 0, 0, S_OK};
    WS_XML_WRITER *writer;
    char package[400];
    unsigned i;

    for (i = 0; i < 10; i++)
    {
        writer = create_mtom();
        start(writer, "a");
        ok(i < 5 ? WsPullBytes(writer, pull_pieces, &nothing, NULL) : WsPushBytes(writer, push_pieces, &nothing, NULL));
        switch (i % 5)
        {
        case 0: chars8(writer, "t"); break;
        case 1:
            start(writer, "b");
            end(writer);
            break;
        case 2: comment(writer, "c"); break;
        case 3: bytes(writer, "x"); break;
        default:
            ok(WsWriteStartCData(writer, NULL));
            ok(WsWriteEndCData(writer, NULL));
            break;
        }
        end(writer);
        snprintf(package, sizeof(package), ROOT "%s" END, outputs[i % 5]);
        expect_output(writer, package);
        WsFreeWriter(writer);
    }
}

TEST(a_callback_that_fails_faults_the_writer)
{
    struct delivery delivery = {{"one"}, 1, 0, 0, E_ABORT};
    WS_XML_WRITER *writer;
    WS_BYTES got;
    int i;

    for (i = 0; i < 2; i++)
    {
        writer = create_mtom();
        start(writer, "a");
        ok(i ? WsPullBytes(writer, pull_pieces, &delivery, NULL) : WsPushBytes(writer, push_pieces, &delivery, NULL));
        end(writer);
        expect_hr(E_ABORT, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL));
        expect_hr(WS_E_OBJECT_FAULTED, WsWriteStartElement(writer, NULL, X("a"), X(""), NULL));
        WsFreeWriter(writer);
    }
}

static WS_XML_WRITER *to_free;

static HRESULT CALLBACK push_and_free(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                      const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    WS_BYTES buffer = {3, (BYTE *)"abc"};

    (void)state, (void)async;
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(to_free, NULL));
    WsFreeWriter(to_free);
    write(write_state, &buffer, 1, NULL, error);
    return S_OK;
}

static HRESULT CALLBACK too_many(void *state, void *buffer, ULONG most, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                                 WS_ERROR *error)
{
    (void)state, (void)buffer, (void)async, (void)error;
    *actual = most + 1;
    return S_OK;
}

static HRESULT CALLBACK push_asynchronously(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                            const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    (void)state, (void)write, (void)write_state, (void)async, (void)error;
    return WS_S_ASYNC;
}

TEST(callbacks_that_do_what_they_should_not)
{
    WS_ERROR *error = create_error();
    WS_BYTES got = {1, NULL};
    WS_XML_WRITER *writer;

    to_free = create_mtom();
    start(to_free, "a");
    ok(WsPushBytes(to_free, push_and_free, NULL, NULL));
    end(to_free);
    expect_hr(WS_E_INVALID_OPERATION,
              WsGetWriterProperty(to_free, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL));
    expect_size(1, got.length);

    to_free = create_mtom();
    start(to_free, "a");
    ok(WsPushBytes(to_free, push_and_free, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteCharsUtf8(to_free, (const BYTE *)"x", 1, NULL));
    expect_hr(E_INVALIDARG, WsWriteEndElement(to_free, NULL));

    writer = create_mtom();
    start(writer, "a");
    ok(WsPullBytes(writer, too_many, NULL, NULL));
    end(writer);
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), error), "asked for");
    expect_hr(WS_E_OBJECT_FAULTED, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL));
    WsFreeWriter(writer);

    /* When they are called before that, too. */
    writer = create_mtom();
    start(writer, "a");
    ok(WsPullBytes(writer, too_many, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteCharsUtf8(writer, (const BYTE *)"x", 1, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteCharsUtf8(writer, (const BYTE *)"x", 1, NULL));
    WsFreeWriter(writer);

    writer = create_mtom();
    start(writer, "a");
    ok(WsPushBytes(writer, push_asynchronously, NULL, NULL));
    end(writer);
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), error), "WS_S_ASYNC");
    WsFreeWriter(writer);

    writer = create_mtom();
    start(writer, "a");
    expect_hr(E_INVALIDARG, WsPushBytes(writer, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsPullBytes(writer, NULL, NULL, NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* --- The MIME around it --- */

TEST(the_header_of_the_message)
{
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(TRUE, "a b'()+_,-./:=?", 0);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_STRING start_info = W("application/soap+xml; action=\"a\\b\""), uri = W("<http://tempuri.org/0>");

    encoding.startInfo = start_info;
    encoding.startUri = uri;
    set_mtom_with(writer, &encoding, NULL, 0);
    start(writer, "a");
    bytes(writer, "x");
    end(writer);
    expect_output(
        writer, "MIME-Version: 1.0\r\n"
                "Content-Type: multipart/related;type=\"application/xop+xml\";boundary=\"a b'()+_,-./:=?\";"
                "start=\"<http://tempuri.org/0>\";start-info=\"application/soap+xml; action=\\\"a\\\\b\\\"\"\r\n\r\n"
                "\r\n--a b'()+_,-./:=?\r\nContent-ID: <http://tempuri.org/0>\r\nContent-Transfer-Encoding: 8bit\r\n"
                "Content-Type: application/xop+xml;charset=utf-8;"
                "type=\"application/soap+xml; action=\\\"a\\\\b\\\"\"\r\n\r\n"
                "<a><xop:Include href=\"cid:http%3A%2F%2Ftempuri.org%2F0%2F1\" "
                "xmlns:xop=\"http://www.w3.org/2004/08/xop/include\"/></a>"
                "\r\n--a b'()+_,-./:=?\r\nContent-ID: <http://tempuri.org/0/1>\r\nContent-Transfer-Encoding: binary\r\n"
                "Content-Type: application/octet-stream\r\n\r\nx\r\n--a b'()+_,-./:=?--\r\n");
    WsFreeWriter(writer);
}

TEST(what_is_not_given_has_defaults)
{
    WS_XML_WRITER_MTOM_ENCODING encoding = {
        {WS_XML_WRITER_ENCODING_TYPE_MTOM}, UTF8_TEXT, TRUE, {0, NULL}, {0, NULL}, {0, NULL}, 0};
    static const char before[] = "MIME-Version: 1.0\r\nContent-Type: multipart/related;type=\"application/xop+xml\";"
                                 "boundary=\"uuid:";
    static const char behind[] = "+id=1\";start=\"<http://tempuri.org/0>\";start-info=\"text/xml\"\r\n\r\n\r\n--uuid:";
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char first[32] = "";
    WS_BYTES got;
    int i, j;

    for (i = 0; i < 2; i++)
    {
        set_mtom_with(writer, &encoding, NULL, 0);
        start(writer, "a");
        end(writer);
        got = get_bytes(writer);
        expect(got.length > sizeof(before) + 32 + sizeof(behind));
        expect(!memcmp(got.bytes, before, sizeof(before) - 1));
        got.bytes += sizeof(before) - 1;
        for (j = 0; j < 32; j++)
            expect(strchr("0123456789abcdef", got.bytes[j]));
        expect(!memcmp(got.bytes + 32, behind, sizeof(behind) - 1));
        expect(!memcmp(got.bytes, got.bytes + 32 + sizeof(behind) - 1, 32));
        expect(memcmp(got.bytes, first, 32)); /* nobody can foresee it */
        memcpy(first, got.bytes, 32);
    }
    WsFreeWriter(writer);
}

TEST(arguments_of_WsSetOutput)
{
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(TRUE, "b", 0);
    WS_XML_WRITER_TEXT_ENCODING charset = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    static const char *const bad_boundaries[] = {
        "a ",   "a\"",    "a\\",
        "\xe4", "a\r\nb", "12345678901234567890123456789012345678901234567890123456789012345678901"};
    static const char *const bad_uris[] = {"a b", "<a", "a>", "a\r\nX: y", "\xe4", "a\"b"};
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY fragment = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_STRING before = encoding.boundary;
    WCHAR chars[100];
    size_t i;

    start(writer, "still");
#define refused(text) \
    expect_refused(error, E_INVALIDARG, \
                   WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, error), text)
    expect_refused(error, E_INVALIDARG,
                   WsSetOutput(writer, &encoding.encoding, &memory_output.output, &fragment, 1, error),
                   "ALLOW_FRAGMENT");
    for (i = 0; i < sizeof(bad_boundaries) / sizeof(bad_boundaries[0]); i++)
    {
        encoding.boundary = wide(bad_boundaries[i], chars);
        refused("boundary");
    }
    encoding.boundary.length = 0;
    encoding.writeMimeHeader = FALSE;
    refused("0 characters");
    encoding.boundary = before;
    for (i = 0; i < sizeof(bad_uris) / sizeof(bad_uris[0]); i++)
    {
        encoding.startUri = wide(bad_uris[i], chars);
        refused("startUri");
    }
    encoding.startUri.chars = NULL;
    refused("startUri");
    encoding.startUri.length = 0;
    encoding.startInfo = wide("a\nb", chars);
    refused("startInfo");
    encoding.startInfo.length = 0;
    encoding.textEncoding = NULL;
    refused("text encoding");
    encoding.textEncoding = &binary.encoding;
    refused("text encoding");
    encoding.textEncoding = &charset.encoding;
    refused("CHARSET");
    end(writer); /* to the output before */
    expect_output(writer, "<still/>");
    WsFreeError(error);
    WsFreeWriter(writer);
}

TEST(charsets)
{
    static const WS_CHARSET charsets[] = {WS_CHARSET_UTF16LE, WS_CHARSET_UTF16BE};
    static const char *const names[] = {"utf-16;", "utf-16BE;"};
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 0);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    static const char xml[] = "<a>" WRITTEN_INCLUDE("1") "</a>", tail[] = WRITTEN_PART("1") "x" END;
    char head[300];
    WS_CHARSET charset;
    WS_BYTES got;
    size_t i, j, length;

    encoding.textEncoding = &text.encoding;
    for (i = 0; i < 2; i++)
    {
        text.charSet = charsets[i];
        set_mtom_with(writer, &encoding, NULL, 0);
        ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
        expect_size(charsets[i], charset);
        start(writer, "a");
        bytes(writer, "x");
        end(writer);
        sprintf(head,
                "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: binary\r\n"
                "Content-Type: application/xop+xml;charset=%stype=\"text/xml\"\r\n\r\n",
                names[i]);
        length = strlen(head);
        got = get_bytes(writer);
        expect_size(length + (sizeof(xml) - 1) * 2 + sizeof(tail) - 1, got.length);
        expect(!memcmp(got.bytes, head, length));
        for (j = 0; xml[j]; j++)
            expect(got.bytes[length + j * 2 + i] == (BYTE)xml[j] && !got.bytes[length + j * 2 + !i]);
        expect(!memcmp(got.bytes + length + j * 2, tail, sizeof(tail) - 1));
    }
    WsFreeWriter(writer);
}

TEST(a_declaration_and_indentation_are_of_the_root_part)
{
    ULONG two = 2;
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &yes, sizeof(yes)},
                                           {WS_XML_WRITER_PROPERTY_INDENT, &two, sizeof(two)}};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 0);
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    set_mtom_with(writer, &encoding, properties, 2);
    start(writer, "a");
    start(writer, "b");
    bytes(writer, "x");
    end(writer);
    end(writer);
    expect_output(writer, ROOT "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a>\n  <b>" WRITTEN_INCLUDE(
                              "1") "</b>\n</a>" WRITTEN_PART("1") "x" END);
    WsFreeWriter(writer);
}

static HRESULT CALLBACK push_boundary(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                      const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    WS_BYTES buffers[] = {{3, (BYTE *)"xx\r"}, {3, (BYTE *)"\n--"}, {0, NULL}, {1, (BYTE *)"b"}};

    (void)state, (void)async;
    return write(write_state, buffers, 4, NULL, error);
}

/* What a program writes for others must not end its part and begin another one. */
TEST(bytes_that_contain_the_boundary_are_refused)
{
    static const char *const good[] = {"\r\n--", "\n--b", "\r--b", "x--b", "\r\n-\r\n--\r\n- -b", "-", "\r\r\n--"};
    static const char *const bad[] = {"\r\n--b", "xx\r\n--bx", "--b", "--bc", "\r\n-\r\r\n--b"};
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 0);
    const size_t good_count = sizeof(good) / sizeof(good[0]), bad_count = sizeof(bad) / sizeof(bad[0]);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_BYTES got;
    size_t i;

    for (i = 0; i < good_count + bad_count + 1; i++)
    {
        set_mtom_with(writer, &encoding, NULL, 0);
        start(writer, "a");
        if (i == good_count + bad_count)
            ok(WsPushBytes(writer, push_boundary, NULL, NULL));
        else
            bytes(writer, i < good_count ? good[i] : bad[i - good_count]);
        end(writer);
        if (i < good_count)
            ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), NULL));
        else
        {
            expect_hr(S_OK, WsResetError(error));
            expect_hr(WS_E_INVALID_FORMAT,
                      WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &got, sizeof(got), error));
            expect(says(error, "contain the MIME boundary"));
        }
    }
    WsFreeError(error);
    WsFreeWriter(writer);
}
