/* SPDX-License-Identifier: MIT */
/*
 * message-envelope - the start and the end of envelopes, to writers and from readers of any kind; done callbacks;
 * header buffers that a program changes by itself.
 *
 * Source: the pages of WsWriteEnvelopeStart, WsWriteEnvelopeEnd, WsReadEnvelopeStart, WsReadEnvelopeEnd and
 * WS_MESSAGE_DONE_CALLBACK; SOAP 1.1, section 4, and SOAP 1.2, part 1, section 5 (Recommendation).
 */
#include "support/message.h"

#define S11 "<s:Envelope xmlns:s='{E11}'>"
#define S12 "<s:Envelope xmlns:s='{E12}'>"
#define END "</s:Envelope>"

/* --- Envelopes that cannot be read --- */

/* That all of it is WS_E_INVALID_FORMAT; also what SOAP 1.1 would allow after the body, which nobody sends: our choice.
 */
TEST(envelopes_that_are_not)
{
    static const struct
    {
        WS_ENVELOPE_VERSION version;
        const char *text, *sentence;
    } rows[] = {
        {SOAP12, "<a/>", "The element \"a\" is there, and an Envelope of SOAP 1.2 was expected."},
        {SOAP12, "<Envelope/>", "The envelope has the namespace \"\", and the message is one of SOAP 1.2."},
        {SOAP12, S11 "<s:Body/>" END, "The envelope is one of SOAP 1.1, and the message one of SOAP 1.2."},
        {SOAP11, S12 "<s:Body/>" END, "The envelope is one of SOAP 1.2, and the message one of SOAP 1.1."},
        {NO_SOAP, S12 "<s:Body/>" END, "The envelope is one of SOAP 1.2, and the message one without SOAP."},
        {SOAP12, S12 END, "The envelope ends without a Body."},
        {SOAP12, "<s:Envelope xmlns:s='{E12}'/>", "The envelope ends without a Body."},
        {SOAP12, S12 "<s:Header/>" END, "The envelope ends without a Body."},
        {SOAP12, S12 "<s:Header/><s:Header/><s:Body/>" END, "An element \"Header\" of the namespace"},
        {SOAP12, S12 "<s:Body/><s:Header/>" END, NULL},
        {SOAP12, S12 "<Body/>" END,
         "An element \"Body\" of the namespace \"\" cannot be in an envelope before its Body."},
        {SOAP12, S12 "<a/><s:Body/>" END, "An element \"a\""},
        {SOAP12, S12 "<s:Header/><a/><s:Body/>" END, "cannot be after the Header of an envelope and before its Body."},
        {SOAP12, S12 "text<s:Body/>" END, "There cannot be text in an envelope before its Body."},
        {SOAP12, S12 "<![CDATA[ ]]><s:Body/>" END, "There cannot be text in an envelope before its Body."},
        {SOAP12, S12 "<s:Header>text</s:Header><s:Body/>" END, "There cannot be text among the headers of a message."},
        {SOAP12, S12 "<s:Header><![CDATA[x]]></s:Header><s:Body/>" END,
         "There cannot be text among the headers of a message."},
        {SOAP12, S12 "<s:Header/>text<s:Body/>" END, "There cannot be text after the Header"},
        {SOAP12, S12 "<s:Body>text</s:Body>" END,
         "There cannot be text in the Body of an envelope beside its elements."},
        {SOAP12, "<!DOCTYPE a>" S12 "<s:Body/>" END, ""},
        {SOAP12, "<?pi?>" S12 "<s:Body/>" END, ""},
        {SOAP12, S12 "<s:Header><h></s:Header><s:Body/>" END, ""},
        {SOAP12, S12 "<s:Header>", ""},
        {SOAP12, S12 "<s:Body>", ""},
        {SOAP12, "", ""},
        {SOAP12, " ", ""},
    };
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        WS_ADDRESSING_VERSION addressing = rows[i].version == NO_SOAP ? TRANSPORT : ADDR10;
        WS_MESSAGE *message = create_message(rows[i].version, addressing);
        WS_XML_READER *reader = reader_of(rows[i].text);

        ok(WsResetError(error));
        if (!rows[i].sentence)
        {
            ok(WsReadEnvelopeStart(message, reader, NULL, NULL, error));
            expect_hr(WS_E_INVALID_FORMAT, WsReadEnvelopeEnd(message, error));
            expect(says(error, "An element \"Header\" of the namespace"));
            expect(says(error, "cannot be in an envelope after its Body."));
            expect(state_of(message) == WS_MESSAGE_STATE_DONE);
        }
        else
        {
            expect_hr(WS_E_INVALID_FORMAT, WsReadEnvelopeStart(message, reader, NULL, NULL, error));
            if (!says(error, rows[i].sentence))
                test_fail(__FILE__, __LINE__, "%zu: %s", i, sentence(error));
            expect_size(1, sentence_count(error));
            expect(state_of(message) == WS_MESSAGE_STATE_EMPTY);
            expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(reader, NULL));
            ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
        }
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
    WsFreeError(error);
}

