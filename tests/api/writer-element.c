/* SPDX-License-Identifier: MIT */
/*
 * Writers: elements, attributes, namespaces, prefixes, and the limits on them.
 *
 * Source: the pages of the functions; Namespaces in XML 1.0.
 */
#include "support/writer.h"

#define XML_NS   "http://www.w3.org/XML/1998/namespace"
#define XMLNS_NS "http://www.w3.org/2000/xmlns/"

static void open_ns(WS_XML_WRITER *writer, const char *prefix, const char *name, const char *ns)
{
    ok(WsWriteStartElement(writer, prefix ? X(prefix) : NULL, X(name), X(ns), NULL));
}

static void attribute_ns(WS_XML_WRITER *writer, const char *prefix, const char *name, const char *ns, const char *value)
{
    ok(WsWriteStartAttribute(writer, prefix ? X(prefix) : NULL, X(name), X(ns), FALSE, NULL));
    chars8(writer, value);
    ok(WsWriteEndAttribute(writer, NULL));
}

static void xmlns(WS_XML_WRITER *writer, const char *prefix, const char *ns)
{
    ok(WsWriteXmlnsAttribute(writer, prefix ? X(prefix) : NULL, X(ns), FALSE, NULL));
}

/* --- Arguments --- */

TEST(names_that_cannot_be_are_refused)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_XML_STRING no_bytes = {3, NULL, NULL, 0};

    expect_refused(error, E_INVALIDARG, WsWriteStartElement(writer, NULL, NULL, X(""), error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteStartElement(writer, NULL, X("a"), NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteStartElement(writer, NULL, X(""), X(""), error), "empty");
    expect_refused(error, E_INVALIDARG, WsWriteStartElement(writer, NULL, &no_bytes, X(""), error), "3");
    expect_refused(error, E_INVALIDARG, WsWriteStartElement(writer, &no_bytes, X("a"), X(""), error), "3");
    expect_refused(error, E_INVALIDARG, WsWriteStartElement(writer, NULL, X("a"), &no_bytes, error), "3");
    start(writer, "a");
    expect_hr(E_INVALIDARG, WsWriteStartAttribute(writer, NULL, NULL, X(""), FALSE, NULL));
    expect_hr(E_INVALIDARG, WsWriteStartAttribute(writer, NULL, X(""), X(""), FALSE, NULL));
    expect_hr(E_INVALIDARG, WsWriteStartAttribute(writer, NULL, X("a"), NULL, FALSE, NULL));
    expect_refused(error, E_INVALIDARG, WsWriteXmlnsAttribute(writer, X("p"), NULL, FALSE, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteXmlnsAttribute(writer, &no_bytes, X("urn:x"), FALSE, error), "3");
    /* None of which has changed anything. */
    end(writer);
    expect_output(writer, "<a/>");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(names_are_ncnames)
{
    static const char *bad[] = {"1a",
                                "-a",
                                ".a",
                                "a:b",
                                ":",
                                "a b",
                                "a>",
                                "a/",
                                "\xc3\x97" /* U+00D7 */,
                                "a\xff",
                                "a\xc3",
                                "a\xed\xa0\x80",
                                "a\n",
                                " a",
                                "a=b",
                                "long_long_long_long_long name",
                                "name_of_16_byte/",
                                "name_of_15_byt@",
                                "a<",
                                "aaaaaaaa[",
                                "`",
                                "aaaa{",
                                "aaa~",
                                "@"};
    static const char *good[] = {"a",
                                 "_",
                                 "A1",
                                 "a-b.c_d9",
                                 "Z",
                                 "z",
                                 "\xc3\xa9t\xc3\xa9",
                                 "x",
                                 "name_of_16_bytes",
                                 "name_of_15_byte",
                                 "name_of_17_bytes_",
                                 "a\xc2\xb7",
                                 "long_long_long_long_long_long_long_long_long_long_name",
                                 "\xf0\x90\x80\x80"};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char wanted[100];
    size_t i;

    for (i = 0; i < WsCountOf(bad); i++)
    {
        set_output(writer, NULL, 0);
        expect_hr(WS_E_INVALID_FORMAT, WsWriteStartElement(writer, NULL, X(bad[i]), X(""), NULL));
        set_output(writer, NULL, 0);
        expect_hr(WS_E_INVALID_FORMAT, WsWriteStartElement(writer, X(bad[i]), X("a"), X("urn:x"), NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        expect_hr(WS_E_INVALID_FORMAT, WsWriteStartAttribute(writer, NULL, X(bad[i]), X(""), FALSE, NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        expect_hr(WS_E_INVALID_FORMAT, WsWriteStartAttribute(writer, X(bad[i]), X("a"), X("urn:x"), FALSE, NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        expect_hr(WS_E_INVALID_FORMAT, WsWriteXmlnsAttribute(writer, X(bad[i]), X("urn:x"), FALSE, NULL));
    }
    for (i = 0; i < WsCountOf(good); i++)
    {
        set_output(writer, NULL, 0);
        ok(WsWriteStartElement(writer, X(good[i]), X(good[i]), X("urn:x"), NULL));
        attribute(writer, good[i], "");
        end(writer);
        snprintf(wanted, sizeof(wanted) - 1, "<%s:%s %s", good[i], good[i], good[i]);
        expect(!strncmp((char *)get_bytes(writer).bytes, wanted, strlen(wanted)));
    }
    WsFreeWriter(writer);
}

/* --- Elements --- */

TEST(elements_nest)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    start(writer, "a");
    start(writer, "b");
    end(writer);
    start(writer, "c");
    ok(WsWriteEndStartElement(writer, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndStartElement(writer, NULL));
    end(writer);
    start(writer, "a_name_of_more_than_16_bytes");
    chars8(writer, "x");
    end(writer);
    end(writer);
    expect_output(writer, "<a><b/><c></c><a_name_of_more_than_16_bytes>x</a_name_of_more_than_16_bytes></a>");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "no open element");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(empty_elements_can_be_written_out)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS, &yes, sizeof(yes)};
    WS_XML_WRITER *writer = create_writer(&property, 1);

    start(writer, "a");
    start(writer, "b");
    attribute(writer, "c", "d");
    end(writer);
    end(writer);
    expect_output(writer, "<a><b c=\"d\"></b></a>");
    WsFreeWriter(writer);
}

TEST(no_characters_are_no_content)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_NULL};

    start(writer, "a");
    ok(WsWriteChars(writer, NULL, 0, NULL));
    ok(WsWriteCharsUtf8(writer, NULL, 0, NULL));
    ok(WsWriteBytes(writer, NULL, 0, NULL));
    ok(WsWriteText(writer, &text.text, NULL));
    end(writer);
    expect_output(writer, "<a/>");
    WsFreeWriter(writer);
}

TEST(the_depth_is_limited)
{
    WS_ERROR *error = create_error();
    WS_XML_WRITER *writer;
    ULONG depth, i;

    for (depth = 0; depth < 100; depth = depth * 3 + 1)
    {
        WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)};

        writer = create_writer(&property, 1);
        for (i = 0; i < depth; i++)
            start(writer, "a");
        expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteStartElement(writer, NULL, X("a"), X(""), error),
                       "MAX_DEPTH");
        WsFreeWriter(writer);
    }
    writer = create_writer(NULL, 0);
    for (i = 0; i < 32; i++)
        start(writer, "a");
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteStartElement(writer, NULL, X("a"), X(""), NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(fragments_have_any_number_of_roots)
{
    WS_XML_WRITER *writer = create_fragment_writer();

    chars8(writer, "text");
    start(writer, "a");
    end(writer);
    chars8(writer, "&");
    start(writer, "b");
    end(writer);
    ok(WsWriteBytes(writer, "\0\0\0", 3, NULL));
    expect_output(writer, "text<a/>&amp;<b/>AAAA");
    WsFreeWriter(writer);
}

TEST(white_space_can_stand_around_the_root)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_UTF8_TEXT space8 = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE(" \t")};
    WS_XML_UTF16_TEXT space16 = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u" \n", 4};

    ok(WsWriteChars(writer, u" \n", 2, NULL));
    ok(WsWriteText(writer, &space8.text, NULL));
    start(writer, "a");
    end(writer);
    ok(WsWriteText(writer, &space16.text, NULL));
    chars8(writer, "\t");
    expect_output(writer, " \n \t<a/> \n\t");
    WsFreeWriter(writer);
}

/* --- Attributes --- */

TEST(attributes_come_in_order)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    start(writer, "a");
    attribute(writer, "one", "1");
    ok(WsWriteStartAttribute(writer, X(""), X("two"), X(""), TRUE, NULL));
    chars8(writer, "\"2'");
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("three"), X(""), FALSE, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    attribute(writer, "an_attribute_of_more_than_16", "a value of more than 16 bytes");
    chars8(writer, "x");
    start(writer, "b");
    attribute(writer, "one", "1");
    end(writer);
    end(writer);
    expect_output(writer, "<a one=\"1\" two='\"2&apos;' three=\"\" an_attribute_of_more_than_16=\"a value of more than "
                          "16 bytes\">x<b one=\"1\"/></a>");
    WsFreeWriter(writer);
}

