/* SPDX-License-Identifier: MIT */
/* framing_write.c - see framing.h: writing records; faults and encodings by name. */
#include "framing.h"

#include "xml/binary_records.h"

#include <string.h>

/* --- Faults --- */

#define FAULT_NAMESPACE "http://schemas.microsoft.com/ws/2006/05/framing/faults/"

static const struct
{
    const char *text;
    HRESULT hr;
} faults[] = {
    [FRAMING_NO_FAULT] = {"", WS_E_ENDPOINT_FAILURE},
    [FRAMING_CONNECTION_DISPATCH_FAILED] = {FAULT_NAMESPACE "ConnectionDispatchFailed", WS_E_ENDPOINT_FAILURE},
    [FRAMING_CONTENT_TYPE_INVALID] = {FAULT_NAMESPACE "ContentTypeInvalid", WS_E_ENDPOINT_FAILURE},
    [FRAMING_CONTENT_TYPE_TOO_LONG] = {FAULT_NAMESPACE "ContentTypeTooLong", WS_E_ENDPOINT_FAILURE},
    [FRAMING_ENDPOINT_ACCESS_DENIED] = {FAULT_NAMESPACE "EndpointAccessDenied", WS_E_ENDPOINT_ACCESS_DENIED},
    [FRAMING_ENDPOINT_NOT_FOUND] = {FAULT_NAMESPACE "EndpointNotFound", WS_E_ENDPOINT_NOT_FOUND},
    [FRAMING_ENDPOINT_UNAVAILABLE] = {FAULT_NAMESPACE "EndpointUnavailable", WS_E_ENDPOINT_NOT_AVAILABLE},
    [FRAMING_INVALID_RECORD_SEQUENCE] = {FAULT_NAMESPACE "InvalidRecordSequence", WS_E_ENDPOINT_FAILURE},
    [FRAMING_MAX_MESSAGE_SIZE_EXCEEDED] = {FAULT_NAMESPACE "MaxMessageSizeExceededFault", WS_E_ENDPOINT_FAILURE},
    [FRAMING_SERVER_TOO_BUSY] = {FAULT_NAMESPACE "ServerTooBusy", WS_E_ENDPOINT_TOO_BUSY},
    [FRAMING_SERVICE_ACTIVATION_FAILED] = {FAULT_NAMESPACE "ServiceActivationFailed", WS_E_ENDPOINT_FAILURE},
    [FRAMING_UNSUPPORTED_MODE] = {FAULT_NAMESPACE "UnsupportedMode", WS_E_ENDPOINT_FAILURE},
    [FRAMING_UNSUPPORTED_VERSION] = {FAULT_NAMESPACE "UnsupportedVersion", WS_E_ENDPOINT_FAILURE},
    [FRAMING_UPGRADE_INVALID] = {FAULT_NAMESPACE "UpgradeInvalid", WS_E_ENDPOINT_FAILURE},
    [FRAMING_VIA_TOO_LONG] = {FAULT_NAMESPACE "ViaTooLong", WS_E_ENDPOINT_FAILURE},
};

const char *framing_fault_text(enum framing_fault fault)
{
    return faults[fault].text;
}

