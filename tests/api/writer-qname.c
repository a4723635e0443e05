/* SPDX-License-Identifier: MIT */
/*
 * writer-qname - qualified names as text: WsWriteQualifiedName, and texts of type QNAME.
 *
 * Source: observed on Windows, in content of text; the rest is our choice, by the same rules.
 */
#include "support/writer.h"

static void open_ns(WS_XML_WRITER *writer, const char *prefix, const char *name, const char *ns)
{
    ok(WsWriteStartElement(writer, prefix ? X(prefix) : NULL, X(name), X(ns), NULL));
}

static void xmlns(WS_XML_WRITER *writer, const char *prefix, const char *ns)
{
    ok(WsWriteXmlnsAttribute(writer, prefix ? X(prefix) : NULL, X(ns), FALSE, NULL));
}

/* Ways to write one. */
enum way
{
    CALL,
    TEXT,
    NODE,
    WAYS
};

static HRESULT write_name(WS_XML_WRITER *writer, enum way way, const char *prefix, const char *local, const char *ns,
                          WS_ERROR *error)
{
    WS_XML_QNAME_TEXT text = {
        {WS_XML_TEXT_TYPE_QNAME}, prefix ? X(prefix) : NULL, local ? X(local) : NULL, ns ? X(ns) : NULL};
    WS_XML_TEXT_NODE node = {{WS_XML_NODE_TYPE_TEXT}, &text.text};

    switch (way)
    {
    case CALL: return WsWriteQualifiedName(writer, text.prefix, text.localName, text.ns, error);
    case TEXT: return WsWriteText(writer, &text.text, error);
    default: return WsWriteNode(writer, &node.node, error);
    }
}

/* All rows that were observed: in x:r of "u1", whose start tag is open. */
static const struct
{
    const char *prefix, *local, *ns;
    HRESULT hr;
    const char *written;
} rows[] = {
    {NULL, NULL, NULL, E_INVALIDARG, ""},
    {NULL, "n", NULL, E_INVALIDARG, ""},
    {"y", "n", NULL, S_OK, "y:n"},
    {NULL, "n", "u2", WS_E_INVALID_FORMAT, ""},
    {NULL, "n", "u1", S_OK, "x:n"},
    {"y", "n", "u2", S_OK, "y:n"},
    {"y", "n", "u1", S_OK, "y:n"},
    {"x", "r", NULL, S_OK, "x:r"},
    {NULL, "r", "u1", S_OK, "x:r"},
    {"y", "", "", S_OK, "y:"},
    {"y", "", "u2", S_OK, "y:"},
    {"y", "n", "", S_OK, "y:n"},
    {"", "n", "", S_OK, "n"},
    {"", "", "u2", S_OK, ""},
    {"", "", "", S_OK, ""},
    /* By the same rules. */
    {NULL, NULL, "u1", E_INVALIDARG, ""},
    {"y", NULL, NULL, E_INVALIDARG, ""},
    {NULL, "", "u1", S_OK, "x:"},
    {NULL, "n", "", S_OK, "n"},
    {NULL, "", "", S_OK, ""},
};

/* The start tag is committed even if no character is written. */
TEST(a_prefix_that_is_given_is_written_as_it_is)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char wanted[100];
    enum way way;
    size_t i;

    for (i = 0; i < WsCountOf(rows); i++)
        for (way = CALL; way < WAYS; way++)
        {
            set_output(writer, NULL, 0);
            open_ns(writer, "x", "r", "u1");
            expect_hr(rows[i].hr, write_name(writer, way, rows[i].prefix, rows[i].local, rows[i].ns, NULL));
            if (rows[i].hr == WS_E_INVALID_FORMAT)
            {
                expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
                continue;
            }
            snprintf(wanted, sizeof(wanted), "%s%s", rows[i].hr == S_OK ? "<x:r xmlns:x=\"u1\">" : "", rows[i].written);
            expect_output(writer, wanted);
            end(writer);
            snprintf(wanted, sizeof(wanted),
                     rows[i].hr == S_OK ? "<x:r xmlns:x=\"u1\">%s</x:r>" : "%s<x:r xmlns:x=\"u1\"/>", rows[i].written);
            expect_output(writer, wanted);
        }
    WsFreeWriter(writer);
}

