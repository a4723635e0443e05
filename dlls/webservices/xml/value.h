/* SPDX-License-Identifier: MIT */
/*
 * value.h - between WS_VALUE_TYPE values, WS_XML_TEXT of every type, and UTF-8: what readers, writers, encoders and
 * canonicalization share.
 */
#ifndef WS_XML_VALUE_H
#define WS_XML_VALUE_H

#include "base/arena.h"
#include "webservices.h"

/* A text of any type. */
union xml_text
{
    WS_XML_TEXT text;
    WS_XML_UTF8_TEXT utf8;
    WS_XML_UTF16_TEXT utf16;
    WS_XML_BASE64_TEXT base64;
    WS_XML_BOOL_TEXT boolean;
    WS_XML_INT32_TEXT int32;
    WS_XML_INT64_TEXT int64;
    WS_XML_UINT64_TEXT uint64;
    WS_XML_FLOAT_TEXT single_float;
    WS_XML_DOUBLE_TEXT double_float;
    WS_XML_DECIMAL_TEXT decimal;
    WS_XML_GUID_TEXT guid;
    WS_XML_UNIQUE_ID_TEXT unique_id;
    WS_XML_DATETIME_TEXT datetime;
    WS_XML_TIMESPAN_TEXT timespan;
    WS_XML_QNAME_TEXT qname;
    WS_XML_LIST_TEXT list;
};

/* sizeof() of the structure of a text type; 0 for an unknown one. */
size_t xml_text_size(WS_XML_TEXT_TYPE type);

/* sizeof() of a value type; 0 for an unknown one. */
ULONG value_size(WS_VALUE_TYPE type);

/* The most bytes that value_write() may write. */
#define VALUE_ROOM 128

/*
 * Writes a value as XML Schema does. WS_E_INVALID_FORMAT if it has no text (a date out of range); E_INVALIDARG for an
 * unknown type.
 */
HRESULT value_write(WS_VALUE_TYPE type, const void *value, BYTE *text, size_t *length, WS_ERROR *error);

/* The same for a text that has such a type; S_FALSE: it has another one. */
HRESULT value_write_text(const WS_XML_TEXT *text, BYTE *written, size_t *length, WS_ERROR *error);

/*
 * Parses the text of a value, white space around it allowed. *value is untouched on failure: errors as in number.h,
 * with a sentence; E_INVALIDARG for an unknown type.
 */
HRESULT value_parse(WS_VALUE_TYPE type, const BYTE *text, size_t length, void *value, WS_ERROR *error);

/*
 * The UTF-8 text of a WS_XML_TEXT of any type, as the text encoding would write it (before escaping). *bytes points
 * into the WS_XML_TEXT when that is UTF-8, else to memory of the arena.
 *
 * WS_E_INVALID_FORMAT for UTF-8 and UTF-16 that are not valid and values without text; E_INVALIDARG for an unknown text
 * type, a list in a list and NULL pointers; WS_E_QUOTA_EXCEEDED or E_OUTOFMEMORY from the arena.
 */
HRESULT text_to_utf8(const WS_XML_TEXT *text, struct arena *arena, const BYTE **bytes, size_t *length, WS_ERROR *error);

/*
 * A value out of a WS_XML_TEXT of any type: directly if the types agree (WS_E_INVALID_FORMAT if it has no text),
 * through the text otherwise. The arena is used only for UTF-16, base64, names and lists.
 */
HRESULT text_to_value(const WS_XML_TEXT *text, struct arena *arena, WS_VALUE_TYPE type, void *value, WS_ERROR *error);

/* The same of a text that has the type of a value, for which there need be no arena; S_FALSE: it has another one. */
HRESULT value_of_text(const WS_XML_TEXT *text, WS_VALUE_TYPE type, void *value, WS_ERROR *error);

#endif
