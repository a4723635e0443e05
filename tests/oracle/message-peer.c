/* SPDX-License-Identifier: MIT */
/*
 * message-peer.c - for message-mono.sh, message-zeep.sh and message-schema.sh: messages, written at random or read.
 *
 *     message-peer write ENCODING SEED COUNT   each after a line with its length, its versions and its fields
 *     message-peer more ENCODING SEED COUNT    the same, with what other readers fail on: addresses with parameters,
 *                                              extensions and identities; all of a fault; in text, faults that say why
 * a message cannot be processed, with headers message-peer read ENCODING               the same from standard input,
 * without the fields in the line: prints a line of versions and fields for each
 *
 * ENCODING: text; binary, which Mono has for one version; or mtom, with the headers of MIME in the document.
 * The versions are "12/10": SOAP 1.2 with WS-Addressing 1.0. The fields are as HeaderFields and FaultFields of
 * message-mono.cs have them: characters of texts that are not plain are %xx.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "webservices.h"

#define STRING(text) \
    { \
        sizeof(text) - 1, (BYTE *)(text), NULL, 0 \
    }

static WS_ERROR *error;
static WS_HEAP *heap;
static WS_XML_READER *reader, *buffer_reader;
static WS_XML_WRITER *writer;
static WS_MESSAGE *message;
static WS_ADDRESSING_VERSION addressing;

static void fail(const char *what)
{
    fprintf(stderr, "message-peer: %s\n", what);
    exit(1);
}

static void check(HRESULT hr, const char *what)
{
    WS_STRING string;
    ULONG i;

    if (hr == S_OK)
        return;
    fprintf(stderr, "message-peer: %s: 0x%08x ", what, (unsigned)hr);
    if (WsGetErrorString(error, 0, &string) == S_OK)
        for (i = 0; i < string.length; i++)
            fputc(string.chars[i] < 0x80 ? string.chars[i] : '?', stderr);
    fputc('\n', stderr);
    exit(1);
}
#define ok(call) check(call, #call)

/* --- Fields --- */

static char fields[65536];
static size_t fields_length;

static void add(const char *text)
{
    size_t length = strlen(text);

    if (fields_length + length >= sizeof(fields))
        fail("too many fields");
    memcpy(fields + fields_length, text, length + 1);
    fields_length += length;
}

static void add_escaped(const BYTE *bytes, ULONG length)
{
    char text[4];
    ULONG i;

    for (i = 0; i < length; i++)
    {
        if ((bytes[i] >= 'a' && bytes[i] <= 'z') || (bytes[i] >= 'A' && bytes[i] <= 'Z') ||
            (bytes[i] >= '0' && bytes[i] <= '9') || (bytes[i] && strchr("/:.-#_", bytes[i])))
            snprintf(text, sizeof(text), "%c", bytes[i]);
        else
            snprintf(text, sizeof(text), "%%%02x", bytes[i]);
        add(text);
    }
}

static void add_string(const WS_XML_STRING *string)
{
    add_escaped(string->bytes, string->length);
}

/* Of the characters that occur: no surrogates. */
static void add_wide(const WS_STRING *string)
{
    BYTE bytes[3];
    ULONG i;

    for (i = 0; i < string->length; i++)
    {
        WCHAR c = string->chars[i];

        if (c < 0x80)
        {
            bytes[0] = (BYTE)c;
            add_escaped(bytes, 1);
        }
        else if (c < 0x800)
        {
            bytes[0] = (BYTE)(0xc0 | c >> 6);
            bytes[1] = (BYTE)(0x80 | (c & 0x3f));
            add_escaped(bytes, 2);
        }
        else
        {
            bytes[0] = (BYTE)(0xe0 | c >> 12);
            bytes[1] = (BYTE)(0x80 | (c >> 6 & 0x3f));
            bytes[2] = (BYTE)(0x80 | (c & 0x3f));
            add_escaped(bytes, 3);
        }
    }
}

static void add_name(const WS_XML_STRING *local, const WS_XML_STRING *ns)
{
    add("{");
    add_string(ns);
    add("}");
    add_string(local);
}

