/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of values of every type: the input says which type, option and limits, and what the detail of a fault holds,
 * as text. What can be read can be written, and then reads back as what it was written as: the same XML. Run by
 * `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "fuzz.h"

static const size_t sizes[] = {sizeof(BOOL),
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
                               sizeof(WS_UNIQUE_ID),
                               sizeof(WS_STRING),
                               sizeof(void *),
                               sizeof(WS_BYTES),
                               sizeof(WS_XML_STRING),
                               sizeof(WS_XML_QNAME),
                               sizeof(void *)};

static WS_ERROR *error;
static WS_HEAP *heap;
static WS_XML_WRITER *writer;

static WS_BYTES detail(void)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    ULONG many = 1000;
    WS_XML_WRITER_PROPERTY properties[] = {{WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)},
                                           {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &many, sizeof(many)},
                                           {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &many, sizeof(many)}};
    WS_FAULT *fault = NULL;
    void *memory = NULL;
    WS_BYTES bytes;
    ULONG length = 0;

    check(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)) == S_OK);
    check(fault && fault->detail);
    check(WsWriteXmlBufferToBytes(writer, fault->detail, &utf8.encoding, properties, 3, heap, &memory, &length, NULL) ==
          S_OK);
    bytes.bytes = memory;
    bytes.length = length;
    return bytes;
}

static void run(const uint8_t *data, size_t size)
{
    static WS_XML_STRING name = {1, (BYTE *)"v", NULL, 0}, ns = {1, (BYTE *)"u", NULL, 0};
    /* Any limits will do: they are all numbers. */
    static union
    {
        uint64_t numbers[16];
        WS_STRING_DESCRIPTION string;
    } limits;
    WS_ELEMENT_DESCRIPTION element = {&name, &ns, WS_BOOL_TYPE, NULL};
    WS_FAULT_DETAIL_DESCRIPTION description = {NULL, &element};
    WS_XML_READER *reader = NULL;
    WS_XML_BUFFER *buffer = NULL;
    static char text[4096];
    WS_BYTES before, after;
    WS_READ_OPTION option;
    WS_FAULT fault;
    union
    {
        BYTE bytes[64];
        void *pointer;
        uint64_t number;
    } value;
    int length;
    BOOL by_pointer, is_pointer;
    HRESULT hr;

    element.type = (WS_TYPE)(data[0] % 36);
    option = (WS_READ_OPTION)(data[1] % 7);
    if (data[0] & 64)
        element.typeDescription = &limits;
    limits.string.minCharCount = 1;
    limits.string.maxCharCount = 20;
    if (element.type == WS_DURATION_TYPE)
        element.typeDescription = NULL;
    length = snprintf(text, sizeof(text),
                      "<d xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:p='q'>"
                      "<v xmlns='u' %s>%.*s</v></d>",
                      data[1] & 128 ? "i:nil='true'" : "a='b'", (int)(size - 2 < 3500 ? size - 2 : 3500),
                      (const char *)data + 2);
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK);
    hr = WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, text, (ULONG)length, heap, &buffer, NULL);
    WsFreeReader(reader);
    if (hr != S_OK)
        return;
    memset(&fault, 0, sizeof(fault));
    fault.detail = buffer;
    check(WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)) == S_OK);

    by_pointer = option != WS_READ_REQUIRED_VALUE && option != WS_READ_NILLABLE_VALUE;
    is_pointer = element.type == WS_WSZ_TYPE || element.type == WS_XML_BUFFER_TYPE;
    memset(&value, 0x5a, sizeof(value));
    size = by_pointer                                                ? sizeof(void *)
           : (size_t)element.type < sizeof(sizes) / sizeof(sizes[0]) ? sizes[element.type]
                                                                     : sizeof(WS_DURATION);
    hr = WsGetFaultErrorDetail(error, &description, option, heap, &value, (ULONG)size);
    if (hr != S_OK)
    {
        check(value.bytes[0] == 0x5a && value.bytes[sizeof(value) - 1] == 0x5a);
        return;
    }
    if (by_pointer && !value.pointer)
        return; /* nil */
    check(by_pointer || !is_pointer);
    hr = WsSetFaultErrorDetail(error, &description,
                               by_pointer                         ? WS_WRITE_REQUIRED_POINTER
                               : option == WS_READ_NILLABLE_VALUE ? WS_WRITE_NILLABLE_VALUE
                                                                  : WS_WRITE_REQUIRED_VALUE,
                               &value, (ULONG)size);
    check(hr == S_OK);
    before = detail();
    hr = WsGetFaultErrorDetail(error, &description, option, heap, &value, (ULONG)size);
    check(hr == S_OK);
    hr = WsSetFaultErrorDetail(error, &description,
                               by_pointer                         ? WS_WRITE_REQUIRED_POINTER
                               : option == WS_READ_NILLABLE_VALUE ? WS_WRITE_NILLABLE_VALUE
                                                                  : WS_WRITE_REQUIRED_VALUE,
                               &value, (ULONG)size);
    check(hr == S_OK);
    after = detail();
    check(before.length == after.length && !memcmp(before.bytes, after.bytes, after.length));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    check(WsCreateError(NULL, 0, &error) == S_OK && WsCreateWriter(NULL, 0, &writer, NULL) == S_OK);
    check(WsCreateHeap(1 << 24, 0, NULL, 0, &heap, NULL) == S_OK);
    run(data, size);
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
    return 0;
}
