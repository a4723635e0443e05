/* SPDX-License-Identifier: MIT */
/*
 * writer-node - elements below the root, whole or piece by piece. Most start tags are encoded at once where they
 * are going to be in the output, until something comes that takes a decision; nothing may come out differently.
 * Everything is written once more with canonicalization going on, which does without fast start tags.
 *
 * Source: the pages of the functions.
 */
#include "support/writer.h"

struct given
{
    const char *prefix, *local, *ns, *value;
    int quote; /* '\'', or 0 */
};
#define PLAIN(local, value) \
    { \
        "", local, "", value, 0 \
    }
#define PREFIXED(prefix, local, ns, value) \
    { \
        prefix, local, ns, value, 0 \
    }
#define MOST 12

static HRESULT write_node(WS_XML_WRITER *writer, const char *prefix, const char *local, const char *ns, bool is_empty,
                          const struct given *given, ULONG count, WS_ERROR *error)
{
    WS_XML_STRING names[MOST][3], of_element[3] = {*X(prefix), *X(local), *X(ns)};
    WS_XML_ATTRIBUTE attributes[MOST], *pointers[MOST];
    WS_XML_UTF8_TEXT values[MOST];
    WS_XML_ELEMENT_NODE node = {
        {WS_XML_NODE_TYPE_ELEMENT}, &of_element[0], &of_element[1], &of_element[2], count, pointers, is_empty};
    ULONG i;

    for (i = 0; i < count; i++)
    {
        names[i][0] = *X(given[i].prefix);
        names[i][1] = *X(given[i].local);
        names[i][2] = *X(given[i].ns);
        values[i].text.textType = WS_XML_TEXT_TYPE_UTF8;
        values[i].value = *X(given[i].value);
        attributes[i].singleQuote = given[i].quote == '\'';
        attributes[i].isXmlNs = FALSE;
        attributes[i].prefix = &names[i][0];
        attributes[i].localName = &names[i][1];
        attributes[i].ns = &names[i][2];
        attributes[i].value = &values[i].text;
        pointers[i] = &attributes[i];
    }
    return WsWriteNode(writer, &node.node, error);
}

/* The same, piece by piece; prefixes are chosen where that gives the same. */
static HRESULT write_calls(WS_XML_WRITER *writer, const char *local, const struct given *given, ULONG count)
{
    ULONG i;

    ok(WsWriteStartElement(writer, X(""), X(local), X(""), NULL));
    for (i = 0; i < count; i++)
    {
        ok(WsWriteStartAttribute(writer, *given[i].ns ? X(given[i].prefix) : NULL, X(given[i].local), X(given[i].ns),
                                 given[i].quote, NULL));
        chars8(writer, given[i].value);
        ok(WsWriteEndAttribute(writer, NULL));
    }
    return S_OK;
}

static HRESULT CALLBACK ignore(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                               WS_ERROR *error)
{
    (void)state, (void)buffers, (void)count, (void)async, (void)error;
    return S_OK;
}

/* Writes the root, in which two prefixes are bound to one namespace, and "d" is the default one. */
static void begin(WS_XML_WRITER *writer, bool observed, const WS_XML_WRITER_PROPERTY *properties, ULONG count)
{
    set_output(writer, properties, count);
    ok(WsWriteStartElement(writer, X("p"), X("r"), X("urn:p"), NULL));
    ok(WsWriteXmlnsAttribute(writer, X("p"), X("urn:p"), FALSE, NULL));
    ok(WsWriteXmlnsAttribute(writer, X("q"), X("urn:p"), FALSE, NULL));
    ok(WsWriteEndStartElement(writer, NULL));
    if (observed)
        ok(WsStartWriterCanonicalization(writer, ignore, NULL, NULL, 0, NULL));
}
#define ROOT "<p:r xmlns:p=\"urn:p\" xmlns:q=\"urn:p\">"

/* Ends what is open but the root, and that. */
static void finish(WS_XML_WRITER *writer, bool observed, int depth)
{
    while (depth--)
        ok(WsWriteEndElement(writer, NULL));
    if (observed)
        ok(WsEndWriterCanonicalization(writer, NULL));
    ok(WsWriteEndElement(writer, NULL));
}

static const struct given three[] = {
    PLAIN("number", "12"), PREFIXED("q", "b", "urn:p", "x>y"), {"", "c", "", "\"'&\t\r\n<\xc3\xbc>", '\''}};
