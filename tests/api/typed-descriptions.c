/* SPDX-License-Identifier: MIT */
/*
 * Descriptions that cannot be, at every place where one can stand, and those that go in circles.
 *
 * Source: the pages of WS_STRUCT_DESCRIPTION, WS_FIELD_DESCRIPTION, WS_UNION_DESCRIPTION, WS_ENUM_DESCRIPTION and of
 * the others. That all are looked at before anything moves is our choice; of a few it has been observed on Windows.
 */
#include "support/simple-types.h"

static WS_XML_STRING name_a = STRING("a"), name_b = STRING("b"), name_n = STRING("n"), name_i = STRING("i"),
                     name_x = STRING("x"), name_s = STRING("S"), empty = STRING(""), broken = {1, NULL, NULL, 0};

/* --- What is spoiled: a structure of two numbers --- */

struct pair
{
    ULONG a, b;
    void *pointer;
    ULONG count, selector;
    BYTE more[72];
};

struct parts
{
    WS_FIELD_DESCRIPTION a, b, *fields[2];
    WS_STRUCT_DESCRIPTION structure, other, *sub_types[2];
    WS_UNION_FIELD_DESCRIPTION choice, *choices[1];
    WS_UNION_DESCRIPTION choice_of;
    WS_ENUM_VALUE values[2];
    WS_ENUM_DESCRIPTION names;
    WS_FAULT_DESCRIPTION fault;
    WS_CUSTOM_TYPE_DESCRIPTION custom;
    WS_DECIMAL_DESCRIPTION decimals;
    WS_DEFAULT_VALUE standard;
};

static WS_FIELD_DESCRIPTION element(WS_XML_STRING *name, WS_TYPE type, void *description, size_t offset, ULONG options)
{
    return (WS_FIELD_DESCRIPTION){.mapping = WS_ELEMENT_FIELD_MAPPING,
                                  .localName = name,
                                  .ns = &empty,
                                  .type = type,
                                  .typeDescription = description,
                                  .offset = (ULONG)offset,
                                  .options = options};
}

static HRESULT CALLBACK read_custom(WS_XML_READER *reader, WS_TYPE_MAPPING mapping, const void *data, WS_HEAP *heap,
                                    void *value, ULONG size, WS_ERROR *error)
{
    (void)reader, (void)mapping, (void)data, (void)heap, (void)value, (void)size, (void)error;
    return E_FAIL;
}

static HRESULT CALLBACK write_custom(WS_XML_WRITER *writer, WS_TYPE_MAPPING mapping, const void *data,
                                     const void *value, ULONG size, WS_ERROR *error)
{
    (void)writer, (void)mapping, (void)data, (void)value, (void)size, (void)error;
    return E_FAIL;
}

static void make(struct parts *p)
{
    memset(p, 0, sizeof(*p));
    p->a = element(&name_a, WS_UINT32_TYPE, NULL, offsetof(struct pair, a), 0);
    p->b = element(&name_b, WS_UINT32_TYPE, NULL, offsetof(struct pair, b), 0);
    p->fields[0] = &p->a;
    p->fields[1] = &p->b;
    p->structure.size = sizeof(struct pair);
    p->structure.fields = p->fields;
    p->structure.fieldCount = 2;
    p->structure.typeLocalName = &name_s;
    p->other = p->structure;
    p->other.fieldCount = 0;
    p->sub_types[0] = &p->other;
    p->choice.field = element(&name_x, WS_UINT32_TYPE, NULL, offsetof(struct pair, a), 0);
    p->choices[0] = &p->choice;
    p->choice_of.size = sizeof(struct pair);
    p->choice_of.fields = p->choices;
    p->choice_of.fieldCount = 1;
    p->choice_of.enumOffset = offsetof(struct pair, selector);
    p->values[0].name = &name_a;
    p->values[1].name = &name_b;
    p->values[1].value = 1;
    p->names.values = p->values;
    p->names.valueCount = 2;
    p->fault.envelopeVersion = WS_ENVELOPE_VERSION_SOAP_1_1;
    p->custom.size = 4;
    p->custom.readCallback = read_custom;
    p->custom.writeCallback = write_custom;
}

/* --- The ways to spoil it --- */

static void use(WS_FIELD_DESCRIPTION *field, WS_TYPE type, void *description)
{
    field->type = type;
    field->typeDescription = description;
}

static void repeat(WS_FIELD_DESCRIPTION *field)
{
    field->mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING;
    field->offset = offsetof(struct pair, pointer);
    field->countOffset = offsetof(struct pair, count);
    field->itemLocalName = &name_i;
    field->itemNs = &empty;
}

static void use_choice(struct parts *p, WS_FIELD_MAPPING mapping)
{
    use(&p->b, WS_UNION_TYPE, &p->choice_of);
    p->b.offset = 0;
    p->b.localName = p->b.ns = NULL;
    if (mapping == WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING)
    {
        p->b.offset = offsetof(struct pair, pointer);
        p->b.countOffset = offsetof(struct pair, count);
    }
    p->b.mapping = mapping;
}

