/* SPDX-License-Identifier: MIT */
/* Ports of HTTP listeners: which requests get where, what is refused, and when a port is open. */
#include "support/io.h"
#include "support/wire.h"

#include <stdlib.h>

#include "channel/http/http_server.h"

/* A listener. */
struct test_queue
{
    struct http_queue queue;
    struct operation operation;
    struct http_waiter waiter;
    struct incoming *incoming;
};

static HRESULT try_open(struct test_queue *test, const char *format, uint16_t port)
{
    char text[256];
    WCHAR chars[256];
    WS_STRING url = {0, chars};

    memset(test, 0, sizeof(*test));
    snprintf(text, sizeof(text), format, (unsigned)port);
    for (; text[url.length]; url.length++)
        chars[url.length] = (BYTE)text[url.length];
    test->queue.head_size = http_default_limits.size;
    ok(url_prefix_parse(&url, WS_URL_HTTP_SCHEME_TYPE, &test->queue.prefix, NULL));
    return http_queue_open(&test->queue, NULL);
}

static void open_queue(struct test_queue *test, const char *format, uint16_t port)
{
    ok(try_open(test, format, port));
}

static HRESULT close_step(struct operation *operation, WS_ERROR *error)
{
    struct test_queue *test = offset_to(struct test_queue, operation, operation);

    return http_queue_close(&test->queue, operation, error);
}

static void close_queue(struct test_queue *test)
{
    operation_init(&test->operation, NULL);
    ok(operation_run(&test->operation, close_step, NULL, NULL));
    url_prefix_free(test->queue.prefix);
}

static HRESULT take_step(struct operation *operation, WS_ERROR *error)
{
    struct test_queue *test = offset_to(struct test_queue, operation, operation);
    HRESULT hr = http_queue_take(&test->queue, &test->waiter, operation, &test->incoming, error);

    if (hr != S_OK && hr != OPERATION_WAITS)
        http_queue_leave(&test->queue, &test->waiter);
    return hr;
}

static struct incoming *take(struct test_queue *test)
{
    operation_init(&test->operation, NULL);
    ok(operation_run(&test->operation, take_step, NULL, NULL));
    return test->incoming;
}

