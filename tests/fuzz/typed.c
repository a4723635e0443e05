/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of serialization. The input makes a description of a type (tests/support/descriptions.h), and then
 *
 *   - a value: written and read in every encoding, it comes back as the model says;
 *   - a document, which is the rest of the input, or a written one with bytes changed: reading it fails and leaves the
 *     result alone, or gives a value that can be written and read as the same one, from memory and as a stream;
 *   - a written document, with elements, attributes and texts put into it: reading it has the same result in all
 *     encodings;
 *   - damage to the description, within what pointers refer to: E_INVALIDARG comes before anything moves and before
 *     memory is taken, and nothing is written where it should not be.
 *
 * Run by `make fuzz-check`, under AddressSanitizer and UBSan.
 */
#include "fuzz.h"

#include "support/descriptions.h"
#include "support/encodings.h"
#include "support/stream.h"

static WS_HEAP *heap, *read_heap, *again_heap;
static WS_XML_WRITER *writer, *maker_writer;
static WS_XML_READER *reader, *model_reader;
static WS_ERROR *error;
static struct maker maker;
static WS_ELEMENT_DESCRIPTION element;

static bool is_pointer(WS_TYPE type)
{
    return type == WS_WSZ_TYPE || type == WS_XML_BUFFER_TYPE;
}

/* `value` points to a value, also of those types that are pointers. */
static HRESULT write_value(enum encoding encoding, const void *value, struct document *document)
{
    const void *pointer = is_pointer(element.type) ? *(void *const *)value : value;

    return write_document(writer, heap, encoding, &element, WS_WRITE_REQUIRED_POINTER, &pointer, sizeof(pointer),
                          document, error);
}

/* From where the reader is; on success *value points to a value. */
static HRESULT read_value(WS_HEAP *into, void **value)
{
    void *memory = NULL, *read = &maker;
    HRESULT hr;

    check(WsResetError(error) == S_OK);
    hr = WsReadElement(reader, &element, WS_READ_REQUIRED_POINTER, into, &read, sizeof(read), error);
    if (hr != S_OK)
    {
        check(read == &maker);
        return hr;
    }
    *value = read;
    if (is_pointer(element.type))
    {
        check(WsAlloc(into, sizeof(read), &memory, NULL) == S_OK);
        *value = memcpy(memory, &read, sizeof(read));
    }
    return S_OK;
}

static bool is_same(const void *written, const void *read)
{
    return is_as_written(model_reader, element.type, element.typeDescription, written, read);
}

/* --- Values that are made --- */

static void round_trips(void)
{
    void *value = make_value(&maker, element.type, element.typeDescription), *read;
    struct document document;
    enum encoding encoding;
    HRESULT hr;

    for (encoding = 0; encoding < ENCODING_COUNT; encoding++)
    {
        hr = write_value(encoding, value, &document);
        check(hr == S_OK || hr == WS_E_QUOTA_EXCEEDED);
        if (hr != S_OK)
            return;
        check(set_document(reader, &document) == S_OK);
        check(read_value(read_heap, &read) == S_OK);
        check(is_same(value, read));
    }
}

/* --- Documents --- */

/* Memory of exactly the size, so that what is read beyond it is noticed. */
static BYTE *copy(const void *bytes, size_t size)
{
    BYTE *memory = malloc(size + !size);

    check(memory);
    if (size)
        memcpy(memory, bytes, size);
    return memory;
}

/* Changes bytes as the rest of the input says: sets them, or takes them away. */
static void change(struct document *document, const uint8_t *edits, size_t count)
{
    BYTE *bytes = document->bytes.bytes;

    for (; count >= 3 && document->bytes.length; edits += 3, count -= 3)
    {
        ULONG pos = (ULONG)((edits[0] & 0x7f) << 8 | edits[1]) % document->bytes.length;

        if (edits[0] & 0x80)
            memmove(bytes + pos, bytes + pos + 1, --document->bytes.length - pos);
        else
            bytes[pos] = edits[2];
    }
}

/* The same document in pieces; what has not been filled cannot be read. */
static void read_stream_of(const struct document *document, HRESULT hr, const void *value, ULONG piece)
{
    WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BINARY_ENCODING binary = {{WS_XML_READER_ENCODING_TYPE_BINARY}, NULL, NULL};
    struct stream stream = {document->bytes.bytes, document->bytes.length, 0, piece + 1, 0};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, &stream};
    HRESULT other;
    void *read;

    if (document->encoding != UTF8 && document->encoding != BINARY)
        return;
    check(WsSetInput(reader, document->encoding == BINARY ? &binary.encoding : &text.encoding, &input.input, NULL, 0,
                     NULL) == S_OK);
    if (WsFillReader(reader, piece % 2 ? document->bytes.length + 1 : piece, NULL, NULL) != S_OK)
        return;
    other = read_value(again_heap, &read);
    /* What is wrong after the element is found with the next node, which may not be there yet. */
    if (other == S_OK && hr != S_OK)
        check(WsReadNode(reader, NULL) != S_OK);
    else
        check(other == hr || other == WS_E_QUOTA_EXCEEDED);
    if (other == S_OK && hr == S_OK)
        check(is_same(value, read));
}

