/* SPDX-License-Identifier: MIT */
/*
 * message-custom - headers of programs: WsGetCustomHeader, WsAddCustomHeader, WsRemoveCustomHeader; and those that go
 * beside the envelope: WsGetMappedHeader, WsAddMappedHeader, WsRemoveMappedHeader.
 *
 * Source: the pages of these functions.
 */
#include "support/message.h"

static HRESULT get_string(WS_MESSAGE *message, WS_REPEATING_HEADER_OPTION repeating, ULONG index, WS_READ_OPTION option,
                          void *value, ULONG size, ULONG *attributes, WS_ERROR *error)
{
    return WsGetCustomHeader(message, &string_header, repeating, index, option, NULL, value, size, attributes, error);
}

/* --- Attributes --- */

/* How they are written: as observed on Windows of Action. Relay where there is none: our choice. */
TEST(attributes_of_headers)
{
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        ULONG attributes;
        const char *text;
    } rows[] = {
        {SOAP11, 0, "<h xmlns=\"urn:x\">v</h>"},
        {SOAP11, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE, "<h s:mustUnderstand=\"1\" xmlns=\"urn:x\">v</h>"},
        {SOAP11, WS_RELAY_HEADER_ATTRIBUTE, "<h xmlns=\"urn:x\">v</h>"},
        {SOAP12, WS_RELAY_HEADER_ATTRIBUTE, "<h s:relay=\"1\" xmlns=\"urn:x\">v</h>"},
        {SOAP12, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE | WS_RELAY_HEADER_ATTRIBUTE,
         "<h s:mustUnderstand=\"1\" s:relay=\"1\" xmlns=\"urn:x\">v</h>"},
        {NO_SOAP, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE, "<h mustUnderstand=\"1\" xmlns=\"urn:x\">v</h>"},
        {NO_SOAP, WS_RELAY_HEADER_ATTRIBUTE, "<h xmlns=\"urn:x\">v</h>"},
    };
    WS_XML_STRING string;
    ULONG attributes;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        WS_MESSAGE *message = new_message(rows[i].envelope, TRANSPORT, WS_BLANK_MESSAGE);

        add_string_header(message, "v", rows[i].attributes);
        if (!strstr(buffer_text(header_buffer(message)), rows[i].text))
            test_fail(__FILE__, __LINE__, "%s", buffer_text(header_buffer(message)));
        attributes = 99;
        ok(get_string(message, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, &string, sizeof(string), &attributes,
                      NULL));
        expect_size(strstr(rows[i].text, "relay") ? rows[i].attributes
                                                  : rows[i].attributes & WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE,
                    attributes);
        WsFreeMessage(message);
    }
}

TEST(attributes_that_do_not_exist)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();

    expect_refused(
        error, E_INVALIDARG,
        WsAddCustomHeader(message, &string_header, WS_WRITE_REQUIRED_VALUE, X("v"), sizeof(WS_XML_STRING), 4, error),
        "0x4");
    WsFreeMessage(message);
    WsFreeError(error);
}

TEST(attributes_as_they_are_read)
{
    static const struct
    {
        const char *attributes;
        HRESULT hr;
        ULONG flags;
    } rows[] = {
        {"", S_OK, 0},
        {"s:mustUnderstand='0' s:relay='0'", S_OK, 0},
        {"s:mustUnderstand='true' s:relay='false'", S_OK, WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE},
        {"s:mustUnderstand=' 1 ' s:relay='1'", S_OK, 3},
        {"mustUnderstand='1' x:mustUnderstand='1'", S_OK, 0},
        {"s:mustUnderstand='maybe'", WS_E_INVALID_FORMAT, 0},
        {"s:relay=''", WS_E_INVALID_FORMAT, 0},
    };
    WS_ERROR *error = create_error();
    WS_XML_STRING string;
    char text[512];
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        ULONG attributes = 99;
        WS_XML_READER *reader;
        WS_MESSAGE *message;

        snprintf(text, sizeof(text),
                 "<s:Envelope xmlns:s='{E12}' xmlns:x='urn:x'><s:Header><x:h %s>v</x:h></s:Header><s:Body/>"
                 "</s:Envelope>",
                 rows[i].attributes);
        reader = reader_of(text);
        message = read_message(SOAP12, ADDR10, reader);
        ok(WsResetError(error));
        expect_hr(rows[i].hr, get_string(message, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, &string,
                                         sizeof(string), &attributes, error));
        expect_size(rows[i].hr == S_OK ? rows[i].flags : 99, attributes);
        expect(rows[i].hr == S_OK || says(error, "of the header \"h\": "));
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
    WsFreeError(error);
}