static char answer_text[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
static const WS_BYTES answer = {.length = sizeof(answer_text) - 1, .bytes = (BYTE *)answer_text};

static HRESULT answer_step(struct operation *operation, WS_ERROR *error)
{
    struct test_queue *test = offset_to(struct test_queue, operation, operation);

    return http_send(&test->incoming->connection, operation, &answer, 1, error);
}

/* Takes a request and answers it. */
static void serve(struct test_queue *test)
{
    take(test);
    operation_init(&test->operation, NULL);
    ok(operation_run(&test->operation, answer_step, NULL, NULL));
    http_server_give_back(test->incoming);
}

#define POST "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"

static void expect_status(struct wire *wire, int status)
{
    struct response response;

    expect(wire_read(wire, false, &response));
    if (response.status != status)
        test_fail(__FILE__, __LINE__, "status %d, not %d:\n%s%s", response.status, status, response.head,
                  response.body);
    wire_free_response(&response);
}

static void expect_refused(uint16_t port, int status, const char *request)
{
    struct wire wire;

    wire_connect(&wire, port);
    wire_send_bytes(&wire, request, strlen(request));
    expect_status(&wire, status);
    expect(wire_is_closed(&wire));
    wire_close(&wire);
}

/* --- Ports --- */

TEST(port_is_open_as_long_as_it_has_listeners)
{
    const uint16_t port = wire_free_port();
    struct test_queue one, other;
    int i;

    for (i = 0; i < 5; i++)
    {
        open_queue(&one, "http://+:%u/one", port);
        open_queue(&other, "http://+:%u/other", port);
        close_queue(&one);
        expect(wire_can_connect(port));
        close_queue(&other);
        expect(!wire_can_connect(port));
    }
}

TEST(same_url_twice)
{
    const uint16_t port = wire_free_port();
    struct test_queue one, same, other;

    open_queue(&one, "http://+:%u/one/", port);
    expect_hr(WS_E_ADDRESS_IN_USE, try_open(&same, "http://+:%u/ONE", port));
    url_prefix_free(same.queue.prefix);
    open_queue(&other, "http://*:%u/one", port);
    close_queue(&one);
    open_queue(&one, "http://+:%u/one", port);
    close_queue(&one);
    close_queue(&other);
}

TEST(both_families)
{
    const uint16_t port = wire_free_port();
    struct test_queue queue;
    struct wire wire;

    open_queue(&queue, "http://localhost:%u/", port);
    wire_connect(&wire, port);
    wire_send(&wire, POST, "/");
    serve(&queue);
    expect_status(&wire, 200);
    wire_close(&wire);
    if (network_any(WS_IP_VERSION_AUTO, 0).family == NETWORK_IPV6)
    {
        wire_connect_6(&wire, port);
        wire_send(&wire, POST, "/");
        serve(&queue);
        expect_status(&wire, 200);
        wire_close(&wire);
    }
    close_queue(&queue);
}

/* --- Requests --- */

TEST(requests_get_to_the_listener_with_the_longest_path)
{
    const uint16_t port = wire_free_port();
    struct test_queue root, a, ab, host;
    struct wire wire;

    open_queue(&root, "http://*:%u/", port);
    open_queue(&a, "http://+:%u/a", port);
    open_queue(&ab, "http://+:%u/a/b", port);
    open_queue(&host, "http://example.com:%u/x", port);
    wire_connect(&wire, port);
    wire_send(&wire, POST, "/a/c");
    serve(&a);
    expect_status(&wire, 200);
    wire_send(&wire, POST, "/A/B/c?query");
    serve(&ab);
    expect_status(&wire, 200);
    wire_send(&wire, POST, "/x");
    serve(&root);
    expect_status(&wire, 200);
    wire_send(&wire, "POST /x HTTP/1.1\r\nHost: Example.com:%u\r\nContent-Length: 0\r\n\r\n", (unsigned)port);
    serve(&host);
    expect_status(&wire, 200);
    wire_send(&wire, "POST http://example.com/x/y HTTP/1.1\r\nHost: example.com\r\nContent-Length: 0\r\n\r\n");
    serve(&host);
    expect_status(&wire, 200);
    wire_close(&wire);
    close_queue(&root);
    close_queue(&a);
    close_queue(&ab);
    close_queue(&host);
}

TEST(requests_of_a_connection_are_answered_in_their_order)
{
    const uint16_t port = wire_free_port();
    struct test_queue queue;
    struct wire wire;
    int i;

    open_queue(&queue, "http://+:%u/", port);
    wire_connect(&wire, port);
    for (i = 0; i < 20; i++)
        wire_send(&wire, "POST /%d HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", i);
    for (i = 0; i < 20; i++)
    {
        const struct incoming *incoming = take(&queue);

        expect(incoming->path.length > 1 && atoi((const char *)incoming->path.bytes + 1) == i);
        operation_init(&queue.operation, NULL);
        ok(operation_run(&queue.operation, answer_step, NULL, NULL));
        http_server_give_back(queue.incoming);
        expect_status(&wire, 200);
    }
    wire_close(&wire);
    close_queue(&queue);
}

TEST(what_is_refused)
{
    const uint16_t port = wire_free_port();
    struct test_queue queue;
    static char long_head[80000];
    int length;

    open_queue(&queue, "http://+:%u/a", port);
    expect_refused(port, 404, "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
    expect_refused(port, 404, "POST / HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(port, 400, "GARBAGE\r\n\r\n");
    expect_refused(port, 400, "POST /a HTTP/1.1\r\n\r\n");
    expect_refused(port, 400, "POST /a/%00 HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(port, 400, "POST * HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(port, 400, "POST /a HTTP/1.1\r\nHost: h h\r\n\r\n");
    expect_refused(port, 505, "POST /a HTTP/2.0\r\nHost: h\r\n\r\n");
    expect_refused(port, 501, "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n");
    length = snprintf(long_head, sizeof(long_head), "POST /a HTTP/1.1\r\nHost: h\r\nX: ");
    memset(long_head + length, 'x', 70000);
    expect_refused(port, 431, long_head);
    close_queue(&queue);
}

TEST(too_many_requests_that_nobody_accepts)
{
    const uint16_t port = wire_free_port();
    const size_t before = incoming_limits.requests;
    struct test_queue queue;
    struct wire wires[5];
    int i, refused = 0;

    incoming_limits.requests = 3;
    open_queue(&queue, "http://+:%u/", port);
    for (i = 0; i < 5; i++)
    {
        wire_connect(&wires[i], port);
        wire_send(&wires[i], POST, "/");
    }
    /* Which of them come too late does not matter. */
    while (refused < 2)
    {
        refused = 0;
        for (i = 0; i < 5; i++)
            if (!wire_is_quiet(&wires[i], 10))
                refused++;
    }
    for (i = 0; i < 3; i++)
        serve(&queue);
    for (i = 0; i < 5; i++)
    {
        struct response response;

        expect(wire_read(&wires[i], false, &response));
        expect(response.status == 200 || response.status == 503);
        wire_free_response(&response);
        wire_close(&wires[i]);
    }
    close_queue(&queue);
    incoming_limits.requests = before;
}

TEST(requests_that_wait_when_the_listener_is_closed)
{
    const uint16_t port = wire_free_port();
    struct test_queue one, other;
    struct wire waits, taken, idle;
    struct incoming *incoming;

    open_queue(&one, "http://+:%u/one", port);
    open_queue(&other, "http://+:%u/other", port);
    wire_connect(&taken, port);
    wire_send(&taken, POST, "/one");
    incoming = take(&one);
    wire_connect(&idle, port);
    wire_send(&idle, POST, "/other");
    serve(&other);
    expect_status(&idle, 200);
    wire_connect(&waits, port);
    wire_send(&waits, POST, "/one");
    while (!one.queue.count)
        wire_sleep(1);
    close_queue(&one);
    expect_status(&waits, 503);
    expect(wire_is_closed(&waits));
    expect(wire_is_quiet(&idle, 20));
    close_queue(&other);
    expect(wire_is_closed(&idle));
    expect(!wire_can_connect(port));
    /* What a channel has is its own. */
    one.incoming = incoming;
    operation_init(&one.operation, NULL);
    ok(operation_run(&one.operation, answer_step, NULL, NULL));
    http_server_give_back(incoming);
    expect_status(&taken, 200);
    expect(wire_is_closed(&taken));
    wire_close(&waits);
    wire_close(&idle);
    wire_close(&taken);
}

/* --- Accepts --- */

/* An accept beside those of a test_queue. */
struct taker
{
    struct test_queue *test;
    struct operation operation, answering;
    struct http_waiter waiter;
    struct incoming *incoming;
    HRESULT result;
    struct test_thread thread;
};

static HRESULT taker_step(struct operation *operation, WS_ERROR *error)
{
    struct taker *taker = offset_to(struct taker, operation, operation);
    struct http_queue *queue = &taker->test->queue;
    HRESULT hr = http_queue_take(queue, &taker->waiter, operation, &taker->incoming, error);

    if (hr != S_OK && hr != OPERATION_WAITS)
        http_queue_leave(queue, &taker->waiter);
    return hr;
}

static HRESULT taker_answer_step(struct operation *operation, WS_ERROR *error)
{
    struct taker *taker = offset_to(struct taker, answering, operation);

    return http_send(&taker->incoming->connection, operation, &answer, 1, error);
}

static void take_on_thread(void *argument)
{
    struct taker *taker = argument;

    if ((taker->result = operation_run(&taker->operation, taker_step, NULL, NULL)) != S_OK)
        return;
    operation_init(&taker->answering, NULL);
    taker->result = operation_run(&taker->answering, taker_answer_step, NULL, NULL);
    http_server_give_back(taker->incoming);
}

static void begin_taker(struct taker *taker, struct test_queue *test)
{
    memset(taker, 0, sizeof(*taker));
    taker->test = test;
    operation_init(&taker->operation, NULL);
    thread_begin(&taker->thread, take_on_thread, taker);
}

TEST(many_accepts_and_clients)
{
    enum
    {
        COUNT = 8
    };
    const uint16_t port = wire_free_port();
    struct test_queue queue;
    struct taker takers[COUNT];
    struct wire wires[COUNT];
    int i, round;

    open_queue(&queue, "http://+:%u/", port);
    for (i = 0; i < COUNT; i++)
        wire_connect(&wires[i], port);
    for (round = 0; round < 20; round++)
    {
        for (i = 0; i < COUNT; i++)
            begin_taker(&takers[i], &queue);
        for (i = 0; i < COUNT; i++)
            wire_send(&wires[i], POST, "/");
        for (i = 0; i < COUNT; i++)
            expect_status(&wires[i], 200);
        for (i = 0; i < COUNT; i++)
        {
            thread_join(&takers[i].thread);
            ok(takers[i].result);
        }
    }
    for (i = 0; i < COUNT; i++)
        wire_close(&wires[i]);
    close_queue(&queue);
}

TEST(accepts_are_cancelled_while_requests_come)
{
    const uint16_t port = wire_free_port();
    struct test_queue queue;
    struct taker first, second;
    struct wire wire;
    int round;

    open_queue(&queue, "http://+:%u/", port);
    wire_connect(&wire, port);
    for (round = 0; round < 50; round++)
    {
        begin_taker(&first, &queue);
        begin_taker(&second, &queue);
        wire_send(&wire, POST, "/");
        operation_cancel(&first.operation);
        thread_join(&first.thread);
        expect_status(&wire, 200);
        /* It may have been cancelled after it had taken the request. */
        if (first.incoming)
            operation_cancel(&second.operation);
        thread_join(&second.thread);
        expect_hr(first.incoming ? WS_E_OPERATION_ABORTED : S_OK, second.result);
        expect(!queue.queue.waiters);
    }
    wire_close(&wire);
    close_queue(&queue);
}

/* --- Clients that stall --- */

TEST(clients_that_stall)
{
    const uint16_t port = wire_free_port();
    const struct incoming_limits before = incoming_limits;
    struct test_queue queue;
    struct wire idle, half, whole;

    incoming_limits.idle = incoming_limits.head = 100;
    open_queue(&queue, "http://+:%u/", port);
    wire_connect(&idle, port);
    wire_connect(&half, port);
    wire_send(&half, "POST / HTTP/1.1\r\nHos");
    wire_connect(&whole, port);
    wire_send(&whole, POST, "/");
    expect(wire_is_closed(&idle) && wire_is_closed(&half));
    serve(&queue);
    expect_status(&whole, 200);
    expect(wire_is_closed(&whole));
    wire_close(&idle);
    wire_close(&half);
    wire_close(&whole);
    close_queue(&queue);
    incoming_limits = before;
}

TEST(clients_that_vanish)
{
    const uint16_t port = wire_free_port();
    static const char request[] = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
    struct test_queue queue;
    struct wire wire;
    size_t i;

    open_queue(&queue, "http://+:%u/", port);
    for (i = 0; i < sizeof(request) - 8; i++)
    {
        wire_connect(&wire, port);
        wire_send_bytes(&wire, request, i);
        if (i & 1)
            wire_reset(&wire);
        else
            wire_close(&wire);
    }
    wire_connect(&wire, port);
    wire_send(&wire, POST, "/");
    serve(&queue);
    expect_status(&wire, 200);
    wire_close(&wire);
    close_queue(&queue);
}
