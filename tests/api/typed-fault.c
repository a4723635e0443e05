/* SPDX-License-Identifier: MIT */
/*
 * Faults, both ways, of both versions of SOAP.
 *
 * Source: the pages of WS_FAULT, WS_FAULT_CODE and WS_FAULT_REASON.
 */
#include "support/structs.h"

#define SOAP11 "http://schemas.xmlsoap.org/soap/envelope/"
#define SOAP12 "http://www.w3.org/2003/05/soap-envelope"

static WS_FAULT_DESCRIPTION soap11 = {WS_ENVELOPE_VERSION_SOAP_1_1}, soap12 = {WS_ENVELOPE_VERSION_SOAP_1_2};

static HRESULT read_fault(struct use *use, const char *xml, const WS_FAULT_DESCRIPTION *description, WS_FAULT *fault)
{
    return read_from(use, xml, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, description, fault, sizeof(*fault));
}

static HRESULT write_fault(struct use *use, const WS_FAULT_DESCRIPTION *description, const WS_FAULT *fault)
{
    WS_XML_STRING ns = STRING(SOAP11);

    if (description == &soap12)
        ns = *X(SOAP12);
    set_output(use->writer, NULL, 0);
    ok(WsResetError(use->error));
    ok(WsWriteStartElement(use->writer, X("s"), X("Fault"), &ns, NULL));
    return WsWriteType(use->writer, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, description, WS_WRITE_REQUIRED_VALUE, fault,
                       sizeof(*fault), use->error);
}

#define expect_fault(use, description, fault, text) \
    do \
    { \
        ok(write_fault(use, description, fault)); \
        end((use)->writer); \
        expect_output((use)->writer, text); \
    } while (0)

/* --- SOAP 1.1 --- */

static const char full11[] =
    "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode>s:Client</faultcode><faultstring>why</faultstring>"
    "<faultactor>who</faultactor><detail><a xmlns='u'>b</a></detail></s:Fault>";

/* Observed on Windows, but for namespace and language. */
TEST(a_fault_of_soap_1_1_is_read)
{
    struct use use = begin_use();
    WS_FAULT fault;

    memset(&fault, 0x5a, sizeof(fault));
    ok(read_fault(&use, full11, &soap11, &fault));
    expect(is_at_end(use.reader));
    expect(string_is(&fault.code->value.localName, "Client") && string_is(&fault.code->value.ns, SOAP11));
    expect(!fault.code->subCode && fault.reasonCount == 1 && wide_is(&fault.reasons[0].text, "why"));
    expect(!fault.reasons[0].lang.length && wide_is(&fault.actor, "who") && !fault.node.length);
    set_output(use.writer, NULL, 0);
    ok(WsWriteXmlBuffer(use.writer, fault.detail, NULL));
    expect_output(use.writer, "<detail><a xmlns='u'>b</a></detail>");
    expect_fault(&use, &soap11, &fault, full11);
    end_use(&use);
}

/* Section 4.4 of SOAP 1.1, as documented: only code and text must be there. Attributes of others are ignored. */
TEST(a_fault_of_soap_1_1_may_be_short)
{
    static const char xml[] = "<s:Fault x='y' xmlns:s=\"" SOAP11 "\"><faultcode>s:Server</faultcode>"
                              "<faultstring xml:lang=\"en\" x='y'/></s:Fault>";
    struct use use = begin_use();
    WS_FAULT fault;

    ok(read_fault(&use, xml, &soap11, &fault));
    expect(!fault.actor.chars && !fault.detail && wide_is(&fault.reasons[0].lang, "en"));
    expect(wide_is(&fault.reasons[0].text, ""));
    expect_fault(&use, &soap11, &fault,
                 "<s:Fault xmlns:s=\"" SOAP11
                 "\"><faultcode>s:Server</faultcode><faultstring xml:lang=\"en\"/></s:Fault>");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_fault(&use, "<r><faultcode>a</faultcode></r>", &soap11, &fault),
                   "faultstring");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_fault(&use, "<r><faultstring>a</faultstring></r>", &soap11, &fault), "faultcode");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_fault(&use, "<r><faultcode>x:a</faultcode><faultstring/></r>", &soap11, &fault), "\"x\"");
    end_use(&use);
}

/* --- SOAP 1.2 --- */

static const char full12[] =
    "<s:Fault xmlns:s=\"" SOAP12
    "\"><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:a=\"u\">a:one</s:Value>"
    "<s:Subcode><s:Value xmlns:a=\"v\">a:two</s:Value></s:Subcode></s:Subcode></s:Code><s:Reason><s:Text "
    "xml:lang=\"en\">why</s:Text><s:Text xml:lang=\"de\">warum</s:Text></s:Reason><s:Node>where</s:Node><s:Role>who"
    "</s:Role><s:Detail><a xmlns='u'>b</a></s:Detail></s:Fault>";