static void read_any(const struct document *document, unsigned encoding, ULONG piece)
{
    struct document again;
    void *value = NULL, *read;
    HRESULT hr;

    check(set_document(reader, document) == S_OK);
    hr = read_value(read_heap, &value);
    read_stream_of(document, hr, value, piece);
    if (hr != S_OK || (hr = write_value(encoding, value, &again)) == WS_E_QUOTA_EXCEEDED)
        return;
    check(hr == S_OK);
    check(set_document(reader, &again) == S_OK);
    check(read_value(again_heap, &read) == S_OK);
    check(is_same(value, read));
}

static void read_text(enum encoding encoding, const uint8_t *bytes, size_t count)
{
    static const WS_XML_READER_TEXT_ENCODING utf8 = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    struct document document = {encoding == TREE ? TREE : UTF8, {(ULONG)count, NULL}, NULL};

    document.bytes.bytes = copy(bytes, count);
    if (encoding != TREE || WsReadXmlBufferFromBytes(reader, &utf8.encoding, NULL, 0, document.bytes.bytes,
                                                     document.bytes.length, heap, &document.tree, NULL) == S_OK)
        read_any(&document, encoding, (ULONG)count % 50);
    free(document.bytes.bytes);
}

static void read_changed(enum encoding encoding, const uint8_t *edits, size_t count)
{
    void *value = make_value(&maker, element.type, element.typeDescription);
    struct document document;
    BYTE *bytes, *exactly;

    if (write_value(encoding, value, &document) != S_OK)
        return;
    if (encoding == TREE)
    {
        read_any(&document, count % ENCODING_COUNT, 0);
        return;
    }
    bytes = document.bytes.bytes = copy(document.bytes.bytes, document.bytes.length);
    change(&document, edits, count);
    exactly = document.bytes.bytes = copy(bytes, document.bytes.length);
    free(bytes);
    read_any(&document, count % ENCODING_COUNT, count ? edits[count - 1] : 0);
    free(exactly);
}

/* --- The same document in all encodings --- */

/* What is put into tags and between them. */
static const char *const into_tags[] = {" i:nil='true' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'",
                                        " i:type='a' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'",
                                        " i:type='p:b' xmlns:p='u' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'",
                                        " xmlns:a='urn:x?a&amp;b'",
                                        " xmlns:b='urn:any'",
                                        " zz='1'",
                                        " xml:lang='x'"};
static const char *const between_tags[] = {
    " ", "<!--x-->", "<![CDATA[1]]>", "x", "<zz xmlns='urn:any'>1</zz>", "<zz/>", "0.0", "&#32;", "<a xmlns=''/>"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Changes a document as text, in memory that has room for it. */
static void change_text(struct document *document, const uint8_t *edits, size_t count)
{
    BYTE *bytes = document->bytes.bytes, *end, *bracket;
    const char *added;
    size_t length;

    for (; count >= 3; edits += 3, count -= 3)
    {
        end = bytes + document->bytes.length;
        bracket = bytes + (ULONG)((edits[0] & 0x7f) << 8 | edits[1]) % document->bytes.length;
        if (!(bracket = memchr(bracket, '>', (size_t)(end - bracket))))
            continue;
        added = edits[0] & 0x80 ? into_tags[edits[2] % COUNT(into_tags)] : between_tags[edits[2] % COUNT(between_tags)];
        if (!(edits[0] & 0x80))
            bracket++;
        else if (bracket > bytes && bracket[-1] == '/')
            bracket--;
        length = strlen(added);
        memmove(bracket + length, bracket, (size_t)(end - bracket));
        memcpy(bracket, added, length);
        document->bytes.length += (ULONG)length;
    }
}

static bool to_encoding(WS_XML_BUFFER *tree, enum encoding encoding, struct document *document)
{
    WS_XML_WRITER_TEXT_ENCODING text = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF16LE};
    WS_XML_WRITER_BINARY_ENCODING binary = {{WS_XML_WRITER_ENCODING_TYPE_BINARY}, NULL, NULL, NULL};
    void *bytes = NULL;
    HRESULT hr;

    document->encoding = encoding;
    document->tree = tree;
    if (encoding == TREE)
        return true;
    hr = WsWriteXmlBufferToBytes(writer, tree, encoding == BINARY ? &binary.encoding : &text.encoding, NULL, 0, heap,
                                 &bytes, &document->bytes.length, NULL);
    document->bytes.bytes = bytes;
    check(hr == S_OK || hr == WS_E_QUOTA_EXCEEDED);
    return hr == S_OK;
}

