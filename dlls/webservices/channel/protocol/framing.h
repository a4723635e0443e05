/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * framing.h - .NET Message Framing, [MC-NMF]: the records between which messages go over net.tcp and net.pipe. Bytes in,
 * events out, from both ends; no I/O, and no memory. What is sent is put together by the functions below.
 *
 *     initiator                                    receiver
 *     version mode via encoding [upgrade]   --->
 *                                           <---   [upgrade response]
 *     preamble end                          --->
 *                                           <---   acknowledgement, or a fault record
 *     envelopes ...                         <-->   envelopes ...
 *     end                                   <-->   end
 *
 * An envelope comes in one record that says its size, or in chunks. [MC-NMF] has the former in duplex mode and the
 * latter in singleton unsized mode; both are taken in both.
 *
 * The machine looks at a record at a time, and wants the ones of the preamble whole; they are bounded by the limits
 * below. Payloads of envelopes are handed on as they come.
 */
/* clang-format on */
#ifndef WS_CHANNEL_PROTOCOL_FRAMING_H
#define WS_CHANNEL_PROTOCOL_FRAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

/* [MC-NMF] section 2.2.1. */
enum framing_record
{
    FRAMING_RECORD_VERSION,
    FRAMING_RECORD_MODE,
    FRAMING_RECORD_VIA,
    FRAMING_RECORD_KNOWN_ENCODING,
    FRAMING_RECORD_EXTENSIBLE_ENCODING,
    FRAMING_RECORD_UNSIZED_ENVELOPE,
    FRAMING_RECORD_SIZED_ENVELOPE,
    FRAMING_RECORD_END,
    FRAMING_RECORD_FAULT,
    FRAMING_RECORD_UPGRADE_REQUEST,
    FRAMING_RECORD_UPGRADE_RESPONSE,
    FRAMING_RECORD_PREAMBLE_ACK,
    FRAMING_RECORD_PREAMBLE_END
};

/* Section 2.2.3.2. */
enum framing_mode
{
    FRAMING_SINGLETON_UNSIZED = 1,
    FRAMING_DUPLEX,
    FRAMING_SIMPLEX,
    FRAMING_SINGLETON_SIZED
};

/* Section 2.2.3.4.1. "UTF-16" is that of RFC 2781: big-endian, unless the text says something else. */
enum framing_encoding
{
    FRAMING_SOAP_1_1_UTF8,
    FRAMING_SOAP_1_1_UTF16,
    FRAMING_SOAP_1_1_UTF16LE,
    FRAMING_SOAP_1_2_UTF8,
    FRAMING_SOAP_1_2_UTF16,
    FRAMING_SOAP_1_2_UTF16LE,
    FRAMING_MTOM,
    FRAMING_BINARY,
    FRAMING_BINARY_SESSION
};

/* The longest via, content type or name of an upgrade, and text of a fault, that is taken: as in WCF. */
#define FRAMING_VIA_MAX          2048u
#define FRAMING_CONTENT_TYPE_MAX 256u
#define FRAMING_FAULT_MAX        256u

/* What a failure of the receiver's may be told the initiator with. */
enum framing_fault
{
    FRAMING_NO_FAULT,
    FRAMING_CONNECTION_DISPATCH_FAILED,
    FRAMING_CONTENT_TYPE_INVALID,
    FRAMING_CONTENT_TYPE_TOO_LONG,
    FRAMING_ENDPOINT_ACCESS_DENIED,
    FRAMING_ENDPOINT_NOT_FOUND,
    FRAMING_ENDPOINT_UNAVAILABLE,
    FRAMING_INVALID_RECORD_SEQUENCE,
    FRAMING_MAX_MESSAGE_SIZE_EXCEEDED,
    FRAMING_SERVER_TOO_BUSY,
    FRAMING_SERVICE_ACTIVATION_FAILED,
    FRAMING_UNSUPPORTED_MODE,
    FRAMING_UNSUPPORTED_VERSION,
    FRAMING_UPGRADE_INVALID,
    FRAMING_VIA_TOO_LONG
};

/* --- Reading --- */

enum framing_state
{
    FRAMING_BEFORE_VERSION, /* those of a receiver */
    FRAMING_BEFORE_MODE,
    FRAMING_BEFORE_VIA,
    FRAMING_BEFORE_ENCODING,
    FRAMING_BEFORE_PREAMBLE_END,
    FRAMING_BEFORE_ACK, /* those of an initiator */
    FRAMING_BEFORE_UPGRADE_RESPONSE,
    FRAMING_BETWEEN_ENVELOPES, /* those of both */
    FRAMING_IN_SIZED,
    FRAMING_BEFORE_CHUNK,
    FRAMING_IN_CHUNK,
    FRAMING_ENDED,
    FRAMING_FAILED
};

enum framing_event
{
    FRAMING_NEEDS_MORE,       /* the bytes end within a record: nothing of it has been used */
    FRAMING_VIA,              /* text: UTF-8 */
    FRAMING_KNOWN_ENCODING,   /* encoding */
    FRAMING_CONTENT_TYPE,     /* text: what is put in place of a known encoding */
    FRAMING_UPGRADE,          /* text: the protocol that is asked for; see framing_refuse() */
    FRAMING_UPGRADE_ACCEPTED, /* what the initiator asked for */
    FRAMING_PREAMBLE_END,     /* the receiver acknowledges, or refuses */
    FRAMING_ACK,
    FRAMING_SIZED,        /* an envelope of `size` bytes begins */
    FRAMING_UNSIZED,      /* an envelope begins */
    FRAMING_DATA,         /* some of its bytes */
    FRAMING_ENVELOPE_END, /* there is no more of it */
    FRAMING_END           /* the peer sends no more envelopes */
};

