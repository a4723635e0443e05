/* SPDX-License-Identifier: MIT */
/*
 * message-gsoap.c - see message-gsoap.h.
 *
 * The generated code is included as a system's header is, so that it is not warned about. Bytes go to memory and come
 * from there by gSOAP's callbacks, which cost it nothing.
 */
#define _GNU_SOURCE /* for gSOAP's header */
#include "message-gsoap.h"

#include <stdbool.h>

#include <soapC.c>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* gSOAP's table of prefixes. */
SOAP_NMAC struct Namespace namespaces[] = {
    {"SOAP-ENV", "http://www.w3.org/2003/05/soap-envelope", NULL, NULL},
    {"SOAP-ENC", "http://www.w3.org/2003/05/soap-encoding", NULL, NULL},
    {"xsi", "http://www.w3.org/2001/XMLSchema-instance", NULL, NULL},
    {"xsd", "http://www.w3.org/2001/XMLSchema", NULL, NULL},
    {"wsa5", "http://www.w3.org/2005/08/addressing", NULL, NULL},
    {"o", "http://example.com/order", NULL, NULL},
    {NULL, NULL, NULL, NULL},
};

static struct soap *soap;
static char bytes[16384];
static size_t length, taken;

static int send_bytes(struct soap *context, const char *from, size_t count)
{
    (void)context;
    if (count > sizeof(bytes) - length)
        return SOAP_EOM;
    memcpy(bytes + length, from, count);
    length += count;
    return SOAP_OK;
}

static size_t receive(struct soap *context, char *to, size_t room)
{
    size_t count = length - taken < room ? length - taken : room;

    (void)context;
    memcpy(to, bytes + taken, count);
    taken += count;
    return count;
}

static void check(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "gSOAP: %s: ", what);
    soap_print_fault(soap, stderr);
    exit(1);
}

static void open_soap(void)
{
    soap = soap_new1(SOAP_C_UTFSTRING);
    check(soap != NULL, "open");
    soap->fsend = send_bytes;
    soap->frecv = receive;
}

void gsoap_write_message(void)
{
    struct o__order order = {4711,
                             (char *)"Pencil case",
                             12,
                             3.75,
                             true,
                             (char *)"Berlin",
                             123456789012345u,
                             1264403200,
                             (char *)"delivered in the morning",
                             (char *)"00000001-0002-0003-0405-060708090a0b"};
    struct SOAP_ENV__Header header;

    if (!soap)
        open_soap();
    length = 0;
    memset(&header, 0, sizeof(header));
    soap->header = &header;
    header.wsa5__MessageID = (char *)soap_rand_uuid(soap, "urn:uuid:");
    header.wsa5__To = (char *)"http://example.com/service/1";
    header.wsa5__Action = (char *)"http://example.com/order/place";
    soap->encodingStyle = NULL;
    soap_serializeheader(soap);
    soap_serialize_o__order(soap, &order);
    check(!soap_begin_send(soap) && !soap_envelope_begin_out(soap) && !soap_putheader(soap) &&
              !soap_body_begin_out(soap) && !soap_put_o__order(soap, &order, "o:order", NULL) &&
              !soap_body_end_out(soap) && !soap_envelope_end_out(soap) && !soap_end_send(soap),
          "write");
    soap->header = NULL;
    soap_destroy(soap);
    soap_end(soap);
}

void gsoap_read_message(void)
{
    struct o__order order;

    taken = 0;
    soap->header = NULL;
    soap_begin(soap);
    check(!soap_begin_recv(soap) && !soap_envelope_begin_in(soap) && !soap_recv_header(soap) &&
              !soap_body_begin_in(soap) && soap_get_o__order(soap, &order, "o:order", NULL) &&
              !soap_body_end_in(soap) && !soap_envelope_end_in(soap) && !soap_end_recv(soap),
          "read");
    check(soap->header && soap->header->wsa5__Action && soap->header->wsa5__To && order.id == 4711, "what was read");
    soap_destroy(soap);
    soap_end(soap);
}

void gsoap_both(void)
{
    gsoap_write_message();
    gsoap_read_message();
}

void gsoap_free(void)
{
    if (soap)
        soap_free(soap);
}
