/* SPDX-License-Identifier: MIT */
/*
 * The life of a reader, its inputs, properties and limits, and what a failure does to it.
 *
 * Source: the pages of the functions and of WS_XML_READER_PROPERTY_ID.
 */
#include "support/reader.h"

#include <stdlib.h>

#define UNTOUCHED ((void *)(uintptr_t)0x5a5a5a50)

static const WS_XML_READER_TEXT_ENCODING text_encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
static const WS_XML_READER_RAW_ENCODING raw_encoding = {{WS_XML_READER_ENCODING_TYPE_RAW}};
static const WS_XML_READER_BUFFER_INPUT buffer_input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)"<a/>", 4};

TEST(WsCreateReader_and_WsFreeReader)
{
    WS_XML_READER *reader = UNTOUCHED;
    WS_ERROR *error = create_error();

    expect_refused(error, E_INVALIDARG, WsCreateReader(NULL, 0, NULL, error), "NULL");
    expect_refused(error, E_INVALIDARG, WsCreateReader(NULL, 1, &reader, error), "NULL");
    expect(reader == UNTOUCHED);
    expect_hr(S_OK, WsCreateReader(NULL, 0, &reader, error));
    WsFreeReader(reader);
    WsFreeReader(NULL);
    /* Stale, and of another kind. */
    expect_hr(E_INVALIDARG, WsReadNode(reader, NULL));
    WsFreeReader(reader);
    expect_refused(error, E_INVALIDARG, WsReadNode((WS_XML_READER *)error, error), "an error object");
    expect_refused(error, E_INVALIDARG, WsReadNode(NULL, error), "an XML reader is needed");
    WsFreeError(error);
}

static ULONG get(WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id)
{
    ULONG value = 0x5a5a;

    expect_hr(S_OK, WsGetReaderProperty(reader, id, &value, sizeof(value), NULL));
    return value;
}

static const struct
{
    WS_XML_READER_PROPERTY_ID id;
    ULONG value;
} defaults[] = {
    {WS_XML_READER_PROPERTY_MAX_DEPTH, 32},
    {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, FALSE},
    {WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, 128},
    {WS_XML_READER_PROPERTY_READ_DECLARATION, TRUE},
    {WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE, 4096},
    {WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE, 4096},
    {WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE, 65536},
    {WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE, 256},
    {WS_XML_READER_PROPERTY_MAX_MIME_PARTS, 4096},
    {WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, FALSE},
    {WS_XML_READER_PROPERTY_MAX_NAMESPACES, 32},
};
#define DEFAULT_COUNT (sizeof(defaults) / sizeof(defaults[0]))

/* Observed on Windows. */
static bool can_be_asked_for(WS_XML_READER_PROPERTY_ID id)
{
    return id != WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE && id != WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE;
}

TEST(properties_have_the_documented_defaults)
{
    WS_XML_READER *reader = create_reader();
    size_t i;

    set_text_string(reader, "<a/>");
    for (i = 0; i < DEFAULT_COUNT; i++)
        if (can_be_asked_for(defaults[i].id))
            expect_size(defaults[i].value, get(reader, defaults[i].id));
    expect_size(FALSE, get(reader, WS_XML_READER_PROPERTY_IN_ATTRIBUTE));
    WsFreeReader(reader);
}

TEST(properties_are_set_for_good_or_for_one_input)
{
    WS_XML_READER_PROPERTY created, input;
    WS_XML_READER *reader = NULL;
    ULONG created_value, input_value;
    size_t i;

    for (i = 0; i < DEFAULT_COUNT; i++)
    {
        created.id = input.id = defaults[i].id;
        created.value = &created_value;
        input.value = &input_value;
        created.valueSize = input.valueSize = sizeof(ULONG);
        created_value = 7 + (ULONG)i;
        input_value = !defaults[i].value;
        expect_hr(S_OK, WsCreateReader(&created, 1, &reader, NULL));
        expect_hr(S_OK, WsSetInput(reader, &text_encoding.encoding, &buffer_input.input, NULL, 0, NULL));
        if (can_be_asked_for(defaults[i].id))
            expect_size(created_value, get(reader, defaults[i].id));
        expect_hr(S_OK, WsSetInput(reader, &text_encoding.encoding, &buffer_input.input, &input, 1, NULL));
        if (can_be_asked_for(defaults[i].id))
            expect_size(input_value, get(reader, defaults[i].id));
        expect_hr(S_OK, WsSetInput(reader, &text_encoding.encoding, &buffer_input.input, NULL, 0, NULL));
        if (can_be_asked_for(defaults[i].id))
            expect_size(created_value, get(reader, defaults[i].id));
        WsFreeReader(reader);
    }
}