#define THREE " number=\"12\" q:b=\"x>y\" c='\"&apos;&amp;&#x9;&#xD;&#xA;&lt;\xc3\xbc>'"

TEST(nodes_are_written_as_they_are)
{
    static const struct given values[] = {
        PLAIN("empty", ""),
        PLAIN("a", "0123456789abcdef"),
        PLAIN("b", "0123456789abcdefg"),
        PLAIN("a-name-of-more-than-sixteen.bytes", "Z\xc3\xbcrich"),
        PREFIXED("xml", "space", "http://www.w3.org/XML/1998/namespace", "preserve"),
        {"p", "quoted", "urn:p", "it is \"so\", \xe2\x82\xac \xf0\x9f\x98\x80", '\''},
        PREFIXED("p", "b", "urn:p", "same local name"),
    };
    static const struct given escaped[] = {PLAIN("a", "<&>"), {"", "b", "", "'\t\r\n\"", '\''}, PLAIN("c", "\"'")};
    static const struct given unbound[] = {PREFIXED("z", "a", "urn:z", "1"), PLAIN("b", "2"),
                                           PREFIXED("z", "c", "urn:z", "3")};
    static const struct given rebound[] = {PREFIXED("q", "a", "urn:other", "1")};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    int observed;

    for (observed = 0; observed < 2; observed++)
    {
        begin(writer, observed, NULL, 0);
        ok(write_node(writer, "", "e", "", TRUE, NULL, 0, NULL));
        ok(WsWriteEndElement(writer, NULL));
        ok(write_node(writer, "", "e", "", FALSE, NULL, 0, NULL));
        ok(WsWriteEndElement(writer, NULL));
        ok(write_node(writer, "q", "three", "urn:p", TRUE, three, 3, NULL));
        ok(write_node(writer, "", "in", "", TRUE, three, 3, NULL));
        chars8(writer, "text");
        ok(WsWriteEndElement(writer, NULL));
        ok(WsWriteEndElement(writer, NULL));
        ok(write_node(writer, "p", "v", "urn:p", FALSE, values, 7, NULL));
        ok(write_node(writer, "", "w", "", TRUE, escaped, 3, NULL));
        ok(write_node(writer, "", "y", "", TRUE, rebound, 1, NULL));
        ok(WsWriteEndElement(writer, NULL));
        ok(write_node(writer, "p", "y", "urn:other", TRUE, NULL, 0, NULL));
        ok(WsWriteEndElement(writer, NULL));
        ok(write_calls(writer, "y", NULL, 0));
        ok(WsWriteStartAttribute(writer, X("q"), X("a"), X("urn:other"), FALSE, NULL));
        ok(WsWriteEndAttribute(writer, NULL));
        ok(WsWriteEndElement(writer, NULL));
        ok(write_node(writer, "", "x", "", TRUE, unbound, 3, NULL));
        ok(write_node(writer, "", "d", "urn:d", TRUE, NULL, 0, NULL));
        ok(write_node(writer, "", "d", "urn:d", TRUE, NULL, 0, NULL));
        finish(writer, observed, 5);
        expect_output(writer, ROOT "<e/><e></e><q:three" THREE "><in" THREE ">text</in></q:three>"
                                   "<p:v empty=\"\" a=\"0123456789abcdef\" b=\"0123456789abcdefg\""
                                   " a-name-of-more-than-sixteen.bytes=\"Z\xc3\xbcrich\" xml:space=\"preserve\""
                                   " p:quoted='it is \"so\", \xe2\x82\xac \xf0\x9f\x98\x80' p:b=\"same local name\">"
                                   "<w a=\"&lt;&amp;>\" b='&apos;&#x9;&#xD;&#xA;\"' c=\"&quot;'\">"
                                   "<y q:a=\"1\" xmlns:q=\"urn:other\"/><p:y xmlns:p=\"urn:other\"/>"
                                   "<y q:a=\"\" xmlns:q=\"urn:other\"/>"
                                   "<x z:a=\"1\" b=\"2\" z:c=\"3\" xmlns:z=\"urn:z\"><d xmlns=\"urn:d\"><d/></d></x>"
                                   "</w></p:v></p:r>");
    }
    WsFreeWriter(writer);
}

