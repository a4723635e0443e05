/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * binary.c - reading the binary encoding through the API: the specification's examples, every record, streams, and
 * documents that are not what they should be. Writing is in binary-writer.c.
 *
 * Source: [MC-NBFX] and [MC-NBFS], and the pages of the functions that read.
 */
#include "support/binary.h"

#include <stdlib.h>

/* --- The examples --- */

TEST(examples_are_read)
{
    struct source source = {0};
    WS_XML_WRITER *writer = create_writer_as(false);
    size_t i;
    ULONG piece;

    for (i = 0; i < BINARY_EXAMPLE_COUNT; i++)
        for (piece = 0; piece <= 2; piece++)
        {
            set_output_as(writer, false, NULL, NULL);
            open_hex(&source, binary_examples[i].bytes, piece, TRUE);
            expect_hr(S_OK, copy_nodes(source.reader, writer, NULL));
            expect_text(writer, binary_examples[i].text, binary_examples[i].name);
        }
    WsFreeWriter(writer);
    close_source(&source);
}

/* Each example, cut off anywhere but before all, is an error, and never anything worse. */
TEST(examples_cut_off_are_refused)
{
    struct source source = {0};
    BYTE bytes[256];
    size_t i;
    ULONG length, cut, piece;
    HRESULT hr;

    for (i = 0; i < BINARY_EXAMPLE_COUNT; i++)
    {
        length = from_hex(binary_examples[i].bytes, bytes);
        for (cut = 1; cut < length; cut++)
            for (piece = 0; piece <= 1; piece++)
            {
                BYTE *copy = malloc(cut); /* so that what is read after it is noticed */

                memcpy(copy, bytes, cut);
                open_bytes(&source, copy, cut, piece, FALSE);
                hr = copy_nodes(source.reader, NULL, source.error);
                free(copy);
                if (hr != WS_E_INVALID_FORMAT)
                    test_fail(__FILE__, __LINE__, "%s, cut off at %u: 0x%08x", binary_examples[i].name, (unsigned)cut,
                              (unsigned)hr);
            }
    }
    close_source(&source);
}

/* What was observed on Windows of text: a document may be without a root element, and has text outside of it. */
TEST(outside_the_root_element_there_is_white_space_or_nothing)
{
    struct source source = {0};
    const WS_XML_UTF8_TEXT *text;
    ULONG piece;

    for (piece = 0; piece <= 1; piece++)
    {
        open_hex(&source, "", piece, FALSE);
        expect_node(&source, WS_XML_NODE_TYPE_EOF);
        open_hex(&source, "020163", piece, FALSE);
        expect_node(&source, WS_XML_NODE_TYPE_COMMENT);
        expect_node(&source, WS_XML_NODE_TYPE_EOF);
        open_hex(&source, "9803200A0D" "40016101" "9A020009" "20" "020163", piece, FALSE);
        text = (const WS_XML_UTF8_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UTF8);
        expect(string_is(&text->value, " \n\r"));
        expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
        expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);
        text = (const WS_XML_UTF8_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UTF8);
        expect(string_is(&text->value, "\t "));
        expect_node(&source, WS_XML_NODE_TYPE_COMMENT);
        expect_node(&source, WS_XML_NODE_TYPE_EOF);
    }
    close_source(&source);
}

/* --- Nodes --- */

