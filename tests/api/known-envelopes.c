/* SPDX-License-Identifier: MIT */
/*
 * Envelopes in the shapes in which services, clients and devices send them: read from text, from UTF-16 and from
 * binary, with all that can be asked of them, and answered.
 *
 * Source: SOAP 1.1, section 4; SOAP 1.2 (Recommendation), part 1, section 5; WS-Addressing 1.0 (Recommendation) and
 * that of August 2004. The shapes are those of the stacks named, the words are ours.
 */
#include "support/message.h"

/* What an envelope must be read as. */
struct known
{
    const char *from;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    /* "": it is missing */
    const char *action, *to, *id, *relates_to, *reply_to;
    const char *not_understood; /* the first header; NULL: all are */
    const char *body;           /* "name" of the first element; "": there is none */
    const char *fault;          /* its text; NULL: it is no fault */
    const char *xml;
};

#define XSD    "http://www.w3.org/2001/XMLSchema"
#define XSI    "http://www.w3.org/2001/XMLSchema-instance"
#define ENC    "http://schemas.xmlsoap.org/soap/encoding/"
#define WSSE   "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
#define WSU    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
#define DISCO  "http://schemas.xmlsoap.org/ws/2005/04/discovery"
#define WSMAN  "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
#define EWS    "http://schemas.microsoft.com/exchange/services/2006/"
#define EB     "http://www.oasis-open.org/committees/ebxml-msg/schema/msg-header-2_0.xsd"
#define ONVIF  "http://www.onvif.org/ver10/"
#define ID1    "urn:uuid:0a6dc791-2be6-4991-9af1-454778a1917a"
#define ID2    "uuid:5ea3c8e4-3c5f-11dd-b4a5-00185c018d91"
#define SECURE "<wsse:Security xmlns:wsse=\"" WSSE "\" "

