/* SPDX-License-Identifier: MIT */
/*
 * Faults in the shapes in which services and devices send them: read, written and read again; and what nobody should
 * send.
 *
 * Source: SOAP 1.1, section 4.4, and SOAP 1.2, part 1, section 5.4, as the page of WS_FAULT has them; the shapes are
 * those of the stacks named, the words are ours.
 */
#include "support/faults.h"
#include "support/structs.h"

static WS_FAULT_DESCRIPTION soap11 = {WS_ENVELOPE_VERSION_SOAP_1_1}, soap12 = {WS_ENVELOPE_VERSION_SOAP_1_2};

/* What a fault must be read as. Strings that are NULL are empty. */
struct known
{
    const char *from;
    const char *codes;   /* "{ns}name", one after another */
    const char *reasons; /* "[lang]text", likewise */
    const char *actor, *node;
    const char *detail; /* as it is written out of its buffer */
    const char *xml;
};

#define DISPATCHER "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher"
#define NONE       "http://schemas.microsoft.com/ws/2005/05/addressing/none"
#define A10        "http://www.w3.org/2005/08/addressing"
#define TER        "http://www.onvif.org/ver10/error"
#define AXIS       "http://xml.apache.org/axis/"
#define EWS        "http://schemas.microsoft.com/exchange/services/2006/"
#define XSD        "http://www.w3.org/2001/XMLSchema"
#define ULTIMATE   "http://www.w3.org/2003/05/soap-envelope/"

