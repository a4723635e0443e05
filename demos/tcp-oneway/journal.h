/* SPDX-License-Identifier: MIT */
/* journal.h - what the client and the server of this demo agree on: a line of a journal, sent one way. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "../channel-demo.h"

typedef struct Entry
{
    ULONG number;
    WS_STRING text;
} Entry;

static WS_XML_STRING journalNs = WS_XML_STRING_VALUE("http://example.com/journal");
static WS_XML_STRING entryName = WS_XML_STRING_VALUE("entry");
static WS_XML_STRING numberName = WS_XML_STRING_VALUE("number");
static WS_XML_STRING textName = WS_XML_STRING_VALUE("text");
static WS_XML_STRING entryAction = WS_XML_STRING_VALUE("http://example.com/journal/entry");

static WS_FIELD_DESCRIPTION numberField = {WS_ELEMENT_FIELD_MAPPING,
                                           &numberName,
                                           &journalNs,
                                           WS_UINT32_TYPE,
                                           NULL,
                                           WsOffsetOf(Entry, number),
                                           0,
                                           NULL,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL};
static WS_FIELD_DESCRIPTION textField = {WS_ELEMENT_FIELD_MAPPING,
                                         &textName,
                                         &journalNs,
                                         WS_STRING_TYPE,
                                         NULL,
                                         WsOffsetOf(Entry, text),
                                         0,
                                         NULL,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL};
static WS_FIELD_DESCRIPTION *entryFields[] = {&numberField, &textField};
static WS_STRUCT_DESCRIPTION entryStruct = {
    sizeof(Entry), __alignof__(Entry), entryFields, WsCountOf(entryFields), NULL, NULL, NULL, NULL, 0, 0};
static WS_ELEMENT_DESCRIPTION entryElement = {&entryName, &journalNs, WS_STRUCT_TYPE, &entryStruct};
static const WS_MESSAGE_DESCRIPTION entryMessage = {&entryAction, &entryElement};

#endif
