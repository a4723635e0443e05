/* SPDX-License-Identifier: MIT */
/*
 * How fast a document becomes structures, and structures a document: the order document of about 2 MB, and arrays of
 * 100,000 numbers or structures, as text and in binary. Beside it, the same nodes read without their values, and the
 * same written call by call out of the structures; gSOAP's generated serializer, if it is installed; and libxml2's tree
 * of the order document, walked into the same structures. Each figure is the best of rounds that are interleaved.
 * Megabytes are those of text, whatever is read or written, so that the figures can be compared.
 *
 *     typed [ROUNDS [PART OF THE NAME OF WHAT IS TO BE RUN [PART OF THE NAME OF THE DOCUMENT]]]
 */
#include "document.h"
#include "limit.h"
#include "structures.h"
#include "webservices.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_GSOAP
#include "typed-gsoap.h"
#endif
#ifdef HAVE_LIBXML2
#include <libxml/parser.h>
#include <libxml/tree.h>
#endif

#define ROUNDS 20
#define ITEMS  100000

static WS_XML_READER *reader;
static WS_XML_WRITER *writer;
static WS_HEAP *heap;
static WS_ERROR *error;

static void check(HRESULT hr, int line)
{
    WS_STRING sentence;
    ULONG i;

    if (hr == S_OK)
        return;
    fprintf(stderr, "%s:%d: 0x%08x ", __FILE__, line, (unsigned)hr);
    if (WsGetErrorString(error, 0, &sentence) == S_OK)
        for (i = 0; i < sentence.length; i++)
            fputc(sentence.chars[i] < 0x80 ? sentence.chars[i] : '?', stderr);
    fputc('\n', stderr);
    exit(1);
}
#define ok(call) check(call, __LINE__)

/* --- Documents --- */

union value
{
    struct orders orders;
    struct integers integers;
    struct doubles doubles;
    struct points points;
};

static void call_orders(void);
static void call_integers(void);
static void call_doubles(void);
static void call_points(void);

static struct document
{
    const char *name;
    const WS_ELEMENT_DESCRIPTION *element;
    ULONG size;
    void (*calls)(void);
    union value value;                  /* what is written, or has been read last */
    char *text;                         /* what is read, */
    size_t text_length, written_length; /* ... and how much of it is written: no white space */
    BYTE *binary;
    ULONG binary_length;
} documents[] = {
    {"order document", &bench_orders_element, sizeof(struct orders), call_orders, {{NULL, 0}}, NULL, 0, 0, NULL, 0},
    {"array of INT32",
     &bench_integers_element,
     sizeof(struct integers),
     call_integers,
     {{NULL, 0}},
     NULL,
     0,
     0,
     NULL,
     0},
    {"array of DOUBLE", &bench_doubles_element, sizeof(struct doubles), call_doubles, {{NULL, 0}}, NULL, 0, 0, NULL, 0},
    {"array of structures",
     &bench_points_element,
     sizeof(struct points),
     call_points,
     {{NULL, 0}},
     NULL,
     0,
     0,
     NULL,
     0},
};
static struct document *document;

/* --- Reading --- */

static const WS_XML_READER_TEXT_ENCODING read_utf8 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
static const WS_XML_READER_BINARY_ENCODING read_binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};

static void set_input(bool is_binary)
{
    WS_XML_READER_BUFFER_INPUT input = {
        {WS_XML_READER_INPUT_TYPE_BUFFER}, document->text, (ULONG)document->text_length};

    if (is_binary)
    {
        input.encodedData = document->binary;
        input.encodedDataSize = document->binary_length;
    }
    ok(WsSetInput(reader, is_binary ? &read_binary.encoding : &read_utf8.encoding, &input.input, NULL, 0, error));
}

static void read_nodes(bool is_binary)
{
    const WS_XML_NODE *node;

    set_input(is_binary);
    do
    {
        ok(WsReadNode(reader, error));
        ok(WsGetReaderNode(reader, &node, error));
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
}

static void read_typed(bool is_binary)
{
    ok(WsResetHeap(heap, error));
    set_input(is_binary);
    ok(WsReadElement(reader, document->element, WS_READ_REQUIRED_VALUE, heap, &document->value, document->size, error));
}

static void run_nodes(void)
{
    read_nodes(false);
}

static void run_typed(void)
{
    read_typed(false);
}

static void run_binary_nodes(void)
{
    read_nodes(true);
}

static void run_binary_typed(void)
{
    read_typed(true);
}

/* --- Writing --- */

static const WS_XML_WRITER_TEXT_ENCODING write_utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
static const WS_XML_WRITER_BINARY_ENCODING write_binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};

