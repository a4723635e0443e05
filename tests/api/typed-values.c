/* SPDX-License-Identifier: MIT */
/*
 * One parser and one printer: every text is the same value, or none, to each function that reads one, and every value
 * the same text to each that writes one; in text, in binary and in XML buffers.
 *
 * Source: observed on Windows, of WsReadType, WsWriteType and WsWriteValue.
 */
#include "support/reader.h"
#include "support/writer.h"

static const WS_XML_READER_TEXT_ENCODING text_input = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
static const WS_XML_READER_BINARY_ENCODING binary_input = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
static const WS_XML_WRITER_BINARY_ENCODING binary_output = {.encoding = {WS_XML_WRITER_ENCODING_TYPE_BINARY}};

static WS_XML_STRING name_a = STRING("a"), name_b = STRING("b"), name_i = STRING("i"), no_ns = STRING("");

enum form
{
    IN_TEXT,
    IN_BINARY,
    IN_BUFFER,
    FORMS
};

union value
{
    BYTE bytes[sizeof(WS_DURATION)];
    int64_t number; /* the lower bytes of it are smaller integers */
    uint64_t bits;
    WS_DATETIME date;
    GUID guid;
    DECIMAL decimal;
    WS_DURATION duration;
};

static ULONG size_of(WS_VALUE_TYPE type)
{
    static const BYTE sizes[] = {sizeof(BOOL),
                                 1,
                                 2,
                                 4,
                                 8,
                                 1,
                                 2,
                                 4,
                                 8,
                                 4,
                                 8,
                                 sizeof(DECIMAL),
                                 sizeof(WS_DATETIME),
                                 sizeof(WS_TIMESPAN),
                                 sizeof(GUID),
                                 sizeof(WS_DURATION)};

    return sizes[type];
}

static WS_TYPE type_of(WS_VALUE_TYPE type)
{
    return type == WS_DURATION_VALUE_TYPE ? WS_DURATION_TYPE : (WS_TYPE)type;
}

/* A date may end in padding. */
static bool same(WS_VALUE_TYPE type, const void *one, const void *other)
{
    return !memcmp(one, other, type == WS_DATETIME_VALUE_TYPE ? 12 : size_of(type));
}

/* --- Reading --- */

/* What elements and attributes hold: characters, or a value that binary has a record for. */
struct content
{
    const char *text; /* NULL: the value */
    WS_VALUE_TYPE type;
    union value value;
};

static struct tested
{
    WS_XML_READER *reader;
    WS_HEAP *heap;
    WS_VALUE_TYPE type;
    union value read[2]; /* of the attribute or of the first element, and of the second */
} tested;

static void put(WS_XML_WRITER *writer, const struct content *content)
{
    if (content->text)
        chars8(writer, content->text);
    else
        ok(WsWriteValue(writer, content->type, &content->value, size_of(content->type), NULL));
}

/* <a b="..."><i>...</i><i>...</i></a>, which the reader is then set to. */
static void set_document(WS_XML_WRITER *writer, enum form form, const struct content *content)
{
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_XML_BUFFER *buffer = NULL;
    WS_BYTES bytes;
    int i;

    ok(WsResetHeap(tested.heap, NULL));
    if (form == IN_BUFFER)
    {
        ok(WsCreateXmlBuffer(tested.heap, NULL, 0, &buffer, NULL));
        ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    }
    else
        ok(WsSetOutput(writer, form == IN_TEXT ? &utf8.encoding : &binary_output.encoding, &memory_output.output, NULL,
                       0, NULL));
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, &name_b, &no_ns, FALSE, NULL));
    put(writer, content);
    ok(WsWriteEndAttribute(writer, NULL));
    for (i = 0; i < 2; i++)
    {
        start(writer, "i");
        put(writer, content);
        end(writer);
    }
    end(writer);
    if (form == IN_BUFFER)
    {
        ok(WsSetInputToBuffer(tested.reader, buffer, NULL, 0, NULL));
        return;
    }
    bytes = get_bytes(writer);
    input.encodedData = bytes.bytes;
    input.encodedDataSize = bytes.length;
    ok(WsSetInput(tested.reader, form == IN_TEXT ? &text_input.encoding : &binary_input.encoding, &input.input, NULL, 0,
                  NULL));
}

/* Reads one value where the reader is, by value or by pointer. */
static HRESULT read_type(WS_TYPE_MAPPING mapping, bool by_pointer, void *value)
{
    ULONG size = size_of(tested.type);
    void *pointer = NULL;
    HRESULT hr;

    if (!by_pointer)
        return WsReadType(tested.reader, mapping, type_of(tested.type), NULL, WS_READ_REQUIRED_VALUE, tested.heap,
                          value, size, NULL);
    hr = WsReadType(tested.reader, mapping, type_of(tested.type), NULL, WS_READ_REQUIRED_POINTER, tested.heap, &pointer,
                    sizeof(pointer), NULL);
    if (hr == S_OK)
        memcpy(value, pointer, size);
    return hr;
}

static HRESULT read_contents(bool by_type, bool by_pointer)
{
    HRESULT hr;
    int i;

    ok(WsReadStartElement(tested.reader, NULL));
    for (i = 0; i < 2; i++)
    {
        ok(WsReadStartElement(tested.reader, NULL));
        hr = by_type ? read_type(WS_ELEMENT_CONTENT_TYPE_MAPPING, by_pointer, &tested.read[i])
                     : WsReadValue(tested.reader, tested.type, &tested.read[i], size_of(tested.type), NULL);
        if (hr != S_OK)
            return hr;
        ok(WsReadEndElement(tested.reader, NULL));
    }
    ok(WsReadEndElement(tested.reader, NULL));
    return S_OK;
}