static const struct known faults11[] = {
    {
        .from = "WCF, BasicHttpBinding: an exception nobody declared",
        .codes = "{" DISPATCHER "}InternalServiceFault",
        .reasons = "[en-US]The service failed.",
        .xml = "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode xmlns:a=\"" DISPATCHER "\">a:InternalServiceFault"
               "</faultcode><faultstring xml:lang=\"en-US\">The service failed.</faultstring></s:Fault>",
    },
    {
        .from = "WCF with the exception's details",
        .codes = "{" DISPATCHER "}InternalServiceFault",
        .reasons = "[de-DE]Das Konto fehlt.",
        .detail = "<detail><ExceptionDetail xmlns=\"http://schemas.datacontract.org/2004/07/System.ServiceModel\" "
                  "xmlns:i=\"" XSI "\"><HelpLink i:nil=\"true\"/><InnerException i:nil=\"true\"/><Message>Das Konto "
                  "fehlt.</Message><StackTrace>   at A.B(C c)&#xD;\n   at D.E()</StackTrace><Type>A.Missing</Type>"
                  "</ExceptionDetail></detail>",
        .xml = "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode xmlns:a=\"" DISPATCHER "\">a:InternalServiceFault"
               "</faultcode><faultstring xml:lang=\"de-DE\">Das Konto fehlt.</faultstring><detail><ExceptionDetail "
               "xmlns=\"http://schemas.datacontract.org/2004/07/System.ServiceModel\" xmlns:i=\"" XSI "\"><HelpLink "
               "i:nil=\"true\"/><InnerException i:nil=\"true\"/><Message>Das Konto fehlt.</Message><StackTrace>   at "
               "A.B(C c)&#xD;\n   at D.E()</StackTrace><Type>A.Missing</Type></ExceptionDetail></detail></s:Fault>",
    },
    {
        .from = "WCF without addressing headers: a SOAPAction it does not know",
        .codes = "{" NONE "}ActionNotSupported",
        .reasons = "[en-US]No operation has the action 'urn:x'.",
        .xml = "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode xmlns:a=\"" NONE "\">a:ActionNotSupported</faultcode>"
               "<faultstring xml:lang=\"en-US\">No operation has the action 'urn:x'.</faultstring></s:Fault>",
    },
    {
        .from = "ASP.NET web services",
        .codes = "{" SOAP11 "}Server",
        .reasons = "[]System.Web.Services.Protocols.SoapException: It failed. ---> System.Exception: Why\n"
                   "   --- End of inner exception stack trace ---",
        .actor = "http://h/Service.asmx",
        .detail = "<detail/>",
        .xml = "<soap:Fault xmlns:soap=\"" SOAP11 "\" xmlns:xsi=\"" XSI "\" xmlns:xsd=\"" XSD "\"><faultcode>"
               "soap:Server</faultcode><faultstring>System.Web.Services.Protocols.SoapException: It failed. ---&gt; "
               "System.Exception: Why\n   --- End of inner exception stack trace ---</faultstring><faultactor>"
               "http://h/Service.asmx</faultactor><detail /></soap:Fault>",
    },
    {
        .from = "Metro",
        .codes = "{" SOAP11 "}Server",
        .reasons = "[]order 7",
        .detail = "<detail xmlns:ns2=\"http://shop.example/\"><ns2:OrderException><message>order 7</message>"
                  "<number>7</number></ns2:OrderException><ns2:exception class=\"example.OrderException\" "
                  "note=\"To switch this off ...\" xmlns:ns2=\"http://jax-ws.dev.java.net/\"><message>order 7</message>"
                  "<ns2:stackTrace><ns2:frame class=\"example.Shop\" file=\"Shop.java\" line=\"12\" method=\"order\"/>"
                  "</ns2:stackTrace></ns2:exception></detail>",
        .xml =
            "<S:Fault xmlns:S=\"" SOAP11 "\" xmlns:ns4=\"" SOAP12 "\"><faultcode>S:Server</faultcode><faultstring>"
            "order 7</faultstring><detail xmlns:ns2=\"http://shop.example/\"><ns2:OrderException><message>order 7"
            "</message><number>7</number></ns2:OrderException><ns2:exception xmlns:ns2=\""
            "http://jax-ws.dev.java.net/\" class=\"example.OrderException\" note=\"To switch this off ...\"><message>"
            "order 7</message><ns2:stackTrace><ns2:frame class=\"example.Shop\" file=\"Shop.java\" line=\"12\" "
            "method=\"order\"/></ns2:stackTrace></ns2:exception></detail></S:Fault>",
    },
    {
        .from = "Axis 1: a service that is not there",
        .codes = "{" AXIS "}Server.NoService",
        .reasons = "[]There is no service.",
        .detail = "<detail>\n  <ns2:hostname xmlns:ns2=\"" AXIS "\">h</ns2:hostname>\n </detail>",
        .xml = "<soapenv:Fault xmlns:soapenv=\"" SOAP11 "\" xmlns:xsd=\"" XSD "\" xmlns:xsi=\"" XSI "\">\n <faultcode "
               "xmlns:ns1=\"" AXIS "\">ns1:Server.NoService</faultcode>\n <faultstring>There is no service."
               "</faultstring>\n <detail>\n  <ns2:hostname xmlns:ns2=\"" AXIS "\">h</ns2:hostname>\n </detail>\n"
               "</soapenv:Fault>",
    },
    {
        .from = "Axis 1: an exception, with a type whose prefix is declared around the fault",
        .codes = "{" SOAP11 "}Server.userException",
        .reasons = "[]java.rmi.RemoteException: why",
        .actor = "",
        .detail = "<detail xmlns:ns1=\"urn:e\"><ns1:fault xsi:type=\"ns1:E\" xmlns:xsi=\"" XSI "\"><a>1</a>"
                  "</ns1:fault></detail>",
        .xml = "<soapenv:Fault xmlns:soapenv=\"" SOAP11 "\" xmlns:ns1=\"urn:e\" xmlns:xsi=\"" XSI "\"><faultcode>"
               "soapenv:Server.userException</faultcode><faultstring>java.rmi.RemoteException: why</faultstring>"
               "<faultactor></faultactor><detail><ns1:fault xsi:type=\"ns1:E\"><a>1</a></ns1:fault></detail>"
               "</soapenv:Fault>",
    },
    {
        .from = "Axis2",
        .codes = "{" SOAP11 "}Server",
        .reasons = "[]unknown",
        .detail = "<detail/>",
        .xml = "<soapenv:Fault xmlns:soapenv=\"" SOAP11 "\"><faultcode>soapenv:Server</faultcode><faultstring>unknown"
               "</faultstring><detail /></soapenv:Fault>",
    },
    {
        .from = "CXF",
        .codes = "{" SOAP11 "}Client",
        .reasons = "[]Unmarshalling Error: cvc-elt.1: Cannot find the declaration of element 'a'. ",
        .xml = "<soap:Fault xmlns:soap=\"" SOAP11 "\"><faultcode>soap:Client</faultcode><faultstring>Unmarshalling "
               "Error: cvc-elt.1: Cannot find the declaration of element 'a'. </faultstring></soap:Fault>",
    },
    {
        .from = "gSOAP",
        .codes = "{" SOAP11 "}Client",
        .reasons = "[]Method 'ns:get' not implemented: method name or namespace not recognized",
        .detail = "<detail xmlns:xsd=\"" XSD
                  "\"><ns:error xmlns:ns=\"urn:ns\"><code xsi:type=\"xsd:int\" xmlns:xsi=\"" XSI "\">7</code>"
                  "</ns:error></detail>",
        .xml = "<SOAP-ENV:Fault xmlns:SOAP-ENV=\"" SOAP11 "\" xmlns:xsi=\"" XSI "\" xmlns:xsd=\"" XSD "\" xmlns:ns=\""
               "urn:ns\"><faultcode>SOAP-ENV:Client</faultcode><faultstring>Method 'ns:get' not implemented: method "
               "name or namespace not recognized</faultstring><detail><ns:error><code xsi:type=\"xsd:int\">7</code>"
               "</ns:error></detail></SOAP-ENV:Fault>",
    },
    {
        .from = "PHP: an uncaught exception",
        .codes = "{" SOAP11 "}Server",
        .reasons = "[]Uncaught Error: Call to undefined function f() in /srv/a.php:3",
        .xml = "<SOAP-ENV:Fault xmlns:SOAP-ENV=\"" SOAP11 "\"><faultcode>SOAP-ENV:Server</faultcode><faultstring>"
               "Uncaught Error: Call to undefined function f() in /srv/a.php:3</faultstring></SOAP-ENV:Fault>",
    },
    {
        .from = "PHP: a fault of the program's own, with text as its detail",
        .codes = "{}42",
        .reasons = "[]no such user",
        .actor = "urn:actor",
        .detail = "<detail xsi:type=\"xsd:string\" xmlns:xsd=\"" XSD "\" xmlns:xsi=\"" XSI "\">more</detail>",
        .xml = "<SOAP-ENV:Fault xmlns:SOAP-ENV=\"" SOAP11 "\" xmlns:xsd=\"" XSD "\" xmlns:xsi=\"" XSI "\"><faultcode>42"
               "</faultcode><faultstring>no such user</faultstring><faultactor>urn:actor</faultactor><detail "
               "xsi:type=\"xsd:string\">more</detail></SOAP-ENV:Fault>",
    },
    {
        .from = "SAP",
        .codes = "{" SOAP11 "}Client",
        .reasons = "[en]Web service processing error; see the log of the provider (UTC timestamp 20260102030405)",
        .detail = "<detail>\n    <n0:ZNoMaterial xmlns:n0=\"urn:sap-com:document:sap:soap:functions:mc-style\"><Name>"
                  "NO_MATERIAL</Name><Text/><Message><ID>M3</ID><Number>305</Number></Message></n0:ZNoMaterial>\n  "
                  "</detail>",
        .xml = "<soap-env:Fault xmlns:soap-env=\"" SOAP11 "\">\n  <faultcode>soap-env:Client</faultcode>\n  "
               "<faultstring xml:lang=\"en\">Web service processing error; see the log of the provider (UTC timestamp "
               "20260102030405)</faultstring>\n  <detail>\n    <n0:ZNoMaterial xmlns:n0=\""
               "urn:sap-com:document:sap:soap:functions:mc-style\"><Name>NO_MATERIAL</Name><Text/><Message><ID>M3</ID>"
               "<Number>305</Number></Message></n0:ZNoMaterial>\n  </detail>\n</soap-env:Fault>",
    },
    {
        .from = "Exchange",
        .codes = "{" EWS "types}ErrorSchemaValidation",
        .reasons = "[en-US]The request is not valid: the element 'a' is not known.",
        .detail = "<detail><e:ResponseCode xmlns:e=\"" EWS "errors\">ErrorSchemaValidation</e:ResponseCode><e:Message "
                  "xmlns:e=\"" EWS "errors\">The request is not valid.</e:Message><t:MessageXml xmlns:t=\"" EWS
                  "types\"><t:LineNumber>1</t:LineNumber><t:LinePosition>630</t:LinePosition></t:MessageXml></detail>",
        .xml = "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode xmlns:a=\"" EWS "types\">a:ErrorSchemaValidation</faultcode>"
               "<faultstring xml:lang=\"en-US\">The request is not valid: the element 'a' is not known.</faultstring>"
               "<detail><e:ResponseCode xmlns:e=\"" EWS "errors\">ErrorSchemaValidation</e:ResponseCode><e:Message "
               "xmlns:e=\"" EWS "errors\">The request is not valid.</e:Message><t:MessageXml xmlns:t=\"" EWS
               "types\"><t:LineNumber>1</t:LineNumber><t:LinePosition>630</t:LinePosition></t:MessageXml></detail>"
               "</s:Fault>",
    },
    {
        .from = "Salesforce: prefixes that the envelope declares",
        .codes = "{urn:fault.partner.soap.sforce.com}INVALID_LOGIN",
        .reasons = "[]INVALID_LOGIN: wrong password",
        .detail = "<detail xmlns:sf=\"urn:fault.partner.soap.sforce.com\"><sf:LoginFault xsi:type=\"sf:LoginFault\" "
                  "xmlns:xsi=\"" XSI "\"><sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode></sf:LoginFault></detail>",
        .xml = "<soapenv:Fault xmlns:soapenv=\"" SOAP11 "\" xmlns:sf=\"urn:fault.partner.soap.sforce.com\" "
               "xmlns:xsi=\"" XSI "\"><faultcode>sf:INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN: wrong password"
               "</faultstring><detail><sf:LoginFault xsi:type=\"sf:LoginFault\"><sf:exceptionCode>INVALID_LOGIN"
               "</sf:exceptionCode></sf:LoginFault></detail></soapenv:Fault>",
    },
    {
        .from = "vSphere: a code without a prefix",
        .codes = "{}ServerFaultCode",
        .reasons = "[]Cannot complete login.",
        .detail = "<detail><InvalidLoginFault xsi:type=\"InvalidLogin\" xmlns=\"urn:vim25\" xmlns:xsi=\"" XSI "\"/>"
                  "</detail>",
        .xml = "<soapenv:Fault xmlns:soapenv=\"" SOAP11 "\" xmlns:xsi=\"" XSI "\">\n<faultcode>ServerFaultCode"
               "</faultcode><faultstring>Cannot complete login.</faultstring><detail><InvalidLoginFault xmlns=\""
               "urn:vim25\" xsi:type=\"InvalidLogin\"/></detail></soapenv:Fault>",
    },
    {
        .from = "Spring",
        .codes = "{" SOAP11 "}Client",
        .reasons = "[en]Validation error",
        .detail = "<detail><spring-ws:ValidationError xmlns:spring-ws=\"http://springframework.org/spring-ws\">one"
                  "</spring-ws:ValidationError><spring-ws:ValidationError xmlns:spring-ws=\""
                  "http://springframework.org/spring-ws\">two</spring-ws:ValidationError></detail>",
        .xml = "<SOAP-ENV:Fault xmlns:SOAP-ENV=\"" SOAP11 "\"><faultcode>SOAP-ENV:Client</faultcode><faultstring "
               "xml:lang=\"en\">Validation error</faultstring><detail><spring-ws:ValidationError xmlns:spring-ws=\""
               "http://springframework.org/spring-ws\">one</spring-ws:ValidationError><spring-ws:ValidationError "
               "xmlns:spring-ws=\"http://springframework.org/spring-ws\">two</spring-ws:ValidationError></detail>"
               "</SOAP-ENV:Fault>",
    },
    {
        .from = "WebLogic: attributes on everything, comments, CDATA",
        .codes = "{" SOAP11 "}Server",
        .reasons = "[]a < b & c",
        .detail = "<detail a=\"1\"><x/></detail>",
        .xml = "<!-- --><env:Fault xmlns:env=\"" SOAP11 "\" xmlns:xsi=\"" XSI "\" xsi:type=\"env:Fault\"><!-- -->"
               "<faultcode xsi:type=\"x\"> env:Server </faultcode><faultstring xsi:type=\"x\"><![CDATA[a < b]]> "
               "&amp; <!-- -->c</faultstring><faultactor/><detail a=\"1\"><x/></detail></env:Fault>",
    },
    {
        .from = "Spyne",
        .codes = "{" SOAP11 "}Client.ValidationError",
        .reasons = "[]The value 'x' is not valid.",
        .xml = "<soap11env:Fault xmlns:soap11env=\"" SOAP11 "\"><faultcode>soap11env:Client.ValidationError</faultcode>"
               "<faultstring>The value 'x' is not valid.</faultstring><faultactor></faultactor></soap11env:Fault>",
    },
    {
        .from = "anyone, as section 4.4 allows: other elements with a namespace",
        .codes = "{" SOAP11 "}MustUnderstand",
        .reasons = "[]",
        .xml = "<Fault xmlns=\"" SOAP11 "\"><faultcode xmlns=\"\" xmlns:f=\"" SOAP11 "\">f:MustUnderstand</faultcode>"
               "<faultstring xmlns=\"\"/><x:misunderstood xmlns:x=\"urn:x\" qname=\"a\"><b/></x:misunderstood>"
               "<more/></Fault>",
    },
};