static void set_output(bool is_binary)
{
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};

    ok(WsSetOutput(writer, is_binary ? &write_binary.encoding : &write_utf8.encoding, &output.output, NULL, 0, error));
}

/* The root, with the namespaces as the document has them. */
static void start_root(void)
{
    static const WS_XML_STRING o = {1, (BYTE *)"o", NULL, 0};

    if (document->element != &bench_orders_element)
    {
        ok(WsWriteStartElement(writer, NULL, &name_data, &name_ns_data, error));
        return;
    }
    ok(WsWriteStartElement(writer, &o, &name_orders, &name_ns_orders, error));
    ok(WsWriteXmlnsAttribute(writer, &name_none, &name_ns_goods, FALSE, error));
}

static void write_typed(bool is_binary)
{
    set_output(is_binary);
    start_root();
    ok(WsWriteType(writer, WS_ELEMENT_TYPE_MAPPING, document->element->type, document->element->typeDescription,
                   WS_WRITE_REQUIRED_VALUE, &document->value, document->size, error));
    ok(WsWriteEndElement(writer, error));
}

static void write_calls(bool is_binary)
{
    set_output(is_binary);
    start_root();
    document->calls();
    ok(WsWriteEndElement(writer, error));
}

static void run_write_typed(void)
{
    write_typed(false);
}

static void run_write_calls(void)
{
    write_calls(false);
}

static void run_write_binary_typed(void)
{
    write_typed(true);
}

static void run_write_binary_calls(void)
{
    write_calls(true);
}

/* --- The same call by call: as a program would that has the structures, and leaves prefixes to the writer --- */

static void start(const WS_XML_STRING *name, const WS_XML_STRING *ns)
{
    ok(WsWriteStartElement(writer, NULL, name, ns, error));
}

static void end(void)
{
    ok(WsWriteEndElement(writer, error));
}

static void put_string(const WS_STRING *string)
{
    ok(WsWriteChars(writer, string->chars, string->length, error));
}

static void put_value(WS_VALUE_TYPE type, const void *value, ULONG size)
{
    ok(WsWriteValue(writer, type, value, size, error));
}

static void attribute(const WS_XML_STRING *prefix, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                      const WS_STRING *string)
{
    ok(WsWriteStartAttribute(writer, prefix, name, ns, FALSE, error));
    put_string(string);
    ok(WsWriteEndAttribute(writer, error));
}

static void value_attribute(const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type, const void *value,
                            ULONG size)
{
    ok(WsWriteStartAttribute(writer, NULL, name, ns, FALSE, error));
    put_value(type, value, size);
    ok(WsWriteEndAttribute(writer, error));
}

static void call_item(const struct item *item)
{
    start(&name_item, &name_ns_goods);
    attribute(NULL, &name_sku, &name_none, &item->sku);
    value_attribute(&name_pieces, &name_none, WS_UINT32_VALUE_TYPE, &item->pieces, sizeof(item->pieces));
    start(&name_title, &name_ns_goods);
    put_string(&item->title);
    end();
    start(&name_price, &name_ns_goods);
    attribute(NULL, &name_currency, &name_none, &item->price.currency);
    put_value(WS_DOUBLE_VALUE_TYPE, &item->price.amount, sizeof(item->price.amount));
    end();
    if (item->in_stock.chars)
    {
        start(&name_inStock, &name_ns_goods);
        put_string(&item->in_stock);
        end();
    }
    end();
}

static void call_customer(const struct customer *customer)
{
    start(&name_customer, &name_ns_orders);
    attribute(NULL, &name_id, &name_none, &customer->id);
    attribute(&name_xml, &name_lang, &name_ns_xml, &customer->lang);
    start(&name_name, &name_ns_goods);
    put_string(&customer->name);
    end();
    start(&name_address, &name_ns_goods);
    attribute(NULL, &name_city, &name_none, &customer->address.city);
    attribute(NULL, &name_zip, &name_none, &customer->address.zip);
    attribute(NULL, &name_street, &name_none, &customer->address.street);
    end();
    end();
}

