/* SPDX-License-Identifier: MIT */
/* answerer.c - see answerer.h. One thread serves all connections, of which there are few. */
#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
typedef int socklen;
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
typedef int SOCKET;
typedef socklen_t socklen;
#define INVALID_SOCKET (-1)
#define closesocket    close
#define WSAPoll        poll
#endif

#include "support/answerer.h"

#include <stdlib.h>

#define CONNECTIONS_MOST 60
#define BYTES_MOST       ((size_t)1 << 20)

struct peer
{
    SOCKET handle;
    unsigned number;
    char *bytes;
    size_t size;
    bool is_answered; /* early */
};

/* --- Requests --- */

static const char *find_field(const char *head, const char *name)
{
    size_t length = strlen(name);
    const char *line, *end;

    for (line = head; (end = strstr(line, "\r\n")); line = end + 2)
        if (!strncmp(line, name, length) && line[length] == ':')
            return line + length + 2;
    return NULL;
}

const char *request_field(const struct request *request, const char *name)
{
    static char value[1024];
    const char *found = find_field(request->head, name);
    size_t length;

    if (!found)
        return NULL;
    length = (size_t)(strstr(found, "\r\n") - found);
    expect(length < sizeof(value));
    memcpy(value, found, length);
    value[length] = 0;
    return value;
}

/* The size of a whole chunked body; 0: it is not there yet. The chunks are joined at `to`. */
static size_t join_chunks(char *from, size_t size, char *to, size_t *joined)
{
    char *at = from, *end = from + size, *line;
    size_t length;

    for (*joined = 0;;)
    {
        if (!(line = memchr(at, '\n', (size_t)(end - at))))
            return 0;
        length = strtoul(at, NULL, 16);
        at = line + 1;
        if ((size_t)(end - at) < length + 2)
            return 0;
        if (to)
            memmove(to + *joined, at, length);
        *joined += length;
        at += length + 2;
        if (!length)
            return (size_t)(at - from);
    }
}

/* Keeps a request if it is whole. */
static bool take_request(struct answerer *answerer, struct peer *peer)
{
    struct request *request = &answerer->requests[answerer->request_count];
    char *end, *body;
    const char *field;
    size_t head, size, used;

    peer->bytes[peer->size] = 0;
    if (answerer->request_count == REQUESTS_MOST || !(end = strstr(peer->bytes, "\r\n\r\n")))
        return false;
    head = (size_t)(end + 4 - peer->bytes);
    if (head >= sizeof(request->head))
        return false;
    memcpy(request->head, peer->bytes, head);
    request->head[head] = 0;
    body = peer->bytes + head;
    if (find_field(request->head, "Transfer-Encoding"))
    {
        if (!(used = join_chunks(body, peer->size - head, NULL, &size)))
            return false;
    }
    else
        used = size = (field = find_field(request->head, "Content-Length")) ? strtoul(field, NULL, 10) : 0;
    if (peer->size - head < used)
        return false;
    request->body = malloc(size + 1);
    if (find_field(request->head, "Transfer-Encoding"))
        join_chunks(body, used, request->body, &size);
    else
        memcpy(request->body, body, size);
    request->body[size] = 0;
    request->size = size;
    request->connection = peer->number;
    memmove(peer->bytes, body + used, peer->size - head - used);
    peer->size -= head + used;
    return true;
}

/* --- Answers --- */

static void send_all(struct peer *peer, const char *bytes, size_t size, bool slow)
{
#ifdef _WIN32
    const int flags = 0;
#else
    const int flags = MSG_NOSIGNAL;
#endif
    long sent;

    for (; size; bytes += sent, size -= (size_t)sent)
        if ((sent = (long)send(peer->handle, bytes, slow ? 1 : (int)size, flags)) <= 0)
            return;
}

static size_t put_chunks(char *to, const char *body, size_t size)
{
    size_t at, count, length = 0;

    for (at = 0; at < size; at += count)
    {
        count = size - at < 7 ? size - at : 7;
        length += (size_t)sprintf(to + length, "%x;n=\"%u\"\r\n", (unsigned)count, (unsigned)at);
        memcpy(to + length, body + at, count);
        length += count;
        length += (size_t)sprintf(to + length, "\r\n");
    }
    return length + (size_t)sprintf(to + length, "0\r\nTrailer: x\r\n\r\n");
}