/* --- Which one --- */

/* What the envelope says of a header is not for the description of its value to say. */
TEST(structures_with_attributes_of_the_envelope)
{
    static const char *const rows[] = {"s:mustUnderstand='1'", "s:role='' s:relay='true' s:encodingStyle=''",
                                       "a:IsReferenceParameter='true'", "x='1'", "mustUnderstand='1'"};
    struct point point;
    char text[512];
    size_t i;

    for (i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++)
    {
        bool is_soap = i % 2, good = is_soap ? i / 2 < 3 : i / 2 == 4;
        const char *prefix = is_soap ? "s:" : "";
        WS_XML_READER *reader;
        WS_MESSAGE *message;

        snprintf(text, sizeof(text),
                 "<%sEnvelope xmlns:s='{E12}' xmlns:a='{A10}'><%sHeader><p xmlns='urn:x' %s><n>5</n></p></%sHeader>"
                 "<%sBody/></%sEnvelope>",
                 prefix, prefix, rows[i / 2], prefix, prefix, prefix);
        reader = reader_of(text);
        message = read_message(is_soap ? SOAP12 : NO_SOAP, is_soap ? ADDR10 : TRANSPORT, reader);
        point.n = 0;
        expect_hr(good ? S_OK : WS_E_INVALID_FORMAT,
                  WsGetCustomHeader(message, &point_body, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &point,
                                    sizeof(point), NULL, NULL));
        expect(point.n == (good ? 5 : 0));
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
}

TEST(repeating_headers_are_got_by_index)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    WS_XML_STRING string, *pointer;
    ULONG attributes;
    char name[2] = "a";
    int i;

    for (i = 0; i < 5; i++)
    {
        name[0] = (char)('a' + i);
        add_string_header(message, name, i % 2);
        set_text_header(message, WS_ACTION_HEADER, name);
    }
    for (i = 0; i < 5; i++)
    {
        ok(get_string(message, WS_REPEATING_HEADER, (ULONG)i, WS_READ_REQUIRED_VALUE, &string, sizeof(string),
                      &attributes, NULL));
        expect(string.length == 1 && string.bytes[0] == 'a' + i && attributes == (ULONG)i % 2);
    }
    expect_refused(
        error, WS_E_INVALID_FORMAT,
        get_string(message, WS_REPEATING_HEADER, 5, WS_READ_REQUIRED_VALUE, &string, sizeof(string), NULL, error),
        "The message has no header \"h\" with the index 5.");
    pointer = &string;
    attributes = 99;
    ok(get_string(message, WS_REPEATING_HEADER, 0xffffffff, WS_READ_OPTIONAL_POINTER, &pointer, sizeof(pointer),
                  &attributes, NULL));
    expect(!pointer && !attributes);
    expect_refused(
        error, WS_E_INVALID_FORMAT,
        get_string(message, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, &string, sizeof(string), NULL, error),
        "The message has more than one header \"h\".");
    WsFreeMessage(message);
    WsFreeError(error);
}