TEST(an_attribute_can_be_there_only_once)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    char name[16];
    int i;

    start(writer, "a");
    attribute(writer, "b", "1");
    attribute(writer, "b", "2");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "\"b\"");

    /* By the name that it has, not as it is written. */
    set_output(writer, NULL, 0);
    start(writer, "a");
    xmlns(writer, "p", "urn:x");
    xmlns(writer, "q", "urn:x");
    attribute_ns(writer, "p", "b", "urn:x", "1");
    attribute_ns(writer, "q", "b", "urn:x", "2");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));

    set_output(writer, NULL, 0);
    start(writer, "a");
    attribute_ns(writer, "p", "b", "urn:x", "1");
    attribute_ns(writer, NULL, "b", "urn:y", "2");
    attribute(writer, "b", "3");
    end(writer);
    expect_output(writer, "<a p:b=\"1\" a:b=\"2\" b=\"3\" xmlns:p=\"urn:x\" xmlns:a=\"urn:y\"/>");

    /* Many of them are found another way. */
    set_output(writer, NULL, 0);
    start(writer, "a");
    for (i = 0; i < 100; i++)
    {
        snprintf(name, sizeof(name), "b%d", i);
        attribute(writer, name, "");
    }
    ok(WsWriteEndStartElement(writer, NULL));
    start(writer, "a");
    for (i = 0; i < 100; i++)
    {
        snprintf(name, sizeof(name), "b%d", i == 99 ? 41 : i);
        attribute(writer, name, "");
    }
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndStartElement(writer, error), "\"b41\"");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(attributes_are_limited)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    char name[16];
    ULONG i, limit = 2;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)};

    start(writer, "a");
    for (i = 0; i < 128; i++)
    {
        snprintf(name, sizeof(name), "b%u", (unsigned)i);
        attribute(writer, name, "");
    }
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteStartAttribute(writer, NULL, X("c"), X(""), FALSE, error), "128");

    /* Declarations count, also those that are generated. */
    set_output(writer, &property, 1);
    start(writer, "a");
    attribute(writer, "b", "");
    xmlns(writer, "p", "urn:x");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteXmlnsAttribute(writer, X("q"), X("urn:y"), FALSE, error),
                   "MAX_ATTRIBUTES");
    set_output(writer, &property, 1);
    open_ns(writer, NULL, "a", "urn:x");
    attribute(writer, "b", "");
    attribute(writer, "c", "");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteEndElement(writer, error), "MAX_ATTRIBUTES");
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* What the start tag will not have does not count. Our choice. */
TEST(declarations_that_are_dropped_do_not_count)
{
    ULONG limit = 2;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    set_output(writer, &property, 1);
    start(writer, "a");
    xmlns(writer, "y", "urn:y");
    xmlns(writer, "y", "urn:y");
    attribute(writer, "x", "");
    xmlns(writer, "y", "urn:y");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteXmlnsAttribute(writer, X("z"), X("urn:z"), FALSE, error),
                   "MAX_ATTRIBUTES");
    set_output(writer, &property, 1);
    start(writer, "a");
    xmlns(writer, "y", "urn:y");
    attribute(writer, "x", "");
    xmlns(writer, "y", "urn:y");
    end(writer);
    expect_output(writer, "<a x=\"\" xmlns:y=\"urn:y\"/>");

    /* The prefix is declared by an attribute's name, and then twice by the caller. */
    set_output(writer, &property, 1);
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, X("y"), X("x"), X("urn:y"), FALSE, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    xmlns(writer, "y", "urn:y");
    xmlns(writer, "y", "urn:y");
    end(writer);
    expect_output(writer, "<a y:x=\"\" xmlns:y=\"urn:y\"/>");

    /* Without a prefix: only if something is declared, which is seen at the end. */
    set_output(writer, &property, 1);
    start(writer, "a");
    xmlns(writer, "y", "urn:y");
    xmlns(writer, NULL, "urn:y");
    attribute(writer, "x", "");
    xmlns(writer, NULL, "urn:y");
    end(writer);
    expect_output(writer, "<a x=\"\" xmlns:y=\"urn:y\"/>");
    set_output(writer, &property, 1);
    start(writer, "a");
    xmlns(writer, "y", "urn:y");
    attribute(writer, "x", "");
    xmlns(writer, NULL, "urn:z");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteEndElement(writer, error), "MAX_ATTRIBUTES");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(very_many_attributes)
{
    ULONG i, limit = 20000;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)};
    WS_XML_WRITER *writer = create_writer(&property, 1);
    char name[16];

    start(writer, "a");
    for (i = 0; i < limit; i++)
    {
        snprintf(name, sizeof(name), "b%u", (unsigned)i);
        attribute(writer, name, "value");
    }
    end(writer);
    expect(get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN) > 14 * limit);
    set_output(writer, NULL, 0);
    start(writer, "a");
    attribute(writer, "b", "");
    end(writer);
    expect_output(writer, "<a b=\"\"/>");
    WsFreeWriter(writer);
}