static void give_default(struct parts *p, void *value, size_t size)
{
    p->standard.value = value;
    p->standard.valueSize = (ULONG)size;
    p->b.defaultValue = &p->standard;
}

static void map(struct parts *p, WS_FIELD_MAPPING a, WS_FIELD_MAPPING b)
{
    p->a.mapping = a;
    p->b.mapping = b;
}

static void mark_type(WS_FIELD_DESCRIPTION *field)
{
    field->mapping = WS_TYPE_ATTRIBUTE_FIELD_MAPPING;
    field->type = WS_DESCRIPTION_TYPE;
    field->offset = offsetof(struct pair, pointer);
}

static void take_any(WS_FIELD_DESCRIPTION *field, WS_FIELD_MAPPING mapping)
{
    field->mapping = mapping;
    field->type = WS_XML_BUFFER_TYPE;
    field->offset = offsetof(struct pair, pointer);
    field->countOffset = offsetof(struct pair, count);
}

/* clang-format off */
#define WAY(what, statements) static void what(struct parts *p) { statements; }
WAY(no_fields, p->structure.fields = NULL)
WAY(no_field, p->fields[1] = NULL)
WAY(mapping_13, p->b.mapping = 13)
WAY(mapping_below_zero, p->b.mapping = (WS_FIELD_MAPPING)-1)
WAY(type_35, p->b.type = 35)
WAY(type_below_zero, p->b.type = (WS_TYPE)-1)
WAY(struct_undescribed, use(&p->b, WS_STRUCT_TYPE, NULL))
WAY(enum_undescribed, use(&p->b, WS_ENUM_TYPE, NULL))
WAY(custom_undescribed, use(&p->b, WS_CUSTOM_TYPE, NULL))
WAY(fault_undescribed, use(&p->b, WS_FAULT_TYPE, NULL))
WAY(union_undescribed, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->b.typeDescription = NULL)
WAY(enum_null, use(&p->b, WS_ENUM_TYPE, &p->names); p->names.values = NULL)
WAY(enum_name, use(&p->b, WS_ENUM_TYPE, &p->names); p->values[1].name = NULL)
WAY(enum_name_broken, use(&p->b, WS_ENUM_TYPE, &p->names); p->values[0].name = &broken)
WAY(fault_none, use(&p->b, WS_FAULT_TYPE, &p->fault); p->fault.envelopeVersion = WS_ENVELOPE_VERSION_NONE)
WAY(fault_version, use(&p->b, WS_FAULT_TYPE, &p->fault); p->fault.envelopeVersion = 7)
WAY(custom_read, use(&p->b, WS_CUSTOM_TYPE, &p->custom); p->custom.readCallback = NULL)
WAY(custom_write, use(&p->b, WS_CUSTOM_TYPE, &p->custom); p->custom.writeCallback = NULL)
WAY(decimal_limit, use(&p->b, WS_DECIMAL_TYPE, &p->decimals); p->decimals.maxValue.scale = 29; p->b.offset = 32)
WAY(element_of_union, use(&p->b, WS_UNION_TYPE, &p->choice_of))
WAY(xml_attribute_of_number, p->a.mapping = WS_XML_ATTRIBUTE_FIELD_MAPPING)
WAY(options_unknown, p->b.options = 0x40)
WAY(options_other, p->b.options = WS_FIELD_OTHER_NAMESPACE)
WAY(options_nillable, p->b.options = N)
WAY(options_item, p->b.options = P | I)
WAY(options_attribute, p->a.mapping = WS_ATTRIBUTE_FIELD_MAPPING; p->a.options = P | N)
WAY(options_string, use(&p->b, WS_STRING_TYPE, NULL); p->b.offset = 32; p->b.options = P)
WAY(options_no_mapping, p->b.mapping = WS_NO_FIELD_MAPPING; p->b.options = O)
WAY(options_no_ns, take_any(&p->b, WS_ANY_ELEMENT_FIELD_MAPPING); p->b.options = WS_FIELD_OTHER_NAMESPACE; p->b.ns = NULL)
WAY(choice_pointer, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->b.options = P)
WAY(choice_nillable, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->b.options = N)
WAY(name_null, p->b.localName = NULL)
WAY(name_ns_null, p->b.ns = NULL)
WAY(name_empty, p->b.localName = &empty)
WAY(name_broken, p->b.localName = &broken)
WAY(name_ns_broken, p->b.ns = &broken)
WAY(attribute_name, p->a.mapping = WS_ATTRIBUTE_FIELD_MAPPING; p->a.localName = p->a.ns = NULL)
WAY(attribute_ns, p->a.mapping = WS_ATTRIBUTE_FIELD_MAPPING; p->a.ns = NULL)
WAY(xml_name, use(&p->a, WS_STRING_TYPE, NULL); p->a.offset = 32; p->a.mapping = WS_XML_ATTRIBUTE_FIELD_MAPPING; p->a.localName = NULL)
WAY(item_name, repeat(&p->b); p->b.itemLocalName = NULL)
WAY(item_name_empty, repeat(&p->b); p->b.itemLocalName = &empty)
WAY(item_ns, repeat(&p->b); p->b.itemNs = NULL)
WAY(wrapper_ns, repeat(&p->b); p->b.ns = NULL)
WAY(wrapper_name, repeat(&p->b); p->b.localName = NULL)
WAY(choices_ns, use_choice(p, WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING); p->b.localName = &name_b)
WAY(any_ns, take_any(&p->b, WS_ANY_ELEMENT_FIELD_MAPPING); p->b.ns = &broken)
WAY(default_size, give_default(p, &p->a, 3))
WAY(default_null, give_default(p, NULL, 4))
WAY(default_repeating, repeat(&p->b); give_default(p, &p->a, 4))
WAY(default_text, p->structure.fields++; p->structure.fieldCount--; p->b.mapping = WS_TEXT_FIELD_MAPPING; give_default(p, &p->a, 4))
WAY(default_struct, use(&p->b, WS_STRUCT_TYPE, &p->other); p->b.offset = 0; give_default(p, &p->a, sizeof(struct pair)))
WAY(order_attribute, p->b.mapping = WS_ATTRIBUTE_FIELD_MAPPING)
WAY(order_type, p->a.mapping = WS_ATTRIBUTE_FIELD_MAPPING; mark_type(&p->b))
WAY(order_types, mark_type(&p->a); mark_type(&p->b))
WAY(order_texts, map(p, WS_TEXT_FIELD_MAPPING, WS_TEXT_FIELD_MAPPING))
WAY(order_text, map(p, WS_TEXT_FIELD_MAPPING, WS_ELEMENT_FIELD_MAPPING))
WAY(order_text_last, map(p, WS_ELEMENT_FIELD_MAPPING, WS_TEXT_FIELD_MAPPING))
WAY(order_content, take_any(&p->a, WS_ANY_CONTENT_FIELD_MAPPING))
WAY(order_contents, take_any(&p->a, WS_ANY_CONTENT_FIELD_MAPPING); take_any(&p->b, WS_ANY_CONTENT_FIELD_MAPPING))
WAY(order_text_and_content, p->a.mapping = WS_TEXT_FIELD_MAPPING; take_any(&p->b, WS_ANY_CONTENT_FIELD_MAPPING))
WAY(sub_types_null, p->structure.subTypeCount = 1)
WAY(sub_type_null, p->structure.subTypeCount = 2; p->structure.subTypes = p->sub_types)
WAY(type_name, p->structure.typeLocalName = &broken; p->structure.subTypes = p->sub_types; p->structure.subTypeCount = 1)
WAY(type_ns, p->structure.typeNs = &broken; p->structure.parentType = &p->other)
WAY(type_name_abstract, p->structure.typeLocalName = &broken; p->structure.structOptions = WS_STRUCT_ABSTRACT)
WAY(type_name_marked, p->structure.typeNs = &broken; mark_type(&p->a))
WAY(sub_type_name, p->other.typeLocalName = &broken; p->structure.subTypes = p->sub_types; p->structure.subTypeCount = 1)
WAY(choice_fields, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->choice_of.fields = NULL)
WAY(choice_field, use_choice(p, WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING); p->choices[0] = NULL)
WAY(choice_attribute, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->choice.field.mapping = WS_ATTRIBUTE_FIELD_MAPPING)
WAY(choice_unmapped, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->choice.field.mapping = WS_NO_FIELD_MAPPING)
WAY(place_after, p->b.offset = sizeof(struct pair))
WAY(place_end, p->b.offset = sizeof(struct pair) - 3)
WAY(place_far, p->b.offset = 0xfffffffe)
WAY(place_pointer, p->b.options = P | N; p->b.offset = sizeof(struct pair) - sizeof(void *) + 1)
WAY(place_array, repeat(&p->b); p->b.offset = sizeof(struct pair) - sizeof(void *) + 1)
WAY(place_count, repeat(&p->b); p->b.countOffset = sizeof(struct pair) - 3)
WAY(place_chars, use(&p->b, WS_CHAR_ARRAY_TYPE, NULL); p->b.offset = 32; p->b.countOffset = 0xffffffff)
WAY(place_struct, use(&p->b, WS_STRUCT_TYPE, &p->other))
WAY(place_unmapped, p->b.mapping = WS_NO_FIELD_MAPPING; p->b.offset = 0x80000000)
WAY(place_selector, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->choice_of.enumOffset = sizeof(struct pair) - 2)
WAY(place_choice, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->choice.field.offset = sizeof(struct pair))
WAY(size_small, p->structure.size = 6)
WAY(count_own, repeat(&p->b); p->b.countOffset = p->b.offset)
WAY(count_own_half, repeat(&p->b); p->b.countOffset = p->b.offset + sizeof(void *) - 1)
WAY(count_own_chars, use(&p->b, WS_CHAR_ARRAY_TYPE, NULL); p->b.offset = 32; p->b.countOffset = 30)
WAY(count_unset, repeat(&p->b); p->b.countOffset = 0)
WAY(count_unset_bytes, use(&p->b, WS_BYTE_ARRAY_TYPE, NULL); p->b.offset = 32; p->b.countOffset = 0)
WAY(count_later, repeat(&p->a); p->a.countOffset = 1)
WAY(count_inside, use(&p->a, WS_STRING_TYPE, NULL); p->a.offset = 32; repeat(&p->b); p->b.countOffset = 40)
WAY(count_choices, use_choice(p, WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING); p->b.countOffset = 0)
WAY(count_shared, repeat(&p->a); repeat(&p->b); p->b.offset = 32; p->b.countOffset = p->a.countOffset + 1)
WAY(count_shared_exactly, repeat(&p->a); repeat(&p->b); p->b.offset = 32)
WAY(count_selector, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); use(&p->choice.field, WS_UTF8_ARRAY_TYPE, NULL); p->choice.field.offset = 32; p->choice.field.countOffset = p->choice_of.enumOffset)
WAY(count_choice_own, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); use(&p->choice.field, WS_UTF8_ARRAY_TYPE, NULL))
/* Those that can be */
WAY(count_of_number, p->a.countOffset = 0xffffffff)
WAY(count_of_unmapped, use(&p->b, WS_CHAR_ARRAY_TYPE, NULL); p->b.offset = 32; p->b.mapping = WS_NO_FIELD_MAPPING; p->b.countOffset = 0xffffffff)
WAY(count_of_discarded, take_any(&p->b, WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING); use(&p->b, WS_VOID_TYPE, &p->custom); p->b.countOffset = 0xffffffff)
WAY(count_in_structure, use(&p->b, WS_STRUCT_TYPE, &p->other); p->b.offset = 0; p->b.options = 0; repeat(&p->a))
WAY(count_unmapped, p->b.mapping = WS_NO_FIELD_MAPPING; repeat(&p->a); p->a.countOffset = p->b.offset)
WAY(count_in_choices, use_choice(p, WS_ELEMENT_CHOICE_FIELD_MAPPING); p->b.options = O; use(&p->choice.field, WS_UTF8_ARRAY_TYPE, NULL); p->choice.field.offset = 32)