TEST(envelopes_as_liberal_as_soap)
{
    static const char *const texts[] = {
        "<?xml version='1.0'?>\n<!--c-->\n<Envelope xmlns='{E12}'>\n<!--c--> <Header> <!--c--> </Header> <!--c-->\n"
        "<Body> <!--c-->\n </Body>\n<!--c--> </Envelope> <!--c-->",
        "<x:Envelope xmlns:x='{E12}' y:b='1' xmlns:y='urn:y' x:encodingStyle='urn:e'><x:Header c='1'><h/></x:Header>"
        "<x:Body d='2'/></x:Envelope>",
    };
    size_t i;

    for (i = 0; i < 2; i++)
    {
        WS_XML_READER *reader = reader_of(texts[i]);
        WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);

        expect(current_type(reader) == WS_XML_NODE_TYPE_END_ELEMENT && !is_fault(message));
        ok(WsReadEnvelopeEnd(message, NULL));
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
}

TEST(the_header_buffer_of_a_message_that_is_read)
{
    static const struct
    {
        const char *text, *buffer;
    } rows[] = {
        {"<Envelope xmlns=\"{E12}\" a=\"1\">\n <Body b=\"2\"><x xmlns=\"\"/></Body></Envelope>",
         "<Envelope a=\"1\" xmlns=\"{E12}\"><Header/><Body b=\"2\"/></Envelope>"},
        {"<s:Envelope xmlns:s=\"{E12}\"> <s:Header> <h>\n1</h><!--c--><g/></s:Header> <s:Body>  <x/>  </s:Body>"
         "</s:Envelope>",
         "<s:Envelope xmlns:s=\"{E12}\"><s:Header> <h>\n1</h><!--c--><g/></s:Header><s:Body/></s:Envelope>"},
        {"<s:Envelope xmlns:s=\"{E12}\"><s:Header><h><i><j/></i></h><h/></s:Header><s:Body/></s:Envelope>", NULL},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        WS_XML_READER *reader = reader_of(rows[i].text);
        WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);

        expect_headers(message, rows[i].buffer ? rows[i].buffer : rows[i].text);
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
}

/* --- Faults --- */

TEST(what_is_a_fault)
{
    static const struct
    {
        WS_ENVELOPE_VERSION version;
        const char *text;
        BOOL fault;
    } rows[] = {
        {SOAP12, S12 "<s:Body><s:Fault/></s:Body>" END, TRUE},
        {SOAP12, S12 "<s:Body> <!--c--> <s:Fault/></s:Body>" END, TRUE},
        {SOAP12, S12 "<s:Body><a/><s:Fault/></s:Body>" END, FALSE},
        {SOAP12, S12 "<s:Body><Fault xmlns='{E11}'/></s:Body>" END, FALSE},
        {SOAP12, S12 "<s:Body><s:fault/></s:Body>" END, FALSE},
        {SOAP11, S11 "<s:Body><s:Fault/></s:Body>" END, TRUE},
        {SOAP11, S11 "<s:Body><Fault/></s:Body>" END, FALSE},
        {NO_SOAP, "<Envelope><Body><Fault/></Body></Envelope>", FALSE},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        WS_XML_READER *reader = reader_of(rows[i].text);
        WS_MESSAGE *message = read_message(rows[i].version, rows[i].version == NO_SOAP ? TRANSPORT : ADDR10, reader);

        expect(is_fault(message) == rows[i].fault);
        expect(current_type(reader) == WS_XML_NODE_TYPE_ELEMENT);
        WsFreeMessage(message);
        WsFreeReader(reader);
    }
}

