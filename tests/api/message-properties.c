/* SPDX-License-Identifier: MIT */
/*
 * message-properties - what a message is created with, and what can be got and set in which state.
 *
 * Source: the pages of WsCreateMessage, WsGetMessageProperty, WsSetMessageProperty and WS_MESSAGE_PROPERTY_ID.
 */
#include "support/message.h"

/* --- States --- */

/* A message in a state, with the reader or writer that it uses; one of them may be NULL. */
struct staged
{
    WS_MESSAGE *message;
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
};

static struct staged in_state(WS_MESSAGE_STATE state)
{
    struct staged staged = {create_message(SOAP12, ADDR10), NULL, NULL};

    if (state == WS_MESSAGE_STATE_EMPTY)
        return staged;
    if (state == WS_MESSAGE_STATE_READING)
    {
        staged.reader = reader_of("<s:Envelope xmlns:s='{E12}'><s:Body/></s:Envelope>");
        ok(WsReadEnvelopeStart(staged.message, staged.reader, NULL, NULL, NULL));
        return staged;
    }
    ok(WsInitializeMessage(staged.message, WS_BLANK_MESSAGE, NULL, NULL));
    if (state == WS_MESSAGE_STATE_INITIALIZED)
        return staged;
    staged.writer = create_writer(NULL, 0);
    ok(WsWriteEnvelopeStart(staged.message, staged.writer, NULL, NULL, NULL));
    if (state == WS_MESSAGE_STATE_DONE)
        ok(WsWriteEnvelopeEnd(staged.message, NULL));
    return staged;
}

static void end_state(struct staged *staged)
{
    WsFreeMessage(staged->message);
    WsFreeReader(staged->reader);
    WsFreeWriter(staged->writer);
}

#define EMPTY       0x02u
#define INITIALIZED 0x04u
#define READING     0x08u
#define WRITING     0x10u
#define DONE        0x20u
#define NOT_EMPTY   (INITIALIZED | READING | WRITING | DONE)

/* The versions, in EMPTY, and IS_ADDRESSED have been observed on Windows; the rest is documented. */
TEST(properties_by_state)
{
    static const struct
    {
        WS_MESSAGE_PROPERTY_ID id;
        unsigned states;
        ULONG size;
    } rows[] = {
        {WS_MESSAGE_PROPERTY_STATE, EMPTY | NOT_EMPTY, sizeof(WS_MESSAGE_STATE)},
        {WS_MESSAGE_PROPERTY_HEAP, NOT_EMPTY, sizeof(WS_HEAP *)},
        {WS_MESSAGE_PROPERTY_ENVELOPE_VERSION, EMPTY | NOT_EMPTY, sizeof(WS_ENVELOPE_VERSION)},
        {WS_MESSAGE_PROPERTY_ADDRESSING_VERSION, EMPTY | NOT_EMPTY, sizeof(WS_ADDRESSING_VERSION)},
        {WS_MESSAGE_PROPERTY_HEADER_BUFFER, NOT_EMPTY, sizeof(WS_XML_BUFFER *)},
        {WS_MESSAGE_PROPERTY_HEADER_POSITION, NOT_EMPTY, sizeof(WS_XML_NODE_POSITION)},
        {WS_MESSAGE_PROPERTY_BODY_READER, READING, sizeof(WS_XML_READER *)},
        {WS_MESSAGE_PROPERTY_BODY_WRITER, WRITING, sizeof(WS_XML_WRITER *)},
        {WS_MESSAGE_PROPERTY_IS_ADDRESSED, NOT_EMPTY, sizeof(BOOL)},
        {WS_MESSAGE_PROPERTY_IS_FAULT, NOT_EMPTY, sizeof(BOOL)},
        {WS_MESSAGE_PROPERTY_USERNAME, NOT_EMPTY, sizeof(WS_STRING)},
        {WS_MESSAGE_PROPERTY_ENCODED_CERT, NOT_EMPTY, sizeof(WS_BYTES)},
        {WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN, NOT_EMPTY, sizeof(HANDLE)},
        {WS_MESSAGE_PROPERTY_HTTP_HEADER_AUTH_WINDOWS_TOKEN, NOT_EMPTY, sizeof(HANDLE)},
        {WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN, NOT_EMPTY, sizeof(HANDLE)},
        {WS_MESSAGE_PROPERTY_SAML_ASSERTION, NOT_EMPTY, sizeof(WS_XML_BUFFER *)},
        {WS_MESSAGE_PROPERTY_SECURITY_CONTEXT, NOT_EMPTY, sizeof(WS_SECURITY_CONTEXT *)},
        {WS_MESSAGE_PROPERTY_PROTECTION_LEVEL, NOT_EMPTY, sizeof(WS_PROTECTION_LEVEL)},
    };
    BYTE value[32];
    int state;
    size_t i;

    for (state = WS_MESSAGE_STATE_EMPTY; state <= WS_MESSAGE_STATE_DONE; state++)
        for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        {
            struct staged staged = in_state((WS_MESSAGE_STATE)state);
            HRESULT hr = rows[i].states >> state & 1 ? S_OK : WS_E_INVALID_OPERATION;

            expect_hr(hr, WsGetMessageProperty(staged.message, rows[i].id, value, rows[i].size, NULL));
            if (hr == S_OK)
            {
                expect_hr(E_INVALIDARG,
                          WsGetMessageProperty(staged.message, rows[i].id, value, rows[i].size - 1, NULL));
                expect_hr(E_INVALIDARG,
                          WsGetMessageProperty(staged.message, rows[i].id, value, rows[i].size + 1, NULL));
                expect_hr(E_INVALIDARG, WsGetMessageProperty(staged.message, rows[i].id, NULL, rows[i].size, NULL));
            }
            end_state(&staged);
        }
}

