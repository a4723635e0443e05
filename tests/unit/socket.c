/* SPDX-License-Identifier: MIT */
/* Sockets: connections and datagrams over loopback, in operations of both kinds, and what becomes of failures. */
#include "support/io.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>

/* --- Steps --- */

/* One end of a connection, and what its operation is to do. */
struct end
{
    struct operation operation;
    struct socket socket;
    struct socket *at; /* sending and receiving: its own, or that of another end */
    struct done done;
    ULONG timeout;
    bool begun;

    struct socket *listener; /* accepting */
    struct socket_connect connect;
    WS_BYTES parts[3]; /* sending */
    ULONG part_count;
    size_t sent;
    BYTE *buffer; /* receiving */
    size_t size, received;
    enum receive_hint hint;
    struct network_address from;
    bool truncated;
};

static void init(struct end *end)
{
    memset(end, 0, sizeof(*end));
    end->done = (struct done)DONE_INIT;
    end->timeout = 20000;
    socket_init(&end->socket);
    end->at = &end->socket;
}

static struct end *begin(struct operation *operation)
{
    struct end *end = offset_to(struct end, operation, operation);

    if (!end->begun)
        operation_set_timeout(operation, end->timeout, "TEST_TIMEOUT");
    end->begun = true;
    return end;
}

static HRESULT accept_step(struct operation *operation, WS_ERROR *error)
{
    struct end *end = begin(operation);

    return socket_accept(end->listener, operation, &end->socket, error);
}

static HRESULT connect_step(struct operation *operation, WS_ERROR *error)
{
    struct end *end = offset_to(struct end, operation, operation);

    return socket_connect(&end->connect, operation, &end->socket, error);
}

static HRESULT send_step(struct operation *operation, WS_ERROR *error)
{
    struct end *end = begin(operation);

    return socket_send(end->at, operation, end->parts, end->part_count, &end->sent, error);
}

static HRESULT receive_step(struct operation *operation, WS_ERROR *error)
{
    struct end *end = begin(operation);

    return socket_receive(end->at, operation, end->buffer, end->size, end->hint, &end->received, error);
}

/* Until the buffer is full or the stream ends. */
static HRESULT receive_all_step(struct operation *operation, WS_ERROR *error)
{
    struct end *end = begin(operation);
    size_t now = 1;
    HRESULT hr = S_OK;

    while (end->received < end->size && now)
    {
        hr = socket_receive(end->at, operation, end->buffer + end->received, end->size - end->received, end->hint, &now,
                            error);
        if (hr != S_OK)
            return hr;
        end->received += now;
    }
    return hr;
}

static HRESULT receive_from_step(struct operation *operation, WS_ERROR *error)
{
    struct end *end = begin(operation);

    return socket_receive_from(&end->socket, operation, end->buffer, end->size, &end->received, &end->truncated,
                               &end->from, error);
}

static HRESULT run(struct end *end, operation_step step, WS_ERROR *error)
{
    end->begun = false;
    operation_init(&end->operation, NULL);
    return operation_run(&end->operation, step, NULL, error);
}

/* Asynchronously; if it ends at once, as if the callback had come. */
static void start(struct end *end, operation_step step)
{
    HRESULT hr;

    end->begun = false;
    end->done = (struct done)DONE_INIT;
    operation_init(&end->operation, NULL);
    hr = operation_run(&end->operation, step, &(WS_ASYNC_CONTEXT){on_done, &end->done}, NULL);
    if (hr != WS_S_ASYNC)
        on_done(hr, WS_LONG_CALLBACK, &end->done);
}

static HRESULT wait_for(struct end *end)
{
    expect(counter_wait(&end->done.counter, 1));
    return end->done.result;
}

static void connect_to(struct end *end, const char *host, uint16_t port, WS_IP_VERSION version)
{
    static WCHAR chars[8][80];
    static WS_STRING strings[8];
    static unsigned next;
    unsigned which = next++ % 8;
    ULONG i;

    for (i = 0; host[i]; i++)
        chars[which][i] = (unsigned char)host[i];
    strings[which] = (WS_STRING){i, chars[which]};
    init(end);
    end->connect = (struct socket_connect){
        .host = &strings[which], .port = port, .version = version, .resolve_timeout = 20000, .connect_timeout = 20000};
}

static uint16_t listen_at(struct socket *listener, struct network_address address)
{
    struct network_address local;

    ok(socket_listen(listener, &address, 0, NULL));
    ok(socket_local_address(listener, &local, NULL));
    expect(local.port != 0);
    return local.port;
}

static bool has_ipv6(void)
{
    struct network_address address = network_loopback(NETWORK_IPV6, 0);
    struct socket socket;

    if (socket_listen(&socket, &address, 0, NULL) != S_OK)
        return false;
    socket_close(&socket);
    return true;
}

/* Two ends of a connection. */
static void make_pair(struct end *client, struct end *server)
{
    struct socket listener;

    connect_to(client, "127.0.0.1", listen_at(&listener, network_loopback(NETWORK_IPV4, 0)), WS_IP_VERSION_AUTO);
    ok(run(client, connect_step, NULL));
    init(server);
    server->listener = &listener;
    ok(run(server, accept_step, NULL));
    socket_close(&listener);
}