static void call_order(const struct order *order)
{
    ULONG i;

    start(&name_order, &name_ns_orders);
    value_attribute(&name_number, &name_none, WS_UINT32_VALUE_TYPE, &order->number, sizeof(order->number));
    value_attribute(&name_date, &name_none, WS_DATETIME_VALUE_TYPE, &order->date, sizeof(order->date));
    attribute(NULL, &name_status, &name_ns_orders, &order->status);
    call_customer(&order->customer);
    start(&name_items, &name_ns_orders);
    for (i = 0; i < order->item_count; i++)
        call_item(&order->items[i]);
    end();
    start(&name_note, &name_ns_goods);
    put_string(&order->note);
    end();
    start(&name_total, &name_ns_totals);
    value_attribute(&name_exact, &name_ns_totals, WS_BOOL_VALUE_TYPE, &order->total.exact, sizeof(BOOL));
    put_value(WS_UINT32_VALUE_TYPE, &order->total.amount, sizeof(order->total.amount));
    end();
    end();
}

static void call_orders(void)
{
    ULONG i;

    for (i = 0; i < document->value.orders.count; i++)
        call_order(&document->value.orders.orders[i]);
}

static void call_integers(void)
{
    const struct integers *integers = &document->value.integers;
    ULONG i;

    for (i = 0; i < integers->count; i++)
    {
        start(&name_value, &name_ns_data);
        put_value(WS_INT32_VALUE_TYPE, &integers->values[i], sizeof(integers->values[i]));
        end();
    }
}

static void put_double(const WS_XML_STRING *name, const double *value)
{
    start(name, &name_ns_data);
    put_value(WS_DOUBLE_VALUE_TYPE, value, sizeof(*value));
    end();
}

static void call_doubles(void)
{
    const struct doubles *doubles = &document->value.doubles;
    ULONG i;

    for (i = 0; i < doubles->count; i++)
        put_double(&name_number, &doubles->values[i]);
}

static void call_points(void)
{
    const struct points *points = &document->value.points;
    ULONG i;

    for (i = 0; i < points->count; i++)
    {
        const struct point *point = &points->points[i];

        start(&name_point, &name_ns_data);
        value_attribute(&name_id, &name_none, WS_INT32_VALUE_TYPE, &point->id, sizeof(point->id));
        put_double(&name_x, &point->x);
        put_double(&name_y, &point->y);
        start(&name_name, &name_ns_data);
        put_string(&point->name);
        end();
        end();
    }
}

/* --- libxml2: its tree, walked into the same structures --- */

#ifdef HAVE_LIBXML2

static struct orders walked;
static WS_HEAP *walk_heap;

static void *take(size_t size)
{
    void *memory = NULL;

    ok(WsAlloc(walk_heap, size, &memory, error));
    return memory;
}

/* Characters of up to three bytes, which libxml2 has checked. */
static WS_STRING walk_string(const xmlChar *text)
{
    size_t length = text ? strlen((const char *)text) : 0;
    WS_STRING string = {0, take(2 * length)};

    for (; length && *text; string.length++)
        if (*text < 0x80)
            string.chars[string.length] = *text++;
        else if (*text < 0xe0)
        {
            string.chars[string.length] = (WCHAR)((text[0] & 0x1f) << 6 | (text[1] & 0x3f));
            text += 2;
        }
        else
        {
            string.chars[string.length] = (WCHAR)((text[0] & 0xf) << 12 | (text[1] & 0x3f) << 6 | (text[2] & 0x3f));
            text += 3;
        }
    return string;
}

static bool is_named(const xmlChar *name, const xmlNs *ns, const WS_XML_STRING *wanted, const WS_XML_STRING *wanted_ns)
{
    return !strcmp((const char *)name, (const char *)wanted->bytes) &&
           !strcmp(ns ? (const char *)ns->href : "", (const char *)wanted_ns->bytes);
}

/* The text of an attribute or an element, which is one node unless it has references. */
static const xmlChar *walk_text(const xmlNode *first, xmlChar **joined)
{
    if (!first || (first->type == XML_TEXT_NODE && !first->next))
        return first ? first->content : NULL;
    return *joined = xmlNodeListGetString(first->doc, first, 1);
}

