/* SPDX-License-Identifier: MIT */
/*
 * Endpoint references in the shapes in which services and devices send them: read, written and read again.
 *
 * Source: the page of WS_ENDPOINT_ADDRESS; WS-Addressing 1.0 and that of August 2004. The shapes are those of the
 * stacks named, the words are ours.
 */
#include "support/faults.h"
#include "support/structs.h"

#define A09     "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define A10     "http://www.w3.org/2005/08/addressing"
#define ID      "http://schemas.xmlsoap.org/ws/2006/02/addressingidentity"
#define DSIG    "http://www.w3.org/2000/09/xmldsig#"
#define MEX     "http://schemas.xmlsoap.org/ws/2004/09/mex"
#define WSMAN   "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
#define WSE     "http://schemas.xmlsoap.org/ws/2004/08/eventing"
#define NOTHING ((WS_ENDPOINT_IDENTITY_TYPE)0)

static WS_ENDPOINT_ADDRESS_DESCRIPTION v09 = {WS_ADDRESSING_VERSION_0_9}, v10 = {WS_ADDRESSING_VERSION_1_0};

/* What an address must be read as; NULL: there is no buffer. */
struct known
{
    const char *from;
    WS_ENDPOINT_ADDRESS_DESCRIPTION *version;
    const char *xml;
    const char *url; /* "": the anonymous address */
    const char *headers, *extensions;
    WS_ENDPOINT_IDENTITY_TYPE identity;
    const char *name; /* of Dns, Upn, Spn */
};

