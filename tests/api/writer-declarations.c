/* SPDX-License-Identifier: MIT */
/*
 * writer-declarations - the declarations of namespaces on a start tag: which there are, where they stand, and when
 * conflicts are found.
 *
 * Source: observed on Windows in text and binary; the other outputs are our choice, by the same rules.
 */
#include "support/mtom-writer.h"

#define XML_NS   "http://www.w3.org/XML/1998/namespace"
#define XMLNS_NS "http://www.w3.org/2000/xmlns/"

static void open_ns(WS_XML_WRITER *writer, const char *prefix, const char *name, const char *ns)
{
    ok(WsWriteStartElement(writer, prefix ? X(prefix) : NULL, X(name), X(ns), NULL));
}

static void attribute_ns(WS_XML_WRITER *writer, const char *prefix, const char *name, const char *ns)
{
    ok(WsWriteStartAttribute(writer, prefix ? X(prefix) : NULL, X(name), X(ns), FALSE, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
}

static void xmlns(WS_XML_WRITER *writer, const char *prefix, const char *ns)
{
    ok(WsWriteXmlnsAttribute(writer, prefix ? X(prefix) : NULL, X(ns), FALSE, NULL));
}

/* --- The default namespace --- */

TEST(a_declaration_without_a_prefix_is_of_the_default_namespace)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, "x", "r", "u1");
    xmlns(writer, NULL, "u2");
    end(writer);
    expect_output(writer, "<x:r xmlns:x=\"u1\" xmlns=\"u2\"/>");
    /* Behind one with a prefix, whichever was called for first; quotes are kept. */
    set_output(writer, NULL, 0);
    open_ns(writer, "x", "r", "u1");
    ok(WsWriteXmlnsAttribute(writer, NULL, X("u2"), TRUE, NULL));
    xmlns(writer, "y", "u3");
    attribute_ns(writer, "z", "a", "u4");
    open_ns(writer, NULL, "s", "u2");
    end(writer);
    end(writer);
    expect_output(writer, "<x:r z:a=\"\" xmlns:y=\"u3\" xmlns:x=\"u1\" xmlns:z=\"u4\" xmlns='u2'><s/></x:r>");
    WsFreeWriter(writer);
}

/* Our choice: where the default namespace is another one already, or the namespace has a prefix. */
TEST(a_default_namespace_that_cannot_be)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    /* The element is without a namespace; the element has the default namespace; another declaration has. */
    open_ns(writer, NULL, "r", "");
    xmlns(writer, NULL, "u1");
    open_ns(writer, NULL, "s", "u2");
    xmlns(writer, NULL, "u3");
    open_ns(writer, "t", "t", "u4");
    xmlns(writer, "", "u5");
    xmlns(writer, NULL, "u6");
    end(writer);
    /* The parent's default namespace is used here, so it stays. */
    open_ns(writer, NULL, "v", "u2");
    xmlns(writer, NULL, "u7");
    end(writer);
    /* The second of two. */
    open_ns(writer, "w", "w", "u8");
    xmlns(writer, NULL, "u9");
    xmlns(writer, NULL, "u10");
    end(writer);
    end(writer);
    end(writer);
    expect_output(writer,
                  "<r xmlns:a=\"u1\"><s xmlns=\"u2\" xmlns:b=\"u3\"><t:t xmlns=\"u5\" xmlns:t=\"u4\" "
                  "xmlns:c=\"u6\"/><v xmlns:c=\"u7\"/><w:w xmlns:w=\"u8\" xmlns=\"u9\" xmlns:c=\"u10\"/></s></r>");
    /* What has a prefix is not declared again. */
    set_output(writer, NULL, 0);
    open_ns(writer, "x", "r", "u1");
    xmlns(writer, NULL, "u1");
    xmlns(writer, NULL, "u2");
    xmlns(writer, NULL, "u2");
    xmlns(writer, "p", "u3");
    xmlns(writer, NULL, "u3");
    open_ns(writer, "x", "s", "u1");
    xmlns(writer, NULL, "u2");
    end(writer);
    end(writer);
    expect_output(writer, "<x:r xmlns:p=\"u3\" xmlns:x=\"u1\" xmlns=\"u2\"><x:s/></x:r>");
    WsFreeWriter(writer);
}

/* --- Twice --- */

