/* SPDX-License-Identifier: MIT */
/*
 * Structures that are derived from others, both ways: xsi:type, and the field that says which type a value has.
 *
 * Source: the pages of WS_STRUCT_DESCRIPTION, WS_FIELD_MAPPING and WS_TYPE.
 */
#include "support/structs.h"

/* Animals: cats and dogs, and puppies, which are dogs. In the namespace "zoo". */
struct animal
{
    const WS_STRUCT_DESCRIPTION *type;
    int32_t legs;
};
struct cat
{
    struct animal animal;
    WCHAR *name;
};
struct dog
{
    struct animal animal;
    BOOL barks;
};
struct puppy
{
    struct dog dog;
    int32_t weeks;
};

static WS_STRUCT_DESCRIPTION animal, cat, dog, puppy;
static WS_XML_STRING zoo = STRING("zoo");

static WS_FIELD_DESCRIPTION type_field =
    FIELD(WS_TYPE_ATTRIBUTE_FIELD_MAPPING, WS_DESCRIPTION_TYPE, struct animal, type, 0);
static WS_FIELD_DESCRIPTION legs = ATTRIBUTE("legs", WS_INT32_TYPE, struct animal, legs, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION name = ELEMENT("name", WS_WSZ_TYPE, NULL, struct cat, name, 0);
static WS_FIELD_DESCRIPTION barks = ELEMENT("barks", WS_BOOL_TYPE, NULL, struct dog, barks, WS_FIELD_OPTIONAL);
static WS_FIELD_DESCRIPTION weeks = ATTRIBUTE("weeks", WS_INT32_TYPE, struct puppy, weeks, 0);

static WS_FIELD_DESCRIPTION *animal_fields[] = {&type_field, &legs};
static WS_FIELD_DESCRIPTION *cat_fields[] = {&type_field, &legs, &name};
static WS_FIELD_DESCRIPTION *dog_fields[] = {&type_field, &legs, &barks};
static WS_FIELD_DESCRIPTION *puppy_fields[] = {&type_field, &legs, &weeks, &barks};
static WS_STRUCT_DESCRIPTION *of_animal[] = {&cat, &dog}, *of_dog[] = {&puppy};

static WS_STRUCT_DESCRIPTION animal = {
    sizeof(struct animal), 8, animal_fields, 2, NAME("animal"), &zoo, NULL, of_animal, 2, 0};
static WS_STRUCT_DESCRIPTION cat = {sizeof(struct cat), 8, cat_fields, 3, NAME("cat"), &zoo, &animal, NULL, 0, 0};
static WS_STRUCT_DESCRIPTION dog = {sizeof(struct dog), 8, dog_fields, 3, NAME("dog"), &zoo, &animal, of_dog, 1, 0};
static WS_STRUCT_DESCRIPTION puppy = {sizeof(struct puppy), 8, puppy_fields, 4, NAME("puppy"), &zoo, &dog, NULL, 0, 0};

#define NAMESPACES "xmlns:z='zoo' xmlns:i='" XSI "'"

static HRESULT read_animal(struct use *use, const char *xml, struct animal **value)
{
    WS_ELEMENT_DESCRIPTION element = {NAME("r"), NAME(""), WS_STRUCT_TYPE, &animal};

    set_text_string(use->reader, xml);
    ok(WsResetError(use->error));
    return WsReadElement(use->reader, &element, WS_READ_REQUIRED_POINTER, use->heap, value, sizeof(*value), use->error);
}

static HRESULT write_animal(struct use *use, const void *value, WS_STRUCT_DESCRIPTION *declared)
{
    WS_ELEMENT_DESCRIPTION element = {NAME("r"), NAME(""), WS_STRUCT_TYPE, declared};

    set_output(use->writer, NULL, 0);
    ok(WsResetError(use->error));
    return WsWriteElement(use->writer, &element, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value), use->error);
}

/* --- Reading --- */

/* Observed on Windows: the field is the address of the description. */
TEST(without_a_type_an_element_is_what_was_declared)
{
    struct use use = begin_use();
    struct animal value;

    ok(read_struct(&use, "<n legs='-1' xmlns='u'/>", &animal, &value));
    expect(value.type == &animal && value.legs == -1);
    end_use(&use);
}

