/* SPDX-License-Identifier: MIT */
/*
 * Readers of the MTOM encoding: MIME packages, and what stands for an xop:Include.
 *
 * Source: MTOM, XOP, RFC 2045 and RFC 2387; the page of WS_XML_READER_MTOM_ENCODING.
 */
#include "support/mtom.h"

#include <stdlib.h>

/* --- Packages --- */

/* The example of XML-binary Optimized Packaging (W3C, 2005), section 1.2, with its misspelling of start-info. */
static const char xop_example[] = "MIME-Version: 1.0\r\n"
                                  "Content-Type: Multipart/Related;boundary=MIME_boundary;\r\n"
                                  "    type=\"application/xop+xml\";\r\n"
                                  "    start=\"<mymessage.xml@example.org>\";\r\n"
                                  "    startinfo=\"application/soap+xml; action=\\\"ProcessData\\\"\"\r\n"
                                  "Content-Description: A SOAP message with my pic and sig in it\r\n"
                                  "\r\n"
                                  "--MIME_boundary\r\n"
                                  "Content-Type: application/xop+xml; \r\n"
                                  "    charset=UTF-8; \r\n"
                                  "    type=\"application/soap+xml; action=\\\"ProcessData\\\"\"\r\n"
                                  "Content-Transfer-Encoding: 8bit\r\n"
                                  "Content-ID: <mymessage.xml@example.org>\r\n"
                                  "\r\n"
                                  "<soap:Envelope\r\n"
                                  "    xmlns:soap='http://www.w3.org/2003/05/soap-envelope'\r\n"
                                  "    xmlns:xmlmime='http://www.w3.org/2004/11/xmlmime'>\r\n"
                                  "  <soap:Body>\r\n"
                                  "    <m:data xmlns:m='http://example.org/stuff'>\r\n"
                                  "      <m:photo \r\n"
                                  "  xmlmime:contentType='image/png'><xop:Include \r\n"
                                  "    xmlns:xop='http://www.w3.org/2004/08/xop/include' \r\n"
                                  "    href='cid:http://example.org/me.png'/></m:photo>\r\n"
                                  "      <m:sig \r\n"
                                  "  xmlmime:contentType='application/pkcs7-signature'><xop:Include \r\n"
                                  "    xmlns:xop='http://www.w3.org/2004/08/xop/include' \r\n"
                                  "    href='cid:http://example.org/my.hsh'/></m:sig>\r\n"
                                  "    </m:data>\r\n"
                                  "  </soap:Body>\r\n"
                                  "</soap:Envelope>\r\n"
                                  "\r\n"
                                  "--MIME_boundary\r\n"
                                  "Content-Type: image/png\r\n"
                                  "Content-Transfer-Encoding: binary\r\n"
                                  "Content-ID: <http://example.org/me.png>\r\n"
                                  "\r\n"
                                  "// binary octets for png\r\n"
                                  "\r\n"
                                  "--MIME_boundary\r\n"
                                  "Content-Type: application/pkcs7-signature\r\n"
                                  "Content-Transfer-Encoding: binary\r\n"
                                  "Content-ID: <http://example.org/my.hsh>\r\n"
                                  "\r\n"
                                  "// binary octets for signature\r\n"
                                  "\r\n"
                                  "--MIME_boundary--\r\n";

TEST(the_example_of_the_recommendation)
{
    expect_package(
        xop_example,
        "<soap:Envelope{http://www.w3.org/2003/05/soap-envelope} xmlns:soap='http://www.w3.org/2003/05/soap-envelope' "
        "xmlns:xmlmime='http://www.w3.org/2004/11/xmlmime'>'\\n  '"
        "<soap:Body{http://www.w3.org/2003/05/soap-envelope}>'\\n    '"
        "<m:data{http://example.org/stuff} xmlns:m='http://example.org/stuff'>'\\n      '"
        "<m:photo{http://example.org/stuff} xmlmime:contentType{http://www.w3.org/2004/11/xmlmime}='image/png'>"
        "{// binary octets for png\r\n}</>'\\n      '"
        "<m:sig{http://example.org/stuff} "
        "xmlmime:contentType{http://www.w3.org/2004/11/xmlmime}='application/pkcs7-signature'>"
        "{// binary octets for signature\r\n}</>'\\n    '</>'\\n  '</>'\\n'</>'\\n'$");
}

