/* SPDX-License-Identifier: MIT */
/*
 * incoming.h - the connection of a client, at a server of HTTP: receives its requests, and answers those that nobody
 * else does. Which listener a request is for is http_server.c's business.
 */
#ifndef WS_CHANNEL_HTTP_INCOMING_H
#define WS_CHANNEL_HTTP_INCOMING_H

#include "channel/http/http_connection.h"
#include "channel/protocol/url_prefix.h"

/*
 * How long clients may take, in milliseconds, and how much of a request nobody reads. The API has no properties for
 * them; the numbers are the defaults of Windows' HTTP server, and of servers elsewhere. Tests change them.
 */
struct incoming_limits
{
    ULONG idle;      /* until the first byte of a request has come */
    ULONG head;      /* until the rest of its head has */
    ULONG body;      /* until more of its body has */
    ULONG send;      /* until the client takes more of the answer */
    ULONG linger;    /* until a client that has been refused closes the connection */
    size_t unread;   /* so many bytes of a body that nobody wants are read, to use the connection again */
    size_t requests; /* that wait at one listener to be accepted */
};
extern struct incoming_limits incoming_limits;

enum incoming_phase
{
    INCOMING_IDLE,      /* no byte of a request has come */
    INCOMING_HEAD,      /* some of its head has */
    INCOMING_REQUEST,   /* there is a request, for somebody to answer */
    INCOMING_SKIPPING,  /* it has been answered, and its body is skipped */
    INCOMING_REFUSING,  /* it is answered by incoming_refuse() */
    INCOMING_LINGERING, /* the connection is of no more use, and the client is to close it */
};

struct incoming
{
    struct http_connection connection;
    enum incoming_phase phase;

    /* The request, from incoming_read() to incoming_end(): connection.head, and */
    struct mime_text path, query; /* of the target, as they stand there; query.bytes NULL: there is none */
    bool is_absolute;             /* the target is a URL with a host */
    struct url_target target;     /* what the listener is found by */
    struct network_address local; /* the own address */
    BYTE *text;                   /* holds the texts of target; later, what a refusal sends */
    size_t text_room;
    size_t answer_size;      /* of a refusal */
    struct operation *timed; /* the operation that has the timeout of this phase */

    /* For http_server.c. */
    struct operation operation; /* reads requests, while no channel has the connection */
    struct http_server *server;
    struct http_queue *queue;                       /* of the listener that the request is for */
    struct incoming *next, *previous, *next_queued; /* the server's lock */
    uint64_t parked;                                /* since when nobody reads from it */
    uint64_t id;                                    /* WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID */
    ULONG status;                                   /* to be refused with */
    bool is_reading;                                /* `operation` runs; the server's lock */
};

/* NULL: no memory. */
struct incoming *incoming_create(void);

/* Closes the connection, and frees it. No operation uses it any more. */
void incoming_free(struct incoming *incoming);

/*
 * Receives a request up to its body: head, path, query and target. Resumable; the operation may be another one each
 * time that it is called, if the last one does not wait any more.
 *
 * timed: whether the operation gets the timeouts of this.
 * WS_S_END: the client has closed the connection. Other failures: *status is what to refuse with; 0: not at all.
 */
HRESULT incoming_read(struct incoming *incoming, struct operation *operation, const struct http_limits *limits,
                      bool timed, ULONG *status, WS_ERROR *error);

/*
 * Answers with a status and a line of text, says that the connection is going to be closed, and waits until the client
 * has done so, or for a while: a client that is still sending would lose the answer otherwise. The connection can only
 * be freed afterwards, whatever this returns.
 */
HRESULT incoming_refuse(struct incoming *incoming, struct operation *operation, ULONG status, WS_ERROR *error);

/*
 * In INCOMING_SKIPPING: receives what is left of the request for nothing; INCOMING_IDLE comes next. If there is too
 * much of it, or the body is not valid, it is INCOMING_LINGERING instead, which is S_OK.
 */
HRESULT incoming_skip(struct incoming *incoming, struct operation *operation, WS_ERROR *error);

/* The request has been answered and received to its end: INCOMING_IDLE. */
void incoming_end(struct incoming *incoming);

/* In INCOMING_LINGERING: says that nothing more is sent, and waits until the client has closed the connection. WS_S_END
 */
HRESULT incoming_linger(struct incoming *incoming, struct operation *operation, WS_ERROR *error);

#endif
