/* SPDX-License-Identifier: MIT */
/*
 * typed-gsoap.c - see typed-gsoap.h.
 *
 * The generated code is included as a system's header is, so that it is not warned about. Bytes come from memory and go
 * to memory by gSOAP's callbacks, which cost it nothing; strings are UTF-8 as they are in the document.
 */
#define _GNU_SOURCE /* for gSOAP's header */
#include "typed-gsoap.h"

#include <soapC.c>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* gSOAP's table of prefixes. */
SOAP_NMAC struct Namespace namespaces[] = {{"o", "http://example.com/orders", NULL, NULL},
                                           {"g", "http://example.com/goods", NULL, NULL},
                                           {"t", "http://example.com/totals", NULL, NULL},
                                           {"d", "http://example.com/data", NULL, NULL},
                                           {NULL, NULL, NULL, NULL}};

static struct
{
    struct soap *soap;
    const char *in, *in_end;
    char *out;
    size_t out_length, out_room;
    struct o__orders orders;
    struct d__integers integers;
    struct d__doubles doubles;
    struct d__points points;
} state;

static size_t receive(struct soap *soap, char *bytes, size_t room)
{
    size_t count = (size_t)(state.in_end - state.in);

    (void)soap;
    if (count > room)
        count = room;
    memcpy(bytes, state.in, count);
    state.in += count;
    return count;
}

static int send_bytes(struct soap *soap, const char *bytes, size_t count)
{
    (void)soap;
    if (state.out_room - state.out_length < count &&
        !(state.out = realloc(state.out, state.out_room = state.out_room * 2 + count)))
        return SOAP_EOM;
    memcpy(state.out + state.out_length, bytes, count);
    state.out_length += count;
    return SOAP_OK;
}

static void check(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "gSOAP: %s: ", what);
    soap_print_fault(state.soap, stderr);
    exit(1);
}

static double sum_orders(void)
{
    double sum = 0;
    int i, j;

    for (i = 0; i < state.orders.__size; i++)
    {
        const struct o__order *order = &state.orders.o__order[i];

        sum += order->t__total.__item;
        for (j = 0; j < order->o__items.__size; j++)
            sum += order->o__items.g__item[j].g__price.__item + order->o__items.g__item[j].pieces;
    }
    return sum;
}

static double sum_numbers(enum gsoap_document which)
{
    double sum = 0;
    int i;

    switch (which)
    {
    case GSOAP_ORDERS: return sum_orders();
    case GSOAP_INTEGERS:
        for (i = 0; i < state.integers.__size; i++)
            sum += state.integers.d__value[i];
        return sum;
    case GSOAP_DOUBLES:
        for (i = 0; i < state.doubles.__size; i++)
            sum += state.doubles.d__number[i];
        return sum;
    default:
        for (i = 0; i < state.points.__size; i++)
            sum += state.points.d__point[i].d__x + state.points.d__point[i].d__y;
        return sum;
    }
}

double gsoap_read(enum gsoap_document which, const char *text, size_t length)
{
    bool good = false;

    if (!state.soap)
    {
        state.soap = soap_new1(SOAP_C_UTFSTRING | SOAP_ENC_PLAIN);
        state.soap->frecv = receive;
        state.soap->fsend = send_bytes;
    }
    soap_end(state.soap);
    state.in = text;
    state.in_end = text + length;
    check(!soap_begin_recv(state.soap), "begin");
    switch (which)
    {
    case GSOAP_ORDERS: good = soap_get_o__orders(state.soap, &state.orders, "o:orders", NULL) != NULL; break;
    case GSOAP_INTEGERS: good = soap_get_d__integers(state.soap, &state.integers, "d:data", NULL) != NULL; break;
    case GSOAP_DOUBLES: good = soap_get_d__doubles(state.soap, &state.doubles, "d:data", NULL) != NULL; break;
    case GSOAP_POINTS: good = soap_get_d__points(state.soap, &state.points, "d:data", NULL) != NULL; break;
    }
    check(good, "read");
    check(!soap_end_recv(state.soap), "end");
    return sum_numbers(which);
}

size_t gsoap_write(enum gsoap_document which)
{
    int result = SOAP_OK;

    state.out_length = 0;
    check(!soap_begin_send(state.soap), "begin");
    switch (which)
    {
    case GSOAP_ORDERS: result = soap_put_o__orders(state.soap, &state.orders, "o:orders", NULL); break;
    case GSOAP_INTEGERS: result = soap_put_d__integers(state.soap, &state.integers, "d:data", NULL); break;
    case GSOAP_DOUBLES: result = soap_put_d__doubles(state.soap, &state.doubles, "d:data", NULL); break;
    case GSOAP_POINTS: result = soap_put_d__points(state.soap, &state.points, "d:data", NULL); break;
    }
    check(result == SOAP_OK, "write");
    check(!soap_end_send(state.soap), "end");
    return state.out_length;
}

void gsoap_free(void)
{
    if (state.soap)
    {
        soap_end(state.soap);
        soap_free(state.soap);
    }
    free(state.out);
    memset(&state, 0, sizeof(state));
}