static void finish(void)
{
    operation_release_threads();
}

static bool says(WS_ERROR *error, const char *words)
{
    WS_STRING sentence;
    size_t i, j;

    if (!error_newest(error, &sentence))
        return false;
    for (i = 0; i + strlen(words) <= sentence.length; i++)
    {
        for (j = 0; words[j] && sentence.chars[i + j] == (WCHAR)words[j];)
            j++;
        if (!words[j])
            return true;
    }
    return false;
}

/* --- Addresses --- */

static bool parse(const char *text, WS_IP_VERSION version, struct network_address *address)
{
    WCHAR chars[100];
    WS_STRING host = {0, chars};

    for (; text[host.length]; host.length++)
        chars[host.length] = (unsigned char)text[host.length];
    return network_parse(&host, 80, version, address);
}

TEST(literal_addresses)
{
    static const char *const good[][2] = {
        {"127.0.0.1", "127.0.0.1:80"},
        {"255.0.010.1", "255.0.10.1:80"},
        {"::1", "[::1]:80"},
        {"[::1]", "[::1]:80"},
        {"::", "[::]:80"},
        {"1::", "[1::]:80"},
        {"fe80::1%7", "[fe80::1%7]:80"},
        {"2001:db8:0:0:1:0:0:1", "[2001:db8::1:0:0:1]:80"},
        {"2001:DB8::ffff:0", "[2001:db8::ffff:0]:80"},
        {"1:2:3:4:5:6:7:8", "[1:2:3:4:5:6:7:8]:80"},
        {"1:2:3:4:5:6:7::", "[1:2:3:4:5:6:7:0]:80"},
        {"1:0:3:0:0:0:7:0", "[1:0:3::7:0]:80"},
        {"64:ff9b::192.0.2.33", "[64:ff9b::c000:221]:80"},
    };
    static const char *const bad[] = {"",
                                      "localhost",
                                      "1.2.3",
                                      "1.2.3.4.5",
                                      "1.2.3.256",
                                      "1.2.3.4444",
                                      "0x7f.1.2.3",
                                      "127.1",
                                      "1.2.3.4 ",
                                      ":",
                                      ":::",
                                      "1::2::3",
                                      "1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1:2:3:4:5:6:7:8::",
                                      "::1:2:3:4:5:6:7:8",
                                      "12345::",
                                      "::g",
                                      "[::1",
                                      "[",
                                      "[]",
                                      "::1]",
                                      "::1%",
                                      "::1%lo",
                                      "::1.2.3",
                                      "1:",
                                      "::1:"};
    struct network_address address;
    size_t i;

    for (i = 0; i < sizeof(good) / sizeof(*good); i++)
    {
        expect(parse(good[i][0], WS_IP_VERSION_AUTO, &address));
        if (strcmp(network_address_text(&address).text, good[i][1]))
            test_fail(__FILE__, __LINE__, "%s: %s", good[i][0], network_address_text(&address).text);
    }
    for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        if (parse(bad[i], WS_IP_VERSION_AUTO, &address))
            test_fail(__FILE__, __LINE__, "%s: %s", bad[i], network_address_text(&address).text);
    expect(!parse("127.0.0.1", WS_IP_VERSION_6, &address) && parse("127.0.0.1", WS_IP_VERSION_4, &address));
    expect(!parse("::1", WS_IP_VERSION_4, &address) && parse("::1", WS_IP_VERSION_6, &address));
}

TEST(kinds_of_addresses)
{
    struct network_address a, b;

    expect(parse("127.3.2.1", WS_IP_VERSION_AUTO, &a) && network_is_loopback(&a) && !network_is_any(&a));
    expect(parse("::1", WS_IP_VERSION_AUTO, &a) && network_is_loopback(&a) && !network_is_multicast(&a));
    expect(parse("239.255.255.250", WS_IP_VERSION_AUTO, &a) && network_is_multicast(&a) && !network_is_loopback(&a));
    expect(parse("ff02::c", WS_IP_VERSION_AUTO, &a) && network_is_multicast(&a));
    expect(parse("0.0.0.0", WS_IP_VERSION_AUTO, &a) && network_is_any(&a));
    a = network_any(WS_IP_VERSION_AUTO, 7);
    expect(network_is_any(&a) && !strcmp(network_address_text(&a).text, "[::]:7"));
    a = (struct network_address){0};
    expect(!strcmp(network_address_text(&a).text, "no address") && !network_is_any(&a));
    expect(parse("fe80::1%2", WS_IP_VERSION_AUTO, &a) && parse("fe80::1", WS_IP_VERSION_AUTO, &b));
    expect(network_host_equal(&a, &b) && network_address_equal(&a, &b));
    b.port++;
    expect(network_host_equal(&a, &b) && !network_address_equal(&a, &b));
    expect(parse("fe80::1%3", WS_IP_VERSION_AUTO, &b) && !network_host_equal(&a, &b));
    expect(parse("1.2.3.4", WS_IP_VERSION_AUTO, &b) && !network_host_equal(&a, &b));
}

