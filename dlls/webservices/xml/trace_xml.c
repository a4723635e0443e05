/* SPDX-License-Identifier: MIT */
/* trace_xml.c - see trace_xml.h. */
#include "trace_xml.h"

#include "value.h"

#include <stdio.h>
#include <string.h>

struct trace_text trace_value(WS_VALUE_TYPE type, const void *value, ULONG size)
{
    BYTE written[VALUE_ROOM];
    struct trace_text ret;
    size_t length;

    if (value && size && size == value_size(type) && value_write(type, value, written, &length, NULL) == S_OK)
        snprintf(ret.text, sizeof(ret.text), "%.*s", (int)length, (const char *)written);
    else
        snprintf(ret.text, sizeof(ret.text), "%p", value);
    return ret;
}

struct trace_text trace_out_value(HRESULT hr, WS_VALUE_TYPE type, const void *value, ULONG size)
{
    struct trace_text ret = {""};

    if (hr == S_OK)
        snprintf(ret.text, sizeof(ret.text), ", *value=%.160s", trace_value(type, value, size).text);
    return ret;
}

/* "prefix:local" in quotation marks, as much as trace_bytes() shows. */
static struct trace_text qualified(const WS_XML_STRING *prefix, const WS_XML_STRING *local)
{
    char name[96];
    int length = 0;

    if (!local || !local->bytes)
        return trace_xml_string(local);
    if (prefix && prefix->bytes && prefix->length)
        length = snprintf(name, sizeof(name), "%.*s:", prefix->length < 40 ? (int)prefix->length : 40,
                          (const char *)prefix->bytes);
    length += snprintf(name + length, sizeof(name) - (size_t)length, "%.*s",
                       local->length < 48 ? (int)local->length : 48, (const char *)local->bytes);
    return trace_bytes(name, (size_t)length);
}

/* Of a text whose value is one of a WS_VALUE_TYPE. */
static struct trace_text typed(const WS_XML_TEXT *text)
{
    const union xml_text *u = (const union xml_text *)text;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_BOOL: return trace_value(WS_BOOL_VALUE_TYPE, &u->boolean.value, sizeof(BOOL));
    case WS_XML_TEXT_TYPE_INT32: return trace_value(WS_INT32_VALUE_TYPE, &u->int32.value, 4);
    case WS_XML_TEXT_TYPE_INT64: return trace_value(WS_INT64_VALUE_TYPE, &u->int64.value, 8);
    case WS_XML_TEXT_TYPE_UINT64: return trace_value(WS_UINT64_VALUE_TYPE, &u->uint64.value, 8);
    case WS_XML_TEXT_TYPE_FLOAT: return trace_value(WS_FLOAT_VALUE_TYPE, &u->single_float.value, 4);
    case WS_XML_TEXT_TYPE_DOUBLE: return trace_value(WS_DOUBLE_VALUE_TYPE, &u->double_float.value, 8);
    case WS_XML_TEXT_TYPE_DECIMAL: return trace_value(WS_DECIMAL_VALUE_TYPE, &u->decimal.value, sizeof(DECIMAL));
    case WS_XML_TEXT_TYPE_GUID: return trace_value(WS_GUID_VALUE_TYPE, &u->guid.value, sizeof(GUID));
    case WS_XML_TEXT_TYPE_UNIQUE_ID: return trace_value(WS_GUID_VALUE_TYPE, &u->unique_id.value, sizeof(GUID));
    case WS_XML_TEXT_TYPE_DATETIME: return trace_value(WS_DATETIME_VALUE_TYPE, &u->datetime.value, sizeof(WS_DATETIME));
    default: return trace_value(WS_TIMESPAN_VALUE_TYPE, &u->timespan.value, sizeof(WS_TIMESPAN));
    }
}

/* Nothing is assumed of the alignment of the bytes. */
static struct trace_text wide(const WS_XML_UTF16_TEXT *text)
{
    ULONG count = text->byteCount / 2;
    WCHAR chars[64];

    if (!text->bytes)
        return trace_chars(NULL, count);
    memcpy(chars, text->bytes, (count < 64 ? count : 64) * sizeof(WCHAR));
    return trace_chars(chars, count);
}

struct trace_text trace_xml_text(const WS_XML_TEXT *text)
{
    const union xml_text *u = (const union xml_text *)text;
    struct trace_text ret;

    if (!text)
        return trace_bytes(NULL, 0);
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return trace_xml_string(&u->utf8.value);
    case WS_XML_TEXT_TYPE_UTF16: return wide(&u->utf16);
    case WS_XML_TEXT_TYPE_QNAME: return qualified(u->qname.prefix, u->qname.localName);
    case WS_XML_TEXT_TYPE_BASE64:
        snprintf(ret.text, sizeof(ret.text), "WS_XML_TEXT_TYPE_BASE64 of %u bytes", (unsigned)u->base64.length);
        return ret;
    case WS_XML_TEXT_TYPE_LIST:
        snprintf(ret.text, sizeof(ret.text), "WS_XML_TEXT_TYPE_LIST of %u items", (unsigned)u->list.itemCount);
        return ret;
    default:
        if (xml_text_size(text->textType))
            return typed(text);
        snprintf(ret.text, sizeof(ret.text), "%s", TRACE_NAME(TEXT_TYPE, text->textType));
        return ret;
    }
}

struct trace_text trace_node(const WS_XML_NODE *node)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;
    struct trace_text ret = {""}, shown = {""};

    if (!node)
        return trace_bytes(NULL, 0);
    if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        shown = qualified(element->prefix, element->localName);
    else if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
        shown = trace_xml_text(((const WS_XML_TEXT_NODE *)node)->text);
    else if (node->nodeType == WS_XML_NODE_TYPE_COMMENT)
        shown = trace_xml_string(&((const WS_XML_COMMENT_NODE *)node)->value);
    snprintf(ret.text, sizeof(ret.text), "%.60s%s%.110s", TRACE_NAME(NODE_TYPE, node->nodeType), *shown.text ? " " : "",
             shown.text);
    return ret;
}

struct trace_text trace_out_node(HRESULT hr, const WS_XML_NODE *node)
{
    struct trace_text ret = {""};

    if (hr == S_OK && node)
        snprintf(ret.text, sizeof(ret.text), ", node=%.160s", trace_node(node).text);
    return ret;
}