static const struct way
{
    void (*spoil)(struct parts *p);
    const char *sentence;
    enum { BOTH, READING, WRITING } when; /* where a callback matters */
} ways[] = {
    {no_fields, "In the description of a structure, the fields or one of them are NULL, and their count is 2.", BOTH},
    {no_field, "the fields or one of them are NULL, and their count is 2", BOTH},
    {mapping_13, "In the description of the structure \"S\", the field \"b\" (index 1) has the mapping 13, which does not exist.", BOTH},
    {mapping_below_zero, "the field \"b\" (index 1) has the mapping -1, which does not exist", BOTH},
    {type_35, "the field \"b\" (index 1): There is no type 35.", BOTH},
    {type_below_zero, "the field \"b\" (index 1): There is no type", BOTH},
    {struct_undescribed, "the field \"b\" (index 1): The description of a value of WS_STRUCT_TYPE is NULL.", BOTH},
    {enum_undescribed, "the field \"b\" (index 1): The description of a value of WS_ENUM_TYPE is NULL.", BOTH},
    {custom_undescribed, "the field \"b\" (index 1): The description of a value of WS_CUSTOM_TYPE is NULL.", BOTH},
    {fault_undescribed, "the field \"b\" (index 1): The description of a value of WS_FAULT_TYPE is NULL.", BOTH},
    {union_undescribed, "CHOICE_FIELD_MAPPING at offset 0 (index 1): The description of a value of WS_UNION_TYPE is NULL.", BOTH},
    {enum_null, "the field \"b\" (index 1): The values of an enumeration are NULL, and their count is 2.", BOTH},
    {enum_name, "the field \"b\" (index 1): In the description of an enumeration of 2 values the name with the index 1 is NULL.", BOTH},
    {enum_name_broken, "an enumeration of 2 values the name with the index 0 is NULL.", BOTH},
    {fault_none, "the field \"b\" (index 1): There are no faults in WS_ENVELOPE_VERSION_NONE.", BOTH},
    {fault_version, "the field \"b\" (index 1): There are no faults in ", BOTH},
    {custom_read, "the field \"b\" (index 1): The description of a custom type has no callback to read it.", READING},
    {custom_write, "the field \"b\" (index 1): The description of a custom type has no callback to write it.", WRITING},
    {decimal_limit, "the field \"b\" (index 1): A limit in the description of a decimal is not valid: the scales are 0 and 29", BOTH},
    {element_of_union, "\"b\" (index 1) has WS_UNION_TYPE, which is not for WS_ELEMENT_FIELD_MAPPING.", BOTH},
    {xml_attribute_of_number, "\"a\" (index 0) has WS_UINT32_TYPE, which is not for WS_XML_ATTRIBUTE_FIELD_MAPPING.", BOTH},
    {options_unknown, "\"b\" (index 1) has the options 0x40, ", BOTH},
    {options_other, "\"b\" (index 1) has WS_FIELD_OTHER_NAMESPACE, ", BOTH},
    {options_nillable, "\"b\" (index 1) has the options 0x4, which WS_UINT32_TYPE does not allow", BOTH},
    {options_item, "\"b\" (index 1) has WS_FIELD_NILLABLE_ITEM, which is for repeating elements", BOTH},
    {options_attribute, "\"a\" (index 0) has WS_FIELD_POINTER, which its mapping does not allow", BOTH},
    {options_string, "\"b\" (index 1) has the options 0x1, which WS_STRING_TYPE does not allow", BOTH},
    {options_no_mapping, "\"b\" (index 1) has WS_FIELD_OPTIONAL, which its mapping does not allow", BOTH},
    {options_no_ns, "\"b\" (index 1) has WS_FIELD_OTHER_NAMESPACE, which is for any element or attribute and needs a namespace", BOTH},
    {choice_pointer, "has WS_FIELD_POINTER, which its mapping does not allow", BOTH},
    {choice_nillable, "has WS_FIELD_NILLABLE, which its mapping does not allow", BOTH},
    {name_null, "the field of WS_ELEMENT_FIELD_MAPPING at offset 4 (index 1) has no name, or no namespace.", BOTH},
    {name_ns_null, "\"b\" (index 1) has no name, or no namespace", BOTH},
    {name_empty, "(index 1) has no name, or no namespace", BOTH},
    {name_broken, "(index 1) has no name, or no namespace", BOTH},
    {name_ns_broken, "\"b\" (index 1) has no name, or no namespace", BOTH},
    {attribute_name, "(index 0) has no name, or no namespace", BOTH},
    {attribute_ns, "\"a\" (index 0) has no name, or no namespace", BOTH},
    {xml_name, "(index 0) has no name", BOTH},
    {item_name, "\"b\" (index 1) has no name, or no namespace, for its items", BOTH},
    {item_name_empty, "\"b\" (index 1) has no name, or no namespace, for its items", BOTH},
    {item_ns, "\"b\" (index 1) has no name, or no namespace, for its items", BOTH},
    {wrapper_ns, "\"b\" (index 1) has only half a name for the element around its items", BOTH},
    {wrapper_name, "\"i\" (index 1) has only half a name for the element around its items", BOTH},
    {choices_ns, "\"b\" (index 1) has only half a name for the element around its items", BOTH},
    {any_ns, "\"b\" (index 1) has a broken namespace", BOTH},
    {default_size, "\"b\" (index 1) has a default value of 3 bytes at ", BOTH},
    {default_null, "; the size of its type is 4.", BOTH},
    {default_repeating, "\"b\" (index 1) has a default value, which its type or mapping does not allow", BOTH},
    {default_text, "has a default value, which its type or mapping does not allow", BOTH},
    {default_struct, "\"b\" (index 1) has a default value, which its type or mapping does not allow", BOTH},
    {order_attribute, "\"b\" (index 1) cannot come after the field \"a\": attributes come before content", BOTH},
    {order_type, "\"b\" (index 1) cannot come after the field \"a\"", BOTH},
    {order_types, "\"b\" (index 1) is the second one of its mapping", BOTH},
    {order_texts, "\"b\" (index 1) is beside a text, which is all content", BOTH},
    {order_text, "\"b\" (index 1) is beside a text, which is all content", BOTH},
    {order_text_last, "\"b\" (index 1) is beside a text, which is all content", BOTH},
    {order_content, "\"b\" (index 1) cannot come after the field \"a\"", BOTH},
    {order_contents, "\"b\" (index 1) is the second one of its mapping", BOTH},
    {order_text_and_content, "\"b\" (index 1) is beside a text, which is all content", BOTH},
    {sub_types_null, "The types derived from the structure \"S\" or one of them are NULL, and their count is 1.", BOTH},
    {sub_type_null, "The types derived from the structure \"S\" or one of them are NULL, and their count is 2.", BOTH},
    {type_name, "In the description of a structure, the name of its type or the namespace of that has a length, but its bytes are NULL.", BOTH},
    {type_ns, "In the description of a structure, the name of its type or the namespace of that has a length", BOTH},
    {type_name_abstract, "In the description of a structure, the name of its type or the namespace of that has a length", BOTH},
    {type_name_marked, "In the description of a structure, the name of its type or the namespace of that has a length", BOTH},
    {sub_type_name, "In the description of a structure, the name of its type or the namespace of that has a length", BOTH},
    {choice_fields, "In the description of a union, the fields or one of them are NULL, and their count is 1.", BOTH},
    {choice_field, "In the description of a union, the fields or one of them are NULL, and their count is 1.", BOTH},
    {choice_attribute, "In the description of a union, the field \"x\" (index 0) is not one element, as choices are.", BOTH},
    {choice_unmapped, "In the description of a union, the field \"x\" (index 0) is not one element, as choices are.", BOTH},
    {place_after, "\"b\" (index 1) has 4 bytes at the offset ", BOTH},
    {place_end, "\"b\" (index 1) has 4 bytes at the offset ", BOTH},
    {place_far, "\"b\" (index 1) has 4 bytes at the offset 4294967294, and the size is ", BOTH},
    {place_pointer, "\"b\" (index 1) has ", BOTH},
    {place_array, "\"b\" (index 1) has ", BOTH},
    {place_count, "\"b\" (index 1) has its count at the offset ", BOTH},
    {place_chars, "\"b\" (index 1) has its count at the offset 4294967295, and the size is ", BOTH},
    {place_struct, "\"b\" (index 1) has ", BOTH},
    {place_unmapped, "(index 1) has 4 bytes at the offset 2147483648", BOTH},
    {place_selector, "The selector of a union is at the offset ", BOTH},
    {place_choice, "In the description of a union, the field \"x\" (index 0) has 4 bytes at the offset ", BOTH},
    {size_small, "\"b\" (index 1) has 4 bytes at the offset 4, and the size is 6.", BOTH},
    {count_own, "In the description of the structure \"S\", the field \"b\" (index 1) has its count at the offset 8, where its own pointer is.", BOTH},
    {count_own_half, "where its own pointer is.", BOTH},
    {count_own_chars, "\"b\" (index 1) has its count at the offset 30, where its own pointer is.", BOTH},
    {count_unset, "\"b\" (index 1) has its count at the offset 0, where the field \"a\" is.", BOTH},
    {count_unset_bytes, "\"b\" (index 1) has its count at the offset 0, where the field \"a\" is.", BOTH},
    {count_later, "\"a\" (index 0) has its count at the offset 1, where the field \"b\" is.", BOTH},
    {count_inside, "\"b\" (index 1) has its count at the offset 40, where the field \"a\" is.", BOTH},
    {count_choices, "(index 1) has its count at the offset 0, where the field \"a\" is.", BOTH},
    {count_shared, "where the count of the field \"", BOTH},
    {count_shared_exactly, "where the count of the field \"", READING},
    {count_selector, "In the description of a union, the field \"x\" (index 0) has its count at the offset ", BOTH},
    {count_choice_own, "In the description of a union, the field \"x\" (index 0) has its count at the offset 0, where its own pointer is.", BOTH},
};
/* clang-format on */