TEST(the_reader_and_the_writer_are_the_program_s)
{
    struct staged staged = in_state(WS_MESSAGE_STATE_READING);
    WS_XML_READER *reader = NULL;
    WS_XML_WRITER *writer = NULL;

    ok(WsGetMessageProperty(staged.message, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), NULL));
    expect(reader == staged.reader);
    expect(is_addressed(staged.message) == TRUE);
    end_state(&staged);
    staged = in_state(WS_MESSAGE_STATE_WRITING);
    ok(WsGetMessageProperty(staged.message, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), NULL));
    expect(writer == staged.writer);
    end_state(&staged);
}

TEST(properties_that_do_not_exist_or_are_for_creation)
{
    static const int ids[] = {WS_MESSAGE_PROPERTY_HEAP_PROPERTIES,
                              WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES,
                              WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES,
                              WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS,
                              99,
                              -1};
    WS_ERROR *error = create_error();
    ULONG value[4] = {0};
    size_t i;
    int state;

    for (state = WS_MESSAGE_STATE_EMPTY; state <= WS_MESSAGE_STATE_INITIALIZED; state++)
        for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
        {
            struct staged staged = in_state((WS_MESSAGE_STATE)state);
            WS_MESSAGE_PROPERTY_ID id = (WS_MESSAGE_PROPERTY_ID)ids[i];

            expect_refused(error, E_INVALIDARG, WsGetMessageProperty(staged.message, id, value, 4, error),
                           ids[i] == 99 ? "There is no message property 99 that a message can be asked for." : "");
            expect_hr(state == WS_MESSAGE_STATE_EMPTY ? WS_E_INVALID_OPERATION : E_INVALIDARG,
                      WsSetMessageProperty(staged.message, id, value, 4, NULL));
            end_state(&staged);
        }
    WsFreeError(error);
}

/* --- The heap --- */

TEST(the_heap_of_a_message_is_reset_with_it)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    SIZE_T before, after;
    WS_HEAP *heap = NULL;
    void *memory;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL));
    before = requested(heap);
    expect(before > 0);
    ok(WsAlloc(heap, 100, &memory, NULL));
    memset(memory, 1, 100);
    expect_size(before + 100, requested(heap));
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL));
    after = requested(heap);
    expect_size(before, after);
    WsFreeMessage(message);
}

/* Our choice: the headers are in it. */
TEST(the_heap_of_a_message_is_neither_reset_nor_freed_alone)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    WS_HEAP *heap = NULL, *other;
    SIZE_T before;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL));
    before = requested(heap);
    expect_refused(error, WS_E_INVALID_OPERATION, WsResetHeap(heap, error), "belongs to another object");
    WsFreeHeap(heap);
    expect_size(before, requested(heap));
    other = create_heap(100);
    expect(other != heap);
    WsFreeHeap(other);
    expect_headers(message, "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header/><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeError(error);
}

static WS_MESSAGE *create_with(WS_MESSAGE_PROPERTY_ID id, const void *value, ULONG size)
{
    WS_MESSAGE_PROPERTY property = {id, (void *)value, size};
    WS_MESSAGE *message = NULL;

    ok(WsCreateMessage(SOAP12, ADDR10, &property, 1, &message, NULL));
    return message;
}

