/* SPDX-License-Identifier: MIT */
/* writer.h - what the tests of writers share. */
#ifndef WS_WRITER_TEST_H
#define WS_WRITER_TEST_H

#include "support/errors.h"
#include "support/heap.h"
#include "support/strings.h"

static const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
static const WS_XML_WRITER_BUFFER_OUTPUT memory_output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};

/* A writer of UTF-8 into memory. */
static __attribute__((unused)) void set_output(WS_XML_WRITER *writer, const WS_XML_WRITER_PROPERTY *properties,
                                               ULONG count)
{
    ok(WsSetOutput(writer, &utf8.encoding, &memory_output.output, properties, count, NULL));
}

static __attribute__((unused)) WS_XML_WRITER *create_writer(const WS_XML_WRITER_PROPERTY *properties, ULONG count)
{
    WS_XML_WRITER *writer = NULL;

    ok(WsCreateWriter(properties, count, &writer, NULL));
    expect(writer != NULL);
    set_output(writer, NULL, 0);
    return writer;
}

static __attribute__((unused)) WS_XML_WRITER *create_fragment_writer(void)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};

    return create_writer(&property, 1);
}

static __attribute__((unused)) ULONG get_ulong(WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id)
{
    ULONG value = 0x5a5a5a5a;

    ok(WsGetWriterProperty(writer, id, &value, sizeof(value), NULL));
    return value;
}

static __attribute__((unused)) WS_BYTES get_bytes(WS_XML_WRITER *writer)
{
    WS_BYTES bytes = {0x5a5a, NULL};

    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL));
    return bytes;
}

/* The writer's bytes are exactly these. */
#define expect_bytes(writer, data, size) \
    do \
    { \
        WS_BYTES got_ = get_bytes(writer); \
        if (got_.length != (size) || (got_.length && memcmp(got_.bytes, data, got_.length))) \
            test_fail(__FILE__, __LINE__, "%u bytes: %.*s", (unsigned)got_.length, (int)got_.length, \
                      (const char *)got_.bytes); \
    } while (0)
#define expect_output(writer, text) expect_bytes(writer, text, strlen(text))

/* Pieces of a document. */
static __attribute__((unused)) void start(WS_XML_WRITER *writer, const char *name)
{
    ok(WsWriteStartElement(writer, NULL, X(name), X(""), NULL));
}

static __attribute__((unused)) void end(WS_XML_WRITER *writer)
{
    ok(WsWriteEndElement(writer, NULL));
}

static __attribute__((unused)) void chars8(WS_XML_WRITER *writer, const char *text)
{
    ok(WsWriteCharsUtf8(writer, (const BYTE *)text, (ULONG)strlen(text), NULL));
}

static __attribute__((unused)) void attribute(WS_XML_WRITER *writer, const char *name, const char *value)
{
    ok(WsWriteStartAttribute(writer, NULL, X(name), X(""), FALSE, NULL));
    chars8(writer, value);
    ok(WsWriteEndAttribute(writer, NULL));
}

/* Bytes that do not repeat with any period that sizes of memory have. */
static __attribute__((unused)) void write_much(WS_XML_WRITER *writer, unsigned items)
{
    unsigned i, j;

    start(writer, "much");
    for (i = 0; i < items; i++)
    {
        char name[24];

        snprintf(name, sizeof(name), "e%u", i * 7919 % 100003);
        start(writer, name);
        attribute(writer, "n", "<&>");
        for (j = 0; j < i % 5; j++)
            chars8(writer, "some text & more");
        end(writer);
    }
    end(writer);
}

static __attribute__((unused)) void comment(WS_XML_WRITER *writer, const char *text)
{
    WS_XML_COMMENT_NODE node = {{WS_XML_NODE_TYPE_COMMENT}, {(ULONG)strlen(text), (BYTE *)text, NULL, 0}};

    ok(WsWriteNode(writer, &node.node, NULL));
}

#endif
