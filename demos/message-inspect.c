/* SPDX-License-Identifier: MIT */
/*
 * Says in words what a SOAP message in a file is: its versions, its headers with the addresses in them, and its body or
 * fault; and answers it with a fault of its own, as a service does that cannot process it.
 *
 * Builds on Windows and, with the library's portable half, elsewhere.
 */

#include <webservices.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Words ---------------------------------------------------------------------------------------------------- */

/* As far as it is ASCII: consoles differ in the rest. */
static void print_bytes(const BYTE *bytes, ULONG length)
{
    ULONG i;

    for (i = 0; i < length; i++)
        putchar(bytes[i] >= 0x20 && bytes[i] < 0x7f ? bytes[i] : '?');
}

static void print_string(const WS_STRING *string)
{
    ULONG i;

    for (i = 0; i < string->length; i++)
        putchar(string->chars[i] >= 0x20 && string->chars[i] < 0x7f ? (int)string->chars[i] : '?');
}

static void print_name(const WS_XML_STRING *name, const WS_XML_STRING *ns)
{
    print_bytes(name->bytes, name->length);
    if (ns->length == 0)
        return;
    fputs(" of ", stdout);
    print_bytes(ns->bytes, ns->length);
}

/* Prints the error's sentences, the most recent first. */
static void print_error(HRESULT hr, WS_ERROR *error)
{
    ULONG count = 0;
    ULONG i, j;
    WS_STRING string;

    if (error != NULL)
        WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    for (i = 0; i < count; i++)
    {
        if (FAILED(WsGetErrorString(error, i, &string)))
            continue;
        fputs("message-inspect: ", stderr);
        for (j = 0; j < string.length; j++)
            fputc(string.chars[j] < 0x80 ? (int)string.chars[j] : '?', stderr);
        fputc('\n', stderr);
    }
    fprintf(stderr, "message-inspect: failed with 0x%08lX\n", (unsigned long)(ULONG)hr);
}

/* ---- What the program works with ------------------------------------------------------------------------------ */

typedef struct Inspector
{
    const char *bytes;
    ULONG length;
    WS_XML_READER *reader, *bufferReader; /* of the file; of XML buffers */
    WS_XML_WRITER *writer;
    WS_HEAP *heap;
    WS_ERROR *error;
    WS_MESSAGE *message;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
} Inspector;

/* A document in the binary encoding begins with an element or a comment, and none of their records is a '<'. */
static BOOL is_binary(const Inspector *inspector)
{
    BYTE first = inspector->length != 0 ? (BYTE)inspector->bytes[0] : 0;

    return first == 0x02 || (first >= 0x40 && first <= 0x77);
}

static HRESULT open_file(const Inspector *inspector)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    HRESULT hr = WsGetDictionary(WS_ENCODING_XML_BINARY_1, &binary.staticDictionary, inspector->error);

    input.encodedData = (void *)inspector->bytes;
    input.encodedDataSize = inspector->length;
    if (FAILED(hr))
        return hr;
    return WsSetInput(inspector->reader, is_binary(inspector) ? &binary.encoding : &text.encoding, &input.input, NULL,
                      0, inspector->error);
}

/* ---- Versions: a message has to know its own, so the file is looked at first ----------------------------------- */

static const WS_XML_STRING soap11 = WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/soap/envelope/");
static const WS_XML_STRING soap12 = WS_XML_STRING_VALUE("http://www.w3.org/2003/05/soap-envelope");
static const WS_XML_STRING addressing09 = WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/ws/2004/08/addressing");
static const WS_XML_STRING addressing10 = WS_XML_STRING_VALUE("http://www.w3.org/2005/08/addressing");
static const WS_XML_STRING bodyName = WS_XML_STRING_VALUE("Body");

static BOOL is_same(const WS_XML_STRING *a, const WS_XML_STRING *b)
{
    return WsXmlStringEquals(a, b, NULL) == S_OK;
}

