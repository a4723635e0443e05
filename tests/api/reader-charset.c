/* SPDX-License-Identifier: MIT */
/*
 * What the text decoder makes of charsets, where it says that nodes are, and documents with very long parts.
 *
 * Source: XML 1.0, and the pages of WS_CHARSET and of the reader's encodings.
 */
#include "support/reader.h"

#include <stdlib.h>

static BYTE utf16[1 << 18];

static ULONGLONG get_number(WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id)
{
    ULONGLONG value = 99;

    expect_hr(S_OK, WsGetReaderProperty(reader, id, &value, sizeof(value), NULL));
    return value;
}

static void expect_at(WS_XML_READER *reader, WS_XML_NODE_TYPE type, ULONGLONG row, ULONGLONG column)
{
    next_node(reader, type);
    expect_size((size_t)row, (size_t)get_number(reader, WS_XML_READER_PROPERTY_ROW));
    expect_size((size_t)column, (size_t)get_number(reader, WS_XML_READER_PROPERTY_COLUMN));
}

static void check_rows(WS_XML_READER *reader)
{
    expect_size(0, (size_t)get_number(reader, WS_XML_READER_PROPERTY_ROW));
    expect_at(reader, WS_XML_NODE_TYPE_TEXT, 0, 21);
    expect_at(reader, WS_XML_NODE_TYPE_ELEMENT, 1, 0);
    expect_at(reader, WS_XML_NODE_TYPE_TEXT, 1, 3);
    expect_at(reader, WS_XML_NODE_TYPE_ELEMENT, 2, 2);
    expect_at(reader, WS_XML_NODE_TYPE_TEXT, 3, 7);
    expect_at(reader, WS_XML_NODE_TYPE_END_ELEMENT, 3, 10);
    expect_at(reader, WS_XML_NODE_TYPE_TEXT, 3, 14);
    expect_at(reader, WS_XML_NODE_TYPE_COMMENT, 5, 0);
    expect_at(reader, WS_XML_NODE_TYPE_CDATA, 6, 4);
    expect_at(reader, WS_XML_NODE_TYPE_TEXT, 6, 13);
    expect_at(reader, WS_XML_NODE_TYPE_END_CDATA, 6, 14);
    expect_at(reader, WS_XML_NODE_TYPE_END_ELEMENT, 6, 17);
    expect_at(reader, WS_XML_NODE_TYPE_TEXT, 6, 21);
    expect_at(reader, WS_XML_NODE_TYPE_EOF, 7, 0);
}

TEST(rows_and_columns)
{
    /* Lines end with LF, CR LF and CR; characters count once however many bytes they take. */
    static const char text[] = "<?xml version='1.0'?>\n<a>\r\n  <b\n c='\xc3\xa4'>\xe2\x82\xac\xf0\x9f\x98\x80.</b>\r\r"
                               "<!--1\n2--><![CDATA[x]]></a>\n";
    struct stream stream = {(const BYTE *)text, sizeof(text) - 1, 0, 1, 0};
    WS_XML_READER *reader = create_reader();

    set_text(reader, text, sizeof(text) - 1);
    check_rows(reader);
    set_stream(reader, &stream, 4096, WS_CHARSET_AUTO);
    expect_hr(S_OK, WsFillReader(reader, 4096, NULL, NULL));
    check_rows(reader);
    set_text(reader, utf16, to_utf16(text, sizeof(text) - 1, true, true, utf16));
    check_rows(reader);
    WsFreeReader(reader);
}

static WS_CHARSET get_charset(WS_XML_READER *reader)
{
    WS_CHARSET charset = (WS_CHARSET)77;

    expect_hr(S_OK, WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
    return charset;
}

static void set_charset(WS_XML_READER *reader, const void *bytes, size_t length, WS_CHARSET charset)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, (ULONG)length};

    encoding.charSet = charset;
    expect_hr(S_OK, WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, NULL));
}