TEST(the_same_declaration_twice_is_one)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    ULONG two = 2;
    WS_XML_WRITER_PROPERTY most = {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &two, sizeof(two)};

    open_ns(writer, "x", "r", "u1");
    xmlns(writer, "y", "u1");
    xmlns(writer, "y", "u1");
    end(writer);
    expect_output(writer, "<x:r xmlns:y=\"u1\" xmlns:x=\"u1\"/>");
    /* The first one stays where it is, and as it is; it counts once. */
    set_output(writer, &most, 1);
    open_ns(writer, NULL, "r", "");
    ok(WsWriteXmlnsAttribute(writer, X("y"), X("u1"), TRUE, NULL));
    xmlns(writer, "z", "u2");
    xmlns(writer, "y", "u1");
    xmlns(writer, "z", "u2");
    attribute_ns(writer, "y", "a", "u1");
    end(writer);
    expect_output(writer, "<r y:a=\"\" xmlns:y='u1' xmlns:z=\"u2\"/>");
    /* As another namespace, it is a conflict, which is found when the start tag is committed. */
    set_output(writer, NULL, 0);
    open_ns(writer, "x", "r", "u1");
    xmlns(writer, "y", "u1");
    xmlns(writer, "y", "u2");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "\"y\"");
    set_output(writer, NULL, 0);
    open_ns(writer, "x", "r", "u1");
    xmlns(writer, "x", "u2");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndStartElement(writer, error), "\"x\"");
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* --- Conflicts --- */

/* Observed on Windows of an attribute with the prefix xmlns; of the others it is our choice, by the same rule. */
TEST(what_cannot_be_is_found_when_the_start_tag_is_committed)
{
    static const struct
    {
        const char *prefix, *local, *ns;
    } bad[] = {{"xmlns", "y", "u2"}, {"xmlns", "y", XMLNS_NS}, {"xml", "y", "u2"},    {"p", "y", ""},
               {"p", "y", XML_NS},   {"p", "y", XMLNS_NS},     {NULL, "y", XMLNS_NS}, {"", "y", "u2"},
               {"", "xmlns", ""},    {NULL, "xmlns", ""},      {"", "y", XML_NS},     {"", "y", XMLNS_NS}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    unsigned how;
    size_t i;

    for (i = 0; i < WsCountOf(bad); i++)
        for (how = 0; how < 5; how++)
        {
            WS_XML_UTF8_TEXT value = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
            WS_XML_ATTRIBUTE attribute = {FALSE,           FALSE,        bad[i].prefix ? X(bad[i].prefix) : NULL,
                                          X(bad[i].local), X(bad[i].ns), &value.text};
            WS_XML_ATTRIBUTE *attributes[] = {&attribute};
            WS_XML_ELEMENT_NODE node = {{WS_XML_NODE_TYPE_ELEMENT}, X(""), X("s"), X(""), 1, attributes, FALSE};
            bool is_element = how == 3, is_declaration = how == 4;

            if (is_element && (!strcmp(bad[i].local, "xmlns") || !bad[i].prefix || !*bad[i].prefix))
                continue;
            if (is_declaration && (!strcmp(bad[i].local, "xmlns") || !bad[i].prefix || !*bad[i].prefix))
                continue;
            set_output(writer, NULL, 0);
            /* Of the root, and of an element below, which goes the short way. */
            start(writer, "r");
            if (how)
                chars8(writer, "x");
            if (how == 2)
                ok(WsWriteNode(writer, &node.node, NULL));
            else if (is_element)
                open_ns(writer, bad[i].prefix, "s", bad[i].ns);
            else
            {
                if (how)
                    start(writer, "s");
                if (is_declaration)
                    xmlns(writer, bad[i].prefix, bad[i].ns);
                else
                    attribute_ns(writer, bad[i].prefix, bad[i].local, bad[i].ns);
            }
            expect_hr(WS_E_INVALID_FORMAT,
                      how % 2 ? WsWriteEndElement(writer, NULL) : WsWriteChars(writer, u"y", 1, NULL));
            expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
        }
    WsFreeWriter(writer);
}

/* --- The order --- */

/* Something that is written of one start tag. */
static void write_all_kinds(WS_XML_WRITER *writer)
{
    open_ns(writer, "x", "r", "u1");
    xmlns(writer, NULL, "u8");
    xmlns(writer, "p", "u2");
    attribute_ns(writer, NULL, "a", "u3");
    attribute_ns(writer, "y", "b", "u4");
    xmlns(writer, "q", "u5");
    attribute_ns(writer, NULL, "c", "");
    attribute_ns(writer, NULL, "d", "u6");
    attribute_ns(writer, "p", "e", "u2");
    end(writer);
}

#define ALL_KINDS \
    "<x:r a:a=\"\" y:b=\"\" c=\"\" b:d=\"\" p:e=\"\" xmlns:p=\"u2\" xmlns:q=\"u5\" xmlns:x=\"u1\" xmlns:a=\"u3\" " \
    "xmlns:y=\"u4\" xmlns:b=\"u6\" xmlns=\"u8\"/>"

TEST(attributes_stand_before_declarations)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = create_heap(1 << 16);

    open_ns(writer, "x", "r", "u1");
    attribute_ns(writer, "y", "b", "u2");
    end(writer);
    expect_output(writer, "<x:r y:b=\"\" xmlns:x=\"u1\" xmlns:y=\"u2\"/>");

    /* Through an XML buffer, with single quotes. */
    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    open_ns(writer, "x", "r", "u1");
    ok(WsWriteXmlnsAttribute(writer, X("x"), X("u1"), TRUE, NULL));
    ok(WsWriteStartAttribute(writer, X("x"), X("b"), X("u1"), TRUE, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteXmlnsAttribute(writer, X("y"), X("u2"), TRUE, NULL));
    end(writer);
    set_output(writer, NULL, 0);
    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    expect_output(writer, "<x:r x:b='' xmlns:x='u1' xmlns:y='u2'/>");

    set_output(writer, NULL, 0);
    write_all_kinds(writer);
    expect_output(writer, ALL_KINDS);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* Reads what a writer has written, in whatever encoding, and returns it as text; good until the next call. */
static const char *as_text(const WS_XML_READER_ENCODING *encoding, WS_BYTES bytes)
{
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes.bytes, bytes.length};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    const WS_XML_ELEMENT_NODE *element;
    WS_XML_READER *reader = NULL;
    static char text[1000];
    size_t length = 0;
    ULONG i;

    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsSetInput(reader, encoding, &input.input, NULL, 0, NULL));
    ok(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    ok(WsGetReaderNode(reader, (const WS_XML_NODE **)&element, NULL));
    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        length += (size_t)snprintf(
            text + length, sizeof(text) - length, attribute->isXmlNs ? " xmlns:%.*s=%.*s" : " %.*s:%.*s",
            (int)attribute->prefix->length, (char *)attribute->prefix->bytes,
            attribute->isXmlNs ? (int)attribute->ns->length : (int)attribute->localName->length,
            attribute->isXmlNs ? (char *)attribute->ns->bytes : (char *)attribute->localName->bytes);
    }
    WsFreeReader(reader);
    WsFreeWriter(writer);
    return text;
}