static HRESULT read_values(void)
{
    return read_contents(false, false);
}

static HRESULT read_content_types(void)
{
    return read_contents(true, false);
}

static HRESULT read_pointers(void)
{
    return read_contents(true, true);
}

static HRESULT read_elements(bool named)
{
    WS_ELEMENT_DESCRIPTION description = {&name_i, &no_ns, type_of(tested.type), NULL};
    HRESULT hr;
    int i;

    ok(WsReadStartElement(tested.reader, NULL));
    for (i = 0; i < 2; i++)
    {
        hr = named ? WsReadElement(tested.reader, &description, WS_READ_REQUIRED_VALUE, tested.heap, &tested.read[i],
                                   size_of(tested.type), NULL)
                   : read_type(WS_ELEMENT_TYPE_MAPPING, false, &tested.read[i]);
        if (hr != S_OK)
            return hr;
    }
    ok(WsReadEndElement(tested.reader, NULL));
    return S_OK;
}

static HRESULT read_element_types(void)
{
    return read_elements(false);
}

static HRESULT read_named_elements(void)
{
    return read_elements(true);
}

static HRESULT read_array(void)
{
    ULONG size = size_of(tested.type), count = 77;
    BYTE items[3 * sizeof(union value)];
    HRESULT hr;

    memset(items, 0x5a, sizeof(items));
    ok(WsReadStartElement(tested.reader, NULL));
    hr = WsReadArray(tested.reader, &name_i, &no_ns, tested.type, items, sizeof(items), 0, 3, &count, NULL);
    expect_size(hr == S_OK ? 2 : 77, count);
    memcpy(&tested.read[0], items, size);
    memcpy(&tested.read[1], items + size, size);
    if (hr == S_OK)
        ok(WsReadEndElement(tested.reader, NULL));
    return hr;
}

static HRESULT read_attribute(bool by_type)
{
    HRESULT hr;

    ok(WsReadToStartElement(tested.reader, &name_a, &no_ns, NULL, NULL));
    ok(WsReadStartAttribute(tested.reader, 0, NULL));
    hr = by_type ? read_type(WS_ATTRIBUTE_TYPE_MAPPING, false, &tested.read[0])
                 : WsReadValue(tested.reader, tested.type, &tested.read[0], size_of(tested.type), NULL);
    if (hr == S_OK)
        ok(WsReadEndAttribute(tested.reader, NULL));
    tested.read[1] = tested.read[0];
    return hr;
}

static HRESULT read_attribute_value(void)
{
    return read_attribute(false);
}

static HRESULT read_attribute_type(void)
{
    return read_attribute(true);
}

static HRESULT read_named_attribute(void)
{
    WS_ATTRIBUTE_DESCRIPTION description = {&name_b, &no_ns, type_of(tested.type), NULL};
    HRESULT hr;

    ok(WsReadToStartElement(tested.reader, &name_a, &no_ns, NULL, NULL));
    hr = WsReadAttribute(tested.reader, &description, WS_READ_REQUIRED_VALUE, tested.heap, &tested.read[0],
                         size_of(tested.type), NULL);
    tested.read[1] = tested.read[0];
    return hr;
}

/* The fields of a structure: an attribute and an array, or the array alone. */
struct fields
{
    union value attribute;
    BYTE *items;
    ULONG count;
};

static HRESULT read_fields(bool with_attribute)
{
    WS_FIELD_DESCRIPTION attribute = {.mapping = WS_ATTRIBUTE_FIELD_MAPPING,
                                      .localName = &name_b,
                                      .ns = &no_ns,
                                      .type = type_of(tested.type),
                                      .offset = offsetof(struct fields, attribute)};
    WS_FIELD_DESCRIPTION items = {.mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING,
                                  .type = type_of(tested.type),
                                  .offset = offsetof(struct fields, items),
                                  .countOffset = offsetof(struct fields, count),
                                  .itemLocalName = &name_i,
                                  .itemNs = &no_ns};
    WS_FIELD_DESCRIPTION *all[] = {&attribute, &items}, *array[] = {&items};
    WS_STRUCT_DESCRIPTION description = {.size = sizeof(struct fields),
                                         .alignment = 8,
                                         .fields = with_attribute ? all : array,
                                         .fieldCount = with_attribute ? 2 : 1,
                                         .structOptions = WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES};
    ULONG size = size_of(tested.type);
    struct fields fields;
    HRESULT hr;

    hr = WsReadType(tested.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &description, WS_READ_REQUIRED_VALUE,
                    tested.heap, &fields, sizeof(fields), NULL);
    if (hr != S_OK)
        return hr;
    expect_size(2, fields.count);
    memcpy(&tested.read[0], with_attribute ? fields.attribute.bytes : fields.items, size);
    memcpy(&tested.read[1], fields.items + size, size);
    return S_OK;
}

static HRESULT read_all_fields(void)
{
    return read_fields(true);
}

static HRESULT read_array_field(void)
{
    return read_fields(false);
}

static const struct
{
    const char *name;
    HRESULT (*read)(void);
} ways_to_read[] = {
    {"WsReadValue", read_values},
    {"WsReadValue of an attribute", read_attribute_value},
    {"WsReadArray", read_array},
    {"WsReadType of content", read_content_types},
    {"WsReadType by pointer", read_pointers},
    {"WsReadType of elements", read_element_types},
    {"WsReadType of an attribute", read_attribute_type},
    {"WsReadElement", read_named_elements},
    {"WsReadAttribute", read_named_attribute},
    {"WsReadType of a structure", read_all_fields},
    {"WsReadType of an array in a structure", read_array_field},
};

