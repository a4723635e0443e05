/* SPDX-License-Identifier: MIT */
/* reader.c - see reader.h. */
#include "support/reader.h"

#include <stdlib.h>

static void put(struct dump *dump, const char *bytes, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
    {
        expect(dump->length < sizeof(dump->text) - 1);
        dump->text[dump->length++] = bytes[i];
    }
    dump->text[dump->length] = 0;
}

static void put_text(struct dump *dump, const char *text)
{
    put(dump, text, strlen(text));
}

static void put_string(struct dump *dump, const WS_XML_STRING *string)
{
    put(dump, (const char *)string->bytes, string->length);
}

static void put_escaped(struct dump *dump, const WS_XML_STRING *string)
{
    ULONG i;

    for (i = 0; i < string->length; i++)
        switch (string->bytes[i])
        {
        case '\'': put_text(dump, "\\'"); break;
        case '\n': put_text(dump, "\\n"); break;
        case '\r': put_text(dump, "\\r"); break;
        case '\t': put_text(dump, "\\t"); break;
        default: put(dump, (const char *)&string->bytes[i], 1); break;
        }
}

static void put_name(struct dump *dump, const WS_XML_STRING *prefix, const WS_XML_STRING *name, const WS_XML_STRING *ns)
{
    if (prefix->length)
    {
        put_string(dump, prefix);
        put_text(dump, ":");
    }
    put_string(dump, name);
    if (ns->length)
    {
        put_text(dump, "{");
        put_string(dump, ns);
        put_text(dump, "}");
    }
}

static const WS_XML_STRING *utf8_of(const WS_XML_TEXT *text)
{
    expect(text && text->textType == WS_XML_TEXT_TYPE_UTF8);
    return &((const WS_XML_UTF8_TEXT *)text)->value;
}

static void put_attribute(struct dump *dump, const WS_XML_ATTRIBUTE *attribute)
{
    const char *quote = attribute->singleQuote ? "'" : "\"";

    put_text(dump, " ");
    if (attribute->isXmlNs)
    {
        /* What a declaration shows beside: observed on Windows. */
        expect(attribute->prefix->length ? WsXmlStringEquals(attribute->localName, attribute->prefix, NULL) == S_OK
                                         : string_is(attribute->localName, "xmlns"));
        expect(!utf8_of(attribute->value)->length);
        put_text(dump, attribute->prefix->length ? "xmlns:" : "xmlns");
        put_string(dump, attribute->prefix);
    }
    else
        put_name(dump, attribute->prefix, attribute->localName, attribute->ns);
    put_text(dump, "=");
    put_text(dump, quote);
    put_escaped(dump, attribute->isXmlNs ? attribute->ns : utf8_of(attribute->value));
    put_text(dump, quote);
}

static void put_element(struct dump *dump, const WS_XML_ELEMENT_NODE *element)
{
    ULONG i;

    put_text(dump, "<");
    put_name(dump, element->prefix, element->localName, element->ns);
    for (i = 0; i < element->attributeCount; i++)
        put_attribute(dump, element->attributes[i]);
    put_text(dump, element->isEmpty ? "/>" : ">");
}

void dump_end_text(struct dump *dump)
{
    if (dump->in_text)
        put_text(dump, "'");
    dump->in_text = false;
}

void dump_node(struct dump *dump, const WS_XML_NODE *node)
{
    if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
    {
        if (!dump->in_text)
            put_text(dump, "'");
        dump->in_text = true;
        put_escaped(dump, utf8_of(((const WS_XML_TEXT_NODE *)node)->text));
        return;
    }
    dump_end_text(dump);
    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT: put_element(dump, (const WS_XML_ELEMENT_NODE *)node); break;
    case WS_XML_NODE_TYPE_END_ELEMENT: put_text(dump, "</>"); break;
    case WS_XML_NODE_TYPE_COMMENT:
        put_text(dump, "#");
        put_escaped(dump, &((const WS_XML_COMMENT_NODE *)node)->value);
        put_text(dump, "#");
        break;
    case WS_XML_NODE_TYPE_CDATA: put_text(dump, "["); break;
    case WS_XML_NODE_TYPE_END_CDATA: put_text(dump, "]"); break;
    case WS_XML_NODE_TYPE_EOF: put_text(dump, "$"); break;
    default: put_text(dump, "?"); break;
    }
}

