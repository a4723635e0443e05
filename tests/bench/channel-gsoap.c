/* SPDX-License-Identifier: MIT */
/*
 * channel-gsoap.c - see channel.h: the same by gSOAP, over HTTP, with connections that are kept. A server has a thread
 * for each connection, as gSOAP's documentation has it.
 *
 * The generated code is included as a system's header is, so that it is not warned about.
 */
#define _GNU_SOURCE /* for gSOAP's header */
#include "channel.h"

/* gSOAP's library calls what is generated. */
#pragma GCC visibility push(default)
#include <soapC.c>
#include <soapClient.c>
#include <soapServer.c>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limit.h"

/* gSOAP's table of prefixes. */
SOAP_NMAC struct Namespace namespaces[] = {
    {"SOAP-ENV", "http://www.w3.org/2003/05/soap-envelope", NULL, NULL},
    {"SOAP-ENC", "http://www.w3.org/2003/05/soap-encoding", NULL, NULL},
    {"xsi", "http://www.w3.org/2001/XMLSchema-instance", NULL, NULL},
    {"xsd", "http://www.w3.org/2001/XMLSchema", NULL, NULL},
    {"o", "urn:bench", NULL, NULL},
    {NULL, NULL, NULL, NULL},
};

struct client
{
    const struct job *job;
    struct channel_start *start;
    struct soap *client, *server;
    const char *url;
    pthread_t client_thread, server_thread;
    double end;
};

int o__load(struct soap *soap, char *text, char **loaded)
{
    (void)soap;
    *loaded = text;
    return SOAP_OK;
}

static struct soap *new_soap(void)
{
    struct soap *soap = soap_new1(SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE);

    channel_check(soap != NULL, "gSOAP");
    soap_set_namespaces(soap, namespaces);
    soap->max_keep_alive = 0; /* for ever */
    return soap;
}

static void free_soap(struct soap *soap)
{
    soap_destroy(soap);
    soap_end(soap);
    soap_free(soap);
}

static void *serve(void *argument)
{
    struct client *client = argument;

    soap_serve(client->server);
    free_soap(client->server);
    return NULL;
}

static void *request(void *argument)
{
    struct client *client = argument;
    char *text = (char *)channel_text(client->job->characters), *loaded;
    unsigned i;

    for (i = 0; i < client->job->requests + 10; i++)
    {
        if (i == 10)
            channel_ready(client->start);
        if (soap_call_o__load(client->client, client->url, "urn:bench/load", text, &loaded))
        {
            soap_print_fault(client->client, stderr);
            exit(1);
        }
        channel_check(strlen(loaded) == client->job->characters, "what has come back");
        soap_destroy(client->client);
        soap_end(client->client);
    }
    client->end = channel_end();
    return NULL;
}

double channel_gsoap(const struct job *job)
{
    struct client clients[CHANNEL_CLIENTS];
    struct channel_start start;
    struct soap *master = new_soap();
    char url[64];
    unsigned i, port = channel_port();
    double end = 0;

    snprintf(url, sizeof(url), "http://127.0.0.1:%u", port);
    channel_check(soap_valid_socket(soap_bind(master, "127.0.0.1", (int)port, CHANNEL_CLIENTS)), "gSOAP's port");
    channel_start_init(&start, job->clients);
    for (i = 0; i < job->clients; i++)
    {
        clients[i].job = job;
        clients[i].start = &start;
        clients[i].url = url;
        clients[i].client = new_soap();
        channel_thread(&clients[i].client_thread, request, &clients[i]);
        channel_check(soap_valid_socket(soap_accept(master)), "gSOAP's connection");
        clients[i].server = soap_copy(master);
        channel_thread(&clients[i].server_thread, serve, &clients[i]);
    }
    channel_go(&start);
    for (i = 0; i < job->clients; i++)
    {
        pthread_join(clients[i].client_thread, NULL);
        free_soap(clients[i].client);
        pthread_join(clients[i].server_thread, NULL);
        end = clients[i].end > end ? clients[i].end : end;
    }
    channel_start_free(&start);
    free_soap(master);
    return (end - start.begun) / ((double)job->requests * job->clients);
}