TEST(an_element_is_of_the_type_that_it_names)
{
    struct use use = begin_use();
    struct animal *value = NULL;

    ok(read_animal(&use, "<r i:type='z:cat' legs='4' " NAMESPACES "><name>Tom</name></r>", &value));
    expect(value->type == &cat && value->legs == 4 && wsz_is(((struct cat *)value)->name, "Tom"));
    ok(read_animal(&use, "<r i:type=' z:dog ' " NAMESPACES "/>", &value));
    expect(value->type == &dog && value->legs == 0 && !((struct dog *)value)->barks);
    ok(read_animal(&use, "<r weeks='6' i:type='z:puppy' " NAMESPACES "><barks>1</barks></r>", &value));
    expect(value->type == &puppy && ((struct puppy *)value)->weeks == 6 && ((struct puppy *)value)->dog.barks);
    ok(read_animal(&use, "<r i:type='z:animal' " NAMESPACES "/>", &value));
    expect(value->type == &animal);
    /* The default namespace is for names of types, too. */
    set_text_string(use.reader, "<r xmlns='zoo' i:type='dog' xmlns:i='" XSI "'/>");
    ok(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &animal, WS_READ_REQUIRED_POINTER, use.heap,
                  &value, sizeof(value), NULL));
    expect(value->type == &dog && is_at_end(use.reader));
    end_use(&use);
}

TEST(types_that_are_not_there_are_refused_and_named)
{
    struct use use = begin_use();
    struct animal untouched, *value = &untouched;

    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='z:cow' " NAMESPACES "/>", &value),
                   "The element says that its type is \"cow\", which is not derived from \"animal\".");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='cat' " NAMESPACES "/>", &value),
                   "\"cat\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='i:cat' " NAMESPACES "/>", &value),
                   "\"cat\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='y:cat' " NAMESPACES "/>", &value),
                   "The prefix \"y\" in xsi:type is not declared.");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='' " NAMESPACES "/>", &value),
                   "in the attribute \"xsi:type\" of the element \"r\": The qualified name \"\" has no local name.");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='z:' " NAMESPACES "/>", &value),
                   "in the attribute \"xsi:type\" of the element \"r\": The qualified name \"z:\" has no local name.");
    /* What is missing or too much is that of the type that is named. */
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='z:cat' " NAMESPACES "/>", &value),
                   "\"name\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_animal(&use, "<r i:type='z:dog' weeks='1' " NAMESPACES "/>", &value), "\"weeks\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r " NAMESPACES "><name/></r>", &value),
                   "\"name\"");
    expect(value == &untouched);
    end_use(&use);
}

/* Observed of qualified names that are values. */
TEST(the_name_of_a_type_has_something_before_its_colon)
{
    struct use use = begin_use();
    struct cat value;

    ok(read_struct(&use, "<r i:type='cat' xmlns='zoo' " NAMESPACES "><name xmlns=''>a</name></r>", &cat, &value));
    expect_refused(
        use.error, WS_E_INVALID_FORMAT,
        read_struct(&use, "<r i:type=':cat' xmlns='zoo' " NAMESPACES "><name xmlns=''>a</name></r>", &cat, &value),
        "in the attribute \"xsi:type\" of the element \"r\": The qualified name \":cat\" has no prefix before its "
        "colon.");
    end_use(&use);
}

/* Our choice: a type without any derived ones is still not another one. */
TEST(a_leaf_is_only_of_its_own_type)
{
    struct use use = begin_use();
    struct cat value;

    ok(read_struct(&use, "<r i:type='z:cat' " NAMESPACES "><name>a</name></r>", &cat, &value));
    expect(value.animal.type == &cat);
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r i:type='z:dog' " NAMESPACES "><name>a</name></r>", &cat, &value),
                   "not derived from \"cat\"");
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r i:type='z:animal' " NAMESPACES "><name>a</name></r>", &cat, &value),
                   "not derived from \"cat\"");
    end_use(&use);
}

