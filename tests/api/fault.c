/* SPDX-License-Identifier: MIT */
/*
 * The properties of a fault in an error object: copies of all that is passed, until the object is reset or freed.
 *
 * Source: the pages of the functions and of WS_FAULT_ERROR_PROPERTY_ID.
 */
#include "support/errors.h"
#include "support/heap.h"
#include "support/strings.h"

#include <stdlib.h>

#define UNTOUCHED_POINTER ((void *)(uintptr_t)0x5a5a5a50)

static WS_ERROR *create_english(void)
{
    return create_error_in(MAKELANGID(LANG_ENGLISH, SUBLANG_DEFAULT));
}

static const WS_FAULT *get_fault(WS_ERROR *error)
{
    WS_FAULT *fault = UNTOUCHED_POINTER;

    expect_hr(S_OK, WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
    return fault;
}

static WS_XML_STRING get_action(WS_ERROR *error)
{
    WS_XML_STRING action = {99, UNTOUCHED_POINTER, UNTOUCHED_POINTER, 99};

    expect_hr(S_OK, WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action)));
    return action;
}

static HRESULT set_fault(WS_ERROR *error, const WS_FAULT *fault)
{
    return WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, fault, sizeof(*fault));
}

static HRESULT set_action(WS_ERROR *error, const WS_XML_STRING *action)
{
    return WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_ACTION, action, sizeof(*action));
}

/* A fault with everything but a detail, in memory that wipe() makes useless. */
struct sample
{
    BYTE sender[6], sub[3], ns[4];
    WCHAR english[2], german[3], en[5], de[5], actor[1], node[1];
    WS_FAULT_CODE codes[2];
    WS_FAULT_REASON reasons[2];
    WS_FAULT fault;
};

static void fill(struct sample *sample)
{
    static const struct sample text = {
        .sender = {'S', 'e', 'n', 'd', 'e', 'r'},
        .sub = {'S', 'u', 'b'},
        .ns = {'u', 'r', 'n', ':'},
        .english = {'n', 'o'},
        .german = {'o', 'h', 'n'},
        .en = {'E', 'N', '-', 'u', 's'},
        .de = {'d', 'e', '-', 'D', 'E'},
        .actor = {'a'},
        .node = {'n'},
    };

    *sample = text;
    sample->codes[0].value.localName = (WS_XML_STRING){6, sample->sender, NULL, 0};
    sample->codes[0].subCode = &sample->codes[1];
    sample->codes[1].value.localName = (WS_XML_STRING){3, sample->sub, NULL, 0};
    sample->codes[1].value.ns = (WS_XML_STRING){4, sample->ns, NULL, 0};
    sample->reasons[0] = (WS_FAULT_REASON){{3, sample->german}, {5, sample->de}};
    sample->reasons[1] = (WS_FAULT_REASON){{2, sample->english}, {5, sample->en}};
    sample->fault = (WS_FAULT){sample->codes, sample->reasons, 2, {1, sample->actor}, {1, sample->node}, NULL};
}

static void expect_sample(const WS_FAULT *fault)
{
    expect(fault != NULL);
    expect(string_is(&fault->code->value.localName, "Sender") && !fault->code->value.ns.length);
    expect(string_is(&fault->code->subCode->value.localName, "Sub"));
    expect(string_is(&fault->code->subCode->value.ns, "urn:") && !fault->code->subCode->subCode);
    expect_size(2, fault->reasonCount);
    expect(wide_is(&fault->reasons[0].text, "ohn") && wide_is(&fault->reasons[0].lang, "de-DE"));
    expect(wide_is(&fault->reasons[1].text, "no") && wide_is(&fault->reasons[1].lang, "EN-us"));
    expect(wide_is(&fault->actor, "a") && wide_is(&fault->node, "n") && !fault->detail);
}

/* Observed on Windows. */
TEST(what_a_fresh_error_object_knows)
{
    WS_ERROR *error = create_english();
    WS_XML_BUFFER *header = UNTOUCHED_POINTER;

    expect(get_fault(error) == NULL);
    expect(!get_action(error).length);
    expect_hr(S_OK, WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header)));
    expect(!header);
    WsFreeError(error);
}

