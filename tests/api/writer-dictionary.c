/* SPDX-License-Identifier: MIT */
/*
 * writer-dictionary.c - which strings the binary encoding writes as ids: those of dictionaries, and of the callback.
 *
 * Source: the pages of WS_XML_WRITER_BINARY_ENCODING and of WS_DYNAMIC_STRING_CALLBACK.
 */
#include "support/binary.h"

#include <stdlib.h>

static const WS_XML_STRING no_ns = STRING(""), name_a = STRING("a");

struct asked
{
    unsigned count;
    HRESULT hr;
    WS_XML_WRITER *to_free;
};

static HRESULT CALLBACK find_dynamic(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id, WS_ERROR *error)
{
    struct asked *asked = state;
    ULONG i;

    (void)error;
    asked->count++;
    if (asked->to_free)
        WsFreeWriter(asked->to_free);
    *found = string->length > 3 && !memcmp(string->bytes, "dyn", 3);
    for (*id = 0, i = 3; *found && i < string->length; i++)
        *id = *id * 10 + (ULONG)(string->bytes[i] - '0');
    return asked->hr;
}

/* A name of the static dictionary has its id there by saying so; whatever else is asked of the callback. */
TEST(strings_are_found_in_dictionaries)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_DICTIONARY *known = dictionary_of("str", 2);
    WS_XML_STRING unknown = STRING("str9"), dynamic = {4, (BYTE *)"dyn7", NULL, 0};
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, STRING("str8")};
    const WS_XML_STRING *ns = &known->strings[1];
    int i;

    set_output_as(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &known->strings[1], ns, NULL));
    for (i = 0; i < 2; i++)
    {
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &known->strings[4], ns, NULL));
        expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &unknown, ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &dynamic, ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    }
    /* A text is looked for if it comes from a dictionary. */
    text.value = known->strings[4];
    expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
    text.value = dictionary_of("dyn", 1)->strings[9];
    expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &known->strings[0], ns, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &known->strings[499], ns, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer,
                   "42020A02"
                   "4208990473747238"
                   "40047374723901"
                   "420F01"
                   "4208990473747238"
                   "40047374723901"
                   "420F01"
                   "AA08"
                   "AA13"
                   "420001"
                   "42E60701"
                   "01",
                   "strings");
    /* Asked once for each: str9, dyn7, dyn9. */
    expect_size(3, asked.count);
    WsFreeWriter(writer);
}

/* Observed on Windows. Without a callback such a string is characters: a binary reader of any dictionary reads it. */
TEST(a_string_that_has_only_the_bytes_of_one_of_the_static_dictionary_is_not_that)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_STRING by_bytes = STRING("dyn7"), strings[1] = {STRING("dyn7")}, name = STRING("dyn8");
    WS_XML_DICTIONARY dictionary = {{1, 2, 3, {4}}, strings, 1, TRUE};
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, &dictionary, find_dynamic, &asked};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    int by_node;

    for (by_node = 0; by_node < 2; by_node++)
    {
        WS_XML_ATTRIBUTE attribute = {.prefix = (WS_XML_STRING *)&no_ns,
                                      .localName = &by_bytes,
                                      .ns = (WS_XML_STRING *)&no_ns,
                                      .value = &(WS_XML_UTF8_TEXT){{WS_XML_TEXT_TYPE_UTF8}, STRING("v")}.text};
        WS_XML_ATTRIBUTE *attributes[] = {&attribute};
        WS_XML_ELEMENT_NODE node = {{WS_XML_NODE_TYPE_ELEMENT},
                                    (WS_XML_STRING *)&no_ns,
                                    &by_bytes,
                                    (WS_XML_STRING *)&no_ns,
                                    1,
                                    attributes,
                                    FALSE};

        for (encoding.dynamicStringCallback = find_dynamic;; encoding.dynamicStringCallback = NULL)
        {
            asked.count = 0;
            expect_hr(S_OK, WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
            expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
            if (by_node)
                expect_hr(S_OK, WsWriteNode(writer, &node.node, NULL));
            else
            {
                expect_hr(S_OK, WsWriteStartElement(writer, NULL, &by_bytes, &no_ns, NULL));
                expect_hr(S_OK, WsWriteStartAttribute(writer, NULL, &by_bytes, &no_ns, FALSE, NULL));
                expect_hr(S_OK, WsWriteCharsUtf8(writer, (const BYTE *)"v", 1, NULL));
                expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
            }
            expect_hr(S_OK, WsWriteEndElement(writer, NULL));
            expect_hr(S_OK, WsWriteEndElement(writer, NULL));
            if (!encoding.dynamicStringCallback)
                break;
            expect_written(writer, "4211420F060F9801760101", "asked for");
            expect_size(2, asked.count);
        }
        expect_written(writer, "400464796E38400464796E37040464796E379801760101", "characters");
        expect_size(0, asked.count);
    }
    WsFreeWriter(writer);
}

/*
 * Observed on Windows: what has the static dictionary needs no callback, and has the id that it says, whatever the
 * array of the dictionary has there.
 */
