/* SPDX-License-Identifier: MIT */
/*
 * What readers do with small documents: moving, names in scope, references, text in pieces, XML buffers, and the text
 * that each record of the binary encoding shows.
 *
 * Source: observed on Windows.
 */
#include "support/binary.h"

#include <stdlib.h>

/* --- Setting input --- */

TEST(properties_of_an_input_take_effect)
{
    ULONG depth = 16, value = 0;
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_MAX_DEPTH, &depth, sizeof(depth)};
    WS_XML_READER *reader = create_reader(), *other = NULL;
    WS_XML_BUFFER *buffer = NULL;
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_READER_PROPERTY_ID id;

    set_text_with(reader, "<r/>", WS_XML_READER_PROPERTY_MAX_DEPTH, 16);
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, sizeof(value), NULL));
    expect_size(16, value);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, sizeof(value), NULL));
    expect_size(32, value);
    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, &property, 1, NULL));
    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, sizeof(value), NULL));
    expect_size(16, value);
    for (id = WS_XML_READER_PROPERTY_ROW; id <= WS_XML_READER_PROPERTY_COLUMN; id++)
    {
        property.id = id;
        expect_hr(E_INVALIDARG, WsCreateReader(&property, 1, &other, NULL));
    }
    property.id = WS_XML_READER_PROPERTY_IN_ATTRIBUTE;
    expect_hr(E_INVALIDARG, WsCreateReader(&property, 1, &other, NULL));
    expect(!other);
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

TEST(filling_from_memory_does_nothing)
{
    static const ULONG sizes[] = {0, 1, 4, 5, 0xffffffff};
    WS_XML_READER *reader = create_reader();
    size_t i;

    set_text_string(reader, "<r/>");
    for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
    {
        expect_hr(S_OK, WsFillReader(reader, sizes[i], NULL, NULL));
        expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    }
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    WsFreeReader(reader);
}