/* Observed on Windows. */
TEST(a_fault_is_copied_whole)
{
    struct sample sample;
    WS_ERROR *error = create_english();

    fill(&sample);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    memset(&sample, 0xff, sizeof(sample));
    expect_sample(get_fault(error));
    WsFreeError(error);
}

/* Observed on Windows: nothing in a fault is needed, and a fault of zeros has no string to add. */
TEST(a_fault_of_zeros)
{
    WS_FAULT zeros = {0};
    WS_ERROR *error = create_english();

    expect_hr(S_OK, set_fault(error, &zeros));
    expect(get_fault(error) && !get_fault(error)->code && !get_fault(error)->reasonCount);
    expect_size(0, sentence_count(error));
    expect_size(0, get_action(error).length);
    WsFreeError(error);
}

/* Observed on Windows: a fault cannot be NULL; an action and a reset work as documented. */
TEST(a_fault_that_is_NULL)
{
    struct sample sample;
    WS_ERROR *error = create_english();

    expect_hr(E_INVALIDARG, WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, NULL, sizeof(WS_FAULT)));
    expect(!get_fault(error));
    fill(&sample);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect_hr(E_INVALIDARG, WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, NULL, sizeof(WS_FAULT)));
    expect_sample(get_fault(error));
    WsFreeError(error);
}

TEST(what_was_got_outlives_what_is_set_later)
{
    struct sample sample;
    WS_FAULT empty = {0};
    WS_ERROR *error = create_english();
    const WS_FAULT *first;
    WS_XML_STRING action;

    fill(&sample);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    first = get_fault(error);
    expect_hr(S_OK, set_action(error, &(WS_XML_STRING)WS_XML_STRING_VALUE("one")));
    action = get_action(error);
    expect_hr(S_OK, set_action(error, &(WS_XML_STRING)WS_XML_STRING_VALUE("other")));
    expect_hr(S_OK, set_fault(error, &empty));
    expect_sample(first);
    expect(string_is(&action, "one") && string_is(&(WS_XML_STRING[]){get_action(error)}[0], "other"));
    expect(get_fault(error) != first && !get_fault(error)->code);
    WsFreeError(error);
}

TEST(an_action_is_copied)
{
    BYTE bytes[] = {'u', 'r', 'n', ':', 'x'};
    WS_XML_STRING action = {5, bytes, NULL, 0}, copy;
    WS_ERROR *error = create_english();

    expect_hr(S_OK, set_action(error, &action));
    memset(bytes, 0, sizeof(bytes));
    copy = get_action(error);
    expect(string_is(&copy, "urn:x") && !copy.dictionary);
    expect_hr(S_OK, set_action(error, &(WS_XML_STRING)WS_XML_STRING_NULL));
    expect(!get_action(error).length);
    WsFreeError(error);
}

/* A constant dictionary outlives the object by its owner's promise; another one may not. Our choice. */
TEST(dictionaries_of_copied_strings)
{
    WS_XML_STRING strings[1] = {{0}};
    WS_XML_DICTIONARY dictionary = {{0, 0, 0, {0}}, strings, 1, TRUE};
    WS_XML_STRING action = WS_XML_STRING_DICTIONARY_VALUE("red", &dictionary, 0);
    WS_ERROR *error = create_english();

    strings[0] = action;
    expect_hr(S_OK, set_action(error, &action));
    expect(get_action(error).dictionary == &dictionary);
    action.bytes = NULL;
    expect_hr(E_INVALIDARG, set_action(error, &action));
    action = strings[0];
    dictionary.isConst = FALSE;
    expect_hr(S_OK, set_action(error, &action));
    expect(!get_action(error).dictionary && get_action(error).bytes != action.bytes);
    WsFreeError(error);
}

/* --- XML buffers: a fault's detail, and a header --- */