static const struct known faults12[] = {
    {
        .from = "WCF, WSHttpBinding",
        .codes = "{" SOAP12 "}Receiver {" DISPATCHER "}InternalServiceFault",
        .reasons = "[en-US]The service failed.",
        .xml = "<s:Fault xmlns:s=\"" SOAP12
               "\"><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value xmlns:a=\"" DISPATCHER
               "\">a:InternalServiceFault</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">"
               "The service failed.</s:Text></s:Reason></s:Fault>",
    },
    {
        .from = "WCF: a declared fault, in several languages",
        .codes = "{" SOAP12 "}Sender {urn:shop}OutOfStock {urn:shop}Forever",
        .reasons = "[en-US]There is none. [de-DE]Keiner da. [fr]Il n'y en a pas.",
        .detail = "<s:Detail xmlns:s=\"" SOAP12 "\"><Stock xmlns=\"http://schemas.datacontract.org/2004/07/Shop\" "
                  "xmlns:i=\"" XSI "\"><Item>7</Item><Left>0</Left></Stock></s:Detail>",
        .xml = "<s:Fault xmlns:s=\"" SOAP12 "\"><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:a=\""
               "urn:shop\">a:OutOfStock</s:Value><s:Subcode><s:Value xmlns:a=\"urn:shop\">a:Forever</s:Value>"
               "</s:Subcode></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">There is none.</s:Text><s:Text "
               "xml:lang=\"de-DE\">Keiner da.</s:Text><s:Text xml:lang=\"fr\">Il n'y en a pas.</s:Text></s:Reason>"
               "<s:Detail><Stock xmlns=\"http://schemas.datacontract.org/2004/07/Shop\" xmlns:i=\"" XSI "\"><Item>7"
               "</Item><Left>0</Left></Stock></s:Detail></s:Fault>",
    },
    {
        .from = "WCF: a To that nobody is at; its prefix is the envelope's",
        .codes = "{" SOAP12 "}Sender {" A10 "}DestinationUnreachable",
        .reasons = "[en-US]No endpoint takes messages for 'http://h/'.",
        .xml = "<s:Fault xmlns:s=\"" SOAP12 "\" xmlns:a=\"" A10 "\"><s:Code><s:Value>s:Sender</s:Value><s:Subcode>"
               "<s:Value>a:DestinationUnreachable</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">"
               "No endpoint takes messages for 'http://h/'.</s:Text></s:Reason></s:Fault>",
    },
    {
        .from = "a camera (ONVIF, gSOAP): who may not",
        .codes = "{" SOAP12 "}Sender {" TER "}NotAuthorized",
        .reasons = "[en]Sender not Authorized",
        .actor = ULTIMATE "role/ultimateReceiver",
        .node = ULTIMATE "node/ultimateReceiver",
        .detail = "<SOAP-ENV:Detail xmlns:SOAP-ENV=\"" SOAP12 "\"><SOAP-ENV:Text>This needs a user.</SOAP-ENV:Text>"
                  "</SOAP-ENV:Detail>",
        .xml = "<SOAP-ENV:Fault xmlns:SOAP-ENV=\"" SOAP12 "\" xmlns:ter=\"" TER "\"><SOAP-ENV:Code><SOAP-ENV:Value>"
               "SOAP-ENV:Sender</SOAP-ENV:Value><SOAP-ENV:Subcode><SOAP-ENV:Value>ter:NotAuthorized</SOAP-ENV:Value>"
               "</SOAP-ENV:Subcode></SOAP-ENV:Code><SOAP-ENV:Reason><SOAP-ENV:Text xml:lang=\"en\">Sender not "
               "Authorized</SOAP-ENV:Text></SOAP-ENV:Reason><SOAP-ENV:Node>" ULTIMATE "node/ultimateReceiver"
               "</SOAP-ENV:Node><SOAP-ENV:Role>" ULTIMATE "role/ultimateReceiver</SOAP-ENV:Role><SOAP-ENV:Detail>"
               "<SOAP-ENV:Text>This needs a user.</SOAP-ENV:Text></SOAP-ENV:Detail></SOAP-ENV:Fault>",
    },
    {
        .from = "a camera: two subcodes",
        .codes = "{" SOAP12 "}Sender {" TER "}InvalidArgVal {" TER "}NoProfile",
        .reasons = "[en]Profile token does not exist",
        .xml = "<env:Fault xmlns:env=\"" SOAP12 "\" xmlns:ter=\"" TER "\">\r\n<env:Code>\r\n<env:Value>env:Sender"
               "</env:Value>\r\n<env:Subcode>\r\n<env:Value>ter:InvalidArgVal</env:Value>\r\n<env:Subcode>\r\n"
               "<env:Value>ter:NoProfile</env:Value>\r\n</env:Subcode>\r\n</env:Subcode>\r\n</env:Code>\r\n<env:Reason>"
               "\r\n<env:Text xml:lang=\"en\">Profile token does not exist</env:Text>\r\n</env:Reason>\r\n</env:Fault>",
    },
    {
        .from = "Axis2",
        .codes = "{" SOAP12 "}Receiver",
        .reasons = "[en-US]why",
        .detail = "<soapenv:Detail xmlns:soapenv=\"" SOAP12 "\"/>",
        .xml = "<soapenv:Fault xmlns:soapenv=\"" SOAP12 "\"><soapenv:Code><soapenv:Value>soapenv:Receiver"
               "</soapenv:Value></soapenv:Code><soapenv:Reason><soapenv:Text xml:lang=\"en-US\">why</soapenv:Text>"
               "</soapenv:Reason><soapenv:Detail /></soapenv:Fault>",
    },
    {
        .from = "Metro",
        .codes = "{" SOAP12 "}Receiver",
        .reasons = "[en]order 7",
        .detail = "<ns3:Detail xmlns:ns3=\"" SOAP12 "\"><ns2:OrderException xmlns:ns2=\"http://shop.example/\">"
                  "<message>order 7</message></ns2:OrderException></ns3:Detail>",
        .xml =
            "<ns3:Fault xmlns:ns2=\"" SOAP11 "\" xmlns:ns3=\"" SOAP12 "\"><ns3:Code><ns3:Value>ns3:Receiver"
            "</ns3:Value></ns3:Code><ns3:Reason><ns3:Text xml:lang=\"en\">order 7</ns3:Text></ns3:Reason><ns3:Detail>"
            "<ns2:OrderException xmlns:ns2=\"http://shop.example/\"><message>order 7</message></ns2:OrderException>"
            "</ns3:Detail></ns3:Fault>",
    },
    {
        .from = "PHP: no language",
        .codes = "{" SOAP12 "}Receiver",
        .reasons = "[]no such user",
        .detail = "<env:Detail xmlns:env=\"" SOAP12 "\">more</env:Detail>",
        .xml =
            "<env:Fault xmlns:env=\"" SOAP12 "\"><env:Code><env:Value>env:Receiver</env:Value></env:Code><env:Reason>"
            "<env:Text>no such user</env:Text></env:Reason><env:Detail>more</env:Detail></env:Fault>",
    },
    {
        .from = "WS-Management",
        .codes = "{" SOAP12 "}Sender {http://schemas.xmlsoap.org/ws/2004/08/addressing}DestinationUnreachable",
        .reasons = "[en-US]No such resource. ",
        .detail = "<s:Detail xmlns:s=\"" SOAP12 "\"><w:FaultDetail xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman"
                  ".xsd\">http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidResourceURI</w:FaultDetail>"
                  "<f:WSManFault Code=\"2150858778\" Machine=\"h\" xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/"
                  "wsmanfault\"><f:Message>No such resource. </f:Message></f:WSManFault></s:Detail>",
        .xml =
            "<s:Fault xmlns:s=\"" SOAP12 "\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" xmlns:w=\""
            "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><s:Code><s:Value>s:Sender</s:Value><s:Subcode>"
            "<s:Value>a:DestinationUnreachable</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">No "
            "such resource. </s:Text></s:Reason><s:Detail><w:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/"
            "faultDetail/InvalidResourceURI</w:FaultDetail><f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem"
            "/wsman/1/wsmanfault\" Code=\"2150858778\" Machine=\"h\"><f:Message>No such resource. </f:Message>"
            "</f:WSManFault></s:Detail></s:Fault>",
    },
    {
        .from = "anyone: the namespace is the default one, codes have no prefix",
        .codes = "{" SOAP12 "}MustUnderstand {" SOAP12 "}Other",
        .reasons = "[x-klingon]nuqneH [en]",
        .actor = "urn:r",
        .xml =
            "<Fault xmlns=\"" SOAP12 "\"><Code a=\"1\"><Value>\n MustUnderstand </Value><Subcode><Value>Other"
            "</Value></Subcode></Code><Reason><Text xml:lang=\"x-klingon\">nuqneH</Text><!-- --><Text xml:lang=\"en\""
            "></Text></Reason><Node></Node><Role>urn:r</Role></Fault>",
    },
};

