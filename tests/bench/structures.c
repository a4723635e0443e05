/* SPDX-License-Identifier: MIT */
/* structures.c - see structures.h. */
#include "structures.h"
#include "support/random.h"

#include <stdint.h>
#include <stdlib.h>

#define STRING(text) \
    { \
        sizeof(text) - 1, (BYTE *)(text), NULL, 0 \
    }
#define DEFINE_NAME(name) WS_XML_STRING name_##name = STRING(#name);
BENCH_NAMES(DEFINE_NAME)
WS_XML_STRING name_none = STRING(""), name_xml = STRING("xml"),
              name_ns_xml = STRING("http://www.w3.org/XML/1998/namespace"),
              name_ns_orders = STRING("http://example.com/orders"), name_ns_goods = STRING("http://example.com/goods"),
              name_ns_totals = STRING("http://example.com/totals"), name_ns_data = STRING("http://example.com/data");

/* --- Descriptions --- */

/* A field; what is special comes last. */
#define FIELD(owner, member, how, xml_name, xml_ns, xml_type, ...) \
    static WS_FIELD_DESCRIPTION owner##_##member = {.mapping = WS_##how##_FIELD_MAPPING, \
                                                    .localName = xml_name, \
                                                    .ns = xml_ns, \
                                                    .type = WS_##xml_type##_TYPE, \
                                                    .offset = offsetof(struct owner, member), \
                                                    __VA_ARGS__}