/* --- The places where it can be --- */

enum nesting
{
    ITSELF,
    FIELD,
    POINTED_TO,
    ITEM,
    CHOICE,
    CHOICE_ITEM,
    DERIVED,
    DERIVED_FIELD,
    DEEP, /* all of these */
    NESTINGS
};

struct around
{
    WS_FIELD_DESCRIPTION field, *fields[1];
    WS_UNION_FIELD_DESCRIPTION choice, *choices[1];
    WS_UNION_DESCRIPTION choice_of;
    WS_STRUCT_DESCRIPTION structure, *sub_types[1];
};

static const WS_STRUCT_DESCRIPTION *put_around(struct around *around, WS_STRUCT_DESCRIPTION *inner,
                                               enum nesting nesting)
{
    WS_FIELD_DESCRIPTION *field = &around->field;

    memset(around, 0, sizeof(*around));
    around->fields[0] = field;
    around->structure.size = sizeof(struct pair);
    around->structure.fields = around->fields;
    around->structure.fieldCount = 1;
    *field = element(&name_n, WS_STRUCT_TYPE, inner, 0, 0);
    around->choice.field = *field;
    around->choices[0] = &around->choice;
    around->choice_of.size = sizeof(struct pair);
    around->choice_of.fields = around->choices;
    around->choice_of.fieldCount = 1;
    around->sub_types[0] = inner;
    switch (nesting)
    {
    case ITSELF: return inner;
    case POINTED_TO: field->options = P | O; break;
    case ITEM: repeat(field); break;
    case CHOICE:
    case CHOICE_ITEM:
        field->mapping =
            nesting == CHOICE ? WS_ELEMENT_CHOICE_FIELD_MAPPING : WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING;
        use(field, WS_UNION_TYPE, &around->choice_of);
        field->localName = field->ns = NULL;
        field->offset = nesting == CHOICE ? 0 : offsetof(struct pair, pointer);
        field->countOffset = offsetof(struct pair, count);
        break;
    case DERIVED:
        around->structure.fieldCount = 0;
        around->structure.subTypes = around->sub_types;
        around->structure.subTypeCount = 1;
        break;
    default: break;
    }
    return &around->structure;
}

