/* SPDX-License-Identifier: MIT */
/* framing.c - tests for channel/protocol/framing: records of [MC-NMF], from both ends. */
#include "support/errors.h"
#include "support/test.h"

#include "channel/protocol/framing.h"

/* --- The machine, fed with all bytes at once, or one at a time --- */

/* What came out of it, as text: a letter for each event, and what comes with it. */
struct story
{
    char text[512];
    size_t length;
    HRESULT hr;
};

static void tell(struct story *story, const char *text, size_t length)
{
    expect(story->length + length < sizeof(story->text));
    memcpy(story->text + story->length, text, length);
    story->text[story->length += length] = 0;
}

static void tell_event(struct story *story, enum framing_event event, const struct framing_input *input)
{
    static const char *const names[] = {
        [FRAMING_VIA] = "via ",
        [FRAMING_KNOWN_ENCODING] = "known ",
        [FRAMING_CONTENT_TYPE] = "type ",
        [FRAMING_UPGRADE] = "upgrade ",
        [FRAMING_UPGRADE_ACCEPTED] = "upgraded",
        [FRAMING_PREAMBLE_END] = "done",
        [FRAMING_ACK] = "ack",
        [FRAMING_SIZED] = "sized ",
        [FRAMING_UNSIZED] = "unsized",
        [FRAMING_DATA] = "",
        [FRAMING_ENVELOPE_END] = "end",
        [FRAMING_END] = "END",
    };
    char number[16];

    tell(story, names[event], strlen(names[event]));
    switch (event)
    {
    case FRAMING_VIA:
    case FRAMING_CONTENT_TYPE:
    case FRAMING_UPGRADE:
    case FRAMING_DATA: tell(story, (const char *)input->bytes, input->length); break;
    case FRAMING_KNOWN_ENCODING:
    case FRAMING_SIZED:
        snprintf(number, sizeof(number), "%u",
                 event == FRAMING_SIZED ? (unsigned)input->size : (unsigned)input->encoding);
        tell(story, number, strlen(number));
        break;
    default: break;
    }
    if (event != FRAMING_DATA)
        tell(story, "|", 1);
}

/* Feeds the machine; it sees `step` bytes more each time. */
static struct story feed(struct framing *framing, const void *data, size_t count, size_t step, WS_ERROR *error)
{
    const BYTE *bytes = data;
    struct story story = {"", 0, S_OK};
    size_t seen = 0, read = 0, used;

    for (;;)
    {
        enum framing_event event;
        struct framing_input input;

        if ((story.hr = framing_read(framing, bytes + read, seen - read, &used, &event, &input, error)) != S_OK)
            return story;
        expect(used <= seen - read);
        read += used;
        if (event != FRAMING_NEEDS_MORE)
            tell_event(&story, event, &input);
        else if (seen == count)
            break;
        else
            seen = count - seen < step ? count : seen + step;
    }
    return story;
}

static void expect_story(bool initiator, const void *data, size_t count, const char *wanted)
{
    size_t step;

    for (step = 1; step <= count + 1; step++)
    {
        struct framing framing;
        struct story story;

        if (initiator)
            framing_initiate(&framing, FRAMING_DUPLEX);
        else
            framing_receive(&framing);
        story = feed(&framing, data, count, step, NULL);
        expect_hr(S_OK, story.hr);
        if (strcmp(story.text, wanted) != 0)
            test_fail(__FILE__, __LINE__, "in steps of %zu: '%s', not '%s'", step, story.text, wanted);
    }
}

#define BYTES(text) text, sizeof(text) - 1

#define START "\x00\x01\x00\x01\x02"
#define VIA   "\x02\x05net.a"
#define READY START VIA "\x03\x08\x0c"

static void expect_failure(bool initiator, const void *data, size_t count, HRESULT hr, enum framing_fault fault,
                           const char *wanted)
{
    WS_ERROR *error = create_error();
    size_t step;

    for (step = 1; step <= count; step += count)
    {
        struct framing framing;
        struct story story;

        if (initiator)
            framing_initiate(&framing, FRAMING_DUPLEX);
        else
            framing_receive(&framing);
        framing_limit(&framing, 100, "the limit");
        story = feed(&framing, data, count, step, error);
        expect_hr(hr, story.hr);
        expect(framing.state == FRAMING_FAILED && framing.fault == fault);
        if (!says_exactly(error, wanted))
            test_fail(__FILE__, __LINE__, "'%s', not '%s'", sentence(error), wanted);
        ok(WsResetError(error));
        story = feed(&framing, "\x07", 1, 1, error);
        expect_hr(WS_E_INVALID_FORMAT, story.hr);
        ok(WsResetError(error));
    }
    WsFreeError(error);
}

