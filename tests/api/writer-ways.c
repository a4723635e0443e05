/* SPDX-License-Identifier: MIT */
/*
 * Writers: common calls take the fast path, all others the general one. Which of them is taken must not show.
 * With canonicalization there is only the general one; so random calls are made on two writers, one of which also makes
 * a canonical form, and both must answer and write the same. Random, but the same in each run.
 *
 * Source: our choice.
 */
#include "support/random.h"
#include "support/writer.h"

#ifdef __SANITIZE_ADDRESS__
#define DOCUMENTS 3000
#else
#define DOCUMENTS 6000
#endif
#define CALLS 40

static uint32_t state;

/* A number below `count`. */
static unsigned pick(unsigned count)
{
    return random_below(&state, count);
}

/* True once in `count` times. */
static bool rarely(unsigned count)
{
    return pick(count) == 0;
}

/* --- What is written --- */

static char long_name[200], long_text[400];
static WS_XML_STRING entries[] = {
    {1, (BYTE *)"a", NULL, 0}, {4, (BYTE *)"item", NULL, 1}, {5, (BYTE *)"urn:x", NULL, 2}, {1, (BYTE *)"a", NULL, 3}};
static WS_XML_DICTIONARY dictionary = {{0}, entries, 4, TRUE};

/*
 * A string without a dictionary, or as the one in it, or as another one: nothing checks what a string says about that.
 */
static WS_XML_STRING perhaps_known(WS_XML_STRING string)
{
    ULONG i;

    if (rarely(4))
        for (i = 0; i < dictionary.stringCount; i++)
            if (string.length == entries[i].length && !memcmp(string.bytes, entries[i].bytes, string.length))
            {
                string = entries[i];
                string.dictionary = &dictionary;
            }
    if (rarely(100))
    {
        string.dictionary = &dictionary;
        string.id = pick(6);
    }
    return string;
}

static WS_XML_STRING string(const char *text)
{
    WS_XML_STRING result = {(ULONG)strlen(text), (BYTE *)text, NULL, 0};

    return perhaps_known(result);
}

static WS_XML_STRING pick_local(void)
{
    static const char *const likely[] = {"a", "b", "item", "quite_a_long_name_for_it"};
    static const char *const others[] = {"sixteen_bytes_ab", "xmlns", "\xc3\xa4", "1", "a:b", "space", "xml"};

    if (!rarely(20))
        return string(likely[pick(4)]);
    return rarely(4) ? (WS_XML_STRING){120 + pick(20), (BYTE *)long_name, NULL, 0} : string(others[pick(7)]);
}

static WS_XML_STRING one_letter(unsigned i)
{
    WS_XML_STRING name = {1, (BYTE *)&"abcdefghijklmnopqrstuvwxyz"[i], NULL, 0};

    return perhaps_known(name);
}

static WS_XML_STRING pick_ns(void)
{
    static const char *const others[] = {"urn:y", "urn:a/longer/one/of/more/than/thirty-two",
                                         "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"};

    return string(rarely(2) ? "" : rarely(6) ? others[pick(4)] : "urn:x");
}

static WS_XML_STRING pick_prefix(void)
{
    static const char *const others[] = {"q", "prefix", "xml", "xmlns", "\xff"};

    return string(rarely(2) ? "" : rarely(6) ? others[pick(5)] : "p");
}

static WS_XML_STRING pick_text(void)
{
    static const char *const texts[] = {"1",         "item",   "exactly sixteen!", "and one more than.",
                                        "a<b&c>\"'", "\t\r\n", "Z\xc3\xbcrich",    "\xe2\x82\xac",
                                        "a\xc3",     "\x01"};
    static const BYTE parts[] = {0x9f, 0xa4, 0xe2, 'a', 0};
    WS_XML_STRING text;

    if (rarely(30))
        return (WS_XML_STRING){(ULONG)pick(3), (BYTE *)parts + pick(3), NULL, 0};
    text = string(rarely(12) ? "" : texts[pick(rarely(20) ? 10 : 7)]);
    if (rarely(10))
        text = (WS_XML_STRING){150 + pick(250), (BYTE *)long_text, NULL, 0};
    return text;
}

