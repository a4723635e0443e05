/* SPDX-License-Identifier: MIT */
/*
 * binary-writer.c - writing the binary encoding through the API: the specification's examples, the shortest records,
 * and round trips. Dictionaries are in writer-dictionary.c.
 *
 * Source: [MC-NBFX] and [MC-NBFS], and the pages of the functions that write.
 */
#include "support/binary.h"
#include "support/random.h"

#include <stdlib.h>

static const WS_XML_STRING no_ns = STRING(""), name_a = STRING("a");

TEST(examples_are_written)
{
    struct source source = {0};
    WS_XML_WRITER *writer = create_writer_as(true);
    size_t i;

    for (i = 0; i < BINARY_EXAMPLE_COUNT; i++)
    {
        set_output_as(writer, true, NULL, NULL);
        open_hex(&source, binary_examples[i].bytes, 0, TRUE);
        expect_hr(S_OK, copy_nodes(source.reader, writer, NULL));
        expect_written(writer, binary_examples[i].written ? binary_examples[i].written : binary_examples[i].bytes,
                       binary_examples[i].name);
    }
    WsFreeWriter(writer);
    close_source(&source);
}

/* --- Writing --- */

static void write_values(WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value)
{
    set_output_as(writer, true, NULL, NULL);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteValue(writer, type, value,
                                 (ULONG)(type == WS_BOOL_VALUE_TYPE     ? sizeof(BOOL)
                                         : type == WS_INT64_VALUE_TYPE  ? sizeof(INT64)
                                         : type == WS_UINT64_VALUE_TYPE ? sizeof(UINT64)
                                         : type == WS_FLOAT_VALUE_TYPE  ? sizeof(float)
                                                                        : sizeof(double)),
                                 NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
}

/* Our choice of record; [MC-NBFX] allows longer ones. */
TEST(numbers_are_written_in_the_shortest_record)
{
    static const struct
    {
        INT64 value;
        const char *hex;
    } integers[] = {
        {0, "40016181"},
        {1, "40016183"},
        {2, "4001618902"},
        {-1, "40016189FF"},
        {127, "400161897F"},
        {128, "4001618B8000"},
        {-128, "4001618980"},
        {-129, "4001618B7FFF"},
        {32767, "4001618BFF7F"},
        {32768, "4001618D00800000"},
        {2147483647, "4001618DFFFFFF7F"},
        {-2147483647 - 1, "4001618D00000080"},
        {2147483648ll, "4001618F0000008000000000"},
        {INT64_MIN, "4001618F0000000000000080"},
    };
    static const struct
    {
        double value;
        const char *hex;
    } doubles[] = {
        {0.0, "40016181"},
        {-0.0, "4001619100000080"},
        {1.0, "40016183"},
        {-5.0, "40016189FB"},
        {1.5, "400161910000C03F"},
        {0.1, "400161939A9999999999B93F"},
        {4294967296.0, "40016193000000000000F041"},
        {100000.0, "4001618DA0860100"},
        {0.25, "400161910000803E"},
        {0x1.99999ap-4, "40016193000000A09999B93F"},
        {1e300, "400161939C7500883CE4377E"},
        {2147483647.0, "4001618DFFFFFF7F"},
        {2147483649.0, "40016193000020000000E041"},
    };
    WS_XML_WRITER *writer = create_writer_as(true);
    UINT64 huge = UINT64_MAX, small = 7, half = INT64_MAX;
    double infinity = __builtin_inf(), nan = __builtin_nan("");
    float single = -0.0f, seven = 7, large = 100000, single_infinity = __builtin_inff();
    BOOL yes = 2;
    size_t i;

    for (i = 0; i < sizeof(integers) / sizeof(integers[0]); i++)
    {
        write_values(writer, WS_INT64_VALUE_TYPE, &integers[i].value);
        expect_written(writer, integers[i].hex, "integer");
    }
    for (i = 0; i < sizeof(doubles) / sizeof(doubles[0]); i++)
    {
        write_values(writer, WS_DOUBLE_VALUE_TYPE, &doubles[i].value);
        expect_written(writer, doubles[i].hex, "double");
    }
    write_values(writer, WS_UINT64_VALUE_TYPE, &huge);
    expect_written(writer, "400161B3FFFFFFFFFFFFFFFF", "uint64");
    write_values(writer, WS_UINT64_VALUE_TYPE, &half);
    expect_written(writer, "4001618FFFFFFFFFFFFFFF7F", "uint64");
    half++;
    write_values(writer, WS_UINT64_VALUE_TYPE, &half);
    expect_written(writer, "400161B30000000000000080", "uint64");
    write_values(writer, WS_UINT64_VALUE_TYPE, &small);
    expect_written(writer, "4001618907", "uint64");
    write_values(writer, WS_DOUBLE_VALUE_TYPE, &infinity);
    expect_written(writer, "40016193000000000000F07F", "infinity"); /* observed on Windows: no FloatText */
    infinity = -infinity;
    write_values(writer, WS_DOUBLE_VALUE_TYPE, &infinity);
    expect_written(writer, "40016193000000000000F0FF", "infinity");
    write_values(writer, WS_FLOAT_VALUE_TYPE, &single_infinity);
    expect_written(writer, "400161910000807F", "infinity of a float");
    write_values(writer, WS_DOUBLE_VALUE_TYPE, &nan);
    expect_written(writer, "40016193000000000000F87F", "NaN");
    write_values(writer, WS_FLOAT_VALUE_TYPE, &single);
    expect_written(writer, "4001619100000080", "float");
    write_values(writer, WS_FLOAT_VALUE_TYPE, &seven);
    expect_written(writer, "4001618907", "float");
    write_values(writer, WS_FLOAT_VALUE_TYPE, &large);
    expect_written(writer, "400161910050C347", "float");
    write_values(writer, WS_BOOL_VALUE_TYPE, &yes);
    expect_written(writer, "40016187", "bool");
    WsFreeWriter(writer);
}

/* A QName has a record with a prefix of one letter and a name that has an id; it is characters otherwise. */
TEST(qualified_names)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    WS_XML_STRING p = STRING("p"), pp = STRING("pp"), ns = STRING("u"), name = STRING("n"), none = STRING(""),
                  known = dictionary_of("str", 2)->strings[4];
    WS_XML_QNAME_TEXT qname = {{WS_XML_TEXT_TYPE_QNAME}, &p, &known, &ns};

    expect_hr(S_OK, WsWriteStartElement(writer, &p, &name_a, &ns, NULL));
    expect_hr(S_OK, WsWriteXmlnsAttribute(writer, &pp, &ns, FALSE, NULL));
    expect_hr(S_OK, WsWriteText(writer, &qname.text, NULL));
    qname.localName = &name;
    expect_hr(S_OK, WsWriteText(writer, &qname.text, NULL));
    qname.prefix = &pp;
    qname.localName = &known;
    expect_hr(S_OK, WsWriteText(writer, &qname.text, NULL));
    qname.prefix = &none;
    qname.ns = &none;
    expect_hr(S_OK, WsWriteText(writer, &qname.text, NULL));
    known.dictionary = NULL;
    expect_hr(S_OK, WsWriteText(writer, &qname.text, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer,
                   "6D0161"
                   "0902707001750901700175"
                   "BC0F08"
                   "9803703A6E"
                   "980770703A73747238"
                   "AA08"
                   "990473747238",
                   "qualified names");
    WsFreeWriter(writer);
}

TEST(texts_get_the_record_of_their_length)
{
    static const ULONG lengths[] = {1, 255, 256, 65535, 65536, 100000};
    static const BYTE records[] = {0x99, 0x99, 0x9b, 0x9b, 0x9d, 0x9d};
    WS_XML_WRITER *writer = create_writer_as(true);
    struct source source = {0};
    BYTE *bytes = malloc(100000);
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, {0, bytes, NULL, 0}};
    WS_XML_BASE64_TEXT base64 = {{WS_XML_TEXT_TYPE_BASE64}, bytes, 0};
    size_t i;

    memset(bytes, 'x', 100000);
    for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
    {
        set_output_as(writer, true, NULL, NULL);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
        text.value.length = lengths[i];
        expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        expect_size(records[i], written(writer).bytes[3]);
        open_bytes(&source, written(writer).bytes, written(writer).length, 0, FALSE);
        expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
        expect_size(lengths[i], ((const WS_XML_UTF8_TEXT *)next_text(&source, WS_XML_TEXT_TYPE_UTF8))->value.length);
        expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);

        set_output_as(writer, true, NULL, NULL);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
        base64.length = lengths[i];
        expect_hr(S_OK, WsWriteText(writer, &base64.text, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        /* The greatest number that 3 divides; the rest has a record of its own. */
        if (lengths[i] % 3 && lengths[i] > 3)
            base64.length -= lengths[i] % 3;
        expect_size((base64.length <= 0xff     ? 0x9e
                     : base64.length <= 0xffff ? 0xa0
                                               : 0xa2) +
                        (base64.length == lengths[i]),
                    written(writer).bytes[3]);
    }
    free(bytes);
    WsFreeWriter(writer);
    close_source(&source);
}

TEST(characters_are_utf8_unless_that_is_longer)
{
    WS_XML_WRITER *writer = create_writer_as(true);

    set_output_as(writer, true, NULL, NULL);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteChars(writer, u"\u00e9t", 2, NULL));
    expect_hr(S_OK, WsWriteChars(writer, u"\u3042\u3044", 2, NULL));
    expect_hr(S_OK, WsWriteChars(writer, u"\U0001f600", 2, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer,
                   "400161"
                   "9803C3A974"
                   "B60442304430"
                   "9904F09F9880",
                   "characters");

    set_output_as(writer, true, NULL, NULL);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteChars(writer, u"\x0001", 1, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
}

/* The whole of a long text, whose pairs of surrogates begin at even places and at odd ones. */
TEST(long_texts_in_utf16)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    WCHAR chars[1003];
    BYTE wanted[3000];
    ULONG start, i, size;
    WS_BYTES bytes;

    for (start = 0; start < 3; start++)
    {
        for (i = size = 0; i < start; i++)
            wanted[size++] = (BYTE)(chars[i] = 'x');
        for (; i + 2 <= 1000 + start; i += 2)
        {
            chars[i] = 0xd83d;
            chars[i + 1] = 0xde00;
            memcpy(wanted + size, "\xf0\x9f\x98\x80", 4);
            size += 4;
        }
        set_output_as(writer, true, NULL, NULL);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
        expect_hr(S_OK, WsWriteChars(writer, chars, i, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        bytes = written(writer);
        expect_size(3 + 3 + size, bytes.length);
        expect(bytes.bytes[3] == 0x9b && !memcmp(bytes.bytes + 6, wanted, size));
        /* Characters of 3 bytes each are shorter as they are. */
        for (i = 0; i < 1000; i++)
            chars[i] = (WCHAR)(0x3042 + i % 50);
        set_output_as(writer, true, NULL, NULL);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
        expect_hr(S_OK, WsWriteChars(writer, chars, i, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        bytes = written(writer);
        expect_size(3 + 3 + 2000, bytes.length);
        expect(bytes.bytes[3] == 0xb9 && !memcmp(bytes.bytes + 6, chars, 2000));
    }
    WsFreeWriter(writer);
}

/* The lengths of names and namespaces have 7 bits in each byte. */
TEST(long_names)
{
    static const ULONG lengths[] = {127, 128, 129, 16383, 16384};
    WS_XML_WRITER *writer = create_writer_as(true);
    static BYTE text[16384];
    WS_XML_STRING name = {0, text, NULL, 0};
    WS_BYTES bytes;
    size_t i, digits;

    memset(text, 'n', sizeof(text));
    for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
    {
        name.length = lengths[i];
        set_output_as(writer, true, NULL, NULL);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        bytes = written(writer);
        digits = name.length < 0x80 ? 1 : name.length < 0x4000 ? 2 : 3;
        expect_size(1 + digits + name.length + 1, bytes.length);
        expect_size(name.length, (bytes.bytes[1] & 0x7f) | (digits > 1 ? (bytes.bytes[2] & 0x7fu) << 7 : 0) |
                                     (digits > 2 ? (ULONG)bytes.bytes[3] << 14 : 0));
        expect(!memcmp(bytes.bytes + 1 + digits, text, name.length) && bytes.bytes[bytes.length - 1] == 1);
    }
    WsFreeWriter(writer);
}

TEST(other_values)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    WS_XML_DECIMAL_TEXT decimal = {{WS_XML_TEXT_TYPE_DECIMAL},
                                   {.scale = 2, .sign = DECIMAL_NEG, .Hi32 = 0x04030201, .Lo64 = 0x0c0b0a0908070605}};
    WS_XML_DATETIME_TEXT date = {{WS_XML_TEXT_TYPE_DATETIME}, {1, WS_DATETIME_FORMAT_LOCAL}};
    WS_XML_TIMESPAN_TEXT span = {{WS_XML_TEXT_TYPE_TIMESPAN}, {-2}};

    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteText(writer, &decimal.text, NULL));
    expect_hr(S_OK, WsWriteText(writer, &date.text, NULL));
    expect_hr(S_OK, WsWriteText(writer, &span.text, NULL));
    expect_hr(S_OK, WsWriteStartCData(writer, NULL));
    expect_hr(S_OK, WsWriteChars(writer, u"<", 1, NULL));
    expect_hr(S_OK, WsWriteEndCData(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer,
                   "400161"
                   "94000002800102030405060708090A0B0C"
                   "960100000000000080"
                   "AEFEFFFFFFFFFFFFFF"
                   "99013C",
                   "values");
    WsFreeWriter(writer);
}

/* Adds a record of bytes that are all 'x'. */
static void add_record(char *hex, unsigned record, ULONG count)
{
    ULONG i;

    hex += strlen(hex);
    hex += sprintf(hex, "%02X%02X", record, (unsigned)count);
    for (i = 0; i < count; i++)
        hex += sprintf(hex, "78");
}

static HRESULT CALLBACK push_all(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                 const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    (void)context;
    return write(write_state, state, 1, NULL, error);
}

/*
 * Observed on Windows: more than 3 bytes that are not a multiple of 3 are two records, the first with a multiple of 3,
 * so that their base64 can be joined; however they are written.
 */
TEST(bytes_are_written_in_groups_of_3)
{
    static const ULONG lengths[] = {1, 2, 3, 4, 5, 6, 254, 255, 256, 257};
    static char wanted[2 * 300];
    WS_XML_WRITER *writer = create_writer_as(true);
    BYTE bytes[300];
    WS_XML_BASE64_TEXT text = {{WS_XML_TEXT_TYPE_BASE64}, bytes, 0};
    WS_XML_TEXT_NODE node = {{WS_XML_NODE_TYPE_TEXT}, &text.text};
    WS_BYTES pushed = {0, bytes};
    size_t i;
    int how;

    memset(bytes, 'x', sizeof(bytes));
    for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
        for (how = 0; how < 4; how++)
        {
            ULONG rest = lengths[i] > 3 ? lengths[i] % 3 : 0;

            text.length = pushed.length = lengths[i];
            set_output_as(writer, true, NULL, NULL);
            expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
            if (how == 0)
                expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
            else if (how == 1)
                expect_hr(S_OK, WsWriteBytes(writer, bytes, lengths[i], NULL));
            else if (how == 2)
                expect_hr(S_OK, WsWriteNode(writer, &node.node, NULL));
            else
                expect_hr(S_OK, WsPushBytes(writer, push_all, &pushed, NULL));
            expect_hr(S_OK, WsWriteEndElement(writer, NULL));
            strcpy(wanted, "400161");
            add_record(wanted, rest ? 0x9e : 0x9f, lengths[i] - rest);
            if (rest)
                add_record(wanted, 0x9f, rest);
            expect_written(writer, wanted, "bytes");
        }
    /* An attribute has one record. */
    set_output_as(writer, true, NULL, NULL);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteStartAttribute(writer, NULL, &name_a, &no_ns, FALSE, NULL));
    expect_hr(S_OK, WsWriteBytes(writer, "1234", 4, NULL));
    expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer, "4001610401619E043132333401", "an attribute");
    WsFreeWriter(writer);
}

static HRESULT CALLBACK find_nothing(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id, WS_ERROR *error)
{
    (void)state, (void)string, (void)id, (void)error;
    *found = FALSE;
    return S_OK;
}

/* Observed on Windows: a value into which nothing was written is a record of no characters. */
TEST(an_empty_attribute_has_characters_of_length_0)
{
    static const struct
    {
        const char *prefix;
        int local, how;
        const char *hex;
    } cases[] = {
        {"", -1, 0, "0401629800"},
        {"p", -1, 0, "3501629800"},
        {"qq", -1, 0, "0502717101629800"},
        {"", 4, 0, "06089800"},
        {"p", 4, 0, "1B089800"},
        {"qq", 4, 0, "07027171089800"},
        /* Our choice: the same if it is nothing that was written; bytes stay bytes. */
        {"", -1, 1, "0401629800"},
        {"", -1, 2, "0401629800"},
        {"", -1, 3, "0401629800"},
        {"", -1, 4, "0401629800"},
        {"", -1, 5, "0401629E00"},
        {"", -1, 6, "0401629E00"},
        {"", -1, 7, "0401629800"},
    };
    static const WS_XML_STRING name_b = STRING("b");
    WS_XML_UTF8_TEXT utf8 = {{WS_XML_TEXT_TYPE_UTF8}, STRING("")};
    WS_XML_UTF16_TEXT utf16 = {{WS_XML_TEXT_TYPE_UTF16}, NULL, 0};
    WS_XML_BASE64_TEXT base64 = {{WS_XML_TEXT_TYPE_BASE64}, NULL, 0};
    WS_XML_WRITER *writer = create_writer_as(true);
    char wanted[80];
    size_t i;
    int general;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        for (general = 0; general < 2; general++)
        {
            WS_XML_STRING prefix = {(ULONG)strlen(cases[i].prefix), (BYTE *)cases[i].prefix, NULL, 0};
            const WS_XML_STRING *local = cases[i].local < 0 ? &name_b : &dictionary_of("str", 2)->strings[4];
            const WS_XML_STRING *ns = prefix.length ? &name_b : &no_ns;
            WS_XML_ATTRIBUTE attribute = {
                .prefix = &prefix, .localName = (WS_XML_STRING *)local, .ns = (WS_XML_STRING *)ns, .value = &utf8.text};
            WS_XML_ATTRIBUTE *attributes[] = {&attribute};
            WS_XML_ELEMENT_NODE node = {{WS_XML_NODE_TYPE_ELEMENT},
                                        (WS_XML_STRING *)&no_ns,
                                        (WS_XML_STRING *)&name_a,
                                        (WS_XML_STRING *)&no_ns,
                                        1,
                                        attributes,
                                        FALSE};

            /* With a callback nothing is written the short way. */
            set_output_as(writer, true, general ? find_nothing : NULL, NULL);
            expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
            if (prefix.length)
                expect_hr(S_OK, WsWriteXmlnsAttribute(writer, &prefix, ns, FALSE, NULL));
            if (cases[i].how == 7)
                expect_hr(S_OK, WsWriteNode(writer, &node.node, NULL));
            else
                expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
            if (cases[i].how != 7)
                expect_hr(S_OK, WsWriteStartAttribute(writer, &prefix, local, ns, FALSE, NULL));
            switch (cases[i].how)
            {
            case 1: expect_hr(S_OK, WsWriteCharsUtf8(writer, NULL, 0, NULL)); break;
            case 2: expect_hr(S_OK, WsWriteChars(writer, NULL, 0, NULL)); break;
            case 3: expect_hr(S_OK, WsWriteText(writer, &utf8.text, NULL)); break;
            case 4: expect_hr(S_OK, WsWriteText(writer, &utf16.text, NULL)); break;
            case 5: expect_hr(S_OK, WsWriteBytes(writer, NULL, 0, NULL)); break;
            case 6: expect_hr(S_OK, WsWriteText(writer, &base64.text, NULL)); break;
            }
            if (cases[i].how != 7)
                expect_hr(S_OK, WsWriteEndAttribute(writer, NULL));
            expect_hr(S_OK, WsWriteEndElement(writer, NULL));
            expect_hr(S_OK, WsWriteEndElement(writer, NULL));
            snprintf(wanted, sizeof(wanted), "400161%s400161%s0101",
                     !prefix.length       ? ""
                     : prefix.length == 1 ? "0901700162"
                                          : "090271710162",
                     cases[i].hex);
            expect_written(writer, wanted, "an empty attribute");
        }
    WsFreeWriter(writer);
}

/* Bytes that come one by one go out in few records, of which only the last may have padding as base64. */
TEST(bytes_in_pieces_are_gathered)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    struct source source = {0};
    BYTE bytes[1000];
    ULONG i, size = 0, total = 0, pieces = 0;

    for (i = 0; i < sizeof(bytes); i++)
        bytes[i] = (BYTE)i;
    set_output_as(writer, true, NULL, NULL);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    for (i = 0; i < sizeof(bytes); i += size)
    {
        size = i % 7 + 1 < sizeof(bytes) - i ? i % 7 + 1 : (ULONG)sizeof(bytes) - i;
        expect_hr(S_OK, WsWriteBytes(writer, bytes + i, size, NULL));
    }
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    open_bytes(&source, written(writer).bytes, written(writer).length, 0, FALSE);
    expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
    while (total < sizeof(bytes))
    {
        const WS_XML_BASE64_TEXT *text = (const void *)next_text(&source, WS_XML_TEXT_TYPE_BASE64);

        expect(total + text->length <= sizeof(bytes) && !memcmp(text->bytes, bytes + total, text->length));
        expect(total + text->length == sizeof(bytes) || text->length % 3 == 0);
        total += text->length;
        pieces++;
    }
    expect(pieces <= 5);
    expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);
    WsFreeWriter(writer);
    close_source(&source);
}