static void read_as_all(const uint8_t *edits, size_t count)
{
    static const enum encoding others[] = {UTF16LE, BINARY, TREE};
    void *value = make_value(&maker, element.type, element.typeDescription), *read;
    struct document document, other;
    WS_XML_BUFFER *tree = NULL;
    HRESULT hr, other_hr;
    BYTE *bytes;
    size_t i;

    if (write_value(UTF8, value, &document) != S_OK)
        return;
    bytes = malloc(document.bytes.length + count * 50);
    check(bytes);
    memcpy(bytes, document.bytes.bytes, document.bytes.length);
    document.bytes.bytes = bytes;
    change_text(&document, edits, count);
    check(set_document(reader, &document) == S_OK);
    hr = read_value(read_heap, &value);
    if (WsReadXmlBufferFromBytes(reader, NULL, NULL, 0, bytes, document.bytes.length, heap, &tree, NULL) == S_OK)
        for (i = 0; i < COUNT(others); i++)
            if (to_encoding(tree, others[i], &other))
            {
                check(set_document(reader, &other) == S_OK);
                other_hr = read_value(again_heap, &read);
                check(other_hr == hr || other_hr == WS_E_QUOTA_EXCEEDED || hr == WS_E_QUOTA_EXCEEDED);
                check(other_hr != S_OK || hr != S_OK || is_same(value, read));
            }
    if (hr == S_OK)
        read_any(&document, count % ENCODING_COUNT, 0);
    free(bytes);
}

/* --- Damage --- */

static ULONG any_number(void)
{
    switch (choose(&maker, 3))
    {
    case 0: return choose(&maker, 64);
    case 1: return ~(ULONG)choose(&maker, 64);
    default: return 1u << choose(&maker, 32);
    }
}

/* For what must be aligned: processors that do not mind are all that Windows runs on, but the sanitizer does. */
static ULONG aligned_number(void)
{
    return any_number() & ~(ULONG)7;
}

static void damage_name(WS_XML_STRING **name)
{
    static WS_XML_STRING broken = {5, NULL, NULL, 0}, empty = {0, NULL, NULL, 0};

    *name = choose(&maker, 3) == 0 ? NULL : choose(&maker, 2) ? &broken : &empty;
}

/* With a description that is large enough for all. */
static void damage_type(WS_FIELD_DESCRIPTION *field)
{
    static uint64_t zeros[64];

    field->type = (WS_TYPE)(choose(&maker, 40) - 2);
    field->typeDescription = NULL;
    field->offset &= ~(ULONG)7;
    if (field->type == WS_STRUCT_TYPE && choose(&maker, 2))
        field->typeDescription = maker.structs[choose(&maker, maker.struct_count)];
    else if (field->type >= WS_DESCRIPTION_TYPE && field->type != WS_DURATION_TYPE && choose(&maker, 3))
        field->typeDescription = zeros;
}

static void damage_field(WS_FIELD_DESCRIPTION *field)
{
    static WS_ITEM_RANGE range;

    switch (choose(&maker, 10))
    {
    case 0: field->mapping = (WS_FIELD_MAPPING)(choose(&maker, 15) - 1); break;
    case 1: damage_type(field); break;
    case 2: field->options = any_number(); break;
    case 3: field->offset = aligned_number(); break;
    case 4: field->countOffset = any_number(); break;
    case 5: damage_name(&field->localName); break;
    case 6: damage_name(&field->ns); break;
    case 7: damage_name(choose(&maker, 2) ? &field->itemLocalName : &field->itemNs); break;
    case 8:
        if (field->defaultValue && choose(&maker, 2))
            field->defaultValue->value = NULL;
        else if (field->defaultValue)
            field->defaultValue->valueSize = any_number();
        break;
    default:
        range.minItemCount = any_number();
        range.maxItemCount = any_number();
        field->itemRange = &range;
    }
}

static void damage_union(WS_UNION_DESCRIPTION *description)
{
    switch (choose(&maker, 6))
    {
    case 0: description->size = aligned_number(); break;
    case 1: description->enumOffset = any_number(); break;
    case 2: description->fieldCount = choose(&maker, description->fieldCount + 1); break;
    case 3: description->fields[0] = NULL; break;
    case 4: description->fields = NULL; break;
    default: damage_field(&description->fields[choose(&maker, description->fieldCount)]->field);
    }
}

