/* SPDX-License-Identifier: MIT */
/*
 * typed-documents.c - for typed-schema.sh: descriptions that are made at random (tests/support/descriptions.h), as an
 * XML Schema, and documents of theirs.
 *
 *     typed-documents write FIRST COUNT DOCUMENTS
 *
 * writes, for each of so many seeds, "schema SEED LENGTH" and the schema, then so many times "document SEED LENGTH" and
 * a document.
 *
 *     typed-documents read
 *
 * reads "SEED LENGTH" and a document, again and again. For each it writes "read LENGTH" and what has been read, written
 * again; or, in one line, "refused RESULT SENTENCES", or "unwritable" with that if it cannot be written.
 *
 * The elements and types of a description are in the namespace "u", or in none. The schema includes "constant.xsd",
 * with types "anything", "fault11" and "fault12", and imports "xml.xsd"; typed-schema.py has both.
 */
#define _POSIX_C_SOURCE 200809L /* open_memstream */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/descriptions.h"
#include "support/encodings.h"
#include "support/strings.h"

static WS_HEAP *heap, *value_heap;
static WS_XML_READER *reader;
static WS_XML_WRITER *writer, *maker_writer;
static WS_ERROR *error;
static struct maker maker;
static WS_XML_STRING root_name = STRING("root"), u = STRING("u");
static WS_ELEMENT_DESCRIPTION element = {&root_name, &u, WS_BOOL_TYPE, NULL};

static void must(HRESULT hr)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "typed-documents: 0x%08x\n", (unsigned)hr);
    exit(1);
}

/* --- The schema --- */

static FILE *schema, *globals; /* the latter: what is added to the former */
static const WS_STRUCT_DESCRIPTION *types[512];
static unsigned type_count, simple_count;

static void put_name(FILE *to, const WS_XML_STRING *name)
{
    fprintf(to, "%.*s", (int)name->length, (const char *)name->bytes);
}

/* The number of the type of a structure, which is put later. */
static unsigned note_type(const WS_STRUCT_DESCRIPTION *description)
{
    unsigned i;

    for (i = 0; i < type_count && types[i] != description; i++)
        ;
    if (i == sizeof(types) / sizeof(types[0]))
        abort();
    if (i == type_count)
        types[type_count++] = description;
    return i;
}

static void put_type_name(const WS_STRUCT_DESCRIPTION *description)
{
    unsigned number = note_type(description);

    if (description->typeLocalName)
        put_name(schema, description->typeLocalName);
    else
        fprintf(schema, "T%u", number);
}

/* --- Simple types --- */

static void put_facet(FILE *to, const char *name, const char *format, long long value)
{
    fprintf(to, "<xs:%s value=\"", name);
    fprintf(to, format, value);
    fprintf(to, "\"/>");
}

/* Both limits of a number, which its description has in a row. */
#define PUT_RANGE(to, c_type, description, format, as) \
    do \
    { \
        c_type limits_[2]; \
        memcpy(limits_, description, sizeof(limits_)); \
        fprintf(to, "<xs:minInclusive value=\"" format "\"/><xs:maxInclusive value=\"" format "\"/>", (as)limits_[0], \
                (as)limits_[1]); \
    } while (0)

static void put_float(FILE *to, const char *name, double value, int digits)
{
    fprintf(to, "<xs:%s value=\"", name);
    if (value > 1e300 || value < -1e300)
        fprintf(to, "%sINF", value < 0 ? "-" : "");
    else
        fprintf(to, "%.*g", digits, value);
    fprintf(to, "\"/>");
}

static void put_decimal(FILE *to, const char *name, const DECIMAL *decimal)
{
    char digits[40];
    int length = snprintf(digits, sizeof(digits), "%0*llu", decimal->scale + 1, (unsigned long long)decimal->Lo64);

    if (!decimal->Hi32)
        fprintf(to, "<xs:%s value=\"%s%.*s.%s0\"/>", name, decimal->sign ? "-" : "", length - decimal->scale, digits,
                digits + length - decimal->scale);
}

static void put_date(FILE *to, const char *name, uint64_t ticks)
{
    time_t seconds = (time_t)(ticks / 10000000) - 62135596800;
    struct tm tm;

    if (ticks < 3155378976000000000u && gmtime_r(&seconds, &tm))
        fprintf(to, "<xs:%s value=\"%04d-%02d-%02dT%02d:%02d:%02d.%07uZ\"/>", name, tm.tm_year + 1900, tm.tm_mon + 1,
                tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (unsigned)(ticks % 10000000));
}