TEST(addresses_as_the_system_has_them)
{
    struct network_address address;
    BYTE storage[128], zeroes[128] = {0};
    uint16_t family;
    char name[256];

    expect(parse("192.0.2.1", WS_IP_VERSION_AUTO, &address));
    memset(storage, 1, sizeof(storage));
    network_address_store(&address, storage, sizeof(storage));
    memcpy(&family, storage, sizeof(family));
    expect(family == 2 && !memcmp(storage + 2, "\0\x50\xc0\0\2\1", 6) && !memcmp(storage + 8, zeroes, 120));
    expect(network_host_name(name, sizeof(name)) == strlen(name) && *name);
    expect(network_host_name(name, 1) == 0 && !*name);
    expect(clock_utc_seconds() > 1700000000u);
}

/* --- Connections --- */

TEST(bytes_there_and_back)
{
    struct end client, server;
    BYTE buffer[32], more[32];

    make_pair(&client, &server);
    socket_set_keep_alive(&client.socket, true, 30000, 500);
    socket_set_no_delay(&client.socket, false);
    socket_set_no_delay(&client.socket, true);
    client.parts[0] = (WS_BYTES){3, (BYTE *)"abc"};
    client.parts[1] = (WS_BYTES){0, NULL};
    client.parts[2] = (WS_BYTES){4, (BYTE *)"defg"};
    client.part_count = 3;
    ok(run(&client, send_step, NULL));
    expect_size(7, client.sent);
    server.buffer = buffer;
    server.size = 7;
    ok(run(&server, receive_all_step, NULL));
    expect(!memcmp(buffer, "abcdefg", 7));

    client.buffer = more;
    client.size = sizeof(more);
    client.hint = RECEIVE_SURELY_NOT;
    start(&client, receive_step);
    expect_size(0, counter_get(&client.done.counter));
    server.parts[0] = (WS_BYTES){5, (BYTE *)"reply"};
    server.part_count = 1;
    ok(run(&server, send_step, NULL));
    ok(wait_for(&client));
    expect(client.received == 5 && !memcmp(more, "reply", 5));

    /* The end of the stream, as often as one asks. */
    ok(socket_shutdown(&client.socket, NULL));
    ok(run(&server, receive_step, NULL));
    expect_size(0, server.received);
    ok(run(&server, receive_step, NULL));
    expect_size(0, server.received);
    socket_close(&client.socket);
    socket_close(&server.socket);
    finish();
}

static void send_after(void *argument)
{
    struct end *end = argument;

    on_done(run(end, send_step, NULL), WS_LONG_CALLBACK, &end->done);
}

TEST(blocks_until_there_are_bytes)
{
    static struct end client, server;
    BYTE buffer[8];
    int i;

    make_pair(&client, &server);
    client.parts[0] = (WS_BYTES){1, (BYTE *)"x"};
    client.part_count = 1;
    for (i = 0; i < 50; i++)
    {
        client.sent = 0;
        client.done = (struct done)DONE_INIT;
        server.buffer = buffer;
        server.size = sizeof(buffer);
        server.hint = i % 2 ? RECEIVE_SURELY_NOT : RECEIVE_MAYBE;
        expect(thread_start(send_after, &client));
        ok(run(&server, receive_step, NULL));
        expect_size(1, server.received);
        ok(wait_for(&client));
    }
    socket_close(&client.socket);
    socket_close(&server.socket);
    finish();
}

/* More than fits into the buffers of the system, both ways at once: each socket is waited for in both directions. */
TEST(much_in_both_directions)
{
    const size_t size = 8 << 20;
    static struct end ends[2], receivers[2];
    size_t i;
    int k;

    make_pair(&ends[0], &ends[1]);
    for (k = 0; k < 2; k++)
    {
        ends[k].parts[0] = (WS_BYTES){1, (BYTE *)"!"};
        ends[k].parts[1].length = (ULONG)size - 1;
        ends[k].parts[1].bytes = malloc(size - 1);
        for (i = 0; i < size - 1; i++)
            ends[k].parts[1].bytes[i] = (BYTE)(i * 7 + (size_t)k);
        ends[k].part_count = 2;
        init(&receivers[k]);
        receivers[k].at = &ends[k].socket;
        receivers[k].size = size;
        receivers[k].buffer = calloc(1, size);
        start(&receivers[k], receive_all_step);
    }
    for (k = 0; k < 2; k++)
        start(&ends[k], send_step);
    for (k = 0; k < 2; k++)
    {
        ok(wait_for(&ends[k]));
        ok(wait_for(&receivers[k]));
    }
    for (k = 0; k < 2; k++)
    {
        expect_size(size, ends[k].sent);
        expect(receivers[k].buffer[0] == '!' && !memcmp(receivers[k].buffer + 1, ends[!k].parts[1].bytes, size - 1));
        free(receivers[k].buffer);
    }
    for (k = 0; k < 2; k++)
    {
        free(ends[k].parts[1].bytes);
        socket_close(&ends[k].socket);
    }
    finish();
}

