/* SPDX-License-Identifier: MIT */
/*
 * The functions of error objects: what their pages document and what has been observed on Windows.
 *
 * Source: the pages of the functions and of WS_ERROR_PROPERTY_ID.
 */
#include "support/errors.h"

#include <stdlib.h>

#define UNTOUCHED_POINTER ((void *)(uintptr_t)0x5a5a5a50)

static ULONG code(WS_ERROR *error)
{
    ULONG value = 99;

    expect_hr(S_OK, WsGetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &value, sizeof(value)));
    return value;
}

static LANGID language(WS_ERROR *error)
{
    LANGID value = 0;

    expect_hr(S_OK, WsGetErrorProperty(error, WS_ERROR_PROPERTY_LANGID, &value, sizeof(value)));
    return value;
}

static HRESULT set_code(WS_ERROR *error, ULONG value)
{
    return WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &value, sizeof(value));
}

/* Adds a string of ASCII characters. */
static void add(WS_ERROR *error, const char *text)
{
    WCHAR chars[128];
    WS_STRING string = {0, chars};

    for (; text[string.length]; string.length++)
        chars[string.length] = (WCHAR)text[string.length];
    expect_hr(S_OK, WsAddErrorString(error, &string));
    memset(chars, 0xff, sizeof(chars)); /* what was passed is not kept */
}

static bool is(WS_ERROR *error, ULONG index, const char *text)
{
    WS_STRING string = {99, NULL};
    ULONG i;

    expect_hr(S_OK, WsGetErrorString(error, index, &string));
    expect(string.chars != NULL);
    if (string.length != strlen(text))
        return false;
    for (i = 0; i < string.length; i++)
        if (string.chars[i] != (WCHAR)text[i])
            return false;
    return true;
}

static bool no_string(WS_ERROR *error, ULONG index)
{
    WS_STRING string = {0x5a5a, (WCHAR *)UNTOUCHED_POINTER};

    expect_hr(E_INVALIDARG, WsGetErrorString(error, index, &string));
    return string.length == 0x5a5a && string.chars == (WCHAR *)UNTOUCHED_POINTER;
}

TEST(WsCreateError_without_a_place_for_it)
{
    expect_hr(E_INVALIDARG, WsCreateError(NULL, 0, NULL));
}

/* Observed on Windows. */
TEST(a_fresh_error_object_is_empty)
{
    WS_ERROR *error = create_error();

    expect_size(0, sentence_count(error));
    expect_size(0, code(error));
    expect(no_string(error, 0));
#ifdef _WIN32
    expect_size(GetUserDefaultUILanguage(), language(error));
#else
    expect(language(error) != 0);
#endif
    WsFreeError(error);
}

/* Observed on Windows: a reset keeps it. */
TEST(the_language_can_be_given_at_creation)
{
    WS_ERROR *error = create_error_in(MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT));

    expect_size(MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT), language(error));
    expect_hr(S_OK, WsResetError(error));
    expect_size(MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT), language(error));
    WsFreeError(error);
}

/* Observed on Windows, for the properties that are not the language; of that one documented: it may not be zero. */
TEST(properties_refused_at_creation)
{
    ULONG number = 0;
    LANGID zero = 0, english = MAKELANGID(LANG_ENGLISH, SUBLANG_DEFAULT);
    WS_ERROR_PROPERTY wrong[] = {
        {WS_ERROR_PROPERTY_STRING_COUNT, &number, sizeof(number)},
        {WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &number, sizeof(number)},
        {(WS_ERROR_PROPERTY_ID)3, &number, sizeof(number)},
        {(WS_ERROR_PROPERTY_ID)-1, &number, sizeof(number)},
        {WS_ERROR_PROPERTY_LANGID, &english, 1},
        {WS_ERROR_PROPERTY_LANGID, &number, 4},
        {WS_ERROR_PROPERTY_LANGID, NULL, sizeof(english)},
        {WS_ERROR_PROPERTY_LANGID, &zero, sizeof(zero)},
    };
    WS_ERROR *error = (WS_ERROR *)UNTOUCHED_POINTER;
    WS_ERROR_PROPERTY two[2] = {{WS_ERROR_PROPERTY_LANGID, &english, sizeof(english)}, wrong[0]};
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        expect_hr(E_INVALIDARG, WsCreateError(&wrong[i], 1, &error));
    expect_hr(E_INVALIDARG, WsCreateError(two, 2, &error));
    expect_hr(E_INVALIDARG, WsCreateError(NULL, 1, &error));
    expect(error == (WS_ERROR *)UNTOUCHED_POINTER);
}