TEST(nodes_that_are_wrong_are_refused)
{
    static const struct
    {
        const char *prefix, *local, *ns;
        struct given given[2];
        ULONG count;
        const char *says;
    } wrong[] = {
        {"", "1", "", {PLAIN("a", "")}, 0, "1"},
        {"p", "e", "", {PLAIN("a", "")}, 0, "\"p\""},
        {"", "e", "", {PLAIN("a", ""), PLAIN("a b", "")}, 2, "attribute"},
        {"", "e", "", {PLAIN("a", ""), PLAIN("xmlns", "urn:x")}, 2, "namespace declaration"},
        {"", "e", "", {PLAIN("a", "\x01")}, 1, "U+0001"},
        {"", "e", "", {PLAIN("a", "\xef\xbf\xbe")}, 1, "U+FFFE"},
        {"", "e", "", {PLAIN("a", "\xc3")}, 1, "UTF-8"},
        {"", "e", "", {PREFIXED("", "a", "urn:p", "")}, 1, "\"a\""},
        {"", "e", "", {PREFIXED("p", "a", "", "")}, 1, "\"p\""},
        {"", "e", "", {PREFIXED("xml", "a", "urn:p", "")}, 1, "\"xml\""},
        {"", "e", "", {PLAIN("a", ""), PLAIN("a", "")}, 2, "\"a\" is written twice"},
        {"", "e", "", {PREFIXED("p", "a", "urn:p", ""), PREFIXED("q", "a", "urn:p", "")}, 2, "\"a\" is written twice"},
    };
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    HRESULT hr;
    size_t i;

    for (i = 0; i < 2 * sizeof(wrong) / sizeof(wrong[0]); i++)
    {
        const struct given *given = wrong[i / 2].given;

        begin(writer, i % 2, NULL, 0);
        ok(WsResetError(error));
        hr = write_node(writer, wrong[i / 2].prefix, wrong[i / 2].local, wrong[i / 2].ns, TRUE, given,
                        wrong[i / 2].count, error);
        if (hr == S_OK) /* what is there twice is found when the start tag is complete */
            hr = WsWriteEndElement(writer, error);
        expect_hr(WS_E_INVALID_FORMAT, hr);
        expect_size(1, sentence_count(error));
        if (!says(error, wrong[i / 2].says))
            test_fail(__FILE__, __LINE__, "node %u: not \"%s\"", (unsigned)i, wrong[i / 2].says);
    }
    WsFreeError(error);
    WsFreeWriter(writer);
}

/* Ways to go on after the node <e> with three attributes, and what comes out. */
enum addition
{
    ADD_NOTHING,
    ADD_END_OF_START,
    ADD_ATTRIBUTE,
    ADD_VALUE_IN_PIECES,
    ADD_CHOSEN_PREFIX,
    ADD_NEW_NAMESPACE,
    ADD_DECLARATION,
    ADD_DEFAULT,
    ADD_QNAME,
    ADD_CHOSEN_QNAME,
    ADD_QNAME_CONTENT,
    ADD_CHOSEN_QNAME_CONTENT,
    ADD_COMMENT,
    ADD_CDATA,
    ADD_BYTES,
    ADD_NODE,
    ADD_SAME, /* all from here on are refused */
    ADD_SAME_PREFIXED,
    ADD_CONFLICT,
    ADD_OWN_CONFLICT,
    ADDITIONS
};

static HRESULT add_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const char *local, const char *ns)
{
    ok(WsWriteStartAttribute(writer, prefix, X(local), X(ns), FALSE, NULL));
    chars8(writer, "v");
    ok(WsWriteEndAttribute(writer, NULL));
    return S_OK;
}

static HRESULT add_qname(WS_XML_WRITER *writer, const WS_XML_STRING *prefix)
{
    ok(WsWriteStartAttribute(writer, X(""), X("f"), X(""), FALSE, NULL));
    ok(WsWriteQualifiedName(writer, prefix, X("n"), X("urn:p"), NULL));
    return WsWriteEndAttribute(writer, NULL);
}