/* The element that a reader is at, without attributes: "{namespace}name,text". The text becomes part of the fields. */
static void add_element(WS_XML_READER *from, const char *between)
{
    const WS_XML_NODE *node;
    WS_XML_STRING *text;

    ok(WsGetReaderNode(from, &node, error));
    add_name(((const WS_XML_ELEMENT_NODE *)node)->localName, ((const WS_XML_ELEMENT_NODE *)node)->ns);
    add(between);
    ok(WsReadType(from, WS_ELEMENT_TYPE_MAPPING, WS_XML_STRING_TYPE, NULL, WS_READ_REQUIRED_POINTER, heap, &text,
                  sizeof(text), error));
    add(",");
    add_string(text);
}

static void add_text_header(const char *name, WS_HEADER_TYPE type)
{
    WS_XML_STRING *value = NULL;

    ok(WsGetHeader(message, type, WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &value, sizeof(value), error));
    if (!value || !value->length)
        return;
    add(" ");
    add(name);
    add("=");
    if (type == WS_TO_HEADER && value->length > 9 && !memcmp(value->bytes + value->length - 9, "anonymous", 9))
        add("anonymous");
    else
        add_string(value);
}

static void add_address(const char *name, WS_HEADER_TYPE type)
{
    WS_ENDPOINT_ADDRESS *address = NULL;
    BOOL found = FALSE;

    ok(WsGetHeader(message, type, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &address, sizeof(address),
                   error));
    if (!address)
        return;
    add(" ");
    add(name);
    add("=");
    if (address->url.length)
        add_wide(&address->url);
    else
        add("anonymous");
    if (!address->headers)
        return;
    ok(WsSetInputToBuffer(buffer_reader, address->headers, NULL, 0, error));
    for (;;)
    {
        ok(WsReadToStartElement(buffer_reader, NULL, NULL, &found, error));
        if (!found)
            break;
        add(",");
        add_element(buffer_reader, "");
    }
}

static const WS_XML_STRING a09 = STRING("http://schemas.xmlsoap.org/ws/2004/08/addressing"),
                           a10 = STRING("http://www.w3.org/2005/08/addressing"),
                           none = STRING("http://schemas.microsoft.com/ws/2005/05/addressing/none");

static void add_headers(void)
{
    const WS_XML_STRING *own = addressing == WS_ADDRESSING_VERSION_0_9   ? &a09
                               : addressing == WS_ADDRESSING_VERSION_1_0 ? &a10
                                                                         : &none;
    WS_XML_NODE_POSITION position;
    const WS_XML_NODE *node;
    ULONG attributes;
    BOOL found;

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEADER_POSITION, &position, sizeof(position), error));
    ok(WsSetInputToBuffer(buffer_reader, position.buffer, NULL, 0, error));
    ok(WsSetReaderPosition(buffer_reader, &position, error));
    ok(WsReadStartElement(buffer_reader, error));
    for (;;)
    {
        ok(WsReadToStartElement(buffer_reader, NULL, NULL, &found, error));
        if (!found)
            break;
        ok(WsGetReaderNode(buffer_reader, &node, error));
        if (WsXmlStringEquals(((const WS_XML_ELEMENT_NODE *)node)->ns, own, NULL) == S_OK)
        {
            ok(WsSkipNode(buffer_reader, error));
            continue;
        }
        ok(WsGetHeaderAttributes(message, buffer_reader, &attributes, error));
        add(" header=");
        add_element(buffer_reader, attributes & WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE ? ",1" : ",0");
    }
}

static void add_header_fields(void)
{
    fields_length = 0;
    fields[0] = 0;
    add_text_header("action", WS_ACTION_HEADER);
    add_text_header("to", WS_TO_HEADER);
    if (addressing != WS_ADDRESSING_VERSION_TRANSPORT)
    {
        add_text_header("id", WS_MESSAGE_ID_HEADER);
        add_text_header("relates", WS_RELATES_TO_HEADER);
        add_address("from", WS_FROM_HEADER);
        add_address("reply", WS_REPLY_TO_HEADER);
        add_address("fault-to", WS_FAULT_TO_HEADER);
    }
    add_headers();
}

/* Without actor and node, which Mono does not have. */
static void add_fault(const WS_FAULT *fault)
{
    const WS_FAULT_CODE *code;
    ULONG i;

    for (code = fault->code; code; code = code->subCode)
    {
        add(" code=");
        add_name(&code->value.localName, &code->value.ns);
    }
    for (i = 0; i < fault->reasonCount; i++)
    {
        add(" reason=");
        add_wide(&fault->reasons[i].text);
        add(",");
        add_wide(&fault->reasons[i].lang);
    }
    if (!fault->detail)
        return;
    ok(WsSetInputToBuffer(buffer_reader, fault->detail, NULL, 0, error));
    ok(WsReadToStartElement(buffer_reader, NULL, NULL, NULL, error));
    ok(WsReadStartElement(buffer_reader, error));
    ok(WsReadToStartElement(buffer_reader, NULL, NULL, NULL, error));
    add(" detail=");
    add_element(buffer_reader, "");
}