/* A prefix and a namespace that go together, mostly: those of an attribute, or of an element. */
static void pick_names(bool of_attribute, WS_XML_STRING *prefix, WS_XML_STRING *ns)
{
    bool is_empty = rarely(2);

    *prefix = string(is_empty ? "" : "p");
    *ns = string(!is_empty ? "urn:x" : of_attribute ? "" : "urn:y");
    if (rarely(15))
        *prefix = pick_prefix();
    if (rarely(15))
        *ns = pick_ns();
}

/* A call with its arguments, which two writers get. */
struct call
{
    unsigned kind, many;
    bool flag, no_prefix;
    WS_XML_STRING prefix, local, ns, text;
    WCHAR wide[400];
    struct
    {
        WS_XML_STRING prefix, local, ns;
        WS_XML_UTF8_TEXT utf8;
        WS_XML_ATTRIBUTE attribute;
    } attributes[10];
    WS_XML_ATTRIBUTE *pointers[10];
};

static void pick_call(struct call *call)
{
    static const BYTE kinds[] = "eeeeeeEEEEEEaaaaaAAAAAWWWWWVVVttttttttttwwwwnnnnnTTTxXxvvsLlcCqQNpPUbBff";
    bool of_attribute;
    unsigned i;

    call->kind = kinds[pick(sizeof(kinds) - 1)];
    call->flag = rarely(3);
    call->no_prefix = rarely(3);
    of_attribute = call->kind == 'a' || call->kind == 'W' || call->kind == 'V';
    pick_names(of_attribute, &call->prefix, &call->ns);
    call->local = of_attribute && !rarely(9) ? one_letter(pick(26)) : pick_local();
    call->text = pick_text();
    call->many = rarely(10) ? pick(10) : pick(4);
    for (i = 0; i < call->text.length; i++)
        call->wide[i] = call->text.bytes[i] < 0x80 || rarely(9) ? call->text.bytes[i]
                                                                : (WCHAR)(call->text.bytes[i] << 8 | pick(256));
    if (call->kind != 'n')
        return;
    for (i = 0; i < call->many; i++)
    {
        call->pointers[i] = &call->attributes[i].attribute;
        pick_names(true, &call->attributes[i].prefix, &call->attributes[i].ns);
        call->attributes[i].local = rarely(9) ? pick_local() : one_letter(i);
        call->attributes[i].utf8 = (WS_XML_UTF8_TEXT){{WS_XML_TEXT_TYPE_UTF8}, pick_text()};
        call->attributes[i].attribute = (WS_XML_ATTRIBUTE){rarely(3),
                                                           rarely(12),
                                                           &call->attributes[i].prefix,
                                                           &call->attributes[i].local,
                                                           &call->attributes[i].ns,
                                                           &call->attributes[i].utf8.text};
    }
}

static HRESULT CALLBACK push(void *text, WS_WRITE_CALLBACK write, void *write_state, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error)
{
    WS_BYTES bytes = {((const WS_XML_STRING *)text)->length, ((const WS_XML_STRING *)text)->bytes};

    (void)context;
    return write(write_state, &bytes, 1, NULL, error);
}

/* Brings as many bytes as there are times left. */
static HRESULT CALLBACK pull(void *times, void *bytes, ULONG max, ULONG *actual, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error)
{
    unsigned *left = times;

    (void)context, (void)error;
    *actual = *left && max;
    if (*actual)
        *(BYTE *)bytes = (BYTE)(*left)--;
    return S_OK;
}

