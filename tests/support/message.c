/* SPDX-License-Identifier: MIT */
/* message.c - see message.h. */
#include "support/message.h"

#include <stdlib.h>

const struct message_version message_versions[MESSAGE_VERSIONS] = {
    {SOAP11, ADDR09}, {SOAP11, ADDR10},    {SOAP11, TRANSPORT},  {SOAP12, ADDR09},
    {SOAP12, ADDR10}, {SOAP12, TRANSPORT}, {NO_SOAP, TRANSPORT},
};

WS_MESSAGE *create_message(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing)
{
    WS_MESSAGE *message = NULL;

    ok(WsCreateMessage(envelope, addressing, NULL, 0, &message, NULL));
    expect(message != NULL);
    return message;
}

WS_MESSAGE *new_message(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing,
                        WS_MESSAGE_INITIALIZATION initialization)
{
    WS_MESSAGE *message = create_message(envelope, addressing);

    ok(WsInitializeMessage(message, initialization, NULL, NULL));
    return message;
}

WS_MESSAGE_STATE state_of(WS_MESSAGE *message)
{
    WS_MESSAGE_STATE state = (WS_MESSAGE_STATE)99;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_STATE, &state, sizeof(state), NULL));
    return state;
}

BOOL is_addressed(WS_MESSAGE *message)
{
    BOOL value = 99;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_IS_ADDRESSED, &value, sizeof(value), NULL));
    return value;
}

BOOL is_fault(WS_MESSAGE *message)
{
    BOOL value = 99;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_IS_FAULT, &value, sizeof(value), NULL));
    return value;
}

WS_XML_BUFFER *header_buffer(WS_MESSAGE *message)
{
    WS_XML_BUFFER *buffer = NULL;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL));
    expect(buffer != NULL);
    return buffer;
}

const char *buffer_text(WS_XML_BUFFER *buffer)
{
    static char text[65536];
    WS_XML_WRITER *writer = create_fragment_writer();
    WS_BYTES bytes;

    ok(WsWriteXmlBuffer(writer, buffer, NULL));
    bytes = get_bytes(writer);
    expect(bytes.length < sizeof(text));
    memcpy(text, bytes.bytes, bytes.length);
    text[bytes.length] = 0;
    WsFreeWriter(writer);
    return text;
}

/* --- Short forms --- */

static const struct
{
    const char *name, *value; /* NULL: an ID */
} short_forms[] = {{"{E11}", E11}, {"{E12}", E12}, {"{A09}", A09}, {"{A10}", A10}, {"{AN}", AN}, {"{ID}", NULL}};

/* The short form that a text begins with; NULL: none. */
static const char *short_form(const char *text, size_t *name_length, bool *is_id)
{
    size_t i;

    for (i = 0; i < sizeof(short_forms) / sizeof(short_forms[0]); i++)
        if (!strncmp(text, short_forms[i].name, strlen(short_forms[i].name)))
        {
            *name_length = strlen(short_forms[i].name);
            *is_id = !short_forms[i].value;
            return *is_id ? "urn:uuid:" : short_forms[i].value;
        }
    return NULL;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_guid(const char *text)
{
    size_t i;

    for (i = 0; i < 36; i++)
        if (i == 8 || i == 13 || i == 18 || i == 23 ? text[i] != '-' : !is_hex(text[i]))
            return false;
    return true;
}

bool is_text(const char *text, size_t length, const char *shortened)
{
    const char *end = text + length, *value;
    size_t name_length, value_length;
    bool is_id;

    while (*shortened)
    {
        if (!(value = short_form(shortened, &name_length, &is_id)))
        {
            if (text == end || *text++ != *shortened++)
                return false;
            continue;
        }
        value_length = strlen(value);
        if ((size_t)(end - text) < value_length || memcmp(text, value, value_length))
            return false;
        text += value_length;
        if (is_id && (end - text < 36 || !is_guid(text)))
            return false;
        text += is_id ? 36 : 0;
        shortened += name_length;
    }
    return text == end;
}

const char *in_full(const char *shortened)
{
    static char texts[8][8192];
    static unsigned next;
    char *text = texts[next++ % 8], *p = text;
    const char *value;
    size_t name_length;
    bool is_id;

    while (*shortened)
    {
        expect(p < text + sizeof(texts[0]) - 128);
        if (!(value = short_form(shortened, &name_length, &is_id)))
        {
            *p++ = *shortened++;
            continue;
        }
        strcpy(p, value);
        p += strlen(value);
        if (is_id)
        {
            strcpy(p, "01234567-89ab-cdef-0123-456789abcdef");
            p += 36;
        }
        shortened += name_length;
    }
    *p = 0;
    return text;
}

/* --- Reading --- */

WS_XML_READER *reader_of(const char *shortened)
{
    WS_XML_READER *reader = create_reader();

    set_text_string(reader, in_full(shortened));
    return reader;
}

WS_MESSAGE *read_message(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, WS_XML_READER *reader)
{
    WS_MESSAGE *message = create_message(envelope, addressing);

    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    return message;
}

/* --- Headers --- */

void set_text_header(WS_MESSAGE *message, WS_HEADER_TYPE type, const char *text)
{
    ok(WsSetHeader(message, type, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X(text), sizeof(WS_XML_STRING), NULL));
}

const char *text_header(WS_MESSAGE *message, WS_HEADER_TYPE type)
{
    static char text[512];
    WS_XML_STRING *string = NULL;

    ok(WsGetHeader(message, type, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &string, sizeof(string), NULL));
    if (!string)
        return "";
    expect(string->length < sizeof(text));
    memcpy(text, string->bytes, string->length);
    text[string->length] = 0;
    return text;
}

static WS_XML_STRING name_h = STRING("h"), name_p = STRING("p"), name_n = STRING("n"), ns_x = STRING("urn:x");

const WS_ELEMENT_DESCRIPTION string_header = {&name_h, &ns_x, WS_XML_STRING_TYPE, NULL};

static WS_FIELD_DESCRIPTION field_n = {
    .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &name_n, .ns = &ns_x, .type = WS_UINT32_TYPE};
static WS_FIELD_DESCRIPTION *point_fields[] = {&field_n};
static WS_STRUCT_DESCRIPTION point_struct = {
    .size = sizeof(struct point), .alignment = 4, .fields = point_fields, .fieldCount = 1};

const WS_ELEMENT_DESCRIPTION point_body = {&name_p, &ns_x, WS_STRUCT_TYPE, &point_struct};

void add_string_header(WS_MESSAGE *message, const char *text, ULONG attributes)
{
    ok(WsAddCustomHeader(message, &string_header, WS_WRITE_REQUIRED_VALUE, X(text), sizeof(WS_XML_STRING), attributes,
                         NULL));
}

WS_ENDPOINT_ADDRESS make_address(WS_HEAP *heap, const WCHAR *url, const char *headers)
{
    WS_ENDPOINT_ADDRESS address = {{0, (WCHAR *)url}, NULL, NULL, NULL};
    BOOL yes = TRUE;
    WS_XML_READER_PROPERTY fragment = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_READER *reader;

    while (url && url[address.url.length])
        address.url.length++;
    if (headers && !*headers)
        ok(WsCreateXmlBuffer(heap, NULL, 0, &address.headers, NULL));
    else if (headers)
    {
        reader = create_reader();
        ok(WsReadXmlBufferFromBytes(reader, NULL, &fragment, 1, headers, (ULONG)strlen(headers), heap, &address.headers,
                                    NULL));
        WsFreeReader(reader);
    }
    return address;
}
