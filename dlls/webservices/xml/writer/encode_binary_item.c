/* SPDX-License-Identifier: MIT */
/* encode_binary_item.c - the encoder of the binary encoding: values of a fixed size as bytes, alone and in arrays. */
#include "xml/writer/encode_binary.h"

#include "values/date.h"
#include "values/number.h"

#include <string.h>

HRESULT binary_encode_decimal(const DECIMAL *value, BYTE *bytes, WS_ERROR *error)
{
    HRESULT hr = number_check_decimal(value, error);

    if (hr != S_OK)
        return hr;
    binary_put16(bytes, 0);
    bytes[2] = value->scale;
    bytes[3] = value->sign;
    binary_put32(bytes + 4, (uint32_t)value->Hi32);
    binary_put64(bytes + 8, value->Lo64);
    return S_OK;
}

void binary_encode_guid(const GUID *value, BYTE *bytes)
{
    binary_put32(bytes, (uint32_t)value->Data1);
    binary_put16(bytes + 4, value->Data2);
    binary_put16(bytes + 6, value->Data3);
    memcpy(bytes + 8, value->Data4, 8);
}

HRESULT binary_encode_datetime(const WS_DATETIME *value, uint64_t *bits, WS_ERROR *error)
{
    static const BYTE kinds[] = {
        [WS_DATETIME_FORMAT_NONE] = 0, [WS_DATETIME_FORMAT_UTC] = 1, [WS_DATETIME_FORMAT_LOCAL] = 2};
    HRESULT hr = date_check(value, error);

    if (hr == S_OK)
        *bits = value->ticks | (uint64_t)kinds[value->format] << BINARY_DATETIME_KIND_SHIFT;
    return hr;
}

unsigned binary_array_record(WS_VALUE_TYPE type)
{
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE: return RECORD_BOOL_TEXT;
    case WS_INT16_VALUE_TYPE: return RECORD_INT16_TEXT;
    case WS_INT32_VALUE_TYPE: return RECORD_INT32_TEXT;
    case WS_INT64_VALUE_TYPE: return RECORD_INT64_TEXT;
    case WS_FLOAT_VALUE_TYPE: return RECORD_FLOAT_TEXT;
    case WS_DOUBLE_VALUE_TYPE: return RECORD_DOUBLE_TEXT;
    case WS_DECIMAL_VALUE_TYPE: return RECORD_DECIMAL_TEXT;
    case WS_DATETIME_VALUE_TYPE: return RECORD_DATETIME_TEXT;
    case WS_TIMESPAN_VALUE_TYPE: return RECORD_TIMESPAN_TEXT;
    case WS_GUID_VALUE_TYPE: return RECORD_UUID_TEXT;
    default: return 0;
    }
}

HRESULT binary_encode_item(unsigned record, const BYTE *item, BYTE *bytes, WS_ERROR *error)
{
    uint64_t bits64 = 0;
    uint32_t bits32;
    uint16_t bits16;
    BOOL boolean;
    HRESULT hr = S_OK;

    switch (record)
    {
    case RECORD_BOOL_TEXT:
        memcpy(&boolean, item, sizeof(boolean));
        bytes[0] = !!boolean;
        return S_OK;
    case RECORD_INT16_TEXT:
        memcpy(&bits16, item, sizeof(bits16));
        binary_put16(bytes, bits16);
        return S_OK;
    case RECORD_INT32_TEXT:
    case RECORD_FLOAT_TEXT:
        memcpy(&bits32, item, sizeof(bits32));
        binary_put32(bytes, bits32);
        return S_OK;
    case RECORD_DECIMAL_TEXT: return binary_encode_decimal((const DECIMAL *)(const void *)item, bytes, error);
    case RECORD_UUID_TEXT: binary_encode_guid((const GUID *)(const void *)item, bytes); return S_OK;
    case RECORD_DATETIME_TEXT:
        hr = binary_encode_datetime((const WS_DATETIME *)(const void *)item, &bits64, error);
        break;
    default: memcpy(&bits64, item, sizeof(bits64)); break;
    }
    binary_put64(bytes, bits64);
    return hr;
}