/* A value of a type; now and then a date that there is not. */
static HRESULT write_value(WS_XML_WRITER *writer, const struct call *call, WS_ERROR *error)
{
    int32_t number = (int32_t)call->many - 2;
    uint64_t large = UINT64_MAX - call->many;
    double real = call->many / 7.0;
    BOOL boolean = call->flag;
    WS_DATETIME date = {call->many * 1000000000000000ull, WS_DATETIME_FORMAT_UTC};
    WS_DURATION duration = {call->flag, 1, 2, 3, 4, 5, 6, 7, call->many};

    switch (call->text.length % 6)
    {
    case 0: return WsWriteValue(writer, WS_INT32_VALUE_TYPE, &number, sizeof(number), error);
    case 1: return WsWriteValue(writer, WS_UINT64_VALUE_TYPE, &large, sizeof(large), error);
    case 2: return WsWriteValue(writer, WS_DOUBLE_VALUE_TYPE, &real, sizeof(real), error);
    case 3: return WsWriteValue(writer, WS_BOOL_VALUE_TYPE, &boolean, sizeof(boolean), error);
    case 4: return WsWriteValue(writer, WS_DATETIME_VALUE_TYPE, &date, sizeof(date), error);
    default: return WsWriteValue(writer, WS_DURATION_VALUE_TYPE, &duration, sizeof(duration), error);
    }
}

static HRESULT make_call(WS_XML_WRITER *writer, const struct call *call, WS_ERROR *error)
{
    const WS_XML_STRING *prefix = call->no_prefix ? NULL : &call->prefix, *found = NULL;
    WS_XML_ELEMENT_NODE element = {{WS_XML_NODE_TYPE_ELEMENT},
                                   (WS_XML_STRING *)prefix,
                                   (WS_XML_STRING *)&call->local,
                                   (WS_XML_STRING *)&call->ns,
                                   call->many,
                                   (WS_XML_ATTRIBUTE **)call->pointers,
                                   call->flag};
    WS_XML_UTF8_TEXT utf8_text = {{WS_XML_TEXT_TYPE_UTF8}, call->text};
    WS_XML_UTF16_TEXT utf16_text = {{WS_XML_TEXT_TYPE_UTF16}, (BYTE *)call->wide, call->text.length * 2};
    WS_XML_TEXT_NODE text = {{WS_XML_NODE_TYPE_TEXT}, call->flag ? &utf8_text.text : &utf16_text.text};
    static const WS_XML_NODE bof = {WS_XML_NODE_TYPE_BOF}, eof = {WS_XML_NODE_TYPE_EOF};
    static const WS_XML_STRING empty = {0, NULL, NULL, 0};
    WS_XML_QNAME_TEXT name = {{WS_XML_TEXT_TYPE_QNAME}, (WS_XML_STRING *)prefix, NULL, (WS_XML_STRING *)&call->ns};
    unsigned times = call->many;
    WS_BUFFERS buffers;
    WS_BYTES bytes;
    HRESULT hr;

    switch (call->kind)
    {
    case 'e': return WsWriteStartElement(writer, prefix, &call->local, &call->ns, error);
    case 'E': return WsWriteEndElement(writer, error);
    case 'a': return WsWriteStartAttribute(writer, prefix, &call->local, &call->ns, call->flag, error);
    case 'A': return WsWriteEndAttribute(writer, error);
    case 'W':
        if ((hr = WsWriteStartAttribute(writer, prefix, &call->local, &call->ns, call->flag, error)) != S_OK ||
            (hr = WsWriteCharsUtf8(writer, call->text.bytes, call->text.length, error)) != S_OK ||
            (call->many % 2 && (hr = WsWriteCharsUtf8(writer, call->text.bytes, call->text.length, error)) != S_OK))
            return hr;
        return WsWriteEndAttribute(writer, error);
    case 'V':
        if ((hr = WsWriteStartAttribute(writer, prefix, &call->local, &call->ns, call->flag, error)) != S_OK ||
            (hr = write_value(writer, call, error)) != S_OK)
            return hr;
        return WsWriteEndAttribute(writer, error);
    case 't': return WsWriteCharsUtf8(writer, call->text.bytes, call->text.length, error);
    case 'w': return WsWriteChars(writer, call->wide, call->text.length, error);
    case 'n': return WsWriteNode(writer, &element.node, error);
    case 'T': return WsWriteNode(writer, &text.node, error);
    case 'x': return WsWriteXmlnsAttribute(writer, prefix, &call->ns, call->flag, error);
    case 'X': return WsWriteEndStartElement(writer, error);
    case 'v': return write_value(writer, call, error);
    case 's': return WsWriteText(writer, &utf16_text.text, error);
    case 'L': return WsWriteText(writer, &utf8_text.text, error);
    case 'l': return WsWriteBytes(writer, call->text.bytes, call->text.length, error);
    case 'P': return WsPushBytes(writer, push, (void *)&call->text, error);
    case 'U': return WsPullBytes(writer, pull, &times, error);
    case 'b': return WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, &bytes, sizeof(bytes), error);
    case 'B': return WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), error);
    case 'f': return WsFlushWriter(writer, call->many * 64, NULL, error);
    case 'c': return WsWriteStartCData(writer, error);
    case 'C': return WsWriteEndCData(writer, error);
    case 'q': return WsWriteQualifiedName(writer, prefix, &call->local, call->many % 3 ? &call->ns : NULL, error);
    case 'Q':
        name.localName = (WS_XML_STRING *)(call->flag ? &call->local : &empty);
        return WsWriteText(writer, &name.text, error);
    case 'N': return WsWriteNode(writer, call->flag ? &bof : &eof, error);
    default: return WsGetPrefixFromNamespace(writer, &call->ns, FALSE, &found, error);
    }
}