/* Our choice: nothing in such a structure can say which type it is, so what the element says of it is no matter. */
TEST(a_structure_outside_of_all_derivation_does_not_look_at_types)
{
    WS_FIELD_DESCRIPTION *fields[] = {&legs};
    WS_STRUCT_DESCRIPTION description = STRUCTURE(struct animal, fields);
    struct use use = begin_use();
    struct animal value;

    ok(read_struct(&use, "<r i:type='q:whatever' legs='2' " NAMESPACES "/>", &description, &value));
    expect(value.legs == 2);
    end_use(&use);
}

/*
 * Our choice: who has no name for the type cannot tell. Windows writes xsi:type for the base, too, as programs that
 * Microsoft publishes say: so such elements arrive.
 */
TEST(a_leaf_without_a_name_is_whatever_the_element_says)
{
    WS_STRUCT_DESCRIPTION nameless = {sizeof(struct animal), 8, animal_fields, 2, NULL, NULL, NULL, NULL, 0, 0};
    struct use use = begin_use();
    struct animal value;

    ok(read_struct(&use, "<r i:type='z:animal' legs='2' " NAMESPACES "/>", &nameless, &value));
    expect(value.type == &nameless && value.legs == 2);
    end_use(&use);
}

/* Only an element can say of which type it is. */
TEST(an_abstract_type_is_for_elements_only)
{
    WS_FIELD_DESCRIPTION text = FIELD(WS_TEXT_FIELD_MAPPING, WS_INT32_TYPE, struct animal, legs, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&text}, *outer_fields[1];
    WS_STRUCT_DESCRIPTION abstract = {sizeof(struct animal), 8, fields, 1, NAME("animal"), &zoo, NULL, NULL, 0,
                                      WS_STRUCT_ABSTRACT};
    WS_FIELD_DESCRIPTION outer_text = FIELD(WS_TEXT_FIELD_MAPPING, WS_STRUCT_TYPE, struct animal, type, 0);
    WS_STRUCT_DESCRIPTION outer = {sizeof(struct animal), 8, outer_fields, 1, NULL, NULL, NULL, NULL, 0, 0};
    static const WS_TYPE_MAPPING mappings[] = {WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_ATTRIBUTE_TYPE_MAPPING};
    struct use use = begin_use();
    struct animal value = {NULL, 4};
    size_t i;

    for (i = 0; i < COUNT(mappings); i++)
    {
        set_text_string(use.reader, "<r a='1'>2</r>");
        ok(WsReadToStartElement(use.reader, NULL, NULL, NULL, NULL));
        if (mappings[i] == WS_ATTRIBUTE_TYPE_MAPPING)
            ok(WsReadStartAttribute(use.reader, 0, NULL));
        else
            ok(WsReadStartElement(use.reader, NULL));
        expect_refused(use.error, E_INVALIDARG,
                       WsReadType(use.reader, mappings[i], WS_STRUCT_TYPE, &abstract, WS_READ_REQUIRED_VALUE, use.heap,
                                  &value, sizeof(value), use.error),
                       "The structure \"animal\" is abstract, and only an element can name a type derived from it.");
        begin_root(&use);
        expect_refused(use.error, E_INVALIDARG,
                       WsWriteType(use.writer, mappings[i], WS_STRUCT_TYPE, &abstract, WS_WRITE_REQUIRED_VALUE, &value,
                                   sizeof(value), use.error),
                       "is abstract");
    }
    outer_fields[0] = &outer_text;
    outer_text.typeDescription = &abstract;
    expect_refused(use.error, E_INVALIDARG, read_struct(&use, "<r>2</r>", &outer, &value), "is abstract");
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &outer, &value), "is abstract");
    end_use(&use);
}

