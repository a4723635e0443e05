/* SPDX-License-Identifier: MIT */
/*
 * An order as C structures: read from XML by its description, changed, and written as text and in the binary encoding.
 *
 * The first part is what wsutil makes of a schema, here written by hand: the structures, and what is in them described
 * by constants. The second part is the program, which only sees structures. Builds on Windows and, with
 * the library's portable half, elsewhere.
 *
 *     <order xmlns="http://example.com/orders" number="17" state="open">
 *         <customer>Ada</customer>
 *         <placed>2026-11-27T09:30:00Z</placed>
 *         <lines>                                     any number of them
 *             <line sku="P-1"><pieces>2</pieces><cents>45</cents></line>
 *         </lines>
 *         <cash>1000</cash>  or  <card>...</card>
 *         <note>...</note>                            may be missing
 *     </order>
 */

#include <webservices.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The order ----------------------------------------------------------------------------------------------- */

enum State
{
    OPEN,
    CONFIRMED
};

enum PaymentKind
{
    UNKNOWN,
    CASH,
    CARD
};

typedef struct Line
{
    WS_XML_STRING sku;
    unsigned int pieces;
    unsigned int cents;
} Line;

typedef struct Payment
{
    int kind;
    union
    {
        unsigned int cash;
        WS_XML_STRING card;
    } value;
} Payment;

typedef struct Order
{
    unsigned int number;
    int state;
    WS_XML_STRING customer;
    WS_DATETIME placed;
    Line *lines;
    ULONG lineCount;
    Payment payment;
    WS_XML_STRING note;
} Order;

/* ---- How it looks as XML ------------------------------------------------------------------------------------- */

static WS_XML_STRING ns = WS_XML_STRING_VALUE("http://example.com/orders");
static WS_XML_STRING none = WS_XML_STRING_VALUE("");
static WS_XML_STRING order = WS_XML_STRING_VALUE("order");
static WS_XML_STRING number = WS_XML_STRING_VALUE("number");
static WS_XML_STRING state = WS_XML_STRING_VALUE("state");
static WS_XML_STRING stateOpen = WS_XML_STRING_VALUE("open");
static WS_XML_STRING stateConfirmed = WS_XML_STRING_VALUE("confirmed");
static WS_XML_STRING customer = WS_XML_STRING_VALUE("customer");
static WS_XML_STRING placed = WS_XML_STRING_VALUE("placed");
static WS_XML_STRING lines = WS_XML_STRING_VALUE("lines");
static WS_XML_STRING line = WS_XML_STRING_VALUE("line");
static WS_XML_STRING sku = WS_XML_STRING_VALUE("sku");
static WS_XML_STRING pieces = WS_XML_STRING_VALUE("pieces");
static WS_XML_STRING cents = WS_XML_STRING_VALUE("cents");
static WS_XML_STRING cash = WS_XML_STRING_VALUE("cash");
static WS_XML_STRING card = WS_XML_STRING_VALUE("card");
static WS_XML_STRING note = WS_XML_STRING_VALUE("note");

/* A field that is one attribute or one element. Attributes without a prefix are in no namespace. */
#define ATTRIBUTE(type, description, name, structure, member) \
    { \
        WS_ATTRIBUTE_FIELD_MAPPING, &name, &none, type, description, WsOffsetOf(structure, member), 0, NULL, 0, NULL, \
            NULL, NULL \
    }
#define ELEMENT(type, description, name, structure, member, options) \
    { \
        WS_ELEMENT_FIELD_MAPPING, &name, &ns, type, description, WsOffsetOf(structure, member), options, NULL, 0, \
            NULL, NULL, NULL \
    }
#define STRUCTURE(structure, fields) \
    { \
        sizeof(structure), __alignof__(structure), fields, WsCountOf(fields), NULL, NULL, NULL, NULL, 0, 0 \
    }

/* What is allowed: a line of no pieces is refused, and so is an empty name. */
static WS_UINT32_DESCRIPTION somePieces = {1, 1000000};
static WS_XML_STRING_DESCRIPTION shortText = {1, 100};

static WS_FIELD_DESCRIPTION skuField = ATTRIBUTE(WS_XML_STRING_TYPE, &shortText, sku, Line, sku);
static WS_FIELD_DESCRIPTION piecesField = ELEMENT(WS_UINT32_TYPE, &somePieces, pieces, Line, pieces, 0);
static WS_FIELD_DESCRIPTION centsField = ELEMENT(WS_UINT32_TYPE, NULL, cents, Line, cents, 0);
static WS_FIELD_DESCRIPTION *lineFields[] = {&skuField, &piecesField, &centsField};
static WS_STRUCT_DESCRIPTION lineStruct = STRUCTURE(Line, lineFields);