TEST(headers_for_others_are_neither_got_nor_removed)
{
    WS_XML_READER *reader =
        reader_of("<s:Envelope xmlns:s=\"{E12}\"><s:Header><h xmlns=\"urn:x\" s:role=\"urn:r\">1</h>"
                  "<h xmlns=\"urn:x\">2</h><h xmlns=\"urn:x\" s:role=\"{E12}/role/next\">3</h>"
                  "<h xmlns=\"urn:x\">4</h></s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_XML_STRING string, *pointer;

    ok(get_string(message, WS_REPEATING_HEADER, 0, WS_READ_REQUIRED_VALUE, &string, sizeof(string), NULL, NULL));
    expect(string_is(&string, "2"));
    ok(get_string(message, WS_REPEATING_HEADER, 1, WS_READ_REQUIRED_VALUE, &string, sizeof(string), NULL, NULL));
    expect(string_is(&string, "4"));
    ok(get_string(message, WS_REPEATING_HEADER, 2, WS_READ_OPTIONAL_POINTER, &pointer, sizeof(pointer), NULL, NULL));
    expect(!pointer);
    ok(WsRemoveCustomHeader(message, X("h"), X("urn:x"), NULL));
    expect_headers(message, "<s:Envelope xmlns:s=\"{E12}\"><s:Header><h s:role=\"urn:r\" xmlns=\"urn:x\">1</h>"
                            "<h s:role=\"{E12}/role/next\" xmlns=\"urn:x\">3</h></s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* Our choice: what says nothing that one can understand can still be removed, and what it says of others not be seen.
 */
TEST(headers_with_attributes_that_are_not_valid)
{
    WS_XML_READER *reader =
        reader_of("<s:Envelope xmlns:s=\"{E12}\"><s:Header><h xmlns=\"urn:x\" s:role=\"urn:r\" s:relay=\"x\">1</h>"
                  "<h xmlns=\"urn:x\" s:mustUnderstand=\"x\">2</h></s:Header><s:Body/></s:Envelope>");
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_XML_STRING string;

    expect_hr(WS_E_INVALID_FORMAT,
              get_string(message, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, &string, sizeof(string), NULL, NULL));
    ok(WsRemoveCustomHeader(message, X("h"), X("urn:x"), NULL));
    expect_headers(message, "<s:Envelope xmlns:s=\"{E12}\"><s:Header><h s:role=\"urn:r\" s:relay=\"x\" "
                            "xmlns=\"urn:x\">1</h></s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeReader(reader);
}

/* --- Values --- */

TEST(a_header_that_is_nil)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_XML_STRING *pointer = NULL, value;

    ok(WsAddCustomHeader(message, &string_header, WS_WRITE_NILLABLE_POINTER, &pointer, sizeof(pointer), 0, NULL));
    expect_headers(message,
                   "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><h b:nil=\"true\" "
                   "xmlns=\"urn:x\" xmlns:b=\"http://www.w3.org/2001/XMLSchema-instance\"/></s:Header><s:Body/>"
                   "</s:Envelope>");
    pointer = &value;
    ok(get_string(message, WS_SINGLETON_HEADER, 0, WS_READ_NILLABLE_POINTER, &pointer, sizeof(pointer), NULL, NULL));
    expect(!pointer);
    ok(WsRemoveCustomHeader(message, X("h"), X("urn:x"), NULL));
    pointer = &value;
    ok(get_string(message, WS_SINGLETON_HEADER, 0, WS_READ_NILLABLE_POINTER, &pointer, sizeof(pointer), NULL, NULL));
    expect(!pointer);
    WsFreeMessage(message);
}

TEST(descriptions_that_are_wrong)
{
    WS_XML_STRING empty = STRING(""), name = STRING("h"), ns = STRING("urn:x"), broken = {3, NULL, NULL, 0};
    const WS_ELEMENT_DESCRIPTION descriptions[] = {
        {NULL, &ns, WS_XML_STRING_TYPE, NULL},   {&name, NULL, WS_XML_STRING_TYPE, NULL},
        {&empty, &ns, WS_XML_STRING_TYPE, NULL}, {&name, &broken, WS_XML_STRING_TYPE, NULL},
        {&name, &ns, (WS_TYPE)99, NULL},         {&name, &ns, WS_STRUCT_TYPE, NULL}};
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    WS_XML_STRING value;
    size_t i;

    add_string_header(message, "v", 0);
    for (i = 0; i < sizeof(descriptions) / sizeof(descriptions[0]); i++)
    {
        ok(WsResetError(error));
        expect_hr(E_INVALIDARG, WsAddCustomHeader(message, &descriptions[i], WS_WRITE_REQUIRED_VALUE, X("v"),
                                                  sizeof(WS_XML_STRING), 0, error));
        expect_size(1, sentence_count(error));
        ok(WsResetError(error));
        expect_hr(E_INVALIDARG, WsGetCustomHeader(message, &descriptions[i], WS_SINGLETON_HEADER, 0,
                                                  WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value), NULL, error));
        expect_size(1, sentence_count(error));
    }
    expect_hr(E_INVALIDARG, WsRemoveCustomHeader(message, &empty, &ns, NULL));
    expect_hr(E_INVALIDARG, WsRemoveCustomHeader(message, &name, &broken, NULL));
    expect_hr(E_INVALIDARG,
              get_string(message, WS_SINGLETON_HEADER, 0, (WS_READ_OPTION)99, &value, sizeof(value), NULL, NULL));
    WsFreeMessage(message);
    WsFreeError(error);
}

TEST(a_header_that_is_not_such_a_value)
{
    WS_XML_STRING name = STRING("h"), ns = STRING("urn:x");
    const WS_ELEMENT_DESCRIPTION number = {&name, &ns, WS_INT32_TYPE, NULL};
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    ULONG attributes = 99;
    int value = 99;

    add_string_header(message, "12x", 0);
    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsGetCustomHeader(message, &number, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &value,
                                     sizeof(value), &attributes, error),
                   "In the header \"h\": ");
    expect(value == 99 && attributes == 99);
    WsFreeMessage(message);
    WsFreeError(error);
}

TEST(the_heap_is_the_given_one_or_that_of_the_message)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_HEAP *heap = create_heap(1000), *own, *small = create_heap(3);
    WS_XML_STRING string;
    SIZE_T before;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEAP, &own, sizeof(own), NULL));
    add_string_header(message, "value", 0);
    before = requested(own);
    ok(WsGetCustomHeader(message, &string_header, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, heap, &string,
                         sizeof(string), NULL, NULL));
    expect(string_is(&string, "value") && requested(heap) == 5 && requested(own) == before);
    ok(get_string(message, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, &string, sizeof(string), NULL, NULL));
    expect(string_is(&string, "value") && requested(own) > before);
    expect_hr(WS_E_QUOTA_EXCEEDED,
              WsGetCustomHeader(message, &string_header, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, small, &string,
                                sizeof(string), NULL, NULL));
    ok(get_string(message, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, &string, sizeof(string), NULL, NULL));
    expect_hr(E_INVALIDARG, WsGetCustomHeader(message, &string_header, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE,
                                              (WS_HEAP *)message, &string, sizeof(string), NULL, NULL));
    WsFreeMessage(message);
    WsFreeHeap(heap);
    WsFreeHeap(small);
}

