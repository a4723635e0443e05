/* SPDX-License-Identifier: MIT */
/*
 * Reading texts as values: WsReadValue of every type, WsReadArray, WsReadQualifiedName. Which texts are values is the
 * matter of typed-values.
 *
 * Source: the pages of the functions; XML Schema.
 */
#include "support/reader.h"

static const WS_XML_STRING name_i = STRING("i"), empty = STRING(""), urn = STRING("u");

/* Stands in the content of an element, and reads a value. */
static HRESULT value_of(WS_XML_READER *reader, const char *content, WS_VALUE_TYPE type, void *value, ULONG size,
                        WS_ERROR *error)
{
    static char text[300]; /* the reader shows what is in it */

    snprintf(text, sizeof(text), "<a>%s</a>", content);
    set_text_string(reader, text);
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    return WsReadValue(reader, type, value, size, error);
}

TEST(values_of_every_type)
{
    WS_XML_READER *reader = create_reader();
    BOOL boolean = 7;
    int8_t int8 = 7;
    int16_t int16 = 7;
    int32_t int32 = 7;
    int64_t int64 = 7;
    uint8_t uint8 = 7;
    uint16_t uint16 = 7;
    uint32_t uint32 = 7;
    uint64_t uint64 = 7;
    float single = 7;
    double twice = 7;
    DECIMAL decimal;
    WS_DATETIME datetime;
    WS_TIMESPAN timespan;
    WS_DURATION duration;
    GUID guid;

    expect_hr(S_OK, value_of(reader, "true", WS_BOOL_VALUE_TYPE, &boolean, sizeof(boolean), NULL));
    expect(boolean == TRUE);
    expect_hr(S_OK, value_of(reader, "0", WS_BOOL_VALUE_TYPE, &boolean, sizeof(boolean), NULL));
    expect(boolean == FALSE);
    expect_hr(S_OK, value_of(reader, "-128", WS_INT8_VALUE_TYPE, &int8, sizeof(int8), NULL));
    expect(int8 == -128);
    expect_hr(S_OK, value_of(reader, "32767", WS_INT16_VALUE_TYPE, &int16, sizeof(int16), NULL));
    expect(int16 == 32767);
    expect_hr(S_OK, value_of(reader, "-2147483648", WS_INT32_VALUE_TYPE, &int32, sizeof(int32), NULL));
    expect(int32 == INT32_MIN);
    expect_hr(S_OK, value_of(reader, "9223372036854775807", WS_INT64_VALUE_TYPE, &int64, sizeof(int64), NULL));
    expect(int64 == INT64_MAX);
    expect_hr(S_OK, value_of(reader, "255", WS_UINT8_VALUE_TYPE, &uint8, sizeof(uint8), NULL));
    expect(uint8 == 255);
    expect_hr(S_OK, value_of(reader, "65535", WS_UINT16_VALUE_TYPE, &uint16, sizeof(uint16), NULL));
    expect(uint16 == 65535);
    expect_hr(S_OK, value_of(reader, "4294967295", WS_UINT32_VALUE_TYPE, &uint32, sizeof(uint32), NULL));
    expect(uint32 == UINT32_MAX);
    expect_hr(S_OK, value_of(reader, "18446744073709551615", WS_UINT64_VALUE_TYPE, &uint64, sizeof(uint64), NULL));
    expect(uint64 == UINT64_MAX);
    expect_hr(S_OK, value_of(reader, "1.5", WS_FLOAT_VALUE_TYPE, &single, sizeof(single), NULL));
    expect(single == 1.5f);
    expect_hr(S_OK, value_of(reader, "-2.5e3", WS_DOUBLE_VALUE_TYPE, &twice, sizeof(twice), NULL));
    expect(twice == -2500.0);
    expect_hr(S_OK, value_of(reader, "1.50", WS_DECIMAL_VALUE_TYPE, &decimal, sizeof(decimal), NULL));
    expect_hr(S_OK,
              value_of(reader, "2009-03-14T09:26:53Z", WS_DATETIME_VALUE_TYPE, &datetime, sizeof(datetime), NULL));
    expect(datetime.format == WS_DATETIME_FORMAT_UTC);
    expect_hr(S_OK, value_of(reader, "1.02:03:04", WS_TIMESPAN_VALUE_TYPE, &timespan, sizeof(timespan), NULL));
    expect_hr(S_OK, value_of(reader, "P1Y2M", WS_DURATION_VALUE_TYPE, &duration, sizeof(duration), NULL));
    expect(duration.years == 1 && duration.months == 2);
    expect_hr(S_OK,
              value_of(reader, "00112233-4455-6677-8899-aabbccddeeff", WS_GUID_VALUE_TYPE, &guid, sizeof(guid), NULL));
    expect(guid.Data1 == 0x00112233u);
    WsFreeReader(reader);
}

