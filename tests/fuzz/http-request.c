/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of heads of HTTP requests. What is checked:
 *
 *   - the end of the head is the same, or refused for the same reason, whether its bytes come at once or one by one;
 *   - limits hold: nothing longer is found, and nothing is read beyond the bytes that are there;
 *   - a head that is accepted can be walked through, and written and parsed again as the same;
 *   - what is refused has a status of an error, and one sentence.
 */
#include "fuzz.h"

#include "channel/protocol/http_content_type.h"
#include "channel/protocol/http_write.h"

static WS_ERROR *error;

static void release(void)
{
    WsFreeError(error);
}

static bool same(struct mime_text a, struct mime_text b)
{
    return mime_same(a, b);
}

/* Both heads say the same. */
static void check_same(const struct http_head *a, const struct http_head *b)
{
    struct mime_text name_a, value_a, name_b, value_b;
    const BYTE *place_a = NULL, *place_b = NULL;

    check(same(a->method, b->method) && same(a->target, b->target) && a->framing == b->framing &&
          a->length == b->length && a->minor == b->minor && a->keeps_alive == b->keeps_alive);
    while (http_next_field(a, &place_a, &name_a, &value_a))
    {
        check(http_next_field(b, &place_b, &name_b, &value_b));
        check(same(name_a, name_b) && same(value_a, value_b));
        check(http_is_token(name_a) && http_is_field_value(value_a));
    }
    check(!http_next_field(b, &place_b, &name_b, &value_b));
}

static void write_again(const struct http_head *head)
{
    static BYTE memory[70000];
    struct http_output output = {memory, sizeof(memory), 0};
    struct mime_text name, value;
    const BYTE *place = NULL;
    struct http_head again;

    http_put(&output, head->method);
    http_put_literal(&output, " ");
    http_put(&output, head->target);
    http_put_literal(&output, head->minor ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n");
    while (http_next_field(head, &place, &name, &value))
    {
        http_put(&output, name);
        http_put_literal(&output, ": ");
        http_put(&output, value);
        http_put_literal(&output, "\r\n");
    }
    http_put_end(&output);
    check(http_output_fits(&output));
    check(http_parse_request(memory, output.length, &again, NULL, NULL) == S_OK);
    check_same(head, &again);
}

static void read_type(const struct http_head *head)
{
    struct http_content_type type;
    WS_CHARSET charset;
    BYTE *room;

    if (!head->content_type.bytes)
        return;
    room = malloc(head->content_type.length + 1);
    if (http_read_content_type(head->content_type, room, &type, error) == S_OK)
        http_check_content_type(&type, WS_ENCODING_XML_MTOM_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, &charset, error);
    free(room);
}

static void check_sentence(HRESULT hr, ULONG status)
{
    ULONG count;

    check(hr == WS_E_INVALID_FORMAT || hr == WS_E_QUOTA_EXCEEDED);
    check(status >= 400 && status < 600);
    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK && count == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_limits limits = {size > 1 ? 20 + data[0] * 4u : 1024, 20, 2000};
    struct http_search bytewise = {0}, whole = {0};
    size_t end = 0, end_whole, i;
    ULONG status = 0, count = 0;
    struct http_head head;
    HRESULT hr = S_OK;
    BYTE *copy;

    if (!error)
    {
        check(WsCreateError(NULL, 0, &error) == S_OK);
        atexit(release);
    }
    WsResetError(error);
    if (!size--)
        return 0;
    data++;
    copy = malloc(size + 1);
    for (i = 1; i <= size && !end && hr == S_OK; i++)
    {
        /* Just as many as there are: the sanitizer sees what reads more. */
        BYTE *piece = malloc(i);

        memcpy(piece, data, i);
        hr = http_head_find_end(&bytewise, piece, i, &limits, &end, &status, NULL);
        free(piece);
    }
    memcpy(copy, data, size);
    check(hr == http_head_find_end(&whole, copy, size, &limits, &end_whole, &status, error) && end == end_whole);
    if (hr != S_OK)
        check_sentence(hr, status);
    if (end)
    {
        check(end <= limits.size && end <= size);
        hr = http_parse_request(copy, end, &head, &status, error);
        check(!memcmp(copy, data, size));
        if (hr == S_OK)
        {
            write_again(&head);
            read_type(&head);
            WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
            check(count <= 1);
        }
        else
            check_sentence(hr, status);
    }
    free(copy);
    return 0;
}
