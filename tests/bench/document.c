/* SPDX-License-Identifier: MIT */
/* document.c - see document.h. */
#include "document.h"
#include "support/random.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct writer
{
    char *bytes;
    size_t length, room;
    uint32_t state;
};

static void put(struct writer *writer, const char *format, ...)
{
    va_list args;

    if (writer->room - writer->length < 1024 &&
        !(writer->bytes = realloc(writer->bytes, writer->room = writer->room * 2 + 4096)))
        abort();
    va_start(args, format);
    writer->length += (size_t)vsnprintf(writer->bytes + writer->length, 1024, format, args);
    va_end(args);
}

/* Numbers that look random. */
static unsigned pick(struct writer *writer, unsigned below)
{
    return random_below(&writer->state, below);
}

static const char *const words[] = {"paper", "pencil", "stapler", "quite",  "ordinary", "delivered", "with", "the",
                                    "next",  "parcel", "from",    "Zürich", "or",       "Łódź",      "soon", "blue"};

static void sentence(struct writer *writer, unsigned count)
{
    while (count--)
        put(writer, "%s%s", words[pick(writer, sizeof(words) / sizeof(words[0]))], count ? " " : ".");
}

static void item(struct writer *writer)
{
    unsigned price = pick(writer, 100000);

    put(writer, "      <item sku=\"AB-%05u\" pieces=\"%u\">\n        <title>", pick(writer, 100000), pick(writer, 50));
    sentence(writer, 2 + pick(writer, 4));
    if (!pick(writer, 6))
        put(writer, " &lt;%u mm&gt; &amp; more", pick(writer, 100));
    put(writer, "</title>\n        <price currency=\"EUR\">%u.%02u</price>\n", price / 100, price % 100);
    if (!pick(writer, 3))
        put(writer, "        <inStock/>\n");
    put(writer, "      </item>\n");
}

static void order(struct writer *writer)
{
    unsigned items = 1 + pick(writer, 5);

    put(writer, "  <o:order number=\"%u\" date=\"2009-%02u-%02uT%02u:26:53Z\" o:status=\"open\">\n",
        pick(writer, 1000000), 1 + pick(writer, 12), 1 + pick(writer, 28), pick(writer, 24));
    put(writer, "    <o:customer id=\"c%u\" xml:lang=\"de\"><name>Müller &amp; Söhne %u</name>", pick(writer, 10000),
        pick(writer, 100));
    put(writer, "<address city=\"Zürich\" zip=\"%04u\" street='Bahnhofstrasse %u'/></o:customer>\n    <o:items>\n",
        pick(writer, 10000), pick(writer, 200));
    while (items--)
        item(writer);
    put(writer, "    </o:items>\n");
    if (!pick(writer, 4))
        put(writer, "    <!-- to be packed by %u -->\n", pick(writer, 20));
    put(writer, "    <note>");
    sentence(writer, 5 + pick(writer, 15));
    put(writer,
        "</note>\n    <t:total xmlns:t=\"http://example.com/totals\" t:exact=\"true\">%u</t:total>\n  </o:order>\n",
        pick(writer, 1000000));
}

char *bench_orders(size_t size, size_t *length)
{
    struct writer writer = {NULL, 0, 0, 1};

    put(&writer, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                 "<o:orders xmlns:o=\"http://example.com/orders\" xmlns=\"http://example.com/goods\">\n");
    while (writer.length < size)
        order(&writer);
    put(&writer, "</o:orders>\n");
    *length = writer.length;
    return writer.bytes;
}

char *bench_text(size_t size, size_t *length)
{
    struct writer writer = {NULL, 0, 0, 1};
    unsigned i;

    put(&writer, "<book>");
    while (writer.length < size)
    {
        put(&writer, "<p>");
        for (i = 0; i < 60; i++)
        {
            sentence(&writer, 12);
            put(&writer, i % 6 == 5 ? "\n" : " ");
        }
        put(&writer, "</p>\n");
    }
    put(&writer, "</book>\n");
    *length = writer.length;
    return writer.bytes;
}
