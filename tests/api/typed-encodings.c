/* SPDX-License-Identifier: MIT */
/*
 * The same structures through every encoding, from memory and from streams: text in UTF-8 and UTF-16, binary, MTOM, XML
 * buffers; and the records of the binary encoding that a value is read from.
 *
 * Source: [MC-NBFX] and MTOM; that what a stream has not been filled with is WS_E_QUOTA_EXCEEDED, the page of
 * WsFillReader.
 */
#include "support/binary.h"
#include "support/mtom.h"
#include "support/structs.h"

/* --- A structure with something of everything --- */

struct choice
{
    int selector;
    union
    {
        WCHAR *a;
        double b;
    } value;
};

struct all
{
    WS_STRING k;
    BOOL boolean;
    int8_t small;
    uint64_t large;
    double number;
    WS_DATETIME time;
    GUID guid;
    WS_UNIQUE_ID id;
    WS_XML_QNAME qname;
    WCHAR *text;
    WS_BYTES bytes;
    int32_t *nil;
    int32_t *items;
    ULONG count;
    struct choice choice;
    WS_XML_BUFFER *rest;
};

static WS_UNION_FIELD_DESCRIPTION choice_a = {1, ELEMENT("a", WS_WSZ_TYPE, NULL, struct choice, value.a, 0)};
static WS_UNION_FIELD_DESCRIPTION choice_b = {2, ELEMENT("b", WS_DOUBLE_TYPE, NULL, struct choice, value.b, 0)};
static WS_UNION_FIELD_DESCRIPTION *choice_fields[] = {&choice_a, &choice_b};
static WS_UNION_DESCRIPTION choice = {sizeof(struct choice), 8, choice_fields, 2, 0, 0, NULL};

static WS_FIELD_DESCRIPTION all_k = ATTRIBUTE("k", WS_STRING_TYPE, struct all, k, 0);
static WS_FIELD_DESCRIPTION all_boolean = ELEMENT("boolean", WS_BOOL_TYPE, NULL, struct all, boolean, 0);
static WS_FIELD_DESCRIPTION all_small = ELEMENT("small", WS_INT8_TYPE, NULL, struct all, small, 0);
static WS_FIELD_DESCRIPTION all_large = ELEMENT("large", WS_UINT64_TYPE, NULL, struct all, large, 0);
static WS_FIELD_DESCRIPTION all_number = ELEMENT("number", WS_DOUBLE_TYPE, NULL, struct all, number, 0);
static WS_FIELD_DESCRIPTION all_time = ELEMENT("time", WS_DATETIME_TYPE, NULL, struct all, time, 0);
static WS_FIELD_DESCRIPTION all_guid = ELEMENT("guid", WS_GUID_TYPE, NULL, struct all, guid, 0);
static WS_FIELD_DESCRIPTION all_id = ELEMENT("id", WS_UNIQUE_ID_TYPE, NULL, struct all, id, 0);
static WS_FIELD_DESCRIPTION all_qname = ELEMENT("qname", WS_XML_QNAME_TYPE, NULL, struct all, qname, 0);
static WS_FIELD_DESCRIPTION all_text = ELEMENT("text", WS_WSZ_TYPE, NULL, struct all, text, 0);
static WS_FIELD_DESCRIPTION all_bytes = ELEMENT("bytes", WS_BYTES_TYPE, NULL, struct all, bytes, 0);
static WS_FIELD_DESCRIPTION all_nil =
    ELEMENT("nil", WS_INT32_TYPE, NULL, struct all, nil, WS_FIELD_POINTER | WS_FIELD_NILLABLE);
static WS_FIELD_DESCRIPTION all_items = ITEMS(WS_INT32_TYPE, NULL, struct all, 0);
static WS_FIELD_DESCRIPTION all_choice = {.mapping = WS_ELEMENT_CHOICE_FIELD_MAPPING,
                                          .type = WS_UNION_TYPE,
                                          .typeDescription = &choice,
                                          .offset = offsetof(struct all, choice)};