TEST(the_id_of_a_string_is_its_own)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_STRING strings[400], name = STRING("name");
    WS_XML_DICTIONARY dictionary = {{1, 2, 3, {4}}, strings, 400, TRUE};
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, &dictionary, find_dynamic, &asked};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    ULONG i;

    for (i = 0; i < 400; i++)
    {
        strings[i] = name;
        strings[i].dictionary = &dictionary;
        strings[i].id = 7;
    }
    name.dictionary = &dictionary;
    name.id = 235;
    for (i = 0; i < 2; i++)
    {
        encoding.dynamicStringCallback = i ? NULL : find_dynamic;
        expect_hr(S_OK, WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_written(writer, "42D60342D6030101", "ids");
    }
    expect_size(0, asked.count);
    /* One that is not in the dictionary is a string like any other. */
    name.id = 400;
    expect_hr(S_OK, WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer, "40046E616D6501", "no such id");
    WsFreeWriter(writer);
}

/* What one callback said of a string does not count for the next output. Our choice. */
TEST(answers_of_the_callback_are_for_one_output)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_STRING name = STRING("dyn7");
    int i;

    for (i = 1; i <= 3; i++)
    {
        set_output_as(writer, true, i == 2 ? NULL : find_dynamic, &asked);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_written(writer, i == 2 ? "400464796E37400464796E370101" : "420F420F0101", "answers");
        expect_size(i == 3 ? 2 : 1, asked.count);
    }
    WsFreeWriter(writer);
}

/* More strings than are remembered, and strings that are too long for it: all are still found. Our choice. */
TEST(strings_that_are_not_remembered)
{
    static char text[600];
    WS_XML_WRITER *writer = create_writer_as(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_STRING name = {0, (BYTE *)text, NULL, 0};
    BYTE wanted[16];
    unsigned i, repeated;
    WS_BYTES bytes;
    ULONG before;

    set_output_as(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    for (repeated = 0; repeated < 2; repeated++)
        for (i = 0; i < 1000; i++)
        {
            name.length = (ULONG)snprintf(text, sizeof(text), i % 100 ? "dyn%u" : "dyn%0400u", i);
            before = written(writer).length;
            expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
            expect_hr(S_OK, WsWriteEndElement(writer, NULL));
            bytes = written(writer);
            wanted[0] = 0x42;
            wanted[1] = (BYTE)(i * 2 + 1) | (i * 2 + 1 >= 0x80 ? 0x80 : 0);
            wanted[2] = i * 2 + 1 >= 0x80 ? (BYTE)((i * 2 + 1) >> 7) : 0x01;
            wanted[3] = 0x01;
            /* The first comes with the end of the root's start tag, and its name. */
            if (i || repeated)
                expect(!memcmp(bytes.bytes + before, wanted, bytes.length - before));
        }
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect(asked.count > 1001 && asked.count < 2001);
    WsFreeWriter(writer);
}

TEST(attributes_keep_strings_of_dictionaries)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, STRING("")};
    WS_XML_TEXT_NODE node = {{WS_XML_NODE_TYPE_TEXT}, &text.text};

    text.value = dictionary_of("str", 2)->strings[4];
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteStartAttribute(writer, NULL, &name_a, &no_ns, FALSE, NULL));
    expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
    expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteStartAttribute(writer, NULL, &name_a, &no_ns, FALSE, NULL));
    expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
    expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
    expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteStartAttribute(writer, NULL, &name_a, &no_ns, FALSE, NULL));
    expect_hr(S_OK, WsWriteNode(writer, &node.node, NULL));
    expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
    expect_hr(S_OK, WsWriteNode(writer, &node.node, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer,
                   "400161"
                   "040161AA08"
                   "400161"
                   "04016198087374723873747238"
                   "01"
                   "400161"
                   "040161AA08"
                   "AB08"
                   "01",
                   "attributes");
    WsFreeWriter(writer);
}

/*
 * Observed on Windows: an error means that the string was not found, and nothing more. That it does so too if found is
 * TRUE is our choice, and that a failure is not remembered.
 */
TEST(a_callback_that_fails_has_not_found_the_string)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    struct asked asked = {0, WS_E_QUOTA_EXCEEDED, NULL};
    WS_XML_STRING found = STRING("dyn7");
    int i;

    for (i = 0; i < 2; i++)
    {
        asked.count = 0;
        asked.hr = i ? WS_E_INVALID_OPERATION : WS_E_QUOTA_EXCEEDED;
        set_output_as(writer, true, find_dynamic, &asked);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &found, &name_a, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &found, &name_a, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        asked.hr = S_OK;
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &found, &name_a, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_written(writer, "400464796E37080161400464796E3701420F0101", "not found");
        expect_size(4, asked.count);
    }
    WsFreeWriter(writer);
}

static HRESULT CALLBACK fail_for_names(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id,
                                       WS_ERROR *error)
{
    (void)error;
    ++*(unsigned *)state;
    *found = string->length > 4;
    *id = 3;
    return *found ? S_OK : E_FAIL;
}

/* Observed on Windows, with a failure for the local name only. */
TEST(a_callback_may_fail_for_one_string_of_a_start_tag)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    WS_XML_STRING ns = STRING("urn:x");
    unsigned count = 0;

    set_output_as(writer, true, fail_for_names, &count);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &ns, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer, "4001610A0701", "characters and an id");
    expect_size(2, count);
    WsFreeWriter(writer);
}

TEST(answers_of_the_dynamic_callback_that_cannot_be)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_STRING huge = STRING("dyn1073741824"), last = STRING("dyn1073741823");

    set_output_as(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &huge, &no_ns, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    set_output_as(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &last, &no_ns, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer, "42FFFFFFFF0701", "the last id");

    /* Freed by the callback: that waits until the function returns. */
    set_output_as(writer, true, find_dynamic, &asked);
    asked.to_free = writer;
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
    expect_hr(E_INVALIDARG, WsWriteEndElement(writer, NULL));
}