TEST(charsets_are_detected)
{
    WS_XML_READER *reader = create_reader();
    static struct dump dump;
    size_t length;
    int big, mark;

    set_text_string(reader, "<a/>");
    expect_size(WS_CHARSET_UTF8, get_charset(reader));
    expect_hr(S_OK, read_all(reader, &dump, NULL));
    expect_size(WS_CHARSET_UTF8, get_charset(reader));
    set_text_string(reader, "\xef\xbb\xbf<a/>");
    expect_size(WS_CHARSET_UTF8, get_charset(reader));
    for (big = 0; big < 2; big++)
        for (mark = 0; mark < 2; mark++)
        {
            length = to_utf16("<a>\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80</a>", 16, big, mark, utf16);
            set_text(reader, utf16, length);
            expect_size(big ? WS_CHARSET_UTF16BE : WS_CHARSET_UTF16LE, get_charset(reader));
            memset(&dump, 0, sizeof(dump));
            expect_hr(S_OK, read_all(reader, &dump, NULL));
            expect(!strcmp(dump.text, "<a>'\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80'</>$"));
            /* Stated, and the property is what was stated before anything has been read. */
            set_charset(reader, utf16, length, big ? WS_CHARSET_UTF16BE : WS_CHARSET_UTF16LE);
            expect_size(big ? WS_CHARSET_UTF16BE : WS_CHARSET_UTF16LE, get_charset(reader));
            memset(&dump, 0, sizeof(dump));
            expect_hr(S_OK, read_all(reader, &dump, NULL));
            /* Stated wrongly. */
            set_charset(reader, utf16, length, big ? WS_CHARSET_UTF16LE : WS_CHARSET_UTF16BE);
            expect_hr(WS_E_INVALID_FORMAT, read_all(reader, &dump, NULL));
            set_charset(reader, utf16, length, WS_CHARSET_UTF8);
            expect_hr(WS_E_INVALID_FORMAT, read_all(reader, &dump, NULL));
        }
    WsFreeReader(reader);
}

