/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of round trips. The input is a document as text. If it is one, it goes into an XML buffer, and what is
 * checked is:
 *
 *   - written as text in each charset and as binary, with and without dictionaries, and read again, it has the same
 *     nodes, with the attributes of an element before its declarations;
 *   - text -> buffer -> text gives the same text the second time as the first, and binary -> buffer -> binary, too;
 *   - text -> buffer -> binary -> buffer -> text is text that comes out the same again by the same way.
 *
 * Binary does not say which quotes an attribute had, whether an element was written as empty, and what was in a CDATA
 * section, and text does not say where one text ends and another begins: nodes are compared without.
 */
#include "fuzz.h"

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_HEAP *heap;
static WS_XML_DICTIONARY *soap;
static WS_XML_DICTIONARY dynamic;
static WS_XML_STRING dynamic_strings[] = {WS_XML_STRING_DICTIONARY_VALUE("a", &dynamic, 0),
                                          WS_XML_STRING_DICTIONARY_VALUE("urn:o", &dynamic, 1)};

/* --- The nodes of a buffer, as bytes --- */

struct dump
{
    BYTE *bytes;
    size_t length, room;
    bool in_text;
};

static void put(struct dump *dump, const void *bytes, size_t length)
{
    if (length > dump->room - dump->length)
    {
        dump->room = (dump->length + length) * 2;
        check((dump->bytes = realloc(dump->bytes, dump->room)));
    }
    if (length)
        memcpy(dump->bytes + dump->length, bytes, length);
    dump->length += length;
}

/* With its length, so that no two sequences look alike. */
static void put_string(struct dump *dump, const WS_XML_STRING *string)
{
    put(dump, &string->length, sizeof(string->length));
    put(dump, string->bytes, string->length);
}

static const WS_XML_STRING *utf8_of(const WS_XML_TEXT *text)
{
    check(text->textType == WS_XML_TEXT_TYPE_UTF8);
    return &((const WS_XML_UTF8_TEXT *)text)->value;
}

/* Attributes, or declarations: writers put the former first. */
static void put_attributes(struct dump *dump, const WS_XML_ELEMENT_NODE *element, BOOL declarations)
{
    ULONG i;

    for (i = 0; i < element->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attribute = element->attributes[i];

        if (!attribute->isXmlNs != !declarations)
            continue;
        put(dump, attribute->isXmlNs ? "x" : "@", 1);
        put_string(dump, attribute->prefix);
        put_string(dump, attribute->ns);
        if (attribute->isXmlNs)
            continue;
        put_string(dump, attribute->localName);
        put_string(dump, utf8_of(attribute->value));
    }
}

static void put_element(struct dump *dump, const WS_XML_ELEMENT_NODE *element)
{
    put(dump, "<", 1);
    put_string(dump, element->prefix);
    put_string(dump, element->localName);
    put_string(dump, element->ns);
    put_attributes(dump, element, FALSE);
    put_attributes(dump, element, TRUE);
}

static void put_node(struct dump *dump, const WS_XML_NODE *node)
{
    const WS_XML_STRING *text;

    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_CDATA:
    case WS_XML_NODE_TYPE_END_CDATA: return;
    case WS_XML_NODE_TYPE_TEXT:
        text = utf8_of(((const WS_XML_TEXT_NODE *)node)->text);
        if (!dump->in_text && text->length)
        {
            put(dump, "'", 1);
            dump->in_text = true;
        }
        put(dump, text->bytes, text->length);
        return;
    default: break;
    }
    if (dump->in_text)
        put(dump, "'", 1);
    dump->in_text = false;
    if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        put_element(dump, (const WS_XML_ELEMENT_NODE *)node);
    else if (node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT)
        put(dump, ">", 1);
    else if (node->nodeType == WS_XML_NODE_TYPE_COMMENT)
    {
        put(dump, "#", 1);
        put_string(dump, &((const WS_XML_COMMENT_NODE *)node)->value);
    }
}

static void dump_buffer(struct dump *dump, WS_XML_BUFFER *buffer)
{
    const WS_XML_NODE *node;

    dump->length = 0;
    dump->in_text = false;
    check(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL) == S_OK);
    do
    {
        check(WsReadNode(reader, NULL) == S_OK);
        check(WsGetReaderNode(reader, &node, NULL) == S_OK);
        put_node(dump, node);
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
}

