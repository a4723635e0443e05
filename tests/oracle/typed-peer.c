/* SPDX-License-Identifier: MIT */
/*
 * typed-peer.c - for typed-mono.sh and typed-gsoap.sh: contracts that another implementation of serialization has too.
 *
 *     typed-peer write SEED COUNT CONTRACT...    so many values of each contract, at random
 *     typed-peer read                            the values of the documents that are on standard input
 *
 * Both print, for each value, a line "document CONTRACT NAME" with the bytes of its document as hexadecimal digits, and
 * then its fields, a line each: "data/ours4/Shapes[1]/Radius=3ff0000000000000", where "ours4" is the name. Who reads
 * the document keeps it, and must print the same fields.
 *
 * Contracts: "data", as DataContractSerializer has it; "plain", as XmlSerializer does; "soap", for gSOAP.
 */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/contracts.h"
#include "support/descriptions.h"
#include "support/encodings.h"

/* Its dates are numbers of seconds. */
static void round_dates(struct soap_all *all)
{
    for (; all; all = all->next)
    {
        all->date.ticks -= all->date.ticks % 10000000;
        all->date.format = WS_DATETIME_FORMAT_UTC;
    }
}

static const struct contract
{
    const char *name;
    WS_ELEMENT_DESCRIPTION element;
} contracts[] = {
    {"data", {NAME("All"), &contract, WS_STRUCT_TYPE, &data_all}},
    {"plain", {NAME("all"), &plain, WS_STRUCT_TYPE, &plain_all}},
    {"soap", {NAME("all"), &soap, WS_STRUCT_TYPE, &soap_all}},
};

static const struct contract *find_contract(const char *name)
{
    unsigned i;

    for (i = 0; i < COUNT(contracts); i++)
        if (!strcmp(contracts[i].name, name))
            return &contracts[i];
    fprintf(stderr, "typed-peer: no contract %s\n", name);
    exit(2);
}

/* --- Values as lines of text --- */

static void print_string(const WS_STRING *string)
{
    ULONG i;

    printf("\"");
    for (i = 0; i < string->length; i++)
        if (string->chars[i] > ' ' && string->chars[i] < 0x7f && string->chars[i] != '\\')
            putchar(string->chars[i]);
        else
            printf("\\%04x", string->chars[i]);
    printf("\"");
}

static void print_float(double value, uint64_t bits, int digits)
{
    if (isnan(value))
        printf("NaN");
    else
        printf("%0*" PRIx64, digits, bits);
}

static void print_hexadecimal(const BYTE *bytes, ULONG length)
{
    while (length--)
        printf("%02x", *bytes++);
}

static void print_guid(const GUID *guid)
{
    printf("%08x-%04x-%04x-", (unsigned)guid->Data1, guid->Data2, guid->Data3);
    print_hexadecimal(guid->Data4, 2);
    printf("-");
    print_hexadecimal(guid->Data4 + 2, 6);
}

static void print_duration(const WS_DURATION *value)
{
    uint64_t ticks = (((uint64_t)value->days * 24 + value->hours) * 60 + value->minutes) * 60 + value->seconds;

    if (value->years || value->months)
        abort();
    ticks = (ticks * 1000 + value->milliseconds) * 10000 + value->ticks;
    /* Of the least one, the absolute value is too large for a signed number. */
    printf("%" PRId64, (int64_t)(value->negative ? -ticks : ticks));
}