/* --- Versions --- */

static WS_ENVELOPE_VERSION envelope;

static void create(const char *versions)
{
    envelope = !strncmp(versions, "11/", 3) ? WS_ENVELOPE_VERSION_SOAP_1_1 : WS_ENVELOPE_VERSION_SOAP_1_2;
    addressing = !strcmp(versions + 3, "09")   ? WS_ADDRESSING_VERSION_0_9
                 : !strcmp(versions + 3, "10") ? WS_ADDRESSING_VERSION_1_0
                                               : WS_ADDRESSING_VERSION_TRANSPORT;
    ok(WsCreateMessage(envelope, addressing, NULL, 0, &message, error));
}

/* --- Encodings --- */

static enum { TEXT, BINARY, MTOM } encoding;
static WS_XML_DICTIONARY *dictionary;

static void set_input(char *bytes, unsigned length)
{
    const WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    const WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, dictionary, NULL};
    const WS_XML_READER_MTOM_ENCODING mtom = {{WS_XML_READER_ENCODING_TYPE_MTOM},
                                              (WS_XML_READER_ENCODING *)&text.encoding,
                                              TRUE,
                                              {0, NULL},
                                              {0, NULL},
                                              {0, NULL}};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes, length};

    ok(WsSetInput(reader,
                  encoding == TEXT     ? &text.encoding
                  : encoding == BINARY ? &binary.encoding
                                       : &mtom.encoding,
                  &input.input, NULL, 0, error));
}

static void set_output(void)
{
    static const WCHAR boundary[] = u"=_boundary", type[] = u"application/soap+xml", part[] = u"<root@host>";
    const WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    const WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, dictionary, NULL, NULL};
    const WS_XML_WRITER_MTOM_ENCODING mtom = {{WS_XML_WRITER_ENCODING_TYPE_MTOM},
                                              (WS_XML_WRITER_ENCODING *)&text.encoding,
                                              TRUE,
                                              {10, (WCHAR *)boundary},
                                              {20, (WCHAR *)type},
                                              {11, (WCHAR *)part},
                                              100};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};

    ok(WsSetOutput(writer,
                   encoding == TEXT     ? &text.encoding
                   : encoding == BINARY ? &binary.encoding
                                        : &mtom.encoding,
                   &output.output, NULL, 0, error));
}

/* What a body of bytes is, as its length and the sum of all. */
static void add_bytes(const WS_BYTES *bytes)
{
    unsigned sum = 0;
    char text[40];
    ULONG i;

    for (i = 0; i < bytes->length; i++)
        sum += bytes->bytes[i];
    snprintf(text, sizeof(text), " bytes=%u,%u", (unsigned)bytes->length, sum);
    add(text);
}

/* --- Reading --- */

static const WS_ELEMENT_DESCRIPTION any_fault = {NULL, NULL, WS_FAULT_TYPE, NULL};

static void read_message(char *bytes, unsigned length)
{
    static const WS_XML_STRING x = STRING("x");
    const WS_XML_NODE *node;
    WS_BYTES content;
    WS_FAULT *fault;
    BOOL is_fault;

    set_input(bytes, length);
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, error));
    add_header_fields();
    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_IS_FAULT, &is_fault, sizeof(is_fault), error));
    ok(WsGetReaderNode(reader, &node, error));
    if (is_fault)
    {
        ok(WsReadBody(message, &any_fault, WS_READ_REQUIRED_POINTER, heap, &fault, sizeof(fault), error));
        add_fault(fault);
    }
    else if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT &&
             WsXmlStringEquals(((const WS_XML_ELEMENT_NODE *)node)->localName, &x, NULL) == S_OK)
    {
        ok(WsReadType(reader, WS_ELEMENT_TYPE_MAPPING, WS_BYTES_TYPE, NULL, WS_READ_REQUIRED_VALUE, heap, &content,
                      sizeof(content), error));
        add_bytes(&content);
    }
    else if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
    {
        add(" body=");
        add_element(reader, "");
    }
    ok(WsReadEnvelopeEnd(message, error));
}

