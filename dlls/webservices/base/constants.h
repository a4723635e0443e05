/* SPDX-License-Identifier: MIT */
/* constants.h - the names of the constants of the API, for the sentences of error objects and for the trace. */
#ifndef WS_BASE_CONSTANTS_H
#define WS_BASE_CONSTANTS_H

#include <stdint.h>

enum constant_kind
{
    CONSTANT_ADDRESSING_VERSION,         /* WS_ADDRESSING_VERSION */
    CONSTANT_CALLBACK_MODEL,             /* WS_CALLBACK_MODEL */
    CONSTANT_CHANNEL_BINDING,            /* WS_CHANNEL_BINDING */
    CONSTANT_CHANNEL_PROPERTY,           /* WS_CHANNEL_PROPERTY_ID */
    CONSTANT_CHANNEL_STATE,              /* WS_CHANNEL_STATE */
    CONSTANT_CHANNEL_TYPE,               /* WS_CHANNEL_TYPE */
    CONSTANT_CHARSET,                    /* WS_CHARSET */
    CONSTANT_ENCODING,                   /* WS_ENCODING */
    CONSTANT_ENDPOINT_ADDRESS_EXTENSION, /* WS_ENDPOINT_ADDRESS_EXTENSION_TYPE */
    CONSTANT_ENVELOPE_VERSION,           /* WS_ENVELOPE_VERSION */
    CONSTANT_ERROR_PROPERTY,             /* WS_ERROR_PROPERTY_ID */
    CONSTANT_FAULT_DISCLOSURE,           /* WS_FAULT_DISCLOSURE */
    CONSTANT_FAULT_ERROR_PROPERTY,       /* WS_FAULT_ERROR_PROPERTY_ID */
    CONSTANT_FIELD_MAPPING,              /* WS_FIELD_MAPPING */
    CONSTANT_HEADER_TYPE,                /* WS_HEADER_TYPE */
    CONSTANT_HEAP_PROPERTY,              /* WS_HEAP_PROPERTY_ID */
    CONSTANT_LISTENER_PROPERTY,          /* WS_LISTENER_PROPERTY_ID */
    CONSTANT_LISTENER_STATE,             /* WS_LISTENER_STATE */
    CONSTANT_MESSAGE_INITIALIZATION,     /* WS_MESSAGE_INITIALIZATION */
    CONSTANT_MESSAGE_PROPERTY,           /* WS_MESSAGE_PROPERTY_ID */
    CONSTANT_MESSAGE_STATE,              /* WS_MESSAGE_STATE */
    CONSTANT_MOVE_TO,                    /* WS_MOVE_TO */
    CONSTANT_READ_OPTION,                /* WS_READ_OPTION */
    CONSTANT_RECEIVE_OPTION,             /* WS_RECEIVE_OPTION */
    CONSTANT_REPEATING_HEADER_OPTION,    /* WS_REPEATING_HEADER_OPTION */
    CONSTANT_TYPE,                       /* WS_TYPE */
    CONSTANT_TYPE_MAPPING,               /* WS_TYPE_MAPPING */
    CONSTANT_VALUE_TYPE,                 /* WS_VALUE_TYPE */
    CONSTANT_WRITE_OPTION,               /* WS_WRITE_OPTION */
    CONSTANT_CANONICALIZATION_ALGORITHM, /* WS_XML_CANONICALIZATION_ALGORITHM */
    CONSTANT_CANONICALIZATION_PROPERTY,  /* WS_XML_CANONICALIZATION_PROPERTY_ID */
    CONSTANT_NODE_TYPE,                  /* WS_XML_NODE_TYPE */
    CONSTANT_READER_ENCODING_TYPE,       /* WS_XML_READER_ENCODING_TYPE */
    CONSTANT_READER_INPUT_TYPE,          /* WS_XML_READER_INPUT_TYPE */
    CONSTANT_READER_PROPERTY,            /* WS_XML_READER_PROPERTY_ID */
    CONSTANT_TEXT_TYPE,                  /* WS_XML_TEXT_TYPE */
    CONSTANT_WRITER_ENCODING_TYPE,       /* WS_XML_WRITER_ENCODING_TYPE */
    CONSTANT_WRITER_OUTPUT_TYPE,         /* WS_XML_WRITER_OUTPUT_TYPE */
    CONSTANT_WRITER_PROPERTY,            /* WS_XML_WRITER_PROPERTY_ID */
    CONSTANT_RESULT,                     /* HRESULT */
};

struct constant_text
{
    char text[80];
};

/*
 * "WS_MOVE_TO_PARENT_ELEMENT", or what a value without a name is: "move 99", "result 0x80004005". It is returned by
 * value, so that it lives as long as the call that it is an argument of: constant_name(CONSTANT_MOVE_TO, move).text.
 */
struct constant_text constant_name(enum constant_kind kind, uint32_t value);

#endif