/* The page of WsReadValue has a grammar, which takes more than XML Schema does. */
TEST(durations_can_have_a_plus)
{
    WS_XML_READER *reader = create_reader();
    WS_DURATION duration;

    expect_hr(S_OK, value_of(reader, "+P1Y2M", WS_DURATION_VALUE_TYPE, &duration, sizeof(duration), NULL));
    expect(!duration.negative && duration.years == 1 && duration.months == 2);
    expect_hr(WS_E_INVALID_FORMAT,
              value_of(reader, "+-P1Y", WS_DURATION_VALUE_TYPE, &duration, sizeof(duration), NULL));
    WsFreeReader(reader);
}

TEST(the_text_of_a_value_can_be_in_pieces)
{
    static const char *const contents[] = {
        "42",       "  42\n", "&#52;2", "4<!--c-->2", "<![CDATA[42]]>", " <!--c--> 4<![CDATA[2]]> <!--d--> ",
        "\r\n42\t", "42<b/>", "+42",    "0042"};
    WS_XML_READER *reader = create_reader();
    int32_t value;
    size_t i;

    for (i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
    {
        value = 0;
        if (value_of(reader, contents[i], WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL) != S_OK || value != 42)
            test_fail(__FILE__, __LINE__, "%s: %d", contents[i], (int)value);
        /* The reader is at the element or end element that follows. */
        expect(current_type(reader) == WS_XML_NODE_TYPE_ELEMENT ||
               current_type(reader) == WS_XML_NODE_TYPE_END_ELEMENT);
    }
    WsFreeReader(reader);
}

TEST(values_refused)
{
    static const struct
    {
        WS_VALUE_TYPE type;
        ULONG size;
        const char *content;
        HRESULT hr;
    } cases[] = {
        {WS_INT32_VALUE_TYPE, 4, "", WS_E_INVALID_FORMAT},
        {WS_INT32_VALUE_TYPE, 4, "x", WS_E_INVALID_FORMAT},
        {WS_INT32_VALUE_TYPE, 4, "4 2", WS_E_INVALID_FORMAT},
        {WS_INT32_VALUE_TYPE, 4, "<b>1</b>", WS_E_INVALID_FORMAT},
        {WS_INT16_VALUE_TYPE, 2, "32768", WS_E_NUMERIC_OVERFLOW},
        {WS_UINT8_VALUE_TYPE, 1, "256", WS_E_NUMERIC_OVERFLOW},
        {WS_BOOL_VALUE_TYPE, 4, "TRUE", WS_E_INVALID_FORMAT},
        {WS_INT32_VALUE_TYPE, 4, "1<!--c-->&x;", WS_E_INVALID_FORMAT},
        {WS_INT32_VALUE_TYPE, 3, "1", E_INVALIDARG},
        {WS_INT32_VALUE_TYPE, 8, "1", E_INVALIDARG},
        {(WS_VALUE_TYPE)16, 4, "1", E_INVALIDARG},
        {(WS_VALUE_TYPE)-1, 4, "1", E_INVALIDARG},
    };
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    unsigned char value[8];
    ULONG strings;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        memset(value, 0x5a, sizeof(value));
        expect_hr(S_OK, WsResetError(error));
        if (value_of(reader, cases[i].content, cases[i].type, value, cases[i].size, error) != cases[i].hr)
            test_fail(__FILE__, __LINE__, "case %zu", i);
        expect(value[0] == 0x5a && value[7] == 0x5a);
        expect_hr(S_OK, WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &strings, sizeof(strings)));
        expect(strings > 0);
        expect_hr(cases[i].hr == E_INVALIDARG ? S_OK : WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    }
    expect_hr(E_INVALIDARG, value_of(reader, "1", WS_INT32_VALUE_TYPE, NULL, 4, error));
    expect_hr(E_INVALIDARG, WsReadValue(NULL, WS_INT32_VALUE_TYPE, value, 4, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

/* One sentence says what is wrong with a value, where it is, and in which element. */
TEST(what_is_no_value_is_said_with_its_place)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_STRING name = STRING("untouched"), ns = STRING("untouched");
    int32_t value = 7;

    set_text_string(reader, "<a>\n <b>\r\n  abc </b></a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, 4, error),
                   "Line 3, column 3, in the element \"b\": \"abc\" is not a signed 32-bit integer.");
    set_text_string(reader, "<a>12<!--c--><![CDATA[34567]]><b/></a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_refused(
        error, WS_E_NUMERIC_OVERFLOW, WsReadValue(reader, WS_INT16_VALUE_TYPE, &value, 2, error),
        "Line 1, column 4, in the element \"a\": \"1234567\" is outside the range of a signed 16-bit integer.");
    set_text_string(reader, "<p:a xmlns:p='u'> </p:a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadValue(reader, WS_BOOL_VALUE_TYPE, &value, 4, error),
                   "Line 1, column 19, in the element \"p:a\": The text is empty; a boolean is expected.");
    set_text_string(reader, "<a>\n <b>p:x</b></a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadQualifiedName(reader, heap, NULL, &name, &ns, error),
                   "Line 2, column 5, in the element \"b\": The prefix \"p\" is not declared.");
    expect(value == 7 && string_is(&name, "untouched"));
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(what_is_no_value_in_an_attribute_is_said_with_its_place)
{
    static const char *const sentences[] = {
        "Line 2, column 2, in the attribute \"b\" of the element \"a\": \"x\" is not",
        "Line 2, column 8, in the attribute \"xmlns:p\" of the element \"a\": \"u\" is not",
        "Line 2, column 20, in the attribute \"p:c\" of the element \"a\": \"y\" is not",
        "Line 2, column 28, in the attribute \"xmlns\" of the element \"a\": \"v\" is not",
    };
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    int32_t value = 7;
    ULONG i;

    for (i = 0; i < 4; i++)
    {
        set_text_string(reader, "<a\n b='x' xmlns:p='u' p:c='y' xmlns='v'/>");
        next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        expect_hr(S_OK, WsReadStartAttribute(reader, i, NULL));
        expect_refused(error, WS_E_INVALID_FORMAT, WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, 4, error),
                       sentences[i]);
    }
    WsFreeError(error);
    WsFreeReader(reader);
}

static void set_source(WS_XML_READER *reader, const void *bytes, size_t length, WS_XML_READER_ENCODING_TYPE type)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)length};

    expect_hr(S_OK, WsSetInput(reader, type == WS_XML_READER_ENCODING_TYPE_BINARY ? &binary.encoding : &text.encoding,
                               &input.input, NULL, 0, NULL));
}

