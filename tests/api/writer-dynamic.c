/* SPDX-License-Identifier: MIT */
/*
 * writer-dynamic.c - callbacks for dynamic strings that keep the strings of constant dictionaries.
 *
 * Source: the page of WS_DYNAMIC_STRING_CALLBACK.
 */
#include "support/binary.h"

#include <stddef.h>

/* --- A program that merges dictionaries while it writes --- */

/*
 * What Microsoft's sample XmlDictionary does, whose dictionaries have one more trait: the array that one of them names
 * is that of another one.
 */
static WS_XML_STRING metals[3], animals[2], words[3];
static WS_XML_DICTIONARY metal_dictionary = {{1, 1, 1, {1}}, metals, 3, TRUE};
static WS_XML_DICTIONARY animal_dictionary = {{2, 2, 2, {2}}, metals, 2, TRUE};
static WS_XML_DICTIONARY word_dictionary = {{3, 3, 3, {3}}, words, 3, TRUE};

static void fill(WS_XML_STRING *strings, ULONG count, const char *const *texts, WS_XML_DICTIONARY *dictionary)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        strings[i].length = (ULONG)strlen(texts[i]);
        strings[i].bytes = (BYTE *)texts[i];
        strings[i].dictionary = dictionary;
        strings[i].id = i;
    }
}

static void fill_dictionaries(void)
{
    static const char *const metal[] = {"iron", "copper", "gold"}, *const animal[] = {"otter", "heron"};
    static const char *const word[] = {"list", "of", "urn:things"};

    fill(metals, 3, metal, &metal_dictionary);
    fill(animals, 2, animal, &animal_dictionary);
    fill(words, 3, word, &word_dictionary);
}

struct merged
{
    WS_XML_DICTIONARY dictionary;
    WS_XML_STRING strings[16];
};

/* Gives every string of a constant dictionary an id, and keeps the pointer to its bytes. */
static HRESULT CALLBACK merge(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id, WS_ERROR *error)
{
    struct merged *merged = state;
    ULONG i, count = merged->dictionary.stringCount;

    (void)error;
    *found = string->dictionary && string->dictionary->isConst;
    if (!*found)
        return S_OK;
    for (i = 0; i < count; i++)
        if (string->length == merged->strings[i].length &&
            !memcmp(string->bytes, merged->strings[i].bytes, string->length))
            break;
    expect(i < 16);
    if (i == count)
    {
        merged->strings[i].length = string->length;
        merged->strings[i].bytes = string->bytes;
        merged->strings[i].dictionary = &merged->dictionary;
        merged->strings[i].id = i;
        merged->dictionary.stringCount++;
    }
    *id = i;
    return S_OK;
}

static void set_merging_output(WS_XML_WRITER *writer, WS_DYNAMIC_STRING_CALLBACK callback, void *state)
{
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, &word_dictionary, callback, state};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};

    ok(WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
}

static void write_thing(WS_XML_WRITER *writer, const WS_XML_STRING *name, const WS_XML_STRING *of)
{
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, *of};

    ok(WsWriteStartElement(writer, NULL, name, &words[2], NULL));
    ok(WsWriteStartAttribute(writer, NULL, &words[1], &words[2], FALSE, NULL));
    ok(WsWriteText(writer, &text.text, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteEndElement(writer, NULL));
}

static void expect_thing(WS_XML_READER *reader, const char *name, const char *of)
{
    const WS_XML_ELEMENT_NODE *element;
    const WS_XML_UTF8_TEXT *value;
    BOOL found = FALSE;
    ULONG index = 99;

    ok(WsReadToStartElement(reader, NULL, NULL, &found, NULL));
    expect(found);
    element = (const WS_XML_ELEMENT_NODE *)current_node(reader);
    expect(string_is(element->localName, name));
    expect(string_is(element->ns, "urn:things"));
    ok(WsFindAttribute(reader, &words[1], &words[2], TRUE, &index, NULL));
    value = (const WS_XML_UTF8_TEXT *)element->attributes[index]->value;
    expect_size(WS_XML_TEXT_TYPE_UTF8, value->text.textType);
    if (!string_is(&value->value, of))
        test_fail(__FILE__, __LINE__, "%s of %.*s", name, (int)value->value.length, (const char *)value->value.bytes);
    ok(WsSkipNode(reader, NULL));
}

