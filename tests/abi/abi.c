/* SPDX-License-Identifier: MIT */
/*
 * Compares webservices.h with the ABI data: what the compiler makes of the header with what Windows has. Every
 * difference is printed, and each kind of thing is one test. The macros, which no data knows, are tried out.
 *
 * Compiled as C, and by abi-cxx.cc as C++, which can also compare types.
 */

#include <webservices.h>

#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

#ifdef __cplusplus
#include "abi-types.hh"
#endif

/* One comparison; the numbers are bytes or values. */
struct row
{
    const char *name;
    const char *what;
    long long got;
    long long want;
};

#define PICK(number64, number32)   (sizeof(void *) == 8 ? (number64) : (number32))
#define SIZE_ROW(name, size, want) {name, "size", (long long)(size), want},

static const struct row structures[] = {
#define ABI_STRUCT(type, size64, size32) SIZE_ROW(#type, sizeof(type), PICK(size64, size32))
#define ABI_INNER(type, member, size64, size32) \
    SIZE_ROW(#type "." #member, sizeof(((type *)0)->member), PICK(size64, size32))
#include "abi-data.h"
};

static const struct row fields[] = {
#define ABI_FIELD(type, field, offset64, offset32, fieldtype) \
    {#type "." #field, "offset", (long long)offsetof(type, field), PICK(offset64, offset32)},
#include "abi-data.h"
};

static const struct row enumerations[] = {
#define ABI_ENUM(type) SIZE_ROW(#type, sizeof(type), 4)
#include "abi-data.h"
};

static const struct row values[] = {
#define ABI_VALUE(type, name, value) {#name, "value", (long long)(name), value},
#include "abi-data.h"
};

static const struct row constants[] = {
#define ABI_CONSTANT(name, value) {#name, "value", (long long)(name), value},
#include "abi-data.h"
};

static const struct row results[] = {
#define ABI_RESULT(name, value) {#name, "value", (long long)(name), (HRESULT)(value)},
#include "abi-data.h"
};

/* The types that everything else is made of. */
static const struct row basics[] = {
    SIZE_ROW("HRESULT", sizeof(HRESULT), 4) SIZE_ROW("ULONG", sizeof(ULONG), 4) SIZE_ROW("LONG", sizeof(LONG), 4)
        SIZE_ROW("USHORT", sizeof(USHORT), 2) SIZE_ROW("BOOL", sizeof(BOOL), 4) SIZE_ROW("WCHAR", sizeof(WCHAR), 2)
            SIZE_ROW("GUID", sizeof(GUID), 16) SIZE_ROW("FILETIME", sizeof(FILETIME), 8)
                SIZE_ROW("DECIMAL", sizeof(DECIMAL), 16) SIZE_ROW("SIZE_T", sizeof(SIZE_T), PICK(8, 4))};

#ifdef __cplusplus

/* One comparison of types. */
struct type_row
{
    const char *name;
    const char *want;
    bool same;
};

static const type_row field_types[] = {
#define ABI_FIELD(type, field, offset64, offset32, fieldtype) \
    {#type "." #field, #fieldtype, SAME_TYPE(FIELD_TYPE(type, field), fieldtype)},
#include "abi-data.h"
};

static const type_row function_types[] = {
#define ABI_FUNCTION(name, bytes, returntype, parameters) \
    {#name, #returntype " " #parameters, SAME_TYPE(decltype(&name), returntype(WINAPI *) parameters)},
#include "abi-data.h"
};

static const type_row callback_types[] = {
#define ABI_CALLBACK(type, returntype, parameters) \
    {#type, #returntype " " #parameters, SAME_TYPE(type, returntype(CALLBACK *) parameters)},
#include "abi-data.h"
};

static const row argument_bytes[] = {
#define ABI_FUNCTION(name, bytes, returntype, parameters) \
    {#name, "number of bytes", arguments32<decltype(&name)>::value, bytes},
#include "abi-data.h"
};

#endif

static int tests;
static int failures;

static void report(const char *title, size_t count, int bad)
{
    failures += bad;
    printf("%sok %d - %d %s\n", bad ? "not " : "", ++tests, (int)count, title);
}

static void check(const char *title, const struct row *rows, size_t count)
{
    int bad = 0;
    size_t i;

    for (i = 0; i < count; i++)
    {
        if (rows[i].got == rows[i].want)
            continue;
        printf("# %s: %s is %lld, expected %lld\n", rows[i].name, rows[i].what, rows[i].got, rows[i].want);
        bad = 1;
    }
    report(title, count, bad);
}

#ifdef __cplusplus
static void check_types(const char *title, const struct type_row *rows, size_t count)
{
    int bad = 0;
    size_t i;

    for (i = 0; i < count; i++)
    {
        if (rows[i].same)
            continue;
        printf("# %s: type is not %s\n", rows[i].name, rows[i].want);
        bad = 1;
    }
    report(title, count, bad);
}
#endif

/* The macros as initializers of static objects, which have to be constant, and of automatic ones. */

static WS_XML_DICTIONARY dictionary;
static const WS_STRING static_string = WS_STRING_VALUE(u"on\0e");
static const WS_STRING static_empty = WS_STRING_EMPTY;
static const WS_STRING static_strings[] = {WS_STRING_VALUE(u""), WS_STRING_VALUE(u"x")};
static const WS_XML_STRING static_xml = WS_XML_STRING_VALUE("two\0three");
static const WS_XML_STRING static_null = WS_XML_STRING_NULL;
static const WS_XML_STRING static_entry = WS_XML_STRING_DICTIONARY_VALUE("four", &dictionary, 5);

#define STRING_ROWS(string, text, count) \
    {#string, "length", (long long)(string).length, count}, \
        {#string, "same characters", !memcmp((string).chars, text, (count) * sizeof(WCHAR)), 1},
#define XML_ROWS(string, text, count, words, number) \
    {#string, "length", (long long)(string).length, count}, \
        {#string, "same bytes", !memcmp((string).bytes, text, count), 1}, \
        {#string, "same dictionary", (string).dictionary == (words), 1}, \
        {#string, "id", (long long)(string).id, number},

static void check_macros(void)
{
    WS_STRING string = WS_STRING_VALUE(u"on\0e");
    WS_STRING empty = WS_STRING_EMPTY;
    WS_XML_STRING xml = WS_XML_STRING_VALUE("two\0three");
    WS_XML_STRING null = WS_XML_STRING_NULL;
    WS_XML_STRING entry = WS_XML_STRING_DICTIONARY_VALUE("four", &dictionary, 5);
    ULONG numbers[7];
    const struct row macros[] = {
        /* clang-format off */
        STRING_ROWS(static_string, u"on\0e", 4)
        STRING_ROWS(string, u"on\0e", 4)
        STRING_ROWS(static_strings[0], u"", 0)
        {"static_strings[0]", "characters", static_strings[0].chars != NULL, 1},
        STRING_ROWS(static_strings[1], u"x", 1)
        {"static_empty", "length", (long long)static_empty.length, 0},
        {"static_empty", "no characters", !static_empty.chars, 1},
        {"empty", "length", (long long)empty.length, 0},
        {"empty", "no characters", !empty.chars, 1},
        XML_ROWS(static_xml, "two\0three", 9, NULL, 0)
        XML_ROWS(xml, "two\0three", 9, NULL, 0)
        XML_ROWS(static_entry, "four", 4, &dictionary, 5)
        XML_ROWS(entry, "four", 4, &dictionary, 5)
        {"static_null", "length", (long long)static_null.length, 0},
        {"static_null", "nothing", !static_null.bytes && !static_null.dictionary && !static_null.id, 1},
        {"null", "length", (long long)null.length, 0},
        {"null", "nothing", !null.bytes && !null.dictionary && !null.id, 1},
        {"WsCountOf", "count", (long long)WsCountOf(numbers), 7},
        {"WsCountOf of a literal", "count", (long long)WsCountOf("eight"), 6},
        {"WsOffsetOf the first field", "offset", (long long)WsOffsetOf(WS_XML_STRING, length), 0},
        {"WsOffsetOf", "offset", (long long)WsOffsetOf(WS_XML_STRING, id), PICK(24, 12)},
        /* clang-format on */
    };

    check("macros: what they make", macros, WsCountOf(macros));
}

#define CHECK(title, rows)       check(title, rows, WsCountOf(rows))
#define CHECK_TYPES(title, rows) check_types(title, rows, WsCountOf(rows))

int main(void)
{
#ifdef _WIN32
    _setmode(_fileno(stdout), _O_BINARY); /* the harness takes no carriage returns */
#endif
    CHECK("basic types: sizes", basics);
    CHECK("structures: sizes", structures);
    CHECK("fields of structures: offsets", fields);
    CHECK("enumerations: sizes", enumerations);
    CHECK("values of enumerations", values);
    CHECK("constants", constants);
    CHECK("result codes", results);
    check_macros();
#ifdef __cplusplus
    CHECK_TYPES("fields of structures: types", field_types);
    CHECK_TYPES("functions: types of parameters and result", function_types);
    CHECK_TYPES("callbacks: types of parameters and result", callback_types);
    CHECK("functions: bytes of arguments on 32-bit Windows", argument_bytes);
#endif
    printf("1..%d\n", tests);
    return failures != 0;
}
