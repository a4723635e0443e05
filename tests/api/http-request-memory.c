/* SPDX-License-Identifier: MIT */
/*
 * HTTP of clients when memory fails, at every point where it can: E_OUTOFMEMORY, and the channel goes on (debug
 * variant).
 *
 * Source: our choice.
 */
#include "support/answerer.h"
#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

static struct answerer answerer;
static bool failed;

/* Whether it works; if there was no memory, nothing else is the matter. */
static bool works(HRESULT hr)
{
    if (hr == S_OK)
        return true;
    expect_hr(E_OUTOFMEMORY, hr);
    failed = true;
    return false;
}

static HRESULT create(WS_TRANSFER_MODE mode, WS_CHANNEL **channel)
{
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope)},
                                        {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing)},
                                        {WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode)}};

    *channel = NULL;
    return WsCreateChannel(WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, properties, 3, NULL, channel, NULL);
}

static void run(WS_TRANSFER_MODE mode, ULONG after, WS_MESSAGE *request, WS_MESSAGE *reply)
{
    WS_CHANNEL *channel;
    char url[40];
    int value = 1, got = 0, i;
    HRESULT hr;

    sprintf(url, "http://127.0.0.1:%u/x", answerer.port);
    ok(WsSetAutoFail(after, NULL));
    if (!works(create(mode, &channel)))
    {
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        ok(create(mode, &channel));
    }
    for (i = 0; i < 2; i++)
    {
        hr = open_request_channel(channel, url, NULL);
        if (!works(hr))
        {
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            ok(open_request_channel(channel, url, NULL));
        }
        hr = WsRequestReply(channel, request, &description_op, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), reply,
                            &description_opr, WS_READ_REQUIRED_VALUE, NULL, &got, sizeof(got), NULL, NULL);
        ok(WsResetMessage(request, NULL));
        ok(WsResetMessage(reply, NULL));
        if (!works(hr))
        {
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            ok(WsRequestReply(channel, request, &description_op, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), reply,
                              &description_opr, WS_READ_REQUIRED_VALUE, NULL, &got, sizeof(got), NULL, NULL));
            ok(WsResetMessage(request, NULL));
            ok(WsResetMessage(reply, NULL));
        }
        expect(got == 7);
        /* Once more, to see that nothing is missing. */
        hr = WsCloseChannel(channel, NULL, NULL);
        if (hr == S_OK)
            hr = WsResetChannel(channel, NULL);
        if (!works(hr))
            break;
    }
    ok(WsSetAutoFail(NEVER_FAIL, NULL));
    WsFreeChannel(channel);
}

static void run_all(WS_TRANSFER_MODE mode)
{
    static struct answer answers[REQUESTS_MOST];
    WS_MESSAGE *request, *reply;
    ULONG after;

    for (after = 0; after < REQUESTS_MOST; after++)
        answers[after] = (struct answer){.body = ANSWER_BODY, .fields = "Set-Cookie: a=b\r\n"};
    answerer_start(&answerer, answers, REQUESTS_MOST);
    ok(WsCreateMessage(WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, NULL, 0, &request, NULL));
    ok(WsCreateMessage(WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT, NULL, 0, &reply, NULL));
    after = 0;
    do
    {
        failed = false;
        run(mode, after++, request, reply);
    } while (failed);
    expect(after > 10);
    WsFreeMessage(request);
    WsFreeMessage(reply);
    answerer_end(&answerer);
    answerer_free(&answerer);
}

TEST(requests_survive_every_failure_of_memory)
{
    run_all(WS_BUFFERED_TRANSFER_MODE);
}

TEST(streams_survive_every_failure_of_memory)
{
    run_all(WS_STREAMED_TRANSFER_MODE);
}