/* --- Encodings --- */

static HRESULT CALLBACK find_dynamic(void *state, const WS_XML_STRING *string, BOOL *found, ULONG *id, WS_ERROR *error)
{
    (void)state, (void)error;
    *found = FALSE;
    for (ULONG i = 0; i < dynamic.stringCount && !*found; i++)
        if (string->length == dynamic_strings[i].length &&
            !memcmp(string->bytes, dynamic_strings[i].bytes, string->length))
        {
            *found = TRUE;
            *id = i;
        }
    return S_OK;
}

enum encoding
{
    UTF8,
    UTF16LE,
    UTF16BE,
    BINARY,
    BINARY_SESSION,
    ENCODING_COUNT
};

static const WS_CHARSET charsets[] = {WS_CHARSET_UTF8, WS_CHARSET_UTF16LE, WS_CHARSET_UTF16BE};

/* A buffer's bytes in an encoding; false: they are more than a writer's limit. */
static bool to_bytes(WS_XML_BUFFER *buffer, enum encoding encoding, WS_BYTES *bytes)
{
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, charsets[encoding < BINARY ? encoding : 0]};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    void *made = NULL;
    HRESULT hr;

    if (encoding == BINARY_SESSION)
    {
        binary.staticDictionary = soap;
        binary.dynamicStringCallback = find_dynamic;
    }
    hr = WsWriteXmlBufferToBytes(writer, buffer, encoding < BINARY ? &text.encoding : &binary.encoding, NULL, 0, heap,
                                 &made, &bytes->length, NULL);
    bytes->bytes = made;
    check(hr == S_OK || hr == WS_E_QUOTA_EXCEEDED);
    return hr == S_OK;
}

static WS_XML_BUFFER *from_bytes(WS_BYTES bytes, enum encoding encoding)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, charsets[encoding < BINARY ? encoding : 0]};
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_BUFFER *buffer = NULL;

    if (encoding == BINARY_SESSION)
    {
        binary.staticDictionary = soap;
        binary.dynamicDictionary = &dynamic;
    }
    check(WsReadXmlBufferFromBytes(reader, encoding < BINARY ? &text.encoding : &binary.encoding, NULL, 0, bytes.bytes,
                                   bytes.length, heap, &buffer, NULL) == S_OK);
    return buffer;
}

static bool same(WS_BYTES a, WS_BYTES b)
{
    return a.length == b.length && (!a.length || !memcmp(a.bytes, b.bytes, a.length));
}

/* At the end, so that what is left then is a leak. */
static void release(void)
{
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

static void initialize(void)
{
    check(!atexit(release));
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK);
    check(WsCreateWriter(NULL, 0, &writer, NULL) == S_OK);
    check(WsCreateHeap(1 << 24, 0, NULL, 0, &heap, NULL) == S_OK);
    check(WsGetDictionary(WS_ENCODING_XML_BINARY_1, &soap, NULL) == S_OK);
    dynamic.strings = dynamic_strings;
    dynamic.stringCount = sizeof(dynamic_strings) / sizeof(dynamic_strings[0]);
    dynamic.isConst = TRUE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct dump first, again;
    WS_XML_BUFFER *buffer = NULL, *read;
    WS_BYTES bytes, repeated, text;
    int encoding;

    if (!reader)
        initialize();
    check(WsResetHeap(heap, NULL) == S_OK);
    if (WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, data, (ULONG)size, heap, &buffer, NULL) != S_OK)
        return 0;
    dump_buffer(&first, buffer);
    for (encoding = 0; encoding < ENCODING_COUNT; encoding++)
    {
        if (!to_bytes(buffer, encoding, &bytes))
            return 0;
        read = from_bytes(bytes, encoding);
        dump_buffer(&again, read);
        check(again.length == first.length && (!first.length || !memcmp(again.bytes, first.bytes, first.length)));
        check(to_bytes(read, encoding, &repeated) && same(repeated, bytes));
        if (encoding >= BINARY)
        {
            check(to_bytes(read, UTF8, &text));
            check(to_bytes(from_bytes(text, UTF8), encoding, &bytes));
            check(to_bytes(from_bytes(bytes, encoding), UTF8, &repeated) && same(repeated, text));
        }
    }
    return 0;
}