static WS_XML_BUFFER *read_buffer(WS_HEAP *heap, const char *text)
{
    WS_XML_READER *reader = NULL;
    WS_XML_BUFFER *buffer = NULL;

    expect_hr(S_OK, WsCreateReader(NULL, 0, &reader, NULL));
    expect_hr(S_OK, WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, text, (ULONG)strlen(text), heap, &buffer, NULL));
    WsFreeReader(reader);
    return buffer;
}

static bool buffer_is(WS_XML_BUFFER *buffer, const char *text)
{
    WS_HEAP *heap = create_heap(1 << 24);
    WS_XML_WRITER *writer = NULL;
    void *bytes = NULL;
    ULONG length = 0;
    bool same;

    expect(buffer && buffer != UNTOUCHED_POINTER);
    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(S_OK, WsWriteXmlBufferToBytes(writer, buffer, NULL, NULL, 0, heap, &bytes, &length, NULL));
    same = length == strlen(text) && !memcmp(bytes, text, length);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
    return same;
}

static HRESULT set_header(WS_ERROR *error, WS_XML_BUFFER *header)
{
    return WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header));
}

static WS_XML_BUFFER *get_header(WS_ERROR *error)
{
    WS_XML_BUFFER *header = UNTOUCHED_POINTER;

    expect_hr(S_OK, WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header)));
    return header;
}

static const char detail_text[] = "<!--1--><p:detail a=\"1\" xmlns:p=\"urn:d\">t<b/><c></c><![CDATA[d]]><e><f>g</f></e>"
                                  "</p:detail><!--2-->";

/* Observed on Windows: the copy is the same text, also of a detail that comes with a later fault. */
TEST(a_detail_is_copied)
{
    WS_HEAP *heap = create_heap(1 << 24);
    struct sample sample;
    WS_ERROR *error = create_english(), *copy = create_english();

    fill(&sample);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect(!get_fault(error)->detail);
    sample.fault.detail = read_buffer(heap, detail_text);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect_hr(S_OK, set_fault(error, get_fault(error))); /* from the object itself */
    WsFreeHeap(heap);
    expect(buffer_is(get_fault(error)->detail, detail_text));
    expect_hr(S_OK, WsCopyError(error, copy));
    WsFreeError(error);
    expect(buffer_is(get_fault(copy)->detail, detail_text));
    expect_hr(S_OK, WsResetError(copy));
    expect(!get_fault(copy));
    WsFreeError(copy);
}

TEST(a_header_is_copied)
{
    WS_HEAP *heap = create_heap(1 << 24);
    WS_ERROR *error = create_english(), *copy = create_english();
    WS_XML_BUFFER *first;

    expect_hr(S_OK, set_header(error, read_buffer(heap, detail_text)));
    WsResetHeap(heap, NULL);
    first = get_header(error);
    expect(buffer_is(first, detail_text));
    expect_hr(S_OK, set_header(error, read_buffer(heap, "<other/>")));
    WsFreeHeap(heap);
    expect(buffer_is(get_header(error), "<other/>") && buffer_is(first, detail_text));
    expect_hr(S_OK, WsCopyError(error, copy));
    expect(get_header(copy) != get_header(error) && buffer_is(get_header(copy), "<other/>"));
    expect_hr(S_OK, set_header(error, NULL));
    expect(!get_header(error));
    WsFreeError(error);
    expect(buffer_is(get_header(copy), "<other/>"));
    expect_hr(S_OK, WsResetError(copy));
    expect(!get_header(copy));
    WsFreeError(copy);
}

TEST(what_is_no_buffer_is_refused)
{
    WS_HEAP *heap = create_heap(1 << 24);
    WS_ERROR *error = create_english();
    struct sample sample;

    fill(&sample);
    sample.fault.detail = (WS_XML_BUFFER *)(void *)heap;
    expect_hr(E_INVALIDARG, set_header(error, (WS_XML_BUFFER *)(void *)heap));
    expect_hr(E_INVALIDARG, set_fault(error, &sample.fault));
    expect(!get_header(error) && !get_fault(error));
    expect_size(0, sentence_count(error));
    WsFreeError(error);
    WsFreeHeap(heap);
}