/* --- Two writers --- */

static HRESULT CALLBACK forget(void *none, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                               WS_ERROR *error)
{
    (void)none, (void)buffers, (void)count, (void)context, (void)error;
    return S_OK;
}

/* What a stream has got. */
struct sink
{
    BYTE bytes[200000];
    ULONG length;
};

static HRESULT CALLBACK keep(void *state_of_sink, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                             WS_ERROR *error)
{
    struct sink *sink = state_of_sink;
    ULONG i;

    (void)context, (void)error;
    for (i = 0; i < count; i++)
    {
        expect(buffers[i].length <= sizeof(sink->bytes) - sink->length);
        if (buffers[i].length)
            memcpy(sink->bytes + sink->length, buffers[i].bytes, buffers[i].length);
        sink->length += buffers[i].length;
    }
    return S_OK;
}

static WS_XML_WRITER *writers[2];
static WS_ERROR *errors[2];
static struct sink sinks[2];
static unsigned written, faulted;

/* Both have the same to say, and say it. */
static void compare_errors(void)
{
    ULONG counts[] = {sentence_count(errors[0]), sentence_count(errors[1])}, i;
    WS_STRING strings[2];

    expect_size(counts[0], counts[1]);
    for (i = 0; i < counts[0]; i++)
    {
        ok(WsGetErrorString(errors[0], i, &strings[0]));
        ok(WsGetErrorString(errors[1], i, &strings[1]));
        expect_size(strings[0].length, strings[1].length);
        expect(!memcmp(strings[0].chars, strings[1].chars, strings[0].length * sizeof(WCHAR)));
    }
    ok(WsResetError(errors[0]));
    ok(WsResetError(errors[1]));
}