static WS_FIELD_DESCRIPTION all_rest = FIELD(WS_ANY_CONTENT_FIELD_MAPPING, WS_XML_BUFFER_TYPE, struct all, rest, 0);
static WS_FIELD_DESCRIPTION *all_fields[] = {&all_k,     &all_boolean, &all_small, &all_large,  &all_number,
                                             &all_time,  &all_guid,    &all_id,    &all_qname,  &all_text,
                                             &all_bytes, &all_nil,     &all_items, &all_choice, &all_rest};
static WS_STRUCT_DESCRIPTION all = STRUCTURE(struct all, all_fields);

static const char document[] =
    "<r k=\"&lt;\xc3\xa4\"><boolean>true</boolean><small>-128</small><large>18446744073709551615</large>"
    "<number>0.1</number><time>2026-01-02T03:04:05.5Z</time><guid>00010203-0405-0607-0809-0a0b0c0d0e0f</guid>"
    "<id>urn:uuid:00010203-0405-0607-0809-0a0b0c0d0e0f</id><qname xmlns:a=\"u\">a:b</qname>"
    "<text>\xe2\x82\xac &amp; more</text><bytes>aWlpaWlpaWlpaWlpaQ==</bytes>"
    "<nil a:nil=\"true\" xmlns:a=\"http://www.w3.org/2001/XMLSchema-instance\"/>"
    "<i>1</i><i>-2147483648</i><i>0</i><b>-INF</b>rest<e f=\"g\">h</e></r>";

/* --- Encodings --- */

enum encoding
{
    UTF8,
    UTF16LE,
    UTF16BE,
    BINARY,
    MTOM,
    ENCODINGS
};

static void set_output_of(WS_XML_WRITER *writer, enum encoding encoding)
{
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_XML_WRITER_MTOM_ENCODING package = {.encoding = {WS_XML_WRITER_ENCODING_TYPE_MTOM},
                                           .textEncoding = &text.encoding,
                                           .writeMimeHeader = TRUE,
                                           .maxInlineByteCount = 4};

    if (encoding == UTF16LE || encoding == UTF16BE)
        text.charSet = encoding == UTF16LE ? WS_CHARSET_UTF16LE : WS_CHARSET_UTF16BE;
    ok(WsSetOutput(writer,
                   encoding == BINARY ? &binary.encoding
                   : encoding == MTOM ? &package.encoding
                                      : &text.encoding,
                   &memory_output.output, NULL, 0, NULL));
}

/* `piece`: of a stream; 0: it is in memory. */
static void set_input_of(WS_XML_READER *reader, enum encoding encoding, WS_BYTES bytes, ULONG piece)
{
    static struct stream stream;
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT memory = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes.bytes, bytes.length};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, &stream};

    if (encoding == UTF16LE || encoding == UTF16BE)
        text.charSet = encoding == UTF16LE ? WS_CHARSET_UTF16LE : WS_CHARSET_UTF16BE;
    stream = (struct stream){bytes.bytes, bytes.length, 0, piece, 0};
    ok(WsSetInput(reader,
                  encoding == BINARY ? &binary.encoding
                  : encoding == MTOM ? &with_header.encoding
                                     : &text.encoding,
                  piece ? &input.input : &memory.input, NULL, 0, NULL));
}

static HRESULT read_all_of(struct use *use, struct all *value)
{
    return WsReadType(use->reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &all, WS_READ_REQUIRED_VALUE, use->heap,
                      value, sizeof(*value), use->error);
}

static void write_all_of(struct use *use, const struct all *value)
{
    start(use->writer, "r");
    ok(WsWriteType(use->writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &all, WS_WRITE_REQUIRED_VALUE, value,
                   sizeof(*value), NULL));
    end(use->writer);
}