/* Observed on Windows for an unknown property; documented for sizes. */
TEST(WsGetErrorProperty_refuses)
{
    WS_ERROR *error = create_error();
    unsigned char value[8];
    ULONG id, size, right;

    memset(value, 0x5a, sizeof(value));
    for (id = 0; id < 3; id++)
    {
        right = id == WS_ERROR_PROPERTY_LANGID ? 2 : 4;
        for (size = 0; size <= 8; size++)
            if (size != right)
                expect_hr(E_INVALIDARG, WsGetErrorProperty(error, (WS_ERROR_PROPERTY_ID)id, value, size));
        expect_hr(E_INVALIDARG, WsGetErrorProperty(error, (WS_ERROR_PROPERTY_ID)id, NULL, right));
        expect_hr(E_INVALIDARG, WsGetErrorProperty(NULL, (WS_ERROR_PROPERTY_ID)id, value, right));
    }
    for (size = 0; size <= 8; size++)
    {
        expect_hr(E_INVALIDARG, WsGetErrorProperty(error, (WS_ERROR_PROPERTY_ID)3, value, size));
        expect_hr(E_INVALIDARG, WsGetErrorProperty(error, (WS_ERROR_PROPERTY_ID)-1, value, size));
    }
    for (size = 0; size < 8; size++)
        expect(value[size] == 0x5a);
    WsFreeError(error);
}

/* Observed on Windows: the number of strings and an unknown property cannot be set; the language comes too late. */
TEST(WsSetErrorProperty_refuses)
{
    WS_ERROR *error = create_error();
    LANGID german = MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT), before = language(error);
    ULONG value = 7;
    unsigned char large[8] = {0};

    expect_hr(E_INVALIDARG, WsSetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &value, sizeof(value)));
    expect_hr(WS_E_INVALID_OPERATION, WsSetErrorProperty(error, WS_ERROR_PROPERTY_LANGID, &german, sizeof(german)));
    expect_hr(E_INVALIDARG, WsSetErrorProperty(error, (WS_ERROR_PROPERTY_ID)3, &value, sizeof(value)));
    expect_hr(E_INVALIDARG, WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, NULL, sizeof(value)));
    expect_hr(E_INVALIDARG, WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, large, 2));
    expect_hr(E_INVALIDARG, WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, large, 8));
    expect_hr(E_INVALIDARG, WsSetErrorProperty(NULL, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &value, sizeof(value)));
    expect_size(0, sentence_count(error));
    expect_size(0, code(error));
    expect_size(before, language(error));
    WsFreeError(error);
}

static HRESULT set_language(WS_ERROR *error, LANGID value)
{
    return WsSetErrorProperty(error, WS_ERROR_PROPERTY_LANGID, &value, sizeof(value));
}

/*
 * The page of WS_ERROR_PROPERTY_ID: the language may be set at creation, or after a reset. Observed on Windows: not of
 * an object that has just been created. That it is once for each reset is our choice, and so is what comes first:
 * whether the language can be set now, then whether the value is one.
 */
