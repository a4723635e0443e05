/* SPDX-License-Identifier: MIT */
/*
 * request_status.c - what a response means that is no message; see request.h.
 *
 * The codes are those that windows-web-services-return-values.md describes; which status is which of them is our
 * choice: docs/http.md has the table.
 */
#include "request.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

/* What the server, or the proxy, wants to be told. */
struct scheme
{
    const char *name;
    HRESULT server, proxy;
};

/* In the order in which they are preferred, if there are several. */
static const struct scheme schemes[] = {
    {"Negotiate", WS_E_SERVER_REQUIRES_NEGOTIATE_AUTH, WS_E_PROXY_REQUIRES_NEGOTIATE_AUTH},
    {"NTLM", WS_E_SERVER_REQUIRES_NTLM_AUTH, WS_E_PROXY_REQUIRES_NTLM_AUTH},
    {"Digest", WS_E_SERVER_REQUIRES_DIGEST_AUTH, WS_E_PROXY_REQUIRES_DIGEST_AUTH},
    {"Basic", WS_E_SERVER_REQUIRES_BASIC_AUTH, WS_E_PROXY_REQUIRES_BASIC_AUTH},
};

/* Whether a challenge of a scheme is among the fields of a name. */
static bool has_challenge(const struct http_head *head, const char *field, const char *scheme)
{
    struct mime_text name, value, element;
    const BYTE *place = NULL;

    while (http_next_field(head, &place, &name, &value))
        while (mime_is(name, field) && http_next_element(&value, &element))
        {
            size_t length = strlen(scheme);

            if (element.length > length && element.bytes[length] != ' ')
                continue;
            if (element.length > length)
                element.length = length;
            if (mime_is(element, scheme))
                return true;
        }
    return false;
}

static const struct scheme *find_scheme(const struct http_head *head, const char *field)
{
    size_t i;

    for (i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
        if (has_challenge(head, field, schemes[i].name))
            return &schemes[i];
    return NULL;
}

/* What a status means: the code, and what of it is said. */
struct meaning
{
    HRESULT hr;
    const char *text, *detail;
};

static struct meaning meaning(HRESULT hr, const char *text)
{
    struct meaning meaning = {hr, text, ""};

    return meaning;
}

static struct meaning of_authentication(const struct http_head *head)
{
    bool is_proxy = head->status == 407;
    const struct scheme *scheme = find_scheme(head, is_proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
    struct meaning found =
        meaning(is_proxy ? WS_E_PROXY_ACCESS_DENIED : WS_E_ENDPOINT_ACCESS_DENIED,
                is_proxy ? "the HTTP proxy wants to know who asks" : "the server wants to know who asks");

    if (scheme)
    {
        found.hr = is_proxy ? scheme->proxy : scheme->server;
        found.text = is_proxy ? "the HTTP proxy wants WS_HTTP_HEADER_AUTH_SECURITY_BINDING with the scheme "
                              : "the server wants WS_HTTP_HEADER_AUTH_SECURITY_BINDING with the scheme ";
        found.detail = scheme->name;
    }
    return found;
}

static struct meaning find_meaning(const struct request_part *part, const struct http_head *head)
{
    switch (head->status)
    {
    case 401:
    case 407: return of_authentication(head);
    case 403: return meaning(WS_E_ENDPOINT_ACCESS_DENIED, "the server denies access");
    case 404: return meaning(WS_E_ENDPOINT_NOT_FOUND, "there is no endpoint at this URL");
    case 408: return meaning(WS_E_ENDPOINT_NOT_AVAILABLE, "the request took longer than the server waits");
    case 410: return meaning(WS_E_ENDPOINT_NOT_AVAILABLE, "the endpoint is no longer there");
    case 429:
    case 503: return meaning(WS_E_ENDPOINT_TOO_BUSY, "the server is too busy, or does not serve at the moment");
    case 502:
    case 504:
        return part->proxy.is_used
                   ? meaning(WS_E_PROXY_FAILURE, "the HTTP proxy got no answer from the server")
                   : meaning(WS_E_ENDPOINT_NOT_AVAILABLE, "the gateway got no answer from the server behind it");
    case 405: return meaning(WS_E_ENDPOINT_FAILURE, "there is no endpoint of SOAP at this URL, which takes POST");
    case 413: return meaning(WS_E_ENDPOINT_FAILURE, "the message is larger than the server takes");
    case 415:
        return meaning(WS_E_ENDPOINT_FAILURE, "the server does not take messages of this encoding or version: "
                                              "see WS_CHANNEL_PROPERTY_ENCODING and _ENVELOPE_VERSION");
    default: break;
    }
    if (head->status >= 300 && head->status < 400)
        return meaning(WS_E_ENDPOINT_FAILURE,
                       head->location.bytes ? "the endpoint is elsewhere: see WS_CHANNEL_PROPERTY_ENABLE_HTTP_REDIRECT"
                                            : "there is nothing here, and no Location of the endpoint");
    return meaning(WS_E_ENDPOINT_FAILURE, "the server could not do what the request asks for");
}

HRESULT request_status_failure(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    const struct http_head *head = &part->connection->http.head;
    struct meaning found = find_meaning(part, head);
    char url[HTTP_URL_ROOM], reason[TEXT_EXCERPT_ROOM], begin[TEXT_EXCERPT_ROOM], where[TEXT_EXCERPT_ROOM];

    text_excerpt(head->reason.bytes, head->reason.length, reason);
    text_excerpt(part->excerpt, part->excerpt_length, begin);
    text_excerpt(head->location.bytes, head->location.length, where);
    return error_report(error, found.hr, "%s was answered with the HTTP status %u (%s): %s%s.%s%s%s%s%s%s",
                        http_target_text(part->now, url), (unsigned)head->status, reason, found.text, found.detail,
                        head->location.bytes ? " Its Location is \"" : "", where, head->location.bytes ? "\"." : "",
                        part->excerpt_length ? " The answer begins with \"" : "", begin,
                        part->excerpt_length ? "\"." : "");
}

/* --- Content types --- */

static HRESULT read_type(struct request_part *part, struct mime_text value, WS_ERROR *error)
{
    if (part->type_room_size < value.length)
    {
        memory_free(part->type_room);
        part->type_room_size = 0;
        if (!(part->type_room = memory_alloc(value.length, "content types")))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for a Content-Type of %zu bytes.",
                                value.length);
        part->type_room_size = value.length;
    }
    return http_read_content_type(value, part->type_room, &part->type, error);
}

HRESULT request_check_type(WS_CHANNEL *channel, struct mime_text value, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    part->has_type = value.bytes != NULL;
    if (part->has_type && channel->settings.encoding != WS_ENCODING_RAW && (hr = read_type(part, value, error)) != S_OK)
        return hr;
    return http_check_content_type(part->has_type ? &part->type : NULL, channel->settings.encoding,
                                   channel->settings.envelope_version, &part->charset, error);
}