/* --- What was read --- */

static size_t put(char *text, size_t length, size_t room, const WCHAR *chars, ULONG count)
{
    ULONG i;

    expect(length + count < room);
    for (i = 0; i < count; i++)
        text[length++] = (char)chars[i];
    text[length] = 0;
    return length;
}

static void expect_text(const char *from, const char *what, const char *wanted, const char *got)
{
    if (strcmp(wanted, got) != 0)
        test_fail(__FILE__, __LINE__, "%s: %s: \"%s\", not \"%s\"", from, what, got, wanted);
}

static void expect_codes(const struct known *known, const WS_FAULT *fault)
{
    const WS_FAULT_CODE *code;
    char text[1000] = "";
    size_t length = 0;

    for (code = fault->code; code; code = code->subCode)
        length += (size_t)snprintf(text + length, sizeof(text) - length, "%s{%.*s}%.*s", length ? " " : "",
                                   (int)code->value.ns.length, (const char *)code->value.ns.bytes,
                                   (int)code->value.localName.length, (const char *)code->value.localName.bytes);
    expect_text(known->from, "codes", known->codes, text);
}

static void expect_reasons(const struct known *known, const WS_FAULT *fault)
{
    char text[1000] = "";
    size_t length = 0;
    ULONG i;

    for (i = 0; i < fault->reasonCount; i++)
    {
        length = put(text, length, sizeof(text), i ? u" [" : u"[", i ? 2 : 1);
        length = put(text, length, sizeof(text), fault->reasons[i].lang.chars, fault->reasons[i].lang.length);
        length = put(text, length, sizeof(text), u"]", 1);
        length = put(text, length, sizeof(text), fault->reasons[i].text.chars, fault->reasons[i].text.length);
    }
    expect_text(known->from, "reasons", known->reasons, text);
}

