/* SPDX-License-Identifier: MIT */
/*
 * Structures with bytes out of MTOM packages that come over a stream: in pieces, in part, cut off, and with their parts
 * in another order.
 *
 * Source: MTOM; the pages of WsFillReader and WS_XML_READER_MTOM_ENCODING. That what has not been filled in is
 * WS_E_QUOTA_EXCEEDED, and never a wrong value, is documented; the rest is our choice.
 */
#include "support/mtom.h"
#include "support/structs.h"

#include <stdlib.h>

struct record
{
    int32_t number;
    WS_BYTES picture;
    WCHAR *name;
};

static WS_FIELD_DESCRIPTION number = ATTRIBUTE("number", WS_INT32_TYPE, struct record, number, 0);
static WS_FIELD_DESCRIPTION picture = ELEMENT("picture", WS_BYTES_TYPE, NULL, struct record, picture, 0);
static WS_FIELD_DESCRIPTION name = ELEMENT("name", WS_WSZ_TYPE, NULL, struct record, name, 0);
static WS_FIELD_DESCRIPTION *record_fields[] = {&number, &picture, &name};
static WS_STRUCT_DESCRIPTION record = STRUCTURE(struct record, record_fields);

struct album
{
    struct record *items;
    ULONG count;
};

static WS_FIELD_DESCRIPTION records = ITEMS(WS_STRUCT_TYPE, &record, struct album, 0), *album_fields[] = {&records};
static WS_STRUCT_DESCRIPTION album = STRUCTURE(struct album, album_fields);
static WS_ELEMENT_DESCRIPTION album_element = {NAME("album"), NAME(""), WS_STRUCT_TYPE, &album};
static WS_ELEMENT_DESCRIPTION record_element = {NAME("i"), NAME(""), WS_STRUCT_TYPE, &record};

/* Lengths of pictures: in the text, and in parts. */
static const ULONG lengths[] = {0, 16, 17, 3000, 5, 1000};
#define LONGEST 3000

static BYTE pixel(ULONG picture_number, ULONG i)
{
    return (BYTE)(picture_number * 31 + i * 7 + (i >> 8));
}