static WS_XML_BUFFER *read_buffer(WS_XML_READER *reader, WS_HEAP *heap, const char *text)
{
    WS_XML_BUFFER *buffer = NULL;

    set_text_string(reader, text);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    return buffer;
}

/* The place is the same however the document comes; what has no lines has an offset, and an XML buffer neither. */
TEST(the_place_of_a_value_in_every_encoding)
{
    static const char document[] = "<r>\n<a> abc</a></r>";
    static const char binary[] = "\x40\x01r\x40\x01"
                                 "a\x99\x03"
                                 "abc\x01";
    static const char numbers[] = "\x40\x01r\x40\x01"
                                  "a\x8b\x10\x27\x01";
    static BYTE wide[60000];
    static char large[30000];
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    struct stream stream = {(const BYTE *)document, sizeof(document) - 1, 0, 3, 0};
    size_t length, i;
    BYTE value[8];

#define expect_no_value(text) \
    do \
    { \
        expect_hr(S_OK, WsReadStartElement(reader, NULL)); \
        expect_hr(S_OK, WsReadStartElement(reader, NULL)); \
        expect_refused(error, WS_E_INVALID_FORMAT, WsReadValue(reader, WS_BOOL_VALUE_TYPE, value, 4, error), text); \
    } while (0)

    set_stream(reader, &stream, 16, WS_CHARSET_AUTO);
    expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
    expect_no_value("Line 2, column 5, in the element \"a\": \"abc\" is not a boolean.");
    for (i = 0; i < 2; i++)
    {
        length = to_utf16(document, sizeof(document) - 1, i == 1, true, wide);
        set_source(reader, wide, length, WS_XML_READER_ENCODING_TYPE_TEXT);
        expect_no_value("Line 2, column 5, in the element \"a\": \"abc\" is not a boolean.");
    }
    set_source(reader, binary, sizeof(binary) - 1, WS_XML_READER_ENCODING_TYPE_BINARY);
    expect_no_value("Before offset 11, in the element \"a\": \"abc\" is not a boolean.");
    set_source(reader, numbers, sizeof(numbers) - 1, WS_XML_READER_ENCODING_TYPE_BINARY);
    expect_no_value("Before offset 9, in the element \"a\": \"10000\" is not a boolean.");
    expect_hr(S_OK, WsSetInputToBuffer(reader, read_buffer(reader, heap, document), NULL, 0, NULL));
    expect_no_value("In the element \"a\": \"abc\" is not a boolean.");

    /* The window has moved since the value began: only its end is known. */
    sprintf(large, "<r><a>%20000s</a></r>", "abc");
    length = to_utf16(large, strlen(large), false, false, wide);
    set_source(reader, wide, length, WS_XML_READER_ENCODING_TYPE_TEXT);
    expect_no_value("Before line 1, column 20007, in the element \"a\": \"abc\" is not a boolean.");
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

/* Our choice: a limit on what is gathered for a value. */
TEST(a_value_is_not_too_long)
{
    static char text[70100];
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    int32_t value = 7;

    /* White space does not count, digits do. */
    memcpy(text, "<a>", 3);
    memset(text + 3, ' ', 70000);
    strcpy(text + 70003, "5</a>");
    set_text_string(reader, text);
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), error));
    expect_size(5, (size_t)value);
    memset(text + 3, '0', 70000);
    set_text_string(reader, text);
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), error),
                   "65536 bytes");
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(values_of_attributes)
{
    WS_XML_READER *reader = create_reader();
    int32_t value = 7;

    set_text_string(reader, "<a b=' 42 ' c='x'/>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsReadStartAttribute(reader, 0, NULL));
    expect_hr(S_OK, WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    expect_size(42, (size_t)value);
    expect_hr(S_OK, WsReadEndAttribute(reader, NULL));
    expect_hr(S_OK, WsReadStartAttribute(reader, 1, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    WsFreeReader(reader);
}

TEST(WsReadArray_reads_elements)
{
    static const char text[] = "<a> <i>1</i><!--c--><i> 2 </i>\n<i>3</i><i>4</i><j>5</j><i>6</i></a>";
    WS_XML_READER *reader = create_reader();
    int32_t array[8];
    ULONG count = 77;

    memset(array, 0, sizeof(array));
    set_text_string(reader, text);
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, sizeof(array), 1, 2, &count, NULL));
    expect_size(2, count);
    expect(array[0] == 0 && array[1] == 1 && array[2] == 2 && array[3] == 0);
    expect_hr(S_OK,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, sizeof(array), 3, 5, &count, NULL));
    expect_size(2, count);
    expect(array[3] == 3 && array[4] == 4 && array[5] == 0);
    expect_hr(S_OK,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, sizeof(array), 0, 8, &count, NULL));
    expect_size(0, count); /* at <j> */
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_hr(S_OK, WsReadArray(reader, &name_i, &urn, WS_INT32_VALUE_TYPE, array, sizeof(array), 0, 8, &count, NULL));
    expect_size(0, count); /* another namespace */
    expect_hr(S_OK, WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, NULL, 0, 0, 0, &count, NULL));
    expect_size(0, count);
    expect_hr(S_OK,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, sizeof(array), 7, 1, &count, NULL));
    expect_size(1, count);
    expect(array[7] == 6);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    WsFreeReader(reader);
}