static void expect_string(const struct known *known, const char *what, const char *wanted, const WS_STRING *got)
{
    char text[1000] = "";

    put(text, 0, sizeof(text), got->chars, got->length);
    expect_text(known->from, what, wanted ? wanted : "", text);
}

static void expect_known(struct use *use, const struct known *known, const WS_FAULT *fault)
{
    WS_BYTES bytes;
    char text[2000];

    expect_codes(known, fault);
    expect_reasons(known, fault);
    expect_string(known, "actor", known->actor, &fault->actor);
    expect_string(known, "node", known->node, &fault->node);
    text[0] = 0;
    if (fault->detail)
    {
        set_output(use->writer, NULL, 0);
        ok(WsWriteXmlBuffer(use->writer, fault->detail, NULL));
        bytes = get_bytes(use->writer);
        snprintf(text, sizeof(text), "%.*s", (int)bytes.length, (const char *)bytes.bytes);
    }
    expect_text(known->from, "detail", known->detail ? known->detail : "", text);
}

/* --- Both ways --- */

static HRESULT read_fault(struct use *use, const char *xml, const WS_FAULT_DESCRIPTION *description, WS_FAULT *fault)
{
    return read_from(use, xml, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, description, fault, sizeof(*fault));
}

/* Writes a fault to the output that is set, as the element Fault. */
static void write_fault(struct use *use, const WS_FAULT_DESCRIPTION *description, const WS_FAULT *fault)
{
    WS_XML_STRING ns = STRING(SOAP11);

    if (description == &soap12)
        ns = *X(SOAP12);
    ok(WsWriteStartElement(use->writer, X("s"), X("Fault"), &ns, NULL));
    ok(WsWriteType(use->writer, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, description, WS_WRITE_REQUIRED_VALUE, fault,
                   sizeof(*fault), NULL));
    end(use->writer);
}

