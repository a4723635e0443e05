/* SPDX-License-Identifier: MIT */
/*
 * type_fault.c - WS_FAULT_TYPE: faults are structures, of which SOAP says what they look like; see types.h.
 *
 * In SOAP 1.1 (section 4.4) a fault has one code and one reason, so others are not written. A first code without a
 * namespace is one of SOAP's own, by its name in SOAP 1.2. Source: the page of WS_FAULT.
 */
#include "xml/typed/types.h"

#include <stddef.h>

static WS_XML_STRING no_namespace = WS_XML_STRING_VALUE("");
static WS_XML_STRING soap11 = WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/soap/envelope/");
static WS_XML_STRING soap12 = WS_XML_STRING_VALUE("http://www.w3.org/2003/05/soap-envelope");

static WS_XML_STRING name_faultcode = WS_XML_STRING_VALUE("faultcode");
static WS_XML_STRING name_faultstring = WS_XML_STRING_VALUE("faultstring");
static WS_XML_STRING name_faultactor = WS_XML_STRING_VALUE("faultactor");
static WS_XML_STRING name_detail = WS_XML_STRING_VALUE("detail");

static WS_XML_STRING name_code = WS_XML_STRING_VALUE("Code");
static WS_XML_STRING name_value = WS_XML_STRING_VALUE("Value");
static WS_XML_STRING name_subcode = WS_XML_STRING_VALUE("Subcode");
static WS_XML_STRING name_reason = WS_XML_STRING_VALUE("Reason");
static WS_XML_STRING name_text = WS_XML_STRING_VALUE("Text");
static WS_XML_STRING name_lang = WS_XML_STRING_VALUE("lang");
static WS_XML_STRING name_node = WS_XML_STRING_VALUE("Node");
static WS_XML_STRING name_role = WS_XML_STRING_VALUE("Role");
static WS_XML_STRING name_detail12 = WS_XML_STRING_VALUE("Detail");

#define COUNT(array) (ULONG)(sizeof(array) / sizeof((array)[0]))

/* Others may put attributes of theirs anywhere. */
#define STRUCTURE(c_type, fields) \
    { \
        sizeof(c_type), sizeof(void *), fields, COUNT(fields), NULL, NULL, NULL, NULL, 0, \
            WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES \
    }

/* A reason: a text with its language. */
static WS_FIELD_DESCRIPTION reason_lang = {.mapping = WS_XML_ATTRIBUTE_FIELD_MAPPING,
                                           .localName = &name_lang,
                                           .type = WS_STRING_TYPE,
                                           .offset = offsetof(WS_FAULT_REASON, lang),
                                           .options = WS_FIELD_OPTIONAL};
static WS_FIELD_DESCRIPTION reason_text = {
    .mapping = WS_TEXT_FIELD_MAPPING, .type = WS_STRING_TYPE, .offset = offsetof(WS_FAULT_REASON, text)};
static WS_FIELD_DESCRIPTION *reason_fields[] = {&reason_lang, &reason_text};
static WS_STRUCT_DESCRIPTION reason = STRUCTURE(WS_FAULT_REASON, reason_fields);

/* --- SOAP 1.1 --- */

static WS_FIELD_DESCRIPTION code11_value = {
    .mapping = WS_TEXT_FIELD_MAPPING, .type = WS_XML_QNAME_TYPE, .offset = offsetof(WS_FAULT_CODE, value)};
static WS_FIELD_DESCRIPTION *code11_fields[] = {&code11_value};
static WS_STRUCT_DESCRIPTION code11 = STRUCTURE(WS_FAULT_CODE, code11_fields);

static WS_FIELD_DESCRIPTION fault11_code = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                            .localName = &name_faultcode,
                                            .ns = &no_namespace,
                                            .type = WS_STRUCT_TYPE,
                                            .typeDescription = &code11,
                                            .offset = offsetof(WS_FAULT, code),
                                            .options = WS_FIELD_POINTER};
static WS_ITEM_RANGE one_reason = {1, 1};
static WS_FIELD_DESCRIPTION fault11_reason = {.mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING,
                                              .type = WS_STRUCT_TYPE,
                                              .typeDescription = &reason,
                                              .offset = offsetof(WS_FAULT, reasons),
                                              .countOffset = offsetof(WS_FAULT, reasonCount),
                                              .itemLocalName = &name_faultstring,
                                              .itemNs = &no_namespace,
                                              .itemRange = &one_reason};
static WS_FIELD_DESCRIPTION fault11_actor = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                             .localName = &name_faultactor,
                                             .ns = &no_namespace,
                                             .type = WS_STRING_TYPE,
                                             .offset = offsetof(WS_FAULT, actor),
                                             .options = WS_FIELD_OPTIONAL};
static WS_FIELD_DESCRIPTION fault11_detail = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                              .localName = &name_detail,
                                              .ns = &no_namespace,
                                              .type = WS_XML_BUFFER_TYPE,
                                              .offset = offsetof(WS_FAULT, detail),
                                              .options = WS_FIELD_OPTIONAL};
/* Of other namespaces, there may be anything besides. */
static WS_FIELD_DESCRIPTION fault11_others = {.mapping = WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING,
                                              .ns = &no_namespace,
                                              .type = WS_VOID_TYPE,
                                              .options = WS_FIELD_OTHER_NAMESPACE};
static WS_FIELD_DESCRIPTION *fault11_fields[] = {&fault11_code, &fault11_reason, &fault11_actor, &fault11_detail,
                                                 &fault11_others};
static WS_STRUCT_DESCRIPTION fault11 = STRUCTURE(WS_FAULT, fault11_fields);