TEST(many_parts)
{
    enum
    {
        COUNT = 100
    };
    static BYTE bytes[COUNT], buffer[COUNT];
    static WS_BYTES parts[COUNT];
    struct end client, server;
    size_t i;

    make_pair(&client, &server);
    for (i = 0; i < COUNT; i++)
    {
        bytes[i] = (BYTE)i;
        parts[i] = (WS_BYTES){1, &bytes[i]};
    }
    operation_init(&client.operation, NULL);
    ok(socket_send(&client.socket, &client.operation, parts, COUNT, &client.sent, NULL));
    server.buffer = buffer;
    server.size = COUNT;
    ok(run(&server, receive_all_step, NULL));
    expect(!memcmp(buffer, bytes, COUNT));
    socket_close(&client.socket);
    socket_close(&server.socket);
    finish();
}

TEST(accepts_later)
{
    struct end client, server;
    struct socket listener;
    uint16_t port = listen_at(&listener, network_any(WS_IP_VERSION_AUTO, 0));

    init(&server);
    server.listener = &listener;
    start(&server, accept_step);
    expect_size(0, counter_get(&server.done.counter));
    connect_to(&client, "127.0.0.1", port, WS_IP_VERSION_AUTO);
    start(&client, connect_step);
    ok(wait_for(&client));
    ok(wait_for(&server));
    expect(server.socket.remote.family == NETWORK_IPV4 && network_is_loopback(&server.socket.remote));
    expect(client.socket.remote.port == port);
    socket_close(&client.socket);
    socket_close(&server.socket);
    socket_close(&listener);
    finish();
}

/* The port is there again at once, though the connections of the former listener are still known to the system. */
TEST(listens_again)
{
    struct end client, server;
    struct network_address address = network_loopback(NETWORK_IPV4, 0);
    struct socket listener, other;
    int i;

    for (i = 0; i < 5; i++)
    {
        address.port = listen_at(&listener, address);
        connect_to(&client, "127.0.0.1", address.port, WS_IP_VERSION_AUTO);
        ok(run(&client, connect_step, NULL));
        init(&server);
        server.listener = &listener;
        ok(run(&server, accept_step, NULL));
        expect_hr(WS_E_ADDRESS_IN_USE, socket_listen(&other, &address, 0, NULL));
        expect(!socket_is_open(&other));
        socket_close(&server.socket);
        socket_close(&client.socket);
        socket_close(&listener);
    }
    finish();
}

TEST(localhost_is_both)
{
    struct end client, server;
    struct socket listener;
    int i;

    /* ::1 refuses, or is not there. */
    uint16_t port = listen_at(&listener, network_loopback(NETWORK_IPV4, 0));
    static const char *const names[] = {"localhost", "LOCALHOST.", "some.localhost"};
    for (i = 0; i < 3; i++)
    {
        uint64_t before = clock_now();

        connect_to(&client, names[i], port, WS_IP_VERSION_AUTO);
        ok(run(&client, connect_step, NULL));
        expect(clock_now() - before < 1500);
        expect(client.socket.remote.family == NETWORK_IPV4);
        socket_close(&client.socket);
        connect_to(&client, names[i], port, WS_IP_VERSION_4);
        start(&client, connect_step);
        ok(wait_for(&client));
        socket_close(&client.socket);
        connect_to(&client, names[i], port, WS_IP_VERSION_AUTO);
        start(&client, connect_step);
        ok(wait_for(&client));
        socket_close(&client.socket);
    }
    socket_close(&listener);

    if (has_ipv6())
    {
        port = listen_at(&listener, network_any(WS_IP_VERSION_AUTO, 0));
        connect_to(&client, "localhost", port, WS_IP_VERSION_AUTO);
        ok(run(&client, connect_step, NULL));
        expect(client.socket.remote.family == NETWORK_IPV6);
        init(&server);
        server.listener = &listener;
        ok(run(&server, accept_step, NULL));
        expect(server.socket.remote.family == NETWORK_IPV6 && network_is_loopback(&server.socket.remote));
        socket_close(&client.socket);
        socket_close(&server.socket);
        socket_close(&listener);

        /* Of one version means of that one only. */
        port = listen_at(&listener, network_any(WS_IP_VERSION_6, 0));
        connect_to(&client, "127.0.0.1", port, WS_IP_VERSION_AUTO);
        expect_hr(WS_E_ENDPOINT_NOT_FOUND, run(&client, connect_step, NULL));
        connect_to(&client, "[::1]", port, WS_IP_VERSION_AUTO);
        ok(run(&client, connect_step, NULL));
        socket_close(&client.socket);
        socket_close(&listener);
    }
    finish();
}

/* --- Failures --- */

/* A port at which nobody listens: one that was free a moment ago. */
static uint16_t free_port(void)
{
    struct socket listener;
    uint16_t port = listen_at(&listener, network_loopback(NETWORK_IPV4, 0));

    socket_close(&listener);
    return port;
}

TEST(refused)
{
    struct end client;
    char number[32];
    WS_ERROR *error;
    ULONG code = 0;

    ok(WsCreateError(NULL, 0, &error));
    connect_to(&client, "127.0.0.1", free_port(), WS_IP_VERSION_AUTO);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, run(&client, connect_step, error));
    expect(!socket_is_open(&client.socket));
    snprintf(number, sizeof(number), "port %u of \"127.0.0.1\"", client.connect.port);
    expect(says(error, "nobody listens"));
    ok(WsGetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code)));
    expect(code != 0);
    WsFreeError(error);

    start(&client, connect_step);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, wait_for(&client));
    connect_to(&client, "localhost", client.connect.port, WS_IP_VERSION_AUTO);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, run(&client, connect_step, NULL));
    start(&client, connect_step);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, wait_for(&client));
    finish();
}

