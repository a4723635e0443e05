/* SPDX-License-Identifier: MIT */
/*
 * request_head.c - the head of a request; see request.h.
 *
 * With SOAP 1.1 the action is in SOAPAction, which is always there; with SOAP 1.2 in a parameter of Content-Type,
 * unless WS-Addressing has it: so WCF does it, and Mono's binary encoder refuses a parameter. What a program maps to a
 * field that we would write, it writes instead of us.
 */
#include "request.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "message/message.h"

/* Makes a buffer as large as has been asked for; what is in it is lost. */
static HRESULT make_room(BYTE **buffer, size_t *room, size_t needed, WS_ERROR *error)
{
    memory_free(*buffer);
    *room = 0;
    if (!(*buffer = memory_alloc(needed, "heads of HTTP requests")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for an HTTP head of %zu bytes.", needed);
    *room = needed;
    return S_OK;
}

static struct mime_text text_of(const WS_XML_STRING *string)
{
    struct mime_text text = {string->bytes, string->length};

    return text;
}

/* The action of the message, as it can be in a field. */
static HRESULT get_action(const struct channel_settings *settings, WS_MESSAGE *message, struct mime_text *action,
                          WS_ERROR *error)
{
    static const struct mime_text none = {NULL, 0};
    const bool is_soap_11 = settings->envelope_version == WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_XML_STRING string = {0};
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    *action = none;
    if (!is_soap_11 && (settings->envelope_version == WS_ENVELOPE_VERSION_NONE ||
                        settings->addressing_version != WS_ADDRESSING_VERSION_TRANSPORT))
        return S_OK;
    if ((hr = message_get_action(message, &string, error)) != S_OK)
        return hr;
    *action = string.length ? text_of(&string) : none;
    if (http_is_field_value(*action) && (!is_soap_11 || !action->length || !memchr(action->bytes, '"', action->length)))
        return S_OK;
    return error_report(error, WS_E_INVALID_FORMAT,
                        "The action \"%s\" has characters that cannot be in a field of HTTP.",
                        text_excerpt(action->bytes, action->length, excerpt));
}

/* A field that the program has mapped; false: it has not. */
static HRESULT find_mapped(WS_MESSAGE *message, const struct http_mapped *mapped, const char *name,
                           struct mime_text *value, WS_ERROR *error)
{
    WS_XML_STRING string = {0};
    HRESULT hr = http_is_mapped(mapped, name) ? http_map_find(message, name, &string, error) : S_OK;

    *value = text_of(&string);
    return hr;
}

static HRESULT put_fields(WS_CHANNEL *channel, WS_MESSAGE *message, struct http_output *output, WS_ERROR *error)
{
    const struct channel_settings *settings = &channel->settings;
    const struct http_mapped mapped = http_mapped_requests(&settings->mapping);
    struct request_part *part = channel->part;
    struct mime_text action, type, soap_action;
    HRESULT hr;

    if ((hr = get_action(settings, message, &action, error)) != S_OK ||
        (hr = find_mapped(message, &mapped, "Content-Type", &type, error)) != S_OK ||
        (hr = find_mapped(message, &mapped, "SOAPAction", &soap_action, error)) != S_OK)
        return hr;
    if (type.bytes)
        http_put_field(output, "Content-Type", type);
    else
    {
        http_put_literal(output, "Content-Type: ");
        http_put_content_type(output, settings->encoding, settings->envelope_version, action, &part->parts.multipart);
        http_put_literal(output, "\r\n");
    }
    part->type_length = output->length;
    if (settings->envelope_version == WS_ENVELOPE_VERSION_SOAP_1_1 && !soap_action.bytes)
        http_put_soap_action(output, action);
    return http_map_sent(message, &mapped, output, error);
}

/* The method: what the program has mapped, or POST. It is kept behind the fields. */
static HRESULT put_method(WS_CHANNEL *channel, WS_MESSAGE *message, struct http_output *output, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    WS_XML_STRING verb = {0};
    HRESULT hr;

    part->method = http_text("POST");
    if (!(channel->settings.mapping.requestMappingOptions & WS_HTTP_REQUEST_MAPPING_VERB))
        return S_OK;
    if ((hr = http_map_find(message, "Verb", &verb, error)) != S_OK || !verb.bytes)
        return hr;
    if (!http_is_token(text_of(&verb)))
        return error_report(error, WS_E_INVALID_FORMAT, "The mapped header \"Verb\" is not a method of HTTP.");
    part->method.bytes = output->bytes + output->length;
    part->method.length = verb.length;
    http_put(output, text_of(&verb));
    return S_OK;
}

HRESULT request_make_fields(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    struct http_output output;
    HRESULT hr;

    for (;;)
    {
        output.bytes = part->fields;
        output.room = part->fields_room;
        output.length = 0;
        if ((hr = put_fields(channel, message, &output, error)) != S_OK)
            return hr;
        part->fields_length = output.length;
        if (http_output_fits(&output) && (hr = put_method(channel, message, &output, error)) != S_OK)
            return hr;
        if (http_output_fits(&output))
            return S_OK;
        if ((hr = make_room(&part->fields, &part->fields_room, output.length + 64, error)) != S_OK)
            return hr;
    }
}

/* Methods whose requests have no body unless there is something in it. */
static bool needs_length(struct mime_text method)
{
    return !mime_is(method, "GET") && !mime_is(method, "HEAD") && !mime_is(method, "DELETE");
}

static void put_head(WS_CHANNEL *channel, struct http_output *output)
{
    struct request_part *part = channel->part;
    const struct http_target *target = part->now;
    struct mime_text fields = {part->fields, part->fields_length};

    http_put_request_line(output, part->method, part->proxy.is_used ? target->absolute : target->path);
    http_put_field(output, "Host", target->authority);
    if (channel->settings.cookie_mode == WS_AUTO_COOKIE_MODE)
        http_cookies_put(&part->cookies, target->name, target->path, output);
    if (part->is_streamed)
        http_put_literal(output, "Transfer-Encoding: chunked\r\n");
    else if (part->body.length || needs_length(part->method))
        http_put_length(output, part->body.length);
    if (channel->settings.encoder.createEncoderCallback)
    {
        http_put_field(output, "Content-Type", part->encoder.type);
        if (part->encoder.encoding.bytes)
            http_put_field(output, "Content-Encoding", part->encoder.encoding);
        fields.bytes += part->type_length;
        fields.length -= part->type_length;
    }
    http_put(output, fields);
    http_put_end(output);
}

HRESULT request_make_head(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    struct http_output output;
    HRESULT hr;

    for (;;)
    {
        output.bytes = part->head;
        output.room = part->head_room;
        output.length = 0;
        put_head(channel, &output);
        part->head_length = output.length;
        if (http_output_fits(&output))
            return S_OK;
        if ((hr = make_room(&part->head, &part->head_room, output.length + 64, error)) != S_OK)
            return hr;
    }
}