/* Text, binary, and the buffer that a message would have it in. */
static void read_again(struct use *use, int encoding, const WS_FAULT_DESCRIPTION *description, const WS_FAULT *fault,
                       WS_FAULT *again)
{
    static const WS_XML_WRITER_BINARY_ENCODING binary = {.encoding = {WS_XML_WRITER_ENCODING_TYPE_BINARY}};
    static const WS_XML_READER_BINARY_ENCODING from_binary = {.encoding = {WS_XML_READER_ENCODING_TYPE_BINARY}};
    static const WS_XML_READER_TEXT_ENCODING from_text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_XML_BUFFER *buffer;
    WS_BYTES bytes;

    if (encoding == 2)
    {
        ok(WsCreateXmlBuffer(use->heap, NULL, 0, &buffer, NULL));
        ok(WsSetOutputToBuffer(use->writer, buffer, NULL, 0, NULL));
        write_fault(use, description, fault);
        ok(WsSetInputToBuffer(use->reader, buffer, NULL, 0, NULL));
    }
    else
    {
        ok(WsSetOutput(use->writer, encoding ? &binary.encoding : &utf8.encoding, &memory_output.output, NULL, 0,
                       NULL));
        write_fault(use, description, fault);
        bytes = get_bytes(use->writer);
        input.encodedData = bytes.bytes;
        input.encodedDataSize = bytes.length;
        ok(WsSetInput(use->reader, encoding ? &from_binary.encoding : &from_text.encoding, &input.input, NULL, 0,
                      NULL));
    }
    ok(WsReadType(use->reader, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, description, WS_READ_REQUIRED_VALUE, use->heap,
                  again, sizeof(*again), NULL));
}