/* One of several elements, and which one it is. */
static WS_UNION_FIELD_DESCRIPTION cashChoice = {CASH, ELEMENT(WS_UINT32_TYPE, NULL, cash, Payment, value.cash, 0)};
static WS_UNION_FIELD_DESCRIPTION cardChoice = {CARD,
                                                ELEMENT(WS_XML_STRING_TYPE, &shortText, card, Payment, value.card, 0)};
static WS_UNION_FIELD_DESCRIPTION *paymentChoices[] = {&cashChoice, &cardChoice};
static WS_UNION_DESCRIPTION paymentUnion = {sizeof(Payment),
                                            __alignof__(Payment),
                                            paymentChoices,
                                            WsCountOf(paymentChoices),
                                            WsOffsetOf(Payment, kind),
                                            UNKNOWN,
                                            NULL};

static WS_ENUM_VALUE stateValues[] = {{OPEN, &stateOpen}, {CONFIRMED, &stateConfirmed}};
static WS_ENUM_DESCRIPTION stateEnum = {stateValues, WsCountOf(stateValues), 9, NULL};

static WS_FIELD_DESCRIPTION numberField = ATTRIBUTE(WS_UINT32_TYPE, NULL, number, Order, number);
static WS_FIELD_DESCRIPTION stateField = ATTRIBUTE(WS_ENUM_TYPE, &stateEnum, state, Order, state);
static WS_FIELD_DESCRIPTION customerField = ELEMENT(WS_XML_STRING_TYPE, &shortText, customer, Order, customer, 0);
static WS_FIELD_DESCRIPTION placedField = ELEMENT(WS_DATETIME_TYPE, NULL, placed, Order, placed, 0);
static WS_FIELD_DESCRIPTION linesField = {
    WS_REPEATING_ELEMENT_FIELD_MAPPING, &lines, &ns, WS_STRUCT_TYPE, &lineStruct, WsOffsetOf(Order, lines), 0, NULL,
    WsOffsetOf(Order, lineCount),       &line,  &ns, NULL,
};
static WS_FIELD_DESCRIPTION paymentField = {
    WS_ELEMENT_CHOICE_FIELD_MAPPING,
    NULL,
    NULL,
    WS_UNION_TYPE,
    &paymentUnion,
    WsOffsetOf(Order, payment),
    0,
    NULL,
    0,
    NULL,
    NULL,
    NULL,
};
static WS_FIELD_DESCRIPTION noteField = ELEMENT(WS_XML_STRING_TYPE, NULL, note, Order, note, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION *orderFields[] = {&numberField, &stateField,   &customerField, &placedField,
                                              &linesField,  &paymentField, &noteField};
static WS_STRUCT_DESCRIPTION orderStruct = STRUCTURE(Order, orderFields);
static const WS_ELEMENT_DESCRIPTION orderElement = {&order, &ns, WS_STRUCT_TYPE, &orderStruct};

/* ---- The program --------------------------------------------------------------------------------------------- */

static const char example[] = "<order xmlns='http://example.com/orders' number='17' state='open'>"
                              "<customer>Ada</customer><placed>2026-11-27T09:30:00Z</placed>"
                              "<lines><line sku='P-1'><pieces>2</pieces><cents>45</cents></line>"
                              "<line sku='S-7'><pieces>1</pieces><cents>1290</cents></line></lines>"
                              "<card>4000 0012</card><note>Together, please</note></order>";

/* Prints the error's sentences, the most recent first, as far as they are ASCII. */
static void print_error(HRESULT hr, WS_ERROR *error)
{
    ULONG count = 0;
    ULONG i, j;
    WS_STRING string;

    if (error != NULL)
        WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    for (i = 0; i < count; i++)
    {
        if (FAILED(WsGetErrorString(error, i, &string)))
            continue;
        fputs("typed-order: ", stderr);
        for (j = 0; j < string.length; j++)
            fputc(string.chars[j] < 0x80 ? (int)string.chars[j] : '?', stderr);
        fputc('\n', stderr);
    }
    fprintf(stderr, "typed-order: failed with 0x%08lX\n", (unsigned long)(ULONG)hr);
}

static void print_order(const char *what, const Order *value)
{
    unsigned long sum = 0;
    ULONG i;

    for (i = 0; i < value->lineCount; i++)
        sum += (unsigned long)value->lines[i].pieces * value->lines[i].cents;
    printf("%s: order %u of %.*s, %s, %u lines for %lu.%02lu, %s\n", what, value->number, (int)value->customer.length,
           (const char *)value->customer.bytes, value->state == OPEN ? "open" : "confirmed", (unsigned)value->lineCount,
           sum / 100, sum % 100, value->payment.kind == CARD ? "by card" : "in cash");
}

/* The lines and the texts of the order are in the heap. */
static HRESULT read_order(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding, const void *bytes,
                          ULONG length, WS_HEAP *heap, Order *value, WS_ERROR *error)
{
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, length};
    HRESULT hr = WsSetInput(reader, encoding, &input.input, NULL, 0, error);

    if (FAILED(hr))
        return hr;
    return WsReadElement(reader, &orderElement, WS_READ_REQUIRED_VALUE, heap, value, sizeof(*value), error);
}