/* SOAP 1.2, part 1, section 5.4.7. */
TEST(another_version_is_answered_with_a_fault)
{
    static const WS_ENVELOPE_VERSION versions[] = {SOAP12, SOAP11, NO_SOAP};
    WS_XML_BUFFER *header;
    WS_FAULT *fault;
    size_t i;

    for (i = 0; i < 3; i++)
    {
        WS_ERROR *error = create_error();
        WS_XML_READER *reader = reader_of("<s:Envelope xmlns:s='urn:future'><s:Body/></s:Envelope>");
        WS_MESSAGE *message = create_message(versions[i], TRANSPORT);

        expect_hr(WS_E_INVALID_FORMAT, WsReadEnvelopeStart(message, reader, NULL, NULL, error));
        expect_size(1, sentence_count(error));
        fault = NULL;
        header = NULL;
        ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
        ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header)));
        expect(!fault == (versions[i] == NO_SOAP) && !header == (versions[i] != SOAP12));
        expect(!fault || (string_is(&fault->code->value.localName, "VersionMismatch") && !fault->code->subCode));
        if (header)
        {
            const char *text = buffer_text(header);

            expect_text(text, strlen(text),
                        "<s:Upgrade xmlns:s=\"{E12}\"><s:SupportedEnvelope qname=\"s:Envelope\"/>"
                        "</s:Upgrade>");
        }
        WsFreeMessage(message);
        WsFreeReader(reader);
        WsFreeError(error);
    }
}

/* --- The end --- */

/* Which code: our choice. */
TEST(ends_that_cannot_be_read)
{
    WS_XML_READER *reader = reader_of(S12 "<s:Body><a><b/></a></s:Body>" END);
    WS_MESSAGE *message = read_message(SOAP12, ADDR10, reader);
    WS_ERROR *error = create_error();

    expect_refused(error, WS_E_INVALID_FORMAT, WsReadEnvelopeEnd(message, error),
                   "An element \"a\" of the namespace \"\" cannot be where the end of the Body is expected.");
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    expect_refused(error, WS_E_INVALID_OPERATION, WsReadEnvelopeEnd(message, error), "WS_MESSAGE_STATE_DONE");
    ok(WsResetMessage(message, NULL));
    set_text_string(reader, in_full(S12 "<s:Body><a></a></s:Body>" END));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsReadEnvelopeEnd(message, error),
                   "an element of the body has been entered and not left");
    ok(WsResetMessage(message, NULL));
    set_text_string(reader, in_full(S12 "<s:Body></s:Body>" END));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    ok(WsReadEndElement(reader, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsReadEnvelopeEnd(message, error), "the body has been left already");
    ok(WsResetMessage(message, NULL));
    set_text_string(reader, in_full(S12 "<s:Body/>text" END));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadEnvelopeEnd(message, error), "text in an envelope after its Body");
    ok(WsResetMessage(message, NULL));
    set_text_string(reader, in_full(S12 "<s:Body/>"));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsReadEnvelopeEnd(message, NULL));
    ok(WsResetMessage(message, NULL));
    set_text_string(reader, in_full(S12 "<s:Body/>" END));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    WsFreeReader(reader);
    expect_refused(error, E_INVALIDARG, WsReadEnvelopeEnd(message, error), "an object that has been freed");
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    WsFreeMessage(message);
    WsFreeError(error);
}

/* Which code: our choice. */
TEST(ends_that_cannot_be_written)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();
    struct point point = {1};

    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    start(writer, "a");
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEnvelopeEnd(message, error), "elements of the body are open");
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    set_output(writer, NULL, 0);
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    end(writer);
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEnvelopeEnd(message, error),
                   "the body has been ended already");
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    set_output(writer, NULL, 0);
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    WsFreeWriter(writer);
    expect_refused(error, E_INVALIDARG,
                   WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &point, sizeof(point), error),
                   "an object that has been freed");
    expect_refused(error, E_INVALIDARG, WsFlushBody(message, 0, NULL, error), "an object that has been freed");
    expect_refused(error, E_INVALIDARG, WsWriteEnvelopeEnd(message, error), "an object that has been freed");
    expect(state_of(message) == WS_MESSAGE_STATE_DONE);
    WsFreeMessage(message);
    WsFreeError(error);
}

/* --- Writing --- */