static void put_duration(FILE *to, const char *name, const WS_DURATION *duration)
{
    fprintf(to, "<xs:%s value=\"P%uY%uM%uDT%uH%uM%uS\"/>", name, (unsigned)duration->years, (unsigned)duration->months,
            (unsigned)duration->days, (unsigned)duration->hours, (unsigned)duration->minutes,
            (unsigned)duration->seconds);
}

static void put_lengths(FILE *to, const ULONG *limits)
{
    put_facet(to, "minLength", "%lld", limits[0]);
    if (limits[1] != UINT32_MAX)
        put_facet(to, "maxLength", "%lld", limits[1]);
}

static void put_guid(FILE *to, const GUID *guid)
{
    char text[40], *at;

    snprintf(text, sizeof(text), "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", (unsigned)guid->Data1, guid->Data2,
             guid->Data3, guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3], guid->Data4[4],
             guid->Data4[5], guid->Data4[6], guid->Data4[7]);
    fprintf(to, "<xs:pattern value=\"");
    for (at = text; *at; at++)
        fprintf(to, *at >= 'a' ? "[%c%c]" : "%c", *at, *at - 'a' + 'A');
    fprintf(to, "\"/>");
}

static void put_facets(FILE *to, WS_TYPE type, const void *description)
{
    const WS_FLOAT_DESCRIPTION *floats = description;
    const WS_DOUBLE_DESCRIPTION *doubles = description;
    const WS_DECIMAL_DESCRIPTION *decimals = description;
    const WS_DATETIME_DESCRIPTION *dates = description;
    const WS_DURATION_DESCRIPTION *durations = description;

    switch (type)
    {
    case WS_BOOL_TYPE:
        fprintf(to, "<xs:pattern value=\"%s\"/>", *(const BOOL *)description ? "true|1" : "false|0");
        break;
    case WS_INT8_TYPE: PUT_RANGE(to, int8_t, description, "%d", int); break;
    case WS_INT16_TYPE: PUT_RANGE(to, int16_t, description, "%d", int); break;
    case WS_INT32_TYPE: PUT_RANGE(to, int32_t, description, "%d", int); break;
    case WS_INT64_TYPE: PUT_RANGE(to, int64_t, description, "%lld", long long); break;
    case WS_UINT8_TYPE: PUT_RANGE(to, uint8_t, description, "%u", unsigned); break;
    case WS_UINT16_TYPE: PUT_RANGE(to, uint16_t, description, "%u", unsigned); break;
    case WS_UINT32_TYPE: PUT_RANGE(to, uint32_t, description, "%u", unsigned); break;
    case WS_UINT64_TYPE: PUT_RANGE(to, uint64_t, description, "%llu", unsigned long long); break;
    case WS_FLOAT_TYPE:
        put_float(to, "minInclusive", floats->minValue, 9);
        put_float(to, "maxInclusive", floats->maxValue, 9);
        break;
    case WS_DOUBLE_TYPE:
        put_float(to, "minInclusive", doubles->minValue, 17);
        put_float(to, "maxInclusive", doubles->maxValue, 17);
        break;
    case WS_DECIMAL_TYPE:
        put_decimal(to, "minInclusive", &decimals->minValue);
        put_decimal(to, "maxInclusive", &decimals->maxValue);
        break;
    case WS_DATETIME_TYPE:
        put_date(to, "minInclusive", dates->minValue.ticks);
        put_date(to, "maxInclusive", dates->maxValue.ticks);
        break;
    case WS_DURATION_TYPE:
        put_duration(to, "minInclusive", &durations->minValue);
        put_duration(to, "maxInclusive", &durations->maxValue);
        break;
    case WS_GUID_TYPE: put_guid(to, description); break;
    case WS_STRING_TYPE:
    case WS_WSZ_TYPE:
    case WS_BYTES_TYPE:
    case WS_XML_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE:
    case WS_UTF8_ARRAY_TYPE:
    case WS_BYTE_ARRAY_TYPE: put_lengths(to, description); break;
    default: break;
    }
}

