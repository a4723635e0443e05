/* SPDX-License-Identifier: MIT */
/* faults.h - for tests of faults: two of them compared, and XML buffers as text. */
#ifndef WS_FAULTS_TEST_H
#define WS_FAULTS_TEST_H

#include "support/strings.h"
#include "support/writer.h"

#define SOAP11 "http://schemas.xmlsoap.org/soap/envelope/"
#define SOAP12 "http://www.w3.org/2003/05/soap-envelope"

/* Whether a buffer is this text when it is written; NULL: there is no buffer. */
static __attribute__((unused)) bool buffer_is(WS_XML_WRITER *writer, const WS_XML_BUFFER *buffer, const char *text)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_BYTES bytes;

    if (!buffer || !text)
        return !buffer && !text;
    set_output(writer, &property, 1);
    ok(WsWriteXmlBuffer(writer, (WS_XML_BUFFER *)buffer, NULL));
    bytes = get_bytes(writer);
    return bytes.length == strlen(text) && !memcmp(bytes.bytes, text, bytes.length);
}

static __attribute__((unused)) bool same_buffer(WS_XML_WRITER *writer, const WS_XML_BUFFER *one,
                                                const WS_XML_BUFFER *other)
{
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    char text[8192];
    WS_BYTES bytes;

    if (!one || !other)
        return one == other;
    set_output(writer, &property, 1);
    ok(WsWriteXmlBuffer(writer, (WS_XML_BUFFER *)one, NULL));
    bytes = get_bytes(writer);
    expect(bytes.length < sizeof(text));
    memcpy(text, bytes.bytes, bytes.length);
    text[bytes.length] = 0;
    return buffer_is(writer, other, text);
}

static __attribute__((unused)) bool same_wide(const WS_STRING *one, const WS_STRING *other)
{
    return one->length == other->length &&
           (!one->length || !memcmp(one->chars, other->chars, one->length * sizeof(WCHAR)));
}

static __attribute__((unused)) bool same_string(const WS_XML_STRING *one, const WS_XML_STRING *other)
{
    return one->length == other->length && (!one->length || !memcmp(one->bytes, other->bytes, one->length));
}

static __attribute__((unused)) bool same_codes(const WS_FAULT_CODE *one, const WS_FAULT_CODE *other)
{
    for (; one && other; one = one->subCode, other = other->subCode)
        if (!same_string(&one->value.localName, &other->value.localName) ||
            !same_string(&one->value.ns, &other->value.ns))
            return false;
    return !one && !other;
}

/* Everything in two faults is the same, with nothing shared but by chance. */
#define expect_same_fault(writer, one, other) \
    do \
    { \
        const WS_FAULT *one_ = (one), *other_ = (other); \
        ULONG index_; \
        expect(same_codes(one_->code, other_->code)); \
        expect_size(one_->reasonCount, other_->reasonCount); \
        for (index_ = 0; index_ < one_->reasonCount; index_++) \
            expect(same_wide(&one_->reasons[index_].text, &other_->reasons[index_].text) && \
                   same_wide(&one_->reasons[index_].lang, &other_->reasons[index_].lang)); \
        expect(same_wide(&one_->actor, &other_->actor) && same_wide(&one_->node, &other_->node)); \
        expect(same_buffer(writer, one_->detail, other_->detail)); \
    } while (0)

#endif