static void write_document(const WS_XML_WRITER_ENCODING *encoding)
{
    static BYTE memory[2][700];
    static struct call call;
    ULONG max_attributes = rarely(4) ? 2 + pick(4) : 128, max_depth = rarely(8) ? 3 : 32, i;
    BOOL compress = rarely(3), emit = rarely(3), invalid = rarely(3), is_stream = rarely(3), is_ended = rarely(2);
    WS_BYTES initial[] = {{pick(700), memory[0]}, {0, memory[1]}}, bytes[2];
    HRESULT results[2] = {S_OK, S_OK};
    unsigned depth = 1, open;

    initial[1].length = initial[0].length;
    for (i = 0; i < 2; i++)
    {
        WS_XML_WRITER_PROPERTY properties[] = {
            {WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, &max_attributes, sizeof(ULONG)},
            {WS_XML_WRITER_PROPERTY_MAX_DEPTH, &max_depth, sizeof(ULONG)},
            {WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS, &compress, sizeof(BOOL)},
            {WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS, &emit, sizeof(BOOL)},
            {WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES, &invalid, sizeof(BOOL)},
            {WS_XML_WRITER_PROPERTY_INITIAL_BUFFER, &initial[i], sizeof(WS_BYTES)},
        };
        WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, keep, &sinks[i]};

        sinks[i].length = 0;
        ok(WsSetOutput(writers[i], encoding, is_stream ? &stream.output : &memory_output.output, properties, 6, NULL));
    }
    ok(WsStartWriterCanonicalization(writers[1], forget, NULL, NULL, 0, NULL));
    for (i = 0; i < 2; i++)
    {
        ok(WsWriteStartElement(writers[i], X("p"), X("root"), X("urn:x"), NULL));
        ok(WsWriteXmlnsAttribute(writers[i], X(""), X("urn:y"), FALSE, NULL));
        if (is_ended)
            ok(WsWriteEndStartElement(writers[i], NULL));
    }
    for (i = 0; i < CALLS && !FAILED(results[0]); i++)
    {
        pick_call(&call);
        if (call.kind == 'E' && depth == 1)
            continue;
        results[0] = make_call(writers[0], &call, errors[0]);
        results[1] = make_call(writers[1], &call, errors[1]);
        if (results[0] != results[1])
            test_fail(__FILE__, __LINE__, "%c: 0x%08x, 0x%08x", (char)call.kind, (unsigned)results[0],
                      (unsigned)results[1]);
        compare_errors();
        if (results[0] == S_OK)
            depth += (call.kind == 'e' || call.kind == 'n') - (call.kind == 'E');
        /* Refusals change nothing. */
        if (results[0] == WS_E_INVALID_OPERATION || results[0] == E_INVALIDARG)
            results[0] = S_OK;
    }
    if (FAILED(results[0]))
    {
        faulted++;
        return;
    }
    for (i = 0; i < 2; i++)
    {
        WsWriteEndAttribute(writers[i], NULL);
        WsWriteEndCData(writers[i], NULL);
        for (open = depth, results[i] = S_OK; open && results[i] == S_OK; open--)
            results[i] = WsWriteEndElement(writers[i], NULL);
    }
    if (results[0] != results[1])
        test_fail(__FILE__, __LINE__, "the end: 0x%08x, 0x%08x", (unsigned)results[0], (unsigned)results[1]);
    if (FAILED(results[0]))
        return;
    for (i = 0; i < 2; i++)
    {
        if (is_stream)
            ok(WsFlushWriter(writers[i], 0, NULL, NULL));
        bytes[i] = is_stream ? (WS_BYTES){sinks[i].length, sinks[i].bytes} : get_bytes(writers[i]);
    }
    if (bytes[0].length != bytes[1].length || memcmp(bytes[0].bytes, bytes[1].bytes, bytes[0].length))
        test_fail(__FILE__, __LINE__, "%.*s\n%.*s", (int)bytes[0].length, (const char *)bytes[0].bytes,
                  (int)bytes[1].length, (const char *)bytes[1].bytes);
    written++;
}

static void write_documents(const WS_XML_WRITER_ENCODING *encoding, uint32_t seed)
{
    unsigned i;

    memset(long_name, 'n', sizeof(long_name));
    memset(long_text, 't', sizeof(long_text));
    long_text[200] = '&';
    writers[0] = create_writer(NULL, 0);
    writers[1] = create_writer(NULL, 0);
    errors[0] = create_error();
    errors[1] = create_error();
    written = faulted = 0;
    state = seed;
    for (i = 0; i < DOCUMENTS; i++)
        write_document(encoding);
    /* Enough of them got somewhere. */
    if (written < DOCUMENTS / 8 || faulted < DOCUMENTS / 8)
        test_fail(__FILE__, __LINE__, "%u written, %u faulted", written, faulted);
    WsFreeWriter(writers[0]);
    WsFreeWriter(writers[1]);
    WsFreeError(errors[0]);
    WsFreeError(errors[1]);
}

TEST(text)
{
    write_documents(&utf8.encoding, 1);
}

TEST(binary)
{
    WS_XML_WRITER_BINARY_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};

    write_documents(&encoding.encoding, 2);
    encoding.staticDictionary = &dictionary;
    write_documents(&encoding.encoding, 3);
}