static HRESULT add(WS_XML_WRITER *writer, enum addition addition)
{
    static const WCHAR quoted[] = {'a', '\'', 'b'};
    WS_XML_COMMENT_NODE comment = {{WS_XML_NODE_TYPE_COMMENT}, *X("c")};

    switch (addition)
    {
    case ADD_END_OF_START: return WsWriteEndStartElement(writer, NULL);
    case ADD_ATTRIBUTE: return add_attribute(writer, X(""), "f", "");
    case ADD_VALUE_IN_PIECES:
        ok(WsWriteStartAttribute(writer, X(""), X("f"), X(""), TRUE, NULL));
        ok(WsWriteChars(writer, quoted, 1, NULL));
        ok(WsWriteChars(writer, quoted + 1, 2, NULL));
        return WsWriteEndAttribute(writer, NULL);
    case ADD_CHOSEN_PREFIX: return add_attribute(writer, NULL, "f", "urn:p");
    case ADD_NEW_NAMESPACE: return add_attribute(writer, NULL, "f", "urn:new");
    case ADD_DECLARATION: return WsWriteXmlnsAttribute(writer, X("z"), X("urn:z"), FALSE, NULL);
    case ADD_DEFAULT: return WsWriteXmlnsAttribute(writer, X(""), X(""), FALSE, NULL);
    case ADD_QNAME: return add_qname(writer, X("q"));
    case ADD_CHOSEN_QNAME: return add_qname(writer, NULL);
    case ADD_QNAME_CONTENT: return WsWriteQualifiedName(writer, X("p"), X("n"), X("urn:p"), NULL);
    case ADD_CHOSEN_QNAME_CONTENT: return WsWriteQualifiedName(writer, NULL, X("n"), X("urn:p"), NULL);
    case ADD_COMMENT: return WsWriteNode(writer, &comment.node, NULL);
    case ADD_CDATA: ok(WsWriteStartCData(writer, NULL)); return WsWriteEndCData(writer, NULL);
    case ADD_BYTES: return WsWriteBytes(writer, "abc", 3, NULL);
    case ADD_NODE:
        ok(write_node(writer, "p", "g", "urn:p", TRUE, three, 1, NULL));
        return WsWriteEndElement(writer, NULL);
    case ADD_SAME: return add_attribute(writer, X(""), "number", "");
    case ADD_SAME_PREFIXED: return add_attribute(writer, X("p"), "b", "urn:p");
    case ADD_CONFLICT: return WsWriteXmlnsAttribute(writer, X("q"), X("urn:z"), FALSE, NULL);
    case ADD_OWN_CONFLICT: return WsWriteXmlnsAttribute(writer, X(""), X("urn:z"), FALSE, NULL);
    default: return S_OK;
    }
}

TEST(start_tags_can_get_more)
{
    static const char *const expected[ADDITIONS] = {
        [ADD_NOTHING] = "/>",
        [ADD_END_OF_START] = "></e>",
        [ADD_ATTRIBUTE] = " f=\"v\"/>",
        [ADD_VALUE_IN_PIECES] = " f='a&apos;b'/>",
        [ADD_CHOSEN_PREFIX] = " q:f=\"v\"/>",
        [ADD_NEW_NAMESPACE] = " a:f=\"v\" xmlns:a=\"urn:new\"/>",
        [ADD_DECLARATION] = " xmlns:z=\"urn:z\"/>",
        [ADD_DEFAULT] = " xmlns=\"\"/>",
        [ADD_QNAME] = " f=\"q:n\"/>",
        [ADD_CHOSEN_QNAME] = " f=\"q:n\"/>",
        [ADD_QNAME_CONTENT] = ">p:n</e>",
        [ADD_CHOSEN_QNAME_CONTENT] = ">q:n</e>",
        [ADD_COMMENT] = "><!--c--></e>",
        [ADD_CDATA] = "><![CDATA[]]></e>",
        [ADD_BYTES] = ">YWJj</e>",
        [ADD_NODE] = "><p:g number=\"12\"/></e>",
    };
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char text[300];
    int i;

    for (i = 0; i < 4 * ADDITIONS; i++)
    {
        begin(writer, i % 2, NULL, 0);
        ok(i & 2 ? write_calls(writer, "e", three, 3) : write_node(writer, "", "e", "", TRUE, three, 3, NULL));
        ok(add(writer, (enum addition)(i / 4)));
        if (!expected[i / 4])
        {
            expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
            continue;
        }
        finish(writer, i % 2, 1);
        snprintf(text, sizeof(text), ROOT "<e" THREE "%s</p:r>", expected[i / 4]);
        expect_output(writer, text);
    }
    WsFreeWriter(writer);
}

