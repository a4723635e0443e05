/* SPDX-License-Identifier: MIT */
/* binary_records.c - see binary_records.h. */
#include "xml/binary_records.h"

static const char *const text_names[] = {
    "ZeroText",
    "OneText",
    "FalseText",
    "TrueText",
    "Int8Text",
    "Int16Text",
    "Int32Text",
    "Int64Text",
    "FloatText",
    "DoubleText",
    "DecimalText",
    "DateTimeText",
    "Chars8Text",
    "Chars16Text",
    "Chars32Text",
    "Bytes8Text",
    "Bytes16Text",
    "Bytes32Text",
    "StartListText",
    "EndListText",
    "EmptyText",
    "DictionaryText",
    "UniqueIdText",
    "TimeSpanText",
    "UuidText",
    "UInt64Text",
    "BoolText",
    "UnicodeChars8Text",
    "UnicodeChars16Text",
    "UnicodeChars32Text",
    "QNameDictionaryText",
};

static const char *const attribute_names[] = {
    "ShortAttribute",      "Attribute",      "ShortDictionaryAttribute",      "DictionaryAttribute",
    "ShortXmlnsAttribute", "XmlnsAttribute", "ShortDictionaryXmlnsAttribute", "DictionaryXmlnsAttribute",
};

static const char *const element_names[] = {"ShortElement", "Element", "ShortDictionaryElement", "DictionaryElement"};

const char *binary_record_name(unsigned record)
{
    static const char *const first[] = {"unknown", "EndElement", "Comment", "Array"};

    if (record < RECORD_FIRST_ATTRIBUTE)
        return first[record];
    if (record < RECORD_PREFIX_DICTIONARY_ATTRIBUTE_A)
        return attribute_names[record - RECORD_FIRST_ATTRIBUTE];
    if (record < RECORD_PREFIX_ATTRIBUTE_A)
        return "PrefixDictionaryAttribute";
    if (record < RECORD_FIRST_ELEMENT)
        return "PrefixAttribute";
    if (record < RECORD_PREFIX_DICTIONARY_ELEMENT_A)
        return element_names[record - RECORD_FIRST_ELEMENT];
    if (record < RECORD_PREFIX_ELEMENT_A)
        return "PrefixDictionaryElement";
    if (record <= RECORD_LAST_ELEMENT)
        return "PrefixElement";
    return binary_is_text(record) ? text_names[(record - RECORD_FIRST_TEXT) / 2] : "unknown";
}

const char *binary_record_suffix(unsigned record)
{
    return binary_is_text(record) && (record & RECORD_WITH_END_ELEMENT) ? "WithEndElement" : "";
}

unsigned binary_array_item_size(unsigned record)
{
    switch (record)
    {
    case RECORD_BOOL_TEXT + RECORD_WITH_END_ELEMENT: return 1;
    case RECORD_INT16_TEXT + RECORD_WITH_END_ELEMENT: return 2;
    case RECORD_INT32_TEXT + RECORD_WITH_END_ELEMENT:
    case RECORD_FLOAT_TEXT + RECORD_WITH_END_ELEMENT: return 4;
    case RECORD_INT64_TEXT + RECORD_WITH_END_ELEMENT:
    case RECORD_DOUBLE_TEXT + RECORD_WITH_END_ELEMENT:
    case RECORD_DATETIME_TEXT + RECORD_WITH_END_ELEMENT:
    case RECORD_TIMESPAN_TEXT + RECORD_WITH_END_ELEMENT: return 8;
    case RECORD_DECIMAL_TEXT + RECORD_WITH_END_ELEMENT:
    case RECORD_UUID_TEXT + RECORD_WITH_END_ELEMENT: return 16;
    default: return 0;
    }
}