HRESULT framing_fault_code(const BYTE *text, size_t length)
{
    size_t i;

    for (i = 1; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (strlen(faults[i].text) == length && !memcmp(faults[i].text, text, length))
            return faults[i].hr;
    return WS_E_ENDPOINT_FAILURE;
}

/* --- Records --- */

static BYTE *put_text(BYTE *p, enum framing_record record, const void *text, size_t length)
{
    *p++ = (BYTE)record;
    p = binary_put_int31(p, (uint32_t)length);
    if (length)
        memcpy(p, text, length);
    return p + length;
}

size_t framing_put_preamble(BYTE to[FRAMING_PREAMBLE_ROOM], const struct framing_preamble *preamble)
{
    BYTE *p = to;

    *p++ = FRAMING_RECORD_VERSION;
    *p++ = 1;
    *p++ = 0;
    *p++ = FRAMING_RECORD_MODE;
    *p++ = (BYTE)preamble->mode;
    p = put_text(p, FRAMING_RECORD_VIA, preamble->via, preamble->via_length);
    if (preamble->content_type)
        p = put_text(p, FRAMING_RECORD_EXTENSIBLE_ENCODING, preamble->content_type, strlen(preamble->content_type));
    else
    {
        *p++ = FRAMING_RECORD_KNOWN_ENCODING;
        *p++ = (BYTE)preamble->encoding;
    }
    if (preamble->upgrade)
        p = put_text(p, FRAMING_RECORD_UPGRADE_REQUEST, preamble->upgrade, strlen(preamble->upgrade));
    else
        *p++ = FRAMING_RECORD_PREAMBLE_END;
    return (size_t)(p - to);
}

size_t framing_put_fault(BYTE to[FRAMING_FAULT_ROOM], enum framing_fault fault)
{
    return (size_t)(put_text(to, FRAMING_RECORD_FAULT, faults[fault].text, strlen(faults[fault].text)) - to);
}

size_t framing_put_size(BYTE to[FRAMING_SIZE_ROOM], uint32_t size)
{
    to[0] = FRAMING_RECORD_SIZED_ENVELOPE;
    return (size_t)(binary_put_int31(to + 1, size) - to);
}

size_t framing_put_chunk(BYTE to[FRAMING_SIZE_ROOM], uint32_t size)
{
    return (size_t)(binary_put_int31(to, size) - to);
}

/* --- Encodings --- */

bool framing_find_encoding(WS_ENCODING encoding, WS_ENVELOPE_VERSION version, enum framing_encoding *known)
{
    bool older = version == WS_ENVELOPE_VERSION_SOAP_1_1;

    switch (encoding)
    {
    case WS_ENCODING_XML_UTF8: *known = older ? FRAMING_SOAP_1_1_UTF8 : FRAMING_SOAP_1_2_UTF8; return true;
    case WS_ENCODING_XML_UTF16BE: *known = older ? FRAMING_SOAP_1_1_UTF16 : FRAMING_SOAP_1_2_UTF16; return true;
    case WS_ENCODING_XML_UTF16LE: *known = older ? FRAMING_SOAP_1_1_UTF16LE : FRAMING_SOAP_1_2_UTF16LE; return true;
    case WS_ENCODING_XML_MTOM_UTF8:
    case WS_ENCODING_XML_MTOM_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16LE: *known = FRAMING_MTOM; return true;
    case WS_ENCODING_XML_BINARY_1: *known = FRAMING_BINARY; return true;
    case WS_ENCODING_XML_BINARY_SESSION_1: *known = FRAMING_BINARY_SESSION; return true;
    default: return false;
    }
}

/* What WCF has for each. That of MTOM has the boundary in the message itself. */
static const char *const content_types[] = {
    [FRAMING_SOAP_1_1_UTF8] = "text/xml; charset=utf-8",
    [FRAMING_SOAP_1_1_UTF16] = "text/xml; charset=utf16",
    [FRAMING_SOAP_1_1_UTF16LE] = "text/xml; charset=unicodeFFFE",
    [FRAMING_SOAP_1_2_UTF8] = "application/soap+xml; charset=utf-8",
    [FRAMING_SOAP_1_2_UTF16] = "application/soap+xml; charset=utf16",
    [FRAMING_SOAP_1_2_UTF16LE] = "application/soap+xml; charset=unicodeFFFE",
    [FRAMING_MTOM] = "multipart/related",
    [FRAMING_BINARY] = "application/soap+msbin1",
    [FRAMING_BINARY_SESSION] = "application/soap+msbinsession1",
};

const char *framing_content_type(enum framing_encoding known)
{
    return content_types[known];
}

static BYTE lower(BYTE c)
{
    return c >= 'A' && c <= 'Z' ? (BYTE)(c | 0x20) : c;
}

/* Whether the text is this media type, which spaces or parameters may follow. */
static bool is_media_type(const BYTE *text, size_t length, const char *type)
{
    size_t i, count = strlen(type);

    if (length < count)
        return false;
    for (i = 0; i < count; i++)
        if (lower(text[i]) != (BYTE)type[i])
            return false;
    return length == count || text[count] == ';' || text[count] == ' ' || text[count] == '\t';
}

/* Whether there is this word, in small letters, anywhere. */
static bool contains(const BYTE *text, size_t length, const char *word)
{
    size_t i, matched, count = strlen(word);

    for (i = 0; i + count <= length; i++)
    {
        for (matched = 0; matched < count && lower(text[i + matched]) == (BYTE)word[matched]; matched++)
            ;
        if (matched == count)
            return true;
    }
    return false;
}

bool framing_read_content_type(const BYTE *text, size_t length, enum framing_encoding *known)
{
    bool older = is_media_type(text, length, "text/xml");

    if (older || is_media_type(text, length, "application/soap+xml"))
    {
        /* The bytes of the document say which UTF-16 it is. */
        bool wide =
            contains(text, length, "utf-16") || contains(text, length, "utf16") || contains(text, length, "unicode");

        *known = older ? (wide ? FRAMING_SOAP_1_1_UTF16 : FRAMING_SOAP_1_1_UTF8)
                       : (wide ? FRAMING_SOAP_1_2_UTF16 : FRAMING_SOAP_1_2_UTF8);
        return true;
    }
    *known = is_media_type(text, length, "multipart/related")                ? FRAMING_MTOM
             : is_media_type(text, length, "application/soap+msbinsession1") ? FRAMING_BINARY_SESSION
                                                                             : FRAMING_BINARY;
    return *known != FRAMING_BINARY || is_media_type(text, length, "application/soap+msbin1");
}

bool framing_can_read(enum framing_encoding own, enum framing_encoding other)
{
    if (own <= FRAMING_SOAP_1_1_UTF16LE)
        return other <= FRAMING_SOAP_1_1_UTF16LE;
    if (own <= FRAMING_SOAP_1_2_UTF16LE)
        return other > FRAMING_SOAP_1_1_UTF16LE && other <= FRAMING_SOAP_1_2_UTF16LE;
    return own == other;
}