TEST(a_thousand_headers_cost_in_proportion)
{
    ULONG many = 2000;
    SIZE_T size = (SIZE_T)1 << 24, ten = 0, thousand;
    WS_HEAP_PROPERTY heap_property = {WS_HEAP_PROPERTY_MAX_SIZE, &size, sizeof(size)};
    WS_HEAP_PROPERTIES heap_properties = {&heap_property, 1};
    WS_MESSAGE_PROPERTY properties[] = {
        {WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, &many, sizeof(many)},
        {WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap_properties, sizeof(heap_properties)}};
    WS_MESSAGE *message = NULL;
    WS_XML_STRING string;
    WS_HEAP *heap = NULL;
    int i;

    ok(WsCreateMessage(SOAP12, ADDR10, properties, 2, &message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL));
    for (i = 0; i < 1000; i++)
    {
        if (i == 10)
            ten = requested(heap);
        add_string_header(message, "v", 0);
    }
    thousand = requested(heap);
    expect(thousand < ten * 100);
    ok(get_string(message, WS_REPEATING_HEADER, 999, WS_READ_REQUIRED_VALUE, &string, sizeof(string), NULL, NULL));
    WsFreeMessage(message);
}

/* --- Callbacks: our choice, as of readers and writers --- */

struct visit
{
    WS_MESSAGE *message;
    bool frees_message, frees_object, uses, fails;
    unsigned calls;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
};
static struct visit visit;

