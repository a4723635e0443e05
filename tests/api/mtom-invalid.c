/* SPDX-License-Identifier: MIT */
/*
 * Readers of the MTOM encoding: packages that are not valid, each with a sentence that says why.
 *
 * Source: MTOM, XOP and RFC 2045.
 */
#include "support/mtom.h"

static void expect_bad(const char *package, size_t length, const char *says_what)
{
    struct stream stream = {(const BYTE *)package, length, 0, 1, 0};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    static struct dump dump;
    HRESULT hr;

    set_package(reader, &with_header, package, length);
    hr = read_mtom(reader, 0, &dump, error);
    if (hr != WS_E_INVALID_FORMAT || !says(error, says_what))
        test_fail(__FILE__, __LINE__, "0x%08x %s, not \"%s\": %s", (unsigned)hr, sentence(error), says_what, package);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    set_package_stream(reader, &with_header, &stream, NULL, 0);
    expect_refused(error, WS_E_INVALID_FORMAT, read_mtom(reader, 100000, &dump, error), says_what);
    WsFreeError(error);
    WsFreeReader(reader);
}

#define bad(package, says) expect_bad(package, sizeof(package) - 1, says)
#define TYPE(parameters)   "Content-Type: multipart/related;" parameters "\r\n\r\n" ROOT "<a/>" END
#define XOP                "type=\"application/xop+xml\";"

TEST(bad_message_headers)
{
    bad("", "ends within a header");
    bad("Content-Type: multipart/related", "ends within a header");
    bad("\r\n" ROOT "<a/>" END, "no field Content-Type");
    bad("Content-Type: text/xml\r\n\r\n", "not multipart/related");
    bad("Content-Type: multipart\r\n\r\n", "value that is not valid: \"multipart\"");
    bad("Content-Type: multipart/mixed;" XOP "boundary=b\r\n\r\n", "not multipart/related");
    bad("MIME-Version: 1.1\r\n" TYPE(XOP "boundary=b"), "MIME-Version");
    bad("MIME-Version: 1.0 1.0\r\n" TYPE(XOP "boundary=b"), "MIME-Version");
    bad(TYPE("boundary=b"), "not application/xop+xml");
    bad(TYPE("type=\"text/xml\";boundary=b"), "\"text/xml\" and not application/xop+xml");
    bad(TYPE(XOP), "boundary is missing or not valid");
    bad(TYPE(XOP "boundary=\"\""), "boundary is missing or not valid");
    bad(TYPE(XOP "boundary=\"a \""), "boundary is missing or not valid: \"a \"");
    bad(TYPE(XOP "boundary=\"\xc3\xa4\""), "boundary is missing or not valid");
    bad(TYPE(XOP "boundary=\"12345678901234567890123456789012345678901234567890123456789012345678901\""),
        "boundary is missing or not valid");
    bad(TYPE(XOP "boundary=b;boundary=c"), "\"boundary\" twice");
    bad(TYPE(XOP "boundary=b;start=\"<r\""), "\"start\" is not a Content-ID");
    bad(TYPE(XOP "boundary=b;start=\"<>\""), "\"start\" is not a Content-ID");
    bad(TYPE(XOP "boundary=\"b"), "does not end");
    bad(TYPE(XOP "boundary=b x"), "value that is not valid");
    bad(TYPE(XOP "boundary=b;=c"), "value that is not valid");
    bad(TYPE(XOP "boundary=b;c"), "value that is not valid");
    bad(TYPE(XOP "boundary=b (comment"), "value that is not valid");
    bad(TYPE(XOP "boundary=b\r\nContent-Type: text/xml"), "\"Content-Type\" occurs twice");
    bad("no field\r\n" TYPE(XOP "boundary=b"), "not a header field: \"no field\"");
    bad(": x\r\n" TYPE(XOP "boundary=b"), "not a header field");
    bad(" folded: x\r\n" TYPE(XOP "boundary=b"), "not a header field");
    bad("a: b\nc: d\r\n" TYPE(XOP "boundary=b"), "does not end in CR LF");
    bad("a: b\rc: d\r\n" TYPE(XOP "boundary=b"), "not a header field");
    bad("a: b\001\r\n" TYPE(XOP "boundary=b"), "not a header field");
}

