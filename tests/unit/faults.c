/* SPDX-License-Identifier: MIT */
/*
 * What channels, proxies and hosts do with faults: those received, and those of WS-Addressing, in error objects.
 */
#include "support/faults.h"
#include "support/structs.h"

#include "message/fault.h"

#ifdef WS_DEBUG
#include "webservicesdebug.h"
#define NEVER_FAIL 0xffffffffu
#endif

#define ENGLISH MAKELANGID(LANG_ENGLISH, SUBLANG_DEFAULT)
#define GERMAN  MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT)
#define A09     "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define A10     "http://www.w3.org/2005/08/addressing"
#define NONE    "http://schemas.microsoft.com/ws/2005/05/addressing/none"

static const WS_FAULT *get_fault(WS_ERROR *error)
{
    const WS_FAULT *fault = NULL;

    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
    return fault;
}

static bool action_is(WS_ERROR *error, const char *text)
{
    WS_XML_STRING action = {99, NULL, NULL, 0};

    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action)));
    return string_is(&action, text);
}

static const WS_XML_BUFFER *get_header(WS_ERROR *error)
{
    WS_XML_BUFFER *header = (WS_XML_BUFFER *)&header;

    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header)));
    return header;
}

/* --- Faults that are received --- */

static const char text11[] = "<s:Fault xmlns:s='" SOAP11 "'><faultcode>s:Client</faultcode><faultstring>Oops"
                             "</faultstring><detail><d xmlns='urn:d'><e>7</e></d></detail></s:Fault>";
static const char text12[] =
    "<s:Fault xmlns:s='" SOAP12 "'><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:a='urn:a'>a:One"
    "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang='de-DE'>Hoppla</s:Text><s:Text xml:lang='en'>Oops"
    "</s:Text></s:Reason><s:Role>urn:r</s:Role><s:Detail><d xmlns='urn:d'><e>7</e></d></s:Detail></s:Fault>";

static WS_FAULT read_fault(struct use *use, const char *text)
{
    static WS_FAULT_DESCRIPTION soap11 = {WS_ENVELOPE_VERSION_SOAP_1_1}, soap12 = {WS_ENVELOPE_VERSION_SOAP_1_2};
    WS_FAULT fault;

    ok(read_from(use, text, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, text == text11 ? &soap11 : &soap12, &fault,
                 sizeof(fault)));
    return fault;
}

/* Observed on Windows, of a fault of SOAP 1.1: the code and what is in the fault; and the sentence, of one that is set.
 */
TEST(a_received_fault_is_in_the_error_object)
{
    static const char *const texts[] = {text11, text12};
    struct use use = begin_use();
    WS_XML_STRING action = STRING("urn:fault");
    WS_ERROR *error = create_error_in(ENGLISH);
    WS_FAULT fault;
    ULONG i;

    for (i = 0; i < COUNT(texts); i++)
    {
        ok(WsResetError(error));
        fault = read_fault(&use, texts[i]);
        expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, fault_received(error, &fault, &action));
        expect_size(1, sentence_count(error));
        expect(says_exactly(error, "The fault reason was: 'Oops'."));
        expect(action_is(error, "urn:fault") && !get_header(error) && get_fault(error) != &fault);
        expect_same_fault(use.writer, &fault, get_fault(error));
        /* It does not need what it was read into. */
        ok(WsResetHeap(use.heap, NULL));
        expect(string_is(&get_fault(error)->code->value.localName, i ? "Sender" : "Client"));
    }
    WsFreeError(error);
    end_use(&use);
}

TEST(the_detail_of_a_received_fault_is_read_by_its_description)
{
    struct detail
    {
        uint32_t e;
    } value = {0};
    WS_FIELD_DESCRIPTION field = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                  .localName = NAME("e"),
                                  .ns = NAME("urn:d"),
                                  .type = WS_UINT32_TYPE},
                         *fields[] = {&field};
    WS_STRUCT_DESCRIPTION structure = STRUCTURE(struct detail, fields);
    WS_ELEMENT_DESCRIPTION element = {NAME("d"), NAME("urn:d"), WS_STRUCT_TYPE, &structure};
    WS_XML_STRING action = STRING("urn:fault"), other = STRING("urn:other");
    WS_FAULT_DETAIL_DESCRIPTION description = {&action, &element};
    struct use use = begin_use();
    WS_FAULT fault = read_fault(&use, text12);

    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, fault_received(use.error, &fault, &action));
    ok(WsGetFaultErrorDetail(use.error, &description, WS_READ_REQUIRED_VALUE, use.heap, &value, sizeof(value)));
    expect_size(7, value.e);
    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, fault_received(use.error, &fault, &other));
    expect_hr(WS_E_INVALID_FORMAT,
              WsGetFaultErrorDetail(use.error, &description, WS_READ_REQUIRED_VALUE, use.heap, &value, sizeof(value)));
    end_use(&use);
}