static HRESULT visited(WS_XML_READER *reader, WS_XML_WRITER *writer)
{
    visit.calls++;
    visit.reader = reader;
    visit.writer = writer;
    if (visit.uses)
    {
        expect_hr(WS_E_INVALID_OPERATION, WsResetMessage(visit.message, NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsRemoveCustomHeader(visit.message, X("h"), X("urn:x"), NULL));
        expect_hr(WS_E_INVALID_OPERATION, WsInitializeMessage(visit.message, WS_BLANK_MESSAGE, NULL, NULL));
    }
    if (visit.frees_message)
        WsFreeMessage(visit.message);
    if (visit.frees_object)
    {
        WsFreeReader(reader);
        WsFreeWriter(writer);
    }
    return visit.fails ? E_FAIL : S_OK;
}

static HRESULT CALLBACK read_custom(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                    void *value, ULONG size, WS_ERROR *error)
{
    (void)mapping, (void)data, (void)heap, (void)value, (void)size;
    ok(WsSkipNode(reader, error));
    return visited(reader, NULL);
}

static HRESULT CALLBACK write_custom(WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, const void *data,
                                     const void *value, ULONG size, WS_ERROR *error)
{
    (void)mapping, (void)data, (void)value, (void)size;
    ok(WsWriteCharsUtf8(writer, (const BYTE *)"text", 4, error));
    return visited(NULL, writer);
}

static WS_CUSTOM_TYPE_DESCRIPTION custom = {4, 4, read_custom, write_custom, NULL, NULL};
static WS_XML_STRING custom_name = STRING("c"), custom_ns = STRING("urn:x");
static const WS_ELEMENT_DESCRIPTION custom_header = {&custom_name, &custom_ns, WS_CUSTOM_TYPE, &custom};

static HRESULT add_custom(void)
{
    int value = 0;

    return WsAddCustomHeader(visit.message, &custom_header, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), 0, NULL);
}

static HRESULT get_custom(void)
{
    int value = 0;

    return WsGetCustomHeader(visit.message, &custom_header, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL,
                             &value, sizeof(value), NULL, NULL);
}

static void begin_visit(void)
{
    memset(&visit, 0, sizeof(visit));
    visit.message = new_message(NO_SOAP, TRANSPORT, WS_BLANK_MESSAGE);
}

TEST(callbacks_of_a_custom_type)
{
    begin_visit();
    visit.uses = true;
    ok(add_custom());
    ok(get_custom());
    expect(visit.calls == 2);
    expect_headers(visit.message, "<Envelope><Header><c xmlns=\"urn:x\">text</c></Header><Body/></Envelope>");
    visit.fails = true;
    expect_hr(E_FAIL, get_custom());
    expect_hr(E_FAIL, add_custom());
    expect_headers(visit.message, "<Envelope><Header><c xmlns=\"urn:x\">text</c></Header><Body/></Envelope>");
    visit.fails = false;
    ok(get_custom());
    WsFreeMessage(visit.message);
}