/* --- Receivers --- */

TEST(a_session_is_received)
{
    expect_story(false,
                 BYTES(READY "\x06\x03"
                             "abc"
                             "\x06\x00\x06\x01"
                             "d"
                             "\x07"),
                 "via net.a|known 8|done|sized 3|abcend|sized 0|end|sized 1|dend|END|");
}

TEST(a_streamed_message_is_received)
{
    expect_story(false,
                 BYTES("\x00\x01\x00\x01\x01" VIA "\x03\x07\x0c\x05\x02"
                       "ab"
                       "\x81\x00"
                       "c"
                       "\x00\x07"),
                 "via net.a|known 7|done|unsized|abcend|END|");
}

TEST(sizes_may_have_up_to_five_bytes)
{
    expect_story(false,
                 BYTES(READY "\x06\x83\x80\x80\x80\x00"
                             "abc"),
                 "via net.a|known 8|done|sized 3|abcend|");
}

TEST(content_types_and_upgrades_are_received)
{
    expect_story(false, BYTES(START VIA "\x04\x08text/xml\x09\x03tls\x0c"),
                 "via net.a|type text/xml|upgrade tls|done|");
}

TEST(minor_versions_do_not_matter)
{
    expect_story(false, BYTES("\x00\x01\x07\x01\x02\x02\x00"), "via |");
}

