/* SPDX-License-Identifier: MIT */
/*
 * Canonical forms: the examples of the recommendations, namespaces, the order of attributes, an omitted element.
 *
 * Source: Canonical XML 1.0 and Exclusive XML Canonicalization 1.0.
 */
#include "support/canonical-reader.h"

/* The same of a text, in all the ways that it can be read in; all must give the same form. */
static void check_form(const char *text, const char *element, const PROPERTY *properties, ULONG count, const char *form,
                       const char *file, int line)
{
    static struct sink sink;
    static BYTE utf16[16384];
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    struct stream stream = {(const BYTE *)text, strlen(text), 0, 7, 0};
    int way;

    for (way = 0; way < 4; way++)
    {
        switch (way)
        {
        case 0: set_text_string(reader, text); break;
        case 1: set_text(reader, utf16, to_utf16(text, strlen(text), true, true, utf16)); break;
        case 2:
            set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
            expect_hr(S_OK, WsFillReader(reader, 100000, NULL, NULL));
            break;
        default:
            expect_hr(S_OK, WsReadXmlBufferFromBytes(reader, &encoding.encoding, NULL, 0, text, (ULONG)strlen(text),
                                                     heap, &buffer, NULL));
            expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
            break;
        }
        canonicalize(reader, element, properties, count, &sink);
        if (sink.length != strlen(form) || memcmp(sink.text, form, sink.length))
            test_fail(file, line, "way %d:\n# %.*s\n# not\n# %s", way, (int)sink.length, sink.text, form);
    }
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

#define NO_PROPERTIES NULL, 0
#define ONE(...)      (const PROPERTY[]){__VA_ARGS__}, 1
#define TWO(...)      (const PROPERTY[]){__VA_ARGS__}, 2

/* The form of a text, from an element (or NULL) on, with properties and their number. */
#define expect_canonical(form, text, element, ...) check_form(text, element, __VA_ARGS__, form, __FILE__, __LINE__)

/* --- The examples of [C14N], section 3, less what needs a document type or a processing instruction --- */

TEST(c14n_3_1_comments_outside_of_the_root)
{
    static const char text[] =
        "<?xml version=\"1.0\"?>\n\n<!-- Comment 0 -->\n<doc>Hello, world!<!-- Comment 1 --></doc>"
        "\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->\n";

    expect_canonical("<doc>Hello, world!</doc>", text, NULL, ONE(INCLUSIVE));
    expect_canonical("<doc>Hello, world!</doc>", text, NULL, NO_PROPERTIES);
    expect_canonical("<!-- Comment 0 -->\n<doc>Hello, world!<!-- Comment 1 --></doc>\n<!-- Comment 2 -->\n"
                     "<!-- Comment 3 -->",
                     text, NULL, ONE(INCLUSIVE_WITH_COMMENTS));
    expect_canonical("<!-- Comment 0 -->\n<doc>Hello, world!<!-- Comment 1 --></doc>\n<!-- Comment 2 -->\n"
                     "<!-- Comment 3 -->",
                     text, NULL, ONE(WITH_COMMENTS));
    expect_canonical("<doc>Hello, world!<!-- Comment 1 --></doc>", text, "doc", ONE(WITH_COMMENTS));
}

TEST(c14n_3_2_white_space_in_content)
{
    static const char text[] = "<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n   <mixed>\n      A\n"
                               "      <clean>   </clean>\n      B\n      <dirty>   A   B   </dirty>\n      C\n"
                               "   </mixed>\n</doc>";

    expect_canonical(text, text, NULL, ONE(INCLUSIVE));
    expect_canonical(text, text, NULL, NO_PROPERTIES);
}

static const char tags[] = "<doc>\n   <e1   />\n   <e2   ></e2>\n   <e3   name = \"elem3\"   id=\"elem3\"   />\n"
                           "   <e4   name=\"elem4\"   id=\"elem4\"   ></e4>\n"
                           "   <e5 a:attr=\"out\" b:attr=\"sorted\" attr2=\"all\" attr=\"I'm\"\n"
                           "      xmlns:b=\"http://www.ietf.org\"\n      xmlns:a=\"http://www.w3.org\"\n"
                           "      xmlns=\"http://example.org\"/>\n"
                           "   <e6 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n"
                           "      <e7 xmlns=\"http://www.ietf.org\">\n"
                           "         <e8 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n"
                           "            <e9 xmlns=\"\" xmlns:a=\"http://www.ietf.org\"/>\n"
                           "         </e8>\n      </e7>\n   </e6>\n</doc>";

#define TAGS_BEGIN \
    "<doc>\n   <e1></e1>\n   <e2></e2>\n   <e3 id=\"elem3\" name=\"elem3\"></e3>\n" \
    "   <e4 id=\"elem4\" name=\"elem4\"></e4>\n" \
    "   <e5 xmlns=\"http://example.org\" xmlns:a=\"http://www.w3.org\" xmlns:b=\"http://www.ietf.org\" " \
    "attr=\"I'm\" attr2=\"all\" b:attr=\"sorted\" a:attr=\"out\"></e5>\n"

TEST(c14n_3_3_tags)
{
    expect_canonical(TAGS_BEGIN "   <e6 xmlns:a=\"http://www.w3.org\">\n"
                                "      <e7 xmlns=\"http://www.ietf.org\">\n         <e8 xmlns=\"\">\n"
                                "            <e9 xmlns:a=\"http://www.ietf.org\"></e9>\n"
                                "         </e8>\n      </e7>\n   </e6>\n</doc>",
                     tags, NULL, ONE(INCLUSIVE));
    /* Exclusive forms leave out what is not used. */
    expect_canonical(TAGS_BEGIN "   <e6>\n"
                                "      <e7 xmlns=\"http://www.ietf.org\">\n         <e8 xmlns=\"\">\n"
                                "            <e9></e9>\n"
                                "         </e8>\n      </e7>\n   </e6>\n</doc>",
                     tags, NULL, NO_PROPERTIES);
    expect_canonical("<e8>\n            <e9></e9>\n         </e8>", tags, "e8", NO_PROPERTIES);
}

TEST(c14n_3_4_characters)
{
    expect_canonical("<doc>\n   <text>First line&#xD;\nSecond line</text>\n   <value>2</value>\n"
                     "   <compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute>\n"
                     "   <compute expr=\"value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; "
                     "?&quot;valid&quot;:&quot;error&quot;\">valid</compute>\n"
                     "   <norm attr=\" '    &#xD;&#xA;&#x9;   ' \"></norm>\n</doc>",
                     "<doc>\n   <text>First line&#x0d;&#10;Second line</text>\n   <value>&#x32;</value>\n"
                     "   <compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute>\n"
                     "   <compute expr='value>\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"'>valid</compute>\n"
                     "   <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>\n</doc>",
                     NULL, ONE(INCLUSIVE));
    /* 3.6: whatever the encoding was. */
    expect_canonical("<doc>\xc2\xa9\xf0\x9f\x98\x80</doc>", "<doc>&#169;\xf0\x9f\x98\x80</doc>", NULL, ONE(INCLUSIVE));
}

/* --- The examples of [XML-EXC-C14N], section 2, and others of namespaces --- */

TEST(exc_c14n_2_1_enveloping)
{
    expect_canonical("<n1:elem1 xmlns:n1=\"http://b.example\">\n       content\n   </n1:elem1>",
                     "<n0:pdu xmlns:n0=\"http://a.example\">\n"
                     "   <n1:elem1 xmlns:n1=\"http://b.example\">\n       content\n   </n1:elem1>\n</n0:pdu>",
                     "elem1", NO_PROPERTIES);
}

static const char pdu[] = "<n2:pdu xmlns:n1=\"http://example.com\" xmlns:n2=\"http://foo.example\" xml:lang=\"fr\" "
                          "xml:space=\"retain\">\n"
                          "  <n1:elem2 xmlns:n1=\"http://example.net\" xml:lang=\"en\">\n"
                          "      <n3:stuff xmlns:n3=\"ftp://example.org\"/>\n  </n1:elem2>\n</n2:pdu>";
static const char local[] = "<n0:local xmlns:n0=\"foo:bar\" xmlns:n3=\"ftp://example.org\">\n"
                            "  <n1:elem2 xmlns:n1=\"http://example.net\" xml:lang=\"en\">\n"
                            "      <n3:stuff xmlns:n3=\"ftp://example.org\"/>\n  </n1:elem2>\n</n0:local>";

TEST(exc_c14n_2_2_the_context_does_not_matter)
{
    static const char form[] = "<n1:elem2 xmlns:n1=\"http://example.net\" xml:lang=\"en\">\n"
                               "      <n3:stuff xmlns:n3=\"ftp://example.org\"></n3:stuff>\n  </n1:elem2>";

    expect_canonical(form, pdu, "elem2", NO_PROPERTIES);
    expect_canonical(form, local, "elem2", NO_PROPERTIES);
}

TEST(inclusive_prefixes)
{
    static WS_XML_STRING n2[] = {STRING("n2"), STRING("unknown"), STRING("n2"), STRING("xml")}, n3[] = {STRING("n3")};
    static WS_XML_STRING none[] = {STRING("")}, by_name[] = {STRING("#default")}, two[] = {STRING("p"), STRING("q")};
    static const char nested[] = "<a xmlns='urn:a' xmlns:p='urn:p'><b xmlns=''><c/></b><p:d xmlns:p='urn:q'/>"
                                 "<e xmlns:q='urn:q'/></a>";

    expect_canonical("<n1:elem2 xmlns:n1=\"http://example.net\" xmlns:n2=\"http://foo.example\" xml:lang=\"en\">\n"
                     "      <n3:stuff xmlns:n3=\"ftp://example.org\"></n3:stuff>\n  </n1:elem2>",
                     pdu, "elem2", ONE(PREFIXES(4, n2)));
    expect_canonical("<n1:elem2 xmlns:n1=\"http://example.net\" xmlns:n3=\"ftp://example.org\" xml:lang=\"en\">\n"
                     "      <n3:stuff></n3:stuff>\n  </n1:elem2>",
                     local, "elem2", ONE(PREFIXES(1, n3)));

    /* The default namespace: "" and "#default". */
    expect_canonical("<p:d xmlns=\"urn:a\" xmlns:p=\"urn:q\"></p:d>", nested, "d", ONE(PREFIXES(1, none)));
    expect_canonical("<p:d xmlns=\"urn:a\" xmlns:p=\"urn:q\"></p:d>", nested, "d", ONE(PREFIXES(1, by_name)));
    expect_canonical("<p:d xmlns:p=\"urn:q\"></p:d>", nested, "d", NO_PROPERTIES);
    expect_canonical("<c></c>", nested, "c", ONE(PREFIXES(1, none)));

    /* What is declared inside; and rendered once, or again when it changes. */
    expect_canonical("<a xmlns=\"urn:a\" xmlns:p=\"urn:p\"><b xmlns=\"\"><c></c></b>"
                     "<p:d xmlns:p=\"urn:q\"></p:d><e xmlns:q=\"urn:q\"></e></a>",
                     nested, NULL, ONE(PREFIXES(2, two)));
    expect_canonical("<e xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\"></e>", nested, "e", ONE(PREFIXES(2, two)));
    expect_canonical("<a xmlns=\"urn:a\"><b xmlns=\"\"><c></c></b><p:d xmlns:p=\"urn:q\"></p:d><e></e></a>", nested,
                     NULL, ONE(PREFIXES(0, NULL)));
    /* An inclusive algorithm has them all. */
    expect_canonical("<a xmlns=\"urn:a\" xmlns:p=\"urn:p\"><b xmlns=\"\"><c></c></b>"
                     "<p:d xmlns:p=\"urn:q\"></p:d><e xmlns:q=\"urn:q\"></e></a>",
                     nested, NULL, TWO(INCLUSIVE, PREFIXES(1, n3)));
}

TEST(namespaces_that_are_used)
{
    /* On siblings each; not again inside; again when hidden in between. */
    expect_canonical("<a><p:b xmlns:p=\"u\"><p:c></p:c></p:b><p:b xmlns:p=\"u\"></p:b></a>",
                     "<a xmlns:p='u'><p:b><p:c/></p:b><p:b/></a>", NULL, NO_PROPERTIES);
    expect_canonical("<p:a xmlns:p=\"u\"><p:b xmlns:p=\"v\"><p:c xmlns:p=\"u\"></p:c></p:b></p:a>",
                     "<p:a xmlns:p='u'><p:b xmlns:p='v'><p:c xmlns:p='u'/></p:b></p:a>", NULL, NO_PROPERTIES);
    /* By an attribute; the default namespace only by elements. */
    expect_canonical("<p:a xmlns:p=\"v\" xmlns:q=\"u\" x=\"1\" q:x=\"2\"></p:a>",
                     "<p:a q:x='2' x='1' xmlns='d' xmlns:q='u' xmlns:p='v'/>", NULL, NO_PROPERTIES);
    /* Declared, hidden and not used. */
    expect_canonical("<a xmlns=\"u\"><b></b></a>", "<a xmlns='u'><b xmlns:p='v' xmlns:q='w'/></a>", NULL,
                     NO_PROPERTIES);
    expect_canonical("<a xmlns=\"u\"><b xmlns=\"\"><c xmlns=\"u\"></c></b></a>",
                     "<a xmlns='u'><b xmlns=''><c xmlns='u'/></b></a>", NULL, NO_PROPERTIES);
    /* The prefix xml. */
    expect_canonical("<a xml:lang=\"de\"><xml:b></xml:b></a>",
                     "<a xml:lang='de' xmlns:xml='http://www.w3.org/XML/1998/namespace'><xml:b/></a>", NULL,
                     ONE(INCLUSIVE));
    /* Namespaces are escaped as attributes are. */
    expect_canonical("<a xmlns=\"&lt;&amp;>&quot;'&#x9;&#xA;&#xD;\"></a>",
                     "<a xmlns='&lt;&amp;>\"&apos;&#9;&#10;&#13;'/>", NULL, NO_PROPERTIES);
}

TEST(attributes_are_sorted)
{
    static char text[40000], form[40000];
    char *to = text, *form_to = form;
    WS_XML_READER *reader = create_reader();
    static struct sink sink;
    int i, j;

    expect_canonical("<a xmlns:m=\"b\" xmlns:n=\"a\" a=\"1\" aa=\"2\" b=\"3\" \xc3\xa4=\"4\" n:z=\"5\" m:a=\"6\"></a>",
                     "<a \xc3\xa4='4' m:a='6' b='3' n:z='5' aa='2' a='1' xmlns:m='b' xmlns:n='a'/>", NULL,
                     NO_PROPERTIES);
    /* Many: in a scrambled order. */
    to += sprintf(to, "<a");
    form_to += sprintf(form_to, "<a");
    for (i = 0; i < 120; i++)
        to += sprintf(to, " a%03d='%d'", i * 77 % 120, i);
    for (i = 0; i < 120; i++)
    {
        for (j = 0; j * 77 % 120 != i; j++)
            ;
        form_to += sprintf(form_to, " a%03d=\"%d\"", i, j);
    }
    sprintf(to, "/>");
    sprintf(form_to, "></a>");
    set_text_string(reader, text);
    canonicalize(reader, NULL, NULL, 0, &sink);
    expect_form(&sink, form);
    WsFreeReader(reader);
}

TEST(an_omitted_element)
{
    static const char text[] = "<a xmlns='u'><s>1<b/></s><p:s xmlns:p='u'>2<s/><!--c-->3</p:s><s xmlns='v'>4</s>5</a>";

    expect_canonical("<a xmlns=\"u\"><s xmlns=\"v\">4</s>5</a>", text, NULL, ONE(OMITTED("s", "u")));
    expect_canonical("<a xmlns=\"u\"><s>1<b></b></s><p:s xmlns:p=\"u\">2<s></s>3</p:s>5</a>", text, NULL,
                     ONE(OMITTED("s", "v")));
    expect_canonical("", text, NULL, ONE(OMITTED("a", "u")));
    expect_canonical("<a xmlns=\"u\"><s>1<b></b></s><p:s xmlns:p=\"u\">2<s></s>3</p:s><s xmlns=\"v\">4</s>5</a>", text,
                     NULL, ONE(OMITTED("a", "")));
    expect_canonical("", text, "s", ONE(OMITTED("s", "u")));
}