static void read_all(void)
{
    static char line[65536], versions[8];
    unsigned length;
    char *bytes;

    while (fgets(line, sizeof(line), stdin))
    {
        if (sscanf(line, "%u %7s", &length, versions) != 2 || !(bytes = malloc(length)) ||
            fread(bytes, 1, length, stdin) != length)
            fail("the input is not messages");
        create(versions);
        read_message(bytes, length);
        printf("%s%s\n", versions, fields);
        WsFreeMessage(message);
        ok(WsResetHeap(heap, error));
        free(bytes);
    }
}

/* --- Writing --- */

static uint32_t seed;

static unsigned random_below(unsigned limit)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % limit;
}

static const char *const texts[] = {"a",     "some text",        "<&>\"'", "\xc3\xa9\xe4\xb8\xad",
                                    "x]]>y", " between spaces ", "1"};

static WS_XML_STRING random_text(void)
{
    const char *text = texts[random_below(7)];
    WS_XML_STRING string = {(ULONG)strlen(text), (BYTE *)text, NULL, 0};

    return string;
}

static const WCHAR wide_texts[][20] = {u"a",     u"some text",        u"<&>\"'", u"\u00e9\u4e2d",
                                       u"x]]>y", u" between spaces ", u"1"};

static WS_STRING random_wide(void)
{
    WS_STRING string = {0, (WCHAR *)wide_texts[random_below(7)]};

    while (string.chars[string.length])
        string.length++;
    return string;
}

/* An element with a text, to a buffer. */
static void write_element(const char *name, const char *ns)
{
    WS_XML_STRING local = {(ULONG)strlen(name), (BYTE *)name, NULL, 0}, uri = {(ULONG)strlen(ns), (BYTE *)ns, NULL, 0},
                  value = random_text();
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, value};

    ok(WsWriteStartElement(writer, NULL, &local, &uri, error));
    ok(WsWriteText(writer, &text.text, error));
    ok(WsWriteEndElement(writer, error));
}

static WS_ENDPOINT_ADDRESS random_address(bool may_have_headers)
{
    static const WCHAR url[] = u"http://host/path/1";
    WS_ENDPOINT_ADDRESS address = {{random_below(2) * 18, (WCHAR *)url}, NULL, NULL, NULL};
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY fragment = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};

    if (!may_have_headers || random_below(2))
        return address;
    ok(WsCreateXmlBuffer(heap, NULL, 0, &address.headers, error));
    ok(WsSetOutputToBuffer(writer, address.headers, &fragment, 1, error));
    write_element("p1", "urn:p1");
    if (random_below(2))
        write_element("p2", "urn:p2");
    return address;
}

/* More than other readers can read. */
static bool more;

/* What an address has besides its headers. */
static void extend(WS_ENDPOINT_ADDRESS *address)
{
    static WS_DNS_ENDPOINT_IDENTITY dns = {{WS_DNS_ENDPOINT_IDENTITY_TYPE}, {4, (WCHAR *)u"host"}};
    static const WCHAR name[] = u"host/service";
    static WS_SPN_ENDPOINT_IDENTITY spn = {{WS_SPN_ENDPOINT_IDENTITY_TYPE}, {12, (WCHAR *)name}};

    if (random_below(2))
        address->identity = random_below(2) ? &dns.identity : &spn.identity;
    if (random_below(2))
        return;
    ok(WsCreateXmlBuffer(heap, NULL, 0, &address->extensions, error));
    ok(WsSetOutputToBuffer(writer, address->extensions, NULL, 0, error));
    write_element("e", "urn:e");
}

static void set_address(WS_HEADER_TYPE type)
{
    /* Mono fails on reference parameters in headers. */
    WS_ENDPOINT_ADDRESS address = random_address(more);

    if (more)
        extend(&address);
    if (random_below(2))
        ok(WsSetHeader(message, type, WS_ENDPOINT_ADDRESS_TYPE, WS_WRITE_REQUIRED_VALUE, &address, sizeof(address),
                       error));
}

