/* SPDX-License-Identifier: MIT */
/* cycle.c - see cycle.h. */
#include "cycle.h"

#include <stddef.h>

/* --- The body --- */

struct order
{
    ULONG id;
    WS_STRING name;
    int quantity;
    double price;
    BOOL paid;
    WS_STRING city;
    UINT64 number;
    WS_DATETIME when;
    WS_STRING note;
    GUID guid;
};

static WS_XML_STRING ns = WS_XML_STRING_VALUE("http://example.com/order"), name_order = WS_XML_STRING_VALUE("order");
static WS_XML_STRING names[] = {
    WS_XML_STRING_VALUE("id"),     WS_XML_STRING_VALUE("name"), WS_XML_STRING_VALUE("quantity"),
    WS_XML_STRING_VALUE("price"),  WS_XML_STRING_VALUE("paid"), WS_XML_STRING_VALUE("city"),
    WS_XML_STRING_VALUE("number"), WS_XML_STRING_VALUE("when"), WS_XML_STRING_VALUE("note"),
    WS_XML_STRING_VALUE("guid"),
};

#define FIELD(index, kind, member) \
    { \
        .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &names[index], .ns = &ns, .type = kind, \
        .offset = offsetof(struct order, member) \
    }
static WS_FIELD_DESCRIPTION fields[] = {
    FIELD(0, WS_UINT32_TYPE, id),     FIELD(1, WS_STRING_TYPE, name),   FIELD(2, WS_INT32_TYPE, quantity),
    FIELD(3, WS_DOUBLE_TYPE, price),  FIELD(4, WS_BOOL_TYPE, paid),     FIELD(5, WS_STRING_TYPE, city),
    FIELD(6, WS_UINT64_TYPE, number), FIELD(7, WS_DATETIME_TYPE, when), FIELD(8, WS_STRING_TYPE, note),
    FIELD(9, WS_GUID_TYPE, guid),
};
static WS_FIELD_DESCRIPTION *field_list[] = {&fields[0], &fields[1], &fields[2], &fields[3], &fields[4],
                                             &fields[5], &fields[6], &fields[7], &fields[8], &fields[9]};
static WS_STRUCT_DESCRIPTION structure = {
    .size = sizeof(struct order), .alignment = 8, .fields = field_list, .fieldCount = 10};
static const WS_ELEMENT_DESCRIPTION body = {&name_order, &ns, WS_STRUCT_TYPE, &structure};

#define WIDE(text) \
    { \
        sizeof(u"" text) / 2 - 1, (WCHAR *)u"" text \
    }
static const struct order value = {
    4711,
    WIDE("Pencil case"),
    12,
    3.75,
    TRUE,
    WIDE("Berlin"),
    123456789012345u,
    {634000000000000000u, WS_DATETIME_FORMAT_UTC},
    WIDE("delivered in the morning"),
    {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}},
};

/* --- The cycle --- */

HRESULT cycle_open(struct cycle *cycle, const struct cycle_api *api)
{
    ULONG most = 0x7fffffff;
    WS_XML_WRITER_PROPERTY large = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &most, sizeof(most)};
    HRESULT hr;

    cycle->api = api;
    cycle->bytes.length = 0;
    if ((hr = api->WsCreateHeap(1 << 20, 1 << 16, NULL, 0, &cycle->heap, NULL)) != S_OK ||
        (hr = api->WsCreateReader(NULL, 0, &cycle->reader, NULL)) != S_OK ||
        (hr = api->WsCreateWriter(&large, 1, &cycle->writer, NULL)) != S_OK)
        return hr;
    return api->WsCreateMessage(WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &cycle->message,
                                NULL);
}

void cycle_close(struct cycle *cycle)
{
    cycle->api->WsFreeMessage(cycle->message);
    cycle->api->WsFreeWriter(cycle->writer);
    cycle->api->WsFreeReader(cycle->reader);
    cycle->api->WsFreeHeap(cycle->heap);
}

