/* SPDX-License-Identifier: MIT */
/*
 * Moving through a document: skipping, elements by name, attributes, and what is in scope.
 *
 * Source: the pages of the functions.
 */
#include "support/reader.h"

static const WS_XML_STRING empty = STRING(""), urn_x = STRING("urn:x"), urn_y = STRING("urn:y");
static const WS_XML_STRING name_a = STRING("a"), name_b = STRING("b"), name_c = STRING("c");

TEST(WsSkipNode_passes_elements)
{
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;

    set_text_string(reader, "<a><b><c/><c>x<d/></c></b><e/>t<!--c--><![CDATA[d]]></a>");
    expect_hr(S_OK, WsSkipNode(reader, NULL)); /* BOF: to the next node */
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    element = (const WS_XML_ELEMENT_NODE *)current_node(reader);
    expect(string_is(element->localName, "b"));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    element = (const WS_XML_ELEMENT_NODE *)current_node(reader);
    expect(string_is(element->localName, "e"));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect(text_is(reader, "t"));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_COMMENT, current_type(reader));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_CDATA, current_type(reader));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect(text_is(reader, "d"));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    expect_hr(WS_E_INVALID_OPERATION, WsSkipNode(reader, NULL));
    expect_hr(E_INVALIDARG, WsSkipNode(NULL, NULL));

    /* The whole document, and one that is broken inside. */
    set_text_string(reader, "<a><b/></a>");
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(S_OK, WsSkipNode(reader, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    set_text_string(reader, "<a><b></a></b>");
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsSkipNode(reader, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsSkipNode(reader, NULL));
    WsFreeReader(reader);
}

TEST(WsReadToStartElement_finds_by_name)
{
    static const char text[] = " <!-- c --> <a xmlns='urn:x'> <!-- d --> <b/> t <c/></a>";
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    BOOL found = 7;

    set_text_string(reader, text);
    expect_hr(S_OK, WsReadToStartElement(reader, &name_a, &urn_x, NULL, error));
    /* Again: it stays. */
    expect_hr(S_OK, WsReadToStartElement(reader, &name_a, NULL, &found, error));
    expect_size(TRUE, found);
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, &urn_x, &found, error));
    expect_size(TRUE, found);
    expect_hr(S_OK, WsReadToStartElement(reader, &name_b, &urn_x, &found, error));
    expect_size(FALSE, found);
    expect_hr(S_OK, WsReadToStartElement(reader, &name_a, &urn_y, &found, error));
    expect_size(FALSE, found);
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, &found, error));
    expect_size(TRUE, found);
    expect_hr(S_OK, WsReadStartElement(reader, error));
    expect_hr(S_OK, WsReadToStartElement(reader, &name_b, &urn_x, &found, error));
    expect_size(TRUE, found);
    expect_hr(S_OK, WsReadStartElement(reader, error));
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, &found, error)); /* at </b> */
    expect_size(FALSE, found);
    expect_hr(S_OK, WsReadEndElement(reader, error));
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, &found, error)); /* at " t " */
    expect_size(FALSE, found);
    expect_size(WS_XML_NODE_TYPE_TEXT, current_type(reader));
    found = 7;
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadToStartElement(reader, NULL, NULL, NULL, error),
                   "a text is there");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadToStartElement(reader, NULL, NULL, &found, error));
    expect_size(7, found);

    set_text_string(reader, text);
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadToStartElement(reader, &name_b, &urn_x, NULL, error),
                   "\"b\" of the namespace \"urn:x\" was expected, and \"a\" of the namespace \"urn:x\" is there");
    expect_refused(error, WS_E_OBJECT_FAULTED, WsReadNode(reader, error), "WsSetInput makes it usable again");
    expect_hr(E_INVALIDARG, WsReadToStartElement(NULL, NULL, NULL, &found, NULL));
    set_text_with(reader, "<!--x-->", WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, TRUE);
    expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, &found, error));
    expect_size(FALSE, found);
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    WsFreeError(error);
    WsFreeReader(reader);
}