#define STRUCTURE(owner, ...) \
    static WS_FIELD_DESCRIPTION *owner##_fields[] = {__VA_ARGS__}; \
    static WS_STRUCT_DESCRIPTION owner##_type = {.size = sizeof(struct owner), \
                                                 .alignment = __alignof__(struct owner), \
                                                 .fields = owner##_fields, \
                                                 .fieldCount = sizeof(owner##_fields) / sizeof(owner##_fields[0])}

FIELD(address, city, ATTRIBUTE, &name_city, &name_none, STRING, );
FIELD(address, zip, ATTRIBUTE, &name_zip, &name_none, STRING, );
FIELD(address, street, ATTRIBUTE, &name_street, &name_none, STRING, );
STRUCTURE(address, &address_city, &address_zip, &address_street);

FIELD(customer, id, ATTRIBUTE, &name_id, &name_none, STRING, );
FIELD(customer, lang, XML_ATTRIBUTE, &name_lang, NULL, STRING, );
FIELD(customer, name, ELEMENT, &name_name, &name_ns_goods, STRING, );
FIELD(customer, address, ELEMENT, &name_address, &name_ns_goods, STRUCT, .typeDescription = &address_type);
STRUCTURE(customer, &customer_id, &customer_lang, &customer_name, &customer_address);

FIELD(price, currency, ATTRIBUTE, &name_currency, &name_none, STRING, );
FIELD(price, amount, TEXT, NULL, NULL, DOUBLE, );
STRUCTURE(price, &price_currency, &price_amount);

FIELD(item, sku, ATTRIBUTE, &name_sku, &name_none, STRING, );
FIELD(item, pieces, ATTRIBUTE, &name_pieces, &name_none, UINT32, );
FIELD(item, title, ELEMENT, &name_title, &name_ns_goods, STRING, );
FIELD(item, price, ELEMENT, &name_price, &name_ns_goods, STRUCT, .typeDescription = &price_type);
FIELD(item, in_stock, ELEMENT, &name_inStock, &name_ns_goods, STRING, .options = WS_FIELD_OPTIONAL);
STRUCTURE(item, &item_sku, &item_pieces, &item_title, &item_price, &item_in_stock);

FIELD(total, exact, ATTRIBUTE, &name_exact, &name_ns_totals, BOOL, );
FIELD(total, amount, TEXT, NULL, NULL, UINT32, );
STRUCTURE(total, &total_exact, &total_amount);

FIELD(order, number, ATTRIBUTE, &name_number, &name_none, UINT32, );
FIELD(order, date, ATTRIBUTE, &name_date, &name_none, DATETIME, );
FIELD(order, status, ATTRIBUTE, &name_status, &name_ns_orders, STRING, );
FIELD(order, customer, ELEMENT, &name_customer, &name_ns_orders, STRUCT, .typeDescription = &customer_type);
FIELD(order, items, REPEATING_ELEMENT, &name_items, &name_ns_orders, STRUCT, .typeDescription = &item_type,
      .countOffset = offsetof(struct order, item_count), .itemLocalName = &name_item, .itemNs = &name_ns_goods);
FIELD(order, note, ELEMENT, &name_note, &name_ns_goods, STRING, );
FIELD(order, total, ELEMENT, &name_total, &name_ns_totals, STRUCT, .typeDescription = &total_type);
STRUCTURE(order, &order_number, &order_date, &order_status, &order_customer, &order_items, &order_note, &order_total);

FIELD(orders, orders, REPEATING_ELEMENT, NULL, NULL, STRUCT, .typeDescription = &order_type,
      .countOffset = offsetof(struct orders, count), .itemLocalName = &name_order, .itemNs = &name_ns_orders);
STRUCTURE(orders, &orders_orders);
const WS_ELEMENT_DESCRIPTION bench_orders_element = {&name_orders, &name_ns_orders, WS_STRUCT_TYPE, &orders_type};

FIELD(integers, values, REPEATING_ELEMENT, NULL, NULL, INT32, .countOffset = offsetof(struct integers, count),
      .itemLocalName = &name_value, .itemNs = &name_ns_data);
STRUCTURE(integers, &integers_values);
const WS_ELEMENT_DESCRIPTION bench_integers_element = {&name_data, &name_ns_data, WS_STRUCT_TYPE, &integers_type};

FIELD(doubles, values, REPEATING_ELEMENT, NULL, NULL, DOUBLE, .countOffset = offsetof(struct doubles, count),
      .itemLocalName = &name_number, .itemNs = &name_ns_data);
STRUCTURE(doubles, &doubles_values);
const WS_ELEMENT_DESCRIPTION bench_doubles_element = {&name_data, &name_ns_data, WS_STRUCT_TYPE, &doubles_type};

FIELD(point, id, ATTRIBUTE, &name_id, &name_none, INT32, );
FIELD(point, x, ELEMENT, &name_x, &name_ns_data, DOUBLE, );
FIELD(point, y, ELEMENT, &name_y, &name_ns_data, DOUBLE, );
FIELD(point, name, ELEMENT, &name_name, &name_ns_data, STRING, );
STRUCTURE(point, &point_id, &point_x, &point_y, &point_name);

FIELD(points, points, REPEATING_ELEMENT, NULL, NULL, STRUCT, .typeDescription = &point_type,
      .countOffset = offsetof(struct points, count), .itemLocalName = &name_point, .itemNs = &name_ns_data);
STRUCTURE(points, &points_points);
const WS_ELEMENT_DESCRIPTION bench_points_element = {&name_data, &name_ns_data, WS_STRUCT_TYPE, &points_type};

void bench_leave_out_language(void)
{
    static WS_FIELD_DESCRIPTION *fields[] = {&customer_id, &customer_name, &customer_address};

    customer_type.fields = fields;
    customer_type.fieldCount = sizeof(fields) / sizeof(fields[0]);
    customer_type.structOptions = WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES;
}

/* --- Values --- */

static void *take(size_t count, size_t size)
{
    void *memory = calloc(count, size);

    if (!memory)
        abort();
    return memory;
}

/* Of any number of digits. */
static int32_t pick_integer(uint64_t *state)
{
    uint64_t bits = random_bits(state);
    int32_t value = (int32_t)((uint32_t)bits >> (1 + (bits >> 32) % 31));

    return bits >> 63 ? value : -value;
}

/* What measurements look like: up to four digits after the point. */
static double pick_double(uint64_t *state)
{
    static const double scales[] = {1, 10, 100, 1000, 10000};

    return (double)pick_integer(state) / scales[random_bits(state) % 5];
}

struct integers bench_integers(ULONG count)
{
    struct integers integers = {take(count, sizeof(*integers.values)), count};
    uint64_t state = 1;
    ULONG i;

    for (i = 0; i < count; i++)
        integers.values[i] = pick_integer(&state);
    return integers;
}

struct doubles bench_doubles(ULONG count)
{
    struct doubles doubles = {take(count, sizeof(*doubles.values)), count};
    uint64_t state = 1;
    ULONG i;

    for (i = 0; i < count; i++)
        doubles.values[i] = pick_double(&state);
    return doubles;
}

struct points bench_points(ULONG count)
{
    static WCHAR name[] = {'p', 'o', 'i', 'n', 't', ' ', 'o', 'f', ' ', 'v', 'i', 'e', 'w'};
    struct points points = {take(count, sizeof(*points.points)), count};
    uint64_t state = 1;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        points.points[i].id = (int32_t)i;
        points.points[i].x = pick_double(&state);
        points.points[i].y = pick_double(&state);
        points.points[i].name.chars = name;
        points.points[i].name.length = 1 + (ULONG)(random_bits(&state) % (sizeof(name) / sizeof(name[0])));
    }
    return points;
}
