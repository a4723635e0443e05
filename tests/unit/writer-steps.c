/* SPDX-License-Identifier: MIT */
/*
 * writer-steps - how much a writer has to compare when there are very many namespaces: as often as there are names, not
 * as often as there are pairs of them. The files that compare are compiled with a counter for this: WS_COUNT_STEPS.
 */
#include "support/writer.h"

extern size_t writer_steps;

#define FEW  1000u
#define MANY 8000u

/* No more comparisons than this for each thing. In pairs there would be thousands. */
#define MOST_STEPS 40u

static const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};

static WS_XML_WRITER *writer;

static WS_XML_STRING *numbered(const char *what, unsigned number, unsigned place)
{
    static WS_XML_STRING strings[4];
    static char texts[4][40];

    strings[place].length = (ULONG)snprintf(texts[place], sizeof(texts[place]), "%s%u", what, number);
    strings[place].bytes = (BYTE *)texts[place];
    return &strings[place];
}

static void attribute_in(unsigned i, bool with_prefix, const char *local)
{
    ok(WsWriteStartAttribute(writer, with_prefix ? numbered("p", i, 0) : NULL, X(local), numbered("urn:", i, 1), FALSE,
                             NULL));
    ok(WsWriteEndAttribute(writer, NULL));
}

static void declare_many(unsigned count, const char *prefix)
{
    unsigned i;

    for (i = 0; i < count; i++)
        ok(WsWriteXmlnsAttribute(writer, numbered(prefix, i, 0), numbered("urn:", i, 1), FALSE, NULL));
}

/* --- What is measured --- */

static void declarations(unsigned count)
{
    start(writer, "r");
    declare_many(count, "p");
    end(writer);
}

static void declarations_without_a_prefix(unsigned count)
{
    unsigned i;

    start(writer, "r");
    for (i = 0; i < count; i++)
        ok(WsWriteXmlnsAttribute(writer, NULL, numbered("urn:", i, 1), FALSE, NULL));
    end(writer);
}

static void attributes_without_a_prefix(unsigned count)
{
    unsigned i;

    start(writer, "r");
    for (i = 0; i < count; i++)
        attribute_in(i, false, "a");
    end(writer);
}

static void attributes_with_prefixes(unsigned count)
{
    unsigned i;

    start(writer, "r");
    for (i = 0; i < count; i++)
        attribute_in(i, true, "a");
    end(writer);
}

/* Declares the prefixes that the writer would generate. */
static void take_prefixes(unsigned count)
{
    char name[24];
    unsigned i;

    for (i = 0; i < count; i++)
    {
        if (i < 26)
            snprintf(name, sizeof(name), "%c", 'a' + (int)i);
        else
            snprintf(name, sizeof(name), "%c%u", 'a' + (int)(i % 26), i / 26);
        ok(WsWriteXmlnsAttribute(writer, X(name), numbered("taken:", i, 1), FALSE, NULL));
    }
}

static void prefixes_that_are_taken(unsigned count)
{
    unsigned i;

    start(writer, "r");
    take_prefixes(count);
    for (i = 0; i < count; i++)
        attribute_in(i, false, "a");
    end(writer);
}

/* Children, and children of those, need one each; some of them declare something else, too, or one of these anew. */
static void prefixes_that_are_taken_around(unsigned count)
{
    unsigned i;

    start(writer, "r");
    take_prefixes(count);
    for (i = 0; i < count; i++)
    {
        start(writer, "e");
        if (i % 4 == 1)
            ok(WsWriteXmlnsAttribute(writer, numbered("p", i, 0), numbered("urn:", i, 1), FALSE, NULL));
        if (i % 4 == 2)
            ok(WsWriteXmlnsAttribute(writer, X("a"), numbered("anew:", i, 1), FALSE, NULL));
        if (i % 4 == 3)
            attribute_in(i + 1, false, "a");
        start(writer, "f");
        attribute_in(i, false, "a");
        end(writer);
        end(writer);
    }
    end(writer);
}

