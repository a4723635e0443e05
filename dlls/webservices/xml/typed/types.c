/* SPDX-License-Identifier: MIT */
/* types.c - the table of types; see types.h. What can be combined with what is from the page of WS_TYPE. */
#include "xml/typed/types.h"

/* --- Type mappings --- */

#define ELEMENT     BIT(WS_ELEMENT_TYPE_MAPPING)
#define ATTRIBUTE   BIT(WS_ATTRIBUTE_TYPE_MAPPING)
#define CONTENT     BIT(WS_ELEMENT_CONTENT_TYPE_MAPPING)
#define ANY_ELEMENT BIT(WS_ANY_ELEMENT_TYPE_MAPPING)

/* --- Field mappings --- */

#define IN_ELEMENTS (BIT(WS_ELEMENT_FIELD_MAPPING) | BIT(WS_REPEATING_ELEMENT_FIELD_MAPPING) | BIT(WS_NO_FIELD_MAPPING))
#define IN_TEXT     (IN_ELEMENTS | BIT(WS_ATTRIBUTE_FIELD_MAPPING) | BIT(WS_TEXT_FIELD_MAPPING))
#define IN_ANY \
    (BIT(WS_ANY_ELEMENT_FIELD_MAPPING) | BIT(WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING) | \
     BIT(WS_ANY_CONTENT_FIELD_MAPPING))
#define IN_XML BIT(WS_XML_ATTRIBUTE_FIELD_MAPPING)

/* --- Options of fields --- */

#define P WS_FIELD_POINTER
#define O WS_FIELD_OPTIONAL
#define N WS_FIELD_NILLABLE
#define I WS_FIELD_NILLABLE_ITEM

/* Values, of which only a pointer can be nil; */
#define VALUES \
    (BIT(0) | BIT(O) | BIT(P | N) | BIT(P | N | O) | BIT(P | I) | BIT(P | N | I) | BIT(P | O | I) | BIT(P | N | O | I))
/* those that can be nil by themselves; */
#define STRINGS (BIT(0) | BIT(O) | BIT(N) | BIT(N | O) | BIT(I) | BIT(N | I) | BIT(O | I) | BIT(N | O | I))
/* and those that are too large to be told from their default. The page has P alone only for structures: our choice. */
#define LARGE \
    (BIT(0) | BIT(P) | BIT(P | O) | BIT(P | N) | BIT(P | N | O) | BIT(P | I) | BIT(P | N | I) | BIT(P | O | I) | \
     BIT(P | N | O | I))

/* --- The table --- */

#define PRIMITIVE(type, size) \
    { \
#type "_TYPE", size, TYPE_IS_PRIMITIVE | TYPE_HAS_DEFAULT, ELEMENT | ATTRIBUTE | CONTENT, IN_TEXT, VALUES, \
            type##_VALUE_TYPE, primitive_read, primitive_parse, primitive_write \
    }
#define SIMPLE(type, size, flags, fields, options, function) \
    { \
#type "_TYPE", size, flags, ELEMENT | ATTRIBUTE | CONTENT, fields, options, 0, simple_read, function##_parse, \
            function##_write \
    }
#define TYPE(type, size, flags, mappings, fields, options, function) \
    { \
#type "_TYPE", size, flags, mappings, fields, options, 0, function##_read, NULL, function##_write \
    }
/* For fields only, which see to it. */
#define MARK(type, size, flags, fields, options) \
    { \
#type "_TYPE", size, flags, 0, fields, options, 0, NULL, NULL, NULL \
    }