/* All ways, from one form: `wanted` is the value if hr is S_OK. */
static void check_form(WS_XML_WRITER *writer, enum form form, const struct content *content, WS_VALUE_TYPE type,
                       HRESULT wanted_hr, const union value *wanted)
{
    const char *what = content->text ? content->text : "a record";
    union value untouched;
    size_t i;

    memset(&untouched, 0x5a, sizeof(untouched));
    tested.type = type;
    for (i = 0; i < WsCountOf(ways_to_read); i++)
    {
        const union value *left = wanted_hr == S_OK ? wanted : &untouched;
        HRESULT hr;

        set_document(writer, form, content);
        tested.read[0] = tested.read[1] = untouched;
        hr = ways_to_read[i].read();
        if (hr != wanted_hr)
            test_fail(__FILE__, __LINE__, "\"%s\" of type %d by %s from form %d: 0x%08x", what, (int)type,
                      ways_to_read[i].name, (int)form, (unsigned)hr);
        if (!same(type, &tested.read[0], left) || !same(type, &tested.read[1], left))
            test_fail(__FILE__, __LINE__, "\"%s\" of type %d by %s from form %d is read as 0x%llx", what, (int)type,
                      ways_to_read[i].name, (int)form, (unsigned long long)tested.read[0].bits);
    }
}

struct row
{
    WS_VALUE_TYPE type;
    const char *text;
    HRESULT hr;
    union value value;
};

static void begin_reading(WS_XML_WRITER **writer)
{
    tested.reader = create_reader();
    tested.heap = create_heap(1 << 16);
    *writer = create_writer(NULL, 0);
}

static void end_reading(WS_XML_WRITER *writer)
{
    WsFreeWriter(writer);
    WsFreeReader(tested.reader);
    WsFreeHeap(tested.heap);
}

static void check_texts(const struct row *rows, size_t count)
{
    WS_XML_WRITER *writer;
    size_t i;
    int form;

    begin_reading(&writer);
    for (i = 0; i < count; i++)
        for (form = 0; form < FORMS; form++)
        {
            struct content content = {rows[i].text, rows[i].type, rows[i].value};

            check_form(writer, (enum form)form, &content, rows[i].type, rows[i].hr, &rows[i].value);
        }
    end_reading(writer);
}

#define READ(type, text, ...) \
    { \
        WS_##type##_VALUE_TYPE, text, S_OK, \
        { \
            __VA_ARGS__ \
        } \
    }
#define WRONG(type, text) \
    { \
        WS_##type##_VALUE_TYPE, text, WS_E_INVALID_FORMAT, \
        { \
            { \
                0 \
            } \
        } \
    }
#define LARGE(type, text) \
    { \
        WS_##type##_VALUE_TYPE, text, WS_E_NUMERIC_OVERFLOW, \
        { \
            { \
                0 \
            } \
        } \
    }

TEST(texts_that_are_booleans)
{
    static const struct row rows[] = {
        READ(BOOL, "true", .number = 1),
        READ(BOOL, "1", .number = 1),
        READ(BOOL, "false", .number = 0),
        READ(BOOL, "0", .number = 0),
        WRONG(BOOL, "TRUE"),
        WRONG(BOOL, "3"),
        WRONG(BOOL, ""),
    };

    check_texts(rows, WsCountOf(rows));
}

TEST(texts_that_are_integers)
{
    static const struct row rows[] = {
        READ(INT8, "-128", .number = -128),
        READ(INT16, "-32768", .number = -32768),
        READ(INT32, "-2147483648", .number = INT32_MIN),
        READ(INT64, "-9223372036854775808", .number = INT64_MIN),
        READ(UINT8, "255", .bits = 255),
        READ(UINT16, "65535", .bits = 65535),
        READ(UINT32, "4294967295", .bits = UINT32_MAX),
        READ(UINT64, "18446744073709551615", .bits = UINT64_MAX),
        READ(INT8, "-0", .number = 0),
        READ(UINT8, " 7 ", .bits = 7),
        WRONG(INT8, "-"),
        WRONG(INT8, " "),
        WRONG(INT8, ""),
        LARGE(INT8, "-129"),
        LARGE(INT16, "-32769"),
        WRONG(INT32, "-2147483649"),
        WRONG(INT64, "-9223372036854775809"),
        LARGE(UINT8, "256"),
        LARGE(UINT16, "65536"),
        LARGE(UINT32, "4294967296"),
        WRONG(UINT64, "18446744073709551616"),
        WRONG(UINT8, "+7"),
        LARGE(UINT8, "-200"),
        WRONG(UINT8, "0x1f"),
    };

    check_texts(rows, WsCountOf(rows));
}

/* The page of WsReadValue: "sign? digits" if it has a sign, "digits" if it has none. */
TEST(signs_of_integers)
{
    static const struct row rows[] = {
        READ(INT8, "+7", .number = 7),
        READ(INT16, "+7", .number = 7),
        READ(INT32, "+7", .number = 7),
        READ(INT64, "+7", .number = 7),
        WRONG(UINT16, "+7"),
        WRONG(UINT32, "+7"),
        WRONG(UINT64, "+7"),
        WRONG(UINT32, "-1"),
        WRONG(UINT64, "-1"),
        WRONG(UINT32, "-0"),
        WRONG(INT32, "+-7"),
        WRONG(INT32, "7-"),
        READ(INT32, "007", .number = 7),
    };

    check_texts(rows, WsCountOf(rows));
}