TEST(an_abstract_type_must_be_another)
{
    struct use use = begin_use();
    struct animal *value = NULL, plain = {&animal, 1};

    animal.structOptions = dog.structOptions = WS_STRUCT_ABSTRACT;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r " NAMESPACES "/>", &value),
                   "The type \"animal\" is abstract: the element must name a type derived from it with xsi:type.");
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='z:dog' " NAMESPACES "/>", &value),
                   "The type \"dog\" is abstract");
    ok(read_animal(&use, "<r i:type='z:puppy' weeks='1' " NAMESPACES "/>", &value));
    expect(value->type == &puppy);
    expect_refused(use.error, E_INVALIDARG, write_animal(&use, &plain, &animal), "abstract");
    ok(write_animal(&use, value, &animal));
    animal.structOptions = dog.structOptions = 0;
    end_use(&use);
}

/* --- Where values go --- */

struct holder
{
    struct animal embedded, *pointer;
    void *items;
    ULONG count;
};

/* Our choice: only a pointer can be to a larger structure; one of the same size fits. */
TEST(a_derived_type_that_is_larger_needs_a_pointer)
{
    WS_FIELD_DESCRIPTION embedded = ELEMENT("e", WS_STRUCT_TYPE, &animal, struct holder, embedded, 0);
    WS_FIELD_DESCRIPTION pointer =
        ELEMENT("p", WS_STRUCT_TYPE, &animal, struct holder, pointer, WS_FIELD_POINTER | WS_FIELD_OPTIONAL);
    WS_FIELD_DESCRIPTION *fields[] = {&embedded, &pointer};
    WS_STRUCT_DESCRIPTION holder = STRUCTURE(struct holder, fields);
    WS_STRUCT_DESCRIPTION same = {sizeof(struct animal), 8, animal_fields, 2, NAME("cat"), &zoo, &animal, NULL, 0, 0};
    struct use use = begin_use();
    struct holder value;
    struct cat tom = {{&cat, 4}, WSZ("Tom")};
    struct animal root;

    ok(read_struct(&use, "<r " NAMESPACES "><e/><p i:type='z:cat'><name/></p></r>", &holder, &value));
    expect(value.embedded.type == &animal && value.pointer->type == &cat);
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r " NAMESPACES "><e i:type='z:cat'><name/></e></r>", &holder, &value),
                   "only a pointer could refer to it");
    /* Nor does it fit where the whole value goes. */
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_struct(&use, "<r " NAMESPACES " i:type='z:cat'><name/></r>", &animal, &root), "a pointer");
    of_animal[0] = &same;
    ok(read_struct(&use, "<r " NAMESPACES "><e i:type='z:cat' legs='3'/></r>", &holder, &value));
    expect(value.embedded.type == &same && value.embedded.legs == 3 && !value.pointer);
    of_animal[0] = &cat;
    /* What is in the structure ends where it is said to. */
    value.embedded = tom.animal;
    expect_refused(use.error, E_INVALIDARG, write_struct(&use, &holder, &value), "pointer");
    value.embedded.type = &animal;
    value.pointer = &tom.animal;
    ok(write_struct(&use, &holder, &value));
    end_use(&use);
}

static HRESULT read_value(struct use *use, const char *xml, void *value, size_t size)
{
    return read_from(use, xml, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &animal, value, size);
}

/* Our choice: memory that is passed may be larger than the type that is declared, so that derived ones go there, too.
 */
TEST(a_value_that_is_read_may_have_room_for_derived_types)
{
    union
    {
        struct animal animal;
        struct cat cat;
        struct puppy puppy;
    } value;
    struct use use = begin_use();

    ok(read_value(&use, "<r legs='1'/>", &value, sizeof(value)));
    expect(value.animal.type == &animal && value.animal.legs == 1 && !value.cat.name);
    ok(read_value(&use, "<r i:type='z:cat' " NAMESPACES "><name>Tom</name></r>", &value, sizeof(value)));
    expect(value.animal.type == &cat && wsz_is(value.cat.name, "Tom"));
    ok(read_value(&use, "<r i:type='z:puppy' weeks='6' " NAMESPACES "/>", &value, sizeof(value)));
    expect(value.animal.type == &puppy && value.puppy.weeks == 6);
    ok(read_value(&use, "<r i:type='z:animal' " NAMESPACES "/>", &value, sizeof(struct animal)));
    expect_refused(use.error, WS_E_INVALID_FORMAT,
                   read_value(&use, "<r i:type='z:cat' " NAMESPACES "><name/></r>", &value, sizeof(struct animal)),
                   "The element is of the type \"cat\", ");
    expect_refused(use.error, E_INVALIDARG, read_value(&use, "<r/>", &value, sizeof(struct animal) - 1), "at least");
    /* A type with none derived from it has one size. */
    expect_hr(E_INVALIDARG, read_from(&use, "<r><name/></r>", WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &cat, &value,
                                      sizeof(value) + 1));
    end_use(&use);
}