static const struct known addresses[] = {
    {"WCF: a session behind a service that runs under an account", &v10,
     "<a:ReplyTo xmlns:a=\"" A10 "\"><a:Address>net.tcp://h:808/s</a:Address><a:ReferenceParameters><Session "
     "xmlns=\"urn:s\">7</Session></a:ReferenceParameters><Identity xmlns=\"" ID "\"><Upn>user@example.com</Upn>"
     "</Identity></a:ReplyTo>",
     "net.tcp://h:808/s", "<Session xmlns=\"urn:s\">7</Session>", NULL, WS_UPN_ENDPOINT_IDENTITY_TYPE,
     "user@example.com"},
    {"WCF: a service principal", &v10,
     "<wsa10:EndpointReference xmlns:wsa10=\"" A10
     "\"><wsa10:Address>http://h/s.svc</wsa10:Address><Identity xmlns=\"" ID
     "\"><Spn>host/h.example.com</Spn></Identity></wsa10:EndpointReference>",
     "http://h/s.svc", NULL, NULL, WS_SPN_ENDPOINT_IDENTITY_TYPE, "host/h.example.com"},
    {"WCF: a certificate, as in a WSDL", &v10,
     "<wsa10:EndpointReference xmlns:wsa10=\"" A10 "\">\n<wsa10:Address>https://h/s.svc</wsa10:Address>\n<Identity "
     "xmlns=\"" ID "\">\n<KeyInfo xmlns=\"" DSIG "\">\n<X509Data>\n<X509Certificate>MIIBAA==</X509Certificate>\n"
     "</X509Data>\n</KeyInfo>\n</Identity>\n</wsa10:EndpointReference>",
     "https://h/s.svc", NULL, NULL, WS_CERT_ENDPOINT_IDENTITY_TYPE, NULL},
    {"WCF: a key", &v10,
     "<EndpointReference xmlns=\"" A10 "\"><Address>http://h/</Address><Identity xmlns=\"" ID
     "\"><KeyInfo xmlns=\"" DSIG
     "\"><KeyValue><RSAKeyValue><Modulus>AQID</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>"
     "</KeyInfo></Identity></EndpointReference>",
     "http://h/", NULL, NULL, WS_RSA_ENDPOINT_IDENTITY_TYPE, NULL},
    {"WCF: a certificate with those that it is issued by", &v10,
     "<EndpointReference xmlns=\"" A10 "\"><Address>http://h/</Address><Identity xmlns=\"" ID
     "\"><KeyInfo xmlns=\"" DSIG
     "\"><X509Data><X509Certificate>AQ==</X509Certificate><X509Certificate>Ag==</X509Certificate></X509Data>"
     "</KeyInfo></Identity></EndpointReference>",
     "http://h/", NULL, NULL, WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE, NULL},
    {"a security token service of Windows", &v10,
     "<Issuer xmlns=\"http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702\"><Address xmlns=\"" A10
     "\">https://sts.example/trust</Address><Metadata xmlns=\"" A10 "\"><Metadata xmlns=\"" MEX "\" xmlns:wsx=\"" MEX
     "\"><wsx:MetadataSection xmlns=\"\"><wsx:MetadataReference><Address xmlns=\"" A10 "\">https://sts.example/mex"
     "</Address></wsx:MetadataReference></wsx:MetadataSection></Metadata></Metadata></Issuer>",
     "https://sts.example/trust", NULL,
     "<Metadata xmlns=\"" A10 "\"><Metadata xmlns=\"" MEX "\" xmlns:wsx=\"" MEX
     "\"><wsx:MetadataSection xmlns=\"\"><wsx:MetadataReference><Address xmlns=\"" A10 "\">https://sts.example/mex"
     "</Address></wsx:MetadataReference></wsx:MetadataSection></Metadata></Metadata>",
     NOTHING, NULL},
    {"Metro: where the WSDL is", &v10,
     "<EndpointReference xmlns=\"" A10 "\" xmlns:wsdli=\"http://www.w3.org/ns/wsdl-instance\"><Address>http://h/shop"
     "</Address><Metadata wsdli:wsdlLocation=\"urn:shop http://h/shop?wsdl\"><wsam:InterfaceName xmlns:wsam=\""
     "http://www.w3.org/2007/05/addressing/metadata\" xmlns:wsns=\"urn:shop\">wsns:Shop</wsam:InterfaceName>"
     "</Metadata></EndpointReference>",
     "http://h/shop", NULL,
     "<Metadata wsdli:wsdlLocation=\"urn:shop http://h/shop?wsdl\" xmlns=\"" A10 "\" xmlns:wsdli=\""
     "http://www.w3.org/ns/wsdl-instance\"><wsam:InterfaceName xmlns:wsam=\""
     "http://www.w3.org/2007/05/addressing/metadata\" "
     "xmlns:wsns=\"urn:shop\">wsns:Shop</wsam:InterfaceName></Metadata>",
     NOTHING, NULL},
    {"Axis2: a group of services", &v10,
     "<wsa:ReplyTo xmlns:wsa=\"" A10 "\"><wsa:Address>http://h:8080/axis2/services/S</wsa:Address>"
     "<wsa:ReferenceParameters><axis2:ServiceGroupId xmlns:axis2=\"http://ws.apache.org/namespaces/axis2\">urn:uuid:1"
     "</axis2:ServiceGroupId></wsa:ReferenceParameters></wsa:ReplyTo>",
     "http://h:8080/axis2/services/S",
     "<axis2:ServiceGroupId xmlns:axis2=\"http://ws.apache.org/namespaces/axis2\">urn:uuid:1</axis2:ServiceGroupId>",
     NULL, NOTHING, NULL},
    {"CXF: an anonymous one, with white space and empty parts", &v10,
     "<ReplyTo xmlns=\"" A10 "\">\n  <Address>\n    " A10 "/anonymous\n  </Address>\n  <ReferenceParameters/>\n"
     "</ReplyTo>",
     "", NULL, NULL, NOTHING, NULL},
    {"SAP: no answer is wanted", &v10,
     "<wsa:ReplyTo xmlns:wsa=\"" A10 "\"><wsa:Address>" A10 "/none</wsa:Address></wsa:ReplyTo>", A10 "/none", NULL,
     NULL, NOTHING, NULL},
    {"a camera (ONVIF): a subscription", &v10,
     "<tev:SubscriptionReference xmlns:tev=\"http://www.onvif.org/ver10/events/wsdl\" xmlns:wsa5=\"" A10
     "\"><wsa5:Address>http://192.0.2.10/onvif/Subscription?Idx=0</wsa5:Address></tev:SubscriptionReference>",
     "http://192.0.2.10/onvif/Subscription?Idx=0", NULL, NULL, NOTHING, NULL},
    {"a camera: a subscription that has a number", &v10,
     "<tev:SubscriptionReference xmlns:tev=\"http://www.onvif.org/ver10/events/wsdl\" xmlns:wsa5=\"" A10
     "\" xmlns:dom0=\"http://cam.example/event\">\r\n<wsa5:Address>http://192.0.2.11/onvif/services</wsa5:Address>\r\n"
     "<wsa5:ReferenceParameters><dom0:SubscriptionId a=\"1\">6</dom0:SubscriptionId></wsa5:ReferenceParameters>\r\n"
     "<wsa5:Metadata/>\r\n</tev:SubscriptionReference>",
     "http://192.0.2.11/onvif/services",
     "<dom0:SubscriptionId a=\"1\" xmlns:dom0=\"http://cam.example/event\">6"
     "</dom0:SubscriptionId>",
     "<wsa5:Metadata xmlns:wsa5=\"" A10 "\"/>", NOTHING, NULL},
    {"a printer (WS-Discovery)", &v09,
     "<wsa:EndpointReference xmlns:wsa=\"" A09 "\"><wsa:Address>urn:uuid:00000000-0000-1000-8000-0123456789ab"
     "</wsa:Address></wsa:EndpointReference>",
     "urn:uuid:00000000-0000-1000-8000-0123456789ab", NULL, NULL, NOTHING, NULL},
    {"a scanner (WS-Eventing): who manages the subscription", &v09,
     "<wse:SubscriptionManager xmlns:wse=\"" WSE "\" xmlns:wsa=\"" A09 "\"><wsa:Address>http://192.0.2.12:5357/s"
     "</wsa:Address><wsa:ReferenceParameters><wse:Identifier>uuid:1</wse:Identifier></wsa:ReferenceParameters>"
     "</wse:SubscriptionManager>",
     "http://192.0.2.12:5357/s", "<wse:Identifier xmlns:wse=\"" WSE "\">uuid:1</wse:Identifier>", NULL, NOTHING, NULL},
    {"Windows: whom to notify, by a property", &v09,
     "<wse:NotifyTo xmlns:wse=\"" WSE "\" xmlns:wsa=\"" A09 "\"><wsa:Address>http://192.0.2.1:5357/n</wsa:Address>"
     "<wsa:ReferenceProperties><wse:Identifier>uuid:2</wse:Identifier></wsa:ReferenceProperties></wse:NotifyTo>",
     "http://192.0.2.1:5357/n", NULL,
     "<wsa:ReferenceProperties xmlns:wsa=\"" A09 "\"><wse:Identifier xmlns:wse=\"" WSE "\">uuid:2</wse:Identifier>"
     "</wsa:ReferenceProperties>",
     NOTHING, NULL},
    {"WS-Management: a resource", &v09,
     "<a:EndpointReference xmlns:a=\"" A09 "\" xmlns:w=\"" WSMAN "\"><a:Address>" A09 "/role/anonymous</a:Address>"
     "<a:ReferenceParameters><w:ResourceURI>http://schemas.example/Service</w:ResourceURI><w:SelectorSet><w:Selector "
     "Name=\"Name\">winrm</w:Selector></w:SelectorSet></a:ReferenceParameters></a:EndpointReference>",
     "",
     "<w:ResourceURI xmlns:w=\"" WSMAN
     "\">http://schemas.example/Service</w:ResourceURI><w:SelectorSet xmlns:w=\"" WSMAN
     "\"><w:Selector Name=\"Name\">winrm</w:Selector></w:SelectorSet>",
     NULL, NOTHING, NULL},
    {"gSOAP, as of August 2004: all that there is", &v09,
     "<wsa:EndpointReference xmlns:wsa=\"" A09 "\"><wsa:Address>http://h/</wsa:Address><wsa:ReferenceProperties><c "
     "xmlns=\"urn:c\">1</c></wsa:ReferenceProperties><wsa:ReferenceParameters><d xmlns=\"urn:d\">2</d>"
     "</wsa:ReferenceParameters><wsa:PortType xmlns:f=\"urn:f\">f:P</wsa:PortType><wsa:ServiceName PortName=\"Q\" "
     "xmlns:f=\"urn:f\">f:S</wsa:ServiceName><wsp:Policy xmlns:wsp=\"http://schemas.xmlsoap.org/ws/2004/09/policy\"/>"
     "<Identity xmlns=\"" ID "\"><Dns>h</Dns></Identity></wsa:EndpointReference>",
     "http://h/", "<d xmlns=\"urn:d\">2</d>",
     "<wsa:ReferenceProperties xmlns:wsa=\"" A09 "\"><c xmlns=\"urn:c\">1</c></wsa:ReferenceProperties><wsa:PortType "
     "xmlns:f=\"urn:f\" xmlns:wsa=\"" A09 "\">f:P</wsa:PortType><wsa:ServiceName PortName=\"Q\" xmlns:f=\"urn:f\" "
     "xmlns:wsa=\"" A09 "\">f:S</wsa:ServiceName><wsp:Policy xmlns:wsp=\"http://schemas.xmlsoap.org/ws/2004/09/policy"
     "\"/>",
     WS_DNS_ENDPOINT_IDENTITY_TYPE, "h"},
};