/*
 * Our choice, which extends what was observed on Windows: a text is read as a wider integer, of 32 bits for types of 8,
 * 16 and 32, of 64 for the others; what is none is no number, and only what is one can be too large.
 */
TEST(integers_far_beyond_their_range)
{
    static const struct row rows[] = {
        LARGE(INT8, "2147483647"),
        WRONG(INT8, "2147483648"),
        LARGE(INT16, "-2147483648"),
        WRONG(INT16, "-2147483649"),
        LARGE(UINT8, "2147483647"),
        WRONG(UINT8, "99999999999"),
        LARGE(UINT16, "-1"),
        WRONG(UINT16, "-2147483649"),
        WRONG(INT32, "2147483648"),
        LARGE(UINT32, "18446744073709551615"),
        WRONG(UINT32, "18446744073709551616"),
        WRONG(INT64, "9223372036854775808"),
        WRONG(UINT64, "99999999999999999999999999"),
    };

    check_texts(rows, WsCountOf(rows));
}

#define DOUBLE_INFINITY 0x7ff0000000000000
#define DOUBLE_SIGN     0x8000000000000000
#define FLOAT_INFINITY  0x7f800000
#define FLOAT_SIGN      0x80000000

/* The largest finite double, and half of its last bit more, which is rounded to infinity. */
#define LARGEST_DOUBLE_AND_HALF \
    "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977" \
    "587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845" \
    "817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559" \
    "69950809304288017790417449779"

TEST(texts_that_are_doubles)
{
    static const struct row rows[] = {
        READ(DOUBLE, "-", .bits = 0),
        READ(DOUBLE, "+", .bits = 0),
        READ(DOUBLE, ".", .bits = 0),
        READ(DOUBLE, "-.", .bits = 0),
        READ(DOUBLE, "+.", .bits = 0),
        READ(DOUBLE, ".5", .bits = 0x3fe0000000000000),
        READ(DOUBLE, "5.", .bits = 0x4014000000000000),
        READ(DOUBLE, " 5 ", .bits = 0x4014000000000000),
        READ(DOUBLE, "-0.0", .bits = DOUBLE_SIGN),
        READ(DOUBLE, "+0.0", .bits = 0),
        READ(DOUBLE, "3e5", .bits = 0x41124f8000000000),
        READ(DOUBLE, "3E+5", .bits = 0x41124f8000000000),
        READ(DOUBLE, "INF", .bits = DOUBLE_INFINITY),
        READ(DOUBLE, "-INF", .bits = DOUBLE_INFINITY | DOUBLE_SIGN),
        READ(DOUBLE, "NaN", .bits = 0xfff8000000000000),
        READ(DOUBLE, "1.8e308", .bits = DOUBLE_INFINITY),
        READ(DOUBLE, "-1.8e308", .bits = DOUBLE_INFINITY | DOUBLE_SIGN),
        READ(DOUBLE, LARGEST_DOUBLE_AND_HALF "2", .bits = DOUBLE_INFINITY),
        READ(DOUBLE, LARGEST_DOUBLE_AND_HALF "1.999", .bits = DOUBLE_INFINITY - 1),
        READ(DOUBLE, "4.9406564584124654e-324", .bits = 1),
        READ(DOUBLE, "9007199254740993", .bits = 0x4340000000000000),
        READ(DOUBLE, "9007199254740995", .bits = 0x4340000000000002),
        WRONG(DOUBLE, ""),
        WRONG(DOUBLE, "1,5"),
        WRONG(DOUBLE, "1.2.3"),
        WRONG(DOUBLE, "1a"),
        WRONG(DOUBLE, "3e"),
        WRONG(DOUBLE, "e5"),
        WRONG(DOUBLE, "3e5."),
        WRONG(DOUBLE, "+INF"),
        WRONG(DOUBLE, "-NaN"),
        WRONG(DOUBLE, "NAN"),
        WRONG(DOUBLE, "inf"),
        WRONG(DOUBLE, "Infinity"),
        WRONG(DOUBLE, "-Infinity"),
    };

    check_texts(rows, WsCountOf(rows));
}

TEST(texts_that_are_floats)
{
    static const struct row rows[] = {
        READ(FLOAT, "-", .bits = 0),
        READ(FLOAT, "+", .bits = 0),
        READ(FLOAT, ".5", .bits = 0x3f000000),
        READ(FLOAT, "5.", .bits = 0x40a00000),
        READ(FLOAT, " 5 ", .bits = 0x40a00000),
        READ(FLOAT, "-0.0", .bits = FLOAT_SIGN),
        READ(FLOAT, "INF", .bits = FLOAT_INFINITY),
        READ(FLOAT, "-INF", .bits = FLOAT_INFINITY | FLOAT_SIGN),
        READ(FLOAT, "NaN", .bits = 0xffc00000),
        READ(FLOAT, "3.41e38", .bits = FLOAT_INFINITY),
        READ(FLOAT, "-3.41e38", .bits = FLOAT_INFINITY | FLOAT_SIGN),
        READ(FLOAT, "340282356779733661637539395458142568448", .bits = FLOAT_INFINITY),
        READ(FLOAT, "340282356779733661637539395458142568447.9", .bits = FLOAT_INFINITY - 1),
        READ(FLOAT, "1.17549421e-38", .bits = 0x007fffff),
        READ(FLOAT, "1.17549435e-38", .bits = 0x00800000),
        /* Through a double it would be the number below. */
        READ(FLOAT, "1.00000017881393432617187500001", .bits = 0x3f800002),
        READ(FLOAT, "1.00000017881393421514957253748434595763683319091796875001", .bits = 0x3f800001),
        WRONG(FLOAT, ""),
        WRONG(FLOAT, "+INF"),
        WRONG(FLOAT, "-NaN"),
        WRONG(FLOAT, "Infinity"),
        WRONG(FLOAT, "3e"),
    };

    check_texts(rows, WsCountOf(rows));
}