TEST(unknown_hosts)
{
    struct end client;
    WS_ERROR *error;

    ok(WsCreateError(NULL, 0, &error));
    /* Names that end so are never known: RFC 6761, section 6.4. */
    connect_to(&client, "nobody.invalid", 80, WS_IP_VERSION_AUTO);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, run(&client, connect_step, error));
    expect(says(error, "nobody.invalid"));
    start(&client, connect_step);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, wait_for(&client));
    connect_to(&client, "", 80, WS_IP_VERSION_AUTO);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, run(&client, connect_step, NULL));
    connect_to(&client, "127.0.0.1", 80, WS_IP_VERSION_6);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, run(&client, connect_step, error));
    expect(says(error, "another version of IP"));
    connect_to(&client, "nobody.invalid", 80, WS_IP_VERSION_AUTO);
    client.connect.resolve_timeout = 0;
    WsResetError(error);
    expect_hr(WS_E_OPERATION_TIMED_OUT, run(&client, connect_step, error));
    expect(says(error, "RESOLVE_TIMEOUT"));
    WsFreeError(error);
    finish();
}

TEST(times_out_receiving)
{
    struct end client, server;
    BYTE buffer[4];
    uint64_t before;

    make_pair(&client, &server);
    client.buffer = buffer;
    client.size = 4;
    client.timeout = 40;
    before = clock_now();
    expect_hr(WS_E_OPERATION_TIMED_OUT, run(&client, receive_step, NULL));
    expect(clock_now() - before >= 40);
    before = clock_now();
    start(&client, receive_step);
    expect_hr(WS_E_OPERATION_TIMED_OUT, wait_for(&client));
    expect(clock_now() - before >= 40);
    /* The connection can still be used. */
    client.timeout = 20000;
    start(&client, receive_step);
    server.parts[0] = (WS_BYTES){2, (BYTE *)"ok"};
    server.part_count = 1;
    ok(run(&server, send_step, NULL));
    ok(wait_for(&client));
    expect_size(2, client.received);
    socket_close(&client.socket);
    socket_close(&server.socket);
    finish();
}

/* A listener whose backlog is full does not answer, on Linux; elsewhere it may refuse, or accept more than it was told.
 */
TEST(times_out_connecting)
{
    static struct end clients[20];
    struct network_address address = network_loopback(NETWORK_IPV4, 0);
    struct socket listener;
    HRESULT hr = S_OK;
    int i, count;

    ok(socket_listen(&listener, &address, 1, NULL));
    ok(socket_local_address(&listener, &address, NULL));
    for (count = 0; count < 20 && hr == S_OK; count++)
    {
        connect_to(&clients[count], "127.0.0.1", address.port, WS_IP_VERSION_AUTO);
        clients[count].connect.connect_timeout = 100;
        hr = run(&clients[count], connect_step, NULL);
    }
    expect(hr == S_OK || hr == WS_E_OPERATION_TIMED_OUT || hr == WS_E_ENDPOINT_NOT_FOUND);
#ifdef __linux__
    expect_hr(WS_E_OPERATION_TIMED_OUT, hr);
    expect(!socket_is_open(&clients[count - 1].socket));
    start(&clients[count - 1], connect_step);
    expect_hr(WS_E_OPERATION_TIMED_OUT, wait_for(&clients[count - 1]));
#endif
    for (i = 0; i < count; i++)
        socket_close(&clients[i].socket);
    socket_close(&listener);
    finish();
}

TEST(disconnected)
{
    struct end client, server;
    BYTE buffer[4] = {0};
    HRESULT hr;
    int i;

    make_pair(&client, &server);
    client.buffer = buffer;
    client.size = 4;
    start(&client, receive_step);
    socket_reset(&server.socket);
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, wait_for(&client));
    socket_close(&client.socket);

    /* Sending notices it, sooner or later, and raises no signal. */
    make_pair(&client, &server);
    socket_close(&server.socket);
    client.parts[0] = (WS_BYTES){4, buffer};
    client.part_count = 1;
    for (i = 0, hr = S_OK; i < 1000 && hr == S_OK; i++)
    {
        client.sent = 0;
        hr = run(&client, send_step, NULL);
    }
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, hr);
    ok(socket_shutdown(&client.socket, NULL));
    socket_close(&client.socket);
    finish();
}

TEST(idle_connections_that_are_stale)
{
    struct end client, server;

    make_pair(&client, &server);
    expect(!socket_is_stale(&client.socket));
    socket_close(&server.socket);
    /* The news takes a moment. */
    client.timeout = 20000;
    client.begun = false;
    client.buffer = (BYTE *)&client.from;
    client.size = 1;
    ok(run(&client, receive_step, NULL));
    expect_size(0, client.received);
    expect(socket_is_stale(&client.socket));
    socket_close(&client.socket);
    finish();
}

