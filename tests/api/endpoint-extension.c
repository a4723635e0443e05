/* SPDX-License-Identifier: MIT */
/*
 * WsReadEndpointAddressExtension: the address of the metadata, out of the extensions of an endpoint address.
 *
 * Source: the pages of the function and of WS_ENDPOINT_ADDRESS_EXTENSION_TYPE. They do not say which elements the
 * extension is: that is WS-MetadataExchange of September 2004, in both versions of WS-Addressing.
 */
#include "support/reader.h"
#include "support/structs.h"

#ifdef WS_DEBUG
#include "webservicesdebug.h"
#define NEVER_FAIL 0xffffffffu
#endif

#define A09 "http://schemas.xmlsoap.org/ws/2004/08/addressing"
#define A10 "http://www.w3.org/2005/08/addressing"
#define MEX "http://schemas.xmlsoap.org/ws/2004/09/mex"
#define ID  "http://schemas.xmlsoap.org/ws/2006/02/addressingidentity"

/* An endpoint reference with extensions. */
#define ROOT(version, extensions) \
    "<r xmlns:a='" version "' xmlns:m='" MEX "'><a:Address>http://service/</a:Address>" extensions "</r>"
#define REFERENCE(version, url) \
    "<m:MetadataReference><a:Address xmlns:a='" version "'>" url "</a:Address></m:MetadataReference>"
#define SECTION(content)  "<m:MetadataSection>" content "</m:MetadataSection>"
#define METADATA(content) "<m:Metadata>" content "</m:Metadata>"
#define OUTER(content)    "<a:Metadata xmlns:a='" A10 "'>" content "</a:Metadata>"

static WS_ENDPOINT_ADDRESS_DESCRIPTION v09 = {WS_ADDRESSING_VERSION_0_9}, v10 = {WS_ADDRESSING_VERSION_1_0};

static WS_ENDPOINT_ADDRESS read_address(struct use *use, const char *xml,
                                        const WS_ENDPOINT_ADDRESS_DESCRIPTION *version)
{
    WS_ENDPOINT_ADDRESS address;

    ok(read_from(use, xml, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, version, &address, sizeof(address)));
    return address;
}

static HRESULT read_value(struct use *use, WS_ENDPOINT_ADDRESS *address, WS_ENDPOINT_ADDRESS *value)
{
    return WsReadEndpointAddressExtension(use->reader, address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
                                          WS_READ_REQUIRED_VALUE, use->heap, value, sizeof(*value), use->error);
}

static HRESULT read_pointer(struct use *use, WS_ENDPOINT_ADDRESS *address, WS_READ_OPTION option,
                            WS_ENDPOINT_ADDRESS **value)
{
    return WsReadEndpointAddressExtension(use->reader, address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS, option,
                                          use->heap, value, sizeof(*value), use->error);
}

/* --- Where the address is --- */

TEST(the_address_of_the_metadata_in_both_versions)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address, value;

    address = read_address(&use, ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://mex/"))))), &v10);
    ok(read_value(&use, &address, &value));
    expect(wide_is(&value.url, "http://mex/") && !value.headers && !value.extensions && !value.identity);
    address = read_address(&use, ROOT(A09, METADATA(SECTION(REFERENCE(A09, "http://mex/")))), &v09);
    ok(read_value(&use, &address, &value));
    expect(wide_is(&value.url, "http://mex/"));
    end_use(&use);
}

/* What holds of any address: all its parts, and the anonymous address of its version. */
TEST(it_is_an_address_like_others)
{
    static const char text[] = ROOT(
        A10,
        "<x/>" OUTER(METADATA(SECTION("<m:MetadataReference n='1'> <a:Address>" A10 "/anonymous</a:Address>"
                                      "<a:ReferenceParameters><p>1</p></a:ReferenceParameters><other xmlns='urn:o'/>"
                                      "<Identity xmlns='" ID "'><Dns>h</Dns></Identity></m:MetadataReference>"))));
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address = read_address(&use, text, &v10), value;

    ok(read_value(&use, &address, &value));
    expect(!value.url.length && value.headers && value.extensions);
    expect(value.identity && wide_is(&((WS_DNS_ENDPOINT_IDENTITY *)value.identity)->dns, "h"));
    address = read_address(
        &use, ROOT(A09, METADATA(SECTION(REFERENCE(A09, A09 "/role/anonymous") REFERENCE(A09, "http://other/")))),
        &v09);
    ok(read_value(&use, &address, &value));
    expect(!value.url.length);
    end_use(&use);
}