/* Levels that each need one. */
static void prefixes_that_are_taken_on_levels(unsigned count)
{
    unsigned i;

    start(writer, "r");
    take_prefixes(count);
    for (i = 0; i < count; i++)
    {
        start(writer, "e");
        attribute_in(i, false, "a");
    }
    for (i = 0; i < count; i++)
        end(writer);
    end(writer);
}

static void children_in_many_namespaces(unsigned count)
{
    unsigned i;

    start(writer, "r");
    declare_many(count, "p");
    for (i = 0; i < count; i++)
    {
        ok(WsWriteStartElement(writer, numbered("p", i, 0), X("e"), numbered("urn:", i, 1), NULL));
        attribute_in((i + 7) % count, true, "a");
        end(writer);
        ok(WsWriteStartElement(writer, NULL, X("e"), numbered("urn:", i, 1), NULL));
        attribute_in((i + 7) % count, false, "a");
        ok(WsWriteQualifiedName(writer, NULL, X("n"), numbered("urn:", (i + 9) % count, 1), NULL));
        end(writer);
    }
    end(writer);
}

/* Names in values have no prefix: it is found around, on the start tag itself, or in the value before. */
static void names_in_values(unsigned count)
{
    unsigned i;

    start(writer, "r");
    declare_many(count, "p");
    ok(WsWriteStartElement(writer, NULL, X("e"), X(""), NULL));
    for (i = 0; i < count; i++)
        if (i % 4 == 0)
            ok(WsWriteXmlnsAttribute(writer, numbered("q", i, 0), numbered("here:", i, 1), FALSE, NULL));
    for (i = 0; i < count; i++)
    {
        ok(WsWriteStartAttribute(writer, NULL, numbered("a", i, 0), X(""), FALSE, NULL));
        ok(WsWriteQualifiedName(writer, NULL, X("n"),
                                i % 2 ? numbered("urn:", i / 3, 1) : numbered("here:", i / 4 * 4, 1), NULL));
        ok(WsWriteEndAttribute(writer, NULL));
    }
    end(writer);
    end(writer);
}

/* The same declaration many times, where there is room for few. */
static void declarations_that_are_dropped(unsigned count)
{
    ULONG limit = 20;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)};
    unsigned i;

    set_output(writer, &property, 1);
    start(writer, "r");
    for (i = 0; i < count; i++)
        ok(WsWriteXmlnsAttribute(writer, numbered("p", i % 20, 0), numbered("urn:", i % 20, 1), FALSE, NULL));
    end(writer);
}

/* Each level declares a prefix of its own, and one that hides that of the level around. */
static void levels(unsigned count)
{
    const WS_XML_STRING *found;
    unsigned i;

    for (i = 0; i < count; i++)
    {
        start(writer, "e");
        ok(WsWriteXmlnsAttribute(writer, numbered("p", i, 0), numbered("urn:", i, 1), FALSE, NULL));
        ok(WsWriteXmlnsAttribute(writer, X("same"), numbered("same:", i % 2, 1), FALSE, NULL));
        ok(WsWriteEndStartElement(writer, NULL));
        ok(WsGetPrefixFromNamespace(writer, X("urn:0"), TRUE, &found, NULL));
        expect_hr(S_FALSE, WsGetPrefixFromNamespace(writer, numbered("same:", (i + 1) % 2, 1), FALSE, &found, NULL));
    }
    while (i--)
    {
        ok(WsGetPrefixFromNamespace(writer, numbered("same:", i % 2, 1), TRUE, &found, NULL));
        end(writer);
    }
}

/* All are bound to one namespace, and then all of them to another one. */
static void bindings_that_are_hidden(unsigned count)
{
    const WS_XML_STRING *found;
    unsigned i, round;

    for (round = 0; round < 2; round++)
    {
        start(writer, "r");
        for (i = 0; i < count; i++)
            ok(WsWriteXmlnsAttribute(writer, numbered("p", i, 0), numbered("urn:", round, 1), FALSE, NULL));
        ok(WsWriteEndStartElement(writer, NULL));
    }
    for (i = 0; i < count; i++)
        expect_hr(S_FALSE, WsGetPrefixFromNamespace(writer, X("urn:0"), FALSE, &found, NULL));
    end(writer);
    ok(WsGetPrefixFromNamespace(writer, X("urn:0"), TRUE, &found, NULL));
    end(writer);
}