/* --- Namespaces --- */

/* Our choice of prefixes. */
TEST(a_namespace_without_a_prefix_becomes_the_default_one)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, NULL, "a", "urn:x");
    open_ns(writer, NULL, "b", "urn:x");
    end(writer);
    open_ns(writer, NULL, "c", "");
    open_ns(writer, NULL, "d", "");
    end(writer);
    open_ns(writer, NULL, "e", "urn:x");
    end(writer);
    end(writer);
    open_ns(writer, NULL, "f", "urn:y");
    end(writer);
    open_ns(writer, NULL, "g", "urn:x");
    end(writer);
    end(writer);
    expect_output(writer, "<a xmlns=\"urn:x\"><b/><c xmlns=\"\"><d/><e xmlns=\"urn:x\"/></c>"
                          "<f xmlns=\"urn:y\"/><g/></a>");
    WsFreeWriter(writer);
}

TEST(a_prefix_in_scope_is_used)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, "p", "a", "urn:x");
    open_ns(writer, NULL, "b", "urn:x");
    attribute_ns(writer, NULL, "c", "urn:x", "1");
    end(writer);
    /* A declaration on the start tag itself is in scope for it. */
    open_ns(writer, NULL, "d", "urn:y");
    xmlns(writer, "q", "urn:y");
    end(writer);
    /* p means something else here, so it is of no use. */
    open_ns(writer, "p", "e", "urn:z");
    open_ns(writer, NULL, "f", "urn:x");
    end(writer);
    end(writer);
    end(writer);
    expect_output(writer, "<p:a xmlns:p=\"urn:x\"><p:b p:c=\"1\"/><q:d xmlns:q=\"urn:y\"/>"
                          "<p:e xmlns:p=\"urn:z\"><f xmlns=\"urn:x\"/></p:e></p:a>");
    WsFreeWriter(writer);
}