/* Over HTTP, observed on Windows; to a writer, our choice. */
TEST(an_empty_header_is_not_written)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    size_t i;

    for (i = 0; i < MESSAGE_VERSIONS; i++)
    {
        const struct message_version *v = &message_versions[i];
        WS_MESSAGE *message = new_message(v->envelope, v->addressing, WS_BLANK_MESSAGE);
        char text[256];

        set_output(writer, NULL, 0);
        ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
        ok(WsWriteEnvelopeEnd(message, NULL));
        snprintf(text, sizeof(text), "<s:Envelope%s xmlns:s=\"%s\"><s:Body/></s:Envelope>",
                 v->addressing == TRANSPORT ? ""
                 : v->addressing == ADDR09  ? " xmlns:a=\"{A09}\""
                                            : " xmlns:a=\"{A10}\"",
                 v->envelope == SOAP11 ? "{E11}" : "{E12}");
        expect_written(writer, v->envelope == NO_SOAP ? "<Envelope><Body/></Envelope>" : text);
        WsFreeMessage(message);
    }
    WsFreeWriter(writer);
}

TEST(writers_that_an_envelope_cannot_be_written_to)
{
    WS_XML_WRITER *writer = NULL;
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_ERROR *error = create_error();

    expect_refused(error, E_INVALIDARG, WsWriteEnvelopeStart(message, NULL, NULL, NULL, error),
                   "NULL was passed where an XML writer is needed.");
    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEnvelopeStart(message, writer, NULL, NULL, error),
                   "no output");
    ok(WsSetOutputToBuffer(writer, header_buffer(message), NULL, 0, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEnvelopeStart(message, writer, NULL, NULL, error));
    set_output(writer, NULL, 0);
    start(writer, "a");
    end(writer);
    expect_hr(WS_E_INVALID_FORMAT, WsWriteEnvelopeStart(message, writer, NULL, NULL, error));
    expect(state_of(message) == WS_MESSAGE_STATE_INITIALIZED);
    set_output(writer, NULL, 0);
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEnvelopeStart(message, writer, NULL, NULL, error),
                   "WS_MESSAGE_STATE_WRITING");
    WsFreeMessage(message);
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(an_envelope_within_another_document)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    WS_MESSAGE *message = new_message(SOAP12, TRANSPORT, WS_BLANK_MESSAGE);
    struct point point = {3};

    start(writer, "log");
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    ok(WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &point, sizeof(point), NULL));
    ok(WsWriteEnvelopeEnd(message, NULL));
    end(writer);
    expect_written(writer, "<log><s:Envelope xmlns:s=\"{E12}\"><s:Body><p xmlns=\"urn:x\"><n>3</n></p></s:Body>"
                           "</s:Envelope></log>");
    ok(WsResetMessage(message, NULL));
    set_text(reader, get_bytes(writer).bytes, get_bytes(writer).length);
    ok(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsReadEnvelopeStart(message, reader, NULL, NULL, NULL));
    ok(WsReadBody(message, &point_body, WS_READ_REQUIRED_VALUE, NULL, &point, sizeof(point), NULL));
    ok(WsReadEnvelopeEnd(message, NULL));
    expect(current_type(reader) == WS_XML_NODE_TYPE_END_ELEMENT);
    ok(WsReadEndElement(reader, NULL));
    expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