TEST(names_carry_their_dictionaries)
{
    struct source source = {0};
    const WS_XML_ELEMENT_NODE *element;
    const WS_XML_UTF8_TEXT *text;

    /* <p:str14 xmlns:p="str4" p:str6="x">dyn3</p:str14> */
    open_hex(&source, "53" "0E" "0B017004" "1B06" "980178" "AB07", 0, FALSE);
    element = expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
    expect(string_is(element->prefix, "p"));
    expect(string_is(element->localName, "str14"));
    expect(element->localName->dictionary == dictionary_of("str", 2) && element->localName->id == 7);
    expect(string_is(element->ns, "str4"));
    expect(element->ns->dictionary == dictionary_of("str", 2) && element->ns->id == 2);
    expect(!element->isEmpty);
    expect_size(2, element->attributeCount);
    expect(element->attributes[0]->isXmlNs && string_is(element->attributes[0]->ns, "str4"));
    expect(element->attributes[1]->localName->id == 3 && string_is(element->attributes[1]->ns, "str4"));
    text = (const WS_XML_UTF8_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UTF8);
    expect(string_is(&text->value, "dyn3"));
    expect(text->value.dictionary == dictionary_of("dyn", 1) && text->value.id == 3);
    expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);
    expect_node(&source, WS_XML_NODE_TYPE_EOF);

    /* Text that is read by the same reader has none of it left. */
    {
        static const char document[] = "<q:b xmlns:q='n' q:c='d'>e</q:b>";
        WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
        WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)document, sizeof(document) - 1};

        expect_hr(S_OK, WsSetInput(source.reader, &encoding.encoding, &input.input, NULL, 0, NULL));
        element = expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
        expect(string_is(element->localName, "b") && !element->localName->dictionary && !element->ns->dictionary);
        expect(!element->attributes[1]->localName->dictionary);
        text = (const WS_XML_UTF8_TEXT *)element->attributes[1]->value;
        expect(text->text.textType == WS_XML_TEXT_TYPE_UTF8 && !text->value.dictionary && string_is(&text->value, "d"));
        text = (const WS_XML_UTF8_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UTF8);
        expect(!text->value.dictionary && string_is(&text->value, "e"));
    }
    close_source(&source);
}