/* What is in the element of a detail, as a fragment, in which declarations have the order of a document; "": none. */
static void get_content(struct use *use, WS_XML_BUFFER *detail, char *text, size_t room)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY properties[] = {
        {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)},
        {WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, &yes, sizeof(yes)}, /* in binary, all are alike */
    };
    char document[2000];
    WS_BYTES bytes;

    text[0] = 0;
    if (!detail)
        return;
    set_output(use->writer, NULL, 0);
    ok(WsWriteXmlBuffer(use->writer, detail, NULL));
    bytes = get_bytes(use->writer);
    expect(bytes.length < sizeof(document));
    memcpy(document, bytes.bytes, bytes.length);
    set_text(use->reader, document, bytes.length);
    ok(WsReadToStartElement(use->reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartElement(use->reader, NULL));
    set_output(use->writer, properties, COUNT(properties));
    while (!is_at(use->reader, WS_XML_NODE_TYPE_END_ELEMENT))
        ok(WsCopyNode(use->writer, use->reader, NULL));
    bytes = get_bytes(use->writer);
    expect(bytes.length < room);
    memcpy(text, bytes.bytes, bytes.length);
    text[bytes.length] = 0;
}

/*
 * A code that has no namespace becomes one of SOAP's by being written, and the detail gets the element of SOAP: the
 * page of WS_FAULT. All else is what it was.
 */
static void expect_again(struct use *use, const struct known *known, const WS_FAULT_DESCRIPTION *description,
                         const WS_FAULT *fault)
{
    char content[2000], content_again[2000];
    WS_FAULT_CODE code = *fault->code;
    WS_FAULT expected = *fault, again;
    int encoding;

    if (!code.value.ns.length)
    {
        code.value.ns = description == &soap11 ? *X(SOAP11) : *X(SOAP12);
        expected.code = &code;
    }
    get_content(use, fault->detail, content, sizeof(content));
    expected.detail = NULL;
    for (encoding = 0; encoding < 3; encoding++)
    {
        read_again(use, encoding, description, fault, &again);
        if (!fault->detail != !again.detail || !same_codes(expected.code, again.code))
            test_fail(__FILE__, __LINE__, "%s: another fault in encoding %d", known->from, encoding);
        get_content(use, again.detail, content_again, sizeof(content_again));
        expect_text(known->from, "detail once more", content, content_again);
        again.detail = NULL;
        expect_same_fault(use->writer, &expected, &again);
    }
}

static void expect_all(const struct known *known, ULONG count, const WS_FAULT_DESCRIPTION *description)
{
    struct use use = begin_use();
    WS_FAULT fault;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        memset(&fault, 0x5a, sizeof(fault));
        hr = read_fault(&use, known[i].xml, description, &fault);
        if (hr != S_OK)
            test_fail(__FILE__, __LINE__, "%s: 0x%08x, %s", known[i].from, (unsigned)hr, sentence(use.error));
        expect(is_at_end(use.reader));
        expect_known(&use, &known[i], &fault);
        expect_again(&use, &known[i], description, &fault);
        ok(WsResetHeap(use.heap, NULL));
    }
    end_use(&use);
}

TEST(faults_of_soap_1_1_that_are_sent)
{
    expect_all(faults11, COUNT(faults11), &soap11);
}

TEST(faults_of_soap_1_2_that_are_sent)
{
    expect_all(faults12, COUNT(faults12), &soap12);
}

/* Programs take code and reason for granted. */
TEST(each_has_a_code_and_a_text)
{
    struct use use = begin_use();
    WS_FAULT fault;
    ULONG i;

    for (i = 0; i < COUNT(faults11) + COUNT(faults12); i++)
    {
        bool is11 = i < COUNT(faults11);

        ok(read_fault(&use, is11 ? faults11[i].xml : faults12[i - COUNT(faults11)].xml, is11 ? &soap11 : &soap12,
                      &fault));
        expect(fault.code && fault.code->value.localName.bytes && fault.reasonCount && fault.reasons[0].text.chars);
        ok(WsResetHeap(use.heap, NULL));
    }
    end_use(&use);
}

/* --- What must be refused --- */

#define F11(content) "<s:Fault xmlns:s='" SOAP11 "' xmlns:i='" XSI "'>" content "</s:Fault>"
#define F12(content) "<s:Fault xmlns:s='" SOAP12 "' xmlns:i='" XSI "'>" content "</s:Fault>"
#define C11          "<faultcode>s:Client</faultcode>"
#define S11          "<faultstring>a</faultstring>"
#define C12          "<s:Code><s:Value>s:Sender</s:Value></s:Code>"
#define R12          "<s:Reason><s:Text>a</s:Text></s:Reason>"