static void set_headers(void)
{
    static const WS_XML_STRING action = STRING("urn:action"), id = STRING("urn:id:7");
    static WS_XML_STRING locals[] = {STRING("h1"), STRING("h2"), STRING("h3")},
                         ns[] = {STRING("urn:h1"), STRING("urn:h2"), STRING("urn:h3")};
    WS_ENDPOINT_ADDRESS to = random_address(true);
    WS_XML_STRING text;
    unsigned i;

    ok(WsInitializeMessage(message, random_below(2) ? WS_REQUEST_MESSAGE : WS_BLANK_MESSAGE, NULL, error));
    ok(WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action),
                   error));
    if (random_below(2))
        ok(WsAddressMessage(message, &to, error));
    if (addressing != WS_ADDRESSING_VERSION_TRANSPORT)
    {
        if (random_below(2))
            ok(WsSetHeader(message, WS_RELATES_TO_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &id, sizeof(id),
                           error));
        set_address(WS_FROM_HEADER);
        set_address(WS_REPLY_TO_HEADER);
        set_address(WS_FAULT_TO_HEADER);
    }
    for (i = 0; i < 3; i++)
    {
        WS_ELEMENT_DESCRIPTION header = {&locals[i], &ns[i], WS_XML_STRING_TYPE, NULL};

        text = random_text();
        if (random_below(2))
            ok(WsAddCustomHeader(message, &header, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text),
                                 random_below(2) ? WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE : 0, error));
    }
}

static const WS_XML_STRING soap11 = STRING("http://schemas.xmlsoap.org/soap/envelope/"),
                           soap12 = STRING("http://www.w3.org/2003/05/soap-envelope");

/* Makes a fault; what it refers to is good until the next call. */
static WS_FAULT random_fault(void)
{
    static WS_FAULT_CODE code, below;
    static WS_FAULT_REASON reasons[2];
    static const WS_XML_STRING codes[] = {STRING("Client"), STRING("Server"), STRING("Sender"), STRING("Receiver")},
                               sub = STRING("Sub"), sub_ns = STRING("urn:sub"), detail = STRING("detail"),
                               detail12 = STRING("Detail"), empty = STRING("");
    bool is12 = envelope == WS_ENVELOPE_VERSION_SOAP_1_2;
    WS_FAULT fault = {.code = &code, .reasons = reasons, .reasonCount = is12 ? 1 + random_below(2) : 1};

    below.value.localName = sub;
    below.value.ns = sub_ns;
    code.value.localName = codes[is12 * 2 + random_below(2)];
    code.value.ns = is12 ? soap12 : soap11;
    code.subCode = is12 && random_below(2) ? &below : NULL;
    reasons[0].text = random_wide();
    reasons[0].lang = (WS_STRING){2, (WCHAR *)u"en"};
    reasons[1].text = random_wide();
    reasons[1].lang = (WS_STRING){5, (WCHAR *)u"de-DE"};
    if (more && random_below(2))
    {
        fault.actor = (WS_STRING){9, (WCHAR *)u"urn:actor"};
        fault.node = (WS_STRING){8, (WCHAR *)u"urn:node"};
    }
    if (random_below(2))
        return fault;
    ok(WsCreateXmlBuffer(heap, NULL, 0, &fault.detail, error));
    ok(WsSetOutputToBuffer(writer, fault.detail, NULL, 0, error));
    ok(WsWriteStartElement(writer, NULL, is12 ? &detail12 : &detail, is12 ? &soap12 : &empty, error));
    write_element("d", "urn:d");
    ok(WsWriteEndElement(writer, error));
    return fault;
}

static void write_message(const char *versions)
{
    static WS_XML_STRING name = STRING("b"), bytes_name = STRING("x"), ns = STRING("urn:b");
    static const WS_ELEMENT_DESCRIPTION body = {&name, &ns, WS_XML_STRING_TYPE, NULL},
                                        bytes_body = {&bytes_name, &ns, WS_BYTES_TYPE, NULL};
    static BYTE memory[3000];
    WS_XML_STRING text = random_text();
    bool is_fault = !random_below(4), has_bytes = encoding != TEXT && random_below(2);
    WS_BYTES bytes, content = {has_bytes ? random_below(sizeof(memory)) : 0, memory};
    WS_FAULT fault;
    ULONG i;

    create(versions);
    fault = random_fault();
    set_headers();
    add_header_fields();
    for (i = 0; i < content.length; i++)
        memory[i] = (BYTE)random_below(256);
    set_output();
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, error));
    if (is_fault)
    {
        ok(WsWriteBody(message, &any_fault, WS_WRITE_REQUIRED_VALUE, &fault, sizeof(fault), error));
        add_fault(&fault);
    }
    else if (has_bytes)
    {
        ok(WsWriteBody(message, &bytes_body, WS_WRITE_REQUIRED_VALUE, &content, sizeof(content), error));
        add_bytes(&content);
    }
    else
    {
        ok(WsWriteBody(message, &body, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), error));
        add(" body={urn:b}b,");
        add_string(&text);
    }
    ok(WsWriteEnvelopeEnd(message, error));
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error));
    printf("%u %s%s\n", (unsigned)bytes.length, versions, fields);
    fwrite(bytes.bytes, 1, bytes.length, stdout);
    WsFreeMessage(message);
    ok(WsResetHeap(heap, error));
}