/* Bytes that have been read are gone for whatever comes next, also when they were read to the very last one. */
TEST(bytes_are_read_once)
{
    struct source source = {0};
    BYTE bytes[8];
    WCHAR chars[8];
    ULONG room, count;

    for (room = 3; room < 6; room++)
    {
        open_hex(&source, "400161" "9F03000102", 0, FALSE);
        expect_hr(S_OK, WsReadToStartElement(source.reader, NULL, NULL, NULL, NULL));
        expect_hr(S_OK, WsReadStartElement(source.reader, NULL));
        expect_hr(S_OK, WsReadBytes(source.reader, bytes, room, &count, NULL));
        expect(count == 3 && !memcmp(bytes, "\0\1\2", 3));
        expect_hr(S_OK, WsReadEndElement(source.reader, NULL));
        expect_size(WS_XML_NODE_TYPE_EOF, current_type(source.reader));

        open_hex(&source, "400161" "9E0100" "9E020102" "01", 0, FALSE);
        expect_hr(S_OK, WsReadToStartElement(source.reader, NULL, NULL, NULL, NULL));
        expect_hr(S_OK, WsReadStartElement(source.reader, NULL));
        expect_hr(S_OK, WsReadBytes(source.reader, bytes, 1, &count, NULL));
        expect(count == 1 && bytes[0] == 0);
        expect_hr(S_OK, WsReadChars(source.reader, chars, 8, &count, NULL));
        expect(count == 4 && !memcmp(chars, u"AQI=", 8));
        expect_hr(S_OK, WsReadEndElement(source.reader, NULL));
    }
    /* What is left of a text that was begun as bytes goes on as their base64. */
    open_hex(&source, "400161" "9F050001020304", 0, FALSE);
    expect_hr(S_OK, WsReadToStartElement(source.reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(source.reader, NULL));
    expect_hr(S_OK, WsReadBytes(source.reader, bytes, 3, &count, NULL));
    expect_hr(S_OK, WsReadChars(source.reader, chars, 8, &count, NULL));
    expect(count == 4 && !memcmp(chars, u"AwQ=", 8));
    expect_hr(S_OK, WsReadEndElement(source.reader, NULL));
    close_source(&source);
}

TEST(texts_have_the_types_of_their_records)
{
    struct source source = {0};
    const WS_XML_QNAME_TEXT *qname;
    const WS_XML_LIST_TEXT *list;

    open_hex(&source, "400161" "090171016E" "80" "82" "84" "86" "88FF" "8AFEFF" "8CFDFFFFFF" "8EFCFFFFFFFFFFFFFF"
             "900000C03F" "92000000000000F83F" "9400000100" "00000000" "0F00000000000000" "960100000000000040"
             "960200000000000080" "9803C3A978" "B602E900" "9E020102" "A8" "AA02"
             "ACFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" "AEFFFFFFFFFFFFFFFF" "B0000102030405060708090A0B0C0D0E0F"
             "B20100000000000080" "B401" "BC1006" "A480980178A6" "01", 0, FALSE);
    expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
    expect(((const WS_XML_INT32_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_INT32))->value == 0);
    expect(((const WS_XML_INT32_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_INT32))->value == 1);
    expect(((const WS_XML_BOOL_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_BOOL))->value == FALSE);
    expect(((const WS_XML_BOOL_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_BOOL))->value == TRUE);
    expect(((const WS_XML_INT32_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_INT32))->value == -1);
    expect(((const WS_XML_INT32_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_INT32))->value == -2);
    expect(((const WS_XML_INT32_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_INT32))->value == -3);
    expect(((const WS_XML_INT64_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_INT64))->value == -4);
    expect(((const WS_XML_FLOAT_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_FLOAT))->value == 1.5f);
    expect(((const WS_XML_DOUBLE_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_DOUBLE))->value == 1.5);
    {
        const WS_XML_DECIMAL_TEXT *decimal = (const void *)next_text(&source, WS_XML_TEXT_TYPE_DECIMAL);

        expect(decimal->value.scale == 1 && !decimal->value.sign && !decimal->value.Hi32 && decimal->value.Lo64 == 15);
    }
    {
        const WS_XML_DATETIME_TEXT *date = (const void *)next_text(&source, WS_XML_TEXT_TYPE_DATETIME);

        expect(date->value.ticks == 1 && date->value.format == WS_DATETIME_FORMAT_UTC);
        date = (const void *)next_text(&source, WS_XML_TEXT_TYPE_DATETIME);
        expect(date->value.ticks == 2 && date->value.format == WS_DATETIME_FORMAT_LOCAL);
    }
    expect(string_is(&((const WS_XML_UTF8_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UTF8))->value, "\xc3\xa9x"));
    {
        const WS_XML_UTF16_TEXT *utf16 = (const void *)next_text(&source, WS_XML_TEXT_TYPE_UTF16);

        expect(utf16->byteCount == 2 && utf16->bytes[0] == 0xe9 && !utf16->bytes[1]);
    }
    {
        const WS_XML_BASE64_TEXT *base64 = (const void *)next_text(&source, WS_XML_TEXT_TYPE_BASE64);

        expect(base64->length == 2 && base64->bytes[0] == 1 && base64->bytes[1] == 2);
    }
    expect(string_is(&((const WS_XML_UTF8_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UTF8))->value, ""));
    expect(string_is(&((const WS_XML_UTF8_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UTF8))->value, "str2"));
    expect(((const WS_XML_UNIQUE_ID_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UNIQUE_ID))->value.Data1 == 0xffffffff);
    expect(((const WS_XML_TIMESPAN_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_TIMESPAN))->value.ticks == -1);
    expect(((const WS_XML_GUID_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_GUID))->value.Data2 == 0x0504);
    expect(((const WS_XML_UINT64_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UINT64))->value == 0x8000000000000001u);
    expect(((const WS_XML_BOOL_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_BOOL))->value == TRUE);
    qname = (const WS_XML_QNAME_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_QNAME);
    expect(string_is(qname->prefix, "q") && string_is(qname->localName, "str6") && string_is(qname->ns, "n"));
    list = (const WS_XML_LIST_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_LIST);
    expect(list->itemCount == 2 && list->items[0]->textType == WS_XML_TEXT_TYPE_INT32);
    expect(string_is(&((const WS_XML_UTF8_TEXT *)list->items[1])->value, "x"));
    expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);
    expect_node(&source, WS_XML_NODE_TYPE_EOF);
    close_source(&source);
}

