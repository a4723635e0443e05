/* SPDX-License-Identifier: MIT */
/*
 * stock.h - what the client and the server of this demo agree on: a request that names an article, the reply with how
 * many of it there are, and the fault if it is not known.
 */
#ifndef STOCK_H
#define STOCK_H

#include "../channel-demo.h"

typedef struct Article
{
    WS_STRING name;
} Article;

typedef struct Stock
{
    ULONG count;
} Stock;

static WS_XML_STRING stockNs = WS_XML_STRING_VALUE("http://example.com/stock");
static WS_XML_STRING articleName = WS_XML_STRING_VALUE("article");
static WS_XML_STRING nameName = WS_XML_STRING_VALUE("name");
static WS_XML_STRING stockName = WS_XML_STRING_VALUE("stock");
static WS_XML_STRING countName = WS_XML_STRING_VALUE("count");
static WS_XML_STRING requestAction = WS_XML_STRING_VALUE("http://example.com/stock/howMany");
static WS_XML_STRING replyAction = WS_XML_STRING_VALUE("http://example.com/stock/howManyResponse");

#define STOCK_FIELD(name, type, structure, member) \
    { \
        WS_ELEMENT_FIELD_MAPPING, name, &stockNs, type, NULL, WsOffsetOf(structure, member), 0, NULL, 0, NULL, NULL, \
            NULL \
    }

static WS_FIELD_DESCRIPTION nameField = STOCK_FIELD(&nameName, WS_STRING_TYPE, Article, name);
static WS_FIELD_DESCRIPTION countField = STOCK_FIELD(&countName, WS_UINT32_TYPE, Stock, count);
static WS_FIELD_DESCRIPTION *articleFields[] = {&nameField};
static WS_FIELD_DESCRIPTION *stockFields[] = {&countField};
static WS_STRUCT_DESCRIPTION articleStruct = {
    sizeof(Article), __alignof__(Article), articleFields, WsCountOf(articleFields), NULL, NULL, NULL, NULL, 0, 0};
static WS_STRUCT_DESCRIPTION stockStruct = {
    sizeof(Stock), __alignof__(Stock), stockFields, WsCountOf(stockFields), NULL, NULL, NULL, NULL, 0, 0};
static WS_ELEMENT_DESCRIPTION articleElement = {&articleName, &stockNs, WS_STRUCT_TYPE, &articleStruct};
static WS_ELEMENT_DESCRIPTION stockElement = {&stockName, &stockNs, WS_STRUCT_TYPE, &stockStruct};
static const WS_MESSAGE_DESCRIPTION requestMessage = {&requestAction, &articleElement};
static const WS_MESSAGE_DESCRIPTION replyMessage = {&replyAction, &stockElement};

#endif