static const WS_STRUCT_DESCRIPTION *nest(struct around around[NESTINGS], struct parts *p, enum nesting nesting)
{
    WS_STRUCT_DESCRIPTION *inner = &p->structure;
    int i;

    if (nesting == DERIVED_FIELD)
    {
        put_around(&around[0], inner, DERIVED);
        return put_around(&around[1], &around[0].structure, FIELD);
    }
    if (nesting != DEEP)
        return put_around(&around[0], inner, nesting);
    for (i = FIELD; i < DERIVED_FIELD; i++)
    {
        put_around(&around[i], inner, (enum nesting)i);
        inner = &around[i].structure;
    }
    return inner;
}

static HRESULT read_pair(struct typed *f, const WS_STRUCT_DESCRIPTION *description, struct pair *value, size_t size)
{
    set_text_string(f->reader, "<r><n/></r>");
    memset(value, UNTOUCHED, sizeof(*value));
    return WsReadType(f->reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, description, WS_READ_REQUIRED_VALUE, f->heap,
                      value, (ULONG)size, f->error);
}

static HRESULT write_pair(struct typed *f, const WS_STRUCT_DESCRIPTION *description, const struct pair *value,
                          size_t size)
{
    set_output(f->writer, NULL, 0);
    start(f->writer, "r");
    return WsWriteType(f->writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, description, WS_WRITE_REQUIRED_VALUE, value,
                       (ULONG)size, f->error);
}

