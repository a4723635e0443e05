/* SPDX-License-Identifier: MIT */
/* Content types of SOAP over HTTP: as peers send them, and as ours are. */
#include "support/test.h"

#include "channel/protocol/http_content_type.h"

static struct http_content_type type;
static BYTE room[400];

static HRESULT read_type(const char *value)
{
    struct mime_text text = http_text(value);

    expect(text.length <= sizeof(room));
    return http_read_content_type(text, room, &type, NULL);
}

static void expect_text(const char *wanted, struct mime_text text)
{
    if ((wanted == NULL) != (text.bytes == NULL) ||
        (wanted && (text.length != strlen(wanted) || memcmp(text.bytes, wanted, text.length))))
        test_fail(__FILE__, __LINE__, "\"%.*s\", not \"%s\"", (int)text.length, (const char *)text.bytes, wanted);
}

TEST(types_are_known_in_either_case)
{
    ok(read_type("text/xml"));
    expect(type.media == HTTP_MEDIA_TEXT_XML && !type.charset.bytes);
    ok(read_type(" Application/SOAP+xml ; charset=utf-8"));
    expect(type.media == HTTP_MEDIA_SOAP);
    expect_text("Application/SOAP+xml", type.name);
    expect_text("utf-8", type.charset);
    ok(read_type("application/soap+msbin1"));
    expect(type.media == HTTP_MEDIA_BINARY);
    ok(read_type("application/soap+msbinsession1"));
    expect(type.media == HTTP_MEDIA_BINARY_SESSION);
    ok(read_type("text/html;charset=\"utf-8\""));
    expect(type.media == HTTP_MEDIA_OTHER);
    expect_text("utf-8", type.charset);
}

TEST(parameters_come_in_any_order_and_form)
{
    ok(read_type("application/soap+xml;action=\"urn:a\\\"b\\\\\";charset=\"utf-8\"; other=1;"));
    expect_text("urn:a\"b\\", type.action);
    expect_text("utf-8", type.charset);
    ok(read_type("application/soap+xml; action=http://h/x?y=z; charset = utf-8 ;;"));
    expect_text("http://h/x?y=z", type.action);
    expect_text("utf-8", type.charset);
    ok(read_type("multipart/related; boundary=----=_Part_0_1.2; start=<r@x>; type=\"application/xop+xml\"; "
                 "start-info=\"text/xml\""));
    expect(type.media == HTTP_MEDIA_MULTIPART);
    expect_text("----=_Part_0_1.2", type.boundary);
    expect_text("r@x", type.start);
    expect_text("application/xop+xml", type.root_type);
    expect_text("text/xml", type.start_info);
    ok(read_type("Multipart/Related;start-info=\"application/soap+xml; action=\\\"a\\\"\";"
                 "type=\"application/xop+xml\";start=\"http://tempuri.org/0\";boundary=\"uuid:1+id=1\""));
    expect_text("uuid:1+id=1", type.boundary);
    expect_text("http://tempuri.org/0", type.start);
    expect_text("application/soap+xml; action=\"a\"", type.start_info);
}

TEST(what_is_no_type_is_refused)
{
    static const char *const bad[] = {
        "",
        "text",
        "text/",
        "/xml",
        "text/xml charset=a",
        "text/xml; charset",
        "text/xml; =a",
        "text/xml; charset=\"a",
        "text/xml; a=\"\\",
        "text/xml, text/xml",
        "text/xml; charset=a; CHARSET=b",
        "t(xt/xml",
        "text/xml; a=\"b\"c",
    };
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        if (read_type(bad[i]) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "%s", bad[i]);
}

static HRESULT check(const char *value, WS_ENCODING encoding, WS_ENVELOPE_VERSION version, WS_CHARSET *charset)
{
    if (!value)
        return http_check_content_type(NULL, encoding, version, charset, NULL);
    ok(read_type(value));
    return http_check_content_type(&type, encoding, version, charset, NULL);
}