static HRESULT read_address(struct use *use, const char *xml, const WS_ENDPOINT_ADDRESS_DESCRIPTION *version,
                            WS_ENDPOINT_ADDRESS *address)
{
    return read_from(use, xml, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, version, address, sizeof(*address));
}

/* What a buffer is when it is written. */
static void expect_buffer(struct use *use, const char *from, const char *what, const WS_XML_BUFFER *buffer,
                          const char *wanted)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)},
        {WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, &yes, sizeof(yes)}, /* in binary, all are alike */
    };
    WS_BYTES bytes = {0, NULL};

    if (buffer)
    {
        set_output(use->writer, properties, COUNT(properties));
        ok(WsWriteXmlBuffer(use->writer, (WS_XML_BUFFER *)buffer, NULL));
        bytes = get_bytes(use->writer);
    }
    if (!buffer != !wanted ||
        (wanted && (bytes.length != strlen(wanted) || memcmp(bytes.bytes, wanted, bytes.length) != 0)))
        test_fail(__FILE__, __LINE__, "%s: %s: %.*s", from, what, (int)bytes.length, (const char *)bytes.bytes);
}

static bool same_bytes(const WS_BYTES *one, const WS_BYTES *other)
{
    return one->length == other->length && !memcmp(one->bytes, other->bytes, one->length);
}