static const struct known envelopes[] = {
    {"WCF, BasicHttpBinding", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "GetData", NULL,
     "<s:Envelope xmlns:s=\"{E11}\"><s:Body><GetData xmlns=\"http://tempuri.org/\"><value>1</value></GetData></s:Body>"
     "</s:Envelope>"},
    {"WCF, BasicHttpBinding, the action and address that message logging shows", SOAP11, TRANSPORT, "urn:shop/Order",
     "http://h/s.svc", "", "", "", NULL, "Order", NULL,
     "<s:Envelope xmlns:s=\"{E11}\"><s:Header><To s:mustUnderstand=\"1\" xmlns=\"{AN}\">http://h/s.svc</To><Action "
     "s:mustUnderstand=\"1\" xmlns=\"{AN}\">urn:shop/Order</Action></s:Header><s:Body><Order xmlns=\"urn:shop\"/>"
     "</s:Body></s:Envelope>"},
    {"WCF, WSHttpBinding without security", SOAP12, ADDR10, "http://tempuri.org/IService/GetData", "http://h/s.svc",
     ID1, "", "{A10}/anonymous", NULL, "GetData", NULL,
     "<s:Envelope xmlns:s=\"{E12}\" xmlns:a=\"{A10}\"><s:Header><a:Action s:mustUnderstand=\"1\">"
     "http://tempuri.org/IService/GetData</a:Action><a:MessageID>" ID1 "</a:MessageID><a:ReplyTo><a:Address>"
     "{A10}/anonymous</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">http://h/s.svc</a:To></s:Header><s:Body>"
     "<GetData xmlns=\"http://tempuri.org/\"/></s:Body></s:Envelope>"},
    {"WCF, a reply with tracing", SOAP12, ADDR10, "urn:r", "", "", ID1, "", NULL, "GetDataResponse", NULL,
     "<s:Envelope xmlns:s=\"{E12}\" xmlns:a=\"{A10}\"><s:Header><a:Action s:mustUnderstand=\"1\">urn:r</a:Action>"
     "<a:RelatesTo>" ID1 "</a:RelatesTo><ActivityId CorrelationId=\"a4a1ee41-0000-0000-0000-000000000000\" xmlns=\""
     "http://schemas.microsoft.com/2004/09/ServiceModel/Diagnostics\">11111111-2222-3333-4444-555555555555"
     "</ActivityId></s:Header><s:Body><GetDataResponse xmlns=\"http://tempuri.org/\"><GetDataResult i:nil=\"true\" "
     "xmlns:i=\"" XSI "\"/></GetDataResponse></s:Body></s:Envelope>"},
    {"WCF, a user name over HTTPS", SOAP11, TRANSPORT, "", "", "", "", "", "Security", "Get", NULL,
     "<s:Envelope xmlns:s=\"{E11}\" xmlns:u=\"" WSU "\"><s:Header><o:Security s:mustUnderstand=\"1\" xmlns:o=\"" WSSE
     "\"><u:Timestamp u:Id=\"_0\"><u:Created>2026-01-02T03:04:05.678Z</u:Created><u:Expires>2026-01-02T03:09:05.678Z"
     "</u:Expires></u:Timestamp><o:UsernameToken u:Id=\"uuid-1\"><o:Username>ada</o:Username><o:Password>x"
     "</o:Password></o:UsernameToken></o:Security></s:Header><s:Body><Get xmlns=\"urn:g\"/></s:Body></s:Envelope>"},
    {"WCF, a reliable session", SOAP12, ADDR10, "urn:a", "urn:to", "", "", "", "Sequence", "Get", NULL,
     "<s:Envelope xmlns:s=\"{E12}\" xmlns:r=\"http://schemas.xmlsoap.org/ws/2005/02/rm\" xmlns:a=\"{A10}\"><s:Header>"
     "<r:AckRequested><r:Identifier>urn:uuid:1</r:Identifier></r:AckRequested><r:Sequence s:mustUnderstand=\"1\">"
     "<r:Identifier>urn:uuid:1</r:Identifier><r:MessageNumber>1</r:MessageNumber></r:Sequence><a:Action "
     "s:mustUnderstand=\"1\">urn:a</a:Action><a:To s:mustUnderstand=\"1\">urn:to</a:To></s:Header><s:Body><Get "
     "xmlns=\"urn:g\"/></s:Body></s:Envelope>"},
    {"WCF, a fault of addressing", SOAP12, ADDR10, "{A10}/fault", "", "", ID1, "", NULL, "Fault", "No such action.",
     "<s:Envelope xmlns:s=\"{E12}\" xmlns:a=\"{A10}\"><s:Header><a:Action s:mustUnderstand=\"1\">{A10}/fault</a:Action>"
     "<a:RelatesTo>" ID1 "</a:RelatesTo></s:Header><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode>"
     "<s:Value>a:ActionNotSupported</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">No such action."
     "</s:Text></s:Reason><s:Detail><a:ProblemAction><a:Action>urn:x</a:Action></a:ProblemAction></s:Detail></s:Fault>"
     "</s:Body></s:Envelope>"},
    {"a security token service of Windows", SOAP12, ADDR10,
     "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue", "https://sts/trust", ID1, "", "{A10}/anonymous",
     "Security", "RequestSecurityToken", NULL,
     "<s:Envelope xmlns:s=\"{E12}\" xmlns:a=\"{A10}\" xmlns:u=\"" WSU "\"><s:Header><a:Action s:mustUnderstand=\"1\">"
     "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue</a:Action><a:MessageID>" ID1 "</a:MessageID>"
     "<a:ReplyTo><a:Address>{A10}/anonymous</a:Address></a:ReplyTo><a:To "
     "s:mustUnderstand=\"1\">https://sts/trust</a:To>"
     "<o:Security s:mustUnderstand=\"1\" xmlns:o=\"" WSSE "\"/></s:Header><s:Body><trust:RequestSecurityToken "
     "xmlns:trust=\"http://docs.oasis-open.org/ws-sx/ws-trust/200512\"><wsp:AppliesTo xmlns:wsp=\""
     "http://schemas.xmlsoap.org/ws/2004/09/policy\"><a:EndpointReference><a:Address>https://rp/</a:Address>"
     "</a:EndpointReference></wsp:AppliesTo></trust:RequestSecurityToken></s:Body></s:Envelope>"},
    {"ASP.NET web services", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "HelloResponse", NULL,
     "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"{E11}\" xmlns:xsi=\"" XSI
     "\" xmlns:xsd=\"" XSD "\"><soap:Body><HelloResponse xmlns=\"http://tempuri.org/\"><HelloResult>hi</HelloResult>"
     "</HelloResponse></soap:Body></soap:Envelope>"},
    {"ASP.NET web services, SOAP 1.2, a header of the program's", SOAP12, TRANSPORT, "", "", "", "", "", NULL, "Hello",
     NULL,
     "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<soap12:Envelope xmlns:xsi=\"" XSI "\" xmlns:xsd=\"" XSD
     "\" xmlns:soap12=\"{E12}\">\n  <soap12:Header>\n    <AuthHeader xmlns=\"http://tempuri.org/\">\n      <User>ada"
     "</User>\n    </AuthHeader>\n  </soap12:Header>\n  <soap12:Body>\n    <Hello xmlns=\"http://tempuri.org/\" />\n  "
     "</soap12:Body>\n</soap12:Envelope>"},
    {"Metro, a request", SOAP11, ADDR10, "http://shop/Order", "http://h:8080/shop", ID2, "", "{A10}/anonymous", NULL,
     "order", NULL,
     "<?xml version=\"1.0\" ?><S:Envelope xmlns:S=\"{E11}\"><S:Header><To xmlns=\"{A10}\">http://h:8080/shop</To>"
     "<Action xmlns=\"{A10}\" xmlns:S=\"{E11}\" S:mustUnderstand=\"1\">http://shop/Order</Action><ReplyTo "
     "xmlns=\"{A10}\">\n    <Address>{A10}/anonymous</Address>\n</ReplyTo><FaultTo xmlns=\"{A10}\">\n    <Address>"
     "{A10}/anonymous</Address>\n</FaultTo><MessageID xmlns=\"{A10}\">" ID2 "</MessageID></S:Header><S:Body><ns2:order "
     "xmlns:ns2=\"http://shop/\"><arg0>7</arg0></ns2:order></S:Body></S:Envelope>"},
    {"Metro, a fault", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "Fault", "order 7",
     "<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S=\"{E11}\"><S:Body><S:Fault xmlns:ns4=\"{E12}\">"
     "<faultcode>S:Server</faultcode><faultstring>order 7</faultstring><detail><ns2:E xmlns:ns2=\"http://shop/\">"
     "<message>order 7</message></ns2:E></detail></S:Fault></S:Body></S:Envelope>"},
    {"CXF, a reply", SOAP12, ADDR10, "urn:r", "{A10}/anonymous", "urn:uuid:2", ID1, "", NULL, "r", NULL,
     "<soap:Envelope xmlns:soap=\"{E12}\"><soap:Header><Action xmlns=\"{A10}\">urn:r</Action><MessageID "
     "xmlns=\"{A10}\">urn:uuid:2</MessageID><To xmlns=\"{A10}\">{A10}/anonymous</To><RelatesTo xmlns=\"{A10}\">" ID1
     "</RelatesTo></soap:Header><soap:Body><ns2:r xmlns:ns2=\"urn:x\"/></soap:Body></soap:Envelope>"},
    {"Axis 1, encoded, with values beside the body", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "getResponse", NULL,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soapenv:Envelope xmlns:soapenv=\"{E11}\" xmlns:xsd=\"" XSD
     "\" xmlns:xsi=\"" XSI "\">\n <soapenv:Body>\n  <ns1:getResponse soapenv:encodingStyle=\"" ENC "\" xmlns:ns1=\""
     "urn:x\">\n   <getReturn href=\"#id0\"/>\n  </ns1:getResponse>\n  <multiRef id=\"id0\" soapenc:root=\"0\" "
     "soapenv:encodingStyle=\"" ENC "\" xsi:type=\"ns2:T\" xmlns:soapenc=\"" ENC "\" xmlns:ns2=\"urn:t\">\n   <a "
     "xsi:type=\"xsd:int\">1</a>\n  </multiRef>\n </soapenv:Body>\n</soapenv:Envelope>"},
    {"Axis 1, addressing of its own", SOAP11, ADDR09, "urn:a", "http://h/axis", ID2, "", "{A09}/role/anonymous", NULL,
     "get", NULL,
     "<soapenv:Envelope xmlns:soapenv=\"{E11}\" xmlns:wsa=\"{A09}\"><soapenv:Header><wsa:MessageID "
     "soapenv:mustUnderstand=\"0\">" ID2 "</wsa:MessageID><wsa:To soapenv:mustUnderstand=\"0\">http://h/axis</wsa:To>"
     "<wsa:Action soapenv:mustUnderstand=\"0\">urn:a</wsa:Action><wsa:From soapenv:mustUnderstand=\"0\" "
     "xmlns:wsa=\"{A09}\"><Address xmlns=\"{A09}\">{A09}/role/anonymous</Address></wsa:From><wsa:ReplyTo "
     "soapenv:mustUnderstand=\"0\"><Address xmlns=\"{A09}\">{A09}/role/anonymous</Address></wsa:ReplyTo>"
     "</soapenv:Header><soapenv:Body><get xmlns=\"urn:g\"/></soapenv:Body></soapenv:Envelope>"},
    {"Axis2", SOAP12, ADDR10, "urn:get", "http://h/axis2/services/S", ID1, "", "", NULL, "get", NULL,
     "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv=\"{E12}\"><soapenv:Header xmlns:wsa=\""
     "{A10}\"><wsa:To>http://h/axis2/services/S</wsa:To><wsa:MessageID>" ID1 "</wsa:MessageID><wsa:Action>urn:get"
     "</wsa:Action></soapenv:Header><soapenv:Body><ns1:get xmlns:ns1=\"urn:g\" /></soapenv:Body></soapenv:Envelope>"},
    {"gSOAP", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "add", NULL,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"{E11}\" xmlns:SOAP-ENC=\"" ENC
     "\" xmlns:xsi=\"" XSI "\" xmlns:xsd=\"" XSD "\" xmlns:ns=\"urn:calc\"><SOAP-ENV:Body SOAP-ENV:encodingStyle=\"" ENC
     "\"><ns:add><a>1</a><b>2</b></ns:add></SOAP-ENV:Body></SOAP-ENV:Envelope>"},
    {"gSOAP with its plug-in for addressing", SOAP12, ADDR10, "urn:calc/add", "http://h/", ID1, "", "{A10}/anonymous",
     NULL, "add", NULL,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"{E12}\" xmlns:SOAP-ENC=\""
     "http://www.w3.org/2003/05/soap-encoding\" xmlns:xsi=\"" XSI "\" xmlns:chan=\""
     "http://schemas.microsoft.com/ws/2005/02/duplex\" xmlns:wsa5=\"{A10}\"><SOAP-ENV:Header><wsa5:MessageID>" ID1
     "</wsa5:MessageID><wsa5:ReplyTo SOAP-ENV:mustUnderstand=\"true\"><wsa5:Address>{A10}/anonymous</wsa5:Address>"
     "</wsa5:ReplyTo><wsa5:To SOAP-ENV:mustUnderstand=\"true\">http://h/</wsa5:To><wsa5:Action "
     "SOAP-ENV:mustUnderstand=\"true\">urn:calc/add</wsa5:Action></SOAP-ENV:Header><SOAP-ENV:Body><add/>"
     "</SOAP-ENV:Body></SOAP-ENV:Envelope>"},
    {"PHP, a call", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "get", NULL,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"{E11}\" xmlns:ns1=\"urn:x\" "
     "xmlns:xsd=\"" XSD "\" xmlns:xsi=\"" XSI "\" xmlns:SOAP-ENC=\"" ENC "\" SOAP-ENV:encodingStyle=\"" ENC
     "\"><SOAP-ENV:Body><ns1:get><param0 xsi:type=\"xsd:string\">a</param0></ns1:get></SOAP-ENV:Body>"
     "</SOAP-ENV:Envelope>\n"},
    {"PHP, a header for another actor, and one for the next", SOAP11, TRANSPORT, "", "", "", "", "", "next", "get",
     NULL,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"{E11}\" xmlns:ns1=\"urn:x\">"
     "<SOAP-ENV:Header><ns1:auth SOAP-ENV:mustUnderstand=\"1\" SOAP-ENV:actor=\"urn:gate\">a</ns1:auth><ns1:next "
     "SOAP-ENV:mustUnderstand=\"1\" SOAP-ENV:actor=\"http://schemas.xmlsoap.org/soap/actor/next\"/></SOAP-ENV:Header>"
     "<SOAP-ENV:Body><ns1:get/></SOAP-ENV:Body></SOAP-ENV:Envelope>\n"},
    {"PHP, a fault", SOAP12, TRANSPORT, "", "", "", "", "", NULL, "Fault", "it failed",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<env:Envelope xmlns:env=\"{E12}\"><env:Body><env:Fault><env:Code>"
     "<env:Value>env:Receiver</env:Value></env:Code><env:Reason><env:Text>it failed</env:Text></env:Reason></env:Fault>"
     "</env:Body></env:Envelope>\n"},
    {"SAP, a reply with an empty Header", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "ZGetResponse", NULL,
     "<soap-env:Envelope xmlns:soap-env=\"{E11}\"><soap-env:Header/><soap-env:Body><n0:ZGetResponse xmlns:n0=\""
     "urn:sap-com:document:sap:soap:functions:mc-style\"><Item/></n0:ZGetResponse></soap-env:Body></"
     "soap-env:Envelope>"},
    {"SAP, a request with tracing", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "ZGet", NULL,
     "<soap-env:Envelope xmlns:soap-env=\"{E11}\"><soap-env:Header><n0:Trace xmlns:n0=\""
     "http://www.sap.com/webas/630/soap/features/runtime/tracing/\">Nope</n0:Trace></soap-env:Header><soap-env:Body>"
     "<n1:ZGet xmlns:n1=\"urn:sap-com:document:sap:rfc:functions\"/></soap-env:Body></soap-env:Envelope>"},
    {"Exchange, a request", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "GetFolder", NULL,
     "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<soap:Envelope xmlns:soap=\"{E11}\" xmlns:t=\"" EWS
     "types\" xmlns:m=\"" EWS "messages\"><soap:Header><t:RequestServerVersion Version=\"Exchange2013\"/><t:"
     "TimeZoneContext><t:TimeZoneDefinition Id=\"UTC\"/></t:TimeZoneContext></soap:Header><soap:Body><m:GetFolder/>"
     "</soap:Body></soap:Envelope>"},
    {"Exchange, a reply", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "GetFolderResponse", NULL,
     "<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope xmlns:s=\"{E11}\"><s:Header><h:ServerVersionInfo "
     "MajorVersion=\"15\" MinorVersion=\"1\" Version=\"V2017\" xmlns:h=\"" EWS "types\" xmlns=\"" EWS
     "types\" xmlns:xsi=\"" XSI "\" xmlns:xsd=\"" XSD "\"/></s:Header><s:Body xmlns:xsi=\"" XSI "\" xmlns:xsd=\"" XSD
     "\"><m:GetFolderResponse xmlns:m=\"" EWS "messages\" xmlns:t=\"" EWS "types\"/></s:Body></s:Envelope>"},
    {"Exchange, a fault", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "Fault", "Not valid.",
     "<s:Envelope xmlns:s=\"{E11}\"><s:Body><s:Fault><faultcode xmlns:a=\"" EWS "types\">a:ErrorSchemaValidation"
     "</faultcode><faultstring xml:lang=\"en-US\">Not valid.</faultstring><detail><e:ResponseCode xmlns:e=\"" EWS
     "errors\">ErrorSchemaValidation</e:ResponseCode></detail></s:Fault></s:Body></s:Envelope>"},
    {"ONVIF, a client's request", SOAP12, TRANSPORT, "", "", "", "", "", NULL, "GetProfiles", NULL,
     "<s:Envelope xmlns:s=\"{E12}\"><s:Header>" SECURE "xmlns:wsu=\"" WSU "\"><wsse:UsernameToken><wsse:Username>admin"
     "</wsse:Username><wsse:Nonce>AAECAw==</wsse:Nonce><wsu:Created>2026-01-02T03:04:05Z</wsu:Created>"
     "</wsse:UsernameToken></wsse:Security></s:Header><s:Body xmlns:xsi=\"" XSI "\"><GetProfiles xmlns=\"" ONVIF
     "media/wsdl\"/></s:Body></s:Envelope>"},
    {"ONVIF, a device's fault", SOAP12, ADDR10, "{A10}/soap/fault", "", "", "", "", NULL, "Fault",
     "Sender not Authorized",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"{E12}\" xmlns:wsa5=\"{A10}\" "
     "xmlns:xsi=\"" XSI "\" xmlns:ter=\"" ONVIF "error\" xmlns:tt=\"" ONVIF "schema\" xmlns:tds=\"" ONVIF
     "device/wsdl\" xmlns:wsnt=\"http://docs.oasis-open.org/wsn/b-2\"><SOAP-ENV:Header><wsa5:Action>{A10}/soap/fault"
     "</wsa5:Action></SOAP-ENV:Header><SOAP-ENV:Body><SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Sender"
     "</SOAP-ENV:Value><SOAP-ENV:Subcode><SOAP-ENV:Value>ter:NotAuthorized</SOAP-ENV:Value></SOAP-ENV:Subcode>"
     "</SOAP-ENV:Code><SOAP-ENV:Reason><SOAP-ENV:Text xml:lang=\"en\">Sender not Authorized</SOAP-ENV:Text>"
     "</SOAP-ENV:Reason></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\n"},
    {"ONVIF, an event", SOAP12, ADDR10, "http://docs.oasis-open.org/wsn/bw-2/PullPointSubscription/PullMessagesRequest",
     "http://cam/sub", "", "", "", NULL, "PullMessages", NULL,
     "<s:Envelope xmlns:s=\"{E12}\" xmlns:a=\"{A10}\"><s:Header><SubscriptionId s:mustUnderstand=\"false\" "
     "a:IsReferenceParameter=\"true\" xmlns=\"http://cam/\">3</SubscriptionId><a:Action>"
     "http://docs.oasis-open.org/wsn/bw-2/PullPointSubscription/PullMessagesRequest</a:Action><a:To>http://cam/sub"
     "</a:To></s:Header><s:Body><PullMessages xmlns=\"" ONVIF "events/wsdl\"><Timeout>PT5S</Timeout></PullMessages>"
     "</s:Body></s:Envelope>"},
    {"WS-Discovery", SOAP12, ADDR09, DISCO "/ProbeMatches", "{A09}/role/anonymous", "urn:uuid:2", ID1, "", NULL,
     "ProbeMatches", NULL,
     "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<soap:Envelope xmlns:soap=\"{E12}\" xmlns:wsa=\"{A09}\" "
     "xmlns:wsd=\"" DISCO "\">\n<soap:Header>\n<wsa:To>\n{A09}/role/anonymous\n</wsa:To>\n<wsa:Action>" DISCO
     "/ProbeMatches</wsa:Action>\n<wsa:MessageID>urn:uuid:2</wsa:MessageID>\n<wsa:RelatesTo>" ID1
     "</wsa:RelatesTo>\n<wsd:AppSequence InstanceId=\"1\" MessageNumber=\"2\"></wsd:AppSequence>\n</soap:Header>\n"
     "<soap:Body>\n<wsd:ProbeMatches/>\n</soap:Body>\n</soap:Envelope>\n"},
    {"WS-Management", SOAP12, ADDR09, "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get", "http://h:5985/wsman", ID2,
     "", "{A09}/role/anonymous", "MaxEnvelopeSize", "", NULL,
     "<s:Envelope xmlns:s=\"{E12}\" xmlns:a=\"{A09}\" xmlns:w=\"" WSMAN "\" xmlns:p=\""
     "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\"><s:Header><a:To>http://h:5985/wsman</a:To><a:ReplyTo>"
     "<a:Address s:mustUnderstand=\"true\">{A09}/role/anonymous</a:Address></a:ReplyTo><a:Action s:mustUnderstand=\""
     "true\">http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action><w:MaxEnvelopeSize s:mustUnderstand=\"true\">"
     "153600</w:MaxEnvelopeSize><a:MessageID>" ID2 "</a:MessageID><w:Locale xml:lang=\"en-US\" s:mustUnderstand=\""
     "false\" /><p:DataLocale xml:lang=\"en-US\" s:mustUnderstand=\"false\" /><w:ResourceURI s:mustUnderstand=\"true\">"
     "urn:r</w:ResourceURI><w:SelectorSet><w:Selector Name=\"A\">1</w:Selector></w:SelectorSet><w:OperationTimeout>"
     "PT60.000S</w:OperationTimeout></s:Header><s:Body/></s:Envelope>"},
    {"suds: two prefixes for one namespace, none of them expected", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "get",
     NULL,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:ns0=\"urn:x\" xmlns:ns1=\"{E11}\" xmlns:xsi="
     "\"" XSI "\" xmlns:SOAP-ENV=\"{E11}\">\n   <SOAP-ENV:Header/>\n   <ns1:Body>\n      <ns0:get/>\n   </ns1:Body>\n"
     "</SOAP-ENV:Envelope>"},
    {"zeep", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "get", NULL,
     "<?xml version='1.0' encoding='utf-8'?>\n<soap-env:Envelope xmlns:soap-env=\"{E11}\"><soap-env:Body><ns0:get "
     "xmlns:ns0=\"urn:x\"/></soap-env:Body></soap-env:Envelope>"},
    {"Delphi", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "get", NULL,
     "<?xml version=\"1.0\"?>\r\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"{E11}\" xmlns:xsd=\"" XSD "\" xmlns:xsi=\"" XSI
     "\" xmlns:SOAP-ENC=\"" ENC "\"><SOAP-ENV:Body SOAP-ENV:encodingStyle=\"" ENC "\"><NS1:get xmlns:NS1=\"urn:x\"/>"
     "</SOAP-ENV:Body></SOAP-ENV:Envelope>\r\n"},
    {"Salesforce", SOAP11, TRANSPORT, "", "", "", "", "", NULL, "queryResponse", NULL,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope xmlns:soapenv=\"{E11}\" xmlns=\""
     "urn:partner.soap.sforce.com\" xmlns:sf=\"urn:sobject.partner.soap.sforce.com\"><soapenv:Header><LimitInfoHeader>"
     "<limitInfo><current>1</current></limitInfo></LimitInfoHeader></soapenv:Header><soapenv:Body><queryResponse/>"
     "</soapenv:Body></soapenv:Envelope>"},
    {"ebXML, with attributes on Header and Body", SOAP11, TRANSPORT, "", "", "", "", "", "MessageHeader", "Manifest",
     NULL,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP:Envelope xmlns:SOAP=\"{E11}\" xmlns:xsi=\"" XSI
     "\" xmlns:eb=\"" EB "\" xsi:schemaLocation=\"{E11} http://h/envelope.xsd\">\n<SOAP:Header xsi:schemaLocation=\"" EB
     " http://h/m.xsd"
     "\">\n<eb:MessageHeader SOAP:mustUnderstand=\"1\" eb:version=\"2.0\"><eb:From/></eb:MessageHeader>\n"
     "<eb:AckRequested SOAP:mustUnderstand=\"1\" SOAP:actor=\"urn:oasis:names:tc:ebxml-msg:actor:toPartyMSH\" "
     "eb:version=\"2.0\" eb:signed=\"false\"/>\n</SOAP:Header>\n<SOAP:Body xsi:schemaLocation=\"" EB
     " http://h/m.xsd\">\n<eb:Manifest eb:version=\"2.0\"/>\n</SOAP:Body>\n</SOAP:Envelope>"},
    {"a message without SOAP, as WCF's WebHttpBinding has none of", NO_SOAP, TRANSPORT, "", "", "", "", "", NULL, "b",
     NULL, "<Envelope><Header/><Body><b xmlns=\"urn:b\">1</b></Body></Envelope>"},
};