TEST(other_records_are_refused)
{
    expect_failure(false, BYTES("GET / HTTP/1.1"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
                   "The peer sent a record of .NET message framing that begins with 0x47 where a version record (0x00) "
                   "was expected.");
    expect_failure(
        false, BYTES("\x00\x01\x00\x02"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
        "The peer sent a record of .NET message framing that begins with 0x02 where a mode record (0x01) was "
        "expected.");
    expect_failure(false, BYTES(START "\x03"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
                   "The peer sent a record of .NET message framing that begins with 0x03 where a via record (0x02) was "
                   "expected.");
    expect_failure(
        false, BYTES(START VIA "\x0c"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
        "The peer sent a record of .NET message framing that begins with 0x0c where an encoding record (0x03 "
        "or 0x04) was expected.");
    expect_failure(false, BYTES(START VIA "\x03\x08\x06"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
                   "The peer sent a record of .NET message framing that begins with 0x06 where the end of the preamble "
                   "(0x0c) or an upgrade request (0x09) was expected.");
    expect_failure(
        false, BYTES(READY "\x0c"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
        "The peer sent a record of .NET message framing that begins with 0x0c where a message (0x05 or 0x06), "
        "the end of the session (0x07) or a fault (0x08) was expected.");
    expect_failure(
        false, BYTES(READY "\x07\x06"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
        "The peer sent a record of .NET message framing that begins with 0x06 where the end of the connection "
        "was expected.");
}

TEST(versions_modes_and_encodings_that_are_not_supported_are_refused)
{
    expect_failure(false, BYTES("\x00\x02\x01"), WS_E_INVALID_FORMAT, FRAMING_UNSUPPORTED_VERSION,
                   "The peer wants version 2.1 of .NET message framing; supported is 1.0.");
    expect_failure(
        false, BYTES("\x00\x01\x00\x01\x03"), WS_E_INVALID_FORMAT, FRAMING_UNSUPPORTED_MODE,
        "The peer wants mode 3 of .NET message framing; supported are singleton unsized (1) and duplex (2).");
    expect_failure(false, BYTES(START VIA "\x03\x09"), WS_E_INVALID_FORMAT, FRAMING_CONTENT_TYPE_INVALID,
                   "The peer wants the encoding 0x09 of .NET message framing; the last there is is 0x08.");
    expect_failure(false, BYTES(START "\x02\x02\xc3("), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
                   "The peer sent a via that is not valid UTF-8.");
}

TEST(limits_hold)
{
    expect_failure(false, BYTES(START "\x02\x81\x10"), WS_E_QUOTA_EXCEEDED, FRAMING_VIA_TOO_LONG,
                   "The peer sent a via of 2049 bytes; the most are 2048.");
    expect_failure(false, BYTES(START "\x02\xff\xff\xff\xff\x08"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
                   "The peer sent a record of .NET message framing in which the size of a via has more than 31 bits.");
    expect_failure(false, BYTES(START VIA "\x04\x81\x02"), WS_E_QUOTA_EXCEEDED, FRAMING_CONTENT_TYPE_TOO_LONG,
                   "The peer sent a content type of 257 bytes; the most are 256.");
    expect_failure(false, BYTES(READY "\x06\x65"), WS_E_QUOTA_EXCEEDED, FRAMING_MAX_MESSAGE_SIZE_EXCEEDED,
                   "The peer sent a message of 101 bytes; the limit is 100.");
    expect_failure(false, BYTES(READY "\x06\xff\xff\xff\xff\x07"), WS_E_QUOTA_EXCEEDED,
                   FRAMING_MAX_MESSAGE_SIZE_EXCEEDED, "The peer sent a message of 2147483647 bytes; the limit is 100.");
    expect_failure(false,
                   BYTES(READY "\x05\x02"
                               "ab"
                               "\x63"),
                   WS_E_QUOTA_EXCEEDED, FRAMING_MAX_MESSAGE_SIZE_EXCEEDED,
                   "The peer sent a message of at least 101 bytes; the limit is 100.");
    expect_failure(false, BYTES(READY "\x06\x80\x80\x80\x80\x08"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
                   "The peer sent a record of .NET message framing in which the size of a message has more than 31 "
                   "bits.");
    expect_failure(
        false, BYTES(READY "\x05\x80\x80\x80\x80\x80"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
        "The peer sent a record of .NET message framing in which the size of a chunk has more than 31 bits.");
}

/* --- Initiators --- */

TEST(an_initiator_gets_the_acknowledgement_and_messages)
{
    expect_story(true,
                 BYTES("\x0b\x06\x02"
                       "hi"
                       "\x07"),
                 "ack|sized 2|hiend|END|");
}

TEST(an_initiator_gets_an_upgrade)
{
    struct framing framing;
    struct story story;

    framing_initiate(&framing, FRAMING_DUPLEX);
    framing.state = FRAMING_BEFORE_UPGRADE_RESPONSE;
    story = feed(&framing, "\x0a\x0b", 2, 2, NULL);
    expect_hr(S_OK, story.hr);
    expect(!strcmp(story.text, "upgraded|ack|"));
}

#define FAULT(name) "http://schemas.microsoft.com/ws/2006/05/framing/faults/" name

TEST(faults_become_codes)
{
    expect_failure(true, BYTES("\x08\x47" FAULT("EndpointNotFound")), WS_E_ENDPOINT_NOT_FOUND, FRAMING_NO_FAULT,
                   "The peer refused the session with the fault 'EndpointNotFound'.");
    expect_failure(true, BYTES("\x0b\x08\x44" FAULT("ServerTooBusy")), WS_E_ENDPOINT_TOO_BUSY, FRAMING_NO_FAULT,
                   "The peer ended the session with the fault 'ServerTooBusy'.");
    expect_failure(true, BYTES("\x08\x04oops"), WS_E_ENDPOINT_FAILURE, FRAMING_NO_FAULT,
                   "The peer refused the session with the fault 'oops'.");
    expect_failure(true, BYTES("\x08\x01\xff"), WS_E_ENDPOINT_FAILURE, FRAMING_NO_FAULT,
                   "The peer refused the session with the fault '?'.");
    expect_failure(true, BYTES("\x08\x81\x02"), WS_E_QUOTA_EXCEEDED, FRAMING_NO_FAULT,
                   "The peer sent a fault of 257 bytes; the most are 256.");
    expect_failure(
        true, BYTES("\x06"), WS_E_INVALID_FORMAT, FRAMING_INVALID_RECORD_SEQUENCE,
        "The peer sent a record of .NET message framing that begins with 0x06 where the acknowledgement of the "
        "preamble (0x0b) or a fault (0x08) was expected.");
}

TEST(every_fault_has_a_code_and_fits)
{
    BYTE bytes[FRAMING_FAULT_ROOM];
    int fault;

    for (fault = FRAMING_CONNECTION_DISPATCH_FAILED; fault <= FRAMING_VIA_TOO_LONG; fault++)
    {
        const char *text = framing_fault_text((enum framing_fault)fault);
        size_t size = framing_put_fault(bytes, (enum framing_fault)fault);
        struct framing framing;

        expect(size <= sizeof(bytes));
        framing_initiate(&framing, FRAMING_DUPLEX);
        expect_hr(framing_fault_code((const BYTE *)text, strlen(text)), feed(&framing, bytes, size, size, NULL).hr);
    }
    expect_hr(WS_E_ENDPOINT_FAILURE, framing_fault_code(NULL, 0));
}

/* --- The end of the connection --- */

static void expect_close(const char *data, size_t count, HRESULT hr, const char *wanted)
{
    WS_ERROR *error = create_error();
    struct framing framing;

    framing_receive(&framing);
    expect_hr(S_OK, feed(&framing, data, count, count, NULL).hr);
    expect_hr(hr, framing_close(&framing, error));
    if (hr != S_OK && !says_exactly(error, wanted))
        test_fail(__FILE__, __LINE__, "'%s', not '%s'", sentence(error), wanted);
    WsFreeError(error);
}

TEST(connections_may_end_after_the_session)
{
    expect_close(BYTES(READY "\x07"), S_OK, NULL);
    expect_close(BYTES(""), WS_E_ENDPOINT_DISCONNECTED,
                 "The peer closed the connection where a version record (0x00) was expected.");
    expect_close(BYTES(READY), WS_E_ENDPOINT_DISCONNECTED,
                 "The peer closed the connection without ending the session.");
    expect_close(BYTES(READY "\x06\x03"
                             "ab"),
                 WS_E_ENDPOINT_DISCONNECTED,
                 "The peer closed the connection within a message, of which 2 bytes had come.");
    expect_close(BYTES(READY "\x05\x03"
                             "ab"),
                 WS_E_ENDPOINT_DISCONNECTED,
                 "The peer closed the connection within a message, of which 2 bytes had come.");
}

/* --- Writing --- */

TEST(preambles_are_as_observed)
{
    static const char via[] = "net.tcp://srv:9000";
    struct framing_preamble preamble = {FRAMING_DUPLEX, (const BYTE *)via,      sizeof(via) - 1,
                                        NULL,           FRAMING_BINARY_SESSION, NULL};
    BYTE bytes[FRAMING_PREAMBLE_ROOM];
    size_t size = framing_put_preamble(bytes, &preamble);

    expect_size(sizeof("\x00\x01\x00\x01\x02\x02\x12net.tcp://srv:9000\x03\x08\x0c") - 1, size);
    expect(!memcmp(bytes, "\x00\x01\x00\x01\x02\x02\x12net.tcp://srv:9000\x03\x08\x0c", size));

    preamble.content_type = "text/xml";
    preamble.upgrade = "tls";
    size = framing_put_preamble(bytes, &preamble);
    expect_story(false, bytes, size, "via net.tcp://srv:9000|type text/xml|upgrade tls|");
}

TEST(the_longest_preamble_fits_and_is_read)
{
    static BYTE via[FRAMING_VIA_MAX];
    static char type[FRAMING_CONTENT_TYPE_MAX + 1];
    BYTE bytes[FRAMING_PREAMBLE_ROOM];
    struct framing_preamble preamble = {FRAMING_DUPLEX, via, sizeof(via), type, FRAMING_BINARY, type};
    struct framing framing;
    size_t size, used, at = 0;
    enum framing_event event;
    struct framing_input input;

    memset(via, 'v', sizeof(via));
    memset(type, 't', sizeof(type) - 1);
    size = framing_put_preamble(bytes, &preamble);
    expect(size <= sizeof(bytes));
    framing_receive(&framing);
    do
    {
        ok(framing_read(&framing, bytes + at, size - at, &used, &event, &input, NULL));
        at += used;
    } while (event != FRAMING_NEEDS_MORE);
    expect_size(size, at);
}

TEST(sizes_are_written)
{
    BYTE bytes[FRAMING_SIZE_ROOM];

    expect_size(2, framing_put_size(bytes, 127));
    expect(!memcmp(bytes, "\x06\x7f", 2));
    expect_size(6, framing_put_size(bytes, 0x7fffffff));
    expect(!memcmp(bytes, "\x06\xff\xff\xff\xff\x07", 6));
    expect_size(2, framing_put_chunk(bytes, 128));
    expect(!memcmp(bytes, "\x80\x01", 2));
    expect_size(1, framing_put_chunk(bytes, 0));
}

/* --- Encodings --- */

TEST(encodings_have_records)
{
    static const struct
    {
        WS_ENCODING encoding;
        WS_ENVELOPE_VERSION version;
        enum framing_encoding known;
    } rows[] = {
        {WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, FRAMING_SOAP_1_1_UTF8},
        {WS_ENCODING_XML_UTF16BE, WS_ENVELOPE_VERSION_SOAP_1_1, FRAMING_SOAP_1_1_UTF16},
        {WS_ENCODING_XML_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_1, FRAMING_SOAP_1_1_UTF16LE},
        {WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, FRAMING_SOAP_1_2_UTF8},
        {WS_ENCODING_XML_UTF16BE, WS_ENVELOPE_VERSION_SOAP_1_2, FRAMING_SOAP_1_2_UTF16},
        {WS_ENCODING_XML_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_2, FRAMING_SOAP_1_2_UTF16LE},
        {WS_ENCODING_XML_MTOM_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, FRAMING_MTOM},
        {WS_ENCODING_XML_MTOM_UTF16BE, WS_ENVELOPE_VERSION_SOAP_1_1, FRAMING_MTOM},
        {WS_ENCODING_XML_MTOM_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_2, FRAMING_MTOM},
        {WS_ENCODING_XML_BINARY_1, WS_ENVELOPE_VERSION_SOAP_1_2, FRAMING_BINARY},
        {WS_ENCODING_XML_BINARY_SESSION_1, WS_ENVELOPE_VERSION_SOAP_1_2, FRAMING_BINARY_SESSION},
    };
    enum framing_encoding known;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        expect(framing_find_encoding(rows[i].encoding, rows[i].version, &known));
        expect_size(rows[i].known, known);
    }
    expect(!framing_find_encoding(WS_ENCODING_RAW, WS_ENVELOPE_VERSION_SOAP_1_2, &known));
}

static void expect_type(const char *type, int wanted)
{
    enum framing_encoding known = FRAMING_SOAP_1_1_UTF8;
    bool found = framing_read_content_type((const BYTE *)type, strlen(type), &known);

    if (found != (wanted >= 0) || (found && (int)known != wanted))
        test_fail(__FILE__, __LINE__, "'%s' means %d, not %d", type, found ? (int)known : -1, wanted);
}

TEST(content_types_mean_encodings)
{
    expect_type("text/xml", FRAMING_SOAP_1_1_UTF8);
    expect_type("Text/XML; charset=\"UTF-8\"", FRAMING_SOAP_1_1_UTF8);
    expect_type("text/xml;charset=utf-16", FRAMING_SOAP_1_1_UTF16);
    expect_type("application/soap+xml; charset=utf-8", FRAMING_SOAP_1_2_UTF8);
    expect_type("application/soap+xml; charset=UTF-16", FRAMING_SOAP_1_2_UTF16);
    expect_type("application/soap+xml; charset=unicodeFFFE", FRAMING_SOAP_1_2_UTF16);
    expect_type("multipart/related; type=\"application/xop+xml\"", FRAMING_MTOM);
    expect_type("application/soap+msbin1", FRAMING_BINARY);
    expect_type("application/soap+msbinsession1", FRAMING_BINARY_SESSION);
    expect_type("application/soap+msbin1+gzip", -1);
    expect_type("application/soap+msbin", -1);
    expect_type("text/xmlish", -1);
    expect_type("", -1);
}

TEST(known_encodings_have_content_types)
{
    int known;

    for (known = FRAMING_SOAP_1_1_UTF8; known <= FRAMING_BINARY_SESSION; known++)
    {
        const char *type = framing_content_type((enum framing_encoding)known);
        enum framing_encoding found;

        expect(framing_read_content_type((const BYTE *)type, strlen(type), &found));
        expect(framing_can_read((enum framing_encoding)known, found));
    }
    expect(!framing_can_read(FRAMING_SOAP_1_1_UTF8, FRAMING_SOAP_1_2_UTF8));
    expect(!framing_can_read(FRAMING_SOAP_1_2_UTF8, FRAMING_SOAP_1_1_UTF16LE));
    expect(!framing_can_read(FRAMING_BINARY, FRAMING_BINARY_SESSION));
    expect(!framing_can_read(FRAMING_SOAP_1_2_UTF16, FRAMING_MTOM));
}