TEST(invalid_references_can_be_allowed)
{
    static const struct given invalid[] = {PLAIN("a", "\x01\"\xef\xbf\xbe."), PLAIN("b", "\x1f")};
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &yes, sizeof(yes)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    int i;

    for (i = 0; i < 4; i++)
    {
        begin(writer, i % 2, &property, 1);
        ok(i & 2 ? write_calls(writer, "e", invalid, 2) : write_node(writer, "", "e", "", TRUE, invalid, 2, NULL));
        ok(WsWriteEndElement(writer, NULL));
        ok(i & 2 ? write_calls(writer, "e", invalid, 2) : write_node(writer, "", "e", "", TRUE, invalid, 2, NULL));
        ok(add(writer, ADD_DECLARATION));
        finish(writer, i % 2, 1);
        expect_output(writer, ROOT "<e a=\"&#x1;&quot;&#xFFFE;.\" b=\"&#x1F;\"/>"
                                   "<e a=\"&#x1;&quot;&#xFFFE;.\" b=\"&#x1F;\" xmlns:z=\"urn:z\"/></p:r>");
    }
    WsFreeWriter(writer);
}

static HRESULT CALLBACK push(void *state, WS_WRITE_CALLBACK write, void *write_state, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    WS_BYTES bytes = {3, (BYTE *)"abc"};

    (void)state, (void)async;
    return write(write_state, &bytes, 1, NULL, error);
}

/* Pieces of a value: what function is to write them, and which characters. */
struct piece
{
    char
        function; /* '8', 'w'ide, 't'ext, 'T'ext in UTF-16, 'b'ytes, 'p'ushed, 'v'alue, 'q'ualified name, 'g'et bytes */
    const char *text;
};

static HRESULT write_piece(WS_XML_WRITER *writer, const struct piece *piece)
{
    WS_XML_UTF8_TEXT text8 = {{WS_XML_TEXT_TYPE_UTF8}, *X(piece->text)};
    WS_XML_UTF16_TEXT text16 = {{WS_XML_TEXT_TYPE_UTF16}, NULL, 0};
    ULONG length = (ULONG)strlen(piece->text), i;
    int number = 7;
    WCHAR wide[100];

    for (i = 0; i < length; i++) /* brackets stand for the two halves of a surrogate pair */
        wide[i] = piece->text[i] == '[' ? 0xd83d : piece->text[i] == ']' ? 0xde00 : (WCHAR)piece->text[i];
    text16.bytes = (BYTE *)wide;
    text16.byteCount = 2 * length;
    switch (piece->function)
    {
    case '8': return WsWriteCharsUtf8(writer, (const BYTE *)piece->text, length, NULL);
    case 'w': return WsWriteChars(writer, wide, length, NULL);
    case 't': return WsWriteText(writer, &text8.text, NULL);
    case 'T': return WsWriteText(writer, &text16.text, NULL);
    case 'b': return WsWriteBytes(writer, piece->text, length, NULL);
    case 'p': return WsPushBytes(writer, push, NULL, NULL);
    case 'v': return WsWriteValue(writer, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL);
    case 'q': return WsWriteQualifiedName(writer, NULL, X(piece->text), X("urn:p"), NULL);
    default: get_bytes(writer); return S_OK;
    }
}