static bool same_identity(struct use *use, const WS_ENDPOINT_IDENTITY *one, const WS_ENDPOINT_IDENTITY *other)
{
    if (!one || !other)
        return one == other;
    if (one->identityType != other->identityType)
        return false;
    switch (one->identityType)
    {
    case WS_DNS_ENDPOINT_IDENTITY_TYPE:
    case WS_UPN_ENDPOINT_IDENTITY_TYPE:
    case WS_SPN_ENDPOINT_IDENTITY_TYPE: /* all are alike */
        return same_wide(&((const WS_DNS_ENDPOINT_IDENTITY *)one)->dns,
                         &((const WS_DNS_ENDPOINT_IDENTITY *)other)->dns);
    case WS_RSA_ENDPOINT_IDENTITY_TYPE:
        return same_bytes(&((const WS_RSA_ENDPOINT_IDENTITY *)one)->modulus,
                          &((const WS_RSA_ENDPOINT_IDENTITY *)other)->modulus) &&
               same_bytes(&((const WS_RSA_ENDPOINT_IDENTITY *)one)->exponent,
                          &((const WS_RSA_ENDPOINT_IDENTITY *)other)->exponent);
    case WS_CERT_ENDPOINT_IDENTITY_TYPE:
        return same_bytes(&((const WS_CERT_ENDPOINT_IDENTITY *)one)->rawCertificateData,
                          &((const WS_CERT_ENDPOINT_IDENTITY *)other)->rawCertificateData);
    default:
        return same_buffer(use->writer, ((const WS_UNKNOWN_ENDPOINT_IDENTITY *)one)->element,
                           ((const WS_UNKNOWN_ENDPOINT_IDENTITY *)other)->element);
    }
}

static void expect_known(struct use *use, const struct known *known, const WS_ENDPOINT_ADDRESS *address)
{
    if (!wide_is(&address->url, known->url))
        test_fail(__FILE__, __LINE__, "%s: another URL, of %u characters", known->from, (unsigned)address->url.length);
    expect_buffer(use, known->from, "headers", address->headers, known->headers);
    expect_buffer(use, known->from, "extensions", address->extensions, known->extensions);
    if ((address->identity ? address->identity->identityType : NOTHING) != known->identity)
        test_fail(__FILE__, __LINE__, "%s: another identity", known->from);
    if (known->name)
        expect(wide_is(&((const WS_DNS_ENDPOINT_IDENTITY *)address->identity)->dns, known->name));
}

