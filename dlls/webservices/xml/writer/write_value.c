/* SPDX-License-Identifier: MIT */
/* write_value.c - values become texts of the type that holds them; see writer.h. */
#include "xml/writer/writer.h"

#include "xml/value.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

HRESULT writer_value(WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, WS_ERROR *error)
{
    union xml_text u;
    BYTE written[VALUE_ROOM];
    size_t length;
    uint32_t number;
    uint16_t half;
    HRESULT hr;

    /* The value need not be aligned. */
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_BOOL;
        memcpy(&u.boolean.value, value, sizeof(u.boolean.value));
        break;
    case WS_INT8_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_INT32;
        u.int32.value = *(const int8_t *)value;
        break;
    case WS_INT16_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_INT32;
        memcpy(&half, value, 2);
        u.int32.value = (int16_t)half;
        break;
    case WS_INT32_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_INT32;
        memcpy(&u.int32.value, value, 4);
        break;
    case WS_INT64_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_INT64;
        memcpy(&u.int64.value, value, 8);
        break;
    case WS_UINT8_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_INT32;
        u.int32.value = *(const uint8_t *)value;
        break;
    case WS_UINT16_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_INT32;
        memcpy(&half, value, 2);
        u.int32.value = half;
        break;
    case WS_UINT32_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_INT64;
        memcpy(&number, value, 4);
        u.int64.value = number;
        break;
    case WS_UINT64_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_UINT64;
        memcpy(&u.uint64.value, value, 8);
        break;
    case WS_FLOAT_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_FLOAT;
        memcpy(&u.single_float.value, value, 4);
        break;
    case WS_DOUBLE_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_DOUBLE;
        memcpy(&u.double_float.value, value, 8);
        break;
    case WS_DECIMAL_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_DECIMAL;
        memcpy(&u.decimal.value, value, sizeof(u.decimal.value));
        break;
    case WS_DATETIME_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_DATETIME;
        memcpy(&u.datetime.value, value, sizeof(u.datetime.value));
        break;
    case WS_TIMESPAN_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_TIMESPAN;
        memcpy(&u.timespan.value, value, sizeof(u.timespan.value));
        break;
    case WS_GUID_VALUE_TYPE:
        u.text.textType = WS_XML_TEXT_TYPE_GUID;
        memcpy(&u.guid.value, value, sizeof(u.guid.value));
        break;
    default:
        /* Durations have no text type of their own. */
        if ((hr = writer_ready(writer, error)) != S_OK)
            return hr;
        if ((hr = value_write(type, value, written, &length, error)) != S_OK)
            return writer_done(writer, hr);
        u.text.textType = WS_XML_TEXT_TYPE_UTF8;
        memset(&u.utf8.value, 0, sizeof(u.utf8.value));
        if (writer->inside == INSIDE_ATTRIBUTE)
        {
            /* As one value, to which nothing can be added. */
            void *copy;

            if ((hr = writer_alloc(writer, length, &copy, error)) != S_OK)
                return writer_done(writer, hr);
            u.utf8.value.bytes = memcpy(copy, written, length);
            u.utf8.value.length = (ULONG)length;
            return writer_done(writer, writer_take_single(writer, &u.text, sizeof(u.utf8), error));
        }
        u.utf8.value.bytes = written;
        u.utf8.value.length = (ULONG)length;
        break;
    }
    return writer_text(writer, &u.text, error);
}