/* As programs that Microsoft publishes do it: of a derived type by the description of the base, with its own size. */
TEST(a_value_that_is_written_has_the_size_of_its_type)
{
    struct use use = begin_use();
    struct animal value = {&animal, 1};
    struct puppy rex = {{{&puppy, 0}, TRUE}, 6};

    ok(write_in_root(&use, WS_STRUCT_TYPE, &animal, &rex, sizeof(rex)));
    end(use.writer);
    expect_output(use.writer,
                  "<r b:type=\"a:puppy\" weeks=\"6\" xmlns:b=\"" XSI "\" xmlns:a=\"zoo\"><barks>true</barks></r>");
    ok(write_in_root(&use, WS_STRUCT_TYPE, &dog, &rex, sizeof(rex)));
    ok(write_in_root(&use, WS_STRUCT_TYPE, &animal, &value, sizeof(value)));
    expect_refused(use.error, E_INVALIDARG, write_in_root(&use, WS_STRUCT_TYPE, &animal, &rex, sizeof(struct animal)),
                   "The value says that its type is \"puppy\", whose size is ");
    expect_refused(use.error, E_INVALIDARG, write_in_root(&use, WS_STRUCT_TYPE, &animal, &value, sizeof(struct cat)),
                   "\"animal\", whose size");
    expect_refused(use.error, E_INVALIDARG, write_in_root(&use, WS_STRUCT_TYPE, &animal, &rex, sizeof(rex) + 8),
                   "\"puppy\", whose size");
    expect_hr(E_INVALIDARG, write_in_root(&use, WS_STRUCT_TYPE, &animal, &rex, 0));
    expect_hr(E_INVALIDARG, write_in_root(&use, WS_STRUCT_TYPE, &animal, NULL, sizeof(rex)));
    /* Nothing has been written by any of them. */
    end(use.writer);
    expect_output(use.writer, "<r/>");
    end_use(&use);
}

/* The whole way that such a program goes, with a buffer in the heap that the values are read into. */
TEST(a_base_and_a_derived_type_by_one_description_of_an_element)
{
    WS_ELEMENT_DESCRIPTION element = {NAME("pet"), &zoo, WS_STRUCT_TYPE, &animal};
    struct use use = begin_use();
    struct animal first = {&animal, 1}, *read = NULL;
    struct dog second = {{&dog, 2}, TRUE};
    WS_HEAP *heap = create_heap(4096);
    WS_XML_BUFFER *buffer = NULL;

    ok(WsCreateXmlBuffer(heap, NULL, 0, &buffer, use.error));
    ok(WsSetOutputToBuffer(use.writer, buffer, NULL, 0, use.error));
    ok(WsWriteStartElement(use.writer, NULL, NAME("data"), NAME(""), use.error));
    ok(WsWriteElement(use.writer, &element, WS_WRITE_REQUIRED_VALUE, &first, sizeof(first), use.error));
    ok(WsWriteElement(use.writer, &element, WS_WRITE_REQUIRED_VALUE, &second, sizeof(second), use.error));
    ok(WsWriteEndElement(use.writer, use.error));
    ok(WsFlushWriter(use.writer, 0, NULL, use.error));
    ok(WsSetInputToBuffer(use.reader, buffer, NULL, 0, use.error));
    ok(WsReadToStartElement(use.reader, NAME("data"), NAME(""), NULL, use.error));
    ok(WsReadStartElement(use.reader, use.error));
    ok(WsReadElement(use.reader, &element, WS_READ_REQUIRED_POINTER, heap, &read, sizeof(read), use.error));
    expect(read->type == &animal && read->legs == 1);
    ok(WsReadElement(use.reader, &element, WS_READ_REQUIRED_POINTER, heap, &read, sizeof(read), use.error));
    expect(read->type == &dog && read->legs == 2 && ((struct dog *)read)->barks);
    ok(WsReadEndElement(use.reader, use.error));
    WsFreeHeap(heap);
    end_use(&use);
}