/* The document, as a writer of an encoding writes it. */
static WS_BYTES encode(struct use *use, enum encoding encoding)
{
    WS_BYTES bytes, copy;
    struct all value;
    void *memory;

    ok(read_struct(use, document, &all, &value));
    set_output_of(use->writer, encoding);
    write_all_of(use, &value);
    bytes = get_bytes(use->writer);
    ok(WsAlloc(use->heap, bytes.length, &memory, NULL));
    copy.bytes = memcpy(memory, bytes.bytes, bytes.length);
    copy.length = bytes.length;
    return copy;
}

static void expect_document(struct use *use, const struct all *value)
{
    set_output(use->writer, NULL, 0);
    write_all_of(use, value);
    expect_output(use->writer, document);
}

TEST(a_structure_comes_back_through_every_encoding)
{
    static const ULONG pieces[] = {0, 1, 7, 100000};
    struct use use = begin_use();
    struct all value;
    WS_BYTES bytes;
    int encoding;
    size_t i;

    for (encoding = 0; encoding < ENCODINGS; encoding++)
        for (i = 0; i < COUNT(pieces); i++)
        {
            ok(WsResetHeap(use.heap, NULL));
            bytes = encode(&use, (enum encoding)encoding);
            set_input_of(use.reader, (enum encoding)encoding, bytes, pieces[i]);
            if (pieces[i])
                ok(WsFillReader(use.reader, bytes.length + 1, NULL, NULL));
            memset(&value, 0x5a, sizeof(value));
            ok(read_all_of(&use, &value));
            expect(is_at_end(use.reader));
            expect_document(&use, &value);
        }
    end_use(&use);
}