static HRESULT refused_with(WS_MESSAGE_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error)
{
    WS_MESSAGE_PROPERTY property = {id, (void *)value, size};
    WS_MESSAGE *message = NULL;
    HRESULT hr = WsCreateMessage(SOAP12, ADDR10, &property, 1, &message, error);

    expect(!message);
    return hr;
}

TEST(heap_properties)
{
    SIZE_T max_size = 300, trim_size = 100, got = 0;
    WS_HEAP_PROPERTY heap_properties[] = {{WS_HEAP_PROPERTY_MAX_SIZE, &max_size, sizeof(max_size)},
                                          {WS_HEAP_PROPERTY_TRIM_SIZE, &trim_size, sizeof(trim_size)}};
    WS_HEAP_PROPERTIES properties = {heap_properties, 2};
    WS_ERROR *error = create_error();
    WS_MESSAGE *message;
    WS_HEAP *heap;

    message = create_with(WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &properties, sizeof(properties));
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, error),
                   "The heap's quota was exceeded");
    expect(says(error, "of 300 are in use. It is set by WS_MESSAGE_PROPERTY_HEAP_PROPERTIES."));
    expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
    WsFreeMessage(message);
    max_size = 100000;
    message = create_with(WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &properties, sizeof(properties));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEAP, &heap, sizeof(heap), NULL));
    ok(WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &got, sizeof(got), NULL));
    expect_size(100000, got);
    ok(WsGetHeapProperty(heap, WS_HEAP_PROPERTY_TRIM_SIZE, &got, sizeof(got), NULL));
    expect_size(100, got);
    WsFreeMessage(message);
    WsFreeError(error);
}

/* Our choice: what is not documented as a property of the heap, the readers or the writers of a message is refused. */
TEST(properties_that_a_message_cannot_be_created_with)
{
    ULONG number = 1;
    SIZE_T size = 1;
    WS_HEAP_PROPERTY heap_property = {WS_HEAP_PROPERTY_REQUESTED_SIZE, &size, sizeof(size)};
    WS_HEAP_PROPERTIES heap = {&heap_property, 1};
    WS_XML_READER_PROPERTY reader_property = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &number, sizeof(number)};
    WS_XML_READER_PROPERTIES reader = {&reader_property, 1};
    WS_XML_WRITER_PROPERTY writer_property = {WS_XML_WRITER_PROPERTY_INDENT, &number, sizeof(number)};
    WS_XML_WRITER_PROPERTIES writer = {&writer_property, 1};
    WS_ERROR *error = create_error();
    WS_MESSAGE *message = NULL;
    int id;

    expect_refused(error, E_INVALIDARG, refused_with(WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap, sizeof(heap), error),
                   "WS_HEAP_PROPERTY_REQUESTED_SIZE");
    heap_property.id = WS_HEAP_PROPERTY_MAX_SIZE;
    heap_property.valueSize = 1;
    expect_refused(error, E_INVALIDARG, refused_with(WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap, sizeof(heap), error),
                   "WS_HEAP_PROPERTY_MAX_SIZE");
    heap.properties = NULL;
    expect_refused(error, E_INVALIDARG, refused_with(WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap, sizeof(heap), error),
                   "is NULL");
    expect_refused(error, E_INVALIDARG,
                   refused_with(WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES, &reader, sizeof(reader), error),
                   "WS_XML_READER_PROPERTY_ALLOW_FRAGMENT");
    reader_property.id = WS_XML_READER_PROPERTY_ROW;
    expect_refused(error, E_INVALIDARG,
                   refused_with(WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES, &reader, sizeof(reader), error),
                   "WS_XML_READER_PROPERTY_ROW");
    expect_refused(error, E_INVALIDARG,
                   refused_with(WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES, &writer, sizeof(writer), error),
                   "WS_XML_WRITER_PROPERTY_INDENT");
    writer_property.id = WS_XML_WRITER_PROPERTY_MAX_DEPTH;
    writer_property.valueSize = 1;
    expect_refused(error, E_INVALIDARG,
                   refused_with(WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES, &writer, sizeof(writer), error),
                   "WS_XML_WRITER_PROPERTY_MAX_DEPTH");
    for (id = WS_MESSAGE_PROPERTY_STATE; id <= WS_MESSAGE_PROPERTY_PROTECTION_LEVEL + 1; id++)
    {
        ok(WsResetError(error));
        expect_hr(E_INVALIDARG, refused_with((WS_MESSAGE_PROPERTY_ID)id, &number, 1, error));
        expect_hr(E_INVALIDARG, refused_with((WS_MESSAGE_PROPERTY_ID)id, NULL, 4, error));
    }
    expect_refused(error, E_INVALIDARG, WsCreateMessage(SOAP12, ADDR10, NULL, 1, &message, error), "is NULL");
    WsFreeError(error);
}