/* --- Cancelling --- */

struct cancelled
{
    struct end end;
    operation_step step;
};

static void run_cancelled(void *argument)
{
    struct cancelled *cancelled = argument;

    on_done(operation_run(&cancelled->end.operation, cancelled->step, NULL, NULL), WS_LONG_CALLBACK,
            &cancelled->end.done);
}

TEST(is_cancelled_while_it_waits)
{
    static struct cancelled client;
    static struct end server;
    BYTE buffer[4];
    int i;

    make_pair(&client.end, &server);
    client.step = receive_step;
    client.end.buffer = buffer;
    client.end.size = 4;
    for (i = 0; i < 100; i++)
    {
        client.end.done = (struct done)DONE_INIT;
        operation_init(&client.end.operation, NULL);
        expect(thread_start(run_cancelled, &client));
        operation_cancel(&client.end.operation);
        expect_hr(WS_E_OPERATION_ABORTED, wait_for(&client.end));
    }
    for (i = 0; i < 100; i++)
    {
        start(&client.end, receive_step);
        operation_cancel(&client.end.operation);
        expect_hr(WS_E_OPERATION_ABORTED, wait_for(&client.end));
    }
    socket_close(&client.end.socket);
    socket_close(&server.socket);
    finish();
}

TEST(accepting_is_cancelled)
{
    struct socket listener;
    struct end server;
    uint16_t port = listen_at(&listener, network_any(WS_IP_VERSION_AUTO, 0));

    init(&server);
    server.listener = &listener;
    start(&server, accept_step);
    operation_cancel(&server.operation);
    expect_hr(WS_E_OPERATION_ABORTED, wait_for(&server));
    socket_close(&listener);
    /* The port is closed at once, whatever the reactor is doing. */
    connect_to(&server, "127.0.0.1", port, WS_IP_VERSION_AUTO);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, run(&server, connect_step, NULL));
    finish();
}

/* --- Many --- */

#define PAIRS 1000

static struct end clients[PAIRS], servers[PAIRS];
static BYTE bytes[PAIRS][2];

/* 2,000 sockets wait at once; then each has something to do. */
TEST(many_wait_at_once)
{
    struct socket listener;
    int i, made;
    uint16_t port = listen_at(&listener, network_loopback(NETWORK_IPV4, 0));

    for (made = 0; made < PAIRS; made++)
    {
        connect_to(&clients[made], "127.0.0.1", port, WS_IP_VERSION_AUTO);
        if (run(&clients[made], connect_step, NULL) != S_OK)
            break; /* the system does not allow so many files */
        init(&servers[made]);
        servers[made].listener = &listener;
        if (run(&servers[made], accept_step, NULL) != S_OK)
        {
            socket_close(&clients[made].socket);
            break;
        }
    }
    expect(made >= 100);
    for (i = 0; i < made; i++)
    {
        clients[i].buffer = &bytes[i][0];
        servers[i].buffer = &bytes[i][1];
        clients[i].size = servers[i].size = 1;
        start(&clients[i], receive_step);
        start(&servers[i], receive_step);
    }
    for (i = 0; i < made; i++)
    {
        expect_size(0, counter_get(&clients[i].done.counter));
        operation_cancel(&servers[i].operation);
    }
    for (i = 0; i < made; i++)
        expect_hr(WS_E_OPERATION_ABORTED, wait_for(&servers[i]));
    for (i = made - 1; i >= 0; i--)
    {
        servers[i].parts[0] = (WS_BYTES){1, (BYTE *)"x"};
        servers[i].part_count = 1;
        ok(run(&servers[i], send_step, NULL));
    }
    for (i = 0; i < made; i++)
    {
        ok(wait_for(&clients[i]));
        expect(clients[i].received == 1 && bytes[i][0] == 'x');
        socket_close(&clients[i].socket);
        socket_close(&servers[i].socket);
    }
    socket_close(&listener);
    finish();
}

/* Servers that answer, each by callbacks alone. */
static HRESULT echo_step(struct operation *operation, WS_ERROR *error)
{
    struct end *end = offset_to(struct end, operation, operation);
    HRESULT hr;

    for (;;)
    {
        if (!end->part_count)
        {
            hr = socket_receive(&end->socket, operation, end->buffer, 1, RECEIVE_MAYBE, &end->received, error);
            if (hr != S_OK || !end->received)
                return hr;
            end->parts[0] = (WS_BYTES){1, end->buffer};
            end->part_count = 1;
            end->sent = 0;
        }
        if ((hr = socket_send(&end->socket, operation, end->parts, 1, &end->sent, error)) != S_OK)
            return hr;
        end->part_count = 0;
    }
}

static void talk(void *argument)
{
    struct end *end = argument;
    HRESULT hr = S_OK;
    int i;

    for (i = 0; i < 200 && hr == S_OK; i++)
    {
        BYTE byte = (BYTE)i, answer = 0;

        end->parts[0] = (WS_BYTES){1, &byte};
        end->part_count = 1;
        end->sent = 0;
        end->buffer = &answer;
        end->size = 1;
        end->hint = RECEIVE_SURELY_NOT;
        if ((hr = run(end, send_step, NULL)) == S_OK)
            hr = run(end, receive_step, NULL);
        if (hr == S_OK && (end->received != 1 || answer != byte))
            hr = E_FAIL;
    }
    socket_close(&end->socket);
    on_done(hr, WS_LONG_CALLBACK, &end->done);
}