/* A sentence names what was asked for and what is there, and nothing else. */
TEST(what_is_not_found_is_said)
{
    static const WS_XML_STRING none = STRING("");
    static const struct
    {
        const char *document;
        const WS_XML_STRING *name, *ns;
        const char *sentence;
    } cases[] = {
        {"<x:a xmlns:x='urn:x'/>", &name_b, NULL,
         "Line 1, column 1: The element \"b\" was expected, and \"a\" is there."},
        {"<a/>", NULL, &urn_x,
         "An element of the namespace \"urn:x\" was expected, and \"a\" in no namespace is there."},
        {"<x:a xmlns:x='urn:x'/>", &name_a, &none,
         "The element \"a\" in no namespace was expected, and \"a\" of the namespace \"urn:x\" is there."},
        {"text", NULL, NULL, "Line 1, column 1: An element was expected, and a text is there: \"text\"."},
        {"<!---->", &name_a, &urn_x,
         "The element \"a\" of the namespace \"urn:x\" was expected, and the end is there."},
        {"<![CDATA[]]>", &name_a, NULL, "The element \"a\" was expected, and a CDATA section is there."},
    };
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    ULONG index;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        set_text_with(reader, cases[i].document, WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, TRUE);
        expect_refused(error, WS_E_INVALID_FORMAT,
                       WsReadToStartElement(reader, cases[i].name, cases[i].ns, NULL, error), cases[i].sentence);
    }
    set_text_string(reader, "<a>text<x:b xmlns:x='urn:x'/></a>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsReadNode(reader, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadStartElement(reader, error),
                   "Line 1, column 4: A start element was expected, and a text is there: \"text\".");
    set_text_string(reader, "<a><x:b xmlns:x='urn:x'/></a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadEndElement(reader, error),
                   "Line 1, column 4: An end element was expected, and a start element is there: \"x:b\".");
    set_text_string(reader, "<x:a xmlns:x='urn:x'/>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_refused(error, WS_E_INVALID_FORMAT, WsFindAttribute(reader, &name_b, &none, TRUE, &index, error),
                   "Line 1, column 1: The element \"x:a\" has no attribute \"b\" in no namespace.");
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(WsReadStartElement_and_WsReadEndElement)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();

    set_text_string(reader, "<!--c--><a> <b>\n<!--d--> </b>t</a>");
    expect_hr(S_OK, WsReadStartElement(reader, error)); /* from BOF */
    expect(text_is(reader, " "));
    expect_hr(S_OK, WsReadStartElement(reader, error));
    expect_size(WS_XML_NODE_TYPE_TEXT, current_type(reader));
    expect_hr(S_OK, WsReadEndElement(reader, error)); /* over space and a comment */
    expect(text_is(reader, "t"));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadStartElement(reader, error), "a text is there");

    set_text_string(reader, "<a>t</a>");
    expect_hr(S_OK, WsReadStartElement(reader, error));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadEndElement(reader, error), "a text is there");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadEndElement(reader, error));

    set_text_string(reader, "<a/>");
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadEndElement(reader, error), "a start element is there");
    set_text_string(reader, "<a/>");
    expect_hr(S_OK, WsReadStartElement(reader, error));
    expect_hr(S_OK, WsReadEndElement(reader, error)); /* an empty element has one too */
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadStartElement(reader, error), "the end is there");
    expect_hr(E_INVALIDARG, WsReadStartElement(NULL, NULL));
    expect_hr(E_INVALIDARG, WsReadEndElement(NULL, NULL));
    WsFreeError(error);
    WsFreeReader(reader);
}

