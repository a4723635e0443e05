/* SPDX-License-Identifier: MIT */
/*
 * What the text decoder makes of documents: the sequence of nodes, what is refused, and where. Each document is read
 * from memory, as UTF-8 and both kinds of UTF-16, and as a stream that comes byte by byte; all must agree.
 *
 * Source: XML 1.0 and Namespaces in XML 1.0; which nodes there are, the pages of the nodes.
 */
#include "support/reader.h"

#include <stdlib.h>

#define FRAGMENT 1 /* WS_XML_READER_PROPERTY_ALLOW_FRAGMENT */

static BYTE utf16[1 << 18];

/* WS_CHARSET_AUTO where that would find this, and else the charset itself. */
static WS_CHARSET charset_of(const void *bytes, size_t length, WS_CHARSET charset)
{
    const BYTE *p = bytes;

    return length < 3 || (charset != WS_CHARSET_UTF8 && p[0] != 0xff && p[0] != 0xfe && p[0] != '<') ? charset
                                                                                                     : WS_CHARSET_AUTO;
}

static void set_bytes(WS_XML_READER *reader, const void *bytes, size_t length, WS_CHARSET charset, unsigned flags)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, charset_of(bytes, length, charset)};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, (ULONG)length};
    BOOL fragment = (flags & FRAGMENT) != 0;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)};

    input.encodedData = (void *)bytes;
    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, &property, 1, NULL));
}