TEST(a_buffer_that_is_too_large)
{
    static const BYTE zeros[1 << 20];
    WS_HEAP *heap = NULL;
    WS_XML_WRITER *writer = NULL;
    WS_XML_BUFFER *buffer = NULL;
    WS_ERROR *error = create_english();
    int i;

    expect_hr(S_OK, WsCreateHeap((SIZE_T)1 << 26, 0, NULL, 0, &heap, NULL));
    expect_hr(S_OK, WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    expect_hr(S_OK, WsCreateWriter(NULL, 0, &writer, NULL));
    expect_hr(S_OK, WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    expect_hr(S_OK, WsWriteStartElement(writer, NULL, &(WS_XML_STRING)WS_XML_STRING_VALUE("a"),
                                        &(WS_XML_STRING)WS_XML_STRING_VALUE(""), NULL));
    for (i = 0; i < 17; i++)
    {
        WS_XML_BASE64_TEXT text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)zeros, sizeof(zeros)};

        expect_hr(S_OK, WsWriteText(writer, &text.text, NULL));
    }
    expect_hr(S_OK, WsWriteEndElement(writer, NULL));
    expect_hr(E_OUTOFMEMORY, set_header(error, buffer));
    expect(!get_header(error));
    expect_hr(S_OK, set_action(error, &(WS_XML_STRING)WS_XML_STRING_VALUE("one"))); /* it can be used on */
    WsFreeError(error);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

TEST(error_objects_that_are_none)
{
    WS_ERROR *freed = create_english();
    WS_XML_STRING action = WS_XML_STRING_VALUE("a");

    WsFreeError(freed);
    expect_hr(E_INVALIDARG, set_action(NULL, &action));
    expect_hr(E_INVALIDARG, set_action(freed, &action));
    expect_hr(E_INVALIDARG, WsGetFaultErrorProperty(NULL, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action)));
    expect_hr(E_INVALIDARG, WsGetFaultErrorProperty(freed, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action)));
    expect(string_is(&action, "a"));
}

/* Observed on Windows: the reason stands in a sentence, for en-US; that the language is looked at is documented. */
TEST(the_reason_in_the_objects_language_becomes_a_string)
{
    struct sample sample;
    WS_ERROR *error = create_english();

    fill(&sample);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect_size(1, sentence_count(error));
    expect(says_exactly(error, "The fault reason was: 'no'."));
    WsFreeError(error);

    error = create_error_in(MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT));
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect_size(1, sentence_count(error));
    expect(says_exactly(error, "The fault reason was: 'ohn'."));
    WsFreeError(error);
}

TEST(how_languages_match)
{
    static const struct
    {
        const char *name;
        bool matches;
    } cases[] = {{"en-US", true}, {"EN-us", true}, {"en", true},      {"en-US-x", true}, {"", true},   {"en-GB", false},
                 {"e", false},    {"eng", false},  {"en-USA", false}, {"en-", false},    {"de", false}};
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        WCHAR lang[8], text[] = {'x'};
        WS_FAULT_REASON reason = {{1, text}, {(ULONG)strlen(cases[i].name), lang}};
        WS_FAULT fault = {NULL, &reason, 1, {0, NULL}, {0, NULL}, NULL};
        WS_ERROR *error = create_english();
        size_t j;

        for (j = 0; j < reason.lang.length; j++)
            lang[j] = (WCHAR)cases[i].name[j];
        expect_hr(S_OK, set_fault(error, &fault));
        expect_size(cases[i].matches, sentence_count(error));
        WsFreeError(error);
    }
}

/* Observed on Windows. */
TEST(a_reset_forgets_the_fault)
{
    struct sample sample;
    WS_ERROR *error = create_english();

    fill(&sample);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect_hr(S_OK, set_action(error, &(WS_XML_STRING)WS_XML_STRING_VALUE("one")));
    expect_hr(S_OK, WsResetError(error));
    expect(!get_fault(error) && !get_action(error).length);
    expect_size(0, sentence_count(error));
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect_sample(get_fault(error));
    WsFreeError(error);
}