TEST(arrays_are_written_as_arrays)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    WS_XML_STRING name_b = STRING("b");
    int16_t shorts[] = {1, -2, 300};
    BOOL bools[] = {TRUE, FALSE};
    BYTE bytes[] = {1, 2};
    WS_DATETIME dates[] = {{1, WS_DATETIME_FORMAT_UTC}, {2, WS_DATETIME_FORMAT_NONE}};

    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteArray(writer, &name_b, &no_ns, WS_INT16_VALUE_TYPE, shorts, sizeof(shorts), 0, 3, NULL));
    expect_hr(S_OK, WsWriteArray(writer, &name_b, &no_ns, WS_BOOL_VALUE_TYPE, bools, sizeof(bools), 0, 2, NULL));
    expect_hr(S_OK, WsWriteArray(writer, &name_b, &no_ns, WS_DATETIME_VALUE_TYPE, dates, sizeof(dates), 0, 2, NULL));
    /* One item, and types that there are no arrays of. */
    expect_hr(S_OK, WsWriteArray(writer, &name_b, &no_ns, WS_INT16_VALUE_TYPE, shorts, sizeof(shorts), 2, 1, NULL));
    expect_hr(S_OK, WsWriteArray(writer, &name_b, &no_ns, WS_UINT8_VALUE_TYPE, bytes, sizeof(bytes), 0, 2, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer,
                   "400161"
                   "03400162018B030100FEFF2C01"
                   "0340016201B5020100"
                   "0340016201970201000000000000400200000000000000"
                   "4001628B2C01"
                   "40016283"
                   "4001628902"
                   "01",
                   "arrays");
    WsFreeWriter(writer);
}

