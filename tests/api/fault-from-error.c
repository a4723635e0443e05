/* SPDX-License-Identifier: MIT */
/*
 * WsCreateFaultFromError: the fault that an error object has, or one of its strings.
 *
 * Source: the pages of WsCreateFaultFromError, WS_FAULT_DISCLOSURE and WS_FAULT.
 */
#include "support/faults.h"
#include "support/structs.h"

#ifdef WS_DEBUG
#include "webservicesdebug.h"
#define NEVER_FAIL 0xffffffffu
#endif

#define ENGLISH MAKELANGID(LANG_ENGLISH, SUBLANG_DEFAULT)
#define GERMAN  MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT)
#define GENERIC "The request could not be processed."

static void add_string(WS_ERROR *error, const WCHAR *text)
{
    WS_STRING string = {0, (WCHAR *)text};

    while (text[string.length])
        string.length++;
    ok(WsAddErrorString(error, &string));
}

static WS_FAULT create_fault(WS_ERROR *error, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap)
{
    WS_FAULT fault;

    memset(&fault, 0x5a, sizeof(fault));
    ok(WsCreateFaultFromError(error, WS_E_INVALID_FORMAT, disclosure, heap, &fault));
    return fault;
}

static void set_fault(WS_ERROR *error, const WS_FAULT *fault)
{
    ok(WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, fault, sizeof(*fault)));
}

/* A fault with something in each member. */
struct whole
{
    WS_FAULT_CODE sub, code;
    WS_FAULT_REASON reasons[2];
    WS_FAULT fault;
};

static void make_whole(struct use *use, struct whole *whole)
{
    static const char detail[] = "<d xmlns:p='urn:p' p:a='1'><p:e>text</p:e></d>";

    *whole = (struct whole){
        .sub = {{STRING("Sub"), STRING("urn:s")}, NULL},
        .code = {{STRING("Sender"), STRING("")}, &whole->sub},
        .reasons = {{{3, WSZ("why")}, {5, WSZ("en-US")}}, {{5, WSZ("warum")}, {5, WSZ("de-DE")}}},
        .fault = {&whole->code, whole->reasons, 2, {3, WSZ("who")}, {5, WSZ("where")}, NULL},
    };
    ok(WsReadXmlBufferFromBytes(use->reader, NULL, NULL, 0, detail, sizeof(detail) - 1, use->heap, &whole->fault.detail,
                                NULL));
}

/* --- A fault that is there --- */

TEST(the_objects_own_fault_is_copied_whole_whatever_the_disclosure)
{
    static const WS_FAULT_DISCLOSURE disclosures[] = {WS_MINIMAL_FAULT_DISCLOSURE, WS_FULL_FAULT_DISCLOSURE};
    struct use use = begin_use();
    struct whole whole;
    WS_FAULT fault;
    WS_HEAP *heap;
    ULONG i;

    make_whole(&use, &whole);
    for (i = 0; i < COUNT(disclosures); i++)
    {
        WS_ERROR *error = create_error_in(ENGLISH);

        heap = create_heap(1 << 16);
        add_string(error, u"a secret");
        set_fault(error, &whole.fault);
        fault = create_fault(error, disclosures[i], heap);
        /* It needs the object no more. */
        WsFreeError(error);
        expect_same_fault(use.writer, &whole.fault, &fault);
        expect(fault.code != whole.fault.code && fault.reasons != whole.reasons && fault.detail != whole.fault.detail);
        WsFreeHeap(heap);
    }
    end_use(&use);
}