WS_XML_READER *create_reader(void)
{
    WS_XML_READER *reader = NULL;

    expect_hr(S_OK, WsCreateReader(NULL, 0, &reader, NULL));
    expect(reader != NULL);
    return reader;
}

static void set_input(WS_XML_READER *reader, const void *bytes, size_t length, const WS_XML_READER_PROPERTY *properties,
                      ULONG count)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)length};

    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, properties, count, NULL));
}

void set_text(WS_XML_READER *reader, const void *bytes, size_t length)
{
    set_input(reader, bytes, length, NULL, 0);
}

void set_text_string(WS_XML_READER *reader, const char *text)
{
    set_input(reader, text, strlen(text), NULL, 0);
}

void set_text_with(WS_XML_READER *reader, const char *text, WS_XML_READER_PROPERTY_ID id, ULONG value)
{
    WS_XML_READER_PROPERTY property = {id, &value, sizeof(value)};

    set_input(reader, text, strlen(text), &property, 1);
}

HRESULT read_all(WS_XML_READER *reader, struct dump *dump, WS_ERROR *error)
{
    const WS_XML_NODE *node;
    HRESULT hr;

    do
    {
        if ((hr = WsReadNode(reader, error)) != S_OK)
            return hr;
        expect_hr(S_OK, WsGetReaderNode(reader, &node, NULL));
        dump_node(dump, node);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return S_OK;
}

void set_stream(WS_XML_READER *reader, struct stream *stream, ULONG buffer_size, WS_CHARSET charset)
{
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, &buffer_size, sizeof(buffer_size)};
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, charset};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, stream};

    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, &property, 1, NULL));
}

static BYTE *put_unit(BYTE *to, unsigned unit, bool big_endian)
{
    to[big_endian] = (BYTE)unit;
    to[!big_endian] = (BYTE)(unit >> 8);
    return to + 2;
}

size_t to_utf16(const char *text, size_t length, bool big_endian, bool mark, BYTE *bytes)
{
    const BYTE *p = (const BYTE *)text, *end = p + length;
    BYTE *to = bytes;
    unsigned c, more;

    if (mark)
        to = put_unit(to, 0xfeff, big_endian);
    while (p < end)
    {
        c = *p++;
        more = c < 0xc0 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
        if (more)
            c &= 0x3fu >> more;
        while (more--)
            c = c << 6 | (*p++ & 0x3f);
        if (c < 0x10000)
            to = put_unit(to, c, big_endian);
        else
        {
            to = put_unit(to, 0xd7c0 + (c >> 10), big_endian);
            to = put_unit(to, 0xdc00 + (c & 0x3ff), big_endian);
        }
    }
    return (size_t)(to - bytes);
}

const WS_XML_NODE *current_node(WS_XML_READER *reader)
{
    const WS_XML_NODE *node = NULL;

    expect_hr(S_OK, WsGetReaderNode(reader, &node, NULL));
    expect(node != NULL);
    return node;
}

WS_XML_NODE_TYPE current_type(WS_XML_READER *reader)
{
    return current_node(reader)->nodeType;
}

const WS_XML_NODE *next_node(WS_XML_READER *reader, WS_XML_NODE_TYPE type)
{
    const WS_XML_NODE *node;

    expect_hr(S_OK, WsReadNode(reader, NULL));
    node = current_node(reader);
    expect_size((size_t)type, (size_t)node->nodeType);
    return node;
}

bool text_is(WS_XML_READER *reader, const char *text)
{
    const WS_XML_NODE *node = current_node(reader);

    expect(node->nodeType == WS_XML_NODE_TYPE_TEXT);
    return string_is(utf8_of(((const WS_XML_TEXT_NODE *)node)->text), text);
}