TEST(WsReadArray_refuses)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    int32_t array[4] = {7, 7, 7, 7};
    ULONG count = 77;

    set_text_string(reader, "<i>1</i>");
    expect_hr(E_INVALIDARG, WsReadArray(NULL, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 16, 0, 4, &count, error));
    expect_hr(E_INVALIDARG, WsReadArray(reader, NULL, &empty, WS_INT32_VALUE_TYPE, array, 16, 0, 4, &count, error));
    expect_hr(E_INVALIDARG, WsReadArray(reader, &name_i, NULL, WS_INT32_VALUE_TYPE, array, 16, 0, 4, &count, error));
    expect_hr(E_INVALIDARG, WsReadArray(reader, &name_i, &empty, (WS_VALUE_TYPE)99, array, 16, 0, 4, &count, error));
    expect_hr(E_INVALIDARG, WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, NULL, 16, 0, 4, &count, error));
    expect_hr(E_INVALIDARG, WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 16, 0, 4, NULL, error));
    expect_refused(error, E_INVALIDARG,
                   WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 15, 0, 4, &count, error),
                   "do not fit");
    expect_hr(E_INVALIDARG, WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 16, 1, 4, &count, error));
    expect_hr(E_INVALIDARG,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 16, 0xffffffffu, 2, &count, error));
    expect_hr(E_INVALIDARG,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 16, 0, 0xffffffffu, &count, error));
    expect(count == 77 && array[0] == 7);
    expect_hr(S_OK, WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 16, 0, 4, &count, error));
    expect(count == 1 && array[0] == 1);

    set_text_with(reader, "<i>1</i><i>x</i>", WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, TRUE);
    count = 77;
    expect_hr(WS_E_INVALID_FORMAT,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 16, 0, 4, &count, error));
    expect_size(77, count);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, error));
    /* Something else in the content. */
    set_text_string(reader, "<i>1<b/></i>");
    expect_hr(WS_E_INVALID_FORMAT,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, 16, 0, 4, &count, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(WsReadArray_of_a_stream)
{
    static const char text[] = "<a><i>1</i><i>2</i><i>3</i></a>";
    struct stream stream = {(const BYTE *)text, sizeof(text) - 1, 0, 1, 0};
    WS_XML_READER *reader = create_reader();
    int32_t array[3];
    ULONG count = 77, total;

    set_stream(reader, &stream, 16, WS_CHARSET_UTF8);
    expect_hr(S_OK, WsFillReader(reader, 4, NULL, NULL));
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    for (total = 0; total < 3; total += count)
    {
        expect_hr(S_OK, WsFillReader(reader, 8, NULL, NULL));
        expect_hr(S_OK, WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, sizeof(array), total,
                                    3 - total, &count, NULL));
        expect_size(1, count);
        expect_size(total + 1, (size_t)array[total]);
    }
    expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
    expect_hr(S_OK,
              WsReadArray(reader, &name_i, &empty, WS_INT32_VALUE_TYPE, array, sizeof(array), 0, 3, &count, NULL));
    expect_size(0, count);
    WsFreeReader(reader);
}

