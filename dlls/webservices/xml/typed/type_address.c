/* SPDX-License-Identifier: MIT */
/*
 * type_address.c - WS_ENDPOINT_ADDRESS_TYPE: endpoint references of WS-Addressing 1.0 (Core, section 2.2) and of August
 * 2004 (section 2.2); see types.h.
 *
 * The content of the element, whatever its name is, and where it goes:
 *
 *     Address               url: the anonymous address is no characters
 *     ReferenceProperties   extensions: the first element (August 2004 only)
 *     ReferenceParameters   headers: the elements in it
 *     any other             extensions: Metadata, PortType, ServiceName, Policy, those of others
 *     Identity              identity
 *
 * This is the order in which they are written. They are read in any order, with any attributes, but each of those that
 * are named only once.
 *
 * An identity is one of the claims that the schema of its namespace has (Dns, Upn, Spn), or a key as in XML Signature,
 * sections 4.4.2.2 and 4.4.4. It is described as a structure with a choice. What does not fit that is an unknown
 * identity: the element as it is. To have it still when that turns out, each Identity is copied before it is read.
 */
#include "xml/typed/typed.h"
#include "xml/typed/types.h"

#include "xml/buffer/buffer.h"

#include <stddef.h>

static const WS_XML_STRING name_address = WS_XML_STRING_VALUE("Address");
static const WS_XML_STRING name_properties = WS_XML_STRING_VALUE("ReferenceProperties");
static const WS_XML_STRING name_parameters = WS_XML_STRING_VALUE("ReferenceParameters");
static const WS_XML_STRING name_identity = WS_XML_STRING_VALUE("Identity");

struct version
{
    WS_XML_STRING ns, anonymous;
    bool has_properties;
};

