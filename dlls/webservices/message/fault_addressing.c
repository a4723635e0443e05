/* SPDX-License-Identifier: MIT */
/*
 * fault_addressing.c - the faults of WS-Addressing, for what finds that a message cannot be processed; see fault.h.
 *
 * Source: WS-Addressing 1.0, SOAP Binding, section 6, and that of August 2004, section 4. The sentences are ours. In
 * SOAP 1.2 a fault has one of SOAP's codes and that of WS-Addressing below it, in SOAP 1.1 only the latter. What
 * the problem is goes into the detail, or in SOAP 1.1, which has none for headers, into the header FaultDetail; only
 * 1.0 says in which element. Without addressing headers, names are in the namespace that Windows has been observed to
 * give such headers.
 *
 * Which codes of the API these are for is said by the descriptions on the page of the return values:
 *
 *     WS_E_ENDPOINT_ACTION_NOT_SUPPORTED   the action is not supported
 *     WS_E_ENDPOINT_NOT_FOUND              no endpoint is at the URI
 *     WS_E_ENDPOINT_NOT_AVAILABLE          the endpoint is out of service, or temporarily so
 *     WS_E_INVALID_FORMAT                  the message is not what it should be
 */
#include "fault.h"
#include "soap.h"

#include "base/heap.h"
#include "base/platform.h"
#include "base/text.h"
#include "xml/names.h"
#include "xml/typed/typed.h"

#include <stddef.h>
#include <stdio.h>

static WS_XML_STRING action10 = WS_XML_STRING_VALUE("http://www.w3.org/2005/08/addressing/fault");
static WS_XML_STRING action09 = WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/ws/2004/08/addressing/fault");
static WS_XML_STRING sender = WS_XML_STRING_VALUE("Sender"), receiver = WS_XML_STRING_VALUE("Receiver");

/* --- What the problem is: WS-Addressing 1.0 --- */

static WS_XML_STRING ns10 = WS_XML_STRING_VALUE("http://www.w3.org/2005/08/addressing");
static WS_XML_STRING no_namespace = WS_XML_STRING_VALUE("");
static WS_XML_STRING name_detail = WS_XML_STRING_VALUE("Detail");
static WS_XML_STRING name_fault_detail = WS_XML_STRING_VALUE("FaultDetail");
static WS_XML_STRING name_action = WS_XML_STRING_VALUE("Action");
static WS_XML_STRING name_problem_action = WS_XML_STRING_VALUE("ProblemAction");
static WS_XML_STRING name_problem_header = WS_XML_STRING_VALUE("ProblemHeaderQName");
static WS_XML_STRING name_problem_iri = WS_XML_STRING_VALUE("ProblemIRI");

static WS_FIELD_DESCRIPTION action_field = {
    .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &name_action, .ns = &ns10, .type = WS_XML_STRING_TYPE};
static WS_FIELD_DESCRIPTION *action_fields[] = {&action_field};
static WS_STRUCT_DESCRIPTION action_structure = {
    .size = sizeof(WS_XML_STRING), .alignment = sizeof(void *), .fields = action_fields, .fieldCount = 1};

static const WS_ELEMENT_DESCRIPTION problem_action = {&name_problem_action, &ns10, WS_STRUCT_TYPE, &action_structure};
static const WS_ELEMENT_DESCRIPTION problem_header = {&name_problem_header, &ns10, WS_XML_QNAME_TYPE, NULL};
static const WS_ELEMENT_DESCRIPTION problem_iri = {&name_problem_iri, &ns10, WS_XML_STRING_TYPE, NULL};

/* How much the XML of a detail may take. A URI is as long as its sender likes. */
#define DETAIL_LARGEST_SIZE 65536

static HRESULT make_detail(WS_HEAP *heap, const WS_ELEMENT_DESCRIPTION *element, bool is_header,
                           const WS_XML_STRING *problem, WS_XML_BUFFER **detail)
{
    WS_XML_QNAME name = {*problem, ns10};
    bool is_name = element->type == WS_XML_QNAME_TYPE;
    struct typed_source source;
    HRESULT hr;

    hr = typed_check_source(&source, WS_ELEMENT_TYPE_MAPPING, element->type, element->typeDescription,
                            WS_WRITE_REQUIRED_VALUE, is_name ? (const void *)&name : problem,
                            is_name ? sizeof(name) : sizeof(*problem), NULL);
    if (hr != S_OK)
        return hr;
    return fault_make_detail(heap, is_header ? &name_fault_detail : &name_detail, is_header ? &ns10 : &no_namespace,
                             element, &source, detail, NULL);
}

/* --- The faults --- */