static const char *const bases[] = {
    [WS_BOOL_TYPE] = "boolean",         [WS_INT8_TYPE] = "byte",
    [WS_INT16_TYPE] = "short",          [WS_INT32_TYPE] = "int",
    [WS_INT64_TYPE] = "long",           [WS_UINT8_TYPE] = "unsignedByte",
    [WS_UINT16_TYPE] = "unsignedShort", [WS_UINT32_TYPE] = "unsignedInt",
    [WS_UINT64_TYPE] = "unsignedLong",  [WS_FLOAT_TYPE] = "float",
    [WS_DOUBLE_TYPE] = "double",        [WS_DECIMAL_TYPE] = "decimal",
    [WS_DATETIME_TYPE] = "dateTime",    [WS_TIMESPAN_TYPE] = "token",
    [WS_GUID_TYPE] = "token",           [WS_UNIQUE_ID_TYPE] = "string",
    [WS_STRING_TYPE] = "string",        [WS_WSZ_TYPE] = "string",
    [WS_BYTES_TYPE] = "base64Binary",   [WS_XML_STRING_TYPE] = "string",
    [WS_XML_QNAME_TYPE] = "QName",      [WS_CHAR_ARRAY_TYPE] = "string",
    [WS_UTF8_ARRAY_TYPE] = "string",    [WS_BYTE_ARRAY_TYPE] = "base64Binary",
    [WS_ENUM_TYPE] = "token",           [WS_DURATION_TYPE] = "duration",
    [WS_CUSTOM_TYPE] = "int",
};

/*
 * Puts the name of a simple type, that of what it restricts with a number: the type of a text must have one, and it
 * helps to understand what the validator says.
 */
static void put_simple(WS_TYPE type, const void *description)
{
    const WS_ENUM_DESCRIPTION *names = description;
    FILE *to = globals;
    ULONG i;

    fprintf(schema, "u:%s.%u", bases[type], simple_count);
    fprintf(to, "<xs:simpleType name=\"%s.%u\"><xs:restriction base=\"xs:%s\">", bases[type], simple_count++,
            bases[type]);
    if (type == WS_TIMESPAN_TYPE)
        fprintf(to, "<xs:pattern value=\"[+\\-]?([0-9]+\\.)?([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\\.[0-9]{1,7})?\"/>");
    if (type == WS_GUID_TYPE && !description)
        fprintf(to, "<xs:pattern value=\"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\"/>");
    if (type == WS_UNIQUE_ID_TYPE)
        fprintf(to, "<xs:minLength value=\"1\"/>");
    for (i = 0; type == WS_ENUM_TYPE && i < names->valueCount; i++)
    {
        fprintf(to, "<xs:enumeration value=\"");
        put_name(to, names->values[i].name);
        fprintf(to, "\"/>");
    }
    if (description)
        put_facets(to, type, description);
    fprintf(to, "</xs:restriction></xs:simpleType>\n");
}

/* --- Elements --- */

static void put_choice(const WS_UNION_DESCRIPTION *choices, const char *occurs);

static void put_form(const WS_XML_STRING *name, const WS_XML_STRING *ns)
{
    fprintf(schema, " name=\"");
    put_name(schema, name);
    fprintf(schema, "\" form=\"%s\"", ns->length ? "qualified" : "unqualified");
}

/*
 * There is always a limit: of elements without one, and any elements after them, libxml2 does not see the order. (It
 * does with limits: tried with sequences of up to three.)
 */
static const char *show_occurs(ULONG min, ULONG max)
{
    static char text[2][80];
    static unsigned which;
    char *shown = text[which++ % 2];

    snprintf(shown, sizeof(text[0]), " minOccurs=\"%u\" maxOccurs=\"%u\"", (unsigned)min,
             (unsigned)(max == UINT32_MAX ? 99999 : max));
    return shown;
}

static const char *show_range(const WS_ITEM_RANGE *range)
{
    return range ? show_occurs(range->minItemCount, range->maxItemCount) : show_occurs(0, UINT32_MAX);
}

/* What comes after the attributes "name" and the like, and the end tag. */
static void put_type(WS_TYPE type, const void *description)
{
    const WS_FAULT_DESCRIPTION *fault = description;

    switch (type)
    {
    case WS_STRUCT_TYPE:
        fprintf(schema, " type=\"u:");
        put_type_name(description);
        fprintf(schema, "\"/>\n");
        break;
    case WS_FAULT_TYPE:
        fprintf(schema, " type=\"u:fault%d\"/>\n", fault->envelopeVersion == WS_ENVELOPE_VERSION_SOAP_1_1 ? 11 : 12);
        break;
    case WS_XML_BUFFER_TYPE:
    case WS_VOID_TYPE: fprintf(schema, " type=\"u:anything\"/>\n"); break;
    case WS_UNION_TYPE:
        fprintf(schema, "><xs:complexType>");
        put_choice(description, "");
        fprintf(schema, "</xs:complexType></xs:element>\n");
        break;
    default:
        fprintf(schema, " type=\"");
        put_simple(type, description);
        fprintf(schema, "\"/>\n");
    }
}