TEST(of_a_stream_nothing_is_known_before_it_is_filled)
{
    struct stream stream = {(const BYTE *)"\xef\xbb\xbf<r/>", 7, 0, 7, 0};
    WS_XML_READER *reader = create_reader();
    WS_CHARSET charset;
    BOOL found;

    set_stream(reader, &stream, 4096, WS_CHARSET_AUTO);
    expect_hr(WS_E_QUOTA_EXCEEDED,
              WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    expect_hr(S_OK, WsFillReader(reader, 0, NULL, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadToStartElement(reader, NULL, NULL, &found, NULL));
    /* A mark at its beginning is passed. */
    stream.pos = 0;
    set_stream(reader, &stream, 4096, WS_CHARSET_AUTO);
    expect_hr(S_OK, WsFillReader(reader, 7, NULL, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, X("r"), X(""), NULL, NULL));
    WsFreeReader(reader);
}

/* --- Moving --- */

TEST(WsReadToStartElement_stays_at_a_start_element)
{
    WS_XML_READER *reader = create_reader();
    const WS_XML_NODE *node;
    BOOL found = FALSE;

    set_text_string(reader, "<r><s/></r>");
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    node = current_node(reader);
    expect_hr(S_OK, WsReadToStartElement(reader, X("r"), X(""), &found, NULL));
    expect(found && current_node(reader) == node);
    expect_hr(S_OK, WsReadToStartElement(reader, X("s"), X(""), &found, NULL));
    expect(!found && current_node(reader) == node);
    WsFreeReader(reader);
}

static HRESULT end_after(const char *text, int moves)
{
    WS_XML_READER *reader = create_reader();
    HRESULT hr;

    set_text_string(reader, text);
    while (moves--)
        expect_hr(S_OK, WsReadNode(reader, NULL));
    if ((hr = WsReadEndElement(reader, NULL)) == S_OK)
        expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    WsFreeReader(reader);
    return hr;
}

TEST(WsReadEndElement_wants_to_be_at_one)
{
    expect_hr(WS_E_INVALID_FORMAT, end_after("<r></r>", 0));
    expect_hr(WS_E_INVALID_FORMAT, end_after("<r></x>", 1));
    expect_hr(WS_E_INVALID_FORMAT, end_after("<r></R>", 1));
    expect_hr(S_OK, end_after("<r></r>", 2));
    expect_hr(S_OK, end_after("<r/>", 2)); /* an empty element ends, too */
    expect_hr(WS_E_INVALID_FORMAT, end_after("<r></r>", 3));
    expect_hr(WS_E_INVALID_FORMAT, end_after("</r>", 0));
}

static HRESULT first_node(const char *text, WS_XML_NODE_TYPE *type)
{
    WS_XML_READER *reader = create_reader();
    HRESULT hr;

    set_text_string(reader, text);
    hr = WsReadNode(reader, NULL);
    *type = current_type(reader);
    WsFreeReader(reader);
    return hr;
}

TEST(the_first_node)
{
    static const char *const bad[] = {"< r>", "<<r>>", "<>", "</r>", "<?xml>", "<?xml?>", "<?xml ?>", "<!--", ""};
    WS_XML_NODE_TYPE type;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
    {
        if (first_node(bad[i], &type) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "%s is taken", bad[i]);
        expect_size(WS_XML_NODE_TYPE_BOF, type);
    }
    expect_hr(S_OK, first_node("<r>", &type));
    expect_size(WS_XML_NODE_TYPE_ELEMENT, type);
    expect_hr(S_OK, first_node("<r >", &type));
    expect_size(WS_XML_NODE_TYPE_ELEMENT, type);
    expect_hr(S_OK, first_node("<!---->", &type));
    expect_size(WS_XML_NODE_TYPE_COMMENT, type);
}

TEST(WsSkipNode_from_each_kind_of_node)
{
    WS_XML_READER *reader = create_reader();

    expect_hr(WS_E_INVALID_OPERATION, WsSkipNode(reader, NULL));
    set_text_string(reader, "<!--c--><r><s>t</s></r>");
    expect_hr(S_OK, WsSkipNode(reader, NULL)); /* BOF */
    expect_size(WS_XML_NODE_TYPE_COMMENT, current_type(reader));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_ELEMENT, current_type(reader));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    expect_hr(WS_E_INVALID_OPERATION, WsSkipNode(reader, NULL));
    WsFreeReader(reader);
}

/* --- Names, references, sections --- */

static void expect_document(const char *text, const char *nodes)
{
    WS_XML_READER *reader = create_reader();
    static struct dump dump;

    memset(&dump, 0, sizeof(dump));
    set_text_string(reader, text);
    if (!nodes)
    {
        if (read_all(reader, &dump, NULL) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "%s is taken", text);
    }
    else
    {
        expect_hr(S_OK, read_all(reader, &dump, NULL));
        if (strcmp(dump.text, nodes))
            test_fail(__FILE__, __LINE__, "%s, not %s", dump.text, nodes);
    }
    WsFreeReader(reader);
}

TEST(prefixes_are_bound_once_and_by_case)
{
    expect_document("<p:r/>", NULL);
    expect_document("<r p:a=''/>", NULL);
    expect_document("<r xmlns:p='u' xmlns:p='v'/>", NULL);
    expect_document("<r xmlns:p='u' xmlns:p='u'/>", NULL);
    expect_document("<P:r xmlns:p='u'/>", NULL);
    expect_document("<p:r xmlns:p='u' xmlns:P='v' P:a='1'/>", "<p:r{u} xmlns:p='u' xmlns:P='v' P:a{v}='1'/></>$");
}

TEST(references_stand_for_characters)
{
    static const char *const bad[] = {"&lt",        "&#;",        "&#x;",     "&LT;",     "&foo;",    "&65;",
                                      "&0;",        "&#0;",       "&#xD800;", "&#xDFFF;", "&#xFFFE;", "&#xFFFF;",
                                      "&#x110000;", "&#1114112;", "&;",       "&#-1;"};
    char text[64];
    size_t i;

    expect_document("<r>&lt;&gt;&amp;&quot;&apos;</r>", "<r>'<>&\"\\''</>$");
    expect_document("<r>&#65;&#x41;&#x10FFFF;&#1114111;</r>", "<r>'AA\xf4\x8f\xbf\xbf\xf4\x8f\xbf\xbf'</>$");
    expect_document("<r a='&#10;&#xA;'/>", "<r a='\\n\\n'/></>$");
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
    {
        snprintf(text, sizeof(text), "<r>%s</r>", bad[i]);
        expect_document(text, NULL);
        snprintf(text, sizeof(text), "<r a='%s'/>", bad[i]);
        expect_document(text, NULL);
    }
}

TEST(a_CDATA_section_is_three_nodes)
{
    expect_document("<r><![CDATA[a<b]]></r>", "<r>['a<b']</>$");
}

TEST(quotes_are_said_and_texts_are_UTF_8)
{
    static const char text[] = "<r a='1' b=\"2\">\xc3\xa4</r>";
    struct source source = {0};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    BYTE wide[100];

    set_text(reader, wide, to_utf16(text, sizeof(text) - 1, false, true, wide));
    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect(element->attributes[0]->singleQuote == 1 && element->attributes[1]->singleQuote == 0);
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "\xc3\xa4")); /* of type UTF8 */
    WsFreeReader(reader);
    open_hex(&source,
             "400172"
             "040161980131"
             "01",
             0, FALSE);
    element = expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
    expect(element->attributes[0]->singleQuote == 0);
    close_source(&source);
}