/* In text, and in binary. */
static void expect_again(struct use *use, const struct known *known, const WS_ENDPOINT_ADDRESS *address)
{
    static const WS_XML_WRITER_BINARY_ENCODING binary = {.encoding = {WS_XML_WRITER_ENCODING_TYPE_BINARY}};
    static const WS_XML_READER_BINARY_ENCODING from_binary = {.encoding = {WS_XML_READER_ENCODING_TYPE_BINARY}};
    static const WS_XML_READER_TEXT_ENCODING from_text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_ENDPOINT_ADDRESS again;
    WS_BYTES bytes;
    int encoding;

    for (encoding = 0; encoding < 2; encoding++)
    {
        ok(WsSetOutput(use->writer, encoding ? &binary.encoding : &utf8.encoding, &memory_output.output, NULL, 0,
                       NULL));
        start(use->writer, "r");
        ok(WsWriteType(use->writer, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, known->version,
                       WS_WRITE_REQUIRED_VALUE, address, sizeof(*address), NULL));
        end(use->writer);
        bytes = get_bytes(use->writer);
        input.encodedData = bytes.bytes;
        input.encodedDataSize = bytes.length;
        ok(WsSetInput(use->reader, encoding ? &from_binary.encoding : &from_text.encoding, &input.input, NULL, 0,
                      NULL));
        ok(WsReadType(use->reader, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, known->version,
                      WS_READ_REQUIRED_VALUE, use->heap, &again, sizeof(again), NULL));
        expect_known(use, known, &again);
        expect(same_identity(use, address->identity, again.identity));
    }
}

TEST(addresses_that_are_sent)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < COUNT(addresses); i++)
    {
        memset(&address, 0x5a, sizeof(address));
        hr = read_address(&use, addresses[i].xml, addresses[i].version, &address);
        if (hr != S_OK)
            test_fail(__FILE__, __LINE__, "%s: 0x%08x, %s", addresses[i].from, (unsigned)hr, sentence(use.error));
        expect(is_at_end(use.reader));
        expect_known(&use, &addresses[i], &address);
        expect_again(&use, &addresses[i], &address);
        ok(WsResetHeap(use.heap, NULL));
    }
    end_use(&use);
}

/* Each version knows its own address only. */
TEST(addresses_of_the_other_version_are_refused)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address;
    ULONG i;

    for (i = 0; i < COUNT(addresses); i++)
        expect_refused(use.error, WS_E_INVALID_FORMAT,
                       read_address(&use, addresses[i].xml, addresses[i].version == &v10 ? &v09 : &v10, &address),
                       "Address");
    end_use(&use);
}

TEST(what_nobody_should_send_is_refused_with_a_sentence)
{
    static const char *const contents[] = {
        "",
        "<a:Address/>",
        "<a:Address>http://h/<b/></a:Address>",
        "<a:Address>http://h/</a:Address><a:Address>http://h/</a:Address>",
        "<a:Address>http://h/</a:Address><a:ReferenceParameters/><a:ReferenceParameters/>",
        "<a:Address>http://h/</a:Address><a:ReferenceParameters>text</a:ReferenceParameters>",
        "<a:Address>http://h/</a:Address><Identity xmlns='" ID "'/><Identity xmlns='" ID "'/>",
        "<a:Address>http://h/</a:Address>text",
        "<a:address>http://h/</a:address>",
        "<a:Address>&amp</a:Address>",
        "<a:Address>http://h/</a:Address><b>",
    };
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address, untouched;
    char xml[500];
    ULONG i, version;

    memset(&untouched, 0x5a, sizeof(untouched));
    for (i = 0; i < COUNT(contents); i++)
        for (version = 0; version < 2; version++)
        {
            snprintf(xml, sizeof(xml), "<r xmlns:a='%s'>%s</r>", version ? A10 : A09, contents[i]);
            address = untouched;
            expect_refused(use.error, WS_E_INVALID_FORMAT, read_address(&use, xml, version ? &v10 : &v09, &address),
                           "");
            expect(*sentence(use.error) && !memcmp(&address, &untouched, sizeof(address)));
        }
    end_use(&use);
}