static void send_answer(struct peer *peer, const struct answer *answer)
{
    const bool slow = answer->flags & ANSWER_SLOW;
    const char *body = answer->body ? answer->body : "";
    size_t size = answer->size ? answer->size : strlen(body), length;
    char *text;

    if (answer->flags & ANSWER_NEVER)
        return;
    if (answer->raw)
    {
        send_all(peer, answer->raw, strlen(answer->raw), slow);
        return;
    }
    text = malloc(size * 20 + 4096);
    length = (size_t)sprintf(text, "HTTP/1.1 %d Said\r\n", answer->status ? answer->status : 200);
    if (answer->body)
        length += (size_t)sprintf(text + length, "Content-Type: %s\r\n",
                                  answer->type ? answer->type : "text/xml; charset=utf-8");
    length += (size_t)sprintf(text + length, "%s", answer->fields ? answer->fields : "");
    if (answer->flags & ANSWER_CHUNKED)
        length += (size_t)sprintf(text + length, "Transfer-Encoding: chunked\r\n\r\n");
    else if (answer->flags & ANSWER_NO_SIZE)
        length += (size_t)sprintf(text + length, "\r\n");
    else
        length += (size_t)sprintf(text + length, "Content-Length: %u\r\n\r\n", (unsigned)size);
    if (answer->flags & ANSWER_CHUNKED)
        length += put_chunks(text + length, body, size);
    else
    {
        memcpy(text + length, body, size);
        length += size;
    }
    send_all(peer, text, length, slow);
    free(text);
}

static void end_peer(struct peer *peer, bool reset)
{
    struct linger linger = {1, 0};

    if (reset)
        setsockopt(peer->handle, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof(linger));
    closesocket(peer->handle);
    free(peer->bytes);
    memset(peer, 0, sizeof(*peer));
    peer->handle = INVALID_SOCKET;
}

static const struct answer gone = {.status = 410};

/* Answers what has come. False: the connection has ended. */
static bool answer_peer(struct answerer *answerer, struct peer *peer)
{
    for (;;)
    {
        const struct answer *answer =
            answerer->request_count < answerer->answer_count ? &answerer->answers[answerer->request_count] : &gone;
        bool is_early = answer->flags & ANSWER_EARLY && strstr(peer->bytes, "\r\n\r\n") && !peer->is_answered;

        if (is_early)
        {
            peer->is_answered = true;
            send_answer(peer, answer);
            if (answer->flags & ANSWER_CLOSE)
            {
                end_peer(peer, false);
                return false;
            }
        }
        if (!take_request(answerer, peer))
            return true;
        __atomic_add_fetch(&answerer->request_count, 1, __ATOMIC_SEQ_CST);
        if (!peer->is_answered)
            send_answer(peer, answer);
        peer->is_answered = false;
        if (answer->flags & (ANSWER_CLOSE | ANSWER_RESET | ANSWER_NO_SIZE))
        {
            end_peer(peer, answer->flags & ANSWER_RESET);
            return false;
        }
    }
}

/* --- Serving --- */

static void accept_peer(struct answerer *answerer, struct peer *peers)
{
    SOCKET handle = accept((SOCKET)answerer->listener, NULL, NULL);
    int yes = 1, i;

    if (handle == INVALID_SOCKET)
        return;
    setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, (const char *)&yes, sizeof(yes));
    for (i = 0; i < CONNECTIONS_MOST && peers[i].bytes; i++)
        ;
    if (i == CONNECTIONS_MOST || __atomic_load_n(&answerer->stops, __ATOMIC_SEQ_CST))
    {
        closesocket(handle);
        return;
    }
    peers[i].handle = handle;
    peers[i].number = answerer->connection_count++;
    peers[i].bytes = calloc(1, BYTES_MOST);
    peers[i].size = 0;
}

static void receive_from(struct answerer *answerer, struct peer *peer)
{
    long count = (long)recv(peer->handle, peer->bytes + peer->size, (int)(BYTES_MOST - peer->size - 1), 0);

    if (count <= 0)
    {
        end_peer(peer, false);
        return;
    }
    peer->size += (size_t)count;
    answer_peer(answerer, peer);
}

static void serve(void *argument)
{
    struct answerer *answerer = argument;
    struct peer peers[CONNECTIONS_MOST];
    struct pollfd polls[CONNECTIONS_MOST + 1];
    int i, count, place[CONNECTIONS_MOST + 1];

    memset(peers, 0, sizeof(peers));
    for (;;)
    {
        memset(polls, 0, sizeof(polls));
        polls[0].fd = (SOCKET)answerer->listener;
        polls[0].events = POLLIN;
        for (i = 0, count = 1; i < CONNECTIONS_MOST; i++)
            if (peers[i].bytes)
            {
                place[count] = i;
                polls[count].fd = peers[i].handle;
                polls[count++].events = POLLIN;
            }
        if (WSAPoll(polls, (unsigned)count, 20000) < 0)
            break;
        for (i = 1; i < count; i++)
            if (polls[i].revents)
                receive_from(answerer, &peers[place[i]]);
        if (polls[0].revents)
        {
            if (__atomic_load_n(&answerer->stops, __ATOMIC_SEQ_CST))
                break;
            accept_peer(answerer, peers);
        }
    }
    for (i = 0; i < CONNECTIONS_MOST; i++)
        if (peers[i].bytes)
            end_peer(&peers[i], false);
}