const struct type typed_types[TYPE_COUNT] = {
    [WS_BOOL_TYPE] = PRIMITIVE(WS_BOOL, sizeof(BOOL)),
    [WS_INT8_TYPE] = PRIMITIVE(WS_INT8, 1),
    [WS_INT16_TYPE] = PRIMITIVE(WS_INT16, 2),
    [WS_INT32_TYPE] = PRIMITIVE(WS_INT32, 4),
    [WS_INT64_TYPE] = PRIMITIVE(WS_INT64, 8),
    [WS_UINT8_TYPE] = PRIMITIVE(WS_UINT8, 1),
    [WS_UINT16_TYPE] = PRIMITIVE(WS_UINT16, 2),
    [WS_UINT32_TYPE] = PRIMITIVE(WS_UINT32, 4),
    [WS_UINT64_TYPE] = PRIMITIVE(WS_UINT64, 8),
    [WS_FLOAT_TYPE] = PRIMITIVE(WS_FLOAT, sizeof(float)),
    [WS_DOUBLE_TYPE] = PRIMITIVE(WS_DOUBLE, sizeof(double)),
    [WS_DECIMAL_TYPE] = PRIMITIVE(WS_DECIMAL, sizeof(DECIMAL)),
    [WS_DATETIME_TYPE] = PRIMITIVE(WS_DATETIME, sizeof(WS_DATETIME)),
    [WS_TIMESPAN_TYPE] = PRIMITIVE(WS_TIMESPAN, sizeof(WS_TIMESPAN)),
    [WS_GUID_TYPE] = PRIMITIVE(WS_GUID, sizeof(GUID)),
    /* No parse(): its limits call a comparer of the program's, once, and what that does to the heap has to be seen. */
    [WS_DURATION_TYPE] = {"WS_DURATION_TYPE", sizeof(WS_DURATION), TYPE_IS_PRIMITIVE | TYPE_HAS_DEFAULT,
                          ELEMENT | ATTRIBUTE | CONTENT, IN_TEXT, VALUES, WS_DURATION_VALUE_TYPE, primitive_read, NULL,
                          primitive_write},
    [WS_ENUM_TYPE] = SIMPLE(WS_ENUM, sizeof(int), TYPE_IS_DESCRIBED | TYPE_HAS_DEFAULT, IN_TEXT, VALUES, enum),
    [WS_UNIQUE_ID_TYPE] =
        SIMPLE(WS_UNIQUE_ID, sizeof(WS_UNIQUE_ID), TYPE_ON_HEAP | TYPE_HAS_DEFAULT, IN_TEXT, VALUES, unique_id),
    [WS_STRING_TYPE] = SIMPLE(WS_STRING, sizeof(WS_STRING), TYPE_ON_HEAP | TYPE_HAS_NIL | TYPE_HAS_DEFAULT,
                              IN_TEXT | IN_XML, STRINGS, string),
    [WS_WSZ_TYPE] = SIMPLE(WS_WSZ, sizeof(WCHAR *), TYPE_ON_HEAP | TYPE_IS_POINTER | TYPE_HAS_DEFAULT, IN_TEXT | IN_XML,
                           STRINGS, wsz),
    [WS_XML_STRING_TYPE] = SIMPLE(WS_XML_STRING, sizeof(WS_XML_STRING), TYPE_ON_HEAP | TYPE_HAS_NIL | TYPE_HAS_DEFAULT,
                                  IN_TEXT, STRINGS, xml_string),
    [WS_XML_QNAME_TYPE] = TYPE(WS_XML_QNAME, sizeof(WS_XML_QNAME), TYPE_ON_HEAP | TYPE_HAS_DEFAULT,
                               ELEMENT | ATTRIBUTE | CONTENT, IN_TEXT, VALUES, qname),
    [WS_BYTES_TYPE] = TYPE(WS_BYTES, sizeof(WS_BYTES), TYPE_ON_HEAP | TYPE_HAS_NIL | TYPE_HAS_DEFAULT,
                           ELEMENT | ATTRIBUTE | CONTENT, IN_TEXT, STRINGS, bytes),
    /* Only fields of these types can be. */
    [WS_CHAR_ARRAY_TYPE] = {"WS_CHAR_ARRAY_TYPE", sizeof(void *), TYPE_ON_HEAP | TYPE_IS_COUNTED, 0, IN_TEXT | IN_XML,
                            STRINGS, 0, simple_read, string_parse, string_write},
    [WS_UTF8_ARRAY_TYPE] = {"WS_UTF8_ARRAY_TYPE", sizeof(void *), TYPE_ON_HEAP | TYPE_IS_COUNTED, 0,
                            IN_TEXT & ~BIT(WS_REPEATING_ELEMENT_FIELD_MAPPING), STRINGS, 0, simple_read,
                            xml_string_parse, xml_string_write},
    [WS_BYTE_ARRAY_TYPE] = {"WS_BYTE_ARRAY_TYPE", sizeof(void *), TYPE_ON_HEAP | TYPE_IS_COUNTED, 0,
                            IN_TEXT & ~BIT(WS_REPEATING_ELEMENT_FIELD_MAPPING), STRINGS, 0, bytes_read, NULL,
                            bytes_write},
    [WS_XML_BUFFER_TYPE] =
        TYPE(WS_XML_BUFFER, sizeof(WS_XML_BUFFER *), TYPE_ON_HEAP | TYPE_IS_POINTER | TYPE_IS_ELEMENT,
             ELEMENT | ANY_ELEMENT, IN_ELEMENTS | IN_ANY, STRINGS, xml_buffer),
    [WS_STRUCT_TYPE] = TYPE(WS_STRUCT, 0, TYPE_IS_DESCRIBED | TYPE_IS_ELEMENT, ELEMENT | ATTRIBUTE | CONTENT,
                            IN_ELEMENTS | BIT(WS_TEXT_FIELD_MAPPING), LARGE, struct),
    [WS_UNION_TYPE] = TYPE(WS_UNION, 0, TYPE_IS_DESCRIBED | TYPE_IS_ELEMENT, ELEMENT | CONTENT,
                           BIT(WS_ELEMENT_CHOICE_FIELD_MAPPING) | BIT(WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING),
                           BIT(0) | BIT(O), union),
    [WS_CUSTOM_TYPE] = TYPE(WS_CUSTOM, 0, TYPE_IS_DESCRIBED | TYPE_IS_ELEMENT | TYPE_HAS_DEFAULT,
                            ELEMENT | ATTRIBUTE | CONTENT | ANY_ELEMENT, IN_TEXT | BIT(WS_ANY_ELEMENT_FIELD_MAPPING),
                            LARGE | BIT(O), custom),
    [WS_FAULT_TYPE] = TYPE(WS_FAULT, sizeof(WS_FAULT), TYPE_ON_HEAP | TYPE_IS_DESCRIBED | TYPE_IS_ELEMENT, ELEMENT,
                           IN_ELEMENTS, LARGE, fault),
    [WS_ENDPOINT_ADDRESS_TYPE] =
        TYPE(WS_ENDPOINT_ADDRESS, sizeof(WS_ENDPOINT_ADDRESS), TYPE_ON_HEAP | TYPE_IS_DESCRIBED | TYPE_IS_ELEMENT,
             ELEMENT, IN_ELEMENTS, LARGE, address),
    [WS_DESCRIPTION_TYPE] =
        MARK(WS_DESCRIPTION, sizeof(WS_STRUCT_DESCRIPTION *), 0, BIT(WS_TYPE_ATTRIBUTE_FIELD_MAPPING), BIT(0)),
    [WS_VOID_TYPE] = MARK(WS_VOID, 0, TYPE_HAS_DEFAULT,
                          BIT(WS_NO_FIELD_MAPPING) | BIT(WS_ELEMENT_FIELD_MAPPING) | BIT(WS_ATTRIBUTE_FIELD_MAPPING) |
                              IN_ANY | BIT(WS_ANY_ATTRIBUTES_FIELD_MAPPING),
                          BIT(0) | BIT(O) | BIT(O | P) | BIT(P)),
    [WS_ANY_ATTRIBUTES_TYPE] =
        MARK(WS_ANY_ATTRIBUTES, sizeof(WS_ANY_ATTRIBUTES), TYPE_ON_HEAP, BIT(WS_ANY_ATTRIBUTES_FIELD_MAPPING), BIT(0)),
};