/* As XmlDictionaryWriter.CreateMtomWriter of .NET writes it. */
static const char dotnet_example[] =
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/related;type=\"application/xop+xml\";boundary=\"uuid:0ca0e16e-feb1-426c-97d8-c4508ada5e82+"
    "id=1\";start=\"<http://tempuri.org/0>\";start-info=\"text/xml\"\r\n"
    "\r\n"
    "\r\n"
    "--uuid:0ca0e16e-feb1-426c-97d8-c4508ada5e82+id=1\r\n"
    "Content-ID: <http://tempuri.org/0>\r\n"
    "Content-Transfer-Encoding: 8bit\r\n"
    "Content-Type: application/xop+xml;charset=utf-8;type=\"text/xml\"\r\n"
    "\r\n"
    "<a><b><xop:Include href=\"cid:http%3A%2F%2Ftempuri.org%2F1%2F632618206527087310\" "
    "xmlns:xop=\"http://www.w3.org/2004/08/xop/include\"/></b></a>\r\n"
    "--uuid:0ca0e16e-feb1-426c-97d8-c4508ada5e82+id=1\r\n"
    "Content-ID: <http://tempuri.org/1/632618206527087310>\r\n"
    "Content-Transfer-Encoding: binary\r\n"
    "Content-Type: application/octet-stream\r\n"
    "\r\n"
    "\r\n--uuid: not the boundary\r\n"
    "--uuid:0ca0e16e-feb1-426c-97d8-c4508ada5e82+id=1--\r\n";

TEST(a_message_as_dotnet_writes_it)
{
    expect_package(dotnet_example, "<a><b>{\r\n--uuid: not the boundary}</></>$");
}

TEST(parts_come_in_any_order)
{
    expect_package(HEADER ROOT
                   "<a><b>" INCLUDE("1") "</b><b>" INCLUDE("2") "</b></a>" PART("1") "one" PART("2") "two" END,
                   "<a><b>{one}</><b>{two}</></>$");
    expect_package(HEADER ROOT
                   "<a><b>" INCLUDE("2") "</b><b>" INCLUDE("1") "</b></a>" PART("1") "one" PART("2") "two" END,
                   "<a><b>{two}</><b>{one}</></>$");
    /* The root part, which start names, can be anywhere. */
    expect_package(HEADER PART("1") "one" ROOT
                                    "<a><b>" INCLUDE("2") "</b><b>" INCLUDE("1") "</b></a>" PART("2") "two" END,
                   "<a><b>{two}</><b>{one}</></>$");
    expect_package(HEADER PART("1") "one" PART("2") "two" ROOT
                                                    "<a><b>" INCLUDE("2") "</b><b>" INCLUDE("1") "</b></a>" END,
                   "<a><b>{two}</><b>{one}</></>$");
    /* Parts to which nothing refers are skipped, with or without a name. */
    expect_package(HEADER ROOT "<a>" INCLUDE("3") "</a>" PART("1") "one"
                                                                   "\r\n--b\r\n\r\nnameless" PART("3") "three" END,
                   "<a>{three}</>$");
    expect_package(HEADER ROOT "<a/>" PART("1") "one" END, "<a/></>$");
}

TEST(the_first_part_is_the_root_unless_start_names_one)
{
    expect_package("Content-Type: multipart/related;type=\"application/xop+xml\";boundary=b\r\n\r\n" ROOT
                   "<a>" INCLUDE("1") "</a>" PART("1") "one" END,
                   "<a>{one}</>$");
    /* clang-format off */
    expect_package("Content-Type: multipart/related;type=\"application/xop+xml\";boundary=b;start=r\r\n\r\n"
                   PART("1") "one" ROOT "<a>" INCLUDE("1") "</a>" END,
                   "<a>{one}</>$");
    /* clang-format on */
}