/* Our choice, as of an exponent with nothing before it. */
TEST(exponents_without_a_digit_before_them)
{
    static const struct row rows[] = {
        WRONG(DOUBLE, "-e5"), WRONG(DOUBLE, ".e5"), WRONG(DOUBLE, "-.e5"), WRONG(FLOAT, "+e5"), WRONG(FLOAT, ".e5"),
    };

    check_texts(rows, WsCountOf(rows));
}

#define UTC   WS_DATETIME_FORMAT_UTC
#define LOCAL WS_DATETIME_FORMAT_LOCAL
#define NONE  WS_DATETIME_FORMAT_NONE

TEST(texts_that_are_dates)
{
    static const struct row rows[] = {
        READ(DATETIME, "0001-01-01T00:00:00Z", .date = {0, UTC}),
        READ(DATETIME, "0001-01-01T00:00:00.5Z", .date = {5000000, UTC}),
        READ(DATETIME, "0001-01-01T00:00:00.0000003Z", .date = {3, UTC}),
        READ(DATETIME, "0001-01-02T24:00:00Z", .date = {0x19254D38000, UTC}),
        READ(DATETIME, "2004-02-29T12:00:00Z", .date = {0x8C5CCD2B0FD2000, UTC}),
        READ(DATETIME, "2010-06-15T08:00:00+02:00", .date = {0x8CCDA671FA83000, LOCAL}),
        READ(DATETIME, "0001-01-01T00:00:00-00:05", .date = {3000000000, LOCAL}),
        READ(DATETIME, "9999-12-31T24:00:00+00:05", .date = {0x2BCA28754166E200, LOCAL}),
        READ(DATETIME, " 0001-01-01T00:00:00Z\n", .date = {0, UTC}),
        READ(DATETIME, "0001-01-01T13:59:00+13:59", .date = {0, LOCAL}),
        WRONG(DATETIME, ""),
        WRONG(DATETIME, "0001-01-01T00:00:00.Z"),
        WRONG(DATETIME, "0001-01-01T00:00:00.00000000Z"),
        WRONG(DATETIME, "0001-01-01T00:00:00Zx"),
        WRONG(DATETIME, "0001-01-01 00:00:00Z"),
        WRONG(DATETIME, "0001/01/01T00:00:00Z"),
        WRONG(DATETIME, "0001-01-01T00.00.00Z"),
        WRONG(DATETIME, "-0001-01-01T00:00:00Z"),
        WRONG(DATETIME, "+2004-01-01T00:00:00Z"),
        WRONG(DATETIME, "204-01-01T00:00:00Z"),
        WRONG(DATETIME, "0000-01-01T00:00:00Z"),
        WRONG(DATETIME, "2004-00-01T00:00:00Z"),
        WRONG(DATETIME, "2004-13-01T00:00:00Z"),
        WRONG(DATETIME, "2004-04-31T00:00:00Z"),
        WRONG(DATETIME, "2004-04-00T00:00:00Z"),
        WRONG(DATETIME, "1900-02-29T00:00:00Z"),
        READ(DATETIME, "2000-02-29T00:00:00Z", .date = {630873792000000000, UTC}),
        WRONG(DATETIME, "2004-01-01T24:00:01Z"),
        WRONG(DATETIME, "2004-01-01T24:01:00Z"),
        WRONG(DATETIME, "2004-01-01T25:00:00Z"),
        WRONG(DATETIME, "2004-01-01T00:60:00Z"),
        WRONG(DATETIME, "2004-01-01T00:00:60Z"),
        WRONG(DATETIME, "2004-01-01T00:00:00+14:01"),
        WRONG(DATETIME, "2004-01-01T00:00:00+15:00"),
        WRONG(DATETIME, "2004-01-01T00:00:00-15:00"),
        WRONG(DATETIME, "2004-01-01T00:00:00+13:60"),
        WRONG(DATETIME, "0001-01-01T00:00:00+00:05"),
        WRONG(DATETIME, "9999-12-31T24:00:00Z"),
        WRONG(DATETIME, "9999-12-31T24:00:00-00:05"),
    };

    check_texts(rows, WsCountOf(rows));
}

/* The page of WS_DATETIME_FORMAT. */
TEST(dates_without_a_zone)
{
    static const struct row rows[] = {
        READ(DATETIME, "2007-09-27T10:30:00", .date = {633264858000000000, NONE}),
        READ(DATETIME, "9999-12-31T23:59:59.9999999", .date = {0x2bca2875f4373fff, NONE}),
        WRONG(DATETIME, "9999-12-31T24:00:00"),
    };

    check_texts(rows, WsCountOf(rows));
}

/* Our choice: XML Schema allows offsets of 14 hours; years of five digits could only be too late. */
TEST(offsets_of_14_hours_and_years_of_five_digits)
{
    static const struct row rows[] = {
        READ(DATETIME, "0001-01-01T14:00:00+14:00", .date = {0, LOCAL}),
        READ(DATETIME, "0001-01-01T10:00:00-14:00", .date = {864000000000, LOCAL}),
        WRONG(DATETIME, "10000-01-01T00:00:00Z"),
        WRONG(DATETIME, "10000-01-01T00:00:00+14:00"),
        WRONG(DATETIME, "02004-01-01T00:00:00Z"),
    };

    check_texts(rows, WsCountOf(rows));
}

