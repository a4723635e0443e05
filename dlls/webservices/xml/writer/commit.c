/* SPDX-License-Identifier: MIT */
/*
 * commit.c - a start tag goes to the encoder, after what must come before it: the beginning of the document, and
 * indentation.
 *
 * Whatever comes after a start tag commits it (writer_commit() in start_tag.h): it is complete then, and prefixes.c
 * decides its prefixes.
 */
#include "xml/writer/start_tag.h"

#include "xml/writer/encoder.h"
#include "xml/writer/writer_object.h"

NOINLINE HRESULT writer_begin(WS_XML_WRITER *writer, WS_ERROR *error)
{
    writer->begun = true;
    return writer->encoder->begin ? writer->encoder->begin(writer, error) : S_OK;
}

NOINLINE HRESULT writer_text_encoded(WS_XML_WRITER *writer, const WS_XML_TEXT *text, HRESULT hr, WS_ERROR *error)
{
    if (writer->observer && hr == S_OK)
        hr = writer->observer->text(writer, text, error);
    if (writer->arena_used && !writer_tag_is_pending(writer))
        writer_forget(writer);
    return hr;
}

/* No indentation where there is text beside it. */
HRESULT writer_indent(WS_XML_WRITER *writer, size_t level, WS_ERROR *error)
{
    static const char spaces[] = "\n                                                                ";
    WS_XML_UTF8_TEXT text = {{WS_XML_TEXT_TYPE_UTF8}, {0, (BYTE *)spaces, NULL, 0}};
    const struct writer_element *around = writer->depth ? &writer->elements[writer->depth - 1] : NULL;
    size_t count, part;
    HRESULT hr;

    if (around ? around->has_text || around->preserve_space : !writer->something_written)
        return S_OK;
    if (level > SIZE_MAX / writer->properties.indent)
        level = 0;
    count = level * writer->properties.indent;
    do
    {
        part = count < sizeof(spaces) - 2 ? count : sizeof(spaces) - 2;
        text.value.length = (ULONG)part + (text.value.bytes == (const BYTE *)spaces);
        if ((hr = writer_encode_text(writer, &text.text, error)) != S_OK)
            return hr;
        text.value.bytes = (BYTE *)spaces + 1;
        count -= part;
    } while (count);
    return S_OK;
}

HRESULT writer_before_child(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if (!writer->depth && !writer->begun && (hr = writer_begin(writer, error)) != S_OK)
        return hr;
    if (UNLIKELY(writer->properties.indent))
    {
        if ((hr = writer_indent(writer, writer->depth, error)) != S_OK)
            return hr;
        if (writer->depth)
            writer->elements[writer->depth - 1].has_children = true;
    }
    if (!writer->depth)
        writer->something_written = true;
    return S_OK;
}

HRESULT writer_commit_pending(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error)
{
    struct writer_element *element;
    WS_XML_ELEMENT_NODE *shown = &writer->shown;
    HRESULT hr;

    if ((hr = writer_resolve(writer, error)) != S_OK)
        return hr;
    if (UNLIKELY(writer->tag == TAG_REOPENED))
        return writer->positions->extend(writer, error);
    element = &writer->elements[writer->depth - 1];
    shown->prefix = &element->prefix;
    shown->localName = &element->local;
    shown->ns = &element->ns;
    shown->attributes = writer->shown_attributes;
    shown->isEmpty = is_empty;

    /* Indentation is before the element, so outside of it. */
    if (writer->properties.indent || writer->depth == 1)
    {
        writer->depth--;
        hr = writer_before_child(writer, error);
        writer->depth++;
        if (hr != S_OK)
            return hr;
    }
    if ((hr = writer->encoder->element_start(writer, shown, error)) != S_OK)
        return hr;
    if (UNLIKELY(writer->observer != NULL) && (hr = writer->observer->element_start(writer, shown, error)) != S_OK)
        return hr;
    writer->tag = TAG_NONE;
    writer_forget_attributes(writer);
    return S_OK;
}
