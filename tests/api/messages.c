/* SPDX-License-Identifier: MIT */
/*
 * Error objects say what was wrong by its name: names as they were given, constants as the header has them.
 *
 * Source: our choice.
 */
#include "api/writer.h"

TEST(a_name_that_cannot_be_is_shown)
{
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();

    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteStartElement(writer, NULL, X("1 bad"), X(""), error),
                   "The element name \"1 bad\" cannot have the character U+0031 at position 0.");
    ok(WsSetOutput(writer, &utf8.encoding, &memory_output.output, NULL, 0, NULL));
    ok(WsWriteStartElement(writer, NULL, X("a"), X(""), NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, WsWriteStartAttribute(writer, NULL, X("b c"), X(""), FALSE, error),
                   "The attribute name \"b c\" cannot have the character U+0020 at position 1.");
    WsFreeWriter(writer);
    WsFreeError(error);
}

TEST(constants_have_their_names)
{
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, (WS_CHARSET)0};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_WRITER *writer = create_writer(NULL, 0);
    WS_ERROR *error = create_error();
    WS_HEAP *heap = NULL;
    ULONG value = 0;

    ok(WsCreateHeap(1000, 0, NULL, 0, &heap, NULL));
    expect_refused(error, E_INVALIDARG, WsGetHeapProperty(heap, WS_HEAP_PROPERTY_MAX_SIZE, &value, 1, error),
                   "The value of WS_HEAP_PROPERTY_MAX_SIZE has ");
    expect_refused(error, E_INVALIDARG, WsGetHeapProperty(heap, (WS_HEAP_PROPERTY_ID)77, &value, 4, error),
                   "There is no heap property 77.");
    ok(WsWriteStartElement(writer, NULL, X("a"), X(""), NULL));
    expect_refused(error, E_INVALIDARG, WsWriteValue(writer, WS_INT32_VALUE_TYPE, &value, 3, error),
                   "A value of WS_INT32_VALUE_TYPE has 4 bytes, not 3.");
    expect_refused(error, E_INVALIDARG, WsWriteValue(writer, (WS_VALUE_TYPE)99, &value, 4, error),
                   "There is no value type 99.");
    expect_refused(error, E_INVALIDARG, WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, error),
                   "A writer cannot use WS_CHARSET_AUTO.");
    WsFreeHeap(heap);
    WsFreeWriter(writer);
    WsFreeError(error);
}