static void damage_struct(WS_STRUCT_DESCRIPTION *description)
{
    WS_FIELD_DESCRIPTION *field = NULL;

    if (description->fields && description->fieldCount)
        field = description->fields[choose(&maker, description->fieldCount)];
    switch (choose(&maker, 12))
    {
    case 0: description->size = aligned_number(); break;
    case 1: description->fieldCount = choose(&maker, description->fieldCount + 1); break;
    case 2: description->fields[0] = NULL; break; /* there is room for one more than there are */
    case 3: description->fields = NULL; break;
    case 4: description->structOptions = any_number(); break;
    case 5:
        if (description->subTypes && description->subTypeCount)
            description->subTypes[0] = choose(&maker, 2) ? NULL : maker.structs[choose(&maker, maker.struct_count)];
        break;
    case 6: description->subTypes = NULL; break;
    case 7:
        if (field && field->type == WS_UNION_TYPE)
        {
            WS_UNION_DESCRIPTION *choices = field->typeDescription;

            if (choices && choices->fields && choices->fieldCount && choices->fields[0])
                damage_union(choices);
        }
        break;
    default:
        if (field)
            damage_field(field);
    }
}

static SIZE_T requested(void)
{
    SIZE_T size = 0;

    check(WsGetHeapProperty(read_heap, WS_HEAP_PROPERTY_REQUESTED_SIZE, &size, sizeof(size), NULL) == S_OK);
    return size;
}

static void read_damaged(enum encoding encoding)
{
    WS_STRUCT_DESCRIPTION *description = make_struct(&maker);
    const WS_XML_NODE *node = NULL;
    struct document document;
    void *value, *read;
    unsigned left;

    element.type = WS_STRUCT_TYPE;
    element.typeDescription = description;
    value = make_value(&maker, element.type, description);
    if (write_value(encoding, value, &document) != S_OK)
        return;
    for (left = 1 + choose(&maker, 3); left; left--)
    {
        WS_STRUCT_DESCRIPTION *damaged = maker.structs[choose(&maker, maker.struct_count)];

        if (damaged->fields)
            damage_struct(damaged);
    }
    check(set_document(reader, &document) == S_OK);
    if (read_value(read_heap, &read) == E_INVALIDARG)
    {
        check(WsGetReaderNode(reader, &node, NULL) == S_OK && node->nodeType == WS_XML_NODE_TYPE_BOF);
        check(!requested());
    }
}

/* --- The fuzzer --- */

static void release(void)
{
    WsFreeReader(reader);
    WsFreeReader(model_reader);
    WsFreeWriter(writer);
    WsFreeWriter(maker_writer);
    WsFreeError(error);
    WsFreeHeap(heap);
    WsFreeHeap(read_heap);
    WsFreeHeap(again_heap);
}

static void initialize(void)
{
    check(WsCreateReader(NULL, 0, &reader, NULL) == S_OK && WsCreateReader(NULL, 0, &model_reader, NULL) == S_OK);
    check(WsCreateWriter(NULL, 0, &writer, NULL) == S_OK && WsCreateWriter(NULL, 0, &maker_writer, NULL) == S_OK);
    check(WsCreateError(NULL, 0, &error) == S_OK);
    check(WsCreateHeap(1 << 24, 0, NULL, 0, &heap, NULL) == S_OK);
    check(WsCreateHeap(1 << 20, 0, NULL, 0, &read_heap, NULL) == S_OK);
    check(WsCreateHeap(1 << 20, 0, NULL, 0, &again_heap, NULL) == S_OK);
    check(!atexit(release));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static WS_XML_STRING name = {4, (BYTE *)"root", NULL, 0}, ns = {1, (BYTE *)"u", NULL, 0};
    enum encoding encoding;
    size_t made_of;

    if (size < 4)
        return 0;
    if (!reader)
        initialize();
    check(WsResetHeap(heap, NULL) == S_OK && WsResetHeap(read_heap, NULL) == S_OK &&
          WsResetHeap(again_heap, NULL) == S_OK);
    encoding = data[1] % ENCODING_COUNT;
    made_of = data[2] * 4u < size - 3 ? data[2] * 4u : size - 3;
    maker_init(&maker, heap, maker_writer, 0, data + 3, data[0] % 5 < 2 ? size - 3 : made_of);
    element.elementLocalName = &name;
    element.elementNs = &ns;
    if (data[0] % 5 == 1)
    {
        read_damaged(encoding);
        return 0;
    }
    element.type = make_type(&maker, &element.typeDescription);
    switch (data[0] % 5)
    {
    case 0: round_trips(); break;
    case 2: read_text(encoding, data + 3 + made_of, size - 3 - made_of); break;
    case 3: read_as_all(data + 3 + made_of, size - 3 - made_of); break;
    default: read_changed(encoding, data + 3 + made_of, size - 3 - made_of); break;
    }
    return 0;
}