/* What was shown to the caller, or flushed, does not change when the element ends. Our choice. */
TEST(bytes_that_were_shown_do_not_change)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    int value = 5;

    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    expect_written(writer, "4001618805", "before the end");
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_written(writer, "400161880501", "after the end");
    WsFreeWriter(writer);
}

static HRESULT CALLBACK write_stream(void *state, const WS_BYTES *buffers, ULONG count,
                                     const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    WS_BYTES *stream = state;
    ULONG i;

    (void)asyncContext, (void)error;
    for (i = 0; i < count; i++)
    {
        memcpy(stream->bytes + stream->length, buffers[i].bytes, buffers[i].length);
        stream->length += buffers[i].length;
    }
    return S_OK;
}

/* Flushed after each call, a document is still the same document. */
TEST(flushed_documents_read_the_same)
{
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    static BYTE bytes[256];
    WS_BYTES stream = {0, bytes};
    WS_XML_WRITER_STREAM_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_stream, &stream};
    WS_XML_WRITER *writer;
    struct source source = {0};
    WS_XML_STRING comment = STRING("c");
    WS_XML_COMMENT_NODE node = {{WS_XML_NODE_TYPE_COMMENT}, comment};

    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(S_OK, WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(S_OK, WsWriteChars(writer, u"x", 1, NULL));
    expect_hr(S_OK, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(S_OK, WsWriteBytes(writer, "12", 2, NULL));
    expect_hr(S_OK, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(S_OK, WsWriteBytes(writer, "345", 3, NULL));
    expect_hr(S_OK, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(S_OK, WsWriteNode(writer, &node.node, NULL));
    expect_hr(S_OK, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(S_OK, WsWriteChars(writer, u"y", 1, NULL));
    expect_hr(S_OK, WsFlushWriter(writer, 0, NULL, NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsFlushWriter(writer, 0, NULL, NULL));
    WsFreeWriter(writer);

    open_bytes(&source, bytes, stream.length, 3, FALSE);
    writer = create_writer_as(false);
    expect_hr(S_OK, copy_nodes(source.reader, writer, NULL));
    expect_text(writer, "<a>xMTIzNDU=<!--c-->y</a>", "flushed");
    WsFreeWriter(writer);
    close_source(&source);
}

TEST(values_without_a_binary_form_are_refused)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    WS_XML_DATETIME_TEXT date = {{WS_XML_TEXT_TYPE_DATETIME}, {UINT64_MAX, WS_DATETIME_FORMAT_UTC}};
    WS_XML_DECIMAL_TEXT decimal = {.text = {WS_XML_TEXT_TYPE_DECIMAL}};
    WS_ERROR *error;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteText(writer, &date.text, error));
    expect_size(1, sentence_count(error));
    expect(says(error, "ticks are less than 3155378976000000000"));
    decimal.value.scale = 29;
    set_output_as(writer, true, NULL, NULL);
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsResetError(error));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteText(writer, &decimal.text, error));
    expect_size(1, sentence_count(error));
    expect(says(error, "a scale is at most 28"));
    WsFreeError(error);
    WsFreeWriter(writer);
}

TEST(bytes_to_close_are_enough)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    ULONG before, after, close;
    int i;

    for (i = 0; i < 5; i++)
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
    expect_hr(S_OK, WsWriteBytes(writer, "12345", 5, NULL));
    expect_hr(S_OK, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN, &before, sizeof(before), NULL));
    expect_hr(S_OK, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE, &close, sizeof(close), NULL));
    for (i = 0; i < 5; i++)
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES_WRITTEN, &after, sizeof(after), NULL));
    expect(after - before <= close && after - before + 3 >= close);
    WsFreeWriter(writer);
}