/* Whoever shows the first string only has to see a reason, in whatever language. */
TEST(a_reason_in_another_language_is_better_than_none)
{
    static const struct
    {
        LANGID language;
        const char *says;
    } rows[] = {
        {ENGLISH, "The fault reason was: 'Oops'."},
        {GERMAN, "The fault reason was: 'Hoppla'."},
        {0x040c, "The fault reason was: 'Hoppla'."},
    };
    struct use use = begin_use();
    WS_FAULT fault = read_fault(&use, text12);
    WS_ERROR *error;
    ULONG i;

    for (i = 0; i < COUNT(rows); i++)
    {
        error = create_error_in(rows[i].language);
        expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, fault_received(error, &fault, NULL));
        expect_size(1, sentence_count(error));
        expect(says_exactly(error, rows[i].says));
        WsFreeError(error);
    }
    fault.reasonCount = 0;
    ok(WsResetError(use.error));
    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, fault_received(use.error, &fault, NULL));
    expect_size(0, sentence_count(use.error));
    end_use(&use);
}

TEST(a_received_fault_has_nothing_of_the_one_before)
{
    struct use use = begin_use();
    WS_XML_STRING action = STRING("urn:before");
    WS_FAULT first = read_fault(&use, text12), second = read_fault(&use, text11);
    const WS_FAULT *got;
    WS_XML_BUFFER *header;

    ok(WsCreateXmlBuffer(use.heap, NULL, 0, &header, NULL));
    ok(fault_set(use.error, &first, &action, header));
    expect(get_header(use.error) && action_is(use.error, "urn:before") && !sentence_count(use.error));
    got = get_fault(use.error);
    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, fault_received(use.error, &second, NULL));
    expect(!get_header(use.error) && action_is(use.error, ""));
    expect_same_fault(use.writer, &second, get_fault(use.error));
    expect_same_fault(use.writer, &first, got);
    end_use(&use);
}

TEST(nobody_has_to_listen)
{
    struct use use = begin_use();
    WS_XML_STRING action = STRING("urn:a");
    WS_FAULT fault = read_fault(&use, text11);

    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, fault_received(NULL, &fault, NULL));
    expect_hr(WS_E_ENDPOINT_ACTION_NOT_SUPPORTED,
              fault_report_addressing(NULL, ADDRESSING_ACTION_NOT_SUPPORTED, WS_ENVELOPE_VERSION_SOAP_1_2,
                                      WS_ADDRESSING_VERSION_1_0, &action));
    end_use(&use);
}

/* --- Faults of WS-Addressing --- */

struct expected
{
    enum addressing_fault which;
    const char *problem;
    HRESULT hr;
    const char *soap, *name09, *name10, *sentence, *detail, *header;
};

static const struct expected expected[] = {
    {ADDRESSING_HEADER_INVALID, "ReplyTo", WS_E_INVALID_FORMAT, "Sender", "InvalidMessageInformationHeader",
     "InvalidAddressingHeader", "The addressing header \"ReplyTo\" of the message is not valid.",
     "<ProblemHeaderQName xmlns=\"" A10 "\">ReplyTo</ProblemHeaderQName>",
     "<ProblemHeaderQName>ReplyTo</ProblemHeaderQName>"},
    {ADDRESSING_HEADER_REQUIRED, "Action", WS_E_INVALID_FORMAT, "Sender", "MessageInformationHeaderRequired",
     "MessageAddressingHeaderRequired", "The message has no addressing header \"Action\", which is required.",
     "<ProblemHeaderQName xmlns=\"" A10 "\">Action</ProblemHeaderQName>",
     "<ProblemHeaderQName>Action</ProblemHeaderQName>"},
    {ADDRESSING_DESTINATION_UNREACHABLE, "http://h/a?b&c", WS_E_ENDPOINT_NOT_FOUND, "Sender", "DestinationUnreachable",
     "DestinationUnreachable", "There is no endpoint at \"http://h/a?b&c\".",
     "<ProblemIRI xmlns=\"" A10 "\">http://h/a?b&amp;c</ProblemIRI>", "<ProblemIRI>http://h/a?b&amp;c</ProblemIRI>"},
    {ADDRESSING_ACTION_NOT_SUPPORTED, "urn:act", WS_E_ENDPOINT_ACTION_NOT_SUPPORTED, "Sender", "ActionNotSupported",
     "ActionNotSupported", "The endpoint does not support the action \"urn:act\".",
     "<ProblemAction xmlns=\"" A10 "\"><Action>urn:act</Action></ProblemAction>",
     "<ProblemAction><Action>urn:act</Action></ProblemAction>"},
    {ADDRESSING_ENDPOINT_UNAVAILABLE, "http://h/", WS_E_ENDPOINT_NOT_AVAILABLE, "Receiver", "EndpointUnavailable",
     "EndpointUnavailable", "The endpoint at \"http://h/\" cannot process messages at present.",
     "<ProblemIRI xmlns=\"" A10 "\">http://h/</ProblemIRI>", "<ProblemIRI>http://h/</ProblemIRI>"},
};

