/* SPDX-License-Identifier: MIT */
/*
 * answerer.h - a server of HTTP made of bare sockets, for tests of clients: it keeps the requests that come, and
 * answers each with the next answer of a list, as well or as badly as that says. Natively and on Windows.
 *
 * And the client's side of such a test: messages with a body of <op xmlns="urn:x">, an INT32, and the answer <opr>.
 */
#ifndef WS_TEST_ANSWERER_H
#define WS_TEST_ANSWERER_H

#include "support/wire.h"

#define ANSWER_CLOSE   1u  /* closes the connection afterwards */
#define ANSWER_RESET   2u  /* the same, by a reset */
#define ANSWER_SLOW    4u  /* byte by byte */
#define ANSWER_CHUNKED 8u  /* in chunks of 7 bytes, with an extension and a trailer field */
#define ANSWER_NEVER   16u /* nothing comes */
#define ANSWER_NO_SIZE 32u /* without Content-Length: until the end of the connection */
#define ANSWER_EARLY   64u /* as soon as the head is there */

/* An answer: raw bytes, or what makes one. */
struct answer
{
    int status;         /* 0: 200 */
    const char *type;   /* NULL: text/xml; charset=utf-8 */
    const char *fields; /* more of the head, each with its line end; or NULL */
    const char *body;   /* NULL: none */
    unsigned flags;
    const char *raw; /* zero-terminated, instead of all that */
    size_t size;     /* of the body, if it has zero bytes; else 0 */
};

struct request
{
    char head[4096]; /* with its first and its empty line, zero-terminated */
    char *body;      /* zero-terminated */
    size_t size;
    unsigned connection; /* the number of the connection that it came on, from 0 */
};

#define REQUESTS_MOST 512

struct answerer
{
    uint16_t port;
    unsigned request_count, connection_count; /* when it has ended */
    struct request requests[REQUESTS_MOST];

    /* Private. */
    const struct answer *answers;
    unsigned answer_count;
    uintptr_t listener;
    int stops; /* atomic */
    struct test_thread thread;
};

/* Begins to serve, at 127.0.0.1. Requests for which there is no answer get that of status 410. */
void answerer_start(struct answerer *answerer, const struct answer *answers, unsigned count);

/* Ends, when every byte that has been sent was received: afterwards the requests can be looked at. */
void answerer_end(struct answerer *answerer);

/* The same, when so many requests have come. */
void answerer_end_after(struct answerer *answerer, unsigned requests);
void answerer_free(struct answerer *answerer);

/* The value of a field of a request; NULL: it is not there. Good until the next call. */
const char *request_field(const struct request *request, const char *name);

/* --- Clients --- */

#define SOAP11_BODY(body) \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" body "</s:Body></s:Envelope>"
#define SOAP12_BODY(body) \
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>" body "</s:Body></s:Envelope>"
#define ANSWER_BODY SOAP11_BODY("<opr xmlns=\"urn:x\">7</opr>")

/* <op>, action "act"; <opr>, action "actr". */
extern const WS_MESSAGE_DESCRIPTION description_op, description_opr;

/* A channel of SOAP 1.1 with WS_ADDRESSING_VERSION_TRANSPORT and more properties, at most 8. */
WS_CHANNEL *create_request_channel(const WS_CHANNEL_PROPERTY *properties, ULONG count);
HRESULT open_request_channel(WS_CHANNEL *channel, const char *url, WS_ERROR *error);

/* One that is open to a port of this computer, at /x. */
WS_CHANNEL *request_channel(uint16_t port, const WS_CHANNEL_PROPERTY *properties, ULONG count);

/* Closes and frees it; closing must succeed. */
void end_request_channel(WS_CHANNEL *channel);

/* Sends <op> with a value, with a new message. */
HRESULT send_op(WS_CHANNEL *channel, int value, WS_ERROR *error);

/* Receives <opr>. */
HRESULT receive_opr(WS_CHANNEL *channel, int *value, WS_ERROR *error);

/* Both: the answer must be 7. */
void exchange(WS_CHANNEL *channel);

#endif