/* Wherever the pieces of memory end that the writer's buffer consists of. */
TEST(records_at_the_ends_of_memory)
{
    static const BYTE item[] = {0x40, 0x01, 'a', 0x8b, 0x2c, 0x01};
    WS_XML_WRITER *writer = create_writer_as(true);
    WS_XML_STRING name = {0, (BYTE *)"xxxxxxxx", NULL, 0};
    int16_t value = 300;
    WS_BYTES bytes;
    ULONG i;

    for (name.length = 1; name.length <= 6; name.length++)
    {
        set_output_as(writer, true, NULL, NULL);
        expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name, &no_ns, NULL));
        for (i = 0; i < 8000; i++)
        {
            expect_hr(S_OK, WsWriteStartElement(writer, NULL, &name_a, &no_ns, NULL));
            expect_hr(S_OK, WsWriteValue(writer, WS_INT16_VALUE_TYPE, &value, sizeof(value), NULL));
            expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        }
        expect_hr(S_OK, WsWriteEndElement(writer, NULL));
        bytes = written(writer);
        expect_size(2 + name.length + 8000 * sizeof(item) + 1, bytes.length);
        for (i = 0; i < 8000; i++)
            expect(!memcmp(bytes.bytes + 2 + name.length + i * sizeof(item), item, sizeof(item)));
    }
    WsFreeWriter(writer);
}

