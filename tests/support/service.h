/* SPDX-License-Identifier: MIT */
/* service.h - an HTTP service of the API for tests: a listener with one channel, and clients made of sockets (wire.h).
 */
#ifndef WS_TEST_SERVICE_H
#define WS_TEST_SERVICE_H

#include "support/strings.h"
#include "support/wire.h"

struct service
{
    WS_ERROR *error;
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
    WS_HEAP *heap;
    uint16_t port;
    WCHAR url_chars[128];
    WS_STRING url;
};

/* Formats a URL with the port of the service. */
void service_url(struct service *service, const char *format);

/* Creates all of it, and opens the listener at http://+:port/example. */
void service_open(struct service *service, const WS_CHANNEL_PROPERTY *properties, ULONG count);

/* SOAP 1.1 with WS_ADDRESSING_VERSION_TRANSPORT, which most web services speak. */
void service_open_soap11(struct service *service);

/* Closes and frees what is still there. */
void service_close(struct service *service);

/* For the next request: closes the channel, and resets it and the messages. */
void service_next(struct service *service);

/* The message descriptions "ask" and "answer": an element <number xmlns="urn:test"> of int32_t. */
extern const WS_MESSAGE_DESCRIPTION ask, answer;

/* Receives "ask", by WsReceiveMessage. */
HRESULT service_receive(struct service *service, int32_t *number);

/* Answers it, by WsSendReplyMessage. */
HRESULT service_reply(struct service *service, int32_t number);

/* Accepts, receives, answers with twice the number, and closes. */
void service_serve(struct service *service);

/* What string 0 of the error object is, in ASCII; until the next call. */
const char *service_error(struct service *service);

/* A request of SOAP 1.1 with a number; `path` as it is. */
void wire_ask(struct wire *wire, const char *path, int number);

#define ENVELOPE_11(body) \
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" body "</s:Body></s:Envelope>"
#define NUMBER(text) "<number xmlns=\"urn:test\">" text "</number>"

/* Reads a response and compares status and body; NULL: any. */
void expect_response(struct wire *wire, int status, const char *body);

/* An asynchronous call: context.state is one of these. */
struct async
{
    WS_ASYNC_CONTEXT context;
    volatile LONG done;
    HRESULT result;
    WS_CALLBACK_MODEL model;
};
void async_init(struct async *async);

/* The result of a call with the context, which is waited for. */
HRESULT async_wait(struct async *async, HRESULT hr);

#endif