/* As set by WsSetFaultErrorDetail alone, which Microsoft's samples send; that the code is Receiver is our choice. */
TEST(what_a_fault_does_not_have_is_made)
{
    struct use use = begin_use();
    WS_XML_STRING value = STRING("v"), action = STRING("urn:action");
    WS_ELEMENT_DESCRIPTION element = {NAME("e"), NAME("urn:e"), WS_XML_STRING_TYPE, NULL};
    WS_FAULT_DETAIL_DESCRIPTION description = {&action, &element};
    WS_ERROR *error = create_error_in(ENGLISH);
    WS_XML_STRING got = {0, NULL, NULL, 0};
    WS_FAULT fault;

    add_string(error, u"because");
    ok(WsSetFaultErrorDetail(error, &description, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value)));
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(string_is(&fault.code->value.localName, "Receiver") && !fault.code->value.ns.length);
    expect(!fault.code->subCode && fault.reasonCount == 1 && wide_is(&fault.reasons[0].text, "because"));
    expect(!fault.actor.length && !fault.node.length);
    expect(buffer_is(use.writer, fault.detail, "<detail><e xmlns=\"urn:e\">v</e></detail>"));
    /* The detail was meant to be sent. */
    fault = create_fault(error, WS_MINIMAL_FAULT_DISCLOSURE, use.heap);
    expect(wide_is(&fault.reasons[0].text, GENERIC) && fault.detail);
    /* The object has its action still, for whoever sends the message. */
    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_ACTION, &got, sizeof(got)));
    expect(string_is(&got, "urn:action"));
    WsFreeError(error);
    end_use(&use);
}

/* Our choice, of a reason whose text is empty: that is no text either. */
TEST(a_fault_without_text_gets_that_of_the_strings)
{
    struct use use = begin_use();
    WS_FAULT_CODE code = {{STRING("Sender"), STRING("")}, NULL};
    WS_FAULT_REASON reasons[] = {{{0, NULL}, {2, WSZ("de")}}, {{0, NULL}, {0, NULL}}};
    WS_FAULT given = {.code = &code, .actor = {1, WSZ("a")}}, fault;
    WS_ERROR *error = create_error_in(GERMAN);
    ULONG count;

    for (count = 0; count <= COUNT(reasons); count++)
    {
        ok(WsResetError(error));
        given.reasons = reasons;
        given.reasonCount = count;
        set_fault(error, &given);
        ok(WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &given, sizeof(given)));
        fault = create_fault(error, WS_MINIMAL_FAULT_DISCLOSURE, use.heap);
        expect(fault.reasonCount == 1 && wide_is(&fault.reasons[0].text, GENERIC));
        expect(wide_is(&fault.reasons[0].lang, "de-DE") && wide_is(&fault.actor, "a"));
        expect(string_is(&fault.code->value.localName, "Sender"));
    }
    /* One text is enough for all to stay. */
    reasons[1].text = (WS_STRING){4, WSZ("text")};
    set_fault(error, &given);
    fault = create_fault(error, WS_MINIMAL_FAULT_DISCLOSURE, use.heap);
    expect(fault.reasonCount == 2 && !fault.reasons[0].text.length && wide_is(&fault.reasons[1].text, "text"));
    WsFreeError(error);
    end_use(&use);
}

TEST(a_fault_of_zeros_becomes_one_that_can_be_written)
{
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH);
    WS_FAULT zeros = {.code = NULL}, fault;

    set_fault(error, &zeros);
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(string_is(&fault.code->value.localName, "Receiver") && fault.reasonCount == 1 && !fault.detail);
    WsFreeError(error);
    end_use(&use);
}

/* --- Strings --- */

/* The page: all strings, appended. The order of their indices, the space and the language are our choice. */
TEST(with_full_disclosure_all_strings_are_the_text)
{
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH);
    ULONG code = 0xe1234567;
    WS_FAULT fault;

    add_string(error, u"The file is not there.");
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(fault.reasonCount == 1 && wide_is(&fault.reasons[0].text, "The file is not there."));
    expect(wide_is(&fault.reasons[0].lang, "en-US"));
    add_string(error, u"");
    add_string(error, u"The order was not found.");
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(wide_is(&fault.reasons[0].text, "The order was not found.  The file is not there."));
    /* Its text counts as a string. */
    ok(WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code)));
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(wide_is(&fault.reasons[0].text, "The order was not found.  The file is not there. Error 0xe1234567."));
    ok(WsResetError(error));
    ok(WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code)));
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(wide_is(&fault.reasons[0].text, "Error 0xe1234567."));
    WsFreeError(error);
    end_use(&use);
}