/* --- Attributes and scope --- */

TEST(an_attribute_without_a_prefix_is_in_no_namespace)
{
    WS_XML_READER *reader = create_reader();
    ULONG index = 77;

    set_text_string(reader, "<p:r xmlns:p='u' a='1'/>");
    expect_hr(WS_E_INVALID_OPERATION, WsFindAttribute(reader, X("a"), X(""), TRUE, &index, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, X("r"), X("u"), NULL, NULL));
    expect_hr(E_INVALIDARG, WsFindAttribute(reader, NULL, X(""), TRUE, &index, NULL));
    expect_hr(E_INVALIDARG, WsFindAttribute(reader, X("a"), NULL, TRUE, &index, NULL));
    expect_hr(E_INVALIDARG, WsFindAttribute(reader, X("a"), X(""), TRUE, NULL, NULL));
    expect_size(77, index);
    expect_hr(S_FALSE, WsFindAttribute(reader, X("a"), X("u"), FALSE, &index, NULL));
    expect_hr(S_OK, WsFindAttribute(reader, X("a"), X(""), TRUE, &index, NULL));
    expect_size(1, index);
    WsFreeReader(reader);
}

TEST(prefixes_in_scope)
{
    WS_XML_READER *reader = create_reader();
    const WS_XML_STRING *const untouched = X("untouched"), *ns = untouched;

    expect_hr(WS_E_INVALID_OPERATION, WsGetNamespaceFromPrefix(reader, X(""), TRUE, &ns, NULL));
    expect(ns == untouched);
    set_text_string(reader, "<p:r xmlns:p='u'/>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsGetNamespaceFromPrefix(reader, X(""), TRUE, &ns, NULL));
    expect(!ns->length);
    expect_hr(S_OK, WsGetNamespaceFromPrefix(reader, X("xml"), TRUE, &ns, NULL));
    expect(string_is(ns, "http://www.w3.org/XML/1998/namespace"));
    expect_hr(S_OK, WsGetNamespaceFromPrefix(reader, X("xmlns"), TRUE, &ns, NULL));
    expect(string_is(ns, "http://www.w3.org/2000/xmlns/"));
    expect_hr(S_FALSE, WsGetNamespaceFromPrefix(reader, X("q"), FALSE, &ns, NULL));
    expect(!ns);
    ns = untouched;
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    expect_hr(WS_E_INVALID_FORMAT, WsGetNamespaceFromPrefix(reader, X("p"), TRUE, &ns, NULL));
    expect(ns == untouched);
    WsFreeReader(reader);
}

TEST(WsGetXmlAttribute_finds_any_name)
{
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    WCHAR *chars = NULL;
    ULONG count = 0;

    set_text_string(reader, "<r xml:foo='bar'><s/></r>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsGetXmlAttribute(reader, X("foo"), heap, &chars, &count, NULL));
    expect(count == 3 && chars[0] == 'b' && chars[2] == 'r');
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* --- Text in pieces --- */

TEST(text_is_read_in_pieces_of_any_kind)
{
    WS_XML_READER *reader = create_reader();
    WCHAR chars[8];
    BYTE bytes[8];
    ULONG count = 77;
    int32_t value;

    set_text_string(reader, "<r>abcde</r>");
    expect_hr(S_OK, WsReadChars(reader, chars, 8, &count, NULL)); /* at BOF */
    expect_size(0, count);
    expect_hr(S_OK, WsReadCharsUtf8(reader, bytes, 8, &count, NULL)); /* at the start element */
    expect_size(0, count);
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 0, &count, NULL));
    expect_size(0, count);
    expect_hr(S_OK, WsReadChars(reader, chars, 2, &count, NULL));
    expect(count == 2 && chars[0] == 'a' && chars[1] == 'b');
    expect_hr(S_OK, WsReadCharsUtf8(reader, bytes, 2, &count, NULL));
    expect(count == 2 && bytes[0] == 'c' && bytes[1] == 'd');
    expect_hr(S_OK, WsReadChars(reader, chars, 8, &count, NULL));
    expect(count == 1 && chars[0] == 'e');
    /* Nothing is left, and the node is the text, shown whole, until that is noticed. */
    set_text_string(reader, "<r>abcde</r>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 5, &count, NULL));
    expect_size(5, count);
    expect(text_is(reader, "abcde"));
    expect_hr(S_OK, WsReadChars(reader, chars, 5, &count, NULL));
    expect_size(0, count);
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));

    set_text_string(reader, "<r>1</r>");
    expect_hr(WS_E_INVALID_FORMAT, WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    set_text_string(reader, "<r>1</r>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(WS_E_INVALID_FORMAT, WsReadValue(reader, WS_INT32_VALUE_TYPE, &value, sizeof(value), NULL));
    WsFreeReader(reader);
}

/* --- XML buffers --- */

TEST(moves_in_an_XML_buffer)
{
    WS_XML_READER *reader = create_reader();
    WS_XML_BUFFER *buffer = NULL, *other = NULL;
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_NODE_POSITION root, position;

    expect_hr(WS_E_INVALID_OPERATION, WsMoveReader(reader, WS_MOVE_TO_BOF, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderPosition(reader, &position, NULL));
    set_text_string(reader, "<r><s/><t/></r>");
    expect_hr(WS_E_INVALID_OPERATION, WsMoveReader(reader, WS_MOVE_TO_BOF, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderPosition(reader, &position, NULL));
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    set_text_string(reader, "<r/>");
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &other, NULL));
    expect_hr(S_OK, WsSetInputToBuffer(reader, other, NULL, 0, NULL));
    expect_hr(S_OK, WsGetReaderPosition(reader, &position, NULL));

    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_hr(E_INVALIDARG, WsSetReaderPosition(reader, &position, NULL));
    expect_hr(E_INVALIDARG, WsSetReaderPosition(reader, NULL, NULL));
    expect_hr(E_INVALIDARG, WsGetReaderPosition(reader, NULL, NULL));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_CHILD_NODE, NULL, NULL));
    expect(string_is(((const WS_XML_ELEMENT_NODE *)current_node(reader))->localName, "r"));
    expect_hr(S_OK, WsGetReaderPosition(reader, &root, NULL));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_NEXT_NODE, NULL, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));

    expect_hr(S_OK, WsSetReaderPosition(reader, &root, NULL));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_CHILD_NODE, NULL, NULL)); /* of an empty element */
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL)); /* its own start */
    expect(string_is(((const WS_XML_ELEMENT_NODE *)current_node(reader))->localName, "s"));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_NEXT_NODE, NULL, NULL));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_NEXT_NODE, NULL, NULL));
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    expect(string_is(((const WS_XML_ELEMENT_NODE *)current_node(reader))->localName, "r"));
    expect_hr(S_OK, WsMoveReader(reader, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    expect_hr(WS_E_INVALID_FORMAT, WsMoveReader(reader, WS_MOVE_TO_PARENT_ELEMENT, NULL, NULL));
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

TEST(WsReadXmlBuffer_looks_no_further_than_the_element)
{
    WS_XML_READER *reader = create_reader();
    WS_XML_BUFFER *buffer = NULL, *copy = NULL;
    WS_XML_WRITER *writer = NULL;
    WS_HEAP *heap = create_heap(1 << 20);
    void *bytes = NULL;
    ULONG count = 0;

    set_text_string(reader, "<r><x/></r></bad>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &buffer, NULL));
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    expect_hr(WS_E_INVALID_FORMAT, WsReadNode(reader, NULL));

    expect_hr(S_OK, WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    expect_hr(S_OK, WsReadXmlBuffer(reader, heap, &copy, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));

    /* One that was written without content. */
    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    expect_hr(S_OK, WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, X("x"), X(""), NULL));
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(S_OK, WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, heap, &bytes, &count, NULL));
    expect(count == 4 && !memcmp(bytes, "<x/>", 4));
    WsFreeWriter(writer);
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* --- Binary --- */

TEST(records_show_texts_of_these_types)
{
    static const struct
    {
        const char *hex;
        WS_XML_TEXT_TYPE type;
    } records[] = {
        {"80", WS_XML_TEXT_TYPE_INT32},
        {"82", WS_XML_TEXT_TYPE_INT32},
        {"84", WS_XML_TEXT_TYPE_BOOL},
        {"86", WS_XML_TEXT_TYPE_BOOL},
        {"8801", WS_XML_TEXT_TYPE_INT32},
        {"8A0100", WS_XML_TEXT_TYPE_INT32},
        {"8C01000000", WS_XML_TEXT_TYPE_INT32},
        {"8E0100000000000000", WS_XML_TEXT_TYPE_INT64},
        {"92000000000000F03F", WS_XML_TEXT_TYPE_DOUBLE},
        {"960000000000000000", WS_XML_TEXT_TYPE_DATETIME},
        {"980161", WS_XML_TEXT_TYPE_UTF8},
        {"9A010061", WS_XML_TEXT_TYPE_UTF8},
        {"9C0100000061", WS_XML_TEXT_TYPE_UTF8},
        {"9E0161", WS_XML_TEXT_TYPE_BASE64},
        {"A0010061", WS_XML_TEXT_TYPE_BASE64},
        {"A20100000061", WS_XML_TEXT_TYPE_BASE64},
        {"A8", WS_XML_TEXT_TYPE_UTF8},
        {"AA02", WS_XML_TEXT_TYPE_UTF8},
        {"AC00112233445566778899AABBCCDDEEFF", WS_XML_TEXT_TYPE_UNIQUE_ID},
        {"B000112233445566778899AABBCCDDEEFF", WS_XML_TEXT_TYPE_GUID},
        {"B20100000000000000", WS_XML_TEXT_TYPE_UINT64},
        {"B401", WS_XML_TEXT_TYPE_BOOL},
    };
    struct source source = {0};
    char hex[64];
    unsigned record;
    size_t i;

    for (i = 0; i < sizeof(records) / sizeof(records[0]); i++)
    {
        snprintf(hex, sizeof(hex), "400172%s01", records[i].hex);
        open_hex(&source, hex, 0, FALSE);
        expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
        next_text(&source, records[i].type);
        if (records[i].type == WS_XML_TEXT_TYPE_DATETIME)
        {
            const WS_XML_TEXT *shown = ((const WS_XML_TEXT_NODE *)current_node(source.reader))->text;

            expect_size(WS_DATETIME_FORMAT_NONE, ((const WS_XML_DATETIME_TEXT *)shown)->value.format);
        }
        expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);
        expect_node(&source, WS_XML_NODE_TYPE_EOF);
        /* The next record is the same with the end of the element. What is after that is only looked at when read. */
        expect(sscanf(records[i].hex, "%2x", &record) == 1);
        snprintf(hex, sizeof(hex), "400172%02X%s00", record + 1, records[i].hex + 2);
        open_hex(&source, hex, 0, FALSE);
        expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
        next_text(&source, records[i].type);
        expect_node(&source, WS_XML_NODE_TYPE_END_ELEMENT);
        expect_hr(WS_E_INVALID_FORMAT, WsReadNode(source.reader, NULL));
    }
    close_source(&source);
}

TEST(an_id_that_is_not_in_the_dictionary_is_noticed_where_it_is)
{
    struct source source = {0};
    const WS_XML_ELEMENT_NODE *element;

    open_hex(&source, "42E80701", 0, FALSE); /* of a name: 500 of 500 */
    expect_hr(WS_E_INVALID_FORMAT, WsReadNode(source.reader, NULL));
    open_hex(&source,
             "400172"
             "AAE80701",
             0, FALSE); /* of a text */
    expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(WS_E_INVALID_FORMAT, WsReadNode(source.reader, NULL));
    open_hex(&source,
             "400172"
             "0A04"
             "01",
             0, FALSE); /* of a namespace, one that is there */
    element = expect_node(&source, WS_XML_NODE_TYPE_ELEMENT);
    expect(element->ns->dictionary == dictionary_of("str", 2) && element->ns->id == 2);
    close_source(&source);
}