TEST(arrays_of_pointers_can_have_items_of_different_types)
{
    static const char xml[] = "<r><i/><i a:type=\"b:cat\" xmlns:a=\"" XSI "\" xmlns:b=\"zoo\"><name>Tom</name></i>"
                              "<i legs=\"3\" weeks=\"6\" a:type=\"b:puppy\" xmlns:a=\"" XSI "\" xmlns:b=\"zoo\"/></r>";
    WS_FIELD_DESCRIPTION items = ITEMS(WS_STRUCT_TYPE, &animal, struct holder, WS_FIELD_POINTER), *fields[] = {&items};
    WS_STRUCT_DESCRIPTION holder = STRUCTURE(struct holder, fields);
    struct use use = begin_use();
    struct animal *const *read;
    struct holder value;
    WS_BYTES written;

    ok(read_struct(&use, xml, &holder, &value));
    read = value.items;
    expect(value.count == 3 && read[0]->type == &animal && read[1]->type == &cat && read[2]->type == &puppy);
    expect(wsz_is(((struct cat *)read[1])->name, "Tom") && ((struct puppy *)read[2])->weeks == 6);
    ok(write_struct(&use, &holder, &value));
    end(use.writer);
    written = get_bytes(use.writer);
    ok(WsResetHeap(use.heap, NULL));
    set_text(use.reader, written.bytes, written.length);
    ok(WsReadType(use.reader, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &holder, WS_READ_REQUIRED_VALUE, use.heap,
                  &value, sizeof(value), NULL));
    read = value.items;
    expect(value.count == 3 && read[1]->type == &cat && read[2]->type == &puppy && read[2]->legs == 3);
    /* Embedded ones must be what is declared. */
    items.options = 0;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_struct(&use, xml, &holder, &value), "a pointer");
    end_use(&use);
}

/* --- Writing --- */

/* As programs that Microsoft publishes say: the type is written for the base, too, where it has derived ones. */
TEST(the_type_is_written_where_it_could_be_another)
{
    struct use use = begin_use();
    struct animal value = {&animal, 7};
    struct dog rex = {{&dog, 4}, FALSE};

    ok(write_animal(&use, &value, &animal));
    expect_output(use.writer, "<r b:type=\"a:animal\" legs=\"7\" xmlns:b=\"" XSI "\" xmlns:a=\"zoo\"/>");
    ok(write_animal(&use, &rex, &dog));
    expect_output(use.writer, "<r b:type=\"a:dog\" legs=\"4\" xmlns:b=\"" XSI "\" xmlns:a=\"zoo\"/>");
    end_use(&use);
}

/* Observed on Windows: not for a type that is declared, and has none derived from it. */
TEST(the_only_type_is_not_written)
{
    WS_STRUCT_DESCRIPTION only = {sizeof(struct animal), 8, animal_fields, 2, NAME("animal"), &zoo, NULL, NULL, 0, 0};
    struct use use = begin_use();
    struct animal value = {&only, 7};

    ok(write_animal(&use, &value, &only));
    expect_output(use.writer, "<r legs=\"7\"/>");
    end_use(&use);
}

/* Our choice: there is nothing to write then, and no one needs it. */
TEST(a_base_without_a_name_or_without_a_field_for_its_type_is_not_named)
{
    WS_STRUCT_DESCRIPTION base = {sizeof(struct animal), 8, animal_fields, 2, NULL, NULL, NULL, of_animal, 2, 0};
    WS_FIELD_DESCRIPTION *fields[] = {&legs};
    struct use use = begin_use();
    struct animal value = {&base, 7};

    ok(write_animal(&use, &value, &base));
    expect_output(use.writer, "<r legs=\"7\"/>");
    base.typeLocalName = NAME("animal");
    base.fields = fields;
    base.fieldCount = 1;
    ok(write_animal(&use, &value, &base));
    expect_output(use.writer, "<r legs=\"7\"/>");
    end_use(&use);
}