TEST(bad_parts)
{
#define EMPTY_ROOT(encoding) \
    HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: " encoding "\r\n" \
           "Content-Type: application/xop+xml;type=\"text/xml\"\r\n\r\n"
    bad(HEADER, "before its first boundary");
    bad(HEADER "preamble\r\n--c\r\n", "before its first boundary");
    bad(HEADER "\r\n--b", "the line of a boundary");
    bad(HEADER "\r\n--b-", "the line of a boundary");
    bad(HEADER "\r\n--b \r", "the line of a boundary");
    bad(HEADER END, "has the Content-ID of the root part: \"r\"");
    bad(HEADER PART("1") "x" END, "has the Content-ID of the root part: \"r\"");
    bad("Content-Type: multipart/related;" XOP "boundary=b\r\n\r\n" END, "has no parts");
    bad(HEADER "\r\n--bc\r\n", "A boundary must be followed by");
    bad(HEADER "\r\n--b --\r\n", "A boundary must be followed by");
    bad(HEADER "\r\n--b\r\r\n", "A boundary must be followed by");
    bad(HEADER "\r\n--b\r\nContent-ID: <r>\r\n", "ends within a header");
    bad(HEADER "\r\n--b\r\nContent-ID: r\r\n\r\n" END, "Content-ID has a value");
    bad(HEADER "\r\n--b\r\nContent-ID: <r> x\r\n\r\n" END, "Content-ID has a value");
    bad(HEADER "\r\n--b\r\nContent-ID: <r r>\r\n\r\n" END, "Content-ID has a value");
    bad(HEADER "\r\n--b\r\nContent-ID: <>\r\n\r\n" END, "Content-ID has a value");
    bad(HEADER "\r\n--b\r\nContent-ID: <r>\r\n\r\n<a/>" END, "root part has no field Content-Type");
    bad(HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Type: text/xml\r\n\r\n<a/>" END, "not application/xop+xml");
    bad(HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Type: application/xop+xml\r\n\r\n<a/>" END, "start-info says");
    bad(HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Type: application/xop+xml;type=\"a/b\"\r\n\r\n<a/>" END,
        "\"a/b\", and start-info says \"text/xml\"");
    bad(HEADER
        "\r\n--b\r\nContent-ID: <r>\r\nContent-Type: application/xop+xml;type=\"text/xml\";charset=latin1\r\n\r\n"
        "<a/>" END,
        "charset \"latin1\"");
    bad(HEADER "\r\n--b\r\nContent-Transfer-Encoding: gzip\r\n\r\n" END, "Content-Transfer-Encoding has a value");
    bad(HEADER "\r\n--b\r\nContent-Transfer-Encoding: 7bit 8bit\r\n\r\n" END, "Content-Transfer-Encoding has a value");
    bad(HEADER ROOT "<a/>", "ends within a part");
    bad(HEADER ROOT "<a/>\r\n--", "ends within a part");
    bad(HEADER ROOT "<a/>\n--b--\r\n", "ends within a part");
    bad(HEADER ROOT "<a>" END, "is still open");
    bad(HEADER ROOT END, "too few to detect");
    bad(EMPTY_ROOT("base64") END, "too few to detect");
    bad(EMPTY_ROOT("quoted-printable") END, "too few to detect");
    bad(HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1") "content", "ends within a part");
    bad(HEADER ROOT "<a>" INCLUDE("2") "</a>" PART("1") "1" PART("1") "2" END, "Another part has the Content-ID \"1\"");
}

/* Programs that write files as text do this to packages. */
TEST(lines_that_end_in_LF)
{
    bad("MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
        "The MIME package ends within a header, in which a line ends in LF, not in CR LF.");
    bad(HEADER "\r\n--b\r\nContent-ID: <r>\n\n<a/>\n--b--\n",
        "MIME part 1: The MIME package ends within a header, in which a line ends in LF, not in CR LF.");
    bad(HEADER "\r\n--b\nContent-ID: <r>\n\n<a/>\n--b--\n",
        "The line of a boundary ends in LF; lines of MIME must end in CR LF.");
    bad(HEADER "--b\nContent-ID: <r>\n\n<a/>\n--b--\n",
        "The line of a boundary ends in LF; lines of MIME must end in CR LF.");
    bad(HEADER "\n--b\nContent-ID: <r>\n\n<a/>\n--b--\n",
        "The MIME package ends before its first boundary: no line begins with \"--b\" after CR LF.");
    bad(HEADER ROOT "<a/>\n--b--\n",
        "MIME part 1: The MIME package ends within a part: no line begins with \"--b\" after CR LF.");
}

TEST(bad_transfer_encodings)
{
#define ENCODED(name, text) \
    HEADER ROOT "<a>" INCLUDE("1") "</a>\r\n--b\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: " name \
                                   "\r\n\r\n" text END
    bad(ENCODED("base64", "QUJ"), "does not fit its Content-Transfer-Encoding");
    bad(ENCODED("base64", "QU=D"), "does not fit its Content-Transfer-Encoding");
    bad(ENCODED("base64", "QUI=QUJD"), "does not fit its Content-Transfer-Encoding");
    bad(ENCODED("base64", "QU-D"), "does not fit its Content-Transfer-Encoding");
    bad(ENCODED("quoted-printable", "=3"), "does not fit its Content-Transfer-Encoding");
    bad(ENCODED("quoted-printable", "=3G"), "does not fit its Content-Transfer-Encoding");
    bad(ENCODED("quoted-printable", "= x"), "does not fit its Content-Transfer-Encoding");
    bad(ENCODED("quoted-printable", "=\rx"), "does not fit its Content-Transfer-Encoding");
    bad(HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: base64\r\n"
               "Content-Type: application/xop+xml;type=\"text/xml\"\r\n\r\nPGE" END,
        "root part does not fit");
}

TEST(bad_includes)
{
#define XOP_NS "xmlns:x='http://www.w3.org/2004/08/xop/include'"
    bad(HEADER ROOT INCLUDE("1") PART("1") "one" END, "cannot be the root element");
    bad(HEADER ROOT "<a><x:Include " XOP_NS "/></a>" END, "Line 1, column 4: An xop:Include has no attribute href");
    bad(HEADER ROOT "<a><x:Include " XOP_NS " x:href='cid:1'/></a>" END, "attribute of XOP's namespace: \"href\"");
    bad(HEADER ROOT "<a><x:Include " XOP_NS " href='http:1'/></a>" END, "is not a cid: URL: \"http:1\"");
    bad(HEADER ROOT "<a><x:Include " XOP_NS " href='cid:'/></a>" END, "is not a cid: URL");
    bad(HEADER ROOT "<a><x:Include " XOP_NS " href=''/></a>" END, "is not a cid: URL");
    bad(HEADER ROOT "<a><x:Include " XOP_NS " href='cid:%4'/></a>" END, "without two hexadecimal digits");
    bad(HEADER ROOT "<a><x:Include " XOP_NS " href='cid:%xy'/></a>" END, "without two hexadecimal digits");
    bad(HEADER ROOT "<a><x:Include " XOP_NS " href='cid:1'><x:y/></x:Include></a>" END, "element of XOP's namespace");
    bad(HEADER ROOT "<a><x:Include " XOP_NS " href='cid:1'></a>" END, "Line 1");
    bad(HEADER ROOT "<a>" INCLUDE("1") "</a>" END, "no MIME part with the Content-ID \"1\"");
    bad(HEADER ROOT "<a>" INCLUDE("r") "</a>" END, "no MIME part with the Content-ID \"r\"");
    bad(HEADER ROOT "<a>" INCLUDE("1") INCLUDE("1") "</a>" PART("1") "one" END, "\"1\" is referred to twice");
}