TEST(content_may_be_anything_but_the_boundary)
{
    static const char nul[] = HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1") "\r\n--\0\r\r\n-\r\n--a\r\r\n--B\r\n" END;
    WS_XML_READER *reader = create_reader();
    BYTE bytes[64];
    ULONG count = 0;

    set_package(reader, &with_header, nul, sizeof(nul) - 1);
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadBytes(reader, bytes, sizeof(bytes), &count, NULL));
    expect_size(22, count);
    expect(!memcmp(bytes, "\r\n--\0\r\r\n-\r\n--a\r\r\n--B\r\n", 22));
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    WsFreeReader(reader);

    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1") "-" END, "<a>{-}</>$");
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1") "--" END, "<a>{--}</>$");
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1") "\r" END, "<a>{\r}</>$");
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1") "\r\n--" END, "<a>{\r\n--}</>$");
}

TEST(an_empty_part_is_no_text)
{
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>" PART("1") END, "<a></>$");
    /* The empty line of its header begins the boundary, too. */
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>"
                                                  "\r\n--b\r\nContent-ID: <1>\r\n" END,
                   "<a></>$");
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "<b>" INCLUDE("2") "</b></a>" PART("1") PART("2") "x" END,
                   "<a><b>{x}</></>$");
}

TEST(what_is_before_and_behind_the_parts_is_ignored)
{
    expect_package(HEADER "This is a message of several parts.\r\n--a\r\n--c" ROOT "<a/>" END "--b\r\n", "<a/></>$");
    expect_package(HEADER
                   "--b \t \r\nContent-Type: application/xop+xml;type=\"text/xml\"\r\nContent-ID: <r>\r\n\r\n<a/>"
                   "\r\n--b--anything",
                   "<a/></>$");
}

TEST(parts_that_nobody_refers_to_need_not_be_valid)
{
    expect_package(HEADER ROOT "<a/>\r\n--b", "<a/></>$");
    expect_package(HEADER ROOT "<a/>\r\n--b?\r\n", "<a/></>$");
    expect_package(HEADER ROOT "<a/>\r\n--b\r\nContent-ID", "<a/></>$");
    expect_package(HEADER ROOT "<a/>\r\n--b\r\nContent-ID\r\n\r\n" END, "<a/></>$");
    expect_package(HEADER ROOT "<a/>" PART("1") "one", "<a/></>$");
}

TEST(headers_in_all_their_ways)
{
    /* Case, folding, comments, quoted characters, fields and parameters that mean nothing here. */
    expect_package(
        "mime-version: (once) 1 . (twice (and nested \\) )) 0\r\nX-Other: [],;\r\n"
        "CONTENT-type:\r\n\tMultiPart (of) / RELATED ; (a) TYPE = \"application/XOP+xml\" ; boundary = \"\\b\";\r\n"
        " unknown=\"a;b=\\\"c\\\"\"; start=\"<r>\"; start-info=\"text/x\\ml\";\r\n\r\n"
        "\r\n--b\r\nContent-ID:(x)<r>(y)\r\nContent-Transfer-Encoding : (z) 7BIT\r\n"
        /* clang-format off */
        "Content-Type: application/xop+xml; type=\"text/xml\"; charset=us-ascii\r\n\r\n"
        "<a>" INCLUDE("1") "</a>"
        "\r\n--b\r\ncontent-id: <1>\r\n\r\none" END,
        /* clang-format on */
        "<a>{one}</>$");
}