TEST(WsReadQualifiedName_in_scope)
{
    static const struct
    {
        const char *text, *prefix, *name, *ns; /* ns NULL: not declared */
    } cases[] = {
        {"<a>b</a>", "", "b", ""},
        {"<a xmlns='d'> b\n</a>", "", "b", "d"},
        {"<a xmlns:p='u'>p:b</a>", "p", "b", "u"},
        {"<a xmlns:p='u'>p<!--c-->:<![CDATA[b]]></a>", "p", "b", "u"},
        {"<a xmlns:p='u'>p:b<c xmlns:p='v'/></a>", "p", "b", "u"}, /* not that of the child */
        {"<a>xml:lang</a>", "xml", "lang", "http://www.w3.org/XML/1998/namespace"},
        {"<a>q:b</a>", "q", "b", NULL},
        {"<a>b<c xmlns:q='v'/></a>", "", "b", ""},
        {"<a>q:b<c xmlns:q='v'/></a>", "q", "b", NULL},
        {"<a>\xc3\xa4</a>", "", "\xc3\xa4", ""},
        /* Observed on Windows: what is after the first colon is not looked at. */
        {"<a xmlns:q='u'>\n q:n </a>", "q", "n", "u"},
        {"<a xmlns:q='u'>q:n:</a>", "q", "n:", "u"},
        {"<a xmlns:q='u'>q:n m</a>", "q", "n m", "u"},
        {"<a xmlns:q='u'>q: n</a>", "q", " n", "u"},
        {"<a xmlns:q='u'>q:1</a>", "q", "1", "u"},
        {"<a xmlns:q='u'>q:\xc3\xa4</a>", "q", "\xc3\xa4", "u"},
        /* So our choice is that it is not either where there is none. */
        {"<a xmlns='d'>1 \xe2\x82\xac</a>", "", "1 \xe2\x82\xac", "d"},
        {"<a xmlns:q='u'>q :n</a>", "q ", "n", NULL},
    };
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_STRING prefix, name, ns;
    WS_XML_BUFFER *buffer;
    int from_buffer;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        for (from_buffer = 0; from_buffer < 2; from_buffer++)
        {
            int with_ns;

            for (with_ns = 0; with_ns < 2; with_ns++)
            {
                set_text_string(reader, cases[i].text);
                if (from_buffer)
                {
                    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
                    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
                }
                expect_hr(S_OK, WsReadStartElement(reader, NULL));
                if (with_ns && !cases[i].ns)
                {
                    expect_hr(WS_E_INVALID_FORMAT, WsReadQualifiedName(reader, heap, &prefix, &name, &ns, NULL));
                    continue;
                }
                expect_hr(S_OK, WsReadQualifiedName(reader, heap, with_ns ? &prefix : NULL, &name, with_ns ? &ns : NULL,
                                                    NULL));
                expect(string_is(&name, cases[i].name));
                if (with_ns)
                    expect(string_is(&prefix, cases[i].prefix) && string_is(&ns, cases[i].ns));
            }
        }
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* Observed on Windows. */
TEST(WsReadQualifiedName_refuses)
{
    static const char *const bad[] = {"", "  ", ":", "p:", "q:", ":b", " : ", "p: ", "q:b", "p :b", "<b/>"};
    WS_XML_STRING name = STRING("untouched"), prefix = name, ns = name;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20), *small = NULL;
    char text[64];
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
    {
        snprintf(text, sizeof(text), "<a xmlns:p='u'>%s</a>", bad[i]);
        set_text_string(reader, text);
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        expect_hr(S_OK, WsResetError(error));
        expect_hr(WS_E_INVALID_FORMAT, WsReadQualifiedName(reader, heap, &prefix, &name, &ns, error));
        expect(says(error, ""));
        expect(string_is(&prefix, "untouched") && string_is(&name, "untouched") && string_is(&ns, "untouched"));
        expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
    }
    set_text_string(reader, "<a/>"); /* at BOF */
    expect_hr(WS_E_INVALID_FORMAT, WsReadQualifiedName(reader, heap, &prefix, &name, &ns, error));
    set_text_string(reader, "<a>b</a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(E_INVALIDARG, WsReadQualifiedName(NULL, heap, NULL, &name, NULL, error));
    expect_hr(E_INVALIDARG, WsReadQualifiedName(reader, NULL, NULL, &name, NULL, error));
    expect_hr(E_INVALIDARG, WsReadQualifiedName(reader, heap, NULL, NULL, NULL, error));
    expect_hr(S_OK, WsCreateHeap(0, 0, NULL, 0, &small, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadQualifiedName(reader, small, NULL, &name, NULL, error));
    expect(string_is(&name, "untouched"));
    WsFreeHeap(small);
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(bytes_read_as_text)
{
    WS_XML_READER_RAW_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_RAW}};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)"abcd", 4};
    WS_XML_READER *reader = create_reader();
    WCHAR chars[20];
    ULONG count = 0, i;

    /* The raw encoding shows bytes, whose text is base64. */
    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 20, &count, NULL));
    expect_size(8, count);
    for (i = 0; i < 8; i++)
        expect(chars[i] == (WCHAR) "YWJjZA=="[i]);
    WsFreeReader(reader);
}