/* Looks at the element at which the reader is. Returns whether it is the body. */
static BOOL look_at_element(Inspector *inspector, const WS_XML_ELEMENT_NODE *element, BOOL isFirst)
{
    if (isFirst)
        inspector->envelope = is_same(element->ns, &soap11)   ? WS_ENVELOPE_VERSION_SOAP_1_1
                              : is_same(element->ns, &soap12) ? WS_ENVELOPE_VERSION_SOAP_1_2
                                                              : WS_ENVELOPE_VERSION_NONE;
    else if (is_same(element->localName, &bodyName))
        return TRUE;
    if (inspector->envelope == WS_ENVELOPE_VERSION_NONE || inspector->addressing != WS_ADDRESSING_VERSION_TRANSPORT)
        return FALSE;
    if (is_same(element->ns, &addressing10))
        inspector->addressing = WS_ADDRESSING_VERSION_1_0;
    else if (is_same(element->ns, &addressing09))
        inspector->addressing = WS_ADDRESSING_VERSION_0_9;
    return FALSE;
}

static HRESULT find_versions(Inspector *inspector)
{
    const WS_XML_NODE *node;
    BOOL isFirst = TRUE;
    HRESULT hr = open_file(inspector);

    inspector->addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    while (SUCCEEDED(hr) && SUCCEEDED(hr = WsReadNode(inspector->reader, inspector->error)) &&
           SUCCEEDED(hr = WsGetReaderNode(inspector->reader, &node, inspector->error)) &&
           node->nodeType != WS_XML_NODE_TYPE_EOF)
        if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        {
            if (look_at_element(inspector, (const WS_XML_ELEMENT_NODE *)node, isFirst))
                break;
            isFirst = FALSE;
        }
    return hr;
}

static void print_versions(const Inspector *inspector)
{
    printf("Envelope: %s, %s, in %s\n",
           inspector->envelope == WS_ENVELOPE_VERSION_SOAP_1_1   ? "SOAP 1.1"
           : inspector->envelope == WS_ENVELOPE_VERSION_SOAP_1_2 ? "SOAP 1.2"
                                                                 : "no SOAP",
           inspector->addressing == WS_ADDRESSING_VERSION_1_0   ? "WS-Addressing 1.0"
           : inspector->addressing == WS_ADDRESSING_VERSION_0_9 ? "WS-Addressing of August 2004"
                                                                : "no addressing",
           is_binary(inspector) ? "binary" : "text");
}

/* ---- Headers -------------------------------------------------------------------------------------------------- */

static HRESULT print_text_header(const Inspector *inspector, const char *name, WS_HEADER_TYPE type)
{
    WS_XML_STRING *value = NULL;
    HRESULT hr = WsGetHeader(inspector->message, type, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &value,
                             sizeof(value), inspector->error);

    if (FAILED(hr) || value == NULL)
        return hr;
    printf("%s: ", name);
    print_bytes(value->bytes, value->length);
    putchar('\n');
    return hr;
}

static void print_identity(const WS_ENDPOINT_IDENTITY *identity)
{
    switch (identity->identityType)
    {
    case WS_DNS_ENDPOINT_IDENTITY_TYPE:
        fputs(", whose DNS name is ", stdout);
        print_string(&((const WS_DNS_ENDPOINT_IDENTITY *)identity)->dns);
        break;
    case WS_UPN_ENDPOINT_IDENTITY_TYPE:
        fputs(", whose user is ", stdout);
        print_string(&((const WS_UPN_ENDPOINT_IDENTITY *)identity)->upn);
        break;
    case WS_SPN_ENDPOINT_IDENTITY_TYPE:
        fputs(", whose service is ", stdout);
        print_string(&((const WS_SPN_ENDPOINT_IDENTITY *)identity)->spn);
        break;
    default: fputs(", which has an identity", stdout); break;
    }
}