TEST(transfer_encodings)
{
    /* clang-format off */
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>"
                   "\r\n--b\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: BASE64\r\n\r\n"
                   "T25l\r\nIHR3 by\tB0aHJlZQ==\r\n" END,
                   "<a>{One two three}</>$");
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>"
                   "\r\n--b\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                   "a=3D=62 \t \r\nso=\r\nft = \t\r\n end=2e \t" END,
                   "<a>{a=b\r\nsoft  end.}</>$");
    expect_package(HEADER ROOT "<a>" INCLUDE("1") "</a>"
                   "\r\n--b\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nend=" END,
                   "<a>{end}</>$");
    /* clang-format on */
    /* Of the root part, too. */
    expect_package(HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: base64\r\n"
                          "Content-Type: application/xop+xml;type=\"text/xml\"\r\n\r\nPGE+\r\nPGIvPjwvYT4=" END,
                   "<a><b/></></>$");
    expect_package(HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: Quoted-Printable\r\n"
                          "Content-Type: application/xop+xml;type=\"text/xml\"\r\n\r\n<a b=3D'=C3=A4'/>" END,
                   "<a b='\xc3\xa4'/></>$");
}

TEST(a_large_part_in_base64)
{
    const size_t size = 200000;
    static const char before[] =
        HEADER ROOT "<a>" INCLUDE("1") "</a>"
                                       "\r\n--b\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    char *package = malloc(sizeof(before) + size + sizeof(END)), *to = package;
    WS_XML_READER *reader = create_reader();
    static BYTE bytes[200000];
    ULONG count = 0;
    size_t i;

    expect(package != NULL);
    memcpy(to, before, sizeof(before) - 1);
    to += sizeof(before) - 1;
    for (i = 0; i < size / 4; i++, to += 4)
        memcpy(to, "QUJD", 4);
    memcpy(to, END, sizeof(END) - 1);
    to += sizeof(END) - 1;
    set_package(reader, &with_header, package, (size_t)(to - package));
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadBytes(reader, bytes, sizeof(bytes), &count, NULL));
    expect_size(size / 4 * 3, count);
    for (i = 0; i < count; i++)
        expect(bytes[i] == "ABC"[i % 3]);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    WsFreeReader(reader);
    free(package);
}

TEST(charsets_of_the_root_part)
{
    static const char before[] = HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: binary\r\n"
                                        "Content-Type: application/xop+xml;type=\"text/xml\";charset=";
    static const char *const names[] = {"utf-16", "utf-16", "utf-16LE\r\n\r\n", "UTF-16be"};
    static const char text[] = "<a>" INCLUDE("1") "\xe2\x82\xac</a>", after[] = PART("1") "one" END;
    WS_XML_READER *reader = create_reader();
    BYTE package[2000];
    WS_CHARSET charset;
    size_t length, i;

    for (i = 0; i < 4; i++)
    {
        length = sizeof(before) - 1;
        memcpy(package, before, length);
        memcpy(package + length, names[i], strcspn(names[i], "\r"));
        length += strcspn(names[i], "\r");
        memcpy(package + length, "\r\n\r\n", 4);
        length += 4;
        length += to_utf16(text, sizeof(text) - 1, i & 1, i < 2, package + length);
        memcpy(package + length, after, sizeof(after) - 1);
        length += sizeof(after) - 1;
        expect_package_with(&with_header, package, length, "<a>{one}'\xe2\x82\xac'</>$");
        set_package(reader, &with_header, package, length);
        expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
        expect_size(i & 1 ? WS_CHARSET_UTF16BE : WS_CHARSET_UTF16LE, charset);
    }
    WsFreeReader(reader);
}

