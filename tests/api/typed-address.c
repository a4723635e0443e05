/* SPDX-License-Identifier: MIT */
/*
 * Endpoint addresses: WS_ENDPOINT_ADDRESS_TYPE.
 *
 * Source: the pages of WS_TYPE, WS_ENDPOINT_ADDRESS, WS_ENDPOINT_ADDRESS_DESCRIPTION and WS_ENDPOINT_IDENTITY;
 * WS-Addressing 1.0 and that of August 2004; XML Signature for keys.
 */
#include "support/reader.h"
#include "support/writer.h"

#include <stdlib.h>

#define A09  "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define A10  "http://www.w3.org/2005/08/addressing"
#define ID   "http://schemas.xmlsoap.org/ws/2006/02/addressingidentity"
#define DSIG "http://www.w3.org/2000/09/xmldsig#"
#define XSI  "http://www.w3.org/2001/XMLSchema-instance"

/* An element with the prefixes that the tests use. */
#define ROOT              "<r xmlns:a='" A10 "' xmlns:i='" ID "' xmlns:d='" DSIG "' xmlns:x='urn:x' xmlns:xsi='" XSI "'>"
#define WITH(content)     ROOT "<a:Address>http://h/</a:Address>" content "</r>"
#define IDENTITY(content) WITH("<i:Identity>" content "</i:Identity>")

static WS_ENDPOINT_ADDRESS_DESCRIPTION v09 = {WS_ADDRESSING_VERSION_0_9}, v10 = {WS_ADDRESSING_VERSION_1_0};
static WS_XML_STRING name = STRING("r"), empty = STRING("");
static WS_ELEMENT_DESCRIPTION element09 = {&name, &empty, WS_ENDPOINT_ADDRESS_TYPE, &v09};
static WS_ELEMENT_DESCRIPTION element10 = {&name, &empty, WS_ENDPOINT_ADDRESS_TYPE, &v10};

struct fixture
{
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_HEAP *heap;
    WS_ERROR *error;
};

static void begin(struct fixture *f)
{
    f->reader = create_reader();
    f->writer = create_writer(NULL, 0);
    f->heap = create_heap(1 << 20);
    f->error = create_error();
}

static void finish(struct fixture *f)
{
    WsFreeReader(f->reader);
    WsFreeWriter(f->writer);
    WsFreeHeap(f->heap);
    WsFreeError(f->error);
}

static HRESULT read_with(struct fixture *f, const WS_ELEMENT_DESCRIPTION *element, const char *text,
                         WS_ENDPOINT_ADDRESS *address)
{
    set_text_string(f->reader, text);
    return WsReadElement(f->reader, element, WS_READ_REQUIRED_VALUE, f->heap, address, sizeof(*address), f->error);
}

/* Of version 1.0. */
static WS_ENDPOINT_ADDRESS read10(struct fixture *f, const char *text)
{
    WS_ENDPOINT_ADDRESS address;

    memset(&address, 0x5a, sizeof(address));
    ok(read_with(f, &element10, text, &address));
    return address;
}

static HRESULT write_with(struct fixture *f, const WS_ELEMENT_DESCRIPTION *element, const WS_ENDPOINT_ADDRESS *address)
{
    set_output(f->writer, NULL, 0);
    return WsWriteElement(f->writer, element, WS_WRITE_REQUIRED_VALUE, address, sizeof(*address), f->error);
}

/* What is in a buffer, as text. */
static bool buffer_is(struct fixture *f, const WS_XML_BUFFER *buffer, const char *text)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_BYTES bytes;

    if (!buffer)
        return !text;
    set_output(f->writer, &property, 1);
    ok(WsWriteXmlBuffer(f->writer, (WS_XML_BUFFER *)buffer, NULL));
    bytes = get_bytes(f->writer);
    return text && bytes.length == strlen(text) && !memcmp(bytes.bytes, text, bytes.length);
}

/* A buffer of an element's content. */
static WS_XML_BUFFER *make_buffer(struct fixture *f, const char *text)
{
    WS_XML_BUFFER *buffer = NULL;

    ok(WsReadXmlBufferFromBytes(f->reader, NULL, NULL, 0, text, (ULONG)strlen(text), f->heap, &buffer, NULL));
    return buffer;
}

static const WCHAR url_chars[] = {'h', 't', 't', 'p', ':', '/', '/', 'h', '/'};
static const WS_ENDPOINT_ADDRESS least = {{9, (WCHAR *)url_chars}, NULL, NULL, NULL};

/* --- Reading and writing --- */