#define ALL_NAMES " a:a y:b :c b:d p:e xmlns:p=u2 xmlns:q=u5 xmlns:x=u1 xmlns:a=u3 xmlns:y=u4 xmlns:b=u6 xmlns:=u8"

static HRESULT CALLBACK keep(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    char *form = state;
    ULONG i;

    (void)async, (void)error;
    for (i = 0; i < count; i++)
        strncat(form, (const char *)buffers[i].bytes, buffers[i].length);
    return S_OK;
}

TEST(the_order_is_the_same_in_all_outputs)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf16 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    static const WS_XML_READER_TEXT_ENCODING from_text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    static const WS_XML_READER_BINARY_ENCODING from_binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_WRITER_MTOM_ENCODING package = mtom(FALSE, "b", 4);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(1 << 16);
    WS_XML_BUFFER *buffer = NULL;
    WS_XML_READER *reader = NULL;
    char form[1000] = "";

    ok(WsSetOutput(writer, &utf16.encoding, &memory_output.output, NULL, 0, NULL));
    write_all_kinds(writer);
    expect(!strcmp(ALL_NAMES, as_text(&from_text.encoding, get_bytes(writer))));
    ok(WsSetOutput(writer, &binary.encoding, &memory_output.output, NULL, 0, NULL));
    write_all_kinds(writer);
    expect(!strcmp(ALL_NAMES, as_text(&from_binary.encoding, get_bytes(writer))));
    set_mtom_with(writer, &package, NULL, 0);
    write_all_kinds(writer);
    expect(strstr((const char *)get_bytes(writer).bytes, ALL_KINDS) != NULL);

    /* The tree of an XML buffer has it, and so has what is written of that. */
    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    write_all_kinds(writer);
    set_output(writer, NULL, 0);
    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    expect_output(writer, ALL_KINDS);
    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    set_output(writer, NULL, 0);
    ok(WsCopyNode(writer, reader, NULL));
    expect_output(writer, ALL_KINDS);

    /* A canonical form has the order of its own. */
    set_output(writer, NULL, 0);
    ok(WsStartWriterCanonicalization(writer, keep, form, NULL, 0, NULL));
    write_all_kinds(writer);
    ok(WsEndWriterCanonicalization(writer, NULL));
    expect_output(writer, ALL_KINDS);
    expect(!strncmp(
        form, "<x:r xmlns:a=\"u3\" xmlns:b=\"u6\" xmlns:p=\"u2\" xmlns:x=\"u1\" xmlns:y=\"u4\" c=\"\" p:e=\"\" ", 70));
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* Our choice: what is written whole, or copied, is sorted too, below the root as well. */
TEST(nodes_and_copies_are_sorted_too)
{
    static const char document[] = "<r xmlns=\"u1\" a=\"1\"><p:s xmlns:p=\"u2\" p:b=\"2\" xmlns:q=\"u3\" c=\"3\"/></r>";
    static const WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)document, (ULONG)sizeof(document) - 1};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = NULL;
    const WS_XML_NODE *node;
    int how;

    ok(WsCreateReader(NULL, 0, &reader, NULL));
    for (how = 0; how < 2; how++)
    {
        ok(WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
        set_output(writer, NULL, 0);
        if (how)
            ok(WsCopyNode(writer, reader, NULL));
        else
            do
            {
                ok(WsReadNode(reader, NULL));
                ok(WsGetReaderNode(reader, &node, NULL));
                ok(WsWriteNode(writer, node, NULL));
            } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
        expect_output(writer, "<r a=\"1\" xmlns=\"u1\"><p:s p:b=\"2\" c=\"3\" xmlns:p=\"u2\" xmlns:q=\"u3\"/></r>");
    }
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

/* --- Very many --- */

/* Many prefixes are found in another way than few: nothing else changes. Our choice of limits. */
TEST(many_declarations_nest)
{
    ULONG limit = 10000;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit)},
                                           {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)},
                                           {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &limit, sizeof(limit)}};
    WS_XML_WRITER *writer = create_writer(properties, 3);
    const WS_XML_STRING *found = NULL;
    char prefix[16], ns[24];
    int level, i, round;

    start(writer, "r");
    for (round = 0; round < 3; round++)
    {
        /* Each level has 7 more, and gives 5 of those of the level around another meaning. */
        for (level = 0; level < 20; level++)
        {
            start(writer, "e");
            for (i = level * 5; i < level * 5 + 12; i++)
            {
                snprintf(prefix, sizeof(prefix), "p%d", i);
                snprintf(ns, sizeof(ns), "urn:%d:%d", level, i);
                xmlns(writer, prefix, ns);
            }
            ok(WsWriteEndStartElement(writer, NULL));
        }
        for (level = 19; level >= 0; level--)
        {
            for (i = level * 5; i < level * 5 + 12; i++)
            {
                snprintf(ns, sizeof(ns), "urn:%d:%d", level, i);
                snprintf(prefix, sizeof(prefix), "p%d", i);
                ok(WsGetPrefixFromNamespace(writer, X(ns), TRUE, &found, NULL));
                expect(found->length == strlen(prefix) && !memcmp(found->bytes, prefix, found->length));
                /* What it hides is hidden. */
                snprintf(ns, sizeof(ns), "urn:%d:%d", level - 1, i);
                expect_hr(S_FALSE, WsGetPrefixFromNamespace(writer, X(ns), FALSE, &found, NULL));
            }
            if (level)
            {
                snprintf(ns, sizeof(ns), "urn:%d:%d", level - 1, level * 5 - 5);
                ok(WsGetPrefixFromNamespace(writer, X(ns), TRUE, &found, NULL));
            }
            end(writer);
        }
    }
    end(writer);
    WsFreeWriter(writer);
}

TEST(many_names_in_namespaces_of_their_own)
{
    ULONG limit = 10000;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit)},
                                           {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)}};
    WS_XML_WRITER *writer = create_writer(properties, 2);
    char ns[24], expected[80];
    WS_BYTES bytes;
    int i;

    /* All of the same local name. */
    start(writer, "r");
    for (i = 0; i < 3000; i++)
    {
        snprintf(ns, sizeof(ns), "urn:%d", i);
        attribute_ns(writer, NULL, "a", ns);
    }
    end(writer);
    bytes = get_bytes(writer);
    snprintf(expected, sizeof(expected), "xmlns:j115=\"urn:2999\"/>");
    expect(bytes.length > 3000 * 20 &&
           !memcmp(bytes.bytes + bytes.length - strlen(expected), expected, strlen(expected)));
    /* The same twice among them. */
    set_output(writer, properties, 2);
    start(writer, "r");
    for (i = 0; i < 3001; i++)
    {
        snprintf(ns, sizeof(ns), "urn:%d", i % 3000);
        attribute_ns(writer, NULL, "a", ns);
    }
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
}