#define SOME_GUID \
    { \
        0x33221100, 0x5544, 0x7766, \
        { \
            0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff \
        } \
    }

TEST(texts_that_are_guids)
{
    static const struct row rows[] = {
        READ(GUID, "33221100-5544-7766-8899-aabbccddeeff", .guid = SOME_GUID),
        READ(GUID, "33221100-5544-7766-8899-AABBCCDDEEFF", .guid = SOME_GUID),
        READ(GUID, " 33221100-5544-7766-8899-aabbccddeeff ", .guid = SOME_GUID),
        WRONG(GUID, "{33221100-5544-7766-8899-aabbccddeeff}"),
        WRONG(GUID, "33221100-5544-7766-8899-aabbccddeef"),
        WRONG(GUID, "33221100554477668899aabbccddeeff"),
        WRONG(GUID, ""),
    };

    check_texts(rows, WsCountOf(rows));
}

/* The page of WsReadValue. */
TEST(texts_of_the_other_types)
{
    static const struct row rows[] = {
        READ(TIMESPAN, "1.00:00:00.0000001", .number = 864000000001),
        READ(TIMESPAN, "-00:00:01", .number = -10000000),
        WRONG(TIMESPAN, "24:00:00"),
        WRONG(TIMESPAN, "00:00:00.00000001"),
        WRONG(TIMESPAN, ""),
        LARGE(TIMESPAN, "10675199.02:48:05.4775808"),
        LARGE(DECIMAL, "79228162514264337593543950336"),
        WRONG(DECIMAL, "1e5"),
        WRONG(DECIMAL, ""),
        WRONG(DURATION, "P"),
        WRONG(DURATION, ""),
        LARGE(DURATION, "P4294967296Y"),
    };

    check_texts(rows, WsCountOf(rows));
}

/* Values that binary and XML buffers hold as such. */
static void check_records(const struct row *rows, const union value *held, const WS_VALUE_TYPE *types, size_t count)
{
    WS_XML_WRITER *writer;
    size_t i;

    begin_reading(&writer);
    for (i = 0; i < count; i++)
    {
        struct content content = {NULL, types[i], held[i]};

        check_form(writer, IN_BINARY, &content, rows[i].type, rows[i].hr, &rows[i].value);
        check_form(writer, IN_BUFFER, &content, rows[i].type, rows[i].hr, &rows[i].value);
    }
    end_reading(writer);
}

/* What the number as text would be does not matter. */
TEST(binary_numbers_that_do_not_fit_are_an_overflow)
{
    static const WS_VALUE_TYPE types[] = {WS_UINT64_VALUE_TYPE, WS_INT64_VALUE_TYPE, WS_INT32_VALUE_TYPE,
                                          WS_INT64_VALUE_TYPE,  WS_INT32_VALUE_TYPE, WS_UINT64_VALUE_TYPE};
    static const union value held[] = {{.bits = UINT64_MAX},         {.number = -1}, {.number = 1},
                                       {.number = INT64_C(1) << 40}, {.number = -1}, {.bits = UINT64_MAX}};
    static const struct row rows[] = {
        LARGE(UINT32, NULL), LARGE(UINT64, NULL), READ(INT32, NULL, .number = 1),
        LARGE(INT32, NULL),  LARGE(UINT32, NULL), LARGE(INT64, NULL),
    };

    check_records(rows, held, types, WsCountOf(rows));
}

/* Our choice: as the characters would be. */
TEST(binary_numbers_as_other_types)
{
    static const WS_VALUE_TYPE types[] = {WS_DOUBLE_VALUE_TYPE, WS_DOUBLE_VALUE_TYPE, WS_DOUBLE_VALUE_TYPE,
                                          WS_FLOAT_VALUE_TYPE,  WS_BOOL_VALUE_TYPE,   WS_DOUBLE_VALUE_TYPE};
    static const union value held[] = {{.bits = 0x7fe0000000000000},
                                       {.bits = 0x7ff8000000000000},
                                       {.bits = 0x4014000000000000},
                                       {.bits = 0x3fc00000},
                                       {.number = 1},
                                       {.bits = 0x3fb999999999999a}};
    static const struct row rows[] = {
        READ(FLOAT, NULL, .bits = FLOAT_INFINITY),
        READ(FLOAT, NULL, .bits = 0xffc00000),
        READ(INT32, NULL, .number = 5),
        WRONG(INT32, NULL),
        WRONG(INT32, NULL),
        READ(FLOAT, NULL, .bits = 0x3dcccccd),
    };

    check_records(rows, held, types, WsCountOf(rows));
}

/* --- Writing --- */

static HRESULT write_value(WS_XML_WRITER *writer, const struct row *row)
{
    return WsWriteValue(writer, row->type, &row->value, size_of(row->type), NULL);
}

static HRESULT write_type(WS_XML_WRITER *writer, const struct row *row)
{
    return WsWriteType(writer, WS_ELEMENT_TYPE_MAPPING, type_of(row->type), NULL, WS_WRITE_REQUIRED_VALUE, &row->value,
                       size_of(row->type), NULL);
}

static HRESULT write_content_type(WS_XML_WRITER *writer, const struct row *row)
{
    const void *pointer = &row->value;

    return WsWriteType(writer, WS_ELEMENT_CONTENT_TYPE_MAPPING, type_of(row->type), NULL, WS_WRITE_REQUIRED_POINTER,
                       &pointer, sizeof(pointer), NULL);
}