/* In an attribute there is no start tag to be committed. */
TEST(the_same_in_an_attribute)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char wanted[100];
    enum way way;
    size_t i;

    for (i = 0; i < WsCountOf(rows); i++)
        for (way = CALL; way < WAYS; way++)
        {
            set_output(writer, NULL, 0);
            open_ns(writer, "x", "r", "u1");
            ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
            expect_hr(rows[i].hr, write_name(writer, way, rows[i].prefix, rows[i].local, rows[i].ns, NULL));
            if (rows[i].hr == WS_E_INVALID_FORMAT)
            {
                expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
                continue;
            }
            ok(WsWriteEndAttribute(writer, NULL));
            end(writer);
            snprintf(wanted, sizeof(wanted), "<x:r a=\"%s\" xmlns:x=\"u1\"/>", rows[i].written);
            expect_output(writer, wanted);
        }
    WsFreeWriter(writer);
}

/* Through an XML buffer all of them come out the same, however often. */
TEST(the_same_in_xml_buffers)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(1 << 20);
    char wanted[200];
    size_t i;

    for (i = 0; i < WsCountOf(rows); i++)
    {
        WS_XML_BUFFER *buffer = NULL, *copy = NULL;

        if (rows[i].hr != S_OK)
            continue;
        ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
        ok(WsCreateXmlBuffer(heap, NULL, 0, &copy, NULL));
        ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
        open_ns(writer, "x", "r", "u1");
        ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
        ok(write_name(writer, CALL, rows[i].prefix, rows[i].local, rows[i].ns, NULL));
        ok(WsWriteEndAttribute(writer, NULL));
        ok(write_name(writer, CALL, rows[i].prefix, rows[i].local, rows[i].ns, NULL));
        end(writer);
        ok(WsSetOutputToBuffer(writer, copy, NULL, 0, NULL));
        ok(WsWriteXmlBuffer(writer, buffer, NULL));
        set_output(writer, NULL, 0);
        ok(WsWriteXmlBuffer(writer, copy, NULL));
        snprintf(wanted, sizeof(wanted), "<x:r a=\"%s\" xmlns:x=\"u1\">%s</x:r>", rows[i].written, rows[i].written);
        expect_output(writer, wanted);
    }
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* --- What is of type QNAME --- */

/* In binary, a name of a dictionary with a letter for a prefix has a record of its own: where it means what was said.
 */
TEST(only_a_name_whose_prefix_is_bound_has_a_type)
{
    static WS_XML_STRING strings[] = {{1, (BYTE *)"n", NULL, 0}};
    static WS_XML_DICTIONARY dictionary = {{1, 2, 3, {4}}, strings, 1, TRUE};
    static const struct
    {
        const char *prefix, *ns;
        bool typed;
    } cases[] = {{"x", "u1", true}, {"x", "u2", false}, {"y", "u1", false}, {"y", "u2", true}, {"x", NULL, false}};
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, &dictionary, NULL, NULL};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_STRING name = strings[0];
    char wanted[100], got[100];
    size_t i;
    ULONG j;
    int in_attribute;

    name.dictionary = &dictionary;
    for (i = 0; i < WsCountOf(cases); i++)
        for (in_attribute = 0; in_attribute < 2; in_attribute++)
        {
            const WS_XML_STRING *ns = cases[i].ns ? X(cases[i].ns) : NULL;
            int letter = cases[i].prefix[0];
            WS_BYTES bytes;

            ok(WsSetOutput(writer, &encoding.encoding, &memory_output.output, NULL, 0, NULL));
            open_ns(writer, "x", "r", "u1");
            if (in_attribute)
            {
                ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
                ok(WsWriteQualifiedName(writer, X(cases[i].prefix), &name, ns, NULL));
                ok(WsWriteEndAttribute(writer, NULL));
                /* What is declared later on the start tag counts. */
                xmlns(writer, "y", "u2");
                snprintf(wanted, sizeof(wanted),
                         cases[i].typed ? "750172040161BC%02X000901790275320901780275"
                                          "3101"
                                        : "7501720401619803%02X3A6E09017902753209017802753101",
                         cases[i].typed ? letter - 'a' : letter);
            }
            else
            {
                xmlns(writer, "y", "u2");
                ok(WsWriteQualifiedName(writer, X(cases[i].prefix), &name, ns, NULL));
                snprintf(wanted, sizeof(wanted),
                         cases[i].typed ? "75017209017902753209017802"
                                          "7531BD%02X00"
                                        : "750172090179027532090178027531"
                                          "9903%02X3A6E",
                         cases[i].typed ? letter - 'a' : letter);
            }
            end(writer);
            bytes = get_bytes(writer);
            for (j = 0; j < bytes.length; j++)
                snprintf(got + j * 2, sizeof(got) - j * 2, "%02X", bytes.bytes[j]);
            if (strcmp(wanted, got))
                test_fail(__FILE__, __LINE__, "%zu: %s, not %s", i, got, wanted);
        }
    WsFreeWriter(writer);
}