/* In the shape in which services of WCF write it into their policies, and security token services do. */
TEST(the_issuer_of_a_policy)
{
    static const char text[] = "<Issuer xmlns=\"http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702\">"
                               "<Address xmlns=\"" A10 "\">https://sts.example/trust/13/usernamemixed</Address>\n"
                               "<Metadata xmlns=\"" A10 "\">\n<Metadata xmlns=\"" MEX "\" "
                               "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:wsx=\"" MEX "\">\n"
                               "<wsx:MetadataSection Dialect=\"" MEX "\" xmlns=\"\">\n<wsx:MetadataReference>\n"
                               "<Address xmlns=\"" A10 "\">https://sts.example/trust/mex</Address>\n"
                               "<Identity xmlns=\"" ID "\">\n<Dns>sts.example</Dns>\n</Identity>\n"
                               "</wsx:MetadataReference>\n</wsx:MetadataSection>\n</Metadata>\n</Metadata>\n</Issuer>";
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address = read_address(&use, text, &v10), *value = NULL;

    ok(read_pointer(&use, &address, WS_READ_OPTIONAL_POINTER, &value));
    expect(value && wide_is(&value->url, "https://sts.example/trust/mex"));
    expect(wide_is(&((WS_DNS_ENDPOINT_IDENTITY *)value->identity)->dns, "sts.example"));
    end_use(&use);
}

/* The page: the first instance. Metadata without a reference are none. */
TEST(of_several_the_first_is_read)
{
    static const char *const texts[] = {
        ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://1/") REFERENCE(A10, "http://2/"))))),
        ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://1/")) SECTION(REFERENCE(A10, "http://2/"))))),
        ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://1/"))) METADATA(SECTION(REFERENCE(A10, "http://2/"))))),
        ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://1/"))))
                      OUTER(METADATA(SECTION(REFERENCE(A10, "http://2/"))))),
        ROOT(A10, OUTER("") OUTER("<m:Metadata/>") OUTER(METADATA("<m:MetadataSection/>" SECTION("<w/>") SECTION(
                      "<m:Location>http://0/</m:Location>") SECTION("<x/>text" REFERENCE(A10, "http://1/"))))),
        ROOT(A10, "<!-- --><x:Metadata xmlns:x='urn:x'>" METADATA(SECTION(REFERENCE(
                      A10, "http://0/"))) "</x:Metadata>" OUTER(METADATA(SECTION(REFERENCE(A10, "http://1/"))))),
        ROOT(A10, "<m:MetadataSection>" REFERENCE(A10, "http://0/") "</m:MetadataSection>" OUTER(
                      SECTION(REFERENCE(A10, "http://0/")) METADATA(SECTION(REFERENCE(A10, "http://1/"))))),
    };
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address, value;
    ULONG i;

    for (i = 0; i < COUNT(texts); i++)
    {
        address = read_address(&use, texts[i], &v10);
        ok(read_value(&use, &address, &value));
        if (!wide_is(&value.url, "http://1/"))
            test_fail(__FILE__, __LINE__, "text %u", (unsigned)i);
    }
    end_use(&use);
}

/* Our choice: the extensions do not say which version they are of, so each may have what the other one has. */
TEST(versions_can_be_mixed)
{
    static const char *const texts[] = {
        ROOT(A10, METADATA(SECTION(REFERENCE(A10, "http://1/")))),
        ROOT(A10, METADATA(SECTION(REFERENCE(A09, "http://1/")))),
        ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A09, "http://1/"))))),
    };
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address, value;
    ULONG i;

    for (i = 0; i < COUNT(texts); i++)
    {
        address = read_address(&use, texts[i], &v10);
        ok(read_value(&use, &address, &value));
        expect(wide_is(&value.url, "http://1/"));
    }
    address = read_address(&use, ROOT(A09, OUTER(METADATA(SECTION(REFERENCE(A10, "http://1/"))))), &v09);
    ok(read_value(&use, &address, &value));
    expect(wide_is(&value.url, "http://1/"));
    end_use(&use);
}