static const struct hostile
{
    const WS_FAULT_DESCRIPTION *description;
    const char *xml, *says;
} hostile[] = {
    /* What is missing, or there twice, or elsewhere. */
    {&soap11, F11(""), "faultcode"},
    {&soap11, F11(C11), "faultstring"},
    {&soap11, F11(S11), "faultcode"},
    {&soap11, F11(S11 C11), "faultcode"},
    {&soap11, F11(C11 C11 S11), "faultstring"},
    {&soap11, F11(C11 S11 S11), "2"},
    {&soap11, F11(C11 S11 "<detail/><detail/>"), "detail"},
    {&soap11, F11(C11 S11 "<detail/><faultactor/>"), "faultactor"},
    {&soap11, F11(C11 S11 "<other/>"), "other"},
    {&soap11, F11(C11 S11 "<x:y xmlns:x='u'/><detail/>"), "detail"},
    {&soap11, F11("<s:faultcode>s:Client</s:faultcode>" S11), "faultcode"},
    {&soap11, F12(C12 R12), "faultcode"},
    {&soap12, F12(""), "Code"},
    {&soap12, F12(C12), "Reason"},
    {&soap12, F12(R12 C12), "Code"},
    {&soap12, F12(C12 "<s:Reason/>"), "The field \"Reason\" has 0 items; its range allows 1 or more."},
    {&soap12, F12(C12 R12 R12), "Reason"},
    {&soap12, F12(C12 R12 "<s:Role/><s:Node/>"), "Node"},
    {&soap12, F12(C12 R12 "<x:y xmlns:x='u'/>"), "y"},
    {&soap12, F12("<s:Code><s:Subcode><s:Value>s:a</s:Value></s:Subcode></s:Code>" R12), "Value"},
    {&soap12, F12("<s:Code><s:Value>s:Sender</s:Value><s:Subcode/></s:Code>" R12), "Value"},
    {&soap12, F12("<Code><Value>Sender</Value></Code>" R12), "Code"},
    {&soap12, F11(C11 S11), "Code"},
    /* Codes that are no names. */
    {&soap11, F11("<faultcode/>" S11), "name"},
    {&soap11, F11("<faultcode> </faultcode>" S11), "name"},
    {&soap11, F11("<faultcode>x:Client</faultcode>" S11), "\"x\""},
    {&soap11, F11("<faultcode><s:Client/></faultcode>" S11), "\"Client\""},
    {&soap12, F12("<s:Code><s:Value>x:Sender</s:Value></s:Code>" R12), "\"x\""},
    /* Texts that are none. */
    {&soap11, F11(C11 "<faultstring>a<b/></faultstring>"), "b"},
    {&soap11, F11(C11 "<faultstring>&#0;</faultstring>"), ""},
    {&soap11, F11(C11 "<faultstring>&oops;</faultstring>"), ""},
    {&soap12, F12(C12 "<s:Reason>text</s:Reason>"), "0 items"},
    {&soap12, F12(C12 "text" R12), "0 items"},
    {&soap12, F12(C12 R12 "<s:Node><a/></s:Node>"), "a"},
    /* What is no XML. */
    {&soap11, "<!DOCTYPE f [<!ENTITY a 'b'>]>" F11(C11 S11), ""},
    {&soap11, "", ""},
    {&soap11, "<html><body>502</body></html>", "faultcode"},
    {&soap11, "<s:Fault xmlns:s='" SOAP11 "'>" C11 S11 "<detail><a>", ""},
    {&soap11, "<s:Fault xmlns:s='" SOAP11 "'>" C11 S11 "<detail></s:Fault>", ""},
    {&soap11, "<s:Fault>" C11 S11 "</s:Fault>", "s:Fault"},
};

TEST(what_nobody_should_send_is_refused_with_a_sentence)
{
    struct use use = begin_use();
    WS_FAULT fault, untouched;
    HRESULT hr;
    ULONG i;

    memset(&untouched, 0x5a, sizeof(untouched));
    for (i = 0; i < COUNT(hostile); i++)
    {
        fault = untouched;
        hr = read_fault(&use, hostile[i].xml, hostile[i].description, &fault);
        if (hr != WS_E_INVALID_FORMAT || !strstr(sentence(use.error), hostile[i].says) ||
            sentence_count(use.error) != 1)
            test_fail(__FILE__, __LINE__, "%s: 0x%08x, %u sentences: %s, not \"%s\"", hostile[i].xml, (unsigned)hr,
                      (unsigned)sentence_count(use.error), sentence(use.error), hostile[i].says);
        expect(!memcmp(&fault, &untouched, sizeof(fault)));
    }
    end_use(&use);
}

/* Our choice of the limit on depth; the heap is that on size. */
TEST(faults_that_are_too_large)
{
    static char xml[200000];
    struct use use = begin_use();
    WS_FAULT fault;
    size_t length;
    int i;

    length = (size_t)snprintf(xml, sizeof(xml), "<s:Fault xmlns:s='" SOAP12 "'><s:Code><s:Value>s:Sender</s:Value>");
    for (i = 0; i < 1000; i++)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<s:Subcode><s:Value>s:a</s:Value>");
    set_text_with(use.reader, xml, WS_XML_READER_PROPERTY_MAX_DEPTH, 0xffffffff);
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED,
                   WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, &soap12, WS_READ_REQUIRED_VALUE,
                              use.heap, &fault, sizeof(fault), use.error),
                   "256");
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED, read_fault(&use, xml, &soap12, &fault), "MAX_DEPTH");

    length = (size_t)snprintf(xml, sizeof(xml), "<s:Fault xmlns:s='" SOAP12 "'>" C12 "<s:Reason>");
    while (length < sizeof(xml) - 100)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<s:Text>a</s:Text>");
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED, read_fault(&use, xml, &soap12, &fault), "heap");

    length = (size_t)snprintf(xml, sizeof(xml), "<s:Fault xmlns:s='" SOAP11 "'>" C11 S11 "<detail>");
    while (length < sizeof(xml) - 100)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<a b='c'/>");
    expect_refused(use.error, WS_E_QUOTA_EXCEEDED, read_fault(&use, xml, &soap11, &fault), "heap");

    /* What is thrown away takes nothing of the heap. */
    length = (size_t)snprintf(xml, sizeof(xml), "<s:Fault xmlns:s='" SOAP11 "'>" C11 S11);
    while (length < sizeof(xml) - 100)
        length += (size_t)snprintf(xml + length, sizeof(xml) - length, "<s:a b='c'>d</s:a>");
    snprintf(xml + length, sizeof(xml) - length, "</s:Fault>");
    ok(WsResetHeap(use.heap, NULL));
    ok(read_fault(&use, xml, &soap11, &fault));
    expect(requested(use.heap) < 1000);
    end_use(&use);
}
