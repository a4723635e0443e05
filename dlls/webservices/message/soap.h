/* SPDX-License-Identifier: MIT */
/*
 * soap.h - the names of SOAP 1.1 and 1.2 and of WS-Addressing (August 2004 and 1.0), by version.
 *
 * Those that the static dictionary of the binary encodings has are its strings, so that a binary envelope has their
 * ids.
 */
#ifndef WS_MESSAGE_SOAP_H
#define WS_MESSAGE_SOAP_H

#include <stdbool.h>
#include <stdint.h>

#include "webservices.h"

struct soap_version
{
    WS_XML_STRING ns, prefix; /* both empty without SOAP */
    /* The attribute that says whom a header is for (SOAP 1.1, section 4.2.2; SOAP 1.2, part 1, section 5.2.2). */
    WS_XML_STRING role;     /* its name; empty: there is none */
    WS_XML_STRING next;     /* its value for every receiver */
    WS_XML_STRING ultimate; /* for the last one, where that has a name: for it is what has no such attribute */
    bool has_relay;
    bool has_fault_headers; /* NotUnderstood, Upgrade: SOAP 1.2, part 1, sections 5.4.7 and 5.4.8 */
    const char *name;       /* for sentences: "of SOAP 1.1" */
};

struct addressing_version
{
    /*
     * Without addressing in the envelope headers have the namespace of WCF's AddressingVersion.None, and no prefix:
     * observed on Windows.
     */
    WS_XML_STRING ns, prefix;
    WS_XML_STRING anonymous; /* the address of whoever a reply goes to on the same connection; empty: there is none */
    bool marks_parameters;   /* reference parameters in a message have the attribute IsReferenceParameter */
    bool is_transport;
    const char *name; /* for sentences */
};

/* NULL: there is no such version. */
const struct soap_version *soap_version(WS_ENVELOPE_VERSION version);
const struct soap_version *soap_version_of(const WS_XML_STRING *ns); /* of SOAP */
const struct addressing_version *addressing_version(WS_ADDRESSING_VERSION version);

extern const WS_XML_STRING soap_name_envelope, soap_name_header, soap_name_body, soap_name_fault;
extern const WS_XML_STRING soap_name_must_understand, soap_name_relay; /* attributes */
extern const WS_XML_STRING soap_code_must_understand, soap_code_version_mismatch;
extern const WS_XML_STRING soap_name_not_understood, soap_name_upgrade, soap_name_supported_envelope, soap_name_qname;
extern const WS_XML_STRING addressing_reference, addressing_address;
extern const WS_XML_STRING addressing_is_parameter;

/* A kind of header that WS_HEADER_TYPE names. */
struct header_kind
{
    WS_XML_STRING name;
    bool must_understand; /* it is written with mustUnderstand="1": observed on Windows of Action and To */
    bool in_transport;    /* it can be used without addressing in the envelope */
    uint64_t types;       /* of values: a bit for each WS_TYPE */
};

#define HEADER_KINDS 8u

/* NULL: there is no such type of header. */
const struct header_kind *header_kind(WS_HEADER_TYPE type);

#endif