static const xmlNode *walk_attribute(const xmlNode *element, const WS_XML_STRING *name, const WS_XML_STRING *ns)
{
    const xmlAttr *found = element->properties;

    while (found && !is_named(found->name, found->ns, name, ns))
        found = found->next;
    if (!found)
        check(E_FAIL, __LINE__);
    return found->children;
}

static WS_STRING string_of(const xmlNode *first)
{
    xmlChar *joined = NULL;
    WS_STRING string = walk_string(walk_text(first, &joined));

    xmlFree(joined);
    return string;
}

static ULONG number_of(const xmlNode *first)
{
    xmlChar *joined = NULL;
    ULONG number = (ULONG)strtoul((const char *)walk_text(first, &joined), NULL, 10);

    xmlFree(joined);
    return number;
}

/* The dates that the document has: in UTC, without a fraction. */
static WS_DATETIME date_of(const xmlNode *first)
{
    static const unsigned before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    unsigned year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, days;
    WS_DATETIME date = {0, WS_DATETIME_FORMAT_UTC};
    xmlChar *joined = NULL;

    sscanf((const char *)walk_text(first, &joined), "%4u-%2u-%2uT%2u:%2u:%2u", &year, &month, &day, &hour, &minute,
           &second);
    xmlFree(joined);
    days = (year - 1) * 365 + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + before[(month - 1) % 12] + day - 1;
    days += month > 2 && year % 4 == 0 && (year % 100 || year % 400 == 0);
    date.ticks = (((uint64_t)days * 24 + hour) * 60 + minute) * 60 + second;
    date.ticks *= 10000000;
    return date;
}