/* Prints the names of the elements at the top of a buffer, or inside of the first one, each after a text. */
static HRESULT print_elements(const Inspector *inspector, WS_XML_BUFFER *buffer, BOOL isInside, const char *before)
{
    WS_XML_READER *reader = inspector->bufferReader;
    const WS_XML_NODE *node;
    BOOL found = FALSE;
    HRESULT hr = WsSetInputToBuffer(reader, buffer, NULL, 0, inspector->error);

    if (SUCCEEDED(hr) && isInside)
        hr = WsReadToStartElement(reader, NULL, NULL, NULL, inspector->error);
    if (SUCCEEDED(hr) && isInside)
        hr = WsReadStartElement(reader, inspector->error);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = WsReadToStartElement(reader, NULL, NULL, &found, inspector->error)) && found)
    {
        if (SUCCEEDED(hr = WsGetReaderNode(reader, &node, inspector->error)))
        {
            const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;

            fputs(before, stdout);
            print_name(element->localName, element->ns);
            hr = WsSkipNode(reader, inspector->error);
        }
    }
    return hr;
}

static HRESULT print_address_header(const Inspector *inspector, const char *name, WS_HEADER_TYPE type)
{
    WS_ENDPOINT_ADDRESS *address = NULL;
    HRESULT hr = WsGetHeader(inspector->message, type, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_OPTIONAL_POINTER, NULL,
                             &address, sizeof(address), inspector->error);

    if (FAILED(hr) || address == NULL)
        return hr;
    printf("%s: ", name);
    if (address->url.length == 0)
        fputs("whoever is at the other end of the connection", stdout);
    print_string(&address->url);
    if (address->identity != NULL)
        print_identity(address->identity);
    if (address->headers != NULL)
        hr = print_elements(inspector, address->headers, FALSE, ", with the header ");
    putchar('\n');
    return hr;
}

static HRESULT print_addressing(const Inspector *inspector)
{
    HRESULT hr = print_text_header(inspector, "Action", WS_ACTION_HEADER);

    if (SUCCEEDED(hr))
        hr = print_text_header(inspector, "To", WS_TO_HEADER);
    if (FAILED(hr) || inspector->addressing == WS_ADDRESSING_VERSION_TRANSPORT)
        return hr;
    hr = print_text_header(inspector, "MessageID", WS_MESSAGE_ID_HEADER);
    if (SUCCEEDED(hr))
        hr = print_text_header(inspector, "RelatesTo", WS_RELATES_TO_HEADER);
    if (SUCCEEDED(hr))
        hr = print_address_header(inspector, "From", WS_FROM_HEADER);
    if (SUCCEEDED(hr))
        hr = print_address_header(inspector, "ReplyTo", WS_REPLY_TO_HEADER);
    if (SUCCEEDED(hr))
        hr = print_address_header(inspector, "FaultTo", WS_FAULT_TO_HEADER);
    return hr;
}

static BOOL is_addressing(const WS_XML_ELEMENT_NODE *element)
{
    return is_same(element->ns, &addressing10) || is_same(element->ns, &addressing09);
}

/* Prints the other headers by name: the header buffer has all of them. */
static HRESULT print_other_headers(const Inspector *inspector)
{
    WS_XML_READER *reader = inspector->bufferReader;
    WS_XML_NODE_POSITION position;
    const WS_XML_NODE *node;
    ULONG attributes = 0;
    BOOL found = FALSE;
    HRESULT hr = WsGetMessageProperty(inspector->message, WS_MESSAGE_PROPERTY_HEADER_POSITION, &position,
                                      sizeof(position), inspector->error);

    if (SUCCEEDED(hr))
        hr = WsSetInputToBuffer(reader, position.buffer, NULL, 0, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsSetReaderPosition(reader, &position, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsReadStartElement(reader, inspector->error);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = WsReadToStartElement(reader, NULL, NULL, &found, inspector->error)) && found)
    {
        if (SUCCEEDED(hr = WsGetReaderNode(reader, &node, inspector->error)) &&
            SUCCEEDED(hr = WsGetHeaderAttributes(inspector->message, reader, &attributes, inspector->error)))
        {
            const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;

            if (!is_addressing(element))
            {
                fputs("Header: ", stdout);
                print_name(element->localName, element->ns);
                puts((attributes & WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE) ? ", which must be understood" : "");
            }
            hr = WsSkipNode(reader, inspector->error);
        }
    }
    return hr;
}