/* --- SOAP 1.2, part 1, section 5.4 --- */

static WS_STRUCT_DESCRIPTION code12;
static WS_FIELD_DESCRIPTION code12_value = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                            .localName = &name_value,
                                            .ns = &soap12,
                                            .type = WS_XML_QNAME_TYPE,
                                            .offset = offsetof(WS_FAULT_CODE, value)};
static WS_FIELD_DESCRIPTION code12_subcode = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                              .localName = &name_subcode,
                                              .ns = &soap12,
                                              .type = WS_STRUCT_TYPE,
                                              .typeDescription = &code12,
                                              .offset = offsetof(WS_FAULT_CODE, subCode),
                                              .options = WS_FIELD_POINTER | WS_FIELD_OPTIONAL};
static WS_FIELD_DESCRIPTION *code12_fields[] = {&code12_value, &code12_subcode};
static WS_STRUCT_DESCRIPTION code12 = STRUCTURE(WS_FAULT_CODE, code12_fields);

static WS_FIELD_DESCRIPTION fault12_code = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                            .localName = &name_code,
                                            .ns = &soap12,
                                            .type = WS_STRUCT_TYPE,
                                            .typeDescription = &code12,
                                            .offset = offsetof(WS_FAULT, code),
                                            .options = WS_FIELD_POINTER};
static WS_ITEM_RANGE some_reasons = {1, 0xffffffff};
static WS_FIELD_DESCRIPTION fault12_reasons = {.mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING,
                                               .localName = &name_reason,
                                               .ns = &soap12,
                                               .type = WS_STRUCT_TYPE,
                                               .typeDescription = &reason,
                                               .offset = offsetof(WS_FAULT, reasons),
                                               .countOffset = offsetof(WS_FAULT, reasonCount),
                                               .itemLocalName = &name_text,
                                               .itemNs = &soap12,
                                               .itemRange = &some_reasons};
static WS_FIELD_DESCRIPTION fault12_node = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                            .localName = &name_node,
                                            .ns = &soap12,
                                            .type = WS_STRING_TYPE,
                                            .offset = offsetof(WS_FAULT, node),
                                            .options = WS_FIELD_OPTIONAL};
static WS_FIELD_DESCRIPTION fault12_role = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                            .localName = &name_role,
                                            .ns = &soap12,
                                            .type = WS_STRING_TYPE,
                                            .offset = offsetof(WS_FAULT, actor),
                                            .options = WS_FIELD_OPTIONAL};
static WS_FIELD_DESCRIPTION fault12_detail = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                              .localName = &name_detail12,
                                              .ns = &soap12,
                                              .type = WS_XML_BUFFER_TYPE,
                                              .offset = offsetof(WS_FAULT, detail),
                                              .options = WS_FIELD_OPTIONAL};
static WS_FIELD_DESCRIPTION *fault12_fields[] = {&fault12_code, &fault12_reasons, &fault12_node, &fault12_role,
                                                 &fault12_detail};
static WS_STRUCT_DESCRIPTION fault12 = STRUCTURE(WS_FAULT, fault12_fields);

static const WS_STRUCT_DESCRIPTION *fault_structure(const void *description)
{
    return ((const WS_FAULT_DESCRIPTION *)description)->envelopeVersion == WS_ENVELOPE_VERSION_SOAP_1_1 ? &fault11
                                                                                                        : &fault12;
}

HRESULT fault_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                   const void *description, void *value, WS_ERROR *error)
{
    (void)type;
    type = &typed->types[WS_STRUCT_TYPE];
    return type->read(typed, type, mapping, fault_structure(description), value, error);
}

/* Gives a code that has no namespace that of SOAP, and in SOAP 1.1 its name there. */
static void qualify_code(WS_FAULT_CODE *code, bool is_soap11)
{
    static const WS_XML_STRING sender = WS_XML_STRING_VALUE("Sender"), receiver = WS_XML_STRING_VALUE("Receiver"),
                               client = WS_XML_STRING_VALUE("Client"), server = WS_XML_STRING_VALUE("Server");
    WS_XML_QNAME *value = &code->value;

    if (value->ns.length)
        return;
    value->ns = is_soap11 ? soap11 : soap12;
    if (is_soap11 && xml_string_equals(&value->localName, &sender))
        value->localName = client;
    else if (is_soap11 && xml_string_equals(&value->localName, &receiver))
        value->localName = server;
}

HRESULT fault_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                    const void *description, const void *value, WS_ERROR *error)
{
    const WS_STRUCT_DESCRIPTION *structure = fault_structure(description);
    WS_FAULT fault = *(const WS_FAULT *)value;
    WS_FAULT_CODE code;
    HRESULT hr;

    (void)type;
    type = &typed->types[WS_STRUCT_TYPE];
    if (!fault.code || !fault.reasonCount)
        return error_report(error, E_INVALIDARG, "A fault must have a code and a reason; this one has no %s.",
                            fault.code ? "reason" : "code");
    code = *fault.code;
    if ((hr = writer_check_local_name(&code.value.localName, error)) != S_OK ||
        (hr = writer_check_string(&code.value.ns, "namespace", false, error)) != S_OK)
        return hr;
    qualify_code(&code, structure == &fault11);
    fault.code = &code;
    /* Both are the endpoint then, of which nothing has to be said. */
    if (!fault.actor.length)
        fault.actor.chars = NULL;
    if (!fault.node.length)
        fault.node.chars = NULL;
    if (structure == &fault11 && fault.reasonCount > 1)
        fault.reasonCount = 1;
    return type->write(typed, type, mapping, structure, &fault, error);
}