static void print_simple(WS_TYPE type, const void *value)
{
    const DECIMAL *decimal = value;
    const WS_DATETIME *date = value;
    const WS_BYTES *bytes = value;
    float f;
    double d;
    uint32_t bits;
    uint64_t wide;

    switch (type)
    {
    case WS_BOOL_TYPE: printf("%d", *(const BOOL *)value != 0); break;
    case WS_INT8_TYPE: printf("%d", *(const int8_t *)value); break;
    case WS_INT16_TYPE: printf("%d", *(const int16_t *)value); break;
    case WS_INT32_TYPE:
    case WS_ENUM_TYPE: printf("%" PRId32, *(const int32_t *)value); break;
    case WS_INT64_TYPE: printf("%" PRId64, *(const int64_t *)value); break;
    case WS_UINT8_TYPE: printf("%u", *(const uint8_t *)value); break;
    case WS_UINT16_TYPE: printf("%u", *(const uint16_t *)value); break;
    case WS_UINT32_TYPE: printf("%" PRIu32, *(const uint32_t *)value); break;
    case WS_UINT64_TYPE: printf("%" PRIu64, *(const uint64_t *)value); break;
    case WS_FLOAT_TYPE:
        memcpy(&f, value, sizeof(f));
        memcpy(&bits, value, sizeof(bits));
        print_float(f, bits, 8);
        break;
    case WS_DOUBLE_TYPE:
        memcpy(&d, value, sizeof(d));
        memcpy(&wide, value, sizeof(wide));
        print_float(d, wide, 16);
        break;
    case WS_DECIMAL_TYPE:
        printf("%s%08" PRIx32 "%016" PRIx64 "/%u", decimal->sign ? "-" : "", (uint32_t)decimal->Hi32,
               (uint64_t)decimal->Lo64, decimal->scale);
        break;
    case WS_DATETIME_TYPE: printf("%" PRIu64 "%c", (uint64_t)date->ticks, "ULN"[date->format]); break;
    case WS_DURATION_TYPE: print_duration(value); break;
    case WS_GUID_TYPE: print_guid(value); break;
    case WS_STRING_TYPE: print_string(value); break;
    case WS_BYTES_TYPE:
        printf("#");
        print_hexadecimal(bytes->bytes, bytes->length);
        break;
    default: abort();
    }
}

struct path
{
    char text[1000];
};

static struct path extend(const struct path *path, const char *format, ...) __attribute__((format(printf, 2, 3)));

static struct path extend(const struct path *path, const char *format, ...)
{
    struct path longer = *path;
    size_t length = strlen(path->text);
    va_list args;

    va_start(args, format);
    vsnprintf(longer.text + length, sizeof(longer.text) - length, format, args);
    va_end(args);
    return longer;
}

static void print_field(const struct path *path, const WS_FIELD_DESCRIPTION *field, const BYTE *structure);

static void print_struct(const struct path *path, const WS_STRUCT_DESCRIPTION *description, const BYTE *value)
{
    ULONG i;

    if (description->fields[0]->mapping == WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
    {
        description = *(WS_STRUCT_DESCRIPTION *const *)(value + description->fields[0]->offset);
        printf("%s.type=%.*s\n", path->text, (int)description->typeLocalName->length,
               (const char *)description->typeLocalName->bytes);
    }
    for (i = 0; i < description->fieldCount; i++)
        if (description->fields[i]->mapping != WS_TYPE_ATTRIBUTE_FIELD_MAPPING)
            print_field(path, description->fields[i], value);
}

static void print_choice(const struct path *path, const WS_UNION_DESCRIPTION *choices, const BYTE *value)
{
    int selector = *(const int *)(value + choices->enumOffset);
    ULONG i;

    for (i = 0; i < choices->fieldCount; i++)
        if (choices->fields[i]->value == selector)
        {
            print_field(path, &choices->fields[i]->field, value);
            return;
        }
    printf("%s=nil\n", path->text);
}

/* `nil`: it can be NULL, or nothing at NULL. */
static void print_value(const struct path *path, WS_TYPE type, const void *description, bool by_pointer, bool nil,
                        const void *value)
{
    const WS_BYTES *bytes = value; /* which WS_STRING begins as */

    if (by_pointer)
        value = *(void *const *)value;
    if (!value || (nil && !by_pointer && (type == WS_STRING_TYPE || type == WS_BYTES_TYPE) && !bytes->bytes))
        printf("%s=nil\n", path->text);
    else if (type == WS_STRUCT_TYPE)
        print_struct(path, description, value);
    else if (type == WS_UNION_TYPE)
        print_choice(path, description, value);
    else
    {
        printf("%s=", path->text);
        print_simple(type, value);
        printf("\n");
    }
}

static void print_array(const struct path *path, const WS_FIELD_DESCRIPTION *field, const BYTE *structure)
{
    ULONG count = *(const ULONG *)(structure + field->countOffset), i;
    const BYTE *items = *(BYTE *const *)(structure + field->offset);
    size_t size = field->options & P ? sizeof(void *) : described_size(field->type, field->typeDescription);
    struct path item;

    if (!items && field->localName)
    {
        printf("%s=nil\n", path->text);
        return;
    }
    printf("%s.count=%u\n", path->text, (unsigned)count);
    for (i = 0; i < count; i++)
    {
        item = extend(path, "[%u]", (unsigned)i);
        print_value(&item, field->type, field->typeDescription, field->options & P, field->options & I,
                    items + i * size);
    }
}

static void print_field(const struct path *path, const WS_FIELD_DESCRIPTION *field, const BYTE *structure)
{
    static const WS_XML_STRING value = STRING("value"), choice = STRING("choice"), choices = STRING("choices");
    const WS_XML_STRING *name = field->localName                                    ? field->localName
                                : field->itemLocalName                              ? field->itemLocalName
                                : field->mapping == WS_TEXT_FIELD_MAPPING           ? &value
                                : field->mapping == WS_ELEMENT_CHOICE_FIELD_MAPPING ? &choice
                                                                                    : &choices;
    struct path longer = extend(path, "/%.*s", (int)name->length, (const char *)name->bytes);

    if (field->mapping == WS_REPEATING_ELEMENT_FIELD_MAPPING ||
        field->mapping == WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING)
        print_array(&longer, field, structure);
    else
        print_value(&longer, field->type, field->typeDescription, field->options & P, field->options & (N | O),
                    structure + field->offset);
}

/* --- Documents --- */

static WS_HEAP *heap;
static WS_XML_READER *reader;
static WS_XML_WRITER *writer, *maker_writer;
static WS_ERROR *error;

static void must(HRESULT hr)
{
    WS_STRING string;

    if (hr == S_OK)
        return;
    fprintf(stderr, "typed-peer: 0x%08x ", (unsigned)hr);
    if (error && WsGetErrorString(error, 0, &string) == S_OK)
        while (string.length--)
            fputc((char)*string.chars++, stderr);
    fputc('\n', stderr);
    exit(1);
}

static void print(const struct contract *of, const char *name, const void *value)
{
    const WS_ELEMENT_DESCRIPTION *element = &of->element;
    struct path path = {""};
    struct document document;

    must(write_document(writer, heap, UTF8, element, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), &document,
                        error));
    printf("document %s %s ", of->name, name);
    print_hexadecimal(document.bytes.bytes, document.bytes.length);
    printf("\n");
    path = extend(&path, "%s/%s", of->name, name);
    print_value(&path, element->type, element->typeDescription, true, false, &value);
}

