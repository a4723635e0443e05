/* SPDX-License-Identifier: MIT */
/*
 * http_content_type.h - what the body of an HTTP message is: Content-Type and SOAPAction.
 *
 *   text/xml                         SOAP 1.1, with its action in SOAPAction
 *   application/soap+xml             SOAP 1.2, with its action in a parameter (RFC 3902)
 *   application/soap+msbin1          SOAP 1.2 in the binary encoding ([MC-NBFS])
 *   application/soap+msbinsession1   the same with a dictionary of the session ([MC-NBFSE])
 *   multipart/related                MTOM: type application/xop+xml, start-info is the type of the envelope
 *
 * Parameters come in any order, in quotes or not. Those that are not known are ignored.
 */
#ifndef WS_CHANNEL_PROTOCOL_HTTP_CONTENT_TYPE_H
#define WS_CHANNEL_PROTOCOL_HTTP_CONTENT_TYPE_H

#include "channel/protocol/http_write.h"

enum http_media
{
    HTTP_MEDIA_OTHER,          /* none of those below */
    HTTP_MEDIA_TEXT_XML,       /* text/xml */
    HTTP_MEDIA_SOAP,           /* application/soap+xml */
    HTTP_MEDIA_BINARY,         /* application/soap+msbin1 */
    HTTP_MEDIA_BINARY_SESSION, /* application/soap+msbinsession1 */
    HTTP_MEDIA_MULTIPART       /* multipart/related */
};

/* Parameters without their quotes; bytes NULL: it is not there. */
struct http_content_type
{
    enum http_media media;
    struct mime_text name;    /* type/subtype, as it is written */
    struct mime_text charset; /* of text/xml and application/soap+xml */
    struct mime_text action;  /* of SOAP 1.2 */
    /* Of multipart/related; start is without angle brackets. */
    struct mime_text boundary, start, start_info, root_type;
};

/*
 * Reads a Content-Type.
 *
 * room: as many bytes as the value has: strings that have escapes are put there. Both must last as long as the result.
 * WS_E_INVALID_FORMAT: it is not in the grammar, or one of the parameters above is repeated.
 */
HRESULT http_read_content_type(struct mime_text value, BYTE *room, struct http_content_type *type, WS_ERROR *error);

/*
 * The media type that messages of a version have in an encoding; HTTP_MEDIA_OTHER: there is none: raw bytes, and
 * binary encodings with SOAP 1.1.
 */
enum http_media http_media_of(WS_ENCODING encoding, WS_ENVELOPE_VERSION version);
const char *http_media_name(enum http_media media);

/*
 * Whether a body of a type can be received by a channel: it has the media type of the channel's encoding and version,
 * or in a multipart the root part has. Any can for HTTP_MEDIA_OTHER and for WS_ENVELOPE_VERSION_NONE. A channel of MTOM
 * can receive an envelope that is no multipart, too.
 *
 * type: NULL: there is no Content-Type.
 * *charset: of the envelope, for its reader; automatic if it is not told, or the encoding has none.
 * WS_E_INVALID_FORMAT: it cannot. The sentence begins with a small letter: the caller puts before it what the body is
 *      of, by error_precede(): "The response of http://host/path has a body that ".
 */
HRESULT http_check_content_type(const struct http_content_type *type, WS_ENCODING encoding, WS_ENVELOPE_VERSION version,
                                WS_CHARSET *charset, WS_ERROR *error);

/* What a multipart that is sent says of itself. */
struct http_multipart
{
    struct mime_text boundary, start; /* without angle brackets */
};

/*
 * Writes the value of Content-Type for a message.
 *
 * action: of SOAP 1.2, as parameter; bytes NULL: none.
 * multipart: of MTOM; else NULL.
 */
void http_put_content_type(struct http_output *output, WS_ENCODING encoding, WS_ENVELOPE_VERSION version,
                           struct mime_text action, const struct http_multipart *multipart);

/* The type of the envelope within MTOM, which is its start-info and what the writer puts at the root part. */
const char *http_start_info(WS_ENVELOPE_VERSION version);

/* Writes a SOAPAction: the action in quotes. */
void http_put_soap_action(struct http_output *output, struct mime_text action);

/* What a SOAPAction says, which is in quotes (with some peers, not). Empty: `""`, or there is none. */
struct mime_text http_read_soap_action(struct mime_text value);

#endif