TEST(WsCopyError_copies_the_fault)
{
    struct sample sample;
    WS_ERROR *error = create_english(), *copy = create_english(), *empty = create_english();

    fill(&sample);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect_hr(S_OK, set_action(error, &(WS_XML_STRING)WS_XML_STRING_VALUE("one")));
    expect_hr(S_OK, set_action(copy, &(WS_XML_STRING)WS_XML_STRING_VALUE("another")));
    expect_hr(S_OK, WsCopyError(error, copy));
    expect_hr(S_OK, WsCopyError(error, error));
    WsFreeError(error);
    expect_sample(get_fault(copy));
    expect(string_is(&(WS_XML_STRING[]){get_action(copy)}[0], "one"));
    expect_size(1, sentence_count(copy)); /* the reason is not added once more */
    expect_hr(S_OK, WsCopyError(empty, copy));
    expect(!get_fault(copy) && !get_action(copy).length);
    WsFreeError(copy);
    WsFreeError(empty);
}

/* Our choice. */
TEST(what_is_refused_changes_nothing)
{
    static const WS_FAULT_ERROR_PROPERTY_ID ids[] = {WS_FAULT_ERROR_PROPERTY_FAULT, WS_FAULT_ERROR_PROPERTY_ACTION,
                                                     WS_FAULT_ERROR_PROPERTY_HEADER};
    WS_STRING missing = {1, NULL};
    WS_XML_STRING xml_missing = {1, NULL, NULL, 0};
    WS_FAULT_REASON reason = {{1, NULL}, {0, NULL}};
    WS_FAULT_CODE code = {{{1, NULL, NULL, 0}, {0, NULL, NULL, 0}}, NULL};
    WS_FAULT wrong[] = {
        {NULL, NULL, 1, {0, NULL}, {0, NULL}, NULL},  {NULL, &reason, 1, {0, NULL}, {0, NULL}, NULL},
        {&code, NULL, 0, {0, NULL}, {0, NULL}, NULL}, {NULL, NULL, 0, missing, {0, NULL}, NULL},
        {NULL, NULL, 0, {0, NULL}, missing, NULL},
    };
    struct sample sample;
    WS_ERROR *error = create_english();
    ULONG size, i;

    fill(&sample);
    expect_hr(S_OK, set_fault(error, &sample.fault));
    expect_hr(S_OK, set_action(error, &(WS_XML_STRING)WS_XML_STRING_VALUE("one")));
    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        expect_hr(E_INVALIDARG, set_fault(error, &wrong[i]));
    expect_hr(E_INVALIDARG, set_action(error, &xml_missing));
    for (i = 0; i < 3; i++)
    {
        char value[sizeof(WS_FAULT) + 8] = {0};
        ULONG right = i == 0 ? sizeof(WS_FAULT) : i == 1 ? sizeof(WS_XML_STRING) : sizeof(void *);

        for (size = 0; size <= sizeof(value); size++)
            if (size != right)
                expect_hr(E_INVALIDARG, WsSetFaultErrorProperty(error, ids[i], value, size));
        expect_hr(E_INVALIDARG, WsSetFaultErrorProperty(error, ids[i], NULL, right));
        expect_hr(E_INVALIDARG, WsGetFaultErrorProperty(error, ids[i], NULL, right));
        expect_hr(E_INVALIDARG, WsGetFaultErrorProperty(error, ids[i], value, 1));
        expect_hr(E_INVALIDARG, WsSetFaultErrorProperty(error, (WS_FAULT_ERROR_PROPERTY_ID)3, value, right));
        expect_hr(E_INVALIDARG, WsGetFaultErrorProperty(error, (WS_FAULT_ERROR_PROPERTY_ID)-1, value, right));
    }
    expect_sample(get_fault(error));
    expect(string_is(&(WS_XML_STRING[]){get_action(error)}[0], "one"));
    expect_size(1, sentence_count(error));
    WsFreeError(error);
}