/* --- Options --- */

TEST(options)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address = read_address(&use, ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://mex/"))))),
                                               &v10),
                        value, *pointer = NULL, *second = NULL;

    ok(read_pointer(&use, &address, WS_READ_REQUIRED_POINTER, &pointer));
    expect(pointer && wide_is(&pointer->url, "http://mex/"));
    ok(read_pointer(&use, &address, WS_READ_OPTIONAL_POINTER, &second));
    expect(second && second != pointer && wide_is(&second->url, "http://mex/"));
    expect_refused(use.error, E_INVALIDARG, read_pointer(&use, &address, WS_READ_NILLABLE_POINTER, &pointer),
                   "WS_READ_NILLABLE_POINTER");
    expect_refused(use.error, E_INVALIDARG, read_pointer(&use, &address, WS_READ_NILLABLE_VALUE, &pointer),
                   "WS_READ_NILLABLE_VALUE");
    expect_refused(use.error, E_INVALIDARG, read_pointer(&use, &address, (WS_READ_OPTION)0, &pointer), "read option 0");
    expect_refused(use.error, E_INVALIDARG,
                   WsReadEndpointAddressExtension(use.reader, &address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
                                                  WS_READ_REQUIRED_VALUE, use.heap, &value, sizeof(value) - 1,
                                                  use.error),
                   "size");
    expect_refused(use.error, E_INVALIDARG, read_pointer(&use, &address, WS_READ_REQUIRED_VALUE, &pointer), "size");
    expect_refused(use.error, E_INVALIDARG,
                   WsReadEndpointAddressExtension(use.reader, &address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
                                                  WS_READ_REQUIRED_VALUE, use.heap, NULL, sizeof(value), use.error),
                   "size");
    end_use(&use);
}

TEST(what_is_not_there)
{
    static const char *const texts[] = {
        ROOT(A10, ""),
        ROOT(A10, "<x/>"),
        ROOT(A10, OUTER("")),
        ROOT(A10, OUTER(METADATA(SECTION("")))),
        ROOT(A10, OUTER(METADATA(REFERENCE(A10, "http://mex/")))),
        ROOT(A10, OUTER(SECTION(REFERENCE(A10, "http://mex/")))),
        ROOT(A10, OUTER(METADATA(SECTION("<MetadataReference>" REFERENCE(A10, "http://mex/") "</MetadataReference>")))),
        ROOT(A10, "<m:metadata>" SECTION(REFERENCE(A10, "http://mex/")) "</m:metadata>"),
    };
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address, value, untouched, *pointer;
    ULONG i;

    memset(&untouched, 0x5a, sizeof(untouched));
    for (i = 0; i < COUNT(texts); i++)
    {
        address = read_address(&use, texts[i], &v10);
        pointer = &value;
        ok(read_pointer(&use, &address, WS_READ_OPTIONAL_POINTER, &pointer));
        expect(!pointer);
        value = untouched;
        expect_refused(use.error, WS_E_INVALID_FORMAT, read_value(&use, &address, &value), "metadata");
        expect(!memcmp(&value, &untouched, sizeof(value)));
        pointer = &value;
        expect_refused(use.error, WS_E_INVALID_FORMAT, read_pointer(&use, &address, WS_READ_REQUIRED_POINTER, &pointer),
                       "metadata");
        expect(pointer == &value);
    }
    end_use(&use);
}