static const struct version august_2004 = {
    WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/ws/2004/08/addressing"),
    WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"), true};
static const struct version core = {WS_XML_STRING_VALUE("http://www.w3.org/2005/08/addressing"),
                                    WS_XML_STRING_VALUE("http://www.w3.org/2005/08/addressing/anonymous"), false};

static const struct version *address_version(const void *description)
{
    return ((const WS_ENDPOINT_ADDRESS_DESCRIPTION *)description)->addressingVersion == WS_ADDRESSING_VERSION_0_9
               ? &august_2004
               : &core;
}

const WS_XML_STRING *typed_addressing_namespace(WS_ADDRESSING_VERSION version)
{
    return version == WS_ADDRESSING_VERSION_0_9 ? &august_2004.ns : &core.ns;
}

/* --- Identities --- */

/* Each kind begins with the selector. */
union identity
{
    WS_ENDPOINT_IDENTITY identity;
    WS_DNS_ENDPOINT_IDENTITY dns;
    WS_UPN_ENDPOINT_IDENTITY upn;
    WS_SPN_ENDPOINT_IDENTITY spn;
    WS_RSA_ENDPOINT_IDENTITY rsa;
    WS_CERT_ENDPOINT_IDENTITY cert;
    WS_UNKNOWN_ENDPOINT_IDENTITY unknown;
};

static const size_t identity_sizes[] = {
    [WS_DNS_ENDPOINT_IDENTITY_TYPE] = sizeof(WS_DNS_ENDPOINT_IDENTITY),
    [WS_UPN_ENDPOINT_IDENTITY_TYPE] = sizeof(WS_UPN_ENDPOINT_IDENTITY),
    [WS_SPN_ENDPOINT_IDENTITY_TYPE] = sizeof(WS_SPN_ENDPOINT_IDENTITY),
    [WS_RSA_ENDPOINT_IDENTITY_TYPE] = sizeof(WS_RSA_ENDPOINT_IDENTITY),
    [WS_CERT_ENDPOINT_IDENTITY_TYPE] = sizeof(WS_CERT_ENDPOINT_IDENTITY),
    [WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE] = sizeof(WS_UNKNOWN_ENDPOINT_IDENTITY),
};

static WS_XML_STRING identity_ns = WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/ws/2006/02/addressingidentity");
static WS_XML_STRING signature_ns = WS_XML_STRING_VALUE("http://www.w3.org/2000/09/xmldsig#");

static WS_XML_STRING name_dns = WS_XML_STRING_VALUE("Dns");
static WS_XML_STRING name_upn = WS_XML_STRING_VALUE("Upn");
static WS_XML_STRING name_spn = WS_XML_STRING_VALUE("Spn");
static WS_XML_STRING name_key_info = WS_XML_STRING_VALUE("KeyInfo");
static WS_XML_STRING name_x509_data = WS_XML_STRING_VALUE("X509Data");
static WS_XML_STRING name_x509_certificate = WS_XML_STRING_VALUE("X509Certificate");
static WS_XML_STRING name_key_value = WS_XML_STRING_VALUE("KeyValue");
static WS_XML_STRING name_rsa_key_value = WS_XML_STRING_VALUE("RSAKeyValue");
static WS_XML_STRING name_modulus = WS_XML_STRING_VALUE("Modulus");
static WS_XML_STRING name_exponent = WS_XML_STRING_VALUE("Exponent");

#define COUNT(array) (ULONG)(sizeof(array) / sizeof((array)[0]))

/* All of them are one place in memory: what is in an element is in the identity. */
#define STRUCTURE(fields) \
    { \
        sizeof(union identity), sizeof(void *), fields, COUNT(fields), NULL, NULL, NULL, NULL, 0, \
            WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES \
    }
#define CHOICES(choices) \
    { \
        sizeof(union identity), sizeof(void *), choices, COUNT(choices), 0, 0, NULL \
    }
#define ELEMENT(name, namespace, field_type, field_description, field_offset) \
    { \
        .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = &(name), .ns = &(namespace), .type = (field_type), \
        .typeDescription = (field_description), .offset = (ULONG)(field_offset) \
    }
#define CHOICE(choices) \
    { \
        .mapping = WS_ELEMENT_CHOICE_FIELD_MAPPING, .type = WS_UNION_TYPE, .typeDescription = &(choices) \
    }

static WS_FIELD_DESCRIPTION modulus =
    ELEMENT(name_modulus, signature_ns, WS_BYTES_TYPE, NULL, offsetof(WS_RSA_ENDPOINT_IDENTITY, modulus));
static WS_FIELD_DESCRIPTION exponent =
    ELEMENT(name_exponent, signature_ns, WS_BYTES_TYPE, NULL, offsetof(WS_RSA_ENDPOINT_IDENTITY, exponent));
static WS_FIELD_DESCRIPTION *rsa_fields[] = {&modulus, &exponent};
static WS_STRUCT_DESCRIPTION rsa_structure = STRUCTURE(rsa_fields);
static WS_FIELD_DESCRIPTION rsa_key_value =
    ELEMENT(name_rsa_key_value, signature_ns, WS_STRUCT_TYPE, &rsa_structure, 0);
static WS_FIELD_DESCRIPTION *key_value_fields[] = {&rsa_key_value};
static WS_STRUCT_DESCRIPTION key_value_structure = STRUCTURE(key_value_fields);

static WS_FIELD_DESCRIPTION certificate = ELEMENT(name_x509_certificate, signature_ns, WS_BYTES_TYPE, NULL,
                                                  offsetof(WS_CERT_ENDPOINT_IDENTITY, rawCertificateData));
static WS_FIELD_DESCRIPTION *x509_fields[] = {&certificate};
static WS_STRUCT_DESCRIPTION x509_structure = STRUCTURE(x509_fields);

static WS_UNION_FIELD_DESCRIPTION key_value = {
    WS_RSA_ENDPOINT_IDENTITY_TYPE, ELEMENT(name_key_value, signature_ns, WS_STRUCT_TYPE, &key_value_structure, 0)};
static WS_UNION_FIELD_DESCRIPTION x509_data = {
    WS_CERT_ENDPOINT_IDENTITY_TYPE, ELEMENT(name_x509_data, signature_ns, WS_STRUCT_TYPE, &x509_structure, 0)};
static WS_UNION_FIELD_DESCRIPTION *key_choices[] = {&key_value, &x509_data};
static WS_UNION_DESCRIPTION key_union = CHOICES(key_choices);
static WS_FIELD_DESCRIPTION key = CHOICE(key_union);
static WS_FIELD_DESCRIPTION *key_fields[] = {&key};
static WS_STRUCT_DESCRIPTION key_structure = STRUCTURE(key_fields);

static WS_UNION_FIELD_DESCRIPTION dns = {
    WS_DNS_ENDPOINT_IDENTITY_TYPE,
    ELEMENT(name_dns, identity_ns, WS_STRING_TYPE, NULL, offsetof(WS_DNS_ENDPOINT_IDENTITY, dns))};
static WS_UNION_FIELD_DESCRIPTION upn = {
    WS_UPN_ENDPOINT_IDENTITY_TYPE,
    ELEMENT(name_upn, identity_ns, WS_STRING_TYPE, NULL, offsetof(WS_UPN_ENDPOINT_IDENTITY, upn))};
static WS_UNION_FIELD_DESCRIPTION spn = {
    WS_SPN_ENDPOINT_IDENTITY_TYPE,
    ELEMENT(name_spn, identity_ns, WS_STRING_TYPE, NULL, offsetof(WS_SPN_ENDPOINT_IDENTITY, spn))};
/* Both are in a KeyInfo; when one is read, the choice in that sets the selector once more. */
static WS_UNION_FIELD_DESCRIPTION rsa = {WS_RSA_ENDPOINT_IDENTITY_TYPE,
                                         ELEMENT(name_key_info, signature_ns, WS_STRUCT_TYPE, &key_structure, 0)};
static WS_UNION_FIELD_DESCRIPTION cert = {WS_CERT_ENDPOINT_IDENTITY_TYPE,
                                          ELEMENT(name_key_info, signature_ns, WS_STRUCT_TYPE, &key_structure, 0)};
static WS_UNION_FIELD_DESCRIPTION *claim_choices[] = {&dns, &upn, &spn, &rsa, &cert};
static WS_UNION_DESCRIPTION claim_union = CHOICES(claim_choices);
static WS_FIELD_DESCRIPTION claim = CHOICE(claim_union);
static WS_FIELD_DESCRIPTION *identity_fields[] = {&claim};
static WS_STRUCT_DESCRIPTION identity_structure = STRUCTURE(identity_fields);

/* How much the tree of an Identity may take: as much as Windows lets a whole address have that it copies. */
#define IDENTITY_LARGEST_SIZE 65536

/* Reads a copied Identity by its description; WS_E_INVALID_FORMAT: it is unknown. */
static HRESULT read_known(const struct typed_reader *typed, WS_XML_BUFFER *copy, union identity *identity)
{
    struct typed_reader inner = *typed;
    HRESULT hr;

    if ((hr = reader_create(NULL, 0, &inner.reader, NULL)) != S_OK)
        return hr;
    inner.depth = 0;
    reader_set_tree(inner.reader, copy);
    if ((hr = reader_to_start_element(inner.reader, NULL, NULL, NULL, NULL)) == S_OK)
        hr = typed_read_element_value(&inner, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &identity_structure, 0, identity,
                                      NULL);
    reader_free(inner.reader);
    return hr;
}

/* From the copy, into the heap. */
static HRESULT make_identity(const struct typed_reader *typed, WS_XML_BUFFER *copy, WS_ENDPOINT_IDENTITY **ret,
                             WS_ERROR *error)
{
    union identity identity;
    void *memory;
    HRESULT hr;

    memset(&identity, 0, sizeof(identity));
    hr = read_known(typed, copy, &identity);
    if (hr == WS_E_INVALID_FORMAT)
    {
        memset(&identity, 0, sizeof(identity));
        identity.identity.identityType = WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE;
        hr = xml_buffer_copy(typed->heap, copy, &identity.unknown.element, error);
    }
    else if (hr != S_OK)
        hr = error_report(error, hr, "There is no memory in the heap for the identity of an endpoint address.");
    if (hr != S_OK ||
        (hr = heap_alloc(typed->heap, identity_sizes[identity.identity.identityType], &memory, error)) != S_OK)
        return hr;
    memcpy(memory, &identity, identity_sizes[identity.identity.identityType]);
    *ret = memory;
    return S_OK;
}

static HRESULT read_identity(struct typed_reader *typed, WS_ENDPOINT_IDENTITY **ret, WS_ERROR *error)
{
    WS_XML_BUFFER *copy = NULL;
    struct _WS_HEAP heap;
    HRESULT hr;

    heap_init_member(&heap, IDENTITY_LARGEST_SIZE);
    if ((hr = reader_read_buffer(typed->reader, &heap, &copy, error)) == S_OK)
        hr = make_identity(typed, copy, ret, error);
    arena_release(&heap.arena);
    heap.handle.tag = HANDLE_FREED;
    return hr;
}

/* --- Reading --- */

static bool is_space(WCHAR c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without the white space around it, as XML Schema has it for anyURI. */
static HRESULT read_url(struct typed_reader *typed, const struct version *version, WS_STRING *url, WS_ERROR *error)
{
    HRESULT hr = typed_read_element_value(typed, WS_ELEMENT_TYPE_MAPPING, WS_STRING_TYPE, NULL, 0, url, error);
    ULONG i;

    if (hr != S_OK)
        return hr;
    while (url->length && is_space(url->chars[url->length - 1]))
        url->length--;
    for (; url->length && is_space(*url->chars); url->length--)
        url->chars++;
    if (!url->length)
        return reader_report(typed->reader, WS_E_INVALID_FORMAT, error, "The address of an endpoint is empty.");
    if (url->length != version->anonymous.length)
        return S_OK;
    for (i = 0; i < url->length && url->chars[i] == version->anonymous.bytes[i]; i++)
        ;
    if (i == url->length)
        url->length = 0;
    return S_OK;
}

/* Adds the element that the reader is at to a buffer, which is made first if need be. */
static HRESULT read_into(struct typed_reader *typed, WS_XML_BUFFER **buffer, bool first, WS_ERROR *error)
{
    struct xml_node *document;
    HRESULT hr;

    if (!*buffer && (hr = xml_buffer_create(typed->heap, buffer, error)) != S_OK)
        return hr;
    document = (*buffer)->document;
    return reader_copy_into(typed->reader, *buffer, first ? document->first_child : document->last_child, error);
}

static HRESULT read_parameters(struct typed_reader *typed, WS_XML_BUFFER **headers, WS_ERROR *error)
{
    HRESULT hr = reader_next(typed->reader, error);

    while (hr == S_OK && (hr = typed_to_next(typed, error)) == S_OK && typed_element(typed))
        hr = read_into(typed, headers, false, error);
    return hr == S_OK ? reader_read_end_element(typed->reader, error) : hr;
}

#define HAS_ADDRESS    0x1u
#define HAS_PROPERTIES 0x2u
#define HAS_PARAMETERS 0x4u
#define HAS_IDENTITY   0x8u

/* Which of those that an address has at most one of an element is; 0: any other. */
static unsigned which_part(const struct version *version, const WS_XML_ELEMENT_NODE *element)
{
    if (element_is_named(element, &name_identity, &identity_ns))
        return HAS_IDENTITY;
    if (!xml_string_equals(element->ns, &version->ns))
        return 0;
    if (version->has_properties && xml_string_equals(element->localName, &name_properties))
        return HAS_PROPERTIES;
    return xml_string_equals(element->localName, &name_address)      ? HAS_ADDRESS
           : xml_string_equals(element->localName, &name_parameters) ? HAS_PARAMETERS
                                                                     : 0;
}

static HRESULT read_part(struct typed_reader *typed, const struct version *version, unsigned part,
                         WS_ENDPOINT_ADDRESS *address, WS_ERROR *error)
{
    switch (part)
    {
    case HAS_ADDRESS: return read_url(typed, version, &address->url, error);
    case HAS_PARAMETERS: return read_parameters(typed, &address->headers, error);
    case HAS_IDENTITY: return read_identity(typed, &address->identity, error);
    default: return read_into(typed, &address->extensions, part == HAS_PROPERTIES, error);
    }
}

static COLD HRESULT occurs_twice(struct typed_reader *typed, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = typed_element(typed);
    char name[READER_NAME_ROOM];

    return reader_report(typed->reader, WS_E_INVALID_FORMAT, error, "An endpoint address has only one element \"%s\".",
                         reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, name));
}

HRESULT address_read(struct typed_reader *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                     const void *description, void *value, WS_ERROR *error)
{
    const struct version *version = address_version(description);
    WS_ENDPOINT_ADDRESS address = {{0, NULL}, NULL, NULL, NULL};
    const WS_XML_ELEMENT_NODE *element;
    HRESULT hr = reader_next(typed->reader, error);
    unsigned has = 0, part;

    (void)type, (void)mapping;
    while (hr == S_OK && (hr = typed_to_next(typed, error)) == S_OK && (element = typed_element(typed)))
    {
        part = which_part(version, element);
        if (has & part)
            return occurs_twice(typed, error);
        has |= part;
        hr = read_part(typed, version, part, &address, error);
    }
    if (hr != S_OK)
        return hr;
    if (!(has & HAS_ADDRESS))
        return reader_to_start_element(typed->reader, &name_address, &version->ns, NULL, error);
    if ((hr = reader_read_end_element(typed->reader, error)) == S_OK)
        memcpy(value, &address, sizeof(address));
    return hr;
}

/* --- Writing --- */

/* The next element in a buffer, from a node on that is not in another; NULL: there is none. */
static const struct xml_node *next_element(const struct xml_node *node)
{
    while (node && node->shown.node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
        node = node->next;
    return node;
}

static const struct xml_node *first_element(const WS_XML_BUFFER *buffer)
{
    return buffer ? next_element(buffer->document->first_child) : NULL;
}

/* Of what an address has a member for, the extensions have only the properties, and those first. */
static HRESULT check_extensions(const struct version *version, const WS_XML_BUFFER *extensions, WS_ERROR *error)
{
    const struct xml_node *node, *first = first_element(extensions);
    unsigned part;

    for (node = first; node; node = next_element(node->next))
    {
        part = which_part(version, &node->shown.element);
        if (!part || (part == HAS_PROPERTIES && node == first))
            continue;
        if (part == HAS_PROPERTIES)
            return error_report(error, E_INVALIDARG,
                                "ReferenceProperties must be the first element in the extensions of an address.");
        return error_report(error, E_INVALIDARG,
                            "The extensions of an address have its Address, ReferenceParameters or Identity.");
    }
    return S_OK;
}

static HRESULT check_identity(const struct typed_writer *typed, const WS_ENDPOINT_IDENTITY *identity, WS_ERROR *error)
{
    const struct xml_node *root;
    HRESULT hr;

    if (!identity)
        return S_OK;
    if (identity->identityType < WS_DNS_ENDPOINT_IDENTITY_TYPE ||
        identity->identityType > WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE)
        return error_report(error, E_INVALIDARG, "There is no identity of the type %d.", (int)identity->identityType);
    if (identity->identityType != WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE)
        return S_OK;
    if ((hr = any_check_buffer(typed, ((const WS_UNKNOWN_ENDPOINT_IDENTITY *)identity)->element, error)) != S_OK)
        return hr;
    if (any_sole_element(((const WS_UNKNOWN_ENDPOINT_IDENTITY *)identity)->element, &root, NULL) == S_OK &&
        element_is_named(&root->shown.element, &name_identity, &identity_ns))
        return S_OK;
    return error_report(error, E_INVALIDARG, "The XML buffer of an unknown identity is not one element Identity.");
}

static HRESULT check_address(const struct typed_writer *typed, const struct version *version,
                             const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error)
{
    HRESULT hr;

    if ((address->headers && (hr = any_check_buffer(typed, address->headers, error)) != S_OK) ||
        (address->extensions && ((hr = any_check_buffer(typed, address->extensions, error)) != S_OK ||
                                 (hr = check_extensions(version, address->extensions, error)) != S_OK)))
        return hr;
    return check_identity(typed, address->identity, error);
}

static HRESULT write_url(struct typed_writer *typed, const struct version *version, const WS_STRING *url,
                         WS_ERROR *error)
{
    bool anonymous = !url->length;

    return typed_write_element_value(typed, &name_address, &version->ns,
                                     anonymous ? WS_XML_STRING_TYPE : WS_STRING_TYPE, NULL, 0,
                                     anonymous ? (const void *)&version->anonymous : url, error);
}

/* Writes an element, and goes to the next one. */
static HRESULT write_element(struct typed_writer *typed, const struct xml_node **element, WS_ERROR *error)
{
    const struct xml_node *node = *element, *end = xml_node_after(node);
    HRESULT hr = S_OK;

    for (; node != end && hr == S_OK; node = xml_node_following(node))
        hr = writer_node(typed->writer, &node->shown.node, error);
    *element = next_element(end);
    return hr;
}

static HRESULT write_elements(struct typed_writer *typed, const struct xml_node *element, WS_ERROR *error)
{
    HRESULT hr = S_OK;

    while (element && hr == S_OK)
        hr = write_element(typed, &element, error);
    return hr;
}

static HRESULT write_parameters(struct typed_writer *typed, const struct version *version, const WS_XML_BUFFER *headers,
                                WS_ERROR *error)
{
    const struct xml_node *element = first_element(headers);
    HRESULT hr;

    if (!element)
        return S_OK;
    if ((hr = writer_open_element(typed->writer, NULL, &name_parameters, &version->ns, error)) != S_OK ||
        (hr = write_elements(typed, element, error)) != S_OK)
        return hr;
    return writer_close_element(typed->writer, error);
}

static HRESULT write_identity(struct typed_writer *typed, const WS_ENDPOINT_IDENTITY *identity, WS_ERROR *error)
{
    if (!identity)
        return S_OK;
    if (identity->identityType == WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE)
        return write_elements(typed, first_element(((const WS_UNKNOWN_ENDPOINT_IDENTITY *)identity)->element), error);
    return typed_write_element_value(typed, &name_identity, &identity_ns, WS_STRUCT_TYPE, &identity_structure, 0,
                                     identity, error);
}

HRESULT address_write(struct typed_writer *typed, const struct type *type, WS_TYPE_MAPPING mapping,
                      const void *description, const void *value, WS_ERROR *error)
{
    const struct version *version = address_version(description);
    const struct xml_node *extension;
    WS_ENDPOINT_ADDRESS address;
    HRESULT hr;

    (void)type, (void)mapping;
    memcpy(&address, value, sizeof(address));
    if ((hr = check_address(typed, version, &address, error)) != S_OK ||
        (hr = write_url(typed, version, &address.url, error)) != S_OK)
        return hr;
    extension = first_element(address.extensions);
    if ((extension && which_part(version, &extension->shown.element) == HAS_PROPERTIES &&
         (hr = write_element(typed, &extension, error)) != S_OK) ||
        (hr = write_parameters(typed, version, address.headers, error)) != S_OK ||
        (hr = write_elements(typed, extension, error)) != S_OK)
        return hr;
    return write_identity(typed, address.identity, error);
}