TEST(every_text_record_can_end_its_element)
{
    /* Bodies of the records 0x80 to 0xbc; NULL: it has no such form. */
    static const char *const bodies[] = {
        "",   "",   "",   "",   "05", "0500", "05000000", "0500000000000000", "0000C03F", "000000000000F83F",
        "00000100000000000F00000000000000", "0100000000000000", "0178", "010078", "0100000078", "0101", "010001",
        "0100000001", NULL, NULL, "", "02", "00112233445566778899AABBCCDDEEFF", "0100000000000000",
        "00112233445566778899AABBCCDDEEFF", "0100000000000080", "01", "027800", "02007800", "020000007800", "0002",
    };
    struct source source = {0};
    char hex[128];
    size_t i;

    for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
    {
        if (!bodies[i])
            continue;
        /* <a xmlns:a="n" b="...">...</a>, first with an end of its own. */
        snprintf(hex, sizeof(hex), "4001610901610" "16E" "040162%02X%s" "%02X%s01", 0x80 + (unsigned)i * 2, bodies[i],
                 0x80 + (unsigned)i * 2, bodies[i]);
        open_hex(&source, hex, 0, FALSE);
        expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
        expect_node(&source, WS_XML_NODE_TYPE_TEXT);
        expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);
        expect_node(&source, WS_XML_NODE_TYPE_EOF);
        snprintf(hex, sizeof(hex), "400161090161016E" "%02X%s", 0x81 + (unsigned)i * 2, bodies[i]);
        open_hex(&source, hex, 1, FALSE);
        expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
        expect_node(&source, WS_XML_NODE_TYPE_TEXT);
        expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);
        expect_node(&source, WS_XML_NODE_TYPE_EOF);
        /* In an attribute it cannot. */
        snprintf(hex, sizeof(hex), "400161090161016E" "040162%02X%s01", 0x81 + (unsigned)i * 2, bodies[i]);
        open_hex(&source, hex, 0, FALSE);
        expect_hr(WS_E_INVALID_FORMAT, WsReadNode(source.reader, NULL));
    }
    close_source(&source);
}

TEST(all_prefixes_of_one_letter_are_read_and_written)
{
    struct source source = {0};
    WS_XML_WRITER *writer = create_writer_as(true);
    char hex[128];
    unsigned i;

    for (i = 0; i < 26; i++)
    {
        /* <x:str2 xmlns:x="n" x:b="1" x:str4="0"><x:c/></x:str2> */
        snprintf(hex, sizeof(hex), "%02X02" "0901%02X016E" "%02X016282" "%02X0480" "%02X016301" "01", 0x44 + i,
                 'a' + i, 0x26 + i, 0x0c + i, 0x5e + i);
        open_hex(&source, hex, 0, FALSE);
        set_output_as(writer, true, NULL, NULL);
        expect_hr(S_OK, copy_nodes(source.reader, writer, NULL));
        /* Writers put declarations after the attributes. */
        snprintf(hex, sizeof(hex), "%02X02" "%02X016282" "%02X0480" "0901%02X016E" "%02X016301" "01", 0x44 + i,
                 0x26 + i, 0x0c + i, 'a' + i, 0x5e + i);
        expect_written(writer, hex, "prefix");
    }
    WsFreeWriter(writer);
    close_source(&source);
}

TEST(lists_and_arrays_of_all_types_are_read)
{
    /* Record, bytes of an item, their text. */
    static const struct
    {
        const char *record, *item, *text;
    } types[] = {
        {"B5", "01", "true"},
        {"8B", "FFFF", "-1"},
        {"8D", "FFFFFFFF", "-1"},
        {"8F", "FFFFFFFFFFFFFFFF", "-1"},
        {"91", "0000C03F", "1.5"},
        {"93", "000000000000F83F", "1.5"},
        {"95", "00000180000000000F00000000000000", "-1.5"},
        {"97", "00408EF95B47C808", "2006-05-17T00:00:00"},
        {"AF", "0000000000000000", "00:00:00"},
        {"B1", "000102030405060708090A0B0C0D0E0F", "03020100-0504-0706-0809-0a0b0c0d0e0f"},
    };
    struct source source = {0};
    WS_XML_WRITER *writer = create_writer_as(false);
    char hex[128], text[128];
    size_t i;
    ULONG piece;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        for (piece = 0; piece <= 1; piece++)
        {
            snprintf(hex, sizeof(hex), "400161" "03" "400162" "04016380" "01" "%s02" "%s%s" "01", types[i].record,
                     types[i].item, types[i].item);
            snprintf(text, sizeof(text), "<a><b c=\"0\">%s</b><b c=\"0\">%s</b></a>", types[i].text, types[i].text);
            open_hex(&source, hex, piece, FALSE);
            set_output_as(writer, false, NULL, NULL);
            expect_hr(S_OK, copy_nodes(source.reader, writer, NULL));
            expect_text(writer, text, types[i].record);
        }
    WsFreeWriter(writer);
    close_source(&source);
}

