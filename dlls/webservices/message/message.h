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

/*
 * Functions of messages that go over a channel: as the exported ones of envelopes, for a live message that no callback
 * is using, and without a callback when it is done.
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

#endif