TEST(descriptions_that_cannot_be)
{
    struct around around[NESTINGS];
    struct parts parts;
    struct pair value;
    struct typed f;
    unsigned i;
    int nesting;

    begin(&f);
    for (i = 0; i < COUNT(ways); i++)
        for (nesting = 0; nesting < NESTINGS; nesting++)
        {
            const WS_STRUCT_DESCRIPTION *description;
            SIZE_T taken = requested(f.heap);
            HRESULT hr;

            make(&parts);
            ways[i].spoil(&parts);
            description = nest(around, &parts, (enum nesting)nesting);
            ok(WsResetError(f.error));
            hr = read_pair(&f, description, &value, description->size);
            if (ways[i].when != WRITING && (hr != E_INVALIDARG || !says(f.error, ways[i].sentence)))
                test_fail(__FILE__, __LINE__, "%d: 0x%08x \"%s\" is not \"%s\"", nesting, (unsigned)hr,
                          sentence(f.error), ways[i].sentence);
            if (hr == E_INVALIDARG && (!is_untouched(&value, sizeof(value)) || requested(f.heap) != taken ||
                                       current_type(f.reader) != WS_XML_NODE_TYPE_BOF || sentence_count(f.error) != 1))
                test_fail(__FILE__, __LINE__, "%d: \"%s\": something has changed", nesting, sentence(f.error));
            if (ways[i].when == READING)
                continue;
            ok(WsResetError(f.error));
            hr = write_pair(&f, description, &value, description->size);
            if (hr != E_INVALIDARG || !says(f.error, ways[i].sentence) || sentence_count(f.error) != 1)
                test_fail(__FILE__, __LINE__, "%d: 0x%08x \"%s\" is not \"%s\"", nesting, (unsigned)hr,
                          sentence(f.error), ways[i].sentence);
            end(f.writer);
            expect_output(f.writer, "<r/>");
        }
    finish(&f);
}