/* Our choice: no fault has such a list, and a copy of it would have no end. */
TEST(codes_that_go_in_a_circle_are_refused)
{
    WS_FAULT_CODE codes[5] = {{{{0}, {0}}, NULL}};
    WS_FAULT fault = {.code = codes};
    WS_ERROR *error = create_english();
    size_t length, back, i;

    for (length = 1; length <= 5; length++)
        for (back = 0; back < length; back++)
        {
            for (i = 0; i < length; i++)
                codes[i].subCode = &codes[i + 1 < length ? i + 1 : back];
            expect_hr(E_INVALIDARG, set_fault(error, &fault));
            codes[length - 1].subCode = NULL;
            expect_hr(S_OK, set_fault(error, &fault));
        }
    expect_hr(S_OK, WsResetError(error));
    codes[4].subCode = codes;
    expect_hr(E_INVALIDARG, set_fault(error, &fault));
    expect(!get_fault(error));
    WsFreeError(error);
}

/* Our choice: what is set again and again meets a limit, unless it takes nothing. */
TEST(a_header_is_set_many_times)
{
    WS_ERROR *error = create_english();
    WS_HEAP *heap = create_heap(1 << 24);
    WS_XML_BUFFER *header = read_buffer(heap, "<h/>");
    HRESULT hr;
    int i;

    for (i = 0; i < 100000; i++)
        expect_hr(S_OK, set_header(error, NULL));
    for (i = 0; (hr = set_header(error, header)) == S_OK && i < 100000; i++)
        ;
    expect_hr(E_OUTOFMEMORY, hr);
    expect(buffer_is(get_header(error), "<h/>"));
    expect_hr(S_OK, WsResetError(error));
    expect_hr(S_OK, set_header(error, header));
    WsFreeError(error);
    WsFreeHeap(heap);
}

/* Our choice: a fault takes 16 MiB at most. */
TEST(a_fault_that_was_refused_takes_no_memory)
{
    enum
    {
        length = 3 << 20
    };
    WCHAR *chars = calloc(length, sizeof(*chars));
    WS_FAULT_REASON reasons[] = {{{length, chars}, {1, chars}}, {{length, chars}, {1, chars}}, {{1, NULL}, {0, NULL}}};
    WS_FAULT fault = {NULL, reasons, 1, {0, NULL}, {0, NULL}, NULL};
    WS_ERROR *error = create_english();
    int i;

    expect(chars != NULL);
    for (i = 0; i < 20; i++)
    {
        fault.reasonCount = 3; /* the last of them has no characters */
        expect_hr(E_INVALIDARG, set_fault(error, &fault));
        fault.reasonCount = 1;
        fault.actor = fault.node = reasons[0].text; /* 18 MiB */
        expect_hr(E_OUTOFMEMORY, set_fault(error, &fault));
        fault.actor = fault.node = (WS_STRING){0, NULL};
    }
    expect(!get_fault(error));
    expect_hr(S_OK, set_fault(error, &fault));
    /* What is set stays until a reset, since it may have been got: there is no room for as much again, twice. */
    expect_hr(S_OK, set_fault(error, &fault));
    expect_hr(E_OUTOFMEMORY, set_fault(error, &fault));
    expect_hr(S_OK, set_action(error, &(WS_XML_STRING)WS_XML_STRING_VALUE("one")));
    expect_hr(S_OK, WsResetError(error));
    expect_hr(S_OK, set_fault(error, &fault));
    WsFreeError(error);
    free(chars);
}

TEST(a_fault_that_is_too_large)
{
    WS_FAULT_REASON reason = {{0xffffffffu, UNTOUCHED_POINTER}, {0, NULL}};
    WS_FAULT fault = {NULL, &reason, 1, {0, NULL}, {0, NULL}, NULL},
             many = {NULL, &reason, 0xffffffffu, {0, NULL}, {0, NULL}, NULL};
    WS_ERROR *error = create_english();

    expect_hr(E_OUTOFMEMORY, set_fault(error, &fault));
    expect_hr(E_OUTOFMEMORY, set_fault(error, &many));
    expect(!get_fault(error));
    WsFreeError(error);
}
