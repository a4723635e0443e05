/* SPDX-License-Identifier: MIT */
/* Calls whose lines trace.sh looks for; and that strings which are none do no harm while they are traced. */
#include "../xml.h"

#define ok(call) expect_hr(S_OK, call)

TEST(calls_that_are_traced)
{
    static const char document[] = "<order n=\"1\"><item/></order>";
    WS_XML_STRING name = STRING("order"), other = STRING("a\"\n\xff"), none = STRING(""), no_bytes = {3, NULL, NULL, 0};
    WS_XML_STRING long_name = STRING("a_name_that_is_much_longer_than_what_is_shown_of_it");
    const WS_XML_STRING *ns = NULL;
    WS_XML_READER *reader = create_reader();
    WS_XML_WRITER *writer = NULL;
    WS_ERROR *error = create_error();
    WS_XML_STRING n = STRING("n"), xml = STRING("xml"), bad = STRING("1 bad");
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    const WS_XML_NODE *node = NULL;
    ULONG index = 99;
    BOOL found;

    ok(WsCreateWriter(NULL, 0, &writer, NULL));
    ok(WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, NULL));
    set_text_string(reader, document);
    ok(WsReadToStartElement(reader, &other, &none, &found, error));
    ok(WsReadToStartElement(reader, &name, &none, &found, error));
    ok(WsFindAttribute(reader, &n, &none, TRUE, &index, error));
    expect_hr(S_FALSE, WsFindAttribute(reader, &long_name, &none, FALSE, &index, error));
    ok(WsGetNamespaceFromPrefix(reader, &xml, TRUE, &ns, error));
    ok(WsGetReaderNode(reader, &node, error));
    expect_hr(E_INVALIDARG, WsWriteStartElement(writer, NULL, &no_bytes, &none, error));
    expect_hr(WS_E_INVALID_FORMAT, WsWriteStartElement(writer, NULL, &bad, &none, error));
    expect_hr(E_INVALIDARG, WsMoveReader(reader, (WS_MOVE_TO)99, NULL, error));
    WsMoveReader(reader, WS_MOVE_TO_CHILD_NODE, NULL, NULL);
    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeError(error);
}
