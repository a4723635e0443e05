/* SPDX-License-Identifier: MIT */
/* soap.c - see soap.h. */
#include "soap.h"

#include "xml/names.h"

#include <stddef.h>

/* A string of the static dictionary, by its number there; and one that it does not have. */
#define KNOWN(number, text) \
    { \
        sizeof(text) - 1, (BYTE *)(text), (WS_XML_DICTIONARY *)&xml_dictionary_soap, number \
    }
#define OTHER(text) \
    { \
        sizeof(text) - 1, (BYTE *)(text), NULL, 0 \
    }

const WS_XML_STRING soap_name_envelope = KNOWN(1, "Envelope");
const WS_XML_STRING soap_name_header = KNOWN(4, "Header");
const WS_XML_STRING soap_name_body = KNOWN(7, "Body");
const WS_XML_STRING soap_name_fault = KNOWN(67, "Fault");
const WS_XML_STRING soap_name_must_understand = KNOWN(0, "mustUnderstand");
const WS_XML_STRING soap_name_relay = KNOWN(70, "relay");
const WS_XML_STRING soap_code_must_understand = KNOWN(68, "MustUnderstand");
const WS_XML_STRING soap_code_version_mismatch = OTHER("VersionMismatch");
const WS_XML_STRING soap_name_not_understood = KNOWN(79, "NotUnderstood");
const WS_XML_STRING soap_name_upgrade = OTHER("Upgrade");
const WS_XML_STRING soap_name_supported_envelope = OTHER("SupportedEnvelope");
const WS_XML_STRING soap_name_qname = KNOWN(80, "qname");
const WS_XML_STRING addressing_reference = KNOWN(84, "EndpointReference");
const WS_XML_STRING addressing_address = KNOWN(21, "Address");
const WS_XML_STRING addressing_is_parameter = KNOWN(101, "IsReferenceParameter");

static const struct soap_version soap_1_1 = {
    .ns = KNOWN(481, "http://schemas.xmlsoap.org/soap/envelope/"),
    .prefix = KNOWN(66, "s"),
    .role = KNOWN(482, "actor"),
    .next = OTHER("http://schemas.xmlsoap.org/soap/actor/next"),
    .ultimate = OTHER(""),
    .name = "of SOAP 1.1",
};

static const struct soap_version soap_1_2 = {
    .ns = KNOWN(2, "http://www.w3.org/2003/05/soap-envelope"),
    .prefix = KNOWN(66, "s"),
    .role = KNOWN(69, "role"),
    .next = OTHER("http://www.w3.org/2003/05/soap-envelope/role/next"),
    .ultimate = OTHER("http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"),
    .has_relay = true,
    .has_fault_headers = true,
    .name = "of SOAP 1.2",
};

static const struct soap_version no_soap = {
    .ns = OTHER(""),
    .prefix = OTHER(""),
    .role = OTHER(""),
    .next = OTHER(""),
    .ultimate = OTHER(""),
    .name = "without SOAP",
};

const struct soap_version *soap_version(WS_ENVELOPE_VERSION version)
{
    switch (version)
    {
    case WS_ENVELOPE_VERSION_SOAP_1_1: return &soap_1_1;
    case WS_ENVELOPE_VERSION_SOAP_1_2: return &soap_1_2;
    case WS_ENVELOPE_VERSION_NONE: return &no_soap;
    default: return NULL;
    }
}

const struct soap_version *soap_version_of(const WS_XML_STRING *ns)
{
    return xml_string_equals(ns, &soap_1_1.ns) ? &soap_1_1 : xml_string_equals(ns, &soap_1_2.ns) ? &soap_1_2 : NULL;
}

static const struct addressing_version addressing_0_9 = {
    .ns = KNOWN(105, "http://schemas.xmlsoap.org/ws/2004/08/addressing"),
    .prefix = KNOWN(91, "a"),
    .anonymous = KNOWN(106, "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"),
    .name = "WS-Addressing of August 2004",
};

static const struct addressing_version addressing_1_0 = {
    .ns = KNOWN(3, "http://www.w3.org/2005/08/addressing"),
    .prefix = KNOWN(91, "a"),
    .anonymous = KNOWN(10, "http://www.w3.org/2005/08/addressing/anonymous"),
    .marks_parameters = true,
    .name = "WS-Addressing 1.0",
};

static const struct addressing_version addressing_transport = {
    .ns = KNOWN(439, "http://schemas.microsoft.com/ws/2005/05/addressing/none"),
    .prefix = OTHER(""),
    .anonymous = OTHER(""),
    .is_transport = true,
    .name = "WS_ADDRESSING_VERSION_TRANSPORT",
};

const struct addressing_version *addressing_version(WS_ADDRESSING_VERSION version)
{
    switch (version)
    {
    case WS_ADDRESSING_VERSION_0_9: return &addressing_0_9;
    case WS_ADDRESSING_VERSION_1_0: return &addressing_1_0;
    case WS_ADDRESSING_VERSION_TRANSPORT: return &addressing_transport;
    default: return NULL;
    }
}

/* From the page of WS_HEADER_TYPE. */
#define BIT(type)  ((uint64_t)1 << (type))
#define A_URI      (BIT(WS_STRING_TYPE) | BIT(WS_XML_STRING_TYPE) | BIT(WS_WSZ_TYPE))
#define AN_ID      (A_URI | BIT(WS_UNIQUE_ID_TYPE))
#define AN_ADDRESS BIT(WS_ENDPOINT_ADDRESS_TYPE)

static const struct header_kind header_kinds[HEADER_KINDS] = {
    [WS_ACTION_HEADER] = {KNOWN(5, "Action"), true, true, A_URI},
    [WS_TO_HEADER] = {KNOWN(6, "To"), true, true, A_URI},
    [WS_MESSAGE_ID_HEADER] = {KNOWN(13, "MessageID"), false, false, AN_ID},
    [WS_RELATES_TO_HEADER] = {KNOWN(9, "RelatesTo"), false, false, AN_ID},
    [WS_FROM_HEADER] = {KNOWN(82, "From"), false, false, AN_ADDRESS},
    [WS_REPLY_TO_HEADER] = {KNOWN(22, "ReplyTo"), false, false, AN_ADDRESS},
    [WS_FAULT_TO_HEADER] = {KNOWN(83, "FaultTo"), false, false, AN_ADDRESS},
};

const struct header_kind *header_kind(WS_HEADER_TYPE type)
{
    return (unsigned)type < HEADER_KINDS && header_kinds[type].types ? &header_kinds[type] : NULL;
}