struct kind
{
    WS_XML_STRING name09, name10;
    WS_XML_STRING *soap;
    const WS_ELEMENT_DESCRIPTION *problem;
    HRESULT hr;
    const char *before, *after; /* the sentence around the problem */
};

#define SAME_NAME(name) WS_XML_STRING_VALUE(name), WS_XML_STRING_VALUE(name)

static const struct kind kinds[] = {
    [ADDRESSING_HEADER_INVALID] = {WS_XML_STRING_VALUE("InvalidMessageInformationHeader"),
                                   WS_XML_STRING_VALUE("InvalidAddressingHeader"), &sender, &problem_header,
                                   WS_E_INVALID_FORMAT, "The addressing header \"", "\" of the message is not valid."},
    [ADDRESSING_HEADER_REQUIRED] = {WS_XML_STRING_VALUE("MessageInformationHeaderRequired"),
                                    WS_XML_STRING_VALUE("MessageAddressingHeaderRequired"), &sender, &problem_header,
                                    WS_E_INVALID_FORMAT, "The message has no addressing header \"",
                                    "\", which is required."},
    [ADDRESSING_DESTINATION_UNREACHABLE] = {SAME_NAME("DestinationUnreachable"), &sender, &problem_iri,
                                            WS_E_ENDPOINT_NOT_FOUND, "There is no endpoint at \"", "\"."},
    [ADDRESSING_ACTION_NOT_SUPPORTED] = {SAME_NAME("ActionNotSupported"), &sender, &problem_action,
                                         WS_E_ENDPOINT_ACTION_NOT_SUPPORTED,
                                         "The endpoint does not support the action \"", "\"."},
    [ADDRESSING_ENDPOINT_UNAVAILABLE] = {SAME_NAME("EndpointUnavailable"), &receiver, &problem_iri,
                                         WS_E_ENDPOINT_NOT_AVAILABLE, "The endpoint at \"",
                                         "\" cannot process messages at present."},
};

/* A string in memory of the caller's. */
static WS_STRING widen(const char *text, WCHAR *chars)
{
    WS_STRING string = {0, chars};

    for (; text[string.length]; string.length++)
        chars[string.length] = (unsigned char)text[string.length];
    return string;
}

#define SENTENCE_ROOM 160

static void set_fault(WS_ERROR *error, const struct kind *kind, WS_ENVELOPE_VERSION envelope,
                      WS_ADDRESSING_VERSION addressing, const WS_XML_STRING *problem, const char *sentence)
{
    bool is_soap11 = envelope == WS_ENVELOPE_VERSION_SOAP_1_1, is10 = addressing == WS_ADDRESSING_VERSION_1_0;
    WS_FAULT_CODE code = {
        {addressing == WS_ADDRESSING_VERSION_0_9 ? kind->name09 : kind->name10, addressing_version(addressing)->ns},
        NULL};
    WS_FAULT_CODE soap_code = {{*kind->soap, WS_XML_STRING_VALUE("")}, &code};
    WCHAR text[SENTENCE_ROOM], lang[32];
    char language[32];
    WS_FAULT_REASON reason;
    WS_FAULT fault = {.code = is_soap11 ? &code : &soap_code, .reasons = &reason, .reasonCount = 1};
    WS_XML_BUFFER *header = NULL;
    struct _WS_HEAP heap;

    platform_language_name(error->language, language, sizeof(language));
    reason.text = widen(sentence, text);
    reason.lang = widen(language, lang);
    heap_init_member(&heap, DETAIL_LARGEST_SIZE);
    /* A problem that cannot be written is none that anybody has to be told in XML. */
    if (is10)
        make_detail(&heap, kind->problem, is_soap11, problem, is_soap11 ? &header : &fault.detail);
    fault_set(error, &fault, is10 ? &action10 : addressing == WS_ADDRESSING_VERSION_0_9 ? &action09 : NULL, header);
    arena_release(&heap.arena);
    heap.handle.tag = HANDLE_FREED;
}

HRESULT fault_report_addressing(WS_ERROR *error, enum addressing_fault which, WS_ENVELOPE_VERSION envelope,
                                WS_ADDRESSING_VERSION addressing, const WS_XML_STRING *problem)
{
    const struct kind *kind = &kinds[which];
    char excerpt[TEXT_EXCERPT_ROOM], sentence[SENTENCE_ROOM];

    snprintf(sentence, sizeof(sentence), "%s%s%s", kind->before, text_excerpt(problem->bytes, problem->length, excerpt),
             kind->after);
    if (handle_is(error, HANDLE_ERROR))
        set_fault(error, kind, envelope, addressing, problem, sentence);
    return error_report(error, kind->hr, "%s", sentence);
}