TEST(what_is_not_an_address)
{
    static const struct
    {
        const char *content, *says;
    } rows[] = {
        {"", "Address"},
        {"<x/>", "Address"},
        {"<Address xmlns=''>http://mex/</Address>", "Address"},
        {"<a:Address/>", "empty"},
        {"<a:Address>http://1/</a:Address><a:Address>http://2/</a:Address>", "only one element"},
        {"<a:Address>http://<x/></a:Address>", "x"},
        {"text", "text"},
        {"<a:Address>http://1/</a:Address>text", "text"},
    };
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address, *pointer;
    char text[1000];
    ULONG i;

    for (i = 0; i < COUNT(rows); i++)
    {
        snprintf(text, sizeof(text),
                 ROOT(A10, OUTER("<m:Metadata><m:MetadataSection><m:MetadataReference>%s</m:MetadataReference>"
                                 "</m:MetadataSection></m:Metadata>")),
                 rows[i].content);
        address = read_address(&use, text, &v10);
        pointer = &address;
        expect_refused(use.error, WS_E_INVALID_FORMAT, read_pointer(&use, &address, WS_READ_OPTIONAL_POINTER, &pointer),
                       rows[i].says);
        expect(pointer == &address);
        expect_hr(WS_E_OBJECT_FAULTED, WsReadNode(use.reader, NULL));
    }
    end_use(&use);
}

/* --- The reader, and what else is passed --- */

/* The page: the function sets the input; what the reader did before does not matter. */
TEST(the_reader_is_set_to_the_extensions)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address = read_address(
                            &use, ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://mex/") "<next/>")))), &v10),
                        value;

    set_text_string(use.reader, "<<");
    expect_hr(WS_E_INVALID_FORMAT, WsReadNode(use.reader, NULL));
    ok(read_value(&use, &address, &value));
    expect(is_at_element(use.reader, "next"));
    WsFreeReader(use.reader);
    use.reader = create_reader();
    ok(read_value(&use, &address, &value));
    expect(wide_is(&value.url, "http://mex/"));
    end_use(&use);
}

/* Our choice: without anything to read, the reader stays where it is. */
TEST(the_reader_is_left_alone_where_nothing_is_read)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address = {{0, NULL}, NULL, NULL, NULL}, *pointer = &address;

    set_text_string(use.reader, "<a><b/></a>");
    ok(WsReadNode(use.reader, NULL));
    ok(read_pointer(&use, &address, WS_READ_OPTIONAL_POINTER, &pointer));
    expect(!pointer && is_at_element(use.reader, "a"));
    ok(WsReadNode(use.reader, NULL));
    expect(is_at_element(use.reader, "b"));
    end_use(&use);
}

struct filling
{
    struct use use;
    WS_ENDPOINT_ADDRESS address;
    HRESULT hr;
};

static HRESULT CALLBACK read_meanwhile(void *state, void *bytes, ULONG max, ULONG *actual,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct filling *filling = state;
    WS_ENDPOINT_ADDRESS *pointer = NULL;

    (void)bytes, (void)max, (void)context, (void)error;
    filling->hr = read_pointer(&filling->use, &filling->address, WS_READ_OPTIONAL_POINTER, &pointer);
    *actual = 0;
    return pointer ? E_FAIL : S_OK;
}