/* --- Refusing --- */

/* Reads a message that cannot be processed, and writes the fault that says so. */
static void write_refusal(const char *versions)
{
    static const char *const soap[] = {"http://schemas.xmlsoap.org/soap/envelope/",
                                       "http://www.w3.org/2003/05/soap-envelope", "urn:other"};
    bool is12 = !strncmp(versions, "12", 2), is_other = random_below(2);
    WS_XML_BUFFER *header = NULL;
    WS_XML_NODE_POSITION place;
    WS_FAULT fault;
    WS_BYTES bytes;
    char text[512];
    HRESULT hr;

    create(versions);
    snprintf(text, sizeof(text),
             "<e:Envelope xmlns:e='%s'><e:Header><h xmlns='urn:h' e:mustUnderstand='1'/><p:i xmlns:p='urn:p' "
             "e:mustUnderstand='1'/></e:Header><e:Body/></e:Envelope>",
             soap[is_other ? 2 : is12]);
    set_input(text, (unsigned)strlen(text));
    hr = WsReadEnvelopeStart(message, reader, NULL, NULL, error);
    if (hr == S_OK)
        hr = WsCheckMustUnderstandHeaders(message, error);
    if (hr != WS_E_INVALID_FORMAT)
        fail("a message that cannot be processed is not refused");
    ok(WsCreateFaultFromError(error, hr, WS_FULL_FAULT_DISCLOSURE, heap, &fault));
    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header)));
    ok(WsResetMessage(message, error));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, error));
    if (header)
    {
        ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEADER_POSITION, &place, sizeof(place), error));
        ok(WsSetOutputToBuffer(writer, place.buffer, NULL, 0, error));
        ok(WsSetWriterPosition(writer, &place, error));
        ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, error));
        ok(WsWriteXmlBuffer(writer, header, error));
    }
    set_output();
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, error));
    ok(WsWriteBody(message, &any_fault, WS_WRITE_REQUIRED_VALUE, &fault, sizeof(fault), error));
    ok(WsWriteEnvelopeEnd(message, error));
    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error));
    printf("%u %s\n", (unsigned)bytes.length, versions);
    fwrite(bytes.bytes, 1, bytes.length, stdout);
    WsFreeMessage(message);
    ok(WsResetError(error));
    ok(WsResetHeap(heap, error));
}

int main(int argc, char **argv)
{
    static const char *const versions[] = {"11/09", "11/10", "11/no", "12/09", "12/10", "12/no"};
    int i;

    check(WsCreateError(NULL, 0, &error), "WsCreateError");
    ok(WsCreateHeap(1 << 20, 0, NULL, 0, &heap, error));
    ok(WsCreateReader(NULL, 0, &reader, error));
    ok(WsCreateReader(NULL, 0, &buffer_reader, error));
    ok(WsCreateWriter(NULL, 0, &writer, error));
    ok(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &dictionary, error));
    encoding = argc > 2 && !strcmp(argv[2], "binary") ? BINARY : argc > 2 && !strcmp(argv[2], "mtom") ? MTOM : TEXT;
    if (argc == 3 && !strcmp(argv[1], "read"))
        read_all();
    else if (argc == 5 && (!strcmp(argv[1], "write") || !strcmp(argv[1], "more")))
    {
        more = argv[1][0] == 'm';
        seed = (uint32_t)strtoul(argv[3], NULL, 10);
        for (i = 0; i < atoi(argv[4]); i++)
            if (more && encoding == TEXT && !random_below(8))
                write_refusal(versions[i % 6]);
            else
                write_message(encoding == BINARY ? "12/10" : versions[i % 6]);
    }
    else
        fail("usage: see the head of the source");
    WsFreeWriter(writer);
    WsFreeReader(buffer_reader);
    WsFreeReader(reader);
    WsFreeHeap(heap);
    WsFreeError(error);
    return 0;
}
