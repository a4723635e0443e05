/* SPDX-License-Identifier: MIT */
/*
 * message.h - for tests of messages: what is in the header buffer, or has been written, compared with a text in which
 * long names are short:
 *
 *     {E11} {E12}    the namespaces of SOAP 1.1 and 1.2
 *     {A09} {A10}    those of WS-Addressing of August 2004 and 1.0
 *     {AN}           that of headers without addressing
 *     {ID}           any ID of a message, 45 characters: urn:uuid: and a GUID
 */
#ifndef WS_SUPPORT_MESSAGE_H
#define WS_SUPPORT_MESSAGE_H

#include "support/reader.h"
#include "support/writer.h"

#define E11 "http://schemas.xmlsoap.org/soap/envelope/"
#define E12 "http://www.w3.org/2003/05/soap-envelope"
#define A09 "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define A10 "http://www.w3.org/2005/08/addressing"
#define AN  "http://schemas.microsoft.com/ws/2005/05/addressing/none"

#define SOAP11    WS_ENVELOPE_VERSION_SOAP_1_1
#define SOAP12    WS_ENVELOPE_VERSION_SOAP_1_2
#define NO_SOAP   WS_ENVELOPE_VERSION_NONE
#define ADDR09    WS_ADDRESSING_VERSION_0_9
#define ADDR10    WS_ADDRESSING_VERSION_1_0
#define TRANSPORT WS_ADDRESSING_VERSION_TRANSPORT

/* Every pair of versions that a message can have. */
struct message_version
{
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
};
#define MESSAGE_VERSIONS 7u
extern const struct message_version message_versions[MESSAGE_VERSIONS];

WS_MESSAGE *create_message(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing);

/* One that has been initialized. */
WS_MESSAGE *new_message(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing,
                        WS_MESSAGE_INITIALIZATION initialization);

/* Properties. */
WS_MESSAGE_STATE state_of(WS_MESSAGE *message);
BOOL is_addressed(WS_MESSAGE *message);
BOOL is_fault(WS_MESSAGE *message);
WS_XML_BUFFER *header_buffer(WS_MESSAGE *message);

/* The text of an XML buffer, good until the next call. */
const char *buffer_text(WS_XML_BUFFER *buffer);

/* Whether a text is what the short form stands for. */
bool is_text(const char *text, size_t length, const char *shortened);

/* The same text in full, good until the next but seven calls: for what is read. */
const char *in_full(const char *shortened);

#define expect_text(text_, length_, shortened) \
    do \
    { \
        const char *text_is = (text_); \
        size_t length_is = (length_); \
        if (!is_text(text_is, length_is, shortened)) \
            test_fail(__FILE__, __LINE__, "it is %.*s, not %s", (int)length_is, text_is, shortened); \
    } while (0)

/* The header buffer. */
#define expect_headers(message, shortened) \
    do \
    { \
        const char *headers_are = buffer_text(header_buffer(message)); \
        expect_text(headers_are, strlen(headers_are), shortened); \
    } while (0)

/* What has been written. */
#define expect_written(writer, shortened) \
    do \
    { \
        WS_BYTES written_ = get_bytes(writer); \
        expect_text((const char *)written_.bytes, written_.length, shortened); \
    } while (0)

/* A reader at the beginning of a text. */
WS_XML_READER *reader_of(const char *shortened);

/* A message that is being read from a text. */
WS_MESSAGE *read_message(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing, WS_XML_READER *reader);

/* Sets a header of a type that is a string. */
void set_text_header(WS_MESSAGE *message, WS_HEADER_TYPE type, const char *text);

/* Gets one: its characters, good until the message is reset; "": it is not there. */
const char *text_header(WS_MESSAGE *message, WS_HEADER_TYPE type);

/* A header or a body: an element "h" or "p" of the namespace "urn:x", a string or a structure with a number. */
struct point
{
    ULONG n;
};
extern const WS_ELEMENT_DESCRIPTION string_header, point_body;
void add_string_header(WS_MESSAGE *message, const char *text, ULONG attributes);

/* An address with a URL, and with headers that are a text, in a heap; NULL: none. */
WS_ENDPOINT_ADDRESS make_address(WS_HEAP *heap, const WCHAR *url, const char *headers);

#endif