TEST(values_in_pieces)
{
    static const struct
    {
        struct piece pieces[3];
        const char *expected; /* NULL: they cannot be combined */
    } values[] = {
        {{{'8', ""}}, ""},
        {{{'8', "a"}, {'8', "b"}, {'8', "c"}}, "abc"},
        {{{'8', "0123456789abcdefghij"}, {'8', "\"<"}}, "0123456789abcdefghij&quot;&lt;"},
        {{{'8', "a"}, {'8', "\xc3"}, {'8', "\xbc"}}, "a\xc3\xbc"},
        {{{'8', "a"}, {'8', "\xc3\xbc"}, {'g', ""}}, "a\xc3\xbc"},
        {{{'8', "a"}, {'g', ""}, {'8', "&"}}, "a&amp;"},
        {{{'w', "ab"}, {'w', "cd"}, {'w', "e"}}, "abcde"},
        {{{'w', "ab"}, {'w', "["}, {'w', "]"}}, "ab\xf0\x9f\x98\x80"},
        {{{'w', "0123456789abcdef"}, {'w', ""}, {'w', "0123456789abcdef0"}}, "0123456789abcdef0123456789abcdef0"},
        {{{'t', "a"}, {'t', "b<"}, {'t', "c"}}, "ab&lt;c"},
        {{{'T', "a"}, {'T', "b"}, {'T', "[]"}}, "ab\xf0\x9f\x98\x80"},
        {{{'T', "a"}, {'g', ""}, {'T', "\n"}}, "a&#xA;"},
        {{{'b', "abc"}, {'b', "abc"}}, "YWJjYWJj"},
        {{{'p', ""}, {'b', "abc"}}, "YWJjYWJj"},
        {{{'v', ""}}, "7"},
        {{{'q', "n"}}, "q:n"},
        {{{'8', "a"}, {'w', "b"}}, NULL},
        {{{'w', "a"}, {'8', "b"}}, NULL},
        {{{'8', "a"}, {'t', "b"}}, NULL},
        {{{'T', "a"}, {'w', "b"}}, NULL},
        {{{'8', "a"}, {'b', "b"}}, NULL},
        {{{'8', "a"}, {'p', ""}}, NULL},
        {{{'8', "a"}, {'v', ""}}, NULL},
        {{{'8', ""}, {'v', ""}}, NULL},
        {{{'T', ""}, {'q', "n"}}, NULL},
    };
    static char filler[5000];
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char text[6000];
    HRESULT hr;
    size_t i, j;

    memset(filler, 'f', sizeof(filler) - 1);
    for (i = 0; i < 2 * sizeof(values) / sizeof(values[0]); i++)
    {
        begin(writer, i % 2, NULL, 0);
        chars8(writer, filler);
        ok(write_calls(writer, "e", three, 2));
        ok(WsWriteStartAttribute(writer, NULL, X("v"), X(""), FALSE, NULL));
        for (j = 0, hr = S_OK; j < 3 && values[i / 2].pieces[j].function && hr == S_OK; j++)
            hr = write_piece(writer, &values[i / 2].pieces[j]);
        expect_hr(values[i / 2].expected ? S_OK : WS_E_INVALID_OPERATION, hr);
        if (hr != S_OK)
            continue;
        ok(WsWriteEndAttribute(writer, NULL));
        attribute(writer, "w", "x");
        finish(writer, i % 2, 1);
        snprintf(text, sizeof(text), ROOT "%s<e number=\"12\" q:b=\"x>y\" v=\"%s\" w=\"x\"/></p:r>", filler,
                 values[i / 2].expected);
        expect_output(writer, text);
    }
    WsFreeWriter(writer);
}

/* Attributes that there may be no room for. */
static HRESULT add_plain(WS_XML_WRITER *writer, const struct given *given, ULONG count)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < count && hr == S_OK; i++)
    {
        ok(WsWriteStartAttribute(writer, X(given[i].prefix), X(given[i].local), X(given[i].ns), given[i].quote, NULL));
        hr = WsWriteCharsUtf8(writer, (const BYTE *)given[i].value, (ULONG)strlen(given[i].value), NULL);
        if (hr == S_OK)
            hr = WsWriteEndAttribute(writer, NULL);
    }
    return hr;
}

