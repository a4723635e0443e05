/* SPDX-License-Identifier: MIT */
/*
 * message.h - WS_MESSAGE: envelopes of SOAP with their headers and bodies. This is what other folders call; the parts,
 * and what they do, are listed in message_object.h.
 */
#ifndef WS_MESSAGE_MESSAGE_H
#define WS_MESSAGE_MESSAGE_H

#include <stdbool.h>

#include "webservices.h"

/* As WsCreateMessage(), for versions that may also come from a channel. */
HRESULT message_create(WS_ENVELOPE_VERSION envelope, WS_ADDRESSING_VERSION addressing,
                       const WS_MESSAGE_PROPERTY *properties, ULONG count, WS_MESSAGE **ret, WS_ERROR *error);

/* What a message is, beside its headers. */
struct message_facts
{
    WS_MESSAGE_STATE state;
    WS_ENVELOPE_VERSION envelope_version;
    WS_ADDRESSING_VERSION addressing_version;
    bool is_addressed, is_fault;
};

/*
 * Gets them, and says by the way whether the message can be used at all, which the functions below take for granted:
 * E_INVALIDARG: it is not live; WS_E_INVALID_OPERATION: it is running a callback of the program's.
 */
HRESULT message_get_facts(WS_MESSAGE *message, struct message_facts *facts, WS_ERROR *error);

/*
 * The Action of a message that is not EMPTY. What is got stays valid until the message is reset, and is empty if it has
 * none. Failures as WsGetHeader() and WsSetHeader().
 */
HRESULT message_get_action(WS_MESSAGE *message, WS_XML_STRING *action, WS_ERROR *error);
HRESULT message_set_action(WS_MESSAGE *message, const WS_XML_STRING *action, WS_ERROR *error);

/* The same of any header that is a URI: Action, To, MessageID, RelatesTo. */
HRESULT message_get_uri(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_XML_STRING *uri, WS_ERROR *error);

/* As WsInitializeMessage(); `source` is looked at as there. */
HRESULT message_initialize(WS_MESSAGE *message, WS_MESSAGE_INITIALIZATION initialization, WS_MESSAGE *source,
                           WS_ERROR *error);

/* Gives a message that is INITIALIZED a MessageID, unless it has one or its addressing has none. */
HRESULT message_add_id(WS_MESSAGE *message, WS_ERROR *error);

/* Addresses a message that is INITIALIZED and has not been addressed; NULL: nobody in particular. */
HRESULT message_address(WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error);

/* Adds copies of the elements of a buffer as headers to a message that is INITIALIZED. */
HRESULT message_add_headers(WS_MESSAGE *message, const WS_XML_BUFFER *headers, WS_ERROR *error);

/* As WsCheckMustUnderstandHeaders(). */
HRESULT message_check_understood(WS_MESSAGE *message, WS_ERROR *error);

/* As WsWriteBody() in WRITING, and WsReadBody() in READING. */
HRESULT message_write_body(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *description, WS_WRITE_OPTION option,
                           const void *given, ULONG size, WS_ERROR *error);
HRESULT message_read_body(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *description, WS_READ_OPTION option,
                          WS_HEAP *heap, void *to, ULONG size, WS_ERROR *error);

/* The state of a live message, also of one that is held, and whether it is a fault; the reader of the body, in READING;
 * the message's heap. */
WS_MESSAGE_STATE message_state(const WS_MESSAGE *message);
bool message_is_fault(const WS_MESSAGE *message);
WS_ADDRESSING_VERSION message_addressing_version(const WS_MESSAGE *message);
WS_XML_READER *message_body_reader(const WS_MESSAGE *message);
WS_HEAP *message_heap(WS_MESSAGE *message);

/*
 * Between these programs cannot use the message, but free it: that is done by message_let_go(), and nothing of it is
 * left then.
 */
void message_hold(WS_MESSAGE *message);
void message_let_go(WS_MESSAGE *message);

/*
 * Tells whoever writes or reads a message when it is reset or freed, once. Instead of what
 * WsReadEnvelopeStart() and its like are given.
 */
void message_attach(WS_MESSAGE *message, WS_MESSAGE_DONE_CALLBACK gone, void *state);

/*
 * Ends that. A message that is being read or written is DONE then, and neither its reader nor its writer is used any
 * more. No message, one that is not live, and one that is attached to another state: nothing is done.
 */
void message_detach(WS_MESSAGE *message, const void *state);

/*
 * The headers of a message that is not EMPTY that the transport carries beside the envelope.
 *
 * header: NULL: before the first one. *header becomes the next one, of which name and text are got, and stay valid
 * until the message is reset; NULL: there is no other. None of a name is removed meanwhile.
 */
struct mapped_header;
HRESULT message_next_mapped(WS_MESSAGE *message, const struct mapped_header **header, WS_XML_STRING *name,
                            WS_XML_STRING *text, WS_ERROR *error);
HRESULT message_add_mapped(WS_MESSAGE *message, const WS_XML_STRING *name, const WS_XML_STRING *text, WS_ERROR *error);

/*
 * The envelope of a message that goes over a channel, as by the exported functions, but without a callback when it is
 * done.
 *
 * without_addressing: headers in the namespace of the addressing version are left out, since the transport carries what
 * they say: those of WS_ADDRESSING_VERSION_TRANSPORT, over HTTP.
 */
HRESULT message_write_start(WS_MESSAGE *message, WS_XML_WRITER *writer, bool without_addressing, WS_ERROR *error);
HRESULT message_write_end(WS_MESSAGE *message, WS_ERROR *error);

/*
 * READER_STARVED (xml/reader/reader.h): the reader is of a stream, and more of that is needed. After it has been filled
 * the function is called again, and goes on; or the message is reset.
 */
HRESULT message_read_start(WS_MESSAGE *message, WS_XML_READER *reader, WS_ERROR *error);
HRESULT message_read_end(WS_MESSAGE *message, WS_ERROR *error);

/*
 * Reads the fault that is the body of a message in READING, as its facts say, into the message's heap, and records it
 * with the message's action in the error object. The reader has been filled as far as it needs.
 *
 * Returns WS_E_ENDPOINT_FAULT_RECEIVED; or, if the fault cannot be read, as WsReadBody().
 */
HRESULT message_receive_fault(WS_MESSAGE *message, WS_ERROR *error);

#endif