/* Beyond ASCII, too: nothing is converted. */
TEST(strings_are_copied_as_they_are)
{
    static const WCHAR chars[] = {0xe4, 0x4e2d, 0xd83d, 0xde00, '\r', '\n', 0};
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH);
    WS_FAULT fault;

    add_string(error, chars);
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(fault.reasons[0].text.length == 6 && !memcmp(fault.reasons[0].text.chars, chars, 6 * sizeof(WCHAR)));
    WsFreeError(error);
    end_use(&use);
}

/* What the text is is our choice. */
TEST(with_minimal_disclosure_the_text_says_nothing)
{
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH);
    WS_FAULT fault = create_fault(error, WS_MINIMAL_FAULT_DISCLOSURE, use.heap);

    expect(fault.reasonCount == 1 && wide_is(&fault.reasons[0].text, GENERIC));
    add_string(error, u"The password of admin is wrong.");
    fault = create_fault(error, WS_MINIMAL_FAULT_DISCLOSURE, use.heap);
    expect(fault.reasonCount == 1 && wide_is(&fault.reasons[0].text, GENERIC));
    expect(wide_is(&fault.reasons[0].lang, "en-US") && !fault.detail);
    WsFreeError(error);
    end_use(&use);
}

/* The text is the same that the code has as an original one. */
TEST(without_strings_the_text_is_that_of_the_code)
{
    static const HRESULT codes[] = {WS_E_ENDPOINT_NOT_FOUND, E_OUTOFMEMORY, (HRESULT)0xe1234567, (HRESULT)0x80000000};
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH), *other = create_error_in(ENGLISH);
    WS_STRING string;
    WS_FAULT fault;
    ULONG code, i;

    for (i = 0; i < COUNT(codes); i++)
    {
        ok(WsCreateFaultFromError(error, codes[i], WS_FULL_FAULT_DISCLOSURE, use.heap, &fault));
        code = (ULONG)codes[i];
        ok(WsSetErrorProperty(other, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code)));
        ok(WsGetErrorString(other, 0, &string));
        expect(fault.reasonCount == 1 && string.length && same_wide(&string, &fault.reasons[0].text));
        expect(string_is(&fault.code->value.localName, "Receiver") && !fault.code->subCode);
    }
    WsFreeError(error);
    WsFreeError(other);
    end_use(&use);
}

/* Our choice, where the system has no text for a code of the API. */
TEST(a_code_of_the_api_has_its_name_in_its_text)
{
    WS_ERROR *error = create_error_in(ENGLISH);
    ULONG code = (ULONG)WS_E_ENDPOINT_TOO_BUSY;
    WS_STRING string;

    ok(WsSetErrorProperty(error, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &code, sizeof(code)));
    ok(WsGetErrorString(error, 0, &string));
    expect(string.length > 20 && (string.chars[0] != 'E' || says(error, "0x803d0012, WS_E_ENDPOINT_TOO_BUSY.")));
    WsFreeError(error);
}

/* --- What becomes of it --- */