/* A list of any length is shown in bounded pieces, which are the same text. */
TEST(long_lists_are_read_in_pieces)
{
    struct source source = {0};
    WS_XML_WRITER *writer = create_writer_as(false);
    enum {count = 10000};
    BYTE *document = malloc(count + 16);
    WS_BYTES text;
    ULONG length = 0, i, piece;

    for (piece = 0; piece <= 7; piece += 7)
    {
        length = from_hex("400161A4", document);
        memset(document + length, 0x82, count);
        length += count;
        length += from_hex("A601", document + length);
        open_bytes(&source, document, length, piece, FALSE);
        set_output_as(writer, false, NULL, NULL);
        expect_hr(S_OK, copy_nodes(source.reader, writer, NULL));
        text = written(writer);
        expect_size(3 + count * 2 - 1 + 4, text.length);
        for (i = 0; i < count * 2 - 1; i++)
            expect(text.bytes[3 + i] == (i % 2 ? ' ' : '1'));
    }
    free(document);
    WsFreeWriter(writer);
    close_source(&source);
}

/* --- Documents that are refused --- */

TEST(invalid_documents_are_refused_with_record_and_offset)
{
    static const struct
    {
        const char *hex, *sentence;
        HRESULT hr;
    } documents[] = {
        {"9803616263", "Record 0x98 (Chars8Text) at offset 0: Text is not allowed", WS_E_INVALID_FORMAT},
        {"40016101" "9803206220", "Record 0x98 (Chars8Text) at offset 4: Text is not allowed", WS_E_INVALID_FORMAT},
        {"00", "Record 0x00 (unknown) at offset 0", WS_E_INVALID_FORMAT},
        {"78", "Record 0x78 (unknown) at offset 0", WS_E_INVALID_FORMAT},
        {"400161BE", "Record 0xbe (unknown) at offset 3", WS_E_INVALID_FORMAT},
        {"400161FF", "Record 0xff (unknown) at offset 3", WS_E_INVALID_FORMAT},
        {"01", "Record 0x01 (EndElement) at offset 0", WS_E_INVALID_FORMAT},
        {"40016101" "01", "Record 0x01 (EndElement) at offset 4", WS_E_INVALID_FORMAT},
        {"400161", "is still open", WS_E_INVALID_FORMAT},
        {"40016101400162" "01", "a second root element", WS_E_INVALID_FORMAT},
        {"83", "Record 0x83 (OneTextWithEndElement) at offset 0", WS_E_INVALID_FORMAT},
        {"82", "Text is not allowed outside", WS_E_INVALID_FORMAT},
        {"4001610198017800", "Text is not allowed outside", WS_E_INVALID_FORMAT},
        {"0401628001", "Record 0x04 (ShortAttribute) at offset 0", WS_E_INVALID_FORMAT},
        {"400161" "A001" , "Record 0xa0 (Bytes16Text) at offset 3: The document ends within it", WS_E_INVALID_FORMAT},
        /* Lengths */
        {"40FFFFFFFF0761", "Record 0x40 (ShortElement) at offset 0: The document ends within it", WS_E_INVALID_FORMAT},
        {"40FFFFFFFF0F61", "more than 31 bits", WS_E_INVALID_FORMAT},
        {"40FFFFFFFFFF01", "more than 31 bits", WS_E_INVALID_FORMAT},
        {"4001619CFFFFFF7F78", "The document ends within it", WS_E_INVALID_FORMAT},
        {"4001619CFFFFFFFF78", "more than 31 bits", WS_E_INVALID_FORMAT},
        {"400161A200000080", "more than 31 bits", WS_E_INVALID_FORMAT},
        {"400161BAFEFFFF7F7800", "The document ends", WS_E_INVALID_FORMAT},
        {"400161B60378007800", "is odd", WS_E_INVALID_FORMAT},
        {"02FFFFFFFF0778", "Record 0x02 (Comment) at offset 0: The document ends", WS_E_INVALID_FORMAT},
        /* Strings */
        {"42E80701", "The string 1000 would be number 500", WS_E_INVALID_FORMAT},
        {"42E90701", "of the dynamic dictionary", WS_E_INVALID_FORMAT},
        {"42FFFFFFFF0701", "The string 2147483647", WS_E_INVALID_FORMAT},
        {"4000", "cannot be the name of an element", WS_E_INVALID_FORMAT},
        {"400131", "cannot be the name of an element", WS_E_INVALID_FORMAT},
        {"4003613A62", "\"a:b\" cannot be the name of an element", WS_E_INVALID_FORMAT},
        {"4002613C", "\"a<\" cannot be the name of an element", WS_E_INVALID_FORMAT},
        {"4001C3", "cannot be the name of an element", WS_E_INVALID_FORMAT},
        {"410001610901610162", "cannot be the name of a prefix", WS_E_INVALID_FORMAT},
        {"400161040131" "80", "cannot be the name of an attribute", WS_E_INVALID_FORMAT},
        {"4001610405786D6C6E739801" "6E01", "must not be a namespace declaration", WS_E_INVALID_FORMAT},
        {"4001610505786D6C6E7301" "709801" "6E01", "must not be a namespace declaration", WS_E_INVALID_FORMAT},
        /* Namespaces */
        {"5E016101", "Record 0x5e (PrefixElement) at offset 0: The prefix of the element \"a:a\" is not declared", WS_E_INVALID_FORMAT},
        {"400161260162" "8001", "Record 0x40 (ShortElement) at offset 0: The prefix of the attribute \"a:b\" is not declared", WS_E_INVALID_FORMAT},
        {"4001610901700001", "at offset 0: The prefix \"p\" is declared with an empty namespace", WS_E_INVALID_FORMAT},
        {"4001610401628004016280" "01", "at offset 0: The element has the attribute \"b\" twice", WS_E_INVALID_FORMAT},
        {"40016108016E08016E" "01", "at offset 0: The element declares the default namespace twice", WS_E_INVALID_FORMAT},
        {"40016109017001FF01", "does not begin a valid character", WS_E_INVALID_FORMAT},
        /* Characters */
        {"400161980100" "01", "The character U+0000", WS_E_INVALID_FORMAT},
        {"4001619801FF" "01", "The byte FF", WS_E_INVALID_FORMAT},
        {"4001619801C3" "01", "The byte C3", WS_E_INVALID_FORMAT},
        {"4001619802C080" "01", "The byte C0", WS_E_INVALID_FORMAT},
        {"4001619803EDA080" "01", "The byte ED", WS_E_INVALID_FORMAT},
        {"4001619803EFBFBF" "01", "The byte EF", WS_E_INVALID_FORMAT},
        {"400161B60200D8" "01", "a lone surrogate, U+D800", WS_E_INVALID_FORMAT},
        {"400161B60400D80000" "01", "a lone surrogate", WS_E_INVALID_FORMAT},
        {"400161B60200DC" "01", "a lone surrogate, U+DC00", WS_E_INVALID_FORMAT},
        {"400161B6020100" "01", "The character U+0001", WS_E_INVALID_FORMAT},
        {"400161B602FFFF" "01", "The character U+FFFF", WS_E_INVALID_FORMAT},
        {"400161" "02022D2D" "01", "A comment must not contain", WS_E_INVALID_FORMAT},
        {"400161" "02012D" "01", "A comment must not contain", WS_E_INVALID_FORMAT},
        {"400161" "0201FF" "01", "Record 0x02 (Comment) at offset 3", WS_E_INVALID_FORMAT},
        /* Values */
        {"4001619400001D00000000000F00000000000000", "the scale 29", WS_E_INVALID_FORMAT},
        {"40016194000001010000000" "00F00000000000000", "the sign 0x01", WS_E_INVALID_FORMAT},
        {"4001619601000000000000C0", "A date has the kind 3", WS_E_INVALID_FORMAT},
        /* What .NET writes for a local time whose UTC is before the year 1. */
        {"40016196FFFFFFFFFFFFFFBF", "A date has the kind 2", WS_E_INVALID_FORMAT},
        {"400161960040" "37F47528CA2B", "A date has the kind 0", WS_E_INVALID_FORMAT},
        {"400161BC1A02", "a letter, 0 to 25, not 26", WS_E_INVALID_FORMAT},
        /* Lists */
        {"400161A480", "The document ends", WS_E_INVALID_FORMAT},
        {"400161A4A480A6A601", "Record 0xa4 (StartListText) at offset 4", WS_E_INVALID_FORMAT},
        {"400161A481A601", "Record 0x81 (ZeroTextWithEndElement) at offset 4", WS_E_INVALID_FORMAT},
        {"400161A401", "Record 0x01 (EndElement) at offset 4", WS_E_INVALID_FORMAT},
        {"400161A580A601", "Record 0xa5 (StartListTextWithEndElement) at offset 3", WS_E_INVALID_FORMAT},
        {"400161A601", "Record 0xa6 (EndListText) at offset 3", WS_E_INVALID_FORMAT},
        {"400161040162A480A701", "cannot end the element", WS_E_INVALID_FORMAT},
        {"400161040162A601", "Record 0xa6 (EndListText) at offset 6", WS_E_INVALID_FORMAT},
        {"40016104016201", "A text is expected here, with the value of an attribute", WS_E_INVALID_FORMAT},
        /* Arrays */
        {"4001610301", "An array must begin with an element", WS_E_INVALID_FORMAT},
        {"400161034001628B", "The element of an array must be followed by its end", WS_E_INVALID_FORMAT},
        {"4001610340016201" "8A", "An array cannot have this record as its item", WS_E_INVALID_FORMAT},
        {"4001610340016201" "99", "An array cannot have this record as its item", WS_E_INVALID_FORMAT},
        {"4001610340016201" "8B00", "An array must not be empty", WS_E_INVALID_FORMAT},
        {"4001610340016201" "8BFFFFFFFF0701000200", "with 2147483645 items left", WS_E_INVALID_FORMAT},
        {"4001610340016201" "8BFFFFFFFF0F01000200", "more than 31 bits", WS_E_INVALID_FORMAT},
        {"0340016101B5020101", "a second root element", WS_E_INVALID_FORMAT},
    };
    struct source source = {0};
    size_t i;
    ULONG piece;
    HRESULT hr;

    for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
        for (piece = 0; piece <= 1; piece++)
        {
            open_hex(&source, documents[i].hex, piece, FALSE);
            WsResetError(source.error);
            hr = copy_nodes(source.reader, NULL, source.error);
            if (hr != documents[i].hr)
                test_fail(__FILE__, __LINE__, "%s: 0x%08x", documents[i].hex, (unsigned)hr);
            if (sentence_count(source.error) != 1 || !says(source.error, documents[i].sentence))
                test_fail(__FILE__, __LINE__, "%s: does not say %s", documents[i].hex, documents[i].sentence);
            /* The reader is faulted. */
            expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(source.reader, NULL));
        }
    close_source(&source);
}