TEST(clients_at_once)
{
    enum
    {
        COUNT = 16
    };
    int i;

    for (i = 0; i < COUNT; i++)
    {
        make_pair(&clients[i], &servers[i]);
        servers[i].buffer = &bytes[i][0];
        start(&servers[i], echo_step);
    }
    for (i = 0; i < COUNT; i++)
        expect(thread_start(talk, &clients[i]));
    for (i = 0; i < COUNT; i++)
    {
        ok(wait_for(&clients[i]));
        ok(wait_for(&servers[i]));
        socket_close(&servers[i].socket);
    }
    finish();
}

static struct counter in_callback = COUNTER_INIT, may_end = COUNTER_INIT;

static void CALLBACK on_held_up(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    counter_add(&in_callback);
    counter_wait(&may_end, 1);
    on_done(hr, model, state);
}

/* Nor timers, nor whatever else is to be done by the thread that has called the program. */
TEST(a_callback_that_blocks_holds_up_nothing)
{
    struct end client, server, late;
    BYTE buffer[3];
    int i;

    for (i = 0; i < 5; i++)
    {
        make_pair(&client, &server);
        may_end = (struct counter)COUNTER_INIT;
        in_callback = (struct counter)COUNTER_INIT;
        client.buffer = &buffer[0];
        server.buffer = &buffer[1];
        client.size = server.size = 1;
        start(&server, receive_step);
        operation_init(&client.operation, NULL);
        expect_hr(WS_S_ASYNC,
                  operation_run(&client.operation, receive_step, &(WS_ASYNC_CONTEXT){on_held_up, &client.done}, NULL));
        init(&late);
        late.at = &server.socket;
        late.parts[0] = (WS_BYTES){1, (BYTE *)"a"};
        late.part_count = 1;
        ok(run(&late, send_step, NULL));
        expect(counter_wait(&in_callback, 1));
        late.at = &client.socket;
        late.sent = 0;
        ok(run(&late, send_step, NULL));
        ok(wait_for(&server));
        server.timeout = 10;
        start(&server, receive_step);
        expect_hr(WS_E_OPERATION_TIMED_OUT, wait_for(&server));
        counter_add(&may_end);
        ok(wait_for(&client));
        socket_close(&client.socket);
        socket_close(&server.socket);
        if (i == 2)
            finish();
    }
    finish();
}

/* --- Datagrams --- */

static HRESULT send_datagram(struct end *end, const struct network_address *to, const WS_BYTES *parts, ULONG count)
{
    operation_init(&end->operation, NULL);
    return socket_send_to(&end->socket, &end->operation, to, parts, count, NULL);
}

TEST(datagrams)
{
    struct network_address address = network_any(WS_IP_VERSION_AUTO, 0), to;
    WS_BYTES parts[2] = {{2, (BYTE *)"ab"}, {3, (BYTE *)"cde"}};
    struct end client, server;
    BYTE buffer[8];
    int i;

    for (i = 0; i < 2; i++)
    {
        if (i && !has_ipv6())
            break;
        init(&server);
        init(&client);
        ok(socket_open_datagram(&server.socket, &address, false, NULL));
        ok(socket_open_datagram(&client.socket, &address, false, NULL));
        ok(socket_local_address(&server.socket, &to, NULL));
        to = network_loopback(i ? NETWORK_IPV6 : NETWORK_IPV4, to.port);
        server.buffer = buffer;
        server.size = sizeof(buffer);
        start(&server, receive_from_step);
        ok(send_datagram(&client, &to, parts, 2));
        ok(wait_for(&server));
        expect(server.received == 5 && !memcmp(buffer, "abcde", 5) && !server.truncated);
        expect(server.from.family == to.family && network_is_loopback(&server.from));

        /* Back to where it came from, blocking; and an empty one. */
        ok(send_datagram(&server, &server.from, parts, 1));
        ok(send_datagram(&server, &server.from, parts, 0));
        client.buffer = buffer;
        client.size = 1;
        ok(run(&client, receive_from_step, NULL));
        expect(client.received == 1 && buffer[0] == 'a' && client.truncated);
        ok(run(&client, receive_from_step, NULL));
        expect(client.received == 0 && !client.truncated);
        socket_close(&client.socket);
        socket_close(&server.socket);
    }
    finish();
}

/* What nobody receives does not disturb what comes later. */
TEST(lost_datagrams)
{
    WS_BYTES part = {1, (BYTE *)"x"};
    struct network_address address = network_loopback(NETWORK_IPV4, 0), lost, own;
    struct end client;
    BYTE buffer[4];
    int i;

    init(&client);
    ok(socket_open_datagram(&client.socket, &address, false, NULL));
    ok(socket_local_address(&client.socket, &own, NULL));
    lost = network_loopback(NETWORK_IPV4, free_port());
    for (i = 0; i < 3; i++)
        ok(send_datagram(&client, &lost, &part, 1));
    ok(send_datagram(&client, &own, &part, 1));
    client.buffer = buffer;
    client.size = 4;
    ok(run(&client, receive_from_step, NULL));
    expect_size(1, client.received);
    socket_close(&client.socket);
    finish();
}

