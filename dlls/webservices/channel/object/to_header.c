/* SPDX-License-Identifier: MIT */
/* to_header.c - whether a message is for the listener; see to_header.h. */
#include "to_header.h"

#include "listener.h"
#include "message/fault.h"
#include "message/message.h"
#include "message/soap.h"
#include "url_match.h"
#include "xml/names.h"

/* Longer ones than any listener can have match nothing. */
#define LONGEST_URL 4096u

static bool is_for(const WS_XML_STRING *to, const WS_STRING *listener, ULONG options)
{
    WCHAR chars[LONGEST_URL];
    WS_STRING url = {0, chars};
    ULONG i;

    if (to->length > LONGEST_URL)
        return false;
    for (i = 0; i < to->length; i++)
        chars[i] = to->bytes[i]; /* a URL is ASCII: anything else is not parsed as one */
    url.length = to->length;
    return url_matches(&url, listener, options);
}

HRESULT to_header_check(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    const struct channel_settings *settings = &channel->settings;
    const struct addressing_version *addressing = addressing_version(settings->addressing_version);
    WS_XML_STRING to;
    HRESULT hr;

    if (!channel->listener || channel->transport->is_custom || !addressing || addressing->is_transport ||
        !channel->listener->settings.to_matching)
        return S_OK;
    if ((hr = message_get_uri(message, WS_TO_HEADER, &to, error)) != S_OK)
        return hr;
    if (!to.length || xml_string_equals(&to, &addressing->anonymous) ||
        is_for(&to, &channel->address.url, channel->listener->settings.to_matching))
        return S_OK;
    return fault_report_addressing(error, ADDRESSING_DESTINATION_UNREACHABLE, settings->envelope_version,
                                   settings->addressing_version, &to);
}