TEST(the_type_that_is_written_is_that_of_the_value)
{
    struct use use = begin_use();
    struct cat tom = {{&cat, 4}, WSZ("Tom")};
    struct puppy rex = {{{&puppy, 0}, TRUE}, 6};

    ok(write_animal(&use, &tom, &animal));
    expect_output(use.writer,
                  "<r b:type=\"a:cat\" legs=\"4\" xmlns:b=\"" XSI "\" xmlns:a=\"zoo\"><name>Tom</name></r>");
    ok(write_animal(&use, &rex, &animal));
    expect_output(use.writer,
                  "<r b:type=\"a:puppy\" weeks=\"6\" xmlns:b=\"" XSI "\" xmlns:a=\"zoo\"><barks>true</barks></r>");
    ok(write_animal(&use, &rex, &dog));
    expect_output(use.writer,
                  "<r b:type=\"a:puppy\" weeks=\"6\" xmlns:b=\"" XSI "\" xmlns:a=\"zoo\"><barks>true</barks></r>");
    ok(write_animal(&use, &rex, &puppy));
    expect_output(use.writer, "<r weeks=\"6\"><barks>true</barks></r>");
    end_use(&use);
}

TEST(prefixes_that_are_in_scope_are_used_for_types)
{
    struct cat tom = {{&cat, 4}, WSZ("Tom")}, *pointer = &tom;
    struct use use = begin_use();

    ok(WsWriteStartElement(use.writer, X("z"), X("r"), &zoo, NULL));
    ok(WsWriteXmlnsAttribute(use.writer, X("xsi"), X(XSI), FALSE, NULL));
    ok(WsWriteStartElement(use.writer, NULL, X("s"), X(""), NULL));
    ok(WsWriteType(use.writer, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, &animal, WS_WRITE_REQUIRED_POINTER, &pointer,
                   sizeof(pointer), NULL));
    ok(WsWriteEndElement(use.writer, NULL));
    ok(WsWriteEndElement(use.writer, NULL));
    expect_output(use.writer,
                  "<z:r xmlns:xsi=\"" XSI "\" xmlns:z=\"zoo\"><s xsi:type=\"z:cat\" legs=\"4\"><name>Tom</name>"
                  "</s></z:r>");
    end_use(&use);
}

TEST(values_of_types_that_are_not_derived_are_refused)
{
    struct use use = begin_use();
    struct puppy value = {{{&puppy, 0}, TRUE}, 6};

    expect_refused(use.error, E_INVALIDARG, write_animal(&use, &value, &cat), "not derived");
    value.dog.animal.type = &animal;
    expect_refused(use.error, E_INVALIDARG, write_animal(&use, &value, &dog), "not derived");
    value.dog.animal.type = NULL;
    expect_refused(use.error, E_INVALIDARG, write_animal(&use, &value, &animal), "NULL");
    end_use(&use);
}

/* Our choice: either side of the relation is enough, and what has not been checked with the rest is checked then. */
TEST(a_type_can_be_derived_by_what_it_says_itself)
{
    WS_STRUCT_DESCRIPTION cow = {sizeof(struct animal), 8, animal_fields, 2, NAME("cow"), NULL, &dog, NULL, 0, 0};
    WS_STRUCT_DESCRIPTION child = {sizeof(struct animal), 8, animal_fields, 2, NAME("calf"), NULL, NULL, NULL, 0, 0};
    struct animal value = {&cow, 4};
    struct use use = begin_use();

    ok(write_animal(&use, &value, &animal));
    expect_output(use.writer, "<r a:type=\"cow\" legs=\"4\" xmlns:a=\"" XSI "\"/>");
    cow.fields = NULL;
    expect_refused(use.error, E_INVALIDARG, write_animal(&use, &value, &animal), "NULL");
    of_dog[0] = &child;
    value.type = &child;
    ok(write_animal(&use, &value, &animal));
    expect_output(use.writer, "<r a:type=\"calf\" legs=\"4\" xmlns:a=\"" XSI "\"/>");
    of_dog[0] = &puppy;
    end_use(&use);
}