/* The package of an album with those pictures; freed by the caller. */
static WS_BYTES make_package(void)
{
    static WCHAR boundary[] = {'=', '_', 'q', '7', 'x', '2', 'k', '9', 'v'}, type[] = {'t', '/', 'x'}, root[] = {'r'};
    static BYTE pixels[COUNT(lengths)][LONGEST];
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_MTOM_ENCODING mtom = {{WS_XML_WRITER_ENCODING_TYPE_MTOM},
                                        &text.encoding,
                                        TRUE,
                                        {COUNT(boundary), boundary},
                                        {COUNT(type), type},
                                        {COUNT(root), root},
                                        16};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    struct record values[COUNT(lengths)];
    struct album value = {values, COUNT(lengths)};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_BYTES bytes, copy;
    ULONG i, j;

    for (i = 0; i < COUNT(lengths); i++)
    {
        for (j = 0; j < lengths[i]; j++)
            pixels[i][j] = pixel(i, j);
        values[i] = (struct record){(int32_t)i, {lengths[i], pixels[i]}, WSZ("a name")};
    }
    ok(WsSetOutput(writer, &mtom.encoding, &output.output, NULL, 0, NULL));
    ok(WsWriteElement(writer, &album_element, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    bytes = get_bytes(writer);
    copy.bytes = malloc(bytes.length);
    expect(copy.bytes != NULL);
    memcpy(copy.bytes, bytes.bytes, bytes.length);
    copy.length = bytes.length;
    WsFreeWriter(writer);
    return copy;
}

static bool is_record(const struct record *value, ULONG index)
{
    ULONG i;

    if (value->number != (int32_t)index || value->picture.length != lengths[index] || !value->picture.bytes ||
        !wsz_is(value->name, "a name"))
        return false;
    for (i = 0; i < lengths[index] && value->picture.bytes[i] == pixel(index, i); i++)
        ;
    return i == lengths[index];
}

static bool is_album(const struct album *value)
{
    ULONG i;

    for (i = 0; i < value->count && is_record(&value->items[i], i); i++)
        ;
    return value->count == COUNT(lengths) && i == value->count;
}

static HRESULT read_album(struct use *use, struct album *value)
{
    ok(WsResetError(use->error));
    ok(WsResetHeap(use->heap, NULL));
    return WsReadElement(use->reader, &album_element, WS_READ_REQUIRED_VALUE, use->heap, value, sizeof(*value),
                         use->error);
}

TEST(a_package_comes_in_pieces_of_any_size)
{
    static const ULONG pieces[] = {1, 2, 3, 7, 64, 1000, 4096, 100000};
    WS_BYTES package = make_package();
    struct use use = begin_use();
    struct album value;
    size_t i;

    for (i = 0; i < COUNT(pieces); i++)
    {
        struct stream stream = {package.bytes, package.length, 0, pieces[i], 0};

        set_package_stream(use.reader, &with_header, &stream, NULL, 0);
        ok(WsFillReader(use.reader, package.length, NULL, NULL));
        ok(read_album(&use, &value));
        expect(is_album(&value) && is_at_end(use.reader));
    }
    free(package.bytes);
    end_use(&use);
}

TEST(a_package_that_is_there_in_part_is_no_value)
{
    WS_BYTES package = make_package();
    struct use use = begin_use();
    struct album value, untouched;
    unsigned starved = 0, complete = 0;
    HRESULT hr;
    ULONG i;

    memset(&untouched, 0x5a, sizeof(untouched));
    for (i = 1; i <= package.length; i += 13)
    {
        struct stream stream = {package.bytes, package.length, 0, 1 + i % 50, 0};

        value = untouched;
        set_package_stream(use.reader, &with_header, &stream, NULL, 0);
        ok(WsFillReader(use.reader, i, NULL, NULL));
        hr = read_album(&use, &value);
        if (hr == S_OK)
        {
            expect(is_album(&value));
            complete++;
            continue;
        }
        expect_hr(WS_E_QUOTA_EXCEEDED, hr);
        expect(!complete && !memcmp(&value, &untouched, sizeof(value)) && says(use.error, "WsFillReader"));
        starved++;
        /* There is no half a reader: it goes on with another input. */
        expect_hr(WS_E_OBJECT_FAULTED, read_album(&use, &value));
    }
    expect(starved && complete);
    free(package.bytes);
    end_use(&use);
}

/* As a program reads that does not want all of it in memory: each record when enough for it is there. */
TEST(records_are_read_while_the_package_comes)
{
    static const ULONG pieces[] = {1, 100, 5000};
    WS_BYTES package = make_package();
    struct use use = begin_use();
    size_t i;
    ULONG j;

    for (i = 0; i < COUNT(pieces); i++)
    {
        struct stream stream = {package.bytes, package.length, 0, pieces[i], 0};

        set_package_stream(use.reader, &with_header, &stream, NULL, 0);
        ok(WsFillReader(use.reader, 1, NULL, NULL));
        ok(WsReadToStartElement(use.reader, NAME("album"), NAME(""), NULL, NULL));
        ok(WsReadStartElement(use.reader, NULL));
        for (j = 0;; j++)
        {
            struct record *value = NULL;

            ok(WsResetHeap(use.heap, NULL));
            ok(WsFillReader(use.reader, LONGEST + 2000, NULL, NULL));
            ok(WsReadElement(use.reader, &record_element, WS_READ_OPTIONAL_POINTER, use.heap, &value, sizeof(value),
                             use.error));
            if (!value)
                break;
            expect(is_record(value, j));
        }
        expect_size(COUNT(lengths), j);
        ok(WsReadEndElement(use.reader, NULL));
    }
    free(package.bytes);
    end_use(&use);
}

/* Whatever is missing: a failure that is none of the stream's, and no value. */
TEST(a_package_that_is_cut_off_is_no_value)
{
    WS_BYTES package = make_package();
    struct use use = begin_use();
    struct album value, untouched;
    ULONG i, whole = 0;
    HRESULT hr;

    memset(&untouched, 0x5a, sizeof(untouched));
    for (i = 0; i < package.length; i++)
    {
        struct stream stream = {package.bytes, i, 0, 1000, 0};

        value = untouched;
        set_package_stream(use.reader, &with_header, &stream, NULL, 0);
        if ((hr = WsFillReader(use.reader, package.length, NULL, NULL)) == S_OK)
            hr = read_album(&use, &value);
        if (hr == S_OK)
        {
            /* What is after the last part does not matter for its bytes. */
            expect(is_album(&value));
            whole++;
            continue;
        }
        expect_hr(WS_E_INVALID_FORMAT, hr);
        expect(!whole && !memcmp(&value, &untouched, sizeof(value)));
    }
    expect(whole < 40);
    free(package.bytes);
    end_use(&use);
}

struct two
{
    WS_BYTES a, b;
};

TEST(parts_in_any_order)
{
    static const char before[] = HEADER ROOT
        "<r><a>" INCLUDE("1") "</a><b>" INCLUDE("2") "</b></r>" PART("2") "second" PART("3") "nobody's" PART("1");
    WS_FIELD_DESCRIPTION a = ELEMENT("a", WS_BYTES_TYPE, NULL, struct two, a, 0);
    WS_FIELD_DESCRIPTION b = ELEMENT("b", WS_BYTES_TYPE, NULL, struct two, b, 0), *fields[] = {&a, &b};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct two, fields);
    char *package = malloc(sizeof(before) + 20000 + sizeof(END));
    size_t length = sizeof(before) - 1, i;
    struct use use = begin_use();
    struct two value, untouched;
    HRESULT hr;

    expect(package != NULL);
    memcpy(package, before, length);
    memset(package + length, 'x', 20000);
    memcpy(package + length + 20000, END, sizeof(END) - 1);
    length += 20000 + sizeof(END) - 1;
    memset(&untouched, 0x5a, sizeof(untouched));
    for (i = 1; i <= length + 500; i += 499)
    {
        struct stream stream = {(const BYTE *)package, length, 0, 300, 0};

        value = untouched;
        ok(WsResetHeap(use.heap, NULL));
        set_package_stream(use.reader, &with_header, &stream, NULL, 0);
        ok(WsFillReader(use.reader, (ULONG)i, NULL, NULL));
        hr = WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &description, WS_READ_REQUIRED_VALUE,
                        use.heap, &value, sizeof(value), NULL);
        if (hr == WS_E_QUOTA_EXCEEDED && i < length)
        {
            expect(!memcmp(&value, &untouched, sizeof(value)));
            continue;
        }
        ok(hr);
        expect(value.a.length == 20000 && value.a.bytes[19999] == 'x' && value.b.length == 6 &&
               !memcmp(value.b.bytes, "second", 6));
    }
    free(package);
    end_use(&use);
}

TEST(a_part_that_is_not_there_is_no_value)
{
    static const char package[] = HEADER ROOT "<r><a>" INCLUDE("1") "</a></r>" PART("2") "second" END;
    WS_FIELD_DESCRIPTION a = ELEMENT("a", WS_BYTES_TYPE, NULL, struct two, a, 0), *fields[] = {&a};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct two, fields);
    struct stream stream = {(const BYTE *)package, sizeof(package) - 1, 0, 9, 0};
    struct use use = begin_use();
    struct two value;

    set_package_stream(use.reader, &with_header, &stream, NULL, 0);
    ok(WsFillReader(use.reader, sizeof(package), NULL, NULL));
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &description, WS_READ_REQUIRED_VALUE,
                              use.heap, &value, sizeof(value), use.error),
                   "\"1\"");
    end_use(&use);
}