static HRESULT write_attribute_type(WS_XML_WRITER *writer, const struct row *row)
{
    return WsWriteType(writer, WS_ATTRIBUTE_TYPE_MAPPING, type_of(row->type), NULL, WS_WRITE_REQUIRED_VALUE,
                       &row->value, size_of(row->type), NULL);
}

/* As a text of its type; those that have none as values. */
static HRESULT write_text(WS_XML_WRITER *writer, const struct row *row)
{
    union
    {
        WS_XML_TEXT text;
        WS_XML_BOOL_TEXT boolean;
        WS_XML_INT32_TEXT int32;
        WS_XML_INT64_TEXT int64;
        WS_XML_UINT64_TEXT uint64;
        WS_XML_FLOAT_TEXT single;
        WS_XML_DOUBLE_TEXT twice;
        WS_XML_DECIMAL_TEXT decimal;
        WS_XML_DATETIME_TEXT date;
        WS_XML_TIMESPAN_TEXT span;
        WS_XML_GUID_TEXT guid;
    } u;

#define CASE(type, member) \
    case WS_##type##_VALUE_TYPE: \
        u.text.textType = WS_XML_TEXT_TYPE_##type; \
        memcpy(&u.member.value, &row->value, sizeof(u.member.value)); \
        break
    switch (row->type)
    {
        CASE(BOOL, boolean);
        CASE(INT32, int32);
        CASE(INT64, int64);
        CASE(UINT64, uint64);
        CASE(FLOAT, single);
        CASE(DOUBLE, twice);
        CASE(DECIMAL, decimal);
        CASE(DATETIME, date);
        CASE(TIMESPAN, span);
        CASE(GUID, guid);
    default: return write_value(writer, row);
    }
#undef CASE
    return WsWriteText(writer, &u.text, NULL);
}

static HRESULT write_array(WS_XML_WRITER *writer, const struct row *row)
{
    return WsWriteArray(writer, &name_i, &no_ns, row->type, &row->value, size_of(row->type), 0, 1, NULL);
}

static HRESULT write_element(WS_XML_WRITER *writer, const struct row *row)
{
    WS_ELEMENT_DESCRIPTION description = {&name_i, &no_ns, type_of(row->type), NULL};

    return WsWriteElement(writer, &description, WS_WRITE_REQUIRED_VALUE, &row->value, size_of(row->type), NULL);
}

static HRESULT write_attribute(WS_XML_WRITER *writer, const struct row *row)
{
    WS_ATTRIBUTE_DESCRIPTION description = {&name_b, &no_ns, type_of(row->type), NULL};

    return WsWriteAttribute(writer, &description, WS_WRITE_REQUIRED_VALUE, &row->value, size_of(row->type), NULL);
}

/* Where a function writes its value: it or the test writes the element or attribute around it. */
enum place
{
    IN_CONTENT,
    IN_ATTRIBUTE,
    AN_ELEMENT,
    AN_ATTRIBUTE
};

static const struct
{
    const char *name;
    enum place place;
    HRESULT (*write)(WS_XML_WRITER *, const struct row *);
} ways_to_write[] = {
    {"WsWriteValue", IN_CONTENT, write_value},
    {"WsWriteValue", IN_ATTRIBUTE, write_value},
    {"WsWriteText", IN_CONTENT, write_text},
    {"WsWriteText", IN_ATTRIBUTE, write_text},
    {"WsWriteType", IN_CONTENT, write_type},
    {"WsWriteType of content", IN_CONTENT, write_content_type},
    {"WsWriteType", IN_ATTRIBUTE, write_attribute_type},
    {"WsWriteArray", AN_ELEMENT, write_array},
    {"WsWriteElement", AN_ELEMENT, write_element},
    {"WsWriteAttribute", AN_ATTRIBUTE, write_attribute},
};

static HRESULT write_way(WS_XML_WRITER *writer, size_t way, const struct row *row)
{
    enum place place = ways_to_write[way].place;
    HRESULT hr;

    start(writer, "a");
    if (place == IN_CONTENT)
        start(writer, "i");
    if (place == IN_ATTRIBUTE)
        ok(WsWriteStartAttribute(writer, NULL, &name_b, &no_ns, FALSE, NULL));
    hr = ways_to_write[way].write(writer, row);
    if (hr != S_OK)
        return hr;
    if (place == IN_CONTENT)
        end(writer);
    if (place == IN_ATTRIBUTE)
        ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    return S_OK;
}

/* The text of a row is what is written, if hr is S_OK; then it is also what comes out of binary and of an XML buffer.
 */