void answerer_start(struct answerer *answerer, const struct answer *answers, unsigned count)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen size = sizeof(address);
    SOCKET handle;

    wire_free_port(); /* starts winsock */
    memset(answerer, 0, sizeof(*answerer));
    answerer->answers = answers;
    answerer->answer_count = count;
    expect((handle = socket(AF_INET, SOCK_STREAM, 0)) != INVALID_SOCKET);
    expect(!bind(handle, (struct sockaddr *)&address, sizeof(address)) && !listen(handle, 16));
    expect(!getsockname(handle, (struct sockaddr *)&address, &size));
    answerer->port = ntohs(address.sin_port);
    answerer->listener = (uintptr_t)handle;
    thread_begin(&answerer->thread, serve, answerer);
}

void answerer_end(struct answerer *answerer)
{
    struct wire wire;

    __atomic_store_n(&answerer->stops, 1, __ATOMIC_SEQ_CST);
    wire_connect(&wire, answerer->port);
    thread_join(&answerer->thread);
    wire_close(&wire);
    closesocket((SOCKET)answerer->listener);
}

void answerer_end_after(struct answerer *answerer, unsigned requests)
{
    unsigned i;

    for (i = 0; i < 1000 && __atomic_load_n(&answerer->request_count, __ATOMIC_SEQ_CST) < requests; i++)
        wire_sleep(10);
    answerer_end(answerer);
    expect_size(requests, answerer->request_count);
}

void answerer_free(struct answerer *answerer)
{
    unsigned i;

    for (i = 0; i < answerer->request_count; i++)
        free(answerer->requests[i].body);
}

/* --- Clients --- */

static const WS_XML_STRING op = WS_XML_STRING_VALUE("op"), opr = WS_XML_STRING_VALUE("opr"),
                           ns = WS_XML_STRING_VALUE("urn:x"), act = WS_XML_STRING_VALUE("act"),
                           actr = WS_XML_STRING_VALUE("actr");
static const WS_ELEMENT_DESCRIPTION element_op = {(WS_XML_STRING *)&op, (WS_XML_STRING *)&ns, WS_INT32_TYPE, NULL};
static const WS_ELEMENT_DESCRIPTION element_opr = {(WS_XML_STRING *)&opr, (WS_XML_STRING *)&ns, WS_INT32_TYPE, NULL};
const WS_MESSAGE_DESCRIPTION description_op = {(WS_XML_STRING *)&act, (WS_ELEMENT_DESCRIPTION *)&element_op};
const WS_MESSAGE_DESCRIPTION description_opr = {(WS_XML_STRING *)&actr, (WS_ELEMENT_DESCRIPTION *)&element_opr};

WS_CHANNEL *create_request_channel(const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY all[10];
    ULONG used = 0, i;
    WS_CHANNEL *channel = NULL;
    bool has_envelope = false, has_addressing = false;

    expect(count <= 8);
    for (i = 0; i < count; i++)
    {
        has_envelope |= properties[i].id == WS_CHANNEL_PROPERTY_ENVELOPE_VERSION;
        has_addressing |= properties[i].id == WS_CHANNEL_PROPERTY_ADDRESSING_VERSION;
        all[used++] = properties[i];
    }
    if (!has_envelope)
        all[used++] = (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope)};
    if (!has_addressing)
        all[used++] = (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing)};
    ok(WsCreateChannel(WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, all, used, NULL, &channel, NULL));
    return channel;
}

HRESULT open_request_channel(WS_CHANNEL *channel, const char *url, WS_ERROR *error)
{
    WS_ENDPOINT_ADDRESS address = {.url = {0, NULL}};
    WCHAR chars[1024];
    size_t i;

    for (i = 0; url[i]; i++)
        chars[i] = (BYTE)url[i];
    address.url.chars = chars;
    address.url.length = (ULONG)i;
    return WsOpenChannel(channel, &address, NULL, error);
}

WS_CHANNEL *request_channel(uint16_t port, const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    WS_CHANNEL *channel = create_request_channel(properties, count);
    char url[64];

    sprintf(url, "http://127.0.0.1:%u/x", port);
    ok(open_request_channel(channel, url, NULL));
    return channel;
}

void end_request_channel(WS_CHANNEL *channel)
{
    ok(WsCloseChannel(channel, NULL, NULL));
    WsFreeChannel(channel);
}

HRESULT send_op(WS_CHANNEL *channel, int value, WS_ERROR *error)
{
    WS_MESSAGE *message;
    HRESULT hr;

    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    hr = WsSendMessage(channel, message, &description_op, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, error);
    WsFreeMessage(message);
    return hr;
}

HRESULT receive_opr(WS_CHANNEL *channel, int *value, WS_ERROR *error)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&description_opr};
    WS_MESSAGE *message;
    HRESULT hr;

    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    hr = WsReceiveMessage(channel, message, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, NULL,
                          value, sizeof(*value), NULL, NULL, error);
    WsFreeMessage(message);
    return hr;
}

void exchange(WS_CHANNEL *channel)
{
    int value = 0;

    ok(send_op(channel, -1, NULL));
    ok(receive_opr(channel, &value, NULL));
    expect(value == 7);
}
