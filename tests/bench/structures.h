/* SPDX-License-Identifier: MIT */
/*
 * structures.h - documents as structures, with their descriptions, as a compiler of schemas would make them: the order
 * document of document.h, and arrays of numbers and of structures.
 */
#ifndef WS_BENCH_STRUCTURES_H
#define WS_BENCH_STRUCTURES_H

#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

struct address
{
    WS_STRING city, zip, street;
};

struct customer
{
    WS_STRING id, lang, name;
    struct address address;
};

struct price
{
    WS_STRING currency;
    double amount;
};

struct item
{
    WS_STRING sku, title;
    ULONG pieces;
    struct price price;
    WS_STRING in_stock; /* an element without content; NULL: it is not there */
};

struct total
{
    BOOL exact;
    ULONG amount;
};

struct order
{
    ULONG number;
    WS_DATETIME date;
    WS_STRING status;
    struct customer customer;
    struct item *items;
    ULONG item_count;
    WS_STRING note;
    struct total total;
};

struct orders
{
    struct order *orders;
    ULONG count;
};

struct integers
{
    int32_t *values;
    ULONG count;
};

struct doubles
{
    double *values;
    ULONG count;
};

struct point
{
    int32_t id;
    double x, y;
    WS_STRING name;
};

struct points
{
    struct point *points;
    ULONG count;
};

/* Names, for what writes the same call by call. */
extern WS_XML_STRING name_none, name_xml, name_ns_xml, name_ns_orders, name_ns_goods, name_ns_totals, name_ns_data;
/* clang-format off */
#define BENCH_NAMES(NAME) \
    NAME(orders) NAME(order) NAME(number) NAME(date) NAME(status) NAME(customer) NAME(id) NAME(lang) NAME(name) \
    NAME(address) NAME(city) NAME(zip) NAME(street) NAME(items) NAME(item) NAME(sku) NAME(pieces) NAME(title) \
    NAME(price) NAME(currency) NAME(inStock) NAME(note) NAME(total) NAME(exact) NAME(data) NAME(value) NAME(point) \
    NAME(x) NAME(y)
/* clang-format on */
#define BENCH_DECLARE_NAME(name) extern WS_XML_STRING name_##name;
BENCH_NAMES(BENCH_DECLARE_NAME)
#undef BENCH_DECLARE_NAME

/* The root elements: of struct orders, struct integers, struct doubles, struct points. */
extern const WS_ELEMENT_DESCRIPTION bench_orders_element, bench_integers_element, bench_doubles_element,
    bench_points_element;

/* Ignores xml:lang from now on: the builtin DLL of Wine 8.0 crashes where it looks for that. */
void bench_leave_out_language(void);

/* Arrays with values that look random, of so many items, in memory that stays. */
struct integers bench_integers(ULONG count);
struct doubles bench_doubles(ULONG count);
struct points bench_points(ULONG count);

#endif