/* What an XML buffer has of type QNAME can be read as what it is. */
TEST(names_in_xml_buffers_can_be_read)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_STRING prefix, local, ns;
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_READER *reader = NULL;

    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    open_ns(writer, "x", "r", "u1");
    ok(WsWriteQualifiedName(writer, X("x"), X("n"), X("u1"), NULL));
    end(writer);
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    ok(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsReadQualifiedName(reader, heap, &prefix, &local, &ns, NULL));
    expect(prefix.length == 1 && prefix.bytes[0] == 'x' && local.bytes[0] == 'n' && ns.bytes[1] == '1');
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
}

/* --- Prefixes that are found --- */

TEST(a_prefix_in_scope_is_found)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, "p", "a", "urn:x");
    xmlns(writer, NULL, "urn:d");
    open_ns(writer, NULL, "b", "urn:x");
    ok(WsWriteQualifiedName(writer, NULL, X("one"), X("urn:x"), NULL));
    ok(WsWriteChars(writer, u" ", 1, NULL));
    ok(WsWriteQualifiedName(writer, NULL, X("two"), X("urn:d"), NULL));
    end(writer);
    /* The start tag before counts, with what is chosen on it. */
    open_ns(writer, NULL, "c", "urn:c");
    ok(WsWriteQualifiedName(writer, NULL, X("three"), X("urn:c"), NULL));
    end(writer);
    open_ns(writer, NULL, "d", "");
    xmlns(writer, NULL, "urn:e");
    ok(WsWriteQualifiedName(writer, NULL, X("four"), X("urn:e"), NULL));
    end(writer);
    /* p means something else here. */
    open_ns(writer, "p", "e", "urn:z");
    xmlns(writer, "q", "urn:x");
    ok(WsWriteQualifiedName(writer, NULL, X("five"), X("urn:x"), NULL));
    end(writer);
    end(writer);
    expect_output(writer, "<p:a xmlns:p=\"urn:x\" xmlns=\"urn:d\"><p:b>p:one two</p:b><c xmlns=\"urn:c\">three</c>"
                          "<d xmlns=\"\" xmlns:a=\"urn:e\">a:four</d>"
                          "<p:e xmlns:q=\"urn:x\" xmlns:p=\"urn:z\">q:five</p:e></p:a>");
    WsFreeWriter(writer);
}

