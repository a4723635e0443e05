/* SPDX-License-Identifier: MIT */
/*
 * The binary encoding from within: numbers of 7 bits a byte, the names of records, and the decoder going on with a
 * stream wherever that stopped.
 */
#include "support/binary.h"

#include "xml/binary_records.h"
#include "xml/reader/object.h"

#include <stdlib.h>

TEST(int31_round_trips)
{
    static const uint32_t values[] = {0,        1,        0x7f,      0x80,       0x3fff,    0x4000,
                                      0x1fffff, 0x200000, 0xfffffff, 0x10000000, 0x7fffffff};
    static const int lengths[] = {1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
    BYTE bytes[8];
    uint32_t value = 0;
    size_t i;
    int cut;

    for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
    {
        expect_size((size_t)lengths[i], (size_t)(binary_put_int31(bytes, values[i]) - bytes));
        for (cut = 0; cut < lengths[i]; cut++)
            expect(!binary_get_int31(bytes, bytes + cut, &value));
        expect(binary_get_int31(bytes, bytes + sizeof(bytes), &value) == lengths[i] && value == values[i]);
    }
}

TEST(int31_of_more_bits_is_refused)
{
    static const BYTE too_large[] = {0xff, 0xff, 0xff, 0xff, 0x08}, too_long[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x00},
                      padded[] = {0x81, 0x80, 0x80, 0x80, 0x00};
    uint32_t value = 0;

    expect(binary_get_int31(too_large, too_large + 5, &value) == -1);
    expect(binary_get_int31(too_long, too_long + 6, &value) == -1);
    /* More bytes than needed do no harm; .NET reads them, too. */
    expect(binary_get_int31(padded, padded + 5, &value) == 5 && value == 1);
}

TEST(records_have_names)
{
    expect(!strcmp("EndElement", binary_record_name(0x01)));
    expect(!strcmp("DictionaryXmlnsAttribute", binary_record_name(0x0b)));
    expect(!strcmp("PrefixDictionaryAttribute", binary_record_name(0x0c)));
    expect(!strcmp("PrefixAttribute", binary_record_name(0x3f)));
    expect(!strcmp("ShortElement", binary_record_name(0x40)));
    expect(!strcmp("PrefixElement", binary_record_name(0x77)));
    expect(!strcmp("unknown", binary_record_name(0x78)));
    expect(!strcmp("ZeroText", binary_record_name(0x80)));
    expect(!strcmp("", binary_record_suffix(0x80)));
    expect(!strcmp("QNameDictionaryText", binary_record_name(0xbd)));
    expect(!strcmp("WithEndElement", binary_record_suffix(0xbd)));
    expect(!strcmp("unknown", binary_record_name(0xbe)));
}

/*
 * Reads a document whose stream is filled by one byte whenever the decoder has too little, which it must be able to go
 * on from.
 */
static HRESULT read_byte_by_byte(struct source *source, WS_XML_WRITER *writer)
{
    WS_XML_READER *reader = source->reader;
    HRESULT hr;

    for (;;)
    {
        while ((hr = reader_next(reader, NULL)) == READER_STARVED)
            expect_hr(S_OK, WsFillReader(reader, (ULONG)(reader->end - reader->pos) + 1, NULL, NULL));
        if (hr != S_OK || reader->node->nodeType == WS_XML_NODE_TYPE_EOF)
            return hr;
        expect_hr(S_OK, WsWriteNode(writer, reader->node, NULL));
    }
}

static void open_unfilled(struct source *source, const BYTE *bytes, ULONG length)
{
    open_bytes(source, bytes, 0, 1, TRUE);
    source->stream.bytes = bytes;
    source->stream.length = length;
    source->reader->input.ended = false;
}

TEST(streams_are_read_byte_by_byte)
{
    struct source source = {0};
    WS_XML_WRITER *writer = create_writer_as(false);
    BYTE bytes[256];
    size_t i;

    for (i = 0; i < BINARY_EXAMPLE_COUNT; i++)
    {
        set_output_as(writer, false, NULL, NULL);
        open_unfilled(&source, bytes, from_hex(binary_examples[i].bytes, bytes));
        expect_hr(S_OK, read_byte_by_byte(&source, writer));
        expect_text(writer, binary_examples[i].text, binary_examples[i].name);
    }
    WsFreeWriter(writer);
    close_source(&source);
}

/* A long text is shown as it comes; characters are never parted, nor groups of base64. */
TEST(texts_are_read_byte_by_byte)
{
    struct source source = {0};
    WS_XML_WRITER *writer = create_writer_as(false);
    BYTE bytes[256];

    set_output_as(writer, false, NULL, NULL);
    open_unfilled(&source, bytes,
                  from_hex("400161"
                           "980CC3A9E282ACF09F9880787980",
                           bytes));
    expect_hr(WS_E_INVALID_FORMAT, read_byte_by_byte(&source, writer));

    set_output_as(writer, false, NULL, NULL);
    open_unfilled(&source, bytes,
                  from_hex("400161"
                           "980BC3A9E282ACF09F98807879"
                           "9E0401020304"
                           "B606"
                           "3DD800DE7800"
                           "9F0101",
                           bytes));
    expect_hr(S_OK, read_byte_by_byte(&source, writer));
    expect_text(writer, "<a>\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80xyAQIDBA==\xf0\x9f\x98\x80xAQ==</a>", "texts");
    WsFreeWriter(writer);
    close_source(&source);
}

/* A document of any length is read in a buffer that does not grow with it. */
TEST(long_texts_of_streams_take_little_memory)
{
    struct source source = {0};
    enum
    {
        length = 1000000
    };
    BYTE *bytes = malloc(length + 16);
    const WS_XML_NODE *node;
    size_t total = 0, largest = 0;
    ULONG at = from_hex("4001619D40420F00", bytes);

    memset(bytes + at, 'x', length);
    open_bytes(&source, bytes, 0, 1000, FALSE);
    source.stream.bytes = bytes;
    source.stream.length = at + length;
    source.reader->input.ended = false;
    do
    {
        expect_hr(S_OK, WsFillReader(source.reader, 2000, NULL, NULL));
        expect_hr(S_OK, WsReadNode(source.reader, NULL));
        expect_hr(S_OK, WsGetReaderNode(source.reader, &node, NULL));
        if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
            total += ((const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)node)->text)->value.length;
        if (source.reader->input.buffer.room > largest)
            largest = source.reader->input.buffer.room;
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    expect_size(length, total);
    expect(largest <= 16384);
    free(bytes);
    close_source(&source);
}
