/* SPDX-License-Identifier: MIT */
/*
 * Writers: charsets, declarations, indentation, the raw encoding.
 *
 * Source: the pages of the encodings and of WS_XML_WRITER_PROPERTY_ID; XML 1.0.
 */
#include "support/writer.h"

/* --- Charsets, declarations, indentation --- */

static const WS_CHARSET charsets[] = {WS_CHARSET_UTF8, WS_CHARSET_UTF16LE, WS_CHARSET_UTF16BE};

TEST(utf16_is_utf8_in_other_units)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0), *other = create_writer(NULL, 0);
    static const char text[] = "a \xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 z";
    unsigned i, j;
    WS_BYTES a, b;

    write_much(other, 1);
    set_output(other, NULL, 0);
    start(other, "root");
    for (i = 0; i < 3000; i++)
    {
        chars8(other, text);
        chars8(other, &"xyz"[i % 4]);
    }
    end(other);
    a = get_bytes(other);
    for (j = 1; j < 3; j++)
    {
        WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, charsets[j]};
        size_t at = 0, k;

        ok(WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, NULL));
        expect_size(charsets[j], get_ulong(writer, WS_XML_WRITER_PROPERTY_CHARSET));
        start(writer, "root");
        for (i = 0; i < 3000; i++)
        {
            chars8(writer, text);
            chars8(writer, &"xyz"[i % 4]);
        }
        end(writer);
        b = get_bytes(writer);
        expect_size(get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN), b.length);
        /* Back to UTF-8, by another way than the library's. */
        for (k = 0; k < b.length; k += 2)
        {
            uint32_t c = j == 1 ? b.bytes[k] | b.bytes[k + 1] << 8 : b.bytes[k] << 8 | b.bytes[k + 1];

            if (c >= 0xd800 && c < 0xdc00)
            {
                k += 2;
                c = 0x10000 + ((c & 0x3ff) << 10) +
                    ((j == 1 ? b.bytes[k] | b.bytes[k + 1] << 8 : b.bytes[k] << 8 | b.bytes[k + 1]) & 0x3ff);
            }
            if (c >= 0x10000)
            {
                expect(at + 4 <= a.length && a.bytes[at++] == (0xf0 | c >> 18));
                expect(a.bytes[at++] == (0x80 | (c >> 12 & 0x3f)));
                expect(a.bytes[at++] == (0x80 | (c >> 6 & 0x3f)));
                expect(a.bytes[at++] == (0x80 | (c & 0x3f)));
            }
            else if (c >= 0x800)
            {
                expect(at + 3 <= a.length && a.bytes[at++] == (0xe0 | c >> 12));
                expect(a.bytes[at++] == (0x80 | (c >> 6 & 0x3f)));
                expect(a.bytes[at++] == (0x80 | (c & 0x3f)));
            }
            else if (c >= 0x80)
            {
                expect(at + 2 <= a.length && a.bytes[at++] == (0xc0 | c >> 6));
                expect(a.bytes[at++] == (0x80 | (c & 0x3f)));
            }
            else
                expect(at < a.length && a.bytes[at++] == c);
        }
        expect_size(a.length, at);
    }
    WsFreeWriter(writer);
    WsFreeWriter(other);
}

/* Our choice of what is written in it. */
TEST(a_declaration_names_the_charset)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &yes, sizeof(yes)};
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16BE};
    WS_XML_WRITER *writer = create_writer(&property, 1);
    static const char big[] = "\xfe\xff\0<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0\"\0"
                              "1\0.\0"
                              "0\0\"\0 "
                              "\0e\0n\0c\0o\0d\0i\0n\0g\0=\0\"\0u\0t\0f\0-\0"
                              "1\0"
                              "6\0\"\0?\0>\0<\0a\0/\0>";

    expect_output(writer, ""); /* not before there is something to declare */
    start(writer, "a");
    end(writer);
    expect_output(writer, "<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>");
    ok(WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, NULL));
    start(writer, "a");
    end(writer);
    expect_bytes(writer, big, sizeof(big) - 1);
    WsFreeWriter(writer);
}

/* Our choice. */
TEST(indentation_stays_out_of_text)
{
    ULONG indent = 2;
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(indent)},
                                           {WS_XML_WRITER_PROPERTY_WRITE_DECLARATION, &yes, sizeof(yes)}};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, WS_XML_STRING_VALUE("c")};
    WS_XML_WRITER *writer = create_writer(properties, 2);

    ok(WsWriteNode(writer, &comment.node, NULL));
    start(writer, "a");
    start(writer, "b");
    end(writer);
    start(writer, "c");
    chars8(writer, "text");
    start(writer, "d");
    start(writer, "e");
    end(writer);
    end(writer);
    end(writer);
    ok(WsWriteNode(writer, &comment.node, NULL));
    start(writer, "f");
    start(writer, "g");
    end(writer);
    end(writer);
    ok(WsWriteStartElement(writer, NULL, X("h"), X(""), NULL));
    ok(WsWriteStartAttribute(writer, X("xml"), X("space"), X("http://www.w3.org/XML/1998/namespace"), FALSE, NULL));
    ok(WsWriteChars(writer, u"preserve", 8, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    start(writer, "i");
    ok(WsWriteStartElement(writer, NULL, X("j"), X(""), NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("space"), X("http://www.w3.org/XML/1998/namespace"), FALSE, NULL));
    chars8(writer, "default");
    ok(WsWriteEndAttribute(writer, NULL));
    start(writer, "k");
    end(writer);
    end(writer);
    end(writer);
    end(writer);
    end(writer);
    expect_output(writer, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                          "<!--c-->\n"
                          "<a>\n"
                          "  <b/>\n"
                          "  <c>text<d>\n"
                          "      <e/>\n"
                          "    </d></c>\n"
                          "  <!--c-->\n"
                          "  <f>\n"
                          "    <g/>\n"
                          "  </f>\n"
                          "  <h xml:space=\"preserve\"><i><j xml:space=\"default\">\n"
                          "        <k/>\n"
                          "      </j></i></h>\n"
                          "</a>");
    WsFreeWriter(writer);
}

/* Our choice. */
TEST(indentation_can_be_wide)
{
    ULONG indent = 100;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_INDENT, &indent, sizeof(indent)};
    WS_XML_WRITER *writer = create_writer(&property, 1);
    char wanted[400];

    start(writer, "a");
    start(writer, "b");
    end(writer);
    end(writer);
    snprintf(wanted, sizeof(wanted), "<a>\n%100s<b/>\n</a>", "");
    expect_output(writer, wanted);
    WsFreeWriter(writer);
}

/* --- The raw encoding --- */

TEST(raw_is_bytes)
{
    static const WS_XML_WRITER_RAW_ENCODING raw = {{WS_XML_WRITER_ENCODING_TYPE_RAW}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    ULONG charset;

    ok(WsSetOutput(writer, &raw.encoding, &memory_output.output, NULL, 0, NULL));
    ok(WsWriteBytes(writer, "\0\1<&", 4, NULL));
    chars8(writer, "eyAx");
    ok(WsWriteChars(writer, u"LCA", 3, NULL));
    ok(WsWriteChars(writer, u"\r\n yLCAzIH0=", 12, NULL));
    expect_bytes(writer, "\0\1<&{ 1, 2, 3 }", 15);
    expect_size(15, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
    expect_size(0, get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE));
    expect_hr(E_INVALIDARG,
              WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("a"), X(""), error), "raw");
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartCData(writer, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteCharsUtf8(writer, (const BYTE *)"{}{}", 4, error), "base64");
    WsFreeWriter(writer);
    WsFreeError(error);
}