/* ---- The body ------------------------------------------------------------------------------------------------- */

static const WS_ELEMENT_DESCRIPTION faultElement = {NULL, NULL, WS_FAULT_TYPE, NULL};

static HRESULT print_fault(const Inspector *inspector)
{
    const WS_FAULT_CODE *code;
    WS_FAULT *fault = NULL;
    ULONG i;
    HRESULT hr = WsReadBody(inspector->message, &faultElement, WS_READ_REQUIRED_POINTER, inspector->heap, &fault,
                            sizeof(fault), inspector->error);

    if (FAILED(hr))
        return hr;
    for (code = fault->code; code != NULL; code = code->subCode)
    {
        fputs(code == fault->code ? "Fault: " : "  more closely: ", stdout);
        print_name(&code->value.localName, &code->value.ns);
        putchar('\n');
    }
    for (i = 0; i < fault->reasonCount; i++)
    {
        fputs("  reason: ", stdout);
        print_string(&fault->reasons[i].text);
        if (fault->reasons[i].lang.length != 0)
        {
            fputs(" (", stdout);
            print_string(&fault->reasons[i].lang);
            putchar(')');
        }
        putchar('\n');
    }
    if (fault->node.length != 0)
    {
        fputs("  said by ", stdout);
        print_string(&fault->node);
        putchar('\n');
    }
    if (fault->actor.length != 0)
    {
        fputs("  who was in the role ", stdout);
        print_string(&fault->actor);
        putchar('\n');
    }
    if (fault->detail != NULL)
    {
        fputs("  in detail:", stdout);
        hr = print_elements(inspector, fault->detail, TRUE, " ");
        putchar('\n');
    }
    return hr;
}

static HRESULT print_body(const Inspector *inspector)
{
    const WS_XML_NODE *node;
    BOOL found = FALSE;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) &&
           SUCCEEDED(hr = WsReadToStartElement(inspector->reader, NULL, NULL, &found, inspector->error)) && found)
    {
        if (SUCCEEDED(hr = WsGetReaderNode(inspector->reader, &node, inspector->error)))
        {
            const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;

            fputs("Body: ", stdout);
            print_name(element->localName, element->ns);
            putchar('\n');
            hr = WsSkipNode(inspector->reader, inspector->error);
        }
    }
    return hr;
}

/* ---- The answer ----------------------------------------------------------------------------------------------- */

static const WS_XML_STRING faultAction09 =
    WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/ws/2004/08/addressing/fault");
static const WS_XML_STRING faultAction10 = WS_XML_STRING_VALUE("http://www.w3.org/2005/08/addressing/soap/fault");