/* Each row observed on Windows, but for UTF-16BE and the longer documents, which follow from the others. */
TEST(charsets_that_are_found_out)
{
    static const struct
    {
        const char *bytes;
        ULONG length;
        WS_CHARSET charset; /* AUTO: WS_E_INVALID_FORMAT */
    } cases[] = {
#define ROW(bytes, charset) {bytes, sizeof(bytes) - 1, WS_CHARSET_##charset}
        ROW("\xef\xbb\xbf<r/>", UTF8),
        ROW("<r/>", UTF8),
        ROW("<!--", UTF8),
        ROW("<?xml version=\"1.0\" encoding=\"utf-8\"?>", UTF8),
        ROW("<?xml version=\"1.0\" encoding=\"utf-8\"?><r/>", UTF8),
        ROW("<?xml encoding=\"utf-8\"?>", AUTO),
        ROW("<?xml", AUTO),
        ROW("<?xml version=\"1.0\"", AUTO),
        ROW("<?xml version=\"1.0\" encoding=\"utf-16\"?><r/>", AUTO),
        ROW("<?abc", AUTO),
        ROW("<?abc d?><r/>", AUTO),
        ROW("<?", AUTO),
        ROW("<!", AUTO),
        ROW("\xff\xfe<\0r\0/\0>\0", UTF16LE),
        ROW("\xfe\xff\0<\0r\0/\0>", UTF16BE),
        ROW("<\0r\0/\0>\0", UTF16LE),
        ROW("\0<\0r\0/\0>", UTF16BE),
        ROW("<\0!\0-\0-\0", UTF16LE),
        ROW("<\0?\0", AUTO),
        ROW("<\0?\0x\0m\0l\0", AUTO),
        ROW("\xff\xfe<\0?\0x\0m\0l\0", AUTO),
        ROW("\0<\0?\0x\0m\0l", AUTO),
        ROW("xy", AUTO),
        ROW("xyz", UTF8),
        ROW("x\0", AUTO),
        ROW("x\0y\0", UTF8),
        ROW("<\0r\0s\0", UTF16LE),
        ROW("<\0r\0", UTF16LE),
        ROW("\0xy", UTF8),
        ROW("\0\0", AUTO),
        ROW("\0\0\0", UTF8),
        ROW("\xff\xfe", AUTO),
        ROW("<", AUTO),
        ROW("", AUTO),
#undef ROW
    };
    WS_XML_READER *reader = create_reader();
    WS_CHARSET charset;
    static struct dump dump;
    size_t i;
    int way;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        for (way = 0; way < 2; way++)
        {
            struct stream stream = {(const BYTE *)cases[i].bytes, cases[i].length, 0, 1, 0};

            if (way)
                set_stream(reader, &stream, 16, WS_CHARSET_AUTO);
            else
                set_text(reader, cases[i].bytes, cases[i].length);
            if (way)
            {
                charset = (WS_CHARSET)77;
                expect_hr(WS_E_QUOTA_EXCEEDED,
                          WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
                expect_hr(S_OK, WsFillReader(reader, 1000, NULL, NULL));
            }
            if (cases[i].charset != WS_CHARSET_AUTO)
            {
                expect_size(cases[i].charset, get_charset(reader));
                expect_size(WS_XML_NODE_TYPE_BOF, current_type(reader));
                continue;
            }
            charset = (WS_CHARSET)77;
            expect_hr(WS_E_INVALID_FORMAT,
                      WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
            expect_size(77, charset);
            /* Our choice: asking does not fault the reader, so that reading says the same. */
            memset(&dump, 0, sizeof(dump));
            expect_hr(WS_E_INVALID_FORMAT, read_all(reader, &dump, NULL));
            expect_hr(WS_E_OBJECT_FAULTED,
                      WsGetReaderProperty(reader, WS_XML_READER_PROPERTY_CHARSET, &charset, sizeof(charset), NULL));
        }
    WsFreeReader(reader);
}

/* A declaration that has been read for the charset is not read again, and counts where rows and columns are. */
TEST(a_declaration_is_read_with_the_charset)
{
    static const char text[] = "<?xml version='1.0'?>\n<a>\xc3\xa4</a>";
    WS_XML_READER *reader = create_reader();
    static struct dump dump;
    int way;

    for (way = 0; way < 3; way++)
    {
        if (way)
            set_text(reader, utf16, to_utf16(text, sizeof(text) - 1, way == 2, way == 1, utf16));
        else
            set_text(reader, text, sizeof(text) - 1);
        get_charset(reader);
        expect_size(0, (size_t)get_number(reader, WS_XML_READER_PROPERTY_COLUMN));
        expect_at(reader, WS_XML_NODE_TYPE_TEXT, 0, 21);
        expect_at(reader, WS_XML_NODE_TYPE_ELEMENT, 1, 0);
        memset(&dump, 0, sizeof(dump));
        expect_hr(S_OK, read_all(reader, &dump, NULL));
        expect(!strcmp(dump.text, "'\xc3\xa4'</>$"));
    }
    WsFreeReader(reader);
}

/* The error is the mark of another charset than the given one, not the text that it would be. */
TEST(byte_order_marks_of_another_charset)
{
    static const struct
    {
        WS_CHARSET charset;
        const char *bytes;
        size_t length;
        const char *sentence;
    } cases[] = {
        {WS_CHARSET_UTF8, "\xff\xfe<\0a\0/\0>\0", 10,
         "byte order mark of UTF-16LE, and its charset was given as UTF-8."},
        {WS_CHARSET_UTF8, "\xfe\xff\0<\0a\0/\0>", 10,
         "byte order mark of UTF-16BE, and its charset was given as UTF-8."},
        {WS_CHARSET_UTF16LE, "\xfe\xff\0<\0a\0/\0>", 10, "mark of UTF-16BE, and its charset was given as UTF-16LE."},
        {WS_CHARSET_UTF16BE, "\xff\xfe<\0a\0/\0>\0", 10, "mark of UTF-16LE, and its charset was given as UTF-16BE."},
        {WS_CHARSET_UTF16LE, "\xef\xbb\xbf<a/>", 7, "byte order mark of UTF-8, and its charset was given as UTF-16LE."},
        {WS_CHARSET_UTF16BE, "\xef\xbb\xbf<a/>", 7, "byte order mark of UTF-8, and its charset was given as UTF-16BE."},
    };
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    struct stream stream;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        set_charset(reader, cases[i].bytes, cases[i].length, cases[i].charset);
        expect_refused(error, WS_E_INVALID_FORMAT, WsReadNode(reader, error), cases[i].sentence);
        expect(says(error, "Line 1, column 1: The document begins with the byte order mark"));
        stream = (struct stream){(const BYTE *)cases[i].bytes, cases[i].length, 0, 1, 0};
        set_stream(reader, &stream, 16, cases[i].charset);
        expect_hr(S_OK, WsFillReader(reader, 100, NULL, NULL));
        expect_refused(error, WS_E_INVALID_FORMAT, WsReadNode(reader, error), cases[i].sentence);
    }
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(declared_encodings_must_agree)
{
    static const struct
    {
        const char *encoding;
        HRESULT le, be;
    } cases[] = {{"utf-16", S_OK, S_OK},
                 {"UTF-16LE", S_OK, WS_E_INVALID_FORMAT},
                 {"utf-16be", WS_E_INVALID_FORMAT, S_OK},
                 {"utf-8", WS_E_INVALID_FORMAT, WS_E_INVALID_FORMAT},
                 {"ucs-2", WS_E_INVALID_FORMAT, WS_E_INVALID_FORMAT}};
    WS_XML_READER *reader = create_reader();
    static struct dump dump;
    char text[100];
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        snprintf(text, sizeof(text), "<?xml version='1.0' encoding='%s'?><a/>", cases[i].encoding);
        set_text(reader, utf16, to_utf16(text, strlen(text), false, true, utf16));
        expect_hr(cases[i].le, read_all(reader, &dump, NULL));
        set_text(reader, utf16, to_utf16(text, strlen(text), true, true, utf16));
        expect_hr(cases[i].be, read_all(reader, &dump, NULL));
    }
    WsFreeReader(reader);
}

TEST(UTF_16_must_be_valid)
{
    static const BYTE lone_high[] = "<\0a\0>\0\x00\xd8<\0/\0a\0>", lone_low[] = "<\0a\0>\0\x00\xdc<\0/\0a\0>",
                      odd[] = "<\0a\0/\0>\0 ", cut[] = "<\0a\0>\0\x00\xd8", ffff[] = "<\0a\0>\0\xff\xff<\0/\0a\0>";
    WS_XML_READER *reader = create_reader();
    WS_ERROR *error = create_error();
    static struct dump dump;

    set_text(reader, lone_high, sizeof(lone_high));
    expect_refused(error, WS_E_INVALID_FORMAT, read_all(reader, &dump, error), "not valid UTF-16");
    set_text(reader, lone_low, sizeof(lone_low));
    expect_refused(error, WS_E_INVALID_FORMAT, read_all(reader, &dump, error), "Line 1, column 4: ");
    set_text(reader, odd, sizeof(odd) - 1);
    expect_refused(error, WS_E_INVALID_FORMAT, read_all(reader, &dump, error), "not valid UTF-16");
    set_text(reader, cut, sizeof(cut) - 1);
    expect_refused(error, WS_E_INVALID_FORMAT, read_all(reader, &dump, error), "not valid UTF-16");
    set_text(reader, ffff, sizeof(ffff));
    expect_refused(error, WS_E_INVALID_FORMAT, read_all(reader, &dump, error), "valid character");
    WsFreeError(error);
    WsFreeReader(reader);
}

TEST(long_things)
{
    WS_XML_READER *reader = create_reader();
    const size_t length = 100000;
    char *text = malloc(2 * length + 100);
    const WS_XML_STRING *value;
    size_t size, seen = 0;
    int way;

    expect(text != NULL);
    /* A name, a value and a text of 30000 bytes each, from all charsets. */
    memcpy(text, "<", 1);
    memset(text + 1, 'n', 30000);
    memcpy(text + 30001, " b='", 4);
    memset(text + 30005, 'v', 30000);
    memcpy(text + 60005, "'>", 2);
    memset(text + 60007, 't', 30000);
    memcpy(text + 90007, "</", 2);
    memset(text + 90009, 'n', 30000);
    memcpy(text + 120009, ">", 2);
    for (way = 0; way < 3; way++)
    {
        const WS_XML_ELEMENT_NODE *element;

        if (way)
            set_text(reader, utf16, size = to_utf16(text, 120010, way == 2, true, utf16));
        else
            set_text(reader, text, 120010);
        element = (const WS_XML_ELEMENT_NODE *)next_node(reader, WS_XML_NODE_TYPE_ELEMENT);
        expect_size(30000, element->localName->length);
        expect(element->localName->bytes[29999] == 'n');
        value = &((const WS_XML_UTF8_TEXT *)element->attributes[0]->value)->value;
        expect_size(30000, value->length);
        expect(value->bytes[0] == 'v' && value->bytes[29999] == 'v');
        seen = 0;
        expect_hr(S_OK, WsReadNode(reader, NULL));
        do
        {
            const WS_XML_NODE *node = current_node(reader);

            expect(node->nodeType == WS_XML_NODE_TYPE_TEXT);
            seen += ((const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)node)->text)->value.length;
            expect_hr(S_OK, WsReadNode(reader, NULL));
        } while (current_type(reader) == WS_XML_NODE_TYPE_TEXT);
        expect_size(30000, seen);
        expect_size(WS_XML_NODE_TYPE_END_ELEMENT, current_type(reader));
    }
    /* A text that must be copied comes in pieces: of references, of line ends, in CDATA. */
    for (way = 0; way < 3; way++)
    {
        static const char *const units[] = {"&amp;", "x\r\n\xc3\xa4", "\r]<&"};
        static const size_t unit_sizes[] = {1, 4, 4};
        size_t count = length / strlen(units[way]), i;

        strcpy(text, way == 2 ? "<a><![CDATA[" : "<a>");
        size = strlen(text);
        for (i = 0; i < count; i++, size += strlen(units[way]))
            memcpy(text + size, units[way], strlen(units[way]));
        strcpy(text + size, way == 2 ? "]]></a>" : "</a>");
        set_text_string(reader, text);
        seen = 0;
        do
        {
            expect_hr(S_OK, WsReadNode(reader, NULL));
            if (current_type(reader) == WS_XML_NODE_TYPE_TEXT)
                seen +=
                    ((const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)current_node(reader))->text)->value.length;
        } while (current_type(reader) != WS_XML_NODE_TYPE_EOF);
        expect_size(count * unit_sizes[way], seen);
    }
    free(text);
    WsFreeReader(reader);
}