/* The charset is found out by "<" and a zero; where white space comes first, the part's header says it. */
TEST(white_space_before_the_root_element_in_utf16_without_a_mark)
{
    static const char before[] = HEADER "\r\n--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: binary\r\n"
                                        "Content-Type: application/xop+xml;type=\"text/xml\";charset=utf-16\r\n\r\n";
    static const char text[] = " <a>x</a>", after[] = END;
    BYTE package[1000];
    size_t length, i;

    for (i = 0; i < 2; i++)
    {
        length = sizeof(before) - 1;
        memcpy(package, before, length);
        length += to_utf16(text, sizeof(text) - 1, (int)i, 0, package + length);
        memcpy(package + length, after, sizeof(after) - 1);
        length += sizeof(after) - 1;
        expect_package_with(&with_header, package, length, "' '<a>'x'</>$");
    }
}

/* --- xop:Include --- */

TEST(an_include_stands_among_text_and_elements)
{
    /* clang-format off */
    expect_package(HEADER ROOT "<a>x" INCLUDE("1") "y" INCLUDE("2") "<!--c--><b/>" INCLUDE("3") "<![CDATA[z]]></a>"
                   PART("1") "1" PART("2") "2" PART("3") "3" END,
                   "<a>'x'{1}'y'{2}#c#<b/></>{3}['z']</>$");
    /* clang-format on */
}

TEST(an_include_may_have_other_attributes_and_content)
{
    /* clang-format off */
    expect_package(HEADER ROOT
                   "<a xmlns:x='http://www.w3.org/2004/08/xop/include' xmlns:o='urn:o'><x:Include other='1' "
                   "o:href='2' href='cid:%31' xmlns='urn:d'> text <o:p><q/></o:p><!-- c --> </x:Include><b/></a>"
                   PART("1") "one" END,
                   "<a xmlns:x='http://www.w3.org/2004/08/xop/include' xmlns:o='urn:o'>{one}<b/></></>$");
    /* clang-format on */
    /* Another name, or another namespace, is something else. */
    expect_package(HEADER ROOT
                   "<a xmlns:x='http://www.w3.org/2004/08/xop/include'><x:include/><Include href='cid:1'/></a>" END,
                   "<a xmlns:x='http://www.w3.org/2004/08/xop/include'>"
                   "<x:include{http://www.w3.org/2004/08/xop/include}/></><Include href='cid:1'/></></>$");
}

TEST(the_bytes_are_text_of_the_element_around)
{
    /* clang-format off */
    static const char package[] =
        HEADER ROOT "<a><b>" INCLUDE("1") "</b><c>" INCLUDE("2") "</c><d>" INCLUDE("3") "</d></a>"
        PART("1") "\x01\x02\x03\x04" PART("2") "ABCD" PART("3") "one" END;
    /* clang-format on */
    static const WS_XML_STRING b = STRING("b"), empty = STRING("");
    WS_XML_READER *reader = create_reader();
    const WS_XML_TEXT_NODE *node;
    WCHAR chars[16];
    BYTE bytes[8];
    ULONG count;

    set_package(reader, &with_header, package, sizeof(package) - 1);
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &b, &empty, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    node = (const WS_XML_TEXT_NODE *)current_node(reader);
    expect_size(WS_XML_NODE_TYPE_TEXT, node->node.nodeType);
    expect_size(WS_XML_TEXT_TYPE_BASE64, node->text->textType);
    expect_size(4, ((WS_XML_BASE64_TEXT *)node->text)->length);
    /* In pieces. */
    expect_hr(S_OK, WsReadBytes(reader, bytes, 3, &count, NULL));
    expect_size(3, count);
    expect_hr(S_OK, WsReadBytes(reader, bytes, 3, &count, NULL));
    expect_size(1, count);
    expect(bytes[0] == 4);
    expect_hr(S_OK, WsReadBytes(reader, bytes, 3, &count, NULL));
    expect_size(0, count);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    /* As characters it is base64. */
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 16, &count, NULL));
    expect_size(8, count);
    expect(chars[0] == 'Q' && chars[1] == 'U' && chars[2] == 'J' && chars[7] == '=');
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    /* Skipped, with its part. */
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    WsFreeReader(reader);
}