/* Headers that go with the fault, which the error object has as a buffer: they are written to the end of Header. */
static HRESULT add_headers(const Inspector *inspector, WS_MESSAGE *answer, WS_XML_BUFFER *headers)
{
    WS_XML_NODE_POSITION position;
    HRESULT hr = WsGetMessageProperty(answer, WS_MESSAGE_PROPERTY_HEADER_POSITION, &position, sizeof(position),
                                      inspector->error);

    if (SUCCEEDED(hr))
        hr = WsSetOutputToBuffer(inspector->writer, position.buffer, NULL, 0, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsSetWriterPosition(inspector->writer, &position, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsMoveWriter(inspector->writer, WS_MOVE_TO_END_ELEMENT, NULL, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsWriteXmlBuffer(inspector->writer, headers, inspector->error);
    return hr;
}

/* The answer's headers: to whom, about what, that it is a fault, and what the error object has. */
static HRESULT begin_answer(const Inspector *inspector, WS_MESSAGE *answer, WS_ERROR *reason)
{
    const WS_XML_STRING *action = inspector->addressing == WS_ADDRESSING_VERSION_0_9 ? &faultAction09 : &faultAction10;
    WS_XML_BUFFER *headers = NULL;
    HRESULT hr = WsInitializeMessage(answer, WS_FAULT_MESSAGE, inspector->message, inspector->error);

    if (SUCCEEDED(hr) && inspector->addressing != WS_ADDRESSING_VERSION_TRANSPORT)
        hr = WsSetHeader(answer, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, action, sizeof(*action),
                         inspector->error);
    if (SUCCEEDED(hr))
        hr = WsGetFaultErrorProperty(reason, WS_FAULT_ERROR_PROPERTY_HEADER, &headers, sizeof(headers));
    if (SUCCEEDED(hr) && headers != NULL)
        hr = add_headers(inspector, answer, headers);
    return hr;
}

static HRESULT write_answer(const Inspector *inspector, WS_MESSAGE *answer, const WS_FAULT *fault)
{
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_BYTES bytes;
    HRESULT hr = WsSetOutput(inspector->writer, &encoding.encoding, &output.output, NULL, 0, inspector->error);

    if (SUCCEEDED(hr))
        hr = WsWriteEnvelopeStart(answer, inspector->writer, NULL, NULL, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsWriteBody(answer, &faultElement, WS_WRITE_REQUIRED_VALUE, fault, sizeof(*fault), inspector->error);
    if (SUCCEEDED(hr))
        hr = WsWriteEnvelopeEnd(answer, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsGetWriterProperty(inspector->writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes),
                                 inspector->error);
    if (SUCCEEDED(hr))
        printf("Answer: %.*s\n", (int)bytes.length, (const char *)bytes.bytes);
    return hr;
}

/*
 * Answers the message: if one of its headers had to be understood, with the fault that says so, or else with one that
 * says what this program does not do. `understood` is the result of WsCheckMustUnderstandHeaders, and `reason` its
 * error object.
 */
static HRESULT answer_message(const Inspector *inspector, HRESULT understood, WS_ERROR *reason)
{
    static const WCHAR text[] = {'M', 'e', 's', 's', 'a', 'g', 'e', 's', ' ', 'a', 'r', 'e',
                                 ' ', 'o', 'n', 'l', 'y', ' ', 's', 'h', 'o', 'w', 'n', '.'};
    WS_STRING sentence = {0, NULL};
    WS_FAULT fault;
    WS_MESSAGE *answer = NULL;
    HRESULT hr = S_OK;

    if (SUCCEEDED(understood))
    {
        sentence.length = WsCountOf(text);
        sentence.chars = (WCHAR *)text;
        understood = E_NOTIMPL;
        hr = WsAddErrorString(reason, &sentence);
    }
    if (SUCCEEDED(hr))
        hr = WsCreateFaultFromError(reason, understood, WS_FULL_FAULT_DISCLOSURE, inspector->heap, &fault);
    if (SUCCEEDED(hr))
        hr = WsCreateMessage(inspector->envelope, inspector->addressing, NULL, 0, &answer, inspector->error);
    if (SUCCEEDED(hr))
        hr = begin_answer(inspector, answer, reason);
    if (SUCCEEDED(hr))
        hr = write_answer(inspector, answer, &fault);
    WsFreeMessage(answer);
    return hr;
}

/* Whether and how to answer is found out before the body is read. A fault is not answered. */
static HRESULT answer(const Inspector *inspector, BOOL isFault)
{
    WS_ERROR *reason = NULL;
    HRESULT hr;

    if (isFault || inspector->envelope == WS_ENVELOPE_VERSION_NONE)
        return S_OK;
    hr = WsCreateError(NULL, 0, &reason);
    if (SUCCEEDED(hr))
        hr = answer_message(inspector, WsCheckMustUnderstandHeaders(inspector->message, reason), reason);
    WsFreeError(reason);
    return hr;
}

/* ---- The program ---------------------------------------------------------------------------------------------- */

static HRESULT inspect(Inspector *inspector)
{
    BOOL isFault = FALSE;
    HRESULT hr = find_versions(inspector);

    if (FAILED(hr))
        return hr;
    print_versions(inspector);
    hr = WsCreateMessage(inspector->envelope, inspector->addressing, NULL, 0, &inspector->message, inspector->error);
    if (SUCCEEDED(hr))
        hr = open_file(inspector);
    if (SUCCEEDED(hr))
        hr = WsReadEnvelopeStart(inspector->message, inspector->reader, NULL, NULL, inspector->error);
    if (SUCCEEDED(hr))
        hr = print_addressing(inspector);
    if (SUCCEEDED(hr))
        hr = print_other_headers(inspector);
    if (SUCCEEDED(hr))
        hr = WsGetMessageProperty(inspector->message, WS_MESSAGE_PROPERTY_IS_FAULT, &isFault, sizeof(isFault),
                                  inspector->error);
    if (SUCCEEDED(hr))
        hr = isFault ? print_fault(inspector) : print_body(inspector);
    if (SUCCEEDED(hr))
        hr = answer(inspector, isFault);
    if (SUCCEEDED(hr))
        hr = WsReadEnvelopeEnd(inspector->message, inspector->error);
    return hr;
}

static HRESULT run(Inspector *inspector)
{
    HRESULT hr = WsCreateError(NULL, 0, &inspector->error);

    if (SUCCEEDED(hr))
        hr = WsCreateHeap(1 << 20, 0, NULL, 0, &inspector->heap, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsCreateReader(NULL, 0, &inspector->reader, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsCreateReader(NULL, 0, &inspector->bufferReader, inspector->error);
    if (SUCCEEDED(hr))
        hr = WsCreateWriter(NULL, 0, &inspector->writer, inspector->error);
    if (SUCCEEDED(hr))
        hr = inspect(inspector);
    if (FAILED(hr))
        print_error(hr, inspector->error);

    WsFreeMessage(inspector->message);
    WsFreeWriter(inspector->writer);
    WsFreeReader(inspector->bufferReader);
    WsFreeReader(inspector->reader);
    WsFreeHeap(inspector->heap);
    WsFreeError(inspector->error);
    return hr;
}

/* The content of a file, in memory that is to be freed. */
static char *load(const char *path, ULONG *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long size;

    if (file == NULL)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0 &&
        (bytes = (char *)malloc((size_t)size + 1)) != NULL)
    {
        *length = (ULONG)fread(bytes, 1, (size_t)size, file);
    }
    fclose(file);
    return bytes;
}

static int usage(FILE *to, int status)
{
    fputs("Usage: message-inspect FILE\n\n"
          "Says in words what the SOAP message in FILE is, which may be text or in the binary encoding: its versions,\n"
          "its headers with the addresses in them, and its body or fault. A message that is no fault is answered with\n"
          "one, which is printed as text: it says which headers had to be understood, or else that this program does\n"
          "not process messages.\n",
          to);
    return status;
}

int main(int argc, char **argv)
{
    Inspector inspector;
    char *loaded;
    HRESULT hr;

    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    if (argc != 2 || argv[1][0] == '-')
        return usage(stderr, 2);
    memset(&inspector, 0, sizeof(inspector));
    loaded = load(argv[1], &inspector.length);
    if (loaded == NULL)
    {
        fprintf(stderr, "message-inspect: %s cannot be read\n", argv[1]);
        return 1;
    }
    inspector.bytes = loaded;
    hr = run(&inspector);
    free(loaded);
    return FAILED(hr);
}
