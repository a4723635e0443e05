/* SPDX-License-Identifier: MIT */
/*
 * Writers: bytes, pushed and pulled too, values and texts of every type, arrays.
 *
 * Source: the pages of the functions; XML Schema.
 */
#include "support/writer.h"

/* --- Bytes --- */

TEST(bytes_in_pieces_are_one_value)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    BYTE data[100], i, size, at;

    for (i = 0; i < sizeof(data); i++)
        data[i] = (BYTE)(i * 37);
    for (size = 1; size < 20; size++)
    {
        set_output(writer, NULL, 0);
        start(writer, "a");
        for (at = 0; at < 20; at = (BYTE)(at + size))
            ok(WsWriteBytes(writer, data + at, at + size < 20 ? size : 20U - at, NULL));
        end(writer);
        expect_output(writer, "<a>ACVKb5S53gMoTXKXvOEGK1B1mr8=</a>");
    }
    /* What is something else ends it. */
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteBytes(writer, "x", 1, NULL));
    start(writer, "b");
    ok(WsWriteBytes(writer, "xy", 2, NULL));
    chars8(writer, " ");
    ok(WsWriteBytes(writer, "x", 1, NULL));
    comment(writer, "");
    ok(WsWriteBytes(writer, "x", 1, NULL));
    ok(WsWriteBytes(writer, NULL, 0, NULL));
    ok(WsWriteBytes(writer, "y", 1, NULL));
    ok(WsWriteStartCData(writer, NULL));
    ok(WsWriteBytes(writer, "x", 1, NULL));
    ok(WsWriteEndCData(writer, NULL));
    end(writer);
    end(writer);
    expect_output(writer, "<a>eA==<b>eHk= eA==<!---->eHk=<![CDATA[eA==]]></b></a>");
    WsFreeWriter(writer);
}

struct pushed
{
    WS_XML_WRITER *writer;
    HRESULT answer, inside;
    bool keep_going;
    WS_WRITE_CALLBACK write;
    void *write_state;
    int mode;
};

static HRESULT CALLBACK push(void *state, WS_WRITE_CALLBACK write, void *write_state, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    static const WS_BYTES buffers[] = {{1, (BYTE *)"x"}, {0, NULL}, {4, (BYTE *)"yzab"}}, bad = {3, NULL};
    struct pushed *pushed = state;

    expect(!async);
    pushed->write = write;
    pushed->write_state = write_state;
    if (pushed->mode == 1)
        expect_hr(E_INVALIDARG, write(write_state, &bad, 1, NULL, error));
    if (pushed->mode == 2)
        expect_hr(E_INVALIDARG, write(write_state, NULL, 1, NULL, error));
    if (pushed->mode == 3)
        pushed->inside = WsWriteEndElement(pushed->writer, NULL);
    if (pushed->mode == 4)
        return WS_S_ASYNC;
    if (pushed->mode == 5)
        WsFreeWriter(pushed->writer);
    ok(write(write_state, buffers, 3, NULL, error));
    ok(write(write_state, buffers, 1, NULL, error));
    return pushed->answer;
}

