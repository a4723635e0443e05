/* SPDX-License-Identifier: MIT */
/* The scans of the text decoder, each against the rule it stands for, at every place of a block. */
#include "support/test.h"

#include "base/text.h"
#include "xml/scan.h"

static bool is_control(unsigned c)
{
    return c < 0x20 && c != '\t' && c != '\n';
}

TEST(classes_are_those_of_the_rules)
{
    unsigned c;

    for (c = 0; c < 256; c++)
    {
        expect(!(scan_classes[c] & SCAN_NAME_START) == !(c < 0x80 && xml_is_name_start(c)));
        expect(!(scan_classes[c] & SCAN_NAME) == !(c < 0x80 && xml_is_name(c)));
        expect(!(scan_classes[c] & SCAN_SPACE) == !xml_is_space(c));
        expect(!(scan_classes[c] & SCAN_HIGH) == (c < 0x80));
        expect(!(scan_classes[c] & SCAN_TEXT) == (is_control(c) || c >= 0x80 || c == '<' || c == '&' || c == ']'));
        expect(!(scan_classes[c] & SCAN_VALUE) ==
               (c < 0x20 || c >= 0x80 || c == '<' || c == '&' || c == '"' || c == '\''));
        expect(!(scan_classes[c] & SCAN_COMMENT) == (is_control(c) || c >= 0x80 || c == '-'));
    }
}

/* Each byte at each place of some blocks; the scans may stop early, where their comments say so. */
TEST(scans_stop_where_they_must)
{
    BYTE bytes[70];
    size_t place, length;
    const BYTE *at;
    unsigned c;

    for (length = 1; length < sizeof(bytes); length += 1 + length / 3)
        for (place = 0; place < length; place++)
            for (c = 0; c < 256; c++)
            {
                memset(bytes, 'x', sizeof(bytes));
                bytes[place] = (BYTE)c;
                at = scan_text(bytes, bytes + length);
                expect(at == bytes + (scan_classes[c] & SCAN_TEXT ? length : place));
                at = scan_comment(bytes, bytes + length);
                expect(at == bytes + (scan_classes[c] & SCAN_COMMENT ? length : place));
                at = scan_cdata(bytes, bytes + length);
                if (c == '<' || c == '&')
                    expect(at == bytes + length || at == bytes + place);
                else
                    expect(at == bytes + (scan_classes[c] & SCAN_TEXT ? length : place));
                at = scan_value(bytes, bytes + length, '"');
                if (c == '\'')
                    expect(at == bytes + length || at == bytes + place);
                else
                    expect(at == bytes + (scan_classes[c] & SCAN_VALUE ? length : place));
            }
    expect(scan_text(bytes, bytes) == bytes);
}

/* All of two bytes, and the third and fourth at their edges. */
TEST(wide_characters)
{
    static const BYTE edges[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbd, 0xbe, 0xbf, 0xc0, 0xff};
    BYTE bytes[4];
    uint32_t c;
    unsigned first, second;
    size_t i, j, length, decoded;
    int wide;

    for (first = 0x80; first < 0x100; first++)
        for (second = 0; second < 0x100; second++)
            for (i = 0; i < sizeof(edges); i++)
                for (j = 0; j < sizeof(edges); j++)
                    for (length = 1; length <= 4; length++)
                    {
                        bytes[0] = (BYTE)first;
                        bytes[1] = (BYTE)second;
                        bytes[2] = edges[i];
                        bytes[3] = edges[j];
                        wide = scan_wide(bytes, bytes + length);
                        decoded = utf8_decode(bytes, bytes + length, &c);
                        if (decoded)
                            expect(wide == (xml_is_char(c) ? (int)decoded : 0));
                        else
                            expect(wide <= 0);
                        /* Cut off is what could be completed. */
                        if (wide < 0)
                            expect(length < 4);
                        if (length == 4)
                            expect(wide >= 0);
                    }
    bytes[0] = 0xe2;
    bytes[1] = 0x82;
    expect(scan_wide(bytes, bytes + 1) == -1 && scan_wide(bytes, bytes + 2) == -1);
    bytes[1] = 0x28;
    expect(scan_wide(bytes, bytes + 2) == 0);
}