TEST(a_prefix_given_is_declared_when_needed)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, "p", "a", "urn:x");
    open_ns(writer, "p", "b", "urn:x");
    end(writer);
    open_ns(writer, "p", "b", "urn:y");
    attribute_ns(writer, "q", "c", "urn:x", "");
    end(writer);
    open_ns(writer, "", "d", "urn:x");
    open_ns(writer, "", "e", "");
    end(writer);
    end(writer);
    end(writer);
    expect_output(writer, "<p:a xmlns:p=\"urn:x\"><p:b/><p:b q:c=\"\" xmlns:p=\"urn:y\" xmlns:q=\"urn:x\"/>"
                          "<d xmlns=\"urn:x\"><e xmlns=\"\"/></d></p:a>");
    WsFreeWriter(writer);
}

/* Our choice of prefixes; that there are some is documented. */
TEST(prefixes_are_made_up_for_attributes)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, NULL, "r", "urn:x");
    attribute_ns(writer, NULL, "b", "urn:x", "1"); /* the default namespace is not for attributes */
    attribute_ns(writer, NULL, "c", "urn:x", "2");
    attribute_ns(writer, NULL, "d", "urn:y", "3");
    open_ns(writer, "c", "s", "urn:c");
    attribute_ns(writer, NULL, "e", "urn:y", "4");
    attribute_ns(writer, NULL, "f", "urn:z", "5");
    end(writer);
    open_ns(writer, NULL, "t", "urn:x");
    attribute_ns(writer, NULL, "g", "urn:g", "6");
    end(writer);
    end(writer);
    expect_output(writer, "<r a:b=\"1\" a:c=\"2\" b:d=\"3\" xmlns=\"urn:x\" xmlns:a=\"urn:x\" xmlns:b=\"urn:y\">"
                          "<c:s b:e=\"4\" d:f=\"5\" xmlns:c=\"urn:c\" xmlns:d=\"urn:z\"/>"
                          "<t c:g=\"6\" xmlns:c=\"urn:g\"/></r>");
    WsFreeWriter(writer);
}

