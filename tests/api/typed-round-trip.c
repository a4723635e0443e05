/* SPDX-License-Identifier: MIT */
/*
 * What round trips of values by description have found.
 *
 * Source: the pages of WS_TYPE and WS_FIELD_OPTIONS.
 */
#include "support/errors.h"
#include "support/heap.h"
#include "support/writer.h"

/* Our choice: an element whose prefix the writer chooses gives way to a name in no namespace, which can have none. */
TEST(a_name_in_no_namespace_can_be_written_in_any_element)
{
    static WS_FIELD_DESCRIPTION text = {.mapping = WS_TEXT_FIELD_MAPPING, .type = WS_XML_QNAME_TYPE};
    static WS_FIELD_DESCRIPTION *fields[] = {&text};
    static WS_STRUCT_DESCRIPTION names = {
        .size = sizeof(WS_XML_QNAME), .alignment = 8, .fields = fields, .fieldCount = 1};
    static WS_XML_STRING name = STRING("e"), ns = STRING("u");
    static const WS_ELEMENT_DESCRIPTION of_names = {&name, &ns, WS_STRUCT_TYPE, &names};
    static const WS_XML_QNAME value = {STRING("n"), STRING("")};
    WS_XML_WRITER *w = create_fragment_writer();

    ok(WsWriteElement(w, &of_names, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    ok(WsWriteStartElement(w, NULL, &name, &ns, NULL));
    ok(WsWriteElement(w, &of_names, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    end(w);
    expect_output(w, "<a:e xmlns:a=\"u\">n</a:e><e xmlns=\"u\"><a:e xmlns:a=\"u\" xmlns=\"\">n</a:e></e>");
    WsFreeWriter(w);
}

/* Our choice of prefixes: the element has none, so its type needs one even where the default namespace is that. */
TEST(an_element_in_no_namespace_can_name_a_type)
{
    static WS_STRUCT_DESCRIPTION base, derived, *sub_types[] = {&derived};
    static WS_FIELD_DESCRIPTION type = {.mapping = WS_TYPE_ATTRIBUTE_FIELD_MAPPING, .type = WS_DESCRIPTION_TYPE};
    static WS_FIELD_DESCRIPTION *fields[] = {&type};
    static WS_XML_STRING name = STRING("e"), none = STRING(""), derived_name = STRING("d"), ns = STRING("u");
    static const WS_ELEMENT_DESCRIPTION of_base = {&name, &none, WS_STRUCT_TYPE, &base};
    const WS_STRUCT_DESCRIPTION *value = &derived;
    WS_XML_WRITER *w = create_writer(NULL, 0);

    base.size = derived.size = sizeof(void *);
    base.fields = derived.fields = fields;
    base.fieldCount = derived.fieldCount = 1;
    base.subTypes = sub_types;
    base.subTypeCount = 1;
    derived.typeLocalName = &derived_name;
    derived.typeNs = &ns;
    derived.parentType = &base;
    ok(WsWriteStartElement(w, NULL, &name, &ns, NULL));
    ok(WsWriteElement(w, &of_base, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    end(w);
    expect_output(w, "<e xmlns=\"u\"><e b:type=\"a:d\" xmlns=\"\" "
                     "xmlns:b=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:a=\"u\"/></e>");
    WsFreeWriter(w);
}

/* Our choice: WS_FIELD_OPTIONAL leaves out what the reader would put there, and NULL is not a default of 5. */
TEST(nil_is_not_the_default)
{
    static int five = 5;
    static WS_DEFAULT_VALUE default_value = {&five, sizeof(five)};
    static WS_XML_STRING name = STRING("n"), ns = STRING("");
    static WS_FIELD_DESCRIPTION number = {.mapping = WS_ELEMENT_FIELD_MAPPING,
                                          .localName = &name,
                                          .ns = &ns,
                                          .type = WS_INT32_TYPE,
                                          .options = WS_FIELD_POINTER | WS_FIELD_OPTIONAL | WS_FIELD_NILLABLE,
                                          .defaultValue = &default_value};
    static WS_FIELD_DESCRIPTION *fields[] = {&number};
    static WS_STRUCT_DESCRIPTION numbers = {.size = sizeof(int *), .alignment = 8, .fields = fields, .fieldCount = 1};
    static const WS_ELEMENT_DESCRIPTION of_numbers = {&name, &ns, WS_STRUCT_TYPE, &numbers};
    int *value = NULL;
    WS_XML_WRITER *w = create_writer(NULL, 0);

    ok(WsWriteElement(w, &of_numbers, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_output(w, "<n><n a:nil=\"true\" xmlns:a=\"http://www.w3.org/2001/XMLSchema-instance\"/></n>");
    set_output(w, NULL, 0);
    value = &five;
    ok(WsWriteElement(w, &of_numbers, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
    expect_output(w, "<n/>");
    WsFreeWriter(w);
}