/* SOAP 1.2, part 1, section 5.4, as documented. */
TEST(a_fault_of_soap_1_2_is_read_and_written)
{
    struct use use = begin_use();
    WS_FAULT fault;

    memset(&fault, 0x5a, sizeof(fault));
    ok(read_fault(&use, full12, &soap12, &fault));
    expect(is_at_end(use.reader));
    expect(string_is(&fault.code->value.localName, "Sender") && string_is(&fault.code->value.ns, SOAP12));
    expect(string_is(&fault.code->subCode->value.localName, "one") && string_is(&fault.code->subCode->value.ns, "u"));
    expect(string_is(&fault.code->subCode->subCode->value.ns, "v") && !fault.code->subCode->subCode->subCode);
    expect(fault.reasonCount == 2 && wide_is(&fault.reasons[1].text, "warum") && wide_is(&fault.reasons[1].lang, "de"));
    expect(wide_is(&fault.node, "where") && wide_is(&fault.actor, "who") && fault.detail);
    expect_fault(&use, &soap12, &fault, full12);
    /* The same as SOAP 1.1: the first code, the first reason, no node. */
    ok(write_fault(&use, &soap11, &fault));
    end(use.writer);
    expect_output(use.writer, "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode xmlns:a=\"" SOAP12
                              "\">a:Sender</faultcode><faultstring xml:lang=\"en\">why</faultstring><faultactor>who"
                              "</faultactor><detail><a xmlns='u'>b</a></detail></s:Fault>");
    end_use(&use);
}

TEST(a_fault_of_soap_1_2_needs_a_code_and_reasons)
{
    struct use use = begin_use();
    WS_FAULT fault;

    ok(read_fault(&use,
                  "<Fault xmlns='" SOAP12 "'><Code><Value>Sender</Value></Code><Reason><Text>a</Text></Reason></Fault>",
                  &soap12, &fault));
    expect(string_is(&fault.code->value.ns, SOAP12) && !fault.code->subCode && !fault.detail);
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_fault(&use, "<Fault xmlns='" SOAP12 "'><Code><Value>Sender</Value></Code><Reason/></Fault>",
                              &soap12, &fault),
                   "0 items");
    expect_hr(
        WS_E_INVALID_FORMAT,
        read_fault(&use, "<Fault xmlns='" SOAP12 "'><Code><Value>Sender</Value></Code></Fault>", &soap12, &fault));
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_fault(&use, "<Fault xmlns='" SOAP12 "'/>", &soap12, &fault),
                   "\"Code\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_fault(&use, full11, &soap12, &fault), "\"Code\"");
    end_use(&use);
}

/* --- What is written --- */

/* The page of WS_FAULT: a first code in no namespace is one of SOAP's, by its name in SOAP 1.2. */
TEST(codes_of_soap_need_no_namespace)
{
    static const struct
    {
        const char *name, *in11, *in12;
    } rows[] = {
        {"Sender", "s:Client", "s:Sender"},
        {"Receiver", "s:Server", "s:Receiver"},
        {"MustUnderstand", "s:MustUnderstand", "s:MustUnderstand"},
    };
    struct use use = begin_use();
    WS_FAULT_CODE sub = {{STRING("Sender"), STRING("")}, NULL}, code = {{STRING(""), STRING("")}, NULL};
    WS_FAULT_REASON reason = {{1, WSZ("y")}, {0, NULL}};
    WS_FAULT fault = {.code = &code, .reasons = &reason, .reasonCount = 1};
    char text[500];
    size_t i;

    for (i = 0; i < COUNT(rows); i++)
    {
        code.value.localName = *X(rows[i].name);
        code.subCode = NULL;
        snprintf(text, sizeof(text),
                 "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode>%s</faultcode><faultstring>y</faultstring></s:Fault>",
                 rows[i].in11);
        expect_fault(&use, &soap11, &fault, text);
        code.subCode = &sub;
        snprintf(text, sizeof(text),
                 "<s:Fault xmlns:s=\"" SOAP12 "\"><s:Code><s:Value>%s</s:Value><s:Subcode><s:Value>Sender</s:Value>"
                 "</s:Subcode></s:Code><s:Reason><s:Text>y</s:Text></s:Reason></s:Fault>",
                 rows[i].in12);
        expect_fault(&use, &soap12, &fault, text);
        expect(!code.value.ns.length && string_is(&code.value.localName, rows[i].name));
    }
    end_use(&use);
}

