/* SPDX-License-Identifier: MIT */
/* url-combine.c - combines the URLs on each line of standard input, "base<TAB>reference"; "!" where that fails. */
#include <stdio.h>
#include <string.h>

#include "webservices.h"

static WCHAR room[2][4096];

static WS_STRING widen(const char *text, int which)
{
    WS_STRING string = {0, room[which]};

    for (; *text; text++)
        string.chars[string.length++] = (unsigned char)*text;
    return string;
}

int main(void)
{
    char line[4096];
    WS_HEAP *heap;

    if (WsCreateHeap(1 << 20, 1 << 20, NULL, 0, &heap, NULL) != S_OK)
        return 1;
    while (fgets(line, sizeof(line), stdin))
    {
        char *tab = strchr(line, '\t');
        WS_STRING base, reference, combined;
        ULONG i;

        line[strcspn(line, "\n")] = 0;
        if (!tab)
            return 1;
        *tab = 0;
        base = widen(line, 0);
        reference = widen(tab + 1, 1);
        if (WsCombineUrl(&base, &reference, 0, heap, &combined, NULL) == S_OK)
            for (i = 0; i < combined.length; i++)
                putchar((char)combined.chars[i]);
        else
            putchar('!');
        putchar('\n');
        WsResetHeap(heap, NULL);
    }
    WsFreeHeap(heap);
    return 0;
}