/* Our choice: where the elements of the document have declared it, as in what is read into an XML buffer. */
TEST(names_in_the_headers_of_an_inner_envelope)
{
    WS_XML_READER *reader = reader_of("<log xmlns:q='urn:q'><s:Envelope xmlns:s=\"{E12}\"><s:Header><h>q:name</h>"
                                      "</s:Header><s:Body/></s:Envelope></log>");
    WS_MESSAGE *message;

    ok(WsReadToStartElement(reader, X("log"), X(""), NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    message = read_message(SOAP12, ADDR10, reader);
    expect_headers(message, "<s:Envelope xmlns:s=\"{E12}\" xmlns:q=\"urn:q\"><s:Header><h>q:name</h></s:Header>"
                            "<s:Body/></s:Envelope>");
    ok(WsReadEnvelopeEnd(message, NULL));
    WsFreeMessage(message);
    WsFreeReader(reader);
}

TEST(an_envelope_where_an_element_ends)
{
    WS_XML_READER *reader = reader_of("<log></log>");
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    WS_ERROR *error = create_error();

    ok(WsReadToStartElement(reader, NULL, NULL, NULL, NULL));
    ok(WsReadStartElement(reader, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadEnvelopeStart(message, reader, NULL, NULL, error),
                   "An element ends where the envelope is expected.");
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeError(error);
}

TEST(envelopes_in_xml_buffers)
{
    WS_HEAP *heap = create_heap(100000);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    WS_MESSAGE *message = new_message(SOAP11, ADDR10, WS_BLANK_MESSAGE);
    WS_XML_BUFFER *buffer = NULL;
    struct point point = {3};

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, NULL));
    ok(WsSetOutputToBuffer(writer, buffer, NULL, 0, NULL));
    set_text_header(message, WS_ACTION_HEADER, "act");
    ok(WsWriteEnvelopeStart(message, writer, NULL, NULL, NULL));
    ok(WsWriteBody(message, &point_body, WS_WRITE_REQUIRED_VALUE, &point, sizeof(point), NULL));
    ok(WsWriteEnvelopeEnd(message, NULL));
    WsFreeMessage(message);
    expect_text(
        buffer_text(buffer), strlen(buffer_text(buffer)),
        "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E11}\"><s:Header><a:Action s:mustUnderstand=\"1\">act</a:Action>"
        "</s:Header><s:Body><p xmlns=\"urn:x\"><n>3</n></p></s:Body></s:Envelope>");
    ok(WsSetInputToBuffer(reader, buffer, NULL, 0, NULL));
    message = read_message(SOAP11, ADDR10, reader);
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    point.n = 0;
    ok(WsReadBody(message, &point_body, WS_READ_REQUIRED_VALUE, NULL, &point, sizeof(point), NULL));
    expect(point.n == 3);
    ok(WsReadEnvelopeEnd(message, NULL));
    expect(current_type(reader) == WS_XML_NODE_TYPE_EOF);
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
}

/* --- Done callbacks --- */

struct done
{
    unsigned calls;
    WS_MESSAGE *message;
    bool frees;
};

static void CALLBACK count_done(void *state)
{
    struct done *done = state;

    done->calls++;
    if (done->frees)
        WsFreeMessage(done->message);
}

TEST(the_done_callback_is_called_once)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    struct done done;
    int reading, end_first, by_reset;

    for (reading = 0; reading < 2; reading++)
        for (end_first = 0; end_first < 2; end_first++)
            for (by_reset = 0; by_reset < 2; by_reset++)
            {
                WS_MESSAGE *message = create_message(SOAP12, ADDR10);

                memset(&done, 0, sizeof(done));
                set_output(writer, NULL, 0);
                set_text_string(reader, in_full(S12 "<s:Body/>" END));
                expect_hr(WS_E_INVALID_OPERATION, WsWriteEnvelopeStart(message, writer, count_done, &done, NULL));
                if (reading)
                    ok(WsReadEnvelopeStart(message, reader, count_done, &done, NULL));
                else
                {
                    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
                    expect_hr(WS_E_INVALID_OPERATION, WsReadEnvelopeStart(message, reader, count_done, &done, NULL));
                    ok(WsWriteEnvelopeStart(message, writer, count_done, &done, NULL));
                }
                if (end_first)
                    ok(reading ? WsReadEnvelopeEnd(message, NULL) : WsWriteEnvelopeEnd(message, NULL));
                expect(!done.calls);
                if (by_reset)
                {
                    ok(WsResetMessage(message, NULL));
                    expect(done.calls == 1);
                    ok(WsResetMessage(message, NULL));
                }
                WsFreeMessage(message);
                expect(done.calls == 1);
            }
    WsFreeWriter(writer);
    WsFreeReader(reader);
}

TEST(the_done_callback_is_not_called_after_a_failure)
{
    WS_XML_READER *reader = reader_of("<a/>");
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    struct done done = {0, message, false};

    expect_hr(WS_E_INVALID_FORMAT, WsReadEnvelopeStart(message, reader, count_done, &done, NULL));
    WsFreeMessage(message);
    expect(!done.calls);
    WsFreeReader(reader);
}

/* Our choice. */
TEST(the_done_callback_may_free_the_message)
{
    WS_XML_READER *reader = reader_of(S12 "<s:Body/>" END);
    WS_MESSAGE *message = create_message(SOAP12, ADDR10);
    struct done done = {0, message, true};

    ok(WsReadEnvelopeStart(message, reader, count_done, &done, NULL));
    ok(WsResetMessage(message, NULL));
    expect(done.calls == 1);
    expect_hr(E_INVALIDARG, WsResetMessage(message, NULL));
    WsFreeReader(reader);
}