TEST(properties_refused)
{
    static const WS_XML_READER_PROPERTY_ID only_asked[] = {
        WS_XML_READER_PROPERTY_CHARSET,      WS_XML_READER_PROPERTY_ROW,    WS_XML_READER_PROPERTY_COLUMN,
        WS_XML_READER_PROPERTY_IN_ATTRIBUTE, (WS_XML_READER_PROPERTY_ID)15, (WS_XML_READER_PROPERTY_ID)-1};
    WS_XML_READER *reader = create_reader(), *other = UNTOUCHED;
    WS_ERROR *error = create_error();
    WS_XML_READER_PROPERTY property;
    ULONGLONG value = 0;
    ULONG size;
    size_t i;

    property.value = &value;
    for (i = 0; i < sizeof(only_asked) / sizeof(only_asked[0]); i++)
    {
        property.id = only_asked[i];
        for (size = 0; size < 10; size++)
        {
            property.valueSize = size;
            expect_hr(E_INVALIDARG, WsCreateReader(&property, 1, &other, error));
        }
    }
    for (i = 0; i < DEFAULT_COUNT; i++)
    {
        property.id = defaults[i].id;
        for (size = 0; size < 10; size++)
        {
            property.valueSize = size;
            if (size == sizeof(ULONG))
                continue;
            expect_hr(E_INVALIDARG, WsCreateReader(&property, 1, &other, error));
            expect_hr(E_INVALIDARG,
                      WsSetInput(reader, &text_encoding.encoding, &buffer_input.input, &property, 1, error));
        }
    }
    expect(other == UNTOUCHED);
    property.valueSize = sizeof(ULONG);
    property.value = NULL;
    expect_refused(error, E_INVALIDARG, WsCreateReader(&property, 1, &other, error), "NULL");
    /* An input that is refused leaves the reader as it was. */
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(reader, NULL));

    set_text_string(reader, "<a/>");
    value = 0x5a5a5a5a;
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, 3, NULL));
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, 8, NULL));
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, NULL, 4, NULL));
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_ROW, &value, 4, NULL));
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &value, 8, NULL));
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, (WS_XML_READER_PROPERTY_ID)15, &value, 4, NULL));
    expect(value == 0x5a5a5a5a);
    /* ... and that does not fault it. */
    expect_hr(S_OK, WsReadNode(reader, NULL));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(WsSetInput_refuses)
{
    WS_XML_READER_TEXT_ENCODING bad_charset = {{WS_XML_READER_ENCODING_TYPE_TEXT}, (WS_CHARSET)4};
    WS_XML_READER_ENCODING bad_encoding = {(WS_XML_READER_ENCODING_TYPE)5};
    WS_XML_READER_INPUT bad_input = {(WS_XML_READER_INPUT_TYPE)3};
    WS_XML_READER_BUFFER_INPUT no_bytes = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 1};
    WS_XML_READER_STREAM_INPUT no_callback = {{WS_XML_READER_INPUT_TYPE_STREAM}, NULL, NULL};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();

    expect_hr(E_INVALIDARG, WsSetInput(NULL, &text_encoding.encoding, &buffer_input.input, NULL, 0, error));
    expect_hr(E_INVALIDARG, WsSetInput(reader, NULL, &buffer_input.input, NULL, 0, error));
    expect_hr(E_INVALIDARG, WsSetInput(reader, &text_encoding.encoding, NULL, NULL, 0, error));
    expect_hr(E_INVALIDARG, WsSetInput(reader, &text_encoding.encoding, &buffer_input.input, NULL, 1, error));
    expect_refused(error, E_INVALIDARG, WsSetInput(reader, &bad_charset.encoding, &buffer_input.input, NULL, 0, error),
                   "charset 4");
    expect_refused(error, E_INVALIDARG, WsSetInput(reader, &bad_encoding, &buffer_input.input, NULL, 0, error),
                   "encoding type 5");
    expect_refused(error, E_INVALIDARG, WsSetInput(reader, &text_encoding.encoding, &bad_input, NULL, 0, error),
                   "input type 3");
    expect_hr(E_INVALIDARG, WsSetInput(reader, &text_encoding.encoding, &no_bytes.input, NULL, 0, error));
    expect_hr(E_INVALIDARG, WsSetInput(reader, &text_encoding.encoding, &no_callback.input, NULL, 0, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(a_reader_without_input)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    ULONG value = 77;

    expect_refused(error, WS_E_INVALID_OPERATION, WsReadNode(reader, error), "no input");
    /* It is at the end: observed on Windows. */
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    expect_hr(E_INVALIDARG, WsGetReaderNode(reader, NULL, error));
    expect_hr(WS_E_INVALID_OPERATION, WsFillReader(reader, 10, NULL, error));
    /* Nor can it be asked for anything else: observed on Windows. */
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, 4, error));
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &value, 4, error));
    expect_hr(WS_E_INVALID_OPERATION, WsGetReaderProperty(reader, (WS_XML_READER_PROPERTY_ID)99, &value, 4, error));
    expect_size(77, value);
    /* Set to nothing, it is at the end of an empty document. */
    expect_hr(S_OK, WsSetInput(reader, NULL, NULL, NULL, 0, error));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    expect_hr(WS_E_INVALID_OPERATION, WsReadNode(reader, error));
    expect_hr(S_OK, WsFillReader(reader, 10, NULL, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(a_reader_begins_at_BOF_and_stops_at_EOF)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    int i;

    for (i = 0; i < 3; i++)
    {
        set_text_string(reader, "<a/>");
        expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
        next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
        next_node(reader, WS_XML_NODE_TYPE_EOF);
        expect_refused(error, WS_E_INVALID_OPERATION, WsReadNode(reader, error), "end of the document already");
        expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    }
    expect_hr(E_INVALIDARG, WsGetReaderNode(reader, NULL, NULL));
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(a_faulted_reader_can_only_be_set_anew)
{
    static const WS_XML_STRING name = STRING("a"), empty = STRING("");
    const WS_XML_STRING *ns;
    const WS_XML_NODE *node;
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    WS_HEAP *heap = create_heap(1 << 20);
    WS_XML_BUFFER *buffer;
    WS_XML_NODE_POSITION position;
    ULONG value;
    WCHAR chars[4], *xml;

    set_text_string(reader, "<a></b>");
    node = next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(WS_E_INVALID_FORMAT, WsReadNode(reader, error));
    expect_refused(error, WS_E_OBJECT_FAULTED, WsReadNode(reader, error), "faulted");
    expect(current_node(reader) == node); /* observed on Windows */
    expect_hr(E_INVALIDARG, WsGetReaderNode(reader, NULL, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsSkipNode(reader, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsFillReader(reader, 1, NULL, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadToStartElement(reader, NULL, NULL, NULL, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadStartElement(reader, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadEndElement(reader, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadStartAttribute(reader, 0, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadEndAttribute(reader, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsFindAttribute(reader, &name, &empty, FALSE, &value, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsGetNamespaceFromPrefix(reader, &empty, FALSE, &ns, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsGetXmlAttribute(reader, &name, heap, &xml, &value, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadChars(reader, chars, 4, &value, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadCharsUtf8(reader, (BYTE *)chars, 4, &value, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadBytes(reader, chars, 4, &value, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsReadXmlBuffer(reader, heap, &buffer, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsGetReaderPosition(reader, &position, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsSetReaderPosition(reader, &position, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsMoveReader(reader, WS_MOVE_TO_BOF, NULL, error));
    expect_hr(WS_E_OBJECT_FAULTED, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_MAX_DEPTH, &value, 4, error));
    set_text_string(reader, "<a/>");
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    WsFreeHeap(heap);
    WsFreeError(error);
    WsFreeReader(reader);
}

/* Writes `count` times what a format makes of a number. */
static size_t repeat(char *text, const char *format, size_t count)
{
    size_t i, length = 0;

    for (i = 0; i < count; i++)
        length += (size_t)sprintf(text + length, format, (unsigned)i);
    return length;
}

TEST(depth_is_limited)
{
    static const struct
    {
        ULONG max;
        size_t depth;
        HRESULT hr;
    } cases[] = {{0, 1, WS_E_QUOTA_EXCEEDED},   {1, 1, S_OK},      {1, 2, WS_E_QUOTA_EXCEEDED}, {32, 32, S_OK},
                 {32, 33, WS_E_QUOTA_EXCEEDED}, {5000, 5000, S_OK}};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    char *text = malloc(5000 * 8);
    size_t i, length;
    HRESULT hr;

    expect(text != NULL);
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        length = repeat(text, "<a>", cases[i].depth);
        repeat(text + length, "</a>", cases[i].depth);
        set_text_with(reader, text, WS_XML_READER_PROPERTY_MAX_DEPTH, cases[i].max);
        while ((hr = WsReadNode(reader, error)) == S_OK && current_type(reader) != WS_XML_NODE_TYPE_EOF)
            ;
        expect_hr(cases[i].hr, hr);
        if (hr != S_OK)
            expect(says(error, "WS_XML_READER_PROPERTY_MAX_DEPTH"));
    }
    /* Elements beside one another do not count. */
    length = repeat(text, "", 0);
    strcpy(text, "<a>");
    length = 3 + repeat(text + 3, "<b/>", 100);
    strcpy(text + length, "</a>");
    set_text_with(reader, text, WS_XML_READER_PROPERTY_MAX_DEPTH, 2);
    while (WsReadNode(reader, error) == S_OK && current_type(reader) != WS_XML_NODE_TYPE_EOF)
        ;
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    free(text);
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(attributes_are_limited)
{
    static const struct
    {
        ULONG max;
        size_t count;
        HRESULT hr;
    } cases[] = {{0, 0, S_OK},
                 {0, 1, WS_E_QUOTA_EXCEEDED},
                 {7, 7, S_OK},
                 {7, 8, WS_E_QUOTA_EXCEEDED},
                 {128, 128, S_OK},
                 {128, 129, WS_E_QUOTA_EXCEEDED},
                 {5000, 5000, S_OK},
                 {20, 20, S_OK},
                 {20, 21, WS_E_QUOTA_EXCEEDED}};
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    char *text = malloc(5000 * 16);
    size_t i, j, length;

    expect(text != NULL);
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        strcpy(text, "<a");
        length = 2 + repeat(text + 2, " b%u='1'", cases[i].count);
        strcpy(text + length, "/>");
        set_text_with(reader, text, WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, cases[i].max);
        if (cases[i].hr == S_OK)
        {
            const WS_XML_ELEMENT_NODE *element;

            element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
            expect_size(cases[i].count, element->attributeCount);
            for (j = 0; j < cases[i].count; j++)
            {
                char name[16];

                sprintf(name, "b%u", (unsigned)j);
                expect(string_is(element->attributes[j]->localName, name));
            }
        }
        else
            expect_refused(error, cases[i].hr, WsReadNode(reader, error), "WS_XML_READER_PROPERTY_MAX_ATTRIBUTES");
    }
    free(text);
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(namespaces_are_limited)
{
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    char text[4096];
    size_t length;

    strcpy(text, "<a");
    length = 2 + repeat(text + 2, " xmlns:p%u='u'", 32);
    strcpy(text + length, "/>");
    set_text_string(reader, text);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    length = 2 + repeat(text + 2, " xmlns:p%u='u'", 33);
    strcpy(text + length, "/>");
    set_text_string(reader, text);
    expect_refused(error, WS_E_QUOTA_EXCEEDED, WsReadNode(reader, error),
                   "Line 1, column 442: More namespace declarations are in scope than "
                   "WS_XML_READER_PROPERTY_MAX_NAMESPACES allows: 32.");
    /* What counts is what is in scope, and a declaration that changes nothing does not. */
    set_text_with(reader, "<a xmlns:p='u'><b xmlns:q='u' xmlns:p='u'/><c xmlns:r='u'><d xmlns:p='u'/></c></a>",
                  WS_XML_READER_PROPERTY_MAX_NAMESPACES, 2);
    while (WsReadNode(reader, error) == S_OK && current_type(reader) != WS_XML_NODE_TYPE_EOF)
        ;
    expect_size(WS_XML_NODE_TYPE_EOF, current_type(reader));
    set_text_with(reader, "<a xmlns:p='u'><b xmlns:p='v'/></a>", WS_XML_READER_PROPERTY_MAX_NAMESPACES, 1);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadNode(reader, error));
    set_text_with(reader, "<a xmlns='u'/>", WS_XML_READER_PROPERTY_MAX_NAMESPACES, 0);
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadNode(reader, error));
    set_text_with(reader, "<a/>", WS_XML_READER_PROPERTY_MAX_NAMESPACES, 0);
    expect_hr(S_OK, WsReadNode(reader, error));
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(many_namespaces)
{
    const size_t count = 2000;
    ULONG max = 10000;
    WS_XML_READER_PROPERTY properties[] = {{WS_XML_READER_PROPERTY_MAX_NAMESPACES, &max, sizeof(max)},
                                           {WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, &max, sizeof(max)}};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    WS_XML_READER *reader = create_reader();
    const WS_XML_ELEMENT_NODE *element;
    char *text = malloc(count * 64), name[32];
    size_t length, i;

    expect(text != NULL);
    strcpy(text, "<a xmlns='d'");
    length = strlen(text);
    length += repeat(text + length, " xmlns:p%u='u%u'", 0);
    for (i = 0; i < count; i++)
        length += (size_t)sprintf(text + length, " xmlns:p%u='u%u'", (unsigned)i, (unsigned)i);
    length += (size_t)sprintf(text + length, "><b xmlns:p7='other'><p7:x/></b>");
    for (i = 0; i < count; i++)
        length += (size_t)sprintf(text + length, "<p%u:c p%u:d=''/>", (unsigned)i, (unsigned)(count - 1 - i));
    strcpy(text + length, "</a>");
    input.encodedData = text;
    input.encodedDataSize = (ULONG)strlen(text);
    expect_hr(S_OK, WsSetInput(reader, &text_encoding.encoding, &input.input, properties, 2, NULL));
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect(string_is(element->ns, "other"));
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    for (i = 0; i < count; i++)
    {
        element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        sprintf(name, "u%u", (unsigned)i);
        expect(string_is(element->ns, name));
        sprintf(name, "u%u", (unsigned)(count - 1 - i));
        expect(string_is(element->attributes[0]->ns, name));
        next_node(reader, WS_XML_NODE_TYPE_END_ELEMENT);
    }
    free(text);
    WsFreeReader(reader);
}

/* Our choice: nothing is copied that need not be. */
TEST(names_and_texts_point_into_the_input)
{
    static const char text[] = "<p:a xmlns:p='u' b='v'>text</p:a>";
    const WS_XML_ELEMENT_NODE *element;
    WS_XML_READER *reader = create_reader();

    set_text_string(reader, text);
    element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
    expect(element->localName->bytes == (const BYTE *)text + 3);
    expect(element->prefix->bytes == (const BYTE *)text + 1);
    expect(element->localName->dictionary == NULL && element->ns->dictionary == NULL);
    WsFreeReader(reader);
}

TEST(the_raw_encoding_shows_bytes)
{
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)"{ 1, 2, 3 }", 11};
    WS_XML_READER *reader = create_reader();
    const WS_XML_BASE64_TEXT *text;
    ULONG value;

    expect_hr(S_OK, WsSetInput(reader, &raw_encoding.encoding, &input.input, NULL, 0, NULL));
    expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
    text = (const WS_XML_BASE64_TEXT *)((const WS_XML_TEXT_NODE *)next_node(reader, WS_XML_NODE_TYPE_TEXT))->text;
    expect_size(WS_XML_TEXT_TYPE_BASE64, text->text.textType);
    expect_size(11, text->length);
    expect(!memcmp(text->bytes, "{ 1, 2, 3 }", 11));
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    expect_hr(E_INVALIDARG, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &value, 4, NULL));
    input.encodedDataSize = 0;
    expect_hr(S_OK, WsSetInput(reader, &raw_encoding.encoding, &input.input, NULL, 0, NULL));
    next_node(reader, WS_XML_NODE_TYPE_EOF);
    WsFreeReader(reader);
}

TEST(many_readers)
{
    WS_XML_READER *readers[100];
    size_t i;

    for (i = 0; i < 100; i++)
    {
        readers[i] = create_reader();
        set_text_string(readers[i], "<a b='1'><c/></a>");
        next_node(readers[i], WS_XML_NODE_TYPE_ELEMENT);
    }
    for (i = 0; i < 100; i++)
    {
        next_node(readers[i], WS_XML_NODE_TYPE_ELEMENT);
        WsFreeReader(readers[i]);
    }
}