TEST(an_address_is_an_element_at_least)
{
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;

    begin(&f);
    address = read10(&f, "<r><Address xmlns='" A10 "'>http://h/</Address></r>");
    expect(wide_is(&address.url, "http://h/"));
    expect(!address.headers && !address.extensions && !address.identity);
    ok(write_with(&f, &element10, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">http://h/</Address></r>");

    ok(read_with(&f, &element09, "<r><Address xmlns='" A09 "'>http://h/</Address></r>", &address));
    expect(wide_is(&address.url, "http://h/"));
    ok(write_with(&f, &element09, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A09 "\">http://h/</Address></r>");
    finish(&f);
}

/* The address itself is kept where it can be; "none" is an address like others. */
TEST(no_characters_are_the_anonymous_address)
{
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;

    begin(&f);
    address = read10(&f, "<r><Address xmlns='" A10 "'> " A10 "/anonymous\n</Address></r>");
    expect(!address.url.length && address.url.chars);
    ok(write_with(&f, &element10, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">" A10 "/anonymous</Address></r>");
    address.url.chars = NULL;
    ok(write_with(&f, &element10, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">" A10 "/anonymous</Address></r>");

    ok(read_with(&f, &element09, "<r><Address xmlns='" A09 "'>" A09 "/role/anonymous</Address></r>", &address));
    expect(!address.url.length);
    ok(write_with(&f, &element09, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A09 "\">" A09 "/role/anonymous</Address></r>");

    /* Each version has its own. */
    address = read10(&f, "<r><Address xmlns='" A10 "'>" A09 "/role/anonymous</Address></r>");
    expect(wide_is(&address.url, A09 "/role/anonymous"));
    address = read10(&f, "<r><Address xmlns='" A10 "'>" A10 "/none</Address></r>");
    expect(wide_is(&address.url, A10 "/none"));
    address = read10(&f, "<r><Address xmlns='" A10 "'>" A10 "/anonymouS</Address></r>");
    expect(wide_is(&address.url, A10 "/anonymouS"));
    finish(&f);
}

#define WHOLE \
    "<a:Address>http://h/</a:Address>" \
    "<a:ReferenceParameters><x:one xmlns:x=\"urn:x\" n=\"1\">a<b/></x:one><two/></a:ReferenceParameters>" \
    "<a:Metadata><m/></a:Metadata><x:other xmlns:x=\"urn:x\"/>" \
    "<Identity xmlns=\"" ID "\"><Dns>h</Dns></Identity>"

TEST(all_parts_come_back)
{
    static const char text[] = "<a:r xmlns:a=\"" A10 "\">" WHOLE "</a:r>";
    WS_XML_STRING ns = STRING(A10);
    WS_ELEMENT_DESCRIPTION element = {&name, &ns, WS_ENDPOINT_ADDRESS_TYPE, &v10};
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;

    begin(&f);
    ok(read_with(&f, &element, text, &address));
    expect(wide_is(&address.url, "http://h/"));
    expect(buffer_is(&f, address.headers, "<x:one n=\"1\" xmlns:x=\"urn:x\">a<b/></x:one><two/>"));
    expect(buffer_is(&f, address.extensions,
                     "<a:Metadata xmlns:a=\"" A10 "\"><m/></a:Metadata><x:other xmlns:x=\"urn:x\"/>"));
    expect(address.identity && address.identity->identityType == WS_DNS_ENDPOINT_IDENTITY_TYPE);
    expect(wide_is(&((WS_DNS_ENDPOINT_IDENTITY *)address.identity)->dns, "h"));
    ok(write_with(&f, &element, &address));
    expect_output(f.writer, "<r xmlns=\"" A10 "\"><Address>http://h/</Address><ReferenceParameters><x:one n=\"1\" "
                            "xmlns:x=\"urn:x\">a<b xmlns=\"\"/></x:one><two xmlns=\"\"/></ReferenceParameters>"
                            "<a:Metadata xmlns:a=\"" A10 "\"><m xmlns=\"\"/></a:Metadata><x:other xmlns:x=\"urn:x\"/>"
                            "<Identity xmlns=\"" ID "\"><Dns>h</Dns></Identity></r>");
    finish(&f);
}

/* In another encoding, too: binary; and from one to the other. */
TEST(addresses_are_the_same_in_binary)
{
    static const WS_XML_WRITER_BINARY_ENCODING binary = {.encoding = {WS_XML_WRITER_ENCODING_TYPE_BINARY}};
    static const WS_XML_READER_BINARY_ENCODING from_binary = {.encoding = {WS_XML_READER_ENCODING_TYPE_BINARY}};
    static const char identity[] = IDENTITY("<d:KeyInfo><d:X509Data><d:X509Certificate>AAEC/w==</d:X509Certificate>"
                                            "</d:X509Data></d:KeyInfo>");
    WS_ENDPOINT_ADDRESS address, again;
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_CERT_ENDPOINT_IDENTITY *cert;
    WS_BYTES bytes;
    struct fixture f;

    begin(&f);
    address = read10(&f, identity);
    ok(WsSetOutput(f.writer, &binary.encoding, &memory_output.output, NULL, 0, NULL));
    ok(WsWriteElement(f.writer, &element10, WS_WRITE_REQUIRED_VALUE, &address, sizeof(address), NULL));
    bytes = get_bytes(f.writer);
    input.encodedData = bytes.bytes;
    input.encodedDataSize = bytes.length;
    ok(WsSetInput(f.reader, &from_binary.encoding, &input.input, NULL, 0, NULL));
    ok(WsReadElement(f.reader, &element10, WS_READ_REQUIRED_VALUE, f.heap, &again, sizeof(again), NULL));
    expect(wide_is(&again.url, "http://h/"));
    cert = (WS_CERT_ENDPOINT_IDENTITY *)again.identity;
    expect(cert && cert->identity.identityType == WS_CERT_ENDPOINT_IDENTITY_TYPE);
    expect(cert->rawCertificateData.length == 4 && !memcmp(cert->rawCertificateData.bytes, "\0\1\2\377", 4));
    finish(&f);
}

/* The properties are an extension, of which the page of WS_ENDPOINT_ADDRESS says that it is the first. */
TEST(what_only_august_2004_has_is_an_extension)
{
    static const char text[] =
        "<r xmlns:a='" A09 "'><a:Address>http://h/</a:Address><a:ReferenceParameters><p/></a:ReferenceParameters>"
        "<a:PortType xmlns:x=\"urn:x\">x:T</a:PortType><a:ServiceName PortName=\"P\">S</a:ServiceName>"
        "<a:ReferenceProperties><q/></a:ReferenceProperties><Policy xmlns=\"urn:p\"/></r>";
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;

    begin(&f);
    ok(read_with(&f, &element09, text, &address));
    expect(buffer_is(&f, address.headers, "<p/>"));
    ok(write_with(&f, &element09, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A09 "\">http://h/</Address>"
                            "<a:ReferenceProperties xmlns:a=\"" A09 "\"><q/></a:ReferenceProperties>"
                            "<ReferenceParameters xmlns=\"" A09 "\"><p xmlns=\"\"/></ReferenceParameters>"
                            "<a:PortType xmlns:x=\"urn:x\" xmlns:a=\"" A09 "\">x:T</a:PortType>"
                            "<a:ServiceName PortName=\"P\" xmlns:a=\"" A09 "\">S</a:ServiceName>"
                            "<Policy xmlns=\"urn:p\"/></r>");
    finish(&f);
}

/* The page again: first. WS-Addressing 1.0 has no such element, so there it is an extension like others. */
TEST(properties_are_known_to_august_2004_only)
{
    static const char text10[] = "<r><Address xmlns=\"" A10 "\">http://h/</Address><x/>"
                                 "<ReferenceProperties xmlns=\"" A10 "\"/><ReferenceProperties xmlns=\"" A10 "\"/></r>";
    static const char twice09[] = "<r xmlns:a='" A09 "'><a:Address>http://h/</a:Address><a:ReferenceProperties/>"
                                  "<a:ReferenceProperties/></r>";
    static const char second[] = "<x/><ReferenceProperties xmlns='" A09 "'/>";
    BOOL yes = TRUE;
    WS_XML_READER_PROPERTY fragment = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;

    begin(&f);
    address = read10(&f, text10);
    ok(write_with(&f, &element10, &address));
    expect_output(f.writer, text10);
    expect_refused(f.error, WS_E_INVALID_FORMAT, read_with(&f, &element09, twice09, &address),
                   "only one element \"a:ReferenceProperties\"");
    address = least;
    ok(WsReadXmlBufferFromBytes(f.reader, NULL, &fragment, 1, second, sizeof(second) - 1, f.heap, &address.extensions,
                                NULL));
    expect_refused(f.error, E_INVALIDARG, write_with(&f, &element09, &address), "must be the first");
    ok(write_with(&f, &element10, &address));
    finish(&f);
}

/* --- Identities --- */

TEST(names_are_identities)
{
    static const struct
    {
        const char *element;
        WS_ENDPOINT_IDENTITY_TYPE type;
    } kinds[] = {{"Dns", WS_DNS_ENDPOINT_IDENTITY_TYPE},
                 {"Upn", WS_UPN_ENDPOINT_IDENTITY_TYPE},
                 {"Spn", WS_SPN_ENDPOINT_IDENTITY_TYPE}};
    char text[1000], expected[1000];
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;
    unsigned i;

    begin(&f);
    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
    {
        snprintf(text, sizeof(text), IDENTITY("<i:%s n='1'>some@where</i:%s><!-- -->\n"), kinds[i].element,
                 kinds[i].element);
        address = read10(&f, text);
        expect(address.identity && address.identity->identityType == kinds[i].type);
        /* All three are alike. */
        expect(wide_is(&((WS_DNS_ENDPOINT_IDENTITY *)address.identity)->dns, "some@where"));
        ok(write_with(&f, &element10, &address));
        snprintf(expected, sizeof(expected),
                 "<r><Address xmlns=\"" A10 "\">http://h/</Address><Identity xmlns=\"" ID "\"><%s>some@where</%s>"
                 "</Identity></r>",
                 kinds[i].element, kinds[i].element);
        expect_output(f.writer, expected);
    }
    finish(&f);
}

TEST(keys_are_identities)
{
    WS_CERT_ENDPOINT_IDENTITY *cert;
    WS_RSA_ENDPOINT_IDENTITY *rsa;
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;

    begin(&f);
    address = read10(&f, IDENTITY("<d:KeyInfo> <d:X509Data><d:X509Certificate> AAEC\n/w== </d:X509Certificate>"
                                  "</d:X509Data> </d:KeyInfo>"));
    cert = (WS_CERT_ENDPOINT_IDENTITY *)address.identity;
    expect(cert && cert->identity.identityType == WS_CERT_ENDPOINT_IDENTITY_TYPE);
    expect(cert->rawCertificateData.length == 4 && !memcmp(cert->rawCertificateData.bytes, "\0\1\2\377", 4));
    ok(write_with(&f, &element10, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">http://h/</Address><Identity xmlns=\"" ID
                            "\"><KeyInfo xmlns=\"" DSIG "\"><X509Data><X509Certificate>AAEC/w==</X509Certificate>"
                            "</X509Data></KeyInfo></Identity></r>");

    address = read10(&f, IDENTITY("<d:KeyInfo><d:KeyValue><d:RSAKeyValue><d:Modulus>AAEC</d:Modulus>"
                                  "<d:Exponent>AQAB</d:Exponent></d:RSAKeyValue></d:KeyValue></d:KeyInfo>"));
    rsa = (WS_RSA_ENDPOINT_IDENTITY *)address.identity;
    expect(rsa && rsa->identity.identityType == WS_RSA_ENDPOINT_IDENTITY_TYPE);
    expect(rsa->modulus.length == 3 && !memcmp(rsa->modulus.bytes, "\0\1\2", 3));
    expect(rsa->exponent.length == 3 && !memcmp(rsa->exponent.bytes, "\1\0\1", 3));
    ok(write_with(&f, &element10, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">http://h/</Address><Identity xmlns=\"" ID
                            "\"><KeyInfo xmlns=\"" DSIG "\"><KeyValue><RSAKeyValue><Modulus>AAEC</Modulus>"
                            "<Exponent>AQAB</Exponent></RSAKeyValue></KeyValue></KeyInfo></Identity></r>");
    finish(&f);
}

/*
 * Our choice: the buffer has the element Identity itself, with all claims in it, known or not. The pages do not say
 * whether it has that or what is in it.
 */
TEST(other_identities_are_unknown_and_stay_as_they_are)
{
    static const char *const contents[] = {
        "",
        "text",
        "<i:Uri>urn:x</i:Uri>",
        "<x:Dns>h</x:Dns>",
        "<i:Dns>h</i:Dns><i:Upn>u</i:Upn>",
        "<i:Dns>h<i:more/></i:Dns>",
        "<d:KeyInfo><d:KeyName>k</d:KeyName></d:KeyInfo>",
        "<d:KeyInfo/>",
        "<d:KeyInfo><d:X509Data><d:X509SubjectName>s</d:X509SubjectName></d:X509Data></d:KeyInfo>",
        ("<d:KeyInfo><d:X509Data><d:X509Certificate>AA==</d:X509Certificate><d:X509Certificate>AA==</d:X509Certificate>"
         "</d:X509Data></d:KeyInfo>"),
        "<d:KeyInfo><d:X509Data><d:X509Certificate>!</d:X509Certificate></d:X509Data></d:KeyInfo>",
        "<d:KeyInfo><d:KeyValue><d:DSAKeyValue/></d:KeyValue></d:KeyInfo>",
        "<d:KeyInfo><d:KeyValue><d:RSAKeyValue><d:Modulus>AAEC</d:Modulus></d:RSAKeyValue></d:KeyValue></d:KeyInfo>",
    };
    char text[1000], written[1000];
    WS_ENDPOINT_ADDRESS address;
    WS_UNKNOWN_ENDPOINT_IDENTITY *unknown;
    struct fixture f;
    WS_BYTES bytes;
    unsigned i;

    begin(&f);
    for (i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
    {
        snprintf(text, sizeof(text), IDENTITY("%s"), contents[i]);
        address = read10(&f, text);
        unknown = (WS_UNKNOWN_ENDPOINT_IDENTITY *)address.identity;
        expect(unknown && unknown->identity.identityType == WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE);
        expect_size(0, sentence_count(f.error));
        ok(write_with(&f, &element10, &address));
        bytes = get_bytes(f.writer);
        expect(bytes.length < sizeof(written));
        memcpy(written, bytes.bytes, bytes.length);
        written[bytes.length] = 0;
        address = read10(&f, written);
        unknown = (WS_UNKNOWN_ENDPOINT_IDENTITY *)address.identity;
        expect(unknown && unknown->identity.identityType == WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE);
        ok(write_with(&f, &element10, &address));
        expect_output(f.writer, written);
    }
    address = read10(&f, WITH("<i:Identity x:n='1'><i:Uri/></i:Identity>"));
    unknown = (WS_UNKNOWN_ENDPOINT_IDENTITY *)address.identity;
    expect(buffer_is(&f, unknown->element,
                     "<i:Identity x:n='1' xmlns:i=\"" ID "\" xmlns:x=\"urn:x\"><i:Uri/></i:Identity>"));
    finish(&f);
}

/* Our choice: 64 KB, which is what the page of endpoint addresses lets a whole one have that is copied. */
TEST(an_identity_has_a_largest_size)
{
    static const char head[] = ROOT "<a:Address>http://h/</a:Address><i:Identity><i:Dns>";
    static const char tail[] = "</i:Dns></i:Identity></r>";
    WS_ENDPOINT_ADDRESS address;
    char *text = malloc(200000);
    struct fixture f;
    ULONG length;

    expect(text != NULL);
    begin(&f);
    for (length = 40000; length <= 120000; length += 40000)
    {
        memcpy(text, head, sizeof(head) - 1);
        memset(text + sizeof(head) - 1, 'h', length);
        memcpy(text + sizeof(head) - 1 + length, tail, sizeof(tail));
        expect_hr(length < 65536 ? S_OK : WS_E_QUOTA_EXCEEDED, read_with(&f, &element10, text, &address));
    }
    free(text);
    finish(&f);
}

/* --- What is read, and what is not --- */

/* Our choice: the schemas have an order, and attributes from other namespaces only. */
TEST(parts_are_read_in_any_order_and_with_any_attributes)
{
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;

    begin(&f);
    address = read10(&f, "<!-- --><r n='1' xmlns:a='" A10 "' xmlns:i='" ID "'> <!-- -->\n<x/>"
                         "<i:Identity k='1'>\n<i:Upn><![CDATA[u]]>v</i:Upn> </i:Identity><a:Metadata/> "
                         "<a:ReferenceParameters n='1'>\n <b/> <!-- --> <c/>\n</a:ReferenceParameters>"
                         "<a:Address n='1'> http://<!-- -->h/\n</a:Address> </r>");
    expect(wide_is(&address.url, "http://h/"));
    expect(buffer_is(&f, address.headers, "<b/><c/>"));
    expect(buffer_is(&f, address.extensions, "<x/><a:Metadata xmlns:a=\"" A10 "\"/>"));
    expect(address.identity->identityType == WS_UPN_ENDPOINT_IDENTITY_TYPE);
    expect(wide_is(&((WS_UPN_ENDPOINT_IDENTITY *)address.identity)->upn, "uv"));
    address = read10(&f, WITH("<a:ReferenceParameters> </a:ReferenceParameters>"));
    expect(!address.headers);
    finish(&f);
}

/* Our choice: which of two would hold is not to be guessed; and an empty one is no anonymous one. */
TEST(what_is_not_an_address_is_refused)
{
    static const struct
    {
        const char *text, *says;
    } rows[] = {
        {"<r/>", "Address"},
        {"<r xmlns:a='" A09 "'><a:Address>http://h/</a:Address></r>", "Address"},
        {"<r><Address>http://h/</Address></r>", "Address"},
        {WITH("<a:Address>http://i/</a:Address>"), "only one element \"a:Address\""},
        {WITH("<a:ReferenceParameters/><a:ReferenceParameters/>"), "only one element \"a:ReferenceParameters\""},
        {WITH("<i:Identity/><i:Identity/>"), "only one element \"i:Identity\""},
        {ROOT "<a:Address/></r>", "empty"},
        {ROOT "<a:Address> \n</a:Address></r>", "empty"},
        {ROOT "<a:Address xsi:nil='true'/></r>", "nil"},
        {ROOT "<a:Address>h<b/></a:Address></r>", "b"},
        {WITH("text"), "text"},
        {WITH("<a:ReferenceParameters>text</a:ReferenceParameters>"), "text"},
        {ROOT "<a:Address>http://h/</a:Address>", ""},
        {ROOT "<a:Address>http://h/</a:Address><x:y>", ""},
        {ROOT "<a:Address>http://h/</a:Address><i:Identity><i:Dns>", ""},
    };
    WS_ENDPOINT_ADDRESS address, untouched;
    struct fixture f;
    unsigned i;

    begin(&f);
    memset(&untouched, 0x5a, sizeof(untouched));
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        memset(&address, 0x5a, sizeof(address));
        expect_refused(f.error, WS_E_INVALID_FORMAT, read_with(&f, &element10, rows[i].text, &address), rows[i].says);
        expect(!memcmp(&address, &untouched, sizeof(address)));
    }
    finish(&f);
}

/* Our choice: an address of a transport has no form as XML, as no fault has one without an envelope. */
TEST(a_version_with_headers_is_needed)
{
    static const int versions[] = {WS_ADDRESSING_VERSION_TRANSPORT, 0, 4, -1};
    WS_ENDPOINT_ADDRESS_DESCRIPTION description;
    WS_ELEMENT_DESCRIPTION element = {&name, &empty, WS_ENDPOINT_ADDRESS_TYPE, &description};
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;
    unsigned i;

    begin(&f);
    for (i = 0; i < sizeof(versions) / sizeof(versions[0]); i++)
    {
        description.addressingVersion = (WS_ADDRESSING_VERSION)versions[i];
        expect_refused(f.error, E_INVALIDARG, read_with(&f, &element, WITH(""), &address),
                       i ? "addressing version" : "WS_ADDRESSING_VERSION_TRANSPORT");
        expect_refused(f.error, E_INVALIDARG, write_with(&f, &element, &least), "no endpoint addresses");
    }
    element.typeDescription = NULL;
    expect_refused(f.error, E_INVALIDARG, read_with(&f, &element, WITH(""), &address), "WS_ENDPOINT_ADDRESS_TYPE");
    expect_refused(f.error, E_INVALIDARG, write_with(&f, &element, &least), "WS_ENDPOINT_ADDRESS_TYPE");
    finish(&f);
}

/* --- Mappings and options --- */

TEST(an_address_is_content_of_an_element_only)
{
    static const WS_TYPE_MAPPING mappings[] = {WS_ATTRIBUTE_TYPE_MAPPING, WS_ELEMENT_CONTENT_TYPE_MAPPING,
                                               WS_ANY_ELEMENT_TYPE_MAPPING};
    WS_ENDPOINT_ADDRESS address;
    struct fixture f;
    unsigned i;

    begin(&f);
    set_text_string(f.reader, WITH(""));
    start(f.writer, "r");
    for (i = 0; i < sizeof(mappings) / sizeof(mappings[0]); i++)
    {
        expect_refused(f.error, E_INVALIDARG,
                       WsReadType(f.reader, mappings[i], WS_ENDPOINT_ADDRESS_TYPE, &v10, WS_READ_REQUIRED_VALUE, f.heap,
                                  &address, sizeof(address), f.error),
                       "WS_ENDPOINT_ADDRESS_TYPE cannot be used with");
        expect_refused(f.error, E_INVALIDARG,
                       WsWriteType(f.writer, mappings[i], WS_ENDPOINT_ADDRESS_TYPE, &v10, WS_WRITE_REQUIRED_VALUE,
                                   &least, sizeof(least), f.error),
                       "WS_ENDPOINT_ADDRESS_TYPE cannot be used with");
    }
    /* Any name, at the start of the document and at the element. */
    ok(WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &v10, WS_READ_REQUIRED_VALUE, f.heap,
                  &address, sizeof(address), f.error));
    expect(wide_is(&address.url, "http://h/"));
    expect(current_type(f.reader) == WS_XML_NODE_TYPE_EOF);
    ok(WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &v10, WS_WRITE_REQUIRED_VALUE, &least,
                   sizeof(least), f.error));
    end(f.writer);
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">http://h/</Address></r>");
    finish(&f);
}

TEST(read_options)
{
    WS_ENDPOINT_ADDRESS address, *pointer = NULL;
    struct fixture f;

    begin(&f);
    set_text_string(f.reader, WITH(""));
    ok(WsReadElement(f.reader, &element10, WS_READ_REQUIRED_POINTER, f.heap, &pointer, sizeof(pointer), f.error));
    expect(pointer && wide_is(&pointer->url, "http://h/"));
    set_text_string(f.reader, "<other/>");
    ok(WsReadElement(f.reader, &element10, WS_READ_OPTIONAL_POINTER, f.heap, &pointer, sizeof(pointer), f.error));
    expect(!pointer);
    pointer = &address;
    set_text_string(f.reader, "<r xmlns:xsi='" XSI "' xsi:nil='true'/>");
    ok(WsReadElement(f.reader, &element10, WS_READ_NILLABLE_POINTER, f.heap, &pointer, sizeof(pointer), f.error));
    expect(!pointer);
    set_text_string(f.reader, "<r xmlns:xsi='" XSI "' xsi:nil='true'/>");
    expect_refused(
        f.error, WS_E_INVALID_FORMAT,
        WsReadElement(f.reader, &element10, WS_READ_REQUIRED_POINTER, f.heap, &pointer, sizeof(pointer), f.error),
        "nil");
    set_text_string(f.reader, WITH(""));
    expect_refused(
        f.error, E_INVALIDARG,
        WsReadElement(f.reader, &element10, WS_READ_NILLABLE_VALUE, f.heap, &address, sizeof(address), f.error),
        "WS_READ_NILLABLE_VALUE cannot be used with");
    expect_refused(
        f.error, E_INVALIDARG,
        WsReadElement(f.reader, &element10, WS_READ_REQUIRED_VALUE, f.heap, &address, sizeof(address) - 1, f.error),
        "size");
    expect_refused(
        f.error, E_INVALIDARG,
        WsReadElement(f.reader, &element10, WS_READ_REQUIRED_VALUE, NULL, &address, sizeof(address), f.error), "heap");
    /* None of these has moved the reader. */
    ok(WsReadElement(f.reader, &element10, WS_READ_REQUIRED_VALUE, f.heap, &address, sizeof(address), f.error));
    finish(&f);
}

TEST(write_options)
{
    const WS_ENDPOINT_ADDRESS *pointer = &least, *none = NULL;
    struct fixture f;

    begin(&f);
    ok(WsWriteElement(f.writer, &element10, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer), f.error));
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">http://h/</Address></r>");
    set_output(f.writer, NULL, 0);
    ok(WsWriteElement(f.writer, &element10, WS_WRITE_NILLABLE_POINTER, &none, sizeof(none), f.error));
    expect_output(f.writer, "<r a:nil=\"true\" xmlns:a=\"" XSI "\"/>");
    set_output(f.writer, NULL, 0);
    expect_refused(f.error, E_INVALIDARG,
                   WsWriteElement(f.writer, &element10, WS_WRITE_REQUIRED_POINTER, &none, sizeof(none), f.error),
                   "NULL");
    expect_refused(f.error, E_INVALIDARG,
                   WsWriteElement(f.writer, &element10, WS_WRITE_NILLABLE_VALUE, &least, sizeof(least), f.error),
                   "WS_WRITE_NILLABLE_VALUE cannot be used with");
    finish(&f);
}

/* --- Fields --- */

struct holder
{
    WS_ENDPOINT_ADDRESS own;
    WS_ENDPOINT_ADDRESS *optional, *nillable;
    WS_ENDPOINT_ADDRESS **items;
    ULONG count;
};

static WS_XML_STRING name_own = STRING("own"), name_optional = STRING("optional"), name_nillable = STRING("nillable"),
                     name_item = STRING("item");
/* An element of its own with an address in it. */
#define FIELD(name, member, field_options) \
    { \
        .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &(name), .ns = &empty, .type = WS_ENDPOINT_ADDRESS_TYPE, \
        .typeDescription = &v10, .offset = offsetof(struct holder, member), .options = (field_options) \
    }
static WS_FIELD_DESCRIPTION own = FIELD(name_own, own, 0);
static WS_FIELD_DESCRIPTION optional = FIELD(name_optional, optional, WS_FIELD_POINTER | WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION nillable = FIELD(name_nillable, nillable, WS_FIELD_POINTER | WS_FIELD_NILLABLE);
static WS_FIELD_DESCRIPTION items = {.mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING,
                                     .type = WS_ENDPOINT_ADDRESS_TYPE,
                                     .typeDescription = &v10,
                                     .offset = offsetof(struct holder, items),
                                     .options = WS_FIELD_POINTER | WS_FIELD_NILLABLE_ITEM,
                                     .countOffset = offsetof(struct holder, count),
                                     .itemLocalName = &name_item,
                                     .itemNs = &empty};
static WS_FIELD_DESCRIPTION *holder_fields[] = {&own, &optional, &nillable, &items};
static WS_STRUCT_DESCRIPTION holder_description = {
    .size = sizeof(struct holder), .alignment = sizeof(void *), .fields = holder_fields, .fieldCount = 4};
static WS_ELEMENT_DESCRIPTION holder_element = {&name, &empty, WS_STRUCT_TYPE, &holder_description};

TEST(addresses_are_fields)
{
    static const char text[] = "<r><own><Address xmlns=\"" A10 "\">http://own/</Address></own>"
                               "<nillable a:nil=\"true\" xmlns:a=\"" XSI "\"/>"
                               "<item><Address xmlns=\"" A10 "\">http://one/</Address></item>"
                               "<item a:nil=\"true\" xmlns:a=\"" XSI "\"/></r>";
    struct holder holder;
    struct fixture f;

    begin(&f);
    set_text_string(f.reader, text);
    ok(WsReadElement(f.reader, &holder_element, WS_READ_REQUIRED_VALUE, f.heap, &holder, sizeof(holder), f.error));
    expect(wide_is(&holder.own.url, "http://own/") && !holder.optional && !holder.nillable && holder.count == 2);
    expect(wide_is(&holder.items[0]->url, "http://one/") && !holder.items[1]);
    ok(WsWriteElement(f.writer, &holder_element, WS_WRITE_REQUIRED_VALUE, &holder, sizeof(holder), f.error));
    expect_output(f.writer, text);

    /* Options that the page does not have. */
    own.options = WS_FIELD_OPTIONAL;
    expect_refused(
        f.error, E_INVALIDARG,
        WsReadElement(f.reader, &holder_element, WS_READ_REQUIRED_VALUE, f.heap, &holder, sizeof(holder), f.error),
        "WS_ENDPOINT_ADDRESS_TYPE does not allow");
    own.options = WS_FIELD_NILLABLE;
    expect_refused(
        f.error, E_INVALIDARG,
        WsReadElement(f.reader, &holder_element, WS_READ_REQUIRED_VALUE, f.heap, &holder, sizeof(holder), f.error),
        "WS_ENDPOINT_ADDRESS_TYPE does not allow");
    own.options = 0;
    own.mapping = WS_ATTRIBUTE_FIELD_MAPPING;
    expect_refused(
        f.error, E_INVALIDARG,
        WsReadElement(f.reader, &holder_element, WS_READ_REQUIRED_VALUE, f.heap, &holder, sizeof(holder), f.error),
        "WS_ATTRIBUTE_FIELD_MAPPING");
    own.mapping = WS_ELEMENT_FIELD_MAPPING;
    finish(&f);
}

/* --- Values that cannot be written --- */

/* Such a refusal writes nothing: observed on Windows of other types. */
static void refuse_value(struct fixture *f, const WS_ENDPOINT_ADDRESS *address, const char *sentence_part)
{
    WS_ENDPOINT_ADDRESS good = least;

    set_output(f->writer, NULL, 0);
    start(f->writer, "r");
    expect_refused(f->error, E_INVALIDARG,
                   WsWriteType(f->writer, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &v10,
                               WS_WRITE_REQUIRED_VALUE, address, sizeof(*address), f->error),
                   sentence_part);
    ok(WsWriteType(f->writer, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &v10, WS_WRITE_REQUIRED_VALUE, &good,
                   sizeof(good), f->error));
    end(f->writer);
    expect_output(f->writer, "<r><Address xmlns=\"" A10 "\">http://h/</Address></r>");
}

/* Our choice, of extensions and identities: what is written can be read again. */
TEST(values_that_are_no_address_are_refused)
{
    WS_ENDPOINT_ADDRESS address = least;
    WS_UNKNOWN_ENDPOINT_IDENTITY unknown = {{(WS_ENDPOINT_IDENTITY_TYPE)0}, NULL};
    struct fixture f;

    begin(&f);
    address.identity = &unknown.identity;
    refuse_value(&f, &address, "type 0");
    unknown.identity.identityType = (WS_ENDPOINT_IDENTITY_TYPE)7;
    refuse_value(&f, &address, "type 7");
    unknown.identity.identityType = WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE;
    refuse_value(&f, &address, "XML buffer");
    ok(WsCreateXmlBuffer(f.heap, NULL, 0, &unknown.element, NULL));
    refuse_value(&f, &address, "not one element Identity");
    unknown.element = make_buffer(&f, "<Dns xmlns='" ID "'>h</Dns>");
    refuse_value(&f, &address, "not one element Identity");

    address = least;
    address.headers = (WS_XML_BUFFER *)(void *)f.heap;
    refuse_value(&f, &address, "XML buffer");
    address = least;
    address.extensions = (WS_XML_BUFFER *)(void *)f.heap;
    refuse_value(&f, &address, "XML buffer");
    address.extensions = make_buffer(&f, "<Address xmlns='" A10 "'/>");
    refuse_value(&f, &address, "extensions");
    address.extensions = make_buffer(&f, "<ReferenceParameters xmlns='" A10 "'/>");
    refuse_value(&f, &address, "extensions");
    address.extensions = make_buffer(&f, "<Identity xmlns='" ID "'/>");
    refuse_value(&f, &address, "extensions");

    address = least;
    address.url.chars = NULL;
    expect_refused(f.error, E_INVALIDARG, write_with(&f, &element10, &address), "NULL");
    finish(&f);
}

TEST(an_address_is_not_written_into_its_own_buffers)
{
    WS_ENDPOINT_ADDRESS address = least;
    struct fixture f;

    begin(&f);
    ok(WsCreateXmlBuffer(f.heap, NULL, 0, &address.headers, NULL));
    ok(WsSetOutputToBuffer(f.writer, address.headers, NULL, 0, NULL));
    start(f.writer, "r");
    expect_refused(f.error, WS_E_INVALID_OPERATION,
                   WsWriteType(f.writer, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &v10,
                               WS_WRITE_REQUIRED_VALUE, &address, sizeof(address), f.error),
                   "into itself");
    finish(&f);
}

/* Our choice: of what is in the buffers, elements only are written, since nothing else can stand there. */
TEST(only_elements_of_the_buffers_are_written)
{
    BOOL yes = TRUE;
    WS_XML_READER_PROPERTY fragment = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_ENDPOINT_ADDRESS address = least;
    static const char text[] = " <!-- --> <b/> text <c>x</c> ";
    struct fixture f;

    begin(&f);
    ok(WsReadXmlBufferFromBytes(f.reader, NULL, &fragment, 1, text, sizeof(text) - 1, f.heap, &address.headers,
                                f.error));
    address.extensions = make_buffer(&f, "<!-- --><e/>");
    ok(write_with(&f, &element10, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">http://h/</Address><ReferenceParameters xmlns=\"" A10
                            "\"><b xmlns=\"\"/><c xmlns=\"\">x</c></ReferenceParameters><e/></r>");
    ok(WsCreateXmlBuffer(f.heap, NULL, 0, &address.headers, NULL));
    address.extensions = address.headers;
    ok(write_with(&f, &element10, &address));
    expect_output(f.writer, "<r><Address xmlns=\"" A10 "\">http://h/</Address></r>");
    finish(&f);
}

/* --- Limits --- */

/* What an identity is read from takes nothing of the heap: our choice. */
TEST(every_heap_that_is_too_small_is_found_out)
{
    static const char *const texts[] = {
        WITH("<a:ReferenceParameters><b/><c/></a:ReferenceParameters><x:y/>"),
        IDENTITY("<i:Dns>h</i:Dns>"),
        IDENTITY("<d:KeyInfo><d:X509Data><d:X509Certificate>AAEC</d:X509Certificate></d:X509Data></d:KeyInfo>"),
        IDENTITY("<i:Other/>"),
    };
    WS_ENDPOINT_ADDRESS address, untouched;
    struct fixture f;
    SIZE_T needed, size;
    WS_HEAP *whole;
    unsigned i;

    begin(&f);
    whole = f.heap;
    memset(&untouched, 0x5a, sizeof(untouched));
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
    {
        f.heap = create_heap(1 << 20);
        ok(read_with(&f, &element10, texts[i], &address));
        needed = requested(f.heap);
        WsFreeHeap(f.heap);
        if (i == 1)
            expect(needed <= 9 * sizeof(WCHAR) + sizeof(WCHAR) + sizeof(WS_DNS_ENDPOINT_IDENTITY));
        for (size = 0; size <= needed; size++)
        {
            f.heap = create_heap(size);
            memset(&address, 0x5a, sizeof(address));
            ok(WsResetError(f.error));
            expect_hr(size < needed ? WS_E_QUOTA_EXCEEDED : S_OK, read_with(&f, &element10, texts[i], &address));
            expect(size == needed || (!memcmp(&address, &untouched, sizeof(address)) && sentence_count(f.error)));
            WsFreeHeap(f.heap);
        }
    }
    f.heap = whole;
    finish(&f);
}

TEST(a_stream_must_be_filled_first)
{
    static const char text[] = IDENTITY("<i:Dns>h</i:Dns>");
    WS_ENDPOINT_ADDRESS address;
    struct stream stream;
    struct fixture f;
    ULONG filled;

    begin(&f);
    for (filled = 1; filled < sizeof(text); filled++)
    {
        stream = (struct stream){.bytes = (const BYTE *)text, .length = sizeof(text) - 1, .piece = filled};
        set_stream(f.reader, &stream, 4096, WS_CHARSET_UTF8);
        ok(WsFillReader(f.reader, filled, NULL, NULL));
        expect_hr(filled < sizeof(text) - 1 ? WS_E_QUOTA_EXCEEDED : S_OK,
                  WsReadElement(f.reader, &element10, WS_READ_REQUIRED_VALUE, f.heap, &address, sizeof(address), NULL));
    }
    expect(address.identity->identityType == WS_DNS_ENDPOINT_IDENTITY_TYPE);
    finish(&f);
}