/* The element that is there or comes next; NULL: there is none. */
static const xmlNode *next_element(const xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

/* The same, which has a name. */
static const xmlNode *wanted(const xmlNode *node, const WS_XML_STRING *name, const WS_XML_STRING *ns)
{
    node = next_element(node);
    if (!node || !is_named(node->name, node->ns, name, ns))
        check(E_FAIL, __LINE__);
    return node;
}

static void walk_item(const xmlNode *element, struct item *item)
{
    const xmlNode *node = wanted(element->children, &name_title, &name_ns_goods);
    xmlChar *joined = NULL;

    item->sku = string_of(walk_attribute(element, &name_sku, &name_none));
    item->pieces = number_of(walk_attribute(element, &name_pieces, &name_none));
    item->title = string_of(node->children);
    node = wanted(node->next, &name_price, &name_ns_goods);
    item->price.currency = string_of(walk_attribute(node, &name_currency, &name_none));
    item->price.amount = strtod((const char *)walk_text(node->children, &joined), NULL);
    xmlFree(joined);
    node = next_element(node->next);
    memset(&item->in_stock, 0, sizeof(item->in_stock));
    if (node && is_named(node->name, node->ns, &name_inStock, &name_ns_goods))
        item->in_stock = string_of(node->children);
}

static void walk_customer(const xmlNode *element, struct customer *customer)
{
    const xmlNode *node = wanted(element->children, &name_name, &name_ns_goods);

    customer->id = string_of(walk_attribute(element, &name_id, &name_none));
    customer->lang = string_of(walk_attribute(element, &name_lang, &name_ns_xml));
    customer->name = string_of(node->children);
    node = wanted(node->next, &name_address, &name_ns_goods);
    customer->address.city = string_of(walk_attribute(node, &name_city, &name_none));
    customer->address.zip = string_of(walk_attribute(node, &name_zip, &name_none));
    customer->address.street = string_of(walk_attribute(node, &name_street, &name_none));
}

static ULONG count_elements(const xmlNode *node)
{
    ULONG count = 0;

    while ((node = next_element(node)))
    {
        count++;
        node = node->next;
    }
    return count;
}

static void walk_order(const xmlNode *element, struct order *order)
{
    const xmlNode *node = wanted(element->children, &name_customer, &name_ns_orders), *child;
    ULONG i;

    order->number = number_of(walk_attribute(element, &name_number, &name_none));
    order->date = date_of(walk_attribute(element, &name_date, &name_none));
    order->status = string_of(walk_attribute(element, &name_status, &name_ns_orders));
    walk_customer(node, &order->customer);
    node = wanted(node->next, &name_items, &name_ns_orders);
    order->item_count = count_elements(node->children);
    order->items = take(order->item_count * sizeof(*order->items));
    for (i = 0, child = node->children; i < order->item_count; i++, child = child->next)
    {
        child = wanted(child, &name_item, &name_ns_goods);
        walk_item(child, &order->items[i]);
    }
    node = wanted(node->next, &name_note, &name_ns_goods);
    order->note = string_of(node->children);
    node = wanted(node->next, &name_total, &name_ns_totals);
    order->total.exact = !strcmp((const char *)walk_attribute(node, &name_exact, &name_ns_totals)->content, "true");
    order->total.amount = number_of(node->children);
}

static void run_libxml2(void)
{
    xmlDocPtr tree = xmlReadMemory(document->text, (int)document->text_length, NULL, NULL, XML_PARSE_HUGE);
    const xmlNode *node;
    ULONG i;

    ok(WsResetHeap(walk_heap, error));
    if (!tree)
        check(E_FAIL, __LINE__);
    node = xmlDocGetRootElement(tree)->children;
    walked.count = count_elements(node);
    walked.orders = take(walked.count * sizeof(*walked.orders));
    for (i = 0; i < walked.count; i++, node = node->next)
    {
        node = wanted(node, &name_order, &name_ns_orders);
        walk_order(node, &walked.orders[i]);
    }
    xmlFreeDoc(tree);
}
#endif

/* --- gSOAP --- */

#ifdef HAVE_GSOAP
static double gsoap_sum;

static void run_gsoap(void)
{
    gsoap_sum = gsoap_read((enum gsoap_document)(document - documents), document->text, document->text_length);
}

static void run_gsoap_write(void)
{
    gsoap_write((enum gsoap_document)(document - documents));
}
#endif

/* --- All of it --- */

static struct run
{
    const char *name;
    void (*run)(void);
    void (*beside)(void); /* what it is compared with */
    bool writes, is_of_orders;
    double best;
} runs[] = {
    {"text, nodes read", run_nodes, run_nodes, false, false, 0},
    {"text, typed read", run_typed, run_nodes, false, false, 0},
#ifdef HAVE_LIBXML2
    {"text, libxml2's tree walked", run_libxml2, run_nodes, false, true, 0},
#endif
#ifdef HAVE_GSOAP
    {"text, read by gSOAP", run_gsoap, run_nodes, false, false, 0},
#endif
    {"text, written call by call", run_write_calls, run_write_calls, true, false, 0},
    {"text, typed written", run_write_typed, run_write_calls, true, false, 0},
#ifdef HAVE_GSOAP
    {"text, written by gSOAP", run_gsoap_write, run_write_calls, true, false, 0},
#endif
    {"binary, nodes read", run_binary_nodes, run_binary_nodes, false, false, 0},
    {"binary, typed read", run_binary_typed, run_binary_nodes, false, false, 0},
    {"binary, written call by call", run_write_binary_calls, run_write_binary_calls, true, false, 0},
    {"binary, typed written", run_write_binary_typed, run_write_binary_calls, true, false, 0},
};
#define RUN_COUNT (sizeof(runs) / sizeof(runs[0]))

static void *copy_written(ULONG *length)
{
    WS_BYTES bytes = {0, NULL};
    void *copy;

    ok(WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error));
    if (!(copy = malloc(bytes.length + 1)))
        abort();
    *length = bytes.length;
    return memcpy(copy, bytes.bytes, bytes.length);
}

/* The text is there, or it is written out of the value. */
static void prepare(void)
{
    ULONG length = 0;
    char *text;

    if (document->text)
        run_typed();
    run_write_typed();
    text = copy_written(&length);
    document->written_length = length;
    if (document->text)
        free(text);
    else
    {
        document->text = text;
        document->text_length = length;
    }
    run_write_binary_typed();
    document->binary = copy_written(&document->binary_length);
    run_write_binary_calls();
    free(copy_written(&length));
    if (length != document->binary_length)
        printf("Call by call %u bytes are written in binary, and typed %u.\n", (unsigned)length,
               (unsigned)document->binary_length);
    run_write_calls();
    free(copy_written(&length));
    if (length != document->written_length)
        printf("Call by call %u bytes are written, and typed %zu.\n", (unsigned)length, document->written_length);
}