TEST(the_element_of_the_detail_gets_its_name_from_the_version)
{
    struct use use = begin_use();
    WS_FAULT_CODE code = {{STRING("Sender"), STRING("")}, NULL};
    WS_FAULT_REASON reason = {{1, WSZ("y")}, {0, NULL}};
    WS_FAULT fault = {.code = &code, .reasons = &reason, .reasonCount = 1};

    set_text_string(use.reader, "<x:any xmlns:x='u' a='b'>c</x:any>");
    ok(WsReadXmlBuffer(use.reader, use.heap, &fault.detail, NULL));
    expect_fault(&use, &soap11, &fault,
                 "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode>s:Client</faultcode><faultstring>y</faultstring>"
                 "<detail a='b' xmlns:x='u'>c</detail></s:Fault>");
    expect_fault(&use, &soap12, &fault,
                 "<s:Fault xmlns:s=\"" SOAP12
                 "\"><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>y</s:Text>"
                 "</s:Reason><s:Detail a='b' xmlns:x='u'>c</s:Detail></s:Fault>");
    end_use(&use);
}

/* The page of WS_FAULT: no characters are the endpoint, so that there is nothing to write. */
TEST(an_empty_actor_or_node_is_not_written)
{
    struct use use = begin_use();
    WS_FAULT_CODE code = {{STRING("Sender"), STRING("")}, NULL};
    WS_FAULT_REASON reason = {{1, WSZ("y")}, {0, NULL}};
    WS_FAULT fault = {&code, &reason, 1, {0, WSZ("")}, {0, WSZ("")}, NULL};

    expect_fault(&use, &soap11, &fault,
                 "<s:Fault xmlns:s=\"" SOAP11
                 "\"><faultcode>s:Client</faultcode><faultstring>y</faultstring></s:Fault>");
    expect_fault(&use, &soap12, &fault,
                 "<s:Fault xmlns:s=\"" SOAP12 "\"><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason>"
                 "<s:Text>y</s:Text></s:Reason></s:Fault>");
    expect(fault.actor.chars && fault.node.chars);
    end_use(&use);
}

/* The page of WS_FAULT wants at least one of both; that it is E_INVALIDARG is our choice. */
TEST(a_fault_without_code_or_reason_is_refused)
{
    struct use use = begin_use();
    WS_FAULT_CODE code = {{STRING("Sender"), STRING("")}, NULL};
    WS_FAULT_REASON reason = {{1, WSZ("y")}, {0, NULL}};
    WS_FAULT fault = {.code = &code, .reasons = &reason};

    expect_refused(use.error, E_INVALIDARG, write_fault(&use, &soap11, &fault), "this one has no reason");
    fault.reasonCount = 1;
    fault.code = NULL;
    expect_refused(use.error, E_INVALIDARG, write_fault(&use, &soap12, &fault), "this one has no code");
    fault.code = &code;
    code.value.localName.length = 0;
    expect_hr(E_INVALIDARG, write_fault(&use, &soap12, &fault));
    end(use.writer);
    expect_output(use.writer, "<s:Fault xmlns:s=\"" SOAP12 "\"/>");
    end_use(&use);
}

/* Observed on Windows. */
TEST(there_are_no_faults_without_an_envelope)
{
    WS_FAULT_DESCRIPTION no_version = {WS_ENVELOPE_VERSION_NONE};
    struct use use = begin_use();
    WS_FAULT fault = {.code = NULL};

    expect_refused(use.error, E_INVALIDARG, read_fault(&use, full11, &no_version, &fault), "WS_ENVELOPE_VERSION_NONE");
    expect_hr(E_INVALIDARG, read_fault(&use, full11, NULL, &fault));
    expect(is_at(use.reader, WS_XML_NODE_TYPE_BOF));
    expect_hr(E_INVALIDARG, write_fault(&use, &no_version, &fault));
    end_use(&use);
}

/* The page of WS_TYPE: with their own options. */
TEST(faults_can_be_fields)
{
    struct holder
    {
        WS_FAULT *fault;
        WS_FAULT embedded;
    } value;
    WS_FIELD_DESCRIPTION pointer =
        ELEMENT("p", WS_FAULT_TYPE, &soap11, struct holder, fault, WS_FIELD_POINTER | WS_FIELD_NILLABLE);
    WS_FIELD_DESCRIPTION embedded = ELEMENT("e", WS_FAULT_TYPE, &soap11, struct holder, embedded, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&pointer, &embedded};
    WS_STRUCT_DESCRIPTION holder = STRUCTURE(struct holder, fields);
    struct use use = begin_use();
    static const char xml[] = "<r><p a:nil=\"true\" xmlns:a=\"" XSI "\"/><e><faultcode xmlns:a=\"u\">a:b</faultcode>"
                              "<faultstring>c</faultstring></e></r>";

    ok(read_struct(&use, xml, &holder, &value));
    expect(!value.fault && wide_is(&value.embedded.reasons[0].text, "c"));
    expect_xml(&use, &holder, &value, xml);
    end_use(&use);
}