TEST(it_can_be_written_for_both_versions_of_soap)
{
    static WS_FAULT_DESCRIPTION soap11 = {WS_ENVELOPE_VERSION_SOAP_1_1}, soap12 = {WS_ENVELOPE_VERSION_SOAP_1_2};
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH);
    WS_XML_STRING ns11 = STRING(SOAP11), ns12 = STRING(SOAP12);
    WS_FAULT fault;

    add_string(error, u"why");
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    ok(WsWriteStartElement(use.writer, X("s"), X("Fault"), &ns11, NULL));
    ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, &soap11, WS_WRITE_REQUIRED_VALUE, &fault,
                   sizeof(fault), NULL));
    end(use.writer);
    expect_output(use.writer, "<s:Fault xmlns:s=\"" SOAP11 "\"><faultcode>s:Server</faultcode>"
                              "<faultstring xml:lang=\"en-US\">why</faultstring></s:Fault>");
    set_output(use.writer, NULL, 0);
    ok(WsWriteStartElement(use.writer, X("s"), X("Fault"), &ns12, NULL));
    ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_FAULT_TYPE, &soap12, WS_WRITE_REQUIRED_VALUE, &fault,
                   sizeof(fault), NULL));
    end(use.writer);
    expect_output(use.writer, "<s:Fault xmlns:s=\"" SOAP12 "\"><s:Code><s:Value>s:Receiver</s:Value></s:Code>"
                              "<s:Reason><s:Text xml:lang=\"en-US\">why</s:Text></s:Reason></s:Fault>");
    WsFreeError(error);
    end_use(&use);
}

/* What one service was told is what another one says. */
TEST(it_can_be_set_in_another_object)
{
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH), *other = create_error_in(ENGLISH);
    struct whole whole;
    WS_FAULT fault, again;

    make_whole(&use, &whole);
    set_fault(error, &whole.fault);
    fault = create_fault(error, WS_MINIMAL_FAULT_DISCLOSURE, use.heap);
    set_fault(other, &fault);
    expect(says_exactly(other, "The fault reason was: 'why'."));
    again = create_fault(other, WS_MINIMAL_FAULT_DISCLOSURE, use.heap);
    expect_same_fault(use.writer, &whole.fault, &again);
    WsFreeError(error);
    WsFreeError(other);
    end_use(&use);
}

TEST(the_error_object_stays_as_it_was)
{
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH);
    const WS_FAULT *got = (const WS_FAULT *)&use;
    WS_XML_BUFFER *header = NULL, *set;
    WS_FAULT fault;

    ok(WsCreateXmlBuffer(use.heap, NULL, 0, &set, NULL));
    ok(WsSetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &set, sizeof(set)));
    add_string(error, u"one");
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(fault.reasonCount == 1 && sentence_count(error) == 1 && says_exactly(error, "one"));
    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &got, sizeof(got)));
    ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header)));
    expect(!got && header);
    WsFreeError(error);
    end_use(&use);
}

/* --- Refusals --- */

TEST(arguments)
{
    static const HRESULT good[] = {S_OK, S_FALSE, WS_S_ASYNC, WS_S_END, 0x7fffffff};
    struct use use = begin_use();
    WS_FAULT fault, untouched;
    ULONG i;

    memset(&untouched, 0x5a, sizeof(untouched));
    fault = untouched;
    expect_hr(E_INVALIDARG, WsCreateFaultFromError(NULL, E_FAIL, WS_FULL_FAULT_DISCLOSURE, use.heap, &fault));
    expect_hr(E_INVALIDARG,
              WsCreateFaultFromError((WS_ERROR *)(void *)use.heap, E_FAIL, WS_FULL_FAULT_DISCLOSURE, use.heap, &fault));
    for (i = 0; i < COUNT(good); i++)
        expect_hr(E_INVALIDARG, WsCreateFaultFromError(use.error, good[i], WS_FULL_FAULT_DISCLOSURE, use.heap, &fault));
    expect_hr(E_INVALIDARG, WsCreateFaultFromError(use.error, E_FAIL, (WS_FAULT_DISCLOSURE)2, use.heap, &fault));
    expect_hr(E_INVALIDARG, WsCreateFaultFromError(use.error, E_FAIL, (WS_FAULT_DISCLOSURE)-1, use.heap, &fault));
    expect_hr(E_INVALIDARG, WsCreateFaultFromError(use.error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, NULL, &fault));
    expect_hr(E_INVALIDARG, WsCreateFaultFromError(use.error, E_FAIL, WS_FULL_FAULT_DISCLOSURE,
                                                   (WS_HEAP *)(void *)use.error, &fault));
    expect_hr(E_INVALIDARG, WsCreateFaultFromError(use.error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, use.heap, NULL));
    expect(!memcmp(&fault, &untouched, sizeof(fault)) && !requested(use.heap));
    /* Our choice: these are not said in the object that they are about. */
    expect_size(0, sentence_count(use.error));
    end_use(&use);
}