static void put_element(const WS_XML_STRING *name, const WS_XML_STRING *ns, const WS_FIELD_DESCRIPTION *field,
                        bool nillable, const char *occurs)
{
    fprintf(schema, "<xs:element");
    put_form(name, ns);
    fprintf(schema, "%s%s", occurs, nillable ? " nillable=\"true\"" : "");
    put_type(field->type, field->typeDescription);
}

static void put_any_namespace(const WS_FIELD_DESCRIPTION *field)
{
    if (!field->ns)
        fprintf(schema, " namespace=\"##any\"");
    else if (field->options & WS_FIELD_OTHER_NAMESPACE)
        fprintf(schema, " namespace=\"##other\"");
    else
        fprintf(schema, " namespace=\"%.*s\"", (int)field->ns->length, (const char *)field->ns->bytes);
}

static void put_any(const WS_FIELD_DESCRIPTION *field, const char *occurs)
{
    fprintf(schema, "<xs:any processContents=\"skip\"");
    put_any_namespace(field);
    fprintf(schema, "%s/>\n", occurs);
}

static void put_choice(const WS_UNION_DESCRIPTION *choices, const char *occurs)
{
    ULONG i;

    fprintf(schema, "<xs:choice%s>\n", occurs);
    for (i = 0; i < choices->fieldCount; i++)
    {
        const WS_FIELD_DESCRIPTION *field = &choices->fields[i]->field;

        if (field->mapping == WS_ANY_ELEMENT_FIELD_MAPPING)
            put_any(field, "");
        else
            put_element(field->localName, field->ns, field, field->options & WS_FIELD_NILLABLE, "");
    }
    fprintf(schema, "</xs:choice>\n");
}

static void put_items(const WS_FIELD_DESCRIPTION *field)
{
    if (field->mapping == WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING)
        put_choice(field->typeDescription, show_range(field->itemRange));
    else
        put_element(field->itemLocalName, field->itemNs, field, field->options & WS_FIELD_NILLABLE_ITEM,
                    show_range(field->itemRange));
}

static void put_array(const WS_FIELD_DESCRIPTION *field)
{
    bool optional = field->options & WS_FIELD_OPTIONAL || !field->itemRange || !field->itemRange->minItemCount;

    if (!field->localName)
    {
        put_items(field);
        return;
    }
    /* The page of WS_FIELD_MAPPING: the element around the items must be there if there are any. */
    fprintf(schema, "<xs:element");
    put_form(field->localName, field->ns);
    fprintf(schema, "%s%s><xs:complexType><xs:sequence>\n", show_occurs(!optional, 1),
            field->options & WS_FIELD_NILLABLE ? " nillable=\"true\"" : "");
    put_items(field);
    fprintf(schema, "</xs:sequence></xs:complexType></xs:element>\n");
}

/* --- Structures --- */

static void put_content(const WS_FIELD_DESCRIPTION *field)
{
    const char *occurs = show_occurs(!(field->options & WS_FIELD_OPTIONAL), 1);

    switch (field->mapping)
    {
    case WS_ELEMENT_FIELD_MAPPING:
        put_element(field->localName, field->ns, field, field->options & WS_FIELD_NILLABLE, occurs);
        break;
    case WS_REPEATING_ELEMENT_FIELD_MAPPING:
    case WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING: put_array(field); break;
    case WS_ELEMENT_CHOICE_FIELD_MAPPING: put_choice(field->typeDescription, occurs); break;
    case WS_ANY_ELEMENT_FIELD_MAPPING: put_any(field, occurs); break;
    case WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING:
    case WS_ANY_CONTENT_FIELD_MAPPING: put_any(field, show_range(field->itemRange)); break;
    default: break;
    }
}

static void put_attribute(const WS_FIELD_DESCRIPTION *field)
{
    const char *use = field->options & WS_FIELD_OPTIONAL ? "optional" : "required";

    if (field->mapping == WS_XML_ATTRIBUTE_FIELD_MAPPING)
    {
        fprintf(schema, "<xs:attribute ref=\"xml:");
        put_name(schema, field->localName);
        fprintf(schema, "\" use=\"%s\"/>\n", use);
    }
    else if (field->mapping == WS_ATTRIBUTE_FIELD_MAPPING)
    {
        fprintf(schema, "<xs:attribute use=\"%s\"", use);
        put_form(field->localName, field->ns);
        fprintf(schema, " type=\"");
        put_simple(field->type == WS_VOID_TYPE ? WS_STRING_TYPE : field->type, field->typeDescription);
        fprintf(schema, "\"/>\n");
    }
}