TEST(a_structure_comes_back_through_an_xml_buffer)
{
    struct use use = begin_use();
    WS_XML_BUFFER *buffer = NULL;
    struct all value;

    ok(read_struct(&use, document, &all, &value));
    ok(WsCreateXmlBuffer(use.heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(use.writer, buffer, NULL, 0, NULL));
    write_all_of(&use, &value);
    ok(WsSetInputToBuffer(use.reader, buffer, NULL, 0, NULL));
    memset(&value, 0x5a, sizeof(value));
    ok(read_all_of(&use, &value));
    expect(is_at_end(use.reader));
    expect_document(&use, &value);
    end_use(&use);
}

/* The reader takes nothing from the stream by itself; and there is never half a value. */
TEST(what_a_stream_has_not_been_filled_with_is_no_value)
{
    struct use use = begin_use();
    struct all value, untouched;
    unsigned starved, complete;
    WS_BYTES bytes;
    int encoding;
    HRESULT hr;
    ULONG i;

    memset(&untouched, 0x5a, sizeof(untouched));
    for (encoding = 0; encoding < ENCODINGS; encoding++)
    {
        starved = complete = 0;
        ok(WsResetHeap(use.heap, NULL));
        bytes = encode(&use, (enum encoding)encoding);
        for (i = 0; i <= bytes.length; i += encoding == BINARY ? 1 : 3)
        {
            WS_HEAP *heap = use.heap;

            use.heap = create_heap(1 << 16);
            set_input_of(use.reader, (enum encoding)encoding, bytes, 1);
            if (i)
                ok(WsFillReader(use.reader, i, NULL, NULL));
            value = untouched;
            ok(WsResetError(use.error));
            hr = read_all_of(&use, &value);
            if (hr == S_OK)
            {
                complete++;
                expect_document(&use, &value);
            }
            else
            {
                expect_hr(WS_E_QUOTA_EXCEEDED, hr);
                expect(!complete && !memcmp(&value, &untouched, sizeof(value)) && says(use.error, "WsFillReader"));
                starved++;
            }
            WsFreeHeap(use.heap);
            use.heap = heap;
        }
        /* Of a package any fill takes all. */
        expect(encoding == MTOM ? complete > starved : starved > 10);
    }
    end_use(&use);
}

/* MTOM: bytes over the limit are a part, the others are not. */
TEST(bytes_over_the_limit_become_parts_and_come_back)
{
    struct use use = begin_use();
    struct all value;
    WS_BYTES bytes = encode(&use, MTOM);
    static char text[8000];

    expect(bytes.length < sizeof(text));
    memcpy(text, bytes.bytes, bytes.length);
    expect(strstr(text, ":Include href=") && strstr(text, "\r\n\r\niiiiiiiiiiiii\r\n"));
    expect(!strstr(text, "aWlp"));
    set_input_of(use.reader, MTOM, bytes, 0);
    ok(read_all_of(&use, &value));
    expect(value.bytes.length == 13 && !memcmp(value.bytes.bytes, "iiiiiiiiiiiii", 13));
    end_use(&use);
}

/* --- Binary: reading --- */

struct one
{
    union
    {
        int8_t int8;
        int32_t int32;
        uint32_t uint32;
        int64_t int64;
        uint64_t uint64;
        WS_BYTES bytes;
    } n;
};

static WS_FIELD_DESCRIPTION one_n = ELEMENT("n", WS_INT32_TYPE, NULL, struct one, n, 0), *one_fields[] = {&one_n};
static WS_STRUCT_DESCRIPTION one = STRUCTURE(struct one, one_fields);

static HRESULT read_hex(struct use *use, const char *hex, WS_TYPE_MAPPING mapping,
                        const WS_STRUCT_DESCRIPTION *description, void *value)
{
    static BYTE memory[4096];
    WS_BYTES bytes = {from_hex(hex, memory), memory};

    set_input_of(use->reader, BINARY, bytes, 0);
    ok(WsResetError(use->error));
    return WsReadType(use->reader, mapping, WS_STRUCT_TYPE, description, WS_READ_REQUIRED_VALUE, use->heap, value,
                      description->size, use->error);
}

/* Observed on Windows. */
TEST(records_are_read_as_observed)
{
    struct nested
    {
        int32_t c, d;
    };
    struct outer
    {
        int32_t a, b;
        struct nested *s;
    } outer_value;
    WS_FIELD_DESCRIPTION c = ELEMENT("c", WS_INT32_TYPE, NULL, struct nested, c, 0);
    WS_FIELD_DESCRIPTION d = ELEMENT("d", WS_INT32_TYPE, NULL, struct nested, d, WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION *nested_fields[] = {&c, &d};
    WS_STRUCT_DESCRIPTION nested = STRUCTURE(struct nested, nested_fields);
    WS_FIELD_DESCRIPTION a = ELEMENT("a", WS_INT32_TYPE, NULL, struct outer, a, 0);
    WS_FIELD_DESCRIPTION s = ELEMENT("s", WS_STRUCT_TYPE, &nested, struct outer, s, WS_FIELD_POINTER);
    WS_FIELD_DESCRIPTION b = ELEMENT("b", WS_INT32_TYPE, NULL, struct outer, b, 0), *fields[] = {&a, &s, &b};
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct outer, fields);
    struct use use = begin_use();
    struct one value = {{0}};

    one_n.type = WS_BYTES_TYPE;
    ok(read_hex(&use,
                "40016E"
                "A0010078"
                "9F0179",
                WS_ELEMENT_CONTENT_TYPE_MAPPING, &one, &value));
    expect(value.n.bytes.length == 2 && !memcmp(value.n.bytes.bytes, "xy", 2));
    one_n.type = WS_UINT32_TYPE;
    expect_hr(WS_E_NUMERIC_OVERFLOW, read_hex(&use,
                                              "40016E"
                                              "B3FFFFFFFFFFFFFFFF",
                                              WS_ELEMENT_CONTENT_TYPE_MAPPING, &one, &value));
    one_n.type = WS_UINT64_TYPE;
    expect_hr(WS_E_NUMERIC_OVERFLOW, read_hex(&use,
                                              "40016E"
                                              "8FFFFFFFFFFFFFFFFF",
                                              WS_ELEMENT_CONTENT_TYPE_MAPPING, &one, &value));
    one_n.type = WS_INT32_TYPE;
    ok(read_hex(&use,
                "40016E"
                "83",
                WS_ELEMENT_CONTENT_TYPE_MAPPING, &one, &value));
    expect(value.n.int32 == 1);
    ok(read_hex(&use,
                "40016E"
                "8201",
                WS_ELEMENT_CONTENT_TYPE_MAPPING, &one, &value));
    expect(value.n.int32 == 1);
    ok(read_hex(&use,
                "400172"
                "40016183"
                "400173"
                "4001638201"
                "01"
                "40016283"
                "01",
                WS_ELEMENT_TYPE_MAPPING, &outer, &outer_value));
    expect(outer_value.a == 1 && outer_value.s->c == 1 && outer_value.s->d == 0 && outer_value.b == 1);
    end_use(&use);
}

TEST(typed_records_are_checked_for_the_range_of_the_field)
{
    static const struct
    {
        const char *record;
        WS_TYPE type;
        HRESULT hr;
        int64_t value;
    } rows[] = {
        {"8980", WS_INT8_TYPE, S_OK, -128},
        {"8B7FFF", WS_INT8_TYPE, WS_E_NUMERIC_OVERFLOW, 0},
        {"8B8000", WS_INT8_TYPE, WS_E_NUMERIC_OVERFLOW, 0},
        {"8DFFFFFFFF", WS_INT8_TYPE, S_OK, -1},
        {"8F0000000001000000", WS_INT32_TYPE, WS_E_NUMERIC_OVERFLOW, 0},
        {"8F00000080FFFFFFFF", WS_INT32_TYPE, S_OK, INT32_MIN},
        {"B30100000000000000", WS_INT64_TYPE, S_OK, 1},
        {"B30000000000000080", WS_INT64_TYPE, WS_E_NUMERIC_OVERFLOW, 0},
        {"81", WS_UINT32_TYPE, S_OK, 0},
        {"8FFFFFFFFF00000000", WS_UINT32_TYPE, S_OK, 0xffffffff},
        {"89FF", WS_UINT32_TYPE, WS_E_NUMERIC_OVERFLOW, 0},
        {"9902"
         "3432",
         WS_INT32_TYPE, S_OK, 42},
        {"B704"
         "34003200",
         WS_INT32_TYPE, S_OK, 42},
        {"9901"
         "78",
         WS_INT32_TYPE, WS_E_INVALID_FORMAT, 0},
        {"A9", WS_INT32_TYPE, WS_E_INVALID_FORMAT, 0},
    };
    struct use use = begin_use();
    struct one value;
    char hex[80];
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        one_n.type = rows[i].type;
        snprintf(hex, sizeof(hex), "40017240016E%s01", rows[i].record);
        memset(&value, 0, sizeof(value));
        if (read_hex(&use, hex, WS_ELEMENT_TYPE_MAPPING, &one, &value) != rows[i].hr)
            test_fail(__FILE__, __LINE__, "row %u: %s", (unsigned)i, sentence(use.error));
        if (rows[i].type == WS_INT8_TYPE)
            expect(value.n.int8 == (int8_t)rows[i].value);
        else if (rows[i].type == WS_INT64_TYPE)
            expect(value.n.int64 == rows[i].value);
        else
            expect(value.n.uint32 == (uint32_t)rows[i].value);
    }
    end_use(&use);
}