/* Fragments may have texts at the top, but those end no element either. */
TEST(texts_at_the_top_end_nothing)
{
    static const char *const documents[] = {"83", "A4A7", "A480A7", "01", "990178"};
    struct source source = {0};
    size_t i;

    for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
    {
        open_hex(&source, documents[i], 0, TRUE);
        WsResetError(source.error);
        expect_hr(WS_E_INVALID_FORMAT, WsReadNode(source.reader, source.error));
        expect_size(1, sentence_count(source.error));
        expect(says(source.error, "and none is open"));
    }
    close_source(&source);
}

TEST(dictionaries_that_are_not_there_are_an_error)
{
    WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    BYTE bytes[] = {0x42, 0x00, 0x01};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes, sizeof(bytes)};
    WS_XML_READER *reader;

    expect_hr(S_OK, WsCreateReader(NULL, 0, &reader, NULL));
    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsReadNode(reader, NULL));
    bytes[1] = 1;
    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsReadNode(reader, NULL));
    WsFreeReader(reader);
}

static HRESULT read_limited(const BYTE *bytes, ULONG length, WS_XML_READER_PROPERTY_ID id, ULONG limit)
{
    struct source source = {0};
    WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, length};
    WS_XML_READER_PROPERTY properties[] = {{id, &limit, sizeof(limit)}};
    HRESULT hr;

    expect_hr(S_OK, WsCreateReader(NULL, 0, &source.reader, NULL));
    expect_hr(S_OK, WsSetInput(source.reader, &encoding.encoding, &input.input, properties, 1, NULL));
    hr = copy_nodes(source.reader, NULL, NULL);
    WsFreeReader(source.reader);
    return hr;
}