/* The nodes of a stream that is filled before each. */
static HRESULT read_stream_all(WS_XML_READER *reader, struct stream *stream, WS_CHARSET charset, unsigned flags,
                               struct dump *dump, WS_ERROR *error)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT},
                                            charset_of(stream->bytes, stream->length, charset)};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, stream};
    BOOL fragment = (flags & FRAGMENT) != 0;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &fragment, sizeof(fragment)};
    const WS_XML_NODE *node;
    HRESULT hr;

    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, &property, 1, NULL));
    do
    {
        if ((hr = WsFillReader(reader, 100000, NULL, error)) != S_OK || (hr = WsReadNode(reader, error)) != S_OK)
            return hr;
        expect_hr(S_OK, WsGetReaderNode(reader, &node, NULL));
        dump_node(dump, node);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

static void read_one_way(WS_XML_READER *reader, const char *text, size_t length, unsigned way, unsigned flags,
                         HRESULT *hr, struct dump *dump, WS_ERROR *error)
{
    struct stream stream = {(const BYTE *)text, length, 0, 1, 0};
    size_t size;

    memset(dump, 0, sizeof(*dump));
    switch (way)
    {
    case 0:
        set_bytes(reader, text, length, WS_CHARSET_UTF8, flags);
        *hr = read_all(reader, dump, error);
        break;
    case 1: *hr = read_stream_all(reader, &stream, WS_CHARSET_UTF8, flags, dump, error); break;
    case 2:
    case 3:
        size = to_utf16(text, length, way == 3, true, utf16);
        set_bytes(reader, utf16, size, way == 3 ? WS_CHARSET_UTF16BE : WS_CHARSET_UTF16LE, flags);
        *hr = read_all(reader, dump, error);
        break;
    case 4: /* no mark, in pieces of 3 bytes */
        stream.length = to_utf16(text, length, false, false, utf16);
        stream.bytes = utf16;
        stream.piece = 3;
        *hr = read_stream_all(reader, &stream, WS_CHARSET_UTF16LE, flags, dump, error);
        break;
    }
    dump_end_text(dump);
}

static void check_nodes(const char *file, int line, const char *text, size_t length, unsigned flags, const char *nodes)
{
    static const char *const ways[] = {"memory", "a stream", "UTF-16LE", "UTF-16BE", "a stream of UTF-16"};
    static struct dump dump;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    unsigned way, ways_there = 5;
    HRESULT hr = E_FAIL;

    if (strstr(text, "encoding") || (BYTE)text[0] == 0xef)
        ways_there = 2; /* a document that says UTF-8 is not one in UTF-16 */
    for (way = 0; way < ways_there; way++)
    {
        read_one_way(reader, text, length, way, flags, &hr, &dump, error);
        if (hr != S_OK || strcmp(dump.text, nodes))
            test_fail(file, line, "%s from %s: 0x%08x, %s", text, ways[way], (unsigned)hr, dump.text);
    }
    WsFreeError(error);
    WsFreeReader(reader);
}

#define expect_nodes(text, nodes)    check_nodes(__FILE__, __LINE__, text, sizeof(text) - 1, 0, nodes)
#define expect_fragment(text, nodes) check_nodes(__FILE__, __LINE__, text, sizeof(text) - 1, FRAGMENT, nodes)

/* A document that is refused with a sentence, which is the same from memory and from a stream. */
static void check_refused(const char *file, int line, const char *text, size_t length, unsigned flags,
                          const char *says_what)
{
    static struct dump dump;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    HRESULT hr = E_FAIL;
    unsigned way;

    for (way = 0; way < 2; way++)
    {
        expect_hr(S_OK, WsResetError(error));
        read_one_way(reader, text, length, way, flags, &hr, &dump, error);
        if (hr != WS_E_INVALID_FORMAT)
            test_fail(file, line, "%s: 0x%08x, %s", text, (unsigned)hr, dump.text);
        if (!says(error, says_what) || sentence_count(error) != 1)
            test_fail(file, line, "%s is refused with \"%s\", not \"%s\"", text, sentence(error), says_what);
        if (WsReadNode(reader, NULL) != WS_E_OBJECT_FAULTED)
            test_fail(file, line, "%s: the reader is not faulted", text);
    }
    WsFreeError(error);
    WsFreeReader(reader);
}

#define expect_bad(text, sentence) check_refused(__FILE__, __LINE__, text, sizeof(text) - 1, 0, sentence)
#define expect_bad_fragment(text, sentence) \
    check_refused(__FILE__, __LINE__, text, sizeof(text) - 1, FRAGMENT, sentence)

TEST(elements)
{
    expect_nodes("<a></a>", "<a></>$");
    expect_nodes("<a/>", "<a/></>$");
    expect_nodes("<a />", "<a/></>$");
    expect_nodes("<a\t\r\n></a \n>", "<a></>$");
    expect_nodes("<a><b/><c></c></a>", "<a><b/></><c></></>$");
    expect_nodes("<a><a><a/></a></a>", "<a><a><a/></></></>$");
    expect_nodes("<_-.1/>", "<_-.1/></>$");
    expect_nodes("<\xc3\xa4\xc3\xb6 \xce\xb1='1'/>", "<\xc3\xa4\xc3\xb6 \xce\xb1='1'/></>$");
    expect_nodes("<a\xf0\x90\x80\x80/>", "<a\xf0\x90\x80\x80/></>$");
    expect_nodes("<x:\xc3\xa4 xmlns:x='u'/>", "<x:\xc3\xa4{u} xmlns:x='u'/></>$");
}

/* Observed on Windows of white space before the root element; that it is so between all nodes there is our choice. */
TEST(white_space_outside_the_root_is_text)
{
    expect_nodes(" <a/>", "' '<a/></>$");
    expect_nodes(" \r\n\t<a/> \n", "' \\n\\t'<a/></>' \\n'$");
    expect_nodes("<?xml version='1.0'?>\n<!--x-->\n<a/>\r<!--y-->\r\n", "'\\n'#x#'\\n'<a/></>'\\n'#y#'\\n'$");
    expect_bad(" x<a/>", "Line 1, column 2: Text is not allowed outside the root element.");
    expect_bad("<a/>\n&#32;", "outside the root element");
}

/* Observed on Windows. Our choice: of nothing but comments, too. */
TEST(a_document_may_be_without_a_root_element)
{
    expect_nodes("<?xml version='1.0'?>", "$");
    expect_nodes("<?xml version='1.0'?> ", "' '$");
    expect_nodes("\xef\xbb\xbf", "$");
    expect_nodes("<!--x-->", "#x#$");
    expect_nodes("  \n", "'  \\n'$");
    expect_nodes("", "$"); /* in a charset that is known: see charsets_that_are_found_out */
}

TEST(texts)
{
    expect_nodes("<a>text</a>", "<a>'text'</>$");
    expect_nodes("<a> \t\n </a>", "<a>' \\t\\n '</>$");
    expect_nodes("<a>&lt;&gt;&amp;&quot;&apos;</a>", "<a>'<>&\"\\''</>$");
    expect_nodes("<a>x&#65;y&#x42;&#x00000000043;z</a>", "<a>'xAyBCz'</>$");
    expect_nodes("<a>&#228;&#x20AC;&#x10FFFF;&#xfFfD;</a>",
                 "<a>'\xc3\xa4\xe2\x82\xac\xf4\x8f\xbf\xbf\xef\xbf\xbd'</>$");
    expect_nodes("<a>\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\x7f</a>",
                 "<a>'\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\x7f'</>$");
    expect_nodes("<a>]] ]> ]&gt; ]]&gt;</a>", "<a>']] ]> ]> ]]>'</>$");
    expect_nodes("<a>\"'></a>", "<a>'\"\\'>'</>$");
    expect_nodes("<a>1<b>2</b>3</a>", "<a>'1'<b>'2'</>'3'</>$");
}

TEST(line_ends_are_LF)
{
    expect_nodes("<a>1\r\n2\r3\n4\r\r\n5\n\r6</a>", "<a>'1\\n2\\n3\\n4\\n\\n5\\n\\n6'</>$");
    expect_nodes("<a>\r</a>", "<a>'\\n'</>$");
    expect_nodes("<a>\r\n</a>", "<a>'\\n'</>$");
    expect_nodes("<a>&#13;&#xD;\r\n&#10;</a>", "<a>'\\r\\r\\n\\n'</>$");
    expect_nodes("<a><!--1\r\n2\r3\r--><![CDATA[1\r\n2\r3\r]]></a>", "<a>#1\\n2\\n3\\n#['1\\n2\\n3\\n']</>$");
    expect_nodes("<a\r\n b='1'\r c='2'/>", "<a b='1' c='2'/></>$");
}

TEST(attributes)
{
    expect_nodes("<a b='1' c=\"2\"/>", "<a b='1' c=\"2\"/></>$");
    expect_nodes("<a b = '1'\nc\t=\n\"2\" ></a>", "<a b='1' c=\"2\"></>$");
    expect_nodes("<a b=''/>", "<a b=''/></>$");
    expect_nodes("<a b='\"' c=\"'\"/>", "<a b='\"' c=\"\\'\"/></>$");
    expect_nodes("<a b='&lt;&#x41;&amp;&apos;&quot;>'/>", "<a b='<A&\\'\">'/></>$");
    /* White space becomes spaces, unless it comes from references. */
    expect_nodes("<a b=' 1\t2\n3\r\n4\r5  '/>", "<a b=' 1 2 3 4 5  '/></>$");
    expect_nodes("<a b='&#9;&#10;&#13;&#32;'/>", "<a b='\\t\\n\\r '/></>$");
    expect_nodes("<a b='\xc3\xa4\xf0\x9f\x98\x80&amp;\xc3\xa4'/>", "<a b='\xc3\xa4\xf0\x9f\x98\x80&\xc3\xa4'/></>$");
    expect_nodes("<a b='a long value that takes more than one step' c='and another, with \"quotes\" in it'/>",
                 "<a b='a long value that takes more than one step' c='and another, with \"quotes\" in it'/></>$");
}

TEST(namespaces)
{
    expect_nodes("<a xmlns='u'/>", "<a{u} xmlns='u'/></>$");
    expect_nodes("<p:a xmlns:p='u'/>", "<p:a{u} xmlns:p='u'/></>$");
    expect_nodes("<p:a p:b='1' b='2' xmlns:p='u' xmlns='v'/>", "<p:a{u} p:b{u}='1' b='2' xmlns:p='u' xmlns='v'/></>$");
    expect_nodes("<a xmlns='u'><b xmlns=''><c/></b><d/></a>", "<a{u} xmlns='u'><b xmlns=''><c/></></><d{u}/></></>$");
    expect_nodes("<a xmlns:p='u'><p:b xmlns:p='v'><p:c/></p:b><p:d/></a>",
                 "<a xmlns:p='u'><p:b{v} xmlns:p='v'><p:c{v}/></></><p:d{u}/></></>$");
    expect_nodes("<a xmlns:p='u' xmlns:q='u'><p:b q:c='1'/></a>",
                 "<a xmlns:p='u' xmlns:q='u'><p:b{u} q:c{u}='1'/></></>$");
    expect_nodes("<a xmlns='a&amp;b'><b xmlns:c='\xc3\xa4 &#65;'><c:c/></b></a>",
                 "<a{a&b} xmlns='a&b'><b{a&b} xmlns:c='\xc3\xa4 A'><c:c{\xc3\xa4 A}/></></></>$");
    expect_nodes("<a xml:lang='de' xml:space='preserve'/>",
                 "<a xml:lang{http://www.w3.org/XML/1998/namespace}='de' "
                 "xml:space{http://www.w3.org/XML/1998/namespace}='preserve'/></>$");
    expect_nodes("<xml:a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
                 "<xml:a{http://www.w3.org/XML/1998/namespace} xmlns:xml='http://www.w3.org/XML/1998/namespace'/></>$");
    /* Prefixes that begin like those that are special. */
    expect_nodes("<a xmlnsx='1' xmln='2' xmlns1:b='3' xmlns:xmlns1='u'/>",
                 "<a xmlnsx='1' xmln='2' xmlns1:b{u}='3' xmlns:xmlns1='u'/></>$");
}

TEST(comments_and_cdata)
{
    expect_nodes("<!----><a><!-- - <b>&x; ]]> --></a>", "##<a># - <b>&x; ]]> #</>$");
    expect_nodes("<!--a comment that is longer than sixteen bytes, \xc3\xa4, and - so on--><a/>",
                 "#a comment that is longer than sixteen bytes, \xc3\xa4, and - so on#<a/></>$");
    expect_nodes("<a><![CDATA[]]></a>", "<a>[]</>$");
    expect_nodes("<a><![CDATA[<b>&amp;</b>]]></a>", "<a>['<b>&amp;</b>']</>$");
    expect_nodes("<a><![CDATA[]]]></a>", "<a>[']']</>$");
    expect_nodes("<a><![CDATA[]]]]></a>", "<a>[']]']</>$");
    expect_nodes("<a><![CDATA[]] ]> ]]></a>", "<a>[']] ]> ']</>$");
    expect_nodes("<a>1<![CDATA[2]]>3<!--4-->5</a>", "<a>'1'['2']'3'#4#'5'</>$");
    expect_nodes("<a><![CDATA[]]><![CDATA[x]]></a>", "<a>[]['x']</>$");
    expect_nodes("<a><![CDATA[<<<<<<<<<<<<<<<<<<<<<<<<&&&&&&&&&&&&&&&&&&\r<&]]></a>",
                 "<a>['<<<<<<<<<<<<<<<<<<<<<<<<&&&&&&&&&&&&&&&&&&\\n<&']</>$");
}

TEST(declarations)
{
    expect_nodes("<?xml version=\"1.0\"?><a/>", "<a/></>$");
    expect_nodes("<?xml version='1.0' encoding='utf-8'?><a/>", "<a/></>$");
    expect_nodes("<?xml  version = '1.0'\n encoding\t=\r\"UTF-8\" standalone = 'yes' ?><a/>", "<a/></>$");
    expect_nodes("<?xml version='1.0' standalone='no'?><a/>", "<a/></>$");
    expect_nodes("\xef\xbb\xbf<?xml version='1.0'?><a/>", "<a/></>$");
    expect_nodes("\xef\xbb\xbf<a/>", "<a/></>$");

    expect_bad("<?xml?><a/>", "does not begin with a version");
    expect_bad("<?xml ?><a/>", "does not begin with a version");
    expect_bad("<?xml encoding='utf-8'?><a/>", "does not begin with a version");
    expect_bad("<?xml version='1.1'?><a/>", "only \"1.0\"");
    expect_bad("<?xml version='1.0' encoding='utf-16'?><a/>", "\"utf-16\", and it is read as UTF-8");
    expect_bad("<?xml version='1.0' encoding='iso-8859-1'?><a/>", "iso-8859-1");
    expect_bad("<?xml version='1.0' encoding=''?><a/>", "declares the encoding \"\"");
    expect_bad("<?xml version='1.0' standalone='maybe'?><a/>", "\"maybe\"");
    expect_bad("<?xml version='1.0'standalone='yes'?><a/>", "The XML declaration");
    expect_bad("<?xml version='1.0' standalone='yes' encoding='utf-8'?><a/>", "The XML declaration");
    expect_bad("<?xml version='1.0' x='y'?><a/>", "The XML declaration");
    expect_bad("<?xml version='1.0\"?><a/>", "does not begin with a version");
    expect_bad("<?xml version='1.0' ", "ends within the XML declaration");
    expect_bad("<?xml version='1.0'? ><a/>", "The XML declaration");
    expect_bad(" <?xml version='1.0'?><a/>", "Processing instructions");
    expect_bad("<?xml version='1.0'?><?xml version='1.0'?><a/>", "Processing instructions");
    expect_bad("<a><?xml version='1.0'?></a>", "Processing instructions");
    expect_bad("<?XML version='1.0'?><a/>", "This is not an XML declaration");
    expect_bad("<?xmlx?><a/>", "processing instructions");
}

TEST(a_declaration_can_be_forbidden)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();

    set_text_with(reader, "<?xml version='1.0'?><a/>", WS_XML_READER_PROPERTY_READ_DECLARATION, FALSE);
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadNode(reader, error), "WS_XML_READER_PROPERTY_READ_DECLARATION");
    set_text_with(reader, "<a/>", WS_XML_READER_PROPERTY_READ_DECLARATION, FALSE);
    expect_hr(S_OK, WsReadNode(reader, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(what_is_not_supported)
{
    expect_bad("<!DOCTYPE a><a/>", "Document type declarations");
    expect_bad("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "Document type declarations");
    expect_bad("<a><?b?></a>", "Processing instructions");
    expect_bad("<?b c?><a/>", "processing instructions");
    expect_bad("<a/><?b?>", "Processing instructions");
    expect_bad("<!ELEMENT a ANY><a/>", "neither a comment nor a CDATA section");
}

TEST(the_structure_must_be_right)
{
    expect_bad("<a/><b/>", "second root element");
    expect_bad("<a></a><a>", "second root element");
    expect_bad("x", "outside the root element");
    expect_bad("xyz", "outside the root element");
    expect_bad("x<a/>", "outside the root element");
    expect_bad("<a/>x", "outside the root element");
    expect_bad("<a/>&#32;", "outside the root element");
    expect_bad("<![CDATA[]]><a/>", "outside the root element");
    expect_bad("<a/><![CDATA[]]>", "outside the root element");
    expect_bad("<a>", "\"a\" is still open");
    expect_bad("<a><b></b>", "\"a\" is still open");
    expect_bad("<a>text", "\"a\" is still open");
    expect_bad("</a>", "no open element");
    expect_bad("<a/></a>", "no open element");
    expect_bad("<a></b>", "\"b\" does not match the open element \"a\"");
    expect_bad("<a><b></a></b>", "\"a\" does not match the open element \"b\"");
    expect_bad("<a></ab>", "\"ab\" does not match");
    expect_bad("<ab></a>", "\"a\" does not match");
    expect_bad("<a xmlns:p='u' xmlns:q='u'><p:b></q:b></a>", "\"q:b\" does not match the open element \"p:b\"");
    expect_bad("<a></a b>", "Line 1, column 8: \">\" is expected after the name in an end tag, not \"b\".");
    expect_bad("<a></ a>", "Line 1, column 6: A name cannot begin with white space.");
    expect_bad("<a></>", "A name cannot begin with \">\".");
}

TEST(tags_must_be_right)
{
    expect_bad("<>", "Line 1, column 2: A name cannot begin with \">\".");
    expect_bad("< a/>", "A name cannot begin with white space.");
    expect_bad("<1/>", "cannot begin with \"1\"");
    expect_bad("<-a/>", "cannot begin with");
    expect_bad("<.a/>", "cannot begin with");
    expect_bad("<:a/>", "cannot begin with");
    expect_bad("<\xc2\xb7/>", "A name cannot begin with U+00B7.");
    expect_bad("<a:/>", "The prefix \"a\" must be followed by a name, not \"/\".");
    expect_bad("<a:1/>", "must be followed by a name");
    expect_bad("<a:b:c/>", "more than one colon");
    expect_bad("<a\xc3\x97/>",
               "Line 1, column 3: White space, \"/>\" or \">\" is expected in a start tag, not U+00D7.");
    expect_bad("<a b='1'c='2'/>",
               "Line 1, column 9: White space, \"/>\" or \">\" is expected in a start tag, not \"c\".");
    expect_bad("<a/ >", "In a start tag \"/\" must be followed by \">\", not white space.");
    expect_bad("<a p:b/>", "The attribute \"p:b\" is not followed by \"=\"");
    expect_bad("<a b c='1'/>", "\"b\" is not followed by \"=\"");
    expect_bad("<a b=1/>", "\"b\" is not in quotes");
    expect_bad("<a b=/>", "\"b\" is not in quotes");
    expect_bad("<a ='1'/>", "cannot begin with");
    expect_bad("<a 'b'='1'/>", "cannot begin with");
    expect_bad("<a b='<'/>", "\"<\" is not allowed in the value");
    expect_bad("<a b='&amp;<'/>", "\"<\" is not allowed in the value");
    expect_bad("<a b='&x;'/>", "entity \"x\"");
    expect_bad("<a b='&'/>", "must begin a reference");
    expect_bad("<a b='\x01'/>", "U+0001");
    expect_bad("<a b='&amp;\x01'/>", "U+0001");
    expect_bad("<a <b/>", "cannot begin with");
    expect_bad("<a\x01/>", "is expected in a start tag, not U+0001.");
    expect_bad("<a\xff/>", "is expected in a start tag, not the byte FF.");
    expect_bad("<a b\x01='1'/>", "not followed by");
}

/* Where what does not end begins, and what it is. */
TEST(what_does_not_end)
{
    expect_bad("<a>\n <b c='1'\n  d='x</b></a>\n",
               "Line 3, column 3: The value of the attribute \"d\" does not end: its closing ' is missing.");
    expect_bad("<a p:b=\"&amp;</a>",
               "Line 1, column 4: The value of the attribute \"p:b\" does not end: its closing \" is missing.");
    expect_bad("<a xmlns:p='u/>", "Line 1, column 4: The value of the attribute \"xmlns:p\" does not end");
    expect_bad("<a xmlns='u/>", "Line 1, column 4: The value of the attribute \"xmlns\" does not end");
    expect_bad("<a b='\xc3", "Line 1, column 4: The value of the attribute \"b\" does not end");
    expect_bad("<a>\n<!-- -></a>", "Line 2, column 1: The document ends within a comment that begins here.");
    expect_bad("<a>\n<b c='1' \n", "Line 2, column 1: The document ends within a tag that begins here.");
    expect_bad("<a>\n</a \n", "Line 2, column 1: The document ends within a tag that begins here.");
    expect_bad("<a>x&amp", "Line 1, column 5: The document ends within a reference that begins here.");
    expect_bad("<a b='1' cd", "Line 1, column 10: The document ends within a name that begins here.");
    expect_bad("<?xml version='1.0'",
               "Line 1, column 1: The document ends within the XML declaration that begins here.");
    expect_bad("<a><![CDATA[x]]\n", "Line 2, column 1: The document ends within a CDATA section.");
}

TEST(documents_cut_off)
{
    static const char text[] = "<?xml version='1.0'?><!--c--><p:a b='\xc3\xa4&amp;' xmlns:p='u'>t&lt;\xe2\x82\xac\r\n"
                               "<p:c\xc3\xa4/><!--\xc3\xa4--></p:a>";
    WS_XML_READER *reader = create_reader();
    static struct dump dump, whole;
    size_t length;

    set_text(reader, text, sizeof(text) - 1);
    expect_hr(S_OK, read_all(reader, &whole, NULL));
    for (length = 0; length < sizeof(text) - 1; length++)
    {
        /* Up to the root element, a document may end after each node. */
        bool whole_nodes =
            length == sizeof("<?xml version='1.0'?>") - 1 || length == sizeof("<?xml version='1.0'?><!--c-->") - 1;
        /* A copy of just that size, so that reading beyond it is noticed. */
        char *copy = malloc(length ? length : 1);
        size_t cut;

        expect(copy != NULL);
        memcpy(copy, text, length);
        memset(&dump, 0, sizeof(dump));
        set_text(reader, copy, length);
        expect_hr(whole_nodes ? S_OK : WS_E_INVALID_FORMAT, read_all(reader, &dump, NULL));
        cut = dump.length - whole_nodes;
        expect(cut <= whole.length && !memcmp(dump.text, whole.text, cut));
        free(copy);
    }
    WsFreeReader(reader);
}

TEST(comments_and_cdata_must_be_right)
{
    expect_bad("<!-- -- --><a/>", "\"--\" is not allowed");
    expect_bad("<!-----><a/>", "\"--\" is not allowed");
    expect_bad("<!---->--><a/>", "outside the root");
    expect_bad("<!-- ", "ends within a comment");
    expect_bad("<!--\x01--><a/>", "U+0001");
    expect_bad("<!--\xff--><a/>", "byte FF");
    expect_bad("<!- x --><a/>", "neither a comment nor");
    expect_bad("<a><![cdata[]]></a>", "neither a comment nor");
    expect_bad("<a><![CDATA []]></a>", "neither a comment nor");
    expect_bad("<a><![CDATA[x</a>", "ends within a CDATA section");
    expect_bad("<a><![CDATA[\x02]]></a>", "U+0002");
    expect_bad("<a>]]></a>", "\"]]>\" is not allowed in text");
    expect_bad("<a>x]]>y</a>", "\"]]>\" is not allowed in text");
    expect_bad("<a>]]]></a>", "\"]]>\" is not allowed in text");
    expect_bad("<a>&amp;]]></a>", "\"]]>\" is not allowed in text");
}

TEST(references_must_be_right)
{
    expect_bad("<a>&</a>", "must begin a reference");
    expect_bad("<a>& </a>", "must begin a reference");
    expect_bad("<a>&amp</a>", "must begin a reference");
    expect_bad("<a>&;</a>", "entity \"\"");
    expect_bad("<a>&nbsp;</a>", "entity \"nbsp\"");
    expect_bad("<a>&AMP;</a>", "entity \"AMP\"");
    expect_bad("<a>&a:b;</a>", "must begin a reference");
    expect_bad("<a>&#;</a>", "\"&#;\" does not stand for");
    expect_bad("<a>&#x;</a>", "\"&#x;\" does not stand for");
    expect_bad("<a>&#X41;</a>", "does not stand for");
    expect_bad("<a>&#4x;</a>", "does not stand for");
    expect_bad("<a>&#xg;</a>", "does not stand for");
    expect_bad("<a>&#-1;</a>", "does not stand for");
    expect_bad("<a>&#0;</a>", "does not stand for");
    expect_bad("<a>&#1;</a>", "does not stand for");
    expect_bad("<a>&#xD800;</a>", "does not stand for");
    expect_bad("<a>&#xDFFF;</a>", "does not stand for");
    expect_bad("<a>&#xFFFE;</a>", "does not stand for");
    expect_bad("<a>&#xFFFF;</a>", "does not stand for");
    expect_bad("<a>&#x110000;</a>", "does not stand for");
    expect_bad("<a>&#4294967361;</a>", "does not stand for"); /* 2^32 + 65 */
    expect_bad("<a>&#x100000041;</a>", "does not stand for");
    expect_bad("<a>&# 65;</a>", "must begin a reference");
    expect_bad("<a>&#65", "ends within a reference");
}

TEST(references_to_invalid_characters_can_be_allowed)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();

    set_text_with(reader, "<a b='&#2;'>&#1;&#xFFFE;&#31;</a>",
                  WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "\x01\xef\xbf\xbe\x1f"));
    /* Still refused: what is no character at all, and the characters themselves. */
    set_text_with(reader, "<a>&#xD800;</a>", WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadNode(reader, error), "does not stand for");
    set_text_with(reader, "<a>&#x110000;</a>", WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadNode(reader, error), "does not stand for");
    set_text_with(reader, "<a>\x01</a>", WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadNode(reader, error), "U+0001");
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(characters_must_be_valid)
{
    static const char *const invalid[] = {"\x80",
                                          "\xbf",
                                          "\xc0\x80",
                                          "\xc1\xbf",
                                          "\xc3",
                                          "\xc3\x28",
                                          "\xe0\x80\x80",
                                          "\xe0\x9f\xbf",
                                          "\xe2\x82",
                                          "\xed\xa0\x80",
                                          "\xed\xbf\xbf",
                                          "\xef\xbf\xbe",
                                          "\xef\xbf\xbf",
                                          "\xf0\x80\x80\x80",
                                          "\xf0\x8f\xbf\xbf",
                                          "\xf4\x90\x80\x80",
                                          "\xf5\x80\x80\x80",
                                          "\xf8\x88\x80\x80\x80",
                                          "\xfe",
                                          "\xff",
                                          "\xf0\x9f\x98",
                                          "\x01",
                                          "\x08",
                                          "\x0b",
                                          "\x0c",
                                          "\x0e",
                                          "\x1f"};
    static const char *const around[][2] = {{"<a>", "</a>"},
                                            {"<a>long enough for a step of sixteen", "and again as much of it</a>"},
                                            {"<a b='", "'/>"},
                                            {"<a b='&amp;", "'/>"},
                                            {"<a>&amp;", "</a>"},
                                            {"<a><![CDATA[", "]]></a>"},
                                            {"<a><![CDATA[\r", "]]></a>"},
                                            {"<!--", "--><a/>"},
                                            {"<!--\r", "--><a/>"},
                                            {"<a", "/>"},
                                            {"<", "/>"},
                                            {"<a ", "='1'/>"}};
    WS_XML_READER *reader = create_reader();
    static struct dump dump;
    char text[128];
    size_t i, j;

    for (i = 0; i < sizeof(invalid) / sizeof(invalid[0]); i++)
        for (j = 0; j < sizeof(around) / sizeof(around[0]); j++)
        {
            strcpy(text, around[j][0]);
            strcat(text, invalid[i]);
            strcat(text, around[j][1]);
            memset(&dump, 0, sizeof(dump));
            set_text_string(reader, text);
            if (read_all(reader, &dump, NULL) != WS_E_INVALID_FORMAT)
                test_fail(__FILE__, __LINE__, "%s is accepted", text);
        }
    set_text(reader, "<a>\0</a>", 8);
    expect_hr(WS_E_INVALID_FORMAT, read_all(reader, &dump, NULL));
    set_text(reader, "<a\0/>", 5);
    expect_hr(WS_E_INVALID_FORMAT, read_all(reader, &dump, NULL));
    WsFreeReader(reader);
}

/* Each sentence has the place of what is wrong: of the attribute, if it is one. */
TEST(namespaces_must_be_right)
{
    expect_bad("<p:a/>", "Line 1, column 1: The prefix of the element \"p:a\" is not declared.");
    expect_bad("<a\np:b='1'/>", "Line 2, column 1: The prefix of the attribute \"p:b\" is not declared.");
    expect_bad("<a><b xmlns:p='u'/><p:c/></a>",
               "Line 1, column 20: The prefix of the element \"p:c\" is not declared.");
    expect_bad("<a xmlns:p=''/>", "Line 1, column 4: The prefix \"p\" is declared with an empty namespace");
    expect_bad("<a b='' xmlns:xml='u'/>",
               "Line 1, column 9: The prefix \"xml\" can only be bound to its own namespace");
    expect_bad("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "and that to no other prefix");
    expect_bad("<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "and that to no other prefix");
    expect_bad("<a xmlns:xmlns='u'/>", "The prefix \"xmlns\" must not be declared");
    expect_bad("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "No prefix can be bound to the namespace of \"xmlns\"");
    expect_bad("<a xmlns='http://www.w3.org/2000/xmlns/'/>", "No prefix can be bound to the namespace of \"xmlns\"");
    expect_bad("<xmlns:a/>", "An element must not have the prefix \"xmlns\"");
    expect_bad("<a xmlns:p:q='u'/>", "more than one colon");
}

TEST(attributes_must_be_unique)
{
    expect_bad("<a b='1' b='2'/>", "Line 1, column 10: The element has the attribute \"b\" twice.");
    expect_bad("<a b='1' c='2'\n b='3'/>", "Line 2, column 2: The element has the attribute \"b\" twice.");
    expect_bad("<a xmlns:p='u' p:b='&#x61;' p:b='2'/>",
               "Line 1, column 29: The element has the attribute \"p:b\" twice.");
    expect_bad("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
               "Line 1, column 36: The attribute \"q:b\" has the name and namespace of \"p:b\".");
    expect_bad("<a xmlns:p='u' xmlns:p='v'/>", "Line 1, column 16: The element declares the prefix \"p\" twice.");
    expect_bad("<a xmlns='u' xmlns='v'/>", "Line 1, column 14: The element declares the default namespace twice.");
    expect_bad("<a xmlns:p='u' xmlns:p='u'/>", "Line 1, column 16: The element declares the prefix \"p\" twice.");
    expect_nodes("<a xmlns:p='u' xmlns:q='v' p:b='1' q:b='2' b='3' xmlns:b='w'/>",
                 "<a xmlns:p='u' xmlns:q='v' p:b{u}='1' q:b{v}='2' b='3' xmlns:b='w'/></>$");
    /* The default namespace is not that of attributes. */
    expect_nodes("<a xmlns='u' xmlns:p='u' b='1' p:b='2'/>", "<a{u} xmlns='u' xmlns:p='u' b='1' p:b{u}='2'/></>$");
    /* More than are compared in pairs. */
    expect_bad("<a b0='' b1='' b2='' b3='' b4='' b5='' b6='' b7='' b8='' b9='' b3=''/>",
               "Line 1, column 64: The element has the attribute \"b3\" twice.");
    expect_bad("<a xmlns:p='u' xmlns:q='u' b0='' b1='' b2='' p:b3='' b4='' b5='' b6='' b7='' b8='' b9='' q:b3=''/>",
               "Line 1, column 90: The attribute \"q:b3\" has the name and namespace of \"p:b3\".");
    expect_nodes("<a b0='' b1='' b2='' b3='' b4='' b5='' b6='' b7='' b8='' b9='' b00=''/>",
                 "<a b0='' b1='' b2='' b3='' b4='' b5='' b6='' b7='' b8='' b9='' b00=''/></>$");
}

TEST(fragments)
{
    expect_fragment("", "$");
    expect_fragment(" x ", "' x '$");
    expect_fragment("<a/><b/>", "<a/></><b/></>$");
    expect_fragment("1<a/>2<b/>3<!--c-->&lt;", "'1'<a/></>'2'<b/></>'3'#c#'<'$");
    expect_fragment("<?xml version='1.0'?>\nx", "'\\nx'$");
    expect_fragment("<![CDATA[x]]>", "['x']$");
    expect_bad_fragment("</a>", "no open element");
    expect_bad_fragment("<a>", "still open");
    expect_bad_fragment("<a/>]]>", "\"]]>\"");
    expect_bad_fragment("<p:a/>", "not declared");
    expect_bad_fragment("<a xmlns:p='u'/><p:a/>", "not declared");
}

TEST(sentences_say_where)
{
    expect_bad("<a>\n <b>\n  <c></d></b></a>", "Line 3, column 6: ");
    expect_bad("\n\n<a b='1'\n   b='2'/>", "Line 4, column 4: ");
    expect_bad("<a>\xc3\xa4\xc3\xa4&x;</a>", "Line 1, column 6: ");
    expect_bad("<a>\r\n\r\n\x01</a>", "Line 3, column 1: ");
}
