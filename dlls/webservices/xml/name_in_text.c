/* SPDX-License-Identifier: MIT */
/* name_in_text.c - see name_in_text.h. */
#include "xml/name_in_text.h"

#include "base/text.h"

#include <string.h>

static bool is_name_byte(WCHAR c, BYTE kind)
{
    return c < 0x80 ? xml_ascii_name[c] & kind : true;
}

bool xml_looks_like_qname(const WS_XML_TEXT *text, BYTE room[XML_LONGEST_PREFIX], WS_XML_STRING *prefix)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    bool is_wide = text->textType == WS_XML_TEXT_TYPE_UTF16;
    size_t length, i, first = 0;
    WCHAR c;

    if (!is_wide && text->textType != WS_XML_TEXT_TYPE_UTF8)
        return false;
    length = is_wide ? utf16->byteCount / sizeof(c) : utf8->value.length;
    for (i = 0; i < length && i - first <= XML_LONGEST_PREFIX; i++)
    {
        if (is_wide)
            memcpy(&c, utf16->bytes + i * sizeof(c), sizeof(c));
        else
            c = utf8->value.bytes[i];
        if (i == first && xml_is_space(c) && i < XML_LONGEST_PREFIX)
            first++;
        else if (c == ':')
        {
            prefix->bytes = is_wide ? room : utf8->value.bytes + first;
            prefix->length = (ULONG)(i - first);
            prefix->dictionary = NULL;
            prefix->id = 0;
            if (++i == length || !prefix->length)
                return false;
            if (is_wide)
                memcpy(&c, utf16->bytes + i * sizeof(c), sizeof(c));
            else
                c = utf8->value.bytes[i];
            return is_name_byte(c, XML_NAME_START);
        }
        else if (!is_name_byte(c, i == first ? XML_NAME_START : XML_NAME) || (is_wide && c >= 0x80) ||
                 i - first == XML_LONGEST_PREFIX)
            return false;
        else if (is_wide)
            room[i - first] = (BYTE)c;
    }
    return false;
}
