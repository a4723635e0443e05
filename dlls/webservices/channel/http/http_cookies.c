/* SPDX-License-Identifier: MIT */
/* http_cookies.c - see http_cookies.h. */
#include "http_cookies.h"

#include "base/memory.h"

#define MOST_COOKIES 50u
#define MOST_LENGTH  4096u

struct http_cookie
{
    struct http_cookie *next;
    bool is_domain; /* also for hosts that end in the domain */
    struct mime_text domain, path, name, value;
};

static struct mime_text between(const BYTE *p, const BYTE *end)
{
    struct mime_text text = {p, 0};

    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    text.bytes = p;
    text.length = (size_t)(end - p);
    return text;
}

static BYTE lower(BYTE c)
{
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

static bool ends_in(struct mime_text text, struct mime_text end)
{
    size_t i, skip;

    if (text.length < end.length)
        return false;
    for (i = 0, skip = text.length - end.length; i < end.length; i++)
        if (lower(text.bytes[skip + i]) != lower(end.bytes[i]))
            return false;
    return true;
}

/* RFC 6265, 5.1.3. A number or an address in brackets has no domain. */
static bool domain_matches(struct mime_text host, struct mime_text domain)
{
    if (!ends_in(host, domain))
        return false;
    return host.length == domain.length ||
           (host.bytes[host.length - domain.length - 1] == '.' && host.bytes[host.length - 1] > '9');
}

/* RFC 6265, 5.1.4; the query does not count. */
static bool path_matches(struct mime_text path, struct mime_text prefix)
{
    if (path.length < prefix.length || memcmp(path.bytes, prefix.bytes, prefix.length) != 0)
        return false;
    return path.length == prefix.length || prefix.bytes[prefix.length - 1] == '/' || path.bytes[prefix.length] == '/' ||
           path.bytes[prefix.length] == '?';
}

static struct mime_text default_path(struct mime_text path)
{
    size_t length = path.length, i;

    for (i = 0; i < path.length && path.bytes[i] != '?'; i++)
        if (path.bytes[i] == '/')
            length = i;
    path.length = length ? length : 1;
    return path;
}

/* --- Dates --- */

static unsigned take_number(struct mime_text text, size_t *at)
{
    unsigned number = 0;

    while (*at < text.length && (text.bytes[*at] < '0' || text.bytes[*at] > '9'))
        ++*at;
    for (; *at < text.length && text.bytes[*at] >= '0' && text.bytes[*at] <= '9' && number < 100000; ++*at)
        number = number * 10 + text.bytes[*at] - '0';
    return number;
}

static unsigned find_month(struct mime_text text)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    size_t i, month;

    for (i = 0; i + 3 <= text.length; i++)
        for (month = 0; month < 12; month++)
            if (lower(text.bytes[i]) == (BYTE)months[3 * month] &&
                lower(text.bytes[i + 1]) == (BYTE)months[3 * month + 1] &&
                lower(text.bytes[i + 2]) == (BYTE)months[3 * month + 2])
                return (unsigned)month;
    return 0;
}

/* A number that grows with time, of a date as HTTP has it: day, month and year with two or four digits, time. */
static uint64_t read_date(struct mime_text text)
{
    size_t at = 0;
    unsigned day = take_number(text, &at), year = take_number(text, &at), hour = take_number(text, &at),
             minute = take_number(text, &at), second = take_number(text, &at);

    if (year < 100)
        year += year < 70 ? 2000 : 1900;
    return ((((uint64_t)year * 12 + find_month(text)) * 32 + day) * 24 + hour) * 3600 + (uint64_t)minute * 60 + second;
}

/* --- Taking --- */

/* What a Set-Cookie says. */
struct set_cookie
{
    struct http_cookie cookie;
    bool is_over, is_refused;
};

static void take_attribute(struct set_cookie *set, struct mime_text name, struct mime_text value,
                           const struct http_head *head, struct mime_text host)
{
    struct mime_text date;

    if (mime_is(name, "Path") && value.length && value.bytes[0] == '/')
        set->cookie.path = value;
    else if (mime_is(name, "Domain") && value.length)
    {
        if (value.bytes[0] == '.')
        {
            value.bytes++;
            value.length--;
        }
        /* A whole top level has no cookies; of a public suffix with a dot nothing is known here. */
        set->is_refused |=
            !domain_matches(host, value) || (!memchr(value.bytes, '.', value.length) && value.length != host.length);
        set->cookie.domain = value;
        set->cookie.is_domain = true;
    }
    else if (mime_is(name, "Secure"))
        set->is_refused = true;
    else if (mime_is(name, "Max-Age") && value.length)
        set->is_over = value.bytes[0] == '-' || (value.bytes[0] == '0' && value.length == 1);
    else if (mime_is(name, "Expires") && http_find_field(head, "Date", &date))
        set->is_over |= read_date(value) <= read_date(date);
}