/* Our choice of prefixes. */
TEST(more_prefixes_than_letters_can_be_made_up)
{
    ULONG limit = 1000, i;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit)},
                                           {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)}};
    WS_XML_WRITER *writer = create_writer(properties, 2);
    char ns[16];

    start(writer, "r");
    xmlns(writer, "b", "urn:b");
    for (i = 0; i < 60; i++)
    {
        snprintf(ns, sizeof(ns), "urn:%u", (unsigned)i);
        attribute_ns(writer, NULL, "x", ns, "");
    }
    end(writer);
    get_bytes(writer).bytes[get_bytes(writer).length - 1] = 0;
    expect(strstr((char *)get_bytes(writer).bytes, "a:x=\"\" c:x=\"\"") != NULL);
    expect(strstr((char *)get_bytes(writer).bytes, "xmlns:z=\"urn:24\" xmlns:a1=\"urn:25\"") != NULL);
    expect(strstr((char *)get_bytes(writer).bytes, "xmlns:z1=\"urn:50\" xmlns:a2=\"urn:51\"") != NULL);
    WsFreeWriter(writer);
}

/* Whoever declared the ones before, and whatever is out of scope again. */
TEST(a_generated_prefix_is_the_first_that_is_free)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    start(writer, "r");
    xmlns(writer, "a", "urn:a");
    start(writer, "e");
    xmlns(writer, "b", "urn:b");
    attribute_ns(writer, NULL, "x", "urn:x", "");
    start(writer, "f");
    xmlns(writer, "a", "urn:other");
    xmlns(writer, "e", "urn:e");
    attribute_ns(writer, NULL, "y", "urn:y", "");
    attribute_ns(writer, NULL, "z", "urn:z", "");
    end(writer);
    start(writer, "f");
    attribute_ns(writer, NULL, "y", "urn:y", "");
    end(writer);
    end(writer);
    start(writer, "e");
    attribute_ns(writer, NULL, "y", "urn:y", "");
    end(writer);
    end(writer);
    expect_output(writer,
                  "<r xmlns:a=\"urn:a\">"
                  "<e c:x=\"\" xmlns:b=\"urn:b\" xmlns:c=\"urn:x\">"
                  "<f d:y=\"\" f:z=\"\" xmlns:a=\"urn:other\" xmlns:e=\"urn:e\" xmlns:d=\"urn:y\" xmlns:f=\"urn:z\"/>"
                  "<f d:y=\"\" xmlns:d=\"urn:y\"/></e>"
                  "<e b:y=\"\" xmlns:b=\"urn:y\"/></r>");
    WsFreeWriter(writer);
}

TEST(declarations_are_written_as_asked)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, "p", "a", "urn:x");
    xmlns(writer, "p", "urn:x");
    ok(WsWriteXmlnsAttribute(writer, X("q"), X("urn:'\""), TRUE, NULL));
    ok(WsWriteXmlnsAttribute(writer, X(""), X("urn:&"), FALSE, NULL));
    xmlns(writer, NULL, "urn:x"); /* which has a prefix */
    xmlns(writer, NULL, "urn:made-up");
    start(writer, "b");
    xmlns(writer, "p", "urn:x"); /* again */
    xmlns(writer, "xml", XML_NS);
    end(writer);
    end(writer);
    expect_output(writer, "<p:a xmlns:p=\"urn:x\" xmlns:q='urn:&apos;\"' xmlns=\"urn:&amp;\" xmlns:a=\"urn:made-up\">"
                          "<b xmlns:p=\"urn:x\" xmlns:xml=\"" XML_NS "\" xmlns=\"\"/></p:a>");
    WsFreeWriter(writer);
}