TEST(readers_and_writers_of_a_message_have_its_properties)
{
    ULONG depth = 3;
    WS_XML_WRITER_PROPERTY writer_property = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)};
    WS_XML_WRITER_PROPERTIES writer = {&writer_property, 1};
    WS_XML_READER_PROPERTY reader_property = {WS_XML_READER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)};
    WS_XML_READER_PROPERTIES reader = {&reader_property, 1};
    WS_ERROR *error = create_error();
    struct point point = {7};
    WS_MESSAGE *message = create_with(WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES, &writer, sizeof(writer));

    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    set_text_header(message, WS_ACTION_HEADER, "act");
    expect_refused(error, WS_E_QUOTA_EXCEEDED,
                   WsAddCustomHeader(message, &point_body, WS_WRITE_REQUIRED_VALUE, &point, sizeof(point), 0, error),
                   "MAX_DEPTH is 3");
    expect_headers(message,
                   "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:Action s:mustUnderstand=\"1\">"
                   "act</a:Action></s:Header><s:Body/></s:Envelope>");
    WsFreeMessage(message);
    message = create_with(WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES, &reader, sizeof(reader));
    WsFreeMessage(message);
    WsFreeError(error);
}

/* --- Setting --- */

TEST(a_fault_is_announced)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    BOOL yes = 7;

    expect(!is_fault(message));
    ok(WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_IS_FAULT, &yes, sizeof(yes), NULL));
    expect(is_fault(message) == TRUE);
    expect_hr(E_INVALIDARG, WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_IS_FAULT, &yes, 1, NULL));
    expect_hr(E_INVALIDARG, WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_IS_FAULT, NULL, sizeof(yes), NULL));
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    expect(!is_fault(message));
    WsFreeMessage(message);
}

TEST(what_is_set_of_the_sender_is_copied_and_gone_after_a_reset)
{
    WCHAR name[] = u"user";
    BYTE certificate[] = {1, 2, 3};
    WS_STRING username = {4, name};
    WS_BYTES encoded = {3, certificate};
    WS_PROTECTION_LEVEL level = WS_PROTECTION_LEVEL_SIGN;
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);

    ok(WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_USERNAME, &username, sizeof(username), NULL));
    ok(WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_ENCODED_CERT, &encoded, sizeof(encoded), NULL));
    ok(WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_PROTECTION_LEVEL, &level, sizeof(level), NULL));
    memset(name, 0, sizeof(name));
    memset(certificate, 0, sizeof(certificate));
    memset(&username, 0, sizeof(username));
    memset(&encoded, 0, sizeof(encoded));
    level = WS_PROTECTION_LEVEL_NONE;
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_USERNAME, &username, sizeof(username), NULL));
    expect(wide_is(&username, "user"));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_ENCODED_CERT, &encoded, sizeof(encoded), NULL));
    expect(encoded.length == 3 && !memcmp(encoded.bytes, "\1\2\3", 3));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_PROTECTION_LEVEL, &level, sizeof(level), NULL));
    expect(level == WS_PROTECTION_LEVEL_SIGN);
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_USERNAME, &username, sizeof(username), NULL));
    expect(!username.length);
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_ENCODED_CERT, &encoded, sizeof(encoded), NULL));
    expect(!encoded.length);
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_PROTECTION_LEVEL, &level, sizeof(level), NULL));
    expect(level == WS_PROTECTION_LEVEL_NONE);
    WsFreeMessage(message);
}