TEST(the_language_can_be_set_once_after_a_reset)
{
    LANGID german = MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT), english = MAKELANGID(LANG_ENGLISH, SUBLANG_DEFAULT);
    WS_ERROR *error = create_error(), *copy = create_error();
    ULONG large = german;

    expect_hr(WS_E_INVALID_OPERATION, set_language(error, german));
    expect_hr(WS_E_INVALID_OPERATION, set_language(error, 0));
    expect_hr(WS_E_INVALID_OPERATION, WsSetErrorProperty(error, WS_ERROR_PROPERTY_LANGID, NULL, 0));
    expect_hr(S_OK, WsResetError(error));
    expect_hr(E_INVALIDARG, set_language(error, 0));
    expect_hr(E_INVALIDARG, WsSetErrorProperty(error, WS_ERROR_PROPERTY_LANGID, NULL, sizeof(german)));
    expect_hr(E_INVALIDARG, WsSetErrorProperty(error, WS_ERROR_PROPERTY_LANGID, &large, sizeof(large)));
    expect_hr(S_OK, set_language(error, german));
    expect_size(german, language(error));
    expect_hr(WS_E_INVALID_OPERATION, set_language(error, english));
    expect_size(german, language(error));
    expect_hr(S_OK, WsResetError(error)); /* which keeps it */
    expect_size(german, language(error));

    /* Strings are in a language already. */
    add(error, "x");
    expect_hr(WS_E_INVALID_OPERATION, set_language(error, english));
    expect_hr(S_OK, WsResetError(error));
    expect_hr(S_OK, set_code(error, 5));
    expect_hr(WS_E_INVALID_OPERATION, set_language(error, english));
    expect_hr(S_OK, WsResetError(copy));
    expect_hr(S_OK, WsCopyError(error, copy));
    expect_hr(WS_E_INVALID_OPERATION, set_language(copy, english));
    expect_size(german, language(copy));
    WsFreeError(copy);
    WsFreeError(error);
}

/* Observed on Windows. */
TEST(the_newest_string_comes_first)
{
    WS_ERROR *error = create_error();

    add(error, "first");
    expect_size(1, sentence_count(error));
    expect(is(error, 0, "first"));
    add(error, "second");
    add(error, "third");
    expect_size(3, sentence_count(error));
    expect(is(error, 0, "third") && is(error, 1, "second") && is(error, 2, "first"));
    expect(no_string(error, 3) && no_string(error, 0xffffffffu));
    WsFreeError(error);
}

/* Observed on Windows: it counts, and comes back with characters that are not NULL. */
TEST(an_empty_string)
{
    WS_ERROR *error = create_error();
    WS_STRING empty = {0, NULL};

    expect_hr(S_OK, WsAddErrorString(error, &empty));
    expect_size(1, sentence_count(error));
    expect(is(error, 0, ""));
    WsFreeError(error);
}

TEST(any_characters)
{
    WS_ERROR *error = create_error();
    WCHAR chars[] = {0, 0xd800, 0xffff, 'a', 0};
    WS_STRING string = {5, chars}, back = {0, NULL};

    expect_hr(S_OK, WsAddErrorString(error, &string));
    expect_hr(S_OK, WsGetErrorString(error, 0, &back));
    expect_size(5, back.length);
    expect(!memcmp(back.chars, chars, sizeof(chars)) && back.chars != chars);
    WsFreeError(error);
}

/* Our choice where there are characters at NULL; the rest is documented. */
TEST(strings_refused)
{
    WS_ERROR *error = create_error();
    WCHAR chars[] = {'a'};
    WS_STRING string = {1, chars}, missing = {1, NULL}, long_one = {0xffffffffu, NULL};

    expect_hr(E_INVALIDARG, WsAddErrorString(error, NULL));
    expect_hr(E_INVALIDARG, WsAddErrorString(error, &missing));
    expect_hr(E_INVALIDARG, WsAddErrorString(error, &long_one)); /* before its length is too much */
    expect_hr(E_INVALIDARG, WsAddErrorString(NULL, &string));
    expect_hr(E_INVALIDARG, WsAddErrorString(NULL, NULL));
    expect_size(0, sentence_count(error));
    add(error, "x");
    expect_hr(E_INVALIDARG, WsGetErrorString(error, 0, NULL));
    expect_hr(E_INVALIDARG, WsGetErrorString(NULL, 0, &string));
    WsFreeError(error);
}