static void put_any_attributes(const WS_FIELD_DESCRIPTION *any)
{
    fprintf(schema, "<xs:anyAttribute processContents=\"skip\"");
    put_any_namespace(any);
    fprintf(schema, "/>\n");
}

static bool has_field(const WS_STRUCT_DESCRIPTION *description, const WS_FIELD_DESCRIPTION *field)
{
    ULONG i;

    for (i = 0; description && i < description->fieldCount; i++)
        if (description->fields[i] == field)
            return true;
    return false;
}

static const WS_FIELD_DESCRIPTION *find_field(const WS_STRUCT_DESCRIPTION *description, WS_FIELD_MAPPING mapping)
{
    ULONG i;

    for (i = 0; i < description->fieldCount; i++)
        if (description->fields[i]->mapping == mapping)
            return description->fields[i];
    return NULL;
}

/* The fields that its base has not. */
static void put_fields(const WS_STRUCT_DESCRIPTION *description)
{
    static const WS_FIELD_DESCRIPTION all = {.mapping = WS_ANY_ATTRIBUTES_FIELD_MAPPING};
    const WS_FIELD_DESCRIPTION *any = find_field(description, WS_ANY_ATTRIBUTES_FIELD_MAPPING);
    ULONG i;

    if (!find_field(description, WS_TEXT_FIELD_MAPPING))
    {
        fprintf(schema, "<xs:sequence>\n");
        for (i = 0; i < description->fieldCount; i++)
            if (!has_field(description->parentType, description->fields[i]))
                put_content(description->fields[i]);
        fprintf(schema, "</xs:sequence>\n");
    }
    for (i = 0; i < description->fieldCount; i++)
        if (!has_field(description->parentType, description->fields[i]))
            put_attribute(description->fields[i]);
    if (description->structOptions & WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES)
        put_any_attributes(&all);
    else if (any)
        put_any_attributes(any);
}

static void put_struct(const WS_STRUCT_DESCRIPTION *description)
{
    const WS_FIELD_DESCRIPTION *text = find_field(description, WS_TEXT_FIELD_MAPPING);
    bool has_text = text != NULL;
    ULONG i;

    fprintf(schema, "<xs:complexType name=\"");
    put_type_name(description);
    fprintf(schema, "\"%s%s>", description->structOptions & WS_STRUCT_ABSTRACT ? " abstract=\"true\"" : "",
            find_field(description, WS_ANY_CONTENT_FIELD_MAPPING) ? " mixed=\"true\"" : "");
    while (text && text->type == WS_STRUCT_TYPE)
        text = ((const WS_STRUCT_DESCRIPTION *)text->typeDescription)->fields[0];
    if (has_text)
    {
        fprintf(schema, "<xs:simpleContent><xs:extension base=\"");
        put_simple(text->type, text->typeDescription);
        fprintf(schema, "\">\n");
    }
    else if (description->parentType)
    {
        fprintf(schema, "<xs:complexContent><xs:extension base=\"u:");
        put_type_name(description->parentType);
        fprintf(schema, "\">\n");
    }
    put_fields(description);
    if (has_text)
        fprintf(schema, "</xs:extension></xs:simpleContent>");
    else if (description->parentType)
        fprintf(schema, "</xs:extension></xs:complexContent>");
    fprintf(schema, "</xs:complexType>\n");
    for (i = 0; i < description->subTypeCount; i++)
        note_type(description->subTypes[i]);
}

static void print_schema(unsigned seed)
{
    char *text, *more;
    size_t length, more_length;
    unsigned i;

    if (!(schema = open_memstream(&text, &length)) || !(globals = open_memstream(&more, &more_length)))
        abort();
    type_count = simple_count = 0;
    fprintf(schema, "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:u=\"u\" targetNamespace=\"u\">\n"
                    "<xs:import namespace=\"http://www.w3.org/XML/1998/namespace\" schemaLocation=\"xml.xsd\"/>\n"
                    "<xs:include schemaLocation=\"constant.xsd\"/>\n"
                    "<xs:element name=\"root\"");
    put_type(element.type, element.typeDescription);
    for (i = 0; i < type_count; i++)
        put_struct(types[i]);
    fclose(globals);
    fwrite(more, 1, more_length, schema);
    fprintf(schema, "</xs:schema>\n");
    fclose(schema);
    printf("schema %u %zu\n%s", seed, length, text);
    free(more);
    free(text);
}

