/* SPDX-License-Identifier: MIT */
/* contracts.h - the structures of typed-peer.c and their descriptions: three contracts, with a root each. */
#ifndef WS_ORACLE_CONTRACTS_H
#define WS_ORACLE_CONTRACTS_H

#include <stddef.h>
#include <stdint.h>

#include "support/strings.h"
#include "webservices.h"

#define P WS_FIELD_POINTER
#define O WS_FIELD_OPTIONAL
#define N WS_FIELD_NILLABLE
#define I WS_FIELD_NILLABLE_ITEM

#define COUNT(array) (ULONG)(sizeof(array) / sizeof((array)[0]))

/* A name at file scope. */
#define NAME(text) &(WS_XML_STRING)STRING(text)

/* --- Fields, whose structure is `OF` --- */

#define AT(c_type, member) .offset = offsetof(c_type, member)

#define ELEMENT(of, member, xml, space, ws_type, ...) \
    &(WS_FIELD_DESCRIPTION) \
    { \
        .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME(xml), .ns = space, .type = ws_type, \
        AT(struct of, member), __VA_ARGS__ \
    }
#define ATTRIBUTE(of, member, xml, ws_type, ...) \
    &(WS_FIELD_DESCRIPTION) \
    { \
        .mapping = WS_ATTRIBUTE_FIELD_MAPPING, .localName = NAME(xml), .ns = &none, .type = ws_type, \
        AT(struct of, member), __VA_ARGS__ \
    }