/* [MC-NBFX] 2.2.3: a record of many values stands for as many elements. */
TEST(records_of_arrays_are_the_items_of_a_field)
{
    struct array
    {
        void *items;
        ULONG count;
    } value;
    static const struct
    {
        const char *record;
        WS_TYPE type;
        const char *text;
    } rows[] = {
        {"B5020100", WS_BOOL_TYPE, "<r><i>true</i><i>false</i></r>"},
        {"8B020100FEFF", WS_INT16_TYPE, "<r><i>1</i><i>-2</i></r>"},
        {"8D0201000000FEFFFFFF", WS_INT32_TYPE, "<r><i>1</i><i>-2</i></r>"},
        {"8D0201000000FEFFFFFF", WS_INT64_TYPE, "<r><i>1</i><i>-2</i></r>"},
        {"8D0201000000FEFFFFFF", WS_INT8_TYPE, "<r><i>1</i><i>-2</i></r>"},
        {"8D0201000000FEFFFFFF", WS_STRING_TYPE, "<r><i>1</i><i>-2</i></r>"},
        {"8F020100000000000000FEFFFFFFFFFFFFFF", WS_INT64_TYPE, "<r><i>1</i><i>-2</i></r>"},
        {"91020000C03F000000C0", WS_FLOAT_TYPE, "<r><i>1.5</i><i>-2</i></r>"},
        {"9302000000000000F83F00000000000000C0", WS_DOUBLE_TYPE, "<r><i>1.5</i><i>-2</i></r>"},
        {"9501"
         "00000000000000000100000000000000",
         WS_DECIMAL_TYPE, "<r><i>1</i></r>"},
        {"9701"
         "0000000000000040",
         WS_DATETIME_TYPE, "<r><i>0001-01-01T00:00:00Z</i></r>"},
        {"AF01"
         "8096980000000000",
         WS_TIMESPAN_TYPE, "<r><i>00:00:01</i></r>"},
        {"B101"
         "030201000504070608090A0B0C0D0E0F",
         WS_GUID_TYPE, "<r><i>00010203-0405-0607-0809-0a0b0c0d0e0f</i></r>"},
    };
    WS_FIELD_DESCRIPTION items = ITEMS(WS_INT32_TYPE, NULL, struct array, 0), *fields[] = {&items};
    WS_STRUCT_DESCRIPTION array = STRUCTURE(struct array, fields);
    struct use use = begin_use();
    char hex[200];
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        items.type = rows[i].type;
        snprintf(hex, sizeof(hex), "4001720340016901%s01", rows[i].record);
        if (read_hex(&use, hex, WS_ELEMENT_TYPE_MAPPING, &array, &value) != S_OK)
            test_fail(__FILE__, __LINE__, "row %u: %s", (unsigned)i, sentence(use.error));
        expect_xml(&use, &array, &value, rows[i].text);
    }
    items.type = WS_UINT8_TYPE;
    expect_hr(WS_E_NUMERIC_OVERFLOW, read_hex(&use,
                                              "4001720340016901"
                                              "8D0201000000FEFFFFFF"
                                              "01",
                                              WS_ELEMENT_TYPE_MAPPING, &array, &value));
    end_use(&use);
}