TEST(merged_dictionaries_read_back)
{
    struct merged merged = {{{4, 4, 4, {4}}, merged.strings, 0, FALSE}, {{0, NULL, NULL, 0}}};
    WS_XML_READER_BINARY_ENCODING encoding = {
        {WS_XML_READER_ENCODING_TYPE_BINARY}, &word_dictionary, &merged.dictionary};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer_as(true);
    BOOL found = TRUE;
    WS_BYTES bytes;

    fill_dictionaries();
    set_merging_output(writer, merge, &merged);
    ok(WsWriteStartElement(writer, NULL, &words[0], &words[2], NULL));
    write_thing(writer, &animals[1], &metals[2]);
    write_thing(writer, &animals[0], &metals[1]);
    write_thing(writer, &animals[1], &metals[0]);
    ok(WsWriteEndElement(writer, NULL));
    /* heron, gold, otter, copper, iron: the rest is in the static dictionary. */
    expect_size(5, merged.dictionary.stringCount);

    bytes = written(writer);
    input.encodedData = bytes.bytes;
    input.encodedDataSize = bytes.length;
    ok(WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
    ok(WsReadToStartElement(reader, &words[0], &words[2], NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    expect_thing(reader, "heron", "gold");
    expect_thing(reader, "otter", "copper");
    expect_thing(reader, "heron", "iron");
    ok(WsReadToStartElement(reader, NULL, NULL, &found, NULL));
    expect(!found);
    ok(WsReadEndElement(reader, NULL));
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

/* --- What the callback is given --- */

struct given
{
    const BYTE *bytes[16];
    unsigned count;
};

static HRESULT CALLBACK note(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id, WS_ERROR *error)
{
    struct given *given = state;

    (void)error, (void)id;
    expect(given->count < 16);
    given->bytes[given->count++] = string->bytes;
    *found = FALSE;
    return S_OK;
}

static bool was_given(const struct given *given, const WS_XML_STRING *string)
{
    unsigned i;

    for (i = 0; i < given->count; i++)
        if (given->bytes[i] == string->bytes)
            return true;
    return false;
}

/* Names, a namespace and a value of a constant dictionary, in each place where a string is asked for. */
TEST(the_callback_is_given_the_callers_own_bytes)
{
    WS_XML_UTF8_TEXT value = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    WS_XML_STRING prefix = STRING("p");
    WS_XML_WRITER *writer = create_writer_as(true);
    struct given given;
    bool by_node;

    fill_dictionaries();
    value.value = animals[1];
    for (by_node = false;; by_node = true)
    {
        WS_XML_ATTRIBUTE attribute = {FALSE, FALSE, &prefix, &metals[1], &metals[2], &value.text}, *list = &attribute;
        WS_XML_ELEMENT_NODE node = {.node = {WS_XML_NODE_TYPE_ELEMENT},
                                    .prefix = &prefix,
                                    .localName = &metals[0],
                                    .ns = &metals[2],
                                    .attributeCount = 1,
                                    .attributes = &list};
        WS_XML_UTF8_TEXT content = {{WS_XML_TEXT_TYPE_UTF8}, animals[0]};

        memset(&given, 0, sizeof(given));
        set_merging_output(writer, note, &given);
        if (by_node)
            ok(WsWriteNode(writer, &node.node, NULL));
        else
        {
            ok(WsWriteStartElement(writer, &prefix, &metals[0], &metals[2], NULL));
            ok(WsWriteStartAttribute(writer, &prefix, &metals[1], &metals[2], FALSE, NULL));
            ok(WsWriteText(writer, &value.text, NULL));
            ok(WsWriteEndAttribute(writer, NULL));
        }
        ok(WsWriteText(writer, &content.text, NULL));
        ok(WsWriteEndElement(writer, NULL));
        expect(was_given(&given, &metals[0]));
        expect(was_given(&given, &metals[1]));
        expect(was_given(&given, &metals[2]));
        expect(was_given(&given, &animals[0]));
        expect(was_given(&given, &animals[1]));
        expect_size(5, given.count);
        if (by_node)
            break;
    }
    WsFreeWriter(writer);
}

/* A value that is more than one string of a dictionary is of none. */
TEST(a_value_of_two_strings_is_not_asked_for)
{
    WS_XML_UTF8_TEXT value = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    WS_XML_STRING name = STRING("a"), none = STRING("");
    struct given given = {{NULL}, 0};
    WS_XML_WRITER *writer = create_writer_as(true);

    fill_dictionaries();
    value.value = animals[1];
    set_merging_output(writer, note, &given);
    ok(WsWriteStartElement(writer, NULL, &name, &none, NULL));
    ok(WsWriteStartAttribute(writer, NULL, &name, &none, FALSE, NULL));
    ok(WsWriteText(writer, &value.text, NULL));
    ok(WsWriteText(writer, &value.text, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteEndElement(writer, NULL));
    expect(!was_given(&given, &animals[1]));
    expect_written(writer, "400161040161980A6865726F6E6865726F6E01", "a value of two strings");
    WsFreeWriter(writer);
}

/* --- XML buffers --- */

/* What an XML buffer keeps of a string is the dictionary's, or its own; never the memory of a start tag. */
TEST(values_in_xml_buffers_last)
{
    WS_XML_UTF8_TEXT value = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    WS_XML_STRING name = STRING("a"), none = STRING("");
    WS_XML_WRITER *writer = create_writer_as(true);
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer = NULL;
    unsigned i;

    fill_dictionaries();
    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    ok(WsWriteStartElement(writer, NULL, &name, &none, NULL));
    for (i = 0; i < 4; i++)
    {
        value.value = i < 2 ? metals[i] : animals[i - 2];
        ok(WsWriteStartElement(writer, NULL, &name, &none, NULL));
        ok(WsWriteStartAttribute(writer, NULL, &name, &none, FALSE, NULL));
        ok(WsWriteText(writer, &value.text, NULL));
        ok(WsWriteEndAttribute(writer, NULL));
        ok(WsWriteEndElement(writer, NULL));
    }
    ok(WsWriteEndElement(writer, NULL));
    set_output_as(writer, false, NULL, NULL);
    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    expect_text(writer, "<a><a a=\"iron\"/><a a=\"copper\"/><a a=\"otter\"/><a a=\"heron\"/></a>", "values");
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}