TEST(limits_hold_for_nodes)
{
    static const struct given many[MOST] = {PLAIN("a", ""), PLAIN("b", ""), PLAIN("c", ""), PLAIN("d", ""),
                                            PLAIN("e", ""), PLAIN("f", ""), PLAIN("g", ""), PLAIN("h", ""),
                                            PLAIN("i", ""), PLAIN("j", ""), PLAIN("k", ""), PLAIN("a", "")};
    static const char whole[] = ROOT "<e" THREE "><e" THREE "/></e></p:r>";
    ULONG attributes = 3, depth = 3, size;
    WS_XML_WRITER_PROPERTY properties[2] = {
        {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &attributes, sizeof(attributes)},
        {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)},
    };
    WS_XML_WRITER_PROPERTY max_size = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &size, sizeof(size)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    HRESULT hr;

    begin(writer, false, properties, 2);
    ok(write_node(writer, "", "e", "", TRUE, many, 3, NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, write_node(writer, "", "e", "", TRUE, many, 4, error), "MAX_ATTRIBUTES");
    begin(writer, false, properties, 2);
    ok(write_node(writer, "", "e", "", TRUE, many, 3, NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteStartAttribute(writer, NULL, X("z"), X(""), FALSE, error),
                   "MAX_ATTRIBUTES");
    begin(writer, false, properties, 2);
    ok(write_node(writer, "", "e", "", TRUE, NULL, 0, NULL));
    ok(write_node(writer, "", "e", "", TRUE, NULL, 0, NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, write_node(writer, "", "e", "", TRUE, NULL, 0, error), "MAX_DEPTH");

    /* More attributes than are compared with each other. */
    begin(writer, false, NULL, 0);
    ok(write_node(writer, "", "e", "", TRUE, many, MOST - 1, NULL));
    ok(write_node(writer, "", "e", "", TRUE, many, MOST, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "\"a\"");

    /* It fits exactly, or not at all. */
    for (size = (ULONG)strlen(ROOT); size < sizeof(whole) + 100; size++)
    {
        begin(writer, false, &max_size, 1);
        if ((hr = write_node(writer, "", "e", "", TRUE, three, 3, NULL)) == S_OK &&
            (hr = WsWriteStartElement(writer, NULL, X("e"), X(""), NULL)) == S_OK &&
            (hr = add_plain(writer, three, 3)) == S_OK && (hr = WsWriteEndElement(writer, NULL)) == S_OK &&
            (hr = WsWriteEndElement(writer, NULL)) == S_OK)
            hr = WsWriteEndElement(writer, NULL);
        expect_hr(size < strlen(whole) ? WS_E_QUOTA_EXCEEDED : S_OK, hr);
        if (hr == S_OK)
            expect_output(writer, whole);
    }
    WsFreeError(error);
    WsFreeWriter(writer);
}

static HRESULT CALLBACK take(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    char *text = state;
    ULONG i;

    (void)async, (void)error;
    for (i = 0; i < count; i++)
        strncat(text, (const char *)buffers[i].bytes, buffers[i].length);
    return S_OK;
}

/* A start tag is not part of the output before it is complete, and no matter what is done to that meanwhile. */
TEST(the_output_can_be_asked_for_after_a_node)
{
    static char filler[5000], expected[16000], streamed[16000];
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, take, streamed};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BUFFERS buffers;
    int i;

    memset(filler, 'f', sizeof(filler) - 1);
    for (i = 0; i < 8; i++)
    {
        begin(writer, false, NULL, 0);
        snprintf(expected, sizeof(expected), ROOT "%s", filler);
        chars8(writer, filler); /* more than one piece of memory */
        ok(i & 4 ? write_calls(writer, "e", three, 3) : write_node(writer, "", "e", "", TRUE, three, 3, NULL));
        expect_size(strlen(expected), get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN));
        ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), NULL));
        if (i & 1)
            expect_output(writer, expected);
        if (i & 2)
            ok(add(writer, ADD_ATTRIBUTE));
        else
            ok(write_node(writer, "", "g", "", TRUE, three, 3, NULL));
        if (i & 1)
            get_bytes(writer);
        finish(writer, false, i & 2 ? 1 : 2);
        snprintf(expected, sizeof(expected), ROOT "%s<e" THREE "%s</p:r>", filler,
                 i & 2 ? " f=\"v\"/>" : "><g" THREE "/></e>");
        expect_output(writer, expected);
    }

    ok(WsSetOutput(writer, &utf8.encoding, &stream.output, NULL, 0, NULL));
    start(writer, "r");
    ok(write_node(writer, "", "e", "", TRUE, three, 1, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    expect(!strcmp("<r>", streamed));
    ok(write_node(writer, "", "e", "", TRUE, three, 1, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    ok(add(writer, ADD_ATTRIBUTE));
    ok(write_node(writer, "", "e", "", TRUE, three, 1, NULL));
    ok(WsFlushWriter(writer, 0, NULL, NULL));
    end(writer);
    end(writer);
    ok(write_node(writer, "", "e", "", TRUE, three, 1, NULL));
    ok(WsSetOutput(writer, &utf8.encoding, &memory_output.output, NULL, 0, NULL));
    expect(!strcmp("<r><e number=\"12\"><e number=\"12\" f=\"v\">", streamed));
    start(writer, "r");
    end(writer);
    expect_output(writer, "<r/>");
    WsFreeWriter(writer);
}