/* BOF, EOF and the like are nodes of four bytes. UBSan says so when one is read as an element. */
TEST(a_node_that_is_no_element_is_not_read_as_one)
{
    static const char *const documents[] = {"<a/>", "<a><![CDATA[x]]></a>", "<a><![CDATA[]]></a>"};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_XML_STRING a = STRING("a");
    BOOL found = TRUE;
    unsigned i;

    expect_hr(S_OK, WsSetInput(reader, NULL, NULL, NULL, 0, NULL));
    expect_hr(S_OK, WsReadToStartElement(reader, &a, NULL, &found, NULL)); /* EOF */
    expect(!found);
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadToStartElement(reader, &a, NULL, NULL, error), "the end is there");
    for (i = 0; i < 3; i++)
    {
        set_text_string(reader, documents[i]);
        found = TRUE;
        expect_hr(S_OK, WsReadStartElement(reader, NULL));
        expect_hr(S_OK, WsReadToStartElement(reader, NULL, NULL, &found, NULL)); /* END_ELEMENT or CDATA */
        expect(!found);
        if (i == 2)
            next_node(reader, WS_XML_NODE_TYPE_END_CDATA);
        expect_hr(WS_E_INVALID_FORMAT, WsReadToStartElement(reader, &a, NULL, NULL, NULL));
    }
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(a_text_that_has_been_read_is_not_in_the_way)
{
    WS_XML_READER *reader = create_reader();
    WCHAR chars[10];
    ULONG count;

    set_text_string(reader, "<a>text  </a>");
    expect_hr(S_OK, WsReadStartElement(reader, NULL));
    expect_hr(S_OK, WsReadChars(reader, chars, 4, &count, NULL));
    expect_size(4, count);
    expect_hr(S_OK, WsReadEndElement(reader, NULL));
    WsFreeReader(reader);
}

TEST(WsFindAttribute_by_name)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    ULONG index = 77;

    set_text_string(reader, "<a xmlns:b='urn:x' c='1' b:c='2'>t</a>");
    expect_hr(WS_E_INVALID_OPERATION, WsFindAttribute(reader, &name_c, &empty, TRUE, &index, error));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(S_OK, WsFindAttribute(reader, &name_c, &empty, TRUE, &index, error));
    expect_size(1, index);
    expect_hr(S_OK, WsFindAttribute(reader, &name_c, &urn_x, FALSE, &index, error));
    expect_size(2, index);
    expect_hr(S_FALSE, WsFindAttribute(reader, &name_b, &empty, FALSE, &index, error));
    expect_hr(S_FALSE, WsFindAttribute(reader, &name_c, &urn_y, FALSE, &index, error));
    index = 77;
    expect_hr(E_INVALIDARG, WsFindAttribute(reader, NULL, &empty, FALSE, &index, error));
    expect_hr(E_INVALIDARG, WsFindAttribute(reader, &name_c, NULL, FALSE, &index, error));
    expect_hr(E_INVALIDARG, WsFindAttribute(reader, &name_c, &empty, FALSE, NULL, error));
    expect_hr(E_INVALIDARG, WsFindAttribute(NULL, &name_c, &empty, FALSE, &index, error));
    expect_size(77, index);
    expect_refused(error, WS_E_INVALID_FORMAT, WsFindAttribute(reader, &name_b, &urn_y, TRUE, &index, error),
                   "no attribute \"b\" of the namespace \"urn:y\"");
    expect_hr(WS_E_OBJECT_FAULTED, WsFindAttribute(reader, &name_c, &empty, TRUE, &index, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

static BOOL in_attribute(WS_XML_READER *reader)
{
    BOOL value = 7;

    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_IN_ATTRIBUTE, &value, sizeof(value), NULL));
    return value;
}