/* --- Binary: writing --- */

/* Observed on Windows: choices of elements that are all "k", in an element "r". */
TEST(records_are_written_as_observed)
{
    static BYTE bytes[256];
    static WS_STRING abcd = {4, (WCHAR *)u"abcd"};
    static WS_XML_STRING xml_abcd = STRING("abcd");
    static const BOOL yes = TRUE;
    static const int32_t minus_one = -1;
    static const int64_t minus_one64 = -1;
    static const uint64_t one64 = 1, two64 = 2;
    static const double zero = 0, two = 2, decimal = 2.1;
    static const uint64_t infinite = 0x7ff0000000000000, minus_infinite = 0xfff0000000000000, nan = 0x7ff8000000000000;
    static const GUID guid;
    static const WS_UNIQUE_ID id;
    static const WS_DATETIME utc0 = {0, WS_DATETIME_FORMAT_UTC}, local0 = {0, WS_DATETIME_FORMAT_LOCAL},
                             none0 = {0, WS_DATETIME_FORMAT_NONE}, utc1 = {1, WS_DATETIME_FORMAT_UTC};
    static char many[2][600];
    static WS_BYTES most = {255, bytes}, too_many = {256, bytes}, none = {0, NULL}, one_byte = {1, bytes},
                    three = {3, bytes}, four = {4, bytes}, six = {6, bytes};
    static const struct
    {
        WS_TYPE type;
        const void *value;
        ULONG size;
        const char *record;
    } rows[] = {
        {WS_XML_STRING_TYPE, &xml_abcd, sizeof(xml_abcd), "990461626364"},
        {WS_STRING_TYPE, &abcd, sizeof(abcd), "990461626364"},
        {WS_BYTES_TYPE, &none, sizeof(none), "01"},
        {WS_BYTES_TYPE, &one_byte, sizeof(none), "9F0100"},
        {WS_BYTES_TYPE, &three, sizeof(none), "9F03000000"},
        {WS_BYTES_TYPE, &six, sizeof(none), "9F06000000000000"},
        {WS_BYTES_TYPE, &four, sizeof(none), "9E030000009F0100"},
        {WS_BYTES_TYPE, &most, sizeof(none), many[0]},
        {WS_BYTES_TYPE, &too_many, sizeof(none), many[1]},
        {WS_BOOL_TYPE, &yes, sizeof(yes), "87"},
        {WS_INT32_TYPE, &minus_one, 4, "89FF"},
        {WS_INT64_TYPE, &minus_one64, 8, "89FF"},
        {WS_UINT64_TYPE, &one64, 8, "83"},
        {WS_UINT64_TYPE, &two64, 8, "8902"},
        {WS_DOUBLE_TYPE, &zero, 8, "81"},
        {WS_DOUBLE_TYPE, &two, 8, "8902"},
        {WS_DOUBLE_TYPE, &decimal, 8, "93CDCCCCCCCCCC0040"},
        {WS_DOUBLE_TYPE, &infinite, 8, "93000000000000F07F"},
        {WS_DOUBLE_TYPE, &minus_infinite, 8, "93000000000000F0FF"},
        {WS_DOUBLE_TYPE, &nan, 8, "93000000000000F87F"},
        {WS_GUID_TYPE, &guid, sizeof(guid), "B100000000000000000000000000000000"},
        {WS_UNIQUE_ID_TYPE, &id, sizeof(id), "AD00000000000000000000000000000000"},
        {WS_DATETIME_TYPE, &utc0, sizeof(utc0), "970000000000000040"},
        {WS_DATETIME_TYPE, &local0, sizeof(utc0), "970000000000000080"},
        {WS_DATETIME_TYPE, &none0, sizeof(utc0), "970000000000000000"},
        {WS_DATETIME_TYPE, &utc1, sizeof(utc0), "970100000000000040"},
    };
    struct any
    {
        int selector;
        uint64_t value[8];
    } value = {1, {0}};
    WS_UNION_FIELD_DESCRIPTION k = {1, ELEMENT("k", WS_BOOL_TYPE, NULL, struct any, value, 0)}, *choices[] = {&k};
    WS_UNION_DESCRIPTION description = {sizeof(struct any), 8, choices, 1, 0, 0, NULL};
    WS_FIELD_DESCRIPTION field = FIELD(WS_ELEMENT_CHOICE_FIELD_MAPPING, WS_UNION_TYPE, struct any, selector, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&field};
    WS_STRUCT_DESCRIPTION outer = STRUCTURE(struct any, fields);
    struct use use = begin_use();
    char hex[700];
    size_t i;

    snprintf(many[0], sizeof(many[0]), "9FFF%0510d", 0);
    snprintf(many[1], sizeof(many[1]), "9EFF%0510d9F0100", 0);
    field.typeDescription = &description;
    for (i = 0; i < COUNT(rows); i++)
    {
        k.field.type = rows[i].type;
        memcpy(value.value, rows[i].value, rows[i].size);
        set_output_of(use.writer, BINARY);
        start(use.writer, "r");
        ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &outer, WS_WRITE_REQUIRED_VALUE, &value,
                       sizeof(value), NULL));
        end(use.writer);
        snprintf(hex, sizeof(hex), "40017240016B%s01", rows[i].record);
        expect_written(use.writer, hex, "record");
    }
    end_use(&use);
}