static void write_all(const struct contract *of, unsigned seed, unsigned count)
{
    struct maker maker;
    char name[20];
    void *value;
    unsigned i;

    for (i = 0; i < count; i++)
    {
        must(WsResetHeap(heap, NULL));
        maker_init(&maker, heap, maker_writer, seed + i, NULL, 0);
        maker.for_schema = true;
        value = make_value(&maker, of->element.type, of->element.typeDescription);
        if (of->element.typeDescription == &soap_all)
            round_dates(value);
        snprintf(name, sizeof(name), "ours%u", i);
        print(of, name, value);
    }
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Up to the end of the line; returns the number of bytes. */
static ULONG parse_hexadecimal(const char *text, BYTE *bytes)
{
    ULONG count = 0;

    for (; digit(text[0]) >= 0 && digit(text[1]) >= 0; text += 2)
        bytes[count++] = (BYTE)(digit(text[0]) << 4 | digit(text[1]));
    return count;
}

static void read_all(void)
{
    static char line[1 << 20];
    struct document document = {UTF8, {0, NULL}, NULL};
    const struct contract *of;
    char contract_name[20], name[20];
    void *value;
    int digits;

    while (fgets(line, sizeof(line), stdin))
    {
        if (sscanf(line, "document %19s %19s %n", contract_name, name, &digits) != 2)
            continue;
        of = find_contract(contract_name);
        document.bytes.bytes = (BYTE *)line;
        document.bytes.length = parse_hexadecimal(line + digits, (BYTE *)line);
        must(WsResetHeap(heap, NULL));
        must(WsResetError(error));
        must(set_document(reader, &document));
        must(WsReadElement(reader, &of->element, WS_READ_REQUIRED_POINTER, heap, &value, sizeof(value), error));
        print(of, name, value);
    }
}

int main(int argc, char **argv)
{
    int i;

    must(WsCreateError(NULL, 0, &error));
    must(WsCreateHeap(1 << 26, 1 << 20, NULL, 0, &heap, NULL));
    must(WsCreateReader(NULL, 0, &reader, NULL));
    must(WsCreateWriter(NULL, 0, &writer, NULL));
    must(WsCreateWriter(NULL, 0, &maker_writer, NULL));
    if (argc == 2 && !strcmp(argv[1], "read"))
        read_all();
    for (i = 4; i < argc; i++)
        write_all(find_contract(argv[i]), (unsigned)atoi(argv[2]), (unsigned)atoi(argv[3]));
    WsFreeWriter(maker_writer);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
    WsFreeError(error);
    return 0;
}