TEST(a_type_without_a_name_cannot_be_written)
{
    WS_STRUCT_DESCRIPTION unnamed = {sizeof(struct animal), 8, animal_fields, 2, NULL, NULL, &animal, NULL, 0, 0};
    struct animal value = {&unnamed, 4};
    struct use use = begin_use();

    of_animal[0] = &unnamed;
    expect_hr(E_INVALIDARG, write_animal(&use, &value, &animal));
    of_animal[0] = &cat;
    end_use(&use);
}

/* Our choice: fields without mapping can be anywhere. */
TEST(the_field_for_the_type_need_not_be_the_first_of_all)
{
    WS_FIELD_DESCRIPTION before = FIELD(WS_NO_FIELD_MAPPING, WS_INT32_TYPE, struct dog, barks, 0);
    WS_FIELD_DESCRIPTION *fields[] = {&before, &type_field, &legs};
    WS_STRUCT_DESCRIPTION derived = {sizeof(struct dog), 8, fields, 3, NAME("d"), &zoo, NULL, NULL, 0, 0};
    WS_STRUCT_DESCRIPTION *sub_types[] = {&derived};
    WS_STRUCT_DESCRIPTION base = {sizeof(struct dog), 8, fields, 3, NAME("b"), &zoo, NULL, sub_types, 1, 0};
    struct dog value = {{&derived, 1}, 0};
    struct use use = begin_use();

    ok(write_animal(&use, &value, &base));
    expect_output(use.writer, "<r b:type=\"a:d\" legs=\"1\" xmlns:b=\"" XSI "\" xmlns:a=\"zoo\"/>");
    ok(read_struct(&use, "<r i:type='z:d' " NAMESPACES "/>", &base, &value));
    expect(value.animal.type == &derived);
    end_use(&use);
}

/* --- Circles --- */

TEST(types_derived_in_a_circle_end)
{
    WS_STRUCT_DESCRIPTION *loop[] = {&puppy, &dog};
    struct use use = begin_use();
    struct animal *value = NULL, cow = {&cat, 1};

    puppy.subTypes = loop;
    puppy.subTypeCount = 2;
    animal.parentType = &cat;
    expect_refused(use.error, WS_E_INVALID_FORMAT, read_animal(&use, "<r i:type='z:cow' " NAMESPACES "/>", &value),
                   "\"cow\"");
    ok(read_animal(&use, "<r i:type='z:puppy' weeks='1' " NAMESPACES "/>", &value));
    expect_hr(E_INVALIDARG, write_animal(&use, &cow, &dog));
    puppy.subTypes = NULL;
    puppy.subTypeCount = 0;
    animal.parentType = NULL;
    end_use(&use);
}

/* --- Descriptions --- */

TEST(descriptions_of_derived_types_are_checked)
{
    struct use use = begin_use();
    struct animal *value = NULL;

    puppy.size = offsetof(struct puppy, weeks);
    expect_refused(use.error, E_INVALIDARG, read_animal(&use, "<r/>", &value),
                   "In the description of the structure \"puppy\", the field \"weeks\" (index 2)");
    puppy.size = sizeof(struct puppy);
    of_dog[0] = NULL;
    expect_refused(use.error, E_INVALIDARG, read_animal(&use, "<r/>", &value), "NULL");
    of_dog[0] = &puppy;
    dog.subTypes = NULL;
    expect_refused(use.error, E_INVALIDARG, read_animal(&use, "<r/>", &value), "count is 1");
    dog.subTypes = of_dog;
    puppy_fields[0] = &legs;
    puppy_fields[1] = &type_field;
    expect_refused(use.error, E_INVALIDARG, read_animal(&use, "<r/>", &value), "index 1");
    puppy_fields[0] = &type_field;
    puppy_fields[1] = &legs;
    ok(read_animal(&use, "<r/>", &value));
    end_use(&use);
}