/* The bytes are the writer's until it is given another output. */
static HRESULT write_order(WS_XML_WRITER *writer, const WS_XML_WRITER_ENCODING *encoding, const Order *value,
                           WS_BYTES *bytes, WS_ERROR *error)
{
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    HRESULT hr = WsSetOutput(writer, encoding, &output.output, NULL, 0, error);

    if (FAILED(hr))
        return hr;
    hr = WsWriteElement(writer, &orderElement, WS_WRITE_REQUIRED_VALUE, value, sizeof(*value), error);
    if (FAILED(hr))
        return hr;
    return WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), error);
}

/* Confirms an order, with a present. */
static HRESULT change(Order *value, WS_HEAP *heap, WS_ERROR *error)
{
    static const Line present = {WS_XML_STRING_VALUE("B-0"), 1, 0};
    void *memory;
    HRESULT hr = WsAlloc(heap, (value->lineCount + 1) * sizeof(Line), &memory, error);

    if (FAILED(hr))
        return hr;
    if (value->lineCount != 0)
        memcpy(memory, value->lines, value->lineCount * sizeof(Line));
    value->lines = (Line *)memory;
    value->lines[value->lineCount++] = present;
    value->state = CONFIRMED;
    return S_OK;
}

static HRESULT run(const char *text, ULONG length, WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap,
                   WS_ERROR *error)
{
    WS_XML_READER_TEXT_ENCODING from_text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BINARY_ENCODING from_binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    WS_XML_WRITER_TEXT_ENCODING to_text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BINARY_ENCODING to_binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    WS_BYTES bytes;
    Order value, again;
    HRESULT hr;
    ULONG i;

    hr = read_order(reader, &from_text.encoding, text, length, heap, &value, error);
    if (FAILED(hr))
        return hr;
    print_order("read", &value);
    hr = change(&value, heap, error);
    if (FAILED(hr))
        return hr;
    hr = write_order(writer, &to_text.encoding, &value, &bytes, error);
    if (FAILED(hr))
        return hr;
    printf("as text, %u bytes:\n%.*s\n", (unsigned)bytes.length, (int)bytes.length, (const char *)bytes.bytes);

    hr = write_order(writer, &to_binary.encoding, &value, &bytes, error);
    if (FAILED(hr))
        return hr;
    printf("in binary, %u bytes, which begin:", (unsigned)bytes.length);
    for (i = 0; i < bytes.length && i < 16; i++)
        printf(" %02x", bytes.bytes[i]);
    printf("\n");
    hr = read_order(reader, &from_binary.encoding, bytes.bytes, bytes.length, heap, &again, error);
    if (SUCCEEDED(hr))
        print_order("and read from those", &again);
    return hr;
}

/* The content of a file, in memory that is to be freed. */
static char *load(const char *path, ULONG *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long size;

    if (file == NULL)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0 &&
        (bytes = (char *)malloc((size_t)size + 1)) != NULL)
    {
        *length = (ULONG)fread(bytes, 1, (size_t)size, file);
    }
    fclose(file);
    return bytes;
}

static int usage(FILE *to, int status)
{
    fputs("Usage: typed-order [FILE]\n\n"
          "Reads an order from FILE, or a small one that is part of the program, into C structures, confirms it, and\n"
          "prints it as text; writes it in the binary encoding, too, and reads it from that again. The head of the\n"
          "source shows what an order looks like.\n",
          to);
    return status;
}

int main(int argc, char **argv)
{
    const char *text = example;
    ULONG length = sizeof(example) - 1;
    char *loaded = NULL;
    WS_ERROR *error = NULL;
    WS_HEAP *heap = NULL;
    WS_XML_READER *reader = NULL;
    WS_XML_WRITER *writer = NULL;
    HRESULT hr;

    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    if (argc > 2 || (argc == 2 && argv[1][0] == '-'))
        return usage(stderr, 2);
    if (argc == 2)
    {
        loaded = load(argv[1], &length);
        if (loaded == NULL)
        {
            fprintf(stderr, "typed-order: %s cannot be read\n", argv[1]);
            return 1;
        }
        text = loaded;
    }

    /* What an order refers to is taken from the heap, so this limits how large one can be. */
    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = WsCreateHeap(1 << 20, 0, NULL, 0, &heap, error);
    if (SUCCEEDED(hr))
        hr = WsCreateReader(NULL, 0, &reader, error);
    if (SUCCEEDED(hr))
        hr = WsCreateWriter(NULL, 0, &writer, error);
    if (SUCCEEDED(hr))
        hr = run(text, length, reader, writer, heap, error);
    if (FAILED(hr))
        print_error(hr, error);

    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
    WsFreeError(error);
    free(loaded);
    return FAILED(hr);
}
