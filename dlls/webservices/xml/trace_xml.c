/* SPDX-License-Identifier: MIT */
/* trace_xml.c - see trace_xml.h. */
#include "xml/trace_xml.h"

#include "xml/value.h"

#include <stdio.h>
#include <string.h>

/* A value that has no text adds no sentence: that of the call is kept. */
static bool write_value(WS_VALUE_TYPE type, const void *value, BYTE written[VALUE_ROOM], size_t *length)
{
    char kept[LONGEST_SENTENCE], unused[LONGEST_SENTENCE];
    bool is_written;

    trace_take_sentence(kept);
    if (!(is_written = value_write(type, value, written, length, NULL) == S_OK))
        trace_take_sentence(unused);
    if (kept[0])
        trace_sentence(kept);
    return is_written;
}

struct trace_text trace_value(WS_VALUE_TYPE type, const void *value, ULONG size)
{
    union
    {
        WS_DURATION duration; /* the largest */
        uint64_t aligned;
    } loaded;
    BYTE written[VALUE_ROOM];
    struct trace_text ret;
    size_t length;

    if (!value || !size || size != value_size(type) || size > sizeof(loaded) || !trace_load(value, &loaded, size) ||
        !write_value(type, &loaded, written, &length))
        return trace_address(value);
    snprintf(ret.text, sizeof(ret.text), "%.*s", (int)length, (const char *)written);
    return ret;
}

struct trace_text trace_out_value(HRESULT hr, WS_VALUE_TYPE type, const void *value, ULONG size)
{
    struct trace_text ret = {""};

    if (hr == S_OK)
        snprintf(ret.text, sizeof(ret.text), ", *value=%.160s", trace_value(type, value, size).text);
    return ret;
}

/* Loads the first bytes of a string, and returns how many; 0 also if they cannot be read. */
static size_t load_name(const WS_XML_STRING *string, char *name, size_t room)
{
    WS_XML_STRING loaded;
    size_t length;

    if (!string || !trace_load(string, &loaded, sizeof(loaded)) || !loaded.length)
        return 0;
    length = loaded.length < room ? loaded.length : room;
    return trace_load(loaded.bytes, name, length) ? length : 0;
}

/* "prefix:local" in quotation marks, as much as trace_bytes() shows. */
static struct trace_text qualified(const WS_XML_STRING *prefix, const WS_XML_STRING *local)
{
    char name[96];
    size_t length = load_name(prefix, name, 40), more;

    if (length)
        name[length++] = ':';
    if (!(more = load_name(local, name + length, 48)))
        return trace_xml_string(local);
    return trace_bytes(name, length + more);
}

/* Of a text whose value is one of a WS_VALUE_TYPE. */
static struct trace_text typed(const union xml_text *u)
{
    switch (u->text.textType)
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

struct trace_text trace_xml_text(const WS_XML_TEXT *text)
{
    struct trace_text ret;
    union xml_text u;
    size_t size;

    if (!text || !trace_load(text, &u.text, sizeof(u.text)))
        return trace_address(text);
    size = xml_text_size(u.text.textType);
    if (size && !trace_load(text, &u, size))
        return trace_address(text);
    switch (u.text.textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return trace_xml_string(&u.utf8.value);
    case WS_XML_TEXT_TYPE_UTF16: return trace_chars((const WCHAR *)(const void *)u.utf16.bytes, u.utf16.byteCount / 2);
    case WS_XML_TEXT_TYPE_QNAME: return qualified(u.qname.prefix, u.qname.localName);
    case WS_XML_TEXT_TYPE_BASE64:
        snprintf(ret.text, sizeof(ret.text), "WS_XML_TEXT_TYPE_BASE64 of %u bytes", (unsigned)u.base64.length);
        return ret;
    case WS_XML_TEXT_TYPE_LIST:
        snprintf(ret.text, sizeof(ret.text), "WS_XML_TEXT_TYPE_LIST of %u items", (unsigned)u.list.itemCount);
        return ret;
    default:
        if (size)
            return typed(&u);
        snprintf(ret.text, sizeof(ret.text), "%s", TRACE_NAME(TEXT_TYPE, u.text.textType));
        return ret;
    }
}

struct trace_text trace_node(const WS_XML_NODE *node)
{
    struct trace_text ret = {""}, shown = {""};
    union
    {
        WS_XML_NODE node;
        WS_XML_ELEMENT_NODE element;
        WS_XML_TEXT_NODE text;
        WS_XML_COMMENT_NODE comment;
    } loaded;

    if (!node || !trace_load(node, &loaded.node, sizeof(loaded.node)))
        return trace_address(node);
    if (loaded.node.nodeType == WS_XML_NODE_TYPE_ELEMENT && trace_load(node, &loaded.element, sizeof(loaded.element)))
        shown = qualified(loaded.element.prefix, loaded.element.localName);
    else if (loaded.node.nodeType == WS_XML_NODE_TYPE_TEXT && trace_load(node, &loaded.text, sizeof(loaded.text)))
        shown = trace_xml_text(loaded.text.text);
    else if (loaded.node.nodeType == WS_XML_NODE_TYPE_COMMENT &&
             trace_load(node, &loaded.comment, sizeof(loaded.comment)))
        shown = trace_xml_string(&loaded.comment.value);
    snprintf(ret.text, sizeof(ret.text), "%.60s%s%.110s", TRACE_NAME(NODE_TYPE, loaded.node.nodeType),
             *shown.text ? " " : "", shown.text);
    return ret;
}

struct trace_text trace_out_node(HRESULT hr, const WS_XML_NODE *node)
{
    struct trace_text ret = {""};

    if (hr == S_OK && node)
        snprintf(ret.text, sizeof(ret.text), ", node=%.160s", trace_node(node).text);
    return ret;
}
