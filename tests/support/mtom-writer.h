/* SPDX-License-Identifier: MIT */
/* mtom-writer.h - what the tests of MTOM writers share. */
#ifndef WS_MTOM_WRITER_TEST_H
#define WS_MTOM_WRITER_TEST_H

#include "support/mtom.h"
#include "support/writer.h"

/* The string of a literal of characters below U+0100, for the rest of the block. */
static __attribute__((unused)) WS_STRING wide(const char *text, WCHAR *chars)
{
    WS_STRING string = {(ULONG)strlen(text), chars};
    size_t i;

    for (i = 0; text[i]; i++)
        chars[i] = (BYTE)text[i];
    return string;
}
#define W(text) wide(text, (WCHAR[sizeof(text)]){0})

#define UTF8_TEXT ((WS_XML_WRITER_ENCODING *)&utf8.encoding)

static __attribute__((unused)) WS_XML_WRITER_MTOM_ENCODING mtom(BOOL header, const char *boundary, ULONG most_inline)
{
    static WCHAR chars[2][100];
    WS_XML_WRITER_MTOM_ENCODING encoding = {
        {WS_XML_WRITER_ENCODING_TYPE_MTOM}, UTF8_TEXT, FALSE, {0, NULL}, {0, NULL}, {0, NULL}, 0};

    encoding.writeMimeHeader = header;
    encoding.boundary = wide(boundary, chars[0]);
    encoding.startUri = wide("r", chars[1]);
    encoding.maxInlineByteCount = most_inline;
    return encoding;
}

static __attribute__((unused)) void set_mtom_with(WS_XML_WRITER *writer, const WS_XML_WRITER_MTOM_ENCODING *encoding,
                                                  const WS_XML_WRITER_PROPERTY *properties, ULONG count)
{
    ok(WsSetOutput(writer, &encoding->encoding, &memory_output.output, properties, count, NULL));
}

/* Without a MIME header; bytes of more than 4 become a part. */
static __attribute__((unused)) WS_XML_WRITER *create_mtom(void)
{
    WS_XML_WRITER_MTOM_ENCODING encoding = mtom(FALSE, "b", 4);
    WS_XML_WRITER *writer = create_writer(NULL, 0);

    set_mtom_with(writer, &encoding, NULL, 0);
    return writer;
}

static __attribute__((unused)) void bytes(WS_XML_WRITER *writer, const char *text)
{
    ok(WsWriteBytes(writer, text, (ULONG)strlen(text), NULL));
}

/* What is written of parts, whose names are the writer's. */
#define WRITTEN_PART(id) \
    "\r\n--b\r\nContent-ID: <r/" id ">\r\nContent-Transfer-Encoding: binary\r\n" \
    "Content-Type: application/octet-stream\r\n\r\n"
#define WRITTEN_INCLUDE(id) "<xop:Include href=\"cid:r%2F" id "\" xmlns:xop=\"http://www.w3.org/2004/08/xop/include\"/>"

struct delivery
{
    const char *pieces[4];
    size_t count, next;
    unsigned calls;
    HRESULT hr;
};

static __attribute__((unused)) HRESULT CALLBACK push_pieces(void *state, WS_WRITE_CALLBACK write, void *write_state,
                                                            const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    struct delivery *delivery = state;
    WS_BYTES buffers[4];
    size_t i;

    expect(!async);
    delivery->calls++;
    for (i = 0; i < delivery->count; i++)
    {
        buffers[i].bytes = (BYTE *)delivery->pieces[i];
        buffers[i].length = (ULONG)strlen(delivery->pieces[i]);
    }
    expect_hr(E_INVALIDARG, write(write_state, NULL, 1, NULL, error));
    expect_hr(S_OK, write(write_state, NULL, 0, NULL, error));
    expect_hr(delivery->hr == S_OK ? S_OK : delivery->hr,
              delivery->hr == S_OK ? write(write_state, buffers, (ULONG)delivery->count, NULL, error) : delivery->hr);
    return delivery->hr;
}

static __attribute__((unused)) HRESULT CALLBACK pull_pieces(void *state, void *buffer, ULONG most, ULONG *actual,
                                                            const WS_ASYNC_CONTEXT *async, WS_ERROR *error)
{
    struct delivery *delivery = state;

    (void)error;
    expect(!async && most >= 100);
    delivery->calls++;
    *actual = 0;
    if (delivery->next < delivery->count)
    {
        *actual = (ULONG)strlen(delivery->pieces[delivery->next]);
        memcpy(buffer, delivery->pieces[delivery->next], *actual);
        delivery->next++;
    }
    return delivery->hr;
}

#endif