TEST(an_assertion_is_copied)
{
    WS_HEAP *heap = create_heap(10000);
    WS_ENDPOINT_ADDRESS address = make_address(heap, NULL, "<saml a=\"1\">x</saml>");
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_XML_BUFFER *buffer = (WS_XML_BUFFER *)message;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_SAML_ASSERTION, &buffer, sizeof(buffer), NULL));
    expect(!buffer);
    ok(WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_SAML_ASSERTION, &address.headers, sizeof(buffer), NULL));
    WsFreeHeap(heap);
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_SAML_ASSERTION, &buffer, sizeof(buffer), NULL));
    expect(!strcmp(buffer_text(buffer), "<saml a=\"1\">x</saml>"));
    buffer = (WS_XML_BUFFER *)message;
    expect_hr(E_INVALIDARG,
              WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_SAML_ASSERTION, &buffer, sizeof(buffer), NULL));
    buffer = NULL;
    ok(WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_SAML_ASSERTION, &buffer, sizeof(buffer), NULL));
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_SAML_ASSERTION, &buffer, sizeof(buffer), NULL));
    expect(!buffer);
    WsFreeMessage(message);
}

TEST(a_token_is_duplicated)
{
    static const WS_MESSAGE_PROPERTY_ID ids[] = {WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN,
                                                 WS_MESSAGE_PROPERTY_HTTP_HEADER_AUTH_WINDOWS_TOKEN,
                                                 WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN};
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    HANDLE handle, got;
    size_t i;

    for (i = 0; i < 3; i++)
    {
        got = message;
        ok(WsGetMessageProperty(message, ids[i], &got, sizeof(got), NULL));
        expect(!got);
#ifdef _WIN32
        handle = CreateEventW(NULL, FALSE, FALSE, NULL);
        ok(WsSetMessageProperty(message, ids[i], &handle, sizeof(handle), NULL));
        ok(WsGetMessageProperty(message, ids[i], &got, sizeof(got), NULL));
        expect(got && got != handle);
        expect(SetEvent(handle) && WaitForSingleObject(got, 0) == WAIT_OBJECT_0);
        CloseHandle(handle);
        handle = (HANDLE)(ULONG_PTR)0x12345678;
        expect_hr(E_INVALIDARG, WsSetMessageProperty(message, ids[i], &handle, sizeof(handle), NULL));
#else
        handle = &handle;
        ok(WsSetMessageProperty(message, ids[i], &handle, sizeof(handle), NULL));
        ok(WsGetMessageProperty(message, ids[i], &got, sizeof(got), NULL));
        expect(got == handle);
#endif
    }
    handle = NULL;
    ok(WsSetMessageProperty(message, ids[0], &handle, sizeof(handle), NULL));
    ok(WsGetMessageProperty(message, ids[0], &got, sizeof(got), NULL));
    expect(!got);
    WsFreeMessage(message);
}

/* Our choice: which code, of those that the page has. */
TEST(values_that_cannot_be)
{
    WS_STRING username = {4, NULL};
    WS_BYTES certificate = {4, NULL};
    WS_PROTECTION_LEVEL level = (WS_PROTECTION_LEVEL)4;
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();

    expect_refused(error, E_INVALIDARG,
                   WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_USERNAME, &username, sizeof(username), error),
                   "length 4 is at NULL");
    expect_refused(
        error, E_INVALIDARG,
        WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_ENCODED_CERT, &certificate, sizeof(certificate), error),
        "length 4 is at NULL");
    expect_refused(error, E_INVALIDARG,
                   WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_PROTECTION_LEVEL, &level, sizeof(level), error),
                   "no protection level 4");
    certificate.length = 0xffffffff;
    certificate.bytes = (BYTE *)message;
    expect_refused(
        error, WS_E_QUOTA_EXCEEDED,
        WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_ENCODED_CERT, &certificate, sizeof(certificate), error),
        "quota");
    expect_hr(E_INVALIDARG,
              WsSetMessageProperty(message, WS_MESSAGE_PROPERTY_SECURITY_CONTEXT, &error, sizeof(error), NULL));
    WsFreeMessage(message);
    WsFreeError(error);
}

/* --- The state --- */

TEST(what_a_message_must_be)
{
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();

    expect_refused(error, WS_E_INVALID_OPERATION, WsRemoveHeader(message, WS_TO_HEADER, error),
                   "The message is in WS_MESSAGE_STATE_EMPTY: it must be initialized or read first.");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEnvelopeEnd(message, error),
                   "The message is in WS_MESSAGE_STATE_EMPTY, and must be in WS_MESSAGE_STATE_WRITING.");
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsReadEnvelopeStart(message, reader, NULL, NULL, error),
                   "The message is in WS_MESSAGE_STATE_INITIALIZED, and must be in WS_MESSAGE_STATE_EMPTY, as "
                   "WsResetMessage makes it.");
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeError(error);
}