#define ITEMS(of, member, xml, space, item, item_space, ws_type, ...) \
    &(WS_FIELD_DESCRIPTION) \
    { \
        .mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING, .localName = xml, .ns = space, .itemLocalName = NAME(item), \
        .itemNs = item_space, .type = ws_type, AT(struct of, member), \
        .countOffset = offsetof(struct of, member##_count), __VA_ARGS__ \
    }
#define TYPE_FIELD(of) \
    &(WS_FIELD_DESCRIPTION) \
    { \
        .mapping = WS_TYPE_ATTRIBUTE_FIELD_MAPPING, .type = WS_DESCRIPTION_TYPE, AT(struct of, type) \
    }
#define STRUCTURE(of, list, xml, space, ...) \
    { \
        .size = sizeof(struct of), .alignment = 8, .fields = list, .fieldCount = COUNT(list), \
        .typeLocalName = NAME(xml), .typeNs = space, __VA_ARGS__ \
    }

static WS_XML_STRING none = STRING("");

static WS_ENUM_VALUE color_values[] = {{0, NAME("Red")}, {1, NAME("light-green")}, {2, NAME("Blue")}};
static WS_ENUM_DESCRIPTION color = {color_values, COUNT(color_values), 11, NULL};

/* --- As DataContractSerializer has it --- */

static WS_XML_STRING contract = STRING("urn:contract");
static WS_XML_STRING arrays = STRING("http://schemas.microsoft.com/2003/10/Serialization/Arrays");

struct data_shape
{
    const WS_STRUCT_DESCRIPTION *type;
    WS_STRING label;
    int sides;
};

struct data_circle
{
    struct data_shape base;
    double radius;
};

struct data_ring
{
    struct data_circle base;
    float *inner;
};

static WS_STRUCT_DESCRIPTION data_shape, data_circle, data_ring, data_all;

#define DATA_SHAPE \
    TYPE_FIELD(data_shape), ELEMENT(data_shape, label, "Label", &contract, WS_STRING_TYPE, .options = N), \
        ELEMENT(data_shape, sides, "Sides", &contract, WS_INT32_TYPE, .options = 0)

static WS_FIELD_DESCRIPTION *data_ring_fields[] = {
    DATA_SHAPE,
    ELEMENT(data_circle, radius, "Radius", &contract, WS_DOUBLE_TYPE, .options = 0),
    ELEMENT(data_ring, inner, "Inner", &contract, WS_FLOAT_TYPE, .options = P | N),
};
static WS_STRUCT_DESCRIPTION data_ring =
    STRUCTURE(data_ring, data_ring_fields, "Ring", &contract, .parentType = &data_circle);

static WS_FIELD_DESCRIPTION *data_circle_fields[] = {
    DATA_SHAPE,
    ELEMENT(data_circle, radius, "Radius", &contract, WS_DOUBLE_TYPE, .options = 0),
};
static WS_STRUCT_DESCRIPTION *data_rings[] = {&data_ring};
static WS_STRUCT_DESCRIPTION data_circle =
    STRUCTURE(data_circle, data_circle_fields, "Circle", &contract, .parentType = &data_shape, .subTypes = data_rings,
              .subTypeCount = 1);

static WS_FIELD_DESCRIPTION *data_shape_fields[] = {DATA_SHAPE};
static WS_STRUCT_DESCRIPTION *data_circles[] = {&data_circle};
static WS_STRUCT_DESCRIPTION data_shape =
    STRUCTURE(data_shape, data_shape_fields, "Shape", &contract, .subTypes = data_circles, .subTypeCount = 1);

struct data_all
{
    BOOL truth;
    int8_t int8;
    int16_t int16;
    int32_t int32;
    int64_t int64;
    uint8_t uint8;
    uint16_t uint16;
    uint32_t uint32;
    uint64_t uint64;
    float single;
    double number;
    DECIMAL decimal;
    WS_DATETIME date;
    WS_DURATION span;
    GUID guid;
    uint16_t character;
    int color;
    WS_STRING string;
    WS_BYTES bytes;
    BOOL *maybe_truth;
    int64_t *maybe_int64;
    double *maybe_number;
    DECIMAL *maybe_decimal;
    WS_DATETIME *maybe_date;
    GUID *maybe_guid;
    int *maybe_color;
    int32_t optional;
    WS_STRING optional_string;
    int32_t *ints;
    WS_STRING *strings;
    int32_t **maybe_ints;
    WS_DATETIME *dates;
    struct data_shape **shapes;
    struct data_shape *one;
    struct data_all *next;
    ULONG ints_count, strings_count, maybe_ints_count, dates_count, shapes_count;
};

/* A TimeSpan has no years and months. */
static WS_DURATION_DESCRIPTION days = {{.negative = TRUE, .days = 10675200}, {.days = 10675200}, NULL};

#define DATA(member, xml, type, ...) ELEMENT(data_all, member, xml, &contract, type, __VA_ARGS__)
#define DATA_ITEMS(member, xml, item, space, type, ...) \
    ITEMS(data_all, member, NAME(xml), &contract, item, space, type, __VA_ARGS__)

static WS_FIELD_DESCRIPTION *data_fields[] = {
    DATA(truth, "Bool", WS_BOOL_TYPE, .options = 0),
    DATA(int8, "SByte", WS_INT8_TYPE, .options = 0),
    DATA(int16, "Short", WS_INT16_TYPE, .options = 0),
    DATA(int32, "Int", WS_INT32_TYPE, .options = 0),
    DATA(int64, "Long", WS_INT64_TYPE, .options = 0),
    DATA(uint8, "Byte", WS_UINT8_TYPE, .options = 0),
    DATA(uint16, "UShort", WS_UINT16_TYPE, .options = 0),
    DATA(uint32, "UInt", WS_UINT32_TYPE, .options = 0),
    DATA(uint64, "ULong", WS_UINT64_TYPE, .options = 0),
    DATA(single, "Float", WS_FLOAT_TYPE, .options = 0),
    DATA(number, "Double", WS_DOUBLE_TYPE, .options = 0),
    DATA(decimal, "Decimal", WS_DECIMAL_TYPE, .options = 0),
    DATA(date, "Date", WS_DATETIME_TYPE, .options = 0),
    DATA(span, "Span", WS_DURATION_TYPE, .typeDescription = &days),
    DATA(guid, "Guid", WS_GUID_TYPE, .options = 0),
    DATA(character, "Char", WS_UINT16_TYPE, .options = 0),
    DATA(color, "Color", WS_ENUM_TYPE, .typeDescription = &color),
    DATA(string, "String", WS_STRING_TYPE, .options = N),
    DATA(bytes, "Bytes", WS_BYTES_TYPE, .options = N),
    DATA(maybe_truth, "MaybeBool", WS_BOOL_TYPE, .options = P | N),
    DATA(maybe_int64, "MaybeLong", WS_INT64_TYPE, .options = P | N),
    DATA(maybe_number, "MaybeDouble", WS_DOUBLE_TYPE, .options = P | N),
    DATA(maybe_decimal, "MaybeDecimal", WS_DECIMAL_TYPE, .options = P | N),
    DATA(maybe_date, "MaybeDate", WS_DATETIME_TYPE, .options = P | N),
    DATA(maybe_guid, "MaybeGuid", WS_GUID_TYPE, .options = P | N),
    DATA(maybe_color, "MaybeColor", WS_ENUM_TYPE, .typeDescription = &color, .options = P | N),
    DATA(optional, "Optional", WS_INT32_TYPE, .options = O),
    DATA(optional_string, "OptionalString", WS_STRING_TYPE, .options = O),
    DATA_ITEMS(ints, "Ints", "int", &arrays, WS_INT32_TYPE, .options = N),
    DATA_ITEMS(strings, "Strings", "string", &arrays, WS_STRING_TYPE, .options = N | I),
    DATA_ITEMS(maybe_ints, "MaybeInts", "Item", &contract, WS_INT32_TYPE, .options = N | P | I),
    DATA_ITEMS(dates, "Dates", "dateTime", &arrays, WS_DATETIME_TYPE, .options = N),
    DATA_ITEMS(shapes, "Shapes", "Shape", &contract, WS_STRUCT_TYPE, .typeDescription = &data_shape,
               .options = N | P | I),
    DATA(one, "One", WS_STRUCT_TYPE, .typeDescription = &data_shape, .options = P | N),
    DATA(next, "Next", WS_STRUCT_TYPE, .typeDescription = &data_all, .options = P | N),
};
static WS_STRUCT_DESCRIPTION data_all = STRUCTURE(data_all, data_fields, "All", &contract, .structOptions = 0);

/* --- As XmlSerializer has it --- */

static WS_XML_STRING plain = STRING("urn:plain");

struct plain_shape
{
    const WS_STRUCT_DESCRIPTION *type;
    WS_STRING label;
    int sides;
};

struct plain_circle
{
    struct plain_shape base;
    double radius;
};

struct plain_ring
{
    struct plain_circle base;
    BOOL open;
    float *inner;
};

static WS_STRUCT_DESCRIPTION plain_shape, plain_circle, plain_ring, plain_all;

#define PLAIN_SHAPE_ATTRIBUTES \
    TYPE_FIELD(plain_shape), ATTRIBUTE(plain_shape, label, "label", WS_STRING_TYPE, .options = O)
#define PLAIN_SHAPE_ELEMENTS ELEMENT(plain_shape, sides, "sides", &plain, WS_INT32_TYPE, .options = 0)

static WS_FIELD_DESCRIPTION *plain_ring_fields[] = {
    PLAIN_SHAPE_ATTRIBUTES,
    ATTRIBUTE(plain_ring, open, "open", WS_BOOL_TYPE, .options = 0),
    PLAIN_SHAPE_ELEMENTS,
    ELEMENT(plain_circle, radius, "radius", &plain, WS_DOUBLE_TYPE, .options = 0),
    ELEMENT(plain_ring, inner, "inner", &plain, WS_FLOAT_TYPE, .options = P | N),
};
static WS_STRUCT_DESCRIPTION plain_ring =
    STRUCTURE(plain_ring, plain_ring_fields, "Ring", &plain, .parentType = &plain_circle);

static WS_FIELD_DESCRIPTION *plain_circle_fields[] = {
    PLAIN_SHAPE_ATTRIBUTES,
    PLAIN_SHAPE_ELEMENTS,
    ELEMENT(plain_circle, radius, "radius", &plain, WS_DOUBLE_TYPE, .options = 0),
};
static WS_STRUCT_DESCRIPTION *plain_rings[] = {&plain_ring};
static WS_STRUCT_DESCRIPTION plain_circle =
    STRUCTURE(plain_circle, plain_circle_fields, "Circle", &plain, .parentType = &plain_shape, .subTypes = plain_rings,
              .subTypeCount = 1);

static WS_FIELD_DESCRIPTION *plain_shape_fields[] = {PLAIN_SHAPE_ATTRIBUTES, PLAIN_SHAPE_ELEMENTS};
static WS_STRUCT_DESCRIPTION *plain_circles[] = {&plain_circle};
static WS_STRUCT_DESCRIPTION plain_shape =
    STRUCTURE(plain_shape, plain_shape_fields, "Shape", &plain, .subTypes = plain_circles, .subTypeCount = 1);

struct plain_amount
{
    WS_STRING unit;
    DECIMAL value;
};

static WS_FIELD_DESCRIPTION *plain_amount_fields[] = {
    ATTRIBUTE(plain_amount, unit, "unit", WS_STRING_TYPE, .options = O),
    &(WS_FIELD_DESCRIPTION){.mapping = WS_TEXT_FIELD_MAPPING, .type = WS_DECIMAL_TYPE, AT(struct plain_amount, value)},
};
static WS_STRUCT_DESCRIPTION plain_amount =
    STRUCTURE(plain_amount, plain_amount_fields, "Amount", &plain, .structOptions = 0);

struct plain_choice
{
    int which; /* 0: none */
    union
    {
        int32_t number;
        WS_STRING text;
        struct plain_amount amount;
    } value;
};

#define CHOICE(of, member, xml, space, ws_type, selector, ...) \
    &(WS_UNION_FIELD_DESCRIPTION) \
    { \
        .value = selector, .field = { \
            .mapping = WS_ELEMENT_FIELD_MAPPING, \
            .localName = NAME(xml), \
            .ns = space, \
            .type = ws_type, \
            AT(struct of, value.member), \
            __VA_ARGS__ \
        } \
    }
#define CHOICES(of, list) \
    { \
        .size = sizeof(struct of), .alignment = 8, .fields = list, .fieldCount = COUNT(list), \
        .enumOffset = offsetof(struct of, which), .noneEnumValue = 0 \
    }

static WS_UNION_FIELD_DESCRIPTION *plain_choice_fields[] = {
    CHOICE(plain_choice, number, "a", &plain, WS_INT32_TYPE, 1, .options = 0),
    CHOICE(plain_choice, text, "b", &plain, WS_STRING_TYPE, 2, .options = 0),
    CHOICE(plain_choice, amount, "c", &plain, WS_STRUCT_TYPE, 3, .typeDescription = &plain_amount),
};
static WS_UNION_DESCRIPTION plain_choice = CHOICES(plain_choice, plain_choice_fields);

static WS_UNION_FIELD_DESCRIPTION *plain_choices_fields[] = {
    CHOICE(plain_choice, number, "d", &plain, WS_INT32_TYPE, 1, .options = 0),
    CHOICE(plain_choice, text, "e", &plain, WS_STRING_TYPE, 2, .options = 0),
    CHOICE(plain_choice, amount, "f", &plain, WS_STRUCT_TYPE, 3, .typeDescription = &plain_amount),
};
static WS_UNION_DESCRIPTION plain_choices = CHOICES(plain_choice, plain_choices_fields);

struct plain_all
{
    int32_t id;
    BOOL flag;
    WS_DATETIME date;
    double number;
    int color;
    WS_BYTES bytes;
    WS_STRING text;
    int32_t seven;
    WS_STRING lang;
    int8_t int8;
    int16_t int16;
    int64_t int64;
    uint8_t uint8;
    uint16_t uint16;
    uint32_t uint32;
    uint64_t uint64;
    float single;
    double double_value;
    DECIMAL decimal;
    WS_DATETIME date_value;
    GUID guid;
    int color_value;
    WS_BYTES bytes_value;
    WS_STRING string;
    WS_STRING maybe_string;
    int32_t *maybe_int;
    uint32_t quantity;
    WS_STRING *items;
    double *repeated;
    struct plain_choice choice, *choices;
    struct plain_amount *amount;
    struct plain_shape *shape, **shapes;
    struct plain_all *next;
    ULONG items_count, repeated_count, choices_count, shapes_count;
};

static int seven = 7;
static WS_DEFAULT_VALUE default_seven = {&seven, sizeof(seven)};

#define PLAIN(member, xml, type, ...)           ELEMENT(plain_all, member, xml, &plain, type, __VA_ARGS__)
#define PLAIN_ATTRIBUTE(member, xml, type, ...) ATTRIBUTE(plain_all, member, xml, type, __VA_ARGS__)

static WS_FIELD_DESCRIPTION *plain_fields[] = {
    PLAIN_ATTRIBUTE(id, "id", WS_INT32_TYPE, .options = 0),
    PLAIN_ATTRIBUTE(flag, "flag", WS_BOOL_TYPE, .options = 0),
    PLAIN_ATTRIBUTE(date, "date", WS_DATETIME_TYPE, .options = 0),
    PLAIN_ATTRIBUTE(number, "number", WS_DOUBLE_TYPE, .options = 0),
    PLAIN_ATTRIBUTE(color, "color", WS_ENUM_TYPE, .typeDescription = &color),
    PLAIN_ATTRIBUTE(bytes, "bytes", WS_BYTES_TYPE, .options = O),
    PLAIN_ATTRIBUTE(text, "text", WS_STRING_TYPE, .options = O),
    PLAIN_ATTRIBUTE(seven, "seven", WS_INT32_TYPE, .options = O, .defaultValue = &default_seven),
    &(WS_FIELD_DESCRIPTION){.mapping = WS_XML_ATTRIBUTE_FIELD_MAPPING,
                            .localName = NAME("lang"),
                            .type = WS_STRING_TYPE,
                            AT(struct plain_all, lang),
                            .options = O},
    ELEMENT(plain_all, int8, "sbyteValue", &none, WS_INT8_TYPE, .options = 0),
    PLAIN(int16, "shortValue", WS_INT16_TYPE, .options = 0),
    PLAIN(int64, "longValue", WS_INT64_TYPE, .options = 0),
    PLAIN(uint8, "byteValue", WS_UINT8_TYPE, .options = 0),
    PLAIN(uint16, "ushortValue", WS_UINT16_TYPE, .options = 0),
    PLAIN(uint32, "uintValue", WS_UINT32_TYPE, .options = 0),
    PLAIN(uint64, "ulongValue", WS_UINT64_TYPE, .options = 0),
    PLAIN(single, "floatValue", WS_FLOAT_TYPE, .options = 0),
    PLAIN(double_value, "doubleValue", WS_DOUBLE_TYPE, .options = 0),
    PLAIN(decimal, "decimalValue", WS_DECIMAL_TYPE, .options = 0),
    PLAIN(date_value, "dateValue", WS_DATETIME_TYPE, .options = 0),
    PLAIN(guid, "guidValue", WS_GUID_TYPE, .options = 0),
    PLAIN(color_value, "colorValue", WS_ENUM_TYPE, .typeDescription = &color),
    PLAIN(bytes_value, "bytesValue", WS_BYTES_TYPE, .options = O),
    PLAIN(string, "stringValue", WS_STRING_TYPE, .options = O),
    PLAIN(maybe_string, "maybeString", WS_STRING_TYPE, .options = N),
    PLAIN(maybe_int, "maybeInt", WS_INT32_TYPE, .options = P | N),
    PLAIN(quantity, "quantity", WS_UINT32_TYPE, .options = O),
    ITEMS(plain_all, items, NAME("items"), &plain, "item", &plain, WS_STRING_TYPE, .options = O | I),
    ITEMS(plain_all, repeated, NULL, NULL, "repeated", &plain, WS_DOUBLE_TYPE, .options = 0),
    &(WS_FIELD_DESCRIPTION){.mapping = WS_ELEMENT_CHOICE_FIELD_MAPPING,
                            .type = WS_UNION_TYPE,
                            .typeDescription = &plain_choice,
                            AT(struct plain_all, choice),
                            .options = O},
    &(WS_FIELD_DESCRIPTION){.mapping = WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING,
                            .type = WS_UNION_TYPE,
                            .typeDescription = &plain_choices,
                            AT(struct plain_all, choices),
                            .countOffset = offsetof(struct plain_all, choices_count)},
    PLAIN(amount, "amount", WS_STRUCT_TYPE, .typeDescription = &plain_amount, .options = P | O),
    PLAIN(shape, "shape", WS_STRUCT_TYPE, .typeDescription = &plain_shape, .options = P | O),
    ITEMS(plain_all, shapes, NAME("shapes"), &plain, "shape", &plain, WS_STRUCT_TYPE, .typeDescription = &plain_shape,
          .options = O | P | I),
    PLAIN(next, "next", WS_STRUCT_TYPE, .typeDescription = &plain_all, .options = P | O),
};
static WS_STRUCT_DESCRIPTION plain_all = STRUCTURE(plain_all, plain_fields, "All", &plain, .structOptions = 0);

/* --- For gSOAP --- */

static WS_XML_STRING soap = STRING("urn:soap");

struct soap_point
{
    int32_t id;
    WS_STRING label;
    double x;
    float y;
};

static WS_FIELD_DESCRIPTION *soap_point_fields[] = {
    ATTRIBUTE(soap_point, id, "id", WS_INT32_TYPE, .options = 0),
    ATTRIBUTE(soap_point, label, "label", WS_STRING_TYPE, .options = O),
    ELEMENT(soap_point, x, "x", &soap, WS_DOUBLE_TYPE, .options = 0),
    ELEMENT(soap_point, y, "y", &soap, WS_FLOAT_TYPE, .options = 0),
};
static WS_STRUCT_DESCRIPTION soap_point = STRUCTURE(soap_point, soap_point_fields, "point", &soap, .structOptions = 0);

struct soap_choice
{
    int which;
    union
    {
        int32_t number;
        WS_STRING text;
        struct soap_point point;
    } value;
};

static WS_UNION_FIELD_DESCRIPTION *soap_choice_fields[] = {
    CHOICE(soap_choice, number, "a", &soap, WS_INT32_TYPE, 1, .options = 0),
    CHOICE(soap_choice, text, "b", &soap, WS_STRING_TYPE, 2, .options = 0),
    CHOICE(soap_choice, point, "c", &soap, WS_STRUCT_TYPE, 3, .typeDescription = &soap_point),
};
static WS_UNION_DESCRIPTION soap_choice = CHOICES(soap_choice, soap_choice_fields);

struct soap_all
{
    int32_t id;
    BOOL flag;
    int color;
    WS_STRING text;
    BOOL truth;
    int8_t int8;
    int16_t int16;
    int64_t int64;
    uint8_t uint8;
    uint16_t uint16;
    uint32_t uint32;
    uint64_t uint64;
    float single;
    double number;
    WS_DATETIME date;
    int color_value;
    WS_STRING string;
    WS_BYTES bytes;
    int32_t *maybe;
    WS_STRING maybe_string;
    double *nil;
    int32_t *numbers;
    WS_STRING *names;
    struct soap_point *points, point;
    struct soap_choice choice;
    struct soap_all *next;
    ULONG numbers_count, names_count, points_count;
};

static WS_STRUCT_DESCRIPTION soap_all;

/* Of years before 1000, gSOAP writes fewer than four digits. */
static WS_DATETIME_DESCRIPTION late = {{321355968000000000, WS_DATETIME_FORMAT_UTC},
                                       {3155378975999999999, WS_DATETIME_FORMAT_UTC}};

#define SOAP(member, xml, type, ...)           ELEMENT(soap_all, member, xml, &soap, type, __VA_ARGS__)
#define SOAP_ATTRIBUTE(member, xml, type, ...) ATTRIBUTE(soap_all, member, xml, type, __VA_ARGS__)

static WS_FIELD_DESCRIPTION *soap_fields[] = {
    SOAP_ATTRIBUTE(id, "id", WS_INT32_TYPE, .options = 0),
    SOAP_ATTRIBUTE(flag, "flag", WS_BOOL_TYPE, .options = 0),
    SOAP_ATTRIBUTE(color, "color", WS_ENUM_TYPE, .typeDescription = &color),
    SOAP_ATTRIBUTE(text, "text", WS_STRING_TYPE, .options = O),
    SOAP(truth, "truth", WS_BOOL_TYPE, .options = 0),
    SOAP(int8, "int8", WS_INT8_TYPE, .options = 0),
    SOAP(int16, "int16", WS_INT16_TYPE, .options = 0),
    SOAP(int64, "int64", WS_INT64_TYPE, .options = 0),
    SOAP(uint8, "uint8", WS_UINT8_TYPE, .options = 0),
    SOAP(uint16, "uint16", WS_UINT16_TYPE, .options = 0),
    SOAP(uint32, "uint32", WS_UINT32_TYPE, .options = 0),
    SOAP(uint64, "uint64", WS_UINT64_TYPE, .options = 0),
    SOAP(single, "float", WS_FLOAT_TYPE, .options = 0),
    SOAP(number, "double", WS_DOUBLE_TYPE, .options = 0),
    SOAP(date, "date", WS_DATETIME_TYPE, .typeDescription = &late),
    SOAP(color_value, "colorValue", WS_ENUM_TYPE, .typeDescription = &color),
    SOAP(string, "string", WS_STRING_TYPE, .options = 0),
    SOAP(bytes, "bytes", WS_BYTES_TYPE, .options = 0),
    SOAP(maybe, "maybe", WS_INT32_TYPE, .options = P | N | O),
    SOAP(maybe_string, "maybeString", WS_STRING_TYPE, .options = N),
    SOAP(nil, "nil", WS_DOUBLE_TYPE, .options = P | N),
    ITEMS(soap_all, numbers, NULL, NULL, "number", &soap, WS_INT32_TYPE, .options = 0),
    ITEMS(soap_all, names, NULL, NULL, "name", &soap, WS_STRING_TYPE, .options = 0),
    ITEMS(soap_all, points, NAME("points"), &soap, "point", &soap, WS_STRUCT_TYPE, .typeDescription = &soap_point,
          .options = O),
    &(WS_FIELD_DESCRIPTION){.mapping = WS_ELEMENT_CHOICE_FIELD_MAPPING,
                            .type = WS_UNION_TYPE,
                            .typeDescription = &soap_choice,
                            AT(struct soap_all, choice)},
    SOAP(point, "point", WS_STRUCT_TYPE, .typeDescription = &soap_point),
    SOAP(next, "next", WS_STRUCT_TYPE, .typeDescription = &soap_all, .options = P | O),
};
static WS_STRUCT_DESCRIPTION soap_all = STRUCTURE(soap_all, soap_fields, "all", &soap, .structOptions = 0);

#endif