TEST(datagrams_that_are_too_large)
{
    struct network_address address = network_loopback(NETWORK_IPV4, 0), own;
    struct end client;
    WS_BYTES part = {70000, calloc(1, 70000)};

    init(&client);
    ok(socket_open_datagram(&client.socket, &address, false, NULL));
    ok(socket_local_address(&client.socket, &own, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, send_datagram(&client, &own, &part, 1));
    own.family = NETWORK_IPV6;
    expect_hr(WS_E_ENDPOINT_UNREACHABLE, send_datagram(&client, &own, &part, 1));
    free(part.bytes);
    socket_close(&client.socket);
}

/* Two of one computer receive what is sent to a group; where the system can do multicast at all. */
TEST(multicast)
{
    WS_BYTES part = {5, (BYTE *)"group"};
    struct network_address address = network_any(WS_IP_VERSION_4, 0), group;
    struct end receivers[2], sender;
    uint32_t adapters[16];
    BYTE buffer[8];
    int i;

    (void)network_adapters(NETWORK_IPV4, adapters, 16);
    expect(network_adapters(NETWORK_IPV4, NULL, 0) >= 1);
    expect(parse("239.255.77.77", WS_IP_VERSION_4, &group));
    for (i = 0; i < 2; i++)
    {
        init(&receivers[i]);
        ok(socket_open_datagram(&receivers[i].socket, &address, true, NULL));
        ok(socket_local_address(&receivers[i].socket, &address, NULL));
        address = network_any(WS_IP_VERSION_4, address.port);
        ok(socket_join_group(&receivers[i].socket, &group, adapters[0], NULL));
        ok(socket_join_group(&receivers[i].socket, &group, adapters[0], NULL));
    }
    init(&sender);
    address.port = 0;
    ok(socket_open_datagram(&sender.socket, &address, false, NULL));
    ok(socket_set_multicast(&sender.socket, 1, adapters[0], true, NULL));
    ok(socket_local_address(&receivers[0].socket, &address, NULL));
    group.port = address.port;
    ok(send_datagram(&sender, &group, &part, 1));
    for (i = 0; i < 2; i++)
    {
        receivers[i].buffer = buffer;
        receivers[i].size = sizeof(buffer);
        ok(run(&receivers[i], receive_from_step, NULL));
        expect(receivers[i].received == 5 && !memcmp(buffer, "group", 5));
        socket_leave_group(&receivers[i].socket, &group, adapters[0]);
        socket_close(&receivers[i].socket);
    }
    socket_close(&sender.socket);
    finish();
}

#ifdef WS_DEBUG

/* --- Memory --- */

/* Wherever memory fails, so does what needs it, with E_OUTOFMEMORY, and the next attempt is not the worse for it. */
TEST(no_memory)
{
    static struct end client, server;
    struct socket listener;
    BYTE buffer[1];
    bool failed = true;
    uint16_t port;
    uint32_t i;

    for (i = 0; failed; i++)
    {
        HRESULT hr;

        expect(i < 100);
        /* From the beginning, with nothing that is kept. */
        finish();
        port = listen_at(&listener, network_loopback(NETWORK_IPV4, 0));
        init(&server);
        server.listener = &listener;
        connect_to(&client, i % 2 ? "localhost" : "127.0.0.1", port, WS_IP_VERSION_AUTO);
        memory_fail_after(i / 2);
        start(&server, accept_step);
        hr = run(&client, connect_step, NULL);
        memory_fail_after(MEMORY_NEVER_FAIL);
        expect(hr == S_OK || hr == E_OUTOFMEMORY);
        failed = hr != S_OK;
        if (hr != S_OK)
            operation_cancel(&server.operation);
        hr = wait_for(&server);
        expect(hr == S_OK || hr == E_OUTOFMEMORY || (failed && hr == WS_E_OPERATION_ABORTED));
        if (hr != S_OK && !failed)
        {
            failed = true;
            ok(run(&server, accept_step, NULL));
        }
        if (socket_is_open(&client.socket) && socket_is_open(&server.socket))
        {
            client.buffer = buffer;
            client.size = 1;
            server.parts[0] = (WS_BYTES){1, (BYTE *)"x"};
            server.part_count = 1;
            start(&client, receive_step);
            ok(run(&server, send_step, NULL));
            ok(wait_for(&client));
        }
        socket_close(&client.socket);
        socket_close(&server.socket);
        socket_close(&listener);
    }
    /* A name: the lookup, its thread and the answer. */
    for (i = 0; i < 8; i++)
    {
        HRESULT hr;

        finish();
        connect_to(&client, "nobody.invalid", 1, WS_IP_VERSION_AUTO);
        memory_fail_after(i);
        hr = run(&client, connect_step, NULL);
        memory_fail_after(MEMORY_NEVER_FAIL);
        expect(hr == WS_E_ENDPOINT_NOT_FOUND || hr == E_OUTOFMEMORY);
    }
    finish();
}

#endif
