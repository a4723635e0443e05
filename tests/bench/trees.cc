/* SPDX-License-Identifier: MIT */
/*
 * The reader against pugixml and RapidXML, which make a tree of a document in place: they check little, and know
 * nothing of namespaces. Each gets a copy of the document that it may destroy, made before its time begins. A tree is
 * walked once, so that all have seen every node as the reader's caller has; or it is made, and nobody looks at it. Each
 * figure is the best of rounds that are interleaved. The allocator keeps its memory (no mmap, no trimming): otherwise
 * the page faults of the trees are what is measured.
 */
extern "C"
{
#include "document.h"
#include "limit.h"
}
#include "webservices.h"

#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <pugixml.hpp>
#include <rapidxml/rapidxml.hpp>

namespace
{
const int rounds = 15;

struct seen
{
    size_t elements, attributes, text;
};

WS_XML_READER *reader;

seen run_ours(char *bytes, size_t length)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes, static_cast<ULONG>(length)};
    const WS_XML_NODE *node;
    seen all = {};

    WsSetInput(reader, &encoding.encoding, &input.input, nullptr, 0, nullptr);
    do
    {
        if (WsReadNode(reader, nullptr) != S_OK || WsGetReaderNode(reader, &node, nullptr) != S_OK)
            std::exit(1);
        if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        {
            all.elements++;
            const auto *element = reinterpret_cast<const WS_XML_ELEMENT_NODE *>(node);
            for (ULONG i = 0; i < element->attributeCount; i++)
                all.attributes += !element->attributes[i]->isXmlNs;
        }
        else if (node->nodeType == WS_XML_NODE_TYPE_TEXT)
        {
            const auto *text = reinterpret_cast<const WS_XML_TEXT_NODE *>(node)->text;
            all.text += reinterpret_cast<const WS_XML_UTF8_TEXT *>(text)->value.length;
        }
    } while (node->nodeType != WS_XML_NODE_TYPE_EOF);
    return all;
}

bool is_declaration(const char *name)
{
    return !std::strncmp(name, "xmlns", 5) && (!name[5] || name[5] == ':');
}

struct walker : pugi::xml_tree_walker
{
    seen all = {};

    bool for_each(pugi::xml_node &node) override
    {
        if (node.type() == pugi::node_element)
        {
            all.elements++;
            for (const auto &attribute : node.attributes())
                all.attributes += !is_declaration(attribute.name());
        }
        else if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata)
            all.text += std::strlen(node.value());
        return true;
    }
};

template <bool walked> seen run_pugixml(char *bytes, size_t length)
{
    pugi::xml_document document;
    walker counter;

    if (!document.load_buffer_inplace(bytes, length, pugi::parse_default | pugi::parse_comments | pugi::parse_ws_pcdata,
                                      pugi::encoding_utf8))
        std::exit(1);
    if (walked)
        document.traverse(counter);
    return counter.all;
}

void walk(const rapidxml::xml_node<> *node, seen &all)
{
    for (; node; node = node->next_sibling())
    {
        if (node->type() == rapidxml::node_element)
        {
            all.elements++;
            for (const auto *attribute = node->first_attribute(); attribute; attribute = attribute->next_attribute())
                all.attributes += !is_declaration(attribute->name());
            walk(node->first_node(), all);
        }
        else if (node->type() == rapidxml::node_data || node->type() == rapidxml::node_cdata)
            all.text += node->value_size();
    }
}

template <int flags, bool walked> seen run_rapidxml(char *bytes, size_t)
{
    rapidxml::xml_document<> document;
    seen all = {};

    document.parse<flags | rapidxml::parse_comment_nodes>(bytes);
    if (walked)
        walk(document.first_node(), all);
    return all;
}

struct
{
    const char *name;
    seen (*run)(char *bytes, size_t length);
} const runs[] = {
    {"ours", run_ours},
    {"pugixml", run_pugixml<true>},
    {"pugixml, not walked", run_pugixml<false>},
    {"RapidXML", run_rapidxml<0, true>},
    {"RapidXML, not walked", run_rapidxml<0, false>},
    {"RapidXML, entities left", run_rapidxml<rapidxml::parse_no_entity_translation, true>},
};

void compare(const char *what, char *document, size_t length)
{
    const size_t count = sizeof(runs) / sizeof(runs[0]);
    double best[count] = {};
    seen all[count];
    std::vector<char> copy(length + 1);

    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
        {
            std::memcpy(copy.data(), document, length + 1);
            double start = bench_now();
            all[i] = runs[i].run(copy.data(), length);
            double time = bench_now() - start;
            if (!best[i] || time < best[i])
                best[i] = time;
        }
    std::printf("| %-26s | MB/s | ours/its |\n|:---|---:|---:|\n", what);
    for (size_t i = 0; i < count; i++)
        std::printf("| %-26s | %6.1f | %5.2f |\n", runs[i].name, static_cast<double>(length) * 1e3 / best[i],
                    best[i] / best[0]);
    for (size_t i = 1; i < count; i++)
        if (all[i].elements && (all[i].elements != all[0].elements || all[i].attributes != all[0].attributes))
            std::printf("%s has seen %zu elements and %zu attributes, not %zu and %zu.\n", runs[i].name,
                        all[i].elements, all[i].attributes, all[0].elements, all[0].attributes);
    std::printf("%zu elements, %zu attributes, %zu bytes of text\n\n", all[0].elements, all[0].attributes, all[0].text);
    std::free(document);
}
} // namespace

int main()
{
    size_t length;
    char *document;

    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
    mallopt(M_TOP_PAD, 64 << 20);
    if (WsCreateReader(nullptr, 0, &reader, nullptr) != S_OK)
        return 1;
    document = bench_orders(2000000, &length);
    compare("order document", document, length);
    document = bench_text(2000000, &length);
    compare("long text", document, length);
    WsFreeReader(reader);
    return 0;
}