/* --- Reading --- */

static const char *reply_to(WS_MESSAGE *message)
{
    static char url[256];
    WS_ENDPOINT_ADDRESS *address = NULL;
    ULONG i;

    ok(WsGetHeader(message, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &address,
                   sizeof(address), NULL));
    if (!address)
        return "";
    expect(address->url.length < sizeof(url));
    for (i = 0; i < address->url.length; i++)
        url[i] = (char)address->url.chars[i];
    url[i] = 0;
    return url;
}

static void expect_header(const struct known *known, const char *name, const char *expected, const char *found)
{
    if (strcmp(in_full(expected), found))
        test_fail(__FILE__, __LINE__, "%s: %s is \"%s\", not \"%s\"", known->from, name, found, in_full(expected));
}

static void check_headers(const struct known *known, WS_MESSAGE *message, WS_ERROR *error)
{
    char sentence_part[64];
    HRESULT hr;

    expect_header(known, "Action", known->action, text_header(message, WS_ACTION_HEADER));
    expect_header(known, "To", known->to, text_header(message, WS_TO_HEADER));
    if (known->addressing != TRANSPORT)
    {
        /* An address that is anonymous has no characters. */
        const char *address = strstr(known->reply_to, "anonymous") ? "" : known->reply_to;

        expect_header(known, "MessageID", known->id, text_header(message, WS_MESSAGE_ID_HEADER));
        expect_header(known, "RelatesTo", known->relates_to, text_header(message, WS_RELATES_TO_HEADER));
        expect_header(known, "ReplyTo", address, reply_to(message));
    }
    ok(WsResetError(error));
    hr = WsCheckMustUnderstandHeaders(message, error);
    if (hr != (known->not_understood ? WS_E_INVALID_FORMAT : S_OK))
        test_fail(__FILE__, __LINE__, "%s: %s", known->from, sentence(error));
    if (known->not_understood)
    {
        snprintf(sentence_part, sizeof(sentence_part), "The header \"%s\"", known->not_understood);
        expect(says(error, sentence_part));
    }
}