TEST(channels_receive_their_type)
{
    static const struct
    {
        const char *value;
        WS_ENCODING encoding;
        WS_ENVELOPE_VERSION version;
        HRESULT hr;
        WS_CHARSET charset;
    } rows[] = {
        {"text/xml", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, S_OK, WS_CHARSET_AUTO},
        {"text/xml; charset=UTF-8", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, S_OK, WS_CHARSET_UTF8},
        {"text/xml; charset=utf-16", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, S_OK, WS_CHARSET_AUTO},
        {"text/xml; charset=utf-16le", WS_ENCODING_XML_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_1, S_OK, WS_CHARSET_UTF16LE},
        {"text/xml; charset=utf-16BE", WS_ENCODING_XML_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_1, S_OK, WS_CHARSET_UTF16BE},
        {"text/xml; charset=ebcdic", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_E_INVALID_FORMAT, 0},
        {"text/xml", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, WS_E_INVALID_FORMAT, 0},
        {"application/soap+xml", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_2, S_OK, WS_CHARSET_AUTO},
        {"application/soap+xml", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_E_INVALID_FORMAT, 0},
        {"text/html", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_E_INVALID_FORMAT, 0},
        {NULL, WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_E_INVALID_FORMAT, 0},
        {"application/soap+msbin1", WS_ENCODING_XML_BINARY_1, WS_ENVELOPE_VERSION_SOAP_1_2, S_OK, WS_CHARSET_AUTO},
        {"application/soap+msbin1", WS_ENCODING_XML_BINARY_SESSION_1, WS_ENVELOPE_VERSION_SOAP_1_2, WS_E_INVALID_FORMAT,
         0},
        {"multipart/related; boundary=b", WS_ENCODING_XML_MTOM_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, S_OK,
         WS_CHARSET_AUTO},
        {"multipart/related; boundary=b; start-info=\"text/xml; x\"; type=application/xop+xml",
         WS_ENCODING_XML_MTOM_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, S_OK, WS_CHARSET_AUTO},
        {"multipart/related; boundary=b; start-info=\"text/xml\"", WS_ENCODING_XML_MTOM_UTF8,
         WS_ENVELOPE_VERSION_SOAP_1_2, WS_E_INVALID_FORMAT, 0},
        {"multipart/related; boundary=b; type=\"text/xml\"", WS_ENCODING_XML_MTOM_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1,
         WS_E_INVALID_FORMAT, 0},
        {"multipart/related", WS_ENCODING_XML_MTOM_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_E_INVALID_FORMAT, 0},
        {"multipart/related; boundary=b", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, WS_E_INVALID_FORMAT, 0},
        {"text/xml; charset=utf-8", WS_ENCODING_XML_MTOM_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, S_OK, WS_CHARSET_UTF8},
        {"image/png", WS_ENCODING_RAW, WS_ENVELOPE_VERSION_NONE, S_OK, WS_CHARSET_AUTO},
        {NULL, WS_ENCODING_RAW, WS_ENVELOPE_VERSION_NONE, S_OK, WS_CHARSET_AUTO},
        {"application/atom+xml; charset=utf-8", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_NONE, S_OK, WS_CHARSET_UTF8},
    };
    WS_CHARSET charset;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        if (check(rows[i].value, rows[i].encoding, rows[i].version, &charset) != rows[i].hr ||
            (rows[i].hr == S_OK && charset != rows[i].charset))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, rows[i].value ? rows[i].value : "none");
    }
}

static void expect_written(const char *wanted, WS_ENCODING encoding, WS_ENVELOPE_VERSION version, const char *action,
                           const struct http_multipart *multipart)
{
    struct mime_text none = {NULL, 0};
    BYTE memory[300];
    struct http_output output = {memory, sizeof(memory), 0};

    http_put_content_type(&output, encoding, version, action ? http_text(action) : none, multipart);
    expect(http_output_fits(&output));
    none.bytes = memory;
    none.length = output.length;
    expect_text(wanted, none);
}

TEST(types_are_written)
{
    struct http_multipart multipart = {http_text("b"), http_text("root@x")};

    expect_written("text/xml; charset=utf-8", WS_ENCODING_XML_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, "a", NULL);
    expect_written("application/soap+xml; charset=utf-8; action=\"a\\\"\\\\b\"", WS_ENCODING_XML_UTF8,
                   WS_ENVELOPE_VERSION_SOAP_1_2, "a\"\\b", NULL);
    expect_written("application/soap+xml; charset=utf-16LE", WS_ENCODING_XML_UTF16LE, WS_ENVELOPE_VERSION_SOAP_1_2,
                   NULL, NULL);
    expect_written("application/soap+msbin1; action=\"\"", WS_ENCODING_XML_BINARY_1, WS_ENVELOPE_VERSION_SOAP_1_2, "",
                   NULL);
    expect_written("multipart/related; type=\"application/xop+xml\"; start=\"<root@x>\"; boundary=\"b\"; "
                   "start-info=\"text/xml\"",
                   WS_ENCODING_XML_MTOM_UTF8, WS_ENVELOPE_VERSION_SOAP_1_1, NULL, &multipart);
    expect_written("application/octet-stream", WS_ENCODING_RAW, WS_ENVELOPE_VERSION_NONE, NULL, NULL);
}

TEST(soap_actions_are_in_quotes)
{
    BYTE memory[40];
    struct http_output output = {memory, sizeof(memory), 0};
    struct mime_text line = {memory, 0};

    http_put_soap_action(&output, http_text("act"));
    line.length = output.length;
    expect_text("SOAPAction: \"act\"\r\n", line);
    expect_text("act", http_read_soap_action(http_text("\"act\"")));
    expect_text("act", http_read_soap_action(http_text("act")));
    expect_text("", http_read_soap_action(http_text("\"\"")));
    expect_text("\"", http_read_soap_action(http_text("\"")));
}