/* The same without any of those. */
TEST(descriptions_that_can_be)
{
    struct around around[NESTINGS];
    struct parts parts;
    struct pair value;
    struct typed f;
    int nesting;

    begin(&f);
    make(&parts);
    for (nesting = 0; nesting < NESTINGS; nesting++)
    {
        const WS_STRUCT_DESCRIPTION *description = nest(around, &parts, (enum nesting)nesting);

        /* In the element n the fields are missing, unless it is one around items or of a type without fields. */
        expect_hr(nesting == ITEM || nesting == DERIVED_FIELD ? S_OK : WS_E_INVALID_FORMAT,
                  read_pair(&f, description, &value, description->size));
        memset(&value, 0, sizeof(value));
        ok(write_pair(&f, description, &value, description->size));
    }
    finish(&f);
}

/* Observed on Windows: where a count is not used, its offset can be anything. The rest is our choice. */
TEST(counts_that_do_no_harm)
{
    static void (*const unused[])(struct parts *) = {count_of_number, count_of_unmapped, count_of_discarded};
    static void (*const used[])(struct parts *) = {count_unmapped, count_in_structure, count_in_choices,
                                                   count_shared_exactly};
    struct parts parts;
    struct pair value;
    struct typed f;
    unsigned i;

    begin(&f);
    for (i = 0; i < COUNT(unused) + COUNT(used); i++)
    {
        bool is_used = i >= COUNT(unused);

        make(&parts);
        (is_used ? used[i - COUNT(unused)] : unused[i])(&parts);
        memset(&value, 0, sizeof(value));
        if (!is_used || used[i - COUNT(unused)] != count_shared_exactly)
            expect_hr(WS_E_INVALID_FORMAT, read_pair(&f, &parts.structure, &value, sizeof(value)));
        memset(&value, 0, sizeof(value));
        ok(write_pair(&f, &parts.structure, &value, sizeof(value)));
    }
    finish(&f);
}

/* --- Circles --- */

/* How deep a value can be is our choice, and what an element can be by the reader's and the writer's properties. */
static const ULONG very_deep = 100000;

static void read_deep(struct typed *f, const WS_STRUCT_DESCRIPTION *description, const char *tag, unsigned count,
                      HRESULT hr, const char *says_so)
{
    static char text[60000];
    WS_XML_READER_PROPERTY property = {WS_XML_READER_PROPERTY_MAX_DEPTH, (void *)&very_deep, sizeof(very_deep)};
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, text, 0};
    struct pair value;
    char *end = text;
    unsigned i;

    for (i = 0; i < count; i++)
        end += sprintf(end, "<%s>", tag);
    for (i = 0; i < count; i++)
        end += sprintf(end, "</%s>", tag);
    input.encodedDataSize = (ULONG)(end - text);
    ok(WsSetInput(f->reader, &encoding.encoding, &input.input, &property, 1, NULL));
    expect_case(f, hr,
                WsReadType(f->reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, description, WS_READ_REQUIRED_VALUE,
                           f->heap, &value, description->size, f->error),
                tag);
    if (!says(f->error, says_so))
        test_fail(__FILE__, __LINE__, "%s", sentence(f->error));
}