/* The page of WsReadStartAttribute; that some of the value may be left unread is our choice. */
TEST(attributes_are_read_like_text)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WCHAR chars[10];
    ULONG count;
    int round;

    set_text_string(reader, "<a b='va&amp;lue' xmlns:p='urn:x' e=''>t</a>");
    expect_hr(WS_E_INVALID_OPERATION, WsReadEndAttribute(reader, error));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    for (round = 0; round < 2; round++)
    {
        expect_size(FALSE, in_attribute(reader));
        expect_hr(S_OK, WsReadStartAttribute(reader, 0, error));
        expect_size(TRUE, in_attribute(reader));
        expect(text_is(reader, "va&lue"));
        expect_hr(S_OK, WsReadChars(reader, chars, 10, &count, error));
        expect_size(6, count);
        expect_hr(S_OK, WsReadChars(reader, chars, 10, &count, error));
        expect_size(0, count);
        expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
        expect_hr(WS_E_INVALID_OPERATION, WsReadNode(reader, error));
        expect_hr(S_OK, WsReadEndAttribute(reader, error));
        expect_size(WS_XML_NODE_TYPE_ELEMENT, current_type(reader));
    }
    /* The value of a declaration is its namespace; values can be left unread, or be empty. */
    expect_hr(S_OK, WsReadStartAttribute(reader, 1, error));
    expect(text_is(reader, "urn:x"));
    expect_hr(S_OK, WsReadEndAttribute(reader, error));
    expect_hr(S_OK, WsReadStartAttribute(reader, 2, error));
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    expect_hr(S_OK, WsReadEndAttribute(reader, error));
    expect_hr(E_INVALIDARG, WsReadStartAttribute(reader, 3, error));
    expect_hr(E_INVALIDARG, WsReadStartAttribute(NULL, 0, error));
    expect_hr(E_INVALIDARG, WsReadEndAttribute(NULL, error));
    next_node(reader, WS_XML_NODE_TYPE_TEXT);
    expect(text_is(reader, "t"));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadStartAttribute(reader, 0, error), "not at a start element");
    expect_hr(WS_E_OBJECT_FAULTED, WsReadEndAttribute(reader, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

static void expect_namespace(WS_XML_READER *reader, const char *prefix, const char *expected)
{
    WS_XML_STRING string = {(ULONG)strlen(prefix), (BYTE *)prefix, NULL, 0};
    const WS_XML_STRING *ns = &string;
    HRESULT hr = WsGetNamespaceFromPrefix(reader, &string, FALSE, &ns, NULL);

    if (!expected)
    {
        expect_hr(S_FALSE, hr);
        expect(ns == NULL);
        return;
    }
    expect_hr(S_OK, hr);
    expect(string_is(ns, expected));
}

TEST(WsGetNamespaceFromPrefix_in_scope)
{
    static const WS_XML_STRING p = STRING("p");
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    const WS_XML_STRING *ns = NULL;

    set_text_string(reader, "<a xmlns='d' xmlns:p='u'><b xmlns='' xmlns:p='v' xmlns:q='w'/></a>");
    expect_namespace(reader, "p", NULL);
    expect_namespace(reader, "", "");
    expect_namespace(reader, "xml", "http://www.w3.org/XML/1998/namespace");
    expect_namespace(reader, "xmlns", "http://www.w3.org/2000/xmlns/");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_namespace(reader, "", "d");
    expect_namespace(reader, "p", "u");
    expect_namespace(reader, "q", NULL);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_namespace(reader, "", "");
    expect_namespace(reader, "p", "v");
    expect_namespace(reader, "q", "w");
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT); /* still that of the element */
    expect_namespace(reader, "q", "w");
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    expect_namespace(reader, "q", NULL);
    expect_namespace(reader, "p", "u");
    expect_namespace(reader, "", "d");
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    expect_namespace(reader, "p", NULL);
    expect_hr(E_INVALIDARG, WsGetNamespaceFromPrefix(reader, NULL, FALSE, &ns, error));
    expect_hr(E_INVALIDARG, WsGetNamespaceFromPrefix(reader, &p, FALSE, NULL, error));
    expect_hr(E_INVALIDARG, WsGetNamespaceFromPrefix(NULL, &p, FALSE, &ns, error));
    expect_refused(error, WS_E_INVALID_FORMAT, WsGetNamespaceFromPrefix(reader, &p, TRUE, &ns, error),
                   "\"p\" is not declared");
    expect(ns == NULL);
    expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

static void expect_xml_attribute(WS_XML_READER *reader, const char *name, const char *expected)
{
    WS_XML_STRING string = {(ULONG)strlen(name), (BYTE *)name, NULL, 0};
    WS_HEAP *heap = create_heap(1 << 20);
    WCHAR *chars = NULL;
    ULONG count = 77, i;

    expect_hr(expected ? S_OK : S_FALSE, WsGetXmlAttribute(reader, &string, heap, &chars, &count, NULL));
    expect(!expected == !chars); /* observed on Windows */
    expect_size(expected ? strlen(expected) : 0, count);
    for (i = 0; i < count; i++)
        expect(chars[i] == (WCHAR)expected[i]);
    WsFreeHeap(heap);
}

TEST(WsGetXmlAttribute_in_scope)
{
    static const WS_XML_STRING lang = STRING("lang");
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20), *small = NULL;
    WCHAR *chars = NULL;
    ULONG count = 0;
    int stream;

    for (stream = 0; stream < 2; stream++)
    {
        static const char text[] = "<a xml:lang='de' lang='x'><b xml:lang='f&#114;' xml:space='preserve'>t</b><c/></a>";
        struct stream bytes = {(const BYTE *)text, sizeof(text) - 1, 0, 1, 0};

        if (stream)
        {
            set_stream(reader, &bytes, 16, WS_CHARSET_AUTO);
            expect_hr(S_OK, WsFillReader(reader, 1000, NULL, NULL));
        }
        else
            set_text_string(reader, text);
        expect_xml_attribute(reader, "lang", NULL);
        next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        expect_xml_attribute(reader, "lang", "de");
        expect_xml_attribute(reader, "space", NULL);
        next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        next_node(reader, WS_XML_NODE_TYPE_TEXT);
        expect_xml_attribute(reader, "lang", "fr");
        expect_xml_attribute(reader, "space", "preserve");
        next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
        expect_xml_attribute(reader, "lang", "fr");
        next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        expect_xml_attribute(reader, "lang", "de");
        expect_xml_attribute(reader, "space", NULL);
    }
    expect_hr(E_INVALIDARG, WsGetXmlAttribute(reader, NULL, heap, &chars, &count, NULL));
    expect_hr(E_INVALIDARG, WsGetXmlAttribute(reader, &lang, NULL, &chars, &count, NULL));
    expect_hr(E_INVALIDARG, WsGetXmlAttribute(reader, &lang, heap, NULL, &count, NULL));
    expect_hr(E_INVALIDARG, WsGetXmlAttribute(reader, &lang, heap, &chars, NULL, NULL));
    expect_hr(E_INVALIDARG, WsGetXmlAttribute(NULL, &lang, heap, &chars, &count, NULL));
    expect_hr(S_OK, WsCreateHeap(3, 0, NULL, 0, &small, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsGetXmlAttribute(reader, &lang, small, &chars, &count, NULL));
    expect(!chars && !count);
    WsFreeHeap(small);
    WsFreeHeap(heap);
    WsFreeReader(reader);
}

/* A string of no bytes at all is refused before anything is done, and the reader is as it was. */
TEST(strings_without_bytes_are_refused)
{
    WS_XML_STRING none = {1, NULL, NULL, 0}, a = STRING("a");
    WS_XML_READER *reader = create_reader();
    WS_HEAP *heap = create_heap(1 << 20);
    const WS_XML_STRING *ns = NULL;
    ULONG index = 77, count = 77;
    WCHAR *chars = NULL;
    int32_t value = 77;
    BOOL found = 77;

    set_text_string(reader, "<a b=''><!----></a>");
    expect_hr(E_INVALIDARG, WsReadToStartElement(reader, &none, NULL, &found, NULL));
    expect_hr(E_INVALIDARG, WsReadToStartElement(reader, &a, &none, NULL, NULL));
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    expect_hr(E_INVALIDARG, WsReadArray(reader, &none, &empty, WS_INT32_VALUE_TYPE, &value, 4, 0, 1, &count, NULL));
    expect_hr(E_INVALIDARG, WsReadArray(reader, &a, &none, WS_INT32_VALUE_TYPE, &value, 4, 0, 1, &count, NULL));
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    expect_hr(S_OK, WsReadToStartElement(reader, &a, &empty, NULL, NULL));
    expect_hr(E_INVALIDARG, WsFindAttribute(reader, &none, &empty, TRUE, &index, NULL));
    expect_hr(E_INVALIDARG, WsFindAttribute(reader, &a, &none, TRUE, &index, NULL));
    expect_hr(E_INVALIDARG, WsGetNamespaceFromPrefix(reader, &none, TRUE, &ns, NULL));
    expect_hr(E_INVALIDARG, WsGetXmlAttribute(reader, &none, heap, &chars, &count, NULL));
    expect(!ns && !chars && index == 77 && count == 77 && value == 77 && found == 77);
    next_node(reader, WS_XML_NODE_TYPE_COMMENT);
    WsFreeHeap(heap);
    WsFreeReader(reader);
}