/* Only the empty prefix can mean it, so whatever else wants that must do without. */
TEST(no_namespace_can_be_declared_without_a_prefix)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    ok(WsWriteStartElement(writer, NULL, X("a"), X("u"), NULL));
    ok(WsWriteXmlnsAttribute(writer, NULL, X(""), FALSE, NULL));
    ok(WsWriteStartElement(writer, NULL, X("b"), X("v"), NULL));
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsWriteStartElement(writer, NULL, X("c"), X("v"), NULL));
    ok(WsWriteXmlnsAttribute(writer, NULL, X(""), FALSE, NULL));
    start(writer, "d");
    end(writer);
    end(writer);
    ok(WsWriteStartElement(writer, X("p"), X("e"), X("v"), NULL));
    ok(WsWriteXmlnsAttribute(writer, NULL, X(""), FALSE, NULL));
    end(writer);
    end(writer);
    end(writer);
    expect_output(writer, "<a:a xmlns:a=\"u\"><b xmlns=\"v\"><b:c xmlns:b=\"v\" xmlns=\"\"><d/></b:c>"
                          "<p:e xmlns:p=\"v\" xmlns=\"\"/></b></a:a>");
    set_output(writer, NULL, 0);
    ok(WsWriteStartElement(writer, X(""), X("a"), X("u"), NULL));
    ok(WsWriteXmlnsAttribute(writer, NULL, X(""), FALSE, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
}

TEST(conflicts_on_a_start_tag_are_refused)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    /* Declared as two namespaces. */
    start(writer, "a");
    xmlns(writer, "p", "urn:x");
    xmlns(writer, "p", "urn:y");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "urn:y");
    /* Used for one namespace and declared as another. */
    set_output(writer, NULL, 0);
    open_ns(writer, "p", "a", "urn:x");
    xmlns(writer, "p", "urn:y");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "\"p\"");
    set_output(writer, NULL, 0);
    start(writer, "a");
    xmlns(writer, "", "urn:y");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "urn:y");
    /* Used for two. */
    set_output(writer, NULL, 0);
    open_ns(writer, "p", "a", "urn:x");
    attribute_ns(writer, "p", "b", "urn:y", "");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "urn:y");
    /* Also if one of them comes from outside. */
    set_output(writer, NULL, 0);
    open_ns(writer, "p", "a", "urn:x");
    open_ns(writer, "p", "b", "urn:x");
    attribute_ns(writer, "p", "c", "urn:y", "");
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteEndElement(writer, error), "urn:y");
    /* What the writer chooses gives way. */
    set_output(writer, NULL, 0);
    open_ns(writer, NULL, "a", "urn:x");
    xmlns(writer, "", "urn:y");
    open_ns(writer, NULL, "b", "urn:z");
    end(writer);
    end(writer);
    expect_output(writer, "<a:a xmlns=\"urn:y\" xmlns:a=\"urn:x\"><b xmlns=\"urn:z\"/></a:a>");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(reserved_prefixes_and_namespaces)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    struct
    {
        const char *prefix, *ns;
    } bad[] = {{"xml", "urn:x"}, {"xmlns", "urn:x"}, {"xmlns", XMLNS_NS}, {"p", XML_NS},   {"p", XMLNS_NS},
               {"", XML_NS},     {"", XMLNS_NS},     {"p", ""},           {NULL, XMLNS_NS}};
    size_t i;

    for (i = 0; i < WsCountOf(bad); i++)
    {
        WS_XML_STRING *prefix = bad[i].prefix ? X(bad[i].prefix) : NULL;

        /* Found when the start tag is committed. */
        set_output(writer, NULL, 0);
        ok(WsWriteStartElement(writer, prefix, X("a"), X(bad[i].ns), NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
        set_output(writer, NULL, 0);
        start(writer, "a");
        ok(WsWriteStartAttribute(writer, prefix, X("a"), X(bad[i].ns), FALSE, NULL));
        ok(WsWriteEndAttribute(writer, NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
        if (!prefix)
            continue;
        set_output(writer, NULL, 0);
        start(writer, "a");
        ok(WsWriteXmlnsAttribute(writer, prefix, X(bad[i].ns), FALSE, NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    }
    set_output(writer, NULL, 0);
    start(writer, "a");
    attribute(writer, "xmlns", "urn:x");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    attribute_ns(writer, "", "a", "urn:x", "");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));

    set_output(writer, NULL, 0);
    open_ns(writer, NULL, "a", XML_NS);
    attribute_ns(writer, "xml", "lang", XML_NS, "en");
    attribute_ns(writer, NULL, "space", XML_NS, "default");
    end(writer);
    expect_output(writer, "<xml:a xml:lang=\"en\" xml:space=\"default\"/>");
    WsFreeWriter(writer);
}

TEST(a_namespace_is_text_too)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    open_ns(writer, NULL, "a", "urn:\x01");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    set_output(writer, NULL, 0);
    open_ns(writer, NULL, "a", "urn:\xff");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
}

TEST(namespaces_in_scope_are_limited)
{
    ULONG limit = 3;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit)};
    WS_XML_WRITER *writer = create_writer(&property, 1);
    WS_ERROR *error = create_error();
    char ns[16];
    int i;

    start(writer, "a");
    for (i = 0; i < 10; i++)
    {
        /* Scopes that have ended do not count, nor does what is in scope already. */
        open_ns(writer, "p", "b", "urn:1");
        xmlns(writer, "q", "urn:2");
        open_ns(writer, "p", "c", "urn:1");
        xmlns(writer, "p", "urn:1");
        open_ns(writer, NULL, "d", "urn:3");
        end(writer);
        end(writer);
        end(writer);
    }
    open_ns(writer, NULL, "e", "urn:1");
    open_ns(writer, NULL, "f", "urn:2");
    open_ns(writer, NULL, "g", "urn:3");
    open_ns(writer, NULL, "h", "urn:4");
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsWriteEndStartElement(writer, error), "MAX_NAMESPACES is 3");

    limit = 32;
    set_output(writer, NULL, 0);
    start(writer, "a");
    set_output(writer, &property, 1);
    for (i = 0; i < 31; i++)
    {
        snprintf(ns, sizeof(ns), "urn:%d", i);
        open_ns(writer, NULL, "b", ns);
    }
    open_ns(writer, NULL, "b", "urn:x");
    ok(WsWriteEndStartElement(writer, NULL));
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(WsGetPrefixFromNamespace_finds_what_is_committed)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    const WS_XML_STRING *prefix = NULL;

    ok(WsGetPrefixFromNamespace(writer, X(XML_NS), TRUE, &prefix, NULL));
    expect(prefix->length == 3 && !memcmp(prefix->bytes, "xml", 3));
    ok(WsGetPrefixFromNamespace(writer, X(XMLNS_NS), TRUE, &prefix, NULL));
    expect(prefix->length == 5 && !memcmp(prefix->bytes, "xmlns", 5));
    ok(WsGetPrefixFromNamespace(writer, X(""), TRUE, &prefix, NULL));
    expect_size(0, prefix->length);
    open_ns(writer, "p", "a", "urn:x");
    expect_hr(S_FALSE, WsGetPrefixFromNamespace(writer, X("urn:x"), FALSE, &prefix, NULL));
    expect(prefix == NULL);
    prefix = X("untouched");
    expect_refused(error, WS_E_INVALID_FORMAT, WsGetPrefixFromNamespace(writer, X("urn:x"), TRUE, &prefix, error),
                   "urn:x");
    expect_size(9, prefix->length);
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsGetPrefixFromNamespace(writer, X("urn:x"), TRUE, &prefix, NULL));
    expect(prefix->length == 1 && prefix->bytes[0] == 'p');
    open_ns(writer, "p", "b", "urn:y");
    ok(WsWriteEndStartElement(writer, NULL));
    expect_hr(S_FALSE, WsGetPrefixFromNamespace(writer, X("urn:x"), FALSE, &prefix, NULL));
    end(writer);
    ok(WsGetPrefixFromNamespace(writer, X("urn:x"), FALSE, &prefix, NULL));
    open_ns(writer, NULL, "c", "urn:z");
    ok(WsWriteEndStartElement(writer, NULL));
    ok(WsGetPrefixFromNamespace(writer, X("urn:z"), FALSE, &prefix, NULL));
    expect_size(0, prefix->length);
    expect_hr(S_FALSE, WsGetPrefixFromNamespace(writer, X(""), FALSE, &prefix, NULL));
    end(writer);
    expect_refused(error, E_INVALIDARG, WsGetPrefixFromNamespace(writer, NULL, FALSE, &prefix, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsGetPrefixFromNamespace(writer, X("a"), FALSE, NULL, error), "NULL");
    end(writer);
    WsFreeWriter(writer);
    WsFreeError(error);
}