static void check_written(const struct row *rows, size_t count)
{
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(1 << 16);
    size_t row, way;
    int form;

    for (row = 0; row < count; row++)
        for (way = 0; way < WsCountOf(ways_to_write); way++)
            for (form = 0; form < FORMS; form++)
            {
                bool in_attribute =
                    ways_to_write[way].place == IN_ATTRIBUTE || ways_to_write[way].place == AN_ATTRIBUTE;
                WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
                WS_XML_BUFFER *buffer = NULL;
                char wanted[100];
                WS_BYTES bytes;
                HRESULT hr;

                ok(WsResetHeap(heap, NULL));
                ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
                if (form == IN_BUFFER)
                    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
                else
                    ok(WsSetOutput(writer, form == IN_TEXT ? &utf8.encoding : &binary_output.encoding,
                                   &memory_output.output, NULL, 0, NULL));
                hr = write_way(writer, way, &rows[row]);
                if (hr != rows[row].hr)
                    test_fail(__FILE__, __LINE__, "row %zu by %s in form %d: 0x%08x", row, ways_to_write[way].name,
                              form, (unsigned)hr);
                if (hr != S_OK)
                    continue;
                if (form == IN_BINARY)
                {
                    bytes = get_bytes(writer);
                    input.encodedData = bytes.bytes;
                    input.encodedDataSize = bytes.length;
                    ok(WsSetInput(reader, &binary_input.encoding, &input.input, NULL, 0, NULL));
                    ok(WsReadXmlBuffer(reader, heap, &buffer, NULL));
                }
                if (form != IN_TEXT)
                {
                    set_output(writer, NULL, 0);
                    ok(WsWriteXmlBuffer(writer, buffer, NULL));
                }
                /* Binary does not say that an element is empty. */
                snprintf(wanted, sizeof(wanted),
                         !in_attribute       ? "<a><i>%s</i></a>"
                         : form == IN_BINARY ? "<a b=\"%s\"></a>"
                                             : "<a b=\"%s\"/>",
                         rows[row].text);
                expect_output(writer, wanted);
            }
    WsFreeHeap(heap);
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

TEST(values_as_they_are_written)
{
    static const struct row rows[] = {
        READ(BOOL, "true", .number = 1),
        READ(BOOL, "true", .number = -1),
        READ(BOOL, "false", .number = 0),
        READ(INT8, "-128", .number = -128),
        READ(INT16, "-32768", .number = -32768),
        READ(INT32, "-2147483648", .number = INT32_MIN),
        READ(INT64, "-9223372036854775808", .number = INT64_MIN),
        READ(UINT8, "255", .bits = 255),
        READ(UINT16, "65535", .bits = 65535),
        READ(UINT32, "4294967295", .bits = UINT32_MAX),
        READ(UINT64, "18446744073709551615", .bits = UINT64_MAX),
        READ(GUID, "00000000-0000-0000-0000-000000000000", .bits = 0),
        READ(DOUBLE, "0", .bits = 0),
        READ(DOUBLE, "0.1", .bits = 0x3fb999999999999a),
        READ(DOUBLE, "1E-2", .bits = 0x3f847ae147ae147b),
        READ(DOUBLE, "INF", .bits = DOUBLE_INFINITY),
        READ(DOUBLE, "-INF", .bits = DOUBLE_INFINITY | DOUBLE_SIGN),
        READ(DOUBLE, "NaN", .bits = 0xfff8000000000000),
    };

    check_written(rows, WsCountOf(rows));
}

/* A local date before 1601 has no local time, in whatever zone this runs. */
TEST(dates_as_they_are_written)
{
    static const struct row rows[] = {
        READ(DATETIME, "0001-01-01T00:00:00Z", .date = {0, UTC}),
        READ(DATETIME, "0001-01-01T00:00:00", .date = {0, NONE}),
        READ(DATETIME, "0001-01-01T00:00:00+00:00", .date = {0, LOCAL}),
        READ(DATETIME, "0001-01-01T00:00:00.0000001Z", .date = {1, UTC}),
        READ(DATETIME, "0001-01-01T00:00:00.000002", .date = {20, NONE}),
        READ(DATETIME, "0001-01-01T00:00:00.2+00:00", .date = {2000000, LOCAL}),
        READ(DATETIME, "1600-12-31T23:59:59.9999999+00:00", .date = {504911231999999999, LOCAL}),
        READ(DATETIME, "9999-12-31T23:59:59.9999999Z", .date = {0x2bca2875f4373fff, UTC}),
        READ(DATETIME, "9999-12-31T23:59:59.9999999", .date = {0x2bca2875f4373fff, NONE}),
        {WS_DATETIME_VALUE_TYPE, NULL, WS_E_INVALID_FORMAT, {.date = {0x2bca2875f4374000, UTC}}},
        {WS_DATETIME_VALUE_TYPE, NULL, WS_E_INVALID_FORMAT, {.date = {0x2bca2875f4374000, LOCAL}}},
        {WS_DATETIME_VALUE_TYPE, NULL, WS_E_INVALID_FORMAT, {.date = {UINT64_MAX, NONE}}},
        {WS_DATETIME_VALUE_TYPE, NULL, WS_E_INVALID_FORMAT, {.date = {0, (WS_DATETIME_FORMAT)3}}},
    };

    check_written(rows, WsCountOf(rows));
}

/* The page of WsWriteValue. */
TEST(values_of_the_other_types_as_they_are_written)
{
    static const struct row rows[] = {
        READ(FLOAT, "0.1", .bits = 0x3dcccccd), READ(FLOAT, "-INF", .bits = FLOAT_INFINITY | FLOAT_SIGN),
        READ(FLOAT, "NaN", .bits = 0xffc00000), READ(TIMESPAN, "1.00:00:00.0000001", .number = 864000000001),
        READ(DURATION, "PT0S", .bits = 0),      READ(DECIMAL, "0", .bits = 0),
    };

    check_written(rows, WsCountOf(rows));
}

/* Our choice, after what was observed on Windows of dates. */
TEST(values_that_cannot_be_written)
{
    struct row rows[2] = {{WS_DECIMAL_VALUE_TYPE, NULL, WS_E_INVALID_FORMAT, {{0}}},
                          {WS_DURATION_VALUE_TYPE, NULL, WS_E_INVALID_FORMAT, {{0}}}};

    rows[0].value.decimal.scale = 29;
    rows[1].value.duration.milliseconds = 1000;
    check_written(rows, WsCountOf(rows));
}