/* --- Memory --- */

/* The two ways that a fault is made: of what the object has, and of its strings. */
static WS_ERROR *full_error(struct use *use, bool with_fault)
{
    WS_ERROR *error = create_error_in(ENGLISH);
    struct whole whole;

    add_string(error, u"one");
    add_string(error, u"two");
    if (with_fault)
    {
        make_whole(use, &whole);
        set_fault(error, &whole.fault);
    }
    return error;
}

static HRESULT create_in(WS_ERROR *error, WS_HEAP *heap, WS_FAULT *fault)
{
    return WsCreateFaultFromError(error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, heap, fault);
}

TEST(a_heap_of_any_size_is_enough_or_exceeded)
{
    struct use use = begin_use();
    WS_FAULT fault, untouched, whole;
    SIZE_T size, needed;
    WS_ERROR *error;
    WS_HEAP *heap;
    int with_fault;

    memset(&untouched, 0x5a, sizeof(untouched));
    for (with_fault = 0; with_fault < 2; with_fault++)
    {
        error = full_error(&use, with_fault);
        heap = create_heap(1 << 16);
        ok(create_in(error, heap, &whole));
        needed = requested(heap);
        for (size = 0; size <= needed; size++)
        {
            WS_HEAP *small = create_heap(size);

            fault = untouched;
            expect_hr(size < needed ? WS_E_QUOTA_EXCEEDED : S_OK, create_in(error, small, &fault));
            if (size < needed)
                expect(!memcmp(&fault, &untouched, sizeof(fault)));
            else
                expect_same_fault(use.writer, &whole, &fault);
            WsFreeHeap(small);
        }
        WsFreeHeap(heap);
        WsFreeError(error);
    }
    end_use(&use);
}

/* Time and memory are in proportion to the strings. */
TEST(many_strings)
{
    struct use use = begin_use();
    WS_ERROR *error = create_error_in(ENGLISH);
    WS_FAULT fault;
    ULONG i;

    for (i = 0; i < 10000; i++)
        add_string(error, u"x");
    fault = create_fault(error, WS_FULL_FAULT_DISCLOSURE, use.heap);
    expect(fault.reasons[0].text.length == 19999 && fault.reasons[0].text.chars[19998] == 'x');
    expect(requested(use.heap) < 20000 * sizeof(WCHAR) + 1000);
    WsFreeError(error);
    end_use(&use);
}

#ifdef WS_DEBUG

TEST(it_fails_at_every_point_with_nothing_half_done)
{
    struct use use = begin_use();
    WS_FAULT fault, untouched, whole;
    int with_fault;

    memset(&untouched, 0x5a, sizeof(untouched));
    for (with_fault = 0; with_fault < 2; with_fault++)
    {
        WS_ERROR *error = full_error(&use, with_fault);
        HRESULT hr = E_OUTOFMEMORY;
        ULONG operations;

        ok(create_in(error, use.heap, &whole));
        for (operations = 0; hr != S_OK && operations < 1000; operations++)
        {
            WS_HEAP *heap = create_heap(1 << 16);

            fault = untouched;
            ok(WsSetAutoFail(operations, NULL));
            hr = create_in(error, heap, &fault);
            ok(WsSetAutoFail(NEVER_FAIL, NULL));
            if (hr != S_OK)
            {
                expect_hr(E_OUTOFMEMORY, hr);
                expect(!memcmp(&fault, &untouched, sizeof(fault)));
                ok(create_in(error, heap, &fault));
            }
            expect_same_fault(use.writer, &whole, &fault);
            WsFreeHeap(heap);
        }
        ok(hr);
        expect(operations > 4);
        WsFreeError(error);
    }
    end_use(&use);
}

#endif