TEST(a_callback_that_frees_the_message)
{
    int of_reader;

    for (of_reader = 0; of_reader < 2; of_reader++)
    {
        begin_visit();
        ok(add_custom());
        visit.frees_message = true;
        ok(of_reader ? get_custom() : add_custom());
        expect_hr(E_INVALIDARG, WsResetMessage(visit.message, NULL));
    }
}

/* What they were set to is gone then. */
TEST(a_callback_that_keeps_the_reader_or_writer)
{
    WS_XML_WRITER *writer;

    begin_visit();
    ok(add_custom());
    writer = visit.writer;
    ok(get_custom());
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(visit.reader, NULL));
    ok(WsResetMessage(visit.message, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsWriteStartElement(writer, NULL, X("x"), X(""), NULL));
    ok(WsInitializeMessage(visit.message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(add_custom());
    ok(get_custom());
    WsFreeMessage(visit.message);
}

TEST(a_callback_that_frees_the_reader_or_writer_of_the_message)
{
    WS_ERROR *error = create_error();
    WS_XML_STRING string;
    int of_reader;

    for (of_reader = 0; of_reader < 2; of_reader++)
    {
        begin_visit();
        ok(add_custom());
        add_string_header(visit.message, "v", 0);
        visit.frees_object = true;
        if (of_reader)
        {
            get_custom();
            expect_refused(error, WS_E_INVALID_OPERATION,
                           get_string(visit.message, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, &string,
                                      sizeof(string), NULL, error),
                           "The reader for the headers of the message has been freed");
        }
        else
        {
            add_custom();
            expect_refused(error, WS_E_INVALID_OPERATION,
                           WsSetHeader(visit.message, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("x"),
                                       sizeof(string), error),
                           "The writer for the headers of the message has been freed");
        }
        WsFreeMessage(visit.message);
    }
    WsFreeError(error);
}

/* --- Mapped headers --- */

static void add_mapped(WS_MESSAGE *message, const char *name, const char *value)
{
    ok(WsAddMappedHeader(message, X(name), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X(value), sizeof(WS_XML_STRING),
                         NULL));
}

TEST(mapped_headers_are_got_by_name_and_index)
{
    WS_MESSAGE *message = new_message(SOAP12, TRANSPORT, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    const WS_XML_STRING *name = X("X-Header");
    WCHAR *wsz = NULL;
    int number = 0;

    add_mapped(message, "X-Header", "one");
    add_mapped(message, "3 & <odd>", "17");
    add_mapped(message, "X-Header", "two");
    expect_headers(message, "<s:Envelope xmlns:s=\"{E12}\"><s:Header/><s:Body/></s:Envelope>");
    ok(WsGetMappedHeader(message, name, WS_REPEATING_HEADER, 1, WS_WSZ_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &wsz,
                         sizeof(wsz), NULL));
    expect(wsz && !memcmp(wsz, u"two", sizeof(u"two")));
    ok(WsGetMappedHeader(message, X("3 & <odd>"), WS_SINGLETON_HEADER, 0, WS_INT32_TYPE, WS_READ_REQUIRED_VALUE, NULL,
                         &number, sizeof(number), NULL));
    expect(number == 17);
    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsGetMappedHeader(message, name, WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE, WS_READ_OPTIONAL_POINTER, NULL,
                                     &wsz, sizeof(wsz), error),
                   "more than one mapped header \"X-Header\"");
    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsGetMappedHeader(message, name, WS_REPEATING_HEADER, 2, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL,
                                     &wsz, sizeof(wsz), error),
                   "no header \"X-Header\" with the index 2");
    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsGetMappedHeader(message, name, WS_REPEATING_HEADER, 0, WS_INT32_TYPE, WS_READ_REQUIRED_VALUE, NULL,
                                     &number, sizeof(number), error),
                   "In the header \"X-Header\": ");
    ok(WsRemoveMappedHeader(message, name, NULL));
    ok(WsGetMappedHeader(message, name, WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &wsz,
                         sizeof(wsz), NULL));
    expect(!wsz);
    add_mapped(message, "X-Header", "three");
    ok(WsGetMappedHeader(message, name, WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL, &wsz,
                         sizeof(wsz), NULL));
    expect(wsz && !memcmp(wsz, u"three", sizeof(u"three")));
    WsFreeMessage(message);
    WsFreeError(error);
}