/* --- Documents --- */

/* Of seeds from here on, the rest is the number of a simple type, without any limits. */
#define FIRST_SIMPLE 1000000000u

static void make_description(unsigned seed)
{
    must(WsResetHeap(heap, NULL));
    maker_init(&maker, heap, maker_writer, seed, NULL, 0);
    maker.for_schema = true;
    if (seed < FIRST_SIMPLE)
        element.type = make_type(&maker, &element.typeDescription);
    else
    {
        element.type = (WS_TYPE)(seed - FIRST_SIMPLE);
        element.typeDescription = NULL;
    }
}

/* `value` is at a pointer, also of those types that are pointers. */
static HRESULT write_value(const void *value, WS_BYTES *bytes)
{
    struct document document;
    HRESULT hr;

    must(WsResetError(error));
    hr = write_document(writer, heap, UTF8, &element, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), &document,
                        error);
    *bytes = document.bytes;
    return hr;
}

static void write_documents(unsigned seed, unsigned count)
{
    WS_BYTES bytes;
    void *value;

    make_description(seed);
    print_schema(seed);
    while (count--)
    {
        maker.values_left = 150;
        value = make_value(&maker, element.type, element.typeDescription);
        must(write_value(element.type == WS_WSZ_TYPE || element.type == WS_XML_BUFFER_TYPE ? *(void **)value : value,
                         &bytes));
        printf("document %u %u\n", seed, (unsigned)bytes.length);
        fwrite(bytes.bytes, 1, bytes.length, stdout);
    }
}

static void print_failure(const char *what, HRESULT hr)
{
    ULONG count = 0, i, j;
    WS_STRING string;

    printf("%s 0x%08x", what, (unsigned)hr);
    must(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)));
    for (i = 0; i < count; i++)
    {
        must(WsGetErrorString(error, i, &string));
        putchar(' ');
        for (j = 0; j < string.length; j++)
            putchar(string.chars[j] >= ' ' && string.chars[j] < 0x7f ? (char)string.chars[j] : '?');
    }
    putchar('\n');
}

static void read_document(void *bytes, unsigned length)
{
    struct document document = {UTF8, {length, bytes}, NULL};
    void *value = NULL;
    WS_BYTES again;
    HRESULT hr;

    must(WsResetHeap(value_heap, NULL));
    must(WsResetError(error));
    must(set_document(reader, &document));
    hr = WsReadElement(reader, &element, WS_READ_REQUIRED_POINTER, value_heap, &value, sizeof(value), error);
    if (hr != S_OK)
        print_failure("refused", hr);
    else if ((hr = write_value(value, &again)) != S_OK)
        print_failure("unwritable", hr);
    else
    {
        printf("read %u\n", (unsigned)again.length);
        fwrite(again.bytes, 1, again.length, stdout);
    }
}

int main(int argc, char **argv)
{
    unsigned seed, first, length, i, described = UINT32_MAX;
    void *bytes;

    must(WsCreateHeap(1 << 26, 1 << 20, NULL, 0, &heap, NULL));
    must(WsCreateHeap(1 << 26, 1 << 20, NULL, 0, &value_heap, NULL));
    must(WsCreateReader(NULL, 0, &reader, NULL));
    must(WsCreateWriter(NULL, 0, &writer, NULL));
    must(WsCreateWriter(NULL, 0, &maker_writer, NULL));
    must(WsCreateError(NULL, 0, &error));
    if (argc == 5 && !strcmp(argv[1], "write"))
    {
        first = (unsigned)atoi(argv[2]);
        for (i = 0; i < (unsigned)atoi(argv[3]); i++)
            write_documents(first + i, (unsigned)atoi(argv[4]));
    }
    else
        while (scanf("%u %u", &seed, &length) == 2 && getchar() == '\n')
        {
            if (!(bytes = malloc(length + 1)) || fread(bytes, 1, length, stdin) != length)
                return 1;
            if (seed != described)
                make_description(described = seed);
            read_document(bytes, length);
            free(bytes);
        }
    WsFreeError(error);
    WsFreeWriter(maker_writer);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(value_heap);
    WsFreeHeap(heap);
    return 0;
}
