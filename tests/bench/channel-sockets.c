/* SPDX-License-Identifier: MIT */
/*
 * channel-sockets.c - see channel.h: as many bytes as messages have, between blocking sockets with TCP_NODELAY. One
 * call sends, and one receives if all bytes are there. It is what nothing above sockets can beat.
 */
#define _GNU_SOURCE /* barriers */
#include "channel.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "limit.h"

/* --- What all share --- */

void channel_check(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "channel: %s has failed\n", what);
    exit(1);
}

void channel_thread(pthread_t *thread, void *(*run)(void *argument), void *argument)
{
    channel_check(!pthread_create(thread, NULL, run, argument), "starting a thread");
}

const char *channel_text(size_t characters)
{
    static char texts[3][1 << 17];
    static size_t lengths[3];
    size_t i;

    channel_check(characters < sizeof(texts[0]), "a text of that length");
    for (i = 0; lengths[i] != characters && lengths[i]; i++)
        channel_check(i < 2, "a fourth text");
    if (!lengths[i])
    {
        memset(texts[i], 'x', characters);
        lengths[i] = characters;
    }
    return texts[i];
}

void channel_start_init(struct channel_start *start, unsigned clients)
{
    channel_check(!pthread_barrier_init(&start->ready, NULL, clients + 1) &&
                      !pthread_barrier_init(&start->go, NULL, clients + 1),
                  "a barrier");
}

void channel_ready(struct channel_start *start)
{
    pthread_barrier_wait(&start->ready);
    pthread_barrier_wait(&start->go);
}

void channel_go(struct channel_start *start)
{
    pthread_barrier_wait(&start->ready);
    start->begun = channel_begin();
    pthread_barrier_wait(&start->go);
}

void channel_start_free(struct channel_start *start)
{
    pthread_barrier_destroy(&start->ready);
    pthread_barrier_destroy(&start->go);
}

/* --- Sockets --- */

static int listen_at(struct sockaddr_in *address)
{
    int file = socket(AF_INET, SOCK_STREAM, 0);
    socklen_t size = sizeof(*address);

    memset(address, 0, sizeof(*address));
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    channel_check(file >= 0 && !bind(file, (struct sockaddr *)address, size) && !listen(file, CHANNEL_CLIENTS) &&
                      !getsockname(file, (struct sockaddr *)address, &size),
                  "a listening socket");
    return file;
}

unsigned channel_port(void)
{
    struct sockaddr_in address;

    close(listen_at(&address));
    return ntohs(address.sin_port);
}

static void connect_both(int *client, int *server)
{
    struct sockaddr_in address;
    int listener = listen_at(&address), on = 1;

    *client = socket(AF_INET, SOCK_STREAM, 0);
    channel_check(*client >= 0 && !connect(*client, (struct sockaddr *)&address, sizeof(address)) &&
                      (*server = accept(listener, NULL, NULL)) >= 0,
                  "a connection");
    setsockopt(*client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(*server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    close(listener);
}

/* --- Requests and replies --- */

struct bare
{
    const struct job *job;
    struct channel_start *start;
    bool polled;
    int client, server;
    pthread_t client_thread, server_thread;
    double end;
};

static void send_all(int file, const char *bytes, size_t length)
{
    ssize_t sent;

    for (; length; bytes += sent, length -= (size_t)sent)
        channel_check((sent = send(file, bytes, length, MSG_NOSIGNAL)) > 0, "sending");
}

/* False at the end. */
static bool receive_all(int file, bool polled, char *bytes, size_t length)
{
    struct pollfd wait = {file, POLLIN, 0};
    ssize_t received;

    if (polled)
        channel_check(poll(&wait, 1, 30000) == 1, "polling");
    for (; length; bytes += received, length -= (size_t)received)
        if ((received = recv(file, bytes, length, 0)) <= 0)
            return false;
    return true;
}

static void *serve(void *argument)
{
    struct bare *bare = argument;
    char *bytes = malloc(bare->job->wire);

    while (receive_all(bare->server, bare->polled, bytes, bare->job->wire))
        send_all(bare->server, bytes, bare->job->wire);
    free(bytes);
    return NULL;
}

static void *request(void *argument)
{
    struct bare *bare = argument;
    char *bytes = calloc(1, bare->job->wire);
    unsigned i;

    for (i = 0; i < bare->job->requests + 10; i++)
    {
        if (i == 10)
            channel_ready(bare->start);
        send_all(bare->client, bytes, bare->job->wire);
        channel_check(receive_all(bare->client, bare->polled, bytes, bare->job->wire), "receiving");
    }
    bare->end = channel_end();
    free(bytes);
    return NULL;
}

double channel_sockets(const struct job *job, bool polled)
{
    struct bare bares[CHANNEL_CLIENTS];
    struct channel_start start;
    double end = 0;
    unsigned i;

    channel_start_init(&start, job->clients);
    for (i = 0; i < job->clients; i++)
    {
        bares[i].job = job;
        bares[i].start = &start;
        bares[i].polled = polled;
        connect_both(&bares[i].client, &bares[i].server);
        channel_thread(&bares[i].server_thread, serve, &bares[i]);
        channel_thread(&bares[i].client_thread, request, &bares[i]);
    }
    channel_go(&start);
    for (i = 0; i < job->clients; i++)
    {
        pthread_join(bares[i].client_thread, NULL);
        close(bares[i].client);
        pthread_join(bares[i].server_thread, NULL);
        close(bares[i].server);
        end = bares[i].end > end ? bares[i].end : end;
    }
    channel_start_free(&start);
    return (end - start.begun) / ((double)job->requests * job->clients);
}

/* --- A stream --- */

static void *take_stream(void *argument)
{
    static char piece[CHANNEL_PIECE];
    const int *file = argument;

    while (recv(*file, piece, sizeof(piece), 0) > 0)
        ;
    return NULL;
}

double channel_sockets_stream(size_t bytes)
{
    static const char piece[CHANNEL_PIECE];
    int client, server;
    pthread_t thread;
    double begun;
    size_t sent;

    connect_both(&client, &server);
    channel_thread(&thread, take_stream, &server);
    begun = channel_begin();
    for (sent = 0; sent < bytes; sent += sizeof(piece))
        send_all(client, piece, sizeof(piece));
    shutdown(client, SHUT_WR);
    pthread_join(thread, NULL);
    begun = channel_end() - begun;
    close(client);
    close(server);
    return begun;
}