TEST(bytes_can_be_pushed)
{
    struct pushed pushed = {NULL, S_OK, S_OK, false, NULL, NULL, 0};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_BYTES more = {1, (BYTE *)"!"};

    pushed.writer = writer;
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    ok(WsPushBytes(writer, push, &pushed, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsPushBytes(writer, push, &pushed, NULL));
    pushed.mode = 1;
    ok(WsPushBytes(writer, push, &pushed, NULL));
    pushed.mode = 2;
    ok(WsPushBytes(writer, push, &pushed, NULL));
    pushed.mode = 3;
    ok(WsPushBytes(writer, push, &pushed, NULL));
    expect_hr(WS_E_INVALID_OPERATION, pushed.inside);
    expect_refused(error, WS_E_INVALID_OPERATION, pushed.write(pushed.write_state, &more, 1, NULL, error),
                   "only while");
    end(writer);
    expect_output(writer, "<a b=\"eHl6YWJ4\">eHl6YWJ4eHl6YWJ4eHl6YWJ4eHl6YWJ4</a>");

    pushed.mode = 0;
    pushed.answer = E_FAIL;
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_hr(E_FAIL, WsPushBytes(writer, push, &pushed, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    pushed.mode = 4;
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_refused(error, WS_E_INVALID_OPERATION, WsPushBytes(writer, push, &pushed, error), "WS_S_ASYNC");
    pushed.mode = 5;
    pushed.answer = S_OK;
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsPushBytes(writer, push, &pushed, NULL));
    expect_hr(E_INVALIDARG, WsWriteEndElement(writer, NULL)); /* it has been freed */
    WsFreeError(error);
}

static HRESULT CALLBACK push_too_much(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                      const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    static const WS_BYTES more = {30, (BYTE *)"012345678901234567890123456789"};

    (void)state, (void)async;
    expect_hr(WS_E_QUOTA_EXCEEDED, write(write_state, &more, 1, NULL, error));
    expect_hr(WS_E_OBJECT_FAULTED, write(write_state, &more, 1, NULL, NULL));
    return S_OK; /* as if nothing had happened */
}

TEST(a_failure_of_pushing_is_not_forgotten)
{
    ULONG limit = 20;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &limit, sizeof(limit)};
    WS_XML_WRITER *writer = create_writer(&property, 1);

    start(writer, "a");
    expect_hr(WS_E_QUOTA_EXCEEDED, WsPushBytes(writer, push_too_much, NULL, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    WsFreeWriter(writer);
}

struct pulled
{
    ULONG left, step;
    HRESULT answer;
    ULONG lie;
};

static HRESULT CALLBACK pull(void *state, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *async,
                             WS_ERROR *error)
{
    struct pulled *pulled = state;
    ULONG count = pulled->step < max ? pulled->step : max;

    (void)error;
    expect(!async && max > 0);
    if (count > pulled->left)
        count = pulled->left;
    memset(bytes, 'x', count);
    pulled->left -= count;
    *actual = pulled->lie && !pulled->left ? pulled->lie : count;
    return pulled->left ? S_OK : pulled->answer;
}

TEST(bytes_can_be_pulled)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    struct pulled pulled;
    ULONG total, step, i;

    for (total = 0; total < 10000; total = total * 3 + 1)
        for (step = 1; step < 20000; step = step * 7 + 1)
        {
            pulled.left = total, pulled.step = step, pulled.answer = S_OK, pulled.lie = 0;
            set_output(writer, NULL, 0);
            start(writer, "a");
            ok(WsPullBytes(writer, pull, &pulled, NULL));
            end(writer);
            expect_size(total ? 7 + (total + 2) / 3 * 4 : 4, get_bytes(writer).length);
            for (i = 0; i < total / 3; i++)
                expect(!memcmp(get_bytes(writer).bytes + 3 + i * 4, "eHh4", 4));
        }
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    pulled.left = 4, pulled.step = 1;
    ok(WsPullBytes(writer, pull, &pulled, NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    expect_output(writer, "<a b=\"eHh4eA==\"/>");

    set_output(writer, NULL, 0);
    start(writer, "a");
    pulled.left = 4, pulled.answer = E_FAIL;
    expect_hr(E_FAIL, WsPullBytes(writer, pull, &pulled, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsWriteEndElement(writer, NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    pulled.left = 4, pulled.answer = S_OK, pulled.lie = 0xffffffff;
    expect_refused(error, WS_E_INVALID_OPERATION, WsPullBytes(writer, pull, &pulled, error), "4294967295");
    set_output(writer, NULL, 0);
    start(writer, "a");
    pulled.left = 4, pulled.answer = WS_S_ASYNC, pulled.lie = 0;
    expect_refused(error, WS_E_INVALID_OPERATION, WsPullBytes(writer, pull, &pulled, error), "WS_S_ASYNC");
    set_output(writer, NULL, 0);
    pulled.left = 4, pulled.answer = S_OK;
    expect_refused(error, WS_E_INVALID_FORMAT, WsPullBytes(writer, pull, &pulled, error), "white space");
    WsFreeWriter(writer);
    WsFreeError(error);
}

/* --- Values and texts --- */

#define value_of(type, value) \
    do \
    { \
        ok(WsWriteValue(writer, type, &(value), sizeof(value), NULL)); \
        chars8(writer, "|"); \
    } while (0)

TEST(values_are_written_as_xml_schema_says)
{
    static const GUID guid = {0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    BOOL yes = TRUE, no = FALSE;
    int8_t i8 = -128;
    int16_t i16 = -32768;
    int32_t i32 = -2147483647 - 1;
    INT64 i64 = -9223372036854775807 - 1;
    uint8_t u8 = 255;
    uint16_t u16 = 65535;
    uint32_t u32 = 4294967295u;
    UINT64 u64 = 18446744073709551615u;
    float f = 0.1f;
    double d = -1.5;
    DECIMAL decimal;
    WS_DATETIME datetime = {0, WS_DATETIME_FORMAT_UTC};
    WS_DURATION duration = {TRUE, 1, 2, 3, 4, 5, 6, 0, 0};
    WS_TIMESPAN timespan = {0};

    memset(&decimal, 0, sizeof(decimal));
    decimal.Lo64 = 150;
    decimal.scale = 2;
    start(writer, "a");
    value_of(WS_BOOL_VALUE_TYPE, yes);
    value_of(WS_BOOL_VALUE_TYPE, no);
    value_of(WS_INT8_VALUE_TYPE, i8);
    value_of(WS_INT16_VALUE_TYPE, i16);
    value_of(WS_INT32_VALUE_TYPE, i32);
    value_of(WS_INT64_VALUE_TYPE, i64);
    value_of(WS_UINT8_VALUE_TYPE, u8);
    value_of(WS_UINT16_VALUE_TYPE, u16);
    value_of(WS_UINT32_VALUE_TYPE, u32);
    value_of(WS_UINT64_VALUE_TYPE, u64);
    value_of(WS_FLOAT_VALUE_TYPE, f);
    value_of(WS_DOUBLE_VALUE_TYPE, d);
    value_of(WS_DECIMAL_VALUE_TYPE, decimal);
    value_of(WS_GUID_VALUE_TYPE, guid);
    value_of(WS_DATETIME_VALUE_TYPE, datetime);
    value_of(WS_DURATION_VALUE_TYPE, duration);
    value_of(WS_TIMESPAN_VALUE_TYPE, timespan);
    end(writer);
    expect_output(writer, "<a>true|false|-128|-32768|-2147483648|-9223372036854775808|255|65535|4294967295|"
                          "18446744073709551615|0.1|-1.5|1.50|12345678-9abc-def0-0102-030405060708|"
                          "0001-01-01T00:00:00Z|-P1Y2M3DT4H5M6S|00:00:00|</a>");
    datetime.ticks = 0xffffffffffffffffu;
    expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, WS_BOOL_VALUE_TYPE, &yes, sizeof(yes), NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, WS_DATETIME_VALUE_TYPE, &datetime, sizeof(datetime), NULL));
    set_output(writer, NULL, 0);
    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteValue(writer, WS_DATETIME_VALUE_TYPE, &datetime, sizeof(datetime), NULL));
    WsFreeWriter(writer);
}

/* Observed on Windows; written as values, as texts, in lists, and in both kinds of places. */
TEST(doubles_have_an_exponent_below_a_tenth_and_from_1E15_on)
{
    static const struct
    {
        double value;
        const char *text;
    } cases[] = {{0, "0"},        {0.1, "0.1"},     {-0.1, "-0.1"},
                 {0.01, "1E-2"},  {-0.01, "-1E-2"}, {0.5, "0.5"},
                 {1.1, "1.1"},    {-1, "-1"},       {1e14, "100000000000000"},
                 {1e15, "1E+15"}, {-2e20, "-2E+20"}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char wanted[200];
    size_t i;

    for (i = 0; i < WsCountOf(cases); i++)
    {
        WS_XML_DOUBLE_TEXT text = {{WS_XML_TEXT_TYPE_DOUBLE}, cases[i].value};
        WS_XML_TEXT *items[] = {&text.text, &text.text};
        WS_XML_LIST_TEXT list = {{WS_XML_TEXT_TYPE_LIST}, 2, items};

        set_output(writer, NULL, 0);
        start(writer, "a");
        ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
        ok(WsWriteText(writer, &text.text, NULL));
        ok(WsWriteEndAttribute(writer, NULL));
        ok(WsWriteValue(writer, WS_DOUBLE_VALUE_TYPE, &cases[i].value, sizeof(double), NULL));
        chars8(writer, "|");
        ok(WsWriteText(writer, &text.text, NULL));
        chars8(writer, "|");
        ok(WsWriteText(writer, &list.text, NULL));
        end(writer);
        snprintf(wanted, sizeof(wanted), "<a b=\"%s\">%s|%s|%s %s</a>", cases[i].text, cases[i].text, cases[i].text,
                 cases[i].text, cases[i].text);
        expect_output(writer, wanted);
    }
    WsFreeWriter(writer);
}

/* Observed on Windows: before 1601 there is no local time, in whatever zone this runs. */
TEST(a_local_date_that_has_no_local_time_has_the_offset_of_utc)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_DATETIME_TEXT text = {{WS_XML_TEXT_TYPE_DATETIME}, {20, WS_DATETIME_FORMAT_LOCAL}};

    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    ok(WsWriteValue(writer, WS_DATETIME_VALUE_TYPE, &text.value, sizeof(text.value), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteText(writer, &text.text, NULL));
    end(writer);
    expect_output(writer, "<a b=\"0001-01-01T00:00:00.000002+00:00\">0001-01-01T00:00:00.000002+00:00</a>");
    WsFreeWriter(writer);
}

TEST(values_in_attributes)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_DURATION duration = {FALSE, 1, 0, 0, 0, 0, 0, 0, 0};
    double d = 0.125;
    int32_t i = 7;

    start(writer, "a");
    ok(WsWriteStartAttribute(writer, NULL, X("b"), X(""), FALSE, NULL));
    ok(WsWriteValue(writer, WS_DOUBLE_VALUE_TYPE, &d, sizeof(d), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("c"), X(""), TRUE, NULL));
    ok(WsWriteValue(writer, WS_INT32_VALUE_TYPE, &i, sizeof(i), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    ok(WsWriteStartAttribute(writer, NULL, X("d"), X(""), TRUE, NULL));
    ok(WsWriteValue(writer, WS_DURATION_VALUE_TYPE, &duration, sizeof(duration), NULL));
    ok(WsWriteEndAttribute(writer, NULL));
    end(writer);
    expect_output(writer, "<a b=\"0.125\" c='7' d='P1Y'/>");
    WsFreeWriter(writer);
}

TEST(texts_of_every_type)
{
    static const GUID guid = {0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}};
    WS_XML_UTF8_TEXT utf8_text = {{WS_XML_TEXT_TYPE_UTF8}, WS_XML_STRING_VALUE("<8>")};
    WS_XML_UTF16_TEXT utf16_text = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)u"&16", 6};
    WS_XML_BASE64_TEXT base64_text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)"\xff", 1};
    WS_XML_BOOL_TEXT bool_text = {{WS_XML_TEXT_TYPE_BOOL}, TRUE};
    WS_XML_INT32_TEXT int32_text = {{WS_XML_TEXT_TYPE_INT32}, -32};
    WS_XML_INT64_TEXT int64_text = {{WS_XML_TEXT_TYPE_INT64}, -64};
    WS_XML_UINT64_TEXT uint64_text = {{WS_XML_TEXT_TYPE_UINT64}, 64};
    WS_XML_FLOAT_TEXT float_text = {{WS_XML_TEXT_TYPE_FLOAT}, 0.5f};
    WS_XML_DOUBLE_TEXT double_text = {{WS_XML_TEXT_TYPE_DOUBLE}, 0.25};
    WS_XML_GUID_TEXT guid_text = {{WS_XML_TEXT_TYPE_GUID}, guid};
    WS_XML_UNIQUE_ID_TEXT id_text = {{WS_XML_TEXT_TYPE_UNIQUE_ID}, guid};
    WS_XML_DATETIME_TEXT datetime_text = {{WS_XML_TEXT_TYPE_DATETIME}, {0, WS_DATETIME_FORMAT_NONE}};
    WS_XML_QNAME_TEXT qname_text = {{WS_XML_TEXT_TYPE_QNAME}, X("p"), X("n"), X("urn:x")};
    WS_XML_TEXT *items[] = {&int32_text.text, &utf8_text.text, &bool_text.text};
    WS_XML_LIST_TEXT list_text = {{WS_XML_TEXT_TYPE_LIST}, 3, items};
    WS_XML_TEXT *texts[] = {&utf8_text.text,   &utf16_text.text, &base64_text.text, &bool_text.text,
                            &int32_text.text,  &int64_text.text, &uint64_text.text, &float_text.text,
                            &double_text.text, &guid_text.text,  &id_text.text,     &datetime_text.text,
                            &qname_text.text,  &list_text.text};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    char name[4] = "a", text[60];
    size_t i;

    ok(WsWriteStartElement(writer, X("p"), X("t"), X("urn:x"), NULL));
    for (i = 0; i < WsCountOf(texts); i++)
    {
        name[0] = (char)('a' + i);
        ok(WsWriteStartAttribute(writer, NULL, X(name), X(""), FALSE, NULL));
        ok(WsWriteText(writer, texts[i], NULL));
        ok(WsWriteEndAttribute(writer, NULL));
    }
    for (i = 0; i < WsCountOf(texts); i++)
    {
        snprintf(text, sizeof(text), "|");
        ok(WsWriteText(writer, texts[i], NULL));
        chars8(writer, text);
    }
    end(writer);
    expect_output(
        writer,
        "<p:t a=\"&lt;8>\" b=\"&amp;16\" c=\"/w==\" d=\"true\" e=\"-32\" f=\"-64\" g=\"64\" h=\"0.5\" i=\"0.25\" "
        "j=\"12345678-9abc-def0-0102-030405060708\" k=\"urn:uuid:12345678-9abc-def0-0102-030405060708\" "
        "l=\"0001-01-01T00:00:00\" m=\"p:n\" n=\"-32 &lt;8> true\" xmlns:p=\"urn:x\">"
        "&lt;8&gt;|&amp;16|/w==|true|-32|-64|64|0.5|0.25|12345678-9abc-def0-0102-030405060708|"
        "urn:uuid:12345678-9abc-def0-0102-030405060708|0001-01-01T00:00:00|p:n|-32 &lt;8&gt; true|</p:t>");
    WsFreeWriter(writer);
}

TEST(arrays_are_elements)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    uint16_t items[] = {1, 2, 3, 4};
    double reals[] = {0.1, -2};

    start(writer, "a");
    ok(WsWriteArray(writer, X("i"), X(""), WS_UINT16_VALUE_TYPE, items, sizeof(items), 1, 2, NULL));
    ok(WsWriteArray(writer, X("j"), X("urn:x"), WS_DOUBLE_VALUE_TYPE, reals, sizeof(reals), 0, 2, NULL));
    ok(WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, sizeof(items), 4, 0, NULL));
    ok(WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, NULL, 0, 0, 0, NULL));
    ok(WsWriteArray(writer, X("l"), X(""), WS_UINT16_VALUE_TYPE, items, 7, 2, 1, NULL));
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 7, 3, 1, error), "3");
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 8, 0, 5, error), "5");
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 8, 5, 0, error), "5");
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 8, 1, 0xffffffff, error),
                   "beyond the array, which ends at item 4");
    expect_refused(error, E_INVALIDARG,
                   WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, items, 8, 0xffffffff, 1, error),
                   "beyond the array, which ends at item 4");
    expect_refused(error, E_INVALIDARG, WsWriteArray(writer, X("k"), X(""), WS_UINT16_VALUE_TYPE, NULL, 8, 0, 1, error),
                   "NULL");
    expect_refused(error, E_INVALIDARG, WsWriteArray(writer, X("k"), X(""), (WS_VALUE_TYPE)99, items, 8, 0, 1, error),
                   "99");
    expect_refused(error, E_INVALIDARG, WsWriteArray(writer, X(""), X(""), WS_UINT16_VALUE_TYPE, items, 8, 0, 1, error),
                   "empty");
    expect_refused(error, E_INVALIDARG, WsWriteArray(writer, X("k"), NULL, WS_UINT16_VALUE_TYPE, items, 8, 0, 1, error),
                   "NULL");
    end(writer);
    expect_output(writer, "<a><i>2</i><i>3</i><j xmlns=\"urn:x\">0.1</j><j xmlns=\"urn:x\">-2</j><l>3</l></a>");
    WsFreeWriter(writer);
    WsFreeError(error);
}