struct framing_input
{
    const BYTE *bytes; /* of FRAMING_DATA, FRAMING_VIA ... */
    size_t length;
    uint32_t size;
    enum framing_encoding encoding;
};

struct framing
{
    enum framing_state state;
    BYTE mode;         /* enum framing_mode: of the initiator its own; of the receiver 0 before it has come */
    uint32_t left;     /* what has not come yet of the sized envelope, or of the chunk */
    uint64_t received; /* of the envelope, without what is left */
    uint64_t largest;  /* how large an envelope may be */
    const char *largest_name;
    enum framing_fault fault; /* of FRAMING_FAILED: what the peer may be told */
};

/* An initiator that has sent its preamble; a receiver that nothing has come for. */
void framing_initiate(struct framing *framing, enum framing_mode mode);
void framing_receive(struct framing *framing);

/* How large an envelope may be, in bytes, and the name of this limit in sentences: before the first envelope. */
void framing_limit(struct framing *framing, uint64_t largest, const char *name);

/*
 * Looks at the next record, or payload. *used is how many of the bytes that was, *event what there was, and *input what
 * comes with it, in place. With FRAMING_NEEDS_MORE, and so with no bytes, nothing is used.
 *
 * WS_E_INVALID_FORMAT: what comes is not what [MC-NMF] has at this place. WS_E_QUOTA_EXCEEDED: it exceeds a limit. Or
 * the code for a fault record, with its text in the sentence. The machine has failed then, and `fault` is what the peer
 * may be told, unless FRAMING_NO_FAULT.
 */
HRESULT framing_read(struct framing *framing, const BYTE *bytes, size_t count, size_t *used, enum framing_event *event,
                     struct framing_input *input, WS_ERROR *error);

/* The peer has closed the connection: S_OK, if it may end here; or else WS_E_ENDPOINT_DISCONNECTED, and how. */
HRESULT framing_close(struct framing *framing, WS_ERROR *error);

/* Whether the machine is in the middle of an envelope. */
static inline bool framing_in_envelope(const struct framing *framing)
{
    return framing->state == FRAMING_IN_SIZED || framing->state == FRAMING_BEFORE_CHUNK ||
           framing->state == FRAMING_IN_CHUNK;
}

/* The receiver does not want what it has got: `fault` says why. */
static inline void framing_refuse(struct framing *framing, enum framing_fault fault)
{
    framing->state = FRAMING_FAILED;
    framing->fault = fault;
}

/* --- Writing --- */

/* The text of a fault record. */
const char *framing_fault_text(enum framing_fault fault);

/*
 * The code for the text of a fault record: WS_E_ENDPOINT_FAILURE for those that have no code of their own.
 */
HRESULT framing_fault_code(const BYTE *text, size_t length);

/* What a preamble consists of. */
struct framing_preamble
{
    enum framing_mode mode;
    const BYTE *via;
    size_t via_length;        /* at most FRAMING_VIA_MAX */
    const char *content_type; /* NULL: `encoding` instead; else at most FRAMING_CONTENT_TYPE_MAX bytes */
    enum framing_encoding encoding;
    const char *upgrade; /* the upgrade to ask for instead of ending the preamble; NULL: none */
};

/* Writes a preamble, with its end unless there is an upgrade; returns how many bytes it has. */
#define FRAMING_PREAMBLE_ROOM (16u + FRAMING_VIA_MAX + 2u * FRAMING_CONTENT_TYPE_MAX)
size_t framing_put_preamble(BYTE to[FRAMING_PREAMBLE_ROOM], const struct framing_preamble *preamble);

/* Writes a fault record; returns how many bytes it has. */
#define FRAMING_FAULT_ROOM (4u + FRAMING_FAULT_MAX)
size_t framing_put_fault(BYTE to[FRAMING_FAULT_ROOM], enum framing_fault fault);

/* Writes what is before an envelope of `size` bytes, up to 31 bits; or before a chunk of it. How many bytes that is. */
#define FRAMING_SIZE_ROOM 6u
size_t framing_put_size(BYTE to[FRAMING_SIZE_ROOM], uint32_t size);
size_t framing_put_chunk(BYTE to[FRAMING_SIZE_ROOM], uint32_t size);

/* --- Encodings --- */

/* Which record says that messages are in this encoding, with envelopes of SOAP 1.1 or 1.2; false: there is none. */
bool framing_find_encoding(WS_ENCODING encoding, WS_ENVELOPE_VERSION version, enum framing_encoding *known);

/*
 * The known encoding that a content type means; false: it means none of them. Of its parameters only the charset
 * counts.
 */
bool framing_read_content_type(const BYTE *text, size_t length, enum framing_encoding *known);

/* The content type of a known encoding, as in WCF. */
const char *framing_content_type(enum framing_encoding known);

/*
 * Whether a receiver whose messages are in one encoding can read those in the other one: text and MTOM in all
 * charsets, for readers find that out.
 */
bool framing_can_read(enum framing_encoding own, enum framing_encoding other);

#endif
