/* SPDX-License-Identifier: MIT */
/* structs.h - for tests of values that hold others: descriptions that are short to write, and what reads and writes. */
#ifndef WS_STRUCTS_TEST_H
#define WS_STRUCTS_TEST_H

#include "support/reader.h"
#include "support/writer.h"

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

/* --- Descriptions --- */

#define NAME(text)    (&(WS_XML_STRING)STRING(text))
#define COUNT(values) (ULONG)(sizeof(values) / sizeof((values)[0]))

/* Fields, without a namespace. */
#define ELEMENT(name, type_, type_description, structure, member, options_) \
    { \
        .mapping = WS_ELEMENT_FIELD_MAPPING, .localName = NAME(name), .ns = NAME(""), .type = (type_), \
        .typeDescription = (type_description), .offset = offsetof(structure, member), .options = (options_) \
    }
#define ATTRIBUTE(name, type_, structure, member, options_) \
    { \
        .mapping = WS_ATTRIBUTE_FIELD_MAPPING, .localName = NAME(name), .ns = NAME(""), .type = (type_), \
        .offset = offsetof(structure, member), .options = (options_) \
    }
/* A field without a name. */
#define FIELD(mapping_, type_, structure, member, options_) \
    { \
        .mapping = (mapping_), .type = (type_), .offset = offsetof(structure, member), .options = (options_) \
    }
/* Items "i" at `items`, with their count at `count`. */
#define ITEMS(type_, type_description, structure, options_) \
    { \
        .mapping = WS_REPEATING_ELEMENT_FIELD_MAPPING, .type = (type_), .typeDescription = (type_description), \
        .offset = offsetof(structure, items), .countOffset = offsetof(structure, count), .options = (options_), \
        .itemLocalName = NAME("i"), .itemNs = NAME("") \
    }
/* A structure of fields that are in an array of pointers. */
#define STRUCTURE(structure, fields_) \
    { \
        .size = sizeof(structure), .alignment = sizeof(void *), .fields = (fields_), .fieldCount = COUNT(fields_) \
    }

/* --- Reading and writing --- */

/* What a test works with. */
struct use
{
    WS_XML_READER *reader;
    WS_XML_WRITER *writer;
    WS_HEAP *heap;
    WS_ERROR *error;
};

static inline struct use begin_use(void)
{
    struct use use = {create_reader(), create_writer(NULL, 0), create_heap(1 << 16), create_error()};

    return use;
}

static inline void end_use(struct use *use)
{
    WsFreeReader(use->reader);
    WsFreeWriter(use->writer);
    WsFreeHeap(use->heap);
    WsFreeError(use->error);
}

static inline HRESULT read_from(struct use *use, const char *xml, WS_TYPE_MAPPING mapping, WS_TYPE type,
                                const void *description, void *value, size_t size)
{
    set_text_string(use->reader, xml);
    ok(WsResetError(use->error));
    return WsReadType(use->reader, mapping, type, description, WS_READ_REQUIRED_VALUE, use->heap, value, (ULONG)size,
                      use->error);
}

/* Reads a structure from the root element, or from the beginning as content. */
static inline HRESULT read_struct(struct use *use, const char *xml, const WS_STRUCT_DESCRIPTION *description,
                                  void *value)
{
    return read_from(use, xml, WS_ELEMENT_TYPE_MAPPING, WS_STRUCT_TYPE, description, value, description->size);
}
static inline HRESULT read_content(struct use *use, const char *xml, const WS_STRUCT_DESCRIPTION *description,
                                   void *value)
{
    return read_from(use, xml, WS_ELEMENT_CONTENT_TYPE_MAPPING, WS_STRUCT_TYPE, description, value, description->size);
}

/* Begins a new document, with its root element "r" open. */
static inline void begin_root(struct use *use)
{
    set_output(use->writer, NULL, 0);
    start(use->writer, "r");
    ok(WsResetError(use->error));
}

/* Writes a value into the root element "r". */
static inline HRESULT write_in_root(struct use *use, WS_TYPE type, const void *description, const void *value,
                                    size_t size)
{
    begin_root(use);
    return WsWriteType(use->writer, WS_ELEMENT_TYPE_MAPPING, type, description, WS_WRITE_REQUIRED_VALUE, value,
                       (ULONG)size, use->error);
}
static inline HRESULT write_struct(struct use *use, const WS_STRUCT_DESCRIPTION *description, const void *value)
{
    return write_in_root(use, WS_STRUCT_TYPE, description, value, description->size);
}

/* What a structure looks like in the root element. */
#define expect_xml(use, description, value, text) \
    do \
    { \
        ok(write_struct(use, description, value)); \
        end((use)->writer); \
        expect_output((use)->writer, text); \
    } while (0)

/* --- Where a reader is --- */

static inline bool is_at_element(WS_XML_READER *reader, const char *name)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)current_node(reader);

    return element->node.nodeType == WS_XML_NODE_TYPE_ELEMENT && string_is(element->localName, name);
}

static inline bool is_at(WS_XML_READER *reader, WS_XML_NODE_TYPE type)
{
    return current_type(reader) == type;
}
#define is_at_end(reader) is_at(reader, WS_XML_NODE_TYPE_EOF)

/* --- Strings --- */

static inline bool wsz_is(const WCHAR *chars, const char *text)
{
    size_t i;

    for (i = 0; text[i]; i++)
        if (chars[i] != (unsigned char)text[i])
            return false;
    return !chars[i];
}

#define WSZ(text) ((WCHAR *)u##text)

#endif
