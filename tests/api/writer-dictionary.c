/* SPDX-License-Identifier: MIT */
/* writer-dictionary.c - which strings the binary encoding writes as ids: those of dictionaries, and of the callback. */
#include "binary-test.h"

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

TEST(strings_are_found_in_dictionaries)
{
    WS_XML_WRITER *writer = create_writer(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_STRING by_bytes = STRING("str8"), unknown = STRING("str9"), dynamic = {4, (BYTE *)"dyn7", NULL, 0};
    WS_XML_STRING first = STRING("str0"), last = STRING("str998");
    WS_XML_STRING ns = STRING("str2");
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, STRING("str8")};
    int i;

    set_output(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &dictionary_of("str", 2)->strings[1], &ns, NULL));
    for (i = 0; i < 2; i++)
    {
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &by_bytes, &ns, NULL));
        expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &unknown, &ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &dynamic, &ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    }
    /* A text is looked for if it comes from a dictionary. */
    text.value = dictionary_of("str", 2)->strings[4];
    expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
    text.value = dictionary_of("dyn", 1)->strings[9];
    expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &first, &ns, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &last, &ns, NULL));
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

/* A dictionary that is not constant may have other strings for the next output. */
TEST(dictionaries_that_change)
{
    WS_XML_STRING strings[2] = {STRING("one"), STRING("two")}, one = STRING("one"), two = STRING("two");
    WS_XML_DICTIONARY dictionary = {{1, 2, 3, {4}}, strings, 2, FALSE};
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, &dictionary, NULL, NULL};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_WRITER *writer;
    int i;

    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    for (i = 0; i < 3; i++)
    {
        expect_hr(S_OK, WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &one, &no_ns, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &two, &no_ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_written(writer, i == 0 ? "420042020101" : i == 1 ? "420242000101" : "40036F6E6542000101", "strings");
        strings[0] = two;
        strings[1] = one;
        dictionary.stringCount = i == 1 ? 1 : 2;
    }
    WsFreeWriter(writer);
}

/* What one callback said of a string does not count for the next output. */
TEST(answers_of_the_callback_are_for_one_output)
{
    WS_XML_WRITER *writer = create_writer(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_STRING name = STRING("dyn7");
    int i;

    for (i = 1; i <= 3; i++)
    {
        set_output(writer, true, i == 2 ? NULL : find_dynamic, &asked);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_written(writer, i == 2 ? "400464796E37400464796E370101" : "420F420F0101", "answers");
        expect_size(i == 3 ? 2 : 1, asked.count);
    }
    WsFreeWriter(writer);
}

/* More strings than are remembered, and strings that are too long for it: all are still found. */
TEST(strings_that_are_not_remembered)
{
    static char text[600];
    WS_XML_WRITER *writer = create_writer(true);
    struct asked asked = {0, S_OK, NULL};
    WS_XML_STRING name = {0, (BYTE *)text, NULL, 0};
    BYTE wanted[16];
    unsigned i, repeated;
    WS_BYTES bytes;
    ULONG before;

    set_output(writer, true, find_dynamic, &asked);
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
    WS_XML_WRITER *writer = create_writer(true);
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

TEST(failures_of_the_dynamic_callback_are_passed_on)
{
    WS_XML_WRITER *writer = create_writer(true);
    struct asked asked = {0, WS_E_QUOTA_EXCEEDED, NULL};
    WS_XML_STRING huge = STRING("dyn1073741824"), last = STRING("dyn1073741823");

    set_output(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsWriteEndElement(writer, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    asked.hr = WS_E_INVALID_OPERATION;
    set_output(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));

    asked.hr = S_OK;
    set_output(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &huge, &no_ns, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEndElement(writer, NULL));
    set_output(writer, true, find_dynamic, &asked);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &last, &no_ns, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer, "42FFFFFFFF0701", "the last id");

    /* Freed by the callback: that waits until the function returns. */
    set_output(writer, true, find_dynamic, &asked);
    asked.to_free = writer;
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteEndElement(writer, NULL));
    expect_hr(E_INVALIDARG, WsWriteEndElement(writer, NULL));
}