/* --- What a program does to the header buffer --- */

static WS_XML_NODE_POSITION header_position(WS_MESSAGE *message)
{
    WS_XML_NODE_POSITION position = {NULL, NULL};

    ok(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEADER_POSITION, &position, sizeof(position), NULL));
    expect(position.buffer == header_buffer(message));
    return position;
}

TEST(headers_that_a_program_writes_and_removes_itself)
{
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE);
    WS_XML_NODE_POSITION position = header_position(message);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_XML_READER *reader = create_reader();
    WS_XML_STRING string;

    ok(WsSetOutputToBuffer(writer, position.buffer, NULL, 0, NULL));
    ok(WsSetWriterPosition(writer, &position, NULL));
    ok(WsMoveWriter(writer, WS_MOVE_TO_END_ELEMENT, NULL, NULL));
    ok(WsWriteStartElement(writer, NULL, X("h"), X("urn:x"), NULL));
    chars8(writer, "mine");
    end(writer);
    ok(WsWriteStartElement(writer, NULL, X("Action"), X(A10), NULL));
    chars8(writer, "act");
    end(writer);
    expect(!strcmp(text_header(message, WS_ACTION_HEADER), "act"));
    ok(WsGetCustomHeader(message, &string_header, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, NULL, &string,
                         sizeof(string), NULL, NULL));
    expect(string_is(&string, "mine"));
    ok(WsSetInputToBuffer(reader, position.buffer, NULL, 0, NULL));
    ok(WsSetReaderPosition(reader, &position, NULL));
    ok(WsMoveReader(reader, WS_MOVE_TO_CHILD_ELEMENT, NULL, NULL));
    ok(WsGetReaderPosition(reader, &position, NULL));
    ok(WsRemoveNode(&position, NULL));
    expect_headers(message,
                   "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:Action>act</a:Action></s:Header>"
                   "<s:Body/></s:Envelope>");
    WsFreeMessage(message);
    WsFreeReader(reader);
    WsFreeWriter(writer);
}

/* Our choice. */
TEST(parts_of_the_envelope_that_are_removed)
{
    WS_ENDPOINT_ADDRESS address = make_address(NULL, u"http://h/", NULL);
    WS_MESSAGE *message = new_message(SOAP12, ADDR10, WS_BLANK_MESSAGE), *copy = create_message(SOAP12, ADDR10);
    WS_XML_NODE_POSITION position = header_position(message);
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    const char *says_so = "has been removed from the header buffer";
    WS_XML_STRING string;

    ok(WsRemoveNode(&position, NULL));
    expect_refused(
        error, WS_E_INVALID_OPERATION,
        WsSetHeader(message, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, X("x"), sizeof(string), error),
        says_so);
    expect_refused(error, WS_E_INVALID_OPERATION,
                   WsGetHeader(message, WS_TO_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &string,
                               sizeof(string), error),
                   says_so);
    expect_refused(error, WS_E_INVALID_OPERATION, WsRemoveHeader(message, WS_TO_HEADER, error), says_so);
    expect_refused(
        error, WS_E_INVALID_OPERATION,
        WsAddCustomHeader(message, &string_header, WS_WRITE_REQUIRED_VALUE, X("x"), sizeof(string), 0, error), says_so);
    expect_refused(error, WS_E_INVALID_OPERATION, WsRemoveCustomHeader(message, X("h"), X("urn:x"), error), says_so);
    expect_refused(error, WS_E_INVALID_OPERATION, WsAddressMessage(message, &address, error), says_so);
    expect_refused(error, WS_E_INVALID_OPERATION, WsWriteEnvelopeStart(message, writer, NULL, NULL, error), says_so);
    expect_refused(error, WS_E_INVALID_OPERATION, WsInitializeMessage(copy, WS_DUPLICATE_MESSAGE, message, error),
                   says_so);
    expect_refused(error, WS_E_INVALID_OPERATION, WsInitializeMessage(copy, WS_REPLY_MESSAGE, message, error), says_so);
    ok(WsResetMessage(message, NULL));
    WsFreeMessage(message);
    WsFreeMessage(copy);
    WsFreeWriter(writer);
    WsFreeError(error);
}