/* --- Round trips --- */

/* text -> XML buffer -> binary -> text. */
TEST(text_to_buffer_to_binary_to_text_is_identical)
{
    static const char *const documents[] = {
        "<a></a>",
        "<a b=\"c\" d=\"\">x<b>y</b>z</a>",
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header></s:Header>"
        "<s:Body><p q=\"1\" long:r=\"&lt;&amp;&quot;\" xmlns=\"urn:x\" "
        "xmlns:long=\"urn:y\">&lt;&amp;]]&gt;</p></s:Body>"
        "</s:Envelope>",
        "<a xml:lang=\"en\" xml:space=\"preserve\"> <b></b> <!--c--> </a>",
        ("<\xc3\xa9l\xc3\xa9ment attribut\xc3\xa9=\"\xe2\x82\xac\">\xf0\x9f\x98\x80 "
         "\xe3\x81\x82</\xc3\xa9l\xc3\xa9ment>"),
        "<a>&#xD;\xc2\xa0</a>",
        "<a xmlns=\"n\"><b xmlns=\"\"><c xmlns=\"n\"></c></b></a>",
    };
    struct source source = {0};
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER *writer = create_writer_as(true), *text_writer = create_writer_as(false);
    WS_XML_READER *reader;
    WS_HEAP *heap;
    size_t i;

    expect_hr(S_OK, WsCreateReader(NULL, 0, &reader, NULL));
    expect_hr(S_OK, WsCreateHeap(1 << 20, 0, NULL, 0, &heap, NULL));
    for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
    {
        WS_XML_READER_BUFFER_INPUT input = {
            {WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)documents[i], (ULONG)strlen(documents[i])};
        const WS_XML_NODE *node;
        WS_XML_BUFFER *buffer;
        HRESULT hr;

        expect_hr(S_OK, WsSetInput(reader, &text.encoding, &input.input, NULL, 0, NULL));
        expect_hr(S_OK, WsReadNode(reader, NULL));
        expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
        expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
        set_output_as(writer, true, NULL, NULL);
        do
        {
            expect_hr(S_OK, WsReadNode(reader, NULL));
            expect_hr(S_OK, WsGetReaderNode(reader, &node, NULL));
            hr = node->nodeType == WS_XML_NODE_TYPE_EOF ? S_FALSE : WsWriteNode(writer, node, NULL);
        } while (hr == S_OK);
        expect_hr(S_FALSE, hr);
        open_bytes(&source, written(writer).bytes, written(writer).length, (ULONG)(i % 3), FALSE);
        set_output_as(text_writer, false, NULL, NULL);
        expect_hr(S_OK, copy_nodes(source.reader, text_writer, NULL));
        expect_text(text_writer, documents[i], "round trip");
    }
    WsFreeHeap(heap);
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeWriter(text_writer);
    close_source(&source);
}

