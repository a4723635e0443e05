/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * message_object.h - what a message consists of, for the files of this folder; see message.h for what others call.
 *
 * A message is a state machine around one XML buffer, the header buffer: the whole envelope, with an empty body.
 *
 *     EMPTY --WsInitializeMessage----> INITIALIZED --WsWriteEnvelopeStart--> WRITING --WsWriteEnvelopeEnd--> DONE
 *       `-----WsReadEnvelopeStart--------------------------------------> READING --WsReadEnvelopeEnd------> DONE
 *
 * WsResetMessage leads from anywhere back to EMPTY. The buffer is there in all states but EMPTY, in the heap of the
 * message, which a reset empties. Its headers are not indexed: a program may change the buffer by itself, and what is
 * looked through is limited by MAX_PROCESSED_HEADERS. That one has been understood is a mark of its node.
 *
 *     message.c            the object: creation, reset, end
 *     message_properties.c what can be got and set
 *     soap.c               names, by version
 *     header_buffer.c      the tree: a new envelope; looking for headers; whom they are for
 *     header_value.c       values of headers, to and from the tree
 *     header.c             standard headers; header_custom.c: those of programs; header_mapped.c: those that are not in
 *                          the envelope, but go with the message in another way
 *     address.c            addressing a message
 *     initialize.c         what a new message has
 *     must_understand.c    what must be understood, and what has been
 *     soap_fault.c         what a fault says of a message that cannot be processed
 *     envelope_write.c, envelope_read.c, body.c    the envelope and its content, on a program's writer or reader
 *
 * Functions look at what is wrong in this order, unless Windows was observed to do otherwise: the message; the arguments;
 * the state; what the arguments contain; the envelope.
 */
/* clang-format on */
#ifndef WS_MESSAGE_MESSAGE_OBJECT_H
#define WS_MESSAGE_MESSAGE_OBJECT_H

#include "base/compiler.h"
#include "base/error.h"
#include "base/heap.h"
#include "message.h"
#include "soap.h"
#include "xml/buffer/buffer.h"
#include "xml/reader/reader.h"

/* How a message was protected and who sent it, for channels to say and programs to ask. */
struct message_security
{
    WS_STRING username;
    WS_BYTES certificate;
    HANDLE tokens[3]; /* of the transport, of an HTTP header, of the message; the message's own */
    WS_XML_BUFFER *saml_assertion;
    WS_SECURITY_CONTEXT *context;
    WS_PROTECTION_LEVEL protection;
};

/* How far an envelope has been read; see envelope_read.c. */
enum envelope_place
{
    BEFORE_ENVELOPE,
    IN_ENVELOPE, /* no header has been there */
    IN_HEADER,
    AFTER_HEADER,
    IN_BODY,
    AFTER_BODY
};

struct _WS_MESSAGE
{
    struct handle handle;
    WS_MESSAGE_STATE state;
    WS_ENVELOPE_VERSION envelope_version;
    WS_ADDRESSING_VERSION addressing_version;
    const struct soap_version *soap;
    const struct addressing_version *addressing;
    ULONG max_headers; /* WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS */

    struct _WS_HEAP heap;
    WS_XML_READER *reader; /* of the header buffer; NULL: a callback has freed it */
    WS_XML_WRITER *writer;
    const struct xml_node *writer_place; /* the writer is before that node already; NULL: it must be moved */

    /* Not in EMPTY: the buffer, and its elements as they were made; a program may have removed them. */
    WS_XML_BUFFER *buffer;
    struct xml_node *envelope, *header, *body;
    struct mapped_header *mapped; /* the first; NULL: none */
    WS_XML_BUFFER *mapped_buffer; /* their values; NULL: there have been none */
    BOOL is_addressed, is_fault;
    struct message_security security;

    /* An envelope that is being read: where it is, and before what the next node of the header goes. */
    enum envelope_place place;
    struct xml_node *next;
    struct reader_surroundings around; /* of the envelope, */
    bool is_inner;                     /* if it is in another element */

    /* The program's. */
    WS_XML_READER *body_reader; /* READING */
    WS_XML_WRITER *body_writer; /* WRITING */
    size_t body_depth;          /* of it, in the body */
    WS_MESSAGE_DONE_CALLBACK done;
    void *done_state;

    /* A callback of the program's is running: nothing but freeing is accepted, and that later. */
    bool busy, free_later;
};

/* --- message.c --- */

/* Whether a message can be used: E_INVALIDARG: it is not live; WS_E_INVALID_OPERATION: a callback is running. */
HRESULT message_refuse(WS_MESSAGE *message, WS_ERROR *error) COLD;
static inline HRESULT message_enter(WS_MESSAGE *message, WS_ERROR *error)
{
    return LIKELY(handle_is(message, HANDLE_MESSAGE) && !message->busy) ? S_OK : message_refuse(message, error);
}

/* The states, as bits. */
#define STATE(name) (1u << WS_MESSAGE_STATE_##name)
#define NOT_EMPTY   (STATE(INITIALIZED) | STATE(READING) | STATE(WRITING) | STATE(DONE))

/* Whether the state is one of those; WS_E_INVALID_OPERATION. */
HRESULT message_wrong_state(const WS_MESSAGE *message, unsigned states, WS_ERROR *error) COLD;
static inline HRESULT message_check_state(const WS_MESSAGE *message, unsigned states, WS_ERROR *error)
{
    return LIKELY(states & (1u << message->state)) ? S_OK : message_wrong_state(message, states, error);
}

/* Bracket what may call back to the program. A message that has been freed meanwhile is gone afterwards. */
static inline void message_begin_use(WS_MESSAGE *message)
{
    message->busy = true;
}
HRESULT message_end_use(WS_MESSAGE *message, HRESULT hr);

#endif
