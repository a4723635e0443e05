/* SPDX-License-Identifier: MIT */
/*
 * http_proxy.h - through which proxy a request goes, by WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE.
 *
 * Automatic is what the system is configured for (platform_http_proxy()): natively, http_proxy and no_proxy in the
 * environment. This computer itself is always reached without one then.
 */
#ifndef WS_CHANNEL_HTTP_HTTP_PROXY_H
#define WS_CHANNEL_HTTP_HTTP_PROXY_H

#include "http_target.h"

struct http_proxy
{
    bool is_used;
    WCHAR chars[HTTP_HOST_MOST];
    WS_STRING host; /* in chars */
    USHORT port;
};

/*
 * Chooses it for a target. servers and bypass are those of the custom mode, as in WS_CUSTOM_HTTP_PROXY.
 *
 * E_INVALIDARG: the first of the servers is not <server>[:<port>].
 */
HRESULT http_proxy_choose(struct http_proxy *proxy, WS_HTTP_PROXY_SETTING_MODE mode, const WS_CUSTOM_HTTP_PROXY *custom,
                          const struct http_target *target, WS_ERROR *error);

#endif