TEST(strings_that_are_too_long)
{
    WS_ERROR *error = create_error();
    WCHAR chars[] = {'a'};
    WS_STRING string = {0xffffffffu, chars};

    /* Answered before a character is read. */
    expect_hr(E_OUTOFMEMORY, WsAddErrorString(error, &string));
    string.length = 0x80000000u;
    expect_hr(E_OUTOFMEMORY, WsAddErrorString(error, &string));
    expect_size(0, sentence_count(error));
    add(error, "x");
    WsFreeError(error);
}

/* Our choice: 16 MiB of strings, so that a program that never resets its error object meets a limit. */
TEST(strings_are_bounded_together)
{
    enum
    {
        length = 100000
    };
    WS_ERROR *error = create_error();
    WCHAR *chars = calloc(length, sizeof(*chars));
    WS_STRING string = {length, chars};
    int added = 0;
    HRESULT hr;

    while ((hr = WsAddErrorString(error, &string)) == S_OK && added < 1000)
        added++;
    expect_hr(E_OUTOFMEMORY, hr);
    expect(added > 50 && added < 100);
    expect_size((size_t)added, sentence_count(error));
    expect_hr(S_OK, WsResetError(error));
    expect_hr(S_OK, WsAddErrorString(error, &string));
    free(chars);
    WsFreeError(error);
}

TEST(the_original_code_has_a_text_behind_all_strings)
{
    WS_ERROR *error = create_error();
    WS_STRING text = {0, NULL};

    add(error, "old");
    expect_hr(S_OK, set_code(error, 5));
    add(error, "new");
    expect_size(5, code(error));
    expect_size(3, sentence_count(error));
    expect(is(error, 0, "new") && is(error, 1, "old"));
    expect_hr(S_OK, WsGetErrorString(error, 2, &text));
    expect(text.length > 0 && text.chars != NULL);
    expect(no_string(error, 3));
    WsFreeError(error);
}

#ifdef _WIN32
TEST(the_text_of_the_original_code_is_the_systems)
{
    WS_ERROR *error = create_error();
    WS_STRING text = {0, NULL};
    WCHAR system[512];
    ULONG length, i;
    static const ULONG codes[] = {ERROR_ACCESS_DENIED, ERROR_FILE_NOT_FOUND, 0x80070005u, 0x80004005u};

    for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
    {
        ULONG known = codes[i] == 0x80070005u ? ERROR_ACCESS_DENIED : codes[i];

        expect_hr(S_OK, set_code(error, codes[i]));
        expect_size(1, sentence_count(error));
        expect_hr(S_OK, WsGetErrorString(error, 0, &text));
        length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, known,
                                language(error), system, 512, NULL);
        if (!length)
            continue; /* the system does not know it */
        expect(text.length <= length && text.length + 3 >= length);
        expect(!memcmp(text.chars, system, text.length * sizeof(WCHAR)));
        expect(text.chars[text.length - 1] != '\n' && text.chars[text.length - 1] != '\r');
    }
    WsFreeError(error);
}
#endif

TEST(a_code_the_system_does_not_know_has_a_text_too)
{
    WS_ERROR *error = create_error();

    expect_hr(S_OK, set_code(error, 0xe1234567u));
    expect_size(1, sentence_count(error));
    expect(is(error, 0, "Error 0xe1234567."));
    WsFreeError(error);
}

TEST(the_original_code_can_be_changed_and_taken_away)
{
    WS_ERROR *error = create_error();

    expect_hr(S_OK, set_code(error, 0xe0000001u));
    expect_hr(S_OK, set_code(error, 0xe0000002u));
    expect_size(1, sentence_count(error));
    expect(is(error, 0, "Error 0xe0000002."));
    expect_hr(S_OK, set_code(error, 0));
    expect_size(0, sentence_count(error));
    expect_size(0, code(error));
    expect(no_string(error, 0));
    WsFreeError(error);
}

/* Observed on Windows. */
TEST(WsResetError_empties)
{
    WS_ERROR *error = create_error();

    add(error, "x");
    expect_hr(S_OK, set_code(error, 5));
    expect_hr(S_OK, WsResetError(error));
    expect_size(0, sentence_count(error));
    expect_size(0, code(error));
    expect(no_string(error, 0));
    add(error, "y");
    expect(is(error, 0, "y"));
    expect_hr(E_INVALIDARG, WsResetError(NULL));
    WsFreeError(error);
}

