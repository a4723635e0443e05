/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of faults and endpoint addresses: the input says which version, and is the XML, as text or in binary. What
 * can be read can be written, and then reads back as what it was written as: the same XML. So is a fault that has been
 * in an error object, and the address among an address's extensions. What fails leaves the value alone. Run by
 * `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "fuzz.h"

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_HEAP *heap;
static WS_ERROR *error;

static ULONG many = 100000;
static const WS_XML_WRITER_PROPERTY writing[] = {{WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)},
                                                 {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &many, sizeof(many)},
                                                 {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &many, sizeof(many)}};
static const WS_XML_READER_PROPERTY reading[] = {{WS_XML_READER_PROPERTY_MAX_NAMESPACES, &many, sizeof(many)},
                                                 {WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, &many, sizeof(many)},
                                                 {WS_XML_READER_PROPERTY_MAX_DEPTH, &many, sizeof(many)}};

/* A type, with what it is described by. */
struct kind
{
    WS_TYPE type;
    const void *description;
    size_t size;
};

static const WS_FAULT_DESCRIPTION soap11 = {WS_ENVELOPE_VERSION_SOAP_1_1}, soap12 = {WS_ENVELOPE_VERSION_SOAP_1_2};
static const WS_ENDPOINT_ADDRESS_DESCRIPTION v09 = {WS_ADDRESSING_VERSION_0_9}, v10 = {WS_ADDRESSING_VERSION_1_0};
static const struct kind kinds[] = {{WS_FAULT_TYPE, &soap11, sizeof(WS_FAULT)},
                                    {WS_FAULT_TYPE, &soap12, sizeof(WS_FAULT)},
                                    {WS_ENDPOINT_ADDRESS_TYPE, &v09, sizeof(WS_ENDPOINT_ADDRESS)},
                                    {WS_ENDPOINT_ADDRESS_TYPE, &v10, sizeof(WS_ENDPOINT_ADDRESS)}};

union value
{
    BYTE bytes[sizeof(WS_FAULT)];
    WS_FAULT fault;
    WS_ENDPOINT_ADDRESS address;
};

static HRESULT read_value(const struct kind *kind, bool is_binary, const void *data, size_t size, union value *value)
{
    static const WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    static const WS_XML_READER_BINARY_ENCODING binary = {.encoding = {WS_XML_READER_ENCODING_TYPE_BINARY}};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)data, (ULONG)size};
    HRESULT hr;
    size_t i;

    memset(value, 0x5a, sizeof(*value));
    check(WsSetInput(reader, is_binary ? &binary.encoding : &text.encoding, &input.input, reading, 3, NULL) == S_OK);
    hr = WsReadType(reader, WS_ELEMENT_TYPE_MAPPING, kind->type, kind->description, WS_READ_REQUIRED_VALUE, heap, value,
                    (ULONG)kind->size, error);
    for (i = 0; hr != S_OK && i < sizeof(*value); i++)
        check(value->bytes[i] == 0x5a);
    return hr;
}

/* In memory of the heap. */
static WS_BYTES write_as(const struct kind *kind, bool is_binary, const void *value)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_BINARY_ENCODING binary = {.encoding = {WS_XML_WRITER_ENCODING_TYPE_BINARY}};
    static const WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    static const WS_XML_STRING name = {1, (BYTE *)"r", NULL, 0}, ns = {0, NULL, NULL, 0};
    WS_BYTES bytes = {0, NULL};
    void *memory = NULL;

    check(WsSetOutput(writer, is_binary ? &binary.encoding : &utf8.encoding, &output.output, writing, 3, NULL) == S_OK);
    check(WsWriteStartElement(writer, NULL, &name, &ns, NULL) == S_OK);
    check(WsWriteType(writer, WS_ELEMENT_TYPE_MAPPING, kind->type, kind->description, WS_WRITE_REQUIRED_VALUE, value,
                      (ULONG)kind->size, NULL) == S_OK);
    check(WsWriteEndElement(writer, NULL) == S_OK);
    check(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL) == S_OK);
    check(WsAlloc(heap, bytes.length, &memory, NULL) == S_OK);
    memcpy(memory, bytes.bytes, bytes.length);
    bytes.bytes = memory;
    return bytes;
}

static WS_BYTES write_value(const struct kind *kind, const void *value)
{
    return write_as(kind, false, value);
}

static bool same(const WS_BYTES *one, const WS_BYTES *other)
{
    return one->length == other->length && !memcmp(one->bytes, other->bytes, one->length);
}

static void check_again(const struct kind *kind, const WS_BYTES *bytes)
{
    union value value;
    WS_BYTES again;

    check(read_value(kind, false, bytes->bytes, bytes->length, &value) == S_OK);
    again = write_value(kind, &value);
    check(same(bytes, &again));
    again = write_as(kind, true, &value);
    check(read_value(kind, true, again.bytes, again.length, &value) == S_OK);
}

/* Its text is the only thing that may be changed, if it has none. */
static void check_error(const struct kind *kind, const WS_FAULT *fault, const WS_BYTES *bytes)
{
    bool has_text = false;
    WS_FAULT made;
    WS_BYTES again;
    ULONG i;

    for (i = 0; i < fault->reasonCount; i++)
        has_text |= fault->reasons[i].text.length != 0;
    check(WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, fault, sizeof(*fault)) == S_OK);
    check(WsCreateFaultFromError(error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, &made) == S_OK);
    again = write_value(kind, &made);
    check(!has_text || same(bytes, &again));
}

static void check_extension(WS_ENDPOINT_ADDRESS *address)
{
    WS_ENDPOINT_ADDRESS *extension = address;
    WS_BYTES bytes;
    HRESULT hr;

    hr = WsReadEndpointAddressExtension(reader, address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
                                        WS_READ_OPTIONAL_POINTER, heap, &extension, sizeof(extension), error);
    check(hr == S_OK || (extension == address && (hr == WS_E_INVALID_FORMAT || hr == WS_E_QUOTA_EXCEEDED)));
    if (hr != S_OK || !extension)
        return;
    bytes = write_value(&kinds[3], extension);
    check_again(&kinds[3], &bytes);
}

/*
 * Local names of codes are not checked when they are read, as on Windows. One with a colon or white space in it has
 * another meaning where the prefix that it is written with is empty.
 */
static bool has_names(const WS_FAULT *fault)
{
    const WS_FAULT_CODE *code;
    ULONG i;

    for (code = fault->code; code; code = code->subCode)
        for (i = 0; i < code->value.localName.length; i++)
            if (strchr(": \t\r\n", code->value.localName.bytes[i]))
                return false;
    return true;
}

static void run(const uint8_t *data, size_t size)
{
    const struct kind *kind = &kinds[data[0] % 4];
    union value value;
    WS_BYTES bytes;

    if (read_value(kind, data[0] & 64, data + 1, size - 1, &value) != S_OK)
        return;
    bytes = write_value(kind, &value);
    if (kind->type == WS_FAULT_TYPE && !has_names(&value.fault))
        return;
    check_again(kind, &bytes);
    if (kind->type == WS_FAULT_TYPE)
        check_error(kind, &value.fault, &bytes);
    else
        check_extension(&value.address);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK && WsCreateWriter(NULL, 0, &writer, NULL) == S_OK);
    check(WsCreateHeap(1 << 24, 0, NULL, 0, &heap, NULL) == S_OK && WsCreateError(NULL, 0, &error) == S_OK);
    run(data, size);
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
    WsFreeError(error);
    return 0;
}