static void write_deep(struct typed *f, const WS_STRUCT_DESCRIPTION *description, const struct pair *value)
{
    WS_XML_WRITER_PROPERTY property = {WS_XML_WRITER_PROPERTY_MAX_DEPTH, (void *)&very_deep, sizeof(very_deep)};

    set_output(f->writer, &property, 1);
    start(f->writer, "r");
    expect_case(f, WS_E_QUOTA_EXCEEDED,
                WsWriteType(f->writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, description, WS_WRITE_REQUIRED_VALUE,
                            value, sizeof(*value), f->error),
                "deep");
    expect(says(f->error, "deeper than 256 levels"));
}

/* What consists of itself, by a pointer, an array, a union, in place, or as a text. */
TEST(structures_that_contain_themselves)
{
    static const int ways_to[] = {POINTED_TO, ITEM, CHOICE, CHOICE_ITEM, FIELD};
    struct around around;
    struct pair value, *pointer = &value;
    struct typed f;
    unsigned i;

    begin(&f);
    for (i = 0; i < COUNT(ways_to); i++)
    {
        put_around(&around, &around.structure, (enum nesting)ways_to[i]);
        memset(&value, 0, sizeof(value));
        if (ways_to[i] == ITEM)
            around.field.itemLocalName = &name_n, around.field.localName = around.field.ns = NULL;
        if (ways_to[i] == FIELD || ways_to[i] == CHOICE)
            read_deep(&f, &around.structure, "n", 10, WS_E_INVALID_FORMAT, "");
        else
            read_deep(&f, &around.structure, "n", 100, S_OK, "");
        value.pointer = pointer;
        if (ways_to[i] == POINTED_TO)
            memcpy((BYTE *)&value, &pointer, sizeof(pointer));
        value.count = 1;
        read_deep(&f, &around.structure, "n", 3000, WS_E_QUOTA_EXCEEDED, "deeper than 256 levels");
        write_deep(&f, &around.structure, &value);
    }
    put_around(&around, &around.structure, FIELD);
    around.field.mapping = WS_TEXT_FIELD_MAPPING;
    read_deep(&f, &around.structure, "n", 1, WS_E_QUOTA_EXCEEDED, "deeper than 256 levels");
    write_deep(&f, &around.structure, &value);
    finish(&f);
}

/* Ten thousand, each with the next; the last one is wrong, or has the first. */
TEST(a_long_chain_of_structures)
{
    static struct around chain[10000];
    struct pair value;
    struct typed f;
    unsigned i;

    begin(&f);
    for (i = 0; i < COUNT(chain); i++)
        put_around(&chain[i], &chain[(i + 1) % COUNT(chain)].structure, POINTED_TO);
    read_deep(&f, &chain[0].structure, "n", 100, S_OK, "");
    read_deep(&f, &chain[0].structure, "n", 3000, WS_E_QUOTA_EXCEEDED, "deeper than 256 levels");
    chain[COUNT(chain) - 1].field.localName = NULL;
    expect_refused(f.error, E_INVALIDARG, read_pair(&f, &chain[0].structure, &value, sizeof(value)), "has no name");
    expect_refused(f.error, E_INVALIDARG, write_pair(&f, &chain[0].structure, &value, sizeof(value)), "has no name");
    finish(&f);
}

/* Types that are derived from each other. */
TEST(derivation_in_a_circle)
{
    WS_FIELD_DESCRIPTION type, *fields[1] = {&type};
    WS_STRUCT_DESCRIPTION one, other, unrelated, *both[2] = {&one, &other};
    struct pair value;
    struct typed f;

    begin(&f);
    memset(&one, 0, sizeof(one));
    type = element(NULL, WS_DESCRIPTION_TYPE, NULL, 0, 0);
    mark_type(&type);
    type.offset = 0;
    one.size = sizeof(value);
    one.fields = fields;
    one.fieldCount = 1;
    one.typeLocalName = &name_a;
    one.subTypes = both;
    one.subTypeCount = 2;
    one.parentType = &other;
    other = one;
    other.typeLocalName = &name_b;
    other.parentType = &one;
    unrelated = one;
    unrelated.parentType = NULL;
    set_text_string(f.reader, "<r xmlns:i='" XSI "' i:type='b'/>");
    ok(WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one, WS_READ_REQUIRED_VALUE, f.heap, &value,
                  sizeof(value), f.error));
    expect(*(WS_STRUCT_DESCRIPTION **)&value == &other);
    ok(write_pair(&f, &one, &value, sizeof(value)));
    set_text_string(f.reader, "<r xmlns:i='" XSI "' i:type='c'/>");
    expect_refused(f.error, WS_E_INVALID_FORMAT,
                   WsReadType(f.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &one, WS_READ_REQUIRED_VALUE, f.heap,
                              &value, sizeof(value), f.error),
                   "\"c\", which is not derived from \"a\"");
    *(WS_STRUCT_DESCRIPTION **)&value = &unrelated;
    expect_refused(f.error, E_INVALIDARG, write_pair(&f, &one, &value, sizeof(value)), "is not derived");
    finish(&f);
}