static HRESULT begin(struct cycle *cycle)
{
    static const WS_XML_STRING action = WS_XML_STRING_VALUE("http://example.com/order/place");
    const WS_ENDPOINT_ADDRESS address = {WIDE("http://example.com/service/1"), NULL, NULL, NULL};
    const struct cycle_api *api = cycle->api;
    HRESULT hr;

    if ((hr = api->WsInitializeMessage(cycle->message, WS_REQUEST_MESSAGE, NULL, NULL)) != S_OK ||
        (hr = api->WsSetHeader(cycle->message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action,
                               sizeof(action), NULL)) != S_OK)
        return hr;
    return api->WsAddressMessage(cycle->message, &address, NULL);
}

static HRESULT write_all(struct cycle *cycle)
{
    const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    const WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    const struct cycle_api *api = cycle->api;
    HRESULT hr;

    if ((hr = api->WsSetOutput(cycle->writer, &utf8.encoding, &memory.output, NULL, 0, NULL)) != S_OK ||
        (hr = api->WsWriteEnvelopeStart(cycle->message, cycle->writer, NULL, NULL, NULL)) != S_OK ||
        (hr = api->WsWriteBody(cycle->message, &body, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL)) != S_OK ||
        (hr = api->WsWriteEnvelopeEnd(cycle->message, NULL)) != S_OK ||
        (hr = api->WsResetMessage(cycle->message, NULL)) != S_OK)
        return hr;
    return api->WsGetWriterProperty(cycle->writer, WS_XML_WRITER_PROPERTY_BYTES, &cycle->bytes, sizeof(cycle->bytes),
                                    NULL);
}

HRESULT cycle_write(struct cycle *cycle)
{
    HRESULT hr = begin(cycle);

    return hr == S_OK ? write_all(cycle) : hr;
}

HRESULT cycle_read(struct cycle *cycle)
{
    static const WS_HEADER_TYPE types[] = {WS_ACTION_HEADER, WS_TO_HEADER, WS_MESSAGE_ID_HEADER};
    const WS_XML_READER_TEXT_ENCODING utf8 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    const WS_XML_READER_BUFFER_INPUT memory = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, cycle->bytes.bytes, cycle->bytes.length};
    const struct cycle_api *api = cycle->api;
    struct order *order;
    WS_XML_STRING text;
    unsigned i;
    HRESULT hr;

    if ((hr = api->WsSetInput(cycle->reader, &utf8.encoding, &memory.input, NULL, 0, NULL)) != S_OK ||
        (hr = api->WsReadEnvelopeStart(cycle->message, cycle->reader, NULL, NULL, NULL)) != S_OK)
        return hr;
    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if ((hr = api->WsGetHeader(cycle->message, types[i], WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &text,
                                   sizeof(text), NULL)) != S_OK)
            return hr;
    if ((hr = api->WsReadBody(cycle->message, &body, WS_READ_REQUIRED_POINTER, cycle->heap, &order, sizeof(order),
                              NULL)) != S_OK ||
        (hr = api->WsReadEnvelopeEnd(cycle->message, NULL)) != S_OK ||
        (hr = api->WsResetMessage(cycle->message, NULL)) != S_OK)
        return hr;
    if (order->id != value.id || order->note.length != value.note.length)
        return E_FAIL;
    return api->WsResetHeap(cycle->heap, NULL);
}

HRESULT cycle_headers(struct cycle *cycle, ULONG count)
{
    static WS_XML_STRING local = WS_XML_STRING_VALUE("header");
    static const WS_ELEMENT_DESCRIPTION header = {&local, &ns, WS_UINT32_TYPE, NULL};
    HRESULT hr = begin(cycle);
    ULONG i;

    for (i = 0; i < count && hr == S_OK; i++)
        hr = cycle->api->WsAddCustomHeader(cycle->message, &header, WS_WRITE_REQUIRED_VALUE, &i, sizeof(i), 0, NULL);
    return hr == S_OK ? write_all(cycle) : hr;
}