TEST(limits_are_kept)
{
    BYTE deep[400], wide[1000], list[70000], array[6000];
    ULONG i, length = 0, count = 0;

    for (i = 0; i < 100; i++, length += 3)
        from_hex("400161", deep + length);
    for (i = 0; i < 100; i++)
        deep[length++] = 0x01;
    expect_hr(S_OK, read_limited(deep, length, WS_XML_READER_PROPERTY_MAX_DEPTH, 100));
    expect_hr(WS_E_QUOTA_EXCEEDED, read_limited(deep, length, WS_XML_READER_PROPERTY_MAX_DEPTH, 99));

    length = from_hex("400161", wide);
    for (i = 0; i < 100; i++)
    {
        length += from_hex("0402617880", wide + length);
        wide[length - 3] = (BYTE)('a' + count % 26);
        wide[length - 2] = (BYTE)('a' + count++ / 26);
    }
    wide[length++] = 0x01;
    expect_hr(S_OK, read_limited(wide, length, WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, 100));
    expect_hr(WS_E_QUOTA_EXCEEDED, read_limited(wide, length, WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, 99));

    length = from_hex("400161" "090162016E" "090163016E" "01", wide);
    expect_hr(S_OK, read_limited(wide, length, WS_XML_READER_PROPERTY_MAX_NAMESPACES, 2));
    expect_hr(WS_E_QUOTA_EXCEEDED, read_limited(wide, length, WS_XML_READER_PROPERTY_MAX_NAMESPACES, 1));

    /* Ours, since memory is bounded: the items of a list in an attribute, and what an array repeats. */
    for (count = 65536; count <= 65537; count++)
    {
        length = from_hex("400161040162A4", list);
        memset(list + length, 0x80, count);
        length += count;
        length += from_hex("A601", list + length);
        expect_hr(count == 65536 ? S_OK : WS_E_QUOTA_EXCEEDED,
                  read_limited(list, length, WS_XML_READER_PROPERTY_MAX_DEPTH, 32));
    }
    length = from_hex("40016103400162" "0401639A8813", array);
    memset(array + length, 'x', 5000);
    length += 5000;
    length += from_hex("01" "B50101" "01", array + length);
    expect_hr(WS_E_QUOTA_EXCEEDED, read_limited(array, length, WS_XML_READER_PROPERTY_MAX_DEPTH, 32));
}

TEST(invalid_characters_are_read_if_allowed)
{
    struct source source = {0};
    BYTE bytes[64];
    ULONG length = from_hex("400161" "980101" "B6020100" "9803EFBFBF" "01", bytes);

    (void)source;
    expect_hr(WS_E_INVALID_FORMAT, read_limited(bytes, length, WS_XML_READER_PROPERTY_MAX_DEPTH, 32));
    expect_hr(S_OK, read_limited(bytes, length, WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, TRUE));
}