static void report(struct use *use, const struct expected *row, WS_ENVELOPE_VERSION envelope,
                   WS_ADDRESSING_VERSION addressing)
{
    ok(WsResetError(use->error));
    expect_hr(row->hr, fault_report_addressing(use->error, row->which, envelope, addressing, X(row->problem)));
    expect_size(1, sentence_count(use->error));
    expect(says_exactly(use->error, row->sentence) && get_fault(use->error));
    expect(get_fault(use->error)->reasonCount == 1 && wide_is(&get_fault(use->error)->reasons[0].text, row->sentence));
    expect(wide_is(&get_fault(use->error)->reasons[0].lang, "en-US"));
}

static struct use begin_english(void)
{
    struct use use = begin_use();

    WsFreeError(use.error);
    use.error = create_error_in(ENGLISH);
    return use;
}

/* WS-Addressing 1.0, SOAP Binding, section 6.2: the code is below that of SOAP, the problem in the detail. */
TEST(faults_of_1_0_in_soap_1_2)
{
    struct use use = begin_english();
    const WS_FAULT_CODE *code;
    char text[500];
    ULONG i;

    for (i = 0; i < COUNT(expected); i++)
    {
        report(&use, &expected[i], WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0);
        code = get_fault(use.error)->code;
        expect(string_is(&code->value.localName, expected[i].soap) && !code->value.ns.length);
        expect(string_is(&code->subCode->value.localName, expected[i].name10));
        expect(string_is(&code->subCode->value.ns, A10) && !code->subCode->subCode);
        snprintf(text, sizeof(text), "<Detail>%s</Detail>", expected[i].detail);
        expect(buffer_is(use.writer, get_fault(use.error)->detail, text));
        expect(!get_header(use.error) && action_is(use.error, A10 "/fault"));
    }
    end_use(&use);
}

/* Section 6.3: the code is the fault's only one, the problem in a header. */
TEST(faults_of_1_0_in_soap_1_1)
{
    struct use use = begin_english();
    const WS_FAULT_CODE *code;
    char text[500];
    ULONG i;

    for (i = 0; i < COUNT(expected); i++)
    {
        report(&use, &expected[i], WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_1_0);
        code = get_fault(use.error)->code;
        expect(string_is(&code->value.localName, expected[i].name10) && string_is(&code->value.ns, A10));
        expect(!code->subCode && !get_fault(use.error)->detail);
        snprintf(text, sizeof(text), "<FaultDetail xmlns=\"" A10 "\">%s</FaultDetail>", expected[i].header);
        expect(buffer_is(use.writer, get_header(use.error), text));
        expect(action_is(use.error, A10 "/fault"));
    }
    end_use(&use);
}

/* That of August 2004, section 4; and names as Windows was observed to give headers that a transport has. */
TEST(faults_of_other_versions)
{
    struct use use = begin_english();
    const WS_FAULT *fault;
    ULONG i;

    for (i = 0; i < COUNT(expected); i++)
    {
        report(&use, &expected[i], WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_0_9);
        fault = get_fault(use.error);
        expect(string_is(&fault->code->value.localName, expected[i].name09) && string_is(&fault->code->value.ns, A09));
        expect(!fault->code->subCode && !fault->detail && !get_header(use.error));
        expect(action_is(use.error, A09 "/fault"));
        report(&use, &expected[i], WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_TRANSPORT);
        fault = get_fault(use.error);
        expect(string_is(&fault->code->value.localName, expected[i].soap));
        expect(string_is(&fault->code->subCode->value.localName, expected[i].name10));
        expect(string_is(&fault->code->subCode->value.ns, NONE) && !fault->detail && action_is(use.error, ""));
    }
    end_use(&use);
}