/* A copy of an element whose values look like names with prefixes of the elements around. */
static void copies(unsigned count)
{
    static char document[400000];
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, document, 0};
    ULONG limit = 1000000;
    WS_XML_READER_PROPERTY properties[] = {{WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)},
                                           {WS_XML_READER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit)}};
    WS_XML_READER *reader = NULL;
    size_t length = 0;
    unsigned i;

    length += (size_t)sprintf(document + length, "<r");
    for (i = 0; i < count; i++)
        length += (size_t)sprintf(document + length, " xmlns:p%u='u%u'", i, i);
    length += (size_t)sprintf(document + length, "><e");
    for (i = 0; i < count; i++)
        length += (size_t)sprintf(document + length, " a%u='p%u:x'", i, i);
    length += (size_t)sprintf(document + length, "/></r>");
    input.encodedDataSize = (ULONG)length;
    ok(WsCreateReader(NULL, 0, &reader, NULL));
    ok(WsSetInput(reader, &encoding.encoding, &input.input, properties, 2, NULL));
    ok(WsReadToStartElement(reader, X("r"), X(""), NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsReadToStartElement(reader, X("e"), X(""), NULL, NULL));
    ok(WsCopyNode(writer, reader, NULL));
    expect(get_ulong(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN) > count * 20);
    WsFreeReader(reader);
}

static const struct
{
    const char *name;
    void (*write)(unsigned count);
} kinds[] = {
    {"declarations", declarations},
    {"declarations without a prefix", declarations_without_a_prefix},
    {"attributes without a prefix", attributes_without_a_prefix},
    {"attributes with prefixes", attributes_with_prefixes},
    {"prefixes that are taken", prefixes_that_are_taken},
    {"prefixes that are taken around", prefixes_that_are_taken_around},
    {"prefixes that are taken on levels", prefixes_that_are_taken_on_levels},
    {"children in many namespaces", children_in_many_namespaces},
    {"names in values", names_in_values},
    {"declarations that are dropped", declarations_that_are_dropped},
    {"levels", levels},
    {"bindings that are hidden", bindings_that_are_hidden},
    {"copies", copies},
};

static size_t steps_of(unsigned kind, const WS_XML_WRITER_ENCODING *encoding, unsigned count)
{
    ULONG limit = 1000000;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &limit, sizeof(limit)},
                                           {WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &limit, sizeof(limit)},
                                           {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &limit, sizeof(limit)}};

    ok(WsSetOutput(writer, encoding, &memory_output.output, properties, 3, NULL));
    writer_steps = 0;
    kinds[kind].write(count);
    return writer_steps;
}

TEST(steps_are_in_proportion_to_names)
{
    const WS_XML_WRITER_ENCODING *encodings[] = {&utf8.encoding, &binary.encoding};
    size_t few, many;
    unsigned i, j;

    writer = create_writer(NULL, 0);
    for (i = 0; i < WsCountOf(kinds); i++)
        for (j = 0; j < 2; j++)
        {
            few = steps_of(i, encodings[j], FEW);
            many = steps_of(i, encodings[j], MANY);
            if (!few || few > FEW * MOST_STEPS || many > MANY * MOST_STEPS)
                test_fail(__FILE__, __LINE__, "%s: %zu steps for %u, %zu for %u", kinds[i].name, few, FEW, many, MANY);
        }
    WsFreeWriter(writer);
}

/* A few are compared one by one, which takes less than a hash. */
TEST(a_few_are_not_hashed)
{
    unsigned i;

    writer = create_writer(NULL, 0);
    start(writer, "r");
    declare_many(16, "p");
    chars8(writer, "x");
    writer_steps = 0;
    for (i = 0; i < 10; i++)
    {
        ok(WsWriteStartElement(writer, numbered("p", 0, 0), X("e"), numbered("urn:", 0, 1), NULL));
        end(writer);
    }
    expect(writer_steps >= 10 * 16);
    end(writer);
    WsFreeWriter(writer);
}