/* As all that sets the input of a reader: documented for asynchronous calls, our choice for the others. */
TEST(not_while_the_reader_is_being_filled)
{
    static const WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    struct filling filling = {begin_use(), {{0, NULL}, NULL, NULL, NULL}, S_OK};
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_meanwhile, &filling};

    filling.address =
        read_address(&filling.use, ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://mex/"))))), &v10);
    ok(WsSetInput(filling.use.reader, &text.encoding, &input.input, NULL, 0, NULL));
    ok(WsFillReader(filling.use.reader, 10, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, filling.hr);
    end_use(&filling.use);
}

TEST(arguments)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address = read_address(&use, ROOT(A10, OUTER(METADATA(SECTION(REFERENCE(A10, "http://mex/"))))),
                                               &v10),
                        broken = address, *pointer = &address;
    static const int types[] = {0, 2, -1};
    WS_HEAP *heap = use.heap;
    ULONG i;

    expect_refused(use.error, E_INVALIDARG,
                   WsReadEndpointAddressExtension(NULL, &address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
                                                  WS_READ_OPTIONAL_POINTER, use.heap, &pointer, sizeof(pointer),
                                                  use.error),
                   "XML reader");
    expect_refused(use.error, E_INVALIDARG, read_pointer(&use, NULL, WS_READ_OPTIONAL_POINTER, &pointer),
                   "endpoint address is NULL");
    for (i = 0; i < COUNT(types); i++)
        expect_refused(
            use.error, E_INVALIDARG,
            WsReadEndpointAddressExtension(use.reader, &address, (WS_ENDPOINT_ADDRESS_EXTENSION_TYPE)types[i],
                                           WS_READ_OPTIONAL_POINTER, use.heap, &pointer, sizeof(pointer), use.error),
            "endpoint address extension");
    broken.extensions = (WS_XML_BUFFER *)(void *)use.heap;
    expect_refused(use.error, E_INVALIDARG, read_pointer(&use, &broken, WS_READ_OPTIONAL_POINTER, &pointer),
                   "XML buffer");
    use.heap = NULL;
    expect_refused(use.error, E_INVALIDARG, read_pointer(&use, &address, WS_READ_OPTIONAL_POINTER, &pointer), "heap");
    use.heap = heap;
    expect(pointer == &address);
    end_use(&use);
}

/* --- Memory --- */

#define FULL \
    ROOT(A10, OUTER(METADATA(SECTION("<m:MetadataReference><a:Address>http://mex/</a:Address><a:ReferenceParameters>" \
                                     "<p>1</p></a:ReferenceParameters><o/><Identity xmlns='" ID \
                                     "'><Upn>u</Upn></Identity></m:MetadataReference>"))))

static void expect_full(const WS_ENDPOINT_ADDRESS *value)
{
    expect(wide_is(&value->url, "http://mex/") && value->headers && value->extensions);
    expect(wide_is(&((WS_UPN_ENDPOINT_IDENTITY *)value->identity)->upn, "u"));
}

TEST(a_heap_of_any_size_is_enough_or_exceeded)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address = read_address(&use, FULL, &v10), *pointer = NULL;
    WS_HEAP *heap = use.heap;
    SIZE_T size, needed;

    use.heap = create_heap(1 << 16);
    ok(read_pointer(&use, &address, WS_READ_REQUIRED_POINTER, &pointer));
    expect_full(pointer);
    needed = requested(use.heap);
    WsFreeHeap(use.heap);
    for (size = 0; size <= needed; size++)
    {
        use.heap = create_heap(size);
        pointer = &address;
        ok(WsResetError(use.error));
        expect_hr(size < needed ? WS_E_QUOTA_EXCEEDED : S_OK,
                  read_pointer(&use, &address, WS_READ_REQUIRED_POINTER, &pointer));
        if (size < needed)
            expect(pointer == &address && says(use.error, "heap"));
        else
            expect_full(pointer);
        WsFreeHeap(use.heap);
    }
    use.heap = heap;
    end_use(&use);
}

#ifdef WS_DEBUG

TEST(it_fails_at_every_point_with_nothing_half_done)
{
    struct use use = begin_use();
    WS_ENDPOINT_ADDRESS address = read_address(&use, FULL, &v10), *pointer;
    HRESULT hr = E_OUTOFMEMORY;
    ULONG operations;

    for (operations = 0; hr != S_OK && operations < 1000; operations++)
    {
        struct use fresh = begin_use();

        pointer = &address;
        ok(WsSetAutoFail(operations, NULL));
        hr = read_pointer(&fresh, &address, WS_READ_REQUIRED_POINTER, &pointer);
        ok(WsSetAutoFail(NEVER_FAIL, NULL));
        if (hr != S_OK)
        {
            expect_hr(E_OUTOFMEMORY, hr);
            expect(pointer == &address);
            ok(read_pointer(&fresh, &address, WS_READ_REQUIRED_POINTER, &pointer));
        }
        expect_full(pointer);
        end_use(&fresh);
    }
    ok(hr);
    expect(operations > 8);
    end_use(&use);
}

#endif