TEST(an_XML_buffer_has_the_bytes)
{
    static const char package[] = HEADER ROOT "<a><b>" INCLUDE("1") "</b></a>" PART("1") "bytes" END;
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    static struct dump dump;

    set_package(reader, &with_header, package, sizeof(package) - 1);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_hr(S_OK, read_mtom(reader, 0, &dump, NULL));
    expect(!strcmp(dump.text, "<a><b>{bytes}</></>$"));
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* --- Arguments --- */

TEST(arguments_of_WsSetInput)
{
    static WCHAR b[] = {'b'}, odd[] = {'a', 0xd800}, r[] = {'<', 'r', '>'},
                 type[] = {'t', 'e', 'x', 't', '/', 'x', 'm', 'l'};
    static const char package[] = ROOT "<a>" INCLUDE("1") "</a>" PART("1") "one" END;
    WS_XML_READER_TEXT_ENCODING text = any_text;
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_MTOM_ENCODING encoding = {
        {WS_XML_READER_ENCODING_TYPE_MTOM}, &text.encoding, FALSE, {0, NULL}, {1, b}, {0, NULL}};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)package, sizeof(package) - 1};
    BOOL yes = TRUE;
    WS_XML_READER_PROPERTY fragment = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();

    expect_package_with(&encoding, package, sizeof(package) - 1, "<a>{one}</>$");
    encoding.startUri.length = 3;
    encoding.startUri.chars = r;
    encoding.startInfo.length = 8;
    encoding.startInfo.chars = type;
    expect_package_with(&encoding, package, sizeof(package) - 1, "<a>{one}</>$");
    encoding.startUri.length = 1;
    encoding.startUri.chars = r + 1;
    expect_package_with(&encoding, package, sizeof(package) - 1, "<a>{one}</>$");

    set_text_string(reader, "<still/>");
#define refused(text) \
    expect_refused(error, E_INVALIDARG, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, error), text)
    expect_refused(error, E_INVALIDARG, WsSetInput(reader, &encoding.encoding, &input.input, &fragment, 1, error),
                   "ALLOW_FRAGMENT");
    encoding.readMimeHeader = TRUE;
    refused("must be empty");
    encoding.readMimeHeader = FALSE;
    encoding.startInfo.chars = NULL;
    refused("startInfo");
    encoding.startInfo.length = 0;
    encoding.startUri.chars = odd;
    encoding.startUri.length = 2;
    refused("startUri");
    encoding.startUri.length = 0;
    encoding.boundary.length = 0;
    refused("boundary");
    encoding.boundary.length = 1;
    encoding.boundary.chars = NULL;
    refused("boundary");
    encoding.boundary.chars = b;
    encoding.textEncoding = NULL;
    refused("text encoding");
    encoding.textEncoding = &binary.encoding;
    refused("text encoding");
    encoding.textEncoding = &text.encoding;
    text.charSet = (WS_CHARSET)99;
    refused("charset 99");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT); /* of the input before */
    text.charSet = WS_CHARSET_UTF8;
    expect_package_with(&encoding, package, sizeof(package) - 1, "<a>{one}</>$");
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(properties_of_the_text)
{
    static const char package[] = HEADER ROOT "<a>\n <b/></a>" END;
    struct stream stream = {(const BYTE *)package, sizeof(package) - 1, 0, 10, 0};
    WS_XML_READER *reader = create_reader();
    ULONGLONG row = 99, column = 99;
    WS_CHARSET charset = WS_CHARSET_AUTO;

    set_package_stream(reader, &with_header, &stream, NULL, 0);
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_ROW, &row, sizeof(row), NULL));
    expect(!row);
    expect_hr(WS_E_QUOTA_EXCEEDED,
              WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    expect_hr(S_OK, WsFillReader(reader, 0, NULL, NULL));
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    expect_size(WS_CHARSET_UTF8, charset);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_ROW, &row, sizeof(row), NULL));
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_COLUMN, &column, sizeof(column), NULL));
    expect(row == 1 && column == 1);
    WsFreeReader(reader);
}