/* name=value; attribute=value; ... */
static bool parse(struct set_cookie *set, struct mime_text text, const struct http_head *head, struct mime_text host)
{
    const BYTE *p = text.bytes, *end = p + text.length, *stop, *equals;
    bool is_first = true;

    for (; p < end || is_first; p = stop < end ? stop + 1 : end)
    {
        struct mime_text name, value;

        if (!(stop = memchr(p, ';', (size_t)(end - p))))
            stop = end;
        if (!(equals = memchr(p, '=', (size_t)(stop - p))))
            equals = stop;
        name = between(p, equals);
        value = between(equals < stop ? equals + 1 : stop, stop);
        if (!is_first)
            take_attribute(set, name, value, head, host);
        else if (equals == stop || !name.length)
            return false;
        else
        {
            set->cookie.name = name;
            set->cookie.value = value;
        }
        is_first = false;
    }
    return !set->is_refused;
}

static bool same_domain(struct mime_text a, struct mime_text b)
{
    return a.length == b.length && ends_in(a, b);
}

static void remove_from(struct http_cookies *cookies, struct http_cookie **link)
{
    struct http_cookie *cookie = *link;

    *link = cookie->next;
    memory_free(cookie);
    cookies->count--;
}

/* Removes the one that a new one replaces, and the oldest if there are too many. */
static void make_room(struct http_cookies *cookies, const struct http_cookie *made)
{
    struct http_cookie **link = &cookies->first;
    size_t kept = 0;

    while (*link)
        if (++kept >= MOST_COOKIES || (mime_same((*link)->name, made->name) && mime_same((*link)->path, made->path) &&
                                       same_domain((*link)->domain, made->domain)))
            remove_from(cookies, link);
        else
            link = &(*link)->next;
}

static struct mime_text put(BYTE **to, struct mime_text text)
{
    struct mime_text copy = {*to, text.length};

    if (text.length)
        memcpy(*to, text.bytes, text.length);
    *to += text.length;
    return copy;
}

static void add(struct http_cookies *cookies, const struct http_cookie *made)
{
    size_t length = made->domain.length + made->path.length + made->name.length + made->value.length;
    struct http_cookie *cookie = memory_alloc(sizeof(*cookie) + length, "HTTP cookies");
    BYTE *to = (BYTE *)(cookie + 1);

    if (!cookie)
        return;
    cookie->domain = put(&to, made->domain);
    cookie->path = put(&to, made->path);
    cookie->name = put(&to, made->name);
    cookie->value = put(&to, made->value);
    cookie->is_domain = made->is_domain;
    cookie->next = cookies->first;
    cookies->first = cookie;
    cookies->count++;
}

void http_cookies_take(struct http_cookies *cookies, const struct http_head *head, struct mime_text host,
                       struct mime_text path)
{
    struct mime_text name, value;
    const BYTE *place = NULL;

    while (http_next_field(head, &place, &name, &value))
    {
        struct set_cookie set = {.cookie = {.domain = host, .path = default_path(path)}};

        if (!mime_is(name, "Set-Cookie") || value.length > MOST_LENGTH || !parse(&set, value, head, host))
            continue;
        make_room(cookies, &set.cookie);
        if (!set.is_over)
            add(cookies, &set.cookie);
    }
}

void http_cookies_put(const struct http_cookies *cookies, struct mime_text host, struct mime_text path,
                      struct http_output *output)
{
    const struct http_cookie *cookie;
    bool any = false;

    for (cookie = cookies->first; cookie; cookie = cookie->next)
    {
        if (!(cookie->is_domain ? domain_matches(host, cookie->domain) : same_domain(host, cookie->domain)) ||
            !path_matches(path, cookie->path))
            continue;
        http_put_literal(output, any ? "; " : "Cookie: ");
        http_put(output, cookie->name);
        http_put_literal(output, "=");
        http_put(output, cookie->value);
        any = true;
    }
    if (any)
        http_put_literal(output, "\r\n");
}

void http_cookies_release(struct http_cookies *cookies)
{
    while (cookies->first)
        remove_from(cookies, &cookies->first);
}
