/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of messages: the input is two versions and a sequence of calls on two messages, of which one may be made
 * from the other, or read what the other has written; with a program that edits the header buffer by itself. What is
 * checked:
 *
 *   - each call answers with a code that is documented, and each failure with a sentence;
 *   - one that fails leaves the header buffer as it was, and the value that was to be got;
 *   - the state changes as it must, and as nothing else;
 *   - a header that has been set or added can be got, and is the same, without white space around a URI; one that has
 *     been removed cannot;
 *   - what has been written is read again with the same headers, if none of them was damaged.
 *
 * In the debug variant memory fails, too. Run by `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "fuzz.h"
#include "webservicesdebug.h"

/* --- The input --- */

static const uint8_t *input, *input_end;

static unsigned take(void)
{
    return input < input_end ? *input++ : 0;
}

static WS_XML_STRING string_of(const char *text)
{
    WS_XML_STRING string = {(ULONG)strlen(text), (BYTE *)text, NULL, 0};

    return string;
}

static WS_XML_STRING take_text(void)
{
    static const char *const texts[] = {
        "a", "urn:x", "http://host/path", "", " b ", "<&>\"'", "\xff", "\x01", "a longer text, with \xc3\xa9 in it"};

    return string_of(texts[take() % (sizeof(texts) / sizeof(texts[0]))]);
}

static WS_XML_STRING take_name(void)
{
    static const char *const names[] = {"h", "i", "Action", "To", "Envelope", "", "1", "a:b", "name-with-dashes"};
    unsigned c = take();

    return string_of(names[c < 200 ? c % 4 : c % (sizeof(names) / sizeof(names[0]))]);
}

static WS_XML_STRING take_namespace(void)
{
    static const char *const namespaces[] = {"urn:x",
                                             "urn:y",
                                             "",
                                             "http://www.w3.org/2005/08/addressing",
                                             "http://www.w3.org/2003/05/soap-envelope",
                                             "http://www.w3.org/XML/1998/namespace"};
    unsigned c = take();

    return string_of(namespaces[c < 200 ? c % 3 : c % (sizeof(namespaces) / sizeof(namespaces[0]))]);
}

/* --- The messages --- */

static WS_ERROR *error;
static WS_HEAP *heap;
static WS_XML_READER *reader;
static WS_XML_WRITER *writer, *text_writer;
static bool failing; /* memory fails on demand */
static unsigned done_calls;

static struct
{
    WS_MESSAGE *message;
    WS_MESSAGE_STATE state;
    BYTE text[1 << 16];
    size_t length; /* of the header buffer's text; 0: there is no buffer, or it is not a tree that can be written */
    bool edited;   /* the program has changed the buffer by itself */
    unsigned expects_done;
} messages[2];

static BYTE written[1 << 16];
static ULONG written_length;
static int written_by; /* -1: nothing */

/* Whether a header buffer can be written as text. */
static size_t get_text(WS_MESSAGE *message, BYTE *text)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    BOOL yes = TRUE;
    WS_XML_WRITER_PROPERTY fragment = {WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_BUFFER *buffer = NULL;
    WS_BYTES bytes = {0, NULL};

    if (WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_HEADER_BUFFER, &buffer, sizeof(buffer), NULL) != S_OK)
        return 0;
    check(WsSetOutput(text_writer, &utf8.encoding, &memory.output, &fragment, 1, NULL) == S_OK);
    if (WsWriteXmlBuffer(text_writer, buffer, NULL) != S_OK ||
        WsGetWriterProperty(text_writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL) != S_OK ||
        bytes.length > sizeof(messages[0].text))
        return 0;
    memcpy(text, bytes.bytes, bytes.length);
    return bytes.length;
}

static WS_MESSAGE_STATE state_of(WS_MESSAGE *message)
{
    WS_MESSAGE_STATE state;

    check(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_STATE, &state, sizeof(state), NULL) == S_OK);
    return state;
}

static void memory_works(void)
{
#ifdef WS_DEBUG
    WsSetAutoFail(0xffffffffu, NULL);
#endif
    failing = false;
}

/*
 * After a call: what it has said, in which state the message is, and that both header buffers are as they were, unless
 * the call has worked and is one that changes the first.
 */
static void answer(int which, HRESULT hr, WS_MESSAGE_STATE state, bool changes)
{
    static BYTE text[sizeof(messages[0].text)];
    ULONG count = 0;
    size_t length;
    int i;

    check(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)) == S_OK);
    check(hr == S_OK || hr == E_INVALIDARG || hr == WS_E_INVALID_OPERATION || hr == WS_E_INVALID_FORMAT ||
          hr == WS_E_QUOTA_EXCEEDED || hr == WS_E_OBJECT_FAULTED || hr == WS_E_NUMERIC_OVERFLOW ||
          (hr == E_OUTOFMEMORY && failing));
    check(failing || (hr == S_OK ? !count : count > 0));
    memory_works();
    check(WsResetError(error) == S_OK);
    if (hr == S_OK)
        messages[which].state = state;
    for (i = 0; i < 2; i++)
    {
        check(state_of(messages[i].message) == messages[i].state);
        length = get_text(messages[i].message, text);
        if (i == which && hr == S_OK && changes)
            memcpy(messages[i].text, text, messages[i].length = length);
        else
            check(length == messages[i].length && !memcmp(text, messages[i].text, length));
    }
}

static void CALLBACK is_done(void *state)
{
    (void)state;
    done_calls++;
}

/* --- The calls --- */

/* A fragment of XML; NULL: it is none. */
static WS_XML_BUFFER *parse(const char *text)
{
    BOOL yes = TRUE;
    WS_XML_READER_PROPERTY fragment = {WS_XML_READER_PROPERTY_ALLOW_FRAGMENT, &yes, sizeof(yes)};
    WS_XML_READER *other = NULL;
    WS_XML_BUFFER *buffer = NULL;

    check(WsCreateReader(NULL, 0, &other, NULL) == S_OK);
    if (WsReadXmlBufferFromBytes(other, NULL, &fragment, 1, text, (ULONG)strlen(text), heap, &buffer, NULL) != S_OK)
        buffer = NULL;
    WsFreeReader(other);
    return buffer;
}

static WS_ENDPOINT_ADDRESS take_address(void)
{
    static const WCHAR url[] = {'h', 't', 't', 'p', ':', '/', '/', 'h', '/', 0xd800};
    static const char *const headers[] = {"<p xmlns='urn:x'>q</p>", "<h xmlns='urn:x'/><b:i xmlns:b='urn:y' c='1'/>",
                                          " ", "text", "<To xmlns='http://www.w3.org/2005/08/addressing'>x</To>"};
    static const char *const extensions[] = {
        "<ReferenceProperties xmlns='http://schemas.xmlsoap.org/ws/2004/08/addressing'><r><s a='b'/></r>"
        "</ReferenceProperties>",
        "<x/><w:ReferenceProperties xmlns:w='http://schemas.xmlsoap.org/ws/2004/08/addressing'>t</w:"
        "ReferenceProperties>",
        "<ReferenceProperties/>text"};
    WS_ENDPOINT_ADDRESS address = {{0, (WCHAR *)url}, NULL, NULL, NULL};
    unsigned c = take();

    address.url.length = c % 11;
    if (c / 11 % 6)
        address.headers = parse(headers[c / 11 % 6 - 1]);
    c = take();
    if (c % 4)
        address.extensions = parse(extensions[c % 4 - 1]);
    return address;
}

static void fail_memory(unsigned after)
{
#ifdef WS_DEBUG
    failing = after < 32 && WsSetAutoFail(after, NULL) == S_OK;
#else
    (void)after;
#endif
}

static void initialize(int i)
{
    WS_MESSAGE_INITIALIZATION kind = (WS_MESSAGE_INITIALIZATION)(take() % 6);
    HRESULT hr;

    fail_memory(take());
    hr = WsInitializeMessage(messages[i].message, kind, messages[1 - i].message, error);
    answer(i, hr, WS_MESSAGE_STATE_INITIALIZED, true);
    if (hr == S_OK)
        messages[i].edited = messages[1 - i].edited;
}

static void reset(int i)
{
    unsigned before = done_calls;

    answer(i, WsResetMessage(messages[i].message, error), WS_MESSAGE_STATE_EMPTY, true);
    check(done_calls - before == messages[i].expects_done);
    messages[i].expects_done = 0;
    messages[i].edited = false;
}

static void standard_header(int i)
{
    static const WS_TYPE types[] = {WS_XML_STRING_TYPE, WS_ENDPOINT_ADDRESS_TYPE, WS_UNIQUE_ID_TYPE, WS_BOOL_TYPE};
    WS_MESSAGE *message = messages[i].message;
    WS_HEADER_TYPE header = (WS_HEADER_TYPE)(take() % 9);
    WS_TYPE type = types[take() % 4];
    WS_XML_STRING text = take_text(), *string = &text;
    WS_UNIQUE_ID id = {{0, NULL}, {take(), 2, 3, {4}}};
    WS_ENDPOINT_ADDRESS address;
    const void *value = &text;
    ULONG size = sizeof(text);
    unsigned call = take();
    bool is_string = type == WS_XML_STRING_TYPE;
    void *got = &got;
    HRESULT hr;

    if (type == WS_ENDPOINT_ADDRESS_TYPE)
    {
        address = take_address();
        value = &address;
        size = sizeof(address);
    }
    else if (type == WS_UNIQUE_ID_TYPE)
    {
        value = &id;
        size = sizeof(id);
    }
    fail_memory(take());
    switch (call % 4)
    {
    case 0: answer(i, WsRemoveHeader(message, header, error), messages[i].state, true); break;
    case 1:
        hr = WsGetHeader(message, header, type, (WS_READ_OPTION)(call / 4 % 6), NULL, &got, sizeof(got), error);
        check(hr == S_OK || got == &got);
        answer(i, hr, messages[i].state, false);
        break;
    default:
        hr = WsSetHeader(message, header, type, call / 4 % 8 ? WS_WRITE_REQUIRED_VALUE : WS_WRITE_NILLABLE_VALUE, value,
                         size, error);
        answer(i, hr, messages[i].state, true);
        if (hr != S_OK || !is_string)
            break;
        /* It comes back without the spaces around it. */
        while (text.length && text.bytes[0] == ' ')
            text.bytes++, text.length--;
        while (text.length && text.bytes[text.length - 1] == ' ')
            text.length--;
        hr = WsGetHeader(message, header, type, WS_READ_REQUIRED_POINTER, NULL, &string, sizeof(string), error);
        check(hr == WS_E_QUOTA_EXCEEDED ||
              (hr == S_OK && string->length == text.length && !memcmp(string->bytes, text.bytes, text.length)));
        check(WsResetError(error) == S_OK);
        break;
    }
}

static void custom_header(int i)
{
    WS_MESSAGE *message = messages[i].message;
    WS_XML_STRING name = take_name(), ns = take_namespace(), text = take_text();
    WS_ELEMENT_DESCRIPTION description = {&name, &ns, WS_XML_STRING_TYPE, NULL};
    unsigned call = take();
    ULONG attributes = 99;
    void *got = &got;
    HRESULT hr;

    fail_memory(take());
    switch (call % 4)
    {
    case 0:
        hr = WsRemoveCustomHeader(message, &name, &ns, error);
        answer(i, hr, messages[i].state, true);
        if (hr == S_OK && WsGetCustomHeader(message, &description, WS_REPEATING_HEADER, 0, WS_READ_OPTIONAL_POINTER,
                                            NULL, &got, sizeof(got), NULL, NULL) == S_OK)
            check(!got);
        break;
    case 1:
        hr = WsGetCustomHeader(message, &description, (WS_REPEATING_HEADER_OPTION)(call / 4 % 4), call / 16 % 4,
                               (WS_READ_OPTION)(call / 64), NULL, &got, sizeof(got), &attributes, error);
        check(hr == S_OK || (got == &got && attributes == 99));
        answer(i, hr, messages[i].state, false);
        break;
    default:
        hr = WsAddCustomHeader(message, &description, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), call / 4 % 16,
                               error);
        answer(i, hr, messages[i].state, true);
        break;
    }
}

static void mapped_header(int i)
{
    WS_MESSAGE *message = messages[i].message;
    WS_XML_STRING name = take_name(), text = take_text(), *string = NULL;
    unsigned call = take();
    ULONG count;
    HRESULT hr;

    fail_memory(take());
    switch (call % 3)
    {
    case 0:
        hr = WsRemoveMappedHeader(message, &name, error);
        answer(i, hr, messages[i].state, false);
        if (hr == S_OK)
            check(WsGetMappedHeader(message, &name, WS_REPEATING_HEADER, 0, WS_XML_STRING_TYPE,
                                    WS_READ_REQUIRED_POINTER, NULL, &string, sizeof(string), NULL) != S_OK);
        break;
    case 1:
        answer(i,
               WsGetMappedHeader(message, &name, (WS_REPEATING_HEADER_OPTION)(call / 4 % 4), call / 16 % 4,
                                 WS_XML_STRING_TYPE, WS_READ_OPTIONAL_POINTER, NULL, &string, sizeof(string), error),
               messages[i].state, false);
        break;
    default:
        hr = WsAddMappedHeader(message, &name, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), error);
        answer(i, hr, messages[i].state, false);
        if (hr != S_OK)
            break;
        /* The last one of the name. */
        for (count = 0; (hr = WsGetMappedHeader(message, &name, WS_REPEATING_HEADER, count, WS_XML_STRING_TYPE,
                                                WS_READ_REQUIRED_POINTER, NULL, &string, sizeof(string), NULL)) == S_OK;
             count++)
            ;
        check(hr == WS_E_QUOTA_EXCEEDED ||
              (string && string->length == text.length && !memcmp(string->bytes, text.bytes, text.length)));
        break;
    }
}

static void address(int i)
{
    WS_ENDPOINT_ADDRESS to = take_address();
    unsigned call = take();

    fail_memory(take());
    answer(i, WsAddressMessage(messages[i].message, call % 8 ? &to : NULL, error), messages[i].state, true);
}

/* What a program does by itself to the header buffer: adds a header with attributes, or removes a node. */
static void edit(int i)
{
    WS_XML_STRING name = take_name(), ns = take_namespace(), text = take_text(), attribute,
                  soap = string_of(take() % 2 ? "http://www.w3.org/2003/05/soap-envelope"
                                              : "http://schemas.xmlsoap.org/soap/envelope/");
    static const char *const attributes[] = {"mustUnderstand", "role", "actor", "relay"};
    WS_XML_NODE_POSITION position;
    WS_XML_UTF8_TEXT value = {{WS_XML_TEXT_TYPE_UTF8}, string_of("1")};
    WS_XML_WRITER *editor = NULL;
    unsigned call = take();

    if (WsGetMessageProperty(messages[i].message, WS_MESSAGE_PROPERTY_HEADER_POSITION, &position, sizeof(position),
                             NULL) != S_OK)
        return;
    attribute = string_of(attributes[call / 4 % 4]);
    messages[i].edited = true;
    check(WsCreateWriter(NULL, 0, &editor, NULL) == S_OK);
    check(WsSetOutputToBuffer(editor, position.buffer, NULL, 0, NULL) == S_OK);
    if (WsSetWriterPosition(editor, &position, NULL) == S_OK &&
        WsMoveWriter(editor, call % 8 ? WS_MOVE_TO_END_ELEMENT : (WS_MOVE_TO)(call / 8 % 12), NULL, NULL) == S_OK)
    {
        if (call % 16 == 15)
        {
            if (WsGetWriterPosition(editor, &position, NULL) == S_OK)
                WsRemoveNode(&position, NULL);
        }
        else if (WsWriteStartElement(editor, NULL, &name, &ns, NULL) == S_OK)
        {
            if (call & 128 && WsWriteStartAttribute(editor, NULL, &attribute, &soap, FALSE, NULL) == S_OK)
            {
                WsWriteText(editor, &value.text, NULL);
                WsWriteEndAttribute(editor, NULL);
            }
            value.value = text;
            WsWriteText(editor, &value.text, NULL);
            WsWriteEndElement(editor, NULL);
        }
    }
    WsFreeWriter(editor);
    messages[i].length = get_text(messages[i].message, messages[i].text);
}

static void properties(int i)
{
    WS_MESSAGE *message = messages[i].message;
    union
    {
        BYTE bytes[64];
        WS_XML_NODE_POSITION position;
        void *pointer;
    } value;
    WS_MESSAGE_PROPERTY_ID id = (WS_MESSAGE_PROPERTY_ID)(take() % 24);
    static const ULONG sizes[] = {4, sizeof(void *), sizeof(WS_XML_NODE_POSITION), sizeof(WS_BYTES)};
    ULONG size = sizes[take() % 4];
    HRESULT hr;

    memset(&value, 0x5a, sizeof(value));
    fail_memory(take());
    hr = WsGetMessageProperty(message, id, &value, size, error);
    check(hr == S_OK || value.bytes[0] == 0x5a);
    check(value.bytes[size] == 0x5a);
    answer(i, hr, messages[i].state, false);
    memset(&value, 0, sizeof(value));
    if (id == WS_MESSAGE_PROPERTY_IS_ADDRESSED || id == WS_MESSAGE_PROPERTY_IS_FAULT)
        answer(i, WsSetMessageProperty(message, id, &value, size, error), messages[i].state, false);
}

static void understand(int i)
{
    WS_XML_NODE_POSITION position = {NULL, NULL};
    unsigned call = take();

    fail_memory(take());
    if (call % 2)
    {
        WsGetMessageProperty(messages[i].message, WS_MESSAGE_PROPERTY_HEADER_POSITION, &position, sizeof(position),
                             NULL);
        answer(i, WsMarkHeaderAsUnderstood(messages[i].message, &position, error), messages[i].state, false);
    }
    else
        answer(i, WsCheckMustUnderstandHeaders(messages[i].message, error), messages[i].state, false);
}

static const WS_ELEMENT_DESCRIPTION body = {&(WS_XML_STRING){1, (BYTE *)"b", NULL, 0},
                                            &(WS_XML_STRING){5, (BYTE *)"urn:b", NULL, 0}, WS_XML_STRING_TYPE, NULL};

/* Whether there are headers: without, Header is not written, and reads back without the spaces around it. */
static bool has_headers(int i)
{
    static const char none[] = "Header/>";
    size_t pos;

    for (pos = 0; pos + sizeof(none) - 1 <= messages[i].length; pos++)
        if (!memcmp(messages[i].text + pos, none, sizeof(none) - 1))
            return false;
    return messages[i].length != 0;
}

/* What has been written is read by another message, with the same headers. */
static void check_written(int i, WS_BYTES bytes)
{
    static const WS_XML_READER_TEXT_ENCODING utf8 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static BYTE text[sizeof(messages[0].text)];
    WS_XML_READER_BUFFER_INPUT memory = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes.bytes, bytes.length};
    WS_MESSAGE *message = NULL;
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    WS_XML_READER *other = NULL;

    check(WsGetMessageProperty(messages[i].message, WS_MESSAGE_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope),
                               NULL) == S_OK);
    check(WsGetMessageProperty(messages[i].message, WS_MESSAGE_PROPERTY_ADDRESSING_VERSION, &addressing,
                               sizeof(addressing), NULL) == S_OK);
    check(WsCreateMessage(envelope, addressing, NULL, 0, &message, NULL) == S_OK);
    check(WsCreateReader(NULL, 0, &other, NULL) == S_OK);
    check(WsSetInput(other, &utf8.encoding, &memory.input, NULL, 0, NULL) == S_OK);
    check(WsReadEnvelopeStart(message, other, NULL, NULL, NULL) == S_OK);
    if (has_headers(i))
        check(get_text(message, text) == messages[i].length && !memcmp(text, messages[i].text, messages[i].length));
    WsFreeMessage(message);
    WsFreeReader(other);
}

/* The whole of writing, or some of it. */
static void write_envelope(int i)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_BUFFER_OUTPUT memory = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_MESSAGE *message = messages[i].message;
    WS_XML_STRING text = take_text();
    unsigned call = take();
    WS_BYTES bytes;
    HRESULT hr;

    check(WsSetOutput(writer, &utf8.encoding, &memory.output, NULL, 0, NULL) == S_OK);
    fail_memory(take());
    hr = WsWriteEnvelopeStart(message, writer, is_done, NULL, error);
    answer(i, hr, WS_MESSAGE_STATE_WRITING, false);
    if (hr != S_OK)
        return;
    messages[i].expects_done = 1;
    if (call & 1)
        answer(i, WsWriteBody(message, &body, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), error),
               WS_MESSAGE_STATE_WRITING, false);
    if (call & 2)
        answer(i, WsFlushBody(message, 0, NULL, error), WS_MESSAGE_STATE_WRITING, false);
    if (call & 64)
        return;
    hr = WsWriteEnvelopeEnd(message, error);
    messages[i].state = WS_MESSAGE_STATE_DONE;
    answer(i, hr, WS_MESSAGE_STATE_DONE, false);
    if (hr != S_OK || WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), NULL) != S_OK ||
        bytes.length > sizeof(written))
        return;
    memcpy(written, bytes.bytes, written_length = bytes.length);
    written_by = i;
    if (!messages[i].edited)
        check_written(i, bytes);
}

static void read_envelope(int i)
{
    static const WS_XML_READER_TEXT_ENCODING utf8 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT memory = {{WS_XML_READER_INPUT_TYPE_BUFFER}, written, written_length};
    WS_MESSAGE *message = messages[i].message;
    unsigned call = take(), by = (unsigned)written_by;
    void *got = &got;
    HRESULT hr;

    if (written_by < 0)
        return;
    check(WsSetInput(reader, &utf8.encoding, &memory.input, NULL, 0, NULL) == S_OK);
    fail_memory(take());
    hr = WsReadEnvelopeStart(message, reader, is_done, NULL, error);
    answer(i, hr, WS_MESSAGE_STATE_READING, true);
    if (hr != S_OK)
        return;
    messages[i].expects_done = 1;
    messages[i].edited = messages[by].edited;
    if (call & 1)
    {
        hr = WsReadBody(message, &body, (WS_READ_OPTION)(call / 2 % 6), NULL, &got, sizeof(got), error);
        check(hr == S_OK || got == &got);
        answer(i, hr, WS_MESSAGE_STATE_READING, false);
    }
    if (call & 16)
        answer(i, WsFillBody(message, 1, NULL, error), WS_MESSAGE_STATE_READING, false);
    if (call & 64)
        return;
    hr = WsReadEnvelopeEnd(message, error);
    messages[i].state = WS_MESSAGE_STATE_DONE;
    answer(i, hr, WS_MESSAGE_STATE_DONE, false);
}

/* In whatever state, and with a reader or writer that may have been set to something else. */
static void body_call(int i)
{
    WS_MESSAGE *message = messages[i].message;
    WS_XML_STRING text = take_text();
    WS_MESSAGE_STATE state = messages[i].state;
    unsigned call = take();
    void *got = &got;
    HRESULT hr;

    fail_memory(take());
    switch (call % 6)
    {
    case 0:
        hr =
            WsWriteBody(message, call & 64 ? NULL : &body, (WS_WRITE_OPTION)(call / 8 % 6), &text, sizeof(text), error);
        break;
    case 1:
        hr = WsReadBody(message, call & 64 ? NULL : &body, (WS_READ_OPTION)(call / 8 % 8), call & 128 ? heap : NULL,
                        &got, sizeof(got), error);
        check(hr == S_OK || got == &got);
        break;
    case 2: hr = WsFlushBody(message, call, NULL, error); break;
    case 3: hr = WsFillBody(message, call, NULL, error); break;
    case 4:
        hr = WsWriteEnvelopeEnd(message, error);
        messages[i].state = state == WS_MESSAGE_STATE_WRITING ? WS_MESSAGE_STATE_DONE : state;
        break;
    default:
        hr = WsReadEnvelopeEnd(message, error);
        messages[i].state = state == WS_MESSAGE_STATE_READING ? WS_MESSAGE_STATE_DONE : state;
        break;
    }
    answer(i, hr, messages[i].state, false);
}

static void one_call(void)
{
    unsigned call = take();
    int i = call >> 7;

    switch (call % 16)
    {
    case 0:
    case 1: initialize(i); break;
    case 2: reset(i); break;
    case 3:
    case 4:
    case 5: standard_header(i); break;
    case 6:
    case 7: custom_header(i); break;
    case 8: mapped_header(i); break;
    case 9: address(i); break;
    case 10: edit(i); break;
    case 11: properties(i); break;
    case 12: understand(i); break;
    case 13: write_envelope(i); break;
    case 14: read_envelope(i); break;
    default: body_call(i); break;
    }
}

/* --- All of it --- */

static void run(void)
{
    static const struct
    {
        WS_ENVELOPE_VERSION envelope;
        WS_ADDRESSING_VERSION addressing;
    } versions[] = {{WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0},
                    {WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_0_9},
                    {WS_ENVELOPE_VERSION_SOAP_1_1, WS_ADDRESSING_VERSION_TRANSPORT},
                    {WS_ENVELOPE_VERSION_NONE, WS_ADDRESSING_VERSION_TRANSPORT}};
    unsigned which = take(), i, before;
    SIZE_T max_size = which & 64 ? 2000 : 1 << 18;
    WS_HEAP_PROPERTY heap_property = {WS_HEAP_PROPERTY_MAX_SIZE, &max_size, sizeof(max_size)};
    WS_HEAP_PROPERTIES heap_properties = {&heap_property, 1};
    ULONG max_headers = which & 128 ? 5 : 64;
    WS_MESSAGE_PROPERTY properties_given[] = {
        {WS_MESSAGE_PROPERTY_HEAP_PROPERTIES, &heap_properties, sizeof(heap_properties)},
        {WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS, &max_headers, sizeof(max_headers)}};

    memset(messages, 0, sizeof(messages));
    written_by = -1;
    for (i = 0; i < 2; i++)
    {
        unsigned version = i ? which / 4 % 8 : which % 4;

        if (version > 3)
            version = which % 4;
        check(WsCreateMessage(versions[version].envelope, versions[version].addressing, properties_given, 2,
                              &messages[i].message, NULL) == S_OK);
        messages[i].state = WS_MESSAGE_STATE_EMPTY;
    }
    while (input < input_end)
        one_call();
    for (i = 0; i < 2; i++)
    {
        before = done_calls;
        WsFreeMessage(messages[i].message);
        check(done_calls - before == messages[i].expects_done);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input = data;
    input_end = data + size;
    check(WsCreateError(NULL, 0, &error) == S_OK && WsCreateHeap(1 << 24, 0, NULL, 0, &heap, NULL) == S_OK);
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK);
    check(WsCreateWriter(NULL, 0, &writer, NULL) == S_OK && WsCreateWriter(NULL, 0, &text_writer, NULL) == S_OK);
    run();
    WsFreeWriter(text_writer);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
    WsFreeError(error);
    return 0;
}