/* It is what a client is sent, whatever else may be disclosed. */
TEST(the_fault_of_an_error_is_that_of_ws_addressing)
{
    static WS_FAULT_DESCRIPTION soap12 = {WS_ENVELOPE_VERSION_SOAP_1_2};
    struct use use = begin_english();
    WS_XML_STRING ns = STRING(SOAP12);
    WS_FAULT fault;

    report(&use, &expected[ADDRESSING_ACTION_NOT_SUPPORTED], WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0);
    ok(WsCreateFaultFromError(use.error, WS_E_ENDPOINT_ACTION_NOT_SUPPORTED, WS_MINIMAL_FAULT_DISCLOSURE, use.heap,
                              &fault));
    ok(WsWriteStartElement(use.writer, X("s"), X("Fault"), &ns, NULL));
    ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, &soap12, WS_WRITE_REQUIRED_VALUE, &fault,
                   sizeof(fault), NULL));
    end(use.writer);
    expect_output(use.writer,
                  "<s:Fault xmlns:s=\"" SOAP12 "\"><s:Code><s:Value>s:Sender</s:Value><s:Subcode>"
                  "<s:Value xmlns:a=\"" A10 "\">a:ActionNotSupported</s:Value></s:Subcode></s:Code><s:Reason>"
                  "<s:Text xml:lang=\"en-US\">The endpoint does not support the action \"urn:act\".</s:Text></s:Reason>"
                  "<s:Detail><ProblemAction xmlns=\"" A10 "\"><Action>urn:act</Action></ProblemAction></s:Detail>"
                  "</s:Fault>");
    end_use(&use);
}

/* What is in a message is whatever its sender likes. */
TEST(problems_that_cannot_be_written)
{
    static char huge[100000];
    static const char *const problems[] = {"", "a b", "\x01", "\xff", huge};
    struct use use = begin_english();
    WS_XML_STRING problem;
    HRESULT hr;
    ULONG i, j;

    memset(huge, 'x', sizeof(huge) - 1);
    for (i = 0; i < COUNT(problems); i++)
        for (j = 0; j < COUNT(expected); j++)
        {
            ok(WsResetError(use.error));
            problem = *X(problems[i]);
            hr = fault_report_addressing(use.error, expected[j].which, WS_ENVELOPE_VERSION_SOAP_1_2,
                                         WS_ADDRESSING_VERSION_1_0, &problem);
            expect_hr(expected[j].hr, hr);
            expect_size(1, sentence_count(use.error));
            expect(get_fault(use.error) &&
                   string_is(&get_fault(use.error)->code->subCode->value.localName, expected[j].name10));
        }
    end_use(&use);
}

/* --- Memory --- */

#ifdef WS_DEBUG

TEST(a_fault_that_cannot_be_recorded_is_no_received_fault)
{
    struct use use = begin_english();
    WS_XML_STRING action = STRING("urn:a");
    WS_FAULT fault = read_fault(&use, text12);
    HRESULT hr = E_OUTOFMEMORY;
    ULONG operations;

    for (operations = 0; hr != WS_E_ENDPOINT_FAULT_RECEIVED && operations < 1000; operations++)
    {
        WS_ERROR *error = create_error_in(ENGLISH);

        ok(WsSetAutoFail(operations, NULL));
        hr = fault_received(error, &fault, &action);
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        if (hr != WS_E_ENDPOINT_FAULT_RECEIVED)
            expect_hr(E_OUTOFMEMORY, hr);
        else
        {
            expect_same_fault(use.writer, &fault, get_fault(error));
            expect(says_exactly(error, "The fault reason was: 'Oops'."));
        }
        WsFreeError(error);
    }
    expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, hr);
    expect(operations > 5);
    end_use(&use);
}

TEST(without_memory_the_code_of_a_fault_of_ws_addressing_is_the_same)
{
    struct use use = begin_english();
    ULONG operations;
    bool done = false;

    for (operations = 0; !done && operations < 1000; operations++)
    {
        WS_ERROR *error = create_error_in(ENGLISH);
        HRESULT hr;

        ok(WsSetAutoFail(operations, NULL));
        hr = fault_report_addressing(error, ADDRESSING_ACTION_NOT_SUPPORTED, WS_ENVELOPE_VERSION_SOAP_1_2,
                                     WS_ADDRESSING_VERSION_1_0, X("urn:act"));
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        expect_hr(WS_E_ENDPOINT_ACTION_NOT_SUPPORTED, hr);
        done = get_fault(error) && get_fault(error)->detail && sentence_count(error);
        WsFreeError(error);
    }
    expect(done && operations > 5);
    end_use(&use);
}

#endif