static void check_body(const struct known *known, WS_MESSAGE *message, WS_XML_READER *reader, WS_HEAP *heap)
{
    static const WS_ELEMENT_DESCRIPTION any_fault = {NULL, NULL, WS_FAULT_TYPE, NULL};
    const WS_XML_NODE *node;
    WS_FAULT *fault = NULL;
    BOOL found = FALSE;
    ULONG i;

    expect(is_fault(message) == (known->fault != NULL));
    ok(WsGetReaderNode(reader, &node, NULL));
    if (!known->body[0])
        expect(node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT);
    else if (node->nodeType != WS_XML_NODE_TYPE_ELEMENT ||
             !string_is(((const WS_XML_ELEMENT_NODE *)node)->localName, known->body))
        test_fail(__FILE__, __LINE__, "%s: the body is another", known->from);
    if (known->fault)
    {
        ok(WsReadBody(message, &any_fault, WS_READ_REQUIRED_POINTER, heap, &fault, sizeof(fault), NULL));
        expect(fault->reasonCount == 1 && fault->reasons[0].text.length == strlen(known->fault));
        for (i = 0; i < fault->reasons[0].text.length; i++)
            expect(fault->reasons[0].text.chars[i] == known->fault[i]);
    }
    for (;;)
    {
        ok(WsReadToStartElement(reader, NULL, NULL, &found, NULL));
        if (!found)
            break;
        ok(WsSkipNode(reader, NULL));
    }
    ok(WsReadEnvelopeEnd(message, NULL));
}

