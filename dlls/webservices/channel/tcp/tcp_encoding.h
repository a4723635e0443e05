/* SPDX-License-Identifier: MIT */
/* tcp_encoding.h - sets readers and writers to the encoding of a session. */
#ifndef WS_CHANNEL_TCP_TCP_ENCODING_H
#define WS_CHANNEL_TCP_TCP_ENCODING_H

#include "channel/object/settings.h"
#include "channel/protocol/framing.h"
#include "channel/protocol/framing_strings.h"
#include "webservices.h"

/* What separates the parts of the MTOM packages of a session; no characters: none has been needed yet. */
struct tcp_boundary
{
    WCHAR chars[40];
};

/*
 * Sets a writer to write a message. strings: those of the session, for its encoding. E_OUTOFMEMORY, and what
 * writer_set_output() refuses.
 */
HRESULT tcp_set_writer(WS_XML_WRITER *writer, const struct channel_settings *settings,
                       struct framing_strings_out *strings, struct tcp_boundary *boundary,
                       const WS_XML_WRITER_OUTPUT *output, WS_ERROR *error);

/*
 * Make a reader or a writer, unless the session has one; and take it back after a message. So that an idle session
 * takes little memory, only the first MOST_KEPT are kept for the next message; the others are freed.
 */
HRESULT tcp_make_writer(WS_XML_WRITER **writer, WS_ERROR *error);
void tcp_end_writer(WS_XML_WRITER **writer);
HRESULT tcp_make_reader(WS_XML_READER **reader, WS_ERROR *error);
void tcp_end_reader(WS_XML_READER **reader);

/* Free them in any case. */
void tcp_free_writer(WS_XML_WRITER **writer);
void tcp_free_reader(WS_XML_READER **reader);

/* Sets a reader to read one, in an encoding that framing_can_read() has allowed. */
HRESULT tcp_set_reader(WS_XML_READER *reader, enum framing_encoding encoding, struct framing_strings_in *strings,
                       const WS_XML_READER_INPUT *input, WS_ERROR *error);

#endif