static double number_of(const WS_XML_TEXT *text)
{
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_INT32: return ((const WS_XML_INT32_TEXT *)text)->value;
    case WS_XML_TEXT_TYPE_FLOAT: return ((const WS_XML_FLOAT_TEXT *)text)->value;
    case WS_XML_TEXT_TYPE_DOUBLE: return ((const WS_XML_DOUBLE_TEXT *)text)->value;
    default: test_fail(__FILE__, __LINE__, "a double became a text of the type %d", (int)text->textType);
    }
}

/* Every kind of bits that a double can have comes back, whatever record it goes through. */
TEST(doubles_and_floats_come_back_bit_for_bit)
{
    WS_XML_WRITER *writer = create_writer_as(true);
    struct source source = {0};
    uint64_t bits = 0x0123456789abcdefu, back_bits;
    double value, back;
    int i;

    for (i = 0; i < 3000; i++)
    {
        random_bits(&bits);
        if (i % 3 == 0)
            value = (double)(int64_t)(bits >> (i % 60));
        else if (i % 3 == 1)
            value = (double)(float)((double)(int64_t)bits * 1e-12);
        else
            memcpy(&value, &bits, sizeof(value));
        if (value != value)
            continue;
        write_values(writer, WS_DOUBLE_VALUE_TYPE, &value);
        open_bytes(&source, written(writer).bytes, written(writer).length, 0, FALSE);
        expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
        back = number_of(((const WS_XML_TEXT_NODE *)expect_node(&source, WS_XML_NODE_TYPE_TEXT))->text);
        memcpy(&bits, &value, sizeof(bits));
        memcpy(&back_bits, &back, sizeof(back_bits));
        expect(bits == back_bits);
    }
    WsFreeWriter(writer);
    close_source(&source);
}