TEST(WsFreeError_of_null)
{
    WsFreeError(NULL);
}

TEST(WsCopyError_copies_all)
{
    WS_ERROR *source = create_error_in(MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT)), *copy = create_error();
    LANGID own = language(copy);

    add(source, "one");
    add(source, "two");
    expect_hr(S_OK, set_code(source, 0xe0000001u));
    add(copy, "gone");
    expect_hr(S_OK, WsCopyError(source, copy));
    expect_size(3, sentence_count(copy));
    expect_size(0xe0000001u, code(copy));
    expect_size(MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT), language(copy));
    WsFreeError(source); /* the copy stands alone */
    expect(is(copy, 0, "two") && is(copy, 1, "one") && is(copy, 2, "Error 0xe0000001."));
    add(copy, "three");
    expect(is(copy, 0, "three") && is(copy, 1, "two"));
    expect_hr(S_OK, WsResetError(copy));
    expect_size(own, language(copy));
    WsFreeError(copy);
}

TEST(WsCopyError_of_an_empty_object)
{
    WS_ERROR *source = create_error(), *copy = create_error();

    add(copy, "gone");
    expect_hr(S_OK, set_code(copy, 5));
    expect_hr(S_OK, WsCopyError(source, copy));
    expect_size(0, sentence_count(copy));
    expect_size(0, code(copy));
    WsFreeError(source);
    WsFreeError(copy);
}

TEST(WsCopyError_onto_itself)
{
    WS_ERROR *error = create_error();

    add(error, "x");
    expect_hr(S_OK, WsCopyError(error, error));
    expect_size(1, sentence_count(error));
    expect(is(error, 0, "x"));
    WsFreeError(error);
}

TEST(WsCopyError_refuses)
{
    WS_ERROR *error = create_error();

    add(error, "x");
    expect_hr(E_INVALIDARG, WsCopyError(NULL, error));
    expect_hr(E_INVALIDARG, WsCopyError(error, NULL));
    expect_hr(E_INVALIDARG, WsCopyError(NULL, NULL));
    expect_size(1, sentence_count(error));
    WsFreeError(error);
}

/* Each function, called with something that is not a live error object. */
static void expect_not_an_error(WS_ERROR *error)
{
    WS_ERROR *live = create_error();
    WS_STRING string = {0x5a5a, (WCHAR *)UNTOUCHED_POINTER}, empty = {0, NULL};
    ULONG value = 0x5a5a;

    expect_hr(E_INVALIDARG, WsAddErrorString(error, &empty));
    expect_hr(E_INVALIDARG, WsGetErrorString(error, 0, &string));
    expect_hr(E_INVALIDARG, WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &value, sizeof(value)));
    expect_hr(E_INVALIDARG, WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &value, sizeof(value)));
    expect_hr(E_INVALIDARG, WsResetError(error));
    expect_hr(E_INVALIDARG, WsCopyError(error, live));
    expect_hr(E_INVALIDARG, WsCopyError(live, error));
    WsFreeError(error);
    expect(value == 0x5a5a && string.length == 0x5a5a);
    /* As the place for error text it is ignored. */
    expect_hr(E_INVALIDARG, WsResetHeap(NULL, error));
    WsFreeError(live);
}

/* Our choice. */
TEST(a_freed_error_object_is_refused)
{
    WS_ERROR *error = create_error(), *other = create_error();

    WsFreeError(error);
    expect_not_an_error(error);
    WsFreeError(other);
}

/* Our choice. */
TEST(a_heap_is_no_error_object)
{
    WS_HEAP *heap = NULL;
    void *memory;

    expect_hr(S_OK, WsCreateHeap(256, 0, NULL, 0, &heap, NULL));
    expect_not_an_error((WS_ERROR *)heap);
    expect_hr(S_OK, WsAlloc(heap, 16, &memory, NULL)); /* and so it lives */
    WsFreeHeap(heap);
}