TEST(a_prefix_is_found_for_an_attribute_too)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    const char *namespaces[] = {"urn:x", "urn:q", "urn:t", "urn:d"};
    char name[2] = "a";
    size_t i;

    open_ns(writer, "p", "r", "urn:x");
    open_ns(writer, NULL, "t", "urn:t");
    xmlns(writer, "d", "urn:d");
    ok(WsWriteStartAttribute(writer, X("q"), X("z"), X("urn:q"), FALSE, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    for (i = 0; i < WsCountOf(namespaces); i++)
    {
        name[0] = (char)('a' + i);
        ok(WsWriteStartAttribute(writer, NULL, X(name), X(""), FALSE, NULL));
        ok(WsWriteQualifiedName(writer, NULL, X("n"), X(namespaces[i]), NULL));
        ok(WsWriteEndAttribute(writer, NULL));
    }
    end(writer);
    end(writer);
    expect_output(writer, "<p:r xmlns:p=\"urn:x\"><t q:z=\"\" a=\"p:n\" b=\"q:n\" c=\"n\" d=\"d:n\" xmlns:d=\"urn:d\" "
                          "xmlns=\"urn:t\" xmlns:q=\"urn:q\"/></p:r>");
    WsFreeWriter(writer);
}

TEST(what_a_qualified_name_relies_on_cannot_be_taken_away)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    /* The value says p:n; p must go on to mean urn:x there. */
    open_ns(writer, "p", "a", "urn:x");
    start(writer, "b");
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, NULL));
    ok(WsWriteQualifiedName(writer, NULL, X("n"), X("urn:x"), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    xmlns(writer, "p", "urn:y");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "\"p\"");

    /* The default namespace is relied on, so that the element must find something else. */
    set_output(writer, NULL, 0);
    open_ns(writer, "", "a", "urn:x");
    open_ns(writer, NULL, "b", "urn:y");
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, NULL));
    ok(WsWriteQualifiedName(writer, NULL, X("n"), X("urn:x"), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    /* And so must a declaration. */
    xmlns(writer, NULL, "urn:z");
    end(writer);
    end(writer);
    expect_output(writer, "<a xmlns=\"urn:x\"><a:b c=\"n\" xmlns:a=\"urn:y\" xmlns:b=\"urn:z\"/></a>");
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* As readers take it: whatever they read can be written. */
TEST(a_local_name_can_be_any_text)
{
    static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, "p", "r", "u");
    ok(WsWriteStartAttribute(writer, NULL, X("a"), X(""), FALSE, NULL));
    ok(WsWriteQualifiedName(writer, X("p"), X("1 <\""), X("u"), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteQualifiedName(writer, NULL, X("b:c"), X("u"), NULL));
    end(writer);
    expect_output(writer, "<p:r a=\"p:1 &lt;&quot;\" xmlns:p=\"u\">p:b:c</p:r>");
    ok(WsSetOutput(writer, &binary.encoding, &memory_output.output, NULL, 0, NULL));
    open_ns(writer, "p", "r", "u");
    ok(WsWriteQualifiedName(writer, X("p"), X("1"), X("u"), NULL));
    end(writer);
    expect_bytes(writer, "\x6d\x01r\x09\x01p\x01u\x99\x03p:1", 13);
    WsFreeWriter(writer);
}

/* A refusal changes nothing: no prefix is chosen for the element, and none is relied on. Our choice. */
static void refuse_in_a_full_attribute(const WS_XML_WRITER_ENCODING *encoding, enum way way)
{
    static const WS_XML_UTF8_TEXT one = {{WS_XML_TEXT_TYPE_UTF8}, {1, (BYTE *)"1", NULL, 0}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = create_heap(1 << 16);

    if (encoding)
        ok(WsSetOutput(writer, encoding, &memory_output.output, NULL, 0, NULL));
    else
    {
        ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
        ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    }
    open_ns(writer, NULL, "r", "u");
    ok(WsWriteStartAttribute(writer, NULL, X("x"), X(""), FALSE, NULL));
    ok(WsWriteText(writer, &one.text, NULL));
    expect_hr(WS_E_INVALID_OPERATION, write_name(writer, way, NULL, "n", "u", NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    xmlns(writer, "", "v");
    end(writer);
    if (encoding == &utf8.encoding)
        expect_output(writer, "<a:r x=\"1\" xmlns=\"v\" xmlns:a=\"u\"/>");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(a_name_that_is_refused_does_not_change_the_start_tag)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    const WS_XML_WRITER_ENCODING *encodings[] = {&utf8.encoding, &utf16.encoding, &binary.encoding, NULL};
    enum way way;
    size_t i;

    for (i = 0; i < WsCountOf(encodings); i++)
        for (way = 0; way < WAYS; way++)
            refuse_in_a_full_attribute(encodings[i], way);
}

/* In an XML buffer the name has a prefix: the copy would have it declared. */
TEST(nor_does_one_that_is_copied)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(1 << 16);
    const WS_XML_NODE *node = NULL;
    WS_XML_READER *reader = NULL;
    WS_XML_BUFFER *buffer = NULL;

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    open_ns(writer, "p", "r", "u:p");
    ok(WsWriteQualifiedName(writer, NULL, X("n"), X("u:p"), NULL));
    end(writer);
    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    ok(WsReadToStartElement(reader, X("r"), X("u:p"), NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsGetReaderNode(reader, &node, NULL));
    expect(node->nodeType == WS_XML_NODE_TYPE_TEXT &&
           ((const WS_XML_TEXT_NODE *)node)->text->textType == WS_XML_TEXT_TYPE_QNAME);
    set_output(writer, NULL, 0);
    start(writer, "r");
    ok(WsWriteStartAttribute(writer, NULL, X("x"), X(""), FALSE, NULL));
    chars8(writer, "1");
    expect_hr(WS_E_INVALID_OPERATION, WsCopyNode(writer, reader, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    expect_output(writer, "<r x=\"1\"/>");
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(qualified_names_that_cannot_be_are_refused)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_XML_QNAME_TEXT text = {{WS_XML_TEXT_TYPE_QNAME}, NULL, X("a"), NULL};

    start(writer, "a");
    expect_refused(error, E_INVALIDARG, WsWriteQualifiedName(writer, NULL, X("n"), NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteQualifiedName(writer, NULL, NULL, X("urn:x"), error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteText(writer, &text.text, error), "neither");
    ok(WsWriteEndStartElement(writer, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteQualifiedName(writer, NULL, X("n"), X("urn:x"), error), "urn:x");
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteQualifiedName(writer, X("p:q"), X("n"), NULL, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteQualifiedName(writer, X("p"), X("\x01"), NULL, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteQualifiedName(writer, X("p"), X("\xff"), NULL, NULL));
    set_output(writer, NULL, 0);
    open_ns(writer, "", "a", "urn:x");
    ok(WsWriteEndStartElement(writer, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteQualifiedName(writer, NULL, X("n"), X(""), NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
}
