/* SPDX-License-Identifier: MIT */
/* write_value.c - values become texts of the type that holds them; see writer.h. */
#include "xml/writer/writer.h"

#include "xml/value.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

bool writer_value_text(WS_VALUE_TYPE type, const void *value, union xml_text *text)
{
    uint32_t number;
    uint16_t half;

    /* The value need not be aligned. */
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_BOOL;
        memcpy(&text->boolean.value, value, sizeof(text->boolean.value));
        break;
    case WS_INT8_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_INT32;
        text->int32.value = *(const int8_t *)value;
        break;
    case WS_INT16_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_INT32;
        memcpy(&half, value, 2);
        text->int32.value = (int16_t)half;
        break;
    case WS_INT32_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_INT32;
        memcpy(&text->int32.value, value, 4);
        break;
    case WS_INT64_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_INT64;
        memcpy(&text->int64.value, value, 8);
        break;
    case WS_UINT8_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_INT32;
        text->int32.value = *(const uint8_t *)value;
        break;
    case WS_UINT16_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_INT32;
        memcpy(&half, value, 2);
        text->int32.value = half;
        break;
    case WS_UINT32_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_INT64;
        memcpy(&number, value, 4);
        text->int64.value = number;
        break;
    case WS_UINT64_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_UINT64;
        memcpy(&text->uint64.value, value, 8);
        break;
    case WS_FLOAT_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_FLOAT;
        memcpy(&text->single_float.value, value, 4);
        break;
    case WS_DOUBLE_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_DOUBLE;
        memcpy(&text->double_float.value, value, 8);
        break;
    case WS_DECIMAL_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_DECIMAL;
        memcpy(&text->decimal.value, value, sizeof(text->decimal.value));
        break;
    case WS_DATETIME_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_DATETIME;
        memcpy(&text->datetime.value, value, sizeof(text->datetime.value));
        break;
    case WS_TIMESPAN_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_TIMESPAN;
        memcpy(&text->timespan.value, value, sizeof(text->timespan.value));
        break;
    case WS_GUID_VALUE_TYPE:
        text->text.textType = WS_XML_TEXT_TYPE_GUID;
        memcpy(&text->guid.value, value, sizeof(text->guid.value));
        break;
    default: return false;
    }
    return true;
}

HRESULT writer_value(WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, WS_ERROR *error)
{
    BYTE written[VALUE_ROOM];
    union xml_text u;
    size_t length;
    void *copy;
    HRESULT hr;

    if (writer_value_text(type, value, &u))
        return writer_text(writer, &u.text, error);
    if ((hr = writer_ready(writer, error)) != S_OK)
        return hr;
    if ((hr = value_write(type, value, written, &length, error)) != S_OK)
        return writer_done(writer, hr);
    u.text.textType = WS_XML_TEXT_TYPE_UTF8;
    u.utf8.value = xml_empty;
    u.utf8.value.bytes = written;
    u.utf8.value.length = (ULONG)length;
    if (writer->inside != INSIDE_ATTRIBUTE)
        return writer_text(writer, &u.text, error);
    /* As one value, to which nothing can be added. */
    if ((hr = writer_alloc(writer, length, &copy, error)) == S_OK)
    {
        u.utf8.value.bytes = memcpy(copy, written, length);
        hr = writer_take_single(writer, &u.text, sizeof(u.utf8), error);
    }
    return writer_done(writer, hr);
}