/* The answer is in the same versions, and says to what it is one. */
static void check_answer(const struct known *known, WS_MESSAGE *message)
{
    WS_MESSAGE *answer = create_message(known->envelope, known->addressing);

    ok(WsInitializeMessage(answer, WS_REPLY_MESSAGE, message, NULL));
    if (known->addressing != TRANSPORT)
    {
        expect_header(known, "the answer's To", known->reply_to, text_header(answer, WS_TO_HEADER));
        expect_header(known, "the answer's RelatesTo", known->id, text_header(answer, WS_RELATES_TO_HEADER));
    }
    WsFreeMessage(answer);
}

static void check(const struct known *known, WS_XML_READER *reader)
{
    WS_MESSAGE *message = create_message(known->envelope, known->addressing);
    WS_HEAP *heap = create_heap(1 << 16);
    WS_ERROR *error = create_error();

    if (WsReadEnvelopeStart(message, reader, NULL, NULL, error) != S_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", known->from, sentence(error));
    check_headers(known, message, error);
    check_answer(known, message);
    check_body(known, message, reader, heap);
    WsFreeMessage(message);
    WsFreeHeap(heap);
    WsFreeError(error);
}

#define COUNT (sizeof(envelopes) / sizeof(envelopes[0]))

TEST(envelopes_as_they_are_sent)
{
    WS_XML_READER *reader = create_reader();
    size_t i;

    for (i = 0; i < COUNT; i++)
    {
        set_text_string(reader, in_full(envelopes[i].xml));
        check(&envelopes[i], reader);
    }
    WsFreeReader(reader);
}

TEST(the_same_in_utf_16)
{
    static BYTE wide[16384];
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, wide, 0};
    WS_XML_READER *reader = create_reader();
    const char *text;
    size_t i, length;

    for (i = 0; i < COUNT; i++)
    {
        text = in_full(envelopes[i].xml);
        /* The declaration would say that it is UTF-8. */
        if (!strncmp(text, "<?", 2))
            text = strstr(text, "?>") + 2;
        wide[0] = 0xff;
        wide[1] = 0xfe;
        for (length = 2; *text; length += 2)
        {
            wide[length] = (BYTE)*text++;
            wide[length + 1] = 0;
        }
        input.encodedDataSize = (ULONG)length;
        ok(WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
        check(&envelopes[i], reader);
    }
    WsFreeReader(reader);
}

static void copy_nodes(WS_XML_READER *reader, WS_XML_WRITER *writer)
{
    const WS_XML_NODE *node;

    for (;;)
    {
        ok(WsReadNode(reader, NULL));
        ok(WsGetReaderNode(reader, &node, NULL));
        if (node->nodeType == WS_XML_NODE_TYPE_EOF)
            break;
        ok(WsWriteNode(writer, node, NULL));
    }
}

TEST(the_same_in_binary)
{
    WS_XML_READER_BINARY_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_XML_READER *reader = create_reader(), *binary = create_reader();
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BYTES bytes;
    size_t i;

    for (i = 0; i < COUNT; i++)
    {
        WS_XML_WRITER_BINARY_ENCODING to = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
        WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};

        set_text_string(reader, in_full(envelopes[i].xml));
        ok(WsSetOutput(writer, &to.encoding, &output.output, NULL, 0, NULL));
        copy_nodes(reader, writer);
        bytes = get_bytes(writer);
        input.encodedData = bytes.bytes;
        input.encodedDataSize = bytes.length;
        ok(WsSetInput(binary, &encoding.encoding, &input.input, NULL, 0, NULL));
        check(&envelopes[i], binary);
    }
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeReader(binary);
}