TEST(mapped_headers_with_wrong_arguments)
{
    WS_MESSAGE *message = create_message(SOAP12, TRANSPORT);
    WS_XML_STRING broken = {3, NULL, NULL, 0};
    WCHAR *wsz = NULL;

    expect_hr(E_INVALIDARG, WsGetMappedHeader(message, NULL, WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE,
                                              WS_READ_OPTIONAL_POINTER, NULL, &wsz, sizeof(wsz), NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsGetMappedHeader(message, X("a"), WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE,
                                                        WS_READ_OPTIONAL_POINTER, NULL, &wsz, sizeof(wsz), NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    expect_hr(E_INVALIDARG, WsGetMappedHeader(message, &broken, WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE,
                                              WS_READ_OPTIONAL_POINTER, NULL, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsGetMappedHeader(message, X("a"), (WS_REPEATING_HEADER_OPTION)0, 0, WS_WSZ_TYPE,
                                              WS_READ_OPTIONAL_POINTER, NULL, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsGetMappedHeader(message, X("a"), WS_SINGLETON_HEADER, 1, WS_WSZ_TYPE,
                                              WS_READ_OPTIONAL_POINTER, NULL, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsGetMappedHeader(message, X("a"), WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE, (WS_READ_OPTION)0,
                                              NULL, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsGetMappedHeader(message, X("a"), WS_SINGLETON_HEADER, 0, (WS_TYPE)99,
                                              WS_READ_OPTIONAL_POINTER, NULL, &wsz, sizeof(wsz), NULL));
    expect_hr(E_INVALIDARG, WsGetMappedHeader(message, X("a"), WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE,
                                              WS_READ_OPTIONAL_POINTER, NULL, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsAddMappedHeader(message, X(""), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("v"),
                                              sizeof(WS_XML_STRING), NULL));
    expect_hr(E_INVALIDARG, WsAddMappedHeader(message, X("a"), WS_STRUCT_TYPE, WS_WRITE_REQUIRED_VALUE, X("v"),
                                              sizeof(WS_XML_STRING), NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsAddMappedHeader(message, X("a"), WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE,
                                                     X("\1"), sizeof(WS_XML_STRING), NULL));
    expect_hr(E_INVALIDARG, WsRemoveMappedHeader(message, X(""), NULL));
    add_mapped(message, "a", "v");
    ok(WsGetMappedHeader(message, X("a"), WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE, WS_READ_REQUIRED_POINTER, NULL, &wsz,
                         sizeof(wsz), NULL));
    expect(wsz[0] == 'v' && !wsz[1]);
    WsFreeMessage(message);
}

TEST(more_mapped_headers_than_may_be_processed)
{
    WS_MESSAGE *message = new_message(SOAP12, TRANSPORT, WS_BLANK_MESSAGE);
    WCHAR *wsz = NULL;
    int i;

    for (i = 0; i < 64; i++)
        add_mapped(message, "a", "v");
    ok(WsGetMappedHeader(message, X("b"), WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &wsz,
                         sizeof(wsz), NULL));
    add_mapped(message, "a", "v");
    expect_hr(WS_E_QUOTA_EXCEEDED, WsGetMappedHeader(message, X("b"), WS_SINGLETON_HEADER, 0, WS_WSZ_TYPE,
                                                     WS_READ_OPTIONAL_POINTER, NULL, &wsz, sizeof(wsz), NULL));
    WsFreeMessage(message);
}