static double sum_orders(const struct orders *orders)
{
    double sum = 0;
    ULONG i, j;

    for (i = 0; i < orders->count; i++)
    {
        const struct order *order = &orders->orders[i];

        sum += order->total.amount;
        for (j = 0; j < order->item_count; j++)
            sum += order->items[j].price.amount + order->items[j].pieces;
    }
    return sum;
}

/* All that read the document must have read the same. */
static void compare_values(void)
{
    double sum = 0;
    ULONG i;

    if (document->calls == call_orders)
        sum = sum_orders(&document->value.orders);
    else if (document->calls == call_integers)
        for (i = 0; i < document->value.integers.count; i++)
            sum += document->value.integers.values[i];
    else if (document->calls == call_doubles)
        for (i = 0; i < document->value.doubles.count; i++)
            sum += document->value.doubles.values[i];
    else
        for (i = 0; i < document->value.points.count; i++)
            sum += document->value.points.points[i].x + document->value.points.points[i].y;
#ifdef HAVE_LIBXML2
    if (document->calls == call_orders && walked.count && sum_orders(&walked) != sum)
        printf("The sum of what is in libxml2's tree is %.17g, not %.17g.\n", sum_orders(&walked), sum);
#endif
#ifdef HAVE_GSOAP
    if (gsoap_sum != 0 && gsoap_sum != sum)
        printf("The sum of what gSOAP has read is %.17g, not %.17g.\n", gsoap_sum, sum);
    gsoap_sum = 0;
#endif
}

static double best_of(void (*run)(void))
{
    size_t i;

    for (i = 0; i < RUN_COUNT; i++)
        if (runs[i].run == run)
            return runs[i].best;
    return 0;
}

static bool is_wanted(const struct run *run, const char *part)
{
    return strstr(run->name, part) && (!run->is_of_orders || document->calls == call_orders);
}

static void measure(int rounds, const char *part)
{
    double start, time;
    size_t i;
    int round;

    prepare();
    for (i = 0; i < RUN_COUNT; i++)
        runs[i].best = 0;
    for (round = 0; round < rounds; round++)
        for (i = 0; i < RUN_COUNT; i++)
        {
            if (!is_wanted(&runs[i], part))
                continue;
            start = bench_begin();
            runs[i].run();
            time = bench_now() - start;
            if (!runs[i].best || time < runs[i].best)
                runs[i].best = time;
        }
    printf(
        "| structures, %s, %zu bytes, %zu written, %u as binary | MB/s of text | x call by call |\n|:---|---:|---:|\n",
        document->name, document->text_length, document->written_length, (unsigned)document->binary_length);
    for (i = 0; i < RUN_COUNT; i++)
        if (is_wanted(&runs[i], part))
            printf("| %-28s | %7.1f | %5.2f |\n", runs[i].name,
                   (double)(runs[i].writes ? document->written_length : document->text_length) * 1e3 / runs[i].best,
                   best_of(runs[i].beside) / runs[i].best);
    compare_values();
    printf("\n");
}

int main(int argc, char **argv)
{
    ULONG most = 0x7fffffff;
    WS_XML_WRITER_PROPERTY large = {WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, &most, sizeof(most)};
    int rounds = argc > 1 ? atoi(argv[1]) : ROUNDS;
    const char *part = argc > 2 ? argv[2] : "", *part_of_document = argc > 3 ? argv[3] : "";

    ok(WsCreateError(NULL, 0, &error));
    ok(WsCreateHeap((SIZE_T)256 << 20, (SIZE_T)64 << 20, NULL, 0, &heap, error));
#ifdef HAVE_LIBXML2
    ok(WsCreateHeap((SIZE_T)256 << 20, (SIZE_T)64 << 20, NULL, 0, &walk_heap, error));
#endif
    ok(WsCreateReader(NULL, 0, &reader, error));
    ok(WsCreateWriter(&large, 1, &writer, error));
#ifndef HAVE_GSOAP
    printf("gSOAP is not installed: what it takes is not measured.\n\n");
#endif
    documents[0].text = bench_orders(2000000, &documents[0].text_length);
    documents[1].value.integers = bench_integers(ITEMS);
    documents[2].value.doubles = bench_doubles(ITEMS);
    documents[3].value.points = bench_points(ITEMS);
    for (document = documents; document < documents + sizeof(documents) / sizeof(documents[0]); document++)
        if (strstr(document->name, part_of_document))
            measure(rounds, part);
    return 0;
}
